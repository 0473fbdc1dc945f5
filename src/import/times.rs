//! Parses times of other programs, and writes times of our format.

use chrono::{Datelike as _, NaiveDate, Timelike as _};

use crate::document::moment::{self, Written};
use crate::message::{Message, message};
use crate::model::stated::{Bound, Precision, Stated};
use crate::model::time::{TimeFault, date_of};
use crate::model::{Instant, Zone};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum SourceTime {
    At(Instant),
    /// The most likely time, and why it is uncertain.
    Near(Instant, Doubt),
    /// Only a day.
    Day(NaiveDate),
    /// Not a time, or a day that does not exist.
    Not,
}

/// Why a time is not certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doubt {
    OtherText,
    ExtraDigit,
    TwelveHours,
    ShortZone,
    DayOnly,
    Twice,
    Skipped,
}

impl Doubt {
    pub(super) fn message(self) -> Message {
        match self {
            Doubt::OtherText => message!("import-time-other-text", "other text follows the time"),
            Doubt::ExtraDigit => message!("import-time-extra-digit", "a number has one digit too many"),
            Doubt::TwelveHours => message!("import-time-twelve-hours", "it uses the 12-hour clock"),
            Doubt::ShortZone => message!("import-time-short-zone", "its zone is only an abbreviation"),
            Doubt::DayOnly => message!("import-time-day-only", "the source gives only the day"),
            Doubt::Twice => message!(
                "import-time-twice",
                "clocks went back, so this time occurred twice; noroshi uses the first"
            ),
            Doubt::Skipped => {
                message!("import-time-skipped", "clocks went forward, so this time did not exist")
            }
        }
    }

    /// What became of the time, as it is written in the new site.
    pub(super) fn made(self, time: &str) -> Message {
        message!("import-time-made", "imported as {time}: {why}", time, why = self.message())
    }
}

impl SourceTime {
    /// The time as the source states it, certain or not, and why it is not certain. A day is read as its beginning.
    pub(super) fn stated(&self, zone: Zone) -> Option<(Stated, Option<Doubt>)> {
        match self {
            SourceTime::At(at) => Some(((*at).into(), None)),
            SourceTime::Near(at, why) => Some(((*at).into(), Some(*why))),
            SourceTime::Day(day) => Some((by_day(zone, *day), Some(Doubt::DayOnly))),
            SourceTime::Not => None,
        }
    }
}

/// A time without an offset is in `zone`.
pub(super) fn read(text: &str, zone: Zone) -> SourceTime {
    let text = text.trim().trim_matches(['"', '\'', '`']).trim();
    let tidy = tidy(text);
    if let Some(written) = moment::parse(&tidy) {
        return resolve(zone, written);
    }
    if let Some((at, why)) = named_zone(&tidy, zone) {
        return SourceTime::Near(at, why);
    }
    // A repeated time, a zone in words or any text may follow the time. Take the longest prefix that is a time.
    let ends = tidy.match_indices(' ').map(|(at, _)| at).collect::<Vec<_>>();
    for end in ends.into_iter().rev() {
        if let Some(written) = moment::parse(&tidy[..end]).filter(|w| w.date.is_some()) {
            let utc = ["utc", "gmt"].contains(&tidy[end..].trim().to_lowercase().as_str());
            let offset = written.offset.or(utc.then_some(0));
            return match resolve(zone, Written { offset, ..written }) {
                SourceTime::At(at) if utc => SourceTime::At(at),
                SourceTime::At(at) => SourceTime::Near(at, Doubt::OtherText),
                other => other,
            };
        }
    }
    // `…Z2023-…`: the time is repeated without a space.
    let zulu = tidy.find('Z').map(|at| at + 1).filter(|end| *end < tidy.len());
    let second = tidy.match_indices('T').nth(1).map(|(at, _)| at);
    for end in zulu.into_iter().chain(second) {
        if let SourceTime::At(at) = read(&tidy[..end], zone) {
            return SourceTime::Near(at, Doubt::OtherText);
        }
    }
    let short = without_third_digits(&tidy);
    match moment::parse(&short).filter(|_| short != tidy).map(|written| resolve(zone, written)) {
        Some(SourceTime::At(at)) => SourceTime::Near(at, Doubt::ExtraDigit),
        Some(other) => other,
        None => SourceTime::Not,
    }
}

