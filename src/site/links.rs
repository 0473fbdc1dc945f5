//! Resolves where a link leads, from a page or from outside. No link leads to content that is not visible yet.

use super::Site;
use super::anchors::AnchorState;
use super::linked_file::{file_key, linked_file, original_file};
use super::route::{Page, Route};
use crate::markdown::{Resolve, Target};
use crate::model::{Head, Instant};
use crate::text::{percent_encode, typed_path};

/// Writes addresses as seen from one page or from outside.
#[derive(Clone, Debug)]
pub struct Linker<'s> {
    site: &'s Site<'s>,
    locale: usize,
    base: String,
}

impl<'s> Linker<'s> {
    /// Writes relative addresses, so that the site works under any path prefix and on any file server.
    #[must_use]
    pub fn relative(site: &'s Site<'s>, page: &Page) -> Linker<'s> {
        if page.route == Route::NotFound {
            // The 404 page is served at any depth, so its links start at the root of the host.
            return Linker { site, locale: page.locale, base: site.now.model.config.url.path.clone() };
        }
        Linker { site, locale: page.locale, base: "../".repeat(page.path.matches('/').count()) }
    }

    /// Writes absolute addresses, for use outside the site.
    #[must_use]
    pub fn absolute(site: &'s Site<'s>, locale: usize) -> Linker<'s> {
        let url = &site.now.model.config.url;
        Linker { site, locale, base: format!("{}{}", url.origin, url.path) }
    }

    /// The address of a path from the root.
    #[must_use]
    pub fn path(&self, path: &str) -> String {
        if self.base.is_empty() && path.is_empty() {
            return "./".into();
        }
        format!("{}{}", self.base, percent_encode(path))
    }

    #[must_use]
    pub fn page(&self, route: Route) -> String {
        self.path(&self.site.path(route, self.locale))
    }

    #[must_use]
    pub fn page_in(&self, route: Route, locale: usize) -> String {
        self.path(&self.site.path(route, locale))
    }

    /// An address from site.yaml. One that starts with `/` belongs to the site itself.
    #[must_use]
    pub fn written(&self, url: &str) -> Option<String> {
        match url.strip_prefix('/') {
            Some(path) => self.site_path(path),
            None => Some(url.to_owned()),
        }
    }

    /// The targets of an entry's links, as seen from here; `None` for a target that is not visible yet.
    #[must_use]
    pub fn links(&self, head: &Head) -> Vec<Option<String>> {
        let resolve = Words::own(self, head);
        head.links.iter().map(|(target, _)| resolve.address(target)).collect()
    }

    /// The address for a path from the root, as written, in this language if the page exists in it; `None` if
    /// the page is not visible yet.
    fn site_path(&self, written: &str) -> Option<String> {
        let cut = written.find(['?', '#']).unwrap_or(written.len());
        let (path, rest) = written.split_at(cut);
        let typed = typed_path(path);
        let plain = typed.strip_suffix("index.html").unwrap_or(&typed);
        let folder = self.site.now.model.config.addresses.folder(&typed);
        let with_slash = format!("{folder}/");
        let key = if folder.is_empty() { "" } else { with_slash.as_str() };
        let rest = encode_rest(rest);
        match self.site.paths.get(key) {
            Some(route) => self.site_page(*route, &rest),
            // Only a mistake in a translation gets here; its text is shown without the link.
            None if self.site.is_hidden(key, &typed) || !self.site.has_file_at(plain) => None,
            None => Some(format!("{}{rest}", self.path(plain))),
        }
    }

    /// The address of a page with the query and fragment of a link that names the page by its address. A
    /// fragment that is not an anchor of an entry can be one of the page itself.
    fn site_page(&self, route: Route, rest: &str) -> Option<String> {
        let id = rest.strip_prefix('#').map(typed_path);
        let state = id.map(|id| self.site.anchor_state(route, &id, self.site.now.effective));
        self.with_anchor(route, state.filter(|state| *state != AnchorState::Nowhere), rest)
    }

    /// The address of a page with a query and a fragment; `state` is that of the anchor that the fragment names.
    fn with_anchor(&self, route: Route, state: Option<AnchorState>, rest: &str) -> Option<String> {
        match state {
            Some(AnchorState::Hidden | AnchorState::Nowhere) => None,
            Some(AnchorState::Withdrawn) => Some(self.page(route)),
            Some(AnchorState::On(other)) => Some(format!("{}{rest}", self.page(other))),
            Some(AnchorState::Here) | None => Some(format!("{}{rest}", self.page(route))),
        }
    }

    fn file(&self, from: &Head, written: &str, id: Option<&str>, until: Instant) -> Option<String> {
        let file = linked_file(&from.file, written)?;
        let place = id.map_or(String::new(), |id| format!("#{}", encode_rest(id)));
        if let Some(asset) = file.strip_prefix("content/static/") {
            return Some(format!("{}{place}", self.path(asset)));
        }
        let file = original_file(&file, &self.site.now.model.config.locales);
        if let Some((category, slug)) = self.site.questions.get(&*file) {
            return Some(format!("{}#{}", self.page(Route::Category(*category)), percent_encode(slug)));
        }
        let route = *self.site.files.get(&*file)?;
        self.with_anchor(route, id.map(|id| self.site.anchor_state(route, id, until)), &place)
    }
}

