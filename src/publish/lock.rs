//! The lock that allows one build at a time per folder.
//!
//! It is a kernel lock on a file beside the folder. A killed build holds no lock, and the file that
//! it leaves does no harm.

use std::os::fd::OwnedFd;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use rustix::fs::{
    FlockOperation, Mode, OFlags, Timespec, Timestamps, UTIME_NOW, flock, fstat, futimens, lstat, open,
};
use rustix::io::Errno;

use super::names::LOCK;
use super::{Error, file_system};

pub(super) struct Lock {
    path: PathBuf,
    beside: bool,
    file: OwnedFd,
}

impl Lock {
    /// Takes the lock, or fails at once if another build holds it.
    pub(super) fn take(out: &Path) -> Result<Lock, Error> {
        let beside = file_system::beside(out, "noroshi-lock");
        if let Some(path) = &beside {
            match hold(path) {
                Ok(file) => return Ok(Lock::new(path, true, file)),
                Err(Errno::WOULDBLOCK) => return Err(Error::locked(out)),
                // The folder above takes no file. If `out` does not exist either, report this error.
                Err(error) if !out.is_dir() => {
                    return Err(Error::io(path.parent().unwrap_or(out), error.into()));
                }
                Err(_) => {}
            }
        }
        let path = out.join(LOCK);
        match hold(&path) {
            Ok(file) => Ok(Lock::new(&path, false, file)),
            Err(Errno::WOULDBLOCK) => Err(Error::locked(out)),
            Err(error) => Err(Error::io(out, error.into())),
        }
    }

    fn new(path: &Path, beside: bool, file: OwnedFd) -> Lock {
        Lock { path: path.to_owned(), beside, file }
    }

    /// The current time by the clock of the file system, which all hosts share. `None` if the lock
    /// file belongs to another user.
    pub(super) fn disk_time(&self) -> Option<i64> {
        let now = Timespec { tv_sec: 0, tv_nsec: UTIME_NOW };
        futimens(&self.file, &Timestamps { last_access: now, last_modification: now }).ok()?;
        Some(std::fs::symlink_metadata(&self.path).ok()?.mtime())
    }

    /// Whether the folder above `out` can hold files.
    pub(super) fn is_beside(&self) -> bool {
        self.beside
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while the lock is held: another process that opened the file before sees that the
        // path changed, and tries again.
        let _ = std::fs::remove_file(&self.path);
    }
}

fn hold(path: &Path) -> Result<OwnedFd, Errno> {
    let flags = OFlags::NOFOLLOW | OFlags::CLOEXEC;
    loop {
        let file = match open(path, flags | OFlags::CREATE | OFlags::RDWR, Mode::from(0o666)) {
            // The lock file of another user can be locked too.
            Err(Errno::ACCESS) => {
                open(path, flags | OFlags::RDONLY, Mode::empty()).map_err(|_| Errno::ACCESS)?
            }
            file => file?,
        };
        flock(&file, FlockOperation::NonBlockingLockExclusive)?;
        let held = fstat(&file)?;
        match lstat(path) {
            Ok(there) if (there.st_dev, there.st_ino) == (held.st_dev, held.st_ino) => {
                return Ok(file);
            }
            Ok(_) | Err(Errno::NOENT) => {}
            Err(error) => return Err(error),
        }
    }
}
