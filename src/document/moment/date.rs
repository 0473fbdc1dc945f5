//! The date in a moment: numbers in three orders, 年月日, eras and names of months, and the day of the week beside
//! it.

use super::cursor::Cursor;
use super::names;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Date {
    pub(super) year: Option<i32>,
    pub(super) month_day: (u32, u32),
    /// The same numbers in the other order, if the order is ambiguous.
    pub(super) other: Option<(u32, u32)>,
    /// Whether it is only two numbers, such as `11/20`. It is a date only beside a time or a day of the week.
    pub(super) is_bare: bool,
}

impl Date {
    fn of(year: Option<i32>, month: u32, day: u32) -> Date {
        Date { year, month_day: (month, day), other: None, is_bare: false }
    }
}

const DASHES: [char; 4] = ['-', '\u{2010}', '\u{2212}', '\u{2013}'];

pub(super) fn read(c: &mut Cursor<'_>) -> Option<Date> {
    type Form = fn(&mut Cursor<'_>) -> Option<Date>;
    const BY_NUMBERS: [Form; 4] = [year_first, day_first, year_last, two_numbers];
    const BY_WORDS: [Form; 2] = [era, month_name_first];
    let is_number = c.peek()?.is_ascii_digit();
    let forms = if is_number { &BY_NUMBERS[..] } else { &BY_WORDS };
    forms.iter().find_map(|form| c.attempt(form))
}

/// Reads `2026-11-20`, `2026/11/20`, `2026.11.20`, `2026年11月20日`, `2026년 11월 20일`, `2026 November 20`.
fn year_first(c: &mut Cursor<'_>) -> Option<Date> {
    let year = i32::try_from(c.exactly(4)?).ok()?;
    let numbers = c.attempt(|c| {
        let mark = c.sign(&DASHES).map(|_| &DASHES[..]).or_else(|| c.sign(&['/']).map(|_| &['/'][..]));
        let mark = mark.or_else(|| c.sign(&['.']).map(|_| &['.'][..]))?;
        c.blanks();
        let (month, _) = c.number(2)?;
        c.sign(mark)?;
        c.blanks();
        let (day, _) = c.number(2)?;
        // `2026.11.20.1` is a version, and `2026-11-20-slow` is a name.
        let mut after = *c;
        let goes_on = after.sign(mark).is_some() && after.peek().is_some_and(char::is_alphanumeric);
        let ends = !goes_on && !c.peek().is_some_and(|c| c.is_ascii_digit());
        ends.then(|| Date::of(Some(year), month, day))
    });
    numbers
        .or_else(|| {
            c.attempt(|c| {
                c.blanks();
                if !c.eat(&["年", "년"]) {
                    return None;
                }
                c.blanks();
                month_and_day(c).map(|(month, day)| Date::of(Some(year), month, day))
            })
        })
        .or_else(|| {
            c.blanks();
            c.sign(&[',']);
            c.blanks();
            let month = month_name(c)?;
            let (day, _) = c.number(2)?;
            Some(Date::of(Some(year), month, day))
        })
}

/// Reads `11月20日`, `11월 20일`.
fn month_and_day(c: &mut Cursor<'_>) -> Option<(u32, u32)> {
    let (month, _) = c.number(2)?;
    c.blanks();
    if !c.eat(&["月", "월"]) {
        return None;
    }
    c.blanks();
    let (day, _) = c.number(2)?;
    c.blanks();
    c.eat(&["日", "号", "號", "일"]).then_some((month, day))
}

/// Reads `令和8年11月20日`, `R8.11.20`, `民國115年11月20日`.
fn era(c: &mut Cursor<'_>) -> Option<Date> {
    const ERAS: [(&[&str], i32); 5] = [
        (&["令和", "令", "R", "r"], 2018),
        (&["平成", "平", "H", "h"], 1988),
        (&["昭和", "昭", "S", "s"], 1925),
        (&["中華民國", "民國", "民国"], 1911),
        (&["大正"], 1911),
    ];
    let (_, before) = ERAS.into_iter().find(|(names, _)| c.eat(names))?;
    c.blanks();
    let year = if c.eat(&["元"]) { 1 } else { i32::try_from(c.number(3)?.0).ok()? };
    let year = Some(before + year);
    c.blanks();
    if c.eat(&["年"]) {
        c.blanks();
        return month_and_day(c).map(|(month, day)| Date::of(year, month, day));
    }
    let mark = c.sign(&['.', '/', '-'])?;
    let (month, _) = c.number(2)?;
    c.sign(&[mark])?;
    let (day, _) = c.number(2)?;
    let goes_on = c.peek().is_some_and(|c| c.is_ascii_digit() || c == mark);
    (!goes_on).then(|| Date::of(year, month, day))
}

/// Reads `November 20th, 2026`, `Nov 20`.
fn month_name_first(c: &mut Cursor<'_>) -> Option<Date> {
    let start = *c;
    let month = month_name(c)?;
    let (day, _) = c.number(2)?;
    let _ = c.eat(&["st", "nd", "rd", "th"]);
    let year = c.attempt(|c| {
        c.sign(&[',']);
        year_behind(c)
    });
    let mut after = *c;
    after.blanks();
    // In `mar. 24 novembre` the word is a Tuesday, not a month.
    let is_weekday = year.is_none() && month_name(&mut after).is_some();
    let is_word = year.is_none() && is_plain_word(start);
    (!is_weekday && !is_word).then(|| Date::of(year, month, day))
}

/// Reads `20 November 2026`, `20. Nov. 2026`, `20 de noviembre de 2026`, `20 tháng 11 năm 2026`.
fn day_first(c: &mut Cursor<'_>) -> Option<Date> {
    let (day, _) = c.number(2)?;
    let _ = c.eat(&["st", "nd", "rd", "th", "er", ".", "º", "-"]);
    c.blanks();
    let _ = eat_word(c, &["de", "of"]);
    c.blanks();
    let start = *c;
    let month = c
        .attempt(|c| {
            if !eat_word(c, &["tháng", "Tháng"]) {
                return None;
            }
            c.blanks();
            c.number(2).map(|(month, _)| month)
        })
        .or_else(|| month_name(c))?;
    let year = c.attempt(|c| {
        let _ = c.sign(&[',', '-']);
        c.blanks();
        let _ = eat_word(c, &["de", "del", "of", "năm"]);
        year_behind(c)
    });
    if year.is_some() {
        c.attempt(|c| {
            c.blanks();
            (eat_word(c, &["г", "года", "r", "roku"])).then(|| c.sign(&['.']))
        });
    }
    (year.is_some() || !is_plain_word(start)).then(|| Date::of(year, month, day))
}

/// Reads `20.11.2026`, `20/11/2026`, `11/20/2026`. With points the day comes first. Otherwise only a number above
/// twelve reveals the order.
fn year_last(c: &mut Cursor<'_>) -> Option<Date> {
    let (first, _) = c.number(2)?;
    let mark = c.sign(&['.', '/', '-'])?;
    c.blanks();
    let (second, _) = c.number(2)?;
    c.sign(&[mark])?;
    c.blanks();
    let year = i32::try_from(c.exactly(4)?).ok()?;
    let goes_on = c.peek() == Some(mark);
    (!goes_on).then(|| {
        if mark == '.' { Date::of(Some(year), second, first) } else { either(Some(year), first, second) }
    })
}

/// Reads `11/20`, `11月20日`.
fn two_numbers(c: &mut Cursor<'_>) -> Option<Date> {
    if let Some((month, day)) = c.attempt(month_and_day) {
        return Some(Date::of(None, month, day));
    }
    let (first, _) = c.number(2)?;
    c.sign(&['/'])?;
    let (second, _) = c.number(2)?;
    let goes_on = c.peek().is_some_and(|c| c.is_ascii_alphanumeric() || c == '/');
    let is_date = first >= 1 && second >= 1 && first.min(second) <= 12 && first.max(second) <= 31;
    (!goes_on && is_date).then(|| Date { is_bare: true, ..either(None, first, second) })
}

/// Month and day in the written order, and in the other order if that is a date, too.
fn either(year: Option<i32>, first: u32, second: u32) -> Date {
    let (month_first, day_first) = (Date::of(year, first, second), Date::of(year, second, first));
    match (first <= 12, second <= 12) {
        (true, true) if first != second => Date { other: Some((second, first)), ..month_first },
        (false, true) => day_first,
        _ => month_first,
    }
}

/// Reads the name of a month, with its point and the blanks after it.
fn month_name(c: &mut Cursor<'_>) -> Option<u32> {
    c.attempt(|c| {
        let month = names::month(c.word()?)?;
        c.sign(&['.']);
        c.blanks();
        Some(month)
    })
}

fn year_behind(c: &mut Cursor<'_>) -> Option<i32> {
    c.blanks();
    let year = i32::try_from(c.exactly(4)?).ok()?;
    (1900..=2200).contains(&year).then_some(year)
}

/// Whether a month name is an ordinary word rather than a date: `may 20` is a verb and a number.
fn is_plain_word(at: Cursor<'_>) -> bool {
    let mut at = at;
    let word = at.word().unwrap_or_default();
    word.chars().count() <= 4
        && word.is_ascii()
        && word.chars().all(char::is_lowercase)
        && at.peek() != Some('.')
}

fn eat_word(c: &mut Cursor<'_>, words: &[&str]) -> bool {
    c.attempt(|c| c.word().filter(|word| words.contains(word))).is_some()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Weekday {
    /// The possible days as bits; the lowest bit is Monday.
    pub(super) days: u8,
    /// Whether its script puts the month before the day.
    pub(super) is_month_first: bool,
}

/// Reads `Fri,`, `(金)`, `金曜日`, `(金・祝)`.
pub(super) fn weekday(c: &mut Cursor<'_>) -> Option<Weekday> {
    c.attempt(|c| {
        let is_enclosed = c.sign(&['(', '[', '（', '【', '〔', '<']).is_some();
        c.blanks();
        let word = vietnamese(c).or_else(|| c.word())?;
        let mut after = *c;
        let is_marked = is_enclosed || after.sign(&['.', ',']).is_some();
        let days = names::weekdays(word, is_marked);
        if days == 0 {
            return None;
        }
        let _ = c.eat(&["-feira"]);
        c.sign(&['.']);
        if is_enclosed {
            c.sign(&['・', '/', '·', ',']);
            let _ = c.eat(&["祝日", "祝", "休", "振休"]);
            c.blanks();
            c.sign(&[')', ']', '）', '】', '〕', '>'])?;
        }
        let is_month_first =
            matches!(word.chars().next(), Some('\u{3040}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}'));
        Some(Weekday { days, is_month_first })
    })
}

/// Reads `T6`, `Thứ 6`: Vietnamese numbers its days.
fn vietnamese<'a>(c: &mut Cursor<'a>) -> Option<&'a str> {
    const DAYS: [&str; 6] = ["t2", "t3", "t4", "t5", "t6", "t7"];
    c.attempt(|c| {
        if !c.eat(&["Thứ ", "thứ ", "T"]) {
            return None;
        }
        let (number, 1) = c.number(1)? else { return None };
        DAYS.get(usize::try_from(number).ok()?.checked_sub(2)?).copied()
    })
}
