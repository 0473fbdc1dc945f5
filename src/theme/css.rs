//! Checks the stylesheets of a theme: what they refer to, and whether another sheet can follow.
//!
//! `cssparser`, the parser of a browser (CSS Syntax Level 3, section 4), splits the text into tokens, so names and
//! addresses are checked after escapes and comments are resolved. Rules are not parsed.

use std::ops::Range;

use cssparser::{BasicParseErrorKind, ParseError, ParseErrorKind, Parser, Token};

use super::assets::Names;
use crate::address::THEME_FOLDER;
use crate::limits::CSS_DEPTH;
use crate::message::{Message, message};
use crate::text;
use crate::url::{self, Destination};

/// Functions whose strings are addresses.
const LOADING: [&str; 6] = ["image", "image-set", "-moz-image-set", "-webkit-image-set", "src", "url"];

/// Functions that can appear inside those and never give an address.
const PLAIN: [&str; 3] = ["calc", "format", "type"];

#[derive(Debug)]
pub(super) struct Fault {
    pub(super) code: &'static str,
    pub(super) range: Range<usize>,
    pub(super) message: Message,
    pub(super) help: Message,
}

/// The text with every reference to a file of the theme replaced by its published address, relative to the
/// stylesheet. `inside` is the path of the text within the theme: `assets/fonts.css`.
pub(super) fn resolve(text: &str, inside: &str, names: &Names) -> (String, Vec<Fault>) {
    let mut scanner = Scanner::run(text, inside, names);
    if scanner.is_whole {
        scanner.end();
    }
    scanner.out.push_str(&text[scanner.copied..]);
    (scanner.out, scanner.faults)
}

/// Whether an attribute's value, read as CSS, refers only to parts of the same document.
pub(super) fn is_within(value: &str) -> bool {
    let names = Names::default();
    let scanner = Scanner::run(value, "", &names);
    scanner.is_whole && scanner.faults.is_empty()
}

/// The error when reading stopped at a fault that is already reported.
#[derive(Clone, Copy, Debug)]
struct Reported;

type Outcome = Result<(), ParseError<Reported>>;

/// What surrounds a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Within {
    /// The sheet itself, outside the blocks of its rules.
    Sheet,
    Brackets,
    Loading,
}

struct Scanner<'a> {
    text: &'a str,
    inside: &'a str,
    names: &'a Names,
    out: String,
    /// How much of the text has been copied.
    copied: usize,
    faults: Vec<Fault>,
    /// The start of the rule whose block has not come yet, and whether `;` can also end it.
    rule: Option<(usize, bool)>,
    /// Whether reading reached the end.
    is_whole: bool,
}

