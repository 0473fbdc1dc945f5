//! Reads `components` of site.yaml and `affects` of entries into [`Components`] and [`Affects`].

use std::ops::Range;

use chrono::NaiveDate;

use super::codes::{Joined, Marks};
use super::nouns::Noun;
use super::value::{Map, Value};
use crate::limits::COMPONENTS;
use crate::message::{Message, message, near_and_words};
use crate::model::component::{Affects, Axis, Codes, Component, Components, GivenStatus, Group, Target};
use crate::model::component_list::Listed;
use crate::model::text::{Rich, Text};
use crate::text;
use crate::vocabulary::{Aliases, ComponentStatus, Function};

impl Components {
    /// Reads `affects`: a list of ids or names, or a mapping to statuses. Unknown names are reported with `code`.
    pub(super) fn read(&self, value: &Value<'_>, code: &'static str) -> Affects {
        let mut found = Affects::default();
        if value.is_map() {
            let known: Vec<&str> = ComponentStatus::ALL.iter().map(|s| s.word()).collect();
            for (word, value) in value.map().iter().flat_map(Map::entries) {
                let status = value.word(
                    Noun::ComponentStatus,
                    |w, more| ComponentStatus::from_word_or_alias(w, ComponentStatus::ALL, more),
                    &known,
                );
                let given = status.map_or(GivenStatus::Implied, GivenStatus::Status);
                if let Err(unknown) = self.add_listed(word, given, &mut found, code)
                    && !self.is_incomplete
                {
                    value.fail_key(unknown.code, unknown.message, unknown.help);
                }
            }
            return found;
        }
        for value in value.list() {
            let Some(word) = value.text() else { continue };
            if let Err(unknown) = self.add_listed(&word, GivenStatus::Implied, &mut found, code)
                && !self.is_incomplete
            {
                value.fail(unknown.code, unknown.message, unknown.help);
            }
        }
        found
    }

    /// Adds the components of a text, which may be a list: `api、web`.
    fn add_listed(
        &self,
        text: &str,
        given: GivenStatus,
        found: &mut Affects,
        code: &'static str,
    ) -> Result<(), Unknown> {
        // Nearly every text is one name.
        if let Some(target) = self.find(text) {
            found.add(target, given);
            return Ok(());
        }
        let parts = self.listed(text);
        for part in &parts {
            let target = self.find(part.name).filter(|_| part.status.is_none());
            let name = if part.status.is_some() { &text[part.range.clone()] } else { part.name };
            found.add(target.ok_or_else(|| self.unknown(name, code))?, given);
        }
        if parts.is_empty() { Err(self.unknown(text, code)) } else { Ok(()) }
    }

    /// Reads the value of an `affects:` line: `api=major_outage, btc.withdraw=partial_outage`.
    ///
    /// # Errors
    /// Returns each unknown word with the reason.
    pub(super) fn read_line(
        &self,
        line: &str,
        code: &'static str,
        more: &Aliases,
    ) -> Result<Affects, Vec<(Range<usize>, Unknown)>> {
        let mut found = Affects::default();
        let mut faults = Vec::new();
        for Listed { range, name: word, status } in self.listed(line) {
            let given = match status
                .map(|s| (s, ComponentStatus::from_word_or_alias(s, ComponentStatus::ALL, more)))
            {
                None => GivenStatus::Implied,
                Some((_, Some(status))) => GivenStatus::Status(status),
                Some((written, None)) => {
                    let known = ComponentStatus::ALL.iter().map(|status| status.told()).collect();
                    let help = near_and_words(ComponentStatus::nearest(written), known);
                    let message = Noun::ComponentStatus.unknown(written);
                    faults.push((range, Unknown { code: "entry/unknown-word", message, help }));
                    continue;
                }
            };
            if let Some(target) = self.find(word) {
                found.add(target, given);
            } else if !self.is_incomplete {
                let mut unknown = self.unknown(word, code);
                if let Some((id, status)) =
                    word.split_once([':', '：']).filter(|(id, _)| self.find(id.trim()).is_some())
                {
                    unknown.help = write_it(&format!("{}={}", id.trim(), status.trim()));
                }
                faults.push((range, unknown));
            }
        }
        if faults.is_empty() { Ok(found) } else { Err(faults) }
    }

    pub(super) fn unknown(&self, word: &str, code: &'static str) -> Unknown {
        Unknown {
            code,
            message: message!(
                "model-component-unknown",
                "site.yaml defines no component, group, row or column `{word}`",
                word
            ),
            help: self.help(word),
        }
    }
}

/// A word that is not a known name.
pub(super) struct Unknown {
    pub code: &'static str,
    pub message: Message,
    pub help: Message,
}

fn write_it(words: &str) -> Message {
    message!("model-component-write", "write `{words}`", words)
}

/// The properties that a component, a row or a matrix gives the components it creates.
#[derive(Clone)]
struct Traits {
    since: Option<NaiveDate>,
    retired: Option<NaiveDate>,
    uptime: bool,
    only_when_affected: bool,
}

