//! Imports Better Stack: the answers of its API, or the `index.json` of a status page.
//!
//! Shape: <https://betterstack.com/docs/uptime/api/>, JSON:API. One kind of report is both incident and maintenance.
//! Updates have no state, only the states of resources: the first is `investigating`, and one that says of every resource
//! that it is well again is the end.

use std::collections::{BTreeMap, BTreeSet};

use super::answers::{self, Files, Item, Wanted};
use super::catalogue::{self, Component, Group};
use super::conversion::{Conversion, Page};
use super::json::Json;
use super::record::{self, Ending, Names, Record, RecordKind, RecordUpdate};
use super::session::{self, Key, Session};
use super::{Imported, Settings};
use crate::fetch::FetchError;
use crate::model::{Instant, Zone};
use crate::vocabulary::{ComponentStatus, Status};

const WANTED: Wanted = Wanted {
    program: "Better Stack",
    files: "`index.json`, or `status-pages.json`, `sections.json`, `resources.json`, `status-reports.json` and the updates of each report",
    rank: |path| answers::is_json(path).then_some(0),
};

const KEY: Key = Key { variable: "BETTERSTACK_TOKEN", header: "Authorization", scheme: "Bearer " };

const NAMES: Names = Names {
    title: "title",
    started: "starts_at",
    created: "published_at",
    resolved: "ends_at",
    window_start: "starts_at",
    window_end: "ends_at",
};

/// Imports a status page: a folder or file of answers, or the address of the page. With a token in the environment, the
/// API is read, else the `index.json` of the page.
///
/// # Errors
/// The source cannot be read, is not JSON, or contains no part of a page.
pub fn better_stack(source: &str, settings: &Settings) -> Result<Imported, FetchError> {
    let files =
        if source.contains("://") { fetched(source, settings)? } else { Files::on_disk(source, &WANTED)? };
    let found = Found::of(&files);
    let Some(first) = files.list.first().filter(|_| !found.is_empty()) else {
        return Err(answers::not_of(source, &WANTED));
    };
    let origin =
        found.page.as_ref().map_or_else(|| first.origin.clone(), |page| page.whole.file.origin.clone());
    let page = found.page.as_ref().map_or_else(Page::default, |page| self::page(&page.attributes));
    let mut to = Conversion::begin(page, &origin, settings, super::Report::default());
    components(&mut to, &found);
    let entries = found.reports.iter().map(|report| self::report(&mut to, report, &found).entry(&mut to));
    let entries = entries.collect();
    Ok(to.end(&origin, entries))
}

fn fetched(source: &str, settings: &Settings) -> Result<Files, FetchError> {
    if KEY.token(settings).is_none() {
        let mut session = Session::new(source, source, settings)?;
        session.authorize(KEY, settings);
        if session.json("index.json", "index.json")?.is_none() {
            return Err(answers::nothing_there(&format!("{source}/index.json"), WANTED.program));
        }
        return Ok(session.files);
    }
    let base = session::api(settings, "BETTERSTACK_API_URL", "https://uptime.betterstack.com");
    let mut session = Session::new(&base, source, settings)?;
    session.authorize(KEY, settings);
    session.pages("status-pages", "api/v2/status-pages?per_page=250", is_last)?;
    let host = session::host_of(source).to_owned();
    let found = Found::of(&session.files);
    let page = found.pages.iter().find(|page| is_at(&page.attributes, &host));
    let Some(page) = page.and_then(Resource::id).filter(|id| is_number(id)) else {
        return Err(session::no_page(&host));
    };
    for list in ["sections", "resources", "status-reports"] {
        session.pages(list, &format!("api/v2/status-pages/{page}/{list}?per_page=250"), is_last)?;
    }
    let reports = Found::of(&session.files).reports;
    let ids: Vec<String> = reports.iter().filter_map(Resource::id).filter(|id| is_number(id)).collect();
    for id in ids {
        let path = format!("api/v2/status-pages/{page}/status-reports/{id}/status-updates?per_page=250");
        session.pages(&format!("status-updates/{id}"), &path, is_last)?;
    }
    session.files.base = Some(format!("https://{host}"));
    Ok(session.files)
}

fn is_number(id: &str) -> bool {
    id.bytes().all(|b| b.is_ascii_digit())
}

/// The addresses of the paging may name another host; only whether there is a next one counts.
fn is_last(value: &Json) -> bool {
    let next = value.as_object().and_then(|top| top.get("pagination")).and_then(Json::as_object);
    next.and_then(|pagination| pagination.get("next")).and_then(Json::as_str).is_none()
}

fn is_at(page: &Item<'_>, host: &str) -> bool {
    let own =
        page.text("custom_domain").is_some_and(|domain| host.eq_ignore_ascii_case(session::host_of(&domain)));
    own || page.text("subdomain").is_some_and(|sub| {
        [".betteruptime.com", ".betterstack.com"]
            .iter()
            .any(|end| host.eq_ignore_ascii_case(&format!("{sub}{end}")))
    })
}

