//! Finds the page for a name that a user typed.

use chrono::NaiveDate;

use crate::entry_lookup::{self, Named};
use crate::kind::EntryKind;
use crate::model::{Head, Instant, Model};
use crate::site::{Route, Site};
use crate::timeline::{self, MaintenanceNow};
use crate::vocabulary::Status;

/// Why no text can be written.
#[derive(Debug)]
pub enum LookupError {
    /// No entry of a kind that channels support has this name, or several do.
    Name(entry_lookup::LookupError),
    Draft(String),
    /// The entry is not visible yet; with the time when it will be, if known.
    Hidden(String, Option<Instant>),
}

/// Finds the page of an entry by name. For a series, a day can follow: `weekly/2026-11-24`. `names` are
/// alternative spellings, such as a path relative to the current folder and one relative to the root.
///
/// # Errors
/// If no such entry exists, if several do, or if it is not visible at the site's instant.
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

/// The entries of the kinds that channels support.
fn heads(model: &Model) -> impl Iterator<Item = &Head> + Clone {
    let incidents = model.incidents.iter().map(|e| &e.head);
    incidents.chain(model.maintenance.iter().map(|e| &e.head)).chain(model.notices.iter().map(|e| &e.head))
}

fn is_series(model: &Model, head: &Head) -> bool {
    model.maintenance.iter().any(|e| e.recurrence.is_some() && std::ptr::eq(&raw const e.head, head))
}

/// The day in `weekly/2026-11-24`, and the names without it.
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

/// The occurrence of a day; without a day, the running one, else the next, else the last.
fn occurrence(site: &Site<'_>, head: &Head, day: Option<NaiveDate>) -> Option<usize> {
    let all = &site.now.maintenance;
    // The latest comes first.
    let of: Vec<usize> =
        (0..all.len()).filter(|at| std::ptr::eq(&raw const all[*at].maintenance.head, head)).collect();
    if let Some(day) = day {
        return of.into_iter().find(|at| all[*at].occurrence.is_some_and(|o| o.day == day));
    }
    // If only the clock keeps an occurrence open after its planned end, the user means the next one.
    let is_meant =
        |now: &MaintenanceNow<'_>| now.is_running() && !(now.by_clock && now.state == Status::Verifying);
    let running = of.iter().find(|at| is_meant(&all[**at]));
    let next = of.iter().rev().find(|at| all[**at].is_ahead());
    running.or(next).or(of.first()).copied()
}
