//! `/api/v2/`: the status API v2 of Atlassian Statuspage, for programs that already read it.
//!
//! The API uses the first language. A list contains the same data for an entry as the entry's own file, and
//! that depends on the entry alone: its components have the status that the entry gives them. So an update to
//! one incident does not rewrite another incident's file.

mod components;
mod incidents;

use std::fmt::Write as _;

use serde::Serialize;

use super::{Planned, json};
use crate::digest::Digest;
use crate::limits::API_LIST;
use crate::model::{Head, Instant};
use crate::publish::Rank;
use crate::site::changes::state_key;
use crate::site::{Linker, Route, Site, identity};
use crate::timeline::{IncidentNow, MaintenanceNow};
use crate::vocabulary::{ComponentStatus, Status};

use components::Component;
use incidents::Incident;

#[derive(Default, Serialize)]
struct Page {
    id: String,
    name: String,
    url: String,
    time_zone: &'static str,
    updated_at: String,
}

#[derive(Serialize)]
struct Overall {
    indicator: &'static str,
    description: String,
}

/// All shapes of the API's answers. Fields that an endpoint does not have are omitted.
#[derive(Default, Serialize)]
struct Answer {
    page: Page,
    #[serde(skip_serializing_if = "Option::is_none")]
    components: Option<Vec<Component>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    incident: Option<Incident>,
    #[serde(skip_serializing_if = "Option::is_none")]
    incidents: Option<Vec<Incident>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scheduled_maintenances: Option<Vec<Incident>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<Overall>,
}

type Endpoint = for<'a> fn(&'a Site<'a>) -> Answer;

/// The endpoints that every site has.
const ENDPOINTS: [(&str, Endpoint); 8] = [
    ("summary", |site| Answer {
        components: Some(components::list(site)),
        incidents: Some(unresolved(site)),
        scheduled_maintenances: Some(
            timed(site, upcoming(site).chain(active(site))).map(|at| maintenance(site, at)).collect(),
        ),
        status: Some(overall(site)),
        ..Answer::new(site)
    }),
    ("status", |site| Answer { status: Some(overall(site)), ..Answer::new(site) }),
    ("components", |site| Answer { components: Some(components::list(site)), ..Answer::new(site) }),
    ("incidents", |site| {
        let latest = (0..site.now.incidents.len()).take(API_LIST);
        Answer { incidents: Some(latest.map(|at| incident(site, at)).collect()), ..Answer::new(site) }
    }),
    ("incidents/unresolved", |site| Answer { incidents: Some(unresolved(site)), ..Answer::new(site) }),
    ("scheduled-maintenances", |site| works(site, 0..site.now.maintenance.len())),
    ("scheduled-maintenances/upcoming", |site| works(site, upcoming(site))),
    ("scheduled-maintenances/active", |site| works(site, active(site))),
];

/// The files that every site has.
pub(super) fn paths() -> impl Iterator<Item = String> {
    ENDPOINTS.iter().map(|(name, _)| format!("api/v2/{name}.json"))
}

pub(super) fn plan<'a>(site: &'a Site<'a>) -> Vec<Planned<'a>> {
    // Messages come from the theme.
    let (config, theme) = (&site.now.model.config, site.now.model.theme.digest());
    let shared = Digest::of(&(format!("{config:?}"), theme, components::beginning(site)));
    let mut files: Vec<Planned<'a>> = (ENDPOINTS.iter().zip(paths()))
        .map(|((_, answer), path)| Planned::new(path, Rank::List, move || json::line(&answer(site))))
        .collect();
    for (at, now) in site.now.incidents.iter().enumerate() {
        let path = path(&id(&now.incident.head));
        let planned = Planned::new(path, Rank::Leaf, move || json::line(&leaf(site, at)));
        files.push(planned.made_from(move || {
            Digest::of(&(shared, now, Linker::absolute(site, 0).links(&now.incident.head)))
        }));
    }
    files
}

pub(super) fn id(incident: &Head) -> String {
    incidents::id(incident, None)
}

/// The file of an incident, by its id in the API.
pub(super) fn path(id: &str) -> String {
    format!("{}{id}.json", super::API_INCIDENTS)
}

impl Answer {
    fn new(site: &Site<'_>) -> Answer {
        Answer::at(site, last_published(site))
    }

