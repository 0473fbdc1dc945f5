//! The parts of an entry that every kind reads from its files in the same way.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::duties;
use super::nouns::Noun;
use super::value::{Map, ReadContext, Reader, Value, is_unknown};
use crate::address;
use crate::diagnostic::{Diagnostic, Fix, Place, Severity};
use crate::document::Document;
use crate::document::body::{Body, Fact, RawSection, RawUpdate};
use crate::document::moment;
use crate::kind::EntryKind;
use crate::limits::{ALIASES, LISTED_NAMES};
use crate::markdown::{Anchors, Fragment};
use crate::message::{Message, did_you_mean, first_of, message};
use crate::model::component::{Affects, Target};
use crate::model::config::{Choice, Config};
use crate::model::entry::{FieldValue, Head, NextUpdate, Question, Translated, Update, Withdrawn};
use crate::model::stated::{Bound, Stamp, Stated};
use crate::model::text::{Localized, Rich, Secret};
use crate::model::time::{Instant, TimeFault, Zone};
use crate::text;
use crate::vocabulary::{FactKey, Section, Status};

pub(super) struct EntryReader<'a> {
    pub files: &'a Files,
    pub config: &'a Config,
    pub reader: &'a Reader<'a>,
    /// The `timezone` of the entry, for its times without an offset.
    pub own_zone: Option<Zone>,
}

