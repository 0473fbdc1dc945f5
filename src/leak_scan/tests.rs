//! Tests the search on whole sites.

use super::Search;
use crate::model::Model;
use crate::output;
use crate::site::Site;
use crate::tests::{Dice, words};
use crate::text;
use crate::timeline::Snapshot;
use crate::timeline::fixture::{SITE, at, site};

/// Whether publishing a file with these bytes beside the site's own files is refused.
fn refused(config: &str, files: &[(&str, &str)], path: &str, bytes: &str) -> bool {
    let model = site(config, files);
    let site = Site::new(Snapshot::at(&model, at("20 12:00"))).expect("built-in locales");
    let search = Search::new(&site).expect("few patterns");
    for file in output::plan(&site) {
        let found = search.inspect(&file.path, &file.render());
        assert!(found.is_ok(), "{found:?}");
    }
    search.inspect(path, bytes.as_bytes()).is_err()
}

fn incident(front: &str, body: &str) -> String {
    format!("---\ntitle: t\nseverity: minor\naffects: []\nstarted: 2026-11-20 10:15\n{front}---\n{body}")
}

#[test]
fn secrets_are_found_in_files_and_in_their_names() {
    let text =
        incident("internal: {who: 山田太郎 070-0000, note: \"Taro Y.\\nTokyo 1\"}\nreviewed_by: [bob]\n", "");
    let files = [("incidents/a.md", text.as_str())];
    assert!(refused(SITE, &files, "a.txt", "by 山田太郎 070-0000"));
    assert!(refused(SITE, &files, "山田太郎 070-0000.png", ""));
    assert!(refused(SITE, &files, "a.json", "{\"x\":\"Taro Y.\\nTokyo 1\"}"), "short lines, long together");
    assert!(refused(SITE, &files, "a.html", "Taro Y. Tokyo 1"));
    assert!(!refused(SITE, &files, "a.txt", "bob"), "too short to prove anything");
    assert!(
        refused(SITE, &files, "a.ics", "DESCRIPTION:by 山田\r\n 太郎 070-\r\n 0000\r\n"),
        "a folded line"
    );
}

#[test]
fn what_is_also_public_is_no_secret() {
    let config = format!("{SITE}fields: [{{id: ref, name: Ref, on: [incident]}}]\n");
    let front = "internal: {a: words over two lines, b: \"https://x.example/?a=1&b=2\", c: INC-2026-001, d: about noon today}\n\
        fields: {ref: INC-2026-001}\nexpected_recovery: about noon today\n";
    let body = "words over\ntwo lines [x](https://x.example/?a=1&b=2)\n";
    let text = incident(front, body);
    assert!(!refused(&config, &[("incidents/a.md", &text)], "a.txt", "INC-2026-001"));
}

#[test]
fn hidden_words_that_every_page_has_stop_nothing() {
    let body = "`subscribe` **2026年11月19日** `feed.xml` | [incidents](/x/) **02:00–05:00 JST** `stylesheet` `timeline`\n";
    let hidden = incident("draft: true\n", &body.replace("[incidents](/x/)", "`incidents`"));
    let files = [("incidents/a.md", hidden.as_str()), ("incidents/b.md", &incident("", ""))];
    assert!(!refused(SITE, &files, "a.txt", "2026年11月19日"));
}

#[test]
fn hidden_words_are_found() {
    let said = incident(
        "",
        "## identified 2026-11-20 11:00\n## update 2026-11-21 11:00\nexpected_recovery: two weeks at least\n\nthe vendor lost data\n",
    );
    let files = [("incidents/a.md", said.as_str())];
    assert!(refused(SITE, &files, "a.txt", "the vendor lost data"));
    assert!(refused(SITE, &files, "a.txt", "two weeks at least"));
}

/// The values in docs/privacy.md.
const VALUES: [&str; 5] = ["山田太郎", "𠮷野家一", "後藤ギン", "Taro Yamada", "Zoë Müller"];

/// Extensions of every text format.
const EVERY: [&str; 12] =
    ["html", "xml", "svg", "css", "js", "json", "ics", "vcf", "eml", "txt", "md", "csv"];

struct Looking {
    model: Model,
}

impl Looking {
    fn for_values(values: &[&str]) -> Looking {
        let list: String = values.iter().map(|value| format!("  - {}\n", text::json_string(value))).collect();
        let entry = incident(&format!("internal:\n  who:\n{}", list.replace("  - ", "    - ")), "");
        Looking { model: site(SITE, &[("incidents/a.md", &entry)]) }
    }

