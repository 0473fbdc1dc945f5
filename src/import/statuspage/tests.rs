//! Tests with fictional pages in the form of the two APIs, and with arbitrary values in their
//! place.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::fetch::tests::{answer, serve, short};
use crate::import::{Environment, json};
use crate::load;
use crate::message::Language;
use crate::model::Zone;
use crate::tests::word;

fn settings() -> Settings {
    let now = Zone::UTC.read("2026-11-20 12:00").expect("a time");
    Settings { zone: None, locale: None, keep: None, environment: Environment::default(), now }
}

fn bring(files: &[(&str, &str)]) -> Result<Imported, FetchError> {
    let folder = folder_of(files.iter().copied());
    statuspage(folder.path().to_str().expect("a path"), &settings())
}

/// A temporary folder with these files: names and texts.
fn folder_of<'f>(files: impl Iterator<Item = (&'f str, &'f str)>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    folder
}

fn brought(files: &[(&str, Value)]) -> Imported {
    let texts: Vec<(&str, String)> = files.iter().map(|(name, value)| (*name, value.to_string())).collect();
    let texts: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let imported = bring(&texts).expect("a status page");
    sound(&imported);
    imported
}

/// Asserts that the program reads the imported files from disk as a site without errors.
fn sound(imported: &Imported) {
    assert!(!imported.report.has_errors(), "{:#?}\n{:#?}", rows(imported), imported.files);
    let root = folder_of(imported.files.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    let loaded = load::load(root.path(), None, &|| ()).expect("a readable folder");
    let faults: Vec<_> = loaded.diagnostics.sorted().into_iter().collect();
    assert!(!loaded.diagnostics.has_errors(), "{faults:#?}\n{:#?}", imported.files);
}

fn rows(imported: &Imported) -> Vec<String> {
    imported.report.lines(Language::ENGLISH).collect()
}

#[track_caller]
fn file<'i>(imported: &'i Imported, part: &str) -> &'i str {
    let names: Vec<&str> = imported.files.iter().map(|f| f.0.as_str()).collect();
    let found = imported.files.iter().find(|(name, _)| name.contains(part));
    found.map(|f| f.1.as_str()).unwrap_or_else(|| panic!("{part} is not among {names:?}"))
}

fn page() -> Value {
    json!({"id": "pg1", "name": "Kumo Cloud", "url": "https://status.kumo.example", "time_zone": "Asia/Tokyo"})
}

fn components() -> Value {
    json!([
        {"id": "cApi", "name": "API", "status": "operational", "position": 2, "group": false, "group_id": "gEu",
         "description": "Calls <b>of</b> programs", "start_date": "2024-05-01", "only_show_if_degraded": true},
        {"id": "cWeb", "name": "Web site", "status": "operational", "position": 2, "group": false, "group_id": null},
        {"id": "cApiUs", "name": "API", "status": "operational", "position": 1, "group": false, "group_id": "gUs"},
        {"id": "cFirst", "name": "Sign-in", "position": 1, "group": false, "group_id": "gEu"},
        {"id": "gEu", "name": "Europe", "position": 1, "group": true, "components": ["cApi", "cFirst"]},
        {"id": "gUs", "name": "America", "position": 3, "group": true}
    ])
}

fn affected(old: &str, new: &str) -> Value {
    json!([{"code": "cApi", "name": "Europe - API", "old_status": old, "new_status": new}])
}

