//! Bluesky, and every server of the AT Protocol: one post for each update, in one thread for each entry.
//!
//! Read in November 2026, in bluesky-social/atproto at d6296a1 where a file is named:
//!
//! - `com.atproto.server.createSession` takes a handle and an app password. It is limited to 30 in 5 minutes and 300 a day for
//!   each account (`packages/pds/src/api/com/atproto/server/createSession.ts`), so a session is kept for the run.
//! - `com.atproto.repo.putRecord` with a record that is there already writes nothing and answers with its `uri` and `cid`;
//!   another record under the key replaces it. So a repetition never makes a second post, for ever
//!   (`…/repo/putRecord.ts`). `createRecord` answers 500 to a known key (`packages/repo/src/mst/mst.ts`), which could mean
//!   anything.
//! - The key of a post must be a TID, 13 signs of base 32 (`lexicons/app/bsky/feed/post.json`, `"key": "tid"`, checked by
//!   `packages/pds/src/repo/prepare.ts`; <https://atproto.com/specs/tid>). It is made from the key of the delivery alone,
//!   since the time of an update can be corrected.
//! - A post has at most 300 grapheme clusters and 3,000 bytes. Facets count bytes of UTF-8
//!   (`lexicons/app/bsky/richtext/facet.json`): nothing is a link, a tag or a mention that has no facet, so no text of a
//!   writer can call anybody.
//! - Writes are limited to 5,000 points an hour and 35,000 a day; a write of this kind costs 2. An answer 429 has
//!   `RateLimit-Reset`, a time in seconds since 1970, and perhaps `Retry-After` (`packages/xrpc-server/src/rate-limiter-http.ts`,
//!   <https://docs.bsky.app/docs/advanced-guides/rate-limits>).
//! - A reply names the first and the latest post by address and hash: <https://docs.bsky.app/docs/advanced-guides/posts>.

use std::ops::Range;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};

use super::Now;
use crate::announce::channel::{Channel, Delivery, Guard, SendError, Sent};
use crate::announce::exchange::{Answer, Exchange, post_json};
use crate::announce::graphemes::graphemes;
use crate::announce::message::Message;
use crate::announce::post;
use crate::announce::secrets::ChannelSecrets;
use crate::limits::ANNOUNCE_BLUESKY_CHARACTERS;
use crate::message::{self as messages, message};
use crate::pack::split::addresses;
use crate::pack::split::shorten;

const COLLECTION: &str = "app.bsky.feed.post";
/// Characters of an address that is shown whole. Its link always is.
const SHOWN: usize = 40;
/// Characters of the text below the title of a card.
const CARD: usize = 200;
/// The alphabet of a TID, in its order.
const SIGNS: &[u8; 32] = b"234567abcdefghijklmnopqrstuvwxyz";
/// Where to get the credential.
fn password_help() -> messages::Message {
    message!(
        "announce-bluesky-password",
        "create an app password under Settings → Privacy and security → App passwords of the account"
    )
}

pub(super) struct Bluesky {
    server: String,
    handle: String,
    password: String,
    exchange: Exchange,
    session: Mutex<Option<Session>>,
    now: Now,
}

#[derive(Clone)]
struct Session {
    did: String,
    authorization: String,
}

/// A post that can be answered.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Post<'a> {
    uri: &'a str,
    cid: &'a str,
}

impl Bluesky {
    pub(super) fn new(
        server: &str,
        handle: &str,
        secrets: ChannelSecrets,
        now: Now,
    ) -> Result<Bluesky, SendError> {
        Ok(Bluesky {
            server: server.trim_end_matches('/').to_owned(),
            handle: handle.trim_start_matches('@').to_owned(),
            password: secrets.required("APP_PASSWORD", &password_help())?,
            exchange: Exchange::new(server, messages::Message::same("Bluesky"), secrets)?,
            session: Mutex::new(None),
            now,
        })
    }

