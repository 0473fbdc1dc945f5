//! A ledger in a file, for one machine: `watch`, a timer, or the hook of a bare repository.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::{Keeper, KeeperError, Version, Written};
use crate::atomic::{Batch, Overwrite};
use crate::file;
use crate::limits::LEDGER_BYTES;
use crate::message::{Message, ToValue, message};
use crate::os::{self, Shown as _};
use crate::publish::Entry;

pub struct FileKeeper {
    path: PathBuf,
}

impl FileKeeper {
    #[must_use]
    pub fn new(path: &Path) -> FileKeeper {
        FileKeeper { path: path.to_path_buf() }
    }

    /// A file beside the ledger.
    fn beside(&self, end: &str) -> PathBuf {
        let mut name = self.path.file_name().unwrap_or_default().to_os_string();
        name.push(end);
        self.path.with_file_name(name)
    }

    fn failed(&self, error: &impl ToValue) -> KeeperError {
        KeeperError {
            message: message!(
                "announce-ledger-unusable",
                "cannot use the ledger {ledger}: {error}",
                ledger = self.shown(),
                error
            ),
            help: message!(
                "announce-ledger-file-help",
                "see whether the disk is full, and whether this user may write there"
            ),
        }
    }

    /// Creates an empty file if there is none.
    fn touch(&self, path: &Path) -> Result<(), KeeperError> {
        if file::read(path, 0).is_ok() {
            return Ok(());
        }
        let mut batch = Batch::new(Overwrite::Nothing);
        match batch.add(path, b"").and_then(|()| batch.commit()) {
            // Another process may have created it at the same moment.
            Err(error) => file::read(path, 0).map(drop).map_err(|_| self.failed(&error.message())),
            Ok(()) => Ok(()),
        }
    }
}

/// The version of a file is the digest of its bytes.
fn version(bytes: &[u8]) -> String {
    Entry::of(bytes).sha256
}

impl Keeper for FileKeeper {
    fn shown(&self) -> Message {
        Message::same(format!("`{}`", self.path.shown()))
    }

    fn read(&self) -> Result<(Option<Vec<u8>>, Version), KeeperError> {
        match file::read(&self.path, LEDGER_BYTES) {
            Ok(bytes) => {
                let version = version(&bytes);
                Ok((Some(bytes), Some(version)))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok((None, None)),
            Err(error) => Err(self.failed(&error)),
        }
    }

    fn write(&self, bytes: &[u8], version: &Version) -> Result<Written, KeeperError> {
        let lock = self.beside(".lock");
        self.touch(&lock)?;
        let _turn = os::wait_for_turn(&lock).map_err(|error: io::Error| self.failed(&error))?;
        if self.read()?.1 != *version {
            return Ok(Written::Refused);
        }
        let mut batch = Batch::new(Overwrite::File);
        let written = batch.add(&self.path, bytes).and_then(|()| batch.commit());
        written.map_err(|error| self.failed(&error.message()))?;
        Ok(Written::Yes(Some(self::version(bytes))))
    }

    fn has_mark(&self) -> Result<bool, KeeperError> {
        match file::read(&self.beside(".begun"), 0) {
            Ok(_) => Ok(true),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(self.failed(&error)),
        }
    }

    fn mark(&self) -> Result<(), KeeperError> {
        self.touch(&self.beside(".begun"))
    }
}