impl EntryReader<'_> {
    pub fn zone(&self) -> Zone {
        self.own_zone.unwrap_or(self.config.zone)
    }

    /// The instant of a written time with its date.
    fn instant(&self, written: &moment::Written) -> Result<Instant, TimeFault> {
        if written.offset.is_none() {
            self.reader.read_local();
        }
        self.zone().resolve(written)
    }

    /// A written time with its date as it was stated.
    fn stated(&self, written: &moment::Written, bound: Bound) -> Result<Stated, TimeFault> {
        if written.offset.is_none() {
            self.reader.read_local();
        }
        self.zone().state(written, bound)
    }

    /// The instant of a written time. A time without a date is the first one at or after `from`.
    pub fn next(&self, written: &moment::Written, from: Instant) -> Result<Instant, TimeFault> {
        if !written.is_clock() {
            return self.instant(written);
        }
        self.reader.read_local();
        self.zone().next_clock(written, from)
    }

    pub fn error(&self, place: Place, code: &'static str, message: Message, help: Message) {
        self.reader.report(Diagnostic::error(code, place, message).help(help));
    }

    pub fn warning(&self, place: Place, code: &'static str, message: Message, help: Message) {
        self.reader.report(Diagnostic::warning(code, place, message).help(help));
    }

    /// A position in the primary file.
    pub fn at(&self, range: &std::ops::Range<usize>) -> Place {
        Place::at(&self.files.primary.file, range.clone())
    }

    fn body(&self) -> &Body {
        &self.files.primary.body
    }

    pub fn head(&self, kind: EntryKind, map: &Map<'_>) -> Option<Head> {
        let primary = &self.files.primary;
        let title = map
            .required("title", &example_title())
            .and_then(|value| Some((value.localized()?, value.place())));
        let id = map.get("id").and_then(|v| v.text()).unwrap_or_else(|| primary.slug.clone());
        let api_id = map.get("api_id").and_then(|v| v.api_id());
        let aliases = map.get("aliases").map(|v| v.list_of(ALIASES)).unwrap_or_default();
        let aliases = aliases.iter().filter_map(|v| Some((alias(v)?, v.place()))).collect();
        // `timezone` is read first, because times need it.
        let _ = map.get("timezone");
        let draft = map.get("draft").and_then(|v| v.bool()).unwrap_or(false);
        let publish_at = map.get("publish_at").and_then(|v| v.time());
        let withdrawn = map.get("withdrawn").and_then(|v| withdrawn(&v));
        let mut secrets = secrets(map);
        let reviewers = reviewers(&secrets);
        let reports = duties::sent(map, self.config);
        let allow = map.list("allow").iter().filter_map(Value::text).collect();
        let (mut title, place) = title?;
        let mut links: Vec<_> = primary.body.links.iter().map(|(t, r)| (t.clone(), self.at(r))).collect();
        for (locale, document) in &self.files.translations {
            let place = |r: &std::ops::Range<usize>| Place::at(&document.file, r.clone());
            links.extend(document.body.links.iter().map(|(t, r)| (t.clone(), place(r))));
            self.unknown_sections(document);
            secrets.extend(self.translated_secrets(document));
            if let Some(words) = self.translated_front(kind, document) {
                title.set(*locale, words);
            }
        }
        let mut anchors = Anchors::copy(&primary.body.anchors);
        for (_, document) in &self.files.translations {
            anchors.merge(&document.body.anchors);
        }
        Some(Head {
            kind,
            file: Arc::clone(&primary.file),
            slug: primary.slug.clone(),
            id,
            api_id,
            title,
            aliases,
            draft,
            publish_at,
            withdrawn,
            secrets,
            reviewers,
            reports,
            allow,
            links,
            translations: self.files.translations.iter().map(|(locale, _)| *locale).collect(),
            anchors,
            section_anchors: (primary.body.sections.iter())
                .filter_map(|section| Some((section.section, section.anchor.clone()?)))
                .collect(),
            place,
            digest: std::sync::OnceLock::new(),
            api_name: std::sync::OnceLock::new(),
            zone: self.own_zone,
            is_local: false,
            sketch: std::sync::OnceLock::new(),
        })
    }

    fn translated_secrets(&self, document: &Document) -> Vec<(String, Secret)> {
        let reader = Reader::new(&document.front, ReadContext::of(self.config));
        secrets(&reader.root())
    }

    /// The title of a translation. Its faults are reported as warnings.
    fn translated_front(&self, kind: EntryKind, document: &Document) -> Option<String> {
        let context = ReadContext { shared: true, ..ReadContext::of(self.config) };
        let of_translation = Reader::new(&document.front, context);
        let map = of_translation.root();
        let title = map.required("title", &example_title()).and_then(|v| {
            let words = v.text()?;
            v.left_by_a_chat(&words).into_iter().for_each(|found| self.reader.report(found));
            Some(words)
        });
        if matches!(kind, EntryKind::Incident | EntryKind::Maintenance) {
            let _ = map.get("scope");
            let _ = map.get("advice");
        }
        if matches!(kind, EntryKind::Incident | EntryKind::Maintenance | EntryKind::Notice) {
            let _ = map.get("fields");
        }
        for key in PRIVATE {
            let _ = map.get(key);
        }
        if document.front.sound {
            map.finish();
        }
        // This help replaces that of each fault; what must keep its own is reported through `self.reader`.
        for found in of_translation.finish() {
            let help = message!(
                "model-translation-front-help",
                "keep `title`, `scope`, `fields` and the body in the translation; write other facts in the original"
            );
            self.reader.report(found.softened().maybe_help(Some(help)));
        }
        title
    }

    /// Reports sections that only a translation has, because no page shows them.
    fn unknown_sections(&self, document: &Document) {
        for section in &document.body.sections {
            if self.raw_section(section.section).is_none() {
                let place = Place::at(&document.file, section.heading.clone());
                let message = message!(
                    "model-translation-section",
                    "the original does not have this section, so noroshi does not show this text"
                );
                self.warning(place, "translation/unknown-section", message, add_to_original());
            }
        }
    }

    /// Reads a line of Markdown in front matter, with its translations.
    pub fn rich(&self, key: &'static str, map: &Map<'_>) -> Option<Rich> {
        let mut found = map.get(key).and_then(|v| v.rich());
        for (locale, document) in &self.files.translations {
            let context = ReadContext { shared: true, ..ReadContext::of(self.config) };
            let of_translation = Reader::new(&document.front, context);
            if let Some(value) = of_translation.root().get(key)
                && let Some(words) = value.text()
            {
                match &mut found {
                    Some(found) => found.set(*locale, value.inline(&words)),
                    None => value.warn(
                        "translation/unknown-text",
                        message!(
                            "model-translation-key",
                            "the original has no `{key}`, so noroshi does not show this text",
                            key
                        ),
                        add_to_original(),
                    ),
                }
            }
            for fault in of_translation.finish() {
                self.reader.report(fault.softened());
            }
        }
        found
    }

    pub fn fields(&self, kind: EntryKind, map: &Map<'_>) -> Vec<(usize, FieldValue)> {
        let mut found = Vec::new();
        if let Some(inner) = map.get("fields").and_then(|v| v.map()) {
            self.primary_fields(kind, &inner, &mut found);
        }
        for (locale, document) in &self.files.translations {
            self.translate_fields(*locale, document, &mut found);
        }
        found.sort_by_key(|(at, _)| *at);
        found
    }

    fn primary_fields(&self, kind: EntryKind, inner: &Map<'_>, found: &mut Vec<(usize, FieldValue)>) {
        for (name, value) in inner.entries() {
            let position = self.config.fields.iter().position(|f| f.id == name && f.on.contains(&kind));
            let Some(at) = position else {
                if self.config.has_incomplete_fields {
                    continue;
                }
                let known = self.config.fields.iter().filter(|f| f.on.contains(&kind));
                let known: Vec<&str> = known.map(|f| f.id.as_str()).collect();
                let near = text::nearest(name, known.iter().copied());
                let help = did_you_mean(near, || match known.as_slice() {
                    [] => message!("model-field-add", "add it to `fields` in site.yaml"),
                    known => message!(
                        "model-field-help",
                        "write {some}, or add it to `fields` in site.yaml",
                        some = first_of(known, LISTED_NAMES)
                    ),
                });
                let message = message!(
                    "model-field-unknown",
                    "site.yaml defines no field `{name}` for this kind of entry",
                    name
                );
                value.fail_key("entry/unknown-field", message, help);
                continue;
            };
            let field = &self.config.fields[at];
            if field.values.is_empty() {
                found.extend(value.localized().map(|words| (at, FieldValue::Words(words))));
                continue;
            }
            let known: Vec<&str> = field.values.iter().map(|c| c.id.as_str()).collect();
            if let Some(choice) = value.word(Noun::FieldValue, |w, _| chosen(&field.values, w), &known) {
                found.push((at, FieldValue::Choice(choice)));
            }
        }
    }

    /// Reads the translations of free-text custom fields. The names of fixed values are translated in site.yaml.
    fn translate_fields(&self, locale: usize, document: &Document, found: &mut [(usize, FieldValue)]) {
        let reader =
            Reader::new(&document.front, ReadContext { shared: true, ..ReadContext::of(self.config) });
        let inner = reader.root().get("fields").and_then(|v| v.map());
        for (name, value) in inner.iter().flat_map(Map::entries) {
            let ours = found.iter_mut().find(|(at, _)| self.config.fields[*at].id == name);
            match ours {
                Some((_, FieldValue::Words(words))) => {
                    if let Some(text) = value.text() {
                        words.set(locale, text);
                    }
                }
                Some((_, FieldValue::Choice(_))) => {}
                None => value.fail_key(
                    "translation/unknown-text",
                    message!(
                        "model-translation-field",
                        "the original has no field `{name}`, so noroshi does not show this text",
                        name
                    ),
                    add_to_original(),
                ),
            }
        }
        for fault in reader.finish() {
            self.reader.report(fault.softened());
        }
    }

    /// A part of the body, with its translations.
    pub fn words(&self, pick: impl Fn(&Body) -> Option<&Fragment>) -> Option<Rich> {
        let mut found = Localized::first(pick(self.body())?.clone());
        for (locale, document) in &self.files.translations {
            if let Some(words) = pick(&document.body).filter(|f| !f.is_empty()) {
                found.set(*locale, words.clone());
            }
        }
        Some(found)
    }

    pub fn summary(&self) -> Rich {
        self.words(|b| Some(&b.summary)).unwrap_or_else(|| Localized::first(Fragment::default()))
    }

    fn raw_section(&self, section: Section) -> Option<&RawSection> {
        self.body().sections.iter().find(|s| s.section == section)
    }

    pub fn section(&self, section: Section) -> Option<Rich> {
        let found = self.words(|b| b.sections.iter().find(|s| s.section == section).map(|s| &s.words))?;
        self.raw_section(section).and(Some(found))
    }

    /// A section with its time. Feeds do not announce a section without a time; `is_reported` says whether
    /// that is reported.
    pub fn dated_section(&self, section: Section, is_reported: bool) -> Option<(Option<Stated>, Rich)> {
        let raw = self.raw_section(section)?;
        if raw.written.is_none() && is_reported {
            let code = match section {
                Section::Evaluation => "maintenance/undated-evaluation",
                _ => "incident/undated-postmortem",
            };
            let message =
                message!("model-section-undated", "this section has no time, so feeds do not announce it");
            let help = message!(
                "model-section-undated-help",
                "write the time at the end of its heading, for example `2026-11-25 18:00`"
            );
            self.warning(self.at(&raw.heading), code, message, help);
        }
        let at = raw.written.as_ref();
        let at = at.and_then(|w| self.resolve(self.stated(w, Bound::From), &raw.heading, &raw.time));
        Some((at, self.section(section)?))
    }

    pub fn faq(&self) -> Vec<Question> {
        let Some(raw) = self.raw_section(Section::Faq) else { return Vec::new() };
        if raw.questions.is_empty() || !raw.words.is_empty() {
            let message = message!(
                "model-faq-no-question",
                "this section has no `###` question, or has text above the first question"
            );
            let help = message!(
                "model-faq-no-question-help",
                "begin with `### The question?`, and write the answer below it"
            );
            self.error(self.at(&raw.heading), "faq/no-question", message, help);
        }
        let mut found: Vec<Question> = (raw.questions.iter())
            .map(|q| Question {
                id: q.id.clone(),
                question: Localized::first(q.question.clone()),
                anchor: q.anchor.clone(),
                answer: Localized::first(q.answer.clone()),
                place: Localized::first(self.at(&q.range)),
            })
            .collect();
        for (locale, document) in &self.files.translations {
            let Some(section) = document.body.sections.iter().find(|s| s.section == Section::Faq) else {
                continue;
            };
            if section.questions.len() != found.len() {
                let place = Place::at(&document.file, section.heading.clone());
                let message = message!(
                    "model-translation-questions",
                    "this translation has {theirs} questions, the original {ours}",
                    theirs = section.questions.len(),
                    ours = found.len()
                );
                let help = message!(
                    "model-translation-questions-help",
                    "write the same number of questions; until then, noroshi shows the original"
                );
                self.warning(place, "translation/different-questions", message, help);
                continue;
            }
            for (ours, theirs) in found.iter_mut().zip(&section.questions) {
                ours.question.set(*locale, theirs.question.clone());
                ours.answer.set(*locale, theirs.answer.clone());
                ours.place.set(*locale, Place::at(&document.file, theirs.range.clone()));
            }
        }
        found
    }

    /// What was read from `written`, or an error at its place that says why it is no time.
    pub fn resolve<T>(
        &self,
        read: Result<T, TimeFault>,
        range: &std::ops::Range<usize>,
        written: &str,
    ) -> Option<T> {
        let tell = |fault: TimeFault| {
            let (code, message, help) = fault.describe(written);
            self.error(self.at(range), code, message, help);
        };
        read.map_err(tell).ok()
    }

    /// The updates, sorted by time. `change` turns the fact lines of each into its changes.
    pub fn updates<C: Translated>(&self, change: impl Fn(&RawUpdate, Stated) -> C) -> Vec<Update<C>> {
        let mut found: Vec<(usize, Update<C>)> = Vec::new();
        let mut counts: HashMap<(Stamp, Status), usize> = HashMap::new();
        for Timed { raw, when, place_in_day } in self.timed() {
            let count = counts.entry((when.stamp(), raw.status)).or_default();
            let ordinal = *count;
            *count += 1;
            let update = Update {
                at: when.at,
                precision: when.precision,
                status: raw.status,
                report: None,
                anchor: raw.anchor.clone(),
                words: Localized::first(raw.words.clone()),
                change: change(raw, when),
                ordinal,
                place: self.at(&raw.heading),
            };
            found.push((place_in_day, update));
        }
        found.sort_by_key(|(place_in_day, update)| (update.at, *place_in_day));
        let mut found: Vec<Update<C>> = found.into_iter().map(|(_, update)| update).collect();
        for (locale, document) in &self.files.translations {
            self.translate_updates(*locale, document, &mut found);
        }
        found
    }

    /// The updates with their times: first those with a time of day, in the order of the file, then those that are dated by
    /// their day, in the order in which they were said. The latter come at the beginning of the day, or after what was said
    /// before on that day. What lies ahead changes nothing: only earlier days tell which end of the file is the newer one.
    fn timed(&self) -> Vec<Timed<'_>> {
        let when =
            |raw: &RawUpdate| self.resolve(self.stated(&raw.written, Bound::From), &raw.heading, &raw.time);
        let raws = self.body().updates.iter().filter_map(|raw| Some((raw, when(raw)?)));
        let found: Vec<(&RawUpdate, Stated)> = raws.collect();
        let day_of = |when: Stated| when.precision.day().unwrap_or_else(|| self.zone().day(when.at));
        let timed = |at: usize| {
            let (raw, when) = found[at];
            let Some(day) = when.precision.day() else { return Timed { raw, when, place_in_day: 0 } };
            let (above, below) = (&found[..at], &found[at + 1..]);
            let is_earlier = |(_, other): &(&RawUpdate, Stated)| day_of(*other) < day;
            let is_newest_first = below.iter().any(is_earlier) && !above.iter().any(is_earlier);
            let before = if is_newest_first { below } else { above };
            let said = before.iter().filter(|(_, other)| day_of(*other) == day).map(|(_, other)| other.at);
            let reading = said.max().map_or(when.at, |said| said.max(when.at));
            let number = 1 + if is_newest_first { below.len() } else { at };
            Timed { raw, when: Stated { at: reading, ..when }, place_in_day: number }
        };
        let mut timed: Vec<Timed<'_>> = (0..found.len()).map(timed).collect();
        // The order of the file stays where `place_in_day` is 0.
        timed.sort_by_key(|timed| (timed.place_in_day > 0).then_some((timed.when.at, timed.place_in_day)));
        timed
    }

    fn translate_updates<C: Translated>(
        &self,
        locale: usize,
        document: &Document,
        updates: &mut [Update<C>],
    ) {
        let places: HashMap<(Stamp, Status, usize), usize> =
            updates.iter().enumerate().map(|(n, u)| ((u.stamp(), u.status, u.ordinal), n)).collect();
        let mut counts: HashMap<(Stamp, Status), usize> = HashMap::new();
        for (number, raw) in document.body.updates.iter().enumerate() {
            let place = Place::at(&document.file, raw.heading.clone());
            let Ok(at) = self.zone().state(&raw.written, Bound::From).map(Stated::stamp) else {
                let message = message!("model-translation-time", "this time does not exist, or exists twice");
                let help = message!("model-translation-time-help", "repeat the heading of the original");
                self.warning(place, "translation/unknown-update", message, help);
                continue;
            };
            let count = counts.entry((at, raw.status)).or_default();
            let known = places.get(&(at, raw.status, *count));
            *count += 1;
            if let Some(known) = known {
                // A translated heading without text yet must not hide the text of the original.
                let words = &mut updates[*known].words;
                if !raw.words.is_empty() || words.get(0).1.is_empty() {
                    words.set(locale, raw.words.clone());
                }
            } else {
                let message = message!(
                    "model-translation-update",
                    "the original has no update with this status and time"
                );
                let help = message!(
                    "model-translation-update-help",
                    "repeat the status and time of the original; until then, noroshi shows the original"
                );
                let found = Diagnostic::warning("translation/unknown-update", place, message).help(help);
                self.reader.report(found.maybe_fix(self.moved_time(document, number)));
            }
            if let Some((original, own)) = known.and_then(|known| self.other_number(&updates[*known], raw)) {
                let message = message!(
                    "model-translation-number",
                    "this report has the number `{own}`, and in the original `{original}`",
                    own,
                    original
                );
                let help = message!(
                    "model-translation-number-help",
                    "leave the number out, or repeat that of the original"
                );
                self.warning(
                    Place::at(&document.file, raw.heading.clone()),
                    "translation/facts",
                    message,
                    help,
                );
            }
            let scope = known.and_then(|known| updates[*known].change.scope());
            let own =
                scope.and_then(|original| self.translated_scope(raw, document).map(|own| (original, own)));
            let read = own.map(|(original, (fact, words))| {
                original.set(locale, words);
                fact
            });
            if let Some(fact) =
                raw.facts.iter().find(|fact| !read.is_some_and(|read| std::ptr::eq(*fact, read)))
            {
                let place = Place::at(&document.file, fact.key_range.clone());
                let message =
                    message!("model-translation-facts", "noroshi does not read facts in a translation");
                let help = message!("model-translation-facts-help", "write the fact in the original");
                self.warning(place, "translation/facts", message, help);
            }
        }
    }

    /// The time of the original for an update of a translation, if both have the same statuses in the same order.
    /// In that case only the times differ.
    fn moved_time(&self, document: &Document, number: usize) -> Option<Fix> {
        let (ours, theirs) = (&self.body().updates, &document.body.updates);
        let same = ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(a, b)| a.status == b.status);
        let (raw, original) = (theirs.get(number)?, ours.get(number).filter(|_| same)?);
        let exact = || self.zone().resolve(&original.written).ok().map(|at| self.zone().write(at));
        let is_exact = original.written.vague.is_none() && original.written.clock.is_some();
        let time = if is_exact { exact()? } else { original.written.to_string() };
        let number = raw.report.as_ref().map_or(String::new(), |report| format!("{} ", report.written));
        let anchor = raw.anchor.as_ref().map_or(String::new(), |name| format!(" {{#{name}}}"));
        Some(Fix { range: raw.heading.clone(), text: format!("## {number}{} {time}{anchor}", raw.word) })
    }

    /// A time in a fact line, in the front of something or at its end. A time without a date is the first one at or after the
    /// update.
    pub fn fact_time(&self, fact: &Fact, update: Stated, bound: Bound) -> Option<Stated> {
        self.fact_clock(fact, update, bound, |clock| self.zone().next_stated(clock, update.at))
    }

    /// The end of something in a fact line. A time without a date is the last one at or before the update, and a day ends
    /// with the update that says so.
    pub fn fact_time_before(&self, fact: &Fact, update: Stated) -> Option<Stated> {
        let latest = self.latest(update);
        let found =
            self.fact_clock(fact, update, Bound::Until, |clock| self.zone().last_stated(clock, latest))?;
        let is_by_day = found.precision.day().is_some();
        Some(if is_by_day { Stated { at: found.at.min(latest), ..found } } else { found })
    }

    /// A time in a fact line that replaces another. Without a date it is the one nearest to `known`.
    pub fn fact_time_near(
        &self,
        fact: &Fact,
        update: Stated,
        bound: Bound,
        known: Instant,
    ) -> Option<Stated> {
        let found = self.fact_clock(fact, update, bound, |clock| {
            let last = self.zone().last_stated(clock, known)?;
            let next = self.zone().next_stated(clock, known)?;
            let is_next = next.at.0.saturating_sub(known.0) < known.0.saturating_sub(last.at.0);
            Ok(if is_next { next } else { last })
        })?;
        let is_by_day = bound == Bound::Until && found.precision.day().is_some();
        Some(if is_by_day { Stated { at: found.at.min(self.latest(update)), ..found } } else { found })
    }

    /// The updates as they are written, each with its time.
    pub fn stated_updates(&self) -> impl Iterator<Item = (&RawUpdate, Stated)> {
        let stated = |raw: &RawUpdate| self.stated(&raw.written, Bound::From).ok();
        self.body().updates.iter().filter_map(move |raw| Some((raw, stated(raw)?)))
    }

    /// A promise in a fact line.
    pub fn fact_next(&self, fact: &Fact, update: Stated) -> Option<NextUpdate> {
        if is_unknown(&fact.value) {
            return Some(NextUpdate::Undecided);
        }
        self.fact_time(fact, update, Bound::Until).map(NextUpdate::By)
    }

    /// The latest instant that a time may mean.
    pub fn latest(&self, when: Stated) -> Instant {
        match when.precision.day() {
            Some(_) => when.bounds(self.zone()).1.unwrap_or(when.at),
            None => when.at,
        }
    }

    fn fact_clock(
        &self,
        fact: &Fact,
        update: Stated,
        bound: Bound,
        near: impl Fn(&moment::Written) -> Result<Stated, TimeFault>,
    ) -> Option<Stated> {
        let year = moment::YearHint::Year(self.zone().year(update.at));
        let read = match moment::read(&fact.value, year).and_then(|reading| reading.stated()) {
            Some(written) if written.is_clock() => {
                self.reader.read_local();
                near(&written)
            }
            Some(written) => self.stated(&written, bound),
            None => Err(TimeFault::Form),
        };
        self.resolve(read, &fact.range, &fact.value)
    }

    /// The component, group, row or column that a part of a fact line refers to.
    pub fn target(&self, word: &str, range: &Range<usize>) -> Option<&Target> {
        let found = self.config.components.find(word);
        if found.is_none() && !self.config.components.is_incomplete {
            let unknown = self.config.components.unknown(word, self.unknown_component());
            self.error(self.at(range), unknown.code, unknown.message, unknown.help);
        }
        found
    }

    pub fn affects(&self, value: &Value<'_>) -> Affects {
        self.config.components.read(value, self.unknown_component())
    }

    fn unknown_component(&self) -> &'static str {
        match self.files.primary.kind {
            EntryKind::Incident => "incident/unknown-component",
            EntryKind::Maintenance => "maintenance/unknown-component",
            EntryKind::Notice => "notice/unknown-component",
            EntryKind::Question | EntryKind::Page => "question/unknown-component",
        }
    }

    pub fn fact_affects(&self, fact: &Fact) -> Option<Affects> {
        let (code, more) = (self.unknown_component(), &self.config.words);
        let read = self.config.components.read_line(&fact.value, code, more);
        read.map_err(|faults| {
            for (range, fault) in faults {
                let start = fact.range.start;
                let range = start + range.start..start + range.end;
                self.error(self.at(&range), fault.code, fault.message, fault.help);
            }
        })
        .ok()
    }
}

