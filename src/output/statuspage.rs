//! `/api/v2/`: the status API v2 of Atlassian Statuspage, for programs that already read it.
//!
//! Each language has an API of its own with the same ids, below the prefix of its pages: `/en/api/v2/`. A list
//! contains the same data for an entry as the entry's own file, and that depends on the entry alone: its components
//! have the status that the entry gives them. So an update to one incident does not rewrite another incident's file.

mod components;
mod incidents;

use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

use serde::Serialize;

use super::{Planned, json};
use crate::digest::Digest;
use crate::limits::API_LIST;
use crate::model::config::ApiNulls;
use crate::model::{Head, Instant, Localized};
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

/// The site in one of its languages.
#[derive(Clone, Copy)]
struct View<'a> {
    site: &'a Site<'a>,
    locale: usize,
}

impl<'a> View<'a> {
    /// Whether a value stands where there is none.
    fn fills(self) -> bool {
        self.site.now.model.config.api_nulls == ApiNulls::Fill
    }

    /// A text, or that of the first language if this one has none.
    fn text<T>(self, text: &'a Localized<T>) -> &'a T {
        text.get(self.locale).1
    }
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

type Endpoint = for<'a> fn(View<'a>) -> Answer;

/// The endpoints that every site has.
const ENDPOINTS: [(&str, Endpoint); 8] = [
    ("summary", |view| Answer {
        components: Some(components::list(view)),
        incidents: Some(unresolved(view)),
        scheduled_maintenances: Some(
            timed(view.site, upcoming(view.site).chain(active(view.site)))
                .map(|at| maintenance(view, at))
                .collect(),
        ),
        status: Some(overall(view)),
        ..Answer::new(view)
    }),
    ("status", |view| Answer { status: Some(overall(view)), ..Answer::new(view) }),
    ("components", |view| Answer { components: Some(components::list(view)), ..Answer::new(view) }),
    ("incidents", |view| {
        let latest = (0..view.site.now.incidents.len()).take(API_LIST);
        Answer { incidents: Some(latest.map(|at| incident(view, at)).collect()), ..Answer::new(view) }
    }),
    ("incidents/unresolved", |view| Answer { incidents: Some(unresolved(view)), ..Answer::new(view) }),
    ("scheduled-maintenances", |view| works(view, 0..view.site.now.maintenance.len())),
    ("scheduled-maintenances/upcoming", |view| works(view, upcoming(view.site))),
    ("scheduled-maintenances/active", |view| works(view, active(view.site))),
];

/// The files that every site has in the language with this prefix.
pub(super) fn paths(prefix: &str) -> impl Iterator<Item = String> {
    ENDPOINTS.iter().map(move |(name, _)| format!("{prefix}api/v2/{name}.json"))
}

pub(super) fn plan<'a>(site: &'a Site<'a>) -> Vec<Planned<'a>> {
    // Messages come from the theme.
    let (config, theme) = (&site.now.model.config, site.now.model.theme.digest());
    let shared = Digest::of(&(format!("{config:?}"), theme, components::beginning(site)));
    // Each incident is digested once for all languages.
    let digests: Arc<[OnceLock<Digest>]> = site.now.incidents.iter().map(|_| OnceLock::new()).collect();
    let mut files: Vec<Planned<'a>> = Vec::new();
    for (locale, prefix) in config.prefixes().enumerate() {
        let view = View { site, locale };
        let lists = ENDPOINTS.iter().zip(paths(&prefix));
        files
            .extend(lists.map(|((_, answer), path)| {
                Planned::new(path, Rank::List, move || json::line(&answer(view)))
            }));
        for (at, now) in site.now.incidents.iter().enumerate() {
            let path = format!("{prefix}{}", path(&id(&now.incident.head)));
            let planned = Planned::new(path, Rank::Leaf, move || json::line(&leaf(view, at)));
            let digests = Arc::clone(&digests);
            files.push(planned.made_from(move || {
                let now_digest = *digests[at].get_or_init(|| Digest::of(now));
                let links = Linker::absolute(site, locale).links(&now.incident.head);
                Digest::of(&(shared, locale, now_digest, links))
            }));
        }
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
    fn new(view: View<'_>) -> Answer {
        Answer::at(view, last_published(view.site))
    }

    fn at(view: View<'_>, updated: Instant) -> Answer {
        let site = view.site;
        let config = &site.now.model.config;
        let page = Page {
            // The same in every language.
            id: identity::short(&["page", &site.home()]),
            name: view.text(&config.title).clone(),
            url: site.absolute(&site.path(Route::Home, view.locale)),
            time_zone: config.zone.name(),
            updated_at: time(site, updated),
        };
        Answer { page, ..Answer::default() }
    }
}

fn leaf(view: View<'_>, at: usize) -> Answer {
    let found = incident(view, at);
    let updated = view.site.now.incidents[at].last_publication();
    Answer { incident: Some(found), ..Answer::at(view, updated) }
}

fn incident(view: View<'_>, at: usize) -> Incident {
    incidents::incident(view, Route::Incident(at), &view.site.now.incidents[at])
}

fn maintenance(view: View<'_>, at: usize) -> Incident {
    incidents::maintenance(view, Route::Maintenance(at), &view.site.now.maintenance[at])
}

fn unresolved(view: View<'_>) -> Vec<Incident> {
    let incidents = &view.site.now.incidents;
    let active = (0..incidents.len()).filter(|at| incidents[*at].is_active());
    active.take(API_LIST).map(|at| incident(view, at)).collect()
}

fn works(view: View<'_>, which: impl Iterator<Item = usize>) -> Answer {
    let works = timed(view.site, which).map(|at| maintenance(view, at)).collect();
    Answer { scheduled_maintenances: Some(works), ..Answer::new(view) }
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

fn overall(view: View<'_>) -> Overall {
    let site = view.site;
    let indicator = match site.now.status {
        ComponentStatus::Operational => "none",
        ComponentStatus::Degraded => "minor",
        ComponentStatus::Maintenance => "maintenance",
        ComponentStatus::Partial => "major",
        ComponentStatus::Major => "critical",
    };
    Overall { indicator, description: site.locales[view.locale].t(state_key(site.now.status)).to_owned() }
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
