//! Tests of every channel, for every state of an entry, in every language.

mod agree;
mod vague;

use super::check::{check, dropped};
use super::lookup::{LookupError, find};
use super::*;
use crate::model::Model;
use crate::timeline::Snapshot;
use crate::timeline::fixture::{SITE, at, site};

const CHANNELS_OF_SITE: &str = "\
publisher: {name: {ja: 星取引所株式会社, en: Hoshi Inc.}, registration: {ja: 関東財務局長 第0号, en: No. 0}}
contact: {label: {ja: 窓口, en: Support}, url: \"https://www.example.com/support/\"}
channels: {social: {limit: 280, hashtags: [hoshi]}, mail: {from: a@b.example}}
";

fn site_at<'m>(model: &'m Model, time: &str) -> Site<'m> {
    Site::new(Snapshot::at(model, at(time))).expect("built-in locales")
}

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

/// Writes every channel in both languages and asserts that they agree.
fn assert_sound(model: &Model, time: &str, state: [&str; 2]) {
    let site = site_at(model, time);
    let slug = model.heads().next().expect("an entry").slug.clone();
    let route = find(&site, &[slug]).expect("the entry");
    assert_eq!(check(&site, route, &CHANNELS, &[0, 1]), Vec::<String>::new(), "at {time}");
    let mut items = crate::site::feed_items::all(&site);
    crate::site::feed_items::sort(&mut items);
    let newest = items.iter().find(|n| n.route == route).map(crate::site::feed_items::FeedItem::id);
    for (locale, state) in state.iter().enumerate() {
        let facts = Facts::of(&site, route, locale).expect("facts");
        let headline = ["【{}】", "[{}] "][locale].replace("{}", state);
        assert!(facts.headline().starts_with(&headline), "{} at {time}", facts.headline());
        // The mail and the feed use the same id for a statement.
        assert!(newest.as_ref().is_none_or(|id| *id == facts.newest_id()), "at {time}");
        for channel in CHANNELS {
            let text = channel.write(&site, route, locale).expect("a text");
            assert_eq!(Some(&text), channel.write(&site, route, locale).as_ref());
            let mut forms = channel.shown(&facts);
            if channel.name == "mail" {
                let html = mail::html(&facts);
                forms.push(mail_parser::decoders::html::html_to_text(&html));
            }
            for form in forms {
                assert_eq!(dropped(&facts, &form), Vec::<String>::new(), "{}:\n{form}", channel.name);
                let private = form.contains("zorblax");
                let internal = channel.name == "internal" && !facts.head.secrets.is_empty();
                assert_eq!(private, internal, "{} at {time}:\n{form}", channel.name);
                // A key without a message appears as itself; a variable without a value appears in braces.
                assert!(!form.contains("pack-") && !form.contains("{$"), "{}:\n{form}", channel.name);
            }
        }
    }
}

#[test]
fn an_incident_is_described_alike_from_its_first_report_to_its_postmortem() {
    let model = incident("");
    assert_sound(&model, "20 10:30", ["調査中", "Investigating"]);
    assert_sound(&model, "20 11:30", ["調査中", "Investigating"]);
    assert_sound(&model, "20 12:30", ["復旧", "Resolved"]);
    assert_sound(&model, "20 13:30", ["経過観察（再発）", "Monitoring (recurred)"]);
    assert_sound(&model, "20 15:30", ["復旧", "Resolved"]);
    assert_sound(&model, "21 09:00", ["復旧／事後報告", "Resolved / Postmortem"]);
}

