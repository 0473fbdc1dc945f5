//! E-mail addresses, also where the `@` is written as a word so that machines should not find it.

use super::view::{LETTER, View, WIDE};
use super::{Looks, Seen};

/// What stands in the place of a name where an address only shows its form.
const FORMS: [&str; 12] = [
    "name",
    "user",
    "username",
    "you",
    "your",
    "your.name",
    "your-name",
    "yourname",
    "someone",
    "mail",
    "email",
    "xxx",
];

/// RFC 2606: nobody's domains.
const EXAMPLES: [&str; 5] = ["example.com", "example.org", "example.net", "example.jp", "example.co.jp"];

/// Top domains that are spelled out: any other word after `dot` is a word.
const SPELLED_TOPS: [&str; 12] =
    ["com", "net", "org", "jp", "co", "io", "dev", "info", "example", "de", "uk", "fr"];

/// Files whose names hold an `@`: `logo@2x.png`.
const FILES: [&str; 14] =
    ["png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "css", "js", "mjs", "ts", "json", "tgz", "html"];

/// Top domains in scripts without blanks: after others, a sentence goes on.
const WIDE_TOPS: [&str; 16] = [
    "みんな",
    "コム",
    "ストア",
    "セール",
    "クラウド",
    "テスト",
    "中国",
    "中國",
    "公司",
    "网络",
    "網絡",
    "香港",
    "台灣",
    "台湾",
    "한국",
    "닷컴",
];

/// An address around this `@`.
pub(super) fn at_sign(view: &View, at: usize) -> Option<Seen> {
    let start = name_start(view, at)?;
    let end = host_end(view, at + 1, false)?;
    let name = view.bytes(start..at);
    let host = view.bytes(at + 1..end);
    let is = |words: &[&str], part: &[u8]| words.iter().any(|w| part.eq_ignore_ascii_case(w.as_bytes()));
    let form = is(&FORMS, name) && is(&EXAMPLES, host);
    // `git@github.com:org/repo` is how everybody fetches.
    (!form && !name.eq_ignore_ascii_case(b"git")).then_some((start..end, Looks::Mail))
}

/// `taro [at] example.com`, from its bracket.
pub(super) fn at_word(view: &View, at: usize) -> Option<Seen> {
    let mut next = view.run(at + 1, 1, |b| b == b' ');
    let word = ["at", "@", "アットマーク", "アット", "あっと"].into_iter().find(|word| {
        if word.is_ascii() { view.says(next, word) } else { view.rest(next).starts_with(word) }
    })?;
    next = view.run(next + word.chars().count(), 1, |b| b == b' ');
    if !matches!(view.byte(next), b')' | b']' | b'}' | b'>') {
        return None;
    }
    let start = name_start(view, view.back(at, 1, |b| b == b' '))?;
    let end = host_end(view, view.run(next + 1, 1, |b| b == b' '), true)?;
    Some((start..end, Looks::Mail))
}

/// `taro at example dot com`: both words, or it is a sentence.
pub(super) fn word(view: &View, at: usize, end: usize) -> Option<Seen> {
    if end != at + 2 || !view.says(at, "at") || view.before(at) != b' ' || view.byte(end) != b' ' {
        return None;
    }
    let label = view.run(end + 1, 64, |b| b.is_ascii_alphanumeric() || b == b'-');
    if dot(view, label, true) < 2 {
        return None;
    }
    Some((name_start(view, at - 1)?..host_end(view, end + 1, true)?, Looks::Mail))
}

/// `taro★example.com`, with a request to put an `@` there.
pub(super) fn star(view: &View, at: usize) -> Option<Seen> {
    let between = view.before(at).is_ascii_alphanumeric() && view.byte(at + 1).is_ascii_alphanumeric();
    if !between || !view.rest(at).starts_with(['★', '☆', '◎', '●', '■', '◆']) {
        return None;
    }
    Some((name_start(view, at)?..host_end(view, at + 1, false)?, Looks::Mail))
}

fn name_start(view: &View, end: usize) -> Option<usize> {
    let letter = |b: u8| b.is_ascii_alphanumeric() || b == LETTER;
    let mut start = view.back(end, 64, |b| letter(b) || b"._%+-'".contains(&b));
    start = view.run(start, end - start, |b| b".%+-'".contains(&b));
    // `_taro@example.com_` is emphasis.
    start = view.run(start, end - start, |b| b == b'_' && view.before(start) != b'/');
    // `@taro@example.com` is a handle of the fediverse: made to be read.
    let named = letter(view.before(end)) || view.before(end) == b'_';
    (start < end && named && view.before(start) != b'@').then_some(start)
}

/// Where the host name ends that begins here: at its last label that may be a top one.
fn host_end(view: &View, from: usize, spelled: bool) -> Option<usize> {
    let (mut at, mut labels, mut end) = (from, 0, None);
    let mut lower = false;
    while at - from < 254 {
        let next = label_end(view, at);
        let first = view.byte(at);
        // `…@example.com.Please` goes on with a sentence.
        if next == at || first == b'-' || lower && first.is_ascii_uppercase() {
            break;
        }
        labels += 1;
        if labels == 2 && is_version(view.bytes(from..next)) {
            return None;
        }
        if labels > 1
            && let Some(top) = top_end(view, at, next)
        {
            end = Some(top);
        }
        lower = view.bytes(at..next).iter().any(u8::is_ascii_lowercase);
        let dot = dot(view, next, spelled);
        if dot == 0 {
            break;
        }
        at = next + dot;
    }
    end
}

/// A label in one kind of script: after ASCII, kana are the sentence around.
fn label_end(view: &View, at: usize) -> usize {
    let wide = view.byte(at) == WIDE;
    view.run(at, 63, |b| b.is_ascii_alphanumeric() || b == b'-' || b == LETTER || wide && b == WIDE)
}

/// How long the dot is.
fn dot(view: &View, at: usize, spelled: bool) -> usize {
    if view.byte(at) == b'.' {
        return 1;
    }
    let bracket = view.run(at, 1, |b| b == b' ');
    if matches!(view.byte(bracket), b'[' | b'(' | b'{') {
        let length =
            if view.says(bracket + 1, "dot") { 3 } else { usize::from(view.byte(bracket + 1) == b'.') };
        let close = bracket + 1 + length;
        let closed = length > 0 && matches!(view.byte(close), b']' | b')' | b'}');
        return if closed { view.run(close + 1, 1, |b| b == b' ') - at } else { 0 };
    }
    let known = |top: &&str| view.says(at + 5, top) && !view.byte(at + 5 + top.len()).is_ascii_alphanumeric();
    let said = spelled && view.says(at, " dot ");
    if said && SPELLED_TOPS.iter().any(known) { 5 } else { 0 }
}

fn top_end(view: &View, start: usize, end: usize) -> Option<usize> {
    let end = view.back(end, end - start, |b| b == b'-');
    let label = view.bytes(start..end);
    let letters = label.iter().all(u8::is_ascii_alphabetic) || label.iter().all(|b| *b == LETTER);
    if (2..=24).contains(&label.len()) && letters {
        let file = FILES.iter().any(|file| label.eq_ignore_ascii_case(file.as_bytes()));
        return (!file).then_some(end);
    }
    if label.starts_with(b"xn--") {
        return Some(end);
    }
    let wide = WIDE_TOPS.into_iter().find(|top| view.rest(start).starts_with(top))?;
    Some(start + wide.chars().count())
}

/// `name@1.2.3`, `name@v4.1`: a package.
fn is_version(host: &[u8]) -> bool {
    let numbers = host.strip_prefix(b"v").unwrap_or(host);
    let mut parts = numbers.split(|b| *b == b'.');
    let number =
        |part: Option<&[u8]>| part.is_some_and(|p| !p.is_empty() && p.iter().all(u8::is_ascii_digit));
    number(parts.next()) && parts.next().is_some_and(|p| p.first().is_some_and(u8::is_ascii_digit))
}
