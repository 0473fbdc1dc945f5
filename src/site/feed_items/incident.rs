//! Collects the feed items of an incident.

use super::FeedItem;
use super::parts::{updates, withdrawal};
use crate::model::entry::Update;
use crate::model::incident::Change;
use crate::site::Route;
use crate::site::item_status::ItemStatus;
use crate::timeline::IncidentNow;
use crate::vocabulary::Status;

/// Adds the items that subscribers receive.
pub(super) fn items<'m>(route: Route, now: &IncidentNow<'m>, all: &mut Vec<FeedItem<'m>>) {
    let head = &now.incident.head;
    if now.incident.backfilled {
        let published = head.publish_at.unwrap_or(now.published);
        // An incident recorded afterwards is one item, with the state that it had reached by then.
        let sets = |u: &&Update<Change>| u.at <= published && u.status.sets_state();
        let state = now.updates.iter().rev().find(sets).map_or(Status::Investigating, |u| u.status);
        let item = FeedItem::single(route, head, Status::Update.into(), published, None);
        all.push(FeedItem { label: state.into(), ..item });
        return withdrawal(route, head, now.withdrawn, all);
    }
    self::all(route, now, all);
}

/// Adds an item for every update, also for an incident that was recorded afterwards.
pub(super) fn all<'m>(route: Route, now: &IncidentNow<'m>, all: &mut Vec<FeedItem<'m>>) {
    let head = &now.incident.head;
    let begun = now.incident.detected.unwrap_or(now.incident.started);
    if now.updates.is_empty() && head.withdrawn.as_ref().is_none_or(|w| begun.at < w.at) {
        all.push(FeedItem::single(route, head, Status::Investigating.into(), begun, None));
    }
    updates((route, None), head, now.updates, all);
    if let Some((Some(at), words)) = now.incident.postmortem.as_ref().filter(|_| now.postmortem) {
        all.push(FeedItem::single(route, head, ItemStatus::Postmortem, *at, Some(words)));
    }
    withdrawal(route, head, now.withdrawn, all);
}
