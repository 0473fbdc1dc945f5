//! The number of the report that `noroshi update` writes: 第4報 after 第3報, in an entry whose writers number by hand.

use crate::cli::console;
use crate::document::Document;
use crate::document::body::{FoundReport, RawUpdate, ReportNumber};
use crate::message::message;
use crate::model::{EntryRef, Instant, Model, Update};
use crate::source::FoundFile;
use crate::vocabulary::{Aliases, FactKey, Status};

/// The value of the fact line with the next number, if the newest update of a file says its own. A series has numbers
/// for each occurrence, so its writers say them.
pub(super) fn next(model: &Model, entry: &FoundFile, document: &Document) -> Option<String> {
    let of_file = |of: &EntryRef<'_>| of.head().file == entry.name;
    let is_series = matches!(model.entries().find(of_file), Some(EntryRef::Maintenance(work)) if work.recurrence.is_some());
    let updates = &document.body.updates;
    let newest = updates.last().filter(|_| !is_series)?;
    let is_numbered = |raw: &RawUpdate| written(raw, &model.config.words).is_some();
    // A file may have its newest update first.
    if !is_numbered(newest) && !updates.first().is_some_and(is_numbered) {
        return None;
    }
    let numbers = updates.iter().filter_map(|raw| written(raw, &model.config.words)?.number);
    Some((numbers.max()? + 1).to_string())
}

fn written(raw: &RawUpdate, more: &Aliases) -> Option<ReportNumber> {
    let fact = raw.facts.iter().find(|fact| fact.key == FactKey::Number);
    let in_fact = fact.and_then(|fact| FoundReport::of_value(&fact.value, 0, more)).map(|found| found.report);
    in_fact.or(raw.report.as_ref().map(|found| found.report))
}

/// Says which report the update that was written is.
pub(super) fn tell(model: &Model, entry: &FoundFile, (at, status): (Instant, Status)) {
    fn of<C>(updates: &[Update<C>], at: Instant, status: Status) -> Option<ReportNumber> {
        updates.iter().rev().find(|update| update.at == at && update.status == status)?.report
    }
    let report = match model.entries().find(|of| of.head().file == entry.name) {
        Some(EntryRef::Incident(found)) => of(&found.updates, at, status),
        Some(EntryRef::Maintenance(found)) => of(&found.updates, at, status),
        Some(EntryRef::Notice(found)) => of(&found.updates, at, status),
        _ => None,
    };
    if let Some(number) = report.and_then(|report| report.number) {
        console::say(message!("cli-update-about-report", "this update is report {number}", number));
    }
}
