//! Computes uptime by day: pure arithmetic over spans of time.
//!
//! A finished day counts 1 − (1.0 × time in major outage + 0.3 × time in partial outage) ÷ time counted. Degraded
//! performance and maintenance do not count against it. Overlapping spans count once, with the worst status.
//! Days are those of the site's zone and can have 23 or 25 hours.

use chrono::{Days, NaiveDate};

use crate::model::{Instant, Zone};
use crate::vocabulary::ComponentStatus;

/// A period in which a component was not operational.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub from: Instant,
    pub to: Instant,
    pub status: ComponentStatus,
    /// Whether it counts against uptime. Planned work never does.
    pub counts: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Day {
    pub date: NaiveDate,
    /// The worst status of the day; `None` if the day was not counted yet.
    pub worst: Option<ComponentStatus>,
    /// The seconds counted; 0 for today and for days that are not counted.
    pub counted: i64,
    /// The tenths of seconds that count against uptime.
    pub lost: i64,
    /// The seconds of each status, as in [`ComponentStatus::ALL`]. Seconds of which nothing is known are in none: on a
    /// day that does not count, only problems are.
    pub seconds: [i64; STATUSES],
}

const STATUSES: usize = ComponentStatus::ALL.len();

/// The uptime in hundredths of a percent, rounded down: 9997 is 99.97 %.
#[must_use]
pub fn percent(days: &[Day]) -> Option<i64> {
    let counted: i64 = days.iter().map(|d| d.counted * 10).sum();
    let lost: i64 = days.iter().map(|d| d.lost).sum();
    (counted > 0).then(|| (counted - lost) * 10_000 / counted)
}

/// The tenths that a second with this status counts against uptime.
#[must_use]
pub fn weight(status: ComponentStatus) -> i64 {
    match status {
        ComponentStatus::Major => 10,
        ComponentStatus::Partial => 3,
        _ => 0,
    }
}

/// The tenths that a second of this span counts against uptime.
fn cost(span: &Span) -> i64 {
    if span.counts { weight(span.status) } else { 0 }
}

/// The day from which time counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Since {
    /// The configured day. Nothing is known about the days before.
    Configured(NaiveDate),
    /// Not configured: the day of the site's first publication, if there is one. Problems before it are shown;
    /// the other days before it show no status.
    FirstWord(Option<NaiveDate>),
}

impl Since {
    fn counts(self, date: NaiveDate) -> bool {
        match self {
            Since::Configured(since) | Since::FirstWord(Some(since)) => date >= since,
            Since::FirstWord(None) => false,
        }
    }
}

/// The last `count` days up to and including today, oldest first. A date that the zone skipped is skipped here
/// too. Today has its worst status but does not count.
#[must_use]
pub fn days(spans: &[Span], zone: Zone, now: Instant, count: u32, since: Since) -> Vec<Day> {
    let today = zone.day(now);
    let mut found = Vec::new();
    for back in (0..u64::from(count)).rev() {
        let date = today - Days::new(back);
        let Some(start) = zone.day_start(date) else { continue };
        // The current second belongs to today.
        let end = if back == 0 { Instant(now.0 + 1) } else { zone.day_from(date + Days::new(1)) };
        let (worst, lost, mut seconds) = day(spans, start, end);
        if !since.counts(date) {
            let is_shown = matches!(since, Since::FirstWord(_)) && worst != ComponentStatus::Operational;
            seconds[ComponentStatus::Operational as usize] = 0;
            let seconds = if is_shown { seconds } else { [0; STATUSES] };
            found.push(Day { date, worst: is_shown.then_some(worst), counted: 0, lost: 0, seconds });
            continue;
        }
        let counted = if back == 0 { 0 } else { end.0 - start.0 };
        let lost = if back == 0 { 0 } else { lost };
        found.push(Day { date, worst: Some(worst), counted, lost, seconds });
    }
    found
}

