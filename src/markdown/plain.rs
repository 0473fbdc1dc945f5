//! Writes parsed Markdown as plain text: on several lines with its structure (paragraphs, lists, quotes, code,
//! tables), or on one line.
//!
//! Words and their order stay. Characters replace information that only markup gave, such as the address of a link
//! or struck-out text.

use super::cjk::joins;
use super::fragment::{Element, Fragment, Link, Mark, Piece, Resolve};
use super::tasks::task_mark;
use crate::limits::PLAIN_TEXT_DEPTH;
use crate::url;

impl Fragment {
    /// The text as lines: `- ` and `1.` before items, `> ` before quotes, `a | b` for table rows, links as `text
    /// (https://…)`. It ends without a line break.
    #[must_use]
    pub fn lines(&self, resolve: &dyn Resolve) -> String {
        let mut writer = Lines { stack: vec![Block::new(Kind::Root)], ..Lines::default() };
        for piece in self.pieces() {
            match piece {
                Piece::Words(words) => writer.words(words),
                Piece::Mark(mark) => writer.mark(mark, resolve),
            }
        }
        while writer.stack.len() > 1 {
            writer.close();
        }
        writer.flush();
        writer.stack.pop().map_or_else(String::new, |root| root.lines.join("\n"))
    }

    /// The text on one line, with collapsed blanks. Blanks separate an address from the text around it.
    #[must_use]
    pub fn plain(&self) -> String {
        let mut out = String::new();
        let mut link: Option<(&str, usize)> = None;
        let mut is_after_address = false;
        for piece in self.pieces() {
            match piece {
                Piece::Words(words) => {
                    if std::mem::take(&mut is_after_address) && words.starts_with(needs_blank) {
                        push_collapsed(&mut out, " ");
                    }
                    push_collapsed(&mut out, words);
                }
                Piece::Mark(Mark::Link(to)) => {
                    link = if let Link::Outside(address) = &**to { Some((address, out.len())) } else { None };
                }
                Piece::Mark(Mark::EndLink) => {
                    is_after_address =
                        link.take().is_some_and(|(address, from)| set_off(&mut out, from, address));
                }
                Piece::Mark(Mark::NoteNumber(number, _)) => out.push_str(&number.to_string()),
                Piece::Mark(Mark::Task(is_done)) => out.extend([task_mark(*is_done), " "]),
                Piece::Mark(mark) if mark.ends_a_line() => push_collapsed(&mut out, " "),
                Piece::Mark(_) => {}
            }
        }
        out.truncate(out.trim_end().len());
        out
    }
}

impl Mark {
    /// Whether the text after the mark begins on another line, or in another cell.
    fn ends_a_line(&self) -> bool {
        use Element::{Bullets, Code, Emphasis, Notes, Numbers, Quote, Strong, Struck};
        match self {
            Mark::LineBreak | Mark::EndHeading(_) => true,
            Mark::End(element) => {
                !matches!(element, Emphasis | Strong | Struck | Code | Quote | Bullets | Numbers(_) | Notes)
            }
            _ => false,
        }
    }
}

