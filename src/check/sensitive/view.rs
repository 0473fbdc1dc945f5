//! A text as the search for private words reads it: one byte a character, full-width forms folded,
//! invisible characters and escapes gone, and where in the text each of them stood.

use std::ops::Range;

/// A letter of a script that puts blanks between words: é, ж.
pub(super) const LETTER: u8 = 0x80;
/// A letter of a script that does not: kana, ideographs, Thai; Hangul too, whose endings follow at once.
pub(super) const WIDE: u8 = 0x81;
/// Any other character.
pub(super) const SIGN: u8 = 0x82;

/// The plain bytes of a text.
pub(super) struct View<'a> {
    text: &'a str,
    plain: Vec<u8>,
    /// Where each byte of `plain` begins in `text`, and the end.
    starts: Vec<usize>,
}

impl<'a> View<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let plain = Vec::with_capacity(text.len());
        let mut view = View { text, plain, starts: Vec::with_capacity(text.len() + 1) };
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            at += match bytes[at] {
                b'\\' | b'&' | b'%' => view.escape(at),
                byte if byte < 0x80 => view.push(byte, at, 1),
                _ => view.beyond_ascii(at),
            };
        }
        view.starts.push(text.len());
        view
    }

    fn push(&mut self, byte: u8, at: usize, length: usize) -> usize {
        self.plain.push(byte);
        self.starts.push(at);
        length
    }

    /// `\_` of Markdown, `&#64;` of HTML and `%40` of addresses stand for one character.
    fn escape(&mut self, at: usize) -> usize {
        let rest = &self.text.as_bytes()[at..];
        let slash = at > 0 && self.text.as_bytes()[at - 1] == b'\\';
        let mark = rest.get(1).filter(|b| b"_@.-+()*#".contains(b));
        if let (b'\\', false, Some(mark)) = (rest[0], slash, mark) {
            return self.push(*mark, at, 2);
        }
        for (written, byte) in
            [("&#64;", b'@'), ("&#x40;", b'@'), ("&commat;", b'@'), ("&#46;", b'.'), ("%40", b'@')]
        {
            if rest.starts_with(written.as_bytes()) {
                return self.push(byte, at, written.len());
            }
        }
        self.push(rest[0], at, 1)
    }

    fn beyond_ascii(&mut self, at: usize) -> usize {
        let Some(c) = self.text[at..].chars().next() else { return 1 };
        let length = c.len_utf8();
        let after_digit = self.plain.last().is_some_and(|b| b.is_ascii_digit() || *b == b')');
        let byte = match c {
            // The long vowel mark is written as a hyphen between digits.
            '\u{30fc}' | '\u{ff70}' if after_digit => b'-',
            '\u{3040}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => WIDE,
            // What is most frequent needs no table.
            '\u{3001}'..='\u{3004}' | '\u{3008}'..='\u{301f}' | '\u{2018}'..='\u{2027}' => SIGN,
            '\u{ff01}'..='\u{ff5e}' => u8::try_from(u32::from(c) - 0xfee0).unwrap_or(SIGN),
            '\u{3000}' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' => b' ',
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' => b'-',
            // Yen is what Japanese fonts show for a backslash.
            '\u{a5}' | '\u{ffe5}' => b'\\',
            '\u{a2}' | '\u{a3}' | '\u{20a0}'..='\u{20bf}' | '\u{ffe0}' | '\u{ffe1}' | '\u{ffe6}' => b'$',
            _ if is_invisible(c) => return length,
            _ if !c.is_alphanumeric() => SIGN,
            _ if c < '\u{e00}' => LETTER,
            _ => WIDE,
        };
        self.push(byte, at, length)
    }

    pub(super) fn len(&self) -> usize {
        self.plain.len()
    }

    /// The byte there, and 0 outside.
    pub(super) fn byte(&self, at: usize) -> u8 {
        self.plain.get(at).copied().unwrap_or(0)
    }

    /// The byte before, and 0 at the beginning.
    pub(super) fn before(&self, at: usize) -> u8 {
        at.checked_sub(1).map_or(0, |n| self.byte(n))
    }

    pub(super) fn bytes(&self, range: Range<usize>) -> &[u8] {
        self.plain.get(range).unwrap_or_default()
    }

    /// Where the run of such bytes ends, at most `most` of them.
    pub(super) fn run(&self, from: usize, most: usize, good: impl Fn(u8) -> bool) -> usize {
        let until = from.saturating_add(most).min(self.len());
        let rest = self.bytes(from..until);
        from + rest.iter().position(|b| !good(*b)).unwrap_or(rest.len())
    }

    /// Where the run of such bytes begins that ends here, at most `most` of them.
    pub(super) fn back(&self, to: usize, most: usize, good: impl Fn(u8) -> bool) -> usize {
        let from = to.saturating_sub(most);
        from + self.bytes(from..to).iter().rposition(|b| !good(*b)).map_or(0, |n| n + 1)
    }

    /// Whether these ASCII letters stand there, in either case.
    pub(super) fn says(&self, at: usize, word: &str) -> bool {
        self.bytes(at..at + word.len()).eq_ignore_ascii_case(word.as_bytes())
    }

    /// The text from there on.
    pub(super) fn rest(&self, at: usize) -> &'a str {
        &self.text[self.starts.get(at).copied().unwrap_or(self.text.len())..]
    }

    /// The text up to there.
    pub(super) fn until(&self, at: usize) -> &'a str {
        &self.text[..self.starts.get(at).copied().unwrap_or(self.text.len())]
    }

    /// Whether one of these words stands close before, with no digit and no end of a line in between.
    pub(super) fn told(&self, at: usize, most: usize, words: &[&str]) -> bool {
        let from = self.back(at, most, |b| b != b'\n' && !b.is_ascii_digit());
        let plain = self.bytes(from..at);
        let text = &self.until(at)[self.until(from).len()..];
        words.iter().any(|word| if word.is_ascii() { has_word(plain, word) } else { text.contains(word) })
    }

    /// Where one of these words begins that stands right before, past blanks and a colon.
    pub(super) fn after(&self, at: usize, words: &[&str]) -> Option<usize> {
        let end = self.back(at, 3, |b| matches!(b, b' ' | b':' | b'.' | b'='));
        let text = self.until(end);
        words.iter().find_map(|word| {
            let start = end.checked_sub(word.chars().count())?;
            let alone = !self.before(start).is_ascii_alphabetic();
            let here = if word.is_ascii() { alone && self.says(start, word) } else { text.ends_with(word) };
            here.then_some(start)
        })
    }

    /// The range in the text.
    pub(super) fn range(&self, range: Range<usize>) -> Range<usize> {
        let start = self.rest(range.start);
        let start = self.text.len() - start.len();
        let whole = self.until(range.end).trim_end_matches(is_invisible);
        start..whole.len().max(start)
    }
}

fn has_word(plain: &[u8], word: &str) -> bool {
    plain.windows(word.len()).enumerate().any(|(at, here)| {
        let alone = |b: Option<&u8>| b.is_none_or(|b| !b.is_ascii_alphabetic());
        here.eq_ignore_ascii_case(word.as_bytes())
            && alone(at.checked_sub(1).and_then(|n| plain.get(n)))
            && alone(plain.get(at + word.len()))
    })
}

/// Soft hyphens, joiners and marks of direction: nobody sees them.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}
