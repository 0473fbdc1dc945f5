//! Words that were written for another program → Markdown that our format takes as the words of an entry.
//!
//! Nothing in the result is structure by accident, and no word is lost without a note. What our parser
//! still refuses stands in a code block, word for word.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::Severity;
use crate::document;
use crate::markdown::{self, Span, SpanKind};
use crate::source::Found;
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
    let mut edits = Edits {
        text: &text,
        lead,
        made: Vec::new(),
        notes: &mut notes,
        anchors: Vec::new(),
        seen: BTreeSet::new(),
        link_end: 0,
    };
    edits.all();
    let mut made = edits.apply();
    // Taking one thing away can make another appear; twice is enough for all that people write.
    let mut again = Vec::new();
    let mut second = Edits {
        text: &made,
        lead,
        made: Vec::new(),
        notes: &mut again,
        anchors: Vec::new(),
        seen: BTreeSet::new(),
        link_end: 0,
    };
    second.all();
    made = second.apply();
    notes.extend(again.into_iter().map(|note| Note { range: 0..written.len(), ..note }));
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
    let markdown = converted(&normal(html), &(0..html.len()), &mut lost);
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
    format!("{fence}\n{}\n{fence}\n", without_markers(normal(text).trim_matches('\n')))
}

fn normal(text: &str) -> String {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    text::clean(&text).into_owned()
}

