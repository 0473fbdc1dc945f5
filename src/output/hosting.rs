//! Files for static hosts: `_headers`, `_redirects`, `robots.txt`, `.nojekyll`.

use std::fmt::Write as _;

use super::{Planned, headers, redirect};
use crate::hosts::{self, pattern};
use crate::model::Model;
use crate::model::host_rules::OwnRedirect;
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

/// The table of headers, and then the team's own rules. `check` makes sure that none of these sets a header again,
/// so their order means nothing.
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
    for rule in &model.host_rules.headers {
        let _ = writeln!(out, "{}", pattern::encoded(&rule.pattern));
        for header in &rule.headers {
            let _ = writeln!(out, "  {}: {}", header.name, header.value);
        }
        out.push('\n');
    }
    out
}

/// The team's own redirects and ours, as many as the host takes. Hosts use the first rule that fits, and Cloudflare
/// counts what follows a rule with `*` or `:name` as another of that kind: so these come last.
fn redirects(site: &Site<'_>) -> String {
    let own = &site.now.model.host_rules.redirects;
    let lines = |dynamic: bool| own.iter().filter(move |rule| rule.is_dynamic() == dynamic);
    let ours = RedirectLines::of(site);
    let first = lines(false).map(OwnRedirect::line);
    first.chain(ours.kept).chain(lines(true).map(OwnRedirect::line)).collect()
}

/// The lines that redirect old addresses of pages.
struct RedirectLines {
    kept: Vec<String>,
    left_out: usize,
}

impl RedirectLines {
    /// First come those whose file has the ending of another type, so that a page cannot redirect from there; then
    /// aliases, and last addresses in the other form. Within each group, entries without a date come first, then
    /// the newest.
    fn of(site: &Site<'_>) -> RedirectLines {
        let Model { config, host_rules, .. } = site.now.model;
        let prefix = &config.url.path;
        let mut all = redirect::all(site);
        all.sort_by_key(|old| {
            (redirect::is_answered_by_a_page(&old.file), old.form, std::cmp::Reverse(old.at))
        });
        let count = all.len();
        let counts = |rule: &&OwnRedirect| {
            config.host.is_some_and(|host| host.dynamic_redirects.is_none()) || !rule.is_dynamic()
        };
        let room = hosts::redirect_rules(config.host)
            .saturating_sub(host_rules.redirects.iter().filter(counts).count());
        let own: usize = host_rules.redirects.iter().map(|rule| rule.line().len()).sum();
        let mut bytes =
            config.host.and_then(|host| host.redirects_bytes).map(|most| most.saturating_sub(own));
        let mut kept = Vec::new();
        for redirect::OldAddress { from, to, .. } in all.into_iter().take(room) {
            let line = format!("{prefix}{} {prefix}{to} 301\n", percent_encode(from.trim_start_matches('/')));
            if let Some(left) = &mut bytes {
                let Some(rest) = left.checked_sub(line.len()) else { break };
                *left = rest;
            }
            kept.push(line);
        }
        RedirectLines { left_out: count - kept.len(), kept }
    }
}

/// The number of old addresses that do not fit into `_redirects`, and the number of all.
#[must_use]
pub fn left_out(site: &Site<'_>) -> Option<(usize, usize)> {
    let RedirectLines { kept, left_out } = RedirectLines::of(site);
    (left_out > 0).then(|| (left_out, left_out + kept.len()))
}

fn robots(site: &Site<'_>) -> String {
    format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", site.absolute("sitemap.xml"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hosts::Host;
    use crate::limits::REDIRECT_RULES;
    use crate::model::read::host_file;
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
        assert_eq!(left_out(&site), Some((202, 2202)));
    }

    #[test]
    fn redirects_are_cut_to_what_the_host_takes_and_own_rules_stay() {
        let aliases: Vec<String> = (0..1_500).map(|n| format!("/old/{n}/")).collect();
        let page = format!("---\ntitle: p\naliases: [{}]\n---\nx\n", aliases.join(", "));
        let mut model = site(SITE, &[("pages/p.md", page.as_str())]);
        let own = "/gone/* /p/ 302\n/b /p/ 301\n";
        let found = host_file("_redirects", &"content/host/_redirects".into(), own, &mut model.host_rules);
        assert!(found.is_empty(), "{found:?}");
        let lines = |model: &Model| {
            let site = Site::new(Snapshot::at(model, at("20 12:00"))).expect("built-in locales");
            (redirects(&site), left_out(&site))
        };
        let (text, left) = lines(&model);
        assert_eq!((text.lines().count(), left), (1_502, None));
        assert!(text.starts_with("/b /p/ 301\n/old/0/ ") && text.ends_with("\n/gone/* /p/ 302\n"));
        model.config.host = Host::from_word("gitlab");
        let (text, left) = lines(&model);
        assert_eq!((text.lines().count(), left), (1_000, Some((502, 1_500))));
        // Front matter has at most 64 KiB, so two pages share them.
        let long = |numbers: std::ops::Range<usize>| {
            let aliases: Vec<String> = numbers.map(|n| format!("/{}/{n}/", "a".repeat(200))).collect();
            format!("---\ntitle: p\naliases: [{}]\n---\nx\n", aliases.join(", "))
        };
        let (first, second) = (long(0..250), long(250..500));
        let mut model = site(SITE, &[("pages/p.md", first.as_str()), ("pages/q.md", second.as_str())]);
        model.config.host = Host::from_word("gitlab");
        let (text, left) = lines(&model);
        assert!(text.len() <= 64 << 10 && text.len() > 60_000, "{}", text.len());
        assert_eq!(left, Some((500 - text.lines().count(), 500)));
        model.config.host = Host::from_word("cloudflare");
        assert_eq!(lines(&model).1, None);
    }

    #[test]
    fn own_headers_follow_the_generated_ones_without_their_comments() {
        let mut model = site(SITE, &[]);
        let own = "# a note\n/ダウンロード/*\n  X-Robots-Tag: noindex\n";
        let found = host_file("_headers", &"content/host/_headers".into(), own, &mut model.host_rules);
        assert!(found.is_empty(), "{found:?}");
        let site = Site::new(Snapshot::at(&model, at("20 12:00"))).expect("built-in locales");
        let text = header_lines(&site);
        let encoded = percent_encode("ダウンロード");
        assert!(text.ends_with(&format!("\n\n/{encoded}/*\n  X-Robots-Tag: noindex\n\n")), "{text}");
        assert!(text.starts_with("/*\n") && !text.contains("note"));
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
