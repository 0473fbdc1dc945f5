//! What static hosts read: `_headers`, `_redirects`, `robots.txt`, `.nojekyll`.
//!
//! Hosts merge the rules of `_headers` that match, so no two of ours match one address.

use std::fmt::Write as _;

use super::{Planned, redirect};
use crate::publish::Rank;
use crate::site::{Route, Site};
use crate::text::percent_encode;

const PAGE: &str = "  Content-Security-Policy: frame-ancestors 'none'\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: strict-origin-when-cross-origin\n  Cache-Control: public, max-age=30, must-revalidate\n";
const FEED: &str = "  Content-Type: application/rss+xml; charset=utf-8\n  Access-Control-Allow-Origin: *\n  X-Content-Type-Options: nosniff\n  Cache-Control: public, max-age=60\n";
const ASSET: &str =
    "  Cache-Control: public, max-age=31536000, immutable\n  X-Content-Type-Options: nosniff\n";
const MANIFEST: &str =
    "  Access-Control-Allow-Origin: *\n  X-Content-Type-Options: nosniff\n  Cache-Control: no-cache\n";

pub(super) fn plan<'a>(site: &'a Site<'a>) -> Vec<Planned<'a>> {
    vec![
        Planned::new("_headers", Rank::List, move || headers(site)),
        Planned::new("_redirects", Rank::List, move || redirects(site)),
        Planned::new("robots.txt", Rank::List, move || robots(site)),
        Planned::new(".nojekyll", Rank::List, String::new),
    ]
}

fn headers(site: &Site<'_>) -> String {
    let prefix = &site.now.model.config.url.path;
    let mut out = String::new();
    let mut rule = |pattern: &str, lines: &str| {
        let _ = writeln!(out, "{prefix}{pattern}\n{lines}");
    };
    rule("assets/*", ASSET);
    rule("manifest.json", MANIFEST);
    rule("404.html", PAGE);
    for (locale, _) in site.locales.iter().enumerate() {
        let home = site.path(Route::Home, locale);
        rule(&home, PAGE);
        rule(&format!("{home}feed.xml"), FEED);
        for folder in ["incidents", "maintenance", "notices", "history", "components", "faq", "subscribe"] {
            rule(&format!("{home}{folder}/*"), PAGE);
        }
        for page in site.pages.iter().filter(|p| p.locale == locale && matches!(p.route, Route::Page(_))) {
            // `/maintenance/` may be a page of the team's own; the folder's rule covers it.
            if page.path != format!("{home}maintenance/") {
                rule(&percent_encode(&page.path), PAGE);
            }
        }
    }
    out
}

fn redirects(site: &Site<'_>) -> String {
    let prefix = &site.now.model.config.url.path;
    let mut out = String::new();
    for (from, to) in redirect::all(site) {
        let _ = writeln!(out, "{prefix}{} {prefix}{to} 301", percent_encode(from.trim_start_matches('/')));
    }
    out
}

fn robots(site: &Site<'_>) -> String {
    format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", site.absolute("sitemap.xml"))
}
