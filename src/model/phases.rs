//! Phases: the parts of a maintenance's window, and their times after the plan has changed.

use super::component::Affects;
use super::text::Rich;
use super::time::Instant;
use super::window::Window;
use crate::vocabulary::PhaseMode;

#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Phase {
    pub affects: Affects,
    pub start: Instant,
    pub end: Instant,
    /// What still works.
    pub mode: PhaseMode,
    /// What customers are advised to do meanwhile, in one line of Markdown.
    pub advice: Option<Rich>,
}

/// Phases, and the plan they belong to.
#[derive(Clone, Copy, Debug)]
pub struct PlannedPhases<'m> {
    phases: &'m [Phase],
    /// The window that contains their times.
    within: Window,
    /// The plan that this window represents: the same one, or an occurrence of a series.
    plan: Window,
}

impl<'m> PlannedPhases<'m> {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.phases.iter().any(|phase| self.holds(phase))
    }

    /// Whether a phase belongs to this window, and not to another one of the maintenance.
    fn holds(&self, phase: &Phase) -> bool {
        phase.start >= self.within.start && self.within.end.is_none_or(|end| phase.end <= end)
    }

    /// Phases of front matter, whose times lie in `within`, for a plan of the same length.
    #[must_use]
    pub fn of(phases: &'m [Phase], within: Window, plan: Window) -> PlannedPhases<'m> {
        PlannedPhases { phases, within, plan }
    }

    /// Phases that an update has stated for a plan.
    #[must_use]
    pub fn stated(phases: &'m [Phase], plan: Window) -> PlannedPhases<'m> {
        PlannedPhases { phases, within: plan, plan }
    }

    /// The phases in another plan; `None` if both the start and the length changed, because their times are then
    /// unknown.
    ///
    /// If the length stays the same, the phases move with the start. A later end extends the phases that lasted
    /// until the end. An earlier end cuts off the phases that lie after it.
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
            (end.is_none_or(|end| end > start)).then_some((phase, Window::new(start, end)))
        };
        Some(self.phases.iter().filter(|phase| self.holds(phase)).filter_map(moved).collect())
    }
}

#[cfg(test)]
mod tests {
    use crate::timeline::fixture::{SITE, at, codes, site};
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

    /// The mode and the times of day of each phase.
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
        assert_eq!(codes(SITE, &[("maintenance/m.md", &entry(body))]), ["maintenance/phases-unknown"]);
        let closed = format!("{body}\n## completed 2026-11-20 06:50\n\nx\n");
        assert!(codes(SITE, &[("maintenance/m.md", &entry(&closed))]).is_empty());
    }

    #[test]
    fn a_phase_that_cannot_be_read_is_reported_with_the_way_out() {
        for (line, code) in [
            ("api halted 02:00-03:00", "maintenance/bad-phase"),
            ("api=halted", "maintenance/bad-phase"),
            ("api=halted 02:00", "maintenance/bad-phase"),
            ("api=slow 02:00-03:00", "entry/unknown-word"),
            ("apy=halted 02:00-03:00", "maintenance/unknown-component"),
            ("api=halted 04:00-06:00", "maintenance/phase-outside-window"),
        ] {
            let body = format!("## update 2026-11-19 12:00\nphases: {line}\n\nx\n");
            assert_eq!(codes(SITE, &[("maintenance/m.md", &entry(&body))]), [code], "{line}");
        }
    }
}
