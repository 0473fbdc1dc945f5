//! An entry of any kind, owned or borrowed.

use super::entry::Head;
use super::incident::Incident;
use super::maintenance::Maintenance;
use super::notice::Notice;
use super::page::Page;
use super::question::Question;
use crate::vocabulary::Section;

#[derive(Debug)]
pub enum Entry {
    Incident(Box<Incident>),
    Maintenance(Box<Maintenance>),
    Notice(Box<Notice>),
    Question(Box<Question>),
    Page(Box<Page>),
}

#[derive(Clone, Copy, Debug)]
pub enum EntryRef<'m> {
    Incident(&'m Incident),
    Maintenance(&'m Maintenance),
    Notice(&'m Notice),
    Question(&'m Question),
    Page(&'m Page),
}

impl Entry {
    #[must_use]
    pub fn head(&self) -> &Head {
        EntryRef::from(self).head()
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

impl<'m> From<&'m Entry> for EntryRef<'m> {
    fn from(entry: &'m Entry) -> EntryRef<'m> {
        match entry {
            Entry::Incident(entry) => EntryRef::Incident(entry),
            Entry::Maintenance(entry) => EntryRef::Maintenance(entry),
            Entry::Notice(entry) => EntryRef::Notice(entry),
            Entry::Question(entry) => EntryRef::Question(entry),
            Entry::Page(entry) => EntryRef::Page(entry),
        }
    }
}

impl<'m> EntryRef<'m> {
    #[must_use]
    pub fn head(self) -> &'m Head {
        match self {
            EntryRef::Incident(e) => &e.head,
            EntryRef::Maintenance(e) => &e.head,
            EntryRef::Notice(e) => &e.head,
            EntryRef::Question(e) => &e.head,
            EntryRef::Page(e) => &e.head,
        }
    }

    /// Whether it has a section; `None` if entries of its kind never do.
    #[must_use]
    pub fn has_section(self, section: Section) -> Option<bool> {
        let (workaround, actions, compensation, faq) = match self {
            EntryRef::Incident(e) => (&e.workaround, &e.actions, &e.compensation, &e.faq),
            EntryRef::Maintenance(e) => (&e.workaround, &e.actions, &e.compensation, &e.faq),
            EntryRef::Notice(e) => (&None, &e.actions, &None, &e.faq),
            EntryRef::Question(_) | EntryRef::Page(_) => return None,
        };
        match (section, self) {
            (Section::Workaround, _) => Some(workaround.is_some()),
            (Section::Actions, _) => Some(actions.is_some()),
            (Section::Compensation, _) => Some(compensation.is_some()),
            (Section::Faq, _) => Some(!faq.is_empty()),
            (Section::Postmortem, EntryRef::Incident(e)) => Some(e.postmortem.is_some()),
            (Section::Evaluation, EntryRef::Maintenance(e)) => Some(e.evaluation.is_some()),
            (Section::Postmortem | Section::Evaluation, _) => None,
        }
    }
}
