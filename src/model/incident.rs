//! An incident: what broke, how grave it is, and what was said of it.

use super::component::Affects;
use super::entry::{Estimate, FieldValue, Head, Question, Update};
use super::text::Rich;
use super::time::Instant;
use crate::digest::Digest;
use crate::vocabulary::Severity;

/// Something broke.
#[derive(Debug, Hash)]
pub struct Incident {
    /// What every entry has.
    pub head: Head,
    /// As it was when it began; updates may change it.
    pub severity: Severity,
    /// As it was when it began; updates may change it.
    pub affects: Affects,
    /// When the impact began.
    pub started: Instant,
    /// When it was noticed.
    pub detected: Option<Instant>,
    /// How far it reaches, in a line.
    pub scope: Option<Rich>,
    /// As first promised.
    pub expected_recovery: Option<Estimate>,
    /// As first promised.
    pub next_update: Option<Instant>,
    /// The site's own facts.
    pub fields: Vec<(usize, FieldValue)>,
    /// Written afterwards.
    pub backfilled: bool,
    /// What a user notices.
    pub summary: Rich,
    /// In the order of time.
    pub updates: Vec<Update<Change>>,
    /// What helps meanwhile.
    pub workaround: Option<Rich>,
    /// What users should do.
    pub actions: Option<Rich>,
    /// Questions and answers.
    pub faq: Vec<Question>,
    /// What users get back.
    pub compensation: Option<Rich>,
    /// What was learnt, and when it was said.
    pub postmortem: Option<(Option<Instant>, Rich)>,
}

impl Incident {
    /// What stands for all of it that a page may show.
    #[must_use]
    pub fn digest(&self) -> Digest {
        self.head.digest_of(self)
    }
}

/// What an update changes. It holds from that update on.
#[derive(Debug, Default, Hash)]
pub struct Change {
    /// Replaces the status of those named.
    pub affects: Option<Affects>,
    /// How grave it is now.
    pub severity: Option<Severity>,
    /// The next promise.
    pub next_update: Option<Instant>,
    /// The hope now.
    pub expected_recovery: Option<Estimate>,
    /// When the impact ended, if before the posting.
    pub ended: Option<Instant>,
    /// When the impact on single components ended, if before that on the rest.
    pub ended_parts: Vec<(usize, Instant)>,
}
