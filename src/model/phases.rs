//! Phases: the parts of a maintenance's window, how they are written, and where they lie once a plan has changed.

use std::collections::BTreeMap;
use std::ops::Range;

use super::component::Affects;
use super::draft::EntryReader;
use super::entry::Update;
use super::maintenance::{Maintenance, PlanChange, Window, is_closing};
use super::reader::Value;
use super::time::{Instant, TimeFault};
use crate::document::body::Fact;
use crate::document::moment;
use crate::vocabulary::{FactKey, PhaseMode};

/// A part of the window.
#[derive(Debug, Hash)]
pub struct Phase {
    /// What it touches.
    pub affects: Affects,
    /// When it begins.
    pub start: Instant,
    /// When it ends.
    pub end: Instant,
    /// What still works.
    pub mode: PhaseMode,
}

/// Phases, and the plan that they are parts of.
#[derive(Clone, Copy, Debug)]
pub struct PlannedPhases<'m> {
    phases: &'m [Phase],
    /// The window in which their times lie.
    within: Window,
    /// The plan that this window stands for: the same, or an occurrence of a series.
    plan: Window,
}

impl<'m> PlannedPhases<'m> {
    /// Those of front matter, for a plan that is as long as the entry's window.
    #[must_use]
    pub fn of(entry: &'m Maintenance, plan: Window) -> PlannedPhases<'m> {
        PlannedPhases { phases: &entry.phases, within: entry.window, plan }
    }

    /// Those that an update has stated for a plan.
    #[must_use]
    pub fn stated(phases: &'m [Phase], plan: Window) -> PlannedPhases<'m> {
        PlannedPhases { phases, within: plan, plan }
    }

    /// Where they lie in another plan; `None` where nobody can tell: after another start and another length.
    ///
    /// With a window that is as long as before they move along. A later end lengthens what lasted until the end, and
    /// an earlier one cuts off what lies behind it.
    #[must_use]
    pub fn in_plan(&self, plan: Window) -> Option<Vec<(&'m Phase, Window)>> {
        let length = |window: Window| window.end.map(|end| end.0 - window.start.0);
        let is_as_long = length(plan).is_some() && length(plan) == length(self.plan);
        if !is_as_long && plan.start != self.plan.start {
            return None;
        }
        let shift = plan.start.0 - self.within.start.0;
        let moved = |phase: &'m Phase| {
            let (start, end) = (Instant(phase.start.0 + shift), Instant(phase.end.0 + shift));
            let is_last = self.within.end == Some(phase.end);
            let end = match plan.end {
                Some(last) if is_last => Some(last),
                Some(last) => Some(end.min(last)),
                None if is_last => None,
                None => Some(end),
            };
            (end.is_none_or(|end| end > start)).then_some((phase, Window { start, end }))
        };
        Some(self.phases.iter().filter_map(moved).collect())
    }
}

/// Reads an item of `phases` in front matter.
pub(super) fn read(draft: &EntryReader<'_>, value: &Value<'_>, window: Option<Window>) -> Option<Phase> {
    let map = value.map()?;
    let affects = map.required("affects", "[api]").map(|v| draft.affects(&v));
    let start = map
        .required("start", "2026-12-01 02:00")
        .and_then(|v| v.time_after(window.map(|window| window.start)));
    let end = map.required("end", "2026-12-01 04:00").and_then(|v| v.time_after(start));
    let modes: Vec<&str> = PhaseMode::ALL.iter().map(|m| m.word()).collect();
    let mode = map
        .required("mode", "halted")
        .and_then(|v| v.word("mode of a phase", |w, more| PhaseMode::said(w, PhaseMode::ALL, more), &modes));
    map.finish();
    let phase = Phase { affects: affects?, start: start?, end: end?, mode: mode? };
    if let Some((code, message, help)) = fault(&phase, window?) {
        value.fail(code, message, help);
    }
    Some(phase)
}

/// Why a phase cannot be a part of a window.
fn fault(phase: &Phase, window: Window) -> Option<(&'static str, &'static str, &'static str)> {
    if phase.end <= phase.start {
        let message = "the phase ends before it starts";
        return Some(("maintenance/end-before-start", message, "look at the two times again"));
    }
    let is_outside = phase.start < window.start || window.end.is_some_and(|end| phase.end > end);
    let message = "the phase is not a part of the window";
    is_outside.then_some(("maintenance/phase-outside-window", message, "change one of the two"))
}

/// Reads what `phases` lines say, once each update has its plan: a time without a date is the first such time in
/// the window. `lines` has one place for each update.
pub(super) fn restate(draft: &EntryReader<'_>, maintenance: &mut Maintenance, lines: Vec<Option<Fact>>) {
    if lines.iter().all(Option::is_none) {
        return;
    }
    let (window, series) = (maintenance.window, maintenance.recurrence.as_ref());
    let mut plans: BTreeMap<_, Window> = BTreeMap::new();
    for (update, line) in maintenance.updates.iter_mut().zip(lines) {
        let day = update.change.occurrence;
        let first = || {
            let mut all = series.into_iter().flat_map(|series| series.occurrences(window));
            all.find(|o| Some(o.day) == day).map_or(window, |o| window.moved_to(o.start))
        };
        let plan = plans.entry(day).or_insert_with(first);
        plan.start = update.change.start.unwrap_or(plan.start);
        plan.end = update.change.end.unwrap_or(plan.end);
        update.change.phases = line.and_then(|line| stated(draft, &line, *plan));
    }
}

/// `assets=cancel_only 04:00-05:30; api=halted 02:00-04:00`.
fn stated(draft: &EntryReader<'_>, line: &Fact, plan: Window) -> Option<Vec<Phase>> {
    let mut phases = Vec::new();
    for (range, part) in parts(&line.value, &[';', '；']) {
        let range = line.range.start + range.start..line.range.start + range.end;
        phases.push(one(draft, part, range, plan)?);
    }
    Some(phases)
}

/// The parts of a value and where they stand in it.
pub(super) fn parts<'v>(value: &'v str, signs: &'static [char]) -> Vec<(Range<usize>, &'v str)> {
    let mut end = 0;
    let part = move |written: &'v str| {
        let start = end;
        end += written.len();
        let part = written.trim_end_matches(signs);
        let from = start + part.len() - part.trim_start().len();
        (from..start + part.trim_end().len(), part.trim())
    };
    value.split_inclusive(signs).map(part).filter(|(_, part)| !part.is_empty()).collect()
}

