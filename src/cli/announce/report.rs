//! What a run did, in words or as JSON.

use serde_json::json;

use super::Composer;
use super::public::Published;
use crate::announce::{self, Item, Ledger, Line, Options, Record, Report, State};
use crate::cli::console::{self, Unwritten};
use crate::cli::error::Error;
use crate::cli::{Format, Outcome};
use crate::model::announce::Channel;
use crate::{limits, text};

/// The words of a state: `sent`, `failed: …`.
pub(super) fn state_words(state: &State) -> String {
    let word = state.word();
    match state {
        State::Sent(delivered) => {
            let found = delivered.address.as_ref().or(delivered.id.as_ref());
            found.map_or_else(|| word.to_owned(), |id| format!("{word}: {id}"))
        }
        State::Failed(failure) => format!("{word}: {}", failure.reason),
        State::Unknown(failure) => {
            format!(
                "{word}: {}; look at the channel, then `noroshi announce skip` or `retry`",
                failure.reason
            )
        }
        State::Skipped { reason, .. } => format!("{word}: {reason}"),
        State::Due | State::Waiting | State::Intended(_) => word.to_owned(),
    }
}

pub(super) fn json_of(channel: &str, id: &str, record: &Record) -> serde_json::Value {
    let (reason, address, sent_id) = match &record.state {
        State::Sent(delivered) => (None, delivered.address.clone(), delivered.id.clone()),
        State::Failed(failure) | State::Unknown(failure) => (Some(failure.reason.clone()), None, None),
        State::Skipped { reason, .. } => (Some(reason.clone()), None, None),
        _ => (None, None, None),
    };
    json!({
        "channel": channel,
        "id": id,
        "item": record.item,
        "locale": record.locale,
        "entry": record.entry,
        "status": record.status,
        "time": record.at.iso(),
        "state": record.state.word(),
        "sent_id": sent_id,
        "address": address,
        "reason": reason,
    })
}

/// The id of a delivery for people: the first signs of the UUID of its update, and its language.
pub(super) fn short(key: &str) -> String {
    let (item, locale) = key.split_once(' ').unwrap_or((key, ""));
    format!("{}-{locale}", &item[..item.len().min(8)])
}

pub(super) fn print(line: &Line, format: Format) -> Result<(), Unwritten> {
    let id = short(&line.key);
    match format {
        Format::Human => console::print(&format!(
            "{}: {} {} [{}] {}: {}",
            line.channel,
            line.record.entry,
            line.record.status,
            line.record.locale,
            id,
            state_words(&line.record.state)
        )),
        Format::Json => console::data(&format!("{}\n", json_of(&line.channel, &id, &line.record))),
    }
}

/// Says what a run would do.
pub(super) fn dry_run(
    channels: &[&Channel],
    items: &[Item],
    ledger: &Ledger,
    options: &Options<'_>,
    composer: &Composer<'_>,
    format: Format,
) -> Result<Outcome, Error> {
    for channel in channels {
        let plan = announce::plan(channel, items, ledger, options);
        if plan.is_first {
            console::say(format!("{}: is new; everything would be recorded as old", channel.name));
        }
        for (key, record) in &plan.new {
            let item = items.iter().find(|item| item.id == record.item);
            let locale = options.locales.iter().position(|tag| *tag == record.locale);
            let message = item.zip(locale).map(|(item, locale)| composer.compose(item, locale));
            let headline = match message {
                Some(Ok(message)) => message.headline,
                Some(Err(reason)) => reason,
                None => String::new(),
            };
            match format {
                Format::Human => console::print(&format!(
                    "{}: would send [{}] {}: {headline}",
                    channel.name,
                    record.locale,
                    short(key)
                ))?,
                Format::Json => {
                    let mut line = json_of(&channel.name, &short(key), record);
                    line["headline"] = headline.into();
                    console::data(&format!("{line}\n"))?;
                }
            }
        }
        if plan.not_public > 0 {
            console::say(format!(
                "{}: {} not public yet",
                channel.name,
                text::count(plan.not_public, "update is", "updates are")
            ));
        }
    }
    Ok(Outcome::Done)
}

/// The last words of a run.
pub(super) fn end(
    report: &Report,
    published: &Published,
    is_watched: bool,
    format: Format,
) -> Result<(), Error> {
    for channel in &report.begun {
        console::say(format!(
            "{channel}: is new; all that is there was recorded as old, and nothing was sent"
        ));
    }
    if report.is_held {
        console::say("nothing is sent: everything is on hold, until `noroshi announce hold --off`");
    }
    if report.not_public > 0 {
        let why = published.failure().map(|reason| format!(": {reason}")).unwrap_or_default();
        console::say(format!(
            "{} not public yet, and sent by a later run{why}; `--no-wait` sends before",
            text::count(report.not_public, "update is", "updates are")
        ));
    }
    if report.elsewhere > 0 {
        console::say(format!(
            "{} being sent by another run; if that run was killed, run again after {} minutes",
            text::count(report.elsewhere, "message is", "messages are"),
            limits::ANNOUNCE_LEASE_SECONDS / 60 + 1
        ));
    }
    let has_nothing =
        report.lines.is_empty() && report.begun.is_empty() && report.not_public == 0 && report.elsewhere == 0;
    if has_nothing && !is_watched && format == Format::Human {
        console::print("nothing to send")?;
    }
    Ok(())
}

/// Whether everything has arrived.
pub(super) fn outcome(report: &Report) -> Outcome {
    let is_bad = |line: &Line| matches!(line.record.state, State::Failed(_) | State::Unknown(_));
    if report.lines.iter().any(is_bad) || report.not_public > 0 {
        Outcome::Environment
    } else {
        Outcome::Done
    }
}
