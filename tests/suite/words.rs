//! Tests that text reaches the reader through every output, also in languages without spaces.

use std::fs;
use std::path::Path;

use mail_parser::MessageParser;

use crate::harness::{NOON, Site, Text as _};

/// A line of the corpus: the written text, and the text that a reader sees.
struct Line {
    written: String,
    shown: String,
}

fn corpus(language: &str) -> Vec<Line> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/fixtures/cjk.txt");
    let text = fs::read_to_string(file).expect("a corpus");
    let mut lines = text.lines().skip_while(|line| *line != format!("# {language}")).skip(1);
    let lines = lines.by_ref().take_while(|line| !line.starts_with('#'));
    lines.map(|line| Line { written: line.replace('⏎', "\n"), shown: shown(line, language) }).collect()
}

fn shown(line: &str, language: &str) -> String {
    let mut out = line.replace("~~", "").replace(['*', '`'], "");
    // The only form of link in the corpus is `[words](address)`.
    while let Some(start) = out.find("](") {
        let open = out[..start].rfind('[').expect("a link");
        let end = start + out[start..].find(')').expect("a link");
        out = format!("{}{}{}", &out[..open], &out[open + 1..start], &out[end + 1..]);
    }
    let Some((before, after)) = out.split_once('⏎') else { return out };
    let is_joined = language != "ko" && !after.starts_with(|c: char| c.is_ascii());
    format!("{before}{}{after}", if is_joined { "" } else { " " })
}

/// Replaces any whitespace by single spaces.
fn even(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text of a page or a feed, without tags.
pub fn without_tags(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        rest = rest[start..].split_once('>').map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    out.replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

/// A text without the spaces and bracketed addresses that plain-text outputs add.
fn bare(text: &str) -> String {
    text.replace(" (https://www.example.com/steps)", "").replace("~~", "").replace(' ', "")
}

fn site(language: &str) -> Site {
    let site = Site::bare();
    let locale = if language == "mixed" { "ja" } else { language };
    site.write(
        "content/site.yaml",
        &format!(
            "title: Example Status\npublisher: {{name: Example}}\nurl: https://status.example/\n\
             timezone: Asia/Tokyo\nlocales: [{locale}]\ncomponents:\n  - {{id: api, name: API}}\n"
        ),
    );
    let body: Vec<String> = corpus(language).into_iter().map(|line| line.written).collect();
    let body = body.join("\n\n");
    site.write(
        "content/incidents/a.md",
        &format!(
            "---\ntitle: API\nseverity: minor\naffects: [api]\nstarted: 2026-11-20 10:15\n---\nAPI\n\n\
             ## investigating 2026-11-20 10:20\n\n{body}\n"
        ),
    );
    site.write(
        "content/maintenance/b.md",
        &format!(
            "---\ntitle: API\nkind: regular\naffects: [api]\nwindow: {{start: 2026-12-01 02:00, end: 2026-12-01 05:00}}\n---\n{body}\n"
        ),
    );
    site
}

const LANGUAGES: [&str; 5] = ["ja", "zh-Hans", "zh-Hant", "ko", "mixed"];

/// The message key for a word of the format, by its row of the table.
fn message(row: &str, word: &str) -> String {
    match (row, word) {
        ("severity", _) => format!("severity-{word}"),
        ("incident" | "maintenance", _) => format!("update-{word}"),
        ("kinds", _) => format!("kind-{word}"),
        ("component", _) => format!("status-{word}"),
        ("sections", _) => format!("section-{}", word.to_lowercase()),
        ("notice", _) => format!("level-{word}"),
        ("fact keys", "next_update") => "fact-next".to_owned(),
        ("fact keys", "expected_recovery") => "fact-expected".to_owned(),
        ("fact keys", "phases") => "phases".to_owned(),
        _ => format!("fact-{word}"),
    }
}

#[test]
fn the_table_of_words_lists_what_readers_see() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("docs/format.md")).expect("the document");
    let messages = fs::read_to_string(root.join("themes/default/messages/ja.ftl")).expect("messages");
    let table = text.split("In English and Japanese:").nth(1).and_then(|rest| rest.split("\n\n").nth(1));
    let mut count = 0;
    for line in table.expect("a table").lines().skip(2) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        // No page shows the day of a series as a fact, and the number of a report is a part of a status.
        let is_shown = |pair: &&str| !pair.starts_with("occurrence") && !pair.starts_with("number");
        for pair in cells[1].split(", ").filter(is_shown) {
            let (english, japanese) = pair.split_once(' ').expect("a word in two languages");
            let shown = format!("\n{} = {japanese}\n", message(cells[0], english));
            assert!(messages.contains(&shown), "`{pair}` is not what pages show ({})", shown.trim());
            count += 1;
        }
    }
    assert!(count > 40, "{count}");
    // The document's statements about other words hold.
    let site = Site::empty();
    let entry = "---\ntitle: t\nseverity: minor\naffects: []\nstarted: 2026-11-20 10:15\n---\nx\n\n\
        ## 監視中 2026-11-20 10:20\n重大度：重大\n次回更新：13:00\n\ny\n";
    let config = site.read("content/site.yaml").replace("locales: [en]", "locales: [ja]");
    site.write("content/site.yaml", &config).write("content/incidents/a.md", entry);
    site.build_at(NOON).exit(0);
    let page = site.page("incidents/a/");
    for (seen, written) in [("経過観察", "監視中"), ("区分", "重大度"), ("次回のお知らせ", "次回更新")]
    {
        assert!(page.contains(seen) && !page.contains(written), "{written} is shown as {seen}");
    }
}

