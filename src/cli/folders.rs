//! Checks of the folders that a site is published to and served from.

use std::path::{Component, Path, PathBuf};

use super::error::Error;
use crate::message::message;
use crate::os::Shown as _;
use crate::publish;
use crate::source::THEMES;

/// The default output folder.
pub(super) fn usual(root: &Path) -> PathBuf {
    root.join("public")
}

/// Whether a folder is or will be served: it lies in a folder that a build published to, or in the
/// default output folder.
pub(super) fn is_served(root: &Path, folder: &Path) -> bool {
    let Some(folder) = resolved(folder) else { return true };
    let usual = resolved(&usual(root));
    usual.is_none_or(|usual| folder.starts_with(usual)) || folder.ancestors().any(publish::is_published)
}

/// Whether one folder is the other or lies in it.
pub(super) fn overlaps(one: &Path, other: &Path) -> bool {
    let (Some(one), Some(other)) = (resolved(one), resolved(other)) else { return false };
    one.starts_with(&other) || other.starts_with(&one)
}

/// Whether a folder overlaps the content or the themes. Then the server would publish sources, or a
/// build would read its own output as content.
pub(super) fn overlaps_sources(root: &Path, out: &Path) -> bool {
    ["content", THEMES].iter().any(|folder| overlaps(&root.join(folder), out))
}

pub(super) fn refuse_overlap(out: &Path) -> Error {
    let message = message!(
        "cli-folders-overlap",
        "the output folder `{out}` overlaps the content or the themes",
        out = out.shown()
    );
    let help = message!("cli-folders-overlap-help", "choose a folder beside `content/`, such as `public`");
    Error::usage(message, help)
}

/// A path with its links resolved. The end of the path need not exist.
fn resolved(path: &Path) -> Option<PathBuf> {
    let whole = std::path::absolute(path).ok()?;
    let (mut there, rest) =
        whole.ancestors().find_map(|a| Some((a.canonicalize().ok()?, whole.strip_prefix(a).ok()?)))?;
    for part in rest.components() {
        match part {
            // This part of the path does not exist, so it cannot be a link.
            Component::ParentDir => drop(there.pop()),
            part => there.push(part),
        }
    }
    Some(there)
}
