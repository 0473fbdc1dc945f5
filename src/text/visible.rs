//! Makes text safe to show. It escapes characters that would control a terminal, reverse a line, be invisible, or
//! command the runner of a CI pipeline.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::{clean, shorten};

/// Foreign text as one line of at most `most` characters. Characters that control, hide or turn text become blanks,
/// and blanks collapse.
#[must_use]
pub fn one_line(text: &str, most: usize) -> String {
    let words = text.split(|c: char| c.is_whitespace() || is_hidden(c)).filter(|word| !word.is_empty());
    shorten(&clean(&words.collect::<Vec<_>>().join(" ")), most)
}

/// One line for people. Line ends become `\n`, and other control or invisible characters become `\u{1b}`.
///
/// A runner of GitHub Actions obeys `::error::` at the start of a line and `##[error]` anywhere in it. A runner of
/// Azure Pipelines obeys `##vso[…]`. All of these are broken up. Joiners of words and emoji stay.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    shown(text, is_hidden)
}

/// Several lines for people. Line ends and tabs stay.
#[must_use]
pub fn visible_lines(text: &str) -> String {
    let lines = text.split('\n').map(|line| shown(line, |c| c != '\t' && is_hidden(c)));
    lines.collect::<Vec<_>>().join("\n")
}

fn shown(line: &str, is_hidden: impl Fn(char) -> bool) -> Cow<'_, str> {
    let start = line.len() - line.trim_start().len();
    let begins_command = line[start..].starts_with("::");
    if !begins_command && !line.contains("##") && !line.contains(&is_hidden) {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len() + 16);
    for (at, c) in line.char_indices() {
        let is_escaped = match c {
            ':' => begins_command && at == start,
            '#' => is_command(&line[at..]),
            c => is_hidden(c),
        };
        match c {
            c if !is_escaped => out.push(c),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c => escape(&mut out, c),
        }
    }
    Cow::Owned(out)
}

fn escape(out: &mut String, c: char) {
    // Writing to a string cannot fail.
    let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
}

/// Whether the text begins with a runner command: `##[…`, `##vso[…`.
fn is_command(text: &str) -> bool {
    text.strip_prefix("##")
        .is_some_and(|rest| rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).starts_with('['))
}

/// Whether the character is escaped: controls (C0, DEL, C1), Unicode line ends, direction controls, zero-width
/// characters, and the tags that spell invisible words.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_plain_stays_as_it_is() {
        for text in [
            "error: `content/incidents/決済.md` is a draft",
            "a::b ## c [d] ###",
            "می\u{200c}خواهم",
            "👩\u{200d}💻 é e\u{301}",
            "",
        ] {
            assert_eq!(visible(text), text);
        }
        assert_eq!(visible_lines("a\n\tb\n\n"), "a\n\tb\n\n");
    }

    #[test]
    fn foreign_text_becomes_one_plain_line() {
        for (text, line) in [
            ("  a\r\n\tb\u{a0} c ", "a b c"),
            ("a\u{202e}b\u{200b}\u{feff}\u{1b}[2J\0c", "a b [2J c"),
            ("障害\u{2028}発生", "障害 発生"),
            ("👩\u{200d}💻", "👩\u{200d}💻"),
            ("\n\u{85}", ""),
        ] {
            assert_eq!(one_line(text, 40), line, "{text:?}");
        }
        assert_eq!(one_line("one two three four", 10), "one two…");
    }

    #[test]
    fn what_moves_a_terminal_or_commands_a_runner_is_seen() {
        for (text, shown) in [
            ("e\n::error::pwn.md", "e\\n::error::pwn.md"),
            ("a\r\tb", "a\\r\\tb"),
            ("\u{1b}[2Jx\u{7}", "\\u{1b}[2Jx\\u{7}"),
            ("\u{9b}31m\u{7f}", "\\u{9b}31m\\u{7f}"),
            ("a\u{202e}dm.b\u{2066}", "a\\u{202e}dm.b\\u{2066}"),
            ("a\u{200b}\u{feff}\u{e0061}\u{2028}", "a\\u{200b}\\u{feff}\\u{e0061}\\u{2028}"),
            ("::error::x", "\\u{3a}:error::x"),
            ("\u{3000} ::error::x", "\u{3000} \\u{3a}:error::x"),
            ("a ##[error]x ##vso[task.x]", "a \\u{23}#[error]x \\u{23}#vso[task.x]"),
            ("###[group]", "#\\u{23}#[group]"),
        ] {
            assert_eq!(visible(text), shown, "{text:?}");
        }
        assert_eq!(visible_lines("a\n \t::b\u{1b}\n##[c]"), "a\n \t\\u{3a}:b\\u{1b}\n\\u{23}#[c]");
    }
}
