//! Finds prose that an indent makes a block of code: `CommonMark` reads a line with four blanks or a tab after a blank
//! line as code. Whoever indents the paragraphs of a text does not mean that.

use std::ops::Range;

use super::characters::is_cjk;

/// Prose in a block of code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indented {
    /// The first line, without its indent.
    pub first: Range<usize>,
    /// All lines, from the beginning of the first.
    pub block: Range<usize>,
    /// The lines without their indents, if they are paragraphs then.
    pub mended: Option<String>,
}

/// The fewest words of a sentence in a language with blanks between words.
const SENTENCE_WORDS: usize = 4;

/// Reads an indented block of code. `is_top` says that it is in no list and no quotation.
pub(super) fn read(text: &str, range: &Range<usize>, is_top: bool) -> Option<Indented> {
    // Within a quotation, the line begins with its sign.
    let line_start = || text[..range.start].rfind('\n').map_or(0, |n| n + 1);
    let start = if is_top { line_start() } else { range.start };
    let end = range.start + text[range.clone()].trim_end().len();
    if !is_prose(text.get(start..end)?, is_top) {
        return None;
    }
    let line = text[start..end].split('\n').next().unwrap_or_default();
    let indent = line.len() - line.trim_start_matches(is_indent).len();
    let first = start + indent..start + line.trim_end().len();
    let mended = Some(without_indent(&text[start..end])).filter(|mended| is_top && is_paragraphs(mended));
    Some(Indented { first, block: start..end, mended })
}

/// Whether the first line and most others are prose.
fn is_prose(block: &str, is_top: bool) -> bool {
    let inner =
        |line: &'_ str| if is_top { line.len() } else { line.trim_start_matches(['>', ' ', '\t']).len() };
    let lines = block.lines().map(|line| line[line.len() - inner(line)..].trim());
    let mut lines = lines.filter(|line| !line.is_empty());
    if !lines.next().is_some_and(is_prose_line) {
        return false;
    }
    let (prose, all) =
        lines.fold((1, 1), |(prose, all), line| (prose + usize::from(is_prose_line(line)), all + 1));
    prose * 2 >= all
}

/// Whether most letters of a line are CJK, or the line is a sentence in another script. Signs of code at the
/// beginning (`$`, `#`, `//`) make it code, also with words in Japanese after them.
fn is_prose_line(line: &str) -> bool {
    if line.starts_with(['$', '#', '%', '>', '{', '}', '<', '|', ';'])
        || ["//", "--", "/*"].iter().any(|sign| line.starts_with(sign))
    {
        return false;
    }
    let letters = line.chars().filter(|c| c.is_alphanumeric()).count();
    let cjk = line.chars().filter(|c| is_cjk(*c) && c.is_alphabetic()).count();
    if cjk > 0 {
        return cjk * 2 >= letters;
    }
    let is_word = |word: &&str| {
        let word = word.trim_matches(|c: char| {
            matches!(c, ',' | '.' | '!' | '?' | ':' | '"' | '\'' | '“' | '”' | '(' | ')')
        });
        !word.is_empty() && word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-'))
    };
    // A word in capitals begins a line of a log.
    let begins = line.chars().next().is_some_and(char::is_uppercase)
        && !line.chars().nth(1).is_some_and(char::is_uppercase);
    let ends = line.ends_with(['.', '!', '?', '。']);
    let words = line.split_whitespace().count();
    let plain = line.split_whitespace().filter(is_word).count();
    begins && ends && words >= SENTENCE_WORDS && plain * 4 >= words * 3
}

fn is_indent(c: char) -> bool {
    matches!(c, ' ' | '\t')
}

fn without_indent(block: &str) -> String {
    block.lines().map(|line| line.trim_start_matches(is_indent).trim_end()).collect::<Vec<_>>().join("\n")
}

/// Whether lines are paragraphs or lists, so that no line becomes a heading, a quotation or HTML.
fn is_paragraphs(lines: &str) -> bool {
    lines.lines().all(|line| {
        let is_underline = !line.is_empty() && line.trim_end().chars().all(|c| matches!(c, '=' | '-'));
        !is_underline && !line.starts_with(['#', '＃', '>', '<', '|', '[', '`', '~'])
    })
}

#[cfg(test)]
mod tests {
    use super::super::outline;

    fn first(text: &str) -> Option<(&str, Option<String>)> {
        let found = outline(text).indented.into_iter().next()?;
        Some((&text[found.first], found.mended))
    }

    #[test]
    fn prose_that_an_indent_makes_code_is_found_and_mended() {
        for (text, line, mended) in [
            ("注文。\n\n    注文が遅れています。\n", "注文が遅れています。", "注文が遅れています。"),
            (
                "\t注文が遅れています。\n\tAPIは使えます。\n",
                "注文が遅れています。",
                "注文が遅れています。\nAPIは使えます。",
            ),
            (
                "    \u{3000}注文が遅れています。",
                "\u{3000}注文が遅れています。",
                "\u{3000}注文が遅れています。",
            ),
            (
                "    Orders fail since this morning.\n\n    We look.",
                "Orders fail since this morning.",
                "Orders fail since this morning.\n\nWe look.",
            ),
            ("    - 注文：停止\n    - 出金：停止", "- 注文：停止", "- 注文：停止\n- 出金：停止"),
            (
                "    詳しくはこちらです。\n    https://a.example/",
                "詳しくはこちらです。",
                "詳しくはこちらです。\nhttps://a.example/",
            ),
        ] {
            assert_eq!(first(text), Some((line, Some(mended.to_owned()))), "{text}");
        }
    }

    #[test]
    fn what_would_become_structure_is_found_and_not_mended() {
        for text in [
            "    注文が遅れています。\n    # 対応",
            "- a\n\n      注文が遅れています。",
            "> a\n\n>     注文が遅れています。",
        ] {
            assert!(first(text).is_some_and(|(_, mended)| mended.is_none()), "{text}");
        }
    }

    #[test]
    fn code_stays_code() {
        for text in [
            "    curl -X POST https://a.example/",
            "    $ noroshi build  # 公開",
            "    # 注文を止める\n    stop orders",
            "    error: cannot open 注文.log",
            "    {\"error\": \"注文が遅れています\"}",
            "    if (a) { return b; }",
            "    ERROR Orders failed: timeout after 30 s.",
            "```\n注文が遅れています。\n```",
            "注文。\n    注文が遅れています。",
            "\u{3000}\u{3000}\u{3000}\u{3000}注文が遅れています。",
            "- 注文\n\n    続きです。",
        ] {
            assert_eq!(first(text), None, "{text}");
        }
    }
}
