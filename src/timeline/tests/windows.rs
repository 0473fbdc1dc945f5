//! Tests of maintenance in several windows: each is like a maintenance of its own, and what they say together.

use std::fmt::Write as _;

use super::super::fixture::random::instants;
use super::super::fixture::{SITE, at, codes, model};
use super::super::*;
use crate::model::Stated;
use crate::tests::Dice;
use crate::uptime::Span;
use crate::vocabulary::Status;
use ComponentStatus::{Maintenance, Operational};

const HALLS: &str = "window:\n\
    \x20 - {start: 2026-11-20 10:00, end: 12:00, affects: [api]}\n\
    \x20 - {start: 2026-11-21 13:00, end: 15:00, affects: [web]}\n";

fn entry(front: &str, body: &str) -> String {
    format!(
        "---\ntitle: t\nkind: regular\naffects: []\npublish_at: 2026-11-01 00:00\n{front}---\nx\n\n{body}"
    )
}

fn halls(more: &str, body: &str) -> Model {
    model(&[("maintenance/m.md", &entry(&format!("{HALLS}{more}"), body))])
}

fn look(model: &Model, time: &str) -> (Status, Vec<ComponentStatus>) {
    let now = Snapshot::at(model, at(time));
    (now.maintenance[0].state, now.components)
}

#[test]
fn work_is_under_way_only_during_the_windows_and_each_has_its_components() {
    let model = halls("", "");
    for (time, state, api, web) in [
        ("20 09:59", Status::Scheduled, Operational, Operational),
        ("20 10:00", Status::InProgress, Maintenance, Operational),
        ("20 12:00", Status::Scheduled, Operational, Operational),
        ("21 12:59", Status::Scheduled, Operational, Operational),
        ("21 13:00", Status::InProgress, Operational, Maintenance),
        // The last window waits for its result, as a single one does.
        ("21 15:00", Status::Verifying, Operational, Maintenance),
    ] {
        assert_eq!(look(&model, time), (state, vec![api, web]), "{time}");
    }
}

#[test]
fn between_two_windows_the_next_one_is_named_and_comes_next() {
    let model = halls("", "");
    let now = Snapshot::at(&model, at("20 13:00"));
    let next = now.maintenance[0].between.expect("a window comes next");
    assert_eq!(next.start, at("21 13:00"));
    let turns: Vec<_> =
        now.maintenance[0].turns().iter().map(|t| (t.at, t.state, t.next.is_some())).collect();
    let wanted = [
        (at("20 10:00"), Status::InProgress, false),
        (at("20 12:00"), Status::Scheduled, true),
        (at("21 13:00"), Status::InProgress, false),
        (at("21 15:00"), Status::Verifying, false),
    ];
    assert_eq!(turns, wanted);
    assert!(Snapshot::at(&model, at("20 11:00")).maintenance[0].between.is_none());
    assert!(Snapshot::at(&model, at("20 09:00")).maintenance[0].between.is_none());
}

#[test]
fn a_result_closes_its_own_window_and_the_last_one_the_maintenance() {
    let first = "## completed 2026-11-20 11:30\n\ndone\n\n";
    let model = halls("", first);
    assert_eq!(look(&model, "20 11:40").0, Status::Scheduled);
    assert_eq!(look(&model, "21 14:00"), (Status::InProgress, vec![Operational, Maintenance]));
    let model = halls("", &format!("{first}## completed 2026-11-21 14:30\n\ndone\n"));
    let now = Snapshot::at(&model, at("21 14:40"));
    let work = &now.maintenance[0];
    assert_eq!((work.state, work.is_closed_by_human()), (Status::Completed, true));
    let worked: Vec<_> = work.worked().iter().map(|w| (w.start, w.end)).collect();
    let wanted = [(at("20 10:00"), Some(at("20 11:30"))), (at("21 13:00"), Some(at("21 14:30")))];
    assert_eq!(worked, wanted);
    // The first window needs no result of its own.
    let model = halls("", "## completed 2026-11-21 14:30\n\ndone\n");
    assert_eq!(look(&model, "21 14:40").0, Status::Completed);
}

