//! What the windows of a maintenance say together at an instant. Most have one window, which then says it alone.
//!
//! Each of several windows is replayed like a maintenance of its own. Work is under way while it is in one of them;
//! the maintenance is over when all of them are.

use std::borrow::Cow;

use super::replay::{Cutoff, Part, PlanStep, Replay, first_plan, is_ahead, is_closed, is_running, status};
use crate::model::component::Affects;
use crate::model::entry::{NextUpdate, Update};
use crate::model::maintenance::PlanChange;
use crate::model::phases::{Phase, PlannedPhases};
use crate::model::window::Window;
use crate::model::{Instant, Maintenance, Occurrence, Stated};
use crate::vocabulary::{ComponentStatus, Status};

/// One window of a maintenance at an instant.
#[derive(Debug)]
pub struct WindowNow<'m> {
    /// Its plan when it was announced first.
    pub first: Window,
    /// Its current plan.
    pub plan: Window,
    pub state: Status,
    /// The last state that an update set.
    pub human_state: Status,
    /// When an update set that state.
    pub(super) said: Option<Instant>,
    /// Whether it has no time: its start is not decided, or it is postponed without a new time.
    pub awaits_new_time: bool,
    /// Whether it ended by its plan, and no update says how the work went.
    pub is_unconfirmed: bool,
    /// The deadline for a result, if no update comes before: of a window that another one follows, its planned end.
    pub closes: Option<Instant>,
    /// Its own components, if they differ from those of the entry.
    pub affects: Option<&'m Affects>,
    pub(super) parts: PlannedPhases<'m>,
    /// The components that it touches.
    pub touched: Cow<'m, Affects>,
    /// When work actually began and ended, if known. Of several windows, one that gave way to the next ended by its
    /// plan.
    pub actual: (Option<Stated>, Option<Stated>),
    /// Since when it has given them, while work goes on.
    pub(super) running: Option<Instant>,
    /// Whether another window of the maintenance follows.
    pub is_followed: bool,
}

impl<'m> WindowNow<'m> {
    /// The phases with their times, while they fit the plan ([`PlannedPhases::in_plan`]). Empty once it is cancelled or
    /// postponed without a new time.
    #[must_use]
    pub fn phases(&self) -> Vec<(&'m Phase, Window)> {
        let holds = !self.is_cancelled() && !self.awaits_new_time;
        self.parts.in_plan(self.plan).filter(|_| holds).unwrap_or_default()
    }

    /// The statuses that it gives to components while work goes on.
    pub(super) fn given(&self) -> impl Iterator<Item = (usize, ComponentStatus)> {
        self.touched.given.iter().map(|(component, given)| (*component, status(*given)))
    }

    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.human_state == Status::Cancelled
    }

    #[must_use]
    pub fn is_running(&self) -> bool {
        is_running(self.state) && !self.is_unconfirmed
    }

    #[must_use]
    pub fn is_ahead(&self) -> bool {
        is_ahead(self.state) && !self.is_unconfirmed
    }
}

/// All windows together.
pub(super) struct Course<'m> {
    pub(super) windows: Vec<WindowNow<'m>>,
    pub(super) state: Status,
    pub(super) by_clock: bool,
    pub(super) human_state: Status,
    /// From the first start to the last end of the windows that take place.
    pub(super) plan: Window,
    pub(super) first: Window,
    pub(super) steps: Vec<PlanStep>,
    pub(super) given: Cow<'m, Affects>,
    pub(super) actual: (Option<Stated>, Option<Stated>),
    pub(super) next_update: Option<NextUpdate>,
    pub(super) awaits_new_time: bool,
    pub(super) declared: Vec<(Instant, Status)>,
    pub(super) past: Vec<(usize, Instant, Instant, ComponentStatus)>,
    pub(super) worked: Vec<(Instant, Instant)>,
    pub(super) unconfirmed: Option<Instant>,
    pub(super) closes: Option<Instant>,
}

