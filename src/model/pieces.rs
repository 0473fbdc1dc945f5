//! The windows of a maintenance that takes place in several: two halls on two days, or every night of a week.
//!
//! Each window keeps its place in the list, which identifies it in updates, and its first start, which identifies it
//! in calendars.

use chrono::NaiveDate;

use super::component::Affects;
use super::window::Window;

/// One of several windows.
#[derive(Debug, Hash)]
pub struct Piece {
    /// The window that was first planned.
    pub window: Window,
    /// The day of its start on the clocks of the entry.
    pub day: NaiveDate,
    /// The components that it affects, if they differ from those of the entry.
    pub affects: Option<Affects>,
}
