//! A maintenance at an instant: what people said, and what the clock may say.

use super::{is_withdrawn, visible, visible_from};
use crate::model::component::Affects;
use crate::model::entry::Update;
use crate::model::maintenance::{MaintenanceType, PlanChange, Window};
use crate::model::{Given, Instant, Maintenance};
use crate::uptime::Span;
use crate::vocabulary::{Auto, ComponentStatus, MaintenanceKind, Status};

/// What is visible and true of a maintenance.
#[derive(Debug)]
pub struct MaintenanceNow<'m> {
    /// The maintenance.
    pub maintenance: &'m Maintenance,
    /// Its visible updates, in the order of time.
    pub updates: &'m [Update<PlanChange>],
    /// scheduled, postponed, `in_progress`, verifying, completed or cancelled.
    pub state: Status,
    /// Whether the clock said so, and no human.
    pub by_clock: bool,
    /// The last state that a human set; for pages that do not depend on the clock.
    pub said: Status,
    /// The plan as it is now.
    pub plan: Window,
    /// Every change of plan.
    pub steps: Vec<PlanStep>,
    /// What it gives to components now.
    pub affects: Vec<(usize, ComponentStatus)>,
    /// Every component that it touches.
    pub touched: Affects,
    /// When work really began and ended, as far as that is known.
    pub actual: (Option<Instant>, Option<Instant>),
    /// The promise that is still open.
    pub next_update: Option<Instant>,
    /// When it was first visible, as far as that can be known.
    pub published: Option<Instant>,
    /// Starts and ends that the clock declared, in order; each stays once its time has passed.
    pub declared: Vec<(Instant, Status)>,
    /// Whether its words have been replaced.
    pub withdrawn: bool,
    /// Whether its evaluation is visible.
    pub evaluation: bool,
}

/// A change of plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanStep {
    /// When it was said.
    pub at: Instant,
    /// What had been planned.
    pub before: Window,
    /// What was planned from then on.
    pub after: Window,
}

pub(super) fn changes(entry: &Maintenance, mark: &mut impl FnMut(Instant)) {
    mark(entry.window.start);
    entry.window.end.into_iter().for_each(&mut *mark);
    for phase in &entry.phases {
        mark(phase.start);
        mark(phase.end);
    }
    for update in &entry.updates {
        mark(update.at);
        let change = &update.change;
        change.start.into_iter().for_each(&mut *mark);
        change.end.flatten().into_iter().for_each(&mut *mark);
        change.next_update.into_iter().for_each(&mut *mark);
    }
    if let Some((Some(at), _)) = &entry.evaluation {
        mark(*at);
    }
}

/// State, plan and what led to them, replayed in the order of time.
struct Replay<'m> {
    entry: &'m Maintenance,
    state: Status,
    by_clock: bool,
    said: Status,
    /// A human postponed it and gave no new time yet.
    adrift: bool,
    plan: Window,
    steps: Vec<PlanStep>,
    given: Affects,
    actual: (Option<Instant>, Option<Instant>),
    next_update: Option<Instant>,
    declared: Vec<(Instant, Status)>,
}