    fn at(site: &Site<'_>, updated: Instant) -> Answer {
        let config = &site.now.model.config;
        let url = site.home();
        let page = Page {
            id: identity::short(&["page", &url]),
            name: config.title.get(0).1.clone(),
            url,
            time_zone: config.zone.name(),
            updated_at: time(site, updated),
        };
        Answer { page, ..Answer::default() }
    }
}

fn leaf(site: &Site<'_>, at: usize) -> Answer {
    let found = incident(site, at);
    let updated = site.now.incidents[at].last_publication();
    Answer { incident: Some(found), ..Answer::at(site, updated) }
}

fn incident(site: &Site<'_>, at: usize) -> Incident {
    incidents::incident(site, Route::Incident(at), &site.now.incidents[at])
}

fn maintenance(site: &Site<'_>, at: usize) -> Incident {
    incidents::maintenance(site, Route::Maintenance(at), &site.now.maintenance[at])
}

fn unresolved(site: &Site<'_>) -> Vec<Incident> {
    let all = 0..site.now.incidents.len();
    all.filter(|at| site.now.incidents[*at].is_active()).take(API_LIST).map(|at| incident(site, at)).collect()
}

fn works(site: &Site<'_>, which: impl Iterator<Item = usize>) -> Answer {
    let works = timed(site, which).map(|at| maintenance(site, at)).collect();
    Answer { scheduled_maintenances: Some(works), ..Answer::new(site) }
}

/// As many of them as a list may have, without those that have no start yet: programs expect a time in
/// `scheduled_for`, and many read nothing at all of a list with a null there.
fn timed(site: &Site<'_>, which: impl Iterator<Item = usize>) -> impl Iterator<Item = usize> {
    which.filter(|at| site.now.maintenance[*at].plan.is_decided()).take(API_LIST)
}

/// The announced maintenance, earliest start first.
fn upcoming<'a>(site: &'a Site<'_>) -> impl Iterator<Item = usize> + use<'a> {
    (0..site.now.maintenance.len()).rev().filter(|at| site.now.maintenance[*at].is_ahead())
}

fn active<'a>(site: &'a Site<'_>) -> impl Iterator<Item = usize> + use<'a> {
    (0..site.now.maintenance.len()).filter(|at| site.now.maintenance[*at].is_running())
}

fn overall(site: &Site<'_>) -> Overall {
    let indicator = match site.now.status {
        ComponentStatus::Operational => "none",
        ComponentStatus::Degraded => "minor",
        ComponentStatus::Maintenance => "maintenance",
        ComponentStatus::Partial => "major",
        ComponentStatus::Major => "critical",
    };
    Overall { indicator, description: site.locales[0].t(state_key(site.now.status)).to_owned() }
}

/// The time of the latest publication; 1970 if there is none, because the value must not change every day.
fn last_published(site: &Site<'_>) -> Instant {
    let now = &site.now;
    let incidents = now.incidents.iter().map(IncidentNow::last_publication);
    let works = now.maintenance.iter().filter_map(last_maintenance_publication);
    let notices = now.notices.iter().filter_map(|n| n.updates.last().map(|u| u.at).max(n.published));
    incidents.chain(works).chain(notices).max().unwrap_or(Instant(0))
}

/// The time of the latest publication about a maintenance, including declarations by the clock, if there is any.
fn last_maintenance_publication(now: &MaintenanceNow<'_>) -> Option<Instant> {
    now.last_publication().max(now.declared.last().map(|(at, _)| *at))
}

/// A local time with its offset: `2026-11-20T10:15:00.000+09:00`.
fn time(site: &Site<'_>, at: Instant) -> String {
    let offset = site.now.zone().offset(at);
    let mut time = Instant(at.0 + i64::from(offset)).iso();
    // The local time, written as if it were UTC.
    time.truncate("2026-11-20T10:15:00".len());
    let (sign, minutes) = (if offset < 0 { '-' } else { '+' }, offset.abs() / 60);
    // Writing to a string cannot fail.
    let _ = write!(time, ".000{sign}{:02}:{:02}", minutes / 60, minutes % 60);
    time
}

fn state(status: Status) -> &'static str {
    match status {
        Status::Postponed => Status::Scheduled.word(),
        Status::Cancelled => Status::Completed.word(),
        status => status.word(),
    }
}

#[cfg(test)]
mod tests;
