//! Writes the events of the Markdown parser as HTML.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{Alignment, BrokenLink, CowStr, Event, LinkType, Parser, Tag, TagEnd};

use super::budget::Budget;
use super::cjk::Readable;
use super::events::events;
use super::fragment::{Fragment, Hole, Target};
use super::{Anchors, Outline, fold_label, options};
use crate::limits::{HTML_LINE_EXTRA_BYTES, QUOTED_BYTES, REFERENCE_BYTES};
use crate::text;
use crate::url::{self, Destination};

/// The approximate size of the markup around a footnote, in bytes.
const NOTE_BYTES: usize = 128;

/// A part of a text that cannot be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The bytes in the whole text.
    pub range: Range<usize>,
    /// The kind of fault.
    pub kind: FaultKind,
}

/// Why a part of a text cannot be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// A link with a target that is not allowed.
    Link(String),
    /// An image that is not a file of the site.
    Image(String),
    /// The HTML of the text exceeds this limit in bytes, so the text is not rendered.
    Expands(usize),
}

/// The result of rendering a text.
#[derive(Debug, Default)]
pub struct Rendered {
    /// The HTML.
    pub fragment: Fragment,
    /// The parts that cannot be published.
    pub faults: Vec<Fault>,
    /// The targets inside the site, with their bytes in the whole text.
    pub links: Vec<(Target, Range<usize>)>,
    /// The footnotes that are defined in this part but not shown here, with their bytes in the whole text.
    pub unused: Vec<Range<usize>>,
    /// The starts of footnotes that are shown here but defined elsewhere in the file.
    pub borrowed: Vec<usize>,
}

/// The bytes of an address and a title that are defined elsewhere. Beyond a limit of its own, the parser would
/// silently leave further links as plain text.
fn referred_bytes(event: &Event<'_>) -> usize {
    let Event::Start(
        Tag::Link { link_type, dest_url, title, .. } | Tag::Image { link_type, dest_url, title, .. },
    ) = event
    else {
        return 0;
    };
    match link_type {
        LinkType::Inline | LinkType::Autolink | LinkType::Email => 0,
        _ => dest_url.len() + title.len(),
    }
}

impl Rendered {
    /// An empty result with the fault that the HTML limit is exceeded.
    fn refused(range: Range<usize>, budget: &Budget) -> Rendered {
        budget.exhaust();
        let fault = Fault { range, kind: FaultKind::Expands(budget.most()) };
        Rendered { faults: vec![fault], ..Rendered::default() }
    }
}

/// Renders `range` of `text`.
///
/// Headings begin at `level`. `key` distinguishes the footnotes of this text from others on the page.
pub fn render(
    text: &str,
    range: Range<usize>,
    outline: &Outline,
    level: u8,
    key: &str,
    anchors: &mut Anchors,
) -> Rendered {
    let slice = &text[range.clone()];
    if slice.trim().is_empty() || outline.budget.is_spent() {
        return Rendered::default();
    }
    let borrowed = borrowed_footnotes(slice, &range, text, outline);
    let source = borrowed.as_deref().unwrap_or(slice);
    let readable = Readable::of(source);
    let callback = |link: BrokenLink<'_>| {
        let label = readable.taken_out(&link.reference);
        outline
            .references
            .get(&fold_label(label.as_deref().unwrap_or(&link.reference)))
            .map(|(dest, title)| (CowStr::Borrowed(dest), CowStr::Borrowed(title)))
    };
    let parser = Parser::new_with_broken_link_callback(readable.text(), options(), Some(callback));
    let mut writer = Writer::new(level, key, Some(anchors));
    writer.out.html.reserve(slice.len() + slice.len() / 8 + 32);
    let mut referred = 0;
    for (event, at) in events(parser.into_offset_iter(), &readable) {
        let (faults, links) = (writer.faults.len(), writer.targets.len());
        let borrowed = at.start >= slice.len();
        let place = at.start.min(slice.len())..at.end.min(slice.len());
        let before = writer.size();
        referred += referred_bytes(&event);
        writer.event(event, at);
        if referred >= REFERENCE_BYTES.max(source.len())
            || !outline.budget.spend(writer.size().saturating_sub(before))
        {
            return Rendered::refused(range.start + place.start..range.start + place.end, &outline.budget);
        }
        if borrowed {
            // Faults in a borrowed note are reported at its definition.
            writer.faults.truncate(faults);
            writer.targets.truncate(links);
        }
    }
    let whole = |r: Range<usize>| range.start + r.start..range.start + r.end;
    let faults = writer.faults.drain(..).map(|f| Fault { range: whole(f.range), ..f }).collect();
    let links = writer.targets.drain(..).map(|(t, r)| (t, whole(address_in(slice, r)))).collect();
    let is_own = |place: &Range<usize>| place.start < slice.len();
    let unused = writer.unused_notes().into_iter().filter(is_own).map(whole).collect();
    let is_borrowed = |label: &String| writer.stands.get(label).is_none_or(|place| !is_own(place));
    let borrowed = (writer.notes.iter().filter(|label| is_borrowed(label)))
        .filter_map(|label| outline.footnotes.get(label).map(|place| place.start))
        .collect();
    Rendered { fragment: writer.finish(), faults, links, unused, borrowed }
}

