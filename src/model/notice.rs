//! A notice (お知らせ): something to be known, for as long as it holds.

use super::component::Affects;
use super::entry::{FieldValue, Head, Question, Update};
use super::text::Rich;
use super::time::Instant;
use crate::digest::Digest;
use crate::vocabulary::Level;

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
