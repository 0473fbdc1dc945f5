//! From what somebody typed to the entry that is meant.

use chrono::NaiveDate;

use crate::model::{Head, Instant, Kind, Model};
use crate::site::{Route, Site, original};
use crate::text;
use crate::timeline::{self, MaintenanceNow};
use crate::vocabulary::Status;

/// Why there is nothing to say.
#[derive(Debug)]
pub enum Lost {
    /// Nothing is called so; something that nearly is.
    Unknown(Option<String>),
    /// Several are called so: the names that tell them apart.
    Ambiguous(Vec<String>),
    /// A draft is nobody's to read.
    Draft(String),
    /// Not visible then; from when on, if that can be known.
    Hidden(String, Option<Instant>),
}

/// The entry that is called so: `slug`, an `id`, `incidents/slug`, a file, of a series also with a day.
///
/// `names` are several ways to write the same, as a path from here and from the root.
///
/// # Errors
/// Where there is no such entry, several, or none that may be seen at the site's instant.
pub fn find(site: &Site<'_>, names: &[String]) -> Result<Route, Lost> {
    let model = site.now.model;
    let mut found: Vec<(&Head, Option<NaiveDate>)> = Vec::new();
    for name in names {
        let (stem, day) = dated(name);
        let heads = heads(model);
        found.extend(heads.clone().filter(|head| is_called(head, name, model)).map(|head| (head, None)));
        if let Some(day) = day {
            let series = heads.filter(|head| is_series(model, head) && is_called(head, stem, model));
            found.extend(series.map(|head| (head, Some(day))));
        }
    }
    found.dedup_by(|a, b| std::ptr::eq(a.0, b.0));
    // A slug says more than an id that another entry kept from its old name.
    if found.len() > 1 {
        let by_slug: Vec<_> = found.iter().copied().filter(|(h, _)| names.contains(&h.slug)).collect();
        found = if by_slug.len() == 1 { by_slug } else { found };
    }
    match found.as_slice() {
        [] => Err(Lost::Unknown(names.first().and_then(|name| nearest(model, name)))),
        [(head, day)] => visible(site, head, *day),
        several => {
            let name = |(head, _): &(&Head, _)| format!("{}/{}", head.kind.folder(), head.slug);
            Err(Lost::Ambiguous(several.iter().map(name).collect()))
        }
    }
}

/// Entries of the kinds that channels tell of.
fn heads(model: &Model) -> impl Iterator<Item = &Head> + Clone {
    let incidents = model.incidents.iter().map(|e| &e.head);
    incidents.chain(model.maintenance.iter().map(|e| &e.head)).chain(model.notices.iter().map(|e| &e.head))
}

fn is_series(model: &Model, head: &Head) -> bool {
    model.maintenance.iter().any(|e| e.recurrence.is_some() && std::ptr::eq(&raw const e.head, head))
}

/// `weekly/2026-11-24`.
fn dated(name: &str) -> (&str, Option<NaiveDate>) {
    let Some((stem, day)) = name.trim_end_matches('/').rsplit_once('/') else { return (name, None) };
    (stem, day.parse().ok())
}

fn is_called(head: &Head, name: &str, model: &Model) -> bool {
    let name = text::nfc(name.trim_start_matches("./").trim_end_matches('/'));
    let name = &*name;
    if name == head.slug || name == head.id {
        return true;
    }
    let name = name.trim_start_matches('/');
    let address = [head.kind.folder(), head.kind.word()];
    if name.split_once('/').is_some_and(|(kind, slug)| address.contains(&kind) && slug == head.slug) {
        return true;
    }
    let file = original(name, &model.config.locales);
    let own = text::nfc(&head.file);
    *own == *file || own.strip_prefix("content/") == Some(&*file)
}

fn nearest(model: &Model, name: &str) -> Option<String> {
    let (stem, day) = dated(name);
    let name = if day.is_some() { stem } else { name };
    let stem = name.rsplit('/').next().unwrap_or(name).trim_end_matches(".md");
    text::nearest(stem, heads(model).map(|h| h.slug.as_str())).map(str::to_owned)
}

fn visible(site: &Site<'_>, head: &Head, day: Option<NaiveDate>) -> Result<Route, Lost> {
    let file = head.file.to_string();
    if head.draft {
        return Err(Lost::Draft(file));
    }
    let now = &site.now;
    let is = |other: &Head| std::ptr::eq(other, head);
    let found = match head.kind {
        Kind::Incident => now.incidents.iter().position(|e| is(&e.incident.head)).map(Route::Incident),
        Kind::Notice => now.notices.iter().position(|e| is(&e.notice.head)).map(Route::Notice),
        _ if is_series(now.model, head) => occurrence(site, head, day).map(Route::Maintenance),
        _ => now.maintenance.iter().position(|e| is(&e.maintenance.head)).map(Route::Maintenance),
    };
    found.ok_or_else(|| Lost::Hidden(file, timeline::visible_since(now.model, head, day)))
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
