//! Parts that several pages share: history lines, questions, uptime bars.

use std::fmt::Write as _;

use super::markup::{Html, html};
use super::{Scope, class, severity_class, shown};
use crate::kind::EntryKind;
use crate::locale::Locale;
use crate::model::config::Field;
use crate::model::entry::{Estimate, FieldValue, Update};
use crate::model::maintenance::MaintenanceType;
use crate::model::outages::{Outage, OutageEnd};
use crate::model::window::Window;
use crate::model::{Instant, Question, Stated};
use crate::site::changes::WINDOW_SEPARATOR;
use crate::site::feed_items::anchor;
use crate::site::item_status::ItemStatus;
use crate::site::{Event, Route, Words};
use crate::timeline::{Forecast, IncidentNow, MaintenanceNow};
use crate::uptime::{self, Day};
use crate::vocabulary::{ComponentStatus, Level, PhaseMode, Severity, Status};

/// One of several values that replace each other as the clock advances, with the time it is shown.
pub(super) struct Turning<T> {
    /// Attributes that say when it is shown.
    pub when: Html,
    pub value: T,
}

/// The values now and later, if only the clock advances: each value once, with its position in the forecast.
pub(super) fn turning<T: PartialEq>(
    scope: &Scope<'_>,
    value: impl Fn(&Forecast) -> T,
) -> Vec<(Instant, Turning<T>)> {
    let forecast = &scope.site.now.forecast;
    let mut found: Vec<(Instant, T)> = Vec::new();
    for later in forecast {
        let value = value(later);
        if found.last().is_none_or(|(_, last)| *last != value) {
            found.push((later.at, value));
        }
    }
    let ends: Vec<Instant> = found.iter().skip(1).map(|(at, _)| *at).collect();
    (found.into_iter().enumerate())
        .map(|(n, (at, value))| {
            let when = shown((n > 0).then_some(at), ends.get(n).copied(), n > 0);
            (at, Turning { when, value })
        })
        .collect()
}

/// The same without positions.
pub(super) fn turns<T: PartialEq>(scope: &Scope<'_>, value: impl Fn(&Forecast) -> T) -> Vec<Turning<T>> {
    turning(scope, value).into_iter().map(|(_, turning)| turning).collect()
}

/// A symbol with a label, so that colour is never the only signal.
#[derive(Clone, PartialEq)]
pub(super) struct Chip {
    pub class: &'static str,
    pub text: String,
}

/// A history line.
pub(super) struct Line {
    pub chip: Chip,
    pub title: String,
    pub lang: Option<String>,
    pub href: String,
    pub when: Html,
    pub state: String,
}

pub(super) struct QuestionView {
    pub id: String,
    /// The anchor that its writer gave it.
    pub anchor: Option<String>,
    pub question: Html,
    pub answer: Html,
    /// The entry that it comes from, if that is another one.
    pub from: Option<(String, String)>,
}

