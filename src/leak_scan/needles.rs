//! The needles of the search: pieces of private texts with a limited length, and their matches in letters.
//!
//! Needles are sorted in one table. At each position where one may begin, the search looks up its first eight
//! bytes in a bit set. Only if they are known, it uses a binary search on the table. Time and memory grow no
//! faster than the texts: a needle has a maximum length, and needles with the same letters are merged.

use std::collections::HashSet;

use super::decode;
use super::letters::{Gap, Letters, is_cjk};

/// The longest needle in bytes: 85 Japanese characters. A longer text is searched in pieces.
pub(super) const LONGEST: usize = 256;
/// A rest shorter than this does not become its own piece.
const REST: usize = 64;
/// The weight that a text needs to be significant. A Han, kana or hangul character counts three, any other letter
/// one.
const LEAST: usize = 8;
/// The weight that a name needs: a text in which each word begins with a capital.
const LEAST_OF_NAME: usize = 6;
/// The digits that a number needs, as telephone and account numbers have.
const LEAST_DIGITS: usize = 9;
/// The bytes by which a needle is looked up.
pub(super) const KEY: usize = 8;

/// The needle must end at the end of a word.
const WHOLE: u8 = 1;
/// The needle is a single word that is shorter than a key. It is matched only in the spelling of a word, and not
/// in binary data.
const SHORT: u8 = 2;

const ANY: u8 = u8::MAX;

struct Needle {
    bytes: Box<[u8]>,
    /// For each byte, the gaps that may stand before it.
    gaps: Box<[u8]>,
    flags: u8,
    owner: u32,
}

pub(super) struct NeedleBuilder<'d> {
    found: Vec<Needle>,
    /// The words of dates. Every page has dates, so a date reveals nothing.
    dates: &'d HashSet<String>,
}

impl<'d> NeedleBuilder<'d> {
    pub(super) fn new(dates: &'d HashSet<String>) -> NeedleBuilder<'d> {
        NeedleBuilder { found: Vec::new(), dates }
    }

    /// Adds a text of `owner`: each of its lines, or the whole text if no line is significant on its own.
    pub(super) fn add(&mut self, owner: u32, text: &str, least: Threshold) {
        let mut any = false;
        for line in text.lines() {
            any |= self.line(owner, line, least);
        }
        if !any {
            self.line(owner, text, least);
        }
    }

    fn line(&mut self, owner: u32, text: &str, least: Threshold) -> bool {
        if !least.is_met(text) || is_date(text, self.dates) {
            return false;
        }
        let letters = decode::letters(text);
        let weight = Weight::of(&letters);
        if !weight.is_enough(text, least) {
            return false;
        }
        for piece in pieces(&letters) {
            self.found.push(needle(&letters, piece, owner));
        }
        true
    }

    pub(super) fn finish(self) -> Needles {
        Needles::new(self.found)
    }
}

/// The amount of text that is significant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Threshold {
    /// For values of `internal` and `reviewed_by`: three Japanese characters, or a name.
    Value,
    /// For text that is not visible yet: eight characters, because shorter texts are parts of sentences.
    Words,
}

