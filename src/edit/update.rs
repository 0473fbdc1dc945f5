//! Adds an update or a section to an entry, at the right place; all other bytes stay the same.

use super::entry_language::EntryLanguage;
use super::{Edit, Frame, Raw, Refusal, parse};
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::document::body::{Body, RawSection, RawUpdate};
use crate::document::moment;
use crate::message::message;
use crate::vocabulary::{FactKey, Section, Status};

/// [`super::prose::sound`] has checked its text.
#[derive(Clone, Debug)]
pub struct Addition<'a> {
    pub part: Part,
    /// The time, as the heading writes it.
    pub time: &'a str,
    /// Fact lines, in their order.
    pub facts: Vec<(FactKey, String)>,
    /// May be empty.
    pub words: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Update(Status),
    Section(Section),
}

/// Whether a section has a time of publication. Such a section is written once; text is appended to the others.
pub fn is_dated(section: Section) -> bool {
    matches!(section, Section::Postmortem | Section::Evaluation)
}

#[derive(Debug)]
pub struct Added {
    pub file: Raw,
    /// The added lines, to show them.
    pub lines: String,
    /// The diagnostics of the whole file.
    pub found: Vec<Diagnostic>,
}

/// Adds to a file that was parsed as `before`. An update goes after the last one and before the sections; a heading without
/// text is filled.
///
/// # Errors
/// The file has this update or section already, or the result would be read as something else.
pub fn add(
    name: &str,
    (file, before): (&Raw, &Document),
    locale: &str,
    frame: Frame<'_>,
    new: &Addition<'_>,
) -> Result<Added, Refusal> {
    let language = EntryLanguage::of(before, locale);
    let edits = match new.part {
        Part::Update(status) => update(before, file.text(), language, status, new)?,
        Part::Section(section) if is_dated(section) => dated(before, file.text(), language, section, new)?,
        Part::Section(section) => undated(before, file.text(), language, section, new),
    };
    let lines = edits.iter().map(|edit| edit.text.trim_matches('\n')).collect::<Vec<_>>().join("\n");
    let result = file.with(&edits);
    let mut found = Vec::new();
    let after = parse(name, result.text(), frame, &mut found);
    let is_sound = after.is_some_and(|after| {
        is_only_more(&before.body, &after.body, new) && before.front.root == after.front.root
    });
    if !is_sound {
        let message = message!("edit-addition-misread", "noroshi would misread the file with this addition");
        let help = message!(
            "edit-addition-misread-help",
            "check the file and this text: something in them, such as an open code block, hides what follows"
        );
        return Err(Refusal::new(message, help));
    }
    Ok(Added { file: result, lines, found })
}

fn update(
    document: &Document,
    text: &str,
    language: EntryLanguage,
    status: Status,
    new: &Addition<'_>,
) -> Result<Vec<Edit>, Refusal> {
    let same = |update: &&RawUpdate| is(update, status, new.time);
    if let Some(known) = document.body.updates.iter().find(same) {
        if !known.words.is_empty() || !known.facts.is_empty() || new.words.is_empty() || !new.facts.is_empty()
        {
            let message = message!(
                "edit-update-exists",
                "the update `{status} {time}` already exists",
                status = status.word(),
                time = new.time
            );
            let help = message!(
                "edit-update-exists-help",
                "give another time with `--at`, or edit the file; noroshi merges no updates"
            );
            return Err(Refusal::new(message, help));
        }
        return Ok(vec![below(text, known.heading.end, new.words)]);
    }
    let sections = document.body.sections.iter().map(|section| section.heading.start);
    let end = document.body.updates.iter().map(|update| update.range.end).max();
    let at = end.or_else(|| sections.min()).map_or(text.len(), |at| line_start(text, at));
    let facts = new.facts.iter().map(|(key, value)| language.fact(*key, value));
    let lines: Vec<String> = std::iter::once(language.heading(status, new.time)).chain(facts).collect();
    Ok(vec![insertion(text, at, &piece(&lines, new.words))])
}

