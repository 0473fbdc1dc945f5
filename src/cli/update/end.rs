//! Which end of a window a time without a date means: the first such time after the start of the window.

use chrono::NaiveDate;

use crate::cli::Outcome;
use crate::cli::report::fail;
use crate::cli::writing::{Desk, Near};
use crate::document::moment;
use crate::model::{Instant, Maintenance};
use crate::vocabulary::Status;

/// What an update says of the window that it is about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said<'a> {
    /// When it is said.
    pub(super) at: Instant,
    pub(super) status: Status,
    /// The start that it gives the window.
    pub(super) start: Option<Instant>,
    /// The occurrence of a series that it names.
    pub(super) occurrence: Option<&'a str>,
}

/// The end that was typed for the window of a file, which may be one that cannot be read.
pub(super) fn read(desk: &Desk<'_>, file: &str, typed: &str, said: Said<'_>) -> Result<Instant, Outcome> {
    let entry = desk.model.maintenance.iter().find(|entry| *entry.head.file == *file);
    let start = said.start.or_else(|| begins(entry?, &said));
    let first = desk.time("--end", typed, Near::Next(start.unwrap_or(said.at)))?;
    let has_day = moment::parse(typed).is_none_or(|written| written.date.is_some());
    let is_sure = has_day || said.start.is_some() || first >= said.at || said.status == Status::Completed;
    if is_sure {
        return Ok(first);
    }
    let next = desk.time("--end", typed, Near::Next(said.at))?;
    let (first, next) = (desk.zone().write(first), desk.zone().write(next));
    Err(fail(
        Outcome::Usage,
        &format!(
            "--end {typed} may mean {first}, the first such time after the start, or {next}, the next one"
        ),
        &format!("nothing was written; write `--end \"{first}\"` or `--end \"{next}\"`"),
    ))
}

/// The start of the window that an update is about, as planned until then; nothing where no start is known.
fn begins(entry: &Maintenance, said: &Said<'_>) -> Option<Instant> {
    let Some(series) = &entry.recurrence else { return planned(entry, None, entry.window.start, said.at) };
    let named: Option<NaiveDate> = said.occurrence.and_then(|day| day.trim().parse().ok());
    let is_next = matches!(said.status, Status::Scheduled | Status::Postponed | Status::Cancelled);
    let mut last = None;
    for occurrence in series.occurrences(entry.window).filter(|occurrence| !occurrence.is_off) {
        let start = planned(entry, Some(occurrence.day), occurrence.start, said.at);
        if named.is_some_and(|day| occurrence.day >= day) {
            return start.filter(|_| named == Some(occurrence.day));
        }
        let is_ahead = start.is_none_or(|start| start > said.at);
        if named.is_none() && is_ahead && (is_next || occurrence.start > said.at) {
            return if is_next { start } else { last };
        }
        last = if is_ahead { last } else { start };
    }
    last
}

/// The start of a window after what was said of it until an instant; nothing after `postponed` without a new one.
fn planned(
    entry: &Maintenance,
    occurrence: Option<NaiveDate>,
    first: Instant,
    until: Instant,
) -> Option<Instant> {
    let about = entry.updates.iter().filter(|update| update.at <= until);
    let about = about.filter(|update| update.change.occurrence == occurrence);
    about.fold(Some(first), |start, update| match update.change.start {
        None if update.status == Status::Postponed => None,
        new => new.or(start),
    })
}
