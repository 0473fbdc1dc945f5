//! Content that is wrong: each fault has its code, its place and its way out, and nothing is published.

use std::fs::File;
use std::time::{Duration, Instant};

use crate::harness::{Diagnostic, NOON, Site};

/// A file that is wrong in one way.
struct Case {
    name: &'static str,
    file: &'static str,
    text: Vec<u8>,
    code: &'static str,
    /// The text that the diagnostic points at, where it has a place in the text.
    at: Option<&'static str>,
    /// What its help holds.
    help: &'static str,
}

const INCIDENT: &str = "content/incidents/bad.md";

fn case(name: &'static str, code: &'static str, text: impl Into<Vec<u8>>) -> Case {
    Case { name, file: INCIDENT, text: text.into(), code, at: None, help: "" }
}

impl Case {
    fn file(self, file: &'static str) -> Case {
        Case { file, ..self }
    }

    fn at(self, at: &'static str) -> Case {
        Case { at: Some(at), ..self }
    }

    fn help(self, help: &'static str) -> Case {
        Case { help, ..self }
    }
}

/// An incident with more front matter and a body.
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

fn form() -> Vec<Case> {
    let bomb = (1..12).fold(String::from("a0: &a0 [x, x]\n"), |text, n| {
        format!("{text}a{n}: &a{n} [{}]\n", format!("*a{}, ", n - 1).repeat(9))
    });
    vec![
        case("no front matter", "front-matter/missing", "Words.\n"),
        case("an empty file", "front-matter/missing", ""),
        case("a dash too many", "front-matter/missing", "----\ntitle: a\n---\n"),
        case("front matter that never ends", "front-matter/unclosed", "---\ntitle: a\n\nWords.\n"),
        case("front matter that nearly ends", "front-matter/unclosed", "---\ntitle: a\n--- \nWords.\n")
            .help("write `---` instead of"),
        case(
            "front matter too long",
            "front-matter/too-large",
            format!("---\n{}---\n", "#\n".repeat(40_000)),
        ),
        case("no YAML", "yaml/syntax", "---\ntitle: a\n  severity: b\n---\n"),
        case("a list instead of keys", "yaml/not-a-mapping", "---\n- a\n- b\n---\n"),
        case("a tab", "yaml/tab", "---\ntitle: a\n\tseverity: minor\n---\n").at("\t"),
        case("a key twice", "yaml/duplicate-key", incident("severity: minor\nseverity: critical\n", ""))
            .at("severity"),
        case(
            "a key twice inside another",
            "yaml/duplicate-key",
            incident("internal:\n  reporter: a\n  reporter: b\n", ""),
        )
        .at("reporter"),
        case("an alias bomb", "yaml/anchor", format!("---\n{bomb}---\n")),
        case("20,000 open brackets", "yaml/too-deep", format!("---\ntitle: {}\n---\n", "[".repeat(20_000))),
        case("20,000 nested lists", "yaml/syntax", format!("---\ntitle:\n  {}a\n---\n", "- ".repeat(20_000))),
        case("a tag", "yaml/tag", incident("scope: !!str a\n", "")).at("!!str"),
        case("no UTF-8", "source/not-utf8", b"---\ntitle: \xff\n---\n".to_vec()),
        case("a NUL", "source/nul", b"---\ntitle: a\0b\n---\n".to_vec()),
        case(
            "a merge conflict",
            "source/conflict-marker",
            incident("", "<<<<<<< HEAD\nOne.\n=======\nTwo.\n>>>>>>> b\n"),
        )
        .at("<<<<<<< HEAD"),
        case(
            "a merge conflict in site.yaml",
            "source/conflict-marker",
            "<<<<<<< HEAD\ntitle: a\n=======\ntitle: b\n>>>>>>> b\n",
        )
        .file("content/site.yaml"),
        case("a slug with dots", "source/bad-slug", incident("", "")).file("content/incidents/a..b.md"),
        case("a slug with blanks", "source/bad-slug", incident("", ""))
            .file("content/incidents/Slow orders!.md")
            .help("slow-orders.md"),
        case("a language that the site does not have", "translation/unknown-locale", incident("", ""))
            .file("content/incidents/a.fr.md"),
        case("a folder that does not exist", "source/unknown-folder", "x")
            .file("content/incident/a.md")
            .help("did you mean `incidents`?"),
        case("a file that means nothing", "source/unknown-file", "x").file("content/notes.txt"),
    ]
}

