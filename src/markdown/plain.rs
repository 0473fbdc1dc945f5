//! Converts our own HTML into plain text with its structure: paragraphs, lists, quotes, code, tables.
//!
//! It serves channels without markup, and reads only HTML from [`super::writer`]. Words and their order stay.
//! Characters replace information that only markup gave, such as the address of a link or struck-out text.

use super::cjk::joins;
use super::escaped::{attribute, needs_blank, set_off, unescape};
use super::fragment::{Fragment, Resolve};
use crate::limits::PLAIN_TEXT_DEPTH;

impl Fragment {
    /// The text as lines: `- ` and `1.` before items, `> ` before quotes, `a | b` for table rows, links as `text
    /// (https://…)`. It ends without a line break.
    #[must_use]
    pub fn lines(&self, resolve: &dyn Resolve) -> String {
        lines(&self.html(resolve))
    }
}

/// Converts HTML whose holes are filled.
#[must_use]
pub fn lines(html: &str) -> String {
    let mut writer = Lines { stack: vec![Frame::new(Kind::Root)], ..Lines::default() };
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        writer.words(&rest[..start]);
        // The writer escapes `>` in attributes, so the next one ends the tag.
        let end = rest[start..].find('>').map_or(rest.len(), |n| start + n + 1);
        writer.tag(rest[start..end].trim_matches(['<', '>']));
        rest = &rest[end..];
    }
    writer.words(rest);
    while writer.stack.len() > 1 {
        writer.close();
    }
    writer.flush();
    writer.stack.pop().map_or_else(String::new, |root| root.lines.join("\n"))
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Root,
    Quote,
    /// A list: the number of the next item, or `None` for bullets.
    List(Option<u64>),
    Notes(u64),
    Item,
    Table,
    Row,
}

/// A block that is still open.
struct Frame {
    kind: Kind,
    lines: Vec<String>,
    /// The current paragraph.
    inline: String,
}

impl Frame {
    fn new(kind: Kind) -> Frame {
        Frame { kind, lines: Vec::new(), inline: String::new() }
    }
}

#[derive(Default)]
struct Lines {
    stack: Vec<Frame>,
    /// Whether the writer is inside code, where every blank counts.
    code: bool,
    /// Whether the writer is inside the mark of a footnote.
    mark: bool,
    /// The address of the open link, and the start of its text in the paragraph.
    link: Option<(String, usize)>,
    /// Whether the last text was an address.
    said_address: bool,
}

impl Lines {
    fn inline(&mut self) -> &mut String {
        // The root stays open until the end.
        if self.stack.is_empty() {
            self.stack.push(Frame::new(Kind::Root));
        }
        let last = self.stack.len() - 1;
        &mut self.stack[last].inline
    }

    fn words(&mut self, escaped: &str) {
        self.set_off(escaped);
        let code = self.code;
        let inline = self.inline();
        let mut rest = escaped;
        loop {
            // Most characters stand for themselves.
            let special = |b: u8| b == b'&' || (!code && b.is_ascii_whitespace());
            let plain = rest.bytes().position(special).unwrap_or(rest.len());
            inline.push_str(&rest[..plain]);
            rest = &rest[plain..];
            if rest.is_empty() {
                break;
            }
            let (c, length) = unescape(rest);
            rest = &rest[length..];
            if code || !c.is_ascii_whitespace() {
                inline.push(c);
                continue;
            }
            let next = rest.trim_start_matches(|c: char| c.is_ascii_whitespace()).chars().next();
            // Raw HTML is shown as text and keeps its line breaks, so they may remain between CJK characters.
            let joined = c == '\n'
                && matches!((inline.chars().next_back(), next), (Some(last), Some(next)) if joins(last, next));
            if !joined && !inline.is_empty() && !inline.ends_with([' ', '\n']) {
                inline.push(' ');
            }
        }
    }

