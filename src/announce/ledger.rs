//! The ledger: what was announced where, kept in one document that survives runners.
//!
//! A [`Keeper`] is a place that holds one document and replaces it only if nobody else has in the meantime. Everything
//! else is the same for every place.

mod book;
mod document;
mod file;
mod git;
mod object;

use std::fmt;

use crate::message::Message;

pub use self::file::FileKeeper;
pub use self::git::GitKeeper;
pub use self::object::ObjectKeeper;
pub use book::{Book, Edit};
pub use document::{ChannelRecord, Delivered, Failure, Held, Intent, Ledger, Record, State, key};

/// The version of a document, as its keeper names it. `None`: there is no document.
pub type Version = Option<String>;

/// The result of a write.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Written {
    Yes(Version),
    /// Somebody else has written since the document was read.
    Refused,
}

/// Why a ledger could not be read or written. The message holds no credential.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeeperError {
    pub message: Message,
    pub help: Message,
}

impl fmt::Display for KeeperError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message.english())
    }
}

impl std::error::Error for KeeperError {}

/// A place that holds one document.
pub trait Keeper: Send + Sync {
    /// Its name for people: `announced/ledger.json`, `refs/noroshi/ledger of origin`.
    fn shown(&self) -> Message;

    /// Reads the document; `None` if there is none.
    ///
    /// # Errors
    /// The place is not reached, or what is there cannot be read.
    fn read(&self) -> Result<(Option<Vec<u8>>, Version), KeeperError>;

    /// Replaces the document if its version is still this one. When it returns `Yes`, the bytes survive a loss of power.
    ///
    /// # Errors
    /// The place is not reached, or refuses for another reason than a newer version. The write may have arrived: read again.
    fn write(&self, bytes: &[u8], version: &Version) -> Result<Written, KeeperError>;

    /// Whether a document was ever written here: a mark beside it, which outlives the loss of the document.
    ///
    /// # Errors
    /// The place is not reached.
    fn has_mark(&self) -> Result<bool, KeeperError>;

    /// Sets the mark.
    ///
    /// # Errors
    /// The place is not reached.
    fn mark(&self) -> Result<(), KeeperError>;
}
