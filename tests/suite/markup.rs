//! A strict parser of the pages' markup. It corrects nothing: anything that a browser would have to
//! guess is an error, so that text which breaks out of its place cannot hide.

/// Elements without an end tag.
const VOID: [&str; 6] = ["br", "hr", "img", "input", "link", "meta"];

/// Elements whose content is text up to their end tag.
const RAW: [&str; 2] = ["script", "style"];

/// Elements that cannot be in a `p`: a browser would close the paragraph.
const BLOCKS: &str = "\
    p div ul ol dl table section article details pre blockquote h1 h2 h3 h4 h5 h6 hr nav header footer";

/// An element, without its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    pub name: String,
    /// Decoded values by name.
    pub attributes: Vec<(String, String)>,
    /// The text directly in the element, decoded; in a `script` as written.
    pub text: String,
    /// The number of ancestors.
    pub depth: usize,
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    pub fn is(&self, name: &str) -> bool {
        self.name == name
    }
}

/// Parses a page.
///
/// # Errors
/// The first markup error, with its surroundings.
pub fn html(text: &str) -> Result<Vec<Element>, String> {
    let rest = text.strip_prefix("<!DOCTYPE html>\n").ok_or("no doctype")?;
    let elements = Reader::read(rest, true)?;
    let mut ids: Vec<&str> = elements.iter().filter_map(|e| e.attribute("id")).collect();
    ids.sort_unstable();
    if let Some(pair) = ids.windows(2).find(|p| p[0] == p[1]) {
        return Err(format!("the id `{}` stands twice", pair[0]));
    }
    Ok(elements)
}

/// Parses XML.
///
/// # Errors
/// The first markup error, with its surroundings.
pub fn xml(text: &str) -> Result<Vec<Element>, String> {
    let end = text.find("?>").filter(|_| text.starts_with("<?xml ")).ok_or("no XML declaration")?;
    Reader::read(&text[end + 2..], false)
}

/// Parses a fragment of a page.
///
/// # Errors
/// The first markup error, with its surroundings.
pub fn fragment(text: &str) -> Result<Vec<Element>, String> {
    Reader::read(text, true)
}

/// The structure that text must never change: elements and the names of their attributes.
pub fn skeleton(elements: &[Element]) -> Vec<String> {
    let names = |e: &Element| e.attributes.iter().map(|(n, _)| format!(" {n}")).collect::<String>();
    elements.iter().map(|e| format!("{}{}{}", "  ".repeat(e.depth), e.name, names(e))).collect()
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    is_html: bool,
    elements: Vec<Element>,
    open: Vec<usize>,
}

