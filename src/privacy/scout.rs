//! A quick first look: whether any needle may begin anywhere in a file.
//!
//! A needle begins where a word may begin, and with eight letters that are known. A file where no word begins with
//! any of them holds no needle; most files are such files, and only the others are read with all that stands
//! between their letters.

use super::letters::{Fold, Gap, lower_ascii};
use super::needles::{KEY, Needles};
use super::reading::Track;

/// How many bytes are read at once.
const PART: usize = 64;
/// How many letters are kept until they are looked at: as many as a byte counts.
const ROOM: usize = 256;

/// The letters of a text that were not looked at yet, and before them the last seven that were.
pub(super) struct Scout<'n> {
    needles: &'n Needles,
    letters: [u8; ROOM],
    length: u8,
    /// Where in them words may begin, in order.
    begins: [u8; ROOM],
    words: u8,
    /// Whether no word may begin at the next letter.
    is_within: bool,
    /// Whether nothing goes on from before what comes next.
    is_fresh: bool,
    /// Whether a needle may begin in what was read.
    is_near: bool,
}

impl<'n> Scout<'n> {
    pub(super) fn new(needles: &'n Needles) -> Scout<'n> {
        Scout {
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

    /// Whether a needle may begin in what was read; of the last letters it is known at the end.
    pub(super) fn is_near(&mut self, is_end: bool) -> bool {
        if is_end {
            // Behind them come no others.
            self.look();
            let length = usize::from(self.length);
            self.letters[length..length + KEY].fill(0);
            let is_key = |at: &u8| self.needles.may_begin(&self.letters[usize::from(*at)..]);
            self.is_near |= self.begins[..usize::from(self.words)].iter().any(is_key);
        }
        self.is_near
    }

    /// Looks at all places behind which there are enough letters, and keeps the others.
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

    /// Makes room for as many letters.
    fn reserve(&mut self, more: usize) {
        if usize::from(self.length) + more >= ROOM - KEY {
            self.look();
        }
    }
}

impl Fold for Scout<'_> {
    fn run(&mut self, run: &[u8]) {
        for part in run.chunks(PART) {
            self.reserve(part.len());
            let (mut length, mut words, mut is_edge) = (self.length, self.words, !self.is_within);
            // Every byte is written and only letters are kept: a branch for each would cost more.
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

    /// What becomes one with others is looked at letter by letter.
    fn join(&mut self, _: char) {
        self.is_near = true;
    }
}

impl Track for Scout<'_> {
    /// The first eight letters of a needle that lie within the run were looked for already. So of a long run only the
    /// first and the last eight letters are taken: in them lies all that may go on across a tag.
    fn shown(&mut self, run: &[u8]) {
        let is_letter = |byte: &u8| byte.is_ascii_alphanumeric();
        let mut letters = run.iter().enumerate().filter(|(_, byte)| is_letter(byte)).map(|(at, _)| at);
        let head = if self.is_fresh { Some(0) } else { letters.nth(KEY - 1).map(|at| at + 1) };
        let tail = letters.rev().nth(KEY - 1);
        self.is_fresh = false;
        match head.zip(tail) {
            Some((head, tail)) => {
                self.run(&run[..head]);
                self.run(&run[tail..]);
            }
            None => self.run(run),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::super::needles::{Least, Maker};
    use super::super::reading::{Kind, finds, may_hold};

    /// Pieces of files: letters of several scripts, what may stand between them, and how each kind escapes them.
    const PIECES: [&str; 42] = [
        "taro",
        "Yamada",
        "TARO",
        "y",
        "山田",
        "太郎",
        "ﾔﾏﾀﾞ",
        "か",
        "\u{3099}",
        "e",
        "\u{301}",
        "é",
        "070",
        "1234",
        "5678",
        "김",
        "ก",
        " ",
        "\n",
        "-",
        "_",
        ".",
        "<b>",
        "</b>",
        "<br>",
        "<p>",
        "<!-- ",
        " -->",
        "<rt>",
        "</rt>",
        "<a href=\"",
        "\">",
        "&#x5c71;",
        "%E5%B1%B1",
        "\\u5c71",
        "\\5c71 ",
        "=E5=B1=B1",
        "/*",
        "*/",
        "\r\n ",
        "\u{200b}",
        "、",
    ];

    /// Words of a secret that tags may stand in.
    const WORDS: [&str; 8] = ["tarotaro", "yamadayamada", " ", "Sato", "replica", "山田", "太郎", "0701234"];
    /// Tags that make no difference to what is shown.
    const TAGS: [&str; 5] = ["<b>", "</b>", "<wbr>", "<!-- x -->", "<span title=\"a\">"];

    const KINDS: [Kind; 6] =
        [Kind::Markup, Kind::Style, Kind::Script, Kind::Calendar, Kind::Mail, Kind::Text];

    fn text(most: usize) -> impl Strategy<Value = String> {
        prop::collection::vec(prop::sample::select(PIECES.as_slice()), 0..most).prop_map(|all| all.concat())
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
            let mut maker = Maker::new(&dates);
            for secret in &secrets {
                maker.add(0, secret, Least::Value);
            }
            let needles = maker.finish();
            let file = format!("{before}{}{after}", secrets[part % secrets.len()]);
            for kind in KINDS {
                let is_found = finds(file.as_bytes(), kind, &needles);
                prop_assert!(!is_found || may_hold(file.as_bytes(), kind, true, &needles), "{kind:?}: {file:?}");
            }
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
            let mut maker = Maker::new(&dates);
            maker.add(0, &secret, Least::Value);
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
