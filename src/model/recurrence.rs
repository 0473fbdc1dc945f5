//! A series: a rule of RFC 5545, and the days on which it takes place.
//!
//! The rule is expanded on the calendar and in local time (RFC 5545 § 3.3.10). Only then are the times resolved in
//! the entry's zone. An occurrence at a local time that clocks skip does not take place and is not counted. A
//! local time that exists twice means the first. `rrule` alone would move the former and count the latter.
//!
//! `parse` reads a rule with `rfc` or `natural`, `rule` is the value, and `expand` computes its days.
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

use chrono::{Datelike, NaiveDate};

use super::time::{Instant, Zone};
use super::window::Window;
use crate::limits::OCCURRENCES;

pub use error::Fault;
pub use rule::{Ends, Rule};

/// A rule and its exceptions. The window of the entry is the first occurrence.
#[derive(Debug, Hash)]
pub struct Recurrence {
    pub rule: Rule,
    /// The days on which the series does not take place, sorted.
    pub except: Vec<NaiveDate>,
    /// The seconds before its start from which an occurrence is announced.
    pub notice: i64,
    /// The time after which no occurrence starts.
    pub(super) until: Option<Instant>,
    /// The zone whose clocks the rule follows.
    pub(super) zone: Zone,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Occurrence {
    /// The day from the rule. It identifies the occurrence, even if the occurrence is moved.
    pub day: NaiveDate,
    /// The start from the rule.
    pub start: Instant,
    /// Whether the day is an exception, so that the occurrence does not take place.
    pub is_off: bool,
    /// The next occurrence that takes place by the rule: its day and its start.
    pub next: Option<(NaiveDate, Instant)>,
}

impl Recurrence {
    /// In order, until the end of the series or of the year 2100.
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
                // The window itself may start at the second of two equal local times; its offset says so.
                let start = if local == first { window.start } else { zone.first(local)? };
                Some((local.date(), start))
            })
            .take_while(move |(_, start)| within(start) && self.until.is_none_or(|until| *start <= until))
            .take(most)
            .map(|(day, start)| (day, start, self.except.binary_search(&day).is_ok()));
        // A buffer of occurrences read in advance: exceptions, and after them the next one that takes place.
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

    /// The time after which no occurrence can start.
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
