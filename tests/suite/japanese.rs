//! Messages in Japanese: no diagnostic, help or error says anything in English to a Japanese team.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Mutex;

use serde_json::{Value, json};

use crate::codes::{base_text, each_hit};
use crate::harness::{NOON, Site};

/// A site of a Japanese team.
const SITE: &str = "title: 例の取引所\nurl: https://status.example/\ntimezone: Asia/Tokyo\nlocales: [ja]\ncomponents:\n  \
                    - {id: orders, name: 注文}\n  - {id: web, name: ウェブサイト}\n";

fn japanese() -> Site {
    let site = Site::bare();
    site.write("content/site.yaml", SITE);
    site
}

/// English words outside of what is typed (in backquotes) or quoted as it is (in 「」). Names of products and formats are the same everywhere.
fn english(text: &str) -> Option<String> {
    const SAME: &str = "noroshi Markdown YAML HTML JSON CSS URL UTF BOM CI RSS API SVG PNG UTC JST TLS SSH HTTPS HTTP \
                        GitHub Pages GitLab Cloudflare Netlify Amazon Azure Google Cloud Storage Statuspage cState Hugo";
    let outside: String = text.split('`').step_by(2).collect::<Vec<_>>().join(" ");
    let outside: String = outside.split(['「', '」']).step_by(2).collect::<Vec<_>>().join(" ");
    let words: Vec<&str> = outside
        .split(|c: char| !c.is_ascii_alphabetic())
        .filter(|word| word.len() > 1 && word.chars().skip(1).all(|c| c.is_ascii_lowercase()))
        .filter(|word| !SAME.split_whitespace().any(|same| same == *word))
        .collect();
    // Three words in a row are a sentence; fewer are names.
    let runs = words.windows(3).find(|run| outside.contains(&run.join(" ")));
    runs.map(|run| run.join(" "))
}

/// Every message and help that the fixtures of the codes bring about, in Japanese. A person has read them all; whoever
/// changes one reads the difference. With `NOROSHI_BLESS` the file is written anew.
#[test]
fn every_diagnostic_is_told_in_japanese() {
    let found: Mutex<BTreeMap<String, BTreeSet<String>>> = Mutex::default();
    let begin = || {
        let site = Site::bare();
        site.write("content/site.yaml", &base_text());
        site
    };
    each_hit(&begin, &|site, as_of| {
        let checked = site.run(["--lang", "ja", "check", "--as-of", as_of, "--format", "json"]);
        for line in checked.stdout.lines() {
            let diagnostic: Value = serde_json::from_str(line).map_err(|e| format!("{line}: {e}"))?;
            let text = |key: &str| diagnostic[key].as_str().unwrap_or_default().replace('\n', "⏎");
            for part in [text("message"), text("help")] {
                if let Some(words) = english(&part) {
                    return Err(format!("English: `{words}` in {line}"));
                }
            }
            let told = format!("{}\n  → {}", text("message"), text("help"));
            found.lock().expect("a map").entry(text("code")).or_default().insert(told);
        }
        Ok(())
    });
    let mut all = String::new();
    for (code, texts) in found.into_inner().expect("a map") {
        let _ = writeln!(all, "# {code}");
        texts.iter().for_each(|text| _ = writeln!(all, "{text}"));
        all.push('\n');
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/fixtures/messages.ja.txt");
    if std::env::var_os("NOROSHI_BLESS").is_some() {
        fs::write(&path, &all).expect("a written file");
    }
    let wanted = fs::read_to_string(&path).unwrap_or_default();
    let differs = all.lines().zip(wanted.lines()).find(|(new, old)| new != old);
    assert_eq!(all, wanted, "first difference: {differs:?}; read it, then run with NOROSHI_BLESS=1");
}

#[test]
fn the_language_of_messages_is_chosen_by_option_variable_locale_and_site() {
    let site = japanese();
    site.write(
        "content/incidents/a.md",
        "---\ntitle: 遅延\nseverity: minr\naffects: [orders]\nstarted: 2026-11-20 10:00\n---\n",
    );
    let told = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = site.command(["check", "--as-of", NOON]);
        for name in ["NOROSHI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"] {
            command.env_remove(name);
        }
        command.args(arguments).envs(variables.iter().copied());
        let output = command.output().expect("a process");
        let text = String::from_utf8(output.stderr).expect("UTF-8");
        if text.contains("エラー[") { "ja" } else { "en" }
    };
    assert_eq!(told(&[], &[]), "ja");
    assert_eq!(told(&[], &[("LANG", "C.UTF-8")]), "ja");
    assert_eq!(told(&[], &[("LANG", "en_US.UTF-8")]), "en");
    assert_eq!(told(&[], &[("LANG", "fr_FR.UTF-8")]), "en");
    assert_eq!(told(&[], &[("LC_ALL", "ja_JP.UTF-8"), ("LANG", "en_US.UTF-8")]), "ja");
    assert_eq!(told(&[], &[("NOROSHI_LANG", "en"), ("LANG", "ja_JP.UTF-8")]), "en");
    assert_eq!(told(&["--lang", "ja"], &[("NOROSHI_LANG", "en")]), "ja");
    assert_eq!(told(&["--lang=en"], &[("LANG", "ja_JP.UTF-8")]), "en");
}

