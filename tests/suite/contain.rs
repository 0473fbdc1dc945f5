//! Tests of a panic at one file: `noroshi` reports it there, publishes everything else, and never
//! exits with 101.
//!
//! With debug assertions, `NOROSHI_PANIC=step:file` makes a step panic for a file: `read`, `check`,
//! `time` and `render` take the file's name, `title` the rendered title; `site` and `command` apply
//! to all.
#![cfg(debug_assertions)]

use std::process::Command;

use noroshi::internals::load::{self, Overlay};
use noroshi::internals::model::Instant;
use noroshi::internals::render;

use crate::codes;
use crate::harness::{NOON, Outcome, Site};
use crate::history::Repo;

const BAD: &str = "content/incidents/bad.md";
/// Text of an entry that a panic must not write to a log.
const TITLE: &str = "Orders of 青木 are lost";

fn incident(title: &str) -> String {
    format!(
        "---\ntitle: {title}\nseverity: minor\naffects: [api]\nstarted: 2026-11-20 09:50\n---\nWords.\n\n\
         ## investigating 2026-11-20 10:00\nWe are looking.\n"
    )
}

/// A site with a valid incident and one at which a step will panic.
fn site() -> Site {
    let site = Site::empty();
    site.write("content/incidents/good.md", &incident("Slow orders")).write(BAD, &incident(TITLE));
    site
}

fn run<'s, const N: usize>(site: &'s Site, seam: &str, arguments: [&str; N]) -> Outcome<'s> {
    let outcome = site.run_in(&[("NOROSHI_PANIC", seam)], arguments);
    for words in ["青木", "panicked", "a test asked"] {
        assert!(!outcome.stderr.contains(words) && !outcome.stdout.contains(words), "{}", outcome.stderr);
    }
    outcome
}

#[test]
fn a_panic_at_one_file_is_an_error_at_that_file_and_at_no_other() {
    let site = site();
    for step in ["read", "check", "time", "render"] {
        let seam = format!("{step}:{BAD}");
        for command in ["check", "build"] {
            let outcome = run(&site, &seam, [command, "--as-of", NOON, "--format", "json"]);
            let found = outcome.exit(1).diagnostics();
            let [error] = &found[..] else { panic!("{step}: {command}: {found:?}") };
            assert_eq!((&*error.code, &*error.severity, &*error.file), ("internal/panic", "error", BAD));
            assert!(error.message.contains("src/panics.rs"), "{step}: {command}: {}", error.message);
            assert!(error.help.as_ref().is_some_and(|help| help.contains("report")), "{found:?}");
        }
        assert!(!site.path("public").exists(), "{step}");
        // The control case: the same step with another file must not panic.
        run(&site, &format!("{step}:content/incidents/none.md"), ["check", "--as-of", NOON]).exit(0);
    }
}

#[test]
fn every_command_says_at_which_file_it_failed() {
    let site = site();
    let reads = ["next", "overdue", "report --from 2026-11-01 --to 2026-11-30", "pack good"];
    for step in ["read", "check", "time"] {
        for command in reads.into_iter().filter(|command| step != "time" || *command != "next") {
            let typed: Vec<&str> = command.split(' ').collect();
            let mut process = Command::new(env!("CARGO_BIN_EXE_noroshi"));
            process.args(&typed).args(["--as-of", NOON]).arg("--root").arg(site.root());
            process.env("NOROSHI_PANIC", format!("{step}:{BAD}"));
            let outcome = site.finish(process);
            // `overdue` reports what is late, and leaves out the broken file.
            outcome.exit(1);
            if command != "overdue" || step == "time" {
                outcome.stderr_has("internal/panic").stderr_has(BAD);
            }
        }
    }
    let packed = run(&site, &format!("render:{BAD}"), ["pack", "bad", "--as-of", NOON]);
    packed.exit(1).stderr_has("internal/panic").stderr_has(BAD);
}

#[test]
fn writing_into_another_entry_goes_on_beside_a_file_at_which_a_step_panics() {
    let site = site();
    for step in ["read", "check", "time", "render"] {
        let words = ["update", "good", "identified", "-m", "Found.", "--at", "10:30", "--as-of", NOON];
        let outcome = run(&site, &format!("{step}:{BAD}"), words);
        assert!(outcome.exited_with(0), "{step}: {}", outcome.stderr);
        site.write("content/incidents/good.md", &incident("Slow orders"));
    }
}

