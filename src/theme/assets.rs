//! The files that a theme publishes, each with its hash in its name so that caches can keep it forever.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use crate::address::THEME_FOLDER;
use crate::digest::hex;
use crate::message::{Message, did_you_mean, message};
use crate::text;

/// A text file to publish.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Its path from the root of the site: `assets/theme/style.0123456789ab.css`.
    pub path: String,
    pub text: Arc<str>,
}

impl Sheet {
    pub(super) fn new(name: &str, text: Arc<str>) -> Sheet {
        Sheet { path: hashed(name, text.as_bytes()), text }
    }
}

/// A file to publish unchanged.
#[derive(Clone)]
pub struct Published {
    /// Its path from the root of the site: `assets/theme/fonts/a.0123456789ab.woff2`.
    pub path: String,
    /// Its path in the site's sources, for diagnostics.
    pub name: Arc<str>,
    pub bytes: Arc<[u8]>,
}

/// The path contains the hash of the text, so it is enough.
impl fmt::Debug for Sheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sheet({})", self.path)
    }
}

impl fmt::Debug for Published {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Published({})", self.path)
    }
}

/// The published path of `assets/fonts/a.woff2`: the same name with the hash of its bytes, in the folder of the
/// theme's files.
pub(super) fn hashed(inside: &str, bytes: &[u8]) -> String {
    let inside = inside.strip_prefix("assets/").unwrap_or(inside);
    let (folder, file) = inside.rsplit_once('/').unwrap_or(("", inside));
    // The ending begins with its dot, which a name like `.well-known` has at its start.
    let (stem, ending) = file.split_at(file.rfind('.').filter(|at| *at > 0).unwrap_or(file.len()));
    let slash = if folder.is_empty() { "" } else { "/" };
    format!("{THEME_FOLDER}{folder}{slash}{stem}.{}{ending}", hex(&Sha256::digest(bytes)[..6]))
}

/// The published paths of a theme's files, by the names that its texts use.
#[derive(Debug, Default)]
pub(super) struct Names(BTreeMap<String, String>);

impl Names {
    /// The map from pairs of a path within the theme and a published path.
    pub(super) fn of<S: Into<String>>(pairs: impl IntoIterator<Item = (S, S)>) -> Names {
        Names(pairs.into_iter().map(|(inside, path)| (inside.into(), path.into())).collect())
    }

    /// The published path of `logo.svg` in `assets/`.
    pub(super) fn find(&self, name: &str) -> Option<&str> {
        let plain = text::percent_decode(name)?;
        let found =
            [&*text::nfc(name), &plain].into_iter().find_map(|name| self.0.get(&format!("assets/{name}")));
        found.map(String::as_str)
    }

    /// The published path for a name in a file of the theme: relative to that file's folder, or to `assets/`.
    pub(super) fn beside(&self, inside: &str, name: &str) -> Option<&str> {
        let folder = inside.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut parts: Vec<&str> = folder.split('/').collect();
        for part in name.split('/') {
            match part {
                "." => {}
                ".." => drop(parts.pop()?),
                _ => parts.push(part),
            }
        }
        let beside = parts.join("/");
        beside.strip_prefix("assets/").and_then(|name| self.find(name)).or_else(|| self.find(name))
    }

    /// The fault of a name that no file has.
    pub(super) fn missing(name: &str) -> Message {
        message!("theme-missing-asset", "the theme has no file `{name}` in its `assets/`", name)
    }

    pub(super) fn suggestion(&self, name: &str) -> Message {
        let known = || self.0.keys().filter_map(|inside| inside.strip_prefix("assets/"));
        let file = name.rsplit('/').next().unwrap_or(name);
        let same = known().find(|known| known.rsplit('/').next() == Some(file));
        did_you_mean(same.or_else(|| text::nearest(name, known())), || {
            message!(
                "theme-missing-asset-help",
                "put the file into the theme's `assets/` and write its path within that folder"
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_stand_before_the_ending() {
        let hash = "e3b0c44298fc";
        assert_eq!(hashed("assets/a.b.png", b""), format!("assets/theme/a.b.{hash}.png"));
        assert_eq!(hashed("assets/fonts/a", b""), format!("assets/theme/fonts/a.{hash}"));
    }

    #[test]
    fn names_are_found_from_their_folder_and_from_the_root() {
        let names = Names::of([("assets/a.svg", "1"), ("assets/css/b.svg", "2")]);
        let from = |name| names.beside("assets/css/x.css", name);
        assert_eq!(
            (from("b.svg"), from("../a.svg"), from("a.svg"), from("css/b.svg")),
            (Some("2"), Some("1"), Some("1"), Some("2"))
        );
        assert_eq!((from("../../a.svg"), from("/a.svg"), from("")), (None, None, None));
        assert_eq!(names.suggestion("b.svg"), "did you mean `css/b.svg`?");
    }
}
