//! Numbers: what may begin with this digit, and the two kinds that prove themselves by a check digit,
//! cards and 個人番号.
//!
//! A bare number of twelve digits whose check digit is right is taken for an individual number only where
//! nothing calls it something else: one in eleven numbers has the right digit by chance.

use super::digits::{Groups, begins, counted, ends, in_a_row, is_stamp};
use super::view::View;
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
