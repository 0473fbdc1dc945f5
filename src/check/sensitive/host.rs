//! Addresses and names of machines that only their own network knows.
//!
//! `127.0.0.1` and `::1` count, `localhost` only with a port: no reader can reach any of them, but the bare
//! word is a word. The blocks themselves (`10.0.0.0/8`) are public knowledge and do not count.

use core::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;

use super::view::{LETTER, View, WIDE};
use super::{Looks, Seen};

/// Ends of names that only exist inside.
const INSIDE: [&str; 12] = [
    "internal",
    "local",
    "lan",
    "corp",
    "intranet",
    "intra",
    "localdomain",
    "home.arpa",
    "consul",
    "svc",
    "rds.amazonaws.com",
    "cache.amazonaws.com",
];

/// Names of packages and errors end in the same words: `com.example.internal`, `error.internal`.
const NO_HOSTS: [&str; 13] =
    ["com", "org", "net", "io", "jp", "java", "javax", "dev", "error", "errors", "err", "code", "status"];

/// Written where a name is to be filled in.
const FORMS: [&str; 9] =
    ["host", "hostname", "server", "servername", "domain", "example", "user", "yourhost", "bucket"];

/// What names versions and sections, which look like addresses.
const VERSIONS: [&str; 15] = [
    "version",
    "versions",
    "ver",
    "v",
    "バージョン",
    "版",
    "firmware",
    "ファームウェア",
    "build",
    "ビルド",
    "release",
    "リリース",
    "section",
    "§",
    "第",
];

/// Blocks that RFCs name.
const BLOCKS: [&str; 7] = [
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "100.64.0.0/10",
    "127.0.0.1/8",
];

fn seen(range: Range<usize>) -> Option<Seen> {
    (!range.is_empty()).then_some((range, Looks::Host))
}

/// An IPv4 address that begins with this number.
pub(super) fn four(view: &View, at: usize) -> Option<Seen> {
    let end = view.run(at, 16, |b| b.is_ascii_digit() || b == b'.');
    let end = view.back(end, 1, |b| b == b'.');
    let before = view.before(at);
    let earlier = at.checked_sub(2).map_or(0, |n| view.byte(n));
    let product = before == b'/' && (earlier.is_ascii_alphabetic() || earlier == LETTER);
    let spoilt = product || matches!(before, b'.' | b'_' | b'-' | b'$') && earlier != 0 && earlier != b' ';
    let after = view.byte(end);
    let goes_on = after.is_ascii_alphanumeric()
        || after == b'_'
        || after == b'.' && view.byte(end + 1).is_ascii_digit();
    if spoilt || goes_on || !is_private(view.bytes(at..end)) || is_version(view, at) {
        return None;
    }
    let block = BLOCKS.iter().any(|b| view.says(at, b) && !view.byte(at + b.len()).is_ascii_digit());
    if block { None } else { seen(at..end) }
}

/// `version 10.0.0.1`, and the second one of `version 10.0.0.1 → 10.0.0.2`.
fn is_version(view: &View, at: usize) -> bool {
    let blank = |b: u8| b == b' ';
    let end = view.back(at, 1, blank);
    let links = ["から", "より", "→", "、", "と", " to", " and", " or", ",", "-", "~"];
    let first = links.iter().find(|link| view.until(end).ends_with(**link)).map(|link| {
        let end = view.back(end.saturating_sub(link.chars().count()), 1, blank);
        view.back(end, 15, |b| b.is_ascii_digit() || b == b'.')
    });
    view.after(at, &VERSIONS).is_some() || first.is_some_and(|first| view.after(first, &VERSIONS).is_some())
}

/// RFC 1918, RFC 6598, and what only the machine itself or its own wire can reach.
fn is_private(written: &[u8]) -> bool {
    let Some(address) = std::str::from_utf8(written).ok().and_then(|w| w.parse::<Ipv4Addr>().ok()) else {
        return false;
    };
    let shared = matches!(address.octets(), [100, 64..=127, _, _]);
    shared || address.is_private() || address.is_loopback() || address.is_link_local()
}

