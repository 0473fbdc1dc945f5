//! Tests that feed items state the facts of their own time, whatever is published later.

use std::collections::BTreeMap;

use crate::languages;
use crate::model::Instant;
use crate::output::plan;
use crate::site::{Site, Subject};
use crate::timeline::Snapshot;
use crate::timeline::fixture::random::{STEP, STEPS, random};
use crate::timeline::fixture::{SITE, at, model, site};

/// The items of the site's three feeds by format and id, exactly as written. Withdrawn entries are left out,
/// because their items do not keep their text.
fn items(site: &Site<'_>) -> BTreeMap<(String, String), String> {
    let mut found = BTreeMap::new();
    for planned in plan(site) {
        let (open, close) = match planned.path.as_str() {
            "feed.xml" => ("<item>", "</item>"),
            "feed.atom" => ("<entry>", "</entry>"),
            "feed.json" => ("\"id\": ", "\"tags\": "),
            _ => continue,
        };
        let text = String::from_utf8(planned.render()).expect("text");
        for item in site.feed(Subject::Site).filter(|item| site.is_withdrawn(item.route).is_none()) {
            let id = item.id();
            let item = text.split(open).find(|part| part.contains(&id)).expect("an item");
            let item = item.split_inclusive(close).next().unwrap_or(item);
            found.insert((planned.path.clone(), id), item.to_owned());
        }
    }
    found
}

#[test]
fn what_is_published_later_leaves_every_earlier_item_as_it_was() {
    let mut compared = 0;
    for seed in 0..40 {
        let model = random(seed);
        let mut before: BTreeMap<(String, String), String> = BTreeMap::new();
        for step in (0..STEPS).step_by(4) {
            let time = Instant(at("20 00:00").0 + i64::try_from(step).expect("a small number") * STEP);
            let site = Site::new(Snapshot::at(&model, time)).expect("built-in locales");
            let now = items(&site);
            for (key, item) in &now {
                if let Some(was) = before.get(key) {
                    assert_eq!(item, was, "seed {seed}, {} {}", time.iso(), key.0);
                    compared += 1;
                }
            }
            before = now;
        }
    }
    assert!(compared > 5_000, "{compared}");
}

/// The feed at an instant in the first language: title, tags and text of each item, newest first.
fn item_texts(name: &str, text: &str, time: &str) -> Vec<(String, Vec<String>, String)> {
    let model = model(&[(name, text)]);
    let site = Site::new(Snapshot::at(&model, at(time))).expect("built-in locales");
    (site.feed_in(Subject::Site, 0))
        .map(|(_, text)| (text.title.clone(), text.categories.clone(), text.html.clone()))
        .collect()
}

#[test]
fn the_first_item_of_an_incident_says_what_its_front_matter_promises() {
    let text = "---\ntitle: t\nseverity: minor\naffects: [api]\nstarted: 2026-11-20 10:15\nscope: 2% of orders\n\
        expected_recovery: 2026-11-20 13:00\nnext_update: 2026-11-20 11:00\n---\nx\n\n## investigating 2026-11-20 10:20\n\ny\n\n\
        ## identified 2026-11-20 11:00\nseverity: critical\naffects: web\n\nz\n";
    let all = item_texts("incidents/a.md", text, "20 12:00");
    let (_, tags, first) = &all[1];
    let wanted = [
        "区分：軽微",
        "影響範囲：2% of orders",
        "対象：API",
        "復旧見込み：2026年11月20日 13:00 JST",
        "次回のお知らせ：2026年11月20日 11:00 JST",
    ];
    let facts: Vec<&str> =
        first.split("<p>").skip(2).map(|p| p.trim_end().trim_end_matches("</p>")).collect();
    assert_eq!(facts, wanted);
    assert_eq!(*tags, ["軽微", "API"]);
    let (_, tags, second) = &all[0];
    assert!(second.contains("区分：重大") && !second.contains("2% of orders"), "{second}");
    assert_eq!(*tags, ["重大", "API", "Web"]);
}

#[test]
fn an_announcement_says_when_what_and_what_is_asked_and_the_clock_says_what_it_knows() {
    let text = "---\ntitle: t\nkind: regular\naffects: [api]\nwindow: {start: 2026-11-20 02:00, end: 2026-11-20 05:00}\n\
        publish_at: 2026-11-18 12:00\n---\nx\n\n## update 2026-11-20 03:00\nend: 06:00\n\ny\n\n## What you should do\nSave your work.\n";
    let all = item_texts("maintenance/m.md", text, "20 07:00");
    let of = |label: &str| &all.iter().find(|(title, ..)| title.starts_with(label)).expect(label).2;
    let announced = of("【予定】");
    for wanted in ["2026年11月20日(金) 02:00–05:00 JST", "対象：API", "Save your work."] {
        assert!(announced.contains(wanted), "{wanted} is not in {announced}");
    }
    let began = of("【作業中】");
    assert!(
        began.contains("予定の開始時刻（2026年11月20日 02:00 JST）になり") && began.contains("02:00–05:00"),
        "{began}"
    );
    let ended = of("【確認中】");
    assert!(ended.contains("予定の終了時刻（2026年11月20日 06:00 JST）になりました"), "{ended}");
}

#[test]
fn every_language_has_its_own_words_for_what_the_clock_declares() {
    let text = "---\ntitle: t\nkind: regular\naffects: [api]\nwindow: {start: 2026-11-20 02:00, end: 2026-11-20 05:00}\n\
        publish_at: 2026-11-18 12:00\n---\nx\n";
    let tags: Vec<&str> = languages::ALL.iter().map(|language| language.tag).collect();
    let config = SITE
        .replace("[ja, en]", &format!("[{}]", tags.join(", ")))
        .replace("{ja: 状況, en: Status}", "Status");
    let model = site(&config, &[("maintenance/m.md", text)]);
    let site = Site::new(Snapshot::at(&model, at("20 07:00"))).expect("built-in locales");
    let mut seen = std::collections::BTreeSet::new();
    for (locale, tag) in tags.iter().enumerate() {
        for (item, text) in site.feed_in(Subject::Site, locale) {
            assert!(
                text.html.contains("JST") && text.html.contains("API"),
                "{tag} {}: {}",
                item.status.word(),
                text.html
            );
            assert!(!text.html.contains("clock-said"), "{tag}: {}", text.html);
            assert!(seen.insert(text.html.clone()), "{tag} says what another language says: {}", text.html);
        }
    }
    assert_eq!(seen.len(), tags.len() * 3);
}
