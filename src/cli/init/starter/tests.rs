//! Tests of what each preset and language puts into a new site.

use std::fs;

use clap::ValueEnum as _;
use proptest::prelude::*;

use super::*;
use crate::languages;
use crate::load;
use crate::model::Zone;
use crate::tests::word;
use crate::text::clean;

fn choices(locales: &[&'static str], preset: Preset) -> Choices {
    let zone = Zone::named("Asia/Tokyo").expect("a zone");
    Choices { locales: locales.to_vec(), zone, title: None, preset }
}

fn file(files: &[(String, String)], name: &str) -> String {
    files.iter().find(|(known, _)| known == name).unwrap_or_else(|| panic!("no {name}")).1.clone()
}

/// The title that a site with this site.yaml shows in its first language.
fn title_of(yaml: &str) -> Option<String> {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("content")).expect("a folder");
    fs::write(folder.path().join(SITE), yaml).expect("a file");
    let config = load::configuration(folder.path()).expect("a readable folder")?;
    Some(config.title.get(0).1.clone())
}

#[test]
fn words_follow_the_languages_of_the_site() {
    let line = "- {id: a, name: {ja: 出金, en: Deposits, withdrawals}} # {ja: 表, en: a table}\n";
    for (locales, wanted) in [
        (&["ja"][..], "- {id: a, name: 出金} # 表\n"),
        (&["en"], "- {id: a, name: \"Deposits, withdrawals\"} # a table\n"),
        (&["en", "ja"], "- {id: a, name: {en: \"Deposits, withdrawals\", ja: 出金}} # a table\n"),
        (&["de", "ar"], "- {id: a, name: \"Deposits, withdrawals\"} # a table\n"),
        (&["ja", "de"], "- {id: a, name: {ja: 出金, de: \"Deposits, withdrawals\"}} # 表\n"),
    ] {
        assert_eq!(words(line, locales), wanted);
    }
    let list = "forbid: [{ja: 社外秘, en: internal}]";
    assert_eq!(words(list, &["ja"]), "forbid: [社外秘]");
    assert_eq!(words(list, &["en", "ja"]), "forbid: [internal, 社外秘]");
}

#[test]
fn every_mark_of_every_preset_is_replaced() {
    let sets = [&["en"][..], &["ja"], &["ja", "en"], &["en", "ja"], &["de"], &["fr", "ja"]];
    for (preset, locales) in Preset::value_variants().iter().flat_map(|preset| sets.map(|set| (*preset, set)))
    {
        let site = file(&files(&choices(locales, preset), None), SITE);
        let is_left =
            site.contains(['@']) || site.contains("ja: ") != (locales.contains(&"ja") && locales.len() > 1);
        assert!(!is_left, "{preset:?} {locales:?}\n{site}");
        assert!(title_of(&site).is_some(), "{preset:?} {locales:?}\n{site}");
    }
}

#[test]
fn each_example_has_the_same_facts_in_every_language() {
    let facts = |text: &str| -> Vec<String> {
        let (front, _) = templates::split(text).expect("front matter");
        let keys =
            ["affects:", "started:", "detected:", "window:", "fields:", "category:", "order:", "publish_at:"];
        let value = |line: &str| line.split(" #").next().unwrap_or("").trim().to_owned();
        front.lines().filter(|line| keys.iter().any(|key| line.starts_with(key))).map(value).collect()
    };
    for preset in Preset::value_variants() {
        for (path, [english, japanese]) in preset.parts().1 {
            assert_eq!(facts(english), facts(japanese), "{path}");
        }
    }
}

#[test]
fn a_translation_keeps_words_and_leaves_out_facts() {
    let text = "---\ntitle: 遅れ\nseverity: 軽微\nscope: 一部 # 一行\ninternal:\n  reporter: 当番\n---\n概要：遅れ\n\n\
                ## 調査中 2026-01-15 10:00\n次回のお知らせ：10:30\n\n注意：調査中\n\n## よくある質問\n### 安全ですか\nはい：安全です\n";
    let wanted = "---\ntitle: 遅れ\nscope: 一部 # 一行\n---\n概要：遅れ\n\n\
                  ## 調査中 2026-01-15 10:00\n\n注意：調査中\n\n## よくある質問\n### 安全ですか\nはい：安全です\n";
    assert_eq!(translation(text), wanted);
}

