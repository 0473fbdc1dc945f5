//! Small text functions for all modules: cleaning, folding, escaping, similar words.
//!
//! They are pure functions over strings, and do not know what the text means.

pub mod open_metrics;
mod passwords;
mod sketch;
mod visible;

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick, is_nfkc_quick};

use crate::limits::{MEANT_PART, MEANT_WORDS};

pub use passwords::without_passwords;
pub use sketch::Sketch;
pub use visible::{one_line, visible, visible_lines};

/// Whether XML 1.0 (section 2.2) allows the character in a document.
#[must_use]
pub fn is_xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Replaces every character that XML 1.0 forbids with U+FFFD.
///
/// All text is cleaned once on input, so that no output format needs to do it.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    // Most forbidden characters are bytes below a blank; the other two begin with EF BF.
    let plain = |b: u8| b >= 0x20 && b != 0xef || matches!(b, b'\t' | b'\n' | b'\r');
    if text.bytes().all(plain) || text.chars().all(is_xml_char) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if is_xml_char(c) { c } else { '\u{fffd}' }).collect())
}

/// NFKC: turns full-width letters, digits and punctuation into plain ones.
#[must_use]
pub fn nfkc(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfkc_quick(text.chars()) == IsNormalized::Yes {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.nfkc().collect())
}

/// NFC: one character for sequences that some editors write as two.
#[must_use]
pub fn nfc(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.nfc().collect())
}

/// Whether two names look the same, because they differ at most in Unicode normalisation.
#[must_use]
pub fn is_same_name(a: &str, b: &str) -> bool {
    a == b || nfc(a) == nfc(b)
}

/// A name as it is, and in the forms that other systems may store: composed (NFC) and decomposed (NFD).
#[must_use]
pub fn spellings(name: &str) -> Vec<String> {
    let mut all = vec![name.to_owned()];
    if !name.is_ascii() {
        all.extend([name.nfc().collect(), name.nfd().collect()]);
        all.sort_unstable();
        all.dedup();
    }
    all
}

/// The form in which words are compared: NFKC, lower case, blanks collapsed, ends trimmed.
#[must_use]
pub fn fold(text: &str) -> String {
    let lower = nfkc(text).to_lowercase();
    let mut out = String::with_capacity(lower.len());
    for word in lower.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Appends `text` escaped for HTML and XML, in element content and in quoted attributes.
pub fn escape_into(out: &mut String, text: &str) {
    let mut rest = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        out.push_str(&text[rest..at]);
        out.push_str(entity);
        rest = at + 1;
    }
    out.push_str(&text[rest..]);
}

/// The number of bytes that [`escape_into`] appends.
#[must_use]
pub fn escaped_len(text: &str) -> usize {
    let more = |byte: u8| match byte {
        b'&' | b'\'' => 4,
        b'<' | b'>' => 3,
        b'"' => 5,
        _ => 0,
    };
    text.len() + text.bytes().map(more).sum::<usize>()
}

#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    escape_into(&mut out, text);
    out
}

/// `text` as a JSON string that is also safe inside an HTML `script` element.
#[must_use]
pub fn json_string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\0'..='\u{1f}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Converts JSON to ASCII. Every other character, and those that HTML and XML interpret, become `\uXXXX` (RFC 8259
/// section 7).
///
/// A page on another site may read a script in its own character set, where the last byte of a character and a
/// backslash can form one letter. Bytes below 128 are the same in every set.
#[must_use]
pub fn ascii_json(json: &str) -> String {
    // All of these occur inside strings, and never after a backslash, because JSON does not escape them that way.
    ascii(
        json,
        |c| c.is_ascii() && !matches!(c, '<' | '>' | '&' | '\u{7f}'),
        |out, c| {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        },
    )
}

/// Converts XML to ASCII. Every other character becomes a numeric reference (XML 1.0 section 4.1), so that the
/// text is the same in any character set. It is for documents whose names are ASCII.
#[must_use]
pub fn ascii_xml(xml: &str) -> String {
    ascii(
        xml,
        |c| c.is_ascii(),
        |out, c| {
            let _ = write!(out, "&#{};", u32::from(c));
        },
    )
}

fn ascii(text: &str, stays: impl Fn(char) -> bool, escape: impl Fn(&mut String, char)) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for c in text.chars() {
        if stays(c) {
            out.push(c);
        } else {
            escape(&mut out, c);
        }
    }
    out
}

/// Percent-encodes a path (RFC 3986 section 3.3). `/` and unreserved characters stay.
#[must_use]
pub fn percent_encode(path: &str) -> Cow<'_, str> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~' | b'/');
    if path.bytes().all(plain) {
        return Cow::Borrowed(path);
    }
    let mut out = String::with_capacity(path.len() * 3);
    for b in path.bytes() {
        if plain(b) {
            out.push(char::from(b));
        } else {
            let _ = write!(out, "%{b:02X}");
        }
    }
    Cow::Owned(out)
}

