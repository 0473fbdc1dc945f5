//! A series: a rule of RFC 5545, and the days on which it takes place.
//!
//! The rule is followed on the calendar and the clock of the wall (RFC 5545 § 3.3.10), and only then in
//! the site's zone. A local time that clocks skip does not take place and is not counted; one that
//! comes twice is the first. `rrule` alone would move the one and count the other.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, LocalResult, NaiveDate, NaiveDateTime, TimeZone};

use super::draft::Draft;
use super::maintenance::Window;
use super::reader::Value;
use super::time::{Instant, Zone, date_of};
use crate::document::moment;
use crate::limits::OCCURRENCES;

/// A rule and its exceptions. The window of the entry is the first occurrence.
#[derive(Debug, Hash)]
pub struct Recurrence {
    /// As written.
    pub rule: String,
    /// Days on which it does not take place.
    pub except: Vec<NaiveDate>,
    /// Seconds before its start from which an occurrence is announced.
    pub notice: i64,
    /// The rule without its end, as `rrule` reads it.
    plain: String,
    ends: Ends,
    /// No occurrence starts after.
    until: Option<Instant>,
}

/// How a rule itself ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Ends {
    Never,
    /// After so many.
    Count(u32),
    /// With this day, or this time on the wall.
    Local(NaiveDateTime),
    At(Instant),
}

/// One time that a series takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Occurrence {
    /// The day that the rule gives it: what it is known by, wherever it is moved.
    pub day: NaiveDate,
    /// As the rule plans it.
    pub start: Instant,
    /// Whether this day is an exception: it does not take place.
    pub is_off: bool,
}

const HELP: &str = "write a rule of RFC 5545, such as `FREQ=WEEKLY;BYDAY=TU` or `FREQ=MONTHLY;BYDAY=2SU`";
/// What would make a series come more than once a day.
const TOO_OFTEN: [&str; 6] = ["SECONDLY", "MINUTELY", "HOURLY", "BYHOUR", "BYMINUTE", "BYSECOND"];

impl Recurrence {
    /// The occurrences of the series, in order, without end where it has none before 2101. The window
    /// of the entry is the first.
    pub fn occurrences(&self, zone: Zone, window: Window) -> impl Iterator<Item = Occurrence> + '_ {
        let first = zone.local(window.start);
        let dates = iterate(&self.plain, first).ok();
        let within = move |at: &Instant| match self.ends {
            Ends::Never | Ends::Count(_) => true,
            Ends::Local(last) => zone.local(*at) <= last,
            Ends::At(last) => *at <= last,
        };
        let most = match self.ends {
            Ends::Count(count) => usize::try_from(count).unwrap_or(OCCURRENCES).min(OCCURRENCES),
            _ => OCCURRENCES,
        };
        dates
            .into_iter()
            .flatten()
            .map(|local| local.naive_utc())
            .take_while(|local| local.year() <= 2100)
            .filter_map(move |local| {
                // The window itself may be the second of two equal times: it says so with an offset.
                let start = if local == first { window.start } else { resolve(zone, local)? };
                Some((local.date(), start))
            })
            .take_while(move |(_, start)| within(start) && self.until.is_none_or(|until| *start <= until))
            .take(most)
            .map(|(day, start)| Occurrence { day, start, is_off: self.except.contains(&day) })
    }

    /// No occurrence starts after it.
    #[must_use]
    pub fn last_possible(&self, zone: Zone) -> Instant {
        let end_of_time = NaiveDate::MAX.with_year(2100).map_or(Instant(i64::MAX), |day| zone.day_from(day));
        let own = match self.ends {
            Ends::Never | Ends::Count(_) => end_of_time,
            Ends::Local(last) => zone.day_from(last.date().succ_opt().unwrap_or(last.date())),
            Ends::At(last) => last,
        };
        own.min(self.until.unwrap_or(own)).min(end_of_time)
    }
}

/// The first instant at which clocks on the wall show this; `None` where they never do.
fn resolve(zone: Zone, local: NaiveDateTime) -> Option<Instant> {
    match zone.0.from_local_datetime(&local) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Some(Instant(at.timestamp())),
        LocalResult::None => None,
    }
}

/// Follows a rule in a zone whose clocks never change.
fn iterate(rule: &str, first: NaiveDateTime) -> Result<rrule::RRuleSetIter, rrule::RRuleError> {
    let parsed: rrule::RRule<rrule::Unvalidated> = rule.parse()?;
    let start: DateTime<rrule::Tz> = first.and_utc().with_timezone(&rrule::Tz::UTC);
    // A rule that can never come true again ends instead of being searched for ever.
    Ok((&parsed.build(start)?.limit()).into_iter())
}

