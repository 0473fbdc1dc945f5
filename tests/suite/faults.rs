//! Tests of invalid content: nothing is published, one run reports all errors, and content that
//! only looks invalid is accepted. `codes` tests the code, the place and the help of each error.

use std::fs::File;

use crate::harness::{Diagnostic, NOON, Site, Text as _};

const INCIDENT: &str = "content/incidents/bad.md";

fn incident(front: &str, body: &str) -> String {
    let mut text = String::from("---\n");
    for (key, line) in [
        ("title", "title: Slow"),
        ("severity", "severity: minor"),
        ("affects", "affects: [api]"),
        ("started", "started: 2026-11-20 10:15"),
    ] {
        if !front.lines().any(|l| l.starts_with(key)) {
            text.push_str(line);
            text.push('\n');
        }
    }
    text + front + "---\nWords.\n\n" + body
}

fn maintenance(front: &str, body: &str) -> String {
    let window = "window: {start: 2026-12-01 02:00, end: 2026-12-01 05:00}\n";
    let window = if front.contains("window:") { "" } else { window };
    format!("---\ntitle: Work\nkind: regular\naffects: [api]\n{window}{front}---\nWords.\n\n{body}")
}

/// A site with one valid incident, built.
fn site() -> Site {
    let site = Site::empty();
    site.edit("content/site.yaml", "locales: [en]", "locales: [en, ja]");
    site.write("content/incidents/good.md", &incident("", "## resolved 2026-11-20 11:00\n\nx\n"));
    site.build_at(NOON).exit(0);
    site
}

/// Files with one error each, including some that are designed to be as expensive as possible.
fn broken() -> Vec<(&'static str, String, &'static str)> {
    let bomb = (1..12).fold(String::from("a0: &a0 [x, x]\n"), |text, n| {
        format!("{text}a{n}: &a{n} [{}]\n", format!("*a{}, ", n - 1).repeat(9))
    });
    vec![
        (INCIDENT, "Words.\n".into(), "front-matter/missing"),
        (INCIDENT, incident("severity: criticl\n", ""), "entry/unknown-word"),
        (INCIDENT, incident("", "[a](javascript:alert(1))\n"), "link/not-allowed"),
        ("content/site.yaml", "<<<<<<< HEAD\ntitle: a\n".into(), "source/conflict-marker"),
        ("content/static/history/index.html", "x".into(), "site/colliding-address"),
        (INCIDENT, format!("---\n{bomb}---\n"), "yaml/anchor"),
        (INCIDENT, format!("---\ntitle: {}\n---\n", "[".repeat(20_000)), "yaml/too-deep"),
        (INCIDENT, format!("---\ntitle:\n  {}a\n---\n", "- ".repeat(20_000)), "yaml/syntax"),
        (INCIDENT, format!("---\n{}---\n", "#\n".repeat(40_000)), "front-matter/too-large"),
    ]
}

#[test]
fn a_fault_publishes_nothing_and_costs_no_time() {
    let site = site();
    let (files, mtimes) = (site.files(), site.mtimes());
    for (file, text, code) in broken() {
        let before = std::fs::read(site.path(file)).ok();
        site.write(file, &text);
        let built = site.run_within(5, ["build", "--as-of", NOON, "--format", "json"]);
        assert!(built.exit(1).codes().contains(&code.to_owned()), "{code}");
        // The text for people contains the same code.
        site.run(["build", "--as-of", NOON]).exit(1).stderr_has(code);
        assert_eq!(site.mtimes(), mtimes, "{code}: the published folder was touched");
        match before {
            Some(bytes) => site.write_bytes(file, &bytes),
            None => site.remove(file),
        };
    }
    assert_eq!(site.files(), files);
    let again = site.build_at(NOON);
    again.exit(0).quiet();
    assert_eq!(again.written(), 0);
}

