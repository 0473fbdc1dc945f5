//! The statuses, sections and facts that each kind of entry may have.

use super::status_words::Words;
use crate::kind::EntryKind;
use crate::message::{Message, message, or};
use crate::vocabulary::{Aliases, FactKey, Section, Status};

pub(super) struct Grammar<'a> {
    /// The words that a theme adds.
    pub(super) more: &'a Aliases,
    pub(super) statuses: &'static [Status],
    pub(super) sections: &'static [Section],
    pub(super) facts: &'static [FactKey],
    /// What the entry is, for messages.
    pub(super) entry: Message,
}

pub(super) fn grammar(kind: EntryKind, more: &Aliases) -> Option<Grammar<'_>> {
    use FactKey::{
        Affects, End, Ended, ExpectedRecovery, Mode, NextUpdate, Number, Occurrence, Outages, Phases, Scope,
        Severity, Start, Started,
    };
    use Section::{Actions, Compensation, Evaluation, Faq, Postmortem, Workaround};
    use Status::{
        Cancelled, Completed, Correction, Identified, InProgress, Investigating, Monitoring, Postponed,
        Resolved, Scheduled, Update, Verifying,
    };
    match kind {
        EntryKind::Incident => Some(Grammar {
            more,
            statuses: &[Investigating, Identified, Monitoring, Resolved, Update, Correction],
            sections: &[Workaround, Actions, Faq, Compensation, Postmortem],
            facts: &[
                Affects,
                Scope,
                Mode,
                Severity,
                NextUpdate,
                ExpectedRecovery,
                Started,
                Ended,
                Outages,
                Number,
            ],
            entry: message!("document-an-incident", "an incident"),
        }),
        EntryKind::Maintenance => Some(Grammar {
            more,
            statuses: &[
                Scheduled, Postponed, InProgress, Verifying, Completed, Cancelled, Update, Correction,
            ],
            sections: &[Workaround, Actions, Faq, Compensation, Evaluation],
            facts: &[Start, End, Affects, Scope, NextUpdate, Occurrence, Phases, Number],
            entry: message!("document-a-maintenance", "a maintenance"),
        }),
        EntryKind::Notice => Some(Grammar {
            more,
            statuses: &[Update, Correction],
            sections: &[Actions, Faq],
            facts: &[Number],
            entry: message!("document-a-notice", "a notice"),
        }),
        EntryKind::Question | EntryKind::Page => None,
    }
}

#[must_use]
pub fn statuses(kind: EntryKind) -> &'static [Status] {
    grammar(kind, &Aliases::default()).map_or(&[], |grammar| grammar.statuses)
}

#[must_use]
pub fn sections(kind: EntryKind) -> &'static [Section] {
    grammar(kind, &Aliases::default()).map_or(&[], |grammar| grammar.sections)
}

impl Grammar<'_> {
    /// The facts below an update of this status. Only a correction changes when an incident started, and the outages are
    /// listed when it is over; elsewhere such a line is text.
    pub(super) fn facts_of(&self, status: Status) -> Vec<FactKey> {
        let fits = |key: &&FactKey| match key {
            FactKey::Started => status == Status::Correction,
            FactKey::Outages => matches!(status, Status::Resolved | Status::Correction),
            _ => true,
        };
        self.facts.iter().filter(fits).copied().collect()
    }

    pub(super) fn words(&self) -> Words<'_> {
        let tells_foreign = !self.statuses.iter().all(|s| matches!(s, Status::Update | Status::Correction));
        Words { statuses: self.statuses, more: self.more, tells_foreign }
    }

    /// The message for a word that is no status of the entry.
    pub(super) fn wrong_status(&self, word: &str) -> Message {
        let entry = &self.entry;
        message!("document-wrong-status", "`{word}` is not a status of {entry}", word, entry)
    }

    pub(super) fn status_help(&self) -> Message {
        let (entry, words) = (&self.entry, or(self.statuses.iter().map(|status| status.told()).collect()));
        message!("document-status-help", "for {entry}, use the status {words}", entry, words)
    }

    pub(super) fn section_list(&self) -> Message {
        let title = |section: &Section| {
            Message::by_language(format!("`{}`", section.title()), |tag| {
                format!("`{}`", section.word_in(tag))
            })
        };
        or(self.sections.iter().map(title).collect())
    }
}
