//! Syncs files so that they survive a power cut, at a bounded cost.

use std::io;
use std::path::{Path, PathBuf};

use crate::limits::SYNCED_ONE_BY_ONE;
use crate::os;

/// Syncs files and folders of one file system: the bytes of a file, the names in a folder.
///
/// If the file system cannot sync a file or folder, syncs everything instead.
///
/// # Errors
/// The disk reports a failed write, or a file does not exist.
pub fn sync(paths: &[PathBuf]) -> io::Result<()> {
    let Some(last) = paths.last() else { return Ok(()) };
    if paths.len() > SYNCED_ONE_BY_ONE && os::sync_file_system(last)? {
        return Ok(());
    }
    for path in paths {
        tolerant(os::write_back(path))?;
    }
    tolerant(os::flush(last))
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
        Err(error) if os::cannot_sync(&error) => {
            os::sync_everything();
            Ok(())
        }
        result => result,
    }
}
