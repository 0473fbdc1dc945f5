//! Files for static hosts: `_headers`, `_redirects`, `robots.txt`, `.nojekyll`.

use std::fmt::Write as _;

use super::{Planned, headers, redirect};
use crate::limits::REDIRECT_RULES;
use crate::model::Model;
use crate::publish::Rank;
use crate::site::Site;
use crate::text::percent_encode;

pub(super) fn plan<'a>(site: &'a Site<'a>) -> Vec<Planned<'a>> {
    vec![
        Planned::new("_headers", Rank::List, move || header_lines(site)),
        Planned::new("_redirects", Rank::List, move || redirects(site)),
        Planned::new("robots.txt", Rank::List, move || robots(site)),
        Planned::new(".nojekyll", Rank::List, String::new),
    ]
}

/// The table of headers, as Cloudflare and Netlify read it.
fn header_lines(site: &Site<'_>) -> String {
    let model = site.now.model;
    let mut out = String::new();
    for rule in headers::rules(model) {
        let _ = writeln!(out, "{}{}", model.config.url.path, rule.pattern);
        for (name, value) in rule.headers {
            let _ = writeln!(out, "  {name}: {value}");
        }
        out.push('\n');
    }
    out
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
    use crate::timeline::Snapshot;
    use crate::timeline::fixture::{SITE, at, site};

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
