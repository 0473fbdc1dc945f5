//! The text of a rule as signs, each with its place in that text.
//!
//! Full-width letters, digits and marks become the plain ones (NFKC), and letters become capitals, so that
//! `ｆｒｅｑ＝ＷＥＥＫＬＹ` reads as `FREQ=WEEKLY`. Nothing here knows what a rule is.

use std::ops::Range;

use crate::text;

/// One character, folded, and the bytes that it was written with.
#[derive(Clone, Debug)]
pub(super) struct Sign {
    pub c: char,
    pub at: Range<usize>,
}

/// The signs of a text.
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

/// The signs that are taken for a minus by whoever types one.
fn minus(c: char) -> char {
    if matches!(c, '\u{2212}' | '\u{2010}' | '\u{2011}') { '-' } else { c }
}

/// Neighbouring signs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece<'s>(pub &'s [Sign]);

impl<'s> Piece<'s> {
    pub(super) fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// The signs as text, folded.
    pub(super) fn text(self) -> String {
        self.0.iter().map(|sign| sign.c).collect()
    }

    /// The bytes that it was written with; `otherwise` where it is empty.
    pub(super) fn range_or(self, otherwise: Range<usize>) -> Range<usize> {
        match (self.0.first(), self.0.last()) {
            (Some(first), Some(last)) => first.at.start..last.at.end,
            _ => otherwise,
        }
    }

    /// Without blanks at both ends.
    pub(super) fn trim(self) -> Piece<'s> {
        let Some(start) = self.0.iter().position(|sign| !sign.c.is_whitespace()) else {
            return Piece(&[]);
        };
        let end = self.0.iter().rposition(|sign| !sign.c.is_whitespace()).map_or(start, |at| at + 1);
        Piece(&self.0[start..end])
    }

    /// What stands between separators, without blanks at its ends.
    pub(super) fn split(self, is_separator: fn(char) -> bool) -> impl Iterator<Item = Piece<'s>> {
        self.0.split(move |sign| is_separator(sign.c)).map(|signs| Piece(signs).trim())
    }

    /// What stands before and after the first of these signs.
    pub(super) fn split_once(self, separator: char) -> Option<(Piece<'s>, Piece<'s>)> {
        let at = self.0.iter().position(|sign| sign.c == separator)?;
        Some((Piece(&self.0[..at]).trim(), Piece(&self.0[at + 1..]).trim()))
    }

    /// What follows a beginning.
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
