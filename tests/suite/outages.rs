//! Incidents whose impact came and went: what people type, and what readers and programs get.

use mail_parser::MessageParser;
use serde_json::Value;

use crate::harness::{Site, Text as _};

const SITE: &str = "title: {ja: 例の取引所, en: Example}\nurl: https://status.example/\ntimezone: Asia/Tokyo\nlocales: [ja, en]\n\
                    components:\n  - {id: orders, name: {ja: 注文, en: Orders}, since: 2026-06-01}\n";
const NOTICE: &str = "18:07頃から18:08頃までと、20:32頃の二度、送信が失敗していました。";
const LATER: &str = "2026-06-29 12:00";

fn site() -> Site {
    let site = Site::bare();
    site.write("content/site.yaml", SITE);
    site
}

/// The notice of the next morning, as a command writes it.
fn published() -> Site {
    let site = site();
    site.at(
        "2026-06-29 09:00",
        &format!(
            "new incident 送信の失敗 --severity critical --affects 注文 --outage '2026-06-28 18:07頃〜18:08頃' --outage '20:32頃' --slug mail --status 復旧 -m {NOTICE}"
        ),
    )
    .exit(0);
    site
}

fn pack(site: &Site, channel: &str, locale: &str, at: &str) -> String {
    let run = site.at(at, &format!("pack mail --channel {channel} --locale {locale}"));
    run.exit(0);
    if channel != "mail" {
        return run.stdout.clone();
    }
    let mail = MessageParser::default().parse(run.stdout.as_bytes()).expect("a mail");
    mail.body_text(0).expect("a body").into_owned()
}

/// The text of the newest item of a JSON feed.
fn feed_words(site: &Site, feed: &str) -> String {
    site.json(feed)["items"][0]["content_html"].as_str().expect("a text").to_owned()
}

fn report(site: &Site) -> Value {
    let run = site.at("2026-07-02 12:00", "report --from 2026-06-01 --to 2026-06-30 --format json");
    run.exit(0);
    serde_json::from_str(&run.stdout).expect("one object")
}

#[test]
fn a_notice_of_the_day_after_tells_both_spans_everywhere() {
    let site = published();
    site.read("content/incidents/mail.md")
        .has(["outages: [{start: 2026-06-28 18:07頃, end: 2026-06-28 18:08頃}, 2026-06-28 20:32頃]"]);
    site.build_at(LATER).exit(0);
    let page = site.page("incidents/mail/");
    page.has([
        "発生時間帯",
        "2026年6月28日(日) 18:07 頃–18:08 頃 JST",
        "2026年6月28日 20:32</time> 頃 JST",
        NOTICE,
    ]);
    page.lacks(["発生日時", "復旧日時", "影響時間"]);
    site.page("en/incidents/mail/").has([
        "Times of impact",
        "Sun, June 28, 2026 about 18:07–about 18:08 JST",
        ">June 28, 2026 20:32</time>",
    ]);
    site.page("history/2026/06/").has(["18:07 頃–18:08 頃", "20:32</time> 頃"]);
    for feed in ["feed.xml", "feed.atom", "feed.json"] {
        let words = |page: &str| if feed == "feed.json" { feed_words(&site, page) } else { site.page(page) };
        words(feed).has(["発生時間帯：2026年6月28日(日) 18:07 頃–18:08 頃 JST / 2026年6月28日 20:32 頃 JST"]);
        words(&format!("en/{feed}")).has(["Times of impact", "about 18:07–about 18:08 JST"]);
    }
    site.page("calendar.ics").lacks(["BEGIN:VEVENT"]);
    let api = site.json("api/v2/incidents.json");
    assert_eq!(api["incidents"][0]["started_at"], "2026-06-28T18:07:00.000+09:00");
    for channel in ["mail", "press", "internal", "regulator"] {
        pack(&site, channel, "ja", LATER).has(["発生時間帯", "18:07 頃–18:08 頃 JST", "20:32 頃 JST"]);
    }
    pack(&site, "regulator", "ja", LATER).has(["注文：約1 分（停止）", "JST（UTC+09:00）"]);
    pack(&site, "regulator", "en", LATER).has(["Times of impact", "about 1 "]);
}