/// `{{< relref "x.md" >}}` becomes the address it names; all others stay as text.
fn shortcodes(text: &str, lead: Lead<'_>, notes: &mut Vec<Note>) -> String {
    if !text.contains("{{<") && !text.contains("{{%") {
        return text.to_owned();
    }
    let code: Vec<Range<usize>> = (markdown::spans(text).into_iter())
        .filter(|span| span.kind == SpanKind::Code)
        .map(|span| span.range)
        .collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(open) = text[at..].find("{{").map(|n| n + at) {
        let Some(close) = text[open..].find("}}").map(|n| open + n + 2) else { break };
        let is_code = code.iter().any(|range| range.contains(&open));
        if is_code || !text[open + 2..].starts_with(['<', '%']) {
            out.push_str(&text[at..open + 2]);
            at = open + 2;
            continue;
        }
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
                // The link that stands around it is taken away below.
                Leads::Nowhere => {
                    notes.push(note(
                        format!("`{name}` to `{value}`, which is not there"),
                        "words without a link",
                    ));
                    out.push_str(NOWHERE);
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

/// Stands for an address that there is none for.
const NOWHERE: &str = "nowhere:";

struct Edits<'t, 'l, 'n> {
    text: &'t str,
    lead: Lead<'l>,
    made: Vec<(Range<usize>, String)>,
    notes: &'n mut Vec<Note>,
    /// What each open `<a>` ends with.
    anchors: Vec<String>,
    /// Where tags end whose beginning has been seen to.
    seen: BTreeSet<usize>,
    /// Where the last link ends: no other may begin before.
    link_end: usize,
}

/// Tags that go, while their words stay.
const DROPPED: [&str; 46] = [
    "u",
    "font",
    "span",
    "small",
    "big",
    "sup",
    "sub",
    "ins",
    "mark",
    "abbr",
    "label",
    "time",
    "p",
    "div",
    "center",
    "li",
    "ul",
    "ol",
    "hr",
    "q",
    "var",
    "wbr",
    "nobr",
    "section",
    "article",
    "details",
    "summary",
    "figure",
    "blockquote",
    "table",
    "tr",
    "td",
    "th",
    "tbody",
    "thead",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "pre",
    "picture",
    "source",
    "dl",
    "dt",
];

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
        // In a quotation or a list, each line has its marks before it.
        let line = self.text[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let marks: String =
            self.text[line..range.start].chars().map(|c| if c == '>' { '>' } else { ' ' }).collect();
        let inner: Vec<&str> = self.text[range.clone()]
            .lines()
            .map(|line| {
                line.strip_prefix(marks.as_str()).or(line.strip_prefix(marks.trim_end())).unwrap_or(line)
            })
            .collect();
        let html = inner.join("\n");
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
            converted(&html, &range, self.notes)
        };
        if marks.is_empty() {
            self.made.push((range, format!("\n{}\n\n", made.trim_matches('\n'))));
        } else {
            let made = made.trim_matches('\n').replace('\n', &format!("\n{marks}"));
            self.made.push((range, format!("{made}\n")));
        }
    }

    fn inline(&mut self, range: Range<usize>, tight: bool) {
        let tag = self.text[range.clone()].to_owned();
        if tag.starts_with("<!--") {
            if is_clipboard(&tag) {
                self.made.push((range, String::new()));
            }
            return;
        }
        if self.seen.contains(&range.start) {
            return;
        }
        let name: String =
            tag.trim_start_matches(['<', '/']).chars().take_while(char::is_ascii_alphanumeric).collect();
        let name = name.to_ascii_lowercase();
        let closes = tag.starts_with("</");
        let new = match name.as_str() {
            "br" => return self.line_break(range, tight),
            "b" | "strong" => return self.pair(range, &name, "**", closes),
            "i" | "em" | "cite" => return self.pair(range, &name, "*", closes),
            "s" | "strike" | "del" => return self.pair(range, &name, "~~", closes),
            "code" | "tt" | "kbd" | "samp" => return self.pair(range, &name, "`", closes),
            "script" | "style" => return self.unseen(range, &name),
            "p" | "div" | "hr" | "ul" | "ol" | "center" if !tight => "\n\n".to_owned(),
            "li" if !tight => String::from(if closes { "" } else { "\n* " }),
            "a" => self.anchor(&tag, closes),
            "img" => self.picture(&tag),
            "iframe" | "object" | "embed" | "form" | "input" | "button" => {
                self.note(range.clone(), format!("`<{name}>`"), "left out; the words around it stay");
                String::new()
            }
            known if DROPPED.contains(&known) => String::new(),
            _ => {
                self.note(range.clone(), format!("`{tag}` is no tag that is known"), "text");
                format!("\\{tag}")
            }
        };
        self.made.push((range, new));
    }

    /// A new line, on which nothing may begin that did not stand at the beginning of a line before.
    fn line_break(&mut self, range: Range<usize>, tight: bool) {
        let mut end = range.end;
        if self.text[end..].starts_with('\n') {
            end += 1;
        }
        let rest = self.text[end..].trim_start_matches([' ', '\t']);
        // At the end of a paragraph there is nothing to break.
        let ends = rest.is_empty() || rest.starts_with('\n');
        let new = if ends {
            "\n"
        } else if tight || rest.starts_with(|c: char| c.is_ascii_digit() || "`~".contains(c)) {
            " "
        } else if rest.starts_with(|c: char| "#>+-=|:*_".contains(c)) {
            end = self.text.len() - rest.len();
            "\\\n\\"
        } else {
            "\\\n"
        };
        self.made.push((range.start..end, new.into()));
    }

    /// A tag with its end, as the marks of Markdown, where those would be read as such: blanks stand
    /// outside of them, and signs need a blank before them.
    fn pair(&mut self, range: Range<usize>, name: &str, marks: &str, closes: bool) {
        let close = format!("</{name}");
        let rest = &self.text[range.end..];
        // No one marks more than a paragraph, and none is longer.
        let near = rest.char_indices().nth(2_000).map_or(rest.len(), |(at, _)| at);
        let paragraph = rest[..near].find("\n\n").unwrap_or(near);
        let end = find_ignoring_case(&rest[..paragraph], &close).filter(|_| !closes);
        let found = end.and_then(|at| Some((at, rest[at..].find('>')? + at + 1)));
        let Some((inner_end, close_end)) = found else {
            self.made.push((range, String::new()));
            return;
        };
        let inner = &rest[..inner_end];
        let close = range.end + inner_end..range.end + close_end;
        self.seen.insert(close.start);
        let before = self.text[..range.start].chars().next_back();
        let after = self.text[close.end..].chars().next();
        let words = inner.trim();
        let (lead, tail) =
            (&inner[..inner.len() - inner.trim_start().len()], &inner[inner.trim_end().len()..]);
        let signs = |c: Option<char>| c.is_some_and(|c| !c.is_alphanumeric());
        let free = |blank: &str, c: Option<char>| !blank.is_empty() || c.is_none_or(|c| !c.is_alphanumeric());
        let opens = !signs(words.chars().next()) || free(lead, before);
        let shuts = !signs(words.chars().next_back()) || free(tail, after);
        let nested = words.contains('<') && marks == "`";
        if words.is_empty() || !opens || !shuts || nested || words.contains(&marks[..1]) && marks != "`" {
            self.made.push((range, String::new()));
            self.made.push((close, String::new()));
            return;
        }
        let marks = if marks == "`" {
            let longest = words.split(|c| c != '`').map(str::len).max().unwrap_or(0);
            "`".repeat(longest + 1)
        } else {
            marks.to_owned()
        };
        let pad = if words.starts_with('`') || words.ends_with('`') { " " } else { "" };
        let pad = if marks.starts_with('`') { pad } else { "" };
        self.made.push((range.start..range.end + lead.len(), format!("{lead}{marks}{pad}")));
        self.made.push((close.start - tail.len()..close.end, format!("{pad}{marks}{tail}")));
    }

    /// What a browser never shows as words.
    fn unseen(&mut self, range: Range<usize>, name: &str) {
        let rest = &self.text[range.end..];
        let near = rest.char_indices().nth(20_000).map_or(rest.len(), |(at, _)| at);
        let end = find_ignoring_case(&rest[..near], &format!("</{name}"))
            .and_then(|at| Some(at + rest[at..].find('>')? + 1))
            .unwrap_or(0);
        let range = range.start..range.end + end;
        self.note(range.clone(), format!("a `<{name}>`"), "left out: nobody saw it as words");
        self.made.push((range, String::new()));
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
        let nested = range.start < self.link_end;
        if !image {
            self.link_end = range.end;
        }
        if image && nested && is_foreign(address) {
            // A link in a link is none.
            self.note(
                range.clone(),
                format!("the picture `{address}` is not the site's own"),
                "its words alone",
            );
            self.made.push((range, if label.is_empty() { escaped(address) } else { label }));
            return;
        }
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
                let told = if address.starts_with(NOWHERE) { String::new() } else { format!(" ({address})") };
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
            Leads::To(new) => Some(new).filter(|new| !is_dangerous(new)),
            Leads::Nowhere => None,
        }
    }
}

