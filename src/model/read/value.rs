//! Reads typed values from a YAML tree, and reports every fault at its position.
//!
//! A [`Map`] remembers which keys the code asked for. It reports all other keys as unknown. Reading collects
//! faults and goes on.

use std::cell::{Cell, RefCell};
use std::ops::{Range, RangeInclusive};

use chrono::{Datelike as _, NaiveDate};

use super::nouns::{Noun, Type};
use crate::diagnostic::{Diagnostic, Fix, Place, Severity};
use crate::document::markdown_lint;
use crate::document::moment;
use crate::document::yaml::{Data, Entry, Node, Yaml};
use crate::limits::{DURATION_SECONDS, LIST_ITEMS, VALUE_BYTES};
use crate::markdown::{self, Fragment};
use crate::message::{Message, ToValue, did_you_mean, message, near_and_all, one_of, some_of};
use crate::model::config::Config;
use crate::model::entry::NextUpdate;
use crate::model::stated::{Bound, Stated};
use crate::model::text::{Localized, Rich, Text};
use crate::model::time::{self, Instant, TimeFault, Zone};
use crate::text;
use crate::vocabulary::Aliases;

/// The facts of the site that a reader needs.
#[derive(Clone, Copy, Debug)]
pub struct ReadContext<'a> {
    /// The zone of times without an offset.
    pub zone: Zone,
    pub locales: &'a [String],
    /// Whether plain text counts for every locale (site.yaml) or only for the first (entries).
    pub shared: bool,
    /// The words that the theme adds.
    pub more: &'a Aliases,
}

impl<'a> ReadContext<'a> {
    /// The context for the entries of a site.
    pub fn of(config: &'a Config) -> ReadContext<'a> {
        ReadContext { zone: config.zone, locales: &config.locales, shared: false, more: &config.words }
    }
}

pub struct Reader<'a> {
    yaml: &'a Yaml,
    context: ReadContext<'a>,
    found: RefCell<Vec<Diagnostic>>,
    links: RefCell<Vec<(markdown::Target, Place)>>,
    is_local: Cell<bool>,
}

impl<'a> Reader<'a> {
    #[must_use]
    pub fn new(yaml: &'a Yaml, context: ReadContext<'a>) -> Reader<'a> {
        Reader {
            yaml,
            context,
            found: RefCell::default(),
            links: RefCell::default(),
            is_local: Cell::new(false),
        }
    }

    #[must_use]
    pub fn root(&self) -> Map<'_> {
        Map { reader: self, node: &self.yaml.root, asked: RefCell::default() }
    }

    /// The same reader with another context, for a zone and locales that were read from the tree itself.
    #[must_use]
    pub fn with_context<'b>(self, context: ReadContext<'b>) -> Reader<'b>
    where
        'a: 'b,
    {
        Reader { yaml: self.yaml, context, found: self.found, links: self.links, is_local: self.is_local }
    }

    /// Records that a time without an offset was read.
    pub fn read_local(&self) {
        self.is_local.set(true);
    }

    /// Whether a time without an offset was read.
    #[must_use]
    pub fn is_local(&self) -> bool {
        self.is_local.get()
    }

    /// Takes the links inside the site that were found in lines of Markdown so far.
    #[must_use]
    pub fn take_links(&self) -> Vec<(markdown::Target, Place)> {
        self.links.take()
    }

    /// The number of errors that were reported so far.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.found.borrow().iter().filter(|found| found.severity == Severity::Error).count()
    }

    pub fn report(&self, diagnostic: Diagnostic) {
        self.found.borrow_mut().push(diagnostic);
    }

    /// Renders a line of Markdown, and reports its faults at this position.
    #[must_use]
    pub fn inline_at(&self, source: &str, at: &Place) -> Fragment {
        let rendered = markdown::inline(source);
        let links = rendered.links.into_iter().map(|(target, _)| (target, at.clone()));
        self.links.borrow_mut().extend(links);
        for fault in rendered.faults {
            let (code, message, help) = markdown_lint::fault(&fault.kind);
            self.report(Diagnostic::error(code, at.clone(), message).help(help));
        }
        let outline = markdown::outline(source);
        if outline.unclosed.is_some() {
            let message = message!("model-text-unclosed-comment", "this comment never ends");
            let help = message!("model-text-unclosed-comment-help", "end it with `-->`");
            self.report(Diagnostic::error("markdown/unclosed-comment", at.clone(), message).help(help));
        }
        // Words that would not be published, mistyped links, and what a chat left.
        let place = |_: &std::ops::Range<usize>| at.clone();
        let lost = outline.lost.iter().map(|lost| markdown_lint::words(source, lost, place, 0));
        let slips = outline.slips.iter().map(|slip| markdown_lint::slip(source, slip, place));
        let notes = rendered.unused.iter().map(|_| markdown_lint::note(at.clone()));
        let chat = markdown_lint::chat(source, &outline.chat, place, 0);
        for diagnostic in lost.chain(slips).chain(notes).chain(chat) {
            // The fix is dropped, because an edit depends on how YAML quotes the value.
            self.report(Diagnostic { fix: None, ..diagnostic });
        }
        rendered.fragment
    }

    #[must_use]
    pub fn finish(self) -> Vec<Diagnostic> {
        self.found.into_inner()
    }
}

