//! Checks YAML before it is parsed, for input that is too expensive and for common mistakes.
//!
//! It refuses anchors, aliases and tags before an alias bomb can do harm, and deeply nested brackets. For
//! full-width colons, missing blanks and tabs it suggests the corrected line.

use std::ops::Range;

use super::yaml_slips::{self, Slip};
use crate::document::write_it;
use crate::limits::YAML_DEPTH;
use crate::message::{Message, message};

/// A fault, which must not reach the parser unless it is a warning.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// The bytes in the YAML text.
    pub range: Range<usize>,
    pub code: &'static str,
    pub message: Message,
    pub help: Message,
    /// The fix as an edit, if only one is possible: bytes of the YAML text and the new text.
    pub fix: Option<(Range<usize>, String)>,
    /// Whether the parser may read the text all the same.
    pub is_warning: bool,
}

#[derive(Default)]
struct Scanner<'t> {
    faults: Vec<Fault>,
    /// The indent of the parent, inside a block scalar.
    block: Option<usize>,
    /// The indent of the parent, after a plain scalar. Deeper lines continue the scalar.
    plain: Option<usize>,
    /// The indent of the last key without a value on its line.
    open: Option<usize>,
    /// The number of open brackets.
    depth: usize,
    /// The quote character, inside a quoted scalar.
    quote: Option<u8>,
    /// The start of the last quote or outermost bracket.
    opened: usize,
    /// Whether the scanner is inside a plain scalar in brackets, where most characters are text.
    in_words: bool,
    /// The last key without an indent.
    top: &'t str,
}

#[must_use]
pub fn lint(text: &str) -> Vec<Fault> {
    let mut scanner = Scanner::default();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        scanner.separators(start, line);
        scanner.line(start, line.trim_end_matches('\n'));
        start += line.len();
        if scanner.faults.len() >= 20 || scanner.depth > YAML_DEPTH {
            break;
        }
    }
    scanner.unclosed(text);
    scanner.faults
}

impl<'t> Scanner<'t> {
    fn fault(&mut self, range: Range<usize>, code: &'static str, message: Message, help: Message) {
        self.faults.push(Fault { range, code, message, help, fix: None, is_warning: false });
    }

    /// Adds the fix to the last fault.
    fn fix(&mut self, range: Range<usize>, text: String) {
        if let Some(fault) = self.faults.last_mut() {
            fault.fix = Some((range, text));
        }
    }

    /// Reports an unclosed quote or bracket. The parser would report it only at the end of the text.
    fn unclosed(&mut self, text: &str) {
        let message = match self.quote {
            Some(_) => message!("document-yaml-unclosed-quote", "this quote never ends"),
            None if self.depth > 0 => {
                message!("document-yaml-unclosed-bracket", "this bracket never ends")
            }
            None => return,
        };
        if self.faults.iter().any(|fault| !fault.is_warning) {
            return;
        }
        let range = self.opened..self.opened + 1;
        let line = text[range.start..].lines().next().unwrap_or_default().trim_end();
        if let Some(last) =
            line.chars().next_back().filter(|c| self.quote.is_some() && yaml_slips::is_closing_quote(*c))
        {
            // `"Orders”` ends with the quote of another program.
            let straight = &text[range.clone()];
            let end = range.start + line.len();
            let help = write_it(&format!("{}{straight}", &line[..line.len() - last.len_utf8()]));
            self.fault(range, "yaml/unclosed", message, help);
            self.fix(end - last.len_utf8()..end, straight.to_owned());
            return;
        }
        let help = message!(
            "document-yaml-unclosed-help",
            "close it; if `{sign}` is text, put the whole text in quotes",
            sign = text[range.clone()]
        );
        self.fault(range, "yaml/unclosed", message, help);
    }

    /// Reports invisible characters that other YAML readers take for line breaks.
    fn separators(&mut self, start: usize, line: &str) {
        let found = line.char_indices().find(|(_, c)| matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}'));
        if let Some((at, c)) = found {
            let message = message!(
                "document-yaml-separator",
                "this is an invisible line separator ({code})",
                code = yaml_slips::code_point(c)
            );
            let help =
                message!("document-yaml-separator-help", "delete it, or begin a new line in its place");
            self.fault(start + at..start + at + c.len_utf8(), "yaml/line-separator", message, help);
        }
    }

