//! Diagnostics for words that Markdown drops, for mistyped links, and for Markdown that noroshi refuses.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Place};
use crate::limits::QUOTED_BYTES;
use crate::markdown::{FaultKind, Lost, LostKind, Slip};
use crate::text::shorten;

/// Reports words that Markdown drops, in a text that begins at byte `base` of its file.
pub fn words(text: &str, lost: &Lost, place: impl Fn(&Range<usize>) -> Place, base: usize) -> Diagnostic {
    let (message, help) = explained(text, lost);
    let at = place(&lost.range);
    match lost.kind {
        LostKind::Definition => {
            let diagnostic = Diagnostic::error("link/unused-definition", at, message).help(help);
            // A target that cannot be an address was meant as text.
            if is_prose(&text[lost.range.clone()]) {
                diagnostic.fix(base + lost.range.start..base + lost.range.start + 1, "\\[")
            } else {
                diagnostic
            }
        }
        LostKind::Title => Diagnostic::warning("link/title", at, message).help(help),
        LostKind::Cell | LostKind::Fence | LostKind::Other => {
            Diagnostic::error("markdown/lost-words", at, message).help(help)
        }
    }
}

/// The message and the help.
pub fn explained(text: &str, lost: &Lost) -> (String, String) {
    let written = &text[lost.range.clone()];
    let line = shorten(written.lines().next().unwrap_or_default(), QUOTED_BYTES);
    match lost.kind {
        LostKind::Definition => (
            format!("`{line}` defines a link that no text uses, so these words are not published"),
            format!("if they are text, write `\\{line}`; else use the link, or remove the line"),
        ),
        LostKind::Title => (
            format!("the title in `{line}` is not published"),
            "write it into the text of the link, or beside it".to_owned(),
        ),
        LostKind::Cell => (
            format!("`{line}` is not published: the first row of the table has fewer cells than this row"),
            "give the first row and the row of `---` as many cells; if a `|` is text, write `\\|`".to_owned(),
        ),
        LostKind::Fence => (
            format!("the words in `{line}` are not published: a code block begins with this line"),
            "write the words on a line of their own, outside the code block".to_owned(),
        ),
        LostKind::Other => (
            format!("`{line}` is not published: Markdown reads it as markup"),
            "write a `\\` before the first sign that is text".to_owned(),
        ),
    }
}

/// Whether the target of a definition is prose, not an address.
fn is_prose(definition: &str) -> bool {
    let target = definition.split_once("]:").map_or("", |(_, target)| target.trim());
    !target.starts_with(['/', '.', '#', '<'])
        && !target.contains("://")
        && target.bytes().any(|b| !b.is_ascii())
}

/// Reports a mistyped link.
pub fn slip(text: &str, slip: &Slip, place: impl Fn(&Range<usize>) -> Place) -> Diagnostic {
    let (message, help) = misspelt(text, slip);
    Diagnostic::warning("link/misspelt", place(&slip.range), message).help(help)
}

/// The message and the help.
pub fn misspelt(text: &str, slip: &Slip) -> (String, String) {
    let start = text[..slip.range.start].rfind('\n').map_or(0, |n| n + 1);
    let end = text[slip.range.end..].find('\n').map_or(text.len(), |n| slip.range.end + n);
    let line = format!("{}{}{}", &text[start..slip.range.start], slip.link, &text[slip.range.end..end]);
    let shown = if line.len() > QUOTED_BYTES * 4 { slip.link.clone() } else { line.trim().to_owned() };
    (
        format!("`{}` is not a link", shorten(&text[slip.range.clone()], QUOTED_BYTES)),
        format!("write `{shown}`"),
    )
}

/// Reports a footnote that no text refers to.
pub fn note(place: Place) -> Diagnostic {
    let message = "no text shows this footnote, so its words are not published";
    Diagnostic::error("markdown/unused-note", place, message).help(
        "put its mark `[^…]` where it is meant, write `\\[^` if it is text, or remove it; a label has one footnote",
    )
}

/// The code, the message and the help for a fault in Markdown.
pub fn fault(kind: &FaultKind) -> (&'static str, String, &'static str) {
    match kind {
        FaultKind::Link(address) => (
            "link/not-allowed",
            format!("no link may lead to `{address}`"),
            "links lead to `https://…`, `http://…`, `mailto:…`, `tel:…`, `/path`, `#id` or an entry's file",
        ),
        FaultKind::Image(address) => (
            "link/foreign-image",
            format!("the image `{address}` is not the site's own"),
            "put it under `content/static/` and write its address from the root: `/picture.png`",
        ),
        FaultKind::Expands(most) => (
            "markdown/too-large",
            format!("with its marks, notes and addresses this text becomes more than {most} bytes of HTML"),
            "write long notes and addresses once, and split the text into several entries",
        ),
    }
}