    /// Runs many queries on one search.
    fn ask<T>(&self, questions: impl FnOnce(&dyn Fn(&str, &[u8]) -> bool) -> T) -> T {
        let site = Site::new(Snapshot::at(&self.model, at("20 12:00"))).expect("built-in locales");
        let search = Search::new(&site).expect("few patterns");
        questions(&|path, bytes| search.inspect(path, bytes).is_err())
    }
}

/// The content of a table cell, as it would be in a file.
fn shape(cell: &str) -> String {
    let mut out = cell.replace('⏎', "\r\n");
    while let Some(start) = out.find("{U+") {
        let end = start + out[start..].find('}').expect("the number ends");
        let number = u32::from_str_radix(&out[start + 3..end], 16).expect("a number");
        out.replace_range(start..=end, &char::from_u32(number).expect("a character").to_string());
    }
    out
}

/// The rows of the table: forms, and the extensions of the files in which they are found.
fn table() -> Vec<(Vec<String>, Vec<String>)> {
    let document = include_str!("../../docs/privacy.md");
    let rows = document.lines().skip_while(|line| *line != "| shape | such as | in |").skip(2);
    let cells = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    rows.take_while(|line| line.starts_with('|'))
        .map(|row| {
            let mut parts = row.trim_matches('|').rsplitn(2, " | ");
            let (endings, rest) = (parts.next().expect("endings"), parts.next().expect("shapes"));
            let (_, shapes) = rest.split_once(" | ").expect("two cells");
            let endings = match endings.trim() {
                "every text" => EVERY.map(str::to_owned).to_vec(),
                endings => cells(endings),
            };
            (cells(shapes).iter().map(|cell| shape(cell)).collect(), endings)
        })
        .collect()
}

fn utf16(text: &str, write: fn(u16) -> [u8; 2]) -> Vec<u8> {
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(write).collect()
}

