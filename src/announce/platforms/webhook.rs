//! Any program, by Standard Webhooks 1.0.0, in noroshi's own shape or in that of Atlassian Statuspage.
//!
//! `webhook-id` is the key of the delivery, and the receiver knows a repetition by it
//! (<https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>, read in November 2026). The
//! standard leaves open for how long; its schedule of repetitions ends after three days, so a receiver that keeps to it knows
//! an id for at least as long. A receiver for Statuspage knows no ids.
//!
//! Secrets that begin with `whsec_` sign, several at once while one is replaced; another one is a bearer token. Without a
//! secret nothing is signed: all that is sent is public, receivers for Statuspage know no signatures, and a receiver that
//! asks for them refuses the request, so a forgotten secret is seen.
//!
//! The shape of Statuspage is that of <https://support.atlassian.com/statuspage/docs/enable-webhook-notifications/>, read in
//! November 2026. Every update is an `incident` with itself as the one update. A `component_update` is not sent: it has one
//! component and its status before, while `incident.components` has all of them, with their statuses now. Times and
//! windows are those that the site had after the update.

use std::time::Duration;

use serde::Serialize;
use serde_json::{Value, json};

use super::Now;
use crate::announce::channel::{Channel, Delivery, Guard, SendError, Sent, TEST};
use crate::announce::exchange::{Exchange, post};
use crate::announce::message::{self, Message};
use crate::announce::post::{facts, headline};
use crate::announce::secrets::ChannelSecrets;
use crate::kind::EntryKind;
use crate::limits::ANNOUNCE_WEBHOOK_BYTES;
use crate::message::message;
use crate::model::Instant;
use crate::model::announce::Shape;
use crate::pack::split::shorten;
use crate::schema::webhook::{Component, Fact, Home, Payload, Update};
use crate::site::identity;
use crate::standard_webhooks::{SecretFault, Signer};
use crate::vocabulary::Severity;

/// The standard repeats for 75 hours.
const KNOWN: Duration = Duration::from_secs(3 * 24 * 3_600);
/// Bytes of text that are sent of an update, whatever else it has.
const LEAST: usize = 1_000;

/// What noroshi does not have.
const UNKNOWN: [&str; 4] =
    ["impact_override", "postmortem_body", "postmortem_body_last_updated_at", "scheduled_reminded_at"];
/// What noroshi never does.
const UNTRUE: [&str; 7] = [
    "backfilled",
    "postmortem_ignored",
    "postmortem_notified_subscribers",
    "postmortem_notified_twitter",
    "scheduled_auto_completed",
    "scheduled_auto_in_progress",
    "scheduled_remind_prior",
];

pub(super) struct Webhook {
    url: String,
    shape: Shape,
    signer: Signer,
    exchange: Exchange,
    /// The variable of the secret.
    variable: String,
    now: Now,
}

impl Webhook {
    pub(super) fn new(
        url: &str,
        shape: Shape,
        secrets: ChannelSecrets,
        now: Now,
    ) -> Result<Webhook, SendError> {
        let variable = secrets.name("SECRET");
        let all = secrets.several("SECRET")?;
        let signer = Signer::new(&variable, all.iter().map(String::as_str))
            .map_err(|SecretFault { message: reason, help }| SendError::Refused { reason, help })?;
        let name = message!("announce-the-webhook", "the webhook");
        let exchange = Exchange::new(url, name, secrets)?;
        Ok(Webhook { url: url.to_owned(), shape, signer, exchange, variable, now })
    }
}

impl Channel for Webhook {
    fn guard(&self) -> Guard {
        match self.shape {
            Shape::Noroshi => Guard::For(KNOWN),
            Shape::Statuspage => Guard::None,
        }
    }

    fn check(&self) -> Result<(), SendError> {
        Ok(())
    }

