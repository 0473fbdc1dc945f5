//! A text as the rules read it: full-width forms folded, escapes resolved, invisible characters removed.

use std::borrow::Cow;
use std::ops::Range;

use super::pattern::Pattern;

/// The folded text, and the position of each part in the original.
pub(super) struct View<'a> {
    text: &'a str,
    plain: Cow<'a, str>,
    /// For each character that folding changed: the start of the next one, in the folded text and in the original.
    shifts: Vec<(usize, usize)>,
}

impl<'a> View<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let (mut plain, mut shifts, mut copied) = (String::new(), Vec::new(), 0);
        for (at, c) in text.char_indices() {
            if at < copied || c.is_ascii() && !matches!(c, '\\' | '&' | '%') {
                continue;
            }
            let last = if at > copied { text.as_bytes().get(at - 1) } else { plain.as_bytes().last() };
            let Some((length, folded)) = fold(&text[at..], c, last.copied().unwrap_or(0)) else { continue };
            plain.push_str(&text[copied..at]);
            plain.extend(folded);
            copied = at + length;
            shifts.push((plain.len(), copied));
        }
        if shifts.is_empty() {
            return Self { text, plain: Cow::Borrowed(text), shifts };
        }
        plain.push_str(&text[copied..]);
        Self { text, plain: Cow::Owned(plain), shifts }
    }

    pub(super) fn plain(&self) -> &str {
        &self.plain
    }

    /// The byte at this position; 0 outside the text.
    pub(super) fn byte(&self, at: usize) -> u8 {
        self.plain.as_bytes().get(at).copied().unwrap_or(0)
    }

    /// The byte before this position; 0 at the beginning.
    pub(super) fn before(&self, at: usize) -> u8 {
        at.checked_sub(1).map_or(0, |n| self.byte(n))
    }

    pub(super) fn bytes(&self, range: Range<usize>) -> &[u8] {
        self.plain.as_bytes().get(range).unwrap_or_default()
    }

    /// The end of the run of such bytes, at most `most` of them.
    pub(super) fn run(&self, from: usize, most: usize, good: impl Fn(u8) -> bool) -> usize {
        let rest = self.plain.as_bytes().get(from..).unwrap_or_default();
        let rest = &rest[..most.min(rest.len())];
        from + rest.iter().position(|b| !good(*b)).unwrap_or(rest.len())
    }

    /// The start of the run of such bytes that ends here, at most `most` of them.
    pub(super) fn back(&self, to: usize, most: usize, good: impl Fn(u8) -> bool) -> usize {
        let from = to.saturating_sub(most);
        from + self.bytes(from..to).iter().rposition(|b| !good(*b)).map_or(0, |n| n + 1)
    }

    pub(super) fn rest(&self, at: usize) -> &str {
        self.plain.get(at..).unwrap_or_default()
    }

    pub(super) fn until(&self, at: usize) -> &str {
        self.plain.get(..at).unwrap_or_default()
    }

    /// The characters directly before this position, at most `most` of them.
    pub(super) fn last(&self, at: usize, most: usize) -> &str {
        let text = self.until(at);
        let start = text.char_indices().rev().take(most).last();
        start.map_or("", |(start, _)| &text[start..])
    }

    /// Whether one of these words is close before, without a digit or a line end in between.
    pub(super) fn has_word_before(&self, at: usize, most: usize, words: &Pattern) -> bool {
        let near = self.last(at, most);
        let from = near.rfind(|c: char| c == '\n' || c.is_ascii_digit()).map_or(0, |n| n + 1);
        words.is_in(&near[from..])
    }

    /// The range in the original.
    pub(super) fn range(&self, range: Range<usize>) -> Range<usize> {
        let start = self.place(range.start);
        let whole = self.text[..self.place(range.end)].trim_end_matches(is_invisible);
        start..whole.len().max(start)
    }

    fn place(&self, at: usize) -> usize {
        let earlier = self.shifts.partition_point(|(folded, _)| *folded <= at);
        let (folded, original) = earlier.checked_sub(1).map_or((0, 0), |n| self.shifts[n]);
        original + at - folded
    }
}

/// The number of bytes at the beginning of a text that stand for another character, and that character, if any.
fn fold(text: &str, c: char, last: u8) -> Option<(usize, Option<char>)> {
    let new = match c {
        '\\' | '&' | '%' => return escape(text, last),
        // Between digits, people type the long vowel mark as a hyphen.
        '\u{30fc}' | '\u{ff70}' if last.is_ascii_digit() || last == b')' => '-',
        '\u{3001}'..='\u{fe62}' => return None,
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0)?,
        '\u{3000}' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' => '-',
        // Japanese fonts show a backslash as a yen sign.
        '\u{a5}' | '\u{ffe5}' => '\\',
        '\u{a2}' | '\u{a3}' | '\u{20a0}'..='\u{20bf}' | '\u{ffe0}' | '\u{ffe1}' | '\u{ffe6}' => '$',
        _ if is_invisible(c) => return Some((c.len_utf8(), None)),
        _ => return None,
    };
    Some((c.len_utf8(), Some(new)))
}

/// Escapes for one character: `\_` of Markdown, `&#64;` of HTML and `%40` of addresses.
fn escape(text: &str, last: u8) -> Option<(usize, Option<char>)> {
    let mark = text.strip_prefix('\\').and_then(|rest| rest.chars().next());
    if let Some(mark) = mark.filter(|mark| last != b'\\' && "_@.-+()*#".contains(*mark)) {
        return Some((2, Some(mark)));
    }
    let names = [("&#64;", '@'), ("&#x40;", '@'), ("&commat;", '@'), ("&#46;", '.'), ("%40", '@')];
    names.into_iter().find(|(name, _)| text.starts_with(name)).map(|(name, c)| (name.len(), Some(c)))
}

/// Whether readers cannot see the character: soft hyphens, joiners and direction marks.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}
