//! What the published site has: the ids in its manifest.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::announce::Ledger;
use crate::cli::site;
use crate::fetch::{Client, Limits};
use crate::limits::ANNOUNCE_PUBLIC_SECONDS;
use crate::message::{Message, message};
use crate::model::Model;
use crate::publish::{Head, PartError};

/// Seconds between two looks.
const PAUSE: u64 = 5;

pub(super) struct Published {
    /// The address of the site; `None` if nobody shall wait for it.
    address: Option<String>,
    /// The channels that the ledger knows, each with the updates that need no question: short ids of old ones, and UUIDs of
    /// those that have a delivery.
    known: Vec<BTreeSet<String>>,
    /// The ids that the manifest names; `None` before the first look.
    found: Mutex<Option<Result<BTreeSet<String>, Message>>>,
    begun: i64,
    looks: Cell<u32>,
}

impl Published {
    pub(super) fn new(model: &Model, is_not_waited_for: bool, ledger: &Ledger) -> Published {
        let url = &model.config.url;
        let names = model.config.announce.channels.iter().map(|channel| channel.name.as_str());
        let known = names.filter_map(|name| ledger.channels.get(name)).map(|channel| {
            let delivered = channel.deliveries.values().map(|record| record.item.clone());
            channel.old.iter().cloned().chain(delivered).collect()
        });
        Published {
            address: (!is_not_waited_for).then(|| format!("{}{}", url.origin, url.path)),
            known: known.collect(),
            found: Mutex::new(None),
            begun: site::now().0,
            looks: Cell::new(0),
        }
    }

    /// Whether readers can see an update, by its UUID and its short id. Asks the site at the first update that is new for a
    /// channel: a run with nothing new asks nobody.
    pub(super) fn has(&self, id: &str, short: &str) -> bool {
        let Some(address) = &self.address else { return true };
        if self.known.iter().all(|known| known.contains(short) || known.contains(id)) {
            return true;
        }
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        let found = found.get_or_insert_with(|| look(address));
        found.as_ref().is_ok_and(|ids| ids.contains(id))
    }

    /// Waits a little and looks again. Says whether there is still time.
    pub(super) fn wait(&self) -> bool {
        let Some(address) = &self.address else { return false };
        if site::now().0 - self.begun > ANNOUNCE_PUBLIC_SECONDS {
            return false;
        }
        thread::sleep(Duration::from_secs(if self.looks.get() == 0 { 1 } else { PAUSE }));
        self.looks.set(self.looks.get() + 1);
        let looked = look(address);
        *self.found.lock().unwrap_or_else(PoisonError::into_inner) = Some(looked);
        true
    }

    /// Why the site could not be asked.
    pub(super) fn failure(&self) -> Option<Message> {
        match &*self.found.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(Err(reason)) => Some(reason.clone()),
            _ => None,
        }
    }
}

/// The ids of updates in the manifest of a site.
fn look(address: &str) -> Result<BTreeSet<String>, Message> {
    let client = Client::new(address, Limits::default()).map_err(|error| error.message)?;
    let get = |path: &str| {
        let file = format!("{address}{path}");
        let found = client.get(&file).map_err(|error| error.message)?;
        found.ok_or_else(|| message!("cli-announce-public-missing", "{file} does not exist", file))
    };
    let head = get("manifest.json")?;
    let head = Head::parse(&head).ok_or_else(|| {
        let file = format!("{address}manifest.json");
        message!("cli-announce-public-foreign", "{file} is not a manifest of noroshi", file)
    })?;
    // A deployment may replace the parts meanwhile; the next look is whole.
    let manifest = head.of_events().whole(|path, _| get(path)).map_err(|error| match error {
        PartError::Missing(path, error) => {
            message!("cli-announce-public-part", "cannot read its part `{path}`: {error}", path, error)
        }
        PartError::Wrong(path) => {
            message!("cli-announce-public-broken-part", "its part `{path}` is broken", path)
        }
    })?;
    Ok(manifest.announced.unwrap_or_default().into_iter().collect())
}
