//! The marks of a task list: `- [x] done`, `- [ ] open`, also as input methods and other programs write them.

/// The mark that readers see.
pub(super) fn task_mark(is_done: bool) -> &'static str {
    if is_done { "☑" } else { "☐" }
}

/// The longest mark that is read, in bytes: two full-width brackets and the sign between them.
pub(super) const LONGEST: usize = 12;

/// Whether a text may begin with a mark of [`read`].
pub(super) fn may_begin(words: &str) -> bool {
    words.starts_with(['[', '［'])
}

/// Reads a mark that Markdown itself does not know, at the beginning of an item: `［ｘ］`, `［　］`, `[✓]`, `[]`, and
/// `[x]` directly before a Chinese, Japanese or Korean word. Returns its length in bytes and whether the task is
/// done.
///
/// Only these signs are read: `[×]` or `[済]` may be a note about the item.
pub(super) fn read(words: &str, is_cjk: impl Fn(char) -> bool) -> Option<(usize, bool)> {
    let open = words.chars().next().filter(|c| matches!(c, '[' | '［'))?;
    let inner = &words[open.len_utf8()..];
    let end = inner.find([']', '］']).filter(|end| *end <= LONGEST)?;
    let close = inner[end..].chars().next()?;
    let is_done = match inner[..end].trim_matches([' ', '\u{3000}', '\u{a0}', '\u{fe0e}', '\u{fe0f}']) {
        "" => false,
        "x" | "X" | "ｘ" | "Ｘ" | "✓" | "✔" | "☑" | "✅" => true,
        _ => return None,
    };
    let length = open.len_utf8() + end + close.len_utf8();
    let next = words[length..].chars().next();
    // A wide bracket is as wide as a bracket and a blank.
    let is_apart = next.is_none_or(|c| close == '］' || c.is_whitespace() || is_cjk(c));
    is_apart.then_some((length, is_done))
}

#[cfg(test)]
mod tests {
    use super::super::fragment::{Everything, Fragment, Resolve, Target};
    use super::super::{Anchors, inline, outline, render};

    fn fragment(text: &str) -> Fragment {
        render(text, 0..text.len(), &outline(text), 2, "s", &mut Anchors::default()).fragment
    }

    fn plain(text: &str) -> String {
        fragment(text).lines(&Everything)
    }

    struct Spoken;

    impl Resolve for Spoken {
        fn address(&self, _: &Target) -> Option<String> {
            None
        }
        fn prefix(&self) -> &'static str {
            ""
        }
        fn notes_page(&self) -> &'static str {
            ""
        }
        fn task(&self, is_done: bool) -> Option<&str> {
            Some(if is_done { "\"done\"" } else { "open" })
        }
    }

    #[test]
    fn a_task_has_a_mark_that_is_seen_and_heard() {
        let text = "- [x] a **b**\n- [ ] c\n";
        assert_eq!(
            fragment(text).html(&Spoken),
            "<ul>\n<li class=\"task\"><span class=\"mark\" role=\"img\" aria-label=\"&quot;done&quot;\">☑\u{fe0e}</span> \
             a <strong>b</strong></li>\n<li class=\"task\"><span class=\"mark\" role=\"img\" aria-label=\"open\">☐\u{fe0e}</span> \
             c</li>\n</ul>\n"
        );
        assert_eq!(
            fragment(text).html(&Everything),
            "<ul>\n<li class=\"task\">☑ a <strong>b</strong></li>\n<li class=\"task\">☐ c</li>\n</ul>\n"
        );
        assert_eq!(plain(text), "- ☑ a b\n- ☐ c");
        assert_eq!(fragment(text).plain(), "☑ a b ☐ c");
        assert_eq!(
            fragment("- [x] a\n\n- b\n").html(&Everything),
            "<ul>\n<li class=\"task\"><p>☑ a</p>\n</li>\n<li><p>b</p>\n</li>\n</ul>\n"
        );
        assert_eq!(inline("- [x] a").fragment.plain(), "☑ a");
    }

    #[test]
    fn marks_of_input_methods_and_other_programs_are_read() {
        for (text, shown) in [
            ("- ［ｘ］返金", "- ☑ 返金"),
            ("- ［Ｘ］　返金", "- ☑ 返金"),
            ("- ［　］返金", "- ☐ 返金"),
            ("- ［］返金", "- ☐ 返金"),
            ("- ［ ］ 返金", "- ☐ 返金"),
            ("- [　] 返金", "- ☐ 返金"),
            ("- [] 返金", "- ☐ 返金"),
            ("- [X] a", "- ☑ a"),
            ("- [✓] a", "- ☑ a"),
            ("- [✔️] a", "- ☑ a"),
            ("- [x]　返金", "- ☑ 返金"),
            ("- [x]返金", "- ☑ 返金"),
            ("- [x]「返金」", "- ☑ 「返金」"),
            ("- [x] **「返金」**です", "- ☑ 「返金」です"),
            ("- ［ｘ］**「返金」**です", "- ☑ 「返金」です"),
            ("1. [x] a\n2. ［ ］b", "1. ☑ a\n2. ☐ b"),
            ("- [x] a\n  - [ ] b\n\n    c", "- ☑ a\n  - ☐ b\n\n    c"),
            ("> - [x] a\r\n> - [ ] b\r\n", "> - ☑ a\n> - ☐ b"),
            ("- [x] https://a.example/ です", "- ☑ https://a.example/ です"),
            ("- ［ｘ］https://a.example/ です", "- ☑ https://a.example/ です"),
        ] {
            assert_eq!(plain(text), shown, "{text}");
            assert!(outline(text).lost.is_empty() && outline(text).slips.is_empty(), "{text}");
        }
    }

    #[test]
    fn what_is_no_task_stays_as_it_is_written() {
        for text in [
            "- [×] a",
            "- [済] 返金",
            "- [1] a",
            "- [x]a",
            "- a [x] b",
            "- [✓ a",
            "- `[x]` a",
            "- \\[x] a",
            "- **[x]** a",
            "[x] a",
            "［ｘ］返金",
            "    - [x] a",
        ] {
            let shown = plain(text);
            assert!(!shown.contains(['☑', '☐']), "{text}: {shown}");
            let words = |text: &str| text.replace(['\\', '*', '`', ' '], "");
            assert_eq!(words(&shown), words(text), "{text}");
        }
        assert_eq!(plain("- [x](https://a.example/) b"), "- x (https://a.example/) b");
    }

    #[test]
    fn task_lists_are_those_of_another_parser() {
        let mut options = comrak::Options::default();
        options.extension.tasklist = true;
        for text in [
            "- [x] a\n- [ ] b\n",
            "1. [X] a\n\n2. b\n",
            "- [x]a\n",
            "* [ ] a\n  - [x] b\n",
            "[x] a\n",
            "- a\n  [x] b\n",
        ] {
            let theirs = comrak::markdown_to_html(text, &options);
            let ours = fragment(text).html(&Everything);
            let count = |html: &str, mark: &str| html.matches(mark).count();
            assert_eq!(count(&ours, "☑"), count(&theirs, "checked=\"\""), "{text}{theirs}");
            let all = count(&ours, "☑") + count(&ours, "☐");
            assert_eq!(all, count(&theirs, "type=\"checkbox\""), "{text}{theirs}");
        }
    }
}
