//! Imports openstatus: the feed of a page in JSON, or the answers of its API.
//!
//! Shape: `feed/json` of the status page and `openstatus.*.v1` of the API, in the code of openstatus (2026-08). The API
//! leaves out every key with its default value. Reports and maintenance are numbered apart.

use std::collections::{BTreeMap, BTreeSet};

use super::answers::{self, File, Files, Item, Wanted};
use super::catalogue::{self, Component, Group};
use super::conversion::{Conversion, Page};
use super::json::Json;
use super::record::{self, Ending, Names, Record, RecordKind, RecordUpdate};
use super::report::left_out;
use super::session::Session;
use super::{Imported, Report, Settings};
use crate::fetch::FetchError;
use crate::message::message;
use crate::vocabulary::{ComponentStatus, Status};

const WANTED: Wanted = Wanted {
    program: "openstatus",
    files: "`feed.json`, the answer of `/feed/json`; or those of `GetStatusPageContent`, `GetStatusReport` and `ListMaintenances`",
    rank: |path| answers::is_json(path).then_some(0),
};

const NAMES: Names = Names {
    title: "title",
    started: "date",
    created: "createdAt",
    resolved: "date",
    window_start: "from",
    window_end: "to",
};

/// Imports a page: a folder or file of answers, or the address of the page, whose `feed/json` is read.
///
/// # Errors
/// The source cannot be read, is not JSON, or contains no part of a page.
pub fn openstatus(source: &str, settings: &Settings) -> Result<Imported, FetchError> {
    let files = if source.contains("://") {
        let mut session = Session::new(source, source, settings)?;
        if session.json("feed.json", "feed/json")?.is_none() {
            return Err(answers::nothing_there(&format!("{source}/feed/json"), WANTED.program));
        }
        session.files
    } else {
        Files::on_disk(source, &WANTED)?
    };
    let found = Found::of(&files);
    let Some(first) = files.list.first().filter(|_| !found.is_empty()) else {
        return Err(answers::not_of(source, &WANTED));
    };
    let origin = found.page.map_or_else(|| first.origin.clone(), |page| page.file.origin.clone());
    let mut page = found.page.map_or_else(Page::default, |item| page(&item));
    page.url = page.url.or_else(|| files.base.clone());
    let mut to = Conversion::begin(page, &origin, settings, Report::default());
    components(&mut to, &found);
    let has_impacts =
        found.reports.iter().any(|r| updates_of(r).any(|u| u.items("componentImpacts").count() > 0));
    if !found.reports.is_empty() && !has_impacts {
        let message =
            message!("import-record-no-severity", "{program} gives no severity", program = WANTED.program);
        to.row(&origin.at(None), "import/severity", message, record::as_minor());
    }
    let page_id = found.page.and_then(|page| page.text("id"));
    let numbers: BTreeSet<String> = found.reports.iter().filter_map(|report| report.text("id")).collect();
    let reports = found.reports.iter().map(|item| {
        let record = report(&mut to, item);
        let is_strange = record.components.is_empty() && !item.values("pageComponentIds").is_empty();
        let spot = record.spot.clone();
        let mut entry = record.entry(&mut to);
        if is_strange {
            let message = message!(
                "import-openstatus-other-components",
                "the report names only components of another page"
            );
            let made = message!("import-openstatus-other-components-made", "kept as a draft");
            to.row(&spot, "import/page", message, made);
            entry.draft = true;
        }
        entry
    });
    let reports = reports.collect::<Vec<_>>();
    // A list of a workspace has the maintenance of all its pages.
    let (own, others): (Vec<Item<'_>>, Vec<Item<'_>>) = found.maintenance.iter().copied().partition(|item| {
        item.text("pageId").is_none_or(|page| page_id.as_ref().is_none_or(|own| *own == page))
    });
    for item in &others {
        let message = message!("import-openstatus-other-page", "this belongs to another page");
        to.row(&item.spot(), "import/page", message, left_out());
    }
    let planned = own.iter().map(|item| maintenance(&mut to, item, &numbers).entry(&mut to));
    let entries = reports.into_iter().chain(planned.collect::<Vec<_>>()).collect();
    Ok(to.end(&origin, entries))
}

#[derive(Default)]
struct Found<'f> {
    page: Option<Item<'f>>,
    groups: Vec<Item<'f>>,
    components: Vec<Item<'f>>,
    reports: Vec<Item<'f>>,
    maintenance: Vec<Item<'f>>,
}

