//! Tests of the questions, with scripted answers.

use std::fs;

use super::*;
use crate::cli::terminal::script::Script;
use crate::kind::EntryKind;
use crate::model::Zone;

const SITE: &str = "title: A\nurl: https://a.example/\ntimezone: Asia/Tokyo\nlocales: [en]\n\
    components:\n  - {id: api, name: API}\n  - {id: g, name: Group, components: [{id: web, name: Web}]}\n\
    kinds: [{id: bank, name: Bank}]\nseverities: {critical: {definition: All is down.}}\n\
    fields: [{id: funds, name: Funds, on: [incident], values: [{id: none, name: None}, {id: hit, name: Affected}]}]\n\
    faq: {categories: [{id: a, name: Aa}, {id: b, name: Bb}]}\n\
    policy:\n  update_every: {critical: 30m}\n  require:\n    critical: [scope, expected_recovery, faq, fields.funds]\n    maintenance: [actions, internal.tested]\n";

fn site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(folder.path().join("content/incidents")).expect("a folder");
    fs::write(folder.path().join("content/site.yaml"), SITE).expect("a file");
    folder
}

fn noon() -> Instant {
    Zone::named("Asia/Tokyo").expect("a zone").read("2026-11-20 12:00").expect("a time")
}

#[test]
fn an_incident_is_asked_for_from_its_kind_to_what_the_policy_wants() {
    let site = site();
    let editor = Editor::open(site.path()).expect("a site");
    let mut request = EntryRequest::default();
    let mut script = Script::new(&[
        "incident",
        "critical: All is down.",
        "Slow",
        "api,web",
        "=",
        "Some",
        "=",
        "being assessed",
        "Safe?",
        "Yes.",
        "Affected",
        "We look.",
    ]);
    entry(&mut script, &editor, &mut request, noon()).expect("answers");
    assert!(script.answers.is_empty(), "{:?}", script.asked);
    assert_eq!(request.what, Some(EntryKind::Incident));
    assert_eq!(request.severity.as_deref(), Some("critical"));
    assert_eq!(request.affects.as_deref(), Some("api,web"));
    assert_eq!(request.at.as_deref(), Some("2026-11-20 12:00"));
    assert_eq!(request.next.as_deref(), Some("2026-11-20 12:30"));
    assert_eq!(request.recovery.as_deref(), Some("being assessed"));
    assert_eq!(request.field, ["funds=hit"]);
    assert_eq!(request.sections, [(Section::Faq, "### Safe?\n\nYes.".to_owned())]);
    assert_eq!(request.message.as_deref(), Some("We look."));
}

#[test]
fn only_what_is_missing_is_asked_for() {
    let site = site();
    let editor = Editor::open(site.path()).expect("a site");
    let mut request = EntryRequest {
        what: Some(EntryKind::Maintenance),
        title: Some("Work".into()),
        kind: Some("bank".into()),
        at: Some("2026-12-01 02:00".into()),
        internal: vec!["tested=yes".into()],
        ..EntryRequest::default()
    };
    let mut script = Script::new(&["g", "05:00", "", "Cancel orders.", "Done soon."]);
    entry(&mut script, &editor, &mut request, noon()).expect("answers");
    assert_eq!(request.affects.as_deref(), Some("g"));
    assert_eq!(request.end.as_deref(), Some("05:00"));
    assert_eq!(request.scope, None);
    assert_eq!(request.sections, [(Section::Actions, "Cancel orders.".to_owned())]);
}

#[test]
fn an_update_begins_with_what_is_open() {
    let site = site();
    let text = |status: &str| {
        format!(
            "---\ntitle: A\nseverity: critical\naffects: []\nstarted: 2026-11-20 10:00\n---\n## {status} 2026-11-20 10:20\n"
        )
    };
    for (name, status) in [("open", "investigating"), ("over", "resolved")] {
        fs::write(site.path().join(format!("content/incidents/{name}.md")), text(status)).expect("a file");
    }
    let editor = Editor::open(site.path()).expect("a site");
    assert_eq!(open(&editor).len(), 1);
    let mut request = UpdateRequest::default();
    let mut script =
        Script::new(&["A (content/incidents/open.md)", "identified", "## x", "Known.", "soon", "="]);
    update(&mut script, &editor, &mut request, noon()).expect("answers");
    assert_eq!(request.entry.as_deref(), Some("content/incidents/open.md"));
    assert_eq!(request.status.as_deref(), Some("identified"));
    assert_eq!(request.next.as_deref(), Some("2026-11-20 12:30"));
}
