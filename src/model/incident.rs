//! An incident: its severity, the components it affects, and its updates.

use super::advice::{Advice, Modes};
use super::component::Affects;
use super::entry::{Estimate, FieldValue, Head, NextUpdate, Question, Translated, Update};
use super::outages::Outage;
use super::stated::Stated;
use super::text::Rich;
use crate::vocabulary::Severity;

#[derive(Debug, Hash)]
pub struct Incident {
    pub head: Head,
    /// The severity at the start; updates may change it.
    pub severity: Severity,
    /// The affected components at the start; updates may change them.
    pub affects: Affects,
    /// The start of the impact.
    pub started: Stated,
    /// The spans of the impact, if the front matter lists them. The first one has the start.
    pub outages: Vec<Outage>,
    pub detected: Option<Stated>,
    /// The extent of the impact, in one line.
    pub scope: Option<Rich>,
    /// The expected recovery that was first announced.
    pub expected_recovery: Option<Estimate>,
    /// The time of the first promised update.
    pub next_update: Option<NextUpdate>,
    pub advice: Advice,
    /// The values of custom fields, each with the index of its field.
    pub fields: Vec<(usize, FieldValue)>,
    /// Whether the entry was written after the incident.
    pub backfilled: bool,
    /// The impact as users see it.
    pub summary: Rich,
    /// The updates, sorted by time.
    pub updates: Vec<Update<Change>>,
    /// A workaround for users until the incident is over.
    pub workaround: Option<Rich>,
    /// Actions that users should take.
    pub actions: Option<Rich>,
    pub faq: Vec<Question>,
    pub compensation: Option<Rich>,
    /// The postmortem, with the time of its publication.
    pub postmortem: Option<(Option<Stated>, Rich)>,
}

impl Incident {
    /// When the impact began, as the updates up to this one say it.
    #[must_use]
    pub fn started_by(&self, update: &Update<Change>) -> Stated {
        let known = self.updates.iter().take_while(|other| !std::ptr::eq(*other, update)).chain([update]);
        known.filter_map(|update| update.change.start()).last().unwrap_or(self.started)
    }
}

/// The changes that an update makes. They hold from that update on.
#[derive(Debug, Default, Hash)]
pub struct Change {
    /// When the impact began, as a correction says it.
    pub started: Option<Stated>,
    /// Every span of the impact up to then, if the update lists them.
    pub outages: Vec<Outage>,
    /// The new statuses of the components it names.
    pub affects: Option<Affects>,
    /// Who or what is affected, in words.
    pub scope: Option<Rich>,
    /// What still works.
    pub modes: Option<Modes>,
    pub severity: Option<Severity>,
    pub next_update: Option<NextUpdate>,
    pub expected_recovery: Option<Estimate>,
    /// The end of the impact, if it was earlier than the update.
    pub ended: Option<Stated>,
    /// The end of the impact on single components, if it was earlier than for the rest.
    pub ended_parts: Vec<(usize, Stated)>,
}

impl Translated for Change {
    fn scope(&mut self) -> Option<&mut Rich> {
        self.scope.as_mut()
    }
}

impl Change {
    /// When the impact began, if the update says it.
    #[must_use]
    pub fn start(&self) -> Option<Stated> {
        self.outages.first().map(|outage| outage.start).or(self.started)
    }
}
