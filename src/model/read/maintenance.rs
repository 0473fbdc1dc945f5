//! Reads front matter and updates of a maintenance into [`Maintenance`].

use super::entry::{EntryReader, chosen, fact};
use super::nouns::Noun;
use super::value::{Map, Value, is_unknown};
use super::{advice, phases, recurrence, series, windows};
use crate::document::body::{Fact, RawUpdate};
use crate::document::moment;
use crate::kind::EntryKind;
use crate::message::message;
use crate::model::config::Choice;
use crate::model::entry::Update;
use crate::model::maintenance::{CloseAfter, Maintenance, MaintenanceType, PlanChange};
use crate::model::pieces::Piece;
use crate::model::stated::{Bound, Stated};
use crate::model::time::{date_of, no_day};
use crate::model::window::Window;
use crate::text;
use crate::vocabulary::{Aliases, Auto, FactKey, MaintenanceKind, Section, Status};

pub(super) fn read(reader: &EntryReader<'_>, map: &Map<'_>) -> Option<Maintenance> {
    let head = reader.head(EntryKind::Maintenance, map);
    let kind = map.required("kind", "regular").and_then(|v| kind(reader, &v));
    let affects = map.required("affects", "[]").map(|v| reader.affects(&v));
    let windows = map
        .required("window", "{start: 2026-12-01 02:00, end: 2026-12-01 05:00}")
        .and_then(|v| windows::read(reader, &v));
    let window = windows.as_ref().map(|(first, _)| *first);
    let pieces = windows.map_or_else(Vec::new, |(_, pieces)| pieces);
    let all = if pieces.is_empty() { window.into_iter().collect() } else { windows_of(&pieces) };
    let phases = map.list("phases").iter().filter_map(|v| phases::read(reader, v, &all)).collect();
    let scope = reader.rich("scope", map);
    let advice = advice::read(reader, map, Some(&all));
    let notice = kind.map_or(0, |kind| reader.config.notice_before(kind));
    let recurrence = map.get("recurrence").and_then(|v| match window {
        Some(window) if !window.is_decided() => rule_alone(&v),
        _ if pieces.is_empty() => recurrence::read(reader, &v, window, notice),
        _ => one_of_both(&v, &pieces),
    });
    let modes: Vec<&str> = Auto::ALL.iter().map(|a| a.word()).collect();
    let auto = map
        .get("auto")
        .and_then(|v| v.word(Noun::AutoMode, |w, _| Auto::from_word(w), &modes))
        .unwrap_or(Auto::Start);
    let fields = reader.fields(EntryKind::Maintenance, map);
    let own = map.get("close_after").and_then(|v| closing(&v));
    let is_counted = reader.numbering(map);
    let line = |raw: &RawUpdate, key| fact(raw, key).cloned();
    let updates = reader.updates(|raw, at| {
        (change(reader, raw, at), (line(raw, FactKey::Phases), line(raw, FactKey::Occurrence)))
    });
    let (updates, lines): (Vec<_>, Vec<_>) =
        updates.into_iter().map(|update| update.part(|both| both)).unzip();
    let (restated, named): (Vec<_>, Vec<_>) = lines.into_iter().unzip();
    let mut maintenance = Maintenance {
        faq: reader.faq(),
        evaluation: reader.dated_section(Section::Evaluation, true),
        head: head?,
        kind: kind?,
        affects: affects?,
        window: window?,
        pieces,
        phases,
        scope,
        advice,
        close_after: close_after(reader, own, kind?, window?, recurrence.is_some()),
        recurrence,
        auto,
        fields,
        summary: reader.summary(),
        updates,
        workaround: reader.section(Section::Workaround),
        actions: reader.section(Section::Actions),
        compensation: reader.section(Section::Compensation),
    };
    match maintenance.recurrence {
        Some(_) => series::sense(reader, &mut maintenance),
        None if maintenance.is_in_pieces() => windows::assign(reader, &mut maintenance, &named),
        None => sense(reader, &maintenance),
    }
    reader.number(&mut maintenance.updates, is_counted, |update| update.change.occurrence);
    phases::restate(reader, &mut maintenance, restated);
    phases::keeps(reader, &maintenance);
    Some(maintenance)
}

/// The default time that an occurrence without a closing update waits for its result, in seconds.
const OPEN: i64 = 86_400;

/// Reads `close_after`: a duration, or `never`.
pub(super) fn closing(value: &Value<'_>) -> Option<CloseAfter> {
    let is_never = value.text().is_some_and(|word| text::fold(&word) == "never");
    if is_never { Some(CloseAfter::Never) } else { value.duration().map(CloseAfter::Seconds) }
}

/// The time after which noroshi stops waiting for a result: from the entry, else from the policy. By default a
/// series waits for a day, unless it is an emergency or has no known end. Any other maintenance waits for a
/// person.
fn close_after(
    reader: &EntryReader<'_>,
    own: Option<CloseAfter>,
    kind: MaintenanceType,
    window: Window,
    is_series: bool,
) -> Option<i64> {
    let policy =
        || reader.config.policy.close_after.iter().find(|(of, _)| *of == kind).map(|(_, after)| *after);
    let is_emergency = kind == MaintenanceType::BuiltIn(MaintenanceKind::Emergency);
    match own.or_else(policy) {
        Some(CloseAfter::Seconds(seconds)) => Some(seconds),
        Some(CloseAfter::Never) => None,
        None => (is_series && !is_emergency && window.end.is_some()).then_some(OPEN),
    }
}

fn kind(reader: &EntryReader<'_>, value: &Value<'_>) -> Option<MaintenanceType> {
    let own = &reader.config.kinds;
    value.word(Noun::MaintenanceKind, |word, more| kind_named(own, word, more), &kind_words(own))
}

