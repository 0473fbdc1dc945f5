//! Words that were written for another program → Markdown that our format takes as the words of an entry.
//!
//! Nothing in the result is structure by accident, and no word is lost without a note. What our parser
//! still refuses stands in a code block, word for word.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::Severity;
use crate::document::body;
use crate::markdown::{self, Span, SpanKind};
use crate::source::Folder;
use crate::text;

/// What was changed in a way that may have lost something.
#[derive(Clone, Debug)]
pub struct Note {
    /// Bytes of the words as they were.
    pub range: Range<usize>,
    /// What stood there.
    pub message: String,
    /// What was made of it.
    pub made: String,
}

/// Where an address of the old site leads on the new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leads {
    /// To the same place.
    Keep,
    /// To another address.
    To(String),
    /// The words stay, without a link.
    Nowhere,
}

/// Says where an address leads, and is told whether it is an image's.
type Lead<'l> = &'l dyn Fn(&str, bool) -> Leads;

/// Markdown with raw HTML and Hugo's shortcodes.
#[must_use]
pub fn from_markdown(written: &str, lead: Lead<'_>) -> (String, Vec<Note>) {
    let mut notes = Vec::new();
    let clean = normal(written);
    // Asked again about an address that it gave itself, it would not know it.
    let given: RefCell<Vec<String>> = RefCell::default();
    let asked = |address: &str, image: bool| {
        if given.borrow().iter().any(|known| known == address) {
            return Leads::Keep;
        }
        let leads = lead(address, image);
        if let Leads::To(new) = &leads {
            given.borrow_mut().push(new.clone());
        }
        leads
    };
    let lead: Lead<'_> = &asked;
    let text = shortcodes(&clean, lead, &mut notes);
    let mut edits = Edits { text: &text, lead, made: Vec::new(), notes: &mut notes, anchors: Vec::new() };
    edits.all();
    let mut made = edits.apply();
    // Taking one thing away can make another appear; twice is enough for all that people write.
    let mut again = Vec::new();
    let mut second = Edits { text: &made, lead, made: Vec::new(), notes: &mut again, anchors: Vec::new() };
    second.all();
    made = second.apply();
    made = lines(&made, &mut notes);
    if let Some(code) = fault(&made) {
        let message = format!("the words cannot stand as they are ({code})");
        let kept = "put in a code block, word for word: make text of it".to_owned();
        notes.push(Note { range: 0..written.len(), message, made: kept });
        made = verbatim(&clean);
    }
    (made, notes)
}

/// A fragment of HTML.
#[must_use]
pub fn from_html(html: &str, lead: Lead<'_>) -> (String, Vec<Note>) {
    let mut lost = Vec::new();
    let markdown = converted(&normal(html), 0..html.len(), &mut lost);
    let (made, notes) = from_markdown(&markdown, lead);
    // Places in what lies between say nothing about the source.
    lost.extend(notes.into_iter().map(|note| Note { range: 0..html.len(), ..note }));
    (made, lost)
}

/// All of a text in a code block that nothing in it can end.
#[must_use]
pub fn verbatim(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}\n{}\n{fence}\n", normal(text).trim_matches('\n'))
}

fn normal(text: &str) -> String {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    text::clean(&text).into_owned()
}

/// `{{< relref "x.md" >}}` becomes the address it names; all others stay as text.
fn shortcodes(text: &str, lead: Lead<'_>, notes: &mut Vec<Note>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(open) = text[at..].find("{{").map(|n| n + at) {
        let Some(close) = text[open..].find("}}").map(|n| open + n + 2) else { break };
        out.push_str(&text[at..open]);
        at = close;
        let inner = text[open + 2..close - 2].trim_matches(|c: char| "<>%/".contains(c) || c.is_whitespace());
        let (name, rest) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
        let value = rest.trim().trim_matches(['"', '\'', '`']);
        let note = |message: String, made: &str| Note { range: open..close, message, made: made.to_owned() };
        match name {
            "relref" | "ref" => match lead(value, false) {
                Leads::Keep => out.push_str(value),
                Leads::To(address) => out.push_str(&address),
                // No link leads to a blank; the link that stands around it loses it below.
                Leads::Nowhere => {
                    notes.push(note(
                        format!("`{name}` to `{value}`, which is not there"),
                        "words without a link",
                    ));
                    out.push_str("nowhere:");
                }
            },
            "track" | "htrack" => out.push_str(value),
            _ => {
                notes.push(note(format!("the shortcode `{name}` does nothing here"), "left as text"));
                out.push_str(&text[open..close].replace('<', "\\<"));
            }
        }
    }
    out.push_str(&text[at..]);
    out
}