/// Parses English clock and zone names: `3:11 PM`, `10:11 EST`.
fn named_zone(text: &str, zone: Zone) -> Option<(Instant, Doubt)> {
    const ZONES: [(&str, i32); 14] = [
        ("EST", -5),
        ("EDT", -4),
        ("CST", -6),
        ("CDT", -5),
        ("MST", -7),
        ("MDT", -6),
        ("PST", -8),
        ("PDT", -7),
        ("CET", 1),
        ("CEST", 2),
        ("WET", 0),
        ("EET", 2),
        ("EEST", 3),
        ("JST", 9),
    ];
    let (mut rest, mut offset) = (text, None);
    if let Some((before, word)) = text.rsplit_once(' ')
        && let Some((_, hours)) = ZONES.iter().find(|(name, _)| word.eq_ignore_ascii_case(name))
    {
        (rest, offset) = (before, Some(hours * 3600));
    }
    let lower = rest.to_ascii_lowercase();
    let half = ["am", "pm"].into_iter().find(|half| lower.ends_with(half));
    if let Some(half) = half {
        rest = rest[..rest.len() - half.len()].trim_end();
    } else if offset.is_none() {
        return None;
    }
    let mut written = moment::parse(rest)?;
    written.offset = written.offset.or(offset);
    if let (Some(half), Some((hour, _, _))) = (half, &mut written.clock) {
        *hour = *hour % 12 + if half == "pm" { 12 } else { 0 };
    }
    let (SourceTime::At(at) | SourceTime::Near(at, _)) = resolve(zone, written) else { return None };
    Some((at, if half.is_some() { Doubt::TwelveHours } else { Doubt::ShortZone }))
}

/// The first time with a date in a text, and its range.
pub(super) fn find(text: &str, zone: Zone) -> Option<(std::ops::Range<usize>, SourceTime)> {
    let mut from = 0;
    while let Some(at) = text[from..].find(|c: char| c.is_ascii_digit()).map(|n| n + from) {
        let digits = text[at..].bytes().take_while(u8::is_ascii_digit).count();
        from = at + digits;
        if digits != 4 {
            continue;
        }
        let length = text[at..].char_indices().take(40).last().map_or(0, |(n, c)| n + c.len_utf8());
        let line = text[at..at + length].split('\n').next().unwrap_or("");
        // Take the longest prefix that is a time and ends before a letter or punctuation.
        let ends: Vec<usize> =
            line.char_indices().map(|(n, c)| n + c.len_utf8()).filter(|n| *n >= 14).collect();
        for end in ends.into_iter().rev() {
            let candidate = hours(&line[..end]);
            let whole = moment::parse(&tidy(candidate.trim_end_matches(" UTC").trim_end_matches(" GMT")));
            let cut = line[end..].starts_with(|c: char| c.is_ascii_digit());
            if !cut
                && !candidate.ends_with(' ')
                && whole.is_some_and(|w| w.date.is_some() && w.clock.is_some())
            {
                return Some((at..at + end, read(&candidate, zone)));
            }
        }
    }
    None
}

/// Writes `15h50` as `15:50`.
fn hours(text: &str) -> String {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let replace = |(at, c): (usize, char)| {
        if c == 'h' && at > 0 && is_digit(at - 1) && is_digit(at + 1) && is_digit(at + 2) { ':' } else { c }
    };
    text.char_indices().map(replace).collect()
}

/// Writes `015:00` as `15:00`: a three-digit number with a leading zero has one digit too many.
fn without_third_digits(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let skip = usize::from(digits == 3 && rest.starts_with('0'));
        out.push_str(&rest[skip..digits]);
        rest = &rest[digits..];
    }
    out.push_str(rest);
    out
}

