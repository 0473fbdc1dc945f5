//! An incident in a report.

use serde::Serialize;

use super::known::{Known, Length};
use super::outage::Outage;
use super::{Broken, Late, Paper, Scope, Withdrawn, late};
use crate::model::entry::Update;
use crate::model::incident::Change;
use crate::model::outages;
use crate::model::{Instant, Stated};
use crate::site::Route;
use crate::timeline::IncidentNow;
use crate::vocabulary::{Severity, Status};

/// What happened, and what was published when.
#[derive(Debug, Serialize)]
pub struct Incident {
    /// Its page.
    #[serde(skip)]
    pub route: Route,
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
    pub started: Known,
    pub detected: Option<Known>,
    /// When it was first published.
    pub first_notice: Known,
    pub last_update: Option<Known>,
    /// When the impact ended.
    pub ended: Option<Known>,
    /// Its spans, if the team listed them. The impact then lasted only during these.
    pub outages: Vec<Outage>,
    /// `None` also if one of the two is not known exactly.
    pub detection_to_notice_seconds: Option<i64>,
    /// The time between an end and a reopening does not count. `None` also if it is only known between bounds.
    pub impact_seconds: Option<i64>,
    /// The least and the most, if it is not known exactly.
    pub impact_seconds_between: Option<(i64, i64)>,
    pub impact_in_period_seconds: Option<i64>,
    pub impact_in_period_seconds_between: Option<(i64, i64)>,
    /// The time from first publication to the last update that resolved it. `None` also if one of the two is not known
    /// exactly.
    pub notice_to_resolution_seconds: Option<i64>,
    pub reopened: usize,
    pub updates: usize,
    pub corrections: Vec<Known>,
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
    stretches: Vec<Stretch>,
    /// When it was last resolved.
    resolved: Option<Stated>,
    reopened: usize,
}

#[derive(Clone, Copy)]
struct Stretch {
    from: Stated,
    to: Option<Stated>,
    /// A moment has no length, however vague it is.
    is_moment: bool,
}

impl Stretch {
    fn open(from: Stated) -> Stretch {
        Stretch { from, to: None, is_moment: false }
    }

    /// Ends it, at its start at the earliest.
    fn end(&mut self, end: Option<Stated>) {
        let from = self.from;
        self.to = end.map(|end| if end.at < from.at { from } else { end });
    }
}

/// The stretches of a list; one that begins at `started` if there is none.
fn listed(list: &[outages::Outage], started: Stated) -> Vec<Stretch> {
    let one = |outage: &outages::Outage| Stretch {
        from: outage.start,
        to: outage.ended(),
        is_moment: outage.is_moment(),
    };
    if list.is_empty() { vec![Stretch::open(started)] } else { list.iter().map(one).collect() }
}

/// Collects an incident if it falls into the period.
pub(super) fn gather(scope: &Scope<'_, '_>, at: usize) -> Option<Incident> {
    let route = Route::Incident(at);
    let now = &scope.site.now.incidents[at];
    let (incident, head) = (now.incident, &now.incident.head);
    let withdrawn = scope.withdrawn(head);
    let gone = withdrawn.as_ref().map(|w| w.at);
    let course = course(now);
    let until = |end: Option<Stated>| end.unwrap_or_else(|| gone.unwrap_or(scope.as_of).into());
    if !course.stretches.iter().any(|one| scope.period.holds(one.from.at, until(one.to).at)) {
        return None;
    }
    // A withdrawn incident has no duration, because its statements no longer count.
    let sum = |length: &dyn Fn(Instant, Instant) -> i64| {
        let one = |one: &Stretch| Length::between(scope.known(one.from), scope.known(until(one.to)), length);
        let mut spans = course.stretches.iter().filter(|one| !one.is_moment).map(one).peekable();
        let is_known = gone.is_none() && spans.peek().is_some();
        is_known.then(|| Length::sum(spans))
    };
    let impact = sum(&|from, to| to.0 - from.0);
    let in_period = sum(&|from, to| scope.period.seconds(from, to));
    let over = course.resolved.unwrap_or(scope.as_of.into());
    let first_notice = now.first_notice();
    let exact = |from: Stated, to: Stated| (from.is_exact() && to.is_exact()).then_some(to.at.0 - from.at.0);
    let update = |u: &Update<Change>| if incident.backfilled { now.published.into() } else { u.stated() };
    Some(Incident {
        route,
        slug: head.slug.clone(),
        url: scope.address(route),
        title: scope.title(route),
        state: now.state.word(),
        open: now.is_active(),
        severity: now.severity,
        severity_highest: now.highest,
        components: scope.names(route, &now.touched.names),
        started: scope.known(now.started),
        detected: incident.detected.map(|at| scope.known(at)),
        first_notice: scope.known(first_notice),
        // An incident recorded afterwards is published all at once.
        last_update: now.updates.last().map(|u| scope.known(update(u))),
        ended: now.ended.map(|at| scope.known(at)),
        outages: now.outages.iter().map(|outage| Outage::new(*outage, scope.site.now.zone())).collect(),
        detection_to_notice_seconds: now.detection_to_notice(),
        impact_seconds: impact.and_then(Length::exact),
        impact_seconds_between: impact.and_then(Length::bounds),
        impact_in_period_seconds: in_period.and_then(Length::exact),
        impact_in_period_seconds_between: in_period.and_then(Length::bounds),
        notice_to_resolution_seconds: exact(first_notice, over).filter(|_| gone.is_none()).map(|s| s.max(0)),
        reopened: course.reopened,
        updates: now.updates.len(),
        corrections: now
            .updates
            .iter()
            .filter(|u| u.status == Status::Correction)
            .map(|u| scope.known(u.stated()))
            .collect(),
        broken_promises: broken(scope, now, gone),
        postmortem: Paper {
            published: now.postmortem,
            at: incident
                .postmortem
                .as_ref()
                .and_then(|(at, _)| *at)
                .filter(|_| now.postmortem)
                .map(|at| scope.known(at)),
        },
        late: late::of_incident(scope, now, now.highest, gone),
        backfilled: incident.backfilled,
        withdrawn,
    })
}

fn course(now: &IncidentNow<'_>) -> Course {
    let stretches = listed(&now.incident.outages, now.started);
    let mut course = Course { stretches, resolved: None, reopened: 0 };
    for update in now.updates {
        let change = &update.change;
        if !change.outages.is_empty() {
            course.stretches = listed(&change.outages, now.started);
        }
        let was_over = course.resolved.is_some();
        let Some(last) = course.stretches.last_mut() else { continue };
        match update.status {
            Status::Correction if was_over => last.end(change.ended.or(last.to).or(course.resolved)),
            Status::Update | Status::Correction => {}
            Status::Resolved => {
                // If the update repeats that it ended, the first end stands unless the update gives another.
                last.end(change.ended.or(last.to).or(Some(update.stated())));
                course.resolved = Some(update.stated());
            }
            _ if was_over => {
                course.stretches.push(Stretch::open(update.stated()));
                course.reopened += 1;
                course.resolved = None;
            }
            _ => {}
        }
    }
    course
}

/// The broken promises.
fn broken(scope: &Scope<'_, '_>, now: &IncidentNow<'_>, gone: Option<Instant>) -> Vec<Broken> {
    let promises = now.counted_promises();
    promises.filter_map(|p| scope.broken(p.due, p.kept.or(gone.map(Into::into)))).collect()
}
