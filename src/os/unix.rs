//! Locks, syncing, permissions and signals of Unix.

use std::fs::{self, File, Metadata, OpenOptions, Permissions, TryLockError};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _, fchown};
use std::path::{Path, PathBuf};

use rustix::fs::{OFlags, Timespec, Timestamps, UTIME_NOW};

/// The file system's metadata of a file. While it stays the same, so does the file, except for changes within one
/// tick of the file system's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    size: u64,
    inode: u64,
    modified: (i64, i64),
    changed: (i64, i64),
}

impl Stamp {
    #[must_use]
    pub fn of(found: &Metadata) -> Stamp {
        Stamp {
            size: found.len(),
            inode: found.ino(),
            modified: (found.mtime(), found.mtime_nsec()),
            changed: (found.ctime(), found.ctime_nsec()),
        }
    }
}

/// Opens a file for reading. A pipe without a writer does not block.
///
/// # Errors
/// The path cannot be opened.
pub fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).custom_flags(flags(OFlags::NONBLOCK | OFlags::NOCTTY)).open(path)
}

fn flags(flags: OFlags) -> i32 {
    flags.bits().cast_signed()
}

/// A file that one process at a time holds. The kernel releases it when the process ends.
#[derive(Debug)]
pub struct LockFile {
    path: PathBuf,
    file: File,
}

impl LockFile {
    /// Creates and locks a file. `None` if another process holds it.
    ///
    /// # Errors
    /// The file cannot be created or locked.
    pub fn take(path: &Path) -> io::Result<Option<LockFile>> {
        let mut options = OpenOptions::new();
        options.read(true).custom_flags(flags(OFlags::NOFOLLOW));
        loop {
            let file = match options.clone().write(true).create(true).truncate(false).open(path) {
                // The lock file of another user can be locked too.
                Err(denied) if denied.kind() == ErrorKind::PermissionDenied => {
                    options.open(path).map_err(|_| denied)?
                }
                file => file?,
            };
            match file.try_lock() {
                Err(TryLockError::WouldBlock) => return Ok(None),
                locked => locked?,
            }
            match fs::symlink_metadata(path) {
                Ok(there) if is_same(&there, &file.metadata()?) => {
                    return Ok(Some(LockFile { path: path.to_owned(), file }));
                }
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
    }

    /// The current time by the clock of the file system, as [`modified`] gives it. `None` if the
    /// file belongs to another user.
    #[must_use]
    pub fn disk_time(&self) -> Option<i64> {
        let now = Timespec { tv_sec: 0, tv_nsec: UTIME_NOW };
        rustix::fs::futimens(&self.file, &Timestamps { last_access: now, last_modification: now }).ok()?;
        self.file.metadata().ok().as_ref().map(modified)
    }
}

impl Drop for LockFile {
    fn drop(&mut self) {
        // Removed while the lock is held: another process that opened the file before sees that the
        // path changed, and tries again.
        let _ = fs::remove_file(&self.path);
    }
}

/// The right to replace a file, until it is dropped.
pub type Turn = File;

/// Waits until no other `noroshi` process replaces this file. The lock is on the old file: the
/// process that waited then finds another file at its path.
///
/// # Errors
/// The file cannot be opened or locked.
pub fn wait_for_turn(path: &Path) -> io::Result<Turn> {
    let old = File::open(path)?;
    old.lock()?;
    Ok(old)
}

/// The id of the file system.
#[must_use]
pub fn device(found: &Metadata) -> u64 {
    found.dev()
}

/// The time of the last change in seconds, by the clock of the file system.
#[must_use]
pub fn modified(found: &Metadata) -> i64 {
    found.mtime()
}

/// Gives a file the owner of another one, if the system allows it. This clears permission bits.
pub fn keep_owner(file: &File, old: &Metadata) {
    let _ = fchown(file, Some(old.uid()), Some(old.gid()));
}

/// The permissions of a file.
#[must_use]
pub fn mode(found: &Metadata) -> u32 {
    found.mode() & 0o777
}

/// Sets the permissions of a file.
///
/// # Errors
/// The system refuses.
pub fn set_mode(file: &File, mode: u32) -> io::Result<()> {
    file.set_permissions(Permissions::from_mode(mode))
}

/// Moves a file or folder. It replaces a file, or an empty folder.
///
/// # Errors
/// The system refuses.
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)
}

