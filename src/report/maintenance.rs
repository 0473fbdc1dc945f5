//! A maintenance in a report, or one occurrence of a series.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Broken, Late, Paper, Scope, Withdrawn, json, late};
use crate::model::Instant;
use crate::model::maintenance::MaintenanceType;
use crate::model::window::Window;
use crate::site::Route;
use crate::timeline::{MaintenanceNow, PlanStep};
use crate::vocabulary::Status;

/// What was planned, what happened, and what was published when.
#[derive(Debug, Serialize)]
pub struct Maintenance {
    /// Its slug; for an occurrence, that of the series.
    pub slug: String,
    /// The day of the occurrence, for a series.
    pub occurrence: Option<NaiveDate>,
    pub url: String,
    /// `None` if it was withdrawn.
    pub title: Option<String>,
    /// `regular`, or the id of one of the site's own kinds.
    pub kind: String,
    /// Its state: scheduled, postponed, `in_progress`, verifying, completed or cancelled.
    pub state: Status,
    /// Whether the state comes only from the clock: the planned time was reached and no update was posted.
    pub state_by_clock: bool,
    /// Whether work is going on. Durations are then up to now.
    pub open: bool,
    /// When the deadline for a result passed: the planned end is over and no update says how the work went.
    /// There is no duration then.
    #[serde(serialize_with = "json::iso_or_null")]
    pub unconfirmed: Option<Instant>,
    /// The names of the components that it affects.
    pub components: Vec<String>,
    #[serde(serialize_with = "json::iso_or_null")]
    pub announced: Option<Instant>,
    /// The time between the announcement and the first planned window. Negative if the announcement came later.
    pub notice_seconds: Option<i64>,
    #[serde(serialize_with = "window")]
    pub window_first: Window,
    /// The last planned window.
    #[serde(serialize_with = "window")]
    pub window: Window,
    #[serde(serialize_with = "json::iso_or_null")]
    pub actual_start: Option<Instant>,
    #[serde(serialize_with = "json::iso_or_null")]
    pub actual_end: Option<Instant>,
    pub work_seconds: Option<i64>,
    pub work_in_period_seconds: Option<i64>,
    pub plan_changes: Vec<PlanChange>,
    #[serde(serialize_with = "json::all_iso")]
    pub postponed: Vec<Instant>,
    #[serde(serialize_with = "json::iso_or_null")]
    pub cancelled: Option<Instant>,
    #[serde(serialize_with = "json::iso_or_null")]
    pub last_update: Option<Instant>,
    pub updates: usize,
    #[serde(serialize_with = "json::all_iso")]
    pub corrections: Vec<Instant>,
    pub broken_promises: Vec<Broken>,
    /// `None` for an occurrence, because a series is evaluated as a whole.
    pub evaluation: Option<Paper>,
    /// Only their number: their names are private.
    pub reviewers: usize,
    pub withdrawn: Option<Withdrawn>,
    pub late: Vec<Late>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PlanChange {
    /// When it was announced.
    #[serde(serialize_with = "json::iso")]
    pub at: Instant,
    #[serde(serialize_with = "window")]
    pub before: Window,
    #[serde(serialize_with = "window")]
    pub after: Window,
}

#[derive(Serialize)]
struct Times {
    #[serde(serialize_with = "json::iso")]
    start: Instant,
    #[serde(serialize_with = "json::iso_or_null")]
    end: Option<Instant>,
}

fn window<S: serde::Serializer>(window: &Window, to: S) -> Result<S::Ok, S::Error> {
    Times { start: window.start, end: window.end }.serialize(to)
}

/// Collects a maintenance if it falls into the period, by any of its plans or by the work done.
pub(super) fn gather(scope: &Scope<'_, '_>, at: usize) -> Option<Maintenance> {
    let route = Route::Maintenance(at);
    let now = &scope.site.now.maintenance[at];
    let (entry, head) = (now.maintenance, &now.maintenance.head);
    let withdrawn = scope.withdrawn(head);
    let gone = withdrawn.as_ref().map(|w| w.at);
    // A plan without an end that never began counts by its start.
    let planned = |w: Window| scope.period.holds(w.start, w.end.unwrap_or(w.start));
    let until = now.actual.1.or(gone).or(now.unconfirmed.and(now.plan.end)).unwrap_or(scope.as_of);
    let worked = now.actual.0.map(|from| (from, until));
    let plans = now.steps.iter().map(|step| step.after).chain([now.window]);
    if !plans.into_iter().any(planned) && !worked.is_some_and(|(from, to)| scope.period.holds(from, to)) {
        return None;
    }
    let worked = worked.filter(|_| gone.is_none() && now.unconfirmed.is_none());
    let times = |status: Status| now.updates.iter().filter(move |u| u.status == status).map(|u| u.at);
    let step = |step: &PlanStep| PlanChange { at: step.at, before: step.before, after: step.after };
    let off = now.occurrence.filter(|o| o.is_off).and(now.published);
    Some(Maintenance {
        slug: head.slug.clone(),
        occurrence: now.occurrence.map(|o| o.day),
        url: scope.address(route),
        title: scope.title(route),
        kind: match entry.kind {
            MaintenanceType::BuiltIn(kind) => kind.word().to_owned(),
            MaintenanceType::Own(at) => scope.site.now.model.config.kinds[at].id.clone(),
        },
        state: now.state,
        state_by_clock: now.by_clock && now.state != Status::Scheduled && off.is_none(),
        open: now.is_running(),
        unconfirmed: now.unconfirmed,
        components: scope.names(route, &now.touched.names),
        announced: now.published,
        notice_seconds: now.published.map(|at| now.window.start.0 - at.0),
        window_first: now.window,
        window: now.plan,
        actual_start: now.actual.0,
        actual_end: now.actual.1,
        work_seconds: worked.map(|(from, to)| (to.0 - from.0).max(0)),
        work_in_period_seconds: worked.map(|(from, to)| scope.period.seconds(from, to)),
        plan_changes: now.steps.iter().map(step).collect(),
        postponed: times(Status::Postponed).collect(),
        cancelled: times(Status::Cancelled).next_back().or(off).filter(|_| now.state == Status::Cancelled),
        last_update: now.updates.last().map(|u| u.at),
        updates: now.updates.len(),
        corrections: times(Status::Correction).collect(),
        broken_promises: broken(scope, now, gone),
        evaluation: now.occurrence.is_none().then(|| Paper {
            published: now.evaluation,
            at: entry.evaluation.as_ref().and_then(|(at, _)| *at).filter(|_| now.evaluation),
        }),
        reviewers: head.reviewers.len(),
        late: late::of_maintenance(scope, now),
        withdrawn,
    })
}

/// The broken promises. A promise lasts until the next update, and ends when the maintenance is over.
fn broken(scope: &Scope<'_, '_>, now: &MaintenanceNow<'_>, gone: Option<Instant>) -> Vec<Broken> {
    let closes = |status| matches!(status, Status::Completed | Status::Cancelled);
    let mut found = Vec::new();
    for (n, update) in now.updates.iter().enumerate() {
        let Some(due) = update.change.next_update.filter(|_| !closes(update.status)) else { continue };
        let next = now.updates.get(n + 1).map(|u| u.at);
        if next.is_none() && closes(now.human_state) {
            continue;
        }
        found.extend(scope.broken(due, next.or(gone)));
    }
    found
}
