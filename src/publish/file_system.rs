//! The file operations of publishing. A trait stands between the order of publication and the disk,
//! so that a test can make any step fail.

use std::ffi::OsString;
use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use super::Error;
use crate::atomic;
use crate::file;
use crate::limits::OUTPUT_FILE_BYTES;
use crate::os;

/// The kind of thing at a path; links are not followed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum PathKind {
    /// A regular file and its size in bytes.
    File(u64),
    Folder,
    /// A link, a socket or a device.
    Other,
}

/// The file operations that publishing uses.
///
/// Each is atomic, except `create` and `remove_all`, which therefore only touch the stage. Until an
/// operation is synced, a power cut may undo it, or keep it without earlier ones.
pub(super) trait FileSystem: Send + Sync {
    fn look(&self, path: &Path) -> io::Result<Option<PathKind>>;
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// The sorted names in a folder.
    fn names(&self, folder: &Path) -> io::Result<Vec<OsString>>;
    /// Writes a new file. An existing file is an error.
    fn create(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    fn make_folder(&self, path: &Path) -> io::Result<()>;
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    fn remove_file(&self, path: &Path) -> io::Result<()>;
    /// Removes an empty folder.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;
    /// Removes anything at the path, if it exists.
    fn remove_all(&self, path: &Path) -> io::Result<()>;
    /// Syncs files and folders of one file system: the bytes of a file, the names in a folder.
    fn sync(&self, paths: &[PathBuf]) -> io::Result<()>;
    /// The time of the last change, in seconds, by the clock of the file system.
    fn modified(&self, path: &Path) -> io::Result<i64>;
    /// Gives a new folder the permissions of the empty one that it is to replace. Returns `false`
    /// if a rename would change more than the content.
    fn stands_in(&self, new: &Path, old: &Path) -> bool;
}

pub(super) struct RealFileSystem;

impl FileSystem for RealFileSystem {
    fn look(&self, path: &Path) -> io::Result<Option<PathKind>> {
        match fs::symlink_metadata(path) {
            Ok(found) if found.is_file() => Ok(Some(PathKind::File(found.len()))),
            Ok(found) if found.is_dir() => Ok(Some(PathKind::Folder)),
            Ok(_) => Ok(Some(PathKind::Other)),
            Err(error) if is_absent(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        file::read(path, OUTPUT_FILE_BYTES)
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        let mut names = fs::read_dir(folder)?
            .map(|entry| entry.map(|entry| entry.file_name()))
            .collect::<io::Result<Vec<_>>>()?;
        names.sort();
        Ok(names)
    }

    fn create(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        fs::File::create_new(path)?.write_all(bytes)
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        os::rename(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }

    fn remove_all(&self, path: &Path) -> io::Result<()> {
        match self.look(path)? {
            None => Ok(()),
            Some(PathKind::Folder) => fs::remove_dir_all(path),
            Some(_) => fs::remove_file(path),
        }
    }

    fn sync(&self, paths: &[PathBuf]) -> io::Result<()> {
        atomic::sync(paths)
    }

    fn modified(&self, path: &Path) -> io::Result<i64> {
        Ok(os::modified(&fs::symlink_metadata(path)?))
    }

    fn stands_in(&self, new: &Path, old: &Path) -> bool {
        os::stands_in(new, old)
    }
}

/// Resolves the path of a folder that need not exist yet. Creates the missing folders above it, and
/// returns the folders in which it created one.
pub(super) fn resolve(out: &Path) -> Result<(PathBuf, Vec<PathBuf>), Error> {
    let io = |error| Error::io(out, error);
    match fs::canonicalize(out) {
        Ok(real) if real.is_dir() => Ok((real, Vec::new())),
        Ok(real) => Err(Error::foreign_file(&real)),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            if fs::symlink_metadata(out).is_ok() {
                // The path is a broken link, or another build has just created the folder.
                let real = fs::canonicalize(out).ok().filter(|real| real.is_dir());
                return real.map(|real| (real, Vec::new())).ok_or_else(|| io(error));
            }
            let Some(name) = out.file_name() else { return Err(io(error)) };
            let above = match out.parent() {
                Some(above) if !above.as_os_str().is_empty() => above,
                _ => Path::new("."),
            };
            let grown = atomic::make_folders(above).map_err(|error| Error::io(above, error))?;
            Ok((fs::canonicalize(above).map_err(io)?.join(name), grown))
        }
        Err(error) => Err(io(error)),
    }
}

/// The hidden sibling of a folder. The root of the disk has none.
pub(super) fn beside(out: &Path, suffix: &str) -> Option<PathBuf> {
    Some(out.with_file_name(beside_name(out, suffix)?))
}

/// The name of a hidden sibling, as `.public.noroshi-lock`. A name that is not UTF-8 is converted lossily.
pub(super) fn beside_name(out: &Path, suffix: &str) -> Option<String> {
    Some(format!(".{}.{suffix}", out.file_name()?.to_string_lossy()))
}

/// Creates the missing folders above a path, below `root`. A missing `root` is not created again.
pub(super) fn make_parents(place: &dyn FileSystem, root: &Path, path: &Path) -> io::Result<()> {
    let Some(above) = path.parent().filter(|above| *above != root) else {
        return Ok(());
    };
    let mut result = place.make_folder(above);
    if matches!(&result, Err(error) if error.kind() == ErrorKind::NotFound) {
        make_parents(place, root, above)?;
        result = place.make_folder(above);
    }
    match result {
        // Another thread created it first.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        result => result,
    }
}

/// Moves a staged file, if necessary to another file system.
pub(super) fn bring(place: &dyn FileSystem, from: &Path, to: &Path) -> io::Result<()> {
    match place.rename(from, to) {
        Err(error) if error.kind() == ErrorKind::CrossesDevices => place.create(to, &place.read(from)?),
        result => result,
    }
}

pub(super) fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

pub(super) fn is_taken(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::AlreadyExists
            | ErrorKind::IsADirectory
            | ErrorKind::NotADirectory
            | ErrorKind::DirectoryNotEmpty
    )
}
