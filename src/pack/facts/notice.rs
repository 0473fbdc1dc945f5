//! Collects the facts of a notice.

use super::{Facts, Prose};
use crate::site::item_status::ItemStatus;
use crate::timeline::NoticeNow;

pub(super) fn gather(facts: &mut Facts<'_>, now: &NoticeNow<'_>) {
    let notice = now.notice;
    let level = facts.t(notice.level.message()).to_owned();
    facts.is_over = !now.current;
    facts.state = if now.current { level } else { facts.with("pack-state-over", "state", &level) };
    facts.mood = if now.current { "notice" } else { "expired" };
    facts.push("state", "fact-state", facts.state.clone());
    facts.push_time("published", "fact-published", now.published_as_stated());
    facts.push_time("expires", "fact-expires", notice.expires_at);
    facts.affects(&notice.affects.names);
    facts.fields(&notice.fields);
    facts.summary = facts.prose(&notice.summary);
    facts.actions = facts.optional(notice.actions.as_ref());
    facts.questions = facts.questions(&notice.faq);
    if let Some(at) = notice.head.publish_at {
        facts.say(ItemStatus::Published, at, Prose::default());
    }
    facts.updates(now.updates, |_| None);
}
