//! The text of a rule → the rule, or what is wrong with it and the corrected line.
//!
//! A corrected line is only shown once the parser has read it: each repair is tried, and where several parts are wrong
//! one after another.

use super::error::{Fault, Found, SHOWN, Suggestion};
use super::rule::Rule;
use super::tokens::{self, Piece};
use super::{natural, rfc};

/// What a rule looks like, for those who have seen none.
const EXAMPLES: &str =
    "write a rule such as `FREQ=WEEKLY;BYDAY=TU`, `FREQ=MONTHLY;BYDAY=2SU`, `毎週火曜` or `毎月第2日曜`";

/// Repairs that are tried one after another.
const ROUNDS: usize = 12;

impl Rule {
    /// Reads a rule: as RFC 5545 writes it, or in Japanese words.
    ///
    /// # Errors
    /// What is wrong, where in the text that is, and the way out.
    pub fn parse(written: &str) -> Result<Rule, Fault> {
        read(written).map_err(|found| explained(found, written))
    }
}

/// As [`Rule::parse`], without looking for the way out.
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
            "the rule of a series starts with `FREQ=`".into(),
            natural::guess(whole).map_or(Suggestion::Unknown, Suggestion::Whole),
        )),
    }
}

/// The fault, with the corrected line where repairs lead to one.
fn explained(found: Found, written: &str) -> Fault {
    let Found { range, message, way } = found;
    let help = match way {
        Suggestion::Say(help) => help,
        way => corrected(written, way)
            .map_or_else(|| EXAMPLES.to_owned(), |line| format!("write `rule: \"{line}\"`")),
    };
    Fault { range, message, help }
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
        match read(&text) {
            Ok(rule) => return Some(rule.to_string()).filter(|line| line.len() <= 4 * SHOWN),
            Err(found) => way = found.way,
        }
    }
    None
}
