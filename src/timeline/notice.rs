//! The state of a notice at an instant.

use std::hash::{Hash, Hasher};

use super::visibility::{is_withdrawn, last_word, visible, visible_from};
use crate::model::entry::Update;
use crate::model::{Instant, Notice, Stated};

/// A notice at an instant.
#[derive(Debug)]
pub struct NoticeNow<'m> {
    pub notice: &'m Notice,
    /// Its visible updates in time order.
    pub updates: &'m [Update<()>],
    pub published: Option<Instant>,
    /// Whether it is still in force: neither withdrawn nor expired.
    pub current: bool,
    pub withdrawn: bool,
}

impl<'m> NoticeNow<'m> {
    /// `None` if it is not visible yet.
    pub(super) fn at(notice: &'m Notice, now: Instant) -> Option<NoticeNow<'m>> {
        let published = visible_from(&notice.head, &notice.updates);
        if notice.head.draft || published.is_some_and(|at| at > now) {
            return None;
        }
        let withdrawn = is_withdrawn(&notice.head, now);
        Some(NoticeNow {
            notice,
            updates: visible(&notice.updates, last_word(&notice.head, now)),
            published,
            current: !withdrawn && notice.expires_at.is_none_or(|at| at.at > now),
            withdrawn,
        })
    }

    /// When it was published, as its first update says it.
    #[must_use]
    pub fn published_as_stated(&self) -> Option<Stated> {
        let first = self.updates.first().map(Update::stated);
        self.published.map(|at| first.filter(|first| first.at == at).unwrap_or(at.into()))
    }
}

/// Hashes only what the notice's own page is made from.
impl Hash for NoticeNow<'_> {
    fn hash<H: Hasher>(&self, to: &mut H) {
        (self.notice.head.digest_of(self.notice), self.updates.len(), self.published, self.withdrawn)
            .hash(to);
    }
}
