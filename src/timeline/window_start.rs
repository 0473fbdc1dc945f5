//! Finds the planned start of the window that an update is about.

use chrono::NaiveDate;

use super::course::WindowNow;
use super::maintenance::MaintenanceNow;
use crate::model::time::date_of;
use crate::model::{Instant, Maintenance};
use crate::vocabulary::Status;

/// The planned start of the window that an update with this status, posted at `at`, would be about; `None` if no
/// start is known. `occurrence` is the day of the occurrence that the update names, as year, month and day.
#[must_use]
pub fn start_for(
    entry: &Maintenance,
    at: Instant,
    status: Status,
    occurrence: Option<(i32, u32, u32)>,
) -> Option<Instant> {
    if entry.is_in_pieces() {
        return of_windows(entry, at, status, occurrence);
    }
    let Some(series) = &entry.recurrence else { return planned(entry, None, entry.window.start, at) };
    let named = occurrence.and_then(|day| date_of(day).ok());
    let is_next = matches!(status, Status::Scheduled | Status::Postponed | Status::Cancelled);
    let mut last = None;
    for occurrence in series.occurrences(entry.window).filter(|occurrence| !occurrence.is_off) {
        let start = planned(entry, Some(occurrence.day), occurrence.start, at);
        if named.is_some_and(|day| occurrence.day >= day) {
            return start.filter(|_| named == Some(occurrence.day));
        }
        let is_ahead = start.is_none_or(|start| start > at);
        if named.is_none() && is_ahead && (is_next || occurrence.start > at) {
            return if is_next { start } else { last };
        }
        last = if is_ahead { last } else { start };
    }
    last
}

/// The same for several windows, where `day` names the first start of one.
fn of_windows(
    entry: &Maintenance,
    at: Instant,
    status: Status,
    day: Option<(i32, u32, u32)>,
) -> Option<Instant> {
    let is_next = matches!(status, Status::Scheduled | Status::Postponed | Status::Cancelled);
    let now = MaintenanceNow::known_by(entry, None, None, at, at);
    let named = day.and_then(|day| date_of(day).ok());
    let days = entry.pieces.iter().map(|piece| piece.day);
    let is_meant = |day| named.is_none_or(|named| named == day);
    let meant = now.windows.iter().zip(days).filter(|(_, day)| is_meant(*day)).map(|(window, _)| window);
    let meant: Vec<&WindowNow<'_>> = meant.collect();
    let last = || meant.iter().rev().find(|window| !window.is_ahead());
    let next = || meant.iter().find(|window| window.is_ahead());
    let found = if is_next { next().or_else(last) } else { last().or_else(next) }?;
    (!found.awaits_new_time).then_some(found.plan.start)
}

/// The planned start after all updates up to an instant; `None` after `postponed` without a new start.
fn planned(entry: &Maintenance, day: Option<NaiveDate>, first: Instant, until: Instant) -> Option<Instant> {
    let mut start = entry.window.decided().map(|_| first);
    for update in entry.updates.iter().filter(|u| u.at <= until && u.change.occurrence == day) {
        match update.change.start {
            None if update.status == Status::Postponed => start = None,
            new => start = new.map(|new| new.at).or(start),
        }
    }
    start
}
