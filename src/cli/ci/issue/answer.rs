//! The answer to an issue or a comment, in Markdown, in the language of the site.
//!
//! Whatever a person typed stands in a block of code, longer fenced than anything in it: there it is neither markup nor
//! a mention of other people.

use crate::document::body;
use crate::kind::EntryKind;
use crate::limits::ISSUE_ANSWER_BYTES;
use crate::message::{Language, Message, message};
use crate::text;
use crate::vocabulary::{Section, Status};

/// The beginning of each answer, by which noroshi knows its own.
const MARK: &str = "<!-- noroshi: answer -->";

/// Whether a comment is an answer, also if a workflow of the team wrote it as a person.
pub(super) fn is_answer(comment: &str) -> bool {
    comment.trim_start().starts_with(MARK)
}

pub(super) enum Answer {
    /// A new entry, and whether comments can add updates to it.
    Created {
        name: String,
        said: Message,
        has_updates: bool,
    },
    Updated {
        name: String,
        said: Message,
    },
    /// A changed text was written again.
    Corrected {
        name: String,
        said: Message,
    },
    /// The text cannot be written, for the reason that the command said.
    Refused {
        said: Message,
        is_comment: bool,
    },
    /// A text was changed after its entry had been changed further.
    Stays {
        name: String,
    },
    /// The first line of a comment is no status.
    NoStatus {
        kind: EntryKind,
    },
    /// A comment below a form that made no entry.
    NoEntry,
}

/// When a text that was written becomes public.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    AtOnce,
    /// With the merge of a pull request.
    Review,
    /// Not while site.yaml or a theme has errors.
    Blocked,
}

impl Answer {
    /// `is_stale`: whether the forms are older than site.yaml.
    pub(super) fn text(&self, language: Language, way: Way, is_stale: bool) -> String {
        let mut parts = self.parts(language, way);
        if matches!(self, Answer::Created { has_updates: true, .. }) {
            parts.push(message!(
                "cli-ci-answer-updates",
                "Write each further update as a comment whose first line is the status: `identified`, or `resolved 10:47`. Comments that begin with `>` or `//` are for colleagues and never published."
            ));
        }
        if is_stale {
            parts.push(message!(
                "cli-ci-answer-stale-forms",
                "The forms are older than site.yaml. Make them again with `noroshi init --issue-forms`."
            ));
        }
        parts.retain(|part| !part.is_empty());
        let parts: Vec<_> = parts.iter().map(|part| part.text(language)).collect();
        format!("{MARK}\n{}\n", parts.join("\n\n"))
    }

    /// The paragraphs.
    fn parts(&self, language: Language, way: Way) -> Vec<Message> {
        let block = |said: &Message| Message::same(block(&said.text(language)));
        match self {
            Answer::Created { name, said, .. } | Answer::Updated { name, said } => {
                vec![message!("cli-ci-answer-written", "**Written:** `{name}`", name), when(way), block(said)]
            }
            Answer::Corrected { name, said } => vec![
                message!("cli-ci-answer-corrected", "**Written again:** `{name}`", name),
                when(way),
                block(said),
                message!(
                    "cli-ci-answer-corrected-tell",
                    "If readers have seen the old text, say what changed in a comment that begins with `correction`."
                ),
            ],
            Answer::Refused { said, is_comment } => vec![
                message!("cli-ci-answer-refused", "**Nothing was published.** Please correct this:"),
                block(said),
                if *is_comment {
                    message!(
                        "cli-ci-answer-refused-comment",
                        "Edit the comment or write a new one: it is read again."
                    )
                } else {
                    message!(
                        "cli-ci-answer-refused-issue",
                        "Edit the title or the text of this issue: it is read again."
                    )
                },
            ],
            Answer::Stays { name } => vec![
                message!(
                    "cli-ci-answer-stays",
                    "**The published text stays as it is.** More has changed since in `{name}`",
                    name
                ),
                message!(
                    "cli-ci-answer-stays-tell",
                    "Tell readers what changed in a comment that begins with `correction` or `update`, or edit the file."
                ),
            ],
            Answer::NoStatus { kind } => no_status(*kind, language),
            Answer::NoEntry => vec![message!(
                "cli-ci-answer-no-entry",
                "**Nothing was published.** This issue has no entry yet: correct its title or text first."
            )],
        }
    }
}

