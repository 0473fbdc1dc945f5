//! Reads the front matter of a page into [`Page`].

use super::entry::EntryReader;
use super::value::Map;
use crate::kind::EntryKind;
use crate::model::page::Page;

pub(super) fn read(reader: &EntryReader<'_>, map: &Map<'_>) -> Option<Page> {
    let head = reader.head(EntryKind::Page, map);
    let nav = map.get("nav").and_then(|v| v.bool()).unwrap_or(false);
    let order = map.get("order").and_then(|v| v.integer()).unwrap_or(i64::MAX);
    let updated = map.get("updated").and_then(|v| v.date());
    Some(Page { head: head?, nav, order, updated, words: reader.summary() })
}
