//! Raw documents → entries: one entry's files in, one entry and its diagnostics out.

use super::config::Config;
use super::draft::EntryReader;
use super::entry::Head;
use super::incident::{self, Incident};
use super::maintenance::{self, Maintenance};
use super::notice::{self, Notice};
use super::page::{self, Page};
use super::question::{self, Question};
use super::reader::{ReadContext, Reader};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Document;
use crate::source::Folder;

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
    /// What every entry has.
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

    /// The same, to be changed.
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

/// An entry's files: the primary and its translations by locale.
#[derive(Debug)]
pub struct Files {
    /// In the first locale.
    pub primary: Document,
    /// Index of the locale and its file; those with faults have been left out.
    pub translations: Vec<(usize, Document)>,
}

impl Files {
    /// Whether a diagnostic of a translation takes the translation out.
    #[must_use]
    pub fn spoils(found: &[Diagnostic]) -> bool {
        found.iter().any(|d| d.severity == Severity::Error)
    }
}

/// Builds one entry. What could not be built is `None`, and the diagnostics say why.
#[must_use]
pub fn build(files: &Files, config: &Config) -> (Option<Entry>, Vec<Diagnostic>) {
    let first = Reader::new(&files.primary.front, config.frame());
    let own_zone = first.root().get("timezone").and_then(|value| value.zone());
    let reader = first.with_frame(ReadContext { zone: own_zone.unwrap_or(config.zone), ..config.frame() });
    let draft = EntryReader { files, config, reader: &reader, own_zone };
    let root = reader.root();
    let mut entry = match files.primary.folder {
        Folder::Incidents => incident::read(&draft, &root).map(|e| Entry::Incident(Box::new(e))),
        Folder::Maintenance => maintenance::read(&draft, &root).map(|e| Entry::Maintenance(Box::new(e))),
        Folder::Notices => notice::read(&draft, &root).map(|e| Entry::Notice(Box::new(e))),
        Folder::Faq => question::read(&draft, &root).map(|e| Entry::Question(Box::new(e))),
        Folder::Pages => page::read(&draft, &root).map(|e| Entry::Page(Box::new(e))),
        Folder::Config => None,
    };
    if files.primary.front.sound {
        root.finish();
    }
    if let Some(entry) = &mut entry {
        // A rule is followed on the clocks of a zone, whatever offset its window says.
        let is_series = matches!(entry, Entry::Maintenance(entry) if entry.recurrence.is_some());
        let head = entry.head_mut();
        head.links.extend(reader.take_links());
        head.is_local = own_zone.is_none() && (is_series || reader.is_local());
    }
    (entry, reader.finish())
}
