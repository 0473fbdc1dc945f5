//! Writes a report for spreadsheets: one table (RFC 4180) with one row for each entry, without totals.
//!
//! UTF-8 with a byte order mark, because without it Excel misreads Japanese. Text that a spreadsheet would run
//! as a formula gets an apostrophe in front.

use super::known::{Known, Span};
use super::{Broken, Incident, Late, Maintenance, Paper, Report, Withdrawn};
use crate::model::Instant;
use crate::vocabulary::Status;

/// The columns in order. New ones are added at the end.
pub(super) const COLUMNS: [&str; 41] = [
    "type",
    "slug",
    "occurrence",
    "url",
    "title",
    "state",
    "state_by_clock",
    "open",
    "severity",
    "severity_highest",
    "kind",
    "components",
    "started",
    "detected",
    "first_notice",
    "last_update",
    "ended",
    "detection_to_notice_seconds",
    "duration_seconds",
    "duration_in_period_seconds",
    "notice_to_resolution_seconds",
    "reopened",
    "window_first",
    "window",
    "notice_seconds",
    "plan_changes",
    "postponed",
    "cancelled",
    "updates",
    "corrections",
    "broken_promises",
    "report",
    "report_at",
    "reviewers",
    "withdrawn",
    "withdrawn_reason",
    "backfilled",
    "late",
    "duration_seconds_between",
    "duration_in_period_seconds_between",
    "outages",
];

/// Separates several values in a cell.
const BETWEEN: &str = "; ";

#[must_use]
pub fn csv(report: &Report) -> String {
    let mut out = String::from("\u{feff}");
    line(&mut out, &COLUMNS.map(str::to_owned));
    report.incidents.iter().for_each(|entry| line(&mut out, &incident(entry)));
    report.maintenance.iter().for_each(|entry| line(&mut out, &maintenance(entry)));
    out
}

pub(super) fn line(out: &mut String, cells: &[String; COLUMNS.len()]) {
    for (n, cell) in cells.iter().enumerate() {
        if n > 0 {
            out.push(',');
        }
        if cell.contains([',', '"', '\r', '\n']) || cell.starts_with(' ') || cell.ends_with(' ') {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(cell);
        }
    }
    out.push_str("\r\n");
}

/// Text from writers, never a formula. East Asian spreadsheets also accept the full-width characters.
pub(super) fn words(text: &str) -> String {
    const SIGNS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if text.starts_with(SIGNS) { format!("'{text}") } else { text.to_owned() }
}

fn optional<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn time(at: Option<Known>) -> String {
    at.map(Known::text).unwrap_or_default()
}

/// Two lengths in seconds: the least and the most.
fn between(lengths: Option<(i64, i64)>) -> String {
    lengths.map(|(least, most)| format!("{least}/{most}")).unwrap_or_default()
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(BETWEEN)
}

fn times(all: &[Known]) -> String {
    joined(all.iter().map(|at| at.text()))
}

/// Two instants in ISO 8601; `..` if the end is not known.
fn window(window: Span) -> String {
    let end = window.end.map_or_else(|| "..".to_owned(), Known::text);
    format!("{}/{end}", window.start.text())
}

fn broken(all: &[Broken]) -> String {
    joined(all.iter().map(|b| {
        format!(
            "{}/{} ({})",
            b.due.text(),
            b.came.map_or_else(|| "..".to_owned(), Known::text),
            b.late_seconds
        )
    }))
}

fn late(all: &[Late]) -> String {
    joined(all.iter().map(|l| format!("{} {}/{} ({})", l.rule, l.due.iso(), open(l.came), l.late_seconds)))
}

fn open(came: Option<Instant>) -> String {
    came.map_or_else(|| "..".to_owned(), Instant::iso)
}

/// `published` or `missing`, and the date.
fn paper(paper: Option<Paper>, wanted: bool) -> [String; 2] {
    let word = match paper {
        Some(paper) if paper.published => "published",
        Some(_) if wanted => "missing",
        _ => "",
    };
    [word.to_owned(), time(paper.and_then(|p| p.at))]
}

fn withdrawn(gone: Option<&Withdrawn>) -> [String; 2] {
    gone.map_or_else(Default::default, |gone| [gone.at.iso(), words(&gone.reason)])
}

fn names(all: &[String]) -> String {
    words(&all.join(BETWEEN))
}

