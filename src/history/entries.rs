//! The entries whose history is checked, and the files of each.

use std::sync::Arc;

use crate::model::{Entry, EntryRef, Head, Incident, Instant, Maintenance, Model, Notice, Update};
use crate::vocabulary::Status;

/// An entry with dated text.
#[derive(Clone, Copy, Debug)]
pub(super) enum Item<'m> {
    Incident(&'m Incident),
    Maintenance(&'m Maintenance),
    Notice(&'m Notice),
}

impl<'m> Item<'m> {
    pub(super) fn of(entry: &'m Entry) -> Option<Item<'m>> {
        match entry {
            Entry::Incident(entry) => Some(Item::Incident(entry)),
            Entry::Maintenance(entry) => Some(Item::Maintenance(entry)),
            Entry::Notice(entry) => Some(Item::Notice(entry)),
            Entry::Question(_) | Entry::Page(_) => None,
        }
    }

    pub(super) fn entry(&self) -> EntryRef<'m> {
        match self {
            Item::Incident(entry) => EntryRef::Incident(entry),
            Item::Maintenance(entry) => EntryRef::Maintenance(entry),
            Item::Notice(entry) => EntryRef::Notice(entry),
        }
    }

    pub(super) fn head(&self) -> &'m Head {
        match self {
            Item::Incident(entry) => &entry.head,
            Item::Maintenance(entry) => &entry.head,
            Item::Notice(entry) => &entry.head,
        }
    }

    /// The time from which it is visible; `None` means at once.
    pub(super) fn visible_from(&self) -> Option<Instant> {
        let first = match self {
            Item::Incident(entry) => entry.updates.first().map(|u| u.at),
            Item::Maintenance(entry) => entry.updates.first().map(|u| u.at),
            Item::Notice(entry) => entry.updates.first().map(|u| u.at),
        };
        let noticed = match self {
            Item::Incident(entry) => Some(entry.detected.unwrap_or(entry.started)),
            Item::Maintenance(_) | Item::Notice(_) => None,
        };
        self.head().publish_at.or(first).or(noticed)
    }

    /// The time at which it was closed by `as_of`; `None` if it is open or announced.
    fn closed(&self, as_of: Instant) -> Option<Instant> {
        match self {
            Item::Incident(entry) => {
                state(&entry.updates, as_of).filter(|u| u.status == Status::Resolved).map(|u| u.at)
            }
            // A series always has a next occurrence.
            Item::Maintenance(entry) if entry.recurrence.is_some() => None,
            Item::Maintenance(entry) => {
                let over = |u: &&Update<_>| matches!(u.status, Status::Completed | Status::Cancelled);
                state(&entry.updates, as_of).filter(over).map(|u| u.at)
            }
            // A notice that is not pinned is closed once it has been published.
            Item::Notice(entry) if entry.pinned => entry.expires_at.filter(|at| *at <= as_of),
            Item::Notice(entry) => {
                let last_update = entry.updates.iter().map(|u| u.at).filter(|at| *at <= as_of).max();
                last_update.or(entry.head.publish_at).filter(|at| *at <= as_of)
            }
        }
    }
}

/// The last update by `as_of` that sets the state of an entry.
fn state<C>(updates: &[Update<C>], as_of: Instant) -> Option<&Update<C>> {
    let says = |u: &&Update<C>| u.at <= as_of && u.status.sets_state();
    updates.iter().rev().find(says)
}

/// The time for which a closed entry is still checked, in seconds.
const AFTERWARDS: i64 = 30 * 86_400;

/// The entries whose history is checked: those that are open or announced, or that closed less than thirty days
/// ago; with `all`, every entry. Drafts are skipped, because they were never published.
pub(super) fn current(model: &Model, as_of: Instant, all: bool) -> Vec<Item<'_>> {
    let items = (model.incidents.iter().map(Item::Incident))
        .chain(model.maintenance.iter().map(Item::Maintenance))
        .chain(model.notices.iter().map(Item::Notice));
    let is_current = |item: &Item<'_>| {
        !item.head().draft && (all || item.closed(as_of).is_none_or(|at| as_of.0 - at.0 < AFTERWARDS))
    };
    items.filter(is_current).collect()
}

/// Only the open or announced entries.
pub(super) fn open(model: &Model, as_of: Instant, all: bool) -> Vec<Item<'_>> {
    let mut items = current(model, as_of, all);
    items.retain(|item| all || item.closed(as_of).is_none());
    items
}

/// The files that an entry is or was written in. The original comes first, with and without its language suffix.
pub(super) fn files(file: &Arc<str>, locales: &[String]) -> Vec<Arc<str>> {
    // site.yaml has no translations.
    let Some(stem) = file.strip_suffix(".md") else { return vec![Arc::clone(file)] };
    let stem = match stem.rsplit_once('.') {
        Some((stem, suffix)) if locales.iter().any(|locale| locale.eq_ignore_ascii_case(suffix)) => stem,
        _ => stem,
    };
    let all = std::iter::once(format!("{stem}.md"));
    let all = all.chain(locales.iter().map(|locale| format!("{stem}.{locale}.md")));
    let mut files: Vec<Arc<str>> = all.map(Arc::from).collect();
    if !files.contains(file) {
        files.push(Arc::clone(file));
    }
    files
}
