//! A maintenance at an instant: what people said, and what the clock may say.
//!
//! Why: docs/decisions/maintenance-and-series.md.

use std::borrow::Cow;
use std::hash::{Hash, Hasher};
use std::ops::RangeInclusive;

use super::change_kind::ChangeKind;
use super::replay::{PlanStep, Replay, first_plan, is_ahead, is_closed, is_running, status};
use super::visibility::{is_withdrawn, last_word, visible, visible_from};
use crate::model::component::Affects;
use crate::model::entry::Update;
use crate::model::maintenance::{MaintenanceType, PlanChange};
use crate::model::phases::{Phase, PlannedPhases};
use crate::model::window::Window;
use crate::model::{Instant, Maintenance, Occurrence, Recurrence};
use crate::uptime::Span;
use crate::vocabulary::{ComponentStatus, MaintenanceKind, Status};

/// What is visible and true of a maintenance.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own")]
pub struct MaintenanceNow<'m> {
    /// The maintenance.
    pub maintenance: &'m Maintenance,
    /// Which time of a series this is; `None` where it is no series.
    pub occurrence: Option<Occurrence>,
    /// Its visible updates, in the order of time.
    pub updates: Vec<&'m Update<PlanChange>>,
    /// scheduled, postponed, `in_progress`, verifying, completed or cancelled.
    pub state: Status,
    /// Whether the clock said so, and no human.
    pub by_clock: bool,
    /// The last state that a human set; for pages that do not depend on the clock.
    pub human_state: Status,
    /// The plan as it was at first.
    pub window: Window,
    /// The plan as it is now.
    pub plan: Window,
    /// Every change of plan.
    pub steps: Vec<PlanStep>,
    /// What it gives to components now.
    pub affects: Vec<(usize, ComponentStatus)>,
    /// Every component that it touches.
    pub touched: Cow<'m, Affects>,
    /// When work really began and ended, as far as that is known.
    pub actual: (Option<Instant>, Option<Instant>),
    /// The promise that is still open.
    pub next_update: Option<Instant>,
    /// When it was first visible, as far as that can be known.
    pub published: Option<Instant>,
    /// Starts and ends that the clock declared, in order; each stays once its time has passed.
    pub declared: Vec<(Instant, Status)>,
    /// Whether it was put off and nobody has named a new time yet.
    pub awaits_new_time: bool,
    /// Whether its words have been replaced.
    pub withdrawn: bool,
    /// Whether its evaluation is visible.
    pub evaluation: bool,
    /// What it gave to components while work was going on, up to `running`.
    past_effects: Vec<(usize, Instant, Instant, ComponentStatus)>,
    /// When work went on, up to `running`, whether or not it touched a component.
    work_spans: Vec<(Instant, Instant)>,
    /// Since when it gives what it gives now, where work is going on.
    running: Option<Instant>,
    /// Since when nobody waits for its result any more: its planned end has passed, and nobody has said how it went.
    /// Its state stays; it affects nothing and is not active.
    pub unconfirmed: Option<Instant>,
    /// When that is, if nobody says more.
    pub closes: Option<Instant>,
    parts: PlannedPhases<'m>,
}

/// What the clock makes of a plan, if nobody says more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockChange {
    /// From when on.
    pub at: Instant,
    /// Up to when; `None` is for good.
    pub until: Option<Instant>,
    /// What it is then.
    pub state: Status,
}

/// The occurrences that are announced by `horizon`, and perhaps a few more, each with when that is.
pub(super) fn announced(
    entry: &Maintenance,
    series: &Recurrence,
    horizon: Instant,
) -> Vec<(Occurrence, Instant)> {
    let named = entry.updates.iter().filter_map(|u| u.change.occurrence).max();
    // What is said of one occurrence says nothing of the others: only `publish_at` holds for all of them.
    let head = entry.head.publish_at;
    let ahead = |o: &Occurrence| Instant(o.start.0 - series.notice);
    (series.occurrences(entry.window))
        .take_while(|o| ahead(o) <= horizon || named.is_some_and(|named| o.day <= named))
        .map(|occurrence| {
            // What is said of it earlier announces it.
            let said = of(entry, Some(occurrence)).next().map(|u| u.at);
            let from = said.map_or(ahead(&occurrence), |said| said.min(ahead(&occurrence)));
            (occurrence, head.map_or(from, |head| head.max(from)))
        })
        // What has been withdrawn announces nothing any more.
        .filter(|(_, from)| entry.head.withdrawn.as_ref().is_none_or(|w| *from < w.at))
        .collect()
}

