//! Computes when an entry becomes visible.

use chrono::NaiveDate;

use super::visibility::visible_from;
use super::{incident, maintenance};
use crate::model::{Head, Incident, Instant, Maintenance, Model};

#[must_use]
pub fn incident_appears(incident: &Incident) -> Instant {
    incident::published(incident)
}

/// When a maintenance becomes visible, if that depends on time. A series follows its own plan.
#[must_use]
pub fn maintenance_appears(maintenance: &Maintenance) -> Option<Instant> {
    let head = &maintenance.head;
    let single = || visible_from(head, &maintenance.updates);
    if maintenance.recurrence.is_some() { head.publish_at } else { single() }
}

/// When an entry becomes visible. For a series: its occurrence of that day, or its first occurrence. `None` if
/// this does not depend on time: it is visible at once, or never.
#[must_use]
pub fn visible_since(model: &Model, head: &Head, day: Option<NaiveDate>) -> Option<Instant> {
    let is = |other: &Head| std::ptr::eq(other, head);
    if let Some(entry) = model.incidents.iter().find(|e| is(&e.head)) {
        return Some(incident::published(entry));
    }
    if let Some(entry) = model.notices.iter().find(|e| is(&e.head)) {
        return visible_from(head, &entry.updates);
    }
    let entry = model.maintenance.iter().find(|e| is(&e.head))?;
    let Some(series) = &entry.recurrence else { return visible_from(head, &entry.updates) };
    let wanted = series.occurrences(entry.window).find(|o| day.is_none_or(|day| o.day >= day))?;
    let mut announced = maintenance::announced(entry, series, wanted.start).into_iter();
    announced.find(|(o, _)| day.is_none_or(|day| o.day == day)).map(|(_, from)| from)
}
