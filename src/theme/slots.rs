//! Slots: a team's own HTML at five places of a page.
//!
//! The HTML is trusted and is inserted unchanged. Refused is what the content security policy would block, what
//! would contact another origin, and what would affect the page outside the slot. Names and values are checked
//! as a browser reads them (see `tree`), on pages at every depth, with and without scripts.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::assets::Names;
use super::tags::{self, Tag, Token};
use super::tree::{self, Element, Page};
use super::{allowlist, css};
use crate::diagnostic::{Diagnostic, Place};
use crate::message::{Message, message, one_of};
use crate::text;
use crate::url::{self, Destination};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// The end of `<head>`.
    Head,
    /// After the header of every page.
    Top,
    HomeTop,
    HomeBottom,
    /// The end of the footer.
    Footer,
}

impl Slot {
    const ALL: [Slot; 5] = [Slot::Head, Slot::Top, Slot::HomeTop, Slot::HomeBottom, Slot::Footer];

    /// The name of its file, without the ending.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Slot::Head => "head",
            Slot::Top => "top",
            Slot::HomeTop => "home-top",
            Slot::HomeBottom => "home-bottom",
            Slot::Footer => "footer",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Filled {
    pub(super) slot: Slot,
    /// The language of the pages that show it; `None` means all.
    pub(super) locale: Option<String>,
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Piece {
    Text(String),
    /// The relative path to the root of the site.
    Root,
    Lang,
}

impl Piece {
    fn written<'p>(&'p self, root: &'p str, lang: &'p str) -> &'p str {
        match self {
            Piece::Text(text) => text,
            Piece::Root => root,
            Piece::Lang => lang,
        }
    }
}

impl Filled {
    pub(super) fn write(&self, root: &str, lang: &str) -> String {
        self.pieces.iter().map(|piece| piece.written(root, lang)).collect()
    }
}

/// The slot and the language of a file in `slots/`.
pub(super) fn named(
    name: &Arc<str>,
    file: &str,
    locales: &[String],
    found: &mut Vec<Diagnostic>,
) -> Option<(Slot, Option<String>)> {
    let stem = file.strip_suffix(".html");
    let is_html = stem.is_some();
    let stem = stem.unwrap_or(file);
    let (word, locale) = stem.split_once('.').map_or((stem, None), |(word, locale)| (word, Some(locale)));
    let slot = Slot::ALL.into_iter().find(|slot| slot.word() == word).filter(|_| is_html);
    let Some(slot) = slot else {
        let known = Slot::ALL.map(|slot| format!("{}.html", slot.word()));
        let near = text::nearest(word, Slot::ALL.map(Slot::word));
        let help = if let Some(near) = near {
            message!("theme-unknown-slot-near", "did you mean `{near}.html`?", near)
        } else {
            message!("theme-unknown-slot-help", "use {known}", known = one_of(&known))
        };
        let message = message!("theme-unknown-slot", "there is no slot `{file}`", file);
        found.push(Diagnostic::error("theme/unknown-slot", Place::whole(name), message).help(help));
        return None;
    };
    if let Some(locale) = locale.filter(|locale| !locales.iter().any(|known| known == locale)) {
        let help = if let Some(near) = text::nearest(locale, locales.iter().map(String::as_str)) {
            message!(
                "theme-unknown-locale-near",
                "did you mean `{slot}.{near}.html`?",
                slot = slot.word(),
                near
            )
        } else {
            message!("theme-unknown-locale-help", "use one of {known}", known = one_of(locales))
        };
        let message = message!(
            "theme-unknown-locale",
            "noroshi does not know the language `{locale}`, so no page shows this slot",
            locale
        );
        found.push(Diagnostic::warning("theme/unknown-locale", Place::whole(name), message).help(help));
    }
    Some((slot, locale.map(str::to_owned)))
}

