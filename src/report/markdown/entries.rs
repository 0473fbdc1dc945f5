//! Writes the entries of a report: a table for each kind, and a section for each entry.

use super::{Page, plain};
use crate::model::window::Window;
use crate::report::known::{Known, Span};
use crate::report::maintenance::PlanChange;
use crate::report::{Broken, Incident, Late, Maintenance, Paper, Withdrawn};
use crate::site::changes::WINDOW_SEPARATOR;
use crate::site::item_status::ItemStatus;
use crate::vocabulary::Status;

impl Page<'_, '_> {
    pub(super) fn incidents(&mut self, all: &[Incident]) {
        if all.is_empty() {
            return;
        }
        self.heading("subscribe-api-incidents");
        let heads = [self.t("fact-started"), self.t("subscribe-api-incidents"), self.t("fact-severity")];
        let length = self.t("fact-duration");
        self.table(&[&heads[0], &heads[1], &heads[2], &length], false);
        for entry in all {
            let title = self.titled(entry.title.as_deref());
            let started = self.time(entry.started.stated);
            let severity = self.site.severity_name(entry.severity_highest, self.locale.index);
            let length = self.lengths_of(entry.impact_seconds, entry.impact_seconds_between);
            let length = length.map_or_else(String::new, |length| self.open_length(&length, entry.open));
            self.row(&[&started, &title, &plain(&severity), &length]);
        }
        for entry in all {
            self.incident(entry);
        }
    }

    /// The title of an entry, or a note that it was withdrawn.
    pub(super) fn titled(&self, title: Option<&str>) -> String {
        title.map_or_else(|| self.t("withdrawn-title"), plain)
    }