#[test]
fn a_maintenance_is_described_alike_whatever_becomes_of_it() {
    assert_sound(&work("", ""), "18 12:00", ["予定", "Scheduled"]);
    assert_sound(&work("", "publish_at: 2026-11-17 12:00\n"), "20 03:00", ["作業中", "In progress"]);
    assert_sound(&work("", ""), "20 06:00", ["確認中", "Verifying"]);
    let updates = "\n## scheduled 2026-11-17 12:00\n\nWords.\n\n## {} 2026-11-18 12:00\n\nMore.\n";
    assert_sound(&work(&updates.replace("{}", "postponed"), ""), "20 03:00", ["延期", "Postponed"]);
    assert_sound(&work(&updates.replace("{}", "cancelled"), ""), "18 13:00", ["中止", "Cancelled"]);
    assert_sound(&work(&updates.replace("{}", "completed"), ""), "18 13:00", ["完了", "Completed"]);
    let report = updates.replace("{}", "completed") + "\n## Evaluation 2026-11-19 09:00\nGood.\n";
    assert_sound(&work(&report, ""), "19 10:00", ["完了／実施後の評価", "Completed / Evaluation"]);
}

#[test]
fn a_window_without_a_new_time_is_promised_to_nobody() {
    let updates = "\n## postponed 2026-11-18 12:00\n\nMore.\n";
    let model = work(updates, "");
    let site = site_at(&model, "18 13:00");
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
    assert_sound(&model, "20 12:00", ["ご注意", "Warning"]);
    assert_sound(&model, "22 12:00", ["ご注意（掲載終了）", "Warning (no longer current)"]);
    assert_sound(&model, "23 12:00", ["取り下げ", "Withdrawn"]);
    let site = site_at(&model, "23 12:00");
    for channel in CHANNELS {
        let text = channel.write(&site, Route::Notice(0), 0).expect("a text");
        assert!(!text.contains("偽のメール") && !text.contains("言葉です"), "{}:\n{text}", channel.name);
    }
}

#[test]
fn report_to_the_authority_is_numbered_by_what_was_reported_to_it() {
    let reports = "  reports: [2026-11-20 12:30, 2026-11-20T02:10:00Z]\n";
    let with_reports = FRONT.replace(
        "internal: {reporter: zorblax reporter, deep: {phone: [zorblax 1, zorblax 2]}}\n",
        &format!("internal:\n  reporter: zorblax reporter\n{reports}"),
    );
    let text = format!(
        "---\ntitle: 注文の遅れ\n{with_reports}---\n概要です。\n\n## investigating 2026-11-20 10:20\n\n## resolved 2026-11-20 12:00\n\n## Postmortem 2026-11-21 09:00\n報告です。\n"
    );
    let model = self::model(&[("incidents/a.md", &text)]);
    let report = |time: &str| channel_text(&model, "regulator", time, 0);
    let number = |time: &str| report(time).lines().find(|l| l.starts_with('第')).map(str::to_owned);
    // A report sent before the next change counts at this instant.
    assert_eq!(number("20 10:30").as_deref(), Some("第1報"));
    assert_eq!(number("20 11:30").as_deref(), Some("第2報"), "one report, however often readers were told");
    assert_eq!(number("20 12:30").as_deref(), Some("第3報"));
    let text = report("21 09:30");
    for line in [
        "第3報\n",
        "■ これまでのご報告\n第1報：2026年11月20日 11:10 JST（UTC+09:00）\n第2報：2026年11月20日 12:30 JST（UTC+09:00）\n",
    ] {
        assert!(text.contains(line), "{line}:\n{text}");
    }
    assert!(!text.contains("zorblax"), "no other private value stands there:\n{text}");
    for channel in ["mail", "social", "banner", "press", "support"] {
        assert!(!channel_text(&model, channel, "21 09:30", 0).contains("12:30"), "{channel}");
    }
}

