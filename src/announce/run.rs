//! A run: finds what is new, and sends each delivery once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::channel::{Channel, Delivery, Guard, SendError, Sent};
use super::item::Item;
use super::ledger::{
    Book, ChannelRecord, Delivered, Edit, Failure, Intent, KeeperError, Ledger, Record, State, key,
};
use super::message::Message;
use super::reasons;
use crate::limits::{
    ANNOUNCE_BUDGET_SECONDS, ANNOUNCE_CATCH_UP_SECONDS, ANNOUNCE_LEASE_SECONDS, ANNOUNCE_TRIES,
};
use crate::message::{self as messages, message};
use crate::model::Instant;
use crate::model::announce::{self, AfterCrash, Filter, Mode};

/// A channel of site.yaml.
pub struct Open<'a> {
    pub config: &'a announce::Channel,
    /// `None` if its platform cannot be used, such as without its token: what is new is recorded as due, and nothing is sent.
    pub channel: Option<&'a dyn Channel>,
}

/// What a run is asked to do, and what it may not do by itself.
pub struct Options<'a> {
    /// Updates since then count as new, although they are old.
    pub since: Option<Instant>,
    /// Whether more updates than a run sends by itself are sent.
    pub all: bool,
    /// Who runs, for people.
    pub owner: &'a str,
    /// The id of the run: random, and nobody else's.
    pub id: &'a str,
    /// The tags of the site's languages.
    pub locales: &'a [String],
    pub now: &'a (dyn Fn() -> Instant + Sync),
    pub sleep: &'a (dyn Fn(Duration) + Sync),
    /// A number below its argument, so that runners do not try at the same moments.
    pub jitter: &'a (dyn Fn(u64) -> u64 + Sync),
    /// Composes the message of an item, by its position, in a language.
    pub compose: &'a (dyn Fn(usize, usize) -> Result<Message, messages::Message> + Sync),
    /// Is told of each outcome at once.
    pub tell: &'a (dyn Fn(&Line) + Sync),
}

/// What became of one delivery in this run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    pub channel: String,
    pub key: String,
    pub record: Record,
    /// Why, if it was not sent. The record has it in English.
    pub reason: Option<messages::Message>,
}

#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Report {
    /// Channels that this run saw first: everything was recorded as old.
    pub begun: Vec<String>,
    pub lines: Vec<Line>,
    /// Updates that wait until the published site has them.
    pub not_public: usize,
    /// Messages that another run has begun to send, or had when it was killed.
    pub elsewhere: usize,
    /// Everything is stopped.
    pub is_held: bool,
}

/// Why nothing was sent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RunError {
    Ledger(KeeperError),
    /// A channel would get more updates than one run sends by itself.
    TooMany {
        channel: String,
        count: usize,
    },
}

impl From<KeeperError> for RunError {
    fn from(error: KeeperError) -> RunError {
        RunError::Ledger(error)
    }
}

/// What a run would do with a channel.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Plan {
    /// Whether the channel is new, and all is old.
    pub is_first: bool,
    pub old: BTreeSet<String>,
    /// New deliveries, oldest first.
    pub new: Vec<(String, Record)>,
    /// Updates that wait until the published site has them.
    pub not_public: usize,
}

/// Says what is new for a channel.
#[must_use]
pub fn plan(config: &announce::Channel, items: &[Item], ledger: &Ledger, options: &Options<'_>) -> Plan {
    let now = (options.now)();
    let known = ledger.channels.get(&config.name);
    let is_first = known.is_none();
    let nothing = ChannelRecord { begun: now, old: BTreeSet::new(), deliveries: BTreeMap::new() };
    let known = known.unwrap_or(&nothing);
    let mut plan = Plan { is_first, ..Plan::default() };
    for item in items {
        let is_asked = options.since.is_some_and(|since| item.at >= since);
        if is_first && !is_asked {
            plan.old.insert(item.short.clone());
            continue;
        }
        if known.old.contains(&item.short) && !is_asked {
            continue;
        }
        if config.mode == Mode::Off || item.is_withdrawn || !fits(config, item) {
            if !known.old.contains(&item.short) {
                plan.old.insert(item.short.clone());
            }
            continue;
        }
        if !item.is_public {
            plan.not_public += 1;
            continue;
        }
        for locale in locales(&config.filter, item, options.locales.len()) {
            let locale = &options.locales[locale];
            let key = key(&item.id, locale);
            if known.deliveries.contains_key(&key) {
                continue;
            }
            let state = if config.mode == Mode::Approve { State::Waiting } else { State::Due };
            let record = Record {
                item: item.id.clone(),
                locale: locale.clone(),
                entry: item.entry.clone(),
                thread: item.thread.clone(),
                status: item.status.to_owned(),
                at: item.at,
                seen: now,
                state,
            };
            plan.new.push((key, record));
        }
    }
    plan.new.sort_by_key(|(_, record)| record.at);
    plan
}

