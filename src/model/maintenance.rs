//! A maintenance: its kind, its window, and every change of that plan.

use chrono::NaiveDate;

use super::advice::Advice;
use super::component::Affects;
use super::entry::{FieldValue, Head, NextUpdate, Question, Translated, Update};
use super::phases::{Phase, PlannedPhases};
use super::pieces::Piece;
use super::recurrence::Recurrence;
use super::stated::Stated;
use super::text::Rich;
use super::window::Window;
use crate::vocabulary::{Auto, MaintenanceKind, Status};

#[derive(Debug, Hash)]
pub struct Maintenance {
    pub head: Head,
    pub kind: MaintenanceType,
    pub affects: Affects,
    /// The window that was first planned; of several, the first.
    pub window: Window,
    /// All its windows in order of their starts, if it has several; else empty.
    pub pieces: Vec<Piece>,
    pub phases: Vec<Phase>,
    /// The extent of the impact, in one line.
    pub scope: Option<Rich>,
    pub advice: Advice,
    pub recurrence: Option<Recurrence>,
    /// The changes of state that noroshi declares by the clock.
    pub auto: Auto,
    /// The time after which noroshi stops waiting for a result, in seconds. It counts from the later of the
    /// planned end and the last update.
    pub close_after: Option<i64>,
    /// The values of custom fields, each with the index of its field.
    pub fields: Vec<(usize, FieldValue)>,
    /// A description of the work.
    pub summary: Rich,
    /// The updates, sorted by time.
    pub updates: Vec<Update<PlanChange>>,
    /// A workaround for users until the maintenance is over.
    pub workaround: Option<Rich>,
    /// Actions that users should take.
    pub actions: Option<Rich>,
    pub faq: Vec<Question>,
    pub compensation: Option<Rich>,
    /// The evaluation, with the time of its publication.
    pub evaluation: Option<(Option<Stated>, Rich)>,
}

impl Maintenance {
    /// Whether it takes place in several windows.
    #[must_use]
    pub fn is_in_pieces(&self) -> bool {
        !self.pieces.is_empty()
    }

    /// Its windows as first planned.
    #[must_use]
    pub fn windows(&self) -> Vec<Window> {
        let all: Vec<Window> = self.pieces.iter().map(|piece| piece.window).collect();
        if all.is_empty() { vec![self.window] } else { all }
    }

    /// Its phases in a plan that is as long as its window.
    #[must_use]
    pub fn phases_in(&self, plan: Window) -> PlannedPhases<'_> {
        PlannedPhases::of(&self.phases, self.window, plan)
    }
}

/// A built-in kind of maintenance, or one from site.yaml.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MaintenanceType {
    BuiltIn(MaintenanceKind),
    /// An index into the site's `kinds`.
    Own(usize),
}

/// The changes that an update makes to the plan.
#[derive(Debug, Default, Hash)]
pub struct PlanChange {
    pub start: Option<Stated>,
    /// `Some(None)` if the end is no longer known.
    pub end: Option<Option<Stated>>,
    /// The new statuses of the components it names.
    pub affects: Option<Affects>,
    /// Who or what is affected, in words.
    pub scope: Option<Rich>,
    pub next_update: Option<NextUpdate>,
    /// The occurrence that the update belongs to; `None` if the maintenance is not a series.
    pub occurrence: Option<NaiveDate>,
    /// Of several windows, those that the update is about: indexes into [`Maintenance::pieces`]. Empty for all.
    pub pieces: Vec<usize>,
    /// If it is about exactly one of several windows: that window after the update, or before it if it is off.
    pub about: Option<About>,
    pub phases: Option<Vec<Phase>>,
}

/// The window that an update is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct About {
    pub window: Window,
    /// Whether the update cancels it, or postpones it without a new time.
    pub is_off: bool,
}

/// How long a maintenance without a closing update stays open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CloseAfter {
    /// From the later of its planned end and its last update.
    Seconds(i64),
    Never,
}

impl Translated for PlanChange {
    fn scope(&mut self) -> Option<&mut Rich> {
        self.scope.as_mut()
    }
}

impl PlanChange {
    /// Whether the update is about this one of several windows.
    #[must_use]
    pub fn is_about(&self, piece: usize) -> bool {
        self.pieces.is_empty() || self.pieces.contains(&piece)
    }

    /// The plan after this change.
    #[must_use]
    pub fn applied_to(&self, plan: Window) -> Window {
        Window::new(self.start.unwrap_or(plan.from()), self.end.unwrap_or(plan.until()))
    }
}

pub(super) fn is_closing(status: Status) -> bool {
    matches!(status, Status::Completed | Status::Cancelled)
}
