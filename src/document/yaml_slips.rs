//! Finds what input methods and word processors make of the signs of YAML: quotes such as “ ” and 「」, full-width
//! brackets, commas and colons, blanks that YAML does not know, and invisible characters.
//!
//! It reads one `key: value` line at a time. YAML itself takes all of these for text, so `severity: “minor”` would be
//! an unknown word, and `title: “Orders”` would be published with its quotes.

use std::ops::Range;

use crate::message::{Message, message};

/// A slip in a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Slip {
    /// The bytes in the text that was read.
    pub range: Range<usize>,
    pub code: &'static str,
    pub message: Message,
    /// The whole text without slips.
    pub mended: String,
    /// Whether YAML reads what was meant, apart from the quotes.
    pub is_warning: bool,
}

/// Keys whose values are text for readers, where quotes and brackets may be meant, also in the mappings below them.
const TEXT: [&str; 13] = [
    "title",
    "scope",
    "advice",
    "description",
    "name",
    "label",
    "reason",
    "definition",
    "publisher",
    "registration",
    "fields",
    "expected_recovery",
    "hashtags",
];
/// Keys of lists and mappings of words.
const STRUCTURED: [&str; 13] = [
    "affects",
    "aliases",
    "components",
    "kinds",
    "locales",
    "on",
    "outages",
    "phases",
    "reviewed_by",
    "severity",
    "surface",
    "window",
    "withdrawn",
];
/// Lists whose words never contain a comma. The name of a component may.
const LISTS: [&str; 5] = ["aliases", "locales", "on", "reviewed_by", "surface"];
/// What noroshi never publishes may have any form.
const PRIVATE: &str = "internal";

/// Opening and closing quotes of word processors and input methods, also where both became the same sign.
const CURLY: [(char, char); 8] =
    [('“', '”'), ('”', '”'), ('‘', '’'), ('’', '’'), ('＂', '＂'), ('＇', '＇'), ('„', '“'), ('«', '»')];
/// Quotes of Japanese, which may also belong to the text.
const CORNER: [(char, char); 2] = [('「', '」'), ('『', '』')];

/// A blank that YAML takes for text.
pub(super) fn is_wide_blank(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

/// A character that nobody sees: soft hyphens, zero-width characters, marks of direction.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
    )
}

/// The name of a blank or an invisible character for messages.
pub(super) fn named(c: char) -> Message {
    let code = code_point(c);
    match c {
        '\u{3000}' => message!("document-blank-full-width", "a full-width space"),
        '\u{a0}' | '\u{202f}' => {
            message!("document-blank-non-breaking", "a non-breaking space ({code})", code)
        }
        c if is_wide_blank(c) => {
            message!("document-blank-unknown", "a space that YAML does not know ({code})", code)
        }
        '\u{ad}' => {
            message!("document-blank-soft-hyphen", "an invisible soft hyphen ({code})", code)
        }
        _ => message!("document-blank-invisible", "an invisible character ({code})", code),
    }
}

pub(super) fn code_point(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}

/// The text within a pair of quotes that YAML takes for text.
pub(super) fn unquoted(value: &str, has_corners: bool) -> Option<&str> {
    let corners = if has_corners { &CORNER[..] } else { &[] };
    CURLY.iter().chain(corners).find_map(|(open, close)| {
        let inner = value.strip_prefix(*open)?.strip_suffix(*close)?;
        (!inner.trim().is_empty() && !inner.contains([*open, *close])).then_some(inner)
    })
}

