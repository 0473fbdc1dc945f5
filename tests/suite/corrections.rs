//! Tests that a correction appears everywhere that readers may have seen the error.

use crate::harness::{NOON, Site, Text as _};

const ORDERS: &str = "2026-11-20-btc-order-delay";
/// One minute after the correction, when it is the newest update.
const FRESH: &str = "2026-11-20T11:06:00+09:00";
const ID: &str = "correction-20261120T020500Z";

#[test]
fn whoever_reads_a_page_from_the_top_knows_what_was_corrected() {
    let site = Site::demo();
    site.build_at(NOON).exit(0);
    for (prefix, note, label, wrong) in [
        ("", "このページの内容を訂正しました", "訂正", "指値注文に影響はありません。受付サーバー"),
        (
            "en/",
            "Something on this page has been corrected",
            "Correction",
            "limit orders are not affected. We have",
        ),
    ] {
        let page = site.page(&format!("{prefix}incidents/{ORDERS}/"));
        let (head, timeline) = page.split_once("id=\"updates\"").expect("a timeline");
        assert!(head.contains(note) && head.contains(&format!("href=\"#{ID}\"")), "{head}");
        let corrects = format!("<li class=\"partial correction\" id=\"{ID}\">");
        let inside = timeline.split_once(&corrects).expect("the correction").1;
        let inside = inside.split("</li>\n<li class").next().expect("its words");
        inside.has([&format!("<h3>{label} "), &format!("role=\"note\" aria-label=\"{label}\"")]);
        // The wrong text stays unchanged below.
        assert!(timeline.contains(wrong), "{timeline}");
        site.page(prefix).has([&format!("incidents/{ORDERS}/#{ID}\">{label} ")]);
        let month = site.page(&format!("{prefix}history/2026/11/"));
        assert_eq!(month.matches(&format!(" · {label}</span>")).count(), 1, "{month}");
    }
}

#[test]
fn a_page_without_a_correction_speaks_of_none() {
    let site = Site::demo();
    site.build_at(NOON).exit(0);
    for page in ["incidents/2026-11-05-site-unreachable/", "maintenance/2026-11-24-regular/"] {
        site.page(page).lacks(["訂正", "correction"]);
    }
}

#[test]
fn programs_find_corrections_by_one_word_in_every_feed_and_language() {
    let site = Site::demo();
    site.build_at(NOON).exit(0);
    for (prefix, title, note) in [
        ("", "【訂正】ビットコインの注文受付の遅れ", "先にお知らせした内容の訂正です"),
        ("en/", "[Correction] Delays in accepting Bitcoin orders", "This corrects what we said before"),
    ] {
        let json = site.json(&format!("{prefix}feed.json"));
        let items: Vec<&serde_json::Value> = json["items"].as_array().expect("items").iter().collect();
        let is_one = |i: &&&serde_json::Value| i["url"].as_str().is_some_and(|url| url.ends_with(ID));
        let item = items.iter().find(is_one).expect("the correction");
        assert_eq!(item["title"], title);
        assert_eq!(item["tags"].as_array().expect("tags").last().expect("a tag"), "correction");
        assert!(item["content_html"].as_str().expect("words").starts_with(&format!("<p>{note}</p>")));
        let ids: std::collections::BTreeSet<&str> = items.iter().filter_map(|i| i["id"].as_str()).collect();
        assert_eq!(ids.len(), items.len());
        let tagged = items.iter().filter(|i| i["tags"].to_string().contains("\"correction\"")).count();
        let rss = site.page(&format!("{prefix}feed.xml"));
        assert_eq!(rss.matches("<category>correction</category>").count(), tagged);
        let atom = site.page(&format!("{prefix}feed.atom"));
        assert_eq!(atom.matches("<category term=\"correction\"/>").count(), tagged);
    }
}

