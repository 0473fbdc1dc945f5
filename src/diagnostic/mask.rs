//! Hides private values in output: more people can read CI logs than the content.
//!
//! It finds the values of `internal` and `reviewed_by` from the lines of front matter alone, so it also works for
//! front matter that no parser accepts. If a broken line leaves the end of a value unclear, it hides more, never
//! less.

use std::borrow::Cow;
use std::ops::Range;

use crate::text;

/// The replacement for a private value.
pub const HIDDEN: &str = "••••";
/// The keys whose values are private.
const KEYS: [&str; 2] = ["internal", "reviewed_by"];

/// The private values of a file: the byte range in each line, in order.
#[must_use]
pub fn private(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let Some(body) = text.strip_prefix("---\n") else { return found };
    let mut start = text.len() - body.len();
    let mut value = Value::default();
    let mut base: Option<usize> = None;
    for line in body.split('\n') {
        if line.trim_end() == "---" {
            break;
        }
        let indent = line.len() - line.trim_start().len();
        let rest = &line[indent..];
        let says_something = !rest.trim().is_empty() && !rest.starts_with('#');
        if says_something && base.is_none() {
            base = Some(indent);
        }
        let outermost = base.unwrap_or(0);
        let mut from = indent;
        if says_something && indent <= outermost && !value.is_open() {
            match key(rest) {
                Some((name, end)) if is_private(&name) => {
                    value = Value { is_private: true, ..Value::default() };
                    from = indent + end;
                }
                Some(_) => value = Value::default(),
                None if rest.starts_with('{') && KEYS.iter().any(|key| body.contains(key)) => {
                    value = Value { is_private: true, depth: 1, ..Value::default() };
                }
                None => {}
            }
        }
        if value.is_private {
            value.read(&line[from..]);
            let shown = &line[from..];
            let from = start + from + (shown.len() - shown.trim_start().len());
            let to = start + line.trim_end().len();
            if from < to {
                found.push(from..to);
            }
        }
        start += line.len() + 1;
    }
    found
}

/// The text with every private value hidden, line by line.
#[must_use]
pub fn masked(text: &str) -> Cow<'_, str> {
    let ranges = private(text);
    if ranges.is_empty() {
        return Cow::Borrowed(text);
    }
    let (mut out, mut last) = (String::with_capacity(text.len()), 0);
    for range in ranges {
        out.push_str(&text[last..range.start]);
        out.push_str(HIDDEN);
        last = range.end;
    }
    out.push_str(&text[last..]);
    Cow::Owned(out)
}

/// A message about private values, without any quotation of them.
#[must_use]
pub fn message<'m>(message: &'m str, text: &str, ranges: &[Range<usize>]) -> Cow<'m, str> {
    let values: String =
        ranges.iter().filter_map(|range| text.get(range.clone())).collect::<Vec<_>>().join("\n");
    let values = text::fold(&values);
    let says = |quoted: &str| {
        let quoted = text::fold(quoted);
        let mut words = quoted.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.any(|word| !KEYS.iter().any(|key| key.contains(word)) && values.contains(word))
    };
    let quote = |c: char| c == '`' || c == '"';
    let Some(first) = message.find(quote) else { return Cow::Borrowed(message) };
    let (mut out, mut rest) = (message[..first].to_owned(), &message[first..]);
    while let Some(sign) = rest.chars().next().filter(|c| quote(*c)) {
        // If the value contains the quotation mark itself, everything up to the last mark is hidden.
        let is_even = rest.matches(sign).count() % 2 == 0;
        let end = if is_even { rest[1..].find(sign) } else { rest[1..].rfind(sign) };
        let end = end.map_or(rest.len(), |end| end + 1);
        let quoted = &rest[1..end];
        out.push(sign);
        out.push_str(if says(quoted) { HIDDEN } else { quoted });
        rest = &rest[end..];
        if rest.starts_with(sign) {
            out.push(sign);
            rest = &rest[1..];
        }
        let next = rest.find(quote).unwrap_or(rest.len());
        out.push_str(&rest[..next]);
        rest = &rest[next..];
    }
    Cow::Owned(out)
}

/// The beginning of a word that must not be shown in full, long enough to recognise it.
#[must_use]
pub fn beginning(word: &str) -> String {
    let length = word.chars().count();
    let mut shown: String = word.chars().take((length / 4).clamp(1, 4)).collect();
    shown.push('…');
    shown
}

/// The key of a line without indent, and the byte where its value begins.
fn key(line: &str) -> Option<(String, usize)> {
    let written = line.strip_prefix("? ").unwrap_or(line);
    let skipped = line.len() - written.len();
    if written.starts_with(['-', '{', '[', '}', ']', ':', '|', '>', '&', '*', '!']) {
        return None;
    }
    let quote = written.chars().next().filter(|c| matches!(c, '"' | '\''));
    let name_end = match quote {
        Some(quote) => written[1..].find(quote)? + 2,
        None => written.find([':', '：']).or((skipped > 0).then_some(written.len()))?,
    };
    let after = &written[name_end..];
    let colon = after.chars().find(|c| !c.is_whitespace()).filter(|c| matches!(c, ':' | '：'));
    let value = match colon {
        Some(colon) => name_end + after.find(colon)? + colon.len_utf8(),
        None if skipped > 0 => written.len(),
        None => return None,
    };
    Some((written[..name_end].trim_matches(['"', '\'', ' ']).to_owned(), skipped + value))
}

