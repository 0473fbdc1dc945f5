//! The pages for history, components, questions and free text, and the 404 page.

use askama::Template;

use super::markup::Html;
use super::parts::{Bars, Chip, Line, QuestionView, Turning, turning, within};
use super::{Layout, Scope, class, shown};
use crate::markdown::{Resolve, Target};
use crate::model::{Instant, Page, Rich};
use crate::site::{Event, Linker, Route, Words};
use crate::vocabulary::ComponentStatus;

#[derive(Template)]
#[template(path = "history.html")]
pub(super) struct History {
    l: Layout,
    title: String,
    intro: String,
    years: Vec<Year>,
    /// The address and the name of the public reports.
    reports: Option<(String, String)>,
}

/// The months of a year that have events.
struct Year {
    year: i32,
    months: Vec<MonthLine>,
}

struct MonthLine {
    href: String,
    name: String,
    count: String,
}

#[derive(Template)]
#[template(path = "month.html")]
pub(super) struct Month {
    l: Layout,
    title: String,
    lines: Vec<Line>,
    label: String,
    around: Vec<(&'static str, String, String)>,
}

#[derive(Template)]
#[template(path = "component.html")]
pub(super) struct ComponentPage {
    l: Layout,
    title: Html,
    description: Option<Html>,
    chips: Vec<Turning<Chip>>,
    retired: Option<String>,
    bars: Option<Bars>,
    history_label: String,
    lines: Vec<Line>,
    history: String,
}

#[derive(Template)]
#[template(path = "faq.html")]
pub(super) struct Faq {
    l: Layout,
    title: String,
    now: Vec<QuestionView>,
    categories: Vec<(String, Html, String, Vec<QuestionView>)>,
    empty: Option<String>,
    open: bool,
}

#[derive(Template)]
#[template(path = "page.html")]
pub(super) struct FreePage {
    l: Layout,
    title: Html,
    updated: Option<(String, String)>,
    words: Html,
}

#[derive(Template)]
#[template(path = "404.html")]
pub(super) struct NotFound {
    l: Layout,
    title: String,
    home: String,
}

pub(super) fn history(scope: &Scope<'_>) -> History {
    let mut years: Vec<Year> = Vec::new();
    for found in &scope.site.months {
        let ((year, month), count) = (found.name, i64::try_from(scope.site.month(found).len()).unwrap_or(0));
        let line = MonthLine {
            href: scope.linker.page(Route::Month(year, month)),
            name: scope.locale.month(year, month),
            count: scope.locale.count("history-count", count),
        };
        match years.last_mut().filter(|y| y.year == year) {
            Some(known) => known.months.push(line),
            None => years.push(Year { year, months: vec![line] }),
        }
    }
    let title = scope.t("history-title");
    let intro = scope.t("history-intro");
    let has_reports = scope.site.now.model.config.has_public_report;
    let reports = has_reports.then(|| (scope.linker.page(Route::Reports), scope.t("report-public")));
    History { l: scope.layout(&title, &intro), title, intro, years, reports }
}

pub(super) fn month(scope: &Scope<'_>, year: i32, month: u32) -> Month {
    let name = scope.locale.month(year, month);
    let found = scope.site.months.iter().find(|found| found.name == (year, month));
    let events = found.map(|found| scope.site.month(found)).unwrap_or_default();
    let lines = events.into_iter().map(|e| scope.history_line(e)).collect();
    let months: Vec<(i32, u32)> = scope.site.months.iter().map(|m| m.name).collect();
    let at = months.iter().position(|m| *m == (year, month)).unwrap_or(0);
    let mut around = Vec::new();
    let mut link = |key: &'static str, rel: &'static str, other: Option<&(i32, u32)>| {
        if let Some((y, m)) = other {
            around.push((
                rel,
                scope.linker.page(Route::Month(*y, *m)),
                format!("{} ({})", scope.locale.t(key), scope.locale.month(*y, *m)),
            ));
        }
    };
    link("history-newer", "next", at.checked_sub(1).and_then(|n| months.get(n)));
    link("history-older", "prev", months.get(at + 1));
    around.push(("up", scope.linker.page(Route::History), scope.t("history-all")));
    let label = scope.t("history-title");
    let title = format!("{label}{}{name}", scope.locale.t("colon"));
    Month { l: scope.layout(&title, &title), title, lines, label, around }
}

fn touches(scope: &Scope<'_>, event: &Event, component: usize) -> bool {
    if scope.site.is_withdrawn(event.route).is_some() {
        return false;
    }
    let given = match event.route {
        Route::Incident(at) => &scope.site.now.incidents[at].touched.given,
        Route::Maintenance(at) => &scope.site.now.maintenance[at].touched.given,
        _ => return false,
    };
    given.iter().any(|(c, _)| *c == component)
}

pub(super) fn component(scope: &Scope<'_>, at: usize) -> ComponentPage {
    let now = &scope.site.now;
    let component = &now.model.config.components.all[at];
    let days = now.model.config.uptime_days;
    let name = scope.plain(&component.name);
    let title = scope.locale.format("component-title", &[("name", name)]);
    let retired = component.retired.filter(|day| *day <= now.today);
    let seconds = i64::from(days) * 86_400;
    let touching = scope.site.events.iter();
    let touching = touching.filter(|e| within(e.until, now.effective, seconds) && touches(scope, e, at));
    let events = scope.site.not_piled_up(touching, |e| within(e.at, now.effective, seconds));
    let count = days.to_string();
    ComponentPage {
        l: scope.layout(&title, &title),
        title: scope.say("component-title", &[("name", &scope.text(&component.name))]),
        description: component.description.as_ref().map(|d| scope.description(d)),
        chips: if retired.is_none() { chips(scope, at) } else { Vec::new() },
        retired: retired
            .map(|day| scope.locale.format("component-retired", &[("date", &scope.locale.date(day))])),
        bars: scope.bars(at).filter(|_| retired.is_none()),
        history_label: scope.locale.format("component-history", &[("days", &count)]),
        lines: events.into_iter().map(|e| scope.history_line(e)).collect(),
        history: scope.linker.page(Route::History),
    }
}

/// The component's status now and as the plans will change it. This page carries no build time, so without a
/// script it shows nothing that the clock can make untrue: neither "operational" nor the end of a maintenance.
fn chips(scope: &Scope<'_>, component: usize) -> Vec<Turning<Chip>> {
    let turns = turning(scope, |forecast| forecast.components[component]);
    let ends: Vec<_> = turns.iter().skip(1).map(|(at, _)| *at).collect();
    (turns.into_iter().enumerate())
        .map(|(n, (at, turn))| {
            let status = turn.value;
            let is_shown =
                n == 0 && !matches!(status, ComponentStatus::Operational | ComponentStatus::Maintenance);
            let when = match (n, ends.get(n)) {
                // Only the script shows this, also if nothing is planned.
                (0, None) if !is_shown => shown(Some(Instant(0)), None, true),
                (0, until) => shown(None, until.copied(), !is_shown),
                (_, until) => shown(Some(at), until.copied(), true),
            };
            Turning { when, value: Chip { class: class(status), text: scope.status_name(status) } }
        })
        .collect()
}

impl Scope<'_> {
    /// A line of Markdown from site.yaml.
    pub(super) fn description(&self, words: &Rich) -> Html {
        struct Plain<'l, 's>(&'l Linker<'s>);
        impl Resolve for Plain<'_, '_> {
            fn address(&self, target: &Target) -> Option<String> {
                match target {
                    Target::Site(path) => self.0.written(path),
                    _ => None,
                }
            }
            fn prefix(&self) -> &'static str {
                ""
            }
            fn notes_page(&self) -> &'static str {
                ""
            }
        }
        let (locale, fragment) = words.get(self.page.locale);
        self.in_language(locale, Html::markdown(fragment, &Plain(&self.linker)))
    }
}