#[test]
fn codes_and_places_are_the_same_in_every_language() {
    let site = Site::demo();
    site.write(
        "content/incidents/a.md",
        "---\ntitle: a\nseverity: minr\nafects: [x]\n---\n## resolvd 2026-11-20\n",
    );
    let facts = |language: &str| -> Vec<Value> {
        let checked = site.run(["--lang", language, "check", "--as-of", NOON, "--format", "json"]);
        let parsed = checked.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON"));
        parsed
            .map(|mut line: Value| {
                let told = line.as_object_mut().expect("an object");
                told.remove("message");
                told.remove("help");
                line
            })
            .collect()
    };
    let english = facts("en");
    assert!(english.len() > 2, "{english:?}");
    assert_eq!(facts("ja"), english);
}

#[test]
fn helps_and_faults_of_arguments_are_japanese() {
    let site = japanese();
    for arguments in [
        &["--help"][..],
        &["check", "--help"],
        &["help", "build"],
        &["announce", "status", "--help"],
        &["chek"],
        &["check", "--fx"],
        &["build", "--format", "xml"],
        &["wait", "--at-most", "soon"],
        &["review"],
        &["update", "nothing", "調査中"],
    ] {
        let mut command = site.command([]);
        let output = command.args(arguments).args(["--lang", "ja"]).output().expect("a process");
        let shown = [output.stdout, output.stderr].concat();
        let shown = String::from_utf8(shown).expect("UTF-8");
        assert!(shown.chars().any(|c| matches!(c, 'ぁ'..='ヿ')), "{arguments:?}: {shown}");
        for line in shown.lines() {
            assert_eq!(english(line), None, "{arguments:?}: {line}");
        }
    }
}

/// A night of a Japanese exchange, with commands as somebody types them.
const NIGHT: [(&str, &str); 16] = [
    (
        "02:13",
        "new incident 注文が通りにくい状態 --severity critical --affects 注文=停止 --at 2:05頃 --slug 2026-11-20-orders --scope 一部のお客様 --next 30分後 -m '注文が通りにくい状態です。原因を調査しています。'",
    ),
    ("02:14", "check"),
    (
        "02:16",
        "update 注文 よくある質問 -m '### 資産は安全ですか。\n\nはい。お預かりしている資産に影響はありません。'",
    ),
    ("02:17", "update 注文 お願い -m '注文を繰り返さず、復旧のお知らせをお待ちください。'"),
    (
        "02:40",
        "update 注文 原因特定 -m '処理待ちの行列が満杯になっていました。順に処理しています。' --set 'ウェブサイト=性能低下' --next 1時間",
    ),
    (
        "03:05",
        "update 注文 訂正 --scope すべてのお客様 -m '影響の範囲を「一部のお客様」とお知らせしましたが、正しくは「すべてのお客様」でした。'",
    ),
    ("03:20", "update 注文 ちょうさ中 -m '調査しています。'"),
    (
        "03:30",
        "update 注文 経過観察 -m '注文が通るようになりました。様子を見ています。' --set 注文=正常 --next 未定",
    ),
    ("04:10", "update 注文 復旧 --ended 3:25頃 -m '注文は復旧しました。ご迷惑をおかけしました。'"),
    ("04:12", "check"),
    ("04:13", "build"),
    ("04:15", "pack 注文 --channel press"),
    ("04:20", "review 注文 --by 佐藤 --by 鈴木"),
    ("04:30", "overdue"),
    ("04:31", "next"),
    ("04:32", "update 注文 復旧 --at 昨日の夜"),
];

const POLICY: &str = "policy:\n  update_every: {critical: 30m}\n  first_update_within: {critical: 10m}\n  \
                      reviewers: {incident: 0}\n  require:\n    \
                      critical: [scope, next_update, faq]\n  forbid: [社外秘]\n";

