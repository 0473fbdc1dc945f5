//! Reads the front matter of a question into [`Question`].

use super::entry::{EntryReader, chosen};
use super::nouns::Noun;
use super::value::{Map, Value};
use crate::kind::EntryKind;
use crate::message::message;
use crate::model::question::Question;

pub(super) fn read(reader: &EntryReader<'_>, map: &Map<'_>) -> Option<Question> {
    let head = reader.head(EntryKind::Question, map);
    let categories = &reader.config.categories;
    let known: Vec<&str> = categories.iter().map(|c| c.id.as_str()).collect();
    let category = map.required("category", known.first().copied().unwrap_or("general"));
    let category = category.and_then(|v| v.word(Noun::Category, |w, _| chosen(categories, w), &known));
    let order = map.get("order").and_then(|v| v.integer()).unwrap_or(i64::MAX);
    let components = map.get("components").map(|v| reader.affects(&v)).unwrap_or_default();
    let kinds = ["incident", "maintenance"];
    let kind = |v: &Value<'_>| {
        v.word(Noun::EntryKind, |w, _| EntryKind::from_word(w).filter(|k| kinds.contains(&k.word())), &kinds)
    };
    let surface = map.list("surface").iter().filter_map(kind).collect();
    let question =
        Question { head: head?, category: category?, order, components, surface, answer: reader.summary() };
    sense(reader, &question);
    Some(question)
}

/// Reports a question without an answer, and one that no page would show.
fn sense(reader: &EntryReader<'_>, question: &Question) {
    let place = || question.head.place.clone();
    if question.answer.get(0).1.is_empty() {
        let message = message!("model-question-no-answer", "this question has no answer");
        let help = message!("model-question-no-answer-help", "write the answer below the front matter");
        reader.error(place(), "faq/no-answer", message, help);
    }
}
