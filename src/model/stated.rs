//! Times as somebody stated them: to the minute, about, by the half of a day, or by the day.
//!
//! Each has one reading, an instant by which everything is ordered and computed: a start begins with its day, and
//! an end ends with it. What is shown is what was said, never the reading. ISO 8601-2 (EDTF) calls this precision.
//!
//! Why: docs/decisions/times.md.

use chrono::{Days, NaiveDate, NaiveTime};

use super::time::{Instant, TimeFault, Zone, date_of};
use crate::document::moment::{VagueKind, Written};

/// How far from its minute an approximate time may lie, in seconds.
const ABOUT: i64 = 5 * 60;
/// The same for a quarter of an hour, such as 16:00 or 16:15: people round to it.
const ROUND_ABOUT: i64 = 15 * 60;

/// How exactly a time is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Precision {
    /// To the second or minute.
    #[default]
    Exact,
    /// About that minute.
    About,
    /// Only the half of this day.
    Half(NaiveDate, Half),
    /// Only this day.
    Day(NaiveDate),
    /// Not at all; the reading is a bound.
    Unknown,
    /// Nobody has decided it; the reading means nothing.
    Undecided,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Half {
    Morning,
    Afternoon,
}

/// A time as stated, with its reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stated {
    /// The reading.
    pub at: Instant,
    pub precision: Precision,
}

/// Whether a time begins or ends something, which decides the reading of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    From,
    Until,
}

/// What stands for a time in ids and anchors. Approximate times have their minute: a word beside a time is no
/// other time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stamp {
    Second(Instant),
    Day(NaiveDate, Option<Half>),
}

impl From<Instant> for Stated {
    fn from(at: Instant) -> Stated {
        Stated { at, precision: Precision::Exact }
    }
}

impl Stated {
    #[must_use]
    pub fn stamp(self) -> Stamp {
        match self.precision {
            Precision::Half(day, half) => Stamp::Day(day, Some(half)),
            Precision::Day(day) => Stamp::Day(day, None),
            Precision::Exact | Precision::About | Precision::Unknown | Precision::Undecided => {
                Stamp::Second(self.at)
            }
        }
    }

    #[must_use]
    pub fn is_exact(self) -> bool {
        self.precision == Precision::Exact
    }

    /// An instant in ISO 8601, or the interval of what it can mean.
    #[must_use]
    pub fn text(self, zone: Zone) -> String {
        if self.is_exact() {
            return self.at.iso();
        }
        let (from, until) = self.bounds(zone);
        interval(from, until)
    }

    /// The earliest and the latest instant that it can mean; `None` where nothing bounds it.
    #[must_use]
    pub fn bounds(self, zone: Zone) -> (Option<Instant>, Option<Instant>) {
        let (from, until) = match self.precision {
            Precision::Exact => (self.at, self.at),
            Precision::About => {
                let is_round = self.at.0.rem_euclid(900) == 0;
                let around = if is_round { ROUND_ABOUT } else { ABOUT };
                (Instant(self.at.0 - around), Instant(self.at.0 + around))
            }
            Precision::Half(day, half) => zone.half(day, half),
            Precision::Day(day) => (zone.day_from(day), zone.day_from(day + Days::new(1))),
            Precision::Unknown => return (None, Some(self.at)),
            Precision::Undecided => return (None, None),
        };
        (Some(from), Some(until))
    }
}

/// What a time can mean in ISO 8601: an interval, with `..` for a side that nothing bounds (ISO 8601-2).
#[must_use]
pub fn interval(from: Option<Instant>, until: Option<Instant>) -> String {
    let side = |at: Option<Instant>| at.map_or_else(|| "..".to_owned(), Instant::iso);
    format!("{}/{}", side(from), side(until))
}

impl Precision {
    /// The day, if no time of day is known.
    #[must_use]
    pub fn day(self) -> Option<NaiveDate> {
        match self {
            Precision::Half(day, _) | Precision::Day(day) => Some(day),
            Precision::Exact | Precision::About | Precision::Unknown | Precision::Undecided => None,
        }
    }