/// The languages in which a channel gets an item.
fn locales(filter: &Filter, item: &Item, count: usize) -> Vec<usize> {
    let wanted = |locale: &usize| filter.locales.is_empty() || filter.locales.contains(locale);
    let all: Vec<usize> = (0..count).filter(wanted).collect();
    let has: Vec<usize> = all.iter().copied().filter(|locale| item.locales.contains(locale)).collect();
    // An entry that does not exist in the channel's languages is sent in the one that it has: better foreign than not at all.
    if has.is_empty() { all.into_iter().take(1).collect() } else { has }
}

fn fits(config: &announce::Channel, item: &Item) -> bool {
    let Filter { components, kinds, severities, statuses, locales: _ } = &config.filter;
    let has_part = |at: &usize| components.contains(at);
    (kinds.is_empty() || kinds.contains(&item.kind))
        // What names no component concerns everybody.
        && (components.is_empty() || item.components.is_empty() || item.components.iter().any(has_part))
        // Maintenance and notices have no severity.
        && (severities.is_empty() || item.severity.is_none_or(|severity| severities.contains(&severity)))
        && (statuses.is_empty() || statuses.iter().any(|status| status == item.status))
        && (config.has_corrections || !item.is_correction)
}

/// Sends what is new to all channels, side by side.
///
/// # Errors
/// The ledger is not reached, or a channel would get too much: nothing was sent.
pub fn run(
    book: &Book<'_>,
    channels: &[Open<'_>],
    items: &[Item],
    options: &Options<'_>,
) -> Result<Report, RunError> {
    let ledger = book.ledger();
    let mut report = Report { is_held: ledger.held.is_some(), ..Report::default() };
    let plans: Vec<Plan> = channels.iter().map(|open| plan(open.config, items, &ledger, options)).collect();
    for (open, plan) in channels.iter().zip(&plans) {
        if plan.new.len() > crate::limits::ANNOUNCE_ITEMS && !options.all {
            return Err(RunError::TooMany { channel: open.config.name.clone(), count: plan.new.len() });
        }
        if plan.is_first {
            report.begun.push(open.config.name.clone());
        }
        report.not_public = report.not_public.max(plan.not_public);
    }
    if plans.iter().any(|plan| plan.is_first || !plan.old.is_empty() || !plan.new.is_empty()) {
        record(book, channels, &plans, items, options)?;
    }
    if report.is_held {
        return Ok(report);
    }
    let lines = Mutex::new(Vec::new());
    let failed = Mutex::new(None);
    thread::scope(|scope| {
        for Open { config, channel } in channels.iter().filter(|open| open.config.mode != Mode::Off) {
            let (Some(channel), lines, failed) = (*channel, &lines, &failed) else { continue };
            scope.spawn(move || {
                let begun = (options.now)();
                let courier = Courier { book, config, channel, items, options, begun, lines };
                if let Err(error) = courier.work() {
                    *failed.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
                }
            });
        }
    });
    // Somebody may have stopped everything while this run was at work.
    let ledger = book.ledger();
    report.is_held = ledger.held.is_some();
    // What this run began has ended by now.
    report.elsewhere = channels
        .iter()
        .filter_map(|open| ledger.channels.get(&open.config.name))
        .flat_map(|channel| channel.deliveries.values())
        .filter(|record| matches!(record.state, State::Intended(_)))
        .count();
    report.lines = lines.into_inner().unwrap_or_else(PoisonError::into_inner);
    match failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some(error) => Err(error.into()),
        None => Ok(report),
    }
}

