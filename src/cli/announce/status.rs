//! `noroshi announce status`, and what a person decides about a delivery.

use std::path::Path;
use std::thread;

use super::{keeper_error, ledger, no_ledger, report, secrets};
use crate::announce::{Book, Record, State};
use crate::cli::console::Progress;
use crate::cli::error::Error;
use crate::cli::{Format, Outcome, console, site};

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
    /// The state to which a delivery goes; `None` if it is not meant.
    fn of(self, record: &Record) -> Option<State> {
        match (self, &record.state) {
            (Change::Approve, State::Waiting)
            | (Change::Retry, State::Failed(_) | State::Unknown(_) | State::Skipped { .. }) => {
                Some(State::Due)
            }
            (Change::Skip, State::Waiting | State::Due | State::Failed(_) | State::Unknown(_)) => {
                Some(State::Skipped { at: site::now(), reason: "a person said so".to_owned() })
            }
            _ => None,
        }
    }
}

pub(super) fn show(root: &Path, args: &Args) -> Result<Outcome, Error> {
    let (model, _) = site::load_sound(root, None, &Progress::new())?;
    let keeper = ledger::keeper(root, &model, &secrets::secrets()?)?;
    let sleep = |time| thread::sleep(time);
    let (book, is_new) = Book::open(keeper.as_ref(), &sleep).map_err(keeper_error)?;
    if is_new {
        return Err(no_ledger(&keeper.shown()));
    }
    let found = book.ledger();
    if let Some(held) = found.held.as_ref().filter(|_| args.format == Format::Human) {
        console::print(&format!("everything is on hold since {}, by {}", held.at.iso(), held.by))?;
    }
    for (name, channel) in &found.channels {
        if args.channel.as_ref().is_some_and(|wanted| wanted != name) {
            continue;
        }
        let mut records: Vec<(&String, &Record)> = channel.deliveries.iter().collect();
        records.sort_by_key(|(_, record)| std::cmp::Reverse(record.at));
        let mut ended = 0;
        for (key, record) in records {
            if !record.state.is_open() {
                ended += 1;
                if ended > ENDED && !args.all {
                    continue;
                }
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
    let (model, _) = site::load_sound(root, None, &Progress::new())?;
    let keeper = ledger::keeper(root, &model, &secrets::secrets()?)?;
    let sleep = |time| thread::sleep(time);
    let (book, is_new) = Book::open(keeper.as_ref(), &sleep).map_err(keeper_error)?;
    if is_new {
        return Err(no_ledger(&keeper.shown()));
    }
    let is_meant = |channel: &str, key: &str, record: &Record| {
        items.items.iter().any(|item| *item == record.item || *item == report::short(key) || item == channel)
    };
    let before = book.ledger();
    for item in &items.items {
        let one = Items { items: vec![item.clone()] };
        let found = before.channels.iter().any(|(name, channel)| {
            channel.deliveries.iter().any(|(key, record)| {
                one.items
                    .iter()
                    .any(|item| *item == record.item || *item == report::short(key) || item == name)
                    && change.of(record).is_some()
            })
        });
        if !found {
            let help = "see `noroshi announce status`";
            return Err(Error::usage(format!("`{item}` names nothing that this could be done with"), help));
        }
    }
    book.change(|ledger| {
        let mut has_changed = false;
        for (name, channel) in &mut ledger.channels {
            for (key, record) in &mut channel.deliveries {
                if is_meant(name, key, record)
                    && let Some(to) = change.of(record)
                {
                    record.state = to;
                    has_changed = true;
                }
            }
        }
        has_changed
    })
    .map_err(keeper_error)?;
    let after = book.ledger();
    for (name, channel) in &after.channels {
        for (key, record) in &channel.deliveries {
            if is_meant(name, key, record) {
                let id = report::short(key);
                console::print(&format!(
                    "{name}: {id} {} [{}]: {}",
                    record.status,
                    record.locale,
                    report::state_words(&record.state)
                ))?;
            }
        }
    }
    if change != Change::Skip {
        console::say("the next `noroshi announce` sends it");
    }
    Ok(Outcome::Done)
}
