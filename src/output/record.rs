//! `/report/2026-11.json`: the public record of a month, for programs. The page beside it says the same.

use super::{Planned, json};
use crate::publish::Rank;
use crate::report::Report;
use crate::site::Site;

pub(super) fn plan<'a>(site: &'a Site<'a>) -> Vec<Planned<'a>> {
    let mut files = Vec::new();
    for locale in 0..site.locales.len() {
        for month in site.report_months() {
            files.push(Planned::new(site.report_file(month, locale), Rank::List, move || {
                Report::of_month(site, month, locale)
                    .map(|report| json::lines(&report.public_json()))
                    .unwrap_or_default()
            }));
        }
    }
    files
}