impl Scope<'_> {
    pub(super) fn severity_chip(&self, severity: Severity) -> Chip {
        Chip { class: severity_class(severity), text: self.site.severity_name(severity, self.page.locale) }
    }

    pub(super) fn kind_chip(&self, kind: MaintenanceType) -> Chip {
        Chip { class: "maintenance", text: self.site.kind_name(kind, self.page.locale) }
    }

    pub(super) fn level_chip(&self, level: Level) -> Chip {
        Chip { class: level_class(level), text: self.t(level.message()) }
    }

    pub(super) fn withdrawn_chip(&self) -> Chip {
        Chip { class: "info", text: self.t(ItemStatus::Withdrawn.message()) }
    }

    /// The history line of an event. It does not depend on the clock.
    pub(super) fn history_line(&self, event: &Event) -> Line {
        let (title, lang) = self.title(event.route);
        let (chip, state, when) = match event.route {
            route if self.site.is_withdrawn(route).is_some() => {
                (self.withdrawn_chip(), String::new(), self.moment(self.began(event)))
            }
            Route::Incident(at) => {
                let now = &self.site.now.incidents[at];
                let state = self.marked_state(self.update_name(now.state), now.updates);
                (self.severity_chip(now.named_severity()), state, self.incident_when(now))
            }
            Route::Maintenance(at) => {
                let now = &self.site.now.maintenance[at];
                let chip = self.kind_chip(now.maintenance.kind);
                let state = if now.human_state == Status::Scheduled {
                    String::new()
                } else {
                    self.update_name(now.human_state)
                };
                let state = self.marked_state(state, now.updates.iter().copied());
                (chip, state, html!("{}{}", self.windows(now), self.unconfirmed(now)))
            }
            Route::Notice(at) => {
                let now = &self.site.now.notices[at];
                let state = self.marked_state(String::new(), now.updates);
                (self.level_chip(now.notice.level), state, self.moment(self.began(event)))
            }
            _ => (Chip::default(), String::new(), Html::default()),
        };
        Line { chip, title, lang, href: self.linker.page(event.route), when, state }
    }

    /// The windows of a maintenance on one line, without those that do not take place.
    pub(super) fn windows(&self, now: &MaintenanceNow<'_>) -> Html {
        Html::join(now.plans().into_iter().map(|plan| self.window(plan)), WINDOW_SEPARATOR)
    }

    /// When an event began, as it was stated.
    fn began(&self, event: &Event) -> Stated {
        let now = &self.site.now;
        let stated = match event.route {
            Route::Incident(at) => Some(now.incidents[at].started),
            Route::Maintenance(at) => now.maintenance[at].plan.decided().map(Window::from),
            Route::Notice(at) => now.notices[at].published_as_stated(),
            _ => None,
        };
        stated.unwrap_or(event.at.into())
    }

    /// The short line of an incident that is over, with when it ended. The history has the rest.
    pub(super) fn resolved_line(&self, at: usize, now: &IncidentNow<'_>) -> Line {
        let route = Route::Incident(at);
        let (title, lang) = self.title(route);
        let ended = now.ended.unwrap_or(now.started);
        let time = self.near(ended, self.site.now.effective);
        let when =
            html!("{}{}{}{}", self.locale.t("fact-ended"), self.locale.t("colon"), time, Scope::until(ended));
        let state = self.marked_state(String::new(), now.updates);
        let href = self.linker.page(route);
        Line { chip: self.severity_chip(now.named_severity()), title, lang, href, when, state }
    }

    /// The note that a maintenance has no reported result. The list must be true at any time, so only the
    /// script shows it.
    fn unconfirmed(&self, now: &MaintenanceNow<'_>) -> Html {
        let Some(at) = now.closes else { return Html::default() };
        html!(" <span{}>· {}</span>", shown(Some(at), None, true), self.locale.t("clock-unconfirmed"))
    }

    /// The short line of an event on a day on which it only continued. The full line is on the day that it began.
    pub(super) fn continued_line(&self, event: &Event) -> Line {
        let day = Scope::day_of(event.day, &self.locale.day(event.day));
        let when = self.say("history-continued", &[("day", &day)]);
        Line { when, state: String::new(), ..self.history_line(event) }
    }

    /// A link to an update on its entry's page; `home` is the address of that page, empty if this is the page.
    pub(super) fn to_update<C>(home: &str, update: &Update<C>, words: &Html) -> Html {
        let id = anchor(update.status.word(), update.stamp(), update.ordinal);
        html!("<a href=\"{}#{}\">{}</a>", home, id, words)
    }

    /// The mark that the latest of these updates corrects another; empty if none does.
    pub(super) fn correction_mark<'u, C: 'u>(
        &self,
        route: Route,
        updates: impl IntoIterator<Item = &'u Update<C>>,
    ) -> Option<Html> {
        let update = updates.into_iter().filter(|u| u.status == Status::Correction).last()?;
        let label = self.update_name(Status::Correction);
        let words = html!("{} {}", label, self.near(update.stated(), self.site.now.effective));
        Some(Scope::to_update(&self.linker.page(route), update, &words))
    }

    /// The state of an entry in a list, marked if one of its statements was corrected.
    fn marked_state<'u, C: 'u>(
        &self,
        state: String,
        updates: impl IntoIterator<Item = &'u Update<C>>,
    ) -> String {
        let corrected = updates.into_iter().any(|u| u.status == Status::Correction);
        let mark = corrected.then(|| self.update_name(Status::Correction));
        let parts: Vec<String> = Some(state).filter(|s| !s.is_empty()).into_iter().chain(mark).collect();
        parts.join(" · ")
    }

    /// A span of an impact, or a moment.
    pub(super) fn outage(&self, outage: Outage) -> Html {
        match outage.end {
            OutageEnd::At(end) => self.window(Window::new(outage.start, Some(end))),
            OutageEnd::Moment => self.local(outage.start),
            OutageEnd::Open => {
                html!("{} – {}", self.local(outage.start), self.locale.t("report-open"))
            }
        }
    }

    fn incident_when(&self, now: &IncidentNow<'_>) -> Html {
        if !now.outages.is_empty() {
            return Html::join(now.outages.iter().map(|outage| self.outage(*outage)), WINDOW_SEPARATOR);
        }
        let started = now.started;
        let start = self.moment(started);
        match now.ended {
            Some(end) => {
                let words = html!("{} – {}", start, self.near(end, started.at));
                if !Window::new(started, Some(end)).has_clocks() {
                    return if end.stamp() == started.stamp() { start } else { words };
                }
                html!("<span data-window=\"{}/{}\">{}</span>", started.at.iso(), end.at.iso(), words)
            }
            None => start,
        }
    }

    /// A question of the FAQ, with links as seen from this page.
    pub(super) fn question(&self, question: &Question) -> QuestionView {
        let route = Route::Category(question.category);
        let own = self.page.route == route;
        let home = self.linker.page(route);
        let resolve = if own {
            let prefix = format!("{}-", question.head.slug);
            Words { prefix, ..Words::own(&self.linker, &question.head) }
        } else {
            Words::elsewhere(&self.linker, &question.head, home)
        };
        QuestionView {
            id: if own { question.head.slug.clone() } else { format!("question-{}", question.head.slug) },
            anchor: None,
            question: self.text(&question.head.title),
            answer: self.words(&question.answer, resolve),
            from: None,
        }
    }

    /// The questions inside an incident, shown on another page.
    pub(super) fn incident_questions(&self, at: usize, now: &IncidentNow<'_>) -> Vec<QuestionView> {
        let head = &now.incident.head;
        let route = Route::Incident(at);
        let (title, _) = self.title(route);
        let href = self.linker.page(route);
        (now.incident.faq.iter())
            .map(|q| QuestionView {
                id: format!("incident-{}-{}", head.slug, q.id),
                anchor: None,
                question: self.text(&q.question),
                answer: self.borrowed(head, route, &q.answer),
                from: Some((title.clone(), href.clone())),
            })
            .collect()
    }

    /// The uptime bars for ninety days: the worse the day, the higher the bar. The same facts are next to them
    /// as text.
    pub(super) fn bars(&self, component: usize) -> Option<Bars> {
        let config = &self.site.now.model.config.components.all[component];
        if !config.uptime {
            return None;
        }
        let days = &self.site.uptime[component];
        let count = days.len();
        let percent = uptime::percent(days).map(|p| format!("{}.{:02}", p / 100, p % 100));
        let text = match &percent {
            Some(percent) => {
                let counted = days.iter().filter(|d| d.counted > 0).count();
                let first = days.iter().find(|d| d.counted > 0).map(|d| d.date);
                match first.filter(|_| counted + 1 < count) {
                    // For a younger site, the text names the first day.
                    Some(first) => {
                        let date = self.locale.date(first);
                        self.locale.format("uptime-since", &[("date", &date), ("percent", percent)])
                    }
                    // Today is not over yet, but the usual ninety days include it.
                    None => self
                        .locale
                        .format("uptime-text", &[("days", &count.to_string()), ("percent", percent)]),
                }
            }
            None => self.t("uptime-none"),
        };
        let ago = i64::try_from(count).unwrap_or(90) - 1;
        Some(Bars {
            id: format!("uptime-{}", config.id),
            svg: picture(days),
            text,
            ago: self.locale.count("uptime-ago", ago),
            today: self.t("uptime-today"),
            bad: self.bad_days(days),
        })
    }

    /// The days with problems, newest first.
    fn bad_days(&self, days: &[Day]) -> Vec<(&'static str, String)> {
        let bad = days
            .iter()
            .rev()
            .filter_map(|d| Some((d.date, d.worst.filter(|w| *w != ComponentStatus::Operational)?)));
        let words = |date, worst| format!("{} {}", self.locale.day(date), self.status_name(worst));
        bad.map(|(date, worst)| (class(worst), words(date, worst))).collect()
    }
}