/// An object of JSON:API.
struct Resource<'f> {
    whole: Item<'f>,
    attributes: Item<'f>,
}

impl Resource<'_> {
    fn id(&self) -> Option<String> {
        self.whole.text("id")
    }
}

#[derive(Default)]
struct Found<'f> {
    /// The page of the answers, and all pages of an account.
    page: Option<Resource<'f>>,
    pages: Vec<Resource<'f>>,
    sections: Vec<Resource<'f>>,
    resources: Vec<Resource<'f>>,
    reports: Vec<Resource<'f>>,
    /// The updates of each report.
    updates: BTreeMap<String, Vec<Resource<'f>>>,
}

impl<'f> Found<'f> {
    fn is_empty(&self) -> bool {
        self.page.is_none() && self.resources.is_empty() && self.reports.is_empty()
    }

    fn of(files: &'f Files) -> Found<'f> {
        let mut found = Found::default();
        let (mut known, mut updates) = (BTreeSet::new(), Vec::new());
        for file in &files.list {
            for whole in answers::json_api(file) {
                let (Some(kind), Some(attributes)) = (whole.text("type"), whole.item("attributes")) else {
                    continue;
                };
                if whole.text("id").is_some_and(|id| !known.insert((kind.clone(), id))) {
                    continue;
                }
                let one = Resource { whole, attributes };
                match kind.as_str() {
                    "status_page" => found.pages.push(one),
                    "status_page_section" => found.sections.push(one),
                    "status_page_resource" => found.resources.push(one),
                    "status_report" => found.reports.push(one),
                    "status_update" => updates.push(one),
                    _ => {}
                }
            }
        }
        let of_report = owners(&found.reports);
        for update in updates {
            let owner = update.attributes.text("status_report_id");
            if let Some(report) = owner.or_else(|| of_report.get(&update.id()?).cloned()) {
                found.updates.entry(report).or_default().push(update);
            }
        }
        let base = files.base.as_deref().map(session::host_of);
        let wanted =
            found.pages.iter().position(|page| base.is_some_and(|host| is_at(&page.attributes, host)));
        // The list of an account has further pages; what was read is one of them.
        if !found.pages.is_empty() {
            let page = &found.pages[wanted.unwrap_or(0)];
            found.page = Some(Resource { whole: page.whole, attributes: page.attributes });
        }
        found
    }
}

/// The report of each update that only the report names.
fn owners(reports: &[Resource<'_>]) -> BTreeMap<String, String> {
    let mut of_report = BTreeMap::new();
    for report in reports {
        let related = report.whole.item("relationships").and_then(|all| all.item("status_updates"));
        for update in related.iter().flat_map(|updates| updates.items("data")) {
            if let (Some(update), Some(report)) = (update.text("id"), report.id()) {
                of_report.insert(update, report);
            }
        }
    }
    of_report
}

fn page(item: &Item<'_>) -> Page {
    let own = item.text("custom_domain").map(|domain| format!("https://{}/", session::host_of(&domain)));
    Page {
        name: item.text("company_name"),
        url: own.or_else(|| item.text("subdomain").map(|sub| format!("https://{sub}.betteruptime.com/"))),
        zone: item.text("timezone").map(|zone| zone_of(&zone)),
        zone_key: "timezone",
        links: item.text("contact_url").map(|link| ("Support", link)).into_iter().collect(),
        ..Page::default()
    }
}

/// Ruby on Rails names zones by their cities; other names stay as they are.
fn zone_of(written: &str) -> String {
    const AMERICA: [(&str, &str); 4] = [
        ("Eastern Time (US & Canada)", "America/New_York"),
        ("Central Time (US & Canada)", "America/Chicago"),
        ("Mountain Time (US & Canada)", "America/Denver"),
        ("Pacific Time (US & Canada)", "America/Los_Angeles"),
    ];
    let city = format!("/{}", written.replace(' ', "_"));
    let known = AMERICA.iter().find(|(name, _)| *name == written).map(|(_, zone)| *zone);
    let is_known = Zone::named(written).is_some();
    let by_city = || Zone::names().find(|name| name.ends_with(&city) && !is_known);
    known.or_else(by_city).unwrap_or(written).to_owned()
}

fn components(to: &mut Conversion, found: &Found<'_>) {
    let order = |one: &Resource<'_>| one.attributes.number("position").unwrap_or(f64::MAX);
    let groups = found.sections.iter().map(|one| Group {
        spot: one.whole.spot(),
        code: one.id(),
        name: one.attributes.text("name"),
        description: None,
        order: order(one),
    });
    let members = found.resources.iter().map(|one| Component {
        spot: one.whole.spot(),
        code: one.id(),
        name: one.attributes.text("public_name"),
        description: one.attributes.text("explanation"),
        order: order(one),
        group: one.attributes.text("status_page_section_id"),
        since: None,
        only_when_affected: false,
    });
    catalogue::fill(to, groups.collect(), members.collect());
}

fn report(to: &mut Conversion, report: &Resource<'_>, found: &Found<'_>) -> Record {
    let (spot, item) = (report.whole.spot(), &report.attributes);
    let planned = item.text("report_type").is_some_and(|kind| kind == "maintenance");
    let (starts, ends) = (to.time(item, "starts_at"), to.time(item, "ends_at"));
    let state = item.text("aggregate_state").unwrap_or_default().to_lowercase();
    let named = affected(to, &report.whole, item);
    let mut updates: Vec<(u64, RecordUpdate)> = Vec::new();
    let mut remarks = Vec::new();
    for one in report.id().and_then(|id| found.updates.get(&id)).into_iter().flatten() {
        let body = one.attributes.text("message").unwrap_or_default();
        let Some(at) = to.time(&one.attributes, "published_at") else {
            record::untimed_update(to, &one.whole.spot(), &body, &mut remarks);
            continue;
        };
        let words = to.markdown(&one.whole.spot(), &body);
        let affected = affected(to, &one.whole, &one.attributes);
        let number = one.id().and_then(|id| id.parse().ok()).unwrap_or(u64::MAX);
        updates.push((number, RecordUpdate { at, status: Status::Update, words, affected }));
    }
    // Updates of one second stand in the order of their numbers.
    updates.sort_by_key(|(number, update)| (update.at, *number));
    let mut updates: Vec<RecordUpdate> = updates.into_iter().map(|(_, update)| update).collect();
    let has_begun = !planned || starts.is_none_or(|starts| starts < to.site.now);
    let is_over = has_begun && ["resolved", "operational"].contains(&state.as_str());
    states(&mut updates, planned, (starts, ends), is_over);
    let kind = if planned {
        RecordKind::Maintenance { start: starts, begun: None, end: ends, ending: Ending::Clock }
    } else {
        let seen = updates.iter().flat_map(|update| &update.affected).chain(&named);
        let severity = record::severity_of(seen.filter_map(|(_, status)| *status));
        RecordKind::Incident { severity, started: starts }
    };
    // A report names its components as they are now; their state at the time is in its updates.
    let components = named.into_iter().map(|(id, _)| (id, None)).collect();
    let id = report.id();
    let aliases = id.iter().flat_map(|id| [format!("/incidents/{id}"), format!("/incident/{id}")]).collect();
    // Of what is over, the end is often missing: its last update is then the end.
    let last = updates.last().map(|update| update.at).or(starts).filter(|_| is_over);
    let resolved = if planned { ends.filter(|_| is_over).or(last) } else { ends.or(last) };
    Record {
        id,
        title: item.text("title"),
        aliases,
        state,
        is_over,
        resolved,
        updates,
        components,
        remarks,
        ..Record::of(spot, NAMES, kind)
    }
    .opened()
}

/// The components that a report or an update names, with their states.
fn affected(
    to: &mut Conversion,
    owner: &Item<'_>,
    item: &Item<'_>,
) -> Vec<(String, Option<ComponentStatus>)> {
    let mut found: Vec<(String, Option<ComponentStatus>)> = Vec::new();
    for one in item.items("affected_resources") {
        let Some(id) = to.listed(&owner.spot(), one.text("status_page_resource_id")) else { continue };
        let status = match one.text("status").unwrap_or_default().to_lowercase().as_str() {
            "resolved" | "operational" => Some(ComponentStatus::Operational),
            "degraded" => Some(ComponentStatus::Degraded),
            "downtime" => Some(ComponentStatus::Major),
            "maintenance" => Some(ComponentStatus::Maintenance),
            _ => None,
        };
        if !found.iter().any(|(known, _)| *known == id) {
            found.push((id, status));
        }
    }
    found
}

/// Gives updates the states that follow from their resources and from the window. A resource that an update does not
/// name keeps its state.
fn states(
    updates: &mut [RecordUpdate],
    planned: bool,
    (starts, ends): (Option<Instant>, Option<Instant>),
    is_over: bool,
) {
    let names_any = updates.iter().any(|update| !update.affected.is_empty());
    let last = updates.len().saturating_sub(1);
    let mut now: BTreeMap<String, Option<ComponentStatus>> = BTreeMap::new();
    let mut is_open = false;
    for (number, update) in updates.iter_mut().enumerate() {
        now.extend(update.affected.iter().cloned());
        let is_well = |status: &Option<ComponentStatus>| *status == Some(ComponentStatus::Operational);
        let all_well = !update.affected.is_empty() && now.values().all(is_well);
        update.status = if planned {
            match update.at {
                at if starts.is_some_and(|starts| at < starts) => Status::Scheduled,
                at if all_well || (number == last && ends.is_some_and(|ends| at >= ends)) => {
                    Status::Completed
                }
                at if ends.is_some_and(|ends| at >= ends) => Status::Update,
                _ => Status::InProgress,
            }
        } else if all_well || (!names_any && is_over && number == last && is_open) {
            is_open = false;
            Status::Resolved
        } else if is_open {
            Status::Update
        } else {
            is_open = true;
            Status::Investigating
        };
    }
}
