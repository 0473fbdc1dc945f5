//! Functions that `new`, `update` and `review` share: they find the file, check the result and
//! write it.

mod disk;

use std::cell::Cell;
use std::collections::HashMap;
use std::io::{self, IsTerminal as _, Read as _};
use std::path::Path;
use std::sync::Arc;

use super::console::{self, Progress, Work};
use super::error::Error;
use super::site;
use super::terminal::{Prompt as _, Terminal};
use super::{Outcome, entry_arg};
use crate::check::policy::{self, Scope};
use crate::check::slips;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::document::Document;
use crate::document::moment;
use crate::edit::{self, Frame, Raw, Refusal};
use crate::kind::EntryKind;
use crate::limits::{self, LISTED_WORDS};
use crate::load::{self, Loaded, Overlay};
use crate::message::{Message, ToValue, and, first_of, message, some_of};
use crate::model::read::is_unknown;
use crate::model::time::{self, TimeFault};
use crate::model::{Config, Instant, Model, Zone};
use crate::os::Shown as _;
use crate::panics::contain;
use crate::source::{FoundFile, Listing};
use crate::text;
use crate::timeline::Snapshot;

pub(super) use disk::{create, put, read, replace};

pub(super) const TEMPLATES: &str = "content/templates";

/// A site that a command writes to.
pub(super) struct Editor<'r> {
    pub(super) root: &'r Path,
    /// The diagnostics of the site before the command writes anything.
    pub(super) before: Diagnostics,
    pub(super) model: Model,
    listing: Listing,
    /// The minute of `--as-of`.
    asked: Cell<Option<Instant>>,
    /// The second of `--as-of` or of the clock, from which lengths of time count.
    second: Cell<Option<Instant>>,
    /// The zone of the entry that the command names, if it sets one.
    own_zone: Cell<Option<Zone>>,
}

