//! Sections of an entry, and the questions of its FAQ.

use std::ops::Range;

use super::lines::trimmed;
use super::parser::Parser;
use super::parts::{RawQuestion, RawSection};
use crate::document::moment::Written;
use crate::limits::QUESTIONS;
use crate::markdown::Heading;
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
        self.body.sections.push(RawSection { section, written, time, heading, words, questions });
    }

    /// The range of the text before the first question of a FAQ, and the questions.
    fn questions(&mut self, range: Range<usize>) -> (Range<usize>, Vec<RawQuestion>) {
        let is_question = |h: &&Heading| h.level == 3 && range.contains(&h.range.start);
        let starts: Vec<&Heading> = self.outline.headings.iter().filter(is_question).collect();
        if let Some(further) = starts.get(QUESTIONS) {
            let at = trimmed(self.text, &further.range);
            let message = format!("this entry has more than {QUESTIONS} questions");
            self.error(
                "faq/too-many",
                at,
                message,
                "move questions that are not about this entry to `content/faq/`".into(),
            );
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
        let range = self.absolute(&trimmed(self.text, &answer));
        let answer = self.render(answer, 4, &format!("q{number}"));
        if question.is_empty() || answer.is_empty() {
            let at = trimmed(self.text, &heading.range);
            let message = "this question has no text or no answer".to_owned();
            self.error("faq/no-answer", at, message, "write the answer below the `###` line".into());
        }
        RawQuestion { question, id, answer, range }
    }
}
