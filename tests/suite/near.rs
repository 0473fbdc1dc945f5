//! Tests that every line that looks like an update is an update or an error, and that prose is left
//! alone.
//!
//! `fixtures/near/near.txt` and `honest.txt` hold one case per line. The tests print how many were
//! missed and how many were false alarms.

use std::fs;
use std::path::Path;

use noroshi::internals::diagnostic::{Diagnostic, Fix, Severity};
use noroshi::internals::document::{self, Document};
use noroshi::internals::source::FoundFile;
use noroshi::internals::vocabulary::Aliases;

use crate::harness::{NOON, Site, beside};

/// A line of a fixture: the kind of entry, the line, and the expected result.
struct Line {
    kind: char,
    text: String,
    wanted: Option<String>,
}

fn lines(name: &str) -> Vec<Line> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/fixtures/near").join(name);
    let text = fs::read_to_string(path).expect("a fixture");
    let one = |line: &str| {
        let (kind, rest) = line.split_once(' ').expect("a kind and a line");
        let (text, wanted) = match rest.split_once(" ⇒ ") {
            Some((text, wanted)) => (text, Some(wanted.to_owned())),
            None => (rest, None),
        };
        Line { kind: kind.chars().next().expect("a kind"), text: text.to_owned(), wanted }
    };
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(one).collect()
}

const INCIDENT: &str = "---\ntitle: x\nseverity: minor\naffects: []\nstarted: 2026-11-20 10:00\n---\n";
const MAINTENANCE: &str = "---\ntitle: x\nkind: regular\naffects: []\nwindow: {start: 2026-12-01 02:00, end: 2026-12-01 05:00}\n---\n";
const NOTICE: &str = "---\ntitle: x\npublish_at: 2026-11-18 09:00\n---\n";

/// The file of a line, between `before` and `after`.
fn file(line: &Line, before: &str, after: &str) -> (&'static str, String) {
    let (name, front) = match line.kind {
        'i' => ("content/incidents/x.md", INCIDENT),
        'm' => ("content/maintenance/x.md", MAINTENANCE),
        _ => ("content/notices/x.md", NOTICE),
    };
    (name, format!("{front}{before}{}\n{after}", line.text))
}

fn read(name: &str, text: &str) -> (Document, Vec<Diagnostic>) {
    let locales = ["ja", "en", "de", "fr", "es", "ko", "zh-Hans", "zh-Hant"].map(str::to_owned);
    let source = FoundFile::named(name).expect("a name of an entry");
    let mut found = Vec::new();
    let document = document::parse(&source, &text.into(), &locales, &Aliases::default(), &mut found);
    (document.expect("a document"), found.into_iter().filter(|d| d.severity == Severity::Error).collect())
}

fn mended(text: &str, fix: &Fix) -> String {
    format!("{}{}{}", &text[..fix.range.start], fix.text, &text[fix.range.end..])
}

fn headings(document: &Document) -> Vec<String> {
    document.body.updates.iter().map(|update| format!("## {} {}", update.word, update.written)).collect()
}

/// The surroundings of a line: the text before and after it.
const PLACES: [(&str, &str); 4] = [
    ("Words.\n\n", "\nMore words.\n"),
    ("", ""),
    ("Words.\n\n## update 2026-11-20 10:01\n\nWords.\n\n", "\nMore words.\n\n## update 2026-11-20 10:02\n"),
    ("## Actions\n\nWords\n", "\nMore words.\n"),
];

#[test]
fn a_line_that_reads_like_an_update_is_one_or_is_reported_and_mended() {
    let lines = lines("near.txt");
    let (mut swallowed, mut wrong, mut tried) = (Vec::new(), Vec::new(), 0);
    for line in &lines {
        for (before, after) in PLACES {
            tried += 1;
            let (name, text) = file(line, before, after);
            let (document, faults) = read(name, &text);
            let others = before.matches("## update").count() + after.matches("## update").count();
            if faults.is_empty() && document.body.updates.len() == others {
                swallowed.push(format!("{} in {before:?}", line.text));
                continue;
            }
            let (document, faults) = match &faults[..] {
                [Diagnostic { fix: Some(fix), .. }] => read(name, &mended(&text, fix)),
                _ => (document, faults),
            };
            let found: Vec<String> =
                headings(&document).into_iter().filter(|h| !h.contains("update 2026-11-20 10:0")).collect();
            let wanted = line.wanted.as_deref().unwrap_or("?");
            let reports: Vec<String> =
                faults.iter().map(|d| format!("{:?} {:?}", d.message, d.help)).collect();
            let is_right = if wanted == "?" {
                found.is_empty() && faults.len() == 1 && faults[0].help.is_some()
            } else {
                found == [wanted] && faults.is_empty()
            };
            if !is_right {
                wrong.push(format!("{} in {before:?}: {found:?} {reports:?}", line.text));
            }
        }
    }
    println!(
        "{} near lines at {tried} places: {} swallowed, {} not as they should be",
        lines.len(),
        swallowed.len(),
        wrong.len()
    );
    assert!(
        swallowed.is_empty() && wrong.is_empty(),
        "swallowed:\n{}\nwrong:\n{}",
        swallowed.join("\n"),
        wrong.join("\n")
    );
    assert!(lines.len() >= 60);
}