impl Editor<'_> {
    /// Reads a site. Entries may have errors; site.yaml may not.
    pub(super) fn open(root: &Path) -> Result<Editor<'_>, Error> {
        let progress = Progress::new();
        let listing = site::list(root)?;
        let loaded =
            load::load_listed(root, listing.clone(), None, &Overlay::new(), &|| progress.step(Work::Read));
        progress.clear();
        let mut loaded = loaded.map_err(|error| site::unreadable(&error))?;
        let Some(model) = loaded.model.take() else {
            console::diagnostics(&loaded.diagnostics, &loaded.texts);
            return Err(Error::shown(Outcome::Content));
        };
        let before = loaded.diagnostics;
        let (asked, second, own_zone) = (Cell::new(None), Cell::new(None), Cell::new(None));
        Ok(Editor { root, before, model, listing, asked, second, own_zone })
    }

    /// The files of the site's entries.
    pub(super) fn files(&self) -> &[FoundFile] {
        &self.listing.entries
    }

    pub(super) fn config(&self) -> &Config {
        &self.model.config
    }

    /// The zone of times without an offset: the entry's own zone, or the site's.
    pub(super) fn zone(&self) -> Zone {
        self.own_zone.get().unwrap_or(self.model.config.zone)
    }

    /// The locales and words that the parser needs.
    pub(super) fn frame(&self) -> Frame<'_> {
        (&self.model.config.locales, &self.model.config.words)
    }

    /// The first locale of the site.
    pub(super) fn first(&self) -> &str {
        self.model.config.locales.first().map_or("en", String::as_str)
    }

    /// The current minute, or the minute of `--as-of`.
    pub(super) fn now(&self, as_of: Option<&str>) -> Result<Instant, Error> {
        let now = site::as_of(as_of, &self.model)?;
        self.second.set(Some(now));
        let now = Instant(now.0.div_euclid(60) * 60);
        self.asked.set(Some(now));
        Ok(now)
    }

    /// The locale that the user named, or `None` for the first locale, which file names leave out.
    pub(super) fn locale(&self, named: Option<&str>) -> Result<Option<&str>, Error> {
        let Some(named) = named else { return Ok(None) };
        let locales = &self.config().locales;
        let Some(at) = locales.iter().position(|known| known.eq_ignore_ascii_case(named)) else {
            let message = message!("cli-editor-no-locale", "the site has no locale `{named}`", named);
            let see = message!("cli-editor-locale-see", "`locales` in site.yaml has all");
            let help = message!("cli-editor-locale-help", "write {some}", some = some_of(locales, &see));
            return Err(Error::usage(message, help));
        };
        Ok(locales.get(at).map(String::as_str).filter(|_| at > 0))
    }

    /// A name or path without `.md` and locale, and whether it belongs to a translation. The name
    /// may contain the first locale.
    fn base<'n>(&self, name: &'n str) -> (&'n str, bool) {
        let name = name.strip_suffix(".md").unwrap_or(name);
        let split = name.rsplit_once('.');
        let locale = |suffix: &str| self.config().locales.iter().position(|l| l.eq_ignore_ascii_case(suffix));
        match split.and_then(|(stem, suffix)| Some((stem, locale(suffix)?))) {
            Some((stem, at)) => (stem, at > 0),
            None => (name, false),
        }
    }

    /// The slug of a file, and whether the file is a translation.
    pub(super) fn slug<'f>(&self, file: &'f FoundFile) -> (&'f str, bool) {
        self.base(&file.stem)
    }

    /// The original file of the entry that the user typed. The name of a translation finds its original.
    pub(super) fn entry(&self, typed: &str) -> Result<&FoundFile, Error> {
        let found = entry_arg::entry(self.root, typed, self.files(), &self.model);
        let found = found.map_err(|lost| entry_arg::lost(&lost, typed))?;
        let head = self.model.heads().find(|head| head.file == found.name);
        self.own_zone.set(head.and_then(|head| head.zone));
        Ok(found)
    }

    /// The kind of an entry. Only site.yaml has no kind, and the search never returns it.
    pub(super) fn kind(entry: &FoundFile) -> EntryKind {
        entry.kind.unwrap_or(EntryKind::Page)
    }

    pub(super) fn translation(&self, entry: &FoundFile, locale: &str) -> FoundFile {
        let wanted = format!("{}.{locale}", self.stem(&entry.name));
        let is_it = |file: &&FoundFile| {
            let name = text::nfc(file.name.strip_suffix(".md").unwrap_or(&file.name));
            name.eq_ignore_ascii_case(&wanted)
        };
        let new = || {
            let name = format!("{}.{locale}.md", self.base(&entry.name).0);
            let stem = format!("{}.{locale}", self.slug(entry).0);
            FoundFile { path: self.root.join(&name), name: name.into(), stem, ..entry.clone() }
        };
        self.files().iter().find(is_it).cloned().unwrap_or_else(new)
    }

    pub(super) fn document(&self, entry: &FoundFile) -> Result<(Raw, Document), Error> {
        let file = read(entry)?;
        let document = edit::split(&entry.name, file.text(), self.frame()).ok_or_else(|| {
            let message = message!("cli-editor-unread", "cannot read `{name}`", name = entry.name);
            Error::content(message, message!("cli-editor-unread-help", "run `noroshi check` to see why"))
        })?;
        Ok((file, document))
    }

    /// The diagnostics of a file alone.
    pub(super) fn parsed(&self, name: &str, text: &Arc<str>) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let _ = edit::parse(name, text, self.frame(), &mut found);
        found
    }

    /// Checks the site as it would be with this file. Returns the warnings about the entry.
    ///
    /// `parsed` holds the diagnostics of the file alone. A build downgrades errors of a translation; here the author
    /// can still fix them, so they count.
    ///
    /// Refuses the file and prints why, if the entry would have an error or the site a new error.
    /// Every command that writes calls this check, so further reasons to refuse a text belong here.
    pub(super) fn judge(
        &self,
        name: &Arc<str>,
        text: &Arc<str>,
        parsed: Vec<Diagnostic>,
    ) -> Result<(Loaded, Diagnostics), Error> {
        let overlay: Overlay = [(Arc::clone(name), Some(Arc::clone(text)))].into();
        let mut loaded = load::load_listed(self.root, self.listing.clone(), None, &overlay, &|| ())
            .map_err(|error| disk(error.message()))?;
        let mut known = counted(&self.before);
        let (mut refused, mut warnings) = (Diagnostics::default(), Diagnostics::default());
        let entry = self.stem(name);
        for diagnostic in loaded.diagnostics.sorted() {
            let ours = self.stem(&diagnostic.place.file) == entry;
            let left = known.get_mut(&key(diagnostic)).filter(|left| **left > 0);
            let is_known = left.map(|left| *left -= 1).is_some();
            if diagnostic.severity == Severity::Error && (ours || !is_known) {
                refused.push(diagnostic.clone());
            } else if ours {
                warnings.push(diagnostic.clone());
            }
        }
        if !refused.has_errors() {
            refused.extend(parsed.into_iter().filter(|d| d.severity == Severity::Error));
        }
        if refused.has_errors() {
            loaded.texts.insert(Arc::clone(name), Arc::clone(text));
            console::diagnostics(&refused, &loaded.texts);
            console::say(message!(
                "cli-editor-refused",
                "nothing was written: `{name}` would have these errors",
                name
            ));
            return Err(Error::shown(Outcome::Content));
        }
        // Findings of the policy and missing follow-ups do not stop the write; they are only shown.
        if let Some(model) = &loaded.model {
            let now = self.asked.get().unwrap_or_else(site::now);
            let step = message!("cli-editor-step-policy", "checking the site against the policy");
            let held = contain(step, || {
                let snapshot = Snapshot::at(model, now);
                let mut found = policy::check(&snapshot, now, Scope::Open);
                found.extend(slips(&snapshot, now, false));
                found
            });
            let found = held.unwrap_or_else(|panicked| {
                console::say(message!(
                    "cli-editor-panicked",
                    "warning: {panicked}; run `noroshi check` to find the file",
                    panicked = panicked.message()
                ));
                Vec::new()
            });
            warnings.extend(found.into_iter().filter(|found| self.stem(&found.place.file) == entry));
        }
        load::fill_texts(self.root, &mut loaded);
        Ok((loaded, warnings))
    }

    /// The path that all files of one entry share.
    fn stem(&self, name: &str) -> String {
        text::nfc(self.base(name).0).into_owned()
    }

    /// Parses a time as the user typed it. `near` chooses the day if the time has no date.
    pub(super) fn time(&self, option: &str, typed: &str, near: NearestDay) -> Result<Instant, Error> {
        let zone = self.zone();
        let (NearestDay::Today(base) | NearestDay::Next(base) | NearestDay::Last(base)) = near;
        let year = moment::YearHint::Year(zone.year(base));
        let read = match moment::read(typed, year).and_then(|reading| reading.sure()) {
            Some(clock) if clock.is_clock() => match near {
                NearestDay::Today(now) => zone.same_day(&clock, now),
                NearestDay::Next(from) => zone.next_clock(&clock, from),
                NearestDay::Last(until) => zone.last_clock(&clock, until),
            },
            Some(written) => zone.resolve(&written),
            None => Err(TimeFault::Form),
        };
        read.map_err(|fault| {
            let (_, message, help) = fault.describe(typed);
            Error::usage(of_option(option, &message), help)
        })
    }

    /// What to write for a time that is only approximate, a half of a day or a day; `None` for any other text. `near`
    /// chooses the day if the time has no date.
    pub(super) fn vague(&self, typed: &str, near: NearestDay) -> Option<String> {
        let (NearestDay::Today(base) | NearestDay::Next(base) | NearestDay::Last(base)) = near;
        let zone = self.zone();
        let year = moment::YearHint::Year(zone.year(base));
        let written = moment::read(typed, year).and_then(|reading| reading.stated())?;
        if written.vague.is_none() && written.clock.is_some() {
            return None;
        }
        if !written.is_clock() {
            return Some(written.to_string());
        }
        let at = match near {
            NearestDay::Today(now) => zone.same_day(&written, now),
            NearestDay::Next(from) => zone.next_clock(&written, from),
            NearestDay::Last(until) => zone.last_clock(&written, until),
        };
        let date = moment::parse(&zone.day(at.ok()?).to_string())?.date;
        Some(moment::Written { date, days: 0, ..written }.to_string())
    }

    /// A time as it is written into the file, in the words of the file where it is vague.
    pub(super) fn stated(&self, option: &str, typed: &str, near: NearestDay) -> Result<String, Error> {
        match self.vague(typed, near) {
            Some(written) => Ok(written),
            None => Ok(self.zone().write(self.time(option, typed, near)?)),
        }
    }

    /// A promise as it is written into the file. `undecided` is the word of the file for "not decided".
    pub(super) fn next_update(&self, typed: &str, from: Instant, undecided: &str) -> Result<String, Error> {
        if is_unknown(typed) {
            return Ok(undecided.to_owned());
        }
        match self.vague(typed, NearestDay::Next(from)) {
            Some(written) => Ok(written),
            None => Ok(self.zone().write(self.ahead("--next", typed, from)?)),
        }
    }

    /// Parses a time in the future, or a length of time from now (`30m`), rounded up to the minute.
    /// A time without a date means its next occurrence.
    ///
    /// A length counts from `from` if that is later than now, as for an update with a future time.
    pub(super) fn promised(&self, option: &str, typed: &str, from: Instant) -> Result<Instant, Error> {
        let clock = moment::read(typed, moment::YearHint::Nothing);
        let Some(seconds) = time::from_now(typed) else {
            if clock.is_none() {
                let message = message!(
                    "cli-editor-not-a-time",
                    "{option}: cannot read `{typed}` as a time",
                    option,
                    typed
                );
                let help = message!(
                    "cli-editor-not-a-time-help",
                    "write it as `2026-11-20 10:15`, `10:15` or `30m`"
                );
                return Err(Error::usage(message, help));
            }
            return self.time(option, typed, NearestDay::Next(from));
        };
        if let Some(clock) = clock.and_then(|reading| reading.sure()) {
            let minutes = seconds / 60;
            let clock = clock.to_string();
            let message = message!(
                "cli-editor-clock-or-length",
                "{option}: `{typed}` can mean {clock} or in {minutes} minutes",
                option,
                typed,
                clock,
                minutes
            );
            let help = message!(
                "cli-editor-clock-or-length-help",
                "write `{clock}` or `{minutes}m`",
                clock,
                minutes
            );
            return Err(Error::usage(message, help));
        }
        let now = self.second.get().unwrap_or(from).max(from);
        let at = Some(seconds).filter(|seconds| *seconds < FAR).map(|seconds| now.0 + seconds);
        let at = at.filter(|at| self.zone().year(Instant(*at)) <= 2100);
        let at = at.ok_or_else(|| {
            let (_, message, help) = TimeFault::Range.describe(typed);
            Error::usage(of_option(option, &message), help)
        })?;
        // Rounded down, a promise of 30 minutes would be due before 30 minutes have passed.
        Ok(Instant((at + 59).div_euclid(60) * 60))
    }

    /// Like [`Editor::promised`]. If a time without a date is more than [`HALF_A_DAY`] ahead, asks for
    /// confirmation on a terminal, and prints a warning elsewhere.
    pub(super) fn ahead(&self, option: &str, typed: &str, from: Instant) -> Result<Instant, Error> {
        let at = self.promised(option, typed, from)?;
        let names_day = moment::parse(typed).is_none_or(|written| written.date.is_some());
        if names_day || at.0 - from.0 <= HALF_A_DAY {
            return Ok(at);
        }
        let time = self.zone().write(at);
        if !is_terminal() {
            console::say(message!(
                "cli-editor-passed-today",
                "warning: {option} {typed} has already passed today, so the update promises {time}",
                option,
                typed,
                time
            ));
            return Ok(at);
        }
        let choices = [
            message!("cli-editor-next-day-yes", "yes, {time}", time),
            message!("cli-editor-next-day-no", "no, stop"),
        ];
        let question = message!(
            "cli-editor-next-day",
            "{option} {typed} has already passed today. Do you mean the next day?",
            option,
            typed
        );
        match Terminal.choose(&question, &choices)? {
            0 => Ok(at),
            _ => Err(Error::usage(
                message!("cli-editor-passed", "{option} {typed} has already passed", option, typed),
                message!("cli-editor-passed-help", "nothing was written; write the time with its date"),
            )),
        }
    }
}

