//! Tests of the demo in `content/`: it is valid, builds the same everywhere, and every link works.

use std::collections::BTreeMap;

use crate::crawl::{Crawl, addresses};
use crate::harness::{NOON, Site, assert_same, is_of_manifest};
use crate::markup::Element;

const BASE: &str = "https://status.hoshi-exchange.example/";
const PREFIXED: &str = "https://e.example/status/";

#[test]
fn the_demo_builds_without_a_word() {
    let site = Site::demo();
    site.build_at(NOON).exit(0).quiet().stderr_has("built ");
    site.check().exit(0).quiet();
    site.run(["check", "--as-of", NOON, "--deny", "warnings"]).exit(0).stderr_has("no problems found");
}

#[test]
fn the_starter_builds_without_a_word() {
    let site = Site::empty();
    site.remove("content/site.yaml");
    site.run(["init"]).exit(0);
    site.build_at(NOON).exit(0).quiet();
    let files = site.files();
    assert_eq!(Crawl::new(&files, "https://status.example.com/").dead_links(), Vec::<String>::new());
}

#[test]
fn the_bytes_depend_on_nothing_but_content_and_instant() {
    let site = Site::demo();
    let wanted = site.build_at(NOON).exit(0).files();
    let environments: [&[(&str, &str)]; 4] = [
        &[("TZ", "America/St_Johns"), ("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8")],
        &[("TZ", "Pacific/Apia"), ("LANG", "C"), ("RAYON_NUM_THREADS", "1")],
        &[("TZ", "Asia/Tokyo"), ("LANG", "ja_JP.UTF-8"), ("RAYON_NUM_THREADS", "2")],
        &[("RAYON_NUM_THREADS", "8")],
    ];
    for environment in environments {
        let other = Site::demo();
        other.run_in(environment, ["build", "--as-of", NOON]).exit(0);
        assert_same(&other.files(), &wanted);
    }
    let reversed = Site::demo_reversed();
    assert_same(&reversed.build_at(NOON).exit(0).files(), &wanted);
}

#[test]
fn one_instant_in_two_zones_is_one_site() {
    let site = Site::demo();
    let wanted = site.build_at(NOON).exit(0).files();
    for same in
        ["2026-11-20 12:00", "2026-11-20T03:00:00Z", "2026年11月20日 12時00分", "2026-11-20T12:07:00+09:00"]
    {
        assert_same(&site.build_at(same).exit(0).files(), &wanted);
    }
}

#[test]
fn a_second_build_writes_nothing() {
    let site = Site::demo();
    site.build_at(NOON).exit(0);
    let before = site.mtimes();
    let again = site.build_at(NOON);
    again.exit(0);
    assert_eq!(again.written(), 0);
    assert_eq!(site.mtimes(), before);
}

#[test]
fn without_an_instant_two_builds_in_a_row_write_once() {
    let site = Site::demo();
    // An edit or midnight may fall between the two builds, but hardly ten times.
    for _ in 0..10 {
        site.build().exit(0);
        let (first, before) = (site.effective(), site.mtimes());
        let again = site.build();
        again.exit(0);
        if site.effective() == first {
            assert_eq!(again.written(), 0);
            assert_eq!(site.mtimes(), before);
            return;
        }
    }
    panic!("no two builds had one effective instant");
}

#[test]
fn every_link_is_alive() {
    let site = Site::demo();
    // Before, during and after the events of the demo.
    for at in ["2026-08-01 00:00", "2026-10-14 10:00", NOON, "2027-03-01 00:00"] {
        let files = site.build_at(at).exit(0).files();
        let crawl = Crawl::new(&files, BASE);
        assert_eq!(crawl.dead_links(), Vec::<String>::new(), "as of {at}");
        let reached = crawl.reached();
        // A component may be hidden, and a free page may have no links to it, but an entry always has one.
        let entry = |name: &str| {
            ["incidents/", "maintenance/", "notices/", "history/", "faq/"].iter().any(|f| name.contains(f))
        };
        // The site's own pages never link to an old address.
        let pages = crawl.pages().filter(|(_, elements)| !is_redirect(elements));
        let pages = pages.map(|(name, _)| name).filter(|n| entry(n) && !n.starts_with("en/"));
        let lonely: Vec<&str> = pages.filter(|n| !reached.contains(*n)).collect();
        assert_eq!(lonely, Vec::<&str>::new(), "pages that no page leads to, as of {at}");
    }
}

