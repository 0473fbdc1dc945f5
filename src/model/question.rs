//! A question of the FAQ, and the pages that show it.

use super::component::Affects;
use super::entry::Head;
use super::text::Rich;
use crate::kind::EntryKind;

#[derive(Debug, Hash)]
pub struct Question {
    /// The common facts of an entry; the title is the question.
    pub head: Head,
    /// An index into the site's categories.
    pub category: usize,
    /// The position within its category.
    pub order: i64,
    pub components: Affects,
    /// The kinds of entries that surface it: pages show the question while such an entry affects one of its
    /// components.
    pub surface: Vec<EntryKind>,
    pub answer: Rich,
}
