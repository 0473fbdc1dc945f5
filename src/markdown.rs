//! Renders Markdown (`CommonMark` with tables, strikethrough, footnotes and task lists) as safe HTML and plain text.
//!
//! Raw HTML never passes: comments are dropped, and the rest is shown as text. Links inside the site stay
//! unresolved, because only the page that shows a text knows the relative path. This module does not know what an
//! entry is.
//!
//! Why: docs/decisions/markdown.md.

mod address;
mod budget;
mod builder;
mod characters;
mod chat;
mod cjk;
mod dropped;
mod events;
mod fragment;
mod html;
mod indented;
mod plain;
mod spans;
mod tasks;
mod typos;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use budget::Budget;
use cjk::Readable;
use dropped::{Definition, Finder};
use events::events;

pub use builder::{FaultKind, Rendered, inline, render, render_document};
pub use chat::{Remain, RemainKind, in_plain_text};
pub use dropped::{Lost, LostKind};
pub use fragment::{Fragment, Resolve, Target};
pub use indented::Indented;
pub use spans::{Span, SpanKind, spans};
pub use typos::Slip;

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
}

/// The characters of an HTML entity, by its name: `eacute`. `None` if HTML has no such entity.
#[must_use]
pub fn entity(name: &str) -> Option<String> {
    let written = format!("&{name};");
    let text: String = Parser::new(&written)
        .filter_map(|event| match event {
            Event::Text(text) => Some(text.into_string()),
            _ => None,
        })
        .collect();
    (!text.is_empty() && text != written).then_some(text)
}

/// A heading at the top level of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Its bytes, including the `#`s.
    pub range: Range<usize>,
    /// The level, from 1 to 6.
    pub level: u8,
    /// Whether it is written as `## Text`, not underlined.
    pub atx: bool,
    /// The text without markup.
    pub text: String,
}

/// The result of a first pass over a whole file.
#[derive(Debug, Default)]
pub struct Outline {
    pub headings: Vec<Heading>,
    /// The first comment that is never closed. It contains all text after it.
    pub unclosed: Option<Range<usize>>,
    /// Code, comments and raw HTML, in which nothing is structure.
    opaque: Vec<Range<usize>>,
    /// The opaque ranges that the author wrote on purpose: not indented code, not a fence that never ends, and not
    /// text that an HTML block swallowed.
    deliberate: Vec<Range<usize>>,
    references: HashMap<String, (String, String)>,
    footnotes: HashMap<String, Range<usize>>,
    /// Words that would not be published. Footnotes are reported when they are rendered.
    pub lost: Vec<Lost>,
    pub slips: Vec<Slip>,
    /// What a chat left in copied text.
    pub chat: Vec<Remain>,
    /// Prose that an indent makes a block of code.
    pub indented: Vec<Indented>,
    /// The limit for the HTML of all parts of the text together.
    budget: Budget,
}

impl Outline {
    /// Whether the HTML limit is exceeded, so that parts of the text are not rendered.
    #[must_use]
    pub fn is_spent(&self) -> bool {
        self.budget.is_spent()
    }

    /// Whether a byte is in code or a comment that the author wrote on purpose.
    #[must_use]
    pub fn is_deliberate(&self, at: usize) -> bool {
        covering(&self.deliberate, at).is_some()
    }
}

/// The range that contains a byte. Ranges are sorted and disjoint.
fn covering(ranges: &[Range<usize>], at: usize) -> Option<&Range<usize>> {
    let after = ranges.partition_point(|r| r.start <= at);
    ranges[..after].last().filter(|r| r.contains(&at))
}