/// An IPv6 address whose first colon this is.
pub(super) fn six(view: &View, at: usize) -> Option<Seen> {
    let start = view.back(at, 4, |b| b.is_ascii_hexdigit());
    let before = view.before(start);
    if before.is_ascii_alphanumeric() || matches!(before, b':' | b'.' | b'_' | b'-') {
        return None;
    }
    let end = view.run(at, 45, |b| b.is_ascii_hexdigit() || b == b':' || b == b'.');
    let end = view.back(end, 2, |b| b == b'.' || b == b':' && view.byte(end.saturating_sub(2)) != b':');
    let after = view.byte(end);
    let word = std::str::from_utf8(view.bytes(start..end)).ok()?;
    if after.is_ascii_alphanumeric() || after == b'_' || word.len() < 3 || word == "::" {
        return None;
    }
    let address: Ipv6Addr = word.parse().ok()?;
    let first = address.segments()[0];
    let inside = first & 0xfe00 == 0xfc00 || first & 0xff80 == 0xfe80 || address.is_loopback();
    let mapped = address.to_ipv4_mapped().is_some_and(|four| is_private(four.to_string().as_bytes()));
    // `fc00::/7` and `fe80::/10` are public knowledge.
    let block = after == b'/' && matches!(word, "fc00::" | "fd00::" | "fe80::" | "::1");
    if (inside || mapped) && !block { seen(start..end) } else { None }
}

/// A name that ends with the label after this dot.
pub(super) fn inside(view: &View, at: usize, in_address: bool) -> Option<Seen> {
    let first = view.byte(at + 1);
    if !matches!(first | 0x20, b'i' | b'l' | b'c' | b'h' | b's' | b'r')
        || !view.before(at).is_ascii_alphanumeric()
    {
        return None;
    }
    let goes_on = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    let top =
        INSIDE.into_iter().find(|top| view.says(at + 1, top) && !goes_on(view.byte(at + 1 + top.len())))?;
    let end = at + 1 + top.len();
    let after = view.byte(end);
    let next = view.byte(end + 1);
    let longer = after == b'.' && (next.is_ascii_alphanumeric() || next == LETTER);
    if longer || matches!(after, b'(' | b'=' | LETTER) {
        return None;
    }
    let start = view.back(at, 253, |b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'));
    let name = view.run(start, at - start, |b| matches!(b, b'_' | b'-'));
    let before = view.before(start);
    let path = matches!(before, b'/' | b'\\' | b'$' | b'{') || in_address && before != b'=';
    if path || view.byte(name) == b'.' && before != b'*' || !is_host(view.bytes(name..end), top) {
        return None;
    }
    seen(view.run(name, 1, |b| b == b'.')..end)
}

/// Not a package, not an error, not the end of one sentence and the beginning of another.
fn is_host(name: &[u8], top: &str) -> bool {
    let labels = name.split(|b| *b == b'.').filter(|l| !l.is_empty());
    let first = name.split(|b| *b == b'.').find(|l| !l.is_empty()).unwrap_or_default();
    let no_host = NO_HOSTS.iter().any(|w| first.eq_ignore_ascii_case(w.as_bytes()));
    let end = &name[name.len() - top.len()..];
    let small = !end.iter().any(u8::is_ascii_uppercase);
    let enough = labels.count() > if top == "svc" { 2 } else { 1 };
    enough && !no_host && (small || !name.iter().any(u8::is_ascii_lowercase))
}

/// The host of an address, from the colon after its scheme.
pub(super) fn address(view: &View, at: usize) -> Option<Seen> {
    let from = at + 3;
    let written =
        |b: u8| b.is_ascii_graphic() && !matches!(b, b'/' | b'?' | b'#' | b'"' | b'\'' | b'<' | b'>' | b'`');
    let end = view.run(from, 512, |b| written(b) || b == LETTER);
    let from = view.bytes(from..end).iter().rposition(|b| *b == b'@').map_or(from, |n| from + n + 1);
    if view.byte(from) == b'[' {
        let close = view.run(from, 50, |b| b != b']');
        let colon = view.run(from, 6, |b| b != b':');
        return six(view, colon).filter(|(range, _)| range.end <= close);
    }
    let host_end =
        view.run(from, 253, |b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | LETTER));
    let host = view.bytes(from..host_end);
    if is_private(host) {
        return seen(from..host_end);
    }
    let scheme = |names: &[&str]| {
        names.iter().any(|name| view.after(at, &[name]).is_some_and(|n| n + name.len() == at))
    };
    if scheme(&["s3", "gs"]) && !is_form(host) {
        return seen(from..host_end);
    }
    let host_end = view.back(host_end, 1, |b| b == b'.');
    let host = view.bytes(from..host_end);
    let lower = host.to_ascii_lowercase();
    let ends = |top: &str| {
        lower.strip_suffix(top.as_bytes()).is_some_and(|rest| rest.len() > 1 && rest.ends_with(b"."))
    };
    if INSIDE.iter().any(|top| ends(top)) || ends("test") {
        return seen(from..host_end);
    }
    let port = view.byte(host_end) == b':' && view.byte(host_end + 1).is_ascii_digit();
    let next = view.byte(host_end + 1);
    let path = view.byte(host_end) == b'/' && (next.is_ascii_alphanumeric() || next == WIDE);
    let web = path && scheme(&["http", "https", "smb", "file", "ftp", "ssh"]) && lower != b"localhost";
    let single = host.len() > 1 && !host.contains(&b'.') && host.iter().any(u8::is_ascii_alphabetic);
    if single && (port || web) && !is_form(host) { seen(from..host_end) } else { None }
}

