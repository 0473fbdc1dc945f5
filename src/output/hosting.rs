//! Files for static hosts: `_headers`, `_redirects`, `robots.txt`, `.nojekyll`.
//!
//! If several rules of `_headers` match an address, Cloudflare joins the values of a header with a comma, and
//! Netlify uses the last. So no two of our rules set the same header for one address. The number of rules does
//! not grow with the number of pages; it grows by one with each language.

use std::fmt::Write as _;

use super::{Planned, redirect};
use crate::cms;
use crate::limits::{HEADER_RULES, REDIRECT_RULES};
use crate::model::Model;
use crate::publish::Rank;
use crate::site::{Route, Site};
use crate::text::percent_encode;

/// The headers of all addresses: any site may read them, and no other site may frame them.
const ALL: &str = "  Access-Control-Allow-Origin: *\n  Cross-Origin-Resource-Policy: cross-origin\n  X-Content-Type-Options: nosniff\n  X-Frame-Options: DENY\n  Referrer-Policy: strict-origin-when-cross-origin\n";
/// The header of the only page that other sites may frame. Browsers that support `frame-ancestors` ignore
/// `X-Frame-Options` beside it (CSP level 3, section 6.4.2.2). That is how this rule overrides the general one.
const FRAME: &str = "  Content-Security-Policy: frame-ancestors *\n";
/// Cache lifetime of feeds and data. For pages, hosts that read `_headers` send `max-age=0, must-revalidate`.
const SHORTLY: &str = "  Cache-Control: public, max-age=30, must-revalidate\n";
/// Content types by file name, in every folder: hosts would guess another type by the ending, or omit the charset.
const TYPES_IN_EVERY_FOLDER: [(&str, &str); 8] = [
    ("feed.xml", "application/rss+xml; charset=utf-8"),
    ("feed.atom", "application/atom+xml; charset=utf-8"),
    ("feed.json", "application/feed+json; charset=utf-8"),
    ("history.rss", "application/rss+xml; charset=utf-8"),
    ("history.atom", "application/atom+xml; charset=utf-8"),
    ("calendar.ics", "text/calendar; charset=utf-8"),
    ("badge.svg", "image/svg+xml; charset=utf-8"),
    ("banner.json", "application/json"),
];
/// Headers for files with a content hash in their name.
const ASSET: &str = "  Cache-Control: public, max-age=31536000, immutable\n";
/// Headers for the editor of `init --cms`, which only the team uses. Its page sets the rest itself.
const EDITOR: &str = "  X-Robots-Tag: noindex\n  Cache-Control: no-cache\n";
const MANIFEST: &str = "  Cache-Control: no-cache\n";

pub(super) fn plan<'a>(site: &'a Site<'a>) -> Vec<Planned<'a>> {
    vec![
        Planned::new("_headers", Rank::List, move || headers(site)),
        Planned::new("_redirects", Rank::List, move || redirects(site)),
        Planned::new("robots.txt", Rank::List, move || robots(site)),
        Planned::new(".nojekyll", Rank::List, String::new),
    ]
}

/// The rules of `_headers`, in order.
struct Rules<'p> {
    prefix: &'p str,
    out: String,
    count: usize,
}

impl Rules<'_> {
    fn add(&mut self, pattern: &str, lines: &[&str]) {
        let _ = writeln!(self.out, "{}{pattern}\n{}", self.prefix, lines.concat());
        self.count += 1;
    }
}

fn headers(site: &Site<'_>) -> String {
    let model = site.now.model;
    let mut rules = Rules { prefix: &model.config.url.path, out: String::new(), count: 0 };
    rules.add("*", &[ALL]);
    rules.add("manifest.json", &[MANIFEST]);
    rules.add("api/*", &[SHORTLY]);
    if model.assets.iter().any(|asset| *asset == format!("{}/{}", cms::FOLDER, cms::BUNDLE)) {
        rules.add(&format!("{}/*", cms::FOLDER), &[EDITOR]);
    }
    for (name, kind) in TYPES_IN_EVERY_FOLDER {
        let kind = format!("  Content-Type: {kind}\n");
        if name != "banner.json" {
            rules.add(name, &[&kind, SHORTLY]);
        }
        rules.add(&format!("*/{name}"), &[&kind, SHORTLY]);
    }
    rules.add("embed/banner.js", &["  Content-Type: text/javascript; charset=utf-8\n", SHORTLY]);
    for (locale, _) in site.locales.iter().enumerate() {
        for address in frames(site, locale) {
            rules.add(&address, &[FRAME]);
        }
    }
    assets(site, &mut rules);
    rules.out
}