#[test]
fn every_link_is_alive_under_a_path() {
    let site = Site::demo();
    site.run(["build", "--as-of", NOON, "--base-url", PREFIXED]).exit(0);
    let files = site.files();
    assert_eq!(Crawl::new(&files, PREFIXED).dead_links(), Vec::<String>::new());
}

#[test]
fn a_path_shows_only_where_addresses_are_absolute() {
    let site = Site::demo();
    let plain = site.build_at(NOON).exit(0).files();
    site.run(["build", "--as-of", NOON, "--base-url", PREFIXED]).exit(0);
    let prefixed = site.files();
    let (plain, prefixed) = (Crawl::new(&plain, BASE), Crawl::new(&prefixed, PREFIXED));
    for (name, elements) in prefixed.pages().filter(|(_, elements)| !is_redirect(elements)) {
        let links = || elements.iter().flat_map(addresses).filter(|a| !a.contains(':'));
        if name == "404.html" {
            let rooted = links().filter(|a| !a.starts_with('#')).all(|a| a.starts_with("/status/"));
            assert!(rooted, "404.html is shown at any depth, so its links begin at the root");
            continue;
        }
        assert!(links().all(|a| !a.starts_with('/')), "{name} links from the root");
        let before: Vec<String> =
            plain.page(name).iter().flat_map(addresses).filter(|a| !a.contains(':')).collect();
        assert_eq!(links().collect::<Vec<_>>(), before, "{name}");
    }
}

#[test]
fn nothing_is_loaded_from_elsewhere() {
    let site = Site::demo();
    let files = site.build_at(NOON).exit(0).files();
    for (name, elements) in Crawl::new(&files, BASE).pages() {
        for element in elements {
            let loads = ["src", "srcset", "poster", "data"].iter().find_map(|a| element.attribute(a));
            let sheet = element.attribute("rel") == Some("stylesheet");
            let loaded = loads.or_else(|| element.attribute("href").filter(|_| sheet));
            assert!(!loaded.unwrap_or("").contains(':'), "{name}: {element:?}");
            assert!(element.attribute("style").is_none(), "{name}: {element:?}");
            let inline = element.is("style") || element.is("script");
            assert!(!inline || element.attribute("src").is_some(), "{name}: {element:?}");
            let handler = element.attributes.iter().any(|(n, _)| n.starts_with("on"));
            assert!(!handler, "{name}: {element:?}");
        }
    }
}

/// Whether a page only redirects from an old address. It may be at any depth, so its link starts at the root.
fn is_redirect(elements: &[Element]) -> bool {
    elements.iter().any(|e| e.attribute("http-equiv") == Some("refresh"))
}

/// The addresses of a page by `hreflang`, and its canonical address.
fn languages(crawl: &Crawl<'_>, page: &str) -> (BTreeMap<String, String>, Option<String>) {
    let link = |rel: &'static str| {
        let elements = crawl.page(page).iter().filter(move |e| e.is("link"));
        elements.filter(move |e| e.attribute("rel") == Some(rel))
    };
    let alternates = link("alternate")
        .filter_map(|e| Some((e.attribute("hreflang")?.to_owned(), e.attribute("href")?.to_owned())))
        .collect();
    (alternates, link("canonical").next().and_then(|e| e.attribute("href")).map(str::to_owned))
}

#[test]
fn each_language_names_the_others_and_itself() {
    let site = Site::demo();
    let files = site.build_at(NOON).exit(0).files();
    let crawl = Crawl::new(&files, BASE);
    // A banner for frames of other sites needs no canonical address.
    let framed = |name: &str| name.ends_with("embed/banner/index.html");
    let pages = crawl.pages().filter(|(name, elements)| *name != "404.html" && !is_redirect(elements));
    for (name, elements) in pages.filter(|(name, _)| !framed(name)) {
        let (alternates, canonical) = languages(&crawl, name);
        let canonical = canonical.unwrap_or_else(|| panic!("{name} has no canonical address"));
        assert_eq!(crawl.follow(name, &canonical, false), Ok(Some(name.to_owned())));
        let lang = if name.starts_with("en/") { "en" } else { "ja" };
        assert_eq!(elements[0].attribute("lang"), Some(lang), "{name}");
        assert_eq!(alternates.keys().collect::<Vec<_>>(), ["en", "ja", "x-default"], "{name}");
        assert_eq!(alternates[lang], canonical, "{name}");
        assert_eq!(alternates["x-default"], alternates["ja"], "{name}");
        for address in alternates.values() {
            let other = crawl.follow(name, address, false).expect("alive").expect("the site's own");
            assert_eq!(languages(&crawl, &other).0, alternates, "{name} and {other} disagree");
        }
    }
}

