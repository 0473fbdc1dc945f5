//! Classifies a `##` heading: an update, a section, or text of the part above it.

use super::grammar::Grammar;
use super::lines::{line_end, trimmed};
use super::parser::Parser;
use super::report_number::{self, FoundReport};
use super::time_faults::{TimeFault, unreadable_time};
use super::{near_miss, status_words};
use crate::diagnostic::{Diagnostic, Fix};
use crate::document::moment::{self, Reading, Written, YearHint};
use crate::document::write_it;
use crate::limits::NEAR_UPDATE_BYTES;
use crate::markdown::{self, Heading};
use crate::message::{Message, did_you_mean, message};
use crate::text;
use crate::vocabulary::{Section, Status};

pub(super) enum Part<'h> {
    /// The text before all headings.
    Summary,
    Update(&'h Heading, Headline),
    /// A section with its time, parsed and as written.
    Section(&'h Heading, Section, Option<(Written, String)>),
}

pub(super) struct Headline {
    pub(super) status: Status,
    pub(super) word: String,
    pub(super) written: Written,
    pub(super) time: String,
    pub(super) report: Option<FoundReport>,
}

/// A heading, split into a time and the words around it.
pub(super) struct Timed {
    /// The words, without punctuation around them.
    pub(super) words: String,
    reading: Reading,
    /// The time as written, in half width.
    time: String,
    /// Whether the time ends the heading.
    is_last: bool,
    /// Which report it is, as written; empty if the heading does not say it.
    number: String,
}

impl Parser<'_> {
    /// Classifies a `##` heading; `None` if it is text, or wrong and reported. After the first update or section,
    /// every heading must be one of the two, but for those of a postmortem or an evaluation.
    pub(super) fn classify<'h>(&mut self, heading: &'h Heading, is_below_parts: bool) -> Option<Part<'h>> {
        let grammar = self.grammar.as_ref()?;
        let line = markdown::without_anchor(&self.text[heading.range.clone()]);
        let words = heading_words(&line);
        if let Some(section) = Section::from_word_or_alias(&words, Section::ALL, grammar.more) {
            return self.known_section(heading, section, None);
        }
        let timed = self.timed(&words);
        if let Some(timed) = &timed {
            if let Some(section) = Section::from_word_or_alias(&timed.words, Section::ALL, grammar.more) {
                return self.known_section(heading, section, Some(timed));
            }
            if let Some(report) = report_number::find(&line, grammar.more)
                && let Some((status, timed)) = self.numbered(&line, &report)
            {
                let at = self.base + heading.range.start;
                return self.known_status(heading, status, &timed, Some(report.moved(at)));
            }
            let status = Status::from_word_or_alias(&timed.words, grammar.statuses, grammar.more)
                .or_else(|| Status::from_word_or_alias(&timed.words, Status::ALL, grammar.more));
            if let Some(status) = status {
                return self.known_status(heading, status, timed, None);
            }
        }
        if self.near_update(heading.range.clone(), false) {
            return None;
        }
        let grammar = self.grammar.as_ref()?;
        let fault = timed.and_then(|timed| unknown_status(&words, timed, grammar));
        let fault = match &self.report {
            Some((section, _)) => fault
                .or_else(|| missing_time(&words, grammar).filter(|_| self.is_undated_update(heading, &words)))
                .or_else(|| misspelt_section(&words, grammar, *section, self.locales))
                .map(|fault| fault.or_a_heading_of(*section)),
            None => fault
                .or_else(|| missing_time(&words, grammar))
                .or_else(|| is_below_parts.then(|| unknown_section(&words, grammar))),
        };
        if let Some(Fault { code, message, help }) = fault {
            self.error(code, trimmed(self.text, &heading.range), message, help);
        }
        None
    }

    /// The status and the time of a heading beside the number of its report; `None` if it does not have both. A number
    /// without a status is an update.
    fn numbered(&self, line: &str, report: &FoundReport) -> Option<(Status, Timed)> {
        let grammar = self.grammar.as_ref()?;
        let mut timed = self.timed(&heading_words(&report.taken_from(line)))?;
        let named = |allowed| Status::from_word_or_alias(&timed.words, allowed, grammar.more);
        let status = match timed.words.as_str() {
            "" => Status::Update,
            _ => named(grammar.statuses).or_else(|| named(Status::ALL))?,
        };
        timed.number.clone_from(&report.written);
        Some((status, timed))
    }

    /// Whether a heading in a report that begins with a status is an update whose time is missing or wrong. A report
    /// may have the heading 復旧 itself, but not 続報, and no facts below it.
    fn is_undated_update(&self, heading: &Heading, words: &str) -> bool {
        let Some(grammar) = &self.grammar else { return false };
        let status = Status::from_word_or_alias(words, grammar.statuses, grammar.more);
        status.is_none_or(|status| !status.sets_state())
            || self.begins_with_fact(line_end(self.text, heading.range.end))
    }

    /// Whether a section that is named again, or that another kind of entry has, is a heading of the report above it:
    /// 原因と対策 below 事後報告.
    fn is_of_report(&self, section: Section, words: &str) -> bool {
        self.report.as_ref().is_some_and(|(report, opened)| {
            section.is_report() && (section != *report || !text::fold(opened).contains(&text::fold(words)))
        })
    }

    /// Splits a heading that contains one time, and not a span of two.
    pub(super) fn timed(&self, words: &str) -> Option<Timed> {
        if words.len() > NEAR_UPDATE_BYTES {
            return None;
        }
        let words = moment::plain(words);
        let mut found = moment::find(&words, YearHint::Text(&self.years));
        let only = found.pop().filter(|only| found.is_empty() && !only.is_span)?;
        let (before, after) = (words.get(..only.range.start)?, words.get(only.range.end..)?);
        let time = words.get(only.range.clone())?.to_owned();
        let around = near_miss::around(before, after);
        let is_last = status_words::trimmed(after).is_empty();
        let words = status_words::trimmed(&around).to_owned();
        Some(Timed { words, reading: only.reading, time, is_last, number: String::new() })
    }

    /// Reports a fault if the status or the time is wrong.
    fn known_status<'h>(
        &mut self,
        heading: &'h Heading,
        status: Status,
        timed: &Timed,
        report: Option<FoundReport>,
    ) -> Option<Part<'h>> {
        let grammar = self.grammar.as_ref()?;
        let Timed { words, reading, time, .. } = timed;
        if !grammar.statuses.contains(&status) {
            let (message, help) = (grammar.wrong_status(words), grammar.status_help());
            self.error("update/wrong-status", trimmed(self.text, &heading.range), message, help);
            return None;
        }
        if let Some(written) = reading.stated_day() {
            let locale = self.locales.first().map_or("en", String::as_str);
            // A number alone is an update, and its word is that of the site.
            let word = if words.is_empty() { status.word_in(locale).to_owned() } else { words.clone() };
            let time = time.clone();
            let headline = Headline { status, word, written, time, report };
            return Some(Part::Update(heading, headline));
        }
        self.bad_time("update/bad-time", heading, timed);
        None
    }

    /// A section heading; `None` if the section belongs to another kind of entry or already exists.
    fn known_section<'h>(
        &mut self,
        heading: &'h Heading,
        section: Section,
        timed: Option<&Timed>,
    ) -> Option<Part<'h>> {
        let grammar = self.grammar.as_ref()?;
        let range = trimmed(self.text, &heading.range);
        let title = section.title();
        if timed.is_none() && self.is_of_report(section, &words_of(self.text, heading)) {
            return None;
        }
        if !grammar.sections.contains(&section) {
            let (entry, titles) = (&grammar.entry, grammar.section_list());
            let message =
                message!("document-wrong-section", "`{title}` is not a section of {entry}", title, entry);
            let help = message!(
                "document-wrong-section-help",
                "for {entry}, use the section {titles}",
                entry,
                titles
            );
            self.error("body/wrong-section", range, message, help);
            return None;
        }
        let is_dated = section.is_report();
        let mut written = None;
        if let Some(timed) = timed {
            written = timed.reading.stated_day().filter(|_| is_dated);
            if !is_dated {
                let message =
                    message!("document-section-time", "the heading `{title}` cannot have a time", title);
                let help = write_it(&format!("## {title}"));
                self.error("body/section-time", range.clone(), message, help);
            } else if written.is_none() {
                self.bad_time("body/section-time", heading, timed);
            }
        }
        if self.sections_above.contains(&section) {
            let message = message!("document-section-twice", "the section `{title}` appears twice", title);
            let help = message!("document-section-twice-help", "put the text into one section");
            self.error("body/duplicate-section", range, message, help);
            return None;
        }
        self.sections_above.push(section);
        let written = written.zip(timed.map(|timed| timed.time.clone()));
        Some(Part::Section(heading, section, written))
    }

    fn bad_time(&mut self, code: &'static str, heading: &Heading, timed: &Timed) {
        let range = trimmed(self.text, &heading.range);
        let fault = self.time_fault(
            format!("{} {}", timed.number, timed.words).trim(),
            &timed.reading,
            &timed.time,
            range.start,
        );
        let help = fault.help();
        let TimeFault { message, corrected, .. } = fault;
        let fix = corrected.map(|text| Fix { range: self.absolute(&range), text });
        let found = Diagnostic::error(code, self.place(range), message).help(help);
        self.found.push(found.maybe_fix(fix));
    }
}

