//! What each component does from an instant on if only the clock moves: its status, what still works, and why.
//!
//! Unlike [`Forecast`](super::Forecast), which pages hold for the moments after a build, turns reach months ahead: they
//! also know the occurrences of a visible series that are not announced yet. Nothing that is dated ahead counts.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::Snapshot;
use super::incident::{IncidentNow, implied};
use super::maintenance::MaintenanceNow;
use crate::model::{Instant, Occurrence};
use crate::vocabulary::{ComponentStatus, PhaseMode};

/// How many days after the current one the turns reach.
pub const DAYS_AHEAD: u64 = 90;

/// From when on a component has a status, and what still works on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    pub from: Instant,
    pub status: ComponentStatus,
    /// The strictest of the modes that entries state.
    pub mode: Option<PhaseMode>,
    /// Whether a person said it. Else it follows from a plan.
    pub is_certain: bool,
    /// The entries that give the component another status than operational.
    pub causes: Vec<Cause>,
}

/// An entry that gives a component its status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// An index into [`Snapshot::incidents`].
    Incident(usize),
    /// An index into [`Snapshot::maintenance`].
    Maintenance(usize),
    /// An occurrence that is not announced yet: an index into [`Snapshot::series`], and its day.
    Ahead(usize, NaiveDate),
}

/// The turns of the page and of each component.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turns {
    /// The first instant after the last day that they cover.
    pub until: Instant,
    pub page: Vec<(Instant, ComponentStatus)>,
    /// In the order of [`Components::all`](crate::model::component::Components::all).
    pub components: Vec<Vec<Turn>>,
}

/// What an entry does to a component.
#[derive(Clone, Copy)]
struct Effect {
    component: usize,
    status: ComponentStatus,
    mode: Option<PhaseMode>,
    is_certain: bool,
}

/// What an entry does from some instants on.
struct Course {
    cause: Cause,
    steps: Vec<(Instant, Vec<Effect>)>,
    /// What the page shows at least, from these instants on.
    least: Option<(Instant, ComponentStatus)>,
}

impl Course {
    fn at(&self, at: Instant) -> &[Effect] {
        let step = self.steps.iter().rev().find(|(from, _)| *from <= at);
        step.map_or(&[], |(_, effects)| effects)
    }
}

impl Snapshot<'_> {
    /// The turns from this instant to the end of the last day that they cover.
    #[must_use]
    pub fn turns(&self) -> Turns {
        let (zone, config) = (self.zone(), &self.model.config);
        let until = zone.day_from(self.today + Days::new(DAYS_AHEAD + 1));
        let courses = self.courses(until);
        let mut instants = BTreeSet::from([self.effective]);
        instants.extend(courses.iter().flat_map(|course| &course.steps).map(|(from, _)| *from));
        instants.extend(courses.iter().filter_map(|course| course.least).map(|(from, _)| from));
        let retired = config.components.all.iter().filter_map(|component| component.retired);
        instants.extend(retired.map(|day| zone.day_from(day)));
        let mut turns =
            Turns { until, page: Vec::new(), components: vec![Vec::new(); self.components.len()] };
        for at in instants.range(self.effective..until).copied() {
            let mut page = ComponentStatus::Operational;
            let mut now: Vec<Turn> =
                (0..self.components.len()).map(|_| Turn::fine(at, at == self.effective)).collect();
            for course in &courses {
                course.at(at).iter().for_each(|effect| now[effect.component].add(*effect, course.cause));
                page =
                    page.max(course.least.filter(|(from, _)| *from <= at).map_or(page, |(_, least)| least));
            }
            let today = zone.day(at);
            for ((turn, all), component) in
                now.into_iter().zip(&mut turns.components).zip(&config.components.all)
            {
                if component.retired.is_none_or(|day| day > today) {
                    page = page.max(turn.status);
                }
                if all.last().is_none_or(|last| !last.is_like(&turn)) {
                    all.push(turn);
                }
            }
            if turns.page.last().is_none_or(|(_, last)| *last != page) {
                turns.page.push((at, page));
            }
        }
        turns
    }

    fn courses(&self, until: Instant) -> Vec<Course> {
        let incidents = self.incidents.iter().enumerate().filter(|(_, incident)| incident.is_active());
        let mut found: Vec<Course> = incidents
            .map(|(at, incident)| of_incident(Cause::Incident(at), incident, self.effective))
            .collect();
        let open = self.maintenance.iter().enumerate().filter(|(_, work)| !work.is_closed_by_human());
        found.extend(open.map(|(at, work)| of_work(Cause::Maintenance(at), work, self.effective, until)));
        for (at, series) in self.series.iter().enumerate().filter(|(_, series)| !series.withdrawn) {
            let entry = series.maintenance;
            let Some(rule) = &entry.recurrence else { continue };
            let known: Vec<NaiveDate> = series
                .occurrences
                .iter()
                .filter_map(|at| self.maintenance[*at].occurrence)
                .map(|o| o.day)
                .collect();
            let is_ahead = |o: &Occurrence| o.start >= self.effective && !known.contains(&o.day);
            for occurrence in rule.occurrences(entry.window).take_while(|o| o.start < until).filter(is_ahead)
            {
                let work = MaintenanceNow::unannounced(entry, occurrence, self.effective);
                let cause = Cause::Ahead(at, occurrence.day);
                found.push(of_work(cause, &work, self.effective, until));
            }
        }
        found.retain(|course| {
            course.least.is_some() || course.steps.iter().any(|(_, effects)| !effects.is_empty())
        });
        found
    }
}

