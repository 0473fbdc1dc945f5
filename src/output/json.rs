//! Writes JSON files: the same bytes for the same value, in ASCII only.
//!
//! JSON is UTF-8 (RFC 8259 section 8.1), but other programs and pages guess: a script is read in the character
//! set of its page, a file in that of its system.

use serde::Serialize;

use crate::text::ascii_json;

/// JSON with line breaks, for people and `diff`. Our values have text keys and only numbers that JSON can
/// express, so writing cannot fail.
pub(super) fn lines(value: &impl Serialize) -> String {
    ended(&serde_json::to_string_pretty(value).unwrap_or_default())
}

/// JSON on one line, for browsers.
pub(super) fn line(value: &impl Serialize) -> String {
    ended(&serde_json::to_string(value).unwrap_or_default())
}

fn ended(json: &str) -> String {
    let mut text = ascii_json(json);
    text.push('\n');
    text
}
