//! Converts HTML to Markdown.

use std::ops::Range;

use super::{Note, escaped, unseen};
use crate::limits::{IMPORT_STACK_BYTES, IMPORT_TAGS};
use crate::message::message;

/// Converts HTML with a library, after it removes elements that browsers never show.
pub(super) fn converted(html: &str, range: &Range<usize>, notes: &mut Vec<Note>) -> String {
    let html = without_unseen(html, range, notes);
    let tags = html.matches('<').count();
    if tags > IMPORT_TAGS {
        let message =
            message!("import-many-tags", "the text has {tags} HTML tags, too many to convert", tags);
        let made = message!("import-many-tags-made", "kept only the text");
        notes.push(Note { range: range.clone(), message, made });
        return escaped(&without_tags(&html));
    }
    let made = if tags < 40 {
        convert(&html)
    } else {
        std::thread::scope(|scope| {
            let thread = std::thread::Builder::new()
                .stack_size(IMPORT_STACK_BYTES)
                .spawn_scoped(scope, || convert(&html));
            thread.ok().and_then(|thread| thread.join().ok()).flatten()
        })
    };
    let mut made = made.unwrap_or_else(|| escaped(&without_tags(&html)));
    // Two breaks, or one at the end of a paragraph, were a blank line.
    while made.contains("\\\n\\\n") || made.contains("\\\n\n") {
        made = made.replace("\\\n\\\n", "\n\n").replace("\\\n\n", "\n\n");
    }
    made
}

fn convert(html: &str) -> Option<String> {
    let br_style = htmd::options::BrStyle::Backslash;
    let options = htmd::options::Options { br_style, ..htmd::options::Options::default() };
    htmd::HtmlToMarkdown::builder().options(options).build().convert(html).ok()
}

/// Removes `<script>` and `<style>`, each to its end tag or the end of the text.
fn without_unseen(html: &str, range: &Range<usize>, notes: &mut Vec<Note>) -> String {
    let lower = html.to_ascii_lowercase();
    let mut out = String::with_capacity(html.len());
    let mut at = 0;
    while let Some(open) = lower[at..].find('<').map(|n| n + at) {
        out.push_str(&html[at..open]);
        let named = |name: &&str| {
            let rest = lower[open + 1..].strip_prefix(*name);
            rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
        };
        let Some(name) = ["script", "style"].into_iter().find(named) else {
            out.push('<');
            at = open + 1;
            continue;
        };
        let close = lower[open..].find(&format!("</{name}")).map(|n| n + open);
        at = close.and_then(|c| lower[c..].find('>').map(|n| n + c + 1)).unwrap_or(html.len());
        let (message, made) = unseen(name);
        notes.push(Note { range: range.clone(), message, made });
    }
    out.push_str(&html[at..]);
    out
}

pub(super) fn find_ignoring_case(text: &str, wanted: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let first = wanted.as_bytes().first()?;
    (0..bytes.len()).find(|at| {
        bytes[*at] == *first
            && bytes.get(*at..*at + wanted.len()).is_some_and(|b| b.eq_ignore_ascii_case(wanted.as_bytes()))
    })
}

fn without_tags(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        let Some(close) = rest[open..].find('>') else {
            out.push_str(&rest[open..]);
            return out;
        };
        out.push(' ');
        rest = &rest[open + close + 1..];
    }
    out.push_str(rest);
    out
}
