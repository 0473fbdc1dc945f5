//! Computes a maintenance at an instant: what its updates say, and what the clock does in between.
//!
//! Why: docs/decisions/maintenance-and-series.md.

use std::borrow::Cow;
use std::hash::{Hash, Hasher};
use std::ops::RangeInclusive;

use super::change_kind::ChangeKind;
use super::course::{Course, WindowNow};
use super::replay::{Cutoff, Part, PlanStep, Replay, first_plan, is_ahead, is_closed, is_running, status};
use super::visibility::{is_withdrawn, last_word, visible, visible_from};
use crate::model::component::Affects;
use crate::model::entry::{NextUpdate, Update};
use crate::model::maintenance::{About, MaintenanceType, PlanChange};
use crate::model::phases::Phase;
use crate::model::window::Window;
use crate::model::{GivenStatus, Instant, Maintenance, Occurrence, Recurrence, Rich, Stated};
use crate::uptime::Span;
use crate::vocabulary::{ComponentStatus, MaintenanceKind, Status};

/// A maintenance at an instant, with only what is visible then.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own")]
pub struct MaintenanceNow<'m> {
    pub maintenance: &'m Maintenance,
    /// `None` if the maintenance is not a series.
    pub occurrence: Option<Occurrence>,
    /// Its visible updates in time order.
    pub updates: Vec<&'m Update<PlanChange>>,
    /// Its state: scheduled, postponed, `in_progress`, verifying, completed or cancelled.
    pub state: Status,
    /// Whether the clock set the state, not an update.
    pub by_clock: bool,
    /// The last state that an update set. Pages that do not depend on the clock use it.
    pub human_state: Status,
    /// The original plan. Of several windows, from the first start to the last end.
    pub window: Window,
    /// The current plan. Of several windows, from the first start to the last end of those that take place.
    pub plan: Window,
    /// Its windows: more than one only if the entry lists several, in the order of that list.
    pub windows: Vec<WindowNow<'m>>,
    pub steps: Vec<PlanStep>,
    /// The statuses it currently gives to components.
    pub affects: Vec<(usize, ComponentStatus)>,
    /// Every component that it touches.
    pub touched: Cow<'m, Affects>,
    /// When work actually began and ended, if known.
    pub actual: (Option<Stated>, Option<Stated>),
    /// When the next update comes, as far as the latest one says it.
    pub next_update: Option<NextUpdate>,
    pub published: Option<Instant>,
    /// Starts and ends that the clock declared, in order. Each stays after its time has passed.
    pub declared: Vec<(Instant, Status)>,
    /// Whether it has no time: its start is not decided, or it is postponed without a new time.
    pub awaits_new_time: bool,
    pub withdrawn: bool,
    /// Whether its evaluation is visible.
    pub evaluation: bool,
    /// The statuses it gave to components while work went on, up to `running`.
    past_effects: Vec<(usize, Instant, Instant, ComponentStatus)>,
    /// The periods in which work went on, up to `running`, whether or not it affected a component.
    work_spans: Vec<(Instant, Instant)>,
    /// When the deadline for a result passed: the planned end is over and no update says how the work went. The
    /// state stays, but the maintenance affects nothing and is not active.
    pub unconfirmed: Option<Instant>,
    /// The deadline for a result, if no update comes before.
    pub closes: Option<Instant>,
    /// Of several windows, the next one, if one is over and none is under way.
    pub between: Option<Window>,
}

/// A state that the clock sets by the plan if no update comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockChange {
    pub at: Instant,
    /// `None` if it stays.
    pub until: Option<Instant>,
    pub state: Status,
    /// Of several windows, the next one, if one is over and none is under way.
    pub next: Option<Window>,
}

impl<'m> MaintenanceNow<'m> {
    /// Who or what is affected in words, as it was said last.
    #[must_use]
    pub fn scope(&self) -> Option<&'m Rich> {
        let said = self.updates.iter().rev().find_map(|update| update.change.scope.as_ref());
        said.or(self.maintenance.scope.as_ref())
    }
}

