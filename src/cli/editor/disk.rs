//! Reads and writes entry files. Writes are atomic and never overwrite a change made by another
//! program.

use std::io;
use std::path::{Path, PathBuf};

use super::disk;
use crate::atomic::{Batch, Overwrite};
use crate::cli::console;
use crate::cli::error::Error;
use crate::cli::site;
use crate::diagnostic::{Diagnostic, Place, Texts};
use crate::edit::Raw;
use crate::file;
use crate::limits::TEXT_FILE_BYTES;
use crate::message::message;
use crate::os::{self, Shown as _};
use crate::source::FoundFile;

pub(in crate::cli) fn read(file: &FoundFile) -> Result<Raw, Error> {
    let fault = |error: &io::Error| {
        disk(message!("cli-editor-disk-read", "cannot read {path}: {error}", path = file.path.shown(), error))
    };
    let found = file.path.symlink_metadata().map_err(|error| fault(&error))?;
    if !found.is_file() {
        let message = message!("cli-editor-not-a-file", "`{name}` is not a regular file", name = file.name);
        let help = message!(
            "cli-editor-not-a-file-help",
            "put the file itself there; noroshi does not follow links"
        );
        return Err(Error::content(message, help));
    }
    let bytes = file::read(&file.path, TEXT_FILE_BYTES).map_err(|error| fault(&error))?;
    Raw::of(&file.name, bytes).map_err(|diagnostic| {
        let place = Place::whole(&file.name);
        site::refused([Diagnostic { place, ..diagnostic }], &Texts::default())
    })
}

/// Writes a new file. Fails if the file exists.
pub(in crate::cli) fn create(path: &Path, text: &str) -> Result<(), Error> {
    let mut batch = Batch::new(Overwrite::Nothing);
    let added = batch.add(path, text.as_bytes());
    added.and_then(|()| batch.commit()).map_err(|error| disk(error.message()))
}

/// Writes several files and prints their names. All files are written before the first one is renamed into place.
pub(in crate::cli) fn put(over: Overwrite, files: &[(PathBuf, impl AsRef<[u8]>)]) -> Result<(), Error> {
    let mut batch = Batch::new(over);
    let added = files.iter().try_for_each(|(path, bytes)| batch.add(path, bytes.as_ref()));
    added.and_then(|()| batch.commit()).map_err(|error| disk(error.message()))?;
    for (path, _) in files {
        console::print(&path.shown())?;
    }
    Ok(())
}

/// Replaces the bytes that were read with new bytes, atomically.
///
/// Fails if the file has changed since it was read, so that no other program's changes are lost.
pub(in crate::cli) fn replace(path: &Path, before: &[u8], after: &[u8]) -> Result<(), Error> {
    match try_replace(path, before, after) {
        Ok(true) => Ok(()),
        Ok(false) => {
            let message = message!(
                "cli-editor-changed",
                "`{path}` changed while this command ran",
                path = path.shown()
            );
            let help = message!(
                "cli-editor-changed-help",
                "check the file and run the command again; nothing was written"
            );
            Err(Error::content(message, help))
        }
        Err(error) => Err(disk(message!(
            "cli-editor-disk-write",
            "cannot write {path}: {error}",
            path = path.shown(),
            error
        ))),
    }
}

fn try_replace(path: &Path, before: &[u8], after: &[u8]) -> io::Result<bool> {
    // Two `noroshi` processes write one after the other: the second sees the changed bytes and stops.
    let _turn = os::wait_for_turn(path)?;
    let mut batch = Batch::new(Overwrite::File);
    batch.add(path, after).and_then(|()| batch.settle()).map_err(|error| error.source)?;
    if !path.symlink_metadata()?.is_file() || file::read(path, TEXT_FILE_BYTES)? != before {
        return Ok(false);
    }
    batch.commit().map_err(|error| error.source)?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_that_somebody_else_changed_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.md");
        fs::write(&path, "theirs").expect("a file");
        assert!(matches!(try_replace(&path, b"before", b"after"), Ok(false)));
        assert_eq!(fs::read(&path).expect("a file"), b"theirs");
        assert!(matches!(try_replace(&path, b"theirs", b"after"), Ok(true)));
        assert_eq!(fs::read(&path).expect("a file"), b"after");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing is left over");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_replaced() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.md");
        fs::write(&path, "after").expect("a file");
        let link = folder.path().join("b.md");
        std::os::unix::fs::symlink(&path, &link).expect("a link");
        assert!(matches!(try_replace(&link, b"after", b"x"), Ok(false)), "a link is not followed");
        assert_eq!(fs::read(&path).expect("a file"), b"after");
    }
}
