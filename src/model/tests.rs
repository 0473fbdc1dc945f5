//! Tests whole entries: which errors are reported and where, and that no text makes the reader panic.

use std::sync::Arc;

use proptest::prelude::*;

use super::any::Entry;
use super::config::Config;
use super::read::{self, Files};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{self, Document};
use crate::kind::EntryKind;
use crate::limits::UPDATES;
use crate::source::FoundFile;
use crate::tests::word;

const SITE: &str = "title: {ja: 状況, en: Status}
url: https://s.example/
timezone: America/New_York
locales: [ja, en]
components:
  - {id: api, name: API, aliases: [old-api]}
  - id: account
    name: {ja: 口座, en: Accounts}
    components: [{id: login, name: {ja: ログイン, en: Sign-in}}]
  - id: assets
    name: {ja: 銘柄, en: Assets}
    rows: [{id: btc, name: ビットコイン}, {id: eth, name: イーサ}]
    columns: [{id: trade, name: 売買}, {id: deposit, name: 入金}]
fields:
  - {id: funds, name: 資産, values: [{id: none, name: なし}]}
  - {id: note, name: 備考}
faq: {categories: [{id: acc, name: 口座}]}
";

const INCIDENT: &str = "title: t\nseverity: minor\naffects: [api]\nstarted: 2026-11-20 10:15\n";
const MAINTENANCE: &str =
    "title: t\nkind: regular\naffects: [api]\nwindow: {start: 2026-12-01 02:00, end: 2026-12-01 05:00}\n";
const WEEKLY: &str = "recurrence: {rule: \"FREQ=WEEKLY;BYDAY=TU\", except: [2026-12-29]}\n";

fn site() -> Config {
    read::sound_site_of(SITE)
}

fn document(kind: EntryKind, stem: &str, text: &str, found: &mut Vec<Diagnostic>) -> Option<Document> {
    let name: Arc<str> = format!("content/x/{stem}.md").into();
    let source = FoundFile { path: "x".into(), name, kind: Some(kind), stem: stem.into(), stamp: None };
    document::parse(
        &source,
        &text.into(),
        &["ja".into(), "en".into()],
        &crate::vocabulary::Aliases::default(),
        found,
    )
}

fn build(kind: EntryKind, text: &str, translation: Option<&str>) -> (Option<Entry>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let Some(primary) = document(kind, "a", text, &mut found) else { return (None, found) };
    let other = translation.and_then(|text| document(kind, "a.en", text, &mut found));
    let files = Files { primary, translations: other.into_iter().map(|d| (1, d)).collect() };
    let (entry, more) = read::entry(&files, &site());
    found.extend(more);
    (entry, found)
}

fn codes(found: &[Diagnostic]) -> Vec<&'static str> {
    found.iter().map(|d| d.code).collect()
}

fn incident(front: &str, body: &str) -> Vec<&'static str> {
    codes(&build(EntryKind::Incident, &format!("---\n{INCIDENT}{front}---\n{body}"), None).1)
}

fn maintenance(front: &str, body: &str) -> Vec<&'static str> {
    codes(&build(EntryKind::Maintenance, &format!("---\n{MAINTENANCE}{front}---\n{body}"), None).1)
}

#[test]
fn component_of_a_table_is_found_by_its_name_with_and_without_a_blank() {
    let config = site();
    let trade = config.components.find("btc.trade").expect("a component").clone();
    assert_eq!(trade.name.get(0).1, "ビットコインの売買");
    assert_eq!(trade.name.get(1).1, "ビットコイン 売買");
    for name in ["ビットコインの売買", "ビットコイン 売買", "ビットコイン　売買"] {
        assert_eq!(config.components.find(name), Some(&trade), "{name}");
    }
}

