//! Reads front matter and updates of an incident into [`Incident`], and reports contradictions and likely
//! mistakes.

use super::advice;
use super::entry::{self, EntryReader, fact};
use super::nouns::Noun;
use super::outages;
use super::value::{Map, Value, is_unknown};
use crate::document::body::{Fact, RawUpdate};
use crate::document::moment;
use crate::kind::EntryKind;
use crate::message::{Message, message, near_and_words};
use crate::model::entry::{Estimate, Update};
use crate::model::incident::{Change, Incident};
use crate::model::outages::Outage;
use crate::model::stated::{Bound, Precision, Stated};
use crate::model::text::{Localized, Text};
use crate::model::time::Instant;
use crate::vocabulary::{FactKey, Section, Severity, Status};

pub(super) fn read(reader: &EntryReader<'_>, map: &Map<'_>) -> Option<Incident> {
    let head = reader.head(EntryKind::Incident, map);
    let words: Vec<&str> = Severity::ALL.iter().map(|s| s.word()).collect();
    let severity = map.required("severity", "minor").and_then(|v| {
        v.word(Noun::Severity, |w, more| Severity::from_word_or_alias(w, Severity::ALL, more), &words)
    });
    let affects = map.required("affects", "[]").map(|v| reader.affects(&v));
    let begun = begun(reader, map);
    let started = begun.started;
    let detected = map.get("detected").and_then(|v| v.stated(Bound::From));
    let scope = reader.rich("scope", map);
    let expected_value = map.get("expected_recovery");
    let expected_recovery = expected_value.as_ref().and_then(Value::time_or_words).map(estimate);
    if let (Some(value), Some(Estimate::At(at)), Some(started)) =
        (expected_value, &expected_recovery, started)
        && at.at < started.at
    {
        let message =
            message!("model-incident-early-recovery", "`expected_recovery` is earlier than `started`");
        value.fail("incident/end-before-start", message, check_both());
    }
    let next_update = map.get("next_update").and_then(|v| v.next_update());
    let advice = advice::read(reader, map, None);
    let fields = reader.fields(EntryKind::Incident, map);
    let backfilled = map.get("backfilled").and_then(|v| v.bool()).unwrap_or(false);
    let mut updates = reader.updates(|raw, at| change(reader, raw, at, started));
    outages::close(reader, &mut updates);
    reader.number(&mut updates, reader.numbering(map), |_| None);
    let head = head?;
    let first = || {
        [detected.map(|d| d.at), updates.first().map(|u| u.at), head.publish_at].into_iter().flatten().min()
    };
    let started = begun.known(first);
    let incident = Incident {
        faq: reader.faq(),
        postmortem: reader.dated_section(Section::Postmortem, !backfilled),
        head,
        severity: severity?,
        affects: affects?,
        started: started?,
        outages: begun.outages,
        detected,
        scope,
        expected_recovery,
        next_update,
        advice,
        fields,
        backfilled,
        summary: reader.summary(),
        updates,
        workaround: reader.section(Section::Workaround),
        actions: reader.section(Section::Actions),
        compensation: reader.section(Section::Compensation),
    };
    match begun.value.filter(|_| starts_last(reader, &incident)) {
        Some(value) => {
            let key = begun.key;
            let message = message!("model-incident-late-start", "`{key}` is later than every update", key);
            let help = message!(
                "model-incident-late-start-help",
                "check the day, the year and the zone of `{key}`, and the times of the updates",
                key
            );
            if incident.updates.iter().any(|update| update.status == Status::Resolved) {
                value.fail("incident/end-before-start", message, help);
            } else {
                value.warn("incident/update-before-start", message, help);
            }
        }
        None => sense(reader, &incident),
    }
    Some(incident)
}

/// When an incident began, as the front matter says it: in `started`, or in the first of its `outages`.
struct Begun<'v> {
    key: &'static str,
    value: Option<Value<'v>>,
    started: Option<Stated>,
    outages: Vec<Outage>,
}

