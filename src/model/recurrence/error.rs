//! Faults in the text of a rule, and possible repairs.

use std::ops::Range;

use crate::message::Message;
use crate::text;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The bytes of the text that are wrong.
    pub range: Range<usize>,
    pub message: Message,
    /// What to write instead.
    pub help: Message,
}

/// A fault before the repair has been tried.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) range: Range<usize>,
    pub(super) message: Message,
    pub(super) way: Suggestion,
}

#[derive(Debug)]
pub(super) enum Suggestion {
    Unknown,
    /// Advice in words, if there are several repairs or none is a rule.
    Say(Message),
    /// Replaces some bytes of the text.
    Instead(Range<usize>, String),
    Whole(String),
}

/// The number of characters of a text that a message shows.
pub(super) const SHOWN: usize = 60;

impl Found {
    pub(super) fn new(range: Range<usize>, message: Message, way: Suggestion) -> Found {
        Found { range, message, way }
    }
}

/// Text of the author, shortened for a message.
pub(in crate::model) fn shown(text: &str) -> String {
    text::shorten(text.trim(), SHOWN)
}