/// A build says how long it took, which is never the same.
fn without_milliseconds(told: &str) -> String {
    let line = |line: &str| match line.split_once("個のファイルを ") {
        Some((before, after)) => match after.split_once(" ミリ秒") {
            Some((_, after)) => format!("{before}個のファイルを 40 ミリ秒{after}"),
            None => line.to_owned(),
        },
        None => line.to_owned(),
    };
    told.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// The transcript of the night is in the documents: what the team reads, line by line.
#[test]
fn a_night_in_japanese_shows_no_english_sentence() {
    let site = japanese();
    site.append("content/site.yaml", POLICY);
    let mut told = String::new();
    for (clock, line) in NIGHT {
        let mut command = site.command([]);
        let arguments = shlex::split(line).expect("a line of a shell");
        command.args(&arguments).env("NOROSHI_LANG", "ja");
        if arguments[0] != "review" {
            command.args(["--as-of", &format!("2026-11-20 {clock}")]);
        }
        let output = command.output().expect("a process");
        let _ = writeln!(told, "{clock} $ noroshi {}", line.replace('\n', "⏎"));
        for part in [output.stdout, output.stderr] {
            told.push_str(&String::from_utf8(part).expect("UTF-8"));
        }
        told.push('\n');
    }
    let told = without_milliseconds(&told.replace(&*site.root().to_string_lossy(), ""));
    // What is typed begins with the name of the program and of a command.
    for line in told.lines().filter(|line| !line.contains(" $ noroshi ")) {
        assert_eq!(english(line), None, "{line}");
    }
    keep("```text\n", "\n```\n", told.trim_end());
}

/// The same night from a phone: what is typed into the form and below it, and what noroshi answers.
const PHONE: [(&str, &str); 6] = [
    (
        "02:40",
        "原因特定\n次回のお知らせ：1時間後\n対象：ウェブサイト=性能低下\n\n処理待ちの行列が満杯になっていました。順に処理しています。",
    ),
    ("02:50", "> 社内：取引サーバーの増設は 3 時からです"),
    ("03:20", "ちょうさ中\n\n引き続き調べています。"),
    ("03:28", "経過観察\n対象：注文=正常、ウェブ=正常\n次回のお知らせ：未定\n\n注文が通るようになりました。"),
    (
        "03:30",
        "経過観察\n対象：注文=正常、ウェブサイト=正常\n次回のお知らせ：未定\n\n注文が通るようになりました。様子を見ています。",
    ),
    ("04:10", "復旧 3:25頃\n\n注文は復旧しました。ご迷惑をおかけしました。"),
];

#[test]
fn a_night_on_a_phone_is_answered_in_japanese() {
    let site = japanese();
    site.append("content/site.yaml", "issues: {writers: [sato]}\n");
    let form = [
        ("区分", "重大"),
        ("対象", "注文 (orders)"),
        ("状況", "調査中"),
        ("発生日時", "2:05頃"),
        ("次回のお知らせ", "30分後"),
        ("復旧見込み", "_No response_"),
        ("影響の範囲", "一部のお客様"),
        ("お客様へお伝えする文", "注文が通りにくい状態です。原因を調査しています。"),
    ];
    let at = |clock: &str| {
        let (hour, minute) = clock.split_once(':').expect("a clock");
        let hour: u32 = hour.parse().expect("an hour");
        format!("2026-11-19T{:02}:{minute}:10Z", hour + 15)
    };
    let user = json!({"login": "sato", "type": "User"});
    let body: Vec<String> = form.iter().map(|(label, answer)| format!("### {label}\n\n{answer}")).collect();
    let issue = json!({"number": 12, "title": "注文が通りにくい状態", "body": body.join("\n\n"), "user": user,
        "author_association": "NONE", "created_at": at("02:13"), "updated_at": at("02:13")});
    let event = |action: &str| json!({"action": action, "issue": issue, "repository": {"full_name": "team/status"}, "sender": user});
    let answer = |event: &Value| {
        site.write("event.json", &event.to_string());
        let mut command = site.command(["ci", "issue"]);
        command.arg("--event").arg(site.path("event.json")).arg("--work").arg(site.path("work"));
        command.env("NOROSHI_LANG", "ja").output().expect("a process");
        fs::read_to_string(site.path("work/answer.md")).unwrap_or_default()
    };
    let mut told = String::from("02:13 フォーム「障害」\n題名: 注文が通りにくい状態\n");
    for (label, typed) in form.iter().filter(|(_, typed)| !typed.starts_with('_')) {
        let _ = writeln!(told, "{label}: {typed}");
    }
    let tell = |told: &mut String, answer: &str| {
        for line in answer.lines() {
            assert_eq!(english(line), None, "{line}");
        }
        // A mark that nobody sees.
        let answer = answer.trim().trim_start_matches("<!-- noroshi: answer -->").trim();
        let answer = if answer.is_empty() { "（返信なし）" } else { answer };
        let _ = writeln!(told, "\n← {}\n", answer.replace('\n', "\n  ").replace("\n  \n", "\n\n"));
    };
    tell(&mut told, &answer(&event("opened")));
    for (number, (clock, text)) in PHONE.into_iter().enumerate() {
        let mut event = event("created");
        event["comment"] = json!({"id": number, "body": text, "user": user, "created_at": at(clock), "updated_at": at(clock)});
        let _ = writeln!(told, "{clock} コメント\n{text}");
        tell(&mut told, &answer(&event));
    }
    keep("````text\n", "\n````\n", told.trim_end());
}

/// Compares a transcript with the one in the documents, or writes it there.
fn keep(start: &str, end: &str, new: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/night.md");
    let page = fs::read_to_string(&path).unwrap_or_default();
    let start = format!("\n{start}");
    let (before, rest) = page.split_once(&start).expect("the transcript");
    let (old, after) = rest.split_once(end).expect("its end");
    if std::env::var_os("NOROSHI_BLESS").is_some() {
        fs::write(&path, format!("{before}{start}{new}{end}{after}")).expect("a written file");
    }
    let differs = new.lines().zip(old.lines()).find(|(new, old)| new != old);
    assert_eq!(new, old, "first difference: {differs:?}; read it, then run with NOROSHI_BLESS=1");
}
