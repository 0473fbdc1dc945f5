//! What is wrong with the text of a rule, and what may repair it.

use std::ops::Range;

use crate::text;

/// What is wrong with the text of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The bytes of the text that are wrong.
    pub range: Range<usize>,
    /// What is wrong with them.
    pub message: String,
    /// What to write.
    pub help: String,
}

/// What is wrong, before the way out has been looked for.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) range: Range<usize>,
    pub(super) message: String,
    pub(super) way: Suggestion,
}

/// What may mend a rule.
#[derive(Debug)]
pub(super) enum Suggestion {
    /// Nothing is known.
    Unknown,
    /// There is more than one way, or no rule is one.
    Say(String),
    /// Other text in the place of some bytes.
    Instead(Range<usize>, String),
    /// Another text.
    Whole(String),
}

/// Characters of a text that a message shows.
pub(super) const SHOWN: usize = 60;

impl Found {
    pub(super) fn new(range: Range<usize>, message: String, way: Suggestion) -> Found {
        Found { range, message, way }
    }
}

/// A text of the writer's, for a message.
pub(in crate::model) fn shown(text: &str) -> String {
    text::shorten(text.trim(), SHOWN)
}
