//! Writes a report to the authority: every fact with its time, oldest first, in full.
//!
//! Its number follows from the earlier reports (`internal.reports`), the only private value in it. Each time
//! has its offset from UTC, and after the end it asks customers for nothing. If the policy asks for a report by name,
//! the text holds what that report is about, and says by when it is due.

use std::collections::BTreeMap;

use super::facts::{Facts, Statement};
use super::rich_text::RichText;
use crate::check::duties::{self, Due, Duties, DutyNow};
use crate::kind::EntryKind;
use crate::model::Instant;
use crate::model::Precision;
use crate::model::duties::{AUTHORITY, Allowance, ClockStart, is_alike};
use crate::site::Route;
use crate::timeline;
use crate::uptime::Span;
use crate::vocabulary::ComponentStatus;

/// What a report is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// What happened, since when, and its impact so far.
    Initial,
    /// What changed since the last report.
    Intermediate,
    /// The cause, the end and the whole impact.
    Final,
    /// Everything.
    Whole,
}

/// A report that was sent, for the list of earlier ones.
struct Before {
    at: Instant,
    kind: Option<String>,
}

pub(super) fn write(facts: &Facts<'_>) -> String {
    let Route::Incident(at) = facts.route else { return report(facts, None) };
    let now = &facts.site.now;
    let owed = duties::of(&now.model.config, now.incidents[at].incident, until(facts));
    let next = owed.next();
    if next.is_empty() {
        return report(facts, None);
    }
    // Each authority gets its own report.
    let texts: Vec<String> = next.into_iter().map(|duty| report(facts, Some((&owed, duty)))).collect();
    texts.join("\n")
}

/// The end of what the text can know. The site's instant is its last change, so every report before the next change
/// counts.
fn until(facts: &Facts<'_>) -> Instant {
    let (_, next) = timeline::changes(facts.site.now.model, facts.site.now.effective);
    Instant(next.map_or(i64::MAX, |next| next.0 - 1))
}

fn report(facts: &Facts<'_>, duty: Option<(&Duties<'_>, &DutyNow<'_>)>) -> String {
    let mut sheet = RichText::of(facts);
    let before = before(facts, duty);
    let part = duty.map_or(Part::Whole, |(_, duty)| part(duty.kind));
    head(&mut sheet, facts, &before, duty.map(|(_, duty)| duty));
    sheet.title(facts.headline()).notes();
    sheet.section("pack-summary", &facts.summary);
    sheet.heading("pack-report-facts").rows(facts.rows());
    if let Some((duties, _)) = duty.filter(|_| matches!(part, Part::Intermediate | Part::Final)) {
        let name = |severity| facts.site.severity_name(severity, facts.locale.index);
        let rows = duties.reached.iter().map(|(severity, at)| (facts.moment(*at), name(*severity)));
        sheet.heading("pack-report-classification").rows(rows.collect());
    }
    let impact = impact(facts);
    if !impact.is_empty() {
        sheet.heading("pack-report-impact").rows(impact);
    }
    match part {
        Part::Initial => {}
        Part::Intermediate => {
            let last = before.last().map(|last| last.at);
            let is_new = |one: &&Statement| last.is_none_or(|last| one.at.at > last);
            sheet.heading("pack-report-since");
            statements(&mut sheet, facts, facts.statements.iter().filter(is_new));
        }
        Part::Final => {
            sheet.heading("pack-press-cause").prose(&facts.report);
            if facts.report.text.is_empty() {
                sheet.line(facts.t("pack-press-cause-later"));
            }
            sheet.heading("section-updates");
            statements(&mut sheet, facts, facts.statements.iter());
        }
        Part::Whole => {
            sheet.heading("section-updates");
            statements(&mut sheet, facts, facts.statements.iter());
        }
    }
    if !facts.is_over {
        sheet.section("section-workaround", &facts.workaround).section("section-actions", &facts.actions);
    }
    sheet.section("section-compensation", &facts.compensation);
    sheet.heading(facts.page_key()).line(facts.address.clone());
    sheet.text()
}

