//! A series: a rule of RFC 5545, and the days on which it takes place.
//!
//! The rule is followed on the calendar and the clock of the wall (RFC 5545 § 3.3.10), and only then in
//! the entry's zone. A local time that clocks skip does not take place and is not counted; one that
//! comes twice is the first. `rrule` alone would move the one and count the other.
//!
//! A rule is read by `rfc` or `words`, is a value in `rule`, and is followed by `follow`.
//!
//! Why: docs/decisions/maintenance-and-series.md.

mod error;
mod expand;
mod natural;
mod numerals;
mod rfc;
pub mod rule;
#[cfg(test)]
mod tests;
mod tokens;
mod until;

use std::collections::{BTreeMap, VecDeque};

use chrono::{Datelike, LocalResult, NaiveDate, NaiveDateTime, TimeZone};

use super::draft::EntryReader;
use super::maintenance::Window;
use super::reader::Value;
use super::time::{Instant, Zone};
use crate::document::moment;
use crate::limits::OCCURRENCES;

pub use error::Fault;
pub use rule::{Ends, Rule};

/// A rule and its exceptions. The window of the entry is the first occurrence.
#[derive(Debug, Hash)]
pub struct Recurrence {
    /// Which days it takes place.
    pub rule: Rule,
    /// Days on which it does not take place, sorted.
    pub except: Vec<NaiveDate>,
    /// Seconds before its start from which an occurrence is announced.
    pub notice: i64,
    /// No occurrence starts after.
    until: Option<Instant>,
    /// The zone on whose clocks the rule is followed.
    zone: Zone,
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
    /// The next that takes place, by the rule: its day and its start.
    pub next: Option<(NaiveDate, Instant)>,
}

const OTHER_RULE: &str =
    "write a rule whose days exist, such as `FREQ=MONTHLY;BYMONTHDAY=-1` for the last of each month";

