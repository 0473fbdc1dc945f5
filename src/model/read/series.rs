//! Assigns each update of a series to its occurrence.
//!
//! The `occurrence` line decides. Without it, `scheduled`, `postponed` and `cancelled` belong to the next
//! occurrence to start, and all other statuses to the last one that started. If neither is clear, noroshi reports
//! an error; it never guesses.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};

use super::entry::EntryReader;
use crate::limits::{SERIES_OCCURRENCES, SERIES_YEAR};
use crate::message::{Message, message};
use crate::model::entry::Update;
use crate::model::maintenance::{Maintenance, PlanChange, is_closing};
use crate::model::time::Instant;
use crate::model::window::Window;
use crate::vocabulary::Status;

/// The plan of an occurrence at some point of its history.
struct Course {
    plan: Window,
    /// Whether it was postponed without a new time.
    awaits_new_time: bool,
    /// The status that ended it. An exception ends it before it begins.
    over: Option<Status>,
}

/// Assigns every update to its occurrence, and checks that the plans still hold.
pub(super) fn sense(reader: &EntryReader<'_>, maintenance: &mut Maintenance) {
    let Some(series) = &maintenance.recurrence else { return };
    let window = maintenance.window;
    let Some(mut days) = courses(reader, maintenance) else { return };
    let mut belongs = Vec::with_capacity(maintenance.updates.len());
    for update in &maintenance.updates {
        let day = match update.change.occurrence {
            Some(day) => Some(day),
            None => belonging(reader, &days, update),
        };
        belongs.push(day);
        let Some(day) = day else { continue };
        let Some(course) = days.get_mut(&day) else {
            let message = message!(
                "model-series-no-occurrence",
                "the series has no occurrence on {day}",
                day = day.to_string()
            );
            let help = near(&days, day);
            reader.error(update.place.clone(), "maintenance/no-occurrence", message, help);
            continue;
        };
        follow(reader, course, update);
    }
    // An update without an occurrence is already an error. It stays with the first one.
    let first = series.occurrences(window).next().map(|o| o.day);
    for (update, day) in maintenance.updates.iter_mut().zip(belongs) {
        update.change.occurrence = day.or(first);
    }
}

/// The occurrences that updates may refer to: up to the last day that one names, and some after the last update.
fn courses(reader: &EntryReader<'_>, maintenance: &Maintenance) -> Option<BTreeMap<NaiveDate, Course>> {
    let mut days = BTreeMap::new();
    let series = maintenance.recurrence.as_ref()?;
    if reader.zone().day(maintenance.window.start).year() < SERIES_YEAR {
        let message = message!(
            "model-series-early",
            "this series begins before {year}, and each of its occurrences would have a page",
            year = SERIES_YEAR
        );
        let help =
            message!("model-series-early-help", "begin it with the first window that readers still need");
        let place = maintenance.head.place.clone();
        reader.error(place, "maintenance/too-many-occurrences", message, help);
        return None;
    }
    let named = maintenance.updates.iter().filter_map(|u| u.change.occurrence).max();
    let last_update = maintenance.updates.last().map_or(Instant(i64::MIN), |u| u.at);
    // Each update may cancel one more occurrence, so as many must be known in advance.
    let mut ahead = maintenance.updates.len() + 1;
    for occurrence in series.occurrences(maintenance.window) {
        if occurrence.start > last_update && named.is_none_or(|named| occurrence.day > named) {
            if ahead == 0 {
                break;
            }
            ahead -= usize::from(!occurrence.is_off);
        }
        if days.len() == SERIES_OCCURRENCES {
            let latest = maintenance.updates.iter().max_by_key(|u| (u.change.occurrence, u.at));
            let place = latest.map_or_else(|| maintenance.head.place.clone(), |update| update.place.clone());
            let message = message!(
                "model-series-long",
                "more than {most} occurrences come before the one that this update belongs to",
                most = SERIES_OCCURRENCES
            );
            let help = message!(
                "model-series-long-help",
                "end this series with `until`, and begin a new one in another file"
            );
            reader.error(place, "maintenance/too-many-occurrences", message, help);
            return None;
        }
        let over = occurrence.is_off.then_some(Status::Cancelled);
        let plan = maintenance.window.moved_to(occurrence.start);
        days.insert(occurrence.day, Course { plan, awaits_new_time: false, over });
    }
    Some(days)
}