/// The occurrences announced by `horizon`, each with the instant of its announcement. Can include a few more.
pub(super) fn announced(
    entry: &Maintenance,
    series: &Recurrence,
    horizon: Instant,
) -> Vec<(Occurrence, Instant)> {
    let named = entry.updates.iter().filter_map(|u| u.change.occurrence).max();
    // Updates about one occurrence do not announce the others; only `publish_at` applies to all of them.
    let head = entry.head.publish_at;
    let ahead = |o: &Occurrence| Instant(o.start.0 - series.notice);
    (series.occurrences(entry.window))
        .take_while(|o| ahead(o) <= horizon || named.is_some_and(|named| o.day <= named))
        .map(|occurrence| {
            // An earlier update announces its occurrence.
            let first_update = of(entry, Some(occurrence)).next().map(|u| u.at);
            let from = first_update.map_or(ahead(&occurrence), |at| at.min(ahead(&occurrence)));
            (occurrence, head.map_or(from, |head| head.max(from)))
        })
        // A withdrawn series announces no further occurrences.
        .filter(|(_, from)| entry.head.withdrawn.as_ref().is_none_or(|w| *from < w.at))
        .collect()
}

/// The updates of an occurrence, or all updates if the maintenance is not a series.
fn of(entry: &Maintenance, occurrence: Option<Occurrence>) -> impl Iterator<Item = &Update<PlanChange>> {
    let day = occurrence.map(|o| o.day);
    entry.updates.iter().filter(move |u| u.change.occurrence == day)
}

/// Marks the instants within `near` at which the maintenance changes by itself, by the plan that is current then.
/// Updates dated after `cutoff` are ignored. The clock is not evaluated outside `near`, to save time.
pub(super) fn changes(
    entry: &Maintenance,
    occurrence: Option<Occurrence>,
    near: &RangeInclusive<Instant>,
    cutoff: Instant,
    mark: &mut dyn FnMut(Instant, ChangeKind),
) {
    let updates: Vec<_> = of(entry, occurrence).take_while(|u| u.at <= cutoff).collect();
    for count in 0..=updates.len() {
        let from = if count == 0 { Instant(i64::MIN) } else { updates[count - 1].at };
        let to = updates.get(count).map_or(Instant(i64::MAX), |u| u.at);
        let mut tell = |at: Instant, what| {
            if at > from && at < to && near.contains(&at) {
                mark(at, what);
            }
        };
        if entry.is_in_pieces() {
            planned_windows(entry, &updates[..count], near, cutoff, &mut tell);
        } else {
            planned(entry, occurrence, &updates[..count], near, cutoff, &mut tell);
        }
    }
    for update in updates {
        mark(update.at, ChangeKind::Update);
    }
    if occurrence.is_none() {
        report(entry, cutoff, mark);
    }
}

