//! Style sheets of a theme: what they refer to, and whether one may stand before another.
//!
//! Nothing is parsed into rules. Strings, comments and brackets are known, so that `url(…)` is found where
//! CSS would find it (CSS Syntax Level 3, section 4) and nowhere else.

use std::ops::Range;

use super::assets::Names;
use crate::text;

/// What is wrong, and where in the text.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) code: &'static str,
    pub(super) range: Range<usize>,
    pub(super) message: String,
    pub(super) help: String,
}

/// The text with every reference to a file of the theme turned into the address that the file has beside
/// the style sheet. `inside` is where the text stands in the theme: `assets/fonts.css`.
pub(super) fn resolve(text: &str, inside: &str, names: &Names) -> (String, Vec<Fault>) {
    let mut scanner = Scanner {
        text,
        inside,
        names,
        out: String::with_capacity(text.len()),
        copied: 0,
        faults: Vec::new(),
    };
    scanner.run();
    scanner.out.push_str(&text[scanner.copied..]);
    (scanner.out, scanner.faults)
}

struct Scanner<'a> {
    text: &'a str,
    inside: &'a str,
    names: &'a Names,
    out: String,
    /// How much of the text has been handed on.
    copied: usize,
    faults: Vec<Fault>,
}

/// An open bracket.
struct Open {
    at: usize,
    closed_by: u8,
    /// Strings right in it are addresses.
    takes_addresses: bool,
}

impl Scanner<'_> {
    fn run(&mut self) {
        let bytes = self.text.as_bytes();
        let mut open: Vec<Open> = Vec::new();
        let mut at = 0;
        while let Some(byte) = bytes.get(at).copied() {
            match byte {
                b'/' if bytes.get(at + 1) == Some(&b'*') => match self.text[at + 2..].find("*/") {
                    Some(length) => at += 2 + length + 2,
                    None => {
                        return self.unbalanced(at..at + 2, "this comment never ends", "end it with `*/`");
                    }
                },
                b'"' | b'\'' => {
                    let Some(end) = string_end(bytes, at) else {
                        let line = self.text[at..].find('\n').map_or(self.text.len(), |n| at + n);
                        return self.unbalanced(
                            at..line,
                            "this string does not end on its line",
                            "end it with the quote that it begins with",
                        );
                    };
                    if open.last().is_some_and(|open| open.takes_addresses) {
                        self.address(at..end, at + 1..end - 1);
                    }
                    at = end;
                }
                b'\\' => at += 1 + self.text[at + 1..].chars().next().map_or(0, char::len_utf8),
                b'(' | b'[' | b'{' => {
                    let closed_by = match byte {
                        b'(' => b')',
                        b'[' => b']',
                        _ => b'}',
                    };
                    open.push(Open { at, closed_by, takes_addresses: false });
                    at += 1;
                }
                b')' | b']' | b'}' => {
                    if open.pop().is_none_or(|open| open.closed_by != byte) {
                        let message = format!("this `{}` closes nothing that is open here", char::from(byte));
                        return self.unbalanced(at..at + 1, &message, "look at the brackets before it");
                    }
                    at += 1;
                }
                b'@' | b'-' | b'_' | b'a'..=b'z' | b'A'..=b'Z' | 0x80.. => {
                    let end = at + 1 + bytes[at + 1..].iter().take_while(|b| is_name(**b)).count();
                    let word = self.text[at..end].to_ascii_lowercase();
                    if word == "@import" {
                        self.fault(
                            "theme/import",
                            at..end,
                            "style sheets of a theme import no other".into(),
                            "put that file into `assets/`: it is added by itself",
                        );
                    }
                    let is_function = bytes.get(end) == Some(&b'(');
                    at = match word.as_str() {
                        "url" if is_function => match self.url(at, end + 1) {
                            Some(end) => end,
                            None => return,
                        },
                        "image-set" | "-webkit-image-set" | "src" if is_function => {
                            open.push(Open { at: end, closed_by: b')', takes_addresses: true });
                            end + 1
                        }
                        _ => end,
                    };
                }
                b'0'..=b'9' | b'#' => at += 1 + bytes[at + 1..].iter().take_while(|b| is_name(**b)).count(),
                _ => at += 1,
            }
        }
        if let Some(open) = open.pop() {
            let message = format!("this `{}` is never closed", &self.text[open.at..=open.at]);
            self.unbalanced(
                open.at..open.at + 1,
                &message,
                &format!("close it with `{}`", char::from(open.closed_by)),
            );
        }
    }

    /// `url(` begins at `start`, its inside at `from`. Where it ends.
    fn url(&mut self, start: usize, from: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let from = from + bytes[from..].iter().take_while(|b| b.is_ascii_whitespace()).count();
        let is_quoted = matches!(bytes.get(from), Some(b'"' | b'\''));
        let (inner, after) = if is_quoted {
            string_end(bytes, from).map_or((from..from, None), |end| (from + 1..end - 1, Some(end)))
        } else {
            let end = self.text[from..].find(')').map(|n| from + n);
            let length = end.map_or("", |end| self.text[from..end].trim_end()).len();
            (from..from + length, end)
        };
        let after = after.map(|at| at + bytes[at..].iter().take_while(|b| b.is_ascii_whitespace()).count());
        let Some(end) = after.filter(|at| bytes.get(*at) == Some(&b')')) else {
            self.unbalanced(start..from, "this `url(` is never closed", "write `url(\"name\")`");
            return None;
        };
        self.address(start..end + 1, inner);
        Some(end + 1)
    }

    /// What an address leads to; `whole` is what is written anew where it is a file of the theme.
    fn address(&mut self, whole: Range<usize>, inner: Range<usize>) {
        let written = &self.text[inner.clone()];
        let place = if inner.is_empty() { whole.clone() } else { inner };
        if written.starts_with('#') {
            return;
        }
        if written.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("data:")) {
            let message =
                "browsers will not load this: the policy of every page allows files of the site only";
            return self.fault(
                "theme/inline",
                place,
                message.into(),
                "put it into `assets/` as a file, and write `url(name)`",
            );
        }
        if super::is_elsewhere(written) {
            let message = format!("`{written}` is loaded from elsewhere");
            return self.fault(
                "theme/foreign",
                place,
                message,
                "a page asks nothing of another origin: put the file into `assets/`",
            );
        }
        let (name, rest) = written.split_at(written.find(['#', '?']).unwrap_or(written.len()));
        let Some(path) = self.names.beside(self.inside, name) else {
            let message = format!("the theme has no file `{name}` in its `assets/`");
            let help = self.names.suggestion(name);
            return self.fault("theme/missing-asset", place, message, &help);
        };
        let path = path.strip_prefix("assets/").unwrap_or(path);
        let part = rest.find('#').map_or("", |at| &rest[at..]);
        self.out.push_str(&self.text[self.copied..whole.start]);
        // In quotes: what a name is made of ends nothing there once it is encoded.
        let address = format!("\"{}{part}\"", text::percent_encode(path));
        let is_string = self.text[whole.clone()].starts_with(['"', '\'']);
        let address = if is_string { address } else { format!("url({address})") };
        self.out.push_str(&address);
        self.copied = whole.end;
    }

    fn fault(&mut self, code: &'static str, range: Range<usize>, message: String, help: &str) {
        self.faults.push(Fault { code, range, message, help: help.to_owned() });
    }

    /// All that stands after this one would be swallowed.
    fn unbalanced(&mut self, range: Range<usize>, message: &str, help: &str) {
        self.fault("theme/unbalanced", range, message.to_owned(), help);
    }
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_') || byte >= 0x80
}

