//! What tests of platforms share: a server on this machine, a message, and what every answer must mean.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use proptest::prelude::*;
use serde_json::Value;

use super::Now;
use crate::announce::channel::{Channel, Delivery, SendError};
use crate::announce::message::{Component, Message};
use crate::announce::secrets::{ChannelSecrets, Secrets};
use crate::kind::EntryKind;
use crate::model::Instant;
use crate::pack::Letter;
use crate::vocabulary::Severity;

pub(super) const NOW: i64 = 1_796_000_000;

pub(super) fn now() -> Now {
    Arc::new(|| NOW)
}

/// A request as a server reads it.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    line: String,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Asked {
    fn read(stream: &mut TcpStream) -> Option<Asked> {
        let (mut head, mut byte) = (Vec::new(), [0]);
        while !head.ends_with(b"\r\n\r\n") {
            stream.read_exact(&mut byte).ok()?;
            head.push(byte[0]);
        }
        let head = String::from_utf8(head).expect("a head in UTF-8");
        let mut lines = head.trim_end().split("\r\n");
        let line = lines.next().expect("a first line").trim_end_matches(" HTTP/1.1").to_owned();
        let header = |line: &str| {
            let (name, value) = line.split_once(':').expect("a header");
            (name.to_ascii_lowercase(), value.trim().to_owned())
        };
        let headers: BTreeMap<String, String> = lines.map(header).collect();
        let length = headers.get("content-length").map_or(0, |length| length.parse().expect("a length"));
        let mut body = vec![0; length];
        stream.read_exact(&mut body).ok()?;
        Some(Asked { line, headers, body })
    }

    /// The method and the path.
    pub(super) fn line(&self) -> String {
        self.line.clone()
    }

    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    pub(super) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("UTF-8")
    }

    pub(super) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }
}

/// What a server does with a connection.
#[derive(Clone)]
pub(super) enum Reply {
    Answer {
        status: u16,
        headers: String,
        body: String,
    },
    /// Reads the request and hangs up.
    Drop,
    /// Hangs up at once.
    Close,
}

impl Reply {
    pub(super) fn new(status: u16, body: &str) -> Reply {
        Reply::Answer { status, headers: String::new(), body: body.to_owned() }
    }

    pub(super) fn with(self, name: &str, value: &str) -> Reply {
        match self {
            Reply::Answer { status, headers, body } => {
                Reply::Answer { status, headers: format!("{headers}{name}: {value}\r\n"), body }
            }
            other => other,
        }
    }
}

/// A server on a free port that gives these replies, each to one connection.
pub(super) struct Server {
    base: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    pub(super) fn answering(replies: impl IntoIterator<Item = Reply>) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (list, replies) = (Arc::clone(&asked), replies.into_iter().collect::<Vec<_>>());
        std::thread::spawn(move || {
            for reply in replies {
                let (mut stream, _) = listener.accept().expect("a connection");
                if matches!(reply, Reply::Close) {
                    continue;
                }
                let Some(one) = Asked::read(&mut stream) else { continue };
                list.lock().expect("the list").push(one);
                if let Reply::Answer { status, headers, body } = reply {
                    let head =
                        format!("HTTP/1.1 {status} Status\r\n{headers}Content-Length: {}\r\n", body.len());
                    let answer = format!("{head}Connection: close\r\n\r\n{body}");
                    // A client may have gone.
                    let _ = stream.write_all(answer.as_bytes());
                }
            }
        });
        Server { base, asked }
    }

    pub(super) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    pub(super) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().expect("the list").clone()
    }
}

/// The credentials of a channel.
pub(super) fn secrets(channel: &str, values: &[(&str, &str)]) -> ChannelSecrets {
    let name = |what: &str| format!("NOROSHI_{}_{what}", channel.to_ascii_uppercase());
    let all = values.iter().map(|(what, value)| (name(what), (*value).to_owned()));
    Secrets::new(all.collect()).of(channel)
}

pub(super) fn delivery() -> Delivery<'static> {
    Delivery {
        key: "6f9619ff-8b86-5d11-b42d-00c04fc964ff",
        first: None,
        latest: None,
        is_repeated: false,
        is_test: false,
    }
}

