//! Imports Instatus: the answers of its API.
//!
//! Shape: <https://instatus.com/help/api>. Lists are bare arrays, so each object is known by its keys. The API gives the
//! state of a component as it is now, never as it was, and no impact.

use std::collections::{BTreeMap, BTreeSet};

use super::answers::{self, File, Files, Item, Wanted};
use super::catalogue::{self, Component, Group};
use super::conversion::{Conversion, Page};
use super::entry::one_line;
use super::json::Json;
use super::record::{self, Ending, Names, Record, RecordKind, RecordUpdate};
use super::report::{Report, left_out};
use super::session::{self, Key, Session};
use super::{Imported, Settings};
use crate::fetch::FetchError;
use crate::message::message;
use crate::model::Instant;
use crate::vocabulary::{Severity, Status};

const WANTED: Wanted = Wanted {
    program: "Instatus",
    files: "`pages.json`, `components.json`, `incidents.json`, `maintenances.json`",
    // Subscribers are no business of a site.
    rank: |path| (answers::is_json(path) && !path.contains("subscribers")).then_some(0),
};

const KEY: Key = Key { variable: "INSTATUS_TOKEN", header: "Authorization", scheme: "Bearer " };

const NAMES: Names = Names {
    title: "name",
    started: "started",
    created: "createdAt",
    resolved: "resolved",
    window_start: "start",
    window_end: "duration",
};

/// Imports a page: a folder or file of answers, or the address of the page, with a token in the environment.
///
/// # Errors
/// The source cannot be read, is not JSON, or contains no part of a page.
pub fn instatus(source: &str, settings: &Settings) -> Result<Imported, FetchError> {
    let files =
        if source.contains("://") { fetched(source, settings)? } else { Files::on_disk(source, &WANTED)? };
    let mut report = Report::default();
    let found = Found::of(&files, files.base.as_deref(), &mut report);
    let Some(first) = files.list.first().filter(|_| !found.is_empty()) else {
        return Err(answers::not_of(source, &WANTED));
    };
    let origin = found.page.map_or_else(|| first.origin.clone(), |page| page.file.origin.clone());
    let page = found.page.map_or_else(Page::default, |item| page(&item));
    let mut to = Conversion::begin(page, &origin, settings, report);
    components(&mut to, &found.components);
    if !found.incidents.is_empty() {
        let message =
            message!("import-record-no-severity", "{program} gives no severity", program = WANTED.program);
        to.row(&origin.at(None), "import/severity", message, record::as_minor());
    }
    let incidents = found.incidents.iter().map(|item| incident(&mut to, item).entry(&mut to));
    let incidents: Vec<_> = incidents.collect();
    let maintenance = found.maintenance.iter().map(|item| maintenance(&mut to, item).entry(&mut to));
    let entries = incidents.into_iter().chain(maintenance.collect::<Vec<_>>()).collect();
    Ok(to.end(&origin, entries))
}

fn fetched(source: &str, settings: &Settings) -> Result<Files, FetchError> {
    if KEY.token(settings).is_none() {
        let message = message!(
            "import-instatus-no-token",
            "`INSTATUS_TOKEN` is not set: the API of Instatus gives no history without a token"
        );
        let help = message!(
            "import-instatus-no-token-help",
            "set `INSTATUS_TOKEN` to an API key of the account, or import the feed: `noroshi import feed {source}/history.rss`",
            source = source.trim_end_matches('/')
        );
        return Err(FetchError::usage(message, help));
    }
    let base = session::api(settings, "INSTATUS_API_URL", "https://api.instatus.com");
    let mut session = Session::new(&base, source, settings)?;
    session.authorize(KEY, settings);
    session.pages("pages", "v1/pages?per_page=100", is_short)?;
    let host = session::host_of(source).to_owned();
    let pages = session.files.list.iter().flat_map(items);
    let id = pages.filter(|page| is_at(page, &host)).find_map(|page| page.text("id"));
    let Some(id) = id.filter(|id| id.bytes().all(|b| b.is_ascii_alphanumeric())) else {
        return Err(session::no_page(&host));
    };
    for list in ["components", "incidents", "maintenances"] {
        session.pages(list, &format!("v1/{id}/{list}?per_page=100"), is_short)?;
    }
    session.files.base = Some(format!("https://{host}"));
    Ok(session.files)
}

