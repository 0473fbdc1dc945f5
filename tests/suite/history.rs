//! What the repository knows, tried on real ones: silent edits, reviewers, what is staged, what is held back.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::harness::{Diagnostic, NOON, Outcome, Site};

/// An incident that was first told on 20 November at ten.
const OPEN: &str = "---\ntitle: Slow orders\nseverity: minor\naffects: [api]\nstarted: 2026-11-20 09:50\n---\n\
    Orders take long.\n\n## investigating 2026-11-20 10:00\nWe are looking.\n";
const FILE: &str = "content/incidents/slow-orders.md";

/// A site in a repository of its own.
struct Repo {
    site: Site,
    /// From the root of the site to the top of the repository.
    top: &'static str,
}

impl Repo {
    /// An empty site, committed on 19 November.
    fn new() -> Repo {
        let repo = Repo { site: Site::empty(), top: "." };
        repo.git(&["init", "-q", "-b", "main"]);
        repo.commit("begin", "2026-11-19T12:00:00+09:00");
        repo
    }

    /// The same with the incident, as it was committed a minute after its first update.
    fn with_incident() -> Repo {
        let repo = Repo::new();
        repo.site.write(FILE, OPEN);
        repo.commit("slow orders", "2026-11-20T10:01:00+09:00");
        repo
    }

    fn git(&self, arguments: &[&str]) -> String {
        let output = self.try_git(arguments, &[]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {arguments:?}\n{said}");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    fn try_git(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
        git_in(&self.site.path(self.top), arguments, environment)
    }

    /// Commits everything, as Taro.
    fn commit(&self, message: &str, at: &str) -> String {
        self.commit_as("Taro Hoshi <taro@hoshi.example>", message, at)
    }

    fn commit_as(&self, who: &str, message: &str, at: &str) -> String {
        self.git(&["add", "-A"]);
        let (name, mail) = who.trim_end_matches('>').split_once(" <").expect("Name <mail>");
        let arguments = ["commit", "-q", "--allow-empty", "--no-verify", "-m", message];
        let environment = [
            ("GIT_AUTHOR_NAME", name),
            ("GIT_AUTHOR_EMAIL", mail),
            ("GIT_AUTHOR_DATE", at),
            ("GIT_COMMITTER_DATE", at),
        ];
        let output = self.try_git(&arguments, &environment);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        self.git(&["rev-parse", "--short=8", "HEAD"])
    }

    /// Replaces a text and commits.
    fn edit(&self, from: &str, to: &str, at: &str) -> String {
        self.site.edit(FILE, from, to);
        self.commit("edit", at)
    }

    /// What `check` finds in the history.
    #[track_caller]
    fn check(&self) -> Vec<Diagnostic> {
        let found = self.site.check().diagnostics();
        found.into_iter().filter(|d| d.code.contains("silent") || d.code.starts_with("history/")).collect()
    }

    /// `check --staged`, where the pre-commit hook would run it.
    fn staged(&self) -> Outcome<'_> {
        self.site.run(["check", "--staged", "--as-of", NOON, "--format", "json"])
    }
}

fn git_in(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    let mut command = Command::new("git");
    command.current_dir(folder).args(arguments).envs([
        ("GIT_CONFIG_GLOBAL", "/dev/null"),
        ("GIT_CONFIG_NOSYSTEM", "1"),
        ("GIT_AUTHOR_NAME", "Taro Hoshi"),
        ("GIT_AUTHOR_EMAIL", "taro@hoshi.example"),
        ("GIT_COMMITTER_NAME", "Machine"),
        ("GIT_COMMITTER_EMAIL", "machine@hoshi.example"),
    ]);
    command.envs(environment.iter().copied()).output().expect("git")
}

// Silent edits.

#[test]
fn published_words_that_change_are_told_at_their_heading() {
    let repo = Repo::with_incident();
    let commit = repo.edit("We are looking.", "We found it.", "2026-11-20T11:30:00+09:00");
    let found = repo.check();
    let [edit] = &found[..] else { panic!("{found:?}") };
    assert_eq!((edit.code.as_str(), edit.severity.as_str()), ("policy/silent-edit", "warning"));
    assert_eq!(edit.points_at(&repo.site.read(FILE)).trim_end(), "## investigating 2026-11-20 10:00");
    for words in ["investigating 2026-11-20 10:00", "other words", &commit, "2026-11-20 11:30"] {
        assert!(edit.message.contains(words), "{words}: {}", edit.message);
    }
    assert!(edit.help.as_ref().is_some_and(|help| help.contains("## correction")));
}

