//! Finds which report an update is, in its heading or in a fact line: 第2報, （第3報）, `Report 4`, `#5`, 最終報.

use std::ops::Range;
use std::sync::OnceLock;

use crate::document::moment;
use crate::limits::REPORTS;
use crate::text;
use crate::vocabulary::{Aliases, ReportWord};

/// Which report an update is. At least one of the two says something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ReportNumber {
    pub number: Option<u32>,
    /// Whether it is the last one: 最終報.
    pub is_final: bool,
}

/// A number with its places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundReport {
    pub report: ReportNumber,
    /// The digits.
    pub digits: Option<Range<usize>>,
    /// All of it, with its brackets, in their order.
    pub parts: Vec<Range<usize>>,
    /// All of it, as it stands in its line.
    pub written: String,
}

/// Signs that enclose a number.
const PAIRS: [(char, char); 8] = [
    ('(', ')'),
    ('（', '）'),
    ('[', ']'),
    ('［', '］'),
    ('【', '】'),
    ('〔', '〕'),
    ('「', '」'),
    ('<', '>'),
];
/// Signs that stand for `No.`.
const SIGNS: [char; 3] = ['#', '＃', '№'];
const NUMERALS: &str = "一二三四五六七八九十";

impl FoundReport {
    /// The same in a text in which the line begins at this byte.
    pub(super) fn moved(self, at: usize) -> FoundReport {
        let moved = |range: Range<usize>| at + range.start..at + range.end;
        let digits = self.digits.map(moved);
        FoundReport { digits, parts: self.parts.into_iter().map(moved).collect(), ..self }
    }

    /// The number in the value of a fact line that begins at byte `at`: `2`, 第2報, 最終報, 第5報（最終報）. `None` if it is none.
    #[must_use]
    pub fn of_value(value: &str, at: usize, more: &Aliases) -> Option<FoundReport> {
        let plain = bare(value);
        let found = match number(plain) {
            Some(number) => {
                let start = value.find(plain)?;
                let digits = start..start + plain.len();
                let report = ReportNumber { number: Some(number), is_final: false };
                let written = value.to_owned();
                FoundReport { report, digits: Some(digits.clone()), parts: vec![digits], written }
            }
            None => find(value, more).filter(|found| bare(&found.taken_from(value)).is_empty())?,
        };
        Some(found.moved(at))
    }

    /// The line without the number.
    pub(super) fn taken_from(&self, line: &str) -> String {
        let mut rest = line.to_owned();
        for part in self.parts.iter().rev() {
            rest.replace_range(part.clone(), " ");
        }
        rest
    }
}

/// The number that a line says; `None` if it says none.
pub(super) fn find(line: &str, more: &Aliases) -> Option<FoundReport> {
    let number = numbered(line, more);
    let last = last(line, more);
    let report = ReportNumber { number: number.as_ref().map(|found| found.0), is_final: last.is_some() };
    let digits = number.as_ref().map(|(_, digits, _)| digits.clone());
    let mut parts: Vec<Range<usize>> = number.into_iter().map(|(.., whole)| whole).chain(last).collect();
    parts.sort_by_key(|part| part.start);
    let written: Vec<&str> = parts.iter().map(|part| line[part.clone()].trim()).collect();
    let written = written.join(" ");
    (!parts.is_empty()).then_some(FoundReport { report, digits, parts, written })
}

fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| !c.is_alphanumeric())
}

/// What stands before and after the number in the words of all languages.
fn patterns() -> &'static [(String, String)] {
    static KNOWN: OnceLock<Vec<(String, String)>> = OnceLock::new();
    KNOWN.get_or_init(|| ReportWord::Numbered.texts().filter_map(pattern).collect())
}

/// What stands before and after the number in a word such as `第#報`.
fn pattern(word: &str) -> Option<(String, String)> {
    let (before, after) = word.split_once("{ $n }").or_else(|| word.split_once('#'))?;
    let before = text::fold(before);
    Some((before.trim_end_matches(SIGNS).trim_end().to_owned(), text::fold(after)))
}

