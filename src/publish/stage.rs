//! The stage, where files wait before they are published: a folder with a unique name.
//!
//! Two builds on two hosts whose file system has no locks therefore never write to the same file.
//! The name also contains the host. The next build on the same host, which holds the lock, removes
//! what a killed build left. A stage of another host may be in use, so it is removed only if it has
//! not changed for [`STAGE_SECONDS`], by the clock of the file system that both write to.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use sha2::{Digest as _, Sha256};

use super::Error;
use super::file_system::{self, FileSystem};
use super::names::STAGE;
use crate::atomic;
use crate::digest::hex;
use crate::limits::STAGE_SECONDS;

/// The prefix of a stage's name beside the folder.
pub(super) const BESIDE: &str = "noroshi-stage";

pub(super) struct Stage {
    above: PathBuf,
    prefix: String,
    /// Its folder, created with the first file.
    folder: OnceLock<PathBuf>,
    turn: Mutex<()>,
    next: AtomicUsize,
    /// Whether files wait at their own paths, because the folder will be renamed as a whole; else
    /// under a number.
    pub(super) is_whole: bool,
}

impl Stage {
    /// A stage in the published folder, and so on the same file system.
    pub(super) fn inside(out: &Path) -> Stage {
        Stage::new(out.to_path_buf(), STAGE.to_owned(), false)
    }

    /// A stage beside the published folder, created at once. `None` if that is not possible.
    pub(super) fn beside(place: &dyn FileSystem, out: &Path) -> Option<Stage> {
        let stage = Stage::new(out.parent()?.to_path_buf(), file_system::beside_name(out, BESIDE)?, true);
        stage.folder(place).ok()?;
        Some(stage)
    }

    fn new(above: PathBuf, prefix: String, is_whole: bool) -> Stage {
        Stage {
            above,
            prefix,
            folder: OnceLock::new(),
            turn: Mutex::new(()),
            next: AtomicUsize::new(0),
            is_whole,
        }
    }

    /// Its folder, created on first use and never again: files in a folder that was removed are lost.
    pub(super) fn folder(&self, place: &dyn FileSystem) -> Result<&Path, Error> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        while self.folder.get().is_none() {
            let name = format!("{}-{}-{}", self.prefix, host(), atomic::random());
            let path = self.above.join(name);
            match place.make_folder(&path) {
                Ok(()) => _ = self.folder.set(path),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) if error.kind() == ErrorKind::NotFound => return Err(Error::removed(&self.above)),
                Err(error) => return Err(Error::io(&path, error)),
            }
        }
        self.made().ok_or_else(|| Error::removed(&self.above))
    }

    /// Its folder, if a file was written there.
    pub(super) fn made(&self) -> Option<&Path> {
        self.folder.get().map(PathBuf::as_path)
    }

    pub(super) fn write(&self, place: &dyn FileSystem, path: &str, bytes: &[u8]) -> Result<PathBuf, Error> {
        let folder = self.folder(place)?;
        let full = if self.is_whole { folder.join(path) } else { folder.join(self.number()) };
        let mut result = place.create(&full, bytes);
        if self.is_whole && matches!(&result, Err(error) if error.kind() == ErrorKind::NotFound) {
            result =
                file_system::make_parents(place, folder, &full).and_then(|()| place.create(&full, bytes));
        }
        match result {
            Ok(()) => Ok(full),
            Err(error) if self.is_whole && file_system::is_taken(&error) => Err(Error::twice(path)),
            Err(error) if error.kind() == ErrorKind::NotFound => Err(Error::removed(folder)),
            Err(error) => Err(Error::io(&full, error)),
        }
    }

    /// Moves a file from another stage, if necessary from another file system.
    pub(super) fn bring(&self, place: &dyn FileSystem, from: &Path) -> Result<PathBuf, Error> {
        let target = self.folder(place)?.join(self.number());
        file_system::bring(place, from, &target).map_err(|error| Error::io(&target, error))?;
        Ok(target)
    }

    fn number(&self) -> String {
        self.next.fetch_add(1, Ordering::Relaxed).to_string()
    }

    /// A later build removes what cannot be removed now.
    pub(super) fn remove(&self, place: &dyn FileSystem) {
        if let Some(folder) = self.made() {
            let _ = place.remove_all(folder);
        }
    }
}

/// Removes the stages that earlier builds left in a folder. `now` is the time of the file system;
/// if it is unknown, stages of other hosts stay.
pub(super) fn remove_left(
    place: &dyn FileSystem,
    folder: &Path,
    prefix: &str,
    now: Option<i64>,
) -> std::io::Result<()> {
    let names = match place.names(folder) {
        Err(error) if file_system::is_absent(&error) => return Ok(()),
        names => names?,
    };
    let ours = format!("{prefix}-{}-", host());
    for name in names.iter().filter_map(|name| name.to_str()) {
        // Earlier versions used the prefix alone, without host and number.
        let is_left = name == prefix || name.starts_with(&ours);
        let of_another = !is_left && name.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('-'));
        let path = folder.join(name);
        let age = || Some(now? - place.modified(&path).ok()?);
        if is_left || of_another && age().is_some_and(|age| age >= STAGE_SECONDS) {
            place.remove_all(&path)?;
        }
    }
    Ok(())
}

/// A short name for this host, which stays the same after a reboot.
pub(super) fn host() -> &'static str {
    static HOST: OnceLock<String> = OnceLock::new();
    HOST.get_or_init(|| hex(&Sha256::digest(gethostname::gethostname().as_encoded_bytes())[..4]))
}
