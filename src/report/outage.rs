//! One span of an impact, or a moment, in a report.

use serde::Serialize;

use super::known::Known;
use crate::model::Zone;
use crate::model::outages;

/// A span that the team listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Outage {
    pub start: Known,
    /// `None` for a moment, and while it goes on.
    pub end: Option<Known>,
    /// Whether nobody said how long it was. It counts for no length.
    pub moment: bool,
    #[serde(skip)]
    pub stated: outages::Outage,
}

impl Outage {
    pub(super) fn new(stated: outages::Outage, zone: Zone) -> Outage {
        let moment = stated.is_moment();
        let end = stated.ended().filter(|_| !moment).map(|end| Known::new(end, zone));
        Outage { start: Known::new(stated.start, zone), end, moment, stated }
    }

    /// Two times in ISO 8601, `..` while it goes on, or the time of a moment.
    pub(super) fn text(self) -> String {
        match self.end {
            _ if self.moment => self.start.text(),
            Some(end) => format!("{}/{}", self.start.text(), end.text()),
            None => format!("{}/..", self.start.text()),
        }
    }
}
