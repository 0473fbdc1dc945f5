//! Results as metrics: `OpenMetrics` 1.0, the text format. The textfile collector of Prometheus reads it, too.
//!
//! No durations, so that the same state gives the same text.

use super::{Check, Report, Severity};
use crate::model::Instant;
use crate::text::open_metrics;

/// The samples of a family for one site: a further label, and the value.
type Samples = Vec<(Option<(&'static str, &'static str)>, i64)>;

/// All reports as one exposition.
#[must_use]
pub fn text(reports: &[Report]) -> String {
    let mut out = String::new();
    let mut family = |name: &str, unit: &str, help: &str, of: &dyn Fn(&Report) -> Samples| {
        open_metrics::family(&mut out, name, unit, help);
        for report in reports {
            for (label, value) in of(report) {
                let labels = [Some(("site", report.site.as_str())), label];
                let labels: Vec<(&str, &str)> = labels.into_iter().flatten().collect();
                open_metrics::sample(&mut out, name, &labels, value);
            }
        }
    };
    let up = |report: &Report| one(Some(i64::from(report.facts.is_some())));
    family("noroshi_verify_up", "", "Whether the manifest of the site could be read.", &up);
    family(
        "noroshi_verify_faults",
        "",
        "Faults by check: readers do not get what was published.",
        &|report| by_check(report, Severity::Fault),
    );
    family(
        "noroshi_verify_notes",
        "",
        "Notes by check: the site works, and the host could do better.",
        &|report| by_check(report, Severity::Note),
    );
    family("noroshi_verify_files", "", "Files that the manifest lists for readers.", &|report| {
        one(report.facts.as_ref().map(|_| number(report.files)))
    });
    family("noroshi_verify_checked_files", "", "Files that this run fetched.", &|report| {
        one(report.facts.as_ref().map(|_| number(report.checked)))
    });
    family(
        "noroshi_verify_effective_timestamp_seconds",
        "seconds",
        "The instant that the site was built for.",
        &|report| time(report.facts.as_ref().map(|facts| facts.effective)),
    );
    family(
        "noroshi_verify_next_change_timestamp_seconds",
        "seconds",
        "When the site must change by itself.",
        &|report| time(report.facts.as_ref().and_then(|facts| facts.next_change)),
    );
    family(
        "noroshi_verify_certificate_expiry_timestamp_seconds",
        "seconds",
        "The end of the certificate of the host.",
        &|report| time(report.certificate_ends),
    );
    open_metrics::end(&mut out);
    out
}

fn one(value: Option<i64>) -> Samples {
    value.into_iter().map(|value| (None, value)).collect()
}

fn time(at: Option<Instant>) -> Samples {
    one(at.map(|at| at.0))
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A sample for every check, also without a finding: an alert can compare only what exists.
fn by_check(report: &Report, severity: Severity) -> Samples {
    let count = |check: Check| {
        let of = report.findings.iter().filter(|f| f.check == check && f.severity == severity);
        number(of.map(|finding| finding.count).sum())
    };
    Check::ALL.map(|check| (Some(("check", check.word())), count(check))).into()
}
