//! The anchors on an entry's page that links can name: updates, sections and headings.
//!
//! An anchor exists as soon as its content is visible. Content that is not visible yet has no anchor, so no link
//! reveals it.

use super::feed_items::anchor;
use super::{Route, Site};
use crate::model::{EntryRef, Head, Instant, Maintenance, Rich, Stated, Update};
use crate::vocabulary::Section;

/// Where an anchor is at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AnchorState {
    /// On every page that shows the entry.
    Here,
    /// On this page only.
    On(Route),
    /// Gone: the entry's page only says that it was withdrawn.
    Withdrawn,
    /// Not visible yet.
    Hidden,
    /// The entry has no such anchor.
    Nowhere,
}

/// Whether the page of an entry has, or will have, the anchor `#id`.
#[must_use]
pub fn has(entry: EntryRef<'_>, head: &Head, id: &str) -> bool {
    match section(head, id) {
        Some(section) => entry.has_section(section) == Some(true),
        None => head.anchors.contains(id) || update_time(entry, id).is_some(),
    }
}

/// The section that an anchor names, by its word or by the one that its writer gave it.
fn section(head: &Head, id: &str) -> Option<Section> {
    let own = head.section_anchors.iter().find(|(_, anchor)| anchor == id).map(|(section, _)| *section);
    Section::ALL.iter().copied().find(|section| section.word() == id).or(own)
}

/// The anchors of the updates and sections of an entry.
#[must_use]
pub fn of(entry: EntryRef<'_>) -> Vec<String> {
    let mut found = Vec::new();
    each_update(entry, &mut |word, stated, ordinal, own| {
        found.push(anchor(word, stated.stamp(), ordinal));
        found.extend(own.map(str::to_owned));
    });
    let sections = Section::ALL.iter().filter(|section| entry.has_section(**section) == Some(true));
    found.extend(sections.map(|section| section.word().to_owned()));
    found.extend(entry.head().section_anchors.iter().map(|(_, own)| own.clone()));
    found
}

fn update_time(entry: EntryRef<'_>, id: &str) -> Option<Instant> {
    let mut found = None;
    each_update(entry, &mut |word, stated, ordinal, own| {
        let is_its = || id.starts_with(word) && anchor(word, stated.stamp(), ordinal) == id;
        if own == Some(id) || is_its() {
            found = Some(stated.at);
        }
    });
    found
}

/// Gets the word of its status, its time, its ordinal and the anchor that its writer gave it.
type TellUpdate<'t> = dyn FnMut(&str, Stated, usize, Option<&str>) + 't;

/// Calls `found` with the parts of the anchor of each update, and with the one that its writer gave it.
fn each_update(entry: EntryRef<'_>, found: &mut TellUpdate<'_>) {
    fn all<C>(updates: &[Update<C>], found: &mut TellUpdate<'_>) {
        for update in updates {
            found(update.status.word(), update.stated(), update.ordinal, update.anchor.as_deref());
        }
    }
    match entry {
        EntryRef::Incident(entry) => all(&entry.updates, found),
        EntryRef::Maintenance(entry) => all(&entry.updates, found),
        EntryRef::Notice(entry) => all(&entry.updates, found),
        EntryRef::Question(_) | EntryRef::Page(_) => {}
    }
}

/// A section with the time of its publication, if the entry says one.
fn dated<'m>(entry: EntryRef<'m>, id: &str) -> Option<&'m (Option<Stated>, Rich)> {
    match (entry, id) {
        (EntryRef::Incident(e), "postmortem") => e.postmortem.as_ref(),
        (EntryRef::Maintenance(e), "evaluation") => e.evaluation.as_ref(),
        _ => None,
    }
}

impl<'m> Site<'m> {
    /// Where the anchor `#id` of the entry with this page is, given the updates up to an instant.
    pub(super) fn anchor_state(&self, route: Route, id: &str, until: Instant) -> AnchorState {
        let (Some(entry), Some(head)) = (self.entry(route), self.head(route)) else {
            return AnchorState::Nowhere;
        };
        if !has(entry, head, id) {
            return AnchorState::Nowhere;
        }
        if self.is_withdrawn(route).is_some() {
            return AnchorState::Withdrawn;
        }
        let until = until.min(self.now.effective);
        let part = section(head, id).map_or(id, |section| section.word());
        if let Some((at, _)) = dated(entry, part) {
            let is_shown = at.is_none_or(|at| at.at <= until);
            return match route {
                _ if !is_shown => AnchorState::Hidden,
                // For a series, it is on the page of the series.
                Route::Series(_) => AnchorState::On(route),
                _ => AnchorState::Here,
            };
        }
        match (update_time(entry, id), route) {
            (Some(at), _) if at > until => AnchorState::Hidden,
            (Some(_), Route::Series(at)) => self.occurrence_with(self.now.series[at].maintenance, id),
            _ => AnchorState::Here,
        }
    }

    /// The page of the occurrence that shows an update of a series.
    fn occurrence_with(&self, series: &Maintenance, id: &str) -> AnchorState {
        let found = self.now.maintenance.iter().position(|now| {
            std::ptr::eq(now.maintenance, series)
                && now.updates.iter().any(|u| {
                    u.anchor.as_deref() == Some(id) || anchor(u.status.word(), u.stamp(), u.ordinal) == id
                })
        });
        found.map_or(AnchorState::Hidden, |at| AnchorState::On(Route::Maintenance(at)))
    }

    pub(super) fn entry(&self, route: Route) -> Option<EntryRef<'m>> {
        Some(match route {
            Route::Incident(at) => EntryRef::Incident(self.now.incidents[at].incident),
            Route::Maintenance(at) => EntryRef::Maintenance(self.now.maintenance[at].maintenance),
            Route::Series(at) => EntryRef::Maintenance(self.now.series[at].maintenance),
            Route::Notice(at) => EntryRef::Notice(self.now.notices[at].notice),
            Route::Page(at) => EntryRef::Page(self.now.pages[at]),
            _ => return None,
        })
    }
}
