//! Markdown (CommonMark with tables, strikethrough and footnotes) → safe HTML and plain text.
//!
//! Raw HTML never passes: comments are dropped, the rest is shown as text. Addresses inside the site
//! are left open as holes, because only the page that shows a text knows how to reach them from where
//! it stands. Nothing here knows what an entry is.

mod fragment;
mod writer;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

pub use fragment::{Fragment, Resolve, Target};
pub use writer::{Fault, FaultKind, inline, render};

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES
}

/// A heading that stands at the top level of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Its bytes, with the `#`s.
    pub range: Range<usize>,
    /// 1 to 6.
    pub level: u8,
    /// `## Text`, not underlined.
    pub atx: bool,
    /// The words without markup.
    pub text: String,
}

/// What a first pass over a whole file finds.
#[derive(Debug, Default)]
pub struct Outline {
    /// Headings at the top level, in order.
    pub headings: Vec<Heading>,
    /// Code, comments and raw HTML: places where nothing is structure.
    pub opaque: Vec<Range<usize>>,
    /// Comments that are never closed.
    pub unclosed: Vec<Range<usize>>,
    references: HashMap<String, (String, String)>,
    footnotes: HashMap<String, Range<usize>>,
}

impl Outline {
    /// Whether a byte lies in code, a comment or raw HTML.
    #[must_use]
    pub fn is_opaque(&self, at: usize) -> bool {
        let after = self.opaque.partition_point(|r| r.start <= at);
        self.opaque[..after].iter().rev().take(4).any(|r| r.contains(&at))
    }
}

fn fold_label(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Reads the structure of a text.
#[must_use]
pub fn outline(text: &str) -> Outline {
    let mut found = Outline::default();
    let parser = Parser::new_ext(text, options());
    for (label, definition) in parser.reference_definitions().iter() {
        let title = definition.title.as_deref().unwrap_or("");
        found.references.insert(fold_label(label), (definition.dest.to_string(), title.to_owned()));
    }
    let mut depth = 0_usize;
    let mut heading: Option<Heading> = None;
    for (event, range) in parser.into_offset_iter() {
        match event {
            Event::Start(tag) => {
                match tag {
                    Tag::Heading { level, .. } if depth == 0 => {
                        let atx = text[range.clone()].trim_start().starts_with('#');
                        heading = Some(Heading { range, level: level as u8, atx, text: String::new() });
                    }
                    Tag::CodeBlock(_) | Tag::HtmlBlock => found.opaque.push(range),
                    Tag::FootnoteDefinition(label) if depth == 0 => {
                        found.footnotes.insert(fold_label(&label), range);
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
                found.opaque.push(range);
            }
            Event::InlineHtml(_) => found.opaque.push(range),
            _ => {}
        }
    }
    find_unclosed(text, &mut found);
    found
}

/// A comment that never ends would publish, or hide, all that follows.
fn find_unclosed(text: &str, found: &mut Outline) {
    for (at, mark) in text.match_indices("<!--") {
        let escaped = text[..at].ends_with('\\');
        let inside = found.opaque.iter().find(|r| r.contains(&at));
        let closed = match inside {
            Some(range) if !text[range.clone()].trim_start().starts_with('<') => true,
            Some(range) => text[at..range.end].contains("-->"),
            None => escaped,
        };
        if !closed {
            found.unclosed.push(at..at + mark.len());
        }
    }
}

/// Identifiers on one page: each is used once.
#[derive(Debug, Default)]
pub struct Anchors {
    taken: HashSet<String>,
}

impl Anchors {
    /// With the identifiers that the page itself uses.
    #[must_use]
    pub fn reserving(ids: &[&str]) -> Anchors {
        Anchors { taken: ids.iter().map(|i| (*i).to_owned()).collect() }
    }

    /// A second list of the same identifiers.
    #[must_use]
    pub fn copy(other: &Anchors) -> Anchors {
        Anchors { taken: other.taken.clone() }
    }

    /// Adds the identifiers of a translation.
    pub fn merge(&mut self, other: &Anchors) {
        self.taken.extend(other.taken.iter().cloned());
    }

    /// An identifier for a heading, not yet used.
    pub fn claim(&mut self, heading: &str) -> String {
        let slug = crate::text::slugify(heading);
        let stem = if slug.is_empty() { "section".to_owned() } else { slug };
        let mut id = stem.clone();
        let mut count = 2;
        while !self.taken.insert(id.clone()) {
            id = format!("{stem}-{count}");
            count += 1;
        }
        id
    }

    /// Whether a heading or a part of the page has this identifier.
    #[must_use]
    pub fn contains(&self, id: &str) -> bool {
        self.taken.contains(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> String {
        let outline = outline(text);
        let mut faults = Vec::new();
        let fragment = render(text, 0..text.len(), &outline, 2, "s", &mut Anchors::default(), &mut faults);
        fragment.html(&fragment::Everything)
    }

    fn faults(text: &str) -> Vec<FaultKind> {
        let outline = outline(text);
        let mut faults = Vec::new();
        render(text, 0..text.len(), &outline, 2, "s", &mut Anchors::default(), &mut faults);
        faults.into_iter().map(|f| f.kind).collect()
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
            assert_eq!(outline(text).unclosed.len(), 1, "{text}");
        }
        for text in ["`<!--`", "```\n<!--\n```", "\\<!-- a", "<!-- a -->", "x <!-- a --> y"] {
            assert!(outline(text).unclosed.is_empty(), "{text}");
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
        for text in
            ["[a](javascript:alert(1))", "[a](//evil.example/)", "[a](\\\\evil)", "[a](data:text/html,x)"]
        {
            assert!(matches!(faults(text)[..], [FaultKind::Link(_)]), "{text}");
        }
        assert!(matches!(faults("![a](https://evil.example/x.png)")[..], [FaultKind::Image(_)]));
        assert!(faults("[a](https://a.example/?q=1&b) [b](mailto:a@b.example) [c](tel:+81) [d](/faq/) [e](#x) [f](../faq/a.md)").is_empty());
    }

    #[test]
    fn references_and_footnotes_work_across_sections() {
        let text = "See [it] and a note[^1].\n\n## end\n\n[it]: https://a.example/\n\n[^1]: The note.\n";
        let outline = outline(text);
        let mut faults = Vec::new();
        let first = render(text, 0..25, &outline, 2, "s", &mut Anchors::default(), &mut faults);
        let shown = first.html(&fragment::Everything);
        assert!(shown.contains("href=\"https://a.example/\"") && shown.contains("The note."), "{shown}");
    }

    #[test]
    fn headings_start_at_the_given_level_and_can_be_linked_to() {
        assert_eq!(html("# One\n\n### Three"), "<h2 id=\"one\">One</h2>\n<h3 id=\"three\">Three</h3>\n");
    }
}
