//! Which folders a site may be published to, and which are served.

use std::path::{Component, Path, PathBuf};

use super::error::Error;
use crate::publish;
use crate::source::THEMES;

/// Where a site is published when nobody says otherwise.
pub(super) fn usual(root: &Path) -> PathBuf {
    root.join("public")
}

/// Whether a folder lies, or will lie, in what is served: in a folder that a build published to, or in the one
/// that the first build will publish to.
pub(super) fn is_served(root: &Path, folder: &Path) -> bool {
    let Some(folder) = resolved(folder) else { return true };
    let usual = resolved(&usual(root));
    usual.is_none_or(|usual| folder.starts_with(usual)) || folder.ancestors().any(publish::is_published)
}

/// Whether one folder is or lies in the other.
pub(super) fn overlaps(one: &Path, other: &Path) -> bool {
    let (Some(one), Some(other)) = (resolved(one), resolved(other)) else { return false };
    one.starts_with(&other) || other.starts_with(&one)
}

/// Whether a folder and one that sites are read from lie in one another: the source would be served, or what
/// was published read as content.
pub(super) fn overlaps_sources(root: &Path, out: &Path) -> bool {
    ["content", THEMES].iter().any(|folder| overlaps(&root.join(folder), out))
}

/// Says that it is so.
pub(super) fn refuse_overlap(out: &Path) -> Error {
    let message = format!("`{}` and the content or the themes would lie in one another", out.display());
    Error::usage(message, "publish into a folder beside `content/`, such as `public`")
}

/// A path with every link that exists followed, also where its end does not exist yet.
fn resolved(path: &Path) -> Option<PathBuf> {
    let whole = std::path::absolute(path).ok()?;
    let (mut there, rest) =
        whole.ancestors().find_map(|a| Some((a.canonicalize().ok()?, whole.strip_prefix(a).ok()?)))?;
    for part in rest.components() {
        match part {
            // Nothing is there that could be a link.
            Component::ParentDir => drop(there.pop()),
            part => there.push(part),
        }
    }
    Some(there)
}