    fn send(&self, message: &Message, delivery: &Delivery<'_>) -> Result<Sent, SendError> {
        let body = match self.shape {
            Shape::Noroshi => noroshi(message, delivery.is_test),
            Shape::Statuspage => statuspage(message, delivery.is_test).to_string(),
        };
        // The time is that of the try.
        let proof = self.signer.headers(delivery.key, (self.now)(), body.as_bytes());
        let headers: Vec<(&str, &str)> = proof.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = self.exchange.send(post(&self.url, &headers, "application/json", body.into_bytes())?)?;
        if answer.is_success() {
            return Ok(Sent::default());
        }
        let help = match answer.status {
            401 | 403 => message!(
                "announce-webhook-secret",
                "set `{variable}` to the secret that the receiver knows",
                variable = self.variable
            ),
            410 => message!(
                "announce-webhook-gone",
                "the receiver wants no more messages: set `mode: off` for this channel in site.yaml"
            ),
            _ => message!("announce-webhook-help", "check `url` of the webhook in site.yaml"),
        };
        Err(self.exchange.failure(&answer, (self.now)(), help))
    }
}

/// The body in noroshi's own shape. Without the HTML if it would be too large, and with a shorter text if it still is.
fn noroshi(message: &Message, is_test: bool) -> String {
    let mut payload = payload(message, is_test);
    if written(&payload).len() > ANNOUNCE_WEBHOOK_BYTES {
        payload.data.html = None;
    }
    let length = written(&payload).len();
    if length > ANNOUNCE_WEBHOOK_BYTES {
        let weigh = |text: &str| written(&text).len();
        let room = ANNOUNCE_WEBHOOK_BYTES.saturating_sub(length - weigh(&message.text));
        payload.data.text = shorten(&message.text, room.max(LEAST), &weigh);
    }
    written(&payload)
}

/// These values have nothing that JSON cannot hold.
fn written(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn payload(message: &Message, is_test: bool) -> Payload<'_> {
    let facts = message.facts.iter().map(|(label, value)| Fact { label, value });
    let components = message.components.iter();
    let components =
        components.map(|one| Component { id: &one.id, name: &one.name, status: now_is(message, one) });
    Payload {
        r#type: format!("{}.{}", message.kind.word(), message.status),
        timestamp: message.at.iso(),
        data: Update {
            version: 1,
            test: is_test,
            id: &message.item,
            entry: &message.thread,
            kind: message.kind.word(),
            status: message.status,
            severity: message.severity.map(Severity::word),
            severity_name: message.severity_name.as_deref(),
            locale: &message.locale,
            title: &message.title,
            headline: headline(message, is_test),
            text: message.text.clone(),
            html: Some(&message.html),
            facts: facts.collect(),
            components: components.collect(),
            url: &message.address,
            page: &message.page,
            at: &message.at_words,
            site: Home { name: &message.site_name, url: &message.home },
        },
    }
}

fn statuspage(message: &Message, is_test: bool) -> Value {
    let time = |at: Instant| at.iso().replace('Z', ".000Z");
    let at = time(message.at);
    let short = |id: &str| identity::shortened(id).unwrap_or_else(|| identity::short(&[id]));
    let (page, incident) = (identity::short(&["page", &message.home]), message.api_id.as_str());
    let status = status(message);
    let only_if = |which: &[&str]| which.contains(&status).then_some(&at);
    let components: Vec<Value> =
        message.components.iter().map(|one| component(message, one, &page, &at)).collect();
    let name = format!("{}{}", if is_test { TEST } else { "" }, message.title);
    let body = format!("{}\n\n{}", message.text.trim(), facts(message));
    let update = json!({
        "id": short(&message.item),
        "incident_id": incident,
        "status": status,
        "body": body.trim(),
        "created_at": at,
        "updated_at": at,
        "display_at": at,
        "affected_components": null,
        "custom_tweet": null,
        "deliver_notifications": true,
        "twitter_updated_at": null,
        "wants_twitter_update": false,
    });
    let mut incident = json!({
        "id": incident,
        "page_id": page,
        "organization_id": page,
        "name": name,
        "status": status,
        "impact": impact(message),
        "shortlink": message.address,
        "created_at": time(message.published),
        "updated_at": at,
        "scheduled_for": message.window.map(|(start, _)| time(start)),
        "scheduled_until": message.window.and_then(|(_, end)| end).map(time),
        "monitoring_at": only_if(&["monitoring"]),
        "resolved_at": only_if(&["resolved", "completed"]),
        "postmortem_published_at": only_if(&["postmortem"]),
        "incident_updates": [update],
        "components": components,
    });
    for key in UNKNOWN {
        incident[key] = Value::Null;
    }
    for key in UNTRUE {
        incident[key] = false.into();
    }
    json!({
        "meta": {
            "unsubscribe": message.home,
            "documentation": "https://support.atlassian.com/statuspage/docs/enable-webhook-notifications/",
            "generated_at": at,
        },
        "page": {
            "id": page,
            "status_indicator": indicator(message),
            "status_description": headline(message, is_test),
        },
        "incident": incident,
    })
}