/// A picture of the site's own, a link to a foreign one, or its words.
fn picture(alt: &str, address: &str, lead: Lead<'_>) -> String {
    if is_dangerous(address) || address.trim().is_empty() {
        return alt.to_owned();
    }
    if is_foreign(address) {
        let address = address.replace(['<', '>', '\n'], "");
        let address = if address.starts_with("//") { format!("https:{address}") } else { address };
        let plain = alt.trim().is_empty() && !address.contains(char::is_whitespace);
        let words = if alt.trim().is_empty() { escaped(&address) } else { alt.to_owned() };
        return if plain { format!("<{address}>") } else { format!("[{words}](<{address}>)") };
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

/// More tags than any status update has: the library walks the tree by calling itself.
const MOST_TAGS: usize = 4_000;
/// Room for a tree as deep as that.
const STACK: usize = 128 << 20;

/// HTML → Markdown by the library; what nobody ever saw is left out first.
fn converted(html: &str, range: &Range<usize>, notes: &mut Vec<Note>) -> String {
    let html = without_unseen(html, range, notes);
    let tags = html.matches('<').count();
    if tags > MOST_TAGS {
        let message = format!("{tags} tags of HTML");
        notes.push(Note { range: range.clone(), message, made: "the words alone".into() });
        return escaped(&without_tags(&html));
    }
    let made = if tags < 40 {
        convert(&html)
    } else {
        std::thread::scope(|scope| {
            let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || convert(&html));
            thread.ok().and_then(|thread| thread.join().ok()).flatten()
        })
    };
    let mut made = made.unwrap_or_else(|| escaped(&without_tags(&html)));
    // Two breaks, or one at the end of a paragraph, were a blank line.
    while made.contains("\\\n\\\n") || made.contains("\\\n\n") {
        made = made.replace("\\\n\\\n", "\n\n").replace("\\\n\n", "\n\n");
    }
    made
}

fn convert(html: &str) -> Option<String> {
    let br_style = htmd::options::BrStyle::Backslash;
    let options = htmd::options::Options { br_style, ..htmd::options::Options::default() };
    htmd::HtmlToMarkdown::builder().options(options).build().convert(html).ok()
}

/// Without `<script>` and `<style>`, each to its end or the end of all.
fn without_unseen(html: &str, range: &Range<usize>, notes: &mut Vec<Note>) -> String {
    let lower = html.to_ascii_lowercase();
    let mut out = String::with_capacity(html.len());
    let mut at = 0;
    while let Some(open) = lower[at..].find('<').map(|n| n + at) {
        out.push_str(&html[at..open]);
        let named = |name: &&str| {
            let rest = lower[open + 1..].strip_prefix(*name);
            rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
        };
        let Some(name) = ["script", "style"].into_iter().find(named) else {
            out.push('<');
            at = open + 1;
            continue;
        };
        let close = lower[open..].find(&format!("</{name}")).map(|n| n + open);
        at = close.and_then(|c| lower[c..].find('>').map(|n| n + c + 1)).unwrap_or(html.len());
        let made = "left out: nobody saw it as words".to_owned();
        notes.push(Note { range: range.clone(), message: format!("a `<{name}>`"), made });
    }
    out.push_str(&html[at..]);
    out
}

fn find_ignoring_case(text: &str, wanted: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let first = wanted.as_bytes().first()?;
    (0..bytes.len()).find(|at| {
        bytes[*at] == *first
            && bytes.get(*at..*at + wanted.len()).is_some_and(|b| b.eq_ignore_ascii_case(wanted.as_bytes()))
    })
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
    let out = without_markers(text);
    let near = near_lines(&out);
    if near.is_empty() {
        return out;
    }
    let mut made = String::with_capacity(out.len() + 16);
    let mut at = 0;
    for line in out.split_inclusive('\n') {
        let last =
            line.rfind(char::is_numeric).filter(|_| near.iter().any(|n| (at..at + line.len()).contains(n)));
        if let Some((last, digit)) = last.and_then(|last| Some((last, line[last..].chars().next()?))) {
            // The same for a reader; no time for a parser.
            let code = u32::from(digit);
            let _ = write!(made, "{}&#{code};{}", &line[..last], &line[last + digit.len_utf8()..]);
            let message = format!("`{}` reads like an update", line.trim());
            notes.push(Note { range: 0..0, message, made: "words".into() });
        } else {
            made.push_str(line);
        }
        at += line.len();
    }
    made
}

/// A blank before what version control leaves in files that it could not merge.
fn without_markers(text: &str) -> String {
    let is_marker =
        |line: &str| ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|m| line.starts_with(m));
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        out.push_str(if is_marker(line) { " " } else { "" });
        out.push_str(line);
    }
    out
}

