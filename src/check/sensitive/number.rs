//! Numbers that a check digit proves, those of cards and 個人番号, and where any number begins.
//!
//! A bare number of twelve digits with the right check digit counts as a 個人番号 only if no other name stands
//! beside it, because one in eleven numbers has the right digit by chance.

use super::digits::{Groups, begins, counted, ends, in_a_row, is_stamp};
use super::pattern::Pattern;
use super::view::View;
use super::{Looks, Seen, Text, phone, public_number};

/// A candidate for a number: nine digits with only separators between them. It must start at the beginning of the
/// row, so that each digit is visited once.
pub(super) const PATTERN: &str = r"(?:^|[^\d .()-])[ .()-]*(?:\d[ .()-]*){9}";

/// Names for a personal number.
static PERSON: Pattern = Pattern::new(
    r"(?i)マイナンバー|個人番号|マイナ番号|(?:^|[^a-z])(?:my[ _-]?number|individual number)(?:$|[^a-z])",
);
/// Names for a card.
static CARD: Pattern = Pattern::new(
    r"(?i)カード|クレジット|信用卡|(?:^|[^a-z])(?:cards?|visa|mastercard|amex|jcb|pan|carte)(?:$|[^a-z])",
);
/// Names for other numbers.
static OTHER: Pattern = Pattern::new(
    r"(?i)番号|コード|ブロック|残高|(?:^|[^a-z])(?:ids?|orders?|no|number|ticket|case|block|ref|reference|invoice|tracking|txid|tx|hash|nonce|height|code|request|trace|isbn|jan|ean|seq|sequence|timestamp|serial|build)(?:$|[^a-z])",
);
/// Names for a cloud account.
static CLOUD: Pattern = Pattern::new(r"(?i)(?:^|[^a-z])(?:aws|amazon web services)(?:$|[^a-z])");

pub(super) fn find(text: &Text, seen: &mut Vec<Seen>) {
    let view = &text.view;
    let mut at = 0;
    while let Some(digit) = view.rest(at).bytes().position(|b| b.is_ascii_digit()) {
        let start = at + digit;
        let found = number(view, start).filter(|_| !text.is_in_address(start));
        let end = found.as_ref().map_or(0, |(range, _)| range.end);
        at = end.max(view.run(start, usize::MAX, |b| b.is_ascii_alphanumeric() || b == b'_'));
        seen.extend(found.filter(|found| !is_public(view, found)));
    }
}

fn is_public(view: &View, (range, looks): &Seen) -> bool {
    let number = view.plain().get(range.clone()).unwrap_or_default();
    *looks == Looks::Phone && public_number::is_public(number)
}

/// The number that begins with this digit.
fn number(view: &View, at: usize) -> Option<Seen> {
    let plus = view.back(at, 1, |b| b == b' ').checked_sub(1).filter(|plus| view.byte(*plus) == b'+');
    let abroad = plus.and_then(|plus| phone::abroad(view, plus, at));
    if abroad.is_some() || !begins(view, at) {
        return abroad;
    }
    let groups = Groups::from(view, at);
    if groups.digits(9).len() < 9 {
        return None;
    }
    if view.before(at).is_ascii_alphabetic() {
        return phone::word(view, at, &groups);
    }
    phone::bracket(view, at, &groups)
        .or_else(|| card(view, at, &groups))
        .or_else(|| person(view, at, &groups))
        .or_else(|| phone::find(view, at, &groups))
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
    let called = view.has_word_before(at, 16, &CARD);
    let other =
        count == 1 && (is_unusual(digits) || view.has_word_before(at, 12, &OTHER) || counted(view, end));
    let row = count > 1 && groups.all_gaps(view, count, b" ") && in_a_row(view, at, end);
    let good = is_card(digits) && luhn(digits) && (called || !other && !row);
    good.then_some((at..end, Looks::Card))
}

/// Whether issuers allow the length but hardly use it. Company numbers have thirteen digits.
fn is_unusual(digits: &[u8]) -> bool {
    match digits.len() {
        14 => digits[0] != b'3',
        15 | 16 => false,
        _ => !digits.starts_with(b"62"),
    }
}

/// Whether issuers use this prefix and length.
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

/// Checks the Luhn digit (ISO/IEC 7812-1, annex B).
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
    if view.has_word_before(at, 24, &PERSON) {
        return Some((at..end, Looks::NationalId));
    }
    if view.has_word_before(at, 24, &CLOUD) {
        return Some((at..end, Looks::Host));
    }
    let longer = in_a_row(view, at, end) || counted(view, end);
    let same = digits.iter().all(|d| *d == digits[0]);
    let other = same || longer || is_stamp(digits) || view.has_word_before(at, 16, &OTHER);
    (is_person(digits) && !other).then_some((at..end, Looks::NationalId))
}

/// Checks the digit of a 個人番号 (平成26年総務省令第85号, article 5).
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
