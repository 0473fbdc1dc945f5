//! `noroshi announce status`, and what a person decides about a delivery.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::{keeper_error, report, with_book};
use crate::announce::{Ledger, Record, State};
use crate::cli::error::Error;
use crate::cli::{Format, Outcome, console, site};
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
                Some(State::Skipped { at: site::now(), reason: "a person said so".to_owned() })
            }
            _ => None,
        }
    }
}

pub(super) fn show(root: &Path, args: &Args) -> Result<Outcome, Error> {
    let ledger = with_book(root, |book| Ok(book.ledger()))?;
    if let Some(name) = args.channel.as_ref().filter(|name| !ledger.channels.contains_key(*name)) {
        let known: Vec<&str> = ledger.channels.keys().map(String::as_str).collect();
        let message = format!("the ledger has no channel `{name}`");
        let see = "`noroshi announce status` without a channel shows all";
        return Err(Error::usage(message, text::near_or_some(&text::meant(name, &known), &known, see)));
    }
    if let Some(held) = ledger.held.as_ref().filter(|_| args.format == Format::Human) {
        console::print(&format!("everything is on hold since {}, by {}", held.at.iso(), held.by))?;
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
                Format::Human => console::print(&format!(
                    "{name}: {id} {} {} {} [{}]: {}",
                    record.at.iso(),
                    record.entry,
                    record.status,
                    record.locale,
                    report::state_words(&record.state)
                ))?,
            }
        }
        if channel.deliveries.is_empty() && args.format == Format::Human {
            console::print(&format!("{name}: nothing was sent since {}", channel.begun.iso()))?;
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
            let message = format!("`{item}` names nothing that this could be done with");
            return Err(Error::usage(message, "see `noroshi announce status`"));
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
        let words = report::state_words(&record.state);
        console::print(&format!("{name}: {id} {} [{}]: {words}", record.status, record.locale))?;
    }
    if change != Change::Skip {
        console::say("the next `noroshi announce` sends it");
    }
    Ok(Outcome::Done)
}
