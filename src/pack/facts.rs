//! What is to be said of an entry, in one language and at one instant: the source of every channel.
//!
//! Holds what is public. Private values are not gathered here: only `internal` asks the entry for them.

mod incident;
mod maintenance;
mod notice;
mod summary;

pub(super) use summary::sentences;

use std::cell::RefCell;

use crate::kind::EntryKind;
use crate::locale::Locale;
use crate::model::entry::{FieldValue, Question, Update, Withdrawn};
use crate::model::window::Window;
use crate::model::{Head, Instant, Localized, Rich, Text};
use crate::site::changes::{self, Changes};
use crate::site::item_status::ItemStatus;
use crate::site::{Linker, Route, Site, Words};
use crate::vocabulary::Status;

/// A fact with its label.
#[derive(Clone, Debug)]
pub(super) struct Fact {
    /// What it is, for channels that choose: `started`, `scope` …
    pub key: &'static str,
    /// What it is called.
    pub label: String,
    /// One line, or several.
    pub value: String,
}

/// Words in both forms that channels need.
#[derive(Clone, Debug, Default)]
pub(super) struct Prose {
    /// Lines of plain text.
    pub text: String,
    /// HTML with absolute addresses.
    pub html: String,
}

/// Something that was said, or that the clock said.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    /// `resolved`, `postmortem`, `published` …
    pub status: ItemStatus,
    /// That in words.
    pub label: String,
    /// When.
    pub at: Instant,
    /// How many of the same status and second stand before it.
    pub ordinal: usize,
    /// What readers must know of the words: a correction, not translated.
    pub notes: Vec<String>,
    /// In full.
    pub prose: Prose,
    /// The facts that it set.
    pub facts: Vec<(String, String)>,
    /// Nobody said it; the plan did.
    pub by_clock: bool,
}

/// What is to be said of an entry.
pub(super) struct Facts<'s> {
    pub site: &'s Site<'s>,
    pub locale: &'s Locale,
    pub route: Route,
    pub head: &'s Head,
    pub title: String,
    /// In a word or two.
    pub state: String,
    /// How the first sentence is put: the end of a message key `pack-open-…`.
    pub mood: &'static str,
    /// What must be known before anything else.
    pub notes: Vec<String>,
    /// The entry's own page, absolute.
    pub address: String,
    /// Names of what is affected.
    pub affected: String,
    /// Every fact, in the order of the page.
    pub list: Vec<Fact>,
    /// What readers wait for: the next update, the window.
    pub promises: Vec<Fact>,
    /// The window that does not take place: whoever waited for it must know which.
    pub called_off: Option<Fact>,
    /// Oldest first.
    pub said: Vec<Statement>,
    pub summary: Prose,
    pub workaround: Prose,
    pub actions: Prose,
    pub compensation: Prose,
    /// Postmortem or evaluation.
    pub report: Prose,
    pub questions: Vec<(String, Prose)>,
    /// Questions of the FAQ that are asked now.
    pub related: Vec<(String, Prose)>,
    pub is_withdrawn: bool,
    /// Whether nothing more is to come.
    pub is_over: bool,
    /// Words that only the first language has.
    pub fallen: RefCell<Vec<String>>,
    /// Whether each time is written with its offset from UTC.
    has_offsets: bool,
    linker: Linker<'s>,
}

