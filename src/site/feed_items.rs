//! The items of feeds: exactly one for each publication.
//!
//! An item's identity comes from the entry's id, the status and the second, never from texts, file names or
//! domains. So correcting a text, renaming a file or moving the site makes no old item appear as new.
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
use crate::document::body::ReportNumber;
use crate::model::{Head, Instant, Precision, Rich, Stamp, Stated};
use crate::timeline::NoticeNow;
use crate::vocabulary::Status;

pub use maintenance::announcement;

/// Updates older than this, in seconds, are never announced, however late they are published.
pub const RECENT: i64 = 366 * 86_400;

/// A publication about an entry: an update, a report, an announcement.
#[derive(Clone, Debug)]
pub struct FeedItem<'m> {
    /// The page that shows it in full.
    pub route: Route,
    pub head: &'m Head,
    pub occurrence: Option<NaiveDate>,
    /// `resolved`, `postmortem`, `published` …: a part of its identity.
    pub status: ItemStatus,
    /// The status as readers see it: the end of a message key `update-…`. If an update reports a start that the
    /// clock has already announced, the label is `update`.
    pub label: ItemStatus,
    pub at: Instant,
    /// How exactly that time was stated.
    pub precision: Precision,
    /// How many items with the same status and stamp come before it.
    pub ordinal: usize,
    /// Which report it is: 第2報. It is no part of its identity.
    pub report: Option<ReportNumber>,
    /// Its text; `None` if the entry's summary is the text.
    pub words: Option<&'m Rich>,
    pub changes: Option<&'m dyn Changes>,
    /// When the entry began. Breaks ties when all items are sorted.
    pub start: Option<Instant>,
    /// The number that replaces the time in the identity of an item that has no update behind it (an
    /// announcement, a start declared by the clock). So a changed plan or policy makes no old item appear as
    /// new.
    pub once: Option<usize>,
}

impl<'m> FeedItem<'m> {
    /// An item without a text or facts of its own.
    #[must_use]
    pub fn plain(route: Route, head: &'m Head, status: ItemStatus, at: Instant) -> FeedItem<'m> {
        FeedItem::single(route, head, status, at, None)
    }

    /// An item that occurs only once for its status and second.
    fn single(
        route: Route,
        head: &'m Head,
        status: ItemStatus,
        at: impl Into<Stated>,
        words: Option<&'m Rich>,
    ) -> FeedItem<'m> {
        let Stated { at, precision } = at.into();
        FeedItem {
            route,
            head,
            occurrence: None,
            status,
            label: status,
            at,
            precision,
            ordinal: 0,
            report: None,
            words,
            changes: None,
            start: None,
            once: words.is_none().then_some(0),
        }
    }

    /// Its id as a `UUIDv5` URN.
    #[must_use]
    pub fn id(&self) -> String {
        self.named(identity::urn)
    }

    /// Its id as a `UUIDv5`, without the URN scheme.
    #[must_use]
    pub fn key(&self) -> String {
        self.named(identity::long)
    }

    /// Its id in the short form that the API uses.
    #[must_use]
    pub fn short_id(&self) -> String {
        self.named(identity::short)
    }

    fn named(&self, make: impl Fn(&[&str]) -> String) -> String {
        // Single entries have no occurrence.
        let occurrence = self.occurrence.map(|day| day.to_string()).unwrap_or_default();
        let (at, ordinal) = match self.once {
            Some(which) => (String::new(), which.to_string()),
            None => (self.stated().stamp().id(), self.ordinal.to_string()),
        };
        make(&[self.head.kind.word(), &self.head.id, &occurrence, self.status.word(), &at, &ordinal])
    }

    /// Its time as it was stated.
    #[must_use]
    pub fn stated(&self) -> Stated {
        Stated { at: self.at, precision: self.precision }
    }

    #[must_use]
    pub fn is_correction(&self) -> bool {
        self.status == Status::Correction.into()
    }

    #[must_use]
    pub fn is_same(&self, other: &FeedItem<'_>) -> bool {
        let key = |n: &FeedItem<'_>| (n.at, n.status, n.ordinal, n.occurrence);
        std::ptr::eq(self.head, other.head) && key(self) == key(other)
    }

