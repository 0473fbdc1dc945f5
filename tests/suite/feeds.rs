//! Reads the RSS feed as a subscriber's program does.

use std::collections::BTreeSet;

use chrono::DateTime;

use crate::harness::{NOON, Site};
use crate::markup;

/// A decoded item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub title: String,
    pub link: String,
    pub description: String,
    pub guid: String,
    pub date: String,
}

/// Reads a feed with two parsers: a library that checks that it is XML, and our own.
///
/// # Errors
/// The first error in the feed.
pub fn read(text: &str) -> Result<Vec<Item>, String> {
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_comments = true;
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => break,
            Ok(_) => {}
            Err(error) => return Err(format!("{error} at byte {}", reader.error_position())),
        }
    }
    let mut items: Vec<Item> = Vec::new();
    for element in markup::xml(text)? {
        if element.is("item") {
            let empty = String::new;
            let [title, link, description, guid, date] = [empty(), empty(), empty(), empty(), empty()];
            items.push(Item { title, link, description, guid, date });
        }
        let Some(item) = items.last_mut() else { continue };
        let place = match element.name.as_str() {
            "title" => &mut item.title,
            "link" => &mut item.link,
            "description" => &mut item.description,
            "guid" => &mut item.guid,
            "pubDate" => &mut item.date,
            _ => continue,
        };
        if !place.is_empty() {
            return Err(format!("`{}` stands twice in an item", element.name));
        }
        *place = element.text;
    }
    Ok(items)
}

fn items(site: &Site, address: &str) -> Vec<Item> {
    read(&site.page(address)).unwrap_or_else(|fault| panic!("{address}: {fault}"))
}

fn guids(site: &Site) -> Vec<String> {
    items(site, "feed.xml").into_iter().map(|i| i.guid).collect()
}

#[test]
fn every_item_has_what_a_reader_needs() {
    let site = Site::demo();
    site.build_at(NOON).exit(0);
    for address in ["feed.xml", "en/feed.xml"] {
        let found = items(&site, address);
        assert!(found.len() > 30, "{} items in {address}", found.len());
        for item in &found {
            let (open, close) = if address == "feed.xml" { ("【", "】") } else { ("[", "] ") };
            assert!(item.title.starts_with(open) && item.title.contains(close), "{item:?}");
            assert!(item.link.starts_with("https://status.hoshi-exchange.example/"), "{item:?}");
            assert!(item.guid.starts_with("urn:uuid:"), "{item:?}");
            assert!(DateTime::parse_from_rfc2822(&item.date).is_ok(), "{item:?}");
            let words = markup::fragment(&item.description).unwrap_or_else(|f| panic!("{f} in {item:?}"));
            for element in words {
                let href = element.attribute("href").unwrap_or("https://");
                assert!(href.contains(':'), "a relative address for readers elsewhere: {href}");
            }
        }
        let unique: BTreeSet<&String> = found.iter().map(|i| &i.guid).collect();
        assert_eq!(unique.len(), found.len(), "a guid stands twice in {address}");
        let dates: Vec<_> = found.iter().filter_map(|i| DateTime::parse_from_rfc2822(&i.date).ok()).collect();
        assert!(dates.windows(2).all(|d| d[0] >= d[1]), "not newest first");
    }
}

#[test]
fn all_languages_carry_the_same_items() {
    let site = Site::demo();
    site.build_at(NOON).exit(0);
    let ids = |address| items(&site, address).into_iter().map(|i| (i.guid, i.date)).collect::<Vec<_>>();
    assert_eq!(ids("feed.xml"), ids("en/feed.xml"));
}

#[test]
fn an_edited_text_is_no_news() {
    let site = Site::fixture("small");
    site.build_at(NOON).exit(0);
    let before = guids(&site);
    let entry = "content/incidents/delay.md";
    site.edit(entry, "Orders wait.", "Orders wait, and we are sorry.");
    site.edit(entry, "title: Slow orders", "title: Orders are slow");
    site.build_at(NOON).exit(0);
    assert_eq!(guids(&site), before);
}

#[test]
fn a_renamed_file_that_keeps_its_id_is_no_news() {
    let site = Site::fixture("small");
    site.build_at(NOON).exit(0);
    let before = guids(&site);
    site.edit("content/incidents/delay.md", "title: Slow orders", "id: delay\ntitle: Slow orders");
    site.edit(
        "content/incidents/delay.md",
        "/news/1042/",
        "/news/1042/, /incidents/delay/, /ja/incidents/delay/",
    );
    site.rename("content/incidents/delay.md", "content/incidents/slow.md");
    site.rename("content/incidents/delay.ja.md", "content/incidents/slow.ja.md");
    site.edit("content/faq/safe.md", "incidents/delay.md", "incidents/slow.md");
    site.build_at(NOON).exit(0);
    assert_eq!(guids(&site), before);
}

