//! A report for people: Markdown (CommonMark with the tables of GFM), in one language of the site.
//!
//! Whatever a team wrote is escaped: no title makes a table, a heading or a link of its own.

use super::{Broken, Incident, Late, Maintenance, Paper, Report, Withdrawn};
use crate::locale::Locale;
use crate::model::maintenance::{MaintenanceType, Window};
use crate::model::{Instant, MaintenanceKind};
use crate::site::{Site, changes};
use crate::vocabulary::{Severity, Status};

/// The report in the language that it was gathered in.
#[must_use]
pub fn markdown(report: &Report, site: &Site<'_>) -> String {
    let known = site.locales.iter().find(|locale| locale.tag == report.locale);
    let Some(locale) = known.or(site.locales.first()) else { return String::new() };
    let mut page = Page { site, locale, out: String::new() };
    page.head(report);
    page.summary(report);
    page.uptime(report);
    page.incidents(&report.incidents);
    page.maintenance(&report.maintenance);
    page.out
}

struct Page<'s, 'm> {
    site: &'s Site<'m>,
    locale: &'s Locale,
    out: String,
}

/// Words of people as words: on one line, and with every sign that Markdown or HTML would take for its own.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '&' | '~' | '$') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

impl Page<'_, '_> {
    fn t(&self, key: &'static str) -> String {
        plain(self.locale.t(key))
    }

    fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        plain(&self.locale.format(key, values))
    }

    fn line(&mut self, words: &str) {
        self.out.push_str(words);
        self.out.push('\n');
    }

    fn time(&self, at: Instant) -> String {
        changes::moment(self.site, self.locale.index, at)
    }

    fn length(&self, seconds: i64) -> String {
        self.locale.duration(seconds)
    }

    fn window(&self, window: Window) -> String {
        self.locale.window(window.start, window.end, self.site.now.zone())
    }

    /// Words with an aside: `2 h (still open)`.
    fn aside(&self, text: &str, note: &str) -> String {
        self.locale.format("pack-note", &[("text", text), ("note", note)])
    }

    /// `- Label: value`, in words that are not escaped yet.
    fn fact(&mut self, label: &'static str, value: &str) {
        let line = format!("- {}{}{}", self.t(label), plain_colon(self.locale), plain(value));
        self.line(&line);
    }

    fn fact_time(&mut self, label: &'static str, at: Option<Instant>) {
        if let Some(at) = at {
            let time = self.time(at);
            self.fact(label, &time);
        }
    }

    /// A label, and a list below it.
    fn list(&mut self, label: &'static str, items: &[String]) {
        if items.is_empty() {
            return;
        }
        let label = format!("- {}", self.t(label));
        self.line(&label);
        for item in items {
            self.line(&format!("  - {item}"));
        }
    }

    fn row(&mut self, cells: &[&str]) {
        self.line(&format!("| {} |", cells.join(" | ")));
    }

    /// The first two lines of a table; the columns after the first hold figures where `figures` says so.
    fn table(&mut self, heads: &[&str], figures: bool) {
        self.row(heads);
        let mark = |n: usize| if figures && n > 0 { "---:" } else { "---" };
        let marks: Vec<&str> = (0..heads.len()).map(mark).collect();
        self.row(&marks);
    }

    fn heading(&mut self, label: &'static str) {
        let words = format!("\n## {}\n", self.t(label));
        self.line(&words);
    }

    fn head(&mut self, report: &Report) {
        let (from, to) = (self.locale.date(report.period.from), self.locale.date(report.period.to));
        let title = self.say("report-title", &[("from", &from), ("to", &to)]);
        self.line(&format!("# {title}\n"));
        self.line(&format!("{} <{}>\n", plain(&report.title), report.url));
        let time = self.time(report.as_of);
        let as_of = self.say("as-of", &[("time", &time)]);
        self.line(&as_of);
        if report.period.is_cut() {
            let until = self.time(report.period.until);
            let cut = self.say("report-clipped", &[("time", &until)]);
            self.line(&format!("\n{cut}"));
        }
    }

    fn summary(&mut self, report: &Report) {
        let totals = &report.totals;
        self.heading("pack-summary");
        let (severity, number, length) =
            (self.t("fact-severity"), self.t("report-number"), self.t("report-in-period"));
        let all: Vec<(String, super::totals::Sum)> = Severity::ALL
            .iter()
            .rev()
            .filter_map(|s| {
                Some((self.site.severity_name(*s, self.locale.index), *totals.incidents.get(s.word())?))
            })
            .collect();
        self.sums([&severity, &number, &length], &all);
        if !totals.maintenance.is_empty() {
            let kinds = self.kinds();
            let all: Vec<(String, super::totals::Sum)> = kinds
                .into_iter()
                .filter_map(|(id, name)| Some((name, *totals.maintenance.get(&id)?)))
                .collect();
            let kind = self.t("pack-kind");
            self.line("");
            self.sums([&kind, &number, &length], &all);
        }
        self.counts(report);
    }

    /// A table of sums, closed by what they come to.
    fn sums(&mut self, heads: [&str; 3], all: &[(String, super::totals::Sum)]) {
        self.table(&heads, true);
        for (name, sum) in all {
            let (count, length) = (sum.count.to_string(), self.length(sum.seconds));
            self.row(&[&plain(name), &count, &length]);
        }
        let count = all.iter().map(|(_, sum)| sum.count).sum::<usize>().to_string();
        let length = self.length(all.iter().map(|(_, sum)| sum.seconds).sum());
        let total = self.t("report-total");
        self.row(&[&format!("**{total}**"), &count, &length]);
    }

    /// Every kind of maintenance, by id, with its name.
    fn kinds(&self) -> Vec<(String, String)> {
        let name = |kind| self.site.kind_name(kind, self.locale.index);
        let built_in = MaintenanceKind::ALL.iter();
        let own = self.site.now.model.config.kinds.iter().enumerate();
        (built_in.map(|k| (k.word().to_owned(), name(MaintenanceType::BuiltIn(*k)))))
            .chain(own.map(|(at, k)| (k.id.clone(), name(MaintenanceType::Own(at)))))
            .collect()
    }

    /// What else was counted, where there was any.
    fn counts(&mut self, report: &Report) {
        let totals = &report.totals;
        let mut lines: Vec<(String, usize)> = Vec::new();
        let counted = [
            ("report-promises", totals.broken_promises),
            ("update-correction", totals.corrections),
            ("update-cancelled", totals.cancelled),
            ("update-withdrawn", totals.withdrawn),
        ];
        for (label, count) in counted {
            lines.push((self.t(label), count));
        }
        let late = self.t("report-late");
        lines.extend(totals.late.iter().map(|(rule, count)| (format!("{late} (`{rule}`)"), *count)));
        lines.retain(|(_, count)| *count > 0);
        if !lines.is_empty() || !totals.open.is_empty() {
            self.line("");
        }
        for (label, count) in lines {
            let line = format!("- {label}{}{count}", plain_colon(self.locale));
            self.line(&line);
        }
        let incidents = report.incidents.iter().filter(|e| e.open).map(|e| (&e.title, &e.url));
        let works = report.maintenance.iter().filter(|e| e.open).map(|e| (&e.title, &e.url));
        let open = incidents.chain(works);
        let open: Vec<String> =
            open.map(|(title, url)| format!("[{}](<{url}>)", self.titled(title.as_deref()))).collect();
        self.list("report-open", &open);
    }

    fn uptime(&mut self, report: &Report) {
        if report.totals.uptime.is_empty() {
            return;
        }
        self.heading("component-uptime");
        let how = self.t("uptime-how");
        self.line(&format!("{how}\n"));
        let (name, uptime) = (self.t("home-components"), self.t("component-uptime"));
        self.table(&[&name, &uptime], true);
        for component in &report.totals.uptime {
            let percent = component.percent.map_or_else(|| "–".to_owned(), |p| format!("{p:.2}%"));
            self.row(&[&plain(&component.name), &percent]);
        }
    }

    fn incidents(&mut self, all: &[Incident]) {
        if all.is_empty() {
            return;
        }
        self.heading("subscribe-api-incidents");
        let heads = [self.t("fact-started"), self.t("subscribe-api-incidents"), self.t("fact-severity")];
        let length = self.t("fact-duration");
        self.table(&[&heads[0], &heads[1], &heads[2], &length], false);
        for entry in all {
            let title = self.titled(entry.title.as_deref());
            let started = self.time(entry.started);
            let severity = self.site.severity_name(entry.severity_highest, self.locale.index);
            let length = entry.impact_seconds.map_or_else(String::new, |s| self.open_length(s, entry.open));
            self.row(&[&started, &title, &plain(&severity), &length]);
        }
        all.iter().for_each(|entry| self.incident(entry));
    }

    /// The title of an entry; of one whose words are gone, that they are.
    fn titled(&self, title: Option<&str>) -> String {
        title.map_or_else(|| self.t("withdrawn-title"), plain)
    }

    fn open_length(&self, seconds: i64, open: bool) -> String {
        let length = self.length(seconds);
        if open { self.aside(&length, self.locale.t("report-open")) } else { length }
    }

    fn name(&mut self, title: Option<&str>, url: &str) {
        let title = self.titled(title);
        self.line(&format!("\n### [{title}](<{url}>)\n"));
    }

    fn incident(&mut self, entry: &Incident) {
        self.name(entry.title.as_deref(), &entry.url);
        let severity = |s| self.site.severity_name(s, self.locale.index);
        let (last, highest) = (severity(entry.severity), severity(entry.severity_highest));
        if entry.severity != entry.severity_highest {
            self.fact("report-highest", &highest);
        }
        self.fact("fact-severity", &last);
        self.affects(&entry.components);
        self.fact_time("fact-started", Some(entry.started));
        self.fact_time("fact-detected", entry.detected);
        self.fact_time("report-first-notice", Some(entry.first_notice));
        self.fact_time("report-last-update", entry.last_update);
        self.fact_time("fact-ended", entry.ended);
        if let Some(seconds) = entry.detection_to_notice_seconds {
            let length = self.length(seconds.max(0));
            self.fact("report-to-notice", &length);
        }
        self.lengths("fact-duration", entry.impact_seconds, entry.impact_in_period_seconds, entry.open);
        if let Some(seconds) = entry.notice_to_resolution_seconds {
            let length = self.open_length(seconds, entry.open);
            self.fact("report-to-end", &length);
        }
        self.said(entry.updates, &entry.corrections);
        self.broken(&entry.broken_promises);
        let is_due = !entry.open && entry.withdrawn.is_none();
        self.paper("section-postmortem", Some(entry.postmortem), is_due);
        if entry.backfilled {
            let words = self.t("backfilled");
            self.line(&format!("- {words}"));
        }
        self.withdrawn(entry.withdrawn.as_ref());
        self.late(&entry.late);
    }

    fn affects(&mut self, names: &[String]) {
        if !names.is_empty() {
            let names = names.join(self.locale.t("list-separator"));
            self.fact("fact-affects", &names);
        }
    }

    /// A length, and the part of it within the period where that is another.
    fn lengths(&mut self, label: &'static str, whole: Option<i64>, within: Option<i64>, open: bool) {
        let Some(whole) = whole else { return };
        let length = self.open_length(whole, open);
        self.fact(label, &length);
        if let Some(within) = within.filter(|within| *within != whole) {
            let length = self.length(within);
            self.fact("report-in-period", &length);
        }
    }

    fn said(&mut self, updates: usize, corrections: &[Instant]) {
        self.fact("report-updates", &updates.to_string());
        if !corrections.is_empty() {
            let times: Vec<String> = corrections.iter().map(|at| self.time(*at)).collect();
            self.fact("update-correction", &times.join(self.locale.t("list-separator")));
        }
    }

    fn broken(&mut self, all: &[Broken]) {
        let items = all.iter().map(|promise| {
            let due = self.time(promise.due);
            match promise.came {
                Some(came) => self.say("next-late", &[("due", &due), ("time", &self.time(came))]),
                None => self.say("pack-promise-late", &[("due", &due)]),
            }
        });
        let items: Vec<String> = items.collect();
        self.list("report-promises", &items);
    }

    fn late(&mut self, all: &[Late]) {
        let items = all.iter().map(|late| {
            let what = self.locale.t(match late.rule {
                "policy/first-update-late" => "report-first-notice",
                "policy/update-overdue" => "fact-next",
                "policy/short-notice" => "report-announced",
                "policy/postmortem-overdue" => "section-postmortem",
                _ => "section-evaluation",
            });
            let (due, length) = (self.time(late.due), self.length(late.late_seconds));
            let words =
                self.locale.format("report-late-by", &[("what", what), ("due", &due), ("length", &length)]);
            let words = match late.came {
                Some(_) => words,
                None => self.aside(&words, self.locale.t("report-open")),
            };
            format!("{} `{}`", plain(&words), late.rule)
        });
        let items: Vec<String> = items.collect();
        self.list("report-late", &items);
    }

    fn paper(&mut self, label: &'static str, paper: Option<Paper>, is_due: bool) {
        match paper {
            Some(Paper { published: true, at: Some(at) }) => self.fact_time(label, Some(at)),
            Some(Paper { published: true, at: None }) => self.fact(label, self.locale.t("report-undated")),
            Some(_) if is_due => self.fact(label, self.locale.t("report-missing")),
            _ => {}
        }
    }

    fn withdrawn(&mut self, gone: Option<&Withdrawn>) {
        if let Some(gone) = gone {
            self.fact_time("pack-withdrawn-at", Some(gone.at));
            self.fact("withdrawn-reason", &gone.reason);
        }
    }

    fn maintenance(&mut self, all: &[Maintenance]) {
        if all.is_empty() {
            return;
        }
        self.heading("home-maintenance");
        let heads = [self.t("fact-window"), self.t("home-maintenance"), self.t("fact-state")];
        self.table(&[&heads[0], &heads[1], &heads[2]], false);
        for entry in all {
            let (window, title) = (self.window(entry.window), self.titled(entry.title.as_deref()));
            let state = self.state(entry);
            self.row(&[&plain(&window), &title, &plain(&state)]);
        }
        let kinds = self.kinds();
        all.iter().for_each(|entry| self.work(entry, &kinds));
    }

    fn state(&self, entry: &Maintenance) -> String {
        if entry.withdrawn.is_some() {
            return self.locale.t("update-withdrawn").to_owned();
        }
        let words = self.locale.t(crate::site::news::label_key(entry.state));
        if entry.state_by_clock { self.aside(words, self.locale.t("pack-by-plan")) } else { words.to_owned() }
    }

    fn work(&mut self, entry: &Maintenance, kinds: &[(String, String)]) {
        self.name(entry.title.as_deref(), &entry.url);
        if let Some((_, name)) = kinds.iter().find(|(id, _)| *id == entry.kind) {
            self.fact("pack-kind", name);
        }
        let state = self.state(entry);
        self.fact("fact-state", &state);
        self.affects(&entry.components);
        if let Some(at) = entry.announced {
            let time = self.time(at);
            let ahead = entry.notice_seconds.filter(|s| *s > 0).map(|s| self.length(s));
            let ahead = ahead.map(|length| self.locale.format("report-ahead", &[("length", &length)]));
            let words = ahead.map_or_else(|| time.clone(), |ahead| self.aside(&time, &ahead));
            self.fact("report-announced", &words);
        }
        if entry.window_first != entry.window {
            let first = self.window(entry.window_first);
            self.fact("report-first-window", &first);
        }
        let window = self.window(entry.window);
        self.fact("fact-window", &window);
        self.plan(entry);
        if let Some(start) = entry.actual_start {
            let words = match entry.actual_end {
                None if entry.open => self.aside(&self.time(start), self.locale.t("report-open")),
                end => self.window(Window { start, end }),
            };
            self.fact("fact-actual", &words);
        }
        self.lengths("report-work", entry.work_seconds, entry.work_in_period_seconds, entry.open);
        self.said(entry.updates, &entry.corrections);
        self.broken(&entry.broken_promises);
        self.paper("section-evaluation", entry.evaluation, entry.state == Status::Completed.word());
        self.fact("report-reviewers", &entry.reviewers.to_string());
        self.withdrawn(entry.withdrawn.as_ref());
        self.late(&entry.late);
    }

    /// Changes of plan, and that it was put off or called off.
    fn plan(&mut self, entry: &Maintenance) {
        let step = |c: &super::maintenance::PlanChange| {
            let words = format!("{} → {}", self.window(c.before), self.window(c.after));
            plain(&format!("{}{}{words}", self.time(c.at), self.locale.t("colon")))
        };
        let steps: Vec<String> = entry.plan_changes.iter().map(step).collect();
        self.list("plan-title", &steps);
        for at in &entry.postponed {
            self.fact_time("update-postponed", Some(*at));
        }
        self.fact_time("update-cancelled", entry.cancelled);
    }
}

/// Between a label and its value.
fn plain_colon(locale: &Locale) -> &str {
    locale.t("colon")
}
