//! The body of an entry: summary, updates, sections.
//!
//! Only a `##` at the top level is structure. Whatever nearly is an update and is not, is an error: a
//! reader must never miss one for a typo.

mod near_miss;
mod status_words;

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use super::markdown_lint;
use super::moment::{self, Doubt, Reading, Written, YearHint, Years};
use crate::diagnostic::{Diagnostic, Fix, Place};
use crate::limits::{NEAR_UPDATE_BYTES, QUESTIONS, UPDATES};
use crate::markdown::{self, Anchors, FaultKind, Fragment, Heading, Outline};
use crate::source::Folder;
use crate::text;
use crate::vocabulary::{Aliases, FactKey, Section, Status};
use near_miss::NearMiss;
use status_words::Words;

/// Identifiers that pages use themselves.
pub const PAGE_IDS: [&str; 17] = [
    "main",
    "facts",
    "summary",
    "updates",
    "workaround",
    "actions",
    "faq",
    "compensation",
    "postmortem",
    "evaluation",
    "plan",
    "top",
    "components",
    "related",
    "phases",
    "dates",
    "uptime",
];

/// A body, split.
#[derive(Debug, Default)]
pub struct Body {
    /// Everything before the first update or section.
    pub summary: Fragment,
    /// In the order of the file.
    pub updates: Vec<RawUpdate>,
    /// In the order of the file.
    pub sections: Vec<RawSection>,
    /// Identifiers that `#id` links may name.
    pub anchors: Anchors,
    /// Links to places inside the site, with the bytes of the body they stand in.
    pub links: Vec<(markdown::Target, Range<usize>)>,
}

/// A dated section.
#[derive(Debug)]
pub struct RawUpdate {
    /// What it says of the entry.
    pub status: Status,
    /// When.
    pub written: Written,
    /// The heading.
    pub heading: Range<usize>,
    /// The word of the heading that says the status.
    pub word: String,
    /// The time as the heading says it, in half width.
    pub time: String,
    /// Lines directly under it.
    pub facts: Vec<Fact>,
    /// The rest.
    pub words: Fragment,
    /// All of it, for showing the place.
    pub range: Range<usize>,
}

/// A `key: value` line.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Which.
    pub key: FactKey,
    /// As written, without blanks around it.
    pub value: String,
    /// Where the value stands.
    pub range: Range<usize>,
    /// Where the key stands.
    pub key_range: Range<usize>,
}

/// A section that is no update.
#[derive(Debug)]
pub struct RawSection {
    /// Which.
    pub section: Section,
    /// When, if it says so.
    pub written: Option<Written>,
    /// The time as the heading says it, in half width; empty where it says none.
    pub time: String,
    /// The heading.
    pub heading: Range<usize>,
    /// Its words; in a FAQ what stands before the first question.
    pub words: Fragment,
    /// Questions of a FAQ.
    pub questions: Vec<RawQuestion>,
}

/// A question and its answer.
#[derive(Debug)]
pub struct RawQuestion {
    /// The question.
    pub question: String,
    /// Identifier on the page.
    pub id: String,
    /// Its answer.
    pub answer: Fragment,
    /// Where the answer stands.
    pub range: Range<usize>,
}

/// What may stand in a kind of entry.
struct Grammar<'a> {
    /// Words that a theme adds.
    more: &'a Aliases,
    statuses: &'static [Status],
    sections: &'static [Section],
    facts: &'static [FactKey],
    entry: &'static str,
}

fn grammar(folder: Folder, more: &Aliases) -> Option<Grammar<'_>> {
    match folder {
        Folder::Incidents => Some(Grammar {
            more,
            statuses: &[
                Status::Investigating,
                Status::Identified,
                Status::Monitoring,
                Status::Resolved,
                Status::Update,
                Status::Correction,
            ],
            sections: &[
                Section::Workaround,
                Section::Actions,
                Section::Faq,
                Section::Compensation,
                Section::Postmortem,
            ],
            facts: &[
                FactKey::Affects,
                FactKey::Severity,
                FactKey::NextUpdate,
                FactKey::ExpectedRecovery,
                FactKey::Ended,
            ],
            entry: "an incident",
        }),
        Folder::Maintenance => Some(Grammar {
            more,
            statuses: &[
                Status::Scheduled,
                Status::Postponed,
                Status::InProgress,
                Status::Verifying,
                Status::Completed,
                Status::Cancelled,
                Status::Update,
                Status::Correction,
            ],
            sections: &[
                Section::Workaround,
                Section::Actions,
                Section::Faq,
                Section::Compensation,
                Section::Evaluation,
            ],
            facts: &[
                FactKey::Start,
                FactKey::End,
                FactKey::Affects,
                FactKey::NextUpdate,
                FactKey::Occurrence,
                FactKey::Phases,
            ],
            entry: "a maintenance",
        }),
        Folder::Notices => Some(Grammar {
            more,
            statuses: &[Status::Update, Status::Correction],
            sections: &[Section::Actions, Section::Faq],
            facts: &[],
            entry: "a notice",
        }),
        Folder::Config | Folder::Faq | Folder::Pages => None,
    }
}

/// Statuses that an update of an entry in this folder may have.
#[must_use]
pub fn statuses(folder: Folder) -> &'static [Status] {
    grammar(folder, &Aliases::default()).map_or(&[], |grammar| grammar.statuses)
}

/// Sections that an entry in this folder may have.
#[must_use]
pub fn sections(folder: Folder) -> &'static [Section] {
    grammar(folder, &Aliases::default()).map_or(&[], |grammar| grammar.sections)
}

impl Grammar<'_> {
    fn words(&self) -> Words<'_> {
        let tells_foreign = !self.statuses.iter().all(|s| matches!(s, Status::Update | Status::Correction));
        Words { statuses: self.statuses, more: self.more, tells_foreign }
    }
}