struct Edits<'t, 'l, 'n> {
    text: &'t str,
    lead: Lead<'l>,
    made: Vec<(Range<usize>, String)>,
    notes: &'n mut Vec<Note>,
    /// What each open `<a>` ends with.
    anchors: Vec<String>,
}

impl Edits<'_, '_, '_> {
    fn note(&mut self, range: Range<usize>, message: impl Into<String>, made: impl Into<String>) {
        self.notes.push(Note { range, message: message.into(), made: made.into() });
    }

    fn all(&mut self) {
        for Span { range, kind } in markdown::spans(self.text) {
            match kind {
                SpanKind::Heading(level, words, atx) => self.heading(range, level, &words, atx),
                SpanKind::HtmlBlock => self.block(range),
                SpanKind::InlineHtml(tight) => self.inline(range, tight),
                SpanKind::Link { address, words, image, bare } => {
                    self.link(range, &address, words, image, bare);
                }
                SpanKind::Code => self.code(range),
            }
        }
    }

    /// Where edits lie in one another, the outer one wins unless it only touches its own ends.
    fn apply(mut self) -> String {
        self.made.sort_by(|a, b| {
            (a.0.start, std::cmp::Reverse(a.0.end)).cmp(&(b.0.start, std::cmp::Reverse(b.0.end)))
        });
        let mut out = String::with_capacity(self.text.len() + 64);
        let mut at = 0;
        for (range, new) in self.made {
            if range.start < at {
                continue;
            }
            out.push_str(&self.text[at..range.start]);
            out.push_str(&new);
            at = range.end;
        }
        out.push_str(&self.text[at..]);
        out
    }

    /// `##` is structure, so headings of words are smaller; those that are small enough stay.
    fn heading(&mut self, range: Range<usize>, level: u8, words: &Range<usize>, atx: bool) {
        let whole = &self.text[range.clone()];
        if level >= 3 && atx {
            return;
        }
        let marks = "#".repeat(usize::from(level.max(1)) + if level == 1 { 2 } else { 1 });
        if atx {
            let start = range.start + (whole.len() - whole.trim_start().len());
            self.made.push((start..start + usize::from(level), marks));
        } else {
            let inner = &self.text[words.clone()];
            let line = inner.split_whitespace().collect::<Vec<_>>().join(" ");
            let indent = range.start..words.start.max(range.start);
            if inner.contains('\n') {
                self.made.push((range, format!("{marks} {line}\n")));
            } else {
                self.made.push((indent, format!("{marks} ")));
                self.made.push((words.end..range.end, "\n".into()));
            }
        }
    }

    /// An open fence would swallow whatever comes after the words.
    fn code(&mut self, range: Range<usize>) {
        let block = &self.text[range.clone()];
        let mark = block.trim_start_matches(['>', ' ']).chars().next().filter(|c| matches!(c, '`' | '~'));
        let (Some(mark), true) = (mark, block.contains('\n') || range.end == self.text.len()) else { return };
        let fence: String = block.trim_start_matches(['>', ' ']).chars().take_while(|c| *c == mark).collect();
        let last = block.trim_end().rsplit('\n').next().unwrap_or("").trim_start_matches(['>', ' ', '\t']);
        let closed =
            block.trim_end().contains('\n') && last.len() >= fence.len() && last.chars().all(|c| c == mark);
        if fence.len() >= 3 && !closed && range.end == self.text.len() {
            let line = if block.ends_with('\n') { "" } else { "\n" };
            self.made.push((range.end..range.end, format!("{line}{fence}\n")));
        }
    }

    fn block(&mut self, range: Range<usize>) {
        let html = &self.text[range.clone()];
        let bare = html.trim();
        if bare.starts_with("<!--") && bare.ends_with("-->") && bare.matches("<!--").count() == 1 {
            if is_clipboard(bare) {
                self.made.push((range, String::new()));
            }
            return;
        }
        let made = if bare.starts_with("<!--") && !bare.contains("-->") {
            self.note(range.clone(), "a comment that never ends", "text");
            html.replacen("<!--", "\\<!--", 1)
        } else {
            converted(html, range.clone(), self.notes)
        };
        self.made.push((range, format!("\n{}\n\n", made.trim_matches('\n'))));
    }

    fn inline(&mut self, range: Range<usize>, tight: bool) {
        let tag = self.text[range.clone()].to_owned();
        if tag.starts_with("<!--") {
            if is_clipboard(&tag) {
                self.made.push((range, String::new()));
            }
            return;
        }
        let name: String =
            tag.trim_start_matches(['<', '/']).chars().take_while(char::is_ascii_alphanumeric).collect();
        let closes = tag.starts_with("</");
        let new = match name.to_ascii_lowercase().as_str() {
            "br" => {
                let mut end = range.end;
                if self.text[end..].starts_with('\n') {
                    end += 1;
                }
                let new = if tight { " " } else { "\\\n" };
                // At the end of a paragraph there is nothing to break.
                let rest = self.text[end..].trim_start_matches([' ', '\t']);
                let new = if rest.is_empty() || rest.starts_with('\n') { "\n" } else { new };
                self.made.push((range.start..end, new.into()));
                return;
            }
            "b" | "strong" => "**".to_owned(),
            "i" | "em" | "cite" => "*".into(),
            "s" | "strike" | "del" => "~~".into(),
            "code" | "tt" | "kbd" | "samp" => "`".into(),
            "p" | "div" | "hr" | "ul" | "ol" | "center" if !tight => "\n\n".into(),
            "li" if !tight => {
                if closes {
                    String::new()
                } else {
                    "\n* ".into()
                }
            }
            "a" => self.anchor(&tag, closes),
            "img" => self.picture(&tag),
            "script" | "style" | "iframe" | "object" | "embed" | "form" | "input" | "button" => {
                self.note(range.clone(), format!("`<{name}>`"), "left out; the words around it stay");
                String::new()
            }
            "u" | "font" | "span" | "small" | "big" | "sup" | "sub" | "ins" | "mark" | "abbr" | "label"
            | "time" | "p" | "div" | "center" | "li" | "ul" | "ol" | "hr" | "q" | "var" | "wbr" | "nobr"
            | "section" | "article" | "details" | "summary" | "figure" | "blockquote" | "table" | "tr"
            | "td" | "th" | "tbody" | "thead" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "pre"
            | "picture" | "source" => String::new(),
            _ => {
                self.note(range.clone(), format!("`{tag}` is no tag that is known"), "text");
                format!("\\{tag}")
            }
        };
        self.made.push((range, new));
    }

    fn anchor(&mut self, tag: &str, closes: bool) -> String {
        if closes {
            return self.anchors.pop().unwrap_or_default();
        }
        let address = attribute(tag, "href").unwrap_or_default();
        let (open, close) = match self.target(&address, false) {
            Some(address) => ("[", format!("](<{}>)", address.replace(['<', '>', '\n'], ""))),
            None => ("", String::new()),
        };
        self.anchors.push(close);
        open.to_owned()
    }

    fn picture(&mut self, tag: &str) -> String {
        let alt = attribute(tag, "alt").unwrap_or_default().replace(['[', ']', '\n'], " ");
        let address = attribute(tag, "src").unwrap_or_default();
        picture(&alt, &address, self.lead)
    }

    fn link(&mut self, range: Range<usize>, address: &str, words: Range<usize>, image: bool, bare: bool) {
        let label = self.text[words.clone()].to_owned();
        if image {
            let new = picture(&label, address, self.lead);
            if new != self.text[range.clone()]
                && !matches!((self.lead)(address, true), Leads::Keep if !is_foreign(address))
            {
                if is_foreign(address) {
                    self.note(
                        range.clone(),
                        format!("the picture `{address}` is not the site's own"),
                        "a link to it",
                    );
                } else if new == label {
                    self.note(
                        range.clone(),
                        format!("the picture `{address}` is not there"),
                        "its words alone",
                    );
                }
                self.made.push((range, new));
            }
            return;
        }
        if bare && !is_dangerous(address) {
            return;
        }
        match self.target(address, false) {
            Some(same) if same == address => {}
            Some(new) => {
                // The words may hold what is edited by itself: only the ends are touched.
                self.made.push((range.start..words.start, "[".into()));
                self.made.push((words.end..range.end, format!("](<{}>)", new.replace(['<', '>'], ""))));
            }
            None => {
                let told =
                    if address.starts_with("nowhere:") { String::new() } else { format!(" ({address})") };
                if !told.is_empty() {
                    self.note(
                        range.clone(),
                        format!("a link to `{address}`, which is not there"),
                        "words, and the address behind them",
                    );
                }
                let told = escaped(&told);
                if words.start >= words.end {
                    self.made.push((range, told));
                    return;
                }
                self.made.push((range.start..words.start, String::new()));
                self.made.push((words.end..range.end, told));
            }
        }
    }

    fn target(&self, address: &str, image: bool) -> Option<String> {
        if is_dangerous(address) || address.trim().is_empty() {
            return None;
        }
        match (self.lead)(address, image) {
            Leads::Keep => Some(address.to_owned()),
            Leads::To(new) => Some(new),
            Leads::Nowhere => None,
        }
    }
}

