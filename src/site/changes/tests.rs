//! Tests that a correction shows each fact that it changes with what readers had been told before.

use super::{Corrected, SetFact, facts, moment};
use crate::model::Model;
use crate::site::Site;
use crate::timeline::Snapshot;
use crate::timeline::fixture::{SITE, at, codes, model};

const FRONT: &str =
    "---\ntitle: {ja: 遅延, en: Delay}\nseverity: minor\naffects: [api]\nstarted: 2026-11-20 16:10\n";

/// The facts of the correction of an incident or a maintenance at an instant, one line each.
fn told(model: &Model, time: &str, locale: usize) -> Vec<String> {
    let site = Site::new(Snapshot::at(model, at(time))).expect("built-in locales");
    let full = |at| moment(&site, locale, at);
    let all = if let Some(now) = site.now.incidents.first() {
        let last = now.updates.len() - 1;
        facts(&site, locale, &now.updates[last].change, Corrected::of_incident(now, last).as_ref(), &full)
    } else {
        let now = &site.now.maintenance[0];
        let last = now.updates.len() - 1;
        facts(&site, locale, &now.updates[last].change, Corrected::of_maintenance(now, last).as_ref(), &full)
    };
    let line = |fact: &SetFact| format!("{}: {}", fact.label, fact.line(&site.locales[locale]));
    all.iter().map(line).collect()
}

fn incident(front: &str, updates: &str) -> Model {
    model(&[("incidents/a.md", &format!("{FRONT}{front}---\nx\n\n{updates}"))])
}

#[test]
fn each_changed_fact_of_an_incident_is_old_then_new() {
    let model = incident(
        "next_update: 2026-11-20 17:00\nexpected_recovery: 調査中\n",
        "## investigating 2026-11-20 16:20\nnext_update: 17:10\n\nx\n\n\
         ## 訂正 2026-11-20 16:40\n開始：16:21頃\nseverity: critical\naffects: api, web=operational\n\
         next_update: 17:30\nexpected_recovery: 18:00\n\nx\n",
    );
    assert_eq!(
        told(&model, "20 16:40", 1),
        [
            "Severity: Minor → Critical",
            "Affects: API: Degraded → API: Major outage",
            "Started: 16:10 → about 16:21 JST",
            "Expected recovery: 調査中 → 18:00 JST",
            "Next update: 17:10 → 17:30 JST",
        ]
    );
    assert_eq!(told(&model, "20 16:40", 0)[2], "発生日時: 16:10 → 16:21 頃 JST");
}

#[test]
fn an_end_is_corrected_near_the_end_that_readers_knew() {
    let over = "## resolved 2026-11-20 16:45\nended: 16:30\n\nx\n\n";
    let later =
        incident("", &format!("{over}## correction 2026-11-23 09:00\nstarted: 16:21\nended: 16:24頃\n\nx\n"));
    assert_eq!(
        told(&later, "23 09:00", 1),
        [
            "Started: 20 Nov 16:10 → 16:21 JST".to_owned(),
            "Recovered: 20 Nov 16:30 → about 16:24 JST".to_owned()
        ]
        .map(|line| line.replace("20 Nov", &day_in_english(&later)))
    );
    let site = Site::new(Snapshot::at(&later, at("23 10:00"))).expect("built-in locales");
    let now = &site.now.incidents[0];
    assert_eq!((now.started.at, now.ended.map(|end| end.at)), (at("20 16:21"), Some(at("20 16:24"))));
    assert_eq!(now.stretches(at("24 00:00")), [(at("20 16:21"), at("20 16:24"))]);
    // The end may also be later than the update that reported it.
    let longer = incident("", &format!("{over}## correction 2026-11-20 18:00\nended: 17:00\n\nx\n"));
    let site = Site::new(Snapshot::at(&longer, at("23 10:00"))).expect("built-in locales");
    let mut spans = Vec::new();
    site.now.incidents[0].spans(at("24 00:00"), |_, span| spans.push((span.from, span.to)));
    assert_eq!(spans.iter().map(|span| span.0).min(), Some(at("20 16:10")));
    assert_eq!(spans.iter().map(|span| span.1).max(), Some(at("20 17:00")));
    assert_eq!(site.now.incidents[0].stretches(at("24 00:00")), [(at("20 16:10"), at("20 17:00"))]);
}

fn day_in_english(model: &Model) -> String {
    let site = Site::new(Snapshot::at(model, at("23 09:00"))).expect("built-in locales");
    site.locales[1].day(site.now.zone().day(at("20 12:00")))
}

