//! The `key: value` lines directly below the heading of an update.

use std::ops::Range;

use super::parser::Parser;
use super::parts::Fact;
use crate::diagnostic::Diagnostic;
use crate::message::{message, or};
use crate::vocabulary::{Aliases, FactKey, Status};

struct FactLine {
    key: String,
    value: String,
    range: Range<usize>,
    key_range: Range<usize>,
}

/// The longest key in characters: `prochain point d’information`, with some room.
const LONGEST_KEY: usize = 32;

/// Reads `key: value` or `key：value`.
fn fact_line(line: &str, at: usize) -> Option<FactLine> {
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
    Some(FactLine {
        key: key.to_owned(),
        value: value.to_owned(),
        range: at + value_start..at + content.len(),
        key_range: at + key_start..at + key_start + key.len(),
    })
}

impl Parser<'_> {
    /// Reads the fact lines at the beginning of `range`, and returns the range of the text after them.
    pub(super) fn facts(&mut self, range: Range<usize>, status: Status) -> (Vec<Fact>, Range<usize>) {
        let mut facts: Vec<Fact> = Vec::new();
        let mut at = range.start;
        let Some((allowed, more)) = self.grammar.as_ref().map(|g| (g.facts_of(status), g.more)) else {
            return (facts, range);
        };
        let allowed = &allowed[..];
        for line in self.text[range.clone()].split_inclusive('\n') {
            let Some(found) = fact_line(line, at) else { break };
            match FactKey::from_word_or_alias(&found.key, allowed, more) {
                Some(key) => {
                    let fact = self.fact(key, found, &facts);
                    facts.extend(fact);
                }
                None if self.near_fact(&found, allowed) => {}
                None => break,
            }
            at += line.len();
        }
        if at > range.start {
            self.fact_lines.push(range.start..at);
        }
        self.stray_facts(at..range.end, &facts, allowed, more);
        (facts, at..range.end)
    }

    /// Whether the line at a byte is a fact line.
    pub(super) fn begins_with_fact(&self, at: usize) -> bool {
        let Some(grammar) = &self.grammar else { return false };
        let line = self.text[at..].lines().next().unwrap_or_default();
        let found = fact_line(line, at).filter(|fact| !fact.value.is_empty());
        found
            .is_some_and(|fact| FactKey::from_word_or_alias(&fact.key, grammar.facts, grammar.more).is_some())
    }

    /// `above` holds the facts before it. Reports a fault if the line has one.
    fn fact(&mut self, key: FactKey, line: FactLine, above: &[Fact]) -> Option<Fact> {
        let (code, at, message, help) = if line.value.contains("<!--") {
            let message = message!(
                "document-fact-comment",
                "noroshi would publish this comment, because it is in a fact line"
            );
            let help = message!("document-fact-comment-help", "move it into the text below the fact lines");
            ("update/comment-in-fact", line.range, message, help)
        } else if line.value.is_empty() {
            let message = message!("document-fact-empty", "`{key}` has no value", key = key.word());
            let help = message!("document-fact-empty-help", "write a value, or delete the line");
            ("update/empty-fact", line.key_range, message, help)
        } else if above.iter().any(|fact| fact.key == key) {
            let message =
                message!("document-fact-twice", "`{key}` appears twice under this heading", key = key.word());
            let help = message!("document-keep-one", "keep one of them");
            ("update/duplicate-fact", line.key_range, message, help)
        } else {
            let (range, key_range) = (self.absolute(&line.range), self.absolute(&line.key_range));
            return Some(Fact { key, value: line.value, range, key_range });
        };
        self.error(code, at, message, help);
        None
    }

    /// Reports a key that is close to a known one; `false` if the line is text.
    fn near_fact(&mut self, fact: &FactLine, allowed: &[FactKey]) -> bool {
        // A notice has no fact but the number of its report, so any other key begins its text.
        if matches!(allowed, [] | [FactKey::Number]) {
            return false;
        }
        if FactKey::from_word(&fact.key).is_some() && fact.key.is_ascii() {
            let message = message!(
                "document-fact-not-allowed",
                "`{key}` is not allowed under this heading",
                key = fact.key
            );
            let help = match FactKey::from_word(&fact.key) {
                Some(FactKey::Started) => message!(
                    "document-fact-started-help",
                    "write it under `correction`, or change `started` in the front matter; if this line is text, leave a blank line before it"
                ),
                Some(FactKey::Outages) if allowed.contains(&FactKey::Ended) => message!(
                    "document-fact-outages-help",
                    "write it under `resolved` or `correction`, or in the front matter; if this line is text, leave a blank line before it"
                ),
                _ => message!(
                    "document-fact-not-allowed-help",
                    "write {keys}; if this line is text, leave a blank line before it",
                    keys = or(allowed.iter().map(|key| key.told()).collect())
                ),
            };
            self.error("update/unknown-fact", fact.key_range.clone(), message, help);
            return true;
        }
        let Some(near) = FactKey::nearest_among(&fact.key, allowed, self.locales) else { return false };
        let message = message!("document-fact-unknown", "`{key}` is not a known key", key = fact.key);
        let help = message!(
            "document-fact-unknown-help",
            "did you mean `{near}: {value}`? if this line is text, leave a blank line before it",
            near,
            value = fact.value
        );
        self.error("update/unknown-fact", fact.key_range.clone(), message, help);
        true
    }

    /// Reports a fact line within the text or after a blank line. It would be published as text, and its fact
    /// would be lost.
    fn stray_facts(&mut self, words: Range<usize>, known: &[Fact], allowed: &[FactKey], more: &Aliases) {
        let mut at = words.start;
        let mut fenced = false;
        for line in self.text[words].split_inclusive('\n') {
            let start = line.trim_start();
            fenced ^= start.starts_with("```") || start.starts_with("~~~");
            let is_text = !fenced && line.len() - start.len() < 4;
            let fact = fact_line(line, at).filter(|fact| is_text && !fact.value.is_empty());
            let key = fact.as_ref().and_then(|fact| FactKey::from_word_or_alias(&fact.key, allowed, more));
            // Words say the same in the text.
            let key = key.filter(|key| *key != FactKey::Scope);
            // A fact that was already given may be repeated in the text.
            if let Some(fact) = fact.filter(|_| key.is_some_and(|key| known.iter().all(|f| f.key != key))) {
                let message =
                    message!("document-fact-in-words", "noroshi publishes this line as text, not as a fact");
                let help = message!(
                    "document-fact-in-words-help",
                    "move it directly under the heading, above all text and without a blank line"
                );
                let place = self.place(fact.key_range);
                self.found.push(Diagnostic::warning("update/fact-in-words", place, message).help(help));
            }
            at += line.len();
        }
    }
}
