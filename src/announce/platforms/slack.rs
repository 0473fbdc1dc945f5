//! Slack, by an incoming webhook, and what takes the same, such as Mattermost.
//!
//! As documented in November 2026:
//! - Request, answers and threads: <https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks>. A success is
//!   `200` with `ok`. `400`, `403`, `404` and `410` were not taken; `500` (`rollup_error`) says nothing
//!   (<https://api.slack.com/changelog/2016-05-17-changes-to-errors-for-incoming-webhooks>). No answer names the message, so
//!   nothing can reply to it, and nothing tells a repeated message from a new one.
//! - Limits: a header has 150 characters, a section 3,000, one of its fields 2,000, and a section 10 fields
//!   (<https://docs.slack.dev/reference/block-kit/blocks/section-block>); all blocks together have about 13,000
//!   (<https://github.com/slackapi/bolt-js/issues/2509>). A channel takes one message a second, and `429` has `Retry-After`
//!   (<https://docs.slack.dev/apis/web-api/rate-limits>).
//! - `&`, `<` and `>` are escaped in every text; `plain_text` knows no other form
//!   (<https://docs.slack.dev/messaging/formatting-message-text>).
//! - Mattermost ignores blocks, shows `text` as Markdown, and obeys `@channel` in it
//!   (<https://docs.mattermost.com/developers/integrate/slash-commands/slack>).

use std::time::Duration;

use serde_json::{Value, json};

use super::Now;
use crate::announce::channel::{Channel, Delivery, Guard, SendError, Sent};
use crate::announce::exchange::{Exchange, post_json};
use crate::announce::message::Message;
use crate::announce::secrets::ChannelSecrets;
use crate::announce::wording::{
    self, Parts, shorten, units, with_entities, without_markdown, without_mentions,
};
use crate::message::{self as messages, message};

const HEADER: usize = 150;
const SECTION: usize = 3000;
/// The facts of a message: labels, values and all of them. Slack would allow more, but not beside a long text.
const FACTS: [usize; 3] = [100, 1000, 4000];
const FIELDS: usize = 10;
/// The text that stands for the blocks. Mattermost would take 16,383 characters.
const TEXT: usize = 4000;

fn help() -> messages::Message {
    message!(
        "announce-slack-help",
        "make a new incoming webhook in Slack (Apps, Incoming Webhooks) and set its address as the `URL` of the channel"
    )
}

pub(super) struct Slack {
    exchange: Exchange,
    now: Now,
    url: String,
    /// Whether Slack itself gets the messages, and not a server that reads `text` as Markdown.
    is_original: bool,
}

impl Slack {
    pub(super) fn new(secrets: ChannelSecrets, now: Now) -> Result<Slack, SendError> {
        let help = message!(
            "announce-slack-url",
            "make an incoming webhook in Slack or Mattermost, copy its address"
        );
        let url = secrets.required("URL", &help)?;
        let exchange = Exchange::at_secret(&url, &messages::Message::same("Slack"), secrets)?;
        let is_original =
            url.starts_with("https://hooks.slack.com/") || url.starts_with("https://hooks.slack-gov.com/");
        Ok(Slack { exchange, now, url, is_original })
    }
}

impl Channel for Slack {
    fn guard(&self) -> Guard {
        Guard::None
    }

    fn pause(&self) -> Duration {
        Duration::from_secs(1)
    }

    fn check(&self) -> Result<(), SendError> {
        Ok(())
    }

    fn send(&self, message: &Message, delivery: &Delivery<'_>) -> Result<Sent, SendError> {
        let body = body(message, &delivery.headline(message), self.is_original);
        let answer = self.exchange.send(post_json(&self.url, &[], &body)?)?;
        if answer.is_success() {
            return Ok(Sent::default());
        }
        Err(self.exchange.failure(&answer, (self.now)(), help()))
    }
}

fn body(message: &Message, headline: &str, is_original: bool) -> Value {
    json!({
        "text": text(message, headline, is_original),
        "blocks": blocks(message, headline),
        "unfurl_links": false,
        "unfurl_media": false,
    })
}

/// The message for notifications, and all that Mattermost shows.
fn text(message: &Message, headline: &str, is_original: bool) -> String {
    let escaped = |text: &str| {
        let text = without_mentions(text);
        with_entities(&if is_original { text } else { without_markdown(&text, &[]) })
    };
    let tail = format!("<{}>", address(message));
    let parts = Parts { message, headline, tail: &tail, between: "\n\n", escape: &escaped };
    parts.within(TEXT, &units)
}

fn blocks(message: &Message, headline: &str) -> Vec<Value> {
    let escaped = |text: &str| units(&with_entities(text));
    let plain = |text: &str| json!({ "type": "plain_text", "text": with_entities(text), "emoji": false });
    let mut blocks = vec![json!({ "type": "header", "text": plain(&shorten(headline, HEADER, &escaped)) })];
    let text = shorten(&wording::text(message), SECTION, &escaped);
    if !text.is_empty() {
        blocks.push(json!({ "type": "section", "text": plain(&text) }));
    }
    for facts in wording::facts_within(message, FACTS, &escaped).chunks(FIELDS) {
        let fields: Vec<Value> =
            facts.iter().map(|(label, value)| plain(&format!("{label}\n{value}"))).collect();
        blocks.push(json!({ "type": "section", "fields": fields }));
    }
    let more = shorten(&wording::one_line(&message.more), 75, &escaped);
    let link = format!("<{}|{}>", address(message), with_entities(&more));
    blocks.push(json!({ "type": "section", "text": { "type": "mrkdwn", "text": link, "verbatim": true } }));
    let place: Vec<Value> = [&message.site_name, &message.at_words]
        .into_iter()
        .map(|words| shorten(&wording::one_line(words), 200, &escaped))
        .filter(|words| !words.is_empty())
        .map(|words| plain(&words))
        .collect();
    if !place.is_empty() {
        blocks.push(json!({ "type": "context", "elements": place }));
    }
    blocks
}

fn address(message: &Message) -> String {
    wording::link(&message.address).replace('&', "&amp;")
}