/// The words for kinds of maintenance, for suggestions.
pub(super) fn kind_words(own: &[Choice]) -> Vec<&str> {
    MaintenanceKind::ALL.iter().map(|k| k.word()).chain(own.iter().map(|k| k.id.as_str())).collect()
}

/// The kind with this name, built-in or custom.
pub(super) fn kind_named(own: &[Choice], word: &str, more: &Aliases) -> Option<MaintenanceType> {
    let built_in = MaintenanceKind::from_word_or_alias(word, MaintenanceKind::ALL, more);
    built_in.map(MaintenanceType::BuiltIn).or_else(|| chosen(own, word).map(MaintenanceType::Own))
}

fn windows_of(pieces: &[Piece]) -> Vec<Window> {
    pieces.iter().map(|piece| piece.window).collect()
}

/// Refuses a rule beside several windows.
fn one_of_both<T>(rule: &Value<'_>, pieces: &[Piece]) -> Option<T> {
    let message = message!(
        "model-maintenance-windows-and-series",
        "a series repeats one window, but `window` lists {windows}",
        windows = pieces.len()
    );
    let help = message!(
        "model-maintenance-windows-and-series-help",
        "remove `recurrence`; or write one window, and a second series in another file"
    );
    rule.refuse("maintenance/windows-and-series", message, help)
}

/// Refuses a rule beside a window without a start.
fn rule_alone<T>(rule: &Value<'_>) -> Option<T> {
    let message = message!(
        "model-maintenance-undecided-series",
        "a series repeats its window, but the start of this one is not decided"
    );
    let help = message!(
        "model-maintenance-undecided-series-help",
        "write the first window of the series; or remove `recurrence` until it is decided"
    );
    rule.refuse("maintenance/undecided", message, help)
}

fn change(reader: &EntryReader<'_>, raw: &RawUpdate, at: Stated) -> PlanChange {
    // `postponed` alone says that the new start is not decided, and some say it twice.
    let is_open = |fact: &&Fact| raw.status == Status::Postponed && is_unknown(&fact.value);
    let is_adrift = fact(raw, FactKey::Start).is_none_or(|start| is_open(&start));
    let start = |fact: &Fact| {
        if is_unknown(&fact.value) {
            start_taken_back(reader, fact)
        } else {
            reader.fact_time(fact, at, Bound::From)
        }
    };
    let start = fact(raw, FactKey::Start).filter(|fact| !is_open(fact)).and_then(start);
    let end = |fact: &Fact| match is_unknown(&fact.value) {
        true if is_adrift && is_open(&fact) => None,
        true => Some(None),
        // Beside a new start, an end without a date comes after it.
        false => reader.fact_time(fact, start.unwrap_or(at), Bound::Until).map(Some),
    };
    let occurrence = fact(raw, FactKey::Occurrence).and_then(|fact| {
        let date = moment::parse(&fact.value).and_then(|w| w.date).and_then(|d| date_of(d).ok());
        if date.is_none() {
            let (message, help) = no_day(&fact.value);
            reader.error(reader.at(&fact.range), "time/invalid", message, help);
        }
        date
    });
    let (affects, scope) = reader.fact_reach(raw);
    PlanChange {
        start,
        end: fact(raw, FactKey::End).and_then(end),
        affects,
        scope,
        next_update: fact(raw, FactKey::NextUpdate).and_then(|f| reader.fact_next(f, at)),
        occurrence,
        // Windows and phases are read after the plan is known.
        pieces: Vec::new(),
        about: None,
        phases: None,
    }
}

/// Refuses to take back a start by a line of an update that does not postpone the maintenance.
fn start_taken_back<T>(reader: &EntryReader<'_>, line: &Fact) -> Option<T> {
    let message = message!("model-maintenance-start-open", "only `postponed` leaves a start open");
    let help = message!(
        "model-maintenance-start-open-help",
        "write `postponed` in the heading if the start that readers know no longer holds; else remove this line"
    );
    reader.error(reader.at(&line.range), "maintenance/undecided", message, help);
    None
}

/// Reports an update that needs a start before any is decided: work has begun, or gets an end.
fn needs_start(reader: &EntryReader<'_>, update: &Update<PlanChange>, plan: Window) {
    let is_open = !update.change.applied_to(plan).is_decided();
    let works = matches!(update.status, Status::InProgress | Status::Verifying | Status::Completed);
    let ends = update.change.end.flatten().is_some();
    if !is_open || !(works || ends) {
        return;
    }
    let message = if works {
        message!(
            "model-maintenance-begins-undecided",
            "work has begun, but no update says when this maintenance starts"
        )
    } else {
        message!("model-maintenance-ends-undecided", "this maintenance gets an end, but has no start")
    };
    let help = message!(
        "model-maintenance-begins-undecided-help",
        "write the start below the heading, for example `start: {at}`",
        at = reader.zone().write(update.at)
    );
    reader.error(update.place.clone(), "maintenance/undecided", message, help);
}

/// Reports each point of its history at which the plan ends before it starts, or needs a start that is not decided.
fn sense(reader: &EntryReader<'_>, maintenance: &Maintenance) {
    let mut plan = maintenance.window;
    for update in &maintenance.updates {
        if update.change.occurrence.is_some() {
            let message = message!("model-maintenance-no-series", "this maintenance is not a series");
            let help = message!("model-maintenance-no-series-help", "remove `occurrence`");
            reader.error(update.place.clone(), "maintenance/no-series", message, help);
        }
        needs_start(reader, update, plan);
        plan =
            update.change.applied_to(plan).decided().map_or(plan, |_| series::changed(reader, update, plan));
    }
}
