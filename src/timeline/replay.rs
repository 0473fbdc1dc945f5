//! What people said of a maintenance and what the clock made of it, replayed in the order of time.

use std::borrow::Cow;

use crate::model::component::Affects;
use crate::model::entry::Update;
use crate::model::maintenance::{PlanChange, Window};
use crate::model::{Given, Instant, Maintenance, Occurrence};
use crate::vocabulary::{Auto, ComponentStatus, Status};

/// A change of plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PlanStep {
    /// When it was said.
    pub at: Instant,
    /// What had been planned.
    pub before: Window,
    /// What was planned from then on.
    pub after: Window,
}

/// State, plan and what led to them, replayed in the order of time.
pub(super) struct Replay<'m> {
    entry: &'m Maintenance,
    /// The last state that a human set, and when.
    pub(super) said: (Status, Option<Instant>),
    /// What the clock makes of it.
    pub(super) state: Status,
    /// A human postponed it and gave no new time yet.
    pub(super) adrift: bool,
    pub(super) plan: Window,
    pub(super) steps: Vec<PlanStep>,
    pub(super) given: Cow<'m, Affects>,
    pub(super) actual: (Option<Instant>, Option<Instant>),
    pub(super) next_update: Option<Instant>,
    pub(super) declared: Vec<(Instant, Status)>,
    pub(super) past: Vec<(usize, Instant, Instant, ComponentStatus)>,
    /// When work went on, up to `running`.
    pub(super) worked: Vec<(Instant, Instant)>,
    pub(super) running: Option<Instant>,
}

impl<'m> Replay<'m> {
    /// From the first plan to `clock`, with what was said.
    pub(super) fn of(
        entry: &'m Maintenance,
        occurrence: Option<Occurrence>,
        updates: &[&Update<PlanChange>],
        clock: Instant,
    ) -> Replay<'m> {
        let mut replay = Replay::new(entry, occurrence);
        for update in updates {
            replay.tick(Instant(update.at.0 - 1));
            replay.say(update);
        }
        replay.tick(clock);
        replay
    }

    fn new(entry: &'m Maintenance, occurrence: Option<Occurrence>) -> Replay<'m> {
        let off = occurrence.is_some_and(|o| o.is_off);
        let state = if off { Status::Cancelled } else { Status::Scheduled };
        Replay {
            entry,
            said: (state, None),
            state,
            adrift: false,
            plan: first_plan(entry, occurrence),
            steps: Vec::new(),
            given: Cow::Borrowed(&entry.affects),
            actual: (None, None),
            next_update: None,
            declared: Vec::new(),
            past: Vec::new(),
            worked: Vec::new(),
            running: None,
        }
    }

    /// Lets the clock speak, up to and including `now`.
    fn tick(&mut self, now: Instant) {
        if self.entry.auto == Auto::None {
            return;
        }
        if is_ahead(self.state) && !self.adrift && self.plan.start <= now {
            self.state = Status::InProgress;
            self.actual.0 = Some(self.plan.start);
            self.running = Some(self.plan.start);
            self.declare(self.plan.start, Status::InProgress);
        }
        if self.state == Status::InProgress
            && let Some(end) = self.plan.end.filter(|end| *end <= now && self.is_open_to(*end))
        {
            if self.entry.auto == Auto::Both {
                self.state = Status::Completed;
                self.actual.1 = Some(end);
                self.pause(end);
            } else {
                self.state = Status::Verifying;
            }
            self.declare(end, self.state);
        }
    }

    /// Whether the clock may speak at a planned end: not against somebody who said at or after it that
    /// work goes on.
    fn is_open_to(&self, end: Instant) -> bool {
        let (state, at) = self.said;
        let begun = self.actual.0.is_none_or(|start| start < end);
        begun && (state != Status::InProgress || at.is_none_or(|at| at < end))
    }

    fn declare(&mut self, at: Instant, status: Status) {
        if !self.declared.contains(&(at, status)) {
            self.declared.push((at, status));
        }
    }

    /// Puts on record what was given until now.
    fn pause(&mut self, at: Instant) {
        if let Some(from) = self.running.take() {
            self.worked.push((from, at));
            self.past.extend(self.given.given.iter().map(|(c, given)| (*c, from, at, status(*given))));
        }
    }

    fn say(&mut self, update: &Update<PlanChange>) {
        let at = update.at;
        // Work that the clock had ended goes on from that end, if it turns out to go on.
        let ended = self.actual.1.filter(|_| self.state == Status::Completed && self.state != self.said.0);
        let left_off = if is_running(self.state) { Some(at) } else { ended };
        self.pause(at);
        self.change(update);
        if !matches!(update.status, Status::Update | Status::Correction) {
            self.set(update, left_off);
        }
        // The clock speaks anew, by the plan as it is now.
        self.state = self.said.0;
        if is_ahead(self.state) {
            self.actual = (None, None);
        } else if is_running(self.state) {
            self.actual.1 = None;
        }
        self.running = None;
        self.tick(Instant(at.0 - 1));
        if is_running(self.state) {
            self.running = left_off.or(self.running).or(Some(at));
        }
    }

    fn change(&mut self, update: &Update<PlanChange>) {
        let change = &update.change;
        let before = self.plan;
        self.plan.start = change.start.unwrap_or(self.plan.start);
        self.plan.end = change.end.unwrap_or(self.plan.end);
        if self.plan != before {
            self.steps.push(PlanStep { at: update.at, before, after: self.plan });
        }
        if change.start.is_some() {
            self.adrift = false;
        }
        if let Some(affects) = &change.affects {
            self.given.to_mut().replace(affects);
        }
        self.next_update = change.next_update;
    }

    /// A state that a human set.
    fn set(&mut self, update: &Update<PlanChange>, left_off: Option<Instant>) {
        let at = update.at;
        self.said = (update.status, Some(at));
        let planned = self.plan.start.min(at);
        match update.status {
            Status::Postponed => self.adrift = update.change.start.is_none(),
            // Postponed, and then announced again without a new time: the old one no longer holds.
            Status::Scheduled => self.adrift &= self.plan.start <= at,
            Status::InProgress => self.actual.0 = self.actual.0.or(Some(at)),
            Status::Verifying | Status::Completed => {
                if self.actual.0.is_none() && left_off.is_none() {
                    // Nobody said that work began: it did as planned.
                    self.running = Some(planned);
                    self.pause(at);
                }
                self.actual.0 = self.actual.0.or(Some(planned));
                self.actual.1 = (update.status == Status::Completed).then_some(at);
            }
            Status::Cancelled => self.actual.1 = self.actual.0.map(|_| at),
            _ => {}
        }
    }
}

/// The plan before anybody changed it.
pub(super) fn first_plan(entry: &Maintenance, occurrence: Option<Occurrence>) -> Window {
    occurrence.map_or(entry.window, |o| entry.window.moved_to(o.start))
}

pub(super) fn is_running(status: Status) -> bool {
    matches!(status, Status::InProgress | Status::Verifying)
}

pub(super) fn is_ahead(status: Status) -> bool {
    matches!(status, Status::Scheduled | Status::Postponed)
}

pub(super) fn is_closed(status: Status) -> bool {
    matches!(status, Status::Completed | Status::Cancelled)
}

pub(super) fn status(given: Given) -> ComponentStatus {
    match given {
        Given::Implied => ComponentStatus::Maintenance,
        Given::Status(status) => status,
    }
}
