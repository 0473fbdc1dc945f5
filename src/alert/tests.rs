//! Bodies after the documents of each sender: `tests/suite/fixtures/alerts/`.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

macro_rules! body {
    ($name:literal) => {
        include_str!(concat!("../../tests/suite/fixtures/alerts/", $name, ".json"))
    };
}

fn read(source: &str, body: &str) -> Alert {
    let body = serde_json::from_str(body).expect("JSON");
    let alert = Source::named(source).expect("a source").read(&body);
    alert.expect("a body").expect("an alert")
}

fn has(alert: &Alert, labels: &[(&str, &str)]) {
    for (name, value) in labels {
        let is = |(known, is): &(String, String)| known == name && is == value;
        assert!(alert.labels[0].iter().any(is), "{name}: {value} in {:?}", alert.labels[0]);
    }
}

/// The beginning and the end of one alert, as each sender tells it.
#[test]
fn every_sender_begins_and_ends_an_alert_under_the_same_fingerprint() {
    const BEGAN: &str = "2026-11-20T01:15";
    const ENDED: &str = "2026-11-20T01:52";
    for (source, begins, ends, title, link, labels) in [
        (
            "alertmanager",
            body!("alertmanager-firing"),
            body!("alertmanager-resolved"),
            "Placing an order takes more than ten seconds",
            Some("http://prometheus.hoshi.example:9090/graph?g0.expr=order_seconds+%3E+10"),
            &[("service", "orders"), ("alertname", "OrderLatencyHigh"), ("from", "alertmanager")][..],
        ),
        (
            "pagerduty",
            body!("pagerduty-triggered"),
            body!("pagerduty-resolved"),
            "Orders are slow",
            Some("https://hoshi.pagerduty.com/incidents/Q2HOSHI42X"),
            &[("service", "Orders"), ("urgency", "high"), ("priority", "P1"), ("team", "Exchange")],
        ),
        (
            "opsgenie",
            body!("opsgenie-create"),
            body!("opsgenie-close"),
            "Login fails for some users",
            None,
            &[("service", "login"), ("priority", "P2"), ("region", "tokyo"), ("tag", "OverwriteQuietHours")],
        ),
        (
            "datadog",
            body!("datadog-triggered"),
            body!("datadog-recovered"),
            "[Triggered on {service:api}] API errors",
            Some("https://app.datadoghq.com/monitors/4711"),
            &[("service", "api"), ("env", "prod"), ("priority", "P2")],
        ),
        (
            "sentry",
            body!("sentry-metric-critical"),
            body!("sentry-metric-resolved"),
            "Too many errors",
            Some("https://hoshi.sentry.io/alerts/rules/details/1/"),
            &[
                ("rule", "Too many errors"),
                ("project", "web"),
                ("environment", "prod"),
                ("level", "critical"),
            ],
        ),
        (
            "cloudevents",
            body!("cloudevents-failed"),
            body!("cloudevents-resolved"),
            "Orders fail",
            Some("https://checks.hoshi.example/orders"),
            &[("service", "orders"), ("subject", "orders"), ("region", "tokyo")],
        ),
    ] {
        let (begun, ended) = (read(source, begins), read(source, ends));
        assert_eq!((begun.state, ended.state), (State::Firing, State::Ended), "{source}");
        assert_eq!((begun.title.as_str(), begun.link.as_deref()), (title, link), "{source}");
        has(&begun, labels);
        let at = |at: Option<crate::model::Instant>| at.map(|at| at.iso()[..16].to_owned());
        assert_eq!(at(begun.started).as_deref(), Some(BEGAN), "{source}");
        assert_eq!(at(ended.ended).as_deref(), Some(ENDED), "{source}");
        assert_eq!(begun.ended, None, "{source}");
        assert_eq!(begun.fingerprints, ended.fingerprints, "{source}");
    }
}

#[test]
fn grafana_leads_to_its_panel_and_reads_times_with_an_offset() {
    let (begun, ended) =
        (read("grafana", body!("grafana-firing")), read("grafana", body!("grafana-resolved")));
    assert_eq!(begun.link.as_deref(), Some("https://grafana.hoshi.example/d/exchange?viewPanel=4"));
    assert_eq!(begun.started.map(|at| at.iso()).as_deref(), Some("2026-11-20T01:15:00Z"));
    assert_eq!(ended.ended.map(|at| at.iso()).as_deref(), Some("2026-11-20T02:05:00Z"));
    assert_eq!(begun.fingerprints, ended.fingerprints);
}