fn outage() -> Value {
    json!({
        "id": "inc1", "name": "Calls fail", "status": "postmortem", "impact": "major", "shortlink": "https://s.example/a",
        "created_at": "2026-11-10T10:05:00.120Z", "started_at": "2026-11-10T10:01:30.000Z",
        "resolved_at": "2026-11-10T11:20:00.000Z", "monitoring_at": null, "page_id": "pg1", "components": [],
        "incident_updates": [
            {"id": "u5", "status": "postmortem", "body": "A lamp was broken.", "display_at": "2026-11-12T09:00:00.000Z",
             "affected_components": null},
            {"id": "u4", "status": "resolved", "body": "All is well.", "display_at": "2026-11-10T11:30:00.000Z",
             "affected_components": affected("partial_outage", "operational")},
            {"id": "u3", "status": "monitoring", "body": "It was mended.", "display_at": "2026-11-10T11:00:00.000Z",
             "affected_components": affected("major_outage", "partial_outage")},
            {"id": "u2", "status": "identified", "body": "A lamp.<br />We change it.",
             "display_at": null, "created_at": "2026-11-10T10:30:00.000Z", "affected_components": null},
            {"id": "u1", "status": "investigating", "body": "Calls fail.", "display_at": "2026-11-10T10:05:00.000Z",
             "affected_components": affected("operational", "major_outage")}
        ]
    })
}

fn work() -> Value {
    json!({
        "id": "mnt1", "name": "New lamps", "status": "completed", "impact": "maintenance",
        "created_at": "2026-11-01T10:00:00.000Z", "scheduled_for": "2026-11-05T01:00:00.000Z",
        "scheduled_until": "2026-11-05T03:00:00.000Z", "scheduled_remind_prior": true,
        "components": [{"id": "cWeb", "name": "Web site", "status": "operational"}],
        "incident_updates": [
            {"id": "w4", "status": "completed", "body": "Done.", "display_at": "2026-11-05T02:40:00.000Z",
             "affected_components": [{"code": "cWeb", "name": "Web site", "old_status": "major_outage", "new_status": "operational"}]},
            {"id": "w3", "status": "verifying", "body": "We look.", "display_at": "2026-11-05T02:30:00.000Z"},
            {"id": "w2", "status": "in_progress", "body": "We begin.", "display_at": "2026-11-05T01:00:00.000Z",
             "affected_components": [{"code": "cWeb", "name": "Web site", "old_status": "operational", "new_status": "major_outage"}]},
            {"id": "w1", "status": "scheduled", "body": "We will change lamps.", "display_at": "2026-11-01T10:00:00.000Z",
             "affected_components": [{"code": "cWeb", "name": "Web site", "old_status": "operational", "new_status": "operational"}]}
        ]
    })
}

