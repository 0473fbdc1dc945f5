//! Replays a maintenance in time order: what its updates say and what the clock does between them.

use std::borrow::Cow;

use crate::model::component::Affects;
use crate::model::entry::{NextUpdate, Update};
use crate::model::maintenance::PlanChange;
use crate::model::phases::PlannedPhases;
use crate::model::window::Window;
use crate::model::{GivenStatus, Instant, Maintenance, Occurrence, Precision, Stated};
use crate::vocabulary::{Auto, ComponentStatus, Status};

/// The window that is replayed.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    /// The only one.
    Whole,
    /// An occurrence of a series.
    Occurrence(Occurrence),
    /// One of several: an index into [`Maintenance::pieces`].
    Piece(usize),
}

impl Part {
    pub(super) fn of(occurrence: Option<Occurrence>) -> Part {
        occurrence.map_or(Part::Whole, Part::Occurrence)
    }

    /// Whether an update is about it.
    pub(super) fn has(self, update: &Update<PlanChange>) -> bool {
        match self {
            Part::Whole | Part::Occurrence(_) => true,
            Part::Piece(at) => update.change.is_about(at),
        }
    }
}

/// Up to when an entry is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cutoff {
    /// Updates dated after this are ignored.
    pub(super) said: Instant,
    /// Occurrences of a series that are announced after this are ignored.
    pub(super) announced: Instant,
}

impl From<Instant> for Cutoff {
    fn from(at: Instant) -> Cutoff {
        Cutoff { said: at, announced: at }
    }
}

/// What comes after one of several windows. That window ends by its plan: nobody waits for its result.
#[derive(Clone, Copy, Debug)]
struct Following {
    /// The start of the next window, if one has a time.
    next: Option<Instant>,
}

/// A change of the planned window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PlanStep {
    /// The place of the window, if the maintenance has several; else 0.
    pub piece: usize,
    /// When it was announced.
    pub at: Instant,
    /// How exactly the announcement says that time.
    pub precision: Precision,
    pub before: Window,
    pub after: Window,
}

/// The state and plan of a maintenance as they are replayed in time order.
pub(super) struct Replay<'m> {
    entry: &'m Maintenance,
    /// The last state that an update set, and when.
    pub(super) human_state: (Status, Option<Instant>),
    /// The state after the clock has advanced it.
    pub(super) state: Status,
    /// It has no time: its start is not decided, or an update postponed it and gave no new time yet.
    pub(super) awaits_new_time: bool,
    pub(super) plan: Window,
    pub(super) steps: Vec<PlanStep>,
    pub(super) given: Cow<'m, Affects>,
    pub(super) actual: (Option<Stated>, Option<Stated>),
    pub(super) next_update: Option<NextUpdate>,
    pub(super) declared: Vec<(Instant, Status)>,
    pub(super) past: Vec<(usize, Instant, Instant, ComponentStatus)>,
    /// The periods in which work went on; `running` is the start of the current one.
    pub(super) worked: Vec<(Instant, Instant)>,
    pub(super) running: Option<Instant>,
    /// Its phases, together with the plan that they divide.
    pub(super) parts: PlannedPhases<'m>,
    /// When the deadline for a result passed without one.
    pub(super) unconfirmed: Option<Instant>,
    part: Part,
    /// Set if another window of the maintenance follows.
    following: Option<Following>,
    cutoff: Cutoff,
    /// The time of the latest update.
    word: Option<Instant>,
}

impl<'m> Replay<'m> {
    /// The replay from the first plan to `clock`. Updates up to `cutoff` decide when the next occurrence begins.
    pub(super) fn of(
        entry: &'m Maintenance,
        part: Part,
        updates: &[&'m Update<PlanChange>],
        clock: Instant,
        cutoff: Cutoff,
    ) -> Replay<'m> {
        let mut replay = Replay::new(entry, part, cutoff);
        if let Part::Piece(at) = part {
            replay.following = following(entry, at, updates);
        }
        for update in updates.iter().filter(|update| part.has(update)) {
            replay.tick(Instant(update.at.0 - 1));
            replay.say(update);
        }
        replay.tick(clock);
        replay
    }

