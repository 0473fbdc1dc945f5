//! The record of a month as readers may see it, for pages of the site.
//!
//! It leaves out what pages do not show: the rules of the team, what was late by them, and the number of reviewers.
//! What goes on has no length, and an outstanding promise is not yet broken, so the record is true until the site
//! changes, however old the build is.

use super::{Entries, Period, Report};
use crate::site::Site;

impl Report {
    /// The public record of a month. `None` if the calendar has no such month.
    #[must_use]
    pub fn of_month(site: &Site<'_>, (year, month): (i32, u32), locale: usize) -> Option<Report> {
        let as_of = site.now.effective;
        let period = Period::month(year, month, site.now.zone(), as_of)?;
        let is_over = !period.is_cut();
        Some(Report::counted(site, period, as_of, locale, |entries| publish(entries, is_over)))
    }

    /// What programs read of a public record.
    #[must_use]
    pub fn public_json(&self) -> serde_json::Value {
        let mut json = serde_json::to_value(self).unwrap_or_default();
        let drop = |value: &mut serde_json::Value, keys: &[&str]| {
            if let Some(map) = value.as_object_mut() {
                map.retain(|key, _| !keys.contains(&key.as_str()));
            }
        };
        drop(&mut json, &["as_of"]);
        drop(&mut json["totals"], &["late"]);
        for list in ["incidents", "maintenance"] {
            for entry in json[list].as_array_mut().into_iter().flatten() {
                drop(entry, &["late", "reviewers"]);
            }
        }
        json
    }
}

fn publish(entries: &mut Entries, is_over: bool) {
    for entry in &mut entries.incidents {
        entry.late.clear();
        entry.broken_promises.retain(|promise| promise.came.is_some());
        if entry.open {
            (entry.impact_seconds, entry.impact_seconds_between) = (None, None);
            entry.notice_to_resolution_seconds = None;
            if !is_over {
                (entry.impact_in_period_seconds, entry.impact_in_period_seconds_between) = (None, None);
            }
        }
    }
    for entry in &mut entries.maintenance {
        entry.late.clear();
        entry.reviewers = 0;
        entry.broken_promises.retain(|promise| promise.came.is_some());
        if entry.open {
            (entry.work_seconds, entry.work_seconds_between) = (None, None);
            if !is_over {
                (entry.work_in_period_seconds, entry.work_in_period_seconds_between) = (None, None);
            }
        }
    }
}
