//! The new site.yaml: components with generated ids, and retired components that only past entries
//! name.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use chrono::NaiveDate;

use super::entry::{one_line, quoted};
use super::times;
use crate::model::{Instant, Zone};
use crate::text;

#[derive(Debug)]
pub(super) struct NewSite {
    pub(super) title: String,
    pub(super) description: Option<String>,
    pub(super) url: String,
    pub(super) zone: Zone,
    pub(super) locale: String,
    /// The path under `static/`.
    pub(super) logo: Option<String>,
    /// The name and the `theme.yaml` of the site's own theme.
    pub(super) theme: Option<(&'static str, String)>,
    /// Text and address.
    pub(super) nav: Vec<(String, String)>,
    pub(super) now: Instant,
    pub(super) groups: Vec<NewGroup>,
    /// Texts that look private but were published on the old site.
    pub(super) allow: BTreeSet<String>,
    known: BTreeMap<String, String>,
    /// The ids of components by their codes in the source, where names are ambiguous.
    codes: BTreeMap<String, String>,
    api_ids: BTreeSet<String>,
    ids: BTreeSet<String>,
    /// Components that only entries name.
    retired: Vec<NewComponent>,
}

/// A named group of components, or components without a group.
#[derive(Debug)]
pub(super) struct NewGroup {
    pub(super) name: Option<String>,
    pub(super) description: Option<String>,
    pub(super) api_id: Option<String>,
    pub(super) id: String,
    pub(super) members: Vec<NewComponent>,
}

#[derive(Debug, Default)]
pub(super) struct NewComponent {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) description: Option<String>,
    pub(super) api_id: Option<String>,
    pub(super) since: Option<NaiveDate>,
    pub(super) only_when_affected: bool,
    retired: Option<NaiveDate>,
}

impl NewSite {
    pub(super) fn new(title: &str, zone: Zone, locale: &str, now: Instant) -> NewSite {
        NewSite {
            title: one_line(title),
            description: None,
            url: String::new(),
            zone,
            locale: locale.to_owned(),
            logo: None,
            theme: None,
            nav: Vec::new(),
            now,
            groups: Vec::new(),
            allow: BTreeSet::new(),
            known: BTreeMap::new(),
            codes: BTreeMap::new(),
            api_ids: BTreeSet::new(),
            ids: BTreeSet::new(),
            retired: Vec::new(),
        }
    }

    /// Adds a group. Without a name, its members have no group.
    pub(super) fn group(&mut self, name: Option<&str>, description: Option<&str>) -> usize {
        let name = name.map(one_line).filter(|n| !n.is_empty());
        let id = name.as_ref().map_or_else(String::new, |name| self.free_id(name, "group"));
        let description = description.map(one_line).filter(|d| !d.is_empty());
        self.groups.push(NewGroup { name, description, api_id: None, id, members: Vec::new() });
        self.groups.len() - 1
    }

    /// Adds a component of the current page. A second one of the same name is the first.
    pub(super) fn add(
        &mut self,
        group: usize,
        name: &str,
        description: Option<&str>,
    ) -> Option<&mut NewComponent> {
        let name = one_line(name);
        if name.is_empty() || self.known.contains_key(&text::fold(&name)) {
            return None;
        }
        let id = self.free_id(&name, "component");
        self.known.insert(text::fold(&name), id.clone());
        let description = description.map(one_line).filter(|d| !d.is_empty());
        let members = &mut self.groups.get_mut(group)?.members;
        members.push(NewComponent { id, name, description, ..NewComponent::default() });
        members.last_mut()
    }

    /// Sets the start of components without one: the first entry, or else the import.
    pub(super) fn begin(&mut self, first: Option<Instant>) {
        let day = self.zone.day(first.map_or(self.now, |first| first.min(self.now)));
        let members = self.groups.iter_mut().flat_map(|group| &mut group.members);
        members
            .chain(&mut self.retired)
            .for_each(|component| component.since = component.since.or(Some(day)));
    }

    /// Whether a component has this name.
    pub(super) fn knows(&self, name: &str) -> bool {
        self.known.contains_key(&text::fold(&one_line(name)))
    }

    /// The id of a component by the name in an entry, and whether it had to be added.
    pub(super) fn named(&mut self, name: &str) -> (String, bool) {
        let name = one_line(name);
        let key = text::fold(&name);
        if let Some(id) = self.known.get(&key) {
            return (id.clone(), false);
        }
        let id = self.free_id(&name, "component");
        self.known.insert(key, id.clone());
        let retired = Some(self.zone.day(self.now));
        self.retired.push(NewComponent { id: id.clone(), name, retired, ..NewComponent::default() });
        (id, true)
    }

    /// Adds a component of the current page with a code of the source, which becomes its `api_id`.
    /// Two components may have the same name.
    pub(super) fn add_coded(&mut self, group: usize, code: &str, name: &str) -> Option<&mut NewComponent> {
        let name = one_line(name);
        if name.is_empty() || self.codes.contains_key(code) {
            return None;
        }
        let group_name = self.groups.get(group)?.name.clone();
        let id = match group_name.filter(|_| self.known.contains_key(&text::fold(&name))) {
            Some(group) => self.free_id(&format!("{group} {name}"), "component"),
            None => self.free_id(&name, "component"),
        };
        self.known.entry(text::fold(&name)).or_insert_with(|| id.clone());
        self.codes.insert(code.to_owned(), id.clone());
        let api_id = self.api_id(code);
        let members = &mut self.groups.get_mut(group)?.members;
        members.push(NewComponent { id, name, api_id, ..NewComponent::default() });
        members.last_mut()
    }

