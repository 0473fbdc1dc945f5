//! Writes a new translation with the headings of the original and no text. Facts are not repeated.

use std::fmt::Write as _;

use super::entry_language::EntryLanguage;
use super::front::FrontValue;
use crate::document::Document;
use crate::document::body::RawQuestion;
use crate::vocabulary::{Section, Status};

/// A translation of an entry. `given` is its front matter, `words` the text of the newest update.
pub fn write(original: &Document, locale: &str, given: &[FrontValue], words: &str) -> String {
    let text = original.front.file_text();
    let headings: Vec<&str> = original.body.updates.iter().map(|u| &text[u.heading.clone()]).collect();
    // Canonical headings are valid in every language; headings in another language are translated.
    let canonical = original.body.updates.iter().zip(&headings).all(|(update, heading)| {
        Status::from_word(&update.word) == Some(update.status) && heading.is_ascii()
    });
    let language = if canonical { EntryLanguage::CANONICAL } else { EntryLanguage::named(locale) };
    let mut out = String::from("---\n");
    for given in given.iter().filter(|given| given.child.is_none()) {
        let _ = writeln!(out, "{}: {}", given.key, given.yaml);
    }
    let fields = given.iter().filter_map(|given| Some((given.child.as_deref()?, &given.yaml)));
    for (at, (field, yaml)) in fields.enumerate() {
        let head = if at == 0 { "fields:\n" } else { "" };
        let _ = writeln!(out, "{head}  {field}: {yaml}");
    }
    out.push_str("---\n");
    let newest = original.body.updates.len().checked_sub(1);
    if newest.is_none() && !words.is_empty() {
        let _ = writeln!(out, "{words}");
    }
    for (at, update) in original.body.updates.iter().enumerate() {
        let _ = writeln!(out, "\n{}", language.heading(update.status, &update.time));
        if Some(at) == newest && !words.is_empty() {
            let _ = writeln!(out, "\n{words}");
        }
    }
    for section in &original.body.sections {
        let heading = language.section(section.section);
        if section.section == Section::Faq {
            // A question without an answer would hide the whole translation, so the questions stay in a comment.
            let harmless = |text: &str| text.replace("--", "- -");
            let ask = |q: &RawQuestion| format!("### {}\n…\n", harmless(&q.question));
            let questions: Vec<String> = section.questions.iter().map(ask).collect();
            let _ = writeln!(out, "\n<!--\n{heading}\n{}-->", questions.concat());
        } else if section.written.is_some() {
            let _ = writeln!(out, "\n{heading} {}", section.time);
        } else {
            let _ = writeln!(out, "\n{heading}");
        }
    }
    out
}
