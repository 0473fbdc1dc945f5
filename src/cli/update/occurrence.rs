//! The occurrence of a series that an update is about: the one that the user named, the only possible one, or the
//! answer to a question.

use crate::cli::console;
use crate::cli::editor::{self, Editor, NearestDay};
use crate::cli::error::Error;
use crate::cli::request::UpdateRequest;
use crate::cli::terminal::Prompt;
use crate::document::moment;
use crate::message::{Message, message};
use crate::model::{Instant, Model};
use crate::source::FoundFile;
use crate::timeline::{Candidate, candidates};
use crate::vocabulary::Status;

/// Names the occurrence in the request, if the rule of the format would not find it. Asks where two are possible;
/// `ask` is `None` where noroshi asks no questions.
pub(super) fn choose(
    editor: &Editor<'_>,
    entry: &FoundFile,
    (at, status): (Instant, Status),
    request: &mut UpdateRequest,
    ask: Option<&mut dyn Prompt>,
) -> Result<(), Error> {
    if request.occurrence.is_some() {
        return Ok(());
    }
    let Some(series) = editor.model.maintenance.iter().find(|work| work.head.file == entry.name) else {
        return Ok(());
    };
    let found = candidates(series, at, status);
    let mut possible = found.possible;
    if let Some(end) = named_end(editor, request, at)? {
        // An end with its day belongs to the last window before it.
        let last = possible.iter().filter(|one| one.start < end).max_by_key(|one| one.start).copied();
        possible = last.map_or(possible, |last| vec![last]);
    }
    let day = match possible[..] {
        [] => return Ok(()),
        [only] => only.day,
        _ => match ask {
            Some(ask) => {
                let question =
                    message!("cli-update-which-occurrence", "Which occurrence is this update about?");
                let shown: Vec<Message> = possible.iter().map(|one| describe(editor, one)).collect();
                let at = ask.choose(&question, &shown)?;
                possible.get(at).map_or(possible[0].day, |one| one.day)
            }
            None => return Err(unclear(editor, entry, request, &possible)),
        },
    };
    if Some(day) != found.assumed || possible.len() > 1 {
        request.occurrence = Some(day.to_string());
    }
    Ok(())
}

/// The end that the request gives together with its day.
fn named_end(editor: &Editor<'_>, request: &UpdateRequest, at: Instant) -> Result<Option<Instant>, Error> {
    let Some(typed) = &request.end else { return Ok(None) };
    let has_day = moment::parse(typed).is_some_and(|written| written.date.is_some());
    if has_day { editor.time("--end", typed, NearestDay::Next(at)).map(Some) } else { Ok(None) }
}

/// `2026-12-08 03:00, in_progress`.
fn describe(editor: &Editor<'_>, one: &Candidate) -> Message {
    let start = editor.zone().write(one.start);
    let day = one.day.to_string();
    // One that was moved is named by its day in the rule.
    let state = one.state.word();
    if start.starts_with(&day) {
        return message!("cli-update-occurrence", "{start}, {state}", start, state);
    }
    message!("cli-update-occurrence-moved", "{day}, now {start}, {state}", day, start, state)
}

fn unclear(editor: &Editor<'_>, entry: &FoundFile, request: &UpdateRequest, possible: &[Candidate]) -> Error {
    let status = request.status.as_deref().unwrap_or_default();
    let days: Vec<String> = possible.iter().map(|one| one.day.to_string()).collect();
    let message = message!(
        "cli-update-occurrences",
        "`{status}` can be about {number} occurrences of this series: {days}",
        status,
        number = days.len(),
        days = editor::all_of(&days)
    );
    let slug = editor.slug(entry).0;
    let command = |one: &Candidate| {
        message!(
            "cli-update-occurrence-command",
            "`noroshi update {slug} {status} --occurrence {day}` ({occurrence})",
            slug,
            status,
            day = one.day.to_string(),
            occurrence = describe(editor, one)
        )
    };
    let commands = possible.iter().map(command).collect();
    let commands = Message::joined(commands, message!("cli-update-or-command", " or "));
    Error::usage(
        message,
        message!("cli-update-occurrences-help", "nothing was written; run {commands}", commands),
    )
}

/// Says which occurrence the update that was written is about.
pub(super) fn tell(model: &Model, entry: &FoundFile, (at, status): (Instant, Status)) {
    let work = model.maintenance.iter().find(|work| work.head.file == entry.name);
    let update = work.and_then(|work| work.updates.iter().rev().find(|u| u.at == at && u.status == status));
    if let Some(about) = update.and_then(|update| update.change.about) {
        let start = model.config.zone.write(about.window.start);
        return console::say(message!(
            "cli-update-about-window",
            "this update is about the window of {start}",
            start
        ));
    }
    let Some(day) = update.and_then(|update| update.change.occurrence) else { return };
    console::say(message!(
        "cli-update-about-occurrence",
        "this update is about the occurrence of {day} ({weekday})",
        weekday = weekday(&day.format("%u").to_string()),
        day = day.to_string()
    ));
}

/// The name of a day by its number in ISO 8601, Monday first.
fn weekday(number: &str) -> Message {
    match number {
        "1" => message!("cli-update-monday", "Monday"),
        "2" => message!("cli-update-tuesday", "Tuesday"),
        "3" => message!("cli-update-wednesday", "Wednesday"),
        "4" => message!("cli-update-thursday", "Thursday"),
        "5" => message!("cli-update-friday", "Friday"),
        "6" => message!("cli-update-saturday", "Saturday"),
        _ => message!("cli-update-sunday", "Sunday"),
    }
}

/// The prompt for the question, where noroshi may ask.
pub(super) fn asks(terminal: &mut dyn Prompt) -> Option<&mut dyn Prompt> {
    editor::is_terminal().then_some(terminal)
}
