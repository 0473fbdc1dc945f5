//! Tests that entries in every state have the shapes that Statuspage clients expect.

use serde_json::Value;

use super::*;
use crate::model::Model;
use crate::timeline::Snapshot;
use crate::timeline::fixture::{SITE, at, model, site as configured};

fn answer(model: &Model, now: &str, name: &str) -> Value {
    answer_in(model, now, name, 0)
}

fn answer_in(model: &Model, now: &str, name: &str, locale: usize) -> Value {
    let site = Site::new(Snapshot::at(model, at(now))).expect("built-in locales");
    let (_, endpoint) = ENDPOINTS.iter().find(|(known, _)| *known == name).expect("an endpoint");
    serde_json::to_value(endpoint(View { site: &site, locale })).expect("JSON")
}

fn only<'v>(answer: &'v Value, key: &str) -> &'v Value {
    let list = answer[key].as_array().expect("a list");
    assert_eq!(list.len(), 1, "{answer}");
    &list[0]
}

fn incident(front: &str, body: &str) -> Model {
    let text = format!(
        "---\ntitle: t\nseverity: moderate\naffects: [api]\nstarted: 2026-11-20 10:15\n{front}---\nSlow.\n{body}"
    );
    model(&[("incidents/a.md", &text)])
}

fn work(front: &str, body: &str) -> Model {
    let window = "window: {start: 2026-11-20 02:00, end: 2026-11-20 05:00}";
    let text = format!("---\ntitle: t\nkind: regular\naffects: [api]\n{window}\n{front}---\nWork.\n{body}");
    model(&[("maintenance/m.md", &text)])
}

/// The status of each update, newest first.
fn course(entry: &Value) -> Vec<&str> {
    entry["incident_updates"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|u| u["status"].as_str().expect("a word"))
        .collect()
}

#[test]
fn an_incident_has_the_state_in_force_and_its_times() {
    let body = "## investigating 2026-11-20 10:20\n\nx\n\n## identified 2026-11-20 11:00\naffects: web=degraded_performance\n\n\
        ## update 2026-11-20 11:30\nnext_update: 12:30\n\n## monitoring 2026-11-20 12:00\n## resolved 2026-11-20 13:00\n## Postmortem 2026-11-20 18:00\nWhy.\n";
    let model = incident("", body);
    let found = answer(&model, "20 11:45", "incidents/unresolved");
    let open = only(&found, "incidents");
    assert_eq!((open["status"].as_str(), open["impact"].as_str()), (Some("identified"), Some("major")));
    assert_eq!(course(open), ["identified", "identified", "investigating"]);
    assert_eq!(open["monitoring_at"], Value::Null);
    let update = &open["incident_updates"][0];
    assert!(update["body"].as_str().is_some_and(|body| body.contains("12:30")), "{update}");
    let affected = &open["incident_updates"][1]["affected_components"];
    let changes: Vec<(&str, &str)> = (affected.as_array().expect("a list").iter())
        .map(|c| (c["old_status"].as_str().expect("a word"), c["new_status"].as_str().expect("a word")))
        .collect();
    assert_eq!(changes, [("partial_outage", "partial_outage"), ("operational", "degraded_performance")]);
    assert!(
        answer(&model, "20 14:00", "incidents/unresolved")["incidents"].as_array().is_some_and(Vec::is_empty)
    );
    let found = answer(&model, "20 14:00", "incidents");
    let over = only(&found, "incidents");
    assert_eq!(over["status"].as_str(), Some("resolved"));
    assert_eq!(over["resolved_at"].as_str(), Some("2026-11-20T13:00:00.000+09:00"));
    assert_eq!(over["monitoring_at"], "2026-11-20T12:00:00.000+09:00");
    let later = answer(&model, "20 19:00", "incidents");
    assert_eq!(only(&later, "incidents")["status"], "postmortem");
    assert_eq!(course(only(&later, "incidents"))[0], "postmortem");
}

