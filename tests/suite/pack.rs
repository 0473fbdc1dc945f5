//! Tests that the other channels say the same as the site, in every state and language, and nothing
//! private.

use std::fs;
use std::os::unix::fs::symlink;

use mail_parser::MessageParser;

use crate::harness::{NOON, Site, Text as _};

const CHANNELS: [&str; 7] = ["mail", "social", "banner", "press", "support", "internal", "regulator"];
const ORDERS: &str = "2026-11-20-btc-order-delay";

#[track_caller]
fn text(site: &Site, entry: &str, channel: &str, locale: &str, at: &str) -> String {
    let run = site.run(["pack", entry, "--channel", channel, "--locale", locale, "--as-of", at]);
    run.exit(0);
    assert_eq!(run.stderr, "");
    run.stdout
}

/// The text that a reader of the channel sees.
fn read(site: &Site, entry: &str, channel: &str, locale: &str, at: &str) -> String {
    let text = text(site, entry, channel, locale, at);
    if channel != "mail" {
        return text;
    }
    let mail = MessageParser::default().parse(text.as_bytes()).expect("a mail");
    format!("{}\n{}", mail.subject().expect("a subject"), mail.body_text(0).expect("a body"))
}

#[test]
fn every_channel_says_title_state_next_word_and_address() {
    let site = Site::demo();
    for (locale, title, state, next, address) in [
        ("ja", "ビットコインの注文受付の遅れ", "原因特定", "2026年11月20日 12:10 JST", ""),
        ("en", "Delays in accepting Bitcoin orders", "Identified", "November 20, 2026 12:10 JST", "en/"),
    ] {
        for channel in CHANNELS {
            let text = read(&site, ORDERS, channel, locale, NOON);
            let address = format!("https://status.hoshi-exchange.example/{address}incidents/{ORDERS}/");
            for words in [title, state, next, &address] {
                assert!(text.contains(words), "{channel} in {locale} lacks `{words}`:\n{text}");
            }
        }
    }
}

#[test]
fn the_demo_says_the_same_everywhere() {
    let site = Site::demo();
    let mut found = String::new();
    for folder in ["incidents", "maintenance", "notices"] {
        let walk = walkdir::WalkDir::new(site.path(format!("content/{folder}"))).sort_by_file_name();
        for file in walk.into_iter().filter_map(Result::ok).filter(|e| e.file_type().is_file()) {
            let name =
                file.path().strip_prefix(site.root()).expect("a file of the site").to_str().expect("a name");
            if name.ends_with(".en.md") {
                continue;
            }
            let run = site.run(["pack", name, "--check", "--as-of", "2026-12-15T12:00:00+09:00"]);
            if !run.exited_with(0) {
                found += &format!("{name}:\n{}{}\n", run.stdout, run.stderr);
            }
        }
    }
    assert_eq!(found, "");
}

#[test]
fn all_channels_come_one_after_another_or_each_in_its_file() {
    let site = Site::demo();
    let all = site.run(["pack", ORDERS, "--as-of", NOON]);
    all.exit(0);
    let heads: Vec<String> = CHANNELS.iter().map(|c| format!("== {c} ==")).collect();
    let shown: Vec<&str> = all.stdout.lines().filter(|l| l.starts_with("== ")).collect();
    assert_eq!(shown, heads);
    let run = site.noon(&format!("pack {ORDERS} --out texts"));
    run.exit(0);
    let files =
        ["mail.eml", "social.txt", "banner.txt", "press.txt", "support.txt", "internal.txt", "regulator.txt"];
    let paths = files.map(|file| format!("texts/{file}"));
    assert_eq!(run.stdout.lines().collect::<Vec<_>>(), paths);
    let texts = heads.iter().zip(&paths).map(|(head, path)| format!("{head}\n{}", site.read(path)));
    assert_eq!(texts.collect::<String>(), all.stdout);
    assert_eq!(fs::read_dir(site.path("texts")).expect("a folder").count(), 7, "nothing else is left there");
}

