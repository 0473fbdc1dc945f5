//! Writes parsed Markdown as HTML, and knows how long that HTML is.

use std::fmt::Write as _;

use super::fragment::{Align, Element, Fragment, Link, Mark, Piece, Resolve, Target};
use super::tasks::task_mark;
use crate::text::{escape_into, escaped_len};

impl Fragment {
    #[must_use]
    pub fn html(&self, resolve: &dyn Resolve) -> String {
        let mut out = String::new();
        self.write(&mut out, resolve);
        out
    }

    pub fn write(&self, out: &mut String, resolve: &dyn Resolve) {
        out.reserve(self.size());
        let mut is_linked = false;
        for piece in self.pieces() {
            let mark = match piece {
                Piece::Words(words) => {
                    escape_into(out, words);
                    continue;
                }
                Piece::Mark(mark) => mark,
            };
            match mark {
                Mark::Start(Element::Numbers(first)) if *first != 1 => {
                    let _ = writeln!(out, "<ol start=\"{first}\">");
                }
                Mark::Start(Element::Note(number)) => {
                    out.push_str("<li id=\"");
                    self.note_id(out, "fn", *number, resolve.prefix());
                    out.push_str("\">");
                }
                Mark::End(Element::Note(number)) => {
                    out.truncate(out.trim_end().len());
                    out.push_str(" <a");
                    self.note_address(out, "fnref", *number, resolve);
                    let _ = writeln!(out, " aria-label=\"{number}\">↩</a></li>");
                }
                Mark::Start(element) => out.push_str(element.tags().0),
                Mark::End(element) => out.push_str(element.tags().1),
                Mark::Heading(level, id) => {
                    let _ = write!(out, "<h{level}");
                    if let Some(id) = id.as_ref().filter(|_| resolve.prefix().is_empty()) {
                        attribute(out, "id", id);
                    }
                    out.push('>');
                }
                Mark::EndHeading(level) => {
                    let _ = writeln!(out, "</h{level}>");
                }
                Mark::Link(link) => is_linked = write_link(out, link, resolve),
                Mark::EndLink if is_linked => out.push_str("</a>"),
                Mark::EndLink | Mark::Words(_) => {}
                Mark::Image(image) => {
                    let (target, alternative) = &**image;
                    out.push_str("<img");
                    attribute(out, "src", &resolve.address(target).unwrap_or_default());
                    attribute(out, "alt", alternative);
                    out.push('>');
                }
                Mark::NoteNumber(number, is_first) => {
                    out.push_str("<sup><a");
                    self.note_address(out, "fn", *number, resolve);
                    if *is_first {
                        out.push_str(" id=\"");
                        self.note_id(out, "fnref", *number, resolve.prefix());
                        out.push('"');
                    }
                    let _ = write!(out, ">{number}</a></sup>");
                }
                Mark::Task(is_done) => write_task(out, *is_done, resolve.task(*is_done)),
                Mark::LineBreak => out.push_str("<br>\n"),
                Mark::Rule => out.push_str("<hr>\n"),
            }
        }
    }

    /// Writes the identifier of a footnote, or of the number that refers to it.
    fn note_id(&self, out: &mut String, what: &str, number: usize, prefix: &str) {
        escape_into(out, prefix);
        let _ = write!(out, "{what}-{}-{number}", self.key);
    }

    fn note_address(&self, out: &mut String, what: &str, number: usize, resolve: &dyn Resolve) {
        out.push_str(" href=\"");
        let page = resolve.notes_page();
        escape_into(out, page);
        out.push('#');
        // On a page of its own, the text needs no prefix.
        self.note_id(out, what, number, if page.is_empty() { resolve.prefix() } else { "" });
        out.push('"');
    }
}

/// Writes the mark of a task. A screen reader says the label instead of it.
fn write_task(out: &mut String, is_done: bool, label: Option<&str>) {
    let Some(label) = label else {
        out.push_str(task_mark(is_done));
        out.push(' ');
        return;
    };
    out.push_str("<span class=\"mark\" role=\"img\"");
    attribute(out, "aria-label", label);
    out.push('>');
    out.push_str(task_mark(is_done));
    // As text, also where the mark is an emoji otherwise.
    out.push_str("\u{fe0e}</span> ");
}

/// Writes the start of a link, and returns whether there is one.
fn write_link(out: &mut String, link: &Link, resolve: &dyn Resolve) -> bool {
    let resolved;
    let address = match link {
        Link::Outside(address) => Some(address),
        Link::Inside(target) => {
            resolved = resolve.address(target);
            resolved.as_ref()
        }
        Link::Refused => None,
    };
    if let Some(address) = address {
        out.push_str("<a");
        attribute(out, "href", address);
        out.push('>');
    }
    address.is_some()
}

fn attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape_into(out, value);
    out.push('"');
}

