//! Tests of `noroshi draft`: an alert makes one draft, whatever it says and however often it is sent, and publishes
//! nothing.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::process::Stdio;

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::harness::{NOON, Outcome, Site, Text as _, files_of, repository};

const RULES: &str = "alerts:\n  - match: {service: \"ord*\"}\n    affects: {api: partial_outage}\n    severity: moderate\n    \
    title: Orders are slow\n  - match: {service: withdrawals}\n    affects: [web]\n";
const FILE: &str = "content/incidents/2026-11-20-orders-are-slow.md";

fn site() -> Site {
    let site = Site::empty();
    site.append("content/site.yaml", RULES);
    site
}

fn body(name: &str) -> String {
    let file = repository().join(format!("tests/suite/fixtures/alerts/{name}.json"));
    fs::read_to_string(file).expect("a body")
}

/// `noroshi draft` at an instant, with a body in a file of its own.
fn draft<'s>(site: &'s Site, from: &str, body: &str, at: &str) -> Outcome<'s> {
    site.write("alert.json", body);
    let file = site.path("alert.json").display().to_string();
    site.run(["draft", "--from", from, &file, "--as-of", at, "--format", "json"])
}

fn at_noon<'s>(site: &'s Site, from: &str, name: &str) -> Outcome<'s> {
    draft(site, from, &body(name), NOON)
}

fn result(done: &Outcome<'_>) -> Value {
    done.exit(0);
    assert_eq!(done.stdout.lines().count(), 1, "{}", done.stdout);
    serde_json::from_str(&done.stdout).expect("JSON")
}

/// Every file of the content.
fn content(site: &Site) -> BTreeMap<String, Vec<u8>> {
    files_of(&site.path("content"))
}

#[test]
fn an_alert_makes_a_draft_with_the_components_of_its_rule() {
    let site = site();
    let done = at_noon(&site, "alertmanager", "alertmanager-firing");
    let told = result(&done);
    assert_eq!(told["result"], "created");
    assert_eq!((&told["file"], &told["draft"], &told["matched"]), (&json!(FILE), &json!(true), &json!(true)));
    let text = site.read(FILE);
    text.has([
        "\ntitle: Orders are slow\n",
        "\nseverity: moderate\n",
        "\naffects: {api: partial_outage}",
        "\nstarted: 2026-11-20 10:15 ",
        "\ndetected: 2026-11-20 12:00 ",
        "\ndraft: true\n",
        "\nid: \"2026-11-20-orders-are-slow\"\n",
        "\n    - keys: [alertmanager-",
        "\n      state: firing\n      at: \"2026-11-20T01:15:24Z\"\n",
        "\n        - \"alerts.0.labels.instance: orders-3.hoshi.example:9100\"\n",
        "<!-- Moderate: ",
    ]);
    text.lacks(["## investigating"]);
    let (_, words) = text.split_once("\n---\n").expect("a body");
    words.lacks(["orders-3", "ten seconds", "OrderLatencyHigh"]);
    // It is sound, and `check` asks for its text until there is one.
    site.run(["check", "--as-of", NOON]).exit(0).stderr_has("incident/unwritten");
    site.run(["check", "--as-of", NOON]).exit(0).stderr_has("it has no text yet");
    site.noon("update orders-are-slow investigating -m 'We are looking.'").exit(0);
    site.run(["check", "--as-of", NOON, "--deny", "warnings"]).exit(0);
}

#[test]
fn two_commands_lead_from_an_alert_to_readers() {
    let site = site();
    result(&at_noon(&site, "alertmanager", "alertmanager-firing"));
    // While its text is missing, nothing can publish it.
    site.noon("update orders-are-slow update --publish").exit(1).stderr_has("incident/unwritten");
    site.noon("update orders-are-slow investigating --publish -m 'Orders wait for up to a minute.'").exit(0);
    site.read(FILE).lacks(["draft"]);
    site.run(["check", "--as-of", NOON, "--deny", "warnings"]).exit(0);
    site.build_at(NOON).exit(0);
    site.page("incidents/2026-11-20-orders-are-slow/").has(["Orders wait for up to a minute."]);
    let again = site.noon("update orders-are-slow update --publish -m 'x'");
    again.exit(2).stderr_has("the entry is no draft");
}