pub(super) fn read(
    name: &Arc<str>,
    text: &str,
    slot: Slot,
    locale: Option<String>,
    names: &Names,
    found: &mut Vec<Diagnostic>,
) -> Filled {
    let (tokens, fault) = tags::scan(text);
    let mut reader = Reader { name, text, slot, names, found, pieces: Vec::new() };
    let (seen, odd) = reader.seen(&tokens, fault.is_none());
    reader.read(&tokens, &seen);
    if let Some(fault) = fault {
        reader.fail("theme/unbalanced", fault.range, fault.message, fault.help);
    } else if let Some(token) = odd {
        reader.odd(token);
    }
    let mut pieces = reader.pieces;
    // The slot ends with exactly one line break, whatever the file has.
    if let Some(Piece::Text(last)) = pieces.last_mut() {
        last.truncate(last.trim_end().len());
    }
    if pieces.iter().any(|piece| !matches!(piece, Piece::Text(text) if text.trim().is_empty())) {
        pieces.push(Piece::Text("\n".into()));
    } else {
        pieces.clear();
    }
    Filled { slot, locale, pieces }
}

struct Reader<'a> {
    name: &'a Arc<str>,
    text: &'a str,
    slot: Slot,
    names: &'a Names,
    found: &'a mut Vec<Diagnostic>,
    pieces: Vec<Piece>,
}

/// Elements that slots must not contain, with the alternative.
fn forbidden(name: &str) -> Option<Message> {
    Some(match name {
        "iframe" | "frame" | "frameset" | "applet" => {
            message!("theme-forbidden-frame", "link to the page instead")
        }
        "object" | "embed" => message!("theme-forbidden-object", "use `<img>`, or link to the file"),
        "audio" => {
            message!("theme-forbidden-audio", "the content security policy blocks sound: link to the file")
        }
        "video" | "track" => {
            message!("theme-forbidden-video", "the content security policy blocks video: link to the file")
        }
        "base" => message!("theme-forbidden-base", "write `{{root}}` for the root of the site"),
        "html" | "body" => message!("theme-forbidden-page", "a slot is part of a page: leave it out"),
        "head" => message!("theme-forbidden-head", "a slot is part of a page: use `slots/head.html`"),
        "main" => message!("theme-forbidden-main", "every page has one already: use `<div>` or `<section>`"),
        "title" => message!("theme-forbidden-title", "every page has one already"),
        "h1" => message!("theme-forbidden-h1", "every page has one already: begin with `<h2>`"),
        "form" => message!(
            "theme-forbidden-form",
            "the content security policy blocks forms: link to a page that has one"
        ),
        "textarea" => {
            message!("theme-forbidden-textarea", "the content security policy blocks forms")
        }
        "noembed" | "noframes" => css::leave_out(),
        "xmp" | "plaintext" => message!("theme-forbidden-pre", "use `<pre>`"),
        _ => return None,
    })
}

/// Kinds of `<link>` that load nothing.
const QUIET: &str = "\
    alternate author bookmark canonical external help license me next nofollow noopener noreferrer prev \
    privacy-policy tag terms-of-service";

/// The paths to the root of a site: from a page in the root, from a page in a folder, and from the 404 page.
const ROOTS: [&str; 3] = ["./", "../", "/"];

/// Other allowed schemes of links, besides [`url::FOLLOWED`]. Other programs open them.
const OTHER_SCHEMES: [&str; 9] = ["geo", "irc", "ircs", "matrix", "sip", "sips", "sms", "webcal", "xmpp"];

/// Schemes with content that a browser would run or show.
const SCRIPTS: [&str; 5] = ["blob", "data", "filesystem", "javascript", "vbscript"];

/// An element as browsers see it on each kind of page.
type Seen = [Element; ROOTS.len()];

