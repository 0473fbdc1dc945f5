//! A folder of this machine, or one that is mounted on it.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::sides;
use super::state::CONTROL;
use super::store::{Cause, SiteFile, Store, StoreError, Version, Written};
use crate::atomic::{self, Batch, Overwrite};
use crate::file;
use crate::limits::OBJECT_BYTES;
use crate::message::{ToValue, message};
use crate::model::deploy::Coding;
use crate::os::Shown as _;
use crate::publish::Entry;

pub struct Folder {
    path: PathBuf,
    encoding: &'static str,
}

impl Folder {
    #[must_use]
    pub fn new(path: &Path) -> Folder {
        Folder { path: path.to_path_buf(), encoding: "" }
    }

    /// The same folder with side files.
    #[must_use]
    pub fn beside(self, codings: &[Coding]) -> Folder {
        Folder { encoding: sides::encoding(codings), ..self }
    }

    fn at(&self, path: &str) -> PathBuf {
        self.path.join(path)
    }

    fn failed(path: &Path, error: &impl ToValue) -> StoreError {
        let path = path.shown();
        let message = message!("deploy-folder", "cannot use `{path}`: {error}", path, error);
        StoreError { message, cause: Cause::Store }
    }
}

impl Store for Folder {
    fn shown(&self) -> String {
        self.path.shown()
    }

    fn encoding(&self) -> &'static str {
        self.encoding
    }

    fn read(&self, path: &str) -> Result<Option<(Vec<u8>, Version)>, StoreError> {
        let place = self.at(path);
        match file::read(&place, OBJECT_BYTES) {
            Ok(bytes) => {
                let version = Version::of_tag(Entry::of(&bytes).sha256);
                Ok(Some((bytes, version)))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Folder::failed(&place, &error)),
        }
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let mut batch = Batch::new(Overwrite::File);
        let written = batch.add(&self.at(path), bytes).and_then(|()| batch.commit());
        written.map_err(|error| Folder::failed(&self.path, &error.message()))
    }

    fn create(&self, path: &str, bytes: &[u8]) -> Result<Written, StoreError> {
        let place = self.at(path);
        let mut batch = Batch::new(Overwrite::Nothing);
        match batch.add(&place, bytes).and_then(|()| batch.commit()) {
            Ok(()) => Ok(Written::Yes),
            Err(_) if place.symlink_metadata().is_ok() => Ok(Written::Refused),
            Err(error) => Err(Folder::failed(&place, &error.message())),
        }
    }

    /// Removes the file of this version and creates the new one. Of two that do so at once, one creates it.
    fn replace(&self, path: &str, bytes: &[u8], version: &Version) -> Result<Written, StoreError> {
        match self.read(path)? {
            Some((_, found)) if found == *version => {}
            _ => return Ok(Written::Refused),
        }
        self.remove(&[path])?;
        self.create(path, bytes)
    }

    fn put(&self, files: &[SiteFile<'_>]) -> Result<(), StoreError> {
        let mut batch = Batch::new(Overwrite::File);
        for file in files {
            batch
                .add(&self.at(file.path), &file.bytes()?)
                .map_err(|error| Folder::failed(&self.path, &error.message()))?;
        }
        batch.commit().map_err(|error| Folder::failed(&self.path, &error.message()))?;
        for side in files.iter().filter(|file| file.coding.is_some()) {
            // Servers send this time with each form of a text, so it should be the same. It is no error if a mounted
            // folder keeps times of its own.
            let time = self.at(side.source()).metadata().and_then(|found| found.modified());
            let open = || File::options().write(true).open(self.at(side.path));
            let _ = time.and_then(|time| open()?.set_modified(time));
        }
        Ok(())
    }

    fn remove(&self, paths: &[&str]) -> Result<(), StoreError> {
        for path in paths {
            let place = self.at(path);
            match fs::remove_file(&place) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(Folder::failed(&place, &error));
                }
                _ => {}
            }
            // A folder that holds nothing any more goes, too. One that holds something cannot be removed.
            let above = place.ancestors().skip(1).take_while(|above| *above != self.path);
            let _ = above.map(fs::remove_dir).find(io::Result::is_err);
        }
        Ok(())
    }

    /// A killed deployment leaves half files under temporary names in the folders that it wrote to.
    fn tidy(&self, paths: &BTreeSet<String>) -> Result<(), StoreError> {
        let mut folders: BTreeSet<PathBuf> =
            paths.iter().filter_map(|path| self.at(path).parent().map(Path::to_path_buf)).collect();
        folders.insert(self.at(CONTROL));
        for found in folders.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten() {
            if found.file_name().to_string_lossy().starts_with(atomic::TEMPORARY) {
                fs::remove_file(found.path()).map_err(|error| Folder::failed(&found.path(), &error))?;
            }
        }
        Ok(())
    }

    fn existing(&self, paths: &[&str]) -> Result<BTreeSet<String>, StoreError> {
        let is_there = |path: &&&str| self.at(path).symlink_metadata().is_ok();
        Ok(paths.iter().filter(is_there).map(|path| (*path).to_owned()).collect())
    }

    fn differing(&self, files: &[SiteFile<'_>]) -> Result<BTreeSet<String>, StoreError> {
        let is_other = |file: &&SiteFile<'_>| {
            let Ok(found) = file::read(&self.at(file.path), OBJECT_BYTES) else { return true };
            match file.coding {
                None => Entry::of(&found) != *file.entry,
                Some(_) => file.bytes().map_or(true, |bytes| bytes != found),
            }
        };
        Ok(files.iter().filter(is_other).map(|file| file.path.to_owned()).collect())
    }
}