struct Parser<'a> {
    file: &'a Arc<str>,
    text: &'a str,
    /// What stands before the body.
    front: &'a str,
    /// Years of the dates of the file.
    years: Years<'a>,
    base: usize,
    outline: &'a Outline,
    grammar: Option<Grammar<'a>>,
    /// Languages of the site.
    locales: &'a [String],
    body: Body,
    /// Sections that stand further up.
    seen: Vec<Section>,
    /// Bytes that were read as fact lines, in order.
    fact_lines: Vec<Range<usize>>,
    /// Footnotes that the part in which they stand does not show.
    unused_notes: Vec<Range<usize>>,
    /// Where footnotes begin that a further part shows.
    borrowed_notes: Vec<usize>,
    /// Sections that tell what happened: a status and a time are prose there.
    narratives: Vec<Range<usize>>,
    found: &'a mut Vec<Diagnostic>,
}

/// Splits the body that begins at byte `start` of `text`.
pub fn parse(
    file: &Arc<str>,
    text: &str,
    start: usize,
    folder: Folder,
    (locales, more): (&[String], &Aliases),
    found: &mut Vec<Diagnostic>,
) -> Body {
    let body = &text[start..];
    let outline = markdown::outline(body);
    let mut parser = Parser {
        file,
        text: body,
        front: &text[..start],
        years: Years::of(text),
        base: start,
        outline: &outline,
        grammar: grammar(folder, more),
        locales,
        body: Body { anchors: Anchors::reserving(&PAGE_IDS), ..Body::default() },
        seen: Vec::new(),
        fact_lines: Vec::new(),
        unused_notes: Vec::new(),
        borrowed_notes: Vec::new(),
        narratives: Vec::new(),
        found,
    };
    if let Some(range) = &outline.unclosed {
        let place = parser.place(range.clone());
        parser.found.push(
            Diagnostic::error("markdown/unclosed-comment", place, "this comment never ends")
                .help("end it with `-->`, within its paragraph; write `\\<!--` if it is text"),
        );
    }
    parser.split();
    parser.lost_words();
    parser.body
}

