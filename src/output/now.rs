//! `/api/now.json`: the state of every component from the build on, for programs that trade.
//!
//! Each component has a list of turns, so that a reader's own clock gives the state, however old the build is. What the
//! clock alone changes is in that list and nowhere else: all other values are those of the effective instant.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Planned, json};
use crate::model::Instant;
use crate::model::advice::Advice;
use crate::model::component::Codes;
use crate::model::entry::{Estimate, NextUpdate};
use crate::publish::Rank;
use crate::site::feed_items::anchor;
use crate::site::{Names, Route, Site};
use crate::timeline::{Cause, IncidentNow, MaintenanceNow, Turn, WindowNow};
use crate::vocabulary::{Function, PhaseMode};

/// A text by language, in the languages that it has.
type ByLanguage = BTreeMap<String, String>;

#[derive(Serialize)]
struct Answer<'a> {
    title: Names<'a>,
    url: String,
    /// The instant whose knowledge it reflects.
    as_of: String,
    /// When the site changes next if nothing is posted.
    next_change: Option<String>,
    /// The first instant that the turns do not cover.
    until: String,
    page: Vec<PageTurn>,
    components: Vec<Component<'a>>,
    incidents: Vec<Incident>,
    maintenance: Vec<Maintenance>,
}

#[derive(Serialize)]
struct PageTurn {
    from: String,
    status: &'static str,
}

#[derive(Serialize)]
struct Component<'a> {
    id: &'a str,
    name: Names<'a>,
    function: Option<&'static str>,
    codes: &'a Codes,
    turns: Vec<TurnNow>,
}

#[derive(Serialize)]
struct TurnNow {
    from: String,
    status: &'static str,
    mode: Option<&'static str>,
    certain: bool,
    by: Vec<By>,
}

/// The entry that gives a component its status, and its latest update.
#[derive(Serialize)]
struct By {
    kind: &'static str,
    id: String,
    occurrence: Option<String>,
    /// The anchor of the update on the page of the entry; null if no update is posted.
    update: Option<String>,
}

#[derive(Serialize)]
struct Incident {
    id: String,
    title: ByLanguage,
    url: String,
    status: &'static str,
    severity: &'static str,
    started: String,
    components: Vec<Concerned>,
    scope: Option<ByLanguage>,
    workaround: Option<ByLanguage>,
    advice: Option<ByLanguage>,
    cancel_before: Option<String>,
    /// The promised next update; null if none is outstanding, or its time is not decided.
    next_update: Option<String>,
    /// Null if it is not known as a time.
    expected_recovery: Option<String>,
    updated: String,
}

#[derive(Serialize)]
struct Concerned {
    id: String,
    mode: Option<&'static str>,
}

#[derive(Serialize)]
struct Maintenance {
    id: String,
    occurrence: Option<String>,
    title: ByLanguage,
    url: String,
    components: Vec<String>,
    scope: Option<ByLanguage>,
    workaround: Option<ByLanguage>,
    advice: Option<ByLanguage>,
    windows: Vec<WindowRow>,
}

#[derive(Serialize)]
struct WindowRow {
    start: String,
    /// Null if it is not known.
    end: Option<String>,
    cancel_before: Option<String>,
    phases: Vec<PhaseRow>,
}

#[derive(Serialize)]
struct PhaseRow {
    start: String,
    end: Option<String>,
    mode: &'static str,
    components: Vec<String>,
    advice: Option<ByLanguage>,
}

pub(super) fn plan<'a>(site: &'a Site<'a>) -> Vec<Planned<'a>> {
    vec![Planned::new("api/now.json", Rank::List, move || json::line(&answer(site)))]
}

fn answer<'a>(site: &'a Site<'_>) -> Answer<'a> {
    let (now, config) = (&site.now, &site.now.model.config);
    let turns = now.turns();
    let components = config.components.all.iter().zip(turns.components).enumerate();
    let components = components.filter(|(at, _)| site.is_there(*at));
    let components = components.map(|(_, (component, turns))| Component {
        id: &component.id,
        name: site.names(&component.name),
        function: component.function.map(Function::word),
        codes: &component.codes,
        turns: turns.into_iter().map(|turn| turn_now(site, turn)).collect(),
    });
    let incidents = now.incidents.iter().enumerate().filter(|(_, incident)| incident.is_active());
    // The snapshot has the latest first; programs read forward.
    let works = now.maintenance.iter().enumerate().rev();
    let works = works.filter(|(_, work)| {
        let is_near = work.plan.start < turns.until && work.plan.is_decided();
        work.is_running() || work.is_ahead() && is_near && !work.awaits_new_time
    });
    Answer {
        title: site.names(&config.title),
        url: site.home(),
        as_of: now.effective.iso(),
        next_change: now.next_change.map(Instant::iso),
        until: turns.until.iso(),
        page: turns
            .page
            .into_iter()
            .map(|(from, status)| PageTurn { from: from.iso(), status: status.word() })
            .collect(),
        components: components.collect(),
        incidents: incidents.map(|(at, incident)| incident_now(site, at, incident)).collect(),
        maintenance: works.map(|(at, work)| maintenance_now(site, at, work)).collect(),
    }
}

