//! `channels` of site.yaml: what posts and mails need that no entry says.

use super::reader::{Map, Value};
use super::text::{Localized, Text};
use crate::text;

/// What the channels besides the site need.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Channels {
    /// Posts.
    pub social: Social,
    /// Mails.
    pub mail: Mail,
}

/// What a post may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Social {
    /// The longest post, as the platform counts.
    pub limit: usize,
    /// Without `#`, each in the languages of the site.
    pub hashtags: Vec<Text>,
}

impl Default for Social {
    fn default() -> Social {
        Social { limit: 280, hashtags: Vec::new() }
    }
}

/// Whom mails come from.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Mail {
    /// The sender of mails in each language.
    pub from: Option<Localized<Mailbox>>,
    /// Where answers go.
    pub reply_to: Option<Localized<Mailbox>>,
}

/// An address for mail, perhaps with a name (RFC 5322 section 3.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    /// Who it is.
    pub name: Option<String>,
    /// `status@example.com`.
    pub address: String,
}

impl Mailbox {
    /// `status@example.com` or `Example Status <status@example.com>`; ASCII, as every mail server takes it.
    #[must_use]
    pub fn parse(written: &str) -> Option<Mailbox> {
        let written = written.trim();
        let Some((name, rest)) = written.split_once('<') else {
            return is_address(written).then(|| Mailbox { name: None, address: written.to_owned() });
        };
        let address = rest.strip_suffix('>')?;
        let name = name.trim().trim_matches('"').trim();
        // `=?` begins an encoded word of RFC 2047: no name holds one.
        let sound = is_address(address)
            && !name.chars().any(|c| c.is_control() || matches!(c, '>' | '"' | '\\'))
            && !name.contains("=?");
        sound.then(|| Mailbox {
            name: Some(name).filter(|n| !n.is_empty()).map(str::to_owned),
            address: address.to_owned(),
        })
    }
}

fn is_address(address: &str) -> bool {
    let Some((local, domain)) = address.rsplit_once('@') else { return false };
    let atom = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    let label = |l: &str| {
        let inner = l.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        inner && !l.is_empty() && !l.starts_with('-') && !l.ends_with('-')
    };
    let dotted = |part: &str| !part.is_empty() && part.split('.').all(|p| !p.is_empty());
    address.len() <= 254
        && dotted(local)
        && local.split('.').all(|p| p.chars().all(atom))
        && domain.split('.').all(label)
}

/// Reads `channels`.
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

/// A post of fewer characters has no room for a link and a title.
fn limit(value: &Value<'_>) -> Option<usize> {
    let limit = value.within(value.integer()?, 60..=25_000, "from 60 to 25000")?;
    usize::try_from(limit).ok()
}

/// A list of hashtags; a mapping by locale is one hashtag.
fn hashtags(value: Value<'_>) -> Vec<Value<'_>> {
    if value.is_map() { vec![value] } else { value.list() }
}

fn hashtag(value: &Value<'_>) -> Option<Text> {
    value.localized()?.try_map(|written| {
        let tag = written.trim_start_matches(['#', '＃']);
        let sound = |c: char| text::is_slug_char(c) && c != '-';
        if tag.is_empty() || !tag.chars().all(sound) || tag.chars().all(|c| c.is_ascii_digit()) {
            let help = "a hashtag is one word of letters, digits and `_`, and not digits alone";
            let message = format!("`{written}` is no hashtag");
            refuse(value, written, "site/bad-hashtag", message, help);
            return None;
        }
        Some(tag.to_owned())
    })
}

/// An error at a value, or at one language of it.
fn refuse(value: &Value<'_>, written: &str, code: &'static str, message: String, help: &str) {
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
            let help = "write it as `status@example.com` or `Example Status <status@example.com>`, with the address in ASCII";
            let message = format!("`{written}` is no address for mail");
            refuse(value, written, "site/bad-mail-address", message, help);
        }
        found
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_may_have_a_name() {
        let found = Mailbox::parse("星取引所 稼働状況 <status@hoshi.example>").expect("an address");
        assert_eq!(found.name.as_deref(), Some("星取引所 稼働状況"));
        assert_eq!(found.address, "status@hoshi.example");
        let quoted = Mailbox::parse("\"Hoshi, Inc.\" <a.b+c@hoshi.example>").expect("an address");
        assert_eq!(quoted.name.as_deref(), Some("Hoshi, Inc."));
        assert_eq!(Mailbox::parse("a@b").and_then(|m| m.name), None);
    }

    #[test]
    fn what_no_server_takes_is_no_address() {
        for written in [
            "",
            "a",
            "@b",
            "a@",
            "a b@c",
            "a@b c",
            "a@b,c@d",
            "a@-b",
            "a..b@c",
            "a@b..c",
            "<a@b",
            "x a@b>",
            "星@b",
            "a@b\nBcc: c@d",
            "A <a@b>, B <c@d>",
            "A\r\nBcc: x <a@b>",
        ] {
            assert_eq!(Mailbox::parse(written), None, "{written}");
        }
    }
}
