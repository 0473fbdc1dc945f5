//! Incidents and maintenance in the shape of the status API v2, which has one shape for both.

use serde::Serialize;

use super::components::{self, Affected, Component};
use super::{View, state, time};
use crate::model::{GivenStatus, Head, Instant};
use crate::site::feed_items::{self, FeedItem};
use crate::site::item_status::ItemStatus;
use crate::site::{Linker, Route, identity};
use crate::timeline::{IncidentNow, MaintenanceNow};
use crate::vocabulary::{ComponentStatus, Severity, Status};

#[derive(Serialize)]
#[expect(clippy::struct_field_names, reason = "the names of the API")]
pub(super) struct Incident {
    id: String,
    name: String,
    status: &'static str,
    created_at: String,
    updated_at: String,
    monitoring_at: Option<String>,
    resolved_at: Option<String>,
    impact: &'static str,
    shortlink: String,
    started_at: String,
    page_id: String,
    incident_updates: Vec<Update>,
    components: Vec<Component>,
    /// Only for maintenance.
    #[serde(flatten)]
    planned: Option<Planned>,
}

#[derive(Serialize)]
struct Planned {
    scheduled_for: String,
    /// Null if the end is not known.
    scheduled_until: Option<String>,
}

#[derive(Serialize)]
struct Update {
    id: String,
    status: &'static str,
    body: String,
    incident_id: String,
    created_at: String,
    updated_at: String,
    display_at: String,
    affected_components: Option<Vec<Affected>>,
    deliver_notifications: bool,
    custom_tweet: Option<String>,
    tweet_id: Option<String>,
}

/// The id of an entry, or of an occurrence of a series, in the API.
pub(super) fn id(head: &Head, occurrence: Option<&str>) -> String {
    match occurrence {
        Some(day) => identity::short(&[head.kind.word(), &head.id, day]),
        None => identity::api_id(head),
    }
}

pub(super) fn incident(view: View<'_>, route: Route, now: &IncidentNow<'_>) -> Incident {
    let (site, head) = (view.site, &now.incident.head);
    let updated = now.last_publication();
    let over = !now.is_active();
    let last = |status: Status| now.updates.iter().rev().find(|u| u.status == status).map(|u| u.at);
    let resolved = over.then(|| last(Status::Resolved).or(head.withdrawn.as_ref().map(|w| w.at))).flatten();
    let given = |(component, _): &(usize, GivenStatus)| {
        let now = now.affects.iter().find(|(c, _)| c == component);
        (*component, now.map_or(ComponentStatus::Operational, |(_, status)| *status))
    };
    let effects = now.effects();
    let affected = |item: &FeedItem<'_>| {
        let update = now.updates.iter().position(|u| is_update(item, u.at, u.status, u.ordinal))?;
        let effects = effects.get(update)?;
        let all = effects.iter().map(|(at, old, new)| components::affected(view, *at, *old, *new));
        Some(all.collect::<Vec<_>>()).filter(|all| !all.is_empty())
    };
    Incident {
        status: match (now.postmortem && over && !now.withdrawn, over) {
            (true, _) => "postmortem",
            (false, true) => Status::Resolved.word(),
            (false, false) => state(now.state),
        },
        monitoring_at: last(Status::Monitoring)
            .filter(|_| over || now.state == Status::Monitoring)
            .map(|at| time(site, at)),
        resolved_at: resolved.map(|at| time(site, at)),
        impact: match now.named_severity() {
            Severity::Minor => "minor",
            Severity::Moderate => "major",
            Severity::Critical => "critical",
        },
        started_at: time(site, now.started.at),
        components: components::of_entry(view, now.touched.given.iter().map(given), updated),
        ..common(view, route, head, None, (now.published, updated), Status::Investigating, affected)
    }
}

