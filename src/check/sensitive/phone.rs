//! Telephone numbers: Japanese ones in every notation, international ones, those of North America, and any number
//! that the text calls a telephone number.

use super::digits::{Groups, begins, counted, ends, in_a_row, is_stamp};
use super::pattern::Pattern;
use super::view::View;
use super::{Looks, Rule, Seen, rule};

/// Words that announce a telephone number.
static CALL: Pattern = Pattern::new(
    r"(?i)電話|携帯|ケータイ|連絡先|ファックス|ファクス|℡|☎|📞|📱|전화|电话|手机|téléphone|teléfono|телефон|(?:^|[^a-z])(?:tel|(?:tele)?phone|mobile|cell|call|fax|hotline|telefon|whatsapp)(?:$|[^a-z])",
);
/// An extension after a number: `（内線 1234）`.
static EXTENSION: Pattern =
    Pattern::new(r"(?i)^[ (,]{0,3}(?:、)?(?:内線(?:番号)?|extension|ext|durchwahl|poste|x)[ :.]{0,2}\d{1,6}");

pub(super) const RULES: [Rule; 1] =
    [rule(Looks::Phone, r"(内線(?:番号)?[ :.=]{0,3}\d{2,6})", |text, range| {
        ends(&text.view, range.end).then_some(range)
    })];

fn seen(view: &View, start: usize, end: usize) -> Seen {
    (start..extension(view, end).unwrap_or(end), Looks::Phone)
}

/// The number that begins with this digit.
pub(super) fn find(view: &View, at: usize, groups: &Groups) -> Option<Seen> {
    if let Some(end) = national(view, groups) {
        return Some(seen(view, at, end));
    }
    let end = labelled(view, groups)?;
    view.has_word_before(at, 16, &CALL).then(|| seen(view, at, end))
}

/// The end of a number that the text calls a telephone number.
fn labelled(view: &View, groups: &Groups) -> Option<usize> {
    let count = longest(view, groups, |count| {
        let digits = groups.digits(count);
        let same = digits.iter().all(|d| *d == digits[0]);
        let four = count == 4 && groups.all_gaps(view, count, b".");
        (9..=15).contains(&digits.len()) && !is_stamp(digits) && !same && !four
    })?;
    (!counted(view, groups.end(count))).then(|| groups.end(count))
}

/// The largest number of groups that satisfy `good` and may end there.
fn longest(view: &View, groups: &Groups, good: impl Fn(usize) -> bool) -> Option<usize> {
    (1..=groups.count()).rev().find(|count| ends(view, groups.end(*count)) && good(*count))
}

/// The end of a number whose form alone identifies it.
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

/// Whether area, exchange and number are as in Japan, Britain, Germany or France.
fn has_area(digits: &[u8], sizes: &[usize], blanks: bool) -> bool {
    let mobile = digits[2..].first() == Some(&b'0');
    match *sizes {
        [11] => matches!(digits[1], b'6'..=b'9') && mobile,
        [2, 8] | [3, 7 | 8] | [4, 6] => !blanks,
        [5, 6] => digits[1] == b'7' || !blanks,
        [2, 4, 4] | [3, 3, 4] | [4, 2, 4] | [5, 1, 4] | [4, 3, 3 | 4] | [5, 3, 3] => true,
        [3, 4, 4] => mobile,
        // 01 02 03 04 05 is a sequence, not a number.
        [2, 2, 2, 2, 2] => (1..8).step_by(2).any(|n| digits[n + 2] != digits[n] + 1),
        _ => false,
    }
}

/// Whether the digits begin with a country code and have the right length for it.
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

/// Reads `+81 3-1234-5678`, from the plus sign.
pub(super) fn abroad(view: &View, plus: usize, at: usize) -> Option<Seen> {
    if !begins(view, plus) || view.before(plus).is_ascii_alphanumeric() {
        return None;
    }
    let groups = Groups::from(view, at);
    let count = longest(view, &groups, |count| {
        let digits = groups.digits(count);
        has_country(digits, count) && !is_stamp(digits)
    })?;
    let end = groups.end(count);
    if counted(view, end) { None } else { Some(seen(view, plus, end)) }
}

/// Reads `(03) 1234-5678`, from its first digit.
pub(super) fn bracket(view: &View, at: usize, groups: &Groups) -> Option<Seen> {
    let open = at.checked_sub(1).filter(|open| view.byte(*open) == b'(')?;
    let close = view.byte(groups.end(1)) == b')' && !view.before(open).is_ascii_alphanumeric();
    close.then(|| national(view, groups)).flatten().map(|end| seen(view, open, end))
}

/// Reads `TEL0312345678`, without a gap between the word and the number.
pub(super) fn word(view: &View, at: usize, groups: &Groups) -> Option<Seen> {
    let end = labelled(view, groups)?;
    view.has_word_before(at, 10, &CALL).then(|| seen(view, at, end))
}

/// The end of an extension that follows.
fn extension(view: &View, at: usize) -> Option<usize> {
    let end = at + EXTENSION.find(view.rest(at))?.end;
    ends(view, end).then_some(end)
}