fn updates_of<'f>(report: &Item<'f>) -> impl Iterator<Item = Item<'f>> + use<'f> {
    report.items("updates").chain(report.items("statusReportUpdates"))
}

impl<'f> Found<'f> {
    fn is_empty(&self) -> bool {
        self.page.is_none()
            && self.components.is_empty()
            && self.reports.is_empty()
            && self.maintenance.is_empty()
    }

    fn of(files: &'f Files) -> Found<'f> {
        let mut found = Found::default();
        for top in files.list.iter().filter_map(|file: &File| Item::of(file, &file.value)) {
            // The feed is the page itself.
            let page = top.item("statusPage").or_else(|| top.items("statusPages").next());
            let page = page.or_else(|| (top.has("statusReports") && top.has("title")).then_some(top));
            if found.page.is_none_or(|known| !known.has("slug") && page.is_some_and(|page| page.has("slug")))
            {
                found.page = page.or(found.page);
            }
            // In the feed, components have other names.
            found.components.extend(["components", "pageComponents"].iter().flat_map(|key| top.items(key)));
            found.groups.extend(["groups", "pageComponentGroups"].iter().flat_map(|key| top.items(key)));
            found.reports.extend(top.items("statusReports").chain(top.item("statusReport")));
            found.maintenance.extend(top.items("maintenances"));
        }
        once(&mut found.components);
        once(&mut found.groups);
        // Lists have no updates: the answer for the report itself has.
        found.reports.sort_by_key(|report| updates_of(report).next().is_none());
        once(&mut found.reports);
        once(&mut found.maintenance);
        found
    }
}

/// Keeps the first object of each id.
fn once(list: &mut Vec<Item<'_>>) {
    let mut ids = BTreeSet::new();
    list.retain(|item| item.text("id").is_none_or(|id| ids.insert(id)));
}

fn page(item: &Item<'_>) -> Page {
    let own = item.text("customDomain").map(|domain| format!("https://{domain}/"));
    Page {
        name: item.text("title"),
        description: item.text("description"),
        url: own.or_else(|| item.text("slug").map(|slug| format!("https://{slug}.openstatus.dev/"))),
        links: item.text("contactUrl").map(|link| ("Support", link)).into_iter().collect(),
        ..Page::default()
    }
}

fn components(to: &mut Conversion, found: &Found<'_>) {
    // A number that is left out is 0.
    let order = |item: &Item<'_>, key: &str| item.number(key).unwrap_or(0.0);
    let mut firsts: BTreeMap<String, f64> = BTreeMap::new();
    for member in &found.components {
        if let Some(group) = member.text("groupId") {
            let first = firsts.entry(group).or_insert(f64::MAX);
            *first = first.min(order(member, "order"));
        }
    }
    let first =
        |group: &Item<'_>| group.text("id").and_then(|id| firsts.get(&id).copied()).unwrap_or(f64::MAX);
    let groups = found.groups.iter().map(|item| Group {
        spot: item.spot(),
        code: item.text("id").map(|id| format!("group-{id}")),
        name: item.text("name"),
        description: None,
        order: first(item),
    });
    let members = found.components.iter().map(|item| {
        let group = item.text("groupId").map(|id| format!("group-{id}"));
        Component {
            spot: item.spot(),
            code: item.text("id"),
            name: item.text("name"),
            description: item.text("description"),
            order: order(item, if group.is_some() { "groupOrder" } else { "order" }),
            group,
            since: None,
            only_when_affected: false,
        }
    });
    catalogue::fill(to, groups.collect(), members.collect());
}

/// The ids of components that an entry names.
fn named(to: &mut Conversion, item: &Item<'_>) -> Vec<(String, Option<ComponentStatus>)> {
    let ids = item.values("pageComponentIds").iter().chain(item.values("pageComponents"));
    let ids: Vec<String> = ids.filter_map(id_of).collect();
    let named = ids.into_iter().filter_map(|id| to.listed(&item.spot(), Some(id)));
    named.map(|id| (id, None)).collect()
}

/// The id of a component: a number, a text, or the component.
fn id_of(value: &Json) -> Option<String> {
    match value {
        Json::Number(number) => Some(number.to_string()),
        Json::Text(text) => Some(text.to_string()),
        Json::Object(object) => id_of(object.get("id")?),
        _ => None,
    }
}

fn report(to: &mut Conversion, item: &Item<'_>) -> Record {
    let mut updates: Vec<(f64, RecordUpdate)> = Vec::new();
    let mut remarks = Vec::new();
    for one in updates_of(item) {
        let (spot, body) = (one.spot(), one.text("message").unwrap_or_default());
        let Some(at) = to.time(&one, "date") else {
            record::untimed_update(to, &spot, &body, &mut remarks);
            continue;
        };
        let words = to.markdown(&spot, &body);
        let status = record::status(to, &spot, &word(&one), false);
        let mut affected = Vec::new();
        for impact in one.items("componentImpacts") {
            let Some(id) = to.listed(&spot, impact.text("pageComponentId")) else { continue };
            affected.push((id, state(&impact)));
        }
        let number = one.text("id").and_then(|id| id.parse().ok()).unwrap_or(f64::MAX);
        updates.push((number, RecordUpdate { at, status, words, affected }));
    }
    // Updates of one second stand in the order of their numbers.
    updates.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    let updates: Vec<RecordUpdate> = updates.into_iter().map(|(_, update)| update).collect();
    let state = word(item);
    let is_over = state == "resolved";
    let severity = record::severity_of(updates.iter().flat_map(|u| &u.affected).filter_map(|(_, s)| *s));
    let first = updates.iter().map(|u| u.at).min();
    let created = to
        .time(item, "createdAt")
        .or_else(|| if first.is_none() { to.time(item, "updatedAt") } else { None });
    let components = named(to, item);
    let id = item.text("id");
    // A report begins with its first update; without one, when it was made.
    let kind = RecordKind::Incident { severity, started: first.or(created) };
    if updates.is_empty() {
        let message = message!("import-openstatus-no-updates", "the report has no updates here");
        let made = message!(
            "import-openstatus-no-updates-made",
            "imported with its status only: if it has any, save the answer of `GetStatusReport` for it"
        );
        to.row(&item.spot(), "import/updates", message, made);
    }
    let mut record = Record {
        title: item.text("title"),
        aliases: id.iter().map(|id| format!("/events/report/{id}")).collect(),
        id,
        is_over,
        resolved: None,
        components,
        updates,
        remarks,
        ..Record::of(item.spot(), NAMES, kind)
    };
    if record.updates.is_empty()
        && let Some(at) = created
    {
        let status = record::status(to, &record.spot, &state, false);
        record.updates.push(RecordUpdate { at, status, words: String::new(), affected: Vec::new() });
    }
    record.state = state;
    record
}

/// The state of a report or an update: `resolved`, or `STATUS_REPORT_STATUS_RESOLVED`.
fn word(item: &Item<'_>) -> String {
    let word = item.text("status").unwrap_or_default().to_lowercase();
    word.trim_start_matches("status_report_status_").to_owned()
}

/// A component that is left out or unspecified keeps its state.
fn state(impact: &Item<'_>) -> Option<ComponentStatus> {
    let word = impact.text("impact")?.to_lowercase();
    ComponentStatus::from_word(word.trim_start_matches("page_component_impact_"))
}

/// Maintenance is one text. Its end is its start where the length was unknown.
fn maintenance(to: &mut Conversion, item: &Item<'_>, numbers: &BTreeSet<String>) -> Record {
    let start = to.time(item, "from");
    let end = to.time(item, "to").filter(|end| Some(*end) != start);
    let written = to.time(item, "createdAt").or_else(|| to.time(item, "updatedAt"));
    let at = written.into_iter().chain(start).min();
    let words = to.markdown(&item.spot(), &item.text("message").unwrap_or_default());
    let number = item.text("id");
    let mut remarks = Vec::new();
    if at.is_none() {
        record::untimed_update(to, &item.spot(), &words, &mut remarks);
    }
    let updates = at.map(|at| RecordUpdate { at, status: Status::Scheduled, words, affected: Vec::new() });
    let components = named(to, item);
    let kind = RecordKind::Maintenance { start, begun: None, end, ending: Ending::Clock };
    Record {
        title: item.text("title").or_else(|| item.text("name")),
        aliases: number.iter().map(|id| format!("/events/maintenance/{id}")).collect(),
        // A report may have the same number.
        id: number.map(|id| if numbers.contains(&id) { format!("maintenance-{id}") } else { id }),
        updates: updates.into_iter().collect(),
        components,
        remarks,
        ..Record::of(item.spot(), NAMES, kind)
    }
}
