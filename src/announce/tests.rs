//! Runs against ledgers and platforms in memory, each of which may fail at any step.

mod keepers;
mod runs;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::channel::{Channel, Delivery, Guard, SendError, Sent};
use super::item::Item;
use super::ledger::{Book, Keeper, KeeperError, Ledger, State, Version, Written};
use super::message::Message;
use super::run::{Open, Options, Report, RunError, run};
use crate::diagnostic::Place;
use crate::kind::EntryKind;
use crate::model::Instant;
use crate::model::announce::{self as config, AfterCrash, Filter, Mode, Platform};
use crate::model::config::Config;
use crate::pack::Letter;

/// What a step of the world does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fault {
    /// The run is killed before the step has an effect.
    Before,
    /// The run is killed after the step, whose answer it never sees.
    After,
    /// The step fails without an effect, and the run goes on.
    Fails,
    /// The step has its effect, the answer is lost, and the run goes on.
    Lost,
}

/// Steps of a run: those of the ledger and of the platforms, in one count.
#[derive(Default)]
pub(super) struct Steps {
    count: AtomicUsize,
    fault: Mutex<Option<(usize, Fault)>>,
    is_dead: Mutex<bool>,
}

impl Steps {
    pub(super) fn arm(&self, fault: Option<(usize, Fault)>) {
        self.count.store(0, Ordering::SeqCst);
        *self.fault.lock().unwrap() = fault;
        *self.is_dead.lock().unwrap() = false;
    }

    pub(super) fn count(&self) -> usize {
        self.count.load(Ordering::SeqCst)
    }

    /// Takes a step, and says what is to happen in it: its effect, and whether its answer comes.
    fn take(&self) -> (bool, bool) {
        let number = self.count.fetch_add(1, Ordering::SeqCst);
        let mut is_dead = self.is_dead.lock().unwrap();
        if *is_dead {
            return (false, false);
        }
        match *self.fault.lock().unwrap() {
            Some((at, fault)) if at == number => {
                *is_dead = matches!(fault, Fault::Before | Fault::After);
                (matches!(fault, Fault::After | Fault::Lost), false)
            }
            _ => (true, true),
        }
    }
}

/// A ledger in memory.
#[derive(Default)]
pub(super) struct Memory {
    steps: Arc<Steps>,
    place: Mutex<(Option<Vec<u8>>, u64, bool)>,
}

impl Memory {
    pub(super) fn ledger(&self) -> Ledger {
        let place = self.place.lock().unwrap();
        place.0.as_ref().map_or_else(Ledger::default, |bytes| Ledger::read(bytes, &"memory".into()).unwrap())
    }

    pub(super) fn lose(&self) {
        self.place.lock().unwrap().0 = None;
    }
}

fn lost() -> KeeperError {
    KeeperError { message: "no answer".into(), help: "".into() }
}

impl Keeper for Memory {
    fn shown(&self) -> crate::message::Message {
        "memory".into()
    }

    fn read(&self) -> Result<(Option<Vec<u8>>, Version), KeeperError> {
        let (_, answers) = self.steps.take();
        let place = self.place.lock().unwrap();
        let version = place.0.as_ref().map(|_| place.1.to_string());
        if answers { Ok((place.0.clone(), version)) } else { Err(lost()) }
    }

    fn write(&self, bytes: &[u8], version: &Version) -> Result<Written, KeeperError> {
        let (acts, answers) = self.steps.take();
        let mut place = self.place.lock().unwrap();
        let is_same = place.0.as_ref().map(|_| place.1.to_string()) == *version;
        if acts && is_same {
            place.0 = Some(bytes.to_vec());
            place.1 += 1;
        }
        match (answers, is_same) {
            (false, _) => Err(lost()),
            (true, true) => Ok(Written::Yes(Some(place.1.to_string()))),
            (true, false) => Ok(Written::Refused),
        }
    }

    fn has_mark(&self) -> Result<bool, KeeperError> {
        let (_, answers) = self.steps.take();
        if answers { Ok(self.place.lock().unwrap().2) } else { Err(lost()) }
    }

    fn mark(&self) -> Result<(), KeeperError> {
        let (acts, answers) = self.steps.take();
        self.place.lock().unwrap().2 |= acts;
        if answers { Ok(()) } else { Err(lost()) }
    }
}

/// A platform in memory.
pub(super) struct Fake {
    steps: Arc<Steps>,
    guard: Guard,
    /// What readers have got: the keys in their order, and what each answered.
    pub(super) inbox: Mutex<Vec<(String, Option<String>)>>,
    /// Answers that come first.
    pub(super) answers: Mutex<Vec<SendError>>,
}

impl Fake {
    pub(super) fn new(guard: Guard, steps: &Arc<Steps>) -> Fake {
        let (inbox, answers) = (Mutex::default(), Mutex::default());
        Fake { steps: Arc::clone(steps), guard, inbox, answers }
    }

    /// How often readers got each delivery.
    pub(super) fn counts(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for (key, _) in self.inbox.lock().unwrap().iter() {
            *counts.entry(key.clone()).or_default() += 1;
        }
        counts
    }
}

