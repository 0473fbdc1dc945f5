//! The planned window of a maintenance.

use super::stated::{Precision, Stated};
use super::time::Instant;

/// A planned window; the end is `None` if it is not known yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Window {
    pub start: Instant,
    pub end: Option<Instant>,
    /// How exactly the start is known, and the end.
    pub precision: (Precision, Precision),
}

/// The reading of a start that is not decided. It comes after everything, so that nothing begins by it, and no reader
/// ever sees it: whoever writes a start for others asks [`Window::decided`] first.
const UNDECIDED: Instant = Instant(253_402_214_400);

impl Window {
    /// A window whose start nobody has decided yet. It has no end either.
    #[must_use]
    pub fn undecided() -> Window {
        Window { start: UNDECIDED, end: None, precision: (Precision::Undecided, Precision::Undecided) }
    }

    /// Whether its start is decided.
    #[must_use]
    pub fn is_decided(self) -> bool {
        self.precision.0 != Precision::Undecided
    }

    /// The window, if its start is decided.
    #[must_use]
    pub fn decided(self) -> Option<Window> {
        Some(self).filter(|window| window.is_decided())
    }

    #[must_use]
    pub fn new(start: impl Into<Stated>, end: Option<impl Into<Stated>>) -> Window {
        let (start, end) = (start.into(), end.map(Into::into));
        let precision = (start.precision, end.map_or(Precision::Exact, |end: Stated| end.precision));
        Window { start: start.at, end: end.map(|end| end.at), precision }
    }

    /// Whether its start and its end have a time of day.
    #[must_use]
    pub fn has_clocks(self) -> bool {
        let has_clock = |precision: Precision| precision.day().is_none();
        self.is_decided()
            && has_clock(self.precision.0)
            && (self.end.is_none() || has_clock(self.precision.1))
    }

    /// Its start as stated.
    #[must_use]
    pub fn from(self) -> Stated {
        Stated { at: self.start, precision: self.precision.0 }
    }

    /// Its end as stated.
    #[must_use]
    pub fn until(self) -> Option<Stated> {
        self.end.map(|at| Stated { at, precision: self.precision.1 })
    }

    /// A window of the same length with another start.
    #[must_use]
    pub fn moved_to(self, start: Instant) -> Window {
        let shift = start.0 - self.start.0;
        // A day has 23 to 25 hours.
        let days = (shift + 43_200).div_euclid(86_400);
        let precision = (self.precision.0.moved(days), self.precision.1.moved(days));
        Window { start, end: self.end.map(|end| Instant(end.0 + shift)), precision }
    }
}