enum Part<'h> {
    Summary,
    Update(&'h Heading, Headline),
    Section(&'h Heading, Section, Option<(Written, String)>),
}

/// What the heading of an update says.
struct Headline {
    status: Status,
    word: String,
    written: Written,
    time: String,
}

/// A heading as a time and the words around it.
struct Timed {
    /// The words, without signs around them.
    words: String,
    reading: Reading,
    /// In half width.
    time: String,
    /// Whether nothing follows the time.
    is_last: bool,
}

impl Parser<'_> {
    fn place(&self, range: Range<usize>) -> Place {
        Place::at(self.file, self.base + range.start..self.base + range.end)
    }

    fn error(&mut self, code: &'static str, range: Range<usize>, message: String, help: String) {
        let place = self.place(range);
        self.found.push(Diagnostic::error(code, place, message).help(help));
    }

    fn split(&mut self) {
        let outline = self.outline;
        let mut parts: Vec<(Part<'_>, Range<usize>)> = vec![(Part::Summary, 0..self.text.len())];
        let mut structured = false;
        let mut updates = 0;
        for heading in &outline.headings {
            if self.grammar.is_none() || heading.level != 2 || !heading.atx {
                continue;
            }
            let faults = self.found.len();
            let part = self.classify(heading, structured);
            // A misspelt heading is structure too: what follows it is judged in the same run.
            structured |= part.is_some() || self.found.len() > faults;
            if let Some(part) = part {
                updates += usize::from(matches!(part, Part::Update(..)));
                if updates > UPDATES {
                    let message = format!("this entry has more than {UPDATES} updates");
                    let help = "go on in a new entry, and link to it from here".to_owned();
                    self.error("update/too-many", trimmed(self.text, &heading.range), message, help);
                    parts.clear();
                    break;
                }
                if let Some(last) = parts.last_mut() {
                    last.1.end = heading.range.start;
                }
                parts.push((part, line_end(self.text, heading.range.end)..self.text.len()));
            }
        }
        for (number, (part, range)) in parts.into_iter().enumerate() {
            match part {
                Part::Summary => self.body.summary = self.render(range, 2, "summary"),
                Part::Update(heading, headline) => self.update(heading, headline, range, number),
                Part::Section(heading, section, written) => self.section(heading, section, written, range),
            }
        }
        if self.grammar.is_some() {
            self.near_updates();
        }
    }

    fn render(&mut self, range: Range<usize>, level: u8, key: &str) -> Fragment {
        let found = markdown::render(self.text, range, self.outline, level, key, &mut self.body.anchors);
        for fault in found.faults {
            let (code, message, help) = describe(&fault.kind);
            self.error(code, fault.range, message, help.to_owned());
        }
        self.unused_notes.extend(found.unused);
        self.borrowed_notes.extend(found.borrowed);
        let base = self.base;
        self.body.links.extend(found.links.into_iter().map(|(t, r)| (t, base + r.start..base + r.end)));
        found.fragment
    }

    /// Tells words that Markdown leaves out, and links that are none by a slip.
    fn lost_words(&mut self) {
        if self.outline.unclosed.is_some() || self.outline.is_spent() {
            return;
        }
        let place = |range: &Range<usize>| self.place(range.clone());
        let mut told: Vec<Diagnostic> = self
            .outline
            .lost
            .iter()
            .map(|lost| markdown_lint::words(self.text, lost, place, self.base))
            .collect();
        told.extend(self.outline.slips.iter().map(|slip| markdown_lint::slip(self.text, slip, place)));
        let borrowed: HashSet<usize> = self.borrowed_notes.iter().copied().collect();
        let is_unused = |range: &&Range<usize>| !borrowed.contains(&range.start);
        let unused = self.unused_notes.iter().filter(is_unused);
        told.extend(unused.map(|range| markdown_lint::note(place(&trimmed(self.text, range)))));
        self.found.extend(told);
    }

    /// What a `##` is; `None` where it is content, or wrong and reported.
    fn classify<'h>(&mut self, heading: &'h Heading, structured: bool) -> Option<Part<'h>> {
        let grammar = self.grammar.as_ref()?;
        let words = heading_words(self.text, heading);
        let range = trimmed(self.text, &heading.range);
        if let Some(section) = Section::said(&words, Section::ALL, grammar.more) {
            return self.known_section(heading, section, None);
        }
        let timed = self.timed(&words);
        if let Some(timed) = &timed {
            if let Some(section) = Section::said(&timed.words, Section::ALL, grammar.more) {
                return self.known_section(heading, section, Some(timed));
            }
            let said = Status::said(&timed.words, grammar.statuses, grammar.more)
                .or_else(|| Status::said(&timed.words, Status::ALL, grammar.more));
            match said {
                Some(status) if !grammar.statuses.contains(&status) => {
                    let message = format!("`{}` is no status of {}", timed.words, grammar.entry);
                    let help = format!("statuses of {}: {}", grammar.entry, list(grammar.statuses));
                    self.error("update/wrong-status", range, message, help);
                    return None;
                }
                Some(status) => return self.known_status(heading, status, timed),
                None => {}
            }
        }
        if self.near_update(heading.range.clone(), false) {
            return None;
        }
        let grammar = self.grammar.as_ref()?;
        let unknown =
            timed.filter(|timed| timed.is_last && timed.reading.has_date && !timed.words.is_empty());
        let unknown = unknown.and_then(|Timed { words: before, time, reading, .. }| {
            let near = text::nearest(&before, grammar.statuses.iter().map(|s| s.word()))
                .or_else(|| Status::nearest(&before));
            // A heading of the summary may name its day: `What happened (Nov 20, 2026)`.
            let is_meant = is_plain_tail(&words, &time) || near.is_some() && reading.has_clock;
            is_meant.then_some((before, time, near))
        });
        if let Some((before, time, near)) = unknown {
            let message = format!("`{before}` is no status");
            let help = match near {
                Some(n) => format!("did you mean `## {n} {time}`?"),
                None => format!("statuses of {}: {}", grammar.entry, list(grammar.statuses)),
            };
            self.error("update/unknown-status", range, message, help);
            return None;
        }
        // A status alone, or with a time that cannot be read.
        if let Some((word, rest)) = first_status(&words, grammar) {
            let message = if rest.is_empty() {
                format!("the time is missing after `{word}`")
            } else {
                format!("`{rest}` is no time")
            };
            let help = format!("write when it was said, as in `## {word} 2026-11-20 10:20`");
            self.error("update/bad-time", range, message, help);
            return None;
        }
        if structured {
            let near = text::nearest(&words, grammar.sections.iter().map(|s| s.word()));
            let sections: Vec<String> = grammar.sections.iter().map(|s| title_case(s.word())).collect();
            let message = format!("`{words}` is neither an update nor a section of {}", grammar.entry);
            let help = match near {
                Some(n) => format!("did you mean `## {}`?", title_case(n)),
                None => format!(
                    "updates are `## status time`; sections are {}; use `###` for words",
                    text::one_of(&sections)
                ),
            };
            self.error("body/unknown-section", range, message, help);
        }
        None
    }

    /// A heading that holds one time, and not the beginning and the end of something.
    fn timed(&self, words: &str) -> Option<Timed> {
        if words.len() > NEAR_UPDATE_BYTES {
            return None;
        }
        let words = moment::plain(words);
        let mut found = moment::find(&words, YearHint::Text(&self.years));
        let only = found.pop().filter(|only| found.is_empty() && !only.is_span)?;
        let (before, after) = (words.get(..only.range.start)?, words.get(only.range.end..)?);
        let time = words.get(only.range.clone())?.to_owned();
        let said = near_miss::around(before, after);
        let is_last = status_words::trimmed(after).is_empty();
        Some(Timed { words: status_words::trimmed(&said).to_owned(), reading: only.reading, time, is_last })
    }

    /// An update, or what is wrong with its time.
    fn known_status<'h>(&mut self, heading: &'h Heading, status: Status, timed: &Timed) -> Option<Part<'h>> {
        let Timed { words, reading, time, .. } = timed;
        if let Some(written) = reading.sure().filter(|w| w.date.is_some() && w.clock.is_some()) {
            let headline = Headline { status, word: words.clone(), written, time: time.clone() };
            return Some(Part::Update(heading, headline));
        }
        let range = trimmed(self.text, &heading.range);
        let (message, help, fix) = self.mended(words, reading, time, range.start);
        let place = self.place(range.clone());
        let fix = fix.map(|text| Fix { range: self.absolute(&range), text });
        self.found.push(Diagnostic::error("update/bad-time", place, message).help(help).maybe_fix(fix));
        None
    }

    /// What is wrong with the time of a line, the line with a better one, and that line alone where there is no
    /// other.
    fn mended(
        &self,
        word: &str,
        reading: &Reading,
        time: &str,
        at: usize,
    ) -> (String, String, Option<String>) {
        let line = |time: &str| format!("## {word} {time}");
        if reading.has_date && !reading.has_clock {
            let day = reading.ways.first().map_or_else(|| time.to_owned(), Written::to_string);
            let help = format!("write when it was said, as in `{}`", line(&format!("{day} HH:MM")));
            return (format!("the time of day is missing after `{word}`"), help, None);
        }
        if !reading.has_date {
            let clock = reading.ways.first().map_or_else(|| time.to_owned(), Written::to_string);
            let day = moment::last_date(nearby(self.text, at)).or_else(|| moment::last_date(self.front));
            let day =
                day.map(|date| Written { date: Some(date), clock: None, offset: None, days: 0 }.to_string());
            let help = match day {
                Some(day) => {
                    format!("write the day too; if it was {day}, write `{}`", line(&format!("{day} {clock}")))
                }
                None => format!("write the day too, as in `{}`", line(&format!("YYYY-MM-DD {clock}"))),
            };
            return (format!("the day is missing after `{word}`"), help, None);
        }
        let lines: Vec<String> = reading.ways.iter().map(|way| line(&way.to_string())).collect();
        match reading.explain(time) {
            Some((message, _)) if !lines.is_empty() => {
                let fix = lines.first().filter(|_| reading.doubt == Some(Doubt::About)).cloned();
                (message, format!("write {}", text::one_of(&lines)), fix)
            }
            Some((message, help)) => (message, help, None),
            None => (
                format!("`{time}` is no time"),
                format!("write {}", text::one_of(&lines)),
                lines.first().cloned(),
            ),
        }
    }

    fn known_section<'h>(
        &mut self,
        heading: &'h Heading,
        section: Section,
        timed: Option<&Timed>,
    ) -> Option<Part<'h>> {
        let grammar = self.grammar.as_ref()?;
        let range = trimmed(self.text, &heading.range);
        if !grammar.sections.contains(&section) {
            let sections: Vec<String> = grammar.sections.iter().map(|s| title_case(s.word())).collect();
            let message = format!("`{}` is no section of {}", title_case(section.word()), grammar.entry);
            let help = format!("sections of {}: {}", grammar.entry, text::one_of(&sections));
            self.error("body/wrong-section", range, message, help);
            return None;
        }
        let dated = matches!(section, Section::Postmortem | Section::Evaluation);
        if timed.is_some() && !dated {
            let message = format!("`{}` takes no time", title_case(section.word()));
            let help = format!("write `## {}`", title_case(section.word()));
            self.error("body/section-time", range.clone(), message, help);
        }
        let sure = |timed: &&Timed| timed.reading.sure().filter(|w| w.date.is_some() && w.clock.is_some());
        let written = timed.filter(|_| dated).and_then(|timed| Some((sure(&timed)?, timed.time.clone())));
        if let Some(timed) = timed.filter(|_| dated && written.is_none()) {
            let (message, help, fix) = self.mended(&timed.words, &timed.reading, &timed.time, range.start);
            let fix = fix.map(|text| Fix { range: self.absolute(&range), text });
            let found = Diagnostic::error("body/section-time", self.place(range), message).help(help);
            self.found.push(found.maybe_fix(fix));
        }
        if self.seen.contains(&section) {
            let range = trimmed(self.text, &heading.range);
            let message = format!("the section `{}` stands here a second time", title_case(section.word()));
            self.error("body/duplicate-section", range, message, "put the words into one section".into());
            return None;
        }
        self.seen.push(section);
        Some(Part::Section(heading, section, written))
    }

    /// Lines that read like status + time and are no update heading.
    fn near_updates(&mut self) {
        let headings: Vec<Range<usize>> = (self.outline.headings.iter())
            .filter(|h| h.level == 2 && h.atx)
            .map(|h| h.range.clone())
            .collect();
        let underlined: Vec<Range<usize>> = (self.outline.headings.iter())
            .filter(|h| !h.atx && self.text[h.range.clone()].trim_end().lines().count() == 2)
            .map(|h| h.range.clone())
            .collect();
        let mut start = 0;
        for line in self.text.split_inclusive('\n') {
            let at = start;
            start += line.len();
            let is_timeless = !line.chars().any(char::is_numeric) && !line.contains("正午");
            if is_timeless || self.outline.is_deliberate(at) {
                continue;
            }
            let text = trimmed(self.text, &(at..start));
            let known = |ranges: &[Range<usize>]| {
                let next = ranges.partition_point(|h| h.end <= text.start);
                ranges.get(next).filter(|h| h.start < text.end).cloned()
            };
            let is_fact = known(&self.fact_lines).is_some_and(|fact| fact.contains(&at));
            // Timelines are written there. Two signs that nearly are a heading's are no timeline.
            let is_told = self.narratives.iter().any(|told| told.contains(&at)) && !has_misspelt_signs(line);
            if known(&headings).is_some() || is_fact || is_told {
                continue;
            }
            match known(&underlined) {
                Some(heading) => self.near_update(heading, true),
                None => self.near_update(at..start, false),
            };
        }
    }

    /// Reports a line that reads like an update; whether it does. `range` also holds the line under an underlined
    /// heading.
    fn near_update(&mut self, range: Range<usize>, is_underlined: bool) -> bool {
        let Some(grammar) = &self.grammar else { return false };
        let line = self.text[range.clone()].trim_end_matches('\n');
        let first = line.split('\n').next().unwrap_or_default();
        let words = grammar.words();
        let years = YearHint::Text(&self.years);
        let Some(near) = near_miss::judge(first, is_underlined, &words, years) else { return false };
        let place = self.place(trimmed(self.text, &(range.start..range.start + first.len())));
        let entry = grammar.entry;
        let statuses = grammar.statuses;
        let lines: Vec<(String, String, Option<String>)> = (near.said.iter())
            .filter(|said| !said.is_foreign)
            .map(|said| self.mended(&self.word_for(said), &near.reading, &near.written, range.start))
            .collect();
        let message = "this line reads like an update but is no update heading";
        let found = match &lines[..] {
            [] => {
                let word = near.said.first().and_then(|said| said.word.clone()).unwrap_or_default();
                Diagnostic::error(
                    "update/near-heading",
                    place,
                    format!("{message}; `{word}` is no status of {entry}"),
                )
                .help(format!("statuses of {entry}: {}", list(statuses)))
            }
            [(why, help, fix)] => {
                let message = if near.reading.sure().is_some_and(|w| w.date.is_some() && w.clock.is_some()) {
                    message.to_owned()
                } else {
                    format!("{message}; {why}")
                };
                let fix = fix.as_ref().and_then(|heading| self.fix(heading, &near, range.clone(), line));
                let help = if heading_is_there(line, help) {
                    format!("{help}; leave a blank line before it, and close what stands open above it")
                } else {
                    format!("{help} on a line of its own")
                };
                Diagnostic::error("update/near-heading", place, message).help(help).maybe_fix(fix)
            }
            several => {
                let ways: Vec<&str> =
                    several.iter().map(|(_, help, _)| help.trim_start_matches("write ")).collect();
                Diagnostic::error("update/near-heading", place, message)
                    .help(format!("write {}, on a line of its own", ways.join(" or ")))
            }
        };
        self.found.push(found);
        true
    }

    /// The word of a status in the words of the writer, or in the site's language.
    fn word_for(&self, said: &status_words::NamedStatus) -> String {
        let in_the_sites = || {
            let locale = self.locales.first().map_or("en", String::as_str);
            said.status.word_in(locale).to_owned()
        };
        said.word.clone().unwrap_or_else(in_the_sites)
    }

    /// The edit that makes an update of a line, where nothing is lost by it.
    fn fix(&self, heading: &str, near: &NearMiss, range: Range<usize>, line: &str) -> Option<Fix> {
        let rest = near.rest.as_ref().filter(|_| !near.is_nested)?.trim();
        if !rest.is_empty() {
            let words = self.grammar.as_ref()?.words();
            let years = YearHint::Text(&self.years);
            if near_miss::judge(rest, false, &words, years).is_some()
                || rest.starts_with(['#', '>', '|', '`', '~', '<'])
            {
                return None;
            }
        }
        let text = if rest.is_empty() { heading.to_owned() } else { format!("{heading}\n\n{rest}") };
        let range = self.base + range.start..self.base + range.start + line.len();
        (text != line).then_some(Fix { range, text })
    }

    fn update(&mut self, heading: &Heading, headline: Headline, range: Range<usize>, number: usize) {
        let (facts, words) = self.facts(range.clone());
        let words = self.render(words.clone(), 4, &format!("u{number}"));
        let Headline { status, word, written, time } = headline;
        self.body.updates.push(RawUpdate {
            status,
            written,
            word,
            time,
            heading: self.absolute(&trimmed(self.text, &heading.range)),
            facts,
            words,
            range: self.base + heading.range.start..self.base + range.end,
        });
    }

    fn absolute(&self, range: &Range<usize>) -> Range<usize> {
        self.base + range.start..self.base + range.end
    }

    /// The fact lines at the beginning of `range`, and where the words begin.
    fn facts(&mut self, range: Range<usize>) -> (Vec<Fact>, Range<usize>) {
        let mut facts: Vec<Fact> = Vec::new();
        let mut at = range.start;
        let Some((allowed, more)) = self.grammar.as_ref().map(|g| (g.facts, g.more)) else {
            return (facts, range);
        };
        for line in self.text[range.clone()].split_inclusive('\n') {
            let Some(fact) = fact_line(line, at) else { break };
            match FactKey::said(&fact.key, allowed, more) {
                Some(key) => {
                    if fact.value.contains("<!--") {
                        let message = "a comment in a fact line would be published".to_owned();
                        self.error(
                            "update/comment-in-fact",
                            fact.range,
                            message,
                            "put it among the words".into(),
                        );
                    } else if fact.value.is_empty() {
                        let message = format!("`{}` has no value", key.word());
                        let help = "write one, or leave the line out".to_owned();
                        self.error("update/empty-fact", fact.key_range, message, help);
                    } else if facts.iter().any(|f| f.key == key) {
                        let message = format!("`{}` stands here twice", key.word());
                        self.error(
                            "update/duplicate-fact",
                            fact.key_range,
                            message,
                            "keep one of them".into(),
                        );
                    } else {
                        let (range, key_range) = (self.absolute(&fact.range), self.absolute(&fact.key_range));
                        facts.push(Fact { key, value: fact.value, range, key_range });
                    }
                }
                None => {
                    if !self.near_fact(&fact, allowed) {
                        break;
                    }
                }
            }
            at += line.len();
        }
        if at > range.start {
            self.fact_lines.push(range.start..at);
        }
        self.stray_facts(at..range.end, &facts, allowed, more);
        (facts, at..range.end)
    }

    /// Reports a key that is nearly a known one; `false` where the words begin.
    fn near_fact(&mut self, fact: &Line, allowed: &[FactKey]) -> bool {
        if allowed.is_empty() {
            return false;
        }
        let known: Vec<&str> = allowed.iter().map(|k| k.word()).collect();
        if FactKey::from_word(&fact.key).is_some() && fact.key.is_ascii() {
            let message = format!("`{}` has no meaning under this heading", fact.key);
            let help = format!("known here: {}; leave a blank line before words", text::one_of(&known));
            self.error("update/unknown-fact", fact.key_range.clone(), message, help);
            return true;
        }
        let Some(near) = FactKey::nearest_among(&fact.key, allowed, self.locales) else { return false };
        let message = format!("`{}` is no known key", fact.key);
        let help = format!("did you mean `{near}: {}`? leave a blank line before words", fact.value);
        self.error("update/unknown-fact", fact.key_range.clone(), message, help);
        true
    }

    /// A fact line among the words, or after a blank line, is published as words, and its fact is lost.
    fn stray_facts(&mut self, words: Range<usize>, known: &[Fact], allowed: &[FactKey], more: &Aliases) {
        let mut at = words.start;
        let mut fenced = false;
        for line in self.text[words].split_inclusive('\n') {
            let start = line.trim_start();
            fenced ^= start.starts_with("```") || start.starts_with("~~~");
            let is_text = !fenced && line.len() - start.len() < 4;
            let fact = fact_line(line, at).filter(|fact| is_text && !fact.value.is_empty());
            let key = fact.as_ref().and_then(|fact| FactKey::said(&fact.key, allowed, more));
            // Said as a fact already, it may be said again in words.
            if let Some(fact) = fact.filter(|_| key.is_some_and(|key| known.iter().all(|f| f.key != key))) {
                let message = "this line is published as words, not as a fact";
                self.found.push(
                    Diagnostic::warning("update/fact-in-words", self.place(fact.key_range), message)
                        .help("put it directly under the heading, above all words and without a blank line"),
                );
            }
            at += line.len();
        }
    }

    fn section(
        &mut self,
        heading: &Heading,
        section: Section,
        written: Option<(Written, String)>,
        range: Range<usize>,
    ) {
        let key = section.word();
        if matches!(section, Section::Postmortem | Section::Evaluation) {
            self.narratives.push(range.clone());
        }
        let mut questions = Vec::new();
        let words = if section == Section::Faq {
            let starts: Vec<&Heading> = self
                .outline
                .headings
                .iter()
                .filter(|h| h.level == 3 && range.contains(&h.range.start))
                .collect();
            if let Some(further) = starts.get(QUESTIONS) {
                let at = trimmed(self.text, &further.range);
                let message = format!("this entry has more than {QUESTIONS} questions");
                self.error(
                    "faq/too-many",
                    at,
                    message,
                    "put those of all entries under `content/faq/`".into(),
                );
            }
            let starts = &starts[..starts.len().min(QUESTIONS)];
            let first = starts.first().map_or(range.end, |h| h.range.start);
            for (number, h) in starts.iter().enumerate() {
                let end = starts.get(number + 1).map_or(range.end, |n| n.range.start);
                let question = text::clean(h.text.trim()).into_owned();
                let id = self.body.anchors.claim(&question);
                let answer = self.render(h.range.end..end, 4, &format!("q{number}"));
                if question.is_empty() || answer.is_empty() {
                    let at = trimmed(self.text, &h.range);
                    let message = "this question has no words or no answer".to_owned();
                    self.error("faq/no-answer", at, message, "write the answer below the `###` line".into());
                }
                let range = self.absolute(&trimmed(self.text, &(h.range.end..end)));
                questions.push(RawQuestion { question, id, answer, range });
            }
            self.render(range.start..first, 3, key)
        } else {
            self.render(range, 3, key)
        };
        let heading = self.absolute(&trimmed(self.text, &heading.range));
        let (written, time) = written.unzip();
        let time = time.unwrap_or_default();
        self.body.sections.push(RawSection { section, written, time, heading, words, questions });
    }
}