#[test]
fn an_alert_that_no_rule_matches_makes_a_draft_that_says_so() {
    let site = site();
    site.write("alert.json", &body("pagerduty-triggered"));
    let done = site.noon("draft --from pagerduty alert.json");
    done.exit(0)
        .stderr_has("no rule of `alerts` in site.yaml matches this alert")
        .stderr_has("nothing is published");
    let file = "content/incidents/2026-11-20-incident.md";
    assert_eq!(done.stdout, format!("{}\n", site.path(file).display()));
    let text = site.read(file);
    text.has(["\ntitle: \"PagerDuty: Orders are slow\"\n", "\nseverity: minor\n", "\naffects: []"]);
    // Once it is no draft any more, the title of the alert is an error.
    site.edit(file, "draft: true\n", "");
    site.noon("build").exit(1).stderr_has("the title is still that of the alert");
    site.edit(file, "PagerDuty: Orders are slow", "Orders are slow");
    site.noon("build").exit(1).stderr_has("it has no text yet");
    site.noon("update 2026-11-20-incident investigating -m 'We are looking.'").exit(0);
    site.noon("build").exit(0);
}

#[test]
fn every_sender_makes_one_draft_and_notes_its_end() {
    for (from, begins, ends, at) in [
        ("alertmanager", "alertmanager-firing", "alertmanager-resolved", "2026-11-20T01:52:24Z"),
        ("grafana", "grafana-firing", "grafana-resolved", "2026-11-20T02:05:00Z"),
        ("pagerduty", "pagerduty-triggered", "pagerduty-resolved", "2026-11-20T01:52:40Z"),
        ("opsgenie", "opsgenie-create", "opsgenie-close", "2026-11-20T01:52:02Z"),
        ("datadog", "datadog-triggered", "datadog-recovered", "2026-11-20T01:52:00Z"),
        ("sentry", "sentry-issue-created", "sentry-issue-resolved", "2026-11-20T03:00:00Z"),
        ("sentry", "sentry-metric-critical", "sentry-metric-resolved", "2026-11-20T01:52:00Z"),
        ("cloudevents", "cloudevents-failed", "cloudevents-resolved", "2026-11-20T01:52:00Z"),
    ] {
        let site = site();
        assert_eq!(
            result(&at_noon(&site, from, ends))["result"],
            "nothing",
            "{from}: an end without a beginning"
        );
        assert_eq!(result(&at_noon(&site, from, begins))["result"], "created", "{from}");
        let first = content(&site);
        assert_eq!(result(&at_noon(&site, from, begins))["result"], "unchanged", "{from}");
        assert!(content(&site) == first, "{from}: the same body changed a byte");
        let told = result(&at_noon(&site, from, ends));
        assert_eq!(
            (&told["result"], &told["state"], &told["at"]),
            (&json!("noted"), &json!("ended"), &json!(at)),
            "{from}"
        );
        let second = content(&site);
        for name in [ends, begins, ends] {
            assert_eq!(result(&at_noon(&site, from, name))["result"], "unchanged", "{from}: {name}");
        }
        assert!(content(&site) == second, "{from}: a body that came before changed a byte");
        assert_eq!(second.len(), 2, "{from}: site.yaml and one entry");
        site.run(["check", "--as-of", NOON]).exit(0);
    }
}