/// Where the string that begins here ends; `None` where its line ends first.
fn string_end(bytes: &[u8], at: usize) -> Option<usize> {
    let quote = bytes[at];
    let mut at = at + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'\n' => return None,
            byte if *byte == quote => return Some(at + 1),
            _ => {}
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(text: &str) -> (String, Vec<(&'static str, String)>) {
        let names = Names::of([
            ("assets/logo.svg", "assets/logo.1.svg"),
            ("assets/fonts/a b.woff2", "assets/fonts/a b.2.woff2"),
        ]);
        let (out, faults) = resolve(text, "assets/x.css", &names);
        (out, faults.into_iter().map(|f| (f.code, text[f.range].to_owned())).collect())
    }

    #[test]
    fn every_form_of_an_address_is_found_where_css_finds_it() {
        for (written, read) in [
            ("a{b:url(logo.svg)}", "a{b:url(\"logo.1.svg\")}"),
            ("a{b:URL( 'logo.svg#x' ) c}", "a{b:url(\"logo.1.svg#x\") c}"),
            ("a{b:url(./logo.svg?v=1)}", "a{b:url(\"logo.1.svg\")}"),
            (
                "@font-face{src:url(\"fonts/a b.woff2\") format(\"woff2\")}",
                "@font-face{src:url(\"fonts/a%20b.2.woff2\") format(\"woff2\")}",
            ),
            (
                "a{b:image-set(\"logo.svg\" 1x, url(fonts/a%20b.woff2) type(\"x\"))}",
                "a{b:image-set(\"logo.1.svg\" 1x, url(\"fonts/a%20b.2.woff2\") type(\"x\"))}",
            ),
        ] {
            assert_eq!(resolved(written), (read.to_owned(), Vec::new()), "{written}");
        }
        for same in [
            "/* url(x) { */ a::before{content:\"url(x) {\"} b{c:url(#d)}",
            ".url\\(x{a:b}",
            "a[href^='x\\'{']{--c:'é\\\n'}",
            ".my-url{a:b} a{b:my-url(x)}",
        ] {
            assert_eq!(resolved(same), (same.to_owned(), Vec::new()), "{same}");
        }
    }

    #[test]
    fn what_browsers_would_not_load_is_told_at_its_place() {
        for (text, code, at) in [
            ("a{b:url(lgo.svg)}", "theme/missing-asset", "lgo.svg"),
            ("a{b:url(/logo.svg)}", "theme/missing-asset", "/logo.svg"),
            ("a{b:url()}", "theme/missing-asset", "url()"),
            ("a{b:url('https://a.example/x.png')}", "theme/foreign", "https://a.example/x.png"),
            ("a{b:url(//a.example/x.png)}", "theme/foreign", "//a.example/x.png"),
            ("a{b:image-set('http://a.example/x' 1x)}", "theme/foreign", "http://a.example/x"),
            ("a{b:url(data:image/svg+xml,x)}", "theme/inline", "data:image/svg+xml,x"),
            ("@IMPORT 'x.css';", "theme/import", "@IMPORT"),
            ("a{b:c", "theme/unbalanced", "{"),
            ("a{b:(c}", "theme/unbalanced", "}"),
            ("a}", "theme/unbalanced", "}"),
            ("a{}/* b", "theme/unbalanced", "/*"),
            ("a{b:'c}\n", "theme/unbalanced", "'c}"),
            ("a{b:url(logo.svg", "theme/unbalanced", "url("),
        ] {
            assert_eq!(resolved(text).1, [(code, at.to_owned())], "{text}");
        }
    }
}