fn fold_label(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[must_use]
pub fn outline(text: &str) -> Outline {
    let mut found = Outline { budget: Budget::of(text), ..Outline::default() };
    let readable = Readable::of(text);
    let parser = Parser::new_ext(readable.text(), options());
    let written = |words: &str| readable.taken_out(words).unwrap_or_else(|| words.to_owned());
    let mut definitions = Vec::new();
    for (label, definition) in parser.reference_definitions().iter() {
        let label = fold_label(&written(label));
        let title = definition.title.as_deref().map(written).unwrap_or_default();
        definitions.push(Definition {
            label: label.clone(),
            range: readable.place(definition.span.clone()),
            has_title: !title.is_empty(),
        });
        found.references.insert(label, (written(&definition.dest), title));
    }
    let mut depth = 0_usize;
    let mut heading: Option<Heading> = None;
    let mut finder = Finder::new(text);
    let mut shown = Shown::default();
    let (mut code, mut comments, mut raw) = (Vec::new(), Vec::new(), Vec::new());
    for (event, range) in events(parser.into_offset_iter(), &readable) {
        finder.event(&event, &range);
        shown.event(&event, &range);
        match event {
            Event::Start(tag) => {
                match tag {
                    Tag::Heading { level, .. } if depth == 0 => {
                        let level = level as u8;
                        let atx = is_atx(&text[range.clone()], level);
                        heading = Some(Heading { range, level, atx, text: String::new() });
                    }
                    Tag::CodeBlock(kind) => {
                        match kind {
                            CodeBlockKind::Indented => {
                                found.indented.extend(indented::read(text, &range, depth == 0));
                            }
                            CodeBlockKind::Fenced(_) if is_closed_fence(&text[range.clone()]) => {
                                found.deliberate.push(range.clone());
                            }
                            CodeBlockKind::Fenced(_) => {}
                        }
                        code.push(range.clone());
                        found.opaque.push(range);
                    }
                    Tag::HtmlBlock => {
                        if text[range.clone()].trim_start().starts_with("<!--") {
                            comments.push(range.clone());
                            found.deliberate.push(range.clone());
                        } else {
                            raw.push(range.clone());
                        }
                        found.opaque.push(range);
                    }
                    Tag::FootnoteDefinition(label) if depth == 0 => {
                        found.footnotes.entry(fold_label(&label)).or_insert(range);
                    }
                    _ => {}
                }
                depth += 1;
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                if matches!(end, TagEnd::Heading(_)) && depth == 0 {
                    found.headings.extend(heading.take());
                }
            }
            Event::Text(words) => {
                if let Some(h) = &mut heading {
                    h.text.push_str(&words);
                }
            }
            Event::Code(words) => {
                if let Some(h) = &mut heading {
                    h.text.push_str(&words);
                }
                code.push(range.clone());
                found.deliberate.push(range.clone());
                found.opaque.push(range);
            }
            Event::SoftBreak => heading.iter_mut().for_each(|h| h.text.push(' ')),
            Event::InlineHtml(raw) => {
                let is_comment = raw.starts_with("<!--");
                if let Some(h) = heading.as_mut().filter(|_| !is_comment) {
                    h.text.push_str(&raw);
                }
                // A tag is shown as text, so an update may begin inside it.
                if is_comment {
                    comments.push(range.clone());
                    found.deliberate.push(range.clone());
                }
                found.opaque.push(range);
            }
            _ => {}
        }
    }
    found.unclosed = find_unclosed(text, &found.opaque);
    found.lost = finder.finish(definitions);
    found.slips = typos::find(text, &shown.parts);
    // HTML is shown as text, and `<!here>` begins HTML.
    let shown: Vec<Range<usize>> = shown.parts.into_iter().chain(raw).collect();
    found.chat = chat::find(text, &shown, &code, &comments);
    found
}

/// The parts of a text that are shown as written, outside links, images and code.
#[derive(Default)]
struct Shown {
    parts: Vec<Range<usize>>,
    /// The number of open links, images and code blocks, without bare addresses.
    within: usize,
    /// Whether each open link is a bare address.
    bare: Vec<bool>,
}

impl Shown {
    fn event(&mut self, event: &Event<'_>, range: &Range<usize>) {
        let is_bare = |tag: &Tag<'_>| matches!(tag, Tag::Link { link_type: LinkType::Autolink, .. });
        match event {
            Event::Start(tag @ (Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_))) => {
                self.within += usize::from(!is_bare(tag));
                self.bare.push(is_bare(tag));
            }
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => {
                self.within -= usize::from(self.bare.pop() == Some(false));
            }
            Event::Text(_) if self.within == 0 => match self.parts.last_mut() {
                Some(last) if last.end == range.start => last.end = range.end,
                _ => self.parts.push(range.clone()),
            },
            _ => {}
        }
    }
}

