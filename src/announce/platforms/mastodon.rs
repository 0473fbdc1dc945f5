//! Mastodon, and what speaks its client API: one status for each update, in one thread for each entry.
//!
//! Read in November 2026:
//!
//! - `POST /api/v1/statuses` with the scope `write:statuses`: <https://docs.joinmastodon.org/methods/statuses/#create>.
//! - `Idempotency-Key`: `app/services/post_status_service.rb` of mastodon/mastodon takes a lock, answers a known key with the
//!   status of that key, and else stores the key for 3,600 seconds. A key is stored when the status is.
//! - Length: `app/validators/status_length_validator.rb` counts grapheme clusters, and an address with its scheme as 23, up
//!   to 500. A server may allow more, never less.
//! - Limits: 300 requests in 5 minutes and 300 statuses in 3 hours; an answer 429 names their end in `X-RateLimit-Reset`, a
//!   time by ISO 8601: <https://docs.joinmastodon.org/api/rate-limits/>.
//! - Mentions: `@name` that follows no word, `=` or `/` (`MENTION_RE` in `app/models/account.rb`).

use std::time::Duration;

use serde_json::json;

use super::Now;
use crate::announce::channel::{Channel, Delivery, Guard, SendError, Sent};
use crate::announce::exchange::{Answer, Exchange, post_json};
use crate::announce::graphemes::graphemes;
use crate::announce::message::Message;
use crate::announce::post;
use crate::announce::secrets::ChannelSecrets;
use crate::limits::ANNOUNCE_MASTODON_CHARACTERS;
use crate::message::{self as messages, message};
use crate::model::Instant;
use crate::model::announce::Visibility;
use crate::pack::split::addresses;

/// How long a server knows a key.
const KNOWN: Duration = Duration::from_secs(3_600);
/// What an address counts as.
const ADDRESS: usize = 23;
/// Joins words and is not seen: a name behind it is none of a person.
const JOINER: char = '\u{2060}';

pub(super) struct Mastodon {
    address: String,
    visibility: &'static str,
    authorization: String,
    exchange: Exchange,
    now: Now,
}

impl Mastodon {
    pub(super) fn new(
        server: &str,
        visibility: Visibility,
        secrets: ChannelSecrets,
        now: Now,
    ) -> Result<Mastodon, SendError> {
        let help = message!(
            "announce-mastodon-token",
            "create an application with the scope `write:statuses` under Preferences → Development of the account, and \
             copy its access token"
        );
        let token = secrets.required("TOKEN", &help)?;
        Ok(Mastodon {
            address: format!("{}/api/v1/statuses", server.trim_end_matches('/')),
            visibility: match visibility {
                Visibility::Public => "public",
                Visibility::Unlisted => "unlisted",
            },
            authorization: format!("Bearer {token}"),
            exchange: Exchange::new(server, messages::Message::same("Mastodon"), secrets)?,
            now,
        })
    }

    fn post(
        &self,
        message: &Message,
        delivery: &Delivery<'_>,
        parent: Option<&str>,
    ) -> Result<Answer, SendError> {
        let mut body = json!({
            "status": status(message, delivery.is_test),
            "visibility": self.visibility,
            "language": message.locale,
        });
        if let Some(parent) = parent {
            body["in_reply_to_id"] = parent.into();
        }
        let headers = [("authorization", self.authorization.as_str()), ("idempotency-key", delivery.key)];
        self.exchange.send(post_json(&self.address, &headers, &body)?)
    }

    fn failure(&self, answer: &Answer) -> SendError {
        let help = match answer.status {
            401 => message!(
                "announce-mastodon-401",
                "copy the access token of the application again: the server does not know it"
            ),
            403 => message!(
                "announce-mastodon-403",
                "give the application the scope `write:statuses`, and use its new access token"
            ),
            404 => message!(
                "announce-mastodon-404",
                "check `server` in site.yaml: the API of Mastodon is not there"
            ),
            _ => message!("announce-see-server", "see what the server says"),
        };
        let now = (self.now)();
        match self.exchange.failure(answer, now, help) {
            SendError::Later { reason, wait: None } => SendError::Later { reason, wait: reset(answer, now) },
            failure => failure,
        }
    }
}

impl Channel for Mastodon {
    fn guard(&self) -> Guard {
        Guard::For(KNOWN)
    }

    fn check(&self) -> Result<(), SendError> {
        Ok(())
    }