#[test]
fn what_was_withdrawn_keeps_its_place_and_loses_its_words() {
    let body = "## investigating 2026-11-20 10:20\n\nA secret of others.\n";
    let model = incident("withdrawn: {at: 2026-11-20 12:00, reason: Not ours.}\n", body);
    let found = answer(&model, "20 13:00", "incidents");
    let gone = only(&found, "incidents");
    assert_eq!(gone["status"], "resolved");
    assert!(!found.to_string().contains("A secret of others"), "{found}");
    assert!(found.to_string().contains("Not ours."), "{found}");
}

#[test]
fn what_was_written_afterwards_has_all_its_updates() {
    let model = incident(
        "backfilled: true\npublish_at: 2026-11-22 10:00\n",
        "## investigating 2026-11-20 10:20\n## resolved 2026-11-20 12:00\n",
    );
    let found = answer(&model, "23 00:00", "incidents");
    assert_eq!(course(only(&found, "incidents")), ["resolved", "investigating"]);
}

#[test]
fn a_maintenance_follows_clock_and_people() {
    let posted = "publish_at: 2026-11-19 12:00\n";
    let plain = work(posted, "");
    let ahead = answer(&plain, "19 13:00", "scheduled-maintenances/upcoming");
    let entry = only(&ahead, "scheduled_maintenances");
    assert_eq!(entry["status"].as_str(), Some("scheduled"));
    assert_eq!(entry["impact"].as_str(), Some("maintenance"));
    assert_eq!(entry["scheduled_until"], "2026-11-20T05:00:00.000+09:00");
    let running = answer(&plain, "20 03:00", "scheduled-maintenances/active");
    assert_eq!(course(only(&running, "scheduled_maintenances")), ["in_progress", "scheduled"]);
    assert_eq!(answer(&plain, "20 03:00", "status")["status"]["indicator"], "maintenance");
    let late = answer(&plain, "20 06:00", "scheduled-maintenances/active");
    assert_eq!(only(&late, "scheduled_maintenances")["status"], "verifying");
    for (body, all, state) in [
        ("## postponed 2026-11-19 13:00\nstart: 2026-11-21 02:00\nend: unknown\n\nx\n", 1, "scheduled"),
        ("## cancelled 2026-11-19 13:00\n\nx\n", 0, "completed"),
    ] {
        let model = work(posted, body);
        let upcoming = answer(&model, "19 14:00", "scheduled-maintenances/upcoming");
        assert_eq!(upcoming["scheduled_maintenances"].as_array().map(Vec::len), Some(all), "{body}");
        let list = answer(&model, "19 14:00", "scheduled-maintenances");
        let entry = only(&list, "scheduled_maintenances");
        assert_eq!(entry["status"], state, "{body}");
        assert_eq!(
            entry["scheduled_until"].is_null(),
            all == 1,
            "an end that is not known is null, and there"
        );
        assert!(entry.as_object().is_some_and(|map| map.contains_key("scheduled_until")));
    }
}

#[test]
fn a_group_has_the_worst_of_its_members_and_imported_ids_stay() {
    let config = SITE.replace(
        "components:\n",
        "components:\n  - {id: g, name: Group, api_id: grp, components: [{id: one, name: One, api_id: k1}, {id: two, name: Two, retired: 2020-01-01}]}\n",
    );
    let text =
        "---\ntitle: t\nseverity: critical\naffects: [one]\nstarted: 2026-11-20 10:15\napi_id: xyz\n---\n";
    let model = configured(&config, &[("incidents/a.md", text)]);
    let all = answer(&model, "20 12:00", "components");
    let rows: Vec<String> = (all["components"].as_array().expect("a list").iter())
        .map(|c| {
            format!(
                "{} {} {} {}",
                c["id"].as_str().unwrap_or_default(),
                c["group_id"],
                c["position"],
                c["status"]
            )
        })
        .collect();
    assert_eq!(rows[0], "grp null 1 \"major_outage\"");
    assert_eq!(rows[1], "k1 \"grp\" 1 \"major_outage\"");
    assert!(rows[2].ends_with(" null 2 \"operational\"") && rows.len() == 4, "{rows:?}");
    assert_eq!(all["components"][0]["components"], serde_json::json!(["k1"]));
    let found = answer(&model, "20 12:00", "incidents");
    assert_eq!(only(&found, "incidents")["id"], "xyz");
    assert_eq!(path("xyz"), "api/v2/incidents/xyz.json");
}

