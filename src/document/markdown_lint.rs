//! Diagnostics for words that Markdown drops, for mistyped links, for what a chat or an indent made of a text, and
//! for Markdown that noroshi refuses.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Place};
use crate::limits::QUOTED_BYTES;
use crate::markdown::{AnchorFault, FaultKind, Indented, Lost, LostKind, Remain, RemainKind, Slip};
use crate::text::{self, shorten};

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
            format!("`{line}` defines a link that the text never uses, so noroshi does not publish it"),
            format!("if it is text, write `\\{line}`; otherwise use the link, or delete the line"),
        ),
        LostKind::Title => (
            format!("noroshi does not publish the title in `{line}`"),
            "write it in the text of the link, or beside the link".to_owned(),
        ),
        LostKind::Cell => (
            format!(
                "noroshi does not publish `{line}`: the first row of the table has fewer cells than this row"
            ),
            "give the first row and the row of `---` the same number of cells; if a `|` is text, write `\\|`"
                .to_owned(),
        ),
        LostKind::Fence => (
            format!("noroshi does not publish the text in `{line}`: this line begins a code block"),
            "write the text on a line of its own, outside the code block".to_owned(),
        ),
        LostKind::Other => (
            format!("noroshi does not publish `{line}`: Markdown reads it as markup"),
            "write a `\\` before the first character that is text".to_owned(),
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

/// Reports what a chat left in a text that begins at byte `base` of its file. `all` is what it left in the text.
pub fn chat(
    text: &str,
    all: &[Remain],
    place: impl Fn(&Range<usize>) -> Place,
    base: usize,
) -> Vec<Diagnostic> {
    all.iter()
        .map(|remain| {
            let written = text[remain.range.clone()].trim();
            let line = mended_line(text, all, remain);
            let (message, help) = left_by_a_chat(written, remain.kind, &line);
            let at = remain.range.start + text[remain.range.clone()].find(written).unwrap_or_default();
            let at = place(&(at..at + written.len()));
            let found = Diagnostic::warning("markdown/chat-markup", at, message).help(help);
            if !remain.is_sure {
                return found;
            }
            found.fix(base + remain.range.start..base + remain.range.end, remain.mended.clone())
        })
        .collect()
}

/// The line of a remain with all of its remains mended; only the remain if the line is long.
fn mended_line(text: &str, all: &[Remain], remain: &Remain) -> String {
    let start = text[..remain.range.start].rfind('\n').map_or(0, |n| n + 1);
    let end = text[remain.range.end..].find('\n').map_or(text.len(), |n| remain.range.end + n);
    if end - start > QUOTED_BYTES * 2 {
        return remain.mended.clone();
    }
    let (mut line, mut last) = (String::new(), start);
    for other in all.iter().filter(|other| other.range.start >= start && other.range.end <= end) {
        line.push_str(&text[last..other.range.start]);
        line.push_str(&other.mended);
        last = other.range.end;
    }
    line.push_str(&text[last..end]);
    line.trim().to_owned()
}

fn left_by_a_chat(written: &str, kind: RemainKind, line: &str) -> (String, String) {
    let written = shorten(written, QUOTED_BYTES);
    let write = if line.is_empty() { "delete it".to_owned() } else { format!("write `{line}`") };
    let named = |what: &str| {
        if line.is_empty() {
            format!("write {what}, or delete it")
        } else {
            format!("write {what}, or `{line}`")
        }
    };
    match kind {
        RemainKind::Mention => (
            format!("`{written}` mentions somebody in a chat, and readers see it as it is"),
            named("the name of a team"),
        ),
        RemainKind::Call => {
            (format!("`{written}` calls people in a chat, and readers see it as it is"), write)
        }
        RemainKind::Channel => (
            format!("`{written}` is a channel of a chat, which readers cannot open"),
            named("where readers find more"),
        ),
        RemainKind::Link => {
            (format!("`{written}` is a link as a chat writes it; Markdown reads it differently"), write)
        }
        RemainKind::Time => {
            (format!("`{written}` is a time of a chat, and readers see it as it is"), named("the time"))
        }
        RemainKind::Emoji => {
            (format!("`{written}` is an emoji of a chat, and readers see its name"), named("it in words"))
        }
        RemainKind::Entity => {
            (format!("`{written}` is one encoded character, and readers see it as it is"), write)
        }
    }
}

/// Reports prose that an indent makes a block of code.
pub fn indented(
    text: &str,
    found: &Indented,
    place: impl Fn(&Range<usize>) -> Place,
    base: usize,
) -> Diagnostic {
    let line = shorten(&text[found.first.clone()], QUOTED_BYTES);
    let message = "the indent makes this paragraph a block of code";
    let help = format!(
        "write `{line}` without blanks before it; to show code, put it between two lines of three backticks"
    );
    let diagnostic = Diagnostic::warning("markdown/indented-text", place(&found.first), message).help(help);
    match &found.mended {
        Some(mended) => diagnostic.fix(base + found.block.start..base + found.block.end, mended.clone()),
        None => diagnostic,
    }
}

/// Reports a footnote that no text refers to.
pub fn note(place: Place) -> Diagnostic {
    let message = "no text refers to this footnote, so noroshi does not publish it";
    Diagnostic::error("markdown/unused-note", place, message).help(
        "write its mark `[^…]` where it belongs, write `\\[^` if it is text, or delete it; use each label for one footnote",
    )
}

/// The code, the message and the help for an anchor `{#…}` that cannot be one.
pub fn anchor(written: &str, fault: &AnchorFault) -> (&'static str, String, String) {
    match fault {
        AnchorFault::Form => {
            let suggestion = text::slugify(written);
            let mark = if written.starts_with(['{', '｛']) {
                written.to_owned()
            } else {
                format!("{{#{written}}}")
            };
            let help = if suggestion.is_empty() {
                "write letters, digits, `-` and `_`, for example `{#state-01}`; write `\\{` if it is text"
                    .to_owned()
            } else {
                format!("write `{{#{suggestion}}}`; write `\\{{` if it is text")
            };
            ("link/bad-anchor", format!("`{mark}` cannot be the anchor of a heading"), help)
        }
        AnchorFault::Reserved => (
            "link/reserved-anchor",
            format!("noroshi gives the anchor `#{written}` to a part of the page itself"),
            format!("use another name, for example `{{#own-{written}}}`"),
        ),
        AnchorFault::Taken => (
            "link/duplicate-anchor",
            format!("another heading of this entry has the anchor `#{written}`"),
            "use another name; a heading without one has its words: `### Root cause` is `#root-cause`"
                .to_owned(),
        ),
    }
}

/// The code, the message and the help for a fault in Markdown.
pub fn fault(kind: &FaultKind) -> (&'static str, String, String) {
    let (code, message, help) = match kind {
        FaultKind::Anchor(written, fault) => return anchor(written, fault),
        FaultKind::Link(address) => (
            "link/not-allowed",
            format!("a link to `{address}` is not allowed"),
            "link to `https://…`, `http://…`, `mailto:…`, `tel:…`, `/path`, `#id` or an entry's file",
        ),
        FaultKind::Image(address) => (
            "link/foreign-image",
            format!("the image `{address}` is not a file of this site"),
            "put it under `content/static/` and write its address from the root: `/picture.png`",
        ),
        FaultKind::Expands(most) => (
            "markdown/too-large",
            format!(
                "with its markup, footnotes and addresses, this text becomes more than {most} bytes of HTML"
            ),
            "use each long footnote and address once, and split the text into several entries",
        ),
    };
    (code, message, help.to_owned())
}
