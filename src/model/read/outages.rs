//! Reads the spans of an incident whose impact came and went, from the front matter and from fact lines, and checks
//! what stands beside them.

use super::entry::{self, EntryReader, fact};
use super::value::{Value, is_unknown};
use crate::diagnostic::Place;
use crate::document::body::{Fact, RawUpdate};
use crate::document::moment;
use crate::limits::OUTAGES;
use crate::message::{Message, message};
use crate::model::entry::Update;
use crate::model::incident::{Change, Incident};
use crate::model::outages::{Outage, OutageEnd};
use crate::model::stated::{Bound, Stated};
use crate::model::time::Instant;
use crate::vocabulary::{FactKey, Status};

const BAD: &str = "incident/bad-outages";

/// Where a time is written, which decides what it means without a date.
#[derive(Clone)]
enum Source<'v> {
    Front(Value<'v>),
    /// A part of a fact line below an update of this time.
    Line(&'v EntryReader<'v>, Fact, Stated),
}

/// What a time without a date means.
#[derive(Clone, Copy)]
enum Near {
    /// The first such time at or after this one.
    After(Instant),
    /// The last such time at or before this one.
    Before(Instant),
    /// The nearest such time.
    Around(Instant),
    /// Nothing: it needs a date.
    Nothing,
    /// It follows from a time that could not be read, which is reported already.
    Lost,
}

/// One span or moment, as it is written.
struct Item<'v> {
    start: (Source<'v>, String),
    end: WrittenEnd<'v>,
}

enum WrittenEnd<'v> {
    Moment,
    Open,
    At(Source<'v>, String),
}

impl Source<'_> {
    fn fail(&self, code: &'static str, message: Message, help: Message) {
        match self {
            Source::Front(value) => value.fail(code, message, help),
            Source::Line(reader, fact, _) => reader.error(reader.at(&fact.range), code, message, help),
        }
    }

    fn read(&self, words: &str, bound: Bound, near: Near) -> Option<Stated> {
        let is_clock = moment::stated(words).is_some_and(|written| written.is_clock());
        match (self, near) {
            (_, Near::Lost) if is_clock => None,
            (Source::Front(value), Near::After(from)) if is_clock => value.stated_after(words, Some(from)),
            (Source::Front(value), _) => value.stated_in(words, bound),
            (Source::Line(reader, fact, _), Near::After(from)) if is_clock => {
                reader.fact_time(fact, from.into(), bound)
            }
            (Source::Line(reader, fact, _), Near::Before(until)) if is_clock => {
                reader.fact_time_before(fact, until.into())
            }
            (Source::Line(reader, fact, update), Near::Around(known)) if is_clock => {
                reader.fact_time_near(fact, *update, bound, known)
            }
            (Source::Line(reader, fact, update), _) => {
                let found = reader.fact_time(fact, *update, bound)?;
                let is_last_day = bound == Bound::Until && found.precision.day().is_some();
                // A day ends with the update that says so.
                let at = if is_last_day { found.at.min(reader.latest(*update)) } else { found.at };
                Some(Stated { at, ..found })
            }
        }
    }
}

impl Item<'_> {
    fn is_dated(&self) -> bool {
        moment::stated(&self.start.1).is_none_or(|written| !written.is_clock())
    }

    /// The outage whose start is the first such time after what is before it, and whose end comes after its start.
    fn after(&self, near: Near) -> Option<Outage> {
        let (source, words) = &self.start;
        let start = source.read(words, Bound::From, near);
        let end = match &self.end {
            WrittenEnd::Moment => Some(OutageEnd::Moment),
            WrittenEnd::Open => Some(OutageEnd::Open),
            WrittenEnd::At(source, words) => {
                let near = start.map_or(Near::Lost, |start| Near::After(start.at));
                source.read(words, Bound::Until, near).map(OutageEnd::At)
            }
        };
        Some(Outage { start: start?, end: end? })
    }

    /// The last such outage before an instant.
    fn before(&self, until: Option<Instant>) -> Option<Outage> {
        let near = |until: Option<Instant>| until.map_or(Near::Lost, Near::Before);
        let (end, until) = match &self.end {
            WrittenEnd::Moment => (Some(OutageEnd::Moment), until),
            WrittenEnd::Open => (Some(OutageEnd::Open), until),
            WrittenEnd::At(source, words) => {
                let end = source.read(words, Bound::Until, near(until));
                (end.map(OutageEnd::At), end.map(|end| end.at))
            }
        };
        let (source, words) = &self.start;
        let start = source.read(words, Bound::From, near(until));
        Some(Outage { start: start?, end: end? })
    }
}

