//! The kinds of entries, and what each is called: in the format, in folders, in commands and in addresses.

use crate::text;

/// The kinds of entries, in the order of ties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKind {
    /// Something broke.
    Incident,
    /// Something is stopped on purpose.
    Maintenance,
    /// Something is to be known.
    Notice,
    /// Something is asked.
    Question,
    /// A free page.
    Page,
}

impl EntryKind {
    /// Every kind.
    pub const ALL: [EntryKind; 5] = [
        EntryKind::Incident,
        EntryKind::Maintenance,
        EntryKind::Notice,
        EntryKind::Question,
        EntryKind::Page,
    ];

    /// As site.yaml, feeds and the manifest name it: `incident`.
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

    /// As commands, templates and schemas name it: a question is one of the `faq`.
    #[must_use]
    pub fn command(self) -> &'static str {
        match self {
            EntryKind::Question => "faq",
            kind => kind.word(),
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_word(word: &str) -> Option<EntryKind> {
        let word = text::fold(word);
        EntryKind::ALL.into_iter().find(|k| k.word() == word || format!("{}s", k.word()) == word)
    }

    /// The folder of its files in `content/`.
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

    /// The kind of the files in a folder of `content/`.
    #[must_use]
    pub fn of_folder(folder: &str) -> Option<EntryKind> {
        EntryKind::ALL.into_iter().find(|kind| kind.folder() == folder)
    }

    /// The folder of its addresses; empty for pages, which stand at the root.
    #[must_use]
    pub fn address_folder(self) -> &'static str {
        match self {
            EntryKind::Page => "",
            kind => kind.folder(),
        }
    }
}