const MISSING_KEY: &str = "entry/missing-key";

fn missing(key: &str) -> Message {
    message!("model-key-missing", "`{key}` is missing", key)
}

fn no_text_in(locale: &str) -> Message {
    message!("model-text-missing-locale", "the text in `{locale}` is missing", locale)
}

pub struct Map<'a> {
    reader: &'a Reader<'a>,
    node: &'a Node,
    asked: RefCell<Vec<&'static str>>,
}

#[derive(Clone, Copy)]
pub struct Value<'a> {
    reader: &'a Reader<'a>,
    node: &'a Node,
    /// Its key, if it belongs to a mapping.
    entry: Option<&'a Entry>,
}

impl<'a> Map<'a> {
    /// The words that the theme adds.
    pub fn more(&self) -> &'a Aliases {
        self.reader.context.more
    }

    pub fn locales(&self) -> &'a [String] {
        self.reader.context.locales
    }

    /// Reads something, and tells whether it had errors.
    pub fn with_errors<T>(&self, read: impl FnOnce() -> T) -> (T, bool) {
        let before = self.reader.errors();
        let found = read();
        (found, self.reader.errors() > before)
    }

    /// The items of a key's list; none if the key is absent.
    pub fn list(&self, key: &'static str) -> Vec<Value<'a>> {
        self.get(key).map(|value| value.list()).unwrap_or_default()
    }

    /// The value of a key; `None` if it is absent or empty.
    pub fn get(&self, key: &'static str) -> Option<Value<'a>> {
        #[cfg(test)]
        asked::note(self, key);
        self.asked.borrow_mut().push(key);
        let entry = self.node.entry(key).filter(|entry| entry.node.data != Data::Null)?;
        Some(Value::of(self.reader, entry))
    }

    pub fn required(&self, key: &'static str, example: &(impl ToValue + ?Sized)) -> Option<Value<'a>> {
        let value = self.get(key);
        if value.is_none() && self.reader.yaml.sound {
            let (message, range) = match self.node.entry(key) {
                Some(entry) => {
                    (message!("model-key-no-value", "`{key}` has no value", key), &entry.key_range)
                }
                None => (missing(key), &self.node.range),
            };
            let place = self.reader.yaml.place(range);
            let help = message!("model-key-missing-help", "add `{key}: {example}`", key, example);
            self.reader.report(Diagnostic::error(MISSING_KEY, place, message).help(help));
        }
        value
    }

    /// Every key and value, for mappings whose keys the author chooses.
    pub fn entries(&self) -> impl Iterator<Item = (&'a str, Value<'a>)> + use<'a, '_> {
        #[cfg(test)]
        asked::note(self, asked::ANY);
        self.node.entries().iter().map(|entry| (entry.key.as_str(), Value::of(self.reader, entry)))
    }

    /// Takes back that a key is missing, because it is there with a typo, which is reported.
    fn forget_missing(&self, key: &str) {
        if self.node.entry(key).is_some() {
            return;
        }
        let (message, place) = (missing(key), self.reader.yaml.place(&self.node.range));
        self.reader
            .found
            .borrow_mut()
            .retain(|found| found.code != MISSING_KEY || found.message != message || found.place != place);
    }

    /// Reports the keys that the code did not ask for.
    pub fn finish(&self) {
        let mut asked: Vec<&str> = Vec::new();
        for key in self.asked.borrow().iter().copied() {
            if !asked.contains(&key) {
                asked.push(key);
            }
        }
        for Entry { key, key_range, .. } in self.node.entries() {
            if asked.contains(&key.as_str()) {
                continue;
            }
            let place = self.reader.yaml.place(key_range);
            if let Some(meant) = text::nearest(key, asked.iter().copied()) {
                self.forget_missing(meant);
            }
            let near = text::nearest(key, asked.iter().copied());
            let help = did_you_mean(near, || {
                let see = message!("model-key-see", "docs/format.md has all keys");
                message!("model-key-unknown-help", "write {keys}", keys = some_of(&asked, &see))
            });
            let message = message!("model-key-unknown", "the key `{key}` is not known", key);
            self.reader.report(Diagnostic::error("entry/unknown-key", place, message).help(help));
        }
    }
}

impl<'a> Value<'a> {
    fn of(reader: &'a Reader<'a>, entry: &'a Entry) -> Value<'a> {
        Value { reader, node: &entry.node, entry: Some(entry) }
    }

    #[must_use]
    pub fn place(&self) -> Place {
        self.reader.yaml.place(&self.node.range)
    }

    /// The position of its key. A list item has no key, so its own position is used.
    #[must_use]
    pub fn key_place(&self) -> Place {
        self.reader.yaml.place(self.key_range())
    }

    fn key_range(&self) -> &'a Range<usize> {
        self.entry.map_or(&self.node.range, |entry| &entry.key_range)
    }

    /// Adds an error at the value.
    pub fn fail(&self, code: &'static str, message: Message, help: Message) {
        self.reader.report(Diagnostic::error(code, self.place(), message).help(help));
    }

    /// Adds an error at the value, which then cannot be read.
    pub fn refuse<T>(&self, code: &'static str, message: Message, help: Message) -> Option<T> {
        self.fail(code, message, help);
        None
    }

    /// Adds an error at a part of the value, in bytes of [`Value::text`]. The error covers the whole value if the
    /// file writes it with escapes or over several lines.
    pub fn fail_within(
        &self,
        text: &str,
        part: Range<usize>,
        code: &'static str,
        message: Message,
        help: Message,
    ) {
        let place = self.place_within(text, part);
        self.reader.report(Diagnostic::error(code, place, message).help(help));
    }

    /// The position of a part of the value, or of the whole value if the file writes it in another way.
    fn place_within(&self, text: &str, part: Range<usize>) -> Place {
        let mut place = self.place();
        if let Some(whole) = &place.range {
            let start = self.written().find(text).map(|at| whole.start + at);
            place.range = start.map(|at| at + part.start..at + part.end).or(place.range);
        }
        place
    }

    /// The value as the file writes it.
    fn written(&self) -> &'a str {
        self.reader.yaml.file_text().get(self.node.range.clone()).unwrap_or_default()
    }

    pub fn fail_key(&self, code: &'static str, message: Message, help: Message) {
        self.reader.report(Diagnostic::error(code, self.key_place(), message).help(help));
    }

    pub fn warn(&self, code: &'static str, message: Message, help: Message) {
        self.reader.report(Diagnostic::warning(code, self.place(), message).help(help));
    }

    fn expected<T>(&self, wanted: Type) -> Option<T> {
        let (what, kind) = (wanted.name(), self.node.kind());
        let message = if let Some(Entry { key, .. }) = self.entry {
            message!("model-wrong-type", "`{key}` must be {what}, not {kind}", key, what, kind)
        } else {
            message!("model-wrong-type-item", "this must be {what}, not {kind}", what, kind)
        };
        let start = self.key_range().start;
        let quoted = self.reader.yaml.quoted_line(start).filter(|_| wanted == Type::Text);
        let mut diagnostic = Diagnostic::error("entry/wrong-type", self.place(), message);
        if quoted.is_some() {
            diagnostic = diagnostic.maybe_fix(self.reader.yaml.quoted_value(start));
        }
        diagnostic.help = Some(if let Some(line) = quoted {
            message!("model-wrong-type-quote", "if it is text, put it in quotes: `{line}`", line)
        } else {
            message!("model-wrong-type-help", "write {what}, or leave it out", what)
        });
        self.reader.report(diagnostic);
        None
    }

    /// One line of text as written: `1.10` stays `1.10`.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        let Some(found) = self.node.scalar().map(|text| text.trim().to_owned()) else {
            return self.expected(Type::Text);
        };
        if found.is_empty() {
            let message = message!("model-text-empty", "the text is empty");
            let help = message!("model-text-empty-help", "write text, or remove the key");
            return self.refuse("entry/empty", message, help);
        }
        if found.len() > VALUE_BYTES {
            let message = message!(
                "model-text-too-long",
                "the text has {bytes} bytes; noroshi reads at most {most}",
                bytes = found.len(),
                most = VALUE_BYTES
            );
            let help =
                message!("model-text-too-long-help", "shorten it; write long text in the body of the entry");
            return self.refuse("entry/too-long", message, help);
        }
        Some(found)
    }

    /// Text without markup, or a mapping of text by locale. It reports what a chat left in the text.
    #[must_use]
    pub fn localized(&self) -> Option<Text> {
        let text = self.by_locale()?;
        text.all().flat_map(|words| self.left_by_a_chat(words)).for_each(|found| self.reader.report(found));
        Some(text)
    }

    /// What a chat left in a text without markup.
    pub fn left_by_a_chat(&self, words: &str) -> Vec<Diagnostic> {
        let place = |part: &Range<usize>| self.place_within(words, part.clone());
        let remains = markdown::in_plain_text(words);
        let found = markdown_lint::chat(words, &remains, place, 0).into_iter();
        found
            .zip(&remains)
            .map(|(found, remain)| {
                // Without what stands before it, a character could begin something else in YAML.
                let is_safe = remain.is_sure && remain.range.start > 0 && self.written() == words;
                let range = self.place_within(words, remain.range.clone()).range.filter(|_| is_safe);
                let fix = range.map(|range| Fix { range, text: remain.mended.clone() });
                Diagnostic { fix: fix.map(Box::new), ..found }
            })
            .collect()
    }

    fn by_locale(&self) -> Option<Text> {
        let Data::Map(entries) = &self.node.data else {
            let context = &self.reader.context;
            return self
                .text()
                .map(|t| if context.shared { Localized::shared(t) } else { Localized::first(t) });
        };
        let locales = self.reader.context.locales;
        for entry in entries.iter().filter(|entry| !locales.contains(&entry.key)) {
            let message = message!(
                "model-text-unknown-locale",
                "`{key}` is not one of the site's locales",
                key = entry.key
            );
            let help = message!(
                "model-text-unknown-locale-help",
                "write {locales}; if this is text with a colon, put it in quotes",
                locales = one_of(locales)
            );
            Value::of(self.reader, entry).fail_key("text/unknown-locale", message, help);
        }
        let of = |locale: &String| {
            let is = |entry: &&Entry| entry.key == *locale && entry.node.data != Data::Null;
            entries.iter().find(is).and_then(|entry| Value::of(self.reader, entry).text())
        };
        let Some(first) = locales.first().and_then(of) else {
            let locale = locales.first().map_or("", String::as_str);
            let help = message!(
                "model-text-first-locale-help",
                "add `{locale}: …`; the other locales fall back to it",
                locale
            );
            return self.refuse("text/missing-first-locale", no_text_in(locale), help);
        };
        let mut found = Localized::first(first);
        for (at, locale) in locales.iter().enumerate().skip(1) {
            match of(locale) {
                Some(value) => found.set(at, value),
                None => self.warn(
                    "text/missing-locale",
                    no_text_in(locale),
                    message!(
                        "model-text-missing-locale-help",
                        "add it; until then, noroshi shows the text of the first locale"
                    ),
                ),
            }
        }
        Some(found)
    }

    /// One line of Markdown, by locale.
    #[must_use]
    pub fn rich(&self) -> Option<Rich> {
        let text = self.by_locale()?;
        Some(text.map(|source| self.inline(source)))
    }

    /// Renders a line of Markdown at this position.
    #[must_use]
    pub fn inline(&self, source: &str) -> Fragment {
        self.reader.inline_at(source, &self.place())
    }

    /// A number within a range. A number outside it is refused, not clamped.
    /// `ends` are those of the range as one writes them.
    pub fn within(&self, number: i64, range: RangeInclusive<i64>, ends: [&str; 2]) -> Option<i64> {
        if range.contains(&number) {
            return Some(number);
        }
        let [first, last] = ends;
        let message = message!("model-out-of-range", "this value is out of range");
        let help = message!("model-out-of-range-help", "write a value from {first} to {last}", first, last);
        self.refuse("site/out-of-range", message, help)
    }

    /// An id in the v2 API, which becomes part of addresses.
    pub fn api_id(&self) -> Option<String> {
        let id = self.text()?;
        if !text::is_api_id(&id) {
            let message = message!("model-api-id", "`{id}` cannot be an API id", id);
            let help = message!(
                "model-api-id-help",
                "write at most 64 letters, digits, `-` and `_`, or remove the key to get an id"
            );
            return self.refuse("entry/bad-api-id", message, help);
        }
        Some(id)
    }

    /// A boolean: `true` or `false`, or `yes` and `no`, whose meaning is clear.
    #[must_use]
    pub fn bool(&self) -> Option<bool> {
        match &self.node.data {
            Data::Bool(value, _) => return Some(*value),
            Data::Text(word) => match text::fold(word).as_str() {
                "true" | "yes" | "on" | "はい" => return Some(true),
                "false" | "no" | "off" | "いいえ" => return Some(false),
                _ => {}
            },
            _ => {}
        }
        self.expected(Type::Bool)
    }

    #[must_use]
    pub fn integer(&self) -> Option<i64> {
        match &self.node.data {
            Data::Number(number) if number.parse::<i64>().is_ok() => number.parse().ok(),
            Data::Text(text) if text::nfkc(text).parse::<i64>().is_ok() => text::nfkc(text).parse().ok(),
            _ => self.expected(Type::Integer),
        }
    }

    /// A time zone by its IANA name.
    #[must_use]
    pub fn zone(&self) -> Option<Zone> {
        let name = self.text()?;
        Zone::named(&name).or_else(|| {
            let other =
                || message!("model-zone-help", "write an IANA name such as `Asia/Tokyo` or `Europe/Dublin`");
            let help = did_you_mean(text::nearest(&name, Zone::names()), other);
            let message = message!("model-zone", "`{name}` is not a time zone", name);
            self.refuse("site/unknown-timezone", message, help)
        })
    }

    /// A time with its date.
    #[must_use]
    pub fn time(&self) -> Option<Instant> {
        let written = self.text()?;
        let years = moment::Years::of(self.reader.yaml.file_text());
        let read = moment::read(&written, moment::YearHint::Text(&years)).and_then(|reading| reading.sure());
        if read.is_some_and(|read| read.offset.is_none()) {
            self.reader.read_local();
        }
        let read = self.reader.context.zone.read_near(&written, moment::YearHint::Text(&years));
        read.map_err(|fault| self.time_fault(fault, &written)).ok()
    }

    /// A time with its date, which may be approximate or only a day.
    #[must_use]
    pub fn stated(&self, bound: Bound) -> Option<Stated> {
        self.stated_in(&self.text()?, bound)
    }

    /// The same for a part of the text.
    #[must_use]
    pub fn stated_in(&self, text: &str, bound: Bound) -> Option<Stated> {
        let years = moment::Years::of(self.reader.yaml.file_text());
        let read = moment::read(text, moment::YearHint::Text(&years)).and_then(|reading| reading.stated());
        if read.is_some_and(|read| read.offset.is_none()) {
            self.reader.read_local();
        }
        let read = read.ok_or(TimeFault::Form).and_then(|read| self.reader.context.zone.state(&read, bound));
        read.map_err(|fault| self.time_fault(fault, text)).ok()
    }

    /// The end of what begins at `start`, in a part of the text. A time without a date is the first one at or after
    /// `start`, and a day without a year or month is in those of `start` or the next one.
    #[must_use]
    pub fn stated_after(&self, text: &str, start: Option<Instant>) -> Option<Stated> {
        let zone = self.reader.context.zone;
        let clock = moment::stated(text).filter(moment::Written::is_clock);
        let Some((clock, start)) = clock.zip(start) else {
            let day = start.map(|start| zone.day(start));
            let whole = day.and_then(|day| moment::later_day(text, (day.year(), day.month(), day.day())));
            return self.stated_in(whole.as_deref().unwrap_or(text), Bound::Until);
        };
        zone.next_stated(&clock, start).map_err(|fault| self.time_fault(fault, text)).ok()
    }

    /// The time of a promised update, or a word for "not decided".
    #[must_use]
    pub fn next_update(&self) -> Option<NextUpdate> {
        if self.words().is_some_and(is_unknown) {
            return Some(NextUpdate::Undecided);
        }
        self.stated(Bound::Until).map(NextUpdate::By)
    }

    /// A time. A time without a date is the first one at or after `start`.
    #[must_use]
    pub fn time_after(&self, start: Option<Instant>) -> Option<Instant> {
        let (zone, written) = (self.reader.context.zone, self.text()?);
        let clock = moment::parse(&written).filter(moment::Written::is_clock);
        let Some((clock, start)) = clock.zip(start) else { return self.time() };
        zone.next_clock(&clock, start).map_err(|fault| self.time_fault(fault, &written)).ok()
    }

    /// A time, or its text if it does not have the form of a time.
    #[must_use]
    pub fn time_or_words(&self) -> Option<Result<Stated, Text>> {
        if let Data::Text(written) = &self.node.data
            && moment::stated(written).is_some_and(|w| w.date.is_some() || w.vague.is_none())
        {
            return self.stated(Bound::Until).map(Ok);
        }
        self.localized().map(Err)
    }

    fn time_fault(&self, fault: TimeFault, written: &str) {
        let (code, message, help) = fault.describe(written);
        self.fail(code, message, help);
    }

    /// A day: `2026-12-29`.
    #[must_use]
    pub fn date(&self) -> Option<NaiveDate> {
        let written = self.text()?;
        let found = match moment::parse(&written) {
            Some(moment::Written { date: Some(date), clock: None, .. }) => time::date_of(date),
            _ => Err(TimeFault::Form),
        };
        let tell = |fault| match fault {
            TimeFault::Form => {
                let (message, help) = time::no_day(&written);
                self.fail("time/invalid", message, help);
            }
            fault => self.time_fault(fault, &written),
        };
        found.map_err(tell).ok()
    }

    /// A duration in seconds.
    #[must_use]
    pub fn duration(&self) -> Option<i64> {
        let written = self.text()?;
        let (message, help) = match time::duration(&written) {
            Some(seconds) if seconds <= DURATION_SECONDS => return Some(seconds),
            Some(_) => (
                message!(
                    "model-duration-long",
                    "`{written}` is longer than {days} days",
                    written,
                    days = DURATION_SECONDS / 86_400
                ),
                message!("model-duration-long-help", "write a shorter one, such as `90d`"),
            ),
            None => (
                message!("model-duration", "cannot read `{written}` as a duration", written),
                message!("model-duration-help", "write it as `30m`, `4h`, `7d` or `1h 30m`"),
            ),
        };
        self.refuse("time/invalid-duration", message, help)
    }

    /// A word of a vocabulary.
    pub fn word<T>(
        &self,
        what: Noun,
        find: impl Fn(&str, &Aliases) -> Option<T>,
        known: &[&str],
    ) -> Option<T> {
        let written = self.text()?;
        find(&written, self.reader.context.more).or_else(|| {
            let help = near_and_all(text::nearest(&written, known.iter().copied()), known);
            self.refuse("entry/unknown-word", what.unknown(&written), help)
        })
    }

    /// The items of a list. A single text counts as a list of one.
    #[must_use]
    pub fn list(&self) -> Vec<Value<'a>> {
        self.list_of(LIST_ITEMS)
    }

    /// The items of a list of at most `most` values. More are an error.
    #[must_use]
    pub fn list_of(&self, most: usize) -> Vec<Value<'a>> {
        match &self.node.data {
            Data::List(list) if list.len() > most => {
                let message = message!(
                    "model-list-too-long",
                    "the list has {items} items; noroshi reads at most {most}",
                    items = list.len(),
                    most
                );
                let help = message!("model-list-too-long-help", "remove the items that you no longer need");
                self.fail("entry/too-many", message, help);
                Vec::new()
            }
            Data::List(list) => {
                list.iter().map(|node| Value { reader: self.reader, node, entry: None }).collect()
            }
            Data::Text(_) | Data::Number(_) | Data::Bool(..) => {
                vec![Value { reader: self.reader, node: self.node, entry: self.entry }]
            }
            _ => self.expected(Type::List).unwrap_or_default(),
        }
    }

    #[must_use]
    pub fn map(&self) -> Option<Map<'a>> {
        if self.is_map() {
            return Some(Map { reader: self.reader, node: self.node, asked: RefCell::default() });
        }
        self.expected(Type::Map)
    }

    /// The text, if the value is written as text. Nothing is reported otherwise.
    #[must_use]
    pub fn words(&self) -> Option<&'a str> {
        match &self.node.data {
            Data::Text(text) => Some(text.trim()),
            _ => None,
        }
    }

    #[must_use]
    pub fn is_list(&self) -> bool {
        matches!(self.node.data, Data::List(_))
    }

    #[must_use]
    pub fn is_map(&self) -> bool {
        matches!(self.node.data, Data::Map(_))
    }

    /// Every scalar in the value, at any depth, with the path of its key: `internal.reporter`.
    pub fn scalars(&self, key: &str, out: &mut Vec<(String, String)>) {
        match &self.node.data {
            Data::Null => {}
            Data::List(_) => self.list().iter().for_each(|v| v.scalars(key, out)),
            Data::Map(_) => {
                let inner = self.map();
                for (name, value) in inner.iter().flat_map(Map::entries) {
                    value.scalars(&format!("{key}.{name}"), out);
                }
            }
            Data::Text(text) | Data::Number(text) | Data::Bool(_, text) => {
                out.push((key.to_owned(), text.clone()));
            }
        }
    }
}

