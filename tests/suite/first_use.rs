//! Tests of a new site: each preset of `init`, in each language that has examples, is sound and holds
//! no word of another language.

use std::collections::BTreeSet;

use regex::Regex;

use crate::crawl::Crawl;
use crate::harness::{Site, Text as _};

const PRESETS: [&str; 3] = ["plain", "exchange", "saas"];

fn begun(locale: &str, preset: &str) -> Site {
    let site = Site::bare();
    site.run(["init", "--locale", locale, "--timezone", "Asia/Tokyo", "--preset", preset]).exit(0);
    site
}

#[test]
fn each_preset_is_sound_in_each_language() {
    for (preset, locale) in PRESETS.iter().flat_map(|preset| {
        ["ja", "en", "ja,en", "en,ja", "de", "de,ja", "ar,zh-Hant"].map(|locale| (*preset, locale))
    }) {
        let site = begun(locale, preset);
        let checked = site.run(["check", "--deny", "warnings", "--format", "json"]);
        assert_eq!((checked.exit(0).stdout.as_str(), checked.stderr.as_str()), ("", ""), "{preset} {locale}");
        site.build().exit(0).quiet();
        let dead = Crawl::new(&site.files(), "https://status.example.com/").dead_links();
        assert_eq!(dead, Vec::<String>::new(), "{preset} {locale}");
    }
}

/// Names and abbreviations that Japanese pages write in Latin letters.
const LATIN: &str = "\
    API Atom BTC Content Cookie ETH Feed JPY JSON JST Markdown OpenAPI OpenMetrics Policy Prometheus REST RFC RSS Security Statuspage UTC WebSocket \
    Webhook XRP";

/// The words of a page that people read or hear, without addresses and code.
fn words(page: &str) -> String {
    let silent =
        r"(?s)<(script|style|template|code|pre)[ >].*?</(script|style|template|code|pre)>|<!--.*?-->";
    let page = pattern(silent).replace_all(page, " ").into_owned();
    let spoken = pattern(r#"(?:aria-label|alt|title|placeholder)="([^"]*)""#);
    let mut words: String = spoken.captures_iter(&page).map(|found| format!("{} ", &found[1])).collect();
    words.push_str(&pattern(r"(?s)<[^>]*>|&[a-z0-9#]+;").replace_all(&page, " "));
    pattern(r"https?://[^ \n]+").replace_all(&words, " ").into_owned()
}

fn pattern(written: &str) -> Regex {
    Regex::new(written).expect("a pattern")
}

#[test]
fn a_japanese_site_has_no_english_words() {
    let latin = pattern("[A-Za-z]{3,}");
    for preset in PRESETS {
        let site = begun("ja", preset);
        site.build().exit(0).quiet();
        let mut found = BTreeSet::new();
        for (name, bytes) in site.files().iter().filter(|(name, _)| name.ends_with(".html")) {
            let words = words(std::str::from_utf8(bytes).expect("UTF-8"));
            let is_name = |word: &&str| LATIN.split(' ').any(|name| name == *word);
            let english = latin.find_iter(&words).map(|word| word.as_str()).filter(|word| !is_name(word));
            found.extend(english.map(|word| format!("{name}: {word}")));
        }
        assert_eq!(found, BTreeSet::new(), "{preset}");
    }
}

#[test]
fn a_japanese_exchange_shows_its_assets_and_functions_at_once() {
    let site = begun("ja", "exchange");
    site.build().exit(0);
    let home = site.page("");
    home.has(["BTC", "日本円", "入金", "出金", "取引", "スマートフォンアプリ", "ログインと二段階認証"]);
    let incident = site.page("incidents/2026-01-15-btc-withdrawal-delay/");
    assert!(incident.contains("ビットコインの出金の遅れ") && incident.contains("資産への影響"));
    site.typed(
        "new incident 出金の遅れ --severity 重大 --affects eth.withdraw --slug eth -m '調べています。'",
    )
    .exit(0);
    site.read("content/incidents/eth.md").has(["## 調査中 ", "お客様の資産は無事か"]);
}

#[test]
fn a_title_of_any_signs_is_shown_as_it_was_given() {
    let site = Site::bare();
    let title = "星: \"取引所\" #1 {ja: a, en: b}";
    site.run(["init", "--locale", "ja,en", "--title", title]).exit(0);
    site.build().exit(0).quiet();
    for page in ["", "en/"] {
        assert!(
            site.page(page).contains("星: &quot;取引所&quot; #1 {ja: a, en: b}")
                || site.page(page).contains("星: \"取引所\" #1 {ja: a, en: b}"),
            "{page}"
        );
    }
}

#[test]
fn a_language_without_examples_starts_without_them_and_says_so() {
    let site = Site::bare();
    let begun = site.run(["init", "--locale", "de"]);
    begun.exit(0).stderr_has("examples in English and Japanese only").stderr_has("content/site.yaml");
    assert!(
        !site.path("content/incidents").exists() && site.path("content/templates/incident-minor.md").exists()
    );
    assert!(!Site::bare().run(["init", "--locale", "ja"]).exit(0).stderr.contains("examples in English"));
}

#[test]
fn unknown_names_are_refused_with_the_nearest_one_and_nothing_is_written() {
    let site = Site::bare();
    site.run(["init", "--locale", "jp"]).exit(2).stderr_has("did you mean `ja`?");
    site.run(["init", "--timezone", "Asia/Tokio"]).exit(2).stderr_has("did you mean `Asia/Tokyo`?");
    site.run(["init", "--preset", "exchnge"]).exit(2).stderr_has("exchange");
    site.run(["init", "--title", ""]).exit(2).stderr_has("--title");
    assert!(!site.path("content").exists());
    let site = Site::fixture("small");
    site.run(["init", "--ci", "github", "--locale", "ja"]).exit(2).stderr_has("for a new site");
    assert!(!site.path(".github").exists());
}