fn begun<'v>(reader: &EntryReader<'_>, map: &Map<'v>) -> Begun<'v> {
    if let Some(value) = map.get("outages") {
        if let Some(started) = map.get("started") {
            outages::beside(&started);
        }
        let outages = outages::front(reader, &value).unwrap_or_default();
        let started = outages.first().map(|outage| outage.start);
        return Begun { key: "outages", value: Some(value), started, outages };
    }
    let value = map.required("started", "2026-11-20 10:15");
    let is_known = !value.as_ref().and_then(Value::words).is_some_and(is_unknown);
    let started = value.as_ref().filter(|_| is_known).and_then(|value| value.stated(Bound::From));
    Begun { key: "started", value, started, outages: Vec::new() }
}

impl Begun<'_> {
    /// The start, or if it is not known, when the incident was noticed.
    fn known(&self, noticed: impl Fn() -> Option<Instant>) -> Option<Stated> {
        let unknown = self.value.as_ref().filter(|value| value.words().is_some_and(is_unknown));
        let (None, Some(value)) = (self.started, unknown) else { return self.started };
        let noticed = noticed().map(|at| Stated { at, precision: Precision::Unknown });
        noticed.or_else(|| {
            let message = message!(
                "model-incident-no-start",
                "`started` is not known, and nothing says when it was noticed"
            );
            let help = message!("model-incident-no-start-help", "add `detected`, `publish_at` or an update");
            value.refuse("entry/missing-key", message, help)
        })
    }
}

/// Whether an incident starts after all of its updates. Then `started` is wrong, and each update that is compared with
/// it would only repeat that.
fn starts_last(reader: &EntryReader<'_>, incident: &Incident) -> bool {
    let is_before = |update: &Update<Change>| reader.latest(update.stated()) < incident.started.at;
    incident.updates.len() > 1 && incident.updates.iter().all(is_before)
}

/// Reports contradictions and likely mistakes.
fn sense(reader: &EntryReader<'_>, incident: &Incident) {
    for update in &incident.updates {
        let over = update.status == Status::Resolved && update.change.ended.is_none();
        let latest = reader.latest(update.stated());
        let started = incident.started_by(update);
        if over && latest < started.at {
            let message = message!(
                "model-incident-resolved-early",
                "this update resolves the incident before `started`"
            );
            reader.error(update.place.clone(), "incident/end-before-start", message, check_both());
        } else if latest < started.at && update.change.start().is_none() {
            let message = message!(
                "model-incident-update-early",
                "this update is earlier than the incident's `started`"
            );
            reader.warning(update.place.clone(), "incident/update-before-start", message, check_both());
        }
        parts_end(reader, incident, update);
        if let Some(ended) = update.change.ended {
            if ended.at < started.at {
                let message = message!(
                    "model-incident-ended-early",
                    "`ended` is earlier than the incident's `started`"
                );
                reader.error(update.place.clone(), "incident/end-before-start", message, check_both());
            } else if ended.at > latest {
                let message = message!("model-incident-ended-late", "`ended` is later than its update");
                reader.error(update.place.clone(), "incident/end-in-future", message, end_by_update());
            }
        }
    }
    corrected(reader, incident);
    outages::sense(reader, incident);
    if incident.backfilled && incident.head.publish_at.is_none() {
        let message = message!("model-incident-backfilled", "a backfilled incident has no `publish_at`");
        let help = message!(
            "model-incident-backfilled-help",
            "add `publish_at` with the time when you recorded it; its only feed item gets that time"
        );
        reader.warning(incident.head.place.clone(), "incident/backfilled-when", message, help);
    }
}

fn check_both() -> Message {
    message!("model-incident-check-both", "check both times")
}

fn check_both_with_date() -> Message {
    message!("model-incident-check-both-date", "check both times, and write the date")
}

fn end_by_update() -> Message {
    message!("model-incident-ended-late-help", "write `ended` in an update at or after that time")
}

