//! Findings and sites as JSON, one object a line.

use serde_json::json;

use super::{Finding, Report, Severity};
use crate::message::Language;

/// A finding. What it says to people is in their language.
#[must_use]
pub fn finding(report: &Report, finding: &Finding, language: Language) -> String {
    json!({
        "kind": "finding",
        "site": report.site,
        "check": finding.check.word(),
        "severity": finding.severity.word(),
        "address": finding.address,
        "found": finding.found.text(language),
        "expected": finding.expected.text(language),
        "help": finding.help.text(language),
        "count": finding.count,
    })
    .to_string()
}

#[must_use]
pub fn site(report: &Report) -> String {
    let facts = report.facts.as_ref();
    json!({
        "kind": "site",
        "site": report.site,
        "up": facts.is_some(),
        "faults": report.count(Severity::Fault),
        "notes": report.count(Severity::Note),
        "files": report.files,
        "checked": report.checked,
        "effective": facts.map(|facts| facts.effective.iso()),
        "next_change": facts.and_then(|facts| facts.next_change).map(crate::model::Instant::iso),
        "manifest": facts.map(|facts| &facts.digest),
        "certificate_ends": report.certificate_ends.map(crate::model::Instant::iso),
    })
    .to_string()
}