/// Writes a new ledger in which all of these updates are old for these channels.
///
/// # Errors
/// The place is not reached.
pub fn begin(
    book: &Book<'_>,
    channels: &[&announce::Channel],
    items: &[Item],
    now: Instant,
) -> Result<(), KeeperError> {
    let old: BTreeSet<String> = items.iter().map(|item| item.short.clone()).collect();
    book.change(|ledger| {
        for channel in channels {
            let record = ChannelRecord { begun: now, old: old.clone(), deliveries: BTreeMap::new() };
            ledger.channels.insert(channel.name.clone(), record);
        }
        true
    })?;
    Ok(())
}

/// Records what is new before anything is sent.
fn record(
    book: &Book<'_>,
    channels: &[Open<'_>],
    plans: &[Plan],
    items: &[Item],
    options: &Options<'_>,
) -> Result<(), KeeperError> {
    let now = (options.now)();
    let present: BTreeSet<String> =
        items.iter().flat_map(|item| [item.short.clone(), item.id.clone()]).collect();
    book.change(|ledger| {
        let before = ledger.clone();
        for (open, plan) in channels.iter().zip(plans) {
            let channel = ledger.channels.entry(open.config.name.clone()).or_insert_with(|| ChannelRecord {
                begun: now,
                old: BTreeSet::new(),
                deliveries: BTreeMap::new(),
            });
            channel.old.extend(plan.old.iter().cloned());
            for (key, record) in &plan.new {
                // Another runner may have seen it in the meantime.
                channel.deliveries.entry(key.clone()).or_insert_with(|| record.clone());
            }
        }
        ledger.forget(&present, now);
        *ledger != before
    })?;
    Ok(())
}

/// Sends the deliveries of one channel, one after the other.
struct Courier<'a> {
    book: &'a Book<'a>,
    config: &'a announce::Channel,
    channel: &'a dyn Channel,
    items: &'a [Item],
    options: &'a Options<'a>,
    begun: Instant,
    lines: &'a Mutex<Vec<Line>>,
}

/// Whether the channel goes on.
enum Next {
    Go,
    /// Not with this entry.
    Wait,
    Stop,
}

/// What to do with a delivery.
enum Step {
    Send {
        first: Option<Instant>,
    },
    /// Nobody knows whether it was sent, and nobody may try.
    GiveUp {
        reason: messages::Message,
        first: Instant,
    },
    Skip(messages::Message),
    /// Nothing; a person decides, or it has ended.
    Leave,
    /// Nothing, for another runner has it.
    Wait,
}

