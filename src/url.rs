//! Finds where an address leads as a browser reads it, however it is spelled.
//!
//! Links in Markdown and site.yaml, slots and stylesheets of themes are all checked here. It follows the URL
//! Standard (<https://url.spec.whatwg.org/#concept-basic-url-parser>) with the address of a page as the base.
//! The caller's parser decodes character references and escapes first.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::message::{Message, message};

/// Where an address leads, seen from a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// A part of the page itself: `#faq`, or an empty address.
    Here,
    /// A path beside the page: `faq/`, `../logo.svg`, `?x`.
    Beside,
    /// A path from the root of the host: `/faq/`.
    Root,
    /// Another host, with the scheme of the page: `//a.example/`.
    Host,
    /// An address with a scheme, in lower case: `https`, `javascript`.
    Scheme(String),
}

/// The schemes that a link can have.
pub const FOLLOWED: [&str; 4] = ["https", "http", "mailto", "tel"];

#[must_use]
pub fn leads(written: &str) -> Destination {
    let read = stripped(written);
    if let Some(scheme) = scheme(&read) {
        return Destination::Scheme(scheme);
    }
    // Browsers treat a backslash as a slash on web pages.
    let is_slash = |c: Option<char>| matches!(c, Some('/' | '\\'));
    let mut signs = read.chars();
    match signs.next() {
        None | Some('#') => Destination::Here,
        first if is_slash(first) && is_slash(signs.next()) => Destination::Host,
        first if is_slash(first) => Destination::Root,
        Some(_) => Destination::Beside,
    }
}

/// The part that a browser reads: it ignores control characters and spaces at both ends, and tabs and line
/// breaks anywhere.
fn stripped(written: &str) -> String {
    let ends = |c: char| c <= ' ';
    written.trim_matches(ends).chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect()
}

fn scheme(read: &str) -> Option<String> {
    let (scheme, _) = read.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    is_scheme.then(|| scheme.to_ascii_lowercase())
}

/// Whether the program may send to an address: `https`, or `http` to this machine, without a user name or password.
///
/// # Errors
/// Why not.
pub fn sendable(address: &str) -> Result<(), Message> {
    let (is_safe, rest) = match address.split_once("://") {
        Some(("https", rest)) => (true, rest),
        Some(("http", rest)) => (false, rest),
        _ => return Err(message!("url-not-https", "its scheme is not `https`")),
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') {
        return Err(message!("url-credentials", "it holds a user name or a password"));
    }
    if authority.is_empty() || !address.chars().all(|c| c.is_ascii_graphic() && c != '\\') {
        return Err(message!("url-invalid", "it is not a valid address"));
    }
    let host = authority.strip_suffix(|c: char| c.is_ascii_digit()).map_or(authority, |_| {
        authority
            .rsplit_once(':')
            .filter(|(_, port)| port.parse::<u16>().is_ok())
            .map_or(authority, |(host, _)| host)
    });
    let host = host.trim_matches(['[', ']']);
    let is_here = host == "localhost" || host == "::1" || is_loopback(host);
    if is_safe || is_here {
        return Ok(());
    }
    Err(message!("url-readable", "without `https`, anybody on the way could read it"))
}

/// Whether a host is an IPv4 address of this machine: `127.0.0.0/8`.
fn is_loopback(host: &str) -> bool {
    let parts: Vec<Result<u8, _>> = host.split('.').map(str::parse).collect();
    parts.len() == 4 && parts[0] == Ok(127) && parts.iter().all(Result::is_ok)
}

/// An address for programs that support only ASCII: characters that RFC 3986 does not allow are percent-encoded
/// as UTF-8. The host and every `%` stay unchanged.
#[must_use]
pub fn encoded(address: &str) -> Cow<'_, str> {
    let is_plain = |b: u8| {
        b.is_ascii_graphic() && !matches!(b, b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}')
    };
    if address.bytes().all(is_plain) {
        return Cow::Borrowed(address);
    }
    let host = address.find("://").map_or(0, |at| {
        let rest = &address[at + 3..];
        at + 3 + rest.find(['/', '?', '#']).unwrap_or(rest.len())
    });
    let mut out = String::with_capacity(address.len() * 2);
    out.push_str(&address[..host]);
    for b in address[host..].bytes() {
        if is_plain(b) {
            out.push(char::from(b));
        } else {
            let _ = write!(out, "%{b:02X}");
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_sends_to_https_and_to_this_machine() {
        for sound in [
            "https://a.example",
            "https://a.example:8443/x?y=1",
            "http://127.0.0.1:80/x",
            "http://localhost:9",
            "http://[::1]:8080/",
        ] {
            assert_eq!(sendable(sound), Ok(()), "{sound}");
        }
        for unsound in [
            "http://a.example/",
            "http://127.0.0.1.example/",
            "https://u:p@a.example/",
            "https://u@a.example/",
            "ftp://a.example/",
            "a.example",
            "https://",
            "https://a.example/ b",
            "https://a.example/\nx",
        ] {
            assert!(sendable(unsound).is_err(), "{unsound}");
        }
    }

    #[test]
    fn an_address_leads_where_a_browser_goes_however_it_is_spelled() {
        let scheme = |name: &str| Destination::Scheme(name.to_owned());
        for (written, read) in [
            ("", Destination::Here),
            ("  \t", Destination::Here),
            ("#faq", Destination::Here),
            ("faq/", Destination::Beside),
            ("?x=javascript:y", Destination::Beside),
            ("./javascript:x", Destination::Beside),
            ("1a:b", Destination::Beside),
            ("é:b", Destination::Beside),
            ("java%73cript:x", Destination::Beside),
            ("/faq/", Destination::Root),
            ("\\faq", Destination::Root),
            ("//a.example/", Destination::Host),
            ("\\\\a.example/", Destination::Host),
            ("/\\a.example/", Destination::Host),
            ("\\/a.example/", Destination::Host),
            ("/\t/a.example/", Destination::Host),
            ("\u{1}\u{1f} /\n/a.example/", Destination::Host),
            ("https:a.example", scheme("https")),
            ("HTTPS:\\\\a.example", scheme("https")),
            ("JavaScript:a()", scheme("javascript")),
            ("\u{0}java\tscript\r\n:a()", scheme("javascript")),
            (" \u{1b}vbscript:a()", scheme("vbscript")),
            ("data:text/html,a", scheme("data")),
            ("blob:https://a.example/b", scheme("blob")),
            ("view-source:x", scheme("view-source")),
            ("svn+ssh://a", scheme("svn+ssh")),
        ] {
            assert_eq!(leads(written), read, "{written:?}");
        }
        // A space outside ASCII belongs to the path.
        assert_eq!(leads("\u{3000}//a.example/"), Destination::Beside);
        assert_eq!(leads("\u{a0}javascript:x"), Destination::Beside);
    }

    #[test]
    fn encoding_leaves_the_host_and_what_is_encoded_already() {
        for (written, read) in [
            ("https://a.example/a%20b?c=d&e#f", "https://a.example/a%20b?c=d&e#f"),
            ("https://a.example/障害 1", "https://a.example/%E9%9A%9C%E5%AE%B3%201"),
            ("https://例.jp/é", "https://例.jp/%C3%A9"),
            ("mailto:山@a.example", "mailto:%E5%B1%B1@a.example"),
        ] {
            assert_eq!(encoded(written), read);
        }
    }
}