/// Whether a key has private values, in any spelling.
fn is_private(name: &str) -> bool {
    // Quotes of other programs and invisible characters do not make it another key.
    let letters: String = name.chars().filter(|c| c.is_alphanumeric() || *c == '_').collect();
    name.contains('\\') || KEYS.contains(&text::fold(&letters).as_str())
}

/// A value that may continue on the next line.
#[derive(Default)]
struct Value {
    is_private: bool,
    quote: Option<char>,
    depth: usize,
}

impl Value {
    /// Whether the next line belongs to the value in any case.
    fn is_open(&self) -> bool {
        self.quote.is_some() || self.depth > 0
    }

    fn read(&mut self, line: &str) {
        let mut before = None;
        let mut is_escaped = false;
        for c in line.chars() {
            if let Some(quote) = self.quote {
                let closes = c == quote && !is_escaped;
                is_escaped = quote == '"' && c == '\\' && !is_escaped;
                if closes {
                    self.quote = None;
                }
            } else {
                let begins = matches!(before, None | Some(':' | '：' | ',' | '[' | '{' | '-'));
                match c {
                    '"' | '\'' if begins => self.quote = Some(c),
                    '[' | '{' if begins || self.depth > 0 => self.depth += 1,
                    ']' | '}' => self.depth = self.depth.saturating_sub(1),
                    _ => {}
                }
            }
            if !c.is_whitespace() {
                before = Some(c);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(front: &str) -> String {
        let text = format!("---\n{front}\n---\ninternal: in the body\n");
        let masked = masked(&text).into_owned();
        let body =
            masked.strip_prefix("---\n").and_then(|m| m.strip_suffix("\n---\ninternal: in the body\n"));
        body.expect("only front matter changes").to_owned()
    }

    #[test]
    fn values_of_internal_are_hidden_in_every_form_of_yaml() {
        for (front, expected) in [
            ("title: a\ninternal: {who: Taro}\nid: x", "title: a\ninternal: ••••\nid: x"),
            ("internal:\n  who: Taro\n  # Jiro\nid: x", "internal:\n  ••••\n  ••••\nid: x"),
            ("internal:\n\twho: Taro\n\u{3000}by: Jiro\nid: x", "internal:\n\t••••\n\u{3000}••••\nid: x"),
            ("internal: {who: Taro,\nby: Jiro}\nid: x", "internal: ••••\n••••\nid: x"),
            ("internal: |\n  Taro:\n  Jiro\nid: x", "internal: ••••\n  ••••\n  ••••\nid: x"),
            ("internal:\n  a: \"Taro\nid: y\"\nid: x", "internal:\n  ••••\n••••\nid: x"),
            ("internal: 'it''s\n  Taro'\nid: x", "internal: ••••\n  ••••\nid: x"),
            ("reviewed_by:\n- Taro\n- Jiro\nid: x", "reviewed_by:\n••••\n••••\nid: x"),
            ("\"internal\" : Taro\nid: x", "\"internal\" : ••••\nid: x"),
            ("Internal：Taro\nid: x", "Internal：••••\nid: x"),
            ("“internal”: Taro\nid: x", "“internal”: ••••\nid: x"),
            ("\u{feff}inter\u{200b}nal: Taro\nid: x", "\u{feff}inter\u{200b}nal: ••••\nid: x"),
            ("? internal\n: Taro\nid: x", "? internal\n••••\nid: x"),
            ("\"int\\u0065rnal\": Taro\nid: x", "\"int\\u0065rnal\": ••••\nid: x"),
            ("  title: a\n  internal: Taro\n  id: x", "  title: a\n  internal: ••••\n  id: x"),
            ("{title: a, internal: Taro}", "••••"),
            ("title: internal\nid: reviewed_by", "title: internal\nid: reviewed_by"),
        ] {
            assert_eq!(shown(front), expected, "{front}");
        }
    }

    #[test]
    fn a_value_that_never_ends_is_hidden_to_the_end_of_the_front_matter() {
        assert_eq!(shown("internal: \"Taro\nid: x"), "internal: ••••\n••••");
        assert_eq!(masked("---\ninternal: [Taro\nid: x\n"), "---\ninternal: ••••\n••••\n");
    }

    #[test]
    fn messages_keep_keys_and_lose_values() {
        let text = "---\ninternal: {who: Taro Yamada}\n---\n";
        let ranges = private(text);
        let shown = |words| message(words, text, &ranges).into_owned();
        assert_eq!(shown("`Taro` in `internal` is no key"), "`••••` in `internal` is no key");
        assert_eq!(shown("write `who: Taro Yamada`"), "write `••••`");
        assert_eq!(shown("`Ta`ro` ends"), "`••••` ends");
        assert_eq!(
            shown("YAML does not allow a tab as indentation"),
            "YAML does not allow a tab as indentation"
        );
    }

    #[test]
    fn the_beginning_of_a_word_tells_which_is_meant() {
        assert_eq!(beginning("AKIAIOSFODNN7EXAMPLE"), "AKIA…");
        assert_eq!(beginning("taro@example.com"), "taro…");
        assert_eq!(beginning("社外秘"), "社…");
    }
}