    fn line(&mut self, start: usize, line: &'t str) {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let blank = line.trim().is_empty();
        if self.depth > 0 || self.quote.is_some() {
            self.inside(start, line, 0);
            return;
        }
        if let Some(parent) = self.block {
            if blank || indent > parent {
                return;
            }
            self.block = None;
        }
        if blank {
            return;
        }
        if self.plain.is_some_and(|parent| indent > parent) {
            return;
        }
        self.plain = None;
        if let Some(slip) = yaml_slips::in_key(line, is_key) {
            let whole = 0..line.len();
            return self.slip(start, line, whole, slip);
        }
        if line[indent..].starts_with('\t') {
            let corrected = line.replace('\t', "  ");
            let message = message!("document-yaml-tab", "YAML does not allow a tab as indentation");
            let help = write_it(corrected.trim_end());
            self.fault(start + indent..start + indent + 1, "yaml/tab", message, help);
            return;
        }
        self.nodes(start, line, indent);
    }

    /// Reads the nodes that begin on a line outside brackets and quotes.
    fn nodes(&mut self, start: usize, line: &'t str, indent: usize) {
        let bytes = line.as_bytes();
        let mut at = if line.starts_with("--- ") { 3 } else { indent };
        // A scalar alone on its line belongs to an earlier key with a smaller indent.
        let above = self.open.filter(|above| *above < indent);
        let mut parent = Some(above.unwrap_or(indent.saturating_sub(1)));
        let mut value = false;
        let mut in_list = false;
        loop {
            while matches!(bytes.get(at), Some(b' ' | b'\t')) {
                at += 1;
            }
            let rest = &line[at..];
            let sign = matches!(bytes.get(at), Some(b'-' | b'?'));
            if sign && !value && matches!(bytes.get(at + 1), None | Some(b' ' | b'\t')) {
                parent = Some(at);
                in_list = true;
                at += 1;
                continue;
            }
            match bytes.get(at) {
                None | Some(b'#') => {
                    if value && is_text_after_hash(rest) {
                        self.lost(start + at, rest, rest);
                    }
                    if value || in_list {
                        self.open = parent;
                    }
                    return;
                }
                Some(b'&' | b'*' | b'!') => return self.refuse(start + at, rest, rest),
                Some(b'"' | b'\'' | b'[' | b'{') => {
                    self.in_words = false;
                    let end = self.inside(start, line, at);
                    // A value follows a quoted key.
                    let after = line[end..].trim_start();
                    let Some(next) = after.strip_prefix(':').filter(|_| !value) else { return };
                    parent = Some(at);
                    value = true;
                    at = line.len() - next.len();
                    continue;
                }
                Some(b'|' | b'>') => {
                    self.block = parent;
                    return;
                }
                Some(_) => {}
            }
            let Some(colon) = key_end(rest).filter(|_| !value) else {
                if !in_list && !value {
                    self.colon_slip(start + at, rest, indent);
                }
                let lost = rest.match_indices(" #").map(|(n, _)| n + 1).next();
                if let Some(hash) = lost.filter(|n| is_text_after_hash(&rest[*n..])) {
                    self.lost(start + at + hash, &rest[hash..], rest);
                }
                self.plain = parent;
                return;
            };
            // The line may be `title：障害: 遅延`. No key of the format contains a full-width colon.
            let wide = rest[..colon].find('：').filter(|wide| at == 0 && is_key(&rest[..*wide]));
            if let Some(wide) = wide {
                self.corrected(start, rest, wide, '：');
                return;
            }
            parent = Some(at);
            let after = rest[colon + 1..].trim_start_matches(' ').chars().next();
            if let Some(blank) = after.filter(|c| yaml_slips::is_wide_blank(*c) && is_key(&rest[..colon])) {
                self.corrected(start + at, rest, colon, blank);
                return;
            }
            if at == 0 {
                self.top = rest[..colon].trim_end();
            }
            let begin = at + colon + 1 + rest[colon + 1..].len() - rest[colon + 1..].trim_start().len();
            let slip = yaml_slips::in_value(self.top, rest[..colon].trim_end(), rest[colon + 1..].trim());
            if let Some(slip) = slip {
                let is_warning = slip.is_warning;
                self.slip(start, line, begin..line.trim_end().len(), slip);
                if !is_warning {
                    return;
                }
            }
            at += colon + 1;
            value = true;
        }
    }

