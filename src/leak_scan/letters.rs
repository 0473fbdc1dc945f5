//! The form in which texts are compared: folded letters and digits, each with the gap before it.
//!
//! Letters are folded by NFKC and lower case. Everything between two letters is a [`Gap`], so that one comparison
//! can decide where a blank, a line break or a tag matters and where it does not.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

/// The text between a letter and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Gap {
    None = 0,
    /// A tag within a line, or a comment.
    Tag = 1,
    /// Blanks and line breaks.
    Blank = 2,
    /// One character that joins the words of a name: `-`, `_`, `.`, `+`, `・`.
    Join = 3,
    /// Any other punctuation.
    Signs = 4,
    /// A boundary that no text crosses: the end of a paragraph, or a byte that is not text.
    Break = 5,
}

impl Gap {
    /// The bit of this gap in a set of gaps.
    pub(super) const fn bit(self) -> u8 {
        1 << self as u8
    }

    /// The sum of two adjacent gaps.
    const fn and(self, next: Gap) -> Gap {
        let stronger = if self as u8 > next as u8 { self } else { next };
        match (self, next) {
            (Gap::None | Gap::Tag, _) | (_, Gap::None | Gap::Tag) | (Gap::Blank, Gap::Blank) => stronger,
            _ if stronger as u8 > Gap::Signs as u8 => stronger,
            _ => Gap::Signs,
        }
    }
}

/// For each ASCII byte, the mark of a letter or the gap that it makes.
const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut at = 0;
    while at < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "it is less than 256")]
        let byte = at as u8;
        kinds[at] = match byte {
            b'A'..=b'Z' => LETTER | CAPITAL,
            b'a'..=b'z' | b'0'..=b'9' => LETTER,
            _ => sign(byte) as u8,
        };
        at += 1;
    }
    kinds
};

/// For each ASCII letter or digit, its folded form; 0 for other bytes.
const LOWER: [u8; 256] = {
    let mut lower = [0; 256];
    let mut at = 0;
    while at < 256 {
        if KINDS[at] & LETTER != 0 {
            #[expect(clippy::cast_possible_truncation, reason = "it is less than 256")]
            let byte = at as u8;
            lower[at] = byte.to_ascii_lowercase();
        }
        at += 1;
    }
    lower
};

/// The folded form of an ASCII letter or digit; 0 for any other byte.
pub(super) const fn lower_ascii(byte: u8) -> u8 {
    LOWER[byte as usize]
}

/// The sums of two gaps, indexed by eight times the first plus the second.
const SUMS: [u8; 64] = {
    let mut sums = [0; 64];
    let mut at = 0;
    while at < 64 {
        sums[at] = known(at / 8).and(known(at % 8)) as u8;
        at += 1;
    }
    sums
};

const GAP: u8 = 0b111;
/// A mark: a word may begin here, and one before it may end.
const EDGE: u8 = 1 << 3;
/// A mark: an ASCII letter that was written as a capital.
const CAPITAL: u8 = 1 << 4;
/// A mark: a letter of a script without blanks between words.
const UNSPACED: u8 = 1 << 5;
/// A mark: the first byte of a letter.
const LETTER: u8 = 1 << 6;

/// A receiver for the letters of a text.
pub(super) trait LetterSink {
    /// Receives a run of ASCII. Most bytes of most files are ASCII, so this avoids a branch for each byte.
    fn run(&mut self, run: &[u8]);

    /// Receives something that is not a letter.
    fn gap(&mut self, gap: Gap);

    /// Receives a folded letter that is not ASCII, or that stands alone.
    fn letter(&mut self, c: char, is_unspaced: bool);

    /// Receives a mark that combines with the previous letter, if there is one: `か` and the mark that makes it
    /// `が`.
    fn join(&mut self, c: char);

    /// Receives any character.
    fn char(&mut self, c: char) {
        match c {
            _ if c.is_ascii() => self.run(&[c as u8]),
            _ if is_plain(c) => self.letter(c, true),
            _ if is_invisible(c) => {}
            _ => {
                for c in std::iter::once(c).nfkc() {
                    let joins = canonical_combining_class(c) != 0 || matches!(c, '\u{1161}'..='\u{11c2}');
                    if joins { self.join(c) } else { c.to_lowercase().for_each(|c| self.lower(c)) }
                }
            }
        }
    }

