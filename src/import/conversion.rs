//! Converts text of Statuspage to our Markdown.

use super::Converted;
use super::read::Item;
use crate::import::prose::{self, LinkTarget, Note};

/// Converts the text of an update: plain text with a few tags.
pub(super) fn words(converted: &mut Converted, item: &Item<'_>, text: &str) -> String {
    let (made, notes) = prose::from_plain(text, &lead);
    add_rows(converted, item, notes);
    made
}

/// Converts the text of a postmortem, which Statuspage reads as Markdown.
pub(super) fn markdown(converted: &mut Converted, item: &Item<'_>, text: &str) -> String {
    let (made, notes) = if prose::has_blocks(text) {
        prose::from_html(text, &lead)
    } else {
        prose::from_markdown(&broken(text), &lead)
    };
    add_rows(converted, item, notes);
    made
}

fn add_rows(converted: &mut Converted, item: &Item<'_>, notes: Vec<Note>) {
    for note in notes {
        converted.row(item, "import/words", note.message, note.made);
    }
}

fn lead(address: &str, _: bool) -> LinkTarget {
    let address = address.trim().to_ascii_lowercase();
    let outside = ["http://", "https://", "mailto:", "tel:"].iter().any(|s| address.starts_with(s));
    if outside { LinkTarget::Keep } else { LinkTarget::Nowhere }
}

/// Converts an HTML text to one line of Markdown.
pub(super) fn line(text: &str) -> String {
    prose::from_plain(&untagged(text), &lead).0.trim().to_owned()
}

/// One line of plain text: without HTML tags, and with the most common entities decoded.
pub(super) fn untagged(text: &str) -> String {
    let mut out = prose::without_tags(text);
    let entities =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")];
    for (entity, stands_for) in entities {
        out = out.replace(entity, stands_for);
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Makes every `<br />` and every line end a line break.
fn broken(text: &str) -> String {
    let lines =
        text.replace("\r\n", "\n").replace("<br />", "\n").replace("<br/>", "\n").replace("<br>", "\n");
    if lines.contains("```") {
        return lines;
    }
    let mut out = String::new();
    let mut between = "";
    for line in lines.lines().map(str::trim_end) {
        let bare = line.trim_start();
        if bare.is_empty() {
            between = if out.is_empty() { "" } else { "\n\n" };
            continue;
        }
        let marked = bare.starts_with(['-', '*', '+', '#', '>', '|'])
            || bare.starts_with(|c: char| c.is_ascii_digit());
        if between == "\\\n" && marked {
            between = "\n";
        }
        out.push_str(between);
        out.push_str(if marked { line } else { bare });
        // A heading or a table row ends with its line.
        between = if bare.starts_with(['#', '|']) { "\n" } else { "\\\n" };
    }
    out
}
