//! Edits the parts of a Markdown text that our format reads differently from Hugo.

use std::collections::BTreeSet;
use std::ops::Range;

use super::html::{converted, find_ignoring_case};
use super::tags::is_known;
use super::{
    Lead, LinkTarget, NOWHERE, Note, as_link, as_text, as_text_and_address, as_words, escaped,
    foreign_picture, replaced, unlinked, unseen,
};
use crate::markdown::{self, Span, SpanKind};
use crate::message::{Message, message};
use crate::url;

pub(super) fn edited(text: &str, lead: Lead<'_>, notes: &mut Vec<Note>) -> String {
    let (made, anchors, seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    let mut edits = Edits { text, lead, made, notes, anchors, seen, link_end: 0 };
    edits.all();
    edits.apply()
}

struct Edits<'t, 'l, 'n> {
    text: &'t str,
    lead: Lead<'l>,
    made: Vec<(Range<usize>, String)>,
    notes: &'n mut Vec<Note>,
    /// The replacement for the closing tag of each open `<a>`.
    anchors: Vec<String>,
    /// The ends of tags whose opening tag has been handled.
    seen: BTreeSet<usize>,
    /// The end of the last link. No other link may start before it.
    link_end: usize,
}

/// Tags that are removed while their text stays, besides those that plain text may have.
const DROPPED: [&str; 6] = ["label", "nobr", "figure", "thead", "picture", "source"];
/// Tags that plain text may have, but that stay as text here.
const KEPT: [&str; 2] = ["acronym", "dd"];

