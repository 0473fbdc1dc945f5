//! An update of the site as a run needs it: what filters ask of it, and its ids.

use crate::kind::EntryKind;
use crate::model::Instant;
use crate::vocabulary::Severity;

/// An update that could be sent.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its UUID.
    pub id: String,
    /// Its short id.
    pub short: String,
    pub at: Instant,
    pub kind: EntryKind,
    pub status: &'static str,
    pub severity: Option<Severity>,
    /// The positions of what it affects; empty if it names nothing.
    pub components: Vec<usize>,
    /// The UUID of its entry or occurrence.
    pub thread: String,
    /// The address of its entry below the site.
    pub entry: String,
    pub is_correction: bool,
    /// Whether its entry was withdrawn, and it is not the withdrawal itself.
    pub is_withdrawn: bool,
    /// Whether the published site has it.
    pub is_public: bool,
    /// The languages in which its entry exists, by position.
    pub locales: Vec<usize>,
}
