//! A quick first look: whether any needle may begin anywhere in a file.
//!
//! A needle begins where a word may begin, and with eight letters that are known. A file where no word begins with
//! any of them holds no needle; most files are such files, and only the others are read with all that stands
//! between their letters.

use super::letters::{Fold, Gap, lower_ascii};
use super::needles::{KEY, Needles};
use super::reading::{Fork, is_stop};

/// How many bytes are read at once.
const PART: usize = 64;

/// The letters of a text that were not looked at yet, and before them the last seven that were.
#[derive(Clone, Default)]
pub(super) struct Scout {
    letters: Vec<u8>,
    /// For each byte of the letters 1 where a word may begin.
    edges: Vec<u8>,
    /// Whether no word may begin at the next letter.
    is_within: bool,
    /// Whether letters became one with others, which are looked at letter by letter.
    is_unsure: bool,
}

impl Scout {
    /// Whether a needle may begin in the letters that have gathered; of the last ones it is known at the end.
    pub(super) fn is_near(&mut self, needles: &Needles, is_end: bool) -> bool {
        if is_end {
            (1..KEY).for_each(|_| self.push(0, 0));
        }
        let Some(known) = (self.letters.len() + 1).checked_sub(KEY) else { return self.is_unsure };
        if self.is_unsure || self.words(known).any(|at| needles.may_begin(&self.letters[at..at + KEY])) {
            return true;
        }
        self.letters.drain(..known);
        self.edges.drain(..known);
        false
    }

    /// Where words may begin, up to a place.
    fn words(&self, until: usize) -> impl Iterator<Item = usize> + '_ {
        self.edges[..until].chunks(8).enumerate().flat_map(|(at, edges)| {
            let mut eight = [0; 8];
            eight[..edges.len()].copy_from_slice(edges);
            let mut left = u64::from_le_bytes(eight);
            std::iter::from_fn(move || {
                let place = (left != 0).then(|| at * 8 + left.trailing_zeros() as usize / 8);
                left &= left.wrapping_sub(1);
                place
            })
        })
    }

    fn push(&mut self, byte: u8, edge: u8) {
        self.letters.push(byte);
        self.edges.push(edge);
    }

    /// Takes bytes up to the first that is one of some stops; how many.
    fn take(&mut self, bytes: &[u8], stops: u8) -> usize {
        let mut edge = u8::from(!self.is_within);
        let mut taken = 0;
        let mut is_stopped = false;
        for part in bytes.chunks(PART) {
            let (mut letters, mut edges, mut length) = ([0; PART], [0; PART], 0_usize);
            // Every byte is written and only letters are kept: a branch for each would cost more.
            for byte in part {
                is_stopped = is_stop(*byte, stops);
                if is_stopped {
                    break;
                }
                let lower = lower_ascii(*byte);
                letters[length % PART] = lower;
                edges[length % PART] = edge;
                let is_letter = lower != 0;
                length += usize::from(is_letter);
                edge = u8::from(!is_letter);
                taken += 1;
            }
            self.letters.extend_from_slice(&letters[..length.min(PART)]);
            self.edges.extend_from_slice(&edges[..length.min(PART)]);
            if is_stopped {
                break;
            }
        }
        self.is_within = edge == 0;
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
        let mut edge = u8::from(!self.is_within || is_unspaced);
        for byte in c.encode_utf8(&mut [0; 4]).bytes() {
            self.push(byte, edge);
            edge = 0;
        }
        self.is_within = !is_unspaced;
    }

    fn join(&mut self, _: char) {
        self.is_unsure = true;
    }
}

impl Fork for Scout {
    fn run_until(&mut self, bytes: &[u8], stops: u8) -> usize {
        self.take(bytes, stops)
    }

    /// A needle that lies within the run was looked for already, so of a long run only what may be a part of one
    /// across a tag is taken: its beginning and its end.
    fn follow(&mut self, run: &[u8]) {
        let is_letter = |byte: &u8| byte.is_ascii_alphanumeric();
        let place = |(at, _): (usize, &u8)| at;
        let mut letters = run.iter().enumerate().filter(|(_, byte)| is_letter(byte));
        let head = letters.by_ref().nth(KEY - 1).map(place);
        let tail = letters.rev().nth(KEY - 1).map(place);
        match head.zip(tail) {
            Some((head, tail)) => {
                self.run(&run[..=head]);
                self.is_within = false;
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
    }
}
