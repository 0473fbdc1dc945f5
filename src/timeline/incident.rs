//! An incident at an instant.

use super::{is_withdrawn, visible, visible_from};
use crate::model::component::Affects;
use crate::model::entry::{Estimate, Update};
use crate::model::incident::Change;
use crate::model::{Given, Incident, Instant};
use crate::uptime::Span;
use crate::vocabulary::{ComponentStatus, Severity, Status};

/// What is visible and true of an incident.
#[derive(Debug)]
pub struct IncidentNow<'m> {
    /// The incident.
    pub incident: &'m Incident,
    /// Its visible updates, in the order of time.
    pub updates: &'m [Update<Change>],
    /// investigating, identified, monitoring or resolved.
    pub state: Status,
    /// How grave it is now.
    pub severity: Severity,
    /// What it gives to components now; empty when over, or not yet begun.
    pub affects: Vec<(usize, ComponentStatus)>,
    /// Every component that it ever touched, by index, with the names that were written.
    pub touched: Affects,
    /// When the impact ended.
    pub ended: Option<Instant>,
    /// When it was first visible.
    pub published: Instant,
    /// Every promise of a next update, in the order they were made.
    pub promises: Vec<Promise>,
    /// Every expected recovery, with when it was said (`None`: from the beginning).
    pub expected: Vec<(Option<Instant>, &'m Estimate)>,
    /// Whether its words have been replaced.
    pub withdrawn: bool,
    /// Whether its postmortem is visible.
    pub postmortem: bool,
}

/// A promise of a next update, and what became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promise {
    /// When the next update was promised for.
    pub due: Instant,
    /// When the next update came.
    pub kept: Option<Instant>,
}

impl Promise {
    /// Whether the next update came late.
    #[must_use]
    pub fn was_late(self) -> bool {
        self.kept.is_some_and(|at| at > self.due)
    }
}

/// The status that a severity gives.
#[must_use]
pub fn implied(severity: Severity) -> ComponentStatus {
    match severity {
        Severity::Minor => ComponentStatus::Degraded,
        Severity::Moderate => ComponentStatus::Partial,
        Severity::Critical => ComponentStatus::Major,
    }
}

pub(super) fn changes(incident: &Incident, mark: &mut impl FnMut(Instant)) {
    mark(incident.started);
    incident.detected.into_iter().for_each(&mut *mark);
    incident.next_update.into_iter().for_each(&mut *mark);
    let estimate = |e: &Option<Estimate>, mark: &mut dyn FnMut(Instant)| {
        if let Some(Estimate::At(at)) = e {
            mark(*at);
        }
    };
    estimate(&incident.expected_recovery, mark);
    for update in &incident.updates {
        mark(update.at);
        update.change.next_update.into_iter().for_each(&mut *mark);
        estimate(&update.change.expected_recovery, mark);
    }
    if let Some((Some(at), _)) = &incident.postmortem {
        mark(*at);
    }
}

impl<'m> IncidentNow<'m> {
    /// The incident at `now`; `None` where nobody may see it yet.
    #[must_use]
    pub fn at(incident: &'m Incident, now: Instant) -> Option<IncidentNow<'m>> {
        let begun = incident.detected.unwrap_or(incident.started);
        let published = visible_from(&incident.head, incident.updates.first().map(|u| u.at), Some(begun))?;
        if incident.head.draft || published > now {
            return None;
        }
        let updates = visible(&incident.updates, now);
        let withdrawn = is_withdrawn(&incident.head, now);
        let mut found = IncidentNow {
            incident,
            updates,
            state: Status::Investigating,
            severity: incident.severity,
            affects: Vec::new(),
            touched: incident.affects.clone(),
            ended: None,
            published,
            promises: promises(incident, updates),
            expected: Vec::new(),
            withdrawn,
            postmortem: incident.postmortem.as_ref().is_some_and(|(at, _)| at.is_none_or(|at| at <= now)),
        };
        found.expected.extend(incident.expected_recovery.as_ref().map(|e| (None, e)));
        let mut given = incident.affects.clone();
        for update in updates {
            let change = &update.change;
            if !matches!(update.status, Status::Update | Status::Correction) {
                found.state = update.status;
                found.ended = (update.status == Status::Resolved).then(|| change.ended.unwrap_or(update.at));
            }
            found.severity = change.severity.unwrap_or(found.severity);
            found.expected.extend(change.expected_recovery.as_ref().map(|e| (Some(update.at), e)));
            if let Some(affects) = &change.affects {
                given.replace(affects);
                found.touched.replace(affects);
            }
        }
        if found.is_active() && incident.started <= now {
            found.affects = given.given.iter().map(|(c, g)| (*c, status(*g, found.severity))).collect();
        }
        Some(found)
    }

    /// Whether it is not over.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.state != Status::Resolved && !self.withdrawn
    }

