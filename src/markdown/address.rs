//! Finds bare addresses in text, as GitHub does: `https://a.example/` and `www.a.example`.
//!
//! This follows GitHub Flavored Markdown, "Autolinks (extension)", with three differences. An address ends before
//! CJK letters and punctuation, because CJK text has no blank there. It ends before characters that RFC 3986 never
//! allows. A closing bracket after it, `]` as well as `)`, is not part of it unless the address opens that
//! bracket.

use std::ops::Range;

use super::characters::is_cjk;

/// The next address at or after a byte.
pub(super) fn find(words: &str, from: usize) -> Option<Range<usize>> {
    let bytes = words.as_bytes();
    let mut run = 0..0;
    for start in from..bytes.len() {
        let Some(length) = scheme(&bytes[start..]) else { continue };
        let is_www = length == 0;
        if !may_begin(words, start, is_www) {
            continue;
        }
        if start >= run.end {
            let rest = &words[start..];
            run = start..start + rest.find(|c| !may_hold(c)).unwrap_or(rest.len());
        }
        let skipped = start + length;
        if skipped > run.end || !is_host(host(&words[skipped..run.end]), is_www) {
            continue;
        }
        let end = start + trimmed(&words[start..run.end]).len();
        if end > skipped && is_host(host(&words[skipped..end]), is_www) {
            return Some(start..end);
        }
    }
    None
}

/// Whether a text can contain an address at all.
pub(super) fn may_stand_in(text: &str) -> bool {
    let bytes = text.as_bytes();
    text.contains("://") || bytes.windows(4).any(|four| four[3] == b'.' && four.eq_ignore_ascii_case(b"www."))
}

pub(super) fn destination(written: &str) -> String {
    if written.contains("://") && !begins_with(written.as_bytes(), b"www.") {
        written.to_owned()
    } else {
        format!("http://{written}")
    }
}

/// The length of the scheme at the beginning of an address; 0 for `www.`, which is part of the host.
fn scheme(bytes: &[u8]) -> Option<usize> {
    match bytes.first()? {
        b'h' | b'H' => {
            ["https://", "http://"].iter().find(|s| begins_with(bytes, s.as_bytes())).map(|s| s.len())
        }
        b'w' | b'W' => begins_with(bytes, b"www.").then_some(0),
        _ => None,
    }
}

fn begins_with(bytes: &[u8], word: &[u8]) -> bool {
    bytes.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word))
}

fn may_begin(words: &str, start: usize, is_www: bool) -> bool {
    let Some(before) = words[..start].chars().next_back() else { return true };
    if !is_www {
        return !before.is_ascii_alphanumeric();
    }
    before.is_whitespace()
        || is_cjk(before)
        || matches!(before, '*' | '_' | '~' | '(' | '[' | '{' | '<' | '>' | '|' | '"' | '\'' | ':')
        || matches!(before, '\u{2010}'..='\u{2027}')
}

fn may_hold(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}')
    } else {
        c.is_alphanumeric() && !is_cjk(c)
    }
}

/// The host and port of an address without its scheme.
fn host(rest: &str) -> &str {
    rest.split(['/', '?', '#'])
        .next()
        .unwrap_or(rest)
        .trim_end_matches(['.', ',', ':', '!', ')', ']', '\'', ';', '*', '_', '~'])
}

fn is_host(host: &str, is_www: bool) -> bool {
    let (name, port) = host.split_once(':').unwrap_or((host, ""));
    let labels: Vec<&str> = name.split('.').take(128).collect();
    let least = if is_www { 3 } else { 2 };
    let is_label = |label: &&str| {
        !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
    };
    port.bytes().all(|b| b.is_ascii_digit())
        && labels.len() >= least
        && labels.iter().all(is_label)
        && labels.iter().rev().take(2).all(|label| !label.contains('_'))
}

/// The address without the punctuation of the sentence around it.
fn trimmed(address: &str) -> &str {
    let count = |c| address.bytes().filter(|b| *b == c).count();
    let mut closed = [(b')', count(b')'), count(b'(')), (b']', count(b']'), count(b'['))];
    let mut end = address.len();
    while let Some(last) = address.as_bytes()[..end].last() {
        let is_end = matches!(
            last,
            b'?' | b'!' | b'.' | b',' | b':' | b'*' | b'_' | b'~' | b'\'' | b';' | b'(' | b'['
        );
        let unopened = closed.iter_mut().find(|(c, close, open)| c == last && close > open);
        match unopened {
            Some((_, close, _)) => *close -= 1,
            None if is_end => {}
            None => break,
        }
        end -= 1;
    }
    &address[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(words: &str) -> Vec<&str> {
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(range) = find(words, from) {
            from = range.end;
            found.push(&words[range]);
        }
        found
    }

    #[test]
    fn addresses_end_where_a_reader_ends_them() {
        for (words, wanted) in [
            ("See https://a.example/help for more.", "https://a.example/help"),
            ("詳しくはhttps://a.example/helpをご覧ください。", "https://a.example/help"),
            ("（https://a.example/）", "https://a.example/"),
            ("「http://a.example」。", "http://a.example"),
            ("请看“https://a.example/x”。", "https://a.example/x"),
            ("주소는 https://a.example/help입니다.", "https://a.example/help"),
            ("(https://a.example/a_(b))", "https://a.example/a_(b)"),
            ("https://a.example/?q=1&r=2.", "https://a.example/?q=1&r=2"),
            ("HTTPS://A.example/X!", "HTTPS://A.example/X"),
            ("https://a.example:8443/x, and", "https://a.example:8443/x"),
            ("www.a.example/x.", "www.a.example/x"),
            ("はwww.a.exampleです", "www.a.example"),
            ("[https://a.example/]", "https://a.example/"),
            ("\"https://a.example/\"", "https://a.example/"),
            ("https://a.example/é/ü", "https://a.example/é/ü"),
        ] {
            assert_eq!(all(words), [wanted], "{words}");
        }
        assert_eq!(
            all("https://a.example/、https://b.example/"),
            ["https://a.example/", "https://b.example/"]
        );
    }

    #[test]
    fn what_only_looks_like_an_address_is_none() {
        for words in [
            "https://",
            "https:// a.example",
            "xhttps://a.example/",
            "https://localhost/",
            "https://user@a.example/",
            "https://a..example/",
            "https://日本.jp/",
            "www.",
            "www.example",
            "awww.a.example",
            "ftp://a.example/",
            "http://http://http://",
        ] {
            assert_eq!(all(words), Vec::<&str>::new(), "{words}");
        }
    }
}