impl Reader<'_> {
    fn fail(&mut self, code: &'static str, range: Range<usize>, message: Message, help: Message) {
        self.found.push(Diagnostic::error(code, Place::at(self.name, range), message).help(help));
    }

    /// The element of each opening tag, up to the first token that a browser would read differently, and that
    /// token.
    fn seen<'t>(&self, tokens: &'t [Token], is_whole: bool) -> (Vec<Option<Seen>>, Option<&'t Token>) {
        let in_head = self.slot == Slot::Head;
        let read = |root: &str, runs_scripts| {
            let page = Page { in_head, runs_scripts, is_whole };
            tree::read(tokens, page, |token| self.written(token, root))
        };
        let reads = ROOTS.map(|root| read(root, false));
        let with_scripts = read(ROOTS[0], true);
        let odd = reads.iter().chain([&with_scripts]).filter_map(|read| read.odd).min();
        let [one, two, three] = reads.map(|read| read.elements.into_iter());
        let seen = one.zip(two).zip(three).map(|((one, two), three)| Some([one?, two?, three?]));
        (seen.collect(), odd.and_then(|at| tokens.get(at)))
    }

    /// A token as it appears in a page, given the page's path to the root of the site.
    fn written(&self, token: &Token, root: &str) -> Cow<'_, str> {
        let range = token.range();
        let mut from = range.start;
        let mut out = String::new();
        while let Some((hole, inner)) = self.hole(from, range.end) {
            out.push_str(&self.text[from..hole.start]);
            match self.stands_for(&self.text[inner]) {
                Ok(pieces) => out.extend(pieces.iter().map(|piece| piece.written(root, "en"))),
                Err(_) => out.push_str(&self.text[hole.clone()]),
            }
            from = hole.end;
        }
        if from == range.start {
            return Cow::Borrowed(&self.text[range.clone()]);
        }
        out.push_str(&self.text[from..range.end]);
        Cow::Owned(out)
    }

    /// Checks the tokens that browsers read as written, and copies them.
    fn read(&mut self, tokens: &[Token], seen: &[Option<Seen>]) {
        let mut script: Option<(&Tag, &Element)> = None;
        for (token, seen) in tokens.iter().zip(seen) {
            match (token, seen) {
                // Comments are for colleagues and are not published.
                (Token::Comment(_), _) => continue,
                (Token::Close(_), _) => script = None,
                (Token::Text(range), _) => self.words(script, range),
                (Token::Open(tag), Some(seen)) => {
                    script = Some((tag, &seen[0])).filter(|_| tag.name == "script");
                    self.tag(tag, seen);
                }
                (Token::Open(_), None) => {}
            }
            self.copy(token.range().clone());
        }
    }

    /// Reports the first token that browsers read differently.
    fn odd(&mut self, token: &Token) {
        let range = token.range().clone();
        // If the element is not allowed at all, that message is more useful.
        match token {
            Token::Open(Tag { name, .. }) => {
                let element = Element { name: name.clone(), is_svg: false, attributes: Vec::new() };
                if let Err((code, message, help)) = self.may_stand(&element) {
                    return self.fail(code, range, message, help);
                }
            }
            Token::Text(_) if self.slot == Slot::Head => return self.words(None, &range),
            _ => {}
        }
        let message =
            message!("theme-slot-odd", "browsers would read this differently, or move it to another place");
        let help = message!(
            "theme-slot-odd-help",
            "check its quotes, the elements around it, and attributes that appear twice"
        );
        self.fail("theme/unbalanced", range, message, help);
    }

    /// Handles text of a script or of the page.
    fn words(&mut self, script: Option<(&Tag, &Element)>, range: &Range<usize>) {
        let is_blank = self.text[range.clone()].trim().is_empty();
        match script {
            Some((tag, seen)) if seen.value("src").is_none() && !is_data(seen) && !is_blank => {
                let message =
                    message!("theme-slot-inline-script", "the content security policy blocks inline scripts");
                let help = message!(
                    "theme-slot-inline-script-help",
                    "put it into `assets/` as a file, and write `<script src=\"{{asset:name.js}}\" defer></script>`"
                );
                self.fail("theme/inline", tag.range.clone(), message, help);
            }
            None if self.slot == Slot::Head && !is_blank => {
                let from = range.start + self.text[range.clone()].len()
                    - self.text[range.clone()].trim_start().len();
                let to = from + self.text[from..range.end].trim_end().len();
                let message = message!("theme-slot-text-in-head", "`<head>` cannot contain text");
                let help = message!(
                    "theme-slot-text-in-head-help",
                    "put text into `slots/top.html` or `slots/footer.html`"
                );
                self.fail("theme/forbidden-element", from..to, message, help);
            }
            _ => {}
        }
    }

    fn tag(&mut self, tag: &Tag, seen: &Seen) {
        let [element, ..] = seen;
        if let Err((code, message, help)) = self.may_stand(element) {
            return self.fail(code, tag.range.clone(), message, help);
        }
        for at in 0..element.attributes.len() {
            let range = tag.attributes.get(at).map_or(&tag.range, |attribute| &attribute.range).clone();
            self.attribute(seen, at, range);
        }
    }

    /// Checks whether an element is allowed here. The error is code, message and help.
    fn may_stand(&self, element: &Element) -> Result<(), (&'static str, Message, Message)> {
        const FORBIDDEN_HERE: &str = "theme/forbidden-element";
        let name = element.name.as_str();
        // The title of an SVG drawing is its accessible name.
        let is_caption = element.is_svg && name == "title";
        let cannot = || message!("theme-slot-element", "a slot cannot contain `<{name}>`", name);
        if let Some(help) = forbidden(name).filter(|_| !is_caption) {
            return Err((FORBIDDEN_HERE, cannot(), help));
        }
        if name == "style" {
            let message = message!("theme-slot-style", "the content security policy blocks inline styles");
            let help = message!("theme-slot-style-help", "put the rules into a stylesheet in `assets/`");
            return Err(("theme/inline", message, help));
        }
        if !allowlist::element(name, element.is_svg) {
            let message = if element.is_svg {
                message!("theme-slot-svg", "a drawing in a slot cannot contain `<{name}>`", name)
            } else {
                cannot()
            };
            let help = message!(
                "theme-slot-element-help",
                "use another element; docs/branding.md says which you may use"
            );
            return Err((FORBIDDEN_HERE, message, help));
        }
        if self.slot == Slot::Head && !["meta", "link", "script", "noscript"].contains(&name) {
            let message = message!("theme-slot-in-head", "`<head>` cannot contain `<{name}>`", name);
            let help =
                message!("theme-slot-in-head-help", "use `<meta>`, `<link>`, `<script src>` or `<noscript>`");
            return Err((FORBIDDEN_HERE, message, help));
        }
        if name == "link" && rels(element).any(|rel| rel == "manifest") {
            let message = message!("theme-slot-manifest", "the content security policy blocks manifests");
            return Err((FORBIDDEN_HERE, message, css::leave_out()));
        }
        Ok(())
    }

    fn attribute(&mut self, seen: &Seen, at: usize, range: Range<usize>) {
        let [element, ..] = seen;
        let Some((name, value)) = element.attributes.get(at) else { return };
        let name = name.as_str();
        if let Err((code, message, help)) = may_have(element, name) {
            return self.fail(code, range, message, help);
        }
        let values = || seen.iter().filter_map(|element| Some(element.attributes.get(at)?.1.as_str()));
        let is_link = matches!(element.name.as_str(), "a" | "area");
        let is_quiet = element.name == "link" && rels(element).all(|rel| allowlist::has(QUIET, &rel));
        match name {
            "href" | "xlink:href" if is_link || is_quiet => self.leads(values(), range),
            "src" | "href" | "xlink:href" => self.loads(values(), range),
            "srcset" | "imagesrcset" => {
                // Each address that a browser finds begins after a comma. It can continue past the next comma,
                // but that does not change its host.
                let of = |value: &'_ str, at: usize| value.split(',').nth(at).map(first_word);
                let count = value.split(',').count();
                for at in 0..count {
                    let all: Vec<String> = values().filter_map(|value| of(value, at)).collect();
                    self.loads(all.iter().map(String::as_str), range.clone());
                }
            }
            _ if element.is_svg && allowlist::is_css(name) && !css::is_within(value) => {
                let message =
                    message!("theme-slot-outside", "`{name}=` refers to something outside the drawing", name);
                let help = message!("theme-slot-outside-help", "write `url(#id)` for a part of the drawing");
                self.fail("theme/foreign", range, message, help);
            }
            _ => {}
        }
    }

    /// Checks an address that a reader follows.
    fn leads<'v>(&mut self, values: impl Iterator<Item = &'v str>, range: Range<usize>) {
        let all: Vec<Destination> = values.map(url::leads).collect();
        let Some(first) = all.first() else { return };
        match first {
            Destination::Scheme(scheme) if SCRIPTS.contains(&scheme.as_str()) => {
                let message = message!(
                    "theme-slot-script-address",
                    "the content security policy blocks scripts in addresses"
                );
                self.fail("theme/inline", range, message, load_script());
            }
            Destination::Scheme(scheme)
                if !url::FOLLOWED.contains(&scheme.as_str()) && !OTHER_SCHEMES.contains(&scheme.as_str()) =>
            {
                let message =
                    message!("theme-slot-scheme", "a link cannot use the scheme `{scheme}:`", scheme);
                let help = message!(
                    "theme-slot-scheme-help",
                    "begin the address with `https://`, `http://`, `mailto:`, `tel:`, `/` or `{{root}}`"
                );
                self.fail("theme/foreign", range, message, help);
            }
            // Text after `{root}` can change the host only if the root is `/`.
            first if all.iter().any(|leads| *leads == Destination::Host && leads != first) => {
                let message = message!("theme-slot-other-host", "this leads to another host on some pages");
                let help = message!(
                    "theme-slot-other-host-help",
                    "remove the `/` after `{{root}}`, which ends with one"
                );
                self.fail("theme/foreign", range, message, help);
            }
            _ => {}
        }
    }

    /// Checks an address that a browser loads.
    fn loads<'v>(&mut self, values: impl Iterator<Item = &'v str>, range: Range<usize>) {
        let all: Vec<&str> = values.collect();
        let Some(first) = all.first().copied() else { return };
        for address in all.iter().copied() {
            match url::leads(address) {
                Destination::Scheme(scheme) if SCRIPTS.contains(&scheme.as_str()) => {
                    let message = message!(
                        "theme-slot-data",
                        "the content security policy allows only files of the site"
                    );
                    let help = message!(
                        "theme-slot-data-help",
                        "put it into `assets/` as a file, and write `{{asset:name}}`"
                    );
                    return self.fail("theme/inline", range, message, help);
                }
                Destination::Scheme(_) | Destination::Host => {
                    let help = message!(
                        "theme-slot-foreign-help",
                        "put the file into `assets/`, and write `{{asset:name}}`: pages load only files of their own site"
                    );
                    return self.fail("theme/foreign", range, css::loads_foreign(address), help);
                }
                Destination::Here | Destination::Beside | Destination::Root => {}
            }
        }
        // An address that begins with the path to the root rightly differs from page to page.
        let is_same = all.iter().all(|address| *address == first);
        // An unknown placeholder is reported at its own position.
        if is_same && url::leads(first) == Destination::Beside && !first.starts_with('{') {
            let message = message!(
                "theme-slot-relative",
                "`{first}` is relative, so it means a different file on each page",
                first
            );
            let help = if self.names.find(first).is_some() {
                message!("theme-slot-relative-asset", "write `{{asset:{first}}}`", first)
            } else {
                message!(
                    "theme-slot-relative-help",
                    "write `{{asset:name}}` for a file of the theme, or `{{root}}{first}` for one in `content/static/`",
                    first
                )
            };
            self.fail("theme/missing-asset", range, message, help);
        }
    }

    /// Copies text, replacing placeholders.
    fn copy(&mut self, range: Range<usize>) {
        let mut from = range.start;
        while let Some((hole, inner)) = self.hole(from, range.end) {
            self.push(from..hole.start);
            let word = &self.text[inner.clone()];
            match self.stands_for(word) {
                Ok(pieces) => self.pieces.extend(pieces),
                Err(Some(name)) => {
                    let help = self.names.suggestion(name);
                    self.fail("theme/missing-asset", inner, Names::missing(name), help);
                }
                Err(None) => self.unknown(word, hole.clone()),
            }
            from = hole.end;
        }
        self.push(from..range.end);
    }

    /// The replacement for `{word}`. The error holds the name of a missing file, or `None` if the word is unknown.
    fn stands_for<'w>(&self, word: &'w str) -> Result<Vec<Piece>, Option<&'w str>> {
        match word {
            "root" => Ok(vec![Piece::Root]),
            "lang" => Ok(vec![Piece::Lang]),
            _ => {
                let name = word.strip_prefix("asset:").ok_or(None)?;
                let path = self.names.find(name).ok_or(Some(name))?;
                Ok(vec![Piece::Root, Piece::Text(text::percent_encode(path).into_owned())])
            }
        }
    }

    fn unknown(&mut self, word: &str, range: Range<usize>) {
        let help = match text::nearest(word, ["root", "lang", "asset:"]) {
            Some("asset:") => message!(
                "theme-placeholder-asset",
                "did you mean `{{asset:name}}`? for a literal brace, write `&#123;`"
            ),
            Some(near) => message!(
                "theme-placeholder-near",
                "did you mean `{{{near}}}`? for a literal brace, write `&#123;`",
                near
            ),
            None => message!(
                "theme-placeholder-help",
                "use `{{root}}`, `{{lang}}` or `{{asset:name}}`; for a literal brace, write `&#123;`"
            ),
        };
        let message = message!("theme-placeholder", "`{{{word}}}` is not a placeholder", word);
        self.fail("theme/unknown-placeholder", range, message, help);
    }

    /// The next `{word}` or `{word:name}`, and its content. Other braces are text, as in JSON.
    fn hole(&self, from: usize, to: usize) -> Option<(Range<usize>, Range<usize>)> {
        let mut at = from;
        loop {
            let start = at + self.text[at..to].find('{')?;
            let word = self.text[start + 1..to].bytes().take_while(u8::is_ascii_lowercase).count();
            let mut end = start + 1 + word;
            if word > 0 && self.text[end..to].starts_with(':') {
                end += self.text[end..to]
                    .find(|c: char| c == '}' || c == '"' || c == '{' || c.is_control())
                    .unwrap_or(to - end);
            }
            if word > 0 && self.text[end..to].starts_with('}') {
                return Some((start..end + 1, start + 1..end));
            }
            at = start + 1;
        }
    }

    fn push(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        match self.pieces.last_mut() {
            Some(Piece::Text(last)) => last.push_str(&self.text[range]),
            _ => self.pieces.push(Piece::Text(self.text[range].to_owned())),
        }
    }
}

