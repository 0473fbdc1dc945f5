//! What a run did, in words or as JSON.

use serde_json::json;

use super::Composer;
use super::public::Published;
use crate::announce::{self, Item, Ledger, Line, Options, Record, Report, State, reasons};
use crate::cli::console::{self, Unwritten};
use crate::cli::error::Error;
use crate::cli::{Format, Outcome};
use crate::limits;
use crate::message::{Message, count, message};
use crate::model::announce::Channel;

/// The words of a state: `sent`, `failed: …`. `reason` is known of what this run did; of earlier runs the ledger has it.
pub(super) fn state_words(state: &State, reason: Option<&Message>) -> Message {
    let (name, reason) = (state.name(), |kept: &str| reason.cloned().unwrap_or_else(|| reasons::known(kept)));
    let with = |name: Message, words: Message| message!("cli-announce-state", "{name}: {words}", name, words);
    match state {
        State::Sent(delivered) => match delivered.address.as_ref().or(delivered.id.as_ref()) {
            Some(id) => with(name, Message::same(id.as_str())),
            None => name,
        },
        State::Failed(failure) => with(name, reason(&failure.reason)),
        State::Unknown(failure) => message!(
            "cli-announce-state-unknown",
            "{name}: {reason}; look at the channel, then `noroshi announce skip` or `retry`",
            name,
            reason = reason(&failure.reason)
        ),
        State::Skipped { reason: kept, .. } => with(name, reason(kept)),
        State::Due | State::Waiting | State::Intended(_) => name,
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
        Format::Human => {
            let words = message!(
                "cli-announce-line",
                "{channel}: {entry} {status} [{locale}] {id}: {state}",
                channel = line.channel,
                entry = line.record.entry,
                status = line.record.status,
                locale = line.record.locale,
                id,
                state = state_words(&line.record.state, line.reason.as_ref())
            );
            console::print(&words.text(console::language()))
        }
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
            console::say(message!(
                "cli-announce-would-begin",
                "{channel}: is new; everything would be recorded as old",
                channel = channel.name
            ));
        }
        for (key, record) in &plan.new {
            let item = items.iter().find(|item| item.id == record.item);
            let locale = options.locales.iter().position(|tag| *tag == record.locale);
            let message = item.zip(locale).map(|(item, locale)| composer.compose(item, locale));
            let headline = match message {
                Some(Ok(message)) => message.headline,
                Some(Err(reason)) => reason.text(console::language()).into_owned(),
                None => String::new(),
            };
            match format {
                Format::Human => {
                    let words = message!(
                        "cli-announce-would-send",
                        "{channel}: would send [{locale}] {id}: {headline}",
                        channel = channel.name,
                        locale = record.locale,
                        id = short(key),
                        headline
                    );
                    console::print(&words.text(console::language()))?;
                }
                Format::Json => {
                    let mut line = json_of(&channel.name, &short(key), record);
                    line["headline"] = headline.into();
                    console::data(&format!("{line}\n"))?;
                }
            }
        }
        if plan.not_public > 0 {
            console::say(message!(
                "cli-announce-would-wait",
                "{channel}: {updates} not public yet",
                channel = channel.name,
                updates = count(plan.not_public, "update is", "updates are")
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
        console::say(message!(
            "cli-announce-new-channel",
            "{channel}: is new; all that is there was recorded as old, and nothing was sent",
            channel
        ));
    }
    if report.is_held {
        console::say(message!(
            "cli-announce-on-hold",
            "nothing is sent: everything is on hold, until `noroshi announce hold --off`"
        ));
    }
    if report.not_public > 0 {
        let updates = count(report.not_public, "update is", "updates are");
        console::say(if let Some(reason) = published.failure() {
            message!(
                "cli-announce-not-public-because",
                "{updates} not public yet, and sent by a later run: {reason}; `--no-wait` sends before",
                updates,
                reason
            )
        } else {
            message!(
                "cli-announce-not-public",
                "{updates} not public yet, and sent by a later run; `--no-wait` sends before",
                updates
            )
        });
    }
    if report.elsewhere > 0 {
        console::say(message!(
            "cli-announce-elsewhere",
            "{messages} being sent by another run; if that run was killed, run again after {minutes} minutes",
            messages = count(report.elsewhere, "message is", "messages are"),
            minutes = limits::ANNOUNCE_LEASE_SECONDS / 60 + 1
        ));
    }
    let has_nothing =
        report.lines.is_empty() && report.begun.is_empty() && report.not_public == 0 && report.elsewhere == 0;
    if has_nothing && !is_watched && format == Format::Human {
        let nothing = message!("cli-announce-nothing", "nothing to send");
        console::print(&nothing.text(console::language()))?;
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