/// A length of time that leads past the last year that noroshi reads, in seconds.
const FAR: i64 = 10_000_000_000;

/// A time without a date that is further ahead than this was most likely meant for earlier today.
const HALF_A_DAY: i64 = 12 * 3_600;

/// The rule that chooses the day of a time without a date.
#[derive(Clone, Copy)]
pub(super) enum NearestDay {
    /// The same day as this instant.
    Today(Instant),
    /// The first occurrence at or after this instant.
    Next(Instant),
    /// The last occurrence at or before this instant.
    Last(Instant),
}

type Key = (Arc<str>, &'static str, Message);

fn key(diagnostic: &Diagnostic) -> Key {
    (Arc::clone(&diagnostic.place.file), diagnostic.code, diagnostic.message.clone())
}

/// The number of diagnostics per file, code and message.
fn counted(found: &Diagnostics) -> HashMap<Key, usize> {
    let mut counts = HashMap::new();
    for diagnostic in found.sorted() {
        *counts.entry(key(diagnostic)).or_default() += 1;
    }
    counts
}

/// Whether `noroshi` can ask questions: stdin and stderr are terminals.
pub(super) fn is_terminal() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// The text of `--message`, or of stdin for `-`.
pub(super) fn message(given: Option<&str>) -> Result<Option<String>, Error> {
    if given != Some("-") {
        return Ok(given.map(str::to_owned));
    }
    let text = String::from_utf8(stdin(limits::TEXT_FILE_BYTES)?).map_err(|_| {
        let message = message!("cli-editor-stdin-not-utf8", "the text on stdin is not UTF-8");
        Error::usage(message, message!("cli-editor-stdin-not-utf8-help", "save it as UTF-8"))
    })?;
    Ok(Some(text))
}

/// The bytes of stdin. One more than `most` says that there are more.
pub(super) fn stdin(most: u64) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let read = io::stdin().lock().take(most + 1).read_to_end(&mut bytes);
    read.map_err(|error| disk(message!("cli-editor-stdin", "cannot read stdin: {error}", error)))?;
    Ok(bytes)
}

