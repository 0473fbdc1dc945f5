//! The state of the parser of a body: the text, the grammar of its kind, and what it has found so far.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use super::grammar::Grammar;
use super::lines::trimmed;
use super::parts::Body;
use crate::diagnostic::{Diagnostic, Place};
use crate::document::markdown_lint;
use crate::document::moment::Years;
use crate::markdown::{self, AnchorFault, Anchors, Fragment, Heading, Outline, Rendered};
use crate::message::Message;
use crate::vocabulary::Section;

/// Identifiers that page templates use.
const PAGE_IDS: [&str; 17] = [
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

pub(super) struct Parser<'a> {
    pub(super) file: &'a Arc<str>,
    pub(super) text: &'a str,
    /// The text before the body.
    pub(super) front: &'a str,
    /// The years that dates in the file name.
    pub(super) years: Years<'a>,
    pub(super) base: usize,
    pub(super) outline: &'a Outline,
    pub(super) grammar: Option<Grammar<'a>>,
    pub(super) locales: &'a [String],
    pub(super) body: Body,
    pub(super) sections_above: Vec<Section>,
    /// The postmortem or evaluation that the next heading stands below, with the words of its heading. A heading that
    /// is no update and no section belongs to it.
    pub(super) report: Option<(Section, String)>,
    /// The ranges that were read as fact lines, in order.
    pub(super) fact_lines: Vec<Range<usize>>,
    /// The footnotes that the part containing them does not show.
    pub(super) unused_notes: Vec<Range<usize>>,
    /// The starts of footnotes that another part shows.
    pub(super) borrowed_notes: Vec<usize>,
    /// The sections that tell what happened. A status and a time are prose there.
    pub(super) narratives: Vec<Range<usize>>,
    pub(super) found: &'a mut Vec<Diagnostic>,
}

impl<'a> Parser<'a> {
    /// A parser for the body that begins at byte `start` of `text`.
    pub(super) fn new(
        file: &'a Arc<str>,
        text: &'a str,
        start: usize,
        outline: &'a Outline,
        grammar: Option<Grammar<'a>>,
        locales: &'a [String],
        found: &'a mut Vec<Diagnostic>,
    ) -> Parser<'a> {
        Parser {
            file,
            text: &text[start..],
            front: &text[..start],
            years: Years::of(text),
            base: start,
            outline,
            grammar,
            locales,
            body: Body { anchors: Anchors::reserving(&PAGE_IDS), ..Body::default() },
            sections_above: Vec::new(),
            report: None,
            fact_lines: Vec::new(),
            unused_notes: Vec::new(),
            borrowed_notes: Vec::new(),
            narratives: Vec::new(),
            found,
        }
    }

    /// A range of the body as a position in the file.
    pub(super) fn place(&self, range: Range<usize>) -> Place {
        Place::at(self.file, self.base + range.start..self.base + range.end)
    }

    pub(super) fn error(&mut self, code: &'static str, range: Range<usize>, message: Message, help: Message) {
        let place = self.place(range);
        self.found.push(Diagnostic::error(code, place, message).help(help));
    }

    /// A range of the body as bytes of the file.
    pub(super) fn absolute(&self, range: &Range<usize>) -> Range<usize> {
        self.base + range.start..self.base + range.end
    }

    /// Renders a part whose headings begin at `level`. Identifiers in the result begin with `key`.
    pub(super) fn render(&mut self, range: Range<usize>, level: u8, key: &str) -> Fragment {
        let found = markdown::render(self.text, range, self.outline, level, key, &mut self.body.anchors);
        self.rendered(found)
    }

    /// Renders a report, which may be a document with headings of any level: they begin at `level` and skip none.
    pub(super) fn render_report(&mut self, range: Range<usize>, level: u8, key: &str) -> Fragment {
        let anchors = &mut self.body.anchors;
        let found = markdown::render_document(self.text, range, self.outline, level, key, anchors);
        self.rendered(found)
    }

    fn rendered(&mut self, found: Rendered) -> Fragment {
        for fault in found.faults {
            let (code, message, help) = markdown_lint::fault(&fault.kind);
            let range = trimmed(self.text, &fault.range);
            self.error(code, range, message, help);
        }
        self.unused_notes.extend(found.unused);
        self.borrowed_notes.extend(found.borrowed);
        let base = self.base;
        self.body.links.extend(found.links.into_iter().map(|(t, r)| (t, base + r.start..base + r.end)));
        found.fragment
    }

    /// Takes the anchor that a heading of the structure has, or reports why it cannot have it.
    pub(super) fn own_anchor(&mut self, heading: &Heading) -> Option<String> {
        let written = heading.anchor.as_ref()?;
        match self.body.anchors.claim_own(written) {
            Ok(()) => Some(written.clone()),
            Err(fault) => {
                let (code, message, help) = markdown_lint::anchor(written, &fault);
                self.error(code, trimmed(self.text, &heading.range), message, help);
                None
            }
        }
    }

    /// Reports each anchor that takes from another heading the one that it has by its words: links to that heading
    /// would lead elsewhere.
    pub(super) fn displaced_anchors(&mut self) {
        let displaced = self.body.anchors.displaced().to_vec();
        for name in displaced {
            let mark = format!("{{#{name}}}");
            let start = self.text.find(&mark).unwrap_or_default();
            let (code, message, help) = markdown_lint::anchor(&name, &AnchorFault::Taken);
            let end = start + mark.len().min(self.text.len() - start);
            self.error(code, start..end, message, help);
        }
    }

    /// Reports words that Markdown drops, mistyped links, and what a chat or an indent made of the text.
    pub(super) fn lost_words(&mut self) {
        if self.outline.unclosed.is_some() || self.outline.is_spent() {
            return;
        }
        let place = |range: &Range<usize>| self.place(range.clone());
        let mut lints: Vec<Diagnostic> = self
            .outline
            .lost
            .iter()
            .map(|lost| markdown_lint::words(self.text, lost, place, self.base))
            .collect();
        lints.extend(self.outline.slips.iter().map(|slip| markdown_lint::slip(self.text, slip, place)));
        lints.extend(markdown_lint::chat(self.text, &self.outline.chat, place, self.base));
        let indented = self.outline.indented.iter();
        lints.extend(indented.map(|found| markdown_lint::indented(self.text, found, place, self.base)));
        let borrowed: HashSet<usize> = self.borrowed_notes.iter().copied().collect();
        let is_unused = |range: &&Range<usize>| !borrowed.contains(&range.start);
        let unused = self.unused_notes.iter().filter(is_unused);
        lints.extend(unused.map(|range| markdown_lint::note(place(&trimmed(self.text, range)))));
        self.found.extend(lints);
    }
}
