//! Tests of the state machine, entry by entry and instant by instant.

mod outages;
mod series;
mod turns;
mod windows;

use super::fixture::{at, model};
use super::*;
use crate::uptime::{Day, days};
use crate::vocabulary::{Severity, Status};
use ComponentStatus::{Degraded, Major, Operational, Partial};

const OUTAGE: &str = "---\ntitle: t\nseverity: moderate\naffects: [api]\nstarted: 2026-11-20 10:15\n";

/// A site with one incident that has extra front matter and a body.
fn incident(front: &str, body: &str) -> Model {
    model(&[("incidents/a.md", &format!("{OUTAGE}{front}---\n{body}"))])
}

/// A site with one maintenance, planned for the 20th from 02:00 to 05:00.
fn work(front: &str, body: &str) -> Model {
    let kind = if front.contains("kind:") { "" } else { "kind: regular\n" };
    let affects = if front.contains("affects:") { "" } else { "affects: [api]\n" };
    let window = if front.contains("window:") {
        ""
    } else {
        "window: {start: 2026-11-20 02:00, end: 2026-11-20 05:00}\n"
    };
    let kind = format!("publish_at: 2026-11-01 00:00\n{kind}");
    model(&[("maintenance/m.md", &format!("---\ntitle: t\n{kind}{affects}{window}{front}---\n{body}"))])
}

fn statuses_at(model: &Model, time: &str) -> Vec<ComponentStatus> {
    Snapshot::at(model, at(time)).components
}

fn state_at(model: &Model, time: &str) -> Status {
    let now = Snapshot::at(model, at(time));
    now.incidents.first().map(|i| i.state).or(now.maintenance.first().map(|m| m.state)).expect("an entry")
}

fn uptime_of(model: &Model, component: usize, time: &str, count: u32) -> Vec<Day> {
    let now = Snapshot::at(model, at(time));
    days(
        &now.spans()[component],
        now.zone(),
        now.effective,
        count,
        crate::uptime::Since::Configured(chrono::NaiveDate::MIN),
    )
}

mod incidents {
    use super::*;

    #[test]
    fn is_investigated_until_somebody_says_otherwise() {
        let model = incident("", "");
        assert_eq!(state_at(&model, "20 10:15"), Status::Investigating);
        assert_eq!(statuses_at(&model, "20 10:14"), [Operational, Operational]);
        assert_eq!(statuses_at(&model, "20 10:15"), [Partial, Operational]);
    }

    #[test]
    fn updates_and_corrections_keep_the_state() {
        let body = "## identified 2026-11-20 10:30\n## update 2026-11-20 10:40\n## correction 2026-11-20 10:50\n\nx\n";
        let model = incident("", body);
        assert_eq!(state_at(&model, "20 10:30"), Status::Identified);
        assert_eq!(state_at(&model, "20 11:00"), Status::Identified);
    }

    #[test]
    fn an_update_cannot_be_seen_before_its_time() {
        let model = incident("", "## investigating 2026-11-20 10:20\n## resolved 2026-11-20 12:00\n");
        assert!(Snapshot::at(&model, at("20 10:19")).incidents.is_empty());
        assert_eq!(Snapshot::at(&model, at("20 11:59")).incidents[0].updates.len(), 1);
        assert_eq!(state_at(&model, "20 12:00"), Status::Resolved);
    }

    #[test]
    fn a_severity_line_changes_what_the_severity_gives() {
        let body = "## investigating 2026-11-20 10:20\n## update 2026-11-20 10:30\nseverity: critical\n\nx\n";
        let model = incident("", body);
        assert_eq!(statuses_at(&model, "20 10:29")[0], Partial);
        assert_eq!(statuses_at(&model, "20 10:30")[0], Major);
        assert_eq!(Snapshot::at(&model, at("20 10:30")).incidents[0].severity, Severity::Critical);
    }

