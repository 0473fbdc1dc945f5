//! Instants, zones and days.
//!
//! An instant is a number of UTC seconds. A zone converts local times into instants, and instants into days.
//! noroshi refuses a local time that does not exist or exists twice; it never guesses.

use std::fmt;

use chrono::{DateTime, Days, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone, Utc};
use chrono_tz::{OffsetName, Tz};
use serde::{Deserialize, Serialize};

use crate::document::moment::{self, Written};
use crate::message::{Message, message};

/// Abbreviations that stand for more than one offset. They are the shared ones of the current IANA list, and those
/// that people use for zones without an IANA abbreviation (Bangladesh, Arabia, Malaysia, the Philippines,
/// Singapore).
const SHARED_LETTERS: [&str; 8] = ["AST", "BST", "CDT", "CST", "IST", "MST", "PST", "SST"];

/// A moment, in seconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instant(pub i64);

impl Instant {
    fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.0, 0).unwrap_or_default()
    }

    /// The time in ISO 8601: `2026-11-20T01:15:00Z`.
    #[must_use]
    pub fn iso(self) -> String {
        use chrono::{Datelike as _, Timelike as _};
        let t = self.utc();
        // A site holds tens of thousands of times, and the generic formatter is slow.
        let year = u32::try_from(t.year()).unwrap_or_default();
        let mut out = String::with_capacity(20);
        let parts = [(year / 100, '\0'), (year % 100, '-'), (t.month(), '-'), (t.day(), 'T')];
        let clock = [(t.hour(), ':'), (t.minute(), ':'), (t.second(), 'Z')];
        for (number, mark) in parts.into_iter().chain(clock) {
            for digit in [number / 10, number % 10] {
                out.extend(char::from_digit(digit, 10));
            }
            if mark != '\0' {
                out.push(mark);
            }
        }
        out
    }

    /// Reads the output of [`Instant::iso`].
    #[must_use]
    pub fn parse_iso(text: &str) -> Option<Instant> {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%SZ")
            .ok()
            .map(|at| Instant(at.and_utc().timestamp()))
    }

    /// Reads a time of an API: `2026-11-20T01:15:00Z`, `2026-11-20T10:15:00.123+09:00` (RFC 3339).
    #[must_use]
    pub fn parse_rfc3339(text: &str) -> Option<Instant> {
        DateTime::parse_from_rfc3339(text).ok().map(|at| Instant(at.timestamp()))
    }

    /// Reads a time of HTTP: `Fri, 20 Nov 2026 01:15:00 GMT` (RFC 9110, section 5.6.7).
    #[must_use]
    pub fn parse_http(text: &str) -> Option<Instant> {
        DateTime::parse_from_rfc2822(text).ok().map(|at| Instant(at.timestamp()))
    }

    /// The time for RSS: `Fri, 20 Nov 2026 01:15:00 +0000` (RFC 822 with a four-digit year, as RSS 2.0 requires).
    #[must_use]
    pub fn rfc822(self) -> String {
        self.utc().format("%a, %d %b %Y %H:%M:%S +0000").to_string()
    }
}