    fn tag(&mut self, tag: &str) {
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        match name {
            "p" | "/p" | "/div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "/h1" | "/h2" | "/h3" | "/h4"
            | "/h5" | "/h6" => self.flush(),
            "br" => {
                let inline = self.inline();
                inline.truncate(inline.trim_end_matches(' ').len());
                inline.push('\n');
            }
            "hr" => {
                self.flush();
                self.block(vec!["* * *".into()]);
            }
            "pre" => {
                self.flush();
                self.code = true;
            }
            "/pre" => self.end_code(),
            "blockquote" => self.open(Kind::Quote),
            "ul" => self.open(Kind::List(None)),
            "ol" if attributes.contains("class=\"notes\"") => self.open(Kind::Notes(1)),
            "ol" => {
                let first = attribute(attributes, "start").and_then(|n| n.parse().ok());
                self.open(Kind::List(Some(first.unwrap_or(1))));
            }
            "li" => self.open(Kind::Item),
            "table" => self.open(Kind::Table),
            "tr" => self.open(Kind::Row),
            "/th" | "/td" => self.inline().push('\u{1f}'),
            "/blockquote" | "/ul" | "/ol" | "/li" | "/table" | "/tr" => self.close(),
            "del" | "/del" => self.inline().push_str("~~"),
            "sup" => {
                self.mark = true;
                self.inline().push('[');
            }
            "/sup" => {
                self.mark = false;
                self.inline().push(']');
            }
            "a" => {
                let start = self.inline().len();
                self.link = Some((attribute(attributes, "href").unwrap_or_default(), start));
            }
            "/a" => self.end_link(),
            "img" => self.image(attributes),
            _ => {}
        }
    }

    fn open(&mut self, kind: Kind) {
        self.flush();
        self.stack.push(Frame::new(kind));
    }

    /// Ends the current paragraph.
    fn flush(&mut self) {
        let inline = std::mem::take(self.inline());
        let paragraph: Vec<String> = inline.trim().lines().map(|l| l.trim().to_owned()).collect();
        if !paragraph.is_empty() {
            self.block(paragraph);
        }
    }

    /// Adds finished lines to the enclosing block.
    fn block(&mut self, lines: Vec<String>) {
        let Some(frame) = self.stack.last_mut() else { return };
        let listed = frame.kind == Kind::Item && lines.first().is_some_and(|l| is_item(l));
        let tight = listed || matches!(frame.kind, Kind::List(_) | Kind::Notes(_) | Kind::Table);
        if !tight && !frame.lines.is_empty() {
            frame.lines.push(String::new());
        }
        frame.lines.extend(lines);
    }

    /// Ends the innermost block.
    fn close(&mut self) {
        if self.stack.len() < 2 {
            return;
        }
        let row = self.stack.last().is_some_and(|f| f.kind == Kind::Row);
        if !row {
            self.flush();
        }
        let Some(frame) = self.stack.pop() else { return };
        let deep = self.stack.len() > PLAIN_TEXT_DEPTH;
        let lines = match frame.kind {
            Kind::Row => {
                let cells = frame.inline.trim_end_matches('\u{1f}').split('\u{1f}');
                let cells: Vec<String> = cells.map(|c| c.replace('\n', " ").trim().to_owned()).collect();
                vec![cells.join(" | ").trim_end().to_owned()]
            }
            Kind::Quote if !deep => indented(frame.lines, "> ", "> "),
            Kind::Item => {
                let (mark, rest) = self.mark_of_item(deep);
                indented(frame.lines, &mark, &rest)
            }
            _ => frame.lines,
        };
        if !lines.is_empty() {
            self.block(lines);
        }
    }

