//! Syncs files so that they survive a power cut, at a bounded cost.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::limits::SYNCED_ONE_BY_ONE;

/// Syncs files and folders of one file system: the bytes of a file, the names in a folder.
///
/// If the file system cannot sync a file or folder, syncs everything instead.
///
/// # Errors
/// The disk reports a failed write, or a file does not exist.
pub fn sync(paths: &[PathBuf]) -> io::Result<()> {
    let Some(last) = paths.last() else { return Ok(()) };
    if paths.len() > SYNCED_ONE_BY_ONE && sync_file_system(last)? {
        return Ok(());
    }
    for path in paths {
        tolerant(write_back(path))?;
    }
    tolerant(flush(last))
}

/// Syncs the names in a folder.
///
/// # Errors
/// As [`sync`].
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    sync(&[folder.to_path_buf()])
}

/// Ignores errors that are expected: some file systems cannot sync a folder, and some folders
/// cannot be opened.
fn tolerant(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if is_unsupported(&error) => {
            rustix::fs::sync();
            Ok(())
        }
        result => result,
    }
}

fn is_unsupported(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported | ErrorKind::PermissionDenied)
        || error.raw_os_error() == Some(rustix::io::Errno::BADF.raw_os_error())
}

/// Writes the bytes of one file, or the names in one folder, to the disk.
fn write_back(path: &Path) -> io::Result<()> {
    Ok(rustix::fs::fsync(File::open(path)?)?)
}

/// Flushes the disk's own cache. On all systems but Apple's, `fsync` has done this already.
#[cfg(target_vendor = "apple")]
fn flush(path: &Path) -> io::Result<()> {
    Ok(rustix::fs::fcntl_fullfsync(File::open(path)?)?)
}

#[cfg(not(target_vendor = "apple"))]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
fn flush(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Syncs the file system of a path. Returns `false` if the system cannot do this.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn sync_file_system(path: &Path) -> io::Result<bool> {
    match File::open(path).and_then(|file| Ok(rustix::fs::syncfs(file)?)) {
        Err(error) if is_unsupported(&error) => Ok(false),
        result => result.map(|()| true),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
fn sync_file_system(_: &Path) -> io::Result<bool> {
    Ok(false)
}