/// The updates of an occurrence; all of them where it is no series.
fn of(entry: &Maintenance, occurrence: Option<Occurrence>) -> impl Iterator<Item = &Update<PlanChange>> {
    let day = occurrence.map(|o| o.day);
    entry.updates.iter().filter(move |u| u.change.occurrence == day)
}

/// When something of it changes by itself: by the plan as it is at that time, as long as nobody has said
/// that it is over. What is dated after `said` counts as not said. Only times within `near` are asked for; what
/// the clock would say at others costs nothing.
pub(super) fn changes(
    entry: &Maintenance,
    occurrence: Option<Occurrence>,
    near: &RangeInclusive<Instant>,
    said: Instant,
    mark: &mut dyn FnMut(Instant, ChangeKind),
) {
    let updates: Vec<_> = of(entry, occurrence).take_while(|u| u.at <= said).collect();
    for count in 0..=updates.len() {
        let from = if count == 0 { Instant(i64::MIN) } else { updates[count - 1].at };
        let to = updates.get(count).map_or(Instant(i64::MAX), |u| u.at);
        let mut tell = |at: Instant, what| {
            if at > from && at < to && near.contains(&at) {
                mark(at, what);
            }
        };
        planned(entry, occurrence, &updates[..count], near, said, &mut tell);
    }
    for update in updates {
        mark(update.at, ChangeKind::Update);
    }
    if occurrence.is_none() {
        report(entry, said, mark);
    }
}

/// What the clock does to what has been said so far.
fn planned(
    entry: &Maintenance,
    occurrence: Option<Occurrence>,
    said: &[&Update<PlanChange>],
    near: &RangeInclusive<Instant>,
    heard: Instant,
    tell: &mut dyn FnMut(Instant, ChangeKind),
) {
    let replay = |clock: Instant| Replay::of(entry, occurrence, said, clock, clock.min(heard));
    let first = first_plan(entry, occurrence);
    let change = |plan: Window, u: &&Update<PlanChange>| Window {
        start: u.change.start.unwrap_or(plan.start),
        end: u.change.end.unwrap_or(plan.end),
    };
    let plan = said.iter().fold(first, change);
    let last = plan.end.unwrap_or(plan.start);
    for (at, what) in [(Some(plan.start), ChangeKind::Starts), (plan.end, ChangeKind::Ends)] {
        let Some(at) = at.filter(|at| near.contains(at)) else { continue };
        let (before, after) = (replay(Instant(at.0 - 1)), replay(at));
        // What was cancelled is announced until it would have been over.
        let gone = after.state == Status::Cancelled && at == last;
        if before.state != after.state || gone {
            tell(at, what);
        }
    }
    if let Some(due) = said.last().and_then(|u| u.change.next_update).filter(|at| near.contains(at))
        && is_shown(replay(due).state)
    {
        tell(due, ChangeKind::UpdateDue);
    }
    for at in closings(entry, occurrence, near, &replay) {
        let (before, after) = (replay(Instant(at.0 - 1)), replay(at));
        if before.unconfirmed.is_none() && after.unconfirmed.is_some() {
            tell(at, ChangeKind::Unconfirmed);
        }
    }
    let is_parted = !entry.phases.is_empty() || said.iter().any(|u| u.change.phases.is_some());
    let parts = is_parted.then(|| replay(*near.start()).parts).and_then(|parts| parts.in_plan(plan));
    for (_, window) in parts.into_iter().flatten() {
        for at in std::iter::once(window.start).chain(window.end) {
            let before = near.contains(&at).then(|| replay(Instant(at.0 - 1)));
            if before.is_some_and(|b| is_shown(b.state) && !b.awaits_new_time && b.unconfirmed.is_none()) {
                tell(at, ChangeKind::Phase);
            }
        }
    }
}

