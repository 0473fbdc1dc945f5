//! Compares a published site with the site that would be published now: states, uptimes, ids and feed items.
//!
//! Both sides are read from published files in the same way, whichever version wrote them. A part that one side
//! lacks is not compared, and the result names it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use crate::address::{Form, Forms};

/// The kind of fact that is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum What {
    /// The status of the page, of a component, an incident or a maintenance.
    State,
    /// The uptime percentages on a component's page.
    Uptime,
    /// An address or an id.
    Id,
    Item,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    pub what: What,
    pub name: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

#[derive(Clone, Debug, Default)]
pub struct Facts {
    all: BTreeMap<(What, String), String>,
    /// The parts that were read, each once: `states`.
    looked: BTreeSet<&'static str>,
}

const PARTS: [&str; 6] =
    ["states", "uptime", "addresses", "ids of entries", "items of feeds", "announced items"];

/// The folders whose pages are identified by their address.
const FOLDERS: [&str; 5] = ["incidents/", "maintenance/", "notices/", "faq/", "components/"];

impl Facts {
    fn put(&mut self, what: What, name: String, value: impl Into<String>) {
        self.all.insert((what, name), value.into());
    }

    fn looked_at(&mut self, part: &'static str) {
        self.looked.insert(part);
    }

    /// Adds the addresses of a site, from the paths of its files.
    pub fn paths<'p>(&mut self, paths: impl Iterator<Item = &'p str>) {
        self.looked_at("addresses");
        for path in paths {
            // A page is identified by its folder, whatever form its address has.
            let folder = Forms::of(&[Form::Files]).folder(path);
            if folder != path && FOLDERS.iter().any(|known| path.starts_with(known)) {
                self.put(What::Id, format!("/{folder}/"), "a page");
            }
        }
    }

    /// Adds the keys of a manifest's entries.
    pub fn entries<'k>(&mut self, entries: impl Iterator<Item = (&'k String, bool)>) {
        self.looked_at("ids of entries");
        for (key, is_open) in entries {
            self.put(What::Id, key.clone(), if is_open { "open" } else { "listed" });
        }
    }

    /// Adds the ids of the announced items.
    pub fn announced<'k>(&mut self, ids: impl Iterator<Item = &'k String>) {
        self.looked_at("announced items");
        for id in ids {
            self.put(What::Item, format!("told {id}"), "told");
        }
    }

    /// Whether a file contains facts that are compared.
    #[must_use]
    pub fn wants(path: &str) -> bool {
        path == "api/v2/status.json"
            || path == "api/v2/components.json"
            || path == "api/v2/scheduled-maintenances.json"
            || path.strip_prefix("api/v2/incidents/").is_some_and(|name| name.strip_suffix(".json").is_some())
            || path == "feed.json"
            || path.ends_with("/feed.json")
            || component(path).is_some()
    }

    /// Adds the facts of a published file.
    pub fn file(&mut self, path: &str, bytes: &[u8]) {
        if let Some(id) = component(path) {
            self.looked_at("uptime");
            let page = String::from_utf8_lossy(bytes);
            if page.contains("http-equiv=\"refresh\"") {
                return;
            }
            return self.put(What::Uptime, format!("component {id}"), percentages(&page).join(", "));
        }
        let Ok(json) = serde_json::from_slice::<Value>(bytes) else { return };
        if path.ends_with("feed.json") {
            self.looked_at("items of feeds");
            for item in list(&json["items"]) {
                let value = format!("{} {}", text(&item["date_published"]), text(&item["title"]));
                self.put(What::Item, format!("/{path} {}", text(&item["id"])), value);
            }
            return;
        }
        self.looked_at("states");
        if let Some(indicator) = json["status"]["indicator"].as_str() {
            self.put(What::State, "the page".to_owned(), indicator);
        }
        for one in list(&json["components"]) {
            let name = format!("component {} ({})", text(&one["name"]), text(&one["id"]));
            self.put(What::State, name, text(&one["status"]));
        }
        for one in list(&json["scheduled_maintenances"]) {
            self.put(What::State, format!("maintenance {}", text(&one["id"])), state(one));
        }
        if json["incident"].is_object() {
            let one = &json["incident"];
            self.put(What::State, format!("incident {}", text(&one["id"])), state(one));
        }
    }

    /// The differences, and the parts that could not be compared because one side lacks them.
    #[must_use]
    pub fn differences(&self, now: &Facts) -> (Vec<Difference>, Vec<&'static str>) {
        let unknown: Vec<&'static str> = PARTS
            .into_iter()
            .filter(|part| !self.looked.contains(part) || !now.looked.contains(part))
            .collect();
        let keys = self.all.keys().chain(now.all.keys().filter(|key| !self.all.contains_key(*key)));
        let mut found: Vec<Difference> = keys
            .filter(|(what, name)| !unknown.contains(&part(*what, name)))
            .filter(|key| self.all.get(*key) != now.all.get(*key))
            .map(|key| Difference {
                what: key.0,
                name: key.1.clone(),
                before: self.all.get(key).cloned(),
                after: now.all.get(key).cloned(),
            })
            .collect();
        found.sort_by(|a, b| (a.what, &a.name).cmp(&(b.what, &b.name)));
        (found, unknown)
    }
}

