//! Tests the days of the home page and the months of the history on random entries: no day is shown as quiet while
//! something goes on.

use std::fmt::Write as _;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use crate::model::{Instant, Zone};
use crate::output::plan;
use crate::site::Site;
use crate::timeline::Snapshot;
use crate::timeline::fixture::{SITE, site};

const QUIET: &str = "障害・メンテナンスはありません";
const TOKYO: &str = "Asia/Tokyo";

/// How an entry was generated: the minutes after its start at which it is closed and reopened, in turn.
#[derive(Clone, Debug)]
struct Made {
    is_incident: bool,
    /// Minutes after the first of November.
    start: i64,
    turns: Vec<i64>,
}

impl Made {
    fn file(&self, number: usize, zone: Zone, base: i64) -> (String, String) {
        let time = |minutes: i64| zone.write(Instant(base + minutes * 60));
        let start = time(self.start);
        let mut text = if self.is_incident {
            format!("---\ntitle: entry-{number}\nseverity: minor\naffects: []\nstarted: {start}\n---\n")
        } else {
            let end = time(self.start + 90);
            format!(
                "---\ntitle: entry-{number}\nkind: regular\naffects: []\nwindow: {{start: {start}, end: {end}}}\n---\n"
            )
        };
        let mut at = self.start;
        for (turn, minutes) in self.turns.iter().enumerate() {
            at += minutes;
            let status = match (self.is_incident, turn % 2 == 0) {
                (true, true) => "resolved",
                (true, false) => "investigating",
                (false, true) => "completed",
                (false, false) => "in_progress",
            };
            let _ = write!(text, "\n## {status} {}\n\nx\n", time(at));
        }
        let folder = if self.is_incident { "incidents" } else { "maintenance" };
        (format!("{folder}/e{number}.md"), text)
    }

    /// The periods in which it went on by `now`, computed from how it was generated and not by `noroshi`.
    fn went_on(&self, base: i64, now: i64) -> Vec<(i64, i64)> {
        let mut spans = Vec::new();
        let (mut open, mut at) = (Some(base + self.start * 60), self.start);
        for minutes in &self.turns {
            at += minutes;
            let time = base + at * 60;
            if time > now {
                break;
            }
            open = match open {
                Some(from) => {
                    spans.push((from, time));
                    None
                }
                None => Some(time),
            };
        }
        spans.extend(open.filter(|from| *from <= now).map(|from| (from, now + 1)));
        spans
    }
}

fn made() -> impl Strategy<Value = Made> {
    let turns = prop::collection::vec(1_i64..6000, 0..4);
    (any::<bool>(), 0_i64..22 * 1440, turns).prop_map(|(is_incident, start, turns)| Made {
        is_incident,
        start,
        turns,
    })
}

/// The days of the home page: first and last day of each run, and the text under it.
fn days(home: &str) -> Vec<(NaiveDate, NaiveDate, &str)> {
    let read = |text: &str| text[..10].parse::<NaiveDate>().expect("a day");
    (home.split("<li id=\"day-").skip(1))
        .map(|part| {
            let head = &part[..part.find("</h3>").expect("a heading")];
            let first = read(part);
            let last = head.split("datetime=\"").nth(2).map_or(first, read);
            (first, last, &part[head.len()..])
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 1 } else { 60 }))]

    #[test]
    fn no_day_is_quiet_and_no_month_lacks_an_entry_while_it_went_on(
        all in prop::collection::vec(made(), 1..4),
        zone in prop::sample::select(vec![TOKYO, "America/New_York", "Pacific/Auckland"]),
        minute in 14_i64 * 1440..22 * 1440,
    ) {
        let config = SITE.replace(TOKYO, zone);
        let zone = Zone::named(zone).expect("a zone");
        let base = zone.read("2026-10-20 00:00").expect("a time").0;
        let now = base + minute * 60;
        let files: Vec<(String, String)> =
            all.iter().enumerate().map(|(number, entry)| entry.file(number, zone, base)).collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let model = site(&config, &files);
        let site = Site::new(Snapshot::at(&model, Instant(now))).expect("built-in locales");
        let planned = plan(&site);
        let text = |path: &str| {
            let found = planned.iter().find(|file| file.path == path);
            found.map(|file| String::from_utf8(file.render()).expect("text")).unwrap_or_default()
        };
        let home = text("index.html");
        let shown = days(&home);
        let today = zone.day(Instant(now));
        prop_assert_eq!(shown.first().map(|day| day.0.max(day.1)), Some(today));
        for (number, entry) in all.iter().enumerate() {
            let title = format!(">entry-{number}<");
            // An entry is visible from its first update on.
            let is_seen = entry.turns.is_empty() || entry.start + entry.turns[0] <= minute;
            for (from, to) in entry.went_on(base, now).into_iter().filter(|_| is_seen) {
                let (mut day, last) = (zone.day(Instant(from)), zone.day(Instant(from.max(to - 1))));
                while day <= last {
                    let under = shown.iter().find(|(first, last, _)| (*first..=*last).contains(&day));
                    if let Some((_, _, words)) = under {
                        prop_assert!(!words.contains(QUIET), "{day} is quiet in {home}");
                        prop_assert!(words.contains(&title), "{title} does not stand under {day} in {home}");
                    }
                    let month = text(&format!("history/{}/index.html", day.format("%Y/%m")));
                    prop_assert!(month.contains(&title), "{title} does not stand in the month of {day}");
                    day = day + Days::new(1);
                }
            }
        }
    }
}

