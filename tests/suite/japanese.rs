//! Messages in Japanese: no diagnostic, help or error says anything in English to a Japanese team.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Mutex;

use serde_json::Value;

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
        "update orders faq -m '### 資産は安全ですか。\n\nはい。お預かりしている資産に影響はありません。'",
    ),
    ("02:17", "update orders actions -m '注文を繰り返さず、復旧のお知らせをお待ちください。'"),
    (
        "02:40",
        "update orders 原因特定 -m '処理待ちの行列が満杯になっていました。順に処理しています。' --set 'ウェブサイト=性能低下' --next 1時間",
    ),
    (
        "03:05",
        "update orders 訂正 --scope すべてのお客様 -m '影響の範囲を「一部のお客様」とお知らせしましたが、正しくは「すべてのお客様」でした。'",
    ),
    ("03:20", "update orders ちょうさ中 -m '調査しています。'"),
    (
        "03:30",
        "update orders 経過観察 -m '注文が通るようになりました。様子を見ています。' --set 注文=正常 --next 未定",
    ),
    ("04:10", "update orders 復旧 --ended 3:25頃 -m '注文は復旧しました。ご迷惑をおかけしました。'"),
    ("04:12", "check"),
    ("04:13", "build"),
    ("04:15", "pack orders --channel mail"),
    ("04:20", "review orders --by 佐藤 --by 鈴木"),
    ("04:30", "overdue"),
    ("04:31", "next"),
    ("04:32", "update orders resolved --at 昨日の夜"),
];

/// The transcript of the night is in the documents: what the team reads, line by line.
#[test]
fn a_night_in_japanese_shows_no_english_sentence() {
    let site = japanese();
    site.append("content/site.yaml", "policy:\n  presets: [exchange]\n");
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
    let told = told.replace(&*site.root().to_string_lossy(), "");
    for line in told.lines() {
        assert_eq!(english(line), None, "{line}");
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/night.md");
    let page = fs::read_to_string(&path).unwrap_or_default();
    let (start, end) = ("```text\n", "\n```\n");
    let (before, rest) = page.split_once(start).expect("the transcript");
    let (old, after) = rest.split_once(end).expect("its end");
    let new = told.trim_end();
    if std::env::var_os("NOROSHI_BLESS").is_some() {
        fs::write(&path, format!("{before}{start}{new}{end}{after}")).expect("a written file");
    }
    let differs = new.lines().zip(old.lines()).find(|(new, old)| new != old);
    assert_eq!(new, old, "first difference: {differs:?}; read it, then run with NOROSHI_BLESS=1");
}
