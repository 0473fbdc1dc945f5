//! What subscribers are told: one item for each thing that was said, once.
//!
//! An item's identity comes from the entry's id, the status and the second, never from words, file
//! names or domains: mending a text, renaming a file or moving the site makes no old news new.
//!
//! Why: docs/decisions/feeds.md.

mod incident;
mod maintenance;
mod parts;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use super::changes::Changes;
use super::item_status::ItemStatus;
use super::{Route, Site, identity};
use crate::model::{Head, Instant, Rich};
use crate::timeline::NoticeNow;
use crate::vocabulary::Status;

pub use maintenance::announcement;

/// Updates older than this, in seconds, are never announced, however late they are published.
pub const RECENT: i64 = 366 * 86_400;

/// Something that was said.
#[derive(Clone, Debug)]
pub struct FeedItem<'m> {
    /// Where it is said in full.
    pub route: Route,
    /// Whose it is.
    pub head: &'m Head,
    /// Which occurrence of a series it is about, if one.
    pub occurrence: Option<NaiveDate>,
    /// `resolved`, `postmortem`, `published` …: a part of what it is known by.
    pub status: ItemStatus,
    /// The same as readers are told it: the end of a message key `update-…`. A start that a human says after the clock
    /// has told it is a further update.
    pub label: ItemStatus,
    /// When.
    pub at: Instant,
    /// How many of the same status and second stand before it.
    pub ordinal: usize,
    /// What was said; `None` where the entry's summary says it.
    pub words: Option<&'m Rich>,
    /// The facts that it set.
    pub changes: Option<&'m dyn Changes>,
    /// When the entry began, for ties among all.
    pub start: Option<Instant>,
    /// What an entry says at a time that nobody wrote for it (an announcement, a start that the clock
    /// declares) is known by which of its kind it is: a plan or a policy that is changed makes no old news new.
    pub once: Option<usize>,
}

impl<'m> FeedItem<'m> {
    /// Something that was said without words or facts of its own.
    #[must_use]
    pub fn plain(route: Route, head: &'m Head, status: ItemStatus, at: Instant) -> FeedItem<'m> {
        FeedItem::single(route, head, status, at, None)
    }

    /// Something that is said once.
    fn single(
        route: Route,
        head: &'m Head,
        status: ItemStatus,
        at: Instant,
        words: Option<&'m Rich>,
    ) -> FeedItem<'m> {
        FeedItem {
            route,
            head,
            occurrence: None,
            status,
            label: status,
            at,
            ordinal: 0,
            words,
            changes: None,
            start: None,
            once: words.is_none().then_some(0),
        }
    }

    /// A `UUIDv5` URN.
    #[must_use]
    pub fn id(&self) -> String {
        self.named(identity::urn)
    }

    /// The same without its scheme.
    #[must_use]
    pub fn key(&self) -> String {
        self.named(identity::long)
    }

    /// The same as a short id, as APIs have it.
    #[must_use]
    pub fn short_id(&self) -> String {
        self.named(identity::short)
    }

    fn named(&self, make: impl Fn(&[&str]) -> String) -> String {
        // Single entries have no occurrence.
        let occurrence = self.occurrence.map(|day| day.to_string()).unwrap_or_default();
        let (at, ordinal) = match self.once {
            Some(which) => (String::new(), which.to_string()),
            None => (self.at.0.to_string(), self.ordinal.to_string()),
        };
        make(&[self.head.kind.word(), &self.head.id, &occurrence, self.status.word(), &at, &ordinal])
    }

    /// Whether it says that something said before was wrong.
    #[must_use]
    pub fn is_correction(&self) -> bool {
        self.status == Status::Correction.into()
    }

    /// Whether both are the same thing said.
    #[must_use]
    pub fn is_same(&self, other: &FeedItem<'_>) -> bool {
        let key = |n: &FeedItem<'_>| (n.at, n.status, n.ordinal, n.occurrence);
        std::ptr::eq(self.head, other.head) && key(self) == key(other)
    }

    /// The identifier of the update on its entry's page.
    #[must_use]
    pub fn anchor(&self) -> String {
        match self.status {
            // Sections, of which there is one.
            ItemStatus::Postmortem | ItemStatus::Evaluation => self.status.word().to_owned(),
            status => anchor(status.word(), self.at, self.ordinal),
        }
    }
}

