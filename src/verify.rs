//! Verifies a published site as its readers get it: bytes, headers, addresses, certificate and age.
//!
//! Knows the manifest, and what a host must and should do. Gets the instant, the time limit and the means to send
//! requests from its caller. Reports, and never repairs. docs/verify.md says what is a fault and what only a note.

mod compare;
mod file;
mod finding;
mod head;
mod headers;
mod host;
mod human;
mod json;
mod metrics;
mod select;
mod target;
#[cfg(test)]
mod tests;
mod work;

use std::collections::BTreeMap;

use crate::message::{Message, count, message};
use crate::model::Instant;

pub use finding::{Check, Finding, Severity};
pub use head::Facts;
pub use human::{line, summary};
pub use json::{finding as json_finding, site as json_site};
pub use metrics::text as open_metrics;
pub use target::{Online, Options, Web};

use finding::Checked;
use head::Head;
use target::Target;

/// What the verification of one site found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Report {
    /// The address of the site, with a slash at its end.
    pub site: String,
    /// What the manifest says; `None` if it cannot be read.
    pub facts: Option<Facts>,
    /// Files that the manifest lists for readers.
    pub files: usize,
    /// Files that were fetched.
    pub checked: usize,
    /// The end of the certificate.
    pub certificate_ends: Option<Instant>,
    /// Faults, then notes, each sorted by address.
    pub findings: Vec<Finding>,
}