/// Why a text could not be read as a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeFault {
    /// It does not have the form of a time.
    Form,
    NoDate,
    NoClock,
    /// The day or the time of day does not exist.
    Impossible,
    /// It is before 1970 or after 2100.
    Range,
    /// Clocks skip it when they are put forward.
    Skipped,
    /// Clocks show it twice when they are put back. The values are its two possible offsets.
    Twice(i32, i32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Zone(pub Tz);

impl Zone {
    pub const UTC: Zone = Zone(Tz::UTC);

    /// The IANA name: `Asia/Tokyo`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    #[must_use]
    pub fn named(name: &str) -> Option<Zone> {
        name.parse().ok().map(Zone)
    }

    pub fn names() -> impl Iterator<Item = &'static str> {
        chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name())
    }

    /// Reads a time with its date.
    ///
    /// # Errors
    /// Fails if the text is not a time, or not one that exists in this zone.
    pub fn read(self, text: &str) -> Result<Instant, TimeFault> {
        self.read_near(text, moment::YearHint::Nothing)
    }

    /// Like [`Zone::read`], where `near` may give the year of a date without one.
    ///
    /// # Errors
    /// Fails if the text is not a time, or not one that exists in this zone.
    pub fn read_near(self, text: &str, near: moment::YearHint<'_>) -> Result<Instant, TimeFault> {
        let read = moment::read(text, near).and_then(|reading| reading.sure());
        self.resolve(&read.ok_or(TimeFault::Form)?)
    }

    /// The instant of a written time.
    ///
    /// # Errors
    /// Fails if the date or the time of day is missing, impossible, skipped or ambiguous.
    pub fn resolve(self, written: &Written) -> Result<Instant, TimeFault> {
        let date = written.date.ok_or(TimeFault::NoDate)?;
        let clock = written.clock.ok_or(TimeFault::NoClock)?;
        let date = date_of(date)?;
        let time = NaiveTime::from_hms_opt(clock.0, clock.1, clock.2).ok_or(TimeFault::Impossible)?;
        let local = date.and_time(time);
        if let Some(offset) = written.offset {
            return Ok(Instant(local.and_utc().timestamp() - i64::from(offset)));
        }
        match self.0.from_local_datetime(&local) {
            LocalResult::Single(t) => Ok(Instant(t.timestamp())),
            LocalResult::Ambiguous(a, b) => {
                Err(TimeFault::Twice(a.offset().fix().local_minus_utc(), b.offset().fix().local_minus_utc()))
            }
            LocalResult::None => Err(TimeFault::Skipped),
        }
    }

    /// The first such time of day at or after `from`: on the same day, or on the next one if it has passed.
    ///
    /// # Errors
    /// As for [`Zone::resolve`].
    pub fn next_clock(self, clock: &Written, from: Instant) -> Result<Instant, TimeFault> {
        let day = self.day(from);
        let today = self.on(day, clock)?;
        let next = if today >= from { today } else { self.on(day + Days::new(1), clock)? };
        // At half past midnight, `25:00` may mean in half an hour or in a day.
        if clock.days > 0 && self.day(next) == day { Err(TimeFault::NoDate) } else { Ok(next) }
    }

    /// The last such time of day at or before `until`: on the same day, or on the day before if it is still to
    /// come.
    ///
    /// # Errors
    /// As for [`Zone::resolve`].
    pub fn last_clock(self, clock: &Written, until: Instant) -> Result<Instant, TimeFault> {
        let day = self.day(until);
        let today = self.on(day, clock)?;
        if today <= until { Ok(today) } else { self.on(day - Days::new(1), clock) }
    }

    /// A time of day on the day of an instant.
    ///
    /// # Errors
    /// As for [`Zone::resolve`].
    pub fn same_day(self, clock: &Written, at: Instant) -> Result<Instant, TimeFault> {
        // `25:00` written after midnight may mean this night or the next one.
        if clock.days > 0 { Err(TimeFault::NoDate) } else { self.on(self.day(at), clock) }
    }

    fn on(self, day: NaiveDate, clock: &Written) -> Result<Instant, TimeFault> {
        use chrono::Datelike as _;
        let date = Some((day.year(), day.month(), day.day()));
        self.resolve(&Written { date, days: 0, ..*clock })
    }

    /// The time as people write it in this zone: `2026-11-20 10:15`. It has its UTC offset if clocks show that
    /// time twice.
    #[must_use]
    pub fn write(self, at: Instant) -> String {
        use chrono::Timelike as _;
        let local = self.local(at);
        let form = if local.second() == 0 { "%Y-%m-%d %H:%M" } else { "%Y-%m-%d %H:%M:%S" };
        let text = local.format(form).to_string();
        if self.read(&text) == Ok(at) { text } else { format!("{text} {}", Offset2(self.offset(at))) }
    }

    #[must_use]
    pub fn local(self, at: Instant) -> NaiveDateTime {
        at.utc().with_timezone(&self.0).naive_local()
    }

    #[must_use]
    pub fn day(self, at: Instant) -> NaiveDate {
        self.local(at).date()
    }

    #[must_use]
    pub fn year(self, at: Instant) -> i32 {
        use chrono::Datelike as _;
        self.day(at).year()
    }

    /// The offset in seconds east of UTC.
    #[must_use]
    pub fn offset(self, at: Instant) -> i32 {
        at.utc().with_timezone(&self.0).offset().fix().local_minus_utc()
    }

    /// The abbreviation: `JST`; `CST (UTC+8)` if other zones share it; `UTC-3` if the zone has none.
    #[must_use]
    pub fn abbreviation(self, at: Instant) -> String {
        let here = at.utc().with_timezone(&self.0);
        let letters = here.offset().abbreviation();
        match letters.filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic())) {
            Some(name) if SHARED_LETTERS.contains(&name) => format!("{name} ({})", self.offset_from_utc(at)),
            Some(name) => name.to_owned(),
            None => self.offset_from_utc(at),
        }
    }

    /// The offset as text: `UTC+5:30`.
    fn offset_from_utc(self, at: Instant) -> String {
        let minutes = self.offset(at) / 60;
        let sign = if minutes < 0 { '-' } else { '+' };
        let (hours, rest) = (minutes.abs() / 60, minutes.abs() % 60);
        if rest == 0 { format!("UTC{sign}{hours}") } else { format!("UTC{sign}{hours}:{rest:02}") }
    }

    /// The first instant with this local time; `None` if it does not exist.
    #[must_use]
    pub fn first(self, local: NaiveDateTime) -> Option<Instant> {
        self.0.from_local_datetime(&local).earliest().map(|at| Instant(at.timestamp()))
    }

    /// The first instant of a day; `None` for a day that this zone skipped.
    #[must_use]
    pub fn day_start(self, day: NaiveDate) -> Option<Instant> {
        let midnight = day.and_time(NaiveTime::MIN);
        if let Some(first) = self.first(midnight) {
            return Some(first);
        }
        // The zone skips midnight, so the day begins where clocks were put forward. If that lies outside the day,
        // the zone skipped the whole day.
        let guess = midnight.and_utc().timestamp();
        let (mut before, mut after) = (guess - 36 * 3600, guess + 36 * 3600);
        while after - before > 1 {
            let middle = before + (after - before) / 2;
            if self.day(Instant(middle)) >= day { after = middle } else { before = middle }
        }
        (self.day(Instant(after)) == day).then_some(Instant(after))
    }

    /// The first instant at or after the beginning of `day`, even if the zone skipped that day.
    #[must_use]
    pub fn day_from(self, day: NaiveDate) -> Instant {
        let mut day = day;
        for _ in 0..3 {
            if let Some(start) = self.day_start(day) {
                return start;
            }
            day = day + Days::new(1);
        }
        Instant(day.and_time(NaiveTime::MIN).and_utc().timestamp())
    }
}