/// The range of the address within a link, or of the whole link if the address is elsewhere.
fn address_in(slice: &str, link: Range<usize>) -> Range<usize> {
    let link = link.start..link.end.min(slice.len());
    let written = &slice[link.clone()];
    let Some(open) = written.rfind("](") else { return link };
    let start = open + 2;
    let length = written[start..].find([' ', '\n', ')']).unwrap_or(written.len() - start);
    link.start + start..link.start + start + length.max(1).min(written.len() - start)
}

/// Renders one line of text. Paragraphs are dropped, and blocks become their text.
#[must_use]
pub fn inline(source: &str) -> Rendered {
    let mut writer = Writer::new(6, "", None);
    writer.inline_only = true;
    let budget = Budget::with(source, HTML_LINE_EXTRA_BYTES);
    let readable = Readable::of(source);
    let parser = Parser::new_ext(readable.text(), options());
    for (event, at) in events(parser.into_offset_iter(), &readable) {
        let before = writer.size();
        writer.event(event, at);
        if !budget.spend(writer.size().saturating_sub(before)) {
            return Rendered::refused(0..source.len(), &budget);
        }
    }
    let faults = std::mem::take(&mut writer.faults);
    let links = writer.targets.drain(..).collect();
    let unused = writer.unused_notes();
    let mut fragment = writer.finish();
    let length = fragment.html.trim_end().len();
    fragment.html.truncate(length);
    Rendered { fragment, faults, links, unused, borrowed: Vec::new() }
}

/// The slice with the definitions of the footnotes that it uses and that are elsewhere in the file.
fn borrowed_footnotes(slice: &str, range: &Range<usize>, text: &str, outline: &Outline) -> Option<String> {
    if outline.footnotes.is_empty() {
        return None;
    }
    let mut more = String::new();
    let mut seen: HashSet<String> = HashSet::new();
    let mut waiting = vec![slice];
    while let Some(words) = waiting.pop() {
        for label in note_labels(words) {
            let Some(place) = outline.footnotes.get(&label) else { continue };
            if range.contains(&place.start) || !seen.insert(label) {
                continue;
            }
            let definition = text[place.clone()].trim_end();
            more.push_str("\n\n");
            more.push_str(definition);
            // A note may refer to another note.
            waiting.push(definition);
        }
    }
    (!more.is_empty()).then(|| format!("{slice}{more}\n"))
}

/// The folded labels of `[^…]`.
fn note_labels(words: &str) -> impl Iterator<Item = String> + '_ {
    words.match_indices("[^").filter_map(|(at, open)| {
        let rest = &words[at + open.len()..];
        // A label never contains a bracket.
        let length = rest.bytes().take(1000).position(|b| matches!(b, b'[' | b']'))?;
        rest[length..].starts_with(']').then(|| fold_label(&rest[..length]))
    })
}

struct Writer<'a> {
    out: Fragment,
    faults: Vec<Fault>,
    targets: Vec<(Target, Range<usize>)>,
    level: u8,
    key: &'a str,
    anchors: Option<&'a mut Anchors>,
    inline_only: bool,
    /// The current heading: its level, its text so far, and the position of its opening tag.
    heading: Option<(u8, String, usize)>,
    /// The current image with its alternative text, and the nesting depth of images.
    image: Option<(Target, String)>,
    image_depth: usize,
    /// For each open link, whether a plain `</a>` closes it rather than a hole.
    links: Vec<bool>,
    raw: String,
    alignments: Vec<Alignment>,
    cell: usize,
    in_head: bool,
    /// The footnote labels in the order of first use.
    notes: Vec<String>,
    /// The numbers of the footnotes.
    numbers: HashMap<String, usize>,
    /// The definitions, by label.
    definitions: HashMap<String, Fragment>,
    /// The ranges of the definitions that are shown if they are used.
    stands: HashMap<String, Range<usize>>,
    /// The ranges of definitions whose label was already taken.
    doubles: Vec<Range<usize>>,
    /// The texts around the current definitions.
    outer: Vec<(String, Fragment)>,
    /// The bytes of those texts, of the definitions, and of the text that fills holes.
    aside: usize,
}

