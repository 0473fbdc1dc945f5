//! Checks that given text is plain text and contains no structure.

use super::Refusal;
use crate::markdown;
use crate::message::message;
use crate::source;

/// The text that follows in the test parse. If the given text swallows it, it would also swallow the next update.
const NEXT: &str = "\n\n## next\n";

/// Normalizes text for a file: LF line ends, no blank lines around it.
///
/// # Errors
/// A part of the text would be structure, or would hide what follows.
pub fn sound(given: &str) -> Result<String, Refusal> {
    checked(given, false)
}

/// Like [`sound`], for a postmortem or an evaluation, which may have headings of every level. [`super::update::add`]
/// refuses one that would be an update or a section.
///
/// # Errors
/// A part of the text would hide what follows.
pub fn sound_report(given: &str) -> Result<String, Refusal> {
    checked(given, true)
}

fn checked(given: &str, has_headings: bool) -> Result<String, Refusal> {
    let text = source::plain(given);
    let lines = text.trim_end();
    let blank = lines.split_inclusive('\n').take_while(|line| line.trim().is_empty()).map(str::len).sum();
    let words = &lines[blank..];
    let whole = format!("{words}{NEXT}");
    let outline = markdown::outline(&whole);
    if outline.unclosed.as_ref().is_some_and(|range| range.start < words.len()) {
        let message = message!("edit-comment-open", "a comment in this text is not closed");
        let help = message!("edit-comment-open-help", "close it with `-->`; write `\\<!--` if it is text");
        return Err(Refusal::new(message, help));
    }
    let is_allowed = |heading: &markdown::Heading| has_headings && heading.range.start < words.len();
    let mut sections =
        outline.headings.iter().filter(|heading| heading.level == 2 && heading.atx && !is_allowed(heading));
    match sections.next().map(|heading| heading.range.start) {
        Some(at) if at < words.len() => {
            let line = words[at..].lines().next().unwrap_or_default().trim();
            let message = message!("edit-heading", "`{line}` would begin a new update or section", line);
            let help = message!(
                "edit-heading-help",
                "write a heading inside the text with three signs: `### …`; add each further update with its own command"
            );
            Err(Refusal::new(message, help))
        }
        Some(_) => Ok(words.to_owned()),
        None => {
            let message = message!(
                "edit-block-open",
                "a code block or HTML in this text is not closed, and would hide what follows"
            );
            let help = message!(
                "edit-block-open-help",
                "close a code block with the signs that open it, and leave HTML out"
            );
            Err(Refusal::new(message, help))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_as_they_are() {
        for (given, kept) in [
            ("\r\n\n  We look.\r\nMore.\n\n", "  We look.\nMore."),
            ("", ""),
            ("### Cause\nx\n\n---\n\nnext_update: 11:30", "### Cause\nx\n\n---\n\nnext_update: 11:30"),
            ("```\n## resolved\n```", "```\n## resolved\n```"),
            ("a <!-- b --> c", "a <!-- b --> c"),
            ("調べています。", "調べています。"),
        ] {
            assert_eq!(sound(given).as_deref(), Ok(kept));
        }
    }

    #[test]
    fn a_report_may_have_headings() {
        let report = "# 事後報告\n\n## 原因\nx\n\n## 再発防止策\n\n- y";
        assert_eq!(sound_report(report).as_deref(), Ok(report));
        assert!(sound(report).is_err());
        for hiding in ["## a\n```\nlog", "## a\n<pre>", "## a <!-- b"] {
            sound_report(hiding).expect_err(hiding);
        }
    }

    #[test]
    fn what_would_be_structure_or_hide_what_follows_is_refused() {
        for (given, says) in [
            ("We look.\n## resolved 2026-11-20 10:00\nOver.", "`## resolved 2026-11-20 10:00` would begin"),
            ("   ## FAQ", "would begin"),
            ("##", "would begin"),
            ("a <!-- b", "comment"),
            ("<!-- b\n\nc", "comment"),
            ("```\nlog", "not closed"),
            ("<script>\nx", "not closed"),
            ("<pre>", "not closed"),
        ] {
            let refused = sound(given).expect_err(given);
            assert!(refused.message.contains(says), "{given}: {refused:?}");
        }
    }
}