impl Channel for Fake {
    fn guard(&self) -> Guard {
        self.guard
    }

    fn check(&self) -> Result<(), SendError> {
        Ok(())
    }

    fn send(&self, message: &Message, delivery: &Delivery<'_>) -> Result<Sent, SendError> {
        let (acts, answers) = self.steps.take();
        let scripted = self.answers.lock().unwrap().pop();
        let is_taken = matches!(scripted, None | Some(SendError::Unknown { .. }));
        let mut inbox = self.inbox.lock().unwrap();
        let is_known = self.guard != Guard::None && inbox.iter().any(|(key, _)| *key == message.item);
        if acts && is_taken && !is_known {
            inbox.push((message.item.clone(), delivery.latest.map(str::to_owned)));
        }
        match scripted {
            Some(error) => Err(error),
            None if answers => Ok(Sent { id: Some(format!("post-{}", message.item)), address: None }),
            None => Err(SendError::Unknown { reason: "no answer".into() }),
        }
    }
}

pub(super) fn channel(name: &str) -> config::Channel {
    config::Channel {
        name: name.to_owned(),
        place: Place::whole(&Config::file()),
        to: Platform::X,
        mode: Mode::Auto,
        filter: Filter::default(),
        has_corrections: true,
        after_crash: AfterCrash::AtMostOnce,
        page: None,
    }
}

/// The update with this number, in the thread of its ten.
pub(super) fn item(number: i64) -> Item {
    Item {
        id: format!("{number:08}-0000-0000-0000-000000000000"),
        short: format!("short{number}"),
        at: Instant(1_000 + number),
        kind: EntryKind::Incident,
        status: "update",
        severity: None,
        components: Vec::new(),
        thread: format!("thread{}", number / 10),
        entry: "incidents/a/".to_owned(),
        is_correction: false,
        is_withdrawn: false,
        is_public: true,
        locales: vec![0],
    }
}

fn message(item: &Item) -> Message {
    Message {
        item: item.id.clone(),
        thread: item.thread.clone(),
        locale: "en".to_owned(),
        locale_at: 0,
        kind: item.kind,
        status: item.status,
        state: item.status,
        published: item.at,
        window: None,
        api_id: "abcdefghijkl".to_owned(),
        severity: item.severity,
        page: String::new(),
        address: String::new(),
        title: String::new(),
        headline: String::new(),
        severity_name: None,
        text: String::new(),
        html: String::new(),
        facts: Vec::new(),
        components: Vec::new(),
        at: item.at,
        at_words: String::new(),
        site_name: String::new(),
        home: String::new(),
        more: String::new(),
        tags: Vec::new(),
        mail: Letter::default(),
        feeds: Vec::new(),
    }
}

/// A world with a clock that only moves when somebody sleeps.
pub(super) struct World {
    pub(super) clock: AtomicI64,
    pub(super) runs: AtomicUsize,
    pub(super) since: Option<Instant>,
    pub(super) all: bool,
}

impl Default for World {
    fn default() -> World {
        let (clock, runs) = (AtomicI64::new(10_000), AtomicUsize::new(0));
        World { clock, runs, since: None, all: false }
    }
}

impl World {
    pub(super) fn pass(&self, seconds: i64) {
        self.clock.fetch_add(seconds, Ordering::SeqCst);
    }

    /// One run over all channels.
    pub(super) fn run(
        &self,
        keeper: &dyn Keeper,
        channels: &[(&config::Channel, &dyn Channel)],
        items: &[Item],
    ) -> Result<Report, RunError> {
        let sleep = |time: Duration| self.pass(i64::try_from(time.as_secs()).unwrap_or(0).max(1));
        let (book, _) = Book::open(keeper, &sleep)?;
        let id = self.runs.fetch_add(1, Ordering::SeqCst).to_string();
        let now = || Instant(self.clock.load(Ordering::SeqCst));
        let locales = ["en".to_owned()];
        let options = Options {
            since: self.since,
            all: self.all,
            owner: "a test",
            id: &id,
            locales: &locales,
            now: &now,
            sleep: &sleep,
            jitter: &|_| 0,
            compose: &|at, _| Ok(message(&items[at])),
            tell: &|_| (),
        };
        let open: Vec<Open<'_>> =
            channels.iter().map(|(config, channel)| Open { config, channel: Some(*channel) }).collect();
        run(&book, &open, items, &options)
    }
}

/// The words of the states of all deliveries in the ledger.
pub(super) fn states(ledger: &Ledger) -> BTreeSet<String> {
    let records = ledger.channels.values().flat_map(|channel| channel.deliveries.values());
    records.map(|record| record.state.word().to_owned()).collect()
}

pub(super) fn is_unknown(ledger: &Ledger, item: &str) -> bool {
    let mut records = ledger.channels.values().flat_map(|channel| channel.deliveries.values());
    records.any(|record| record.item == item && matches!(record.state, State::Unknown(_)))
}
