//! The published folder: what is at each path, and the only changes made to it. Follows no link, so
//! nothing here reaches out of the folder.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use super::existing::Existing;
use super::file_system::{self, FileSystem, PathKind};
use super::{Error, address};
use crate::os;

pub(super) struct OutputDir<'a> {
    pub(super) place: &'a dyn FileSystem,
    pub(super) out: &'a Path,
    pub(super) found: &'a Existing,
}

/// The state of the folders above a path.
pub(super) enum ParentDirs<'p> {
    Open,
    Missing,
    /// A file of ours is where a folder must be.
    Ours(&'p str),
    /// A link or something that is not ours is where a folder must be.
    Foreign(&'p str),
}

impl OutputDir<'_> {
    pub(super) fn at(&self, path: &str) -> PathBuf {
        self.out.join(path)
    }

    pub(super) fn look(&self, path: &str) -> Result<Option<PathKind>, Error> {
        let full = self.at(path);
        self.place.look(&full).map_err(|error| Error::io(&full, error))
    }

    /// Walks down to a path. `known` caches the folders of earlier walks.
    pub(super) fn way<'p>(
        &self,
        path: &'p str,
        known: &mut HashSet<String>,
    ) -> Result<ParentDirs<'p>, Error> {
        for folder in address::folders(path) {
            if known.contains(folder) {
                continue;
            }
            match self.look(folder)? {
                Some(PathKind::Folder) => known.insert(folder.to_owned()),
                None => return Ok(ParentDirs::Missing),
                Some(PathKind::File(_)) if self.found.owns(folder) => return Ok(ParentDirs::Ours(folder)),
                Some(_) => return Ok(ParentDirs::Foreign(folder)),
            };
        }
        Ok(ParentDirs::Open)
    }

    /// The files in a folder and below, all of which must be ours.
    pub(super) fn ours_below(&self, folder: &str) -> Result<Vec<String>, Error> {
        let full = self.at(folder);
        let names = self.place.names(&full).map_err(|error| Error::io(&full, error))?;
        let mut files = Vec::new();
        for name in names {
            let Some(path) = name.to_str().map(|name| format!("{folder}/{name}")) else {
                return Err(Error::foreign_file(&full.join(name)));
            };
            match self.look(&path)? {
                Some(PathKind::Folder) => files.extend(self.ours_below(&path)?),
                Some(_) if !self.found.owns(&path) => {
                    return Err(Error::foreign_file(&self.at(&path)));
                }
                Some(_) => files.push(path),
                None => {}
            }
        }
        Ok(files)
    }

    /// Renames staged files into place, in this order. Returns how many files of ours it had to
    /// remove for that: almost always none.
    pub(super) fn put_all(&self, writes: &[(&Path, &str)]) -> Result<usize, Error> {
        writes.iter().map(|(source, path)| self.put(source, path)).sum()
    }

    /// Renames a staged file into place. Returns how many files of ours it removed for that.
    pub(super) fn put(&self, source: &Path, path: &str) -> Result<usize, Error> {
        let full = self.at(path);
        let io = |error| Error::io(&full, error);
        match self.place.rename(source, &full) {
            Err(error) if file_system::is_taken(&error) || file_system::is_absent(&error) => {
                // If the staged file is gone, another program is removing files. Then nothing must
                // be created again.
                if self.place.look(source).map_err(io)?.is_none() {
                    return Err(Error::removed(self.out));
                }
                let removed = self.clear(path)?;
                file_system::make_parents(self.place, self.out, &full).map_err(io)?;
                self.place.rename(source, &full).map_err(io)?;
                Ok(removed)
            }
            result => result.map(|()| 0).map_err(io),
        }
    }

    /// Removes a file of ours where a folder must be, or the reverse.
    fn clear(&self, path: &str) -> Result<usize, Error> {
        match self.way(path, &mut HashSet::new())? {
            ParentDirs::Ours(file) => self.remove(&[file]),
            ParentDirs::Foreign(path) => Err(Error::foreign_file(&self.at(path))),
            ParentDirs::Open if self.look(path)? == Some(PathKind::Folder) => {
                let files = self.ours_below(path)?;
                let removed = self.remove(&files)?;
                self.remove_husk(path)?;
                Ok(removed)
            }
            ParentDirs::Open | ParentDirs::Missing => Ok(0),
        }
    }

    /// Removes files of ours, then the folders that this left empty. Skips files that are gone
    /// already or lie behind a link.
    pub(super) fn remove(&self, files: &[impl AsRef<str>]) -> Result<usize, Error> {
        let mut known = HashSet::new();
        let mut emptied = BTreeSet::new();
        let mut removed = 0;
        for path in files.iter().map(AsRef::as_ref) {
            match self.way(path, &mut known)? {
                ParentDirs::Open => {}
                // An interrupted build may have left the folders on the way.
                ParentDirs::Missing => {
                    emptied.extend(address::folders(path).filter(|f| known.contains(*f)));
                    continue;
                }
                ParentDirs::Ours(_) | ParentDirs::Foreign(_) => continue,
            }
            emptied.extend(address::folders(path));
            if matches!(self.look(path)?, Some(PathKind::File(_) | PathKind::Other)) {
                let full = self.at(path);
                self.place.remove_file(&full).map_err(|error| Error::io(&full, error))?;
                removed += 1;
            }
        }
        // Longer paths sort after the folders that contain them.
        for folder in emptied.into_iter().rev() {
            self.remove_emptied(folder)?;
        }
        Ok(removed)
    }

    fn remove_emptied(&self, folder: &str) -> Result<(), Error> {
        let full = self.at(folder);
        match self.place.remove_folder(&full) {
            Err(error)
                if !file_system::is_absent(&error)
                    && !file_system::is_taken(&error)
                    && !os::is_in_use(&error) =>
            {
                Err(Error::io(&full, error))
            }
            _ => Ok(()),
        }
    }

    /// Removes a folder that contains only folders.
    fn remove_husk(&self, folder: &str) -> Result<(), Error> {
        let full = self.at(folder);
        if self.look(folder)? != Some(PathKind::Folder) {
            return Ok(());
        }
        for name in self.place.names(&full).map_err(|error| Error::io(&full, error))? {
            if let Some(name) = name.to_str() {
                self.remove_husk(&format!("{folder}/{name}"))?;
            }
        }
        self.remove_emptied(folder)
    }
}
