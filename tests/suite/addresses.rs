//! Tests of addresses: anchors that links may name, and pages that are files instead of folders.

use std::collections::{BTreeMap, BTreeSet};

use noroshi::internals::text::percent_decode;

use crate::crawl::{Crawl, addresses};
use crate::harness::{NOON, Site, Text as _, assert_same, file_of, is_of_manifest};

const BASE: &str = "https://status.hoshi-exchange.example/";
const SITE: &str = "content/site.yaml";

/// The demo with one more line in site.yaml.
fn demo(line: &str) -> Site {
    let site = Site::demo();
    site.edit(SITE, "theme: default\n", &format!("theme: default\n{line}"));
    site
}

/// Links that a browser cannot follow on a disk, because they name a folder.
fn links_to_folders(files: &BTreeMap<String, Vec<u8>>, base: &str) -> Vec<String> {
    let crawl = Crawl::new(files, base);
    let reached = crawl.reached();
    let mut found = Vec::new();
    for (page, elements) in crawl.pages().filter(|(page, _)| reached.contains(*page)) {
        for link in elements.iter().flat_map(addresses) {
            let path = link.split(['#', '?']).next().unwrap_or("");
            let is_here = path.starts_with(base) || !path.contains(':');
            if is_here && (path.ends_with(['/', '.']) || path == base) {
                found.push(format!("{page}: {link}"));
            }
        }
    }
    found
}

/// Every address of the site in files that are not pages, as written.
fn named(files: &BTreeMap<String, Vec<u8>>, base: &str) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for (name, bytes) in files.iter().filter(|(name, _)| !name.ends_with(".html")) {
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        // Lines of calendars are folded.
        let text = text.replace("\r\n ", "");
        for (at, _) in text.match_indices(base) {
            let end = |c: char| {
                c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '\\' | '&' | '#' | ')' | ',' | '`')
            };
            let rest = &text[at + base.len()..];
            let address = &rest[..rest.find(end).unwrap_or(rest.len())];
            found.insert((name.clone(), address.to_owned()));
        }
    }
    found
}

/// The target of the redirect at an address, from the root, or `None` for a page.
fn leads_to(files: &BTreeMap<String, Vec<u8>>, file: &str) -> Option<String> {
    let crawl = Crawl::new(files, BASE);
    let element = crawl.page(file).iter().find(|e| e.attribute("http-equiv") == Some("refresh"))?.clone();
    let to = addresses(&element).pop().expect("an address");
    crawl.follow(file, &to, true).expect("a file")
}

fn pages(files: &BTreeMap<String, Vec<u8>>) -> Vec<&str> {
    files.keys().map(String::as_str).filter(|name| name.ends_with(".html")).collect()
}

#[test]
fn every_page_of_the_demo_opens_from_a_disk_where_addresses_are_files() {
    let folders = Site::demo().build_at(NOON).exit(0).files();
    let site = demo("addresses: files\n");
    let files = site.build_at(NOON).exit(0).quiet().files();
    site.run(["check", "--as-of", NOON, "--deny", "warnings"]).exit(0);
    let crawl = Crawl::new(&files, BASE);
    assert_eq!(crawl.dead_links(), Vec::<String>::new());
    assert_eq!(links_to_folders(&files, BASE), Vec::<String>::new());
    let as_file = |page: &String| match page.strip_suffix("/index.html") {
        Some("en") | None => page.clone(),
        Some(folder) => format!("{folder}.html"),
    };
    let wanted: BTreeSet<String> = Crawl::new(&folders, BASE).reached().iter().map(as_file).collect();
    assert_eq!(crawl.reached(), wanted, "the same pages are reached");
}

