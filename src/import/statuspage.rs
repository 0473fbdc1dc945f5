//! Imports Statuspage: the JSON of its public (v2) and its authenticated (v1) API, from disk or a
//! URL.
//!
//! Ids stay the same, so that old addresses and API clients keep working.

mod page;
mod records;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use super::answers::{self, File, Files, Item, Wanted};
use super::conversion::Conversion;
use super::json::Json;
use super::report::{Report, left_out};
use super::{Imported, Settings};
use crate::fetch::{Client, FetchError, Limits};
use crate::message::message;

/// Imports a status page.
///
/// # Errors
/// The source cannot be read, is not JSON, or contains no part of a status page.
pub fn statuspage(source: &str, settings: &Settings) -> Result<Imported, FetchError> {
    within(source, settings, Limits::default())
}

fn within(source: &str, settings: &Settings, limits: Limits) -> Result<Imported, FetchError> {
    let files =
        if source.contains("://") { fetched(source, limits)? } else { Files::on_disk(source, &WANTED)? };
    let mut report = Report::default();
    let found = gather(&files, &mut report);
    let Some(first) = files.list.first().filter(|_| !found.is_empty()) else {
        let help = message!(
            "import-statuspage-none-help",
            "name a file or folder of JSON with `components`, `incidents` or `scheduled_maintenances`, as the Statuspage API sends it"
        );
        let message = message!("import-statuspage-none", "{source} contains no Statuspage data", source);
        return Err(FetchError::usage(message, help));
    };
    let origin = found.page.map_or_else(|| first.origin.clone(), |page| page.file.origin.clone());
    let mut converted =
        Conversion::begin(page::page(&found, files.base.as_deref()), &origin, settings, report);
    if found.components.is_empty() && !found.entries.is_empty() {
        let message = message!("import-statuspage-no-components", "the source has no list of components");
        let made = message!(
            "import-statuspage-no-components-made",
            "retired the components that entries name: add `components.json`, or remove `retired`"
        );
        converted.report.add(&origin, None, "import/site", message, made);
    }
    page::components(&found, &mut converted);
    let records = found.entries.iter().map(|(item, planned)| {
        let record = records::record(&mut converted, item, *planned);
        record.entry(&mut converted)
    });
    let entries = records.collect();
    Ok(converted.end(&origin, entries))
}

/// The names of files, possibly with a suffix: `incidents-2.json` is the second page of a list.
const NAMES: [&str; 7] = [
    "page",
    "components",
    "component-groups",
    "component_groups",
    "incidents",
    "scheduled-maintenances",
    "summary",
];

const WANTED: Wanted = Wanted {
    program: "Statuspage",
    files: "`summary.json`, `components.json`, `incidents.json` or `scheduled-maintenances.json`, also under `api/v2/`",
    rank,
};

fn rank(path: &str) -> Option<u8> {
    let name = path.strip_prefix("api/v2/").unwrap_or(path);
    let stem = name.strip_suffix(".json").filter(|stem| !stem.contains('/'))?;
    let goes_on = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_ours = NAMES.iter().filter_map(|known| stem.strip_prefix(known)).any(|rest| !goes_on(rest));
    // The summary comes last, because it only repeats open entries.
    is_ours.then_some(u8::from(stem.contains("summary")))
}

/// The files of the public API.
const PUBLIC: [&str; 4] =
    ["components.json", "incidents.json", "scheduled-maintenances.json", "summary.json"];

/// Fetches `<base>/api/v2/<file>`. SOURCE is the base or any address below it.
fn fetched(source: &str, limits: Limits) -> Result<Files, FetchError> {
    let base = source.split(['?', '#']).next().unwrap_or(source);
    let base = base.split("/api/v").next().unwrap_or(base).trim_end_matches('/');
    let client = Client::new(base, limits)?;
    let mut files = Files { base: Some(base.to_owned()), ..Files::default() };
    for name in PUBLIC {
        match client.get(&format!("{base}/api/v2/{name}"))? {
            Some(bytes) => files.list.push(File::parse(&format!("api/v2/{name}"), bytes)?),
            None => files.missing.push(name),
        }
    }
    if files.list.is_empty() {
        return Err(answers::nothing_there(&format!("{base}/api/v2/"), WANTED.program));
    }
    Ok(files)
}

