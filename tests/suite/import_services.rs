//! Tests that the history of other services arrives whole, field by field: samples in the shapes that their makers
//! publish, and what a person reads in them (`expected.json`, written by hand).

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use noroshi::internals::import::{self, Environment, Settings};
use noroshi::internals::load;
use noroshi::internals::message::Language;
use noroshi::internals::model::entry::{Head, Translated, Update};
use noroshi::internals::model::{Instant, Model, Zone};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::harness::{Site, Text as _, files_of, folder, words};

fn samples(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/fixtures/import").join(name)
}

fn expected(name: &str) -> Value {
    let text = std::fs::read_to_string(samples(name).join("expected.json")).expect("what a person reads");
    serde_json::from_str(&text).expect("JSON")
}

/// A copy of a sample without what is not of the service.
fn source(site: &Site, name: &str) -> String {
    for (path, bytes) in files_of(&samples(name)) {
        if path != "expected.json" {
            site.write(format!("old/{path}"), &String::from_utf8(bytes).expect("UTF-8"));
        }
    }
    site.path("old").to_str().expect("UTF-8").to_owned()
}

fn imported(service: &str, name: &str, zone: &str) -> (Site, Model, String) {
    let site = Site::bare();
    let source = source(&site, name);
    site.run(["import", service, &source, "--timezone", zone]).exit(0);
    // Warnings tell what the team should complete; errors there are none.
    site.run(["check", "--as-of", AS_OF]).exit(0);
    site.build_at(AS_OF).exit(0);
    let loaded = load::load(site.root(), None, &|| ()).expect("a readable site");
    let report = site.read("import-report.md");
    (site, loaded.model.expect("a model"), report)
}

const AS_OF: &str = "2026-11-20T12:00:00Z";

/// An entry as plain facts.
#[derive(Debug, PartialEq)]
struct Facts {
    kind: &'static str,
    title: String,
    /// State, instant, words without blanks.
    updates: Vec<(String, Instant, String)>,
    window: Option<(Instant, Option<Instant>)>,
    components: Vec<String>,
    draft: bool,
}

