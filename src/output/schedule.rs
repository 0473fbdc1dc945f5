//! `/api/schedule.json`: every window and phase from a week ago to ninety days ahead, for programs. It contains
//! times and what updates say, never what the clock makes of them, so it never goes out of date.

use std::collections::BTreeMap;

use chrono::Days;
use serde::Serialize;

use super::{Planned, json};
use crate::model::maintenance::MaintenanceType;
use crate::model::phases::Phase;
use crate::model::window::Window;
use crate::model::{GivenStatus, Instant};
use crate::publish::Rank;
use crate::site::{Route, Site};
use crate::timeline::{DAYS_AHEAD, MaintenanceNow, WindowNow};
use crate::vocabulary::{Auto, ComponentStatus, Status};

const BACK: u64 = 7;

#[derive(Serialize)]
struct Answer {
    title: String,
    url: String,
    /// The first and the last day, both complete, in the site's zone.
    from: String,
    to: String,
    schedule: Vec<Row>,
}

/// The plan of one component for one period.
#[derive(Serialize)]
struct Row {
    id: String,
    occurrence: Option<String>,
    title: String,
    kind: String,
    component: String,
    /// The planned status; operational if the plan no longer applies.
    status: &'static str,
    /// What still works during a phase; null for the window as a whole.
    mode: Option<&'static str>,
    start: Option<String>,
    end: Option<String>,
    /// Null if it is not decided.
    planned_start: Option<String>,
    planned_end: Option<String>,
    /// How exactly the planned start and end are known: `exact`, `about`, `half_day` or `day`.
    planned_precision: [&'static str; 2],
    /// When it stops affecting anything because no update reported the result.
    closes: Option<String>,
    state: Option<&'static str>,
    /// What the clock can declare: `start`, `both` or `none`.
    auto: &'static str,
    /// By when open orders should be cancelled; null for a phase.
    cancel_before: Option<String>,
    /// What customers are advised to do, by language.
    advice: Option<BTreeMap<String, String>>,
    revision: usize,
    url: String,
}

pub(super) fn plan<'a>(site: &'a Site<'a>) -> Vec<Planned<'a>> {
    vec![Planned::new("api/schedule.json", Rank::List, move || json::lines(&schedule(site)))]
}

fn schedule(site: &Site<'_>) -> Answer {
    let (now, zone) = (&site.now, site.now.zone());
    let (first, last) = (now.today - Days::new(BACK), now.today + Days::new(DAYS_AHEAD));
    let (from, to) = (zone.day_from(first), zone.day_from(last + Days::new(1)));
    let mut schedule = Vec::new();
    // The snapshot has the latest first; programs read forward.
    for at in (0..now.maintenance.len()).rev() {
        let work = &now.maintenance[at];
        let end = over(work).or(work.plan.end).unwrap_or(work.plan.start);
        let touches = work.plan.start < to && end >= from;
        let is_open = work.is_ahead() && !work.plan.is_decided();
        if !work.withdrawn && (touches || is_open || (goes_on(work) && work.plan.start < to)) {
            rows(site, at, &mut schedule);
        }
    }
    Answer {
        title: now.model.config.title.get(0).1.clone(),
        url: site.home(),
        from: from.iso(),
        to: to.iso(),
        schedule,
    }
}

fn rows(site: &Site<'_>, at: usize, to: &mut Vec<Row>) {
    let work = &site.now.maintenance[at];
    let route = Route::Maintenance(at);
    let config = &site.now.model.config;
    let is_off = |window: &WindowNow<'_>| {
        (window.human_state == Status::Cancelled && window.actual.0.is_none()) || window.awaits_new_time
    };
    let row = |(component, given): &(usize, GivenStatus),
               (off, closes): (bool, Option<Instant>),
               planned: Window,
               real: (Option<Instant>, Option<Instant>),
               phase: Option<&Phase>,
               cancel_before: Option<Instant>| {
        let status = match given {
            _ if off => ComponentStatus::Operational,
            GivenStatus::Implied => ComponentStatus::Maintenance,
            GivenStatus::Status(status) => *status,
        };
        Row {
            id: work.maintenance.head.id.clone(),
            occurrence: work.occurrence.map(|o| o.day.to_string()),
            title: site.title(route, 0).map(|(_, title)| title).unwrap_or_default(),
            kind: match work.maintenance.kind {
                MaintenanceType::BuiltIn(kind) => kind.word().to_owned(),
                MaintenanceType::Own(at) => config.kinds[at].id.clone(),
            },
            component: config.components.all[*component].id.clone(),
            status: status.word(),
            mode: phase.map(|phase| phase.mode.word()),
            start: real.0.map(Instant::iso),
            end: real.1.map(Instant::iso),
            planned_start: planned.decided().map(|planned| planned.start.iso()),
            planned_end: planned.end.map(Instant::iso),
            planned_precision: [planned.precision.0.word(), planned.precision.1.word()],
            closes: closes.map(Instant::iso),
            state: work.state_by_human().map(Status::word),
            auto: work.maintenance.auto.word(),
            cancel_before: cancel_before.map(Instant::iso),
            advice: site.plain_words(
                phase.map_or(work.maintenance.advice.words.as_ref(), |phase| phase.advice.as_ref()),
            ),
            revision: work.revision(),
            url: site.absolute(&site.path(route, 0)),
        }
    };
    for (piece, window) in work.windows.iter().enumerate() {
        // Postponed without a new time: the times are unknown.
        let real = if window.awaits_new_time {
            (None, None)
        } else {
            (Some(began(window).unwrap_or(window.plan.start)), end(work, piece, window))
        };
        let off = (is_off(window), window.closes);
        let before = Site::cancel_before(&work.maintenance.advice, window).map(|at| at.at);
        to.extend(window.touched.given.iter().map(|given| row(given, off, window.plan, real, None, before)));
        for (phase, planned) in window.phases() {
            let real = (Some(planned.start), planned.end);
            let of = Some(phase);
            to.extend(phase.affects.given.iter().map(|given| row(given, off, planned, real, of, None)));
        }
    }
}