/// The number of a report, its digits, and all of it.
fn numbered(line: &str, more: &Aliases) -> Option<(u32, Range<usize>, Range<usize>)> {
    let added: Vec<_> = more.words_for("numbered", ReportWord::Numbered.word()).filter_map(pattern).collect();
    let mut next = 0;
    for (at, c) in line.char_indices() {
        if at < next || !is_numeral(c) {
            continue;
        }
        let length = line[at..].find(|c| !is_numeral(c)).unwrap_or(line.len() - at);
        let digits = at..at + length;
        next = digits.end;
        let Some(number) = number(&line[digits.clone()]) else { continue };
        let (before, after) = (&line[..digits.start], &line[digits.end..]);
        if is_of_a_time(before, after) {
            continue;
        }
        let bare = before.trim_end().trim_end_matches(SIGNS);
        let formed = patterns().iter().chain(&added).filter_map(|(head, tail)| {
            let end = digits.end + length_before(after, tail)?;
            let start = if head.is_empty() { digits.start } else { length_behind(bare.trim_end(), head)? };
            Some(start..end)
        });
        // The longest form counts: in `Report No. 2`, the number is not only that of `No. 2`.
        let sign = before.trim_end();
        let signed = (sign.ends_with(SIGNS) && !sign.trim_matches(SIGNS).is_empty())
            .then(|| sign.trim_end_matches(SIGNS).len()..digits.end);
        if let Some(whole) = formed.chain(signed).max_by_key(ExactSizeIterator::len) {
            return Some((number, digits, enclosed(line, whole)));
        }
    }
    None
}

/// The words for the last report, with brackets around them.
fn last(line: &str, more: &Aliases) -> Option<Range<usize>> {
    static KNOWN: OnceLock<Vec<String>> = OnceLock::new();
    let known = KNOWN.get_or_init(|| ReportWord::Last.texts().map(text::fold).collect());
    let folded = text::fold(line);
    let added: Vec<String> = more.words_for("numbered", ReportWord::Last.word()).map(text::fold).collect();
    let mut found: Vec<Range<usize>> = Vec::new();
    for word in known.iter().chain(&added).filter(|word| folded.contains(word.as_str())) {
        for (start, _) in line.char_indices() {
            let is_apart = !has_case(line[..start].chars().next_back());
            if let Some(length) = length_before(&line[start..], word).filter(|length| is_apart && *length > 0)
            {
                found.push(start..start + length);
            }
        }
    }
    let starts_with_a_blank = |range: &Range<usize>| line[range.clone()].starts_with(char::is_whitespace);
    found.retain(|range| !starts_with_a_blank(range));
    let longest = found.into_iter().max_by_key(ExactSizeIterator::len)?;
    Some(enclosed(line, longest))
}

/// Whether a character is one of a script with two cases, in which blanks part words.
fn has_case(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_lowercase() || c.is_uppercase())
}

/// The length of the beginning of a text that reads like `tail` and ends with a word.
fn length_before(text: &str, tail: &str) -> Option<usize> {
    let ends = |length: usize| {
        let next = text[length..].chars().next();
        let last = text[..length].chars().next_back();
        let goes_on = next.is_some_and(is_ideograph) && last.is_some_and(is_ideograph);
        !(goes_on || has_case(last) && has_case(next))
    };
    if tail.is_empty() {
        return ends(0).then_some(0);
    }
    let limit = tail.chars().count() + 3;
    let lengths = text.char_indices().take(limit).map(|(at, c)| at + c.len_utf8());
    lengths.filter(|length| ends(*length)).find(|length| text::fold(&text[..*length]) == tail)
}

/// The start of the end of a text that reads like `head` and begins with a word.
fn length_behind(text: &str, head: &str) -> Option<usize> {
    let limit = head.chars().count() + 3;
    let begins = |at: usize| {
        let is_word = has_case(text[at..].chars().next());
        !(is_word && has_case(text[..at].chars().next_back()))
    };
    let starts = text.char_indices().rev().take(limit).map(|(at, _)| at);
    starts
        .filter(|at| begins(*at))
        .find(|at| !text[*at..].starts_with(char::is_whitespace) && text::fold(&text[*at..]) == head)
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}')
}

/// A range with the brackets around it.
fn enclosed(line: &str, range: Range<usize>) -> Range<usize> {
    let (before, after) = (line[..range.start].trim_end(), line[range.end..].trim_start());
    let pair = PAIRS.iter().find(|(open, close)| before.ends_with(*open) && after.starts_with(*close));
    match pair {
        Some((open, close)) => before.len() - open.len_utf8()..line.len() - after.len() + close.len_utf8(),
        None => range,
    }
}

fn is_numeral(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_digit();
    }
    c.is_numeric() && moment::plain(c.encode_utf8(&mut [0; 4])).bytes().all(|b| b.is_ascii_digit())
        || NUMERALS.contains(c)
}

