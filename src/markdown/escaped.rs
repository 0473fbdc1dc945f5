//! Helpers for the HTML that [`super::writer`] writes: unescaping, attribute values, bare addresses.

use crate::url;

/// Whether the text of a link is its address.
pub(super) fn is_address(words: &str, address: &str) -> bool {
    words == address
        || url::encoded(words) == address
        || (words.starts_with("www.") && address.strip_prefix("http://") == Some(&*url::encoded(words)))
}

/// If the text of a link from a byte on is its address, separates it from the text before it and encodes it.
/// Returns whether it is.
pub(super) fn set_off(out: &mut String, from: usize, address: &str) -> bool {
    let words = out.get(from..).unwrap_or_default().to_owned();
    if !is_address(words.trim(), address) {
        return false;
    }
    out.truncate(from);
    out.push_str(if out.chars().next_back().is_some_and(needs_blank) { " " } else { "" });
    out.push_str(if words.starts_with("www.") { &words } else { address });
    true
}

/// Whether a character beside an address could be read as part of it.
pub(super) fn needs_blank(c: char) -> bool {
    c.is_alphanumeric() || (!c.is_ascii() && !c.is_whitespace())
}

/// The unescaped value of an attribute.
pub(super) fn attribute(attributes: &str, name: &str) -> Option<String> {
    let mark = format!("{name}=\"");
    let (at, _) =
        attributes.match_indices(&mark).find(|(at, _)| *at == 0 || attributes[..*at].ends_with(' '))?;
    let value = attributes[at + mark.len()..].split('"').next()?;
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while !rest.is_empty() {
        let (c, length) = unescape(rest);
        out.push(c);
        rest = &rest[length..];
    }
    Some(out)
}

/// The first character of escaped text, and its escaped length.
pub(super) fn unescape(rest: &str) -> (char, usize) {
    for (entity, c) in [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&#39;", '\'')] {
        if rest.starts_with(entity) {
            return (c, entity.len());
        }
    }
    let c = rest.chars().next().unwrap_or(' ');
    (c, c.len_utf8())
}