/// A day of the calendar.
///
/// # Errors
/// Fails if the day does not exist, or is before 1970 or after 2100.
pub fn date_of((year, month, day): (i32, u32, u32)) -> Result<NaiveDate, TimeFault> {
    if !(1970..=2100).contains(&year) {
        return Err(TimeFault::Range);
    }
    NaiveDate::from_ymd_opt(year, month, day).ok_or(TimeFault::Impossible)
}

impl TimeFault {
    /// The code, message and help for a time that was written as `text`.
    #[must_use]
    pub fn describe(self, text: &str) -> (&'static str, Message, Message) {
        let form = || message!("model-time-form", "write it as `2026-11-20 10:15`");
        let read = moment::read(text, moment::YearHint::Nothing);
        let way = read.as_ref().and_then(|reading| reading.ways.first()).map(Written::to_string);
        match self {
            TimeFault::Form => match read.as_ref().and_then(|reading| reading.explain(text)) {
                Some((message, help)) => ("time/invalid", message, help),
                None => (
                    "time/invalid",
                    message!("model-time-invalid", "cannot read `{text}` as a time", text),
                    form(),
                ),
            },
            TimeFault::NoDate => (
                "time/invalid",
                message!("model-time-no-date", "`{text}` has no date", text),
                way.map_or_else(form, |way| {
                    message!("model-time-no-date-help", "write the day too, as in `YYYY-MM-DD {way}`", way)
                }),
            ),
            TimeFault::NoClock => (
                "time/invalid",
                message!("model-time-no-clock", "`{text}` has no time of day", text),
                way.map_or_else(form, |way| {
                    message!(
                        "model-time-no-clock-help",
                        "write the time of day too, as in `{way} HH:MM`",
                        way
                    )
                }),
            ),
            TimeFault::Impossible => (
                "time/impossible",
                message!(
                    "model-time-impossible",
                    "`{text}` does not exist: there is no such day or time of day",
                    text
                ),
                message!(
                    "model-time-impossible-help",
                    "write a month up to 12 and an hour up to 23, and check the day in a calendar"
                ),
            ),
            TimeFault::Range => (
                "time/out-of-range",
                message!("model-time-out-of-range", "`{text}` is outside the years 1970 to 2100", text),
                form(),
            ),
            TimeFault::Skipped => (
                "time/nonexistent",
                message!(
                    "model-time-skipped",
                    "`{text}` does not exist in this time zone: clocks go forward past it",
                    text
                ),
                message!("model-time-skipped-help", "add an offset, for example `2026-11-20 10:15 +09:00`"),
            ),
            TimeFault::Twice(first, second) => (
                "time/ambiguous",
                message!(
                    "model-time-twice",
                    "`{text}` exists twice in this time zone: clocks go back over it",
                    text
                ),
                message!(
                    "model-time-twice-help",
                    "add the offset that you mean: `{text} {first}` or `{text} {second}`",
                    text,
                    first = Offset2(first).to_string(),
                    second = Offset2(second).to_string()
                ),
            ),
        }
    }
}