    #[must_use]
    pub fn anchor(&self) -> String {
        match self.status {
            // These are sections; an entry has at most one of each.
            ItemStatus::Postmortem | ItemStatus::Evaluation => self.status.word().to_owned(),
            status => anchor(status.word(), self.stated().stamp(), self.ordinal),
        }
    }
}

/// The anchor of an update on its entry's page.
#[must_use]
pub fn anchor(status: &str, stamp: Stamp, ordinal: usize) -> String {
    let stamp = stamp.anchor();
    let more = if ordinal == 0 { String::new() } else { format!("-{ordinal}") };
    format!("{status}-{stamp}{more}")
}

/// The pages of all entries that can have items.
fn routes(site: &Site<'_>) -> impl Iterator<Item = Route> + use<> {
    let now = &site.now;
    ((0..now.incidents.len()).map(Route::Incident))
        .chain((0..now.maintenance.len()).map(Route::Maintenance))
        .chain((0..now.series.len()).map(Route::Series))
        .chain((0..now.notices.len()).map(Route::Notice))
}

/// All items up to the site's instant, in no order, without those before the configured start of the feeds.
#[must_use]
pub fn all<'m>(site: &Site<'m>) -> Vec<FeedItem<'m>> {
    of_those(site, |_| true)
}

/// The same for the entries that `wanted` selects.
pub(super) fn of_those<'m>(site: &Site<'m>, wanted: impl Fn(Route) -> bool) -> Vec<FeedItem<'m>> {
    let mut all = Vec::new();
    routes(site).filter(|route| wanted(*route)).for_each(|route| collect(site, route, &mut all));
    let since = site.now.model.config.feed_since;
    all.retain(|n| n.at <= site.now.effective && since.is_none_or(|since| n.at >= since));
    all
}

/// Whether an entry can have items since then. Only incidents are numerous enough to be worth checking.
pub(super) fn is_recent(site: &Site<'_>, route: Route, since: Instant) -> bool {
    match route {
        Route::Incident(at) => {
            let now = &site.now.incidents[at];
            // An incident recorded afterwards, or without updates, is dated by these times.
            let put = now
                .incident
                .head
                .publish_at
                .max(now.incident.detected.map(|at| at.at))
                .max(Some(now.incident.started.at));
            now.last_publication().max(put.unwrap_or(since)) >= since
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

/// Sorts items, newest first. Items of one entry must be given in the order they were published.
pub fn sort(items: &mut [FeedItem<'_>]) {
    // Reversed first: the sort is stable, so items of one entry in the same second end up newest first.
    items.reverse();
    items.sort_by(|a, b| {
        let ties = || (a.head.kind, &a.head.slug).cmp(&(b.head.kind, &b.head.slug));
        (b.at, b.start).cmp(&(a.at, a.start)).then_with(ties)
    });
}

/// All publications of one entry, or of one occurrence of a series, newest first. Includes those that make no
/// feed item because they are too old or were recorded afterwards.
#[must_use]
pub fn of<'m>(site: &Site<'m>, route: Route) -> Vec<FeedItem<'m>> {
    let mut all = Vec::new();
    match route {
        Route::Incident(at) => incident::all(route, &site.now.incidents[at], &mut all),
        _ => collect(site, route, &mut all),
    }
    all.retain(|n| n.at <= site.now.effective);
    all.reverse();
    all.sort_by_key(|item| std::cmp::Reverse(item.at));
    all
}

/// Adds the items of an entry, or of an occurrence of a series, including those that lie ahead.
fn collect<'m>(site: &Site<'m>, route: Route, all: &mut Vec<FeedItem<'m>>) {
    let from = all.len();
    let start = match route {
        Route::Incident(at) => {
            incident::items(route, &site.now.incidents[at], all);
            Some(site.now.incidents[at].incident.started.at)
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
    all[from..].iter_mut().for_each(|item| item.start = start);
}

fn notice<'m>(route: Route, now: &NoticeNow<'m>, all: &mut Vec<FeedItem<'m>>) {
    let head = &now.notice.head;
    if let Some(published) = head.publish_at {
        all.push(FeedItem::single(route, head, ItemStatus::Published, published, None));
    }
    parts::updates((route, None), head, now.updates, all);
    parts::withdrawal(route, head, now.withdrawn, all);
}
