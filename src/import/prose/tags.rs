//! Distinguishes tags in a text with a few tags from text that only looks like tags.

use std::ops::Range;

const INLINE: [&str; 30] = [
    "a", "abbr", "acronym", "b", "big", "br", "cite", "code", "del", "em", "font", "i", "img", "ins", "kbd",
    "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
    "wbr",
];
const BLOCKS: [&str; 29] = [
    "article",
    "blockquote",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "script",
    "section",
    "style",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
    "ul",
];
/// Elements without an end tag.
const ALONE: [&str; 4] = ["br", "hr", "img", "wbr"];

/// A tag of a known element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag<'t> {
    pub(super) range: Range<usize>,
    /// The name in lower case.
    pub(super) name: String,
    pub(super) closes: bool,
    pub(super) text: &'t str,
}

impl Tag<'_> {
    pub(super) fn is_block(&self) -> bool {
        BLOCKS.contains(&self.name.as_str())
    }
}

/// The tags of a text. `<b>` without `</b>` is not a tag, nor is `<T>`: the author wrote about it.
pub(super) fn tags(text: &str) -> Vec<Tag<'_>> {
    let mut all: Vec<Tag<'_>> = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('<').map(|n| n + at) {
        let tag = tag(text, open);
        at = tag.as_ref().map_or(open + 1, |tag| tag.range.end);
        all.extend(tag);
    }
    let mut is_paired = vec![false; all.len()];
    let mut open: Vec<usize> = Vec::new();
    for (number, tag) in all.iter().enumerate() {
        if ALONE.contains(&tag.name.as_str()) {
            is_paired[number] = true;
        } else if !tag.closes {
            open.push(number);
        } else if let Some(at) = open.iter().rposition(|at| all[*at].name == tag.name) {
            is_paired[number] = true;
            is_paired[open[at]] = true;
            open.truncate(at);
        }
    }
    let mut paired = is_paired.into_iter();
    all.retain(|_| paired.next().unwrap_or_default());
    all
}

fn tag(text: &str, open: usize) -> Option<Tag<'_>> {
    let inner = &text[open + 1..];
    let closes = inner.starts_with('/');
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let length = inner.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let name = inner[..length].to_ascii_lowercase();
    let rest = &inner[length..];
    if !is_known(&name) || !rest.starts_with(|c: char| c == '>' || c == '/' || c.is_ascii_whitespace()) {
        return None;
    }
    let end = end(rest)?;
    let range = open..text.len() - rest.len() + end;
    Some(Tag { text: &text[range.clone()], range, name, closes })
}

pub(super) fn is_known(name: &str) -> bool {
    INLINE.contains(&name) || BLOCKS.contains(&name)
}

/// The end of a tag: the first `>` outside quoted values.
fn end(rest: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in rest.char_indices() {
        match (quote, c) {
            (None, '>') => return Some(at + 1),
            (None, '<') => return None,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_looks_like_a_tag_is_text() {
        let names = |text| tags(text).into_iter().map(|tag| tag.name).collect::<Vec<_>>();
        assert_eq!(
            names("<https://a.example> Vec<u8> <b> a < b </i> <T> <a@b.example>"),
            Vec::<String>::new()
        );
        assert_eq!(
            names("<B>x</b> <br/> <a href=\"x>y\">z</A><img src=x>"),
            ["b", "b", "br", "a", "a", "img"]
        );
        assert_eq!(names("<b><i>x</b></i>"), ["b", "b"]);
    }
}