    #[test]
    fn an_affects_line_replaces_only_what_it_names() {
        let body = "## identified 2026-11-20 10:20\naffects: web=major_outage\n\nx\n";
        assert_eq!(statuses_at(&incident("", body), "20 10:20"), [Partial, Major]);
    }

    #[test]
    fn reopened_it_has_the_statuses_from_before_it_was_resolved() {
        let body = "## identified 2026-11-20 10:20\naffects: api=major_outage\n\nx\n\n\
            ## resolved 2026-11-20 11:00\naffects: api=operational\n\nx\n\n\
            ## update 2026-11-20 11:30\naffects: api=operational\n\nx\n\n\
            ## investigating 2026-11-20 12:00\n";
        let model = incident("", body);
        assert_eq!(statuses_at(&model, "20 11:30")[0], Operational);
        assert_eq!(state_at(&model, "20 11:30"), Status::Resolved);
        assert_eq!(statuses_at(&model, "20 12:00")[0], Major);
        assert_eq!(Snapshot::at(&model, at("20 12:00")).incidents[0].ended, None);
    }

    #[test]
    fn a_resolved_incident_is_recent_for_a_day_and_the_end_of_that_day_is_a_change() {
        let model = incident(
            "",
            "## investigating 2026-11-20 10:20\n## resolved 2026-11-20 23:50\n\nx\n\n## resolved 2026-11-21 09:00\n",
        );
        let until = |time: &str| {
            let now = Snapshot::at(&model, at(time));
            now.incidents[0].recent_until(now.effective)
        };
        assert_eq!(until("20 23:49"), None);
        for time in ["20 23:50", "21 00:00", "21 09:00", "21 23:49"] {
            assert_eq!(until(time), Some(at("21 23:50")), "{time}");
        }
        assert_eq!(until("21 23:50"), None);
        let change = upcoming(&model, at("21 09:00"));
        assert_eq!((change[0].at, change[0].what), (at("21 23:50"), ChangeKind::Settles));
        assert_eq!(Snapshot::at(&model, at("21 09:00")).next_change, Some(at("21 23:50")));
    }

    #[test]
    fn a_reopened_or_withdrawn_incident_is_not_recently_resolved() {
        let body = "## resolved 2026-11-20 11:00\n\nx\n\n## investigating 2026-11-20 12:00\n";
        let again = format!("{body}\nx\n\n## resolved 2026-11-20 13:00\n");
        let withdrawn = "withdrawn: {at: 2026-11-20 12:00, reason: It was another one.}\n";
        for (front, body, is_recent) in [("", body, false), ("", &*again, true), (withdrawn, body, false)] {
            let model = incident(front, body);
            let now = Snapshot::at(&model, at("20 14:00"));
            assert_eq!(now.incidents[0].recent_until(now.effective).is_some(), is_recent, "{front}{body}");
        }
    }

    #[test]
    fn the_impact_ends_when_it_is_said_to_have_ended() {
        let model = incident("", "## resolved 2026-11-20 12:40\nended: 12:15\n\nx\n");
        let now = Snapshot::at(&model, at("20 12:40"));
        assert_eq!(now.incidents[0].ended, Some(at("20 12:15").into()));
        // Two hours at a weight of three tenths.
        assert_eq!(uptime_of(&model, 0, "21 01:00", 2)[0].lost, 2 * 3600 * 3);
    }

    #[test]
    fn resolved_twice_it_ended_the_first_time() {
        let model = incident("", "## resolved 2026-11-20 11:15\n## resolved 2026-11-20 15:00\n");
        assert_eq!(Snapshot::at(&model, at("20 16:00")).incidents[0].ended, Some(at("20 11:15").into()));
    }

    #[test]
    fn the_time_between_resolved_and_reopened_does_not_count() {
        let body =
            "## resolved 2026-11-20 11:15\n## monitoring 2026-11-20 13:00\n## resolved 2026-11-20 14:00\n";
        assert_eq!(uptime_of(&incident("", body), 0, "21 01:00", 2)[0].lost, 2 * 3600 * 3);
    }

