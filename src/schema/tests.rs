//! The schemas name the very keys that the parser asks for, at every place.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value;

use super::{Kind, of};
use crate::diagnostic::Diagnostic;
use crate::document;
use crate::document::yaml::Yaml;
use crate::model::asked::{self, ANY, Asked};
use crate::model::build::{self, Files};
use crate::model::config::{self, Config, Known};
use crate::source::Found;
use crate::vocabulary::Aliases;

/// Every mapping that site.yaml may hold, each at least once.
const SITE: &str = "title: t
url: https://s.example/
timezone: Asia/Tokyo
locales: [en, ja]
publisher: {name: n}
links: {nav: [{label: l, url: /a}], footer: [{label: l, url: /a}], official: [{label: l, url: /a}]}
contact: {label: l, url: /a}
feedback: {label: l, url: /a}
components:
  - {id: api, name: API}
  - {id: group, name: G, components: [{id: web, name: W}]}
  - {id: m, name: M, rows: [{id: btc, name: B}], columns: [{id: trade, name: T}]}
severities: {minor: {name: n}, moderate: {name: n}, critical: {name: n}}
kinds: [{id: bank, name: B}]
fields: [{id: funds, name: F, values: [{id: none, name: N}]}, {id: note, name: N}]
faq: {categories: [{id: general, name: G}]}
home: {history: 14d}
feeds: {items: 50}
channels: {social: {limit: 280}, mail: {from: a@b.example}}
policy:
  update_every: {critical: 30m}
  first_update_within: {critical: 30m}
  notice_before: {regular: 3d}
  quiet_hours: {start: \"00:00\", end: \"06:00\"}
  reviewers: {maintenance: 2}
  postmortem_within: {critical: 7d}
  evaluation_within: {update: 3d}
  require: {critical: [scope]}
  levels: {policy/overlap: off}
";

const EVERY: &str = "title: t\nwithdrawn: {at: 2026-11-20 10:15, reason: r}\ninternal: {a: b}\n";

/// Entries that hold every mapping of their kinds.
const ENTRIES: [(Kind, &str); 5] = [
    (
        Kind::Incident,
        "severity: minor\naffects: {api: operational}\nstarted: 2026-11-20 10:15\nfields: {funds: none, note: n}\n",
    ),
    (
        Kind::Maintenance,
        "kind: regular\naffects: {api: operational}\nwindow: {start: 2026-12-01 02:00, end: 2026-12-01 05:00}\n\
         phases: [{affects: {api: operational}, start: 2026-12-01 02:00, end: 2026-12-01 03:00, mode: halted}]\n\
         recurrence: {rule: FREQ=WEEKLY}\nfields: {funds: none}\n",
    ),
    (Kind::Notice, "affects: {api: operational}\nfields: {note: n}\n"),
    (Kind::Faq, "category: general\ncomponents: {api: operational}\n"),
    (Kind::Page, ""),
];

fn site() -> Config {
    let text: Arc<str> = SITE.into();
    let mut found = Vec::new();
    let yaml = Yaml::parse(&Config::file(), &text, 0..text.len(), &mut found);
    let (config, more) = config::read(&yaml, None, &Known::default());
    assert!(found.is_empty() && more.is_empty(), "{found:?} {more:?}");
    config.expect("a site")
}

/// Lets the parser read an entry and its translation; what it asked of each.
fn read(kind: Kind, front: &str, config: &Config) -> [Asked; 2] {
    let folder = kind.folder().expect("a kind of entry");
    let names = ["a.md", "a.ja.md"].map(|file| format!("content/{folder}/{file}"));
    let texts = [format!("{EVERY}{front}"), "title: t\ninternal: {a: b}\n".to_owned()];
    let mut found: Vec<Diagnostic> = Vec::new();
    let mut parse = |name: &str, front: &str| {
        let text = format!("---\n{front}---\nwords\n");
        let file = Found::named(name).expect("the name of an entry");
        let document = document::parse(&file, &text.into(), &config.locales, &Aliases::default(), &mut found);
        document.expect("a document")
    };
    let primary = parse(&names[0], &texts[0]);
    let files = Files { primary, translations: vec![(1, parse(&names[1], &texts[1]))] };
    let (entry, more) = build::build(&files, config);
    found.extend(more);
    assert!(entry.is_some() && found.is_empty(), "{}: {found:?}", kind.word());
    names.map(|name| asked::of(&name))
}

/// The keys of a mapping in a schema, and whether others may stand beside them.
#[derive(Default)]
struct Keys {
    named: BTreeSet<String>,
    open: bool,
}

/// Every mapping in a schema, by its place as the parser writes it.
fn mappings(root: &Value) -> BTreeMap<String, Keys> {
    let mut found = BTreeMap::new();
    walk(root, root, "", &mut found);
    found
}

fn walk(root: &Value, schema: &Value, place: &str, found: &mut BTreeMap<String, Keys>) {
    if let Some(name) = schema["$ref"].as_str() {
        // A text by locale is read as one value.
        if name != "#/$defs/ByLocale" {
            walk(root, &root["$defs"][name.trim_start_matches("#/$defs/")], place, found);
        }
    }
    for alternative in schema["anyOf"].as_array().into_iter().flatten() {
        walk(root, alternative, place, found);
    }
    let is = |name: &str| {
        let kind = &schema["type"];
        *kind == name || kind.as_array().is_some_and(|all| all.iter().any(|kind| *kind == name))
    };
    if is("array") {
        walk(root, &schema["items"], &format!("{place}[]"), found);
    }
    if !is("object") {
        return;
    }
    let keys = found.entry(place.to_owned()).or_default();
    // The codes of rules are a vocabulary, too.
    let is_vocabulary = schema.get("patternProperties").is_some() || place == "policy.levels";
    keys.open |= schema["additionalProperties"] != false || is_vocabulary;
    let properties: Vec<_> = schema["properties"].as_object().into_iter().flatten().collect();
    keys.named.extend(properties.iter().map(|(key, _)| (*key).clone()));
    for (key, inner) in properties {
        let place = if place.is_empty() { key.clone() } else { format!("{place}.{key}") };
        walk(root, inner, &place, found);
    }
}

/// Keys that may stand at a place all the same as the parser asks for there, both ways.
fn compare(whose: &str, asked: &Asked, schema: &Value) {
    let mappings = mappings(schema);
    let places: BTreeSet<&String> = asked.keys().chain(mappings.keys()).collect();
    for place in places {
        let none = BTreeSet::new();
        let asked = asked.get(place).unwrap_or(&none);
        let Some(keys) = mappings.get(place) else {
            // Whatever stands under `internal` is nobody's but the team's.
            assert!(place == "internal", "{whose}: the schema has no mapping at `{place}`");
            continue;
        };
        assert_eq!(asked.contains(ANY), keys.open, "{whose}: whether any key may stand at `{place}`");
        // Of a mapping with any keys, those that the schema names are suggestions.
        if !keys.open {
            let mut asked: BTreeSet<String> = asked.iter().map(|key| (*key).to_owned()).collect();
            if place == "components[].components[]" {
                // Asked for only to be refused: a group inside a group.
                asked.retain(|key| key != "components" && key != "rows");
            }
            assert_eq!(asked, keys.named, "{whose}: keys at `{place}`: the parser's, the schema's");
        }
    }
}

#[test]
fn the_schemas_name_every_key_that_the_parser_asks_for_and_no_other() {
    let config = site();
    compare("site", &asked::of(&Config::file()), &of(Kind::Site, None));
    let mut translation = Asked::new();
    for (kind, front) in ENTRIES {
        let [primary, translated] = read(kind, front, &config);
        for schema in [of(kind, None), of(kind, Some(&config))] {
            compare(kind.word(), &primary, &schema);
        }
        for (place, keys) in translated {
            translation.entry(place).or_default().extend(keys);
        }
    }
    translation.entry("fields".to_owned()).or_default().insert(ANY);
    compare("translation", &translation, &of(Kind::Translation, None));
}

#[test]
fn every_key_is_explained() {
    for kind in Kind::ALL {
        let schema = of(kind, None);
        for (name, definition) in
            schema["$defs"].as_object().into_iter().flatten().chain([(&"".to_owned(), &schema)])
        {
            // Keys that are words of a vocabulary need no explanation.
            let is_by = definition["additionalProperties"] != false
                || definition.get("patternProperties").is_some()
                || name == "Levels";
            for (key, value) in definition["properties"].as_object().into_iter().flatten().filter(|_| !is_by)
            {
                assert!(value["description"].is_string(), "{}: `{name}.{key}`", kind.word());
            }
        }
    }
}

#[test]
fn a_site_adds_its_own_words_and_refuses_nothing() {
    let config = site();
    let schema = of(Kind::Maintenance, Some(&config));
    let known = |name: &str| schema["$defs"][name].to_string();
    assert!(known("ComponentName").contains("btc.trade") && known("KindWord").contains("bank"));
    assert!(known("Fields").contains("funds") && known("Fields").contains("none"));
    assert!(known("ByLocale").contains("\"ja\""));
    assert!(of(Kind::Faq, Some(&config))["$defs"]["Category"].to_string().contains("general"));
    assert_eq!(of(Kind::Site, Some(&config)), of(Kind::Site, None));
}
