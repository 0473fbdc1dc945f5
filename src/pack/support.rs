//! Writes a macro for the support desk: what to say, what to advise, and what not to promise.

use super::facts::Facts;
use super::rich_text::RichText;
use crate::kind::EntryKind;

pub(super) fn write(facts: &Facts<'_>) -> String {
    let mut sheet = RichText::of(facts);
    sheet.title(facts.headline()).notes();
    sheet.heading("pack-support-first");
    // Support staff do not read out a report on the telephone.
    if let Some([over, report]) = facts.reported() {
        sheet.line(over).line(report).page();
    } else {
        first(&mut sheet, facts);
    }
    let key = if facts.is_over { "pack-summary" } else { "pack-support-notice" };
    sheet.overview(key, Some(&facts.summary));
    if !facts.is_over {
        sheet.section("section-workaround", &facts.workaround);
    }
    sheet.section("section-actions", &facts.actions);
    sheet.section("section-compensation", &facts.compensation);
    sheet.questions("section-faq", &facts.questions).questions("section-related", &facts.related);
    sheet.heading("pack-support-next");
    match facts.promises.as_slice() {
        [] if facts.is_over => sheet.line(facts.t("pack-support-over")),
        [] => sheet.line(facts.t("pack-support-unknown")),
        promises => sheet.rows(promises.iter().map(|p| (p.label.clone(), p.value.clone())).collect()),
    };
    if facts.reported().is_none() {
        sheet.page();
    }
    never(&mut sheet, facts);
    sheet.heading("pack-support-after").line(facts.t("pack-support-record"));
    sheet.text()
}

/// What to say until there is a report.
fn first(sheet: &mut RichText<'_>, facts: &Facts<'_>) {
    sheet.line(facts.t("pack-support-thanks")).line(facts.opening());
    if facts.latest().text != facts.summary.text {
        sheet.prose(facts.latest());
    }
    sheet.changed(facts.newest_changed());
}

/// What must not be promised: anything that the page does not say.
fn never(sheet: &mut RichText<'_>, facts: &Facts<'_>) {
    sheet.heading("pack-support-never");
    let mut keys = Vec::new();
    if !facts.is_over {
        keys.push("pack-support-never-time");
    }
    if facts.head.kind == EntryKind::Incident && facts.report.text.is_empty() {
        keys.push("pack-support-never-cause");
    }
    if facts.compensation.text.is_empty() {
        keys.push("pack-support-never-compensation");
    }
    keys.push("pack-support-never-more");
    for key in keys {
        sheet.line(format!("- {}", facts.t(key)));
    }
}
