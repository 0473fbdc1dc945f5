//! A macro for the support desk: what to say, what to advise, and what not to promise.

use super::facts::Facts;
use super::sheet::Sheet;
use crate::model::Kind;

pub(super) fn write(facts: &Facts<'_>) -> String {
    let mut sheet = Sheet::of(facts);
    sheet.title(facts.headline()).notes();
    sheet.heading("pack-support-first").line(facts.t("pack-support-thanks")).line(facts.opening());
    let lacks_words = facts.latest().text == facts.summary.text;
    if !lacks_words {
        sheet.prose(facts.latest());
    }
    sheet.section("pack-support-notice", &facts.summary);
    sheet.heading("pack-facts").rows(facts.rows());
    sheet.section("section-workaround", &facts.workaround).section("section-actions", &facts.actions);
    sheet.section("section-compensation", &facts.compensation);
    sheet.questions("section-faq", &facts.questions).questions("section-related", &facts.related);
    sheet.heading("pack-support-next");
    match facts.promises.as_slice() {
        [] if facts.is_over => sheet.line(facts.t("pack-support-over")),
        [] => sheet.line(facts.t("pack-support-unknown")),
        promises => sheet.rows(promises.iter().map(|p| (p.label.clone(), p.value.clone())).collect()),
    };
    sheet.page();
    never(&mut sheet, facts);
    sheet.heading("pack-support-after").line(facts.t("pack-support-record"));
    sheet.text()
}

/// What the page does not say, nobody may promise.
fn never(sheet: &mut Sheet<'_>, facts: &Facts<'_>) {
    sheet.heading("pack-support-never");
    let mut keys = Vec::new();
    if !facts.is_over {
        keys.push("pack-support-never-time");
    }
    if facts.head.kind == Kind::Incident && facts.report.text.is_empty() {
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
