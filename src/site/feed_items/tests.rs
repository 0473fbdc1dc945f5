//! Tests that each publication becomes exactly one feed item, whose id never changes.

use super::*;
use crate::site::{Linker, Subject};
use crate::timeline::Snapshot;
use crate::timeline::fixture::{SITE, at, model, site};

#[test]
fn anchors_are_unique_by_status_second_and_ordinal() {
    let at = Stamp::Second(Instant(1_763_600_000));
    assert_eq!(anchor("resolved", at, 0), "resolved-20251120T005320Z");
    assert_eq!(anchor("resolved", at, 1), "resolved-20251120T005320Z-1");
}

fn newest<'m>(site: &Site<'m>) -> Vec<FeedItem<'m>> {
    site.feed(Subject::Site).cloned().collect()
}

/// Status and time of day of each item, newest first, and the ids.
fn feed(model: &crate::model::Model, time: &str) -> (Vec<String>, Vec<String>) {
    let site = Site::new(Snapshot::at(model, at(time))).expect("built-in locales");
    let zone = site.now.zone();
    let items = newest(&site);
    let line = |n: &FeedItem<'_>| format!("{} {}", n.status.word(), zone.local(n.at).format("%d %H:%M"));
    (items.iter().map(line).collect(), items.iter().map(FeedItem::id).collect())
}

fn incident(front: &str, body: &str) -> crate::model::Model {
    let text = format!(
        "---\ntitle: t\nseverity: minor\naffects: [api]\nstarted: 2026-11-20 10:15\n{front}---\n{body}"
    );
    model(&[("incidents/a.md", &text)])
}

fn work(front: &str, body: &str) -> crate::model::Model {
    let window = "window: {start: 2026-11-20 02:00, end: 2026-11-20 05:00}";
    let text = format!("---\ntitle: t\nkind: regular\naffects: [api]\n{window}\n{front}---\n{body}");
    model(&[("maintenance/m.md", &text)])
}

const POSTED: &str = "publish_at: 2026-11-19 12:00\n";

#[test]
fn each_update_is_one_item_newest_first() {
    let body = "## investigating 2026-11-20 10:20\n## identified 2026-11-20 11:00\n\
        ## monitoring 2026-11-20 11:00\n## resolved 2026-11-20 12:00\n## Postmortem 2026-11-20 15:00\nx\n";
    let model = incident("", body);
    let all = ["postmortem 20 15:00", "resolved 20 12:00", "monitoring 20 11:00", "identified 20 11:00"];
    assert_eq!(feed(&model, "20 16:00").0[..4], all);
    assert_eq!(feed(&model, "20 11:30").0.len(), 3);
}

#[test]
fn an_incident_without_updates_has_an_item_of_when_it_was_noticed() {
    assert_eq!(feed(&incident("detected: 2026-11-20 10:18\n", ""), "20 11:00").0, ["investigating 20 10:18"]);
    assert_eq!(feed(&incident("", ""), "20 11:00").0, ["investigating 20 10:15"]);
}

#[test]
fn what_was_written_afterwards_is_one_item() {
    let front = "backfilled: true\npublish_at: 2026-11-22 10:00\n";
    let body = "## investigating 2026-11-20 10:20\n## resolved 2026-11-20 12:00\n";
    assert_eq!(feed(&incident(front, body), "23 00:00").0, ["update 22 10:00"]);
}

#[test]
fn a_maintenance_is_announced_once() {
    let body = "## scheduled 2026-11-19 11:50\n";
    assert_eq!(feed(&work(POSTED, ""), "19 13:00").0, ["scheduled 19 12:00"]);
    assert_eq!(feed(&work(POSTED, body), "19 13:00").0, ["scheduled 19 11:50"]);
    assert_eq!(feed(&work("", body), "19 13:00").0, ["scheduled 19 11:50"]);
    assert!(feed(&work("", ""), "19 13:00").0.is_empty());
}

