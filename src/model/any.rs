//! An entry of any kind.

use super::entry::Head;
use super::incident::Incident;
use super::maintenance::Maintenance;
use super::notice::Notice;
use super::page::Page;
use super::question::Question;

/// One entry of any kind.
#[derive(Debug)]
pub enum Entry {
    /// An incident.
    Incident(Box<Incident>),
    /// A maintenance.
    Maintenance(Box<Maintenance>),
    /// A notice.
    Notice(Box<Notice>),
    /// A question.
    Question(Box<Question>),
    /// A page.
    Page(Box<Page>),
}

impl Entry {
    /// The common facts of the entry.
    #[must_use]
    pub fn head(&self) -> &Head {
        match self {
            Entry::Incident(e) => &e.head,
            Entry::Maintenance(e) => &e.head,
            Entry::Notice(e) => &e.head,
            Entry::Question(e) => &e.head,
            Entry::Page(e) => &e.head,
        }
    }

    /// The common facts of the entry, mutable.
    pub fn head_mut(&mut self) -> &mut Head {
        match self {
            Entry::Incident(e) => &mut e.head,
            Entry::Maintenance(e) => &mut e.head,
            Entry::Notice(e) => &mut e.head,
            Entry::Question(e) => &mut e.head,
            Entry::Page(e) => &mut e.head,
        }
    }
}