impl<'a> Writer<'a> {
    fn new(level: u8, key: &'a str, anchors: Option<&'a mut Anchors>) -> Writer<'a> {
        Writer {
            out: Fragment::default(),
            faults: Vec::new(),
            targets: Vec::new(),
            level,
            key,
            anchors,
            inline_only: false,
            heading: None,
            image: None,
            image_depth: 0,
            links: Vec::new(),
            raw: String::new(),
            alignments: Vec::new(),
            cell: 0,
            in_head: false,
            notes: Vec::new(),
            numbers: HashMap::new(),
            definitions: HashMap::new(),
            stands: HashMap::new(),
            doubles: Vec::new(),
            outer: Vec::new(),
            aside: 0,
        }
    }

    fn tag(&mut self, html: &str) {
        if self.image.is_none() {
            self.out.html.push_str(html);
        }
    }

    fn block(&mut self, html: &str) {
        if !self.inline_only {
            self.tag(html);
        } else if !self.out.html.is_empty() && !self.out.html.ends_with(' ') {
            self.tag(" ");
        }
    }

    /// The number of bytes written so far, in all buffers.
    fn size(&self) -> usize {
        self.aside + self.out.html.len()
    }

    fn hole(&mut self, hole: Hole) {
        self.aside += hole.size();
        self.out.holes.push((self.out.html.len(), hole));
    }

    fn words(&mut self, words: &str) {
        let words = text::clean(words);
        if let Some((_, alternative)) = &mut self.image {
            alternative.push_str(&words);
            return;
        }
        if let Some((_, heading, _)) = &mut self.heading {
            heading.push_str(&words);
        }
        text::escape_into(&mut self.out.html, &words);
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(end) => self.end(end),
            Event::Text(words) => self.words(&words),
            Event::Code(words) => {
                self.tag("<code>");
                self.words(&words);
                self.tag("</code>");
            }
            Event::Html(raw) => self.raw.push_str(&raw),
            Event::InlineHtml(raw) => {
                let kept = without_comments(&raw);
                self.words(&kept);
            }
            Event::SoftBreak => self.words("\n"),
            Event::HardBreak => self.block("<br>\n"),
            Event::Rule => self.block("<hr>\n"),
            Event::FootnoteReference(label) => self.footnote(&label),
            Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.block("<p>"),
            Tag::Heading { level, .. } => self.start_heading(level as u8),
            Tag::BlockQuote(_) => self.block("<blockquote>\n"),
            Tag::CodeBlock(_) => self.block("<pre><code>"),
            Tag::HtmlBlock => self.raw.clear(),
            Tag::List(None) => self.block("<ul>\n"),
            Tag::List(Some(1)) => self.block("<ol>\n"),
            Tag::List(Some(first)) => self.block(&format!("<ol start=\"{first}\">\n")),
            Tag::Item => self.block("<li>"),
            Tag::Table(alignments) => {
                self.alignments = alignments;
                self.block("<div class=\"scroll\"><table>\n");
            }
            Tag::TableHead => {
                self.in_head = true;
                self.cell = 0;
                self.block("<thead><tr>");
            }
            Tag::TableRow => {
                self.cell = 0;
                self.block("<tr>");
            }
            Tag::TableCell => self.start_cell(),
            Tag::Emphasis => self.tag("<em>"),
            Tag::Strong => self.tag("<strong>"),
            Tag::Strikethrough => self.tag("<del>"),
            Tag::Link { link_type: LinkType::Email, dest_url, .. } if !dest_url.starts_with("mailto:") => {
                self.start_link(&format!("mailto:{dest_url}"), range);
            }
            Tag::Link { dest_url, .. } => self.start_link(&dest_url, range),
            Tag::Image { dest_url, .. } => self.start_image(&dest_url, range),
            Tag::FootnoteDefinition(label) => {
                self.aside += self.out.html.len();
                let label = fold_label(&label);
                if self.stands.contains_key(&label) {
                    self.doubles.push(range);
                } else {
                    self.stands.insert(label.clone(), range);
                }
                self.outer.push((label, std::mem::take(&mut self.out)));
            }
            _ => {}
        }
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Paragraph => self.block("</p>\n"),
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::BlockQuote(_) => self.block("</blockquote>\n"),
            TagEnd::CodeBlock => self.block("</code></pre>\n"),
            TagEnd::HtmlBlock => {
                let raw = std::mem::take(&mut self.raw);
                let kept = without_comments(&raw);
                if !kept.trim().is_empty() {
                    self.block("<p>");
                    self.words(kept.trim());
                    self.block("</p>\n");
                }
            }
            TagEnd::List(true) => self.block("</ol>\n"),
            TagEnd::List(false) => self.block("</ul>\n"),
            TagEnd::Item => self.block("</li>\n"),
            TagEnd::Table => self.block("</tbody></table></div>\n"),
            TagEnd::TableHead => {
                self.in_head = false;
                self.block("</tr></thead>\n<tbody>\n");
            }
            TagEnd::TableRow => self.block("</tr>\n"),
            TagEnd::TableCell => {
                let html = if self.in_head { "</th>" } else { "</td>" };
                self.block(html);
                self.cell += 1;
            }
            TagEnd::Emphasis => self.tag("</em>"),
            TagEnd::Strong => self.tag("</strong>"),
            TagEnd::Strikethrough => self.tag("</del>"),
            TagEnd::Link => match self.links.pop() {
                Some(true) if self.image.is_none() => self.tag("</a>"),
                Some(false) if self.image.is_none() => self.hole(Hole::Close),
                _ => {}
            },
            TagEnd::Image => self.end_image(),
            TagEnd::FootnoteDefinition => {
                if let Some((label, outer)) = self.outer.pop() {
                    self.aside = self.aside + self.out.html.len() - outer.html.len();
                    let note = std::mem::replace(&mut self.out, outer);
                    self.definitions.entry(label).or_insert(note);
                }
            }
            _ => {}
        }
    }

    /// The ranges of footnotes that the text does not show, in its order.
    fn unused_notes(&self) -> Vec<Range<usize>> {
        let is_unused = |label: &String| self.inline_only || !self.numbers.contains_key(label);
        let unused = self.stands.iter().filter(|(label, _)| is_unused(label)).map(|(_, place)| place);
        let mut found: Vec<_> = unused.chain(&self.doubles).cloned().collect();
        found.sort_by_key(|place| place.start);
        found
    }

    fn start_heading(&mut self, level: u8) {
        if self.inline_only {
            return;
        }
        let level = level.max(self.level).min(6);
        let _ = write!(self.out.html, "<h{level}");
        self.heading = Some((level, String::new(), self.out.html.len()));
        self.out.html.push('>');
    }

    fn end_heading(&mut self) {
        let Some((level, words, at)) = self.heading.take() else { return };
        let _ = writeln!(self.out.html, "</h{level}>");
        if let Some(anchors) = &mut self.anchors {
            let id = anchors.claim(&words);
            let place = self.out.holes.partition_point(|(n, _)| *n <= at);
            let hole = Hole::Id(id);
            self.aside += hole.size();
            self.out.holes.insert(place, (at, hole));
        }
    }

    fn start_cell(&mut self) {
        let name = if self.in_head { "<th scope=\"col\"" } else { "<td" };
        let class = match self.alignments.get(self.cell) {
            Some(Alignment::Right) => " class=\"end\"",
            Some(Alignment::Center) => " class=\"middle\"",
            _ => "",
        };
        self.block(&format!("{name}{class}>"));
    }

    fn start_link(&mut self, address: &str, range: Range<usize>) {
        match classify(address) {
            _ if self.image.is_some() => self.links.push(true),
            Some(Address::Outside) => {
                self.out.html.push_str("<a href=\"");
                text::escape_into(&mut self.out.html, &url::encoded(&text::clean(address)));
                self.out.html.push_str("\">");
                self.links.push(true);
            }
            Some(Address::Inside(target)) => {
                self.targets.push((target.clone(), range));
                self.hole(Hole::Open(target));
                self.links.push(false);
            }
            None => {
                self.faults.push(Fault { range, kind: FaultKind::Link(quoted(address)) });
                self.out.html.push_str("<a>");
                self.links.push(true);
            }
        }
    }

    fn start_image(&mut self, address: &str, range: Range<usize>) {
        self.image_depth += 1;
        if self.image_depth > 1 {
            return;
        }
        let target =
            if let Some(Address::Inside(target @ (Target::Site(_) | Target::File(..)))) = classify(address) {
                self.targets.push((target.clone(), range));
                target
            } else {
                self.faults.push(Fault { range, kind: FaultKind::Image(quoted(address)) });
                Target::Site(String::new())
            };
        self.image = Some((target, String::new()));
    }

    fn end_image(&mut self) {
        self.image_depth = self.image_depth.saturating_sub(1);
        if self.image_depth > 0 {
            return;
        }
        let Some((target, alternative)) = self.image.take() else { return };
        self.out.html.push_str("<img");
        self.hole(Hole::Source(target));
        self.out.html.push_str(" alt=\"");
        text::escape_into(&mut self.out.html, &alternative);
        self.out.html.push_str("\">");
    }

    fn footnote(&mut self, label: &str) {
        if self.image.is_some() {
            return;
        }
        let label = fold_label(label);
        let known = self.numbers.get(&label).copied();
        let number = known.unwrap_or(self.notes.len() + 1);
        self.out.html.push_str("<sup>");
        self.out.html.push_str("<a href=\"#");
        self.hole(Hole::Prefix);
        let _ = write!(self.out.html, "fn-{}-{number}\"", self.key);
        if known.is_none() {
            self.aside += NOTE_BYTES;
            self.numbers.insert(label.clone(), number);
            self.notes.push(label);
            self.out.html.push_str(" id=\"");
            self.hole(Hole::Prefix);
            let _ = write!(self.out.html, "fnref-{}-{number}\"", self.key);
        }
        let _ = write!(self.out.html, ">{number}</a></sup>");
    }

    fn finish(mut self) -> Fragment {
        let mut number = 0;
        // A note may refer to another note, so the list may grow while it is written.
        let mut definitions = std::mem::take(&mut self.definitions);
        if self.notes.is_empty() || self.inline_only {
            return self.out;
        }
        self.out.html.push_str("<ol class=\"notes\">\n");
        while let Some(label) = self.notes.get(number).cloned() {
            number += 1;
            self.out.html.push_str("<li id=\"");
            self.hole(Hole::Prefix);
            let _ = write!(self.out.html, "fn-{}-{number}\">", self.key);
            if let Some(note) = definitions.remove(&label) {
                let base = self.out.html.len();
                self.out.html.push_str(note.html.trim_end());
                let length = self.out.html.len();
                self.out.holes.extend(note.holes.into_iter().map(|(n, h)| ((base + n).min(length), h)));
            }
            self.out.html.push_str(" <a href=\"#");
            self.hole(Hole::Prefix);
            let _ =
                writeln!(self.out.html, "fnref-{}-{number}\" aria-label=\"{number}\">↩</a></li>", self.key);
        }
        self.out.html.push_str("</ol>\n");
        self.out
    }
}

