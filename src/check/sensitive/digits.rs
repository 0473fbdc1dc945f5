//! Groups of digits in a text, and whether they can be a number of their own or are part of an amount, a date or a
//! code. Patterns cannot do this: all gaps in a number must be alike, and a linear-time pattern cannot compare two
//! places.

use super::pattern::Pattern;
use super::view::View;

/// Units. A counted amount does not identify anything.
static UNIT: Pattern = Pattern::new(
    r"(?i)^ ?(?:円|秒|分|銭|件|回|名|人|枚|個|万|億|バイト|ドル|%|(?:g?wei|sats?|satoshi|yen|jpy|usd|eur|btc|eth|xrp|bytes?|ms|drops|lamports)(?:$|[^0-9a-z]))",
);

/// Groups of digits: `03-1234-5678`, `(555) 123-4567`.
pub(super) struct Groups {
    sizes: [usize; 8],
    ends: [usize; 8],
    count: usize,
    digits: [u8; MOST],
}

/// An upper bound for the digits of a number.
const MOST: usize = 24;

impl Groups {
    /// Reads consecutive groups from here, up to a date.
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

    pub(super) fn end(&self, count: usize) -> usize {
        self.ends[count.saturating_sub(1).min(7)]
    }

    pub(super) fn sizes(&self, count: usize) -> &[usize] {
        &self.sizes[..count.min(self.count)]
    }

    pub(super) fn digits(&self, count: usize) -> &[u8] {
        &self.digits[..self.sizes(count).iter().sum::<usize>().min(MOST)]
    }

    /// Whether every gap of the first `count` groups equals `gap`.
    pub(super) fn all_gaps(&self, view: &View, count: usize, gap: &[u8]) -> bool {
        (1..count.min(self.count)).all(|n| view.bytes(self.ends[n - 1]..self.ends[n] - self.sizes[n]) == gap)
    }

    /// Whether a gap of the first `count` groups contains this byte.
    pub(super) fn any_gap(&self, view: &View, count: usize, byte: u8) -> bool {
        let start = self.start().min(self.end(count));
        view.bytes(start..self.end(count)).contains(&byte)
    }
}

/// The length of the gap between two groups.
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

/// Whether the digits begin a date: `2026-11-20`, `2026.11`.
fn is_date(view: &View, at: usize, end: usize) -> bool {
    let year = end - at == 4 && matches!(view.bytes(at..at + 2), b"19" | b"20");
    let month = view.run(end + 1, 3, |b| b.is_ascii_digit()) - (end + 1);
    year && matches!(view.byte(end), b'-' | b'.') && month == 2
}

/// Whether the digits are a timestamp: `20261120101500`, `202611201015`, `261120101500`.
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

/// Whether a number may begin here. It must not be part of an amount, a code or a time.
pub(super) fn begins(view: &View, at: usize) -> bool {
    let mut before = view.until(at).chars().rev();
    let mut next = || before.next().unwrap_or('\0');
    let (before, earlier) = (next(), next());
    match before {
        '-' | '_' => !earlier.is_ascii_alphanumeric(),
        ':' | ',' => !earlier.is_ascii_digit(),
        '.' => !earlier.is_ascii() || earlier.is_ascii_alphabetic() && next().is_ascii_alphabetic(),
        '/' => !earlier.is_ascii() || matches!(earlier, '0'..='9' | ' '),
        '\\' | '$' | '#' | '%' | '&' | '^' | '@' | '+' => false,
        _ => true,
    }
}

pub(super) fn ends(view: &View, at: usize) -> bool {
    let next = view.byte(at + 1);
    match view.byte(at) {
        b'-' | b'.' | b'@' | b'_' => !next.is_ascii_alphanumeric(),
        b':' | b',' => !next.is_ascii_digit(),
        // This is the first byte of a letter in a script that puts blanks between words.
        b'%' | 0xc3..=0xdf => false,
        byte => !byte.is_ascii_alphanumeric(),
    }
}

/// Whether a unit follows, so that the number is an amount.
pub(super) fn counted(view: &View, at: usize) -> bool {
    UNIT.is_in(view.rest(at))
}

/// Whether another number stands directly before or after.
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
