//! An incident in a report.

use serde::Serialize;

use super::{Broken, Late, Paper, Scope, Withdrawn, json, late};
use crate::model::Instant;
use crate::site::Route;
use crate::timeline::IncidentNow;
use crate::vocabulary::{Severity, Status};

/// What happened, and what was published when.
#[derive(Debug, Serialize)]
pub struct Incident {
    pub slug: String,
    pub url: String,
    /// `None` if it was withdrawn.
    pub title: Option<String>,
    /// Its state: investigating, identified, monitoring or resolved.
    pub state: &'static str,
    /// Whether it is going on. Durations are then up to now.
    pub open: bool,
    /// Its current or final severity.
    #[serde(serialize_with = "severity")]
    pub severity: Severity,
    #[serde(serialize_with = "severity")]
    pub severity_highest: Severity,
    /// The names of the components that it affected.
    pub components: Vec<String>,
    #[serde(serialize_with = "json::iso")]
    pub started: Instant,
    #[serde(serialize_with = "json::iso_or_null")]
    pub detected: Option<Instant>,
    /// When it was first published.
    #[serde(serialize_with = "json::iso")]
    pub first_notice: Instant,
    #[serde(serialize_with = "json::iso_or_null")]
    pub last_update: Option<Instant>,
    /// When the impact ended.
    #[serde(serialize_with = "json::iso_or_null")]
    pub ended: Option<Instant>,
    pub detection_to_notice_seconds: Option<i64>,
    /// The time between an end and a reopening does not count.
    pub impact_seconds: Option<i64>,
    pub impact_in_period_seconds: Option<i64>,
    /// The time from first publication to the last update that resolved it.
    pub notice_to_resolution_seconds: Option<i64>,
    pub reopened: usize,
    pub updates: usize,
    #[serde(serialize_with = "json::all_iso")]
    pub corrections: Vec<Instant>,
    pub broken_promises: Vec<Broken>,
    pub postmortem: Paper,
    pub withdrawn: Option<Withdrawn>,
    pub backfilled: bool,
    pub late: Vec<Late>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for references")]
fn severity<S: serde::Serializer>(severity: &Severity, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(severity.word())
}

/// The course of an incident by its updates.
struct Course {
    /// The periods with impact. The last can be without an end.
    stretches: Vec<(Instant, Option<Instant>)>,
    /// When it was last resolved.
    resolved: Option<Instant>,
}

/// Collects an incident if it falls into the period.
pub(super) fn gather(scope: &Scope<'_, '_>, at: usize) -> Option<Incident> {
    let route = Route::Incident(at);
    let now = &scope.site.now.incidents[at];
    let (incident, head) = (now.incident, &now.incident.head);
    let withdrawn = scope.withdrawn(head);
    let gone = withdrawn.as_ref().map(|w| w.at);
    let course = course(now);
    let until = |end: Option<Instant>| end.or(gone).unwrap_or(scope.as_of);
    if !course.stretches.iter().any(|(from, to)| scope.period.holds(*from, until(*to))) {
        return None;
    }
    // A withdrawn incident has no duration, because its statements no longer count.
    let counted = || course.stretches.iter().filter(|_| gone.is_none());
    let sum = |length: &dyn Fn(Instant, Instant) -> i64| {
        gone.is_none().then(|| counted().map(|(from, to)| length(*from, until(*to))).sum())
    };
    let over = course.resolved.unwrap_or(scope.as_of);
    Some(Incident {
        slug: head.slug.clone(),
        url: scope.address(route),
        title: scope.title(route),
        state: now.state.word(),
        open: now.is_active(),
        severity: now.severity,
        severity_highest: now.highest,
        components: scope.names(route, &now.touched.names),
        started: incident.started,
        detected: incident.detected,
        first_notice: now.published,
        // An incident recorded afterwards is published all at once.
        last_update: now.updates.last().map(|u| if incident.backfilled { now.published } else { u.at }),
        ended: now.ended,
        detection_to_notice_seconds: incident.detected.map(|at| now.published.0 - at.0),
        impact_seconds: sum(&|from, to| (to.0 - from.0).max(0)),
        impact_in_period_seconds: sum(&|from, to| scope.period.seconds(from, to)),
        notice_to_resolution_seconds: gone.is_none().then_some((over.0 - now.published.0).max(0)),
        reopened: course.stretches.len() - 1,
        updates: now.updates.len(),
        corrections: now.updates.iter().filter(|u| u.status == Status::Correction).map(|u| u.at).collect(),
        broken_promises: broken(scope, now, gone),
        postmortem: Paper {
            published: now.postmortem,
            at: incident.postmortem.as_ref().and_then(|(at, _)| *at).filter(|_| now.postmortem),
        },
        late: late::of_incident(scope, now, now.highest, gone),
        backfilled: incident.backfilled,
        withdrawn,
    })
}

fn course(now: &IncidentNow<'_>) -> Course {
    let incident = now.incident;
    let mut course = Course { stretches: vec![(incident.started, None)], resolved: None };
    for update in now.updates {
        let Some((from, to)) = course.stretches.last_mut() else { continue };
        match update.status {
            Status::Update | Status::Correction => {}
            Status::Resolved => {
                // If the update repeats that it ended, the first end stands unless the update gives another.
                let known = to.unwrap_or(update.at);
                *to = Some(update.change.ended.unwrap_or(known).max(*from));
                course.resolved = Some(update.at);
            }
            _ if to.is_some() => {
                course.stretches.push((update.at, None));
                course.resolved = None;
            }
            _ => {}
        }
    }
    course
}

/// The broken promises. After the end, an open promise no longer matters.
fn broken(scope: &Scope<'_, '_>, now: &IncidentNow<'_>, gone: Option<Instant>) -> Vec<Broken> {
    let waited = now.is_active() || gone.is_some_and(|_| now.state != Status::Resolved);
    let promises = now.promises.iter().filter(|p| p.kept.is_some() || waited);
    promises.filter_map(|p| scope.broken(p.due, p.kept.or(gone))).collect()
}