/// A query or fragment, encoded for use in an address. What is already encoded stays.
fn encode_rest(rest: &str) -> String {
    let mut out = String::with_capacity(rest.len());
    for c in rest.chars() {
        match c {
            '!'..='~' if !matches!(c, '"' | '<' | '>' | '`') => out.push(c),
            _ => out.push_str(&percent_encode(c.encode_utf8(&mut [0; 4]))),
        }
    }
    out
}

/// Resolves the links in an entry's text for the page that shows it.
#[derive(Debug)]
pub struct Words<'s> {
    /// Writes addresses as seen from the page that shows the text.
    pub linker: &'s Linker<'s>,
    pub head: &'s Head,
    /// The address of the entry's page, if another page shows the text.
    pub elsewhere: Option<String>,
    /// A prefix that keeps identifiers of several entries on one page apart.
    pub prefix: String,
    /// Anchors of later updates do not exist yet.
    pub until: Instant,
    /// Whether a feed shows the text, so that links to footnotes need the address of the page.
    pub is_in_feed: bool,
    /// The language of the text, by its index, in which screen readers say the marks of tasks; `None` in feeds and
    /// mails, where the marks stand alone.
    pub spoken: Option<usize>,
}

impl<'s> Words<'s> {
    /// For text on the entry's own page.
    #[must_use]
    pub fn own(linker: &'s Linker<'s>, head: &'s Head) -> Words<'s> {
        Words {
            linker,
            head,
            elsewhere: None,
            prefix: String::new(),
            until: linker.site.now.effective,
            is_in_feed: false,
            spoken: None,
        }
    }

    /// For text on another page; `home` is the address of the entry's own page from there.
    #[must_use]
    pub fn elsewhere(linker: &'s Linker<'s>, head: &'s Head, home: String) -> Words<'s> {
        let prefix = format!("{}-{}-", head.kind.word(), head.slug);
        Words { elsewhere: Some(home), prefix, ..Words::own(linker, head) }
    }

    /// For a feed item, which never changes: with anchors only of updates up to an instant.
    #[must_use]
    pub fn in_feed(self, until: Instant) -> Words<'s> {
        Words { until, is_in_feed: true, ..self }
    }

    /// An anchor of the entry itself; `None` if it is not visible yet.
    fn here(&self, id: &str) -> Option<String> {
        let place = format!("#{}", encode_rest(id));
        let here = || Some(self.elsewhere.as_ref().map_or(format!("#{id}"), |home| format!("{home}{place}")));
        // Questions have no page of their own.
        let Some(route) = self.linker.site.files.get(&file_key(&self.head.file)) else { return here() };
        match self.linker.site.anchor_state(*route, id, self.until) {
            AnchorState::Here => here(),
            AnchorState::On(other) => Some(format!("{}{place}", self.linker.page(other))),
            AnchorState::Withdrawn | AnchorState::Hidden | AnchorState::Nowhere => None,
        }
    }
}

impl Resolve for Words<'_> {
    fn address(&self, target: &Target) -> Option<String> {
        match target {
            Target::Here(id) => self.here(id),
            Target::Site(path) => self.linker.site_path(path.trim_start_matches('/')),
            Target::File(path, id) => self.linker.file(self.head, path, id.as_deref(), self.until),
        }
    }

    fn prefix(&self) -> &str {
        &self.prefix
    }

    fn notes_page(&self) -> &str {
        self.elsewhere.as_deref().filter(|_| self.is_in_feed).unwrap_or_default()
    }

    fn task(&self, is_done: bool) -> Option<&str> {
        let locale = self.linker.site.locales.get(self.spoken?)?;
        Some(locale.t(if is_done { "task-done" } else { "task-open" }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::Snapshot;
    use crate::timeline::fixture::{at, model};

    #[test]
    fn links_to_what_nobody_may_see_are_no_links() {
        let text = "---\ntitle: p\n---\n[a](/incidents/later/) [b](/old/) [c](../incidents/later.md) [d](/en/incidents/later/#x)\n\
            [e](/faq/?q=あ#い) [f](../faq/q.md)\n";
        let later = "---\ntitle: t\nseverity: minor\naffects: []\nstarted: 2026-11-20 10:00\npublish_at: 2026-11-21 00:00\naliases: [/old/]\n---\n";
        let question = "---\ntitle: q\ncategory: general\npublish_at: 2026-11-21 00:00\n---\nx\n";
        let files = [("pages/p.md", text), ("incidents/later.md", later), ("faq/q.md", question)];
        let model = model(&files);
        let links = |time: &str| {
            let site = Site::new(Snapshot::at(&model, at(time))).expect("built-in locales");
            let page = site.pages.iter().find(|p| p.path == "p/").expect("the page");
            let linker = Linker::relative(&site, page);
            let words = &site.now.pages[0].words;
            words.get(0).1.html(&Words::own(&linker, &site.now.pages[0].head)).matches("<a ").count()
        };
        assert_eq!((links("20 12:00"), links("21 00:00")), (1, 6));
    }
}
