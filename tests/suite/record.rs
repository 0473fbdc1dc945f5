//! Tests that published entries stay on record: a lost address causes a warning, and a withdrawn
//! entry says so.

use crate::harness::{NOON, Site};

const CRASH: &str = "content/incidents/2026-10/2026-10-05-app-crash";
const ADDRESS: &str = "incidents/2026-10-05-app-crash/";

/// The addresses that a build warns about.
fn lost(site: &Site) -> Vec<String> {
    let build = site.run(["build", "--as-of", NOON, "--format", "json"]);
    build.exit(0);
    let lost = build.diagnostics().into_iter().filter(|d| d.code == "publish/lost-address");
    lost.map(|d| d.message.split('`').nth(1).expect("an address").to_owned()).collect()
}

#[test]
fn an_address_that_is_lost_is_reported_in_every_language_and_one_that_leads_on_is_not() {
    let site = Site::demo();
    assert_eq!(lost(&site), Vec::<String>::new());
    site.remove(&format!("{CRASH}.md")).remove(&format!("{CRASH}.en.md"));
    let check = site.run(["check", "--as-of", NOON, "--format", "json"]);
    assert_eq!(check.codes().iter().filter(|c| *c == "publish/lost-address").count(), 2);
    assert_eq!(lost(&site), [format!("/en/{ADDRESS}"), format!("/{ADDRESS}")]);
    // The build warned once; the last manifest no longer contains the address.
    assert_eq!(lost(&site), Vec::<String>::new());

    let site = Site::demo();
    site.build_at(NOON).exit(0);
    for ending in [".md", ".en.md"] {
        site.rename(&format!("{CRASH}{ending}"), &format!("content/incidents/2026-10/app{ending}"));
    }
    let aliases = format!("---\nid: 2026-10-05-app-crash\naliases: [/{ADDRESS}, /en/{ADDRESS}]\n");
    let text = site.read("content/incidents/2026-10/app.md").replacen("---\n", &aliases, 1);
    site.write("content/incidents/2026-10/app.md", &text);
    assert_eq!(lost(&site), Vec::<String>::new());
}

#[test]
fn an_address_is_missed_in_a_new_folder_too_where_the_last_manifest_is_named() {
    let site = Site::demo();
    site.build_at(NOON).exit(0);
    site.copy_manifest(&site.path("before"));
    std::fs::remove_dir_all(site.path("public")).expect("a folder");
    site.remove(&format!("{CRASH}.md")).remove(&format!("{CRASH}.en.md"));
    let build = site.noon("build --format json --events events --previous before/manifest.json");
    assert_eq!(build.codes().iter().filter(|c| *c == "publish/lost-address").count(), 2, "{}", build.stdout);
}

#[test]
fn what_is_withdrawn_keeps_its_address_and_says_so_everywhere() {
    let site = Site::demo();
    site.build_at(NOON).exit(0);
    let words = ["iPhone", "iOS"];
    assert!(site.page(ADDRESS).contains(words[0]));
    let gone = "---\nwithdrawn: {at: 2026-11-20 11:30, reason: 別の会社のお知らせでした}\n";
    let text = site.read(&format!("{CRASH}.md")).replacen("---\n", gone, 1);
    site.write(format!("{CRASH}.md"), &text);
    assert_eq!(lost(&site), Vec::<String>::new());
    for (prefix, title) in [("", "取り下げ"), ("en/", "Withdrawn")] {
        let page = site.page(&format!("{prefix}{ADDRESS}"));
        assert!(page.contains("別の会社のお知らせでした") && page.contains(title), "{page}");
        assert!(!words.iter().any(|word| page.contains(word)), "{page}");
        let month = site.page(&format!("{prefix}history/2026/10/"));
        let line = month.lines().find(|line| line.contains("app-crash")).expect("a line");
        assert!(line.contains(title) && !words.iter().any(|word| line.contains(word)), "{line}");
        let feed = site.page(&format!("{prefix}feed.json"));
        let json: serde_json::Value = serde_json::from_str(&feed).expect("a feed");
        let items = json["items"].as_array().expect("items");
        let newest = items.iter().find(|i| i["url"].as_str().is_some_and(|u| u.ends_with(ADDRESS)));
        let newest = newest.expect("it is told");
        assert!(newest["title"].as_str().is_some_and(|t| t.contains(title)), "{newest}");
        // An untranslated reason is marked with its language.
        let marked = newest["content_html"].as_str().expect("words").starts_with("<p lang=\"ja\">");
        assert_eq!(marked, prefix == "en/", "{newest}");
    }
    // The title no longer appears in lists, the API, calendars and output for other products.
    for (path, bytes) in site.files() {
        let text = String::from_utf8_lossy(&bytes);
        assert!(
            !["起動直後に終了", "closing right after"].iter().any(|words| text.contains(words)),
            "{path}"
        );
    }
}

#[test]
fn a_report_without_a_time_is_no_news_and_a_warning_says_so() {
    let site = Site::empty();
    let incident = |more: &str, section: &str| {
        format!(
            "---\ntitle: t\nseverity: minor\naffects: [api]\nstarted: 2026-11-18 10:00\n{more}---\nx\n\n\
             ## resolved 2026-11-18 11:00\n\nx\n\n{section}\nx\n"
        )
    };
    let work = |section: &str| {
        format!(
            "---\ntitle: t\nkind: regular\naffects: [web]\nwindow: {{start: 2026-11-19 02:00, end: 2026-11-19 03:00}}\n---\nx\n\n\
             ## scheduled 2026-11-12 12:00\n\nx\n\n## completed 2026-11-19 02:50\n\nx\n\n{section}\nx\n"
        )
    };
    site.write("content/incidents/a.md", &incident("", "## Postmortem"));
    site.write("content/maintenance/m.md", &work("## Evaluation"));
    let check = site.run(["check", "--as-of", NOON, "--format", "json"]);
    check.exit(0);
    assert_eq!(check.codes(), ["incident/undated-postmortem", "maintenance/undated-evaluation"]);
    site.write("content/incidents/a.md", &incident("", "## Postmortem 2026-11-19 18:00"));
    site.write("content/maintenance/m.md", &work("## Evaluation 2026-11-19 18:00"));
    // A backfilled entry is announced as a whole.
    let afterwards = "backfilled: true\npublish_at: 2026-11-20 10:00\n";
    site.write("content/incidents/b.md", &incident(afterwards, "## Postmortem"));
    assert_eq!(site.run(["check", "--as-of", NOON, "--format", "json"]).codes(), Vec::<String>::new());
}