impl Threshold {
    fn is_met(self, text: &str) -> bool {
        self == Threshold::Value || text.trim().chars().count() >= LEAST
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Weight {
    letters: usize,
    digits: usize,
    sum: usize,
}

impl Weight {
    fn of(letters: &Letters) -> Weight {
        let mut all = Weight::default();
        for c in String::from_utf8_lossy(letters.bytes()).chars() {
            all.sum += if is_cjk(c) { 3 } else { 1 };
            all.letters += usize::from(c.is_alphabetic());
            all.digits += usize::from(c.is_numeric());
        }
        all
    }

    fn is_enough(self, text: &str, least: Threshold) -> bool {
        if self.letters == 0 {
            return self.digits >= LEAST_DIGITS;
        }
        let is_name = least == Threshold::Value && is_name(text);
        self.sum >= if is_name { LEAST_OF_NAME } else { LEAST }
    }
}

/// Whether each word begins with a capital.
pub(super) fn is_name(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    words.peek().is_some() && words.all(|word| word.starts_with(char::is_uppercase))
}

/// Whether the text is a date or a time of day, in figures or in the words of a language.
fn is_date(text: &str, dates: &HashSet<String>) -> bool {
    let mut words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).peekable();
    if words.peek().is_some() {
        return words.all(|word| dates.contains(word) || matches!(word, "T" | "Z"));
    }
    let numbers: Vec<&str> = text.split(|c: char| !c.is_numeric()).filter(|n| !n.is_empty()).collect();
    let is_day = matches!(numbers.as_slice(), [year, month, ..] if year.len() == 4
        && (year.starts_with("19") || year.starts_with("20")) && month.len() <= 2);
    is_day || text.contains([':', '：'])
}

/// The ranges of the needles of a text: at word boundaries, and not longer than the limit.
fn pieces(letters: &Letters) -> Vec<(usize, usize)> {
    let all = letters.len();
    let edge_from = |from: usize| (from..all).find(|at| letters.is_edge(*at));
    let mut found = Vec::new();
    let mut start = 0;
    while start < all {
        if all - start <= LONGEST {
            found.push((start, all));
            break;
        }
        let limit = start + LONGEST;
        let edge = (start + 1..=limit).rev().find(|at| letters.is_edge(*at));
        let letter = (start + 1..=limit).rev().find(|at| letters.is_letter(*at));
        let end = edge.or(letter).unwrap_or(limit);
        found.push((start, end));
        let next = if all - end < REST { all - LONGEST } else { end };
        match edge_from(next.max(start + 1)) {
            // The rest of a word that is longer than a needle is not significant.
            Some(next) if all - next >= REST => start = next,
            _ => break,
        }
    }
    found
}

fn needle(letters: &Letters, (start, end): (usize, usize), owner: u32) -> Needle {
    let bytes: Box<[u8]> = letters.bytes()[start..end].into();
    let mut before = start;
    let mut is_one_word = !letters.is_unspaced(start);
    let gaps = (start..end).map(|at| {
        if at == start || !letters.is_letter(at) {
            return ANY;
        }
        let is_spaced = !letters.is_unspaced(before) && !letters.is_unspaced(at);
        let are_digits = letters.bytes()[before].is_ascii_digit() && letters.bytes()[at].is_ascii_digit();
        before = at;
        is_one_word &= is_spaced && letters.gap_bit(at) == Gap::None.bit();
        gaps_like(letters.gap_bit(at), is_spaced, are_digits)
    });
    let gaps: Box<[u8]> = gaps.collect();
    let mut flags = 0;
    if letters.is_edge(end) {
        flags |= WHOLE;
    }
    if is_one_word && bytes.len() < KEY {
        flags |= SHORT;
    }
    Needle { bytes, gaps, flags, owner }
}

/// The gaps that match a gap of the private text. Words with blanks between them must stay separate and whole. In
/// other text, a blank or a line break between two letters does not matter.
fn gaps_like(own: u8, is_spaced: bool, are_digits: bool) -> u8 {
    const NONE: u8 = Gap::None.bit() | Gap::Tag.bit();
    const BLANK: u8 = Gap::Tag.bit() | Gap::Blank.bit() | Gap::Join.bit();
    const SIGNS: u8 = BLANK | Gap::Signs.bit();
    let loose = if is_spaced { 0 } else { NONE | Gap::Blank.bit() };
    let or_none = if are_digits { NONE } else { 0 };
    match own {
        own if own & NONE != 0 => NONE | loose,
        own if own == Gap::Blank.bit() => BLANK | loose | or_none,
        _ => SIGNS | loose | or_none,
    }
}

#[derive(Debug, Default)]
pub(super) struct Needles {
    bytes: Vec<u8>,
    gaps: Vec<u8>,
    /// The start of each needle, and one more for the end.
    starts: Vec<usize>,
    flags: Vec<u8>,
    owners: Vec<u32>,
    /// For each needle, the longest other needle that is a prefix of it.
    prefixes: Vec<Option<u32>>,
    bits: Vec<u64>,
    /// The openings of all needles: a bit for each [`opening`], among `OPENINGS`.
    openings: Vec<u64>,
    has_short: bool,
}

impl Needles {
    fn new(mut found: Vec<Needle>) -> Needles {
        found.sort_unstable_by(|a, b| (&a.bytes, a.owner).cmp(&(&b.bytes, b.owner)));
        // Needles with the same letters become one, which matches all that any of them matches.
        found.dedup_by(|other, kept| {
            let is_same = other.bytes == kept.bytes;
            if is_same {
                kept.gaps.iter_mut().zip(&other.gaps).for_each(|(kept, other)| *kept |= other);
                kept.flags &= other.flags;
            }
            is_same
        });
        let size = (found.len() * 32).next_power_of_two().clamp(1 << 12, 1 << 24);
        let mut all = Needles {
            bits: vec![0; size / 64],
            openings: vec![0; OPENINGS / 64],
            starts: vec![0],
            ..Needles::default()
        };
        let mut open: Vec<u32> = Vec::new();
        for (at, needle) in (0..).zip(found) {
            for opening in openings(&needle) {
                let (word, bit) = opening_bit(opening);
                all.openings[word] |= bit;
            }
            while open.last().is_some_and(|last| !needle.bytes.starts_with(all.at(*last))) {
                open.pop();
            }
            all.prefixes.push(open.last().copied());
            open.push(at);
            all.bytes.extend_from_slice(&needle.bytes);
            all.gaps.extend_from_slice(&needle.gaps);
            all.starts.push(all.bytes.len());
            all.flags.push(needle.flags);
            all.owners.push(needle.owner);
            let is_short = needle.bytes.len() < KEY;
            all.has_short |= is_short;
            let key = if is_short { short(key(&needle.bytes)) } else { key(&needle.bytes) };
            let (word, bits) = all.bits(key);
            all.bits[word] |= bits;
        }
        all
    }

