//! What is wrong with the text of a rule, and the corrected line.
//!
//! A corrected line is only ever shown once the parser has read it: each repair is tried, also one after
//! another where several parts are wrong.

use std::ops::Range;

use super::rule;
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
    range: Range<usize>,
    message: String,
    way: Suggestion,
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

/// What a rule looks like, for those who have seen none.
const EXAMPLES: &str =
    "write a rule such as `FREQ=WEEKLY;BYDAY=TU`, `FREQ=MONTHLY;BYDAY=2SU`, `毎週火曜` or `毎月第2日曜`";
/// Repairs that are tried one after another.
const ROUNDS: usize = 12;
/// Characters of a text that a message shows.
const SHOWN: usize = 60;

impl Found {
    pub(super) fn new(range: Range<usize>, message: String, way: Suggestion) -> Found {
        Found { range, message, way }
    }

    /// The fault, with the corrected line where repairs lead to one.
    pub(super) fn explained(self, written: &str) -> Fault {
        let Found { range, message, way } = self;
        let help = match way {
            Suggestion::Say(help) => help,
            way => corrected(written, way)
                .map_or_else(|| EXAMPLES.to_owned(), |line| format!("write `rule: \"{line}\"`")),
        };
        Fault { range, message, help }
    }
}

/// The rule that the text becomes with its repairs.
fn corrected(written: &str, way: Suggestion) -> Option<String> {
    let mut text = written.to_owned();
    let mut way = way;
    for _ in 0..ROUNDS {
        match way {
            Suggestion::Unknown | Suggestion::Say(_) => return None,
            Suggestion::Instead(range, with) => {
                text.get(range.clone())?;
                text.replace_range(range, &with);
            }
            Suggestion::Whole(whole) => text = whole,
        }
        match rule::read(&text) {
            Ok(rule) => return Some(rule.to_string()).filter(|line| line.len() <= 4 * SHOWN),
            Err(found) => way = found.way,
        }
    }
    None
}

/// A text of the writer's, for a message.
pub(super) fn shown(text: &str) -> String {
    text::shorten(text.trim(), SHOWN)
}