    /// Its word for programs.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Precision::Exact => "exact",
            Precision::About => "about",
            Precision::Half(..) => "half_day",
            Precision::Day(_) => "day",
            Precision::Unknown => "unknown",
            Precision::Undecided => "undecided",
        }
    }

    /// That of a written time with a time of day.
    fn of_clock(written: &Written) -> Precision {
        match written.vague {
            Some(vague) if vague.kind == VagueKind::About => Precision::About,
            _ => Precision::Exact,
        }
    }

    /// The same, some days later.
    #[must_use]
    pub fn moved(self, days: i64) -> Precision {
        let moved = |day: NaiveDate| day.checked_add_signed(chrono::TimeDelta::days(days)).unwrap_or(day);
        match self {
            Precision::Half(day, half) => Precision::Half(moved(day), half),
            Precision::Day(day) => Precision::Day(moved(day)),
            other => other,
        }
    }
}

impl Half {
    /// The key of its message.
    #[must_use]
    pub fn message(self) -> &'static str {
        match self {
            Half::Morning => "half-morning",
            Half::Afternoon => "half-afternoon",
        }
    }
}

impl Stamp {
    /// Its text in ids. A second is written as it always was.
    #[must_use]
    pub fn id(self) -> String {
        match self {
            Stamp::Second(at) => at.0.to_string(),
            Stamp::Day(day, None) => day.to_string(),
            Stamp::Day(day, Some(Half::Morning)) => format!("{day} morning"),
            Stamp::Day(day, Some(Half::Afternoon)) => format!("{day} afternoon"),
        }
    }

    /// Its text in anchors: `20261120T011500Z`, `20261120`, `20261120-morning`.
    #[must_use]
    pub fn anchor(self) -> String {
        match self {
            Stamp::Second(at) => at.iso().chars().filter(|c| !matches!(c, '-' | ':')).collect(),
            Stamp::Day(..) => {
                let id = self.id();
                let (day, half) = id.split_once(' ').unwrap_or((&id, ""));
                let day = day.replace('-', "");
                if half.is_empty() { day } else { format!("{day}-{half}") }
            }
        }
    }
}

impl Zone {
    /// The first such time of day at or after `from`.
    ///
    /// # Errors
    /// As for [`Zone::next_clock`].
    pub fn next_stated(self, clock: &Written, from: Instant) -> Result<Stated, TimeFault> {
        Ok(Stated { at: self.next_clock(clock, from)?, precision: Precision::of_clock(clock) })
    }

    /// The last such time of day at or before `until`.
    ///
    /// # Errors
    /// As for [`Zone::last_clock`].
    pub fn last_stated(self, clock: &Written, until: Instant) -> Result<Stated, TimeFault> {
        Ok(Stated { at: self.last_clock(clock, until)?, precision: Precision::of_clock(clock) })
    }

    /// A written time as it was stated.
    ///
    /// # Errors
    /// Fails if the date is missing, or if the day or the time of day is impossible, skipped or ambiguous.
    pub fn state(self, written: &Written, bound: Bound) -> Result<Stated, TimeFault> {
        let kind = written.vague.map(|vague| vague.kind);
        if written.clock.is_some() {
            return Ok(Stated { at: self.resolve(written)?, precision: Precision::of_clock(written) });
        }
        let day = date_of(written.date.ok_or(TimeFault::NoDate)?)?;
        let half = match kind {
            Some(VagueKind::Morning) => Some(Half::Morning),
            Some(VagueKind::Afternoon) => Some(Half::Afternoon),
            Some(VagueKind::About) | None => None,
        };
        Ok(self.by_day(day, half, bound))
    }

