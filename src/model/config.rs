//! The settings of a site (site.yaml).

use std::sync::Arc;

use super::alerts::AlertRule;
use super::announce::Announce;
use super::channels::Channels;
use super::component::Components;
use super::deploy::Target;
use super::issues::Issues;
use super::maintenance::MaintenanceType;
use super::policy::Policy;
use super::text::Text;
use super::time::{Instant, Zone};
use crate::address::Forms;
use crate::diagnostic::Place;
use crate::hosts::Host;
use crate::kind::EntryKind;
use crate::text;
use crate::vocabulary::{Aliases, Severity};

#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub struct Config {
    pub title: Text,
    /// A description of the site, in one sentence.
    pub description: Option<Text>,
    /// The name of the company (商号).
    pub publisher: Option<Text>,
    /// The registration of the company (登録番号).
    pub registration: Option<Text>,
    pub url: Url,
    /// The zone of all local times.
    pub zone: Zone,
    pub zone_place: Option<Place>,
    /// The locales. The first is served at `/`.
    pub locales: Vec<String>,
    /// The name of the theme.
    pub theme: String,
    /// The words that the theme adds to the vocabulary.
    pub words: Aliases,
    /// The path of the logo below `static/`.
    pub logo: Option<String>,
    pub logo_place: Option<Place>,
    pub nav: Vec<Link>,
    pub footer: Vec<Link>,
    /// The official accounts, shown on `/subscribe/`.
    pub official: Vec<Link>,
    pub contact: Option<Link>,
    /// The link for feedback, shown on closed entries.
    pub feedback: Option<Link>,
    pub components: Components,
    /// The form of the addresses of pages.
    pub addresses: Forms,
    /// The script of the names that `noroshi new` gives files. Existing files keep theirs.
    pub slugs: SlugScript,
    /// The host of the site: from site.yaml, or else from the CI that runs the command. `None` if neither says it.
    pub host: Option<&'static Host>,
    /// Where site.yaml says it.
    pub host_place: Option<Place>,
    pub severities: Vec<SeverityWords>,
    /// The custom kinds of maintenance.
    pub kinds: Vec<Choice>,
    pub fields: Vec<Field>,
    /// Whether `fields` has errors, so that some of them may be missing here.
    pub has_incomplete_fields: bool,
    /// The categories of questions.
    pub categories: Vec<Choice>,
    /// The length of the history on the home page, in seconds.
    pub history: i64,
    /// The number of days in the uptime bars.
    pub uptime_days: u32,
    /// The largest number of items in a feed.
    pub feed_items: usize,
    /// Updates before this time make no feed items.
    pub feed_since: Option<Instant>,
    /// Whether calendars have an alarm where an entry says by when orders should be cancelled.
    pub alarms: bool,
    /// The `WebSub` hub.
    pub hub: Option<String>,
    /// Published text that looks private but is allowed.
    pub allow: Vec<String>,
    pub channels: Channels,
    /// Who is told of each update.
    pub announce: Announce,
    /// What drafts get from the labels of their alerts, in the order of site.yaml.
    pub alerts: Vec<AlertRule>,
    /// Who writes entries through issues of the repository.
    pub issues: Issues,
    /// Where the site is deployed to, in the order of site.yaml.
    pub deploy: Vec<Target>,
    pub policy: Policy,
    /// Whether the report of each month is a page of the site.
    pub has_public_report: bool,
    /// Whether updates are numbered (第1報) in entries that do not say it.
    pub numbering: bool,
    pub api_nulls: ApiNulls,
    /// Published entries that were removed for good: the kind, and the id or the name of the page.
    pub removed: Vec<(EntryKind, String)>,
}

/// The site's words for a severity.
#[derive(Clone, Debug)]
pub struct SeverityWords {
    pub severity: Severity,
    pub name: Option<Text>,
    pub definition: Option<Text>,
}

/// The script of the slugs of new entries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SlugScript {
    /// That of the title: `2026-11-20-注文の遅延`.
    #[default]
    Native,
    /// Latin letters only: `2026-11-20-api-incident`.
    Ascii,
}

impl SlugScript {
    /// The words in site.yaml.
    pub const WORDS: [&'static str; 2] = ["ascii", "native"];

    #[must_use]
    pub fn from_word(word: &str) -> Option<SlugScript> {
        match word {
            "ascii" => Some(SlugScript::Ascii),
            "native" => Some(SlugScript::Native),
            _ => None,
        }
    }
}

/// What `/api/v2/` writes where it has no value, and Statuspage always has one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ApiNulls {
    #[default]
    Keep,
    /// A value, for programs that fail on a null.
    Fill,
}

impl ApiNulls {
    /// The words in site.yaml.
    pub const WORDS: [&'static str; 2] = ["fill", "keep"];

    #[must_use]
    pub fn from_word(word: &str) -> Option<ApiNulls> {
        match word {
            "fill" => Some(ApiNulls::Fill),
            "keep" => Some(ApiNulls::Keep),
            _ => None,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub id: String,
    pub name: Text,
}

/// A custom field.
#[derive(Clone, Debug)]
pub struct Field {
    pub id: String,
    pub name: Text,
    /// The kinds of entries that may have it.
    pub on: Vec<EntryKind>,
    /// The allowed values. An empty list allows any text.
    pub values: Vec<Choice>,
    /// Whether the home page shows it, too.
    pub first_screen: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub label: Text,
    pub url: String,
    pub place: Place,
}

/// The URL at which the site is served: an origin and a path that ends in `/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url {
    /// `https://status.example.com`.
    pub origin: String,
    /// `/` or `/status/`.
    pub path: String,
}

impl Url {
    /// Parses an absolute http or https address without query and fragment.
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
        // Parts that are already percent-encoded stay as they are.
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
    /// Whether site.yaml lists this entry as removed for good; `page` is the folder of its page.
    #[must_use]
    pub fn is_removed(&self, kind: EntryKind, id: &str, page: &str) -> bool {
        let name = page.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        self.removed.iter().any(|(of, known)| *of == kind && (known == id || known == name))
    }

    #[must_use]
    pub fn in_zone(&self, zone: Zone) -> Config {
        Config { zone, ..self.clone() }
    }

    /// The first part of all addresses in each language: empty for the first, then `ja/`.
    pub fn prefixes(&self) -> impl Iterator<Item = String> {
        let others = self.locales.iter().skip(1).map(|locale| format!("{locale}/"));
        std::iter::once(String::new()).chain(others)
    }

    /// Every link in site.yaml that appears on all pages.
    pub fn links(&self) -> impl Iterator<Item = &Link> {
        let lists = self.nav.iter().chain(&self.footer).chain(&self.official);
        lists.chain(&self.contact).chain(&self.feedback)
    }

    #[must_use]
    pub fn severity(&self, severity: Severity) -> Option<&SeverityWords> {
        self.severities.iter().find(|w| w.severity == severity)
    }

    /// The notice period for a maintenance of this kind, in seconds before its window. It is a week unless the
    /// policy sets another.
    #[must_use]
    pub fn notice_before(&self, kind: MaintenanceType) -> i64 {
        let own = self.policy.notice_before.iter().find(|(known, _)| *known == kind);
        own.map_or(7 * 86_400, |(_, seconds)| *seconds)
    }

    #[must_use]
    pub fn file() -> Arc<str> {
        "content/site.yaml".into()
    }
}
