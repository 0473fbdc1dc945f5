//! Slack, Discord, Teams, LINE and X against servers on this machine, which hold each request to the published limits.

use std::net::TcpListener;
use std::time::Duration;

use proptest::prelude::*;
use serde_json::Value;

use super::served::{self, Asked, NOW, Reply, Server, hostile, now};
use super::{discord, line, slack, teams, x};
use crate::announce::channel::{Channel, Delivery, Guard, SendError, Sent, TEST};
use crate::announce::message::Message;
use crate::announce::secrets::{ChannelSecrets, Secrets};
use crate::pack::split::weight;

const KEY: &str = "0b7e5f0e-3c53-5d0f-9a55-2f9ad7f6c1a1";
const HOOK: &str = "S3cretPartOfAnAddress";
const SECRET: &str = "T0kenOrKey-9876";
const PLATFORMS: [&str; 5] = ["slack", "discord", "teams", "line", "x"];

/// An answer with more headers, each with its line end.
fn reply(status: u16, headers: &str, body: &str) -> Reply {
    Reply::Answer { status, headers: headers.to_owned(), body: body.to_owned() }
}

fn secrets(base: &str) -> ChannelSecrets {
    let url = format!("{base}/hooks/{HOOK}?a=b&wait=false");
    served::secrets(
        "chat",
        &[
            ("URL", url.as_str()),
            ("ENDPOINT", base),
            ("TOKEN", SECRET),
            ("API_KEY", "the-api-key"),
            ("API_SECRET", SECRET),
            ("ACCESS_TOKEN", "1-the-access-token"),
            ("ACCESS_SECRET", SECRET),
        ],
    )
}

fn is_told(error: &SendError) -> bool {
    let error = format!("{error:?}");
    error.contains(HOOK) || error.contains(SECRET)
}

fn open(platform: &str, secrets: ChannelSecrets) -> Result<Box<dyn Channel>, SendError> {
    let now = now();
    Ok(match platform {
        "slack" => Box::new(slack::Slack::new(secrets, now)?),
        "discord" => Box::new(discord::Discord::new(secrets, now)?),
        "teams" => Box::new(teams::Teams::new(secrets, now)?),
        "line" => Box::new(line::Line::new(secrets, now)?),
        _ => Box::new(x::X::new(secrets, now)?),
    })
}

fn message() -> Message {
    Message {
        status: "monitoring",
        state: "monitoring",
        headline: "[経過観察中] 注文処理の遅延".into(),
        text: "11:32に切り替えました。遅れる注文は減っています。\n\nまだなくなっていません。\n".into(),
        facts: vec![("次の更新".into(), "16:30 (JST)".into()), ("影響".into(), "注文、決済".into())],
        ..served::message()
    }
}

const DELIVERY: Delivery<'_> =
    Delivery { key: KEY, first: None, latest: None, is_repeated: false, is_test: false };

/// What a platform makes of an answer, and the requests.
fn sent(
    platform: &str,
    answer: Reply,
    message: &Message,
    delivery: &Delivery<'_>,
) -> (Result<Sent, SendError>, Asked) {
    let server = Server::answering([answer]);
    let channel = open(platform, secrets(&server.at(""))).expect("a channel");
    let result = channel.send(message, delivery);
    if let Err(error) = &result {
        assert!(!is_told(error), "{platform}: {error:?}");
    }
    let asked = server.asked();
    assert_eq!(asked.len(), 1, "{platform} asks once");
    (result, asked[0].clone())
}

