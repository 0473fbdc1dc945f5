//! Numbers the reports of an entry: 第1報, 第2報. Writers write a number, or have noroshi count.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::entry::{EntryReader, fact};
use super::value::Map;
use crate::diagnostic::{Diagnostic, Fix, Place};
use crate::document::body::{FoundReport, RawUpdate, ReportNumber};
use crate::message::message;
use crate::model::entry::Update;
use crate::vocabulary::FactKey;

impl EntryReader<'_> {
    /// Whether the updates of an entry are counted.
    pub fn numbering(&self, map: &Map<'_>) -> bool {
        map.get("numbering").and_then(|value| value.bool()).unwrap_or(self.config.numbering)
    }

    /// Numbers the updates of an entry, which are sorted by time. Each group of them, such as those of one occurrence
    /// of a series, has numbers of its own.
    pub fn number<C>(
        &self,
        updates: &mut [Update<C>],
        is_counted: bool,
        group: impl Fn(&Update<C>) -> Option<NaiveDate>,
    ) {
        let written: HashMap<usize, FoundReport> = (self.files.primary.body.updates.iter())
            .filter_map(|raw| Some((raw.heading.start, self.written_number(raw)?)))
            .collect();
        if written.is_empty() && !is_counted {
            return;
        }
        let mut counts: HashMap<Option<NaiveDate>, u32> = HashMap::new();
        for update in updates {
            let at = update.place.range.as_ref().map(|range| range.start);
            let written = at.and_then(|at| written.get(&at));
            let last = counts.entry(group(update)).or_default();
            let mut report = written.map(|found| found.report).unwrap_or_default();
            match (report.number, written) {
                (Some(number), Some(found)) if number <= *last => {
                    self.out_of_order(number, *last, found, &update.place);
                }
                (None, _) if is_counted => report.number = Some(*last + 1),
                _ => {}
            }
            *last = report.number.unwrap_or_default().max(*last);
            update.report = (report != ReportNumber::default()).then_some(report);
        }
    }

    /// The number in the heading or in the fact line of an update.
    fn written_number(&self, raw: &RawUpdate) -> Option<FoundReport> {
        let Some(fact) = fact(raw, FactKey::Number) else { return raw.report.clone() };
        let Some(found) = FoundReport::of_value(&fact.value, fact.range.start, &self.config.words) else {
            let message = message!(
                "model-report-unreadable",
                "cannot read `{written}` as the number of a report",
                written = fact.value
            );
            let help = message!(
                "model-report-unreadable-help",
                "write `2` or `第2報`, or `最終報` for the last one"
            );
            self.error(self.at(&fact.range), "update/bad-number", message, help);
            return None;
        };
        let Some(heading) = &raw.report else { return Some(found) };
        // One may say the number, and the other that it is the last report.
        let (own, other) = (found.report, heading.report);
        if own.number.zip(other.number).is_some_and(|(own, other)| own != other) {
            let message = message!(
                "model-report-two",
                "this line says `{line}`, and the heading `{heading}`",
                line = found.written,
                heading = heading.written
            );
            let help = message!("model-report-two-help", "keep one of the two");
            self.error(self.at(&fact.range), "update/bad-number", message, help);
        }
        let digits = found.digits.clone().or_else(|| heading.digits.clone());
        let report =
            ReportNumber { number: own.number.or(other.number), is_final: own.is_final || other.is_final };
        Some(FoundReport { report, digits, ..found })
    }

    fn out_of_order(&self, number: u32, last: u32, found: &FoundReport, heading: &Place) {
        let message = if number == last {
            message!("model-report-same", "an earlier update is already report {number}", number)
        } else {
            message!(
                "model-report-order",
                "this is report {number}, but an earlier update is already report {last}",
                number,
                last
            )
        };
        let next = last + 1;
        let place = found.digits.as_ref().map_or_else(|| heading.clone(), |digits| self.at(digits));
        let fix = found.digits.clone().map(|range| Fix { range, text: next.to_string() });
        let help = message!(
            "model-report-order-help",
            "write {next}; if the order is wrong, correct the times of the updates",
            next
        );
        let found = Diagnostic::warning("update/number-order", place, message).help(help);
        self.reader.report(found.maybe_fix(fix));
    }

    /// The numbers of an update in the original and in a translation, if the translation says another one.
    pub(super) fn other_number<C>(
        &self,
        update: &Update<C>,
        translated: &RawUpdate,
    ) -> Option<(String, String)> {
        let own = translated.report.as_ref()?;
        let raw = self.files.primary.body.updates.iter().find(|raw| self.at(&raw.heading) == update.place)?;
        let original = raw.report.as_ref()?;
        (own.report != original.report).then(|| (original.written.clone(), own.written.clone()))
    }
}
