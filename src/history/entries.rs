//! The entries whose history is checked, and the files of each.

use std::sync::Arc;

use crate::model::{EntryRef, Instant, Model, Update};
use crate::vocabulary::Status;

impl EntryRef<'_> {
    /// The time from which it is visible; `None` means at once.
    pub(super) fn visible_from(self) -> Option<Instant> {
        let first = match self {
            EntryRef::Incident(entry) => {
                let noticed = entry.detected.unwrap_or(entry.started).at;
                Some(entry.updates.first().map_or(noticed, |u| u.at))
            }
            EntryRef::Maintenance(entry) => entry.updates.first().map(|u| u.at),
            EntryRef::Notice(entry) => entry.updates.first().map(|u| u.at),
            EntryRef::Question(_) | EntryRef::Page(_) => None,
        };
        self.head().publish_at.or(first)
    }

    /// The time at which it was closed by `as_of`; `None` if it is open or announced.
    fn closed(self, as_of: Instant) -> Option<Instant> {
        match self {
            EntryRef::Incident(entry) => {
                state(&entry.updates, as_of).filter(|u| u.status == Status::Resolved).map(|u| u.at)
            }
            // A series always has a next occurrence.
            EntryRef::Maintenance(entry) if entry.recurrence.is_some() => None,
            EntryRef::Maintenance(entry) => {
                let over = |u: &&Update<_>| matches!(u.status, Status::Completed | Status::Cancelled);
                state(&entry.updates, as_of).filter(over).map(|u| u.at)
            }
            // A notice that is not pinned is closed once it has been published.
            EntryRef::Notice(entry) if entry.pinned => {
                entry.expires_at.map(|at| at.at).filter(|at| *at <= as_of)
            }
            EntryRef::Notice(entry) => {
                let last_update = entry.updates.iter().map(|u| u.at).filter(|at| *at <= as_of).max();
                last_update.or(entry.head.publish_at).filter(|at| *at <= as_of)
            }
            EntryRef::Question(_) | EntryRef::Page(_) => None,
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
/// ago; with `all`, every entry. Drafts are skipped, because they were never published, and questions and pages, because
/// they have no dated text.
pub(super) fn current(model: &Model, as_of: Instant, all: bool) -> Vec<EntryRef<'_>> {
    let items = model.entries().filter(|item| !matches!(item, EntryRef::Question(_) | EntryRef::Page(_)));
    let is_current = |item: &EntryRef<'_>| {
        !item.head().draft && (all || item.closed(as_of).is_none_or(|at| as_of.0 - at.0 < AFTERWARDS))
    };
    items.filter(is_current).collect()
}

/// Only the open or announced entries.
pub(super) fn open(model: &Model, as_of: Instant, all: bool) -> Vec<EntryRef<'_>> {
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
