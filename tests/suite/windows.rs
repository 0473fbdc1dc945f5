//! Maintenance whose window is not decided yet, or that has several: what people type, and what readers get.

use crate::harness::{Site, Text as _};

const SITE: &str = "title: {ja: 例の取引所, en: Example}\nurl: https://status.example/\ntimezone: Asia/Tokyo\nlocales: [ja, en]\n\
                    components:\n  - {id: orders, name: {ja: 注文, en: Orders}}\n  - {id: login, name: {ja: ログイン, en: Login}}\n";

fn site() -> Site {
    let site = Site::bare();
    site.write("content/site.yaml", SITE);
    site
}

#[test]
fn a_maintenance_is_announced_before_its_date_and_gets_the_date_later() {
    let site = site();
    site.at(
        "2026-11-20 09:00",
        "new maintenance ウォレットの移行 --kind regular --affects 注文 --window 未定 --slug wallets --status 予定 -m 準備を進めています。",
    )
    .exit(0);
    site.read("content/maintenance/wallets.md").has(["window: {start: 未定, end: 未定}"]);
    site.build_at("2026-11-20 10:00").exit(0);
    for (prefix, words) in [("", "日程未定"), ("en/", "Date not decided yet")] {
        site.page(prefix).has([words]);
        let page = site.page(&format!("{prefix}maintenance/wallets/"));
        page.has([words]);
        page.lacks(["9999"]);
        site.page(&format!("{prefix}history/2026/11/")).has(["wallets/"]);
    }
    let rows = |site: &Site| site.json("api/schedule.json")["schedule"].clone();
    let row = &rows(&site)[0];
    assert_eq!((&row["planned_start"], &row["start"]), (&serde_json::Value::Null, &serde_json::Value::Null));
    site.page("calendar.ics").lacks(["BEGIN:VEVENT"]);
    let upcoming = |site: &Site| {
        let all = site.json("api/v2/scheduled-maintenances/upcoming.json");
        all["scheduled_maintenances"].as_array().map_or(0, Vec::len)
    };
    assert_eq!(upcoming(&site), 0);

    // Work cannot begin before anybody knows when.
    let refused = site.at("2026-11-24 10:00", "update wallets 作業中 -m 始めます。");
    refused.exit(1).stderr_has("maintenance/undecided");
    site.at(
        "2026-11-25 15:00",
        "update wallets 予定 --start '2026-12-12 02:00' --end '2026-12-12 05:00' -m 日程が決まりました。",
    )
    .exit(0);
    site.build_at("2026-11-25 16:00").exit(0);
    site.page("maintenance/wallets/").has(["2026年12月12日", "日程未定"]);
    site.page("en/feed.json").has(["Date not decided yet"]);
    assert_eq!(rows(&site)[0]["planned_start"], "2026-12-11T17:00:00Z");
    site.page("calendar.ics").has(["DTSTART:20261211T170000Z"]);
    assert_eq!(upcoming(&site), 1);
}

#[test]
fn two_halls_on_two_days_are_one_entry_with_an_event_each() {
    let site = site();
    site.at(
        "2026-11-20 09:00",
        "new maintenance 計画停電 --kind regular --affects 注文 --window '2026-12-06 13:00-15:00' --window 'ログイン=2026-12-05 10:00-12:00' --slug power --status 予定 -m 館ごとに電源を止めます。",
    )
    .exit(0);
    site.build_at("2026-11-20 10:00").exit(0);
    let calendar = site.page("calendar.ics");
    calendar.has(["DTSTART:20261205T010000Z", "DTSTART:20261206T040000Z"]);
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 2);
    site.page("maintenance/power/").has(["2026年12月5日", "2026年12月6日"]);

    site.at("2026-11-27 12:00", "update power 延期 --occurrence 2026-12-06 -m 二つ目の館は延期します。")
        .exit(0);
    site.build_at("2026-11-27 13:00").exit(0);
    let rows = site.json("api/schedule.json");
    let rows = rows["schedule"].as_array().expect("rows");
    let starts: Vec<Option<&str>> = rows.iter().map(|row| row["start"].as_str()).collect();
    assert_eq!(starts, [Some("2026-12-05T01:00:00Z"), None]);
    // The report of the month has the work of the first hall alone.
    site.at("2026-12-05 12:00", "update power 完了 --occurrence 2026-12-05 -m 終わりました。").exit(0);
    let report = site
        .at("2027-01-05 12:00", "report --from 2026-12-01 --to 2027-01-01 --format json")
        .exit(0)
        .stdout
        .clone();
    report.has(["\"power\""]);
}

#[test]
fn a_window_is_read_as_people_write_it() {
    for (typed, start, end) in [
        ("2026-12-05 10:00〜12:00", "2026-12-05T01:00:00Z", "2026-12-05T03:00:00Z"),
        ("2026-12-05 23:00〜翌1:00", "2026-12-05T14:00:00Z", "2026-12-05T16:00:00Z"),
        ("2026年12月12日～18日", "2026-12-11T15:00:00Z", "2026-12-18T15:00:00Z"),
        ("2026年12月12日（土）～18日（金）", "2026-12-11T15:00:00Z", "2026-12-18T15:00:00Z"),
        ("2026年11月28日〜12月3日", "2026-11-27T15:00:00Z", "2026-12-03T15:00:00Z"),
        ("2026年12月28日〜1月3日", "2026-12-27T15:00:00Z", "2027-01-03T15:00:00Z"),
        ("2026年11月30日〜1日", "2026-11-29T15:00:00Z", "2026-12-01T15:00:00Z"),
        ("2026年12月31日〜2日", "2026-12-30T15:00:00Z", "2027-01-02T15:00:00Z"),
        ("2026/12/12～12/18", "2026-12-11T15:00:00Z", "2026-12-18T15:00:00Z"),
        ("2026-12-12 終日", "2026-12-11T15:00:00Z", "2026-12-12T15:00:00Z"),
        ("2026-12-12", "2026-12-11T15:00:00Z", "2026-12-12T15:00:00Z"),
        ("[JST] 12/10(木)10:30~13:00", "2026-12-10T01:30:00Z", "2026-12-10T04:00:00Z"),
        ("{start: 2026-12-12, end: 18日}", "2026-12-11T15:00:00Z", "2026-12-18T15:00:00Z"),
    ] {
        let site = site();
        let value = if typed.starts_with('{') { typed.to_owned() } else { format!("\"{typed}\"") };
        let front = format!(
            "title: t\nkind: regular\naffects: [orders]\nwindow: {value}\npublish_at: 2026-11-20 09:00"
        );
        site.write("content/maintenance/a.md", &format!("---\n{front}\n---\nx\n"));
        site.build_at("2026-11-20 10:00").exit(0);
        let row = &site.json("api/schedule.json")["schedule"][0];
        assert_eq!((&row["planned_start"], &row["planned_end"]), (&start.into(), &end.into()), "{typed}");
    }
}
