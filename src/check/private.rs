//! Words in a text that look as if nobody outside should read them: addresses of people and machines,
//! keys. A guess by form alone; `allow` in site.yaml is the way out.

use std::ops::Range;

/// Beginnings of keys and tokens of well-known makers, and how much must follow.
const KEYS: [(&str, usize); 9] = [
    ("AKIA", 16),
    ("ASIA", 16),
    ("ghp_", 20),
    ("github_pat_", 20),
    ("glpat-", 16),
    ("xoxb-", 10),
    ("xoxp-", 10),
    ("sk_live_", 16),
    ("-----BEGIN ", 3),
];

/// Ends of names that only exist inside a company.
const INSIDE: [&str; 6] = [".internal", ".local", ".lan", ".corp", ".intranet", ".localdomain"];

/// Every such word, in order.
pub fn find(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (start, word) in words(text) {
        if let Some(range) = private_word(word) {
            found.push(start + range.start..start + range.end);
        }
    }
    found.extend(
        phones(text)
            .filter(|p| !found.iter().any(|f| f.start < p.end && p.start < f.end))
            .collect::<Vec<_>>(),
    );
    found.sort_by_key(|range| range.start);
    found.into_iter()
}

/// Runs without blanks, quotes and brackets.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let ends = |c: char| c.is_whitespace() || "<>()[]{}\"'`,;|".contains(c) || !c.is_ascii();
    text.split(ends).scan(0, move |at, word| {
        let start = text[*at..].find(word).map_or(*at, |n| *at + n);
        *at = start + word.len();
        Some((start, word))
    })
}

fn private_word(word: &str) -> Option<Range<usize>> {
    let bare = word.trim_end_matches(['.', ':', '!', '?', '/', '*', '_', '~']);
    let start = bare.len() - bare.trim_start_matches(['*', '_', '~']).len();
    let bare_word = &bare[start..];
    let whole = Some(start..bare.len());
    for (mark, more) in KEYS {
        if let Some(rest) = bare_word.strip_prefix(mark)
            && rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')).count()
                >= more
        {
            return whole;
        }
    }
    let (mail_at, mail) = bare_word.strip_prefix("mailto:").map_or((start, bare_word), |m| (start + 7, m));
    if is_mail(mail) {
        return Some(mail_at..bare.len());
    }
    // The host of an address with scheme, port or path.
    let skipped = bare_word.find("://").map_or(0, |n| n + 3);
    let host_start = start + skipped;
    let rest = &bare[host_start..];
    let host = &rest[..rest.find(['/', ':', '?', '#']).unwrap_or(rest.len())];
    let inside = INSIDE.iter().any(|end| host.len() > end.len() && host.to_ascii_lowercase().ends_with(end));
    (inside || is_private_ip(host)).then(|| host_start..host_start + host.len())
}

fn is_mail(word: &str) -> bool {
    let Some((name, host)) = word.split_once('@') else { return false };
    let good = |s: &str| s.bytes().all(|b| b.is_ascii_alphanumeric() || b"._%+-".contains(&b));
    let top = host.rsplit('.').next().unwrap_or("");
    !name.is_empty()
        && good(name)
        && good(host)
        && host.contains('.')
        && !host.starts_with('.')
        && top.len() >= 2
        && top.bytes().all(|b| b.is_ascii_alphabetic())
}

/// RFC 1918, and what only the machine itself or its own wire can reach.
fn is_private_ip(host: &str) -> bool {
    let parts: Option<Vec<u8>> = host.split('.').map(|part| part.parse().ok()).collect();
    match parts.as_deref() {
        Some([10, _, _, _] | [192, 168, _, _] | [169, 254, _, _]) => true,
        Some([172, second, _, _]) => (16..=31).contains(second),
        _ => false,
    }
}

/// `+81 3-1234-5678`, `03-1234-5678`, `(555) 123-4567`: nine to fifteen digits in groups.
fn phones(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let begins = bytes[at] == b'+' || bytes[at] == b'0' || bytes[at] == b'(';
        let before = at.checked_sub(1).map(|n| bytes[n]);
        let free = before.is_none_or(|b| !b.is_ascii_alphanumeric() && !b"-+./:_=#&?%".contains(&b));
        if !begins || !free {
            at += 1;
            continue;
        }
        let length = bytes[at..].iter().take_while(|b| b.is_ascii_digit() || b"+-() ".contains(b)).count();
        let run = text[at..at + length].trim_end_matches([' ', '-', '(', ')', '+']);
        let digits = run.bytes().filter(u8::is_ascii_digit).count();
        let groups = run.split(['-', ' ', '(', ')']).filter(|g| !g.is_empty()).count();
        let most = run.split(['-', ' ', '(', ')', '+']).map(str::len).max().unwrap_or(0);
        let after = bytes.get(at + run.len()).copied();
        let ends = after.is_none_or(|b| !b.is_ascii_alphanumeric() && !b":/".contains(&b));
        // `0000-00-00 00` is a date.
        let is_date = run.as_bytes().get(4) == Some(&b'-') && run.as_bytes().get(7) == Some(&b'-');
        let international = run.starts_with('+') && digits >= 8;
        let national = groups >= 3 && (9..=11).contains(&digits) && most <= 4;
        if ends && !is_date && digits <= 15 && (international || national) {
            found.push(at..at + run.len());
        }
        at += length.max(1);
    }
    found.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<&str> {
        find(text).map(|range| &text[range]).collect()
    }

    #[test]
    fn what_looks_private_is_found() {
        for (text, wanted) in [
            ("Write to ops.team+x@example.co.jp, please.", "ops.team+x@example.co.jp"),
            ("[mail](mailto:a@b.example)", "a@b.example"),
            ("担当：taro@example.comまで", "taro@example.com"),
            ("at 10.0.3.7.", "10.0.3.7"),
            ("http://192.168.0.1:8080/x", "192.168.0.1"),
            ("see db1.prod.internal now", "db1.prod.internal"),
            ("key AKIAABCDEFGHIJKLMNOP", "AKIAABCDEFGHIJKLMNOP"),
            ("電話 03-1234-5678 へ", "03-1234-5678"),
            ("+81 90 1234 5678", "+81 90 1234 5678"),
        ] {
            assert_eq!(all(text), [wanted], "{text}");
        }
    }

    #[test]
    fn what_everybody_may_read_is_not() {
        for text in [
            "2026-11-20 10:15, 0.5%, 1,000, v1.2.3.4, 8.8.8.8, 172.32.0.1",
            "@hoshi_status and a @ b, user@host",
            "https://status.example.com/incidents/2020-01-02-x/ 0-1-2",
            "RFC 5545, #2733, 0x10.0.0.1a, 10.0.0, localhost",
            "00:00-06:00 and 2021-06-08T09:58:00+00:00",
        ] {
            assert_eq!(all(text), Vec::<&str>::new(), "{text}");
        }
    }
}
