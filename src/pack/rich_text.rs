//! A text in parts, which can be written as plain text or as HTML for a mail. Both forms have the same content.

use super::facts::{Facts, Prose};
use crate::site::changes::SetFact;
use crate::text::escape;

enum Part {
    Title(String),
    Heading(String),
    Line(String),
    Prose(Prose),
    Rows(Vec<(String, String)>),
    /// Facts with what they were before.
    Changed(Vec<SetFact>),
    /// A label and an address.
    Link(String, String),
}

pub(super) struct RichText<'s> {
    facts: &'s Facts<'s>,
    parts: Vec<Part>,
}

impl<'s> RichText<'s> {
    pub fn of(facts: &'s Facts<'s>) -> RichText<'s> {
        RichText { facts, parts: Vec::new() }
    }

    pub fn title(&mut self, words: impl Into<String>) -> &mut Self {
        self.push(Part::Title(words.into()))
    }

    pub fn line(&mut self, words: impl Into<String>) -> &mut Self {
        let words = words.into();
        if words.is_empty() { self } else { self.push(Part::Line(words)) }
    }

    pub fn heading(&mut self, key: &'static str) -> &mut Self {
        let words = self.facts.t(key).to_owned();
        self.push(Part::Heading(words))
    }

    /// Adds text under a heading; nothing if the text is empty.
    pub fn section(&mut self, key: &'static str, prose: &Prose) -> &mut Self {
        if prose.text.is_empty() {
            return self;
        }
        self.heading(key).prose(prose)
    }

    pub fn prose(&mut self, prose: &Prose) -> &mut Self {
        if prose.text.is_empty() { self } else { self.push(Part::Prose(prose.clone())) }
    }

    pub fn rows(&mut self, rows: Vec<(String, String)>) -> &mut Self {
        if rows.is_empty() { self } else { self.push(Part::Rows(rows)) }
    }

    /// Adds what a correction changes, each fact with its old and its new value.
    pub fn changed(&mut self, facts: &[SetFact]) -> &mut Self {
        if facts.is_empty() { self } else { self.push(Part::Changed(facts.to_vec())) }
    }

    pub fn link(&mut self, words: impl Into<String>, address: impl Into<String>) -> &mut Self {
        self.push(Part::Link(words.into(), address.into()))
    }

    pub fn questions(&mut self, key: &'static str, questions: &[(String, Prose)]) -> &mut Self {
        if questions.is_empty() {
            return self;
        }
        self.heading(key);
        for (question, answer) in questions {
            self.line(self.facts.with("pack-question", "text", question)).prose(answer);
        }
        self
    }

    /// Adds the notes that readers must see first.
    pub fn notes(&mut self) -> &mut Self {
        self.asides(&self.facts.notes)
    }

    pub fn asides<'n>(&mut self, notes: impl IntoIterator<Item = &'n String>) -> &mut Self {
        for note in notes {
            self.line(self.facts.with("pack-aside", "text", note));
        }
        self
    }

    /// Adds the summary under a heading, and every fact. If the facts are in the past tense, one heading covers
    /// both.
    pub fn overview(&mut self, key: &'static str, summary: Option<&Prose>) -> &mut Self {
        let (facts, none) = (self.facts, Prose::default());
        let summary = summary.unwrap_or(&none);
        match facts.heading() {
            heading @ ("pack-facts-incident" | "pack-facts-notice") => self.heading(heading).prose(summary),
            heading => self.section(key, summary).heading(heading),
        };
        self.rows(facts.rows())
    }

    /// Adds the link to the entry's page.
    pub fn page(&mut self) -> &mut Self {
        self.link(self.facts.t(self.facts.page_key()), &self.facts.address)
    }

    /// Adds the company, its registration, and the contact.
    pub fn signature(&mut self) -> &mut Self {
        let (name, registration) = self.facts.publisher();
        let names = [Some(name.unwrap_or_else(|| self.facts.sender())), registration];
        for words in names.into_iter().flatten() {
            self.line(words);
        }
        if let Some((label, address)) = self.facts.contact() {
            self.link(label, address);
        }
        self
    }

    fn push(&mut self, part: Part) -> &mut Self {
        self.parts.push(part);
        self
    }

    /// The text as plain lines, with an empty line between parts that do not belong together.
    pub fn text(&self) -> String {
        let mut out = String::new();
        let mut before: Option<&Part> = None;
        for part in &self.parts {
            let close = matches!(
                (before, part),
                (Some(Part::Heading(_)), _)
                    | (Some(Part::Line(_)), Part::Line(_) | Part::Link(..))
                    | (Some(Part::Link(..)), Part::Link(..))
            );
            if before.is_some() && !close {
                out.push('\n');
            }
            self.write(part, &mut out);
            before = Some(part);
        }
        out
    }

    fn write(&self, part: &Part, out: &mut String) {
        let mut line = |words: &str| {
            out.push_str(words);
            out.push('\n');
        };
        match part {
            Part::Title(words) | Part::Line(words) => line(words),
            Part::Heading(words) => line(&self.facts.with("pack-heading", "title", words)),
            Part::Prose(prose) => line(&prose.text),
            Part::Link(words, address) => line(&self.facts.line(words, address)),
            Part::Changed(facts) => {
                for fact in facts {
                    line(&self.facts.line(&fact.label, &fact.line(self.facts.locale)));
                }
            }
            Part::Rows(rows) => {
                for (label, value) in rows {
                    if value.contains('\n') {
                        line(self.facts.line(label, "").trim_end());
                        value.lines().for_each(|v| line(format!("  {v}").trim_end()));
                    } else {
                        line(&self.facts.line(label, value));
                    }
                }
            }
        }
    }

    /// The text as HTML without styles; the mail adds those.
    pub fn html(&self) -> String {
        self.parts.iter().map(|part| self.tagged(part)).collect()
    }

    fn tagged(&self, part: &Part) -> String {
        match part {
            Part::Title(words) => format!("<h1>{}</h1>\n", escape(words)),
            Part::Heading(words) => format!("<h2>{}</h2>\n", escape(words)),
            Part::Line(words) => format!("<p>{}</p>\n", escape(words)),
            Part::Prose(prose) => prose.html.clone(),
            Part::Link(words, address) => {
                let (words, shown) = (escape(&self.facts.line(words, "")), escape(address));
                format!("<p>{words}<a href=\"{}{shown}\">{shown}</a></p>\n", scheme(address))
            }
            Part::Changed(facts) => {
                let row = |fact: &SetFact| {
                    let value = fact.html(self.facts.locale);
                    format!("<tr><th>{}</th><td>{value}</td></tr>\n", escape(&fact.label))
                };
                format!("<table>\n{}</table>\n", facts.iter().map(row).collect::<Vec<_>>().concat())
            }
            Part::Rows(rows) => {
                let row = |(label, value): &(String, String)| {
                    let value = escape(value).replace('\n', "<br>");
                    format!("<tr><th>{}</th><td>{value}</td></tr>\n", escape(label))
                };
                format!("<table>\n{}</table>\n", rows.iter().map(row).collect::<Vec<_>>().concat())
            }
        }
    }
}

/// The scheme to put before an address that is shown without one.
fn scheme(address: &str) -> &'static str {
    if address.contains("://") {
        ""
    } else if address.contains('@') {
        "mailto:"
    } else {
        "tel:"
    }
}
