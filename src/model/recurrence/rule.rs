//! A recurrence rule as a value: RFC 5545 § 3.3.10, at most once a day.
//!
//! Every list is sorted and has no duplicates, and every number exists in the calendar. `rfc` and `natural` read
//! rules, and `expand` computes their days.

use std::fmt;

use chrono::{NaiveDateTime, Weekday};

use crate::model::time::Instant;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Freq {
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// A day of the week: every one, or the n-th of a month or a year. A negative n counts from the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Day {
    pub nth: Option<i8>,
    pub weekday: Weekday,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ends {
    Never,
    Count(u32),
    Local(NaiveDateTime),
    At(Instant),
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Rule {
    pub freq: Freq,
    /// The step in days, weeks, months or years (`INTERVAL`).
    pub interval: u16,
    pub by_month: Vec<u8>,
    pub by_week_no: Vec<i8>,
    pub by_year_day: Vec<i16>,
    pub by_month_day: Vec<i8>,
    pub by_day: Vec<Day>,
    /// The positions in each set (`BYSETPOS`).
    pub by_set_pos: Vec<i16>,
    /// The first day of the week (`WKST`).
    pub week_start: Weekday,
    /// `COUNT` or `UNTIL`.
    pub ends: Ends,
}

impl Rule {
    /// A rule that has only a frequency.
    #[must_use]
    pub fn every(freq: Freq) -> Rule {
        Rule {
            freq,
            interval: 1,
            by_month: Vec::new(),
            by_week_no: Vec::new(),
            by_year_day: Vec::new(),
            by_month_day: Vec::new(),
            by_day: Vec::new(),
            by_set_pos: Vec::new(),
            week_start: Weekday::Mon,
            ends: Ends::Never,
        }
    }
}

/// The code of a day: `MO`.
#[must_use]
pub fn code(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "MO",
        Weekday::Tue => "TU",
        Weekday::Wed => "WE",
        Weekday::Thu => "TH",
        Weekday::Fri => "FR",
        Weekday::Sat => "SA",
        Weekday::Sun => "SU",
    }
}

impl Freq {
    /// The word of a frequency: `WEEKLY`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Freq::Daily => "DAILY",
            Freq::Weekly => "WEEKLY",
            Freq::Monthly => "MONTHLY",
            Freq::Yearly => "YEARLY",
        }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.nth {
            Some(nth) => write!(f, "{nth}{}", code(self.weekday)),
            None => f.write_str(code(self.weekday)),
        }
    }
}

/// Writes the rule as RFC 5545 does, in a fixed order; [`Rule::parse`] reads it back.
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FREQ={}", self.freq.word())?;
        if self.interval != 1 {
            write!(f, ";INTERVAL={}", self.interval)?;
        }
        list(f, "BYMONTH", &self.by_month)?;
        list(f, "BYWEEKNO", &self.by_week_no)?;
        list(f, "BYYEARDAY", &self.by_year_day)?;
        list(f, "BYMONTHDAY", &self.by_month_day)?;
        list(f, "BYDAY", &self.by_day)?;
        list(f, "BYSETPOS", &self.by_set_pos)?;
        if self.week_start != Weekday::Mon {
            write!(f, ";WKST={}", code(self.week_start))?;
        }
        match self.ends {
            Ends::Never => Ok(()),
            Ends::Count(count) => write!(f, ";COUNT={count}"),
            Ends::Local(last) => write!(f, ";UNTIL={}", last.format("%Y%m%dT%H%M%S")),
            Ends::At(last) => {
                let digits = last.iso().replace(['-', ':'], "");
                write!(f, ";UNTIL={digits}")
            }
        }
    }
}

fn list<T: fmt::Display>(f: &mut fmt::Formatter<'_>, name: &str, values: &[T]) -> fmt::Result {
    for (at, value) in values.iter().enumerate() {
        if at == 0 {
            write!(f, ";{name}={value}")?;
        } else {
            write!(f, ",{value}")?;
        }
    }
    Ok(())
}
