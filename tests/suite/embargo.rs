//! Tests that published files reveal nothing about hidden entries.

use crate::harness::{NOON, Site, assert_same};

/// 20 minutes past noon.
const FIRST: &str = "1795144800";

/// Adds content that is hidden at noon: an entry of each kind in both languages, and future updates
/// in visible entries.
fn hide(site: &Site) {
    let head = "publish_at: 2026-11-20 12:20\naliases: [/secret-deal/, /en/secret-deal/]\n";
    for (name, text) in [
        (
            "incidents/breach",
            format!("title: Breach\nseverity: critical\naffects: [web]\nstarted: 2026-11-20 11:00\nnext_update: 2026-11-20 12:25\n{head}---\nWe look.\n\n## identified 2026-11-20 11:30\n\n### Are my funds safe?\n\nYes.\n"),
        ),
        (
            "maintenance/move",
            format!("title: Move\nkind: emergency\naffects: [api]\nwindow: {{start: 2026-11-20 12:22, end: 2026-11-20 12:24}}\n{}---\nWe move.\n", head.replace("secret-deal", "secret-move")),
        ),
        (
            "maintenance/later",
            "title: Later\nkind: regular\naffects: [api]\nwindow: {start: 2026-11-20 12:31, end: 2026-11-20 12:33}\npublish_at: 2026-11-20 12:30\nrecurrence: {rule: FREQ=WEEKLY}\n---\nAgain and again.\n".to_owned(),
        ),
        ("notices/merger", format!("title: Merger\npinned: true\nexpires_at: 2026-11-20 12:35\n{}---\nWe merge.\n", head.replace("secret-deal", "secret-merger"))),
        ("faq/merged", "title: Merged?\ncategory: general\nsurface: [incident]\npublish_at: 2026-11-20 12:21\n---\nYes.\n".to_owned()),
        ("pages/plan", "title: Plan\npublish_at: 2026-11-20 12:23\n---\nA plan.\n".to_owned()),
        ("notices/draft", "title: Draft\ndraft: true\n---\nPerhaps.\n".to_owned()),
    ] {
        site.write(format!("content/{name}.md"), &format!("---\n{text}"));
        site.write(format!("content/{name}.ja.md"), "---\ntitle: 合併\n---\nまだ秘密です。\n");
    }
    let delay = "content/incidents/delay.md";
    site.edit(
        delay,
        "## Actions",
        "## resolved 2026-11-20 12:27\nended: 12:26\nnext_update: 12:29\n\nAll is well.\n\n## Postmortem 2026-11-20 12:28\n\nA disk.\n\n## Actions",
    );
    site.edit(
        "content/maintenance/weekly.md",
        "We restart the servers.",
        "We restart the servers.\n\n## cancelled 2026-11-20 12:32\n\nNot now.\n",
    );
    for entry in ["content/notices/hours.md", "content/faq/safe.md"] {
        site.edit(entry, "title:", "withdrawn: {at: 2026-11-20 12:34, reason: It is wrong.}\ntitle:");
    }
}

#[test]
fn a_published_site_is_the_same_byte_for_byte_whether_or_not_something_is_under_embargo() {
    let (open, embargoed) = (Site::fixture("small"), Site::fixture("small"));
    hide(&embargoed);
    for at in ["2026-11-20T11:40:00+09:00", NOON] {
        open.build_at(at).exit(0);
        embargoed.build_at(at).exit(0);
        assert_same(&embargoed.files(), &open.files());
    }
    // The next promised update, which readers know.
    assert_eq!(embargoed.json("manifest.json")["next_change"], "2026-11-20T03:40:00Z");
    assert!(embargoed.page("").contains("data-next=\"2026-11-20T03:40:00Z\""));
    // The `next` command reads the content, so it knows the hidden change.
    let next = embargoed.run(["next", "--as-of", NOON, "--format", "epoch"]);
    assert_eq!(next.exit(0).stdout.trim(), FIRST);
    // At that time the entry is published.
    embargoed.build_at("2026-11-20T12:20:00+09:00").exit(0);
    assert!(embargoed.page("").contains("Breach"));
}

#[test]
fn the_demo_tells_of_nothing_that_is_added_under_embargo() {
    let (open, embargoed) = (Site::demo(), Site::demo());
    let hidden = "---\ntitle: 合併\npublish_at: 2026-11-20 12:01\n---\nまだ秘密です。\n";
    embargoed.write("content/notices/merger.md", hidden);
    embargoed.write("content/notices/merger.en.md", "---\ntitle: Merger\n---\nStill secret.\n");
    let orders = "content/incidents/2026-11/2026-11-20-btc-order-delay.md";
    let text = embargoed.read(orders);
    let later = "\n## update 2026-11-20 12:02\n\n秘密の続報です。\n\n## Actions";
    embargoed.write(orders, &text.replacen("\n## Actions", later, 1));
    for site in [&open, &embargoed] {
        site.build_at(NOON).exit(0);
    }
    assert_same(&embargoed.files(), &open.files());
    assert_eq!(embargoed.run(["next", "--as-of", NOON, "--format", "epoch"]).stdout.trim(), "1795143660");
}