#[test]
fn every_address_in_feeds_sitemap_data_and_heads_is_a_file_where_addresses_are_files() {
    let site = demo("addresses: files\n");
    let files = site.build_at(NOON).exit(0).files();
    let named = named(&files, BASE);
    for kind in [
        "feed.xml",
        "feed.atom",
        "feed.json",
        "sitemap.xml",
        "calendar.ics",
        "api/v2/summary.json",
        "api/schedule.json",
        "embed/banner.json",
    ] {
        assert!(named.iter().any(|(name, address)| name == kind && address.ends_with(".html")), "{kind}");
    }
    // People write the address of the site without a file, and Markdown holds their words.
    let is_written = |name: &str, address: &str| name.ends_with(".md") && address.is_empty();
    for (name, address) in named.iter().filter(|(name, address)| !is_written(name, address)) {
        let file = percent_decode(address).expect("an address");
        assert!(files.contains_key(&file), "{name} names {BASE}{address}");
    }
    let crawl = Crawl::new(&files, BASE);
    let page = crawl.page("en/history.html");
    let href = |rel: &str, tag: &str| {
        let is = |e: &&crate::markup::Element| {
            e.attribute("rel") == Some(rel) && e.attribute("hreflang").unwrap_or("") == tag
        };
        page.iter().find(is).and_then(|e| e.attribute("href")).map(str::to_owned)
    };
    assert_eq!(href("canonical", ""), Some(format!("{BASE}en/history.html")));
    assert_eq!(href("alternate", "ja"), Some(format!("{BASE}history.html")));
    // Feeds and calendars keep their addresses.
    let folders = Site::demo().build_at(NOON).exit(0).files();
    for name in folders.keys().filter(|name| !name.ends_with(".html") && !name.starts_with("manifest/")) {
        assert!(files.contains_key(name), "{name}");
    }
    // The texts of the other channels use the new addresses too.
    let post = site.run(["pack", "ledger-update", "--channel", "social", "--as-of", NOON]);
    let address = format!("{BASE}maintenance/2026-09-15-ledger-update.html");
    assert!(post.exit(0).stdout.contains(&address), "{}", post.stdout);
}

#[test]
fn addresses_of_folders_are_what_no_key_means() {
    let plain = Site::demo().build_at(NOON).exit(0).files();
    assert_same(&demo("addresses: folders\n").build_at(NOON).exit(0).files(), &plain);
}