#[test]
fn an_entry_is_found_after_it_was_renamed_edited_and_broken() {
    let site = site();
    result(&at_noon(&site, "alertmanager", "alertmanager-firing"));
    let moved = "content/incidents/2026/renamed.md";
    site.write(
        moved,
        &site.read(FILE).replace("\r", "").replace("title: Orders are slow", "title: 注文の遅延"),
    );
    site.remove(FILE).append(moved, "\nWords.\n\n## investigating 2026-11-20 12:00\n\nWe look.\n");
    assert_eq!(result(&at_noon(&site, "alertmanager", "alertmanager-firing"))["file"], moved);
    site.edit(moved, "affects: {api", "affects: {apj");
    assert_eq!(result(&at_noon(&site, "alertmanager", "alertmanager-resolved"))["result"], "noted");
    site.read(moved).has([
        "state: ended",
        "\nWords.\n\n## investigating 2026-11-20 12:00\n\nWe look.\n",
        "affects: {apj",
    ]);
    // Front matter that cannot be read takes no record, and makes no second draft either.
    site.edit(moved, "title: 注文の遅延", "title: [");
    let before = content(&site);
    let late = body("alertmanager-resolved").replace("01:52", "01:53");
    draft(&site, "alertmanager", &late, NOON).exit(1).stderr_has("cannot read the front matter");
    assert!(content(&site) == before);
}

#[test]
fn an_alert_changes_no_published_byte() {
    let site = site();
    result(&at_noon(&site, "alertmanager", "alertmanager-firing"));
    site.build_at(NOON).exit(0);
    assert!(!site.path("public/incidents/2026-11-20-orders-are-slow").exists(), "a draft is never built");
    site.edit(FILE, "draft: true\n", "")
        .append(FILE, "\nOrders take a minute.\n\n## investigating 2026-11-20 12:00\n\nWe look.\n");
    site.build_at(NOON).exit(0);
    let published = site.files();
    let told = result(&at_noon(&site, "alertmanager", "alertmanager-resolved"));
    assert_eq!((&told["result"], &told["draft"]), (&json!("noted"), &json!(false)));
    site.build_at(NOON).exit(0);
    assert!(site.files() == published, "the end of the alert changed what is public");
    let everything: Vec<u8> = published.into_values().flatten().collect();
    let everything = String::from_utf8_lossy(&everything);
    everything.has(["Orders take a minute."]);
    everything.lacks(["orders-3", "OrderLatencyHigh", "alertmanager-", "prometheus.hoshi"]);
}

#[test]
fn an_alert_that_fires_after_its_incident_was_over_is_another_incident() {
    let site = site();
    result(&at_noon(&site, "alertmanager", "alertmanager-firing"));
    site.edit(FILE, "draft: true\n", "");
    site.append(
        FILE,
        "\n## investigating 2026-11-20 12:00\n\nWe look.\n\n## resolved 2026-11-20 12:30\n\nOver.\n",
    );
    let again = |at: &str| body("alertmanager-firing").replace("2026-11-20T01:15:24.512Z", at);
    // It still fires, as it did before.
    assert_eq!(
        result(&draft(
            &site,
            "alertmanager",
            &again("2026-11-20T01:15:24.512Z"),
            "2026-11-20T13:00:00+09:00"
        ))["result"],
        "unchanged"
    );
    let told =
        result(&draft(&site, "alertmanager", &again("2026-11-20T04:40:00Z"), "2026-11-20T13:45:00+09:00"));
    assert_eq!(
        (&told["result"], &told["entry"]),
        (&json!("created"), &json!("2026-11-20-orders-are-slow-2"))
    );
    // From now on the alert belongs to the new entry.
    let told =
        result(&draft(&site, "alertmanager", &again("2026-11-20T04:40:00Z"), "2026-11-20T13:50:00+09:00"));
    assert_eq!(
        (&told["result"], &told["entry"]),
        (&json!("unchanged"), &json!("2026-11-20-orders-are-slow-2"))
    );
}