/// Undoes percent-encoding and composes the result (NFC), the form of published names; `None` if the result is not
/// UTF-8 or an escape is broken.
#[must_use]
pub fn percent_decode(path: &str) -> Option<String> {
    let bytes = path.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'%' {
            let hex = path.get(at + 1..at + 3)?;
            out.push(u8::from_str_radix(hex, 16).ok()?);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    let decoded = String::from_utf8(out).ok()?;
    Some(nfc(&decoded).into_owned())
}

/// A path as typed, in the form for comparisons: without percent-encoding, and composed (NFC).
#[must_use]
pub fn typed_path(path: &str) -> String {
    percent_decode(path).unwrap_or_else(|| nfc(path).into_owned())
}

/// The candidate nearest to a misspelt `word`, if one is similar.
///
/// A candidate is similar if at most a third of the letters differ (insert, delete, replace, swap); in short
/// words, one.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // The first of several candidates with the same distance wins.
    near(word, candidates).into_iter().min_by_key(|(distance, _)| *distance).map(|(_, candidate)| candidate)
}

/// The candidates that somebody may have meant by a word: those that are most similar to it, or else those that
/// contain it or have a part that is similar to it. They are few, in their order. Quotes around the word do not count.
#[must_use]
pub fn meant<'a>(word: &str, candidates: &[&'a str]) -> Vec<&'a str> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let similar = near(word, candidates.iter().copied());
    let least = similar.iter().map(|(distance, _)| *distance).min();
    let mut found: Vec<&str> =
        similar.into_iter().filter(|(distance, _)| Some(*distance) == least).map(|(_, word)| word).collect();
    let folded = fold(word);
    if found.is_empty() && folded.chars().count() >= MEANT_PART {
        found = candidates.iter().copied().filter(|known| fold(known).contains(&folded)).collect();
        if found.is_empty() {
            let has_similar =
                |known: &&str| nearest(word, known.split(|c: char| !c.is_alphanumeric())).is_some();
            found = candidates.iter().copied().filter(has_similar).collect();
        }
    }
    found.truncate(MEANT_WORDS);
    found
}

/// Every candidate that is similar to `word`, in their order, each with its distance.
pub fn near<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<(usize, &'a str)> {
    let word = fold(word);
    let length = word.chars().count();
    if length == 0 || length > 64 {
        return Vec::new();
    }
    candidates
        .into_iter()
        // A candidate whose length differs by more than a third cannot be similar. This check is cheap and avoids
        // the expensive one.
        .filter(|c| {
            let other = c.chars().count();
            other <= 64 && other.abs_diff(length) <= (length.max(other) / 3).max(1)
        })
        .map(|c| (distance(&word, &fold(c)), c))
        .filter(|(d, c)| *d <= (length.max(c.chars().count()) / 3).max(1) && *d < length.max(2))
        .collect()
}

/// The optimal string alignment distance.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let replace = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = replace.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