#[test]
fn what_readers_were_not_told_is_no_old_value() {
    // Published together with the entry.
    let together = incident(
        "publish_at: 2026-11-20 18:00\n",
        "## correction 2026-11-20 17:00\nseverity: critical\nstarted: 16:21\n\nx\n",
    );
    for line in told(&together, "20 19:00", 1) {
        assert!(!line.contains('→'), "{line}");
    }
    // The same value again, and a fact that nothing said before.
    let same = incident(
        "",
        "## investigating 2026-11-20 16:20\n\nx\n\n## correction 2026-11-20 16:40\nseverity: minor\nnext_update: 17:30\n\nx\n",
    );
    let full = told(&same, "20 16:40", 1);
    assert!(full.len() == 2 && full.iter().all(|line| !line.contains('→')), "{full:?}");
    // An update is no correction.
    let update = incident(
        "",
        "## investigating 2026-11-20 16:20\n\nx\n\n## update 2026-11-20 16:40\nseverity: critical\n\nx\n",
    );
    assert_eq!(told(&update, "20 16:40", 1), ["Severity: Critical"]);
}

#[test]
fn a_vague_time_and_a_component_of_an_incident_that_is_over_are_corrected() {
    let vague = incident(
        "",
        "## resolved 2026-11-20 18:00\n\nx\n\n## correction 2026-11-20 18:30\nstarted: 2026-11-20 午後\naffects: web\n\nx\n",
    );
    assert_eq!(
        told(&vague, "20 18:30", 1),
        ["Affects: API → API, Web", "Started: 16:10 JST → afternoon"]
            .map(|line| line.replace("16:10 JST", "16:10"))
    );
    let by_day = incident(
        "",
        "## resolved 2026-11-20 18:00\n\nx\n\n## correction 2026-11-21 18:30\nstarted: unknown\n\nx\n",
    );
    assert!(told(&by_day, "21 18:30", 1)[0].ends_with("→ unknown"));
}

#[test]
fn the_plan_of_a_maintenance_is_corrected() {
    let text = "---\ntitle: t\nkind: regular\naffects: [api]\nwindow: {start: 2026-11-24 02:00, end: 2026-11-24 05:00}\n---\nx\n\n\
        ## scheduled 2026-11-20 12:00\n\nx\n\n## correction 2026-11-21 12:00\nstart: 2026-11-24 03:00\nend: 2026-11-25 01:00\naffects: api=major_outage\n\nx\n";
    let model = model(&[("maintenance/a.md", text)]);
    let lines = told(&model, "21 12:00", 0);
    assert_eq!(
        lines,
        [
            "開始: 11月24日(火) 02:00 → 03:00 JST",
            "終了: 11月24日(火) 05:00 → 11月25日(水) 01:00 JST",
            "対象: API：メンテナンス中 → API：停止",
        ]
    );
}

#[test]
fn a_start_stands_only_under_a_correction_and_an_end_only_after_the_end() {
    let of = |updates: &str| codes(SITE, &[("incidents/a.md", &format!("{FRONT}---\nx\n\n{updates}"))]);
    let over = "## resolved 2026-11-20 16:45\n\nx\n\n";
    assert_eq!(of("## investigating 2026-11-20 16:20\nstarted: 16:21\n\nx\n"), ["update/unknown-fact"]);
    // In words of other languages it is text, as it always was.
    assert_eq!(of("## 調査中 2026-11-20 16:20\n開始：16:21\n"), Vec::<&str>::new());
    assert_eq!(of("## correction 2026-11-20 16:40\nended: 16:30\n\nx\n"), ["update/unknown-fact"]);
    assert_eq!(of("## update 2026-11-20 16:40\nended: 16:30\n\nx\n"), ["update/unknown-fact"]);
    let corrected = |facts: &str| of(&format!("{over}## correction 2026-11-20 17:00\n{facts}\n\nx\n"));
    assert_eq!(corrected("started: 16:21\nended: 16:24"), Vec::<&str>::new());
    assert_eq!(corrected("started: 16:50"), ["incident/end-before-start"]);
    assert_eq!(
        corrected("started: 2026-11-20 17:30\nended: 2026-11-20 16:59"),
        ["incident/end-before-start", "incident/end-in-future"]
    );
    assert_eq!(
        of("## correction 2026-11-20 16:40\nstarted: 2026-11-21 17:30\n\nx\n"),
        ["incident/end-in-future"]
    );
}
