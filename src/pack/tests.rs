//! Every channel, for every state of an entry, in every language.

mod agree;

use super::check::check;
use super::find::{Lost, find};
use super::*;
use crate::model::Model;
use crate::timeline::Snapshot;
use crate::timeline::fixture::{SITE, at, site};

const CHANNELS_OF_SITE: &str = "\
publisher: {name: {ja: 星取引所株式会社, en: Hoshi Inc.}, registration: {ja: 関東財務局長 第0号, en: No. 0}}
contact: {label: {ja: 窓口, en: Support}, url: \"https://www.example.com/support/\"}
channels: {social: {limit: 280, hashtags: [hoshi]}, mail: {from: a@b.example}}
";

fn model(files: &[(&str, &str)]) -> Model {
    site(&format!("{SITE}{CHANNELS_OF_SITE}"), files)
}

const FRONT: &str = "severity: moderate\naffects: [api]\nstarted: 2026-11-20 10:15\nscope: \"3%\"\nnext_update: 2026-11-20 11:00\n\
    reviewed_by: [zorblax reviewer]\ninternal: {reporter: zorblax reporter, deep: {phone: [zorblax 1, zorblax 2]}}\n";

fn incident(more: &str) -> Model {
    let body = "\n## investigating 2026-11-20 10:20\n\n{0}\n\n## resolved 2026-11-20 12:00\nended: 11:50\n\n{0}\n\n\
        ## monitoring 2026-11-20 13:00\nnext_update: 14:00\n\n## resolved 2026-11-20 15:00\n\n{0}\n\n## Postmortem 2026-11-21 09:00\n{0}\n\n\
        ## Workaround\n- {0}\n\n## FAQ\n### {0}?\n{0}\n";
    let ja = format!(
        "---\ntitle: 注文の遅れ\n{FRONT}{more}---\n概要です。{}",
        body.replace("{0}", "11:40に言葉を書きました。")
    );
    let en = format!(
        "---\ntitle: Delayed orders\nscope: \"3%\"\n---\nA summary.{}",
        body.replace("{0}", "Words at 11:40.")
    );
    let en = en.replace("ended: 11:50\n", "").replace("next_update: 14:00\n", "");
    model(&[("incidents/a.md", &ja), ("incidents/a.en.md", &en)])
}

fn work(updates: &str, more: &str) -> Model {
    let ja = format!(
        "---\ntitle: 定期メンテナンス\nkind: regular\naffects: [api]\nwindow: {{start: 2026-11-20 02:00, end: 2026-11-20 05:00}}\n{more}\
         internal: {{tested: zorblax tested}}\n---\n作業です。\n{updates}"
    );
    let en = format!("---\ntitle: Maintenance\n---\nWork.\n{updates}");
    model(&[("maintenance/m.md", &ja), ("maintenance/m.en.md", &en)])
}

/// Writes every channel in both languages and looks whether all of them say the same.
fn assert_sound(model: &Model, time: &str, state: [&str; 2]) {
    let site = Site::new(Snapshot::at(model, at(time))).expect("built-in locales");
    let slug = model.heads().next().expect("an entry").slug.clone();
    let route = find(&site, &[slug]).expect("the entry");
    assert_eq!(check(&site, route, &CHANNELS, &[0, 1]), Vec::<String>::new(), "at {time}");
    let mut news = crate::site::news::all(&site);
    crate::site::news::sort(&mut news);
    let newest = news.iter().find(|n| n.route == route).map(crate::site::news::News::id);
    for (locale, state) in state.iter().enumerate() {
        let facts = Facts::of(&site, route, locale).expect("facts");
        assert!(facts.headline().starts_with(&format!("[{state}] ")), "{} at {time}", facts.headline());
        // The mail and the feed know news by one id.
        assert!(newest.as_ref().is_none_or(|id| *id == facts.newest_id()), "at {time}");
        for channel in CHANNELS {
            let text = channel.write(&site, route, locale).expect("a text");
            assert_eq!(Some(&text), channel.write(&site, route, locale).as_ref());
            for form in channel.shown(&facts) {
                let private = form.contains("zorblax");
                let internal = channel.name == "internal" && !facts.head.secrets.is_empty();
                assert_eq!(private, internal, "{} at {time}:\n{form}", channel.name);
                // A key without a message shows as itself; a variable without a value in braces.
                assert!(!form.contains("pack-") && !form.contains("{$"), "{}:\n{form}", channel.name);
            }
        }
    }
}

#[test]
fn an_incident_is_told_alike_from_its_first_report_to_its_postmortem() {
    let model = incident("");
    assert_sound(&model, "20 10:30", ["調査中", "Investigating"]);
    assert_sound(&model, "20 11:30", ["調査中", "Investigating"]);
    assert_sound(&model, "20 12:30", ["復旧", "Resolved"]);
    assert_sound(&model, "20 13:30", ["経過観察（再発）", "Monitoring (again)"]);
    assert_sound(&model, "20 15:30", ["復旧", "Resolved"]);
    assert_sound(&model, "21 09:00", ["復旧・事後報告", "Resolved / Postmortem"]);
}

#[test]
fn a_maintenance_is_told_alike_whatever_becomes_of_it() {
    assert_sound(&work("", ""), "18 12:00", ["予定", "Scheduled"]);
    assert_sound(&work("", "publish_at: 2026-11-17 12:00\n"), "20 03:00", ["作業中", "In progress"]);
    assert_sound(&work("", ""), "20 06:00", ["確認中", "Verifying"]);
    let told = "\n## scheduled 2026-11-17 12:00\n\nWords.\n\n## {} 2026-11-18 12:00\n\nMore.\n";
    assert_sound(&work(&told.replace("{}", "postponed"), ""), "20 03:00", ["延期", "Postponed"]);
    assert_sound(&work(&told.replace("{}", "cancelled"), ""), "18 13:00", ["中止", "Cancelled"]);
    assert_sound(&work(&told.replace("{}", "completed"), ""), "18 13:00", ["完了", "Completed"]);
    let report = told.replace("{}", "completed") + "\n## Evaluation 2026-11-19 09:00\nGood.\n";
    assert_sound(&work(&report, ""), "19 10:00", ["完了・実施後の評価", "Completed / Evaluation"]);
}

#[test]
fn a_window_without_a_new_time_is_promised_to_nobody() {
    let told = "\n## postponed 2026-11-18 12:00\n\nMore.\n";
    let model = work(told, "");
    let site = Site::new(Snapshot::at(&model, at("18 13:00"))).expect("built-in locales");
    let facts = Facts::of(&site, Route::Maintenance(0), 0).expect("facts");
    assert!(facts.promises.iter().all(|p| !p.value.contains("02:00")), "{:?}", facts.promises);
    assert!(facts.called_off.as_ref().is_some_and(|f| f.value.contains("02:00–05:00 JST")));
    assert!(facts.fact("before").is_some_and(|f| f.value.contains("02:00–05:00 JST")), "{:?}", facts.list);
}

#[test]
fn a_notice_holds_until_it_expires_or_is_withdrawn() {
    let ja = "---\ntitle: 偽のメール\nlevel: warning\npublish_at: 2026-11-20 10:00\nexpires_at: 2026-11-22 10:00\n\
        withdrawn: {at: 2026-11-23 10:00, reason: {ja: 誤りでした, en: It was wrong}}\n---\n言葉です。\n";
    let model = model(&[("notices/n.md", ja), ("notices/n.en.md", "---\ntitle: False mail\n---\nWords.\n")]);
    assert_sound(&model, "20 12:00", ["ご注意・お知らせ", "Warning / Notice"]);
    assert_sound(
        &model,
        "22 12:00",
        ["ご注意（掲載終了）・お知らせ", "Warning (no longer current) / Notice"],
    );
    assert_sound(&model, "23 12:00", ["取り下げ", "Withdrawn"]);
    let site = Site::new(Snapshot::at(&model, at("23 12:00"))).expect("built-in locales");
    for channel in CHANNELS {
        let text = channel.write(&site, Route::Notice(0), 0).expect("a text");
        assert!(!text.contains("偽のメール") && !text.contains("言葉です"), "{}:\n{text}", channel.name);
    }
}

#[test]
fn reports_are_numbered_by_what_was_said() {
    let model = incident("");
    let number = |time: &str| {
        let site = Site::new(Snapshot::at(&model, at(time))).expect("built-in locales");
        let text = CHANNELS[6].write(&site, Route::Incident(0), 0).expect("a text");
        text.lines().find(|l| l.starts_with('第')).map(str::to_owned)
    };
    assert_eq!(number("20 10:30").as_deref(), Some("第1報"));
    assert_eq!(number("20 15:30").as_deref(), Some("第4報"));
    assert_eq!(number("21 09:30").as_deref(), Some("第5報"));
}

#[test]
fn a_record_that_was_put_down_afterwards_is_one_item() {
    let model = incident("backfilled: true\npublish_at: 2026-11-22 09:00\n");
    assert_sound(&model, "22 10:00", ["復旧・事後報告", "Resolved / Postmortem"]);
}

#[test]
fn what_the_check_is_for_is_found() {
    let ja = format!(
        "---\ntitle: 遅れ\n{FRONT}---\n\n## investigating 2026-11-20 10:20\n\n12時10分に3%でした。\n"
    );
    let en = "---\ntitle: Delay\nscope: \"3%\"\n---\n\n## investigating 2026-11-20 10:20\n\nAt 12:20 it was 30%.\n";
    let config = "channels: {social: {limit: 60}}\n";
    let model = site(&format!("{SITE}{config}"), &[("incidents/a.md", &ja), ("incidents/a.en.md", en)]);
    let now = Site::new(Snapshot::at(&model, at("20 10:30"))).expect("built-in locales");
    let found = check(&now, Route::Incident(0), &CHANNELS, &[0, 1]).join("\n");
    for words in [
        "mail: ja: site.yaml has no `channels.mail.from`",
        "press: en: site.yaml has no `publisher.name`",
        "regulator: en: site.yaml has no `contact`",
        "12:10, 3 stands in `ja` and not in `en`",
        "12:20, 30 stands in `en` and not in `ja`",
    ] {
        assert!(found.contains(words), "`{words}` is not in\n{found}");
    }
    let alone = site(SITE, &[("incidents/a.md", &ja)]);
    let now = Site::new(Snapshot::at(&alone, at("20 10:30"))).expect("built-in locales");
    let found = check(&now, Route::Incident(0), &CHANNELS[2..3], &[1]);
    assert_eq!(found, ["translation: en: the entry is not translated"]);
}

#[test]
fn what_finds_no_room_in_posts_is_found() {
    let words = "言葉を書きました。".repeat(200);
    let ja = format!("---\ntitle: {}\n{FRONT}---\n{words}\n", "注文の遅れ".repeat(20));
    let config = "channels: {social: {limit: 60, hashtags: [noroshi_status_page]}}\n";
    let model = site(&format!("{SITE}{config}"), &[("incidents/a.md", &ja)]);
    let now = Site::new(Snapshot::at(&model, at("20 10:30"))).expect("built-in locales");
    let found = check(&now, Route::Incident(0), &CHANNELS[1..2], &[0]).join("\n");
    for words in ["title and link need", "the thread has ", "not every hashtag finds room"] {
        assert!(found.contains(words), "`{words}` is not in\n{found}");
    }
    assert!(
        social::posts(&Facts::of(&now, Route::Incident(0), 0).expect("facts"))
            .iter()
            .all(|p| split::weight(&p.whole()) <= 60)
    );
}

#[test]
fn a_channel_that_drops_a_fact_is_found() {
    let model = incident("");
    let now = Site::new(Snapshot::at(&model, at("20 10:30"))).expect("built-in locales");
    let mute = Channel::plain("mute", "mute.txt", |facts| format!("{} {}", facts.title, facts.state));
    let found = check(&now, Route::Incident(0), &[mute], &[0]);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found[0].contains("the address is not said") && found[1].contains("what comes next"),
        "{found:?}"
    );
}