    /// The prefixes of the first and of further lines of an item in the innermost list.
    fn mark_of_item(&mut self, deep: bool) -> (String, String) {
        let mark = match self.stack.last_mut().map(|f| &mut f.kind) {
            Some(Kind::List(Some(number))) => {
                let mark = format!("{number}. ");
                *number = number.saturating_add(1);
                mark
            }
            Some(Kind::Notes(number)) => {
                let mark = format!("[{number}] ");
                *number += 1;
                mark
            }
            _ => "- ".to_owned(),
        };
        if deep {
            return (String::new(), String::new());
        }
        let rest = " ".repeat(mark.len());
        (mark, rest)
    }

    fn end_code(&mut self) {
        self.code = false;
        let code = std::mem::take(self.inline());
        // The first line keeps its indent. Empty lines around the code are dropped.
        let code = code.trim_end().trim_start_matches('\n');
        let lines: Vec<String> = code.lines().map(|l| format!("    {l}").trim_end().to_owned()).collect();
        if !lines.is_empty() {
            self.block(lines);
        }
    }

    fn end_link(&mut self) {
        let mark = self.mark;
        let Some((address, start)) = self.link.take() else { return };
        let inline = self.inline();
        let start = start.min(inline.len());
        let words = inline.get(start..).unwrap_or_default().trim().to_owned();
        // For a footnote mark and its back link, only the number is kept.
        if mark || address.starts_with('#') {
            if words == "↩" {
                inline.truncate(start);
                inline.truncate(inline.trim_end().len());
            }
            return;
        }
        let shown = address.strip_prefix("mailto:").or(address.strip_prefix("tel:")).unwrap_or(&address);
        if address.is_empty() {
            return;
        }
        if words.is_empty() {
            inline.push_str(shown);
        } else if !set_off(inline, start, shown) {
            inline.extend([" (", &address, ")"]);
        }
        // Programs that find addresses in plain text include all characters up to the next blank.
        self.said_address = true;
    }

    /// Adds a blank between an address and the text after it, if that could be read as part of the address.
    fn set_off(&mut self, escaped: &str) {
        if std::mem::take(&mut self.said_address) && escaped.starts_with(needs_blank) {
            self.inline().push(' ');
        }
    }

    fn image(&mut self, attributes: &str) {
        let words = attribute(attributes, "alt").unwrap_or_default();
        let address = attribute(attributes, "src").unwrap_or_default();
        let shown = match (words.trim(), address.as_str()) {
            (words, "") => words.to_owned(),
            ("", address) => address.to_owned(),
            (words, address) => format!("{words} ({address})"),
        };
        self.inline().push_str(&shown);
    }
}

fn is_item(line: &str) -> bool {
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.starts_with("- ") || (digits.len() < line.len() && digits.starts_with(". "))
}

