//! A fast first check: whether any needle may begin anywhere in a file.
//!
//! A needle begins at the start of a word, with eight known letters. A file in which no word begins with any of
//! them contains no needle. Most files are of this kind; only the others are searched with the gaps between their
//! letters.

use super::decode::Sink;
use super::letters::{Gap, LetterSink, lower_ascii};
use super::needles::{KEY, Needles, opening};

/// The number of bytes that are read at once: the number of bits in a mask.
const PART: usize = 64;
/// A shorter run is read letter by letter.
const LONG: usize = 2 * PART;
/// The number of letters that are kept before they are checked: as many as a byte can count.
const ROOM: usize = 256;

/// The letters that were not checked yet, and the last seven letters before them.
pub(super) struct Prefilter<'n> {
    needles: &'n Needles,
    letters: [u8; ROOM],
    length: u8,
    /// The positions in them at which words may begin, in order.
    begins: [u8; ROOM],
    words: u8,
    /// Whether the next letter continues a word.
    is_within: bool,
    /// Whether the next text is separate from the text before it.
    is_fresh: bool,
    is_near: bool,
}

impl<'n> Prefilter<'n> {
    pub(super) fn new(needles: &'n Needles) -> Prefilter<'n> {
        Prefilter {
            needles,
            letters: [0; ROOM],
            length: 0,
            begins: [0; ROOM],
            words: 0,
            is_within: false,
            is_fresh: true,
            is_near: false,
        }
    }

    /// Whether a needle may begin in the text so far. The last letters are checked only at the end.
    pub(super) fn is_near(&mut self, is_end: bool) -> bool {
        if is_end {
            // No letters follow.
            self.look();
            let length = usize::from(self.length);
            self.letters[length..length + KEY].fill(0);
            let is_key = |at: &u8| self.needles.may_begin(&self.letters[usize::from(*at)..]);
            self.is_near |= self.begins[..usize::from(self.words)].iter().any(is_key);
        }
        self.is_near
    }

    /// Checks all positions with enough letters after them, and keeps the others.
    fn look(&mut self) {
        let Some(known) = (usize::from(self.length) + 1).checked_sub(KEY) else { return };
        let begins = &self.begins[..usize::from(self.words)];
        let whole = begins.partition_point(|at| usize::from(*at) < known);
        let is_key = |at: &u8| self.needles.may_begin(&self.letters[usize::from(*at)..]);
        self.is_near |= begins[..whole].iter().any(is_key);
        let left = self.words - u8::try_from(whole).unwrap_or(self.words);
        for at in 0..usize::from(left) {
            self.begins[at] = self.begins[whole + at] - u8::try_from(known).unwrap_or_default();
        }
        self.letters.copy_within(known..usize::from(self.length), 0);
        self.length -= u8::try_from(known).unwrap_or_default();
        self.words = left;
    }

    /// Keeps all letters of a run, to be checked with the text before and after it.
    fn keep(&mut self, run: &[u8]) {
        for part in run.chunks(PART) {
            self.reserve(part.len());
            let (mut length, mut words, mut is_edge) = (self.length, self.words, !self.is_within);
            // Every byte is written, but only letters advance the position. A branch for each byte would cost
            // more.
            for byte in part {
                let lower = lower_ascii(*byte);
                let is_letter = lower != 0;
                self.letters[usize::from(length)] = lower;
                self.begins[usize::from(words)] = length;
                words += u8::from(is_letter & is_edge);
                length += u8::from(is_letter);
                is_edge = !is_letter;
            }
            (self.length, self.words, self.is_within) = (length, words, !is_edge);
        }
    }

    /// Keeps the first and the last eight letters of a long run. They cover everything that crosses its ends.
    fn keep_ends(&mut self, run: &[u8], has_head: bool) {
        let is_letter = |byte: &u8| byte.is_ascii_alphanumeric();
        let mut letters = run.iter().enumerate().filter(|(_, byte)| is_letter(byte)).map(|(at, _)| at);
        let head = if has_head { letters.nth(KEY - 1).map(|at| at + 1) } else { Some(0) };
        let tail = letters.rev().nth(KEY - 1);
        match head.zip(tail) {
            Some((head, tail)) => {
                self.keep(&run[..head]);
                self.keep(&run[tail..]);
            }
            None => self.keep(run),
        }
    }

    /// Whether a needle may begin in a run, with eight letters inside it.
    fn holds(&self, run: &[u8]) -> bool {
        let (parts, rest) = run.as_chunks::<PART>();
        let mut last = [0; PART];
        last[..rest.len()].copy_from_slice(rest);
        let masks = parts.iter().chain([&last]).map(mask);
        let mut is_within = self.is_within;
        let mut before: Option<u64> = None;
        // A word may continue in the next part, so a part is checked once the mask of the next part is known.
        for (at, next) in masks.chain([0]).enumerate() {
            if let Some(mask) = before.replace(next) {
                let from = (at - 1) * PART;
                let mut begins = mask & !(mask << 1 | u64::from(is_within));
                is_within = mask >> (PART - 1) == 1;
                let letters = u128::from(next) << PART | u128::from(mask);
                while begins != 0 {
                    let begin = begins.trailing_zeros();
                    begins &= begins - 1;
                    let length = (letters >> begin).trailing_ones();
                    if self.may_begin(&run[from + begin as usize..], length) {
                        return true;
                    }
                }
            }
        }
        false
    }

    /// Whether a needle may begin with a word of this length and the text after it.
    #[inline]
    fn may_begin(&self, text: &[u8], length: u32) -> bool {
        text.first_chunk().is_some_and(|first| self.needles.may_open(opening(*first, length)))
            && first_letters(text).is_some_and(|letters| self.needles.may_begin(&letters))
    }

    fn reserve(&mut self, more: usize) {
        if usize::from(self.length) + more >= ROOM - KEY {
            self.look();
        }
    }
}

impl LetterSink for Prefilter<'_> {
    fn run(&mut self, run: &[u8]) {
        if run.len() < LONG {
            self.keep(run);
        } else {
            self.is_near |= self.holds(run);
            self.keep_ends(run, true);
        }
    }