impl<'t> Reader<'t> {
    fn read(text: &'t str, is_html: bool) -> Result<Vec<Element>, String> {
        let mut reader = Reader { text, at: 0, is_html, elements: Vec::new(), open: Vec::new() };
        match reader.all() {
            Ok(()) => Ok(reader.elements),
            Err(fault) => {
                let rest: String = text[reader.at.min(text.len())..].chars().take(80).collect();
                Err(format!("{fault} before `{rest}`"))
            }
        }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn all(&mut self) -> Result<(), String> {
        while self.at < self.text.len() {
            if self.rest().starts_with("</") {
                self.end()?;
            } else if self.rest().starts_with('<') {
                self.start()?;
            } else {
                let length = self.rest().find('<').unwrap_or(self.rest().len());
                let words = decode(&self.rest()[..length])?;
                match self.open.last() {
                    Some(open) => self.elements[*open].text.push_str(&words),
                    None if words.trim().is_empty() || self.is_html => {}
                    None => return Err("text outside all elements".into()),
                }
                self.at += length;
            }
        }
        match self.open.last() {
            Some(open) => Err(format!("`{}` never ends", self.elements[*open].name)),
            None => Ok(()),
        }
    }

    fn end(&mut self) -> Result<(), String> {
        let length = self.rest().find('>').ok_or("an end tag without end")?;
        let name = &self.rest()[2..length];
        let open = self.open.pop().map(|at| self.elements[at].name.as_str());
        if open != Some(name) {
            return Err(format!("`{}` ends with `{name}`", open.unwrap_or("nothing")));
        }
        self.at += length + 1;
        Ok(())
    }

    fn start(&mut self) -> Result<(), String> {
        let tag = self.rest();
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '_');
        let length = tag[1..].find(|c| !is_name(c)).ok_or("a tag without end")?;
        let name = &tag[1..=length];
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return Err("a bare `<`".into());
        }
        self.at += 1 + length;
        let attributes = self.attributes()?;
        let closed = self.eat("/>");
        if !closed && !self.eat(">") {
            return Err(format!("something strange in the tag `{name}`"));
        }
        let inside = |wanted: &str| self.open.iter().any(|at| self.elements[*at].name == wanted);
        if self.is_html && inside("p") && BLOCKS.split(' ').any(|block| block == name) {
            return Err(format!("`{name}` in a paragraph"));
        }
        if self.is_html && ["a", "summary"].contains(&name) && inside(name) {
            return Err(format!("`{name}` in `{name}`"));
        }
        let (depth, in_svg) = (self.open.len(), inside("svg"));
        self.elements.push(Element { name: name.into(), attributes, text: String::new(), depth });
        let is_void = self.is_html && VOID.contains(&name);
        if closed && self.is_html && !is_void && !in_svg {
            return Err(format!("`{name}` cannot close itself"));
        }
        if !closed && !is_void {
            self.open.push(self.elements.len() - 1);
            if self.is_html && RAW.contains(&name) {
                self.raw(name)?;
            }
        }
        Ok(())
    }

    fn raw(&mut self, name: &str) -> Result<(), String> {
        let length = self.rest().find(&format!("</{name}>")).ok_or("a script without end")?;
        let text = &self.rest()[..length];
        if text.contains("<!--") || text.to_lowercase().contains("<script") {
            return Err("a script that changes how it ends".into());
        }
        if let Some(element) = self.elements.last_mut() {
            element.text.push_str(text);
        }
        self.at += length;
        Ok(())
    }

    fn attributes(&mut self) -> Result<Vec<(String, String)>, String> {
        let mut found: Vec<(String, String)> = Vec::new();
        while self.eat(" ") {
            let rest = self.rest();
            let length = rest
                .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '_')))
                .ok_or("an attribute without end")?;
            if length == 0 {
                continue;
            }
            let name = rest[..length].to_owned();
            self.at += length;
            let value = if self.eat("=") {
                if !self.eat("\"") {
                    return Err(format!("the value of `{name}` is not quoted"));
                }
                let length = self.rest().find('"').ok_or("a quote without end")?;
                let raw = &self.rest()[..length];
                if raw.contains('<') {
                    return Err(format!("a bare `<` in `{name}`"));
                }
                self.at += length + 1;
                decode(raw)?
            } else {
                String::new()
            };
            if found.iter().any(|(n, _)| *n == name) {
                return Err(format!("the attribute `{name}` stands twice"));
            }
            found.push((name, value));
        }
        Ok(found)
    }

    fn eat(&mut self, wanted: &str) -> bool {
        let found = self.rest().starts_with(wanted);
        if found {
            self.at += wanted.len();
        }
        found
    }
}

/// Decodes character references. A bare `&` and a character that XML forbids are errors.
fn decode(text: &str) -> Result<String, String> {
    if let Some(bad) = text.chars().find(|c| !noroshi::internals::text::is_xml_char(*c)) {
        return Err(format!("the character {bad:?}"));
    }
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split('&');
    out.push_str(parts.next().unwrap_or(""));
    for part in parts {
        let (name, rest) = part.split_once(';').ok_or_else(|| format!("a bare `&` in `{text}`"))?;
        let number = |digits: &str, base| u32::from_str_radix(digits, base).ok().and_then(char::from_u32);
        let c = match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            "nbsp" => Some('\u{a0}'),
            _ => match (name.strip_prefix("#x"), name.strip_prefix('#')) {
                (Some(hex), _) => number(hex, 16),
                (None, Some(digits)) => number(digits, 10),
                (None, None) => None,
            },
        };
        out.push(c.ok_or_else(|| format!("the reference `&{name};`"))?);
        out.push_str(rest);
    }
    Ok(out)
}

#[test]
fn what_a_browser_would_have_to_guess_is_an_error() {
    let page = |body: &str| html(&format!("<!DOCTYPE html>\n<html><body>{body}</body></html>"));
    for bad in [
        "<p>a",
        "<p>a</div>",
        "a < b",
        "a & b",
        "<b title=a>x</b>",
        "<b title=\"a\"b\">x</b>",
        "<p><div></div></p>",
        "<a href=\"#\"><a href=\"#\">x</a></a>",
        "<i id=\"a\">x</i><i id=\"a\">y</i>",
        "<script>a</script><!-- b -->",
    ] {
        assert!(page(bad).is_err(), "{bad}");
    }
    let elements = page("<p class=\"a &amp; b\">x<br>&lt;<svg><use href=\"#i\"/></svg></p>").expect("a page");
    assert_eq!(
        skeleton(&elements),
        ["html", "  body", "    p class", "      br", "      svg", "        use href"]
    );
    assert_eq!(elements[2].attribute("class"), Some("a & b"));
    assert_eq!(elements[2].text, "x<");
}
