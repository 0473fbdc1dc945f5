//! The requests that `new` and `update` write, filled from options and then from answers.

use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::kind::EntryKind;
use crate::vocabulary::Section;

impl ValueEnum for EntryKind {
    fn value_variants<'a>() -> &'a [EntryKind] {
        &EntryKind::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            EntryKind::Incident => "Something broke",
            EntryKind::Maintenance => "You stop something on purpose",
            EntryKind::Notice => "Something users should know",
            EntryKind::Question => "A question and its answer",
            EntryKind::Page => "A page of your own",
        };
        Some(PossibleValue::new(self.command()).help(help))
    }
}

/// A new entry, as the user typed it.
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

/// The parts of an update that the guided mode asks for, as the user typed them.
#[derive(Clone, Debug, Default)]
pub(super) struct UpdateRequest {
    pub(super) entry: Option<String>,
    pub(super) status: Option<String>,
    pub(super) message: Option<String>,
    pub(super) next: Option<String>,
    /// Whether the update is a translation, which has the status of its original.
    pub(super) is_translation: bool,
}