struct Fault {
    code: &'static str,
    message: Message,
    help: Message,
}

impl Fault {
    /// The same fault, with the way to keep the heading in the report.
    fn or_a_heading_of(self, section: Section) -> Fault {
        let report = match section {
            Section::Evaluation => message!("document-evaluation", "evaluation"),
            _ => message!("document-postmortem", "postmortem"),
        };
        let help = self.help;
        let help = if help.english().ends_with('?') {
            message!(
                "document-report-heading-question",
                "{help} for a heading of the {report}, write `###`",
                help,
                report
            )
        } else {
            message!(
                "document-report-heading",
                "{help}; for a heading of the {report}, write `###`",
                help,
                report
            )
        };
        Fault { help, ..self }
    }
}

fn unknown_status(words: &str, timed: Timed, grammar: &Grammar<'_>) -> Option<Fault> {
    let Timed { words: before, reading, time, is_last, .. } = timed;
    if !is_last || !reading.has_date || before.is_empty() {
        return None;
    }
    let near = text::nearest(&before, grammar.statuses.iter().map(|s| s.word()))
        .or_else(|| Status::nearest(&before));
    // A heading of the summary may mention a day: `What happened (Nov 20, 2026)`.
    let is_meant = is_plain_tail(words, &time) || near.is_some() && reading.has_clock;
    let line = near.map(|near| format!("## {near} {time}"));
    let help = did_you_mean(line.as_deref(), || grammar.status_help());
    let message = message!("document-unknown-status", "`{before}` is not a status", before);
    is_meant.then_some(Fault { code: "update/unknown-status", message, help })
}

