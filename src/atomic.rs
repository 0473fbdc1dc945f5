//! Files that are in their place whole or not at all, also after a power cut.
//!
//! Bytes are written beside their place under a random name, made durable, and then put there in one step.
//! Knows names, folders and what a disk may forget; never what a file means. `publish` has an order of its
//! own and uses only the names and the syncing.

mod batch;
mod sync;

use std::collections::hash_map::RandomState;
use std::fs::{self, File, OpenOptions};
use std::hash::{BuildHasher as _, Hasher as _};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

pub use batch::{Batch, Overwrite};
pub use sync::{sync, sync_folder};

/// How the names of our own files begin, which are no file of the site and no content.
pub const OWN: &str = ".noroshi-";

/// 64 random bits as text: no two processes choose the same, on whatever hosts they run. Not for secrets.
#[must_use]
pub fn random() -> String {
    // The keys of the standard hasher come from the system's random numbers, anew for each one that is made.
    format!("{:016x}", RandomState::new().build_hasher().finish())
}

/// A file that only its maker knows of, in the folder where it will be needed; removed when it is dropped.
#[derive(Debug)]
pub struct Temporary(PathBuf);

impl Temporary {
    /// Makes one in a folder.
    ///
    /// # Errors
    /// Where the folder takes no file.
    pub fn in_folder(folder: &Path) -> io::Result<(Temporary, File)> {
        loop {
            let path = folder.join(format!("{OWN}new-{}", random()));
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(file) => return Ok((Temporary(path), file)),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // Gone already where it was renamed.
        let _ = fs::remove_file(&self.0);
    }
}

/// Makes a folder and those above it that are missing. Returns the folders that got a new one: once these are
/// synced, the new ones survive a power cut.
///
/// # Errors
/// Where one cannot be made.
pub fn make_folders(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut missing: Vec<&Path> = folder.ancestors().take_while(|above| !named(above).is_dir()).collect();
    missing.reverse();
    let mut above = Vec::with_capacity(missing.len());
    for folder in missing {
        match fs::create_dir(folder) {
            // Another process was quicker.
            Err(error) if error.kind() == ErrorKind::AlreadyExists && folder.is_dir() => {}
            result => result?,
        }
        above.push(folder_of(folder));
    }
    Ok(above)
}

/// The folder that a path is in.
#[must_use]
pub fn folder_of(path: &Path) -> PathBuf {
    path.parent().map_or_else(|| path.to_path_buf(), |folder| named(folder).to_path_buf())
}

/// The folder where a process stands has an empty name in a relative path.
fn named(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() { Path::new(".") } else { folder }
}

#[cfg(test)]
mod tests;
