//! The statuses, sections and facts that each kind of entry may have.

use super::status_words::Words;
use crate::kind::EntryKind;
use crate::text;
use crate::vocabulary::{Aliases, FactKey, Section, Status};

pub(super) struct Grammar<'a> {
    /// The words that a theme adds.
    pub(super) more: &'a Aliases,
    pub(super) statuses: &'static [Status],
    pub(super) sections: &'static [Section],
    pub(super) facts: &'static [FactKey],
    pub(super) entry: &'static str,
}

pub(super) fn grammar(kind: EntryKind, more: &Aliases) -> Option<Grammar<'_>> {
    match kind {
        EntryKind::Incident => Some(Grammar {
            more,
            statuses: &[
                Status::Investigating,
                Status::Identified,
                Status::Monitoring,
                Status::Resolved,
                Status::Update,
                Status::Correction,
            ],
            sections: &[
                Section::Workaround,
                Section::Actions,
                Section::Faq,
                Section::Compensation,
                Section::Postmortem,
            ],
            facts: &[
                FactKey::Affects,
                FactKey::Severity,
                FactKey::NextUpdate,
                FactKey::ExpectedRecovery,
                FactKey::Ended,
            ],
            entry: "an incident",
        }),
        EntryKind::Maintenance => Some(Grammar {
            more,
            statuses: &[
                Status::Scheduled,
                Status::Postponed,
                Status::InProgress,
                Status::Verifying,
                Status::Completed,
                Status::Cancelled,
                Status::Update,
                Status::Correction,
            ],
            sections: &[
                Section::Workaround,
                Section::Actions,
                Section::Faq,
                Section::Compensation,
                Section::Evaluation,
            ],
            facts: &[
                FactKey::Start,
                FactKey::End,
                FactKey::Affects,
                FactKey::NextUpdate,
                FactKey::Occurrence,
                FactKey::Phases,
            ],
            entry: "a maintenance",
        }),
        EntryKind::Notice => Some(Grammar {
            more,
            statuses: &[Status::Update, Status::Correction],
            sections: &[Section::Actions, Section::Faq],
            facts: &[],
            entry: "a notice",
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
    pub(super) fn words(&self) -> Words<'_> {
        let tells_foreign = !self.statuses.iter().all(|s| matches!(s, Status::Update | Status::Correction));
        Words { statuses: self.statuses, more: self.more, tells_foreign }
    }

    pub(super) fn status_help(&self) -> String {
        let words: Vec<&str> = self.statuses.iter().map(|s| s.word()).collect();
        format!("for {}, use the status {}", self.entry, text::one_of(&words))
    }

    pub(super) fn section_list(&self) -> String {
        let titles: Vec<String> = self.sections.iter().map(|s| title_case(s.word())).collect();
        text::one_of(&titles)
    }
}

pub(super) fn title_case(word: &str) -> String {
    if word == "faq" {
        return "FAQ".into();
    }
    let mut chars = word.chars();
    chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
}