#[test]
fn every_time_told_to_the_authority_has_its_offset() {
    let times = |text: &str| {
        let of = |line: &str| (line.contains(" JST"), line.matches("UTC+09:00").count());
        text.lines().map(|line| (line.to_owned(), of(line))).collect::<Vec<_>>()
    };
    let work = work(
        "\n## scheduled 2026-11-17 12:00\nnext_update: 2026-11-19 12:00\n\n## postponed 2026-11-18 12:00\nstart: 2026-11-21 02:00\nend: 05:00\n",
        "phases: [{affects: [api], start: 2026-11-20 02:00, end: 2026-11-20 03:00, mode: halted}]\n",
    );
    for (model, route, time) in
        [(incident(""), Route::Incident(0), "20 13:30"), (work, Route::Maintenance(0), "18 13:00")]
    {
        let site = site_at(&model, time);
        for locale in [0, 1] {
            let text = CHANNELS[6].write(&site, route, locale).expect("a text");
            assert!(text.matches("UTC+09:00").count() > 5, "{text}");
            for (line, (has_time, offsets)) in times(&text) {
                assert_eq!(has_time, offsets > 0, "`{line}` in\n{text}");
            }
        }
    }
}

#[test]
fn contact_is_named_once_and_nothing_is_asked_of_customers_after_the_end() {
    let model = incident("");
    let [before, after] = ["20 10:30", "20 12:30"].map(|time| channel_text(&model, "regulator", time, 0));
    assert!(before.contains("■ 回避策") && !after.contains("■ 回避策"), "{after}");
    for text in [before, after] {
        assert_eq!(text.matches("https://www.example.com/support/").count(), 1, "{text}");
        assert!(text.contains("\n窓口：https://www.example.com/support/\n"), "{text}");
        assert!(!text.contains("お問い合わせ先"), "{text}");
    }
}

#[test]
fn a_record_that_was_put_down_afterwards_is_one_item() {
    let model = incident("backfilled: true\npublish_at: 2026-11-22 09:00\n");
    assert_sound(&model, "22 10:00", ["復旧／事後報告", "Resolved / Postmortem"]);
}

#[test]
fn what_the_check_is_for_is_found() {
    let ja = format!(
        "---\ntitle: 遅れ\n{FRONT}---\n\n## investigating 2026-11-20 10:20\n\n12時10分に3%でした。\n"
    );
    let en = "---\ntitle: Delay\nscope: \"3%\"\n---\n\n## investigating 2026-11-20 10:20\n\nAt 12:20 it was 30%.\n";
    let config = "channels: {social: {limit: 60}}\n";
    let model = site(&format!("{SITE}{config}"), &[("incidents/a.md", &ja), ("incidents/a.en.md", en)]);
    let now = site_at(&model, "20 10:30");
    let found = crate::message::Message::lines(check(&now, Route::Incident(0), &CHANNELS, &[0, 1]));
    for words in [
        "mail: ja: site.yaml has no `channels.mail.from`",
        "press: en: site.yaml has no `publisher.name`",
        "regulator: en: site.yaml has no `contact`",
        "`ja` has 12:10, 3, but `en` does not",
        "`en` has 12:20, 30, but `ja` does not",
    ] {
        assert!(found.contains(words), "`{words}` is not in\n{found}");
    }
    let alone = site(SITE, &[("incidents/a.md", &ja)]);
    let now = site_at(&alone, "20 10:30");
    let found = check(&now, Route::Incident(0), &CHANNELS[2..3], &[1]);
    assert_eq!(found, ["translation: en: the entry is not translated"]);
}