#[test]
fn a_correction_or_the_old_words_settle_a_silent_edit() {
    let repo = Repo::with_incident();
    repo.edit("We are looking.", "We found it.", "2026-11-20T11:30:00+09:00");
    assert_eq!(repo.check().len(), 1);
    let text = repo.site.read(FILE);
    repo.site.write(FILE, &text.replace("We found it.", "We  are\n**looking**<!-- so -->."));
    assert_eq!(repo.check().len(), 0, "restored");
    repo.site.write(FILE, &format!("{text}\n## correction 2026-11-20 11:40\nIt was not found.\n"));
    assert_eq!(repo.check().len(), 0, "corrected");
    repo.commit("corrected", "2026-11-20T11:41:00+09:00");
    assert_eq!(repo.check().len(), 0, "corrected and committed");
    repo.edit("It was not found.", "It was.", "2026-11-20T11:55:00+09:00");
    assert_eq!(repo.check().len(), 1, "a correction is a word too");
}

#[test]
fn an_old_correction_settles_nothing_new() {
    let repo = Repo::with_incident();
    let text = repo.site.read(FILE);
    repo.site.write(FILE, &format!("{text}\n## correction 2026-11-20 10:20\nMost orders.\n"));
    repo.commit("corrected", "2026-11-20T10:21:00+09:00");
    repo.edit("We are looking.", "We found it.", "2026-11-20T11:30:00+09:00");
    assert_eq!(repo.check().len(), 1);
}

#[test]
fn a_slip_right_after_the_first_commit_is_forgiven_and_so_is_what_nobody_has_read() {
    let repo = Repo::with_incident();
    repo.edit("looking.", "looking into it.", "2026-11-20T10:08:00+09:00");
    assert_eq!(repo.check().len(), 0, "seven minutes");
    // Tomorrow's words may be changed until tomorrow.
    let text = repo.site.read(FILE);
    repo.site.write(FILE, &format!("{text}\n## update 2026-11-21 09:00\nAll is well.\n"));
    repo.commit("for tomorrow", "2026-11-20T10:30:00+09:00");
    repo.edit("All is well.", "Nothing is well.", "2026-11-20T11:30:00+09:00");
    assert_eq!(repo.check().len(), 0, "tomorrow");
    repo.edit("looking into it", "sleeping", "2026-11-20T11:31:00+09:00");
    assert_eq!(repo.check().len(), 1, "an hour");
}

#[test]
fn what_is_added_is_no_edit() {
    let repo = Repo::with_incident();
    repo.site.edit(FILE, "started:", "reviewed_by: [hanako]\ninternal: {ticket: 7}\nstarted:");
    let text = repo.site.read(FILE);
    repo.site.write(FILE, &format!("{text}\n## identified 2026-11-20 11:00\nFound.\n## Workaround\nWait.\n## Postmortem\n"));
    repo.commit("more", "2026-11-20T11:00:00+09:00");
    assert_eq!(repo.check().len(), 0);
    repo.edit("Wait.", "Wait.\n\nOr use the app.", "2026-11-20T11:20:00+09:00");
    repo.edit("## Postmortem\n", "## Postmortem\nA queue.\n", "2026-11-20T11:40:00+09:00");
    // A time written otherwise is the same time.
    repo.edit("started: 2026-11-20 09:50", "started: \"2026/11/20 09:50\"", "2026-11-20T11:45:00+09:00");
    assert_eq!(repo.check().len(), 0);
    repo.edit("Wait.", "Sell.", "2026-11-20T11:50:00+09:00");
    assert_eq!(repo.check().len(), 1);
}

