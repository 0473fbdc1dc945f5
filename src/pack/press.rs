//! Writes a press release: the facts, the course of events, cause and measures, compensation, contact.

use super::facts::{Facts, Statement};
use super::rich_text::RichText;
use crate::kind::EntryKind;

/// The facts of a press release, in order.
const FACTS: [&str; 13] = [
    "kind",
    "started",
    "outages",
    "published",
    "window",
    "before",
    "actual",
    "ended",
    "duration",
    "scope",
    "affects",
    "state",
    "reason",
];

pub(super) fn write(facts: &Facts<'_>) -> String {
    let mut sheet = RichText::of(facts);
    let day = facts.locale.date(facts.site.now.zone().day(facts.published_at()));
    let (name, registration) = facts.publisher();
    sheet.title(facts.t("pack-press-to")).line(day).line(name.unwrap_or_else(|| facts.sender()));
    sheet.line(registration.unwrap_or_default());
    sheet.title(facts.headline()).line(facts.opening()).notes();
    sheet.section("pack-summary", &facts.summary);
    let chosen = FACTS.iter().filter_map(|key| facts.fact(key));
    let own = facts.list.iter().filter(|fact| fact.key == "field");
    let waited = facts.promises.iter().filter(|p| p.key == "next");
    let rows = chosen.chain(own).chain(waited).map(|fact| (fact.label.clone(), fact.value.clone())).collect();
    sheet.heading("pack-press-facts").rows(rows);
    course(&mut sheet, facts);
    cause(&mut sheet, facts);
    sheet.section("section-actions", &facts.actions);
    sheet.heading("pack-press-contact").signature().page();
    sheet.title(facts.t("pack-press-end"));
    sheet.text()
}

/// Adds the course of events, each statement in its own words.
fn course(sheet: &mut RichText<'_>, facts: &Facts<'_>) {
    let statements: Vec<&Statement> = facts
        .statements
        .iter()
        .filter(|s| s.prose.text != facts.report.text || s.prose.text.is_empty())
        .collect();
    if statements.is_empty() {
        return;
    }
    sheet.heading("section-updates");
    for statement in statements {
        sheet.line(facts.line(&facts.moment(statement.at), &facts.label_with_origin(statement)));
        sheet.asides(&statement.notes).prose(&statement.prose).changed(&statement.changed);
    }
}

/// Adds the cause from the postmortem. If an incident has none yet, the release says that the cause will be
/// published.
fn cause(sheet: &mut RichText<'_>, facts: &Facts<'_>) {
    if facts.head.kind == EntryKind::Maintenance {
        sheet.section("section-evaluation", &facts.report);
        sheet.section("section-compensation", &facts.compensation);
        return;
    }
    if facts.head.kind != EntryKind::Incident || facts.is_withdrawn {
        return;
    }
    for (heading, prose, later) in [
        ("pack-press-cause", &facts.report, "pack-press-cause-later"),
        ("section-compensation", &facts.compensation, "pack-press-compensation-later"),
    ] {
        let later = if prose.text.is_empty() { facts.t(later) } else { "" };
        sheet.heading(heading).prose(prose).line(later);
    }
}
