//! The patterns of `_headers` and `_redirects`: `/old/*`, `/news/:year/`, `/*feed.xml`.
//!
//! Hosts read them differently. A pattern covers an address here if any host reads it so, because this answers
//! whether a rule can get in the way.

use std::borrow::Cow;

use crate::text;

/// Why not every host reads a pattern in the same way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Cloudflare allows one `*`.
    SecondStar,
    /// A `:` is not at the start of a part, or no name follows it.
    Placeholder,
    /// `:splat` is the name of what `*` stands for.
    Splat,
}

/// The fault of a pattern.
#[must_use]
pub fn fault(pattern: &str) -> Option<Fault> {
    if pattern.matches('*').count() > 1 {
        return Some(Fault::SecondStar);
    }
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    pattern.split('/').find_map(|part| match part.strip_prefix(':') {
        Some("splat") => Some(Fault::Splat),
        Some(name) if is_name(name) => None,
        Some(_) => Some(Fault::Placeholder),
        None => part.contains(':').then_some(Fault::Placeholder),
    })
}

/// Whether it has a `*` or a `:name`.
#[must_use]
pub fn is_dynamic(pattern: &str) -> bool {
    pattern.contains('*') || pattern.contains("/:")
}

/// A pattern or an address in the form that [`covers`] compares: hosts ignore a slash at the end, and Netlify the
/// case.
#[must_use]
pub fn comparable(address: &str) -> String {
    encoded(address).trim_end_matches('/').to_ascii_lowercase()
}

/// Percent-encoded as browsers ask for it, and as hosts want it: characters outside ASCII, and those that no address
/// has. What is encoded already stays.
#[must_use]
pub fn encoded(address: &str) -> Cow<'_, str> {
    let is_plain = |c: char| c.is_ascii_graphic() && !"\"<>\\`{}".contains(c);
    if address.chars().all(is_plain) {
        return Cow::Borrowed(address);
    }
    let mut out = String::with_capacity(address.len() * 3);
    for c in text::nfc(address).chars() {
        if is_plain(c) {
            out.push(c);
        } else {
            out.push_str(&text::percent_encode(c.encode_utf8(&mut [0; 4])));
        }
    }
    Cow::Owned(out)
}

/// Whether a pattern covers an address, both [`comparable`].
#[must_use]
pub fn covers(pattern: &str, address: &str) -> bool {
    let Some((before, after)) = pattern.split_once('*') else {
        return begins(pattern, address) == Some("");
    };
    let goes_on = |rest: &str| {
        let starts = (0..=rest.len()).filter(|at| rest.is_char_boundary(*at));
        starts.rev().any(|at| rest.get(at..).is_some_and(|rest| begins(after, rest) == Some("")))
    };
    if begins(before, address).is_some_and(goes_on) {
        return true;
    }
    // Netlify: a `*` that is a whole part may stand for nothing, and then there is no slash before it.
    let is_part = before.ends_with('/') && (after.is_empty() || after.starts_with('/'));
    let rest = begins(before.trim_end_matches('/'), address).filter(|_| is_part);
    rest.is_some_and(|rest| begins(after, rest) == Some(""))
}

/// The rest of an address after a pattern without `*`; `None` if it does not begin so. Every `:` begins a part.
fn begins<'a>(mut pattern: &str, mut address: &'a str) -> Option<&'a str> {
    loop {
        let (literal, placeholder) = pattern.split_at(pattern.find(':').unwrap_or(pattern.len()));
        address = address.strip_prefix(literal)?;
        if placeholder.is_empty() {
            return Some(address);
        }
        let (_, pattern_after) = placeholder.split_at(placeholder.find('/').unwrap_or(placeholder.len()));
        let (part, address_after) = address.split_at(address.find('/').unwrap_or(address.len()));
        if part.is_empty() {
            return None;
        }
        (pattern, address) = (pattern_after, address_after);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_covers_what_any_host_takes_it_for() {
        let covers = |pattern: &str, address: &str| covers(&comparable(pattern), &comparable(address));
        for (pattern, inside, outside) in [
            ("/faq/", "/faq", "/faq/a/"),
            ("/FAQ", "/faq/", "/fa"),
            ("/*", "/a/b.txt", ""),
            ("/*feed.xml", "/en/feed.xml", "/feed.xml.txt"),
            ("/*/feed.xml", "/feed.xml", "/feed.txt"),
            ("/old/*", "/old", "/older"),
            ("/news/:year/:id", "/news/2026/1/", "/news/2026/1/2"),
            ("/:lang/*.css", "/en/a/b.css", "/b.css"),
            ("/古い/*", "/%E5%8F%A4%E3%81%84/a", "/a"),
            ("/a/*/:x/z", "/a/b/c/z", "/a/z"),
        ] {
            assert!(covers(pattern, inside), "{pattern} {inside}");
            assert!(outside.is_empty() || !covers(pattern, outside), "{pattern} {outside}");
        }
        assert!(covers("/*", "/"));
    }

    #[test]
    fn a_pattern_that_hosts_read_differently_is_a_fault() {
        for pattern in ["/", "/*", "/a*b/c", "/:year/:month_2/", "/*/:x"] {
            assert_eq!(fault(pattern), None, "{pattern}");
        }
        for (pattern, wanted) in [
            ("/*/a/*", Fault::SecondStar),
            ("/:splat", Fault::Splat),
            ("/:year.html", Fault::Placeholder),
            ("/a:b", Fault::Placeholder),
            ("/:/", Fault::Placeholder),
        ] {
            assert_eq!(fault(pattern), Some(wanted), "{pattern}");
        }
    }

    #[test]
    fn what_is_encoded_stays() {
        assert_eq!(encoded("/古/%20a*/:x"), "/%E5%8F%A4/%20a*/:x");
        assert_eq!(encoded("/か\u{3099}"), "/%E3%81%8C");
        assert_eq!(encoded("/{$a}?b=\"|^"), "/%7B$a%7D?b=%22|^");
    }
}