#[test]
fn one_window_is_cancelled_postponed_or_moved_and_the_other_stays() {
    let model = halls("", "## cancelled 2026-11-19 12:00\noccurrence: 2026-11-20\n\nx\n");
    assert_eq!(look(&model, "20 11:00"), (Status::Scheduled, vec![Operational, Operational]));
    assert_eq!(look(&model, "21 14:00").0, Status::InProgress);
    let later = "## postponed 2026-11-19 12:00\noccurrence: 2026-11-20 10:00\n\nx\n\n";
    let model = halls("", later);
    let now = Snapshot::at(&model, at("20 11:00"));
    let work = &now.maintenance[0];
    assert_eq!((work.state, work.awaits_new_time), (Status::Scheduled, false));
    assert!(work.windows[0].awaits_new_time && !work.windows[1].awaits_new_time);
    assert_eq!(work.plan.start, at("21 13:00"));
    let again = "## scheduled 2026-11-22 12:00\nstart: 2026-11-23 10:00\nend: 2026-11-23 12:00\n\nx\n";
    let model = halls("", &format!("{later}{again}"));
    assert_eq!(look(&model, "23 11:00"), (Status::InProgress, vec![Maintenance, Operational]));
    assert_eq!(look(&model, "21 14:00"), (Status::InProgress, vec![Operational, Maintenance]));
}

#[test]
fn everything_is_cancelled_or_postponed_without_a_line_that_names_one() {
    let model = halls("", "## cancelled 2026-11-19 12:00\n\nx\n");
    for time in ["20 11:00", "21 14:00", "22 12:00"] {
        assert_eq!(look(&model, time), (Status::Cancelled, vec![Operational, Operational]), "{time}");
    }
    let model = halls("", "## postponed 2026-11-19 12:00\n\nx\n");
    let now = Snapshot::at(&model, at("21 14:00"));
    assert_eq!((now.maintenance[0].state, now.maintenance[0].awaits_new_time), (Status::Postponed, true));
    // What is over stays as it was.
    let model = halls("", "## completed 2026-11-20 12:00\n\nx\n\n## cancelled 2026-11-21 09:00\n\nx\n");
    assert_eq!(look(&model, "21 14:00"), (Status::Completed, vec![Operational, Operational]));
}

#[test]
fn work_that_goes_on_past_its_window_gives_way_to_the_next_one() {
    let model = halls("", "## in_progress 2026-11-20 12:30\n\nlonger\n");
    assert_eq!(look(&model, "20 20:00"), (Status::InProgress, vec![Maintenance, Operational]));
    assert_eq!(look(&model, "21 13:00"), (Status::InProgress, vec![Operational, Maintenance]));
    // Said shortly before the second, it is the second that begins early.
    let model = halls("", "## in_progress 2026-11-21 12:50\n\nearly\n");
    assert_eq!(look(&model, "21 12:55"), (Status::InProgress, vec![Operational, Maintenance]));
}

#[test]
fn a_later_update_changes_nothing_that_the_clock_has_declared() {
    let declared = |body: &str, time: &str| {
        let model = halls("", body);
        Snapshot::at(&model, at(time)).maintenance[0].declared.clone()
    };
    let before = declared("", "20 13:00");
    assert_eq!(before, [(at("20 10:00"), Status::InProgress)]);
    assert_eq!(declared("## cancelled 2026-11-20 14:00\n\nx\n", "20 15:00"), before);
    // Without the second window, the first one waits for its result.
    let alone = declared("## cancelled 2026-11-19 12:00\noccurrence: 2026-11-21\n\nx\n", "20 13:00");
    assert_eq!(alone.last(), Some(&(at("20 12:00"), Status::Verifying)));
}

#[test]
fn a_phase_belongs_to_its_window_and_moves_with_it() {
    let phases =
        "phases:\n  - {affects: [web], start: 2026-11-21 13:00, end: 2026-11-21 14:00, mode: limited}\n";
    let moved = "## update 2026-11-19 12:00\noccurrence: 2026-11-21\nstart: 2026-11-22 13:00\nend: 2026-11-22 15:00\n\nx\n";
    for (body, start) in [("", "21 13:00"), (moved, "22 13:00")] {
        let model = halls(phases, body);
        let now = Snapshot::at(&model, at("20 09:00"));
        let found: Vec<_> = now.maintenance[0].phases().iter().map(|(_, w)| (w.start, w.end)).collect();
        assert_eq!(found, [(at(start), Some(at(&start.replace("13:00", "14:00"))))]);
    }
}

