//! Cachet 3: JSON:API, with an object for each time and each state.

use std::collections::{BTreeMap, BTreeSet};

use super::super::answers::{self, Files, Item};
use super::super::catalogue::{self, Component, Group};
use super::super::conversion::Conversion;
use super::super::entry::Entry;
use super::super::json::Json;
use super::super::record::{self, Ending, Record, RecordKind, RecordUpdate};
use super::{NAMES, PLANNED_NAMES, hidden, naive, opening, state, status};
use crate::model::Instant;
use crate::vocabulary::{ComponentStatus, Status};

/// Whether no page follows: the list has no address of a next one.
pub(super) fn is_last(value: &Json) -> bool {
    let next = value.as_object().and_then(|top| top.get("links")).and_then(Json::as_object);
    next.and_then(|links| links.get("next")).and_then(Json::as_str).is_none()
}

/// An object with what its answer includes beside it.
struct Resource<'f> {
    whole: Item<'f>,
    attributes: Item<'f>,
    answer: usize,
}

impl Resource<'_> {
    fn id(&self) -> Option<String> {
        self.whole.text("id")
    }

    fn related(&self, name: &str) -> Vec<String> {
        let related = self.whole.item("relationships").and_then(|all| all.item(name));
        let list = related.iter().flat_map(|related| related.items("data").chain(related.item("data")));
        list.filter_map(|one| one.text("id")).collect()
    }

    fn number(&self, key: &str) -> Option<f64> {
        self.attributes
            .item(key)
            .and_then(|value| value.number("value"))
            .or_else(|| self.attributes.number(key))
    }

    fn time(&self, to: &mut Conversion, key: &str) -> Option<Instant> {
        let written = self.attributes.item(key).and_then(|time| time.text("string"));
        naive(to, &self.whole, key, written.or_else(|| self.attributes.text(key)))
    }

    fn text(&self, key: &str) -> Option<String> {
        self.attributes.text(key)
    }
}

#[derive(Default)]
pub(super) struct Found<'f> {
    groups: Vec<Resource<'f>>,
    components: Vec<Resource<'f>>,
    incidents: Vec<Resource<'f>>,
    schedules: Vec<Resource<'f>>,
    updates: BTreeMap<String, Resource<'f>>,
    /// The updates that name their entry: its kind and number.
    owned: BTreeMap<(String, String), BTreeSet<String>>,
    /// How many entries of an answer name a component.
    shared: BTreeMap<(usize, String), usize>,
    /// The state of a component in an answer: of the first entry that names it.
    states: BTreeMap<(usize, String), Option<ComponentStatus>>,
}

impl<'f> Found<'f> {
    pub(super) fn is_empty(&self) -> bool {
        self.components.is_empty() && self.incidents.is_empty() && self.schedules.is_empty()
    }