#[test]
fn entries_are_found_by_whatever_they_are_called() {
    let text = format!("---\ntitle: t\nid: old\n{FRONT}---\n");
    let work = "---\ntitle: t\nkind: regular\naffects: [api]\nwindow: {start: 2026-11-17 02:00, end: 2026-11-17 03:00}\n\
        recurrence: {rule: FREQ=WEEKLY}\n---\n";
    let hidden = "---\ntitle: t\npublish_at: 2026-11-25 10:00\n---\nx\n";
    let files = [
        ("incidents/x/a.md", text.as_str()),
        ("maintenance/w.md", work),
        ("notices/a.md", hidden),
        ("notices/d.md", "---\ntitle: t\ndraft: true\n---\nx\n"),
    ];
    let model = model(&files);
    let site = Site::new(Snapshot::at(&model, at("20 12:00"))).expect("built-in locales");
    let find = |name: &str| find(&site, &[name.to_owned()]);
    for name in [
        "old",
        "incidents/a",
        "/incidents/a/",
        "incident/a",
        "content/incidents/x/a.md",
        "incidents/x/a.en.md",
    ] {
        assert_eq!(find(name).ok(), Some(Route::Incident(0)), "{name}");
    }
    let day = |name: &str| find(name).ok().and_then(|r| site.occurrence(r)).map(|o| o.day.to_string());
    assert_eq!(day("w").as_deref(), Some("2026-11-24"), "the next");
    assert_eq!(day("maintenance/w/2026-11-17").as_deref(), Some("2026-11-17"));
    let several = find("a").map_err(|lost| match lost {
        Lost::Name(crate::find::Lost::Several(names)) => names,
        other => panic!("{other:?}"),
    });
    assert_eq!(several, Err(vec!["incidents/a".to_owned(), "notices/a".to_owned()]));
    assert!(matches!(find("notices/a"), Err(Lost::Hidden(_, Some(from))) if from == at("25 10:00")));
    assert!(matches!(find("w/2026-12-01"), Err(Lost::Hidden(_, Some(from))) if from == at("24 02:00")));
    assert!(matches!(find("d"), Err(Lost::Draft(_))));
    for name in ["incidents/zzz", "olx"] {
        let lost = find(name);
        let near = matches!(&lost, Err(Lost::Name(crate::find::Lost::Unknown(near))) if near.is_empty());
        assert!(near, "{name}: {lost:?}");
    }
}
