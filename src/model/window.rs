//! From when to when a maintenance is planned.

use super::time::Instant;

/// From when to when; `None` is not known yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Window {
    /// When it begins.
    pub start: Instant,
    /// When it ends.
    pub end: Option<Instant>,
}

impl Window {
    /// As long, from another start on.
    #[must_use]
    pub fn moved_to(self, start: Instant) -> Window {
        Window { start, end: self.end.map(|end| Instant(end.0 + start.0 - self.start.0)) }
    }
}