fn front() -> Vec<Case> {
    vec![
        case("brackets in a title", "yaml/syntax", incident("title: [重要] 障害\n", ""))
            .help("`title: \"[重要] 障害\"`"),
        case("a colon in a title", "yaml/syntax", incident("title: 障害: 遅延\n", ""))
            .help("`title: \"障害: 遅延\"`"),
        case("a full-width colon", "yaml/colon", incident("title：x\n", "").replace("title: Slow\n", ""))
            .at("：")
            .help("`title: x`"),
        case("a blank forgotten", "yaml/colon", incident("title:x\n", "")).help("`title: x`"),
        case("an unknown key", "entry/unknown-key", incident("severty: minor\n", ""))
            .at("severty")
            .help("did you mean `severity`?"),
        case("a missing key", "entry/missing-key", "---\ntitle: a\nseverity: minor\naffects: []\n---\n")
            .help("started: "),
        case("an unknown component", "incident/unknown-component", incident("affects: [apj]\n", ""))
            .at("apj")
            .help("did you mean `api`?"),
        case("an unknown severity", "entry/unknown-word", incident("severity: criticl\n", ""))
            .at("criticl")
            .help("did you mean `critical`?"),
        case("an unknown status of a component", "entry/unknown-word", incident("affects: {api: brokn}\n", ""))
            .at("brokn"),
        case("a mapping where text is wanted", "entry/wrong-type", incident("detected: {a: b}\n", "")),
        case("a day that does not exist", "time/impossible", incident("started: 2026-02-30 10:00\n", ""))
            .at("2026-02-30 10:00"),
        case("an hour that does not exist", "time/impossible", incident("started: 2026-11-20 25:00\n", "")),
        case("no time at all", "time/invalid", incident("started: yesterday\n", "")).at("yesterday"),
        case("a year too far", "time/out-of-range", incident("started: 2199-01-01 00:00\n", "")),
        case("an alias out of the site", "entry/bad-alias", incident("aliases: [/../etc/]\n", "")),
        case("an alias of a page that exists", "site/colliding-address", incident("aliases: [/faq/]\n", "")),
        case("a static file in the way of a page", "site/colliding-address", "x")
            .file("content/static/history/index.html"),
        case("a page in the way of a page", "site/colliding-address", "---\ntitle: a\n---\nx\n")
            .file("content/pages/subscribe.md"),
        case("a slug twice", "entry/duplicate-slug", incident("", "")).file("content/incidents/later/ｇood.md"),
        case("an id twice", "entry/duplicate-id", incident("id: good\n", "")).file("content/incidents/later.md"),
        case(
            "an end before the start",
            "maintenance/end-before-start",
            maintenance("window: {start: 2026-12-01 05:00, end: 2026-12-01 02:00}\n", ""),
        )
        .file("content/maintenance/bad.md"),
        case(
            "a phase outside the window",
            "maintenance/phase-outside-window",
            maintenance(
                "phases:\n  - {affects: [api], start: 2026-12-01 01:00, end: 2026-12-01 03:00, mode: halted}\n",
                "",
            ),
        )
        .file("content/maintenance/bad.md"),
        case(
            "a notice that ends before it begins",
            "notice/end-before-start",
            "---\ntitle: a\npublish_at: 2026-11-20 10:00\nexpires_at: 2026-11-19 10:00\n---\nx\n",
        )
        .file("content/notices/bad.md"),
        case("a translation without an original", "translation/orphan", "---\ntitle: a\n---\nx\n")
            .file("content/incidents/nobody.ja.md"),
        case("a key of site.yaml that is unknown", "entry/unknown-key", site_yaml("componnts: []\n"))
            .file("content/site.yaml")
            .at("componnts"),
        case("a zone that does not exist", "site/unknown-timezone", site_yaml("").replace("Tokyo", "Tokio"))
            .file("content/site.yaml")
            .help("did you mean `Asia/Tokyo`?"),
    ]
}

fn site_yaml(more: &str) -> String {
    format!(
        "title: a\nurl: https://status.example/\ntimezone: Asia/Tokyo\nlocales: [en, ja]\n\
         components: [{{id: api, name: API}}]\n{more}"
    )
}

