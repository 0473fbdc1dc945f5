//! Checks of paths in a manifest or journal, and of conflicts between files of a site.

use super::{Error, Staged, names};
use crate::address;
use crate::os::REFUSES_NAMES;

pub(super) use crate::address::folders;

/// Whether the path stays inside the folder and is not one of publishing's own files. A path that
/// an earlier version wrote is ours even if [`address::fault`] refuses it today.
pub(super) fn is_valid(path: &str) -> bool {
    let own = path
        .split('/')
        .next()
        .is_some_and(|first| first == names::MANIFEST || first.starts_with(address::OWN));
    // On Windows, `C:/a` would lead out of the folder.
    let leads_away = REFUSES_NAMES && address::unportable(path).is_some();
    !own && !leads_away
        && path.split('/').all(|part| !matches!(part, "" | "." | "..") && !part.contains(['\0', '\\']))
}

/// Refuses two files at one address, and a file at the address of a folder.
pub(super) fn check_distinct(sorted: &[Staged]) -> Result<(), Error> {
    match address::clashes(sorted.len(), &|at| sorted[at].path.as_str()).first() {
        Some((path, _)) => Err(Error::twice(path)),
        None => Ok(()),
    }
}

pub(super) fn contains(sorted: &[Staged], path: &str) -> bool {
    sorted.binary_search_by(|file| file.path.as_str().cmp(path)).is_ok()
}