fn push_collapsed(out: &mut String, words: &str) {
    for c in words.chars() {
        if !c.is_whitespace() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
}

/// Whether the text of a link is its address.
fn is_address(words: &str, address: &str) -> bool {
    words == address
        || url::encoded(words) == address
        || (words.starts_with("www.") && address.strip_prefix("http://") == Some(&*url::encoded(words)))
}

/// If the text of a link from a byte on is its address, separates it from the text before it and encodes it.
/// Returns whether it is.
fn set_off(out: &mut String, from: usize, address: &str) -> bool {
    let words = out.get(from..).unwrap_or_default().to_owned();
    if !is_address(words.trim(), address) {
        return false;
    }
    out.truncate(from);
    out.push_str(if out.chars().next_back().is_some_and(needs_blank) { " " } else { "" });
    out.push_str(if words.starts_with("www.") { &words } else { address });
    true
}

/// Whether a character beside an address could be read as part of it.
fn needs_blank(c: char) -> bool {
    c.is_alphanumeric() || (!c.is_ascii() && !c.is_whitespace())
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
struct Block {
    kind: Kind,
    lines: Vec<String>,
    /// The current paragraph.
    inline: String,
}

impl Block {
    fn new(kind: Kind) -> Block {
        Block { kind, lines: Vec::new(), inline: String::new() }
    }
}

#[derive(Default)]
struct Lines {
    stack: Vec<Block>,
    /// Whether the writer is inside a block of code, where every blank counts.
    is_code: bool,
    /// The address of the open link, and the start of its text in the paragraph.
    link: Option<(String, usize)>,
    is_after_address: bool,
}

impl Lines {
    fn inline(&mut self) -> &mut String {
        // The root stays open until the end.
        if self.stack.is_empty() {
            self.stack.push(Block::new(Kind::Root));
        }
        let last = self.stack.len() - 1;
        &mut self.stack[last].inline
    }

    fn words(&mut self, words: &str) {
        // Programs that find addresses in plain text include all characters up to the next blank.
        if std::mem::take(&mut self.is_after_address) && words.starts_with(needs_blank) {
            self.inline().push(' ');
        }
        if self.is_code {
            self.inline().push_str(words);
            return;
        }
        let inline = self.inline();
        let mut rest = words;
        while let Some(at) = rest.find(|c: char| c.is_ascii_whitespace()) {
            inline.push_str(&rest[..at]);
            let is_line_end = rest[at..].starts_with('\n');
            rest = &rest[at + 1..];
            let next = rest.trim_start_matches(|c: char| c.is_ascii_whitespace()).chars().next();
            // Raw HTML is shown as text and keeps its line breaks, so they may remain between CJK characters.
            let is_joined = is_line_end
                && matches!((inline.chars().next_back(), next), (Some(last), Some(next)) if joins(last, next));
            if !is_joined && !inline.is_empty() && !inline.ends_with([' ', '\n']) {
                inline.push(' ');
            }
        }
        inline.push_str(rest);
    }

    fn mark(&mut self, mark: &Mark, resolve: &dyn Resolve) {
        match mark {
            Mark::Words(_) => {}
            Mark::Heading(..) | Mark::EndHeading(_) => self.flush(),
            Mark::Start(element) => self.start(*element),
            Mark::End(element) => self.end(*element),
            Mark::Task(is_done) => self.inline().extend([task_mark(*is_done), " "]),
            Mark::LineBreak => {
                let inline = self.inline();
                inline.truncate(inline.trim_end_matches(' ').len());
                inline.push('\n');
            }
            Mark::Rule => {
                self.flush();
                self.block(vec!["* * *".into()]);
            }
            Mark::Link(link) => {
                let address = match &**link {
                    Link::Outside(address) => Some(address.clone()),
                    Link::Inside(target) => resolve.address(target),
                    Link::Refused => None,
                };
                let start = self.inline().len();
                self.link = address.map(|address| (address, start));
            }
            Mark::EndLink => self.end_link(),
            Mark::Image(image) => {
                let address = resolve.address(&image.0).unwrap_or_default();
                let shown = match (image.1.trim(), address.as_str()) {
                    (words, "") => words.to_owned(),
                    ("", address) => address.to_owned(),
                    (words, address) => format!("{words} ({address})"),
                };
                self.inline().push_str(&shown);
            }
            Mark::NoteNumber(number, _) => self.inline().extend(["[", &number.to_string(), "]"]),
        }
    }

    fn start(&mut self, element: Element) {
        match element {
            Element::Paragraph => self.flush(),
            Element::CodeBlock => {
                self.flush();
                self.is_code = true;
            }
            Element::Quote => self.open(Kind::Quote),
            Element::Bullets => self.open(Kind::List(None)),
            Element::Numbers(first) => self.open(Kind::List(Some(first))),
            Element::Notes => self.open(Kind::Notes(1)),
            Element::Item | Element::TaskItem | Element::Note(_) => self.open(Kind::Item),
            Element::Table => self.open(Kind::Table),
            Element::TableHead | Element::TableRow => self.open(Kind::Row),
            Element::Struck => self.inline().push_str("~~"),
            Element::Cell { .. } | Element::Emphasis | Element::Strong | Element::Code => {}
        }
    }

    fn end(&mut self, element: Element) {
        match element {
            Element::Paragraph => self.flush(),
            Element::CodeBlock => self.end_code(),
            Element::Quote
            | Element::Bullets
            | Element::Numbers(_)
            | Element::Notes
            | Element::Item
            | Element::TaskItem
            | Element::Note(_)
            | Element::Table
            | Element::TableHead
            | Element::TableRow => self.close(),
            Element::Cell { .. } => self.inline().push('\u{1f}'),
            Element::Struck => self.inline().push_str("~~"),
            Element::Emphasis | Element::Strong | Element::Code => {}
        }
    }

    fn open(&mut self, kind: Kind) {
        self.flush();
        self.stack.push(Block::new(kind));
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
        let Some(block) = self.stack.last_mut() else { return };
        let listed = block.kind == Kind::Item && lines.first().is_some_and(|l| is_item(l));
        let tight = listed || matches!(block.kind, Kind::List(_) | Kind::Notes(_) | Kind::Table);
        if !tight && !block.lines.is_empty() {
            block.lines.push(String::new());
        }
        block.lines.extend(lines);
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
        let Some(block) = self.stack.pop() else { return };
        let deep = self.stack.len() > PLAIN_TEXT_DEPTH;
        let lines = match block.kind {
            Kind::Row => {
                let cells = block.inline.trim_end_matches('\u{1f}').split('\u{1f}');
                let cells: Vec<String> = cells.map(|c| c.replace('\n', " ").trim().to_owned()).collect();
                vec![cells.join(" | ").trim_end().to_owned()]
            }
            Kind::Quote if !deep => indented(block.lines, "> ", "> "),
            Kind::Item => {
                let (mark, rest) = self.mark_of_item(deep);
                indented(block.lines, &mark, &rest)
            }
            _ => block.lines,
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
        self.is_code = false;
        let code = std::mem::take(self.inline());
        // The first line keeps its indent. Empty lines around the code are dropped.
        let code = code.trim_end().trim_start_matches('\n');
        let lines: Vec<String> = code.lines().map(|l| format!("    {l}").trim_end().to_owned()).collect();
        if !lines.is_empty() {
            self.block(lines);
        }
    }

    fn end_link(&mut self) {
        let Some((address, start)) = self.link.take() else { return };
        let inline = self.inline();
        let words = inline.get(start..).unwrap_or_default().trim().to_owned();
        let shown = address.strip_prefix("mailto:").or(address.strip_prefix("tel:")).unwrap_or(&address);
        // In plain text, a place on the same page has no address.
        if address.is_empty() || address.starts_with('#') {
            return;
        }
        if words.is_empty() {
            inline.push_str(shown);
        } else if !set_off(inline, start, shown) {
            inline.extend([" (", &address, ")"]);
        }
        self.is_after_address = true;
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
    use crate::tests::{takes_at_most, text_of};

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

    fn markdown() -> impl Strategy<Value = String> {
        let pieces = "\
            words␣ 注文は 。 \n \n\n -␣ 1.␣ >␣ `code` ```\n |␣a␣|␣b␣|\n|␣-␣|␣-␣|\n **b**␣ ~~s~~␣ \
            [t](https://a.example/)␣ [^1]␣ \n\n[^1]:␣note\n\n <b> &amp;␣ ␣␣␣ #␣h\n ---\n ![i](/i.png)␣ \
            ␣␣\n \\* 😀 <!--␣c␣-->";
        text_of(pieces, 40)
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