    #[test]
    fn touches_nothing_before_it_started() {
        let text = "---\ntitle: t\nseverity: critical\naffects: [api]\nstarted: 2026-11-20 12:00\npublish_at: 2026-11-20 10:00\n---\n";
        let model = model(&[("incidents/a.md", text)]);
        let now = Snapshot::at(&model, at("20 11:00"));
        assert_eq!((now.incidents.len(), now.components[0]), (1, Operational));
        assert_eq!(statuses_at(&model, "20 12:00")[0], Major);
    }

    #[test]
    fn is_visible_from_publish_at_else_first_update_else_detected_else_started() {
        let from = |front: &str, body: &str| {
            let model = incident(front, body);
            (10 * 60..12 * 60)
                .map(|m| format!("20 {:02}:{:02}", m / 60, m % 60))
                .find(|t| !Snapshot::at(&model, at(t)).incidents.is_empty())
        };
        let update = "## investigating 2026-11-20 10:30\n";
        let (late, noticed) = ("publish_at: 2026-11-20 10:40\n", "detected: 2026-11-20 10:18\n");
        assert_eq!(from(&format!("{late}{noticed}"), update).as_deref(), Some("20 10:40"));
        assert_eq!(from(noticed, update).as_deref(), Some("20 10:30"));
        assert_eq!(from(noticed, "").as_deref(), Some("20 10:18"));
        assert_eq!(from("", "").as_deref(), Some("20 10:15"));
    }

    #[test]
    fn the_page_is_at_least_as_bad_as_a_severity_says() {
        let model = model(&[(
            "incidents/a.md",
            "---\ntitle: t\nseverity: critical\naffects: []\nstarted: 2026-11-20 10:15\n---\n",
        )]);
        let now = Snapshot::at(&model, at("20 10:15"));
        assert_eq!((now.components.clone(), now.status), (vec![Operational; 2], Major));
    }

    #[test]
    fn withdrawn_it_counts_nowhere_and_says_no_more() {
        let front = "withdrawn: {at: 2026-11-20 11:00, reason: wrong}\nnext_update: 2026-11-20 13:00\n";
        let model = incident(front, "## investigating 2026-11-20 10:20\n## identified 2026-11-20 12:00\n");
        assert_eq!(statuses_at(&model, "20 10:59")[0], Partial);
        let now = Snapshot::at(&model, at("20 14:00"));
        assert_eq!((now.components[0], now.status), (Operational, Operational));
        assert_eq!((now.incidents[0].updates.len(), now.active_incidents().count()), (1, 0));
        assert!(now.spans().iter().all(Vec::is_empty));
        // After the withdrawal, none of its dates causes a change.
        assert_eq!(now.effective, at("20 11:00"));
    }

    #[test]
    fn components_of_a_correction_were_affected_since_they_were_last_named() {
        let spans = |body: &str| {
            let model = incident("", body);
            let mut found = Vec::new();
            let now = Snapshot::at(&model, at("20 13:00"));
            now.incidents[0].spans(at("20 13:00"), |component, span| {
                found.push((component, span.from, span.to, span.status));
            });
            found
        };
        let begun = "## investigating 2026-11-20 10:20\n## identified 2026-11-20 10:30\naffects: web=degraded_performance\n\nx\n";
        let resolved = "## resolved 2026-11-20 11:00\n";
        let correction = |line: &str| format!("## correction 2026-11-20 12:00\naffects: {line}\n\nx\n");
        // Nobody had named the second one.
        assert_eq!(
            spans(&format!("{resolved}{}", correction("web=major_outage"))),
            [(0, at("20 10:15"), at("20 11:00"), Partial), (1, at("20 10:15"), at("20 11:00"), Major),]
        );
        assert!(spans(&format!("{begun}{resolved}{}", correction("web=major_outage"))).contains(&(
            1,
            at("20 10:30"),
            at("20 11:00"),
            Major
        )));
    }

