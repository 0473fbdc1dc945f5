//! Writes a report for people: Markdown (`CommonMark` with the tables of GFM), in one language of the site.
//!
//! All text from the team is escaped, so a title cannot create a table, a heading or a link.

mod entries;

use super::Report;
use super::totals::Sum;
use crate::locale::Locale;
use crate::model::maintenance::MaintenanceType;
use crate::model::window::Window;
use crate::model::{MaintenanceKind, Stated};
use crate::site::{Site, changes};
use crate::vocabulary::Severity;

/// The report in the language that it was gathered in.
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

/// Text from the team on one line, with every Markdown or HTML character escaped.
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

    fn time(&self, time: impl Into<Stated>) -> String {
        changes::moment(self.site, self.locale.index, time)
    }

    fn length(&self, seconds: i64) -> String {
        self.locale.duration(seconds)
    }

    /// A length, or the least and the most that it can be.
    fn lengths_of(&self, exact: Option<i64>, between: Option<(i64, i64)>) -> Option<String> {
        exact.map(|seconds| self.length(seconds)).or(between.map(|(least, most)| self.range(least, most)))
    }

    fn range(&self, least: i64, most: i64) -> String {
        let (least, most) = (self.length(least), self.length(most));
        if least == most { least } else { format!("{least} – {most}") }
    }

    fn window(&self, window: Window) -> String {
        self.locale.window(window, self.site.now.zone())
    }

    /// Text with a note: `2 h (still open)`.
    fn aside(&self, text: &str, note: &str) -> String {
        self.locale.format("pack-note", &[("text", text), ("note", note)])
    }

    /// Writes `- Label: value`, from unescaped text.
    fn fact(&mut self, label: &'static str, value: &str) {
        self.line(&format!("- {}{}{}", self.t(label), self.locale.t("colon"), plain(value)));
    }

    fn fact_time(&mut self, label: &'static str, at: Option<Stated>) {
        if let Some(at) = at {
            self.fact(label, &self.time(at));
        }
    }

    fn list(&mut self, label: &'static str, items: &[String]) {
        if items.is_empty() {
            return;
        }
        self.line(&format!("- {}", self.t(label)));
        for item in items {
            self.line(&format!("  - {item}"));
        }
    }

    fn row(&mut self, cells: &[&str]) {
        self.line(&format!("| {} |", cells.join(" | ")));
    }

    /// Writes the first two lines of a table. With `figures`, the columns after the first contain numbers.
    fn table(&mut self, heads: &[&str], figures: bool) {
        self.row(heads);
        let mark = |n: usize| if figures && n > 0 { "---:" } else { "---" };
        let marks: Vec<&str> = (0..heads.len()).map(mark).collect();
        self.row(&marks);
    }

    fn heading(&mut self, label: &'static str) {
        self.line(&format!("\n## {}\n", self.t(label)));
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
        let all: Vec<(String, Sum)> = Severity::ALL
            .iter()
            .rev()
            .filter_map(|s| {
                Some((self.site.severity_name(*s, self.locale.index), *totals.incidents.get(s.word())?))
            })
            .collect();
        self.sums([&severity, &number, &length], &all);
        if !totals.maintenance.is_empty() {
            let kinds = self.kinds();
            let all: Vec<(String, Sum)> = kinds
                .into_iter()
                .filter_map(|(id, name)| Some((name, *totals.maintenance.get(&id)?)))
                .collect();
            let kind = self.t("pack-kind");
            self.line("");
            self.sums([&kind, &number, &length], &all);
        }
        self.counts(report);
    }

    /// Writes a table of sums that ends with their total.
    fn sums(&mut self, heads: [&str; 3], all: &[(String, Sum)]) {
        self.table(&heads, true);
        for (name, sum) in all {
            let (count, length) = (sum.count.to_string(), self.range(sum.seconds, sum.seconds_most));
            self.row(&[&plain(name), &count, &length]);
        }
        let count = all.iter().map(|(_, sum)| sum.count).sum::<usize>().to_string();
        let (least, most) =
            all.iter().fold((0, 0), |(least, most), (_, sum)| (least + sum.seconds, most + sum.seconds_most));
        let length = self.range(least, most);
        let total = self.t("report-total");
        self.row(&[&format!("**{total}**"), &count, &length]);
    }

    /// Every kind of maintenance, with its id and name.
    fn kinds(&self) -> Vec<(String, String)> {
        let name = |kind| self.site.kind_name(kind, self.locale.index);
        let built_in = MaintenanceKind::ALL.iter();
        let own = self.site.now.model.config.kinds.iter().enumerate();
        (built_in.map(|k| (k.word().to_owned(), name(MaintenanceType::BuiltIn(*k)))))
            .chain(own.map(|(at, k)| (k.id.clone(), name(MaintenanceType::Own(at)))))
            .collect()
    }

    /// Writes the other counts that are not zero.
    fn counts(&mut self, report: &Report) {
        let totals = &report.totals;
        let mut lines = vec![
            (self.t("report-promises"), totals.broken_promises),
            (self.t("update-correction"), totals.corrections),
            (self.t("update-cancelled"), totals.cancelled),
            (self.t("update-withdrawn"), totals.withdrawn),
        ];
        let late = self.t("report-late");
        lines.extend(totals.late.iter().map(|(rule, count)| (format!("{late} (`{rule}`)"), *count)));
        lines.retain(|(_, count)| *count > 0);
        if !lines.is_empty() || !totals.open.is_empty() {
            self.line("");
        }
        for (label, count) in lines {
            self.line(&format!("- {label}{}{count}", self.locale.t("colon")));
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
        self.line(&format!("{}\n", self.t("uptime-how")));
        let (name, uptime) = (self.t("home-components"), self.t("component-uptime"));
        self.table(&[&name, &uptime], true);
        for component in &report.totals.uptime {
            let percent = component.percent.map_or_else(|| "–".to_owned(), |p| format!("{p:.2}%"));
            self.row(&[&plain(&component.name), &percent]);
        }
    }
}