/// The days on which it began and was retired.
fn life(map: &Map<'_>) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let since = map.get("since").and_then(|v| v.date());
    let retired = map.get("retired").and_then(|v| Some((v.date()?, v)));
    if let (Some(since), Some((retired, value))) = (since, &retired)
        && *retired < since
    {
        let message = message!("model-component-retired", "`retired` is before `since`");
        let help = message!("model-component-retired-help", "check both days");
        value.fail("site/end-before-start", message, help);
    }
    (since, retired.map(|r| r.0))
}

fn earlier(a: Option<NaiveDate>, b: Option<NaiveDate>) -> Option<NaiveDate> {
    a.into_iter().chain(b).min()
}

impl Traits {
    fn read(map: &Map<'_>) -> Traits {
        let (since, retired) = life(map);
        Traits {
            since,
            retired,
            uptime: map.get("uptime").and_then(|v| v.bool()).unwrap_or(true),
            only_when_affected: map.get("only_when_affected").and_then(|v| v.bool()).unwrap_or(false),
        }
    }
}

pub(super) fn read(list: &Value<'_>) -> Components {
    let mut components = Components::default();
    for value in list.list() {
        let Some(map) = value.map() else { continue };
        if map.get("rows").is_some() || map.get("columns").is_some() {
            components.matrix(&map);
        } else if let Some(inner) = map.get("components") {
            components.group(&map, &inner);
        } else if let Some(at) = components.single(&map) {
            components.groups.push(Group::Single(at));
        }
        map.finish();
        if components.all.len() > COMPONENTS {
            too_many(&value, components.all.len());
            break;
        }
    }
    for (id, target) in &components.targets {
        let spaced = components.spaced.get(id).into_iter().flatten();
        for name in target.name.all().chain(spaced) {
            let ids = components.names.entry(text::fold(name)).or_default();
            if !ids.contains(id) {
                ids.push(id.clone());
            }
        }
    }
    components
}

fn too_many(value: &Value<'_>, count: usize) {
    let message = message!(
        "model-component-too-many",
        "with this one, site.yaml defines {count} components; a site can have at most {most}",
        count,
        most = COMPONENTS
    );
    let help = message!(
        "model-component-too-many-help",
        "list only the components that readers tell apart, without their parts"
    );
    value.fail("entry/too-many", message, help);
}

/// Reports that a row and a column make a component whose id is already taken.
fn taken(rows: Option<Value<'_>>, cell: &str) {
    if let Some(rows) = rows {
        rows.fail(
            "site/duplicate-id",
            message!(
                "model-component-cell-taken",
                "a row and a column form the id `{cell}`, which is already used",
                cell
            ),
            message!("model-component-cell-taken-help", "give one of them another id"),
        );
    }
}

fn used_twice(id: &str) -> Message {
    message!("model-component-used-twice", "the id `{id}` is used twice", id)
}

fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id
            .split(['.', '-'])
            .all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

impl Components {
    fn id(&self, map: &Map<'_>) -> Option<String> {
        let value = map.required("id", "api")?;
        let id = value.text()?;
        if !is_id(&id) {
            let suggestion = text::slugify(&id).replace('_', "-");
            let help = if is_id(&suggestion) {
                write_it(&suggestion)
            } else {
                message!("model-component-id-help", "write it as `api` or `api.rest`")
            };
            let message = message!(
                "model-component-id",
                "`{id}` cannot be an id: use lower-case letters and digits, joined by `.` or `-`",
                id
            );
            return value.refuse("site/bad-id", message, help);
        }
        if self.targets.contains_key(&id) || self.aliases.contains_key(&id) {
            let help = message!(
                "model-component-used-twice-help",
                "use another id; components, groups, rows and columns share one namespace"
            );
            return value.refuse("site/duplicate-id", used_twice(&id), help);
        }
        Some(id)
    }

    fn api_id(&mut self, map: &Map<'_>) -> Option<String> {
        let value = map.get("api_id")?;
        let id = value.api_id()?;
        if !self.api_ids.insert(id.clone()) {
            let message = message!("model-component-api-id", "the API id `{id}` is used twice", id);
            let help = message!("model-component-api-id-help", "use another id");
            return value.refuse("site/duplicate-id", message, help);
        }
        Some(id)
    }

    /// The id and the name of a target that gets its members later.
    fn named(&mut self, map: &Map<'_>, example: &str) -> Option<(String, Text)> {
        let id = self.id(map);
        let name = map.required("name", example).and_then(|v| v.localized());
        let (id, name) = id.zip(name)?;
        self.targets.insert(id.clone(), Target { name: name.clone(), members: Vec::new() });
        Some((id, name))
    }