pub(super) fn maintenance(view: View<'_>, route: Route, now: &MaintenanceNow<'_>) -> Incident {
    let (site, head) = (view.site, &now.maintenance.head);
    let day = now.occurrence.map(|o| o.day.to_string());
    let updated = super::last_maintenance_publication(now).unwrap_or(now.window.start);
    let created = now.published.unwrap_or(now.window.start).min(updated);
    let over = matches!(now.state, Status::Completed | Status::Cancelled) || now.withdrawn;
    // The API has one window: of several, the one that is under way or comes next.
    let plan = now.plan_now();
    let given = |(component, _): &(usize, GivenStatus)| {
        let now = now.affects.iter().find(|(c, _)| c == component);
        (*component, now.map_or(ComponentStatus::Operational, |(_, status)| *status))
    };
    let resolved = over.then(|| {
        head.withdrawn
            .as_ref()
            .filter(|_| now.withdrawn)
            .map(|w| w.at)
            .or(now.actual.1.map(|at| at.at))
            .unwrap_or(updated)
    });
    let started = now.declared.first().map(|(at, _)| *at);
    let started =
        now.updates.iter().filter(|u| u.status == Status::InProgress).map(|u| u.at).chain(started).min();
    let affected = |item: &FeedItem<'_>| {
        // If the start is reported again, the components keep their status.
        let begins = now.is_in_windows() && now.declared.contains(&(item.at, Status::InProgress));
        let again = started.is_some_and(|first| first < item.at) && !begins;
        let under = |given: &GivenStatus| match given {
            GivenStatus::Implied => ComponentStatus::Maintenance,
            GivenStatus::Status(status) => *status,
        };
        let ok = ComponentStatus::Operational;
        let change = |given: &GivenStatus| match item.status {
            ItemStatus::Update(Status::InProgress) if !again => Some((ok, under(given))),
            ItemStatus::Update(Status::InProgress | Status::Verifying) => Some((under(given), under(given))),
            ItemStatus::Update(Status::Cancelled) if again => Some((under(given), ok)),
            ItemStatus::Update(Status::Completed) => Some((under(given), ok)),
            _ => None,
        };
        let all = now.touched.given.iter();
        let all: Vec<Affected> = all
            .filter_map(|(at, given)| {
                change(given).map(|(old, new)| components::affected(view, *at, old, new))
            })
            .collect();
        (!all.is_empty()).then_some(all)
    };
    Incident {
        status: if over { Status::Completed.word() } else { state(now.state) },
        resolved_at: resolved.map(|at| time(site, at)),
        impact: "maintenance",
        started_at: time(site, plan.start),
        planned: Some(Planned {
            scheduled_for: time(site, plan.start),
            // Programs that fill in the end themselves take the start, too.
            scheduled_until: plan.end.or(view.fills().then_some(plan.start)).map(|at| time(site, at)),
        }),
        components: components::of_entry(view, now.touched.given.iter().map(given), updated),
        ..common(view, route, head, day.as_deref(), (created, updated), Status::Scheduled, affected)
    }
}

fn is_update(item: &FeedItem<'_>, at: Instant, status: Status, ordinal: usize) -> bool {
    item.at == at && item.status == status.into() && item.ordinal == ordinal
}

/// The fields that both kinds share; the caller fills in the rest.
fn common(
    view: View<'_>,
    route: Route,
    head: &Head,
    day: Option<&str>,
    (created, updated): (Instant, Instant),
    first: Status,
    affected: impl Fn(&FeedItem<'_>) -> Option<Vec<Affected>>,
) -> Incident {
    let site = view.site;
    let name = site.title(route, view.locale).map(|(_, title)| title).unwrap_or_default();
    let id = id(head, day);
    Incident {
        name,
        status: state(first),
        created_at: time(site, created),
        updated_at: time(site, updated),
        monitoring_at: None,
        resolved_at: None,
        impact: "none",
        shortlink: site.absolute(&site.path(route, view.locale)),
        started_at: time(site, created),
        page_id: identity::short(&["page", &site.absolute("")]),
        incident_updates: updates(view, route, &id, first, affected),
        components: Vec::new(),
        planned: None,
        id,
    }
}

/// The text of an update, after the number of its report.
fn numbered(view: View<'_>, item: &FeedItem<'_>, text: String) -> String {
    let site = view.site;
    let is_shown = site.is_withdrawn(item.route).is_none();
    let report = item.report.filter(|_| is_shown).and_then(|report| site.locales[view.locale].report(report));
    match report {
        Some(report) => format!("{report}\n{text}"),
        None => text,
    }
}

/// The updates, newest first. An update that does not set a state has the state in force.
fn updates(
    view: View<'_>,
    route: Route,
    incident: &str,
    first: Status,
    affected: impl Fn(&FeedItem<'_>) -> Option<Vec<Affected>>,
) -> Vec<Update> {
    let site = view.site;
    let withdrawn = site.is_withdrawn(route).is_some();
    let linker = Linker::absolute(site, view.locale);
    let mut status = state(first);
    let mut found: Vec<Update> = Vec::new();
    for item in feed_items::of(site, route).into_iter().rev() {
        status = match item.status {
            ItemStatus::Update(Status::Update | Status::Correction) => status,
            ItemStatus::Withdrawn if first == Status::Scheduled => Status::Completed.word(),
            ItemStatus::Withdrawn => Status::Resolved.word(),
            ItemStatus::Update(Status::Postponed) => Status::Scheduled.word(),
            ItemStatus::Evaluation | ItemStatus::Update(Status::Cancelled) => Status::Completed.word(),
            other => other.word(),
        };
        let at = time(site, item.at);
        found.push(Update {
            id: item.short_id(),
            status,
            body: numbered(view, &item, site.item_plain_text(&item, view.locale, &linker)),
            incident_id: incident.to_owned(),
            created_at: at.clone(),
            updated_at: at.clone(),
            display_at: at,
            affected_components: (if withdrawn { None } else { affected(&item) })
                .or_else(|| view.fills().then(Vec::new)),
            deliver_notifications: true,
            custom_tweet: None,
            tweet_id: None,
        });
    }
    found.reverse();
    found
}
