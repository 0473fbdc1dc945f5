//! The ledger while a run works with it: read once, changed by comparison, by several threads at once.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::document::{ChannelRecord, Ledger, Record, State};
use super::{Keeper, KeeperError, Version, Written};
use crate::message::message;

/// How often a write is tried against other runners, or a place that fails.
const TRIES: u32 = 8;

/// A change of one delivery, made only if its state is still what it was.
#[derive(Clone, Debug)]
pub struct Edit {
    pub channel: String,
    pub key: String,
    /// The state in which the delivery must be.
    pub from: State,
    pub to: State,
}

/// A change of the whole ledger, which is made anew if somebody else has written.
type Change<'c> = Box<dyn Fn(&mut Ledger) -> bool + Send + 'c>;

pub struct Book<'a> {
    keeper: &'a dyn Keeper,
    sleep: &'a (dyn Fn(Duration) + Sync),
    inner: Mutex<Inner>,
    is_done: Condvar,
    /// Whether the mark is known to be there.
    is_marked: AtomicBool,
}

struct Inner {
    ledger: Ledger,
    version: Version,
    is_writing: bool,
    next: u64,
    queue: Vec<(u64, Edit)>,
    results: HashMap<u64, Result<bool, KeeperError>>,
}

impl<'a> Book<'a> {
    /// Reads the ledger; `None` if there is none and never was.
    ///
    /// # Errors
    /// The place is not reached, the document is damaged, or it was lost.
    pub fn open(
        keeper: &'a dyn Keeper,
        sleep: &'a (dyn Fn(Duration) + Sync),
    ) -> Result<(Book<'a>, bool), KeeperError> {
        let (mut bytes, mut version) = keeper.read()?;
        let is_begun = bytes.is_none() && keeper.has_mark()?;
        if is_begun {
            // Another first run may have written both since: the document comes before the mark.
            (bytes, version) = keeper.read()?;
        }
        let is_new = bytes.is_none();
        let ledger = match bytes {
            Some(bytes) => Ledger::read(&bytes, &keeper.shown())?,
            None if is_begun => {
                return Err(KeeperError {
                    message: message!(
                        "announce-ledger-gone",
                        "the ledger {ledger} is gone, and there was one",
                        ledger = keeper.shown()
                    ),
                    help: message!(
                        "announce-ledger-gone-help",
                        "restore it from a copy, or start anew with `noroshi announce begin`, which records all that is there as old"
                    ),
                });
            }
            None => Ledger::default(),
        };
        Ok((Book::with(keeper, sleep, ledger, version), is_new))
    }