/// Appends text to a section without a time, and creates the section if it is missing.
fn undated(
    document: &Document,
    text: &str,
    language: EntryLanguage,
    section: Section,
    new: &Addition<'_>,
) -> Vec<Edit> {
    let body = &document.body;
    let Some(known) = body.sections.iter().find(|s| s.section == section) else {
        return vec![insertion(text, text.len(), &piece(&[language.section(section)], new.words))];
    };
    if known.words.is_empty() && known.questions.is_empty() {
        return vec![below(text, known.heading.end, new.words)];
    }
    let headings = body.sections.iter().map(|s| s.heading.start);
    let next =
        headings.chain(body.updates.iter().map(|u| u.heading.start)).filter(|at| *at > known.heading.start);
    let end = next.min().map_or(text.len(), |at| line_start(text, at));
    vec![insertion(text, end, new.words)]
}

fn dated(
    document: &Document,
    text: &str,
    language: EntryLanguage,
    section: Section,
    new: &Addition<'_>,
) -> Result<Vec<Edit>, Refusal> {
    let Some(known) = document.body.sections.iter().find(|s| s.section == section) else {
        let heading = format!("{} {}", language.section(section), new.time);
        return Ok(vec![insertion(text, text.len(), &piece(&[heading], new.words))]);
    };
    if !known.words.is_empty() || !known.questions.is_empty() {
        let message = message!(
            "edit-section-exists",
            "the entry already has the section `{section}`",
            section = section.word()
        );
        let help = message!(
            "edit-section-exists-help",
            "edit the file, and add a `correction` that says what changed"
        );
        return Err(Refusal::new(message, help));
    }
    let mut edits = Vec::new();
    match &known.written {
        None => {
            // An anchor ends the heading.
            let heading = &text[known.heading.clone()];
            let mark = known.anchor.as_ref().and_then(|_| heading.rfind("{#"));
            let end = mark.map_or(heading.len(), |mark| heading[..mark].trim_end().len());
            let end = known.heading.start + end;
            edits.push(Edit { range: end..end, text: format!(" {}", new.time) });
        }
        Some(written) if moment::parse(new.time).as_ref() != Some(written) => {
            let message = message!(
                "edit-section-time",
                "the section `{section}` has another time",
                section = section.word()
            );
            let help = message!("edit-section-time-help", "give its time with `--at`, or edit the file");
            return Err(Refusal::new(message, help));
        }
        Some(_) => {}
    }
    edits.push(below(text, known.heading.end, new.words));
    Ok(edits)
}

/// Inserts text below a heading without text, whose line ends at or after `end`.
pub(super) fn below(text: &str, end: usize, words: &str) -> Edit {
    let line_end = text[end..].find('\n').map_or(text.len(), |n| end + n);
    let rest = &text[line_end..];
    let blank = rest.len() - rest.trim_start_matches('\n').len();
    // Insert after the existing blank line, or add one.
    let at = line_end + blank.min(2);
    let lead = "\n".repeat(2_usize.saturating_sub(blank));
    let tail = match text[at..].bytes().next() {
        None if blank == 0 => "",
        None | Some(b'\n') => "\n",
        Some(_) => "\n\n",
    };
    Edit { range: at..at, text: format!("{lead}{words}{tail}") }
}

/// Lines, a blank line, then text.
fn piece(lines: &[String], words: &str) -> String {
    let mut out = lines.join("\n");
    if !words.is_empty() {
        out.push_str("\n\n");
        out.push_str(words);
    }
    out
}