    /// Reads brackets and quotes from `at`. Returns their end, or the end of the line.
    fn inside(&mut self, start: usize, line: &str, mut at: usize) -> usize {
        let bytes = line.as_bytes();
        let blank = |at: usize| bytes.get(at).is_none_or(|b| matches!(b, b' ' | b'\t'));
        while at < bytes.len() {
            let byte = bytes[at];
            if let Some(quote) = self.quote {
                if byte == b'\\' && quote == b'"' {
                    at += 1;
                } else if byte == quote {
                    if quote == b'\'' && bytes.get(at + 1) == Some(&b'\'') {
                        at += 1;
                    } else {
                        self.quote = None;
                        if self.depth == 0 {
                            return at + 1;
                        }
                    }
                }
                at += 1;
                continue;
            }
            match byte {
                b'#' if at == 0 || blank(at - 1) => {
                    self.in_words = false;
                    return line.len();
                }
                b'"' | b'\'' if !self.in_words => {
                    self.quote = Some(byte);
                    self.opened = start + at;
                }
                b'[' | b'{' => {
                    if self.depth == 0 {
                        self.opened = start + at;
                    }
                    self.depth += 1;
                    self.in_words = false;
                    if self.depth > YAML_DEPTH {
                        self.too_deep(start + at);
                        return line.len();
                    }
                }
                b']' | b'}' => {
                    self.depth = self.depth.saturating_sub(1);
                    self.in_words = false;
                    if self.depth == 0 {
                        return at + 1;
                    }
                }
                b',' => self.in_words = false,
                b':' if !self.in_words || blank(at + 1) || matches!(bytes[at + 1], b'?' | b',') => {
                    self.in_words = false;
                }
                b'?' | b' ' | b'\t' if !self.in_words => {}
                b'&' | b'*' | b'!' if !self.in_words => {
                    let rest = &line[at..];
                    let text = rest.split([',', ']', '}']).next().unwrap_or(rest);
                    self.refuse(start + at, rest, text);
                    self.in_words = true;
                }
                b' ' | b'\t' => {}
                _ => self.in_words = true,
            }
            at += 1;
        }
        line.len()
    }

    fn too_deep(&mut self, at: usize) {
        let message = message!(
            "document-yaml-too-deep",
            "brackets are nested more than {most} levels deep",
            most = YAML_DEPTH
        );
        let help =
            message!("document-yaml-too-deep-help", "remove some of them; no key needs that many levels");
        self.fault(at..at + 1, "yaml/too-deep", message, help);
    }

    /// Reports a slip in the bytes `part` of a line, with the whole line as it should be.
    fn slip(&mut self, start: usize, line: &str, part: Range<usize>, slip: Slip) {
        let Slip { range, code, message, mended, is_warning } = slip;
        let help = write_it(&format!("{}{mended}", line[..part.start].trim_start()));
        let at = start + part.start;
        self.fault(at + range.start..at + range.end, code, message, help);
        self.fix(at..start + part.end, mended);
        if let Some(fault) = self.faults.last_mut() {
            fault.is_warning = is_warning;
        }
    }

    /// Reports text that YAML would drop as a comment: `title: 注文 #123 の遅延`.
    fn lost(&mut self, at: usize, hash: &str, text: &str) {
        let word = hash.split(' ').next().unwrap_or(hash);
        let message = message!(
            "document-yaml-comment",
            "YAML reads everything from `{word}` on as a comment and drops it",
            word
        );
        let help = message!(
            "document-yaml-comment-help",
            "put the text in quotes: {quoted}; if it is a comment, write a space after the `#`",
            quoted = quoted(text)
        );
        self.fault(at..at + word.len(), "yaml/comment", message, help);
        // `#123` is a number. `#word` may be a comment, and a guess must not publish it.
        let is_number = word.trim_start_matches('#').starts_with(|c: char| c.is_ascii_digit());
        let begin = at + hash.len() - text.len();
        if is_number && word.starts_with('#') && !text.contains(" # ") {
            let text = text.trim_end();
            self.fix(begin..begin + text.len(), yaml_slips::in_quotes(text));
        }
    }

