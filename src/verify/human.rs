//! Findings as lines for people.

use super::{Finding, Report, Severity};
use crate::text;

/// `fault[hash] ADDRESS: what is wrong; expected what; help: what to do`.
#[must_use]
pub fn line(finding: &Finding) -> String {
    let Finding { check, severity, address, found, expected, help, count } = finding;
    let more = match count {
        1 => String::new(),
        count => format!(" and {} more", count - 1),
    };
    format!(
        "{}[{}] {address}{more}: {found}; expected {expected}; help: {help}",
        severity.word(),
        check.word()
    )
}

/// The last line about a site.
#[must_use]
pub fn summary(report: &Report) -> String {
    let faults = report.count(Severity::Fault);
    let notes = report.count(Severity::Note);
    let counts = match (faults, notes) {
        (0, 0) => "whole and right".to_owned(),
        (0, _) => format!("whole and right, {}", text::count(notes, "note", "notes")),
        _ => format!("{}, {}", text::count(faults, "fault", "faults"), text::count(notes, "note", "notes")),
    };
    let Some(facts) = &report.facts else { return format!("{}: {counts}", report.site) };
    let next = facts.next_change.map_or(String::new(), |next| format!(", next change {}", next.iso()));
    let files = text::count(report.files, "file", "files");
    let effective = facts.effective.iso();
    format!("{}: {counts}; checked {} of {files}; built for {effective}{next}", report.site, report.checked)
}
