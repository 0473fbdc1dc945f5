//! `policy` in site.yaml: the manual of a team, as figures that rules can hold entries against.

use chrono::NaiveTime;

use super::maintenance::{CloseAfter, MaintenanceType};
use crate::vocabulary::{Section, Severity};

/// What a team promised itself. What is not written asks for nothing.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// Seconds of silence after which the next update of an active incident is overdue.
    pub update_every: Vec<(Severity, i64)>,
    /// Seconds from the detection (else the start) of an incident to its first update.
    pub first_update_within: Vec<(Severity, i64)>,
    /// Seconds before its window by which each kind of maintenance is announced.
    pub notice_before: Vec<(MaintenanceType, i64)>,
    /// How long nobody closes a maintenance of each kind before nobody waits for its result any more.
    pub close_after: Vec<(MaintenanceType, CloseAfter)>,
    /// When maintenance is done, on the wall clock of the site.
    pub quiet_hours: Option<QuietHours>,
    /// How many people look at an entry before it goes out.
    pub reviewers: Vec<(Subject, usize)>,
    /// Seconds from the end of an incident to its postmortem.
    pub postmortem_within: Vec<(Severity, i64)>,
    /// Seconds from the end of a maintenance to its evaluation.
    pub evaluation_within: Vec<(MaintenanceType, i64)>,
    /// What must be there.
    pub require: Vec<(Subject, Vec<Requirement>)>,
    /// Words that are never published.
    pub forbid: Vec<String>,
    /// Rules with a level that is not their own: code and level.
    pub levels: Vec<(String, Level)>,
}

/// How grave a broken rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Nobody asks.
    Off,
    /// It is told.
    Warn,
    /// It is told, and `check` fails.
    Error,
}

impl Level {
    /// `off`, `warn` or `error`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Level::Off => "off",
            Level::Warn => "warn",
            Level::Error => "error",
        }
    }
}

/// From when to when; the end may lie on the next day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuietHours {
    /// From this time of day on.
    pub start: NaiveTime,
    /// Up to this one.
    pub end: NaiveTime,
}

/// Which entries a demand is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Every incident.
    Incident,
    /// Incidents of a severity.
    Severity(Severity),
    /// Every maintenance.
    Maintenance,
    /// Maintenance of a kind.
    Kind(MaintenanceType),
    /// Every notice.
    Notice,
}

impl Subject {
    /// Whether it names a part of another subject: of two demands the narrower counts.
    #[must_use]
    pub fn is_narrow(self) -> bool {
        matches!(self, Subject::Severity(_) | Subject::Kind(_))
    }
}

/// Something that an entry must have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Requirement {
    /// A key of front matter: one of [`KEYS`].
    Key(&'static str),
    /// A field of the site's own: an index into `fields`.
    Field(usize),
    /// A key below `internal`: `internal.tested`.
    Internal(String),
    /// A section.
    Section(Section),
}

/// Keys of front matter that may be asked for.
pub const KEYS: [&str; 6] =
    ["scope", "detected", "expected_recovery", "next_update", "reviewed_by", "phases"];

/// The rules that have a level, with the level of each where site.yaml says nothing: an error is what a person
/// can still put right before it goes out. What is late is late, and no refusal makes it earlier.
pub const RULES: [(&str, Level); 14] = [
    ("policy/update-overdue", Level::Warn),
    ("policy/first-update-late", Level::Warn),
    ("policy/short-notice", Level::Warn),
    ("policy/outside-quiet-hours", Level::Warn),
    ("policy/too-few-reviewers", Level::Error),
    ("policy/postmortem-overdue", Level::Warn),
    ("policy/evaluation-overdue", Level::Warn),
    ("policy/missing", Level::Error),
    ("policy/forbidden-word", Level::Error),
    ("policy/looks-private", Level::Error),
    ("policy/stale-translation", Level::Warn),
    ("policy/overlap", Level::Warn),
    ("policy/never-closed", Level::Warn),
    ("policy/silent-edit", Level::Warn),
];

impl Policy {
    /// Whether nothing can ever be late by it.
    #[must_use]
    pub fn waits_for_nothing(&self) -> bool {
        self.update_every.is_empty()
            && self.first_update_within.is_empty()
            && self.reviewers.is_empty()
            && self.postmortem_within.is_empty()
            && self.evaluation_within.is_empty()
    }

    /// The level of a rule.
    #[must_use]
    pub fn level(&self, rule: &str) -> Level {
        let said = self.levels.iter().find(|(code, _)| code == rule).map(|(_, level)| *level);
        let own = || RULES.iter().find(|(code, _)| *code == rule).map(|(_, level)| *level);
        said.or_else(own).unwrap_or(Level::Off)
    }
}
