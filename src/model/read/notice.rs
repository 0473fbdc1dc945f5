//! Reads the front matter of a notice into [`Notice`].

use super::entry::EntryReader;
use super::nouns::Noun;
use super::value::Map;
use crate::kind::EntryKind;
use crate::message::message;
use crate::model::notice::Notice;
use crate::model::stated::Bound;
use crate::vocabulary::{Level, Section};

pub(super) fn read(reader: &EntryReader<'_>, map: &Map<'_>) -> Option<Notice> {
    let head = reader.head(EntryKind::Notice, map);
    let levels: Vec<&str> = Level::ALL.iter().map(|l| l.word()).collect();
    let level = map
        .get("level")
        .and_then(|v| v.word(Noun::Level, |w, more| Level::from_word_or_alias(w, Level::ALL, more), &levels))
        .unwrap_or(Level::Info);
    let pinned = map.get("pinned").and_then(|v| v.bool()).unwrap_or(false);
    let expires_value = map.get("expires_at");
    let expires_at = expires_value.as_ref().and_then(|value| value.stated(Bound::Until));
    let affects = map.get("affects").map(|v| reader.affects(&v)).unwrap_or_default();
    let fields = reader.fields(EntryKind::Notice, map);
    let mut updates = reader.updates(|_, _| ());
    reader.number(&mut updates, reader.numbering(map), |_| None);
    let head = head?;
    if let (Some(from), Some(until), Some(value)) = (head.publish_at, expires_at, expires_value)
        && until.at <= from
    {
        let message = message!("model-notice-expired", "`expires_at` is not after `publish_at`");
        let help = message!("model-notice-expired-help", "check both times");
        value.fail("notice/end-before-start", message, help);
    }
    Some(Notice {
        head,
        level,
        pinned,
        expires_at,
        affects,
        fields,
        summary: reader.summary(),
        updates,
        actions: reader.section(Section::Actions),
        faq: reader.faq(),
    })
}
