//! Finds what came later than the site's policy allows. What the policy does not require is never late.

use super::{Late, Scope};
use crate::model::maintenance::MaintenanceType;
use crate::model::{Instant, Level, MaintenanceKind};
use crate::timeline::{IncidentNow, MaintenanceNow};
use crate::vocabulary::{Severity, Status};

/// The time limit of a rule for a severity or a kind.
fn limit<K: PartialEq>(list: &[(K, i64)], wanted: &K) -> Option<i64> {
    list.iter().find(|(known, _)| known == wanted).map(|(_, seconds)| *seconds)
}

impl Scope<'_, '_> {
    /// A late publication, if it was due by `due` and came later or has not come.
    fn late(&self, rule: &'static str, due: Instant, came: Option<Instant>) -> Option<Late> {
        let late_seconds = came.unwrap_or(self.as_of).0 - due.0;
        let asked = self.site.now.model.config.policy.level(rule) != Level::Off;
        (asked && late_seconds > 0).then_some(Late { rule, due, came, late_seconds })
    }
}

/// Checks an incident: first publication, gaps between updates, postmortem. `highest` is its highest severity.
pub(super) fn of_incident(
    scope: &Scope<'_, '_>,
    now: &IncidentNow<'_>,
    highest: Severity,
    withdrawn: Option<Instant>,
) -> Vec<Late> {
    let policy = &scope.site.now.model.config.policy;
    let incident = now.incident;
    let mut found = Vec::new();
    if let Some(within) = limit(&policy.first_update_within, &incident.severity) {
        let known = incident.detected.unwrap_or(incident.started).at;
        let due = Instant(known.0 + within);
        found.extend(scope.late("policy/first-update-late", due, Some(now.published)));
    }
    let mut silence = |since: Instant, severity: Severity, came: Option<Instant>| {
        let every = limit(&policy.update_every, &severity);
        let due = every.map(|every| Instant(since.0 + every));
        found.extend(due.and_then(|due| scope.late("policy/update-overdue", due, came)));
    };
    let mut severity = incident.severity;
    let mut over = false;
    let mut last = now.published;
    for update in now.updates {
        // An update from before the incident was visible counts from its publication.
        let heard = update.at.max(now.published);
        if !over {
            silence(last, severity, Some(heard));
        }
        severity = update.change.severity.unwrap_or(severity);
        over = match update.status {
            Status::Resolved => true,
            Status::Update | Status::Correction => over,
            _ => false,
        };
        last = heard;
    }
    if !over {
        silence(last, severity, withdrawn);
    }
    let within = limit(&policy.postmortem_within, &highest);
    if let (Some(within), Some(ended), None) = (within, now.ended, withdrawn) {
        let dated =
            incident.postmortem.as_ref().and_then(|(at, _)| *at).map(|at| at.at).filter(|_| now.postmortem);
        // A postmortem without a date exists, but its time is unknown.
        if !now.postmortem || dated.is_some() {
            let due = Instant(ended.at.0 + within);
            found.extend(scope.late("policy/postmortem-overdue", due, dated));
        }
    }
    found
}

/// Checks a maintenance: announcement, windows moved to an earlier time, evaluation.
pub(super) fn of_maintenance(scope: &Scope<'_, '_>, now: &MaintenanceNow<'_>) -> Vec<Late> {
    let policy = &scope.site.now.model.config.policy;
    let kind = now.maintenance.kind;
    let mut found = Vec::new();
    let exempt = kind == MaintenanceType::BuiltIn(MaintenanceKind::Emergency)
        || now.occurrence.is_some_and(|o| o.is_off);
    if let Some(before) = limit(&policy.notice_before, &kind).filter(|_| !exempt) {
        // If a window is moved to an earlier time, people who planned around it have less notice than promised.
        let forward = now.steps.iter().filter(|step| step.after.start < step.before.start);
        let announcement = now.published.map(|at| (at, now.window.start)).into_iter();
        for (at, start) in announcement.chain(forward.map(|step| (step.at, step.after.start))) {
            found.extend(scope.late("policy/short-notice", Instant(start.0 - before), Some(at)));
        }
    }
    let within = limit(&policy.evaluation_within, &kind).filter(|_| now.occurrence.is_none());
    if let (Some(within), Some(ended), Status::Completed, false) =
        (within, now.actual.1, now.state, now.withdrawn)
    {
        let dated = now
            .maintenance
            .evaluation
            .as_ref()
            .and_then(|(at, _)| *at)
            .map(|at| at.at)
            .filter(|_| now.evaluation);
        if !now.evaluation || dated.is_some() {
            let due = Instant(ended.at.0 + within);
            found.extend(scope.late("policy/evaluation-overdue", due, dated));
        }
    }
    found
}