#[test]
fn reports_to_the_authority_are_times_and_whatever_else_is_internal_is_free() {
    let read = |internal: &str| {
        let text = format!("---\n{INCIDENT}internal: {internal}\n---\nwords\n");
        let (entry, found) = build(EntryKind::Incident, &text, None);
        let found = found.into_iter().map(|f| (f.code, f.help.unwrap_or_default())).collect::<Vec<_>>();
        (entry, found)
    };
    let count = |internal: &str| {
        let (entry, found) = read(internal);
        assert!(found.is_empty(), "{internal}: {found:?}");
        entry.map(|entry| entry.head().reports.for_the_authority().len())
    };
    assert_eq!(
        count("{reports: [2026-11-20 12:00, 2026-11-20T16:00:00Z, 2026-11-20 12:00]}"),
        Some(2),
        "each once"
    );
    assert_eq!(count("{reports: 2026-11-20 12:00}"), Some(1));
    assert_eq!(count("{reports: []}"), Some(0));
    assert_eq!(count("call the desk first"), Some(0));
    assert_eq!(count("{note: reports at 12:00, deep: {reports: soon}}"), Some(0));
    for (internal, code) in [
        ("{reports: [soon]}", "time/invalid"),
        ("{reports: [12:00]}", "time/invalid"),
        ("{reports: {first: 2026-11-20 12:00}}", "entry/wrong-type"),
    ] {
        let (_, found) = read(internal);
        assert!(
            matches!(found.as_slice(), [(found, help)] if *found == code && !help.is_empty()),
            "{internal}: {found:?}"
        );
    }
}

#[test]
fn a_slip_in_a_component_is_an_error_and_words_for_people_are_none() {
    let of = |value: &str| {
        let text = format!("---\n{INCIDENT}---\n## update 2026-11-20 11:00\n対象：{value}\n");
        let (entry, found) = build(EntryKind::Incident, &text, None);
        let Some(Entry::Incident(incident)) = entry else { panic!("{value}: {found:?}") };
        let change = &incident.updates[0].change;
        let named = change.affects.as_ref().map_or(0, |affects| affects.given.len());
        let words = change.scope.as_ref().map(|words| words.get(0).1.plain());
        (named, words, codes(&found))
    };
    for value in ["一部のお客様", "Some customers", "ログインをご利用のお客様", "全国"] {
        assert_eq!(of(value), (0, Some(value.to_owned()), vec![]), "{value}");
    }
    assert_eq!(of("ログイン"), (1, None, vec![]));
    assert_eq!(of("ログイン、API"), (2, None, vec![]));
    for value in ["ログオン", "ロクイン", "apj", "api、一部のお客様", "現物取引所", "一部のお客様=停止"]
    {
        let (named, words, found) = of(value);
        assert_eq!((named, words), (0, None), "{value}");
        assert_eq!(found.len(), 1, "{value}: {found:?}");
    }
}

#[test]
fn reports_are_counted_in_the_order_of_time_and_a_written_number_counts() {
    let numbers = |front: &str, body: &str| {
        let text = format!("---\n{INCIDENT}{front}---\n{body}");
        let (entry, found) = build(EntryKind::Incident, &text, None);
        let Some(Entry::Incident(incident)) = entry else { panic!("{found:?}") };
        let all = incident.updates.iter().map(|update| update.report.and_then(|report| report.number));
        (all.collect::<Vec<_>>(), codes(&found))
    };
    let plain = "## update 2026-11-20 12:00\n\n## investigating 2026-11-20 11:00\n\n## 第4報 update 2026-11-20 13:00\n\n\
        ## resolved 2026-11-20 14:00\n";
    assert_eq!(numbers("numbering: true\n", plain).0, [Some(1), Some(2), Some(4), Some(5)]);
    assert_eq!(numbers("", plain).0, [None, None, Some(4), None]);
    assert_eq!(numbers("numbering: false\n", plain).0, [None, None, Some(4), None]);
    let twice = "## 第2報 2026-11-20 11:00\n\n## update 2026-11-20 12:00\n報：2\n";
    assert_eq!(numbers("", twice), (vec![Some(2), Some(2)], vec!["update/number-order"]));
}