    fn send(&self, message: &Message, delivery: &Delivery<'_>) -> Result<Sent, SendError> {
        let parent = delivery.latest.or(delivery.first).filter(|id| is_id(id));
        let mut answer = self.post(message, delivery, parent)?;
        if answer.status == 404 && parent.is_some() {
            // Somebody has removed the earlier post. The server looks for it before it takes anything, so nothing is
            // repeated; and an incident must not end in silence for it.
            answer = self.post(message, delivery, None)?;
        }
        if !answer.is_success() {
            return Err(self.failure(&answer));
        }
        let status = answer.json();
        let text = |key: &str| status[key].as_str().map(str::to_owned);
        Ok(Sent { id: text("id").filter(|id| is_id(id)), address: text("url") })
    }
}

/// Whether a text can be the id of a status. Ids are opaque: numbers at Mastodon, letters and digits elsewhere.
fn is_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= 64 && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// The time until the limits begin anew.
fn reset(answer: &Answer, now: i64) -> Option<Duration> {
    let at = answer.header("x-ratelimit-reset")?;
    let at = Instant::parse_iso(&format!("{}Z", at.get(..19)?))?;
    Some(Duration::from_secs(u64::try_from(at.0.saturating_sub(now)).unwrap_or(0)))
}

/// What a text counts as. Only an address that the server takes for one counts as 23, so a short one counts more, and a long
/// one of a writer its whole length.
fn weight(text: &str) -> usize {
    let mut total = 0;
    let mut from = 0;
    for address in addresses(text) {
        total += graphemes(&text[from..address.start]) + ADDRESS.max(address.len());
        from = address.end;
    }
    total + graphemes(&text[from..])
}

fn status(message: &Message, is_test: bool) -> String {
    let tags = post::tags(&message.tags, ANNOUNCE_MASTODON_CHARACTERS, &weight);
    let tail = if tags.is_empty() { message.address.clone() } else { format!("{}\n{tags}", message.address) };
    // The address of the page is one in every way of reading.
    let taken = ADDRESS + if tags.is_empty() { 0 } else { 1 + weight(&tags) } + 2;
    let words = post::words(
        &harmless(&post::headline(message, is_test)),
        &harmless(&message.text),
        &harmless(&post::facts(message)),
        ANNOUNCE_MASTODON_CHARACTERS.saturating_sub(taken),
        &weight,
    );
    format!("{words}\n\n{tail}")
}