pub(super) fn message() -> Message {
    Message {
        item: "0b1b7a5a-3c11-5e0c-9c1a-5d3f0b5c2a01".to_owned(),
        thread: "7c9e6679-7425-50de-944b-e07fc1f90ae7".to_owned(),
        locale: "ja".to_owned(),
        locale_at: 0,
        kind: EntryKind::Incident,
        status: "resolved",
        state: "resolved",
        published: Instant(1_795_138_200),
        window: None,
        api_id: "abcdefghijkl".to_owned(),
        severity: Some(Severity::Moderate),
        page: "https://status.example.com/incidents/orders/".to_owned(),
        address: "https://status.example.com/incidents/orders/#resolved".to_owned(),
        title: "注文処理の遅延".to_owned(),
        headline: "[復旧] 注文処理の遅延".to_owned(),
        severity_name: Some("中".to_owned()),
        text: "注文処理は復旧しました。\n".to_owned(),
        html: "<p>注文処理は復旧しました。</p>\n".to_owned(),
        facts: vec![("次の更新".to_owned(), "16:30 (JST)".to_owned())],
        components: vec![Component {
            at: 0,
            id: "api".to_owned(),
            name: "API".to_owned(),
            status: Some("operational"),
        }],
        at: Instant(1_795_142_820),
        at_words: "2026年11月20日 11:47 (JST)".to_owned(),
        site_name: "例示の稼働状況".to_owned(),
        home: "https://status.example.com/".to_owned(),
        more: "詳細".to_owned(),
        tags: vec!["#status".to_owned()],
        mail: Letter { subject: String::new(), text: String::new(), html: String::new() },
        feeds: vec!["https://status.example.com/feed.xml".to_owned()],
    }
}

type Open<'a> = &'a dyn Fn(&Server) -> Box<dyn Channel>;

/// Holds a platform to what each answer must mean. `before` is what it gets before the message.
#[track_caller]
pub(super) fn assert_answers(open: Open<'_>, message: &Message, before: &[Reply]) {
    let outcome = |reply: Reply| {
        let server = Server::answering(before.iter().cloned().chain([reply]));
        open(&server).send(message, &delivery()).expect_err("no success")
    };
    let status = |status: u16| outcome(Reply::new(status, "no"));
    for refused in [400, 401, 403, 404, 422] {
        let error = status(refused);
        assert!(matches!(error, SendError::Refused { .. }), "{refused}: {error:?}");
    }
    for unknown in [408, 500, 502, 504] {
        let error = status(unknown);
        assert!(matches!(error, SendError::Unknown { .. }), "{unknown}: {error:?}");
    }
    for reply in [Reply::Drop, Reply::Close] {
        let error = outcome(reply);
        assert!(matches!(error, SendError::Unknown { .. }), "{error:?}");
    }
    for later in [429, 503] {
        let error = outcome(Reply::new(later, "slow").with("Retry-After", "7"));
        let SendError::Later { wait, .. } = &error else { panic!("{later}: {error:?}") };
        assert_eq!(*wait, Some(Duration::from_secs(7)));
    }
    let away = outcome(Reply::new(307, "").with("Location", "https://elsewhere.example/"));
    let SendError::Refused { reason, .. } = &away else { panic!("{away:?}") };
    assert!(reason.contains("redirect"), "{reason}");
    // The port is free again.
    let gone = Server { base: "http://127.0.0.1:1".to_owned(), asked: Arc::default() };
    let error = open(&gone).send(message, &delivery()).expect_err("nobody is there");
    assert!(matches!(error, SendError::Later { .. }), "{error:?}");
}

/// A server that repeats a secret in whatever form never brings it into an error.
#[track_caller]
pub(super) fn assert_hides(open: Open<'_>, message: &Message, secret: &str) {
    for status in [400, 401, 429, 500] {
        let body = format!("{{\"error\":\"bad: {secret}\"}} {}", crate::text::percent_encode(secret));
        let error = open(&Server::answering([Reply::new(status, &body)])).send(message, &delivery());
        let shown = format!("{:?}", error.expect_err("no success"));
        assert!(!shown.contains(secret) && shown.contains("bad"), "{shown}");
    }
}

/// Words that want to break a form or call people.
pub(super) fn hostile() -> impl Strategy<Value = String> {
    const PIECES: [&str; 25] = [
        "@everyone",
        "<!channel>",
        "@here ",
        " https://long.example/incidents/2026-11-20-a-very-long-name-of-an-incident/with/many/parts/?x=y#z ",
        "https://a.example/@b",
        "👨‍👩‍👧‍👦",
        "🇯🇵",
        "क्षत्रिय",
        "e\u{301}\u{302}\u{303}\u{304}",
        "日本語の長い文がここにあります。",
        "ﷺ",
        "\n",
        "\n\n- ",
        "#tag ",
        "**bold** `code` ",
        "&lt;script&gt;",
        "</script><b>",
        "\u{202e}\u{2066}",
        "\"\\",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "<@U1> <@1> ~~z~~ ||s|| ",
        "[a](https://evil.example) {{DATE(x)}} ",
        "status.example.com ",
        "\u{1}\r\n",
        "\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\",
    ];
    let piece = (0..PIECES.len(), 1_usize..30).prop_map(|(at, times)| PIECES[at].repeat(times));
    let any = prop_oneof![4 => piece, 1 => "\\PC{0,40}"];
    proptest::collection::vec(any, 0..12).prop_map(|pieces| pieces.concat())
}