/// A fault of an address, in words.
#[must_use]
pub fn describe(kind: &FaultKind) -> (&'static str, String, &'static str) {
    match kind {
        FaultKind::Link(address) => (
            "link/not-allowed",
            format!("no link may lead to `{address}`"),
            "links lead to `https://…`, `http://…`, `mailto:…`, `tel:…`, `/path`, `#id` or an entry's file",
        ),
        FaultKind::Image(address) => (
            "link/foreign-image",
            format!("the image `{address}` is not the site's own"),
            "put it under `content/static/` and write its address from the root: `/picture.png`",
        ),
        FaultKind::Expands(most) => (
            "markdown/too-large",
            format!("with its marks, notes and addresses this text becomes more than {most} bytes of HTML"),
            "write long notes and addresses once, and split the text into several entries",
        ),
    }
}

struct Line {
    key: String,
    value: String,
    range: Range<usize>,
    key_range: Range<usize>,
}

/// Keys have no more characters than this: the longest is `prochain point d’information`.
const LONGEST_KEY: usize = 32;

/// `key: value` or `key：value`.
fn fact_line(line: &str, at: usize) -> Option<Line> {
    let content = line.trim_end();
    let colon = content.find([':', '：'])?;
    let key = content[..colon].trim();
    if key.is_empty()
        || key.chars().count() > LONGEST_KEY
        || key.contains(['`', '[', '*', '#', '|', '。', '、'])
    {
        return None;
    }
    let width = content[colon..].chars().next().map_or(1, char::len_utf8);
    let value = content[colon + width..].trim();
    let value_start = if value.is_empty() {
        content.len()
    } else {
        content.len() - content[colon + width..].trim_start().len()
    };
    let key_start = line.len() - line.trim_start().len();
    Some(Line {
        key: key.to_owned(),
        value: value.to_owned(),
        range: at + value_start..at + content.len(),
        key_range: at + key_start..at + key_start + key.len(),
    })
}