/// Whether another program uses the folder.
#[must_use]
pub fn is_in_use(error: &io::Error) -> bool {
    error.kind() == ErrorKind::ResourceBusy
}

/// Gives a new folder the permissions of the empty one that it is to replace. Returns `false` if a
/// rename would change more than the content.
#[must_use]
pub fn stands_in(new: &Path, old: &Path) -> bool {
    let Ok(was) = fs::symlink_metadata(old) else {
        return true;
    };
    let Ok(is) = fs::symlink_metadata(new) else {
        return false;
    };
    // A shell whose current directory is the old folder would be in a removed one.
    let here = fs::metadata(".").is_ok_and(|here| is_same(&here, &was));
    let alike = (is.dev(), is.uid(), is.gid()) == (was.dev(), was.uid(), was.gid());
    let writable = was.mode() & 0o300 == 0o300;
    alike
        && writable
        && !here
        && (is.mode() == was.mode() || fs::set_permissions(new, was.permissions()).is_ok())
}

fn is_same(one: &Metadata, other: &Metadata) -> bool {
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

/// Writes the bytes of one file, or the names in one folder, to the disk.
///
/// # Errors
/// The disk reports a failed write, or there is no such file.
pub fn write_back(path: &Path) -> io::Result<()> {
    // `sync_all` would also flush the disk's cache on Apple's systems, for each file.
    Ok(rustix::fs::fsync(File::open(path)?)?)
}

/// Flushes the disk's own cache. On all systems but Apple's, `fsync` has done this already.
///
/// # Errors
/// The disk reports a failed write.
#[cfg(target_vendor = "apple")]
pub fn flush(path: &Path) -> io::Result<()> {
    Ok(rustix::fs::fcntl_fullfsync(File::open(path)?)?)
}

/// Flushes the disk's own cache. On all systems but Apple's, `fsync` has done this already.
///
/// # Errors
/// None here.
#[cfg(not(target_vendor = "apple"))]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub fn flush(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Syncs the file system of a path. Returns `false` if the system cannot do this.
///
/// # Errors
/// The disk reports a failed write.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub fn sync_file_system(path: &Path) -> io::Result<bool> {
    match File::open(path).and_then(|file| Ok(rustix::fs::syncfs(file)?)) {
        Err(error) if cannot_sync(&error) => Ok(false),
        result => result.map(|()| true),
    }
}

/// Syncs the file system of a path. Returns `false`: this system cannot do this.
///
/// # Errors
/// None here.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub fn sync_file_system(_: &Path) -> io::Result<bool> {
    Ok(false)
}

/// Syncs all file systems.
pub fn sync_everything() {
    rustix::fs::sync();
}

/// Whether the file system cannot sync this file or folder, or it cannot be opened for that.
#[must_use]
pub fn cannot_sync(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported | ErrorKind::PermissionDenied)
        || error.raw_os_error() == Some(rustix::io::Errno::BADF.raw_os_error())
}

/// Waits for SIGINT or SIGTERM.
pub async fn stopped() {
    use tokio::signal::unix::{SignalKind, signal};
    let (interrupt, terminate) = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()));
    let (Ok(mut interrupt), Ok(mut terminate)) = (interrupt, terminate) else {
        return std::future::pending().await;
    };
    std::future::poll_fn(|context| {
        use std::task::Poll;
        match (interrupt.poll_recv(context), terminate.poll_recv(context)) {
            (Poll::Pending, Poll::Pending) => Poll::Pending,
            _ => Poll::Ready(()),
        }
    })
    .await;
}