/// Whether only an update can end it and none has. It can then go on long after its plan.
fn goes_on(work: &MaintenanceNow<'_>) -> bool {
    match work.human_state {
        _ if work.unconfirmed.is_some() => false,
        Status::InProgress | Status::Verifying => true,
        Status::Completed | Status::Cancelled => false,
        _ => work.maintenance.auto == Auto::Start && !work.awaits_new_time,
    }
}

/// When work began, if an update says so. The clock then has no influence any more.
fn began(work: &WindowNow<'_>) -> Option<Instant> {
    let begun = !matches!(work.human_state, Status::Scheduled | Status::Postponed);
    work.actual.0.filter(|_| begun).map(|at| at.at)
}

/// When work ended in all windows, if updates say so.
fn over(work: &MaintenanceNow<'_>) -> Option<Instant> {
    let ends = work.windows.iter().map(ended);
    ends.collect::<Option<Vec<_>>>().and_then(|ends| ends.into_iter().max())
}

/// When work ended, if an update says so.
fn ended(work: &WindowNow<'_>) -> Option<Instant> {
    let over = matches!(work.human_state, Status::Completed | Status::Cancelled);
    work.actual.1.filter(|_| over).map(|at| at.at)
}

/// The expected end. It is unknown once an update at or after the planned end says that work goes on.
fn end(work: &MaintenanceNow<'_>, piece: usize, window: &WindowNow<'_>) -> Option<Instant> {
    let late = |end: &Instant| {
        let about = work.updates.iter().rev().filter(|u| u.change.is_about(piece));
        let last = about.into_iter().find(|u| u.status.sets_state());
        matches!(window.human_state, Status::InProgress | Status::Verifying)
            && last.is_some_and(|u| u.at >= *end)
    };
    ended(window).or(window.plan.end.filter(|end| !late(end)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::Snapshot;
    use crate::timeline::fixture::{SITE, at, site};

    fn rows(front: &str, body: &str, now: &str) -> Vec<String> {
        let text = format!(
            "---\ntitle: t\nkind: regular\naffects: {{api: partial_outage, web: under_maintenance}}\n{front}---\n{body}"
        );
        let model = site(SITE, &[("maintenance/m.md", &text)]);
        let site = Site::new(Snapshot::at(&model, at(now))).expect("built-in locales");
        let row = |r: Row| {
            let words = [r.start, r.end, r.planned_start, r.planned_end];
            let words: Vec<String> = words.map(|t| t.map_or("-".into(), |t| t[8..16].to_owned())).into();
            let (mode, state) = (r.mode.unwrap_or("-"), r.state.unwrap_or("-"));
            format!("{} {} {mode} {} {state} {}", r.component, r.status, words.join(" "), r.revision)
        };
        schedule(&site).schedule.into_iter().map(row).collect()
    }

    const WINDOW: &str = "window: {start: 2026-11-22 09:00, end: 2026-11-22 12:00}\n";

    #[test]
    fn a_window_and_its_phases_are_rows_of_each_component() {
        let front = format!(
            "{WINDOW}phases:\n  - {{affects: [api], start: 2026-11-22 11:00, end: 2026-11-22 12:00, mode: cancel_only}}\n"
        );
        let wanted = [
            "api partial_outage - 22T00:00 22T03:00 22T00:00 22T03:00 - 0",
            "web under_maintenance - 22T00:00 22T03:00 22T00:00 22T03:00 - 0",
            "api under_maintenance cancel_only 22T02:00 22T03:00 22T02:00 22T03:00 - 0",
        ];
        assert_eq!(rows(&front, "", "20 12:00"), wanted);
    }

    #[test]
    fn each_window_has_rows_of_its_own_components() {
        let front = "window:\n  - {start: 2026-11-22 09:00, end: 12:00, affects: [api]}\n  - {start: 2026-11-23 09:00, end: 12:00}\n";
        let body = "## completed 2026-11-22 11:30\n\nx\n\n## postponed 2026-11-22 12:00\noccurrence: 2026-11-23\n\nx\n";
        let wanted = [
            "api under_maintenance - 22T00:00 22T02:30 22T00:00 22T03:00 postponed 1",
            "api operational - - - 23T00:00 23T03:00 postponed 1",
            "web operational - - - 23T00:00 23T03:00 postponed 1",
        ];
        assert_eq!(rows(front, body, "22 13:00"), wanted);
        let wanted = [
            "api under_maintenance - 22T00:00 22T03:00 22T00:00 22T03:00 - 0",
            "api partial_outage - 23T00:00 23T03:00 23T00:00 23T03:00 - 0",
            "web under_maintenance - 23T00:00 23T03:00 23T00:00 23T03:00 - 0",
        ];
        assert_eq!(rows(front, "", "22 13:00"), wanted);
    }

    #[test]
    fn the_clock_changes_nothing_and_humans_do() {
        assert_eq!(rows(WINDOW, "", "22 08:00"), rows(WINDOW, "", "22 13:00"));
        let first = |body: &str, now: &str| rows(WINDOW, body, now).remove(0);
        let body = "## in_progress 2026-11-22 09:05\n## completed 2026-11-22 11:30\n";
        let wanted = "api partial_outage - 22T00:00 22T02:30 22T00:00 22T03:00 completed 0";
        assert_eq!(first(body, "22 13:00"), wanted);
        let body = "## postponed 2026-11-21 09:00\n\nx\n";
        assert_eq!(first(body, "21 13:00"), "api operational - - - 22T00:00 22T03:00 postponed 1");
        let body = "## postponed 2026-11-21 09:00\nstart: 2026-11-23 09:00\nend: unknown\n\nx\n";
        assert_eq!(first(body, "21 13:00"), "api partial_outage - 23T00:00 - 23T00:00 - postponed 1");
        // It started late, after its planned end: it goes on, and its end is unknown.
        let body = "## in_progress 2026-11-22 12:10\n";
        let wanted = "api partial_outage - 22T00:00 - 22T00:00 22T03:00 in_progress 0";
        assert_eq!(first(body, "22 13:00"), wanted);
        let body = "## in_progress 2026-11-22 09:00\n## cancelled 2026-11-22 10:00\n";
        let wanted = "api partial_outage - 22T00:00 22T01:00 22T00:00 22T03:00 cancelled 1";
        assert_eq!(first(body, "22 13:00"), wanted);
        let wanted = "api operational - 22T00:00 22T03:00 22T00:00 22T03:00 cancelled 1";
        assert_eq!(first("## cancelled 2026-11-21 09:00\n", "21 13:00"), wanted);
    }

    #[test]
    fn what_is_over_for_a_week_is_left_out_and_what_is_open_never() {
        let body = "## completed 2026-11-22 11:30\n";
        let count = |body: &str, now: &str| {
            let text = format!("---\ntitle: t\nkind: regular\naffects: [api]\n{WINDOW}---\n{body}");
            let model = site(SITE, &[("maintenance/m.md", &text)]);
            let now = Snapshot::at(&model, model.config.zone.read(now).expect("a time"));
            schedule(&Site::new(now).expect("built-in locales")).schedule.len()
        };
        assert_eq!((count(body, "2026-11-29 12:00"), count(body, "2026-11-30 12:00")), (1, 0));
        assert_eq!((count("", "2027-02-01 12:00"), count("", "2026-08-01 12:00")), (1, 0));
        assert_eq!((count("", "2026-08-24 12:00"), count("", "2026-08-23 12:00")), (1, 0));
    }
}
