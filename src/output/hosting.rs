//! What static hosts read: `_headers`, `_redirects`, `robots.txt`, `.nojekyll`.
//!
//! Hosts merge the rules of `_headers` that match, so no two of ours match one address.

use std::fmt::Write as _;

use super::{Planned, redirect};
use crate::cms;
use crate::publish::Rank;
use crate::site::{Route, Site};
use crate::text::percent_encode;

/// Pages, and what stands beside them in their folders: hosts know the types by the endings.
const PAGE: &str = "  Access-Control-Allow-Origin: *\n  Cross-Origin-Resource-Policy: cross-origin\n  Content-Security-Policy: frame-ancestors 'none'\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: strict-origin-when-cross-origin\n  Cache-Control: public, max-age=30, must-revalidate\n";
/// The one page that others may frame.
const FRAME: &str = "  X-Content-Type-Options: nosniff\n  Referrer-Policy: strict-origin-when-cross-origin\n  Cross-Origin-Resource-Policy: cross-origin\n  Cache-Control: public, max-age=30, must-revalidate\n";
/// For programs, and for pages elsewhere.
const OPEN: &str = "  Access-Control-Allow-Origin: *\n  Cross-Origin-Resource-Policy: cross-origin\n  X-Content-Type-Options: nosniff\n  Cache-Control: public, max-age=30, must-revalidate\n";
/// By name: what hosts know by its ending has another type, or lacks its character set.
const TYPES: [(&str, &str); 9] = [
    ("feed.xml", "application/rss+xml; charset=utf-8"),
    ("feed.atom", "application/atom+xml; charset=utf-8"),
    ("feed.json", "application/feed+json; charset=utf-8"),
    ("history.rss", "application/rss+xml; charset=utf-8"),
    ("history.atom", "application/atom+xml; charset=utf-8"),
    ("calendar.ics", "text/calendar; charset=utf-8"),
    ("badge.svg", "image/svg+xml; charset=utf-8"),
    ("embed/banner.json", "application/json"),
    ("embed/banner.js", "text/javascript; charset=utf-8"),
];
const ASSET: &str =
    "  Cache-Control: public, max-age=31536000, immutable\n  X-Content-Type-Options: nosniff\n";
/// The editor of `init --cms`, whose page says the rest itself: it is nobody's but the team's.
const EDITOR: &str = "  Content-Security-Policy: frame-ancestors 'none'\n  X-Content-Type-Options: nosniff\n  X-Robots-Tag: noindex\n  Referrer-Policy: no-referrer\n  Cache-Control: no-cache\n";
const MANIFEST: &str =
    "  Access-Control-Allow-Origin: *\n  X-Content-Type-Options: nosniff\n  Cache-Control: no-cache\n";

/// Folders in which every address is a page.
const FOLDERS: [&str; 7] =
    ["incidents", "maintenance", "notices", "history", "components", "faq", "subscribe"];

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
    // By name: what a team keeps under `assets/` has no hash in its name.
    let theme = &site.now.model.theme;
    for (path, kind) in [(&theme.style.path, "text/css"), (&theme.script.path, "text/javascript")] {
        rule(&percent_encode(path), &format!("  Content-Type: {kind}; charset=utf-8\n{ASSET}"));
    }
    for file in &theme.files {
        rule(&percent_encode(&file.path), ASSET);
    }
    rule("manifest.json", MANIFEST);
    rule("404.html", PAGE);
    rule("api/*", OPEN);
    if site.now.model.assets.iter().any(|asset| *asset == format!("{}/{}", cms::FOLDER, cms::BUNDLE)) {
        rule(&format!("{}/*", cms::FOLDER), EDITOR);
    }
    for (locale, _) in site.locales.iter().enumerate() {
        let home = site.path(Route::Home, locale);
        rule(&home, PAGE);
        for (name, kind) in TYPES.iter().filter(|(name, _)| locale == 0 || *name != "embed/banner.js") {
            rule(&format!("{home}{name}"), &format!("  Content-Type: {kind}\n{OPEN}"));
        }
        rule(&format!("{home}embed/"), PAGE);
        rule(&format!("{home}embed/banner/"), FRAME);
        for folder in FOLDERS {
            rule(&format!("{home}{folder}/*"), PAGE);
        }
        for page in site.pages.iter().filter(|p| p.locale == locale && matches!(p.route, Route::Page(_))) {
            // `/maintenance/` may be a page of the team's own; the folder's rule covers it.
            let folders = FOLDERS.iter().map(|folder| format!("{home}{folder}/"));
            let covered = folders.chain(["api/".to_owned()]).any(|folder| page.path == folder);
            if !covered {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::{Chain, Content, File, Theme};
    use crate::timeline::Snapshot;
    use crate::timeline::fixture::{SITE, at, site};

    /// A theme with files whose names would be patterns, and folders.
    fn theme() -> Theme {
        let mut chain = Chain::begin("mine", &["mine".to_owned()]);
        let file = |inside: &str| File {
            name: format!("themes/mine/{inside}").into(),
            inside: inside.to_owned(),
            content: Content::Bytes(inside.as_bytes().into()),
        };
        chain.push(
            ["assets/*", "assets/a", "assets/a.svg", "assets/a/*.b", "assets/規 約.png"].map(file).into(),
        );
        chain.finish().0
    }

    #[test]
    fn no_two_rules_match_one_address() {
        let page = "---\ntitle: p\n---\nx\n";
        let names: Vec<String> =
            ["incidents", "maintenance", "notices", "components", "assets", "feed", "規約"]
                .iter()
                .map(|slug| format!("pages/{slug}.md"))
                .collect();
        let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), page)).collect();
        for url in ["https://a.example/", "https://a.example/status/"] {
            let mut model = site(&SITE.replace("https://status.example.com/", url), &files);
            model.theme = theme();
            model.assets.push("admin/decap-cms.js".into());
            let site = Site::new(Snapshot::at(&model, at("20 12:00"))).expect("built-in locales");
            let text = headers(&site);
            let rules: Vec<&str> = text.lines().filter(|l| l.starts_with('/')).collect();
            assert!(rules.len() > 20, "{text}");
            let is_asset = |rule: &&&str| rule.contains("/assets/") && !rule.ends_with('/');
            assert_eq!(rules.iter().filter(is_asset).count(), 7, "{text}");
            let covers = |rule: &str, other: &str| match rule.strip_suffix('*') {
                Some(folder) => other.starts_with(folder) || folder.trim_end_matches('/') == other,
                None => rule.trim_end_matches('/') == other.trim_end_matches('/'),
            };
            for (at, rule) in rules.iter().enumerate() {
                for other in &rules[at + 1..] {
                    assert!(!covers(rule, other) && !covers(other, rule), "{rule} and {other}");
                }
            }
        }
    }

    #[test]
    fn redirects_keep_the_path_prefix() {
        let config = SITE.replace("https://status.example.com/", "https://a.example/status/");
        let page = "---\ntitle: p\naliases: [/古い/, /old]\n---\nx\n";
        let model = site(&config, &[("pages/規約.md", page)]);
        let site = Site::new(Snapshot::at(&model, at("20 12:00"))).expect("built-in locales");
        let to = "/status/%E8%A6%8F%E7%B4%84/";
        assert_eq!(redirects(&site), format!("/status/%E5%8F%A4%E3%81%84/ {to} 301\n/status/old {to} 301\n"));
    }
}