fn turn_now(site: &Site<'_>, turn: Turn) -> TurnNow {
    TurnNow {
        from: turn.from.iso(),
        status: turn.status.word(),
        mode: turn.mode.map(PhaseMode::word),
        certain: turn.is_certain,
        by: turn.causes.into_iter().map(|cause| by(site, cause)).collect(),
    }
}

fn by(site: &Site<'_>, cause: Cause) -> By {
    let now = &site.now;
    let (head, occurrence, update) = match cause {
        Cause::Incident(at) => {
            let now = &now.incidents[at];
            let last = now.updates.last();
            let last = last.map(|update| anchor(update.status.word(), update.stamp(), update.ordinal));
            (&now.incident.head, None, last)
        }
        Cause::Maintenance(at) => {
            let now = &now.maintenance[at];
            let last = now.updates.last();
            let last = last.map(|update| anchor(update.status.word(), update.stamp(), update.ordinal));
            (&now.maintenance.head, now.occurrence.map(|o| o.day), last)
        }
        Cause::Ahead(at, day) => (&now.series[at].maintenance.head, Some(day), None),
    };
    By {
        kind: head.kind.word(),
        id: head.id.clone(),
        occurrence: occurrence.map(|day| day.to_string()),
        update,
    }
}

fn incident_now(site: &Site<'_>, at: usize, now: &IncidentNow<'_>) -> Incident {
    let (entry, route) = (now.incident, Route::Incident(at));
    let concerned = |(component, mode): &(usize, Option<PhaseMode>)| Concerned {
        id: id(site, *component),
        mode: mode.map(PhaseMode::word),
    };
    Incident {
        id: entry.head.id.clone(),
        title: site.titles(route),
        url: site.absolute(&site.path(route, 0)),
        status: now.state.word(),
        severity: now.severity.word(),
        started: now.started.at.iso(),
        components: now.modes.iter().map(concerned).collect(),
        scope: site.plain_words(now.scope()),
        workaround: site.plain_words(entry.workaround.as_ref()),
        advice: site.plain_words(entry.advice.words.as_ref()),
        cancel_before: entry.advice.times(&[]).first().map(|at| at.at.iso()),
        next_update: now.next_update().and_then(NextUpdate::due).map(|due| due.at.iso()),
        expected_recovery: match now.expected_recovery() {
            Some(Estimate::At(at)) => Some(at.at.iso()),
            Some(Estimate::Words(_)) | None => None,
        },
        updated: now.last_updated().iso(),
    }
}

fn maintenance_now(site: &Site<'_>, at: usize, now: &MaintenanceNow<'_>) -> Maintenance {
    let (entry, route) = (now.maintenance, Route::Maintenance(at));
    let windows = now.planned().into_iter().filter(|window| window.plan.is_decided());
    Maintenance {
        id: entry.head.id.clone(),
        occurrence: now.occurrence.map(|o| o.day.to_string()),
        title: site.titles(route),
        url: site.absolute(&site.path(route, 0)),
        components: now.touched.given.iter().map(|(component, _)| id(site, *component)).collect(),
        scope: site.plain_words(now.scope()),
        workaround: site.plain_words(entry.workaround.as_ref()),
        advice: site.plain_words(entry.advice.words.as_ref()),
        windows: windows.map(|window| window_row(site, &entry.advice, window)).collect(),
    }
}

fn window_row(site: &Site<'_>, advice: &Advice, window: &WindowNow<'_>) -> WindowRow {
    let phases = window.phases().into_iter().map(|(phase, times)| PhaseRow {
        start: times.start.iso(),
        end: times.end.map(Instant::iso),
        mode: phase.mode.word(),
        components: phase.affects.given.iter().map(|(component, _)| id(site, *component)).collect(),
        advice: site.plain_words(phase.advice.as_ref()),
    });
    WindowRow {
        start: window.plan.start.iso(),
        end: window.plan.end.map(Instant::iso),
        cancel_before: Site::cancel_before(advice, window).map(|at| at.at.iso()),
        phases: phases.collect(),
    }
}