fn of_incident(cause: Cause, incident: &IncidentNow<'_>, now: Instant) -> Course {
    let mut starts: Vec<Instant> = incident.outages.iter().map(|outage| outage.start.at).collect();
    starts.push(incident.started.at);
    starts.retain(|at| *at > now);
    starts.sort_unstable();
    let effects = |then: &IncidentNow<'_>| -> Vec<Effect> {
        let of = |(component, status): &(usize, ComponentStatus)| Effect {
            component: *component,
            status: *status,
            mode: then.mode_of(*component),
            is_certain: true,
        };
        then.affects.iter().map(of).collect()
    };
    let mut steps = vec![(now, effects(incident))];
    steps.extend(starts.into_iter().filter_map(|at| Some((at, effects(&incident.later(now, at)?)))));
    let least = Some((incident.started.at.max(now), implied(incident.severity)));
    Course { cause, steps, least }
}

fn of_work(cause: Cause, work: &MaintenanceNow<'_>, now: Instant, until: Instant) -> Course {
    let mut marks = BTreeSet::new();
    for window in &work.windows {
        marks.extend([Some(window.plan.start), window.plan.end, window.closes].into_iter().flatten());
        for (_, times) in window.phases() {
            marks.extend([Some(times.start), times.end].into_iter().flatten());
        }
    }
    // What closes an occurrence can be the start of one that is not announced yet.
    let is_ahead =
        marks.last().is_some_and(|last| *last > now) || !work.affects.is_empty() || work.closes.is_some();
    if is_ahead {
        marks.extend(work.expected(now, until).closes);
    }
    marks.retain(|at| *at > now && *at < until);
    let mut steps = vec![(now, effects(work, now))];
    steps.extend(marks.into_iter().map(|at| (at, effects(&work.expected(now, at), at))));
    Course { cause, steps, least: None }
}

fn effects(work: &MaintenanceNow<'_>, at: Instant) -> Vec<Effect> {
    let running = work.windows.iter().filter(|window| window.is_running());
    let phases = running.flat_map(super::WindowNow::phases);
    let phases: Vec<_> = phases
        .filter(|(_, times)| times.start <= at && times.end.is_none_or(|end| at < end))
        .map(|(phase, _)| phase)
        .collect();
    let mode_of = |component: usize| {
        let about = phases.iter().filter(|phase| phase.affects.given.iter().any(|(of, _)| *of == component));
        about.map(|phase| phase.mode).fold(None, |known, mode| PhaseMode::stricter(known, Some(mode)))
    };
    let of = |(component, status): &(usize, ComponentStatus)| Effect {
        component: *component,
        status: *status,
        mode: mode_of(*component),
        is_certain: !work.by_clock,
    };
    work.affects.iter().map(of).collect()
}

impl Turn {
    /// Nothing is known to be wrong. Later than now, that is not sure.
    fn fine(from: Instant, is_certain: bool) -> Turn {
        Turn { from, status: ComponentStatus::Operational, mode: None, is_certain, causes: Vec::new() }
    }

    fn add(&mut self, effect: Effect, cause: Cause) {
        self.mode = PhaseMode::stricter(self.mode, effect.mode);
        if effect.status == ComponentStatus::Operational {
            return;
        }
        // What a person said holds beside a plan that gives no worse status.
        if effect.status > self.status {
            (self.status, self.is_certain) = (effect.status, effect.is_certain);
        } else if effect.status == self.status {
            self.is_certain |= effect.is_certain;
        }
        self.causes.push(cause);
    }

    fn is_like(&self, other: &Turn) -> bool {
        let of = |turn: &Turn| (turn.status, turn.mode);
        // That nothing is wrong is as sure as it was.
        let is_as_sure =
            self.is_certain == other.is_certain || self.causes.is_empty() && other.causes.is_empty();
        of(self) == of(other) && is_as_sure && self.causes == other.causes
    }
}