/// An update with its time.
struct Timed<'u> {
    raw: &'u RawUpdate,
    when: Stated,
    /// How many updates were said before it, and one, if it is dated by its day; else 0.
    place_in_day: usize,
}

fn add_to_original() -> Message {
    message!("model-translation-add", "add it to the original")
}

/// The keys whose values are never published.
const PRIVATE: [&str; 2] = ["internal", "reviewed_by"];

fn example_title() -> Message {
    message!("model-example-title", "A title on one line")
}

fn secrets(map: &Map<'_>) -> Vec<(String, Secret)> {
    let mut scalars = Vec::new();
    for key in PRIVATE {
        if let Some(value) = map.get(key) {
            value.scalars(key, &mut scalars);
        }
    }
    duties::private(scalars).map(|(key, value)| (key, Secret::new(value))).collect()
}

/// The reviewers, without duplicates. Authors (`internal.author`) do not count as reviewers of their own entry.
fn reviewers(secrets: &[(String, Secret)]) -> Vec<Secret> {
    let of = |key: &'static str| secrets.iter().filter(move |(known, _)| known == key).map(|(_, who)| who);
    let mut found: Vec<Secret> = Vec::new();
    for who in of("reviewed_by") {
        let is = |other: &Secret| other.is_alike(who);
        if !of("internal.author").any(is) && !found.iter().any(is) {
            found.push(who.clone());
        }
    }
    found
}