fn id(site: &Site<'_>, component: usize) -> String {
    site.now.model.config.components.all[component].id.clone()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::timeline::Snapshot;
    use crate::timeline::fixture::{SITE, at, codes, site};

    fn now(files: &[(&str, &str)], time: &str) -> Value {
        let model = site(SITE, files);
        let site = Site::new(Snapshot::at(&model, at(time))).expect("built-in locales");
        serde_json::to_value(answer(&site)).expect("JSON")
    }

    fn work(front: &str, body: &str) -> String {
        format!(
            "---\ntitle: t\nkind: regular\naffects: [api]\npublish_at: 2026-11-18 12:00\n{front}---\nx\n\n{body}"
        )
    }

    const WINDOW: &str = "window: {start: 2026-11-22 02:00, end: 2026-11-22 05:00}\n";

    #[test]
    fn a_time_to_cancel_orders_moves_with_the_plan() {
        let moved = "## update 2026-11-19 12:00\nstart: 2026-11-23 03:00\nend: 2026-11-23 05:00\n\nx\n";
        for before in ["10m", "2026-11-22 01:50", "01:50", "11月22日 01:50"] {
            let text = work(&format!("{WINDOW}cancel_before: {before}\n"), moved);
            let told = |time| {
                now(&[("maintenance/m.md", &text)], time)["maintenance"][0]["windows"][0]["cancel_before"]
                    .clone()
            };
            assert_eq!(told("18 13:00"), "2026-11-21T16:50:00Z", "{before}");
            assert_eq!(told("19 13:00"), "2026-11-22T17:50:00Z", "{before}");
        }
        let off = work(&format!("{WINDOW}cancel_before: 10m\n"), "## postponed 2026-11-19 12:00\n\nx\n");
        assert_eq!(now(&[("maintenance/m.md", &off)], "19 13:00")["maintenance"], json!([]));
    }

    #[test]
    fn no_minute_is_invented_for_a_start_that_is_not_known_to_the_minute() {
        for (start, wanted) in [
            ("2026-11-22 午前", Value::Null),
            ("2026-11-22", Value::Null),
            ("2026-11-22 02:00頃", json!("2026-11-21T16:50:00Z")),
        ] {
            let text = work(&format!("window: {{start: {start}, end: unknown}}\ncancel_before: 10m\n"), "");
            let told = now(&[("maintenance/m.md", &text)], "18 13:00");
            assert_eq!(told["maintenance"][0]["windows"][0]["cancel_before"], wanted, "{start}");
        }
    }

    #[test]
    fn a_time_after_the_start_or_without_a_start_is_an_error() {
        let of = |window: &str, before: &str| {
            let text = work(&format!("window: {window}\ncancel_before: {before}\n"), "");
            codes(SITE, &[("maintenance/m.md", &text)])
        };
        let window = "{start: 2026-11-22 02:00, end: 2026-11-22 05:00}";
        assert_eq!(of(window, "2026-11-22 02:10"), ["maintenance/cancel-before"]);
        assert_eq!(of("undecided", "2026-11-22 02:10"), ["maintenance/cancel-before"]);
        assert_eq!(of(window, "soon").len(), 1);
        assert!(of("undecided", "10m").is_empty() && of(window, "02:00").is_empty());
    }

    #[test]
    fn advice_is_said_in_the_languages_that_it_has() {
        let text = work(&format!("{WINDOW}advice: 注文を取り消してください\n"), "");
        let english = "---\ntitle: t\nadvice: Please cancel your *orders*\n---\nx\n";
        let told = now(&[("maintenance/m.md", &text), ("maintenance/m.en.md", english)], "18 13:00");
        let wanted = json!({"ja": "注文を取り消してください", "en": "Please cancel your orders"});
        assert_eq!(told["maintenance"][0]["advice"], wanted);
        let incident = "---\ntitle: t\nseverity: minor\naffects: [api]\nstarted: 2026-11-20 10:00\nadvice: x\ncancel_before: 2026-11-20 12:00\n---\ny\n\n## investigating 2026-11-20 10:10\nmode: api=cancel_only\n\nz\n";
        let told = now(&[("incidents/i.md", incident)], "20 10:10");
        let incident = &told["incidents"][0];
        assert_eq!(incident["cancel_before"], "2026-11-20T03:00:00Z");
        assert_eq!(incident["components"], json!([{"id": "api", "mode": "cancel_only"}]));
        let by = json!([{"kind": "incident", "id": "i", "occurrence": null, "update": "investigating-20261120T011000Z"}]);
        assert_eq!(told["components"][0]["turns"][0]["by"], by);
    }
}