#[test]
fn a_line_between_two_times_is_a_window_and_its_times_may_be_vague() {
    let front = "window:\n  - 2026-11-20 10:00〜12:00\n  - 2026-11-21 午前〜2026-11-21 午前\n  - 2026-11-22〜2026-11-23\n  - 2026-11-24 10:00頃〜未定\n";
    let model = model(&[("maintenance/m.md", &entry(front, ""))]);
    let windows = model.maintenance[0].windows();
    let words: Vec<_> = windows.iter().map(|w| (w.precision.0.word(), w.precision.1.word())).collect();
    assert_eq!(words, [("exact", "exact"), ("half_day", "half_day"), ("day", "day"), ("about", "exact")]);
    assert_eq!((windows[0].end, windows[3].end), (Some(at("20 12:00")), None));
    let single = |front: &str| super::super::fixture::model(&[("maintenance/m.md", &entry(front, ""))]);
    let (one, listed) =
        (single("window: 2026-11-20 10:00〜12:00\n"), single("window: [2026-11-20 10:00〜12:00]\n"));
    assert_eq!(one.maintenance[0].windows(), listed.maintenance[0].windows());
    assert!(one.maintenance[0].pieces.is_empty() && listed.maintenance[0].pieces.is_empty());
}

#[test]
fn windows_that_cannot_be_are_reported_with_the_way_out() {
    let listed = |windows: &str| entry(&format!("window: [{windows}]\n"), "");
    let (a, b) = ("{start: 2026-11-20 10:00, end: 12:00}", "{start: 2026-11-21 13:00, end: 15:00}");
    let bad = "maintenance/bad-windows";
    for (text, code) in [
        (listed(""), bad),
        (listed(&format!("{b}, {a}")), bad),
        (listed(&format!("{a}, {a}")), bad),
        (listed(&format!("{a}, {{start: 2026-11-20 11:00, end: 13:00}}")), bad),
        (listed(&format!("{{start: 2026-11-20 10:00, end: unknown}}, {b}")), bad),
        (listed("soon"), "time/invalid"),
        (entry(&format!("{HALLS}recurrence: {{rule: FREQ=WEEKLY}}\n"), ""), "maintenance/windows-and-series"),
        (
            entry(HALLS, "## update 2026-11-19 12:00\nend: 2026-11-20 13:00\n\nx\n"),
            "maintenance/which-window",
        ),
        (
            entry(HALLS, "## cancelled 2026-11-19 12:00\noccurrence: 2026-11-22\n\nx\n"),
            "maintenance/which-window",
        ),
        (
            entry(HALLS, "## update 2026-11-19 12:00\noccurrence: 2026-11-20\nend: 2026-11-21 14:00\n\nx\n"),
            bad,
        ),
        (
            entry(
                &format!(
                    "{HALLS}phases:\n  - {{affects: [api], start: 2026-11-20 11:00, end: 2026-11-21 14:00, mode: halted}}\n"
                ),
                "",
            ),
            "maintenance/phase-outside-window",
        ),
    ] {
        assert_eq!(codes(SITE, &[("maintenance/m.md", &text)]), [code], "{text}");
    }
    // While the first runs, a new end can only be its own.
    let body = "## update 2026-11-20 11:00\nend: 12:30\n\nx\n";
    assert!(codes(SITE, &[("maintenance/m.md", &entry(HALLS, body))]).is_empty());
    let twice = "window: [{start: 2026-11-20 01:00, end: 02:00}, {start: 2026-11-20 22:00, end: 23:00}]\n";
    let cancel =
        |which: &str| entry(twice, &format!("## cancelled 2026-11-19 12:00\noccurrence: {which}\n\nx\n"));
    assert_eq!(codes(SITE, &[("maintenance/m.md", &cancel("2026-11-20"))]), ["maintenance/which-window"]);
    assert!(codes(SITE, &[("maintenance/m.md", &cancel("2026-11-20 22:00"))]).is_empty());
}

