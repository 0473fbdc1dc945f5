//! Writes a note to colleagues in support, PR and legal: all that they need in one minute.
//!
//! This is the only channel that reads all private fields, and its first line says so. It is never published.

use super::facts::Facts;
use super::rich_text::RichText;
use crate::model::Stated;
use crate::model::entry::NextUpdate;
use crate::site::Route;

pub(super) fn write(facts: &Facts<'_>) -> String {
    let mut sheet = RichText::of(facts);
    sheet.title(facts.t("pack-internal-warning"));
    sheet.title(facts.headline()).notes();
    let time = facts.moment(facts.site.now.effective);
    let heading = if facts.is_over { facts.heading() } else { "pack-internal-now" };
    sheet.heading(heading).line(facts.with("as-of", "time", &time)).rows(rows(facts));
    promises(&mut sheet, facts);
    components(&mut sheet, facts);
    if let Some(statement) = facts.newest() {
        sheet
            .heading("pack-internal-last")
            .line(facts.line(&facts.moment(statement.at), &facts.label_with_origin(statement)));
        sheet.line(statement.notes.join(" ")).prose(facts.latest()).changed(facts.newest_changed());
    }
    private(&mut sheet, facts);
    sheet.page();
    sheet.text()
}

/// All facts. The severity has its definition.
fn rows(facts: &Facts<'_>) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    for fact in &facts.list {
        let definition = Some(fact).filter(|f| f.key == "severity").and_then(|_| definition(facts));
        let value = match definition {
            Some(note) => facts.locale.format("pack-note", &[("text", &fact.value), ("note", &note)]),
            None => fact.value.clone(),
        };
        rows.push((fact.label.clone(), value));
    }
    rows
}

fn definition(facts: &Facts<'_>) -> Option<String> {
    let Route::Incident(at) = facts.route else { return None };
    let severity = facts.site.now.incidents[at].severity;
    let words = facts.site.now.model.config.severity(severity)?;
    words.definition.as_ref().map(|d| facts.text(d))
}

/// Every promise, whether it was kept, and how late.
fn promises(sheet: &mut RichText<'_>, facts: &Facts<'_>) {
    let mut lines = Vec::new();
    let promise_line = |due: Stated, kept: Option<Stated>| {
        let now = facts.site.now.effective;
        let at = kept.unwrap_or(now.into());
        let key = match kept {
            Some(at) if at.at > due.at => "pack-promise-kept-late",
            Some(_) => "pack-promise-kept",
            // The site's instant is its last change, which is exactly the promised time.
            None if now >= due.at => "pack-promise-late",
            None => "pack-promise-open",
        };
        let (due_words, at_words) = (facts.moment(due), facts.moment(at));
        let length = facts.locale.duration((at.at.0 - due.at.0).abs());
        facts.locale.format(key, &[("due", &due_words), ("time", &at_words), ("length", &length)])
    };
    match facts.route {
        _ if facts.is_withdrawn => {}
        Route::Incident(at) => {
            let now = &facts.site.now.incidents[at];
            lines.extend(now.counted_promises().map(|promise| promise_line(promise.due, promise.kept)));
        }
        Route::Maintenance(at) => {
            let due = facts.site.now.maintenance[at].next_update.and_then(NextUpdate::due);
            lines.extend(due.map(|due| promise_line(due, None)));
        }
        _ => {}
    }
    if lines.is_empty() {
        return;
    }
    sheet.heading("pack-internal-promises");
    for line in lines {
        sheet.line(format!("- {line}"));
    }
}

/// The status that the entry currently gives to each component.
fn components(sheet: &mut RichText<'_>, facts: &Facts<'_>) {
    let now = &facts.site.now;
    let affects = match facts.route {
        Route::Incident(at) => &now.incidents[at].affects,
        Route::Maintenance(at) => &now.maintenance[at].affects,
        _ => return,
    };
    if affects.is_empty() || facts.is_withdrawn {
        return;
    }
    let name = |component: usize| facts.text(&now.model.config.components.all[component].name);
    let rows = affects.iter().map(|(c, status)| (name(*c), facts.t(status.message()).to_owned()));
    sheet.heading("pack-internal-components").rows(rows.collect());
}

/// Adds the private values: the reviewers, and the entry's own private fields.
fn private(sheet: &mut RichText<'_>, facts: &Facts<'_>) {
    let (reviewers, fields): (Vec<_>, Vec<_>) =
        facts.head.secrets.iter().partition(|(key, _)| key == "reviewed_by");
    if !reviewers.is_empty() {
        let names: Vec<&str> = reviewers.iter().map(|(_, name)| name.in_confidence()).collect();
        sheet.heading("pack-internal-reviewed").line(names.join(facts.t("list-separator")));
    }
    let rows = fields.iter().map(|(key, value)| {
        let key = key.strip_prefix("internal.").unwrap_or(key).to_owned();
        (key, value.in_confidence().trim().to_owned())
    });
    let rows: Vec<_> = rows.collect();
    if !rows.is_empty() {
        sheet.heading("pack-internal-fields").rows(rows);
    }
}
