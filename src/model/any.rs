//! An entry of any kind.

use super::entry::Head;
use super::incident::Incident;
use super::maintenance::Maintenance;
use super::notice::Notice;
use super::page::Page;
use super::question::Question;

#[derive(Debug)]
pub enum Entry {
    Incident(Box<Incident>),
    Maintenance(Box<Maintenance>),
    Notice(Box<Notice>),
    Question(Box<Question>),
    Page(Box<Page>),
}

impl Entry {
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
