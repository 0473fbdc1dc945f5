//! Helpers for the lines of a body, as byte ranges.

use std::ops::Range;

pub(super) fn trimmed(text: &str, range: &Range<usize>) -> Range<usize> {
    let slice = &text[range.clone()];
    let start = range.start + (slice.len() - slice.trim_start().len());
    start..start + slice.trim().len()
}

/// The end of the line that contains a byte, or the byte itself if it follows a line break.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    if at > 0 && text[..at].ends_with('\n') {
        at
    } else {
        text[at..].find('\n').map_or(text.len(), |n| at + n + 1)
    }
}
