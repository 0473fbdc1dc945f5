//! Whether several addresses publish the same.

use super::finding::{Check, Checked, Severity};
use super::head::Facts;
use super::target::Options;
use super::{Report, grouped, minutes};
use crate::message::{Message, message};

/// Adds a finding to each site whose manifest is another than that of the newest.
pub(super) fn compare(reports: &mut [Report], options: &Options<'_>) {
    let newest = reports.iter().filter_map(|report| Some((report.facts.clone()?, report.site.clone())));
    // Of several with the same instant the first one counts.
    let Some((newest, whose)) = newest.reduce(|a, b| if b.0.effective > a.0.effective { b } else { a })
    else {
        return;
    };
    // Two hosts never change in the same second.
    let since = newest.modified.map_or(newest.effective, |modified| modified.max(newest.effective));
    let is_new = options.at.0 - since.0 <= options.grace;
    let severity = if is_new { Severity::Note } else { Severity::Fault };
    for report in reports.iter_mut().filter(|report| report.site != whose) {
        let Some(found) = report.facts.as_ref().and_then(|facts| difference(&newest, facts)) else {
            continue;
        };
        let expected = message!("verify-differs-expected", "the same manifest as {whose}", whose);
        let help = message!(
            "verify-differs-help",
            "publish the same folder to each host, and see the last run of each"
        );
        let checked = Checked::new(Check::Differs, severity, found, expected, help);
        let mut findings = std::mem::take(&mut report.findings);
        findings.push(checked.at(&report.site));
        report.findings = grouped(findings);
    }
}

fn difference(newest: &Facts, facts: &Facts) -> Option<Message> {
    if facts.digest == newest.digest {
        return None;
    }
    let behind = newest.effective.0 - facts.effective.0;
    Some(match behind {
        0 => message!("verify-other-content", "the site has other content for the same instant"),
        behind => message!("verify-behind", "the site is {time} behind", time = minutes(behind)),
    })
}