#[test]
fn a_site_that_moves_has_no_news() {
    let site = Site::fixture("small");
    site.build_at(NOON).exit(0);
    let before = guids(&site);
    site.run(["build", "--as-of", NOON, "--base-url", "https://elsewhere.example/status/"]).exit(0);
    assert_eq!(guids(&site), before);
    assert!(items(&site, "feed.xml")[0].link.starts_with("https://elsewhere.example/status/"));
}

#[test]
fn something_said_is_one_more_item() {
    let site = Site::fixture("small");
    site.build_at(NOON).exit(0);
    let before = guids(&site);
    let entry = "content/incidents/delay.md";
    let text = site.read(entry);
    site.write(entry, &format!("{text}\n## monitoring 2026-11-20 11:58\n\nIt is better.\n"));
    site.build_at(NOON).exit(0);
    let after = guids(&site);
    assert_eq!(after.len(), before.len() + 1);
    assert_eq!(after[1..], before[..], "the new item comes first, the others stay");
}

const NUMBERED: &str = "---\ntitle: Orders fail\nseverity: minor\naffects: [api]\nstarted: 2026-11-20 09:00\n\
    numbering: true\n---\nWords.\n\n\
    ## investigating 2026-11-20 09:10 {#first}\n対象：一部のお客様\n\n\
    Affected: some orders\nSince: nine\n\n### What we do {#part-01}\n\nWe look.\n\n\
    ## 2026-11-20 10:00 update (Report 3)\nscope: all [customers](#first)\n\nSee [what we do](#part-01).\n\n\
    ## final report: resolved 2026-11-20 11:00\n\nAll is well.\n";

#[test]
fn numbers_and_words_for_people_reach_every_channel_and_own_anchors_none_but_the_page() {
    let site = Site::fixture("small");
    site.write("content/incidents/orders.md", NUMBERED);
    site.build_at(NOON).exit(0);
    let page = site.page("/incidents/orders/");
    for part in [
        "Report 1: Investigating",
        "Report 3: Update",
        "Report 4 (Final report): Resolved",
        "<span id=\"first\"></span>",
        "<h4 id=\"what-we-do\">What we do<span id=\"part-01\"></span></h4>",
        "href=\"#first\"",
        "href=\"#part-01\"",
        "Affected: some orders<br>\nSince: nine",
        "<dt>Scope</dt><dd>all <a",
        "<dt>Scope</dt> <dd>一部のお客様</dd>",
    ] {
        assert!(page.contains(part), "{part} is not in\n{page}");
    }
    let feed: Vec<Item> =
        items(&site, "/feed.xml").into_iter().filter(|item| item.title.ends_with("Orders fail")).collect();
    let titles: Vec<&str> = feed.iter().map(|item| item.title.as_str()).collect();
    assert_eq!(
        titles,
        [
            "[Report 4 (Final report): Resolved] Orders fail",
            "[Report 3: Update] Orders fail",
            "[Report 1: Investigating] Orders fail"
        ]
    );
    assert!(feed[2].description.contains("Scope: 一部のお客様"), "{}", feed[2].description);
    assert!(
        feed[2].description.contains("Affected: some orders<br>\nSince: nine"),
        "{}",
        feed[2].description
    );
    assert!(feed[1].description.contains("Scope: all customers"), "{}", feed[1].description);
    let body = site.json("/api/v2/incidents.json").to_string();
    assert!(body.contains("Report 3\\n"), "{body}");
    site.noon("pack orders --channel press --out out").exit(0);
    let press = site.read("out/press.txt");
    for part in
        ["[Report 4 (Final report): Resolved] Orders fail", "Scope: all customers", "Report 1: Investigating"]
    {
        assert!(press.contains(part), "{part} is not in\n{press}");
    }
    assert!(press.contains("Affected: some orders\nSince: nine"), "{press}");
    for (name, bytes) in site.files() {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains("{#"), "{name} shows the mark of an anchor");
    }
    assert!(!press.contains("{#"), "{press}");
}

#[test]
fn a_feed_item_keeps_its_id_when_reports_are_numbered() {
    let ids = |text: &str| {
        let site = Site::fixture("small");
        site.write("content/incidents/orders.md", text);
        site.build_at(NOON).exit(0);
        let all = items(&site, "/feed.xml");
        all.into_iter().map(|item| (item.guid, item.link)).collect::<Vec<_>>()
    };
    let plain = NUMBERED
        .replace("numbering: true\n", "")
        .replace(" (Report 3)", "")
        .replace("final report: ", "")
        .replace(" {#part-01}", "")
        .replace("(#part-01)", "(#what-we-do)");
    assert_eq!(ids(&plain), ids(NUMBERED));
}
