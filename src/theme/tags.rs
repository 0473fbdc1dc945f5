//! Splits a slot's HTML into tags, strictly: every browser reads accepted text in the same way, and nothing in
//! it reaches past its end.
//!
//! Browsers repair broken HTML (HTML, section 13.2), and a repair inside a slot can change the page around it. So
//! everything that needs repair is a fault, and so are unusual forms. This file knows where each tag is; `tree`
//! asks a browser's parser whether it reads the same.

use std::ops::Range;

use super::allowlist;
use crate::limits::{SLOT_ATTRIBUTES, SLOT_DEPTH};
use crate::message::{Message, message};

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Text between tags, or the content of a script.
    Text(Range<usize>),
    Comment(Range<usize>),
    Open(Tag),
    Close(Range<usize>),
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag {
    /// The name in lower case.
    pub(super) name: String,
    pub(super) attributes: Vec<Attribute>,
    /// The range of the whole tag.
    pub(super) range: Range<usize>,
    /// Whether it cannot have content: `<br>`, `<path/>`.
    pub(super) is_closed: bool,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Attribute {
    /// The name in lower case.
    pub(super) name: String,
    /// The range of its value, or of its name if it has no value.
    pub(super) range: Range<usize>,
}

impl Token {
    pub(super) fn range(&self) -> &Range<usize> {
        match self {
            Token::Text(range) | Token::Comment(range) | Token::Close(range) => range,
            Token::Open(tag) => &tag.range,
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) range: Range<usize>,
    pub(super) message: Message,
    pub(super) help: Message,
}

/// The characters that separate attributes. Other whitespace belongs to a name or a value.
const BLANKS: [char; 5] = ['\t', '\n', '\x0c', '\r', ' '];

const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];
/// Elements whose content a browser does not read as HTML. Of these, a slot can only contain scripts.
const RAW: [&str; 10] =
    ["script", "style", "title", "textarea", "iframe", "noembed", "noframes", "plaintext", "xmp", "listing"];
/// Elements that close an open paragraph.
const BLOCKS: &str = "\
    address article aside blockquote center details dialog dir div dl dd dt fieldset figcaption figure \
    footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table ul";

/// All tokens up to the first fault.
pub(super) fn scan(text: &str) -> (Vec<Token>, Option<Fault>) {
    let mut scanner = Scanner { text, at: 0, open: Vec::new(), tokens: Vec::new() };
    let fault = scanner.run().err();
    (scanner.tokens, fault)
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    /// The names and tags of the open elements.
    open: Vec<(String, Range<usize>)>,
    tokens: Vec<Token>,
}

fn fault(range: Range<usize>, message: Message, help: Message) -> Fault {
    Fault { range, message, help }
}

fn never_closed(range: Range<usize>, name: &str) -> Fault {
    let message = message!("theme-tag-never-closed", "`<{name}>` is never closed", name);
    fault(range, message, message!("theme-tag-never-closed-help", "close it with `</{name}>`", name))
}

impl<'t> Scanner<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn run(&mut self) -> Result<(), Fault> {
        while self.at < self.text.len() {
            let start = self.at;
            let next = self.rest().find('<').map_or(self.text.len(), |n| start + n);
            if next > start {
                self.tokens.push(Token::Text(start..next));
                self.at = next;
                continue;
            }
            let second = self.rest()[1..].chars().next();
            match second {
                Some('!') if self.rest().starts_with("<!--") => self.comment()?,
                Some('/') => self.close()?,
                Some(c) if c.is_ascii_alphabetic() => self.tag()?,
                _ => {
                    return Err(fault(
                        start..start + 1,
                        message!("theme-tag-no-tag", "this `<` does not begin a tag"),
                        message!("theme-tag-no-tag-help", "for a literal `<`, write `&lt;`"),
                    ));
                }
            }
        }
        match self.open.pop() {
            Some((name, range)) => Err(never_closed(range, &name)),
            None => Ok(()),
        }
    }

    fn comment(&mut self) -> Result<(), Fault> {
        let start = self.at;
        let Some(length) = self.rest()[4..].find("-->") else {
            let message = message!("theme-tag-endless-comment", "this comment never ends");
            let help = message!("theme-tag-endless-comment-help", "end it with `-->`");
            return Err(fault(start..start + 4, message, help));
        };
        self.at = start + 4 + length + 3;
        self.tokens.push(Token::Comment(start..self.at));
        Ok(())
    }

    fn close(&mut self) -> Result<(), Fault> {
        let start = self.at;
        let end = self.rest().find('>').map_or(self.text.len(), |n| start + n + 1);
        let range = start..end;
        let name = self.text[range.clone()].trim_end_matches('>')[2..].trim_end().to_ascii_lowercase();
        match self.open.last() {
            Some((open, _)) if *open == name && self.text[..end].ends_with('>') => {
                self.open.pop();
            }
            Some((open, _)) => {
                let message =
                    message!("theme-tag-order", "`</{name}>` needs `</{open}>` before it", name, open);
                let help =
                    message!("theme-tag-order-help", "close elements in the reverse order of opening them");
                return Err(fault(range, message, help));
            }
            None => {
                let message = message!("theme-tag-no-opening", "`</{name}>` has no opening tag", name);
                let help = message!("theme-tag-no-opening-help", "take it out, or add the tag that opens it");
                return Err(fault(range, message, help));
            }
        }
        self.at = end;
        self.tokens.push(Token::Close(range));
        Ok(())
    }

    fn tag(&mut self) -> Result<(), Fault> {
        let start = self.at;
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let length = self.rest()[1..].find(|c: char| !is_name(c)).unwrap_or(self.rest().len() - 1);
        let name = self.text[start + 1..start + 1 + length].to_ascii_lowercase();
        self.at = start + 1 + length;
        let unfinished = || {
            fault(
                start..start + 1 + length,
                message!("theme-tag-incomplete", "`<{name}` is not a complete tag", name),
                message!("theme-tag-incomplete-help", "end it with `>`, and close every quote in it"),
            )
        };
        let mut attributes = Vec::new();
        let is_closed = loop {
            let blank = self.rest().len() - self.rest().trim_start_matches(BLANKS).len();
            self.at += blank;
            if self.rest().starts_with("/>") {
                self.at += 2;
                break true;
            }
            match self.rest().chars().next() {
                Some('>') => {
                    self.at += 1;
                    break false;
                }
                None | Some('<' | '/' | '=' | '"' | '\'') => return Err(unfinished()),
                Some(_) if blank == 0 => return Err(unfinished()),
                Some(_) if attributes.len() == SLOT_ATTRIBUTES => {
                    let message = message!(
                        "theme-tag-attributes",
                        "`<{name}>` has more than {most} attributes",
                        name,
                        most = SLOT_ATTRIBUTES
                    );
                    let help = message!("theme-tag-attributes-help", "leave some of them out");
                    return Err(fault(start..start + 1 + length, message, help));
                }
                Some(_) => attributes.push(self.attribute().ok_or_else(unfinished)?),
            }
        };
        let range = start..self.at;
        let lies_in_svg = self.open.iter().any(|(open, _)| open == "svg");
        let is_svg = lies_in_svg || name == "svg";
        if self.open.iter().any(|(open, _)| open == "p") && allowlist::has(BLOCKS, &name) {
            let message = message!(
                "theme-tag-in-paragraph",
                "a `<p>` cannot contain `<{name}>`: browsers end the paragraph before it",
                name
            );
            let help = message!(
                "theme-tag-in-paragraph-help",
                "close the paragraph first with `</p>`, or make it a `<div>`"
            );
            return Err(fault(range, message, help));
        }
        let is_empty = is_svg && is_closed || !is_svg && VOID.contains(&name.as_str());
        let tag = Tag { name: name.clone(), attributes, range: range.clone(), is_closed: is_empty };
        self.tokens.push(Token::Open(tag));
        if is_empty {
            return Ok(());
        }
        if self.open.len() == SLOT_DEPTH {
            let message = message!(
                "theme-tag-too-deep",
                "more than {most} elements are nested here",
                most = SLOT_DEPTH
            );
            return Err(fault(range, message, message!("theme-tag-too-deep-help", "nest fewer elements")));
        }
        if is_closed {
            let message = message!("theme-tag-slash", "`/` does not close `<{name}>` in HTML", name);
            return Err(fault(
                range,
                message,
                message!("theme-tag-slash-help", "write `<{name}></{name}>`", name),
            ));
        }
        if RAW.contains(&name.as_str()) && !(lies_in_svg && name == "title") {
            self.raw(&name, &range)?;
        }
        self.open.push((name, range));
        Ok(())
    }

    /// Reads the content of a script, up to its closing tag.
    fn raw(&mut self, name: &str, range: &Range<usize>) -> Result<(), Fault> {
        let end = format!("</{name}");
        let bytes = self.rest().as_bytes();
        let Some(length) = bytes.windows(end.len()).position(|w| w.eq_ignore_ascii_case(end.as_bytes()))
        else {
            return Err(never_closed(range.clone(), name));
        };
        if self.rest()[..length].contains("<!--") {
            let message = message!("theme-tag-script-comment", "a `<!--` in a script hides its end");
            let help = message!("theme-tag-script-comment-help", "leave `<!--` out");
            return Err(fault(range.clone(), message, help));
        }
        if length > 0 {
            self.tokens.push(Token::Text(self.at..self.at + length));
        }
        self.at += length;
        Ok(())
    }

    fn attribute(&mut self) -> Option<Attribute> {
        let start = self.at;
        let ends = |c: char| BLANKS.contains(&c) || matches!(c, '=' | '>' | '/' | '"' | '\'' | '<');
        let length = self.rest().find(ends)?;
        let name = self.text[start..start + length].to_ascii_lowercase();
        self.at += length;
        let after = self.rest().trim_start_matches(BLANKS);
        let Some(value) = after.strip_prefix('=') else {
            return Some(Attribute { name, range: start..start + length });
        };
        let value = value.trim_start_matches(BLANKS);
        let quote = value.chars().next()?;
        let from = self.text.len() - value.len();
        let range = if matches!(quote, '"' | '\'') {
            let length = value[1..].find(quote)?;
            self.at = from + 1 + length + 1;
            from + 1..from + 1 + length
        } else {
            let length = value.find(|c: char| BLANKS.contains(&c) || c == '>')?;
            if length == 0 || value[..length].contains(['"', '\'', '<', '=', '`']) {
                return None;
            }
            self.at = from + length;
            from..from + length
        };
        Some(Attribute { name, range })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault_of(text: &str) -> Option<(String, Message)> {
        scan(text).1.map(|fault| (text[fault.range].to_owned(), fault.help))
    }

    #[test]
    fn sound_html_is_read_to_its_end() {
        for text in [
            "",
            "words &amp; <b>bold</b>",
            "<!-- a <b> --><p CLASS=x id='y' hidden data-z=\"a>b\">a<br>b<br/></p>",
            "<svg viewBox=\"0 0 1 1\"><path d=\"M0 0\"/><title>a</title><g><use href=\"#a\"/></g></svg>",
            "<script type=\"application/ld+json\">{\"a\":\"<b>\"}</script>",
            "<ul>\n<li>a</li>\n<li>b</li>\n</ul>",
            "<a href=https://a.example/b/ >a</a>",
        ] {
            assert_eq!(fault_of(text), None, "{text}");
        }
        let (tokens, _) = scan("<A HREF='b' c>x</a>");
        let [Token::Open(tag), Token::Text(text), Token::Close(_)] = &tokens[..] else {
            panic!("{tokens:?}")
        };
        let attributes: Vec<_> = tag.attributes.iter().map(|a| (a.name.as_str(), a.range.clone())).collect();
        assert_eq!((tag.name.as_str(), text.clone()), ("a", 14..15));
        assert_eq!(attributes, [("href", 9..10), ("c", 12..13)]);
    }

    #[test]
    fn what_a_browser_would_mend_is_a_fault_at_its_tag() {
        for (text, at, help) in [
            ("<div><p>a</div>", "</div>", "reverse order"),
            ("<div>a", "<div>", "`</div>`"),
            ("a</b>", "</b>", "take it out"),
            ("<b>a</b", "</b", "reverse order"),
            ("<p>a<div>b</div></p>", "<div>", "`</p>`"),
            ("<p>a<p>b", "<p>", "`</p>`"),
            ("a < b", "<", "`&lt;`"),
            ("<!-- a", "<!--", "`-->`"),
            ("<!doctype html>", "<", "`&lt;`"),
            ("<?xml?>", "<", "`&lt;`"),
            ("<div/>", "<div/>", "`<div></div>`"),
            ("<a href=\"x>y", "<a", "every quote"),
            ("<a href='x'id=y>z</a>", "<a", "every quote"),
            ("<a <b>>", "<a", "every quote"),
            ("<script>a", "<script>", "`</script>`"),
            ("<script>a<!--b</script>", "<script>", "leave"),
            ("<é>", "<", "`&lt;`"),
        ] {
            let (found, way) = fault_of(text).unwrap_or_else(|| panic!("{text} passes"));
            assert!(found == at && way.contains(help), "{text}: {found}, {way}");
        }
    }
}
