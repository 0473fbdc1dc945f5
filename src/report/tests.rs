//! Tests a report over a period in which clocks are set back, calculated by hand.

use proptest::prelude::*;

use super::known::Known;
use super::totals::Sum;
use super::*;
use crate::model::{Model, Zone};
use crate::timeline::Snapshot;
use crate::timeline::fixture::{SITE, site};
use crate::vocabulary::Severity;
use crate::vocabulary::Status;

const POLICY: &str = "policy:\n  update_every: {critical: 1h, moderate: 2h}\n  first_update_within: {moderate: 10m}\n  \
    notice_before: {regular: 3d}\n  postmortem_within: {critical: 1d}\n  evaluation_within: {regular: 1d}\n";

/// An incident that begins before the period and lasts over the repeated hour.
const LONG: &str = "---\ntitle: Long\nseverity: moderate\naffects: [api]\nstarted: 2026-10-31 23:00\ndetected: 2026-10-31 23:10\n\
    next_update: 2026-10-31 23:55\nreviewed_by: [zorblax one]\ninternal: {reporter: zorblax two}\n---\n\
    ## investigating 2026-10-31 23:30\n\nx\n\n## identified 2026-11-01 03:00\nseverity: critical\nnext_update: 04:00\n\nx\n\n\
    ## correction 2026-11-01 03:30\n\nx\n\n## update 2026-11-01 04:30\nseverity: moderate\n\nx\n\n\
    ## resolved 2026-11-01 06:00\nended: 05:00\n\nx\n\n## Postmortem 2026-11-02 12:00\nx\n";
const WITHDRAWN: &str = "---\ntitle: zorblax words\nseverity: minor\naffects: [web]\nstarted: 2026-11-02 09:00\n\
    withdrawn: {at: 2026-11-02 10:00, reason: A test}\n---\nzorblax\n\n## investigating 2026-11-02 09:05\n\nzorblax\n";
const OPEN: &str = "---\ntitle: Open\nseverity: minor\naffects: [web]\nstarted: 2026-11-02 22:00\n---\n\
    ## investigating 2026-11-02 22:10\nnext_update: 22:40\n\nx\n\n## resolved 2026-11-05 10:00\n\nzorblax\n";
const AGAIN: &str = "---\ntitle: Again\nseverity: minor\naffects: []\nstarted: 2026-11-02 12:00\n---\n\
    ## investigating 2026-11-02 12:10\n\nx\n\n## resolved 2026-11-02 12:30\n\nx\n\n## investigating 2026-11-02 13:00\n\nx\n\n\
    ## resolved 2026-11-02 13:15\n\nx\n";
const BEFORE: &str = "---\ntitle: Before\nseverity: minor\naffects: []\nstarted: 2026-10-31 22:00\n---\n## resolved 2026-11-01 00:00\n";
const AFTER: &str = "---\ntitle: After\nseverity: minor\naffects: []\nstarted: 2026-11-03 00:00\n---\nx\n";
const DRAFT: &str =
    "---\ntitle: zorblax\ndraft: true\nseverity: critical\naffects: []\nstarted: 2026-11-01 12:00\n---\nx\n";
const WEEKLY: &str = "---\ntitle: Weekly\nkind: regular\naffects: [web]\nwindow: {start: 2026-10-25 00:30, end: 2026-10-25 01:30}\n\
    recurrence: {rule: \"FREQ=WEEKLY;BYDAY=SU\"}\n---\nx\n\n## completed 2026-10-25 01:20\n\nx\n\n## completed 2026-11-01 01:20 -04:00\n\nx\n";
const SHORT: &str = "---\ntitle: Short\nkind: regular\naffects: [web]\nwindow: {start: 2026-11-02 02:00, end: 2026-11-02 04:00}\n\
    publish_at: 2026-11-01 12:00\nreviewed_by: [zorblax one, zorblax two]\n---\nx\n\n\
    ## update 2026-11-02 03:30\nend: 05:00\nnext_update: 04:30\n\nx\n\n## completed 2026-11-02 05:10\n\nx\n";

