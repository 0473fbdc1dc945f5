//! Old addresses: a small page that leads on, for hosts that know no `_redirects`.

use super::Planned;
use crate::model::Instant;
use crate::publish::Rank;
use crate::site::{Route, Site};
use crate::text;

/// The file that answers at an old address: `/old/path/` and `/old/path` are `old/path/index.html`.
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

pub(super) fn plan<'a>(site: &'a Site<'a>) -> Vec<Planned<'a>> {
    let mut files = Vec::new();
    for Old { from, to, .. } in all(site) {
        let file = file(&from);
        let depth = file.matches('/').count();
        files.push(Planned::new(file, Rank::Leaf, move || page(site, depth, &to)));
    }
    files
}

/// An old address.
pub(super) struct Old {
    /// As it was written.
    pub(super) from: String,
    /// Where it leads, from the root.
    pub(super) to: String,
    /// When the entry began; the end of time where it has no time.
    pub(super) at: Instant,
}

/// Every old address.
pub(super) fn all(site: &Site<'_>) -> Vec<Old> {
    let mut found = Vec::new();
    // An old address of a series leads to the whole.
    let whole = |page: &&crate::site::Page| page.locale == 0 && site.occurrence(page.route).is_none();
    for page in site.pages.iter().filter(whole) {
        let aliases = site.head(page.route).map(|h| h.aliases.as_slice()).unwrap_or_default();
        found.extend(aliases.iter().map(|(alias, _)| {
            let to = site.path(page.route, language(site, alias));
            Old {
                from: alias.clone(),
                to: text::percent_encode(&to).into_owned(),
                at: began(site, page.route),
            }
        }));
    }
    for question in &site.now.questions {
        let to = site.path(Route::Category(question.category), 0);
        let to = format!("{}#{}", text::percent_encode(&to), text::percent_encode(&question.head.slug));
        let old = |alias: &String| Old { from: alias.clone(), to: to.clone(), at: ALWAYS };
        found.extend(question.head.aliases.iter().map(|(alias, _)| old(alias)));
    }
    found
}

/// The time of what has none.
const ALWAYS: Instant = Instant(i64::MAX);

fn began(site: &Site<'_>, route: Route) -> Instant {
    match route {
        Route::Incident(at) => site.now.incidents[at].incident.started,
        Route::Maintenance(at) => site.now.maintenance[at].plan.start,
        Route::Notice(at) => site.now.notices[at].published.unwrap_or(ALWAYS),
        _ => ALWAYS,
    }
}

/// Whether browsers read the file at an old address as a page: hosts know the type by the ending.
pub(super) fn is_answered_by_a_page(alias: &str) -> bool {
    [".html", ".htm"].iter().any(|ending| file(alias).ends_with(ending))
}

/// The language that an old address was in: `/en/old/` leads to the English page.
fn language(site: &Site<'_>, alias: &str) -> usize {
    let first = alias.trim_start_matches('/').split('/').next().unwrap_or("");
    site.locales.iter().position(|l| l.index > 0 && l.tag == first).unwrap_or(0)
}

/// Leads on from a file `depth` folders below the root; relative, as every link of a page.
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