    /// Returns a code if it is valid as an API id and not used yet.
    pub(super) fn api_id(&mut self, code: &str) -> Option<String> {
        (text::is_api_id(code) && self.api_ids.insert(code.to_owned())).then(|| code.to_owned())
    }

    /// Whether a component with this code exists.
    pub(super) fn is_coded(&self, code: &str) -> bool {
        self.codes.contains_key(code)
    }

    /// The id of a component by its code, or else by its name, and whether it had to be added.
    pub(super) fn coded(&mut self, code: Option<&str>, name: &str) -> (String, bool) {
        if let Some(id) = code.and_then(|code| self.codes.get(code)) {
            return (id.clone(), false);
        }
        let (id, added) = self.named(name);
        if let Some(code) = code {
            self.codes.insert(code.to_owned(), id.clone());
            let api_id = self.api_id(code);
            if let Some(retired) = self.retired.last_mut().filter(|_| added) {
                retired.api_id = api_id;
            }
        }
        (id, added)
    }

    /// A unique id of lower-case ASCII letters and digits, joined by `.` or `-`.
    fn free_id(&mut self, name: &str, otherwise: &str) -> String {
        let mut id = String::new();
        for c in text::nfkc(name).to_lowercase().chars() {
            match c {
                'a'..='z' | '0'..='9' => id.push(c),
                '.' if id.ends_with(|c: char| c.is_ascii_alphanumeric()) => id.push('.'),
                _ if id.ends_with(|c: char| c.is_ascii_alphanumeric()) => id.push('-'),
                _ => {}
            }
            if id.len() >= 60 {
                break;
            }
        }
        let base = match id.trim_end_matches(['.', '-']) {
            "" | "null" => otherwise.to_owned(),
            id => id.to_owned(),
        };
        let mut id = base.clone();
        let mut number = 1;
        while self.ids.contains(&id) {
            number += 1;
            id = format!("{base}-{number}");
        }
        self.ids.insert(id.clone());
        id
    }

    pub(super) fn write(&self) -> String {
        let mut out = String::new();
        let head = [
            ("title", Some(quoted(&self.title))),
            ("description", self.description.as_deref().map(quoted)),
            ("url", Some(quoted(&self.url))),
            ("timezone", Some(self.zone.name().to_owned())),
            ("locales", Some(format!("[{}]", self.locale))),
            ("theme", self.theme.as_ref().map(|(name, _)| (*name).to_owned())),
            ("logo", self.logo.as_deref().map(quoted)),
        ];
        write_keys(&mut out, "", head);
        if !self.nav.is_empty() {
            out.push_str("links:\n  nav:\n");
            for (label, url) in &self.nav {
                let _ = writeln!(out, "    - {{label: {}, url: {}}}", quoted(label), quoted(url));
            }
        }
        out.push_str("components:\n");
        for group in self.groups.iter().filter(|g| !g.members.is_empty()) {
            match &group.name {
                None => group.members.iter().for_each(|c| c.write(&mut out, "  ")),
                Some(name) => {
                    let _ = writeln!(out, "  - id: {}", group.id);
                    let keys = [
                        ("name", Some(quoted(name))),
                        ("description", group.description.as_deref().map(quoted)),
                        ("api_id", group.api_id.as_deref().map(quoted)),
                    ];
                    write_keys(&mut out, "    ", keys);
                    out.push_str("    components:\n");
                    group.members.iter().for_each(|c| c.write(&mut out, "      "));
                }
            }
        }
        if self.groups.iter().all(|g| g.members.is_empty()) && self.retired.is_empty() {
            out.push_str("  []\n");
        }
        if !self.retired.is_empty() {
            out.push_str(
                "  # Only old entries name these components: the history shows them, today's page does not.\n",
            );
            self.retired.iter().for_each(|c| c.write(&mut out, "  "));
        }
        let _ = writeln!(out, "# Feeds contain no update from before the import.");
        let _ = writeln!(out, "feeds: {{since: {}}}", times::write(self.zone, self.now));
        if !self.allow.is_empty() {
            out.push_str(
                "# The old site published these texts, which look private: see import-report.md.\nallow:\n",
            );
            for allowed in &self.allow {
                let _ = writeln!(out, "  - {}", quoted(allowed));
            }
        }
        out
    }
}

impl NewComponent {
    fn write(&self, out: &mut String, indent: &str) {
        let _ = writeln!(out, "{indent}- id: {}", self.id);
        let keys = [
            ("name", Some(quoted(&self.name))),
            ("description", self.description.as_deref().map(quoted)),
            ("since", self.since.map(|day| day.to_string())),
            ("only_when_affected", self.only_when_affected.then(|| "true".to_owned())),
            ("retired", self.retired.map(|day| day.to_string())),
            ("api_id", self.api_id.as_deref().map(quoted)),
        ];
        write_keys(out, &format!("{indent}  "), keys);
    }
}

/// Writes the keys that have a value, a line each.
fn write_keys<const N: usize>(out: &mut String, indent: &str, keys: [(&str, Option<String>); N]) {
    for (key, value) in keys.into_iter().filter_map(|(key, value)| Some((key, value?))) {
        let _ = writeln!(out, "{indent}{key}: {value}");
    }
}
