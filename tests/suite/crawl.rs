//! A crawler over built files that starts at the home page and follows every link.

use std::collections::{BTreeMap, BTreeSet};

use noroshi::internals::text::percent_decode;

use crate::harness::file_of;
use crate::markup::{self, Element};

/// The pages of a built site.
pub struct Crawl<'f> {
    files: &'f BTreeMap<String, Vec<u8>>,
    /// The base URL of the site: `https://e.example/status/`.
    base: &'f str,
    pages: BTreeMap<&'f str, Vec<Element>>,
}

impl<'f> Crawl<'f> {
    /// Reads every page. A page that cannot be parsed fails the test.
    #[track_caller]
    pub fn new(files: &'f BTreeMap<String, Vec<u8>>, base: &'f str) -> Crawl<'f> {
        let mut pages = BTreeMap::new();
        for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
            let text = std::str::from_utf8(bytes).expect("UTF-8");
            let elements = markup::html(text).unwrap_or_else(|fault| panic!("{name}: {fault}"));
            pages.insert(name.as_str(), elements);
        }
        Crawl { files, base, pages }
    }

    pub fn pages(&self) -> impl Iterator<Item = (&'f str, &[Element])> {
        self.pages.iter().map(|(name, elements)| (*name, elements.as_slice()))
    }

    #[track_caller]
    pub fn page(&self, address: &str) -> &[Element] {
        &self.pages[file_of(address).as_str()]
    }

    /// The dead links of all pages that can be reached from the home page.
    pub fn dead_links(&self) -> Vec<String> {
        self.walk(true).1
    }

    /// Like [`Crawl::dead_links`], ignoring fragments.
    pub fn missing_files(&self) -> Vec<String> {
        self.walk(false).1
    }

    /// The pages that can be reached from the home page.
    pub fn reached(&self) -> BTreeSet<String> {
        self.walk(true).0
    }

    fn walk(&self, places: bool) -> (BTreeSet<String>, Vec<String>) {
        let mut reached = BTreeSet::from(["index.html".to_owned()]);
        let mut waiting = vec!["index.html".to_owned()];
        let mut dead = Vec::new();
        while let Some(page) = waiting.pop() {
            let Some(elements) = self.pages.get(page.as_str()) else { continue };
            for link in elements.iter().flat_map(addresses) {
                match self.follow(&page, &link, places) {
                    Ok(None) => {}
                    Ok(Some(file)) => {
                        if reached.insert(file.clone()) {
                            waiting.push(file);
                        }
                    }
                    Err(fault) => dead.push(format!("{page}: `{link}`: {fault}")),
                }
            }
        }
        dead.sort();
        dead.dedup();
        (reached, dead)
    }

    /// The file that a link leads to, or `None` outside the site.
    pub fn follow(&self, page: &str, link: &str, places: bool) -> Result<Option<String>, String> {
        let host = self.base.find("//").and_then(|n| self.base[n + 2..].find('/').map(|m| n + 2 + m));
        let prefix = &self.base[host.ok_or("a base without path")?..];
        let (address, id) = link.split_once('#').map_or((link, None), |(a, i)| (a, Some(i)));
        let path = if let Some(rest) = address.strip_prefix(self.base) {
            rest.to_owned()
        } else if address.contains(':') {
            return Ok(None);
        } else if address.starts_with('/') {
            address.strip_prefix(prefix).ok_or("outside the site's own path")?.to_owned()
        } else if address.is_empty() {
            page.to_owned()
        } else {
            relative(page, address)?
        };
        let path = path.split('?').next().unwrap_or("");
        let file = file_of(&percent_decode(path).ok_or("broken percent-encoding")?);
        if !self.files.contains_key(&file) {
            return Err(format!("there is no {file}"));
        }
        if let Some(id) = id.filter(|_| places) {
            let id = percent_decode(id).ok_or("broken percent-encoding")?;
            let elements = self.pages.get(file.as_str()).ok_or("a place in what is no page")?;
            if !elements.iter().any(|e| e.attribute("id") == Some(&id)) {
                return Err(format!("there is no #{id} in {file}"));
            }
        }
        Ok(Some(file))
    }
}

/// Everything that an element links to or loads.
pub fn addresses(element: &Element) -> Vec<String> {
    let mut found: Vec<String> =
        ["href", "src"].iter().filter_map(|a| element.attribute(a)).map(str::to_owned).collect();
    if element.attribute("http-equiv") == Some("refresh") {
        let to = element.attribute("content").and_then(|c| c.split_once("url="));
        found.extend(to.map(|(_, url)| url.to_owned()));
    }
    found
}

fn relative(page: &str, address: &str) -> Result<String, String> {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    let mut rest = address;
    loop {
        if let Some(more) = rest.strip_prefix("../") {
            parts.pop().ok_or("it leads above the site")?;
            rest = more;
        } else if let Some(more) = rest.strip_prefix("./") {
            rest = more;
        } else {
            break;
        }
    }
    parts.push(rest);
    Ok(parts.join("/"))
}