/// A component with the id that it has in `/api/v2/`.
fn component(message: &Message, one: &message::Component, page: &str, at: &str) -> Value {
    json!({
        "id": identity::short(&["component", &one.id]),
        "page_id": page,
        "group_id": null,
        "name": one.name,
        "description": null,
        "status": now_is(message, one),
        "position": one.at + 1,
        "showcase": true,
        "created_at": at,
        "updated_at": at,
    })
}

/// The word that Statuspage has for it. It knows incidents and maintenance alone; what else is published, and what is
/// withdrawn, is over. An update that changes no
/// state has the one that is in force.
fn status(message: &Message) -> &'static str {
    let word = if matches!(message.status, "update" | "correction") { message.state } else { message.status };
    match message.kind {
        EntryKind::Incident => match word {
            "investigating" | "identified" | "monitoring" | "resolved" | "postmortem" => word,
            "withdrawn" => "resolved",
            _ => "identified",
        },
        EntryKind::Maintenance => match word {
            "scheduled" | "in_progress" | "verifying" | "completed" => word,
            "postponed" | "update" | "correction" => "scheduled",
            _ => "completed",
        },
        _ => "resolved",
    }
}

fn impact(message: &Message) -> &'static str {
    match message.severity {
        Some(Severity::Minor) => "minor",
        Some(Severity::Moderate) => "major",
        Some(Severity::Critical) => "critical",
        None if message.kind == EntryKind::Maintenance => "maintenance",
        None => "none",
    }
}

/// The status of a component after this update. Before and after the work, and after an incident, it works. Where the entry
/// names no status, it is the one that the entry implies.
fn now_is(message: &Message, one: &message::Component) -> &'static str {
    let implied = match (message.kind, message.severity) {
        (EntryKind::Maintenance, _) => "under_maintenance",
        (_, Some(Severity::Critical)) => "major_outage",
        (_, Some(Severity::Moderate)) => "partial_outage",
        (_, Some(Severity::Minor)) => "degraded_performance",
        (_, None) => "operational",
    };
    let can_end = matches!(message.kind, EntryKind::Incident | EntryKind::Maintenance);
    match status(message) {
        "resolved" | "postmortem" | "completed" | "scheduled" if can_end => "operational",
        _ => one.status.unwrap_or(implied),
    }
}

