//! A quick first look: whether any needle may begin anywhere in a file.
//!
//! A needle begins where a word may begin, and with eight letters that are known. A file where no word begins with
//! any of them holds no needle; most files are such files, and only the others are read with all that stands
//! between their letters.

use super::letters::{Fold, Gap, lower_ascii};
use super::needles::{KEY, Needles};
use super::reading::{Track, is_stop};

/// How many bytes are read at once; they are counted in a byte.
const PART: usize = 64;

/// The letters of a text that were not looked at yet, and before them the last seven that were.
#[derive(Clone, Default)]
pub(super) struct Scout {
    letters: Vec<u8>,
    /// Where in them words may begin, in order.
    begins: Vec<usize>,
    /// Whether no word may begin at the next letter.
    is_within: bool,
    /// Whether letters became one with others, which are looked at letter by letter.
    is_unsure: bool,
}

impl Scout {
    /// Whether a needle may begin in the letters that have gathered; of the last ones it is known at the end.
    pub(super) fn is_near(&mut self, needles: &Needles, is_end: bool) -> bool {
        if is_end {
            self.letters.extend([0; KEY - 1]);
        }
        let Some(known) = (self.letters.len() + 1).checked_sub(KEY) else { return self.is_unsure };
        let whole = self.begins.partition_point(|at| *at < known);
        let is_key = |at: &usize| needles.may_begin(&self.letters[*at..at + KEY]);
        if self.is_unsure || self.begins[..whole].iter().any(is_key) {
            return true;
        }
        self.letters.drain(..known);
        self.begins.drain(..whole);
        self.begins.iter_mut().for_each(|at| *at -= known);
        false
    }

    /// Takes bytes up to the first that is one of some stops; how many.
    fn take(&mut self, bytes: &[u8], stops: u8) -> usize {
        let mut is_edge = !self.is_within;
        let mut taken = 0;
        let mut is_stopped = false;
        for part in bytes.chunks(PART) {
            let (mut letters, mut length) = ([0; PART], 0_u8);
            let (mut begins, mut words) = ([0_u8; PART], 0_usize);
            // Every byte is written and only letters are kept: a branch for each would cost more.
            for byte in part {
                is_stopped = is_stop(*byte, stops);
                if is_stopped {
                    break;
                }
                let lower = lower_ascii(*byte);
                let is_letter = lower != 0;
                letters[usize::from(length) % PART] = lower;
                begins[words % PART] = length;
                words += usize::from(is_letter & is_edge);
                length += u8::from(is_letter);
                is_edge = !is_letter;
                taken += 1;
            }
            let before = self.letters.len();
            self.begins.extend(begins[..words].iter().map(|at| before + usize::from(*at)));
            self.letters.extend_from_slice(&letters[..usize::from(length)]);
            if is_stopped {
                break;
            }
        }
        self.is_within = !is_edge;
        taken
    }
}

impl Fold for Scout {
    fn run(&mut self, run: &[u8]) {
        self.take(run, 0);
    }

    fn gap(&mut self, _: Gap) {
        self.is_within = false;
    }

    fn letter(&mut self, c: char, is_unspaced: bool) {
        if !self.is_within || is_unspaced {
            self.begins.push(self.letters.len());
        }
        self.letters.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        self.is_within = !is_unspaced;
    }

    fn join(&mut self, _: char) {
        self.is_unsure = true;
    }
}

impl Track for Scout {
    fn run_until(&mut self, bytes: &[u8], stops: u8) -> usize {
        self.take(bytes, stops)
    }

    /// The first eight letters of a needle that lie within the run were looked for already. So of a long run only the
    /// first and the last eight letters are taken: in them lies all that may go on across a tag.
    fn follow(&mut self, run: &[u8]) {
        let is_letter = |byte: &u8| byte.is_ascii_alphanumeric();
        let place = |(at, _): (usize, &u8)| at;
        let mut letters = run.iter().enumerate().filter(|(_, byte)| is_letter(byte));
        let head = letters.by_ref().nth(KEY - 1).map(place);
        let tail = letters.rev().nth(KEY - 1).map(place);
        match head.zip(tail) {
            Some((head, tail)) => {
                self.run(&run[..=head]);
                self.run(&run[tail..]);
            }
            None => self.run(run),
        }
    }

    fn fork(&self) -> Scout {
        self.clone()
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