/// Normalizes a time: single spaces, standard offsets, at most nine decimals of a second.
fn tidy(text: &str) -> String {
    let mut out =
        text.split([' ', '\t', '\n', '\u{a0}']).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
    // `2023-03-04, 10:11`, and `12,5` with a decimal comma.
    out = out.replace(", ", " ");
    if let Some(at) = out.rfind(',').filter(|at| out[at + 1..].starts_with(|c: char| c.is_ascii_digit())) {
        out.replace_range(at..=at, ".");
    }
    // `+02` means `+02:00`.
    let hours = out.rfind(['+', '-']).filter(|at| *at > 10 && out.len() == at + 3 && out.contains(':'));
    if hours.is_some_and(|at| out[at + 1..].bytes().all(|b| b.is_ascii_digit())) {
        out.push_str(":00");
    }
    // `2020-01-02T03:04:05 Z`, `… +00:00`, `… -0700`
    for sign in [" Z", " z", " +", " -"] {
        if let Some(at) = out.rfind(sign).filter(|at| *at >= 10 && !out[at + 1..].contains(' ')) {
            out.remove(at);
        }
    }
    if let Some(at) = out.rfind('.') {
        let digits = out[at + 1..].bytes().take_while(u8::is_ascii_digit).count();
        if digits > 9 {
            out.replace_range(at + 10..=at + digits, "");
        }
    }
    out
}

fn resolve(zone: Zone, written: Written) -> SourceTime {
    let (near, why) = match zone.resolve(&written) {
        Ok(at) => return SourceTime::At(at),
        Err(TimeFault::NoClock) => {
            return written.date.and_then(|day| date_of(day).ok()).map_or(SourceTime::Not, SourceTime::Day);
        }
        Err(TimeFault::Twice(first, _)) => (Written { offset: Some(first), ..written }, Doubt::Twice),
        Err(TimeFault::Skipped) => {
            let offset = zone.resolve(&Written { offset: Some(0), ..written }).map(|at| zone.offset(at));
            (Written { offset: offset.ok(), ..written }, Doubt::Skipped)
        }
        Err(_) => return SourceTime::Not,
    };
    zone.resolve(&near).map_or(SourceTime::Not, |at| SourceTime::Near(at, why))
}

/// The date at the start of a file name: `2020-06-13-maintenance.md`.
pub(super) fn day_of_name(name: &str) -> Option<NaiveDate> {
    let mut parts = name.get(..10)?.split('-');
    let mut number = || parts.next()?.parse::<u32>().ok();
    let (year, month, day) = (number()?, number()?, number()?);
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
        .filter(|d| (1970..=2100).contains(&d.year()))
}

/// A time of which the source gives only the day.
pub(super) fn by_day(zone: Zone, day: NaiveDate) -> Stated {
    zone.by_day(day, None, Bound::From)
}

/// The first and the last second that a time of a source can mean.
pub(super) fn reach(zone: Zone, at: Stated) -> (Instant, Instant) {
    match at.precision {
        Precision::Day(_) => match at.bounds(zone) {
            (Some(from), Some(until)) => (from, Instant(until.0 - 1)),
            _ => (at.at, at.at),
        },
        _ => (at.at, at.at),
    }
}

