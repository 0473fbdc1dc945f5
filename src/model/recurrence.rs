//! A series: a rule of RFC 5545, and the days on which it takes place.
//!
//! The rule is followed on the calendar and the clock of the wall (RFC 5545 § 3.3.10), and only then in
//! the entry's zone. A local time that clocks skip does not take place and is not counted; one that
//! comes twice is the first. `rrule` alone would move the one and count the other.
//!
//! `parse` reads a rule with `rfc` or `natural`, `rule` is the value, `expand` finds its days.
//!
//! Why: docs/decisions/maintenance-and-series.md.

pub(super) mod error;
pub(super) mod expand;
mod natural;
mod numerals;
mod parse;
mod rfc;
pub mod rule;
#[cfg(test)]
mod tests;
mod tokens;
mod until;

use std::collections::VecDeque;

use chrono::{Datelike, LocalResult, NaiveDate, NaiveDateTime, TimeZone};

use super::time::{Instant, Zone};
use super::window::Window;
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
    pub(super) until: Option<Instant>,
    /// The zone on whose clocks the rule is followed.
    pub(super) zone: Zone,
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
