//! A notice (お知らせ): something to be known, for as long as it holds.

use super::component::Affects;
use super::draft::EntryReader;
use super::entry::{FieldValue, Head, Kind, Question, Update};
use super::reader::Map;
use super::text::Rich;
use super::time::Instant;
use crate::digest::Digest;
use crate::vocabulary::{Level, Section};

/// Something to be known.
#[derive(Debug, Hash)]
pub struct Notice {
    /// What every entry has.
    pub head: Head,
    /// What it is.
    pub level: Level,
    /// Stands on the home page as long as it holds.
    pub pinned: bool,
    /// Not shown as current from then on.
    pub expires_at: Option<Instant>,
    /// What it is about.
    pub affects: Affects,
    /// The site's own facts.
    pub fields: Vec<(usize, FieldValue)>,
    /// Its words.
    pub summary: Rich,
    /// In the order of time.
    pub updates: Vec<Update<()>>,
    /// What users should do.
    pub actions: Option<Rich>,
    /// Questions and answers.
    pub faq: Vec<Question>,
}

impl Notice {
    /// What stands for all of it that a page may show.
    #[must_use]
    pub fn digest(&self) -> Digest {
        self.head.digest_of(self)
    }
}

pub(super) fn read(draft: &EntryReader<'_>, map: &Map<'_>) -> Option<Notice> {
    let head = draft.head(Kind::Notice, map);
    let levels: Vec<&str> = Level::ALL.iter().map(|l| l.word()).collect();
    let level = map
        .get("level")
        .and_then(|v| v.word("level", |w, more| Level::said(w, Level::ALL, more), &levels))
        .unwrap_or(Level::Info);
    let pinned = map.get("pinned").and_then(|v| v.bool()).unwrap_or(false);
    let expires_value = map.get("expires_at");
    let expires_at = expires_value.as_ref().and_then(super::reader::Value::time);
    let affects = map.get("affects").map(|v| draft.affects(&v)).unwrap_or_default();
    let fields = draft.fields(Kind::Notice, map);
    let head = head?;
    if let (Some(from), Some(until), Some(value)) = (head.publish_at, expires_at, expires_value)
        && until <= from
    {
        value.fail(
            "notice/end-before-start",
            "`expires_at` is not after `publish_at`",
            "look at the two times again",
        );
    }
    Some(Notice {
        head,
        level,
        pinned,
        expires_at,
        affects,
        fields,
        summary: draft.summary(),
        updates: draft.updates(|_, _| ()),
        actions: draft.section(Section::Actions),
        faq: draft.faq(),
    })
}
