//! How people count characters.

use icu_segmenter::GraphemeClusterSegmenter;

use crate::text;

/// The number of characters as people count them: grapheme clusters (UAX 29).
///
/// Platforms count by different versions of Unicode, and older ones see two characters where newer ones see one. So this is
/// the higher of both.
pub(super) fn graphemes(text: &str) -> usize {
    let new = GraphemeClusterSegmenter::new().segment_str(text).skip(1).count();
    new.max(text.chars().filter(|c| !text::is_mark(*c)).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn older_and_newer_ways_to_count_are_both_kept() {
        assert_eq!(graphemes("क्ष"), 2, "one in Unicode 16, two before");
        assert_eq!(graphemes("が\u{3099}"), 1);
        assert_eq!(graphemes(""), 0);
    }
}
