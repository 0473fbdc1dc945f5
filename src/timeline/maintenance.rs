//! A maintenance at an instant: what people said, and what the clock may say.

use super::{What, is_withdrawn, last_word, visible, visible_from};
use crate::model::component::Affects;
use crate::model::entry::Update;
use crate::model::maintenance::{MaintenanceType, PlanChange, Window};
use crate::model::{Given, Instant, Maintenance};
use crate::uptime::Span;
use crate::vocabulary::{Auto, ComponentStatus, MaintenanceKind, Status};

/// What is visible and true of a maintenance.
#[derive(Debug, Hash)]
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
    /// What it gave to components while work was going on, up to `running`.
    past: Vec<(usize, Instant, Instant, ComponentStatus)>,
    /// Since when it gives what it gives now, where work is going on.
    running: Option<Instant>,
}

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

/// When something of it changes by itself: by the plan as it is at that time, as long as nobody has said
/// that it is over.
pub(super) fn changes(entry: &Maintenance, mark: &mut dyn FnMut(Instant, What)) {
    let mut plan = entry.window;
    let mut over = false;
    let mut due: Option<Instant> = None;
    let mut from = Instant(i64::MIN);
    let mut between = |plan: Window, over: bool, due: Option<Instant>, from: Instant, to: Instant| {
        let mut tell = |at: Instant, what| {
            if at > from && at < to {
                mark(at, what);
            }
        };
        // What was cancelled is announced until it would have been over.
        tell(plan.start, What::Starts);
        plan.end.into_iter().for_each(|at| tell(at, What::Ends));
        if !over {
            if let Some(at) = due {
                tell(at, What::UpdateDue);
            }
            for phase in entry.phases.iter().filter(|_| plan.start == entry.window.start) {
                tell(phase.start, What::Phase);
                tell(phase.end, What::Phase);
            }
        }
    };
    for update in &entry.updates {
        between(plan, over, due, from, update.at);
        from = update.at;
        if update.change.elsewhere {
            continue;
        }
        plan.start = update.change.start.unwrap_or(plan.start);
        plan.end = update.change.end.unwrap_or(plan.end);
        due = update.change.next_update;
        over = match update.status {
            Status::Completed | Status::Cancelled => true,
            Status::Update | Status::Correction => over,
            _ => false,
        };
    }
    between(plan, over, due, from, Instant(i64::MAX));
    entry.updates.iter().for_each(|update| mark(update.at, What::Update));
    if let Some((Some(at), _)) = &entry.evaluation {
        mark(*at, What::Report);
    }
}

/// State, plan and what led to them, replayed in the order of time.
struct Replay<'m> {
    entry: &'m Maintenance,
    /// The last state that a human set, and when.
    said: (Status, Option<Instant>),
    /// What the clock makes of it.
    state: Status,
    /// A human postponed it and gave no new time yet.
    adrift: bool,
    plan: Window,
    steps: Vec<PlanStep>,
    given: Affects,
    actual: (Option<Instant>, Option<Instant>),
    next_update: Option<Instant>,
    declared: Vec<(Instant, Status)>,
    past: Vec<(usize, Instant, Instant, ComponentStatus)>,
    running: Option<Instant>,
}

impl<'m> Replay<'m> {
    fn new(entry: &'m Maintenance) -> Replay<'m> {
        Replay {
            entry,
            said: (Status::Scheduled, None),
            state: Status::Scheduled,
            adrift: false,
            plan: entry.window,
            steps: Vec::new(),
            given: entry.affects.clone(),
            actual: (None, None),
            next_update: None,
            declared: Vec::new(),
            past: Vec::new(),
            running: None,
        }
    }

    /// Lets the clock speak, up to and including `now`.
    fn tick(&mut self, now: Instant) {
        let skipped = self.entry.recurrence.as_ref().is_some_and(|series| series.skips_first);
        if self.entry.auto == Auto::None || skipped {
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
            self.given.replace(affects);
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

impl<'m> MaintenanceNow<'m> {
    /// The maintenance at `now`; `None` where nobody may see it yet.
    #[must_use]
    pub fn at(entry: &'m Maintenance, now: Instant) -> Option<MaintenanceNow<'m>> {
        let published = visible_from(&entry.head, &entry.updates);
        if entry.head.draft || published.is_some_and(|at| at > now) {
            return None;
        }
        let last = last_word(&entry.head, now);
        let updates = visible(&entry.updates, last);
        let mut replay = Replay::new(entry);
        for update in updates.iter().filter(|u| !u.change.elsewhere) {
            replay.tick(Instant(update.at.0 - 1));
            replay.say(update);
        }
        replay.tick(last);
        let withdrawn = is_withdrawn(&entry.head, now);
        let affects = if is_running(replay.state) && !withdrawn {
            replay.given.given.iter().map(|(c, g)| (*c, status(*g))).collect()
        } else {
            Vec::new()
        };
        let said = replay.said.0;
        Some(MaintenanceNow {
            maintenance: entry,
            updates,
            state: replay.state,
            by_clock: replay.state != said || replay.said.1.is_none(),
            said,
            plan: replay.plan,
            steps: replay.steps,
            affects,
            touched: replay.given,
            actual: replay.actual,
            next_update: replay.next_update.filter(|_| !is_closed(said)),
            published,
            declared: replay.declared,
            withdrawn,
            evaluation: entry.evaluation.as_ref().is_some_and(|(at, _)| at.is_none_or(|at| at <= last)),
            past: replay.past,
            running: replay.running,
        })
    }

    /// Whether it is under way.
    #[must_use]
    pub fn is_running(&self) -> bool {
        is_running(self.state) && !self.withdrawn
    }

    /// Whether it lies ahead.
    #[must_use]
    pub fn is_ahead(&self) -> bool {
        is_ahead(self.state) && !self.withdrawn
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

    /// When each component was not operational, up to `end`. An emergency counts as a major outage;
    /// other maintenance does not count against uptime, whatever status it gives.
    pub fn spans(&self, end: Instant, mut push: impl FnMut(usize, Span)) {
        if self.withdrawn {
            return;
        }
        let counts = self.is_emergency();
        let running = self.running.into_iter().flat_map(|from| {
            self.touched.given.iter().map(move |(component, given)| (*component, from, end, status(*given)))
        });
        for (component, from, to, said) in self.past.iter().copied().chain(running) {
            if said == ComponentStatus::Operational || to <= from {
                continue;
            }
            let status = if counts { ComponentStatus::Major } else { said };
            push(component, Span { from, to, status, counts });
        }
    }
}

fn is_running(status: Status) -> bool {
    matches!(status, Status::InProgress | Status::Verifying)
}

fn is_ahead(status: Status) -> bool {
    matches!(status, Status::Scheduled | Status::Postponed)
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