#[test]
fn every_shape_of_the_document_is_found_in_every_kind_of_file_that_it_names() {
    let rows = table();
    assert!(rows.len() >= 20, "{} rows", rows.len());
    let looking = Looking::for_values(&VALUES);
    let missed = looking.ask(|is_found| {
        let mut missed = Vec::new();
        for (shapes, endings) in &rows {
            assert!(!shapes.is_empty() && !endings.is_empty(), "{shapes:?} {endings:?}");
            for (shape, ending) in shapes.iter().flat_map(|s| endings.iter().map(move |e| (s, e))) {
                let text = format!("x, {shape}, y\r\n");
                let wide = [u16::to_le_bytes, u16::to_be_bytes].map(|write| utf16(&text, write));
                let found =
                    [text.as_bytes(), &wide[0], &wide[1]].map(|b| is_found(&format!("a.{ending}"), b));
                if found != [true; 3] {
                    missed.push(format!("{shape:?} in {ending}: {found:?}"));
                }
            }
        }
        missed
    });
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn short_values_of_japanese_are_found() {
    for value in ["青木三宅", "監視当番の田中", "青木班", "김철수"] {
        let looking = Looking::for_values(&[value]);
        let text = format!("担当は{value}です");
        assert!(looking.ask(|is_found| is_found("a.txt", text.as_bytes())), "{value}");
    }
}

#[test]
fn what_proves_nothing_stops_nothing() {
    let values =
        ["bob", "API", "test", "yes", "田中", "2026-11-20 10:15", "12345", "2026年11月20日", "10:15"];
    let looking = Looking::for_values(&values);
    let text = format!("{values:?}");
    assert!(!looking.ask(|is_found| is_found("a.txt", text.as_bytes())));
}

#[test]
fn names_are_found_as_whole_words_alone() {
    let looking = Looking::for_values(&["Tanaka", "Ann Example", "Decade", "070-1234-5678"]);
    let whole = "\
        by␣tanaka. by_tanaka TANAKA 担当Tanakaです Ann␣␣Example 070␣1234␣5678 07012345678";
    let others = "\
        Tanakas tAnAkA annexample An␣Nexample Ann,␣Example Joann␣Example 9decade0 sha256:decadefe \
        1070-1234-5678 070-1234-56789";
    looking.ask(|is_found| {
        words(whole).iter().for_each(|text| assert!(is_found("a.txt", text.as_bytes()), "{text}"));
        words(others).iter().for_each(|text| assert!(!is_found("a.txt", text.as_bytes()), "{text}"));
    });
}

/// Pseudo-random bytes, the same in every run.
fn chance(count: usize) -> impl Iterator<Item = u8> {
    let mut dice = Dice::new(1);
    std::iter::repeat_with(move || dice.number().to_be_bytes()[0]).take(count)
}

#[test]
fn hashes_ids_and_packed_bytes_hold_no_names() {
    let names = words(
        "\
        Suzuki Tanaka Yamada Watanabe Nakamura Facade Decade Accede Beaded Defaced Taro␣Yamada Ed␣Abbe \
        山田太郎 青木班 090-1234-5678",
    );
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let looking = Looking::for_values(&names);
    const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let sign = |list: &'static [u8], byte: u8| list[usize::from(byte) % list.len()];
    let of = |list: &'static [u8]| chance(1 << 20).map(move |b| sign(list, b)).collect::<Vec<u8>>();
    let hex = of(b"0123456789abcdef");
    let uuids: Vec<u8> = (hex.chunks(32))
        .flat_map(|part| {
            let text = String::from_utf8_lossy(part).into_owned();
            let cut = |from: usize, to: usize| text.get(from..to).unwrap_or_default().to_owned();
            format!("{}-{}-{}-{}-{} ", cut(0, 8), cut(8, 12), cut(12, 16), cut(16, 20), cut(20, 32))
                .into_bytes()
        })
        .collect();
    let files = [
        ("a.txt", hex),
        ("b.txt", uuids),
        ("c.txt", of(BASE64)),
        (
            "d.css",
            [b"@font-face{src:url(data:font/woff2;base64,".to_vec(), of(BASE64), b")}".to_vec()].concat(),
        ),
        ("e.gz", chance(1 << 20).collect()),
        ("f.png", [b"\x89PNG\r\n\x1a\n\0".to_vec(), chance(1 << 20).collect()].concat()),
    ];
    looking.ask(|is_found| {
        files.iter().for_each(|(path, bytes)| assert!(!is_found(path, bytes), "{path}"));
    });
}

#[test]
fn private_text_in_the_comment_of_a_picture_is_found() {
    let looking = Looking::for_values(&["山田太郎", "Taro Yamada"]);
    for words in ["山田太郎", "Taro Yamada"] {
        let bytes =
            [b"\x89PNG\r\n\x1a\n\0\xfftEXtAuthor\0".to_vec(), words.as_bytes().to_vec(), vec![0, 0xfe]]
                .concat();
        assert!(looking.ask(|is_found| is_found("a.png", &bytes)), "{words}");
    }
}

#[test]
fn a_word_that_is_allowed_is_no_secret() {
    let text = incident("internal: {team: Support Osaka}\n", "");
    let files = [("incidents/a.md", text.as_str())];
    assert!(refused(SITE, &files, "a.txt", "by Support Osaka"));
    assert!(!refused(&format!("{SITE}allow: [Support Osaka]\n"), &files, "a.txt", "by Support Osaka"));
}

/// Texts that made earlier searches quadratic, as lines.
fn repetitive(size: usize) -> Vec<(&'static str, String)> {
    let lines = |line: &dyn Fn(usize) -> String| {
        let (mut out, mut number) = (String::new(), 0);
        while out.len() < size {
            out.push_str(&line(number));
            out.push('\n');
            number += 1;
        }
        out
    };
    vec![
        ("equal", lines(&|_| "the same line of a log, again and again".to_owned())),
        ("one letter", "あ".repeat(size / 3)),
        ("one Latin letter", "a".repeat(size)),
        ("prefixes", lines(&|number| "ああ亜".repeat(1 + number % 80))),
        ("Latin prefixes", lines(&|number| "a ".repeat(8 + number % 200))),
        (
            "gaps",
            lines(&|number| (0..14).map(|bit| if number >> bit & 1 == 0 { "ab" } else { "ab " }).collect()),
        ),
        ("different", lines(&|number| format!("line {number} of a log, which is like no other"))),
        ("one beginning", lines(&|number| format!("2026-11-20 ERROR example.service: number {number}"))),
    ]
}

#[test]
fn private_text_that_repeats_is_searched_for_in_text_that_repeats() {
    // The sizes are so large that quadratic work would never end without optimisation.
    let (private, public) = (1 << 17, 1 << 14);
    for (what, secret) in repetitive(private) {
        let dates = std::collections::HashSet::new();
        let mut maker = super::NeedleBuilder::new(&dates);
        maker.add(0, &secret, super::needles::Threshold::Value);
        let needles = maker.finish();
        assert!(!needles.is_empty(), "{what}");
        assert!(needles.parts().0.len() <= 2 * secret.len(), "{what}: the table grows faster than the text");
        for (other, text) in repetitive(public) {
            let mut count = 0_usize;
            super::search::search(text.as_bytes(), super::Kind::Text, &needles, &mut |_| {
                count += 1;
                true
            });
            assert!(what != other || count > 0, "{what} is found in what it is made of");
        }
    }
}