/// The worst status between two instants, the time lost, and the seconds of each status.
fn day(spans: &[Span], start: Instant, end: Instant) -> (ComponentStatus, i64, [i64; STATUSES]) {
    let inside: Vec<Span> = (spans.iter())
        .map(|s| Span { from: s.from.max(start), to: s.to.min(end), ..*s })
        .filter(|s| s.from < s.to)
        .collect();
    let worst = inside.iter().map(|s| s.status).max().unwrap_or(ComponentStatus::Operational);
    let mut edges: Vec<Instant> = inside.iter().flat_map(|s| [s.from, s.to]).collect();
    edges.sort_unstable();
    edges.dedup();
    let mut lost = 0;
    let mut seconds = [0; STATUSES];
    for edge in edges.windows(2) {
        let over = || inside.iter().filter(|s| s.from <= edge[0] && s.to >= edge[1]);
        let length = edge[1].0 - edge[0].0;
        lost += length * over().map(cost).max().unwrap_or(0);
        if let Some(status) = over().map(|span| span.status).max() {
            seconds[status as usize] += length;
        }
    }
    let troubled: i64 = seconds.iter().sum();
    seconds[ComponentStatus::Operational as usize] += end.0 - start.0 - troubled;
    (worst, lost, seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALWAYS: Since = Since::Configured(NaiveDate::MIN);

    fn zone(name: &str) -> Zone {
        Zone::named(name).expect("a zone of the IANA list")
    }

    fn span(zone: Zone, from: &str, to: &str, status: ComponentStatus) -> Span {
        let read = |t: &str| zone.read(t).expect("a time");
        Span { from: read(from), to: read(to), status, counts: true }
    }

    #[test]
    fn the_worst_of_overlapping_spans_counts_once() {
        let tokyo = zone("Asia/Tokyo");
        let spans = [
            span(tokyo, "2026-11-19 10:00", "2026-11-19 12:00", ComponentStatus::Partial),
            span(tokyo, "2026-11-19 11:00", "2026-11-19 12:00", ComponentStatus::Major),
            span(tokyo, "2026-11-19 09:00", "2026-11-19 13:00", ComponentStatus::Degraded),
        ];
        let now = tokyo.read("2026-11-20 12:00").expect("a time");
        let days = days(&spans, tokyo, now, 2, ALWAYS);
        assert_eq!(days[0].lost, 3600 * 3 + 3600 * 10);
        assert_eq!(days[0].worst, Some(ComponentStatus::Major));
        assert_eq!((days[1].counted, days[1].worst), (0, Some(ComponentStatus::Operational)));
        // 1 − (0.3 h + 1 h) / 24 h = 94.58333… %, rounded down.
        assert_eq!(percent(&days), Some(9458));
    }

    #[test]
    fn days_of_23_and_25_hours_count_so() {
        let york = zone("America/New_York");
        let spring = days(&[], york, york.read("2026-03-09 12:00").expect("a time"), 2, ALWAYS);
        assert_eq!(spring[0].counted, 23 * 3600);
        let autumn = days(&[], york, york.read("2026-11-02 12:00").expect("a time"), 2, ALWAYS);
        assert_eq!(autumn[0].counted, 25 * 3600);
    }

    #[test]
    fn the_day_on_which_clocks_change_has_its_own_length_everywhere() {
        for (name, day, hours) in [
            ("Asia/Tokyo", "2026-03-29", 24),
            ("Asia/Kathmandu", "2026-03-29", 24),
            ("Europe/Dublin", "2026-03-29", 23),
            ("Europe/Dublin", "2026-10-25", 25),
            ("Africa/Cairo", "2026-04-24", 23),
            ("Africa/Cairo", "2026-10-29", 25),
            ("America/Havana", "2026-03-08", 23),
            ("America/Havana", "2026-11-01", 25),
            ("Pacific/Apia", "2011-12-31", 24),
        ] {
            let zone = zone(name);
            let day: NaiveDate = day.parse().expect("a day");
            let after = zone.day_from(day + Days::new(1));
            // Not operational from the first second to the last: exactly the day's length.
            let whole = Span {
                from: zone.day_start(day).expect("it exists"),
                to: after,
                status: ComponentStatus::Major,
                counts: true,
            };
            let days = days(&[whole], zone, Instant(after.0 + 3600), 2, ALWAYS);
            assert_eq!((days[0].counted, days[0].lost), (hours * 3600, hours * 36_000), "{name} {day}");
            assert_eq!(days[0].seconds, [0, 0, 0, 0, hours * 3600], "{name} {day}");
        }
    }

    #[test]
    fn each_second_of_a_day_has_the_worst_status_and_only_known_ones_are_told() {
        let tokyo = zone("Asia/Tokyo");
        let planned = Span {
            counts: false,
            ..span(tokyo, "2026-11-19 00:00", "2026-11-19 03:00", ComponentStatus::Maintenance)
        };
        let spans = [
            planned,
            span(tokyo, "2026-11-18 22:00", "2026-11-19 01:00", ComponentStatus::Partial),
            span(tokyo, "2026-11-19 00:30", "2026-11-19 02:00", ComponentStatus::Degraded),
        ];
        let now = tokyo.read("2026-11-20 12:00").expect("a time");
        let known = days(&spans, tokyo, now, 3, ALWAYS);
        assert_eq!(known[0].seconds, [22 * 3600, 0, 0, 2 * 3600, 0]);
        assert_eq!(known[1].seconds, [21 * 3600, 0, 2 * 3600, 3600, 0]);
        assert_eq!(known[2].seconds, [12 * 3600 + 1, 0, 0, 0, 0]);
        let first = days(&spans, tokyo, now, 3, Since::FirstWord(NaiveDate::from_ymd_opt(2026, 11, 19)));
        assert_eq!(first[0].seconds, [0, 0, 0, 2 * 3600, 0]);
        let late = Since::Configured(NaiveDate::from_ymd_opt(2026, 11, 20).expect("a day"));
        assert_eq!(days(&spans, tokyo, now, 3, late)[1].seconds, [0; 5]);
    }

    #[test]
    fn a_day_that_did_not_exist_is_left_out() {
        let apia = zone("Pacific/Apia");
        let now = apia.read("2011-12-31 12:00").expect("a time");
        let dates: Vec<String> = days(&[], apia, now, 3, ALWAYS).iter().map(|d| d.date.to_string()).collect();
        assert_eq!(dates, ["2011-12-29", "2011-12-31"]);
    }

    #[test]
    fn nothing_counts_before_since() {
        let tokyo = zone("Asia/Tokyo");
        let now = tokyo.read("2026-11-20 12:00").expect("a time");
        let since = Since::Configured(NaiveDate::from_ymd_opt(2026, 11, 19).expect("a day"));
        let days = days(&[], tokyo, now, 3, since);
        assert_eq!(days.iter().map(|d| d.worst.is_some()).collect::<Vec<_>>(), [false, true, true]);
        assert_eq!(percent(&days), Some(10_000));
    }

    #[test]
    fn nothing_is_claimed_before_the_first_word_and_what_went_wrong_is_shown() {
        let tokyo = zone("Asia/Tokyo");
        let now = tokyo.read("2026-11-20 12:00").expect("a time");
        let spans = [span(tokyo, "2026-11-18 10:00", "2026-11-18 12:00", ComponentStatus::Major)];
        let first = Since::FirstWord(NaiveDate::from_ymd_opt(2026, 11, 19));
        let known = days(&spans, tokyo, now, 4, first);
        let worst: Vec<_> = known.iter().map(|day| (day.worst, day.counted)).collect();
        let ok = Some(ComponentStatus::Operational);
        assert_eq!(worst, [(None, 0), (Some(ComponentStatus::Major), 0), (ok, 86_400), (ok, 0)]);
        assert_eq!(percent(&days(&[], tokyo, now, 4, Since::FirstWord(None))), None);
    }
}
