//! Locks, syncing and signals of Windows. It has no permission bits, and folders cannot be synced.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::os::windows::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// Another process has the file open, and does not share it.
const SHARING_VIOLATION: i32 = 32;
/// The milliseconds between two attempts to lock a file.
const TURN_MS: u64 = 10;
/// The milliseconds between attempts to move a file that another program has open: a quarter of a second together.
const WAITS_MS: [u64; 8] = [1, 2, 4, 8, 16, 32, 64, 128];

/// The file system's metadata of a file. While it stays the same, so does the file, except for changes within one
/// tick of the file system's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    size: u64,
    created: u64,
    modified: u64,
}

impl Stamp {
    #[must_use]
    pub fn of(found: &Metadata) -> Stamp {
        let (created, modified) = (found.creation_time(), found.last_write_time());
        Stamp { size: found.len(), created, modified }
    }
}

/// Opens a file for reading.
///
/// # Errors
/// The path cannot be opened.
pub fn open(path: &Path) -> io::Result<File> {
    File::open(path)
}

/// A file that one process at a time holds. The kernel releases it when the process ends.
///
/// The process shares the file with no other, so nobody can open or remove it meanwhile. A lock of
/// the standard library would leave open whether a file that was just locked is still at its path.
#[derive(Debug)]
pub struct LockFile {
    path: PathBuf,
    /// `None` while it is dropped.
    file: Option<File>,
}

impl LockFile {
    /// Creates and locks a file. `None` if another process holds it.
    ///
    /// # Errors
    /// The file cannot be created.
    pub fn take(path: &Path) -> io::Result<Option<LockFile>> {
        match OpenOptions::new().write(true).create(true).truncate(true).share_mode(0).open(path) {
            Ok(file) => Ok(Some(LockFile { path: path.to_owned(), file: Some(file) })),
            Err(error) if error.raw_os_error() == Some(SHARING_VIOLATION) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The current time by the clock of the file system, as [`modified`] gives it.
    #[must_use]
    pub fn disk_time(&self) -> Option<i64> {
        let mut file = self.file.as_ref()?;
        // The write sets the time.
        file.write_all(b"\n").ok()?;
        file.metadata().ok().as_ref().map(modified)
    }
}

impl Drop for LockFile {
    fn drop(&mut self) {
        drop(self.file.take());
        // Fails if another process holds the file by now, and so removes nothing of its.
        let _ = fs::remove_file(&self.path);
    }
}

/// The right to replace a file, until it is dropped.
pub type Turn = LockFile;

/// Waits until no other `noroshi` process replaces this file. The lock is a file beside it: a lock
/// on the file itself would keep this process from reading it.
///
/// # Errors
/// There is no such file, or nothing can be created beside it.
pub fn wait_for_turn(path: &Path) -> io::Result<Turn> {
    fs::metadata(path)?;
    let name = path.file_name().ok_or(ErrorKind::InvalidInput)?.to_string_lossy();
    let beside = path.with_file_name(format!(".noroshi-turn-{name}"));
    loop {
        match LockFile::take(&beside)? {
            Some(turn) => return Ok(turn),
            None => thread::sleep(Duration::from_millis(TURN_MS)),
        }
    }
}

/// The id of the file system. Not needed: Windows syncs each file by itself.
#[must_use]
pub fn device(_: &Metadata) -> u64 {
    0
}

/// The time of the last change in seconds, by the clock of the file system.
#[must_use]
pub fn modified(found: &Metadata) -> i64 {
    const TICKS_IN_A_SECOND: u64 = 10_000_000;
    (found.last_write_time() / TICKS_IN_A_SECOND).cast_signed()
}

/// Does nothing: a file gets the rights of its folder.
pub fn keep_owner(_: &File, _: &Metadata) {}

/// The permissions of a file, which [`set_mode`] does not set.
#[must_use]
pub fn mode(_: &Metadata) -> u32 {
    0
}

/// Does nothing: a file gets the rights of its folder.
///
/// # Errors
/// None here.
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub fn set_mode(_: &File, _: u32) -> io::Result<()> {
    Ok(())
}

/// Moves a file or folder. It replaces a file.
///
/// # Errors
/// The system refuses.
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    // A virus scanner or an indexer opens a new file for a moment, and then nothing can move it.
    for wait in WAITS_MS {
        match fs::rename(from, to) {
            Err(error) if is_denied(&error) && to.is_dir() => return Err(ErrorKind::IsADirectory.into()),
            Err(error) if is_denied(&error) => thread::sleep(Duration::from_millis(wait)),
            result => return result,
        }
    }
    fs::rename(from, to)
}

fn is_denied(error: &io::Error) -> bool {
    error.kind() == ErrorKind::PermissionDenied || is_in_use(error)
}

/// Whether another program uses the file or folder.
#[must_use]
pub fn is_in_use(error: &io::Error) -> bool {
    error.kind() == ErrorKind::ResourceBusy || error.raw_os_error() == Some(SHARING_VIOLATION)
}

/// Whether a new folder can replace one: only if there is none, because Windows does not replace a
/// folder with another.
#[must_use]
pub fn stands_in(_: &Path, old: &Path) -> bool {
    fs::symlink_metadata(old).is_err()
}

/// Writes the bytes of one file to the disk. The file system keeps the names in folders by itself.
///
/// # Errors
/// The disk reports a failed write, or there is no such file.
pub fn write_back(path: &Path) -> io::Result<()> {
    if fs::metadata(path)?.is_dir() {
        return Ok(());
    }
    // Without the right to write, nothing is written back.
    OpenOptions::new().write(true).open(path)?.sync_all()
}

/// Does nothing: [`write_back`] flushes the disk's own cache.
///
/// # Errors
/// None here.
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub fn flush(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Syncs the file system of a path. Returns `false`: only an administrator may do this.
///
/// # Errors
/// None here.
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub fn sync_file_system(_: &Path) -> io::Result<bool> {
    Ok(false)
}

/// Does nothing: only an administrator may sync a whole disk.
pub fn sync_everything() {}

/// Whether the file system cannot sync this file, or it cannot be opened for that.
#[must_use]
pub fn cannot_sync(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported | ErrorKind::PermissionDenied)
}

/// Waits for Ctrl-C, Ctrl-Break or the end of the terminal.
pub async fn stopped() {
    use tokio::signal::windows::{ctrl_break, ctrl_c, ctrl_close};
    let (Ok(mut interrupt), Ok(mut stop), Ok(mut close)) = (ctrl_c(), ctrl_break(), ctrl_close()) else {
        return std::future::pending().await;
    };
    std::future::poll_fn(|context| {
        let all = [interrupt.poll_recv(context), stop.poll_recv(context), close.poll_recv(context)];
        if all.iter().all(std::task::Poll::is_pending) {
            return std::task::Poll::Pending;
        }
        std::task::Poll::Ready(())
    })
    .await;
}