/// A slug for any text: lower case, with letters, marks and digits of any script, joined by `-`.
#[must_use]
pub fn slugify(text: &str) -> String {
    let mut out = String::new();
    for c in nfkc(text).to_lowercase().nfc() {
        if is_slug_char(c) {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    while out.ends_with('-') {
        out.pop();
    }
    while out.len() > 200 {
        out.pop();
    }
    out
}

/// The Latin words of a text as a slug: lower case, without accents, joined by `-`. Also says whether letters of
/// other scripts were left out; numbers between those are left out too, since alone they say little.
#[must_use]
pub fn latin_slug(text: &str) -> (String, bool) {
    let is_foreign = |c: char| c.is_alphabetic() && !c.is_ascii();
    let mut plain = String::new();
    for c in text.nfkd().flat_map(char::to_lowercase).filter(|c| !is_mark(*c)) {
        match c {
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'đ' | 'ð' => plain.push('d'),
            'ı' => plain.push('i'),
            // Not a word of its own: `O'Neil's`, `l’API`.
            '\'' | '’' => {}
            c => plain.push(c),
        }
    }
    let has_foreign = plain.contains(is_foreign);
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let says = |word: &&str| !has_foreign || word.contains(|c: char| c.is_ascii_alphabetic());
    (words.filter(says).collect::<Vec<_>>().join("-"), has_foreign)
}

/// Whether a slug may contain the character: letters, marks and digits of any script, `-` and `_`.
#[must_use]
pub fn is_slug_char(c: char) -> bool {
    c.is_alphanumeric() || c == '-' || c == '_' || is_mark(c)
}

/// Whether the character is a combining mark (general category M): an accent or vowel sign that NFC leaves
/// separate.
#[must_use]
pub fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// Whether a text has the form of a language tag that a site may use (BCP 47, section 2.1): `ja`, `pt-BR`,
/// `zh-Hans`. Extensions and private tags are refused.
#[must_use]
pub fn is_language_tag(tag: &str) -> bool {
    let is = |part: &str, lengths: std::ops::RangeInclusive<usize>, sound: fn(&u8) -> bool| {
        lengths.contains(&part.len()) && part.as_bytes().iter().all(sound)
    };
    let mut parts = tag.split('-').peekable();
    if !parts.next().is_some_and(|language| is(language, 2..=3, u8::is_ascii_lowercase)) {
        return false;
    }
    let _ = parts.next_if(|script| is(script, 4..=4, u8::is_ascii_alphabetic));
    let region =
        |part: &&str| is(part, 2..=2, u8::is_ascii_alphabetic) || is(part, 3..=3, u8::is_ascii_digit);
    let _ = parts.next_if(region);
    parts.all(|variant| is(variant, 5..=8, u8::is_ascii_alphanumeric))
}

/// A number with its noun: `1 error`, `2 errors`.
#[must_use]
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// Whether a text can be an id of the API, which becomes part of addresses.
#[must_use]
pub fn is_api_id(id: &str) -> bool {
    let sound = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    (1..=64).contains(&id.len()) && id.bytes().all(sound)
}

/// Shortens a text to `most` characters, at a word boundary.
#[must_use]
pub fn shorten(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(most - 1).collect();
    if let Some(blank) = cut.rfind(' ').filter(|at| *at > cut.len() / 2) {
        cut.truncate(blank);
    }
    cut.push('…');
    cut
}

/// A word as a server may repeat it: plain, percent-encoded, in JSON and in HTML.
#[cfg(feature = "deploy")]
#[must_use]
pub fn forms_of(word: &str) -> [String; 6] {
    let json = json_string(word);
    [
        word.to_owned(),
        percent_encode(word).into_owned(),
        percent_encode(word).replace('/', "%2F"),
        // Without its quotation marks.
        json[1..json.len() - 1].to_owned(),
        word.replace('/', "\\/"),
        escape(word),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        let known = ["investigating", "identified", "monitoring", "resolved"];
        assert_eq!(nearest("resovled", known), Some("resolved"));
        assert_eq!(nearest("Investigation", known), Some("investigating"));
        assert_eq!(nearest("banana", known), None);
    }

    #[test]
    fn json_strings_cannot_close_a_script_element() {
        assert_eq!(json_string("</script>\"\u{1}"), "\"\\u003c/script\\u003e\\\"\\u0001\"");
    }

    #[test]
    fn ascii_json_means_the_same() {
        for text in
            ["ッ\"+alert(1)}]}};//", "表\\", "</script><!-- ]]> &", "👩‍🚀\u{2028}\u{7f}\u{80}", "\\u8868", ""]
        {
            let json = ascii_json(&serde_json::to_string(text).expect("JSON"));
            assert!(json.is_ascii() && !json.contains(['<', '>', '&', '\u{7f}']), "{json}");
            assert_eq!(serde_json::from_str::<String>(&json).expect("JSON"), text);
        }
        assert_eq!(ascii_json("\"表🚀\""), "\"\\u8868\\ud83d\\ude80\"");
    }

    #[test]
    fn slugs_keep_every_script() {
        assert_eq!(slugify("障害: API の遅延!"), "障害-api-の遅延");
        assert_eq!(slugify("../etc"), "etc");
    }

    #[test]
    fn latin_slugs_have_no_other_letter() {
        let is = |text: &str, slug: &str, has_foreign| {
            assert_eq!(latin_slug(text), (slug.to_owned(), has_foreign), "{text}");
        };
        is("Orders are slow!", "orders-are-slow", false);
        is("API の遅延", "api", true);
        is("第2報：ＢＴＣの出金", "btc", true);
        is("Störung bei Zahlungen: Straße 2", "storung-bei-zahlungen-strasse-2", false);
        is("Złe działanie, l’API", "zle-dzialanie-lapi", false);
        is("障害", "", true);
        is("2026年11月20日", "", true);
        is("v2.1", "v2-1", false);
        is("!!!", "", false);
    }

    #[test]
    fn language_tags_have_their_form() {
        for tag in ["ja", "ckb", "pt-BR", "zh-Hans", "zh-Hant-TW", "es-419", "ca-valencia"] {
            assert!(is_language_tag(tag), "{tag}");
        }
        for text in ["", "j", "JA", "jp_JP", "en-", "en-abc", "en-US-US", "en-u-nu-latn", "../en", "english"]
        {
            assert!(!is_language_tag(text), "{text}");
        }
    }

    #[test]
    fn percent_encoding_goes_there_and_back() {
        let path = "incidents/遅延 1/";
        assert_eq!(percent_decode(&percent_encode(path)).as_deref(), Some(path));
        assert_eq!(percent_decode("%E3%81%8B%E3%82%99.png").as_deref(), Some("が.png"));
        assert_eq!(typed_path("か\u{3099} 100%.png"), "が 100%.png");
    }
}
