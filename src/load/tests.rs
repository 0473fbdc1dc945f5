//! Tests that a site is read from its files, and that each fault is reported at its position.

use std::fs;

use super::*;

const SITE: &str =
    "title: {ja: a, en: b}\nurl: https://s.example/\ntimezone: Asia/Tokyo\nlocales: [ja, en]\n";
const PAGE: &str = "---\ntitle: a\n---\nx\n";

/// The code of each diagnostic and whether it is an error, for a site with these pages.
fn found(pages: &[(&str, &str)]) -> Vec<(&'static str, bool)> {
    let root = tempfile::tempdir().expect("a folder");
    let folder = root.path().join("content/pages");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(root.path().join("content/site.yaml"), SITE).expect("a file");
    for (name, text) in pages {
        fs::write(folder.join(name), text).expect("a file");
    }
    let loaded = load(root.path(), None, &|| ()).expect("a readable folder");
    let error = crate::diagnostic::Severity::Error;
    loaded.diagnostics.sorted().iter().map(|d| (d.code, d.severity == error)).collect()
}

#[test]
fn whatever_is_wrong_with_a_translation_is_a_warning() {
    for text in ["no front matter", "---\ntitle: a: b\n---\n", "---\ntitle: a\n---\n[a](none.md)\n"] {
        let faults = found(&[("a.md", PAGE), ("a.en.md", text)]);
        assert!(matches!(faults[..], [(_, false)]), "{text}: {faults:?}");
    }
}

#[test]
fn a_site_is_read_as_it_would_be() {
    let root = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(root.path().join("content/pages")).expect("a folder");
    fs::write(root.path().join("content/site.yaml"), SITE).expect("a file");
    fs::write(root.path().join("content/pages/a.md"), "broken").expect("a file");
    let over = |list: &[(&str, Option<&str>)]| {
        let overlay = list.iter().map(|(name, text)| (Arc::from(*name), text.map(Arc::from))).collect();
        let loaded = load_over(root.path(), None, &overlay, &|| ()).expect("a readable folder");
        let codes: Vec<_> = loaded.diagnostics.sorted().iter().map(|d| d.code).collect();
        (loaded.model.map_or(0, |model| model.pages.len()), codes)
    };
    assert_eq!(over(&[]), (0, vec!["front-matter/missing"]));
    assert_eq!(over(&[("content/pages/a.md", Some(PAGE))]), (1, vec![]));
    assert_eq!(over(&[("content/pages/a.md", None), ("content/pages/b.md", Some(PAGE))]), (1, vec![]));
    let (_, codes) = over(&[("content/pages/a.md", None), ("content/site.yaml", Some("title: a\n"))]);
    assert!(codes.contains(&"entry/missing-key"), "{codes:?}");
}

#[test]
fn a_logo_that_is_not_there_is_an_error() {
    let root = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(root.path().join("content/static")).expect("a folder");
    let site = format!("{SITE}logo: logo.svg\n");
    fs::write(root.path().join("content/site.yaml"), site).expect("a file");
    let codes = || {
        let loaded = load(root.path(), None, &|| ()).expect("a readable folder");
        loaded.diagnostics.sorted().iter().map(|d| d.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(), ["link/missing-target"]);
    fs::write(root.path().join("content/static/logo.svg"), "<svg/>").expect("a file");
    assert_eq!(codes(), Vec::<&str>::new());
}

#[test]
fn only_a_translation_without_an_original_is_an_orphan() {
    assert_eq!(found(&[("a.en.md", PAGE)]), [("translation/orphan", true)]);
    assert!(found(&[("a.en.md", "broken")]).contains(&("translation/orphan", true)));
    assert_eq!(found(&[("a.md", "broken"), ("a.en.md", PAGE)]), [("front-matter/missing", true)]);
    assert_eq!(found(&[("か\u{3099}.md", PAGE), ("が.en.md", PAGE)]), []);
}

#[test]
fn rules_for_the_host_are_read_again_when_they_change() {
    let root = tempfile::tempdir().expect("a folder");
    let file = root.path().join("content/host/_redirects");
    fs::create_dir_all(root.path().join("content/host")).expect("a folder");
    fs::write(root.path().join("content/site.yaml"), SITE).expect("a file");
    fs::write(&file, "/a/ /faq/ 301\n").expect("a file");
    let mut reader = IncrementalReader::new(root.path(), None, false);
    let from = |reader: &IncrementalReader| {
        let model = reader.loaded().model.as_ref().expect("a model");
        model.host_rules.redirects.iter().map(|rule| rule.from.clone()).collect::<Vec<_>>()
    };
    reader.read().expect("a readable folder");
    assert_eq!(from(&reader), ["/a/"]);
    // The same size, and perhaps the same time: the event tells the change.
    fs::write(&file, "/b/ /faq/ 301\n").expect("a file");
    let changes = reader.read_touched(&[file.clone()].into()).expect("a readable folder");
    assert!(changes.files > 0);
    assert_eq!(from(&reader), ["/b/"]);
    fs::write(&file, "/b/ /faq/\n").expect("a file");
    reader.read().expect("a readable folder");
    assert!(reader.loaded().diagnostics.has_errors() && !reader.holds());
    fs::remove_file(&file).expect("a removed file");
    reader.read().expect("a readable folder");
    assert!(from(&reader).is_empty() && !reader.loaded().diagnostics.has_errors());
}
