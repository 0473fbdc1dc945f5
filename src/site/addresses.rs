//! Computes the address of each page from the root of the site, and knows what else is at an address.

use std::collections::HashSet;
use std::fmt::Write as _;

use super::Site;
use super::route::Route;
use crate::address::{self, Form};
use crate::kind::EntryKind;
use crate::model::Head;

impl Site<'_> {
    /// The address of a page from the root of the site, not yet percent-encoded.
    #[must_use]
    pub fn path(&self, route: Route, locale: usize) -> String {
        let (form, folder) = (self.now.model.config.addresses.now, self.folder_of(route, locale));
        in_form(form, route, &folder)
    }

    /// The page's address in the other form, if a redirect exists there.
    #[must_use]
    pub fn old_path(&self, route: Route, locale: usize) -> Option<String> {
        let old = self.now.model.config.addresses.old()?;
        let is_same = matches!(route, Route::Home | Route::NotFound);
        (!is_same).then(|| in_form(old, route, &self.folder_of(route, locale)))
    }

    /// The absolute address of the site's home page.
    #[must_use]
    pub fn home(&self) -> String {
        self.absolute(&self.path(Route::Home, 0))
    }

    /// The folder of a page from the root of the site, in every form of addresses. It holds the files beside
    /// the page and identifies the page. Empty, or ending in `/`; `404.html` is the exception.
    #[must_use]
    pub fn folder_of(&self, route: Route, locale: usize) -> String {
        let config = &self.now.model.config;
        let mut path = if locale == 0 { String::new() } else { format!("{}/", config.locales[locale]) };
        match route {
            Route::Home => {}
            Route::History => path.push_str("history/"),
            Route::Month(year, month) => drop(write!(path, "history/{year}/{month:02}/")),
            Route::Reports => path.push_str("report/"),
            Route::Report(year, month) => drop(write!(path, "report/{year}-{month:02}/")),
            Route::Component(at) => drop(write!(path, "components/{}/", config.components.all[at].id)),
            Route::Faq => path.push_str("faq/"),
            Route::Category(at) => drop(write!(path, "faq/{}/", config.categories[at].id)),
            Route::Subscribe => path.push_str("subscribe/"),
            Route::Api => path.push_str("api/"),
            Route::Embed => path.push_str("embed/"),
            Route::Banner => path.push_str("embed/banner/"),
            Route::NotFound => path.push_str("404.html"),
            Route::Incident(_)
            | Route::Maintenance(_)
            | Route::Series(_)
            | Route::Notice(_)
            | Route::Page(_) => {
                if let Some(head) = self.head(route) {
                    path.push_str(&entry_path(head));
                }
                if let Some(occurrence) = self.occurrence(route) {
                    let _ = write!(path, "{}/", occurrence.day);
                }
            }
        }
        path
    }

    /// The file with the record of a month, for programs.
    #[must_use]
    pub fn report_file(&self, (year, month): (i32, u32), locale: usize) -> String {
        format!("{}.json", self.folder_of(Route::Report(year, month), locale).trim_end_matches('/'))
    }

    /// The absolute address of a path from the root.
    #[must_use]
    pub fn absolute(&self, path: &str) -> String {
        self.now.model.config.url.absolute(path)
    }

    pub(super) fn hidden_addresses(&self) -> HashSet<String> {
        let tags = &self.now.model.config.locales;
        let mut found = HashSet::new();
        let shown: HashSet<&str> = self.now.heads().map(|head| &*head.file).collect();
        for head in self.now.model.heads().filter(|head| !shown.contains(&*head.file)) {
            if head.kind != EntryKind::Question {
                let path = entry_path(head);
                found.extend(tags[1..].iter().map(|tag| format!("{tag}/{path}")));
                found.insert(path);
            }
            found.extend(head.aliases.iter().map(|(alias, _)| format!("{}/", alias.trim_matches('/'))));
        }
        found
    }

    /// Whether the content at a path, or in the folder of a page, is not visible yet.
    pub(super) fn is_hidden(&self, folder: &str, path: &str) -> bool {
        self.hidden.contains(folder) || self.hidden.contains(&format!("{}/", path.trim_end_matches('/')))
    }

    /// Whether a file other than a page is at a path: a copied file, a file that every site has, or an old
    /// address.
    pub(super) fn has_file_at(&self, path: &str) -> bool {
        let old = |head: &Head| {
            head.aliases.iter().any(|(alias, _)| alias.trim_matches('/') == path.trim_end_matches('/'))
        };
        let name = path.rsplit('/').next().unwrap_or(path);
        address::is_fixed_name(name)
            || path.starts_with("api/incidents/")
            || path.starts_with("api/uptime/")
            || self.now.model.config.prefixes().any(|prefix| {
                path.strip_prefix(prefix.as_str()).is_some_and(|rest| rest.starts_with("api/v2/"))
            })
            || self.now.model.assets.iter().any(|a| a == path)
            || self.now.heads().any(old)
    }
}

fn in_form(form: Form, route: Route, folder: &str) -> String {
    if route == Route::Home { form.home(folder) } else { form.page(folder) }
}

/// The address of an entry in the first language.
#[must_use]
pub fn entry_path(head: &Head) -> String {
    match head.kind {
        EntryKind::Page => format!("{}/", head.slug),
        kind => format!("{}/{}/", kind.address_folder(), head.slug),
    }
}
