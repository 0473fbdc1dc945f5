//! A report to the authority: every fact with its time, numbered, oldest first, in full.

use std::collections::BTreeMap;

use super::facts::{Fact, Facts};
use super::sheet::Sheet;
use crate::model::{Instant, Kind};
use crate::site::Route;
use crate::site::changes::status_key;
use crate::uptime::Span;
use crate::vocabulary::ComponentStatus;

pub(super) fn write(facts: &Facts<'_>) -> String {
    let mut sheet = Sheet::of(facts);
    let subject = facts.t(match facts.head.kind {
        Kind::Incident => "pack-report-incident",
        Kind::Maintenance => "pack-report-maintenance",
        _ => "pack-report-notice",
    });
    let number = facts.with("pack-report-number", "n", &facts.reports().to_string());
    let now = facts.site.now.effective;
    sheet.title(facts.t("pack-report-to"));
    sheet.title(subject).line(number).line(facts.with("as-of", "time", &offset(facts, now)));
    sheet.rows(reporter(facts));
    sheet.title(facts.headline()).notes();
    sheet.section("pack-summary", &facts.summary);
    sheet.heading("pack-report-facts").rows(rows(facts));
    let impact = impact(facts);
    if !impact.is_empty() {
        sheet.heading("pack-report-impact").rows(impact);
    }
    sheet.heading("section-updates");
    for (n, said) in facts.said.iter().enumerate() {
        let label = facts.label_with_origin(said);
        sheet.title(format!("{}. {}", n + 1, facts.line(&offset(facts, said.at), &label)));
        for note in &said.notes {
            sheet.line(facts.with("pack-aside", "text", note));
        }
        sheet.prose(&said.prose).rows(said.facts.clone());
    }
    sheet.section("section-workaround", &facts.workaround).section("section-actions", &facts.actions);
    sheet.section("section-compensation", &facts.compensation);
    sheet.heading("pack-page").line(facts.address.clone());
    sheet.text()
}

/// A time with the offset from UTC, so that it stands by itself anywhere.
fn offset(facts: &Facts<'_>, at: Instant) -> String {
    facts.locale.format("pack-note", &[("text", &facts.moment(at)), ("note", &utc(facts, at))])
}

/// `UTC+09:00`.
fn utc(facts: &Facts<'_>, at: Instant) -> String {
    let seconds = facts.site.now.zone().offset(at);
    let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.abs() / 60);
    format!("UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

fn reporter(facts: &Facts<'_>) -> Vec<(String, String)> {
    let (name, registration) = facts.publisher();
    let mut rows = vec![(facts.t("pack-company").to_owned(), name.unwrap_or_else(|| facts.sender()))];
    rows.extend(registration.map(|r| (facts.t("pack-registration").to_owned(), r)));
    rows.extend(
        facts
            .contact()
            .map(|(label, url)| (facts.t("pack-press-contact").to_owned(), format!("{label} {url}"))),
    );
    rows
}

/// Every fact, each time with its offset.
fn rows(facts: &Facts<'_>) -> Vec<(String, String)> {
    let value = |fact: &Fact| {
        let Some(at) = fact.at else { return fact.value.clone() };
        let moment = facts.moment(at);
        if fact.value.starts_with(&moment) {
            return fact.value.replacen(&moment, &offset(facts, at), 1);
        }
        facts.locale.format("pack-note", &[("text", &fact.value), ("note", &utc(facts, at))])
    };
    facts.list.iter().map(|fact| (fact.label.clone(), value(fact))).collect()
}

/// Minutes that each component was not as it should be, by status.
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
    let row = |((component, status), seconds): ((usize, ComponentStatus), i64)| {
        let name = facts.text(&now.model.config.components.all[component].name);
        let minutes = (seconds / 60).to_string();
        let values = [("minutes", minutes.as_str()), ("status", facts.t(status_key(status)))];
        (name, facts.locale.format("pack-report-minutes", &values))
    };
    seconds.into_iter().map(row).collect()
}
