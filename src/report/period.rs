//! The period of a report: whole days in the site's zone, up to the present.

use chrono::{Days, Months, NaiveDate};
use serde::Serialize;

use super::json;
use crate::document::moment::{self, Written};
use crate::message::{Message, message};
use crate::model::time::{TimeFault, date_of};
use crate::model::{Instant, Zone};

/// A period from the start of one day to the end of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Period {
    pub from: NaiveDate,
    /// Its last day.
    pub to: NaiveDate,
    #[serde(serialize_with = "json::iso")]
    pub start: Instant,
    #[serde(serialize_with = "json::iso")]
    pub end: Instant,
    /// Where the report ends: at the end of the period, or now if that is earlier.
    #[serde(serialize_with = "json::iso")]
    pub until: Instant,
}

impl Period {
    /// Parses the days as the user typed them.
    ///
    /// # Errors
    /// The problem and how to fix it.
    pub fn read(from: &str, to: &str, zone: Zone, as_of: Instant) -> Result<Period, (Message, Message)> {
        let (first, last) = (day(from)?, day(to)?);
        if first > last {
            let message = message!(
                "report-period-backwards",
                "the period ends before it begins: {first} is later than {last}",
                first = first.to_string(),
                last = last.to_string()
            );
            let help = message!("report-period-backwards-help", "write the earlier day after `--from`");
            return Err((message, help));
        }
        let (start, end) = (zone.day_from(first), zone.day_from(last + Days::new(1)));
        Ok(Period { from: first, to: last, start, end, until: end.min(as_of).max(start) })
    }

    /// A month of the calendar; `None` if there is no such month.
    pub(super) fn month(year: i32, month: u32, zone: Zone, as_of: Instant) -> Option<Period> {
        let first = NaiveDate::from_ymd_opt(year, month, 1)?;
        let next = first.checked_add_months(Months::new(1))?;
        let (start, end) = (zone.day_from(first), zone.day_from(next));
        let until = end.min(as_of).max(start);
        Some(Period { from: first, to: next.pred_opt()?, start, end, until })
    }

    /// Whether something that lasted from one instant to another falls into the period. Something without a
    /// duration belongs to its second.
    #[must_use]
    pub fn holds(&self, from: Instant, to: Instant) -> bool {
        from < self.until && (to > self.start || from >= self.start)
    }

    /// The seconds of a span that lie within the period.
    #[must_use]
    pub fn seconds(&self, from: Instant, to: Instant) -> i64 {
        (to.min(self.until).0 - from.max(self.start).0).max(0)
    }

    /// Whether the period was not over yet.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.until < self.end
    }
}

fn day(written: &str) -> Result<NaiveDate, (Message, Message)> {
    let help = || message!("report-day-help", "write it as `2026-11-20`");
    let Some(Written { date: Some(date), clock: None, .. }) = moment::parse(written) else {
        return Err((message!("report-day", "cannot read `{written}` as a day", written), help()));
    };
    date_of(date).map_err(|fault| match fault {
        TimeFault::Range => {
            (message!("report-day-range", "`{written}` is outside the years 1970 to 2100", written), help())
        }
        _ => (message!("report-day-absent", "`{written}` does not exist", written), help()),
    })
}
