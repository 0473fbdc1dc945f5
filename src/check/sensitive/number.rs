//! Numbers: what may begin with this digit, and the two kinds that prove themselves by a check digit,
//! cards and 個人番号.
//!
//! A bare number of twelve digits whose check digit is right is taken for an individual number only where
//! nothing calls it something else: one in eleven numbers has the right digit by chance.

use super::view::{LETTER, View};
use super::{Looks, Seen, host, key, phone};

/// What a number of a person is called.
const PERSON: [&str; 8] = [
    "マイナンバー",
    "個人番号",
    "my number",
    "mynumber",
    "my-number",
    "my_number",
    "individual number",
    "マイナ番号",
];

/// What a card is called.
const CARD: [&str; 11] =
    ["カード", "クレジット", "card", "cards", "visa", "mastercard", "amex", "jcb", "pan", "carte", "信用卡"];

/// What other numbers are called.
const OTHER: [&str; 34] = [
    "番号",
    "ID",
    "コード",
    "ブロック",
    "残高",
    "id",
    "ids",
    "order",
    "orders",
    "no",
    "number",
    "ticket",
    "case",
    "block",
    "ref",
    "reference",
    "invoice",
    "tracking",
    "txid",
    "tx",
    "hash",
    "nonce",
    "height",
    "code",
    "request",
    "trace",
    "isbn",
    "jan",
    "ean",
    "seq",
    "sequence",
    "timestamp",
    "serial",
    "build",
];

/// What an account of a cloud is called.
const CLOUD: [&str; 4] = ["aws", "aws account", "amazon web services", "awsアカウント"];

/// What is counted, and so no name of anything.
const UNITS: [&str; 32] = [
    "円",
    "秒",
    "分",
    "銭",
    "件",
    "回",
    "名",
    "人",
    "枚",
    "個",
    "万",
    "億",
    "バイト",
    "ドル",
    "wei",
    "gwei",
    "sat",
    "satoshi",
    "sats",
    "yen",
    "jpy",
    "usd",
    "eur",
    "btc",
    "eth",
    "xrp",
    "bytes",
    "byte",
    "ms",
    "drops",
    "lamports",
    "%",
];

/// Digits in groups: `03-1234-5678`, `(555) 123-4567`.
pub(super) struct Groups {
    sizes: [usize; 8],
    ends: [usize; 8],
    count: usize,
    digits: [u8; MOST],
}

/// More digits than any number has.
const MOST: usize = 24;

impl Groups {
    /// As many groups as follow one another from here, up to a date.
    pub(super) fn from(view: &View, start: usize) -> Self {
        let mut groups = Groups { sizes: [0; 8], ends: [start; 8], count: 0, digits: [0; MOST] };
        let (mut at, mut total) = (start, 0);
        while groups.count < 8 {
            let end = view.run(at, MOST, |b| b.is_ascii_digit());
            let size = end - at;
            if size == 0 || total + size > MOST || is_date(view, at, end) {
                break;
            }
            groups.digits[total..total + size].copy_from_slice(view.bytes(at..end));
            groups.sizes[groups.count] = size;
            groups.ends[groups.count] = end;
            groups.count += 1;
            total += size;
            let gap = gap(view, end);
            if gap == 0 {
                break;
            }
            at = end + gap;
        }
        groups
    }

    pub(super) fn count(&self) -> usize {
        self.count
    }

    pub(super) fn start(&self) -> usize {
        self.ends[0] - self.sizes[0]
    }

    /// Where the first so many groups end.
    pub(super) fn end(&self, count: usize) -> usize {
        self.ends[count.saturating_sub(1).min(7)]
    }

    /// How long each of the first so many groups is.
    pub(super) fn sizes(&self, count: usize) -> &[usize] {
        &self.sizes[..count.min(self.count)]
    }

    /// The digits of the first so many groups.
    pub(super) fn digits(&self, count: usize) -> &[u8] {
        &self.digits[..self.sizes(count).iter().sum::<usize>().min(MOST)]
    }

    /// Whether every gap of the first so many groups is this.
    pub(super) fn all_gaps(&self, view: &View, count: usize, gap: &[u8]) -> bool {
        (1..count.min(self.count)).all(|n| view.bytes(self.ends[n - 1]..self.ends[n] - self.sizes[n]) == gap)
    }

    /// Whether such a byte stands in a gap of the first so many groups.
    pub(super) fn any_gap(&self, view: &View, count: usize, byte: u8) -> bool {
        let start = self.start().min(self.end(count));
        view.bytes(start..self.end(count)).contains(&byte)
    }
}