fn indented(lines: Vec<String>, first: &str, rest: &str) -> Vec<String> {
    let lines = if lines.is_empty() { vec![String::new()] } else { lines };
    let line = |(n, line): (usize, String)| {
        let mark = if n == 0 { first } else { rest };
        format!("{mark}{line}").trim_end().to_owned()
    };
    lines.into_iter().enumerate().map(line).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::fragment::{Everything, Fragment};
    use super::super::{Anchors, outline, render};
    use crate::tests::takes_at_most;

    fn fragment(text: &str) -> Fragment {
        render(text, 0..text.len(), &outline(text), 2, "s", &mut Anchors::default()).fragment
    }

    fn plain(text: &str) -> String {
        fragment(text).lines(&Everything)
    }

    #[test]
    fn paragraphs_lists_and_quotes_keep_their_form() {
        let text = "One\ntwo.  \nthree.\n\n- a\n- b\n  1. c\n  2. d\n\n> q\n>\n> r\n\n## Head\n\n---\n\nend";
        let wanted = "One two.\nthree.\n\n- a\n- b\n  1. c\n  2. d\n\n> q\n>\n> r\n\nHead\n\n* * *\n\nend";
        assert_eq!(plain(text), wanted);
        assert_eq!(plain("3. c\n4. d\n\n   more\n"), "3. c\n4. d\n\n   more");
    }

    #[test]
    fn japanese_has_no_blank_where_a_line_was_broken() {
        assert_eq!(
            plain("注文を\n受け付けています。\nAPI は\n正常です。"),
            "注文を受け付けています。 API は正常です。"
        );
    }

    #[test]
    fn an_address_is_set_off_by_blanks_and_percent_encoded() {
        assert_eq!(plain("詳細はhttps://a.example/xをご覧。"), "詳細は https://a.example/x をご覧。");
        assert_eq!(plain("（https://a.example/x）。"), "（ https://a.example/x ）。");
        assert_eq!(plain("See https://a.example/x."), "See https://a.example/x.");
        assert_eq!(plain("はwww.a.exampleで"), "は www.a.example で");
        assert_eq!(plain("<https://a.example/障>を"), "https://a.example/%E9%9A%9C を");
        assert_eq!(plain("[障](https://a.example/障)を"), "障 (https://a.example/%E9%9A%9C) を");
        assert_eq!(fragment("はhttps://a.example/xを").plain(), "は https://a.example/x を");
    }

    #[test]
    fn links_tables_code_and_notes_are_said_in_signs() {
        assert_eq!(plain("See [it](https://a.example/?a=1&b=2)."), "See it (https://a.example/?a=1&b=2).");
        assert_eq!(plain("<https://a.example/> <a@b.example> [x](#y)"), "https://a.example/ a@b.example x");
        assert_eq!(plain("| a | b |\n| - | -: |\n| `1` | **2** |\n"), "a | b\n1 | 2");
        assert_eq!(plain("```\nx  <y>\n\n  z\n```\n"), "    x  <y>\n\n      z");
        assert_eq!(plain("a ~~b~~ ![c](/c.png)"), "a ~~b~~ c (/c.png)");
        assert_eq!(plain("a[^1] b\n\n[^1]: The note.\n"), "a[1] b\n\n[1] The note.");
    }

    #[test]
    fn deep_nesting_takes_no_longer_than_its_size() {
        takes_at_most(20, || {
            for text in ["> ".repeat(100_000) + "x", "- ".repeat(50_000) + "x", "<".repeat(100_000)] {
                plain(&text);
            }
        });
    }

    /// A strategy for pieces of Markdown in any order.
    fn markdown() -> impl Strategy<Value = String> {
        let pieces = [
            "words ",
            "注文は",
            "。",
            "\n",
            "\n\n",
            "- ",
            "1. ",
            "> ",
            "`code`",
            "```\n",
            "| a | b |\n| - | - |\n",
            "**b** ",
            "~~s~~ ",
            "[t](https://a.example/) ",
            "[^1] ",
            "\n\n[^1]: note\n\n",
            "<b>",
            "&amp; ",
            "   ",
            "# h\n",
            "---\n",
            "![i](/i.png) ",
            "  \n",
            "\\*",
            "😀",
            "<!-- c -->",
        ];
        prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..40).prop_map(|p| p.concat())
    }

    proptest! {
        #[test]
        fn no_word_is_lost_or_moved(text in markdown()) {
            let rendered = render(&text, 0..text.len(), &outline(&text), 2, "s", &mut Anchors::default());
            let lines = rendered.fragment.lines(&Everything);
            let mut shown = lines.chars();
            for c in rendered.fragment.plain().chars().filter(|c| !c.is_whitespace() && *c != '↩') {
                prop_assert!(shown.any(|s| s == c), "{c:?} of {text:?} is not in\n{lines}");
            }
        }

        #[test]
        fn no_line_ends_in_blanks_and_no_text_in_empty_lines(text in markdown()) {
            let lines = plain(&text);
            prop_assert_eq!(lines.trim_end(), lines.as_str());
            prop_assert!(lines.lines().all(|l| l.trim_end() == l), "{:?}", lines);
            prop_assert!(!lines.contains('\u{1f}'), "{:?}", lines);
        }
    }
}
