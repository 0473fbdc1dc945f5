//! Redirects old addresses with small pages, for hosts that do not read `_redirects`.

use std::collections::BTreeSet;

use super::Planned;
use crate::address::{self, Forms};
use crate::model::Instant;
use crate::publish::Rank;
use crate::site::{Page, Route, Site};
use crate::text;

/// The file for an old address: `/old/path/` and `/old/path` give `old/path/index.html`.
#[must_use]
pub fn file(alias: &str) -> String {
    let path = alias.trim_start_matches('/');
    let name = path.rsplit('/').next().unwrap_or("");
    if path.ends_with('/') {
        format!("{path}index.html")
    } else if name.contains('.') {
        path.to_owned()
    } else {
        format!("{path}/index.html")
    }
}

/// The files for an old address. If pages are files, or were, an address without an ending gets a file in both
/// forms.
#[must_use]
pub fn files(alias: &str, forms: Forms) -> Vec<String> {
    let file = file(alias);
    let other =
        file.strip_suffix("/index.html").filter(|_| forms.has_files()).map(|name| format!("{name}.html"));
    std::iter::once(file).chain(other).collect()
}

pub(super) fn plan<'a>(site: &'a Site<'a>) -> Vec<Planned<'a>> {
    let mut files = Vec::new();
    for OldAddress { file, to, form, .. } in all(site) {
        let depth = file.matches('/').count();
        // If a page has moved, the page is written before the redirect to it.
        let rank = if form { Rank::Moved } else { Rank::Leaf };
        files.push(Planned::new(file, rank, move || page(site, depth, &to)));
    }
    files
}

pub(super) struct OldAddress {
    /// The address as written.
    pub(super) from: String,
    /// The file that serves it.
    pub(super) file: String,
    /// Its target, relative to the root.
    pub(super) to: String,
    /// When the entry began; the end of time if the entry has no time.
    pub(super) at: Instant,
    /// Whether it comes from the other form of addresses, for a page or an alias.
    pub(super) form: bool,
}

pub(super) fn all(site: &Site<'_>) -> Vec<OldAddress> {
    let mut found = Found { forms: site.now.model.config.addresses, ..Found::default() };
    if found.forms.leads_on {
        // An address with a page of its own is not an old address.
        found.taken.extend(site.pages.iter().map(|page| address::file_of(&page.path)));
    }
    // An old address of a series leads to the series page.
    let whole = |page: &&Page| page.locale == 0 && site.occurrence(page.route).is_none();
    for page in site.pages.iter().filter(whole) {
        let aliases = site.head(page.route).map(|h| h.aliases.as_slice()).unwrap_or_default();
        for (alias, _) in aliases {
            let to = site.path(page.route, language(site, alias));
            found.alias(alias, &text::percent_encode(&to), began(site, page.route));
        }
    }
    for question in &site.now.questions {
        let to = site.path(Route::Category(question.category), 0);
        let to = format!("{}#{}", text::percent_encode(&to), text::percent_encode(&question.head.slug));
        for (alias, _) in &question.head.aliases {
            found.alias(alias, &to, ALWAYS);
        }
    }
    for page in &site.pages {
        if let Some(old) = site.old_path(page.route, page.locale) {
            let (file, to) = (address::file_of(&old), text::percent_encode(&page.path).into_owned());
            let at = began(site, page.route);
            found.put(OldAddress { from: format!("/{old}"), file, to, at, form: true });
        }
    }
    found.all
}

#[derive(Default)]
struct Found {
    forms: Forms,
    all: Vec<OldAddress>,
    /// The files that are already taken, if pages have two addresses.
    taken: BTreeSet<String>,
}

impl Found {
    fn alias(&mut self, alias: &str, to: &str, at: Instant) {
        for (at_form, file) in files(alias, self.forms).into_iter().enumerate() {
            let form = at_form > 0;
            let from = if form { format!("/{file}") } else { alias.to_owned() };
            self.put(OldAddress { from, file, to: to.to_owned(), at, form });
        }
    }

    fn put(&mut self, old: OldAddress) {
        // With only one form, `check` has made sure that each address is unique.
        if !self.forms.leads_on || self.taken.insert(old.file.clone()) {
            self.all.push(old);
        }
    }
}

/// The time of entries without a time.
const ALWAYS: Instant = Instant(i64::MAX);

