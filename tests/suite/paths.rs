//! Tests of paths that cannot be read or published: `check` reports the same as `build`, and an
//! unreadable site is not treated as an empty one.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Command;

use crate::harness::{NOBODY, NOON, Outcome, Site, give_away, is_root};

fn with_alias(alias: &str) -> Site {
    let site = Site::empty();
    site.write(
        "content/notices/a.md",
        &format!("---\ntitle: News\npublish_at: 2026-11-19 09:00\naliases: [\"{alias}\"]\n---\nWords.\n"),
    );
    site
}

fn with_file(name: &str) -> Site {
    let site = Site::empty();
    site.write(Path::new("content/static").join(name), "x");
    site
}

#[test]
fn check_says_of_every_path_what_a_build_says_with_its_code_and_place() {
    let long = "x".repeat(190);
    let deep = format!("/{}", [long.as_str(); 11].join("/"));
    let aliases = [
        ("/.noroshi-lock/x", Some("entry/bad-alias")),
        ("/.noroshi-stage/", Some("entry/bad-alias")),
        ("/manifest.json", Some("entry/bad-alias")),
        ("/manifest.json/x", Some("entry/bad-alias")),
        (deep.as_str(), Some("entry/bad-alias")),
        ("/index.html/x", Some("site/colliding-address")),
        ("/feed.xml/x", Some("site/colliding-address")),
        ("/notices/a/", Some("site/colliding-address")),
        ("/con/", Some("site/unportable-address")),
        ("/old./x", Some("site/unportable-address")),
        ("/NOTICES/a/", Some("site/colliding-address")),
        ("/old/x/", None),
    ];
    let files = [
        ("x\\y.txt", Some("static/bad-name")),
        ("a\u{1b}[31m.txt", Some("static/bad-name")),
        ("a\nb.txt", Some("static/bad-name")),
        ("manifest.json", Some("static/bad-name")),
        ("index.html/x.txt", Some("site/colliding-address")),
        ("feed.xml/x.txt", Some("site/colliding-address")),
        ("nul.txt", Some("site/unportable-address")),
        ("a?.txt", Some("site/unportable-address")),
        ("Feed.xml", Some("site/colliding-address")),
        ("x/y.txt", None),
    ];
    let aliases =
        aliases.iter().map(|(alias, code)| (with_alias(alias), *alias, "content/notices/a.md", *code));
    let files = files.iter().map(|(name, code)| (with_file(name), *name, "content/static/", *code));
    for (site, name, place, code) in aliases.chain(files) {
        let checked = site.check();
        let found = checked.diagnostics();
        let codes: Vec<&str> = found.iter().map(|found| found.code.as_str()).collect();
        assert_eq!(codes, Vec::from_iter(code), "{name:?}: {}", checked.stdout);
        assert!(found.iter().all(|found| found.file.starts_with(place)), "{name:?}: {found:?}");
        let built = site.build_at(NOON);
        assert_eq!(built.codes(), checked.codes(), "{name:?}: {}", built.stderr);
        let is_error = found.iter().any(|found| found.severity == "error");
        assert!(
            checked.exited_with(i32::from(is_error)) && built.exited_with(i32::from(is_error)),
            "{name:?}"
        );
    }
}

#[test]
fn a_file_with_a_bad_name_silences_nothing_else() {
    let repo = crate::history::Repo::with_incident();
    repo.site.write("content/static/x\\y.txt", "x");
    let built = repo.site.run(["build", "--hold-broken", "--as-of", NOON, "--format", "json"]);
    assert_eq!(built.exit(1).codes(), ["static/bad-name"]);
    assert!(repo.site.page("incidents/slow-orders/").contains("We are looking."));
}