    fn gap(&mut self, gap: Gap) {
        self.is_within = false;
        self.is_fresh |= gap == Gap::Break;
    }

    fn letter(&mut self, c: char, is_unspaced: bool) {
        self.reserve(c.len_utf8());
        let length = usize::from(self.length);
        if !self.is_within || is_unspaced {
            self.begins[usize::from(self.words)] = self.length;
            self.words += 1;
        }
        let bytes = c.encode_utf8(&mut self.letters[length..length + c.len_utf8()]).len();
        self.length += u8::try_from(bytes).unwrap_or_default();
        (self.is_within, self.is_fresh) = (!is_unspaced, false);
    }

    /// Letters that combine with others need the search letter by letter.
    fn join(&mut self, _: char) {
        self.is_near = true;
    }
}

impl Sink for Prefilter<'_> {
    /// The written view already checked needles whose first eight letters are inside the run.
    fn shown(&mut self, run: &[u8]) {
        self.keep_ends(run, !self.is_fresh);
        self.is_fresh = false;
    }
}

/// A mask of the letters and digits among ASCII bytes, with the lowest bit for the first byte.
fn mask(bytes: &[u8; PART]) -> u64 {
    let (eights, _) = bytes.as_chunks();
    eights.iter().rev().fold(0, |mask, eight| mask << 8 | mask_of_eight(*eight))
}

/// The mask of eight bytes, which are compared at once, each in its own eight bits.
fn mask_of_eight(bytes: [u8; 8]) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    // The addition sets the highest bit for all bytes from `first` on. There is no carry, because both are less
    // than 0x80.
    let from = |bytes: u64, first: u8| bytes + EACH * (0x80 - u64::from(first));
    let bytes = u64::from_le_bytes(bytes);
    let lower = bytes | EACH << 5;
    let letters = from(lower, b'a') & !from(lower, b'z' + 1);
    let digits = from(bytes, b'0') & !from(bytes, b'9' + 1);
    // The product gathers the lowest bits of all eight bytes in its highest byte.
    ((letters | digits) >> 7 & EACH).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// The first eight letters of ASCII text, folded; `None` if there are fewer.
