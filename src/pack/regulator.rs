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

/// The times that are not exact, at which the spans of components can begin or end.
fn vague_times(facts: &Facts<'_>) -> BTreeMap<Instant, Precision> {
    let now = &facts.site.now;
    let mut found = Vec::new();
    match facts.route {
        Route::Incident(at) => {
            let now = &now.incidents[at];
            found.push(now.started);
            for update in now.updates {
                found.push(update.stated());
                found.extend(update.change.ended);
                found.extend(update.change.ended_parts.iter().map(|(_, ended)| *ended));
            }
            let listed = now.outages.iter().filter(|outage| !outage.is_moment());
            found.extend(listed.flat_map(|outage| [Some(outage.start), outage.ended()]).flatten());
        }
        Route::Maintenance(at) => {
            let now = &now.maintenance[at];
            found.extend(now.updates.iter().map(|update| update.stated()));
            for window in &now.windows {
                found.push(window.plan.from());
                found.extend(window.plan.until());
            }
        }
        _ => {}
    }
    found.retain(|time| time.precision != Precision::Exact);
    found.into_iter().map(|time| (time.at, time.precision)).collect()
}

/// How a component was not operational: for how long, and how well that is known.
#[derive(Default)]
struct Impact {
    seconds: i64,
    is_about: bool,
    /// Whether a beginning or an end is known less exactly than to the minute.
    is_vague: bool,
    is_open: bool,
}

/// The minutes that each component was not operational, by status.
fn impact(facts: &Facts<'_>) -> Vec<(String, String)> {
    let now = &facts.site.now;
    let vague = vague_times(facts);
    let mut all: BTreeMap<(usize, ComponentStatus), Impact> = BTreeMap::new();
    let mut add = |component: usize, span: Span| {
        if span.status == ComponentStatus::Operational {
            return;
        }
        let impact = all.entry((component, span.status)).or_default();
        impact.seconds += span.to.0 - span.from.0;
        impact.is_open |= span.to == now.effective && !facts.is_over;
        for precision in [span.from, span.to].iter().filter_map(|at| vague.get(at)) {
            impact.is_about |= *precision == Precision::About;
            impact.is_vague |= *precision != Precision::About;
        }
    };
    match facts.route {
        Route::Incident(at) => now.incidents[at].spans(now.effective, &mut add),
        Route::Maintenance(at) => now.maintenance[at].spans(now.effective, &mut add),
        _ => {}
    }
    let row = |((component, status), impact): ((usize, ComponentStatus), Impact)| {
        let name = facts.text(&now.model.config.components.all[component].name);
        let status = facts.t(status.message());
        let note = |note: &str| facts.locale.format("pack-note", &[("text", status), ("note", note)]);
        // What goes on has no length yet: the site's instant is only its last change.
        if impact.is_open {
            return (name, note(facts.t("report-open")));
        }
        if impact.is_vague {
            return (name, note(facts.t("pack-report-vague")));
        }
        let minutes = (impact.seconds / 60).to_string();
        let length = facts.locale.format("pack-report-minutes", &[("minutes", &minutes), ("status", status)]);
        (name, if impact.is_about { facts.with("duration-about", "duration", &length) } else { length })
    };
    all.into_iter().map(row).collect()
}