impl Report {
    /// The number of findings of a severity. A note about several addresses counts once.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}

/// Verifies several sites, each with its means to send requests, and compares what they publish.
#[must_use]
pub fn run(sites: &[(String, &dyn Web)], options: &Options<'_>) -> Vec<Report> {
    let mut reports: Vec<Report> = sites.iter().map(|(base, web)| site(base, *web, options)).collect();
    compare::compare(&mut reports, options);
    reports
}

fn site(base: &str, web: &dyn Web, options: &Options<'_>) -> Report {
    let mut report = once(base, web, options);
    // A publication in the meantime changes files after the manifest was read.
    let is_other = |report: &Report| {
        let target = Target::new(base, web, options);
        let digest = |facts: &Facts| facts.digest.clone();
        head::read(&target)
            .ok()
            .is_some_and(|head| Some(head.facts.digest) != report.facts.as_ref().map(digest))
    };
    let is_wrong = report.count(Severity::Fault) > 0 && report.facts.is_some();
    // It also removes parts of a manifest that was read before.
    let is_torn = report.findings.iter().any(|finding| finding.check == Check::Manifest);
    if (is_wrong || is_torn) && !(options.is_over)() && (is_torn || is_other(&report)) {
        report = once(base, web, options);
    }
    report
}

fn once(base: &str, web: &dyn Web, options: &Options<'_>) -> Report {
    let target = Target::new(base, web, options);
    let (certificate_ends, mut findings) = certificate(&target);
    let head = match head::read(&target) {
        Ok(head) => head,
        Err(finding) => {
            // A certificate that browsers refuse is the reason. A note about it has the same reason.
            if findings.iter().all(|finding| finding.severity == Severity::Note) {
                findings = vec![finding];
            }
            return Report {
                site: base.to_owned(),
                facts: None,
                files: 0,
                checked: 0,
                certificate_ends,
                findings,
            };
        }
    };
    findings.extend(late(&target, &head));
    let chosen = select::select(&head.files, options.sample, options.at);
    let found = work::each(&target, &chosen, |path| file::check(&target, &head, path));
    let checked = found.iter().flatten().count();
    findings.extend(left_out(&target, chosen.len() - checked));
    findings.extend(found.into_iter().flatten().flatten());
    findings.extend(host::check(&target, &head, &chosen));
    Report {
        site: base.to_owned(),
        files: select::listed(&head.files).count(),
        facts: Some(head.facts),
        checked,
        certificate_ends,
        findings: grouped(findings),
    }
}

/// The end of the certificate, and what is wrong with it.
fn certificate(target: &Target<'_>) -> (Option<Instant>, Vec<Finding>) {
    if !target.base.starts_with("https:") {
        return (None, Vec::new());
    }
    let options = target.options;
    let later = Instant(options.at.0.saturating_add(options.certificate_seconds));
    let certificate = match target.web.certificate(options.at, later) {
        Ok(certificate) => certificate,
        // If the host cannot be reached at all, its manifest says so.
        Err(error) => {
            let expected = message!("verify-certificate-no-proxy", "an answer without a proxy between");
            let checked = Checked::note(Check::Certificate, error.message, expected, error.help);
            return (None, vec![checked.at(target.base)]);
        }
    };
    let ends = certificate.ends.map(Instant);
    let until = ends.map(Instant::iso);
    let found = match (certificate.refused, certificate.refused_later, until) {
        (Some(why), _, None) => {
            message!("verify-certificate-refused", "browsers refuse the certificate: {why}", why)
        }
        (Some(why), _, Some(until)) => message!(
            "verify-certificate-refused-until",
            "browsers refuse the certificate: {why}; it ends at {until}",
            why,
            until
        ),
        (None, Some(why), None) => {
            message!(
                "verify-certificate-soon-refused",
                "browsers will soon refuse the certificate: {why}",
                why
            )
        }
        (None, Some(why), Some(until)) => message!(
            "verify-certificate-soon-refused-until",
            "browsers will soon refuse the certificate: {why}; it ends at {until}",
            why,
            until
        ),
        (None, None, _) => return (ends, Vec::new()),
    };
    let expected = message!(
        "verify-certificate-accepted",
        "one that browsers accept until {later}",
        later = later.iso()
    );
    let help = message!("verify-certificate-renew", "renew it, and find out why nothing renewed it");
    (ends, vec![Checked::fault(Check::Certificate, found, expected, help).at(target.base)])
}

/// Whether the site should have changed by now.
fn late(target: &Target<'_>, head: &Head) -> Option<Finding> {
    let options = target.options;
    let next = head.facts.next_change?;
    let late = options.at.0 - next.0;
    if late <= options.grace {
        return None;
    }
    let found = message!(
        "verify-late",
        "the site was to change {ago} ago, at {next}",
        ago = minutes(late),
        next = next.iso()
    );
    let help = message!(
        "verify-late-help",
        "publish it: see the last run of the workflow or the log of `noroshi watch`"
    );
    let expected = message!(
        "verify-late-expected",
        "a manifest whose `next_change` is after {now}",
        now = options.at.iso()
    );
    Some(Checked::fault(Check::Late, found, expected, help).at(&target.manifest()))
}

/// The files that were not asked for, because the host failed or the time was over.
fn left_out(target: &Target<'_>, left: usize) -> Option<Finding> {
    let files = count(left, "file was", "files were");
    let (found, help) = match left {
        0 => return None,
        _ if target.is_failing() => (
            message!(
                "verify-left-out-failing",
                "{files} not asked for, because too many requests failed",
                files
            ),
            message!("verify-see-host", "see the status of the host"),
        ),
        _ => (
            message!("verify-left-out-time", "{files} not asked for, because the time was over", files),
            message!(
                "verify-left-out-time-help",
                "allow more with `--timeout`, or check a part with `--sample`"
            ),
        ),
    };
    let expected = message!("verify-left-out-expected", "every chosen file");
    Some(Checked::fault(Check::Unreachable, found, expected, help).at(target.base))
}

/// A duration in words: `12 minutes`.
fn minutes(seconds: i64) -> Message {
    match seconds / 60 {
        0 => message!("verify-seconds", "{seconds} seconds", seconds),
        1 => message!("verify-minute", "1 minute"),
        minutes if minutes < 120 => message!("verify-minutes", "{minutes} minutes", minutes),
        minutes => message!("verify-hours", "{hours} hours", hours = minutes / 60),
    }
}

/// Sorts findings, and joins notes that say the same of several addresses: a host that cannot set headers would have
/// one for each file.
fn grouped(findings: Vec<Finding>) -> Vec<Finding> {
    let mut notes: BTreeMap<(Check, Message, Message), Finding> = BTreeMap::new();
    let mut all = Vec::new();
    for finding in findings {
        if finding.severity == Severity::Fault {
            all.push(finding);
            continue;
        }
        let key = (finding.check, finding.found.clone(), finding.expected.clone());
        match notes.get_mut(&key) {
            None => _ = notes.insert(key, finding),
            Some(known) => {
                known.count += finding.count;
                if finding.address < known.address {
                    known.address = finding.address;
                }
            }
        }
    }
    all.extend(notes.into_values());
    all.sort_by(|a, b| (a.severity, &a.address, a.check).cmp(&(b.severity, &b.address, b.check)));
    all
}