#[test]
fn the_same_facts_make_the_same_bytes() {
    let (one, other) = (Site::demo(), Site::demo_reversed());
    let run = |site: &Site| site.run(["pack", ORDERS, "--as-of", NOON]).stdout.clone();
    assert_eq!(run(&one), run(&other));
    let later = one.run(["pack", ORDERS, "--as-of", "2026-11-20T12:05:00+09:00"]);
    assert_eq!(run(&one), later.stdout, "nothing was said meanwhile");
}

#[test]
fn a_mail_is_read_by_others_as_it_was_written() {
    let site = Site::demo();
    for (locale, subject, name) in [
        ("ja", "【原因特定／続報】ビットコインの注文受付の遅れ", "星取引所 稼働状況"),
        ("en", "[Identified / Update] Delays in accepting Bitcoin orders", "Hoshi Exchange Status"),
    ] {
        let mail = text(&site, ORDERS, "mail", locale, NOON);
        // An id cannot be folded.
        assert!(mail.lines().all(|l| l.len() <= 78 || l.starts_with("Message-ID: <")), "{mail}");
        assert_eq!(mail.matches('\n').count(), mail.matches("\r\n").count());
        let mail = MessageParser::default().parse(mail.as_bytes()).expect("a mail");
        assert!(mail.subject().is_some_and(|s| s.starts_with(subject)), "{:?}", mail.subject());
        let from = mail.from().and_then(|f| f.first()).expect("a sender");
        assert_eq!(from.name.as_deref(), Some(name));
        assert_eq!(from.address.as_deref(), Some("status@hoshi-exchange.example"));
        assert_eq!(mail.date().map(mail_parser::DateTime::to_timestamp), Some(1_795_142_400));
        assert!(
            mail.message_id()
                .is_some_and(|id| id.ends_with(&format!(".{locale}@status.hoshi-exchange.example")))
        );
        let html = mail.body_html(0).expect("HTML").into_owned();
        assert!(html.contains(&format!("<html lang=\"{locale}\"")), "{html}");
        html.lacks(["<style", "<img", "<link", "<script", "class=", " src=", "url("]);
        html.lacks(["href=\"#", "href=\"/", "href=\".."]);
    }
}

#[test]
fn a_thread_ends_its_posts_at_sentences() {
    let site = Site::demo();
    let text = text(&site, ORDERS, "social", "ja", NOON);
    let posts: Vec<&str> = text.trim_end().split("\n\n---\n\n").collect();
    assert_eq!(posts.len(), 3, "{text}");
    assert!(
        posts[0].ends_with("#星取引所 (1/3)") && posts[0].contains("\nhttps://"),
        "the number stands last: {text}"
    );
    assert!(posts[1].ends_with("。 (2/3)") && posts[2].ends_with("。 (3/3)"), "{text}");
}

#[test]
fn a_postmortem_is_posted_as_its_summary() {
    let site = Site::demo();
    let text = text(&site, "2026-10-14-trading-halt", "social", "ja", "2026-11-01T12:00:00+09:00");
    assert!(text.starts_with("【復旧／事後報告】") && text.contains("原因と再発防止策をご報告"), "{text}");
    assert!(text.matches("\n---\n").count() < 4, "{text}");
}

#[test]
fn only_the_note_to_colleagues_holds_what_is_private() {
    let site = Site::fixture("small");
    let body =
        "reviewed_by: [Zorblax One]\ninternal: {reporter: Zorblax Two, deep: {list: [Zorblax Three]}}\n";
    let entry = format!(
        "---\ntitle: Slow\nseverity: minor\naffects: []\nstarted: 2026-11-20 10:00\n{body}---\nIt is slow.\n"
    );
    site.write("content/incidents/b.md", &entry);
    for channel in CHANNELS.iter().filter(|c| **c != "internal") {
        let text = read(&site, "b", channel, "en", NOON);
        assert!(!text.contains("Zorblax"), "{channel}:\n{text}");
        assert!(!self::text(&site, "b", channel, "en", NOON).contains("Zorblax"));
    }
    let text = read(&site, "b", "internal", "en", NOON);
    assert!(text.starts_with("INTERNAL: ") && text.contains("do not forward"), "{text}");
    text.has(["Zorblax One", "reporter: Zorblax Two", "deep.list: Zorblax Three"]);
}

