//! Computes what is true at an instant: a model and a time give a [`Snapshot`].
//!
//! This code is pure. It never reads the clock; the caller passes the time. A snapshot holds only what is visible
//! at that instant, so output made from it cannot show more.

mod appearance;
mod candidates;
mod change_kind;
mod changes;
mod course;
#[cfg(test)]
pub(crate) mod fixture;
mod forecast;
mod incident;
mod maintenance;
mod notice;
mod replay;
mod series;
#[cfg(test)]
mod tests;
mod turns;
mod visibility;
mod window_start;

use chrono::NaiveDate;

use crate::kind::EntryKind;
use crate::model::component::Component;
use crate::model::{Head, Instant, Model, Page, Question, Zone};
use crate::panics;
use crate::uptime::{Since, Span};
use crate::vocabulary::ComponentStatus;
use changes::visible_change;
use forecast::{forecast, overall, statuses};
use series::works;
use visibility::{is_asked, visible_from, visible_head};

pub use appearance::{incident_appears, maintenance_appears, visible_since};
pub use candidates::{Candidate, Candidates, candidates};
pub use change_kind::ChangeKind;
pub use changes::{Change, changes, upcoming};
pub use course::WindowNow;
pub use forecast::Forecast;
pub use incident::{IncidentNow, Promise, implied};
pub use maintenance::{ClockChange, MaintenanceNow};
pub use notice::NoticeNow;
pub use replay::PlanStep;
pub use series::SeriesNow;
pub use turns::{Cause, DAYS_AHEAD, Turn, Turns};
pub use window_start::start_for;

/// Everything that is visible and true at an instant.
#[derive(Debug)]
pub struct Snapshot<'m> {
    /// The model behind the snapshot. Use it only for what does not depend on time, such as the configuration.
    pub model: &'m Model,
    /// The latest change at or before the requested instant.
    pub effective: Instant,
    /// The next change that follows from visible content, or the next midnight. Hidden content never affects it,
    /// so it is safe to publish. [`changes()`] returns the true next change.
    pub next_change: Option<Instant>,
    /// The current day in the site's zone.
    pub today: NaiveDate,
    /// Visible incidents, latest start first.
    pub incidents: Vec<IncidentNow<'m>>,
    /// Visible maintenance, latest start first. Each occurrence of a series is its own item.
    pub maintenance: Vec<MaintenanceNow<'m>>,
    /// Visible series, by slug.
    pub series: Vec<SeriesNow<'m>>,
    /// Visible notices, latest first.
    pub notices: Vec<NoticeNow<'m>>,
    /// Questions, by category and order.
    pub questions: Vec<&'m Question>,
    /// Pages, by order.
    pub pages: Vec<&'m Page>,
    pub components: Vec<ComponentStatus>,
    pub status: ComponentStatus,
    /// The statuses from now on if only the clock moves, in time order: first this instant, then every later
    /// instant at which a status changes.
    pub forecast: Vec<Forecast>,
}