    /// A time of which only the day, or a half of it, is known.
    #[must_use]
    pub fn by_day(self, day: NaiveDate, half: Option<Half>, bound: Bound) -> Stated {
        let (precision, (from, until)) = match half {
            Some(half) => (Precision::Half(day, half), self.half(day, half)),
            None => (Precision::Day(day), (self.day_from(day), self.day_from(day + Days::new(1)))),
        };
        Stated { at: if bound == Bound::From { from } else { until }, precision }
    }

    /// The beginning and the end of a half of a day.
    fn half(self, day: NaiveDate, half: Half) -> (Instant, Instant) {
        let noon = NaiveTime::from_hms_opt(12, 0, 0).and_then(|noon| self.first(day.and_time(noon)));
        let (start, end) = (self.day_from(day), self.day_from(day + Days::new(1)));
        let noon = noon.unwrap_or(start);
        match half {
            Half::Morning => (start, noon),
            Half::Afternoon => (noon, end),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::moment::{self, YearHint};

    fn stated(text: &str, bound: Bound) -> Stated {
        let written = moment::read(text, YearHint::Nothing).and_then(|reading| reading.stated());
        let zone = Zone::named("Asia/Tokyo").expect("a zone");
        zone.state(&written.expect("a time"), bound).expect("it exists")
    }

    fn at(text: &str) -> Instant {
        Zone::named("Asia/Tokyo").expect("a zone").read(text).expect("a time")
    }

    #[test]
    fn a_start_begins_with_its_day_and_an_end_ends_with_it() {
        for (text, from, until) in [
            ("2026-11-20", "2026-11-20 00:00", "2026-11-21 00:00"),
            ("2026-11-20 午前", "2026-11-20 00:00", "2026-11-20 12:00"),
            ("2026-11-20 午後", "2026-11-20 12:00", "2026-11-21 00:00"),
            ("2026-11-20 16:21頃", "2026-11-20 16:21", "2026-11-20 16:21"),
        ] {
            assert_eq!(stated(text, Bound::From).at, at(from), "{text}");
            assert_eq!(stated(text, Bound::Until).at, at(until), "{text}");
        }
    }

    #[test]
    fn bounds_are_as_wide_as_what_was_said() {
        let zone = Zone::named("Asia/Tokyo").expect("a zone");
        for (text, from, until) in [
            ("2026-11-20 16:21", "2026-11-20 16:21", "2026-11-20 16:21"),
            ("2026-11-20 16:21頃", "2026-11-20 16:16", "2026-11-20 16:26"),
            ("2026-11-20 16時頃", "2026-11-20 15:45", "2026-11-20 16:15"),
            ("2026-11-20 午後", "2026-11-20 12:00", "2026-11-21 00:00"),
            ("2026-11-20", "2026-11-20 00:00", "2026-11-21 00:00"),
        ] {
            let bounds = stated(text, Bound::From).bounds(zone);
            assert_eq!(bounds, (Some(at(from)), Some(at(until))), "{text}");
            assert_eq!(stated(text, Bound::Until).bounds(zone), bounds, "{text}");
        }
        let unknown = Stated { at: at("2026-11-20 16:21"), precision: Precision::Unknown };
        assert_eq!(unknown.bounds(zone), (None, Some(unknown.at)));
    }

    #[test]
    fn about_enters_no_id_and_a_day_is_its_own() {
        let stamp = |text: &str| stated(text, Bound::From).stamp();
        assert_eq!(stamp("2026-11-20 10:15頃"), stamp("2026-11-20 10:15"));
        assert_eq!(stamp("2026-11-20 10:15").anchor(), "20261120T011500Z");
        assert_eq!(
            (stamp("2026-11-20").id(), stamp("2026-11-20").anchor()),
            ("2026-11-20".into(), "20261120".into())
        );
        assert_eq!(stamp("2026-11-20 午前").anchor(), "20261120-morning");
        assert_ne!(stamp("2026-11-20").id(), stamp("2026-11-20 00:00").id());
    }
}
