//! X, by its API v2.
//!
//! As documented in November 2026:
//! - Request: `POST /2/tweets`, answered `201` with the id (<https://docs.x.com/x-api/posts/create-post>, and as `OpenAPI` in
//!   <https://docs.x.com/openapi.json>), signed by OAuth 1.0a
//!   (<https://docs.x.com/fundamentals/authentication/oauth-1-0a/creating-a-signature>).
//! - Length: 280 by the weights of twitter-text (<https://docs.x.com/fundamentals/counting-characters>).
//! - Rate: 100 posts in 15 minutes for a user and 10,000 a day for an app; `429` has `x-rate-limit-reset`, the second since
//!   1970 from which on X takes posts again, and no `Retry-After` (<https://docs.x.com/x-api/fundamentals/rate-limits>).
//! - Repetition: X answers `403`, "You are not allowed to create a Tweet with duplicate content.", if the account has posted
//!   the same text a short while ago. X does not document it, neither what is the same nor how long, and developers report it
//!   for other texts, too. So it is no means; but it says that an earlier try was perhaps taken.
//! - Replies: since February 2026 an app that pays by use may only reply to an author who mentioned or quoted it; whether it
//!   may answer itself is not documented (<https://docs.x.com/x-api/posts/manage-tweets/integrate>,
//!   <https://docs.x.com/changelog>). A refused reply becomes a post of its own in the next try.
//! - A post has at most one cashtag, such as `$BTC` (the same page). So no text of writers becomes one, nor a mention.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::hmac;
use ring::rand::{SecureRandom as _, SystemRandom};
use serde_json::{Value, json};

use super::Now;
use crate::announce::channel::{Channel, Delivery, Guard, SendError, Sent};
use crate::announce::exchange::{Answer, Exchange, post_json};
use crate::announce::message::Message;
use crate::announce::secrets::ChannelSecrets;
use crate::announce::wording::{self, Parts, without_mentions};
use crate::digest;
use crate::message::{self as messages, message};
use crate::pack::split::weight;
use crate::text::percent_encode;

const POST: usize = 280;
/// The most that hashtags take.
const TAGS: usize = 60;

fn help() -> messages::Message {
    message!(
        "announce-x-help",
        "check the app in the X Developer Console: it needs the permission \"Read and write\", credits, and keys \
         and tokens made after that permission; the clock of this machine must be right"
    )
}

pub(super) struct X {
    exchange: Exchange,
    now: Now,
    address: String,
    keys: Keys,
    /// Whether X has refused a reply, so that posts stand alone.
    has_refused_reply: AtomicBool,
}

struct Keys {
    api_key: String,
    api_secret: String,
    access_token: String,
    access_secret: String,
}

impl X {
    /// `ENDPOINT` names a gateway to X, or a server for tests.
    pub(super) fn new(secrets: ChannelSecrets, now: Now) -> Result<X, SendError> {
        let key = |name: &str| {
            let help = message!(
                "announce-x-keys",
                "copy it from the app in the X Developer Console (Keys and tokens)"
            );
            secrets.required(name, &help)
        };
        let keys = Keys {
            api_key: key("API_KEY")?,
            api_secret: key("API_SECRET")?,
            access_token: key("ACCESS_TOKEN")?,
            access_secret: key("ACCESS_SECRET")?,
        };
        let base = secrets.get("ENDPOINT")?.unwrap_or_else(|| "https://api.x.com".to_owned());
        let address = format!("{}/2/tweets", base.trim_end_matches('/'));
        let exchange = Exchange::new(&base, messages::Message::same("X"), secrets)?;
        Ok(X { exchange, now, address, keys, has_refused_reply: AtomicBool::new(false) })
    }

    /// What an answer means that is no success.
    ///
    /// # Errors
    /// All of them, but for a text that X has already from an earlier try: it is sent, and its id is not known.
    fn outcome(&self, answer: &Answer, is_reply: bool, is_repeated: bool) -> Result<Sent, SendError> {
        if answer.status == 403 && is_duplicate(answer) && is_repeated {
            return Ok(Sent::default());
        }
        Err(self.failure(answer, is_reply))
    }

