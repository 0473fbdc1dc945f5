//! The planned window of a maintenance.

use super::time::Instant;

/// A planned window; the end is `None` if it is not known yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Window {
    pub start: Instant,
    pub end: Option<Instant>,
}

impl Window {
    /// A window of the same length with another start.
    #[must_use]
    pub fn moved_to(self, start: Instant) -> Window {
        Window { start, end: self.end.map(|end| Instant(end.0 + start.0 - self.start.0)) }
    }
}