impl Element {
    /// The tags of an element without variable attributes.
    fn tags(self) -> (&'static str, &'static str) {
        match self {
            Element::Paragraph => ("<p>", "</p>\n"),
            Element::Quote => ("<blockquote>\n", "</blockquote>\n"),
            Element::CodeBlock => ("<pre><code>", "</code></pre>\n"),
            Element::Bullets => ("<ul>\n", "</ul>\n"),
            Element::Numbers(_) => ("<ol>\n", "</ol>\n"),
            Element::Item | Element::Note(_) => ("<li>", "</li>\n"),
            Element::TaskItem => ("<li class=\"task\">", "</li>\n"),
            Element::Table => ("<div class=\"scroll\"><table>\n", "</tbody></table></div>\n"),
            Element::TableHead => ("<thead><tr>", "</tr></thead>\n<tbody>\n"),
            Element::TableRow => ("<tr>", "</tr>\n"),
            Element::Cell { is_head: true, align } => (
                match align {
                    Align::Start => "<th scope=\"col\">",
                    Align::Middle => "<th scope=\"col\" class=\"middle\">",
                    Align::End => "<th scope=\"col\" class=\"end\">",
                },
                "</th>",
            ),
            Element::Cell { is_head: false, align } => (
                match align {
                    Align::Start => "<td>",
                    Align::Middle => "<td class=\"middle\">",
                    Align::End => "<td class=\"end\">",
                },
                "</td>",
            ),
            Element::Emphasis => ("<em>", "</em>"),
            Element::Strong => ("<strong>", "</strong>"),
            Element::Struck => ("<del>", "</del>"),
            Element::Code => ("<code>", "</code>"),
            Element::Notes => ("<ol class=\"notes\">\n", "</ol>\n"),
        }
    }
}

impl Mark {
    /// The approximate length of the mark as HTML; for words, see [`Fragment::push_words`].
    pub(super) fn html_bytes(&self) -> usize {
        /// The room for a prefix and a number in the markup of a footnote.
        const NOTE: usize = 48;
        /// The room for the mark of a task and its label.
        const TASK: usize = 96;
        match self {
            Mark::Words(_) => 0,
            Mark::Start(Element::Note(_)) | Mark::End(Element::Note(_)) => NOTE,
            Mark::Start(element) => element.tags().0.len(),
            Mark::End(element) => element.tags().1.len(),
            Mark::Heading(_, id) => "<h2>".len() + id.as_ref().map_or(0, |id| id.len()),
            Mark::EndHeading(_) => "</h2>\n".len(),
            Mark::Link(link) => {
                "<a href=\"\">".len()
                    + match &**link {
                        Link::Outside(address) => escaped_len(address),
                        Link::Inside(target) => target.len(),
                        Link::Refused => 0,
                    }
            }
            Mark::EndLink => "</a>".len(),
            Mark::Image(image) => "<img src=\"\" alt=\"\">".len() + image.0.len() + escaped_len(&image.1),
            Mark::NoteNumber(_, is_first) => {
                if *is_first {
                    2 * NOTE
                } else {
                    NOTE
                }
            }
            Mark::Task(_) => TASK,
            Mark::LineBreak | Mark::Rule => "<br>\n".len(),
        }
    }
}

impl Target {
    fn len(&self) -> usize {
        match self {
            Target::File(path, id) => path.len() + id.as_ref().map_or(0, String::len),
            Target::Site(path) => path.len(),
            Target::Here(id) => id.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Anchors, outline, render};
    use super::*;

    struct Shown {
        prefix: &'static str,
        page: &'static str,
    }

    impl Resolve for Shown {
        fn address(&self, _: &Target) -> Option<String> {
            None
        }
        fn prefix(&self) -> &str {
            self.prefix
        }
        fn notes_page(&self) -> &str {
            self.page
        }
    }

    #[test]
    fn links_to_footnotes_lead_to_identifiers_of_the_page_that_they_name() {
        let text = "a[^1]\n\n[^1]: The note.\n";
        let fragment = render(text, 0..text.len(), &outline(text), 2, "s", &mut Anchors::default()).fragment;
        let html = |prefix, page| fragment.html(&Shown { prefix, page });
        let own = html("", "");
        assert!(own.contains("id=\"fn-s-1\"") && own.contains("href=\"#fn-s-1\""), "{own}");
        let among_others = html("x-", "");
        assert!(among_others.contains("id=\"x-fn-s-1\""), "{among_others}");
        assert!(among_others.contains("href=\"#x-fn-s-1\""), "{among_others}");
        let feed = html("x-", "https://a.example/x/");
        assert!(feed.contains("href=\"https://a.example/x/#fn-s-1\""), "{feed}");
        assert!(feed.contains("href=\"https://a.example/x/#fnref-s-1\""), "{feed}");
    }
}