/// A picture of the site's own, a link to a foreign one, or its words.
fn picture(alt: &str, address: &str, lead: Lead<'_>) -> String {
    let alt_or = |other: &str| if alt.trim().is_empty() { other.to_owned() } else { alt.to_owned() };
    if is_dangerous(address) || address.trim().is_empty() {
        return alt.to_owned();
    }
    if is_foreign(address) {
        return format!("[{}](<{}>)", alt_or("picture"), address.replace(['<', '>'], ""));
    }
    match lead(address, true) {
        Leads::Keep => format!("![{alt}](<{}>)", address.replace(['<', '>'], "")),
        Leads::To(new) => format!("![{alt}](<{}>)", new.replace(['<', '>'], "")),
        Leads::Nowhere => alt.to_owned(),
    }
}

fn is_foreign(address: &str) -> bool {
    let lower = address.trim().to_ascii_lowercase();
    lower.starts_with("http://") || lower.starts_with("https://") || lower.starts_with("//")
}

/// Schemes that no link of ours may have; an address without one has none.
fn is_dangerous(address: &str) -> bool {
    let plain: String = address.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let Some((scheme, _)) = plain.split_once(':') else { return plain.starts_with("//") };
    let is_scheme = !scheme.contains(['/', '?', '#']);
    is_scheme && !["http", "https", "mailto", "tel"].contains(&scheme.to_ascii_lowercase().as_str())
}