    /// Receives a character in lower case.
    fn lower(&mut self, c: char) {
        if c.is_alphanumeric() || is_combining_mark(c) {
            self.letter(c, is_unspaced(c));
        } else if c.is_whitespace() {
            self.gap(Gap::Blank);
        } else if c.is_ascii() {
            self.gap(sign(c as u8));
        } else {
            self.gap(if matches!(c, '・' | '·' | '‐' | '‑' | '–' | '−') {
                Gap::Join
            } else {
                Gap::Signs
            });
        }
    }
}

/// A text in the form in which texts are compared. Each byte of the letters has a mark.
#[derive(Clone, Debug, Default)]
pub(super) struct Letters {
    bytes: Vec<u8>,
    marks: Vec<u8>,
    /// The gap after the last letter.
    gap: u8,
    is_unspaced: bool,
}

impl Letters {
    pub(super) fn new() -> Letters {
        Letters { gap: Gap::Break as u8, ..Letters::default() }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether a word may begin at a byte, so that a word before it may end there.
    pub(super) fn is_edge(&self, at: usize) -> bool {
        self.marks.get(at).is_none_or(|mark| mark & EDGE != 0)
    }

    pub(super) fn is_letter(&self, at: usize) -> bool {
        self.marks.get(at).is_none_or(|mark| mark & LETTER != 0)
    }

    pub(super) fn is_unspaced(&self, at: usize) -> bool {
        self.marks.get(at).is_some_and(|mark| mark & UNSPACED != 0)
    }

    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.marks.get(at).is_some_and(|mark| mark & CAPITAL != 0)
    }

    /// The gap before the letter that begins at a byte, as a bit.
    pub(super) fn gap_bit(&self, at: usize) -> u8 {
        self.marks.get(at).map_or(0, |mark| 1 << (mark & GAP))
    }

    /// Every position at which a needle may begin.
    pub(super) fn edges(&self) -> impl Iterator<Item = usize> + '_ {
        self.marks.chunks(8).enumerate().flat_map(|(at, marks)| {
            let mut eight = [0; 8];
            eight[..marks.len()].copy_from_slice(marks);
            let mut left = u64::from_le_bytes(eight) & u64::from_le_bytes([EDGE; 8]);
            std::iter::from_fn(move || {
                let place = (left != 0).then(|| at * 8 + left.trailing_zeros() as usize / 8);
                left &= left.wrapping_sub(1);
                place
            })
        })
    }

    /// Removes the last letter, with the gap before it.
    fn pop(&mut self) -> Option<(char, u8)> {
        let start = self.marks.iter().rposition(|mark| mark & LETTER != 0)?;
        let last = std::str::from_utf8(&self.bytes[start..]).ok()?.chars().next()?;
        let gap = self.marks[start] & GAP;
        self.bytes.truncate(start);
        self.marks.truncate(start);
        self.is_unspaced = match self.marks.iter().rposition(|mark| mark & LETTER != 0) {
            Some(before) => self.marks[before] & UNSPACED != 0,
            None => false,
        };
        Some((last, gap))
    }

    /// Removes everything before a byte.
    pub(super) fn drain(&mut self, until: usize) {
        self.bytes.drain(..until);
        self.marks.drain(..until);
    }
}

impl LetterSink for Letters {
    fn run(&mut self, run: &[u8]) {
        let start = self.bytes.len();
        self.bytes.resize(start + run.len(), 0);
        self.marks.resize(start + run.len(), 0);
        let (bytes, marks) = (&mut self.bytes[start..], &mut self.marks[start..]);
        let (mut count, mut gap, mut after_unspaced) = (0, self.gap, self.is_unspaced);
        for byte in run {
            let kind = KINDS[usize::from(*byte)];
            let is_letter = kind & LETTER != 0;
            let edge = if gap != 0 || after_unspaced { EDGE } else { 0 };
            bytes[count] = byte.to_ascii_lowercase();
            marks[count] = kind | gap | edge;
            count += usize::from(is_letter);
            after_unspaced &= !is_letter;
            gap = if is_letter { 0 } else { SUMS[usize::from(gap << 3 | kind)] };
        }
        self.bytes.truncate(start + count);
        self.marks.truncate(start + count);
        (self.gap, self.is_unspaced) = (gap, after_unspaced);
    }