/// The addresses of the page that other sites may frame. Some hosts drop the `.html`.
fn frames(site: &Site<'_>, locale: usize) -> Vec<String> {
    let mut all = vec![site.path(Route::Banner, locale)];
    all.extend(site.old_path(Route::Banner, locale));
    let bare: Vec<String> =
        all.iter().filter_map(|path| path.strip_suffix(".html")).map(str::to_owned).collect();
    all.extend(bare);
    all
}

/// Adds rules for the theme's files. A team's own files under `assets/` have no hash in their names. If there
/// are any, each file of the theme gets its own rule, up to the limit of rules.
fn assets(site: &Site<'_>, rules: &mut Rules<'_>) {
    let theme = &site.now.model.theme;
    let is_shared = has_others_in_assets(site);
    let each = if is_shared { ASSET } else { "" };
    if !is_shared {
        rules.add("assets/*", &[ASSET]);
    }
    for (path, kind) in [(&theme.style.path, "text/css"), (&theme.script.path, "text/javascript")] {
        rules.add(&percent_encode(path), &[&format!("  Content-Type: {kind}; charset=utf-8\n"), each]);
    }
    let room = if is_shared { HEADER_RULES - rules.count.min(HEADER_RULES) } else { 0 };
    for file in theme.files.iter().take(room) {
        rules.add(&percent_encode(&file.path), &[ASSET]);
    }
}

fn has_others_in_assets(site: &Site<'_>) -> bool {
    let copied = site.now.model.assets.iter().map(String::as_str);
    let folders: Vec<String> = site.pages.iter().map(|p| site.folder_of(p.route, p.locale)).collect();
    let pages = folders.iter().map(String::as_str);
    let old = site.now.heads().flat_map(|head| &head.aliases).map(|(alias, _)| alias.trim_start_matches('/'));
    copied.chain(pages).chain(old).any(|path| path == "assets" || path.starts_with("assets/"))
}

/// The redirects, up to the number that hosts accept. First those whose file has the ending of another type, so
/// that a page cannot redirect from there; then aliases, and last addresses in the other form. Within each
/// group, entries without a date come first, then the newest.
fn redirects(site: &Site<'_>) -> String {
    let prefix = &site.now.model.config.url.path;
    let mut all = redirect::all(site);
    all.sort_by_key(|old| (redirect::is_answered_by_a_page(&old.file), old.form, std::cmp::Reverse(old.at)));
    let mut out = String::new();
    for redirect::OldAddress { from, to, .. } in all.iter().take(REDIRECT_RULES) {
        let _ = writeln!(out, "{prefix}{} {prefix}{to} 301", percent_encode(from.trim_start_matches('/')));
    }
    out
}

