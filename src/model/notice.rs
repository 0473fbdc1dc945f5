//! A notice (お知らせ): information for users, with an optional expiry.

use super::component::Affects;
use super::entry::{FieldValue, Head, Question, Update};
use super::stated::Stated;
use super::text::Rich;
use crate::vocabulary::Level;

#[derive(Debug, Hash)]
pub struct Notice {
    pub head: Head,
    pub level: Level,
    /// Whether the home page shows it until it expires.
    pub pinned: bool,
    /// The time from which it no longer counts as current.
    pub expires_at: Option<Stated>,
    pub affects: Affects,
    /// The values of custom fields, each with the index of its field.
    pub fields: Vec<(usize, FieldValue)>,
    /// The text before the first update.
    pub summary: Rich,
    /// The updates, sorted by time.
    pub updates: Vec<Update<()>>,
    /// Actions that users should take.
    pub actions: Option<Rich>,
    pub faq: Vec<Question>,
}
