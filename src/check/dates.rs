//! Reports times that are probably mistakes: updates that are not shown yet, or that are far from the rest of
//! their entry.
//!
//! These are warnings in every build, not only in `check`, because an author who commits an update expects readers
//! to see it.

use crate::diagnostic::{Diagnostic, Place};
use crate::message::{Message, message};
use crate::model::entry::Update;
use crate::model::{Head, Instant, Model, Zone};
use crate::timeline::Snapshot;
use crate::vocabulary::Status;

/// Almost a year, so that a mistyped month beside the year still counts. Two updates of one event are never so far
/// apart.
const YEAR: i64 = 330 * 86_400;

/// The dated text of an entry, in the order in which it is written.
struct Statement<'m> {
    head: &'m Head,
    updates: Vec<(Instant, Status, &'m Place)>,
    /// The start of an incident. A plan has none, because it may be announced at any time before it begins.
    started: Option<Instant>,
    /// The start of the event; a plan is announced before it.
    begins: Instant,
}

impl<'m> Statement<'m> {
    fn new<C>(
        head: &'m Head,
        updates: &'m [Update<C>],
        started: Option<Instant>,
        begins: Instant,
    ) -> Statement<'m> {
        let mut updates: Vec<_> = updates.iter().map(|u| (u.at, u.status, &u.place)).collect();
        updates.sort_by_key(|(.., place)| place.range.as_ref().map(|range| range.start));
        Statement { head, updates, started, begins }
    }
}

/// The warnings at an instant, for open entries or for all of them.
pub(super) fn check(now: &Snapshot<'_>, at: Instant, all: bool) -> Vec<Diagnostic> {
    let model = now.model;
    let mut found = Vec::new();
    for statement in statements(model) {
        // Text that `publish_at` hides is dated ahead on purpose.
        let is_hidden = statement.head.draft || statement.head.publish_at.is_some_and(|from| from > at);
        if is_hidden || statement.head.withdrawn.is_some() {
            continue;
        }
        later(model.config.zone, &statement, at, &mut found);
        let is_open =
            statement.updates.iter().filter(|(time, ..)| *time <= at).max_by_key(|(time, ..)| *time);
        if all || is_open.is_none_or(|(_, status, _)| !is_end(*status)) {
            order(model.config.zone, &statement, at, &mut found);
        }
    }
    found
}

fn statements(model: &Model) -> impl Iterator<Item = Statement<'_>> {
    let incidents = model
        .incidents
        .iter()
        .map(|entry| Statement::new(&entry.head, &entry.updates, Some(entry.started.at), entry.started.at));
    // Each occurrence of a series has its own updates, so years may lie between them.
    let maintenance = model.maintenance.iter().filter(|entry| entry.recurrence.is_none());
    let maintenance =
        maintenance.map(|entry| Statement::new(&entry.head, &entry.updates, None, entry.window.start));
    incidents.chain(maintenance)
}

fn is_end(status: Status) -> bool {
    matches!(status, Status::Resolved | Status::Completed | Status::Cancelled)
}

fn written(zone: Zone, at: Instant) -> String {
    zone.local(at).format("%Y-%m-%d %H:%M").to_string()
}

fn later(zone: Zone, statement: &Statement<'_>, at: Instant, found: &mut Vec<Diagnostic>) {
    // A plan that appears as a whole before it begins is dated ahead on purpose.
    let is_visible = statement.started.is_some()
        || statement.head.publish_at.is_some()
        || statement.updates.iter().any(|(time, ..)| *time <= at);
    let is_slip = |time: Instant| time > at && (is_visible || time >= statement.begins);
    for (time, _, place) in statement.updates.iter().filter(|(time, ..)| is_slip(*time)) {
        let message = message!(
            "check-update-in-future",
            "this update is dated in the future: readers will not see it before {time}",
            time = written(zone, *time)
        );
        let help = message!(
            "check-update-in-future-help",
            "to publish it now, give it the present time; to publish it later, leave it as it is"
        );
        found.push(Diagnostic::warning("update/in-future", (*place).clone(), message).help(help));
    }
}

fn order(zone: Zone, statement: &Statement<'_>, at: Instant, found: &mut Vec<Diagnostic>) {
    let mut tell = |place: &Place, message: Message| {
        let help = message!(
            "check-update-order-help",
            "check its date and time; if they are right, move the update to its place in the order of times"
        );
        found.push(Diagnostic::warning("update/out-of-order", place.clone(), message).help(help));
    };
    let newest_first = matches!(statement.updates.as_slice(), [(first, ..), .., (last, ..)] if first > last);
    let mut updates: Vec<_> = statement.updates.iter().filter(|(time, ..)| *time <= at).copied().collect();
    if newest_first {
        updates.reverse();
    }
    let mut before = statement.started;
    for (time, _, place) in updates {
        // Another rule reports times before the start.
        if statement.started.is_some_and(|started| time < started) {
            continue;
        }
        match before {
            Some(before) if time < before => tell(
                place,
                message!(
                    "check-update-order",
                    "this update of {time} is written after one of {before}, but noroshi sorts updates by time",
                    time = written(zone, time),
                    before = written(zone, before)
                ),
            ),
            Some(before) if time.0 - before.0 >= YEAR => {
                let days = (time.0 - before.0) / 86_400;
                let message = message!(
                    "check-update-year",
                    "this update is {days} days later than the update or start before it",
                    days
                );
                tell(place, message);
            }
            _ => {}
        }
        before = Some(before.map_or(time, |before| before.max(time)));
    }
}
