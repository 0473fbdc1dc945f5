//! JSON as files: the same bytes for the same value, all of them ASCII.
//!
//! JSON is UTF-8 (RFC 8259 section 8.1), but programs and pages elsewhere guess: a script is read in the
//! character set of its page, a file in that of its system.

use serde::Serialize;

use crate::text::ascii_json;

/// With line breaks, so that people and `diff` can read it. Values of ours have text for keys and no numbers
/// that JSON lacks, so writing them cannot fail.
pub(super) fn lines(value: &impl Serialize) -> String {
    ended(&serde_json::to_string_pretty(value).unwrap_or_default())
}

/// On one line, for what browsers fetch.
pub(super) fn line(value: &impl Serialize) -> String {
    ended(&serde_json::to_string(value).unwrap_or_default())
}

fn ended(json: &str) -> String {
    let mut text = ascii_json(json);
    text.push('\n');
    text
}
