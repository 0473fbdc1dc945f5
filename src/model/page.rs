//! A free page.

use chrono::NaiveDate;

use super::draft::EntryReader;
use super::entry::{Head, Kind};
use super::reader::Map;
use super::text::Rich;

/// Words at an address of their own.
#[derive(Debug)]
pub struct Page {
    /// What every entry has.
    pub head: Head,
    /// Whether the header links to it.
    pub nav: bool,
    /// Among those of the header.
    pub order: i64,
    /// The day its words last changed.
    pub updated: Option<NaiveDate>,
    /// The words.
    pub words: Rich,
}

pub(super) fn read(draft: &EntryReader<'_>, map: &Map<'_>) -> Option<Page> {
    let head = draft.head(Kind::Page, map);
    let nav = map.get("nav").and_then(|v| v.bool()).unwrap_or(false);
    let order = map.get("order").and_then(|v| v.integer()).unwrap_or(i64::MAX);
    let updated = map.get("updated").and_then(|v| v.date());
    Some(Page { head: head?, nav, order, updated, words: draft.summary() })
}