pub(super) fn refuse(refusal: &Refusal) -> Error {
    Error::content(refusal.message.clone(), nothing_written(&refusal.help))
}

/// A help, and that the command changed no file.
pub(super) fn nothing_written(help: &Message) -> Message {
    message!("cli-editor-nothing-written", "{help}; nothing was written", help)
}

/// What is wrong with the value of an option.
pub(super) fn of_option(option: &str, what: &Message) -> Message {
    message!("cli-editor-of-option", "{option}: {what}", option, what)
}

/// Quoted words that are meant together: `a`, `b` and `c`. A long list is shortened.
pub(super) fn all_of<S: AsRef<str>>(words: &[S]) -> Message {
    if words.len() > LISTED_WORDS + 1 {
        return first_of(words, LISTED_WORDS);
    }
    and(words.iter().map(|word| Message::same(format!("`{}`", word.as_ref()))).collect())
}

/// The error for a missing option where `noroshi` asks no questions.
pub(super) fn missing(options: &[&str]) -> Error {
    let all = all_of(options);
    let message = if options.len() > 1 {
        message!("cli-editor-missing-several", "{all} are missing", all)
    } else {
        message!("cli-editor-missing", "{all} is missing", all)
    };
    let help = message!(
        "cli-editor-missing-help",
        "in a script, give every required value; on a terminal, noroshi asks for it"
    );
    Error::usage(message, help)
}

