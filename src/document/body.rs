//! Splits the body of an entry at its headings: summary, updates, sections.
//!
//! Only a `##` at the top level is structure. A line that looks like an update heading but is not one is an error,
//! so that a typo never hides an update from readers.

mod fact_lines;
mod grammar;
mod heading_signs;
mod headings;
mod lines;
mod near_lines;
mod near_miss;
mod parser;
mod parts;
mod report_number;
mod sections;
mod status_words;
#[cfg(test)]
mod tests;
mod time_faults;

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::kind::EntryKind;
use crate::limits::UPDATES;
use crate::markdown::{self, Heading};
use crate::message::message;
use crate::vocabulary::Aliases;
use headings::{Headline, Part};
use lines::{line_end, trimmed};
use parser::Parser;

pub use grammar::{sections, statuses};
pub use parts::{Body, Fact, RawQuestion, RawSection, RawUpdate};
pub use report_number::{FoundReport, ReportNumber};

/// Splits the body that begins at byte `start` of `text`.
pub fn parse(
    file: &Arc<str>,
    text: &str,
    start: usize,
    kind: EntryKind,
    (locales, more): (&[String], &Aliases),
    found: &mut Vec<Diagnostic>,
) -> Body {
    let body = &text[start..];
    let outline = markdown::outline(body);
    let grammar = grammar::grammar(kind, more);
    let mut parser = Parser::new(file, text, start, &outline, grammar, locales, found);
    if let Some(range) = &outline.unclosed {
        let place = parser.place(range.clone());
        let message = message!("document-unclosed-comment", "this comment never ends");
        let help = message!(
            "document-unclosed-comment-help",
            "end it with `-->`, within its paragraph; write `\\<!--` if it is text"
        );
        parser.found.push(Diagnostic::error("markdown/unclosed-comment", place, message).help(help));
    }
    parser.split();
    parser.displaced_anchors();
    parser.lost_words();
    parser.body
}

impl Parser<'_> {
    /// Finds all parts first, so that each ends where the next begins, and then reads them.
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
            // A misspelt heading also counts as structure, so that the same run checks what follows it.
            structured |= part.is_some() || self.found.len() > faults;
            if let Some(part) = part {
                updates += usize::from(matches!(part, Part::Update(..)));
                if updates > UPDATES {
                    let message = message!(
                        "document-too-many-updates",
                        "this entry has more than {most} updates",
                        most = UPDATES
                    );
                    let help = message!(
                        "document-too-many-updates-help",
                        "go on in a new entry, and link to it from here"
                    );
                    self.error("update/too-many", trimmed(self.text, &heading.range), message, help);
                    parts.clear();
                    break;
                }
                self.report = match &part {
                    Part::Section(heading, section, _) if section.is_report() => {
                        Some((*section, headings::words_of(self.text, heading)))
                    }
                    _ => None,
                };
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
            self.heading_signs();
        }
    }

    /// Adds an update, with the range of its facts and text.
    fn update(&mut self, heading: &Heading, headline: Headline, range: Range<usize>, number: usize) {
        let anchor = self.own_anchor(heading);
        let (facts, words) = self.facts(range.clone(), headline.status);
        let words = self.render(words.clone(), 4, &format!("u{number}"));
        let Headline { status, word, written, time, report } = headline;
        self.body.updates.push(RawUpdate {
            status,
            written,
            word,
            time,
            report,
            anchor,
            heading: self.absolute(&trimmed(self.text, &heading.range)),
            facts,
            words,
            range: self.base + heading.range.start..self.base + range.end,
        });
    }
}