#[test]
fn a_huge_file_is_refused_unread() {
    let site = site();
    let mtimes = site.mtimes();
    site.write(INCIDENT, "");
    File::create(site.path(INCIDENT)).and_then(|f| f.set_len(50 << 20)).expect("a sparse file");
    let built = site.run_within(2, ["build", "--as-of", NOON, "--format", "json"]);
    assert_eq!(built.exit(1).codes(), ["source/too-large"]);
    assert_eq!(site.mtimes(), mtimes);
}

#[test]
fn a_line_of_dashes_in_the_body_is_text() {
    let site = site();
    site.write(
        INCIDENT,
        &incident("", "One.\n\n---\n\nTwo\n---\n\n## resolved 2026-11-20 11:00\n\n---\n\nThree.\n"),
    );
    site.build_at(NOON).exit(0).page("incidents/bad/").has(["<hr>", "Two</h", "Three."]);
}

#[test]
fn marks_line_ends_and_wide_times_are_read() {
    let site = site();
    let text = incident(
        "started: ２０２６年１１月２０日 １０時１５分\n",
        "## 復旧 2026/11/20 １１：００\n\nDone.\n",
    );
    site.write(INCIDENT, &format!("\u{feff}{}", text.replace('\n', "\r\n")));
    let page = site.build_at(NOON).exit(0).page("incidents/bad/");
    page.has(["datetime=\"2026-11-20T01:15:00Z\"", "id=\"resolved-20261120T020000Z\""]);
}

#[test]
fn one_run_tells_all_faults_in_all_files() {
    let site = site();
    let a =
        incident("severty: minor\nstarted: 2026-02-30 10:00\naffects: [apj, wev]\n", "[a](javascript:x)\n");
    let b = maintenance(
        "window: {start: 2026-12-01 05:00, end: 2026-12-01 02:00}\n",
        "## completd 2026-12-01 03:00\n",
    );
    let c = "---\ntitle: 障害: 遅延\n---\nx\n";
    site.write("content/incidents/a.md", &a);
    site.write("content/maintenance/b.md", &b);
    site.write("content/notices/c.md", c);
    site.write("content/faq/d.md", "Words.\n");
    let found = site.check().exit(1).diagnostics();
    let of = |d: &Diagnostic, text: &str| (d.code.clone(), d.line, d.points_at(text));
    let expect = |code: &str, line, at: &str| (code.to_owned(), line, at.to_owned());
    let all = |file: &str, text: &str| {
        found.iter().filter(|d| d.file == file).map(|d| of(d, text)).collect::<Vec<_>>()
    };
    assert_eq!(
        all("content/incidents/a.md", &a),
        [
            expect("entry/unknown-key", 4, "severty"),
            expect("time/impossible", 5, "2026-02-30 10:00"),
            expect("incident/unknown-component", 6, "apj"),
            expect("incident/unknown-component", 6, "wev"),
            expect("link/not-allowed", 10, "[a](javascript:x)"),
        ]
    );
    assert_eq!(
        all("content/maintenance/b.md", &b),
        [
            expect("maintenance/end-before-start", 5, "{start: 2026-12-01 05:00, end: 2026-12-01 02:00}"),
            expect("update/unknown-status", 9, "## completd 2026-12-01 03:00"),
        ]
    );
    assert_eq!(all("content/notices/c.md", c), [expect("yaml/syntax", 2, "title: 障害: 遅延")]);
    assert_eq!(all("content/faq/d.md", "Words.\n"), [expect("front-matter/missing", 1, "Words.")]);
    // Files that cannot be read come first. Within a file the position decides.
    let mut files: Vec<&str> = found.iter().map(|d| d.file.as_str()).collect();
    files.dedup();
    assert_eq!(
        files,
        ["content/faq/d.md", "content/notices/c.md", "content/incidents/a.md", "content/maintenance/b.md"]
    );
    for file in files {
        let order: Vec<_> = found.iter().filter(|d| d.file == file).map(|d| (d.line, d.column)).collect();
        assert!(order.is_sorted(), "{file}: {order:?}");
    }
}