fn part(kind: &str) -> Part {
    let known = [("initial", Part::Initial), ("intermediate", Part::Intermediate), ("final", Part::Final)];
    known.into_iter().find(|(name, _)| is_alike(name, kind)).map_or(Part::Whole, |(_, part)| part)
}

/// The name of a report for readers; a word of the team stays as it is.
fn name<'n>(facts: &'n Facts<'_>, kind: &'n str) -> &'n str {
    match part(kind) {
        Part::Initial => facts.t("pack-report-initial"),
        Part::Intermediate => facts.t("pack-report-intermediate"),
        Part::Final => facts.t("pack-report-final"),
        Part::Whole => kind,
    }
}

/// To whom, what, its number and by when; who reports; what was reported before.
fn head(sheet: &mut RichText<'_>, facts: &Facts<'_>, before: &[Before], duty: Option<&DutyNow<'_>>) {
    let subject = facts.t(match facts.head.kind {
        EntryKind::Incident => "pack-report-incident",
        EntryKind::Maintenance => "pack-report-maintenance",
        _ => "pack-report-notice",
    });
    let number = |n: usize, kind: Option<&str>| {
        let number = facts.with("pack-report-number", "n", &n.to_string());
        let noted =
            |kind| facts.locale.format("pack-note", &[("text", &number), ("note", name(facts, kind))]);
        kind.map(noted).unwrap_or(number)
    };
    let now = facts.moment(facts.site.now.effective);
    let named = duty.map(|duty| duty.to).filter(|to| !is_alike(to, AUTHORITY));
    sheet.title(named.map_or_else(
        || facts.t("pack-report-to").to_owned(),
        |to| facts.with("pack-report-to-name", "name", to),
    ));
    sheet.title(subject).line(number(before.len() + 1, duty.map(|duty| duty.kind)));
    sheet.line(facts.with("as-of", "time", &now));
    let due = duty.and_then(|duty| duty.due);
    sheet.rows(
        due.map(|due| (facts.t("pack-report-due").to_owned(), due_words(facts, due))).into_iter().collect(),
    );
    sheet.rows(reporter(facts));
    if !before.is_empty() {
        let times = before.iter().enumerate();
        let row = |(n, one): (usize, &Before)| (number(n + 1, one.kind.as_deref()), facts.moment(one.at));
        sheet.heading("pack-report-before").rows(times.map(row).collect());
    }
}

/// The time by which a report is due, and after what.
fn due_words(facts: &Facts<'_>, due: Due<'_>) -> String {
    let within = match due.clock.within {
        Allowance::Seconds(seconds) => facts.locale.duration(seconds),
        Allowance::Months(months) => facts.locale.count("pack-report-months", i64::from(months)),
    };
    let after = match &due.clock.from {
        ClockStart::Awareness => facts.with("pack-report-after-awareness", "within", &within),
        ClockStart::Classification => facts.with("pack-report-after-classification", "within", &within),
        ClockStart::Report(kind) => facts
            .locale
            .format("pack-report-after-report", &[("within", &within), ("report", name(facts, kind))]),
    };
    facts.locale.format("pack-note", &[("text", &facts.moment(due.at)), ("note", &after)])
}

fn statements<'f>(
    sheet: &mut RichText<'_>,
    facts: &Facts<'_>,
    statements: impl Iterator<Item = &'f Statement>,
) {
    for (n, statement) in statements.enumerate() {
        let label = facts.label_with_origin(statement);
        sheet.title(format!("{}. {}", n + 1, facts.line(&facts.moment(statement.at), &label)));
        sheet.asides(&statement.notes).prose(&statement.prose).rows(statement.facts.clone());
    }
}

/// The reports so far: those to the authority of the duty, or all.
fn before(facts: &Facts<'_>, duty: Option<(&Duties<'_>, &DutyNow<'_>)>) -> Vec<Before> {
    if let Some((duties, duty)) = duty {
        let sent = duties.sent_to(duty.to);
        return sent.map(|sent| Before { at: sent.at, kind: sent.kind.map(str::to_owned) }).collect();
    }
    let until = until(facts);
    let all = facts.head.reports.for_the_authority().iter().filter(|sent| sent.at <= until);
    all.map(|sent| Before { at: sent.at, kind: sent.kind.clone() }).collect()
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
