//! Builds a fragment from the events of the Markdown parser.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{Alignment, BrokenLink, CowStr, Event, LinkType, Parser, Tag, TagEnd};

use super::budget::Budget;
use super::cjk::Readable;
use super::events::events;
use super::fragment::{Align, Element, Fragment, Link, Mark, Target};
use super::tasks::task_mark;
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
    pub kind: FaultKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// A link with a target that is not allowed.
    Link(String),
    /// An image that is not a file of the site.
    Image(String),
    /// The HTML of the text exceeds this limit in bytes, so the text is not rendered.
    Expands(usize),
}

#[derive(Debug, Default)]
pub struct Rendered {
    pub fragment: Fragment,
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

/// Headings have their own level, but at least `level`. `key` distinguishes the footnotes of this text from others on
/// the page.
pub fn render(
    text: &str,
    range: Range<usize>,
    outline: &Outline,
    level: u8,
    key: &str,
    anchors: &mut Anchors,
) -> Rendered {
    render_with(text, range, outline, Levels::AtLeast(level), key, anchors)
}

/// Like [`render`], for a document of its own: its headings begin at `level`, whatever their signs. Those below
/// another are one level deeper, so that none is skipped.
pub fn render_document(
    text: &str,
    range: Range<usize>,
    outline: &Outline,
    level: u8,
    key: &str,
    anchors: &mut Anchors,
) -> Rendered {
    let levels = Levels::Nested { first: level, open: Vec::new() };
    render_with(text, range, outline, levels, key, anchors)
}

/// The levels at which the headings of a text are shown.
enum Levels {
    AtLeast(u8),
    Nested {
        first: u8,
        /// The levels, as written, of the headings above the next one, each deeper than the one before it.
        open: Vec<u8>,
    },
}

impl Levels {
    fn shown(&mut self, written: u8) -> u8 {
        let level = match self {
            Levels::AtLeast(least) => written.max(*least),
            Levels::Nested { first, open } => {
                while open.last().is_some_and(|above| *above >= written) {
                    open.pop();
                }
                open.push(written);
                // At most six headings are open, one for each level.
                first.saturating_add(u8::try_from(open.len() - 1).unwrap_or(u8::MAX))
            }
        };
        level.min(6)
    }
}

fn render_with(
    text: &str,
    range: Range<usize>,
    outline: &Outline,
    levels: Levels,
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
    let mut builder = Builder::new(levels, key, Some(anchors));
    builder.out.reserve(slice.len());
    let mut referred = 0;
    for (event, at) in events(parser.into_offset_iter(), &readable) {
        let (faults, links) = (builder.faults.len(), builder.targets.len());
        let borrowed = at.start >= slice.len();
        let place = at.start.min(slice.len())..at.end.min(slice.len());
        let before = builder.size();
        referred += referred_bytes(&event);
        builder.event(event, at);
        if referred >= REFERENCE_BYTES.max(source.len())
            || !outline.budget.spend(builder.size().saturating_sub(before))
        {
            return Rendered::refused(range.start + place.start..range.start + place.end, &outline.budget);
        }
        if borrowed {
            // Faults in a borrowed note are reported at its definition.
            builder.faults.truncate(faults);
            builder.targets.truncate(links);
        }
    }
    let whole = |r: Range<usize>| range.start + r.start..range.start + r.end;
    let faults = builder.faults.drain(..).map(|f| Fault { range: whole(f.range), ..f }).collect();
    let links = builder.targets.drain(..).map(|(t, r)| (t, whole(address_in(slice, r)))).collect();
    let is_own = |place: &Range<usize>| place.start < slice.len();
    let unused = builder.unused_notes().into_iter().filter(is_own).map(whole).collect();
    let is_borrowed = |label: &String| builder.stands.get(label).is_none_or(|place| !is_own(place));
    let borrowed = (builder.notes.iter().filter(|label| is_borrowed(label)))
        .filter_map(|label| outline.footnotes.get(label).map(|place| place.start))
        .collect();
    Rendered { fragment: builder.finish(), faults, links, unused, borrowed }
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
    let mut builder = Builder::new(Levels::AtLeast(6), "", None);
    builder.inline_only = true;
    let budget = Budget::with(source, HTML_LINE_EXTRA_BYTES);
    let readable = Readable::of(source);
    let parser = Parser::new_ext(readable.text(), options());
    for (event, at) in events(parser.into_offset_iter(), &readable) {
        let before = builder.size();
        builder.event(event, at);
        if !budget.spend(builder.size().saturating_sub(before)) {
            return Rendered::refused(0..source.len(), &budget);
        }
    }
    let faults = std::mem::take(&mut builder.faults);
    let links = builder.targets.drain(..).collect();
    let unused = builder.unused_notes();
    let mut fragment = builder.finish();
    fragment.trim_end();
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

struct Builder<'a> {
    out: Fragment,
    faults: Vec<Fault>,
    targets: Vec<(Target, Range<usize>)>,
    levels: Levels,
    anchors: Option<&'a mut Anchors>,
    inline_only: bool,
    /// The current heading: its level, its text so far, and the position of its mark.
    heading: Option<(u8, String, usize)>,
    /// The current image with its alternative text, and the nesting depth of images.
    image: Option<(Target, String)>,
    image_depth: usize,
    raw: String,
    lists: Vec<Element>,
    alignments: Vec<Alignment>,
    cell: usize,
    in_head: bool,
    /// The footnote labels in the order of first use.
    notes: Vec<String>,
    numbers: HashMap<String, usize>,
    definitions: HashMap<String, Fragment>,
    /// The ranges of the definitions that are shown if they are used.
    stands: HashMap<String, Range<usize>>,
    /// The ranges of definitions whose label was already taken.
    doubles: Vec<Range<usize>>,
    /// The texts around the current definitions.
    outer: Vec<(String, Fragment)>,
    /// The bytes of those texts and of the definitions.
    aside: usize,
}

impl<'a> Builder<'a> {
    fn new(levels: Levels, key: &'a str, anchors: Option<&'a mut Anchors>) -> Builder<'a> {
        Builder {
            out: Fragment::with_key(key),
            faults: Vec::new(),
            targets: Vec::new(),
            levels,
            anchors,
            inline_only: false,
            heading: None,
            image: None,
            image_depth: 0,
            raw: String::new(),
            lists: Vec::new(),
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

    /// Adds a mark within a line. The alternative text of an image has none.
    fn mark(&mut self, mark: Mark) {
        if self.image.is_none() {
            self.out.push(mark);
        }
    }

    /// Adds a mark of a block. In a single line, a blank replaces it.
    fn block(&mut self, mark: Mark) {
        if !self.inline_only {
            self.mark(mark);
        } else if self.image.is_none() && !self.out.needs_no_blank() {
            self.out.push_words(" ");
        }
    }

    /// The approximate number of bytes as HTML so far, in all buffers.
    fn size(&self) -> usize {
        self.aside + self.out.size()
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
        self.out.push_words(&words);
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(end) => self.end(end),
            Event::Text(words) => self.words(&words),
            Event::Code(words) => {
                self.mark(Mark::Start(Element::Code));
                self.words(&words);
                self.mark(Mark::End(Element::Code));
            }
            Event::Html(raw) => self.raw.push_str(&raw),
            Event::InlineHtml(raw) => {
                let kept = without_comments(&raw);
                self.words(&kept);
            }
            Event::SoftBreak => self.words("\n"),
            Event::HardBreak => self.block(Mark::LineBreak),
            Event::Rule => self.block(Mark::Rule),
            Event::FootnoteReference(label) => self.footnote(&label),
            Event::TaskListMarker(is_done) => self.task(is_done),
            Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.block(Mark::Start(Element::Paragraph)),
            Tag::Heading { level, .. } => self.start_heading(level as u8),
            Tag::BlockQuote(_) => self.block(Mark::Start(Element::Quote)),
            Tag::CodeBlock(_) => self.block(Mark::Start(Element::CodeBlock)),
            Tag::HtmlBlock => self.raw.clear(),
            Tag::List(first) => {
                let list = first.map_or(Element::Bullets, Element::Numbers);
                self.lists.push(list);
                self.block(Mark::Start(list));
            }
            Tag::Item => self.block(Mark::Start(Element::Item)),
            Tag::Table(alignments) => {
                self.alignments = alignments;
                self.block(Mark::Start(Element::Table));
            }
            Tag::TableHead => {
                self.in_head = true;
                self.cell = 0;
                self.block(Mark::Start(Element::TableHead));
            }
            Tag::TableRow => {
                self.cell = 0;
                self.block(Mark::Start(Element::TableRow));
            }
            Tag::TableCell => self.block(Mark::Start(self.cell())),
            Tag::Emphasis => self.mark(Mark::Start(Element::Emphasis)),
            Tag::Strong => self.mark(Mark::Start(Element::Strong)),
            Tag::Strikethrough => self.mark(Mark::Start(Element::Struck)),
            Tag::Link { link_type: LinkType::Email, dest_url, .. } if !dest_url.starts_with("mailto:") => {
                self.start_link(&format!("mailto:{dest_url}"), range);
            }
            Tag::Link { dest_url, .. } => self.start_link(&dest_url, range),
            Tag::Image { dest_url, .. } => self.start_image(&dest_url, range),
            Tag::FootnoteDefinition(label) => {
                self.aside += self.out.size();
                let label = fold_label(&label);
                if self.stands.contains_key(&label) {
                    self.doubles.push(range);
                } else {
                    self.stands.insert(label.clone(), range);
                }
                let note = Fragment::with_key(&self.out.key);
                self.outer.push((label, std::mem::replace(&mut self.out, note)));
            }
            _ => {}
        }
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Paragraph => self.block(Mark::End(Element::Paragraph)),
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::BlockQuote(_) => self.block(Mark::End(Element::Quote)),
            TagEnd::CodeBlock => self.block(Mark::End(Element::CodeBlock)),
            TagEnd::HtmlBlock => {
                let raw = std::mem::take(&mut self.raw);
                let kept = without_comments(&raw);
                if !kept.trim().is_empty() {
                    self.block(Mark::Start(Element::Paragraph));
                    self.words(kept.trim());
                    self.block(Mark::End(Element::Paragraph));
                }
            }
            TagEnd::List(_) => {
                let list = self.lists.pop().unwrap_or(Element::Bullets);
                self.block(Mark::End(list));
            }
            TagEnd::Item => self.block(Mark::End(Element::Item)),
            TagEnd::Table => self.block(Mark::End(Element::Table)),
            TagEnd::TableHead => {
                self.in_head = false;
                self.block(Mark::End(Element::TableHead));
            }
            TagEnd::TableRow => self.block(Mark::End(Element::TableRow)),
            TagEnd::TableCell => {
                self.block(Mark::End(self.cell()));
                self.cell += 1;
            }
            TagEnd::Emphasis => self.mark(Mark::End(Element::Emphasis)),
            TagEnd::Strong => self.mark(Mark::End(Element::Strong)),
            TagEnd::Strikethrough => self.mark(Mark::End(Element::Struck)),
            TagEnd::Link => self.mark(Mark::EndLink),
            TagEnd::Image => self.end_image(),
            TagEnd::FootnoteDefinition => {
                if let Some((label, outer)) = self.outer.pop() {
                    self.aside = (self.aside + self.out.size()).saturating_sub(outer.size());
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
        let level = self.levels.shown(level);
        let at = self.out.push_heading(level);
        self.heading = Some((level, String::new(), at));
    }

    fn end_heading(&mut self) {
        let Some((level, words, at)) = self.heading.take() else { return };
        self.out.push(Mark::EndHeading(level));
        if let Some(anchors) = &mut self.anchors {
            self.out.set_heading_id(at, &anchors.claim(&words));
        }
    }

    fn task(&mut self, is_done: bool) {
        if self.inline_only {
            self.words(task_mark(is_done));
            self.words(" ");
        } else {
            self.out.begin_task();
            self.out.push(Mark::Task(is_done));
        }
    }

    fn cell(&self) -> Element {
        let align = match self.alignments.get(self.cell) {
            Some(Alignment::Right) => Align::End,
            Some(Alignment::Center) => Align::Middle,
            _ => Align::Start,
        };
        Element::Cell { is_head: self.in_head, align }
    }

    fn start_link(&mut self, address: &str, range: Range<usize>) {
        if self.image.is_some() {
            return;
        }
        let link = match classify(address) {
            Some(Address::Outside) => Link::Outside(url::encoded(&text::clean(address)).into_owned()),
            Some(Address::Inside(target)) => {
                self.targets.push((target.clone(), range));
                Link::Inside(target)
            }
            None => {
                self.faults.push(Fault { range, kind: FaultKind::Link(quoted(address)) });
                Link::Refused
            }
        };
        self.out.push(Mark::Link(Box::new(link)));
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
        if let Some(image) = self.image.take() {
            self.out.push(Mark::Image(Box::new(image)));
        }
    }

    fn footnote(&mut self, label: &str) {
        if self.image.is_some() {
            return;
        }
        let label = fold_label(label);
        let known = self.numbers.get(&label).copied();
        let number = known.unwrap_or(self.notes.len() + 1);
        self.out.push(Mark::NoteNumber(number, known.is_none()));
        if known.is_none() {
            self.aside += NOTE_BYTES;
            self.numbers.insert(label.clone(), number);
            self.notes.push(label);
        }
    }

    fn finish(mut self) -> Fragment {
        let mut number = 0;
        let mut definitions = std::mem::take(&mut self.definitions);
        if self.notes.is_empty() || self.inline_only {
            return self.out;
        }
        self.out.push(Mark::Start(Element::Notes));
        // A note may refer to another note, so the list may grow while it is written.
        while let Some(label) = self.notes.get(number) {
            number += 1;
            self.out.push(Mark::Start(Element::Note(number)));
            definitions.remove(label).into_iter().for_each(|note| self.out.append(note));
            self.out.push(Mark::End(Element::Note(number)));
        }
        self.out.push(Mark::End(Element::Notes));
        self.out
    }
}

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
