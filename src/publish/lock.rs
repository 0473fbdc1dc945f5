//! The lock that allows one build at a time per folder.
//!
//! It is a lock of the system on a file beside the folder. A killed build holds no lock, and the file
//! that it leaves does no harm.

use std::path::Path;

use super::names::LOCK;
use super::{Error, file_system};
use crate::os::LockFile;

pub(super) struct Lock {
    beside: bool,
    file: LockFile,
}

impl Lock {
    /// Takes the lock, or fails at once if another build holds it.
    pub(super) fn take(out: &Path) -> Result<Lock, Error> {
        if let Some(path) = file_system::beside(out, "noroshi-lock") {
            match LockFile::take(&path) {
                Ok(Some(file)) => return Ok(Lock { beside: true, file }),
                Ok(None) => return Err(Error::locked(out)),
                // The folder above takes no file. If `out` does not exist either, report this error.
                Err(error) if !out.is_dir() => {
                    return Err(Error::io(path.parent().unwrap_or(out), error));
                }
                Err(_) => {}
            }
        }
        match LockFile::take(&out.join(LOCK)) {
            Ok(Some(file)) => Ok(Lock { beside: false, file }),
            Ok(None) => Err(Error::locked(out)),
            Err(error) => Err(Error::io(out, error)),
        }
    }

    /// The current time by the clock of the file system, which all hosts share. `None` if the lock
    /// file belongs to another user.
    pub(super) fn disk_time(&self) -> Option<i64> {
        self.file.disk_time()
    }

    /// Whether the folder above `out` can hold files.
    pub(super) fn is_beside(&self) -> bool {
        self.beside
    }
}
