//! Tests that the schemas name exactly the keys that the parser asks for, at every place.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Kind, of};
use crate::diagnostic::Diagnostic;
use crate::document;
use crate::kind::EntryKind;
use crate::model::asked::{self, ANY, Asked};
use crate::model::config::Config;
use crate::model::published::{self, SiteWords, Words};
use crate::model::read::{self, Files};
use crate::source::FoundFile;
use crate::vocabulary::Aliases;

/// A site.yaml with every possible mapping, each at least once.
const SITE: &str = "title: t
url: https://s.example/
timezone: Asia/Tokyo
locales: [en, ja]
publisher: {name: n}
links: {nav: [{label: l, url: /a}], footer: [{label: l, url: /a}], official: [{label: l, url: /a}]}
contact: {label: l, url: /a}
feedback: {label: l, url: /a}
components:
  - {id: api, name: API, codes: {symbol: A}}
  - {id: group, name: G, components: [{id: web, name: W, codes: {symbol: A}}]}
  - {id: m, name: M, rows: [{id: btc, name: B, codes: {coin: A}}], columns: [{id: trade, name: T, codes: {venue: A}}]}
severities: {minor: {name: n}, moderate: {name: n}, critical: {name: n}}
kinds: [{id: bank, name: B}]
fields: [{id: funds, name: F, values: [{id: none, name: N}]}, {id: note, name: N}]
faq: {categories: [{id: general, name: G}]}
home: {history: 14d}
api: {nulls: fill}
feeds: {items: 50}
channels: {social: {limit: 280}, mail: {from: a@b.example}}
alerts: [{match: {service: api}, affects: {api: partial_outage}, severity: minor, title: t}]
issues: {writers: [sato]}
deploy: {main: {s3: b, region: r, endpoint: \"https://s.example\", compress: gzip, cdn: {fastly: s}}, two: {ssh: \"h:/a\", port: 22, compress: [br, gzip]}}
announce:
  ledger: {file: l.json}
  channels:
    a: {to: mail, server: \"smtps://m.example\", from: a@b.example, lists: [{list: a@b.example}]}
    b: {to: webhook, url: \"https://h.example\"}
    c: {to: mastodon, server: \"https://m.example\"}
    d: {to: bluesky, handle: b.example}
policy:
  update_every: {critical: 30m}
  first_update_within: {critical: 30m}
  notice_before: {regular: 3d}
  close_after: {regular: 4h}
  quiet_hours: {start: \"00:00\", end: \"06:00\"}
  reviewers: {maintenance: 2}
  approve: [{who: comms, severity: critical}]
  approvers: {comms: [Hanako Sato]}
  postmortem_within: {critical: 7d}
  evaluation_within: {update: 3d}
  reports: {preset: dora, critical: [{to: a, kind: initial, within: 4h, from: awareness}], minor: {to: a, kind: initial, within: 4h, from: awareness}}
  require: {critical: [scope]}
  levels: {policy/overlap: off}
";

const EVERY: &str = "title: t\nwithdrawn: {at: 2026-11-20 10:15, reason: r}\ninternal: {a: b, reports: [2026-11-20 11:00, {to: a, kind: initial, at: 2026-11-20 12:00}]}\n";

/// Entries with every mapping of their kinds.
const ENTRIES: [(Kind, &str); 5] = [
    (
        Kind::Entry(EntryKind::Incident),
        "severity: minor\naffects: {api: operational}\nstarted: 2026-11-20 10:15\nfields: {funds: none, note: n}\n",
    ),
    (
        Kind::Entry(EntryKind::Maintenance),
        "kind: regular\naffects: {api: operational}\nwindow: {start: 2026-12-01 02:00, end: 2026-12-01 05:00}\n\
         phases: [{affects: {api: operational}, start: 2026-12-01 02:00, end: 2026-12-01 03:00, mode: halted}]\n\
         recurrence: {rule: FREQ=WEEKLY}\nfields: {funds: none}\n",
    ),
    (Kind::Entry(EntryKind::Notice), "affects: {api: operational}\nfields: {note: n}\n"),
    (Kind::Entry(EntryKind::Question), "category: general\ncomponents: {api: operational}\n"),
    (Kind::Entry(EntryKind::Page), ""),
];

/// A maintenance with several windows, which cannot be a series.
const WINDOWS: &str = "kind: regular\naffects: [api]\n\
     window: [{start: 2026-12-01 02:00, end: 2026-12-01 05:00, affects: {api: operational}}]\n";

/// Incidents whose impact came and went.
const OUTAGES: [&str; 2] = [
    "severity: minor\naffects: [api]\noutages: [{start: 2026-11-20 10:15, end: 2026-11-20 10:20}]\n",
    "severity: minor\naffects: [api]\noutages: {start: 2026-11-20 10:15, end: unknown}\n",
];

fn site() -> Config {
    read::sound_site_of(SITE)
}

/// The keys that the parser asks for in an entry and in its translation.
fn read(kind: Kind, front: &str, config: &Config) -> [Asked; 2] {
    let Kind::Entry(of) = kind else { panic!("a kind of entry") };
    let folder = of.folder();
    let names = ["a.md", "a.ja.md"].map(|file| format!("content/{folder}/{file}"));
    let texts = [format!("{EVERY}{front}"), "title: t\ninternal: {a: b}\n".to_owned()];
    let mut found: Vec<Diagnostic> = Vec::new();
    let mut parse = |name: &str, front: &str| {
        let text = format!("---\n{front}---\nwords\n");
        let file = FoundFile::named(name).expect("the name of an entry");
        let document = document::parse(&file, &text.into(), &config.locales, &Aliases::default(), &mut found);
        document.expect("a document")
    };
    let primary = parse(&names[0], &texts[0]);
    let files = Files { primary, translations: vec![(1, parse(&names[1], &texts[1]))] };
    let (entry, more) = read::entry(&files, config);
    found.extend(more);
    assert!(entry.is_some() && found.is_empty(), "{}: {found:?}", kind.word());
    names.map(|name| asked::of(&name))
}

/// The keys of a mapping in a schema, and whether it allows others.
#[derive(Default)]
struct Keys {
    named: BTreeSet<String>,
    open: bool,
}

/// Every mapping in a schema, by its place in the parser's notation.
fn mappings(root: &Value) -> BTreeMap<String, Keys> {
    let mut found = BTreeMap::new();
    walk(root, root, "", &mut found);
    found
}

fn walk(root: &Value, schema: &Value, place: &str, found: &mut BTreeMap<String, Keys>) {
    if let Some(name) = schema["$ref"].as_str() {
        // The parser reads a text by locale as one value.
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
    // The codes of rules are a vocabulary too.
    let is_vocabulary = schema.get("patternProperties").is_some() || place == "policy.levels";
    keys.open |= schema["additionalProperties"] != false || is_vocabulary;
    let properties: Vec<_> = schema["properties"].as_object().into_iter().flatten().collect();
    keys.named.extend(properties.iter().map(|(key, _)| (*key).clone()));
    // A vocabulary of keys, each with a mapping: all hold the same.
    if let Some(inner) = schema["patternProperties"].as_object().and_then(|all| all.values().next()) {
        walk(root, inner, &format!("{place}.{ANY}"), found);
        return;
    }
    for (key, inner) in &properties {
        let place = if place.is_empty() { (*key).clone() } else { format!("{place}.{key}") };
        walk(root, inner, &place, found);
    }
    // What stands below a name that the team chooses.
    if schema["additionalProperties"].is_object() && properties.is_empty() {
        walk(root, &schema["additionalProperties"], &format!("{place}.{ANY}"), found);
    }
}

/// The place of a mapping, with `*` for a name that the team chooses.
fn nameless(place: &str, asked: &Asked) -> String {
    let mut parts: Vec<&str> = place.split('.').collect();
    for end in 1..parts.len() {
        if asked.get(&parts[..end].join(".")).is_some_and(|keys| keys.len() == 1 && keys.contains(ANY)) {
            parts[end] = if parts[end].ends_with("[]") { "*[]" } else { ANY };
        }
    }
    parts.join(".")
}

/// Asserts that the schema has the same keys as the parser asks for at every place, in both directions.
fn compare(whose: &str, asked: &Asked, schema: &Value) {
    let mappings = mappings(schema);
    let mut by_place = Asked::new();
    for (place, keys) in asked {
        by_place.entry(nameless(place, asked)).or_default().extend(keys);
    }
    let asked = &by_place;
    let places: BTreeSet<&String> = asked.keys().chain(mappings.keys()).collect();
    for place in places {
        let none = BTreeSet::new();
        let asked = asked.get(place).unwrap_or(&none);
        let Some(keys) = mappings.get(place) else {
            // The keys under `internal` are up to the team; the only key with a meaning holds a list.
            assert!(place.starts_with("internal"), "{whose}: the schema has no mapping at `{place}`");
            continue;
        };
        assert_eq!(asked.contains(ANY), keys.open, "{whose}: whether any key may stand at `{place}`");
        // If a mapping allows any key, the keys in the schema are suggestions.
        if !keys.open {
            let mut asked: BTreeSet<String> = asked.iter().map(|key| (*key).to_owned()).collect();
            if place == "components[].components[]" {
                // The parser asks for it only to refuse a group inside a group.
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
        let [mut primary, translated] = read(kind, front, &config);
        let more = match kind {
            Kind::Entry(EntryKind::Maintenance) => &[WINDOWS][..],
            Kind::Entry(EntryKind::Incident) => &OUTAGES,
            _ => &[],
        };
        for front in more {
            let [several, _] = read(kind, front, &config);
            for (place, keys) in several {
                primary.entry(place).or_default().extend(keys);
            }
        }
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

/// Keys of front matter whose values are published as text. The walk over published texts visits each.
const TEXTS: [&str; 9] =
    ["advice", "aliases", "api_id", "expected_recovery", "fields", "id", "scope", "title", "withdrawn"];
/// Keys whose values are not texts of their own: facts, names of things in site.yaml, private values.
const NO_TEXTS: &str = "\
    affects allow auto backfilled cancel_before category close_after components detected draft expires_at internal kind \
    level nav next_update numbering order outages phases pinned publish_at recurrence reviewed_by severity started surface \
    updated window timezone";

/// Entries in which every text is a different word.
const SPOKEN: [(Kind, &str, &str); 5] = [
    (
        Kind::Entry(EntryKind::Incident),
        "severity: minor\naffects: [api]\nstarted: 2026-11-20 10:15\nscope: w-scope\nadvice: w-advice\nexpected_recovery: w-recovery\n\
         fields: {note: w-field}\n",
        "w-summary\n\n## investigating 2026-11-20 10:20\nscope: w-reach\nexpected_recovery: w-hope\n\nw-update\n\n## Workaround\nw-workaround\n\n\
         ## Actions\nw-actions\n\n## FAQ\n### w-question?\nw-answer\n\n## Compensation\nw-compensation\n\n\
         ## Postmortem 2026-11-25 18:00\nw-report\n",
    ),
    (
        Kind::Entry(EntryKind::Maintenance),
        "kind: regular\naffects: [api]\nwindow: {start: 2026-12-01 02:00, end: 2026-12-01 05:00}\nscope: w-scope\nadvice: w-advice\n\
         fields: {note: w-field}\n",
        "w-summary\n\n## scheduled 2026-11-20 10:20\nscope: w-reach\n\nw-update\n\n## Workaround\nw-workaround\n\n## Actions\nw-actions\n\n\
         ## FAQ\n### w-question?\nw-answer\n\n## Compensation\nw-compensation\n\n## Evaluation 2026-12-02 18:00\nw-report\n",
    ),
    (
        Kind::Entry(EntryKind::Notice),
        "fields: {note: w-field}\n",
        "w-summary\n\n## update 2026-11-20 10:20\n\nw-update\n\n## Actions\nw-actions\n\n## FAQ\n### w-question?\nw-answer\n",
    ),
    (Kind::Entry(EntryKind::Question), "category: general\n", "w-summary\n"),
    (Kind::Entry(EntryKind::Page), "", "w-summary\n"),
];

#[test]
fn every_text_of_every_entry_is_visited_by_the_walk_over_published_texts() {
    let config = site();
    for (kind, front, body) in SPOKEN {
        let schema = of(kind, None);
        for key in schema["properties"].as_object().into_iter().flatten().map(|(key, _)| key.as_str()) {
            let is_known = TEXTS.contains(&key) || NO_TEXTS.split(' ').any(|known| known == key);
            assert!(is_known, "{}: say of `{key}` whether its value is a published text", kind.word());
        }
        let common = "title: w-title\nid: w-id\nwithdrawn: {at: 2026-11-20 10:15, reason: w-reason}\naliases: [/w-alias/]\n";
        let api = if kind == Kind::Entry(EntryKind::Incident) || kind == Kind::Entry(EntryKind::Maintenance) {
            "api_id: w-api\n"
        } else {
            ""
        };
        let text = format!("---\n{common}{api}{front}---\n{body}");
        let Kind::Entry(of) = kind else { panic!("a kind of entry") };
        let folder = of.folder();
        let file = FoundFile::named(&format!("content/{folder}/w-slug.md")).expect("the name of an entry");
        let mut found = Vec::new();
        let document =
            document::parse(&file, &text.as_str().into(), &config.locales, &Aliases::default(), &mut found);
        let files = Files { primary: document.expect("a document"), translations: Vec::new() };
        let (entry, more) = read::entry(&files, &config);
        assert!(found.is_empty() && more.is_empty(), "{}: {found:?} {more:?}", kind.word());
        let entry = entry.expect("an entry");
        let mut visited = String::new();
        published::entry((&entry).into(), &mut |piece| match piece.words {
            Words::Name(name) => visited.push_str(&format!("{name} ")),
            Words::Text(text) => text.all().for_each(|words| visited.push_str(&format!("{words} "))),
            Words::Rich(words) => {
                words.all().for_each(|words| visited.push_str(&format!("{} ", words.plain())))
            }
        });
        let written = format!("w-slug {text}");
        let words =
            written.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| word.starts_with("w-"));
        for word in words {
            assert!(visited.contains(word), "{}: `{word}` is not told: {visited}", kind.word());
        }
    }
}

#[test]
fn every_text_of_site_yaml_is_visited_by_the_walk_over_published_texts() {
    // Every name, label, id and description is a different word.
    let mut text = SITE.replace("title: t\n", "title: t\ndescription: d\n");
    text = text.replace("publisher: {name: n}", "publisher: {name: n, registration: r}");
    for key in ["title", "description", "name", "registration", "label", "id"] {
        let parts: Vec<&str> = text.split(&format!("{key}: ")).collect();
        let mut marked = parts[0].to_owned();
        for (number, part) in parts.iter().enumerate().skip(1) {
            let rest = part.trim_start_matches(|c: char| c.is_alphanumeric());
            marked.push_str(&format!("{key}: w-{key}-{number}x{rest}"));
        }
        text = marked;
    }
    let text = text.replace("limit: 280}", "limit: 280, hashtags: [wtag]}");
    let config = read::site_of(&text).0.unwrap_or_else(|| panic!("{text}"));
    let mut visited = String::new();
    published::site(&config, &mut |words| match words {
        SiteWords::Id(name) | SiteWords::Address(name) | SiteWords::Sent(name) => {
            visited.push_str(&format!("{name} "));
        }
        SiteWords::Text(text) => text.all().for_each(|words| visited.push_str(&format!("{words} "))),
        SiteWords::Rich(words) => {
            words.all().for_each(|words| visited.push_str(&format!("{} ", words.plain())))
        }
    });
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| word.starts_with("w-"));
    for word in words.chain(["wtag", "a@b.example"]) {
        assert!(visited.contains(word), "`{word}` is not told: {visited}\n{text}");
    }
}

#[test]
fn every_key_is_explained() {
    for kind in Kind::all() {
        let schema = of(kind, None);
        for (name, definition) in
            schema["$defs"].as_object().into_iter().flatten().chain([(&"".to_owned(), &schema)])
        {
            // Keys from a vocabulary need no description.
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
    let schema = of(Kind::Entry(EntryKind::Maintenance), Some(&config));
    let known = |name: &str| schema["$defs"][name].to_string();
    assert!(known("ComponentName").contains("btc.trade") && known("KindWord").contains("bank"));
    assert!(known("Fields").contains("funds") && known("Fields").contains("none"));
    assert!(known("ByLocale").contains("\"ja\""));
    assert!(
        of(Kind::Entry(EntryKind::Question), Some(&config))["$defs"]["Category"]
            .to_string()
            .contains("general")
    );
    assert_eq!(of(Kind::Site, Some(&config)), of(Kind::Site, None));
}