fn began(site: &Site<'_>, route: Route) -> Instant {
    match route {
        Route::Incident(at) => site.now.incidents[at].incident.started.at,
        Route::Maintenance(at) => site.now.maintenance[at].plan.start,
        Route::Notice(at) => site.now.notices[at].published.unwrap_or(ALWAYS),
        _ => ALWAYS,
    }
}

/// Whether browsers treat the file at an old address as a page: hosts choose the type by the ending.
pub(super) fn is_answered_by_a_page(file: &str) -> bool {
    [".html", ".htm"].iter().any(|ending| file.ends_with(ending))
}

/// The language of an old address: `/en/old/` leads to the English page.
fn language(site: &Site<'_>, alias: &str) -> usize {
    let first = alias.trim_start_matches('/').split('/').next().unwrap_or("");
    site.locales.iter().position(|l| l.index > 0 && l.tag == first).unwrap_or(0)
}

/// A redirect page in a file `depth` folders below the root. Its link is relative, like every link on a page.
fn page(site: &Site<'_>, depth: usize, to: &str) -> String {
    let url = &site.now.model.config.url;
    let locale = &site.locales[0];
    let address = text::escape(&format!("{}{}{to}", url.origin, url.path));
    let link = text::escape(&match format!("{}{to}", "../".repeat(depth)) {
        here if here.is_empty() => "./".to_owned(),
        link => link,
    });
    let moved = text::escape(locale.t("moved"));
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">\n<meta http-equiv=\"refresh\" content=\"0; url={link}\">\n<meta name=\"robots\" content=\"noindex\">\n<title>{moved}</title>\n<link rel=\"canonical\" href=\"{address}\">\n</head>\n<body>\n<main>\n<h1 id=\"top\"><a href=\"{link}\">{moved}</a></h1>\n</main>\n</body>\n</html>\n",
        text::escape(&locale.tag),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_addresses_are_files() {
        assert_eq!(file("/news/1042/"), "news/1042/index.html");
        assert_eq!(file("/news/1042"), "news/1042/index.html");
        assert_eq!(file("/news.html"), "news.html");
    }

    #[test]
    fn an_alias_is_an_old_address_in_both_forms_where_pages_have_two() {
        use crate::address::Form;
        let forms = Forms::of(&[Form::Files]);
        assert_eq!(files("/incidents/old/", forms), ["incidents/old/index.html", "incidents/old.html"]);
        assert_eq!(files("/old.html", forms), ["old.html"]);
        assert_eq!(files("/incidents/old/", Forms::default()), ["incidents/old/index.html"]);
    }

    #[test]
    fn a_page_leads_on_only_once_all_pages_are_in_their_places() {
        use crate::timeline::{Snapshot, fixture};
        let config = format!("{}addresses: files\n", fixture::SITE);
        let model = fixture::site(&config, &[("pages/p.md", "---\ntitle: p\naliases: [/old/]\n---\nx\n")]);
        let site = Site::new(Snapshot::at(&model, fixture::at("20 12:00"))).expect("built-in locales");
        let ranks: Vec<(String, Rank)> = plan(&site).into_iter().map(|p| (p.path, p.rank)).collect();
        for (file, rank) in
            [("p/index.html", Rank::Moved), ("old/index.html", Rank::Leaf), ("old.html", Rank::Moved)]
        {
            assert!(ranks.contains(&(file.to_owned(), rank)), "{file}: {ranks:?}");
        }
        assert!(!ranks.iter().any(|(file, _)| file == "index.html" || file == "404.html"), "{ranks:?}");
        assert!(Rank::List < Rank::Moved && Rank::Moved < Rank::Home);
    }

    #[test]
    fn old_addresses_lead_on_from_where_they_are_and_only_to_what_is_visible() {
        use crate::timeline::{Snapshot, fixture};
        let text = "---\ntitle: p\naliases: [/old/deep/, /old.html]\n---\nx\n";
        let hidden = "---\ntitle: q\npublish_at: 2026-11-21 00:00\naliases: [/later/]\n---\nx\n";
        let model = fixture::model(&[("pages/p.md", text), ("pages/q.md", hidden)]);
        let site = Site::new(Snapshot::at(&model, fixture::at("20 12:00"))).expect("built-in locales");
        let found: Vec<(String, String)> = plan(&site)
            .iter()
            .map(|p| (p.path.clone(), String::from_utf8_lossy(&p.render()).into()))
            .collect();
        assert_eq!(found.len(), 2);
        assert!(found[0].1.contains("url=../../p/\""), "{}", found[0].1);
        assert!(found[1].1.contains("url=p/\""), "{}", found[1].1);
    }
}