/// The item ids of every feed.
fn items(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<String>> {
    let ids = |bytes: &[u8]| {
        let feed: serde_json::Value = serde_json::from_slice(bytes).expect("JSON");
        let items = feed["items"].as_array().expect("items").iter();
        items.map(|item| item["id"].as_str().expect("an id").to_owned()).collect()
    };
    files
        .iter()
        .filter(|(name, _)| name.ends_with("feed.json"))
        .map(|(name, bytes)| (name.clone(), ids(bytes)))
        .collect()
}

#[test]
fn a_switch_of_addresses_leads_each_old_address_to_its_page_both_ways_and_tells_nothing_again() {
    let site = Site::demo();
    let first = site.build_at(NOON).exit(0).files();
    let news = site.path("news.jsonl").to_str().expect("a name").to_owned();
    let build = || site.run(["build", "--as-of", NOON, "--format", "json", "--events", &news]);

    site.edit(SITE, "theme: default\n", "theme: default\naddresses: files\n");
    build().exit(0).quiet();
    let second = site.files();
    assert_eq!(site.read("news.jsonl"), "");
    assert_eq!(items(&second), items(&first));
    for page in pages(&first) {
        let wanted = match page.strip_suffix("/index.html") {
            Some("en") | None => None,
            Some(folder) => Some(format!("{folder}.html")),
        };
        if leads_to(&first, page).is_none() {
            assert_eq!(leads_to(&second, page), wanted, "{page}");
        }
    }
    site.read("public/_redirects").has(["/en/history/ /en/history.html 301\n"]);

    // Going back without the site saying so publishes nothing.
    site.edit(SITE, "addresses: files\n", "");
    assert_eq!(build().exit(1).codes(), ["site/addresses-changed"]);
    assert_eq!(site.check().exit(1).codes(), ["site/addresses-changed"]);
    assert_same(&site.files(), &second);

    site.edit(SITE, "theme: default\n", "theme: default\naddresses: [folders, files]\n");
    build().exit(0).quiet();
    let third = site.files();
    assert_eq!((site.read("news.jsonl"), items(&third)), (String::new(), items(&first)));
    for page in pages(&second).into_iter().filter(|page| leads_to(&second, page).is_none()) {
        let wanted = match page.strip_suffix(".html") {
            Some("404" | "index" | "en/index") | None => None,
            Some(name) => Some(format!("{name}/index.html")),
        };
        assert_eq!(leads_to(&third, page), wanted, "{page}");
    }
    assert!(site.read("public/_redirects").contains("/en/history.html /en/history/ 301\n"));
    let is_same = |name: &str| !matches!(name, "_redirects" | "_headers") && !is_of_manifest(name);
    for (name, bytes) in first.iter().filter(|(name, _)| is_same(name)) {
        assert!(third[name] == *bytes, "{name} is as it was");
    }
}

#[test]
fn a_switch_of_addresses_is_no_difference_of_pages_uptime_or_items_to_check_against() {
    let site = Site::demo();
    site.build_at(NOON).exit(0);
    let public = site.path("public").to_str().expect("a name").to_owned();
    site.edit(SITE, "theme: default\n", "theme: default\naddresses: files\n");
    let against = || site.run(["check", "--against", &public, "--format", "json"]).exit(0).stdout.clone();
    assert!(against().contains("\"differences\":[]"), "{}", against());
    site.build_at(NOON).exit(0);
    site.edit(SITE, "addresses: files\n", "addresses: [folders, files]\n");
    assert!(against().contains("\"differences\":[]"), "{}", against());
}

#[test]
fn what_is_held_goes_out_with_the_old_addresses_leading_on() {
    let site = demo("addresses: files\n");
    site.build_at(NOON).exit(0);
    site.edit(SITE, "addresses: files\n", "");
    site.run(["build", "--as-of", NOON, "--hold-broken"]).exit(1).stderr_has("addresses: [folders, files]");
    let files = site.files();
    assert_eq!(leads_to(&files, "history.html"), Some("history/index.html".into()));
    // The next build misses it too.
    site.build_at(NOON).exit(0);
}

#[test]
fn links_in_words_and_slots_lead_to_the_page_however_they_are_written() {
    let site = Site::empty();
    site.edit(
        SITE,
        "locales: [en]\n",
        "locales: [en]\ntheme: mine\naddresses: files\nlinks: {nav: [{label: Past, url: /history/}]}\n",
    );
    site.write("themes/mine/theme.yaml", "extends: default\n");
    site.write("themes/mine/slots/footer.html", "<p><a href=\"{root}faq/\">Ask</a> <a href=\"{root}\">Home</a> <a href=\"{root}feed.xml\">Feed</a></p>\n");
    site.write(
        "content/pages/about.md",
        "---\ntitle: About\naliases: [/old/us/]\n---\n[a](/history/) [b](/history.html) [c](/history/index.html) [d](/faq/general/#x) [e](/)\n",
    );
    let files = site.build_at(NOON).exit(0).quiet().files();
    let page = String::from_utf8(files["about.html"].clone()).expect("a page");
    assert_eq!(page.matches("href=\"history.html\"").count(), 5, "{page}");
    for link in ["faq/general.html#x", "index.html", "faq.html", "feed.xml"] {
        assert!(page.contains(&format!("href=\"{link}\"")), "{link}\n{page}");
    }
    assert_eq!(links_to_folders(&files, "https://status.example/"), Vec::<String>::new());
    // An alias is an address of a page, so it redirects in both forms.
    for old in ["old/us/index.html", "old/us.html"] {
        assert!(String::from_utf8_lossy(&files[old]).contains("about.html"), "{old}");
    }
    // The same text links to folders if pages are not files.
    site.edit(SITE, "addresses: files\n", "").remove("public/manifest.json");
    site.edit("content/pages/about.md", "[b](/history.html) ", "");
    let fresh = Site::empty();
    fresh.write_folder(&site.path("content"), "content").write_folder(&site.path("themes"), "themes");
    assert!(fresh.build_at(NOON).exit(0).page("about/").contains("href=\"../history/\""));
}

#[test]
fn a_file_that_stands_where_a_page_or_its_old_address_must_be_is_an_error() {
    for taken in ["faq.html", "faq/index.html", "notices/new.html", "notices/new/index.html"] {
        let site = Site::empty();
        site.edit(SITE, "locales: [en]\n", "locales: [en]\naddresses: files\n");
        site.write("content/notices/new.md", "---\ntitle: t\npublish_at: 2026-11-20 09:00\n---\nx\n");
        site.build_at(NOON).exit(0).quiet();
        site.write(format!("content/static/{taken}"), "x");
        assert_eq!(site.check().exit(1).codes(), ["site/colliding-address"], "{taken}");
    }
}

#[test]
fn public_index_html_opens_from_a_disk_with_the_line_that_init_names() {
    let site = Site::bare();
    site.run(["init"])
        .exit(0)
        .stderr_has("to open public/index.html from a disk, add `addresses: files` to site.yaml");
    site.write(SITE, &format!("{}\naddresses: files\n", site.read(SITE)));
    let files = site.build_at(NOON).exit(0).quiet().files();
    let base = "https://status.example.com/";
    assert_eq!(Crawl::new(&files, base).dead_links(), Vec::<String>::new());
    assert_eq!(links_to_folders(&files, base), Vec::<String>::new());
    assert!(Crawl::new(&files, base).reached().len() > 10);
}

#[test]
fn a_lost_page_is_reported_once_and_with_the_alias_that_leads_on_in_both_forms() {
    let site = Site::empty();
    site.edit(SITE, "locales: [en]\n", "locales: [en]\naddresses: files\n");
    site.write("content/pages/about.md", "---\ntitle: About\n---\nWords.\n");
    site.build_at(NOON).exit(0).quiet();
    let other =
        "---\ntitle: Something else entirely\n---\nNothing of what stood there before, in other words.\n";
    site.remove("content/pages/about.md").write("content/pages/other.md", other);
    let found = site.build_at(NOON).exit(0).diagnostics();
    assert_eq!(found.iter().map(|d| d.code.as_str()).collect::<Vec<_>>(), ["publish/lost-address"]);
    assert!(found[0].message.contains("`/about.html`"), "{}", found[0].message);
    site.edit(
        "content/pages/other.md",
        "title: Something else entirely\n",
        "title: Something else entirely\naliases: [/about/]\n",
    );
    site.build_at(NOON).exit(0).quiet();
    assert!(site.page("about.html").contains("other.html") && site.page("about/").contains("other.html"));
}

const INCIDENT: &str = "---\ntitle: Slow orders\nseverity: minor\naffects: [api]\nstarted: 2026-11-20 10:00\n---\n\
    Since the [first report](#investigating-20261120T010500Z), [again](#monitoring-20261120T050000Z).\n\n\
    ## investigating 2026-11-20 10:05\nWe look. What helps: [this](#workaround).\n\n\
    ## monitoring 2026-11-20 14:00\nBetter.\n\n## Workaround\nWait.\n\n## Postmortem 2026-11-21 10:00\nA queue.\n";

fn linked() -> Site {
    let site = Site::empty();
    site.write("content/incidents/a.md", INCIDENT);
    site.write(
        "content/notices/b.md",
        "---\ntitle: Notice\npublish_at: 2026-11-20 10:30\n---\nSee the [report](../incidents/a.md#investigating-20261120T010500Z), \
         the [mend](../incidents/a.md#monitoring-20261120T050000Z) and [why](../incidents/a.md#postmortem).\n",
    );
    site
}

fn dead_links(files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    Crawl::new(files, "https://status.example/").dead_links()
}

#[test]
fn the_address_that_the_mark_of_an_update_offers_can_be_linked_to_from_words() {
    let site = linked();
    let files = site.build_at("2026-11-22 12:00").exit(0).quiet().files();
    assert_eq!(dead_links(&files), Vec::<String>::new());
    let (own, other) = (site.page("incidents/a/"), site.page("notices/b/"));
    for link in ["#investigating-20261120T010500Z", "#monitoring-20261120T050000Z", "#workaround"] {
        assert!(own.contains(&format!("<a href=\"{link}\">")), "{link}\n{own}");
    }
    for link in ["#investigating-20261120T010500Z", "#monitoring-20261120T050000Z", "#postmortem"] {
        assert!(other.contains(&format!("<a href=\"../../incidents/a/{link}\">")), "{link}\n{other}");
    }
    // The marker of the update has that id.
    assert!(own.contains("id=\"investigating-20261120T010500Z\""));
}

#[test]
fn a_link_to_what_is_not_visible_yet_is_words_and_tells_no_time() {
    let site = linked();
    let built = site.build_at(NOON);
    assert_eq!(built.exit(0).codes(), ["update/in-future"]);
    let files = built.files();
    assert_eq!(dead_links(&files), Vec::<String>::new());
    for (name, bytes) in &files {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("20261120T050000Z") && !text.contains("#postmortem"), "{name}");
    }
    site.page("notices/b/").has(["the mend and why.", ">report</a>"]);
    // A cached page must not keep the text without its link.
    site.build_at("2026-11-20 14:30").exit(0).page("notices/b/").has([">mend</a>", "and why."]);
    assert!(site.page("incidents/a/").contains(">again</a>"));
}