#[test]
fn a_build_that_holds_what_is_broken_publishes_everything_but_the_file_at_which_it_panics() {
    for step in ["read", "check", "time", "render"] {
        let repo = Repo::new();
        repo.site.write("content/incidents/good.md", &incident("Slow orders"));
        repo.site.write(BAD, &incident(TITLE));
        repo.commit("both", "2026-11-20T10:01:00+09:00");
        let arguments = ["build", "--hold-broken", "--as-of", NOON, "--format", "json"];
        let outcome = run(&repo.site, &format!("{step}:{BAD}"), arguments);
        let codes = outcome.exit(1).codes();
        assert_eq!(codes, ["history/left-out", "internal/panic"], "{step}: {}", outcome.stderr);
        assert!(repo.site.page("incidents/good/").contains("We are looking."), "{step}");
        assert!(!repo.site.path("public/incidents/bad").exists(), "{step}");
        assert!(!repo.site.page("").contains("青木"), "{step}");
    }
}

#[test]
fn an_entry_whose_new_words_panic_while_they_are_rendered_stands_as_in_its_last_sound_commit() {
    let repo = Repo::new();
    repo.site.write("content/incidents/good.md", &incident("Slow orders"));
    repo.site.write(BAD, &incident("Lost orders"));
    repo.commit("both", "2026-11-20T10:01:00+09:00");
    repo.site.write(BAD, &incident(TITLE));
    repo.commit("bad", "2026-11-20T10:02:00+09:00");
    repo.site.edit(BAD, "We are looking.", "We still look.");
    let arguments = ["build", "--hold-broken", "--as-of", NOON, "--format", "json"];
    let outcome = run(&repo.site, &format!("title:{TITLE}"), arguments);
    assert_eq!(outcome.exit(1).codes(), ["internal/panic", "history/held"], "{}", outcome.stderr);
    assert!(repo.site.page("incidents/bad/").contains("Lost orders"));
    assert!(repo.site.page("incidents/good/").contains("We are looking."));
}

#[test]
fn a_broken_entry_and_one_that_panics_are_held_together() {
    let repo = Repo::new();
    repo.site.write("content/incidents/good.md", &incident("Slow orders"));
    repo.site.write("content/incidents/slip.md", &incident("Slip"));
    repo.site.write(BAD, &incident(TITLE));
    repo.commit("all", "2026-11-20T10:01:00+09:00");
    repo.site.edit("content/incidents/slip.md", "severity: minor", "severity: miner");
    let arguments = ["build", "--hold-broken", "--as-of", NOON, "--format", "json"];
    let outcome = run(&repo.site, &format!("render:{BAD}"), arguments);
    let mut codes = outcome.exit(1).codes();
    codes.sort();
    assert_eq!(codes, ["entry/unknown-word", "history/held", "history/left-out", "internal/panic"]);
    assert!(repo.site.page("incidents/slip/").contains("We are looking."));
}

#[test]
fn a_panic_that_is_the_fault_of_no_entry_ends_with_3_and_publishes_nothing() {
    let site = site();
    for arguments in [["build", "--as-of", NOON], ["check", "--as-of", NOON]] {
        run(&site, "site:", arguments).exit(3).stderr_has("noroshi failed").stderr_has("please report");
    }
    assert!(!site.path("public").exists());
}

#[test]
fn what_panics_where_nothing_contains_it_ends_with_3() {
    let site = site();
    for command in ["build", "check", "next", "overdue", "serve", "watch", "init"] {
        run(&site, "command:", [command]).exit(3).stderr_has("noroshi failed while running this command");
    }
}

#[test]
fn what_is_staged_is_checked_past_a_panic() {
    let repo = Repo::new();
    repo.site.write("content/incidents/good.md", &incident("Slow orders")).write(BAD, &incident(TITLE));
    repo.git(&["add", "-A"]);
    let outcome =
        run(&repo.site, &format!("read:{BAD}"), ["check", "--staged", "--as-of", NOON, "--format", "json"]);
    assert_eq!(outcome.exit(1).codes(), ["internal/panic"]);
    repo.site.edit("content/site.yaml", "Example Status", "Our Status");
    repo.git(&["add", "-A"]);
    let outcome =
        run(&repo.site, &format!("render:{BAD}"), ["check", "--staged", "--as-of", NOON, "--format", "json"]);
    assert_eq!(outcome.exit(1).codes(), ["internal/panic"]);
}

