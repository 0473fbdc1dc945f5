//! The text of a rule as characters, each with its position in that text.
//!
//! NFKC turns full-width letters, digits and marks into plain ones, and letters become capitals, so that
//! `ｆｒｅｑ＝ＷＥＥＫＬＹ` reads as `FREQ=WEEKLY`. This module does not know what a rule is.

use std::ops::Range;

use crate::text;

/// One folded character, and its bytes in the original text.
#[derive(Clone, Debug)]
pub(super) struct Sign {
    pub c: char,
    pub at: Range<usize>,
}

pub(super) fn of(written: &str) -> Vec<Sign> {
    let mut out = Vec::with_capacity(written.len());
    for (start, c) in written.char_indices() {
        let at = start..start + c.len_utf8();
        if c.is_ascii() {
            out.push(Sign { c: c.to_ascii_uppercase(), at });
            continue;
        }
        let plain = text::nfkc(&written[at.clone()]).into_owned();
        let folded = plain.chars().flat_map(char::to_uppercase).map(minus);
        out.extend(folded.map(|c| Sign { c, at: at.clone() }));
    }
    out
}

/// Maps the characters that people type for a minus to `-`.
fn minus(c: char) -> char {
    if matches!(c, '\u{2212}' | '\u{2010}' | '\u{2011}') { '-' } else { c }
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Piece<'s>(pub &'s [Sign]);

impl<'s> Piece<'s> {
    pub(super) fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// The folded text.
    pub(super) fn text(self) -> String {
        self.0.iter().map(|sign| sign.c).collect()
    }

    /// The byte range in the original text; `otherwise` if the piece is empty.
    pub(super) fn range_or(self, otherwise: Range<usize>) -> Range<usize> {
        match (self.0.first(), self.0.last()) {
            (Some(first), Some(last)) => first.at.start..last.at.end,
            _ => otherwise,
        }
    }

    pub(super) fn trim(self) -> Piece<'s> {
        let Some(start) = self.0.iter().position(|sign| !sign.c.is_whitespace()) else {
            return Piece(&[]);
        };
        let end = self.0.iter().rposition(|sign| !sign.c.is_whitespace()).map_or(start, |at| at + 1);
        Piece(&self.0[start..end])
    }

    /// The pieces between separators, without blanks at their ends.
    pub(super) fn split(self, is_separator: fn(char) -> bool) -> impl Iterator<Item = Piece<'s>> {
        self.0.split(move |sign| is_separator(sign.c)).map(|signs| Piece(signs).trim())
    }

    pub(super) fn split_once(self, separator: char) -> Option<(Piece<'s>, Piece<'s>)> {
        let at = self.0.iter().position(|sign| sign.c == separator)?;
        Some((Piece(&self.0[..at]).trim(), Piece(&self.0[at + 1..]).trim()))
    }

    pub(super) fn after(self, beginning: &str) -> Option<Piece<'s>> {
        let mut rest = self.0;
        for wanted in beginning.chars() {
            let (first, others) = rest.split_first()?;
            if first.c != wanted {
                return None;
            }
            rest = others;
        }
        Some(Piece(rest))
    }

    pub(super) fn contains(self, wanted: &[char]) -> bool {
        self.0.iter().any(|sign| wanted.contains(&sign.c))
    }
}
