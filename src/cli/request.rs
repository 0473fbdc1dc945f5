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

// A new entry, as the user typed it. A doc comment here would become the help of the command.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct EntryRequest {
    /// The kind of the entry
    #[arg(value_enum, value_name = "KIND")]
    pub(super) what: Option<EntryKind>,
    /// The title, in one line
    #[arg(value_name = "TITLE")]
    pub(super) title: Option<String>,
    /// The severity of an incident: minor, moderate or critical
    #[arg(long, value_name = "SEVERITY")]
    pub(super) severity: Option<String>,
    /// The kind of a maintenance, the level of a notice or the category of a question
    #[arg(long, value_name = "KIND")]
    pub(super) kind: Option<String>,
    /// Components or groups, separated by commas; each can have a status, such as `api=major_outage`
    #[arg(long, value_name = "COMPONENTS")]
    pub(super) affects: Option<String>,
    /// When the incident or maintenance begins, or when the notice appears; a time without a date
    /// means today [default: now]
    #[arg(long, value_name = "TIME")]
    pub(super) at: Option<String>,
    /// When the maintenance ends (or `unknown`), or when the notice expires; a time without a date
    /// means the first such time after `--at`
    #[arg(long, value_name = "TIME")]
    pub(super) end: Option<String>,
    /// The slug, which is part of the address [default: from the date and the title]
    #[arg(long, value_name = "SLUG")]
    pub(super) slug: Option<String>,
    /// The name of the template [default: the one for the severity or kind]
    #[arg(long, value_name = "NAME")]
    pub(super) template: Option<String>,
    /// Write a translation beside the entry that `--slug` names
    #[arg(long, value_name = "LOCALE")]
    pub(super) locale: Option<String>,
    /// Who or what is affected, in one line
    #[arg(long, value_name = "TEXT")]
    pub(super) scope: Option<String>,
    /// The promised time of the next update
    #[arg(long, value_name = "TIME")]
    pub(super) next: Option<String>,
    /// The expected recovery: a time or text
    #[arg(long, value_name = "TIME")]
    pub(super) recovery: Option<String>,
    /// A custom field of the site; can be repeated
    #[arg(long, value_name = "KEY=VALUE")]
    pub(super) field: Vec<String>,
    /// A private field, never published; can be repeated
    #[arg(long, value_name = "KEY=VALUE")]
    pub(super) internal: Vec<String>,
    /// The name of a reviewer; can be repeated
    #[arg(long, value_name = "NAME")]
    pub(super) reviewed_by: Vec<String>,
    /// The text of the first update, or of the whole entry; `-` reads it from stdin
    #[arg(short, long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(super) message: Option<String>,
    /// The texts of sections, from answers.
    #[arg(skip)]
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
