//! Lines of a body as ranges of bytes.

use std::ops::Range;

/// A range without blanks at its ends.
pub(super) fn trimmed(text: &str, range: &Range<usize>) -> Range<usize> {
    let slice = &text[range.clone()];
    let start = range.start + (slice.len() - slice.trim_start().len());
    start..start + slice.trim().len()
}

/// Where the line that holds a byte ends; the byte itself where a line ends before it.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    if at > 0 && text[..at].ends_with('\n') {
        at
    } else {
        text[at..].find('\n').map_or(text.len(), |n| at + n + 1)
    }
}