impl<'m> Course<'m> {
    pub(super) fn of(
        entry: &'m Maintenance,
        occurrence: Option<Occurrence>,
        updates: &[&'m Update<PlanChange>],
        clock: Instant,
        cutoff: impl Into<Cutoff>,
    ) -> Course<'m> {
        let cutoff = cutoff.into();
        let replay = |part| (first_plan(entry, part), Replay::of(entry, part, updates, clock, cutoff));
        if entry.is_in_pieces() {
            let replays = (0..entry.pieces.len()).map(|at| replay(Part::Piece(at))).collect();
            return Course::together(entry, updates, replays);
        }
        let (first, replay) = replay(Part::of(occurrence));
        let closes = replay.unconfirmed.or_else(|| replay.closes());
        let by_clock = replay.state != replay.human_state.0 || replay.human_state.1.is_none();
        let window = WindowNow::of(first, &replay, None);
        Course {
            windows: vec![window],
            state: replay.state,
            by_clock,
            human_state: replay.human_state.0,
            plan: replay.plan,
            first,
            steps: replay.steps,
            given: replay.given,
            actual: replay.actual,
            next_update: replay.next_update,
            awaits_new_time: replay.awaits_new_time,
            declared: replay.declared,
            past: replay.past,
            worked: replay.worked,
            unconfirmed: replay.unconfirmed,
            closes,
        }
    }

    fn together(
        entry: &'m Maintenance,
        updates: &[&'m Update<PlanChange>],
        replays: Vec<(Window, Replay<'m>)>,
    ) -> Course<'m> {
        let closes = (replays.iter())
            .filter(|(_, replay)| !replay.is_followed())
            .filter_map(|(_, replay)| replay.unconfirmed.or_else(|| replay.closes()))
            .max();
        let windows: Vec<WindowNow<'m>> = (replays.iter().zip(&entry.pieces))
            .map(|((first, replay), piece)| WindowNow::of(*first, replay, piece.affects.as_ref()))
            .collect();
        let late: Vec<Option<Instant>> = replays.iter().map(|(_, replay)| replay.unconfirmed).collect();
        let actual: Vec<_> = replays.iter().map(|(_, replay)| replay.actual).collect();
        let told = replays.iter().any(|(_, replay)| replay.human_state.1.is_some());
        let (mut steps, mut declared) = (Vec::new(), Vec::new());
        let (mut past, mut worked) = (Vec::new(), Vec::new());
        for (_, replay) in replays {
            let is_followed = replay.is_followed();
            steps.extend(replay.steps);
            // The end of a window is news only if no other one follows.
            declared.extend(
                replay.declared.into_iter().filter(|(_, s)| !is_followed || *s == Status::InProgress),
            );
            past.extend(replay.past);
            worked.extend(replay.worked);
        }
        steps.sort_by_key(|step| step.at);
        declared.sort_unstable();
        declared.dedup();
        worked.sort_unstable();
        worked.dedup();
        let human_state = human_state(&windows);
        let (state, unconfirmed) = state(&windows, &late);
        let open: Vec<&WindowNow<'_>> = windows.iter().filter(|w| w.is_ahead() || w.is_running()).collect();
        let awaits_new_time = !open.is_empty() && open.iter().all(|window| window.awaits_new_time);
        let from = actual.iter().filter_map(|(from, _)| *from).min_by_key(|from| from.at);
        let is_over = open.is_empty() && unconfirmed.is_none();
        let to = actual.iter().filter_map(|(_, to)| *to).max_by_key(|to| to.at).filter(|_| is_over);
        Course {
            state,
            by_clock: state != human_state || !told,
            human_state,
            plan: hull(&windows),
            first: span(windows.iter().map(|window| window.first)).unwrap_or(entry.window),
            steps,
            given: given(&windows),
            actual: (from, to),
            next_update: updates.last().and_then(|update| update.change.next_update),
            awaits_new_time,
            declared,
            past,
            worked,
            unconfirmed,
            closes: unconfirmed.or(closes),
            windows,
        }
    }

    /// What readers can see of its state.
    pub(super) fn look(&self) -> (Status, bool, Vec<(Status, bool)>) {
        let windows = self.windows.iter().map(|window| (window.state, window.is_unconfirmed));
        (self.state, self.unconfirmed.is_some(), windows.collect())
    }

    /// The window that comes next, if one is over and none is under way.
    pub(super) fn between(&self) -> Option<Window> {
        let is_over = |window: &&WindowNow<'_>| !window.is_ahead() && !window.is_cancelled();
        if self.windows.iter().any(WindowNow::is_running) || !self.windows.iter().any(|w| is_over(&w)) {
            return None;
        }
        let ahead = self.windows.iter().filter(|window| window.is_ahead() && !window.awaits_new_time);
        ahead.map(|window| window.plan).min_by_key(|plan| plan.start)
    }
}

impl<'m> WindowNow<'m> {
    fn of(first: Window, replay: &Replay<'m>, affects: Option<&'m Affects>) -> WindowNow<'m> {
        let by_plan = || replay.plan.until().filter(|_| replay.is_followed() && replay.unconfirmed.is_some());
        let ended = replay.actual.1.or_else(|| replay.actual.0.and(by_plan()));
        let actual = (replay.actual.0, ended);
        WindowNow {
            first,
            plan: replay.plan,
            state: replay.state,
            human_state: replay.human_state.0,
            said: replay.human_state.1,
            awaits_new_time: replay.awaits_new_time && is_ahead(replay.state),
            is_unconfirmed: replay.unconfirmed.is_some(),
            closes: replay.unconfirmed.or_else(|| replay.closes()),
            affects,
            parts: replay.parts,
            touched: replay.given.clone(),
            actual,
            running: replay.running,
            is_followed: replay.is_followed(),
        }
    }
}

