//! Slots: HTML of a team's own, at five places of a page.
//!
//! It is trusted and stands as it is. What is refused is what the policy of every page would block, what
//! would ask another origin, and what would reach past its place.

use std::ops::Range;
use std::sync::Arc;

use super::assets::Names;
use super::is_elsewhere;
use super::tags::{self, Attribute, Tag, Token};
use crate::diagnostic::{Diagnostic, Place};
use crate::text;

/// A place of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// The end of `<head>`.
    Head,
    /// After the header of every page.
    Top,
    /// The start of the home page.
    HomeTop,
    /// The end of the home page.
    HomeBottom,
    /// The end of the footer.
    Footer,
}

impl Slot {
    const ALL: [Slot; 5] = [Slot::Head, Slot::Top, Slot::HomeTop, Slot::HomeBottom, Slot::Footer];

    /// As its file is called.
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

/// What stands at a place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Filled {
    pub(super) slot: Slot,
    /// Only on pages in this language.
    pub(super) locale: Option<String>,
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Piece {
    Text(String),
    /// The way to the root of the site.
    Root,
    /// The language of the page.
    Lang,
}

impl Filled {
    pub(super) fn write(&self, root: &str, lang: &str) -> String {
        let pieces = self.pieces.iter().map(|piece| match piece {
            Piece::Text(text) => text,
            Piece::Root => root,
            Piece::Lang => lang,
        });
        pieces.collect()
    }
}

/// The slot and the language that a file of `slots/` is for.
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
        let help = match near {
            Some(near) => format!("did you mean `{near}.html`?"),
            None => format!("slots are {}", text::one_of(&known)),
        };
        found.push(
            Diagnostic::error("theme/unknown-slot", Place::whole(name), format!("there is no slot `{file}`"))
                .help(help),
        );
        return None;
    };
    if let Some(locale) = locale.filter(|locale| !locales.iter().any(|known| known == locale)) {
        let help = match text::nearest(locale, locales.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{}.{near}.html`?", slot.word()),
            None => format!("languages are {}", text::one_of(locales)),
        };
        let message = format!("no site has the language `{locale}`: this is shown nowhere");
        found.push(Diagnostic::warning("theme/unknown-locale", Place::whole(name), message).help(help));
    }
    Some((slot, locale.map(str::to_owned)))
}

/// Reads the text of a slot.
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
    reader.read(&tokens);
    if let Some(fault) = fault {
        reader.fail("theme/unbalanced", fault.range, fault.message, fault.help);
    }
    let mut pieces = reader.pieces;
    // Its own line, whatever the editor left at the end.
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

/// What no slot may hold, and what to do instead.
const FORBIDDEN: [(&str, &str); 22] = [
    ("iframe", "link to the page instead"),
    ("frame", "link to the page instead"),
    ("frameset", "link to the page instead"),
    ("object", "use `<img>`, or link to the file"),
    ("embed", "use `<img>`, or link to the file"),
    ("applet", "link to the page instead"),
    ("audio", "the policy of every page loads no sound: link to the file"),
    ("video", "the policy of every page loads no film: link to the file"),
    ("track", "the policy of every page loads no film: link to the file"),
    ("base", "write `{root}` where the root of the site is meant"),
    ("html", "a slot is a part of a page: leave it out"),
    ("head", "a slot is a part of a page: use `slots/head.html`"),
    ("body", "a slot is a part of a page: leave it out"),
    ("main", "every page has one already: use `<div>` or `<section>`"),
    ("title", "every page has one already"),
    ("h1", "every page has one already: begin with `<h2>`"),
    ("form", "the policy of every page sends no form: link to a page that does"),
    ("textarea", "the policy of every page sends no form"),
    ("noembed", "leave it out"),
    ("noframes", "leave it out"),
    ("xmp", "use `<pre>`"),
    ("plaintext", "use `<pre>`"),
];

/// Kinds of links that load nothing.
const QUIET: [&str; 16] = [
    "alternate",
    "author",
    "bookmark",
    "canonical",
    "external",
    "help",
    "license",
    "me",
    "next",
    "nofollow",
    "noopener",
    "noreferrer",
    "prev",
    "privacy-policy",
    "tag",
    "terms-of-service",
];

impl Reader<'_> {
    fn fail(&mut self, code: &'static str, range: Range<usize>, message: String, help: impl Into<String>) {
        self.found.push(Diagnostic::error(code, Place::at(self.name, range), message).help(help));
    }

    fn read(&mut self, tokens: &[Token]) {
        let mut script: Option<&Tag> = None;
        for token in tokens {
            match token {
                // Notes for colleagues.
                Token::Comment(_) => {}
                Token::Close(range) => {
                    script = None;
                    self.copy(range.clone());
                }
                Token::Text(range) => {
                    self.words(script, range);
                    self.copy(range.clone());
                }
                Token::Open(tag) => {
                    script = Some(tag).filter(|tag| tag.name == "script");
                    self.tag(tag);
                    self.copy(tag.range.clone());
                }
            }
        }
    }

    /// Text of a script, or of the page.
    fn words(&mut self, script: Option<&Tag>, range: &Range<usize>) {
        let is_blank = self.text[range.clone()].trim().is_empty();
        match script {
            Some(tag) if tag.attribute("src").is_none() && !is_data(tag) && !is_blank => {
                let help = "put it into `assets/` as a file, and write `<script src=\"{asset:name.js}\" defer></script>`";
                self.fail(
                    "theme/inline",
                    tag.range.clone(),
                    "the policy of every page blocks scripts that stand in it".into(),
                    help,
                );
            }
            None if self.slot == Slot::Head && !is_blank => {
                let from = range.start + self.text[range.clone()].len()
                    - self.text[range.clone()].trim_start().len();
                let to = from + self.text[from..range.end].trim_end().len();
                let help = "text goes into `slots/top.html` or `slots/footer.html`";
                self.fail("theme/forbidden-element", from..to, "text cannot stand in `<head>`".into(), help);
            }
            _ => {}
        }
    }

    fn tag(&mut self, tag: &Tag) {
        let name = tag.name.as_str();
        // The title of a drawing is its name for those who do not see it.
        let is_caption = tag.in_svg && name == "title";
        if let Some((_, help)) = FORBIDDEN.iter().find(|(known, _)| *known == name && !is_caption) {
            return self.fail(
                "theme/forbidden-element",
                tag.range.clone(),
                format!("`<{name}>` cannot stand in a slot"),
                *help,
            );
        }
        if name == "style" {
            let message = "the policy of every page blocks styles that stand in it".to_owned();
            return self.fail(
                "theme/inline",
                tag.range.clone(),
                message,
                "put the rules into a style sheet in `assets/`",
            );
        }
        let in_head = ["meta", "link", "script", "noscript"].contains(&name);
        if self.slot == Slot::Head && !in_head {
            let message = format!("`<{name}>` cannot stand in `<head>`");
            return self.fail(
                "theme/forbidden-element",
                tag.range.clone(),
                message,
                "there stand `<meta>`, `<link>`, `<script src>` and `<noscript>`",
            );
        }
        if let Some(attribute) = tag.attribute("http-equiv") {
            let message = "a page has one policy: `http-equiv` cannot stand in a slot".to_owned();
            self.fail(
                "theme/forbidden-element",
                attribute.range.clone(),
                message,
                "send such headers from your host",
            );
        }
        if name == "link" && rels(tag).any(|rel| rel == "manifest") {
            let message = "the policy of every page loads no manifest".to_owned();
            self.fail("theme/forbidden-element", tag.range.clone(), message, "leave it out");
        }
        for attribute in &tag.attributes {
            self.attribute(tag, attribute);
        }
    }

    fn attribute(&mut self, tag: &Tag, attribute: &Attribute) {
        let name = attribute.name.as_str();
        if name == "style" || name.starts_with("on") {
            let message = format!("the policy of every page blocks `{name}=`");
            let help = match name {
                "style" => "give it a class, and write the rule into a style sheet in `assets/`",
                _ => "put a script into `assets/`, and name it with `<script src>`",
            };
            return self.fail("theme/inline", attribute.range.clone(), message, help);
        }
        if matches!(name, "formaction" | "action" | "ping") {
            let message = format!("the policy of every page blocks `{name}=`");
            return self.fail("theme/forbidden-element", attribute.range.clone(), message, "leave it out");
        }
        let is_link = matches!(tag.name.as_str(), "a" | "area");
        match name {
            "href" | "xlink:href" if is_link => self.leads(attribute),
            "href" if tag.name == "link" && rels(tag).all(|rel| QUIET.contains(&rel.as_str())) => {
                self.leads(attribute);
            }
            "src" | "href" | "xlink:href" | "poster" | "data" | "background" => {
                self.loads(&attribute.value, attribute.range.clone());
            }
            "srcset" | "imagesrcset" => {
                for candidate in attribute.value.split(',') {
                    let address = candidate.split_whitespace().next().unwrap_or("");
                    self.loads(address, attribute.range.clone());
                }
            }
            _ => {}
        }
    }

    /// An address that a reader follows.
    fn leads(&mut self, attribute: &Attribute) {
        let address: String =
            attribute.value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
        if address.to_ascii_lowercase().starts_with("javascript:") {
            let message = "the policy of every page blocks scripts in addresses".to_owned();
            self.fail(
                "theme/inline",
                attribute.range.clone(),
                message,
                "put a script into `assets/`, and name it with `<script src>`",
            );
        }
    }

    /// An address that a browser loads.
    fn loads(&mut self, address: &str, range: Range<usize>) {
        let address = address.trim();
        let lower = address.to_ascii_lowercase();
        if address.starts_with('#') {
            return;
        }
        if lower.starts_with("data:") || lower.starts_with("javascript:") {
            let message = "the policy of every page allows files of the site only".to_owned();
            return self.fail(
                "theme/inline",
                range,
                message,
                "put it into `assets/` as a file, and write `{asset:name}`",
            );
        }
        if is_elsewhere(address) {
            let message = format!("`{address}` is loaded from elsewhere");
            let help = "a page asks nothing of another origin: put the file into `assets/`, and write `{asset:name}`";
            return self.fail("theme/foreign", range, message, help);
        }
        if !address.starts_with(['{', '/']) {
            let message = format!("`{address}` is another file on each page");
            let help = match self.names.find(address) {
                Some(_) => format!("write `{{asset:{address}}}`"),
                None => format!(
                    "write `{{asset:name}}` for a file of the theme, `{{root}}{address}` for one of `content/static/`"
                ),
            };
            self.fail("theme/missing-asset", range, message, help);
        }
    }

    /// The text as it is, but for what stands for something.
    fn copy(&mut self, range: Range<usize>) {
        let mut from = range.start;
        while let Some((hole, inner)) = self.hole(from, range.end) {
            self.push(from..hole.start);
            let (text, inside) = (self.text, inner.clone());
            match &text[inner] {
                "root" => self.pieces.push(Piece::Root),
                "lang" => self.pieces.push(Piece::Lang),
                word => {
                    if let Some(name) = word.strip_prefix("asset:") {
                        self.asset(name, inside);
                    } else {
                        self.unknown(word, hole.clone());
                    }
                }
            }
            from = hole.end;
        }
        self.push(from..range.end);
    }

    fn unknown(&mut self, word: &str, range: Range<usize>) {
        let help = match text::nearest(word, ["root", "lang", "asset:"]) {
            Some("asset:") => "did you mean `{asset:name}`? a brace itself is `&#123;`".to_owned(),
            Some(near) => format!("did you mean `{{{near}}}`? a brace itself is `&#123;`"),
            None => "known are `{root}`, `{lang}` and `{asset:name}`; a brace itself is `&#123;`".to_owned(),
        };
        self.fail("theme/unknown-placeholder", range, format!("`{{{word}}}` stands for nothing"), help);
    }

    /// The next `{word}` or `{word:name}`, and what is in it. Other braces are text, as in JSON.
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

    fn asset(&mut self, name: &str, range: Range<usize>) {
        let Some(path) = self.names.find(name) else {
            let message = format!("the theme has no file `{name}` in its `assets/`");
            let help = self.names.suggestion(name);
            return self.fail("theme/missing-asset", range, message, help);
        };
        self.pieces.push(Piece::Root);
        self.pieces.push(Piece::Text(text::percent_encode(path).into_owned()));
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

/// Whether a script holds data, which no browser runs.
fn is_data(script: &Tag) -> bool {
    script.value("type").eq_ignore_ascii_case("application/ld+json")
}

fn rels(tag: &Tag) -> impl Iterator<Item = String> {
    tag.value("rel").split_whitespace().map(str::to_ascii_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn what_is_blocked_or_foreign_or_reaches_out_is_told_at_its_place() {
        use Slot::{Head, Top};
        for (place, text, code, at) in [
            (Top, "<script>alert(1)</script>", "theme/inline", "<script>"),
            (Top, "<style>a{}</style>", "theme/inline", "<style>"),
            (Top, "<p style=\"color:red\">a</p>", "theme/inline", "color:red"),
            (Top, "<p OnClick=\"a()\">a</p>", "theme/inline", "a()"),
            (Top, "<a href=\"Java\nScript:a()\">a</a>", "theme/inline", "Java\nScript:a()"),
            (Top, "<img src=\"data:image/png,x\" alt=\"\">", "theme/inline", "data:image/png,x"),
            (
                Top,
                "<img src=\"https://a.example/x.png\" alt=\"\">",
                "theme/foreign",
                "https://a.example/x.png",
            ),
            (
                Top,
                "<img src=\"{root}a.png\" srcset=\"//a.example/x 2x\" alt=\"\">",
                "theme/foreign",
                "//a.example/x 2x",
            ),
            (Head, "<script src=\"//a.example/x.js\"></script>", "theme/foreign", "//a.example/x.js"),
            (Head, "<link rel=\"icon\" href=\"http://a.example/x\">", "theme/foreign", "http://a.example/x"),
            (
                Head,
                "<link rel=\"preconnect\" href=\"https://a.example\">",
                "theme/foreign",
                "https://a.example",
            ),
            (Top, "<iframe src=\"{root}x\"></iframe>", "theme/forbidden-element", "<iframe src=\"{root}x\">"),
            (Top, "<form action=\"/x\"></form>", "theme/forbidden-element", "<form action=\"/x\">"),
            (Head, "<base href=\"/\">", "theme/forbidden-element", "<base href=\"/\">"),
            (Head, "<meta http-equiv=\"refresh\" content=\"1\">", "theme/forbidden-element", "refresh"),
            (Head, "<p>a</p>", "theme/forbidden-element", "<p>"),
            (Head, "<meta name=a content=b> words ", "theme/forbidden-element", "words"),
            (Head, "<title>a</title>", "theme/forbidden-element", "<title>"),
            (Top, "<h1>a</h1>", "theme/forbidden-element", "<h1>"),
            (Top, "<main>a</main>", "theme/forbidden-element", "<main>"),
            (Top, "<div>a", "theme/unbalanced", "<div>"),
            (Top, "<img src=\"{asset:lgo.svg}\" alt=\"\">", "theme/missing-asset", "asset:lgo.svg"),
            (Top, "<img src=\"logo.svg\" alt=\"\">", "theme/missing-asset", "logo.svg"),
            (Top, "<a href=\"{rot}\">a</a>", "theme/unknown-placeholder", "{rot}"),
        ] {
            let (_, found) = slot(place, text);
            assert!(!found.is_empty(), "{text} passes");
            let fault = found.iter().find(|f| f.code == code).unwrap_or_else(|| panic!("{text}: {found:?}"));
            assert_eq!(&text[fault.place.range.clone().expect("a place")], at, "{text}");
            assert!(fault.help.is_some() && !fault.message.ends_with('.'), "{text}: {fault:?}");
        }
    }

    #[test]
    fn files_are_named_by_slot_and_language() {
        let named = |file: &str| {
            let mut found = Vec::new();
            let locales = ["en".to_owned(), "pt-BR".to_owned()];
            let read = named(&format!("themes/a/slots/{file}").as_str().into(), file, &locales, &mut found);
            (read, found.into_iter().map(|d| (d.code, d.help.unwrap_or_default())).collect::<Vec<_>>())
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
