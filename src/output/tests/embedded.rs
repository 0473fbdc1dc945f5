//! Tests that files for other pages and programs are ASCII and still contain the original text.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use proptest::prelude::*;
use serde_json::Value;

use crate::languages;
use crate::output::{Planned, plan};
use crate::site::Site;
use crate::tests::word;
use crate::timeline::Snapshot;
use crate::timeline::fixture::{SITE, at, site};

fn rendered(site: &Site<'_>) -> BTreeMap<String, String> {
    let text = |file: &Planned<'_>| String::from_utf8(file.render()).expect("UTF-8");
    plan(site).iter().map(|file| (file.path.clone(), text(file))).collect()
}

/// The files that other pages and programs read: scripts, data, pictures.
fn embedded(files: &BTreeMap<String, String>) -> impl Iterator<Item = (&String, &String)> {
    files.iter().filter(|(path, _)| [".js", ".json", ".svg", ".css"].iter().any(|end| path.ends_with(end)))
}

/// The data in `banner.js`.
fn data(script: &str) -> Value {
    let after = script.split("const data = ").nth(1).expect("the data");
    let json = after.split(";\nconst doc").next().expect("its end");
    assert!(!json.contains(['<', '>', '&']), "{json}");
    serde_json::from_str(json).expect("JSON")
}

/// Hostile text: the last bytes of characters that swallow a backslash in Shift_JIS, GBK or Big5, ends of scripts,
/// comments and CDATA sections, and arbitrary characters.
fn hostile() -> impl Strategy<Value = String> {
    const KNOWN: &str = "\
        ッ 表 ソ 能 ﾃｽﾄ \" \\ ' ` ${ // </script> <!-- ]]> \u{2028} 👩‍🚀";
    let part = prop_oneof![word(KNOWN), any::<char>().prop_map(String::from)];
    prop::collection::vec(part, 1..24).prop_map(|parts| parts.concat())
}

/// A quoted YAML string with every character as a number.
fn quoted(text: &str) -> String {
    let inside: String = text.chars().fold(String::new(), |mut out, c| {
        let _ = write!(out, "\\U{:08x}", u32::from(c));
        out
    });
    format!("\"x{inside}x\"")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_pages_of_others_embed_is_ascii_and_says_the_words_whatever_they_are(text in hostile()) {
        let title = quoted(&text);
        let config = SITE.replace("name: API", &format!("name: {title}")).replace("en: Status", &format!("en: {title}"));
        let incident = format!("---\ntitle: {title}\nseverity: minor\naffects: [api]\nstarted: 2026-11-20 10:00\n---\n表\n\n## investigating 2026-11-20 10:15\nソ\n");
        let model = site(&config, &[("incidents/a.md", &incident)]);
        let site = Site::new(Snapshot::at(&model, at("20 12:00"))).expect("built-in locales");
        let files = rendered(&site);
        prop_assert!(embedded(&files).count() > 20);
        for (path, text) in embedded(&files) {
            prop_assert!(text.is_ascii(), "{path}: {text}");
        }
        let all = data(&files["embed/banner.js"]);
        let words = &model.incidents[0].head.title;
        for (locale, tag, path) in [(0, "ja", "embed/banner.json"), (1, "en", "en/embed/banner.json")] {
            let banner: Value = serde_json::from_str(&files[path]).expect("JSON");
            prop_assert_eq!(&banner["items"][0]["title"], &Value::from(words.get(locale).1.clone()));
            prop_assert_eq!(&banner["title"], &Value::from(model.config.title.get(locale).1.clone()));
            prop_assert_eq!(&all[tag], &banner);
        }
    }
}

#[test]
fn what_pages_of_others_embed_is_ascii_in_every_language() {
    let config = SITE
        .replace("[ja, en]", &format!("[{}]", languages::tags().join(", ")))
        .replace("{ja: 状況, en: Status}", "状況");
    let text = "---\ntitle: 遅延\nseverity: minor\naffects: [api]\nstarted: 2026-11-20 10:00\n---\n表\n\n## investigating 2026-11-20 10:15\nソ\n";
    let plan = "---\ntitle: 作業\nkind: regular\naffects: [web]\npublish_at: 2026-11-01 00:00\nwindow: {start: 2026-11-21 02:00, end: 2026-11-21 05:00}\n---\n";
    let model = site(&config, &[("incidents/a.md", text), ("maintenance/b.md", plan)]);
    let site = Site::new(Snapshot::at(&model, at("20 12:00"))).expect("built-in locales");
    let files = rendered(&site);
    for (path, text) in embedded(&files) {
        assert!(text.is_ascii(), "{path}: {text}");
    }
    let all = data(&files["embed/banner.js"]);
    assert_eq!(all["locales"].as_array().map(Vec::len), Some(languages::ALL.len()));
}

#[test]
fn every_page_names_its_character_set_where_browsers_look_for_it() {
    let page = "---\ntitle: 規約\naliases: [/古い/]\n---\nx\n";
    let model =
        site(&SITE.replace("Asia/Tokyo", "America/Argentina/ComodRivadavia"), &[("pages/規約.md", page)]);
    let site = Site::new(Snapshot::at(&model, at("20 12:00"))).expect("built-in locales");
    let files = rendered(&site);
    let pages: Vec<_> = files.iter().filter(|(path, _)| path.ends_with(".html")).collect();
    assert!(pages.iter().any(|(path, _)| path.starts_with("古い")), "{:?}", files.keys());
    for (path, text) in pages {
        let before = text.split("<meta charset=\"utf-8\">").next().expect("a beginning");
        assert!(before.len() < 1000 && before.is_ascii() && !before.contains("<meta"), "{path}: {before}");
    }
}