/// `UTC+09:00`.
fn utc(seconds: i32) -> String {
    let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.abs() / 60);
    format!("UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

impl<'s> Facts<'s> {
    /// What is to be said of an incident, a maintenance or a notice; of nothing else.
    pub fn of(site: &'s Site<'s>, route: Route, locale: usize) -> Option<Facts<'s>> {
        Facts::blank(site, route, locale)?.gathered()
    }

    /// The same, each time with its offset from UTC.
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
        facts.said.sort_by_key(|said| said.at);
        match site.is_withdrawn(route) {
            Some(withdrawn) => {
                let blank = Facts { has_offsets: facts.has_offsets, ..Facts::blank(site, route, locale)? };
                Some(blank.withdrawn(withdrawn, facts.said))
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
            said: Vec::new(),
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

    /// Of a withdrawn entry nothing is said but that it is, and why. What was said before still counts, but
    /// its words are gone.
    fn withdrawn(mut self, withdrawn: &Withdrawn, said: Vec<Statement>) -> Facts<'s> {
        let reason = self.text(&withdrawn.reason);
        self.is_withdrawn = true;
        self.is_over = true;
        self.state = self.t("update-withdrawn").to_owned();
        self.mood = "withdrawn";
        self.push("state", "fact-state", self.state.clone());
        self.push_time("withdrawn", "pack-withdrawn-at", withdrawn.at);
        self.push("reason", "withdrawn-reason", reason.clone());
        let bare = |said: Statement| Statement {
            notes: Vec::new(),
            facts: Vec::new(),
            prose: Prose::default(),
            ..said
        };
        self.said = said.into_iter().map(bare).collect();
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
    pub fn moment(&self, at: Instant) -> String {
        let time = changes::moment(self.site, self.locale.index, at);
        self.noted(time, &[at])
    }

    pub fn window(&self, window: Window) -> String {
        let times: Vec<Instant> = [window.start].into_iter().chain(window.end).collect();
        let words = self.locale.window(window.start, window.end, self.site.now.zone());
        self.noted(words, &times)
    }

    /// Times in words, and the offset of each where it is wanted and does not stand there already.
    fn noted(&self, words: String, times: &[Instant]) -> String {
        let zone = self.site.now.zone();
        if !self.has_offsets || times.iter().all(|at| zone.abbreviation(*at).contains("UTC")) {
            return words;
        }
        let mut offsets: Vec<String> = times.iter().map(|at| utc(zone.offset(*at))).collect();
        // Both, where the clocks change meanwhile.
        offsets.dedup();
        self.locale.format("pack-note", &[("text", &words), ("note", &offsets.join(" – "))])
    }

    pub fn text(&self, text: &Text) -> String {
        self.of_locale(text, |words| words).clone()
    }

    /// A value in this language; what is said of it where it is there in the first language only.
    pub fn of_locale<'v, T>(&self, value: &'v Localized<T>, words: impl Fn(&T) -> &str) -> &'v T {
        let (locale, value) = value.get(self.locale.index);
        self.notice(locale, words(value));
        value
    }

    /// Remembers words that are not in this language.
    fn notice(&self, locale: usize, words: &str) {
        let mut fallen = self.fallen.borrow_mut();
        if locale != self.locale.index && !words.is_empty() && !fallen.iter().any(|known| known == words) {
            fallen.push(words.to_owned());
        }
    }

    /// The words of this entry.
    pub fn prose(&self, words: &Rich) -> Prose {
        self.prose_of(self.head, &self.address, words)
    }

    fn prose_of(&self, head: &Head, home: &str, words: &Rich) -> Prose {
        let resolve = Words::elsewhere(&self.linker, head, home.to_owned());
        let (locale, fragment) = words.get(self.locale.index);
        let html = fragment.html(&resolve);
        let text = crate::markdown::lines(&html);
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

    fn push_time(&mut self, key: &'static str, label: &'static str, at: Instant) {
        self.push(key, label, self.moment(at));
    }

    fn push_window(&mut self, key: &'static str, label: &'static str, window: Window) {
        self.push(key, label, self.window(window));
    }

    /// A promised time, `12:10 までに`, and whether it has passed without a word.
    fn promised(&self, at: Instant) -> String {
        let by = self.with("next-due", "time", &self.moment(at));
        if at > self.site.now.effective {
            return by;
        }
        self.locale.format("pack-note", &[("text", &by), ("note", self.t("promise-passed"))])
    }

    /// A fact that readers wait for.
    fn promise(&mut self, key: &'static str, label: &'static str, value: String) {
        self.promises.push(Fact { key, label: self.t(label).to_owned(), value });
    }

    /// What the clock passed is said beside the time: readers of a mail cannot see it turn.
    fn due(&self, at: Instant, passed: &'static str) -> String {
        let time = self.moment(at);
        if at > self.site.now.effective {
            time
        } else {
            self.locale.format("pack-note", &[("text", &time), ("note", self.t(passed))])
        }
    }

    fn affects(&mut self, names: &[Text]) {
        let names: Vec<String> = names.iter().map(|n| self.text(n)).collect();
        self.affected = names.join(self.t("list-separator"));
        self.push("affects", "fact-affects", self.affected.clone());
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

    /// The questions of the FAQ that concern an entry as long as it is not over.
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

    /// Something that was said besides updates.
    fn say(&mut self, status: ItemStatus, at: Instant, prose: Prose) {
        let label = self.label_of(status);
        let said = Statement {
            status,
            label,
            at,
            ordinal: 0,
            notes: Vec::new(),
            prose,
            facts: Vec::new(),
            by_clock: false,
        };
        self.said.push(said);
    }

    fn updates<'u, C: Changes + 'u>(&mut self, updates: impl IntoIterator<Item = &'u Update<C>>) {
        for update in updates {
            let (locale, words) = update.words.get(self.locale.index);
            let mut notes = Vec::new();
            if update.status == Status::Correction {
                notes.push(self.t("correction-note").to_owned());
            }
            if self.head.is_in(self.locale.index) && locale != self.locale.index && !words.is_empty() {
                notes.push(self.t("untranslated-part").to_owned());
            }
            self.say(update.status.into(), update.at, self.prose(&update.words));
            let facts = update.change.timed(self.site, self.locale.index, &|at| self.moment(at));
            if let Some(said) = self.said.last_mut() {
                (said.notes, said.facts, said.ordinal) = (notes, facts, update.ordinal);
            }
        }
    }
}
