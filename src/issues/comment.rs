//! What a comment says: a status, perhaps its time, facts and words, as people type them on a phone.

use crate::document::moment::{self, YearHint};
use crate::vocabulary::{Aliases, FactKey};

/// A comment that is an update.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// The word for the status or the section.
    pub word: String,
    /// The time after it, as typed.
    pub time: Option<String>,
    pub facts: Vec<(FactKey, String)>,
    /// The lines between the facts that the caller knows, as it read them.
    pub others: Vec<String>,
    pub words: String,
}

/// How many characters of the first line may be the word.
const WORD_CHARACTERS: usize = 40;

/// Whether a comment is talk among colleagues, which nobody else sees: empty, or begun with `>` or `//`.
#[must_use]
pub fn is_talk(text: &str) -> bool {
    let text = text.trim_start();
    text.is_empty()
        || ['>', '＞'].iter().any(|sign| text.starts_with(*sign))
        || ["//", "／／"].iter().any(|sign| text.starts_with(sign))
}

/// Reads a comment. `None` unless its first line begins with a word for which `is_known` is true, and only a time or a
/// colon follows it. `other` reads a
/// line `key: value` that is no fact line of the format.
#[must_use]
pub fn read(
    text: &str,
    more: &Aliases,
    is_known: impl Fn(&str) -> bool,
    other: impl Fn(&str, &str) -> Option<String>,
) -> Option<Typed> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim_start_matches(['\n', ' ', '\t', '\u{3000}']);
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    // People who know the files type their heading.
    let first = first.trim_start_matches(['#', '＃']).trim();
    let (word, after) = split_word(first, is_known)?;
    let (time, inline) = split_time(after);
    // "Update on this?" is a question among colleagues.
    if time.is_none() && !inline.is_empty() && !after.trim_start().starts_with([':', '：']) {
        return None;
    }
    let (facts, others, rest) = facts(rest, more, other);
    let words = [inline, rest.trim_matches('\n').trim_end()];
    let words: Vec<&str> = words.into_iter().filter(|words| !words.is_empty()).collect();
    Some(Typed {
        word: word.to_owned(),
        time: time.map(str::to_owned),
        facts,
        others,
        words: words.join("\n\n"),
    })
}

/// A sign that may follow the word or the time.
fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            ':' | '：' | '、' | ',' | '，' | '。' | '.' | '-' | '–' | '—' | '(' | '（' | ')' | '）'
        )
}

/// The longest known word at the beginning of a line, and what follows it.
fn split_word(line: &str, is_known: impl Fn(&str) -> bool) -> Option<(&str, &str)> {
    let ends: Vec<usize> =
        line.char_indices().map(|(at, c)| at + c.len_utf8()).take(WORD_CHARACTERS).collect();
    ends.into_iter().rev().find_map(|end| {
        let (word, rest) = line.split_at(end);
        let is_end = rest.chars().next().is_none_or(|next| is_separator(next) || next.is_numeric());
        let is_word = word.ends_with(|c: char| !is_separator(c));
        (is_end && is_word && is_known(word)).then_some((word, rest))
    })
}

/// The time at the beginning of what follows the word, and the words after it.
fn split_time(after: &str) -> (Option<&str>, &str) {
    let start = |text: &'_ str| text.len() - text.trim_start_matches(is_separator).len();
    let after = &after[start(after)..];
    let mut ends: Vec<usize> =
        after.char_indices().filter(|(_, c)| is_separator(*c)).map(|(at, _)| at).collect();
    ends.push(after.len());
    let is_time = |text: &&str| {
        let has_digits = text.chars().filter(|c| c.is_numeric()).count() > 1;
        has_digits && moment::read(text, YearHint::Nothing).is_some()
    };
    let found = ends.into_iter().rev().map(|end| &after[..end]).find(is_time);
    let Some(time) = found else { return (None, after.trim()) };
    let rest = &after[time.len()..];
    (Some(time.trim()), rest[start(rest)..].trim())
}

type Facts = Vec<(FactKey, String)>;