fn part(what: What, name: &str) -> &'static str {
    match what {
        What::State => "states",
        What::Uptime => "uptime",
        What::Id if name.starts_with('/') => "addresses",
        What::Id => "ids of entries",
        What::Item if name.starts_with("told ") => "announced items",
        What::Item => "items of feeds",
    }
}

fn component(path: &str) -> Option<&str> {
    let id = Forms::of(&[Form::Files]).folder(path.strip_prefix("components/")?);
    // A path that is not a page keeps its whole name.
    let is_page = path.strip_prefix("components/") != Some(id);
    Some(id).filter(|id| is_page && !id.is_empty() && !id.contains('/'))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn state(one: &Value) -> String {
    format!("{}, impact {}, {}", text(&one["status"]), text(&one["impact"]), text(&one["name"]))
}

/// Every percentage on a page, as written.
fn percentages(page: &str) -> Vec<&str> {
    let number = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    page.match_indices('%')
        .filter_map(|(end, _)| {
            let before = page[..end].trim_end_matches(['\u{a0}', '\u{202f}']);
            let start = before
                .rfind(|c| !number(c))
                .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
            Some(&before[start..]).filter(|found| found.starts_with(|c: char| c.is_ascii_digit()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(status: &str, uptime: &str) -> Facts {
        let mut facts = Facts::default();
        let components =
            format!("{{\"components\": [{{\"id\": \"x\", \"name\": \"API\", \"status\": \"{status}\"}}]}}");
        facts.file("api/v2/components.json", components.as_bytes());
        facts.file("components/api/index.html", format!("<p>{uptime}\u{a0}%</p>").as_bytes());
        facts
    }

    #[test]
    fn a_difference_is_listed_with_both_values() {
        let (found, unknown) = facts("operational", "99.98").differences(&facts("major_outage", "99.98"));
        let [only] = &found[..] else { panic!("{found:?}") };
        assert_eq!((only.what, only.name.as_str()), (What::State, "component API (x)"));
        assert_eq!(only.before.as_deref(), Some("operational"));
        assert_eq!(only.after.as_deref(), Some("major_outage"));
        assert!(unknown.contains(&"items of feeds") && !unknown.contains(&"uptime"), "{unknown:?}");
        let (found, _) = facts("operational", "99.98").differences(&facts("operational", "100"));
        assert!(matches!(&found[..], [only] if only.what == What::Uptime), "{found:?}");
    }

    #[test]
    fn what_one_side_does_not_say_is_not_compared() {
        let mut new = facts("operational", "100");
        new.entries([(&"incident/a".to_owned(), true)].into_iter());
        let (found, unknown) = facts("operational", "100").differences(&new);
        assert!(found.is_empty() && unknown.contains(&"ids of entries"), "{found:?} {unknown:?}");
    }
}