    fn open_length(&self, length: &str, open: bool) -> String {
        if open { self.aside(length, self.locale.t("report-open")) } else { length.to_owned() }
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
        if entry.outages.is_empty() {
            self.fact_time("fact-started", Some(entry.started.stated));
        }
        let zone = self.site.now.zone();
        let outages = entry.outages.iter().map(|outage| plain(&self.locale.outage(outage.stated, zone)));
        let outages: Vec<String> = outages.collect();
        self.list("fact-outages", &outages);
        self.fact_time("fact-detected", entry.detected.map(|at| at.stated));
        self.fact_time("report-first-notice", Some(entry.first_notice.stated));
        self.fact_time("report-last-update", entry.last_update.map(|at| at.stated));
        // The list has no end of what came after it.
        let listed = entry.outages.last().and_then(|last| last.stated.ended());
        self.fact_time("fact-ended", entry.ended.map(|at| at.stated).filter(|at| listed != Some(*at)));
        if let Some(seconds) = entry.detection_to_notice_seconds {
            self.fact("report-to-notice", &self.length(seconds.max(0)));
        }
        let whole = self.lengths_of(entry.impact_seconds, entry.impact_seconds_between);
        let within = self.lengths_of(entry.impact_in_period_seconds, entry.impact_in_period_seconds_between);
        self.lengths("fact-duration", whole, within, entry.open);
        if let Some(seconds) = entry.notice_to_resolution_seconds {
            self.fact("report-to-end", &self.open_length(&self.length(seconds), entry.open));
        }
        self.updates(entry.updates, &entry.corrections);
        self.broken(&entry.broken_promises);
        let is_due = !entry.open && entry.withdrawn.is_none();
        self.paper("section-postmortem", Some(entry.postmortem), is_due);
        if entry.backfilled {
            self.line(&format!("- {}", self.t("backfilled")));
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

    /// Writes a duration, and the part of it within the period if that differs.
    fn lengths(&mut self, label: &'static str, whole: Option<String>, within: Option<String>, open: bool) {
        let Some(whole) = whole else { return };
        self.fact(label, &self.open_length(&whole, open));
        if let Some(within) = within.filter(|within| *within != whole) {
            self.fact("report-in-period", &within);
        }
    }

    fn updates(&mut self, updates: usize, corrections: &[Known]) {
        self.fact("report-updates", &updates.to_string());
        if !corrections.is_empty() {
            let times: Vec<String> = corrections.iter().map(|at| self.time(at.stated)).collect();
            self.fact("update-correction", &times.join(self.locale.t("list-separator")));
        }
    }

    fn broken(&mut self, all: &[Broken]) {
        let items = all.iter().map(|promise| {
            let due = self.time(promise.due.stated);
            match promise.came {
                Some(came) => self.say("next-late", &[("due", &due), ("time", &self.time(came.stated))]),
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
            Some(Paper { published: true, at: Some(at) }) => self.fact_time(label, Some(at.stated)),
            Some(Paper { published: true, at: None }) => self.fact(label, self.locale.t("report-undated")),
            Some(_) if is_due => self.fact(label, self.locale.t("report-missing")),
            _ => {}
        }
    }

    fn withdrawn(&mut self, gone: Option<&Withdrawn>) {
        if let Some(gone) = gone {
            self.fact_time("pack-withdrawn-at", Some(gone.at.into()));
            self.fact("withdrawn-reason", &gone.reason);
        }
    }

    pub(super) fn maintenance(&mut self, all: &[Maintenance]) {
        if all.is_empty() {
            return;
        }
        self.heading("home-maintenance");
        let heads = [self.t("fact-window"), self.t("home-maintenance"), self.t("fact-state")];
        self.table(&[&heads[0], &heads[1], &heads[2]], false);
        for entry in all {
            let (window, title) = (self.windows(entry), self.titled(entry.title.as_deref()));
            let state = self.state(entry);
            self.row(&[&plain(&window), &title, &plain(&state)]);
        }
        let kinds = self.kinds();
        for entry in all {
            self.work(entry, &kinds);
        }
    }

    /// The windows of a maintenance on one line.
    fn windows(&self, entry: &Maintenance) -> String {
        if entry.windows.is_empty() {
            return self.window(entry.window.window);
        }
        self.joined(&entry.windows)
    }

    fn joined(&self, windows: &[Span]) -> String {
        let words: Vec<String> = windows.iter().map(|span| self.window(span.window)).collect();
        words.join(WINDOW_SEPARATOR)
    }

    fn state(&self, entry: &Maintenance) -> String {
        if entry.withdrawn.is_some() {
            return self.locale.t("update-withdrawn").to_owned();
        }
        if entry.unconfirmed.is_some() {
            return self.locale.t("clock-unconfirmed").to_owned();
        }
        let words = self.locale.t(ItemStatus::from(entry.state).message());
        if entry.state_by_clock { self.aside(words, self.locale.t("pack-by-plan")) } else { words.to_owned() }
    }

    fn work(&mut self, entry: &Maintenance, kinds: &[(String, String)]) {
        self.name(entry.title.as_deref(), &entry.url);
        if let Some((_, name)) = kinds.iter().find(|(id, _)| *id == entry.kind) {
            self.fact("pack-kind", name);
        }
        self.fact("fact-state", &self.state(entry));
        self.affects(&entry.components);
        if let Some(at) = entry.announced {
            let time = self.time(at.stated);
            let ahead = entry.notice_seconds.filter(|s| *s > 0).map(|s| self.length(s));
            let ahead = ahead.map(|length| self.locale.format("report-ahead", &[("length", &length)]));
            let words = ahead.map_or_else(|| time.clone(), |ahead| self.aside(&time, &ahead));
            self.fact("report-announced", &words);
        }
        if entry.window_first != entry.window && entry.windows.is_empty() {
            self.fact("report-first-window", &self.window(entry.window_first.window));
        }
        self.fact("fact-window", &self.windows(entry));
        self.plan(entry);
        if let Some(start) = entry.actual_start {
            let words = match entry.actual_end {
                None if entry.open => self.aside(&self.time(start.stated), self.locale.t("report-open")),
                Some(_) if !entry.actual_windows.is_empty() => self.joined(&entry.actual_windows),
                end => self.window(Window::new(start.stated, end.map(|end| end.stated))),
            };
            self.fact("fact-actual", &words);
        }
        let whole = self.lengths_of(entry.work_seconds, entry.work_seconds_between);
        let within = self.lengths_of(entry.work_in_period_seconds, entry.work_in_period_seconds_between);
        self.lengths("report-work", whole, within, entry.open);
        self.updates(entry.updates, &entry.corrections);
        self.broken(&entry.broken_promises);
        self.paper("section-evaluation", entry.evaluation, entry.state == Status::Completed);
        self.fact("report-reviewers", &entry.reviewers.to_string());
        self.withdrawn(entry.withdrawn.as_ref());
        self.late(&entry.late);
    }

    /// Writes the changes of the plan, postponements and the cancellation.
    fn plan(&mut self, entry: &Maintenance) {
        let step = |c: &PlanChange| {
            let words = format!("{} → {}", self.window(c.before.window), self.window(c.after.window));
            plain(&format!("{}{}{words}", self.time(c.at.stated), self.locale.t("colon")))
        };
        let steps: Vec<String> = entry.plan_changes.iter().map(step).collect();
        self.list("plan-title", &steps);
        for at in &entry.postponed {
            self.fact_time("update-postponed", Some(at.stated));
        }
        self.fact_time("update-cancelled", entry.cancelled.map(|at| at.stated));
    }
}
