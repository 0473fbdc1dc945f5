//! A maintenance in a report, or one occurrence of a series.

use chrono::NaiveDate;
use serde::Serialize;

use super::known::{Known, Length, Span};
use super::{Broken, Late, Paper, Scope, Withdrawn, json, late};
use crate::model::entry::NextUpdate;
use crate::model::maintenance::MaintenanceType;
use crate::model::window::Window;
use crate::model::{Instant, Stated};
use crate::site::Route;
use crate::timeline::{MaintenanceNow, PlanStep, WindowNow};
use crate::vocabulary::Status;

/// What was planned, what happened, and what was published when.
#[derive(Debug, Serialize)]
pub struct Maintenance {
    /// Its page.
    #[serde(skip)]
    pub route: Route,
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
    pub announced: Option<Known>,
    /// The time between the announcement and the first planned window. Negative if the announcement came later.
    /// `None` also if one of the two is not known exactly.
    pub notice_seconds: Option<i64>,
    pub window_first: Span,
    /// The last planned window; of several, from the first start to the last end.
    pub window: Span,
    /// Each of several windows, without those that did not take place; left out if there is one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub windows: Vec<Span>,
    pub actual_start: Option<Known>,
    pub actual_end: Option<Known>,
    /// When work went on in each of several windows; left out if there is one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub actual_windows: Vec<Span>,
    /// `None` also if it is only known between bounds.
    pub work_seconds: Option<i64>,
    /// The least and the most, if it is not known exactly.
    pub work_seconds_between: Option<(i64, i64)>,
    pub work_in_period_seconds: Option<i64>,
    pub work_in_period_seconds_between: Option<(i64, i64)>,
    pub plan_changes: Vec<PlanChange>,
    pub postponed: Vec<Known>,
    pub cancelled: Option<Known>,
    pub last_update: Option<Known>,
    pub updates: usize,
    pub corrections: Vec<Known>,
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
    pub at: Known,
    pub before: Span,
    pub after: Span,
}

/// Collects a maintenance if it falls into the period, by any of its plans or by the work done.
pub(super) fn gather(scope: &Scope<'_, '_>, at: usize) -> Option<Maintenance> {
    let route = Route::Maintenance(at);
    let now = &scope.site.now.maintenance[at];
    let (entry, head) = (now.maintenance, &now.maintenance.head);
    let withdrawn = scope.withdrawn(head);
    let gone = withdrawn.as_ref().map(|w| w.at);
    // A plan without an end that never began counts by its start.
    // One without a start counts by its announcement.
    let planned = |w: Window| match w.decided() {
        Some(w) => scope.period.holds(w.start, w.end.unwrap_or(w.start)),
        None => now.published.is_some_and(|at| scope.period.holds(at, at)),
    };
    let until = now.actual.1.or(gone.map(Stated::from)).or(now.unconfirmed.and(now.plan.until()));
    let until = until.unwrap_or_else(|| scope.as_of.into());
    let worked = now.actual.0.map(|from| (from, until));
    let firsts = now.windows.iter().map(|window| window.first);
    let plans = now.steps.iter().map(|step| step.after).chain(firsts);
    if !plans.into_iter().any(planned) && !worked.is_some_and(|(from, to)| scope.period.holds(from.at, to.at))
    {
        return None;
    }
    let worked = worked.filter(|_| gone.is_none() && now.unconfirmed.is_none());
    let times = |status: Status| {
        now.updates.iter().filter(move |u| u.status == status).map(|u| scope.known(u.stated()))
    };
    let (several, actual_windows) =
        if now.is_in_windows() { (now.plans(), now.worked()) } else { (Vec::new(), Vec::new()) };
    let span = |window: Window| Span::new(window, scope.site.now.zone());
    let step = |step: &PlanStep| PlanChange {
        at: scope.known(Stated { at: step.at, precision: step.precision }),
        before: span(step.before),
        after: span(step.after),
    };
    let off = now.occurrence.filter(|o| o.is_off).and(now.published).map(|at| scope.known(at));
    let announced = now.published.map(|at| {
        let said = now.updates.first().map(|u| u.stated()).filter(|said| said.at == at);
        said.unwrap_or(at.into())
    });
    // Between several windows nobody works.
    let worked: Vec<(Stated, Stated)> = match worked {
        Some((_, until)) if now.is_in_windows() => {
            let begun = |window: &WindowNow<'_>| Some((window.actual.0?, window.actual.1.unwrap_or(until)));
            now.windows.iter().filter_map(begun).collect()
        }
        worked => worked.into_iter().collect(),
    };
    let length = |length: &dyn Fn(Instant, Instant) -> i64| {
        let one =
            |(from, to): &(Stated, Stated)| Length::between(scope.known(*from), scope.known(*to), length);
        (!worked.is_empty()).then(|| Length::sum(worked.iter().map(one)))
    };
    let work = length(&|from, to| to.0 - from.0);
    let in_period = length(&|from, to| scope.period.seconds(from, to));
    Some(Maintenance {
        route,
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
        announced: announced.map(|at| scope.known(at)),
        notice_seconds: announced
            .filter(|at| at.is_exact() && now.window.from().is_exact())
            .map(|at| now.window.start.0 - at.at.0),
        window_first: span(now.window),
        window: span(now.plan),
        windows: several.into_iter().map(span).collect(),
        actual_start: now.actual.0.map(|at| scope.known(at)),
        actual_end: now.actual.1.map(|at| scope.known(at)),
        actual_windows: actual_windows.into_iter().map(span).collect(),
        work_seconds: work.and_then(Length::exact),
        work_seconds_between: work.and_then(Length::bounds),
        work_in_period_seconds: in_period.and_then(Length::exact),
        work_in_period_seconds_between: in_period.and_then(Length::bounds),
        plan_changes: now.steps.iter().map(step).collect(),
        postponed: times(Status::Postponed).collect(),
        cancelled: times(Status::Cancelled).next_back().or(off).filter(|_| now.state == Status::Cancelled),
        last_update: now.updates.last().map(|u| scope.known(u.stated())),
        updates: now.updates.len(),
        corrections: times(Status::Correction).collect(),
        broken_promises: broken(scope, now, gone),
        evaluation: now.occurrence.is_none().then(|| Paper {
            published: now.evaluation,
            at: entry
                .evaluation
                .as_ref()
                .and_then(|(at, _)| *at)
                .filter(|_| now.evaluation)
                .map(|at| scope.known(at)),
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
        let next_update = update.change.next_update.filter(|_| !closes(update.status));
        let Some(due) = next_update.and_then(NextUpdate::due) else { continue };
        let next = now.updates.get(n + 1).map(|u| u.stated());
        if next.is_none() && closes(now.human_state) {
            continue;
        }
        found.extend(scope.broken(due, next.or(gone.map(Into::into))));
    }
    found
}
