//! The document: what became of each delivery.
//!
//! It holds ids, names and times, and no text of an update: nothing in it is private, and nothing in it grows with what people
//! write.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::KeeperError;
use crate::message::{Message, message};
use crate::model::Instant;
use crate::site::feed_items::RECENT;

/// The version of the format. A later one is never overwritten.
const FORMAT: u32 = 1;

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Ledger {
    format: u32,
    /// Since when and by whom everything is stopped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<Held>,
    /// By name.
    pub channels: BTreeMap<String, ChannelRecord>,
}

impl Default for Ledger {
    fn default() -> Ledger {
        Ledger { format: FORMAT, held: None, channels: BTreeMap::new() }
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Held {
    pub at: Instant,
    pub by: String,
}

/// What the ledger knows of a channel.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ChannelRecord {
    /// When the channel was first seen.
    pub begun: Instant,
    /// The short ids of updates that are not sent: they were there before the channel, or its filter leaves them out.
    #[serde(default)]
    pub old: BTreeSet<String>,
    /// By [`key`].
    #[serde(default)]
    pub deliveries: BTreeMap<String, Record>,
}

/// The key of a delivery in its channel: the UUID of the update and the language.
#[must_use]
pub fn key(item: &str, locale: &str) -> String {
    format!("{item} {locale}")
}

/// One update in one language for one channel.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Record {
    /// The UUID of the update.
    pub item: String,
    pub locale: String,
    /// The entry's address below the site, for people.
    pub entry: String,
    /// The UUID of the entry or occurrence.
    pub thread: String,
    /// The word of the update: `resolved`.
    pub status: String,
    /// The time of the update.
    pub at: Instant,
    /// When a run first saw it.
    pub seen: Instant,
    pub state: State,
}

/// What became of a delivery.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// To be sent.
    Due,
    /// A person must approve it.
    Waiting,
    /// A runner is sending it, or ended without a word.
    Intended(Intent),
    Sent(Delivered),
    /// Surely not taken; the next run tries again.
    Failed(Failure),
    /// Perhaps taken: a person must say.
    Unknown(Failure),
    /// Nobody gets it.
    Skipped {
        at: Instant,
        reason: String,
    },
}

impl State {
    /// The name for people; programs read [`word`](State::word).
    #[must_use]
    pub fn name(&self) -> Message {
        match self {
            State::Due => message!("announce-state-due", "due"),
            State::Waiting => message!("announce-state-waiting", "waiting"),
            State::Intended(_) => message!("announce-state-sending", "sending"),
            State::Sent(_) => message!("announce-state-sent", "sent"),
            State::Failed(_) => message!("announce-state-failed", "failed"),
            State::Unknown(_) => message!("announce-state-unknown", "unknown"),
            State::Skipped { .. } => message!("announce-state-skipped", "skipped"),
        }
    }

    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            State::Due => "due",
            State::Waiting => "waiting",
            State::Intended(_) => "sending",
            State::Sent(_) => "sent",
            State::Failed(_) => "failed",
            State::Unknown(_) => "unknown",
            State::Skipped { .. } => "skipped",
        }
    }

    /// Whether a run or a person still has to do something.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !matches!(self, State::Sent(_) | State::Skipped { .. })
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Intent {
    /// When this delivery was first intended: from then on the platform may know its key.
    pub first: Instant,
    /// Until when the runner has it.
    pub until: Instant,
    /// The id of the run.
    pub run: String,
    /// Who runs, for people: "GitHub run 123".
    pub by: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Delivered {
    pub at: Instant,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Failure {
    pub at: Instant,
    pub reason: String,
    /// When it was first intended, if the platform may know its key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<Instant>,
}

impl Ledger {
    /// Reads a document.
    ///
    /// # Errors
    /// It is damaged, or a later version of noroshi wrote it.
    pub fn read(bytes: &[u8], shown: &Message) -> Result<Ledger, KeeperError> {
        #[derive(Deserialize)]
        struct Head {
            format: u32,
        }
        let unreadable = |why: Message, help: Message| KeeperError {
            message: message!(
                "announce-ledger-unreadable",
                "cannot read the ledger {shown}: {why}",
                shown,
                why
            ),
            help,
        };
        let damaged = |error: serde_json::Error| {
            let help = message!(
                "announce-ledger-unreadable-help",
                "restore it from a copy; `noroshi announce begin` starts anew, and records all that is there as old"
            );
            unreadable(Message::same(error.to_string()), help)
        };
        let head: Head = serde_json::from_slice(bytes).map_err(damaged)?;
        if head.format > FORMAT {
            let why = message!("announce-ledger-later", "a later version of noroshi wrote it");
            return Err(unreadable(why, message!("announce-ledger-later-help", "install that version")));
        }
        serde_json::from_slice(bytes).map_err(damaged)
    }

    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        // All values are texts, numbers and lists, so serialization cannot fail.
        let mut bytes = serde_json::to_vec(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    #[cfg(test)]
    pub fn record(&self, channel: &str, key: &str) -> Option<&Record> {
        self.channels.get(channel)?.deliveries.get(key)
    }

    /// Removes what concerns no update that a run could ever see again: ended deliveries and old ids of updates that are not
    /// in `present`, the short ids and UUIDs of all that could be sent. Another runner may know newer updates than this one,
    /// so only what is too old to be announced goes.
    pub fn forget(&mut self, present: &BTreeSet<String>, now: Instant) {
        let is_past = |at: Instant| at.0 < now.0 - RECENT;
        for channel in self.channels.values_mut() {
            if is_past(channel.begun) {
                channel.old.retain(|id| present.contains(id));
            }
            channel.deliveries.retain(|_, record| {
                record.state.is_open() || present.contains(&record.item) || !is_past(record.at)
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_runner_that_knows_less_forgets_nothing_that_another_recorded() {
        let record = |at: i64| Record {
            item: format!("item{at}"),
            locale: "en".to_owned(),
            entry: String::new(),
            thread: String::new(),
            status: "resolved".to_owned(),
            at: Instant(at),
            seen: Instant(at),
            state: State::Sent(Delivered { at: Instant(at), id: None, address: None }),
        };
        let now = Instant(2 * RECENT);
        let deliveries = [0, now.0 - 60].map(|at| (format!("key{at}"), record(at)));
        let channel = |begun| ChannelRecord {
            begun: Instant(begun),
            old: BTreeSet::from(["short".to_owned()]),
            deliveries: deliveries.clone().into(),
        };
        let mut ledger = Ledger::default();
        ledger.channels.insert("new".to_owned(), channel(now.0 - 60));
        ledger.channels.insert("old".to_owned(), channel(0));
        ledger.forget(&BTreeSet::new(), now);
        for (name, old) in [("new", 1), ("old", 0)] {
            let left = &ledger.channels[name];
            assert_eq!((left.old.len(), left.deliveries.len()), (old, 1), "{name}");
        }
    }
}
