//! The pages of the public record: a list of months, and the record of each.

use askama::Template;

use super::markup::Html;
use super::{Layout, Scope};
use crate::model::maintenance::MaintenanceType;
use crate::model::{MaintenanceKind, Stated};
use crate::report::{Incident, Maintenance, Report};
use crate::site::Route;
use crate::site::item_status::ItemStatus;
use crate::vocabulary::Severity;

#[derive(Template)]
#[template(path = "reports.html")]
pub(super) struct Reports {
    l: Layout,
    title: String,
    intro: String,
    months: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "report.html")]
pub(super) struct MonthReport {
    l: Layout,
    title: String,
    /// That the month is not over.
    note: Option<String>,
    data: String,
    tables: Vec<Table>,
    counts: Vec<(String, usize)>,
    uptime: Option<Table>,
    lists: Vec<List>,
    label: String,
    around: Vec<(&'static str, String, String)>,
}

struct Table {
    caption: String,
    heads: Vec<String>,
    /// The name of each row, and its cells.
    rows: Vec<(Html, Vec<String>)>,
}

/// The entries of a kind.
struct List {
    id: &'static str,
    heading: String,
    entries: Vec<Entry>,
}

struct Entry {
    href: String,
    title: String,
    lang: Option<String>,
    facts: Vec<(String, Html)>,
}

pub(super) fn list(scope: &Scope<'_>) -> Reports {
    let month = |(year, month): (i32, u32)| {
        (scope.linker.page(Route::Report(year, month)), scope.locale.month(year, month))
    };
    let (title, intro) = (scope.t("report-public"), scope.t("report-public-intro"));
    let months = scope.site.report_months().into_iter().map(month).collect();
    Reports { l: scope.layout(&title, &intro), title, intro, months }
}

pub(super) fn month(scope: &Scope<'_>, year: i32, month: u32) -> MonthReport {
    let label = scope.t("report-public");
    let title = format!("{label}{}{}", scope.locale.t("colon"), scope.locale.month(year, month));
    let data = scope.linker.path(&scope.site.report_file((year, month), scope.page.locale));
    let mut page = MonthReport {
        l: scope.layout(&title, &title),
        title,
        note: None,
        data,
        tables: Vec::new(),
        counts: Vec::new(),
        uptime: None,
        lists: Vec::new(),
        label,
        around: around(scope, (year, month)),
    };
    if let Some(report) = Report::of_month(scope.site, (year, month), scope.page.locale) {
        page.fill(scope, &report);
    }
    page
}

/// The links to the months beside it, and to all.
fn around(scope: &Scope<'_>, this: (i32, u32)) -> Vec<(&'static str, String, String)> {
    let months = scope.site.report_months();
    let at = months.iter().position(|month| *month == this).unwrap_or(0);
    let link = |key: &'static str, rel: &'static str, other: Option<&(i32, u32)>| {
        other.map(|(year, month)| {
            let name = format!("{} ({})", scope.locale.t(key), scope.locale.month(*year, *month));
            (rel, scope.linker.page(Route::Report(*year, *month)), name)
        })
    };
    let newer = link("history-newer", "next", at.checked_sub(1).and_then(|newer| months.get(newer)));
    let older = link("history-older", "prev", months.get(at + 1));
    let all = ("up", scope.linker.page(Route::Reports), scope.t("history-all"));
    newer.into_iter().chain(older).chain([all]).collect()
}

impl MonthReport {
    fn fill(&mut self, scope: &Scope<'_>, report: &Report) {
        if report.period.is_cut() {
            let time = crate::site::changes::moment(scope.site, scope.page.locale, report.period.until);
            self.note = Some(scope.locale.format("report-clipped", &[("time", &time)]));
        }
        self.sums(scope, report);
        let totals = &report.totals;
        let counts = [
            ("report-promises", totals.broken_promises),
            ("update-correction", totals.corrections),
            ("update-cancelled", totals.cancelled),
            ("update-withdrawn", totals.withdrawn),
        ];
        self.counts = counts.into_iter().filter(|(_, n)| *n > 0).map(|(key, n)| (scope.t(key), n)).collect();
        let percent = |percent: Option<f64>| percent.map_or_else(|| "–".to_owned(), |p| format!("{p:.2}%"));
        let rows: Vec<(Html, Vec<String>)> =
            totals.uptime.iter().map(|one| (component(scope, &one.id), vec![percent(one.percent)])).collect();
        self.uptime = (!rows.is_empty()).then(|| Table {
            caption: scope.t("component-uptime"),
            heads: vec![scope.t("home-components"), scope.t("component-uptime")],
            rows,
        });
        let incidents = report.incidents.iter().map(|entry| incident(scope, entry)).collect();
        let works = report.maintenance.iter().map(|entry| maintenance(scope, entry)).collect();
        let lists: [(&'static str, &'static str, Vec<Entry>); 2] =
            [("incidents", "subscribe-api-incidents", incidents), ("maintenance", "home-maintenance", works)];
        let list = |(id, key, entries)| List { id, heading: scope.t(key), entries };
        self.lists = lists.into_iter().map(list).filter(|list| !list.entries.is_empty()).collect();
    }

