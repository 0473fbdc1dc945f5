//! Small inputs of others that once failed, in `../shared/cases`: one test a folder. They are read from there and not
//! copied into the repository; the README of each says what was got and what is wanted.

use std::path::Path;

use crate::harness::{NOON, Site};

/// A site with a copy of a folder of the cases at a place in it; an empty place is the site itself. A clone elsewhere
/// has none: the test says so and passes.
fn case(name: &str, place: &str) -> Option<Site> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases").join(name);
    if !folder.is_dir() {
        eprintln!(
            "not tried: there is no {} (cases of others, not part of the repository)",
            folder.display()
        );
        return None;
    }
    let site = Site::bare();
    site.write_folder(&folder, place);
    Some(site)
}

#[test]
fn ten_japanese_notices_are_published() {
    let Some(site) = case("notices-ja", "content") else { return };
    site.remove("content/README.md");
    site.build_at(NOON).exit(0);
    let pages = site.files().into_keys().filter(|path| {
        (path.starts_with("incidents/j") || path.starts_with("maintenance/j"))
            && path.ends_with("/index.html")
    });
    assert_eq!(pages.count(), 10);
}

#[test]
fn no_first_update_is_swallowed() {
    let Some(site) = case("01-first-update-swallowed", "") else { return };
    // Four headings are updates in other forms; the fifth line is told and mended.
    site.run(["check", "--all", "--as-of", NOON])
        .exit(1)
        .stderr_has("content/incidents/e-inside-update.md")
        .stderr_has("`## 復旧 2026-11-20 11:15`");
    let told = site.run(["check", "--all", "--as-of", NOON, "--format", "json"]).codes();
    assert_eq!(told, ["update/near-heading"]);
    site.run(["check", "--fix", "--as-of", NOON]).exit(0);
    site.build_at(NOON).exit(0);
    let incidents: serde_json::Value =
        serde_json::from_str(&site.read("public/api/v2/incidents.json")).expect("JSON");
    let states: Vec<&str> = incidents["incidents"]
        .as_array()
        .expect("incidents")
        .iter()
        .filter_map(|incident| incident["status"].as_str())
        .collect();
    assert_eq!(states, ["resolved"; 5]);
    assert_eq!(site.read("public/feed.xml").matches("<title>[復旧]").count(), 5);
}