/// Which windows a later one has replaced: their planned end had passed when an update said that work in the later one
/// had begun, and they gave way to it.
fn superseded(windows: &[WindowNow<'_>]) -> Vec<bool> {
    let is_told = |w: &&WindowNow<'_>| is_running(w.human_state) || w.human_state == Status::Completed;
    let gave_way = |window: &WindowNow<'_>| {
        let by = |end: Instant| {
            let later = windows.iter().filter(is_told).filter(|later| later.plan.start > window.plan.start);
            later.filter_map(|later| later.said).any(|said| said >= end)
        };
        window.is_followed && !window.awaits_new_time && window.plan.end.is_some_and(by)
    };
    windows.iter().map(gave_way).collect()
}

/// The state that updates set, of all windows together.
fn human_state(windows: &[WindowNow<'_>]) -> Status {
    let superseded = superseded(windows);
    let live: Vec<Status> = (windows.iter().zip(superseded))
        .filter(|(window, is_old)| !is_old && !is_closed(window.human_state))
        .map(|(window, _)| window.human_state)
        .collect();
    if live.is_empty() {
        return closed(windows, |window| window.human_state);
    }
    let running = live.iter().find(|state| is_running(**state));
    running.copied().unwrap_or_else(|| ahead(&live))
}

fn ahead(states: &[Status]) -> Status {
    if states.iter().all(|state| *state == Status::Postponed) { Status::Postponed } else { Status::Scheduled }
}

/// The state of windows that are all over: completed, if work was done in one of them.
fn closed(windows: &[WindowNow<'_>], state: impl Fn(&WindowNow<'_>) -> Status) -> Status {
    if windows.iter().all(|window| state(window) == Status::Cancelled) {
        Status::Cancelled
    } else {
        Status::Completed
    }
}

/// The state after the clock has advanced it, and when the deadline for a result passed.
fn state(windows: &[WindowNow<'_>], late: &[Option<Instant>]) -> (Status, Option<Instant>) {
    let running: Vec<Status> = windows.iter().filter(|w| w.is_running()).map(|w| w.state).collect();
    if let Some(state) = running.iter().find(|state| **state == Status::InProgress).or(running.first()) {
        return (*state, None);
    }
    let open: Vec<Status> = windows.iter().filter(|w| w.is_ahead()).map(|w| w.state).collect();
    if !open.is_empty() {
        return (ahead(&open), None);
    }
    let superseded = superseded(windows);
    let waiting = windows.iter().zip(late).zip(superseded).filter_map(|((window, late), is_old)| {
        let late = late.filter(|_| !is_old && !is_closed(window.state))?;
        Some((late, window.state))
    });
    match waiting.max_by_key(|(late, _)| *late) {
        Some((late, state)) => (state, Some(late)),
        None => (closed(windows, |window| window.state), None),
    }
}

/// From the first start to the last end.
fn span(windows: impl Iterator<Item = Window> + Clone) -> Option<Window> {
    let first = windows.clone().min_by_key(|window| window.start)?;
    let last = windows.max_by_key(|window| window.end.map_or(i64::MAX, |end| end.0))?;
    Some(Window::new(first.from(), last.until()))
}

/// From the first start to the last end of the windows that take place.
fn hull(windows: &[WindowNow<'_>]) -> Window {
    let holds = windows.iter().filter(|window| !window.is_cancelled() && !window.awaits_new_time);
    let of = |window: &WindowNow<'_>| window.plan;
    let all = || span(windows.iter().map(of));
    span(holds.map(of)).or_else(all).unwrap_or(windows[0].plan)
}

/// The components that any window touches.
fn given<'m>(windows: &[WindowNow<'m>]) -> Cow<'m, Affects> {
    let mut given = Affects::default();
    for window in windows {
        given.replace(&window.touched);
    }
    Cow::Owned(given)
}