    pub(super) fn of(files: &'f Files) -> Found<'f> {
        let mut found = Found::default();
        let mut ids: BTreeSet<(char, String)> = BTreeSet::new();
        for (answer, file) in files.list.iter().enumerate() {
            for whole in answers::json_api(file) {
                let (Some(kind), Some(attributes)) = (whole.text("type"), whole.item("attributes")) else {
                    continue;
                };
                let Some(id) = whole.text("id") else { continue };
                let one = Resource { whole, attributes, answer };
                let mut add = |mark: char, list: &mut Vec<Resource<'f>>, one: Resource<'f>| {
                    if ids.insert((mark, id.clone())) {
                        list.push(one);
                    }
                };
                match kind.as_str() {
                    "incidents" => add('i', &mut found.incidents, one),
                    "schedules" => add('s', &mut found.schedules, one),
                    "componentGroups" => add('g', &mut found.groups, one),
                    "components" => {
                        if let Some(pivot) = one.attributes.item("pivot") {
                            let number =
                                pivot.item("component_status").and_then(|value| value.number("value"));
                            found.states.entry((answer, id.clone())).or_insert_with(|| state(number));
                        }
                        add('c', &mut found.components, one);
                    }
                    "updates" => {
                        if let (Some(kind), Some(owner)) =
                            (one.text("updateable_type"), one.attributes.text("updateable_id"))
                        {
                            found.owned.entry((kind, owner)).or_default().insert(id.clone());
                        }
                        found.updates.entry(id).or_insert(one);
                    }
                    _ => {}
                }
            }
        }
        for one in found.incidents.iter().chain(&found.schedules) {
            for id in one.related("components") {
                *found.shared.entry((one.answer, id)).or_default() += 1;
            }
        }
        found
    }

    /// The numbers of incidents whose components may have the state of another one.
    pub(super) fn incidents_with_components(&self) -> Vec<String> {
        let named = self.incidents.iter().filter(|incident| !incident.related("components").is_empty());
        named.filter_map(Resource::id).filter(|id| id.bytes().all(|b| b.is_ascii_digit())).collect()
    }

    pub(super) fn convert(&self, to: &mut Conversion, entries: &mut Vec<Entry>) {
        self.components(to);
        for one in self.incidents.iter().chain(&self.schedules) {
            let planned = one.attributes.has("scheduled");
            let record = if planned { self.schedule(to, one) } else { self.incident(to, one) };
            let published = one.time(to, "published").is_some_and(|at| at > to.site.now);
            let draft = (matches!(one.number("visible"), Some(0.0 | 2.0)) || published)
                && hidden(to, &one.whole.spot());
            let mut entry = record.entry(to);
            entry.draft |= draft;
            entries.push(entry);
        }
    }

    fn components(&self, to: &mut Conversion) {
        let order = |one: &Resource<'_>| one.attributes.number("order").unwrap_or(f64::MAX);
        // Not for guests, and not shown at all.
        let is_closed = |group: &Resource<'_>| matches!(group.number("visible"), Some(0.0 | 2.0));
        let closed: BTreeSet<String> =
            self.groups.iter().filter(|group| is_closed(group)).filter_map(Resource::id).collect();
        let is_hidden = |one: &Resource<'_>| {
            let disabled = one.attributes.has("enabled") && !one.attributes.flag("enabled");
            disabled || one.related("group").iter().any(|id| closed.contains(id))
        };
        for one in self.components.iter().filter(|one| is_hidden(one)) {
            to.not_public(&one.whole.spot(), one.text("name"));
        }
        let groups = self.groups.iter().filter(|group| !is_closed(group)).map(|one| Group {
            spot: one.whole.spot(),
            code: one.id().map(|id| format!("group-{id}")),
            name: one.text("name"),
            description: None,
            order: order(one),
        });
        let members = self.components.iter().filter(|one| !is_hidden(one)).map(|one| Component {
            spot: one.whole.spot(),
            code: one.id(),
            name: one.text("name"),
            description: one.text("description"),
            order: order(one),
            group: one.related("group").first().map(|id| format!("group-{id}")),
            since: None,
            only_when_affected: false,
        });
        catalogue::fill(to, groups.collect(), members.collect());
    }

    /// The components of an entry with their states. Two entries of one answer share what it says of a component.
    fn affected(&self, to: &mut Conversion, one: &Resource<'_>) -> Vec<(String, Option<ComponentStatus>)> {
        let mut found = Vec::new();
        for id in one.related("components") {
            let shared = self.shared.get(&(one.answer, id.clone())).is_some_and(|count| *count > 1);
            let state = self.states.get(&(one.answer, id.clone())).copied().flatten().filter(|_| !shared);
            if let Some(id) = to.listed(&one.whole.spot(), Some(id)) {
                found.push((id, state));
            }
        }
        found
    }