/// Whether a number is a part of a date or a time.
fn is_of_a_time(before: &str, after: &str) -> bool {
    let sign = |c: char| matches!(c, '-' | '/' | ':' | '.' | '：' | '／' | '－');
    let next = after.chars().next();
    let second = after.chars().nth(1);
    let leads = next.is_some_and(sign) && second.is_some_and(is_numeral);
    let follows = before.ends_with(sign) && before.chars().rev().nth(1).is_some_and(is_numeral);
    leads || follows || next.is_some_and(|c| "年月日時时分년월일시분".contains(c))
}

/// The number that a text in digits or Chinese numerals says, up to a limit.
fn number(written: &str) -> Option<u32> {
    let plain = moment::plain(written.trim());
    let number = match plain.parse::<u32>() {
        Ok(number) => number,
        Err(_) => from_numerals(&plain)?,
    };
    (1..=REPORTS).contains(&number).then_some(number)
}

/// Reads 二, 十二 and 二十一.
fn from_numerals(text: &str) -> Option<u32> {
    let digit = |part: &str| {
        let mut all = part.chars();
        let at = NUMERALS.chars().position(|known| Some(known) == all.clone().next())?;
        all.next();
        (all.next().is_none() && at < 9).then(|| u32::try_from(at + 1).ok()).flatten()
    };
    match text.split_once('十') {
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { digit(tens)? };
            let ones = if ones.is_empty() { 0 } else { digit(ones)? };
            Some(10 * tens + ones)
        }
        None => digit(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The number, whether it is the last, and the rest of the line.
    fn read(line: &str) -> Option<(Option<u32>, bool, String)> {
        let found = find(line, &Aliases::default())?;
        let rest = found.taken_from(line).split_whitespace().collect::<Vec<_>>().join(" ");
        Some((found.report.number, found.report.is_final, rest))
    }

    #[test]
    fn the_number_is_found_as_notices_write_it() {
        for (line, number) in [
            ("## 第2報 調査中 2026-11-20 11:15", 2),
            ("## 2026-11-20 11:15 調査中（第2報）", 2),
            ("## 【第２報】調査中 2026-11-20 11:15", 2),
            ("## 第 12 報 調査中 2026-11-20 11:15", 12),
            ("## 第十二報 調査中 2026-11-20 11:15", 12),
            ("## Report 2 調査中 2026-11-20 11:15", 2),
            ("## 調査中 #2 2026-11-20 11:15", 2),
            ("## Report No. 2: 調査中 2026-11-20 11:15", 2),
            ("## 제2보 調査中 2026-11-20 11:15", 2),
            ("## 第2次通报 調査中 2026-11-20 11:15", 2),
            ("## Meldung Nr. 2 調査中 2026-11-20 11:15", 2),
        ] {
            let (found, is_final, rest) = read(line).expect(line);
            assert_eq!((found, is_final), (Some(number), false), "{line}");
            assert!(rest.contains("調査中") && rest.contains("2026-11-20 11:15"), "{rest}");
            assert!(!rest.contains('報') && !rest.contains("Report") && !rest.contains("()"), "{rest}");
        }
    }

    #[test]
    fn the_last_report_is_found_with_and_without_a_number() {
        let of = |line: &str| read(line).map(|(number, is_final, _)| (number, is_final));
        assert_eq!(of("## 復旧 2026-11-20 12:00（最終報）"), Some((None, true)));
        assert_eq!(of("## 第5報（最終報） 復旧 2026-11-20 12:00"), Some((Some(5), true)));
        assert_eq!(of("## Final report: resolved 2026-11-20 12:00"), Some((None, true)));
    }

    #[test]
    fn dates_times_and_other_numbers_are_no_reports() {
        for line in [
            "## 復旧 2026-11-20 11:15",
            "## 2026年11月20日 11時15分 復旧",
            "## Resolved at 11:15 on Nov 20, 2026",
            "## 第2報告書について 2026-11-20",
            "## 第2回 2026-11-20",
            "# 2026-11-20 11:15 復旧",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }

    #[test]
    fn a_fact_line_says_a_number_in_any_form() {
        let of = |text: &str| {
            let found = FoundReport::of_value(text, 0, &Aliases::default())?.report;
            Some((found.number, found.is_final))
        };
        for text in ["2", "２", "#2", "第2報", "二", "Report 2", "（第2報）"] {
            assert_eq!(of(text), Some((Some(2), false)), "{text}");
        }
        assert_eq!(of("最終報"), Some((None, true)));
        assert_eq!(of("第5報（最終報）"), Some((Some(5), true)));
        for text in ["", "0", "-", "zwei", "2026-11-20", "第2報 調査中", "99999999999"] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