#[test]
fn an_empty_site_says_so_and_never_changes() {
    let model = model(&[]);
    let (today, tomorrow) = (answer(&model, "20 12:00", "summary"), answer(&model, "21 12:00", "summary"));
    assert_eq!(today, tomorrow);
    assert_eq!(today["status"]["indicator"], "none");
    assert_eq!(today["incidents"], serde_json::json!([]));
}

/// The ids in an answer, at any depth, in order.
fn ids(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(list) => list.iter().for_each(|one| ids(one, found)),
        Value::Object(map) => {
            for (key, one) in map {
                if (key == "id" || key == "code" || key.ends_with("_id")) && one.is_string() {
                    found.push(one.to_string());
                }
                ids(one, found);
            }
        }
        _ => {}
    }
}

#[test]
fn each_language_has_its_texts_and_all_have_the_same_ids() {
    let config = SITE.replace("{id: api, name: API}", "{id: api, name: {ja: 取引, en: Trading}}");
    let incident = "---\ntitle: 遅延\nseverity: minor\naffects: [api]\nstarted: 2026-11-20 10:15\n---\n遅い。\n\n## investigating 2026-11-20 10:20\n\n調査中。\n";
    let english = "---\ntitle: Delay\n---\nSlow.\n\n## investigating 2026-11-20 10:20\n\nLooking.\n";
    let only_first = "---\ntitle: 停止\nseverity: minor\naffects: [web]\nstarted: 2026-11-20 09:15\n---\n\n## investigating 2026-11-20 09:20\n\n停止。\n";
    let files =
        [("incidents/a.md", incident), ("incidents/a.en.md", english), ("incidents/b.md", only_first)];
    let model = configured(&config, &files);
    for (name, _) in ENDPOINTS {
        let of = |locale| {
            let mut found = Vec::new();
            ids(&answer_in(&model, "20 12:00", name, locale), &mut found);
            found
        };
        assert_eq!(of(0), of(1), "{name}");
    }
    let found = answer_in(&model, "20 12:00", "summary", 1);
    assert_eq!(
        (&found["page"]["name"], &found["page"]["url"]),
        (&"Status".into(), &"https://status.example.com/en/".into())
    );
    assert_eq!(found["components"][0]["name"], "Trading");
    let delay = &found["incidents"][0];
    assert_eq!(
        (&delay["name"], &delay["shortlink"]),
        (&"Delay".into(), &"https://status.example.com/en/incidents/a/".into())
    );
    assert!(delay["incident_updates"][0]["body"].as_str().is_some_and(|body| body.contains("Looking.")));
    assert_eq!(delay["incident_updates"][0]["affected_components"][0]["name"], "Trading");
    assert_eq!(found["incidents"][1]["name"], "停止");
    // The file of an incident is beside the lists of its language.
    let site = Site::new(Snapshot::at(&model, at("20 12:00"))).expect("built-in locales");
    let files: Vec<Planned<'_>> = plan(&site);
    let id = delay["id"].as_str().expect("an id");
    let leaf =
        files.iter().find(|file| file.path == format!("en/api/v2/incidents/{id}.json")).expect("a file");
    let leaf: Value = serde_json::from_slice(&leaf.render()).expect("JSON");
    assert_eq!(&leaf["incident"], delay);
}

#[test]
fn nothing_is_null_where_statuspage_has_a_value_if_the_site_asks_for_it() {
    let work = "---\ntitle: t\nkind: regular\naffects: [api]\npublish_at: 2026-11-19 10:00\nwindow: {start: 2026-11-20 02:00, end: unknown}\n---\nWork.\n";
    for (more, filled) in [("", false), ("api: {nulls: keep}\n", false), ("api: {nulls: fill}\n", true)] {
        let model = configured(&format!("{SITE}{more}"), &[("maintenance/m.md", work)]);
        let found = answer(&model, "20 01:00", "scheduled-maintenances");
        let work = only(&found, "scheduled_maintenances");
        let until = if filled { work["scheduled_for"].clone() } else { Value::Null };
        assert_eq!(work["scheduled_until"], until, "{more}");
        let affected = &work["incident_updates"][0]["affected_components"];
        assert_eq!(affected.is_array(), filled, "{more}");
    }
}
