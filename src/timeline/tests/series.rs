//! Tests of series: their days in each zone, which updates belong to which occurrence, and cancelled occurrences.

use super::super::fixture::{SITE, at, site};
use super::super::*;
use crate::vocabulary::Status;

/// The local start times of a series in a zone, in order, all announced long ago.
fn starts(zone: &str, start: &str, end: &str, recurrence: &str, as_of: &str) -> Vec<String> {
    let model = series(zone, start, end, recurrence, "");
    let zone = model.config.zone;
    let now = Snapshot::at(&model, zone.read(as_of).expect("a time"));
    let mut found: Vec<_> = now.maintenance.iter().map(|m| m.plan.start).collect();
    found.sort_unstable();
    found.iter().map(|at| zone.local(*at).format("%m-%d %H:%M").to_string()).collect()
}

fn series(zone: &str, start: &str, end: &str, recurrence: &str, body: &str) -> Model {
    let config = SITE.replace("Asia/Tokyo", zone);
    let text = format!(
        "---\ntitle: t\nkind: regular\naffects: [api]\nwindow: {{start: {start}, end: {end}}}\nrecurrence: {{{recurrence}}}\n---\n{body}"
    );
    site(&config, &[("maintenance/s.md", &text)])
}

/// A series on every Tuesday of December in Tokyo, with more keys of `recurrence` and a body.
fn weekly(more: &str, body: &str) -> Model {
    let rule = format!("rule: \"FREQ=WEEKLY;BYDAY=TU\"{more}");
    series("Asia/Tokyo", "2026-11-03 02:00", "2026-11-03 05:00", &rule, body)
}

/// Day and state of each visible occurrence, in time order.
fn states(model: &Model, time: &str) -> Vec<(String, Status)> {
    let now = Snapshot::at(model, at(time));
    let mut found: Vec<_> = (now.maintenance.iter())
        .map(|m| (m.occurrence.expect("a series").day.format("%d").to_string(), m.state))
        .collect();
    found.sort();
    found
}

mod zones {
    use super::*;

    #[test]
    fn a_time_that_clocks_skip_does_not_take_place_and_one_that_comes_twice_is_the_first() {
        let daily = |start: &str, as_of: &str| {
            let end = start.replace("02:30", "03:30").replace("01:30", "01:45");
            starts("America/New_York", start, &end, "rule: FREQ=DAILY;COUNT=4", as_of)
        };
        // 2026-03-08 has no 02:30, so COUNT=4 skips that day.
        let spring = daily("2026-03-06 02:30", "2026-04-01 12:00");
        assert_eq!(spring, ["03-06 02:30", "03-07 02:30", "03-09 02:30", "03-10 02:30"]);
        let autumn = daily("2026-10-31 01:30", "2026-12-01 12:00");
        assert_eq!(autumn, ["10-31 01:30", "11-01 01:30", "11-02 01:30", "11-03 01:30"]);
        let model =
            series("America/New_York", "2026-10-31 01:30", "2026-10-31 02:30", "rule: FREQ=DAILY", "");
        let now = Snapshot::at(&model, model.config.zone.read("2026-11-01 12:00").expect("a time"));
        let second =
            now.maintenance.iter().find(|m| m.occurrence.is_some_and(|o| o.day.to_string() == "2026-11-01"));
        let plan = second.expect("the day of 25 hours").plan;
        assert_eq!(plan.start.iso(), "2026-11-01T05:30:00Z", "the first of the two, in EDT");
        // One hour of elapsed time, although local clocks show 01:30 again.
        assert_eq!(plan.end.map(Instant::iso).as_deref(), Some("2026-11-01T06:30:00Z"));
    }

    #[test]
    fn the_window_itself_may_be_the_second_of_two_equal_times() {
        let start = "2026-11-01 01:30 -05:00";
        let model = series("America/New_York", start, "2026-11-01 03:00", "rule: FREQ=DAILY;COUNT=2", "");
        let now = Snapshot::at(&model, model.config.zone.read("2026-12-01 12:00").expect("a time"));
        let starts: Vec<String> = now.maintenance.iter().map(|m| m.plan.start.iso()).collect();
        assert_eq!(starts, ["2026-11-02T06:30:00Z", "2026-11-01T06:30:00Z"]);
    }