/// The bars as one path for each status, with one rectangle for each run of days.
fn picture(days: &[Day]) -> Html {
    let count = days.len();
    let mut paths = Html::default();
    let all = ComponentStatus::ALL.iter().copied().map(Some);
    for status in std::iter::once(None).chain(all) {
        let mut path = String::new();
        let mut from = 0;
        while from < count {
            let to = (from..count).find(|d| days[*d].worst != days[from].worst).unwrap_or(count);
            if days[from].worst == status {
                let top = top(status);
                // Writing to a string cannot fail.
                let _ = write!(path, "M{from} {top}H{to}V8H{from}z");
            }
            from = to;
        }
        if !path.is_empty() {
            paths.push(&html!("<path class=\"{}\" d=\"{}\"/>", status.map_or("none", class), path));
        }
    }
    html!(
        "<svg class=\"bars\" viewBox=\"0 0 {} 8\" preserveAspectRatio=\"none\" aria-hidden=\"true\">{}</svg>",
        count,
        paths
    )
}

/// The top of a bar, on a scale of eight, so that colour is not the only signal.
fn top(status: Option<ComponentStatus>) -> u8 {
    match status {
        None | Some(ComponentStatus::Operational) => 4,
        Some(ComponentStatus::Degraded) => 3,
        Some(ComponentStatus::Maintenance) => 2,
        Some(ComponentStatus::Partial) => 1,
        Some(ComponentStatus::Major) => 0,
    }
}

