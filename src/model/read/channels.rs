//! Reads `channels` of site.yaml into [`Channels`].

use super::value::{Map, Value};
use crate::message::{Message, message};
use crate::model::channels::{Channels, Mailbox};
use crate::model::text::{Localized, Text};
use crate::text;

pub(super) fn read(map: &Map<'_>) -> Channels {
    let mut channels = Channels::default();
    let Some(inner) = map.get("channels").and_then(|v| v.map()) else { return channels };
    if let Some(social) = inner.get("social").and_then(|v| v.map()) {
        channels.social.limit = social.get("limit").and_then(|v| limit(&v)).unwrap_or(280);
        let tags = social.get("hashtags").map(hashtags).unwrap_or_default();
        channels.social.hashtags = tags.iter().filter_map(hashtag).collect();
        social.finish();
    }
    if let Some(mail) = inner.get("mail").and_then(|v| v.map()) {
        channels.mail.from = mail.get("from").and_then(|v| mailbox(&v));
        channels.mail.reply_to = mail.get("reply_to").and_then(|v| mailbox(&v));
        mail.finish();
    }
    inner.finish();
    channels
}

/// The limit of a post. Fewer characters leave no room for a link and a title.
fn limit(value: &Value<'_>) -> Option<usize> {
    let limit = value.within(value.integer()?, 60..=25_000, ["60", "25000"])?;
    usize::try_from(limit).ok()
}

/// The hashtags. A mapping by locale is one hashtag.
fn hashtags(value: Value<'_>) -> Vec<Value<'_>> {
    if value.is_map() { vec![value] } else { value.list() }
}

fn hashtag(value: &Value<'_>) -> Option<Text> {
    value.localized()?.try_map(|written| {
        let tag = written.trim_start_matches(['#', '＃']);
        let sound = |c: char| text::is_slug_char(c) && c != '-';
        if tag.is_empty() || !tag.chars().all(sound) || tag.chars().all(|c| c.is_ascii_digit()) {
            let message = message!("model-hashtag", "`{written}` is not a hashtag", written);
            let help = message!(
                "model-hashtag-help",
                "write one word of letters, digits and `_`, and not only digits"
            );
            refuse(value, written, "site/bad-hashtag", message, help);
            return None;
        }
        Some(tag.to_owned())
    })
}

/// Reports an error at a value, or at one language of it.
fn refuse(value: &Value<'_>, written: &str, code: &'static str, message: Message, help: Message) {
    if value.is_map() {
        value.fail_within(written, 0..written.len(), code, message, help);
    } else {
        value.fail(code, message, help);
    }
}

fn mailbox(value: &Value<'_>) -> Option<Localized<Mailbox>> {
    value.localized()?.try_map(|written| {
        let found = Mailbox::parse(written);
        if found.is_none() {
            let message = message!("model-mail-address", "`{written}` is not a mail address", written);
            refuse(value, written, "site/bad-mail-address", message, write_mailbox());
        }
        found
    })
}

/// The help for an address that cannot be read.
pub(super) fn write_mailbox() -> Message {
    message!(
        "model-mail-address-help",
        "write it as `status@example.com` or `Example Status <status@example.com>`, with the address in ASCII"
    )
}