#[test]
fn an_alert_that_fires_again_in_a_draft_makes_no_second_one() {
    let site = site();
    for (name, is) in [("pagerduty-triggered", "created"), ("pagerduty-resolved", "noted")] {
        assert_eq!(result(&at_noon(&site, "pagerduty", name))["result"], is);
    }
    let reopened = body("pagerduty-triggered")
        .replace("incident.triggered", "incident.reopened")
        .replace("2026-11-20T01:15:03.000Z", "2026-11-20T02:30:00Z");
    assert_eq!(result(&draft(&site, "pagerduty", &reopened, NOON))["state"], "firing");
    assert_eq!(content(&site).len(), 2);
}

#[test]
fn the_alerts_of_a_group_that_join_later_are_noted() {
    let site = site();
    result(&at_noon(&site, "alertmanager", "alertmanager-firing"));
    let mut group: Value = serde_json::from_str(&body("alertmanager-firing")).expect("JSON");
    group["alerts"][1]["status"] = json!("firing");
    assert_eq!(result(&draft(&site, "alertmanager", &group.to_string(), NOON))["result"], "noted");
    assert_eq!(result(&draft(&site, "alertmanager", &group.to_string(), NOON))["result"], "unchanged");
}

#[test]
fn no_word_of_an_alert_stops_a_publication() {
    let site = site();
    site.write(
        "content/static/terms.txt",
        "Terms of Service apply. production; firing; TypeError: price is undefined\n",
    );
    let mut issue: Value = serde_json::from_str(&body("sentry-issue-created")).expect("JSON");
    issue["data"]["issue"]["title"] = json!("Terms of Service apply");
    issue["data"]["issue"]["culprit"] = json!("production");
    result(&draft(&site, "sentry", &issue.to_string(), NOON));
    site.build_at(NOON).exit(0);
    site.run(["check", "--as-of", NOON]).exit(0);
}

#[test]
fn a_hostile_alert_is_one_line_of_data_and_shows_nothing_in_logs() {
    let site = site();
    let hostile = "x\n---\n# y\n<script>alert(1)</script> \u{202e}**b** [a](javascript:1) ::error::z {{7*7}} \"' \\ & secret-token";
    let mut incident: Value = serde_json::from_str(&body("pagerduty-triggered")).expect("JSON");
    incident["event"]["data"]["title"] = json!(hostile);
    incident["event"]["data"]["incident_key"] = json!(hostile.repeat(50));
    let done = draft(&site, "pagerduty", &incident.to_string(), NOON);
    let file = result(&done)["file"].as_str().expect("a file").to_owned();
    assert_eq!(file, "content/incidents/2026-11-20-incident.md", "the address says nothing of the alert");
    format!("{}{}", done.stdout, done.stderr).lacks(["secret-token", "<script>"]);
    let text = site.read(&file);
    let (_, words) =
        text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).expect("front matter");
    words.lacks(["<script>", "alert(", "{{7*7}}"]);
    let check = site.run(["check", "--as-of", NOON]);
    check.exit(0).stderr.lacks(["secret-token"]);
}

#[test]
fn a_body_that_is_none_is_refused_and_never_quoted() {
    let site = site();
    for (from, text, says) in [
        ("alertmanager", "secret-token", "the body is not JSON: line 1, column 1"),
        ("alertmanager", "", "the body is not JSON"),
        (
            "pagerduty",
            "{\"secret-token\": 1}",
            "this is not a webhook of PagerDuty: `event.event_type` is missing",
        ),
        ("alertmanager", "[[[[", "the body is not JSON"),
    ] {
        let done = draft(&site, from, text, NOON);
        done.exit(1).stderr_has(says).stderr.lacks(["secret-token"]);
    }
    let deep = "[".repeat(100_000);
    draft(&site, "sentry", &deep, NOON).exit(1).stderr_has("not JSON");
    draft(&site, "sentry", &"x".repeat((1 << 20) + 1), NOON).exit(3).stderr_has("larger than 1 MiB");
    draft(&site, "alertmanager", &body("pagerduty-triggered"), NOON)
        .exit(1)
        .stderr_has("did you mean `--from pagerduty`?");
    site.noon("draft --from nagios alert.json").exit(2).stderr_has("alertmanager");
    assert_eq!(content(&site).len(), 1, "nothing was written");
}

