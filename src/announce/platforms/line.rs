//! LINE, by a broadcast of the Messaging API to all friends of an official account.
//!
//! As documented in November 2026:
//! - Request: <https://developers.line.biz/en/reference/messaging-api/#send-broadcast-message>, and as `OpenAPI` in
//!   <https://github.com/line/line-openapi/blob/main/messaging-api.yml>.
//! - Repetition: LINE executes a request with a known `X-Line-Retry-Key` once, and answers `409` with
//!   `X-Line-Accepted-Request-Id` afterwards. It knows a key for 24 hours after the first request
//!   (<https://developers.line.biz/en/docs/messaging-api/retrying-api-request/>).
//! - Limits: `altText` 1,500 UTF-16 code units; the label of a button 40 characters and its address 1,000; a bubble 30 KB of
//!   JSON (<https://developers.line.biz/en/reference/messaging-api/#flex-message>); a text message 5,000
//!   (<https://developers.line.biz/en/docs/messaging-api/text-character-count/>).
//! - 60 broadcasts an hour. `429` was not executed: it says that the rate, or the number of messages of the month, is used
//!   up, in words only, without `Retry-After`
//!   (<https://developers.line.biz/en/docs/messaging-api/handling-http-429-errors/>).
//! - A broadcast cannot reply: it has no message that it could quote.

use std::time::Duration;

use serde_json::{Value, json};

use super::Now;
use crate::announce::channel::{Channel, Delivery, Guard, SendError, Sent};
use crate::announce::exchange::{Exchange, post_json};
use crate::announce::message::Message;
use crate::announce::secrets::ChannelSecrets;
use crate::announce::wording::{self, Parts, shorten, units};
use crate::message::{self as messages, message};

const ALT_TEXT: usize = 1500;
const TEXT_MESSAGE: usize = 5000;
const BUTTON_ADDRESS: usize = 1000;
const BUTTON_LABEL: usize = 40;
// Of the 30 KB of a bubble, each in bytes of JSON.
const HEADLINE: usize = 1000;
const TEXT: usize = 16_000;
const FACTS: [usize; 3] = [200, 1500, 4000];

fn help() -> messages::Message {
    message!(
        "announce-line-help",
        "issue a channel access token in the LINE Developers Console (Messaging API) and set it as the `TOKEN` \
         of the channel"
    )
}

fn quota_help() -> messages::Message {
    message!(
        "announce-line-quota",
        "raise the limit of messages in the LINE Official Account Manager (Settings, Usage and billing), \
         then type `noroshi announce retry`"
    )
}

pub(super) struct Line {
    exchange: Exchange,
    now: Now,
    address: String,
    authorization: String,
}

impl Line {
    /// `ENDPOINT` names a gateway to LINE, or a server for tests.
    pub(super) fn new(secrets: ChannelSecrets, now: Now) -> Result<Line, SendError> {
        let help =
            message!("announce-line-token", "issue a channel access token in the LINE Developers Console");
        let token = secrets.required("TOKEN", &help)?;
        let base = secrets.get("ENDPOINT")?.unwrap_or_else(|| "https://api.line.me".to_owned());
        let address = format!("{}/v2/bot/message/broadcast", base.trim_end_matches('/'));
        let exchange = Exchange::new(&base, messages::Message::same("LINE"), secrets)?;
        Ok(Line { exchange, now, address, authorization: format!("Bearer {token}") })
    }
}

impl Channel for Line {
    fn guard(&self) -> Guard {
        Guard::For(Duration::from_secs(24 * 60 * 60))
    }

    fn check(&self) -> Result<(), SendError> {
        Ok(())
    }

    fn send(&self, message: &Message, delivery: &Delivery<'_>) -> Result<Sent, SendError> {
        let headers = [("authorization", self.authorization.as_str()), ("x-line-retry-key", delivery.key)];
        let body = body(message, &delivery.headline(message));
        let answer = self.exchange.send(post_json(&self.address, &headers, &body)?)?;
        let id = |name: &str| answer.header(name).map(str::to_owned);
        if answer.is_success() {
            return Ok(Sent { id: id("x-line-request-id"), address: None });
        }
        // An earlier try was taken: this is its id.
        if let (409, Some(id)) = (answer.status, id("x-line-accepted-request-id")) {
            return Ok(Sent { id: Some(id), address: None });
        }
        Err(match self.exchange.failure(&answer, (self.now)(), help()) {
            SendError::Refused { reason, .. } if answer.status == 409 => SendError::Unknown { reason },
            SendError::Later { reason, .. } if answer.text().contains("monthly limit") => {
                SendError::Refused { reason, help: quota_help() }
            }
            error => error,
        })
    }
}

fn body(message: &Message, headline: &str) -> Value {
    let address = &message.address;
    let can_be_button = units(address) <= BUTTON_ADDRESS && address.starts_with("http");
    let message = if can_be_button {
        json!({
            "type": "flex",
            "altText": whole(message, headline, ALT_TEXT),
            "contents": bubble(message, headline),
        })
    } else {
        json!({ "type": "text", "text": whole(message, headline, TEXT_MESSAGE) })
    };
    json!({ "messages": [message] })
}

/// The message as plain text: notifications, the list of chats and screen readers have it.
fn whole(message: &Message, headline: &str, room: usize) -> String {
    let parts = Parts { message, headline, tail: &message.address, between: "\n\n", escape: &str::to_owned };
    parts.within(room, &units)
}

/// The bytes of a text in JSON.
fn bytes(text: &str) -> usize {
    Value::from(text).to_string().len() - 2
}

fn bubble(message: &Message, headline: &str) -> Value {
    // LINE refuses an empty text.
    let text = |words: &str| json!({ "type": "text", "text": words, "wrap": true });
    let mut title = text(&shorten(headline, HEADLINE, &bytes));
    title["weight"] = "bold".into();
    title["size"] = "lg".into();
    let mut contents = vec![title];
    let words = shorten(&wording::text(message), TEXT, &bytes);
    if !words.is_empty() {
        contents.push(text(&words));
    }
    for (label, value) in wording::facts_within(message, FACTS, &bytes).iter().take(20) {
        let mut name = text(label);
        name["size"] = "sm".into();
        name["color"] = "#555555".into();
        contents.push(json!({ "type": "box", "layout": "vertical", "contents": [name, text(value)] }));
    }
    let place = wording::one_line(&format!("{} {}", message.at_words, message.site_name));
    if !place.is_empty() {
        let mut place = text(&shorten(&place, 600, &bytes));
        place["size"] = "xs".into();
        place["color"] = "#555555".into();
        contents.push(place);
    }
    let characters = |text: &str| text.chars().count();
    let more = shorten(&wording::one_line(&message.more), BUTTON_LABEL, &characters);
    let button = json!({
        "type": "button",
        "style": "link",
        "action": { "type": "uri", "label": if more.is_empty() { "→" } else { more.as_str() }, "uri": message.address },
    });
    json!({
        "type": "bubble",
        "body": { "type": "box", "layout": "vertical", "spacing": "md", "contents": contents },
        "footer": { "type": "box", "layout": "vertical", "contents": [button] },
    })
}