impl Edits<'_, '_, '_> {
    fn note(&mut self, range: Range<usize>, message: Message, made: Message) {
        self.notes.push(Note { range, message, made });
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

    /// Applies the edits. Of nested edits the outer one wins, unless it only touches its own ends.
    fn apply(mut self) -> String {
        self.made.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        replaced(self.text, self.made)
    }

    /// Makes headings smaller, because `##` is structure. Headings of level 3 and below stay.
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

    /// Closes an open fence, which would swallow all text after it.
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
        // In a quotation or a list, each line needs its marks.
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
            let message = message!("import-open-comment", "a comment has no `-->`");
            self.note(range.clone(), message, as_text());
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
                let made = message!("import-frame-made", "left out; the text around it stays");
                self.note(range.clone(), Message::same(format!("`<{name}>`")), made);
                String::new()
            }
            known if DROPPED.contains(&known) || is_known(known) && !KEPT.contains(&known) => String::new(),
            _ => {
                let message = message!("import-unknown-tag", "`{tag}` is not a known tag", tag);
                self.note(range.clone(), message, as_text());
                format!("\\{tag}")
            }
        };
        self.made.push((range, new));
    }

    /// Replaces a tag by a line break. Text after it must not become a block that it was not before.
    fn line_break(&mut self, range: Range<usize>, tight: bool) {
        let mut end = range.end;
        if self.text[end..].starts_with('\n') {
            end += 1;
        }
        let rest = self.text[end..].trim_start_matches([' ', '\t']);
        // A line break at the end of a paragraph does nothing.
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

    /// Replaces a tag and its closing tag by Markdown marks, if Markdown reads them as such: spaces
    /// stay outside the marks, and punctuation needs a space before them.
    fn pair(&mut self, range: Range<usize>, name: &str, marks: &str, closes: bool) {
        let close = format!("</{name}");
        let rest = &self.text[range.end..];
        // Emphasis ends within its paragraph, and this limits the search.
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

    /// Removes an element whose text browsers never show.
    fn unseen(&mut self, range: Range<usize>, name: &str) {
        let rest = &self.text[range.end..];
        let near = rest.char_indices().nth(20_000).map_or(rest.len(), |(at, _)| at);
        let end = find_ignoring_case(&rest[..near], &format!("</{name}"))
            .and_then(|at| Some(at + rest[at..].find('>')? + 1))
            .unwrap_or(0);
        let range = range.start..range.end + end;
        let (message, made) = unseen(name);
        self.note(range.clone(), message, made);
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
            // A link cannot contain another link.
            self.note(range.clone(), foreign_picture(address), as_words());
            self.made.push((range, if label.is_empty() { escaped(address) } else { label }));
            return;
        }
        if image {
            let new = picture(&label, address, self.lead);
            if new != self.text[range.clone()]
                && !matches!((self.lead)(address, true), LinkTarget::Keep if !is_foreign(address))
            {
                if is_foreign(address) && !new.starts_with('!') {
                    self.note(range.clone(), foreign_picture(address), as_link());
                } else if new == label {
                    let message =
                        message!("import-missing-picture", "the source has no picture `{address}`", address);
                    self.note(range.clone(), message, as_words());
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
                // The text may contain other edits, so this one only touches the ends.
                self.made.push((range.start..words.start, "[".into()));
                self.made.push((words.end..range.end, format!("](<{}>)", new.replace(['<', '>'], ""))));
            }
            None => {
                let suffix =
                    if address.starts_with(NOWHERE) { String::new() } else { format!(" ({address})") };
                if !suffix.is_empty() {
                    self.note(range.clone(), unlinked(address), as_text_and_address());
                }
                let suffix = escaped(&suffix);
                if words.start >= words.end {
                    self.made.push((range, suffix));
                    return;
                }
                self.made.push((range.start..words.start, String::new()));
                self.made.push((words.end..range.end, suffix));
            }
        }
    }

    fn target(&self, address: &str, image: bool) -> Option<String> {
        if is_dangerous(address) || address.trim().is_empty() {
            return None;
        }
        match (self.lead)(address, image) {
            LinkTarget::Keep => Some(address.to_owned()),
            LinkTarget::To(new) => Some(new).filter(|new| !is_dangerous(new)),
            LinkTarget::Nowhere => None,
        }
    }
}

/// An image of the site itself, a link to a foreign one, or its text.
pub(super) fn picture(alt: &str, address: &str, lead: Lead<'_>) -> String {
    if is_dangerous(address) && !is_foreign(address) || address.trim().is_empty() {
        return alt.to_owned();
    }
    let own = |address: &str| format!("![{alt}](<{}>)", address.replace(['<', '>'], ""));
    match lead(address, true) {
        // It may be an address of the old site itself.
        LinkTarget::To(new) if !is_foreign(&new) && !is_dangerous(&new) => own(&new),
        LinkTarget::Keep if !is_foreign(address) => own(address),
        _ if is_foreign(address) => {
            let address = address.replace(['<', '>', '\n'], "");
            let address = if address.starts_with("//") { format!("https:{address}") } else { address };
            let blank = alt.trim().is_empty();
            let words = if blank { escaped(&address) } else { alt.to_owned() };
            let bare = blank && !address.contains(char::is_whitespace);
            if bare { format!("<{address}>") } else { format!("[{words}](<{address}>)") }
        }
        _ => alt.to_owned(),
    }
}

fn is_foreign(address: &str) -> bool {
    let lower = address.trim().to_ascii_lowercase();
    lower.starts_with("http://") || lower.starts_with("https://") || lower.starts_with("//")
}

/// Whether our links may not use an address, by the same strict rules as in the Markdown of an entry.
pub(super) fn is_dangerous(address: &str) -> bool {
    let plain: String = address.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    match url::leads(&plain) {
        url::Destination::Host => true,
        url::Destination::Scheme(scheme) => !url::FOLLOWED.contains(&scheme.as_str()),
        _ => plain.split(['/', '?', '#']).next().is_some_and(|first| first.contains(':')),
    }
}

/// Whether a comment comes from a text editor or clipboard.
fn is_clipboard(comment: &str) -> bool {
    ["<!--StartFragment-->", "<!--EndFragment-->"].contains(&comment.trim())
}

pub(super) fn attribute(tag: &str, name: &str) -> Option<String> {
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