/// Marks what the clock does, given the updates so far.
fn planned(
    entry: &Maintenance,
    occurrence: Option<Occurrence>,
    updates: &[&Update<PlanChange>],
    near: &RangeInclusive<Instant>,
    cutoff: Instant,
    tell: &mut dyn FnMut(Instant, ChangeKind),
) {
    let part = Part::of(occurrence);
    let replay = |clock: Instant| Replay::of(entry, part, updates, clock, clock.min(cutoff).into());
    let first = first_plan(entry, part);
    let plan = updates.iter().fold(first, |plan, update| update.change.applied_to(plan));
    let last = plan.end.unwrap_or(plan.start);
    let start = plan.decided().map(|plan| plan.start);
    for (at, what) in [(start, ChangeKind::Starts), (plan.end, ChangeKind::Ends)] {
        let Some(at) = at.filter(|at| near.contains(at)) else { continue };
        let (before, after) = (replay(Instant(at.0 - 1)), replay(at));
        // A cancelled window stays announced until it would have ended.
        let gone = after.state == Status::Cancelled && at == last;
        if before.state != after.state || gone {
            tell(at, what);
        }
    }
    if let Some(due) = updates
        .last()
        .and_then(|u| u.change.next_update)
        .and_then(NextUpdate::due)
        .map(|due| due.at)
        .filter(|at| near.contains(at))
        && let then = replay(due)
        && is_shown(then.state)
        && then.unconfirmed.is_none()
    {
        tell(due, ChangeKind::UpdateDue);
    }
    for at in closings(entry, occurrence, near, &replay) {
        let (before, after) = (replay(Instant(at.0 - 1)), replay(at));
        if before.unconfirmed.is_none() && after.unconfirmed.is_some() {
            tell(at, ChangeKind::Unconfirmed);
        }
    }
    let is_parted = !entry.phases.is_empty() || updates.iter().any(|u| u.change.phases.is_some());
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

/// The same for a maintenance with several windows.
fn planned_windows(
    entry: &Maintenance,
    updates: &[&Update<PlanChange>],
    near: &RangeInclusive<Instant>,
    cutoff: Instant,
    tell: &mut dyn FnMut(Instant, ChangeKind),
) {
    let course = |clock: Instant| Course::of(entry, None, updates, clock, clock.min(cutoff));
    let known = course(*near.start());
    let last = known.plan.end.unwrap_or(known.plan.start);
    let times = known.windows.iter().flat_map(|window| {
        let end = window.plan.end.map(|end| (end, ChangeKind::Ends));
        [(window.plan.start, ChangeKind::Starts)].into_iter().chain(end)
    });
    let closes = [known.closes, course(*near.end()).closes].into_iter().flatten();
    let closes = closes.map(|at| (at, ChangeKind::Unconfirmed));
    for (at, what) in times.chain(closes).filter(|(at, _)| near.contains(at)) {
        let (before, after) = (course(Instant(at.0 - 1)), course(at));
        let is_gone = after.state == Status::Cancelled && at == last && what == ChangeKind::Ends;
        let is_late = before.unconfirmed.is_none() && after.unconfirmed.is_some();
        let is_other = before.look() != after.look() && (what != ChangeKind::Unconfirmed || is_late);
        if is_other || is_gone {
            tell(at, what);
        }
    }
    let due = updates.last().and_then(|u| u.change.next_update).and_then(NextUpdate::due);
    if let Some(due) = due.map(|due| due.at).filter(|at| near.contains(at))
        && let then = course(due)
        && is_shown(then.state)
        && then.unconfirmed.is_none()
    {
        tell(due, ChangeKind::UpdateDue);
    }
    for window in &known.windows {
        for (_, times) in window.parts.in_plan(window.plan).into_iter().flatten() {
            for at in std::iter::once(times.start).chain(times.end).filter(|at| near.contains(at)) {
                let before = course(Instant(at.0 - 1));
                if is_shown(before.state) && !before.awaits_new_time && before.unconfirmed.is_none() {
                    tell(at, ChangeKind::Phase);
                }
            }
        }
    }
}

/// The possible deadlines for a result: as known now, as known at the end of the requested range, and at each
/// announced start of the next occurrence.
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
    let starts = entry.updates.iter().filter(later).filter_map(|u| u.change.start).map(|start| start.at);
    let known = [*near.start(), *near.end()].into_iter().filter_map(|at| replay(at).closes());
    let mut found: Vec<Instant> = starts.chain(known).filter(|at| near.contains(at)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether this state keeps it listed as running or upcoming.
fn is_shown(state: Status) -> bool {
    !is_closed(state)
}

/// Marks when the evaluation appears, if by `cutoff`. For a series it appears on the page of the series.
pub(super) fn report(entry: &Maintenance, cutoff: Instant, mark: &mut dyn FnMut(Instant, ChangeKind)) {
    if let Some((Some(at), _)) = &entry.evaluation
        && at.at <= cutoff
    {
        mark(at.at, ChangeKind::Report);
    }
}

/// The worst status that the windows give to each component while work goes on.
fn given_by(windows: &[WindowNow<'_>]) -> Vec<(usize, ComponentStatus)> {
    let mut found: Vec<(usize, ComponentStatus)> = Vec::new();
    let running = windows.iter().filter(|window| window.is_running());
    for (component, status) in running.flat_map(WindowNow::given) {
        match found.iter_mut().find(|(known, _)| *known == component) {
            Some(known) => known.1 = known.1.max(status),
            None => found.push((component, status)),
        }
    }
    found
}

/// Hashes only what its own page is made from. The rest follows from the entry and how much is visible. That
/// page does not show what the clock sets, except the deadline for a result, which for a series depends on the
/// next announced start.
impl Hash for MaintenanceNow<'_> {
    fn hash<H: Hasher>(&self, to: &mut H) {
        (self.maintenance.head.digest_of(self.maintenance), self.occurrence, self.updates.len()).hash(to);
        (self.published, self.withdrawn, self.evaluation, self.closes).hash(to);
    }
}

impl<'m> MaintenanceNow<'m> {
    /// `None` if it is not visible yet.
    #[must_use]
    pub fn at(entry: &'m Maintenance, now: Instant) -> Option<MaintenanceNow<'m>> {
        let published = visible_from(&entry.head, &entry.updates);
        if entry.head.draft || published.is_some_and(|at| at > now) {
            return None;
        }
        Some(MaintenanceNow::known_by(entry, None, published, now, now))
    }

    /// The maintenance with the updates up to `cutoff` and the clock at `clock`.
    pub(super) fn known_by(
        entry: &'m Maintenance,
        occurrence: Option<Occurrence>,
        published: Option<Instant>,
        cutoff: Instant,
        clock: Instant,
    ) -> MaintenanceNow<'m> {
        let last = last_word(&entry.head, cutoff);
        let day = occurrence.map(|o| o.day);
        let updates = visible(&entry.updates, last).iter().filter(|u| u.change.occurrence == day);
        let updates: Vec<_> = updates.collect();
        MaintenanceNow::told(entry, occurrence, published, updates, (cutoff.into(), clock))
    }

    /// An occurrence that is not announced yet. It is dated ahead, so no update is about it.
    pub(super) fn unannounced(
        entry: &'m Maintenance,
        occurrence: Occurrence,
        now: Instant,
    ) -> MaintenanceNow<'m> {
        MaintenanceNow::told(entry, Some(occurrence), None, Vec::new(), (now.into(), now))
    }

    /// What it is at a later clock time if no update comes. Occurrences that are announced until then are known.
    pub(super) fn expected(&self, now: Instant, clock: Instant) -> MaintenanceNow<'m> {
        let cutoff = Cutoff { said: now, announced: clock };
        MaintenanceNow::told(
            self.maintenance,
            self.occurrence,
            self.published,
            self.updates.clone(),
            (cutoff, clock),
        )
    }

    /// The maintenance with these updates, as the clock shows `clock`.
    fn told(
        entry: &'m Maintenance,
        occurrence: Option<Occurrence>,
        published: Option<Instant>,
        updates: Vec<&'m Update<PlanChange>>,
        (cutoff, clock): (Cutoff, Instant),
    ) -> MaintenanceNow<'m> {
        let withdrawn = is_withdrawn(&entry.head, cutoff.said);
        let last = last_word(&entry.head, cutoff.said);
        let clock = if withdrawn { last } else { clock };
        let course = Course::of(entry, occurrence, &updates, clock, cutoff);
        let affects = if withdrawn { Vec::new() } else { given_by(&course.windows) };
        let between = course.between().filter(|_| !withdrawn);
        let human_state = course.human_state;
        let evaluation = entry.evaluation.as_ref().filter(|_| occurrence.is_none());
        MaintenanceNow {
            maintenance: entry,
            occurrence,
            updates,
            state: course.state,
            by_clock: course.by_clock,
            human_state,
            window: course.first,
            plan: course.plan,
            windows: course.windows,
            steps: course.steps,
            affects,
            touched: course.given,
            actual: course.actual,
            next_update: course.next_update.filter(|_| !is_closed(human_state)),
            published,
            declared: course.declared,
            awaits_new_time: course.awaits_new_time && is_ahead(course.state),
            withdrawn,
            evaluation: evaluation.is_some_and(|(at, _)| at.is_none_or(|at| at.at <= last)),
            past_effects: course.past,
            work_spans: course.worked,
            unconfirmed: course.unconfirmed.filter(|_| !withdrawn),
            closes: course.closes.filter(|_| !withdrawn),
            between,
        }
    }

    /// What readers knew before a correction, given by its index, and what they know since, of the facts that it changes.
    #[must_use]
    pub fn corrected(&self, update: usize) -> Option<(PlanChange, PlanChange)> {
        let correction = self.updates.get(update).filter(|update| update.status == Status::Correction)?;
        let at = correction.at;
        // What was published together with the entry, readers see for the first time.
        if self.published.is_some_and(|published| at <= published) {
            return None;
        }
        let told = |count: usize| {
            let updates = self.updates[..count].to_vec();
            MaintenanceNow::told(self.maintenance, self.occurrence, self.published, updates, (at.into(), at))
        };
        let (known, since) = (told(update), told(update + 1));
        let PlanChange { start, end, affects, scope, next_update, occurrence: _, pieces, about, phases } =
            &correction.change;
        let holds = !known.awaits_new_time;
        let statuses = |now: &MaintenanceNow<'_>| {
            let named = affects.as_ref()?;
            let of = |component: &usize| {
                let given = now.touched.given.iter().find(|(known, _)| known == component);
                given.map_or(ComponentStatus::Operational, |(_, given)| status(*given))
            };
            let given =
                named.given.iter().map(|(component, _)| (*component, GivenStatus::Status(of(component))));
            Some(Affects { given: given.collect(), names: named.names.clone() })
        };
        let divided = |now: &MaintenanceNow<'_>| {
            let planned = |(phase, window): (&Phase, Window)| {
                let (start, end) = (window.start, window.end.unwrap_or(phase.end));
                Phase { start, end, affects: phase.affects.clone(), mode: phase.mode, advice: None }
            };
            let phases: Vec<Phase> = now.phases().into_iter().map(planned).collect();
            (!phases.is_empty()).then_some(phases)
        };
        let before = PlanChange {
            start: start.filter(|_| holds).map(|_| known.plan.from()),
            end: end.filter(|_| holds).map(|_| known.plan.until()),
            affects: statuses(&known),
            scope: scope.as_ref().and_then(|_| known.scope().cloned()),
            next_update: next_update.and(known.next_update),
            occurrence: None,
            pieces: pieces.clone(),
            about: about
                .zip(pieces.first())
                .map(|(about, piece)| About { window: known.plan_at(*piece, at), is_off: about.is_off }),
            phases: phases.as_ref().and_then(|_| divided(&known)),
        };
        let after = PlanChange {
            start: *start,
            end: *end,
            affects: statuses(&since),
            scope: scope.clone(),
            next_update: *next_update,
            occurrence: None,
            pieces: pieces.clone(),
            about: *about,
            phases: phases.clone(),
        };
        Some((before, after))
    }

    /// The same maintenance at a later clock time, with updates only up to `cutoff`.
    pub(super) fn later(&self, cutoff: Instant, clock: Instant) -> MaintenanceNow<'m> {
        MaintenanceNow::known_by(self.maintenance, self.occurrence, self.published, cutoff, clock)
    }

    /// What the clock will set at the planned start and end if no update comes. The result is the same at any
    /// time.
    #[must_use]
    pub fn turns(&self) -> Vec<ClockChange> {
        let mut turns: Vec<ClockChange> = Vec::new();
        if self.withdrawn || is_closed(self.human_state) {
            return turns;
        }
        let last = self.updates.last().map(|u| u.at);
        let mut times: Vec<Instant> = Vec::new();
        for window in self.windows.iter().filter(|window| !window.is_cancelled() && window.plan.is_decided())
        {
            times.extend(std::iter::once(window.plan.start).chain(window.plan.end));
        }
        if self.windows.len() > 1 {
            times.sort_unstable();
            times.dedup();
        }
        for at in times {
            let clock = last.map_or(at, |last| last.max(at));
            let course = Course::of(self.maintenance, self.occurrence, &self.updates, clock, clock);
            if let Some(before) = turns.last_mut() {
                before.until = Some(at);
            }
            // Between two windows the state of the update applies again, and the next window is news.
            if course.state != self.human_state || !turns.is_empty() {
                let next = course.between();
                turns.push(ClockChange { at, until: None, state: course.state, next });
            }
        }
        if let Some((last, closes)) = turns.last_mut().zip(self.closes) {
            last.until = Some(closes);
        }
        turns.dedup_by(|after, before| {
            let same = after.state == before.state && after.next == before.next;
            if same {
                before.until = after.until;
            }
            same
        });
        turns
    }

    /// The phases with their times, while they fit the plan. Empty once it is
    /// cancelled or postponed without a new time.
    #[must_use]
    pub fn phases(&self) -> Vec<(&'m Phase, Window)> {
        self.windows.iter().flat_map(WindowNow::phases).collect()
    }

    /// The plans of the windows that take place, in order of their starts; of a maintenance that does not take place,
    /// those that it had.
    #[must_use]
    pub fn plans(&self) -> Vec<Window> {
        self.planned().iter().map(|window| window.plan).collect()
    }

    /// The same with all that is known of each window.
    #[must_use]
    pub fn planned(&self) -> Vec<&WindowNow<'m>> {
        let holds = |window: &&WindowNow<'_>| !window.is_cancelled() && !window.awaits_new_time;
        let mut planned: Vec<&WindowNow<'m>> = self.windows.iter().filter(holds).collect();
        if planned.is_empty() {
            planned = self.windows.iter().collect();
        }
        planned.sort_by_key(|window| window.plan.start);
        planned
    }

    /// When work was going on, as far as it is known, window by window.
    #[must_use]
    pub fn worked(&self) -> Vec<Window> {
        let all = self.windows.iter().filter_map(|window| window.actual.0.zip(window.actual.1));
        let mut all: Vec<Window> = all.map(|(from, to)| Window::new(from, Some(to))).collect();
        all.sort_by_key(|window| window.start);
        all
    }

    /// Whether it takes place in several windows.
    #[must_use]
    pub fn is_in_windows(&self) -> bool {
        self.windows.len() > 1
    }

    /// How many times one of several windows was moved, postponed or cancelled so far. This number only grows.
    #[must_use]
    pub fn revision_of(&self, piece: usize) -> usize {
        if !self.is_in_windows() {
            return self.revision();
        }
        let moved = |u: &Update<PlanChange>| self.steps.iter().any(|s| s.at == u.at && s.piece == piece);
        let off = |status| matches!(status, Status::Postponed | Status::Cancelled);
        let about = self.updates.iter().filter(|u| u.change.is_about(piece));
        about.filter(|u| off(u.status) || moved(u)).count() + usize::from(self.withdrawn)
    }

    /// The window that is under way or comes next; after all of them, the last. Of one window, its plan.
    #[must_use]
    pub fn plan_now(&self) -> Window {
        if !self.is_in_windows() {
            return self.plan;
        }
        let planned = self.planned();
        let running = planned.iter().find(|window| window.is_running());
        let next = || planned.iter().find(|window| window.is_ahead() && !window.awaits_new_time);
        let found = if self.withdrawn { None } else { running.or_else(next) };
        found.or(planned.last()).map_or(self.plan, |window| window.plan)
    }

    /// The plan of one of the windows after the updates up to an instant.
    #[must_use]
    pub fn plan_at(&self, piece: usize, at: Instant) -> Window {
        let step = self.steps.iter().rev().find(|step| step.piece == piece && step.at <= at);
        step.map_or_else(
            || self.windows.get(piece).map_or(self.window, |window| window.first),
            |step| step.after,
        )
    }

    /// The place of the window that starts, or that started by an earlier plan, at an instant.
    #[must_use]
    pub fn starting(&self, at: Instant) -> usize {
        let first = self.windows.iter().position(|window| window.first.start == at);
        let moved = || self.steps.iter().find(|step| step.after.start == at).map(|step| step.piece);
        first.or_else(moved).unwrap_or(0)
    }

    /// How many times it was moved, postponed or cancelled so far. This number only grows.
    #[must_use]
    pub fn revision(&self) -> usize {
        let moved = |u: &Update<PlanChange>| self.steps.iter().any(|step| step.at == u.at);
        let off = |status| matches!(status, Status::Postponed | Status::Cancelled);
        let by_updates = self.updates.iter().filter(|u| off(u.status) || moved(u)).count();
        let excepted = self.occurrence.is_some_and(|o| o.is_off);
        by_updates + usize::from(excepted) + usize::from(self.withdrawn)
    }

    #[must_use]
    pub fn state_by_human(&self) -> Option<Status> {
        let excepted = self.occurrence.is_some_and(|o| o.is_off);
        let set = excepted || self.updates.iter().any(|u| u.status.sets_state());
        set.then_some(self.human_state)
    }

    #[must_use]
    pub fn is_running(&self) -> bool {
        is_running(self.state) && !self.withdrawn && self.unconfirmed.is_none()
    }

    #[must_use]
    pub fn is_ahead(&self) -> bool {
        is_ahead(self.state) && !self.withdrawn && self.unconfirmed.is_none()
    }

    /// Whether an update closed it, or it was withdrawn.
    #[must_use]
    pub fn is_closed_by_human(&self) -> bool {
        is_closed(self.human_state) || self.withdrawn
    }

    /// The time of the latest update, or of publication if that is later.
    #[must_use]
    pub fn last_updated(&self) -> Option<Instant> {
        self.updates.last().map(|u| u.at).max(self.published)
    }

    /// The time of the latest publication, including the evaluation and the withdrawal.
    #[must_use]
    pub fn last_publication(&self) -> Option<Instant> {
        let report = self
            .maintenance
            .evaluation
            .as_ref()
            .filter(|_| self.evaluation)
            .and_then(|(at, _)| *at)
            .map(|at| at.at);
        let withdrawn = self.maintenance.head.withdrawn.as_ref().filter(|_| self.withdrawn).map(|w| w.at);
        self.last_updated().max(report).max(withdrawn)
    }

    /// A planned start or end that the clock declared, as the plan of that time says it.
    #[must_use]
    pub fn said(&self, at: Instant) -> Stated {
        let plans = self.steps.iter().rev().map(|step| step.after);
        let plans = plans.chain(self.windows.iter().flat_map(|window| [window.first, window.plan]));
        let mut times = plans.flat_map(|plan| [Some(plan.from()), plan.until()]).flatten();
        times.find(|said| said.at == at).unwrap_or(at.into())
    }

    /// Whether it counts against uptime.
    #[must_use]
    pub fn is_emergency(&self) -> bool {
        self.maintenance.kind == MaintenanceType::BuiltIn(MaintenanceKind::Emergency)
    }

    /// The periods in which work went on, up to `end`, or the planned period while it lies ahead. Each includes
    /// its first second and excludes its last.
    #[must_use]
    pub fn stretches(&self, end: Instant) -> Vec<(Instant, Instant)> {
        let has_no_time = self.state == Status::Postponed && self.awaits_new_time;
        if self.withdrawn || has_no_time || !self.plan.is_decided() {
            return Vec::new();
        }
        let planned = |window: &WindowNow<'_>| window.plan.end.unwrap_or(window.plan.start);
        let running = self
            .windows
            .iter()
            .filter_map(|window| window.running.map(|from| (from, end.max(planned(window)))));
        let ahead = self.windows.iter().filter(|window| is_ahead(window.state));
        let ahead = ahead.filter(|window| window.state != Status::Postponed || !window.awaits_new_time);
        let ahead = ahead.map(|window| (window.plan.start, planned(window)));
        self.work_spans.iter().copied().chain(running).chain(ahead).collect()
    }

    /// Pushes the periods in which each component was not operational, up to `end`. Emergency maintenance
    /// counts as a major outage. Other maintenance does not count against uptime, whatever status it gives.
    pub fn spans(&self, end: Instant, mut push: impl FnMut(usize, Span)) {
        if self.withdrawn {
            return;
        }
        let counts = self.is_emergency();
        let running = self.windows.iter().filter_map(|window| Some((window, window.running?)));
        let running = running.flat_map(|(window, from)| {
            window.given().map(move |(component, status)| (component, from, end, status))
        });
        for (component, from, to, given) in self.past_effects.iter().copied().chain(running) {
            if given == ComponentStatus::Operational || to <= from {
                continue;
            }
            let status = if counts { ComponentStatus::Major } else { given };
            push(component, Span { from, to, status, counts });
        }
    }
}
