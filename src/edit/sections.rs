//! Replaces the text of a section without a time; all other bytes stay the same.

use super::entry_language::EntryLanguage;
use super::update::{below, insertion, line_start};
use super::{Edit, Frame, Raw, Refusal, split, unread};
use crate::document::Document;
use crate::document::body::Body;
use crate::message::message;
use crate::vocabulary::Section;

/// A file after the change, and the text that stood in the section before, without comments at both ends.
pub struct Replaced {
    pub file: Raw,
    pub before: String,
}

/// Sets the text of a section. [`super::prose::sound`] has checked the text. A section that is missing is added.
///
/// # Errors
/// A comment stands between the words of the section, or the result would be read as something else.
pub fn set(
    name: &str,
    file: &Raw,
    (locale, frame): (&str, Frame<'_>),
    section: Section,
    words: &str,
) -> Result<Replaced, Refusal> {
    let before = split(name, file.text(), frame).ok_or_else(|| unread(name))?;
    let language = EntryLanguage::of(&before, locale);
    let (edit, old) = edit(file.text(), &before, language, section, words)?;
    let result = file.with(&[edit]);
    let after = split(name, result.text(), frame).ok_or_else(|| unread(name))?;
    let is_there = after.body.sections.iter().any(|s| s.section == section && !s.words.is_empty());
    let is_same =
        rest(&before.body, section) == rest(&after.body, section) && before.front.root == after.front.root;
    if !is_there || !is_same {
        let message = message!("edit-section-misread", "noroshi would misread the file with this text");
        let help = message!(
            "edit-section-misread-help",
            "check the file and this text; then write it into the file"
        );
        return Err(Refusal::new(message, help));
    }
    Ok(Replaced { file: result, before: old })
}

fn edit(
    text: &str,
    document: &Document,
    language: EntryLanguage,
    section: Section,
    words: &str,
) -> Result<(Edit, String), Refusal> {
    let body = &document.body;
    let Some(known) = body.sections.iter().find(|s| s.section == section) else {
        let piece = format!("{}\n\n{words}", language.section(section));
        return Ok((insertion(text, text.len(), &piece), String::new()));
    };
    if known.words.is_empty() && known.questions.is_empty() {
        return Ok((below(text, known.heading.end, words), String::new()));
    }
    let headings = body.sections.iter().map(|s| s.heading.start);
    let next = headings.chain(body.updates.iter().map(|u| u.heading.start));
    let end = next.filter(|at| *at > known.heading.start).min();
    let end = end.map_or(text.len(), |at| line_start(text, at));
    let start = text[known.heading.end..end].find('\n').map_or(end, |at| known.heading.end + at + 1);
    let kept = without_comments(&text[start..end]);
    let old = text[start..end][kept.clone()].to_owned();
    if old.contains("<!--") {
        let message = message!(
            "edit-section-comment",
            "a comment stands between the words of the section `{section}`",
            section = section.word()
        );
        let help =
            message!("edit-section-comment-help", "change the text in the file; `noroshi edit` opens it");
        return Err(Refusal::new(message, help));
    }
    let range = start + kept.start..start + kept.end;
    Ok((Edit { range, text: words.to_owned() }, old))
}

/// The range of a text without blanks and comments at both ends.
fn without_comments(text: &str) -> std::ops::Range<usize> {
    let mut rest = text.trim_start();
    while let Some(after) = rest.strip_prefix("<!--").and_then(|rest| rest.split_once("-->")) {
        rest = after.1.trim_start();
    }
    let start = text.len() - rest.len();
    let mut kept = rest.trim_end();
    while let Some(at) = kept.strip_suffix("-->").and_then(|kept| kept.rfind("<!--")) {
        kept = kept[..at].trim_end();
    }
    start..start + kept.len()
}

/// What the body says besides a section.
fn rest(body: &Body, section: Section) -> Vec<String> {
    let updates = body.updates.iter().map(|update| {
        let facts = update.facts.iter().map(|fact| format!("{:?}={}", fact.key, fact.value));
        format!(
            "{} {} {:?} {}",
            update.status.word(),
            update.time,
            facts.collect::<Vec<_>>(),
            update.words.plain()
        )
    });
    let sections = body.sections.iter().filter(|s| s.section != section).map(|s| {
        let questions = s.questions.iter().map(|q| format!("{} {}", q.question, q.answer.plain()));
        format!("{} {} {} {:?}", s.section.word(), s.time, s.words.plain(), questions.collect::<Vec<_>>())
    });
    std::iter::once(body.summary.plain()).chain(updates).chain(sections).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::edit::prose;
    use crate::tests::text_of;
    use crate::vocabulary::Aliases;

    const NAME: &str = "content/incidents/a.md";
    const FRONT: &str = "---\ntitle: a # why\n---\nWords.\n";

    fn replaced(text: &str, words: &str) -> Result<(String, String), Refusal> {
        let file = Raw::of(&NAME.into(), text.as_bytes().to_vec()).expect("a text");
        let locales = ["en".to_owned()];
        let frame = (&locales[..], &Aliases::default());
        let done = set(NAME, &file, ("en", frame), Section::Workaround, words)?;
        Ok((String::from_utf8_lossy(done.file.bytes()).into_owned(), done.before))
    }

    #[test]
    fn a_section_gets_other_words_and_all_else_stays() {
        for (before, after, old) in [
            ("", "\n## Workaround\n\nWait.\n", ""),
            (
                "\n## Workaround\n\n## FAQ\n### A?\nB.\n",
                "\n## Workaround\n\nWait.\n\n## FAQ\n### A?\nB.\n",
                "",
            ),
            (
                "\n## Workaround\nUse A.\n\n- b\n\n## Actions\nx\n",
                "\n## Workaround\nWait.\n\n## Actions\nx\n",
                "Use A.\n\n- b",
            ),
            (
                "\n## 回避策\n<!-- ask -->\n\nUse A.\n<!-- c -->\n",
                "\n## 回避策\n<!-- ask -->\n\nWait.\n<!-- c -->\n",
                "Use A.",
            ),
            ("\n## Workaround\r\n\r\nUse A.\r\n", "\n## Workaround\r\n\r\nWait.\r\n", "Use A."),
        ] {
            let (result, was) = replaced(&format!("{FRONT}{before}"), "Wait.").expect("a section");
            assert_eq!((result, was), (format!("{FRONT}{after}"), old.to_owned()), "{before}");
        }
    }

    #[test]
    fn a_comment_between_the_words_is_not_lost() {
        let text = format!("{FRONT}\n## Workaround\nUse <!-- ask Sato --> A.\n");
        let refused = replaced(&text, "Wait.").expect_err("refused");
        assert!(refused.message.contains("a comment stands between"), "{refused:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// The bytes around the section stay, whatever stands in it and whatever is given. A block of code that never
        /// ends would take what is below into the section.
        #[test]
        fn what_stands_around_it_stays(
            inside in text_of("Use␣A. \n \n -␣a <!--␣c␣--> ###␣x > `x` \r\n 回避 ", 6),
            given in text_of("Wait. \n ###␣x [a]:␣/b ``` <div> ␣ ", 5),
        ) {
            let Ok(words) = prose::sound(&given) else { return Ok(()) };
            let (head, tail) = (format!("{FRONT}\n## Workaround\n"), "\n\n## FAQ\n### Safe?\nYes.\n");
            let Ok((result, _)) = replaced(&format!("{head}{inside}{tail}"), &words) else { return Ok(()) };
            prop_assert!(result.starts_with(&head) && result.ends_with(tail), "{:?}", result);
        }
    }
}
