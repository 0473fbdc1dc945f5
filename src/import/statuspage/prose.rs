//! Words of Statuspage → our Markdown, in one place.

use super::Said;
use super::read::Item;
use crate::import::words::{Leads, from_html, from_markdown};

/// Elements that HTML begins a paragraph with.
const BLOCKS: [&str; 9] = ["<p", "<ul", "<ol", "<div", "<table", "<pre", "<blockquote", "<h", "<dl"];

/// Words of an update: HTML, or text with a few tags, or Markdown.
pub(super) fn words(said: &mut Said, item: &Item<'_>, text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let lead = |address: &str, _: bool| {
        let outside = ["http://", "https://", "mailto:", "tel:"].iter().any(|s| address.starts_with(s));
        if outside { Leads::Keep } else { Leads::Nowhere }
    };
    let (made, notes) = if BLOCKS.iter().any(|block| lower.contains(block)) {
        from_html(text, &lead)
    } else {
        from_markdown(&broken(text), &lead)
    };
    for note in notes {
        said.row(item, "import/words", note.message, note.made);
    }
    made
}

/// A line of ours out of any words: without tags, and with nothing that Markdown reads into it.
pub(super) fn line(text: &str) -> String {
    let mut out = String::new();
    for c in untagged(text).chars() {
        if c.is_ascii_punctuation() && !matches!(c, '.' | ',' | ':' | ';' | '?' | '/' | '\'' | '"' | '-') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A text without tags of HTML, and with its commonest entities as what they stand for.
pub(super) fn untagged(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let after = &rest[at + 1..];
        let is_tag = after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        let Some(end) = after.find('>').filter(|_| is_tag) else {
            out.push_str(&rest[..=at]);
            rest = after;
            continue;
        };
        out.push_str(&rest[..at]);
        out.push(' ');
        rest = &after[end + 1..];
    }
    out.push_str(rest);
    let entities =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")];
    for (entity, stands_for) in entities {
        out = out.replace(entity, stands_for);
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `<br />` is the end of a line, and so is the end of a line of a text without tags.
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
        between = "\\\n";
    }
    out
}
