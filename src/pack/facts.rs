//! Collects the facts of an entry in one language at one instant: the source of every channel.
//!
//! It contains only public facts. Private values are not collected here; only `internal` reads them from the
//! entry.

mod incident;
mod maintenance;
mod notice;
mod summary;

pub(super) use summary::sentences;

use std::cell::RefCell;

use crate::document::body::ReportNumber;
use crate::kind::EntryKind;
use crate::locale::Locale;
use crate::model::advice::Advice;
use crate::model::entry::{FieldValue, NextUpdate, Question, Update, Withdrawn};
use crate::model::outages::{Outage, OutageEnd};
use crate::model::window::Window;
use crate::model::{Head, Instant, Localized, Precision, Rich, Stated, Text};
use crate::site::changes::{self, Changes, Corrected, SetFact, WINDOW_SEPARATOR};
use crate::site::item_status::ItemStatus;
use crate::site::{Linker, Route, Site, Words};
use crate::timeline::{MaintenanceNow, WindowNow};
use crate::vocabulary::Status;

#[derive(Clone, Debug)]
pub(super) struct Fact {
    /// For channels that select facts: `started`, `scope` …
    pub key: &'static str,
    pub label: String,
    /// On one or more lines.
    pub value: String,
}

/// A text in both forms that channels need.
#[derive(Clone, Debug, Default)]
pub(super) struct Prose {
    /// Plain text, on one or more lines.
    pub text: String,
    /// HTML with absolute addresses.
    pub html: String,
}

/// A statement about an entry, from a writer or from the clock.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    /// `resolved`, `postmortem`, `published` …
    pub status: ItemStatus,
    /// The status as readers see it.
    pub label: String,
    /// Which report it is: 第2報.
    pub report: Option<ReportNumber>,
    pub at: Stated,
    /// How many statements with the same status and second come before it.
    pub ordinal: usize,
    /// Notes on the text: that it is a correction, or not translated.
    pub notes: Vec<String>,
    pub prose: Prose,
    /// The facts that it set.
    pub facts: Vec<(String, String)>,
    /// Those of them that correct what was said before.
    pub changed: Vec<SetFact>,
    /// Whether it comes from the plan and no update.
    pub by_clock: bool,
}

pub(super) struct Facts<'s> {
    pub site: &'s Site<'s>,
    pub locale: &'s Locale,
    pub route: Route,
    pub head: &'s Head,
    pub title: String,
    /// The state in a word or two.
    pub state: String,
    /// Selects the opening sentence: the end of a message key `pack-open-…`.
    pub mood: &'static str,
    /// Notes that readers must see first.
    pub notes: Vec<String>,
    /// The absolute address of the entry's page.
    pub address: String,
    /// The names of the affected components.
    pub affected: String,
    /// Every fact, in the order of the page.
    pub list: Vec<Fact>,
    /// What readers wait for: the next update, the window.
    pub promises: Vec<Fact>,
    /// The window that will not take place, so that readers know which one it is.
    pub called_off: Option<Fact>,
    /// The statements, oldest first.
    pub statements: Vec<Statement>,
    pub summary: Prose,
    pub workaround: Prose,
    pub actions: Prose,
    pub compensation: Prose,
    /// The postmortem or the evaluation.
    pub report: Prose,
    pub questions: Vec<(String, Prose)>,
    /// The questions of the FAQ that currently concern it.
    pub related: Vec<(String, Prose)>,
    pub is_withdrawn: bool,
    /// Whether it is over, so that nothing more will come.
    pub is_over: bool,
    /// Texts that exist only in the first language.
    pub fallen: RefCell<Vec<String>>,
    /// Whether each time is written with its offset from UTC.
    has_offsets: bool,
    linker: Linker<'s>,
}