impl<'m> Replay<'m> {
    fn new(entry: &'m Maintenance) -> Replay<'m> {
        Replay {
            entry,
            state: Status::Scheduled,
            by_clock: true,
            said: Status::Scheduled,
            adrift: false,
            plan: entry.window,
            steps: Vec::new(),
            given: entry.affects.clone(),
            actual: (None, None),
            next_update: None,
            declared: Vec::new(),
        }
    }

    /// Lets the clock speak, up to and including `now`.
    fn tick(&mut self, now: Instant) {
        if self.entry.auto == Auto::None || self.adrift {
            return;
        }
        let waiting = matches!(self.state, Status::Scheduled | Status::Postponed);
        if waiting && self.plan.start <= now {
            self.state = Status::InProgress;
            self.by_clock = true;
            self.actual.0 = Some(self.plan.start);
            self.declare(self.plan.start, Status::InProgress);
        }
        if self.state == Status::InProgress
            && let Some(end) = self.plan.end.filter(|end| *end <= now)
            && self.actual.0.is_none_or(|start| start < end)
        {
            self.by_clock = true;
            if self.entry.auto == Auto::Both {
                self.state = Status::Completed;
                self.actual.1 = Some(end);
                self.declare(end, Status::Completed);
            } else {
                self.state = Status::Verifying;
                self.declare(end, Status::Verifying);
            }
        }
    }

    fn declare(&mut self, at: Instant, status: Status) {
        if !self.declared.contains(&(at, status)) {
            self.declared.push((at, status));
        }
    }

    fn update(&mut self, update: &Update<PlanChange>) {
        let change = &update.change;
        let before = self.plan;
        self.plan.start = change.start.unwrap_or(self.plan.start);
        self.plan.end = change.end.unwrap_or(self.plan.end);
        if self.plan != before {
            self.steps.push(PlanStep { at: update.at, before, after: self.plan });
            self.adrift = false;
            // The clock had spoken by the old plan.
            let end_moved = self.plan.end.is_none_or(|end| end > update.at);
            if self.by_clock && end_moved && matches!(self.state, Status::Verifying | Status::Completed) {
                self.state = Status::InProgress;
                self.actual.1 = None;
            }
            if self.by_clock && self.state == Status::InProgress && self.plan.start > update.at {
                self.state = Status::Scheduled;
                self.actual.0 = None;
            }
        }
        if let Some(affects) = &change.affects {
            self.given.replace(affects);
        }
        self.next_update = change.next_update;
        if matches!(update.status, Status::Update | Status::Correction) {
            return;
        }
        self.state = update.status;
        self.said = update.status;
        self.by_clock = false;
        match update.status {
            Status::Postponed => self.adrift = change.start.is_none(),
            Status::Scheduled => self.adrift = false,
            Status::InProgress => {
                self.actual.0 = self.actual.0.or(Some(update.at));
                self.actual.1 = None;
            }
            Status::Verifying => self.actual.0 = self.actual.0.or(Some(self.plan.start.min(update.at))),
            Status::Completed => {
                self.actual.0 = self.actual.0.or(Some(self.plan.start.min(update.at)));
                self.actual.1 = Some(update.at);
            }
            Status::Cancelled => self.actual.1 = self.actual.0.map(|_| update.at),
            _ => {}
        }
    }
}

impl<'m> MaintenanceNow<'m> {
    /// The maintenance at `now`; `None` where nobody may see it yet.
    #[must_use]
    pub fn at(entry: &'m Maintenance, now: Instant) -> Option<MaintenanceNow<'m>> {
        let published = visible_from(&entry.head, entry.updates.first().map(|u| u.at), None);
        if entry.head.draft || published.is_some_and(|at| at > now) {
            return None;
        }
        let updates = visible(&entry.updates, now);
        let mut replay = Replay::new(entry);
        for update in updates {
            replay.tick(Instant(update.at.0 - 1));
            replay.update(update);
        }
        replay.tick(now);
        let withdrawn = is_withdrawn(&entry.head, now);
        let running = matches!(replay.state, Status::InProgress | Status::Verifying) && !withdrawn;
        let affects = if running {
            replay.given.given.iter().map(|(c, g)| (*c, status(*g))).collect()
        } else {
            Vec::new()
        };
        Some(MaintenanceNow {
            maintenance: entry,
            updates,
            state: replay.state,
            by_clock: replay.by_clock,
            said: replay.said,
            plan: replay.plan,
            steps: replay.steps,
            affects,
            touched: replay.given,
            actual: replay.actual,
            next_update: replay.next_update.filter(|_| !is_closed(replay.said)),
            published,
            declared: replay.declared,
            withdrawn,
            evaluation: entry.evaluation.as_ref().is_some_and(|(at, _)| at.is_none_or(|at| at <= now)),
        })
    }

    /// Whether it is under way.
    #[must_use]
    pub fn is_running(&self) -> bool {
        matches!(self.state, Status::InProgress | Status::Verifying) && !self.withdrawn
    }

    /// Whether it lies ahead.
    #[must_use]
    pub fn is_ahead(&self) -> bool {
        matches!(self.state, Status::Scheduled | Status::Postponed) && !self.withdrawn
    }

    /// Whether a human has closed it.
    #[must_use]
    pub fn is_said_closed(&self) -> bool {
        is_closed(self.said) || self.withdrawn
    }

    /// The time of the last thing said.
    #[must_use]
    pub fn last_said(&self) -> Option<Instant> {
        self.updates.last().map(|u| u.at).max(self.published)
    }

    /// Whether it counts against uptime.
    #[must_use]
    pub fn is_emergency(&self) -> bool {
        self.maintenance.kind == MaintenanceType::BuiltIn(MaintenanceKind::Emergency)
    }

    /// When each component was not operational. An emergency counts as a major outage.
    pub fn spans(&self, now: Instant, mut push: impl FnMut(usize, Span)) {
        let Some(from) = self.actual.0.filter(|_| !self.withdrawn) else { return };
        let to = match self.actual.1 {
            Some(end) => end,
            None if self.is_running() => now,
            None => return,
        };
        if to <= from {
            return;
        }
        for (component, given) in &self.touched.given {
            let said = status(*given);
            if said == ComponentStatus::Operational {
                continue;
            }
            let status = if self.is_emergency() { ComponentStatus::Major } else { said };
            push(*component, Span { from, to, status });
        }
    }
}

fn is_closed(status: Status) -> bool {
    matches!(status, Status::Completed | Status::Cancelled)
}

fn status(given: Given) -> ComponentStatus {
    match given {
        Given::Implied => ComponentStatus::Maintenance,
        Given::Status(status) => status,
    }
}
