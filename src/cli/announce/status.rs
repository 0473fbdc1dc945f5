//! `noroshi announce status`, and what a person decides about a delivery.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::{keeper_error, report, with_book};
use crate::announce::{Ledger, Record, State, reasons};
use crate::cli::error::Error;
use crate::cli::{Format, Outcome, console, site};
use crate::message::{self, message};
use crate::text;

/// How many ended deliveries are shown.
const ENDED: usize = 20;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The name of a channel [default: all]
    #[arg(value_name = "CHANNEL")]
    channel: Option<String>,
    /// Show all that was sent, and not only the newest
    #[arg(long)]
    all: bool,
    /// The output format
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

#[derive(Debug, clap::Args)]
pub(super) struct Items {
    /// The id that `status` shows, the UUID of an update for all of its channels and languages, or a channel
    #[arg(value_name = "ITEM", required = true)]
    items: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Change {
    Approve,
    Skip,
    Retry,
}

impl Change {
    /// The state to which a delivery goes; `None` if it is not meant. What was skipped on purpose is sent only if its own id
    /// was given, and not with a whole channel.
    fn of(self, record: &Record, is_named: bool) -> Option<State> {
        match (self, &record.state) {
            (Change::Approve, State::Waiting) | (Change::Retry, State::Failed(_) | State::Unknown(_)) => {
                Some(State::Due)
            }
            (Change::Retry, State::Skipped { .. }) => is_named.then_some(State::Due),
            (Change::Skip, State::Waiting | State::Due | State::Failed(_) | State::Unknown(_)) => {
                let reason = reasons::decided().english().to_owned();
                Some(State::Skipped { at: site::now(), reason })
            }
            _ => None,
        }
    }
}

pub(super) fn show(root: &Path, args: &Args) -> Result<Outcome, Error> {
    let ledger = with_book(root, |book| Ok(book.ledger()))?;
    if let Some(name) = args.channel.as_ref().filter(|name| !ledger.channels.contains_key(*name)) {
        let known: Vec<&str> = ledger.channels.keys().map(String::as_str).collect();
        let message = message!("cli-announce-status-channel", "the ledger has no channel `{name}`", name);
        let see =
            message!("cli-announce-status-see", "`noroshi announce status` without a channel shows all");
        return Err(Error::usage(message, message::near_or_some(&text::meant(name, &known), &known, &see)));
    }
    if let Some(held) = ledger.held.as_ref().filter(|_| args.format == Format::Human) {
        let words = message!(
            "cli-announce-status-held",
            "everything is on hold since {at}, by {by}",
            at = held.at.iso(),
            by = held.by
        );
        console::print(&words.text(console::language()))?;
    }
    for (name, channel) in &ledger.channels {
        if args.channel.as_ref().is_some_and(|wanted| wanted != name) {
            continue;
        }
        let mut records: Vec<(&String, &Record)> = channel.deliveries.iter().collect();
        records.sort_by_key(|(_, record)| std::cmp::Reverse(record.at));
        let mut ended = 0;
        for (key, record) in records {
            ended += usize::from(!record.state.is_open());
            if !record.state.is_open() && ended > ENDED && !args.all {
                continue;
            }
            let id = report::short(key);
            match args.format {
                Format::Json => console::data(&format!("{}\n", report::json_of(name, &id, record)))?,
                Format::Human => {
                    let words = message!(
                        "cli-announce-status-line",
                        "{name}: {id} {at} {entry} {status} [{locale}]: {state}",
                        name,
                        id,
                        at = record.at.iso(),
                        entry = record.entry,
                        status = record.status,
                        locale = record.locale,
                        state = report::state_words(&record.state, None)
                    );
                    console::print(&words.text(console::language()))?;
                }
            }
        }
        if channel.deliveries.is_empty() && args.format == Format::Human {
            let words = message!(
                "cli-announce-status-nothing",
                "{name}: nothing was sent since {begun}",
                name,
                begun = channel.begun.iso()
            );
            console::print(&words.text(console::language()))?;
        }
    }
    Ok(Outcome::Done)
}

pub(super) fn change(root: &Path, items: &Items, change: Change) -> Result<Outcome, Error> {
    // What a delivery becomes by what was typed.
    let becomes = |item: &String, name: &str, key: &str, record: &Record| {
        let is_named = *item == record.item || *item == report::short(key);
        (is_named || item == name).then(|| change.of(record, is_named)).flatten()
    };
    let changed = with_book(root, |book| {
        let ledger = book.ledger();
        let all = || {
            let channels = ledger.channels.iter();
            channels.flat_map(|(name, channel)| channel.deliveries.iter().map(move |one| (name, one)))
        };
        let meant =
            |item: &&String| all().any(|(name, (key, record))| becomes(item, name, key, record).is_some());
        if let Some(item) = items.items.iter().find(|item| !meant(item)) {
            let message = message!(
                "cli-announce-status-item",
                "`{item}` names nothing that this could be done with",
                item
            );
            let help = message!("cli-announce-status-item-help", "see `noroshi announce status`");
            return Err(Error::usage(message, help));
        }
        let changed = Mutex::new(Vec::new());
        let make = |ledger: &mut Ledger| {
            let mut changed = changed.lock().unwrap_or_else(PoisonError::into_inner);
            changed.clear();
            for (name, channel) in &mut ledger.channels {
                for (key, record) in &mut channel.deliveries {
                    if let Some(to) = items.items.iter().find_map(|item| becomes(item, name, key, record)) {
                        // What a person wants now is no old news.
                        (record.state, record.seen) = (to, site::now());
                        changed.push((name.clone(), report::short(key), record.clone()));
                    }
                }
            }
            !changed.is_empty()
        };
        book.change(make).map_err(keeper_error)?;
        Ok(changed.into_inner().unwrap_or_else(PoisonError::into_inner))
    })?;
    for (name, id, record) in changed {
        let words = message!(
            "cli-announce-status-changed",
            "{name}: {id} {status} [{locale}]: {state}",
            name,
            id,
            status = record.status,
            locale = record.locale,
            state = report::state_words(&record.state, None)
        );
        console::print(&words.text(console::language()))?;
    }
    if change != Change::Skip {
        console::say(message!("cli-announce-status-next", "the next `noroshi announce` sends it"));
    }
    Ok(Outcome::Done)
}