/// Reads `outages` in the front matter. A single text is a list of one.
pub(super) fn front(reader: &EntryReader<'_>, value: &Value<'_>) -> Option<Vec<Outage>> {
    let values = if value.is_map() { vec![*value] } else { value.list_of(usize::MAX) };
    if values.is_empty() && value.is_list() {
        return value.refuse(BAD, empty(), example());
    }
    if values.len() > OUTAGES {
        let (message, help) = too_many(values.len());
        return value.refuse(BAD, message, help);
    }
    let read = values.iter().map(|value| written(*value));
    let items: Vec<Vec<Item<'_>>> = read.collect::<Vec<_>>().into_iter().collect::<Option<_>>()?;
    let items: Vec<Item<'_>> = items.into_iter().flatten().collect();
    resolve(reader, &items, Near::Nothing)
}

/// The items in one value of a list: a mapping, or a text.
fn written(value: Value<'_>) -> Option<Vec<Item<'_>>> {
    if !value.is_map() {
        let text = value.text()?;
        let items = split(&text, |_, words| (Source::Front(value), words.to_owned()));
        return items.or_else(|| value.refuse("time/invalid", unread(&text), example()));
    }
    let map = value.map()?;
    let start = map.required("start", "2026-11-20 18:07").and_then(|v| Some((Source::Front(v), v.text()?)));
    let end = match map.get("end") {
        None => Some(WrittenEnd::Moment),
        Some(end) if end.words().is_some_and(is_unknown) => Some(WrittenEnd::Open),
        Some(end) => end.text().map(|words| WrittenEnd::At(Source::Front(end), words)),
    };
    map.finish();
    Some(vec![Item { start: start?, end: end? }])
}

/// Reads an `outages` line below an update. Times without a date look back from it. In a correction, they are near the
/// start that readers knew.
pub(super) fn line<'v>(
    reader: &'v EntryReader<'v>,
    fact: &Fact,
    update: Stated,
    known: Option<Instant>,
) -> Option<Vec<Outage>> {
    let source = |from: usize, words: &str| {
        let start = fact.range.start + from;
        let part = Fact { value: words.to_owned(), range: start..start + words.len(), ..fact.clone() };
        (Source::Line(reader, part, update), words.to_owned())
    };
    let Some(items) = split(&fact.value, source) else {
        reader.error(reader.at(&fact.range), "time/invalid", unread(&fact.value), example());
        return None;
    };
    let latest = reader.latest(update);
    let found = resolve(reader, &items, known.map_or(Near::Before(latest), Near::Around))?;
    let mut is_past = true;
    for (item, outage) in items.iter().zip(&found) {
        if outage.ended().unwrap_or(outage.start).at > latest {
            let message = message!("model-outages-late", "this outage is later than its update");
            let help = message!("model-outages-late-help", "tell it in an update at or after that time");
            item.start.0.fail("incident/end-in-future", message, help);
            is_past = false;
        }
    }
    is_past.then_some(found)
}

/// Splits `18:07頃〜18:08頃、20:32頃` into its items. A date in words may contain a comma, so parts that are no time belong
/// to the part after them.
fn split<'v>(text: &str, source: impl Fn(usize, &str) -> (Source<'v>, String)) -> Option<Vec<Item<'v>>> {
    let mut items = Vec::new();
    let mut from = None;
    for (range, _) in entry::parts(text, &entry::COMMAS) {
        let start = *from.get_or_insert(range.start);
        let words = &text[start..range.end];
        let Some((first, last)) = moment::span_or_moment(words, is_unknown) else { continue };
        let place = |part: &str| start + (part.as_ptr() as usize - words.as_ptr() as usize);
        let end = match last {
            None => WrittenEnd::Moment,
            Some(end) if end.is_empty() || is_unknown(end) => WrittenEnd::Open,
            Some(end) => {
                let (source, words) = source(place(end), end);
                WrittenEnd::At(source, words)
            }
        };
        items.push(Item { start: source(place(first), first), end });
        from = None;
    }
    (from.is_none() && !items.is_empty()).then_some(items)
}