    #[test]
    fn the_length_is_elapsed_time_and_the_start_is_the_wall_s() {
        let rule = "rule: \"FREQ=WEEKLY;BYDAY=SU\"";
        let model = series("Europe/Dublin", "2026-10-18 00:30", "2026-10-18 03:30", rule, "");
        let now = Snapshot::at(&model, model.config.zone.read("2026-10-26 12:00").expect("a time"));
        let change = &now.maintenance.iter().find(|m| m.plan.start.iso() == "2026-10-24T23:30:00Z");
        let end = change.expect("25 October, still in summer time").plan.end.expect("an end");
        // Three elapsed hours later, clocks have been set back: it is 02:30.
        assert_eq!(model.config.zone.local(end).format("%H:%M").to_string(), "02:30");
        let dublin =
            starts("Europe/Dublin", "2026-10-18 00:30", "2026-10-18 03:30", rule, "2026-10-26 12:00");
        assert_eq!(dublin, ["10-18 00:30", "10-25 00:30", "11-01 00:30"]);
    }

    #[test]
    fn tokyo_and_kathmandu_keep_their_clocks() {
        let rule = "rule: \"FREQ=MONTHLY;BYDAY=2SU;COUNT=3\"";
        for zone in ["Asia/Tokyo", "Asia/Kathmandu"] {
            let found = starts(zone, "2026-02-08 02:15", "2026-02-08 04:00", rule, "2026-12-01 00:00");
            assert_eq!(found, ["02-08 02:15", "03-08 02:15", "04-12 02:15"], "{zone}");
        }
        let model = series("Asia/Kathmandu", "2026-02-08 02:15", "2026-02-08 04:00", rule, "");
        assert_eq!(model.maintenance[0].window.start.iso(), "2026-02-07T20:30:00Z");
    }

    #[test]
    fn a_day_that_did_not_exist_had_no_maintenance() {
        let rule = "rule: FREQ=DAILY;COUNT=4";
        let found = starts("Pacific/Apia", "2011-12-28 02:00", "2011-12-28 03:00", rule, "2012-02-01 12:00");
        assert_eq!(found, ["12-28 02:00", "12-29 02:00", "12-31 02:00", "01-01 02:00"]);
    }