impl<'m> Snapshot<'m> {
    #[must_use]
    pub fn at(model: &'m Model, as_of: Instant) -> Snapshot<'m> {
        Snapshot::exactly(model, changes(model, as_of).0)
    }

    /// The snapshot at an instant that is known to be a change.
    pub(crate) fn exactly(model: &'m Model, effective: Instant) -> Snapshot<'m> {
        model.heads().for_each(|head| panics::seam("time", &head.file));
        let mut incidents: Vec<IncidentNow<'m>> =
            model.incidents.iter().filter_map(|e| IncidentNow::at(e, effective)).collect();
        incidents.sort_by(|a, b| order(b.started.at, a.started.at, &a.incident.head, &b.incident.head));
        let (maintenance, series) = works(model, effective);
        let mut notices: Vec<NoticeNow<'m>> =
            model.notices.iter().filter_map(|n| NoticeNow::at(n, effective)).collect();
        notices.sort_by(|a, b| {
            let zero = Instant(0);
            let (x, y) = (a.published.unwrap_or(zero), b.published.unwrap_or(zero));
            order(y, x, &a.notice.head, &b.notice.head)
        });
        let components = statuses(model, &incidents, &maintenance);
        let status = overall(model, effective, &components, &incidents);
        let first = Forecast { at: effective, components: components.clone(), status };
        let forecast = forecast(model, first, &incidents, &maintenance);
        let questions: Vec<&Question> =
            model.questions.iter().filter(|q| is_asked(&q.head, effective)).collect();
        let pages: Vec<&Page> = model.pages.iter().filter(|p| visible_head(&p.head, effective)).collect();
        Snapshot {
            model,
            effective,
            next_change: visible_change(model, effective),
            today: model.config.zone.day(effective),
            incidents,
            maintenance,
            series,
            notices,
            questions,
            pages,
            components,
            status,
            forecast,
        }
    }

    #[must_use]
    pub fn zone(&self) -> Zone {
        self.model.config.zone
    }

    /// Active incidents, latest start first.
    pub fn active_incidents(&self) -> impl Iterator<Item = &IncidentNow<'m>> {
        self.incidents.iter().filter(|i| i.is_active())
    }

    /// The questions to show while entries of these kinds affect these components.
    #[must_use]
    pub fn surfaced(&self, active: &[(EntryKind, Vec<usize>)]) -> Vec<&'m Question> {
        let concerns = |question: &&&Question| {
            active.iter().any(|(kind, touched)| {
                let about = &question.components.given;
                question.surface.contains(kind)
                    && (about.is_empty() || about.iter().any(|(c, _)| touched.contains(c)))
            })
        };
        self.questions.iter().filter(concerns).copied().collect()
    }

    /// Whether the page shows a component today.
    #[must_use]
    pub fn is_shown(&self, component: usize) -> bool {
        let config = &self.model.config.components.all[component];
        let retired = config.retired.is_some_and(|day| day <= self.today);
        let quiet = config.only_when_affected && self.components[component] == ComponentStatus::Operational;
        !retired && !quiet
    }

    /// The periods in which each component was not operational, over all visible history. A period that has not
    /// ended reaches to the end of the current second.
    #[must_use]
    pub fn spans(&self) -> Vec<Vec<Span>> {
        let end = Instant(self.effective.0 + 1);
        let mut spans = vec![Vec::new(); self.components.len()];
        for entry in &self.incidents {
            entry.spans(end, |component, span| spans[component].push(span));
        }
        for entry in &self.maintenance {
            entry.spans(end, |component, span| spans[component].push(span));
        }
        spans
    }

    /// The day from which uptime counts for a component: `since` in site.yaml, else the site's first publication.
    #[must_use]
    pub fn since(&self, component: &Component) -> Since {
        component.since.map_or_else(|| Since::FirstWord(self.first_word()), Since::Configured)
    }

    /// The day on which the site first published anything. Occurrences that only the clock announced do not count.
    fn first_word(&self) -> Option<NaiveDate> {
        let works = self.maintenance.iter().filter(|m| m.occurrence.is_none()).filter_map(|m| m.published);
        let series = self.series.iter().map(|s| s.maintenance);
        let series = series.filter_map(|m| visible_from(&m.head, &m.updates));
        let notices = self.notices.iter().filter_map(|n| n.published);
        let first =
            self.incidents.iter().map(|i| i.published).chain(works).chain(series).chain(notices).min();
        first.filter(|first| *first <= self.effective).map(|first| self.zone().day(first))
    }

    pub fn heads(&self) -> impl Iterator<Item = &'m Head> {
        (self.incidents.iter().map(|e| &e.incident.head))
            .chain(self.maintenance.iter().filter(|e| e.occurrence.is_none()).map(|e| &e.maintenance.head))
            .chain(self.series.iter().map(|e| &e.maintenance.head))
            .chain(self.notices.iter().map(|e| &e.notice.head))
            .chain(self.questions.iter().map(|e| &e.head))
            .chain(self.pages.iter().map(|e| &e.head))
    }
}

/// Orders by start, then kind, then slug.
fn order(first: Instant, second: Instant, a: &Head, b: &Head) -> std::cmp::Ordering {
    first.cmp(&second).then_with(|| (a.kind, &a.slug).cmp(&(b.kind, &b.slug)))
}