/// The position of the choice with this id, or with this name in any language.
pub(super) fn chosen(choices: &[Choice], word: &str) -> Option<usize> {
    let folded = text::fold(word);
    choices.iter().position(|c| c.id == folded || c.name.all().any(|name| text::fold(name) == folded))
}

pub(super) fn fact(raw: &RawUpdate, key: FactKey) -> Option<&Fact> {
    raw.facts.iter().find(|f| f.key == key)
}

fn withdrawn(value: &Value<'_>) -> Option<Withdrawn> {
    let map = value.map()?;
    let at = map.required("at", "2026-11-20 10:15").and_then(|v| v.time());
    let example = message!("model-example-reason", "Why it no longer holds");
    let reason = map.required("reason", &example).and_then(|v| v.localized());
    map.finish();
    Some(Withdrawn { at: at?, reason: reason? })
}

fn alias(value: &Value<'_>) -> Option<String> {
    let written = value.text()?;
    let path = crate::model::entry::alias_path(&written);
    let fault = path.as_ref().and_then(|path| address::fault(path.trim_matches('/')));
    let message = match fault {
        Some(fault) => message!(
            "model-alias-fault",
            "`{written}` cannot be an address of this site: {fault}",
            written,
            fault = fault.message()
        ),
        None if path.is_none() => {
            message!("model-alias", "`{written}` is not an address of this site", written)
        }
        None => return path,
    };
    let help = message!("model-alias-help", "write it from the root, for example `/old/path/`");
    value.fail("entry/bad-alias", message, help);
    None
}

/// The commas of all scripts.
pub(super) const COMMAS: [char; 4] = [',', '，', '、', '،'];

/// The parts of a value between separators, with their byte ranges in it.
pub(super) fn parts<'v>(value: &'v str, signs: &'static [char]) -> Vec<(Range<usize>, &'v str)> {
    let mut end = 0;
    let part = move |written: &'v str| {
        let start = end;
        end += written.len();
        let part = written.trim_end_matches(signs);
        let from = start + part.len() - part.trim_start().len();
        (from..start + part.trim_end().len(), part.trim())
    };
    value.split_inclusive(signs).map(part).filter(|(_, part)| !part.is_empty()).collect()
}

#[derive(Debug)]
pub struct Files {
    /// The original, in the first locale.
    pub primary: Document,
    /// The translations without faults, each with the index of its locale.
    pub translations: Vec<(usize, Document)>,
}

impl Files {
    /// Whether a translation with these diagnostics must be left out.
    #[must_use]
    pub fn spoils(found: &[Diagnostic]) -> bool {
        found.iter().any(|d| d.severity == Severity::Error)
    }
}