/// The text as a scalar in double quotes.
pub(super) fn in_quotes(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

pub(super) fn is_closing_quote(c: char) -> bool {
    matches!(c, '”' | '“' | '＂' | '’' | '‘' | '＇')
}

/// The blanks before a line, and its key. `line` is a line outside quotes and brackets.
pub(super) fn in_key(line: &str, is_key: impl Fn(&str) -> bool) -> Option<Slip> {
    let is_blank = |c: char| c == ' ' || is_wide_blank(c) || is_invisible(c);
    let indent = line.len() - line.trim_start_matches(is_blank).len();
    let (before, rest) = line.split_at(indent);
    let begins_item = rest.starts_with("- ");
    let end = if begins_item { 0 } else { rest.find([':', '：'])? };
    let written = rest[..end].trim_end_matches(is_blank);
    let seen: String = written.chars().filter(|c| !is_invisible(*c)).collect();
    let name = unquoted(&seen, true).unwrap_or(&seen).trim_matches(is_blank);
    if !begins_item && !is_key(name) {
        return None;
    }
    let blanks: String = before
        .chars()
        .filter(|c| !is_invisible(*c))
        .map(|c| if is_wide_blank(c) { ' ' } else { c })
        .collect();
    let mended = format!("{blanks}{}{}", if begins_item { "" } else { name }, &rest[written.len()..]);
    if mended == line {
        return None;
    }
    let odd =
        line[..indent + written.len()].char_indices().find(|(_, c)| is_wide_blank(*c) || is_invisible(*c));
    let (range, code, message) = match odd {
        Some((at, c)) => {
            let blank = named(c);
            let message = if at < indent {
                message!("document-blank-before-line", "there is {blank} before this line", blank)
            } else {
                message!("document-blank-in-key", "there is {blank} in the key `{name}`", blank, name)
            };
            (at..at + c.len_utf8(), "yaml/invisible", message)
        }
        None => (indent..indent + written.len(), "yaml/quotes", quotes_are_text(written)),
    };
    Some(Slip { range, code, message, mended, is_warning: false })
}

/// The value of `key`, which stands below the key `top` of the whole text. It has no comment.
pub(super) fn in_value(top: &str, key: &str, value: &str) -> Option<Slip> {
    if top == PRIVATE || value.starts_with(['"', '\'', '|', '>']) || value.contains(" #") {
        return None;
    }
    let is_text = TEXT.contains(&top) || TEXT.contains(&key);
    quotes(value, is_text)
        .or_else(|| (!is_text && is_structured(top, key)).then(|| structure(key, value)).flatten())
        .or_else(|| quotes_in_brackets(value, is_text))
        .or_else(|| (!is_text).then(|| invisible(value)).flatten())
}

fn is_structured(top: &str, key: &str) -> bool {
    STRUCTURED.contains(&key) || (STRUCTURED.contains(&top) && key != "reason")
}

/// A value that stands in quotes as a whole.
fn quotes(value: &str, is_text: bool) -> Option<Slip> {
    let inner = unquoted(value, !is_text)?;
    let mended = in_straight_quotes(inner, is_text);
    Some(quotes_slip(0..value.len(), value, mended, is_text))
}

fn quotes_slip(range: Range<usize>, written: &str, mended: String, is_text: bool) -> Slip {
    let message = if is_text {
        message!(
            "document-yaml-quotes-shown",
            "YAML takes the quotes of `{written}` for text, so readers see them",
            written
        )
    } else {
        quotes_are_text(written)
    };
    Slip { range, code: "yaml/quotes", message, mended, is_warning: is_text }
}

fn quotes_are_text(written: &str) -> Message {
    message!("document-yaml-quotes", "YAML takes the quotes of `{written}` for text", written)
}

/// A word as it is, or text in the quotes of YAML.
fn in_straight_quotes(inner: &str, is_text: bool) -> String {
    let is_word = inner.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'));
    if is_word && !is_text { inner.to_owned() } else { in_quotes(inner) }
}

/// Quotes around words in brackets: `{ja: “注文”}`, `[‘api’]`.
fn quotes_in_brackets(value: &str, is_text: bool) -> Option<Slip> {
    if !value.starts_with(['[', '{']) {
        return None;
    }
    let mut mended = String::with_capacity(value.len());
    let mut first: Option<Range<usize>> = None;
    for (range, is_word) in pieces(value) {
        let written = &value[range.clone()];
        let word = written.trim();
        match unquoted(word, !is_text).filter(|_| is_word) {
            Some(inner) => {
                let start = range.start + written.find(word).unwrap_or_default();
                first.get_or_insert(start..start + word.len());
                mended.push_str(&written.replace(word, &in_straight_quotes(inner, is_text)));
            }
            None => mended.push_str(written),
        }
    }
    let range = first?;
    let written = &value[range.clone()];
    Some(quotes_slip(range.clone(), written, mended, is_text))
}

/// The pieces of a value in brackets: words, and the signs between them. Text in straight quotes is no word.
fn pieces(value: &str) -> Vec<(Range<usize>, bool)> {
    let mut found = Vec::new();
    let (mut from, mut quote) = (0, None);
    for (at, c) in value.char_indices() {
        let is_at_start = value[from..at].trim().is_empty();
        match quote {
            Some(open) => {
                if c == open {
                    quote = None;
                    found.push((from..at + 1, false));
                    from = at + 1;
                }
                continue;
            }
            None if matches!(c, '"' | '\'') && is_at_start => quote = Some(c),
            None => {}
        }
        let is_colon = c == ':' && value[at + 1..].starts_with([' ', '\t', '”', '“']);
        if is_colon || matches!(c, '[' | ']' | '{' | '}' | ',') {
            found.push((from..at, true));
            found.push((at..at + 1, false));
            from = at + 1;
        }
    }
    found.push((from..value.len(), quote.is_none()));
    found
}

/// Brackets, commas and colons of an input method in a value that takes lists and mappings of words.
fn structure(key: &str, value: &str) -> Option<Slip> {
    let is_list = LISTS.contains(&key);
    let is_bracketed = value.starts_with(['[', '{', '［', '｛']);
    if !is_bracketed && !is_list {
        return None;
    }
    let had_wide = value.contains(['［', '］', '｛', '｝']);
    let mut plain = String::with_capacity(value.len());
    let mut first: Option<(usize, char)> = None;
    let mut quote = None;
    for (at, c) in value.char_indices() {
        if quote.is_some() || matches!(c, '"' | '\'') {
            quote = if quote == Some(c) { None } else { quote.or(Some(c)) };
            plain.push(c);
            continue;
        }
        let key_before = plain.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '_').next();
        let is_key_before = key_before.is_some_and(|key| key.starts_with(|c: char| c.is_ascii_lowercase()));
        let sign = match c {
            '［' => "[",
            '］' => "]",
            '｛' => "{",
            '｝' => "}",
            '、' | '，' if is_list || had_wide => ", ",
            '：' if is_bracketed && is_key_before => ": ",
            _ => {
                // Blanks after a sign that brings its own.
                if !((c == ' ' || is_wide_blank(c)) && plain.ends_with(' ')) {
                    plain.push(c);
                }
                continue;
            }
        };
        first = first.or(Some((at, c)));
        plain.push_str(sign);
    }
    if !is_bracketed {
        // An address may contain a comma, and so may the name of a person: `Yamada, Taro`.
        let is_list = match key {
            "aliases" => plain.contains(", /"),
            "reviewed_by" => value.contains(['、', '，']),
            _ => plain.contains(','),
        };
        if !is_list {
            return None;
        }
        let comma = value.find([',', '，', '、'])?;
        first = first.or(Some((comma, ',')));
        plain = format!("[{plain}]");
    }
    let (at, c) = first?;
    let mended = quotes_in_brackets(&plain, false).map_or(plain, |slip| slip.mended);
    let range = at..at + c.len_utf8();
    let (code, message) = match c {
        '：' => ("yaml/colon", message!("document-yaml-colon", "this colon is full-width")),
        ',' => ("yaml/brackets", message!("document-yaml-no-brackets", "a list of words needs brackets")),
        '、' | '，' if !is_bracketed => (
            "yaml/brackets",
            message!("document-yaml-no-brackets-commas", "a list of words needs brackets and plain commas"),
        ),
        '、' | '，' => (
            "yaml/brackets",
            message!("document-yaml-comma", "YAML takes `{c}` for text, not for a comma", c),
        ),
        _ => (
            "yaml/brackets",
            message!("document-yaml-bracket", "YAML takes `{c}` for text, not for a bracket", c),
        ),
    };
    Some(Slip { range, code, message, mended, is_warning: false })
}