/// The spans with their dates. From the first item with a date on, each is the next after the one before it; those
/// before it look back.
fn resolve(reader: &EntryReader<'_>, items: &[Item<'_>], near: Near) -> Option<Vec<Outage>> {
    if items.len() > OUTAGES {
        let (message, help) = too_many(items.len());
        items[OUTAGES].start.0.fail(BAD, message, help);
        return None;
    }
    let dated = items.iter().position(Item::is_dated);
    let (pivot, last) = match (dated, near) {
        (Some(at), Near::Before(_)) => (at, None),
        (None, Near::Before(latest)) => (items.len(), Some(latest)),
        _ => (0, None),
    };
    let (back, ahead) = items.split_at(pivot);
    let mut later: Vec<Option<Outage>> = Vec::new();
    let mut after = near;
    for item in ahead {
        let found = item.after(after);
        after = found.map_or(Near::Lost, |found| Near::After(found.ended().unwrap_or(found.start).at));
        later.push(found);
    }
    let mut until = last.or_else(|| Some((*later.first()?)?.start.at));
    let mut earlier: Vec<Option<Outage>> = Vec::new();
    for item in back.iter().rev() {
        let found = item.before(until);
        until = found.map(|found| found.start.at);
        earlier.push(found);
    }
    let all: Vec<Outage> = earlier.into_iter().rev().chain(later).collect::<Option<_>>()?;
    let faults = (0..all.len()).filter_map(|at| Some((at, fault(reader, &all, at)?)));
    let faults: Vec<_> = faults.collect();
    let is_sound = faults.is_empty();
    for (at, (message, help)) in faults {
        items[at].start.0.fail(BAD, message, help);
    }
    is_sound.then_some(all)
}

/// Why an outage cannot be, or cannot follow those before it.
fn fault(reader: &EntryReader<'_>, all: &[Outage], at: usize) -> Option<(Message, Message)> {
    let (outage, zone) = (all[at], reader.zone());
    let start = zone.write(outage.start.at);
    if let OutageEnd::At(end) = outage.end
        && end.at <= outage.start.at
    {
        let message = message!("model-outages-end", "this outage ends before it starts, or when it starts");
        let help = message!(
            "model-outages-end-help",
            "check both times; if you do not know how long it was, write only one"
        );
        return Some((message, help));
    }
    let before = *all.get(at.checked_sub(1)?)?;
    if outage.start.at <= before.start.at {
        let message = message!(
            "model-outages-order",
            "this outage starts at {start}, and not after the start of the one before it",
            start
        );
        return Some((message, message!("model-outages-order-help", "write the outages in order of time")));
    }
    let Some(end) = before.ended() else {
        let message = message!("model-outages-open", "the outage before {start} has no end", start);
        let help = message!("model-outages-open-help", "only the last outage may be without an end");
        return Some((message, help));
    };
    (end.at > outage.start.at).then(|| {
        let message = message!(
            "model-outages-overlap",
            "this outage starts at {start}, before the one before it ends ({end})",
            start,
            end = zone.write(end.at)
        );
        let help =
            message!("model-outages-overlap-help", "change one of the two times, or write the two as one");
        (message, help)
    })
}

fn too_many(outages: usize) -> (Message, Message) {
    let message = message!(
        "model-outages-many",
        "there are {outages} outages; noroshi reads at most {most}",
        outages,
        most = OUTAGES
    );
    (message, message!("model-outages-many-help", "write outages that are close together as one"))
}

fn empty() -> Message {
    message!("model-outages-empty", "the list of outages is empty")
}

fn unread(text: &str) -> Message {
    message!("model-outages-unread", "cannot read `{text}` as outages", text)
}

fn example() -> Message {
    message!(
        "model-outages-example",
        "write spans or moments, such as `2026-11-20 18:07 to 18:08, 20:32`; the end of the last may be `unknown`"
    )
}

/// Reports `started` beside `outages` in the front matter.
pub(super) fn beside(started: &Value<'_>) {
    let message =
        message!("model-outages-started", "`outages` says when the impact began, and so does `started`");
    started.fail(BAD, message, message!("model-outages-started-help", "remove `started`"));
}

