//! Writes a report to the authority: every fact with its time, oldest first, in full.
//!
//! Its number follows from the earlier reports (`internal.reports`), the only private value in it. Each time
//! has its offset from UTC, and after the end it asks customers for nothing.

use std::collections::BTreeMap;

use super::facts::Facts;
use super::rich_text::RichText;
use crate::kind::EntryKind;
use crate::model::Instant;
use crate::model::Precision;
use crate::site::Route;
use crate::timeline;
use crate::uptime::Span;
use crate::vocabulary::ComponentStatus;

pub(super) fn write(facts: &Facts<'_>) -> String {
    let mut sheet = RichText::of(facts);
    let subject = facts.t(match facts.head.kind {
        EntryKind::Incident => "pack-report-incident",
        EntryKind::Maintenance => "pack-report-maintenance",
        _ => "pack-report-notice",
    });
    let before = reports(facts);
    let number = |n: usize| facts.with("pack-report-number", "n", &n.to_string());
    let now = facts.moment(facts.site.now.effective);
    sheet.title(facts.t("pack-report-to"));
    sheet.title(subject).line(number(before.len() + 1)).line(facts.with("as-of", "time", &now));
    sheet.rows(reporter(facts));
    if !before.is_empty() {
        let times = before.iter().enumerate().map(|(n, at)| (number(n + 1), facts.moment(*at)));
        sheet.heading("pack-report-before").rows(times.collect());
    }
    sheet.title(facts.headline()).notes();
    sheet.section("pack-summary", &facts.summary);
    sheet.heading("pack-report-facts").rows(facts.rows());
    let impact = impact(facts);
    if !impact.is_empty() {
        sheet.heading("pack-report-impact").rows(impact);
    }
    sheet.heading("section-updates");
    for (n, statement) in facts.statements.iter().enumerate() {
        let label = facts.label_with_origin(statement);
        sheet.title(format!("{}. {}", n + 1, facts.line(&facts.moment(statement.at), &label)));
        sheet.asides(&statement.notes).prose(&statement.prose).rows(statement.facts.clone());
    }
    if !facts.is_over {
        sheet.section("section-workaround", &facts.workaround).section("section-actions", &facts.actions);
    }
    sheet.section("section-compensation", &facts.compensation);
    sheet.heading(facts.page_key()).line(facts.address.clone());
    sheet.text()
}

/// The times of the reports so far. The site's instant is its last change, so every report before the next
/// change counts.
fn reports(facts: &Facts<'_>) -> Vec<Instant> {
    let (_, next) = timeline::changes(facts.site.now.model, facts.site.now.effective);
    let times = facts.head.reports.for_the_authority().iter();
    times.filter(|at| next.is_none_or(|next| **at < next)).copied().collect()
}

fn reporter(facts: &Facts<'_>) -> Vec<(String, String)> {
    let (name, registration) = facts.publisher();
    let mut rows = vec![(facts.t("pack-company").to_owned(), name.unwrap_or_else(|| facts.sender()))];
    rows.extend(registration.map(|r| (facts.t("pack-registration").to_owned(), r)));
    rows.extend(facts.contact());
    rows
}

/// How exactly the times are known between which components were not operational.
fn precisions(facts: &Facts<'_>) -> Vec<Precision> {
    let now = &facts.site.now;
    match facts.route {
        Route::Incident(at) => {
            let now = &now.incidents[at];
            let ends = now.updates.iter().flat_map(|update| {
                let parts = update.change.ended_parts.iter().map(|(_, ended)| ended.precision);
                let whole = update.change.ended.map(|ended| ended.precision);
                whole.into_iter().chain(parts).chain([update.precision])
            });
            let listed = now.outages.iter().filter(|outage| !outage.is_moment());
            let listed = listed.flat_map(|outage| [Some(outage.start), outage.ended()]).flatten();
            ends.chain(listed.map(|time| time.precision)).chain([now.started.precision]).collect()
        }
        Route::Maintenance(at) => {
            let now = &now.maintenance[at];
            let plan = now.windows.iter().flat_map(|w| [w.plan.precision.0, w.plan.precision.1]);
            now.updates.iter().map(|update| update.precision).chain(plan).collect()
        }
        _ => Vec::new(),
    }
}

/// The minutes that each component was not operational, by status.
fn impact(facts: &Facts<'_>) -> Vec<(String, String)> {
    let now = &facts.site.now;
    let mut seconds: BTreeMap<(usize, ComponentStatus), i64> = BTreeMap::new();
    let mut add = |component: usize, span: Span| {
        if span.status != ComponentStatus::Operational {
            *seconds.entry((component, span.status)).or_default() += span.to.0 - span.from.0;
        }
    };
    match facts.route {
        Route::Incident(at) => now.incidents[at].spans(now.effective, &mut add),
        Route::Maintenance(at) => now.maintenance[at].spans(now.effective, &mut add),
        _ => {}
    }
    let times = precisions(facts);
    let row = |((component, status), seconds): ((usize, ComponentStatus), i64)| {
        let name = facts.text(&now.model.config.components.all[component].name);
        let minutes = (seconds / 60).to_string();
        let status = facts.t(status.message());
        if times.iter().any(|precision| !matches!(precision, Precision::Exact | Precision::About)) {
            return (name, status.to_owned());
        }
        let length = facts.locale.format("pack-report-minutes", &[("minutes", &minutes), ("status", status)]);
        let is_exact = times.iter().all(|precision| *precision == Precision::Exact);
        let about = || facts.with("duration-about", "duration", &length);
        (name, if is_exact { length.clone() } else { about() })
    };
    seconds.into_iter().map(row).collect()
}