fn model() -> Model {
    let config = SITE.replace("Asia/Tokyo", "America/New_York");
    site(
        &format!("{config}{POLICY}"),
        &[
            ("incidents/long.md", LONG),
            ("incidents/withdrawn.md", WITHDRAWN),
            ("incidents/open.md", OPEN),
            ("incidents/again.md", AGAIN),
            ("incidents/before.md", BEFORE),
            ("incidents/after.md", AFTER),
            ("incidents/draft.md", DRAFT),
            ("maintenance/weekly.md", WEEKLY),
            ("maintenance/short.md", SHORT),
        ],
    )
}

/// What is known exactly.
fn sum(count: usize, seconds: i64) -> Sum {
    Sum { count, seconds, seconds_most: seconds }
}

fn known(written: &str) -> Known {
    Known::new(utc(written), Zone::UTC)
}

fn utc(written: &str) -> Instant {
    Instant::parse_iso(&format!("2026-{written}:00Z")).expect("an instant")
}

fn with<T>(from: &str, to: &str, as_of: &str, see: impl FnOnce(&Report, &Site<'_>) -> T) -> T {
    let model = model();
    let site = Site::new(Snapshot::at(&model, utc(as_of))).expect("built-in locales");
    let period = Period::read(from, to, site.now.zone(), utc(as_of)).expect("a period");
    let report = Report::of(&site, period, utc(as_of), 1);
    see(&report, &site)
}

/// A report on two days with 49 hours in total, made after they are over.
fn over<T>(see: impl FnOnce(&Report, &Site<'_>) -> T) -> T {
    with("2026-11-01", "2026-11-02", "11-03T17:00", see)
}

fn late(rule: &'static str, due: &str, came: Option<&str>, late_seconds: i64) -> Late {
    Late { rule, due: utc(due), came: came.map(utc), late_seconds }
}

#[test]
fn what_touches_the_period_belongs_to_it_and_nothing_else() {
    over(|report, _| {
        assert_eq!(report.period.start, utc("11-01T04:00"));
        assert_eq!(report.period.end.0 - report.period.start.0, 49 * 3600);
        let slugs: Vec<&str> = report.incidents.iter().map(|e| e.slug.as_str()).collect();
        assert_eq!(slugs, ["open", "again", "withdrawn", "long"]);
        let works: Vec<(&str, Option<String>)> = (report.maintenance.iter())
            .map(|e| (e.slug.as_str(), e.occurrence.map(|day| day.to_string())))
            .collect();
        assert_eq!(works, [("short", None), ("weekly", Some("2026-11-01".into()))]);
    });
}

#[test]
fn an_incident_over_the_edge_of_the_period_is_counted_in_full_and_in_part() {
    over(|report, _| {
        let long = &report.incidents[3];
        assert_eq!((long.severity, long.severity_highest), (Severity::Moderate, Severity::Critical));
        assert_eq!(
            [Some(long.started), long.detected, Some(long.first_notice), long.last_update, long.ended],
            ["11-01T03:00", "11-01T03:10", "11-01T03:30", "11-01T11:00", "11-01T10:00"]
                .map(|t| Some(known(t)))
        );
        assert_eq!(long.detection_to_notice_seconds, Some(20 * 60));
        assert_eq!(long.impact_seconds, Some(7 * 3600));
        assert_eq!(long.impact_in_period_seconds, Some(6 * 3600));
        assert_eq!(long.notice_to_resolution_seconds, Some(7 * 3600 + 1800));
        assert_eq!((long.updates, long.reopened, long.open), (5, 0, false));
        assert_eq!(long.corrections, [known("11-01T08:30")]);
        let broken = Broken {
            due: known("11-01T03:55"),
            came: Some(known("11-01T08:00")),
            late_seconds: 4 * 3600 + 300,
        };
        assert_eq!(long.broken_promises, [broken]);
        assert_eq!(long.postmortem, Paper { published: true, at: Some(known("11-02T17:00")) });
        assert_eq!(
            long.late,
            [
                late("policy/first-update-late", "11-01T03:20", Some("11-01T03:30"), 600),
                late("policy/update-overdue", "11-01T05:30", Some("11-01T08:00"), 9000),
                late("policy/postmortem-overdue", "11-02T10:00", Some("11-02T17:00"), 7 * 3600),
            ]
        );
    });
}

#[test]
fn what_is_open_is_counted_up_to_now_and_a_pause_does_not_count() {
    over(|report, _| {
        let open = &report.incidents[0];
        assert!(open.open && open.ended.is_none() && !open.postmortem.published);
        assert_eq!((open.impact_seconds, open.impact_in_period_seconds), (Some(14 * 3600), Some(2 * 3600)));
        let broken = Broken { due: known("11-03T03:40"), came: None, late_seconds: 48_000 };
        assert_eq!(open.broken_promises, [broken]);
        let again = &report.incidents[1];
        assert_eq!((again.impact_seconds, again.reopened), (Some(45 * 60), 1));
        assert_eq!(again.notice_to_resolution_seconds, Some(65 * 60));
    });
}

#[test]
fn a_maintenance_tells_its_plan_and_what_became_of_it() {
    over(|report, _| {
        let short = &report.maintenance[0];
        assert_eq!((short.announced, short.notice_seconds), (Some(known("11-01T17:00")), Some(14 * 3600)));
        assert_eq!(short.window_first.end, Some(known("11-02T09:00")));
        assert_eq!(short.window.end, Some(known("11-02T10:00")));
        let [change] = &short.plan_changes[..] else { panic!("{:?}", short.plan_changes) };
        assert_eq!(change.at, known("11-02T08:30"));
        assert_eq!(change.before, short.window_first);
        assert_eq!(change.after, short.window);
        assert_eq!(short.actual_start, Some(known("11-02T07:00")));
        assert_eq!(short.actual_end, Some(known("11-02T10:10")));
        assert_eq!(short.work_seconds, Some(11_400));
        let broken =
            Broken { due: known("11-02T09:30"), came: Some(known("11-02T10:10")), late_seconds: 40 * 60 };
        assert_eq!(short.broken_promises, [broken]);
        assert_eq!((short.reviewers, short.state, short.state_by_clock), (2, Status::Completed, false));
        assert_eq!(
            short.late,
            [
                late("policy/short-notice", "10-30T07:00", Some("11-01T17:00"), 58 * 3600),
                late("policy/evaluation-overdue", "11-03T10:10", None, 6 * 3600 + 50 * 60),
            ]
        );
        let weekly = &report.maintenance[1];
        assert_eq!((weekly.actual_start, weekly.work_seconds), (Some(known("11-01T04:30")), Some(3000)));
        assert_eq!((weekly.notice_seconds, weekly.evaluation), (Some(3 * 86_400), None));
        assert!(weekly.late.is_empty(), "{:?}", weekly.late);
    });
}

#[test]
fn sums_and_uptime_are_those_of_the_period() {
    over(|report, _| {
        let totals = &report.totals;
        assert_eq!(totals.incidents["critical"], sum(1, 6 * 3600));
        assert_eq!(totals.incidents["moderate"], Sum::default());
        assert_eq!(totals.incidents["minor"], sum(2, 2 * 3600 + 45 * 60));
        assert_eq!(totals.maintenance["regular"], sum(2, 14_400));
        assert_eq!((totals.withdrawn, totals.corrections, totals.broken_promises), (1, 1, 3));
        assert_eq!((totals.backfilled, totals.cancelled, totals.late.values().sum::<usize>()), (0, 0, 5));
        let open = totals::Open { kind: "incident", slug: "open".into(), occurrence: None };
        assert_eq!(totals.open, [open]);
        // 4 h of partial and 2 h of major outage in 49 h: 1 − 3.2 / 49 = 93.469… %. Half an hour at a lower
        // severity, which named no component, keeps the highest severity before it.
        let uptime: Vec<(&str, Option<f64>, i64)> =
            totals.uptime.iter().map(|u| (u.id.as_str(), u.percent, u.counted_seconds)).collect();
        assert_eq!(uptime, [("api", Some(93.46), 176_400), ("web", Some(100.0), 176_400)]);
    });
}

#[test]
fn what_was_withdrawn_is_named_with_its_reason_and_without_its_words() {
    over(|report, site| {
        let gone = &report.incidents[2];
        assert_eq!(gone.withdrawn, Some(Withdrawn { at: utc("11-02T15:00"), reason: "A test".into() }));
        assert!(gone.title.is_none() && gone.components.is_empty() && gone.impact_seconds.is_none());
        assert!(!gone.open && gone.updates == 1);
        for text in [markdown(report, site), csv(report), json(report)] {
            assert!(text.contains("A test") && !text.contains("zorblax"), "{text}");
        }
    });
}

#[test]
fn a_period_that_is_not_over_ends_now() {
    with("2026-11-01", "2026-11-30", "11-02T15:30", |report, site| {
        assert!(report.period.is_cut() && report.period.until == utc("11-02T15:30"));
        // Later events are unknown, and today does not count for uptime.
        let slugs: Vec<&str> = report.incidents.iter().map(|e| e.slug.as_str()).collect();
        assert_eq!(slugs, ["withdrawn", "long"]);
        assert_eq!(report.totals.uptime[0].counted_seconds, 90_000);
        assert!(!report.incidents[1].postmortem.published);
        assert!(markdown(report, site).contains("The period is not over yet"));
    });
    with("2027-01-01", "2027-01-31", "11-02T15:30", |report, _| {
        assert!(report.incidents.is_empty() && report.maintenance.is_empty());
        assert_eq!(report.totals.uptime[0].percent, None);
    });
}

#[test]
fn days_are_read_as_people_write_them_or_refused() {
    let zone = Zone::named("Asia/Tokyo").expect("a zone");
    let read = |from: &str, to: &str| Period::read(from, to, zone, utc("11-20T00:00"));
    assert!(read("2026-11-01", "2026年11月30日").is_ok());
    for (from, to, message) in [
        ("2026-11-31", "2026-12-01", "`2026-11-31` does not exist"),
        ("yesterday", "2026-12-01", "cannot read `yesterday` as a day"),
        ("2026-11-01 10:00", "2026-12-01", "cannot read `2026-11-01 10:00` as a day"),
        ("1969-11-01", "2026-12-01", "`1969-11-01` is outside the years 1970 to 2100"),
        ("2026-12-02", "2026-12-01", "the period ends before it begins: 2026-12-02 is later than 2026-12-01"),
    ] {
        let refused = read(from, to).map_err(|(message, _)| message.to_string());
        assert_eq!(refused.err().as_deref(), Some(message));
    }
}

#[test]
fn no_title_breaks_a_table_or_is_run_as_a_formula() {
    let hostile = "a|b\n| c | <b>d</b> [e](x) `f` \\| *g*";
    let plain = markdown::plain(hostile);
    assert!(!plain.contains('\n'), "{plain}");
    let signs: Vec<char> = plain.chars().collect();
    for (at, _) in signs.iter().enumerate().filter(|(_, c)| matches!(c, '|' | '<' | '[' | '`' | '*')) {
        let slashes = signs[..at].iter().rev().take_while(|c| **c == '\\').count();
        assert!(slashes % 2 == 1, "{plain}");
    }
    for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"] {
        assert_eq!(csv::words(formula), format!("'{formula}"));
    }
    assert_eq!(csv::words("a=1"), "a=1");
}

/// Parses a table as RFC 4180 defines it.
fn parse(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut signs = text.chars().peekable();
    let mut quoted = false;
    while let Some(c) = signs.next() {
        match c {
            '"' if quoted && signs.peek() == Some(&'"') => {
                signs.next();
                cell.push('"');
            }
            '"' if quoted || cell.is_empty() => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted && signs.peek() == Some(&'\n') => {
                signs.next();
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    assert!(!quoted && cell.is_empty() && row.is_empty(), "the last line has no end");
    rows
}

#[test]
fn each_entry_is_a_line_with_a_cell_for_each_column() {
    over(|report, _| {
        let text = csv(report);
        let rows = parse(text.strip_prefix('\u{feff}').expect("a byte order mark"));
        assert_eq!(rows.len(), 1 + 4 + 2);
        assert!(rows.iter().all(|row| row.len() == csv::COLUMNS.len()));
        let cell = |row: usize, column: &str| {
            rows[row][csv::COLUMNS.iter().position(|c| *c == column).expect("a column")].as_str()
        };
        assert_eq!((cell(4, "type"), cell(4, "slug"), cell(4, "reviewers")), ("incident", "long", ""));
        assert_eq!(cell(4, "duration_in_period_seconds"), "21600");
        assert_eq!(cell(4, "broken_promises"), "2026-11-01T03:55:00Z/2026-11-01T08:00:00Z (14700)");
        assert_eq!(
            cell(5, "late"),
            "policy/short-notice 2026-10-30T07:00:00Z/2026-11-01T17:00:00Z (208800); \
             policy/evaluation-overdue 2026-11-03T10:10:00Z/.. (24600)"
        );
        assert_eq!((cell(5, "reviewers"), cell(5, "report")), ("2", "missing"));
    });
}

#[test]
fn what_is_not_exact_has_bounds_and_no_false_figure() {
    let entry = |started: &str, update: &str| {
        format!(
            "---\ntitle: t\nseverity: minor\naffects: [api]\nstarted: {started}\n---\nx\n\n{update}\n\nx\n"
        )
    };
    let files = [
        entry("2026-11-02 10:07頃", "## resolved 2026-11-02 12:00\nended: 11:03頃"),
        entry("2026-11-02 12:00", "## resolved 2026-11-03 09:00\nended: 2026-11-02"),
        entry("unknown", "## resolved 2026-11-02 14:00\nended: 13:00"),
    ];
    let names = ["incidents/a.md", "incidents/b.md", "incidents/c.md"];
    let files: Vec<(&str, &str)> = names.into_iter().zip(files.iter().map(String::as_str)).collect();
    let model = site(&SITE.replace("Asia/Tokyo", "UTC"), &files);
    let as_of = utc("11-05T00:00");
    let site = Site::new(Snapshot::at(&model, as_of)).expect("built-in locales");
    let period = Period::read("2026-11-01", "2026-11-03", site.now.zone(), as_of).expect("a period");
    let report = Report::of(&site, period, as_of, 1);
    let found = |slug: &str| report.incidents.iter().find(|entry| entry.slug == slug).expect("an incident");
    let about = found("a");
    assert_eq!(about.started.text(), "2026-11-02T10:02:00Z/2026-11-02T10:12:00Z");
    assert_eq!((about.impact_seconds, about.impact_seconds_between), (None, Some((46 * 60, 66 * 60))));
    let day = found("b");
    assert_eq!(day.ended.map(Known::text).as_deref(), Some("2026-11-02T00:00:00Z/2026-11-03T00:00:00Z"));
    assert_eq!(day.impact_seconds_between, Some((0, 12 * 3600)));
    assert_eq!(found("c").started.text(), "../2026-11-02T14:00:00Z");
    let sum = report.totals.incidents["minor"];
    assert_eq!((sum.count, sum.seconds), (3, 46 * 60));
    assert!(sum.seconds_most >= 12 * 3600 + 66 * 60, "{sum:?}");
    let text = markdown(&report, &site);
    assert!(text.contains("46 min – 1 h 6 min"), "{text}");
    let left = text.replace("about November 2, 2026 10:07 UTC", "");
    assert!(!left.contains("56 min") && !left.contains("10:07"), "{left}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_stands_in_a_cell_arrives(cells in proptest::collection::vec("[ -~\r\n\t=,\"'漢字–]{0,12}", 41)) {
        let written: [String; 41] = std::array::from_fn(|n| csv::words(&cells[n]));
        let mut out = String::new();
        csv::line(&mut out, &written);
        prop_assert_eq!(parse(&out), vec![written.to_vec()]);
        for (cell, original) in written.iter().zip(&cells) {
            prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']));
            prop_assert_eq!(cell.strip_prefix('\'').unwrap_or(cell), original.strip_prefix('\'').unwrap_or(original));
        }
    }
}
