//! From what somebody typed to the page whose texts are meant.

use chrono::NaiveDate;

use crate::entry_lookup::{self, Named};
use crate::kind::EntryKind;
use crate::model::{Head, Instant, Model};
use crate::site::{Route, Site};
use crate::timeline::{self, MaintenanceNow};
use crate::vocabulary::Status;

/// Why there is nothing to say.
#[derive(Debug)]
pub enum LookupError {
    /// No entry that channels tell of is called so.
    Name(entry_lookup::LookupError),
    /// A draft is nobody's to read.
    Draft(String),
    /// Not visible then; from when on, if that can be known.
    Hidden(String, Option<Instant>),
}

/// The page of the entry that is called so; of a series also with a day, as `weekly/2026-11-24`. `names` are several
/// ways to write the same, as a path from here and from the root.
///
/// # Errors
/// Where there is no such entry, several, or none that may be seen at the site's instant.
pub fn find(site: &Site<'_>, names: &[String]) -> Result<Route, LookupError> {
    let model = site.now.model;
    match named(heads(model), names, model) {
        Ok(head) => visible(site, head, None),
        Err(lost) => match dated(names) {
            Some((day, names)) => {
                let series = heads(model).filter(|head| is_series(model, head));
                visible(site, named(series, &names, model).map_err(LookupError::Name)?, Some(day))
            }
            None => Err(LookupError::Name(lost)),
        },
    }
}

fn named<'m>(
    heads: impl Iterator<Item = &'m Head>,
    names: &[String],
    model: &Model,
) -> Result<&'m Head, entry_lookup::LookupError> {
    let heads: Vec<&Head> = heads.collect();
    let entries: Vec<Named<'_>> = heads.iter().map(|head| Named::of(head)).collect();
    entry_lookup::find(&entries, names, &model.config.locales).map(|at| heads[at])
}

/// Entries of the kinds that channels tell of.
fn heads(model: &Model) -> impl Iterator<Item = &Head> + Clone {
    let incidents = model.incidents.iter().map(|e| &e.head);
    incidents.chain(model.maintenance.iter().map(|e| &e.head)).chain(model.notices.iter().map(|e| &e.head))
}

fn is_series(model: &Model, head: &Head) -> bool {
    model.maintenance.iter().any(|e| e.recurrence.is_some() && std::ptr::eq(&raw const e.head, head))
}

/// The day of `weekly/2026-11-24`, and the names without it.
fn dated(names: &[String]) -> Option<(NaiveDate, Vec<String>)> {
    let split = |name: &String| {
        let (stem, day) = name.trim_end_matches('/').rsplit_once('/')?;
        Some((day.parse().ok()?, stem.to_owned()))
    };
    let found: Vec<(NaiveDate, String)> = names.iter().filter_map(split).collect();
    let day = found.first()?.0;
    Some((day, found.into_iter().map(|(_, stem)| stem).collect()))
}

fn visible(site: &Site<'_>, head: &Head, day: Option<NaiveDate>) -> Result<Route, LookupError> {
    let file = head.file.to_string();
    if head.draft {
        return Err(LookupError::Draft(file));
    }
    let now = &site.now;
    let is = |other: &Head| std::ptr::eq(other, head);
    let found = match head.kind {
        EntryKind::Incident => now.incidents.iter().position(|e| is(&e.incident.head)).map(Route::Incident),
        EntryKind::Notice => now.notices.iter().position(|e| is(&e.notice.head)).map(Route::Notice),
        _ if is_series(now.model, head) => occurrence(site, head, day).map(Route::Maintenance),
        _ => now.maintenance.iter().position(|e| is(&e.maintenance.head)).map(Route::Maintenance),
    };
    found.ok_or_else(|| LookupError::Hidden(file, timeline::visible_since(now.model, head, day)))
}

/// That of the day; else what runs, what comes next, what was last.
fn occurrence(site: &Site<'_>, head: &Head, day: Option<NaiveDate>) -> Option<usize> {
    let all = &site.now.maintenance;
    // Latest first.
    let of: Vec<usize> =
        (0..all.len()).filter(|at| std::ptr::eq(&raw const all[*at].maintenance.head, head)).collect();
    if let Some(day) = day {
        return of.into_iter().find(|at| all[*at].occurrence.is_some_and(|o| o.day == day));
    }
    // What only the clock holds open, after its planned end, is not what anybody means before the next.
    let is_meant =
        |now: &MaintenanceNow<'_>| now.is_running() && !(now.by_clock && now.state == Status::Verifying);
    let running = of.iter().find(|at| is_meant(&all[**at]));
    let next = of.iter().rev().find(|at| all[**at].is_ahead());
    running.or(next).or(of.first()).copied()
}
