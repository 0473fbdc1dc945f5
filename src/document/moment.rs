//! Times as people write them, before a zone is known.
//!
//! `2026-11-20 10:15`, `2026-11-20T10:15:30Z`, `2026/11/20 10:15`, `2026年11月20日 10時15分`, full-width
//! digits too; with an offset or without; a date alone, a time alone.

use crate::text;

/// A time as written: nothing has been checked but its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// Year, month, day.
    pub date: Option<(i32, u32, u32)>,
    /// Hour, minute, second.
    pub clock: Option<(u32, u32, u32)>,
    /// Seconds east of UTC.
    pub offset: Option<i32>,
}

struct Cursor<'a> {
    rest: &'a str,
}

impl Cursor<'_> {
    fn digits(&mut self, most: usize) -> Option<(u32, usize)> {
        let count = self.rest.bytes().take(most + 1).take_while(u8::is_ascii_digit).count();
        if count == 0 || count > most {
            return None;
        }
        let value = self.rest[..count].parse().ok()?;
        self.rest = &self.rest[count..];
        Some((value, count))
    }

    fn eat(&mut self, c: char) -> bool {
        match self.rest.strip_prefix(c) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }
}

/// Reads a time from the whole of `text`; `None` where it has no form of a time.
#[must_use]
pub fn parse(text: &str) -> Option<Written> {
    let plain = text::nfkc(text.trim());
    let mut at = Cursor { rest: &plain };
    let date = date(&mut at);
    if date.is_some() && !at.eat('T') && !at.eat('t') {
        at.blanks();
    }
    let clock = clock(&mut at);
    at.blanks();
    let offset = if clock.is_some() { offset(&mut at) } else { None };
    at.blanks();
    let found = date.is_some() || clock.is_some();
    (found && at.rest.is_empty()).then_some(Written { date, clock, offset })
}

fn date(at: &mut Cursor<'_>) -> Option<(i32, u32, u32)> {
    let start = at.rest;
    let read = |at: &mut Cursor<'_>| {
        let (year, 4) = at.digits(4)? else { return None };
        let separators = [('-', '-', None), ('/', '/', None), ('年', '月', Some('日'))];
        let (_, second, last) = separators.into_iter().find(|s| at.eat(s.0))?;
        at.blanks();
        let (month, _) = at.digits(2)?;
        if !at.eat(second) {
            return None;
        }
        at.blanks();
        let (day, _) = at.digits(2)?;
        if last.is_some_and(|c| !at.eat(c)) {
            return None;
        }
        // `2026-11-2010:15` is a slip, not a date.
        if at.rest.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        Some((i32::try_from(year).ok()?, month, day))
    };
    let found = read(at);
    if found.is_none() {
        at.rest = start;
    }
    found
}

fn clock(at: &mut Cursor<'_>) -> Option<(u32, u32, u32)> {
    let start = at.rest;
    let read = |at: &mut Cursor<'_>| {
        let (hour, _) = at.digits(2)?;
        if at.eat('時') {
            let mut minute = 0;
            if let Some((m, _)) = at.digits(2) {
                minute = m;
                if !at.eat('分') {
                    return None;
                }
            }
            return Some((hour, minute, 0));
        }
        if !at.eat(':') {
            return None;
        }
        let (minute, 2) = at.digits(2)? else { return None };
        let mut second = 0;
        if at.eat(':') {
            let (s, 2) = at.digits(2)? else { return None };
            second = s;
            if at.eat('.') {
                at.digits(9)?;
            }
        }
        Some((hour, minute, second))
    };
    let found = read(at);
    if found.is_none() {
        at.rest = start;
    }
    found
}

fn offset(at: &mut Cursor<'_>) -> Option<i32> {
    if at.eat('Z') || at.eat('z') {
        return Some(0);
    }
    let start = at.rest;
    let sign = if at.eat('+') {
        1
    } else if at.eat('-') || at.eat('\u{2212}') {
        -1
    } else {
        return None;
    };
    let read = |at: &mut Cursor<'_>| {
        let plain = at.rest.bytes().take_while(u8::is_ascii_digit).count();
        let (hour, minute) = match plain {
            4 => at.digits(4).map(|(both, _)| (both / 100, both % 100))?,
            2 => {
                let (hour, _) = at.digits(2)?;
                if !at.eat(':') {
                    return None;
                }
                let (minute, 2) = at.digits(2)? else { return None };
                (hour, minute)
            }
            _ => return None,
        };
        (hour <= 14 && minute < 60).then_some((hour * 3600 + minute * 60).cast_signed())
    };
    let found = read(at).map(|seconds| sign * seconds);
    if found.is_none() {
        at.rest = start;
    }
    found
}

/// Splits `status time` into the words before the time and the time.
///
/// The time is the longest tail that reads as one and has a date.
#[must_use]
pub fn split_tail(text: &str) -> Option<(&str, Written)> {
    // Only where a digit follows a blank (or stands first) can a time begin.
    let mut previous_blank = true;
    for (at, c) in text.char_indices() {
        if previous_blank
            && c.is_numeric()
            && let Some(written) = parse(&text[at..])
            && written.date.is_some()
        {
            return Some((text[..at].trim(), written));
        }
        previous_blank = c.is_whitespace() || !c.is_alphanumeric() || !c.is_ascii();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(date: (i32, u32, u32), clock: (u32, u32, u32), offset: Option<i32>) -> Option<Written> {
        Some(Written { date: Some(date), clock: Some(clock), offset })
    }

    #[test]
    fn every_form_of_the_contract_is_read() {
        let (day, noon) = ((2026, 11, 20), (10, 15, 0));
        for form in
            ["2026-11-20 10:15", "2026/11/20 10:15", "2026年11月20日 10時15分", "２０２６-11-20　１０：１５"]
        {
            assert_eq!(parse(form), at(day, noon, None), "{form}");
        }
        assert_eq!(parse("2026-11-20T10:15:30"), at(day, (10, 15, 30), None));
        assert_eq!(parse("2026-11-20T10:15Z"), at(day, noon, Some(0)));
        assert_eq!(parse("2026-11-20 10:15 +09:00"), at(day, noon, Some(32400)));
        assert_eq!(parse("2026-11-20 10:15-0330"), at(day, noon, Some(-12600)));
        assert_eq!(parse("11:30").and_then(|w| w.clock), Some((11, 30, 0)));
        assert_eq!(parse("2026-12-29").and_then(|w| w.date), Some((2026, 12, 29)));
    }

    #[test]
    fn what_is_no_time_is_none() {
        for form in
            ["", "soon", "2026-11-20 25", "10:5", "2026-11-20 10:15 JST", "2026-11", "12", "2026-11-2010:15"]
        {
            assert_eq!(parse(form), None, "{form}");
        }
    }

    #[test]
    fn a_tail_is_split_from_its_words() {
        assert_eq!(split_tail("in progress 2026-11-20 10:15").map(|s| s.0), Some("in progress"));
        assert_eq!(split_tail("復旧2026-11-20 10:15").map(|s| s.0), Some("復旧"));
        assert_eq!(split_tail("the API 2 is slow"), None);
    }
}
