//! Describes what an update changes, in words: feeds and timelines show the facts that an update sets, not only
//! its prose.

#[cfg(test)]
mod tests;

use super::Site;
use crate::locale::Locale;
use crate::model::advice::{Advice, Modes};
use crate::model::component::{Affects, GivenStatus};
use crate::model::entry::{Estimate, NextUpdate};
use crate::model::incident::Change;
use crate::model::maintenance::{About, PlanChange};
use crate::model::outages::Outage;
use crate::model::phases::Phase;
use crate::model::window::Window;
use crate::model::{Instant, Rich, Stated};
use crate::text;
use crate::timeline::{IncidentNow, MaintenanceNow};
use crate::vocabulary::{ComponentStatus, PhaseMode};

/// The most components named one by one. If there are more, their groups are named, without statuses.
const MOST: usize = 6;

/// What stands between several windows in a text. Windows contain the commas of dates.
pub const WINDOW_SEPARATOR: &str = " / ";

/// How to write a time that stands alone.
pub type Clock<'c> = &'c dyn Fn(Stated) -> String;

/// What an update says of a fact.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    At(Stated),
    /// An end for the whole entry, and ends of single components.
    Ends(Option<Stated>, Vec<(usize, Stated)>),
    Words(String),
}

/// A fact that an update sets, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetFact {
    pub label: String,
    /// What readers were told before, if the update corrects it.
    pub before: Option<String>,
    pub value: String,
}

impl SetFact {
    #[must_use]
    pub fn new(label: String, value: String) -> SetFact {
        SetFact { label, before: None, value }
    }

    /// The value on one line: `16:10 → 16:21`, if it was another before.
    #[must_use]
    pub fn line(&self, locale: &Locale) -> String {
        match &self.before {
            None => self.value.clone(),
            Some(before) => locale.format("fact-changed", &[("before", before), ("after", &self.value)]),
        }
    }

    /// The same as HTML, with the old value as deleted and the new one as inserted.
    #[must_use]
    pub fn html(&self, locale: &Locale) -> String {
        match &self.before {
            None => text::escape(&self.value),
            Some(before) => {
                let before = format!("<del>{}</del>", text::escape(before));
                let after = format!("<ins>{}</ins>", text::escape(&self.value));
                locale.format("fact-changed", &[("before", &before), ("after", &after)])
            }
        }
    }
}

