//! The way of bytes from a file and into its place: all at once, and never over what somebody else wrote.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, flock};

use super::disk;
use crate::cli::report::{self, fail};
use crate::cli::{Format, Outcome};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Texts};
use crate::file;
use crate::limits::TEXT_FILE_BYTES;
use crate::source::Found;
use crate::writing::Raw;

/// The bytes of an entry's file.
pub(in crate::cli) fn read(file: &Found) -> Result<Raw, Outcome> {
    let fault = |error: &io::Error| disk(&format!("cannot read {}: {error}", file.path.display()));
    let found = file.path.symlink_metadata().map_err(|error| fault(&error))?;
    if !found.is_file() {
        let message = format!("`{}` is no plain file", file.name);
        return Err(fail(Outcome::Content, &message, "a link is not followed: put the file itself there"));
    }
    let bytes = file::read(&file.path, TEXT_FILE_BYTES).map_err(|error| fault(&error))?;
    Raw::of(&file.name, bytes).map_err(|diagnostic| {
        let place = Place::whole(&file.name);
        let mut found = Diagnostics::default();
        found.push(Diagnostic { place, ..diagnostic });
        report::diagnostics(&found, &Texts::default(), Format::Human);
        Outcome::Content
    })
}

/// Writes a file that must not be there yet.
pub(in crate::cli) fn create(path: &Path, text: &str) -> Result<(), Outcome> {
    let fault = |error: &io::Error| disk(&format!("cannot write {}: {error}", path.display()));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| fault(&error))?;
    }
    let write = |mut file: File| file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    let file = OpenOptions::new().write(true).create_new(true).open(path).map_err(|error| fault(&error))?;
    write(file).map_err(|error| {
        let _ = fs::remove_file(path);
        fault(&error)
    })
}

/// Puts new bytes in the place of those that were read, all at once: whoever reads sees the one or the other.
/// Where the file is no longer what was read, somebody else's words would be lost, and it is left alone.
pub(in crate::cli) fn replace(path: &Path, before: &[u8], after: &[u8]) -> Result<(), Outcome> {
    match try_replace(path, before, after) {
        Ok(true) => Ok(()),
        Ok(false) => {
            let message = format!("`{}` has changed in the meantime", path.display());
            Err(fail(Outcome::Content, &message, "look at it and try again; nothing was written"))
        }
        Err(error) => Err(disk(&format!("cannot write {}: {error}", path.display()))),
    }
}

fn try_replace(path: &Path, before: &[u8], after: &[u8]) -> io::Result<bool> {
    let old = File::open(path)?;
    // Two of us write one after the other, and the second sees that the bytes are others.
    flock(&old, FlockOperation::LockExclusive)?;
    let found = old.metadata()?;
    let temporary = Temporary::beside(path)?;
    let mut new = OpenOptions::new().write(true).create_new(true).open(&temporary.0)?;
    new.set_permissions(fs::Permissions::from_mode(found.mode() & 0o7777))?;
    // Whose file it is stays so where we may say it; else it is ours.
    let _ = std::os::unix::fs::fchown(&new, Some(found.uid()), Some(found.gid()));
    new.write_all(after)?;
    new.sync_all()?;
    if !path.symlink_metadata()?.is_file() || file::read(path, TEXT_FILE_BYTES)? != before {
        return Ok(false);
    }
    fs::rename(&temporary.0, path)?;
    if let Some(folder) =
        path.parent().map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder })
    {
        // The new name is there already; only a power cut could take it back.
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
    Ok(true)
}

/// A file beside another, under a name that nobody reads; gone when it is dropped.
struct Temporary(PathBuf);

impl Temporary {
    fn beside(path: &Path) -> io::Result<Temporary> {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = name.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(Temporary(path.with_file_name(format!(".{name}.{}.noroshi", std::process::id()))))
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

#[cfg(test)]
mod tests {
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
        let link = folder.path().join("b.md");
        std::os::unix::fs::symlink(&path, &link).expect("a link");
        assert!(matches!(try_replace(&link, b"after", b"x"), Ok(false)), "a link is not followed");
        assert_eq!(fs::read(&path).expect("a file"), b"after");
    }
}