    fn new(entry: &'m Maintenance, part: Part, cutoff: Cutoff) -> Replay<'m> {
        let plan = first_plan(entry, part);
        let off = matches!(part, Part::Occurrence(occurrence) if occurrence.is_off);
        let own = match part {
            Part::Piece(at) => entry.pieces[at].affects.as_ref(),
            Part::Whole | Part::Occurrence(_) => None,
        };
        let parts = match part {
            Part::Piece(_) => PlannedPhases::of(&entry.phases, plan, plan),
            Part::Whole | Part::Occurrence(_) => entry.phases_in(plan),
        };
        let state = if off { Status::Cancelled } else { Status::Scheduled };
        Replay {
            entry,
            human_state: (state, None),
            state,
            awaits_new_time: !plan.is_decided(),
            plan,
            steps: Vec::new(),
            given: Cow::Borrowed(own.unwrap_or(&entry.affects)),
            actual: (None, None),
            next_update: None,
            declared: Vec::new(),
            past: Vec::new(),
            worked: Vec::new(),
            running: None,
            parts,
            unconfirmed: None,
            part,
            following: None,
            cutoff,
            word: None,
        }
    }

    /// Advances the clock up to and including `now`.
    fn tick(&mut self, now: Instant) {
        self.turn(now);
        if self.unconfirmed.is_none()
            && let Some(at) = self.closes().filter(|at| *at <= now)
        {
            // No update says that work went on past its planned end.
            let planned = self.plan.end.unwrap_or(at);
            self.pause(self.running.map_or(planned, |from| from.max(planned)));
            self.unconfirmed = Some(at);
        }
    }

    /// The deadline for a result if no update comes: a fixed time after the planned end and the latest update.
    /// For a series, the start of the next occurrence also closes it. An update at or after the planned end
    /// that says work goes on keeps it open.
    pub(super) fn closes(&self) -> Option<Instant> {
        let end = self.plan.end?;
        if let Some(following) = self.following {
            return self.gives_way(end, following);
        }
        let is_waiting = match (self.human_state.0, self.entry.auto) {
            (Status::Completed | Status::Cancelled, _) => false,
            (Status::Verifying, _) => true,
            (Status::InProgress, auto) => auto == Auto::Start && self.is_open_to(end),
            (_, auto) => auto != Auto::Both && !self.awaits_new_time,
        };
        let from = self.word.map_or(end, |word| word.max(end));
        let next = || match self.part {
            Part::Occurrence(occurrence) => next_start(self.entry, &occurrence, self.cutoff),
            Part::Whole | Part::Piece(_) => None,
        };
        let after = self.entry.close_after.map(|after| Instant(from.0.saturating_add(after)));
        let at = || after.into_iter().chain(next().map(|next| next.max(from))).min();
        if is_waiting { at() } else { None }
    }

    /// When one of several windows gives way to those that follow: at its planned end, or with the start of the next
    /// one, if an update at or after that end says that work goes on.
    fn gives_way(&self, end: Instant, following: Following) -> Option<Instant> {
        let (state, said) = self.human_state;
        if is_closed(state) || self.awaits_new_time {
            return None;
        }
        match said.filter(|at| is_running(state) && *at >= end) {
            Some(said) => following.next.map(|next| next.max(said)),
            None => (self.entry.auto != Auto::Both || is_running(state)).then_some(end),
        }
    }

    /// Applies the state changes that the plan makes due by `now`.
    fn turn(&mut self, now: Instant) {
        if self.entry.auto == Auto::None {
            return;
        }
        if is_ahead(self.state) && !self.awaits_new_time && self.plan.start <= now {
            self.state = Status::InProgress;
            self.actual.0 = Some(self.plan.from());
            self.running = Some(self.plan.start);
            self.declare(self.plan.start, Status::InProgress);
        }
        if self.state == Status::InProgress
            && let Some(end) = self.plan.end.filter(|end| *end <= now && self.is_open_to(*end))
        {
            if self.entry.auto == Auto::Both {
                self.state = Status::Completed;
                self.actual.1 = self.plan.until();
                self.pause(end);
            } else {
                self.state = Status::Verifying;
            }
            self.declare(end, self.state);
        }
    }

    /// Whether the clock can apply a planned end. It cannot if an update at or after that end says that work
    /// goes on.
    fn is_open_to(&self, end: Instant) -> bool {
        let (state, at) = self.human_state;
        let begun = self.actual.0.is_none_or(|start| start.at < end);
        begun && (state != Status::InProgress || at.is_none_or(|at| at < end))
    }

    /// Whether another window of the maintenance follows.
    pub(super) fn is_followed(&self) -> bool {
        self.following.is_some()
    }

    fn declare(&mut self, at: Instant, status: Status) {
        if !self.declared.contains(&(at, status)) {
            self.declared.push((at, status));
        }
    }

    /// Records the running period, ending `at`.
    fn pause(&mut self, at: Instant) {
        if let Some(from) = self.running.take() {
            self.worked.push((from, at));
            self.past.extend(self.given.given.iter().map(|(c, given)| (*c, from, at, status(*given))));
        }
    }

    fn say(&mut self, update: &'m Update<PlanChange>) {
        let at = update.at;
        let was_closed = self.unconfirmed.take().is_some();
        self.word = Some(at);
        // If the clock completed the work but it turns out to continue, it continues from that end.
        let ended =
            self.actual.1.filter(|_| self.state == Status::Completed && self.state != self.human_state.0);
        let ended = ended.map(|ended| ended.at);
        let left_off = if is_running(self.state) && !was_closed { Some(at) } else { ended };
        self.pause(at);
        self.change(update);
        if update.status.sets_state() {
            self.set(update, left_off);
        }
        // Apply the clock again from the stated state, using the plan as it now is.
        self.state = self.human_state.0;
        if is_ahead(self.state) {
            self.actual = (None, None);
        } else if is_running(self.state) {
            self.actual.1 = None;
        }
        self.running = None;
        self.tick(Instant(at.0 - 1));
        if is_running(self.state) && self.unconfirmed.is_none() {
            self.running = left_off.or(self.running).or(Some(at));
        }
    }

    fn change(&mut self, update: &'m Update<PlanChange>) {
        let change = &update.change;
        let before = self.plan;
        self.plan = change.applied_to(before);
        if self.plan != before {
            let piece = match self.part {
                Part::Piece(piece) => piece,
                Part::Whole | Part::Occurrence(_) => 0,
            };
            self.steps.push(PlanStep {
                piece,
                at: update.at,
                precision: update.precision,
                before,
                after: self.plan,
            });
        }
        if change.start.is_some() {
            self.awaits_new_time = false;
        }
        if let Some(affects) = &change.affects {
            self.given.to_mut().replace(affects);
        }
        if let Some(phases) = &change.phases {
            self.parts = PlannedPhases::stated(phases, self.plan);
        }
        self.next_update = change.next_update;
    }

    fn set(&mut self, update: &Update<PlanChange>, left_off: Option<Instant>) {
        let at = update.at;
        self.human_state = (update.status, Some(at));
        let (planned, said) = (self.plan.from(), update.stated());
        let planned = if planned.at <= at { planned } else { said };
        match update.status {
            Status::Postponed => self.awaits_new_time = update.change.start.is_none(),
            // It was postponed and then announced again without a new time: the old start no longer applies.
            Status::Scheduled => {
                self.awaits_new_time &= self.plan.start <= at || !self.plan.is_decided();
            }
            Status::InProgress => self.actual.0 = self.actual.0.or(Some(said)),
            Status::Verifying | Status::Completed => {
                if self.actual.0.is_none() && left_off.is_none() {
                    // No update said that work began, so it began as planned.
                    self.running = Some(planned.at);
                    self.pause(at);
                }
                self.actual.0 = self.actual.0.or(Some(planned));
                self.actual.1 = (update.status == Status::Completed).then_some(said);
            }
            Status::Cancelled => self.actual.1 = self.actual.0.map(|_| said),
            _ => {}
        }
    }
}

/// The start of the next occurrence of a series, by its rule and the updates up to `cutoff`. An occurrence that is
/// not announced by then does not count.
fn next_start(entry: &Maintenance, occurrence: &Occurrence, cutoff: Cutoff) -> Option<Instant> {
    let series = entry.recurrence.as_ref()?;
    if entry.head.publish_at.is_some_and(|from| from > cutoff.announced) {
        return None;
    }
    let mut next = occurrence.next;
    while let Some((day, start)) = next {
        let updates =
            entry.updates.iter().filter(|u| u.change.occurrence == Some(day) && u.at <= cutoff.said);
        let mut is_announced = start.0 - series.notice <= cutoff.announced.0;
        let (mut start, mut is_off) = (start, false);
        for update in updates {
            is_announced = true;
            let moved = update.change.start.map(|start| start.at);
            start = moved.unwrap_or(start);
            match update.status {
                Status::InProgress | Status::Verifying | Status::Completed => start = start.min(update.at),
                Status::Cancelled => is_off = true,
                Status::Postponed => is_off = moved.is_none(),
                Status::Scheduled => is_off &= moved.is_none(),
                _ => {}
            }
        }
        if !is_off {
            return Some(start).filter(|_| is_announced);
        }
        let all = series.occurrences(entry.window);
        next = all.skip_while(|o| o.day < day).find(|o| o.day == day)?.next;
    }
    None
}

pub(super) fn first_plan(entry: &Maintenance, part: Part) -> Window {
    match part {
        Part::Whole => entry.window,
        Part::Occurrence(occurrence) => entry.window.moved_to(occurrence.start),
        Part::Piece(at) => entry.pieces[at].window,
    }
}

/// One of several windows after some updates: its plan, whether it has no time, and when updates say that work began.
struct Known {
    plan: Window,
    awaits_new_time: bool,
    is_over: bool,
    began: Option<Instant>,
}

impl Known {
    fn by<'u>(
        entry: &Maintenance,
        at: usize,
        updates: impl Iterator<Item = &'u &'u Update<PlanChange>>,
    ) -> Known {
        let plan = entry.pieces[at].window;
        let mut known = Known { plan, awaits_new_time: false, is_over: false, began: None };
        for update in updates.filter(|update| update.change.is_about(at)) {
            known.plan = update.change.applied_to(known.plan);
            known.awaits_new_time &= update.change.start.is_none();
            match update.status {
                Status::Postponed => known.awaits_new_time = update.change.start.is_none(),
                Status::InProgress | Status::Verifying | Status::Completed => {
                    known.began = known.began.or(Some(update.at));
                }
                _ => {}
            }
            if update.status.sets_state() {
                known.is_over = is_closed(update.status);
            }
        }
        known
    }
}

/// What follows a window. What is said after its planned end changes only when the next one begins, so that no update
/// changes what the clock has declared.
fn following(entry: &Maintenance, at: usize, updates: &[&Update<PlanChange>]) -> Option<Following> {
    let own = Known::by(entry, at, updates.iter());
    let end = own.plan.end?;
    let others = || (0..entry.pieces.len()).filter(|other| *other != at);
    let then = |other: usize| Known::by(entry, other, updates.iter().filter(|update| update.at <= end));
    let comes = |known: &Known| !known.is_over && (known.awaits_new_time || known.plan.start >= end);
    if !others().any(|other| comes(&then(other))) {
        return None;
    }
    let now = others().map(|other| Known::by(entry, other, updates.iter()));
    let start = |known: Known| match known.began {
        Some(began) if began >= own.plan.start => Some(began.min(known.plan.start)),
        _ => comes(&known).then_some(known.plan.start).filter(|_| !known.awaits_new_time),
    };
    Some(Following { next: now.filter_map(start).min() })
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

pub(super) fn status(given: GivenStatus) -> ComponentStatus {
    match given {
        GivenStatus::Implied => ComponentStatus::Maintenance,
        GivenStatus::Status(status) => status,
    }
}
