//! Who is told of each update: `announce` of site.yaml. No credential stands here.

use super::channels::Mailbox;
use super::text::Localized;
use crate::diagnostic::Place;
use crate::kind::EntryKind;
use crate::vocabulary::Severity;

/// The channels to which `noroshi announce` sends, and where it keeps its ledger.
#[derive(Clone, Debug, Default)]
pub struct Announce {
    pub ledger: LedgerPlace,
    pub channels: Vec<Channel>,
}

impl Announce {
    /// Whether a channel tells the hub of the feeds.
    #[must_use]
    pub fn tells_hub(&self) -> bool {
        self.channels.iter().any(|channel| channel.to == Platform::WebSub && channel.mode != Mode::Off)
    }
}

/// Where the ledger is kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LedgerPlace {
    /// A file, relative to the folder of the site.
    File { path: String },
    /// A ref of the git repository, kept at this remote.
    Git { remote: String },
    /// An object in the store of this target of `deploy`.
    Store { target: String },
}

impl Platform {
    /// The name of the platform, which is the same in every language; `None` for what is no place for people.
    #[must_use]
    pub fn name(&self) -> Option<&'static str> {
        Some(match self {
            Platform::Slack => "Slack",
            Platform::Discord => "Discord",
            Platform::Teams => "Microsoft Teams",
            Platform::Mastodon { .. } => "Mastodon",
            Platform::Bluesky { .. } => "Bluesky",
            Platform::X => "X",
            Platform::Line => "LINE",
            Platform::Mail(_) | Platform::Webhook { .. } | Platform::WebSub => return None,
        })
    }
}

impl Default for LedgerPlace {
    fn default() -> LedgerPlace {
        LedgerPlace::File { path: "announced/ledger.json".to_owned() }
    }
}

/// A named channel.
#[derive(Clone, Debug)]
pub struct Channel {
    pub name: String,
    pub place: Place,
    pub to: Platform,
    pub mode: Mode,
    pub filter: Filter,
    /// Whether corrections are sent. They are always on the site.
    pub has_corrections: bool,
    /// What happens if a run ended between sending and noting, and the platform cannot refuse a repetition.
    pub after_crash: AfterCrash,
    /// Where people see the channel and follow it.
    pub page: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Mode {
    /// Sends at once.
    #[default]
    Auto,
    /// Sends what somebody approved.
    Approve,
    Off,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum AfterCrash {
    /// An update is perhaps not delivered, and never twice.
    #[default]
    AtMostOnce,
    /// An update is perhaps delivered twice, and never lost.
    AtLeastOnce,
}

/// Which updates a channel gets. An empty list is everything.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Components by their position. A group stands for its components.
    pub components: Vec<usize>,
    pub kinds: Vec<EntryKind>,
    pub severities: Vec<Severity>,
    /// The words of items: those of updates, and `postmortem`, `evaluation`, `published`, `withdrawn`.
    pub statuses: Vec<String>,
    /// Languages by their position. Each update is sent once in each.
    pub locales: Vec<usize>,
}

/// The kind of a channel, with what is no secret.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Platform {
    /// A mail server for submission (RFC 6409).
    Mail(Box<MailSettings>),
    /// An incoming webhook of Slack, or of what takes the same, such as Mattermost. Its address is a secret.
    Slack,
    /// A webhook of Discord. Its address is a secret.
    Discord,
    /// A workflow of Microsoft Teams. Its address is a secret.
    Teams,
    /// Any program, by Standard Webhooks 1.0.0.
    Webhook {
        url: String,
        shape: Shape,
    },
    Mastodon {
        server: String,
        visibility: Visibility,
    },
    Bluesky {
        server: String,
        handle: String,
    },
    /// X, by its API v2.
    X,
    /// A broadcast of LINE's Messaging API.
    Line,
    /// The hub of `feeds.hub` is told of changed feeds.
    WebSub,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MailSettings {
    /// `smtps://host:465`, or `smtp://host:587` with STARTTLS.
    pub server: String,
    pub from: Localized<Mailbox>,
    /// The addresses of lists.
    pub lists: Vec<MailList>,
    /// `List-Unsubscribe`: addresses beginning with `https:` or `mailto:`.
    pub unsubscribe: Vec<String>,
    /// Whether the `https` address of `unsubscribe` takes the one click of RFC 8058.
    pub has_one_click: bool,
}

/// A list that gets mail.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MailList {
    pub to: String,
    /// The languages by position; empty for all.
    pub locales: Vec<usize>,
    /// Components by position; empty for all.
    pub components: Vec<usize>,
    /// Where people join: a `mailto:` address, or that of a form.
    pub join: Option<String>,
}

/// The form of what a webhook gets.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Shape {
    /// noroshi's own, with a published JSON Schema.
    #[default]
    Noroshi,
    /// As the webhooks of Atlassian Statuspage.
    Statuspage,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Visibility {
    #[default]
    Public,
    Unlisted,
}

/// The words of items: those of updates, and of what no update says.
pub const STATUSES: [&str; 16] = [
    "investigating",
    "identified",
    "monitoring",
    "resolved",
    "scheduled",
    "postponed",
    "in_progress",
    "verifying",
    "completed",
    "cancelled",
    "update",
    "correction",
    "postmortem",
    "evaluation",
    "published",
    "withdrawn",
];