    /// The tables of how many there were, and how long they lasted in the month.
    fn sums(&mut self, scope: &Scope<'_>, report: &Report) {
        let locale = scope.page.locale;
        let severities = Severity::ALL.iter().rev();
        let incidents: Vec<_> = severities
            .filter_map(|of| {
                Some((scope.site.severity_name(*of, locale), *report.totals.incidents.get(of.word())?))
            })
            .collect();
        let kinds = kinds(scope).into_iter();
        let works: Vec<_> =
            kinds.filter_map(|(id, name)| Some((name, *report.totals.maintenance.get(&id)?))).collect();
        for (caption, head, rows) in [
            ("subscribe-api-incidents", "fact-severity", incidents),
            ("home-maintenance", "pack-kind", works),
        ] {
            if rows.is_empty() {
                continue;
            }
            let rows = rows.into_iter().map(|(name, sum)| {
                (Html::text(&name), vec![sum.count.to_string(), sum_of(scope, sum.seconds, sum.seconds_most)])
            });
            self.tables.push(Table {
                caption: scope.t(caption),
                heads: vec![scope.t(head), scope.t("report-number"), scope.t("report-in-period")],
                rows: rows.collect(),
            });
        }
    }
}

/// A component by its id, with the language of its name.
fn component(scope: &Scope<'_>, id: &str) -> Html {
    let all = &scope.site.now.model.config.components.all;
    all.iter().find(|one| one.id == id).map(|one| scope.text(&one.name)).unwrap_or_default()
}

/// Every kind of maintenance, with its id and name.
fn kinds(scope: &Scope<'_>) -> Vec<(String, String)> {
    let name = |kind| scope.site.kind_name(kind, scope.page.locale);
    let own = scope.site.now.model.config.kinds.iter().enumerate();
    (MaintenanceKind::ALL.iter().map(|kind| (kind.word().to_owned(), name(MaintenanceType::BuiltIn(*kind)))))
        .chain(own.map(|(at, kind)| (kind.id.clone(), name(MaintenanceType::Own(at)))))
        .collect()
}

/// A sum of lengths. What goes on has none yet, and nothing has none either.
fn sum_of(scope: &Scope<'_>, least: i64, most: i64) -> String {
    if most == 0 { "–".to_owned() } else { range(scope, least, most) }
}

fn range(scope: &Scope<'_>, least: i64, most: i64) -> String {
    let (least, most) = (scope.locale.duration(least), scope.locale.duration(most));
    if least == most { least } else { format!("{least} – {most}") }
}

/// The facts of an entry, in the order of the page.
struct Facts<'s, 'p> {
    scope: &'p Scope<'s>,
    all: Vec<(String, Html)>,
}

impl Facts<'_, '_> {
    fn add(&mut self, label: &'static str, value: Html) {
        if !value.is_empty() {
            self.all.push((self.scope.locale.t(label).to_owned(), value));
        }
    }

    fn words(&mut self, label: &'static str, value: &str) {
        self.add(label, Html::text(value));
    }

    fn time(&mut self, label: &'static str, time: Option<Stated>) {
        self.add(label, time.map(|time| self.scope.moment(time)).unwrap_or_default());
    }

    fn times(&mut self, label: &'static str, times: impl Iterator<Item = Stated>) {
        let times = times.map(|time| self.scope.moment(time));
        self.add(label, Html::join(times, self.scope.locale.t("list-separator")));
    }