#[test]
fn times_of_reports_stand_in_no_text_but_those_for_colleagues_and_the_authority() {
    let site = Site::fixture("small");
    let internal = "internal: {reporter: Zorblax Two, reports: [2026-11-20 10:47, 2026-11-20 11:03]}\n";
    let entry = format!(
        "---\ntitle: Slow\nseverity: minor\naffects: []\nstarted: 2026-11-20 10:00\n{internal}---\nIt is slow.\n"
    );
    site.write("content/incidents/b.md", &entry);
    for channel in CHANNELS {
        let text = read(&site, "b", channel, "en", NOON);
        let holds = text.contains("10:47") && text.contains("11:03");
        assert_eq!(holds, matches!(channel, "internal" | "regulator"), "{channel}:\n{text}");
        assert_eq!(text.contains("Zorblax"), channel == "internal", "{channel}:\n{text}");
    }
    let text = read(&site, "b", "regulator", "en", NOON);
    text.has(["Report No. 3", "Report No. 2: November 20, 2026 11:03"]);
    site.build_at(NOON).exit(0);
    for (path, bytes) in site.files() {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("10:47") && !text.contains("01:47"), "{path}");
    }
    site.edit("content/incidents/b.md", "2026-11-20 11:03", "soon");
    site.run(["check", "--as-of", NOON]).exit(1).stderr_has("content/incidents/b.md:6");
}

#[test]
fn what_colleagues_read_is_never_written_into_the_site() {
    let site = Site::demo();
    site.build_at(NOON).exit(0);
    for folder in ["content", "content/static/x", "public", "public/files"] {
        site.noon(&format!("pack {ORDERS} --out {folder}")).exit(2);
        assert!(!site.path(folder).join("internal.txt").exists(), "{folder}");
    }
}

#[test]
fn the_note_to_colleagues_is_not_written_where_the_first_build_will_publish() {
    let site = Site::demo();
    symlink(site.root(), site.path("here")).expect("a link");
    symlink(site.path("public"), site.path("soon")).expect("a link");
    fs::create_dir(site.path("other")).expect("a folder");
    // Interrupted builds leave a lock and no manifest, or a broken one.
    site.write("half/.noroshi-lock", "").write("half/manifest.json", "{\"vers").write("half/a/b.txt", "");
    symlink(site.path("half/a"), site.path("inner")).expect("a link");
    let name = site.root().file_name().and_then(|name| name.to_str()).expect("a name");
    let pack = |folder: &str| {
        let out = folder.replace("{root}", name);
        (site.noon(&format!("pack {ORDERS} --out {out}")), site.path(out).join("internal.txt").exists())
    };
    for folder in [
        "public",
        "./public/",
        "public/x/y",
        "other/../public",
        "none/../public/z",
        "here/public",
        "here/../{root}/public/notes",
        "content/static/notes",
        "themes/mine",
        "half",
        "half/a/deep/er",
        "inner/c",
        "soon",
    ] {
        let (run, is_written) = pack(folder);
        assert!(!run.exited_with(0), "{folder}: {}", run.stdout);
        assert!(!is_written && !site.path("public/internal.txt").exists(), "{folder}");
    }
    for folder in ["other", "public.txt", "publication/x", "../{root}/other/y"] {
        let (run, is_written) = pack(folder);
        run.exit(0);
        assert!(is_written, "{folder}");
    }
}

#[test]
fn public_texts_leave_out_the_two_with_private_fields() {
    let site = Site::demo();
    let out = site.path("texts");
    site.noon(&format!("pack {ORDERS} --public --out texts")).exit(0);
    assert_eq!(fs::read_dir(&out).expect("a folder").count(), CHANNELS.len() - 2);
    assert!(!out.join("internal.txt").exists() && !out.join("regulator.txt").exists());
    let shown = site.run(["pack", ORDERS, "--as-of", NOON, "--public"]);
    assert!(!shown.exit(0).stdout.contains("== internal ==") && !shown.stdout.contains("== regulator =="));
    site.run(["pack", ORDERS, "--as-of", NOON, "--public", "--channel", "internal"]).exit(2);
}