/// A page of a list is full with 100 items.
fn is_short(value: &Json) -> bool {
    !matches!(value, Json::List(list) if list.len() >= 100)
}

fn is_at(page: &Item<'_>, host: &str) -> bool {
    page.text("customDomain").is_some_and(|domain| session::host_of(&domain).eq_ignore_ascii_case(host))
        || page.text("subdomain").is_some_and(|sub| host.eq_ignore_ascii_case(&format!("{sub}.instatus.com")))
}

fn items(file: &File) -> Vec<Item<'_>> {
    match &file.value {
        Json::List(list) => list.iter().filter_map(|value| Item::of(file, value)).collect(),
        value => Item::of(file, value).into_iter().collect(),
    }
}

#[derive(Default)]
struct Found<'f> {
    page: Option<Item<'f>>,
    components: Vec<Item<'f>>,
    incidents: Vec<Item<'f>>,
    maintenance: Vec<Item<'f>>,
}

impl<'f> Found<'f> {
    fn is_empty(&self) -> bool {
        self.page.is_none()
            && self.components.is_empty()
            && self.incidents.is_empty()
            && self.maintenance.is_empty()
    }

    /// Sorts the objects of all files by the keys that only one kind has. Each id counts once for its kind.
    fn of(files: &'f Files, base: Option<&str>, report: &mut Report) -> Found<'f> {
        let mut found = Found::default();
        let mut ids = BTreeSet::new();
        for item in files.list.iter().flat_map(items) {
            let is_new = item.text("id").is_none_or(|id| ids.insert(id));
            let add = |list: &mut Vec<Item<'f>>| list.extend(is_new.then_some(item));
            if item.has("start") || item.has("notifyStart") || item.has("autoStart") {
                add(&mut found.maintenance);
            } else if item.has("updates") || item.has("started") {
                add(&mut found.incidents);
            } else if item.has("subdomain") || item.has("websiteUrl") {
                // Of several pages, the one that was asked for.
                let is_wanted = base.is_some_and(|base| is_at(&item, session::host_of(base)));
                if found.page.is_none() || is_wanted {
                    found.page = Some(item);
                }
            } else if item.has("status") && item.has("name") {
                add(&mut found.components);
            } else {
                let spot = item.spot();
                let message = message!(
                    "import-answers-unknown",
                    "this object is none of {program}",
                    program = WANTED.program
                );
                report.add(&spot.origin, spot.range, "import/unknown", message, left_out());
            }
        }
        found
    }
}

fn page(item: &Item<'_>) -> Page {
    let own = item.text("customDomain").map(|domain| format!("https://{}/", session::host_of(&domain)));
    let url = own.or_else(|| item.text("subdomain").map(|sub| format!("https://{sub}.instatus.com/")));
    let name = item.name("name");
    Page { name, url, language: item.text("language"), ..Page::default() }
}

/// The id of another component in `group` is a group.
fn components(to: &mut Conversion, list: &[Item<'_>]) {
    let group_of = |item: &Item<'_>| item.text("group").or_else(|| item.item("group")?.text("id"));
    let is_group = |item: &Item<'_>| {
        item.text("id").is_some_and(|id| list.iter().any(|other| group_of(other).as_ref() == Some(&id)))
    };
    let order = |item: &Item<'_>| item.number("order").unwrap_or(f64::MAX);
    let (shown, archived): (Vec<Item<'_>>, Vec<Item<'_>>) =
        list.iter().copied().partition(|item| !item.flag("archived"));
    for item in &archived {
        to.not_public(&item.spot(), item.name("name"));
    }
    let (groups, members): (Vec<Item<'_>>, Vec<Item<'_>>) =
        shown.into_iter().partition(|item| is_group(item));
    let groups = groups.iter().map(|item| Group {
        spot: item.spot(),
        code: item.text("id"),
        name: item.name("name"),
        description: item.name("description"),
        order: order(item),
    });
    let members = members.iter().map(|item| Component {
        spot: item.spot(),
        code: item.text("id"),
        name: item.name("name"),
        description: item.name("description"),
        order: order(item),
        group: group_of(item),
        since: None,
        only_when_affected: false,
    });
    catalogue::fill(to, groups.collect(), members.collect());
}

fn incident(to: &mut Conversion, item: &Item<'_>) -> Record {
    let kind = RecordKind::Incident { severity: Severity::Minor, started: to.time(item, "started") };
    entry(to, item, kind, "incident")
}

/// The length is in minutes; none, and 0, is an unknown end.
fn maintenance(to: &mut Conversion, item: &Item<'_>) -> Record {
    let start = to.time(item, "start");
    let minutes = item.number("duration").filter(|minutes| (1.0..=5_000_000.0).contains(minutes));
    #[expect(clippy::cast_possible_truncation, reason = "at most five million")]
    let end = start.zip(minutes).map(|(start, minutes)| Instant(start.0 + (minutes * 60.0) as i64));
    let ending = if item.flag("autoEnd") { Ending::Clock } else { Ending::Update };
    entry(to, item, RecordKind::Maintenance { start, begun: None, end, ending }, "maintenance")
}

fn entry(to: &mut Conversion, item: &Item<'_>, kind: RecordKind, address: &str) -> Record {
    let planned = matches!(kind, RecordKind::Maintenance { .. });
    let id = item.text("id").map(|id| one_line(&id));
    let state = item.text("status").unwrap_or_default();
    let mut record = Record {
        title: item.name("name"),
        aliases: id.iter().map(|id| format!("/{address}/{id}")).collect(),
        id,
        is_over: ["RESOLVED", "COMPLETED"].contains(&state.to_ascii_uppercase().as_str()),
        state,
        // Work that is completed was so at the end of its window, if nothing says otherwise.
        resolved: match kind {
            RecordKind::Maintenance { end, start, .. } => end.or(start),
            RecordKind::Incident { .. } => to.time(item, "resolved"),
        },
        ..Record::of(item.spot(), NAMES, kind)
    };
    for one in item.items("updates") {
        let spot = one.spot();
        let text = one.text("message");
        let html = one.text("messageHtml").filter(|_| text.is_none());
        // An announcement of work has its start as the start of the work, and an update that was written later has the
        // time of writing as its creation.
        let at = to.time(&one, "started").into_iter().chain(to.time(&one, "createdAt")).min();
        let words = html.or(text).unwrap_or_default();
        let Some(at) = at else {
            record::untimed_update(to, &spot, &words, &mut record.remarks);
            continue;
        };
        let words = to.markdown(&spot, &words);
        let status = status(to, &one, planned);
        record.updates.push(RecordUpdate { at, status, words, affected: Vec::new() });
    }
    for one in item.items("components") {
        let is_group =
            one.text("id").is_some_and(|id| to.site.groups.iter().any(|g| g.api_id.as_ref() == Some(&id)));
        if is_group {
            continue;
        }
        if let Some(id) = to.component(&item.spot(), one.text("id"), one.name("name")) {
            record.components.push((id, None));
        }
    }
    record.opened()
}

fn status(to: &mut Conversion, item: &Item<'_>, planned: bool) -> Status {
    let word = item.text("status").unwrap_or_default();
    let known: BTreeMap<&str, &str> = [
        ("NOTSTARTEDYET", "scheduled"),
        ("INPROGRESS", "in_progress"),
        ("VERIFYING", "verifying"),
        ("COMPLETED", "completed"),
        ("INVESTIGATING", "investigating"),
        ("IDENTIFIED", "identified"),
        ("MONITORING", "monitoring"),
        ("RESOLVED", "resolved"),
    ]
    .into();
    let known = known.get(word.to_ascii_uppercase().as_str()).copied();
    record::status(to, &item.spot(), known.unwrap_or(&word), planned)
}
