//! Finds the parts of a Markdown text that another program may interpret differently: headings, raw HTML, links,
//! code. It returns byte ranges and renders nothing.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use super::{is_atx, options};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The range of the part, including its markup.
    pub range: Range<usize>,
    pub kind: SpanKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SpanKind {
    /// A heading: its level, the range of its text, and whether it is written with `#`.
    Heading(u8, Range<usize>, bool),
    HtmlBlock,
    /// A tag or comment within text, and whether a line must not end there (in a heading or a table).
    InlineHtml(bool),
    /// A link or an image.
    Link {
        address: String,
        /// The range of its text.
        words: Range<usize>,
        image: bool,
        /// Whether it is written as `<https://…>`.
        bare: bool,
    },
    /// A block or a span of code.
    Code,
}

/// The initial range of the text of a part, before its first word is found.
const UNKNOWN: Range<usize> = Range { start: usize::MAX, end: 0 };

/// All such parts, in the order in which they begin. Links may contain other parts.
#[must_use]
pub fn spans(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    // The open links and headings, by their index in the list.
    let mut open: Vec<usize> = Vec::new();
    let mut tight = 0_usize;
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        if let Some(Span { kind, .. }) = open.last().and_then(|at| found.get_mut(*at))
            && !matches!(event, Event::End(_))
            && let SpanKind::Heading(_, words, _) | SpanKind::Link { words, .. } = kind
        {
            words.start = words.start.min(range.start);
            words.end = words.end.max(range.end);
        }
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                tight += 1;
                open.push(found.len());
                let atx = is_atx(&text[range.clone()], level as u8);
                found.push(Span { range, kind: SpanKind::Heading(level as u8, UNKNOWN, atx) });
            }
            Event::Start(Tag::TableHead | Tag::TableRow) => tight += 1,
            Event::End(TagEnd::TableHead | TagEnd::TableRow) => tight = tight.saturating_sub(1),
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                let bare = matches!(link_type, LinkType::Autolink | LinkType::Email);
                let kind = link(&dest_url, false, bare);
                open.push(found.len());
                found.push(Span { range, kind });
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                open.push(found.len());
                found.push(Span { range, kind: link(&dest_url, true, false) });
            }
            Event::End(TagEnd::Heading(_)) => {
                tight = tight.saturating_sub(1);
                open.pop();
            }
            Event::End(TagEnd::Link | TagEnd::Image) => drop(open.pop()),
            Event::Start(Tag::HtmlBlock) => found.push(Span { range, kind: SpanKind::HtmlBlock }),
            Event::InlineHtml(_) => found.push(Span { range, kind: SpanKind::InlineHtml(tight > 0) }),
            Event::Start(Tag::CodeBlock(_)) | Event::Code(_) => {
                found.push(Span { range, kind: SpanKind::Code });
            }
            _ => {}
        }
    }
    for span in &mut found {
        if let SpanKind::Heading(_, words, _) | SpanKind::Link { words, .. } = &mut span.kind
            && words.start >= words.end
        {
            *words = span.range.end..span.range.end;
        }
    }
    found
}

fn link(address: &str, image: bool, bare: bool) -> SpanKind {
    SpanKind::Link { address: address.to_owned(), words: UNKNOWN, image, bare }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_found_with_their_words() {
        let text = "# A *b*\n\n[see **it**](x.md) ![](y.png) <i>c</i> `<b>`\n\n<div>\nd\n</div>\n";
        let found: Vec<(&str, String)> = spans(text)
            .into_iter()
            .map(|span| {
                let words = match &span.kind {
                    SpanKind::Heading(_, words, _) | SpanKind::Link { words, .. } => {
                        text[words.clone()].to_owned()
                    }
                    other => format!("{other:?}"),
                };
                (&text[span.range], words)
            })
            .collect();
        assert_eq!(found[0], ("# A *b*\n", "A *b*".into()));
        assert_eq!(found[1], ("[see **it**](x.md)", "see **it**".into()));
        assert_eq!(found[2], ("![](y.png)", String::new()));
        assert_eq!(found[3], ("<i>", "InlineHtml(false)".into()));
        assert_eq!(found[5], ("`<b>`", "Code".into()));
        assert_eq!(found[6], ("<div>\nd\n</div>\n", "HtmlBlock".into()));
    }
}
