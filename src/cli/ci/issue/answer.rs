//! The answer to an issue or a comment, in Markdown, in Japanese or English.
//!
//! Whatever a person typed stands in a block of code, longer fenced than anything in it: there it is neither markup nor
//! a mention of other people.

use crate::document::body;
use crate::kind::EntryKind;
use crate::limits::ISSUE_ANSWER_BYTES;
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
        said: String,
        has_updates: bool,
    },
    Updated {
        name: String,
        said: String,
    },
    /// A changed text was written again.
    Corrected {
        name: String,
        said: String,
    },
    /// The text cannot be written, for the reason that the command said.
    Refused {
        said: String,
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
    pub(super) fn text(&self, is_japanese: bool, way: Way, is_stale: bool) -> String {
        let say = |japanese: &str, english: &str| if is_japanese { japanese } else { english }.to_owned();
        let mut parts = match self {
            Answer::Created { name, said, .. } | Answer::Updated { name, said } => {
                vec![
                    format!("{}`{name}`", say("**書き込みました。**", "**Written:** ")),
                    when(way, &say),
                    block(said),
                ]
            }
            Answer::Corrected { name, said } => vec![
                format!("{}`{name}`", say("**書き直しました。**", "**Written again:** ")),
                when(way, &say),
                block(said),
                say(
                    "前の文が公開されていた場合は、何が変わったかを「訂正」のコメントで伝えてください。",
                    "If readers have seen the old text, say what changed in a comment that begins with `correction`.",
                ),
            ],
            Answer::Refused { said, is_comment } => vec![
                say(
                    "**何も公開していません。** 次の点を直してください。",
                    "**Nothing was published.** Please correct this:",
                ),
                block(said),
                if *is_comment {
                    say(
                        "コメントを編集するか、新しいコメントを書いてください。もう一度読み取ります。",
                        "Edit the comment or write a new one: it is read again.",
                    )
                } else {
                    say(
                        "この issue のタイトルか本文を編集してください。もう一度読み取ります。",
                        "Edit the title or the text of this issue: it is read again.",
                    )
                },
            ],
            Answer::Stays { name } => vec![
                format!(
                    "{}`{name}`",
                    say(
                        "**公開中の文は変えていません。** この変更より後に、ファイルがほかでも変わっています：",
                        "**The published text stays as it is.** More has changed since in "
                    )
                ),
                say(
                    "読者に伝えることは「訂正」または「続報」のコメントで書いてください。公開した文そのものは、ファイルで直してください。",
                    "Tell readers what changed in a comment that begins with `correction` or `update`, or edit the file.",
                ),
            ],
            Answer::NoStatus { kind } => no_status(*kind, is_japanese),
            Answer::NoEntry => vec![say(
                "**何も公開していません。** この issue の記事がまだありません。先に、この issue のタイトルか本文を直してください。",
                "**Nothing was published.** This issue has no entry yet: correct its title or text first.",
            )],
        };
        if matches!(self, Answer::Created { has_updates: true, .. }) {
            parts.push(say(
                "続報は、この issue にコメントで書いてください。1 行目は「原因特定」「復旧 10:47」のように、状況と時刻です。社内のやりとりは `>` か `//` で始めれば公開されません。",
                "Write each further update as a comment whose first line is the status: `identified`, or `resolved 10:47`. Comments that begin with `>` or `//` are for colleagues and never published.",
            ));
        }
        if is_stale {
            parts.push(say(
                "フォームが site.yaml より古くなっています。`noroshi init --issue-forms` で作り直してください。",
                "The forms are older than site.yaml. Make them again with `noroshi init --issue-forms`.",
            ));
        }
        parts.retain(|part| !part.is_empty());
        format!("{MARK}\n{}\n", parts.join("\n\n"))
    }
}

fn when(way: Way, say: &impl Fn(&str, &str) -> String) -> String {
    match way {
        Way::AtOnce => say("数分後に公開されます。", "It becomes public within minutes."),
        Way::Review => say(
            "プルリクエストがマージされると公開されます。",
            "It becomes public when the pull request is merged.",
        ),
        Way::Blocked => say(
            "**まだ公開されません。** site.yaml かテーマに誤りがあります。`noroshi check` で見つけて直してください。",
            "**It is not public yet:** site.yaml or a theme has errors. Find them with `noroshi check`, and correct them.",
        ),
    }
}

/// Says how to begin a comment, with the words that this kind of entry has.
fn no_status(kind: EntryKind, is_japanese: bool) -> Vec<String> {
    let tag = if is_japanese { "ja" } else { "en" };
    let statuses = body::statuses(kind).iter().map(|status| Status::word_in(*status, tag));
    let sections = body::sections(kind).iter().map(|section| Section::word_in(*section, tag));
    let words: Vec<String> = statuses.chain(sections).map(|word| format!("`{word}`")).collect();
    let none = words.is_empty();
    let [about, words, talk] = if is_japanese {
        [
            if none {
                "**何も公開していません。** この記事に続報はありません。"
            } else {
                "**何も公開していません。** 公開する続報なら、1 行目を次のどれかで始めてください。時刻も書けます（例：`復旧 10:47`）。"
            },
            &words.join(" "),
            "社内のやりとりは、`>` か `//` で始めてください。",
        ]
    } else {
        [
            if none {
                "**Nothing was published.** This entry has no updates."
            } else {
                "**Nothing was published.** If this is an update for readers, begin its first line with one of these words; a time may follow, as in `resolved 10:47`:"
            },
            &words.join(" "),
            "Begin comments for colleagues with `>` or `//`.",
        ]
    };
    [about, words, talk].map(str::to_owned).to_vec()
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
        for is_japanese in [true, false] {
            for answer in [
                Answer::Created { name: "content/a.md".into(), said: "+ x".into(), has_updates: true },
                Answer::Updated { name: "content/a.md".into(), said: String::new() },
                Answer::Corrected { name: "content/a.md".into(), said: "+ x".into() },
                Answer::Refused { said: "error: x".into(), is_comment: true },
                Answer::Stays { name: "content/a.md".into() },
                Answer::NoStatus { kind: EntryKind::Incident },
                Answer::NoStatus { kind: EntryKind::Page },
                Answer::NoEntry,
            ] {
                let text = answer.text(is_japanese, Way::AtOnce, true);
                assert!(is_answer(&text) && is_answer(&format!("\n{text}")), "{text}");
                assert_eq!(!text.is_ascii(), is_japanese, "{text}");
                assert!(text.contains("--issue-forms"), "{text}");
            }
        }
        let written = Answer::Updated { name: "content/a.md".into(), said: String::new() };
        assert!(written.text(false, Way::Review, false).contains("when the pull request is merged"));
        let words = Answer::NoStatus { kind: EntryKind::Incident }.text(true, Way::AtOnce, false);
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
