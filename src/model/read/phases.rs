//! Reads phases from front matter and from the `phases` lines of updates.

use std::collections::BTreeMap;
use std::ops::Range;

use chrono::NaiveDate;

use super::entry::{EntryReader, parts};
use super::nouns::Noun;
use super::value::Value;
use crate::document::body::Fact;
use crate::document::moment;
use crate::message::{Message, message, or};
use crate::model::entry::Update;
use crate::model::maintenance::{Maintenance, PlanChange, is_closing};
use crate::model::phases::{Phase, PlannedPhases};
use crate::model::recurrence::Recurrence;
use crate::model::window::Window;
use crate::vocabulary::{FactKey, PhaseMode};

/// Reads an item of `phases` in front matter.
pub(super) fn read(reader: &EntryReader<'_>, value: &Value<'_>, windows: &[Window]) -> Option<Phase> {
    let map = value.map()?;
    let affects = map.required("affects", "[api]").map(|v| reader.affects(&v));
    let start = map
        .required("start", "2026-12-01 02:00")
        .and_then(|v| v.time_after(windows.first().map(|window| window.start)));
    let end = map.required("end", "2026-12-01 04:00").and_then(|v| v.time_after(start));
    let modes: Vec<&str> = PhaseMode::ALL.iter().map(|m| m.word()).collect();
    let mode = map.required("mode", "halted").and_then(|v| {
        v.word(Noun::PhaseMode, |w, more| PhaseMode::from_word_or_alias(w, PhaseMode::ALL, more), &modes)
    });
    let advice = map.get("advice").and_then(|v| v.rich());
    map.finish();
    let phase = Phase { affects: affects?, start: start?, end: end?, mode: mode?, advice };
    if windows.is_empty() {
        return None;
    }
    if let Some((code, message, help)) = fault(&phase, windows) {
        value.fail(code, message, help);
    }
    Some(phase)
}

/// Why a phase cannot be part of one of these windows.
fn fault(phase: &Phase, windows: &[Window]) -> Option<(&'static str, Message, Message)> {
    if phase.end <= phase.start {
        let message = message!("model-phase-end-before-start", "the phase ends before it starts");
        let help = message!("model-phase-end-before-start-help", "check both times");
        return Some(("maintenance/end-before-start", message, help));
    }
    let is_within =
        |window: &Window| phase.start >= window.start && window.end.is_none_or(|end| phase.end <= end);
    let is_outside = !windows.iter().filter(|window| window.is_decided()).any(is_within);
    is_outside.then(|| {
        let message = message!("model-phase-outside", "the phase is not within the window");
        let help = message!("model-phase-outside-help", "change the phase or the window");
        ("maintenance/phase-outside-window", message, help)
    })
}

/// The plan of a maintenance, or of the occurrence on a day, before its updates.
fn first_plan(window: Window, series: Option<&Recurrence>, day: Option<NaiveDate>) -> Window {
    let mut all = series.into_iter().flat_map(|series| series.occurrences(window));
    all.find(|o| Some(o.day) == day).map_or(window, |o| window.moved_to(o.start))
}

/// Reads the `phases` lines once each update has its plan. A time without a date is the first one in the window.
/// `lines` has one item for each update.
pub(super) fn restate(reader: &EntryReader<'_>, maintenance: &mut Maintenance, lines: Vec<Option<Fact>>) {
    if lines.iter().all(Option::is_none) {
        return;
    }
    let (window, series) = (maintenance.window, maintenance.recurrence.as_ref());
    let windows = maintenance.pieces.iter().map(|piece| piece.window).collect::<Vec<_>>();
    let mut plans: BTreeMap<_, Window> = BTreeMap::new();
    for (update, line) in maintenance.updates.iter_mut().zip(lines) {
        let day = update.change.occurrence;
        let about = concerned(&windows, &update.change);
        let mut known = Vec::with_capacity(about.len());
        for at in about {
            let first = || windows.get(at).copied().unwrap_or_else(|| first_plan(window, series, day));
            let plan = plans.entry((day, at)).or_insert_with(first);
            *plan = update.change.applied_to(*plan);
            known.push(*plan);
        }
        update.change.phases = line.and_then(|line| stated(reader, &line, &known));
    }
}