/// How much stands between two groups.
fn gap(view: &View, at: usize) -> usize {
    let mut length = 0;
    while length < 4 {
        let byte = view.byte(at + length);
        if byte.is_ascii_digit() {
            return length;
        }
        if !matches!(byte, b' ' | b'-' | b'.' | b'(' | b')')
            || length > 0 && view.byte(at + length - 1) == byte
        {
            return 0;
        }
        length += 1;
    }
    0
}

/// `2026-11-20`, `2026.11`
fn is_date(view: &View, at: usize, end: usize) -> bool {
    let year = end - at == 4 && matches!(view.bytes(at..at + 2), b"19" | b"20");
    let month = view.run(end + 1, 3, |b| b.is_ascii_digit()) - (end + 1).min(view.len());
    year && matches!(view.byte(end), b'-' | b'.') && month == 2
}

/// A number as machines write moments: `20261120101500`, `202611201015`, `261120101500`.
pub(super) fn is_stamp(digits: &[u8]) -> bool {
    let part = |from: usize, length: usize| {
        let part = digits.get(from..from + length).unwrap_or_default();
        part.iter().fold(0_u32, |sum, d| sum * 10 + u32::from(d - b'0'))
    };
    let day = |from: usize| (1..=12).contains(&part(from, 2)) && (1..=31).contains(&part(from + 2, 2));
    let time = |from: usize| part(from, 2) < 24 && part(from + 2, 2) < 60 && part(from + 4, 2) < 60;
    let century = matches!(part(0, 2), 19 | 20);
    century && matches!(digits.len(), 8 | 10 | 12 | 14 | 16 | 17) && day(4) && time(8)
        || digits.len() == 12 && day(2) && time(6)
}

/// Whether a number may begin here at all: it is no part of an amount, a code or a time.
pub(super) fn begins(view: &View, at: usize) -> bool {
    let before = view.before(at);
    let earlier = at.checked_sub(2).map_or(0, |n| view.byte(n));
    match before {
        b'-' | b'_' => !earlier.is_ascii_alphanumeric(),
        b':' | b',' => !earlier.is_ascii_digit(),
        b'.' => {
            earlier >= LETTER || earlier.is_ascii_alphabetic() && view.before(at - 2).is_ascii_alphabetic()
        }
        b'/' => earlier.is_ascii_digit() || earlier >= LETTER || earlier == b' ',
        b'\\' | b'$' | b'#' | b'%' | b'&' | b'^' | b'@' | b'+' => false,
        _ => true,
    }
}

/// Whether a number may end here: nothing goes on with it.
pub(super) fn ends(view: &View, at: usize) -> bool {
    let next = view.byte(at + 1);
    match view.byte(at) {
        b'-' | b'.' | b'@' | b'_' => !next.is_ascii_alphanumeric(),
        b':' | b',' => !next.is_ascii_digit(),
        b'%' | LETTER => false,
        byte => !byte.is_ascii_alphanumeric(),
    }
}

/// Whether something is counted: a word of measure follows.
pub(super) fn counted(view: &View, at: usize) -> bool {
    let at = view.run(at, 1, |b| b == b' ');
    UNITS.iter().any(|unit| {
        if unit.is_ascii() {
            view.says(at, unit) && !view.byte(at + unit.len()).is_ascii_alphanumeric()
        } else {
            view.rest(at).starts_with(unit)
        }
    })
}

/// Whether it is a part of a row of numbers: another one stands right before or after.
pub(super) fn in_a_row(view: &View, start: usize, end: usize) -> bool {
    let digit = |b: u8| b.is_ascii_digit();
    let free = |b: u8| matches!(b, 0 | b' ' | b'\n' | b'\t' | b'[' | b'(' | b'|');
    let earlier = view.back(start.saturating_sub(1), 12, digit);
    let before = view.before(start) == b' ' && earlier + 1 < start && free(view.before(earlier));
    let later = view.run(end + 1, 12, digit);
    let after =
        view.byte(end) == b' ' && later > end + 1 && (free(view.byte(later)) || view.byte(later) == b'.');
    before || after
}

