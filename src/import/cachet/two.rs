//! Cachet 2: `{"meta": …, "data": […]}`, with numbers for states.

use std::collections::BTreeSet;

use super::super::answers::{File, Files, Item};
use super::super::catalogue::{self, Component, Group};
use super::super::conversion::Conversion;
use super::super::entry::Entry;
use super::super::json::Json;
use super::super::record::{self, Ending, Record, RecordKind, RecordUpdate};
use super::super::report::Origin;
use super::super::session;
use super::{NAMES, PLANNED_NAMES, hidden, naive, opening, severity_unknown, state, status};
use crate::model::Instant;
use crate::vocabulary::{Severity, Status};

/// Whether a page of a list is its last: it has as many pages as its own number.
pub(super) fn is_last(value: &Json) -> bool {
    let paging = |key: &str| {
        let meta = value.as_object()?.get("meta")?.as_object()?;
        match meta.get("pagination")?.as_object()?.get(key)? {
            Json::Number(number) => number.as_u64(),
            _ => None,
        }
    };
    paging("current_page").zip(paging("total_pages")).is_none_or(|(page, pages)| page >= pages)
}

#[derive(Default)]
pub(super) struct Found<'f> {
    groups: Vec<Item<'f>>,
    components: Vec<Item<'f>>,
    incidents: Vec<Item<'f>>,
    schedules: Vec<Item<'f>>,
}

impl<'f> Found<'f> {
    pub(super) fn is_empty(&self) -> bool {
        self.components.is_empty() && self.incidents.is_empty() && self.schedules.is_empty()
    }

    pub(super) fn of(files: &'f Files) -> Found<'f> {
        let mut found = Found::default();
        let mut ids = BTreeSet::new();
        for item in files.list.iter().flat_map(objects).filter(|item| !item.has("attributes")) {
            let (kind, list) =
                if item.has("scheduled_at") && (item.has("completed_at") || item.has("components")) {
                    ('s', &mut found.schedules)
                } else if item.has("message") && item.has("name") {
                    ('i', &mut found.incidents)
                } else if item.has("collapsed") || item.has("enabled_components") {
                    ('g', &mut found.groups)
                } else if item.has("name") && item.has("status") {
                    ('c', &mut found.components)
                } else {
                    continue;
                };
            if item.text("id").is_none_or(|id| ids.insert((kind, id))) {
                list.push(item);
            }
        }
        found
    }

    /// The address of the page, from that of an incident.
    pub(super) fn address(&self) -> Option<String> {
        let link = self.incidents.iter().find_map(|item| item.text("permalink"))?;
        Some(format!("{}/", session::origin_of(&link)))
    }

    pub(super) fn convert(&self, to: &mut Conversion, origin: &Origin, entries: &mut Vec<Entry>) {
        self.components(to);
        if !self.incidents.is_empty() {
            severity_unknown(to, &origin.at(None));
        }
        for item in &self.incidents {
            let record = if item.number("status") == Some(0.0) {
                planned_incident(to, item)
            } else {
                incident(to, item)
            };
            let draft = item.number("visible") == Some(0.0) && hidden(to, &item.spot());
            let mut entry = record.entry(to);
            entry.draft |= draft;
            entries.push(entry);
        }
        for item in &self.schedules {
            let record = schedule(to, item);
            entries.push(record.entry(to));
        }
    }

    fn components(&self, to: &mut Conversion) {
        let order = |item: &Item<'_>| item.number("order").unwrap_or(f64::MAX);
        // With a token, the answers have what only the team sees.
        let is_closed = |group: &Item<'_>| group.number("visible") == Some(0.0);
        let closed: BTreeSet<String> = self
            .groups
            .iter()
            .filter(|group| is_closed(group))
            .filter_map(|group| group.text("id"))
            .collect();
        let is_hidden = |item: &Item<'_>| {
            item.has("enabled") && !item.flag("enabled")
                || item.text("group_id").is_some_and(|id| closed.contains(&id))
        };
        for item in self.components.iter().filter(|item| is_hidden(item)) {
            to.not_public(&item.spot(), item.text("name"));
        }
        let groups = self.groups.iter().filter(|group| !is_closed(group)).map(|item| Group {
            spot: item.spot(),
            code: item.text("id").map(|id| format!("group-{id}")),
            name: item.text("name"),
            description: None,
            order: order(item),
        });
        let members = self.components.iter().filter(|item| !is_hidden(item)).map(|item| Component {
            spot: item.spot(),
            code: item.text("id"),
            name: item.text("name"),
            description: item.text("description"),
            order: order(item),
            group: item.text("group_id").map(|id| format!("group-{id}")),
            since: None,
            only_when_affected: false,
        });
        catalogue::fill(to, groups.collect(), members.collect());
    }
}

