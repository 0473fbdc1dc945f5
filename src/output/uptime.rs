//! `/api/uptime.json` and `/api/uptime/<id>.json`: uptime as data, with the numbers that pages show.
//!
//! Only finished days are here. Today's seconds would be true for the instant of the build alone, and a file that
//! changes with each build says nothing that the status of now does not.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::{Planned, json};
use crate::digest::Digest;
use crate::model::Zone;
use crate::publish::Rank;
use crate::site::{Names, Route, Site};
use crate::uptime::{self, Day, Since};
use crate::vocabulary::ComponentStatus;

pub(super) const PATH: &str = "api/uptime.json";

/// The file of a component.
pub(super) fn path(id: &str) -> String {
    format!("api/uptime/{id}.json")
}

#[derive(Serialize)]
struct Answer<'a> {
    title: Names<'a>,
    url: String,
    time_zone: &'static str,
    /// The first and the last day.
    from: Option<String>,
    to: Option<String>,
    formula: BTreeMap<&'a str, &'a str>,
    /// How much of a second with each status is lost.
    weights: BTreeMap<&'static str, f64>,
    components: Vec<Total<'a>>,
}

/// A component over all days.
#[derive(Serialize)]
struct Total<'a> {
    id: &'a str,
    name: Names<'a>,
    /// Rounded down to two decimals, as on pages; null before the first whole day.
    percent: Option<f64>,
    /// The day from which uptime counts.
    since: Option<String>,
    counted: i64,
    lost: f64,
    file: String,
}

#[derive(Serialize)]
struct Course<'a> {
    #[serde(flatten)]
    total: Total<'a>,
    page: String,
    time_zone: &'static str,
    days: Vec<Row>,
}

/// A finished day of a component. All numbers are seconds.
#[derive(Serialize)]
struct Row {
    date: String,
    start: String,
    length: i64,
    counts: bool,
    counted: i64,
    lost: f64,
    worst: Option<&'static str>,
    seconds: Seconds,
}

#[derive(Serialize)]
struct Seconds {
    operational: i64,
    degraded_performance: i64,
    under_maintenance: i64,
    partial_outage: i64,
    major_outage: i64,
    /// Those of a day that does not count.
    unknown: i64,
}

pub(super) fn plan<'a>(site: &'a Site<'a>) -> Vec<Planned<'a>> {
    let shared = Digest::of(&(format!("{:?}", site.now.model.config), site.now.today));
    let mut files = vec![Planned::new(PATH, Rank::List, move || json::lines(&answer(site)))];
    for (at, component) in site.now.model.config.components.all.iter().enumerate() {
        if component.uptime {
            let since = site.now.since(component);
            let planned =
                Planned::new(path(&component.id), Rank::Leaf, move || json::line(&course(site, at)));
            // Days alone would be the same for every component without a trouble.
            let inputs = move || Digest::of(&(shared, &component.id, since, finished(site, at)));
            files.push(planned.made_from(inputs));
        }
    }
    files
}

/// The days of a component before today.
fn finished<'a>(site: &'a Site<'_>, at: usize) -> &'a [Day] {
    let days = site.uptime[at].as_slice();
    days.split_last().filter(|(last, _)| last.date == site.now.today).map_or(days, |(_, before)| before)
}

fn answer<'a>(site: &'a Site<'_>) -> Answer<'a> {
    let config = &site.now.model.config;
    let all = config.components.all.iter().enumerate();
    let shown: Vec<usize> =
        all.filter(|(at, one)| one.uptime && site.is_there(*at)).map(|(at, _)| at).collect();
    let days = site.uptime.first().map(|_| finished(site, 0)).unwrap_or_default();
    let weight = |status: &ComponentStatus| (status.word(), tenths(uptime::weight(*status)));
    Answer {
        title: site.names(&config.title),
        url: site.home(),
        time_zone: config.zone.name(),
        from: days.first().map(|day| day.date.to_string()),
        to: days.last().map(|day| day.date.to_string()),
        formula: site
            .locales
            .iter()
            .zip(&config.locales)
            .map(|(l, tag)| (tag.as_str(), l.t("uptime-how")))
            .collect(),
        weights: ComponentStatus::ALL.iter().map(weight).collect(),
        components: shown.into_iter().map(|at| total(site, at)).collect(),
    }
}

fn total<'a>(site: &'a Site<'_>, at: usize) -> Total<'a> {
    let component = &site.now.model.config.components.all[at];
    let days = &site.uptime[at];
    let since = match site.now.since(component) {
        Since::Configured(day) => Some(day),
        Since::FirstWord(day) => day,
    };
    Total {
        id: &component.id,
        name: site.names(&component.name),
        // At most 10 000, so the conversion is exact.
        percent: uptime::percent(days)
            .and_then(|hundredths| i32::try_from(hundredths).ok())
            .map(|hundredths| f64::from(hundredths) / 100.0),
        since: since.map(|day| day.to_string()),
        counted: days.iter().map(|day| day.counted).sum(),
        lost: tenths(days.iter().map(|day| day.lost).sum()),
        file: site.absolute(&path(&component.id)),
    }
}

