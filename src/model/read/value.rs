//! Reading typed values out of a YAML tree, with every fault at its place.
//!
//! A [`Map`] remembers which keys it was asked for; what remains is unknown and an error. Faults are
//! collected, and reading goes on.

use std::cell::{Cell, RefCell};
use std::ops::{Range, RangeInclusive};

use chrono::NaiveDate;

use crate::diagnostic::{Diagnostic, Place};
use crate::document::markdown_lint;
use crate::document::moment;
use crate::document::yaml::{Data, Entry, Node, Yaml};
use crate::limits::{DURATION_SECONDS, LIST_ITEMS, VALUE_BYTES};
use crate::markdown::{self, Fragment};
use crate::model::config::Config;
use crate::model::text::{Localized, Rich, Text};
use crate::model::time::{self, Instant, TimeFault, Zone};
use crate::text;
use crate::vocabulary::Aliases;

/// What reading needs to know of the site.
#[derive(Clone, Copy, Debug)]
pub struct ReadContext<'a> {
    /// The zone of times without an offset.
    pub zone: Zone,
    /// The site's locales.
    pub locales: &'a [String],
    /// Whether plain text stands for every locale (site.yaml) or for the first (entries).
    pub shared: bool,
    /// Words that the theme adds.
    pub more: &'a Aliases,
}

impl<'a> ReadContext<'a> {
    /// For the entries of a site.
    pub fn of(config: &'a Config) -> ReadContext<'a> {
        ReadContext { zone: config.zone, locales: &config.locales, shared: false, more: &config.words }
    }
}

/// A tree being read.
pub struct Reader<'a> {
    yaml: &'a Yaml,
    frame: ReadContext<'a>,
    found: RefCell<Vec<Diagnostic>>,
    links: RefCell<Vec<(markdown::Target, Place)>>,
    is_local: Cell<bool>,
}

impl<'a> Reader<'a> {
    /// Over one file's YAML.
    #[must_use]
    pub fn new(yaml: &'a Yaml, frame: ReadContext<'a>) -> Reader<'a> {
        Reader {
            yaml,
            frame,
            found: RefCell::default(),
            links: RefCell::default(),
            is_local: Cell::new(false),
        }
    }

    /// The whole tree.
    #[must_use]
    pub fn root(&self) -> Map<'_> {
        Map { reader: self, node: &self.yaml.root, asked: RefCell::default() }
    }

    /// The same tree, with a zone and locales that have been read from it.
    #[must_use]
    pub fn with_frame<'b>(self, frame: ReadContext<'b>) -> Reader<'b>
    where
        'a: 'b,
    {
        Reader { yaml: self.yaml, frame, found: self.found, links: self.links, is_local: self.is_local }
    }

    /// Remembers that a time without an offset was read.
    pub fn read_local(&self) {
        self.is_local.set(true);
    }

    /// Whether a time without an offset was read.
    #[must_use]
    pub fn is_local(&self) -> bool {
        self.is_local.get()
    }

    /// Links inside the site that stood in lines of Markdown, so far.
    #[must_use]
    pub fn take_links(&self) -> Vec<(markdown::Target, Place)> {
        self.links.take()
    }

    /// Adds a diagnostic.
    pub fn report(&self, diagnostic: Diagnostic) {
        self.found.borrow_mut().push(diagnostic);
    }

    /// Everything that was wrong.
    #[must_use]
    pub fn finish(self) -> Vec<Diagnostic> {
        self.found.into_inner()
    }
}

/// A mapping being read.
pub struct Map<'a> {
    reader: &'a Reader<'a>,
    node: &'a Node,
    asked: RefCell<Vec<&'static str>>,
}

/// A value being read.
pub struct Value<'a> {
    reader: &'a Reader<'a>,
    node: &'a Node,
    /// Its key, where it stands in a mapping.
    entry: Option<&'a Entry>,
}