    fn failure(&self, answer: &Answer, is_reply: bool) -> SendError {
        let error = self.exchange.failure(answer, (self.now)(), help());
        match error {
            SendError::Refused { reason, .. } if answer.status == 403 && is_duplicate(answer) => {
                SendError::Unknown { reason }
            }
            SendError::Refused { reason, .. } if is_reply && matches!(answer.status, 400 | 403 | 404) => {
                self.has_refused_reply.store(true, Ordering::Relaxed);
                let reason = message!(
                    "announce-x-reply",
                    "{reason}; the next try does not reply to the earlier post",
                    reason
                );
                SendError::Later { reason, wait: Some(Duration::ZERO) }
            }
            SendError::Later { reason, wait } => {
                SendError::Later { reason, wait: wait.or_else(|| wait_of(answer, (self.now)())) }
            }
            error => error,
        }
    }
}

impl Channel for X {
    fn guard(&self) -> Guard {
        Guard::None
    }

    fn check(&self) -> Result<(), SendError> {
        Ok(())
    }

    fn send(&self, message: &Message, delivery: &Delivery<'_>) -> Result<Sent, SendError> {
        // X shows a thread if each post answers the one before it.
        let parent = delivery.latest.or(delivery.first).filter(|id| is_id(id));
        let parent = parent.filter(|_| !self.has_refused_reply.load(Ordering::Relaxed));
        let mut headline = delivery.headline(message);
        if delivery.is_test {
            // X refuses a text that it already has.
            headline = format!("{headline} {}", message.at_words);
        }
        let mut body = json!({ "text": text(message, &headline) });
        if let Some(parent) = parent {
            body["reply"] = json!({ "in_reply_to_tweet_id": parent });
        }
        let authorization = self.keys.authorization(&self.address, &nonce()?, (self.now)());
        let headers = [("authorization", authorization.as_str())];
        let answer = self.exchange.send(post_json(&self.address, &headers, &body)?)?;
        if !answer.is_success() {
            return self.outcome(&answer, parent.is_some(), delivery.is_repeated);
        }
        let found = answer.json();
        let Some(id) = found.pointer("/data/id").and_then(Value::as_str).filter(|id| is_id(id)) else {
            let reason = message!(
                "announce-x-no-id",
                "X answers {status} without the id of a post",
                status = answer.status
            );
            return Err(SendError::Unknown { reason: self.exchange.saying(reason, &answer.text()) });
        };
        Ok(Sent { id: Some(id.to_owned()), address: Some(format!("https://x.com/i/web/status/{id}")) })
    }
}

fn is_id(id: &str) -> bool {
    (1..=19).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_digit())
}

fn is_duplicate(answer: &Answer) -> bool {
    answer.text().to_ascii_lowercase().contains("duplicate")
}

/// The time until the latest of the limits that are used up ends. The limits of a day are not documented.
fn wait_of(answer: &Answer, now: i64) -> Option<Duration> {
    let number = |name: String| answer.header(&name).and_then(|value| value.trim().parse::<i64>().ok());
    let limits = ["x-rate-limit", "x-user-limit-24hour", "x-app-limit-24hour"];
    let used_up =
        limits.iter().filter(|limit| number(format!("{limit}-remaining")).is_none_or(|left| left <= 0));
    let ends = used_up.filter_map(|limit| number(format!("{limit}-reset"))).max()?;
    Some(Duration::from_secs(u64::try_from(ends.saturating_sub(now)).unwrap_or(0)))
}

fn text(message: &Message, headline: &str) -> String {
    let tags = message.tags.join(" ");
    let tags = if weight(&tags) <= TAGS { tags } else { String::new() };
    let tail = format!("{}\n{tags}", wording::link(&message.address));
    let parts = Parts { message, headline, tail: tail.trim_end(), between: "\n", escape: &quiet };
    parts.within(POST, &weight)
}