    fn call(&self, method: &str, authorization: Option<&str>, body: &Value) -> Result<Answer, SendError> {
        let address = format!("{}/xrpc/{method}", self.server);
        let headers: Vec<(&str, &str)> =
            authorization.map(|value| ("authorization", value)).into_iter().collect();
        self.exchange.send(post_json(&address, &headers, body)?)
    }

    /// The session of this run, or a new one. A message is never lost here: nothing was sent.
    fn session(&self) -> Result<Session, SendError> {
        let mut kept = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(session) = &*kept {
            return Ok(session.clone());
        }
        let body = json!({ "identifier": self.handle, "password": self.password });
        let answer = self.call("com.atproto.server.createSession", None, &body).map_err(unsent)?;
        if !answer.is_success() {
            let help = match answer.status {
                401 if answer.json()["error"] == "AuthFactorTokenRequired" => {
                    message!("announce-bluesky-code", "use an app password: it needs no code by mail")
                }
                401 => {
                    message!("announce-bluesky-401", "check `handle` in site.yaml and the app password")
                }
                404 => message!(
                    "announce-bluesky-404",
                    "check `server` in site.yaml: no server of the AT Protocol is there"
                ),
                _ => message!("announce-see-server", "see what the server says"),
            };
            return Err(unsent(self.failure(&answer, help)));
        }
        let said = answer.json();
        let text = |key: &str| said[key].as_str().filter(|value| !value.is_empty());
        let (Some(did), Some(token)) = (text("did"), text("accessJwt")) else {
            return Err(SendError::Refused {
                reason: message!(
                    "announce-bluesky-no-session",
                    "Bluesky opened no session, although it answers with success"
                ),
                help: message!("announce-bluesky-server", "check `server` in site.yaml"),
            });
        };
        let session = Session { did: did.to_owned(), authorization: format!("Bearer {token}") };
        *kept = Some(session.clone());
        Ok(session)
    }

    fn forget(&self) {
        *self.session.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn failure(&self, answer: &Answer, help: messages::Message) -> SendError {
        let now = (self.now)();
        match self.exchange.failure(answer, now, help) {
            SendError::Later { reason, wait: None } => SendError::Later { reason, wait: reset(answer, now) },
            failure => failure,
        }
    }
}

impl Channel for Bluesky {
    fn guard(&self) -> Guard {
        Guard::Always
    }

    fn check(&self) -> Result<(), SendError> {
        Ok(())
    }

    fn send(&self, message: &Message, delivery: &Delivery<'_>) -> Result<Sent, SendError> {
        let session = self.session()?;
        let rkey = tid(delivery.key);
        let body = json!({
            "repo": session.did,
            "collection": COLLECTION,
            "rkey": rkey,
            "record": record(message, delivery),
        });
        let answer = self.call("com.atproto.repo.putRecord", Some(&session.authorization), &body)?;
        let said = answer.json();
        if answer.is_success() {
            let id = said["uri"].as_str().zip(said["cid"].as_str()).map(|(uri, cid)| format!("{uri} {cid}"));
            let address = format!("https://bsky.app/profile/{}/post/{rkey}", self.handle);
            return Ok(Sent { id, address: Some(address) });
        }
        if said["error"] == "ExpiredToken" {
            self.forget();
            let reason = message!("announce-bluesky-ended", "Bluesky has ended the session");
            return Err(SendError::Later { reason, wait: Some(Duration::ZERO) });
        }
        if answer.status == 401 {
            self.forget();
        }
        let help = message!("announce-bluesky-account", "check the account and `server` in site.yaml");
        Err(self.failure(&answer, help))
    }
}

/// A failure before the post: it was surely not sent.
fn unsent(error: SendError) -> SendError {
    match error {
        SendError::Unknown { reason } => SendError::Later { reason, wait: None },
        error => error,
    }
}

/// The time until the limits begin anew.
fn reset(answer: &Answer, now: i64) -> Option<Duration> {
    let at: i64 = answer.header("ratelimit-reset")?.trim().parse().ok()?;
    Some(Duration::from_secs(u64::try_from(at.saturating_sub(now)).unwrap_or(0)))
}

/// A TID that only this key has: a time in microseconds and ten bits, all of them from the key.
fn tid(key: &str) -> String {
    // FNV-1a. The key is a hash already, and this must be the same in every version.
    let hash = key.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    // Servers look at the form alone, but a time to come could surprise somebody: these are from 2020 to 2024.
    let time = 1_577_836_800_000_000 + (hash >> 10) % (1 << 47);
    let value = (time << 10) | (hash & 0x3ff);
    let sign = |at: u32| usize::try_from((value >> (at * 5)) & 31).map_or('2', |n| char::from(SIGNS[n]));
    (0..13).rev().map(sign).collect()
}

/// A post from its id, `at://did/collection/key cid`. An id of another form is of another platform.
fn parsed(id: &str) -> Option<Post<'_>> {
    let (uri, cid) = id.split_once(' ')?;
    let is_sound =
        uri.starts_with("at://") && !cid.is_empty() && cid.bytes().all(|b| b.is_ascii_alphanumeric());
    is_sound.then_some(Post { uri, cid })
}

