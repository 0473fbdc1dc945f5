//! Atomic writes that survive a power cut.
//!
//! A file is written beside its target under a random name, synced, and then renamed into place.
//! This module does not know what a file means. `publish` has an order of its own and uses only the
//! names and the syncing.

mod batch;
mod sync;

use std::collections::hash_map::RandomState;
use std::fs::{self, File, OpenOptions};
use std::hash::{BuildHasher as _, Hasher as _};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

pub use batch::{Batch, Overwrite};
pub use sync::{sync, sync_folder};

/// The prefix of a file that is being written.
pub const TEMPORARY: &str = ".noroshi-new-";

/// 64 random bits as text, unique across processes and hosts. Not for secrets.
#[must_use]
pub fn random() -> String {
    // The standard hasher takes new random keys from the system each time.
    format!("{:016x}", RandomState::new().build_hasher().finish())
}

/// A temporary file with a random name in its target folder. Dropping it removes the file.
#[derive(Debug)]
pub struct Temporary(PathBuf);

impl Temporary {
    /// Creates a temporary file in a folder.
    ///
    /// # Errors
    /// No file can be created in the folder.
    pub fn in_folder(folder: &Path) -> io::Result<(Temporary, File)> {
        loop {
            let path = folder.join(format!("{TEMPORARY}{}", random()));
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(file) => return Ok((Temporary(path), file)),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
    }

    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // After a rename the file is gone already.
        let _ = fs::remove_file(&self.0);
    }
}

/// Creates a folder and the missing folders above it. Returns the folders that got a new subfolder:
/// once these are synced, the new ones survive a power cut.
///
/// # Errors
/// A folder cannot be created.
pub fn make_folders(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut missing: Vec<&Path> = folder.ancestors().take_while(|above| !named(above).is_dir()).collect();
    missing.reverse();
    let mut above = Vec::with_capacity(missing.len());
    for folder in missing {
        match fs::create_dir(folder) {
            // Another process created it first.
            Err(error) if error.kind() == ErrorKind::AlreadyExists && folder.is_dir() => {}
            result => result?,
        }
        above.push(folder_of(folder));
    }
    Ok(above)
}

#[must_use]
pub fn folder_of(path: &Path) -> PathBuf {
    path.parent().map_or_else(|| path.to_path_buf(), |folder| named(folder).to_path_buf())
}

/// The folder, with `.` instead of an empty name: the parent of a bare file name is empty.
fn named(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() { Path::new(".") } else { folder }
}

#[cfg(test)]
mod tests;