/// Invisible characters in a value that is no text.
fn invisible(value: &str) -> Option<Slip> {
    let (at, c) = value.char_indices().find(|(_, c)| is_invisible(*c))?;
    let mended = value.chars().filter(|c| !is_invisible(*c)).collect();
    let message = message!("document-blank-in-value", "there is {blank} in this value", blank = named(c));
    Some(Slip { range: at..at + c.len_utf8(), code: "yaml/invisible", message, mended, is_warning: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(key: &str, written: &str) -> Option<(&'static str, String, bool)> {
        in_value(key, key, written).map(|slip| (slip.code, slip.mended, slip.is_warning))
    }

    #[test]
    fn quotes_of_other_programs_are_found_with_the_value_in_plain_ones() {
        for (key, written, mended, is_warning) in [
            ("title", "“Orders”", "\"Orders\"", true),
            ("title", "”注文: 遅延”", "\"注文: 遅延\"", true),
            ("title", "{ja: “注文”, en: ‘Orders’}", "{ja: \"注文\", en: \"Orders\"}", true),
            ("severity", "“minor”", "minor", false),
            ("severity", "「軽微」", "\"軽微\"", false),
            ("affects", "[‘api’, “web”]", "[api, web]", false),
            ("affects", "[「api」]", "[api]", false),
            ("affects", "{“api”: ‘major_outage’}", "{api: major_outage}", false),
            ("started", "＂2026-11-20 10:15＂", "\"2026-11-20 10:15\"", false),
        ] {
            let expected = ("yaml/quotes", mended.to_owned(), is_warning);
            assert_eq!(value(key, written), Some(expected), "{key}: {written}");
        }
    }

    #[test]
    fn signs_of_an_input_method_are_found_with_the_value_in_plain_ones() {
        for (key, written, code, mended) in [
            ("affects", "［api、web］", "yaml/brackets", "[api, web]"),
            ("affects", "［api，　web］", "yaml/brackets", "[api, web]"),
            ("affects", "［「api」、“web”］", "yaml/brackets", "[api, web]"),
            ("affects", "｛api：major_outage｝", "yaml/brackets", "{api: major_outage}"),
            ("outages", "［2026-12-01 02：00、03：00］", "yaml/brackets", "[2026-12-01 02：00, 03：00]"),
            (
                "window",
                "{start：2026-12-01 02：00, end： unknown}",
                "yaml/colon",
                "{start: 2026-12-01 02：00, end: unknown}",
            ),
            ("reviewed_by", "佐藤、鈴木", "yaml/brackets", "[佐藤, 鈴木]"),
            ("reviewed_by", "[佐藤、鈴木]", "yaml/brackets", "[佐藤, 鈴木]"),
            ("locales", "ja、en", "yaml/brackets", "[ja, en]"),
            ("locales", "ja, en", "yaml/brackets", "[ja, en]"),
            ("aliases", "/a/、/b/", "yaml/brackets", "[/a/, /b/]"),
            ("severity", "minor\u{200b}", "yaml/invisible", "minor"),
            ("affects", "[a\u{ad}pi]", "yaml/invisible", "[api]"),
        ] {
            let expected = (code, mended.to_owned(), false);
            assert_eq!(value(key, written), Some(expected), "{key}: {written}");
        }
    }

    #[test]
    fn text_keeps_its_quotes_and_signs() {
        for (key, written) in [
            ("title", "「軽微」とは"),
            ("title", "「軽微」"),
            ("title", "“Orders” fail"),
            ("title", "[重要] 注文、出金"),
            ("title", "［重要］"),
            ("title", "{ja: 注文、出金, en: Orders}"),
            ("title", "\"“Orders”\""),
            ("title", "soft\u{ad}hyphen"),
            ("affects", "[注文、出金]"),
            ("affects", "注文、出金"),
            ("started", "2026年11月20日　10：15"),
            ("window", "{start: 2026-12-01 02：00, end: unknown}"),
            ("internal", "“anything”、［else］"),
            ("aliases", "/a,b/"),
            ("reviewed_by", "Yamada, Taro"),
            ("url", "https://a.example/"),
        ] {
            assert_eq!(value(key, written), None, "{key}: {written}");
        }
    }

    #[test]
    fn keys_are_read_without_what_nobody_sees() {
        let is_key =
            |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        for (line, code, mended) in [
            ("ti\u{200b}tle: a", "yaml/invisible", "title: a"),
            ("\u{feff}title: a", "yaml/invisible", "title: a"),
            ("\u{a0}\u{a0}start: a", "yaml/invisible", "  start: a"),
            ("\u{3000}- api", "yaml/invisible", " - api"),
            ("“title”: a", "yaml/quotes", "title: a"),
            ("「title」： a", "yaml/quotes", "title： a"),
        ] {
            let slip = in_key(line, is_key).map(|slip| (slip.code, slip.mended));
            assert_eq!(slip, Some((code, mended.to_owned())), "{line}");
        }
        for line in [
            "title: a",
            "  start: a",
            "- api",
            "タイトル: a",
            "“注文”: a",
            "\"title\": a",
            "\ttitle: a",
            "title\u{a0}of: b",
        ] {
            assert_eq!(in_key(line, is_key), None, "{line}");
        }
    }
}