#[test]
fn between_the_spans_nothing_was_down() {
    let site = published();
    let json = report(&site);
    let incident = &json["incidents"][0];
    // 18:07 and 18:08 are known within five minutes, and the moment has no length.
    assert_eq!(incident["impact_seconds"], Value::Null);
    assert_eq!(incident["impact_seconds_between"], serde_json::json!([0, 11 * 60]));
    let outages = incident["outages"].as_array().expect("a list");
    assert_eq!(outages[0]["start"], "2026-06-28T09:02:00Z/2026-06-28T09:12:00Z");
    assert_eq!((&outages[1]["end"], &outages[1]["moment"]), (&Value::Null, &Value::Bool(true)));
    // One minute of a month, and not the 145 between the first and the last.
    let run = site.at("2026-07-02 12:00", "report --from 2026-06-01 --to 2026-06-30 --locale ja");
    run.exit(0);
    run.stdout.has(["発生時間帯", "99.99%"]);
    let csv = site.at("2026-07-02 12:00", "report --from 2026-06-01 --to 2026-06-30 --format csv");
    csv.exit(0);
    csv.stdout.has([",outages\r\n", "2026-06-28T11:27:00Z/2026-06-28T11:37:00Z"]);
}

#[test]
fn what_was_one_outage_becomes_two_when_it_is_resolved_and_is_corrected_later() {
    let site = site();
    site.at(
        "2026-06-28 18:20",
        "new incident 送信の失敗 --severity critical --affects 注文 --at 18:07 --slug mail -m 調べています。",
    )
    .exit(0);
    site.at(
        "2026-06-28 21:00",
        "update mail 復旧 --outage 18:07頃〜18:08頃 --outage 20:32頃 -m 二度にわたり失敗していました。",
    )
    .exit(0);
    site.read("content/incidents/mail.md").has(["障害時間帯：18:07頃〜18:08頃、20:32頃"]);
    site.build_at("2026-06-28 22:00").exit(0);
    site.page("incidents/mail/").has(["18:07 頃–18:08 頃 JST", "20:32</time> 頃 JST"]);
    assert_eq!(report(&site)["incidents"][0]["impact_seconds_between"], serde_json::json!([0, 11 * 60]));

    site.at(
        "2026-06-30 10:00",
        "update mail 訂正 --outage 18:07〜18:09 --outage 20:32〜20:34 -m 時刻を訂正します。",
    )
    .exit(0);
    site.build_at("2026-06-30 12:00").exit(0);
    let old = "2026年6月28日(日) 18:07 頃–18:08 頃 JST / 2026年6月28日 20:32 頃 JST";
    let new = "2026年6月28日(日) 18:07–18:09 JST / 2026年6月28日(日) 20:32–20:34 JST";
    let page = site.page("incidents/mail/");
    page.has([&*format!("<del>{old}</del>"), &*format!("<ins>{new}</ins>"), "影響時間", "4分"]);
    feed_words(&site, "feed.json").has([&*format!("<del>{old}</del> → <ins>{new}</ins>")]);
    assert_eq!(report(&site)["incidents"][0]["impact_seconds"], 240);
}

#[test]
fn an_open_end_goes_on_until_it_is_resolved_and_a_reopening_comes_on_top() {
    let site = site();
    site.write(
        "content/incidents/mail.md",
        "---\ntitle: 送信の失敗\nseverity: critical\naffects: [orders]\noutages: [2026-06-28 18:07〜18:08, 20:32〜]\n---\n調べています。\n\n## 調査中 2026-06-28 20:40\n",
    );
    site.build_at("2026-06-28 20:45").exit(0);
    site.page("incidents/mail/").has(["20:32</time> JST – 継続中"]);
    site.at("2026-06-28 21:00", "update mail 復旧 --ended 20:52 -m 復旧しました。").exit(0);
    site.build_at("2026-06-28 21:05").exit(0);
    site.page("incidents/mail/").has(["20:32–20:52 JST", "21分"]);
    site.at("2026-06-28 22:00", "update mail 調査中 -m 再び失敗しています。").exit(0);
    site.at("2026-06-28 22:30", "update mail 復旧 -m 復旧しました。").exit(0);
    let json = report(&site);
    let incident = &json["incidents"][0];
    assert_eq!((&incident["impact_seconds"], &incident["reopened"]), (&(51 * 60).into(), &1.into()));
    site.build_at("2026-06-28 23:00").exit(0);
    site.page("incidents/mail/").has(["20:32–20:52 JST", "復旧日時"]);

    // The list contradicts what is said beside it.
    let refused = site.at("2026-06-29 09:00", "update mail 訂正 --started 18:00 -m 訂正します。");
    refused.exit(1).stderr_has("incident/bad-outages");
    let refused = site.at("2026-06-29 09:00", "update mail 調査中 --outage 18:00 -m 調べています。");
    refused.exit(2).stderr_has("--outage");
}