/// Adds every fixture of every code to a committed site with a valid entry: no run ends with 101 or
/// a signal, and every valid entry is published.
#[test]
fn whatever_is_wrong_with_one_file_the_rest_is_published() {
    let template = Repo::new();
    // A page, because it uses nothing that a fixture's own site.yaml may lack.
    template.site.write("content/pages/sound.md", "---\ntitle: Sound\n---\nWords.\n");
    let base =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/fixtures/codes/site.yaml"));
    template.site.write("content/site.yaml", &base.expect("a readable file"));
    template.git(&["config", "gc.auto", "0"]);
    template.commit("sound", "2026-11-19T12:10:00+09:00");
    let begin = || {
        let site = Site::bare();
        let mut copy = Command::new("cp");
        copy.arg("-a").arg(template.site.path(".")).arg(site.root());
        assert!(copy.status().is_ok_and(|status| status.success()));
        site
    };
    codes::each_hit(&begin, &|site, as_of| {
        let outcome = site.run(["build", "--hold-broken", "--as-of", as_of, "--format", "json"]);
        let output = || format!("{}{}", outcome.stdout, outcome.stderr);
        if !outcome.exited_with(0) && !outcome.exited_with(1) {
            return Err(format!("it ended otherwise:\n{}", output()));
        }
        let is_published = site.path("public/sound/index.html").is_file();
        // A report is enough if only a person can decide.
        let is_said = ["history/unknown", "privacy/leak"].iter().any(|code| outcome.stdout.contains(code));
        if is_published || is_said {
            Ok(())
        } else {
            Err(format!("the sound entry is silenced:\n{}", output()))
        }
    });
}

// Every entry with many mutations.

/// 2026-11-20 12:00 in Tokyo.
const AT: Instant = Instant(1_795_143_600);

/// Replacements for a piece of text that have broken a parser before.
const PIECES: [&str; 14] = [
    "火",
    "ＴＵ",
    "\0",
    "e\u{301}",
    "\u{202e}",
    "𝒳👩\u{200d}👧",
    "\u{feff}",
    "99999999999999999999",
    "-1",
    "[[[[[[[[",
    "{{{{",
    "\\",
    "\u{3000}",
    "\n---\n",
];

/// Deterministic mutations of a text: cut, swapped, doubled, with unusual characters.
fn mutations(text: &str) -> Vec<String> {
    let marks: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let step = (marks.len() / 24).max(1);
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut found = Vec::new();
    for (turn, at) in marks.iter().copied().step_by(step).enumerate() {
        found.push(text[..at].to_owned());
        found.push(format!("{}{}{}", &text[..at], PIECES[turn % PIECES.len()], &text[at..]));
        // The piece replaces a word.
        let end = text[at..].find([' ', '\n', ',', ']', '}']).map_or(text.len(), |n| at + n);
        found.push(format!("{}{}{}", &text[..at], PIECES[(turn + 5) % PIECES.len()], &text[end..]));
    }
    for at in 0..lines.len() {
        let mut without = lines.clone();
        without.remove(at);
        found.push(without.concat());
        let mut doubled = lines.clone();
        doubled.insert(at, lines[at]);
        found.push(doubled.concat());
        let mut swapped = lines.clone();
        swapped.swap(at, (at + 1) % lines.len());
        found.push(swapped.concat());
    }
    found
}

#[test]
fn no_mutation_of_any_entry_escapes_or_takes_another_entry_with_it() {
    let site = Site::fixture("small");
    let names = [
        "content/incidents/delay.md",
        "content/maintenance/weekly.md",
        "content/notices/hours.md",
        "content/faq/safe.md",
        "content/pages/about.md",
    ];
    let series = "recurrence: {rule: \"FREQ=WEEKLY;BYDAY=SU;COUNT=4\"}\npublish_at:";
    site.edit("content/maintenance/weekly.md", "publish_at:", series);
    let mut turn = 0_usize;
    for name in names {
        for text in mutations(&site.read(name)) {
            let overlay: Overlay = [(name.into(), Some(text.as_str().into()))].into();
            let loaded =
                load::load_over(site.root(), None, &overlay, &|| ()).expect("a disk that can be read");
            let model = loaded.model.as_ref().expect("a sound site.yaml");
            let others = names.iter().filter(|other| **other != name);
            for other in others {
                let is_there = model.heads().any(|head| *head.file == **other);
                assert!(is_there, "{other} went with {name}:\n{text}");
            }
            turn += 1;
            if !loaded.diagnostics.has_errors() && turn.is_multiple_of(9) {
                let made = render::rehearse(model, AT);
                assert!(made.is_ok(), "{name}: {made:?}:\n{text}");
            }
        }
    }
    assert!(turn > 300, "{turn} mutations are too few");
}