/// When nobody may wait for a result any more: by what is known now and at the end of the time that is asked for, and
/// whenever the next occurrence has been told to begin.
fn closings<'m>(
    entry: &Maintenance,
    occurrence: Option<Occurrence>,
    near: &RangeInclusive<Instant>,
    replay: &impl Fn(Instant) -> Replay<'m>,
) -> Vec<Instant> {
    if entry.close_after.is_none() && occurrence.is_none() {
        return Vec::new();
    }
    let later = |u: &&Update<PlanChange>| occurrence.is_some_and(|o| u.change.occurrence > Some(o.day));
    let starts = entry.updates.iter().filter(later).filter_map(|u| u.change.start);
    let known = [*near.start(), *near.end()].into_iter().filter_map(|at| replay(at).closes());
    let mut found: Vec<Instant> = starts.chain(known).filter(|at| near.contains(at)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether its state keeps it among what runs or is to come.
fn is_shown(state: Status) -> bool {
    !is_closed(state)
}

/// When the evaluation appears, if by `said`: of a series, on the page of the whole.
pub(super) fn report(entry: &Maintenance, said: Instant, mark: &mut dyn FnMut(Instant, ChangeKind)) {
    if let Some((Some(at), _)) = &entry.evaluation
        && *at <= said
    {
        mark(*at, ChangeKind::Report);
    }
}

/// By what its own page is made from: all else follows from the entry and how much of it is visible. What
/// the clock says stands on no such page, but when nobody waits for its result any more does: of a series the next
/// announced start decides that.
impl Hash for MaintenanceNow<'_> {
    fn hash<H: Hasher>(&self, to: &mut H) {
        (self.maintenance.digest(), self.occurrence, self.updates.len()).hash(to);
        (self.published, self.withdrawn, self.evaluation, self.closes).hash(to);
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
        Some(MaintenanceNow::known_by(entry, None, published, now, now))
    }

    /// With what was said by `said`, and what the clock makes of it at `clock`.
    pub(super) fn known_by(
        entry: &'m Maintenance,
        occurrence: Option<Occurrence>,
        published: Option<Instant>,
        said: Instant,
        clock: Instant,
    ) -> MaintenanceNow<'m> {
        let withdrawn = is_withdrawn(&entry.head, said);
        let last = last_word(&entry.head, said);
        let day = occurrence.map(|o| o.day);
        let updates = visible(&entry.updates, last).iter().filter(|u| u.change.occurrence == day);
        let updates: Vec<_> = updates.collect();
        let heard = said;
        let replay = Replay::of(entry, occurrence, &updates, if withdrawn { last } else { clock }, heard);
        let affects = if is_running(replay.state) && !withdrawn && replay.unconfirmed.is_none() {
            replay.given.given.iter().map(|(c, g)| (*c, status(*g))).collect()
        } else {
            Vec::new()
        };
        let said = replay.said.0;
        let closes = replay.unconfirmed.or_else(|| replay.closes());
        let evaluation = entry.evaluation.as_ref().filter(|_| occurrence.is_none());
        MaintenanceNow {
            maintenance: entry,
            occurrence,
            updates,
            state: replay.state,
            by_clock: replay.state != said || replay.said.1.is_none(),
            human_state: said,
            window: first_plan(entry, occurrence),
            plan: replay.plan,
            steps: replay.steps,
            affects,
            touched: replay.given,
            actual: replay.actual,
            next_update: replay.next_update.filter(|_| !is_closed(said)),
            published,
            declared: replay.declared,
            awaits_new_time: replay.awaits_new_time && is_ahead(replay.state),
            withdrawn,
            evaluation: evaluation.is_some_and(|(at, _)| at.is_none_or(|at| at <= last)),
            past_effects: replay.past,
            work_spans: replay.worked,
            running: replay.running,
            unconfirmed: replay.unconfirmed.filter(|_| !withdrawn),
            closes: closes.filter(|_| !withdrawn),
            parts: replay.parts,
        }
    }

    /// The same with nothing more said, at a later time.
    pub(super) fn later(&self, said: Instant, clock: Instant) -> MaintenanceNow<'m> {
        MaintenanceNow::known_by(self.maintenance, self.occurrence, self.published, said, clock)
    }

    /// What the clock declares at its planned start and end, if nobody says more: the same at any time.
    #[must_use]
    pub fn turns(&self) -> Vec<ClockChange> {
        let mut turns: Vec<ClockChange> = Vec::new();
        if self.withdrawn || is_closed(self.human_state) {
            return turns;
        }
        let last = self.updates.last().map(|u| u.at);
        for at in std::iter::once(self.plan.start).chain(self.plan.end) {
            let clock = last.map_or(at, |last| last.max(at));
            let replay = Replay::of(self.maintenance, self.occurrence, &self.updates, clock, clock);
            if let Some(before) = turns.last_mut() {
                before.until = Some(at);
            }
            if replay.state != self.human_state {
                turns.push(ClockChange { at, until: None, state: replay.state });
            }
        }
        if let Some((last, closes)) = turns.last_mut().zip(self.closes) {
            last.until = Some(closes);
        }
        turns.dedup_by(|after, before| {
            let same = after.state == before.state;
            if same {
                before.until = after.until;
            }
            same
        });
        turns
    }

    /// The phases with their times, as long as they are parts of the plan ([`PlannedPhases::in_plan`]). Once it is off,
    /// nobody knows them.
    #[must_use]
    pub fn phases(&self) -> Vec<(&'m Phase, Window)> {
        let holds = self.human_state != Status::Cancelled && !self.awaits_new_time;
        self.parts.in_plan(self.plan).filter(|_| holds).unwrap_or_default()
    }

    /// How often its plan was changed, put off or called off so far: it only grows.
    #[must_use]
    pub fn revision(&self) -> usize {
        let moved = |u: &Update<PlanChange>| self.steps.iter().any(|step| step.at == u.at);
        let off = |status| matches!(status, Status::Postponed | Status::Cancelled);
        let said = self.updates.iter().filter(|u| off(u.status) || moved(u)).count();
        let excepted = self.occurrence.is_some_and(|o| o.is_off);
        said + usize::from(excepted) + usize::from(self.withdrawn)
    }

    /// The state that a human set, if one did.
    #[must_use]
    pub fn said_by_human(&self) -> Option<Status> {
        let excepted = self.occurrence.is_some_and(|o| o.is_off);
        let set = excepted || self.updates.iter().any(|u| u.status.sets_state());
        set.then_some(self.human_state)
    }

    /// Whether it is under way.
    #[must_use]
    pub fn is_running(&self) -> bool {
        is_running(self.state) && !self.withdrawn && self.unconfirmed.is_none()
    }

    /// Whether it lies ahead.
    #[must_use]
    pub fn is_ahead(&self) -> bool {
        is_ahead(self.state) && !self.withdrawn && self.unconfirmed.is_none()
    }

    /// Whether a human has closed it.
    #[must_use]
    pub fn is_said_closed(&self) -> bool {
        is_closed(self.human_state) || self.withdrawn
    }

    /// The time of the last thing said.
    #[must_use]
    pub fn last_said(&self) -> Option<Instant> {
        self.updates.last().map(|u| u.at).max(self.published)
    }

    /// The same with its evaluation and its withdrawal.
    #[must_use]
    pub fn last_told(&self) -> Option<Instant> {
        let report = self.maintenance.evaluation.as_ref().filter(|_| self.evaluation).and_then(|(at, _)| *at);
        let withdrawn = self.maintenance.head.withdrawn.as_ref().filter(|_| self.withdrawn).map(|w| w.at);
        self.last_said().max(report).max(withdrawn)
    }

    /// Whether it counts against uptime.
    #[must_use]
    pub fn is_emergency(&self) -> bool {
        self.maintenance.kind == MaintenanceType::BuiltIn(MaintenanceKind::Emergency)
    }

    /// When work went on, up to `end`, and when it is planned for as long as it lies ahead: each from its first
    /// second up to, and without, its last.
    #[must_use]
    pub fn stretches(&self, end: Instant) -> Vec<(Instant, Instant)> {
        if self.withdrawn || (self.state == Status::Postponed && self.awaits_new_time) {
            return Vec::new();
        }
        let planned = self.plan.end.unwrap_or(self.plan.start);
        let running = self.running.map(|from| (from, end.max(planned)));
        let ahead = is_ahead(self.state).then_some((self.plan.start, planned));
        self.work_spans.iter().copied().chain(running).chain(ahead).collect()
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
        for (component, from, to, said) in self.past_effects.iter().copied().chain(running) {
            if said == ComponentStatus::Operational || to <= from {
                continue;
            }
            let status = if counts { ComponentStatus::Major } else { said };
            push(component, Span { from, to, status, counts });
        }
    }
}