impl<'a> Map<'a> {
    /// Words that the theme adds.
    pub fn more(&self) -> &'a Aliases {
        self.reader.frame.more
    }

    /// The site's locales.
    pub fn locales(&self) -> &'a [String] {
        self.reader.frame.locales
    }

    /// The value of a key; `None` where it is absent or empty.
    pub fn get(&self, key: &'static str) -> Option<Value<'a>> {
        #[cfg(test)]
        asked::note(self, key);
        self.asked.borrow_mut().push(key);
        let entry = self.node.entry(key).filter(|entry| entry.node.data != Data::Null)?;
        Some(Value::of(self.reader, entry))
    }

    /// The value of a key that must be there.
    pub fn required(&self, key: &'static str, example: &str) -> Option<Value<'a>> {
        let value = self.get(key);
        if value.is_none() && self.reader.yaml.sound {
            let (message, range) = match self.node.entry(key) {
                Some(entry) => (format!("`{key}` has no value"), &entry.key_range),
                None => (format!("`{key}` is missing"), &self.node.range),
            };
            let place = self.reader.yaml.place(range);
            self.reader.report(
                Diagnostic::error("entry/missing-key", place, message)
                    .help(format!("add `{key}: {example}`")),
            );
        }
        value
    }

    /// Every key and value, for mappings whose keys are the writer's own.
    pub fn entries(&self) -> impl Iterator<Item = (&'a str, Value<'a>)> + use<'a, '_> {
        #[cfg(test)]
        asked::note(self, asked::ANY);
        self.node.entries().iter().map(|entry| (entry.key.as_str(), Value::of(self.reader, entry)))
    }

    /// Reports the keys that nobody asked for.
    pub fn finish(self) {
        self.unknown_keys();
    }

    /// As [`Map::finish`], for a map that others still hold.
    pub fn unknown_keys(&self) {
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
            let help = match text::nearest(key, asked.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known here: {}", text::one_of(&asked)),
            };
            self.reader.report(
                Diagnostic::error("entry/unknown-key", place, format!("the key `{key}` is not known"))
                    .help(help),
            );
        }
    }
}

impl<'a> Value<'a> {
    fn of(reader: &'a Reader<'a>, entry: &'a Entry) -> Value<'a> {
        Value { reader, node: &entry.node, entry: Some(entry) }
    }

    /// Where it stands.
    #[must_use]
    pub fn place(&self) -> Place {
        self.reader.yaml.place(&self.node.range)
    }

    /// Where its key stands; an item of a list has none, and stands for itself.
    #[must_use]
    pub fn key_place(&self) -> Place {
        self.reader.yaml.place(self.key_range())
    }

    fn key_range(&self) -> &'a Range<usize> {
        self.entry.map_or(&self.node.range, |entry| &entry.key_range)
    }

    /// Adds an error here.
    pub fn fail(&self, code: &'static str, message: impl Into<String>, help: impl Into<String>) {
        self.reader.report(Diagnostic::error(code, self.place(), message).help(help));
    }

    /// Adds an error at a part of its text, given in bytes of [`Value::text`]; at all of it where that text does
    /// not stand in the file as it is, but with escapes or over several lines.
    pub fn fail_within(
        &self,
        text: &str,
        part: Range<usize>,
        code: &'static str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let mut place = self.place();
        if let Some(whole) = &place.range {
            let written = self.reader.yaml.file_text().get(whole.clone()).unwrap_or_default();
            let start = written.find(text).map(|at| whole.start + at);
            place.range = start.map(|at| at + part.start..at + part.end).or(place.range);
        }
        self.reader.report(Diagnostic::error(code, place, message).help(help));
    }

    /// Adds an error at the key.
    pub fn fail_key(&self, code: &'static str, message: impl Into<String>, help: impl Into<String>) {
        self.reader.report(Diagnostic::error(code, self.key_place(), message).help(help));
    }

    /// Adds a warning here.
    pub fn warn(&self, code: &'static str, message: impl Into<String>, help: impl Into<String>) {
        self.reader.report(Diagnostic::warning(code, self.place(), message).help(help));
    }