#[test]
fn an_entry_with_news_that_cannot_be_written_stops_no_other() {
    let site = Site::fixture("small");
    let pack = || site.noon("pack --news news.jsonl --public --out texts");
    pack().exit(3).stderr_has("build --events");
    site.write("news.jsonl", "");
    pack().exit(0);
    assert!(!site.path("texts").exists());
    let line = |file: &str| format!("{{\"file\":\"content/{file}.md\",\"occurrence\":null}}\n");
    let lines = line("incidents/../../gone") + &line("incidents/delay") + &line("notices/hours");
    site.write("news.jsonl", &lines);
    pack().exit(2).stderr_has("no entry matches");
    for entry in ["incidents/delay", "notices/hours"] {
        assert!(site.path(format!("texts/{entry}/mail.eml")).is_file(), "{entry}");
    }
    site.write("news.jsonl", "no event\n");
    pack().exit(3).stderr_has("a line is not an event");
    // Without an output folder, `--news` cannot write the files.
    site.noon("pack --news news.jsonl").exit(2);
}

#[test]
fn what_nobody_may_see_yet_is_told_with_the_way_out() {
    let site = Site::fixture("small");
    site.write("content/notices/later.md", "---\ntitle: Later\npublish_at: 2026-11-21 09:00\n---\nWords.\n");
    site.write("content/notices/draft.md", "---\ntitle: Draft\ndraft: true\n---\nWords.\n");
    let run = site.noon("pack later");
    run.exit(1)
        .stderr_has("not visible until 2026-11-21 09:00:00 JST")
        .stderr_has("--as-of \"2026-11-21 09:00:00\"");
    assert_eq!(run.stdout, "");
    site.run(["pack", "later", "--channel", "banner", "--as-of", "2026-11-21 09:00:00"]).exit(0);
    site.run(["pack", "draft", "--as-of", NOON]).exit(1).stderr_has("is a draft");
    site.run(["pack", "dely", "--as-of", NOON]).exit(2).stderr_has("did you mean `delay`?");
    site.run(["pack", "delay", "--channel", "fax", "--as-of", NOON]).exit(2);
    site.run(["pack", "delay", "--locale", "fr", "--as-of", NOON]).exit(2).stderr_has("no locale `fr`");
    site.edit("content/incidents/delay.md", "severity:", "severitty:");
    site.run(["pack", "delay", "--as-of", NOON]).exit(1).stderr_has("unknown-key");
}

#[test]
fn one_occurrence_of_a_series_is_named_by_its_day() {
    let site = Site::demo();
    let last = text(&site, "weekly", "banner", "ja", NOON);
    assert!(last.contains("完了") && last.contains("/maintenance/weekly/2026-11-17/"), "{last}");
    let later = "2026-11-22T12:00:00+09:00";
    text(&site, "weekly", "banner", "ja", later).has(["/maintenance/weekly/2026-11-24/", "11月24日"]);
    assert_eq!(text(&site, "maintenance/weekly/2026-11-17", "banner", "ja", later), last);
    site.run(["pack", "weekly/2026-12-22", "--as-of", NOON]).exit(1).stderr_has("is not visible until");
}

#[test]
fn a_file_is_found_from_the_root_and_from_here() {
    let site = Site::demo();
    let inside = format!("content/incidents/2026-11/{ORDERS}.en.md");
    let whole = site.path(&inside);
    for name in [inside.as_str(), whole.to_str().expect("a name")] {
        let run = site.run(["pack", name, "--channel", "banner", "--as-of", NOON]);
        assert!(run.exit(0).stdout.contains("ビットコイン"), "{}", run.stdout);
    }
}