/// The facts that an update sets.
pub trait Changes: std::fmt::Debug + Sync {
    /// Labels and values in a language, in the order of the format.
    fn said(&self, site: &Site<'_>, locale: usize) -> Vec<(String, Said)>;
}

impl Changes for () {
    fn said(&self, _: &Site<'_>, _: usize) -> Vec<(String, Said)> {
        Vec::new()
    }
}

impl Changes for Change {
    fn said(&self, site: &Site<'_>, locale: usize) -> Vec<(String, Said)> {
        let words = ChangeWords { site, locale };
        // Every fact is named here, so that the compiler asks for a new one.
        let Change {
            started,
            outages,
            affects,
            scope,
            modes,
            severity,
            next_update,
            expected_recovery,
            ended,
            ended_parts,
        } = self;
        let mut facts = Vec::new();
        if let Some(severity) = *severity {
            facts.push((words.label("fact-severity"), Said::Words(site.severity_name(severity, locale))));
        }
        facts.extend(words.scope(scope.as_ref()).map(|(label, scope)| (label, Said::Words(scope))));
        facts.extend(affects.as_ref().map(|a| (words.label("fact-affects"), Said::Words(words.affects(a)))));
        facts.extend(modes.as_ref().map(|m| (words.label("fact-mode"), Said::Words(words.modes(m)))));
        facts.extend(started.map(|started| (words.label("fact-started"), Said::At(started))));
        facts.extend(words.outages(outages).map(|(label, outages)| (label, Said::Words(outages))));
        if ended_parts.is_empty() {
            facts.extend(ended.map(|ended| (words.label("fact-ended"), Said::At(ended))));
        } else {
            facts.push((words.label("fact-ended"), Said::Ends(*ended, ended_parts.clone())));
        }
        let expected = expected_recovery.as_ref().map(|estimate| match estimate {
            Estimate::At(at) => Said::At(*at),
            Estimate::Words(_) => Said::Words(words.estimate(estimate)),
        });
        facts.extend(expected.map(|expected| (words.label("fact-expected"), expected)));
        facts.extend(next_update.map(|next| (words.label("fact-next"), words.next_said(next))));
        facts
    }
}

impl Changes for PlanChange {
    fn said(&self, site: &Site<'_>, locale: usize) -> Vec<(String, Said)> {
        let words = ChangeWords { site, locale };
        let PlanChange { start, end, affects, scope, next_update, occurrence: _, pieces: _, about, phases } =
            self;
        let mut facts = Vec::new();
        if let Some(About { window, is_off }) = *about {
            // Of several windows, readers must know which.
            let label = if is_off { "pack-window-off" } else { "fact-window" };
            facts.push((words.label(label), Said::Words(words.window(window))));
        } else {
            facts.extend(start.map(|at| (words.label("fact-start"), Said::At(at))));
            let unknown = || Said::Words(words.label("end-unknown"));
            facts.extend(end.map(|end| (words.label("fact-end"), end.map_or_else(unknown, Said::At))));
        }
        facts.extend(words.scope(scope.as_ref()).map(|(label, scope)| (label, Said::Words(scope))));
        facts.extend(affects.as_ref().map(|a| (words.label("fact-affects"), Said::Words(words.affects(a)))));
        let phases = phases.as_ref().map(|phases| Said::Words(words.phases(phases)));
        facts.extend(phases.map(|phases| (words.label("phases"), phases)));
        facts.extend(next_update.map(|next| (words.label("fact-next"), words.next_said(next))));
        facts
    }
}

/// The facts that an update sets, and what they were before and are after it if it is a correction. `clock` writes
/// times that were not another before.
#[must_use]
pub fn facts<C: Changes>(
    site: &Site<'_>,
    locale: usize,
    change: &C,
    corrected: Option<&Corrected<C>>,
    clock: Clock<'_>,
) -> Vec<SetFact> {
    let words = ChangeWords { site, locale };
    let (before, after) = corrected
        .map(|corrected| (corrected.before.said(site, locale), corrected.after.said(site, locale)))
        .unwrap_or_default();
    let of = |said: &[(String, Said)], label: &str| {
        said.iter().find(|(known, _)| known == label).map(|(_, said)| said.clone())
    };
    let set = |(label, said): (String, Said)| {
        let pair = of(&before, &label).zip(of(&after, &label)).filter(|(before, after)| before != after);
        match (pair, corrected) {
            (Some((before, after)), Some(corrected)) => {
                let (before, value) = words.pair(&before, &after, corrected.at);
                if before == value {
                    SetFact::new(label, value)
                } else {
                    SetFact { label, before: Some(before), value }
                }
            }
            _ => SetFact::new(label, words.said(&said, clock)),
        }
    };
    change.said(site, locale).into_iter().map(set).collect()
}

/// What readers knew before a correction, and what they know since, of the facts that it changes.
#[derive(Debug)]
pub struct Corrected<C> {
    pub before: C,
    pub after: C,
    /// When it was said.
    pub at: Instant,
}

impl Corrected<Change> {
    /// The correction among the updates of an incident, by its position.
    #[must_use]
    pub fn of_incident(now: &IncidentNow<'_>, update: usize) -> Option<Corrected<Change>> {
        let at = now.updates.get(update)?.at;
        now.corrected(update).map(|(before, after)| Corrected { before, after, at })
    }
}

impl Corrected<PlanChange> {
    /// The correction among the updates of a maintenance, by its position.
    #[must_use]
    pub fn of_maintenance(now: &MaintenanceNow<'_>, update: usize) -> Option<Corrected<PlanChange>> {
        let at = now.updates.get(update)?.at;
        now.corrected(update).map(|(before, after)| Corrected { before, after, at })
    }
}

/// What still works on the affected components: said once, if it is the same for all. `None` if nothing is said.
#[must_use]
pub fn modes(site: &Site<'_>, locale: usize, modes: &[(usize, Option<PhaseMode>)]) -> Option<String> {
    let (_, first) = modes.first()?;
    let said = if modes.iter().all(|(_, mode)| mode == first) {
        Modes { all: Some(Some((*first)?)), parts: Vec::new() }
    } else {
        Modes { all: None, parts: modes.iter().filter(|(_, mode)| mode.is_some()).copied().collect() }
    };
    Some(ChangeWords { site, locale }.modes(&said))
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
    pub(super) fn next(&self, next: NextUpdate) -> String {
        self.said(&self.next_said(next), &|at| self.moment(at))
    }

    fn next_said(&self, next: NextUpdate) -> Said {
        match next {
            NextUpdate::By(due) => Said::At(due),
            NextUpdate::Undecided => Said::Words(self.label("next-undecided")),
        }
    }

    fn said(&self, said: &Said, clock: Clock<'_>) -> String {
        match said {
            Said::At(at) => clock(*at),
            Said::Ends(whole, parts) => self.ends(*whole, parts, clock),
            Said::Words(words) => words.clone(),
        }
    }

    /// Two values of a fact, before and after a correction. Times have their day where it is not that of the
    /// correction, or of the time before them, and the last one has the zone.
    fn pair(&self, before: &Said, after: &Said, at: Instant) -> (String, String) {
        let (site, locale) = (self.site, &self.site.locales[self.locale]);
        let zone = site.now.zone();
        let day_of = |time: Stated| time.precision.day().unwrap_or_else(|| zone.day(time.at));
        let first = match before {
            Said::At(time) => day_of(*time),
            _ => zone.day(at),
        };
        let both = matches!((before, after), (Said::At(old), Said::At(new)) if zone.abbreviation(old.at) == zone.abbreviation(new.at));
        let old = self.said(before, &|time| locale.beside(time, zone.day(at), zone, !both));
        let new = self.said(after, &|time| locale.beside(time, first, zone, true));
        (old, new)
    }

    /// A sentence that contains a time.
    pub(super) fn at(&self, key: &str, at: impl Into<Stated>) -> String {
        self.site.locales[self.locale].format(key, &[("time", &self.moment(at))])
    }

    /// Several windows on one line, each with the components that it has of its own.
    pub(super) fn windows(&self, windows: &[(Window, Option<&Affects>)]) -> String {
        let locale = &self.site.locales[self.locale];
        let one = |(window, own): &(Window, Option<&Affects>)| with_names(locale, self.window(*window), *own);
        windows.iter().map(one).collect::<Vec<_>>().join(WINDOW_SEPARATOR)
    }

    /// The spans of an impact on one line, with their label; `None` if there are none.
    pub(super) fn outages(&self, outages: &[Outage]) -> Option<(String, String)> {
        let (locale, zone) = (&self.site.locales[self.locale], self.site.now.zone());
        let words: Vec<String> = outages.iter().map(|outage| locale.outage(*outage, zone)).collect();
        (!words.is_empty()).then(|| (self.label("fact-outages"), words.join(WINDOW_SEPARATOR)))
    }

    pub(super) fn window(&self, window: Window) -> String {
        self.site.locales[self.locale].window(window, self.site.now.zone())
    }

    /// When the incident ended, as a whole or for single components.
    pub(super) fn ended(&self, change: &Change) -> Option<String> {
        let has_end = change.ended.is_some() || !change.ended_parts.is_empty();
        has_end.then(|| self.ends(change.ended, &change.ended_parts, &|at| self.moment(at)))
    }

    fn ends(&self, whole: Option<Stated>, parts: &[(usize, Stated)], clock: Clock<'_>) -> String {
        let locale = &self.site.locales[self.locale];
        let components = &self.site.now.model.config.components.all;
        let part = |(component, at): &(usize, Stated)| {
            let name = components[*component].name.get(self.locale).1;
            format!("{name}{}{}", locale.t("colon"), clock(*at))
        };
        let all: Vec<String> = whole.map(clock).into_iter().chain(parts.iter().map(part)).collect();
        all.join(locale.t("list-separator"))
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

    /// By when orders should be cancelled before these windows, and the words of the advice. An incident has no window.
    pub(super) fn advice(&self, advice: &Advice, windows: &[Window]) -> Vec<(String, String)> {
        let times: Vec<String> = advice.times(windows).into_iter().map(|at| self.moment(at)).collect();
        let times = (!times.is_empty()).then(|| times.join(WINDOW_SEPARATOR));
        let words = advice.words.as_ref().map(|words| words.get(self.locale).1.plain());
        let words = words.filter(|words| !words.is_empty());
        let times = times.map(|times| (self.label("fact-cancel-before"), times));
        times.into_iter().chain(words.map(|words| (self.label("fact-advice"), words))).collect()
    }

    /// What still works, for all components or for some.
    pub(super) fn modes(&self, modes: &Modes) -> String {
        let locale = &self.site.locales[self.locale];
        let fine = ComponentStatus::Operational.message();
        let name = |mode: Option<PhaseMode>| locale.t(mode.map_or(fine, PhaseMode::message));
        let components = &self.site.now.model.config.components.all;
        let part = |(component, mode): &(usize, Option<PhaseMode>)| {
            let of = components[*component].name.get(self.locale).1;
            format!("{of}{}{}", locale.t("colon"), name(*mode))
        };
        let all = modes.all.map(|mode| name(mode).to_owned());
        let parts: Vec<String> = all.into_iter().chain(modes.parts.iter().map(part)).collect();
        parts.join(locale.t("list-separator"))
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

/// Words with the names of components behind them, if there are any: `10:00–12:00 JST (East hall)`.
#[must_use]
pub fn with_names(locale: &Locale, words: String, affects: Option<&Affects>) -> String {
    let Some(affects) = affects else { return words };
    let names: Vec<&str> = affects.names.iter().map(|name| name.get(locale.index).1.as_str()).collect();
    locale.format("pack-note", &[("text", &words), ("note", &names.join(locale.t("list-separator")))])
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