/// What text editors and clipboards leave behind.
fn is_clipboard(comment: &str) -> bool {
    ["<!--StartFragment-->", "<!--EndFragment-->"].contains(&comment.trim())
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let at = lower.match_indices(name).find(|(at, _)| {
        let before = lower.as_bytes().get(at.wrapping_sub(1)).copied();
        before.is_some_and(|b| b.is_ascii_whitespace() || b == b'"' || b == b'\'')
            && lower[at + name.len()..].trim_start().starts_with('=')
    })?;
    let value = tag[at.0 + name.len()..].trim_start().strip_prefix('=')?.trim_start();
    let value = match value.chars().next()? {
        q @ ('"' | '\'') => value[1..].split(q).next()?,
        _ => value.split([' ', '>', '\n', '\t']).next()?,
    };
    Some(value.replace("&amp;", "&"))
}

/// Signs that could begin markup, as text.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_[]<>~|!#&".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// HTML → Markdown by the library; what it would show and nobody ever saw is left out first.
fn converted(html: &str, range: Range<usize>, notes: &mut Vec<Note>) -> String {
    let mut html = html.to_owned();
    for name in ["script", "style"] {
        while let Some((from, to)) = element(&html, name) {
            notes.push(Note {
                range: range.clone(),
                message: format!("a `<{name}>`"),
                made: "left out: nobody saw it as words".into(),
            });
            html.replace_range(from..to, "");
        }
    }
    // The library walks the tree by calling itself.
    if depth(&html) > 100 {
        notes.push(Note {
            range,
            message: "HTML in HTML, a hundred deep".into(),
            made: "its words alone".into(),
        });
        return escaped(&without_tags(&html));
    }
    let options = htmd::options::Options {
        br_style: htmd::options::BrStyle::Backslash,
        ..htmd::options::Options::default()
    };
    let converter = htmd::HtmlToMarkdown::builder().options(options).build();
    let mut made = converter.convert(&html).unwrap_or_else(|_| escaped(&without_tags(&html)));
    // Two breaks, or one at the end of a paragraph, were a blank line.
    while made.contains("\\\n\\\n") || made.contains("\\\n\n") {
        made = made.replace("\\\n\\\n", "\n\n").replace("\\\n\n", "\n\n");
    }
    made
}