/// Checks where an end may stand, and the times that corrections change.
fn corrected(reader: &EntryReader<'_>, incident: &Incident) {
    let mut is_over = false;
    let mut ended = None;
    for update in &incident.updates {
        let at = || update.place.clone();
        match update.status {
            Status::Resolved => {
                is_over = true;
                ended = Some(update.change.ended.or(ended).unwrap_or(update.stated()));
            }
            Status::Update | Status::Correction => {}
            _ => (is_over, ended) = (false, None),
        }
        if update.change.ended.is_some() && update.status != Status::Resolved {
            if update.status != Status::Correction {
                let message = message!(
                    "model-incident-ended-open",
                    "`ended` is allowed only under `resolved`, and under a `correction` after it"
                );
                let help = message!("model-incident-ended-open-help", "move it there");
                reader.error(at(), "update/unknown-fact", message, help);
            } else if !is_over {
                let message = message!(
                    "model-incident-corrected-open",
                    "this correction says when the incident ended, and no `resolved` stands before it"
                );
                let help = message!("model-incident-corrected-open-help", "write `ended` under `resolved`");
                reader.error(at(), "update/unknown-fact", message, help);
            } else {
                ended = update.change.ended;
            }
        }
        let Some(started) = update.change.started else { continue };
        // An end in the same correction was compared with it already.
        if update.change.ended.is_none() && ended.is_some_and(|ended| ended.at < started.at) {
            let message = message!(
                "model-incident-corrected-start-late",
                "`started` of this correction is later than the end of the incident"
            );
            reader.error(at(), "incident/end-before-start", message, check_both_with_date());
        } else if reader.latest(update.stated()) < started.at {
            let message = message!(
                "model-incident-corrected-start-future",
                "`started` of this correction is later than the correction"
            );
            reader.error(at(), "incident/end-in-future", message, check_both_with_date());
        }
    }
}

/// Checks the components that ended before the rest: each must be affected, and its end must lie within the
/// incident.
fn parts_end(reader: &EntryReader<'_>, incident: &Incident, update: &Update<Change>) {
    let updates = incident.updates.iter().take_while(|u| u.at <= update.at);
    let latest = reader.latest(update.stated());
    let affects: Vec<_> =
        updates.filter_map(|u| u.change.affects.as_ref()).chain([&incident.affects]).collect();
    for (component, ended) in &update.change.ended_parts {
        let id = &reader.config.components.all[*component].id;
        let is_touched = affects.iter().any(|affects| affects.given.iter().any(|(of, _)| of == component));
        let error =
            |code, message: Message, help: Message| reader.error(update.place.clone(), code, message, help);
        if !is_touched {
            let message = message!(
                "model-incident-part-untouched",
                "`ended` names `{id}`, which this incident does not affect",
                id
            );
            let help =
                message!("model-incident-part-untouched-help", "add it to `affects`, or remove it here");
            error("incident/unknown-component", message, help);
        } else if ended.at < incident.started_by(update).at {
            let message = message!(
                "model-incident-part-early",
                "`ended` of `{id}` is earlier than the incident's `started`",
                id
            );
            error("incident/end-before-start", message, check_both());
        } else if ended.at > latest {
            let message =
                message!("model-incident-part-late", "`ended` of `{id}` is later than its update", id);
            error("incident/end-in-future", message, end_by_update());
        }
    }
}

fn estimate(read: Result<Stated, Text>) -> Estimate {
    read.map_or_else(Estimate::Words, Estimate::At)
}

