//! A maintenance: what is stopped on purpose, from when to when, and every change of that plan.

use chrono::NaiveDate;

use super::component::Affects;
use super::entry::{FieldValue, Head, Question, Update};
use super::phases::{Phase, PlannedPhases};
use super::recurrence::Recurrence;
use super::text::Rich;
use super::time::Instant;
use super::window::Window;
use crate::digest::Digest;
use crate::vocabulary::{Auto, MaintenanceKind, Status};

/// Something is stopped on purpose.
#[derive(Debug, Hash)]
pub struct Maintenance {
    /// What every entry has.
    pub head: Head,
    /// Which kind.
    pub kind: MaintenanceType,
    /// What it touches.
    pub affects: Affects,
    /// As first planned.
    pub window: Window,
    /// Parts of the window.
    pub phases: Vec<Phase>,
    /// How far it reaches, in a line.
    pub scope: Option<Rich>,
    /// Whether it comes again.
    pub recurrence: Option<Recurrence>,
    /// What the clock may declare.
    pub auto: Auto,
    /// Seconds from the later of the planned end and the last word to when nobody waits for the result any more.
    pub close_after: Option<i64>,
    /// The site's own facts.
    pub fields: Vec<(usize, FieldValue)>,
    /// What is done.
    pub summary: Rich,
    /// In the order of time.
    pub updates: Vec<Update<PlanChange>>,
    /// What helps meanwhile.
    pub workaround: Option<Rich>,
    /// What users should do.
    pub actions: Option<Rich>,
    /// Questions and answers.
    pub faq: Vec<Question>,
    /// What users get back.
    pub compensation: Option<Rich>,
    /// What was learnt, and when it was said.
    pub evaluation: Option<(Option<Instant>, Rich)>,
}

impl Maintenance {
    /// What stands for all of it that a page may show.
    #[must_use]
    pub fn digest(&self) -> Digest {
        self.head.digest_of(self)
    }

    /// Its phases in a plan that is as long as its window.
    #[must_use]
    pub fn phases_in(&self, plan: Window) -> PlannedPhases<'_> {
        PlannedPhases::of(&self.phases, self.window, plan)
    }
}

/// A kind that every site has, or one of the site's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MaintenanceType {
    /// Every site has it.
    BuiltIn(MaintenanceKind),
    /// An index into the site's `kinds`.
    Own(usize),
}

/// What an update changes.
#[derive(Debug, Default, Hash)]
pub struct PlanChange {
    /// A new start.
    pub start: Option<Instant>,
    /// A new end; `Some(None)`: no longer known.
    pub end: Option<Option<Instant>>,
    /// Replaces the status of those named.
    pub affects: Option<Affects>,
    /// The next promise.
    pub next_update: Option<Instant>,
    /// The occurrence of a series that it belongs to; `None` where the entry is no series.
    pub occurrence: Option<NaiveDate>,
    /// The parts of the window from now on.
    pub phases: Option<Vec<Phase>>,
}

/// How long a maintenance stays open that nobody closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CloseAfter {
    /// Seconds from the later of its planned end and the last word.
    Seconds(i64),
    /// Until somebody closes it.
    Never,
}

/// Whether somebody says with it that nothing more is to be done.
pub(super) fn is_closing(status: Status) -> bool {
    matches!(status, Status::Completed | Status::Cancelled)
}
