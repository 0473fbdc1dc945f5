//! Collects the feed items of a maintenance, of an occurrence of a series, and of a whole series.

use super::FeedItem;
use super::parts::{updates, withdrawal};
use crate::model::entry::Update;
use crate::model::maintenance::PlanChange;
use crate::model::{Instant, Maintenance};
use crate::site::Route;
use crate::site::item_status::ItemStatus;
use crate::timeline::{MaintenanceNow, SeriesNow};
use crate::vocabulary::{Auto, Status};

pub(super) fn items<'m>(route: Route, now: &MaintenanceNow<'m>, all: &mut Vec<FeedItem<'m>>) {
    let head = &now.maintenance.head;
    let occurrence = now.occurrence.map(|o| o.day);
    let plain =
        |status, at| FeedItem { occurrence, ..FeedItem::single(route, head, status, now.said(at), None) };
    if let Some(at) = announcement(now) {
        let off = now.occurrence.is_some_and(|o| o.is_off);
        let status = if off { Status::Cancelled } else { Status::Scheduled };
        all.push(plain(status.into(), at));
    }
    let from = all.len();
    updates((route, occurrence), head, now.updates.iter().copied(), all);
    add_declared(now, plain, from, all);
    let announced = all[from..].iter_mut().find(|item| {
        item.status == Status::Scheduled.into() && Some(item.at) == head.publish_at && occurrence.is_none()
    });
    if let Some(announced) = announced {
        announced.once = Some(0);
    }
    if now.occurrence.is_none() {
        evaluation(route, now.maintenance, now.evaluation, all);
        withdrawal(route, head, now.withdrawn, all);
    }
}

/// Adds items for starts and ends that only the clock declares. `all[from..]` holds the items of updates: an
/// update at the same second as the clock shares its identity.
fn add_declared<'m>(
    now: &MaintenanceNow<'m>,
    plain: impl Fn(ItemStatus, Instant) -> FeedItem<'m>,
    from: usize,
    all: &mut Vec<FeedItem<'m>>,
) {
    // Each window counts for itself, so that what becomes of one gives the items of another no new identity.
    let piece = |at: Instant, status| if status == Status::InProgress { now.starting(at) } else { 0 };
    let mut planned: Vec<_> =
        now.declared.iter().map(|(at, status)| (*at, *status, piece(*at, *status))).collect();
    let by_plan = now.updates.iter().filter(|u| is_by_plan(now, u));
    planned.extend(
        by_plan.map(|u| (u.at, u.status, if u.status == Status::InProgress { piece_of(u) } else { 0 })),
    );
    planned.sort_unstable();
    planned.dedup();
    for (n, (at, status, piece)) in planned.iter().enumerate() {
        let is_same = |other: &&(Instant, Status, usize)| (other.1, other.2) == (*status, *piece);
        let which = planned[..n].iter().filter(is_same).count() + piece * NUMBERED;
        // An update at that very second is the same item.
        let human = all[from..].iter_mut().find(|item| item.at == *at && item.status == (*status).into());
        if let Some(human) = human {
            human.once = Some(which);
        } else if now.published.is_none_or(|first| *at >= first) {
            // A start or end from before the first publication was never announced, so it gets no item.
            all.push(FeedItem { once: Some(which), ..plain((*status).into(), *at) });
        }
    }
    for (at, update) in now.updates.iter().enumerate() {
        if is_announced_by_clock(now, at) {
            let is_it =
                |item: &&mut FeedItem<'_>| item.at == update.at && item.status == Status::InProgress.into();
            all[from..].iter_mut().filter(is_it).for_each(|item| item.label = Status::Update.into());
        }
    }
}

/// How early, in seconds, an update can report the start and still mean the planned start. It shares the
/// identity of the item that the clock would have made.
const EARLY: i64 = 3_600;

/// Whether the clock had announced the start before this update says that work is going on.
fn is_announced_by_clock(now: &MaintenanceNow<'_>, at: usize) -> bool {
    let (before, update) = (&now.updates[..at], now.updates[at]);
    let sets = |u: &&&Update<PlanChange>| u.status.sets_state();
    let last = before.iter().rev().find(sets).map_or(Instant(i64::MIN), |u| u.at);
    let is_announced_start = |(start, status): &(Instant, Status)| {
        *status == Status::InProgress
            && (last..update.at).contains(start)
            && now.published.is_none_or(|first| *start >= first)
    };
    update.status == Status::InProgress && now.declared.iter().any(is_announced_start)
}

/// The place of the window that an update about work is about.
fn piece_of(update: &Update<PlanChange>) -> usize {
    update.change.pieces.first().copied().unwrap_or(0)
}

/// How many items there can be of one state of one window, for their numbers.
const NUMBERED: usize = 1_000;

/// Whether an update says what the clock would have declared at that second; a start can also come a little early.
fn is_by_plan(now: &MaintenanceNow<'_>, update: &Update<PlanChange>) -> bool {
    let plan = now.plan_at(piece_of(update), update.at);
    let auto = now.maintenance.auto;
    match update.status {
        Status::InProgress => {
            let early = plan.start.0 - update.at.0;
            auto != Auto::None && (0..=EARLY).contains(&early) && !is_going_on(now, update)
        }
        Status::Verifying => auto == Auto::Start && Some(update.at) == plan.end,
        Status::Completed => auto == Auto::Both && Some(update.at) == plan.end,
        _ => false,
    }
}

/// Whether an earlier update says that work is going on.
fn is_going_on(now: &MaintenanceNow<'_>, update: &Update<PlanChange>) -> bool {
    let before = now.updates.iter().take_while(|u| !std::ptr::eq(**u, update));
    let before = before.filter(|u| u.change.is_about(piece_of(update)));
    let sets = |u: &&&Update<PlanChange>| u.status.sets_state();
    before.filter(sets).last().is_some_and(|u| matches!(u.status, Status::InProgress | Status::Verifying))
}

/// Adds the items of a series as a whole.
pub(super) fn of_series<'m>(route: Route, now: &SeriesNow<'m>, all: &mut Vec<FeedItem<'m>>) {
    evaluation(route, now.maintenance, now.evaluation, all);
    withdrawal(route, &now.maintenance.head, now.withdrawn, all);
}

/// When a maintenance was announced without an update that says so. An occurrence announces itself. A later
/// `scheduled` update is its own item: subscribers' items are never withdrawn.
#[must_use]
pub fn announcement(now: &MaintenanceNow<'_>) -> Option<Instant> {
    let published = match now.occurrence {
        Some(_) => now.published,
        None => now.maintenance.head.publish_at,
    };
    let announces = |status| matches!(status, Status::Scheduled | Status::Postponed | Status::Cancelled);
    let by_update = |at: Instant| {
        let enough = |u: &&Update<PlanChange>| match now.occurrence {
            Some(_) => announces(u.status),
            None => u.status == Status::Scheduled,
        };
        now.updates.iter().any(|u| enough(u) && u.at <= at)
    };
    published.filter(|at| !by_update(*at))
}

fn evaluation<'m>(route: Route, entry: &'m Maintenance, visible: bool, all: &mut Vec<FeedItem<'m>>) {
    if let Some((Some(at), words)) = entry.evaluation.as_ref().filter(|_| visible) {
        all.push(FeedItem::single(route, &entry.head, ItemStatus::Evaluation, *at, Some(words)));
    }
}