fn first_letters(text: &[u8]) -> Option<[u8; KEY]> {
    let mut letters = [0; KEY];
    let mut length = 0;
    for byte in text {
        let lower = lower_ascii(*byte);
        letters[length] = lower;
        length += usize::from(lower != 0);
        if length == KEY {
            return Some(letters);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::super::decode::Kind;
    use super::super::needles::{NeedleBuilder, Threshold};
    use super::super::search::{finds, may_hold};
    use super::{PART, mask};
    use crate::tests::text_of;

    /// Pieces of files: letters of several scripts, the gaps between them, and their escapes in each format.
    const PIECES: &str = "\
        taro Yamada TARO y 山田 太郎 ﾔﾏﾀﾞ か \u{3099} e \u{301} é 070 1234 5678 김 ก - _ . <b> </b> <br> \
        <p> <rt> </rt> \"> &#x5c71; %E5%B1%B1 \\u5c71 =E5=B1=B1 /* */ \u{200b} 、 \
        ␣ \n <!--␣ ␣--> <a␣href=\" \\5c71␣ \r\n␣";

    /// The words of a secret, with tags between them.
    const WORDS: [&str; 8] = ["tarotaro", "yamadayamada", " ", "Sato", "replica", "山田", "太郎", "0701234"];
    /// Tags that do not change the shown text.
    const TAGS: [&str; 5] = ["<b>", "</b>", "<wbr>", "<!-- x -->", "<span title=\"a\">"];

    const KINDS: [Kind; 6] =
        [Kind::Markup, Kind::Style, Kind::Script, Kind::Calendar, Kind::Mail, Kind::Text];

    fn text(most: usize) -> impl Strategy<Value = String> {
        text_of(PIECES, most)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_file_in_which_a_needle_is_found_is_never_passed_over(
            secrets in prop::collection::vec(text(6), 1..5),
            before in text(12),
            after in text(6),
            part in 0..5_usize,
        ) {
            let dates = HashSet::new();
            let mut maker = NeedleBuilder::new(&dates);
            for secret in &secrets {
                maker.add(0, secret, Threshold::Value);
            }
            let needles = maker.finish();
            let file = format!("{before}{}{after}", secrets[part % secrets.len()]);
            for kind in KINDS {
                let is_found = finds(file.as_bytes(), kind, &needles);
                prop_assert!(!is_found || may_hold(file.as_bytes(), kind, true, &needles), "{kind:?}: {file:?}");
            }
        }

        #[test]
        fn needle_in_a_long_run_of_ascii_is_never_passed_over(
            words in prop::collection::vec("[a-z]{1,5}|[0-9]{1,4}", 1..6),
            joints in prop::collection::vec("[ .-]{1,2}", 6),
            others in prop::collection::vec("[ .-]{0,2}", 6),
            before in "[a-zA-Z0-9 ]{0,200}",
            after in "[ .,<>=][a-zA-Z0-9 ]{100,200}",
            is_upper: bool,
        ) {
            let joined = |joints: &[String]| words.iter().zip(joints).map(|(w, j)| format!("{w}{j}")).collect();
            let (secret, written): (String, String) = (joined(&joints), joined(&others));
            let written = if is_upper { written.to_uppercase() } else { written };
            let dates = HashSet::new();
            let mut maker = NeedleBuilder::new(&dates);
            maker.add(0, &secret, Threshold::Value);
            let needles = maker.finish();
            for file in [format!("{before} {secret}{after}"), format!("{before} {written}{after}")] {
                let is_found = finds(file.as_bytes(), Kind::Text, &needles);
                prop_assert!(!is_found || may_hold(file.as_bytes(), Kind::Text, true, &needles), "{file:?}");
            }
        }

        #[test]
        fn mask_has_a_bit_for_each_letter_or_digit(bytes in "[ -~\n]{64}") {
            let bytes: [u8; PART] = bytes.as_bytes().try_into().expect("64 bytes");
            let each = bytes.iter().rev().fold(0, |mask, byte| mask << 1 | u64::from(byte.is_ascii_alphanumeric()));
            prop_assert_eq!(mask(&bytes), each);
        }

        #[test]
        fn a_needle_across_tags_in_a_long_text_is_never_passed_over(
            words in prop::collection::vec(prop::sample::select(WORDS.as_slice()), 2..6),
            cuts in prop::collection::vec((0..40_usize, prop::sample::select(TAGS.as_slice())), 1..4),
            before in "[a-z 0-9]{0,60}",
            after in "[a-z 0-9]{0,60}",
        ) {
            let secret = words.concat();
            let dates = HashSet::new();
            let mut maker = NeedleBuilder::new(&dates);
            maker.add(0, &secret, Threshold::Value);
            let needles = maker.finish();
            let mut letters: Vec<String> = secret.chars().map(String::from).collect();
            for (at, tag) in cuts {
                let at = at % letters.len();
                letters.insert(at, tag.to_owned());
            }
            let file = format!("<p>{before} {} {after}</p>", letters.concat());
            let is_found = finds(file.as_bytes(), Kind::Markup, &needles);
            prop_assert!(!is_found || may_hold(file.as_bytes(), Kind::Markup, true, &needles), "{file:?}");
        }
    }
}
