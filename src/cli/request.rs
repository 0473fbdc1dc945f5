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
    /// Components or groups, by id or name: `api, web` or `売買・出金`; each can have a status, such as
    /// `api=major_outage`
    #[arg(long, value_name = "COMPONENTS")]
    pub(super) affects: Option<String>,
    /// When the incident or maintenance begins, or when the notice appears; a time without a date
    /// means today [default: now]
    #[arg(long, value_name = "TIME")]
    pub(super) at: Option<String>,
    /// When you noticed the incident; a time without a date means the last such time
    #[arg(long, value_name = "TIME")]
    pub(super) detected: Option<String>,
    /// When the maintenance ends (or `unknown`), or when the notice expires; a time without a date
    /// means the first such time after `--at`
    #[arg(long, value_name = "TIME")]
    pub(super) end: Option<String>,
    /// A window of a maintenance instead of `--at` and `--end`, such as `2026-12-05 10:00-12:00` or
    /// `undecided`; repeat it for each window, and write `api=2026-12-05 10:00-12:00` if it has components of its own
    #[arg(long, value_name = "TIMES", conflicts_with_all = ["at", "end"])]
    pub(super) window: Vec<String>,
    /// A span of the impact of an incident instead of `--at`, such as `2026-11-20 18:07-18:08`, or a moment; repeat it
    /// for each. A time without a date is the last such time, or the next after the one before it
    #[arg(long, value_name = "TIMES", conflicts_with = "at")]
    pub(super) outage: Vec<String>,
    /// A part of the window of a maintenance, such as `api=halted 02:00-04:00`; can be repeated
    #[arg(long, value_name = "COMPONENTS=MODE TIMES")]
    pub(super) phase: Vec<String>,
    /// Makes a maintenance a series, such as `FREQ=WEEKLY;BYDAY=TU` or `毎週火曜`
    #[arg(long, value_name = "RULE")]
    pub(super) recurrence: Option<String>,
    /// When the entry becomes visible; a time without a date means the next such time
    #[arg(long, value_name = "TIME")]
    pub(super) publish_at: Option<String>,
    /// The slug, which is part of the address [default: from the date and the title, as `slugs` in
    /// site.yaml says]
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
    /// The promised time of the next update, or how long from now: `11:30`, `30m`, `30分後`
    #[arg(long, value_name = "TIME")]
    pub(super) next: Option<String>,
    /// The expected recovery: a time, how long from now, or text
    #[arg(long, value_name = "TIME")]
    pub(super) recovery: Option<String>,
    /// A custom field of the site; can be repeated
    #[arg(long, value_name = "KEY=VALUE")]
    pub(super) field: Vec<String>,
    /// The status of the first update [default: investigating or scheduled]
    #[arg(long, value_name = "STATUS")]
    pub(super) status: Option<String>,
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

// An update, as the user typed it.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct UpdateRequest {
    /// The entry: its slug, a part of its slug or title, its id or its file
    #[arg(value_name = "ENTRY")]
    pub(super) entry: Option<String>,
    /// The status, such as `identified` or `復旧`, or a section: `faq`, `actions`, `workaround`,
    /// `compensation`, `postmortem`, `evaluation`
    #[arg(value_name = "STATUS")]
    pub(super) status: Option<String>,
    /// The same as STATUS
    #[arg(long = "status", id = "status_option", value_name = "STATUS", conflicts_with = "status")]
    pub(super) status_option: Option<String>,
    /// The text of the update, in Markdown; `-` reads it from stdin
    #[arg(short, long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(super) message: Option<String>,
    /// The time of the update; a time without a date means today [default: now]
    #[arg(long, value_name = "TIME")]
    pub(super) at: Option<String>,
    /// The new status of a component; can be repeated, or hold several: `api=停止、web=停止`
    #[arg(long, value_name = "COMPONENT=STATUS")]
    pub(super) set: Vec<String>,
    /// The promised time of the next update, or how long from now: `11:30`, `30m`, `30分後`
    #[arg(long, value_name = "TIME")]
    pub(super) next: Option<String>,
    /// The expected recovery: a time, how long from now, or text
    #[arg(long, value_name = "TIME")]
    pub(super) recovery: Option<String>,
    /// The new severity of the incident
    #[arg(long, value_name = "SEVERITY")]
    pub(super) severity: Option<String>,
    /// The new title. `LOCALE=TEXT` changes it in another language; can be repeated
    #[arg(long, value_name = "TEXT")]
    pub(super) title: Vec<String>,
    /// The new scope: who or what is affected, in one line. `LOCALE=TEXT` as in `--title`
    #[arg(long, value_name = "TEXT")]
    pub(super) scope: Vec<String>,
    /// The new value of a custom field of the site; can be repeated
    #[arg(long, value_name = "KEY=VALUE")]
    pub(super) field: Vec<String>,
    /// The new text of the section Workaround, instead of the old one
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(super) workaround: Option<String>,
    /// The new text of the section Actions, which says what users should do
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(super) actions: Option<String>,
    /// The new text of the section Compensation
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(super) compensation: Option<String>,
    /// With `correction`: when the impact of an incident really began
    #[arg(long, value_name = "TIME")]
    pub(super) started: Option<String>,
    /// With `resolved`, or a `correction` after it: when the impact ended. `COMPONENT=TIME` sets an
    /// earlier end for one component, with any status. Can be repeated
    #[arg(long, value_name = "TIME")]
    pub(super) ended: Vec<String>,
    /// With `resolved` or `correction`: a span of the impact, such as `18:07-18:08`, or a moment; repeat it for each
    /// that was. A time without a date looks back from the update
    #[arg(long, value_name = "TIMES", conflicts_with_all = ["started", "ended"])]
    pub(super) outage: Vec<String>,
    /// The new start of a maintenance
    #[arg(long, value_name = "TIME")]
    pub(super) start: Option<String>,
    /// The new end of a maintenance, or `unknown`; a time without a date means the first such
    /// time after the start
    #[arg(long, value_name = "TIME")]
    pub(super) end: Option<String>,
    /// The date of the occurrence of a series, or the first start of one of several windows; needed in a script if
    /// the update can be about two
    #[arg(long, value_name = "DATE")]
    pub(super) occurrence: Option<String>,
    /// Publish a draft with this update: remove `draft: true` from its file
    #[arg(long)]
    pub(super) publish: bool,
    /// Write into this translation: the newest update of the original, or the one that STATUS and
    /// `--at` name
    #[arg(long, value_name = "LOCALE")]
    pub(super) locale: Option<String>,
}