#[test]
fn the_check_says_what_is_wrong_a_line_each() {
    let site = Site::demo();
    site.run(["pack", ORDERS, "--check", "--as-of", NOON]).exit(0).stderr_has("no problems found");
    let english = format!("content/incidents/2026-11/{ORDERS}.en.md");
    let text = site.read(&english);
    site.write(&english, &text.replace("11:32", "11:23"));
    site.edit("content/site.yaml", "from: \"status@hoshi-exchange.example\", ", "");
    let run = site.run(["pack", ORDERS, "--check", "--as-of", NOON]);
    run.exit(1);
    run.stdout.has([
        "mail: ja: site.yaml has no `channels.mail.from`",
        "translation: en: `update`",
        "`en` has 11:23",
    ]);
    assert!(
        run.stdout.lines().all(|l| l.starts_with("mail: ") || l.starts_with("translation: ")),
        "{}",
        run.stdout
    );
}

#[test]
fn withdrawn_words_go_to_no_channel() {
    let site = Site::fixture("small");
    let front = "withdrawn: {at: 2026-11-20 11:30, reason: It was another company's.}\n";
    let body = "zorblaxsummary\n\n## identified 2026-11-20 11:00\n\nzorblaxword\n\n## Actions\n\nzorblaxdo\n";
    let entry = format!(
        "---\ntitle: zorblaxtitle\nseverity: minor\naffects: []\nstarted: 2026-11-20 10:00\n{front}---\n{body}"
    );
    site.write("content/incidents/b.md", &entry);
    for channel in CHANNELS {
        let text = read(&site, "b", channel, "en", NOON);
        assert!(!text.contains("zorblax") && text.contains("Withdrawn"), "{channel}:\n{text}");
    }
}

#[test]
fn a_text_that_cannot_be_written_leaves_none_of_the_others() {
    let site = Site::demo();
    fs::create_dir_all(site.path("texts/banner.txt")).expect("a folder in the way");
    site.noon(&format!("pack {ORDERS} --out texts")).exit(3).stderr_has("banner.txt");
    let left = fs::read_dir(site.path("texts")).expect("a folder").flatten();
    let left: Vec<_> = left.map(|e| e.file_name()).collect();
    assert_eq!(left, ["banner.txt"], "nothing is put in its place before all is written");
}

#[test]
fn the_text_for_the_authority_is_the_report_that_is_due_next() {
    let site = Site::fixture("small");
    site.append("content/site.yaml", "policy:\n  reports: {preset: dora}\n");
    let entry = |reports: &str| {
        format!(
            "---\ntitle: Slow\nseverity: critical\naffects: []\nstarted: 2026-11-20 10:00\ndetected: 2026-11-20 10:02\n\
             internal: {{reports: {reports}}}\n---\nIt is slow.\n\n## investigating 2026-11-20 10:10\n\nWe look.\n\n\
             ## monitoring 2026-11-20 11:00\nseverity: minor\n\nIt is better.\n\n## resolved 2026-11-20 11:30\n\nIt is well.\n\n\
             ## Postmortem 2026-11-20 11:50\n\nA cable.\n"
        )
    };
    let text = |reports: &str| {
        site.write("content/incidents/b.md", &entry(reports));
        read(&site, "b", "regulator", "en", NOON)
    };
    let initial = text("[]");
    initial.has([
        "To the supervisory authority",
        "Report No. 1 (initial report)",
        "4 h after the classification",
    ]);
    assert!(
        initial.contains("14:10") && !initial.contains("It is better.") && !initial.contains("A cable."),
        "{initial}"
    );
    let second = text("[2026-11-20 10:47]");
    second.has([
        "Report No. 2 (intermediate report)",
        "Report No. 1 (initial report): November 20, 2026 10:47",
        "It is better.",
    ]);
    second.has(["Classification", "after: initial report", "Since the last report"]);
    assert!(!second.contains("We look."), "{second}");
    let last = text("[{kind: initial, at: 2026-11-20 10:47}, {kind: intermediate, at: 2026-11-20 11:10}]");
    last.has([
        "Report No. 3 (final report)",
        "1 month after: intermediate report",
        "December 20, 2026",
        "A cable.",
        "We look.",
    ]);
    let none = text("[2026-11-20 10:47, 2026-11-20 11:10, 2026-11-20 11:55]");
    none.has(["Report No. 4\n", "Report No. 3: ", "We look."]);
    site.build_at(NOON).exit(0);
}