    #[test]
    fn a_promise_is_kept_by_the_next_update() {
        let body = "## investigating 2026-11-20 10:20\n## update 2026-11-20 11:10\n\nx\n";
        let model = incident("next_update: 2026-11-20 11:00\n", body);
        let promises = |time: &str| Snapshot::at(&model, at(time)).incidents[0].promises.clone();
        assert_eq!(promises("20 10:20")[0].kept, None);
        assert!(promises("20 11:10")[0].was_late());
    }

    #[test]
    fn a_first_update_keeps_the_promise_of_a_report_that_stood_before_it() {
        let front = "next_update: 2026-11-20 11:00\npublish_at: 2026-11-20 10:16\n";
        let model = incident(front, "## identified 2026-11-20 10:50\n");
        assert_eq!(Snapshot::at(&model, at("20 12:00")).incidents[0].next_update(), None);
    }
}

mod maintenance {
    use super::*;
    use ComponentStatus::Maintenance as Planned;
    use Status::{Cancelled, Completed, InProgress, Postponed, Scheduled, Verifying};

    fn declared(model: &Model, time: &str) -> Vec<(Instant, Status)> {
        Snapshot::at(model, at(time)).maintenance[0].declared.clone()
    }

    #[test]
    fn the_clock_says_that_it_began_and_never_that_all_is_well() {
        let model = work("", "");
        assert_eq!(state_at(&model, "20 01:59"), Scheduled);
        assert_eq!((state_at(&model, "20 02:00"), statuses_at(&model, "20 02:00")[0]), (InProgress, Planned));
        assert_eq!((state_at(&model, "20 05:00"), statuses_at(&model, "20 05:00")[0]), (Verifying, Planned));
        assert_eq!(state_at(&model, "29 05:00"), Verifying);
    }

    #[test]
    fn with_both_the_clock_completes_it_and_with_none_it_says_nothing() {
        let both = work("auto: both\n", "");
        assert_eq!(state_at(&both, "20 05:00"), Completed);
        assert_eq!(statuses_at(&both, "20 05:00")[0], Operational);
        let none = work("auto: none\n", "");
        assert_eq!(state_at(&none, "20 06:00"), Scheduled);
        assert!(declared(&none, "20 06:00").is_empty());
    }

    #[test]
    fn an_unknown_end_never_passes() {
        let model = work("window: {start: 2026-11-20 02:00, end: unknown}\nauto: both\n", "");
        assert_eq!(state_at(&model, "29 00:00"), InProgress);
    }

    #[test]
    fn a_human_wins_over_the_clock() {
        for auto in ["auto: start\n", "auto: both\n"] {
            let late = work(auto, "## in_progress 2026-11-20 05:10\n");
            assert_eq!(state_at(&late, "20 06:00"), InProgress, "still working, said after the planned end");
            let at_end = work(auto, "## in_progress 2026-11-20 05:00\n");
            assert_eq!(state_at(&at_end, "20 06:00"), InProgress, "said at the planned end");
            let careful = work(auto, "## verifying 2026-11-20 04:30\n");
            assert_eq!(state_at(&careful, "20 06:00"), Verifying);
        }
        let early = work("", "## completed 2026-11-20 03:00\n");
        assert_eq!((state_at(&early, "20 04:00"), state_at(&early, "20 05:00")), (Completed, Completed));
        assert_eq!(statuses_at(&early, "20 04:00")[0], Operational);
    }

    #[test]
    fn what_a_human_says_at_the_planned_second_is_not_declared_too() {
        let model = work("", "## in_progress 2026-11-20 02:00\n## completed 2026-11-20 05:00\n");
        assert_eq!(state_at(&model, "20 05:00"), Completed);
        assert!(declared(&model, "20 06:00").is_empty());
    }

