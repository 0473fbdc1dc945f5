//! HTML with holes for addresses.

use super::escaped::{self, unescape};
use crate::text;

/// The target of a link inside the site, as written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A file, relative to the file with the link: `../faq/funds.md`, optionally with `#id`.
    File(String, Option<String>),
    /// An address relative to the site's root: `/faq/`, optionally with a query or `#id`.
    Site(String),
    /// An identifier on the entry's own page.
    Here(String),
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Hole {
    /// The opening tag of a link, `<a …>`.
    Open(Target),
    /// The closing tag of the last `Open`, `</a>`.
    Close,
    /// The `src="…"` attribute of an image.
    Source(Target),
    /// The prefix that makes identifiers unique if several texts share a page.
    Prefix,
    /// The `id="…"` of a heading, which is written only on the text's own page.
    Id(String),
}

impl Hole {
    /// The approximate number of bytes that fill the hole.
    pub(super) fn size(&self) -> usize {
        match self {
            Hole::Open(target) | Hole::Source(target) => 16 + target.size(),
            Hole::Close => 4,
            Hole::Prefix => 32,
            Hole::Id(id) => 6 + id.len(),
        }
    }
}

impl Target {
    fn size(&self) -> usize {
        match self {
            Target::File(path, id) => path.len() + id.as_ref().map_or(0, String::len),
            Target::Site(path) => path.len(),
            Target::Here(id) => id.len(),
        }
    }
}

/// HTML whose links inside the site are still open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Fragment {
    pub(super) html: String,
    pub(super) holes: Vec<(usize, Hole)>,
}

/// Resolves links for the page that shows a fragment.
pub trait Resolve {
    /// The address of a target from this page; `None` shows the text without a link.
    fn address(&self, target: &Target) -> Option<String>;
    /// The prefix of identifiers; empty on the text's own page.
    fn prefix(&self) -> &str;
}

impl Fragment {
    /// Whether the fragment is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.html.is_empty()
    }

    /// The approximate number of bytes on a page.
    #[must_use]
    pub fn size(&self) -> usize {
        self.html.len() + self.holes.iter().map(|(_, hole)| hole.size()).sum::<usize>()
    }

    /// Appends the HTML, with every hole filled.
    pub fn write(&self, out: &mut String, resolve: &dyn Resolve) {
        out.reserve(self.html.len() + 32 * self.holes.len());
        let mut from = 0;
        let mut open = false;
        for (at, hole) in &self.holes {
            out.push_str(&self.html[from..*at]);
            from = *at;
            match hole {
                Hole::Open(target) => {
                    let address = resolve.address(target);
                    open = address.is_some();
                    if let Some(address) = address {
                        attribute(out, "<a href", &address);
                        out.push('>');
                    }
                }
                Hole::Close if open => out.push_str("</a>"),
                Hole::Source(target) => {
                    attribute(out, " src", &resolve.address(target).unwrap_or_default());
                }
                Hole::Prefix => text::escape_into(out, resolve.prefix()),
                Hole::Id(id) if resolve.prefix().is_empty() => attribute(out, " id", id),
                Hole::Close | Hole::Id(_) => {}
            }
        }
        out.push_str(&self.html[from..]);
    }

    /// The HTML, with every hole filled.
    #[must_use]
    pub fn html(&self, resolve: &dyn Resolve) -> String {
        let mut out = String::new();
        self.write(&mut out, resolve);
        out
    }

    /// The text between the tags, still escaped.
    pub fn runs(&self) -> impl Iterator<Item = &str> {
        let mut parts = self.html.split('<');
        let first = parts.next();
        first.into_iter().chain(parts.filter_map(|part| part.split_once('>')).map(|(_, words)| words))
    }

    /// The text in pieces that stay together in every output: cut at markup and line ends.
    #[must_use]
    pub fn segments(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut rest = self.html.as_str();
        loop {
            let start = rest.find('<').unwrap_or(rest.len());
            for line in rest[..start].lines().map(str::trim).filter(|l| !l.is_empty()) {
                let mut words = String::with_capacity(line.len());
                let mut left = line;
                while !left.is_empty() {
                    let (c, length) = unescape(left);
                    words.push(c);
                    left = &left[length..];
                }
                found.push(words);
            }
            if start == rest.len() {
                return found;
            }
            let end = rest[start..].find('>').map_or(rest.len(), |n| start + n + 1);
            rest = &rest[end..];
        }
    }

    /// The addresses outside the site in its links and images.
    pub fn addresses(&self) -> impl Iterator<Item = String> + '_ {
        // The writer uses double quotes for these attributes, and escapes quotes inside them.
        let starts = [" href=\"", " src=\""];
        let all = starts.into_iter().flat_map(|start| self.html.split(start).skip(1));
        all.filter_map(|rest| rest.split('"').next()).map(|escaped| {
            let (mut plain, mut rest) = (String::with_capacity(escaped.len()), escaped);
            while !rest.is_empty() {
                let (c, length) = unescape(rest);
                plain.push(c);
                rest = &rest[length..];
            }
            text::percent_decode(&plain).unwrap_or(plain)
        })
    }

    /// The plain text with collapsed blanks. Blanks separate an address from the text around it.
    #[must_use]
    pub fn plain(&self) -> String {
        let mut out = String::with_capacity(self.html.len());
        let mut rest = self.html.as_str();
        let mut link: Option<(String, usize)> = None;
        while let Some(start) = rest.find('<') {
            push_words(&mut out, &rest[..start]);
            // The writer escapes `>` in attributes, so the next one ends the tag.
            let end = rest[start..].find('>').map_or(rest.len(), |n| start + n + 1);
            let tag = &rest[start..end];
            if let Some(attributes) = tag.strip_prefix("<a ") {
                link = escaped::attribute(attributes, "href").map(|address| (address, out.len()));
            } else if tag == "</a>"
                && let Some((address, from)) = link.take()
                && escaped::set_off(&mut out, from, &address)
                && rest[end..].starts_with(escaped::needs_blank)
            {
                out.push(' ');
            }
            let block =
                ["</p", "</li", "</h", "<br", "</t", "</pre"].iter().any(|t| rest[start..].starts_with(t));
            if block && !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
            rest = &rest[end..];
        }
        push_words(&mut out, rest);
        out.truncate(out.trim_end().len());
        out
    }
}

fn attribute(out: &mut String, name: &str, value: &str) {
    out.push_str(name);
    out.push_str("=\"");
    text::escape_into(out, value);
    out.push('"');
}

fn push_words(out: &mut String, escaped: &str) {
    let mut rest = escaped;
    while !rest.is_empty() {
        let (c, length) = unescape(rest);
        rest = &rest[length..];
        if !c.is_whitespace() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
}

#[cfg(test)]
pub(super) struct Everything;

#[cfg(test)]
impl Resolve for Everything {
    fn address(&self, target: &Target) -> Option<String> {
        Some(match target {
            Target::File(path, _) => path.clone(),
            Target::Site(path) => path.clone(),
            Target::Here(id) => format!("#{id}"),
        })
    }
    fn prefix(&self) -> &'static str {
        ""
    }
}