/// The higher of both limits: characters, and a tenth of the bytes.
fn weight(text: &str) -> usize {
    graphemes(text).max(text.len().div_ceil(10))
}

fn record(message: &Message, delivery: &Delivery<'_>) -> Value {
    let (text, facets) = words(message, delivery.is_test);
    let mut record = json!({
        "$type": COLLECTION,
        "text": text,
        "facets": facets,
        "langs": [message.locale],
        // The same in each try, or a repetition would replace the post.
        "createdAt": message.at.iso(),
        "embed": {
            "$type": "app.bsky.embed.external",
            "external": {
                "uri": message.address,
                "title": message.title,
                "description": description(message),
            },
        },
    });
    let reference = |post: &Post<'_>| json!({ "uri": post.uri, "cid": post.cid });
    let parent = delivery.latest.or(delivery.first).and_then(parsed);
    if let Some(parent) = parent {
        let root = delivery.first.and_then(parsed).unwrap_or_else(|| parent.clone());
        record["reply"] = json!({ "root": reference(&root), "parent": reference(&parent) });
    }
    record
}

/// What stands on the card: the facts, which a long text leaves no room for in the post.
fn description(message: &Message) -> String {
    let facts = post::facts(message);
    let words = match facts.as_str() {
        // The title of a test is the name of the site.
        "" if message.site_name == message.title => message.text.trim(),
        "" => &message.site_name,
        facts => facts,
    };
    shorten(words, CARD, &graphemes)
}

/// The address as people read it, without its scheme. A long one is its host.
fn shown(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest).trim_end_matches('/');
    match rest.split_once('/') {
        Some((host, _)) if rest.chars().count() > SHOWN => format!("{host}/…"),
        _ => rest.to_owned(),
    }
}