/// An offset, such as `UTC+09:00`.
fn utc(seconds: i32) -> String {
    let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.abs() / 60);
    format!("UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

impl<'s> Facts<'s> {
    /// The facts of an incident, a maintenance or a notice; `None` for other pages.
    pub fn of(site: &'s Site<'s>, route: Route, locale: usize) -> Option<Facts<'s>> {
        Facts::blank(site, route, locale)?.gathered()
    }

    /// The same facts, each time with its offset from UTC.
    pub fn with_offsets(site: &'s Site<'s>, route: Route, locale: usize) -> Option<Facts<'s>> {
        Facts { has_offsets: true, ..Facts::blank(site, route, locale)? }.gathered()
    }

    fn gathered(self) -> Option<Facts<'s>> {
        let mut facts = self;
        let (site, route, locale) = (facts.site, facts.route, facts.locale.index);
        if !facts.head.is_in(locale) {
            facts.notes.push(facts.t("untranslated").to_owned());
        }
        match route {
            Route::Incident(at) => incident::gather(&mut facts, &site.now.incidents[at]),
            Route::Maintenance(at) => maintenance::gather(&mut facts, &site.now.maintenance[at]),
            Route::Notice(at) => notice::gather(&mut facts, &site.now.notices[at]),
            _ => return None,
        }
        facts.statements.sort_by_key(|statement| statement.at.at);
        match site.is_withdrawn(route) {
            Some(withdrawn) => {
                let blank = Facts { has_offsets: facts.has_offsets, ..Facts::blank(site, route, locale)? };
                Some(blank.withdrawn(withdrawn, facts.statements))
            }
            None => Some(facts),
        }
    }

    fn blank(site: &'s Site<'s>, route: Route, locale: usize) -> Option<Facts<'s>> {
        let linker = Linker::absolute(site, locale);
        Some(Facts {
            site,
            locale: &site.locales[locale],
            route,
            head: site.head(route)?,
            title: site.title(route, locale)?.1,
            state: String::new(),
            mood: "notice",
            notes: Vec::new(),
            address: linker.page(route),
            affected: String::new(),
            list: Vec::new(),
            promises: Vec::new(),
            called_off: None,
            statements: Vec::new(),
            summary: Prose::default(),
            workaround: Prose::default(),
            actions: Prose::default(),
            compensation: Prose::default(),
            report: Prose::default(),
            questions: Vec::new(),
            related: Vec::new(),
            is_withdrawn: false,
            is_over: false,
            fallen: RefCell::default(),
            has_offsets: false,
            linker,
        })
    }

    /// The facts of a withdrawn entry: only that it was withdrawn, and why. Earlier statements still count, but
    /// their texts are removed.
    fn withdrawn(mut self, withdrawn: &Withdrawn, statements: Vec<Statement>) -> Facts<'s> {
        let reason = self.text(&withdrawn.reason);
        self.is_withdrawn = true;
        self.is_over = true;
        self.state = self.t("update-withdrawn").to_owned();
        self.mood = "withdrawn";
        self.push("state", "fact-state", self.state.clone());
        self.push_time("withdrawn", "pack-withdrawn-at", Some(withdrawn.at.into()));
        self.push("reason", "withdrawn-reason", reason.clone());
        let bare = |statement: Statement| Statement {
            notes: Vec::new(),
            facts: Vec::new(),
            changed: Vec::new(),
            prose: Prose::default(),
            ..statement
        };
        self.statements = statements.into_iter().map(bare).collect();
        let html = format!("<p>{}</p>", crate::text::escape(&reason));
        self.say(ItemStatus::Withdrawn, withdrawn.at, Prose { text: reason, html });
        self
    }

    pub fn t(&self, key: &'static str) -> &'s str {
        self.locale.t(key)
    }

    /// A message with one variable.
    pub fn with(&self, key: &str, name: &str, value: &str) -> String {
        self.locale.format(key, &[(name, value)])
    }

    /// A time as this channel writes it.
    pub fn moment(&self, time: impl Into<Stated>) -> String {
        let time = time.into();
        let words = changes::moment(self.site, self.locale.index, time);
        match time.precision {
            Precision::Exact | Precision::About => self.noted(words, &[time.at]),
            _ => words,
        }
    }

    pub fn window(&self, window: Window) -> String {
        let times: Vec<Instant> = [window.start].into_iter().chain(window.end).collect();
        let words = self.locale.window(window, self.site.now.zone());
        if !window.has_clocks() {
            return words;
        }
        self.noted(words, &times)
    }

    /// Several windows on one line.
    pub fn windows(&self, windows: &[Window]) -> String {
        let words: Vec<String> = windows.iter().map(|window| self.window(*window)).collect();
        words.join(WINDOW_SEPARATOR)
    }

    /// The windows of a maintenance on one line, each with the components that it has of its own.
    fn planned(&self, now: &MaintenanceNow<'_>) -> String {
        let one = |window: &&WindowNow<'_>| {
            changes::with_names(self.locale, self.window(window.plan), window.affects)
        };
        now.planned().iter().map(one).collect::<Vec<_>>().join(WINDOW_SEPARATOR)
    }

    /// The spans of an impact on one line.
    fn outages(&self, outages: &[Outage]) -> String {
        let one = |outage: &Outage| match outage.end {
            OutageEnd::At(end) => self.window(Window::new(outage.start, Some(end))),
            OutageEnd::Moment => self.moment(outage.start),
            OutageEnd::Open => format!("{} – {}", self.moment(outage.start), self.t("report-open")),
        };
        outages.iter().map(one).collect::<Vec<_>>().join(WINDOW_SEPARATOR)
    }

    /// Times in words, followed by their offsets if the channel wants them and the words do not contain them.
    fn noted(&self, words: String, times: &[Instant]) -> String {
        let zone = self.site.now.zone();
        if !self.has_offsets || times.iter().all(|at| zone.abbreviation(*at).contains("UTC")) {
            return words;
        }
        let mut offsets: Vec<String> = times.iter().map(|at| utc(zone.offset(*at))).collect();
        // Two offsets remain if clocks change in between.
        offsets.dedup();
        self.locale.format("pack-note", &[("text", &words), ("note", &offsets.join(" – "))])
    }

    pub fn text(&self, text: &Text) -> String {
        self.of_locale(text, |words| words).clone()
    }

    /// A value in this language. If it exists only in the first language, its text is recorded in `fallen`.
    pub fn of_locale<'v, T>(&self, value: &'v Localized<T>, words: impl Fn(&T) -> &str) -> &'v T {
        let (locale, value) = value.get(self.locale.index);
        self.notice(locale, words(value));
        value
    }

    /// Records a text that is not in this language.
    fn notice(&self, locale: usize, words: &str) {
        let mut fallen = self.fallen.borrow_mut();
        if locale != self.locale.index && !words.is_empty() && !fallen.iter().any(|known| known == words) {
            fallen.push(words.to_owned());
        }
    }

    pub fn prose(&self, words: &Rich) -> Prose {
        self.prose_of(self.head, &self.address, words)
    }

    fn prose_of(&self, head: &Head, home: &str, words: &Rich) -> Prose {
        let resolve = Words::elsewhere(&self.linker, head, home.to_owned());
        let (locale, fragment) = words.get(self.locale.index);
        let (text, html) = (fragment.lines(&resolve), fragment.html(&resolve));
        self.notice(locale, &text);
        Prose { text, html }
    }

    fn optional(&self, words: Option<&Rich>) -> Prose {
        words.map(|w| self.prose(w)).unwrap_or_default()
    }

    fn push(&mut self, key: &'static str, label: &'static str, value: String) {
        if !value.is_empty() {
            self.list.push(Fact { key, label: self.t(label).to_owned(), value });
        }
    }

    fn push_time(&mut self, key: &'static str, label: &'static str, time: Option<Stated>) {
        self.push(key, label, time.map_or_else(String::new, |time| self.moment(time)));
    }

    fn push_windows(&mut self, key: &'static str, label: &'static str, windows: &[Window]) {
        self.push(key, label, self.windows(windows));
    }

    /// A promised time, `12:10 までに`, and a note if it has passed without an update.
    fn promised(&self, next: NextUpdate) -> String {
        let NextUpdate::By(due) = next else { return self.t("next-undecided").to_owned() };
        self.due(due.at, self.with("next-due", "time", &self.moment(due)), "promise-passed")
    }

    fn promise(&mut self, key: &'static str, label: &'static str, value: String) {
        self.promises.push(Fact { key, label: self.t(label).to_owned(), value });
    }

    /// Words about a time, with a note if it has passed: unlike a page, a mail cannot update itself.
    fn due(&self, at: Instant, words: String, passed: &'static str) -> String {
        if at > self.site.now.effective {
            return words;
        }
        self.locale.format("pack-note", &[("text", &words), ("note", self.t(passed))])
    }

    fn affects(&mut self, names: &[Text]) {
        let names: Vec<String> = names.iter().map(|n| self.text(n)).collect();
        self.affected = names.join(self.t("list-separator"));
        self.push("affects", "fact-affects", self.affected.clone());
    }

    /// What customers are advised to do, and by when: for these windows, or for an incident.
    fn advise(&mut self, advice: &Advice, windows: &[Window]) {
        let times: Vec<String> = advice.times(windows).into_iter().map(|at| self.moment(at)).collect();
        self.push("cancel-before", "fact-cancel-before", times.join(WINDOW_SEPARATOR));
        self.push("advice", "fact-advice", self.optional(advice.words.as_ref()).text);
    }

    fn fields(&mut self, values: &[(usize, FieldValue)]) {
        for (at, value) in values {
            let field = &self.site.now.model.config.fields[*at];
            let value = match value {
                FieldValue::Choice(at) => {
                    field.values.get(*at).map_or_else(String::new, |c| self.text(&c.name))
                }
                FieldValue::Words(words) => self.text(words),
            };
            self.list.push(Fact { key: "field", label: self.text(&field.name), value });
        }
    }

    fn questions(&self, questions: &[Question]) -> Vec<(String, Prose)> {
        questions.iter().map(|q| (self.text(&q.question), self.prose(&q.answer))).collect()
    }

    /// Adds the FAQ questions that concern an entry while it is not over.
    fn relate(&mut self, kind: EntryKind, touched: &[(usize, crate::model::GivenStatus)]) {
        let touched: Vec<usize> = touched.iter().map(|(c, _)| *c).collect();
        let questions = self.site.now.surfaced(&[(kind, touched)]);
        let related = questions.into_iter().map(|q| {
            let home = self.linker.page(Route::Category(q.category));
            (self.text(&q.head.title), self.prose_of(&q.head, &home, &q.answer))
        });
        self.related = related.collect();
    }

    fn label_of(&self, status: ItemStatus) -> String {
        self.t(status.message()).to_owned()
    }

    /// Adds a statement that is not an update.
    fn say(&mut self, status: ItemStatus, at: impl Into<Stated>, prose: Prose) {
        let label = self.label_of(status);
        let statement = Statement {
            status,
            label,
            report: None,
            at: at.into(),
            ordinal: 0,
            notes: Vec::new(),
            prose,
            facts: Vec::new(),
            changed: Vec::new(),
            by_clock: false,
        };
        self.statements.push(statement);
    }

    /// Adds updates. `corrected` says what a correction changes, by its position.
    fn updates<'u, C: Changes + 'u>(
        &mut self,
        updates: impl IntoIterator<Item = &'u Update<C>>,
        corrected: impl Fn(usize) -> Option<Corrected<C>>,
    ) {
        for (number, update) in updates.into_iter().enumerate() {
            let (locale, words) = update.words.get(self.locale.index);
            let mut notes = Vec::new();
            if update.status == Status::Correction {
                notes.push(self.t("correction-note").to_owned());
            }
            if self.head.is_in(self.locale.index) && locale != self.locale.index && !words.is_empty() {
                notes.push(self.t("untranslated-part").to_owned());
            }
            self.say(update.status.into(), update.stated(), self.prose(&update.words));
            let corrected = corrected(number);
            let clock = |at| self.moment(at);
            let (site, locale) = (self.site, self.locale.index);
            let set = changes::facts(site, locale, &update.change, corrected.as_ref(), &clock);
            let line = |fact: &SetFact| (fact.label.clone(), fact.line(self.locale));
            let facts = set.iter().map(line).collect();
            let changed = set.into_iter().filter(|fact| fact.before.is_some()).collect();
            if let Some(statement) = self.statements.last_mut() {
                (statement.notes, statement.facts, statement.ordinal) = (notes, facts, update.ordinal);
                statement.report = update.report;
                statement.changed = changed;
            }
        }
    }
}