#[test]
fn facts_and_what_is_gone_are_told_too_and_the_working_tree_is_the_newest_version() {
    let repo = Repo::with_incident();
    repo.site.edit(FILE, "title: Slow", "title: Fast");
    repo.site.edit(FILE, "severity: minor", "severity: critical");
    repo.site.edit(FILE, "Orders take long.", "Orders are fine.");
    repo.site.edit(FILE, "## investigating 2026-11-20 10:00", "## identified 2026-11-20 10:00");
    let found = repo.check();
    let said: Vec<String> = found.iter().map(|d| d.points_at(&repo.site.read(FILE))).collect();
    assert_eq!(said, ["Fast orders", "Fast orders", "Fast orders", "severity"], "{found:?}");
    assert!(found.iter().all(|d| d.message.contains("not committed yet")), "{found:?}");
    for what in ["the title", "the summary", "`severity`", "is gone"] {
        assert!(found.iter().any(|d| d.message.contains(what)), "{what}: {found:?}");
    }
}

#[test]
fn a_level_of_the_policy_counts_and_closed_entries_rest_after_thirty_days() {
    let repo = Repo::with_incident();
    let text = repo.site.read(FILE);
    repo.site.write(FILE, &format!("{text}\n## resolved 2026-11-20 10:30\nOver.\n"));
    repo.commit("over", "2026-11-20T10:31:00+09:00");
    repo.edit("We are looking.", "We found it.", "2026-11-20T11:30:00+09:00");
    let codes = |arguments: [&str; 6]| repo.site.run(arguments).codes();
    let later = "2027-01-05T12:00:00+09:00";
    assert_eq!(codes(["check", "--as-of", NOON, "--format", "json", "--all"]), ["policy/silent-edit"]);
    assert_eq!(repo.site.run(["check", "--as-of", later, "--format", "json"]).codes(), Vec::<String>::new());
    assert_eq!(codes(["check", "--as-of", later, "--format", "json", "--all"]), ["policy/silent-edit"]);
    let site = repo.site.read("content/site.yaml");
    repo.site.write("content/site.yaml", &format!("{site}policy:\n  levels: {{policy/silent-edit: error}}\n"));
    let found = repo.site.check();
    assert_eq!(found.exit(1).diagnostics()[0].severity, "error");
    repo.site.write("content/site.yaml", &format!("{site}policy:\n  levels: {{policy/silent-edit: off}}\n"));
    repo.site.check().exit(0).quiet();
}

#[test]
fn a_merge_counts_when_it_was_made_and_its_branch_does_not() {
    let repo = Repo::with_incident();
    repo.git(&["checkout", "-q", "-b", "draft"]);
    repo.site.write("content/incidents/b.md", &OPEN.replace("Slow", "Lost"));
    repo.commit("b", "2026-11-20T10:10:00+09:00");
    repo.site.edit("content/incidents/b.md", "We are looking.", "We found it.");
    repo.commit("b again", "2026-11-20T11:10:00+09:00");
    repo.git(&["checkout", "-q", "main"]);
    let merge = ["merge", "-q", "--no-ff", "-m", "merge", "draft"];
    let at = "2026-11-20T11:20:00+09:00";
    assert!(repo.try_git(&merge, &[("GIT_AUTHOR_DATE", at), ("GIT_COMMITTER_DATE", at)]).status.success());
    assert_eq!(repo.check().len(), 0);
}

#[test]
fn a_file_is_followed_where_it_was_moved() {
    let repo = Repo::with_incident();
    let moved = "content/incidents/2026/slow-orders.md";
    fs::create_dir(repo.site.path("content/incidents/2026")).unwrap();
    repo.site.rename(FILE, moved);
    repo.commit("moved", "2026-11-20T11:00:00+09:00");
    assert_eq!(repo.check().len(), 0);
    repo.site.edit(moved, "We are looking.", "We found it.");
    repo.commit("edit", "2026-11-20T11:05:00+09:00");
    assert_eq!(repo.check().len(), 1, "it stood for an hour, under two names");
}