    /// A new ledger in place of a lost or damaged one.
    ///
    /// # Errors
    /// The place is not reached.
    pub fn anew(
        keeper: &'a dyn Keeper,
        sleep: &'a (dyn Fn(Duration) + Sync),
    ) -> Result<Book<'a>, KeeperError> {
        let (_, version) = keeper.read()?;
        Ok(Book::with(keeper, sleep, Ledger::default(), version))
    }

    fn with(
        keeper: &'a dyn Keeper,
        sleep: &'a (dyn Fn(Duration) + Sync),
        ledger: Ledger,
        version: Version,
    ) -> Book<'a> {
        let inner =
            Inner { ledger, version, is_writing: false, next: 0, queue: Vec::new(), results: HashMap::new() };
        Book {
            keeper,
            sleep,
            inner: Mutex::new(inner),
            is_done: Condvar::new(),
            is_marked: AtomicBool::new(false),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The ledger as it was last read or written.
    #[must_use]
    pub fn ledger(&self) -> Ledger {
        self.lock().ledger.clone()
    }

    /// Changes the ledger. `change` says whether there was something to change, and is made anew on what another runner wrote.
    ///
    /// # Errors
    /// The place is not reached, or others write all the time.
    pub fn change(&self, change: impl Fn(&mut Ledger) -> bool + Send) -> Result<bool, KeeperError> {
        let mut inner = self.lock();
        while inner.is_writing {
            inner = self.is_done.wait(inner).unwrap_or_else(PoisonError::into_inner);
        }
        let mut has_changed = false;
        let (mut ledger, mut version) = (inner.ledger.clone(), inner.version.clone());
        let change: Change<'_> = Box::new(change);
        let result = self.write(&mut ledger, &mut version, &mut |ledger| {
            has_changed = change(ledger);
            has_changed
        });
        (inner.ledger, inner.version) = (ledger, version);
        result.map(|()| has_changed)
    }

    /// Changes one delivery, and says whether it was in the state that was expected. Edits of several threads are
    /// written together.
    ///
    /// # Errors
    /// The place is not reached, or others write all the time.
    pub fn edit(&self, edit: Edit) -> Result<bool, KeeperError> {
        let mut inner = self.lock();
        let ticket = inner.next;
        inner.next += 1;
        inner.queue.push((ticket, edit));
        loop {
            if let Some(result) = inner.results.remove(&ticket) {
                return result;
            }
            if inner.is_writing {
                inner = self.is_done.wait(inner).unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            // This thread writes what all of them have queued.
            inner.is_writing = true;
            let queue = std::mem::take(&mut inner.queue);
            let (mut ledger, mut version) = (inner.ledger.clone(), inner.version.clone());
            drop(inner);
            let mut made: Vec<bool> = Vec::new();
            let written = self.write(&mut ledger, &mut version, &mut |ledger| {
                let before = ledger.clone();
                made = queue.iter().map(|(_, edit)| apply(ledger, edit)).collect();
                *ledger != before
            });
            inner = self.lock();
            (inner.ledger, inner.version) = (ledger, version);
            for (at, (ticket, _)) in queue.iter().enumerate() {
                let result = written.clone().map(|()| made.get(at).copied().unwrap_or_default());
                inner.results.insert(*ticket, result);
            }
            inner.is_writing = false;
            self.is_done.notify_all();
        }
    }

    /// Writes a changed ledger, and reads it again if somebody else has written. Nothing is written if nothing changed.
    fn write(
        &self,
        ledger: &mut Ledger,
        version: &mut Version,
        change: &mut dyn FnMut(&mut Ledger) -> bool,
    ) -> Result<(), KeeperError> {
        let mut last = None;
        for attempt in 0..TRIES {
            let mut changed = ledger.clone();
            if !change(&mut changed) {
                return Ok(());
            }
            let bytes = changed.bytes();
            match self.keeper.write(&bytes, version) {
                Ok(Written::Yes(new)) => {
                    (*ledger, *version) = (changed, new);
                    return self.mark();
                }
                Ok(Written::Refused) => {}
                Err(error) => last = Some(error),
            }
            (self.sleep)(Duration::from_millis(50 << attempt.min(6)));
            match self.read_again(&bytes) {
                // The write had arrived, and only its answer was lost.
                Ok((_, new, true)) => {
                    (*ledger, *version) = (changed, new);
                    return self.mark();
                }
                Ok((found, new, false)) => (*ledger, *version) = (found, new),
                Err(error) => last = Some(error),
            }
        }
        Err(last.unwrap_or_else(|| KeeperError {
            message: message!(
                "announce-ledger-busy",
                "the ledger {ledger} is changed by others all the time",
                ledger = self.keeper.shown()
            ),
            help: message!("announce-ledger-busy-help", "run again"),
        }))
    }

    /// Sets the mark after the first document, so that a run that ended in between does not look like a loss.
    fn mark(&self) -> Result<(), KeeperError> {
        if !self.is_marked.load(Ordering::Relaxed) {
            if !self.keeper.has_mark()? {
                self.keeper.mark()?;
            }
            self.is_marked.store(true, Ordering::Relaxed);
        }
        Ok(())
    }

    /// Reads the ledger, and says whether it is exactly these bytes.
    fn read_again(&self, written: &[u8]) -> Result<(Ledger, Version, bool), KeeperError> {
        let (bytes, version) = self.keeper.read()?;
        let bytes = bytes.ok_or_else(|| KeeperError {
            message: message!(
                "announce-ledger-removed",
                "the ledger {ledger} was removed while a run worked with it",
                ledger = self.keeper.shown()
            ),
            help: message!("announce-ledger-removed-help", "restore it from a copy, and run again"),
        });
        // A first write that failed has left no document.
        let Ok(bytes) = bytes else {
            return if version.is_none() && !self.keeper.has_mark()? {
                Ok((Ledger::default(), None, false))
            } else {
                bytes.map(|_| (Ledger::default(), None, false))
            };
        };
        Ok((Ledger::read(&bytes, &self.keeper.shown())?, version, bytes == written))
    }
}

/// Makes an edit, and says whether the delivery is now in the state that was wanted. It may be so already: the answer to an
/// earlier write was lost, and another runner has written since. A state names its run, so nobody else's is the same.
fn apply(ledger: &mut Ledger, edit: &Edit) -> bool {
    let is_held = ledger.held.is_some();
    let channel: Option<&mut ChannelRecord> = ledger.channels.get_mut(&edit.channel);
    let record: Option<&mut Record> = channel.and_then(|channel| channel.deliveries.get_mut(&edit.key));
    match record {
        Some(record) if record.state == edit.from => {
            // A hold also stops runs at work, before their next message.
            if is_held && begins(edit) {
                return false;
            }
            record.state = edit.to.clone();
            true
        }
        Some(record) => record.state == edit.to,
        None => false,
    }
}

/// Whether a run begins a delivery with this edit. A message that it has begun ends as it would without a hold.
fn begins(edit: &Edit) -> bool {
    match (&edit.from, &edit.to) {
        (State::Intended(old), State::Intended(new)) => old.run != new.run,
        (_, to) => matches!(to, State::Intended(_)),
    }
}