    #[test]
    fn extended_while_running_it_runs_on() {
        let model = work("", "## update 2026-11-20 04:50\nend: 06:00\n\nx\n");
        assert_eq!((state_at(&model, "20 05:30"), state_at(&model, "20 06:00")), (InProgress, Verifying));
        assert_eq!(declared(&model, "20 07:00"), [(at("20 02:00"), InProgress), (at("20 06:00"), Verifying)]);
        assert_eq!(Snapshot::at(&model, at("20 05:00")).maintenance[0].steps.len(), 1);
    }

    #[test]
    fn extended_after_the_planned_end_it_runs_again_and_what_was_declared_stays() {
        for (auto, end) in [("auto: start\n", Verifying), ("auto: both\n", Completed)] {
            let model = work(auto, "## update 2026-11-20 05:20\nend: 06:00\n\nx\n");
            assert_eq!(state_at(&model, "20 05:19"), end);
            assert_eq!((state_at(&model, "20 05:20"), state_at(&model, "20 06:00")), (InProgress, end));
            let expected = [(at("20 02:00"), InProgress), (at("20 05:00"), end), (at("20 06:00"), end)];
            assert_eq!(declared(&model, "20 07:00"), expected);
        }
    }

    #[test]
    fn a_start_moved_ahead_undoes_what_the_clock_set_and_not_what_an_update_set() {
        let moved = "## update 2026-11-20 02:30\nstart: 04:00\n\nx\n";
        let model = work("", moved);
        assert_eq!((state_at(&model, "20 02:29"), state_at(&model, "20 02:30")), (InProgress, Scheduled));
        assert_eq!(state_at(&model, "20 04:00"), InProgress);
        let human = work("", &format!("## in_progress 2026-11-20 02:10\n{moved}"));
        assert_eq!(state_at(&human, "20 02:30"), InProgress);
    }

    #[test]
    fn postponed_without_a_new_time_it_waits_for_one() {
        let model = work(
            "",
            "## postponed 2026-11-19 12:00\n## update 2026-11-21 10:00\nend: 2026-11-21 12:00\n\nx\n",
        );
        assert_eq!((state_at(&model, "20 03:00"), state_at(&model, "21 10:00")), (Postponed, Postponed));
        let again = work("", "## postponed 2026-11-19 12:00\n## scheduled 2026-11-21 10:00\n");
        assert_eq!(state_at(&again, "21 11:00"), Scheduled, "the old time no longer holds");
        let dated = "## postponed 2026-11-19 12:00\nstart: 2026-11-22 02:00\nend: 2026-11-22 05:00\n\nx\n";
        let dated = work("", dated);
        assert_eq!((state_at(&dated, "20 03:00"), state_at(&dated, "22 02:00")), (Postponed, InProgress));
    }

    #[test]
    fn announced_late_it_is_under_way() {
        assert_eq!(state_at(&work("", "## scheduled 2026-11-20 02:10\n"), "20 02:10"), InProgress);
    }

    #[test]
    fn cancelled_during_the_work_it_is_over() {
        let model = work("", "## cancelled 2026-11-20 03:00\n");
        assert_eq!((state_at(&model, "20 03:00"), state_at(&model, "20 05:00")), (Cancelled, Cancelled));
        assert_eq!(statuses_at(&model, "20 03:00")[0], Operational);
        let actual = Snapshot::at(&model, at("20 06:00")).maintenance[0].actual;
        assert_eq!(actual, (Some(at("20 02:00").into()), Some(at("20 03:00").into())));
    }

    #[test]
    fn the_clock_says_nothing_of_what_was_withdrawn() {
        let model = work("withdrawn: {at: 2026-11-20 03:00, reason: wrong}\n", "");
        assert_eq!(declared(&model, "20 06:00"), [(at("20 02:00"), InProgress)]);
        assert!(Snapshot::at(&model, at("20 06:00")).spans()[0].is_empty());
    }

    #[test]
    fn only_an_emergency_counts_against_uptime() {
        let lost = |front: &str, body: &str| {
            let model = work(front, body);
            let day = uptime_of(&model, 0, "21 01:00", 2)[0];
            (day.lost, day.worst)
        };
        let end = "## completed 2026-11-20 05:00\n";
        assert_eq!(lost("", end), (0, Some(Planned)));
        assert_eq!(lost("affects: {api: major_outage}\n", end), (0, Some(Major)));
        assert_eq!(lost("kind: emergency\n", end), (3 * 3600 * 10, Some(Major)));
    }