/// Inserts a piece at the start of a line, with a blank line on both sides. A file without a final
/// line end stays so.
pub fn insertion(text: &str, at: usize, piece: &str) -> Edit {
    let before = &text[..at];
    let last = before.strip_suffix('\n').map(|rest| rest.rsplit('\n').next().unwrap_or(rest));
    let lead = match last {
        None if before.is_empty() => "",
        None => "\n\n",
        Some(line) if line.trim().is_empty() => "",
        Some(_) => "\n",
    };
    let tail = match text[at..].bytes().next() {
        None if last.is_none() && !before.is_empty() => "",
        None | Some(b'\n') => "\n",
        Some(_) => "\n\n",
    };
    Edit { range: at..at, text: format!("{lead}{piece}{tail}") }
}

pub(super) fn line_start(text: &str, at: usize) -> usize {
    let start = text[..at].rfind('\n').map_or(0, |n| n + 1);
    if text[start..at].trim().is_empty() { start } else { at }
}

fn is(update: &RawUpdate, status: Status, time: &str) -> bool {
    let same = |known: moment::Written, new: moment::Written| {
        known == new
            || known.offset.is_none()
                && new.offset.is_none()
                && (known.date, known.clock) == (new.date, new.clock)
    };
    update.status == status && moment::parse(time).is_some_and(|new| same(update.written, new))
}

/// Whether `after` is `before` with only the addition.
fn is_only_more(before: &Body, after: &Body, new: &Addition<'_>) -> bool {
    let update = |u: &RawUpdate| {
        (
            u.status,
            u.written,
            u.facts.iter().map(|f| (f.key, f.value.clone())).collect::<Vec<_>>(),
            u.words.plain(),
        )
    };
    let section = |s: &RawSection| {
        let questions: Vec<_> = s.questions.iter().map(|q| (q.question.clone(), q.answer.plain())).collect();
        (s.section, s.written, s.words.plain(), questions)
    };
    let (mut updates, mut sections): (Vec<_>, Vec<_>) =
        (after.updates.iter().map(update).collect(), after.sections.iter().map(section).collect());
    let mut old_updates: Vec<_> = before.updates.iter().map(update).collect();
    let mut old_sections: Vec<_> = before.sections.iter().map(section).collect();
    match new.part {
        Part::Update(status) => {
            let Some(at) = after.updates.iter().rposition(|u| is(u, status, new.time)) else { return false };
            let (_, _, facts, words) = updates.remove(at);
            let wanted: Vec<_> =
                new.facts.iter().map(|(key, value)| (*key, value.trim().to_owned())).collect();
            if facts != wanted || words.is_empty() && says(new.words) {
                return false;
            }
            if old_updates.len() == updates.len() + 1 {
                old_updates.remove(at);
            }
        }
        Part::Section(which) => {
            let Some(at) = after.sections.iter().position(|s| s.section == which) else { return false };
            let (_, written, words, questions) = sections.remove(at);
            let wanted = moment::parse(new.time).filter(|_| is_dated(which));
            let nothing = words.is_empty() && questions.is_empty();
            if written != wanted || nothing && says(new.words) {
                return false;
            }
            // The old text must still start the section.
            let known = old_sections.iter().find(|(section, ..)| *section == which);
            if known
                .is_some_and(|(_, _, old, asked)| !words.starts_with(old) || !questions.starts_with(asked))
            {
                return false;
            }
            old_sections.retain(|(section, ..)| *section != which);
        }
    }
    before.summary.plain() == after.summary.plain() && updates == old_updates && sections == old_sections
}

/// Whether text contains more than a comment, which readers do not see.
fn says(words: &str) -> bool {
    !words.is_empty() && !words.trim_start().starts_with("<!--")
}

#[cfg(test)]
mod tests {
    use super::super::split;
    use proptest::prelude::*;

    use super::*;
    use crate::edit::prose;
    use crate::tests::text_of;
    use crate::vocabulary::Aliases;

    const NAME: &str = "content/incidents/a.md";
    const FRONT: &str = "---\ntitle: a # why\nseverity: minor\n---\n";