/// The number of old addresses that do not fit into `_redirects`, and the number of all.
#[must_use]
pub fn left_out(model: &Model) -> Option<(usize, usize)> {
    let all: usize = model.heads().filter(|head| !head.draft).map(|head| head.aliases.len()).sum();
    all.checked_sub(REDIRECT_RULES).filter(|rest| *rest > 0).map(|rest| (rest, all))
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

    /// A theme with folders, and with file names that contain pattern characters.
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

    /// The rules of `_headers`, each with its headers.
    fn rules(text: &str) -> Vec<(&str, Vec<(&str, &str)>)> {
        let mut rules: Vec<(&str, Vec<(&str, &str)>)> = Vec::new();
        for line in text.lines().filter(|line| !line.is_empty()) {
            match line.strip_prefix("  ") {
                Some(header) => {
                    let header = header.split_once(": ").expect("a header");
                    rules.last_mut().expect("a rule").1.push(header);
                }
                None => rules.push((line, Vec::new())),
            }
        }
        rules
    }

    /// Some hosts ignore a trailing slash.
    fn matches(rule: &str, address: &str) -> bool {
        let (rule, address) = (rule.trim_end_matches('/'), address.trim_end_matches('/'));
        match rule.split_once('*') {
            None => rule == address,
            Some((before, after)) => {
                address.starts_with(before.trim_end_matches('/'))
                    && address.ends_with(after)
                    && (address.len() >= before.len() + after.len() || after.is_empty())
            }
        }
    }

    #[test]
    fn no_address_is_given_a_header_twice_and_the_rules_are_few() {
        let page = "---\ntitle: p\n---\nx\n";
        let mut names: Vec<String> = ["incidents", "maintenance", "notices", "components", "feed", "規約"]
            .iter()
            .map(|slug| format!("pages/{slug}.md"))
            .collect();
        names.extend((0..40).map(|n| format!("pages/p{n}.md")));
        let languages = "[ja, en, ar, de, es, fr, it, ko, nl, pl, pt-BR, ru, tr, vi, zh-Hans, zh-Hant]";
        let cases = [
            ("https://a.example/", Some("assets/team.css"), None),
            ("https://a.example/status/", Some("logo.png"), None),
            ("https://a.example/", None, Some("pages/assets.md")),
        ];
        for (url, copied, more) in cases {
            let names = names.iter().map(String::as_str).chain(more);
            let files: Vec<(&str, &str)> = names.map(|name| (name, page)).collect();
            let config = SITE.replace("https://status.example.com/", url).replace("[ja, en]", languages);
            let mut model = site(&config, &files);
            model.theme = theme();
            model.assets.extend(["admin/decap-cms.js"].into_iter().chain(copied).map(str::to_owned));
            let site = Site::new(Snapshot::at(&model, at("20 12:00"))).expect("built-in locales");
            let text = headers(&site);
            let rules = rules(&text);
            assert!((20..=60).contains(&rules.len()), "{} rules", rules.len());
            let prefix = &model.config.url.path;
            for planned in super::super::plan(&site) {
                let path = planned.path.strip_suffix("index.html").unwrap_or(&planned.path);
                let address = format!("{prefix}{}", percent_encode(path));
                let mut given: Vec<&str> = (rules.iter())
                    .filter(|(rule, _)| matches(rule, &address))
                    .flat_map(|(_, headers)| headers.iter().map(|(name, _)| *name))
                    .collect();
                let count = given.len();
                given.sort_unstable();
                given.dedup();
                assert_eq!(given.len(), count, "{address} is given a header twice: {given:?}");
                assert!(given.contains(&"X-Frame-Options") && given.contains(&"X-Content-Type-Options"));
                assert_eq!(
                    given.contains(&"Content-Security-Policy"),
                    path.ends_with("embed/banner/"),
                    "{path}"
                );
                let is_asset = path.starts_with("assets/") && !path.ends_with('/');
                let cached = rules.iter().any(|(rule, headers)| {
                    matches(rule, &address) && headers.iter().any(|(_, value)| value.ends_with("immutable"))
                });
                assert_eq!(cached, is_asset, "{address}");
            }
        }
    }

    #[test]
    fn redirects_are_cut_to_what_hosts_take_and_the_most_valuable_stay() {
        let incident = |day: usize, aliases: &str| {
            format!(
                "---\ntitle: t\nseverity: minor\naffects: []\nstarted: 2026-11-{day:02} 10:00\naliases: [{aliases}]\n---\nx\n"
            )
        };
        let mut files = Vec::new();
        for day in 1..=20 {
            for part in 0..2 {
                let aliases: Vec<String> = (0..55).map(|n| format!("/old/{day}-{part}-{n}/")).collect();
                files.push((format!("incidents/i{day}-{part}.md"), incident(day, &aliases.join(", "))));
            }
        }
        files.push(("incidents/first.md".into(), incident(1, "/status.php")));
        files.push(("pages/p.md".into(), "---\ntitle: p\naliases: [/terms/]\n---\nx\n".into()));
        let files: Vec<(&str, &str)> =
            files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let model = site(SITE, &files);
        let site = Site::new(Snapshot::at(&model, at("20 12:00"))).expect("built-in locales");
        let text = redirects(&site);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), REDIRECT_RULES);
        assert_eq!(lines[..2], ["/status.php /incidents/first/ 301", "/terms/ /p/ 301"]);
        assert!(lines[2].starts_with("/old/20-") && !text.contains("/old/1-"));
        assert_eq!(left_out(&model), Some((202, 2202)));
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
