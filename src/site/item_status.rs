//! What a feed item says of an entry: an update with its status, or a thing that no update says.

use crate::vocabulary::Status;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemStatus {
    /// An update, or what the clock declares.
    Update(Status),
    Postmortem,
    Evaluation,
    /// A notice without an update that announces it.
    Published,
    Withdrawn,
}

impl From<Status> for ItemStatus {
    fn from(status: Status) -> ItemStatus {
        ItemStatus::Update(status)
    }
}

impl ItemStatus {
    /// The word in ids, events and APIs: `resolved`, `postmortem`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            ItemStatus::Update(status) => status.word(),
            ItemStatus::Postmortem => "postmortem",
            ItemStatus::Evaluation => "evaluation",
            ItemStatus::Published => "published",
            ItemStatus::Withdrawn => "withdrawn",
        }
    }

    /// The message that names it to readers.
    #[must_use]
    pub fn message(self) -> &'static str {
        match self {
            ItemStatus::Update(status) => status.message(),
            ItemStatus::Postmortem => "update-postmortem",
            ItemStatus::Evaluation => "update-evaluation",
            ItemStatus::Published => "update-published",
            ItemStatus::Withdrawn => "update-withdrawn",
        }
    }
}
