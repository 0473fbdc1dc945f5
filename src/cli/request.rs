//! What somebody asks `new` and `update` to write: from options, and where these lack something, from answers.

use crate::source::Folder;
use crate::vocabulary::Section;

/// Kinds of entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum EntryKind {
    /// Something broke
    Incident,
    /// Something is stopped on purpose
    Maintenance,
    /// Something is to be known
    Notice,
    /// A question and its answer
    Faq,
    /// A free page
    Page,
}

impl EntryKind {
    pub(super) const ALL: [EntryKind; 5] =
        [EntryKind::Incident, EntryKind::Maintenance, EntryKind::Notice, EntryKind::Faq, EntryKind::Page];

    /// As `new` names the kind of the entries in a folder.
    pub(super) fn of(folder: Folder) -> EntryKind {
        EntryKind::ALL.into_iter().find(|kind| kind.folder() == folder).unwrap_or(EntryKind::Incident)
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            EntryKind::Incident => "incident",
            EntryKind::Maintenance => "maintenance",
            EntryKind::Notice => "notice",
            EntryKind::Faq => "faq",
            EntryKind::Page => "page",
        }
    }

    pub(super) fn folder(self) -> Folder {
        match self {
            EntryKind::Incident => Folder::Incidents,
            EntryKind::Maintenance => Folder::Maintenance,
            EntryKind::Notice => Folder::Notices,
            EntryKind::Faq => Folder::Faq,
            EntryKind::Page => Folder::Pages,
        }
    }
}

/// A new entry, as it was typed.
#[derive(Clone, Debug, Default)]
pub(super) struct EntryRequest {
    pub(super) what: Option<EntryKind>,
    pub(super) title: Option<String>,
    pub(super) severity: Option<String>,
    pub(super) kind: Option<String>,
    pub(super) affects: Option<String>,
    pub(super) at: Option<String>,
    pub(super) end: Option<String>,
    pub(super) template: Option<String>,
    pub(super) scope: Option<String>,
    pub(super) next: Option<String>,
    pub(super) recovery: Option<String>,
    pub(super) field: Vec<String>,
    pub(super) internal: Vec<String>,
    pub(super) reviewed_by: Vec<String>,
    pub(super) message: Option<String>,
    pub(super) sections: Vec<(Section, String)>,
}

/// The parts of an update that a person is asked for, as they were typed.
#[derive(Clone, Debug, Default)]
pub(super) struct UpdateRequest {
    pub(super) entry: Option<String>,
    pub(super) status: Option<String>,
    pub(super) message: Option<String>,
    pub(super) next: Option<String>,
    /// Whether it is for a translation, which has the status of its original.
    pub(super) is_translation: bool,
}
