//! Describes what an update changes, in words: feeds and timelines show the facts that an update sets, not only
//! its prose.

use super::Site;
use crate::model::component::{Affects, GivenStatus};
use crate::model::entry::{Estimate, NextUpdate};
use crate::model::incident::Change;
use crate::model::maintenance::{About, PlanChange};
use crate::model::phases::Phase;
use crate::model::window::Window;
use crate::model::{Rich, Stated};
use crate::vocabulary::ComponentStatus;

/// The most components named one by one. If there are more, their groups are named, without statuses.
const MOST: usize = 6;

/// What stands between several windows in a text. Windows contain the commas of dates.
pub const WINDOW_SEPARATOR: &str = " / ";

/// How to write a time that stands alone.
pub type Clock<'c> = &'c dyn Fn(Stated) -> String;

/// The facts that an update sets.
pub trait Changes: std::fmt::Debug + Sync {
    /// Labels and values in a language, in the order of the format, with times written by `clock`.
    fn facts_with(&self, site: &Site<'_>, locale: usize, clock: Clock<'_>) -> Vec<(String, String)>;

    /// Labels and values in a language, in the order of the format, with full times.
    fn facts(&self, site: &Site<'_>, locale: usize) -> Vec<(String, String)> {
        self.facts_with(site, locale, &|at| moment(site, locale, at))
    }
}

impl Changes for () {
    fn facts_with(&self, _: &Site<'_>, _: usize, _: Clock<'_>) -> Vec<(String, String)> {
        Vec::new()
    }
}

impl Changes for Change {
    fn facts_with(&self, site: &Site<'_>, locale: usize, clock: Clock<'_>) -> Vec<(String, String)> {
        let words = ChangeWords { site, locale };
        // Every fact is named here, so that the compiler asks for a new one.
        let Change { affects, severity, next_update, expected_recovery, ended: _, ended_parts: _ } = self;
        let mut facts = Vec::new();
        if let Some(severity) = *severity {
            facts.push((words.label("fact-severity"), site.severity_name(severity, locale)));
        }
        facts.extend(affects.as_ref().map(|a| (words.label("fact-affects"), words.affects(a))));
        facts.extend(words.ended(self, clock).map(|ended| (words.label("fact-ended"), ended)));
        let expected = expected_recovery.as_ref().map(|estimate| match estimate {
            Estimate::At(at) => clock(*at),
            Estimate::Words(_) => words.estimate(estimate),
        });
        facts.extend(expected.map(|expected| (words.label("fact-expected"), expected)));
        facts.extend(next_update.map(|next| (words.label("fact-next"), words.next(next, clock))));
        facts
    }
}

impl Changes for PlanChange {
    fn facts_with(&self, site: &Site<'_>, locale: usize, clock: Clock<'_>) -> Vec<(String, String)> {
        let words = ChangeWords { site, locale };
        let PlanChange { start, end, affects, next_update, occurrence: _, pieces: _, about, phases } = self;
        let mut facts = Vec::new();
        if let Some(About { window, is_off }) = *about {
            // Of several windows, readers must know which.
            let label = if is_off { "pack-window-off" } else { "fact-window" };
            facts.push((words.label(label), words.window(window)));
        } else {
            facts.extend(start.map(|at| (words.label("fact-start"), clock(at))));
            let unknown = || words.label("end-unknown");
            facts.extend(end.map(|end| (words.label("fact-end"), end.map_or_else(unknown, clock))));
        }
        facts.extend(affects.as_ref().map(|a| (words.label("fact-affects"), words.affects(a))));
        facts.extend(phases.as_ref().map(|phases| (words.label("phases"), words.phases(phases))));
        facts.extend(next_update.map(|next| (words.label("fact-next"), words.next(next, clock))));
        facts
    }
}

pub(super) struct ChangeWords<'s> {
    pub(super) site: &'s Site<'s>,
    pub(super) locale: usize,
}

