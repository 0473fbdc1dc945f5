//! What is looked for: pieces of private texts of bounded length, and where they stand in letters.
//!
//! Needles lie sorted in one table. At each place where one may begin, its first eight bytes are looked up among
//! bits; only where they are known, the table is searched by halves. Nothing here grows faster than the texts:
//! a needle has a greatest length, and of needles with the same letters there is one.

use std::collections::HashSet;

use super::decode;
use super::letters::{Gap, Letters, is_cjk};

/// Bytes of the longest needle: 85 letters of Japanese. A longer text is looked for in pieces.
pub(super) const LONGEST: usize = 256;
/// A rest shorter than this is no piece of its own.
const REST: usize = 64;
/// What a text must weigh to prove anything: a letter of Han, kana or hangul is three, any other is one.
const LEAST: usize = 8;
/// The same for names: texts of which each word begins with a capital.
const LEAST_OF_NAME: usize = 6;
/// Digits that a number must have: those of telephones and accounts have as many.
const LEAST_DIGITS: usize = 9;
/// Bytes that a needle is looked up by.
pub(super) const KEY: usize = 8;

/// It must end where a word ends.
const WHOLE: u8 = 1;
/// One word shorter than a key: it is found as a word is written, and not among bytes that are no text.
const SHORT: u8 = 2;

const ANY: u8 = u8::MAX;

struct Needle {
    bytes: Box<[u8]>,
    /// For each byte the gaps that may stand before it.
    gaps: Box<[u8]>,
    flags: u8,
    owner: u32,
}

/// Makes needles of texts.
pub(super) struct NeedleBuilder<'d> {
    found: Vec<Needle>,
    /// Words of dates: every page has dates, and one gives nothing away.
    dates: &'d HashSet<String>,
}

