//! The days that a report is about: whole days of the site's zone, told as far as they are over.

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::json;
use crate::document::moment::{self, Written};
use crate::model::time::{TimeFault, date_of};
use crate::model::{Instant, Zone};

/// From the beginning of a day to the end of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Period {
    /// Its first day.
    #[serde(serialize_with = "json::day")]
    pub from: NaiveDate,
    /// Its last day.
    #[serde(serialize_with = "json::day")]
    pub to: NaiveDate,
    /// When the first day begins.
    #[serde(serialize_with = "json::iso")]
    pub start: Instant,
    /// When the last day ends.
    #[serde(serialize_with = "json::iso")]
    pub end: Instant,
    /// What is told ends here: at the end, or now where that lies ahead.
    #[serde(serialize_with = "json::iso")]
    pub until: Instant,
}

impl Period {
    /// The days as somebody wrote them.
    ///
    /// # Errors
    /// What is wrong with them, and the way out.
    pub fn read(from: &str, to: &str, zone: Zone, as_of: Instant) -> Result<Period, (String, String)> {
        let (first, last) = (day(from)?, day(to)?);
        if first > last {
            let message = format!("the period ends before it begins: {first} is later than {last}");
            return Err((message, "write the earlier day after `--from`".to_owned()));
        }
        let (start, end) = (zone.day_from(first), zone.day_from(last + Days::new(1)));
        Ok(Period { from: first, to: last, start, end, until: end.min(as_of).max(start) })
    }

    /// Whether something that went on from one instant up to another belongs to it. What had no length
    /// belongs to its second.
    #[must_use]
    pub fn holds(&self, from: Instant, to: Instant) -> bool {
        from < self.until && (to > self.start || from >= self.start)
    }

    /// Seconds of a stretch of time that lie within.
    #[must_use]
    pub fn seconds(&self, from: Instant, to: Instant) -> i64 {
        (to.min(self.until).0 - from.max(self.start).0).max(0)
    }

    /// Whether it was not over yet.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.until < self.end
    }
}

fn day(written: &str) -> Result<NaiveDate, (String, String)> {
    let help = || "write it as `2026-11-20`".to_owned();
    let Some(Written { date: Some(date), clock: None, .. }) = moment::parse(written) else {
        return Err((format!("`{written}` is no day"), help()));
    };
    date_of(date).map_err(|fault| match fault {
        TimeFault::Range => (format!("`{written}` lies outside the years 1970 to 2100"), help()),
        _ => (format!("`{written}` does not exist"), help()),
    })
}
