//! The record of a period, for people who must account for it: what happened, what was published when, what was
//! late.
//!
//! Facts are collected once, from what is visible at an instant, and then written in several forms. Private
//! fields are not read; of reviewers, only their number. A withdrawn entry appears with its reason and without
//! its text.

mod csv;
mod incident;
mod json;
mod known;
mod late;
mod maintenance;
mod markdown;
mod outage;
mod period;
mod public;
mod totals;

#[cfg(test)]
mod tests;

use serde::Serialize;

use crate::model::{Head, Instant, Stated, Text};
use crate::site::{Linker, Route, Site};
use known::Known;

pub use csv::csv;
pub use incident::Incident;
pub use json::json;
pub use maintenance::Maintenance;
pub use markdown::markdown;
pub use period::Period;
pub use totals::Totals;

/// The record of a period. Texts are in one language, times are instants, durations are seconds.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The version of this format.
    pub version: u32,
    /// The name of the site.
    pub title: String,
    /// Where it is served.
    pub url: String,
    pub locale: String,
    /// The IANA time zone in which the days of the period are counted.
    pub timezone: String,
    /// The instant whose knowledge it reflects.
    #[serde(serialize_with = "json::iso")]
    pub as_of: Instant,
    pub period: Period,
    /// The incidents, latest start first.
    pub incidents: Vec<Incident>,
    /// The maintenance, latest start first. Each occurrence of a series is its own item.
    pub maintenance: Vec<Maintenance>,
    pub totals: Totals,
}

/// A publication that came later than the site's policy allows, or has not come yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Late {
    /// The code of the rule, such as `policy/update-overdue`.
    pub rule: &'static str,
    #[serde(serialize_with = "json::iso")]
    pub due: Instant,
    /// `None` if it has not come.
    #[serde(serialize_with = "json::iso_or_null")]
    pub came: Option<Instant>,
    /// By how many seconds it was late; if it has not come, up to `as_of`.
    #[expect(clippy::struct_field_names, reason = "the key in JSON")]
    pub late_seconds: i64,
}

/// A promised next update that did not come in time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Broken {
    pub due: Known,
    /// When the next update came; `None` if it has not come.
    pub came: Option<Known>,
    /// By how many seconds it was late; if it has not come, up to `as_of`.
    pub late_seconds: i64,
}

/// A postmortem or an evaluation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Paper {
    pub published: bool,
    pub at: Option<Known>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Withdrawn {
    #[serde(serialize_with = "json::iso")]
    pub at: Instant,
    pub reason: String,
}

/// What the collection of an entry's facts needs.
struct Scope<'s, 'm> {
    site: &'s Site<'m>,
    locale: usize,
    as_of: Instant,
    period: &'s Period,
}

impl Report {
    /// The record of a period as of `as_of`, for which the site was made.
    #[must_use]
    pub fn of(site: &Site<'_>, period: Period, as_of: Instant, locale: usize) -> Report {
        Report::counted(site, period, as_of, locale, |_| {})
    }

    /// The record with totals of what `change` leaves of its entries.
    fn counted(
        site: &Site<'_>,
        period: Period,
        as_of: Instant,
        locale: usize,
        change: impl Fn(&mut Entries),
    ) -> Report {
        let config = &site.now.model.config;
        let scope = Scope { site, locale, as_of, period: &period };
        let all = 0..site.now.incidents.len();
        let incidents: Vec<Incident> = all.filter_map(|at| incident::gather(&scope, at)).collect();
        let all = 0..site.now.maintenance.len();
        let maintenance: Vec<Maintenance> = all.filter_map(|at| maintenance::gather(&scope, at)).collect();
        let mut entries = Entries { incidents, maintenance };
        change(&mut entries);
        let Entries { incidents, maintenance } = entries;
        let totals = totals::count(&scope, &incidents, &maintenance);
        Report {
            version: 1,
            title: config.title.get(locale).1.clone(),
            url: site.absolute(&site.path(Route::Home, locale)),
            locale: config.locales[locale].clone(),
            timezone: config.zone.0.name().to_owned(),
            as_of,
            incidents,
            maintenance,
            totals,
            period,
        }
    }
}

/// The entries of a report.
struct Entries {
    incidents: Vec<Incident>,
    maintenance: Vec<Maintenance>,
}

impl Scope<'_, '_> {
    fn address(&self, route: Route) -> String {
        Linker::absolute(self.site, self.locale).page(route)
    }

    /// The title of an entry; `None` if it was withdrawn.
    fn title(&self, route: Route) -> Option<String> {
        let gone = self.site.is_withdrawn(route).is_some();
        self.site.title(route, self.locale).map(|(_, title)| title).filter(|_| !gone)
    }

    fn names(&self, route: Route, names: &[Text]) -> Vec<String> {
        let gone = self.site.is_withdrawn(route).is_some();
        let shown = if gone { &[][..] } else { names };
        shown.iter().map(|name| name.get(self.locale).1.clone()).collect()
    }

    fn withdrawn(&self, head: &Head) -> Option<Withdrawn> {
        let gone = head.withdrawn.as_ref().filter(|w| w.at <= self.as_of)?;
        Some(Withdrawn { at: gone.at, reason: gone.reason.get(self.locale).1.clone() })
    }

    /// A broken promise, if the next update came after `due`, or is overdue at `as_of`.
    fn broken(&self, due: Stated, came: Option<Stated>) -> Option<Broken> {
        let late_seconds = came.map_or(self.as_of, |came| came.at).0 - due.at.0;
        let came = came.map(|came| self.known(came));
        (late_seconds > 0).then_some(Broken { due: self.known(due), came, late_seconds })
    }

    fn known(&self, time: impl Into<Stated>) -> Known {
        Known::new(time, self.site.now.zone())
    }
}
