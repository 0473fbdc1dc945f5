//! JSON as files: the same bytes for the same value.

use serde::Serialize;

/// With line breaks, so that people and `diff` can read it. Values of ours have text for keys and no numbers
/// that JSON lacks, so writing them cannot fail.
pub(super) fn lines(value: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

/// On one line, for what browsers fetch.
pub(super) fn line(value: &impl Serialize) -> String {
    let mut text = serde_json::to_string(value).unwrap_or_default();
    text.push('\n');
    text
}
