//! Reports each line that looks like an update but is not an update heading, and fixes it if no text is lost.
//!
//! `near_miss` decides what such a line means.

use std::ops::Range;

use super::grammar::Grammar;
use super::lines::trimmed;
use super::near_miss::{self, NearMiss};
use super::parser::Parser;
use super::report_number;
use super::status_words::NamedStatus;
use super::time_faults::TimeFault;
use crate::diagnostic::{Diagnostic, Fix, Place};
use crate::document::moment::YearHint;
use crate::markdown::{Heading, Outline};
use crate::message::{Message, message};
use crate::text;
use crate::vocabulary::Status;

impl Parser<'_> {
    pub(super) fn near_updates(&mut self) {
        let headings = ranges_of(self.outline, |h| h.level == 2 && h.atx);
        let underlined =
            ranges_of(self.outline, |h| !h.atx && self.text[h.range.clone()].trim_end().lines().count() == 2);
        let mut start = 0;
        for line in self.text.split_inclusive('\n') {
            let at = start;
            start += line.len();
            let is_timeless = !line.chars().any(char::is_numeric) && !line.contains("正午");
            if is_timeless || self.outline.is_deliberate(at) {
                continue;
            }
            let text = trimmed(self.text, &(at..start));
            let is_fact = touched(&self.fact_lines, &text).is_some_and(|fact| fact.contains(&at));
            let underlined = touched(&underlined, &text);
            // These sections contain timelines, so such lines are allowed there. A line with misspelt `##` signs, and
            // a heading as large as that of an update, are still reported.
            let is_narrative = self.narratives.iter().any(|range| range.contains(&at))
                && !has_misspelt_signs(line)
                && !((underlined.is_some() || has_one_sign(line)) && self.names_update(line));
            if touched(&headings, &text).is_some() || is_fact || is_narrative {
                continue;
            }
            match underlined {
                Some(heading) => self.near_update(heading.clone(), true),
                None => self.near_update(at..start, false),
            };
        }
    }

    /// Whether a heading has the words of an update: a status and a time, and nothing else.
    fn names_update(&self, line: &str) -> bool {
        let words = text::nfkc(line.trim().trim_matches(['#', '＃'])).into_owned();
        let timed = self.timed(words.trim());
        timed.is_some_and(|timed| {
            let of = |grammar: &Grammar<'_>| {
                Status::from_word_or_alias(&timed.words, grammar.statuses, grammar.more).is_some()
            };
            self.grammar.as_ref().is_some_and(of)
        })
    }

    /// Reports a line that looks like an update, and returns whether it does. For an underlined heading, `range`
    /// includes the underline.
    pub(super) fn near_update(&mut self, range: Range<usize>, is_underlined: bool) -> bool {
        let Some(grammar) = &self.grammar else { return false };
        let lines = self.text[range.clone()].trim_end_matches('\n');
        let first = lines.split('\n').next().unwrap_or_default();
        let years = YearHint::Text(&self.years);
        let Some(mut near) = near_miss::judge(first, is_underlined, &grammar.words(), years) else {
            return false;
        };
        // The number of the report stays in the heading.
        let report = report_number::find(first, grammar.more);
        if let Some(rest) = near.rest.as_mut().filter(|_| report.is_some()) {
            let without = report_number::find(rest, grammar.more).map(|found| found.taken_from(rest));
            *rest = without.unwrap_or_else(|| rest.clone());
        }
        let place = self.place(trimmed(self.text, &(range.start..range.start + first.len())));
        let number = report.map_or(String::new(), |report| report.written);
        let found = self.near_heading(grammar, &near, &number, place, (range.start, lines));
        self.found.push(found);
        true
    }

    /// The error of lines at byte `start` that read like an update. `number` says which report it is, as written.
    fn near_heading(
        &self,
        grammar: &Grammar<'_>,
        near: &NearMiss,
        number: &str,
        place: Place,
        (start, lines): (usize, &str),
    ) -> Diagnostic {
        let faults: Vec<TimeFault> = (near.statuses.iter())
            .filter(|named| !named.is_foreign)
            .map(|named| {
                let word = self.word_for(named);
                let word = if number.is_empty() { word } else { format!("{number} {word}") };
                self.time_fault(&word, &near.reading, &near.written, start)
            })
            .collect();
        let error = |message: Message| Diagnostic::error("update/near-heading", place, message);
        match &faults[..] {
            [] => {
                let word = near.statuses.first().and_then(|named| named.word.clone()).unwrap_or_default();
                error(near_heading_because(&grammar.wrong_status(&word))).help(grammar.status_help())
            }
            [fault] => {
                let is_timed = near.reading.stated_day().is_some();
                let message = if is_timed { near_heading() } else { near_heading_because(&fault.message) };
                let fix = fault.corrected.as_ref().and_then(|heading| self.fix(heading, near, start, lines));
                let way = &fault.way;
                // The help may be exactly the line that is already there.
                let help = if fault.heading.as_deref() == Some(lines.trim()) {
                    message!(
                        "document-near-heading-apart",
                        "write {way}; leave a blank line before it, and close any code block or HTML above it",
                        way
                    )
                } else {
                    message!("document-near-heading-help", "write {way} on a line of its own", way)
                };
                error(message).help(help).maybe_fix(fix)
            }
            several => {
                let ways = several.iter().map(|fault| fault.way.clone()).collect();
                let ways = Message::joined(ways, message!("document-near-heading-or", " or "));
                error(near_heading()).help(message!(
                    "document-near-heading-ways",
                    "write {ways}, on a line of its own",
                    ways
                ))
            }
        }
    }

    /// The status word as the author wrote it, or in the site's language.
    fn word_for(&self, named: &NamedStatus) -> String {
        let in_the_sites = || {
            let locale = self.locales.first().map_or("en", String::as_str);
            named.status.word_in(locale).to_owned()
        };
        named.word.clone().unwrap_or_else(in_the_sites)
    }

    /// The edit that turns a line into an update heading, if no text is lost.
    fn fix(&self, heading: &str, near: &NearMiss, start: usize, lines: &str) -> Option<Fix> {
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
        let range = self.absolute(&(start..start + lines.len()));
        (text != lines).then_some(Fix { range, text })
    }
}