    fn expected(&self, what: &str) {
        let name = self.entry.map_or_else(|| "this".to_owned(), |entry| format!("`{}`", entry.key));
        let message = format!("{name} must be {what}, not {}", self.node.kind());
        let start = self.key_range().start;
        let quoted = self.reader.yaml.quoted_line(start).filter(|_| what.starts_with("text"));
        let mut diagnostic = Diagnostic::error("entry/wrong-type", self.place(), message);
        if quoted.is_some() {
            diagnostic = diagnostic.maybe_fix(self.reader.yaml.quoted_value(start));
        }
        diagnostic.help = Some(match quoted {
            Some(line) => format!("if it is text, put it in quotes: `{line}`"),
            None => format!("write {what}, or leave it out"),
        });
        self.reader.report(diagnostic);
    }

    /// One line of text, as written: `1.10` stays `1.10`.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        let Some(found) = self.node.scalar().map(|text| text.trim().to_owned()) else {
            self.expected("text");
            return None;
        };
        if found.is_empty() {
            self.fail("entry/empty", "the text is empty", "write something, or leave the key out");
            return None;
        }
        if found.len() > VALUE_BYTES {
            let message = format!("the text has {} bytes; at most {VALUE_BYTES} are read", found.len());
            self.fail("entry/too-long", message, "say it shorter; long words of an entry stand in its body");
            return None;
        }
        Some(found)
    }

    /// Text, or a mapping of it by locale.
    #[must_use]
    pub fn localized(&self) -> Option<Text> {
        let Data::Map(entries) = &self.node.data else {
            let frame = &self.reader.frame;
            return self
                .text()
                .map(|t| if frame.shared { Localized::shared(t) } else { Localized::first(t) });
        };
        let locales = self.reader.frame.locales;
        for entry in entries.iter().filter(|entry| !locales.contains(&entry.key)) {
            let message = format!("`{}` is not one of the site's locales", entry.key);
            let help = format!("locales are {}; text with a colon wants quotes", text::one_of(locales));
            Value::of(self.reader, entry).fail_key("text/unknown-locale", message, help);
        }
        let of = |locale: &String| {
            let is = |entry: &&Entry| entry.key == *locale && entry.node.data != Data::Null;
            entries.iter().find(is).and_then(|entry| Value::of(self.reader, entry).text())
        };
        let Some(first) = locales.first().and_then(of) else {
            let locale = locales.first().map_or("", String::as_str);
            self.fail(
                "text/missing-first-locale",
                format!("the text in `{locale}` is missing"),
                format!("add `{locale}: …`: the others fall back to it"),
            );
            return None;
        };
        let mut found = Localized::first(first);
        for (at, locale) in locales.iter().enumerate().skip(1) {
            match of(locale) {
                Some(value) => found.set(at, value),
                None => self.warn(
                    "text/missing-locale",
                    format!("the text in `{locale}` is missing"),
                    "the first locale's text is shown there",
                ),
            }
        }
        Some(found)
    }

    /// One line of Markdown, by locale.
    #[must_use]
    pub fn rich(&self) -> Option<Rich> {
        let text = self.localized()?;
        Some(text.map(|source| self.inline(source)))
    }

    /// Renders a line of Markdown that stands here.
    #[must_use]
    pub fn inline(&self, source: &str) -> Fragment {
        let rendered = markdown::inline(source);
        let links = rendered.links.into_iter().map(|(target, _)| (target, self.place()));
        self.reader.links.borrow_mut().extend(links);
        for fault in rendered.faults {
            let (code, message, help) = markdown_lint::fault(&fault.kind);
            self.fail(code, message, help);
        }
        let outline = markdown::outline(source);
        if outline.unclosed.is_some() {
            self.fail("markdown/unclosed-comment", "this comment never ends", "end it with `-->`");
        }
        self.lost_words(source, &outline, &rendered.unused);
        rendered.fragment
    }

    /// Tells words of a line of Markdown that would not be published, and links that are none by a slip.
    fn lost_words(&self, source: &str, outline: &markdown::Outline, notes: &[std::ops::Range<usize>]) {
        let place = |_: &std::ops::Range<usize>| self.place();
        let lost = outline.lost.iter().map(|lost| markdown_lint::words(source, lost, place, 0));
        let slips = outline.slips.iter().map(|slip| markdown_lint::slip(source, slip, place));
        let notes = notes.iter().map(|_| markdown_lint::note(self.place()));
        for diagnostic in lost.chain(slips).chain(notes) {
            // An edit would have to know how the value is written in YAML.
            self.reader.report(Diagnostic { fix: None, ..diagnostic });
        }
    }

    /// A number that makes sense here; another is refused rather than mended.
    pub fn within(&self, number: i64, range: RangeInclusive<i64>, words: &str) -> Option<i64> {
        if range.contains(&number) {
            return Some(number);
        }
        self.fail("site/out-of-range", "this is too little or too much", format!("it may be {words}"));
        None
    }

    /// An id in the v2 API: it stands in addresses.
    pub fn api_id(&self) -> Option<String> {
        let id = self.text()?;
        if !text::is_api_id(&id) {
            let help = "letters, digits, `-` and `_`, at most 64; leave it out to get one";
            self.fail("entry/bad-api-id", format!("`{id}` cannot be an id of the API"), help);
            return None;
        }
        Some(id)
    }

    /// `true` or `false`; `yes` and `no` too, since the meaning is sure.
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
        self.expected("`true` or `false`");
        None
    }

    /// A whole number.
    #[must_use]
    pub fn integer(&self) -> Option<i64> {
        match &self.node.data {
            Data::Number(number) if number.parse::<i64>().is_ok() => number.parse().ok(),
            Data::Text(text) if text::nfkc(text).parse::<i64>().is_ok() => text::nfkc(text).parse().ok(),
            _ => {
                self.expected("a whole number");
                None
            }
        }
    }

    /// A time zone by its IANA name.
    #[must_use]
    pub fn zone(&self) -> Option<Zone> {
        let name = self.text()?;
        let zone = Zone::named(&name);
        if zone.is_none() {
            let help = match text::nearest(&name, Zone::names()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "write an IANA name such as `Asia/Tokyo` or `Europe/Dublin`".into(),
            };
            self.fail("site/unknown-timezone", format!("`{name}` is no time zone"), help);
        }
        zone
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
        match self.reader.frame.zone.read_near(&written, moment::YearHint::Text(&years)) {
            Ok(at) => Some(at),
            Err(fault) => {
                self.time_fault(fault, &written);
                None
            }
        }
    }

    /// A time; without its date the first such time at or after another.
    #[must_use]
    pub fn time_after(&self, start: Option<Instant>) -> Option<Instant> {
        let (zone, written) = (self.reader.frame.zone, self.text()?);
        let clock = moment::parse(&written).filter(moment::Written::is_clock);
        let Some((clock, start)) = clock.zip(start) else { return self.time() };
        zone.next_clock(&clock, start).map_err(|fault| self.time_fault(fault, &written)).ok()
    }

    /// A time, or `None` where the text has no form of one at all.
    #[must_use]
    pub fn time_or_words(&self) -> Option<Result<Instant, Text>> {
        if let Data::Text(written) = &self.node.data
            && moment::parse(written).is_some_and(|w| w.clock.is_some() || written.contains(['-', '/']))
        {
            return self.time().map(Ok);
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
        match found {
            Ok(date) => Some(date),
            Err(TimeFault::Form) => {
                self.fail("time/invalid", format!("`{written}` is no day"), "write it as `2026-12-29`");
                None
            }
            Err(fault) => {
                self.time_fault(fault, &written);
                None
            }
        }
    }

    /// A duration in seconds.
    #[must_use]
    pub fn duration(&self) -> Option<i64> {
        let written = self.text()?;
        let found = time::duration(&written);
        if found.is_none() {
            self.fail(
                "time/invalid-duration",
                format!("`{written}` is no duration"),
                "write it as `30m`, `4h`, `7d` or `1h 30m`",
            );
        }
        if found.is_some_and(|seconds| seconds > DURATION_SECONDS) {
            let message = format!("`{written}` is longer than {} days", DURATION_SECONDS / 86_400);
            self.fail("time/invalid-duration", message, "write a shorter one, such as `90d`");
            return None;
        }
        found
    }

    /// One of the words of a vocabulary.
    pub fn word<T>(
        &self,
        what: &str,
        find: impl Fn(&str, &Aliases) -> Option<T>,
        known: &[&str],
    ) -> Option<T> {
        let written = self.text()?;
        let found = find(&written, self.reader.frame.more);
        if found.is_none() {
            let help = match text::nearest(&written, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`? known are {}", text::one_of(known)),
                None => format!("known are {}", text::one_of(known)),
            };
            self.fail("entry/unknown-word", format!("`{written}` is no {what}"), help);
        }
        found
    }

    /// The elements of a list; a single text stands for a list of one.
    #[must_use]
    pub fn list(&self) -> Vec<Value<'a>> {
        self.list_of(LIST_ITEMS)
    }

    /// The same, of at most so many values: more are an error.
    #[must_use]
    pub fn list_of(&self, most: usize) -> Vec<Value<'a>> {
        match &self.node.data {
            Data::List(list) if list.len() > most => {
                let message = format!("the list has {} items; at most {most} are read", list.len());
                self.fail("entry/too-many", message, "leave out what is not needed any more");
                Vec::new()
            }
            Data::List(list) => {
                list.iter().map(|node| Value { reader: self.reader, node, entry: None }).collect()
            }
            Data::Text(_) | Data::Number(_) | Data::Bool(..) => {
                vec![Value { reader: self.reader, node: self.node, entry: self.entry }]
            }
            _ => {
                self.expected("a list");
                Vec::new()
            }
        }
    }

    /// A mapping.
    #[must_use]
    pub fn map(&self) -> Option<Map<'a>> {
        if self.is_map() {
            return Some(Map { reader: self.reader, node: self.node, asked: RefCell::default() });
        }
        self.expected("a mapping of `key: value`");
        None
    }

    /// The text, where it is written as text; nothing is reported where it is not.
    #[must_use]
    pub fn words(&self) -> Option<&'a str> {
        match &self.node.data {
            Data::Text(text) => Some(text.trim()),
            _ => None,
        }
    }

    /// Whether it is a mapping.
    #[must_use]
    pub fn is_map(&self) -> bool {
        matches!(self.node.data, Data::Map(_))
    }

    /// Every scalar in it, however deep, as text, each with the path of its key: `internal.reporter`.
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

/// Which keys were asked for, for the test that compares them with the schemas.
#[cfg(test)]
pub mod asked {
    use std::cell::RefCell;
    use std::collections::{BTreeMap, BTreeSet};

    use super::{Data, Map, Node};

    /// Stands for every key of a mapping whose keys are the writer's own.
    pub const ANY: &str = "*";

    /// By the place of a mapping (`phases[]`, the whole being empty): its keys.
    pub type Asked = BTreeMap<String, BTreeSet<&'static str>>;

    thread_local! {
        static ASKED: RefCell<Vec<(String, String, &'static str)>> = const { RefCell::new(Vec::new()) };
    }

    pub(super) fn note(map: &Map<'_>, key: &'static str) {
        let place = path(String::new(), &map.reader.yaml.root, map.node).unwrap_or_default();
        let file = map.reader.yaml.file().to_string();
        ASKED.with_borrow_mut(|all| all.push((file, place, key)));
    }

    /// The keys that lead from the node at `place` to another: `phases[]`.
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

    /// What was asked of a file in this thread.
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