fn taken(platform: &str) -> Reply {
    match platform {
        "slack" => reply(200, "", "ok"),
        "discord" => reply(200, "", r#"{"id": "1290"}"#),
        "teams" => reply(202, "", ""),
        "line" => reply(200, "X-Line-Request-Id: r-1\r\n", "{}"),
        _ => reply(201, "", r#"{"data": {"id": "1390", "text": "…"}}"#),
    }
}

fn body_of(platform: &str, message: &Message) -> Value {
    let (result, asked) = sent(platform, taken(platform), message, &DELIVERY);
    assert!(result.is_ok(), "{platform}: {result:?}");
    asked.json()
}

/// Every string of a document, with its key.
fn strings(value: &Value) -> Vec<(String, String)> {
    fn collect(key: &str, value: &Value, out: &mut Vec<(String, String)>) {
        match value {
            Value::String(text) => out.push((key.to_owned(), text.clone())),
            Value::Array(all) => all.iter().for_each(|one| collect(key, one, out)),
            Value::Object(all) => all.iter().for_each(|(key, one)| collect(key, one, out)),
            _ => {}
        }
    }
    let mut out = Vec::new();
    collect("", value, &mut out);
    out
}

fn units(value: &Value) -> usize {
    value.as_str().map_or(0, |text| text.encode_utf16().count())
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Holds a body to what the platform publishes.
fn check(platform: &str, body: &Value) {
    let text_is =
        |value: &Value, most: usize| assert!((1..=most).contains(&units(value)), "{platform}: {value}");
    match platform {
        "slack" => {
            text_is(&body["text"], 4000);
            let blocks = list(&body["blocks"]);
            assert!((1..=50).contains(&blocks.len()), "{body}");
            for block in blocks {
                match block["type"].as_str() {
                    Some("header") => text_is(&block["text"]["text"], 150),
                    Some("section") if block["fields"].is_null() => text_is(&block["text"]["text"], 3000),
                    Some("section") => {
                        let fields = list(&block["fields"]);
                        assert!((1..=10).contains(&fields.len()), "{block}");
                        fields.iter().for_each(|field| text_is(&field["text"], 2000));
                    }
                    Some("context") => assert!((1..=10).contains(&list(&block["elements"]).len()), "{block}"),
                    _ => panic!("{block}"),
                }
            }
            assert!(body["blocks"].to_string().chars().count() <= 13_000, "all blocks");
        }
        "discord" => {
            text_is(&body["content"], 2000);
            assert_eq!(body["allowed_mentions"], serde_json::json!({ "parse": [] }));
            let embed = &body["embeds"][0];
            let fields = list(&embed["fields"]);
            assert!(fields.len() <= 25 && units(&embed["description"]) <= 4096, "{embed}");
            for field in fields {
                text_is(&field["name"], 256);
                text_is(&field["value"], 1024);
            }
            let all =
                fields.iter().map(|field| units(&field["name"]) + units(&field["value"])).sum::<usize>();
            assert!(all + units(&embed["description"]) + units(&embed["footer"]["text"]) <= 6000, "{embed}");
        }
        "teams" => {
            assert!(body.to_string().len() <= 28_000, "{}", body.to_string().len());
            assert_eq!(body["type"], "message");
            let card = &body["attachments"][0];
            assert_eq!(card["contentType"], "application/vnd.microsoft.card.adaptive");
            assert_eq!(
                (&card["content"]["type"], &card["content"]["version"]),
                (&"AdaptiveCard".into(), &"1.2".into())
            );
            for block in list(&card["content"]["body"]) {
                assert_eq!(block["type"], "RichTextBlock", "no block that reads Markdown");
                list(&block["inlines"]).iter().for_each(|run| assert_eq!(run["type"], "TextRun"));
            }
        }
        "line" => {
            let messages = list(&body["messages"]);
            assert!((1..=5).contains(&messages.len()), "{body}");
            if messages[0]["type"] == "text" {
                return text_is(&messages[0]["text"], 5000);
            }
            text_is(&messages[0]["altText"], 1500);
            let bubble = &messages[0]["contents"];
            assert!(bubble.to_string().len() <= 30_000, "{}", bubble.to_string().len());
            let empty = strings(bubble).into_iter().find(|(key, text)| key == "text" && text.is_empty());
            assert_eq!(empty, None);
            let action = &bubble["footer"]["contents"][0]["action"];
            let label = action["label"].as_str().map_or(0, |label| label.chars().count());
            assert!((1..=40).contains(&label) && units(&action["uri"]) <= 1000, "{action}");
        }
        _ => {
            let text = body["text"].as_str().expect("a text");
            assert!(weight(text) <= 280, "{} {text}", weight(text));
        }
    }
}

#[test]
fn each_platform_gets_the_message_in_its_language_and_no_other_words() {
    for platform in PLATFORMS {
        let message = message();
        let body = body_of(platform, &message);
        check(platform, &body);
        let all: Vec<String> = strings(&body).into_iter().map(|(_, text)| text).collect();
        let all = all.join("\n").replace('\\', "");
        for part in [
            "[経過観察中] 注文処理の遅延",
            "11:32に切り替えました。",
            "次の更新",
            "16:30 (JST)",
            &message.address,
        ] {
            assert!(all.contains(part), "{platform}: {part} in {body}");
        }
    }
}

#[test]
fn requests_are_those_that_the_platforms_publish() {
    let headers = |platform: &str| sent(platform, taken(platform), &message(), &DELIVERY).1;
    assert_eq!(headers("slack").line(), format!("POST /hooks/{HOOK}?a=b&wait=false"));
    assert_eq!(headers("discord").line(), format!("POST /hooks/{HOOK}?a=b&wait=true"));
    let line = headers("line");
    assert_eq!(line.line(), "POST /v2/bot/message/broadcast");
    assert_eq!(line.header("authorization"), format!("Bearer {SECRET}"));
    assert_eq!(line.header("x-line-retry-key"), KEY);
    let x = headers("x");
    assert_eq!(x.line(), "POST /2/tweets");
    let authorization = x.header("authorization");
    assert!(
        authorization.starts_with("OAuth oauth_consumer_key=\"the-api-key\", oauth_nonce=\""),
        "{authorization}"
    );
    assert!(!authorization.contains(SECRET), "{authorization}");
    assert_ne!(authorization, headers("x").header("authorization"), "a nonce is used once");
}

#[test]
fn ids_are_those_of_the_answers() {
    let id = |platform: &str| sent(platform, taken(platform), &message(), &DELIVERY).0.expect("taken");
    assert_eq!(id("slack"), Sent::default());
    assert_eq!(id("teams"), Sent::default());
    assert_eq!(id("discord").id.as_deref(), Some("1290"));
    assert_eq!(id("line").id.as_deref(), Some("r-1"));
    let address = Some("https://x.com/i/web/status/1390".to_owned());
    assert_eq!(id("x"), Sent { id: Some("1390".to_owned()), address });
}

#[test]
fn a_test_says_so_in_its_first_words() {
    for platform in PLATFORMS {
        let delivery = Delivery { is_test: true, ..DELIVERY };
        let body = sent(platform, taken(platform), &message(), &delivery).1.json();
        let all = strings(&body).into_iter().map(|(_, text)| text.replace(['\\', '*'], ""));
        assert!(
            all.into_iter().any(|text| text.starts_with(&format!("{TEST}[経過観察中]"))),
            "{platform}: {body}"
        );
    }
}

#[test]
fn each_answer_says_whether_the_message_was_taken() {
    let echo = format!("no such hook: /hooks/{HOOK} {SECRET}");
    for platform in PLATFORMS {
        for (status, headers, wanted) in [
            (400, "", "refused"),
            (401, "", "refused"),
            (403, "", "refused"),
            (404, "", "refused"),
            (408, "", "unknown"),
            (410, "", "refused"),
            (413, "", "refused"),
            (429, "Retry-After: 7\r\n", "later 7"),
            (429, "", "later"),
            (500, "", "unknown"),
            (502, "", "unknown"),
            (503, "", "later"),
            (504, "", "unknown"),
            (302, "Location: https://other.example/\r\n", "refused"),
        ] {
            let (result, _) = sent(platform, reply(status, headers, &echo), &message(), &DELIVERY);
            let found = match result {
                Err(SendError::Refused { reason, help }) => {
                    assert!(reason.contains(&status.to_string()) && !help.is_empty(), "{reason}: {help}");
                    "refused".to_owned()
                }
                Err(SendError::Later { wait: None, .. }) => "later".to_owned(),
                Err(SendError::Later { wait: Some(wait), .. }) => format!("later {}", wait.as_secs()),
                Err(SendError::Unknown { .. }) => "unknown".to_owned(),
                Ok(sent) => format!("{sent:?}"),
            };
            assert_eq!(found, wanted, "{platform} {status} {headers}");
        }
    }
}

#[test]
fn a_connection_that_is_lost_after_the_request_leaves_it_unknown_and_one_that_is_refused_does_not() {
    for platform in PLATFORMS {
        let (result, _) = sent(platform, Reply::Drop, &message(), &DELIVERY);
        assert!(matches!(result, Err(SendError::Unknown { .. })), "{platform}: {result:?}");
        let gone = {
            let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
            format!("http://{}", listener.local_addr().expect("an address"))
        };
        let error = open(platform, secrets(&gone))
            .expect("a channel")
            .send(&message(), &DELIVERY)
            .expect_err("nobody");
        assert!(matches!(error, SendError::Later { .. }), "{platform}: {error:?}");
        assert!(!is_told(&error), "{platform}: {error:?}");
    }
}

#[test]
fn addresses_without_https_are_refused_and_not_shown() {
    for platform in PLATFORMS {
        for base in ["http://hooks.example.com", "ftp://hooks.example.com", "https://user@hooks.example.com"]
        {
            let Err(error) = open(platform, secrets(base)) else { panic!("{platform} takes {base}") };
            assert!(matches!(error, SendError::Refused { .. }), "{platform}: {error:?}");
            assert!(!is_told(&error), "{platform}: {error:?}");
        }
    }
}

#[test]
fn a_missing_credential_is_named_with_the_way_to_get_it() {
    for (platform, name) in
        [("slack", "URL"), ("discord", "URL"), ("teams", "URL"), ("line", "TOKEN"), ("x", "API_KEY")]
    {
        let Err(SendError::Refused { reason, help }) = open(platform, Secrets::default().of("my-chat"))
        else {
            panic!("{platform} needs nothing");
        };
        assert_eq!(reason, format!("the environment variable `NOROSHI_MY_CHAT_{name}` is not set"));
        assert!(help.contains(&format!("`NOROSHI_MY_CHAT_{name}_FILE`")), "{help}");
    }
}

#[test]
fn line_has_taken_what_it_answers_with_a_conflict() {
    let accepted = reply(409, "X-Line-Request-Id: r-2\r\nX-Line-Accepted-Request-Id: r-1\r\n", "{}");
    let (result, _) = sent("line", accepted, &message(), &DELIVERY);
    assert_eq!(result.expect("taken").id.as_deref(), Some("r-1"));
    let (result, _) = sent("line", reply(409, "", "{}"), &message(), &DELIVERY);
    assert!(matches!(result, Err(SendError::Unknown { .. })), "{result:?}");
    let used_up = reply(429, "", r#"{"message": "You have reached your monthly limit."}"#);
    let (result, _) = sent("line", used_up, &message(), &DELIVERY);
    assert!(matches!(result, Err(SendError::Refused { .. })), "{result:?}");
    let line = open("line", secrets("https://gateway.example")).expect("a channel");
    assert_eq!(line.guard(), Guard::For(Duration::from_secs(86_400)));
}

#[test]
fn line_gets_a_text_if_the_address_is_too_long_for_a_button() {
    let address = format!("https://status.example.com/{}/", "a".repeat(1000));
    let body = body_of("line", &Message { address: address.clone(), ..message() });
    check("line", &body);
    assert!(body["messages"][0]["text"].as_str().is_some_and(|text| text.ends_with(&address)), "{body}");
}

#[test]
fn x_answers_the_latest_post_and_goes_on_without_replies_if_x_refuses_them() {
    let delivery = Delivery { first: Some("1"), latest: Some("12"), ..DELIVERY };
    let refused = reply(403, "", r#"{"title": "Forbidden", "detail": "Reply not allowed."}"#);
    let server = Server::answering([taken("x"), refused, taken("x")]);
    let x = open("x", secrets(&server.at(""))).expect("a channel");
    assert!(x.send(&message(), &delivery).is_ok());
    let error = x.send(&message(), &delivery).expect_err("no reply");
    assert!(matches!(error, SendError::Later { wait: Some(Duration::ZERO), .. }), "{error:?}");
    assert!(x.send(&message(), &delivery).is_ok());
    let parents: Vec<Value> = server.asked().iter().map(|asked| asked.json()["reply"].clone()).collect();
    let reply = serde_json::json!({ "in_reply_to_tweet_id": "12" });
    assert_eq!(parents, [reply.clone(), reply, Value::Null]);
}

#[test]
fn x_ignores_the_id_of_another_platform() {
    let delivery = Delivery { latest: Some("at://did:plc:a/b c"), ..DELIVERY };
    assert!(sent("x", taken("x"), &message(), &delivery).1.json()["reply"].is_null());
}

#[test]
fn x_has_perhaps_taken_what_it_calls_a_duplicate() {
    let said =
        r#"{"detail": "You are not allowed to create a Tweet with duplicate content.", "status": 403}"#;
    let delivery = Delivery { latest: Some("12"), ..DELIVERY };
    let (result, _) = sent("x", reply(403, "", said), &message(), &delivery);
    assert!(matches!(result, Err(SendError::Unknown { .. })), "{result:?}");
    let again = Delivery { is_repeated: true, ..delivery };
    let (result, _) = sent("x", reply(403, "", said), &message(), &again);
    assert_eq!(result, Ok(Sent::default()), "an earlier try was taken");
    let (result, _) = sent("x", reply(200, "", r#"{"errors": []}"#), &message(), &DELIVERY);
    assert!(matches!(result, Err(SendError::Unknown { .. })), "{result:?}");
}

#[test]
fn limits_of_x_and_discord_are_read_from_their_headers() {
    let reset = format!("x-rate-limit-remaining: 0\r\nx-rate-limit-reset: {}\r\n", NOW + 90);
    let (result, _) = sent("x", reply(429, &reset, ""), &message(), &DELIVERY);
    let wait = |result: Result<Sent, SendError>| match result {
        Err(SendError::Later { wait, .. }) => wait,
        other => panic!("{other:?}"),
    };
    assert_eq!(wait(result), Some(Duration::from_secs(90)));
    let day =
        format!("{reset}x-user-limit-24hour-remaining: 0\r\nx-user-limit-24hour-reset: {}\r\n", NOW + 900);
    let (result, _) = sent("x", reply(429, &day, ""), &message(), &DELIVERY);
    assert_eq!(wait(result), Some(Duration::from_secs(900)));

    let limited = "X-RateLimit-Remaining: 0\r\nX-RateLimit-Reset-After: 1.25\r\n";
    let server = Server::answering([reply(200, limited, "{}"), taken("discord")]);
    let discord = open("discord", secrets(&server.at(""))).expect("a channel");
    assert_eq!(discord.pause(), Duration::ZERO);
    for wanted in [1250, 0] {
        discord.send(&message(), &DELIVERY).expect("taken");
        assert_eq!(discord.pause(), Duration::from_millis(wanted));
    }
}

#[test]
fn text_of_writers_pings_nobody_and_keeps_the_form() {
    let text =
        "<!channel> @channel @here <@U1> *b* _i_ # h\n# h2\n[a](https://evil.example) & </b>".to_owned();
    let message = Message { text: text.clone(), ..message() };
    let body = body_of("slack", &message);
    let shown = body["text"].as_str().expect("a text");
    for part in ["<!", "@channel", "@here", "<@", " *b*", "[a]", "\n# "] {
        assert!(!shown.contains(part), "{part} in {shown}");
    }
    let section = &body["blocks"][1]["text"];
    assert_eq!(section["type"], "plain_text");
    assert_eq!(section["text"], text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"));
    let body = body_of("discord", &message);
    let shown = body["embeds"][0]["description"].as_str().expect("a description");
    for part in [" <@", " *b*", " _i_", " [a]", "\n# "] {
        assert!(!shown.contains(part), "{part} in {shown}");
    }
    let shown = body_of("x", &message)["text"].as_str().expect("a text").to_owned();
    assert!(!shown.contains("@channel") && !shown.contains("@here"), "{shown}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn any_text_gives_a_body_within_the_limits_that_holds_the_link(
        headline in hostile(),
        text in hostile(),
        facts in proptest::collection::vec((hostile(), hostile()), 0..30),
        more in hostile(),
    ) {
        let message = Message {
            headline: format!("障害 {headline}"),
            text,
            facts,
            at_words: more.clone(),
            site_name: more.clone(),
            more,
            ..message()
        };
        for platform in PLATFORMS {
            let body = body_of(platform, &message);
            check(platform, &body);
            let has_link = strings(&body).iter().any(|(_, text)| text.contains(&message.address));
            prop_assert!(has_link, "{platform}: {body}");
        }
    }
}