/// The words of an ATX heading, NFKC, without its `#`s.
fn heading_words(text: &str, heading: &Heading) -> String {
    let line = text[heading.range.clone()].trim();
    let line = line.trim_start_matches('#').trim();
    let closing = line.trim_end_matches('#');
    let line = if closing.len() < line.len() && (closing.is_empty() || closing.ends_with([' ', '\t'])) {
        closing
    } else {
        line
    };
    text::nfkc(line.trim()).into_owned()
}

/// Whether a line begins with the two signs of a heading, of which one is in full width, or the blank behind them is
/// missing or another one.
fn has_misspelt_signs(line: &str) -> bool {
    let head =
        &line[..line.len() - line.trim_start_matches(['#', '＃', '♯', ' ', '\u{3000}', '\u{200b}']).len()];
    let count = head.chars().filter(|c| matches!(c, '#' | '＃' | '♯')).count();
    count == 2 && head != "## "
}

/// Whether a heading ends with a time in numbers, as updates are written.
fn is_plain_tail(words: &str, time: &str) -> bool {
    let digits = time.bytes().take_while(u8::is_ascii_digit).count();
    digits == 4 && time[digits..].starts_with(['-', '/', '年']) && words.ends_with(time)
}

/// Whether the help says the very line that stands there.
fn heading_is_there(line: &str, help: &str) -> bool {
    help.strip_prefix("write `").and_then(|rest| rest.strip_suffix('`')) == Some(line.trim())
}

