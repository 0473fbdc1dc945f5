//! Finds the occurrences of a series that an update may be about, before it is written.
//!
//! The format gives an update without an `occurrence` line to one of them by rule. Where people may mean another one
//! as well, a command asks.

use chrono::NaiveDate;

use super::maintenance::MaintenanceNow;
use super::replay::is_closed;
use crate::model::{Instant, Maintenance};
use crate::vocabulary::Status;

/// An occurrence that an update may be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The day that names it.
    pub day: NaiveDate,
    /// Its planned start.
    pub start: Instant,
    pub end: Option<Instant>,
    pub state: Status,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Candidates {
    /// In order of their days. More than one if people may mean each of them.
    pub possible: Vec<Candidate>,
    /// The one that the format assumes without an `occurrence` line.
    pub assumed: Option<NaiveDate>,
}

/// The occurrences of a series at an instant that an update can be about.
#[derive(Default)]
struct Around<'m> {
    /// The last one that started and was not cancelled.
    last: Option<MaintenanceNow<'m>>,
    /// Those that were postponed without a new time.
    waiting: Vec<MaintenanceNow<'m>>,
    next: Option<MaintenanceNow<'m>>,
}

/// The occurrences that an update with this status, posted at `at`, may be about. Empty if the entry is not a series.
#[must_use]
pub fn candidates(entry: &Maintenance, at: Instant, status: Status) -> Candidates {
    let around = Around::of(entry, at);
    let is_about_plan = matches!(status, Status::Scheduled | Status::Postponed | Status::Cancelled);
    let (mut possible, assumed) =
        if is_about_plan { around.of_plan(status, at) } else { around.of_work(entry, status, at) };
    possible.sort_by_key(|candidate| candidate.day);
    Candidates { possible, assumed }
}