impl ChangeWords<'_> {
    pub(super) fn label(&self, key: &str) -> String {
        self.site.locales[self.locale].t(key).to_owned()
    }

    pub(super) fn moment(&self, time: impl Into<Stated>) -> String {
        moment(self.site, self.locale, time)
    }

    /// When the next update comes.
    pub(super) fn next(&self, next: NextUpdate, clock: Clock<'_>) -> String {
        match next {
            NextUpdate::By(due) => clock(due),
            NextUpdate::Undecided => self.label("next-undecided"),
        }
    }

    /// A sentence that contains a time.
    pub(super) fn at(&self, key: &str, at: impl Into<Stated>) -> String {
        self.site.locales[self.locale].format(key, &[("time", &self.moment(at))])
    }

    /// Several windows on one line.
    pub(super) fn windows(&self, windows: &[Window]) -> String {
        let words: Vec<String> = windows.iter().map(|window| self.window(*window)).collect();
        words.join(WINDOW_SEPARATOR)
    }

    pub(super) fn window(&self, window: Window) -> String {
        self.site.locales[self.locale].window(window, self.site.now.zone())
    }

    /// When the incident ended, as a whole or for single components.
    pub(super) fn ended(&self, change: &Change, clock: Clock<'_>) -> Option<String> {
        let locale = &self.site.locales[self.locale];
        let components = &self.site.now.model.config.components.all;
        let part = |(component, at): &(usize, Stated)| {
            let name = components[*component].name.get(self.locale).1;
            format!("{name}{}{}", locale.t("colon"), clock(*at))
        };
        let whole = change.ended.map(clock);
        let all: Vec<String> = whole.into_iter().chain(change.ended_parts.iter().map(part)).collect();
        (!all.is_empty()).then(|| all.join(locale.t("list-separator")))
    }

    /// The phases of a window on one line.
    fn phases(&self, phases: &[Phase]) -> String {
        let locale = &self.site.locales[self.locale];
        let one = |phase: &Phase| {
            let window = Window::new(phase.start, Some(phase.end));
            let names: Vec<&str> =
                phase.affects.names.iter().map(|n| n.get(self.locale).1.as_str()).collect();
            let names = names.join(locale.t("list-separator"));
            format!("{} {names}{}{}", self.window(window), locale.t("colon"), locale.t(phase.mode.message()))
        };
        phases.iter().map(one).collect::<Vec<_>>().join(locale.t("list-separator"))
    }

    pub(super) fn affected(&self, affects: &Affects) -> Option<(String, String)> {
        (!affects.given.is_empty()).then(|| (self.label("fact-affects"), self.affects(affects)))
    }

    pub(super) fn scope(&self, words: Option<&Rich>) -> Option<(String, String)> {
        let words = words?.get(self.locale).1.plain();
        (!words.is_empty()).then(|| (self.label("fact-scope"), words))
    }

    pub(super) fn estimate(&self, estimate: &Estimate) -> String {
        match estimate {
            Estimate::At(at) => self.moment(*at),
            Estimate::Words(words) => words.get(self.locale).1.clone(),
        }
    }

    fn affects(&self, affects: &Affects) -> String {
        let locale = &self.site.locales[self.locale];
        let components = &self.site.now.model.config.components.all;
        let parts: Vec<String> = if affects.given.len() > MOST {
            affects.names.iter().map(|n| n.get(self.locale).1.clone()).collect()
        } else {
            let part = |(component, given): &(usize, GivenStatus)| {
                let name = components[*component].name.get(self.locale).1;
                match given {
                    GivenStatus::Implied => name.clone(),
                    GivenStatus::Status(status) => {
                        format!("{name}{}{}", locale.t("colon"), locale.t(status.message()))
                    }
                }
            };
            affects.given.iter().map(part).collect()
        };
        parts.join(locale.t("list-separator"))
    }
}

/// A full time, such as `2026年11月20日 10:15 JST`.
#[must_use]
pub fn moment(site: &Site<'_>, locale: usize, time: impl Into<Stated>) -> String {
    site.locales[locale].stated_zoned(time.into(), site.now.zone())
}

/// The message key for the status of the whole site.
#[must_use]
pub fn state_key(status: ComponentStatus) -> &'static str {
    match status {
        ComponentStatus::Operational => "state-operational",
        ComponentStatus::Degraded => "state-degraded_performance",
        ComponentStatus::Maintenance => "state-under_maintenance",
        ComponentStatus::Partial => "state-partial_outage",
        ComponentStatus::Major => "state-major_outage",
    }
}
