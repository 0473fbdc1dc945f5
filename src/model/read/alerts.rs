//! Reads `alerts` of site.yaml into [`AlertRule`]s.

use super::component::Unknown;
use super::nouns::Noun;
use super::value::{Map, Value};
use crate::model::alerts::AlertRule;
use crate::model::component::Components;
use crate::vocabulary::{ComponentStatus, Severity};

pub(super) fn read(map: &Map<'_>, components: &Components) -> Vec<AlertRule> {
    map.list("alerts").iter().filter_map(|value| rule(value, components)).collect()
}

fn rule(value: &Value<'_>, components: &Components) -> Option<AlertRule> {
    let map = value.map()?;
    let labels = map.get("match").and_then(|v| v.map());
    let patterns = |v: &Value<'_>| v.list().iter().filter_map(Value::text).collect();
    let matches =
        labels.iter().flat_map(Map::entries).map(|(label, v)| (label.to_owned(), patterns(&v))).collect();
    let affects = map.get("affects").map(|v| affects(&v, components)).unwrap_or_default();
    let known: Vec<&str> = Severity::ALL.iter().map(|s| s.word()).collect();
    let severity = map.get("severity").and_then(|v| {
        v.word(Noun::Severity, |w, more| Severity::from_word_or_alias(w, Severity::ALL, more), &known)
    });
    let title = map.get("title").and_then(|v| v.text());
    map.finish();
    Some(AlertRule { matches, affects, severity, title })
}

/// Components in the same form as in an entry, by their names as written.
fn affects(value: &Value<'_>, components: &Components) -> Vec<(String, Option<ComponentStatus>)> {
    let mut found = Vec::new();
    let mut add = |word: &str, status, value: &Value<'_>| {
        if components.find(word).is_some() {
            found.push((word.to_owned(), status));
            return;
        }
        let Unknown { code, message, help } = components.unknown(word, "incident/unknown-component");
        value.fail_key(code, message, help);
    };
    if value.is_map() {
        let known: Vec<&str> = ComponentStatus::ALL.iter().map(|s| s.word()).collect();
        for (word, value) in value.map().iter().flat_map(Map::entries) {
            let status = value.word(
                Noun::ComponentStatus,
                |w, more| ComponentStatus::from_word_or_alias(w, ComponentStatus::ALL, more),
                &known,
            );
            add(word, status, &value);
        }
        return found;
    }
    for value in value.list() {
        if let Some(word) = value.text() {
            add(&word, None, &value);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::site_of;
    use super::*;

    const LEAST: &str = "title: Status\nurl: https://s.example/\ntimezone: Asia/Tokyo\nlocales: [en]\n\
        components: [{id: api, name: API}, {id: web, name: Website}]\nalerts:\n";

    #[test]
    fn rules_are_read_in_their_order() {
        let (config, found) = site_of(&format!(
            "{LEAST}  - match: {{service: api, severity: [critical, \"page*\"]}}\n    affects: {{api: partial_outage}}\n    \
             severity: 重大\n    title: API requests fail\n  - affects: [Website]\n"
        ));
        assert!(found.is_empty(), "{found:?}");
        let rules = config.expect("a site").alerts;
        let patterns = vec!["critical".to_owned(), "page*".to_owned()];
        assert_eq!(
            rules[0].matches,
            [("service".to_owned(), vec!["api".to_owned()]), ("severity".to_owned(), patterns)]
        );
        assert_eq!(rules[0].affects, [("api".to_owned(), Some(ComponentStatus::Partial))]);
        assert_eq!(
            (rules[0].severity, rules[0].title.as_deref()),
            (Some(Severity::Critical), Some("API requests fail"))
        );
        assert_eq!((rules[1].matches.len(), &rules[1].affects[0].0[..]), (0, "Website"));
    }

    #[test]
    fn a_rule_that_would_make_a_broken_draft_is_reported() {
        for (rule, code) in [
            ("- {affects: [apj]}", "incident/unknown-component"),
            ("- {affects: {api: partiall}}", "entry/unknown-word"),
            ("- {severity: crtical}", "entry/unknown-word"),
            ("- {macth: {a: b}}", "entry/unknown-key"),
            ("- {match: [a]}", "entry/wrong-type"),
            ("- api", "entry/wrong-type"),
        ] {
            let (_, found) = site_of(&format!("{LEAST}  {rule}\n"));
            let codes: Vec<_> = found.iter().map(|d| d.code).collect();
            assert_eq!(codes, [code], "{rule}");
        }
    }
}