/// The objects of all files, without duplicates.
#[derive(Default)]
struct SourceData<'f> {
    page: Option<Item<'f>>,
    components: Vec<Item<'f>>,
    /// The groups of the authenticated API, which may be in their own list.
    groups: Vec<Item<'f>>,
    /// Incidents and maintenance, with whether the list is one of maintenance.
    entries: Vec<(Item<'f>, bool)>,
    ids: BTreeSet<(&'static str, String)>,
}

impl<'f> SourceData<'f> {
    fn is_empty(&self) -> bool {
        self.page.is_none() && self.components.is_empty() && self.groups.is_empty() && self.entries.is_empty()
    }

    /// Whether this is the first object with its id.
    fn is_new(&mut self, kind: &'static str, item: &Item<'_>) -> bool {
        item.text("id").is_none_or(|id| self.ids.insert((kind, id)))
    }

    fn component(&mut self, item: Item<'f>) {
        if self.is_new("component", &item) {
            self.components.push(item);
        }
    }

    fn group(&mut self, item: Item<'f>) {
        if self.is_new("group", &item) {
            self.groups.push(item);
        }
    }

    fn entry(&mut self, item: Item<'f>, planned: bool) {
        if self.is_new("entry", &item) {
            self.entries.push((item, planned));
        }
    }

    /// Sorts an object of an unnamed list by the keys that only one kind has.
    fn sort_in(&mut self, item: Item<'f>, report: &mut Report) {
        if ["incident_updates", "impact", "shortlink", "scheduled_for"].iter().any(|key| item.has(key)) {
            self.entry(item, false);
        } else if item.has("components") && !item.has("status") {
            self.group(item);
        } else if ["status", "group_id", "group", "showcase", "position"].iter().any(|key| item.has(key)) {
            self.component(item);
        } else if ["time_zone", "subdomain", "domain", "page_description"].iter().any(|key| item.has(key)) {
            self.page = self.page.or(Some(item));
        } else {
            let message =
                message!("import-statuspage-unknown", "this is not an incident, a component or a page");
            let spot = item.spot();
            report.add(&spot.origin, spot.range, "import/unknown", message, left_out());
        }
    }
}

/// The lists of the public API, by name, with whether they contain maintenance.
const LISTS: [(&str, bool); 2] = [("incidents", false), ("scheduled_maintenances", true)];

fn gather<'f>(files: &'f Files, report: &mut Report) -> SourceData<'f> {
    let mut found = SourceData::default();
    let mut whole = false;
    for file in &files.list {
        match &file.value {
            Json::List(list) => {
                limit(file, None, list, report);
                whole = true;
                for value in list {
                    match Item::of(file, value) {
                        Some(item) => found.sort_in(item, report),
                        None => not_an_object(file, report),
                    }
                }
            }
            value => {
                let Some(item) = Item::of(file, value) else {
                    not_an_object(file, report);
                    continue;
                };
                whole |= named_lists(file, item, &mut found, report);
            }
        }
    }
    if let Some(file) = files.list.first().filter(|_| !whole && !found.is_empty()) {
        let message = message!(
            "import-statuspage-no-history",
            "no file contains past incidents: a summary lists only open entries"
        );
        let made = message!(
            "import-statuspage-no-history-made",
            "imported only open entries: add `incidents.json` and `scheduled-maintenances.json`"
        );
        report.add(&file.origin, None, "import/limit", message, made);
    }
    for (name, file) in files.missing.iter().filter_map(|name| Some((name, files.list.first()?))) {
        let message = message!("import-statuspage-missing", "this address has no `{name}`", name);
        let made = message!("import-statuspage-missing-made", "imported without its content");
        report.add(&file.origin, None, "import/missing", message, made);
    }
    found
}

/// Reads the named lists of an object. Returns whether it contains a history.
fn named_lists<'f>(file: &'f File, item: Item<'f>, found: &mut SourceData<'f>, report: &mut Report) -> bool {
    let named = |key: &str| !item.values(key).is_empty();
    if !["page", "components", "component_groups", "incidents", "scheduled_maintenances"]
        .iter()
        .any(|key| item.has(key))
        || item.has("incident_updates")
        || (item.has("id") && item.has("name"))
    {
        found.sort_in(item, report);
        return item.has("incident_updates");
    }
    // Each file names the page, but some contain only its id.
    let better = item
        .item("page")
        .filter(|page| found.page.is_none_or(|known| !known.has("time_zone") && page.has("time_zone")));
    found.page = better.or(found.page);
    item.items("components").for_each(|c| found.component(c));
    item.items("component_groups").for_each(|g| found.group(g));
    for (key, planned) in LISTS {
        limit(file, Some(key), item.values(key), report);
        if item.items(key).count() < item.values(key).len() {
            not_an_object(file, report);
        }
        item.items(key).for_each(|entry| found.entry(entry, planned));
    }
    let is_summary = item.has("components") && (item.has("incidents") || item.has("scheduled_maintenances"));
    !is_summary && (item.has("incidents") || item.has("scheduled_maintenances") || !named("components"))
}

fn not_an_object(file: &File, report: &mut Report) {
    let message = message!("import-statuspage-no-object", "this file contains a value that is not an object");
    report.add(&file.origin, None, "import/unknown", message, left_out());
}

/// Reports a list that is full: the public API ends at 50 entries, a page of the v1 API at 100, so
/// older ones may be missing.
fn limit(file: &File, key: Option<&str>, list: &[Json], report: &mut Report) {
    let (most, way_out) = if key.is_some() {
        let made = message!(
            "import-statuspage-limit-public",
            "the public API sends no more: to get all of them, export the v1 API with your key"
        );
        (50, made)
    } else {
        let made = message!(
            "import-statuspage-limit-v1",
            "a page of the v1 API has no more: save the next page too, as `incidents-2.json`"
        );
        (100, made)
    };
    if list.len() == most {
        let message = message!(
            "import-statuspage-limit",
            "this list has exactly {most} entries: older ones are most likely MISSING",
            most
        );
        let at = key.and_then(|key| file.origin.key(key));
        report.add(&file.origin, at, "import/limit", message, way_out);
    }
}