/// Reads a line such as `assets=cancel_only 04:00-05:30; api=halted 02:00-04:00`.
fn stated(reader: &EntryReader<'_>, line: &Fact, plans: &[Window]) -> Option<Vec<Phase>> {
    let mut phases = Vec::new();
    for (range, part) in parts(&line.value, &[';', '；']) {
        let range = line.range.start + range.start..line.range.start + range.end;
        phases.push(one(reader, part, range, plans)?);
    }
    Some(phases)
}

fn one(reader: &EntryReader<'_>, part: &str, range: Range<usize>, plans: &[Window]) -> Option<Phase> {
    let place = || reader.at(&range);
    let split = || {
        let (names, rest) = part.split_once(['=', '＝'])?;
        let (mode, times) = rest.split_at(rest.find(|c: char| c.is_numeric())?);
        Some((names, mode.trim(), times, moment::span(times)?))
    };
    let Some((names, mode, times, (start, end))) = split() else {
        let message = message!("model-phase-unreadable", "cannot read `{part}` as a phase", part);
        let help = message!(
            "model-phase-unreadable-help",
            "write components, mode and times: `phases: api=halted 02:00-04:00; assets=cancel_only 04:00-05:30`"
        );
        reader.error(place(), "maintenance/bad-phase", message, help);
        return None;
    };
    let Some(mode) = PhaseMode::from_word_or_alias(mode, PhaseMode::ALL, &reader.config.words) else {
        let words = or(PhaseMode::ALL.iter().map(|mode| mode.told()).collect());
        let help = message!("model-phase-mode-help", "write {words}", words);
        reader.error(place(), "entry/unknown-word", Noun::PhaseMode.unknown(mode), help);
        return None;
    };
    let names = Fact {
        key: FactKey::Affects,
        value: names.to_owned(),
        range: range.start..range.start + names.len(),
        key_range: range.clone(),
    };
    let affects = reader.fact_affects(&names)?;
    let first = plans.first()?.start;
    let found = reader.next(&start, first).and_then(|start| Ok((start, reader.next(&end, start)?)));
    let (start, end) = reader.resolve(found, &range, times)?;
    let phase = Phase { affects, start, end, mode, advice: None };
    if let Some((code, message, help)) = fault(&phase, plans) {
        reader.error(place(), code, message, help);
        return None;
    }
    Some(phase)
}

/// Reports a change of plan that leaves phases without times. A closed maintenance does not need them.
pub(super) fn keeps(reader: &EntryReader<'_>, maintenance: &Maintenance) {
    let (window, series) = (maintenance.window, maintenance.recurrence.as_ref());
    let updates = &maintenance.updates;
    let is_closed = |of: &Update<PlanChange>, at: usize| {
        let is_same =
            |u: &Update<PlanChange>| u.change.occurrence == of.change.occurrence && u.change.is_about(at);
        updates.iter().any(|u| is_same(u) && is_closing(u.status))
    };
    let windows = maintenance.windows();
    let mut plans: BTreeMap<_, (Window, PlannedPhases<'_>)> = BTreeMap::new();
    for update in updates {
        let change = &update.change;
        let is_moved = change.start.is_some() || change.end.is_some();
        for at in concerned(&windows, change) {
            let first = || {
                if maintenance.is_in_pieces() {
                    let plan = windows[at];
                    return (plan, PlannedPhases::of(&maintenance.phases, plan, plan));
                }
                let plan = first_plan(window, series, change.occurrence);
                (plan, maintenance.phases_in(plan))
            };
            let (plan, known) = plans.entry((change.occurrence, at)).or_insert_with(first);
            *plan = change.applied_to(*plan);
            if let Some(phases) = &change.phases {
                *known = PlannedPhases::stated(phases, *plan);
            }
            if is_moved && !known.is_empty() && known.in_plan(*plan).is_none() && !is_closed(update, at) {
                let message =
                    message!("model-phase-unknown", "this change of plan leaves the phases without times");
                let help = message!(
                    "model-phase-unknown-help",
                    "add a line below its heading, for example `phases: api=halted 02:00-04:00`"
                );
                reader.warning(update.place.clone(), "maintenance/phases-unknown", message, help);
            }
        }
    }
}

/// The places of the windows that an update is about, among `windows`; one if there are not several.
fn concerned(windows: &[Window], change: &PlanChange) -> Vec<usize> {
    (0..windows.len().max(1)).filter(|at| change.is_about(*at)).collect()
}