impl<'m> Around<'m> {
    fn of(entry: &'m Maintenance, at: Instant) -> Around<'m> {
        let mut around = Around::default();
        let Some(series) = &entry.recurrence else { return around };
        for occurrence in series.occurrences(entry.window).filter(|occurrence| !occurrence.is_off) {
            let now = MaintenanceNow::known_by(entry, Some(occurrence), None, at, at);
            if now.awaits_new_time {
                around.waiting.push(now);
            } else if now.plan.start > at {
                let is_next = around.next.as_ref().is_none_or(|next| now.plan.start < next.plan.start);
                if is_next && !is_closed(now.human_state) {
                    around.next = Some(now);
                }
                if occurrence.start > at && around.next.is_some() {
                    break;
                }
            } else if now.human_state != Status::Cancelled
                && around.last.as_ref().is_none_or(|last| now.plan.start >= last.plan.start)
            {
                around.last = Some(now);
            }
        }
        around
    }

    /// For a status that plans, moves or cancels.
    fn of_plan(&self, status: Status, at: Instant) -> (Vec<Candidate>, Option<NaiveDate>) {
        let waiting: Vec<Candidate> = self.waiting.iter().filter_map(candidate).collect();
        let next = self.next.as_ref().and_then(candidate);
        let assumed = waiting.iter().min_by_key(|one| (one.start, one.day)).copied().or(next);
        let running =
            self.last.as_ref().filter(|last| !is_finished(last) && last.plan.end.is_none_or(|end| at < end));
        let running = running.and_then(candidate);
        let is_told = status == Status::Scheduled && !waiting.is_empty();
        let others = [running, next].into_iter().flatten().filter(|_| !is_told);
        (waiting.iter().copied().chain(others).collect(), assumed.map(|one| one.day))
    }

    /// For a status that says how work goes, and for `update` and `correction`.
    fn of_work(
        &self,
        entry: &Maintenance,
        status: Status,
        at: Instant,
    ) -> (Vec<Candidate>, Option<NaiveDate>) {
        let last = self.last.as_ref();
        let assumed = last.and_then(candidate).map(|one| one.day);
        let next = self.next.as_ref().filter(|next| {
            let Some(last) = last else { return true };
            let is_known = || {
                let notice = entry.recurrence.as_ref().map_or(0, |series| series.notice);
                !next.updates.is_empty() || next.plan.start.0 - notice <= at.0
            };
            match status {
                // The planned end has passed: work goes on, or the next one begins early.
                Status::InProgress if !is_finished(last) => {
                    let over = last.plan.end.map_or(0, |end| at.0 - end.0);
                    next.plan.start.0 - at.0 < over
                }
                _ if !is_finished(last) => false,
                // Only the clock closed it, so its result is still to be told.
                Status::Completed => is_closed(last.human_state),
                Status::Update | Status::Correction => is_known(),
                _ => true,
            }
        });
        (last.into_iter().chain(next).filter_map(candidate).collect(), assumed)
    }
}

/// Whether an update or the clock has closed it.
fn is_finished(now: &MaintenanceNow<'_>) -> bool {
    is_closed(now.state) || now.unconfirmed.is_some()
}

fn candidate(now: &MaintenanceNow<'_>) -> Option<Candidate> {
    let day = now.occurrence?.day;
    Some(Candidate { day, start: now.plan.start, end: now.plan.end, state: now.state })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::fixture::{SITE, at, site};

    /// The days of November that an update may be about, and the one that is assumed. The window is 3:00 to 5:00,
    /// every week from 3 November.
    fn days(body: &str, time: &str, status: Status) -> (Vec<String>, Option<String>) {
        let text = format!(
            "---\ntitle: t\nkind: regular\naffects: [api]\n\
             window: {{start: 2026-11-03 03:00, end: 2026-11-03 05:00}}\nrecurrence: {{rule: FREQ=WEEKLY}}\n---\nx\n\n{body}"
        );
        let model = site(SITE, &[("maintenance/m.md", &text)]);
        let found = candidates(&model.maintenance[0], at(time), status);
        let day = |day: NaiveDate| day.format("%d").to_string();
        (found.possible.iter().map(|one| day(one.day)).collect(), found.assumed.map(day))
    }

    #[track_caller]
    fn is(body: &str, time: &str, status: Status, possible: &[&str], assumed: &str) {
        let (days, rule) = days(body, time, status);
        assert_eq!(
            (days.iter().map(String::as_str).collect::<Vec<_>>(), rule.as_deref()),
            (possible.to_vec(), Some(assumed))
        );
    }

    #[test]
    fn while_one_runs_a_plan_may_be_about_it_or_the_next() {
        is("", "10 04:00", Status::Cancelled, &["10", "17"], "17");
        is("", "10 04:00", Status::Postponed, &["10", "17"], "17");
        is("", "10 06:00", Status::Cancelled, &["17"], "17");
        is("", "10 02:00", Status::Cancelled, &["10"], "10");
    }

    #[test]
    fn work_that_runs_or_waits_for_its_result_is_about_the_last_one() {
        for status in [Status::InProgress, Status::Verifying, Status::Completed, Status::Update] {
            is("", "10 04:00", status, &["10"], "10");
        }
        is("", "10 08:00", Status::Completed, &["10"], "10");
        is("", "10 08:00", Status::InProgress, &["10"], "10");
    }

    #[test]
    fn between_two_the_next_one_is_possible_as_well() {
        let over = "## completed 2026-11-10 05:00\n\nDone.\n";
        is(over, "17 02:50", Status::InProgress, &["10", "17"], "10");
        is(over, "12 12:00", Status::Update, &["10", "17"], "10");
        is(over, "12 12:00", Status::Completed, &["10", "17"], "10");
        // Only the clock closed the last one.
        is("", "12 12:00", Status::Completed, &["10"], "10");
        is("", "17 02:50", Status::InProgress, &["10", "17"], "10");
    }

    #[test]
    fn one_that_was_postponed_without_a_time_is_planned_first() {
        let postponed = "## postponed 2026-11-09 12:00\noccurrence: 2026-11-10\n\nLater.\n";
        is(postponed, "09 13:00", Status::Scheduled, &["10"], "10");
        is(postponed, "09 13:00", Status::Cancelled, &["10", "17"], "10");
    }

    #[test]
    fn before_the_first_one_only_that_is_possible() {
        assert_eq!(days("", "02 12:00", Status::InProgress), (vec!["03".to_owned()], None));
    }
}