fn belonging(
    reader: &EntryReader<'_>,
    days: &BTreeMap<NaiveDate, Course>,
    update: &Update<PlanChange>,
) -> Option<NaiveDate> {
    let next =
        |(_, c): &(&NaiveDate, &Course)| c.over.is_none() && (c.awaits_new_time || c.plan.start > update.at);
    let started = |(_, c): &(&NaiveDate, &Course)| !c.awaits_new_time && c.plan.start <= update.at;
    if matches!(update.status, Status::Scheduled | Status::Postponed | Status::Cancelled) {
        // An occurrence that was postponed without a new time comes before those that have one.
        let found = days.iter().filter(next).min_by_key(|(day, c)| (!c.awaits_new_time, c.plan.start, **day));
        if found.is_none() {
            let message =
                message!("model-series-none-after", "no occurrence of the series starts after this update");
            reader.error(update.place.clone(), "maintenance/no-occurrence", message, write_occurrence());
        }
        let runs = |(_, c): &(&NaiveDate, &Course)| {
            c.over.is_none()
                && !c.awaits_new_time
                && c.plan.start <= update.at
                && c.plan.end.is_none_or(|end| update.at < end)
        };
        if let (Some((next, _)), Some((running, _))) = (found, days.iter().find(runs)) {
            let (next, running) = (next.to_string(), running.to_string());
            let message = message!(
                "model-series-unclear",
                "this update belongs to the occurrence of {next}, but the one of {running} is running",
                next,
                running
            );
            let help = write_meant(&running);
            reader.warning(update.place.clone(), "maintenance/unclear-occurrence", message, help);
        }
        return found.map(|(day, _)| *day);
    }
    let last = days.iter().filter(started).filter(|(_, c)| c.over != Some(Status::Cancelled));
    let Some((day, course)) = last.max_by_key(|(day, c)| (c.plan.start, **day)) else {
        let message =
            message!("model-series-none-before", "no occurrence of the series has started by this update");
        reader.error(update.place.clone(), "maintenance/no-occurrence", message, write_occurrence());
        return None;
    };
    if course.over.is_some() && update.status.sets_state() {
        let message = message!(
            "model-series-over",
            "this update belongs to the occurrence of {day}, which is over",
            day = day.to_string()
        );
        let help = write_meant("2026-12-08");
        reader.warning(update.place.clone(), "maintenance/unclear-occurrence", message, help);
    }
    Some(*day)
}

fn follow(reader: &EntryReader<'_>, course: &mut Course, update: &Update<PlanChange>) {
    course.plan = changed(reader, update, course.plan);
    match update.status {
        Status::Postponed => course.awaits_new_time = update.change.start.is_none(),
        Status::Scheduled => course.awaits_new_time &= update.change.start.is_none(),
        _ if update.change.start.is_some() => course.awaits_new_time = false,
        _ => {}
    }
    match update.status {
        Status::Update | Status::Correction => {}
        status => course.over = Some(status).filter(|s| is_closing(*s)),
    }
}

/// The neighbouring days of the series, for a day that it does not have.
fn near(days: &BTreeMap<NaiveDate, Course>, day: NaiveDate) -> Message {
    let before = days.range(..day).next_back().map(|(d, _)| d.to_string());
    let after = days.range(day..).next().map(|(d, _)| d.to_string());
    match (before, after) {
        (Some(a), Some(b)) => {
            message!("model-series-nearest-days", "the nearest days of the series are {a} and {b}", a, b)
        }
        (Some(one), None) | (None, Some(one)) => {
            message!("model-series-nearest-day", "the nearest day of the series is {one}", one)
        }
        (None, None) => message!("model-series-any-day", "write a day of the series"),
    }
}

fn write_meant(day: &str) -> Message {
    message!(
        "model-series-unclear-help",
        "write the occurrence that you mean directly under the heading, for example `occurrence: {day}`",
        day
    )
}

fn write_occurrence() -> Message {
    message!(
        "model-series-write-occurrence",
        "write its occurrence directly under the heading, for example `occurrence: 2026-12-08`"
    )
}

/// The plan after an update.
pub(super) fn changed(reader: &EntryReader<'_>, update: &Update<PlanChange>, plan: Window) -> Window {
    let change = &update.change;
    let plan = change.applied_to(plan);
    let moved = change.start.is_some() || change.end.is_some();
    if moved && plan.end.is_some_and(|end| end <= plan.start) {
        let message = message!(
            "model-series-end-before-start",
            "after this change, the maintenance ends before it starts"
        );
        let help = message!(
            "model-series-end-before-start-help",
            "write both `start` and `end`; a time without a date means the next such time"
        );
        reader.error(update.place.clone(), "maintenance/end-before-start", message, help);
    }
    plan
}