/// What our parser says of the words: where they stand, and its code.
fn faults(words: &str) -> Vec<(Option<usize>, &'static str)> {
    const FRONT: &str = "---\ntitle: x\n---\n";
    let mut all = Vec::new();
    for (file, before) in [
        ("content/incidents/words.md", ""),
        ("content/incidents/words.md", "## update 2026-11-20 10:00\n\n"),
        ("content/maintenance/words.md", ""),
        ("content/maintenance/words.md", "## update 2026-11-20 10:00\n\n"),
    ] {
        let Some(source) = Found::named(file) else { continue };
        let prefix = FRONT.len() + before.len();
        let text: Arc<str> = format!("{FRONT}{before}{words}\n").into();
        let mut found = Vec::new();
        let parsed = document::parse(&source, &text, &[], &mut found);
        let at = |d: &crate::diagnostic::Diagnostic| {
            d.place.range.as_ref().and_then(|range| range.start.checked_sub(prefix))
        };
        all.extend(found.iter().filter(|d| d.severity == Severity::Error).map(|d| (at(d), d.code)));
        let whole = parsed.is_some_and(|document| {
            document.body.updates.len() == usize::from(!before.is_empty())
                && document.body.sections.is_empty()
        });
        if !whole {
            all.push((None, "body/structure"));
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
            ("## resolved 2021-03-04 10:00\n\nx", "### resolved 2021-03-04 10:0&#48;\n\nx"),
            ("**Resolved** 2021-03-04 10:00\n\nx", "**Resolved** 2021-03-04 10:0&#48;\n\nx"),
            (
                "| a | b |\n|---|---|\n| Resolved | 2021-03-04 10:00 |\n",
                "| a | b |\n|---|---|\n| Resolved | 2021-03-04 10:0&#48; |",
            ),
            ("```\nnever\n", "```\nnever\n```"),
            ("a\n\n---\n\nb\n", "a\n\n---\n\nb"),
            ("x\n<<<<<<< HEAD\n", "x\n <<<<<<< HEAD"),
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
            ("a <script>b</script> c", "a  c"),
            ("First<br># a<br>1. b<br>> c<br>d", "First\\\n\\# a 1. b\\\n\\> c\\\nd"),
            ("x <b> bold </b>y <b>open", "x  **bold** y open"),
            ("これは<b>「重要」</b>です", "これは「重要」です"),
            ("a <code>b`c</code>", "a ``b`c``"),
            ("> <div>\n> in <b>a</b>\n> quote\n> </div>", "> in **a** quote"),
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
            ("[![alt](https://x.example/y.png)](https://a.example/)", "[alt](https://a.example/)"),
            ("![](https://x.example/y.png)", "<https://x.example/y.png>"),
            ("`{{< ref \"x\" >}}` `{{ ref \"x\" }}`", "`{{< ref \"x\" >}}` `{{ ref \"x\" }}`"),
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
        for piece in [
            "<b>",
            "[",
            "![",
            "<div>",
            "<!-- ",
            "`",
            "<a href=x>",
            "{{< ",
            "# a\n",
            "<p>x</p>",
            "*a ",
            "<div></x>",
            "<div><brx>",
            "<b><p>",
            "<style></style>",
            "<table><b>",
        ] {
            let _ = from_markdown(&piece.repeat(100_000 / piece.len()), &keep);
            let _ = from_html(&piece.repeat(100_000 / piece.len()), &keep);
            let _ = from_html(&piece.repeat(MOST_TAGS), &keep);
        }
        assert!(began.elapsed().as_secs() < 30);
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
            proptest::strategy::Just("[x]: data:y\n".to_owned()), proptest::strategy::Just("<<<<<<< HEAD\n".to_owned()),
            proptest::strategy::Just("=======\n".to_owned()), proptest::strategy::Just("<br># ".to_owned()), proptest::strategy::Just("<b> ".to_owned()), proptest::strategy::Just("</b>".to_owned()), proptest::strategy::Just("[x]".to_owned()),
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