#[test]
fn an_alert_of_a_group_that_has_ended_does_not_count_while_others_fire() {
    let alert = read("alertmanager", body!("alertmanager-firing"));
    assert_eq!(
        (alert.fingerprints.len(), alert.labels.len()),
        (2, 1),
        "the group, and one of its two alerts"
    );
    has(&alert, &[("service", "orders")]);
}

#[test]
fn an_issue_of_sentry_is_one_whether_it_or_a_rule_speaks() {
    let (created, resolved) =
        (read("sentry", body!("sentry-issue-created")), read("sentry", body!("sentry-issue-resolved")));
    let rule = read("sentry", body!("sentry-event-triggered"));
    assert_eq!(created.fingerprints, resolved.fingerprints);
    assert_eq!(created.fingerprints, rule.fingerprints);
    assert_eq!((resolved.state, resolved.ended), (State::Ended, None), "Sentry does not say when");
    has(&rule, &[("service", "trade"), ("level", "error"), ("project", "7")]);
    has(&created, &[("project", "web"), ("platform", "javascript")]);
}

#[test]
fn an_incident_that_is_reopened_begins_then_and_not_when_it_was_created() {
    let mut body: Value = serde_json::from_str(body!("pagerduty-triggered")).expect("JSON");
    body["event"]["event_type"] = json!("incident.reopened");
    body["event"]["occurred_at"] = json!("2026-11-21T00:00:00Z");
    let alert = read("pagerduty", &body.to_string());
    assert_eq!(alert.started.map(|at| at.iso()).as_deref(), Some("2026-11-21T00:00:00Z"));
}

#[test]
fn what_neither_begins_nor_ends_an_alert_is_no_error() {
    for (source, body) in [
        ("pagerduty", json!({"event": {"event_type": "pagey.ping", "data": {}}})),
        (
            "pagerduty",
            json!({"event": {"event_type": "incident.annotated", "data": {"type": "incident_note"}}}),
        ),
        ("opsgenie", json!({"action": "Acknowledge", "alert": {"alertId": "1"}})),
        ("sentry", json!({"action": "created", "data": {"comment": "x"}})),
        ("sentry", json!({"action": "assigned", "data": {"issue": {"id": "1"}}})),
        ("sentry", json!({"action": "triggered", "data": {"issue": {"id": "1"}, "activity": {"type": "x"}}})),
        ("datadog", json!({"transition": "Null", "aggregation_key": "1"})),
        ("alertmanager", json!({"groupKey": "a", "status": "firing", "alerts": []})),
    ] {
        let read = Source::named(source).expect("a source").read(&body);
        assert_eq!(read, Ok(None), "{source}: {body}");
    }
}

#[test]
fn a_body_of_another_form_says_what_it_lacks() {
    for (source, body, lacks) in [
        ("alertmanager", json!({}), "`alerts` is missing"),
        ("alertmanager", json!({"alerts": [{}]}), "`groupKey` is missing"),
        ("alertmanager", json!({"alerts": [{}], "groupKey": "a", "status": "secret"}), "`status` is neither"),
        ("grafana", json!([]), "`alerts` is missing"),
        ("pagerduty", json!({"messages": []}), "`event.event_type` is missing"),
        (
            "pagerduty",
            json!({"event": {"event_type": "incident.triggered", "data": {"id": {}}}}),
            "`event.data.id` is missing",
        ),
        ("opsgenie", json!({"action": "Create", "alert": "x"}), "`alert.alertId` is missing"),
        ("datadog", json!({"id": "1", "title": "x"}), "`transition` is missing"),
        (
            "datadog",
            json!({"transition": "Triggered", "aggregation_key": "$AGGREG_KEY"}),
            "`aggregation_key` is missing",
        ),
        ("sentry", json!({"action": "created"}), "`data` is missing"),
        ("sentry", json!({"action": "created", "data": {"issue": {}}}), "`data.issue.id` is missing"),
        ("cloudevents", json!([{"specversion": "1.0"}]), "batch"),
        (
            "cloudevents",
            json!({"specversion": "0.3", "id": "1", "source": "a", "type": "b"}),
            "`specversion` is not",
        ),
        ("cloudevents", json!({"specversion": "1.0", "id": "1", "source": "a"}), "`type` is missing"),
    ] {
        let Err(Misread(reason)) = Source::named(source).expect("a source").read(&body) else {
            panic!("{source}: {body}")
        };
        assert!(reason.contains(lacks) && !reason.contains("secret"), "{source}: {reason}");
    }
}