pub(super) fn faq(scope: &Scope<'_>) -> Faq {
    let site = scope.site;
    let mut now = Vec::new();
    for (at, incident) in site.now.incidents.iter().enumerate().filter(|(_, i)| i.is_active()) {
        now.extend(scope.incident_questions(at, incident));
    }
    let mut categories = Vec::new();
    for (at, category) in site.now.model.config.categories.iter().enumerate() {
        let questions: Vec<_> = site.now.questions.iter().filter(|q| q.category == at).collect();
        if questions.is_empty() {
            continue;
        }
        let list = questions.iter().map(|q| scope.question(q)).collect();
        categories.push((
            category.id.clone(),
            scope.text(&category.name),
            scope.linker.page(Route::Category(at)),
            list,
        ));
    }
    let title = scope.t("faq-title");
    let empty = (now.is_empty() && categories.is_empty()).then(|| scope.t("faq-empty"));
    Faq { l: scope.layout(&title, &title), title, now, categories, empty, open: false }
}

pub(super) fn category(scope: &Scope<'_>, at: usize) -> Faq {
    let site = scope.site;
    let category = &site.now.model.config.categories[at];
    let questions: Vec<_> = site.now.questions.iter().filter(|q| q.category == at).collect();
    let list: Vec<QuestionView> = questions.iter().map(|q| scope.question(q)).collect();
    let title =
        format!("{}{}{}", scope.locale.t("faq-title"), scope.locale.t("colon"), scope.plain(&category.name));
    let empty = list.is_empty().then(|| scope.t("faq-empty"));
    let categories = vec![(category.id.clone(), Html::default(), String::new(), list)];
    Faq {
        l: scope.layout(&title, &title),
        title,
        now: Vec::new(),
        categories: if empty.is_some() { Vec::new() } else { categories },
        empty,
        open: true,
    }
}

pub(super) fn page(scope: &Scope<'_>, page: &Page) -> FreePage {
    let title = scope.plain(&page.head.title);
    let description = page.words.get(scope.page.locale).1.plain();
    let updated = page.updated.map(|day| {
        (day.to_string(), scope.locale.format("updated-on", &[("date", &scope.locale.date(day))]))
    });
    let resolve = Words::own(&scope.linker, &page.head);
    FreePage {
        l: scope.layout(title, &description),
        title: scope.text(&page.head.title),
        updated,
        words: scope.words(&page.words, resolve),
    }
}

pub(super) fn not_found(scope: &Scope<'_>) -> NotFound {
    let title = scope.t("not-found-title");
    NotFound { l: scope.layout(&title, &title), title, home: scope.linker.page(Route::Home) }
}