#[test]
fn a_link_in_an_item_of_a_feed_never_appears_later() {
    let site = linked();
    let item = |text: &str| {
        let feed: serde_json::Value = serde_json::from_str(text).expect("JSON");
        let items = feed["items"].as_array().expect("items").iter();
        let items =
            items.filter(|item| item["content_html"].as_str().is_some_and(|html| html.contains("We look")));
        items.map(ToString::to_string).collect::<Vec<_>>()
    };
    site.edit("content/incidents/a.md", "We look.", "We look; see [then](#monitoring-20261120T050000Z).");
    site.build_at(NOON).exit(0);
    let before = item(&site.read("public/feed.json"));
    site.build_at("2026-11-22 12:00").exit(0);
    assert_eq!(item(&site.read("public/feed.json")), before);
    assert_eq!(before.len(), 1);
    assert!(site.page("incidents/a/").contains(">then</a>"));
}

#[test]
fn a_link_to_an_update_or_a_section_that_no_entry_has_is_an_error() {
    for (link, help) in [
        ("#investigating-20261120T010600Z", "did you mean `#investigating-20261120T010500Z`?"),
        ("#evaluation", "for a heading, write its words"),
        ("#compensation", "for a heading, write its words"),
        ("../notices/b.md#update-20261120T010500Z", "for a heading, write its words"),
    ] {
        let site = linked();
        site.edit("content/incidents/a.md", "(#workaround)", &format!("({link})"));
        let found = site.check().exit(1).diagnostics();
        assert_eq!(
            found.iter().map(|d| d.code.as_str()).collect::<Vec<_>>(),
            ["link/missing-target"],
            "{link}"
        );
        assert!(found[0].help.as_ref().is_some_and(|h| h.contains(help)), "{:?}", found[0].help);
    }
}

#[test]
fn a_link_to_an_update_of_a_series_leads_to_the_page_of_its_time() {
    let site = Site::empty();
    site.write(
        "content/maintenance/weekly.md",
        "---\ntitle: Weekly\nkind: server\naffects: [api]\nwindow: {start: 2026-11-17 02:00, end: 2026-11-17 03:00}\n\
         recurrence: {rule: FREQ=WEEKLY}\n---\nLast time it [took long](#completed-20261116T190000Z).\n\n\
         ## completed 2026-11-17 04:00\noccurrence: 2026-11-17\n\nDone.\n",
    );
    let files = site.build_at(NOON).exit(0).files();
    assert_eq!(dead_links(&files), Vec::<String>::new());
    let wanted = "maintenance/weekly/2026-11-17/#completed-20261116T190000Z";
    assert!(site.page("maintenance/weekly/").contains(&format!("../../{wanted}")));
    assert!(site.page("maintenance/weekly/2026-11-24/").contains(&format!("../../../{wanted}")));
    assert_eq!(file_of("maintenance/weekly/"), "maintenance/weekly/index.html");
}