    pub(super) fn filter(&self, keep: impl Fn(usize) -> bool) -> Needles {
        let kept = (0..self.len()).filter(|at| keep(*at)).map(|at| {
            let range = self.starts[at]..self.starts[at + 1];
            Needle {
                bytes: self.bytes[range.clone()].into(),
                gaps: self.gaps[range].into(),
                flags: self.flags[at],
                owner: self.owners[at],
            }
        });
        Needles::new(kept.collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.owners.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.owners.len()
    }

    pub(super) fn owner(&self, at: usize) -> u32 {
        self.owners[at]
    }

    /// Everything that decides what is found.
    pub(super) fn parts(&self) -> (&[u8], &[u8], &[usize], &[u8]) {
        (&self.bytes, &self.gaps, &self.starts, &self.flags)
    }

    fn at(&self, at: u32) -> &[u8] {
        let at = at as usize;
        &self.bytes[self.starts[at]..self.starts[at + 1]]
    }

    /// The word of the bit set, and the two bits in it, for a key.
    fn bits(&self, key: u64) -> (usize, u64) {
        let hash = key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let at = usize::try_from(hash >> 40).unwrap_or_default() & (self.bits.len() - 1);
        (at, 1 << (hash >> 34 & 63) | 1 << (hash >> 28 & 63))
    }

    fn is_known(&self, key: u64) -> bool {
        let (word, bits) = self.bits(key);
        self.bits[word] & bits == bits
    }

    /// Whether a needle may begin with these letters. The check is fast and rarely wrong.
    #[inline]
    pub(super) fn may_begin(&self, letters: &[u8]) -> bool {
        let key = key(letters);
        self.is_near(key) && self.begins(key)
    }

    /// Whether a needle may begin with a word with this opening.
    #[inline]
    pub(super) fn may_open(&self, opening: u32) -> bool {
        let (word, bit) = opening_bit(opening);
        self.openings.get(word).is_some_and(|bits| bits & bit != 0)
    }

    fn is_near(&self, key: u64) -> bool {
        self.is_known(key) || self.has_short && self.is_known(short(key))
    }

    /// Whether a needle begins with these eight bytes of letters.
    fn begins(&self, key: u64) -> bool {
        let text = key.to_le_bytes();
        let after = self.after(&text);
        let is_longer = (after as usize) < self.len() && self.at(after).starts_with(&text);
        is_longer || self.beginnings(after, &text).next().is_some()
    }

    /// The first needle that sorts after a text.
    fn after(&self, text: &[u8]) -> u32 {
        let (mut low, mut high) = (0, u32::try_from(self.len()).unwrap_or(u32::MAX));
        while low < high {
            let middle = low + (high - low) / 2;
            if self.at(middle) <= text { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// The needles that are prefixes of a text, the longest first.
    fn beginnings<'n>(&'n self, after: u32, text: &'n [u8]) -> impl Iterator<Item = u32> + 'n {
        let before = |needle: &u32| self.prefixes[*needle as usize];
        let all = std::iter::successors(after.checked_sub(1), before);
        all.filter(|needle| text.starts_with(self.at(*needle)))
    }

    /// Reports every needle that begins before `until`. Returns whether the callback never stopped it.
    pub(super) fn find(
        &self,
        letters: &Letters,
        until: usize,
        is_text: bool,
        hit: &mut dyn FnMut(usize) -> bool,
    ) -> bool {
        if self.is_empty() {
            return true;
        }
        for at in letters.edges().take_while(|at| *at < until) {
            let key = key(&letters.bytes()[at..]);
            if self.is_near(key) && !self.begin_at(letters, at, is_text, hit) {
                return false;
            }
        }
        true
    }

    fn begin_at(
        &self,
        letters: &Letters,
        at: usize,
        is_text: bool,
        hit: &mut dyn FnMut(usize) -> bool,
    ) -> bool {
        let text = &letters.bytes()[at..letters.len().min(at + LONGEST)];
        let mut found = self.beginnings(self.after(text), text).map(|needle| needle as usize);
        found.all(|needle| !self.fits(letters, at, needle, is_text) || hit(needle))
    }

    /// Whether the gaps between the letters are allowed.
    fn fits(&self, letters: &Letters, at: usize, needle: usize, is_text: bool) -> bool {
        let range = self.starts[needle]..self.starts[needle + 1];
        let end = at + range.len();
        let flags = self.flags[needle];
        if flags & WHOLE != 0 && !letters.is_edge(end) {
            return false;
        }
        if flags & SHORT != 0 && !(is_text && is_word(letters, at, end)) {
            return false;
        }
        self.gaps[range].iter().zip(at..end).all(|(gaps, at)| gaps & letters.gap_bit(at) != 0 || *gaps == ANY)
    }
}

/// Whether letters are written as a word is: in small letters, in capitals, or with one capital. Base64 rarely is.
fn is_word(letters: &Letters, start: usize, end: usize) -> bool {
    let is_first = letters.is_capital(start);
    let mut rest = (start + 1..end).map(|at| letters.is_capital(at)).peekable();
    let second = rest.peek().copied().unwrap_or(false);
    (is_first || !second) && rest.all(|is_capital| is_capital == second)
}

fn key(bytes: &[u8]) -> u64 {
    if let Some(key) = bytes.first_chunk() {
        return u64::from_le_bytes(*key);
    }
    let mut key = [0; KEY];
    let length = bytes.len().min(KEY);
    key[..length].copy_from_slice(&bytes[..length]);
    u64::from_le_bytes(key)
}

const OPENINGS: usize = 1 << 16;
/// The number of letters in an opening.
const OPENING: usize = 4;

/// The first four letters of an ASCII word, folded, or all letters of a shorter word.
#[inline]
pub(super) fn opening(first: [u8; OPENING], length: u32) -> u32 {
    // This bit turns capitals into small letters; digits already have it.
    let letters = u32::from_le_bytes(first) | 0x2020_2020;
    let unused = u32::BITS.saturating_sub(length * 8);
    letters & u32::MAX.checked_shr(unused).unwrap_or(0)
}

fn opening_bit(opening: u32) -> (usize, u64) {
    let at = opening.wrapping_mul(0x9e37_79b1) >> 16;
    ((at >> 6) as usize, 1 << (at & 63))
}

/// All openings of a needle within a run of ASCII. A needle that begins with other letters has none.
fn openings(needle: &Needle) -> impl Iterator<Item = u32> + '_ {
    const NONE: u8 = Gap::None.bit() | Gap::Tag.bit();
    let word = needle.bytes.iter().zip(&needle.gaps).take_while(|(byte, _)| byte.is_ascii());
    // A letter may belong to the word if the gap before it may be empty. If it may not, the word ends before the
    // letter.
    let goes_on = |(at, (_, gaps)): &(usize, (&u8, &u8))| *at == 0 || **gaps & NONE != 0;
    let length = word.clone().enumerate().take(OPENING).take_while(goes_on).count();
    let ends = move |at: &usize| *at == OPENING || needle.gaps.get(*at).is_some_and(|gaps| gaps & !NONE != 0);
    let mut first = [0; OPENING];
    first.iter_mut().zip(word).for_each(|(first, (byte, _))| *first = *byte);
    (1..=length).filter(ends).map(move |length| opening(first, u32::try_from(length).unwrap_or(0)))
}

/// The key of six bytes, which every needle has.
fn short(key: u64) -> u64 {
    key & 0xffff_ffff_ffff
}
