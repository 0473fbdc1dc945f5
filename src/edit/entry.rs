//! Writes a new entry from a template and given values.

use super::entry_language::EntryLanguage;
use super::front::{self, FrontValue};
use super::templates;
use super::{Refusal, update};
use crate::message::message;
use crate::vocabulary::{Aliases, Section, Status};

/// [`super::prose::sound`] has checked the text.
#[derive(Clone, Debug, Default)]
pub struct NewEntry<'a> {
    pub given: Vec<FrontValue>,
    /// The status and the time of the first update, if this kind of entry starts with one.
    pub first: Option<(Status, &'a str)>,
    /// Whether a person chose this status. Otherwise that of the template counts.
    pub is_chosen: bool,
    /// Leaves out the heading that waits for its time: the entry gets its first update when a person publishes it.
    pub is_unopened: bool,
    /// The text of the first update, or of the entry if it has no updates.
    pub words: &'a str,
    /// Sections that have text already.
    pub sections: Vec<(Section, String)>,
}

/// Fills in a template.
///
/// # Errors
/// The template does not start with front matter.
pub fn write(
    name: &str,
    skeleton: &str,
    statuses: &[Status],
    more: &Aliases,
    fresh: &NewEntry<'_>,
) -> Result<String, Refusal> {
    let Some((front, body)) = templates::split(skeleton) else {
        let message =
            message!("edit-template", "the template `{name}` does not begin with front matter", name);
        let help = message!(
            "edit-template-help",
            "begin it with a line `---`, keys without values, and a line `---`"
        );
        return Err(Refusal::new(message, help));
    };
    let mut body = body.to_owned();
    if fresh.is_unopened
        && let Some(line) = waiting(&body, statuses, more)
    {
        body.replace_range(line, "");
    }
    let waiting = fresh.first.and_then(|first| Some((first, waiting(&body, statuses, more)?)));
    match (waiting, fresh.first) {
        (Some(((status, time), line)), _) => {
            let written = body[line.clone()].trim_end();
            let word = written.trim_start_matches('#').trim();
            let is_kept =
                !fresh.is_chosen || Status::from_word_or_alias(word, statuses, more) == Some(status);
            let heading =
                if is_kept { format!("{written} {time}") } else { spoken(written).heading(status, time) };
            body.replace_range(line.clone(), &heading);
            let at = line.start + heading.len();
            let rest = body.split_off(at);
            body.push_str(&with_words(fresh.words));
            let rest = rest.trim_start_matches('\n');
            body.push_str(if rest.is_empty() { "\n" } else { "\n\n" });
            body.push_str(rest);
        }
        (None, Some((status, time))) => {
            let piece = EntryLanguage::CANONICAL.heading(status, time) + &with_words(fresh.words);
            put(&mut body, &piece);
        }
        (None, None) if !fresh.words.is_empty() => put(&mut body, fresh.words),
        (None, None) => {}
    }
    let language = if body.is_ascii() { EntryLanguage::CANONICAL } else { spoken(&body) };
    for (section, words) in &fresh.sections {
        let edit = update::insertion(
            &body,
            body.len(),
            &format!("{}{}", language.section(*section), with_words(words)),
        );
        body.replace_range(edit.range, &edit.text);
    }
    Ok(format!("---\n{}---\n{}\n", front::fill(front, &fresh.given), body.trim_end()))
}

/// The language of a body whose only heading has no time yet.
fn spoken(body: &str) -> EntryLanguage {
    let ours = |line: &str| line.strip_prefix("## ").is_some_and(|words| !words.is_ascii());
    if body.lines().any(ours) { EntryLanguage::named("ja") } else { EntryLanguage::CANONICAL }
}

fn with_words(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!("\n\n{words}") }
}

/// Inserts a piece before the first heading of a body, or at its end.
fn put(body: &mut String, piece: &str) {
    let at = headings(body).next().map_or(body.len(), |(at, _)| at);
    let edit = update::insertion(body, at, piece);
    body.replace_range(edit.range, &edit.text);
}

/// The line range of the first heading that is only a status.
fn waiting(body: &str, statuses: &[Status], more: &Aliases) -> Option<std::ops::Range<usize>> {
    let is = |line: &str| {
        Status::from_word_or_alias(line.trim_start_matches('#').trim(), statuses, more).is_some()
    };
    headings(body).find(|(_, line)| is(line)).map(|(at, line)| at..at + line.trim_end().len())
}