/// `begun` is the start in the front matter, if it is known.
fn change(reader: &EntryReader<'_>, raw: &RawUpdate, at: Stated, begun: Option<Stated>) -> Change {
    let severity = fact(raw, FactKey::Severity).and_then(|fact| {
        let found = Severity::from_word_or_alias(&fact.value, Severity::ALL, &reader.config.words);
        if found.is_none() {
            let words = Severity::ALL.iter().map(|severity| severity.told()).collect();
            let help = near_and_words(Severity::nearest(&fact.value), words);
            let message = Noun::Severity.unknown(&fact.value);
            reader.error(reader.at(&fact.range), "entry/unknown-word", message, help);
        }
        found
    });
    let expected_recovery = fact(raw, FactKey::ExpectedRecovery).and_then(|fact| {
        if moment::stated(&fact.value).is_some() {
            reader.fact_time(fact, at, Bound::Until).map(Estimate::At)
        } else {
            Some(Estimate::Words(Localized::first(fact.value.clone())))
        }
    });
    // A correction may come days later, so its times are near those that they replace.
    let known_end = (raw.status == Status::Correction).then(|| known_end(reader, at)).flatten();
    let (ended, ended_parts) =
        fact(raw, FactKey::Ended).map_or((None, Vec::new()), |f| ended(reader, f, at, known_end));
    let started = fact(raw, FactKey::Started).and_then(|fact| {
        if is_unknown(&fact.value) {
            return begun.map(|known| Stated { precision: Precision::Unknown, ..known });
        }
        let near = begun.map_or(at.at, |known| known.at);
        reader.fact_time_near(fact, at, Bound::From, near)
    });
    let (affects, scope) = reader.fact_reach(raw);
    Change {
        started,
        outages: outages::of_update(reader, raw, at, begun),
        affects,
        scope,
        modes: fact(raw, FactKey::Mode).and_then(|line| reader.fact_modes(line)),
        severity,
        next_update: fact(raw, FactKey::NextUpdate).and_then(|f| reader.fact_next(f, at)),
        expected_recovery,
        ended,
        ended_parts,
    }
}

/// The end that readers knew before an update: the last `resolved` before it says it.
fn known_end(reader: &EntryReader<'_>, at: Stated) -> Option<Stated> {
    let resolved =
        reader.stated_updates().filter(|(raw, when)| raw.status == Status::Resolved && when.at <= at.at);
    let (raw, when) = resolved.max_by_key(|(_, when)| when.at)?;
    let line = fact(raw, FactKey::Ended);
    Some(line.and_then(|line| ended(reader, line, when, None).0).unwrap_or(when))
}

/// Reads `03:52`, `api=03:47`, or `03:52, api=03:47, login=03:50`: the end of the whole impact, and earlier ends
/// of single components.
/// A whole end without a date is the one nearest to `known`, else the last one before the update.
fn ended(
    reader: &EntryReader<'_>,
    line: &Fact,
    at: Stated,
    known: Option<Stated>,
) -> (Option<Stated>, Vec<(usize, Stated)>) {
    let mut whole: Option<Fact> = None;
    let mut parts = Vec::new();
    for (range, part) in entry::parts(&line.value, &entry::COMMAS) {
        let range = line.range.start + range.start..line.range.start + range.end;
        let Some(sign) = part.find(['=', '＝']).filter(|_| line.value.contains(['=', '＝'])) else {
            // A date in words may contain a comma.
            let from = whole.as_ref().map_or(range.start, |whole| whole.range.start);
            let value = line.value[from - line.range.start..range.end - line.range.start].to_owned();
            whole = Some(Fact { value, range: from..range.end, ..line.clone() });
            continue;
        };
        let (word, time) = (part[..sign].trim(), part[sign..].trim_start_matches(['=', '＝']).trim());
        let Some(target) = reader.target(word, &range) else { continue };
        let fact = Fact { value: time.to_owned(), range: range.end - time.len()..range.end, ..line.clone() };
        let ended = reader.fact_time_before(&fact, at);
        parts.extend(ended.into_iter().flat_map(|ended| target.members.iter().map(move |of| (*of, ended))));
    }
    let end = |fact: &Fact| {
        let unknown = Stated { precision: Precision::Unknown, ..at };
        match known {
            _ if is_unknown(&fact.value) => Some(unknown),
            Some(known) => reader.fact_time_near(fact, at, Bound::Until, known.at),
            None => reader.fact_time_before(fact, at),
        }
    };
    (whole.as_ref().and_then(end), parts)
}