#[test]
fn what_finds_no_room_in_posts_is_found() {
    let words = "言葉を書きました。".repeat(200);
    let ja = format!("---\ntitle: {}\n{FRONT}---\n{words}\n", "注文の遅れ".repeat(20));
    let config = "channels: {social: {limit: 60, hashtags: [noroshi_status_page]}}\n";
    let model = site(&format!("{SITE}{config}"), &[("incidents/a.md", &ja)]);
    let now = site_at(&model, "20 10:30");
    let found = crate::message::Message::lines(check(&now, Route::Incident(0), &CHANNELS[1..2], &[0]));
    for words in ["title and link need", "the thread has ", "not every hashtag fits beside the link"] {
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
    let now = site_at(&model, "20 10:30");
    let mute = Channel::plain("mute", "mute.txt", |facts| format!("{} {}", facts.title, facts.state));
    let found = check(&now, Route::Incident(0), &[mute], &[0]);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found[0].contains("the text lacks the address") && found[1].contains("the next update or the window"),
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
    let site = site_at(&model, "20 12:00");
    let find = |name: &str| find(&site, &[name.to_owned()]);
    let by_folder = ["incidents/a", "/incidents/a/", "incident/a"];
    for name in by_folder.into_iter().chain(["old", "content/incidents/x/a.md", "incidents/x/a.en.md"]) {
        assert_eq!(find(name).ok(), Some(Route::Incident(0)), "{name}");
    }
    let day = |name: &str| find(name).ok().and_then(|r| site.occurrence(r)).map(|o| o.day.to_string());
    assert_eq!(day("w").as_deref(), Some("2026-11-24"), "the next");
    assert_eq!(day("maintenance/w/2026-11-17").as_deref(), Some("2026-11-17"));
    let several = find("a").map_err(|lost| match lost {
        LookupError::Name(crate::entry_lookup::LookupError::Several(names)) => names,
        other => panic!("{other:?}"),
    });
    assert_eq!(several, Err(vec!["incidents/a".to_owned(), "notices/a".to_owned()]));
    assert!(matches!(find("notices/a"), Err(LookupError::Hidden(_, Some(from))) if from == at("25 10:00")));
    assert!(
        matches!(find("w/2026-12-01"), Err(LookupError::Hidden(_, Some(from))) if from == at("24 02:00"))
    );
    assert!(matches!(find("d"), Err(LookupError::Draft(_))));
    for name in ["incidents/zzz", "olx"] {
        let lost = find(name);
        let near = matches!(&lost, Err(LookupError::Name(crate::entry_lookup::LookupError::Unknown(near))) if near.is_empty());
        assert!(near, "{name}: {lost:?}");
    }
}

/// The text of a channel about the first entry at a time.
fn channel_text(model: &Model, channel: &str, time: &str, locale: usize) -> String {
    let site = site_at(model, time);
    let slug = model.heads().next().expect("an entry").slug.clone();
    let route = find(&site, &[slug]).expect("the entry");
    let channel = CHANNELS.iter().find(|known| known.name == channel).expect("a channel");
    let facts = channel.facts(&site, route, locale).expect("facts");
    if channel.name == "mail" {
        mail::shown(&facts).remove(0)
    } else {
        channel.write(&site, route, locale).expect("a text")
    }
}

fn japanese_incident(updates: &str) -> Model {
    let ja = format!("---\ntitle: 注文の遅れ\n{FRONT}---\n概要です。\n{updates}");
    model(&[("incidents/a.md", &ja)])
}

const OVER: &str =
    "\n## investigating 2026-11-20 10:20\n\n調べています。\n\n## resolved 2026-11-20 12:00\n\n{}\n";

#[test]
fn a_correction_opens_with_the_apology_for_the_error() {
    let model = japanese_incident(&format!(
        "{}\n## correction 2026-11-20 13:00\n\n影響は5%でした。\n",
        OVER.replace("{}", "11:50に終わりました。")
    ));
    let apology = "先にお知らせした内容に誤りがございました。お詫びして訂正いたします。";
    let mail = channel_text(&model, "mail", "20 13:00", 0);
    assert!(mail.starts_with(&format!("【復旧／訂正】注文の遅れ\n\nお客様各位\n{apology}\n")), "{mail}");
    assert!(!mail.contains("復旧いたしました") && mail.matches("お詫び").count() == 1, "{mail}");
    assert!(!mail.contains("先にお知らせした内容の訂正です"), "the opening says so already:\n{mail}");
    let press = channel_text(&model, "press", "20 13:00", 0);
    assert!(press.contains(&format!("【復旧／訂正】注文の遅れ\n\n{apology}\n")), "{press}");
    let english = channel_text(&model, "mail", "20 13:00", 1);
    assert!(english.contains("Something that we told you was wrong. We apologise"), "{english}");
}

#[test]
fn neither_recovery_nor_apology_is_said_twice() {
    let plain = "11:50に終わりました。";
    for (words, recoveries, apologies) in [
        (
            plain,
            "「注文の遅れ」は復旧いたしました。ご不便をおかけいたしましたことを、心よりお詫び申し上げます。",
            1,
        ),
        ("11:50に復旧しました。", "「注文の遅れ」につきまして、お知らせいたします。ご不便をおかけ", 1),
        ("11:50に終わりました。深くお詫び申し上げます。", "「注文の遅れ」は復旧いたしました。\n", 1),
        (
            "11:50に復旧しました。申し訳ございません。",
            "「注文の遅れ」につきまして、お知らせいたします。\n",
            1,
        ),
    ] {
        for channel in ["mail", "press", "support"] {
            let text = channel_text(&japanese_incident(&OVER.replace("{}", words)), channel, "20 12:00", 0);
            assert!(text.contains(recoveries), "{channel}: {words}:\n{text}");
            let count = text.matches("お詫び").count() + text.matches("申し訳").count();
            assert_eq!(count, apologies, "{channel}: {words}:\n{text}");
        }
    }
    // A statement after the recovery does not announce the recovery again.
    let later =
        format!("{}\n## update 2026-11-20 15:00\n\n注文の一覧を直しました。\n", OVER.replace("{}", plain));
    let mail = channel_text(&japanese_incident(&later), "mail", "20 15:00", 0);
    assert!(mail.contains("「注文の遅れ」につきまして、お知らせいたします。"), "{mail}");
}

#[test]
fn a_second_post_that_holds_only_an_apology_is_none() {
    let posted = |repeated: usize, end: &str| {
        let words = "注文は受け付けております。".repeat(repeated) + end;
        let updates = format!("\n## investigating 2026-11-20 10:20\n\n{words}\n");
        channel_text(&japanese_incident(&updates), "social", "20 10:20", 0)
    };
    let post = posted(5, "ご迷惑をおかけしております。深くお詫び申し上げます。");
    assert!(!post.contains("\n---\n") && !post.contains("(1/"), "{post}");
    assert!(
        post.contains("受け付けております。\nhttps://") || post.contains("申し上げます。\nhttps://"),
        "{post}"
    );
    assert!(post.contains("次回のお知らせ：2026年11月20日 11:00 JST までに\n"), "{post}");
    // An apology that also promises something is kept.
    let thread = posted(5, "深くお詫びし、手数料を返金いたします。");
    assert!(thread.contains("返金いたします"), "{thread}");
    // Text with content stays, and the number comes last.
    let thread = posted(12, "");
    let posts: Vec<&str> = thread.trim_end().split("\n\n---\n\n").collect();
    for (at, post) in posts.iter().enumerate() {
        assert!(post.ends_with(&format!("({}/{})", at + 1, posts.len())), "{thread}");
    }
}

#[test]
fn headings_after_the_end_say_how_it_was() {
    let incident = japanese_incident(&OVER.replace("{}", "終わりました。"));
    for (time, heading, page) in [
        ("20 10:30", "■ 現在の状況\n", "詳細と最新の状況：https://"),
        ("20 12:00", "■ 障害の概要\n", "\n詳細：https://"),
    ] {
        for channel in ["mail", "support"] {
            let text = channel_text(&incident, channel, time, 0);
            assert!(text.contains(heading) && text.contains(page), "{channel} at {time}:\n{text}");
            assert_eq!(text.contains("現在の状況"), time == "20 10:30", "{channel} at {time}:\n{text}");
            assert_eq!(text.contains("お客様に起きていること"), channel == "support" && time == "20 10:30");
        }
    }
    assert!(channel_text(&incident, "mail", "20 12:00", 1).contains("[Incident overview]"));
    let japanese_incident = "\n## scheduled 2026-11-17 12:00\n\nWords.\n\n## {} 2026-11-18 12:00\n\nMore.\n";
    for (status, heading) in [("completed", "■ 実施結果\n"), ("cancelled", "■ お知らせの概要\n")]
    {
        let text = channel_text(&work(&japanese_incident.replace("{}", status), ""), "mail", "18 13:00", 0);
        assert!(text.contains(heading), "{status}:\n{text}");
    }
}

#[test]
fn support_begins_with_two_lines_and_a_link_once_there_is_a_report() {
    let updates = format!(
        "{}\n## Postmortem 2026-11-21 09:00\n\n長い報告です。\n",
        OVER.replace("{}", "終わりました。")
    );
    let text = channel_text(&japanese_incident(&updates), "support", "21 09:00", 0);
    let wanted = "■ 最初にお伝えすること\nお問い合わせいただき、ありがとうございます。「注文の遅れ」は復旧いたしました。\n\
        「注文の遅れ」につきまして、原因と再発防止策をご報告いたします。\n詳細：https://";
    assert!(text.contains(wanted) && !text.contains("長い報告です"), "{text}");
    assert_eq!(text.matches("\n詳細：").count(), 1, "{text}");
}

#[test]
fn a_promise_that_passed_says_that_the_news_is_late() {
    let model = japanese_incident("\n## investigating 2026-11-20 10:20\n\n言葉。\n");
    let text = channel_text(&model, "mail", "20 11:30", 0);
    let wanted = "次回のお知らせ：2026年11月20日 11:00 JST までに（お知らせが遅れています）";
    assert!(text.contains(wanted) && !text.contains("お約束"), "{text}");
    for channel in ["social", "banner", "press", "support", "internal"] {
        assert!(channel_text(&model, channel, "20 11:30", 0).contains(wanted), "{channel}");
    }
}

#[test]
fn texts_speak_with_the_sender_and_the_hashtags_of_their_language() {
    let channels = CHANNELS_OF_SITE
        .replace("hashtags: [hoshi]", "hashtags: [{ja: 星取引所, en: HoshiExchange}]")
        .replace("{from: a@b.example}", "{from: {ja: 星取引所 <ja@b.example>, en: Hoshi <en@b.example>}}");
    let ja = format!("---\ntitle: 遅れ\n{FRONT}---\n概要です。\n");
    let files = [
        ("incidents/a.md", ja.as_str()),
        ("incidents/a.en.md", "---\ntitle: Delay\nscope: \"3%\"\n---\nSummary.\n"),
    ];
    let model = site(&format!("{SITE}{channels}"), &files);
    let now = site_at(&model, "20 10:30");
    for (locale, tag, address) in
        [(0, "#星取引所", "<ja@b.example>"), (1, "#HoshiExchange", "<en@b.example>")]
    {
        let text =
            |channel: usize| CHANNELS[channel].write(&now, Route::Incident(0), locale).expect("a text");
        assert!(text(1).contains(tag), "{}", text(1));
        assert!(text(0).contains(address), "{}", text(0));
    }
    assert_eq!(check(&now, Route::Incident(0), &CHANNELS, &[0, 1]), Vec::<String>::new());
}

#[test]
fn every_language_has_words_by_which_its_own_sentences_are_known() {
    for tag in crate::languages::tags() {
        let config = format!(
            "title: Status\nurl: https://s.example/\ntimezone: Asia/Tokyo\nlocales: [{tag}]\ncomponents: [{{id: api, name: API}}]\n"
        );
        let model = site(&config, &[("incidents/a.md", &format!("---\ntitle: x\n{FRONT}---\nx\n"))]);
        let site = site_at(&model, "20 10:30");
        let facts = Facts::of(&site, Route::Incident(0), 0).expect("facts");
        for key in ["active", "again", "resolved", "postmortem", "correction", "withdrawn"] {
            let words = facts.with(&format!("pack-open-{key}"), "title", "x");
            assert!(facts.apologises(&words), "{tag}: {words}");
            assert!(key == "withdrawn" || super::facts::sentences(&words).len() > 1, "{tag}: {words}");
        }
        for key in ["completed", "running", "notice"] {
            let words = facts.with(&format!("pack-open-{key}"), "title", "x");
            assert!(!facts.apologises(&words), "{tag}: {words}");
        }
    }
}