/// The message and the help for a text that is no day.
#[must_use]
pub fn no_day(text: &str) -> (Message, Message) {
    (
        message!("model-day-invalid", "cannot read `{text}` as a day", text),
        message!("model-day-invalid-help", "write it as `2026-12-29`"),
    )
}

struct Offset2(i32);

impl fmt::Display for Offset2 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { '-' } else { '+' };
        write!(f, "{sign}{:02}:{:02}", self.0.abs() / 3600, self.0.abs() / 60 % 60)
    }
}

/// Reads a duration in seconds: `30m`, `4h`, `7d`, `1h 30m`.
#[must_use]
pub fn duration(text: &str) -> Option<i64> {
    let plain = crate::text::fold(text);
    let mut total: i64 = 0;
    let mut digits = String::new();
    let mut any = false;
    for c in plain.chars() {
        match c {
            '0'..='9' => digits.push(c),
            ' ' if digits.is_empty() => {}
            's' | 'm' | 'h' | 'd' | 'w' => {
                let unit = match c {
                    's' => 1,
                    'm' => 60,
                    'h' => 3600,
                    'd' => 86_400,
                    _ => 604_800,
                };
                total = total.checked_add(digits.parse::<i64>().ok()?.checked_mul(unit)?)?;
                digits.clear();
                any = true;
            }
            _ => return None,
        }
    }
    (any && digits.is_empty() && total > 0).then_some(total)
}

/// Words for units of time, folded, and their lengths in seconds.
const UNITS: [(&[&str], i64); 5] = [
    (&["s", "sec", "secs", "second", "seconds", "秒", "秒間", "秒钟", "秒鐘", "초"], 1),
    (
        &[
            "m",
            "min",
            "mins",
            "minute",
            "minutes",
            "分",
            "分間",
            "分钟",
            "分鐘",
            "분",
            "minuten",
            "minuto",
            "minutos",
            "minuti",
            "minuut",
            "phút",
            "dakika",
            "minuta",
            "minuty",
            "minut",
            "минута",
            "минуты",
            "минут",
            "мин",
            "دقيقة",
        ],
        60,
    ),
    (
        &[
            "h",
            "hr",
            "hrs",
            "hour",
            "hours",
            "時間",
            "小时",
            "小時",
            "个小时",
            "個小時",
            "시간",
            "std",
            "stunde",
            "stunden",
            "heure",
            "heures",
            "hora",
            "horas",
            "ora",
            "ore",
            "uur",
            "giờ",
            "saat",
            "godzina",
            "godziny",
            "godzin",
            "час",
            "часа",
            "часов",
            "ساعة",
        ],
        3_600,
    ),
    (&["d", "day", "days", "日間", "日後", "天", "일", "tag", "tage", "tagen", "jour", "jours"], 86_400),
    (&["w", "week", "weeks", "週間", "周", "주"], 604_800),
];

