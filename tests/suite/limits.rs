//! Tests of limits: no input that multiplies, nests or never ends takes all the time, memory or
//! disk.

use std::process::Command;

use noroshi::internals::limits::{ENTRY_FILES, FAULTS, TEXT_FILE_BYTES};
use noroshi::internals::source::{PathKind, list_named};

use crate::harness::{NOON, Site};

const INCIDENT: &str = "content/incidents/a.md";
const FRONT: &str =
    "---\ntitle: Slow\nseverity: minor\naffects: [api]\nstarted: 2026-11-20 10:15\n---\nWords.\n\n";

fn pipe(site: &Site, name: &str) {
    let path = site.path(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo").success());
}

#[test]
fn a_site_of_more_files_than_a_build_can_take_is_refused() {
    let names: Vec<String> = (0..=ENTRY_FILES).map(|n| format!("content/faq/{n}.md")).collect();
    let listing = list_named(names.iter().map(|name| (name.as_str(), PathKind::File)), &[]);
    let mut codes: Vec<&str> = listing.diagnostics.iter().map(|d| d.code).collect();
    codes.sort_unstable();
    assert_eq!((codes, listing.entries.len()), (vec!["site/missing", "source/too-many"], ENTRY_FILES));
}

#[test]
fn a_pipe_or_a_device_that_somebody_names_is_refused_at_once() {
    let site = Site::empty();
    pipe(&site, "old/config.yml");
    pipe(&site, "json/incidents.json");
    let path = |name: &str| site.path(name).to_str().expect("a path").to_owned();
    for name in [path("old/config.yml"), path("json/incidents.json"), "/dev/zero".to_owned()] {
        let said = site.run(["import", "statuspage", &name, "--into", "new"]);
        said.exit(3).stderr_has("not a regular file");
        let said = site.run(["build", "--as-of", NOON, "--events", "-", "--previous", &name]);
        said.exit(3).stderr_has("not a regular file");
    }
    let said = site.run(["import", "cstate", &path("old"), "--into", "new"]);
    said.exit(3).stderr_has("not a regular file");
    pipe(&site, "content/templates/x.md");
    let said = site.run(["new", "incident", "Slow", "--template", "x"]);
    assert!(!said.exited_with(0), "{}", said.stdout);
}

#[test]
fn a_footnote_that_every_update_uses_is_a_fault_and_not_a_gigabyte() {
    let site = Site::empty();
    let updates = "## update 2026-11-20 11:00\n\nWe[^1] know.\n\n".repeat(400);
    let text = format!("{FRONT}{updates}[^1]: {}\n", "long words ".repeat(18_000));
    site.write(INCIDENT, &text);
    assert_eq!(site.build_at(NOON).exit(1).codes(), ["markdown/too-large"]);
    assert!(site.files().is_empty());
}

#[test]
fn an_address_that_every_link_uses_is_a_fault_and_not_a_gigabyte() {
    let site = Site::empty();
    for address in ["https://a.example/", "/", "a.md#", "javascript:"] {
        let long = "a".repeat(50_000);
        site.write(INCIDENT, &format!("{FRONT}{}\n\n[a]: {address}{long}\n", "[a] ".repeat(100_000)));
        assert_eq!(site.build_at(NOON).exit(1).codes(), ["markdown/too-large"], "{address}");
    }
}

#[test]
fn nested_messages_of_a_theme_are_a_fault_and_no_crash() {
    for text in [
        format!("skip = {}\n", "{".repeat(10_243)),
        format!("skip = {{ {}\n", "NUMBER(".repeat(50_000)),
        format!("skip = {}\n", "{ $n ->\n *[other] ".repeat(5_000)),
        format!("skip = {{{}\n", "\n  NUMBER(".repeat(50_000)),
        format!("skip = {{ -a }}\n-a = {}\n", "{\"{\"}".repeat(200)),
    ] {
        let site = Site::empty();
        site.write("themes/own/messages/en.ftl", &text);
        site.append("content/site.yaml", "theme: own\n");
        let codes = site.build_at(NOON).exit(1).codes();
        assert_eq!(codes, ["theme/message-too-large"], "{}", &text[..40]);
    }
}

/// Text that makes parsers recurse. A tenth of the maximum file size is deep enough, and takes seconds.
fn nested() -> Vec<(&'static str, String)> {
    let full = |piece: &str| piece.repeat(100_000 / piece.len());
    let staircase: String = (0..1_000).map(|n| format!("{}- a\n", " ".repeat(n))).collect();
    vec![
        ("quotes", full("> ")),
        ("lists", full("- ")),
        ("numbers", full("1. ")),
        ("stairs", staircase),
        ("brackets", full("[")),
        ("images", full("![")),
        ("stars", full("*a ")),
        ("underscores", full("_a")),
        ("strikes", full("~~a")),
        ("links", full("[a](")),
        ("closed", format!("{}{}", "[".repeat(30_000), "](a)".repeat(10_000))),
        ("notes", full("[^")),
        ("comments", full("<!--")),
        ("tags", full("<a ")),
        ("ticks", (1..400).map(|n| "`".repeat(n) + " ").collect()),
        ("entities", full("&#x")),
        ("pipes", format!("{}\n{}\n{}", "|a".repeat(1_000), "|-".repeat(1_000), "|\n".repeat(1_000))),
    ]
}

#[test]
fn no_nested_text_overflows_a_stack() {
    let site = Site::empty();
    for (name, body) in nested() {
        site.write(
            format!("content/notices/{name}.md"),
            &format!("---\ntitle: T\nstarts: 2026-11-20 10:00\n---\n{body}\n"),
        );
    }
    for (name, yaml) in [
        ("flow", "a: ".to_owned() + &"[".repeat(60_000)),
        ("maps", "a: ".to_owned() + &"{a: ".repeat(15_000)),
        ("block", "- ".repeat(30_000)),
        ("asks", "? ".repeat(30_000)),
        ("steps", (0..340).map(|n| format!("{}a:\n", " ".repeat(n))).collect()),
        ("json", "{\"a\":".repeat(12_000)),
    ] {
        site.write(format!("content/faq/{name}.md"), &format!("---\n{yaml}\n---\nWords.\n"));
    }
    let said = site.run(["check", "--as-of", NOON, "--format", "json"]);
    assert!(said.exited_with(1), "{}", said.stderr);
}

#[test]
fn a_file_of_countless_faults_reports_the_first_of_them() {
    let site = Site::empty();
    site.write(INCIDENT, &format!("{FRONT}{}", "[a](x:) ".repeat(100_000)));
    let said = site.build_at(NOON);
    let codes = said.exit(1).codes();
    assert_eq!(codes.len(), FAULTS + 1);
    assert!(said.diagnostics().iter().any(|d| d.message == "this file has 99900 more errors or warnings"));
    assert!((said.stdout.len() as u64) < TEXT_FILE_BYTES);
}

#[test]
fn old_addresses_are_cut_to_what_hosts_take() {
    let site = Site::fixture("small");
    let entry = |number: usize| {
        let aliases: Vec<String> = (0..100).map(|n| format!("/old/{number}/{n}/")).collect();
        format!(
            "---\ntitle: t{number}\nseverity: minor\naffects: []\nstarted: 2026-11-01 {:02}:00\naliases: [{}]\n---\nx\n\n## resolved 2026-11-02 10:00\n",
            number % 24,
            aliases.join(", ")
        )
    };
    let rules = || site.read("public/_redirects").lines().count();
    site.build_at(NOON).exit(0);
    let own = rules();
    for number in 0..19 {
        site.write(format!("content/incidents/old-{number}.md"), &entry(number));
    }
    let warnings = |outcome: &crate::harness::Outcome<'_>| {
        outcome.codes().iter().filter(|code| *code == "site/too-many-redirects").count()
    };
    assert_eq!(warnings(site.build_at(NOON).exit(0)), 0);
    assert_eq!(rules(), 1_900 + own);
    site.write("content/incidents/old-19.md", &entry(19)).write("content/incidents/old-20.md", &entry(20));
    let outcome = site.build_at(NOON);
    assert_eq!(warnings(outcome.exit(0)), 1);
    assert!(outcome.stdout.contains(&format!("leaves out {} of them", 100 + own)), "{}", outcome.stdout);
    assert_eq!(rules(), 2_000);
    assert!(site.files().contains_key("old/0/99/index.html"), "a page leads on where no rule does");
}
