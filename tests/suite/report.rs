//! Tests that the record of a period is complete, correct and free of private text.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::harness::{NOON, Site};

const OCTOBER: &str = "--from 2026-10-08 --to 2026-10-14";
const ALL: &str = "--from 2026-08-01 --to 2026-12-31";

fn report(site: &Site, period: &str, more: &str) -> String {
    let run = site.noon(&format!("report {period} {more}"));
    run.exit(0);
    assert_eq!(run.stderr, "");
    run.stdout
}

/// Compares with the expected file. If `NOROSHI_BLESS` is set, it rewrites that file.
#[track_caller]
fn assert_is(found: &str, name: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/fixtures/report").join(name);
    if std::env::var_os("NOROSHI_BLESS").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, found).expect("it can be written");
    }
    let wanted = fs::read_to_string(&path).unwrap_or_default();
    let line = found.lines().zip(wanted.lines()).position(|(found, wanted)| found != wanted);
    assert!(found == wanted, "{name} differs from line {line:?}:\n{found}");
}

#[test]
fn a_week_of_the_demo_is_reported_in_both_languages() {
    let site = Site::demo();
    assert_is(&report(&site, OCTOBER, ""), "october.ja.md");
    assert_is(&report(&site, OCTOBER, "--locale en"), "october.en.md");
}

#[test]
fn all_forms_tell_of_the_same_entries() {
    let site = Site::demo();
    let json: serde_json::Value =
        serde_json::from_str(&report(&site, ALL, "--format json")).expect("one object");
    let csv = report(&site, ALL, "--format csv");
    let md = report(&site, ALL, "");
    let entries: Vec<&serde_json::Value> = ["incidents", "maintenance"]
        .iter()
        .flat_map(|kind| json[*kind].as_array().expect("a list"))
        .collect();
    assert!(entries.len() > 20, "{}", entries.len());
    assert_eq!(csv.matches("\r\n").count(), 1 + entries.len());
    for entry in entries {
        let url = entry["url"].as_str().expect("an address");
        assert!(csv.contains(&format!(",{url},")) && md.contains(&format!("](<{url}>)")), "{url}");
    }
}

#[test]
fn nothing_private_is_in_any_form() {
    let site = Site::demo();
    let marked =
        "reviewed_by: [Zorblax One, Zorblax Two]\ninternal: {reporter: zorblax, deep: {x: zorblaxdeep}}\n";
    let incident = format!(
        "---\ntitle: t\nseverity: minor\naffects: []\nstarted: 2026-11-01 10:00\n{marked}---\nx\n\n## resolved 2026-11-01 11:00\n"
    );
    let work = format!(
        "---\ntitle: t\nkind: regular\naffects: []\nwindow: {{start: 2026-11-01 02:00, end: 2026-11-01 03:00}}\n{marked}---\nx\n"
    );
    site.write("content/incidents/marked.md", &incident).write("content/maintenance/marked.md", &work);
    let draft = incident.replace("title: t", "title: zorblaxdraft\ndraft: true");
    let later = incident.replace("title: t", "title: zorblaxlater\npublish_at: 2026-11-21 10:00");
    site.write("content/incidents/draft.md", &draft).write("content/incidents/later.md", &later);
    for format in ["md", "csv", "json"] {
        let text = report(&site, ALL, &format!("--format {format}"));
        assert!(text.contains("/incidents/marked/") && !text.to_lowercase().contains("zorblax"), "{text}");
        assert!(!text.contains("倉橋") && !text.contains("ops.hoshi-exchange"), "{text}");
    }
}

#[test]
fn every_column_and_key_is_documented() {
    let site = Site::demo();
    let document =
        fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/report.md")).expect("a document");
    let csv = report(&site, ALL, "--format csv");
    let head = csv.lines().next().expect("a line").trim_start_matches('\u{feff}');
    let mut names: BTreeSet<String> = head.split(',').map(str::to_owned).collect();
    fn keys(value: &serde_json::Value, names: &mut BTreeSet<String>) {
        match value {
            serde_json::Value::Object(map) => map.iter().for_each(|(key, value)| {
                names.insert(key.clone());
                keys(value, names);
            }),
            serde_json::Value::Array(list) => list.iter().for_each(|value| keys(value, names)),
            _ => {}
        }
    }
    let json = serde_json::from_str(&report(&site, ALL, "--format json")).expect("one object");
    keys(&json, &mut names);
    // Kinds and rules are data.
    let data = ["bank", "emergency", "regular", "server", "update"];
    names.retain(|name| !name.contains('/') && !data.contains(&name.as_str()));
    let missing: Vec<&String> =
        names.iter().filter(|name| !document.contains(&format!("`{name}`"))).collect();
    assert!(missing.is_empty(), "docs/report.md does not explain {missing:?}");
}

#[test]
fn what_cannot_be_reported_is_refused() {
    let site = Site::demo();
    for (from, to, locale, said) in [
        ("2026-02-30", "2026-03-31", "ja", "`2026-02-30` does not exist"),
        ("last month", "2026-03-31", "ja", "cannot read `last month` as a day"),
        ("2026-04-01", "2026-03-31", "ja", "the period ends before it begins"),
        ("2026-03-01", "2026-03-31", "fr", "the site has no locale `fr`"),
    ] {
        let run = site.noon(&format!("report --from '{from}' --to {to} --locale {locale}"));
        run.exit(2).stderr_has(said);
        assert_eq!(run.stdout, "", "{from} {to} {locale}");
    }
    site.run(["report", "--from", "2026-03-01"]).exit(2);
    site.edit("content/incidents/2026-11/2026-11-12-support-chat.md", "severity: minor", "severity: tiny");
    site.run(["report", "--from", "2026-03-01", "--to", "2026-03-31", "--as-of", NOON]).exit(1);
}

#[test]
fn a_public_report_is_a_page_and_json_in_each_language_without_what_only_the_team_may_know() {
    let site = Site::demo();
    site.build_at(NOON).exit(0);
    assert!(!site.path("public/report").exists());
    let config = site.read("content/site.yaml");
    site.write("content/site.yaml", &format!("report: public\n{config}"));
    site.build_at(NOON).exit(0);
    for (prefix, word) in [("", "中程度"), ("en/", "Moderate")] {
        let page = site.page(&format!("{prefix}report/2026-11/"));
        assert!(page.contains(word) && page.contains("<table"), "{page}");
        assert!(site.page(&format!("{prefix}report/")).contains("2026-11/"));
        assert!(site.page(&format!("{prefix}history/")).contains("report/"));
        let json = site.read(&format!("public/{prefix}report/2026-11.json"));
        for private in ["as_of", "reviewers", "upplied", "倉橋", "高瀬", "takase"] {
            assert!(!json.contains(private) && !page.contains(private), "{private}");
        }
        let report: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        assert!(report["incidents"].as_array().is_some_and(|all| all.len() >= 4), "{json}");
    }
    assert!(site.read("public/sitemap.xml").contains("/report/2026-11/"));
    // A month without anything has no page.
    assert!(!site.path("public/report/2026-07").exists());
    let typo = format!("report: publik\n{config}");
    site.write("content/site.yaml", &typo);
    assert!(site.run(["check", "--format", "json"]).codes().iter().any(|code| code == "entry/unknown-word"));
}