#[test]
fn the_status_api_keeps_the_state_and_says_so_in_words() {
    let site = Site::demo();
    site.build_at(NOON).exit(0);
    let json = site.json("api/v2/incidents/unresolved.json");
    let incidents = json["incidents"].as_array().expect("incidents");
    let updates: Vec<&serde_json::Value> =
        incidents.iter().flat_map(|i| i["incident_updates"].as_array().expect("updates")).collect();
    let body = |u: &serde_json::Value| u["body"].as_str().unwrap_or_default().to_owned();
    let corrections: Vec<_> =
        updates.iter().filter(|u| body(u).starts_with("先にお知らせした内容の訂正です\n")).collect();
    assert_eq!(corrections.len(), 1, "{json}");
    assert_eq!(corrections[0]["status"], "investigating");
}

#[test]
fn other_channels_say_that_it_is_a_correction() {
    let site = Site::demo();
    for channel in ["mail", "social", "press", "regulator", "internal"] {
        let text = site.at(FRESH, &format!("pack {ORDERS} --channel {channel} --locale en")).stdout;
        assert!(text.contains("Correction"), "{channel}:\n{text}");
    }
    let banner = |site: &Site| site.page("en/embed/banner.json");
    site.build_at(FRESH).exit(0);
    assert!(banner(&site).contains("\"message\":\"Correction: "), "{}", banner(&site));
    site.build_at(NOON).exit(0);
    assert!(!banner(&site).contains("Correction"));
}

const FRONT: &str =
    "---\ntitle: Delay\nseverity: minor\naffects: [api]\nstarted: 2026-11-20 10:15\n---\nx\n\n";

#[test]
fn a_corrected_fact_is_shown_with_what_readers_were_told_before() {
    let site = Site::empty();
    let path = "content/incidents/slow.md";
    site.write(
        path,
        &format!("{FRONT}## investigating 2026-11-20 10:20\n\nx\n\n## resolved 2026-11-20 11:00\n\nx\n"),
    );
    site.build_at(NOON).exit(0);
    let before = site.json("feed.json");
    site.run([
        "update",
        path,
        "correction",
        "--started",
        "10:21 頃",
        "--ended",
        "10:52",
        "--severity",
        "moderate",
        "-m",
        "x",
        "--at",
        "11:30",
        "--as-of",
        NOON,
    ])
    .exit(0);
    assert!(
        site.read(path).contains("started: 2026-11-20 10:21頃\nended: 2026-11-20 10:52\n"),
        "{}",
        site.read(path)
    );
    site.build_at(NOON).exit(0);
    let page = site.page("incidents/slow/");
    for told in [
        "<dt>Started</dt> <dd><span class=\"hidden\">Before: </span><del>10:15</del> → <span class=\"hidden\">Now: </span><ins>about 10:21 JST</ins></dd>",
        "<del>11:00</del> → <span class=\"hidden\">Now: </span><ins>10:52 JST</ins>",
        "<del>Minor</del> → <span class=\"hidden\">Now: </span><ins>Moderate</ins>",
    ] {
        assert!(page.contains(told), "{told}\n{page}");
    }
    let feed = site.json("feed.json");
    let item = feed["items"][0]["content_html"].as_str().expect("words");
    assert!(item.contains("<p>Started: <del>10:15</del> → <ins>about 10:21 JST</ins></p>"), "{item}");
    assert_eq!(feed["items"].as_array().map(|all| all[1..].to_vec()), before["items"].as_array().cloned());
    site.page("api/v2/incidents.json")
        .has(["Started: 10:15 \\u2192 about 10:21 JST", "\"started_at\":\"2026-11-20T10:21:00"]);
    for channel in ["mail", "social", "press", "regulator", "internal", "support"] {
        let text = site.at(NOON, &format!("pack slow --channel {channel} --locale en")).stdout;
        assert!(text.contains("Started: 10:15 ") && text.contains("about 10:21"), "{channel}:\n{text}");
    }
}
