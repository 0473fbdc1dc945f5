//! `noroshi report`: writes the record of a period.

use std::path::Path;

use super::console::{self, Progress};
use super::error::Error;
use super::site;
use super::{Outcome, pack};
use crate::locale::LocaleError;
use crate::message::{Message, message};
use crate::model::Model;
use crate::report::{Period, Report, csv, json, markdown};
use crate::site::Site;
use crate::timeline::Snapshot;

/// Write the record of a period, for compliance: events, announcements, delays
///
/// Lists every incident and maintenance that overlaps the period, with its times, durations,
/// corrections, broken promises and updates later than the policy allows; then totals, and the
/// uptime of each component. Contains nothing private.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The first day, in the site's time zone
    #[arg(long, value_name = "DATE")]
    from: String,
    /// The last day, inclusive
    #[arg(long, value_name = "DATE")]
    to: String,
    /// The output format
    #[arg(long, value_enum, default_value = "md")]
    format: Format,
    /// The language [default: the first language of the site]
    #[arg(long, value_name = "LOCALE")]
    locale: Option<String>,
    /// Report what was known at this instant instead of now
    #[arg(long, value_name = "TIME")]
    as_of: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Markdown, for people
    Md,
    /// A table for spreadsheets, without the totals
    Csv,
    /// One JSON object, for programs
    Json,
}

pub(super) fn run(root: &Path, args: &Args) -> Result<Outcome, Error> {
    let progress = Progress::new();
    let (mut model, loaded) = site::load_sound(root, None, &progress)?;
    let as_of = site::as_of(args.as_of.as_deref(), &model)?;
    let period = Period::read(&args.from, &args.to, model.config.zone, as_of)
        .map_err(|(message, help)| Error::usage(message, help))?;
    let locale = args.locale.as_deref().map(|tag| pack::locale(tag, &model)).transpose()?;
    let record = |model: &Model| {
        let site = Site::new(Snapshot::at(model, as_of))?;
        let report = Report::of(&site, period, as_of, locale.unwrap_or(0));
        Ok(match args.format {
            Format::Md => markdown(&report, &site),
            Format::Csv => csv(&report),
            Format::Json => json(&report),
        })
    };
    let step = message!("cli-report-step", "writing it into the record");
    let record: Result<String, LocaleError> = site::whole(&mut model, &loaded.texts, &step, record)?;
    let record = record.map_err(|error| Error::environment(error.message(), Message::default()))?;
    console::write(&record)?;
    Ok(Outcome::Done)
}