#[test]
fn a_body_comes_from_standard_input_too() {
    let site = site();
    let mut child = site
        .command(["draft", "--from", "opsgenie", "--as-of", NOON])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("noroshi");
    child.stdin.take().expect("a pipe").write_all(body("opsgenie-create").as_bytes()).expect("a body");
    assert!(child.wait_with_output().expect("an end").status.success());
    assert!(site.path("content/incidents/2026-11-20-incident.md").exists());
}

#[test]
fn runs_at_the_same_time_make_one_draft() {
    let site = site();
    site.write("alert.json", &body("grafana-firing"));
    let file = site.path("alert.json").display().to_string();
    let run = || {
        let mut command =
            site.command(["draft", "--from", "grafana", &file, "--as-of", NOON, "--format", "json"]);
        command.stdout(Stdio::piped()).spawn().expect("noroshi")
    };
    let children: Vec<_> = (0..6).map(|_| run()).collect();
    let mut results: Vec<String> = children
        .into_iter()
        .map(|child| {
            let output = child.wait_with_output().expect("an end");
            assert!(output.status.success());
            let told: Value = serde_json::from_slice(&output.stdout).expect("JSON");
            told["result"].as_str().expect("a result").to_owned()
        })
        .collect();
    results.sort();
    assert_eq!(results, ["created", "unchanged", "unchanged", "unchanged", "unchanged", "unchanged"]);
    assert_eq!(content(&site).len(), 2);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 24, ..ProptestConfig::default() })]

    /// Whatever a sender says, there is a sound draft or nothing, and the same body twice changes no byte.
    #[test]
    fn any_body_makes_a_draft_or_nothing(
        title in any::<String>(),
        key in "\\PC{0,30}",
        value in any::<String>(),
        at in prop_oneof![any::<i64>().prop_map(|n| json!(n)), Just(json!("2026-11-20T01:15:00Z")), Just(json!("2099-12-31T23:59:59.9+23:59")), any::<String>().prop_map(|s| json!(s))],
        which in 0_usize..7,
    ) {
        let (from, body) = [
            ("alertmanager", json!({"groupKey": key, "status": "firing", "alerts": [{"labels": {key.clone(): value, "alertname": title}, "fingerprint": value, "startsAt": at}]})),
            ("grafana", json!({"groupKey": key, "status": "firing", "alerts": [{"annotations": {"summary": title}, "labels": {key.clone(): value}, "startsAt": at}], "x": [[[value]]]})),
            ("pagerduty", json!({"event": {"event_type": "incident.triggered", "occurred_at": at, "data": {"id": key, "title": title, "created_at": at, "urgency": value}}})),
            ("opsgenie", json!({"action": "Create", "alert": {"alertId": key, "message": title, "createdAt": at, "tags": [value], "details": {key.clone(): value}}})),
            ("datadog", json!({"transition": "Triggered", "aggregation_key": key, "title": title, "date": at, "tags": value})),
            ("sentry", json!({"action": "created", "data": {"issue": {"id": key, "title": title, "firstSeen": at, "culprit": value}}})),
            ("cloudevents", json!({"specversion": "1.0", "id": key, "source": value, "type": title, "time": at, "data": {key.clone(): value}})),
        ][which].clone();
        let site = site();
        let first = draft(&site, from, &body.to_string(), NOON);
        let files = content(&site);
        if !first.exited_with(0) {
            prop_assert!(first.exited_with(1) && files.len() == 1, "{}", first.stderr);
            return Ok(());
        }
        for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".md")) {
            prop_assert!(String::from_utf8_lossy(bytes).contains("\ndraft: true\n"), "{}", name);
        }
        site.run(["check", "--as-of", NOON]).exit(0);
        draft(&site, from, &body.to_string(), "2026-11-20T13:00:00+09:00").exit(0);
        prop_assert!(content(&site) == files, "the same body changed a byte");
    }
}
