//! A question of the FAQ, and where it is surfaced.

use super::component::Affects;
use super::entry::Head;
use super::text::Rich;
use crate::kind::EntryKind;

/// One question and its answer.
#[derive(Debug, Hash)]
pub struct Question {
    /// What every entry has; its title is the question.
    pub head: Head,
    /// An index into the site's categories.
    pub category: usize,
    /// Among those of its category.
    pub order: i64,
    /// What it is about.
    pub components: Affects,
    /// Shown while an entry of such a kind touches one of its components.
    pub surface: Vec<EntryKind>,
    /// The answer.
    pub answer: Rich,
}
