//! A ledger in an object store, which must honour conditional writes.

use std::sync::atomic::{AtomicBool, Ordering};

use super::{Keeper, KeeperError, Version, Written};
use crate::deploy::{self, Store, StoreError};
use crate::message::{Message, message};

const LEDGER: &str = ".noroshi-announce/ledger.json";
const MARK: &str = ".noroshi-announce/begun";

pub struct ObjectKeeper<'s> {
    store: Box<dyn Store + 's>,
    /// Whether the store was seen to refuse a write.
    is_certain: AtomicBool,
}

impl<'s> ObjectKeeper<'s> {
    #[must_use]
    pub fn new(store: Box<dyn Store + 's>) -> ObjectKeeper<'s> {
        ObjectKeeper { store, is_certain: AtomicBool::new(false) }
    }

    fn failed(&self, error: &StoreError) -> KeeperError {
        KeeperError {
            message: message!(
                "announce-ledger-unusable",
                "cannot use the ledger {ledger}: {error}",
                ledger = self.shown(),
                error = error.message
            ),
            help: error.help(),
        }
    }

    /// Looks whether the store refuses to create what is there: some answer that they have, and overwrite.
    fn probe(&self) -> Result<(), KeeperError> {
        if self.is_certain.load(Ordering::Relaxed) {
            return Ok(());
        }
        let create = || self.store.create(MARK, b"{}\n").map_err(|error| self.failed(&error));
        if create()? == deploy::Written::Yes && create()? == deploy::Written::Yes {
            return Err(KeeperError {
                message: message!(
                    "announce-store-overwrites",
                    "{store} overwrites what it should refuse to overwrite, so it cannot keep two runners apart",
                    store = self.store.shown()
                ),
                help: message!(
                    "announce-store-overwrites-help",
                    "keep the ledger in git: `ledger: {{git: origin}}`, or in a store that honours `If-None-Match`"
                ),
            });
        }
        self.is_certain.store(true, Ordering::Relaxed);
        Ok(())
    }
}

/// A version of the store in one line. No tag and no generation has a line end.
fn written(version: &deploy::Version) -> String {
    let deploy::Version { tag, generation } = version;
    format!("{}\n{}", tag.as_deref().unwrap_or_default(), generation.as_deref().unwrap_or_default())
}

fn read(version: &str) -> deploy::Version {
    let (tag, generation) = version.split_once('\n').unwrap_or((version, ""));
    let part = |part: &str| (!part.is_empty()).then(|| part.to_owned());
    deploy::Version { tag: part(tag), generation: part(generation) }
}

impl Keeper for ObjectKeeper<'_> {
    fn shown(&self) -> Message {
        Message::same(format!("`{}/{LEDGER}`", self.store.shown()))
    }

    fn read(&self) -> Result<(Option<Vec<u8>>, Version), KeeperError> {
        let found = self.store.read(LEDGER).map_err(|error| self.failed(&error))?;
        Ok(found.map_or((None, None), |(bytes, version)| (Some(bytes), Some(written(&version)))))
    }

    fn write(&self, bytes: &[u8], version: &Version) -> Result<Written, KeeperError> {
        self.probe()?;
        let written = match version {
            None => self.store.create(LEDGER, bytes),
            Some(version) => self.store.replace(LEDGER, bytes, &read(version)),
        };
        if written.map_err(|error| self.failed(&error))? == deploy::Written::Refused {
            return Ok(Written::Refused);
        }
        // A store tells the version of an object when it is read.
        match self.read()? {
            (Some(found), version) if found == bytes => Ok(Written::Yes(version)),
            _ => Ok(Written::Refused),
        }
    }

    /// The mark is written by the probe before the first document, so it counts only once there was one.
    fn has_mark(&self) -> Result<bool, KeeperError> {
        let found = self.store.read(MARK).map_err(|error| self.failed(&error))?;
        Ok(found.is_some_and(|(bytes, _)| bytes.starts_with(b"begun")))
    }

    fn mark(&self) -> Result<(), KeeperError> {
        self.store.write(MARK, b"begun\n").map_err(|error| self.failed(&error))
    }
}
