//! A maintenance: its kind, its window, and every change of that plan.

use chrono::NaiveDate;

use super::component::Affects;
use super::entry::{FieldValue, Head, NextUpdate, Question, Update};
use super::phases::{Phase, PlannedPhases};
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
    /// The window that was first planned.
    pub window: Window,
    pub phases: Vec<Phase>,
    /// The extent of the impact, in one line.
    pub scope: Option<Rich>,
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
    pub phases: Option<Vec<Phase>>,
}

/// How long a maintenance without a closing update stays open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CloseAfter {
    /// From the later of its planned end and its last update.
    Seconds(i64),
    Never,
}

impl PlanChange {
    /// The plan after this change.
    #[must_use]
    pub fn applied_to(&self, plan: Window) -> Window {
        Window::new(self.start.unwrap_or(plan.from()), self.end.unwrap_or(plan.until()))
    }
}

pub(super) fn is_closing(status: Status) -> bool {
    matches!(status, Status::Completed | Status::Cancelled)
}