#[test]
fn each_occurrence_of_a_series_has_reports_of_its_own() {
    let text = format!(
        "---\n{MAINTENANCE}{WEEKLY}numbering: true\n---\n## scheduled 2026-11-25 12:00\noccurrence: 2026-12-01\n\n\
         ## scheduled 2026-12-03 12:00\noccurrence: 2026-12-08\n\n## update 2026-12-04 12:00\noccurrence: 2026-12-08\n"
    );
    let (entry, found) = build(EntryKind::Maintenance, &text, None);
    let Some(Entry::Maintenance(series)) = entry else { panic!("{found:?}") };
    let numbers: Vec<_> = series.updates.iter().map(|update| update.report.and_then(|r| r.number)).collect();
    assert_eq!(numbers, [Some(1), Some(1), Some(2)]);
}

#[test]
fn an_incident_cannot_end_before_it_starts() {
    assert_eq!(incident("", "## resolved 2026-11-20 09:40\n"), ["incident/end-before-start"]);
    assert_eq!(incident("", "## resolved 2026-11-20 12:40\nended: 09:10\n"), ["incident/end-before-start"]);
    assert_eq!(incident("expected_recovery: 2026-11-20 09:00\n", ""), ["incident/end-before-start"]);
    assert!(incident("expected_recovery: 夕方\n", "## resolved 2026-11-20 12:40\nended: 12:10\n").is_empty());
}

#[test]
fn a_series_knows_its_days() {
    assert!(maintenance(WEEKLY, "## cancelled 2026-12-07 12:00\noccurrence: 2026-12-08\n").is_empty());
    let body = "## cancelled 2026-12-07 12:00\noccurrence: 2026-12-09\n";
    assert_eq!(maintenance(WEEKLY, body), ["maintenance/no-occurrence"]);
    assert_eq!(maintenance(&WEEKLY.replace("29", "30"), ""), ["maintenance/no-occurrence"]);
    let ended =
        WEEKLY.replace("except", "until: 2026-11-30 00:00, except").replace(", except: [2026-12-29]", "");
    assert_eq!(maintenance(&ended, ""), ["maintenance/end-before-start"]);
}

#[test]
fn an_update_before_a_series_begins_names_its_occurrence() {
    for status in ["in_progress", "completed", "update"] {
        let heading = format!("## {status} 2026-11-20 10:00\n");
        assert_eq!(maintenance(WEEKLY, &heading), ["maintenance/no-occurrence"], "{status}");
        let named = format!("{heading}occurrence: 2026-12-01\n");
        assert!(maintenance(WEEKLY, &named).is_empty(), "{status}");
    }
}

#[test]
fn to_call_off_the_next_while_one_runs_is_asked_about() {
    assert_eq!(maintenance(WEEKLY, "## cancelled 2026-12-01 03:00\n"), ["maintenance/unclear-occurrence"]);
    assert!(maintenance(WEEKLY, "## cancelled 2026-12-01 03:00\noccurrence: 2026-12-01\n").is_empty());
    assert!(maintenance(WEEKLY, "## cancelled 2026-12-02 03:00\n").is_empty());
}

#[test]
fn a_new_time_in_a_series_is_compared_with_its_own_occurrence() {
    let later = "## postponed 2026-12-07 12:00\noccurrence: 2026-12-08\nstart: 2026-12-08 03:00\n";
    assert_eq!(maintenance(WEEKLY, later), Vec::<&str>::new());
    let too_late = later.replace("03:00", "06:00");
    assert_eq!(maintenance(WEEKLY, &too_late), ["maintenance/end-before-start"]);
}