impl Recurrence {
    /// The occurrences of the series, in order, without end where it has none before 2101. The window
    /// of the entry is the first.
    pub fn occurrences(&self, window: Window) -> impl Iterator<Item = Occurrence> + '_ {
        let zone = self.zone;
        let first = zone.local(window.start);
        let dates = expand::days(&self.rule, first).ok();
        let ends = self.rule.ends;
        let within = move |at: &Instant| match ends {
            Ends::Never | Ends::Count(_) => true,
            Ends::Local(last) => zone.local(*at) <= last,
            Ends::At(last) => *at <= last,
        };
        let most = match ends {
            Ends::Count(count) => usize::try_from(count).unwrap_or(OCCURRENCES).min(OCCURRENCES),
            _ => OCCURRENCES,
        };
        let mut found = dates
            .into_iter()
            .flatten()
            .filter_map(move |local| {
                // The window itself may be the second of two equal times: it says so with an offset.
                let start = if local == first { window.start } else { resolve(zone, local)? };
                Some((local.date(), start))
            })
            .take_while(move |(_, start)| within(start) && self.until.is_none_or(|until| *start <= until))
            .take(most)
            .map(|(day, start)| (day, start, self.except.binary_search(&day).is_ok()));
        // Those that are read ahead: days off, and behind them the next that takes place.
        let mut ahead: VecDeque<(NaiveDate, Instant, bool)> = VecDeque::new();
        std::iter::from_fn(move || {
            let (day, start, is_off) = ahead.pop_front().or_else(|| found.next())?;
            while ahead.back().is_none_or(|(_, _, is_off)| *is_off) {
                let Some(more) = found.next() else { break };
                ahead.push_back(more);
            }
            let next = ahead.iter().find(|(_, _, is_off)| !is_off).map(|(day, start, _)| (*day, *start));
            Some(Occurrence { day, start, is_off, next })
        })
    }

    /// No occurrence starts after it.
    #[must_use]
    pub fn last_possible(&self) -> Instant {
        let zone = self.zone;
        let end_of_time =
            NaiveDate::MAX.with_year(expand::LAST_YEAR).map_or(Instant(i64::MAX), |day| zone.day_from(day));
        let own = match self.rule.ends {
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

pub(super) fn read(
    draft: &EntryReader<'_>,
    value: &Value<'_>,
    window: Option<Window>,
    notice: i64,
) -> Option<Recurrence> {
    if let Some(rule) = value.words().filter(|written| Rule::parse(written).is_ok()) {
        let message = "`recurrence` must be a mapping of `key: value`, not text";
        value.fail("entry/wrong-type", message, format!("write `recurrence: {{rule: \"{rule}\"}}`"));
        return None;
    }
    let map = value.map()?;
    let rule = map.required("rule", "\"FREQ=WEEKLY;BYDAY=TU\"").and_then(|v| Some((v.text()?, v)));
    let until = map.get("until").and_then(|v| Some((last_start(draft.zone(), &v)?, v)));
    let except: Vec<_> =
        map.get("except").iter().flat_map(Value::list).filter_map(|v| Some((v.date()?, v))).collect();
    map.finish();
    let rule = rule?;
    let (rule, place) = parsed(&rule)?;
    let window = window?;
    if let Err((message, help)) = begins(&rule, draft.zone(), window) {
        place.fail("maintenance/bad-recurrence", message, help);
        return None;
    }
    let mut days_off: Vec<NaiveDate> = except.iter().map(|(day, _)| *day).collect();
    days_off.sort_unstable();
    let until_at = until.as_ref().map(|u| u.0);
    let series = Recurrence { rule, except: days_off, notice, until: until_at, zone: draft.zone() };
    if let Some((at, value)) = &until
        && *at < window.start
    {
        let message = "the series ends before it starts";
        value.fail("maintenance/end-before-start", message, "look at the two times again");
    }
    let last = series.except.last().copied();
    let days = days_until(&series, window, last);
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
fn days_until(series: &Recurrence, window: Window, last: Option<NaiveDate>) -> BTreeMap<NaiveDate, Instant> {
    let Some(last) = last else { return BTreeMap::new() };
    series.occurrences(window).take_while(|o| o.day <= last).map(|o| (o.day, o.start)).collect()
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

/// The rule that a text says, or an error at the part of it that is wrong.
fn parsed<'v, 'r>((written, value): &'v (String, Value<'r>)) -> Option<(Rule, &'v Value<'r>)> {
    match Rule::parse(written) {
        Ok(rule) => Some((rule, value)),
        Err(Fault { range, message, help }) => {
            value.fail_within(written, range, "maintenance/bad-recurrence", message, help);
            None
        }
    }
}

/// Whether the window is the first occurrence of the rule; else what is wrong, and the way out.
fn begins(rule: &Rule, zone: Zone, window: Window) -> Result<(), (String, String)> {
    let first = zone.local(window.start);
    let shown = error::shown(&rule.to_string());
    let days = expand::days(rule, first);
    let mut days = days.map_err(|e| (format!("`{shown}` cannot be followed: {e}"), OTHER_RULE.to_owned()))?;
    match days.next() {
        Some(day) if day == first => {}
        Some(day) => {
            let message =
                format!("the rule `{shown}` never produces the first window ({})", zone.write(window.start));
            let help = format!(
                "begin the window on a day of the rule: the next is {} ({})",
                day.date(),
                day.format("%A")
            );
            return Err((message, help));
        }
        None => {
            let message = format!(
                "the rule `{shown}` names no day from the window to the end of {}",
                expand::LAST_YEAR
            );
            return Err((message, OTHER_RULE.to_owned()));
        }
    }
    let over = match rule.ends {
        Ends::Local(last) => first > last,
        Ends::At(last) => window.start > last,
        Ends::Never | Ends::Count(_) => false,
    };
    if over {
        let message = format!("the rule `{shown}` ends before the window starts");
        return Err((message, "look at the two times again".to_owned()));
    }
    Ok(())
}
