//! site.yaml.

use std::sync::Arc;

use super::channels::Channels;
use super::component::Components;
use super::maintenance::MaintenanceType;
use super::policy::Policy;
use super::text::Text;
use super::time::{Instant, Zone};
use crate::address::Forms;
use crate::diagnostic::Place;
use crate::kind::EntryKind;
use crate::text;
use crate::vocabulary::{Aliases, Severity};

/// The one configuration of a site.
#[derive(Clone, Debug)]
pub struct Config {
    /// Name of the site.
    pub title: Text,
    /// What it is about, in a sentence.
    pub description: Option<Text>,
    /// Name of the company (商号).
    pub publisher: Option<Text>,
    /// Its registration (登録番号).
    pub registration: Option<Text>,
    /// Where the site is served.
    pub url: Url,
    /// The zone of all local times.
    pub zone: Zone,
    /// Where that is written.
    pub zone_place: Option<Place>,
    /// The first is served at `/`.
    pub locales: Vec<String>,
    /// Name of the theme.
    pub theme: String,
    /// Words that the theme adds to those of the format.
    pub words: Aliases,
    /// Path under `static/`.
    pub logo: Option<String>,
    /// Where that is written.
    pub logo_place: Option<Place>,
    /// Links of the header.
    pub nav: Vec<Link>,
    /// Links of the footer.
    pub footer: Vec<Link>,
    /// Official accounts, shown on `/subscribe/`.
    pub official: Vec<Link>,
    /// Where to ask.
    pub contact: Option<Link>,
    /// Asked for on closed entries.
    pub feedback: Option<Link>,
    /// What works or does not.
    pub components: Components,
    /// How the addresses of pages are written.
    pub addresses: Forms,
    /// Words for the three levels.
    pub severities: Vec<SeverityWords>,
    /// Further kinds of maintenance.
    pub kinds: Vec<Choice>,
    /// The site's own facts.
    pub fields: Vec<Field>,
    /// Categories of questions.
    pub categories: Vec<Choice>,
    /// Seconds of history on the home page.
    pub history: i64,
    /// Days of uptime.
    pub uptime_days: u32,
    /// Items in a feed.
    pub feed_items: usize,
    /// Older updates make no items.
    pub feed_since: Option<Instant>,
    /// `WebSub`.
    pub hub: Option<String>,
    /// Published text that looks private and is not.
    pub allow: Vec<String>,
    /// Posts and mails.
    pub channels: Channels,
    /// The manual of the team.
    pub policy: Policy,
    /// Entries that were published and are gone for good: their kind, and their id or the name of their page.
    pub removed: Vec<(EntryKind, String)>,
}

/// Words for a severity.
#[derive(Clone, Debug)]
pub struct SeverityWords {
    /// Which.
    pub severity: Severity,
    /// What the site calls it.
    pub name: Option<Text>,
    /// What it means.
    pub definition: Option<Text>,
}

/// One of several, with an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// As entries name it.
    pub id: String,
    /// As users read it.
    pub name: Text,
}

/// A fact of the site's own.
#[derive(Clone, Debug)]
pub struct Field {
    /// As entries name it.
    pub id: String,
    /// As users read it.
    pub name: Text,
    /// Kinds of entries that may have it.
    pub on: Vec<EntryKind>,
    /// What it may be; anything where empty.
    pub values: Vec<Choice>,
    /// Whether it stands on the home page too.
    pub first_screen: bool,
}

/// A link with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What it says.
    pub label: Text,
    /// Where it leads.
    pub url: String,
    /// Where it is written.
    pub place: Place,
}

/// Where the site is served: an origin and a path that ends in `/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url {
    /// `https://status.example.com`.
    pub origin: String,
    /// `/` or `/status/`.
    pub path: String,
}

impl Url {
    /// An absolute http or https address, without query and fragment.
    #[must_use]
    pub fn parse(address: &str) -> Option<Url> {
        let address = address.trim();
        let scheme = ["https://", "http://"].into_iter().find(|s| address.starts_with(s))?;
        let rest = &address[scheme.len()..];
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let sound = |c: char| {
            !c.is_whitespace()
                && !c.is_control()
                && !matches!(c, '?' | '#' | '\\' | '"' | '<' | '>' | '@' | '\'')
        };
        if host.is_empty() || !rest.chars().all(sound) || path.contains("//") || path.contains("/../") {
            return None;
        }
        let mut path = path.to_owned();
        if !path.ends_with('/') {
            path.push('/');
        }
        // What is encoded already stays.
        let path =
            path.chars()
                .map(|c| {
                    if c.is_ascii() {
                        c.to_string()
                    } else {
                        text::percent_encode(&c.to_string()).into_owned()
                    }
                })
                .collect();
        Some(Url { origin: format!("{scheme}{host}"), path })
    }

    /// The absolute address of a path relative to the site's root.
    #[must_use]
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{}{}", self.origin, self.path, text::percent_encode(path))
    }
}

impl Config {
    /// Whether the team says that a published entry is gone for good; `page` is the folder of its page.
    #[must_use]
    pub fn is_removed(&self, kind: EntryKind, id: &str, page: &str) -> bool {
        let name = page.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        self.removed.iter().any(|(of, known)| *of == kind && (known == id || known == name))
    }

    /// The same configuration with another zone.
    #[must_use]
    pub fn in_zone(&self, zone: Zone) -> Config {
        Config { zone, ..self.clone() }
    }

    /// Every link that the site has everywhere.
    pub fn links(&self) -> impl Iterator<Item = &Link> {
        let lists = self.nav.iter().chain(&self.footer).chain(&self.official);
        lists.chain(&self.contact).chain(&self.feedback)
    }

    /// The site's words for a severity.
    #[must_use]
    pub fn severity(&self, severity: Severity) -> Option<&SeverityWords> {
        self.severities.iter().find(|w| w.severity == severity)
    }

    /// Seconds before its window by which a maintenance is announced: a week, unless the policy says more.
    #[must_use]
    pub fn notice_before(&self, kind: MaintenanceType) -> i64 {
        let own = self.policy.notice_before.iter().find(|(known, _)| *known == kind);
        own.map_or(7 * 86_400, |(_, seconds)| *seconds)
    }

    /// Which file this came from.
    #[must_use]
    pub fn file() -> Arc<str> {
        "content/site.yaml".into()
    }
}