#[test]
fn causes_come_first_and_what_follows_from_them_is_not_reported() {
    let site = site();
    let said = |site: &Site| {
        let found = site.check().exit(1).diagnostics();
        found
            .iter()
            .map(|d| format!("{} {}", d.file.trim_start_matches("content/"), d.code))
            .collect::<Vec<_>>()
    };
    let restored = |file: &str, text: &str, wanted: &[&str]| {
        let before = site.read(file);
        site.write(file, text);
        assert_eq!(said(&site), wanted, "{text}");
        site.write(file, &before);
    };
    // An entry that links to a broken one, by its file and by its address.
    let links = "---\ntitle: t\npublish_at: 2026-11-20 09:00\n---\n[a](../incidents/good.md), [b](/incidents/good/)\n";
    site.write("content/notices/a.md", links);
    let good = "content/incidents/good.md";
    let broken = "---\ntitle: 障害: 遅延\n---\nx\n";
    restored(good, broken, &["incidents/good.md yaml/syntax"]);
    // A component that an error in site.yaml removed.
    let config = site.read("content/site.yaml");
    let lost = config.replacen("id: api", "id: ap i", 1);
    assert_ne!(lost, config);
    restored("content/site.yaml", &lost, &["site.yaml site/bad-id"]);
    // A key with a typo is not also missing.
    let typo = incident("", "").replace("severity: minor", "severty: minor");
    restored(good, &typo, &["incidents/good.md entry/unknown-key"]);
    // A translation is not compared with an original that has errors.
    let words = "---\ntitle: 遅延\nscope: 一部\n---\n\n## 復旧 2026-11-20 11:00\n\nx\n";
    site.write("content/incidents/good.ja.md", words);
    let heading = incident("scope: [x]\n", "## resovled 2026-11-20 11:00\n\nx\n");
    restored(
        good,
        &heading,
        &["incidents/good.md entry/wrong-type", "incidents/good.md update/unknown-status"],
    );
    site.remove("content/incidents/good.ja.md");
    // A merge conflict is the only fault of its file.
    let conflict = incident("", "")
        .replace("title: Slow\n", "<<<<<<< HEAD\ntitle: Slow\n=======\ntitle: Late\n>>>>>>> x\n");
    let marks = ["incidents/good.md source/conflict-marker"; 3];
    restored(good, &conflict, &marks);
}

#[test]
fn a_fault_that_lies_only_in_a_translation_is_a_warning() {
    let site = site();
    site.write("content/incidents/good.ja.md", "---\ntitle: 障害: 遅延\n---\nx\n");
    let found = site.build_at(NOON);
    let found = found.exit(0).diagnostics();
    assert_eq!((found[0].code.as_str(), found[0].severity.as_str()), ("yaml/syntax", "warning"));
    assert!(site.page("ja/incidents/good/").contains("noindex"));
    site.run(["check", "--as-of", NOON, "--deny", "warnings"]).exit(1);
}

#[test]
fn wrong_usage_is_told_from_wrong_content() {
    let site = site();
    site.run(["build", "--as-of", "soon"]).exit(2).stderr_has("soon");
    site.run(["build", "--base-url", "status.example"]).exit(2);
    site.run(["build", "--nonsense"]).exit(2);
    site.run(["check", "nobody"]).exit(2).stderr_has("nobody");
    site.remove("content/site.yaml");
    assert_eq!(site.build_at(NOON).exit(1).codes(), ["site/missing"]);
}

#[test]
fn a_broken_configuration_makes_no_translation_a_second_original() {
    let site = Site::fixture("small");
    site.edit("content/site.yaml", "timezone: Asia/Tokyo", "timezone: Nowhere/X");
    assert_eq!(site.check().exit(1).codes(), ["site/unknown-timezone"]);
}
