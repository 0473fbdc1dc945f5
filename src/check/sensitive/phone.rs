//! Telephone numbers: those of Japan in every way of writing, those with a country before them, those of
//! North America, and any other where the text says that it is one.

use super::digits::{Groups, begins, counted, ends, in_a_row, is_stamp};
use super::view::View;
use super::{Looks, Seen};

/// What says that a telephone number follows.
const CALLS: [&str; 28] = [
    "電話",
    "携帯",
    "ケータイ",
    "連絡先",
    "ファックス",
    "ファクス",
    "℡",
    "☎",
    "📞",
    "📱",
    "お電話番号",
    "전화",
    "电话",
    "電話番号",
    "手机",
    "tel",
    "phone",
    "telephone",
    "mobile",
    "cell",
    "call",
    "fax",
    "hotline",
    "telefon",
    "téléphone",
    "teléfono",
    "whatsapp",
    "телефон",
];

/// What stands before an extension; only the first ones where no number stands before them.
const EXTENSIONS: [&str; 7] = ["内線番号", "内線", "extension", "ext", "durchwahl", "poste", "x"];

fn seen(view: &View, start: usize, end: usize) -> Seen {
    (start..extension(view, end).unwrap_or(end), Looks::Phone)
}

/// A number that begins with this digit.
pub(super) fn find(view: &View, at: usize, groups: &Groups) -> Option<Seen> {
    if let Some(end) = national(view, groups) {
        return Some(seen(view, at, end));
    }
    let end = told(view, groups)?;
    view.told(at, 16, &CALLS).then(|| seen(view, at, end))
}

/// `内線 1234`, from its number.
pub(super) fn inside(view: &View, at: usize, groups: &Groups) -> Option<Seen> {
    let end = groups.end(1);
    if !(2..=6).contains(&(end - at)) || !ends(view, end) {
        return None;
    }
    view.after(at, &EXTENSIONS[..2]).map(|start| (start..end, Looks::Phone))
}

/// Where a number ends that the text calls one.
fn told(view: &View, groups: &Groups) -> Option<usize> {
    let count = longest(view, groups, |count| {
        let digits = groups.digits(count);
        (9..=15).contains(&digits.len()) && !is_stamp(digits) && digits.iter().any(|d| *d != digits[0])
    })?;
    (!counted(view, groups.end(count))).then(|| groups.end(count))
}

/// The most groups that have such a form and end there.
fn longest(view: &View, groups: &Groups, good: impl Fn(usize) -> bool) -> Option<usize> {
    (1..=groups.count()).rev().find(|count| ends(view, groups.end(*count)) && good(*count))
}

/// Where a number ends that the form alone shows to be one.
fn national(view: &View, groups: &Groups) -> Option<usize> {
    let count = longest(view, groups, |count| {
        let digits = groups.digits(count);
        let sizes = groups.sizes(count);
        let blanks = groups.all_gaps(view, count, b" ");
        match digits.get(..2) {
            Some([b'0', b'0']) => {
                let code =
                    sizes.len() > 2 && (2..=5).contains(&sizes[0]) && !groups.any_gap(view, count, b'.');
                code && has_country(digits.get(2..).unwrap_or_default(), sizes.len())
            }
            Some([b'0', b'1']) if sizes.len() > 3 && sizes[0] == 3 && digits[2] == b'0' => {
                has_country(&digits[3..], sizes.len())
            }
            Some([b'0', _]) => has_area(digits, sizes, blanks),
            Some([b'1', b'2'..=b'9']) => matches!(sizes, [1, 3, 3, 4]),
            Some([b'2'..=b'9', _]) => matches!(sizes, [3, 3, 4]) && !blanks,
            _ => false,
        }
    })?;
    let end = groups.end(count);
    let row = count > 1 && groups.all_gaps(view, count, b" ") && in_a_row(view, groups.start(), end);
    (!row && !counted(view, end)).then_some(end)
}