/// What begins with this digit.
pub(super) fn find(view: &View, at: usize, in_address: bool) -> Option<Seen> {
    if let Some(seen) = key::telegram(view, at) {
        return Some(seen);
    }
    if in_address && view.before(at) != b'=' {
        return None;
    }
    if view.byte(view.run(at, 3, |b| b.is_ascii_digit())) == b'.'
        && let Some(seen) = host::four(view, at)
    {
        return Some(seen);
    }
    if in_address || !begins(view, at) {
        return None;
    }
    let groups = Groups::from(view, at);
    if groups.digits(8).len() < 9 {
        return phone::inside(view, at, &groups);
    }
    card(view, at, &groups).or_else(|| person(view, at, &groups)).or_else(|| phone::find(view, at, &groups))
}

fn card(view: &View, at: usize, groups: &Groups) -> Option<Seen> {
    let count = (1..=groups.count()).rev().find(|count| {
        let even = groups.all_gaps(view, *count, b" ") || groups.all_gaps(view, *count, b"-");
        let shape = matches!(
            groups.sizes(*count),
            [13..=19] | [4, 4, 4, 4] | [4, 4, 4, 4, 3] | [4, 6, 4 | 5] | [4, 3, 3, 3] | [6, 13]
        );
        even && shape && ends(view, groups.end(*count))
    })?;
    let (digits, end) = (groups.digits(count), groups.end(count));
    let called = view.told(at, 16, &CARD);
    let other = count == 1 && (is_unusual(digits) || view.told(at, 12, &OTHER) || counted(view, end));
    let row = count > 1 && groups.all_gaps(view, count, b" ") && in_a_row(view, at, end);
    let good = is_card(digits) && luhn(digits) && (called || !other && !row);
    good.then_some((at..end, Looks::Card))
}

/// Lengths that the makers allow and hardly give out; numbers of companies have thirteen digits.
fn is_unusual(digits: &[u8]) -> bool {
    match digits.len() {
        14 => digits[0] != b'3',
        15 | 16 => false,
        _ => !digits.starts_with(b"62"),
    }
}

/// Beginnings and lengths that are given out.
fn is_card(digits: &[u8]) -> bool {
    let first =
        |length: usize| digits.iter().take(length).fold(0_u32, |sum, d| sum * 10 + u32::from(d - b'0'));
    let length = digits.len();
    match (first(2), first(4)) {
        (40..=49, _) => matches!(length, 13 | 16 | 19),
        (51..=55, _) | (_, 2221..=2720) => length == 16,
        (34 | 37, _) => length == 15,
        (36 | 38 | 39, _) | (_, 3000..=3059 | 3095) => (14..=19).contains(&length),
        (62 | 65, _) | (_, 3528..=3589 | 6011 | 6440..=6499 | 8100..=8171) => (16..=19).contains(&length),
        _ => false,
    }
}

/// ISO/IEC 7812-1, annex B.
fn luhn(digits: &[u8]) -> bool {
    let sum = digits.iter().rev().enumerate().fold(0_u32, |sum, (n, digit)| {
        let digit = u32::from(digit - b'0');
        let twice = digit * 2;
        sum + if n % 2 == 0 { digit } else { twice / 10 + twice % 10 }
    });
    sum % 10 == 0
}

fn person(view: &View, at: usize, groups: &Groups) -> Option<Seen> {
    let count = (1..=groups.count().min(3)).rev().find(|count| {
        let even = groups.all_gaps(view, *count, b" ") || groups.all_gaps(view, *count, b"-");
        even && matches!(groups.sizes(*count), [12] | [4, 4, 4]) && ends(view, groups.end(*count))
    })?;
    let (digits, end) = (groups.digits(count), groups.end(count));
    if view.told(at, 24, &PERSON) {
        return Some((at..end, Looks::NationalId));
    }
    if view.told(at, 24, &CLOUD) {
        return Some((at..end, Looks::Host));
    }
    let longer = in_a_row(view, at, end) || counted(view, end);
    let same = digits.iter().all(|d| *d == digits[0]);
    let other = same || longer || is_stamp(digits) || view.told(at, 16, &OTHER);
    (is_person(digits) && !other).then_some((at..end, Looks::NationalId))
}

/// The ordinance on 個人番号 (平成26年総務省令第85号), article 5.
fn is_person(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .skip(1)
        .zip([2, 3, 4, 5, 6, 7, 2, 3, 4, 5, 6])
        .map(|(d, q)| u32::from(d - b'0') * q)
        .sum();
    let check = match sum % 11 {
        0 | 1 => 0,
        rest => 11 - rest,
    };
    digits.last().is_some_and(|last| u32::from(last - b'0') == check)
}
