//! Reports entries without a dated text, because feeds cannot announce them.

use crate::diagnostic::Diagnostic;
use crate::message::message;
use crate::model::{Head, Model};

pub(super) fn check(model: &Model, found: &mut Vec<Diagnostic>) {
    let silent = |head: &Head, updates: usize| !head.draft && head.publish_at.is_none() && updates == 0;
    // Feeds announce the occurrences of a series on their own.
    let single = model.maintenance.iter().filter(|e| e.recurrence.is_none());
    let maintenance = single.filter(|e| silent(&e.head, e.updates.len())).map(|e| &e.head);
    let notices = model.notices.iter().filter(|e| silent(&e.head, e.updates.len())).map(|e| &e.head);
    for head in maintenance.chain(notices) {
        let help = match head.kind {
            crate::kind::EntryKind::Maintenance => message!(
                "check-no-time-maintenance-help",
                "add `publish_at: …`, or an update `## scheduled 2026-11-20 12:00`"
            ),
            _ => message!("check-no-time-help", "add `publish_at: 2026-11-20 12:00`"),
        };
        let message = message!(
            "check-no-time",
            "this entry has no publication time, so no feed and no history shows it"
        );
        found.push(Diagnostic::warning("feed/no-time", head.place.clone(), message).help(help));
    }
}