#[test]
fn names_of_any_kind_and_a_site_in_a_subfolder_are_read() {
    let repo = Repo { site: Site::bare(), top: "." };
    repo.git(&["init", "-q", "-b", "main"]);
    for setting in [["core.quotePath", "true"], ["log.showSignature", "true"], ["color.ui", "always"]] {
        repo.git(&["config", setting[0], setting[1]]);
    }
    let inner = repo.site.path("status \"page\"\nof 星");
    let file = inner.join("content/incidents/注文の遅延 of 'x'\n.md");
    let good = inner.join("content/incidents/注文の遅延.md");
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(inner.join("content/site.yaml"), Site::empty().read("content/site.yaml")).unwrap();
    fs::write(&good, OPEN).unwrap();
    repo.commit("all", "2026-11-20T10:01:00+09:00");
    fs::write(&good, OPEN.replace("We are looking.", "We found it.")).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_noroshi"));
        command.args(arguments).arg("--root").arg(&inner).args(["--as-of", NOON, "--format", "json"]);
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    let said = run(&["check"]);
    assert!(said.lines().count() == 1 && said.contains("silent-edit"), "{said}");
    // A name that no address can be made of is told, and nothing else breaks.
    fs::write(&file, OPEN).unwrap();
    repo.git(&["add", "-A"]);
    let said = run(&["check", "--staged"]);
    assert!(said.lines().count() == 1 && said.contains("source/bad-slug"), "{said}");
}

#[test]
fn where_git_cannot_say_it_is_said_and_only_where_it_matters() {
    // No repository: plain `check` has nothing to ask, `--git` has.
    let site = Site::empty();
    site.write(FILE, &OPEN.replace("started:", "reviewed_by: [hanako]\nstarted:"));
    site.check().exit(0).quiet();
    let found = site.run(["check", "--git", "--as-of", NOON, "--format", "json"]).exit(0).diagnostics();
    assert!(found[0].code == "history/unknown" && found[0].message.contains("no git repository"), "{found:?}");
    // No git.
    let mut command = site.command(["check", "--git", "--as-of", NOON, "--format", "json"]);
    command.env("PATH", "/nowhere");
    let found = site.finish(command).exit(0).diagnostics();
    assert!(found[0].message.contains("no program `git`"), "{found:?}");
    // No commit yet.
    git_in(site.root(), &["init", "-q", "-b", "main"], &[]);
    let codes = site.run(["check", "--git", "--as-of", NOON, "--format", "json"]).exit(1).codes();
    assert_eq!(codes, ["policy/unconfirmed-reviewer"]);
    // A shallow clone.
    let repo = Repo::with_incident();
    repo.edit("We are looking.", "We found it.", "2026-11-20T11:30:00+09:00");
    let clone = Site::bare();
    let from = format!("file://{}", repo.site.root().display());
    let output = git_in(clone.root(), &["clone", "-q", "--depth", "1", &from, "."], &[]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let found = clone.check().exit(0).diagnostics();
    let [shallow] = &found[..] else { panic!("{found:?}") };
    assert!(shallow.code == "history/unknown" && shallow.message.contains("shallow"), "{shallow:?}");
    assert!(shallow.help.as_ref().is_some_and(|help| help.contains("fetch-depth: 0")), "{shallow:?}");
    git_in(clone.root(), &["fetch", "-q", "--unshallow"], &[]);
    assert_eq!(clone.check().exit(0).codes(), ["policy/silent-edit"]);
    // Deep enough for what is asked.
    let clone = Site::bare();
    git_in(clone.root(), &["clone", "-q", "--depth", "3", &from, "."], &[]);
    assert_eq!(clone.check().exit(0).codes(), ["policy/silent-edit"]);
}

#[test]
fn nothing_to_ask_starts_no_process() {
    let site = Site::empty();
    git_in(site.root(), &["init", "-q", "-b", "main"], &[]);
    let folder = site.path("bin");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("git"), "#!/bin/sh\ntouch asked\nexit 1\n").unwrap();
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    fs::set_permissions(folder.join("git"), mode).unwrap();
    let run = || {
        let mut command = site.command(["check", "--git", "--as-of", NOON, "--format", "json"]);
        command.env("PATH", format!("{}:/usr/bin:/bin", folder.display()));
        let _ = site.finish(command);
        site.path("asked").exists()
    };
    assert!(!run());
    site.write(FILE, OPEN);
    assert!(run());
}

// Reviewers.