/// The word of a status that the words begin with, and what follows it.
fn first_status<'w>(words: &'w str, grammar: &Grammar<'_>) -> Option<(&'w str, &'w str)> {
    let is_status = |word: &str| Status::said(word, grammar.statuses, grammar.more).is_some();
    if is_status(words) {
        return Some((words, ""));
    }
    // `resolved 2026-13-40 10:00`, `resolved 3 hours ago`: a status word, then something with a digit.
    for (at, _) in words.match_indices(char::is_whitespace) {
        let (before, rest) = (&words[..at], words[at..].trim());
        if is_status(before) && rest.starts_with(|c: char| c.is_numeric()) {
            return Some((before, rest));
        }
    }
    None
}

/// What stands not far before a byte.
fn nearby(text: &str, at: usize) -> &str {
    let text = text.get(..at).unwrap_or_default();
    let lines = text.match_indices('\n').map(|(end, _)| end + 1).rev();
    let from = lines.take_while(|start| at - start <= 4 * NEAR_UPDATE_BYTES).last();
    text.get(from.unwrap_or(0)..).unwrap_or_default()
}

fn trimmed(text: &str, range: &Range<usize>) -> Range<usize> {
    let slice = &text[range.clone()];
    let start = range.start + (slice.len() - slice.trim_start().len());
    start..start + slice.trim().len()
}