/// A text without mentions and cashtags.
fn quiet(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = without_mentions(text).chars().collect::<Vec<_>>().into_iter().peekable();
    while let Some(c) = rest.next() {
        // The wide sign is no cashtag.
        let is_cashtag = c == '$' && rest.peek().is_some_and(char::is_ascii_alphabetic);
        out.push(if is_cashtag { '＄' } else { c });
    }
    out
}

fn nonce() -> Result<String, SendError> {
    let mut bytes = [0; 16];
    SystemRandom::new().fill(&mut bytes).map_err(|_| SendError::Later {
        reason: message!(
            "announce-x-random",
            "the system gives no random numbers, which a request to X needs"
        ),
        wait: None,
    })?;
    Ok(digest::hex(&bytes))
}

/// Everything but the unreserved characters of RFC 3986, as OAuth 1.0a wants it.
fn encode(text: &str) -> String {
    percent_encode(text).replace('/', "%2F")
}

impl Keys {
    /// The header `Authorization` of a `POST` whose body is no form (RFC 5849).
    fn authorization(&self, address: &str, nonce: &str, now: i64) -> String {
        let time = now.to_string();
        let mut parameters = vec![
            ("oauth_consumer_key", self.api_key.as_str()),
            ("oauth_nonce", nonce),
            ("oauth_signature_method", "HMAC-SHA1"),
            ("oauth_timestamp", &time),
            ("oauth_token", &self.access_token),
            ("oauth_version", "1.0"),
        ];
        let signature = self.signature("POST", address, &parameters);
        parameters.push(("oauth_signature", &signature));
        let pairs: Vec<String> =
            parameters.iter().map(|(name, value)| format!("{name}=\"{}\"", encode(value))).collect();
        format!("OAuth {}", pairs.join(", "))
    }

    fn signature(&self, method: &str, address: &str, parameters: &[(&str, &str)]) -> String {
        let mut pairs: Vec<String> =
            parameters.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        pairs.sort_unstable();
        let signed = format!("{method}&{}&{}", encode(address), encode(&pairs.join("&")));
        let key = format!("{}&{}", encode(&self.api_secret), encode(&self.access_secret));
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, key.as_bytes());
        STANDARD.encode(hmac::sign(&key, signed.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signature_is_that_of_the_documentation_of_x() {
        let keys = Keys {
            api_key: "xvz1evFS4wEEPTGEFPHBog".into(),
            api_secret: "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw".into(),
            access_token: "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb".into(),
            access_secret: "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE".into(),
        };
        let parameters = [
            ("status", "Hello Ladies + Gentlemen, a signed OAuth request!"),
            ("include_entities", "true"),
            ("oauth_consumer_key", "xvz1evFS4wEEPTGEFPHBog"),
            ("oauth_nonce", "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg"),
            ("oauth_signature_method", "HMAC-SHA1"),
            ("oauth_timestamp", "1318622958"),
            ("oauth_token", "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb"),
            ("oauth_version", "1.0"),
        ];
        let address = "https://api.x.com/1.1/statuses/update.json";
        assert_eq!(keys.signature("POST", address, &parameters), "Ls93hJiZbQ3akF3HF3x1Bz8/zU4=");
        let header = keys.authorization("https://api.x.com/2/tweets", "abc", 1_318_622_958);
        assert!(header.starts_with("OAuth oauth_consumer_key=\"xvz1evFS4wEEPTGEFPHBog\", "), "{header}");
        assert!(!header.contains(&keys.api_secret) && !header.contains(&keys.access_secret), "{header}");
    }

    #[test]
    fn no_word_of_a_writer_is_a_cashtag_or_a_mention() {
        assert_eq!(quiet("@sama $BTC $100 a$b US$"), "@\u{200b}sama ＄BTC $100 a＄b US$");
    }
}