fn body() -> Vec<Case> {
    let text = |body: &str| incident("", body);
    vec![
        case("a status nearly right", "update/unknown-status", text("## resovled 2026-11-20 11:00\n\nx\n"))
            .help("did you mean `## resolved 2026-11-20 11:00`?"),
        case("a status of another kind", "update/wrong-status", text("## completed 2026-11-20 11:00\n\nx\n")),
        case("an update without a time", "update/bad-time", text("## resolved\n\nx\n")),
        case("an update without a time of day", "update/bad-time", text("## resolved 2026-11-20\n\nx\n")),
        case("an impossible update", "time/impossible", text("## resolved 2026-11-31 11:00\n\nx\n"))
            .at("## resolved 2026-11-31 11:00"),
        case("no blank after the signs", "update/near-heading", text("##復旧 2026-11-20 11:00\n\nx\n"))
            .at("##復旧 2026-11-20 11:00"),
        case("full-width signs", "update/near-heading", text("＃＃ 復旧 2026-11-20 11:00\n\nx\n")),
        case("a full-width blank", "update/near-heading", text("##　復旧 2026-11-20 11:00\n\nx\n")),
        case("a level too deep", "update/near-heading", text("### 復旧 2026-11-20 11:00\n\nx\n")),
        case(
            "bold instead of a heading",
            "update/near-heading",
            text("**resolved 2026-11-20 11:00**\n\nx\n"),
        ),
        case("a line in words", "update/near-heading", text("resolved 2026-11-20 11:00\n\nx\n")),
        case(
            "a section nearly right",
            "body/unknown-section",
            text("## Workaround\n\nx\n\n## Compansation\n\nx\n"),
        )
        .help("did you mean `## Compensation`?"),
        case("a section of another kind", "body/wrong-section", text("## Evaluation\n\nx\n")),
        case("a section twice", "body/duplicate-section", text("## Actions\n\nx\n\n## Actions\n\ny\n")),
        case("a question without an answer", "faq/no-answer", text("## FAQ\n\n### Why?\n")),
        case(
            "a fact nearly right",
            "update/unknown-fact",
            text("## identified 2026-11-20 10:50\nnext_updat: 11:30\n\nx\n"),
        )
        .at("next_updat")
        .help("`next_update: 11:30`"),
        case(
            "a component in a fact",
            "incident/unknown-component",
            text("## identified 2026-11-20 10:50\naffects: apj=major_outage\n\nx\n"),
        )
        .help("did you mean `api`?"),
        case(
            "an end before the start",
            "incident/end-before-start",
            text("## resolved 2026-11-20 11:00\nended: 2026-11-20 09:00\n\nx\n"),
        ),
        case(
            "an end that has not come",
            "incident/end-in-future",
            text("## resolved 2026-11-20 11:00\nended: 2026-11-20 12:00\n\nx\n"),
        ),
        case("a comment that never ends", "markdown/unclosed-comment", text("a <!-- b\n\nc\n")),
        case("a link that runs", "link/not-allowed", text("[a](javascript:alert(1))\n")),
        case("a link that runs, disguised", "link/not-allowed", text("[a](JaVaScRiPt&colon;alert(1))\n")),
        case("a link of data", "link/not-allowed", text("<data:text/html,x>\n")),
        case("a link without a scheme", "link/not-allowed", text("[a](//evil.example/)\n")),
        case("a reference that runs", "link/not-allowed", text("[a][b]\n\n[b]: javascript:alert(1)\n")),
        case("an image from elsewhere", "link/foreign-image", text("![a](https://evil.example/a.png)\n")),
        case("an entry that does not exist", "link/missing-target", text("[a](../faq/nobody.md)\n"))
            .at("../faq/nobody.md"),
        case("an entry nearly right", "link/missing-target", text("[a](goood.md)\n"))
            .help("did you mean `content/incidents/good.md`?"),
        case("an address that does not exist", "link/missing-target", text("[a](/nowhere/)\n")),
        case("a heading that does not exist", "link/missing-target", text("[a](#nowhere)\n")),
        case("a link out of the site", "link/missing-target", text("[a](../../../etc/passwd.md)\n")),
    ]
}

/// A site with one sound incident, built.
fn site() -> Site {
    let site = Site::empty();
    site.edit("content/site.yaml", "locales: [en]", "locales: [en, ja]");
    site.write("content/incidents/good.md", &incident("", "## resolved 2026-11-20 11:00\n\nx\n"));
    site.build_at(NOON).exit(0);
    site
}

/// What is not as the case says, if anything.
fn fault(site: &Site, case: &Case) -> Result<(), String> {
    let begun = Instant::now();
    let outcome = site.build_at(NOON);
    if begun.elapsed() > Duration::from_secs(5) {
        return Err(format!("it took {:?}", begun.elapsed()));
    }
    let found = outcome.diagnostics();
    let is_it =
        |d: &&Diagnostic| d.code == case.code && d.severity == "error" && case.file.starts_with(&d.file);
    let Some(hit) = found.iter().find(is_it) else {
        return Err(format!("no {} in {}{}", case.code, outcome.stdout, outcome.stderr));
    };
    let help = hit.help.as_deref().unwrap_or("");
    if help.is_empty() || !help.contains(case.help) {
        return Err(format!("`{}` is not in the help `{help}`", case.help));
    }
    let text = String::from_utf8_lossy(&case.text);
    if let Some(at) = case.at
        && hit.points_at(&text) != at
    {
        return Err(format!("it points at `{}`, not at `{at}`", hit.points_at(&text)));
    }
    outcome.exit(1);
    // People are told the same, and a check agrees.
    site.run(["build", "--as-of", NOON]).exit(1).stderr_has(case.code);
    if site.check().exit(1).codes() != outcome.codes() {
        return Err("a check says something else".into());
    }
    Ok(())
}

