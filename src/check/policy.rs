//! Compares entries with the policy of the team: deadlines, required parts and reviewers.
//!
//! Rules check entries that are open, announced or about to appear, and older entries only on request. A
//! diagnostic has the level that site.yaml gives the rule. The two rules that protect private text are in
//! `forbidden`, because they run in every build.
//!
//! Why: docs/decisions/policy.md.

mod late;
mod people;
mod plan;
mod reports;
mod translation;

#[cfg(test)]
mod tests;

pub use reports::why;

use crate::diagnostic::{Diagnostic, Place};
use crate::message::{Message, count, message};
use crate::model::policy::Subject;
use crate::model::{Config, Head, Incident, Instant, Level, Maintenance};
use crate::timeline::{self, IncidentNow, MaintenanceNow, Snapshot};
use crate::vocabulary::Status;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Entries that are open, announced or about to appear.
    Open,
    All,
    /// Of open or announced entries, only those that wait for a person, as `overdue` reports.
    Waiting,
}

#[must_use]
pub fn check(now: &Snapshot<'_>, at: Instant, scope: Scope) -> Vec<Diagnostic> {
    let mut context = Context { now, at, scope, found: Vec::new() };
    late::check(&mut context);
    reports::check(&mut context);
    people::check(&mut context);
    if scope != Scope::Waiting {
        plan::check(&mut context);
        translation::check(&mut context);
    }
    context.found
}

/// A diagnostic with the level of its rule; `None` if the level is `off`.
#[must_use]
pub fn finding(
    config: &Config,
    code: &'static str,
    place: Place,
    message: impl Into<Message>,
) -> Option<Diagnostic> {
    match config.policy.level(code) {
        Level::Off => None,
        Level::Warn => Some(Diagnostic::warning(code, place, message)),
        Level::Error => Some(Diagnostic::error(code, place, message)),
    }
}

/// The input of the rules, and their diagnostics so far.
struct Context<'s> {
    now: &'s Snapshot<'s>,
    at: Instant,
    scope: Scope,
    found: Vec<Diagnostic>,
}

/// An incident, and its state if it is visible.
struct Case<'s> {
    incident: &'s Incident,
    now: Option<&'s IncidentNow<'s>>,
}

/// A maintenance or one occurrence of a series, and its state if it is visible.
#[derive(Clone, Copy)]
struct Work<'s> {
    maintenance: &'s Maintenance,
    now: Option<&'s MaintenanceNow<'s>>,
}

impl<'s> Context<'s> {
    fn config(&self) -> &'s Config {
        &self.now.model.config
    }

    fn tell(
        &mut self,
        code: &'static str,
        place: &Place,
        message: impl Into<Message>,
        help: impl Into<Message>,
    ) {
        let found = finding(self.config(), code, place.clone(), message);
        self.found.extend(found.map(|found| found.help(help)));
    }

    /// Whether the rule is enabled. A disabled rule need not be computed.
    fn asks(&self, code: &str) -> bool {
        self.config().policy.level(code) != Level::Off
    }

    fn cases(&self) -> Vec<Case<'s>> {
        let all = self.scope == Scope::All;
        let seen = self.now.incidents.iter().filter(|now| all || now.is_active());
        let seen = seen.map(|now| Case { incident: now.incident, now: Some(now) });
        let from = |e: &Incident| Some(timeline::incident_appears(e));
        let hidden = self.now.model.incidents.iter().filter(move |e| self.is_to_come(&e.head, from(e)));
        seen.chain(hidden.map(|incident| Case { incident, now: None })).collect()
    }

    fn works(&self) -> Vec<Work<'s>> {
        let all = self.scope == Scope::All;
        let seen = self.now.maintenance.iter().filter(|now| all || !is_over(now));
        let seen = seen.map(|now| Work { maintenance: now.maintenance, now: Some(now) });
        let from = timeline::maintenance_appears;
        let hidden = self.now.model.maintenance.iter().filter(move |e| self.is_to_come(&e.head, from(e)));
        seen.chain(hidden.map(|maintenance| Work { maintenance, now: None })).collect()
    }

    /// Whether an entry will appear on its own at that time.
    fn is_to_come(&self, head: &Head, from: Option<Instant>) -> bool {
        !head.draft && head.withdrawn.is_none() && from.is_some_and(|from| from > self.now.effective)
    }

    /// The local time, for messages.
    fn when(&self, at: Instant) -> String {
        self.now.zone().local(at).format("%Y-%m-%d %H:%M").to_string()
    }
}

fn is_over(now: &MaintenanceNow<'_>) -> bool {
    now.is_closed_by_human() || matches!(now.state, Status::Completed | Status::Cancelled)
}

/// Whether a demand applies to an incident, and how narrowly; `None` if it does not apply.
fn fits_incident(subject: Subject, case: &Case<'_>) -> Option<bool> {
    let severity = case.now.map_or(case.incident.severity, |now| now.severity);
    match subject {
        Subject::Incident => Some(false),
        Subject::Severity(wanted) => (wanted == severity).then_some(true),
        _ => None,
    }
}

/// Whether a demand applies to a maintenance, and how narrowly; `None` if it does not apply.
fn fits_maintenance(subject: Subject, maintenance: &Maintenance) -> Option<bool> {
    match subject {
        Subject::Maintenance => Some(false),
        Subject::Kind(kind) => (kind == maintenance.kind).then_some(true),
        _ => None,
    }
}

/// A duration for messages: `40 s`, `25 min`, `3 h 5 min`, `2 days 4 h`.
#[must_use]
pub fn span(seconds: i64) -> Message {
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
    let whole_days = || count(usize::try_from(days).unwrap_or_default(), "day", "days");
    match () {
        () if minutes == 0 => message!("check-span-seconds", "{seconds} s", seconds),
        () if hours == 0 => message!("check-span-minutes", "{minutes} min", minutes),
        () if days == 0 && minutes % 60 == 0 => message!("check-span-hours", "{hours} h", hours),
        () if days == 0 => {
            message!("check-span-hours-minutes", "{hours} h {minutes} min", hours, minutes = minutes % 60)
        }
        () if hours % 24 == 0 => message!("check-span-days", "{days}", days = whole_days()),
        () => {
            message!("check-span-days-hours", "{days} {hours} h", days = whole_days(), hours = hours % 24)
        }
    }
}