#[test]
fn the_public_api_becomes_a_site() {
    let imported = brought(&[
        (
            "summary.json",
            json!({"page": page(), "components": components(), "incidents": [], "scheduled_maintenances": []}),
        ),
        ("api/v2/incidents.json", json!({"page": page(), "incidents": [outage()]})),
        ("api/v2/scheduled-maintenances.json", json!({"page": page(), "scheduled_maintenances": [work()]})),
    ]);
    assert_eq!(rows(&imported), Vec::<String>::new());
    assert_eq!((imported.found, imported.made), (2, 2));
    let site = file(&imported, "site.yaml");
    let wanted = "title: Kumo Cloud
url: \"https://status.kumo.example\"
timezone: Asia/Tokyo
locales: [en]
components:
  - id: europe
    name: Europe
    api_id: gEu
    components:
      - id: sign-in
        name: Sign-in
        since: 2026-11-01
        api_id: cFirst
      - id: api
        name: API
        description: Calls of programs
        since: 2024-05-01
        only_when_affected: true
        api_id: cApi
  - id: web-site
    name: Web site
    since: 2026-11-01
    api_id: cWeb
  - id: america
    name: America
    api_id: gUs
    components:
      - id: america-api
        name: API
        since: 2026-11-01
        api_id: cApiUs
";
    assert!(site.starts_with(wanted), "{site}");
    let incident = file(&imported, "incidents/2026-11-10-calls-fail.md");
    let wanted = "---
title: Calls fail
severity: moderate
affects: {api: major_outage}
started: 2026-11-10 19:01:30
id: inc1
api_id: inc1
aliases: [\"/incidents/inc1\"]
---

## investigating 2026-11-10 19:05

Calls fail.

## identified 2026-11-10 19:30

A lamp.\\
We change it.

## monitoring 2026-11-10 20:00
affects: api=partial_outage

It was mended.

## resolved 2026-11-10 20:30
affects: api=operational
ended: 2026-11-10 20:20

All is well.

## Postmortem 2026-11-12 18:00

A lamp was broken.
";
    assert_eq!(incident, wanted);
    let maintenance = file(&imported, "maintenance/2026-11-05-new-lamps.md");
    let wanted = "---
title: New lamps
kind: regular
affects: [web-site]
window: {start: 2026-11-05 10:00, end: 2026-11-05 12:00}
id: mnt1
api_id: mnt1
aliases: [\"/incidents/mnt1\"]
---

## scheduled 2026-11-01 19:00

We will change lamps.

## in_progress 2026-11-05 10:00
affects: web-site=major_outage

We begin.

## verifying 2026-11-05 11:30

We look.

## completed 2026-11-05 11:40

Done.
";
    assert_eq!(maintenance, wanted);
}

/// Unnamed lists, separate groups and page, and a postmortem in its own fields.
#[test]
fn the_authenticated_api_becomes_the_same_site() {
    let mut incident = outage();
    incident["incident_updates"].as_array_mut().expect("a list").remove(0);
    incident["postmortem_body"] = json!("A lamp was broken.");
    incident["postmortem_published_at"] = json!("2026-11-12T09:00:00.000Z");
    incident["impact_override"] = Value::Null;
    incident["components"] =
        json!([{"id": "cApi", "page_id": "pg1", "name": "API", "status": "operational"}]);
    let mut list = components();
    let groups: Vec<Value> =
        list.as_array().expect("a list").iter().filter(|c| c["group"] == true).cloned().collect();
    list.as_array_mut().expect("a list").retain(|c| c["group"] == false);
    let groups: Vec<Value> = groups
        .into_iter()
        .map(|g| json!({"id": g["id"], "page_id": "pg1", "name": g["name"], "position": g["position"],
                        "components": if g["id"] == "gEu" { json!(["cApi", "cFirst"]) } else { json!(["cApiUs"]) }}))
        .collect();
    let v1 = brought(&[
        (
            "page.json",
            json!({"id": "pg1", "name": "Kumo Cloud", "domain": "status.kumo.example", "subdomain": "kumo",
            "url": "https://www.kumo.example", "time_zone": "Asia/Tokyo", "page_description": "How <b>we</b> are"}),
        ),
        ("components.json", list),
        ("component-groups.json", json!(groups)),
        ("incidents-1.json", json!([incident])),
        ("incidents-2.json", json!([work(), outage()])),
    ]);
    assert_eq!(rows(&v1), Vec::<String>::new());
    let v2 = brought(&[
        ("components.json", json!({"page": page(), "components": components()})),
        ("incidents.json", json!({"page": page(), "incidents": [outage()]})),
        ("scheduled-maintenances.json", json!({"page": page(), "scheduled_maintenances": [work()]})),
    ]);
    for part in ["calls-fail", "new-lamps"] {
        assert_eq!(file(&v1, part), file(&v2, part));
    }
    let (one, two) = (file(&v1, "site.yaml"), file(&v2, "site.yaml"));
    assert!(one.contains("description: How we are\nurl: \"https://status.kumo.example/\"\n"), "{one}");
    let from = |site: &str| site[site.find("components:").expect("components")..].to_owned();
    assert_eq!(from(one), from(two));
}

/// Imports one changed incident of the public API.
fn changed(change: impl FnOnce(&mut Value)) -> Imported {
    let mut incident = outage();
    change(&mut incident);
    brought(&[
        (
            "incidents.json",
            json!({"page": page(), "components": components(), "incidents": [incident], "x": 1}),
        ),
        ("scheduled-maintenances.json", json!({"page": page(), "scheduled_maintenances": []})),
    ])
}

#[track_caller]
fn has_row(imported: &Imported, part: &str) {
    let rows = rows(imported);
    assert!(rows.iter().any(|row| row.contains(part)), "{part}: {rows:#?}");
}

#[test]
fn what_is_not_certain_is_reported_with_its_place() {
    let none = changed(|i| i["impact"] = json!("none"));
    assert!(file(&none, "calls-fail").contains("severity: minor\n"));
    has_row(&none, "the impact is `none`, which is not a severity of noroshi; imported as `minor`");
    let row = rows(&none).remove(0);
    assert!(row.starts_with("incidents.json:1:"), "{row}");

    let late = changed(|i| i["started_at"] = json!("2026-11-10T10:20:00Z"));
    assert!(file(&late, "calls-fail").contains("started: 2026-11-10 19:05\n"));
    has_row(&late, "after the first update");
    let later = changed(|i| {
        i["started_at"] = json!("2026-11-10T10:04:00Z");
        i["created_at"] = json!("2026-11-10T10:03:00Z");
    });
    has_row(&later, "after `created_at`");
    assert!(file(&later, "calls-fail").contains("started: 2026-11-10 19:04\n"));
    has_row(&changed(|i| i["started_at"] = Value::Null), "there is no `started_at`");

    let odd = changed(|i| i["incident_updates"][2]["status"] = json!("completed"));
    has_row(&odd, "`completed` is not a status of this kind of entry; imported as `resolved`");
    let odd = changed(|i| i["incident_updates"][2]["status"] = json!("dancing"));
    has_row(&odd, "`dancing` is not a status of this kind of entry; imported as `update`");
    let odd =
        changed(|i| i["incident_updates"][4]["affected_components"] = affected("operational", "asleep"));
    has_row(&odd, "`asleep` is not a status of a component; left out");
    assert!(file(&odd, "calls-fail").contains("affects: [api]\n"));
}

#[test]
fn a_component_that_is_gone_is_retired_and_keeps_its_id() {
    let gone = changed(|i| {
        i["incident_updates"][4]["affected_components"] = json!([{"code": "cOld", "name": "Fax", "old_status": "operational", "new_status": "major_outage"}]);
    });
    let site = file(&gone, "site.yaml");
    assert!(
        site.contains(
            "- id: fax\n    name: Fax\n    since: 2026-11-10\n    retired: 2026-11-20\n    api_id: cOld\n"
        ),
        "{site}"
    );
    assert!(file(&gone, "calls-fail").contains("affects: {fax: major_outage}\n"));
    has_row(&gone, "the component `Fax` is no longer on the page");
}

#[test]
fn what_is_over_without_an_update_is_closed_or_held_back() {
    let drop_end = |i: &mut Value| {
        i["incident_updates"].as_array_mut().expect("a list").retain(|u| u["status"] != "resolved");
    };
    let closed = changed(drop_end);
    has_row(&closed, "no update says so; added an update at `resolved_at`: 2026-11-10T11:20:00Z");
    assert!(file(&closed, "calls-fail").contains("\n## resolved 2026-11-10 20:20\n"));
    let held = changed(|i| {
        drop_end(i);
        i["resolved_at"] = Value::Null;
    });
    assert!(file(&held, "calls-fail").contains("draft: true\n"));
    has_row(&held, "a draft");
}

#[test]
fn what_has_no_time_is_a_draft_and_keeps_its_words() {
    let bare =
        changed(|i| *i = json!({"name": "Odd", "impact": "minor", "incident_updates": [{"body": "What?"}]}));
    let text = file(&bare, "odd");
    assert!(text.contains("draft: true\n") && text.contains("# update without a time: What?\n"), "{text}");
    for part in ["no `id`", "an update has no time", "the entry has no start time"] {
        has_row(&bare, part);
    }
}

#[test]
fn a_postmortem_that_nobody_has_read_stays_unread() {
    let imported = changed(|i| {
        i["incident_updates"].as_array_mut().expect("a list").remove(0);
        i["postmortem_body"] = json!("Not yet.");
    });
    assert!(!file(&imported, "calls-fail").contains("Not yet"));
    has_row(&imported, "not published");
}

#[test]
fn the_end_of_a_list_is_reported_loudly() {
    let many: Vec<Value> = (0..50)
        .map(|n| json!({"id": format!("i{n}"), "name": "Same", "impact": "minor", "status": "resolved",
            "started_at": "2026-11-10T10:00:00Z", "resolved_at": "2026-11-10T11:00:00Z", "incident_updates": []}))
        .collect();
    let imported = brought(&[("incidents.json", json!({"page": page(), "incidents": many}))]);
    has_row(&imported, "exactly 50 entries: older ones are most likely MISSING");
    assert_eq!(imported.made, 50);
    let summary =
        json!({"page": page(), "components": components(), "incidents": [], "scheduled_maintenances": []});
    has_row(&brought(&[("summary.json", summary)]), "a summary lists only open entries");
}

#[test]
fn a_page_without_zone_or_address_says_so() {
    let imported = brought(&[("incidents.json", json!([outage()]))]);
    for part in
        ["the name of the page is missing", "the address of the page", "the time zone of the page is missing"]
    {
        has_row(&imported, part);
    }
    let page = json!({"page": {"name": "K", "url": "https://k.example", "time_zone": "Eastern Time (US & Canada)"}, "incidents": []});
    has_row(&brought(&[("incidents.json", page)]), "is not in the IANA list; used UTC");
}

#[test]
fn impossible_windows_are_reported() {
    let planned = |change: &dyn Fn(&mut Value)| {
        let mut work = work();
        change(&mut work);
        brought(&[("incidents.json", json!([work]))])
    };
    let open = planned(&|w| w["scheduled_until"] = Value::Null);
    assert!(file(&open, "new-lamps").contains("end: unknown}"));
    has_row(&open, "there is no `scheduled_until`");
    has_row(&planned(&|w| w["scheduled_until"] = json!("2026-11-05T01:00:00Z")), "is not after the start");
    let begun = planned(&|w| w["scheduled_for"] = Value::Null);
    has_row(&begun, "the window starts when work began: 2026-11-05T01:00:00Z");
}

#[test]
fn what_is_no_json_is_an_error_with_its_place() {
    for (text, wanted) in [
        (b"{\n  \"page\": }".as_slice(), "incidents.json:2:11: this is not JSON: expected value"),
        (b"<html>", "incidents.json:1:1: this is not JSON"),
        (b"", "incidents.json:1:0: this is not JSON"),
        (b"{\"a\": \"x\xff\"}", "incidents.json:1:9: this is not JSON: these bytes are not UTF-8"),
        (b"[[[", "this is not JSON"),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("incidents.json");
        std::fs::write(&path, text).expect("a file");
        for source in [folder.path(), path.as_path()] {
            let error = statuspage(source.to_str().expect("a path"), &settings()).expect_err("no JSON");
            assert!(error.message.contains(wanted), "{}", error.message);
        }
    }
    assert!(bring(&[("incidents.json", "\u{feff}{\"page\": {\"name\": \"K\"}}")]).is_ok());
    assert!(bring(&[("incidents.json", "{}")]).is_err());
    assert!(bring(&[("other.json", "{}")]).expect_err("nothing").message.contains("no file of Statuspage"));
    assert!(!statuspage("/nowhere/at/all", &settings()).expect_err("nothing").environment);
    for source in ["http://status.example.com", "file:///etc", "://"] {
        assert!(statuspage(source, &settings()).is_err(), "{source}");
    }
}

#[test]
fn an_address_is_read_like_a_folder() {
    let ok = |value: Value| answer("200 OK", &value.to_string());
    let base = serve(BTreeMap::from([
        (
            "/api/v2/summary.json",
            ok(json!({"page": {"name": "Kumo Cloud", "time_zone": "UTC"}, "components": components()})),
        ),
        ("/api/v2/incidents.json", ok(json!({"page": page(), "incidents": [outage()]}))),
    ]));
    for source in [base.clone(), format!("{base}/"), format!("{base}/api/v2/summary.json?x=1")] {
        let imported =
            within(&source, &settings(), Limits { bytes: 1 << 20, ..short() }).expect("a status page");
        sound(&imported);
        assert_eq!(imported.made, 1);
        has_row(&imported, "this address has no `scheduled-maintenances.json`");
    }
    let login = serve(BTreeMap::from([("/api/v2/components.json", answer("200 OK", "<html>"))]));
    let error = within(&login, &settings(), short()).expect_err("no JSON");
    assert!(error.message.starts_with("api/v2/components.json:1:1: this is not JSON"), "{}", error.message);
    let empty = serve(BTreeMap::new());
    assert!(within(&empty, &settings(), short()).expect_err("nothing").environment);
}

/// Words that have a meaning in the API, and words that have none.
fn any_word() -> impl Strategy<Value = Value> {
    let known = word(
        "\
        resolved completed scheduled postmortem none minor major critical maintenance operational \
        major_outage under_maintenance 2026-11-10T10:00:00Z 2026-11-10T09:00:00.5+09:00 2026-02-30 \
        2026-11-11 1969-01-01T00:00:00Z 1970-01-01T00:00:00+09:00 2100-12-31T23:59:59-12:00 cApi gEu \
        null true 404 UTC Europe/Berlin https://k.example/a ../.. a/b?c ops@k.example ##␣resolved \
        key:␣value <br␣/> ended:␣10:00 --- ``` \u{fffe}",
    );
    prop_oneof![
        4 => known.prop_map(Value::from),
        1 => Just(Value::from("")),
        1 => any::<String>().prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::from),
    ]
}

fn anything() -> impl Strategy<Value = Value> {
    any_word().prop_recursive(5, 80, 8, |inner| {
        let object = prop::collection::vec((prop::sample::select(&json::KEYS[..]), inner.clone()), 0..12);
        prop_oneof![
            2 => object.prop_map(|pairs| pairs.into_iter().map(|(k, v)| (k.to_owned(), v)).collect()),
            1 => prop::collection::vec(inner, 0..6).prop_map(Value::from),
        ]
    })
}

/// An object with some keys of a kind, each with any word.
fn object(keys: &'static [&'static str]) -> impl Strategy<Value = Value> {
    prop::collection::vec((prop::sample::select(keys), any_word()), 0..keys.len())
        .prop_map(|pairs| pairs.into_iter().map(|(k, v)| (k.to_owned(), v)).collect())
}