/// The headings `## …` outside comments, with their offsets.
fn headings(body: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    let mut hidden = false;
    body.split_inclusive('\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        let was_hidden = hidden;
        let open = line.rfind("<!--");
        let close = line.rfind("-->");
        hidden = match (open, close) {
            (Some(open), Some(close)) => open > close,
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (None, None) => hidden,
        };
        (!was_hidden && line.starts_with("## ")).then_some((start, line))
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::document::yaml::{Data, Node};
    use crate::edit::yaml_scalar::scalar;
    use crate::tests::word;
    use crate::text;

    fn written(skeleton: &str, fresh: &NewEntry<'_>) -> String {
        let statuses = [Status::Investigating, Status::Scheduled];
        write("a", skeleton, &statuses, &Aliases::default(), fresh).expect("a skeleton")
    }

    fn fresh(words: &str) -> NewEntry<'_> {
        let given = vec![FrontValue::new("title", "a")];
        NewEntry {
            given,
            first: Some((Status::Investigating, "2026-11-20 10:20")),
            words,
            ..NewEntry::default()
        }
    }

    #[test]
    fn the_heading_that_waits_gets_its_time_and_the_words_follow() {
        let skeleton = "---\ntitle:\n---\n<!-- ask:\n## investigating\n-->\n\n## 調査中\n\n## Actions\n";
        assert_eq!(
            written(skeleton, &fresh("We look.")),
            "---\ntitle: a\n---\n<!-- ask:\n## investigating\n-->\n\n## 調査中 2026-11-20 10:20\n\nWe look.\n\n## Actions\n"
        );
        let skeleton = "---\ntitle:\n---\n\n## investigating\n";
        let wanted = "---\ntitle: a\n---\n\n## investigating 2026-11-20 10:20\n";
        assert_eq!(written(skeleton, &fresh("")), wanted);
    }

    #[test]
    fn an_entry_may_begin_with_another_status_in_the_language_of_its_template() {
        let resolved =
            NewEntry { first: Some((Status::Resolved, "2026-11-20 10:47")), is_chosen: true, ..fresh("x") };
        for (waits, wanted) in [("調査中", "復旧"), ("investigating", "resolved")] {
            let skeleton = format!("---\ntitle:\n---\n\n## {waits}\n\n## Actions\n");
            let wanted = format!("---\ntitle: a\n---\n\n## {wanted} 2026-11-20 10:47\n\nx\n\n## Actions\n");
            assert_eq!(written(&skeleton, &resolved), wanted);
        }
    }

    #[test]
    fn an_entry_without_its_first_update_has_no_heading_that_waits() {
        let more = NewEntry { first: None, is_unopened: true, ..fresh("") };
        let skeleton = "---\ntitle:\n---\n<!-- ask -->\n\n## investigating\n";
        assert_eq!(written(skeleton, &more), "---\ntitle: a\n---\n<!-- ask -->\n");
    }

    #[test]
    fn a_skeleton_without_a_heading_gets_one() {
        let wanted = "---\ntitle: a\n---\n## investigating 2026-11-20 10:20\n\nx\n";
        assert_eq!(written("---\ntitle:\n---\n", &fresh("x")), wanted);
    }

    #[test]
    fn words_of_an_entry_without_updates_stand_before_its_sections() {
        let more = NewEntry { first: None, ..fresh("Words.") };
        let skeleton = "---\ntitle:\n---\n<!-- why? -->\n\n## FAQ\n### a\nb\n";
        let wanted = "---\ntitle: a\n---\n<!-- why? -->\n\nWords.\n\n## FAQ\n### a\nb\n";
        assert_eq!(written(skeleton, &more), wanted);
        let sections = vec![(Section::Actions, "- a".to_owned())];
        let more = NewEntry { sections, ..more };
        assert_eq!(written("---\ntitle:\n---\n", &more), "---\ntitle: a\n---\nWords.\n\n## Actions\n\n- a\n");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

        /// The parser reads back exactly the given values, from every template.
        #[test]
        fn what_is_given_is_what_is_read(
            title in any::<String>(),
            scope in prop::collection::vec(word("\
                :␣ ␣# #␣ [ { } , \" ' \\ yes ~ -␣ & * ! | % @ --- 障害 ： \u{85}"), 1..6).prop_map(|p| p.concat()),
            which in 0..templates::BUILT_IN.len(),
        ) {
            let (name, skeleton) = templates::BUILT_IN[which];
            let given = vec![
                FrontValue::new("title", scalar(&title)),
                FrontValue::new("scope", scalar(&scope)),
                FrontValue::below("internal", "reporter", scalar(&title)),
            ];
            let fresh = NewEntry { given, words: "Words.", ..NewEntry::default() };
            let text: Arc<str> = write(name, skeleton, &[], &Aliases::default(), &fresh).expect("a skeleton").into();
            let locales = ["en".to_owned()];
            let file = super::super::split("content/incidents/a.md", &text, (&locales, &Aliases::default()));
            let front = file.expect("a file").front;
            let wanted = |text: &str| Data::Text(text::clean(text).into_owned());
            let read = |node: Option<&Node>| node.map(|node| node.data.clone());
            prop_assert!(front.sound, "{}", text);
            prop_assert_eq!(read(front.root.get("title")), Some(wanted(&title)), "{}", text);
            prop_assert_eq!(read(front.root.get("scope")), Some(wanted(&scope)), "{}", text);
            let reporter = front.root.get("internal").and_then(|internal| internal.get("reporter"));
            prop_assert_eq!(read(reporter), Some(wanted(&title)), "{}", text);
        }
    }
}