/// The text without mentions: nobody is called by what a writer quotes. Addresses of mail stay as they are.
fn harmless(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        out.push(c);
        let is_free =
            before.is_none_or(|before: char| !(before.is_ascii_alphanumeric() || "_=/".contains(before)));
        if c == '@' && is_free && rest.peek().is_some_and(|next| next.is_alphanumeric() || *next == '_') {
            out.push(JOINER);
        }
        before = Some(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;
    use crate::announce::platforms::served::{
        NOW, Reply, Server, assert_answers, assert_hides, delivery, hostile, message, now, secrets,
    };

    const TOKEN: &str = "mastodon-token-0123456789";

    fn channel(server: &Server) -> Mastodon {
        let secrets = secrets("fediverse", &[("TOKEN", TOKEN)]);
        Mastodon::new(&server.at("/"), Visibility::Unlisted, secrets, now()).expect("a channel")
    }

    fn taken(id: &str) -> Reply {
        let body =
            json!({ "id": id, "url": format!("https://social.example/@status/{id}"), "content": "<p>…</p>" });
        Reply::new(200, &body.to_string())
    }

    /// Mastodon's own count: its `Extractor` finds addresses, here those that the tests write.
    fn counted(status: &str) -> usize {
        let addresses = addresses(status);
        let long: usize = addresses.iter().map(|address| graphemes(&status[address.clone()])).sum();
        graphemes(status) - long + ADDRESS * addresses.len()
    }

    fn holds_to_the_form(body: &Value, address: &str) {
        let form = body.as_object().expect("an object");
        let known = ["status", "visibility", "language", "in_reply_to_id"];
        assert!(form.keys().all(|key| known.contains(&key.as_str())), "{body}");
        assert!(form.values().all(Value::is_string), "{body}");
        let status = body["status"].as_str().expect("a status");
        assert!(counted(status) <= 500, "{} characters: {status}", counted(status));
        assert!(status.contains(address), "{status}");
        assert!(["public", "unlisted"].contains(&body["visibility"].as_str().expect("a visibility")));
    }

    #[test]
    fn a_status_has_its_key_its_language_and_its_thread() {
        let server = Server::answering([taken("115")]);
        let mut delivery = delivery();
        (delivery.first, delivery.latest) = (Some("113"), Some("114"));
        let sent = channel(&server).send(&message(), &delivery).expect("sent");
        assert_eq!(sent.id.as_deref(), Some("115"));
        assert_eq!(sent.address.as_deref(), Some("https://social.example/@status/115"));
        let asked = server.asked().remove(0);
        assert_eq!(asked.line(), "POST /api/v1/statuses");
        assert_eq!(asked.header("authorization"), format!("Bearer {TOKEN}"));
        assert_eq!(asked.header("idempotency-key"), delivery.key);
        let body = asked.json();
        holds_to_the_form(&body, &message().address);
        assert_eq!((body["language"].as_str(), body["visibility"].as_str()), (Some("ja"), Some("unlisted")));
        assert_eq!(body["in_reply_to_id"], "114");
        assert_eq!(
            body["status"],
            "[復旧] 注文処理の遅延\n\n注文処理は復旧しました。\n\n次の更新: 16:30 (JST)\n\n\
             https://status.example.com/incidents/orders/#resolved\n#status"
        );
    }

    #[test]
    fn a_test_says_so_and_a_foreign_id_starts_a_thread() {
        let server = Server::answering([taken("1")]);
        let mut delivery = delivery();
        (delivery.is_test, delivery.latest) = (true, Some("at://did:plc:a/app.bsky.feed.post/b c"));
        channel(&server).send(&message(), &delivery).expect("sent");
        let body = server.asked().remove(0).json();
        assert!(body["status"].as_str().expect("a status").starts_with("[TEST / テスト] [復旧]"), "{body}");
        assert!(body.get("in_reply_to_id").is_none());
    }

    #[test]
    fn a_thread_whose_end_was_removed_begins_anew() {
        let server = Server::answering([Reply::new(404, "{\"error\":\"Record not found\"}"), taken("7")]);
        let mut delivery = delivery();
        delivery.latest = Some("6");
        let sent = channel(&server).send(&message(), &delivery).expect("sent");
        assert_eq!(sent.id.as_deref(), Some("7"));
        let asked = server.asked();
        assert_eq!(asked[0].header("idempotency-key"), asked[1].header("idempotency-key"));
        assert!(asked[1].json().get("in_reply_to_id").is_none());
    }

    #[test]
    fn every_answer_has_its_meaning_and_no_answer_shows_the_token() {
        assert_answers(&|server| Box::new(channel(server)), &message(), &[]);
        assert_hides(&|server| Box::new(channel(server)), &message(), TOKEN);
        let reset = Instant(NOW + 90).iso().replace('Z', ".123456Z");
        let server = Server::answering([Reply::new(429, "slow").with("X-RateLimit-Reset", &reset)]);
        let Err(SendError::Later { wait, .. }) = channel(&server).send(&message(), &delivery()) else {
            panic!("a limit")
        };
        assert_eq!(wait, Some(Duration::from_secs(90)));
    }

    #[test]
    fn a_missing_token_is_named_with_the_way_to_get_one() {
        let Err(SendError::Refused { reason, help }) =
            Mastodon::new("https://social.example", Visibility::Public, secrets("fediverse", &[]), now())
        else {
            panic!("no token")
        };
        assert!(
            reason.contains("`NOROSHI_FEDIVERSE_TOKEN`") && help.contains("write:statuses"),
            "{reason} {help}"
        );
    }

    #[test]
    fn nobody_is_mentioned_and_mail_addresses_stay() {
        assert_eq!(harmless("@all (@a_b) 担当@c"), "@\u{2060}all (@\u{2060}a_b) 担当@\u{2060}c");
        let kept = "help@a.example https://a.example/@b ?x=@y @ @!";
        assert_eq!(harmless(kept), kept);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn any_words_give_a_status_within_the_limit(title in hostile(), text in hostile(), fact in hostile(), is_test: bool) {
            let mut message = message();
            (message.headline, message.text) = (title, text);
            message.facts = vec![("次の更新".to_owned(), fact)];
            let status = status(&message, is_test);
            prop_assert!(counted(&status) <= 500, "{}: {status}", counted(&status));
            let link = format!("\n\n{}", message.address);
            prop_assert!(status.contains(&link));
        }
    }
}