/// The fact lines directly below the first line, and what follows them.
fn facts<'t>(
    rest: &'t str,
    more: &Aliases,
    other: impl Fn(&str, &str) -> Option<String>,
) -> (Facts, Vec<String>, &'t str) {
    let (mut facts, mut others, mut at) = (Vec::new(), Vec::new(), 0);
    for line in rest.split_inclusive('\n') {
        let Some((key, value)) = line.trim().split_once([':', '：']) else { break };
        let (key, value) = (key.trim(), value.trim());
        if value.is_empty() {
            break;
        }
        if let Some(key) = FactKey::from_word_or_alias(key, FactKey::ALL, more) {
            facts.push((key, value.to_owned()));
        } else if let Some(read) = other(key, value) {
            others.push(read);
        } else {
            break;
        }
        at += line.len();
    }
    (facts, others, &rest[at..])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::vocabulary::{Section, Status};

    fn typed(text: &str) -> Option<Typed> {
        let is_known = |word: &str| Status::from_word(word).is_some() || Section::from_word(word).is_some();
        let other = |key: &str, value: &str| (key == "funds").then(|| format!("--field=funds={value}"));
        read(text, &Aliases::default(), is_known, other)
    }

    #[test]
    fn a_status_a_time_facts_and_words_are_read_as_people_type_them() {
        use FactKey::{Affects, NextUpdate};
        for (text, word, time, facts, words) in [
            ("調査中", "調査中", "", &[][..], ""),
            ("復旧 10:47", "復旧", "10:47", &[], ""),
            ("復旧　１０：４７", "復旧", "１０：４７", &[], ""),
            ("復旧10:47", "復旧", "10:47", &[], ""),
            ("復旧：10:47 すべて元に戻りました。", "復旧", "10:47", &[], "すべて元に戻りました。"),
            ("復旧 11月20日 10:47", "復旧", "11月20日 10:47", &[], ""),
            ("復旧 10:47頃", "復旧", "10:47頃", &[], ""),
            ("## 復旧 2026-11-20 10:47", "復旧", "2026-11-20 10:47", &[], ""),
            ("monitoring: We watch it.", "monitoring", "", &[], "We watch it."),
            ("Monitoring 10:47: We watch it.", "Monitoring", "10:47", &[], "We watch it."),
            ("in progress", "in progress", "", &[], ""),
            (
                "identified\r\n\r\nA queue is full.\r\nMore.\r\n",
                "identified",
                "",
                &[],
                "A queue is full.\nMore.",
            ),
            ("monitoring：3 orders are late", "monitoring", "", &[], "3 orders are late"),
            ("monitoring: 15 orders are late", "monitoring", "", &[], "15 orders are late"),
            (
                "原因特定\n次回更新：11:00\n対象：API=停止\n\n原因が分かりました。",
                "原因特定",
                "",
                &[(NextUpdate, "11:00"), (Affects, "API=停止")],
                "原因が分かりました。",
            ),
            (
                "update\nnext_update: 11:00\nA line: not a fact",
                "update",
                "",
                &[(NextUpdate, "11:00")],
                "A line: not a fact",
            ),
            ("\n\n  resolved  \n\n---\n\n<!-- x -->", "resolved", "", &[], "---\n\n<!-- x -->"),
            ("FAQ\n### Are orders safe?\nYes.", "FAQ", "", &[], "### Are orders safe?\nYes."),
        ] {
            let facts = facts.iter().map(|(key, value)| (*key, (*value).to_owned())).collect();
            let time = Some(time.to_owned()).filter(|time| !time.is_empty());
            let wanted =
                Typed { word: word.to_owned(), time, facts, others: Vec::new(), words: words.to_owned() };
            assert_eq!(typed(text), Some(wanted), "{text}");
        }
    }

    #[test]
    fn a_sentence_that_only_begins_with_a_status_is_no_update() {
        for text in [
            "復旧しました。",
            "復旧 しました。",
            "Update on this?",
            "Correction needed, I think",
            "resolved, I think",
            "resolved (I think)",
            "resolved?",
            "Resolvedly",
            "thanks!",
            "調査していますか？",
            "@everyone resolved",
            "`resolved`",
            "---",
            "10:47 復旧",
            "$(resolved)",
        ] {
            assert_eq!(typed(text), None, "{text}");
        }
    }

    #[test]
    fn lines_that_only_the_site_knows_stand_between_the_facts() {
        let found =
            typed("update\nfunds: safe\nnext_update: 11:00\nfunds: no\nother: x\n\ny").expect("a status");
        assert_eq!(found.others, ["--field=funds=safe", "--field=funds=no"]);
        assert_eq!((found.facts.len(), found.words.as_str()), (1, "other: x\n\ny"));
    }

    #[test]
    fn colleagues_can_talk() {
        for text in
            ["> 復旧でよいですか？", "// resolved?", "", " \r\n\t", "＞復旧？", "／／メモ", "\n> resolved"]
        {
            assert!(is_talk(text), "{text}");
        }
        assert!(!is_talk("resolved") && !is_talk("/resolved"));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 256, ..ProptestConfig::default() })]

        /// Words are kept to the letter, whatever they are.
        #[test]
        fn words_below_a_status_come_back(words in "[^\\r]{0,80}") {
            let words = words.trim_matches('\n').trim_end();
            prop_assume!(words.trim_start() == words);
            let found = typed(&format!("復旧 10:47\n\n{words}"));
            let found = found.expect("a status");
            prop_assert_eq!((found.time.as_deref(), found.words.as_str()), (Some("10:47"), words));
        }

        #[test]
        fn any_text_is_read_without_a_panic(text in any::<String>()) {
            let _ = (typed(&text), is_talk(&text));
        }
    }
}
