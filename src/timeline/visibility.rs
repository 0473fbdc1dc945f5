//! Decides what of an entry is visible at an instant.

use crate::model::entry::Update;
use crate::model::{Head, Instant};

/// When an entry becomes visible: `publish_at`, else its first update. If it has neither, its kind decides.
pub(super) fn visible_from<C>(head: &Head, updates: &[Update<C>]) -> Option<Instant> {
    head.publish_at.or(updates.first().map(|u| u.at))
}

pub(super) fn is_withdrawn(head: &Head, now: Instant) -> bool {
    head.withdrawn.as_ref().is_some_and(|w| w.at <= now)
}

/// The last instant up to which updates and the clock affect an entry: `now`, or its withdrawal.
pub(super) fn last_word(head: &Head, now: Instant) -> Instant {
    match &head.withdrawn {
        Some(w) if w.at <= now => Instant(w.at.0 - 1),
        _ => now,
    }
}

/// The updates that are visible at `now`. They are sorted by time.
pub(super) fn visible<C>(updates: &[Update<C>], now: Instant) -> &[Update<C>] {
    &updates[..updates.partition_point(|u| u.at <= now)]
}

/// Whether an entry without updates is visible.
pub(super) fn visible_head(head: &Head, now: Instant) -> bool {
    !head.draft && head.publish_at.is_none_or(|at| at <= now)
}

/// Whether a question is shown. A withdrawn question disappears: it has no page that could show the reason.
pub(super) fn is_asked(head: &Head, now: Instant) -> bool {
    visible_head(head, now) && !is_withdrawn(head, now)
}
