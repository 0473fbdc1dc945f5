//! A batch of files: all are written and synced before the first is moved into place.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use super::{Temporary, folder_of, make_folders, sync};
use crate::message::{Message, Reason, message};
use crate::os::{self, Shown as _};

/// Which existing files a batch may replace.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Overwrite {
    /// None: an existing file is an error.
    Nothing,
    /// A regular file, whose permissions and owner are kept. A link to one is followed.
    File,
}

#[derive(Debug)]
pub struct Error {
    pub path: PathBuf,
    pub source: io::Error,
}

impl Error {
    fn at(path: &Path, source: io::Error) -> Error {
        Error { path: path.to_path_buf(), source }
    }

    #[must_use]
    pub fn message(&self) -> Message {
        message!(
            "atomic-unwritten",
            "cannot write {path}: {error}",
            path = self.path.shown(),
            error = self.source
        )
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message().english())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// Files that wait to be moved into place. Dropping it without [`commit`](Batch::commit) moves none of them.
#[derive(Debug)]
pub struct Batch {
    over: Overwrite,
    is_durable: bool,
    is_settled: bool,
    files: Vec<StagedFile>,
    /// Folders that got a new subfolder.
    grown: Vec<PathBuf>,
}

#[derive(Debug)]
struct StagedFile {
    temporary: Temporary,
    path: PathBuf,
    /// The id of the file system.
    device: u64,
}

impl Batch {
    #[must_use]
    pub fn new(over: Overwrite) -> Batch {
        Batch { over, is_durable: true, is_settled: false, files: Vec::new(), grown: Vec::new() }
    }

    /// An empty batch that does not sync: files still move into place atomically, but a power cut
    /// may lose them. For files that can be generated again.
    #[must_use]
    pub fn unsynced(over: Overwrite) -> Batch {
        Batch { is_durable: false, ..Batch::new(over) }
    }

    /// Writes a file beside its target.
    ///
    /// # Errors
    /// The file cannot be written, or the existing one may not be replaced.
    pub fn add(&mut self, path: &Path, bytes: &[u8]) -> Result<(), Error> {
        self.add_with_mode(path, bytes, None)
    }

    /// Like [`add`](Batch::add), with these permissions.
    ///
    /// # Errors
    /// As [`add`](Batch::add).
    pub fn add_with_mode(&mut self, path: &Path, bytes: &[u8], mode: Option<u32>) -> Result<(), Error> {
        let waiting = self.stage(path, bytes, mode).map_err(|error| Error::at(path, error))?;
        self.files.push(waiting);
        Ok(())
    }

    fn stage(&mut self, path: &Path, bytes: &[u8], mode: Option<u32>) -> io::Result<StagedFile> {
        let (path, replaced) = self.target(path)?;
        let folder = folder_of(&path);
        self.grown.extend(make_folders(&folder)?);
        let (temporary, mut file) = Temporary::in_folder(&folder)?;
        if let Some(old) = &replaced {
            os::keep_owner(&file, old);
        }
        // After the owner, with which permission bits are cleared.
        if let Some(mode) = mode.or(replaced.as_ref().map(os::mode)) {
            os::set_mode(&file, mode)?;
        }
        file.write_all(bytes)?;
        let device = os::device(&file.metadata()?);
        Ok(StagedFile { temporary, path, device })
    }

    /// The real path of the target, and the metadata of the file that it replaces.
    fn target(&self, path: &Path) -> io::Result<(PathBuf, Option<fs::Metadata>)> {
        let found = match path.symlink_metadata() {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok((path.to_path_buf(), None)),
            found => found?,
        };
        if self.over == Overwrite::Nothing {
            return Err(ErrorKind::AlreadyExists.into());
        }
        let (path, found) = if found.is_symlink() {
            let path = path.canonicalize()?;
            let found = path.metadata()?;
            (path, found)
        } else {
            (path.to_path_buf(), found)
        };
        if !found.is_file() {
            let message = message!("atomic-not-a-file", "this path exists and is not a plain file");
            return Err(io::Error::new(ErrorKind::InvalidInput, Reason(message)));
        }
        Ok((path, Some(found)))
    }

    /// Syncs the bytes, which is the slow part. Only the renames are left.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn settle(&mut self) -> Result<(), Error> {
        let Some(first) = self.files.first().filter(|_| self.is_durable && !self.is_settled) else {
            return Ok(());
        };
        let mut written: BTreeMap<u64, Vec<PathBuf>> = BTreeMap::new();
        for waiting in &self.files {
            written.entry(waiting.device).or_default().push(waiting.temporary.path().to_path_buf());
        }
        written.values().try_for_each(|paths| sync(paths)).map_err(|error| Error::at(&first.path, error))?;
        self.is_settled = true;
        Ok(())
    }

    /// Moves all files into place. If one cannot be moved, it removes the new ones again.
    ///
    /// # Errors
    /// The disk refuses, or another file appeared at a target meanwhile.
    pub fn commit(mut self) -> Result<(), Error> {
        let Some(first) = self.files.first().map(|waiting| waiting.path.clone()) else { return Ok(()) };
        self.settle()?;
        for (number, waiting) in self.files.iter().enumerate() {
            let placed = match self.over {
                Overwrite::File => os::rename(waiting.temporary.path(), &waiting.path),
                Overwrite::Nothing => put_new(&waiting.temporary, &waiting.path),
            };
            if let Err(error) = placed {
                if self.over == Overwrite::Nothing {
                    self.files[..number].iter().for_each(|ours| drop(fs::remove_file(&ours.path)));
                }
                return Err(Error::at(&waiting.path, error));
            }
        }
        if self.is_durable {
            // Remove the temporary names first, so that the sync covers their removal.
            let Batch { files, mut grown, .. } = self;
            grown.extend(files.iter().map(|waiting| folder_of(&waiting.path)));
            drop(files);
            grown.sort_unstable();
            grown.dedup();
            // Usually few folders, each possibly on another file system.
            grown
                .iter()
                .try_for_each(|folder| super::sync_folder(folder))
                .map_err(|e| Error::at(&first, e))?;
        }
        Ok(())
    }
}

/// Gives a finished file its name. Fails if the name is taken.
fn put_new(temporary: &Temporary, path: &Path) -> io::Result<()> {
    match fs::hard_link(temporary.path(), path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => copy_new(temporary, path),
        result => result,
    }
}

/// Like [`put_new`] on a file system without hard links: not atomic, but never overwrites anything.
fn copy_new(temporary: &Temporary, path: &Path) -> io::Result<()> {
    let bytes = fs::read(temporary.path())?;
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    let mode = fs::metadata(temporary.path())?.permissions();
    let written =
        file.write_all(&bytes).and_then(|()| file.set_permissions(mode)).and_then(|()| file.sync_all());
    if written.is_err() {
        let _ = fs::remove_file(path);
    }
    written
}