/// The identifier of an update on its entry's page.
#[must_use]
pub fn anchor(status: &str, at: Instant, ordinal: usize) -> String {
    let stamp: String = at.iso().chars().filter(|c| !matches!(c, '-' | ':')).collect();
    let more = if ordinal == 0 { String::new() } else { format!("-{ordinal}") };
    format!("{status}-{stamp}{more}")
}

/// All that may have news.
fn routes(site: &Site<'_>) -> impl Iterator<Item = Route> + use<> {
    let now = &site.now;
    ((0..now.incidents.len()).map(Route::Incident))
        .chain((0..now.maintenance.len()).map(Route::Maintenance))
        .chain((0..now.series.len()).map(Route::Series))
        .chain((0..now.notices.len()).map(Route::Notice))
}

/// Everything that was said so far and is told, in no order.
#[must_use]
pub fn all<'m>(site: &Site<'m>) -> Vec<FeedItem<'m>> {
    of_those(site, |_| true)
}

/// The same of some entries.
pub(super) fn of_those<'m>(site: &Site<'m>, wanted: impl Fn(Route) -> bool) -> Vec<FeedItem<'m>> {
    let mut all = Vec::new();
    routes(site).filter(|route| wanted(*route)).for_each(|route| collect(site, route, &mut all));
    let since = site.now.model.config.feed_since;
    all.retain(|n| n.at <= site.now.effective && since.is_none_or(|since| n.at >= since));
    all
}

/// Whether an entry may have said something since then; only incidents are so many that it is worth knowing.
pub(super) fn is_recent(site: &Site<'_>, route: Route, since: Instant) -> bool {
    match route {
        Route::Incident(at) => {
            let now = &site.now.incidents[at];
            // What was written afterwards, or never updated, has times of its own.
            let put = now.incident.head.publish_at.max(now.incident.detected).max(Some(now.incident.started));
            now.last_told().max(put.unwrap_or(since)) >= since
        }
        _ => true,
    }
}

/// The items of one entry, or of one occurrence of a series, newest first.
#[must_use]
pub fn items<'m>(site: &Site<'m>, route: Route) -> Vec<FeedItem<'m>> {
    let mut items = Vec::new();
    collect(site, route, &mut items);
    items.retain(|n| n.at <= site.now.effective);
    sort(&mut items);
    items
}

/// Puts news in order, newest first. What comes from one entry must stand in the order it was said.
pub fn sort(news: &mut [FeedItem<'_>]) {
    // What one entry says in one second stays in its order, which is then the newest first too.
    news.reverse();
    news.sort_by(|a, b| {
        let ties = || (a.head.kind, &a.head.slug).cmp(&(b.head.kind, &b.head.slug));
        (b.at, b.start).cmp(&(a.at, a.start)).then_with(ties)
    });
}

/// All that was said of one entry, or of one occurrence of a series, newest first: also what makes no item,
/// because it is too old, or was written afterwards.
#[must_use]
pub fn of<'m>(site: &Site<'m>, route: Route) -> Vec<FeedItem<'m>> {
    let mut all = Vec::new();
    match route {
        Route::Incident(at) => incident::all(route, &site.now.incidents[at], &mut all),
        _ => collect(site, route, &mut all),
    }
    all.retain(|n| n.at <= site.now.effective);
    all.reverse();
    all.sort_by_key(|news| std::cmp::Reverse(news.at));
    all
}

/// Adds what an entry, or an occurrence of a series, has said and will say.
fn collect<'m>(site: &Site<'m>, route: Route, all: &mut Vec<FeedItem<'m>>) {
    let from = all.len();
    let start = match route {
        Route::Incident(at) => {
            incident::items(route, &site.now.incidents[at], all);
            Some(site.now.incidents[at].incident.started)
        }
        Route::Maintenance(at) => {
            maintenance::items(route, &site.now.maintenance[at], all);
            Some(site.now.maintenance[at].plan.start)
        }
        Route::Series(at) => {
            maintenance::of_series(route, &site.now.series[at], all);
            None
        }
        Route::Notice(at) => {
            notice(route, &site.now.notices[at], all);
            site.now.notices[at].published
        }
        _ => None,
    };
    all[from..].iter_mut().for_each(|news| news.start = start);
}

fn notice<'m>(route: Route, now: &NoticeNow<'m>, all: &mut Vec<FeedItem<'m>>) {
    let head = &now.notice.head;
    if let Some(said) = head.publish_at {
        all.push(FeedItem::single(route, head, ItemStatus::Published, said, None));
    }
    parts::updates((route, None), head, now.updates, all);
    parts::withdrawal(route, head, now.withdrawn, all);
}
