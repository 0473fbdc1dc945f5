//! `channels` of site.yaml: the settings for posts and mails.

use super::text::{Localized, Text};

/// The settings for channels other than the site.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Channels {
    pub social: Social,
    pub mail: Mail,
}

/// The limits of a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Social {
    /// The longest post, counted as the platform counts.
    pub limit: usize,
    /// The hashtags without `#`, each in the languages of the site.
    pub hashtags: Vec<Text>,
}

impl Default for Social {
    fn default() -> Social {
        Social { limit: 280, hashtags: Vec::new() }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Mail {
    pub from: Option<Localized<Mailbox>>,
    pub reply_to: Option<Localized<Mailbox>>,
}

/// A mailbox: an address with an optional name (RFC 5322 section 3.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    pub name: Option<String>,
    pub address: String,
}

impl Mailbox {
    /// Parses `status@example.com` or `Example Status <status@example.com>`. The address must be ASCII, which
    /// every mail server accepts.
    #[must_use]
    pub fn parse(written: &str) -> Option<Mailbox> {
        let written = written.trim();
        let Some((name, rest)) = written.split_once('<') else {
            return is_address(written).then(|| Mailbox { name: None, address: written.to_owned() });
        };
        let address = rest.strip_suffix('>')?;
        let name = name.trim().trim_matches('"').trim();
        // `=?` begins an encoded word of RFC 2047, so a name must not contain it.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::words;

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
        let none = "\
            a @b a@ a␣b@c a@b␣c a@b,c@d a@-b a..b@c a@b..c <a@b x␣a@b> 星@b a@b\nBcc:␣c@d \
            A␣<a@b>,␣B␣<c@d> A\r\nBcc:␣x␣<a@b>";
        for written in words(none).iter().chain([&String::new()]) {
            assert_eq!(Mailbox::parse(written), None, "{written}");
        }
    }
}
