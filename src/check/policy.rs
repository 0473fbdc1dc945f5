//! The manual of the team, held against entries: what is late, what is missing, who has not looked at it.
//!
//! Rules look at entries that are open, announced or about to appear; at history only where they are asked
//! to. What a rule finds has the level that site.yaml gives it. The two rules that protect, on the words
//! themselves, stand in `words`: they run in every build.
//!
//! Why: docs/decisions/policy.md.

mod late;
mod people;
mod plan;
mod translation;

#[cfg(test)]
mod tests;

use crate::diagnostic::{Diagnostic, Place};
use crate::model::policy::Subject;
use crate::model::{Config, Head, Incident, Instant, Level, Maintenance};
use crate::timeline::{self, IncidentNow, MaintenanceNow, Snapshot};
use crate::vocabulary::Status;

/// Which entries are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Those that are open, announced or about to appear.
    Open,
    /// History too.
    All,
    /// Of those that are open or announced, only what waits for somebody: what `overdue` tells.
    Waiting,
}

/// Everything that the manual would say at `at`.
#[must_use]
pub fn check(now: &Snapshot<'_>, at: Instant, scope: Scope) -> Vec<Diagnostic> {
    let mut scene = Context { now, at, scope, found: Vec::new() };
    late::check(&mut scene);
    people::check(&mut scene);
    if scope != Scope::Waiting {
        plan::check(&mut scene);
        translation::check(&mut scene);
    }
    scene.found
}

/// A finding with the level that the site gives to its rule; nothing where that is `off`.
#[must_use]
pub fn finding(config: &Config, code: &'static str, place: Place, message: String) -> Option<Diagnostic> {
    match config.policy.level(code) {
        Level::Off => None,
        Level::Warn => Some(Diagnostic::warning(code, place, message)),
        Level::Error => Some(Diagnostic::error(code, place, message)),
    }
}

/// What rules look at, and what they have found.
struct Context<'s> {
    now: &'s Snapshot<'s>,
    at: Instant,
    scope: Scope,
    found: Vec<Diagnostic>,
}

/// An incident, and what is true of it where it is visible.
struct Case<'s> {
    incident: &'s Incident,
    now: Option<&'s IncidentNow<'s>>,
}

/// A maintenance or one occurrence of a series, and what is true of it where it is visible.
struct Work<'s> {
    maintenance: &'s Maintenance,
    now: Option<&'s MaintenanceNow<'s>>,
}

impl<'s> Context<'s> {
    fn config(&self) -> &'s Config {
        &self.now.model.config
    }

    fn tell(&mut self, code: &'static str, place: &Place, message: String, help: impl Into<String>) {
        let found = finding(self.config(), code, place.clone(), message);
        self.found.extend(found.map(|found| found.help(help)));
    }

    /// Whether anybody asks for this rule: what nobody hears need not be worked out.
    fn asks(&self, code: &str) -> bool {
        self.config().policy.level(code) != Level::Off
    }

    /// The incidents that are looked at.
    fn cases(&self) -> Vec<Case<'s>> {
        let all = self.scope == Scope::All;
        let seen = self.now.incidents.iter().filter(|now| all || now.is_active());
        let seen = seen.map(|now| Case { incident: now.incident, now: Some(now) });
        let from = |e: &Incident| Some(timeline::incident_appears(e));
        let hidden = self.now.model.incidents.iter().filter(move |e| self.is_to_come(&e.head, from(e)));
        seen.chain(hidden.map(|incident| Case { incident, now: None })).collect()
    }

    /// The maintenance that is looked at.
    fn works(&self) -> Vec<Work<'s>> {
        let all = self.scope == Scope::All;
        let seen = self.now.maintenance.iter().filter(|now| all || !is_over(now));
        let seen = seen.map(|now| Work { maintenance: now.maintenance, now: Some(now) });
        let from = timeline::maintenance_appears;
        let hidden = self.now.model.maintenance.iter().filter(move |e| self.is_to_come(&e.head, from(e)));
        seen.chain(hidden.map(|maintenance| Work { maintenance, now: None })).collect()
    }

    /// Whether an entry will appear by itself, at that time.
    fn is_to_come(&self, head: &Head, from: Option<Instant>) -> bool {
        !head.draft && head.withdrawn.is_none() && from.is_some_and(|from| from > self.now.effective)
    }

    /// As clocks on the wall show it.
    fn when(&self, at: Instant) -> String {
        self.now.zone().local(at).format("%Y-%m-%d %H:%M").to_string()
    }
}

/// Whether nothing more is to be done.
fn is_over(now: &MaintenanceNow<'_>) -> bool {
    now.is_said_closed() || matches!(now.state, Status::Completed | Status::Cancelled)
}

/// How narrowly a demand fits an incident; `None` where it is not made of it.
fn fits_incident(subject: Subject, case: &Case<'_>) -> Option<bool> {
    let severity = case.now.map_or(case.incident.severity, |now| now.severity);
    match subject {
        Subject::Incident => Some(false),
        Subject::Severity(wanted) => (wanted == severity).then_some(true),
        _ => None,
    }
}

/// The same for a maintenance.
fn fits_maintenance(subject: Subject, maintenance: &Maintenance) -> Option<bool> {
    match subject {
        Subject::Maintenance => Some(false),
        Subject::Kind(kind) => (kind == maintenance.kind).then_some(true),
        _ => None,
    }
}

/// `40 s`, `25 min`, `3 h 05 min`, `2 days 4 h`.
fn span(seconds: i64) -> String {
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
    let day = if days == 1 { "day" } else { "days" };
    match () {
        () if minutes == 0 => format!("{seconds} s"),
        () if hours == 0 => format!("{minutes} min"),
        () if days == 0 && minutes % 60 == 0 => format!("{hours} h"),
        () if days == 0 => format!("{hours} h {:02} min", minutes % 60),
        () if hours % 24 == 0 => format!("{days} {day}"),
        () => format!("{days} {day} {} h", hours % 24),
    }
}