impl<'a> Scanner<'a> {
    fn run(text: &'a str, inside: &'a str, names: &'a Names) -> Scanner<'a> {
        let out = String::with_capacity(text.len());
        let mut scanner =
            Scanner { text, inside, names, out, copied: 0, faults: Vec::new(), rule: None, is_whole: false };
        // Other sheets follow on a new line. Anything that would continue into them must show here.
        let followed = format!("{text}\n");
        let mut parser = Parser::new(&followed);
        parser.set_nested_block_limit(CSS_DEPTH);
        scanner.is_whole = scanner.block(&mut parser, Within::Sheet).is_ok();
        scanner
    }

    /// Reads all tokens up to the end of the surrounding block.
    fn block(&mut self, parser: &mut Parser<'_>, within: Within) -> Outcome {
        loop {
            let start = parser.position().byte_index();
            let Ok(token) = parser.next_including_whitespace_and_comments() else { return Ok(()) };
            let token = token.clone();
            let range = start..parser.position().byte_index();
            if within == Within::Sheet {
                self.follow(&token, start);
            }
            match &token {
                Token::Function(name) => {
                    let inside = self.function(name, within, &range);
                    self.open(parser, inside, range, ')')?;
                }
                Token::ParenthesisBlock => self.open(parser, Self::inner(within), range, ')')?,
                Token::SquareBracketBlock => self.open(parser, Self::inner(within), range, ']')?,
                Token::CurlyBracketBlock => self.open(parser, Within::Brackets, range, '}')?,
                token => self.token(token, within, range)?,
            }
        }
    }

    /// Reports a rule that is still open at the end, because it would swallow the first rule of the next sheet.
    fn end(&mut self) {
        let Some((start, _)) = self.rule else { return };
        let line = self.text[start..].find('\n').map_or(self.text.len(), |n| start + n);
        let message = message!("theme-css-no-block", "this rule has no block");
        let help =
            message!("theme-css-no-block-help", "write its block in `{{` and `}}`, or delete the rule");
        self.fault("theme/unbalanced", start..line, message, help);
    }

    /// Tracks which rule is open between the blocks of the sheet.
    fn follow(&mut self, token: &Token<'_>, start: usize) {
        self.rule = match (self.rule, token) {
            (rule, Token::WhiteSpace(_) | Token::Comment(_) | Token::CDO | Token::CDC) => rule,
            (_, Token::CurlyBracketBlock) | (Some((_, true)), Token::Semicolon) => None,
            (None, token) => Some((start, matches!(token, Token::AtKeyword(_)))),
            (rule, _) => rule,
        };
    }

    fn token(&mut self, token: &Token<'_>, within: Within, range: Range<usize>) -> Outcome {
        let written = self.text.get(range.clone()).unwrap_or("");
        match token {
            Token::Comment(_) if written.len() < 4 || !written.ends_with("*/") => {
                let start = range.start..range.start + 2;
                let message = message!("theme-css-endless-comment", "this comment never ends");
                let help = message!("theme-css-endless-comment-help", "end it with `*/`");
                self.unbalanced(start, message, help)
            }
            Token::BadString(_) => self.endless(range),
            // A `\\` at the end of the text escapes the line break, so the string continues.
            Token::QuotedString(_) if range.end > self.text.len() => self.endless(range),
            Token::UnquotedUrl(address) if written.ends_with(')') => {
                let inner = range.start + written.find('(').map_or(0, |n| n + 1)..range.end - 1;
                let address = address.to_string();
                self.address(&address, range, &inner, true);
                Ok(())
            }
            Token::UnquotedUrl(_) | Token::BadUrl(_) => {
                let open = range.start + self.text[range.start..].find('(').map_or(0, |n| n + 1);
                let message =
                    message!("theme-css-open-url", "this `url(` is not closed, or its address needs quotes");
                let help = message!("theme-css-open-url-help", "write `url(\"name\")`");
                self.unbalanced(range.start..open, message, help)
            }
            Token::QuotedString(address) if within == Within::Loading => {
                let inner = range.start + 1..range.end - 1;
                let address = address.to_string();
                self.address(&address, range, &inner, false);
                Ok(())
            }
            Token::Delim('\\') => {
                let message = message!("theme-css-backslash", "this `\\` escapes nothing");
                let help = message!("theme-css-backslash-help", "for a literal backslash, write `\\5c `");
                self.unbalanced(range, message, help)
            }
            Token::CloseParenthesis | Token::CloseSquareBracket | Token::CloseCurlyBracket => {
                let message =
                    message!("theme-css-no-opening", "this `{written}` has no opening bracket", written);
                let help = message!("theme-css-no-opening-help", "check the brackets before it");
                self.unbalanced(range, message, help)
            }
            Token::AtKeyword(name) if name.eq_ignore_ascii_case("import") => {
                let message = message!("theme-css-import", "a theme's stylesheet cannot import another");
                let help = message!(
                    "theme-css-import-help",
                    "put that file into `assets/`: noroshi adds it by itself"
                );
                self.fault("theme/import", range, message, help);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn endless(&mut self, string: Range<usize>) -> Outcome {
        let string = string.start..string.end.min(self.text.len());
        let message = message!("theme-css-endless-string", "this string does not end on its line");
        let help = message!("theme-css-endless-string-help", "end it with the quote that it begins with");
        self.unbalanced(string, message, help)
    }

    /// What the brackets of a function contain.
    fn function(&mut self, name: &str, within: Within, range: &Range<usize>) -> Within {
        let name = name.to_ascii_lowercase();
        if LOADING.contains(&name.as_str()) {
            return Within::Loading;
        }
        if name == "expression" {
            let message = message!("theme-css-expression", "old browsers run `expression()` as a script");
            self.fault("theme/inline", range.clone(), message, leave_out());
        }
        let is_plain = PLAIN.contains(&name.as_str()) || name.ends_with("-gradient");
        if within == Within::Loading && !is_plain {
            let message =
                message!("theme-css-loads-what", "noroshi cannot tell which file `{name}()` loads", name);
            let help = message!("theme-css-loads-what-help", "write the name of a file: `url(\"name\")`");
            self.fault("theme/foreign", range.clone(), message, help);
        }
        Within::Brackets
    }

    /// What brackets without a function contain.
    fn inner(within: Within) -> Within {
        if within == Within::Loading { within } else { Within::Brackets }
    }

    /// Reads an opening bracket and everything up to its closing bracket.
    fn open(
        &mut self,
        parser: &mut Parser<'_>,
        inside: Within,
        range: Range<usize>,
        closed_by: char,
    ) -> Outcome {
        let mut end = range.end;
        let nested = parser.parse_nested_block(|parser| {
            let done = self.block(parser, inside);
            end = parser.position().byte_index();
            done
        });
        let sign = range.end - 1..range.end;
        match nested {
            Err(ParseError { kind: ParseErrorKind::Basic(BasicParseErrorKind::TooManyNestedBlocks) }) => {
                let message = message!(
                    "theme-css-too-deep",
                    "more than {most} brackets are nested here",
                    most = CSS_DEPTH
                );
                self.unbalanced(sign, message, message!("theme-css-too-deep-help", "nest fewer brackets"))
            }
            // The text can end before the closing bracket.
            Ok(()) if !self.text.get(end..).is_some_and(|rest| rest.starts_with(closed_by)) => {
                let message = message!(
                    "theme-css-never-closed",
                    "this `{bracket}` is never closed",
                    bracket = self.text[sign.clone()]
                );
                let help = message!("theme-css-never-closed-help", "close it with `{closed_by}`", closed_by);
                self.unbalanced(sign, message, help)
            }
            nested => nested,
        }
    }

    /// Checks an address. `whole` is the token that is rewritten if the address is a file of the theme; `inner`
    /// is the text between its quotes or brackets.
    fn address(&mut self, address: &str, whole: Range<usize>, inner: &Range<usize>, is_url: bool) {
        let shown = self.text[inner.clone()].trim();
        // A name without escapes is reported at its exact position.
        let place = match self.text[inner.clone()].find(shown) {
            Some(at) if !shown.is_empty() && shown == address => {
                inner.start + at..inner.start + at + shown.len()
            }
            _ => whole.clone(),
        };
        match url::leads(address) {
            Destination::Here if !address.is_empty() => return,
            Destination::Scheme(scheme) if scheme == "data" => {
                let message = message!(
                    "theme-css-data",
                    "browsers will not load this: the content security policy allows only files of the site"
                );
                let help =
                    message!("theme-css-data-help", "put it into `assets/` as a file, and write `url(name)`");
                return self.fault("theme/inline", place, message, help);
            }
            Destination::Scheme(_) | Destination::Host => {
                let help = message!(
                    "theme-css-foreign-help",
                    "put the file into `assets/`: pages load only files of their own site"
                );
                return self.fault("theme/foreign", place, loads_foreign(address), help);
            }
            Destination::Here | Destination::Beside | Destination::Root => {}
        }
        let (name, rest) = address.split_at(address.find(['#', '?']).unwrap_or(address.len()));
        let Some(path) = self.names.beside(self.inside, name) else {
            let help = self.names.suggestion(name);
            return self.fault("theme/missing-asset", place, Names::missing(name), help);
        };
        let path = path.strip_prefix(THEME_FOLDER).unwrap_or(path);
        let part = rest.find('#').map_or("", |at| &rest[at..]);
        self.out.push_str(&self.text[self.copied..whole.start]);
        let mut string = String::new();
        // Writing to a string cannot fail.
        let _ = cssparser::serialize_string(&format!("{}{part}", text::percent_encode(path)), &mut string);
        self.out.extend(if is_url { ["url(", &string, ")"] } else { ["", &string, ""] });
        self.copied = whole.end;
    }

    fn fault(&mut self, code: &'static str, range: Range<usize>, message: Message, help: Message) {
        self.faults.push(Fault { code, range, message, help });
    }

    /// Reports an imbalance that would swallow everything after it.
    fn unbalanced(&mut self, range: Range<usize>, message: Message, help: Message) -> Outcome {
        self.fault("theme/unbalanced", range, message, help);
        Err(ParseError::custom(Reported))
    }
}

/// The fault of an address that a page would load from another host.
pub(super) fn loads_foreign(address: &str) -> Message {
    message!("theme-loads-foreign", "this loads `{address}` from another site", address)
}

/// The help for what has no place in a theme.
pub(super) fn leave_out() -> Message {
    message!("theme-leave-out", "leave it out")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(text: &str) -> (String, Vec<(&'static str, String)>) {
        let names = Names::of([
            ("assets/logo.svg", "assets/theme/logo.1.svg"),
            ("assets/fonts/a b.woff2", "assets/theme/fonts/a b.2.woff2"),
        ]);
        let (out, faults) = resolve(text, "assets/x.css", &names);
        (out, faults.into_iter().map(|f| (f.code, text[f.range].to_owned())).collect())
    }

    #[test]
    fn every_form_of_an_address_is_found_where_css_finds_it() {
        for (written, read) in [
            ("a{b:url(logo.svg)}", "a{b:url(\"logo.1.svg\")}"),
            ("a{b:URL( 'logo.svg#x' ) c}", "a{b:URL( \"logo.1.svg#x\" ) c}"),
            ("a{b:u\\72l(lo\\67o.svg)}", "a{b:url(\"logo.1.svg\")}"),
            ("a{b:url(logo.svg#a\\\"b)}", "a{b:url(\"logo.1.svg#a\\\"b\")}"),
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
    fn what_browsers_would_not_load_is_reported_at_its_place() {
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