fn course<'a>(site: &'a Site<'_>, at: usize) -> Course<'a> {
    let zone = site.now.zone();
    Course {
        total: total(site, at),
        page: site.absolute(&site.path(Route::Component(at), 0)),
        time_zone: zone.name(),
        days: finished(site, at).iter().filter_map(|day| row(zone, day)).collect(),
    }
}

/// `None` for a day that the zone skipped, which no list of days has.
fn row(zone: Zone, day: &Day) -> Option<Row> {
    let start = zone.day_start(day.date)?;
    let length = length(zone, day.date)?;
    let [operational, degraded_performance, under_maintenance, partial_outage, major_outage] = day.seconds;
    let known: i64 = day.seconds.iter().sum();
    Some(Row {
        date: day.date.to_string(),
        start: start.iso(),
        length,
        counts: day.counted > 0,
        counted: day.counted,
        lost: tenths(day.lost),
        worst: day.worst.map(ComponentStatus::word),
        seconds: Seconds {
            operational,
            degraded_performance,
            under_maintenance,
            partial_outage,
            major_outage,
            unknown: length - known,
        },
    })
}

/// The seconds of a day: 86,400 but for those on which clocks change.
fn length(zone: Zone, date: NaiveDate) -> Option<i64> {
    Some(zone.day_from(date + Days::new(1)).0 - zone.day_start(date)?.0)
}

/// Tenths of seconds as seconds. A hundred years of them are far below the numbers that a double holds exactly.
#[expect(clippy::cast_precision_loss, reason = "see above")]
fn tenths(tenths: i64) -> f64 {
    tenths as f64 / 10.0
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::output;
    use crate::timeline::Snapshot;
    use crate::timeline::fixture::random::{instants, random};
    use crate::timeline::fixture::{SITE, at, site};

    fn read(site: &Site<'_>, path: &str) -> Value {
        let file = plan(site).into_iter().find(|file| file.path == path).expect("the file");
        serde_json::from_slice(&file.render()).expect("JSON")
    }

    fn number(value: &Value) -> i64 {
        value.as_i64().expect("a whole number")
    }

    #[test]
    fn the_seconds_of_a_day_are_its_length_and_the_days_give_the_percentage_of_the_page() {
        for seed in 0..24 {
            let model = random(seed);
            for now in instants() {
                let site = Site::new(Snapshot::at(&model, now)).expect("built-in locales");
                let pages = output::plan(&site);
                for component in read(&site, PATH)["components"].as_array().expect("a list") {
                    let id = component["id"].as_str().expect("an id");
                    let course = read(&site, &path(id));
                    let (mut counted, mut lost) = (0, 0.0);
                    for day in course["days"].as_array().expect("a list") {
                        let seconds: i64 =
                            day["seconds"].as_object().expect("seconds").values().map(number).sum();
                        assert_eq!(seconds, number(&day["length"]), "{day}");
                        counted += number(&day["counted"]);
                        lost += day["lost"].as_f64().expect("a number");
                        assert!(day["date"].as_str() < Some(&site.now.today.to_string()), "{day}");
                    }
                    for key in ["percent", "since", "counted", "lost", "name"] {
                        assert_eq!(course[key], component[key], "{key} of {id}");
                    }
                    assert_eq!(
                        (counted, Some(lost)),
                        (number(&component["counted"]), component["lost"].as_f64())
                    );
                    if let Some(percent) = component["percent"].as_f64() {
                        let page =
                            pages.iter().find(|page| page.path == format!("components/{id}/index.html"));
                        let page = String::from_utf8(page.expect("a page").render()).expect("UTF-8");
                        assert!(page.contains(&format!("{percent:.2}%")), "{id}: {percent}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_day_of_23_or_25_hours_has_its_own_length() {
        let config = SITE
            .replace("Asia/Tokyo", "America/New_York")
            .replace("{id: api, name: API}", "{id: api, name: API, since: 2026-01-01}");
        let model = site(&config, &[]);
        let site = Site::new(Snapshot::at(&model, at("20 12:00"))).expect("built-in locales");
        let course = read(&site, "api/uptime/api.json");
        let days = course["days"].as_array().expect("a list");
        let lengths: BTreeMap<&str, i64> =
            days.iter().map(|day| (day["date"].as_str().expect("a day"), number(&day["length"]))).collect();
        assert_eq!((lengths["2026-10-31"], lengths["2026-11-01"]), (24 * 3600, 25 * 3600));
        assert!(
            days.iter().all(|day| day["seconds"]["operational"] == day["length"] && day["counts"] == true)
        );
    }

    #[test]
    fn nothing_changes_while_the_day_goes_on() {
        let outage = "---\ntitle: x\nseverity: critical\naffects: [api]\nstarted: 2026-11-20 01:00\n---\nx\n\n## investigating 2026-11-20 01:00\n\nx\n";
        let config = SITE.replace("{id: api, name: API}", "{id: api, name: API, since: 2026-01-01}");
        let model = site(&config, &[("incidents/x.md", outage)]);
        let file = |time| {
            let site = Site::new(Snapshot::exactly(&model, at(time))).expect("built-in locales");
            [PATH, "api/uptime/api.json"].map(|path| read(&site, path))
        };
        assert_eq!(file("20 02:00"), file("20 23:59"));
        assert_ne!(file("20 23:59"), file("21 00:00"));
    }
}