fn line_end(text: &str, at: usize) -> usize {
    if at > 0 && text[..at].ends_with('\n') {
        at
    } else {
        text[at..].find('\n').map_or(text.len(), |n| at + n + 1)
    }
}

fn title_case(word: &str) -> String {
    if word == "faq" {
        return "FAQ".into();
    }
    let mut chars = word.chars();
    chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
}

fn list(statuses: &[Status]) -> String {
    let words: Vec<&str> = statuses.iter().map(|s| s.word()).collect();
    text::one_of(&words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::takes_at_most;

    fn body(text: &str) -> (Body, Vec<&'static str>) {
        body_of(text, Folder::Incidents)
    }

    fn body_of(text: &str, folder: Folder) -> (Body, Vec<&'static str>) {
        let mut found = Vec::new();
        let parsed = parse(
            &"a.md".into(),
            text,
            0,
            folder,
            (&["ja".to_owned(), "en".to_owned()], &Aliases::default()),
            &mut found,
        );
        (parsed, found.into_iter().map(|d| d.code).collect())
    }

    #[test]
    fn updates_sections_and_summary_are_split() {
        let (parsed, codes) = body(
            "Summary.\n\n## investigating 2026-11-20 10:20\nFirst.\n\n## 復旧 2026-11-20 12:40\nended: 12:10\n次回更新：13:00\n\nOver.\n\n## FAQ\n### Safe?\nYes.\n\n## Postmortem 2026-11-25 18:00\n### Cause\nx\n",
        );
        assert_eq!(codes, Vec::<&str>::new());
        assert_eq!(parsed.summary.plain(), "Summary.");
        assert_eq!(parsed.updates[1].status, Status::Resolved);
        let facts: Vec<_> = parsed.updates[1].facts.iter().map(|f| (f.key, f.value.as_str())).collect();
        assert_eq!(facts, [(FactKey::Ended, "12:10"), (FactKey::NextUpdate, "13:00")]);
        assert_eq!(parsed.updates[1].words.plain(), "Over.");
        assert_eq!(parsed.sections[0].questions[0].question, "Safe?");
        assert!(parsed.sections[1].written.is_some());
    }

    #[test]
    fn what_nearly_is_an_update_is_an_error() {
        for text in [
            "##復旧 2026-11-20 12:40\n",
            "＃＃ 復旧 2026-11-20 12:40\n",
            "### 復旧 2026-11-20 12:40\n",
            "##　復旧　２０２６-11-20　12:40\n",
            "resolved 2026-11-20 12:40\n---\n",
            "**Resolved** 2026-11-20 12:40\n",
            "###\t復旧 2026-11-20 10:00\n",
            "【復旧】2026-11-20 10:00\n",
            "■復旧（2026-11-20 10:00）\n",
            "♯♯ 復旧 2026-11-20 10:00\n",
            "\u{200b}## 復旧 2026-11-20 10:00\n",
            "> ## 復旧 2026-11-20 10:00\n",
        ] {
            assert_eq!(body(text).1, ["update/near-heading"], "{text}");
        }
        assert_eq!(body("## resovled 2026-11-20 12:40\n").1, ["update/unknown-status"]);
        assert_eq!(body("## resolved\n").1, ["update/bad-time"]);
        assert_eq!(body("## resolved 2026-11-20\n").1, ["update/bad-time"]);
        assert_eq!(body("## completed 2026-11-20 12:40\n").1, ["update/wrong-status"]);
        assert_eq!(body("```\n## resolved 2026-11-20\n```\n").1, Vec::<&str>::new());
    }

    #[test]
    fn full_width_blanks_and_digits_in_a_heading_are_understood() {
        let (parsed, codes) = body("## 調査中　２０２６年１１月２０日　１０時２０分\n");
        assert_eq!((codes.len(), parsed.updates.len()), (0, 1));
    }

    #[test]
    fn the_first_line_that_is_no_fact_begins_the_words() {
        let (parsed, codes) = body("## update 2026-11-20 10:20\nseverity: minor\nNote: the API is back.\n");
        assert_eq!(codes, Vec::<&str>::new());
        assert_eq!(parsed.updates[0].words.plain(), "Note: the API is back.");
        assert_eq!(body("## update 2026-11-20 10:20\nsevertiy: minor\n").1, ["update/unknown-fact"]);
        assert_eq!(body("## update 2026-11-20 10:20\n\nseverity: minor\n").1, ["update/fact-in-words"]);
        assert_eq!(
            body("## 調査中 2026-11-20 10:20\n調べています。\n次回更新：11:30\n").1,
            ["update/fact-in-words"]
        );
        for silent in
            ["severity: minor\n\nseverity: minor", "Words.\n\n- severity: minor", "```\nseverity: minor\n```"]
        {
            assert_eq!(body(&format!("## update 2026-11-20 10:20\n{silent}\n")).1, Vec::<&str>::new());
        }
    }

    #[test]
    fn an_update_is_not_lost_in_words_in_a_fence_or_in_html() {
        for text in [
            "## update 2026-11-20 10:20\nWords first.\n復旧: 2026-11-20 12:40\n",
            "```\nlog\n\n## resolved 2026-11-20 12:40\n",
            "<div>\n## resolved 2026-11-20 12:40\n",
            "    ## resolved 2026-11-20 12:40\n",
        ] {
            assert_eq!(body(text).1, ["update/near-heading"], "{text}");
        }
        for text in [
            "```\n## resolved 2026-11-20 12:40\n```\n",
            "<!--\n## resolved 2026-11-20 12:40\n-->\n",
            "* 復旧 2026-11-20 12:40\n- 復旧 2026-11-20 12:40\n",
        ] {
            assert_eq!(body(text).1, Vec::<&str>::new(), "{text}");
        }
        let (_, codes) = body_of("開始：2026-12-01 02:00\n終了：2026-12-01 05:00\n", Folder::Maintenance);
        assert_eq!(codes, Vec::<&str>::new());
    }

    #[test]
    fn a_section_stands_once_and_code_is_no_section() {
        let twice = "## Postmortem 2026-11-21 10:00\na\n\n## Postmortem 2026-11-22 10:00\nb\n";
        assert_eq!(body(twice).1, ["body/duplicate-section"]);
        assert_eq!(body("```\n## FAQ\n```\n\n## FAQ\n### Safe?\nYes.\n").1, Vec::<&str>::new());
        assert_eq!(body("## Post-mortem\nx\n").0.sections.len(), 1);
    }

    #[test]
    fn a_fact_line_has_a_value_and_a_key_without_a_slip() {
        assert_eq!(body("## update 2026-11-20 10:20\naffects:\n").1, ["update/empty-fact"]);
        assert_eq!(body("## update 2026-11-20 10:20\n次回更親: 11:30\n").1, ["update/unknown-fact"]);
        assert_eq!(body("## update 2026-11-20 10:20\n対策: 増強しました\n").1, Vec::<&str>::new());
        let (parsed, codes) = body_of("## update 2026-11-20 10:20\nStart: now\n", Folder::Notices);
        assert_eq!((parsed.updates[0].words.plain().as_str(), codes.len()), ("Start: now", 0));
    }

    #[test]
    fn large_bodies_take_no_longer_than_their_size() {
        takes_at_most(20, || {
            for text in [
                format!("## update 2026-11-20 10:20\n{}", "x 1\n".repeat(100_000)),
                format!("## update 2026-11-20 10:20\n{}", "affects: api\n".repeat(20_000)),
                "## update 2026-11-20 10:20\n".repeat(20_000),
                "## FAQ\n".repeat(20_000),
                format!("## FAQ\n{}", "### a\nb\n".repeat(40_000)),
            ] {
                body(&text);
            }
        });
    }

    #[test]
    fn a_heading_in_the_summary_is_content_and_later_an_error() {
        let underlined = "## update 2026-11-20 10:20\n\n#1 is back\n---\n";
        assert_eq!(body(underlined).1, Vec::<&str>::new());
        let (parsed, codes) = body("## What happened\nx\n\n## update 2026-11-20 10:20\n\n## More\n");
        assert_eq!(codes, ["body/unknown-section"]);
        assert!(parsed.summary.plain().contains("What happened"));
        for heading in [
            "## What happened (November 20, 2026)",
            "## 障害の経過（2026年11月20日 11:15現在）",
            "## 11/20 の経過",
        ] {
            let (parsed, codes) = body(&format!("{heading}\nx\n\n## update 2026-11-20 10:20\n"));
            assert_eq!((codes, parsed.updates.len()), (vec![], 1), "{heading}");
        }
        assert_eq!(body("## Resovled Nov 20, 2026 11:15\n").1, ["update/unknown-status"]);
    }

    #[test]
    fn a_word_may_mean_one_thing_here_and_another_there() {
        let (parsed, codes) = body_of(
            "## 延期 2026-11-20 10:20\n開始: 2026-11-22 02:00\n終了: 2026-11-22 05:00\n",
            Folder::Maintenance,
        );
        assert_eq!(codes, Vec::<&str>::new());
        assert_eq!(parsed.updates[0].facts[1].key, FactKey::End);
    }
}