#[test]
fn an_event_without_a_subject_is_known_by_its_id() {
    let event = |id: &str, subject: Option<&str>| {
        json!({"specversion": "1.0", "id": id, "source": "/a", "type": "b", "subject": subject}).to_string()
    };
    let keys = |body: &str| Source::named("cloudevents").expect("a source").keys(&read("cloudevents", body));
    assert_eq!(keys(&event("1", Some("x"))), keys(&event("2", Some("x"))));
    assert_ne!(keys(&event("1", None)), keys(&event("2", None)));
}

#[test]
fn senders_share_no_fingerprint() {
    let alert = read("pagerduty", body!("pagerduty-triggered"));
    let keys: Vec<String> = SOURCES.iter().flat_map(|source| source.keys(&alert)).collect();
    let mut several = keys.clone();
    several.sort();
    several.dedup();
    assert_eq!(several.len(), SOURCES.len());
    assert!(keys[2].starts_with("pagerduty-") && keys[2].len() == "pagerduty-".len() + 32, "{}", keys[2]);
}

#[test]
fn the_title_of_an_alert_is_one_plain_line_that_nobody_takes_for_written() {
    let source = Source::named("sentry").expect("a source");
    let of = |title: &str| {
        source.title(&Alert { title: title.to_owned(), ..read("sentry", body!("sentry-issue-created")) })
    };
    assert_eq!(of("a\nb\u{202e}\u{0}c"), "Sentry: a b c");
    assert_eq!(of(" \n"), "Sentry: alert");
    assert!(of(&"x".repeat(10_000)).chars().count() <= 100 + "Sentry: ".len());
    assert!(is_unwritten(&of("x")) && !is_unwritten("Sentry is slow") && !is_unwritten("Orders: slow"));
}

#[test]
fn a_digest_does_not_depend_on_the_layout() {
    let digest = |text: &str| digest(&serde_json::from_str(text).expect("JSON"));
    assert_eq!(digest("{\"a\": 1, \"b\": [2]}"), digest("{\"b\":[ 2 ],\"a\":1}"));
    assert_ne!(digest("{\"a\": 1}"), digest("{\"a\": 2}"));
}

/// Any JSON, often with the keys that senders use.
fn any_json() -> impl Strategy<Value = Value> {
    const KEYS: &str = "alerts groupKey status labels annotations fingerprint startsAt event event_type data id title \
        action alert alertId alias tags details transition aggregation_key issue event metric_alert specversion source \
        type subject x";
    const WORDS: &str = "firing resolved incident.triggered Create Close Triggered Recovered created 1.0 \
        2026-11-20T01:15:00Z https://a.example/ a:b $X";
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        crate::tests::word(WORDS).prop_map(Value::from),
    ];
    let key = prop_oneof![3 => crate::tests::word(KEYS), 1 => any::<String>()];
    leaf.prop_recursive(5, 64, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((key.clone(), inner), 0..6)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_body_is_read_or_refused_and_never_too_long(body in any_json(), which in 0..SOURCES.len()) {
        let source = &SOURCES[which];
        if let Ok(Some(alert)) = source.read(&body) {
            let keys = source.keys(&alert);
            prop_assert!(!keys.is_empty() && keys.len() <= ALERT_FINGERPRINTS);
            let title = source.title(&alert);
            prop_assert!(title.chars().count() <= ALERT_TITLE_CHARACTERS + 20 && !title.contains(char::is_control), "{}", title);
            let _ = map(&alert, &[]);
        }
        let lines = lines(&body);
        prop_assert!(lines.len() <= crate::limits::ALERT_LINES);
        prop_assert!(lines.iter().all(|line| line.len() <= crate::limits::ALERT_LINE_BYTES && !line.contains(char::is_control)));
    }
}