    #[test]
    fn midnights_that_do_not_exist_or_exist_twice() {
        let rule = "rule: FREQ=DAILY;COUNT=3";
        // Cairo has no midnight on 24 April 2026.
        let cairo = starts("Africa/Cairo", "2026-04-23 00:00", "2026-04-23 01:00", rule, "2026-06-01 12:00");
        assert_eq!(cairo, ["04-23 00:00", "04-25 00:00", "04-26 00:00"]);
        // Havana has two midnights on 1 November 2026; the first is in summer time.
        let model = series("America/Havana", "2026-10-31 00:00", "2026-10-31 01:00", rule, "");
        let now = Snapshot::at(&model, model.config.zone.read("2026-12-01 12:00").expect("a time"));
        let starts: Vec<String> = now.maintenance.iter().rev().map(|m| m.plan.start.iso()).collect();
        assert_eq!(starts, ["2026-10-31T04:00:00Z", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z"]);
    }

    #[test]
    fn every_day_begins_where_it_begins_and_is_a_change() {
        for (zone, before, turn) in [
            ("Africa/Cairo", "2026-04-23 23:30", "2026-04-23T22:00:00Z"),
            ("America/Havana", "2026-10-31 23:30", "2026-11-01T04:00:00Z"),
            ("Pacific/Apia", "2011-12-29 23:30", "2011-12-30T10:00:00Z"),
            ("America/New_York", "2026-03-07 23:30", "2026-03-08T05:00:00Z"),
            ("Europe/Dublin", "2026-03-28 23:30", "2026-03-29T00:00:00Z"),
            ("Asia/Kathmandu", "2026-03-28 23:30", "2026-03-28T18:15:00Z"),
        ] {
            let model = site(&SITE.replace("Asia/Tokyo", zone), &[]);
            let now = model.config.zone.read(before).expect("a time");
            assert_eq!(changes(&model, now).1.map(Instant::iso).as_deref(), Some(turn), "{zone}");
        }
    }
}

mod rules {
    use super::*;

    #[test]
    fn a_series_ends_with_its_rule_or_its_until() {
        let found = |end: &str| {
            let rule = format!("rule: \"FREQ=WEEKLY{end}");
            starts("Asia/Tokyo", "2026-11-03 02:00", "2026-11-03 05:00", &rule, "2026-12-20 00:00").len()
        };
        assert_eq!(found("\""), 8, "seven have begun, and one is announced");
        assert_eq!(found(";COUNT=3\""), 3);
        assert_eq!(found(";UNTIL=20261117\""), 3);
        assert_eq!(found(";UNTIL=20261117T015959\""), 2);
        assert_eq!(found(";UNTIL=20261116T170000Z\""), 3, "02:00 in Tokyo");
        assert_eq!(found("\", until: 2026-11-17"), 3, "a day has all of its hours");
        assert_eq!(found("\", until: 2026-11-17 01:59"), 2);
    }

    #[test]
    fn a_rule_that_never_comes_true_again_ends() {
        let rule = "rule: \"FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29\"";
        let model = series("Asia/Tokyo", "2096-02-29 02:00", "2096-02-29 05:00", rule, "");
        let series = model.maintenance[0].recurrence.as_ref().expect("a series");
        assert_eq!(series.occurrences(model.maintenance[0].window).count(), 1, "2100 has none");
    }

    #[test]
    fn an_occurrence_is_announced_as_long_ahead_as_its_kind_asks_for() {
        let model = weekly("", "");
        assert_eq!(states(&model, "10 01:59").len(), 2, "the third a week ahead, to the second");
        assert_eq!(states(&model, "10 02:00").len(), 3);
        let config = format!("{SITE}policy: {{notice_before: {{regular: 1d}}}}\n");
        let text = "---\ntitle: t\nkind: regular\naffects: [api]\nwindow: {start: 2026-11-03 02:00, end: 2026-11-03 05:00}\nrecurrence: {rule: FREQ=WEEKLY}\n---\n";
        let soon = site(&config, &[("maintenance/s.md", text)]);
        assert_eq!((states(&soon, "09 01:59").len(), states(&soon, "09 02:00").len()), (1, 2));
        // The snapshot knows when it goes out of date.
        assert_eq!(changes(&soon, at("09 01:00")).1, Some(at("09 02:00")));
    }

    #[test]
    fn nothing_is_visible_before_the_entry_is() {
        let text = "---\ntitle: t\nkind: regular\naffects: [api]\npublish_at: 2026-11-09 12:00\nwindow: {start: 2026-11-03 02:00, end: 2026-11-03 05:00}\nrecurrence: {rule: FREQ=WEEKLY}\n---\n";
        let model = site(SITE, &[("maintenance/s.md", text)]);
        assert!(states(&model, "09 11:59").is_empty());
        assert_eq!(states(&model, "09 12:00").len(), 2);
    }

    #[test]
    fn an_update_of_one_occurrence_hides_no_other() {
        // One update is dated tomorrow; the other concerns an occurrence that lies far ahead.
        for body in
            ["## cancelled 2026-11-20 12:00\n", "## cancelled 2026-11-09 12:00\noccurrence: 2026-11-24\n"]
        {
            let (plain, updated) = (weekly("", ""), weekly("", body));
            assert_eq!(states(&plain, "09 11:00"), states(&updated, "09 11:00"), "{body}");
            let (plain, updated) = (states(&plain, "19 00:00"), states(&updated, "19 00:00"));
            assert!(plain.iter().filter(|(day, _)| day != "24").all(|one| updated.contains(one)), "{body}");
        }
    }
}

mod belonging {
    use super::*;
    use Status::{Cancelled, Completed, InProgress, Postponed, Scheduled, Verifying};

    fn state(model: &Model, day: &str, time: &str) -> Status {
        states(model, time).into_iter().find(|(d, _)| d == day).expect("an occurrence").1
    }

    #[test]
    fn what_calls_off_belongs_to_the_next_to_start_and_all_else_to_the_last_started() {
        let body =
            "## cancelled 2026-11-09 12:00\n## completed 2026-11-03 04:30\n## update 2026-11-17 02:30\n\nx\n";
        let model = weekly("", body);
        assert_eq!(state(&model, "03", "03 05:00"), Completed);
        assert_eq!(state(&model, "10", "10 03:00"), Cancelled);
        let now = Snapshot::at(&model, at("17 03:00"));
        let counts: Vec<_> = now.maintenance.iter().map(|m| m.updates.len()).collect();
        assert_eq!(counts, [0, 1, 1, 1], "the latest lies ahead; the others have one each");
    }

    #[test]
    fn an_update_may_name_its_day() {
        let body = "## cancelled 2026-11-04 12:00\noccurrence: 2026-11-24\n\nOff.\n";
        let model = weekly("", body);
        // An update three weeks ahead announces its occurrence.
        assert_eq!(states(&model, "04 12:00").last(), Some(&("24".to_owned(), Cancelled)));
        assert_eq!(state(&model, "10", "10 03:00"), InProgress);
        assert_eq!(state(&model, "24", "24 03:00"), Cancelled);
    }

    #[test]
    fn a_new_time_of_one_occurrence_moves_no_other_and_keeps_its_name() {
        let body = "## postponed 2026-11-09 12:00\nstart: 2026-11-11 02:00\nend: 2026-11-11 04:00\n\nx\n";
        let model = weekly("", body);
        assert_eq!(state(&model, "10", "10 03:00"), Postponed);
        assert_eq!(state(&model, "10", "11 02:00"), InProgress);
        assert_eq!(state(&model, "10", "11 04:00"), Verifying);
        assert_eq!(state(&model, "17", "17 02:00"), InProgress);
        let now = Snapshot::at(&model, at("12 00:00"));
        let moved =
            now.maintenance.iter().find(|m| m.occurrence.is_some_and(|o| o.day.to_string() == "2026-11-10"));
        assert_eq!(moved.map(|m| m.steps.len()), Some(1));
    }

    #[test]
    fn what_was_postponed_without_a_time_is_the_next_to_be_scheduled() {
        let body = "## postponed 2026-11-09 12:00\n## scheduled 2026-11-11 12:00\nstart: 2026-11-12 02:00\nend: 2026-11-12 05:00\n\nx\n";
        let model = weekly("", body);
        assert_eq!(state(&model, "10", "11 00:00"), Postponed);
        assert_eq!(state(&model, "10", "12 02:00"), InProgress);
    }

    #[test]
    fn exceptions_are_shown_as_cancelled_and_give_nothing() {
        let model = weekly(", except: [2026-11-10]", "## completed 2026-11-03 04:30\n");
        assert_eq!(state(&model, "10", "10 03:00"), Cancelled);
        assert_eq!(Snapshot::at(&model, at("10 03:00")).components[0], ComponentStatus::Operational);
        assert_eq!(Snapshot::at(&model, at("17 03:00")).components[0], ComponentStatus::Maintenance);
        // Cancelling the occurrence prevents it from starting.
        let model = weekly(", except: [2026-11-10]", "## cancelled 2026-11-09 12:00\n");
        assert_eq!(state(&model, "17", "17 03:00"), Cancelled);
        let again =
            weekly(", except: [2026-11-10]", "## scheduled 2026-11-09 12:00\noccurrence: 2026-11-10\n\nx\n");
        assert_eq!(state(&again, "10", "09 13:00"), Scheduled, "a human wins");
    }

    #[test]
    fn the_clock_speaks_of_each_by_itself() {
        let model = weekly("", "");
        let all = [("03", Verifying), ("10", InProgress), ("17", Scheduled)];
        let wanted: Vec<_> = all.into_iter().map(|(d, s)| (d.to_owned(), s)).collect();
        assert_eq!(states(&model, "10 02:00"), wanted);
    }

    #[test]
    fn a_withdrawn_series_announces_nothing_more() {
        let text = "---\ntitle: t\nkind: regular\naffects: [api]\nwindow: {start: 2026-11-03 02:00, end: 2026-11-03 05:00}\nwithdrawn: {at: 2026-11-11 00:00, reason: x}\nrecurrence: {rule: FREQ=WEEKLY}\n---\n";
        let model = site(SITE, &[("maintenance/s.md", text)]);
        let count = |time: &str| Snapshot::at(&model, at(time)).maintenance.len();
        assert_eq!((count("10 12:00"), count("30 12:00")), (3, 3));
        assert!(Snapshot::at(&model, at("30 12:00")).spans().iter().all(Vec::is_empty));
    }
}

#[test]
fn phases_move_with_their_occurrence() {
    let text = "---\ntitle: t\nkind: regular\naffects: [api]\nwindow: {start: 2026-11-03 02:00, end: 2026-11-03 05:00}\n\
        phases: [{affects: [api], start: 2026-11-03 04:00, end: 2026-11-03 05:00, mode: limited}]\nrecurrence: {rule: FREQ=WEEKLY}\n---\n";
    let model = site(SITE, &[("maintenance/s.md", text)]);
    let now = Snapshot::at(&model, at("10 12:00"));
    let second = now.maintenance.iter().find(|m| m.plan.start == at("10 02:00")).expect("the second");
    let times: Vec<_> = second.phases().into_iter().map(|(_, w)| (w.start, w.end)).collect();
    assert_eq!(times, [(at("10 04:00"), Some(at("10 05:00")))]);
    assert_eq!(changes(&model, at("10 03:00")).1, Some(at("10 04:00")));
}