/// An address, shortened for messages.
fn quoted(address: &str) -> String {
    if address.len() <= QUOTED_BYTES {
        return address.to_owned();
    }
    let mut end = QUOTED_BYTES;
    while !address.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}…", &address[..end])
}

enum Address {
    Outside,
    Inside(Target),
}

/// Classifies an address; `None` if a link must not lead there.
fn classify(address: &str) -> Option<Address> {
    // Browsers drop these characters or replace them.
    if address.contains('\\') || address.chars().any(char::is_control) {
        return None;
    }
    match url::leads(address) {
        Destination::Host => return None,
        Destination::Scheme(scheme) => {
            return url::FOLLOWED.contains(&scheme.as_str()).then_some(Address::Outside);
        }
        Destination::Here | Destination::Beside | Destination::Root => {}
    }
    if let Some(id) = address.strip_prefix('#') {
        return (!id.is_empty()).then(|| Address::Inside(Target::Here(text::typed_path(id))));
    }
    if address.starts_with('/') {
        return Some(Address::Inside(Target::Site(address.to_owned())));
    }
    // No file of a site has such a name, and it looks like a scheme.
    if address.split(['/', '?', '#']).next().is_some_and(|first| first.contains(':')) {
        return None;
    }
    let (path, id) = match address.split_once('#') {
        Some((path, id)) => (path, Some(text::typed_path(id))),
        None => (address, None),
    };
    let path = text::percent_decode(path)?;
    let is_file = path.rsplit('/').next().is_some_and(|f| f.contains('.') && f != "." && f != "..");
    is_file.then_some(Address::Inside(Target::File(path, id)))
}

/// Raw HTML without its closed comments.
fn without_comments(raw: &str) -> String {
    let mut out = String::new();
    let mut rest = raw;
    while let Some(start) = rest.find("<!--") {
        out.push_str(&rest[..start]);
        let body = &rest[start + 4..];
        // `<!-->` and `<!--->` are complete comments.
        let end = if body.starts_with('>') {
            Some(1)
        } else if body.starts_with("->") {
            Some(2)
        } else {
            body.find("-->").map(|n| n + 3)
        };
        match end {
            Some(end) => rest = &body[end..],
            // The outline reports this comment. It is never published.
            None => rest = "",
        }
    }
    out.push_str(rest);
    out
}