#[test]
fn prose_that_mentions_a_status_and_a_time_is_left_alone() {
    let lines = lines("honest.txt");
    let (mut false_alarms, mut tried) = (Vec::new(), 0);
    for line in &lines {
        for (before, after) in PLACES {
            tried += 1;
            let (name, text) = file(line, before, after);
            let (document, faults) = read(name, &text);
            let updates = before.matches("## update").count() + after.matches("## update").count();
            if !faults.is_empty() || document.body.updates.len() != updates {
                let faults: Vec<String> = faults.iter().map(|d| format!("{} {:?}", d.code, d.help)).collect();
                false_alarms.push(format!("{} in {before:?}: {faults:?}", line.text));
            }
        }
    }
    println!("{} honest lines at {tried} places: {} told", lines.len(), false_alarms.len());
    assert!(false_alarms.is_empty(), "told for nothing:\n{}", false_alarms.join("\n"));
    assert!(lines.len() >= 60);
}

#[test]
fn a_timeline_of_a_postmortem_is_prose() {
    let near = lines("near.txt");
    for line in near.iter().filter(|line| line.text.starts_with("###") || !line.text.starts_with(['#', '＃']))
    {
        let heading = if line.kind == 'i' { "## Postmortem 2026-11-25 18:00" } else { "## 評価" };
        let (name, text) = file(line, &format!("Words.\n\n{heading}\n\n### Timeline\n\n"), "\nMore words.\n");
        let (document, faults) = read(name, &text);
        assert!(faults.is_empty() && document.body.updates.is_empty(), "{}: {faults:?}", line.text);
    }
    let (_, faults) = read(
        "content/incidents/x.md",
        &format!("{INCIDENT}## Postmortem 2026-11-25 18:00\n\nx\n\n＃＃ 復旧 2026-11-20 11:15\n"),
    );
    assert_eq!(faults.len(), 1, "two signs of a heading in full width are no timeline");
}

#[test]
fn check_mends_lines_that_nearly_are_updates_and_keeps_their_words() {
    let site = Site::empty();
    let begun = INCIDENT.replace("title: x", "title: API").replace('\n', "\r\n");
    site.write(
        "content/incidents/a.md",
        &format!(
            "{begun}Down.\r\n\r\n[Update 2026-11-20 10:30] We found the cause.\r\nIt is the disk.\r\n\r\nResolved 2026-11-20 11:15\r\n---\r\n\r\nOver.\r\n"
        ),
    );
    site.run(["check", "--as-of", NOON]).exit(1).stderr_has("`## Update 2026-11-20 10:30`");
    site.run(["check", "--fix", "--as-of", NOON]).exit(0);
    assert_eq!(
        site.read("content/incidents/a.md"),
        format!(
            "{begun}Down.\r\n\r\n## Update 2026-11-20 10:30\r\n\r\nWe found the cause.\r\nIt is the disk.\r\n\r\n## Resolved 2026-11-20 11:15\r\n\r\nOver.\r\n"
        )
    );
    site.build_at(NOON).exit(0);
    assert!(site.page("incidents/a/").contains("We found the cause."));
}

#[test]
fn a_line_without_its_day_is_reported_with_the_day_before_it() {
    let site = Site::empty();
    site.write("content/incidents/a.md", &format!("{INCIDENT}Down.\n\n【復旧】11:15\n"));
    site.run(["check", "--as-of", NOON])
        .exit(1)
        .stderr_has("the day is missing")
        .stderr_has("if it was 2026-11-20, write `## 復旧 2026-11-20 11:15`");
}

#[test]
fn imported_sites_of_others_get_no_diagnostics() {
    let Some(corpus) = beside("corpus/cstate") else { return };
    for name in ["jenkins-infra-status", "packit-status"] {
        let site = Site::bare();
        let from = corpus.join(name);
        site.run(["import", "cstate", &from.to_string_lossy(), "--timezone", "UTC"]).exit(0);
        let codes = site.run(["check", "--as-of", NOON]).codes();
        println!("{name}: {} told", codes.len());
        assert_eq!(codes, Vec::<String>::new());
    }
}