/// Reads a length of time from now, in seconds, as people type it: `30m`, `1h30m`, `in 30 minutes`, `+2h`, 30分後,
/// 1時間半. `None` if the text is anything else, such as a time of day.
#[must_use]
pub fn from_now(text: &str) -> Option<i64> {
    const BEFORE: [&str; 9] = ["in ", "dans ", "en ", "em ", "tra ", "fra ", "over ", "za ", "через "];
    const AFTER: [&str; 9] = [" from now", " later", "以内に", "後に", "後", "后", "후", "뒤", " sonra"];
    let folded = crate::text::fold(text);
    let mut rest =
        folded.trim_start_matches('+').trim_start_matches("あと").trim_start_matches("今から").trim();
    rest = BEFORE.iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    // 3日 is a day of the month, 3日後 is a length.
    if !rest.ends_with("日後") {
        rest = AFTER.iter().find_map(|word| rest.strip_suffix(word)).unwrap_or(rest).trim_end();
    }
    match rest {
        "half an hour" => return Some(1_800),
        "an hour" | "one hour" => return Some(3_600),
        _ => {}
    }
    let mut total: i64 = 0;
    while !rest.is_empty() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let number: i64 = rest[..digits].parse().ok()?;
        rest = rest[digits..].trim_start();
        let end = rest.find(|c: char| c.is_ascii_digit() || c == ' ' || c == ',').unwrap_or(rest.len());
        let word = rest[..end].trim_end_matches('と').trim_end_matches('.');
        let (word, is_half_more) = match word.strip_suffix('半') {
            Some(word) => (word, true),
            None => (word, false),
        };
        let (_, seconds) = UNITS.iter().find(|(words, _)| words.contains(&word))?;
        let half = if is_half_more { seconds / 2 } else { 0 };
        total = total.checked_add(number.checked_mul(*seconds)?.checked_add(half)?)?;
        rest = rest[end..].trim_start_matches([' ', ',']);
        rest = rest.strip_prefix("and ").unwrap_or(rest);
    }
    (total > 0).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> Zone {
        Zone::named(name).expect("a zone of the IANA list")
    }

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).expect("a day")
    }

    #[test]
    fn local_times_become_utc() {
        assert_eq!(
            zone("Asia/Tokyo").read("2026-11-20 10:15").map(Instant::iso),
            Ok("2026-11-20T01:15:00Z".into())
        );
        assert_eq!(
            zone("Asia/Tokyo").read("2026-11-20 10:15Z").map(Instant::iso),
            Ok("2026-11-20T10:15:00Z".into())
        );
    }

    #[test]
    fn letters_that_two_zones_share_are_shown_with_their_offset() {
        let shown = |name: &str, day: &str| {
            let zone = zone(name);
            zone.abbreviation(zone.read(&format!("2026-{day} 12:00")).expect("a time"))
        };
        for (name, winter, summer) in [
            ("Asia/Shanghai", "CST (UTC+8)", "CST (UTC+8)"),
            ("America/Chicago", "CST (UTC-6)", "CDT (UTC-5)"),
            ("America/Havana", "CST (UTC-5)", "CDT (UTC-4)"),
            ("Asia/Kolkata", "IST (UTC+5:30)", "IST (UTC+5:30)"),
            ("Europe/Dublin", "GMT", "IST (UTC+1)"),
            ("Asia/Jerusalem", "IST (UTC+2)", "IDT"),
            ("Europe/London", "GMT", "BST (UTC+1)"),
            ("Asia/Tokyo", "JST", "JST"),
            ("America/Sao_Paulo", "UTC-3", "UTC-3"),
            ("Etc/UTC", "UTC", "UTC"),
        ] {
            assert_eq!(shown(name, "01-15"), winter, "{name}");
            assert_eq!(shown(name, "07-15"), summer, "{name}");
        }
    }

    #[test]
    fn no_letters_without_an_offset_mean_two_zones() {
        let mut known: std::collections::HashMap<String, (i32, &str)> = std::collections::HashMap::new();
        for name in Zone::names() {
            let zone = zone(name);
            for month in 0..15 * 12 {
                let at = zone.day_from(day(2024 + month / 12, (month % 12).unsigned_abs() + 1, 15));
                let (letters, offset) = (zone.abbreviation(at), zone.offset(at));
                let (first, other) = *known.entry(letters.clone()).or_insert((offset, name));
                assert_eq!(first, offset, "{letters} of {name} and {other}");
            }
        }
        assert!(known.len() > 50, "{known:?}");
    }

    #[test]
    fn times_that_do_not_exist_or_exist_twice_are_refused() {
        let york = zone("America/New_York");
        assert_eq!(york.read("2026-03-08 02:30"), Err(TimeFault::Skipped));
        assert_eq!(york.read("2026-11-01 01:30"), Err(TimeFault::Twice(-14400, -18000)));
        assert!(york.read("2026-11-01 01:30 -05:00").is_ok());
        assert_eq!(york.read("2026-02-30 01:30"), Err(TimeFault::Impossible));
        assert_eq!(york.read("2026-02-03 31:30"), Err(TimeFault::Impossible));
        assert_eq!(york.read("2026-02-03 24:30"), york.read("2026-02-04 00:30"));
        assert_eq!(york.read("1969-02-03 20:30"), Err(TimeFault::Range));
    }

    #[test]
    fn days_begin_where_they_begin() {
        // Cairo puts clocks forward at midnight. Havana puts them back over midnight.
        let cairo = zone("Africa/Cairo")
            .day_start(day(2026, 4, 24))
            .map(|i| zone("Africa/Cairo").local(i).to_string());
        assert_eq!(cairo.as_deref(), Some("2026-04-24 01:00:00"));
        let havana = zone("America/Havana");
        let start = havana.day_start(day(2026, 11, 1)).expect("it exists");
        assert_eq!(havana.day_start(day(2026, 11, 2)).map(|next| next.0 - start.0), Some(25 * 3600));
        assert_eq!(zone("Pacific/Apia").day_start(day(2011, 12, 30)), None);
    }

    #[test]
    fn a_time_of_day_finds_its_day() {
        let tokyo = zone("Asia/Tokyo");
        let at = tokyo.read("2026-11-20 23:50").expect("a time");
        let clock = |text: &str| moment::parse(text).expect("a time of day");
        assert_eq!(tokyo.next_clock(&clock("0:05"), at), tokyo.read("2026-11-21 00:05"));
        assert_eq!(tokyo.next_clock(&clock("25:30"), at), tokyo.read("2026-11-21 01:30"));
        assert_eq!(tokyo.last_clock(&clock("22:05"), at), tokyo.read("2026-11-20 22:05"));
        assert_eq!(tokyo.last_clock(&clock("23:55"), at), tokyo.read("2026-11-19 23:55"));
        let late = tokyo.read("2026-11-21 00:30").expect("a time");
        assert_eq!(tokyo.next_clock(&clock("25:00"), late), Err(TimeFault::NoDate), "today or tomorrow");
        assert_eq!(tokyo.last_clock(&clock("24:00"), late), tokyo.read("2026-11-21 00:00"));
    }

    #[test]
    fn durations_add_up() {
        assert_eq!(duration("1h 30m"), Some(5400));
        assert_eq!(duration("７d"), Some(604_800));
        assert_eq!(duration("30"), None);
        assert_eq!(duration("soon"), None);
    }

    #[test]
    fn lengths_from_now_are_read_as_people_type_them() {
        for (text, minutes) in [
            ("30m", 30),
            ("1h30m", 90),
            ("1h 30m", 90),
            ("2h", 120),
            ("+45m", 45),
            ("in 30 minutes", 30),
            ("In 1 hour and 15 minutes", 75),
            ("90 min.", 90),
            ("half an hour", 30),
            ("30分", 30),
            ("３０分後", 30),
            ("あと30分", 30),
            ("1時間", 60),
            ("1時間30分後", 90),
            ("2時間半", 150),
            ("30分钟后", 30),
            ("1시간 30분 후", 90),
            ("in 30 Minuten", 30),
            ("dans 2 heures", 120),
            ("3日後", 3 * 1440),
        ] {
            assert_eq!(from_now(text), Some(minutes * 60), "{text}");
        }
        for text in [
            "",
            "30",
            "5:00",
            "1h30",
            "3日",
            "soon",
            "0m",
            "-5m",
            "999999999999999999d",
            "99999999999999999999m",
        ] {
            assert_eq!(from_now(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..Default::default() })]

        #[test]
        fn a_length_that_noroshi_documents_is_one_from_now(text in "([0-9]{1,4}[smhdw] ?){1,4}") {
            proptest::prop_assert_eq!(from_now(&text), duration(&text));
        }

        #[test]
        fn no_text_is_too_strange_for_a_length(text in proptest::prelude::any::<String>()) {
            let _ = from_now(&text);
        }
    }
}