/// The time as people write it in this zone, with `Z` if the local time is ambiguous. A day is written as a day.
pub(super) fn write(zone: Zone, at: impl Into<Stated>) -> String {
    let Stated { at, precision } = at.into();
    if let Precision::Day(day) = precision {
        return day.to_string();
    }
    let local = zone.local(at);
    let mut text = local.format("%Y-%m-%d %H:%M").to_string();
    if local.second() != 0 {
        text.push_str(&local.format(":%S").to_string());
    }
    if zone.read(&text) == Ok(at) { text } else { at.iso() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc() -> Zone {
        Zone::named("UTC").expect("a zone")
    }

    #[test]
    fn times_of_every_form_are_read() {
        for (text, wanted) in [
            ("2021-06-08T09:58:00-00:00", "2021-06-08T09:58:00Z"),
            ("2021-12-07T9:06:14+01:00", "2021-12-07T08:06:14Z"),
            ("2021-6-8 9:05", "2021-06-08T09:05:00Z"),
            ("2021-06-08  09:58:00", "2021-06-08T09:58:00Z"),
            ("2021-06-08 09:58:00 +00:00", "2021-06-08T09:58:00Z"),
            ("2021-06-08 09:58:00 -0700", "2021-06-08T16:58:00Z"),
            ("2021-06-08T09:58:00 Z", "2021-06-08T09:58:00Z"),
            ("2021-06-08T09:58:00.123456789Z", "2021-06-08T09:58:00Z"),
            ("2021-06-08T09:58:00.1234567891234Z", "2021-06-08T09:58:00Z"),
            ("2021-06-08 09:58 UTC", "2021-06-08T09:58:00Z"),
            ("2021-06-08, 09:58", "2021-06-08T09:58:00Z"),
            ("2021-06-08T09:58:00+02", "2021-06-08T07:58:00Z"),
            ("2021-06-08T09:58:12,5Z", "2021-06-08T09:58:12Z"),
            ("\"2021-06-08 09:58\"", "2021-06-08T09:58:00Z"),
            ("2021-06-08T24:00:00", "2021-06-09T00:00:00Z"),
            ("2023-03-04 3:11 PM", "2023-03-04T15:11:00Z"),
        ] {
            match read(text, utc()) {
                SourceTime::At(at) => assert_eq!(at.iso(), wanted, "{text}"),
                other => panic!("{text}: {other:?}"),
            }
        }
    }

    #[test]
    fn what_is_not_certain_says_so() {
        for (text, wanted) in [
            ("2021-06-08 09:58:00 09:58:00", "2021-06-08T09:58:00Z"),
            ("2024-08-13T015:00:00+02:00", "2024-08-13T13:00:00Z"),
            ("2023-03-04 10:11 EST", "2023-03-04T15:11:00Z"),
            ("2023-03-04T10:11:12T10:11:12Z", "2023-03-04T10:11:12Z"),
        ] {
            match read(text, utc()) {
                SourceTime::Near(at, _) => assert_eq!(at.iso(), wanted, "{text}"),
                other => panic!("{text}: {other:?}"),
            }
        }
        for text in ["2021-02-30 10:00", "2021-13-01 10:00", "", "soon", "10:00", "yes"] {
            assert_eq!(read(text, utc()), SourceTime::Not, "{text}");
        }
        let berlin = Zone::named("Europe/Berlin").expect("a zone");
        assert!(matches!(read("2021-10-31 02:30", berlin), SourceTime::Near(..)));
        assert!(matches!(read("2021-03-28 02:30", berlin), SourceTime::Near(..)));
    }

    #[test]
    fn a_date_without_a_time_is_a_day() {
        let newfoundland = Zone::named("America/St_Johns").expect("a zone");
        for text in ["2021-06-08", "2021-6-8", "\"2021-06-08\"", "2021-06-08 UTC", "2021-06-08 evening"] {
            let read = read(text, newfoundland);
            let (day, doubt) = read.stated(newfoundland).unwrap_or_else(|| panic!("{text}: {read:?}"));
            assert_eq!(
                (write(newfoundland, day), doubt),
                ("2021-06-08".into(), Some(Doubt::DayOnly)),
                "{text}"
            );
        }
        assert!(matches!(read("2021-06-08 00:00", utc()), SourceTime::At(_)));
        assert!(matches!(read("2021-06-08T00:00:00Z", utc()), SourceTime::At(_)));
    }

    #[test]
    fn times_are_found_among_words() {
        for (text, wanted) in [
            ("Update 2023-03-04 12:30 - words", "2023-03-04 12:30"),
            ("[Update - 2023-03-29 15h50 UTC] x", "2023-03-29 15h50 UTC"),
            ("`2022-11-25T08:35:00+01:00`: y", "2022-11-25T08:35:00+01:00"),
        ] {
            let (range, _) = find(text, utc()).expect("a time");
            assert_eq!(&text[range], wanted);
        }
        assert_eq!(find("2023-03-04 and 1234 things at 12:30", utc()), None);
    }

    #[test]
    fn times_are_written_so_that_they_are_read_again() {
        let berlin = Zone::named("Europe/Berlin").expect("a zone");
        for at in [1_635_640_200, 1_635_643_800, 1_623_146_280, 1_623_146_281] {
            let text = write(berlin, Instant(at));
            assert_eq!(berlin.read(&text), Ok(Instant(at)), "{text}");
        }
        assert_eq!(
            day_of_name("2020-06-13-maintenance-window.md").map(|d| d.to_string()).as_deref(),
            Some("2020-06-13")
        );
        assert_eq!(day_of_name("2021-07-56-vacation.md"), None);
    }
}