/// The text of the post, and its links and hashtags.
fn words(message: &Message, is_test: bool) -> (String, Vec<Value>) {
    let shown = shown(&message.address);
    let tags = post::tags(&message.tags, ANNOUNCE_BLUESKY_CHARACTERS, &weight);
    let tail = if tags.is_empty() { shown.clone() } else { format!("{shown}\n{tags}") };
    let room = ANNOUNCE_BLUESKY_CHARACTERS.saturating_sub(weight(&format!("\n\n{tail}")));
    let head =
        post::words(&post::headline(message, is_test), &message.text, &post::facts(message), room, &weight);
    let text = format!("{head}\n\n{tail}");
    let facet = |start: usize, end: usize, feature: Value| json!({ "index": { "byteStart": start, "byteEnd": end }, "features": [feature] });
    let link = |uri: &str| json!({ "$type": "app.bsky.richtext.facet#link", "uri": uri });
    // The server refuses the whole post for one address of another form (`packages/syntax/src/uri.ts`).
    let is_sound = |range: &Range<usize>| {
        head[range.clone()].split_once("://").is_some_and(|(_, rest)| rest.starts_with(char::is_alphanumeric))
    };
    let mut facets: Vec<Value> = addresses(&head)
        .into_iter()
        .filter(is_sound)
        .map(|range| facet(range.start, range.end, link(&head[range])))
        .collect();
    let mut at = head.len() + 2;
    facets.push(facet(at, at + shown.len(), link(&message.address)));
    at += shown.len() + 1;
    for tag in tags.split(' ').filter(|tag| !tag.is_empty()) {
        let name = json!({ "$type": "app.bsky.richtext.facet#tag", "tag": tag.trim_start_matches('#') });
        facets.push(facet(at, at + tag.len(), name));
        at += tag.len() + 1;
    }
    (text, facets)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::announce::platforms::served::{
        NOW, Reply, Server, assert_answers, assert_hides, delivery, hostile, message, now, secrets,
    };

    const PASSWORD: &str = "abcd-efgh-ijkl-mnop";
    const DID: &str = "did:plc:ewvi7nxzyoun6zhxrhs64oiz";
    const CID: &str = "bafyreibjifzpqj6o6wcq3hejh7y4z4z2vmiklkvykc57tw3pcbx3kxifpm";

    fn channel(server: &Server) -> Bluesky {
        let secrets = secrets("sky", &[("APP_PASSWORD", PASSWORD)]);
        Bluesky::new(&server.at("/"), "@status.example.com", secrets, now()).expect("a channel")
    }

    fn session() -> Reply {
        session_with("access-token-1")
    }

    fn session_with(token: &str) -> Reply {
        let body =
            json!({ "did": DID, "handle": "status.example.com", "accessJwt": token, "refreshJwt": "r" });
        Reply::new(200, &body.to_string())
    }

    fn taken() -> Reply {
        let uri = format!("at://{DID}/{COLLECTION}/{}", tid(delivery().key));
        Reply::new(200, &json!({ "uri": uri, "cid": CID, "validationStatus": "valid" }).to_string())
    }

    /// The lexicons `com.atproto.repo.putRecord` and `app.bsky.feed.post`, as far as this post uses them.
    fn holds_to_the_lexicons(record: &Value, address: &str) {
        let known = ["$type", "text", "facets", "langs", "createdAt", "embed", "reply"];
        let all: BTreeSet<&str> = record.as_object().expect("a record").keys().map(String::as_str).collect();
        assert!(all.is_subset(&known.into_iter().collect()), "{all:?}");
        let text = record["text"].as_str().expect("a text");
        let characters = icu_segmenter::GraphemeClusterSegmenter::new().segment_str(text).skip(1).count();
        assert!(characters <= 300 && text.len() <= 3000, "{characters} in {} bytes: {text}", text.len());
        let mut links = Vec::new();
        let mut end = 0;
        for facet in record["facets"].as_array().expect("facets") {
            let index =
                |key: &str| usize::try_from(facet["index"][key].as_u64().expect("a number")).expect("usize");
            let covered = text.get(index("byteStart")..index("byteEnd")).expect("a range between characters");
            assert!(end <= index("byteStart") && !covered.is_empty(), "{facet}");
            end = index("byteEnd");
            let feature = &facet["features"][0];
            match feature["$type"].as_str().expect("a type") {
                "app.bsky.richtext.facet#link" => links.push(feature["uri"].as_str().expect("an address")),
                "app.bsky.richtext.facet#tag" => {
                    let tag = feature["tag"].as_str().expect("a tag");
                    assert_eq!(covered, format!("#{tag}"));
                    assert!(graphemes(tag) <= 64 && tag.len() <= 640);
                }
                other => panic!("{other}"),
            }
        }
        assert!(links.contains(&address), "{links:?}");
        assert!(links.iter().all(|link| !link.contains(char::is_whitespace)), "{links:?}");
        let card = &record["embed"]["external"];
        assert_eq!(card["uri"], address);
        assert!(card["title"].is_string() && graphemes(card["description"].as_str().expect("words")) <= CARD);
        assert!(record["langs"].as_array().expect("languages").len() <= 3);
    }

    #[test]
    fn a_post_has_its_card_its_links_and_its_thread() {
        let server = Server::answering([session(), taken(), taken()]);
        let channel = channel(&server);
        let (first, latest) =
            ("at://did:plc:a/app.bsky.feed.post/first bafyfirst", "at://did:plc:a/x/latest bafylatest");
        let mut delivery = delivery();
        (delivery.first, delivery.latest) = (Some(first), Some(latest));
        let sent = channel.send(&message(), &delivery).expect("sent");
        let rkey = tid(delivery.key);
        assert_eq!(sent.id, Some(format!("at://{DID}/{COLLECTION}/{rkey} {CID}")));
        assert_eq!(sent.address, Some(format!("https://bsky.app/profile/status.example.com/post/{rkey}")));
        assert_eq!(channel.send(&message(), &delivery).expect("sent again"), sent);

        let asked = server.asked();
        let lines: Vec<String> = asked.iter().map(|one| one.line()).collect();
        let put = "POST /xrpc/com.atproto.repo.putRecord";
        assert_eq!(lines, ["POST /xrpc/com.atproto.server.createSession", put, put], "one session");
        assert_eq!(asked[0].json(), json!({ "identifier": "status.example.com", "password": PASSWORD }));
        assert_eq!(asked[1].header("authorization"), "Bearer access-token-1");
        assert_eq!(asked[1].text(), asked[2].text(), "a repetition is the same record under the same key");
        let body = asked[1].json();
        assert_eq!(
            (&body["repo"], &body["collection"], &body["rkey"]),
            (&DID.into(), &COLLECTION.into(), &rkey.into())
        );
        let record = &body["record"];
        holds_to_the_lexicons(record, &message().address);
        assert_eq!(
            record["text"],
            "[復旧] 注文処理の遅延\n\n注文処理は復旧しました。\n\n次の更新: 16:30 (JST)\n\nstatus.example.com/…\n#status"
        );
        assert_eq!(record["createdAt"], "2026-11-20T02:47:00Z");
        assert_eq!(record["langs"], json!(["ja"]));
        assert_eq!(
            record["reply"],
            json!({
                "root": { "uri": "at://did:plc:a/app.bsky.feed.post/first", "cid": "bafyfirst" },
                "parent": { "uri": "at://did:plc:a/x/latest", "cid": "bafylatest" },
            })
        );
    }

    #[test]
    fn a_test_says_so_and_a_foreign_id_starts_a_thread() {
        let mut delivery = delivery();
        (delivery.is_test, delivery.first, delivery.latest) =
            (true, Some("113"), Some("at://only-an-address"));
        let record = record(&message(), &delivery);
        assert!(record["text"].as_str().expect("a text").starts_with("[TEST / テスト] [復旧]"), "{record}");
        assert!(record.get("reply").is_none());
    }

    #[test]
    fn addresses_in_the_text_are_links() {
        let mut message = message();
        // The last one is none, and would be refused.
        message.text =
            "代替手順（https://help.example/回避）は https://a.example/b をご覧ください（https:///c）。"
                .to_owned();
        let (text, facets) = words(&message, false);
        let link = |n: usize| {
            let at = |key: &str| {
                usize::try_from(facets[n]["index"][key].as_u64().expect("a number")).expect("usize")
            };
            (
                &text[at("byteStart")..at("byteEnd")],
                facets[n]["features"][0]["uri"].as_str().expect("an address"),
            )
        };
        assert_eq!(link(0), ("https://help.example/", "https://help.example/"));
        assert_eq!(link(1), ("https://a.example/b", "https://a.example/b"));
        assert_eq!(link(2), ("status.example.com/…", message.address.as_str()));
    }

    #[test]
    fn the_key_of_a_post_is_a_tid_of_its_delivery_alone() {
        let tids: BTreeSet<String> =
            (0..20_000).map(|n| tid(&format!("6f9619ff-8b86-5d11-b42d-{n:012}"))).collect();
        assert_eq!(tids.len(), 20_000);
        for tid in &tids {
            // https://atproto.com/specs/tid
            assert!(tid.len() == 13 && tid.bytes().all(|sign| SIGNS.contains(&sign)), "{tid}");
            assert!(b"234567abcdefghij".contains(&tid.as_bytes()[0]), "{tid}");
        }
        assert_eq!(
            tid("6f9619ff-8b86-5d11-b42d-00c04fc964ff"),
            "3ilawtzehvgi2",
            "a change would post old updates again"
        );
    }

    #[test]
    fn every_answer_has_its_meaning_and_none_shows_the_password() {
        assert_answers(&|server| Box::new(channel(server)), &message(), &[session()]);
        assert_hides(&|server| Box::new(channel(server)), &message(), PASSWORD);
        let limited = Reply::new(429, "{}").with("RateLimit-Reset", &(NOW + 120).to_string());
        for replies in [vec![limited.clone()], vec![session(), limited]] {
            let server = Server::answering(replies);
            let Err(SendError::Later { wait, .. }) = channel(&server).send(&message(), &delivery()) else {
                panic!("a limit")
            };
            assert_eq!(wait, Some(Duration::from_secs(120)));
        }
    }

    #[test]
    fn a_failure_before_the_post_is_never_unknown() {
        for reply in [Reply::new(500, ""), Reply::new(408, ""), Reply::Drop, Reply::Close] {
            let server = Server::answering([reply]);
            let error = channel(&server).send(&message(), &delivery()).expect_err("no session");
            assert!(matches!(error, SendError::Later { .. }), "{error:?}");
        }
        for (status, error) in
            [(401, "AuthenticationRequired"), (401, "AuthFactorTokenRequired"), (400, "InvalidRequest")]
        {
            let server = Server::answering([Reply::new(status, &json!({ "error": error }).to_string())]);
            let error = channel(&server).send(&message(), &delivery()).expect_err("no session");
            assert!(matches!(error, SendError::Refused { .. }), "{error:?}");
        }
        let server = Server::answering([Reply::new(200, "<html>")]);
        assert!(matches!(channel(&server).send(&message(), &delivery()), Err(SendError::Refused { .. })));
    }

    #[test]
    fn a_session_that_has_ended_is_opened_again_by_the_next_try() {
        let ended =
            Reply::new(400, &json!({ "error": "ExpiredToken", "message": "Token has expired" }).to_string());
        let server = Server::answering([session(), ended, session_with("access-token-2"), taken()]);
        let channel = channel(&server);
        let error = channel.send(&message(), &delivery()).expect_err("it has ended");
        let SendError::Later { reason, wait: Some(Duration::ZERO) } = error else { panic!("{error:?}") };
        assert_eq!(reason, "Bluesky has ended the session");
        channel.send(&message(), &delivery()).expect("sent");
        assert_eq!(server.asked()[3].header("authorization"), "Bearer access-token-2");
    }

    #[test]
    fn a_missing_password_is_named_with_the_way_to_get_one() {
        let Err(SendError::Refused { reason, help }) =
            Bluesky::new("https://bsky.social", "a.example", secrets("sky", &[]), now())
        else {
            panic!("no password")
        };
        assert!(
            reason.contains("`NOROSHI_SKY_APP_PASSWORD`") && help.contains("app password"),
            "{reason} {help}"
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn any_words_give_a_post_within_the_limits(title in hostile(), text in hostile(), fact in hostile(), is_test: bool) {
            let mut message = message();
            (message.headline, message.text) = (title, text);
            message.facts = vec![("次の更新".to_owned(), fact)];
            let mut delivery = delivery();
            delivery.is_test = is_test;
            holds_to_the_lexicons(&record(&message, &delivery), &message.address);
        }
    }
}