#[test]
fn what_only_a_translation_has_is_reported_as_lost() {
    let primary = format!("---\n{INCIDENT}---\nx\n");
    let other = "---\ntitle: T\nscope: s\ndraft: true\nfields: {note: n}\n---\nx\n\n## Workaround\ny\n";
    let (_, found) = build(EntryKind::Incident, &primary, Some(other));
    let mut codes = codes(&found);
    codes.sort_unstable();
    assert_eq!(
        codes,
        [
            "entry/unknown-key",
            "translation/unknown-section",
            "translation/unknown-text",
            "translation/unknown-text"
        ]
    );
    assert!(found.iter().all(|d| d.severity == Severity::Warning));
}

#[test]
fn each_fault_of_an_affects_line_has_its_own_place_and_way_out() {
    let body = "## update 2026-11-20 12:40\naffects: api=majr_outage、 zzz=正常 , login：停止\n";
    let text = format!("---\n{INCIDENT}---\n{body}");
    let (_, found) = build(EntryKind::Incident, &text, None);
    let shown: Vec<_> = found
        .iter()
        .map(|d| (&text[d.place.range.clone().expect("a place")], d.help.as_deref().unwrap_or_default()))
        .collect();
    assert_eq!((shown[0].0, shown[1].0), ("api=majr_outage", "zzz=正常"));
    assert!(shown[0].1.starts_with("did you mean `major_outage`?"), "{shown:?}");
    assert_eq!(shown[2], ("login：停止", "write `login=停止`"));
}

#[test]
fn every_error_has_a_way_out() {
    let front = "draft: maybe\ninternal: {}\nfields: [a]\naliases: {a: b}\nscope: [a]\n";
    let (_, found) = build(EntryKind::Incident, &format!("---\n{INCIDENT}{front}---\n"), None);
    assert_eq!(found.len(), 4);
    assert!(found.iter().all(|d| d.help.is_some()), "{found:?}");
}

#[test]
fn a_question_has_an_answer() {
    let front = "---\ntitle: q\ncategory: acc\nsurface: [incident]\n";
    let codes = |text: &str| codes(&build(EntryKind::Question, text, None).1);
    assert_eq!(codes(&format!("{front}---\n")), ["faq/no-answer"]);
    assert!(codes(&format!("{front}---\nx\n")).is_empty());
}

#[test]
fn words_of_the_format_are_read_in_any_width_and_language() {
    let body = "## 続報　２０２６年１１月２０日　１２時４０分\n対象：ビットコイン＝停止、売買=遅延、old-api=正常、口座\n重大度：重大\n次回更新：１３：００\n";
    let (entry, found) = build(EntryKind::Incident, &format!("---\n{INCIDENT}---\n{body}"), None);
    assert!(found.is_empty(), "{found:?}");
    let Some(Entry::Incident(entry)) = entry else { unreachable!() };
    assert_eq!(entry.updates[0].change.affects.as_ref().map(|a| a.given.len()), Some(5));
}

#[test]
fn titles_that_look_like_numbers_are_text() {
    for title in ["2026", "1.10", "0x10", "1e3", "true", "no", "off", "+1", "0123", ".inf", "1_000"] {
        let text = format!("---\n{}---\n", INCIDENT.replace("title: t", &format!("title: {title}")));
        let (entry, found) = build(EntryKind::Incident, &text, None);
        assert!(found.is_empty(), "{title}: {found:?}");
        let Some(Entry::Incident(entry)) = entry else { unreachable!() };
        assert_eq!(entry.head.title.get(0).1, title);
    }
}

#[test]
fn an_entry_has_as_many_updates_as_one_page_may_hold() {
    let body = |count| format!("---\n{INCIDENT}---\n{}", "## update 2026-11-20 12:40\n".repeat(count));
    let (entry, found) = build(EntryKind::Incident, &body(UPDATES), None);
    assert!(entry.is_some() && found.is_empty(), "{found:?}");
    let (_, found) = build(EntryKind::Incident, &body(20_000), None);
    assert_eq!(codes(&found), ["update/too-many"]);
}

