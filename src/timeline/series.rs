//! Lists visible maintenance: single windows, the occurrences of series, and each series as a whole.

use super::maintenance::{MaintenanceNow, announced};
use super::order;
use super::visibility::{is_withdrawn, last_word};
use crate::model::{Instant, Maintenance, Model};

/// A maintenance series at an instant.
#[derive(Debug)]
pub struct SeriesNow<'m> {
    pub maintenance: &'m Maintenance,
    /// Its visible occurrences, latest start first: indexes of
    /// [`Snapshot::maintenance`](super::Snapshot::maintenance).
    pub occurrences: Vec<usize>,
    pub published: Option<Instant>,
    pub withdrawn: bool,
    /// Whether its evaluation is visible.
    pub evaluation: bool,
}

/// The visible maintenance, latest start first, and the visible series.
pub(super) fn works(model: &Model, now: Instant) -> (Vec<MaintenanceNow<'_>>, Vec<SeriesNow<'_>>) {
    let (mut found, mut all) = (Vec::new(), Vec::new());
    for entry in &model.maintenance {
        let Some(series) = &entry.recurrence else {
            found.extend(MaintenanceNow::at(entry, now));
            continue;
        };
        if entry.head.draft {
            continue;
        }
        let occurrences = announced(entry, series, now).into_iter();
        let visible: Vec<_> = occurrences.filter(|(_, from)| *from <= now).collect();
        // A series becomes visible with its first occurrence: before that, no page would link to it.
        let Some(published) = visible.iter().map(|(_, from)| *from).min() else { continue };
        let occurrence_now = |(o, from)| MaintenanceNow::known_by(entry, Some(o), Some(from), now, now);
        found.extend(visible.into_iter().map(occurrence_now));
        let last = last_word(&entry.head, now);
        all.push(SeriesNow {
            maintenance: entry,
            occurrences: Vec::new(),
            published: Some(published),
            withdrawn: is_withdrawn(&entry.head, now),
            evaluation: entry.evaluation.as_ref().is_some_and(|(at, _)| at.is_none_or(|at| at.at <= last)),
        });
    }
    found.sort_by(|a, b| {
        let day = |m: &MaintenanceNow<'_>| m.occurrence.map(|o| o.day);
        order(b.plan.start, a.plan.start, &a.maintenance.head, &b.maintenance.head).then(day(b).cmp(&day(a)))
    });
    for series in &mut all {
        let same = |m: &MaintenanceNow<'_>| std::ptr::eq(m.maintenance, series.maintenance);
        series.occurrences = (0..found.len()).filter(|at| same(&found[*at])).collect();
    }
    (found, all)
}
