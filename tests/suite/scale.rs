//! Tests with ten thousand entries: one update rewrites only a few files.

use std::fmt::Write as _;

use crate::harness::{NOON, Site};

const ENTRIES: usize = 10_000;
const COMPONENTS: usize = 10;

/// Most of a site is history: the entries lie in the thirty months before noon, with four updates each.
fn site() -> Site {
    let site = Site::empty();
    let mut components = String::from("components:\n");
    for number in 0..COMPONENTS {
        let _ = writeln!(components, "  - {{id: part-{number}, name: Part {number}, since: 2024-01-01}}");
    }
    site.edit(
        "content/site.yaml",
        "components:\n  - {id: api, name: API}\n  - {id: web, name: Website}\n",
        &components,
    );
    for number in 0..ENTRIES {
        let (month, day) = (number % 30, 1 + number / 30 % 19);
        let (year, month) = (2024 + (month + 5) / 12, 1 + (month + 5) % 12);
        let date = format!("{year}-{month:02}-{day:02}");
        site.write(
            format!("content/incidents/{year}/{month:02}/incident-{number}.md"),
            &format!(
                "---\ntitle: Incident {number}\nseverity: minor\naffects: [part-{}]\nstarted: {date} 08:00\n---\n\
                 Something was slow.\n\n## investigating {date} 08:10\n\nWe look for the cause.\n\n\
                 ## identified {date} 08:30\n\nWe have found it.\n\n## monitoring {date} 08:50\n\nIt is mended.\n\n\
                 ## resolved {date} 09:30\n\nIt stays well.\n",
                number % COMPONENTS
            ),
        );
    }
    site
}

#[test]
fn one_update_among_ten_thousand_entries_rewrites_a_handful_of_files() {
    let site = site();
    site.build_at(NOON).exit(0).quiet();
    let before = site.mtimes();
    assert!(before.len() > ENTRIES, "{} files", before.len());
    let entry = "content/incidents/2026/11/incident-9989.md";
    let text = site.read(entry);
    assert!(text.contains("affects: [part-9]"), "{text}");
    site.write(entry, &format!("{text}\n## update 2026-11-20 11:55\n\nOne thing more.\n"));
    let outcome = site.build_at(NOON);
    outcome.exit(0).quiet();
    let after = site.mtimes();
    assert_eq!(after.len(), before.len());
    let touched: Vec<&String> =
        after.iter().filter(|(name, at)| before.get(*name) != Some(at)).map(|(n, _)| n).collect();
    assert!(touched.iter().any(|n| n.ends_with("incident-9989/index.html")), "{touched:?}");
    assert!(touched.len() <= 40, "{} files were written: {touched:?}", touched.len());
    assert_eq!(touched.len(), outcome.written(), "the last line tells how many");
}
