//! `policy` in site.yaml: the rules of a team as numbers that `check` compares entries with.

use chrono::NaiveTime;

use super::duties::Duty;
use super::maintenance::{CloseAfter, MaintenanceType};
use super::person::Person;
use super::time::Instant;
use crate::vocabulary::{Section, Severity};

/// The policy of a team. A key that is not set requires nothing.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// Seconds without an update after which an active incident is overdue.
    pub update_every: Vec<(Severity, i64)>,
    /// Seconds from the detection of an incident (or its start, if none is given) to its first update.
    pub first_update_within: Vec<(Severity, i64)>,
    /// Seconds before its window by which each kind of maintenance must be announced.
    pub notice_before: Vec<(MaintenanceType, i64)>,
    /// How long each kind of maintenance may stay without a closing update before noroshi stops waiting for its
    /// result.
    pub close_after: Vec<(MaintenanceType, CloseAfter)>,
    /// The hours for maintenance, in the zone of the site.
    pub quiet_hours: Option<QuietHours>,
    /// The number of people who must review an entry before it is published.
    pub reviewers: Vec<(Subject, usize)>,
    /// Who must approve the published words of which entries. Each rule asks on its own.
    pub approve: Vec<Approval>,
    /// Seconds from the end of an incident to its postmortem.
    pub postmortem_within: Vec<(Severity, i64)>,
    /// Seconds from the end of a maintenance to its evaluation.
    pub evaluation_within: Vec<(MaintenanceType, i64)>,
    /// Which reports an authority must get about incidents of a severity, and how soon.
    pub reports: Vec<(Severity, Vec<Duty>)>,
    pub require: Vec<(Subject, Vec<Requirement>)>,
    /// Words that must never be published.
    pub forbid: Vec<String>,
    /// Rules with a level other than their default: code and level.
    pub levels: Vec<(String, Level)>,
}

/// The level at which `check` reports a broken rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Off,
    Warn,
    /// `check` reports it and fails.
    Error,
}

impl Level {
    /// The level as site.yaml writes it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Level::Off => "off",
            Level::Warn => "warn",
            Level::Error => "error",
        }
    }
}

/// The hours of the day for maintenance. They may cross midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuietHours {
    pub start: NaiveTime,
    pub end: NaiveTime,
}

/// The entries that a demand applies to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    Incident,
    Severity(Severity),
    Maintenance,
    Kind(MaintenanceType),
    Notice,
}

impl Subject {
    /// Whether it covers only a part of an entry kind. Of two demands, the narrower one applies.
    #[must_use]
    pub fn is_narrow(self) -> bool {
        matches!(self, Subject::Severity(_) | Subject::Kind(_))
    }
}

/// A rule of `approve`: who must approve each published text of the entries that it covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// The groups and people as messages name them.
    pub named: Vec<String>,
    pub people: Vec<Person>,
    pub covers: Vec<Subject>,
    /// The number of people who must approve.
    pub count: usize,
    /// Seconds for which a text may be public before it is approved; `None` if approval comes first.
    pub within: Option<i64>,
    /// Text that readers saw before this time needs no approval.
    pub since: Option<Instant>,
    /// Whether the author of a text may approve it.
    pub author_counts: bool,
}

/// A part that an entry must have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Requirement {
    /// A key of front matter: one of [`KEYS`].
    Key(&'static str),
    /// A custom field: an index into `fields`.
    Field(usize),
    /// A key below `internal`: `internal.tested`.
    Internal(String),
    Section(Section),
}

/// The keys of front matter that a policy may require.
pub const KEYS: [&str; 6] =
    ["scope", "detected", "expected_recovery", "next_update", "reviewed_by", "phases"];

/// The rules that have a level, each with its default. The default is an error if a person can still fix the
/// problem before publication. A missed deadline cannot be fixed, so it is a warning.
pub const RULES: [(&str, Level); 16] = [
    ("policy/update-overdue", Level::Warn),
    ("policy/first-update-late", Level::Warn),
    ("policy/short-notice", Level::Warn),
    ("policy/outside-quiet-hours", Level::Warn),
    ("policy/too-few-reviewers", Level::Error),
    ("policy/postmortem-overdue", Level::Warn),
    ("policy/evaluation-overdue", Level::Warn),
    ("policy/report-overdue", Level::Warn),
    ("policy/missing", Level::Error),
    ("policy/forbidden-word", Level::Error),
    ("policy/looks-private", Level::Error),
    ("policy/stale-translation", Level::Warn),
    ("policy/overlap", Level::Warn),
    ("policy/never-closed", Level::Warn),
    ("policy/silent-edit", Level::Warn),
    ("policy/unapproved", Level::Error),
];

impl Policy {
    /// Whether the policy never waits for a person: it sets no deadline and requires neither reviewers nor
    /// approvals.
    #[must_use]
    pub fn waits_for_nothing(&self) -> bool {
        self.update_every.is_empty()
            && self.first_update_within.is_empty()
            && self.reviewers.is_empty()
            && self.approve.is_empty()
            && self.reports.is_empty()
            && self.postmortem_within.is_empty()
            && self.evaluation_within.is_empty()
    }

    #[must_use]
    pub fn level(&self, rule: &str) -> Level {
        let configured = self.levels.iter().find(|(code, _)| code == rule).map(|(_, level)| *level);
        let own = || RULES.iter().find(|(code, _)| *code == rule).map(|(_, level)| *level);
        configured.or_else(own).unwrap_or(Level::Off)
    }
}
