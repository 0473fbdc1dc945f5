//! Feed items that several kinds of entries share.

use chrono::NaiveDate;

use super::FeedItem;
use crate::model::Head;
use crate::model::entry::Update;
use crate::site::Route;
use crate::site::changes::Changes;
use crate::site::item_status::ItemStatus;

pub(super) fn updates<'m, C: Changes + 'm>(
    (route, occurrence): (Route, Option<NaiveDate>),
    head: &'m Head,
    updates: impl IntoIterator<Item = &'m Update<C>>,
    all: &mut Vec<FeedItem<'m>>,
) {
    all.extend(updates.into_iter().map(|u| FeedItem {
        route,
        head,
        occurrence,
        status: u.status.into(),
        label: u.status.into(),
        at: u.at,
        precision: u.precision,
        ordinal: u.ordinal,
        report: u.report,
        words: Some(&u.words),
        changes: Some(&u.change),
        start: None,
        once: None,
    }));
}

pub(super) fn withdrawal<'m>(route: Route, head: &'m Head, withdrawn: bool, all: &mut Vec<FeedItem<'m>>) {
    if let Some(w) = head.withdrawn.as_ref().filter(|_| withdrawn) {
        all.push(FeedItem::single(route, head, ItemStatus::Withdrawn, w.at, None));
    }
}