#[test]
fn a_reviewer_is_an_author_or_stands_in_a_trailer() {
    let repo = Repo::new();
    let named = OPEN.replace("started:", "reviewed_by: [hanako, Jiro Kato, nobody]\nstarted:");
    repo.site.write(FILE, &named);
    repo.commit("slow orders\n\nReviewed-by: Jiro Kato <jk@hoshi.example>", "2026-11-20T10:01:00+09:00");
    repo.site.write(FILE, &format!("{named}\n## update 2026-11-20 10:20\nStill.\n"));
    repo.commit_as("Sato Hanako <HANAKO@hoshi.example>", "more", "2026-11-20T10:21:00+09:00");
    let run = || repo.site.run(["check", "--git", "--as-of", NOON, "--format", "json"]);
    let found = run().exit(1).diagnostics();
    let [doubt] = &found[..] else { panic!("{found:?}") };
    assert_eq!((doubt.code.as_str(), doubt.severity.as_str()), ("policy/unconfirmed-reviewer", "error"));
    assert_eq!(doubt.points_at(&repo.site.read(FILE)), "nobody");
    assert!(doubt.message.contains("`nobody`"), "{}", doubt.message);
    // Without the option nobody asks.
    repo.site.check().exit(0).quiet();
    // Where enough are confirmed, another name is a warning.
    let site = repo.site.read("content/site.yaml");
    repo.site.write("content/site.yaml", &format!("{site}policy:\n  reviewers: {{incident: 2}}\n"));
    assert_eq!(run().exit(0).diagnostics()[0].severity, "warning");
}

#[test]
fn who_wrote_an_entry_reviews_nothing_also_under_another_name_of_the_file() {
    let repo = Repo::new();
    repo.site.write(FILE, &OPEN.replace("started:", "reviewed_by: [taro]\nstarted:"));
    repo.commit("a\n\nReviewed-by: Taro Hoshi <taro@hoshi.example>", "2026-11-20T10:01:00+09:00");
    let run = || repo.site.run(["check", "--git", "--as-of", NOON, "--format", "json"]).exit(1).diagnostics();
    assert!(run()[0].message.contains("wrote this entry"), "{:?}", run());
    repo.site.rename(FILE, "content/incidents/other.md");
    repo.commit_as("Hanako <hanako@hoshi.example>", "moved", "2026-11-20T10:30:00+09:00");
    let found = run();
    assert!(found.len() == 1 && found[0].message.contains("`taro` wrote this entry"), "{found:?}");
}

#[test]
fn a_review_in_a_merge_or_on_its_branch_counts() {
    let repo = Repo::new();
    repo.git(&["checkout", "-q", "-b", "entry"]);
    repo.site.write(FILE, &OPEN.replace("started:", "reviewed_by: [hanako, jiro]\nstarted:"));
    repo.commit("a", "2026-11-20T10:01:00+09:00");
    repo.site.edit(FILE, "We are looking.", "We look.");
    repo.commit_as("Jiro <jiro@hoshi.example>", "better words", "2026-11-20T10:05:00+09:00");
    repo.git(&["checkout", "-q", "main"]);
    repo.site.write("content/faq/a.md", "---\ntitle: A?\ncategory: general\n---\nYes.\n");
    repo.commit("meanwhile", "2026-11-20T10:06:00+09:00");
    repo.git(&["merge", "-q", "--no-ff", "-m", "merge\n\nReviewed-by: hanako@hoshi.example", "entry"]);
    repo.site.run(["check", "--git", "--as-of", NOON, "--format", "json"]).exit(0).quiet();
}

#[test]
fn a_shallow_clone_doubts_nobody() {
    let repo = Repo::new();
    repo.site.write(FILE, &OPEN.replace("started:", "reviewed_by: [hanako]\nstarted:"));
    repo.commit("a\n\nReviewed-by: hanako", "2026-11-20T10:01:00+09:00");
    repo.commit("nothing", "2026-11-20T10:02:00+09:00");
    let clone = Site::bare();
    let from = format!("file://{}", repo.site.root().display());
    git_in(clone.root(), &["clone", "-q", "--depth", "1", &from, "."], &[]);
    let found = clone.run(["check", "--git", "--as-of", NOON, "--format", "json"]).exit(0).codes();
    assert!(!found.is_empty() && found.iter().all(|code| code == "history/unknown"), "{found:?}");
}
