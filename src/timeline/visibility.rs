//! What of an entry may be seen at an instant.

use crate::model::entry::Update;
use crate::model::{Head, Instant};

/// When an entry becomes visible: `publish_at`, else its first update; else its kind decides.
pub(super) fn visible_from<C>(head: &Head, updates: &[Update<C>]) -> Option<Instant> {
    head.publish_at.or(updates.first().map(|u| u.at))
}

pub(super) fn is_withdrawn(head: &Head, now: Instant) -> bool {
    head.withdrawn.as_ref().is_some_and(|w| w.at <= now)
}

/// The last instant at which an entry's own words and the clock still say something of it.
pub(super) fn last_word(head: &Head, now: Instant) -> Instant {
    match &head.withdrawn {
        Some(w) if w.at <= now => Instant(w.at.0 - 1),
        _ => now,
    }
}

/// The updates that are visible: they are sorted by time.
pub(super) fn visible<C>(updates: &[Update<C>], now: Instant) -> &[Update<C>] {
    &updates[..updates.partition_point(|u| u.at <= now)]
}

/// Whether an entry without updates may be seen.
pub(super) fn visible_head(head: &Head, now: Instant) -> bool {
    !head.draft && head.publish_at.is_none_or(|at| at <= now)
}

/// A question has no address of its own that could say that it was withdrawn: it is gone.
pub(super) fn is_asked(head: &Head, now: Instant) -> bool {
    visible_head(head, now) && !is_withdrawn(head, now)
}