/// A row: the cells of the columns that a kind of entry has. The others stay empty.
fn row(cells: &[(&str, String)]) -> [String; COLUMNS.len()] {
    debug_assert!(cells.iter().all(|(column, _)| COLUMNS.contains(column)), "{cells:?}");
    let cell = |column| cells.iter().find(|(known, _)| *known == column).map(|(_, cell)| cell.clone());
    COLUMNS.map(|column| cell(column).unwrap_or_default())
}

fn incident(entry: &Incident) -> [String; COLUMNS.len()] {
    let [report, report_at] = paper(Some(entry.postmortem), !entry.open && entry.withdrawn.is_none());
    let [gone, reason] = withdrawn(entry.withdrawn.as_ref());
    row(&[
        ("type", "incident".to_owned()),
        ("slug", words(&entry.slug)),
        ("url", entry.url.clone()),
        ("title", words(entry.title.as_deref().unwrap_or_default())),
        ("state", entry.state.to_owned()),
        ("open", entry.open.to_string()),
        ("severity", entry.severity.word().to_owned()),
        ("severity_highest", entry.severity_highest.word().to_owned()),
        ("components", names(&entry.components)),
        ("started", entry.started.text()),
        ("detected", time(entry.detected)),
        ("first_notice", entry.first_notice.text()),
        ("last_update", time(entry.last_update)),
        ("ended", time(entry.ended)),
        ("detection_to_notice_seconds", optional(entry.detection_to_notice_seconds)),
        ("duration_seconds", optional(entry.impact_seconds)),
        ("duration_in_period_seconds", optional(entry.impact_in_period_seconds)),
        ("notice_to_resolution_seconds", optional(entry.notice_to_resolution_seconds)),
        ("reopened", entry.reopened.to_string()),
        ("updates", entry.updates.to_string()),
        ("corrections", times(&entry.corrections)),
        ("broken_promises", broken(&entry.broken_promises)),
        ("report", report),
        ("report_at", report_at),
        ("withdrawn", gone),
        ("withdrawn_reason", reason),
        ("backfilled", entry.backfilled.to_string()),
        ("late", late(&entry.late)),
        ("duration_seconds_between", between(entry.impact_seconds_between)),
        ("duration_in_period_seconds_between", between(entry.impact_in_period_seconds_between)),
        ("outages", joined(entry.outages.iter().map(|outage| outage.text()))),
    ])
}

/// The last planned window, or each of several.
fn windows(entry: &Maintenance) -> String {
    if entry.windows.is_empty() {
        window(entry.window)
    } else {
        joined(entry.windows.iter().copied().map(window))
    }
}

fn maintenance(entry: &Maintenance) -> [String; COLUMNS.len()] {
    let done = entry.state == Status::Completed && entry.withdrawn.is_none();
    let [report, report_at] = paper(entry.evaluation, done);
    let [gone, reason] = withdrawn(entry.withdrawn.as_ref());
    let changes = entry.plan_changes.iter();
    let changes = changes.map(|c| format!("{} {} > {}", c.at.text(), window(c.before), window(c.after)));
    row(&[
        ("type", "maintenance".to_owned()),
        ("slug", words(&entry.slug)),
        ("occurrence", optional(entry.occurrence)),
        ("url", entry.url.clone()),
        ("title", words(entry.title.as_deref().unwrap_or_default())),
        ("state", entry.state.word().to_owned()),
        ("state_by_clock", entry.state_by_clock.to_string()),
        ("open", entry.open.to_string()),
        ("kind", words(&entry.kind)),
        ("components", names(&entry.components)),
        ("started", time(entry.actual_start)),
        ("first_notice", time(entry.announced)),
        ("last_update", time(entry.last_update)),
        ("ended", time(entry.actual_end)),
        ("duration_seconds", optional(entry.work_seconds)),
        ("duration_in_period_seconds", optional(entry.work_in_period_seconds)),
        ("window_first", window(entry.window_first)),
        ("window", windows(entry)),
        ("notice_seconds", optional(entry.notice_seconds)),
        ("plan_changes", joined(changes)),
        ("postponed", times(&entry.postponed)),
        ("cancelled", time(entry.cancelled)),
        ("updates", entry.updates.to_string()),
        ("corrections", times(&entry.corrections)),
        ("broken_promises", broken(&entry.broken_promises)),
        ("report", report),
        ("report_at", report_at),
        ("reviewers", entry.reviewers.to_string()),
        ("withdrawn", gone),
        ("withdrawn_reason", reason),
        ("late", late(&entry.late)),
        ("duration_seconds_between", between(entry.work_seconds_between)),
        ("duration_in_period_seconds_between", between(entry.work_in_period_seconds_between)),
    ])
}
