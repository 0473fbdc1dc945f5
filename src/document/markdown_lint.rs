//! Diagnostics for words that Markdown drops, for mistyped links, for what a chat or an indent made of a text, and
//! for Markdown that noroshi refuses.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Place};
use crate::document::write_it;
use crate::limits::QUOTED_BYTES;
use crate::markdown::{AnchorFault, FaultKind, Indented, Lost, LostKind, Remain, RemainKind, Slip};
use crate::message::{Message, message};
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
pub fn explained(text: &str, lost: &Lost) -> (Message, Message) {
    let written = &text[lost.range.clone()];
    let line = shorten(written.lines().next().unwrap_or_default(), QUOTED_BYTES);
    match lost.kind {
        LostKind::Definition => (
            message!(
                "document-lost-definition",
                "`{line}` defines a link that the text never uses, so noroshi does not publish it",
                line
            ),
            message!(
                "document-lost-definition-help",
                "if it is text, write `\\{line}`; otherwise use the link, or delete the line",
                line
            ),
        ),
        LostKind::Title => (
            message!("document-lost-title", "noroshi does not publish the title in `{line}`", line),
            message!("document-lost-title-help", "write it in the text of the link, or beside the link"),
        ),
        LostKind::Cell => (
            message!(
                "document-lost-cell",
                "noroshi does not publish `{line}`: the first row of the table has fewer cells than this row",
                line
            ),
            message!(
                "document-lost-cell-help",
                "give the first row and the row of `---` the same number of cells; if a `|` is text, write `\\|`"
            ),
        ),
        LostKind::Fence => (
            message!(
                "document-lost-fence",
                "noroshi does not publish the text in `{line}`: this line begins a code block",
                line
            ),
            message!(
                "document-lost-fence-help",
                "write the text on a line of its own, outside the code block"
            ),
        ),
        LostKind::Other => (
            message!(
                "document-lost-words",
                "noroshi does not publish `{line}`: Markdown reads it as markup",
                line
            ),
            message!("document-lost-words-help", "write a `\\` before the first character that is text"),
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
pub fn misspelt(text: &str, slip: &Slip) -> (Message, Message) {
    let start = text[..slip.range.start].rfind('\n').map_or(0, |n| n + 1);
    let end = text[slip.range.end..].find('\n').map_or(text.len(), |n| slip.range.end + n);
    let line = format!("{}{}{}", &text[start..slip.range.start], slip.link, &text[slip.range.end..end]);
    let shown = if line.len() > QUOTED_BYTES * 4 { slip.link.clone() } else { line.trim().to_owned() };
    let written = shorten(&text[slip.range.clone()], QUOTED_BYTES);
    (message!("document-not-a-link", "`{written}` is not a link", written), write_it(&shown))
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

/// The message and the help. `line` is what to write instead, and empty if nothing is left.
fn left_by_a_chat(written: &str, kind: RemainKind, line: &str) -> (Message, Message) {
    let written = shorten(written, QUOTED_BYTES);
    let message = match kind {
        RemainKind::Mention => message!(
            "document-chat-mention",
            "`{written}` mentions somebody in a chat, and readers see it as it is",
            written
        ),
        RemainKind::Call => message!(
            "document-chat-call",
            "`{written}` calls people in a chat, and readers see it as it is",
            written
        ),
        RemainKind::Channel => message!(
            "document-chat-channel",
            "`{written}` is a channel of a chat, which readers cannot open",
            written
        ),
        RemainKind::Link => message!(
            "document-chat-link",
            "`{written}` is a link as a chat writes it; Markdown reads it differently",
            written
        ),
        RemainKind::Time => message!(
            "document-chat-time",
            "`{written}` is a time of a chat, and readers see it as it is",
            written
        ),
        RemainKind::Emoji => message!(
            "document-chat-emoji",
            "`{written}` is an emoji of a chat, and readers see its name",
            written
        ),
        RemainKind::Entity => message!(
            "document-chat-entity",
            "`{written}` is one encoded character, and readers see it as it is",
            written
        ),
    };
    (message, instead_of_chat(kind, line))
}

fn instead_of_chat(kind: RemainKind, line: &str) -> Message {
    let what = match kind {
        RemainKind::Mention => message!("document-chat-team", "the name of a team"),
        RemainKind::Channel => message!("document-chat-where", "where readers find more"),
        RemainKind::Time => message!("document-chat-the-time", "the time"),
        RemainKind::Emoji => message!("document-chat-in-words", "it in words"),
        RemainKind::Call | RemainKind::Link | RemainKind::Entity => {
            return if line.is_empty() {
                message!("document-chat-delete", "delete it")
            } else {
                write_it(line)
            };
        }
    };
    if line.is_empty() {
        message!("document-chat-write-or-delete", "write {what}, or delete it", what)
    } else {
        message!("document-chat-write", "write {what}, or `{line}`", what, line)
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
    let message = message!("document-indented", "the indent makes this paragraph a block of code");
    let help = message!(
        "document-indented-help",
        "write `{line}` without blanks before it; to show code, put it between two lines of three backticks",
        line
    );
    let diagnostic = Diagnostic::warning("markdown/indented-text", place(&found.first), message).help(help);
    match &found.mended {
        Some(mended) => diagnostic.fix(base + found.block.start..base + found.block.end, mended.clone()),
        None => diagnostic,
    }
}

/// Reports a footnote that no text refers to.
pub fn note(place: Place) -> Diagnostic {
    let message =
        message!("document-unused-note", "no text refers to this footnote, so noroshi does not publish it");
    let help = message!(
        "document-unused-note-help",
        "write its mark `[^…]` where it belongs, write `\\[^` if it is text, or delete it; use each label for one footnote"
    );
    Diagnostic::error("markdown/unused-note", place, message).help(help)
}

/// The code, the message and the help for an anchor `{#…}` that cannot be one.
pub fn anchor(written: &str, fault: &AnchorFault) -> (&'static str, Message, Message) {
    match fault {
        AnchorFault::Form => {
            let suggestion = text::slugify(written);
            let mark = if written.starts_with(['{', '｛']) {
                written.to_owned()
            } else {
                format!("{{#{written}}}")
            };
            let help = if suggestion.is_empty() {
                message!(
                    "document-bad-anchor-help",
                    "write letters, digits, `-` and `_`, for example `{{#state-01}}`; write `\\{{` if it is text"
                )
            } else {
                message!(
                    "document-bad-anchor-write",
                    "write `{{#{suggestion}}}`; write `\\{{` if it is text",
                    suggestion
                )
            };
            let message = message!("document-bad-anchor", "`{mark}` cannot be the anchor of a heading", mark);
            ("link/bad-anchor", message, help)
        }
        AnchorFault::Reserved => (
            "link/reserved-anchor",
            message!(
                "document-reserved-anchor",
                "noroshi gives the anchor `#{written}` to a part of the page itself",
                written
            ),
            message!(
                "document-reserved-anchor-help",
                "use another name, for example `{{#own-{written}}}`",
                written
            ),
        ),
        AnchorFault::Taken => (
            "link/duplicate-anchor",
            message!(
                "document-anchor-twice",
                "another heading of this entry has the anchor `#{written}`",
                written
            ),
            message!(
                "document-anchor-twice-help",
                "use another name; a heading without one has its words: `### Root cause` is `#root-cause`"
            ),
        ),
    }
}

/// The code, the message and the help for a fault in Markdown.
pub fn fault(kind: &FaultKind) -> (&'static str, Message, Message) {
    match kind {
        FaultKind::Anchor(written, fault) => anchor(written, fault),
        FaultKind::Link(address) => (
            "link/not-allowed",
            message!("document-link-not-allowed", "a link to `{address}` is not allowed", address),
            message!(
                "document-link-not-allowed-help",
                "link to `https://…`, `http://…`, `mailto:…`, `tel:…`, `/path`, `#id` or an entry's file"
            ),
        ),
        FaultKind::Image(address) => (
            "link/foreign-image",
            message!("document-foreign-image", "the image `{address}` is not a file of this site", address),
            message!(
                "document-foreign-image-help",
                "put it under `content/static/` and write its address from the root: `/picture.png`"
            ),
        ),
        FaultKind::Expands(most) => (
            "markdown/too-large",
            message!(
                "document-too-much-html",
                "with its markup, footnotes and addresses, this text becomes more than {most} bytes of HTML",
                most
            ),
            message!(
                "document-too-much-html-help",
                "use each long footnote and address once, and split the text into several entries"
            ),
        ),
    }
}