#[test]
fn corpus_of_cjk_text_has_the_promised_size() {
    assert!(LANGUAGES.iter().map(|language| corpus(language).len()).sum::<usize>() >= 120);
}

#[test]
fn every_line_of_cjk_text_stands_in_every_output() {
    for language in LANGUAGES {
        let site = site(language);
        site.build_at(NOON).exit(0);
        let page = site.page("incidents/a/");
        assert!(!page.contains("**") && !page.contains("~~"), "{language}");
        let json = |file: &str| -> serde_json::Value {
            serde_json::from_str(&site.read(&format!("public/{file}"))).expect("JSON")
        };
        let feed = json("feed.json")["items"].to_string();
        let feed: String = serde_json::from_str::<serde_json::Value>(&feed)
            .expect("JSON")
            .as_array()
            .expect("items")
            .iter()
            .filter_map(|item| item["content_html"].as_str())
            .collect();
        let api: String = json("api/v2/incidents.json")["incidents"][0]["incident_updates"]
            .as_array()
            .expect("updates")
            .iter()
            .filter_map(|update| update["body"].as_str())
            .collect();
        let rss = without_tags(
            &without_tags(&site.read("public/feed.xml").replace("<![CDATA[", "")).replace("]]>", ""),
        );
        let calendar =
            site.read("public/maintenance/b/calendar.ics").replace("\r\n ", "").replace("\\n", "\n");
        let calendar = calendar.replace("\\,", ",").replace("\\;", ";");
        let text = |channel: &str| {
            let run = site.run(["pack", "incidents/a", "--channel", channel, "--as-of", NOON]);
            run.exit(0).stdout.clone()
        };
        let mail = text("mail");
        let mail = MessageParser::default().parse(mail.as_bytes()).expect("a mail");
        let mail = mail.body_text(0).expect("a body").into_owned();
        for (name, output) in [
            ("page", without_tags(&page)),
            ("feed.json", without_tags(&feed)),
            ("feed.xml", rss),
            ("api", without_tags(&api)),
            ("calendar", calendar),
            ("mail", mail),
            ("press", text("press")),
        ] {
            let (found, loose) = (even(&output), bare(&even(&output)));
            assert!(!output.contains("**"), "{language}: {name}");
            for line in corpus(language) {
                // Plain-text outputs add spaces around addresses, and an address after the text of a link.
                let stands = found.contains(&line.shown) || loose.contains(&bare(&line.shown));
                assert!(stands, "{language}: {name} lacks `{}`", line.shown);
                if line.written.contains('\n') && !line.shown.contains(' ') {
                    assert!(output.contains(&line.shown), "{language}: {name} parts `{}`", line.shown);
                }
            }
        }
        for line in
            corpus(language).iter().filter(|line| line.written.contains("https://www.example.com/help"))
        {
            let address = if line.written.contains("?a=1") { "help?a=1&amp;b=2" } else { "help" };
            page.has([&format!("<a href=\"https://www.example.com/{address}\">")]);
        }
        text("social").lacks(["**"]);
    }
}