/// Checks whether an element can have an attribute. The error is code, message and help.
fn may_have(element: &Element, name: &str) -> Result<(), (&'static str, Message, Message)> {
    let blocked =
        || message!("theme-attribute-blocked", "the content security policy blocks `{name}=`", name);
    match name {
        "style" => {
            let help = message!(
                "theme-attribute-style-help",
                "give it a class, and write the rule into a stylesheet in `assets/`"
            );
            Err(("theme/inline", blocked(), help))
        }
        _ if name.starts_with("on") => Err(("theme/inline", blocked(), load_script())),
        "formaction" | "action" | "ping" => Err(("theme/forbidden-element", blocked(), css::leave_out())),
        "http-equiv" => {
            let message = message!(
                "theme-attribute-http-equiv",
                "a slot cannot contain `http-equiv`: each page sets its content security policy with it"
            );
            let help = message!("theme-attribute-http-equiv-help", "send such headers from your host");
            Err(("theme/forbidden-element", message, help))
        }
        _ if !allowlist::attribute(&element.name, element.is_svg, name) => {
            let message = message!(
                "theme-attribute",
                "`<{element}>` cannot have `{name}=` in a slot",
                element = element.name,
                name
            );
            let help = message!(
                "theme-attribute-help",
                "leave it out; for your own scripts, use `data-{name}`",
                name
            );
            Err(("theme/forbidden-element", message, help))
        }
        _ => Ok(()),
    }
}

