//! Findings as lines for people.

use super::{Finding, Report, Severity};
use crate::message::{Message, count, message};

/// `fault[hash] ADDRESS: what is wrong; expected what; help: what to do`.
#[must_use]
pub fn line(finding: &Finding) -> Message {
    let Finding { check, severity, address, found, expected, help, count } = finding;
    let (severity, check) = (severity.name(), check.word());
    if *count == 1 {
        return message!(
            "verify-finding",
            "{severity}[{check}] {address}: {found}; expected {expected}; help: {help}",
            severity,
            check,
            address,
            found,
            expected,
            help
        );
    }
    message!(
        "verify-finding-several",
        "{severity}[{check}] {address} and {more} more: {found}; expected {expected}; help: {help}",
        severity,
        check,
        address,
        more = count - 1,
        found,
        expected,
        help
    )
}

/// The last line about a site.
#[must_use]
pub fn summary(report: &Report) -> Message {
    let (f, n) = (report.count(Severity::Fault), report.count(Severity::Note));
    let (faults, notes) = (count(f, "fault", "faults"), count(n, "note", "notes"));
    let counts = match (f, n) {
        (0, 0) => message!("verify-right", "whole and right"),
        (0, _) => message!("verify-right-notes", "whole and right, {notes}", notes),
        _ => message!("verify-faults-notes", "{faults}, {notes}", faults, notes),
    };
    let site = &report.site;
    let Some(facts) = &report.facts else { return message!("verify-site", "{site}: {counts}", site, counts) };
    let (checked, files) = (report.checked, count(report.files, "file", "files"));
    let effective = facts.effective.iso();
    match facts.next_change {
        None => message!(
            "verify-site-facts",
            "{site}: {counts}; checked {checked} of {files}; built for {effective}",
            site,
            counts,
            checked,
            files,
            effective
        ),
        Some(next) => message!(
            "verify-site-facts-next",
            "{site}: {counts}; checked {checked} of {files}; built for {effective}, next change {next}",
            site,
            counts,
            checked,
            files,
            effective,
            next = next.iso()
        ),
    }
}
