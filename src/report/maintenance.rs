//! A maintenance in a report; of a series, one of its times.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Broken, Late, Paper, Scope, Withdrawn, json, late};
use crate::model::Instant;
use crate::model::maintenance::MaintenanceType;
use crate::model::window::Window;
use crate::site::Route;
use crate::timeline::MaintenanceNow;
use crate::vocabulary::Status;

/// What was planned, what became of it, and what was said of it when.
#[derive(Debug, Serialize)]
pub struct Maintenance {
    /// Its address within the site; of a series, that of the whole.
    pub slug: String,
    /// Which time of a series.
    #[serde(serialize_with = "json::day_or_null")]
    pub occurrence: Option<NaiveDate>,
    /// Its page.
    pub url: String,
    /// Nothing where it was withdrawn.
    pub title: Option<String>,
    /// `regular`, or the id of a kind of the site's own.
    pub kind: String,
    /// scheduled, postponed, `in_progress`, verifying, completed or cancelled.
    pub state: Status,
    /// Whether only the clock says so: the planned time has come, and no person said anything.
    pub state_by_clock: bool,
    /// Whether it goes on: lengths are up to now then.
    pub open: bool,
    /// Since when nobody waits for its result any more: the planned end has passed, and nobody has said how it went.
    /// It has no length then.
    #[serde(serialize_with = "json::iso_or_null")]
    pub unconfirmed: Option<Instant>,
    /// Names of what it touches.
    pub components: Vec<String>,
    /// When it was first announced, as far as that can be known.
    #[serde(serialize_with = "json::iso_or_null")]
    pub announced: Option<Instant>,
    /// How long before the window as first planned that was; less than nothing where it was later.
    pub notice_seconds: Option<i64>,
    /// As first planned.
    #[serde(serialize_with = "window")]
    pub window_first: Window,
    /// As planned in the end.
    #[serde(serialize_with = "window")]
    pub window: Window,
    /// When work began.
    #[serde(serialize_with = "json::iso_or_null")]
    pub actual_start: Option<Instant>,
    /// When it was over.
    #[serde(serialize_with = "json::iso_or_null")]
    pub actual_end: Option<Instant>,
    /// How long work took.
    pub work_seconds: Option<i64>,
    /// The part of it that lies within the period.
    pub work_in_period_seconds: Option<i64>,
    /// Every change of plan.
    pub plan_changes: Vec<PlanChange>,
    /// When it was put off.
    #[serde(serialize_with = "json::all_iso")]
    pub postponed: Vec<Instant>,
    /// When it was called off.
    #[serde(serialize_with = "json::iso_or_null")]
    pub cancelled: Option<Instant>,
    /// The last update.
    #[serde(serialize_with = "json::iso_or_null")]
    pub last_update: Option<Instant>,
    /// How many updates there are.
    pub updates: usize,
    /// When something said before was corrected.
    #[serde(serialize_with = "json::all_iso")]
    pub corrections: Vec<Instant>,
    /// Promises that passed in silence.
    pub broken_promises: Vec<Broken>,
    /// What was learnt; nothing for a time of a series, which is evaluated as a whole.
    pub evaluation: Option<Paper>,
    /// How many people looked at it. Who they are is nobody's to know.
    pub reviewers: usize,
    /// Where its words are gone.
    pub withdrawn: Option<Withdrawn>,
    /// What was late by policy.
    pub late: Vec<Late>,
}

/// A change of plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PlanChange {
    /// When it was said.
    #[serde(serialize_with = "json::iso")]
    pub at: Instant,
    /// What had been planned.
    #[serde(serialize_with = "window")]
    pub before: Window,
    /// What was planned from then on.
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

/// A maintenance, where it belongs to the period: by a plan that it had, or by work that was done.
pub(super) fn gather(scope: &Scope<'_, '_>, at: usize) -> Option<Maintenance> {
    let route = Route::Maintenance(at);
    let now = &scope.site.now.maintenance[at];
    let (entry, head) = (now.maintenance, &now.maintenance.head);
    let withdrawn = scope.withdrawn(head);
    let gone = withdrawn.as_ref().map(|w| w.at);
    // A plan without an end that never began is known by its start.
    let planned = |w: Window| scope.period.holds(w.start, w.end.unwrap_or(w.start));
    let until = now.actual.1.or(gone).or(now.unconfirmed.and(now.plan.end)).unwrap_or(scope.as_of);
    let worked = now.actual.0.map(|from| (from, until));
    let plans = now.steps.iter().map(|step| step.after).chain([now.window]);
    if !plans.into_iter().any(planned) && !worked.is_some_and(|(from, to)| scope.period.holds(from, to)) {
        return None;
    }
    let worked = worked.filter(|_| gone.is_none() && now.unconfirmed.is_none());
    let said = |status: Status| now.updates.iter().filter(move |u| u.status == status).map(|u| u.at);
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
        plan_changes: now
            .steps
            .iter()
            .map(|s| PlanChange { at: s.at, before: s.before, after: s.after })
            .collect(),
        postponed: said(Status::Postponed).collect(),
        cancelled: said(Status::Cancelled).next_back().or(off).filter(|_| now.state == Status::Cancelled),
        last_update: now.updates.last().map(|u| u.at),
        updates: now.updates.len(),
        corrections: said(Status::Correction).collect(),
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

/// A promise holds up to the next word; after the end nobody waits for one.
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