fn when(way: Way) -> Message {
    match way {
        Way::AtOnce => message!("cli-ci-answer-at-once", "It becomes public within minutes."),
        Way::Review => message!("cli-ci-answer-review", "It becomes public when the pull request is merged."),
        Way::Blocked => message!(
            "cli-ci-answer-blocked",
            "**It is not public yet:** site.yaml or a theme has errors. Find them with `noroshi check`, and correct them."
        ),
    }
}

/// Says how to begin a comment, with the words that this kind of entry has.
fn no_status(kind: EntryKind, language: Language) -> Vec<Message> {
    let tag = language.tag();
    let statuses = body::statuses(kind).iter().map(|status| Status::word_in(*status, tag));
    let sections = body::sections(kind).iter().map(|section| Section::word_in(*section, tag));
    let words: Vec<String> = statuses.chain(sections).map(|word| format!("`{word}`")).collect();
    let about = if words.is_empty() {
        message!("cli-ci-answer-no-updates", "**Nothing was published.** This entry has no updates.")
    } else {
        message!(
            "cli-ci-answer-no-status",
            "**Nothing was published.** If this is an update for readers, begin its first line with one of these words; a time may follow, as in `resolved 10:47`:"
        )
    };
    let talk = message!("cli-ci-answer-talk", "Begin comments for colleagues with `>` or `//`.");
    vec![about, Message::same(words.join(" ")), talk]
}

/// A text as a block of code that nothing in it can end.
fn block(text: &str) -> String {
    let shown = text::visible_lines(text.trim_end());
    let mut shown = shown.as_str();
    if shown.is_empty() {
        return String::new();
    }
    let mut cut = String::new();
    if shown.len() > ISSUE_ANSWER_BYTES {
        let end = (0..=ISSUE_ANSWER_BYTES).rev().find(|at| shown.is_char_boundary(*at)).unwrap_or(0);
        cut = format!("{}\n…", &shown[..end]);
    }
    if !cut.is_empty() {
        shown = &cut;
    }
    let longest = shown.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}text\n{shown}\n{fence}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_answer_is_in_the_language_of_the_site_and_known_as_one() {
        let japanese = Language::find("ja").expect("it is there");
        for language in [japanese, Language::ENGLISH] {
            for answer in [
                Answer::Created { name: "content/a.md".into(), said: "+ x".into(), has_updates: true },
                Answer::Updated { name: "content/a.md".into(), said: Message::default() },
                Answer::Corrected { name: "content/a.md".into(), said: "+ x".into() },
                Answer::Refused { said: "error: x".into(), is_comment: true },
                Answer::Stays { name: "content/a.md".into() },
                Answer::NoStatus { kind: EntryKind::Incident },
                Answer::NoStatus { kind: EntryKind::Page },
                Answer::NoEntry,
            ] {
                let text = answer.text(language, Way::AtOnce, true);
                assert!(is_answer(&text) && is_answer(&format!("\n{text}")), "{text}");
                assert_eq!(!text.is_ascii(), language == japanese, "{text}");
                assert!(text.contains("--issue-forms"), "{text}");
            }
        }
        let written = Answer::Updated { name: "content/a.md".into(), said: Message::default() };
        assert!(
            written.text(Language::ENGLISH, Way::Review, false).contains("when the pull request is merged")
        );
        let words = Answer::NoStatus { kind: EntryKind::Incident }.text(japanese, Way::AtOnce, false);
        for word in ["`調査中`", "`復旧`", "`訂正`"] {
            assert!(words.contains(word), "{words}");
        }
        assert!(!is_answer("Look: <!-- noroshi: answer -->"));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 128, ..ProptestConfig::default() })]

        /// Nothing that a person typed leaves its block: no mention, no link, no comment of HTML.
        #[test]
        fn what_people_typed_cannot_leave_its_block(said in "[`~ \n@a<!>-]{0,60}", more in any::<String>()) {
            let said = format!("x{said}{more}");
            let text = block(&said);
            let fence: String = text.chars().take_while(|c| *c == '`').collect();
            prop_assert!(fence.len() >= 3);
            let inside = text.strip_prefix(&format!("{fence}text\n")).and_then(|t| t.strip_suffix(&format!("\n{fence}")));
            let inside = inside.expect("a block");
            prop_assert!(!inside.contains(&fence) && !inside.contains('\r'), "{}", text);
        }
    }

    #[test]
    fn a_long_answer_is_cut_between_two_characters() {
        let text = block(&"障".repeat(ISSUE_ANSWER_BYTES));
        assert!(text.len() < ISSUE_ANSWER_BYTES + 40 && text.ends_with("\n…\n```"), "{}", text.len());
    }
}