/// The home page of a site with one file, at noon of the 20th.
fn home(name: &str, text: &str) -> String {
    let model = site(SITE, &[(name, text)]);
    let now = crate::timeline::fixture::at("20 12:00");
    let site = Site::new(Snapshot::at(&model, now)).expect("built-in locales");
    let planned = plan(&site);
    let file = planned.iter().find(|file| file.path == "index.html").expect("the home page");
    String::from_utf8(file.render()).expect("text")
}

#[test]
fn an_outage_of_days_stands_whole_under_its_first_day_and_in_one_line_under_the_others() {
    let text = "---\ntitle: t\nseverity: critical\naffects: [api]\nstarted: 2026-11-17 10:00\n---\n\
        ## investigating 2026-11-17 10:05\n";
    let home = home("incidents/a.md", text);
    let found: Vec<(String, bool, bool)> = days(&home)
        .into_iter()
        .map(|(first, last, words)| {
            (format!("{first} {last}"), words.contains("から継続"), words.contains(QUIET))
        })
        .collect();
    assert_eq!(
        found,
        [
            ("2026-11-18 2026-11-20".to_owned(), true, false),
            ("2026-11-17 2026-11-17".to_owned(), false, false),
            ("2026-11-07 2026-11-16".to_owned(), false, true),
        ]
    );
}

#[test]
fn an_outage_that_ended_at_midnight_leaves_the_next_day_quiet() {
    let text = |end: &str| {
        format!(
            "---\ntitle: t\nseverity: minor\naffects: [api]\nstarted: 2026-11-18 23:50\n---\n## resolved 2026-11-19 09:10\nended: {end}\n\nx\n"
        )
    };
    let quiet = |end: &str| {
        let home = home("incidents/a.md", &text(end));
        days(&home)
            .into_iter()
            .find(|day| day.1 >= day.0 && day.0.to_string().as_str() <= "2026-11-19")
            .map(|day| (day.0.to_string(), day.2.contains(QUIET)))
    };
    assert_eq!(quiet("2026-11-19 09:00"), Some(("2026-11-19".to_owned(), false)));
    assert_eq!(quiet("2026-11-19 00:00"), Some(("2026-11-19".to_owned(), true)));
}

#[test]
fn a_series_that_was_never_closed_stands_once_under_each_of_its_days() {
    let text = "---\ntitle: t\nkind: regular\naffects: [api]\nwindow: {start: 2026-11-03 02:00, end: 2026-11-03 03:00}\n\
        recurrence: {rule: FREQ=DAILY}\n---\nx\n";
    let home = home("maintenance/m.md", text);
    for (first, _, words) in days(&home).into_iter().filter(|day| day.0.to_string().as_str() >= "2026-11-07")
    {
        // When the next occurrence begins, no update says that the previous one went past its plan.
        assert!(!words.contains("から継続"), "{first}: {words}");
        assert_eq!(words.matches("class=\"event\"").count(), 1, "{first}: {words}");
    }
}