/// The list of an update, if it has one. `known` is the start in the front matter.
pub(super) fn of_update<'v>(
    reader: &'v EntryReader<'v>,
    raw: &RawUpdate,
    at: Stated,
    known: Option<Stated>,
) -> Vec<Outage> {
    let Some(list) = fact(raw, FactKey::Outages) else { return Vec::new() };
    for other in [FactKey::Started, FactKey::Ended].into_iter().filter_map(|key| fact(raw, key)) {
        let message = message!(
            "model-outages-beside",
            "`outages` says when the impact began and ended, and so does `{key}`",
            key = other.key.word()
        );
        let help = message!("model-outages-beside-help", "remove one of the two lines");
        reader.error(reader.at(&other.key_range), BAD, message, help);
    }
    // A correction may come days later, so its times are near those that it replaces.
    let near = || (raw.status == Status::Correction).then(|| told(reader, at).or(known)).flatten();
    line(reader, list, at, near().map(|start| start.at)).unwrap_or_default()
}

/// Closes the lists of an incident that is over: the impact ended with the update that resolved it.
pub(super) fn close(reader: &EntryReader<'_>, updates: &mut [Update<Change>]) {
    let mut resolved: Option<Stated> = None;
    for update in updates {
        match update.status {
            Status::Resolved => resolved = resolved.or(Some(update.stated())),
            Status::Update | Status::Correction => {}
            _ => resolved = None,
        }
        if let (Some(last), Some(resolved)) = (update.change.outages.last_mut(), resolved) {
            let is_after = resolved.at > last.start.at;
            // A day that is all that is known of it ends with itself.
            let at = if is_after { resolved.at } else { reader.latest(resolved) };
            *last = last.closed(Some(Stated { at, ..resolved }));
        }
    }
}

/// The start that the last list before an update says.
fn told<'v>(reader: &'v EntryReader<'v>, at: Stated) -> Option<Stated> {
    let before = reader.stated_updates().filter(|(raw, when)| {
        raw.status == Status::Resolved && when.at < at.at && fact(raw, FactKey::Outages).is_some()
    });
    let (raw, when) = before.max_by_key(|(_, when)| when.at)?;
    line(reader, fact(raw, FactKey::Outages)?, when, None)?.first().map(|outage| outage.start)
}

/// Reports times of updates that contradict the list before them.
pub(super) fn sense(reader: &EntryReader<'_>, incident: &Incident) {
    let mut list = &incident.outages;
    // After a reopening, the list no longer says when the impact ends.
    let (mut is_over, mut is_last) = (false, true);
    for update in &incident.updates {
        if !update.change.outages.is_empty() {
            (list, is_last) = (&update.change.outages, true);
        } else if !list.is_empty() {
            contradictions(reader, update, list.last().filter(|_| is_last).copied());
        }
        match update.status {
            Status::Resolved => is_over = true,
            Status::Update | Status::Correction => {}
            _ => (is_over, is_last) = (false, is_last && !is_over),
        }
    }
}

/// `last` is the last outage of the list, if it says when the impact ends.
fn contradictions(reader: &EntryReader<'_>, update: &Update<Change>, last: Option<Outage>) {
    let fail = |code, message, help| reader.error(place(update), code, message, help);
    let end = last.and_then(Outage::ended);
    if update.change.started.is_some() || (update.change.ended.is_some() && end.is_some()) {
        let key = if update.change.started.is_some() { FactKey::Started } else { FactKey::Ended };
        let message = message!(
            "model-outages-listed",
            "`{key}` changes a time that `outages` has said before",
            key = key.word()
        );
        fail(BAD, message, message!("model-outages-listed-help", "write all outages in an `outages` line"));
    } else if update.status == Status::Resolved
        && end.is_some_and(|end| reader.latest(update.stated()) < end.at)
    {
        let message =
            message!("model-outages-resolved", "this update resolves the incident before its last outage");
        let help = message!(
            "model-outages-resolved-help",
            "check both times, or write the `outages` in the last update that resolves it"
        );
        fail("incident/end-before-start", message, help);
    }
}

fn place(update: &Update<Change>) -> Place {
    update.place.clone()
}