#[test]
fn no_item_is_ever_taken_back() {
    let body = "## scheduled 2026-11-19 18:00\n## update 2026-11-20 05:20\nend: 06:00\n\nx\n\
        \n## postponed 2026-11-20 06:30\n## scheduled 2026-11-21 00:00\nstart: 2026-11-22 02:00\nend: 2026-11-22 03:00\n\nx\n\
        \n## completed 2026-11-22 02:30\n";
    let model = work(&format!("{POSTED}withdrawn: {{at: 2026-11-22 12:00, reason: x}}\n"), body);
    let mut before: Vec<String> = Vec::new();
    for half_hour in 0..8 * 48 {
        let time = Instant(at("19 00:00").0 + half_hour * 1800);
        let site = Site::new(Snapshot::at(&model, time)).expect("built-in locales");
        let now: Vec<String> = newest(&site).iter().map(FeedItem::id).collect();
        assert!(before.iter().all(|id| now.contains(id)), "{}", time.iso());
        before = now;
    }
    assert_eq!(before.len(), 11);
}

/// A series of one hour each Tuesday and Thursday, with one day off and a body.
fn series(body: &str) -> crate::model::Model {
    let text = format!(
        "---\ntitle: t\nkind: regular\naffects: [api]\nwindow: {{start: 2026-11-03 02:00, end: 2026-11-03 03:00}}\n\
         recurrence: {{rule: \"FREQ=WEEKLY;BYDAY=TU,TH\", except: [2026-11-10]}}\n---\n{body}"
    );
    let config = format!("{SITE}policy: {{notice_before: {{regular: 1d}}}}\n");
    site(&config, &[("maintenance/m.md", &text)])
}

#[test]
fn each_time_of_a_series_is_announced_and_declared_by_itself() {
    let body = "## completed 2026-11-03 02:50\n## postponed 2026-11-11 12:00\noccurrence: 2026-11-12\nstart: 2026-11-13 02:00\nend: 2026-11-13 03:00\n\nx\n";
    let (items, ids) = feed(&series(body), "14 00:00");
    let wanted = [
        "verifying 13 03:00",
        "in_progress 13 02:00",
        "postponed 11 12:00",
        "scheduled 11 02:00",
        "cancelled 09 02:00",
        "verifying 05 03:00",
        "in_progress 05 02:00",
        "scheduled 04 02:00",
        "completed 03 02:50",
    ];
    // The first update makes the entry visible, and the first occurrence had already begun by then.
    assert_eq!(items[..9], wanted);
    let distinct: std::collections::HashSet<&String> = ids.iter().collect();
    assert_eq!(distinct.len(), ids.len());
}

#[test]
fn an_update_that_is_added_takes_no_item_of_another_occurrence_back() {
    let before = feed(&series(""), "20 00:00").1;
    for added in ["## cancelled 2026-11-19 12:00\n", "## cancelled 2026-11-25 12:00\n"] {
        let after = feed(&series(added), "20 00:00").1;
        assert!(before.iter().all(|id| after.contains(id)), "{added}");
    }
}

#[test]
fn no_item_of_a_series_is_ever_taken_back_and_none_comes_twice() {
    let body = "## scheduled 2026-11-01 12:00\n## cancelled 2026-11-04 12:00\n## completed 2026-11-12 02:30\n\
        ## update 2026-11-12 12:00\n\nx\n\n## postponed 2026-11-16 12:00\n\nx\n\n## scheduled 2026-11-18 12:00\nstart: 2026-11-18 20:00\nend: 2026-11-18 21:00\n\nx\n";
    let model = series(body);
    let mut before: Vec<String> = Vec::new();
    for half_hour in 0..21 * 48 {
        let time = Instant(at("01 00:00").0 + half_hour * 1800);
        let site = Site::new(Snapshot::at(&model, time)).expect("built-in locales");
        let now: Vec<String> = newest(&site).iter().map(FeedItem::id).collect();
        assert!(before.iter().all(|id| now.contains(id)), "{}", time.iso());
        let distinct: std::collections::HashSet<&String> = now.iter().collect();
        assert_eq!(distinct.len(), now.len(), "{}", time.iso());
        before = now;
    }
    assert!(before.len() > 12, "{before:?}");
}

