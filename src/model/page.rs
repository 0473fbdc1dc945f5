//! A free page.

use chrono::NaiveDate;

use super::entry::Head;
use super::text::Rich;

/// A free page at an address of its own.
#[derive(Debug)]
pub struct Page {
    pub head: Head,
    /// Whether the header links to it.
    pub nav: bool,
    /// The position among the pages in the header.
    pub order: i64,
    /// The day its text last changed.
    pub updated: Option<NaiveDate>,
    pub words: Rich,
}