/// A value that must fit into one line of a file.
pub(super) fn one_line(option: &(impl ToValue + ?Sized), value: &str) -> Result<String, Error> {
    let value = value.trim();
    if value.is_empty() || value.contains(char::is_control) || value.contains(['\u{2028}', '\u{2029}']) {
        let message = message!(
            "cli-editor-one-line",
            "the value of {option} is empty or has more than one line",
            option
        );
        return Err(Error::usage(message, message!("cli-editor-one-line-help", "write it on one line")));
    }
    Ok(value.to_owned())
}

/// Parses `key=value`.
pub(super) fn pair(option: &str, typed: &str) -> Result<(String, String), Error> {
    let (key, value) = typed.split_once('=').unwrap_or((typed, ""));
    let key = one_line(option, key)?;
    if value.trim().is_empty() {
        let message = message!("cli-editor-no-value", "`{typed}` has no value", typed);
        let help = message!("cli-editor-no-value-help", "write {option} key=value", option);
        return Err(Error::usage(message, help));
    }
    Ok((key, one_line(option, value)?))
}

pub(super) fn disk(message: impl Into<Message>) -> Error {
    let help = message!("cli-editor-disk-help", "check the permissions of the folder, and the disk");
    Error::environment(message, help)
}

/// Shows the written file: its path on stdout, the added lines on stderr.
pub(super) fn show(path: &Path, lines: &str, warnings: &Diagnostics, loaded: &Loaded) -> Result<(), Error> {
    for line in lines.lines() {
        console::say(Message::same(format!("+ {line}")));
    }
    if warnings.counts() != (0, 0) {
        console::say(message!("cli-editor-written-warnings", "written, but check this:"));
        console::diagnostics(warnings, &loaded.texts);
    }
    Ok(console::print(&path.shown())?)
}