impl<'d> NeedleBuilder<'d> {
    pub(super) fn new(dates: &'d HashSet<String>) -> NeedleBuilder<'d> {
        NeedleBuilder { found: Vec::new(), dates }
    }

    /// Looks for a text of `owner`: for each of its lines, and for the whole where no line is enough.
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

/// How much a text must say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Threshold {
    /// Of `internal` and `reviewed_by`: three letters of Japanese, a name.
    Value,
    /// Of words that are not yet visible: eight characters. Shorter ones are parts of sentences.
    Words,
}

impl Threshold {
    fn is_met(self, text: &str) -> bool {
        self == Threshold::Value || text.trim().chars().count() >= LEAST
    }
}

/// What a text has to prove anything with.
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

/// Whether it is a date or a time of day, in figures or with the words of some language.
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

/// Where the needles of a text begin and end: at words, none longer than the longest.
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
            // What is left of a word that is longer than a needle proves nothing.
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

/// The gaps that may stand where a private text has this one. Words with blanks between must stay apart and
/// whole; of others it makes no difference whether a blank or a line break stands between two letters.
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

/// All that is looked for.
#[derive(Debug, Default)]
pub(super) struct Needles {
    bytes: Vec<u8>,
    gaps: Vec<u8>,
    /// Where each begins, and one more for the end.
    starts: Vec<usize>,
    flags: Vec<u8>,
    owners: Vec<u32>,
    /// For each, the longest other that it begins with.
    prefixes: Vec<Option<u32>>,
    bits: Vec<u64>,
    /// With which words needles begin: a bit for each [`opening`], among `OPENINGS`.
    openings: Vec<u64>,
    has_short: bool,
}

impl Needles {
    fn new(mut found: Vec<Needle>) -> Needles {
        found.sort_unstable_by(|a, b| (&a.bytes, a.owner).cmp(&(&b.bytes, b.owner)));
        // Of needles with the same letters one is left, which allows what any of them does.
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

    /// All that decides what is found.
    pub(super) fn parts(&self) -> (&[u8], &[u8], &[usize], &[u8]) {
        (&self.bytes, &self.gaps, &self.starts, &self.flags)
    }

    fn at(&self, at: u32) -> &[u8] {
        let at = at as usize;
        &self.bytes[self.starts[at]..self.starts[at + 1]]
    }

    /// The word and the two bits in it that stand for a key.
    fn bits(&self, key: u64) -> (usize, u64) {
        let hash = key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let at = usize::try_from(hash >> 40).unwrap_or_default() & (self.bits.len() - 1);
        (at, 1 << (hash >> 34 & 63) | 1 << (hash >> 28 & 63))
    }

    fn is_known(&self, key: u64) -> bool {
        let (word, bits) = self.bits(key);
        self.bits[word] & bits == bits
    }

    /// Whether a needle may begin where these letters do: seldom wrong, and quick.
    #[inline]
    pub(super) fn may_begin(&self, letters: &[u8]) -> bool {
        let key = key(letters);
        self.is_near(key) && self.begins(key)
    }

    /// Whether a needle may begin with a word that begins like this.
    #[inline]
    pub(super) fn may_open(&self, opening: u32) -> bool {
        let (word, bit) = opening_bit(opening);
        self.openings.get(word).is_some_and(|bits| bits & bit != 0)
    }

    fn is_near(&self, key: u64) -> bool {
        self.is_known(key) || self.has_short && self.is_known(short(key))
    }

    /// Whether a needle begins with eight bytes of letters.
    fn begins(&self, key: u64) -> bool {
        let text = key.to_le_bytes();
        let after = self.after(&text);
        let is_longer = (after as usize) < self.len() && self.at(after).starts_with(&text);
        is_longer || self.beginnings(after, &text).next().is_some()
    }

    /// The first needle that comes after a text in their order.
    fn after(&self, text: &[u8]) -> u32 {
        let (mut low, mut high) = (0, u32::try_from(self.len()).unwrap_or(u32::MAX));
        while low < high {
            let middle = low + (high - low) / 2;
            if self.at(middle) <= text { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// The needles that a text begins with, the longest first.
    fn beginnings<'n>(&'n self, after: u32, text: &'n [u8]) -> impl Iterator<Item = u32> + 'n {
        let before = |needle: &u32| self.prefixes[*needle as usize];
        let all = std::iter::successors(after.checked_sub(1), before);
        all.filter(|needle| text.starts_with(self.at(*needle)))
    }

    /// Tells every needle that begins before `until`; whether nobody said that it is enough.
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

    /// Tells the needles that begin at a place.
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

    /// Whether what stands between the letters is what may.
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

/// Whether letters are written as a word is: small, large, or with one capital. Base64 seldom is.
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

/// How many openings are told apart.
const OPENINGS: usize = 1 << 16;
/// How many letters of the first word are looked at.
const OPENING: usize = 4;

/// The first four letters of a word of ASCII, folded; of a shorter word all that it has.
#[inline]
pub(super) fn opening(first: [u8; OPENING], length: u32) -> u32 {
    // Capitals get the bit of small letters, and digits have it.
    let letters = u32::from_le_bytes(first) | 0x2020_2020;
    let unused = u32::BITS.saturating_sub(length * 8);
    letters & u32::MAX.checked_shr(unused).unwrap_or(0)
}

fn opening_bit(opening: u32) -> (usize, u64) {
    let at = opening.wrapping_mul(0x9e37_79b1) >> 16;
    ((at >> 6) as usize, 1 << (at & 63))
}

/// All ways in which a needle may begin in a run of ASCII. One that begins with other letters begins in none.
fn openings(needle: &Needle) -> impl Iterator<Item = u32> + '_ {
    const NONE: u8 = Gap::None.bit() | Gap::Tag.bit();
    let word = needle.bytes.iter().zip(&needle.gaps).take_while(|(byte, _)| byte.is_ascii());
    // Where nothing may stand before a letter, it belongs to the word; where a gap may, a word may end before it.
    let goes_on = |(at, (_, gaps)): &(usize, (&u8, &u8))| *at == 0 || **gaps & NONE != 0;
    let length = word.clone().enumerate().take(OPENING).take_while(goes_on).count();
    let ends = move |at: &usize| *at == OPENING || needle.gaps.get(*at).is_some_and(|gaps| gaps & !NONE != 0);
    let mut first = [0; OPENING];
    first.iter_mut().zip(word).for_each(|(first, (byte, _))| *first = *byte);
    (1..=length).filter(ends).map(move |length| opening(first, u32::try_from(length).unwrap_or(0)))
}

/// The same of six bytes, which every needle has.
fn short(key: u64) -> u64 {
    key & 0xffff_ffff_ffff
}