    fn gap(&mut self, gap: Gap) {
        self.gap = match self.gap {
            0 => gap as u8,
            before => SUMS[usize::from(before << 3 | gap as u8)],
        };
    }

    fn letter(&mut self, c: char, is_unspaced: bool) {
        let edge = if self.gap != 0 || self.is_unspaced || is_unspaced { EDGE } else { 0 };
        let own = if is_unspaced { UNSPACED } else { 0 };
        let mut buffer = [0; 4];
        let bytes = c.encode_utf8(&mut buffer).as_bytes();
        self.bytes.extend_from_slice(bytes);
        self.marks.push(self.gap | edge | own | LETTER);
        self.marks.resize(self.bytes.len(), 0);
        (self.gap, self.is_unspaced) = (0, is_unspaced);
    }

    fn join(&mut self, c: char) {
        let before = if self.gap == 0 { self.pop() } else { None };
        let Some((last, gap)) = before else { return c.to_lowercase().for_each(|c| self.lower(c)) };
        self.gap = gap;
        [last, c].into_iter().nfc().for_each(|c| self.lower(c));
    }
}

const fn known(gap: usize) -> Gap {
    match gap {
        0 => Gap::None,
        1 => Gap::Tag,
        2 => Gap::Blank,
        3 => Gap::Join,
        4 => Gap::Signs,
        _ => Gap::Break,
    }
}

/// The gap that an ASCII character other than a letter makes.
pub(super) const fn sign(byte: u8) -> Gap {
    match byte {
        b' ' | b'\t' | b'\n' | b'\r' | 0x0c | 0x0b => Gap::Blank,
        b'-' | b'_' | b'.' | b'+' => Gap::Join,
        0..=0x1f | 0x7f => Gap::Break,
        _ => Gap::Signs,
    }
}

/// Whether folding keeps the character: Han, kana and hangul, which is most of Japanese text. This avoids a table
/// lookup.
fn is_plain(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー' | '々' | '\u{4e00}'..='\u{9fff}' | '가'..='힣')
}

/// Whether the script has no blanks between words, or adds endings without a blank.
pub(super) fn is_unspaced(c: char) -> bool {
    is_cjk(c) || matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

pub(super) fn is_cjk(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3031}'..='\u{318f}'
        | '\u{31a0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{a960}'..='\u{a97f}'
        | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether the character is invisible: soft hyphens, joiners, direction marks and variation selectors.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        let mut letters = Letters::new();
        text.chars().for_each(|c| letters.char(c));
        String::from_utf8(letters.bytes).expect("letters are text")
    }

    #[test]
    fn letters_are_the_same_however_they_are_typed() {
        for text in ["Ｙａｍａｄａ　タロウ", "yamada ﾀﾛｳ", "YAMADA\nタ\u{200b}ロ\u{ad}ウ", "Yamada・タロウ"]
        {
            assert_eq!(folded(text), "yamadaタロウ", "{text}");
        }
        assert_eq!(folded("か\u{3099}ﾀﾞ"), "がダ");
        assert_eq!(folded("\u{1112}\u{1161}\u{11ab}"), "한");
        assert_eq!(folded("E\u{301}e\u{302}\u{301}"), "éế");
    }

    #[test]
    fn gaps_add_up_to_the_stronger_one() {
        let gap = |text: &str| {
            let mut letters = Letters::new();
            text.chars().for_each(|c| letters.char(c));
            letters.gap_bit(letters.len() - 1)
        };
        assert_eq!(gap("ab"), Gap::None.bit());
        assert_eq!(gap("a \n b"), Gap::Blank.bit());
        assert_eq!(gap("a-b"), Gap::Join.bit());
        assert_eq!(gap("a - b"), Gap::Signs.bit());
        assert_eq!(gap("a--b"), Gap::Signs.bit());
        assert_eq!(gap("a\0 b"), Gap::Break.bit());
    }
}
