//! Imports Cachet: the answers of its API, version 1 of Cachet 2 and the JSON:API of Cachet 3.
//!
//! Shape: cachethq/cachet 2.4 (2024-10) and cachethq/core (2026-08). Both write times without an offset: Cachet 2 in the
//! zone of the page, or in UTC if it is asked to; Cachet 3 in the zone of its configuration.

mod three;
mod two;

use super::answers::{self, Files, Item, Wanted};
use super::conversion::{Conversion, Page};
use super::entry::Entry;
use super::record::{self, Names};
use super::report::{Report, Spot};
use super::session::{self, Key, Session};
use super::{Imported, Settings};
use crate::fetch::FetchError;
use crate::message::message;
use crate::model::Instant;
use crate::vocabulary::{ComponentStatus, Status};

const WANTED: Wanted = Wanted {
    program: "Cachet",
    files: "`components.json`, `component-groups.json`, `incidents.json`, `schedules.json`",
    // A list has no updates of Cachet 3 and the states of components of its first incident only: what was asked for
    // alone comes first.
    rank: |path| answers::is_json(path).then(|| u8::from(!path.contains('/'))),
};

const KEY: Key = Key { variable: "CACHET_TOKEN", header: "X-Cachet-Token", scheme: "" };
const BEARER: Key = Key { variable: "CACHET_TOKEN", header: "Authorization", scheme: "Bearer " };

const NAMES: Names = Names {
    title: "name",
    started: "occurred_at",
    created: "created_at",
    resolved: "updated_at",
    window_start: "scheduled_at",
    window_end: "completed_at",
};

/// Imports a page: a folder or file of answers, or the address of the page.
///
/// # Errors
/// The source cannot be read, is not JSON, or contains no part of a page.
pub fn cachet(source: &str, settings: &Settings) -> Result<Imported, FetchError> {
    let files =
        if source.contains("://") { fetched(source, settings)? } else { Files::on_disk(source, &WANTED)? };
    let found = two::Found::of(&files);
    let third = three::Found::of(&files);
    let Some(first) = files.list.first().filter(|_| !found.is_empty() || !third.is_empty()) else {
        return Err(answers::not_of(source, &WANTED));
    };
    let origin = first.origin.clone();
    let url = files.base.clone().or_else(|| found.address());
    let mut to = Conversion::begin(Page { url, ..Page::default() }, &origin, settings, Report::default());
    let mut entries: Vec<Entry> = Vec::new();
    if !third.is_empty() {
        third.convert(&mut to, &mut entries);
    }
    if !found.is_empty() {
        found.convert(&mut to, &origin, &mut entries);
    }
    Ok(to.end(&origin, entries))
}

fn fetched(source: &str, settings: &Settings) -> Result<Files, FetchError> {
    let base = source.split("/api/").next().unwrap_or(source);
    let mut session = Session::new(base, source, settings)?;
    session.authorize(KEY, settings);
    // The zone of all answers, so that no hour comes twice.
    session.header("Time-Zone", "UTC");
    if session.json("version.json", "api/v1/version")?.is_some() {
        for (name, path) in [
            ("components", "components"),
            ("component-groups", "components/groups"),
            ("incidents", "incidents"),
            ("schedules", "schedules"),
        ] {
            // Cachet 2.3 has no schedules.
            session.pages(&format!("{name}.utc"), &format!("api/v1/{path}?per_page=100"), two::is_last)?;
        }
        return Ok(session.files);
    }
    session.authorize(BEARER, settings);
    if session.json("version.json", "api/version")?.is_none() {
        return Err(answers::nothing_there(&format!("{}/api/", session::origin_of(source)), WANTED.program));
    }
    for (name, path) in [
        ("components", "components?include=group&per_page=100"),
        ("component-groups", "component-groups?per_page=100"),
        ("schedules", "schedules?include=components,updates&per_page=100"),
        ("incidents", "incidents?include=components,updates&per_page=100"),
    ] {
        session.pages(name, &format!("api/{path}"), three::is_last)?;
    }
    // In a list, a component has the state of the first incident that names it.
    for id in three::Found::of(&session.files).incidents_with_components() {
        session.json(
            &format!("incidents/{id}.json"),
            &format!("api/incidents/{id}?include=components,updates"),
        )?;
    }
    // What was asked for alone comes first.
    session.files.list.sort_by_key(|file| !file.origin.file.contains('/'));
    Ok(session.files)
}

/// The state that a number stands for.
fn state(number: Option<f64>) -> Option<ComponentStatus> {
    match number? {
        1.0 => Some(ComponentStatus::Operational),
        2.0 => Some(ComponentStatus::Degraded),
        3.0 => Some(ComponentStatus::Partial),
        4.0 => Some(ComponentStatus::Major),
        6.0 => Some(ComponentStatus::Maintenance),
        _ => None,
    }
}

/// The status that a number stands for; 0 is `Reported`.
fn status(number: Option<f64>) -> Status {
    match number {
        Some(0.0 | 1.0) => Status::Investigating,
        Some(2.0) => Status::Identified,
        Some(3.0) => Status::Monitoring,
        Some(4.0) => Status::Resolved,
        _ => Status::Update,
    }
}

/// The state of the text that opened an incident: Cachet overwrites it with that of the last update.
fn opening(to: &mut Conversion, spot: &Spot) -> Status {
    let message = message!(
        "import-cachet-first-status",
        "Cachet no longer knows the status of the text that opened this incident"
    );
    to.row(spot, "import/status", message, super::report::imported_as(Status::Investigating.word()));
    Status::Investigating
}

/// The time of a key, which has no zone; UTC if the file says so in its name.
fn naive(to: &mut Conversion, item: &Item<'_>, key: &str, written: Option<String>) -> Option<Instant> {
    let written = written?;
    let in_utc = item.file.origin.file.contains(".utc");
    let written = if in_utc { format!("{written} UTC") } else { written };
    to.time_of(&item.spot(), key, &written)
}

/// The end of a schedule has another name than that of an incident.
const PLANNED_NAMES: Names = Names { resolved: "completed_at", ..NAMES };

/// An entry that only signed-in people saw.
fn hidden(to: &mut Conversion, spot: &Spot) -> bool {
    let message = message!("import-cachet-hidden", "the entry was not public");
    let made = message!("import-cachet-hidden-made", "kept as a draft");
    to.row(spot, "import/draft", message, made);
    true
}

fn severity_unknown(to: &mut Conversion, spot: &Spot) {
    let message =
        message!("import-record-no-severity", "{program} gives no severity", program = WANTED.program);
    to.row(spot, "import/severity", message, record::as_minor());
}
