//! Which paths of a manifest or journal are believed, and which files of a site clash.

use super::{Error, Staged, names};
use crate::address;

pub(super) use crate::address::folders;

/// Whether the path stays inside the folder and is not one that publishing
/// itself needs. What an earlier version wrote may have a path that
/// [`address::fault`] refuses today, and is ours all the same.
pub(super) fn is_valid(path: &str) -> bool {
    let own = path
        .split('/')
        .next()
        .is_some_and(|first| first == names::MANIFEST || first.starts_with(address::OWN));
    !own && path.split('/').all(|part| !matches!(part, "" | "." | "..") && !part.contains(['\0', '\\']))
}

/// Refuses two files at one address, and a file at the address of a folder.
pub(super) fn check_distinct(sorted: &[Staged]) -> Result<(), Error> {
    match address::clashes(sorted.len(), &|at| sorted[at].path.as_str()).first() {
        Some((path, _)) => Err(Error::twice(path)),
        None => Ok(()),
    }
}

/// Whether a sorted site has a file at this path.
pub(super) fn contains(sorted: &[Staged], path: &str) -> bool {
    sorted.binary_search_by(|file| file.path.as_str().cmp(path)).is_ok()
}