/// Some windows after one another, as pairs of steps.
fn spans(dice: &mut Dice) -> Vec<(u64, u64)> {
    let (mut spans, mut step) = (Vec::new(), 0);
    for _ in 0..2 + dice.roll(3) {
        let start = step + dice.roll(8);
        let end = start + 1 + dice.roll(8);
        spans.push((start, end));
        step = end;
    }
    spans
}

fn written((start, end): (u64, u64)) -> String {
    let time = |step: u64| format!("2026-11-{} {:02}:{:02}", 20 + step / 48, step % 48 / 2, step % 2 * 30);
    format!("{{start: {}, end: {}}}", time(start), time(end))
}

fn total(spans: &[Span]) -> i64 {
    spans.iter().map(|span| span.to.0 - span.from.0).sum()
}

#[test]
fn the_state_at_every_instant_is_that_of_single_windows_together() {
    for seed in 0..60 {
        let mut dice = Dice::new(seed);
        let spans = spans(&mut dice);
        let auto = ["start", "both"][usize::try_from(dice.roll(2)).expect("small")];
        let text = |window: &str| {
            entry(&format!("auto: {auto}\nwindow: {window}\n"), "").replace("affects: []", "affects: [web]")
        };
        let list = spans.iter().map(|span| written(*span)).collect::<Vec<_>>().join(", ");
        let together = model(&[("maintenance/m.md", &text(&format!("[{list}]")))]);
        let mut files = Vec::new();
        for (at, span) in spans.iter().enumerate() {
            files.push((format!("maintenance/m{at}.md"), text(&written(*span))));
        }
        let files: Vec<(&str, &str)> = files.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
        let apart = model(&files);
        for time in instants() {
            let (one, many) = (Snapshot::at(&together, time), Snapshot::at(&apart, time));
            let runs = |now: &MaintenanceNow<'_>| now.state == Status::InProgress;
            let of = format!("seed {seed}, {auto}, {list}, {}", time.iso());
            assert_eq!(runs(&one.maintenance[0]), many.maintenance.iter().any(runs), "{of}");
            if auto == "both" {
                assert_eq!(one.components, many.components, "{of}");
                assert_eq!(total(&one.spans()[1]), total(&many.spans()[1]), "{of}");
                let is_over = many.maintenance.iter().all(|now| now.state == Status::Completed);
                assert_eq!(one.maintenance[0].state == Status::Completed, is_over, "{of}");
            }
        }
    }
}

#[test]
fn no_window_makes_an_exact_time_out_of_a_vague_one() {
    for (seed, word) in ["頃", " 午前", ""].into_iter().cycle().take(24).enumerate() {
        let mut dice = Dice::new(seed as u64);
        let mut front = String::from("window:\n");
        let vague = usize::try_from(dice.roll(3)).expect("small");
        for day in 0..3 {
            let line = match (day == vague, word) {
                (false, _) => "10:00, end: 11:00".to_owned(),
                (true, "頃") => format!("10:00頃, end: 2026-11-2{day} 11:00頃"),
                (true, word) => format!("{word}, end: 2026-11-2{day}{word}"),
            };
            let _ = writeln!(front, "  - {{start: 2026-11-2{day} {line}}}");
        }
        let front = front.replace("  午前", " 午前").replace(" , end", ", end");
        let model = model(&[("maintenance/m.md", &entry(&front, ""))]);
        for time in instants() {
            let now = Snapshot::at(&model, time);
            let work = &now.maintenance[0];
            for (at, window) in work.windows.iter().enumerate() {
                let is_exact =
                    window.plan.from().is_exact() && window.plan.until().is_none_or(Stated::is_exact);
                assert_eq!(is_exact, at != vague, "{front}");
            }
            for (start, _) in &work.declared {
                assert_eq!(work.said(*start).is_exact(), *start != work.windows[vague].plan.start, "{front}");
            }
            if vague == 0 {
                assert!(!work.plan.from().is_exact(), "{front}");
            }
        }
    }
}
