//! Parses the text of a rule, or explains its fault with the corrected line.
//!
//! A corrected line is shown only if the parser accepts it. Repairs are tried one after another, because several
//! parts may be wrong.

use super::error::{Fault, Found, SHOWN, Suggestion};
use super::rule::Rule;
use super::tokens::{self, Piece};
use super::{natural, rfc};
use crate::message::{Message, message};

/// The largest number of repairs that are tried.
const ROUNDS: usize = 12;

impl Rule {
    /// Reads a rule, as RFC 5545 writes it or in Japanese words.
    ///
    /// # Errors
    /// Returns the fault, its position in the text, and the help.
    pub fn parse(written: &str) -> Result<Rule, Fault> {
        read(written).map_err(|found| explained(found, written))
    }
}

/// Like [`Rule::parse`], without trying repairs.
fn read(written: &str) -> Result<Rule, Found> {
    let signs = tokens::of(written);
    let whole = Piece(&signs).trim();
    let whole = whole.after("RRULE:").map_or(whole, Piece::trim);
    if whole.contains(&['=', ';']) {
        return rfc::read(whole);
    }
    match natural::read(whole) {
        Some(result) => result,
        None => Err(Found::new(
            0..written.len(),
            message!("model-rule-no-form", "the rule of a series starts with `FREQ=`"),
            natural::guess(whole).map_or(Suggestion::Unknown, Suggestion::Whole),
        )),
    }
}

/// The fault, with the corrected line if repairs lead to one.
fn explained(found: Found, written: &str) -> Fault {
    let Found { range, message, way } = found;
    let help = match way {
        Suggestion::Say(help) => help,
        way => match corrected(written, way) {
            Some(line) => message!("model-rule-corrected", "write `rule: \"{line}\"`", line),
            None => examples(),
        },
    };
    Fault { range, message, help }
}

fn examples() -> Message {
    message!(
        "model-rule-examples",
        "write a rule such as `FREQ=WEEKLY;BYDAY=TU`, `FREQ=MONTHLY;BYDAY=2SU`, `毎週火曜` or `毎月第2日曜`"
    )
}

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
        match read(&text) {
            Ok(rule) => return Some(rule.to_string()).filter(|line| line.len() <= 4 * SHOWN),
            Err(found) => way = found.way,
        }
    }
    None
}
