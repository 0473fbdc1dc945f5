//! What commands write for people: new entries, further updates, names, mended slips.
//!
//! Text in, text out. Whoever wrote the file before finds every byte again that was not asked to change.
//! Knows no disk and no clock; whether the result may stand is decided by whoever reads it anew.

pub mod diff;
pub mod entry;
pub mod entry_language;
pub mod fixes;
pub mod front;
pub mod prose;
pub mod raw_file;
pub mod reviewers;
pub mod templates;
pub mod translation;
pub mod update;
pub mod yaml_scalar;

use std::sync::Arc;

use crate::document::{self, Document};
use crate::source::FoundFile;
use crate::vocabulary::Aliases;

pub use raw_file::{Edit, Raw};

/// Why something is not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What stands in the way, in one sentence without a full stop.
    pub message: String,
    /// The way out.
    pub help: String,
}

impl Refusal {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Refusal {
        Refusal { message: message.into(), help: help.into() }
    }
}

/// What a site says of how its files are read: its languages, and words that its theme adds.
pub type Frame<'a> = (&'a [String], &'a Aliases);

/// An entry's file, split. `None` where there is nothing to go on with.
#[must_use]
pub fn split(name: &str, text: &Arc<str>, (locales, more): Frame<'_>) -> Option<Document> {
    document::parse(&FoundFile::named(name)?, text, locales, more, &mut Vec::new())
}