/// Whether a heading is written with `#`. An underlined one may also begin with that character: `#1 is down`.
fn is_atx(heading: &str, level: u8) -> bool {
    let marks = heading.trim_start().trim_start_matches('#');
    let count = heading.trim_start().len() - marks.len();
    count == usize::from(level) && (marks.is_empty() || marks.starts_with([' ', '\t', '\n', '\r']))
}

fn is_closed_fence(block: &str) -> bool {
    let last =
        block.trim_end().rsplit_once('\n').map_or("", |(_, last)| last.trim_start_matches([' ', '>', '\t']));
    last.len() >= 3 && (last.bytes().all(|b| b == b'`') || last.bytes().all(|b| b == b'~'))
}

/// Finds a comment that never ends, because it would publish or hide all text after it.
fn find_unclosed(text: &str, opaque: &[Range<usize>]) -> Option<Range<usize>> {
    let mut until = 0;
    for (at, mark) in text.match_indices("<!--") {
        if at < until {
            continue;
        }
        let closed = match covering(opaque, at) {
            Some(range) if !text[range.clone()].trim_start().starts_with('<') => true,
            Some(range) => text[at..range.end].find("-->").is_some_and(|n| {
                until = at + n;
                true
            }),
            None => text[..at].ends_with('\\'),
        };
        if !closed {
            return Some(at..at + mark.len());
        }
    }
    None
}

/// The identifiers on one page. Each is used only once.
#[derive(Debug, Default)]
pub struct Anchors {
    /// The identifiers of the page itself.
    reserved: &'static [&'static str],
    taken: HashSet<String>,
    /// The next number to try for headings with the same text.
    next: HashMap<String, usize>,
}

