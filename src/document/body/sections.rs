//! Sections of an entry, and the questions of its FAQ.

use std::ops::Range;

use super::lines::trimmed;
use super::parser::Parser;
use super::parts::{RawQuestion, RawSection};
use crate::document::moment::Written;
use crate::limits::QUESTIONS;
use crate::markdown::Heading;
use crate::message::message;
use crate::text;
use crate::vocabulary::Section;

impl Parser<'_> {
    /// Adds a section, with the range of its text.
    pub(super) fn section(
        &mut self,
        heading: &Heading,
        section: Section,
        written: Option<(Written, String)>,
        range: Range<usize>,
    ) {
        let is_its_word = heading.anchor.as_deref() == Some(section.word());
        let anchor = if is_its_word { None } else { self.own_anchor(heading) };
        let (words, questions) =
            if section == Section::Faq { self.questions(range) } else { (range, Vec::new()) };
        let words = if section.is_report() {
            self.narratives.push(words.clone());
            self.render_report(words, 3, section.word())
        } else {
            self.render(words, 3, section.word())
        };
        let heading = self.absolute(&trimmed(self.text, &heading.range));
        let (written, time) = written.unzip();
        let time = time.unwrap_or_default();
        self.body.sections.push(RawSection { section, written, time, heading, anchor, words, questions });
    }

    /// The range of the text before the first question of a FAQ, and the questions.
    fn questions(&mut self, range: Range<usize>) -> (Range<usize>, Vec<RawQuestion>) {
        let is_question = |h: &&Heading| h.level == 3 && range.contains(&h.range.start);
        let starts: Vec<&Heading> = self.outline.headings.iter().filter(is_question).collect();
        if let Some(further) = starts.get(QUESTIONS) {
            let at = trimmed(self.text, &further.range);
            let message = message!(
                "document-too-many-questions",
                "this entry has more than {most} questions",
                most = QUESTIONS
            );
            let help = message!(
                "document-too-many-questions-help",
                "move questions that are not about this entry to `content/faq/`"
            );
            self.error("faq/too-many", at, message, help);
        }
        let starts = &starts[..starts.len().min(QUESTIONS)];
        let first = starts.first().map_or(range.end, |h| h.range.start);
        let mut questions = Vec::new();
        for (number, heading) in starts.iter().enumerate() {
            let end = starts.get(number + 1).map_or(range.end, |next| next.range.start);
            questions.push(self.question(heading, heading.range.end..end, number));
        }
        (range.start..first, questions)
    }

    fn question(&mut self, heading: &Heading, answer: Range<usize>, number: usize) -> RawQuestion {
        let question = text::clean(heading.text.trim()).into_owned();
        let id = self.body.anchors.claim(&question);
        let anchor = if heading.anchor.as_ref() == Some(&id) { None } else { self.own_anchor(heading) };
        let range = self.absolute(&trimmed(self.text, &answer));
        let answer = self.render(answer, 4, &format!("q{number}"));
        if question.is_empty() || answer.is_empty() {
            let at = trimmed(self.text, &heading.range);
            let message = message!("document-no-answer", "this question has no text or no answer");
            let help = message!("document-no-answer-help", "write the answer below the `###` line");
            self.error("faq/no-answer", at, message, help);
        }
        RawQuestion { question, id, anchor, answer, range }
    }
}
