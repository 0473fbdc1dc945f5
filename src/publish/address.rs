//! Which paths a file of the site may have.

use super::{Error, Staged, manifest};

/// Whether the path stays inside the folder and is not one that publishing
/// itself needs.
pub(super) fn is_valid(path: &str) -> bool {
    let own =
        path.split('/').next().is_some_and(|first| first == manifest::NAME || first.starts_with(".noroshi-"));
    !own && path.split('/').all(|part| !matches!(part, "" | "." | "..") && !part.contains(['\0', '\\']))
}

/// The folders above a path, outermost first: `a` and `a/b` for `a/b/c`.
pub(super) fn folders(path: &str) -> impl DoubleEndedIterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// Refuses two files at one address, and a file at the address of a folder.
pub(super) fn check_distinct(sorted: &[Staged]) -> Result<(), Error> {
    for pair in sorted.windows(2) {
        if pair[0].path == pair[1].path {
            return Err(Error::twice(&pair[0].path));
        }
        for folder in folders(&pair[1].path) {
            // The files of one folder are neighbours: ask once for each.
            let asked = pair[0].path.strip_prefix(folder);
            if !asked.is_some_and(|rest| rest.starts_with('/')) && contains(sorted, folder) {
                return Err(Error::twice(folder));
            }
        }
    }
    Ok(())
}

/// Whether a sorted site has a file at this path.
pub(super) fn contains(sorted: &[Staged], path: &str) -> bool {
    sorted.binary_search_by(|file| file.path.as_str().cmp(path)).is_ok()
}