    /// Refuses an anchor, alias or tag. `text` is the text to quote, if the author meant text.
    fn refuse(&mut self, at: usize, rest: &str, text: &str) {
        let word = rest.split([' ', '\t', ',', ']', '}']).next().unwrap_or(rest);
        let (code, message) = match word.as_bytes().first() {
            Some(b'&') => (
                "yaml/anchor",
                message!(
                    "document-yaml-anchor",
                    "YAML reads `{word}` as an anchor, which is not allowed here",
                    word
                ),
            ),
            Some(b'*') => (
                "yaml/alias",
                message!(
                    "document-yaml-alias",
                    "YAML reads `{word}` as an alias, which is not allowed here",
                    word
                ),
            ),
            _ => (
                "yaml/tag",
                message!(
                    "document-yaml-tag",
                    "YAML reads `{word}` as a tag, which is not allowed here",
                    word
                ),
            ),
        };
        let help = message!(
            "document-yaml-refused-help",
            "if it is text, put it in quotes: {quoted}",
            quoted = quoted(text)
        );
        self.fault(at..at + word.len(), code, message, help);
    }

    /// Reports a line without `: ` where a key is expected. With a deeper indent it may be text of an earlier key.
    fn colon_slip(&mut self, at: usize, rest: &str, indent: usize) {
        let name = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
        if name == 0 || rest.starts_with("http") || indent > 0 && !is_key(&rest[..name]) {
            return;
        }
        let after = rest[name..].trim_start();
        for colon in [':', '：'] {
            if after.starts_with(colon) {
                let place = rest.len() - after.len();
                self.corrected(at, rest, place, colon);
                return;
            }
        }
    }

    fn corrected(&mut self, at: usize, rest: &str, colon: usize, slip: char) {
        let key = rest[..colon].trim_end();
        let is_sign = |c: char| matches!(c, ':' | '：' | ' ') || yaml_slips::is_wide_blank(c);
        let value = rest[colon..].trim_start_matches(is_sign).trim_end();
        let message = match slip {
            '：' => message!("document-yaml-wide-colon", "the colon after `{key}` is full-width", key),
            ':' => message!("document-yaml-no-space", "a space is missing after `{key}:`", key),
            blank => message!(
                "document-yaml-blank-after",
                "there is {blank} after `{key}:`",
                blank = yaml_slips::named(blank),
                key
            ),
        };
        let length = rest[colon..].chars().next().map_or(1, char::len_utf8);
        let help = write_it(&format!("{key}: {value}"));
        self.fault(at + colon..at + colon + length, "yaml/colon", message, help);
        if is_key(key) {
            let begin = rest.trim_end().len() - value.len();
            let text = if value.is_empty() { ":" } else { ": " };
            self.fix(at + key.len()..at + begin.max(colon + length), text.to_owned());
        }
    }
}

/// Whether a name has the form of a key. Ordinary words rarely do.
fn is_key(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// A text that YAML would not read as text, in the quotes that make it text.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.trim_end().replace('"', "\\\""))
}

/// Whether text follows a `#` directly. People write comments with a blank after it.
fn is_text_after_hash(rest: &str) -> bool {
    rest.trim_start_matches('#').starts_with(|c: char| !c.is_whitespace() && c != '!')
        && !rest.starts_with("##")
}