/// The help for a script in an attribute.
fn load_script() -> Message {
    message!("theme-load-script-help", "put the script into `assets/`, and load it with `<script src>`")
}

/// Whether a script contains data, which browsers do not run.
fn is_data(script: &Element) -> bool {
    script.value("type").is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"))
}

fn rels(element: &Element) -> impl Iterator<Item = String> {
    element.value("rel").unwrap_or("").split_whitespace().map(str::to_ascii_lowercase)
}

fn first_word(candidate: &str) -> String {
    candidate.split_whitespace().next().unwrap_or("").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::marked;

    fn slot(slot: Slot, text: &str) -> (Filled, Vec<Diagnostic>) {
        let names = Names::of([("assets/logo.svg", "assets/logo.1.svg"), ("assets/a.js", "assets/a.2.js")]);
        let mut found = Vec::new();
        let filled = read(&"themes/a/slots/top.html".into(), text, slot, None, &names, &mut found);
        (filled, found)
    }

    #[test]
    fn what_stands_for_something_is_put_in_and_comments_are_left_out() {
        let (filled, found) = slot(
            Slot::Top,
            "<!-- ask Aoki --><p lang=\"{lang}\"><a href=\"{root}faq/\">{ 1 }</a> <img src=\"{asset:logo.svg}\" alt=\"\"></p>\n\n",
        );
        assert!(found.is_empty(), "{found:?}");
        let wanted =
            "<p lang=\"ja\"><a href=\"../faq/\">{ 1 }</a> <img src=\"../assets/logo.1.svg\" alt=\"\"></p>\n";
        assert_eq!(filled.write("../", "ja"), wanted);
        assert_eq!(slot(Slot::Top, " <!-- nothing -->\n").0.write("", "ja"), "");
    }

    #[test]
    fn what_is_fine_passes() {
        for (place, text) in [
            (
                Slot::Head,
                "<meta name=\"theme-color\" content=\"#fff\">\n<link rel=\"me\" href=\"https://a.example/@x\">\n<script defer src=\"{asset:a.js}\"></script>",
            ),
            (Slot::Head, "<noscript><link rel=\"stylesheet\" href=\"{root}x.css\"></noscript>"),
            (
                Slot::Head,
                "<script type=\"application/ld+json\">{\"@type\":\"Organization\",\"x\":{\"y\":1}}</script>",
            ),
            (
                Slot::Footer,
                "<p><a href=\"https://a.example/\">a</a> <a href=\"mailto:a@b.example\">b</a> <a href=\"x\">c</a></p>",
            ),
            (
                Slot::Top,
                "<svg aria-hidden=\"true\"><use href=\"#i-ok\"/></svg><img src=\"/logo.png\" alt=\"\" srcset=\"{asset:logo.svg} 2x, {root}b.png 3x\">",
            ),
        ] {
            let (_, found) = slot(place, text);
            assert!(found.is_empty(), "{text}: {found:?}");
        }
    }

    #[test]
    fn what_is_blocked_or_foreign_or_reaches_out_is_reported_at_its_place() {
        use Slot::{Head, Top};
        for (place, written, code) in [
            (Top, "⟦<script>⟧alert(1)</script>", "theme/inline"),
            (Top, "⟦<style>⟧a{}</style>", "theme/inline"),
            (Top, "<p style=\"⟦color:red⟧\">a</p>", "theme/inline"),
            (Top, "<p OnClick=\"⟦a()⟧\">a</p>", "theme/inline"),
            (Top, "<a href=\"⟦Java\nScript:a()⟧\">a</a>", "theme/inline"),
            (Top, "<img src=\"⟦data:image/png,x⟧\" alt=\"\">", "theme/inline"),
            (Top, "<img src=\"⟦https://a.example/x.png⟧\" alt=\"\">", "theme/foreign"),
            (Top, "<img src=\"{root}a.png\" srcset=\"⟦//a.example/x 2x⟧\" alt=\"\">", "theme/foreign"),
            (Head, "<script src=\"⟦//a.example/x.js⟧\"></script>", "theme/foreign"),
            (Head, "<link rel=\"icon\" href=\"⟦http://a.example/x⟧\">", "theme/foreign"),
            (Head, "<link rel=\"preconnect\" href=\"⟦https://a.example⟧\">", "theme/foreign"),
            (Top, "⟦<iframe src=\"{root}x\">⟧</iframe>", "theme/forbidden-element"),
            (Top, "⟦<form action=\"/x\">⟧</form>", "theme/forbidden-element"),
            (Head, "⟦<base href=\"/\">⟧", "theme/forbidden-element"),
            (Head, "<meta http-equiv=\"⟦refresh⟧\" content=\"1\">", "theme/forbidden-element"),
            (Head, "⟦<p>⟧a</p>", "theme/forbidden-element"),
            (Head, "<meta name=a content=b> ⟦words⟧ ", "theme/forbidden-element"),
            (Head, "⟦<title>⟧a</title>", "theme/forbidden-element"),
            (Top, "⟦<h1>⟧a</h1>", "theme/forbidden-element"),
            (Top, "⟦<main>⟧a</main>", "theme/forbidden-element"),
            (Top, "⟦<div>⟧a", "theme/unbalanced"),
            (Top, "<img src=\"{⟦asset:lgo.svg⟧}\" alt=\"\">", "theme/missing-asset"),
            (Top, "<img src=\"⟦logo.svg⟧\" alt=\"\">", "theme/missing-asset"),
            (Top, "<a href=\"⟦{rot}⟧\">a</a>", "theme/unknown-placeholder"),
        ] {
            let (text, at) = marked(written);
            let (_, found) = slot(place, &text);
            let fault = found.iter().find(|f| f.code == code).unwrap_or_else(|| panic!("{text}: {found:?}"));
            assert_eq!(fault.place.range, Some(at), "{text}");
            assert!(fault.help.is_some() && !fault.message.ends_with('.'), "{text}: {fault:?}");
        }
    }

    #[test]
    fn files_are_named_by_slot_and_language() {
        let named = |file: &str| {
            let mut found = Vec::new();
            let locales = ["en".to_owned(), "pt-BR".to_owned()];
            let read = named(&format!("themes/a/slots/{file}").as_str().into(), file, &locales, &mut found);
            let found = found.into_iter().map(|d| (d.code, d.help.unwrap_or_default().to_string()));
            (read, found.collect::<Vec<_>>())
        };
        assert_eq!(named("home-top.html"), (Some((Slot::HomeTop, None)), Vec::new()));
        assert_eq!(named("footer.pt-BR.html"), (Some((Slot::Footer, Some("pt-BR".into()))), Vec::new()));
        assert_eq!(
            named("foter.html"),
            (None, vec![("theme/unknown-slot", "did you mean `footer.html`?".into())])
        );
        assert_eq!(named("top.md").1[0].0, "theme/unknown-slot");
        assert_eq!(named("top.e.html").1[0].0, "theme/unknown-locale");
    }
}