fn is_complete(item: &Item<'_>) -> bool {
    item.number("status") == Some(2.0)
}

fn objects(file: &File) -> Vec<Item<'_>> {
    match &file.value {
        Json::List(list) => list.iter().filter_map(|value| Item::of(file, value)).collect(),
        value => {
            let Some(top) = Item::of(file, value) else { return Vec::new() };
            top.item("data").into_iter().chain(top.items("data")).collect()
        }
    }
}

fn time(to: &mut Conversion, item: &Item<'_>, key: &str) -> Option<Instant> {
    naive(to, item, key, item.text(key))
}

fn incident(to: &mut Conversion, item: &Item<'_>) -> Record {
    let spot = item.spot();
    let created = time(to, item, "created_at");
    let occurred = time(to, item, "occurred_at").or(created);
    let edited = time(to, item, "updated_at");
    let last = status(item.number("status"));
    let words = to.markdown(&spot, &item.text("message").unwrap_or_default());
    let spoken: Vec<Item<'_>> = item.items("updates").collect();
    let (mut updates, mut remarks) = (Vec::new(), Vec::new());
    for one in &spoken {
        let body = one.text("message").unwrap_or_default();
        let Some(at) = time(to, one, "created_at") else {
            record::untimed_update(to, &one.spot(), &body, &mut remarks);
            continue;
        };
        let words = to.markdown(&one.spot(), &body);
        updates.push(RecordUpdate { at, status: status(one.number("status")), words, affected: Vec::new() });
    }
    let is_over = last == Status::Resolved;
    // An incident that was edited, not updated, has one text: its state then is that of the last edit.
    let was_edited = edited.zip(created).is_some_and(|(edited, created)| edited > created);
    let opened = match (spoken.is_empty(), is_over && was_edited) {
        (true, false) => last,
        _ => opening(to, &spot),
    };
    match occurred {
        Some(at) => updates.push(RecordUpdate { at, status: opened, words, affected: Vec::new() }),
        None => record::untimed_update(to, &spot, &words, &mut remarks),
    }
    let component = item.text("component_id").filter(|id| id != "0");
    let component = component.and_then(|id| to.listed(&spot, Some(id)));
    let id = item.text("id");
    Record {
        title: item.text("name"),
        aliases: id.iter().map(|id| format!("/incidents/{id}")).collect(),
        id,
        state: item.text("human_status").unwrap_or_default(),
        is_over,
        created,
        resolved: edited.filter(|_| is_over && spoken.is_empty()),
        updates,
        components: component.into_iter().map(|id| (id, None)).collect(),
        remarks,
        ..Record::of(spot, NAMES, RecordKind::Incident { severity: Severity::Minor, started: occurred })
    }
}

/// Until Cachet 2.3, maintenance is an incident with a state of its own.
fn planned_incident(to: &mut Conversion, item: &Item<'_>) -> Record {
    announced(to, item, None, "incidents")
}

fn schedule(to: &mut Conversion, item: &Item<'_>) -> Record {
    let start = time(to, item, "scheduled_at");
    let end = time(to, item, "completed_at").filter(|end| start.is_none_or(|start| *end > start));
    // The end of a schedule without one is the moment of the answer. A planned end is a whole minute, as the form of
    // Cachet writes it.
    let is_moment = !is_complete(item) && end.is_some_and(|end| end.0 % 60 != 0);
    let mut record = announced(to, item, end.filter(|_| !is_moment), "schedules");
    if is_complete(item) {
        record.state = item.text("human_status").unwrap_or_default();
        record.is_over = true;
        record.resolved = end;
    }
    for one in item.items("components") {
        let named = to.listed(&record.spot, one.text("component_id"));
        record.components.extend(named.map(|id| (id, state(one.number("component_status")))));
    }
    // An incident may have the same number.
    record.id = record.id.map(|id| format!("schedule-{id}"));
    record
}

fn announced(to: &mut Conversion, item: &Item<'_>, end: Option<Instant>, address: &str) -> Record {
    let spot = item.spot();
    let start = time(to, item, "scheduled_at");
    let written = time(to, item, "created_at").into_iter().chain(start).min();
    let words = to.markdown(&spot, &item.text("message").unwrap_or_default());
    let mut remarks = Vec::new();
    if written.is_none() {
        record::untimed_update(to, &spot, &words, &mut remarks);
    }
    let updates =
        written.map(|at| RecordUpdate { at, status: Status::Scheduled, words, affected: Vec::new() });
    let id = item.text("id");
    let kind = RecordKind::Maintenance { start, begun: None, end, ending: Ending::Update };
    Record {
        title: item.text("name"),
        aliases: id.iter().map(|id| format!("/{address}/{id}")).collect(),
        id,
        updates: updates.into_iter().collect(),
        remarks,
        ..Record::of(spot, PLANNED_NAMES, kind)
    }
}
