//! Which end of a window a time without a date means: the first such time after the start of the window.

use crate::cli::editor::{Editor, NearestDay};
use crate::cli::error::Error;
use crate::document::moment;
use crate::model::Instant;
use crate::timeline::start_for;
use crate::vocabulary::Status;

/// What an update says of the window that it is about.
#[derive(Clone, Copy, Debug)]
pub(super) struct WindowUpdate {
    /// When it is said.
    pub(super) at: Instant,
    pub(super) status: Status,
    /// The start that it gives the window.
    pub(super) start: Option<Instant>,
    /// The occurrence of a series that it names: year, month and day.
    pub(super) occurrence: Option<(i32, u32, u32)>,
}

/// The end that was typed for the window of a file, which may be one that cannot be read.
pub(super) fn read(desk: &Editor<'_>, file: &str, typed: &str, said: WindowUpdate) -> Result<Instant, Error> {
    let entry = desk.model.maintenance.iter().find(|entry| *entry.head.file == *file);
    let start = said.start.or_else(|| start_for(entry?, said.at, said.status, said.occurrence));
    let first = desk.time("--end", typed, NearestDay::Next(start.unwrap_or(said.at)))?;
    let has_day = moment::parse(typed).is_none_or(|written| written.date.is_some());
    let is_sure = has_day || said.start.is_some() || first >= said.at || said.status == Status::Completed;
    if is_sure {
        return Ok(first);
    }
    let next = desk.time("--end", typed, NearestDay::Next(said.at))?;
    let (first, next) = (desk.zone().write(first), desk.zone().write(next));
    Err(Error::usage(
        format!(
            "--end {typed} may mean {first}, the first such time after the start, or {next}, the next one"
        ),
        format!("nothing was written; write `--end \"{first}\"` or `--end \"{next}\"`"),
    ))
}
