//! The record of a period, for whoever answers for it: what happened, what was said when, what was late.
//!
//! Facts are gathered once, from what is visible at an instant, and written down in several forms. Nothing of
//! what is private is asked for; of reviewers only how many there were. What was withdrawn is named with its
//! reason and without its words.

mod csv;
mod incident;
mod json;
mod late;
mod maintenance;
mod markdown;
mod period;
mod totals;

#[cfg(test)]
mod tests;

use serde::Serialize;

use crate::model::{Head, Instant, Text};
use crate::site::{Linker, Route, Site};

pub use csv::csv;
pub use incident::Incident;
pub use json::json;
pub use maintenance::Maintenance;
pub use markdown::markdown;
pub use period::Period;
pub use totals::Totals;

/// The record of a period. Words are in one language; times are instants, lengths are seconds.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Of this shape.
    pub version: u32,
    /// The name of the site.
    pub title: String,
    /// Where it is served.
    pub url: String,
    /// The language of its words.
    pub locale: String,
    /// IANA: the days of the period are days of this zone.
    pub timezone: String,
    /// What is told is what was known then.
    #[serde(serialize_with = "json::iso")]
    pub as_of: Instant,
    /// Which days.
    pub period: Period,
    /// Latest start first.
    pub incidents: Vec<Incident>,
    /// Latest start first; each time of a series by itself.
    pub maintenance: Vec<Maintenance>,
    /// What it comes to.
    pub totals: Totals,
}

/// Something that came later than the policy of the site allows, or has not come yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Late {
    /// The code of the rule: `policy/update-overdue`.
    pub rule: &'static str,
    /// By when it should have come.
    #[serde(serialize_with = "json::iso")]
    pub due: Instant,
    /// When it came; nothing where it has not.
    #[serde(serialize_with = "json::iso_or_null")]
    pub came: Option<Instant>,
    /// By how much; up to now where it has not come.
    pub late_seconds: i64,
}

/// A promise of a next update that passed in silence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Broken {
    /// For when it was promised.
    #[serde(serialize_with = "json::iso")]
    pub due: Instant,
    /// When the next word came; nothing where it has not.
    #[serde(serialize_with = "json::iso_or_null")]
    pub came: Option<Instant>,
    /// By how much it was late; up to now where nothing came.
    pub late_seconds: i64,
}

/// A postmortem or an evaluation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Paper {
    /// Whether it is there.
    pub published: bool,
    /// Since when, where it is dated.
    #[serde(serialize_with = "json::iso_or_null")]
    pub at: Option<Instant>,
}

/// An entry whose words are gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Withdrawn {
    /// Since when.
    #[serde(serialize_with = "json::iso")]
    pub at: Instant,
    /// Why.
    pub reason: String,
}

/// What an entry is gathered with.
struct Scope<'s, 'm> {
    site: &'s Site<'m>,
    locale: usize,
    as_of: Instant,
    period: &'s Period,
}

impl Report {
    /// The record of a period as it was known at `as_of`, for which the site was made.
    #[must_use]
    pub fn of(site: &Site<'_>, period: Period, as_of: Instant, locale: usize) -> Report {
        let config = &site.now.model.config;
        let scope = Scope { site, locale, as_of, period: &period };
        let all = 0..site.now.incidents.len();
        let incidents: Vec<Incident> = all.filter_map(|at| incident::gather(&scope, at)).collect();
        let all = 0..site.now.maintenance.len();
        let maintenance: Vec<Maintenance> = all.filter_map(|at| maintenance::gather(&scope, at)).collect();
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

impl Scope<'_, '_> {
    fn address(&self, route: Route) -> String {
        Linker::absolute(self.site, self.locale).page(route)
    }

    /// What an entry is called; nothing where it was withdrawn.
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

    /// A promise for `due` that was not kept, where that is so: nothing came until `until`.
    fn broken(&self, due: Instant, came: Option<Instant>) -> Option<Broken> {
        let late_seconds = came.unwrap_or(self.as_of).0 - due.0;
        (late_seconds > 0).then_some(Broken { due, came, late_seconds })
    }
}