fn one(draft: &EntryReader<'_>, part: &str, range: Range<usize>, plan: Window) -> Option<Phase> {
    let place = || draft.at(&range);
    let unread = || {
        let message = format!("cannot read `{part}` as a phase");
        let help = "write components, mode and times: `phases: api=halted 02:00-04:00; assets=cancel_only 04:00-05:30`";
        draft.error(place(), "maintenance/bad-phase", message, help);
    };
    let Some((names, rest)) = part.split_once(['=', '＝']) else {
        unread();
        return None;
    };
    let Some((mode, times)) = rest.find(|c: char| c.is_numeric()).map(|at| rest.split_at(at)) else {
        unread();
        return None;
    };
    let Some((start, end)) = moment::span(times) else {
        unread();
        return None;
    };
    let mode = mode.trim();
    let Some(mode) = PhaseMode::said(mode, PhaseMode::ALL, &draft.config.words) else {
        let known: Vec<&str> = PhaseMode::ALL.iter().map(|m| m.word()).collect();
        let message = format!("`{mode}` is not a mode of a phase");
        let help = format!("known are {}", crate::text::one_of(&known));
        draft.error(place(), "entry/unknown-word", message, help);
        return None;
    };
    let names = Fact {
        key: FactKey::Affects,
        value: names.to_owned(),
        range: range.start..range.start + names.len(),
        key_range: range.clone(),
    };
    let affects = draft.fact_affects(&names)?;
    let found = draft.next(&start, plan.start).and_then(|start| Ok((start, draft.next(&end, start)?)));
    let (start, end) = match found {
        Ok(found) => found,
        Err(fault) => {
            let (code, message, help) = TimeFault::describe(fault, times);
            draft.error(place(), code, message, help);
            return None;
        }
    };
    let phase = Phase { affects, start, end, mode };
    if let Some((code, message, help)) = fault(&phase, plan) {
        draft.error(place(), code, message.to_owned(), help);
        return None;
    }
    Some(phase)
}

