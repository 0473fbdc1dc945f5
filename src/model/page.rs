//! A free page.

use chrono::NaiveDate;

use super::entry::Head;
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