#[test]
fn every_fault_has_its_code_and_its_place_and_publishes_nothing() {
    let site = site();
    let (files, mtimes) = (site.files(), site.mtimes());
    let mut wrong = Vec::new();
    for case in form().into_iter().chain(front()).chain(body()) {
        let before = std::fs::read(site.path(case.file)).ok();
        site.write_bytes(case.file, &case.text);
        if let Err(why) = fault(&site, &case) {
            wrong.push(format!("{}: {why}", case.name));
        }
        assert_eq!(site.mtimes(), mtimes, "{}: the published folder was touched", case.name);
        match before {
            Some(bytes) => site.write_bytes(case.file, &bytes),
            None => site.remove(case.file),
        };
        // Only a folder of the case's own is empty now.
        let _ = std::fs::remove_dir(site.path(case.file).parent().expect("a folder"));
    }
    assert!(wrong.is_empty(), "{} cases:\n{}", wrong.len(), wrong.join("\n"));
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
    let begun = Instant::now();
    assert_eq!(site.build_at(NOON).exit(1).codes(), ["source/too-large"]);
    assert!(begun.elapsed() < Duration::from_secs(2));
    assert_eq!(site.mtimes(), mtimes);
}

#[test]
fn a_link_out_of_the_site_is_not_followed() {
    let site = site();
    std::os::unix::fs::symlink("/etc/hostname", site.path("content/incidents/host.md")).expect("a link");
    std::fs::create_dir_all(site.path("content/static")).expect("a folder");
    std::os::unix::fs::symlink("/etc", site.path("content/static/etc")).expect("a link");
    assert_eq!(site.build_at(NOON).exit(1).codes(), ["source/symlink", "source/symlink"]);
}

#[test]
fn a_line_of_dashes_in_the_body_is_text() {
    let site = site();
    site.write(
        INCIDENT,
        &incident("", "One.\n\n---\n\nTwo\n---\n\n## resolved 2026-11-20 11:00\n\n---\n\nThree.\n"),
    );
    let page = site.build_at(NOON).exit(0).page("incidents/bad/");
    assert!(page.contains("<hr>") && page.contains("Two</h") && page.contains("Three."), "{page}");
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
    assert!(page.contains("datetime=\"2026-11-20T01:15:00Z\""), "{page}");
    assert!(page.contains("id=\"resolved-20261120T020000Z\""), "{page}");
}

#[test]
fn local_times_that_are_skipped_or_doubled_ask_for_an_offset() {
    let site = site();
    site.edit("content/site.yaml", "Asia/Tokyo", "America/New_York");
    for (time, code, offset) in [
        ("2026-03-08 02:30", "time/nonexistent", ""),
        ("2026-11-01 01:30", "time/ambiguous", "-04:00"),
        ("2026-11-01 01:30", "time/ambiguous", "-05:00"),
    ] {
        site.write(INCIDENT, &incident(&format!("started: {time}\n"), ""));
        let outcome = site.build_at(NOON);
        let found = outcome.exit(1).diagnostics();
        assert_eq!(found[0].code, code);
        assert_eq!(found[0].points_at(&site.read(INCIDENT)), time);
        let help = found[0].help.as_deref().unwrap_or("");
        assert!(help.contains(offset), "`{offset}` is not in `{help}`");
        site.write(INCIDENT, &incident("started: 2026-03-08 01:00\n", &format!("## resolved {time}\n\nx\n")));
        assert_eq!(site.build_at(NOON).exit(1).codes(), [code]);
        if !offset.is_empty() {
            site.write(INCIDENT, &incident(&format!("started: 2026-11-01 01:30{offset}\n"), ""));
            site.check().exit(0);
        }
    }
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
    let order: Vec<_> = found.iter().map(|d| (&d.file, d.line, d.column)).collect();
    assert!(order.is_sorted(), "{order:?}");
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
fn a_pipe_is_an_error_and_is_not_waited_for() {
    for name in ["content/maintenance/pipe.md", "content/static/pipe", "content/site.yaml"] {
        let site = Site::fixture("small");
        let _ = std::fs::remove_file(site.path(name));
        assert!(
            std::process::Command::new("mkfifo").arg(site.path(name)).status().expect("mkfifo").success()
        );
        assert!(site.check().exit(1).codes().contains(&"source/special-file".to_owned()), "{name}");
    }
}

#[test]
fn a_broken_configuration_makes_no_translation_a_second_original() {
    let site = Site::fixture("small");
    site.edit("content/site.yaml", "timezone: Asia/Tokyo", "timezone: Nowhere/X");
    assert_eq!(site.check().exit(1).codes(), ["site/unknown-timezone"]);
}