/// Says so where a change of plan leaves phases without their times; who has closed a maintenance needs them no more.
pub(super) fn keeps(draft: &EntryReader<'_>, maintenance: &Maintenance) {
    let (window, series) = (maintenance.window, maintenance.recurrence.as_ref());
    let updates = &maintenance.updates;
    let is_closed = |of: &Update<PlanChange>| {
        updates.iter().any(|u| u.change.occurrence == of.change.occurrence && is_closing(u.status))
    };
    let mut known: BTreeMap<_, (Window, PlannedPhases<'_>)> = BTreeMap::new();
    for update in updates {
        let change = &update.change;
        let first = || {
            let mut all = series.into_iter().flat_map(|series| series.occurrences(window));
            let occurrence = all.find(|o| Some(o.day) == change.occurrence);
            let plan = occurrence.map_or(window, |o| window.moved_to(o.start));
            (plan, PlannedPhases::of(maintenance, plan))
        };
        let (plan, parts) = known.entry(change.occurrence).or_insert_with(first);
        let is_moved = change.start.is_some() || change.end.is_some();
        plan.start = change.start.unwrap_or(plan.start);
        plan.end = change.end.unwrap_or(plan.end);
        if let Some(phases) = &change.phases {
            *parts = PlannedPhases::stated(phases, *plan);
        }
        if is_moved && !parts.phases.is_empty() && parts.in_plan(*plan).is_none() && !is_closed(update) {
            let message = "with this change nobody knows the times of the phases any more".to_owned();
            let help = "add a line below its heading, such as `phases: api=halted 02:00-04:00`";
            draft.warning(update.place.clone(), "maintenance/phases-unknown", message, help);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::timeline::fixture::{SITE, at, site, told};
    use crate::timeline::{MaintenanceNow, Snapshot};

    const PHASES: &str = "phases:\n\
        \x20 - {affects: [api], start: 02:00, end: 03:00, mode: halted}\n\
        \x20 - {affects: [api], start: 03:00, end: 05:00, mode: cancel_only}\n";

    fn entry(body: &str) -> String {
        format!(
            "---\ntitle: t\nkind: regular\naffects: [api]\n\
             window: {{start: 2026-11-20 02:00, end: 2026-11-20 05:00}}\n{PHASES}---\n{body}"
        )
    }

    /// Mode and times of day of each phase.
    fn shown(body: &str) -> Vec<String> {
        let text = entry(body);
        let model = site(SITE, &[("maintenance/m.md", &text)]);
        let now = Snapshot::at(&model, at("20 23:00"));
        let clock = |at| now.zone().local(at).format("%H:%M").to_string();
        let row = |now: &MaintenanceNow<'_>| {
            let phases = now.phases();
            let row = |(phase, window): &(&super::Phase, super::Window)| {
                let end = window.end.map_or_else(|| "?".to_owned(), clock);
                format!("{} {}-{end}", phase.mode.word(), clock(window.start))
            };
            phases.iter().map(row).collect()
        };
        row(&now.maintenance[0])
    }

    #[test]
    fn a_later_end_lengthens_the_last_phase_and_moves_no_other() {
        let body = "## in_progress 2026-11-20 02:00\n\n## update 2026-11-20 02:30\nend: 06:00\n\nx\n";
        assert_eq!(shown(body), ["halted 02:00-03:00", "cancel_only 03:00-06:00"]);
    }

    #[test]
    fn an_earlier_end_cuts_the_last_phase_and_an_unknown_one_leaves_it_open() {
        let body = "## update 2026-11-20 02:30\nend: 04:00\n\nx\n";
        assert_eq!(shown(body), ["halted 02:00-03:00", "cancel_only 03:00-04:00"]);
        let body = "## update 2026-11-20 02:30\nend: unknown\n\nx\n";
        assert_eq!(shown(body), ["halted 02:00-03:00", "cancel_only 03:00-?"]);
        let body = "## update 2026-11-20 02:10\nend: 02:40\n\nx\n";
        assert_eq!(shown(body), ["halted 02:00-02:40"]);
    }

    #[test]
    fn a_line_states_the_phases_anew_and_a_later_change_moves_those() {
        let body = "## update 2026-11-19 12:00\nstart: 2026-11-20 03:00\nend: 2026-11-20 07:00\n\
            phases: api=halted 03:00–04:30; api=取消のみ 4時半〜7:00\n\nx\n";
        assert_eq!(shown(body), ["halted 03:00-04:30", "cancel_only 04:30-07:00"]);
        let more = format!("{body}\n## update 2026-11-19 13:00\nend: 2026-11-20 08:00\n\nx\n");
        assert_eq!(shown(&more), ["halted 03:00-04:30", "cancel_only 04:30-08:00"]);
    }

    #[test]
    fn a_warning_about_phases_ends_when_the_entry_is_closed() {
        let body = "## update 2026-11-19 12:00\nstart: 2026-11-20 03:00\nend: 2026-11-20 07:00\n\nx\n";
        assert_eq!(told(SITE, &[("maintenance/m.md", &entry(body))]), ["maintenance/phases-unknown"]);
        let closed = format!("{body}\n## completed 2026-11-20 06:50\n\nx\n");
        assert!(told(SITE, &[("maintenance/m.md", &entry(&closed))]).is_empty());
    }

    #[test]
    fn a_phase_that_cannot_be_read_is_told_with_the_way_out() {
        for (line, code) in [
            ("api halted 02:00-03:00", "maintenance/bad-phase"),
            ("api=halted", "maintenance/bad-phase"),
            ("api=halted 02:00", "maintenance/bad-phase"),
            ("api=slow 02:00-03:00", "entry/unknown-word"),
            ("apy=halted 02:00-03:00", "maintenance/unknown-component"),
            ("api=halted 04:00-06:00", "maintenance/phase-outside-window"),
        ] {
            let body = format!("## update 2026-11-19 12:00\nphases: {line}\n\nx\n");
            assert_eq!(told(SITE, &[("maintenance/m.md", &entry(&body))]), [code], "{line}");
        }
    }
}