#[test]
fn what_a_human_says_at_the_declared_second_is_the_same_item() {
    let clock = feed(&work(POSTED, ""), "20 03:00");
    let human = feed(&work(POSTED, "## in_progress 2026-11-20 02:00\n"), "20 03:00");
    assert_eq!(clock.0, ["in_progress 20 02:00", "scheduled 19 12:00"]);
    assert_eq!(clock, human);
}

#[test]
fn ids_do_not_depend_on_words_names_or_domains() {
    let text = |title: &str| {
        format!(
            "---\nid: x1\ntitle: {title}\nseverity: minor\naffects: []\nstarted: 2026-11-20 10:15\n---\n## resolved 2026-11-20 11:00\n\n{title}\n"
        )
    };
    let one = site(SITE, &[("incidents/a.md", &text("a"))]);
    let moved = SITE.replace("status.example.com", "other.example.com/x");
    let two = site(&moved, &[("incidents/b.md", &text("b"))]);
    assert_eq!(feed(&one, "20 12:00").1, feed(&two, "20 12:00").1);
    assert_eq!(feed(&one, "20 12:00").1, ["urn:uuid:c8e154e9-8f24-511c-9f7e-58b8120a21d6"]);
}

#[test]
fn older_items_and_more_than_asked_for_are_left_out() {
    let body =
        "## investigating 2026-11-20 10:20\n## identified 2026-11-20 11:00\n## resolved 2026-11-20 12:00\n";
    let text = format!("---\ntitle: t\nseverity: minor\naffects: []\nstarted: 2026-11-20 10:15\n---\n{body}");
    let files = [("incidents/a.md", text.as_str())];
    let since = site(&format!("{SITE}feeds: {{since: 2026-11-20 11:00}}\n"), &files);
    assert_eq!(feed(&since, "20 13:00").0, ["resolved 20 12:00", "identified 20 11:00"]);
    let few = site(&format!("{SITE}feeds: {{items: 1}}\n"), &files);
    assert_eq!(feed(&few, "20 13:00").0, ["resolved 20 12:00"]);
}

#[test]
fn a_tie_is_the_later_start_then_the_kind_then_the_slug() {
    let incident = |start: &str| {
        format!(
            "---\ntitle: t\nseverity: minor\naffects: []\nstarted: 2026-11-20 {start}\n---\n## investigating 2026-11-20 11:00\n"
        )
    };
    let notice = "---\ntitle: n\n---\n## update 2026-11-20 11:00\nx\n";
    let model = model(&[
        ("incidents/b.md", &incident("10:00")),
        ("incidents/a.md", &incident("10:00")),
        ("incidents/c.md", &incident("11:00")),
        ("notices/n.md", notice),
    ]);
    let site = Site::new(Snapshot::at(&model, at("20 12:00"))).expect("built-in locales");
    let slugs: Vec<&str> = newest(&site).iter().map(|n| n.head.slug.as_str()).collect();
    assert_eq!(slugs, ["c", "n", "a", "b"]);
}

#[test]
fn titles_name_the_state_and_addresses_are_absolute_and_encoded() {
    let text = "---\ntitle: 注文の遅延\nseverity: minor\naffects: [api]\nstarted: 2026-11-20 10:15\n---\n## 復旧 2026-11-20 11:00\n\n[質問](../faq/資産.md)を参照。\n";
    let faq = "---\ntitle: 資産は安全ですか\ncategory: general\n---\nはい。\n";
    let model = model(&[("incidents/遅延.md", text), ("faq/資産.md", faq)]);
    let site = Site::new(Snapshot::at(&model, at("20 12:00"))).expect("built-in locales");
    let item = &newest(&site)[0];
    let item_text = site.item_text(item, 0, &Linker::absolute(&site, 0));
    assert_eq!(item_text.title, "【復旧】注文の遅延");
    let page = "https://status.example.com/incidents/%E9%81%85%E5%BB%B6/";
    assert_eq!(item_text.address, format!("{page}#resolved-20261120T020000Z"));
    assert!(
        item_text.html.contains("href=\"https://status.example.com/faq/general/#%E8%B3%87%E7%94%A3\""),
        "{}",
        item_text.html
    );
    assert_eq!(item_text.categories, ["軽微", "API"]);
}