/// Area, exchange and number as in Japan, Britain, Germany and France.
fn has_area(digits: &[u8], sizes: &[usize], blanks: bool) -> bool {
    let mobile = digits[2..].first() == Some(&b'0');
    match *sizes {
        [11] => matches!(digits[1], b'6'..=b'9') && mobile,
        [2, 8] | [3, 7 | 8] | [4, 6] => !blanks,
        [5, 6] => digits[1] == b'7' || !blanks,
        [2, 4, 4] | [3, 3, 4] | [4, 2, 4] | [5, 1, 4] | [4, 3, 3 | 4] | [5, 3, 3] => true,
        [3, 4, 4] => mobile,
        // 01 02 03 04 05 is a count.
        [2, 2, 2, 2, 2] => (1..8).step_by(2).any(|n| digits[n + 2] != digits[n] + 1),
        _ => false,
    }
}

/// Digits that begin with the code of a country, and are as many as it has.
fn has_country(digits: &[u8], groups: usize) -> bool {
    let length = digits.len();
    let rest = |from: usize| digits.get(from..).unwrap_or_default();
    let trunk = |from: usize| usize::from(rest(from).first() == Some(&b'0'));
    match digits {
        [b'1', area, ..] => length == 11 && (b'2'..=b'9').contains(area),
        [b'8', b'1', ..] => matches!(length - trunk(2), 11 | 12),
        [b'4', b'4', ..] => matches!(length - trunk(2), 11 | 12),
        [b'2'..=b'9', ..] => (8..=15).contains(&length) && (groups > 1 || length > 9),
        _ => false,
    }
}

/// `+81 3-1234-5678`, from its plus.
pub(super) fn abroad(view: &View, at: usize) -> Option<Seen> {
    let from = view.run(at + 1, 1, |b| b == b' ');
    if !begins(view, at) || view.before(at).is_ascii_alphanumeric() || !view.byte(from).is_ascii_digit() {
        return None;
    }
    let groups = Groups::from(view, from);
    let count = longest(view, &groups, |count| {
        let digits = groups.digits(count);
        has_country(digits, count) && !is_stamp(digits)
    })?;
    let end = groups.end(count);
    if counted(view, end) { None } else { Some(seen(view, at, end)) }
}

/// `(03) 1234-5678`, from its bracket.
pub(super) fn bracket(view: &View, at: usize) -> Option<Seen> {
    let close = view.run(at + 1, 5, |b| b.is_ascii_digit());
    if close < at + 3 || view.byte(close) != b')' || view.before(at).is_ascii_alphanumeric() {
        return None;
    }
    Some(seen(view, at, national(view, &Groups::from(view, at + 1))?))
}

/// `TEL0312345678`: nothing between the word and the number.
pub(super) fn word(view: &View, at: usize, end: usize) -> Option<Seen> {
    if !view.before(end).is_ascii_digit() {
        return None;
    }
    let digits = view.run(at, end - at, |b| b.is_ascii_alphabetic());
    let called = CALLS.iter().any(|call| call.len() == digits - at && view.says(at, call));
    if !called {
        return None;
    }
    Some(seen(view, digits, told(view, &Groups::from(view, digits))?))
}

/// Where an extension ends that follows: `（内線 1234）`.
fn extension(view: &View, at: usize) -> Option<usize> {
    let from = view.run(at, 3, |b| matches!(b, b' ' | b'(' | b','));
    let from = if view.rest(from).starts_with('、') { from + 1 } else { from };
    let word = EXTENSIONS.iter().find(|word| {
        if word.is_ascii() { view.says(from, word) } else { view.rest(from).starts_with(**word) }
    })?;
    let digits = view.run(from + word.chars().count(), 2, |b| matches!(b, b' ' | b':' | b'.'));
    let end = view.run(digits, 7, |b| b.is_ascii_digit());
    (end > digits && end - digits < 7 && ends(view, end)).then_some(end)
}