#[test]
fn a_site_has_the_templates_and_examples_of_its_languages_only() {
    let names = |locales: &[&'static str]| -> Vec<String> {
        let all = files(&choices(locales, Preset::Plain), None);
        let stem = |(name, _): &(String, String)| name.strip_prefix("content/").map(str::to_owned);
        all.iter().filter_map(stem).collect()
    };
    let has = |names: &[String], name: &str| names.iter().any(|known| known == name);
    let japanese = names(&["ja"]);
    assert!(has(&japanese, "templates/faq.md") && has(&japanese, "faq/how-to-follow.md"));
    assert!(!japanese.iter().any(|name| name.ends_with(".ja.md") || name.ends_with(".en.md")));
    let both = names(&["ja", "en"]);
    for name in ["templates/faq.md", "templates/faq.en.md", "faq/how-to-follow.md", "faq/how-to-follow.en.md"]
    {
        assert!(has(&both, name), "{name}");
    }
    let german = names(&["de"]);
    assert!(has(&german, "templates/faq.md") && !has(&german, "faq/how-to-follow.md"));
    let template = file(&files(&choices(&["ja"], Preset::Plain), None), "content/templates/faq.md");
    assert!(template.contains("関係するコンポーネント"), "{template}");
}

#[test]
fn only_a_new_exchange_speaks_of_trading() {
    let trading_words = crate::tests::words(
        "\
        取引 売買 約定 入金 出金 銘柄 残高 資産 trading withdraw deposit coin asset ␣funds balance \
        open␣order transfer",
    );
    for preset in [Preset::Plain, Preset::Saas] {
        for locales in [&["ja"][..], &["en"], &["ja", "en"], &["de"]] {
            for (name, text) in files(&choices(locales, preset), None) {
                let text = text.to_lowercase();
                let said: Vec<_> = trading_words.iter().filter(|word| text.contains(*word)).collect();
                assert!(said.is_empty(), "{preset:?} {locales:?} {name}: {said:?}");
            }
        }
    }
    let all = files(&choices(&["ja", "en"], Preset::Exchange), None);
    let templates = all.iter().filter(|(name, _)| name.starts_with(TEMPLATES));
    let templates: String = templates.map(|(_, text)| text.as_str()).collect();
    for (built_in, trading) in trading::WORDS {
        assert!(templates.contains(trading), "no template says {trading}");
        assert!(!templates.contains(built_in), "a template still says {built_in}");
    }
}

#[test]
fn every_built_in_language_starts_a_site_that_can_be_read() {
    for locale in languages::tags() {
        let site = file(&files(&choices(&[locale], Preset::Exchange), None), SITE);
        assert!(title_of(&site).is_some(), "{locale}");
    }
}

#[test]
fn examples_have_times_that_exist_in_every_zone() {
    for name in Zone::names() {
        let zone = Zone::named(name).expect("a zone");
        for time in [
            "2026-01-15 09:40",
            "2026-01-15 10:50",
            "2026-02-03 02:00",
            "2026-02-03 04:00",
            "2026-01-26 12:00",
        ] {
            assert!(zone.read(time).is_ok(), "{name} {time}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_title_is_written_so_that_it_reads_back(
        title in prop::collection::vec(word("\
            \" ' :␣ ␣# [ { } {ja:␣a,␣en:␣b} @TODAY@ @ZONE@ 障害 ： \\ % & * -␣ yes a ␣"), 1..6).prop_map(|parts| parts.concat().trim().to_owned()).prop_filter("a title", |title| !title.is_empty()),
    ) {
        let choices = Choices { title: Some(title.clone()), ..choices(&["ja", "en"], Preset::Plain) };
        let site = file(&files(&choices, None), SITE);
        prop_assert_eq!(title_of(&site), Some(clean(&title).into_owned()));
    }
}