    #[test]
    fn an_emergency_counts_each_component_for_as_long_as_it_was_touched() {
        let body = "## update 2026-11-20 03:00\naffects: api=operational, web=under_maintenance\n\nx\n\
            \n## completed 2026-11-20 05:00\n## in_progress 2026-11-20 07:00\n## completed 2026-11-20 08:00\n";
        let model = work("kind: emergency\n", body);
        assert_eq!(uptime_of(&model, 0, "21 01:00", 2)[0].lost, 3600 * 10);
        assert_eq!(uptime_of(&model, 1, "21 01:00", 2)[0].lost, 3 * 3600 * 10);
    }
}

mod days {
    use super::*;

    #[test]
    fn what_has_just_begun_is_the_worst_of_today() {
        let model = incident(
            "",
            "## investigating 2026-11-20 10:15\n## update 2026-11-20 12:00\nseverity: critical\n\nx\n",
        );
        assert_eq!(uptime_of(&model, 0, "20 11:00", 1)[0].worst, Some(Partial));
        assert_eq!(uptime_of(&model, 0, "20 13:00", 1)[0].worst, Some(Major));
    }

    #[test]
    fn what_goes_on_at_midnight_is_the_worst_of_the_new_day_too() {
        let model = incident("", "## investigating 2026-11-20 10:15\n");
        assert_eq!(uptime_of(&model, 0, "21 00:00", 1)[0].worst, Some(Partial));
    }

    #[test]
    fn what_begins_or_ends_at_midnight_stays_on_its_own_day() {
        let text = "---\ntitle: t\nseverity: minor\naffects: [api]\nstarted: 2026-11-20 00:00\n---\n## resolved 2026-11-21 00:00\n";
        let model =
            model(&[("incidents/a.md", &text.replace("## r", "## investigating 2026-11-20 00:00\n## r"))]);
        let worst: Vec<_> = uptime_of(&model, 0, "21 09:00", 3).iter().map(|d| d.worst).collect();
        assert_eq!(worst, [Some(Operational), Some(Degraded), Some(Operational)]);
    }
}

mod changes {
    use super::*;

    #[test]
    fn questions_and_pages_appear_at_their_time() {
        let model = model(&[
            ("faq/q.md", "---\ntitle: q\ncategory: general\npublish_at: 2026-11-20 12:00\n---\nx\n"),
            ("pages/p.md", "---\ntitle: p\npublish_at: 2026-11-20 13:00\n---\nx\n"),
        ]);
        let now = Snapshot::at(&model, at("20 12:30"));
        assert_eq!((now.questions.len(), now.pages.len()), (1, 0));
        assert_eq!(now.effective, at("20 12:00"));
        assert_eq!(changes(&model, at("20 12:30")).1, Some(at("20 13:00")));
    }

    #[test]
    fn what_nobody_may_see_changes_nothing() {
        let hidden = "---\ntitle: t\nseverity: minor\naffects: []\nstarted: 2026-11-20 08:00\npublish_at: 2026-11-21 12:00\n---\n## resolved 2026-11-20 09:00\n";
        let draft = hidden.replace("publish_at: 2026-11-21 12:00", "draft: true");
        let model = model(&[("incidents/a.md", hidden), ("incidents/b.md", &draft)]);
        assert_eq!(changes(&model, at("20 10:00")).0, at("20 00:00"));
        assert_eq!(changes(&model, at("21 13:00")).0, at("21 12:00"));
    }

    #[test]
    fn every_local_midnight_is_one() {
        let (last, next) = changes(&model(&[]), at("20 10:00"));
        assert_eq!((last, next), (at("20 00:00"), Some(at("21 00:00"))));
    }
}
