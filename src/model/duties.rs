//! Duties to report incidents to an authority, as `policy.reports` in site.yaml states them: which report is due how
//! long after what.
//!
//! Why: docs/regulators.md.

use chrono::{Months, TimeDelta};

use super::time::{self, Instant, Zone};
use crate::text;

/// A duty to send one report about an incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// The authority, as the team calls it.
    pub to: String,
    /// Which report: one of [`KINDS`], or a word of the team.
    pub kind: String,
    /// The clocks of the duty. The report is due when the first of them ends.
    pub clocks: Vec<Clock>,
}

/// A time within which a report is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    pub within: Allowance,
    pub from: ClockStart,
}

/// The time that a clock allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allowance {
    Seconds(i64),
    /// Months of the calendar in the zone of the site.
    Months(u32),
}

/// What starts a clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClockStart {
    /// The team knows of the incident.
    Awareness,
    /// The incident gets the severity of the duty.
    Classification,
    /// The report with this name was sent; of several, the last one.
    Report(String),
}

/// The reports of which noroshi knows what they hold.
pub const KINDS: [&str; 3] = ["initial", "intermediate", "final"];
/// The authority of a preset that names no other.
pub const AUTHORITY: &str = "authority";
pub const AWARENESS: &str = "awareness";
pub const CLASSIFICATION: &str = "classification";
/// The sets of duties that noroshi knows by name.
pub const PRESETS: [&str; 1] = ["dora"];

/// The units of a month of the calendar, folded.
const MONTHS: [&str; 9] = ["mo", "month", "months", "か月", "カ月", "ヶ月", "ヵ月", "ケ月", "箇月"];

impl Duty {
    fn new(to: &str, kind: &str, clocks: &[(Allowance, ClockStart)]) -> Duty {
        let clocks = clocks.iter().map(|(within, from)| Clock { within: *within, from: from.clone() });
        Duty { to: to.to_owned(), kind: kind.to_owned(), clocks: clocks.collect() }
    }

    /// Whether it is the same report to the same authority.
    #[must_use]
    pub fn is_same(&self, other: &Duty) -> bool {
        is_alike(&self.to, &other.to) && is_alike(&self.kind, &other.kind)
    }
}

/// Whether two names of an authority or of a report are the same.
#[must_use]
pub fn is_alike(one: &str, other: &str) -> bool {
    text::fold(one) == text::fold(other)
}

/// The duties of a preset.
#[must_use]
pub fn preset(name: &str, to: &str) -> Vec<Duty> {
    let hours = |hours: i64| Allowance::Seconds(hours * 3600);
    let after = |kind: &str| ClockStart::Report(kind.to_owned());
    match name {
        // Commission Delegated Regulation (EU) 2025/301, Article 5.
        "dora" => vec![
            Duty::new(
                to,
                "initial",
                &[(hours(4), ClockStart::Classification), (hours(24), ClockStart::Awareness)],
            ),
            Duty::new(to, "intermediate", &[(hours(72), after("initial"))]),
            Duty::new(to, "final", &[(Allowance::Months(1), after("intermediate"))]),
        ],
        _ => Vec::new(),
    }
}

impl Allowance {
    /// Reads `4h`, `30d` or `1 month`.
    #[must_use]
    pub fn read(written: &str) -> Option<Allowance> {
        let folded = text::fold(written);
        let unit = folded.trim_start_matches(|c: char| c.is_ascii_digit());
        let count = &folded[..folded.len() - unit.len()];
        if !MONTHS.iter().any(|month| text::fold(month) == unit.trim()) {
            return time::duration(written).map(Allowance::Seconds);
        }
        count.parse().ok().filter(|months| *months > 0).map(Allowance::Months)
    }

    /// The most seconds that it can last.
    #[must_use]
    pub fn most(self) -> i64 {
        match self {
            Allowance::Seconds(seconds) => seconds,
            Allowance::Months(months) => i64::from(months) * 31 * 86_400,
        }
    }

    /// When it is over if it begins at `start`. A month ends on the same day of another month, or on the last day of a
    /// month that has no such day; at the same local time, or the first one after it that exists.
    #[must_use]
    pub fn after(self, start: Instant, zone: Zone) -> Instant {
        let latest = Instant(start.0.saturating_add(self.most()));
        let Allowance::Months(months) = self else { return latest };
        let Some(local) = zone.local(start).checked_add_months(Months::new(months)) else { return latest };
        // A zone skips at most a day.
        let mut later =
            (0..=1440).filter_map(|minutes| local.checked_add_signed(TimeDelta::minutes(minutes)));
        later.find_map(|local| zone.first(local)).unwrap_or(latest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_one_of_the_calendar() {
        let berlin = Zone::named("Europe/Berlin").expect("a zone");
        let after = |from: &str, allowed: &str| {
            let start = berlin.read(from).expect("a time");
            let end = Allowance::read(allowed).expect("a length").after(start, berlin);
            berlin.local(end).format("%Y-%m-%d %H:%M").to_string()
        };
        assert_eq!(after("2027-01-15 10:30", "1 month"), "2027-02-15 10:30");
        assert_eq!(after("2027-01-31 10:30", "1month"), "2027-02-28 10:30");
        assert_eq!(after("2028-01-31 10:30", "1か月"), "2028-02-29 10:30");
        assert_eq!(after("2027-12-31 10:30", "2mo"), "2028-02-29 10:30");
        // Clocks change on 2027-03-28: the month ends at the same local time, 72 hours do not.
        assert_eq!(after("2027-03-10 10:30", "1 month"), "2027-04-10 10:30");
        assert_eq!(after("2027-03-27 10:30", "72h"), "2027-03-30 11:30");
        // 02:30 does not exist on that day.
        assert_eq!(after("2027-02-28 02:30", "1 month"), "2027-03-28 03:00");
    }

    #[test]
    fn what_is_no_length_is_not_read() {
        assert_eq!(Allowance::read("30d"), Some(Allowance::Seconds(30 * 86_400)));
        assert_eq!(Allowance::read("１ヶ月"), Some(Allowance::Months(1)));
        for text in ["", "month", "0 months", "-1 month", "1 moon", "soon", "4", "99999999999 months"] {
            assert_eq!(Allowance::read(text), None, "{text}");
        }
    }
}