/// Pieces of text that have a meaning somewhere in the format.
const PIECES: &str = "\
    ## ~~~ <!-- --> <div> <a@b.example> <https://a.example/> [a](../x.md#あ) [^1] [a] ![ ]( ) ` ** _ ~~ \\ \
    &amp; & *x !t { } [ ] , 、 : ： \" ' # | >- ? = ＝ title severity 重大 FAQ よくある質問 é が 🔥 \
    ---\n \n \n\n ␣ 　 \t ##␣ ###␣ ＃＃␣ >␣ -␣ *␣ |␣a␣|␣b␣|\n|-|-|\n ```\n ␣␣␣␣ [^1]:␣ [a]:␣/b\n :␣ \
    affects:␣[api] 調査中␣ resolved␣ 2026-11-20␣10:15 ２０２６年１１月２０日　１０時１５分 \
    2026-03-08␣02:30 次回更新：１１：３０\n ended:␣9:05\n";

fn pieces(most: usize) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => word(PIECES),
        1 => "\\PC{0,4}",
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..most).prop_map(|p| p.concat())
}

/// Checks that every diagnostic points into the text, at character boundaries.
fn sound(text: &str, found: &[Diagnostic]) -> Result<(), TestCaseError> {
    for diagnostic in found {
        let Some(range) = &diagnostic.place.range else { continue };
        prop_assert!(text.get(range.clone()).is_some(), "{diagnostic:?}");
        prop_assert!(!diagnostic.message.is_empty());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_can_be_read(text in pieces(40), at in 0..5_usize) {
        let (_, found) = build(EntryKind::ALL[at], &text, None);
        sound(&text, &found)?;
    }

    #[test]
    fn any_front_matter_can_be_read(front in pieces(20), at in 0..5_usize) {
        let text = format!("---\n{front}\n---\nx\n");
        let (_, found) = build(EntryKind::ALL[at], &text, None);
        sound(&text, &found)?;
    }

    #[test]
    fn any_value_can_be_read(value in pieces(6), key in prop::sample::select(&["title", "scope", "affects",
        "started", "expected_recovery", "fields", "aliases", "withdrawn", "internal", "window", "recurrence"][..])) {
        let text = format!("---\n{INCIDENT}{MAINTENANCE}{key}: {value}\n---\nx\n");
        let (_, found) = build(EntryKind::Maintenance, &text, None);
        sound(&text, &found)?;
    }

    #[test]
    fn any_body_can_be_read_and_rendered(body in pieces(40), maintenance in any::<bool>()) {
        let (folder, front) =
            if maintenance { (EntryKind::Maintenance, MAINTENANCE) } else { (EntryKind::Incident, INCIDENT) };
        let text = format!("---\n{front}---\n{body}");
        let (entry, found) = build(folder, &text, Some(&text));
        prop_assert!(entry.is_some());
        let (_, plain) = build(folder, &text, None);
        sound(&text, &plain)?;
        drop(found);
    }

    #[test]
    fn any_fact_line_can_be_read(key in pieces(3), value in pieces(6)) {
        let text = format!("---\n{INCIDENT}---\n## update 2026-11-20 10:20\n{key}: {value}\naffects: {value}\n");
        let (_, found) = build(EntryKind::Incident, &text, None);
        sound(&text, &found)?;
    }

    #[test]
    fn any_word_can_be_looked_up(word in pieces(4)) {
        let _ = document::moment::parse(&word);
        let _ = super::time::duration(&word);
        let _ = crate::text::nearest(&word, ["next_update", "次回更新"]);
        let slug = crate::text::slugify(&word);
        prop_assert!(slug.chars().all(crate::text::is_slug_char) && slug.len() <= 200);
        let mut found = Vec::new();
        let _ = document(EntryKind::Page, &word, "---\n---\n", &mut found);
    }
}