/// The state of the page, as far as this update knows it: that of its worst component.
fn indicator(message: &Message) -> &'static str {
    let rank = |one| match now_is(message, one) {
        "degraded_performance" => 1,
        "under_maintenance" => 2,
        "partial_outage" => 3,
        "major_outage" => 4,
        _ => 0,
    };
    let worst = message.components.iter().map(rank).max().unwrap_or(0);
    ["none", "minor", "maintenance", "major", "critical"][worst]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::announce::platforms::served::{
        NOW, Reply, Server, assert_answers, assert_hides, delivery, hostile, message, now, secrets,
    };
    use crate::schema;

    const OLD: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const NEW: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

    fn channel(server: &Server, shape: Shape, secret: &str) -> Webhook {
        Webhook::new(&server.at("/hooks"), shape, secrets("hook", &[("SECRET", secret)]), now())
            .expect("a channel")
    }

    /// Holds a value to a JSON Schema, as far as the schema of webhooks goes, and to having no key that it does not name.
    fn holds(value: &Value, schema: &Value, root: &Value, place: &str) {
        if let Some(name) = schema["$ref"].as_str() {
            let name = name.strip_prefix("#/$defs/").expect("a definition");
            return holds(value, &root["$defs"][name], root, place);
        }
        let word = match value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "integer",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        };
        let types = &schema["type"];
        let is_known = types == word || types.as_array().is_some_and(|all| all.iter().any(|one| one == word));
        assert!(is_known, "{place} is {word}: {schema}");
        assert!(schema.get("const").is_none_or(|only| only == value), "{place}: {value}");
        assert!(schema["enum"].as_array().is_none_or(|all| all.contains(value)), "{place}: {value}");
        if let (Some(pattern), Some(text)) = (schema["pattern"].as_str(), value.as_str()) {
            assert_eq!(pattern, r"^[a-z_]+\.[a-z_]+$", "{place}");
            let parts: Vec<&str> = text.split('.').collect();
            assert!(
                parts.len() == 2 && text.bytes().all(|b| b.is_ascii_lowercase() || b"_.".contains(&b)),
                "{text}"
            );
        }
        for (key, inner) in value.as_object().into_iter().flatten() {
            let known =
                schema["properties"].get(key).unwrap_or_else(|| panic!("{place}.{key} has no schema"));
            holds(inner, known, root, &format!("{place}.{key}"));
        }
        for key in schema["required"].as_array().into_iter().flatten().filter(|_| value.is_object()) {
            assert!(value.get(key.as_str().expect("a key")).is_some(), "{place} lacks {key}");
        }
        for (at, inner) in value.as_array().into_iter().flatten().enumerate() {
            holds(inner, &schema["items"], root, &format!("{place}[{at}]"));
        }
    }

    fn is_published(body: &str) {
        let schema = schema::of_webhook();
        holds(&serde_json::from_str(body).expect("JSON"), &schema, &schema, "");
    }

    #[test]
    fn a_message_has_the_published_form_and_is_signed_by_each_secret() {
        let server = Server::answering([Reply::new(204, "")]);
        let channel = channel(&server, Shape::Noroshi, &format!("{NEW}\n{OLD}"));
        assert_eq!(channel.send(&message(), &delivery()), Ok(Sent::default()));
        let asked = server.asked().remove(0);
        assert_eq!(asked.line(), "POST /hooks");
        assert_eq!(asked.header("content-type"), "application/json");
        assert_eq!(asked.header("webhook-id"), delivery().key);
        assert_eq!(asked.header("webhook-timestamp"), NOW.to_string());
        let signer = |secret| Signer::new("", [secret]).expect("a secret");
        let signature =
            |secret| signer(secret).headers(delivery().key, NOW, asked.text().as_bytes())[2].1.clone();
        assert_eq!(asked.header("webhook-signature"), format!("{} {}", signature(NEW), signature(OLD)));
        is_published(asked.text());
        assert_eq!(
            asked.json(),
            json!({
                "type": "incident.resolved",
                "timestamp": "2026-11-20T02:47:00Z",
                "data": {
                    "version": 1,
                    "test": false,
                    "id": "0b1b7a5a-3c11-5e0c-9c1a-5d3f0b5c2a01",
                    "entry": "7c9e6679-7425-50de-944b-e07fc1f90ae7",
                    "kind": "incident",
                    "status": "resolved",
                    "severity": "moderate",
                    "severity_name": "中",
                    "locale": "ja",
                    "title": "注文処理の遅延",
                    "headline": "[復旧] 注文処理の遅延",
                    "text": "注文処理は復旧しました。\n",
                    "html": "<p>注文処理は復旧しました。</p>\n",
                    "facts": [{ "label": "次の更新", "value": "16:30 (JST)" }],
                    "components": [{ "id": "api", "name": "API", "status": "operational" }],
                    "url": "https://status.example.com/incidents/orders/#resolved",
                    "page": "https://status.example.com/incidents/orders/",
                    "at": "2026年11月20日 11:47 (JST)",
                    "site": { "name": "例示の稼働状況", "url": "https://status.example.com/" },
                },
            })
        );
    }

    #[test]
    fn the_schema_in_the_documents_is_that_of_this_version() {
        let published = include_str!("../../../docs/announce-webhook.schema.json");
        let made = serde_json::to_string_pretty(&schema::of_webhook()).expect("JSON") + "\n";
        assert!(
            published == made,
            "run: cargo run -- schema webhook > docs/announce-webhook.schema.json\n{made}"
        );
    }

    #[test]
    fn every_kind_and_a_test_have_the_published_form() {
        for kind in EntryKind::ALL {
            let mut message = message();
            (message.kind, message.status, message.severity, message.severity_name) =
                (kind, "published", None, None);
            message.components.clear();
            is_published(&noroshi(&message, false));
            let test: Value = serde_json::from_str(&noroshi(&message, true)).expect("JSON");
            assert_eq!(
                (&test["data"]["test"], &test["data"]["headline"]),
                (&true.into(), &"[TEST / テスト] [復旧] 注文処理の遅延".into())
            );
        }
    }

    #[test]
    fn a_long_update_first_loses_its_html_and_then_the_end_of_its_text() {
        let mut message = message();
        message.html = "x".repeat(30_000);
        let body: Value = serde_json::from_str(&noroshi(&message, false)).expect("JSON");
        assert_eq!(
            (&body["data"]["html"], &body["data"]["text"]),
            (&Value::Null, &message.text.as_str().into())
        );
        message.text = "遅延しています。\n".repeat(3_000);
        let body = noroshi(&message, false);
        assert!(
            (ANNOUNCE_WEBHOOK_BYTES - 100..=ANNOUNCE_WEBHOOK_BYTES).contains(&body.len()),
            "{}",
            body.len()
        );
        is_published(&body);
        assert!(body.contains("…\",\"html\":null"), "{body}");
    }

    #[test]
    fn without_a_secret_nothing_is_signed_and_a_plain_one_is_a_token() {
        let server = Server::answering([Reply::new(200, ""), Reply::new(200, "")]);
        channel(&server, Shape::Noroshi, "").send(&message(), &delivery()).expect("sent");
        channel(&server, Shape::Statuspage, "plain-token").send(&message(), &delivery()).expect("sent");
        let asked = server.asked();
        assert_eq!((asked[0].header("webhook-signature"), asked[0].header("authorization")), ("", ""));
        assert_eq!(
            (asked[1].header("webhook-signature"), asked[1].header("authorization")),
            ("", "Bearer plain-token")
        );
    }

    #[test]
    fn every_answer_has_its_meaning_and_none_shows_a_secret() {
        for shape in [Shape::Noroshi, Shape::Statuspage] {
            assert_answers(&|server| Box::new(channel(server, shape, OLD)), &message(), &[]);
            let both = format!("{NEW} {OLD}");
            for secret in [NEW, OLD, &OLD["whsec_".len()..]] {
                assert_hides(&|server| Box::new(channel(server, shape, &both)), &message(), secret);
            }
        }
        for (status, wanted) in [(401, "`NOROSHI_HOOK_SECRET`"), (410, "`mode: off`"), (404, "`url`")] {
            let server = Server::answering([Reply::new(status, "")]);
            let error = channel(&server, Shape::Noroshi, OLD).send(&message(), &delivery());
            let Err(SendError::Refused { help, .. }) = error else { panic!("{status}: {error:?}") };
            assert!(help.contains(wanted), "{help}");
        }
        let unfit = Webhook::new(
            "https://a.example/",
            Shape::Noroshi,
            secrets("hook", &[("SECRET", "whsec_!!!!")]),
            now(),
        );
        let Err(SendError::Refused { reason, .. }) = unfit else { panic!("an unfit secret") };
        assert!(reason.contains("`NOROSHI_HOOK_SECRET`") && !reason.contains("whsec_!!!!"), "{reason}");
    }

    /// The keys of the examples in Atlassian's documentation.
    #[test]
    fn the_shape_of_statuspage_has_its_keys_and_its_words() {
        let body = statuspage(&message(), true);
        let keys = |value: &Value| {
            let mut keys: Vec<String> = value.as_object().expect("an object").keys().cloned().collect();
            keys.sort();
            keys.join(" ")
        };
        assert_eq!(keys(&body), "incident meta page");
        assert_eq!(keys(&body["meta"]), "documentation generated_at unsubscribe");
        assert_eq!(keys(&body["page"]), "id status_description status_indicator");
        let incident = &body["incident"];
        assert_eq!(
            keys(incident),
            "backfilled components created_at id impact impact_override incident_updates monitoring_at name \
             organization_id page_id postmortem_body postmortem_body_last_updated_at postmortem_ignored \
             postmortem_notified_subscribers postmortem_notified_twitter postmortem_published_at resolved_at \
             scheduled_auto_completed scheduled_auto_in_progress scheduled_for scheduled_remind_prior \
             scheduled_reminded_at scheduled_until shortlink status updated_at"
        );
        assert_eq!(
            keys(&incident["incident_updates"][0]),
            "affected_components body created_at custom_tweet deliver_notifications display_at id incident_id status \
             twitter_updated_at updated_at wants_twitter_update"
        );
        assert_eq!((&incident["status"], &incident["impact"]), (&"resolved".into(), &"major".into()));
        assert_eq!(incident["name"], "[TEST / テスト] 注文処理の遅延");
        assert_eq!(incident["resolved_at"], "2026-11-20T02:47:00.000Z");
        assert_eq!(
            incident["incident_updates"][0]["body"],
            "注文処理は復旧しました。\n\n次の更新: 16:30 (JST)"
        );
        assert_eq!(incident["shortlink"], message().address);
        assert_eq!(body["page"]["status_indicator"], "none");
        assert_eq!(incident["created_at"], "2026-11-20T01:30:00.000Z");
        assert!(incident["scheduled_for"].is_null() && incident["scheduled_until"].is_null());
    }

    #[test]
    fn the_shape_of_statuspage_has_the_window_of_a_maintenance() {
        let mut message = message();
        (message.kind, message.status, message.severity) = (EntryKind::Maintenance, "scheduled", None);
        let start = Instant(1_795_200_000);
        message.window = Some((start, None));
        let incident = &statuspage(&message, false)["incident"];
        assert_eq!(incident["scheduled_for"], "2026-11-20T18:40:00.000Z");
        assert!(incident["scheduled_until"].is_null());
        message.window = Some((start, Some(Instant(start.0 + 3_600))));
        let incident = &statuspage(&message, false)["incident"];
        assert_eq!(incident["scheduled_until"], "2026-11-20T19:40:00.000Z");
    }

    #[test]
    fn every_update_has_words_that_statuspage_knows() {
        let words = [
            "investigating",
            "identified",
            "monitoring",
            "resolved",
            "postmortem",
            "scheduled",
            "in_progress",
            "verifying",
            "completed",
            "postponed",
            "cancelled",
            "update",
            "correction",
            "evaluation",
            "published",
            "withdrawn",
        ];
        for (kind, word, given, wanted) in [
            (EntryKind::Incident, "update", Some("major_outage"), ("identified", "major_outage", "critical")),
            (EntryKind::Incident, "investigating", None, ("investigating", "partial_outage", "major")),
            (EntryKind::Incident, "postmortem", Some("major_outage"), ("postmortem", "operational", "none")),
            (
                EntryKind::Maintenance,
                "in_progress",
                None,
                ("in_progress", "under_maintenance", "maintenance"),
            ),
            (EntryKind::Maintenance, "postponed", None, ("scheduled", "operational", "none")),
            (EntryKind::Maintenance, "cancelled", None, ("completed", "operational", "none")),
            (
                EntryKind::Notice,
                "published",
                Some("degraded_performance"),
                ("resolved", "degraded_performance", "minor"),
            ),
        ] {
            let mut message = message();
            (message.kind, message.status, message.components[0].status) = (kind, word, given);
            message.state = word;
            let now = now_is(&message, &message.components[0]);
            assert_eq!((status(&message), now, indicator(&message)), wanted, "{kind:?} {word}");
        }
        for kind in EntryKind::ALL {
            for word in words {
                let mut message = message();
                (message.kind, message.status, message.state) = (kind, word, word);
                let known = if kind == EntryKind::Maintenance { &words[5..9] } else { &words[..5] };
                assert!(known.contains(&status(&message)), "{kind:?} {word}");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn any_words_give_a_body_of_the_published_form(title in hostile(), text in hostile(), html in hostile(), is_test: bool) {
            let mut message = message();
            (message.title, message.text, message.html) = (title.clone(), text, html);
            let body = noroshi(&message, is_test);
            prop_assert!(body.len() <= ANNOUNCE_WEBHOOK_BYTES + title.len() * 6, "{}", body.len());
            is_published(&body);
            prop_assert!(body.contains(&message.address));
            let other = statuspage(&message, is_test);
            prop_assert_eq!(&other["incident"]["shortlink"], &message.address);
        }
    }
}
