//! Does noroshi say what the host of a site would refuse or not read, and do own rules reach it?

use crate::harness::{NOON, Site};
use crate::history::Repo;

/// An empty site on a host.
fn site_on(host: &str) -> Site {
    let site = Site::empty();
    let config = site.read("content/site.yaml");
    site.write("content/site.yaml", &format!("{config}host: {host}\n"));
    site
}

fn sorted(mut codes: Vec<String>) -> Vec<String> {
    codes.sort();
    codes
}

#[test]
fn more_files_than_the_host_takes_are_told_before_it_refuses_the_site() {
    let site = site_on("cloudflare");
    for name in ["a", "b", "c", "d"] {
        let aliases: Vec<String> = (0..5_000).map(|n| format!("/{name}{n}/")).collect();
        let aliases = aliases.join(", ");
        site.write(
            format!("content/pages/{name}.md"),
            &format!("---\ntitle: t\naliases: [{aliases}]\n---\nx\n"),
        );
    }
    let outcome = site.check();
    assert_eq!(sorted(outcome.exit(0).codes()), ["host/too-many-files", "site/too-many-redirects"]);
    assert!(outcome.stdout.contains("but Cloudflare Pages takes at most 20000"), "{}", outcome.stdout);
    site.edit("content/site.yaml", "host: cloudflare", "host: gitlab");
    let outcome = site.check();
    assert_eq!(outcome.exit(0).codes(), ["site/too-many-redirects"]);
    assert!(outcome.stdout.contains("has at most 1000 rules in 64 KiB: it leaves out 19000 of them"));
}

#[test]
fn a_file_that_the_host_does_not_take_is_told_before_it_refuses_the_site() {
    let site = site_on("cloudflare");
    site.write_bytes("content/static/film.mp4", &vec![0; (25 << 20) + 1]);
    let outcome = site.build_at(NOON);
    assert_eq!(outcome.exit(0).codes(), ["host/too-large"]);
    assert!(outcome.stdout.contains("`/film.mp4` has 26214401 bytes"), "{}", outcome.stdout);
    site.write_bytes("content/static/film.mp4", &vec![0; 25 << 20]);
    assert_eq!(site.build_at(NOON).exit(0).codes(), [""; 0]);
}

#[test]
fn own_rules_stand_in_the_files_of_the_host_and_are_searched_for_private_text() {
    let site = site_on("cloudflare");
    site.write("content/host/_headers", "# why\n/downloads/*\n  X-Robots-Tag: noindex\n");
    site.write("content/host/_redirects", "/old/* /faq/ 302\n/older/ /faq/ 301\n");
    site.write("content/pages/p.md", "---\ntitle: p\naliases: [/was/]\n---\nx\n");
    site.build_at(NOON).exit(0).quiet();
    assert!(site.page("_headers").ends_with("\n\n/downloads/*\n  X-Robots-Tag: noindex\n\n"));
    assert_eq!(site.page("_redirects"), "/older/ /faq/ 301\n/was/ /p/ 301\n/old/* /faq/ 302\n");
    let secret = "---\ntitle: i\nseverity: minor\naffects: [api]\nstarted: 2026-11-20 10:00\ninternal: {cause: zorblax-quux-plugh}\n---\nx\n";
    site.write("content/incidents/i.md", secret);
    site.build_at(NOON).exit(0);
    site.edit("content/host/_headers", "noindex", "zorblax-quux-plugh");
    let outcome = site.build_at(NOON);
    assert_eq!(outcome.exit(1).codes(), ["privacy/leak"]);
    assert!(!site.page("_headers").contains("zorblax"));
}

#[test]
fn ci_names_the_host_where_the_site_does_not() {
    let site = Site::empty();
    site.write("content/host/_headers", "/downloads/*\n  X-Robots-Tag: noindex\n");
    let check = ["check", "--as-of", NOON, "--format", "json"];
    assert_eq!(site.run(check).exit(0).codes(), [""; 0]);
    let outcome = site.run_in(&[("GITLAB_CI", "true")], check);
    assert_eq!(outcome.exit(0).codes(), ["host/unread-file"]);
    assert!(outcome.stdout.contains("GitLab Pages (this CI's host) does not read"), "{}", outcome.stdout);
    let config = site.read("content/site.yaml");
    site.write("content/site.yaml", &format!("{config}host: netlify\n"));
    assert_eq!(site.run_in(&[("GITLAB_CI", "true")], check).exit(0).codes(), [""; 0]);
}

#[test]
fn broken_own_rules_do_not_hold_back_the_site() {
    let repo = Repo::new();
    let site = &repo.site;
    let held = || {
        let outcome = site.run(["build", "--hold-broken", "--as-of", NOON, "--format", "json"]);
        sorted(outcome.exit(1).codes())
    };
    site.write("content/host/_redirects", "/old/ /faq/\n");
    assert_eq!(site.build_at(NOON).exit(1).codes(), ["host/bad-redirect"]);
    assert!(!site.path("public").exists());
    assert_eq!(held(), ["history/left-out", "host/bad-redirect"]);
    assert_eq!(site.page("_redirects"), "");
    site.write("content/host/_redirects", "/old/ /faq/ 301\n");
    repo.commit("rules", "2026-11-19T12:10:00+09:00");
    site.write("content/host/_redirects", "/old/\n");
    assert_eq!(held(), ["history/held", "host/bad-redirect"]);
    assert_eq!(site.page("_redirects"), "/old/ /faq/ 301\n");
    // The hook reads the rules in the index.
    repo.git(&["add", "-A"]);
    let staged = site.run(["check", "--staged", "--as-of", NOON, "--format", "json"]);
    assert_eq!(staged.exit(1).codes(), ["host/bad-redirect"]);
}
