//! Discord, by a webhook.
//!
//! As documented in November 2026:
//! - Request: <https://docs.discord.com/developers/resources/webhook#execute-webhook>. With `wait=true` Discord answers with
//!   the message or an error; without it, a message that is lost is a success. `nonce` and `enforce_nonce` exist for bots
//!   (create message), not for webhooks, so nothing tells a repeated message from a new one. A webhook cannot reply to a
//!   message; `thread_id` in the address sends to a thread, which a forum needs.
//! - Limits: `content` 2,000 characters; an embed 25 fields, 256 for the name of a field, 1,024 for its value, 4,096 for the
//!   description, 2,048 for the footer and 6,000 for all of them
//!   (<https://docs.discord.com/developers/resources/message#embed-object-embed-limits>).
//! - Rate limits are not fixed: `X-RateLimit-Remaining` and `X-RateLimit-Reset-After` say when the next message may follow,
//!   and `429` has `Retry-After` (<https://docs.discord.com/developers/topics/rate-limits>).
//! - `allowed_mentions` with nothing to parse: nobody is pinged, whatever the text says.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::{Value, json};

use super::Now;
use crate::announce::channel::{Channel, Delivery, Guard, SendError, Sent};
use crate::announce::exchange::{Answer, Exchange, post_json};
use crate::announce::message::Message;
use crate::announce::secrets::ChannelSecrets;
use crate::announce::wording::{self, shorten, units, without_markdown};
use crate::message::{self as messages, message};

const CONTENT: usize = 2000;
const DESCRIPTION: usize = 4096;
const FOOTER: usize = 200;
/// The labels of facts, their values, and all of them. What is left of the 6,000 is the description's.
const FACTS: [usize; 3] = [256, 1024, 1600];
const FIELDS: usize = 25;

fn help() -> messages::Message {
    message!(
        "announce-discord-help",
        "look for the webhook in the settings of the Discord channel (Integrations, Webhooks) and copy its \
         address again; a webhook of a forum needs `?thread_id=` with the id of a thread after its address"
    )
}

pub(super) struct Discord {
    exchange: Exchange,
    now: Now,
    url: String,
    /// Milliseconds until Discord takes the next message, by its latest answer.
    pause: AtomicU64,
}

impl Discord {
    pub(super) fn new(secrets: ChannelSecrets, now: Now) -> Result<Discord, SendError> {
        let help = message!(
            "announce-discord-url",
            "make a webhook in the settings of a Discord channel (Integrations, Webhooks), copy its address"
        );
        let url = secrets.required("URL", &help)?;
        let exchange = Exchange::at_secret(&url, &messages::Message::same("Discord"), secrets)?;
        Ok(Discord { exchange, now, url: waiting(&url), pause: AtomicU64::new(0) })
    }
}

impl Channel for Discord {
    fn guard(&self) -> Guard {
        Guard::None
    }

    fn pause(&self) -> Duration {
        Duration::from_millis(self.pause.load(Ordering::Relaxed))
    }

    fn check(&self) -> Result<(), SendError> {
        Ok(())
    }

    fn send(&self, message: &Message, delivery: &Delivery<'_>) -> Result<Sent, SendError> {
        let body = body(message, &delivery.headline(message));
        let answer = self.exchange.send(post_json(&self.url, &[], &body)?)?;
        self.pause.store(pause(&answer), Ordering::Relaxed);
        if !answer.is_success() {
            return Err(self.exchange.failure(&answer, (self.now)(), help()));
        }
        let id = answer.json().get("id").and_then(Value::as_str).map(str::to_owned);
        Ok(Sent { id, address: None })
    }
}

/// The address of the webhook, with the question to wait until the message is there.
fn waiting(url: &str) -> String {
    let url = url.split('#').next().unwrap_or(url);
    let (place, query) = url.split_once('?').unwrap_or((url, ""));
    let others = query.split('&').filter(|pair| !pair.is_empty() && pair.split('=').next() != Some("wait"));
    let pairs: Vec<&str> = others.chain(["wait=true"]).collect();
    format!("{place}?{}", pairs.join("&"))
}

fn pause(answer: &Answer) -> u64 {
    let remaining = answer.header("x-ratelimit-remaining").and_then(|value| value.parse::<u64>().ok());
    let seconds = answer.header("x-ratelimit-reset-after").and_then(|value| value.parse::<f64>().ok());
    let wait = seconds
        .filter(|_| remaining == Some(0))
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    wait.and_then(|wait| u64::try_from(wait.as_millis()).ok()).unwrap_or(0)
}

/// The headline and the link are text, which everybody sees and which notifications show; the embed has the rest.
fn body(message: &Message, headline: &str) -> Value {
    let escaped = |text: &str| without_markdown(text, &['<', '>']);
    let cost = |text: &str| units(&escaped(text));
    let address = wording::link(&message.address);
    let headline = shorten(headline, CONTENT.saturating_sub(units(&address) + 10).min(400), &cost);
    let facts = wording::facts_within(message, FACTS, &cost);
    let fields: Vec<Value> = facts
        .iter()
        .take(FIELDS)
        .map(|(label, value)| json!({ "name": escaped(label), "value": escaped(value), "inline": false }))
        .collect();
    let text = shorten(&wording::text(message), DESCRIPTION, &cost);
    let mut embed = json!({ "timestamp": message.at.iso() });
    if !text.is_empty() {
        embed["description"] = escaped(&text).into();
    }
    if !fields.is_empty() {
        embed["fields"] = fields.into();
    }
    let site = shorten(&wording::one_line(&message.site_name), FOOTER, &units);
    if !site.is_empty() {
        embed["footer"] = json!({ "text": site });
    }
    json!({
        "content": format!("**{}**\n<{address}>", escaped(&headline)),
        "embeds": [embed],
        "allowed_mentions": { "parse": [] },
    })
}

#[cfg(test)]
mod tests {
    use super::waiting;

    #[test]
    fn every_address_asks_to_wait() {
        for (url, wanted) in [
            ("https://d.example/1/a", "https://d.example/1/a?wait=true"),
            ("https://d.example/1/a?thread_id=5&wait=false#x", "https://d.example/1/a?thread_id=5&wait=true"),
        ] {
            assert_eq!(waiting(url), wanted);
        }
    }
}