impl Courier<'_> {
    fn instant(&self) -> Instant {
        (self.options.now)()
    }

    fn work(&self) -> Result<(), KeeperError> {
        let name = &self.config.name;
        let mut open: Vec<(String, Record)> = match self.book.ledger().channels.get(name) {
            Some(channel) => {
                channel.deliveries.clone().into_iter().filter(|(_, r)| r.state.is_open()).collect()
            }
            None => return Ok(()),
        };
        // Updates of one entry in their order, and their languages together.
        open.sort_by(|(a, first), (b, second)| (first.at, a).cmp(&(second.at, b)));
        // Entries of which another runner is sending an update: what came later waits for it.
        let mut busy: BTreeSet<(&str, &str)> = BTreeSet::new();
        let mut is_first = true;
        for (key, record) in &open {
            let entry = (record.thread.as_str(), record.locale.as_str());
            if busy.contains(&entry) {
                continue;
            }
            let next = match self.step(key, record) {
                Step::Leave => Next::Go,
                Step::Wait => Next::Wait,
                Step::Skip(reason) => {
                    let to = State::Skipped { at: self.instant(), reason: reason.english().to_owned() };
                    self.set(key, record, &record.state, to, Some(reason))?;
                    Next::Go
                }
                Step::GiveUp { reason, first } => {
                    let to = State::Unknown(self.failed(&reason, Some(first)));
                    self.set(key, record, &record.state, to, Some(reason))?;
                    Next::Go
                }
                Step::Send { first } => {
                    if !std::mem::take(&mut is_first) {
                        self.rest();
                    }
                    self.deliver(key, record, first)?
                }
            };
            match next {
                Next::Go => {}
                Next::Wait => _ = busy.insert(entry),
                Next::Stop => break,
            }
        }
        Ok(())
    }

    /// Decides about a delivery by what the ledger says of it and of its neighbours.
    fn step(&self, key: &str, record: &Record) -> Step {
        let now = self.instant();
        match &record.state {
            State::Waiting | State::Unknown(_) | State::Sent(_) | State::Skipped { .. } => {
                return Step::Leave;
            }
            State::Intended(intent) if intent.until > now => return Step::Wait,
            State::Intended(intent) if !self.may_repeat(intent.first) => {
                let reason =
                    message!("announce-run-ended", "a run of {by} ended while it sent this", by = intent.by);
                return Step::GiveUp { reason, first: intent.first };
            }
            State::Failed(Failure { first: Some(first), reason, .. }) if !self.may_repeat(*first) => {
                return Step::GiveUp { reason: reasons::known(reason), first: *first };
            }
            State::Intended(_) | State::Due | State::Failed(_) => {}
        }
        if self.item(record).is_some_and(|item| item.is_withdrawn) {
            return Step::Skip(reasons::withdrawn());
        }
        if self.is_superseded(key, record) {
            return Step::Skip(reasons::superseded());
        }
        let first = match &record.state {
            State::Intended(intent) => Some(intent.first),
            State::Failed(failure) => failure.first,
            _ => None,
        };
        Step::Send { first }
    }

    /// Whether the same message may be sent again although the platform may have it.
    fn may_repeat(&self, first: Instant) -> bool {
        let is_known = match self.channel.guard() {
            Guard::Always => true,
            Guard::For(time) => {
                let age = u64::try_from(self.instant().0.saturating_sub(first.0)).unwrap_or(0);
                age.saturating_add(crate::limits::ANNOUNCE_SECONDS) < time.as_secs()
            }
            Guard::None => false,
        };
        is_known || self.config.after_crash == AfterCrash::AtLeastOnce
    }

    /// Whether a newer update of the same entry was already sent in the same language, or waits behind one that has waited
    /// long: who was away wants to know what is true now.
    fn is_superseded(&self, key: &str, record: &Record) -> bool {
        let has_waited = self.instant().0 - record.seen.0 > ANNOUNCE_CATCH_UP_SECONDS;
        let ledger = self.book.ledger();
        let Some(channel) = ledger.channels.get(&self.config.name) else { return false };
        channel.deliveries.iter().any(|(other, newer)| {
            other != key
                && (newer.thread == record.thread && newer.locale == record.locale && newer.at > record.at)
                && match newer.state {
                    State::Sent(_) => !matches!(record.state, State::Due),
                    State::Due => has_waited,
                    _ => false,
                }
        })
    }

    fn item(&self, record: &Record) -> Option<&Item> {
        self.items.iter().find(|item| item.id == record.item)
    }

    /// Sends a delivery, with the intent before and the outcome after it.
    fn deliver(&self, key: &str, record: &Record, first: Option<Instant>) -> Result<Next, KeeperError> {
        let position = self.items.iter().position(|item| item.id == record.item);
        let locale = self.options.locales.iter().position(|tag| *tag == record.locale);
        let Some((item, locale)) = position.zip(locale) else {
            let reason = reasons::gone();
            let to = State::Skipped { at: self.instant(), reason: reason.english().to_owned() };
            self.set(key, record, &record.state, to, Some(reason))?;
            return Ok(Next::Go);
        };
        let message = match (self.options.compose)(item, locale) {
            Ok(message) => message,
            Err(reason) => {
                let to = State::Failed(self.failed(&reason, first));
                self.set(key, record, &record.state, to, Some(reason))?;
                return Ok(Next::Go);
            }
        };
        let id = delivery_id(&self.config.name, key);
        let mut from = record.state.clone();
        // Since when the platform may have it.
        let mut perhaps = first;
        for attempt in 1..=ANNOUNCE_TRIES {
            let now = self.instant();
            let intent = State::Intended(Intent {
                first: perhaps.unwrap_or(now),
                until: Instant(now.0 + ANNOUNCE_LEASE_SECONDS),
                run: self.options.id.to_owned(),
                by: self.options.owner.to_owned(),
            });
            if from != intent && !self.set(key, record, &from, intent.clone(), None)? {
                // Another runner has it.
                return Ok(Next::Wait);
            }
            from = intent;
            let (head, latest) = self.thread(record);
            let delivery = Delivery {
                key: &id,
                first: head.as_deref(),
                latest: latest.as_deref(),
                is_repeated: perhaps.is_some(),
                is_test: false,
            };
            let (reason, wait) = match self.channel.send(&message, &delivery) {
                Ok(Sent { id, address }) => {
                    let to = State::Sent(Delivered { at: self.instant(), id, address });
                    self.set(key, record, &from, to, None)?;
                    return Ok(Next::Go);
                }
                Err(SendError::Later { reason, wait }) => (reason, wait),
                Err(SendError::Refused { reason, help }) => {
                    let reason = message!("announce-refused", "{reason}; {help}", reason, help);
                    let to = State::Failed(self.failed(&reason, perhaps));
                    self.set(key, record, &from, to, Some(reason))?;
                    return Ok(Next::Stop);
                }
                Err(SendError::Unknown { reason }) => {
                    let since = *perhaps.get_or_insert(now);
                    if !self.may_repeat(since) {
                        let to = State::Unknown(self.failed(&reason, perhaps));
                        self.set(key, record, &from, to, Some(reason))?;
                        return Ok(Next::Go);
                    }
                    (reason, None)
                }
            };
            let backoff = 1_u64 << attempt.min(6);
            let wait = wait.unwrap_or_else(|| {
                Duration::from_millis(backoff * 500 + (self.options.jitter)(backoff * 500))
            });
            let spent = u64::try_from(self.instant().0.saturating_sub(self.begun.0)).unwrap_or(0);
            if attempt == ANNOUNCE_TRIES || spent.saturating_add(wait.as_secs()) > ANNOUNCE_BUDGET_SECONDS {
                let to = State::Failed(self.failed(&reason, perhaps));
                self.set(key, record, &from, to, Some(reason))?;
                return Ok(Next::Stop);
            }
            (self.options.sleep)(wait);
        }
        Ok(Next::Stop)
    }

    fn failed(&self, reason: &messages::Message, first: Option<Instant>) -> Failure {
        Failure { at: self.instant(), reason: reason.english().to_owned(), first }
    }

    /// Keeps the distance between messages that the platform asks for.
    fn rest(&self) {
        let pause = self.channel.pause();
        if !pause.is_zero() {
            (self.options.sleep)(pause);
        }
    }

    /// The ids of the first and the latest message about the same entry in the same language.
    fn thread(&self, record: &Record) -> (Option<String>, Option<String>) {
        let ledger = self.book.ledger();
        let Some(channel) = ledger.channels.get(&self.config.name) else { return (None, None) };
        let mut sent: Vec<(Instant, Instant, &str)> = channel
            .deliveries
            .values()
            .filter(|other| other.thread == record.thread && other.locale == record.locale)
            .filter_map(|other| match &other.state {
                State::Sent(delivered) => Some((delivered.at, other.at, delivered.id.as_deref()?)),
                _ => None,
            })
            .collect();
        // A run may send several within a second.
        sent.sort_by_key(|(sent, at, _)| (*sent, *at));
        let id = |found: Option<&(Instant, Instant, &str)>| found.map(|(_, _, id)| (*id).to_owned());
        (id(sent.first()), id(sent.last()))
    }

    /// Changes the state of a delivery, and says whether it was what it should be. Tells of every outcome.
    fn set(
        &self,
        key: &str,
        record: &Record,
        from: &State,
        to: State,
        reason: Option<messages::Message>,
    ) -> Result<bool, KeeperError> {
        let edit = Edit {
            channel: self.config.name.clone(),
            key: key.to_owned(),
            from: from.clone(),
            to: to.clone(),
        };
        let is_made = self.book.edit(edit)?;
        if is_made && !matches!(to, State::Intended(_)) {
            let channel = self.config.name.clone();
            let record = Record { state: to, ..record.clone() };
            let line = Line { channel, key: key.to_owned(), record, reason };
            (self.options.tell)(&line);
            self.lines.lock().unwrap_or_else(PoisonError::into_inner).push(line);
        }
        Ok(is_made)
    }
}

/// The UUID of a delivery: the same in each try, and another one in each channel.
fn delivery_id(channel: &str, key: &str) -> String {
    crate::site::identity::long(&["announce", channel, key])
}
