//! The spans of an incident whose impact came and went: 「18:07頃〜18:08頃」 and 「20:32頃」.
//!
//! A list says everything that is known of the impact up to then: it holds during the spans, and between them the
//! components were as usual. What updates say after the list, such as a reopening, comes on top of it.

use super::stated::Stated;

/// One span of the impact, or a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Outage {
    pub start: Stated,
    pub end: OutageEnd,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OutageEnd {
    At(Stated),
    /// Nobody said how long it was, so it has no length: 「20:32頃」.
    Moment,
    /// It goes on until the incident is resolved: 「20:32頃〜」.
    Open,
}

impl Outage {
    /// When it was over; `None` while it goes on.
    #[must_use]
    pub fn ended(self) -> Option<Stated> {
        match self.end {
            OutageEnd::At(end) => Some(end),
            OutageEnd::Moment => Some(self.start),
            OutageEnd::Open => None,
        }
    }

    #[must_use]
    pub fn is_moment(self) -> bool {
        self.end == OutageEnd::Moment
    }

    /// The same, over at `end` if it was open.
    #[must_use]
    pub fn closed(self, end: Option<Stated>) -> Outage {
        match (self.end, end) {
            (OutageEnd::Open, Some(end)) => Outage { end: OutageEnd::At(end), ..self },
            _ => self,
        }
    }
}
