//! The kinds of entries, and the name of each in the format, in folders, in commands and in addresses.

use crate::text;

/// The kinds of entries. Entries with the same time are sorted in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKind {
    /// An incident: an unplanned failure.
    Incident,
    /// A maintenance: a planned interruption.
    Maintenance,
    /// A notice: information for users.
    Notice,
    /// A question with its answer, for the FAQ.
    Question,
    /// A free page.
    Page,
}

impl EntryKind {
    pub const ALL: [EntryKind; 5] = [
        EntryKind::Incident,
        EntryKind::Maintenance,
        EntryKind::Notice,
        EntryKind::Question,
        EntryKind::Page,
    ];

    /// The name in site.yaml, feeds and the manifest: `incident`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            EntryKind::Incident => "incident",
            EntryKind::Maintenance => "maintenance",
            EntryKind::Notice => "notice",
            EntryKind::Question => "question",
            EntryKind::Page => "page",
        }
    }

    /// The name in commands, templates and schemas. It differs from [`EntryKind::word`] for a question: `faq`.
    #[must_use]
    pub fn command(self) -> &'static str {
        match self {
            EntryKind::Question => "faq",
            kind => kind.word(),
        }
    }

    /// The kind with this name.
    #[must_use]
    pub fn from_word(word: &str) -> Option<EntryKind> {
        let word = text::fold(word);
        EntryKind::ALL.into_iter().find(|k| k.word() == word || format!("{}s", k.word()) == word)
    }

    /// The folder in `content/` that holds its files.
    #[must_use]
    pub fn folder(self) -> &'static str {
        match self {
            EntryKind::Incident => "incidents",
            EntryKind::Maintenance => "maintenance",
            EntryKind::Notice => "notices",
            EntryKind::Question => "faq",
            EntryKind::Page => "pages",
        }
    }

    #[must_use]
    pub fn of_folder(folder: &str) -> Option<EntryKind> {
        EntryKind::ALL.into_iter().find(|kind| kind.folder() == folder)
    }

    /// The first folder of its addresses. It is empty for pages, whose addresses start at the root.
    #[must_use]
    pub fn address_folder(self) -> &'static str {
        match self {
            EntryKind::Page => "",
            kind => kind.folder(),
        }
    }
}
