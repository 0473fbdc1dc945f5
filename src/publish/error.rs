//! Errors of a publication, with the path and what to do about them.

use crate::message::{Message, message};
use crate::os::Shown as _;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Kind {
    /// Another build is running in the same folder.
    Locked,
    /// A file that is not ours is in the way.
    Foreign,
    /// A file of the site has an invalid address, or the address of another file.
    Address,
    /// The disk refused: full, read-only, no permission.
    Io,
}

#[derive(Debug)]
pub struct Error {
    kind: Kind,
    path: PathBuf,
    reason: Message,
    help: Message,
    source: Option<io::Error>,
}

impl Error {
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The file or folder of the error: a path on disk, or for [`Kind::Address`] relative to the site.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The problem, in one sentence.
    #[must_use]
    pub fn reason(&self) -> &Message {
        &self.reason
    }

    /// The path and the problem.
    #[must_use]
    pub fn message(&self) -> Message {
        message!("publish-error", "{path}: {reason}", path = self.path.shown(), reason = self.reason)
    }

    #[must_use]
    pub fn help(&self) -> &Message {
        &self.help
    }

    fn new(kind: Kind, path: impl Into<PathBuf>, reason: Message, help: Message) -> Error {
        Error { kind, path: path.into(), reason, help, source: None }
    }

    pub(super) fn io(path: &Path, source: io::Error) -> Error {
        use io::ErrorKind as E;
        let (reason, help) = match source.kind() {
            E::StorageFull | E::QuotaExceeded => (
                message!("publish-disk-full", "The disk is full."),
                message!(
                    "publish-disk-full-help",
                    "Free disk space and build again. The published site stays intact."
                ),
            ),
            E::PermissionDenied => (
                message!("publish-no-permission", "noroshi has no permission to write here."),
                message!(
                    "publish-no-permission-help",
                    "Give the user that runs noroshi write permission, or choose another folder."
                ),
            ),
            E::ReadOnlyFilesystem => (
                message!("publish-read-only", "The disk is read-only."),
                message!("publish-read-only-help", "Choose a folder on a writable disk."),
            ),
            _ => (
                message!("publish-disk", "{error}.", error = source),
                message!("publish-disk-help", "Build again. The published site stays intact."),
            ),
        };
        Error { source: Some(source), ..Error::new(Kind::Io, path, reason, help) }
    }

    pub(super) fn locked(out: &Path) -> Error {
        Error::new(
            Kind::Locked,
            out,
            message!("publish-locked", "Another build is writing to this folder."),
            message!("publish-locked-help", "Wait until it ends, then build again."),
        )
    }

    pub(super) fn removed(path: &Path) -> Error {
        Error::new(
            Kind::Io,
            path,
            message!("publish-removed", "This folder disappeared while noroshi was publishing the site."),
            message!("publish-removed-help", "Build again: the next build publishes the whole site."),
        )
    }

    pub(super) fn interfered(path: &Path) -> Error {
        Error::new(
            Kind::Locked,
            path,
            message!(
                "publish-interfered",
                "Another build wrote to this folder at the same time, or removed files there."
            ),
            message!(
                "publish-interfered-help",
                "Let only one host at a time publish here. The next build compares every file and repairs the folder."
            ),
        )
    }

    pub(super) fn unknown_file(path: &Path) -> Error {
        Error::new(
            Kind::Foreign,
            path,
            message!(
                "publish-unknown-file",
                "`manifest.json` is broken or missing, so noroshi cannot tell whether it wrote this file."
            ),
            message!("publish-unknown-file-help", "Move the published folder away and build again."),
        )
    }

    pub(super) fn foreign_folder(path: &Path) -> Error {
        Error::new(
            Kind::Foreign,
            path,
            message!(
                "publish-foreign-folder",
                "The folder holds files that noroshi did not write, such as this one."
            ),
            message!(
                "publish-foreign-folder-help",
                "Choose an empty folder, or keep these files beside the site with --force."
            ),
        )
    }

    pub(super) fn foreign_file(path: &Path) -> Error {
        Error::new(
            Kind::Foreign,
            path,
            message!("publish-foreign-file", "noroshi did not write this, and the site needs its path."),
            message!(
                "publish-foreign-file-help",
                "Move it away, or choose another folder. noroshi never overwrites it, even with --force."
            ),
        )
    }

    pub(super) fn address(path: &str, reason: Message) -> Error {
        let help = message!("publish-address-help", "Give the file another address.");
        Error::new(Kind::Address, path, reason, help)
    }

    pub(super) fn twice(path: &str) -> Error {
        let reason = message!("publish-address-twice", "Two files of the site have this address.");
        Error::address(path, reason)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message().english())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}

#[derive(Debug)]
pub enum StageError<E> {
    Inspect(E),
    Publish(Error),
}

impl<E> From<Error> for StageError<E> {
    fn from(error: Error) -> Self {
        StageError::Publish(error)
    }
}

impl<E: fmt::Display> fmt::Display for StageError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StageError::Inspect(error) => error.fmt(f),
            StageError::Publish(error) => error.fmt(f),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> std::error::Error for StageError<E> {}
