//! Finds the changes that come with time: the last before an instant, and the next after it.

use std::sync::Arc;

use chrono::Days;

use super::change_kind::ChangeKind;
use super::visibility::{visible, visible_from};
use super::{incident, maintenance};
use crate::model::{Head, Instant, Model};

/// A change that happens without a new commit, when its time comes.
#[derive(Clone, Copy, Debug)]
pub struct Change<'m> {
    pub at: Instant,
    pub what: ChangeKind,
    /// The entry that changes; `None` for the start of a day.
    pub head: Option<&'m Head>,
}

/// The latest change at or before `as_of`, and the earliest after it.
#[must_use]
pub fn changes(model: &Model, as_of: Instant) -> (Instant, Option<Instant>) {
    let (mut last, mut next) = (None::<Instant>, None::<Instant>);
    all_changes(model, as_of, EVERYTHING, &mut |change| {
        let at = change.at;
        if at <= as_of {
            last = Some(last.map_or(at, |l| l.max(at)));
        } else {
            next = Some(next.map_or(at, |n| n.min(at)));
        }
    });
    (last.unwrap_or(as_of), next)
}

/// The earliest change after `now` that follows from visible content: plans, promised updates, ends, and the
/// next midnight. Hidden content does not affect the result, so it is safe to publish. It is never earlier than
/// the true next change.
pub(super) fn visible_change(model: &Model, now: Instant) -> Option<Instant> {
    let mut next = None::<Instant>;
    all_changes(model, now, now, &mut |change| {
        if change.at > now {
            next = Some(next.map_or(change.at, |n| n.min(change.at)));
        }
    });
    next
}

/// All changes at the earliest instant after `as_of`, ordered by kind and entry.
#[must_use]
pub fn upcoming(model: &Model, as_of: Instant) -> Vec<Change<'_>> {
    let mut found: Vec<Change<'_>> = Vec::new();
    all_changes(model, as_of, EVERYTHING, &mut |change| {
        let first = found.first().map(|known| known.at);
        if change.at <= as_of || first.is_some_and(|first| first < change.at) {
            return;
        }
        if first.is_some_and(|first| first > change.at) {
            found.clear();
        }
        let file = |change: &Change<'_>| change.head.map(|head| Arc::clone(&head.file));
        if !found.iter().any(|known| known.what == change.what && file(known) == file(&change)) {
            found.push(change);
        }
    });
    found
}

/// A cutoff that includes every update, however far ahead it is dated.
const EVERYTHING: Instant = Instant(i64::MAX);

/// Calls `tell` with each change around `as_of` that follows from what is written and visible by `cutoff`.
fn all_changes<'m>(model: &'m Model, as_of: Instant, cutoff: Instant, tell: &mut dyn FnMut(Change<'m>)) {
    let zone = model.config.zone;
    let today = zone.day(as_of);
    let horizon = zone.day_from(today + Days::new(1));
    // The last change and the next one cannot lie further away than the midnights on either side.
    let near = zone.day_from(today).min(as_of)..=horizon;
    for at in [*near.start(), horizon] {
        tell(Change { at, what: ChangeKind::Day, head: None });
    }
    for entry in &model.incidents {
        seen(&entry.head, Some(incident::published(entry)), cutoff, tell, |mark| {
            incident::changes(entry, &near, cutoff, mark);
        });
    }
    for entry in &model.maintenance {
        let Some(series) = &entry.recurrence else {
            let from = visible_from(&entry.head, &entry.updates);
            seen(&entry.head, from, cutoff, tell, |mark| {
                maintenance::changes(entry, None, &near, cutoff, mark);
            });
            continue;
        };
        let announced = maintenance::announced(entry, series, horizon);
        if let Some(first) = announced.iter().map(|(_, from)| *from).min() {
            seen(&entry.head, Some(first), cutoff, tell, |mark| maintenance::report(entry, cutoff, mark));
        }
        for (occurrence, from) in announced {
            let changes = |mark: &mut dyn FnMut(Instant, ChangeKind)| {
                maintenance::changes(entry, Some(occurrence), &near, cutoff, mark);
            };
            seen(&entry.head, Some(from), cutoff, tell, changes);
        }
    }
    for entry in &model.notices {
        seen(&entry.head, visible_from(&entry.head, &entry.updates), cutoff, tell, |mark| {
            for update in visible(&entry.updates, cutoff) {
                mark(update.at, ChangeKind::Update);
            }
            entry.expires_at.into_iter().for_each(|at| mark(at.at, ChangeKind::Expires));
        });
    }
    // A question that is withdrawn before it would appear never appears.
    let withdrawn = |head: &Head| head.withdrawn.as_ref().map(|w| w.at);
    let asked = |head: &&Head| withdrawn(head).is_none_or(|at| head.publish_at.is_none_or(|from| from < at));
    let questions = model.questions.iter().map(|q| &q.head).filter(asked);
    for head in questions.chain(model.pages.iter().map(|p| &p.head)) {
        seen(head, head.publish_at, cutoff, tell, |_| {});
    }
}

/// Calls `tell` with the visible changes of an entry. A change from before the entry was visible counts at the
/// moment it appears; after a withdrawal, nothing changes. An entry that is not visible by `cutoff` has no
/// changes, and a withdrawal dated after `cutoff` is ignored.
fn seen<'m>(
    head: &'m Head,
    from: Option<Instant>,
    cutoff: Instant,
    tell: &mut dyn FnMut(Change<'m>),
    changes: impl FnOnce(&mut dyn FnMut(Instant, ChangeKind)),
) {
    if head.draft || from.is_some_and(|from| from > cutoff) {
        return;
    }
    let mut tell = |at, what| tell(Change { at, what, head: Some(head) });
    let shown = |at: Instant| from.map_or(at, |from| at.max(from));
    let until = head.withdrawn.as_ref().map(|w| shown(w.at)).filter(|at| *at <= cutoff);
    if let Some(at) = from {
        tell(at, ChangeKind::Appears);
    }
    if let Some(at) = until {
        tell(at, ChangeKind::Withdrawn);
    }
    changes(&mut |at, what| {
        if until.is_none_or(|until| at < until) {
            // Updates dated before the entry became visible appear together with it.
            let what = if from.is_some_and(|from| at < from) { ChangeKind::Appears } else { what };
            tell(shown(at), what);
        }
    });
}