/// The fault of a status without a time, or with a time that cannot be read.
fn missing_time(words: &str, grammar: &Grammar<'_>) -> Option<Fault> {
    let (word, rest) = first_status(words, grammar)?;
    let message = if rest.is_empty() {
        message!("document-missing-time", "the time is missing after `{word}`", word)
    } else {
        unreadable_time(rest)
    };
    let help = message!(
        "document-missing-time-help",
        "write the date and the time, for example `## {word} 2026-11-20 10:20`",
        word
    );
    Some(Fault { code: "update/bad-time", message, help })
}

/// The fault of words that are neither a status nor a section.
fn unknown_section(words: &str, grammar: &Grammar<'_>) -> Fault {
    let near = text::nearest(words, grammar.sections.iter().map(|s| s.word())).and_then(Section::from_word);
    let message = message!(
        "document-unknown-section",
        "`{words}` is neither an update nor a section of {entry}",
        words,
        entry = grammar.entry
    );
    let line = near.map(|near| format!("## {}", near.title()));
    let help = did_you_mean(line.as_deref(), || {
        message!(
            "document-unknown-section-help",
            "write `## status time` for an update, {titles} for a section, or `###` for a heading in the text",
            titles = grammar.section_list()
        )
    });
    Fault { code: "body/unknown-section", message, help }
}

/// The fault of a heading in a report that nearly names a section of the format.
fn misspelt_section(
    words: &str,
    grammar: &Grammar<'_>,
    report: Section,
    locales: &[String],
) -> Option<Fault> {
    let others: Vec<Section> =
        grammar.sections.iter().copied().filter(|section| *section != report).collect();
    let near = Section::misspelt_among(words, &others, locales)?;
    let title = near.title();
    let message =
        message!("document-misspelt-section", "`{words}` is nearly the section `{title}`", words, title);
    let line = format!("## {title}");
    let help = message!("document-did-you-mean", "did you mean `{line}`?", line);
    Some(Fault { code: "body/unknown-section", message, help })
}

/// The words of a heading, without its anchor.
pub(super) fn words_of(text: &str, heading: &Heading) -> String {
    heading_words(&markdown::without_anchor(&text[heading.range.clone()]))
}

/// The words of an ATX heading in NFKC, without its `#`s.
fn heading_words(line: &str) -> String {
    let line = line.trim().trim_start_matches('#').trim();
    let closing = line.trim_end_matches('#');
    let line = if closing.len() < line.len() && (closing.is_empty() || closing.ends_with([' ', '\t'])) {
        closing
    } else {
        line
    };
    text::nfkc(line.trim()).into_owned()
}

/// Whether a heading ends with a time in digits, as update headings do.
fn is_plain_tail(words: &str, time: &str) -> bool {
    let digits = time.bytes().take_while(u8::is_ascii_digit).count();
    digits == 4 && time[digits..].starts_with(['-', '/', '年']) && words.ends_with(time)
}

/// The status word at the beginning of the words, and the words after it.
fn first_status<'w>(words: &'w str, grammar: &Grammar<'_>) -> Option<(&'w str, &'w str)> {
    let is_status = |word: &str| Status::from_word_or_alias(word, grammar.statuses, grammar.more).is_some();
    if is_status(words) {
        return Some((words, ""));
    }
    // The form is a status word, then text with a digit: `resolved 2026-13-40 10:00`, `resolved 3 hours ago`.
    for (at, _) in words.match_indices(char::is_whitespace) {
        let (before, rest) = (&words[..at], words[at..].trim());
        if is_status(before) && rest.starts_with(|c: char| c.is_numeric()) {
            return Some((before, rest));
        }
    }
    None
}
