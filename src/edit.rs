//! Edits of entry files that commands make: new entries, updates, reviewers, fixes.
//!
//! Takes text and returns text. Every byte outside the requested change stays the same. Reads no
//! disk and no clock; the caller reads the result again and decides whether it is valid.

pub mod alerts;
pub mod diff;
pub mod entry;
pub mod entry_language;
pub mod fixes;
mod flow;
pub mod front;
pub mod front_text;
pub mod prose;
pub mod raw_file;
pub mod reviewers;
pub mod sections;
pub mod templates;
pub mod translation;
pub mod update;
pub mod yaml_scalar;

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::document::{self, Document};
use crate::message::{Message, message};
use crate::source::FoundFile;
use crate::vocabulary::Aliases;

pub use raw_file::{Edit, Raw};

/// The reason that a command refuses to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The obstacle, in one sentence without a full stop.
    pub message: Message,
    pub help: Message,
}

impl Refusal {
    fn new(message: Message, help: Message) -> Refusal {
        Refusal { message, help }
    }
}

/// The refusal of a file that cannot be parsed.
fn unread(name: &str) -> Refusal {
    Refusal::new(
        message!("edit-unread", "cannot read `{name}`", name),
        message!("edit-unread-help", "run `noroshi check` to see why"),
    )
}

/// The parts of a site's configuration that the parser needs: its languages, and the aliases that its theme adds.
pub type Frame<'a> = (&'a [String], &'a Aliases);

/// Parses an entry's file. Returns `None` if the file cannot be edited.
pub fn split(name: &str, text: &Arc<str>, frame: Frame<'_>) -> Option<Document> {
    parse(name, text, frame, &mut Vec::new())
}

/// Parses an entry's file, and adds its diagnostics to `found`.
pub fn parse(
    name: &str,
    text: &Arc<str>,
    (locales, more): Frame<'_>,
    found: &mut Vec<Diagnostic>,
) -> Option<Document> {
    document::parse(&FoundFile::named(name)?, text, locales, more, found)
}