/// The first element of a name, to its end or the end of all.
fn element(html: &str, name: &str) -> Option<(usize, usize)> {
    let lower = html.to_ascii_lowercase();
    let open = format!("<{name}");
    let from = lower
        .match_indices(&open)
        .map(|(at, _)| at)
        .find(|at| lower.as_bytes().get(at + open.len()).is_none_or(|b| !b.is_ascii_alphanumeric()))?;
    let close = format!("</{name}");
    let to = lower[from..].find(&close).map_or(html.len(), |at| {
        let at = from + at;
        lower[at..].find('>').map_or(html.len(), |end| at + end + 1)
    });
    Some((from, to))
}

/// The most elements that are open at once, if each needs its end.
fn depth(html: &str) -> usize {
    let (mut now, mut most) = (0_usize, 0);
    for (at, _) in html.match_indices('<') {
        match html.as_bytes().get(at + 1) {
            Some(b'/') => now = now.saturating_sub(1),
            Some(b) if b.is_ascii_alphabetic() => {
                let void = ["<br", "<hr", "<img", "<input", "<wbr"]
                    .iter()
                    .any(|v| html.get(at..at + v.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(v)));
                now += usize::from(!void);
                most = most.max(now);
            }
            _ => {}
        }
    }
    most
}

fn without_tags(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        let Some(close) = rest[open..].find('>') else {
            out.push_str(&rest[open..]);
            return out;
        };
        out.push(' ');
        rest = &rest[open + close + 1..];
    }
    out.push_str(rest);
    out
}

/// Lines that our parser would stop at: conflict markers, and what nearly is an update.
fn lines(text: &str, notes: &mut Vec<Note>) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let conflict = ["<<<<<<<", "=======", ">>>>>>>"].iter().any(|mark| line.starts_with(mark));
        out.push_str(if conflict { "\\" } else { "" });
        out.push_str(line);
    }
    let near = near_lines(&out);
    if near.is_empty() {
        return out;
    }
    let mut made = String::with_capacity(out.len() + 16);
    let mut at = 0;
    for line in out.split_inclusive('\n') {
        if near.iter().any(|n| (at..at + line.len()).contains(n)) {
            let words = line.trim().trim_start_matches(['#', '＃', '>', '-', '+', '*', ' ']);
            let message = format!("`{}` reads like an update", line.trim());
            notes.push(Note { range: 0..0, message, made: "an item of a list among the words".into() });
            let _ = write!(made, "\n* {words}\n\n");
        } else {
            made.push_str(line);
        }
        at += line.len();
    }
    made
}

const BEFORE: &str = "## update 2026-11-20 10:00\n\n";

