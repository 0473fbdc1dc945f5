//! Microsoft Teams, by a workflow that begins with "When a Teams webhook request is received". Microsoft ended the
//! connectors of Office 365 that came before it in May 2026.
//!
//! As documented in November 2026:
//! - Request: a message with one Adaptive Card in `attachments`, which the templates of Workflows post to a channel or a chat
//!   (<https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook>).
//! - `202` has no text: the workflow has begun, and posts by itself
//!   (<https://learn.microsoft.com/azure/connectors/connectors-native-reqres>). So no answer names the message, nothing can
//!   reply to it, and nothing tells a repeated message from a new one. Whether the post failed, only the history of the
//!   workflow says.
//! - Limits: about 28 KB for a message with everything in it (<https://learn.microsoft.com/connectors/teams/>); `429` has
//!   `Retry-After`.
//! - `RichTextBlock` knows no Markdown, unlike `TextBlock` and `FactSet`
//!   (<https://learn.microsoft.com/adaptive-cards/authoring-cards/text-features>), so the text of writers needs no escaping
//!   and mentions nobody. It is part of Adaptive Cards 1.2.

use std::time::Duration;

use serde_json::{Value, json};

use super::Now;
use crate::announce::channel::{Channel, Delivery, Guard, SendError, Sent};
use crate::announce::exchange::{Exchange, post_json};
use crate::announce::message::Message;
use crate::announce::secrets::ChannelSecrets;
use crate::announce::wording::{self, Parts, shorten};
use crate::message::{self as messages, message};

// Of the 28 KB, each in bytes of JSON.
const HEADLINE: usize = 600;
const TEXT: usize = 8000;
const FACTS: [usize; 3] = [200, 1500, 3000];
/// The message for readers and clients that show no card.
const FALLBACK: usize = 4000;
/// Each line of the text costs a block of its own. The last one has all that is left.
const LINES: usize = 40;

fn help() -> messages::Message {
    message!(
        "announce-teams-help",
        "open the workflow in Teams (Workflows, \"Send webhook alerts to a channel\"), check that it is on and \
         that anyone may trigger it, and copy its address again"
    )
}

pub(super) struct Teams {
    exchange: Exchange,
    now: Now,
    url: String,
}

impl Teams {
    pub(super) fn new(secrets: ChannelSecrets, now: Now) -> Result<Teams, SendError> {
        let help = message!(
            "announce-teams-url",
            "make a workflow in Teams (Workflows, \"Send webhook alerts to a channel\"), copy its address"
        );
        let url = secrets.required("URL", &help)?;
        let exchange = Exchange::at_secret(&url, &messages::Message::same("Microsoft Teams"), secrets)?;
        Ok(Teams { exchange, now, url })
    }
}

impl Channel for Teams {
    fn guard(&self) -> Guard {
        Guard::None
    }

    /// Two runs of a workflow at the same time may post in any order, so one gets time to end.
    fn pause(&self) -> Duration {
        Duration::from_secs(3)
    }

    fn check(&self) -> Result<(), SendError> {
        Ok(())
    }

    fn send(&self, message: &Message, delivery: &Delivery<'_>) -> Result<Sent, SendError> {
        let body = body(message, &delivery.headline(message));
        let answer = self.exchange.send(post_json(&self.url, &[], &body)?)?;
        if answer.is_success() {
            return Ok(Sent::default());
        }
        Err(self.exchange.failure(&answer, (self.now)(), help()))
    }
}

/// The bytes of a text in JSON.
fn bytes(text: &str) -> usize {
    Value::from(text).to_string().len() - 2
}

fn body(message: &Message, headline: &str) -> Value {
    let headline = shorten(headline, HEADLINE, &bytes);
    let run = |text: &str| json!({ "type": "TextRun", "text": text });
    let block = |runs: &[Value], spacing: &str| json!({ "type": "RichTextBlock", "spacing": spacing, "inlines": runs });
    let mut title = run(&headline);
    title["size"] = "Large".into();
    title["weight"] = "Bolder".into();
    let mut card = vec![block(&[title], "Default")];
    let mut spacing = "Default";
    for line in lines(&shorten(&wording::text(message), TEXT, &bytes)) {
        if !line.is_empty() {
            card.push(block(&[run(&line)], spacing));
        }
        spacing = if line.is_empty() { "Medium" } else { "None" };
    }
    let mut spacing = "Medium";
    for (label, value) in wording::facts_within(message, FACTS, &bytes).iter().take(20) {
        let mut name = run(&format!("{label}: "));
        name["weight"] = "Bolder".into();
        card.push(block(&[name, run(value)], spacing));
        spacing = "Small";
    }
    for words in [&message.at_words, &message.site_name] {
        let mut words = run(&shorten(&wording::one_line(words), 300, &bytes));
        words["isSubtle"] = true.into();
        words["size"] = "Small".into();
        card.push(block(&[words], spacing));
        spacing = "None";
    }
    let more = shorten(&wording::one_line(&message.more), 120, &bytes);
    json!({
        "type": "message",
        "summary": headline,
        "attachments": [{
            "contentType": "application/vnd.microsoft.card.adaptive",
            "content": {
                "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                "type": "AdaptiveCard",
                "version": "1.2",
                "lang": message.locale,
                "fallbackText": fallback(message, &headline),
                "body": card,
                "actions": [{ "type": "Action.OpenUrl", "title": more, "url": message.address }],
                "msteams": { "width": "Full" },
            },
        }],
    })
}

/// The lines of a text; an empty one between paragraphs.
fn lines(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = text.lines().map(|line| line.trim().to_owned()).collect();
    lines.dedup_by(|a, b| a.is_empty() && b.is_empty());
    if lines.len() > LINES {
        let others = wording::one_line(&lines.split_off(LINES).join(" "));
        lines.push(others);
    }
    lines
}

fn fallback(message: &Message, headline: &str) -> String {
    let parts = Parts { message, headline, tail: &message.address, between: "\n\n", escape: &str::to_owned };
    parts.within(FALLBACK, &bytes)
}