fn is_form(host: &[u8]) -> bool {
    let lower = host.to_ascii_lowercase();
    let exact = FORMS.iter().any(|form| lower == form.as_bytes());
    exact
        || host.is_empty()
        || lower.starts_with(b"your")
        || lower.starts_with(b"example")
        || lower.starts_with(b"xxx")
}

/// `\\server\share`, also where yen signs stand for the backslashes.
pub(super) fn share(view: &View, at: usize) -> Option<Seen> {
    let slash = |b: u8| b == b'\\';
    let before = view.before(at);
    if before.is_ascii_alphanumeric() || matches!(before, b'\\' | b':' | b'.' | b'/') {
        return None;
    }
    let name = view.run(at, 5, slash);
    let word = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'$' | WIDE | LETTER);
    let name_end = view.run(name, 64, word);
    let folder = view.run(name_end, 2, slash);
    let end = view.run(folder, 128, word);
    let end = view.back(end, 1, |b| b == b'.');
    // `\\u00e3` and `\\x1e` stand for characters.
    let escape = matches!(view.byte(name), b'u' | b'x')
        && view.run(name + 1, 4, |b| b.is_ascii_hexdigit()) == name_end;
    let named = (2..=4).contains(&(name - at)) && name_end - name > 2 && !escape;
    let wanted = named && folder > name_end && end > folder + 1;
    if wanted && view.byte(name).is_ascii_alphanumeric() { seen(at..end) } else { None }
}

/// Names that show themselves by how they begin: `arn:aws:…`, `ip-10-0-3-7`, `localhost:8080`.
pub(super) fn word(view: &View, at: usize, end: usize) -> Option<Seen> {
    match end - at {
        2 if view.says(at, "ip-") => {
            let end = view.run(end, 16, |b| b.is_ascii_digit() || b == b'-');
            let numbers: Vec<u8> =
                view.bytes(at + 3..end).iter().map(|b| if *b == b'-' { b'.' } else { *b }).collect();
            let name_end = view.run(end, 200, |b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'));
            let name_end = view.back(name_end, 1, |b| b == b'.');
            if is_private(&numbers) { seen(at..name_end) } else { None }
        }
        3 if view.says(at, "arn:aws") => {
            let end = view.run(at, 300, |b| b.is_ascii_alphanumeric() || b":/._-*+=@".contains(&b));
            let end = view.back(end, 3, |b| matches!(b, b'.' | b':' | b'*'));
            let account = view.bytes(at..end).split(|b| *b == b':').nth(4)?;
            if account.len() == 12 && account.iter().all(u8::is_ascii_digit) { seen(at..end) } else { None }
        }
        9 if view.says(at, "localhost:") => {
            let port = view.run(end + 1, 5, |b| b.is_ascii_digit());
            if port > end + 2 && view.before(at) != b'.' { seen(at..end) } else { None }
        }
        _ => None,
    }
}