pub(super) struct Bars {
    pub id: String,
    pub svg: Html,
    pub text: String,
    pub ago: String,
    pub today: String,
    /// The days with problems: CSS class and text.
    pub bad: Vec<(&'static str, String)>,
}

pub(super) fn field_value(scope: &Scope<'_>, field: &Field, value: &FieldValue) -> Html {
    match value {
        FieldValue::Choice(at) => field.values.get(*at).map_or(Html::default(), |c| scope.text(&c.name)),
        FieldValue::Words(words) => scope.text(words),
    }
}

pub(super) fn mode_name(scope: &Scope<'_>, mode: PhaseMode) -> String {
    scope.t(mode.message())
}

pub(super) fn estimate_words(scope: &Scope<'_>, estimate: &Estimate, near: Instant) -> Html {
    match estimate {
        // An estimate to the minute is approximate by its nature.
        Estimate::At(time) if time.is_exact() => {
            scope.say("time-about", &[("time", &scope.near(*time, near))])
        }
        Estimate::At(time) => scope.near(*time, near),
        Estimate::Words(words) => scope.text(words),
    }
}

/// The questions to show while something is active; on an entry's page, only the ones about it.
pub(super) fn surfaced<'s>(scope: &Scope<'s>, entry: Option<(EntryKind, &[usize])>) -> Vec<&'s Question> {
    let now = &scope.site.now;
    let mut active: Vec<(EntryKind, Vec<usize>)> = Vec::new();
    if let Some((kind, touched)) = entry {
        active.push((kind, touched.to_vec()));
    } else {
        let touched = |given: &[(usize, crate::model::GivenStatus)]| given.iter().map(|(c, _)| *c).collect();
        active.extend(now.active_incidents().map(|i| (EntryKind::Incident, touched(&i.touched.given))));
        let running = now.maintenance.iter().filter(|m| m.is_running());
        active.extend(running.map(|m| (EntryKind::Maintenance, touched(&m.touched.given))));
    }
    now.surfaced(&active)
}

/// The times of a phase. On the day of the window, which is shown above, only the time of day.
pub(super) fn phase_times(scope: &Scope<'_>, now: &MaintenanceNow<'_>, times: Window) -> Html {
    let zone = scope.zone();
    let day = zone.day(now.plan.start);
    match times.end.filter(|_| !now.is_in_windows()) {
        Some(end) if zone.day(times.start) == day && zone.day(end) == day => {
            let words = format!("{}–{}", Locale::clock(times.start, zone), Locale::clock(end, zone));
            Scope::span_of(times, &words)
        }
        _ => scope.window(times),
    }
}

/// A state that the clock brings. Between two windows it is the next one.
pub(super) fn clock_words(scope: &Scope<'_>, state: Status, next: Option<Window>) -> String {
    if let Some(next) = next {
        return scope.locale.format("clock-next", &[("window", &scope.window_words(next))]);
    }
    match state {
        Status::InProgress => scope.t("clock-in_progress"),
        Status::Verifying => scope.t("clock-verifying"),
        state => scope.update_name(state),
    }
}

/// The mark on the part of a plan that applies now.
pub(super) fn current(scope: &Scope<'_>, of: &MaintenanceNow<'_>, planned: Window) -> Html {
    if of.is_closed_by_human() {
        return Html::default();
    }
    let now = scope.site.now.effective;
    let is_now = planned.start <= now && planned.end.is_none_or(|end| now < end);
    // On pages that do not depend on the clock, the browser decides.
    let hidden = !is_now || scope.page.route != Route::Home;
    let when = shown(Some(planned.start), planned.end, hidden);
    html!(" <b{}>{}</b>", when, scope.locale.t("phase-now"))
}

/// A promised time, and a note once it has passed. On a page that does not depend on the clock, only the
/// browser can show that note.
pub(super) fn promised(scope: &Scope<'_>, words: &Html, due: Instant, key: &'static str) -> Html {
    let home = scope.page.route == Route::Home;
    let passed = home && due <= scope.site.now.effective;
    let when = if passed { Html::default() } else { shown(Some(due), None, true) };
    html!("{} <small{}>{}</small>", words, when, scope.locale.t(key))
}

pub(super) fn level_class(level: Level) -> &'static str {
    match level {
        Level::Info => "info",
        Level::Warning => "degraded",
        Level::Clarification => "maintenance",
    }
}

/// Whether an instant lies within the last `seconds`.
pub(super) fn within(at: Instant, now: Instant, seconds: i64) -> bool {
    at.0 > now.0 - seconds
}