    fn single(&mut self, map: &Map<'_>) -> Option<usize> {
        let traits = Traits::read(map);
        let description = map.get("description").and_then(|v| v.rich());
        let api_id = self.api_id(map);
        let marks = Marks::read(map).alone();
        let aliases = map.list("aliases");
        let id = self.id(map);
        let name = map.required("name", "API").and_then(|v| v.localized());
        let (id, name) = (id?, name?);
        let at = self.add(id.clone(), name, description, &traits, (api_id, marks));
        for value in aliases {
            let Some(alias) = value.text() else { continue };
            if self.targets.contains_key(&alias) || self.aliases.insert(alias.clone(), id.clone()).is_some() {
                value.fail(
                    "site/duplicate-id",
                    used_twice(&alias),
                    message!(
                        "model-component-alias-help",
                        "write an alias that differs from every id and every other alias"
                    ),
                );
            }
        }
        Some(at)
    }

    fn add(
        &mut self,
        id: String,
        name: Text,
        description: Option<Rich>,
        traits: &Traits,
        (api_id, (codes, function)): (Option<String>, (Codes, Option<Function>)),
    ) -> usize {
        let at = self.all.len();
        self.targets.insert(id.clone(), Target { name: name.clone(), members: vec![at] });
        self.all.push(Component {
            id,
            name,
            description,
            since: traits.since,
            uptime: traits.uptime,
            only_when_affected: traits.only_when_affected,
            retired: traits.retired,
            api_id,
            codes,
            function,
        });
        at
    }

    fn group(&mut self, map: &Map<'_>, inner: &Value<'_>) {
        let api_id = self.api_id(map);
        let named = self.named(map, "Accounts");
        let description = map.get("description").and_then(|v| v.rich());
        let mut members = Vec::new();
        for value in inner.list() {
            let Some(map) = value.map() else { continue };
            if let Some(nested) = map.get("components").or_else(|| map.get("rows")) {
                nested.fail(
                    "site/nested-group",
                    message!("model-component-nested-group", "noroshi does not show a group inside a group"),
                    message!(
                        "model-component-nested-group-help",
                        "move its components into one of the two groups"
                    ),
                );
                continue;
            }
            members.extend(self.single(&map));
            map.finish();
        }
        let Some((id, name)) = named else { return };
        if let Some(target) = self.targets.get_mut(&id) {
            target.members.clone_from(&members);
        }
        self.groups.push(Group::Named { id, name, description, members, api_id });
    }

    fn matrix(&mut self, map: &Map<'_>) {
        let traits = Traits::read(map);
        let description = map.get("description").and_then(|v| v.rich());
        let own = self.named(map, "Assets");
        let columns = self.axis(map.required("columns", "[{id: trade, name: Trading}]").as_ref(), &traits);
        let rows = self.axis(map.required("rows", "[{id: btc, name: Bitcoin}]").as_ref(), &traits);
        let Some((id, name)) = own else { return };
        let count = self.all.len() + rows.len() * columns.len();
        if let Some(value) = map.get("rows").filter(|_| count > COMPONENTS) {
            return too_many(&value, count);
        }
        let mut cells = Vec::new();
        let mut joined = Joined::default();
        for (Axis { id: row, name: row_name }, row_traits, row_marks) in &rows {
            let mut line = Vec::new();
            for (Axis { id: column, name: column_name }, column_traits, column_marks) in &columns {
                let mut both = row_traits.clone();
                both.since = both.since.max(column_traits.since);
                both.retired = earlier(both.retired, column_traits.retired);
                let marks = joined.cell((row, row_marks), (column, column_marks));
                let cell = format!("{row}.{column}");
                if self.targets.contains_key(&cell) || self.aliases.contains_key(&cell) {
                    taken(map.get("rows"), &cell);
                    continue;
                }
                let name = row_name.joined(column_name, map.locales());
                let spaced = row_name.joined(column_name, &[]);
                let names = self.spaced.entry(cell.clone()).or_default();
                names.extend(spaced.all().cloned());
                let cell = self.add(cell, name, None, &both, (None, marks));
                for target in [&id, row, column] {
                    if let Some(target) = self.targets.get_mut(target) {
                        target.members.push(cell);
                    }
                }
                line.push(cell);
            }
            cells.push(line);
        }
        let rows = rows.into_iter().map(|r| r.0).collect();
        let columns = columns.into_iter().map(|c| c.0).collect();
        self.groups.push(Group::Matrix { id, name, description, rows, columns, cells });
    }

    fn axis<'a>(&mut self, list: Option<&Value<'a>>, matrix: &Traits) -> Vec<(Axis, Traits, Marks<'a>)> {
        let mut found = Vec::new();
        for value in list.into_iter().flat_map(Value::list) {
            let Some(map) = value.map() else { continue };
            let (since, retired) = life(&map);
            let (since, retired) = (since.or(matrix.since), earlier(retired, matrix.retired));
            let named = self.named(&map, "Bitcoin");
            let marks = Marks::read(&map);
            map.finish();
            let Some((id, name)) = named else { continue };
            found.push((Axis { id, name }, Traits { since, retired, ..matrix.clone() }, marks));
        }
        found
    }
}