    fn added(text: &str, new: &Addition<'_>) -> Result<String, Refusal> {
        let file = Raw::of(&NAME.into(), text.as_bytes().to_vec()).expect("a text");
        let locales = ["ja".to_owned(), "en".to_owned()];
        let frame = (&locales[..], &Aliases::default());
        let before = split(NAME, file.text(), frame).expect("a file");
        let added = add(NAME, (&file, &before), "ja", frame, new)?;
        Ok(String::from_utf8(added.file.bytes().to_vec()).expect("UTF-8"))
    }

    fn resolved(words: &str) -> Addition<'_> {
        let facts = vec![(FactKey::Ended, "2026-11-20 12:10".to_owned())];
        Addition { part: Part::Update(Status::Resolved), time: "2026-11-20 12:40", facts, words }
    }

    #[test]
    fn an_update_stands_behind_the_last_and_before_the_sections() {
        let text = format!(
            "{FRONT}Summary.\n\n## investigating 2026-11-20 10:20\n\nWe look.\n\n## FAQ\n### Safe?\nYes.\n"
        );
        let wanted = text
            .replace("## FAQ", "## resolved 2026-11-20 12:40\nended: 2026-11-20 12:10\n\nOver.\n\n## FAQ");
        assert_eq!(added(&text, &resolved("Over.")), Ok(wanted));
    }

    #[test]
    fn an_update_speaks_the_language_of_the_last() {
        let text = format!("{FRONT}要約。\n\n## 調査中 2026-11-20 10:20\n調べています。");
        let wanted =
            format!("{text}\n\n## 復旧 2026-11-20 12:40\n復旧日時：2026-11-20 12:10\n\n復旧しました。");
        assert_eq!(added(&text, &resolved("復旧しました。")), Ok(wanted));
    }

    #[test]
    fn nothing_is_merged_in_silence() {
        let text = format!("{FRONT}\n## resolved 2026-11-20 12:40\n\nOver.\n");
        let refused = added(&text, &resolved("Over again.")).expect_err("it is there");
        assert!(refused.message.contains("already exists"), "{refused:?}");
    }

    #[test]
    fn a_heading_that_waits_is_filled() {
        let new = Addition { facts: Vec::new(), ..resolved("Over.") };
        let heading = format!("{FRONT}## resolved 2026-11-20 12:40");
        for (rest, after) in [
            ("\n", "\n\nOver.\n"),
            ("", "\n\nOver."),
            ("\n\n## Actions\n", "\n\nOver.\n\n## Actions\n"),
            ("\n## Actions\n", "\n\nOver.\n\n## Actions\n"),
        ] {
            assert_eq!(added(&format!("{heading}{rest}"), &new), Ok(format!("{heading}{after}")));
        }
    }

    #[test]
    fn a_postmortem_is_begun_filled_and_never_replaced() {
        let new = Addition {
            part: Part::Section(Section::Postmortem),
            time: "2026-11-25 18:00",
            facts: Vec::new(),
            words: "### Cause\n\nA queue.",
        };
        let begun = format!("{FRONT}\n## 復旧 2026-11-20 12:40\n\n## FAQ\n### Safe?\nYes.\n");
        let whole = added(&begun, &new).expect("a section");
        let end = "Yes.\n\n## 事後報告 2026-11-25 18:00\n\n### Cause\n\nA queue.\n";
        assert!(whole.ends_with(end), "{whole}");
        assert!(added(&whole, &new).is_err());
        let waiting = format!("{FRONT}\n## Postmortem\n\n## Actions\nx\n");
        let filled = added(&waiting, &new).expect("a section");
        let section = "## Postmortem 2026-11-25 18:00\n\n### Cause\n\nA queue.\n\n## Actions";
        assert!(filled.contains(section), "{filled}");
    }

    #[test]
    fn questions_come_as_they_are_asked() {
        let faq = |words| Addition {
            part: Part::Section(Section::Faq),
            time: "2026-11-20 12:00",
            facts: Vec::new(),
            words,
        };
        let begun = format!("{FRONT}\n## investigating 2026-11-20 10:20\n\nWe look.");
        let first = added(&begun, &faq("### Safe?\n\nYes.")).expect("a section");
        assert_eq!(first, format!("{begun}\n\n## FAQ\n\n### Safe?\n\nYes."));
        let more = first.clone() + "\n\n## Workaround\n\nWait.\n";
        let second = added(&more, &faq("### When?\n\nSoon.")).expect("a question");
        assert_eq!(second, more.replace("Yes.\n\n##", "Yes.\n\n### When?\n\nSoon.\n\n##"));
        // Text without a question does not belong in a FAQ.
        let waiting = format!("{begun}\n\n## よくある質問\n");
        assert_eq!(added(&waiting, &faq("### A?\n\nB.")), Ok(format!("{waiting}\n### A?\n\nB.\n")));
    }

    #[test]
    fn what_is_hidden_by_something_open_is_refused() {
        for open in ["```\nlog\n", "<script>\n"] {
            let text = format!("{FRONT}## investigating 2026-11-20 10:20\n\n{open}");
            assert!(added(&text, &resolved("Over.")).is_err(), "{open}");
        }
        let text = format!("{FRONT}## investigating 2026-11-20 10:20\n\nSee [it].\n");
        assert!(
            added(&text, &resolved("[it]: https://a.example/")).is_err(),
            "it would make a link of other words"
        );
    }

    fn bodies() -> impl Strategy<Value = String> {
        const PIECES: [&str; 16] = [
            "\n",
            "\n",
            "\r\n",
            "\r\n",
            "Words.",
            "- a",
            "<!-- c -->",
            "### x",
            "\n\n## FAQ\n### Why?\nSo.\n",
            "> q",
            "    code",
            "\n## investigating 2026-11-20 10:20\nnext_update: 11:30\n",
            "\n## 調査中 2026-11-20 10:25\n次回更新：11:30\n\n",
            "\n## Workaround\n",
            "```\nx\n```\n",
            "遅延",
        ];
        prop::collection::vec(prop::sample::select(&PIECES[..]), 0..10).prop_map(|p| p.concat())
    }

    fn anything() -> impl Strategy<Value = String> {
        const PIECES: &str = "\
            ##␣resolved␣2026-11-20␣12:00\n ##␣FAQ\n #␣a\n ###␣a\n severity:␣minor\n next_update:␣11:30\n \
            <!-- --> ---\n ```\n ~~~ \n \n \r\n ␣ ␣␣␣␣ -␣ >␣ words 復旧␣2026-11-20␣12:00 [a]:␣/b\n \
            [^1]:␣c\n <div>\n </div>\n \\ \u{1}";
        text_of(PIECES, 8)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// The old bytes stay the same. Any given text becomes the text of one update, or is refused.
        #[test]
        fn what_stood_there_stays_and_words_are_words(bom in any::<bool>(), body in bodies(), given in anything()) {
            let text = format!("{}{FRONT}{body}", if bom { "\u{feff}" } else { "" });
            let Ok(words) = prose::sound(&given) else { return Ok(()) };
            let facts = vec![(FactKey::Severity, "critical".to_owned())];
            let new = Addition { part: Part::Update(Status::Identified), time: "2026-11-20 12:40", facts, words: &words };
            let Ok(result) = added(&text, &new) else { return Ok(()) };
            let locales = ["ja".to_owned()];
            let at = |text: &str| split(NAME, &text.into(), (&locales, &Aliases::default())).expect("a file").body;
            let (before, after) = (at(&crate::source::plain(&text)), at(&crate::source::plain(&result)));
            prop_assert_eq!(before.updates.len() + 1, after.updates.len());
            prop_assert_eq!(before.sections.len(), after.sections.len());
            let cuts = (0..=text.len()).filter(|at| text.is_char_boundary(*at));
            let kept = cuts.into_iter().any(|at| result.starts_with(&text[..at]) && result.ends_with(&text[at..]));
            prop_assert!(kept, "{:?}\n{:?}", text, result);
        }
    }
}