    fn updates(
        &self,
        to: &mut Conversion,
        one: &Resource<'_>,
        planned: bool,
        remarks: &mut Vec<String>,
    ) -> Vec<RecordUpdate> {
        let kind = if planned { "schedule" } else { "incident" };
        let owned = one.id().and_then(|id| self.owned.get(&(kind.to_owned(), id)));
        let ids: BTreeSet<String> =
            one.related("updates").into_iter().chain(owned.into_iter().flatten().cloned()).collect();
        let mut updates = Vec::new();
        for update in ids.iter().filter_map(|id| self.updates.get(id)) {
            let (spot, body) = (update.whole.spot(), update.text("message").unwrap_or_default());
            let Some(at) = update.time(to, "created") else {
                record::untimed_update(to, &spot, &body, remarks);
                continue;
            };
            let words = to.markdown(&spot, &body);
            let status = if planned { Status::Update } else { status(update.number("status")) };
            updates.push(RecordUpdate { at, status, words, affected: Vec::new() });
        }
        updates
    }

    fn incident(&self, to: &mut Conversion, one: &Resource<'_>) -> Record {
        let spot = one.whole.spot();
        let created = one.time(to, "created");
        let occurred = one.time(to, "occurred").or(created);
        let edited = one.time(to, "updated");
        let last = status(one.number("status").or(Some(0.0)));
        let mut remarks = Vec::new();
        let mut updates = self.updates(to, one, false, &mut remarks);
        let is_over = last == Status::Resolved;
        let was_edited = edited.zip(created).is_some_and(|(edited, created)| edited > created);
        let has_updates = !updates.is_empty();
        let opened = if has_updates || (is_over && was_edited) { opening(to, &spot) } else { last };
        let words = to.markdown(&spot, &one.text("message").unwrap_or_default());
        let components = self.affected(to, one);
        match occurred {
            Some(at) => updates.push(RecordUpdate { at, status: opened, words, affected: Vec::new() }),
            None => record::untimed_update(to, &spot, &words, &mut remarks),
        }
        let severity = record::severity_of(components.iter().filter_map(|(_, status)| *status));
        let id = one.id();
        // The number was the address of Cachet 2.
        let guid = one.text("guid");
        let aliases = guid.iter().chain(&id).map(|id| format!("/incidents/{id}")).collect();
        let ended = updates.iter().filter(|u| u.status == Status::Resolved).map(|u| u.at).max();
        Record {
            title: one.text("name"),
            aliases,
            id,
            state: one.attributes.item("status").and_then(|value| value.text("human")).unwrap_or_default(),
            is_over,
            created,
            resolved: edited.filter(|_| is_over && ended.is_none()),
            updates,
            components,
            remarks,
            ..Record::of(spot, NAMES, RecordKind::Incident { severity, started: occurred })
        }
    }

    /// The planned and the real end are one. The state is that of the clock.
    fn schedule(&self, to: &mut Conversion, one: &Resource<'_>) -> Record {
        let spot = one.whole.spot();
        let (start, end) = (one.time(to, "scheduled"), one.time(to, "completed"));
        let published = one.time(to, "published");
        let written = published.or_else(|| one.time(to, "created")).into_iter().chain(start).min();
        let words = to.markdown(&spot, &one.text("message").unwrap_or_default());
        let mut remarks = Vec::new();
        let mut updates = self.updates(to, one, true, &mut remarks);
        match written {
            Some(at) => {
                updates.push(RecordUpdate { at, status: Status::Scheduled, words, affected: Vec::new() });
            }
            None => record::untimed_update(to, &spot, &words, &mut remarks),
        }
        let components = self.affected(to, one);
        let id = one.id();
        let kind = RecordKind::Maintenance { start, begun: None, end, ending: Ending::Clock };
        Record {
            title: one.text("name"),
            aliases: id.iter().map(|id| format!("/schedules/{id}")).collect(),
            // An incident may have the same number.
            id: id.map(|id| format!("schedule-{id}")),
            updates,
            components,
            remarks,
            ..Record::of(spot, PLANNED_NAMES, kind)
        }
    }
}
