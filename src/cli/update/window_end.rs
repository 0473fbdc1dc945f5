//! The end of a maintenance window that was typed without a date: the first such time after the
//! window's start.

use crate::cli::editor::{Editor, NearestDay};
use crate::cli::error::Error;
use crate::document::moment;
use crate::message::message;
use crate::model::Instant;
use crate::timeline::start_for;
use crate::vocabulary::Status;

/// The facts of an update that choose its maintenance window.
#[derive(Clone, Copy, Debug)]
pub(super) struct WindowUpdate {
    pub(super) at: Instant,
    pub(super) status: Status,
    pub(super) start: Option<Instant>,
    /// The occurrence of a series that the update names: year, month and day.
    pub(super) occurrence: Option<(i32, u32, u32)>,
}

/// Parses the typed end of the window in `file`. The model may lack that file, if it cannot be read.
pub(super) fn read(
    editor: &Editor<'_>,
    file: &str,
    typed: &str,
    update: WindowUpdate,
) -> Result<Instant, Error> {
    let entry = editor.model.maintenance.iter().find(|entry| *entry.head.file == *file);
    let start = update.start.or_else(|| start_for(entry?, update.at, update.status, update.occurrence));
    let first = editor.time("--end", typed, NearestDay::Next(start.unwrap_or(update.at)))?;
    let has_day = moment::parse(typed).is_none_or(|written| written.date.is_some());
    let is_sure =
        has_day || update.start.is_some() || first >= update.at || update.status == Status::Completed;
    if is_sure {
        return Ok(first);
    }
    let next = editor.time("--end", typed, NearestDay::Next(update.at))?;
    let (first, next) = (editor.zone().write(first), editor.zone().write(next));
    Err(Error::usage(
        message!(
            "cli-update-end",
            "--end {typed} can mean {first}, the first such time after the start, or {next}, the first after the update",
            typed,
            first,
            next
        ),
        message!(
            "cli-update-end-help",
            "nothing was written; write `--end \"{first}\"` or `--end \"{next}\"`",
            first,
            next
        ),
    ))
}