impl Anchors {
    #[must_use]
    pub fn reserving(ids: &'static [&'static str]) -> Anchors {
        Anchors { reserved: ids, ..Anchors::default() }
    }

    #[must_use]
    pub fn copy(other: &Anchors) -> Anchors {
        Anchors { reserved: other.reserved, taken: other.taken.clone(), next: other.next.clone() }
    }

    /// Adds the identifiers of a translation.
    pub fn merge(&mut self, other: &Anchors) {
        self.taken.extend(other.taken.iter().cloned());
    }

    /// A new identifier for a heading.
    pub fn claim(&mut self, heading: &str) -> String {
        let slug = crate::text::slugify(heading);
        let stem = if slug.is_empty() { "section".to_owned() } else { slug };
        let mut id = stem.clone();
        while self.reserved.contains(&id.as_str()) || !self.taken.insert(id.clone()) {
            let count = self.next.entry(stem.clone()).or_insert(2);
            id = format!("{stem}-{count}");
            *count += 1;
        }
        id
    }

    /// Whether a heading or a part of the page has this identifier.
    #[must_use]
    pub fn contains(&self, id: &str) -> bool {
        self.reserved.contains(&id) || self.taken.contains(id)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::builder::Fault;
    use super::*;
    use crate::limits::{HTML_EXTRA_BYTES, HTML_FACTOR};
    use crate::tests::{takes_at_most, word};

    fn rendered(text: &str, range: Range<usize>) -> Rendered {
        render(text, range, &outline(text), 2, "s", &mut Anchors::default())
    }

    fn html(text: &str) -> String {
        rendered(text, 0..text.len()).fragment.html(&fragment::Everything)
    }

    fn faults(text: &str) -> Vec<FaultKind> {
        rendered(text, 0..text.len()).faults.into_iter().map(|f| f.kind).collect()
    }

    #[test]
    fn raw_html_is_text_and_comments_are_gone() {
        assert_eq!(html("a <b>c</b> <!-- secret --> d"), "<p>a &lt;b&gt;c&lt;/b&gt;  d</p>\n");
        assert_eq!(html("<!-- secret\n\n## x -->\n\nwords"), "<p>words</p>\n");
        assert!(!html("<script>alert(1)</script>").contains("<script"));
    }

    #[test]
    fn unclosed_comments_are_found_wherever_they_begin() {
        for text in ["a <!-- b\n\nc -->", "<!-- a\n\nb", "<div>\n<!-- x\n</div>"] {
            assert!(outline(text).unclosed.is_some(), "{text}");
        }
        for text in ["`<!--`", "```\n<!--\n```", "\\<!-- a", "<!-- a -->", "x <!-- a --> y"] {
            assert!(outline(text).unclosed.is_none(), "{text}");
        }
    }

    #[test]
    fn only_top_level_headings_are_listed() {
        let found = outline("## a\n\n> ## b\n\n```\n## c\n```\n\nd\n---\n");
        let listed: Vec<_> = found.headings.iter().map(|h| (h.text.as_str(), h.atx)).collect();
        assert_eq!(listed, [("a", true), ("d", false)]);
    }

    #[test]
    fn dangerous_addresses_are_faults() {
        for text in [
            "[a](javascript:alert(1))",
            "[a](//evil.example/)",
            "[a](\\\\evil)",
            "[a](/\\evil.example)",
            "[a](data:text/html,x)",
            "[a](java&Tab;script:x)",
            "[a](java&#115;cript&colon;x)",
            "[a](<&#1;javascript:x>)",
            "[a](</&Tab;/evil.example/>)",
            "[a](</&NewLine;/evil.example/>)",
            "[a](&sol;/evil.example/)",
            "[a](vbscript:x) ",
            "[a](BLOB:x)",
            "[a][b]\n\n[b]: java&#x73;cript:x",
            "<javascript:x>",
        ] {
            assert!(matches!(faults(text)[..], [FaultKind::Link(_)]), "{text}");
        }
        assert!(matches!(faults("![a](https://evil.example/x.png)")[..], [FaultKind::Image(_)]));
        assert!(faults("[a](https://a.example/?q=1&b) [b](mailto:a@b.example) [c](tel:+81) [d](/faq/) [e](#x) [f](../faq/a.md)").is_empty());
    }

    #[test]
    fn references_and_footnotes_work_across_sections() {
        let text = "See [it] and a note[^1].\n\n## end\n\n[it]: https://a.example/\n\n[^1]: The note.\n";
        let shown = rendered(text, 0..25).fragment.html(&fragment::Everything);
        assert!(shown.contains("href=\"https://a.example/\"") && shown.contains("The note."), "{shown}");
    }

    #[test]
    fn headings_start_at_the_given_level_and_can_be_linked_to() {
        assert_eq!(html("# One\n\n### Three"), "<h2 id=\"one\">One</h2>\n<h3 id=\"three\">Three</h3>\n");
    }

    #[test]
    fn headings_of_a_document_keep_their_order_and_skip_no_level() {
        let shown = |text: &str| {
            let document =
                render_document(text, 0..text.len(), &outline(text), 3, "s", &mut Anchors::default());
            let html = document.fragment.html(&fragment::Everything);
            let levels = html.match_indices("<h").filter_map(|(at, _)| html[at + 2..].chars().next());
            levels.filter(char::is_ascii_digit).collect::<String>()
        };
        for (text, levels) in [
            ("# a\n## b\n### c\n## d\n# e\n", "34543"),
            ("## a\n### b\n## c\n", "343"),
            ("### a\n### b\n#### c\n", "334"),
            ("## a\n#### b\n### c\n##### d\n", "3445"),
            ("#### a\n## b\n# c\n## d\n", "3334"),
            ("# a\n## b\n### c\n#### d\n##### e\n###### f\n", "345666"),
            ("a\n===\n\nb\n---\n\n### c\n", "345"),
            ("## a\r\n\r\n- ## b\r\n\r\n> ### c\r\n\r\n```\r\n# d\r\n```\r\n", "334"),
            ("# a\n### b[^1]\n## c\n\n[^1]: # d\n", "3443"),
        ] {
            assert_eq!(shown(text), levels, "{text}");
        }
    }

    #[test]
    fn every_link_has_its_own_place() {
        let text = "[a](x.md) [b](x.md) ![c](/c.png) [d][e]\n\n[e]: y.md\n";
        let places: Vec<_> = rendered(text, 0..text.len()).links.into_iter().map(|l| l.1).collect();
        assert_eq!(places, [4..8, 14..18, 25..31, 33..39]);
    }

    #[test]
    fn an_address_for_mail_is_no_file() {
        let found = rendered("<a@b.example>", 0..13);
        assert_eq!((found.faults.len(), found.links.len()), (0, 0));
        assert!(found.fragment.html(&fragment::Everything).contains("\"mailto:a@b.example\""));
    }

    #[test]
    fn notes_may_lead_to_notes_and_stand_in_each_other() {
        let text = "a[^1]\n\nend\n\n[^1]: one[^2]\n\n[^2]: two [x](javascript:x)\n";
        let first = rendered(text, 0..5);
        assert!(first.fragment.plain().contains("two"), "{}", first.fragment.plain());
        assert!(first.faults.is_empty(), "reported where it stands, not where it is used");
        assert_eq!(faults(text).len(), 1);
        let text = "a[^1] b[^2]\n\n[^1]: one\n\n    [^2]: two\n\nwords\n";
        let shown = rendered(text, 0..text.len()).fragment.plain();
        assert!(["one", "two", "words"].iter().all(|w| shown.contains(w)), "{shown}");
    }

    /// Markdown that expands to much more HTML, in any order and number.
    fn multiplying() -> impl Strategy<Value = String> {
        let pieces = "\
            [^1] [^2]␣ [a] [b]␣ ![a] #\n -␣\n ***\n >␣ |1|2|\n \" < `x` **x** \n\n x |␣-␣|␣-:␣|\n";
        let runs = prop::collection::vec((word(pieces), 1_usize..400), 1..12);
        (runs, 0_usize..6_000, 0_usize..6_000).prop_map(|(runs, note, address)| {
            let body: String = runs.into_iter().map(|(piece, count)| piece.repeat(count)).collect();
            let (note, address) = ("long ".repeat(note / 5), "a".repeat(address));
            format!(
                "{body}\n\n[^1]: {note}\n\n[^2]: b[^1]\n\n[a]: https://a.example/{address}\n[b]: /{address}\n"
            )
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn no_text_becomes_more_html_than_the_documented_factor(text in multiplying(), parts in 1_usize..40) {
            let outline = outline(&text);
            let mut anchors = Anchors::default();
            let body = text.find("[^1]: ").unwrap_or(text.len());
            let (mut bytes, mut refused) = (0, 0);
            for part in 0..parts {
                // The same part is rendered again, because each update that uses a note contains it.
                let rendered = render(&text, 0..body, &outline, 2, &format!("u{part}"), &mut anchors);
                bytes += rendered.fragment.html(&fragment::Everything).len();
                refused += rendered.faults.iter().filter(|f| matches!(f.kind, FaultKind::Expands(_))).count();
            }
            prop_assert!(bytes <= HTML_FACTOR * text.len() + HTML_EXTRA_BYTES, "{bytes} of {}", text.len());
            prop_assert!(refused <= 1, "told once");
        }
    }

    #[test]
    fn a_footnote_of_205_kb_that_is_used_3000_times_is_refused() {
        let text = format!("{}\n[^1]: {}\n", "a[^1]\n\n".repeat(3_000), "long words ".repeat(17_000));
        let outline = outline(&text);
        let mut bytes = 0;
        let mut faults = Vec::new();
        for part in 0..3_000 {
            let range = 7 * part..7 * part + 7;
            let rendered = render(&text, range, &outline, 4, "u", &mut Anchors::default());
            bytes += rendered.fragment.html(&fragment::Everything).len();
            faults.extend(rendered.faults);
        }
        assert!(bytes <= 20 * text.len(), "{bytes}");
        assert!(matches!(faults[..], [Fault { kind: FaultKind::Expands(_), .. }]), "{faults:?}");
    }

    #[test]
    fn large_texts_take_no_longer_than_their_size() {
        takes_at_most(20, || {
            let notes: String = (0..20_000).map(|n| format!("a[^{n}]\n\n[^{n}]: b\n\n")).collect();
            for text in [
                "### a\n".repeat(100_000),
                format!("<div>\n{}", "<!--\n".repeat(100_000)),
                format!("<!-- {} -->", "<!-- ".repeat(100_000)),
                "<!-- a -->\n\n".repeat(50_000),
                (0..40_000).map(|n| format!("[a](/faq/#{n})\n")).collect(),
                "[^".repeat(200_000),
                notes,
                "> ".repeat(100_000),
                "[".repeat(200_000),
            ] {
                rendered(&text, 0..text.len());
            }
        });
    }
}