fn without_blanks(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn updates<C: Translated>(updates: &[Update<C>]) -> Vec<(String, Instant, String)> {
    let plain = |update: &Update<C>| without_blanks(&update.words.get(0).1.plain());
    updates.iter().map(|u| (u.status.word().to_owned(), u.at, plain(u))).collect()
}

/// The facts of every entry by each of its old addresses.
fn facts(model: &Model) -> BTreeMap<String, Facts> {
    let names = |given: Vec<usize>| {
        let all = &model.config.components.all;
        let names: BTreeSet<String> =
            given.into_iter().map(|at| without_blanks(all[at].name.get(0).1)).collect();
        names.into_iter().collect::<Vec<_>>()
    };
    let mut found = BTreeMap::new();
    let mut add = |head: &Head, facts: &dyn Fn() -> Facts| {
        for (alias, _) in &head.aliases {
            found.insert(alias.clone(), facts());
        }
    };
    for entry in &model.incidents {
        add(&entry.head, &|| Facts {
            kind: "incident",
            title: entry.head.title.get(0).1.to_owned(),
            updates: updates(&entry.updates),
            window: None,
            components: names(
                (entry.affects.given.iter())
                    .chain(
                        entry.updates.iter().filter_map(|u| u.change.affects.as_ref()).flat_map(|a| &a.given),
                    )
                    .map(|(at, _)| *at)
                    .collect(),
            ),
            draft: entry.head.draft,
        });
    }
    for entry in &model.maintenance {
        add(&entry.head, &|| Facts {
            kind: "maintenance",
            title: entry.head.title.get(0).1.to_owned(),
            updates: updates(&entry.updates),
            window: Some((entry.window.start, entry.window.end)),
            components: names(entry.affects.given.iter().map(|(at, _)| *at).collect()),
            draft: entry.head.draft,
        });
    }
    found
}

fn instant(value: &Value) -> Option<Instant> {
    Some(Zone::UTC.read(value.as_str()?).expect("a time"))
}

/// The path of an address.
fn path_of(address: &str) -> String {
    let after = address.split("://").nth(1).expect("an address");
    format!("/{}", after.split_once('/').map_or("", |(_, path)| path))
}

/// Compares one entry. Where the source does not say, a person can read it in two ways: then only the words count.
fn compare(name: &str, wanted: &Value, found: &Facts, faults: &mut Vec<String>) {
    let id = wanted["id"].as_str().or_else(|| wanted["source_id"].as_str()).unwrap_or_default();
    let mut differ = |what: &str, wanted: &dyn std::fmt::Debug, found: &dyn std::fmt::Debug| {
        faults.push(format!("{name} {id}: {what}\n  wanted {wanted:?}\n  found  {found:?}"));
    };
    if wanted["kind"] != found.kind {
        differ("kind", &wanted["kind"], &found.kind);
    }
    if let Some(title) = wanted["title"].as_str()
        && title.split_whitespace().collect::<Vec<_>>().join(" ") != found.title
    {
        differ("title", &title, &found.title);
    }
    let all: Vec<&Value> = wanted["updates"].as_array().expect("updates").iter().collect();
    for update in &all {
        let (state, at) = (update["state"].as_str().unwrap_or_default(), instant(&update["at"]));
        let words = without_blanks(update["text"].as_str().unwrap_or_default());
        let is_sure = update.get("guessed").is_none();
        let matching = found
            .updates
            .iter()
            .any(|(word, time, text)| *text == words && (!is_sure || (word == state && Some(*time) == at)));
        if !matching && (is_sure || !words.is_empty()) {
            differ("update", update, &found.updates);
        }
    }
    // What is added has no words: the end that only the clock or a time of the source tells.
    let spoken = found.updates.iter().filter(|(_, _, text)| !text.is_empty()).count();
    let wanted_spoken =
        all.iter().filter(|u| u["text"].as_str().is_some_and(|text| !text.is_empty())).count();
    if spoken != wanted_spoken {
        differ("updates with words", &wanted_spoken, &found.updates);
    }
    if let Some(window) = wanted["window"].as_object()
        && let Some(start) = instant(&window["start"])
    {
        let window = Some((start, instant(&window["end"])));
        if window != found.window {
            differ("window", &window, &found.window);
        }
    }
    let mut components: Vec<String> = wanted["components"]
        .as_array()
        .map_or(&[][..], Vec::as_slice)
        .iter()
        .filter_map(|component| component["name"].as_str().map(without_blanks))
        .collect();
    components.sort();
    let unnamed = wanted["components"].as_array().is_some_and(|all| all.iter().any(|c| c["name"].is_null()));
    if components != found.components && !unnamed {
        differ("components", &components, &found.components);
    }
    if wanted.get("hidden").is_some() && !found.draft {
        differ("hidden", &"a draft", &"published");
    }
}

#[test]
fn each_service_arrives_field_by_field() {
    let mut faults = Vec::new();
    for (service, name, zone) in [
        ("instatus", "instatus", "Asia/Tokyo"),
        ("betterstack", "betterstack", "Asia/Tokyo"),
        ("openstatus", "openstatus", "Asia/Tokyo"),
        ("cachet", "cachet2", "Europe/Berlin"),
        ("cachet", "cachet2-3", "UTC"),
        ("cachet", "cachet3", "Asia/Tokyo"),
        ("upptime", "upptime", "Asia/Tokyo"),
    ] {
        let (_site, model, report) = imported(service, name, zone);
        let facts = facts(&model);
        let wanted = expected(name);
        let entries = wanted["entries"].as_array().expect("entries");
        assert!(entries.len() >= 2, "{name}");
        for entry in entries {
            let address = entry["url"].as_str().or_else(|| entry["address"].as_str());
            let id = entry["id"].as_str().or_else(|| entry["source_id"].as_str()).expect("an id");
            let path = address.map(path_of).expect("an address");
            match facts.get(&path) {
                Some(found) => compare(name, entry, found, &mut faults),
                None => faults.push(format!("{name} {id}: {path} is not among {:?}", facts.keys())),
            }
        }
        let made = model.incidents.len() + model.maintenance.len();
        if made != entries.len() {
            faults.push(format!("{name}: {made} entries, not {}", entries.len()));
        }
        assert!(report.contains("| line |"), "{name}: what is uncertain has rows");
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_feed_brings_its_words_times_and_addresses() {
    let mut faults = Vec::new();
    for folder in ["feed-rss", "feed-atom"] {
        let wanted = expected(folder);
        for (file, entries) in wanted["files"].as_object().expect("files") {
            let site = Site::bare();
            let source = samples(folder).join(file);
            site.run(["import", "feed", source.to_str().expect("UTF-8"), "--timezone", "UTC"]).exit(0);
            site.run(["check", "--as-of", AS_OF]).exit(0);
            site.build_at(AS_OF).exit(0);
            let model =
                load::load(site.root(), None, &|| ()).expect("a readable site").model.expect("a model");
            let heads =
                model.incidents.iter().map(|e| &e.head).chain(model.maintenance.iter().map(|e| &e.head));
            let texts: Vec<(&Head, String)> = heads
                .map(|head| {
                    let of = |words: Vec<String>| without_blanks(&words.join(" "));
                    let incident = model.incidents.iter().find(|e| e.head.file == head.file);
                    let maintenance = model.maintenance.iter().find(|e| e.head.file == head.file);
                    let incident =
                        incident.map(|e| e.updates.iter().map(|u| u.words.get(0).1.plain()).collect());
                    let maintenance =
                        maintenance.map(|e| e.updates.iter().map(|u| u.words.get(0).1.plain()).collect());
                    (head, of(incident.or(maintenance).unwrap_or_default()))
                })
                .collect();
            for entry in entries.as_array().expect("entries") {
                let title = entry["title"].as_str().expect("a title");
                for update in entry["updates"].as_array().expect("updates") {
                    let words = without_blanks(update["text"].as_str().expect("words"));
                    let found = texts
                        .iter()
                        .any(|(head, text)| text.contains(&words) && head.title.get(0).1.contains(title));
                    if !found {
                        faults.push(format!(
                            "{file}: {title}: {words}\n  in {texts:?}",
                            texts = texts.iter().map(|(h, t)| (h.title.get(0).1, t)).collect::<Vec<_>>()
                        ));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Status, further headers and body.
type Reply = (u16, String, String);

/// A server of JSON that writes down what it is asked.
struct Api {
    base: String,
    /// The first line and the headers of each request, in lower case.
    asked: Arc<Mutex<Vec<String>>>,
    answers: Arc<Mutex<BTreeMap<String, Reply>>>,
}

impl Api {
    fn start() -> Api {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let (asked, answers): (Arc<Mutex<Vec<String>>>, Arc<Mutex<BTreeMap<_, _>>>) = Default::default();
        let (log, known) = (Arc::clone(&asked), Arc::clone(&answers));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.expect("a connection");
                let mut lines = BufReader::new(stream.try_clone().expect("a reader")).lines();
                let head: Vec<String> =
                    lines.by_ref().map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
                let Some(path) = head.first().and_then(|line| line.split(' ').nth(1)).map(str::to_owned)
                else {
                    continue;
                };
                log.lock().expect("no panic").push(head.join("\n").to_lowercase());
                let none = (404, String::new(), "{}".to_owned());
                let (status, more, body) =
                    known.lock().expect("no panic").get(&path).cloned().unwrap_or(none);
                let length = body.len();
                let answer = format!(
                    "HTTP/1.1 {status} X\r\n{more}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
                );
                let _ = stream.write_all(answer.as_bytes());
            }
        });
        Api { base, asked, answers }
    }

    fn answers(&self, path: &str, status: u16, headers: &str, body: &str) {
        let answer = (status, headers.to_owned(), body.to_owned());
        self.answers.lock().expect("no panic").insert(path.to_owned(), answer);
    }

    /// What was asked since the last call: paths and heads.
    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().expect("no panic"))
    }
}

fn read(name: &str, file: &str) -> String {
    std::fs::read_to_string(samples(name).join(file)).expect("a sample")
}

/// Answers the whole sample of Instatus, with a full first page of incidents.
fn instatus() -> Api {
    let api = Api::start();
    let pages = read("instatus", "pages.page1.json");
    let page =
        serde_json::from_str::<Value>(&pages).expect("JSON")[0]["id"].as_str().expect("an id").to_owned();
    let incidents: Value = serde_json::from_str(&read("instatus", "incidents.page1.json")).expect("JSON");
    let all: Vec<Value> = (0..100)
        .map(|number| {
            let mut incident = incidents[0].clone();
            incident["id"] = format!("many{number}").into();
            incident
        })
        .collect();
    let list = |name: &str, page_number: u8| format!("/v1/{page}/{name}?per_page=100&page={page_number}");
    api.answers("/v1/pages?per_page=100&page=1", 200, "", &pages);
    api.answers(&list("components", 1), 200, "", &read("instatus", "components.page1.json"));
    api.answers(&list("incidents", 1), 200, "", &Value::from(all).to_string());
    api.answers(&list("incidents", 2), 200, "", &read("instatus", "incidents.page2.json"));
    api.answers(&list("maintenances", 1), 200, "", &read("instatus", "maintenances.page1.json"));
    api
}

#[test]
fn an_account_is_read_page_by_page_and_goes_on_where_it_was_stopped() {
    const TOKEN: &str = "secret-token-of-the-account";
    let (site, api) = (Site::bare(), instatus());
    let environment = [("INSTATUS_TOKEN", TOKEN), ("INSTATUS_API_URL", api.base.as_str())];
    let run = || {
        let arguments = [
            "import",
            "instatus",
            "https://status.hoshizora.example/",
            "--timezone",
            "UTC",
            "--keep",
            "kept",
        ];
        site.run_in(&environment, arguments)
    };
    let second = api
        .answers
        .lock()
        .expect("no panic")
        .keys()
        .find(|path| path.contains("incidents?per_page=100&page=2"))
        .cloned();
    let second = second.expect("a second page");
    let page = api.answers.lock().expect("no panic")[&second].2.clone();
    api.answers(&second, 429, "Retry-After: 30\r\n", "{}");
    let stopped = run();
    stopped.exit(3);
    stopped.stderr.has(["too many requests", "30 seconds", "run the same command again later"]);
    let first = api.asked();
    assert!(first.iter().all(|head| head.contains(&format!("authorization: bearer {TOKEN}"))), "{first:#?}");
    api.answers(&second, 200, "", &page);
    run().exit(0);
    let asked: Vec<String> =
        api.asked().iter().filter_map(|head| head.lines().next().map(str::to_owned)).collect();
    assert_eq!(asked.len(), 2, "the rest only: {asked:#?}");
    site.run(["check", "--as-of", AS_OF]).exit(0);
    let model = load::load(site.root(), None, &|| ()).expect("a readable site").model.expect("a model");
    assert_eq!(model.incidents.len() + model.maintenance.len(), 100 + 4 + 5);
    for (name, bytes) in files_of(site.root()) {
        assert!(!String::from_utf8_lossy(&bytes).contains(TOKEN), "{name}");
    }
    // Without a token, the way out is the feed.
    let refused = site.run(["import", "instatus", "https://status.hoshizora.example/", "--into", "x"]);
    refused.exit(2);
    refused
        .stderr
        .has(["INSTATUS_TOKEN", "noroshi import feed https://status.hoshizora.example/history.rss"]);
    // A token that may not read is told by the name of its variable, and no word of it is shown.
    api.answers("/v1/pages?per_page=100&page=1", 401, "", "{}");
    let refused =
        site.run_in(&environment, ["import", "instatus", "https://status.hoshizora.example/", "--into", "y"]);
    refused.exit(3);
    refused.stderr.has(["answers 401", "`INSTATUS_TOKEN`"]);
    refused.stderr.lacks([TOKEN]);
}

#[test]
fn a_token_stays_on_its_host() {
    let (site, api, other) = (Site::bare(), Api::start(), Api::start());
    let away = format!("Location: {}/v1/pages\r\n", other.base);
    api.answers("/v1/pages?per_page=100&page=1", 302, &away, "");
    let environment = [("INSTATUS_TOKEN", "secret"), ("INSTATUS_API_URL", api.base.as_str())];
    let told = site.run_in(&environment, ["import", "instatus", "https://status.hoshizora.example/"]);
    told.exit(3);
    told.stderr.has(["redirects to"]);
    assert_eq!(other.asked(), Vec::<String>::new());
}

#[test]
fn redirects_end_and_what_is_no_answer_is_not_kept() {
    let (site, api) = (Site::bare(), Api::start());
    api.answers("/feed/json", 302, "Location: /other\r\n", "");
    api.answers("/other", 302, "Location: /feed/json\r\n", "");
    let import = || site.run(["import", "openstatus", &api.base, "--keep", "kept"]);
    let told = import();
    told.exit(3);
    told.stderr.has(["redirects to"]);
    assert!(api.asked().len() < 10);
    api.answers("/other", 200, "", "<html>");
    import().exit(2);
    api.answers("/other", 200, "", &read("openstatus", "feed.json"));
    import().exit(0);
    // Another page has a folder of its own.
    let other = Api::start();
    other.answers("/feed/json", 401, "", "");
    let told = site.run(["import", "openstatus", &other.base, "--keep", "kept", "--into", "other"]);
    told.exit(3);
    told.stderr.has(["answers 401", "the page is protected"]);
}

/// The one entry that these files of a service become, and the rows of the report.
fn one(service: &str, files: &[(&str, Value)]) -> (String, Vec<String>) {
    let site = Site::bare();
    for (name, value) in files {
        site.write(format!("old/{name}"), &value.to_string());
    }
    let source = site.path("old").to_str().expect("UTF-8").to_owned();
    let outcome = site.run(["import", service, &source, "--timezone", "UTC", "--format", "json"]);
    outcome.exit(0);
    let rows =
        outcome.diagnostics().into_iter().map(|row| format!("{}: {:?}", row.message, row.help)).collect();
    let of = |folder: &str| files_of(&site.path(format!("content/{folder}"))).into_values();
    let entries: Vec<Vec<u8>> = of("incidents").chain(of("maintenance")).collect();
    assert!(entries.len() <= 1, "{entries:?}");
    (String::from_utf8(entries.concat()).expect("UTF-8"), rows)
}

#[test]
fn what_is_over_stays_over_and_what_goes_on_goes_on() {
    let update = |id: &str, status: &str, at: &str| json!({"id": id, "status": status, "started": at, "createdAt": at, "message": "Words."});
    let incident = |state: &str, updates: Value| json!([{"id": "i1", "name": "Slow", "status": state, "started": "2026-03-01T10:00:00Z", "updates": updates}]);
    // A word of a later update does not open again what the service calls over.
    let updates = json!([
        update("1", "INVESTIGATING", "2026-03-01T10:00:00Z"),
        update("2", "RESOLVED", "2026-03-01T11:00:00Z"),
        update("3", "MONITORING", "2026-03-01T12:00:00Z")
    ]);
    let (text, rows) = one("instatus", &[("incidents.json", incident("RESOLVED", updates))]);
    text.has(["## resolved 2026-03-01 11:00", "## update 2026-03-01 12:00"]);
    assert!(rows.iter().any(|row| row.contains("updates after the end")), "{rows:?}");
    // Work that is completed without an update is over at the end of its window.
    let work = json!([{"id": "m1", "name": "Work", "status": "COMPLETED", "start": "2026-03-01T10:00:00Z", "duration": 60, "updates": []}]);
    let (text, _) = one("instatus", &[("maintenances.json", work)]);
    text.has(["## completed 2026-03-01 11:00"]);
    text.lacks(["draft"]);
    // An announcement that has the start of the work as its time is seen before it.
    let ahead = json!([{"id": "m1", "name": "Work", "status": "NOTSTARTEDYET", "start": "2099-03-01T10:00:00Z", "duration": 60,
        "updates": [{"id": "1", "status": "NOTSTARTEDYET", "started": "2099-03-01T10:00:00Z", "message": "Soon."}]}]);
    let (text, rows) = one("instatus", &[("maintenances.json", ahead)]);
    text.lacks(["## scheduled 2099"]);
    assert!(rows.iter().any(|row| row.contains("dated ahead")), "{rows:?}");
    // One of two resources is well, so the incident goes on.
    let report = |state: &str| {
        json!({"id": "9", "type": "status_report", "attributes": {"title": "Slow", "report_type": "manual",
        "starts_at": "2026-03-01T10:00:00Z", "ends_at": null, "affected_resources": [], "aggregate_state": state}})
    };
    let resource = |id: &str| json!({"id": id, "type": "status_page_resource", "attributes": {"public_name": format!("R{id}")}});
    let update = |id: &str, at: &str, states: &[(&str, &str)]| {
        let states: Vec<Value> = states
            .iter()
            .map(|(id, state)| json!({"status_page_resource_id": id, "status": state}))
            .collect();
        json!({"id": id, "type": "status_update", "attributes": {"message": "Words.", "published_at": at, "status_report_id": 9, "affected_resources": states}})
    };
    let index = json!({"data": [report("downtime"), resource("51"), resource("52"),
        update("1", "2026-03-01T10:00:00Z", &[("51", "downtime"), ("52", "downtime")]),
        update("2", "2026-03-01T11:00:00Z", &[("51", "resolved")])]});
    let (text, _) = one("betterstack", &[("index.json", index)]);
    text.lacks(["## resolved"]);
}

#[test]
fn what_was_not_public_stays_out() {
    let components = json!({"data": [
        {"id": 1, "name": "Shop", "status": 1, "enabled": true, "group_id": 0},
        {"id": 2, "name": "Secret engine", "status": 1, "enabled": false, "group_id": 0},
        {"id": 3, "name": "Staff tool", "status": 1, "enabled": true, "group_id": 7}
    ]});
    let groups = json!({"data": [{"id": 7, "name": "Inside", "collapsed": 0, "visible": 0}]});
    let site = Site::bare();
    site.write("old/components.json", &components.to_string());
    site.write("old/component-groups.json", &groups.to_string());
    let source = site.path("old").to_str().expect("UTF-8").to_owned();
    site.run(["import", "cachet", &source, "--timezone", "UTC"]).exit(0);
    let config = site.read("content/site.yaml");
    config.has(["name: Shop"]);
    config.lacks(["Secret engine", "Staff tool", "Inside"]);
    site.read("import-report.md").has(["`Secret engine` is not public", "`Staff tool` is not public"]);
}

#[test]
fn no_words_are_lost() {
    // Markdown with a piece of HTML is Markdown.
    let body = "**原因**\n\n- a\n- b\n\n<details>\n\nMore [here](https://e.example)\n\n</details>";
    let issue = json!([{"id": 7, "number": 3, "title": "🛑 Shop is down", "body": body, "labels": [{"name": "status"}, {"name": "shop"}],
        "state": "open", "created_at": "2026-03-01T10:00:00Z", "author_association": "OWNER"}]);
    // Issues and comments are numbered apart.
    let comment = json!([{"id": 7, "issue_url": "https://api.github.com/repos/o/r/issues/3", "body": "We look.", "created_at": "2026-03-01T10:05:00Z",
        "author_association": "MEMBER"}]);
    let (text, _) = one("upptime", &[("issues.json", issue), ("comments.json", comment)]);
    text.has(["**原因**", "- a\n- b\n", "[here](https://e.example)", "We look."]);
    // A text without a time is kept as a comment in the front matter.
    let incident = json!({"data": [{"id": 1, "name": "Slow", "status": 4, "message": "First words.", "occurred_at": "2026-03-01 10:00:00",
        "created_at": "2026-03-01 10:00:00", "updated_at": "2026-03-01 10:00:00", "updates": [{"id": 2, "status": 4, "message": "Lost words.", "created_at": null}]}]});
    let (text, _) = one("cachet", &[("incidents.json", incident)]);
    text.has(["First words.", "# update without a time: Lost words."]);
}

#[test]
fn a_page_is_read_at_its_public_address() {
    let (site, api) = (Site::bare(), Api::start());
    api.answers("/index.json", 302, "Location: /en/index.json\r\n", "");
    api.answers("/en/index.json", 200, "", &read("betterstack", "index.json"));
    site.run(["import", "betterstack", &api.base, "--into", "better"]).exit(0);
    api.answers("/feed/json", 200, "", &read("openstatus", "feed.json"));
    site.run(["import", "openstatus", &api.base, "--into", "open"]).exit(0);
    api.answers("/history.rss", 200, "", &read("feed-rss", "statuspage.rss"));
    site.run(["import", "feed", &format!("{}/history.rss", api.base), "--into", "feed"]).exit(0);
    for (into, entries) in [("better", 13), ("open", 13), ("feed", 5)] {
        let model =
            load::load(&site.path(into), None, &|| ()).expect("a readable site").model.expect("a model");
        assert_eq!(model.incidents.len() + model.maintenance.len(), entries, "{into}");
    }
}

#[test]
fn a_cachet_is_asked_for_its_times_in_utc() {
    let (site, api) = (Site::bare(), Api::start());
    api.answers("/api/v1/version", 200, "", &read("cachet2", "version.json"));
    for (path, file) in [
        ("components", "components.json"),
        ("components/groups", "component-groups.json"),
        ("schedules", "schedules.json"),
    ] {
        api.answers(&format!("/api/v1/{path}?per_page=100&page=1"), 200, "", &read("cachet2", file));
    }
    let mut incidents: Value = serde_json::from_str(&read("cachet2", "incidents.utc.json")).expect("JSON");
    incidents["meta"]["pagination"]["total_pages"] = 1.into();
    api.answers("/api/v1/incidents?per_page=100&page=1", 200, "", &incidents.to_string());
    site.run(["import", "cachet", &api.base, "--timezone", "Europe/Berlin"]).exit(0);
    assert!(api.asked().iter().all(|head| head.contains("time-zone: utc")));
    let model = load::load(site.root(), None, &|| ()).expect("a readable site").model.expect("a model");
    let facts = facts(&model);
    let wanted = expected("cachet2");
    let mut faults = Vec::new();
    for entry in
        wanted["entries"].as_array().expect("entries").iter().filter(|entry| entry["kind"] == "incident")
    {
        if let Some(found) = facts.get(&path_of(entry["address"].as_str().expect("an address"))) {
            compare("cachet in UTC", entry, found, &mut faults);
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_repository_is_read_at_github() {
    let (site, api) = (Site::bare(), Api::start());
    let root = "/repos/hoshi-cloud/status";
    // The sample has two lists one after another, as one program writes them.
    let issues = read("upptime", "github/issues-status.json").replace("][", ",");
    let comments: Vec<Vec<Value>> =
        serde_json::from_str(&read("upptime", "github/comments.json")).expect("JSON");
    let comments = Value::from(comments.concat()).to_string();
    for (path, body) in [
        ("issues?labels=status&state=all&per_page=100&page=1", issues.as_str()),
        (
            "issues?labels=maintenance&state=all&per_page=100&page=1",
            &read("upptime", "github/issues-maintenance.json"),
        ),
        ("issues/comments?per_page=100&page=1", &comments),
        ("contents/history/summary.json", &read("upptime", "repo/history/summary.json")),
        ("contents/.upptimerc.yml", &read("upptime", "repo/.upptimerc.yml")),
    ] {
        api.answers(&format!("{root}/{path}"), 200, "", body);
    }
    let environment = [("GITHUB_API_URL", api.base.as_str()), ("GITHUB_TOKEN", "")];
    let source = "https://github.com/hoshi-cloud/status";
    site.run_in(&environment, ["import", "upptime", source, "--timezone", "Asia/Tokyo"]).exit(0);
    assert!(api.asked().iter().all(|head| !head.contains("authorization")));
    let model = load::load(site.root(), None, &|| ()).expect("a readable site").model.expect("a model");
    let (facts, mut faults) = (facts(&model), Vec::new());
    for entry in expected("upptime")["entries"].as_array().expect("entries") {
        let found = &facts[&path_of(entry["address"].as_str().expect("an address"))];
        compare("upptime at GitHub", entry, found, &mut faults);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    site.run(["import", "upptime", "https://github.com/only-an-owner", "--into", "x"]).exit(2);
}

/// A place in JSON, chosen by a number.
fn place(value: &mut Value, mut number: usize) -> &mut Value {
    let mut here = value;
    loop {
        let count = match here {
            Value::Array(list) => list.len(),
            Value::Object(map) => map.len(),
            _ => 0,
        };
        if count == 0 || number.is_multiple_of(7) {
            return here;
        }
        number /= 7;
        let at = number % count;
        number /= count.max(2);
        here = match here {
            Value::Array(list) => &mut list[at],
            Value::Object(map) => map.values_mut().nth(at).expect("a value"),
            _ => unreachable!("counted"),
        };
    }
}

fn changed(text: &str, changes: &[(usize, Value)]) -> String {
    let Ok(mut value) = serde_json::from_str::<Value>(text) else { return text.to_owned() };
    for (at, with) in changes {
        *place(&mut value, *at) = with.clone();
    }
    value.to_string()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(11), ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_service_answers_is_a_site_or_an_error(
        changes in prop::collection::vec((any::<usize>(), prop_oneof![
            Just(Value::Null),
            Just(Value::from("")),
            Just(json!([])),
            Just(json!({})),
            prop::sample::select(words("\
                2026-02-30 2026-11-11␣10:00:00 9999-99-99T99:99:99Z RESOLVED resolved maintenance ##␣resolved <br><div> \
                ../..  ``` --- key:␣value ]]> ok@k.example")).prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<bool>().prop_map(Value::from),
            "\\PC{0,12}".prop_map(Value::from),
        ]), 1..40),
    ) {
        let settings = Settings { zone: None, locale: None, keep: None, environment: Environment::default(), now: Instant(1_790_000_000) };
        for (name, import) in [
            ("instatus", import::instatus as fn(&str, &Settings) -> _),
            ("betterstack", import::better_stack),
            ("openstatus", import::openstatus),
            ("cachet2", import::cachet),
            ("cachet3", import::cachet),
            ("upptime", import::upptime),
        ] {
            let root = folder();
            for (path, bytes) in files_of(&samples(name)) {
                let path = root.path().join(path);
                fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
                let text = String::from_utf8(bytes).expect("UTF-8");
                let is_json = path.extension().is_some_and(|ending| ending == "json");
                fs::write(path, if is_json { changed(&text, &changes) } else { text }).expect("a file");
            }
            if let Ok(imported) = import(root.path().to_str().expect("UTF-8"), &settings) {
                let rows: Vec<String> = imported.report.lines(Language::ENGLISH).collect();
                prop_assert!(!imported.report.has_errors(), "{name}: {rows:#?}");
                prop_assert_eq!(imported.made, imported.found, "{}", name);
            }
        }
    }

    #[test]
    fn whatever_a_feed_holds_is_a_site_or_an_error(
        cuts in prop::collection::vec((any::<prop::sample::Index>(), prop_oneof![
            prop::sample::select(words("< > </item> <item> <entry/> ]]> <![CDATA[ & &nbsp; &#0; &#x110000; <!DOCTYPE␣a␣[<!ENTITY␣b␣'c'>]> <link␣href='//x'/> \u{feff}")),
            any::<String>(),
        ]), 0..6),
    ) {
        let settings = Settings { zone: None, locale: None, keep: None, environment: Environment::default(), now: Instant(1_790_000_000) };
        let root = folder();
        for name in ["feed-rss", "feed-atom"] {
            for (file, bytes) in files_of(&samples(name)).into_iter().filter(|(file, _)| file != "expected.json") {
                let mut bytes = bytes;
                for (at, with) in &cuts {
                    let at = at.index(bytes.len() + 1);
                    bytes.splice(at..at, with.bytes());
                }
                let path = root.path().join(file);
                fs::write(&path, bytes).expect("a file");
                if let Ok(imported) = import::feed(path.to_str().expect("UTF-8"), &settings) {
                    let rows: Vec<String> = imported.report.lines(Language::ENGLISH).collect();
                    prop_assert!(!imported.report.has_errors(), "{rows:#?}");
                }
            }
        }
    }
}