pub(super) fn read(
    draft: &Draft<'_>,
    value: &Value<'_>,
    window: Option<Window>,
    notice: i64,
) -> Option<Recurrence> {
    let map = value.map()?;
    let rule = map.required("rule", "\"FREQ=WEEKLY;BYDAY=TU\"").and_then(|v| Some((v.text()?, v)));
    let until = map.get("until").and_then(|v| Some((last_start(draft.zone(), &v)?, v)));
    let except: Vec<_> =
        map.get("except").iter().flat_map(Value::list).filter_map(|v| Some((v.date()?, v))).collect();
    map.finish();
    let (rule, place) = rule?;
    let window = window?;
    let series = match parse(&rule, draft.zone(), window) {
        Ok((plain, ends)) => Recurrence {
            rule,
            except: except.iter().map(|(day, _)| *day).collect(),
            notice,
            plain,
            ends,
            until: until.as_ref().map(|u| u.0),
        },
        Err((message, help)) => {
            place.fail("maintenance/bad-recurrence", message, help);
            return None;
        }
    };
    if let Some((at, value)) = &until
        && *at < window.start
    {
        let message = "the series ends before it starts";
        value.fail("maintenance/end-before-start", message, "look at the two times again");
    }
    let last = series.except.iter().max().copied();
    let days = days_until(&series, draft.zone(), window, last);
    for (day, value) in &except {
        if !days.contains_key(day) {
            let message = format!("the series does not take place on {day}");
            value.fail("maintenance/no-occurrence", message, "name a day of the series, or leave it out");
        }
    }
    if window.end.is_none() {
        value.fail(
            "maintenance/endless-recurrence",
            "a series needs a window with an end",
            "write when it ends",
        );
    }
    Some(series)
}

/// The occurrences up to a day, by day.
fn days_until(
    series: &Recurrence,
    zone: Zone,
    window: Window,
    last: Option<NaiveDate>,
) -> BTreeMap<NaiveDate, Instant> {
    let Some(last) = last else { return BTreeMap::new() };
    series.occurrences(zone, window).take_while(|o| o.day <= last).map(|o| (o.day, o.start)).collect()
}

/// A time, or a day with all of its hours.
fn last_start(zone: Zone, value: &Value<'_>) -> Option<Instant> {
    let written = value.text().and_then(|text| moment::parse(&text));
    if written.is_some_and(|w| w.clock.is_none()) {
        let after = value.date()?.succ_opt()?;
        return Some(Instant(zone.day_from(after).0 - 1));
    }
    value.time()
}

/// The rule without its end, and its end; or what is wrong with it.
fn parse(written: &str, zone: Zone, window: Window) -> Result<(String, Ends), (String, &'static str)> {
    let upper = written.trim().to_uppercase();
    let rule = upper.strip_prefix("RRULE:").unwrap_or(&upper);
    if TOO_OFTEN.iter().any(|word| rule.contains(word)) {
        return Err(("a series comes at most once a day".into(), HELP));
    }
    let shown = written.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut ends = Ends::Never;
    let mut plain = Vec::new();
    for part in rule.split(';').map(str::trim) {
        let end = match part.split_once('=') {
            Some(("COUNT", count)) => count.trim().parse().ok().filter(|n| *n > 0).map(Ends::Count),
            Some(("UNTIL", time)) => read_until(time.trim()),
            Some(("INTERVAL", number)) if number.trim().parse().is_ok_and(|n: u32| n == 0) => None,
            _ => {
                plain.push(part);
                continue;
            }
        };
        let Some(end) = end else {
            return Err((format!("`{part}` in `{shown}` cannot be read"), HELP));
        };
        if ends != Ends::Never {
            return Err((format!("`{shown}` ends twice"), "write one of COUNT and UNTIL"));
        }
        ends = end;
    }
    let plain = plain.join(";");
    let first = zone.local(window.start);
    let mut dates = iterate(&plain, first).map_err(|e| (no_rule(&shown, &e.to_string()), HELP))?;
    if dates.next().is_none_or(|at| at.naive_utc() != first) {
        return Err(("the rule does not yield the window".into(), "begin the window on a day of the rule"));
    }
    let over = match ends {
        Ends::Local(last) => first > last,
        Ends::At(last) => window.start > last,
        Ends::Never | Ends::Count(_) => false,
    };
    if over {
        return Err((format!("`{shown}` ends before the window starts"), "look at the two times again"));
    }
    Ok((plain, ends))
}

/// `20261231`, `20261231T235959`, `20261231T150000Z` (RFC 5545 § 3.3.4, § 3.3.5).
fn read_until(written: &str) -> Option<Ends> {
    let number = |range: std::ops::Range<usize>| written.get(range)?.parse::<u32>().ok();
    let day = date_of((number(0..4)?.try_into().ok()?, number(4..6)?, number(6..8)?)).ok()?;
    match written.len() {
        8 => Some(Ends::Local(day.and_hms_opt(23, 59, 59)?)),
        15 | 16 if written.as_bytes()[8] == b'T' => {
            let local = day.and_hms_opt(number(9..11)?, number(11..13)?, number(13..15)?)?;
            match written.get(15..) {
                Some("") => Some(Ends::Local(local)),
                Some("Z") => Some(Ends::At(Instant(local.and_utc().timestamp()))),
                _ => None,
            }
        }
        _ => None,
    }
}

/// What the parser says of a rule, without its own name before it and its full stop.
fn no_rule(shown: &str, why: &str) -> String {
    let why = why.rsplit_once("error: ").map_or(why, |(_, why)| why).trim_end_matches('.');
    format!("`{shown}` is no rule: {why}")
}