    /// A length, or the least and the most that it can be.
    fn length(&mut self, label: &'static str, exact: Option<i64>, between: Option<(i64, i64)>) {
        if let Some((least, most)) = between.or(exact.map(|exact| (exact, exact))) {
            self.words(label, &range(self.scope, least, most));
        }
    }
}

fn incident(scope: &Scope<'_>, entry: &Incident) -> Entry {
    let mut facts = Facts { scope, all: Vec::new() };
    let severity = scope.site.severity_name(entry.severity_highest, scope.page.locale);
    facts.words("fact-severity", &severity);
    if let (Route::Incident(at), None) = (entry.route, &entry.withdrawn) {
        facts.add("fact-affects", scope.names(&scope.site.now.incidents[at].touched.names));
    }
    let zone = scope.zone();
    let outages = entry.outages.iter().map(|outage| Html::text(&scope.locale.outage(outage.stated, zone)));
    facts.add("fact-outages", Html::join(outages, scope.locale.t("list-separator")));
    if entry.outages.is_empty() {
        facts.time("fact-started", Some(entry.started.stated));
    }
    facts.time("fact-detected", entry.detected.map(|at| at.stated));
    facts.time("report-first-notice", Some(entry.first_notice.stated));
    facts.length("report-to-notice", entry.detection_to_notice_seconds.map(|seconds| seconds.max(0)), None);
    facts.time("fact-ended", entry.ended.map(|at| at.stated));
    facts.length("fact-duration", entry.impact_seconds, entry.impact_seconds_between);
    if entry.impact_in_period_seconds != entry.impact_seconds {
        let within = (entry.impact_in_period_seconds, entry.impact_in_period_seconds_between);
        facts.length("report-in-period", within.0, within.1);
    }
    facts.words("report-updates", &entry.updates.to_string());
    facts.times("update-correction", entry.corrections.iter().map(|at| at.stated));
    broken(&mut facts, &entry.broken_promises);
    facts.time("section-postmortem", entry.postmortem.at.map(|at| at.stated));
    if entry.open {
        facts.words("fact-state", scope.locale.t("report-open"));
    }
    finish(facts, entry.route, entry.title.is_some(), entry.withdrawn.as_ref())
}

fn maintenance(scope: &Scope<'_>, entry: &Maintenance) -> Entry {
    let mut facts = Facts { scope, all: Vec::new() };
    let kinds = kinds(scope);
    facts.words("pack-kind", kinds.iter().find(|(id, _)| *id == entry.kind).map_or("", |(_, name)| name));
    let state = if entry.unconfirmed.is_some() {
        scope.t("clock-unconfirmed")
    } else {
        scope.t(ItemStatus::from(entry.state).message())
    };
    if let (Route::Maintenance(at), None) = (entry.route, &entry.withdrawn) {
        facts.words("fact-state", &state);
        facts.add("fact-affects", scope.names(&scope.site.now.maintenance[at].touched.names));
    }
    facts.time("report-announced", entry.announced.map(|at| at.stated));
    let windows = if entry.windows.is_empty() { std::slice::from_ref(&entry.window) } else { &entry.windows };
    let windows = windows.iter().map(|span| scope.window(span.window));
    facts.add("fact-window", Html::join(windows, scope.locale.t("list-separator")));
    facts.length("report-work", entry.work_seconds, entry.work_seconds_between);
    if entry.work_in_period_seconds != entry.work_seconds {
        let within = (entry.work_in_period_seconds, entry.work_in_period_seconds_between);
        facts.length("report-in-period", within.0, within.1);
    }
    facts.times("update-postponed", entry.postponed.iter().map(|at| at.stated));
    facts.time("update-cancelled", entry.cancelled.map(|at| at.stated));
    facts.words("report-updates", &entry.updates.to_string());
    facts.times("update-correction", entry.corrections.iter().map(|at| at.stated));
    broken(&mut facts, &entry.broken_promises);
    facts.time("section-evaluation", entry.evaluation.and_then(|paper| paper.at).map(|at| at.stated));
    finish(facts, entry.route, entry.title.is_some(), entry.withdrawn.as_ref())
}

/// The promised updates that came late.
fn broken(facts: &mut Facts<'_, '_>, all: &[crate::report::Broken]) {
    let scope = facts.scope;
    let one = |promise: &crate::report::Broken| {
        let (due, came) = (promise.due.stated, promise.came?.stated);
        Some(scope.say("next-late", &[("due", &scope.moment(due)), ("time", &scope.moment(came))]))
    };
    facts.add("report-promises", Html::join(all.iter().filter_map(one), scope.locale.t("list-separator")));
}

fn finish(
    mut facts: Facts<'_, '_>,
    route: Route,
    has_title: bool,
    gone: Option<&crate::report::Withdrawn>,
) -> Entry {
    let scope = facts.scope;
    if let Some(gone) = gone {
        facts.time("pack-withdrawn-at", Some(gone.at.into()));
        let reason = scope.site.is_withdrawn(route).map(|withdrawn| scope.text(&withdrawn.reason));
        facts.add("withdrawn-reason", reason.unwrap_or_default());
    }
    let (title, lang) = if has_title { scope.title(route) } else { (scope.t("withdrawn-title"), None) };
    Entry { href: scope.linker.page(route), title, lang, facts: facts.all }
}
