//! Imports Statuspage: the JSON of its public (v2) and its authenticated (v1) API, from disk or a
//! URL.
//!
//! Ids stay the same, so that old addresses and API clients keep working.

mod entries;
mod json;
mod page;
mod prose;
mod read;
mod updates;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use super::report::{Report, left_out};
use super::site::NewSite;
use super::slugs::{SourceContents, settle};
use super::times;
use super::{Imported, Settings};
use crate::fetch::{FetchError, Limits};
use crate::message::{Message, message};
use crate::model::{Instant, Zone};
use json::Json;
use read::{File, Files, Item};

/// Imports a status page.
///
/// # Errors
/// The source cannot be read, is not JSON, or contains no part of a status page.
pub fn statuspage(source: &str, settings: &Settings) -> Result<Imported, FetchError> {
    within(source, settings, Limits::default())
}

fn within(source: &str, settings: &Settings, limits: Limits) -> Result<Imported, FetchError> {
    let files = Files::read(source, limits)?;
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
    let site = page::site(&found, &origin, files.base.as_deref(), settings, &mut report);
    let mut converted = Converted { zone: site.zone, site, report };
    if found.components.is_empty() && !found.entries.is_empty() {
        let message = message!("import-statuspage-no-components", "the source has no list of components");
        let made = message!(
            "import-statuspage-no-components-made",
            "retired the components that entries name: add `components.json`, or remove `retired`"
        );
        converted.report.add(&origin, None, "import/site", message, made);
    }
    page::components(&found, &mut converted);
    let entries =
        found.entries.iter().map(|(item, planned)| entries::entry(&mut converted, item, *planned)).collect();
    Ok(settle(SourceContents {
        site: converted.site,
        origin,
        entries,
        copies: Vec::new(),
        report: converted.report,
    }))
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
            report.add(&item.file.origin, item.place(), "import/unknown", message, left_out());
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

/// The result so far.
struct Converted {
    zone: Zone,
    site: NewSite,
    report: Report,
}

impl Converted {
    fn row(
        &mut self,
        item: &Item<'_>,
        code: &'static str,
        message: impl Into<Message>,
        made: impl Into<Message>,
    ) {
        self.report.add(&item.file.origin, item.place(), code, message, made);
    }

    /// Reports a time that cannot be parsed or is uncertain.
    fn time(&mut self, item: &Item<'_>, key: &str) -> Option<Instant> {
        let written = item.text(key)?;
        let read = times::read(&written, self.zone);
        let stated = read.stated(self.zone);
        // A time that our format cannot write is dropped: the years end at 2100.
        let at = stated
            .map(|(stated, _)| stated.at)
            .filter(|at| self.zone.read(&times::write(self.zone, *at)) == Ok(*at));
        match (stated.and_then(|(_, doubt)| doubt), at) {
            (_, None) => {
                let message = message!(
                    "import-statuspage-no-time",
                    "`{key}` is `{written}`, which is not a time between 1970 and 2100",
                    key,
                    written
                );
                self.row(item, "import/time", message, left_out());
            }
            (Some(why), Some(at)) => {
                let message =
                    message!("import-statuspage-doubtful-time", "`{key}` is `{written}`", key, written);
                self.row(item, "import/time", message, why.made(&at.iso()));
            }
            _ => {}
        }
        at
    }
}