fn ranges_of(outline: &Outline, wanted: impl Fn(&Heading) -> bool) -> Vec<Range<usize>> {
    outline.headings.iter().filter(|heading| wanted(heading)).map(|heading| heading.range.clone()).collect()
}

/// The first of some sorted ranges that a line touches.
fn touched<'r>(ranges: &'r [Range<usize>], line: &Range<usize>) -> Option<&'r Range<usize>> {
    let next = ranges.partition_point(|range| range.end <= line.start);
    ranges.get(next).filter(|range| range.start < line.end)
}

/// Whether a line begins with two heading signs of which one is full-width, or which lack a plain blank after
/// them.
fn has_misspelt_signs(line: &str) -> bool {
    let head =
        &line[..line.len() - line.trim_start_matches(['#', '＃', '♯', ' ', '\u{3000}', '\u{200b}']).len()];
    let count = head.chars().filter(|c| matches!(c, '#' | '＃' | '♯')).count();
    count == 2 && head != "## "
}

/// Whether a line is a heading of the first level, also with a full-width sign.
fn has_one_sign(line: &str) -> bool {
    let rest = line.trim_start().strip_prefix(['#', '＃']);
    rest.is_some_and(|rest| rest.starts_with([' ', '\t', '\u{3000}']))
}

fn near_heading() -> Message {
    message!("document-near-heading", "this line reads like an update but is not an update heading")
}

fn near_heading_because(why: &Message) -> Message {
    message!(
        "document-near-heading-why",
        "this line reads like an update but is not an update heading; {why}",
        why
    )
}