/// The words for a time that is not known or not decided, folded.
pub const UNKNOWN: [&str; 20] = [
    "unknown",
    "undecided",
    "tbd",
    "tba",
    "tbc",
    "to be announced",
    "to be confirmed",
    "to be decided",
    "to be determined",
    "未定",
    "日程未定",
    "日時未定",
    "時期未定",
    "時刻未定",
    "時間未定",
    "調整中",
    "日程調整中",
    "不明",
    "미정",
    "待定",
];

/// Whether a word says that a time is not known or not decided.
#[must_use]
pub fn is_unknown(word: &str) -> bool {
    UNKNOWN.contains(&text::fold(word).as_str())
}

/// The keys that the code asked for, for the test that compares them with the schemas.
#[cfg(test)]
pub mod asked {
    use std::cell::RefCell;
    use std::collections::{BTreeMap, BTreeSet};

    use super::{Data, Map, Node};

    /// Stands for every key of a mapping whose keys the author chooses.
    pub const ANY: &str = "*";

    /// The keys of each mapping, by its path (`phases[]`; empty for the root).
    pub type Asked = BTreeMap<String, BTreeSet<&'static str>>;

    thread_local! {
        static ASKED: RefCell<Vec<(String, String, &'static str)>> = const { RefCell::new(Vec::new()) };
    }

    pub(super) fn note(map: &Map<'_>, key: &'static str) {
        let place = path(String::new(), &map.reader.yaml.root, map.node).unwrap_or_default();
        let file = map.reader.yaml.file().to_string();
        ASKED.with_borrow_mut(|all| all.push((file, place, key)));
    }

    /// The path from the node at `place` to another: `phases[]`.
    fn path(place: String, from: &Node, to: &Node) -> Option<String> {
        if std::ptr::eq(from, to) {
            return Some(place);
        }
        if let Data::List(list) = &from.data {
            return list.iter().find_map(|item| path(format!("{place}[]"), item, to));
        }
        let dot = if place.is_empty() { "" } else { "." };
        from.entries().iter().find_map(|entry| path(format!("{place}{dot}{}", entry.key), &entry.node, to))
    }

    /// The keys that the code asked of a file in this thread.
    pub fn of(file: &str) -> Asked {
        let mut found = Asked::new();
        ASKED.with_borrow(|all| {
            for (_, place, key) in all.iter().filter(|(name, ..)| name == file) {
                found.entry(place.clone()).or_default().insert(key);
            }
        });
        found
    }
}