/// What our parser says of the words: where they stand, and its code.
fn faults(words: &str) -> Vec<(Option<usize>, &'static str)> {
    let file: Arc<str> = "words".into();
    let mut all = Vec::new();
    for before in ["", BEFORE] {
        let text: Arc<str> = format!("{before}{words}\n").into();
        for folder in [Folder::Incidents, Folder::Maintenance] {
            let mut found = Vec::new();
            let parsed = body::parse(&file, &text, 0, folder, &mut found);
            let at = |d: &crate::diagnostic::Diagnostic| {
                d.place.range.as_ref().and_then(|range| range.start.checked_sub(before.len()))
            };
            all.extend(found.iter().filter(|d| d.severity == Severity::Error).map(|d| (at(d), d.code)));
            if parsed.updates.len() != usize::from(!before.is_empty()) || !parsed.sections.is_empty() {
                all.push((None, "update/near-heading"));
            }
        }
    }
    all
}

fn fault(words: &str) -> Option<&'static str> {
    faults(words).first().map(|(_, code)| *code)
}

fn near_lines(words: &str) -> Vec<usize> {
    faults(words)
        .into_iter()
        .filter(|(_, code)| *code == "update/near-heading")
        .filter_map(|(at, _)| at)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keep(_: &str, _: bool) -> Leads {
        Leads::Keep
    }

    fn made(text: &str) -> String {
        from_markdown(text, &keep).0.trim().to_owned()
    }

    #[test]
    fn structure_by_accident_becomes_words() {
        for (text, wanted) in [
            ("# A\n\n## FAQ\n\n### b\n", "### A\n\n### FAQ\n\n### b"),
            ("A *b*\n===\n\nC\n---\n\nd\n", "### A *b*\n\n### C\n\nd"),
            ("## resolved 2021-03-04 10:00\n\nx", "* resolved 2021-03-04 10:00\n\n\nx"),
            ("**Resolved** 2021-03-04 10:00\n\nx", "* Resolved** 2021-03-04 10:00\n\n\nx"),
            ("```\nnever\n", "```\nnever\n```"),
            ("a\n\n---\n\nb\n", "a\n\n---\n\nb"),
            ("x\n<<<<<<< HEAD\n", "x\n\\<<<<<<< HEAD"),
        ] {
            assert_eq!(made(text), wanted, "{text}");
        }
    }

    #[test]
    fn html_becomes_markdown_where_it_has_a_form() {
        for (text, wanted) in [
            ("a<br>b<br/>\nc", "a\\\nb\\\nc"),
            ("a <b>b</b> <i>c</i> <strike>d</strike> <u>e</u>", "a **b** *c* ~~d~~ e"),
            (
                "<font color=red>hot</font> <a href=\"https://a.example/?b&amp;c\">x</a>",
                "hot [x](<https://a.example/?b&c>)",
            ),
            ("<div>\n<p>One <strong>two</strong></p>\n<ul><li>x</li></ul>\n</div>\n", "One **two**\n\n*   x"),
            ("<!--StartFragment-->a<!--EndFragment-->", "a"),
            ("a <!-- hidden --> b", "a <!-- hidden --> b"),
            ("`<b>` stays", "`<b>` stays"),
            ("a <blink>b</blink>", "a \\<blink>b\\</blink>"),
            ("<script>\nalert(1)\n</script>\n\nx", "x"),
            ("a <script>b</script>", "a b"),
            ("a\n\n<!-- never closed\nb\n", "a\n\n\n\\<!-- never closed\nb"),
        ] {
            assert_eq!(made(text), wanted, "{text}");
        }
        let html = "<p>We are <b>looking</b>.<br />Soon.</p><ul><li>a</li><li><a href=\"/x\">b</a></li></ul>";
        let (made, _) = from_html(html, &|_, _| Leads::Nowhere);
        assert_eq!(made.trim(), "We are **looking**.\\\nSoon.\n\n*   a\n*   b (/x)");
    }

    #[test]
    fn links_lead_where_the_new_site_says() {
        let lead = |address: &str, image: bool| match address {
            "old.md" => Leads::To("/issues/old/".into()),
            "/here.png" if image => Leads::Keep,
            _ if address.starts_with("https:") => Leads::Keep,
            _ => Leads::Nowhere,
        };
        for (text, wanted) in [
            ("[a *b*](old.md)", "[a *b*](</issues/old/>)"),
            ("[a][r]\n\n[r]: old.md\n", "[a](</issues/old/>)\n\n[r]: old.md"),
            ("[a](gone.md)", "a (gone.md)"),
            ("[a]({{< relref \"old.md\" >}})", "[a](/issues/old/)"),
            ("[a]({{< ref \"gone.md\" >}})", "a"),
            ("[a](javascript:alert(1))", "a (javascript:alert(1))"),
            (
                "![p](/here.png) ![q](https://x.example/y.png) ![r](z.png)",
                "![p](/here.png) [q](<https://x.example/y.png>) r",
            ),
            ("<https://a.example> {{< unknown \"x\" >}}", "<https://a.example> {{\\< unknown \"x\" >}}"),
        ] {
            assert_eq!(from_markdown(text, &lead).0.trim(), wanted, "{text}");
        }
        let (_, notes) = from_markdown("x [a](gone.md)", &lead);
        assert_eq!(notes[0].range, 2..14);
    }

    #[test]
    fn what_nobody_can_mend_stands_word_for_word() {
        assert_eq!(verbatim("a\n```\nb\n"), "````\na\n```\nb\n````\n");
        assert_eq!(fault(&verbatim("## resolved 2021-03-04 10:00\n``` <!--\n")), None);
    }

    #[test]
    fn large_words_take_no_longer_than_their_size() {
        let began = std::time::Instant::now();
        for piece in
            ["<b>", "[", "![", "<div>", "<!-- ", "`", "<a href=x>", "{{< ", "# a\n", "<p>x</p>", "*a "]
        {
            let _ = from_markdown(&piece.repeat(60_000 / piece.len()), &keep);
            let _ = from_html(&piece.repeat(60_000 / piece.len()), &keep);
        }
        assert!(began.elapsed().as_secs() < 60);
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig {
            cases: 300,
            failure_persistence: None,
            rng_seed: proptest::test_runner::RngSeed::Fixed(11),

            ..proptest::prelude::ProptestConfig::default()
        })]

        #[test]
        fn whatever_was_written_can_stand(pieces in proptest::collection::vec(proptest::prop_oneof![
            proptest::strategy::Just("## resolved 2021-01-01 10:00\n".to_owned()),
            proptest::strategy::Just("**Update 2021-03-04 10:00**\n".to_owned()),
            proptest::strategy::Just("＃＃ 復旧 2021-03-04 10:00\n".to_owned()),
            proptest::strategy::Just("<!--".to_owned()), proptest::strategy::Just("-->".to_owned()),
            proptest::strategy::Just("```\n".to_owned()), proptest::strategy::Just("<br>".to_owned()),
            proptest::strategy::Just("<div>\n".to_owned()), proptest::strategy::Just("<script>".to_owned()),
            proptest::strategy::Just("![x](http://a/b.png)".to_owned()), proptest::strategy::Just("[x](javascript:y)".to_owned()),
            proptest::strategy::Just("[x]: data:y\n".to_owned()), proptest::strategy::Just("[x]".to_owned()),
            proptest::strategy::Just("<a href=data:x>".to_owned()), proptest::strategy::Just("</a>".to_owned()),
            proptest::strategy::Just("\n\n".to_owned()), proptest::strategy::Just("---\n".to_owned()),
            proptest::strategy::Just("FAQ\n---\n".to_owned()), proptest::strategy::Just("> ".to_owned()),
            proptest::strategy::Just("- ".to_owned()), proptest::strategy::Just("severity: minor\n".to_owned()),
            proptest::strategy::Just("    ".to_owned()), proptest::strategy::Just("| a | b |\n|---|---|\n".to_owned()),
            "\\PC{0,8}", "[ -~\\n]{0,12}",
        ], 0..14)) {
            let text = pieces.concat();
            for (made, _) in [from_markdown(&text, &keep), from_html(&text, &keep)] {
                proptest::prop_assert_eq!(fault(&made), None, "{:?} -> {:?}", text, made);
            }
        }
    }
}