#[test]
fn what_is_not_translated_is_shown_in_the_first_language_and_says_so() {
    let site = Site::fixture("small");
    let files = site.build_at(NOON).exit(0).files();
    let crawl = Crawl::new(&files, "https://status.example/");
    let page = crawl.page("ja/notices/hours/");
    assert_eq!(page[0].attribute("lang"), Some("ja"));
    let robots = page.iter().find(|e| e.attribute("name") == Some("robots"));
    assert_eq!(robots.and_then(|e| e.attribute("content")), Some("noindex"));
    let words = page.iter().find(|e| e.text.contains("We answer until six.")).expect("the original's words");
    let marked = page.iter().any(|e| e.attribute("lang") == Some("en") && e.depth < words.depth);
    assert!(marked, "the words are not marked as English");
    let (alternates, canonical) = languages(&crawl, "ja/notices/hours/");
    assert_eq!(canonical.as_deref(), Some("https://status.example/notices/hours/"));
    assert_eq!(alternates, BTreeMap::new());
    assert_eq!(languages(&crawl, "notices/hours/").0, BTreeMap::new());
    let indexed = crawl.page("notices/hours/").iter().all(|e| e.attribute("name") != Some("robots"));
    assert!(indexed, "the original can be found by search engines");
    let sitemap = site.page("sitemap.xml");
    assert!(sitemap.contains("<loc>https://status.example/notices/hours/</loc>"), "{sitemap}");
    assert!(!sitemap.contains("ja/notices/hours/"), "{sitemap}");
    assert_eq!(crawl.dead_links(), Vec::<String>::new());
}

#[test]
fn sitemap_redirects_and_manifest_lead_to_what_is_there() {
    let site = Site::fixture("small");
    let files = site.build_at(NOON).exit(0).files();
    let crawl = Crawl::new(&files, "https://status.example/");
    let urls = crate::markup::xml(&site.page("sitemap.xml")).expect("XML");
    let places: Vec<&str> = urls.iter().filter(|e| e.is("loc")).map(|e| e.text.as_str()).collect();
    assert!(places.len() > 10, "{places:?}");
    for place in places {
        assert!(crawl.follow("index.html", place, true).is_ok_and(|f| f.is_some()), "{place}");
    }
    let redirects = site.page("_redirects");
    let line = redirects.lines().find(|l| l.starts_with("/news/1042/ ")).expect("the old address");
    assert_eq!(line, "/news/1042/ /incidents/delay/ 301");
    let old = crawl.page("news/1042/");
    assert!(is_redirect(old));
    assert!(old.iter().flat_map(addresses).all(|a| a.ends_with("/incidents/delay/")), "{old:?}");
    let manifest = site.manifest();
    let there: Vec<&String> = files.keys().filter(|path| !is_of_manifest(path)).collect();
    assert_eq!(manifest.files.keys().collect::<Vec<_>>(), there);
    let parts: Vec<&String> = files.keys().filter(|path| path.starts_with("manifest/")).collect();
    assert_eq!(manifest.parts.keys().collect::<Vec<_>>(), parts);
}

#[test]
fn what_changes_next_is_listed() {
    let site = Site::fixture("small");
    let next = |at: &str, format: &str| site.at(at, &format!("next --format {format}")).stdout;
    let shown = next(NOON, "human");
    let wanted = "2026-11-20 12:40:00 JST, in 0 h 40 m 00 s\n  content/incidents/delay.md: the promised next update is due\n";
    assert_eq!(shown, wanted);
    assert_eq!(next(NOON, "epoch"), "1795146000\n");
    let json: serde_json::Value =
        serde_json::from_str(&next("2026-11-22T01:00:00+09:00", "json")).expect("JSON");
    assert_eq!(json["next_change"], "2026-11-21T17:00:00Z");
    assert_eq!(
        json["changes"][0],
        serde_json::json!({"what": "starts", "kind": "maintenance", "entry": "weekly", "file": "content/maintenance/weekly.md"})
    );
    // The manifest contains the same instant.
    site.build_at(NOON).exit(0);
    assert_eq!(site.json("manifest.json")["next_change"], "2026-11-20T03:40:00Z");
}