#[test]
fn a_file_that_is_no_entry_or_has_the_name_of_another_silences_nothing_else() {
    let repo = crate::history::Repo::with_incident();
    repo.site.write("content/incidents/b.MD", "---\ntitle: b\n---\n");
    repo.site.write("content/static/が.txt", "x").write("content/static/か\u{3099}.txt", "y");
    for folder in ["か\u{3099}", "が"] {
        repo.site.write(
            format!("content/notices/{folder}.md"),
            "---\ntitle: News\npublish_at: 2026-11-19 09:00\n---\nx\n",
        );
    }
    let built = repo.site.run(["build", "--hold-broken", "--as-of", NOON, "--format", "json"]);
    let mut codes = built.exit(1).codes();
    codes.retain(|code| code.starts_with("source/"));
    assert_eq!(codes, ["source/not-an-entry", "source/same-name", "source/same-name"]);
    assert!(repo.site.page("incidents/slow-orders/").contains("We are looking."));
}

// Paths that cannot be read.

const COMMANDS: [&[&str]; 11] = [
    &["check"],
    &["check", "--staged"],
    &["build"],
    &["build", "--hold-broken"],
    &["serve", "--port", "0"],
    &["watch"],
    &["next"],
    &["overdue"],
    &["report", "--from", "2026-11-01", "--to", "2026-11-30"],
    &["pack", "delay"],
    &["review", "delay", "--by", "Hanako"],
];

/// Runs a command over a root, as a plain user if the test runs as root.
fn over<'s>(site: &'s Site, program: &Path, arguments: &[&str], root: &Path) -> Outcome<'s> {
    let mut command = Command::new(program);
    command.args(arguments).arg("--root").arg(root).current_dir("/");
    if is_root() {
        command.uid(NOBODY).gid(NOBODY);
    }
    site.finish(command)
}

/// A folder with a copy of the program that a plain user may run.
fn bench() -> (Site, std::path::PathBuf) {
    let bench = Site::bare();
    let program = bench.path("noroshi");
    fs::copy(env!("CARGO_BIN_EXE_noroshi"), &program).expect("a copy");
    fs::set_permissions(bench.root(), fs::Permissions::from_mode(0o755)).expect("rights");
    (bench, program)
}

fn hide(path: &Path) {
    fs::set_permissions(path, fs::Permissions::from_mode(0o000)).expect("rights");
}

#[test]
fn a_root_that_cannot_be_read_is_a_failure_of_the_environment_in_every_command() {
    let (bench, program) = bench();
    let hidden = Site::fixture("small");
    hide(hidden.root());
    let file = bench.path("file");
    fs::write(&file, "x").expect("a file");
    let looped = bench.path("looped");
    symlink(&looped, &looped).expect("a link");
    let long = bench.path("x".repeat(300));
    let below_file = file.join("site");
    for root in [hidden.root(), &file, &looped, &long, &below_file] {
        for arguments in COMMANDS {
            let outcome = over(&bench, &program, arguments, root);
            assert!(outcome.exited_with(3), "{arguments:?} {}: {}", root.display(), outcome.stderr);
            outcome.stderr_has("cannot read");
        }
    }
    fs::set_permissions(hidden.root(), fs::Permissions::from_mode(0o755)).expect("rights");
}

#[test]
fn a_folder_or_a_file_of_the_content_that_cannot_be_read_is_a_failure_of_the_environment() {
    let (bench, program) = bench();
    for name in ["content", "content/incidents", "content/incidents/delay.md", "content/site.yaml"] {
        let site = Site::fixture("small");
        if is_root() {
            give_away(site.root());
        }
        hide(&site.path(name));
        // `serve` and `watch` report the error and try again, because files come and go while they are saved.
        let ends = |arguments: &&&[&str]| {
            !matches!(arguments[0], "serve" | "watch") && arguments.get(1) != Some(&"--staged")
        };
        for arguments in COMMANDS.iter().filter(ends) {
            let outcome = over(&bench, &program, arguments, site.root());
            assert!(outcome.exited_with(3), "{name}: {arguments:?}: {}", outcome.stderr);
            outcome.stderr_has("cannot read");
        }
        fs::set_permissions(site.path(name), fs::Permissions::from_mode(0o755)).expect("rights");
    }
}