/// The position of the colon of a plain key at the beginning of the line.
fn key_end(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b':' if bytes.get(at + 1).is_none_or(|b| *b == b' ' || *b == b'\t') => return Some(at),
            // In `key:　value` the colon counts, and the blank is reported.
            b':' if rest[at + 1..].starts_with(yaml_slips::is_wide_blank) => return Some(at),
            b'#' if at > 0 && matches!(bytes[at - 1], b' ' | b'\t') => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<&'static str> {
        lint(text).into_iter().map(|f| f.code).collect()
    }

    #[test]
    fn anchors_aliases_and_tags_are_refused() {
        assert_eq!(codes("a: &x [1]\nb: *x\nc: !!str d\n"), ["yaml/anchor", "yaml/alias", "yaml/tag"]);
        assert_eq!(codes("a: [x, *b]\n"), ["yaml/alias"]);
        assert_eq!(codes("- &a b\n"), ["yaml/anchor"]);
    }

    #[test]
    fn anchors_cannot_hide_behind_tabs_separators_or_keys_of_another_form() {
        for text in [
            "a:\t&x [1]\n",
            "-\t&x a\n",
            "a: [\t&x b]\n",
            "a: {b:\t&x c}\n",
            "a: {? &x b : c}\n",
            "a: {\"b\":&x c}\n",
            "a: [b, [c],\n&x d]\n",
            "?\n  &x a\n: b\n",
            "- \"a\": |\n    text\n  b: &x c\n",
            "--- &x a\n",
        ] {
            assert_eq!(codes(text), ["yaml/anchor"], "{text}");
        }
        assert_eq!(codes("a: b\u{2028}c: &x d\n"), ["yaml/line-separator"]);
    }

    #[test]
    fn words_over_several_lines_are_words() {
        for text in [
            "a:\n  one\n  *two* &three\n",
            "a:\n  |\n  *two*\n",
            "a:\n  >-\n  *two*\nb: c\n",
            "a: {\n# it's [ open\n  b: c}\nd: e *f*\n",
            "a: {\"b\":\"c [ d\"}\ne: f *g*\n",
            "a: \"b\n  *c* : d\n  &e\"\nf: g\n",
            "a: [b\n *c*, d &e]\n",
            "a: 時刻:　10時\n",
            "a:\n  API:の状態\n",
            "a: {start: 2026-12-01 02:00, url: https://x.example/?a&b}\n",
        ] {
            assert_eq!(codes(text), Vec::<&str>::new(), "{text}");
        }
        // The parser reports this one, with the line in quotes.
        assert_eq!(codes("title: 障害: *遅延*\n"), Vec::<&str>::new());
    }

    #[test]
    fn the_same_signs_in_text_are_text() {
        let text = "a: \"&x *y !z\"\nb: 'it''s *x'\nc: A & B * C!\nd: |\n  *x\n  &y\ne: plain\n  *continued*\nf: [a & b]\ng: # &c\n";
        assert_eq!(codes(text), Vec::<&str>::new());
    }

    #[test]
    fn slips_of_an_input_method_get_the_corrected_line() {
        let found = lint("title：遅延\n");
        assert_eq!((found[0].code, &*found[0].help), ("yaml/colon", "write `title: 遅延`"));
        assert_eq!(lint("title:　遅延\n")[0].help, "write `title: 遅延`");
        assert_eq!(lint("title:遅延\n")[0].help, "write `title: 遅延`");
        assert_eq!(codes("\ttitle: a\n"), ["yaml/tab"]);
    }

    #[test]
    fn what_never_ends_is_shown_where_it_begins() {
        for (text, at) in [("a: \"b\nc: d\n", 3), ("a: 'it''s\n", 3), ("a: {b: [c],\n  d: e\n", 3)] {
            let found = lint(text);
            assert_eq!((found[0].code, found[0].range.start), ("yaml/unclosed", at), "{text}");
        }
    }

    #[test]
    fn text_that_would_vanish_as_a_comment_is_found() {
        assert_eq!(codes("title: 注文 #123 の遅延\n"), ["yaml/comment"]);
        assert_eq!(codes("title: #1 遅延\n"), ["yaml/comment"]);
        assert_eq!(codes("a: b # why\n# all\nc: #\nd: \"x #1\" # y\n"), Vec::<&str>::new());
    }

    #[test]
    fn deep_brackets_are_refused_at_once() {
        assert_eq!(codes(&format!("a: {}", "[".repeat(20_000))), ["yaml/too-deep"]);
    }
}
