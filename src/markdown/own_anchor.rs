//! Reads the anchor that a writer gives a heading: `### State {#state-01}`, as Pandoc and kramdown do.

use std::ops::Range;

use crate::text;

/// An anchor at the end of a heading. Nothing but its form is known: its name may be wrong.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct OwnAnchor<'t> {
    /// What stands between `{#` and `}`. If a sign of the mark is full-width, the whole mark.
    pub name: &'t str,
    /// The bytes of the mark in the text, with the blanks before it.
    pub mark: Range<usize>,
}

/// The anchor of the heading at these bytes of a text.
pub(super) fn find<'t>(text: &'t str, heading: &Range<usize>) -> Option<OwnAnchor<'t>> {
    let written = text.get(heading.clone())?.trim_end();
    // An underlined heading ends before its underline.
    let line = match written.rfind('\n') {
        Some(end) => written[..end].trim_end(),
        None => without_closing_signs(written),
    };
    let inner = line.strip_suffix(['}', '｝'])?;
    let open = inner.rfind(['{', '｛'])?;
    let mut signs = inner[open..].chars();
    let (brace, sign) = (signs.next()?, signs.next()?);
    let name = signs.as_str();
    let is_text = line[..open].ends_with('\\') || name.contains(['\n', '`', '}', '｝']);
    if is_text || !matches!(sign, '#' | '＃') {
        return None;
    }
    let is_plain = brace == '{' && sign == '#' && line.ends_with('}');
    let start = heading.start + line[..open].trim_end().len();
    Some(OwnAnchor {
        name: if is_plain { name } else { &line[open..] },
        mark: start..heading.start + line.len(),
    })
}

/// A heading without the `#`s at its end.
fn without_closing_signs(line: &str) -> &str {
    let bare = line.trim_end_matches('#');
    if bare.ends_with([' ', '\t']) { bare.trim_end() } else { line }
}

/// A heading without its anchor: the text before the mark, and the text after it.
#[must_use]
pub fn without_anchor(heading: &str) -> String {
    match find(heading, &(0..heading.len())) {
        Some(OwnAnchor { mark, .. }) => format!("{}{}", &heading[..mark.start], &heading[mark.end..]),
        None => heading.to_owned(),
    }
}

/// Whether the name can be an anchor: letters, digits, `-` and `_`.
pub(super) fn is_name(name: &str) -> bool {
    !name.is_empty() && name.len() <= 200 && name.chars().all(text::is_slug_char) && text::nfc(name) == name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(heading: &str) -> Option<&str> {
        find(heading, &(0..heading.len())).map(|found| found.name)
    }

    #[test]
    fn the_mark_at_the_end_of_a_heading_is_an_anchor() {
        assert_eq!(name("## 復旧 2026-11-20 11:15 {#state-01}"), Some("state-01"));
        assert_eq!(name("### State{#a} ##\n"), Some("a"));
        assert_eq!(name("State {#a_b}\n-----\n"), Some("a_b"));
        assert_eq!(name("### State {#a b!}"), Some("a b!"));
        assert_eq!(name("### State ｛＃a｝"), Some("｛＃a｝"));
        assert_eq!(name("### State {#}"), Some(""));
        assert_eq!(without_anchor("### State {#a} ##"), "### State ##");
    }

    #[test]
    fn other_braces_are_text() {
        for heading in ["### a {b}", "### {#a} b", "### a \\{#b}", "### `{#a}`", "### a {.b}", "### a", "##"]
        {
            assert_eq!(name(heading), None, "{heading}");
            assert_eq!(without_anchor(heading), heading);
        }
    }
}