fn with(
    value: impl Strategy<Value = Value>,
    key: &'static str,
    list: impl Strategy<Value = Value>,
) -> impl Strategy<Value = Value> {
    (value, prop::collection::vec(list, 0..4)).prop_map(move |(mut value, list)| {
        value[key] = Value::from(list);
        value
    })
}

/// A value in the form of a status page, with any words in it.
fn likely() -> impl Strategy<Value = Value> {
    let update = with(
        object(&["id", "status", "body", "display_at", "created_at"]),
        "affected_components",
        object(&["code", "name", "new_status"]),
    );
    let entry = with(
        object(&[
            "id",
            "name",
            "status",
            "impact",
            "created_at",
            "started_at",
            "resolved_at",
            "scheduled_for",
            "scheduled_until",
            "postmortem_body",
            "postmortem_published_at",
        ]),
        "components",
        object(&["id", "name"]),
    );
    let entry = with(entry, "incident_updates", update);
    let component = object(&["id", "name", "group", "group_id", "description", "start_date", "position"]);
    let page = object(&["name", "url", "time_zone", "page_description", "support_url", "domain"]);
    (page, prop::collection::vec(entry, 0..4), prop::collection::vec(component, 0..6)).prop_map(
        |(page, entries, components)| json!({"page": page, "components": components, "incidents": entries}),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_json_is_a_site_or_an_error(value in prop_oneof![anything(), likely()]) {
        if let Ok(imported) = bring(&[("incidents.json", &value.to_string())]) {
            sound(&imported);
        }
    }

    #[test]
    fn any_bytes_are_a_site_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = File::parse("incidents.json", bytes);
    }
}