    /// The promise that is still open.
    #[must_use]
    pub fn next_update(&self) -> Option<Instant> {
        self.promises.last().filter(|p| p.kept.is_none() && self.is_active()).map(|p| p.due)
    }

    /// The recovery that is expected now.
    #[must_use]
    pub fn expected_recovery(&self) -> Option<&'m Estimate> {
        self.expected.last().filter(|_| self.is_active()).map(|(_, e)| *e)
    }

    /// The time of the last thing said.
    #[must_use]
    pub fn last_said(&self) -> Instant {
        self.updates.last().map_or(self.published, |u| u.at.max(self.published))
    }

    /// When each component was not operational.
    pub fn spans(&self, now: Instant, mut push: impl FnMut(usize, Span)) {
        if self.withdrawn {
            return;
        }
        let mut severity = self.incident.severity;
        let mut given = self.incident.affects.clone();
        let mut spans: Vec<(usize, Span)> = Vec::new();
        let mut from = Some(self.incident.started);
        let close = |from: Instant,
                     to: Instant,
                     given: &Affects,
                     severity,
                     spans: &mut Vec<(usize, Span)>| {
            if to > from {
                spans.extend(
                    given.given.iter().map(|(c, g)| (*c, Span { from, to, status: status(*g, severity) })),
                );
            }
        };
        for update in self.updates {
            let change = &update.change;
            if let Some(begun) = from {
                let at = update.at.max(self.incident.started);
                close(begun, at, &given, severity, &mut spans);
                from = Some(at);
            }
            severity = change.severity.unwrap_or(severity);
            if let Some(affects) = &change.affects {
                given.replace(affects);
            }
            match update.status {
                Status::Resolved => {
                    let end = change.ended.unwrap_or(update.at);
                    spans.iter_mut().for_each(|(_, s)| s.to = s.to.min(end));
                    from = None;
                }
                Status::Investigating | Status::Identified | Status::Monitoring if from.is_none() => {
                    from = Some(update.at);
                }
                _ => {}
            }
        }
        if let Some(begun) = from {
            close(begun, now, &given, severity, &mut spans);
        }
        spans.into_iter().filter(|(_, s)| s.to > s.from).for_each(|(c, s)| push(c, s));
    }
}

fn status(given: Given, severity: Severity) -> ComponentStatus {
    match given {
        Given::Implied => implied(severity),
        Given::Status(status) => status,
    }
}

fn promises(incident: &Incident, updates: &[Update<Change>]) -> Vec<Promise> {
    let mut found: Vec<Promise> =
        incident.next_update.map(|due| Promise { due, kept: None }).into_iter().collect();
    for update in updates {
        // The opening promise is kept by the first update after the report itself.
        if let Some(open) = found.last_mut().filter(|p| p.kept.is_none()) {
            let opening = incident.next_update.is_some() && std::ptr::eq(update, &raw const updates[0]);
            if !opening || update.at > open.due {
                open.kept = Some(update.at);
            }
        }
        if let Some(due) = update.change.next_update {
            if let Some(open) = found.last_mut().filter(|p| p.kept.is_none()) {
                open.kept = Some(update.at);
            }
            found.push(Promise { due, kept: None });
        }
    }
    found
}
