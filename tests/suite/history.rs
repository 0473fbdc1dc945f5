//! Tests with real git repositories: silent edits, reviewers, staged files, held files.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::harness::{Diagnostic, NOON, Outcome, Site, Text as _};

/// An incident that was first announced on 20 November at ten.
const OPEN: &str = "---\ntitle: Slow orders\nseverity: minor\naffects: [api]\nstarted: 2026-11-20 09:50\n---\n\
    Orders take long.\n\n## investigating 2026-11-20 10:00\nWe are looking.\n";
const FILE: &str = "content/incidents/slow-orders.md";

/// A site in its own repository.
pub struct Repo {
    pub site: Site,
}

impl Repo {
    /// An empty site, committed on 19 November.
    pub fn new() -> Repo {
        let repo = Repo { site: Site::empty() };
        repo.git(&["init", "-q", "-b", "main"]);
        repo.commit("begin", "2026-11-19T12:00:00+09:00");
        repo
    }

    /// Like [`Repo::new`], with the incident, committed a minute after its first update.
    pub fn with_incident() -> Repo {
        let repo = Repo::new();
        repo.site.write(FILE, OPEN);
        repo.commit("slow orders", "2026-11-20T10:01:00+09:00");
        repo
    }

    pub fn git(&self, arguments: &[&str]) -> String {
        let output = self.try_git(arguments, &[]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {arguments:?}\n{said}");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    fn try_git(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
        git_in(self.site.root(), arguments, environment)
    }

    /// Commits everything, as Taro.
    pub fn commit(&self, message: &str, at: &str) -> String {
        self.commit_as("Taro Hoshi <taro@hoshi.example>", message, at)
    }

    pub fn commit_as(&self, who: &str, message: &str, at: &str) -> String {
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

    /// The history diagnostics of `check`.
    #[track_caller]
    fn check(&self) -> Vec<Diagnostic> {
        let found = self.site.check().diagnostics();
        found.into_iter().filter(|d| d.code.contains("silent") || d.code.starts_with("history/")).collect()
    }

    /// `check --staged`, as the pre-commit hook runs it.
    fn staged(&self) -> Outcome<'_> {
        self.site.run(["check", "--staged", "--as-of", NOON, "--format", "json"])
    }
}

/// `check --git`, which also asks git about reviewers and addresses.
fn check_git(site: &Site) -> Outcome<'_> {
    site.noon("check --git --format json")
}

/// The files of the diagnostics with a code.
fn files_with<'d>(found: &'d [Diagnostic], code: &str) -> Vec<&'d str> {
    found.iter().filter(|d| d.code == code).map(|d| d.file.as_str()).collect()
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
fn published_words_that_change_are_reported_at_their_heading() {
    let repo = Repo::with_incident();
    let commit = repo.edit("We are looking.", "We found it.", "2026-11-20T11:30:00+09:00");
    let found = repo.check();
    let [edit] = &found[..] else { panic!("{found:?}") };
    assert_eq!((edit.code.as_str(), edit.severity.as_str()), ("policy/silent-edit", "warning"));
    assert_eq!(edit.points_at(&repo.site.read(FILE)).trim_end(), "## investigating 2026-11-20 10:00");
    edit.message.has(["investigating 2026-11-20 10:00", "its published text", &commit, "2026-11-20 11:30"]);
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
fn a_name_that_git_keeps_composed_has_its_history() {
    let (composed, decomposed) = ("content/incidents/遅延が.md", "content/incidents/遅延か\u{3099}.md");
    let repo = Repo::new();
    repo.site.write(composed, OPEN);
    repo.commit("slow orders", "2026-11-20T10:01:00+09:00");
    // As a Mac lists the name that its git has composed.
    repo.site.rename(composed, decomposed);
    assert_eq!(repo.check().len(), 0);
    repo.site.edit(decomposed, "We are looking.", "We found it.");
    let found = repo.check();
    assert_eq!(found.iter().map(|edit| edit.code.as_str()).collect::<Vec<_>>(), ["policy/silent-edit"]);
    assert_eq!(found[0].file, decomposed);
    for typed in ["遅延が", "遅延か\u{3099}", decomposed, composed] {
        repo.site.run(["pack", typed, "--as-of", NOON]).exit(0);
    }
    let said = ["update", "遅延が", "update", "--at", "2026-11-20 11:40", "-m", "Still.", "--as-of", NOON];
    repo.site.run(said).exit(0);
    assert!(repo.site.read(decomposed).contains("Still.") && !repo.site.path(composed).exists());
    repo.site.edit(decomposed, "severity: minor", "severity: nobody knows");
    let built = hold(&repo.site);
    assert!(built.exit(1).codes().contains(&"history/held".to_owned()), "{}", built.stdout);
    assert!(repo.site.page("incidents/遅延が/").contains("We are looking."));
}

#[test]
fn an_old_correction_settles_nothing_new() {
    let repo = Repo::with_incident();
    repo.site.append(FILE, "\n## correction 2026-11-20 10:20\nMost orders.\n");
    repo.commit("corrected", "2026-11-20T10:21:00+09:00");
    repo.edit("We are looking.", "We found it.", "2026-11-20T11:30:00+09:00");
    assert_eq!(repo.check().len(), 1);
}

#[test]
fn a_slip_right_after_the_first_commit_is_forgiven_and_so_is_what_nobody_has_read() {
    let repo = Repo::with_incident();
    repo.edit("looking.", "looking into it.", "2026-11-20T10:08:00+09:00");
    assert_eq!(repo.check().len(), 0, "seven minutes");
    // Future text may be changed until its time.
    repo.site.append(FILE, "\n## update 2026-11-21 09:00\nAll is well.\n");
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
    let more = "\n## identified 2026-11-20 11:00\nFound.\n## Workaround\nWait.\n## Postmortem\n";
    repo.site.append(FILE, more);
    repo.commit("more", "2026-11-20T11:00:00+09:00");
    assert_eq!(repo.check().len(), 0);
    repo.edit("Wait.", "Wait.\n\nOr use the app.", "2026-11-20T11:20:00+09:00");
    repo.edit("## Postmortem\n", "## Postmortem\nA queue.\n", "2026-11-20T11:40:00+09:00");
    // The same time in another form is not a change.
    repo.edit("started: 2026-11-20 09:50", "started: \"2026/11/20 09:50\"", "2026-11-20T11:45:00+09:00");
    assert_eq!(repo.check().len(), 0);
    repo.edit("Wait.", "Sell.", "2026-11-20T11:50:00+09:00");
    assert_eq!(repo.check().len(), 1);
}

#[test]
fn facts_and_what_is_gone_are_reported_too_and_the_working_tree_is_the_newest_version() {
    let repo = Repo::with_incident();
    repo.site.edit(FILE, "title: Slow", "title: Fast");
    repo.site.edit(FILE, "severity: minor", "severity: critical");
    repo.site.edit(FILE, "Orders take long.", "Orders are fine.");
    repo.site.edit(FILE, "## investigating 2026-11-20 10:00", "## identified 2026-11-20 10:00");
    let found = repo.check();
    let said: Vec<String> = found.iter().map(|d| d.points_at(&repo.site.read(FILE))).collect();
    assert_eq!(said, ["Fast orders", "Fast orders", "Fast orders", "severity"], "{found:?}");
    assert!(found.iter().all(|d| d.message.contains("an uncommitted edit")), "{found:?}");
    for what in ["the title", "the summary", "`severity`", "is gone"] {
        assert!(found.iter().any(|d| d.message.contains(what)), "{what}: {found:?}");
    }
}

#[test]
fn a_level_of_the_policy_counts_and_closed_entries_rest_after_thirty_days() {
    let repo = Repo::with_incident();
    repo.site.append(FILE, "\n## resolved 2026-11-20 10:30\nOver.\n");
    repo.commit("over", "2026-11-20T10:31:00+09:00");
    repo.edit("We are looking.", "We found it.", "2026-11-20T11:30:00+09:00");
    let codes = |arguments: [&str; 6]| repo.site.run(arguments).codes();
    let later = "2027-01-05T12:00:00+09:00";
    assert_eq!(codes(["check", "--as-of", NOON, "--format", "json", "--all"]), ["policy/silent-edit"]);
    assert_eq!(repo.site.run(["check", "--as-of", later, "--format", "json"]).codes(), Vec::<String>::new());
    assert_eq!(codes(["check", "--as-of", later, "--format", "json", "--all"]), ["policy/silent-edit"]);
    let site = repo.site.read("content/site.yaml");
    repo.site
        .write("content/site.yaml", &format!("{site}policy:\n  levels: {{policy/silent-edit: error}}\n"));
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
    let repo = Repo { site: Site::bare() };
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
    // `check` reports a name that cannot become an address, and everything else works.
    fs::write(&file, OPEN).unwrap();
    repo.git(&["add", "-A"]);
    let said = run(&["check", "--staged"]);
    assert!(said.lines().count() == 1 && said.contains("source/bad-slug"), "{said}");
}

#[test]
fn where_git_cannot_say_it_is_said_and_only_where_it_matters() {
    // Without a repository, `check` has nothing to check, but `--git` does.
    let site = Site::empty();
    site.write(FILE, &OPEN.replace("started:", "reviewed_by: [hanako]\nstarted:"));
    site.check().exit(0).quiet();
    let found = check_git(&site).exit(0).diagnostics();
    assert!(
        found[0].code == "history/unknown" && found[0].message.contains("not in a git repository"),
        "{found:?}"
    );
    // Without git.
    let mut command = site.command(["check", "--git", "--as-of", NOON, "--format", "json"]);
    command.env("PATH", "/nowhere");
    let found = site.finish(command).exit(0).diagnostics();
    assert!(found[0].message.contains("`git` is not installed"), "{found:?}");
    // Without a commit.
    git_in(site.root(), &["init", "-q", "-b", "main"], &[]);
    let codes = check_git(&site).exit(1).codes();
    assert_eq!(codes, ["policy/unconfirmed-reviewer"]);
    // In a shallow clone.
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
    // In a clone that is deep enough for the checks.
    let clone = Site::bare();
    git_in(clone.root(), &["clone", "-q", "--depth", "3", &from, "."], &[]);
    assert_eq!(clone.check().exit(0).codes(), ["policy/silent-edit"]);
}

#[test]
fn a_bare_repository_says_so_and_a_submodule_is_a_repository() {
    let bare = Site::empty();
    git_in(bare.root(), &["init", "-q", "--bare", "."], &[]);
    bare.write(FILE, &OPEN.replace("started:", "reviewed_by: [hanako]\nstarted:"));
    let found = check_git(&bare).exit(0).diagnostics();
    assert!(found[0].message.contains("no working tree"), "{found:?}");
    bare.check().exit(0).quiet();
    let inner = Repo::with_incident();
    let outer = Repo { site: Site::bare() };
    outer.git(&["init", "-q", "-b", "main"]);
    let from = inner.site.root().to_str().unwrap();
    outer.git(&["-c", "protocol.file.allow=always", "submodule", "add", "-q", from, "status"]);
    outer.site.edit("status/content/incidents/slow-orders.md", "We are looking.", "We found it.");
    let mut command = Command::new(env!("CARGO_BIN_EXE_noroshi"));
    command.args(["check", "--as-of", NOON, "--format", "json", "--root"]).arg(outer.site.path("status"));
    assert_eq!(outer.site.finish(command).codes(), ["policy/silent-edit"]);
}

#[test]
fn a_bound_that_is_reached_is_said() {
    use std::io::Write as _;
    let repo = Repo::with_incident();
    repo.git(&["checkout", "-q", "--detach"]);
    let mut import = Command::new("git");
    import.current_dir(repo.site.root()).args(["fast-import", "--quiet"]).stdin(std::process::Stdio::piped());
    let mut child = import.spawn().unwrap();
    let mut text = String::new();
    for number in 0..20_001 {
        let from = if number == 0 { "from refs/heads/main^0\n" } else { "" };
        let time = 1_795_140_000 + number / 10;
        text += &format!("commit refs/heads/main\ncommitter A <a@b.example> {time} +0000\ndata 2\nx\n{from}");
    }
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
    repo.git(&["checkout", "-q", "main"]);
    let found = repo.check();
    assert!(found.len() == 1 && found[0].message.contains("newest 20000 commits"), "{found:?}");
    // Text that has not changed since is the published text.
    repo.site.edit(FILE, "We are looking.", "We found it.");
    assert_eq!(repo.check().len(), 2);
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

#[test]
fn check_git_tells_a_lost_address_until_an_alias_leads_on_or_it_is_removed() {
    let repo = Repo::with_incident();
    repo.site.rename(FILE, "content/incidents/b.md");
    repo.site.edit("content/incidents/b.md", "severity", "id: slow-orders\nseverity");
    repo.commit("moved", "2026-11-20T10:30:00+09:00");
    let run = || check_git(&repo.site).codes();
    assert_eq!(run(), ["publish/lost-address"]);
    // Also after further commits, and in every clone.
    repo.site.write(
        "content/notices/a.md",
        "---\ntitle: Hours\npublish_at: 2026-11-20 10:00\n---\nWe open at nine.\n",
    );
    repo.commit("more", "2026-11-20T10:40:00+09:00");
    assert_eq!(run(), ["publish/lost-address"]);
    repo.site.edit("content/incidents/b.md", "severity", "aliases: [/incidents/slow-orders/]\nseverity");
    assert!(run().is_empty(), "{:?}", run());
    repo.site.edit("content/incidents/b.md", "aliases: [/incidents/slow-orders/]\n", "");
    repo.site.append("content/site.yaml", "removed: [/incidents/slow-orders/]\n");
    assert!(run().is_empty(), "{:?}", run());
}

#[test]
fn what_was_published_in_another_zone_is_no_silent_edit() {
    let repo = Repo::with_incident();
    repo.site.edit("content/site.yaml", "Asia/Tokyo", "Europe/Dublin");
    repo.site.edit(FILE, "severity", "timezone: Asia/Tokyo\nseverity");
    repo.commit("zone", "2026-11-20T11:00:00+09:00");
    assert!(repo.check().is_empty(), "{:?}", repo.check());
    repo.site.edit(FILE, "We are looking.", "We found it.");
    assert_eq!(repo.site.check().codes(), ["policy/silent-edit"]);
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
    let run = || check_git(&repo.site);
    let found = run().exit(1).diagnostics();
    let [doubt] = &found[..] else { panic!("{found:?}") };
    assert_eq!((doubt.code.as_str(), doubt.severity.as_str()), ("policy/unconfirmed-reviewer", "error"));
    assert_eq!(doubt.points_at(&repo.site.read(FILE)), "nobody");
    // CI logs may be public and the names of reviewers are private, so only the place identifies them.
    assert!(doubt.message.contains("••••") && !doubt.message.contains("nobody"), "{}", doubt.message);
    // Without the option there is no check.
    repo.site.check().exit(0).quiet();
    // If enough reviewers are confirmed, another name is only a warning.
    repo.site.append("content/site.yaml", "policy:\n  reviewers: {incident: 2}\n");
    assert_eq!(run().exit(0).diagnostics()[0].severity, "warning");
}

#[test]
fn who_wrote_an_entry_reviews_nothing_also_under_another_name_of_the_file() {
    let repo = Repo::new();
    repo.site.write(FILE, &OPEN.replace("started:", "reviewed_by: [taro]\nstarted:"));
    repo.commit("a\n\nReviewed-by: Taro Hoshi <taro@hoshi.example>", "2026-11-20T10:01:00+09:00");
    let run = || check_git(&repo.site).exit(1).diagnostics();
    assert!(run()[0].message.contains("wrote this entry"), "{:?}", run());
    repo.site.rename(FILE, "content/incidents/other.md");
    repo.site.edit("content/incidents/other.md", "severity", "aliases: [/incidents/slow-orders/]\nseverity");
    repo.commit_as("Hanako <hanako@hoshi.example>", "moved", "2026-11-20T10:30:00+09:00");
    let found = run();
    assert!(found.len() == 1 && found[0].message.contains("`••••` wrote this entry"), "{found:?}");
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
    check_git(&repo.site).exit(0).quiet();
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
    let found = check_git(&clone).exit(0).codes();
    assert!(!found.is_empty() && found.iter().all(|code| code == "history/unknown"), "{found:?}");
}

// Staged files.

#[test]
fn only_what_is_staged_is_checked_as_it_is_staged() {
    let repo = Repo::with_incident();
    repo.staged().exit(0).quiet();
    // A broken working tree does not matter.
    repo.site.write(FILE, "broken").write("content/incidents/other.md", "broken too");
    repo.staged().exit(0).quiet();
    // Broken in the index, fixed in the working tree.
    repo.git(&["add", FILE]);
    repo.site.write(FILE, OPEN);
    let found = repo.staged().exit(1).diagnostics();
    let [fault] = &found[..] else { panic!("{found:?}") };
    assert_eq!((fault.code.as_str(), fault.file.as_str()), ("front-matter/missing", FILE));
    // An error shows the staged line.
    repo.site.write(FILE, &OPEN.replace("minor", "miner"));
    repo.git(&["add", FILE]);
    repo.site.write(FILE, OPEN);
    let shown = repo.site.run(["check", "--staged"]);
    shown.exit(1).stderr_has("severity: miner").stderr_has("did you mean `minor`?");
}

#[test]
fn links_slugs_and_translations_are_held_against_the_names_of_the_index() {
    let repo = Repo::with_incident();
    repo.site.edit("content/site.yaml", "locales: [en]", "locales: [en, ja]");
    repo.site.write("content/static/a.png", "x");
    repo.commit("ja", "2026-11-20T10:02:00+09:00");
    let link = |to: &str| format!("---\ntitle: A?\ncategory: general\n---\nSee [this]({to}).\n");
    let codes = |file: &str, text: &str| {
        repo.site.write(file, text);
        repo.git(&["add", file]);
        let codes = repo.staged().codes();
        repo.git(&["reset", "-q", "--hard"]);
        codes
    };
    let none: [&str; 0] = [];
    assert_eq!(codes("content/faq/a.md", &link("../incidents/slow-orders.md#summary")), none);
    assert_eq!(codes("content/faq/a.md", &link("../static/a.png")), none);
    assert_eq!(codes("content/faq/a.md", &link("../incidents/slow-order.md")), ["link/missing-target"]);
    assert_eq!(codes("content/faq/a.md", &link("#nothing")), ["link/missing-target"]);
    assert_eq!(codes("content/incidents/2026/Slow-Orders.md", OPEN), ["entry/duplicate-slug"]);
    assert_eq!(codes("content/incidents/slow-orders.ja.md", "---\ntitle: 遅延\n---\n遅い。\n"), none);
    assert_eq!(
        codes("content/incidents/fast.ja.md", "---\ntitle: 速い\n---\n速い。\n"),
        ["translation/orphan"]
    );
    assert_eq!(codes("content/incident/a.md", OPEN), ["source/unknown-folder"]);
    // Removed and moved files.
    repo.site.write("content/incidents/slow-orders.ja.md", "---\ntitle: 遅延\n---\n遅い。\n");
    repo.commit("ja", "2026-11-20T10:03:00+09:00");
    repo.git(&["rm", "-q", FILE]);
    assert_eq!(repo.staged().exit(1).codes(), ["translation/orphan"]);
    repo.git(&["reset", "-q", "--hard"]);
    repo.git(&["mv", FILE, "content/incidents/b.md"]);
    repo.git(&["mv", "content/incidents/slow-orders.ja.md", "content/incidents/b.ja.md"]);
    assert_eq!(repo.staged().exit(1).codes(), ["entry/renamed"]);
    let known = "id: slow-orders\naliases: [/incidents/slow-orders/]\nseverity";
    repo.site.edit("content/incidents/b.md", "severity", known);
    repo.git(&["add", "content"]);
    repo.staged().exit(0).quiet();
    repo.git(&["rm", "-q", "-f", "content/incidents/b.md", "content/incidents/b.ja.md"]);
    assert_eq!(repo.staged().exit(1).codes(), ["entry/open-and-gone"]);
    repo.site.append("content/site.yaml", "removed: [incident/slow-orders]\n");
    repo.git(&["add", "content"]);
    repo.staged().exit(0).quiet();
}

#[test]
fn a_staged_site_or_theme_is_checked_with_everything() {
    let repo = Repo::with_incident();
    repo.site.edit("content/site.yaml", "{id: api, name: API}", "{id: apis, name: All}");
    repo.git(&["add", "-A"]);
    repo.site.edit("content/site.yaml", "{id: apis, name: All}", "{id: api, name: API}");
    assert_eq!(repo.staged().exit(1).codes(), ["incident/unknown-component"]);
    repo.git(&["reset", "-q", "--hard"]);
    repo.site.edit("content/site.yaml", "locales: [en]", "locales: [en]\ntheme: mine");
    repo.site.write("themes/mine/theme.yaml", "extends: default\ntokens: {acent: \"#a33c0c\"}\n");
    repo.site.write_bytes("themes/mine/assets/a.png", &[0, 159, 146, 150]);
    repo.site.write("themes/mine/docs/a.md", "for us");
    repo.git(&["add", "-A"]);
    repo.site.write("themes/mine/theme.yaml", "extends: default\n");
    let staged = repo.staged().exit(1).diagnostics();
    assert!(staged.iter().any(|d| d.file == "themes/mine/theme.yaml"), "{staged:?}");
    repo.git(&["add", "-A"]);
    // The index and the files give the same diagnostics.
    assert_eq!(repo.staged().exit(0).codes(), repo.site.check().codes());
    assert!(!repo.site.path(".noroshi").exists() && !repo.site.path("public").exists());
}

#[test]
fn a_first_commit_a_merge_and_a_conflict_are_checked_like_any_other() {
    let repo = Repo { site: Site::empty() };
    repo.git(&["init", "-q", "-b", "main"]);
    repo.staged().exit(0).quiet();
    repo.site.write(FILE, "broken");
    repo.git(&["add", "-A"]);
    assert_eq!(repo.staged().exit(1).codes(), ["front-matter/missing"]);
    repo.site.write(FILE, OPEN);
    repo.commit("all", "2026-11-20T10:01:00+09:00");
    repo.git(&["checkout", "-q", "-b", "other"]);
    repo.edit("We are looking.", "We look.", "2026-11-20T10:02:00+09:00");
    repo.git(&["checkout", "-q", "main"]);
    repo.edit("We are looking.", "We see.", "2026-11-20T10:03:00+09:00");
    assert!(!repo.try_git(&["merge", "-q", "other"], &[]).status.success());
    repo.git(&["add", "-A"]);
    assert!(repo.staged().exit(1).codes().contains(&"source/conflict-marker".to_owned()));
    repo.site.write(FILE, OPEN);
    repo.git(&["add", "-A"]);
    repo.staged().exit(0).quiet();
}

// The hook.

/// Commits as a user does, with the hook.
fn person_commits(folder: &Path, arguments: &[&str], path: Option<&str>) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_noroshi")).parent().expect("a folder");
    let system = std::env::var("PATH").unwrap_or_default();
    let path = path.map_or_else(|| format!("{}:{system}", program.display()), str::to_owned);
    let mut all = vec!["commit", "-q"];
    all.extend(arguments);
    git_in(folder, &all, &[("PATH", &path)])
}

#[test]
fn the_hook_stops_a_commit_and_no_verify_goes_past_it() {
    let repo = Repo::with_incident();
    let said = repo.site.run(["init", "--hooks"]);
    assert!(said.exit(0).stdout.trim_end().ends_with(".git/hooks/pre-commit"), "{}", said.stdout);
    assert!(!repo.site.path(".gitignore").exists(), "the site is there already");
    let root = repo.site.root();
    repo.site.write(FILE, "broken");
    let stopped = person_commits(root, &["-a", "-m", "x"], None);
    let words = String::from_utf8_lossy(&stopped.stderr).into_owned();
    assert!(!stopped.status.success() && words.contains("front-matter/missing"), "{words}");
    assert!(words.contains("--no-verify"), "{words}");
    // For a commit of one file, git uses a temporary index and names it to the hook.
    repo.site.write("content/faq/a.md", "broken too");
    repo.git(&["add", "-A"]);
    repo.site.write(FILE, &OPEN.replace("We are looking.", "We look."));
    let one = person_commits(root, &["-m", "x", FILE], None);
    assert!(one.status.success(), "{}", String::from_utf8_lossy(&one.stderr));
    assert!(!person_commits(root, &["-m", "x"], None).status.success());
    assert!(person_commits(root, &["-m", "x", "--no-verify"], None).status.success());
}

#[test]
fn the_hook_finds_the_program_or_says_so() {
    let repo = Repo::with_incident();
    repo.site.run(["init", "--hooks"]).exit(0);
    let root = repo.site.root();
    repo.site.write(FILE, &OPEN.replace("We are looking.", "We look."));
    // `noroshi` is not on the PATH, but at its old place.
    let done = person_commits(root, &["-a", "-m", "x"], Some("/usr/bin:/bin"));
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let hook = ".git/hooks/pre-commit";
    repo.site.write(hook, &repo.site.read(hook).replace(env!("CARGO_BIN_EXE_noroshi"), "/nowhere/noroshi"));
    repo.site.write(FILE, OPEN);
    let lost = person_commits(root, &["-a", "-m", "x"], Some("/usr/bin:/bin"));
    let words = String::from_utf8_lossy(&lost.stderr).into_owned();
    assert!(
        !lost.status.success() && words.contains("not found") && words.contains("--no-verify"),
        "{words}"
    );
}

#[test]
fn a_foreign_hook_is_kept_and_ours_is_replaced() {
    let repo = Repo::with_incident();
    let hook = ".git/hooks/pre-commit";
    repo.site.write(hook, "#!/bin/sh\nexit 0\n");
    repo.site
        .run(["init", "--hooks"])
        .exit(3)
        .stderr_has("noroshi did not write it")
        .stderr_has("noroshi check --staged --root '.'");
    assert_eq!(repo.site.read(hook), "#!/bin/sh\nexit 0\n");
    repo.site.remove(hook);
    repo.site.run(["init", "--hooks"]).exit(0);
    let ours = repo.site.read(hook);
    repo.site.write(hook, &format!("{ours}# older\n"));
    repo.site.run(["init", "--hooks"]).exit(0);
    assert_eq!(repo.site.read(hook), ours);
    Site::empty().run(["init", "--hooks"]).exit(3).stderr_has("git init");
}

#[test]
fn a_hook_goes_where_git_looks_for_it_also_for_a_site_in_a_folder_and_in_a_worktree() {
    let repo = Repo { site: Site::bare() };
    repo.git(&["init", "-q", "-b", "main"]);
    repo.git(&["config", "core.hooksPath", "our hooks"]);
    let run = |root: &Path, arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_noroshi"));
        command.args(arguments).arg("--root").arg(root).output().unwrap()
    };
    let inner = repo.site.path("it's the site");
    // A new site, created with its hook.
    let begun = run(&inner, &["init", "--hooks"]);
    assert!(begun.status.success(), "{}", String::from_utf8_lossy(&begun.stderr));
    repo.site.read("our hooks/pre-commit").has(["check_staged './it'\\''s the site'"]);
    // A second site in the same repository.
    assert!(run(&repo.site.path("other"), &["init", "--hooks"]).status.success());
    let hook = repo.site.read("our hooks/pre-commit");
    assert_eq!(hook.lines().filter(|line| line.starts_with("check_staged ")).count(), 2, "{hook}");
    repo.git(&["add", "-A"]);
    let root = repo.site.root();
    let done = person_commits(root, &["-m", "x"], None);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    // A worktree has the same hooks and another index.
    let tree = Site::bare();
    let place = tree.path("tree");
    repo.git(&["worktree", "add", "-q", place.to_str().unwrap(), "-b", "tree"]);
    let broken = "it's the site/content/faq/how-to-follow.md";
    fs::write(place.join(broken), "broken").unwrap();
    // A relative hooks path starts at the worktree.
    repo.git(&["config", "core.hooksPath", root.join("our hooks").to_str().unwrap()]);
    let stopped = person_commits(&place, &["-a", "-m", "x"], None);
    let words = String::from_utf8_lossy(&stopped.stderr).into_owned();
    assert!(!stopped.status.success() && words.contains("front-matter/missing"), "{words}");
}

// Held files.

/// `build --hold-broken` for noon.
fn hold(site: &Site) -> Outcome<'_> {
    site.run(["build", "--hold-broken", "--as-of", NOON, "--format", "json"])
}

#[test]
fn a_broken_entry_stands_as_in_its_last_sound_commit() {
    let repo = Repo::with_incident();
    let good = repo.edit("We are looking.", "We found it.", "2026-11-20T10:05:00+09:00");
    repo.edit("severity: minor", "severity: miner", "2026-11-20T10:06:00+09:00");
    repo.site.edit(FILE, "affects: [api]", "affects: [apo]");
    repo.site.write("content/notices/fire.md", "---\ntitle: Fire\npublish_at: 2026-11-20 11:00\n---\nRun.\n");
    repo.site.build_at(NOON).exit(1);
    assert!(!repo.site.path("public").exists());
    let held = hold(&repo.site);
    let found = held.exit(1).diagnostics();
    let codes: Vec<(&str, &str)> = found.iter().map(|d| (d.code.as_str(), d.severity.as_str())).collect();
    let wanted = [
        ("entry/unknown-word", "error"),
        ("incident/unknown-component", "error"),
        ("history/held", "warning"),
    ];
    assert_eq!(codes, wanted);
    assert!(found[2].message.contains(&good) && found[2].message.contains("2026-11-20 10:05"), "{found:?}");
    assert_eq!(found[0].points_at(&repo.site.read(FILE)), "miner", "errors show the file as it is");
    assert!(held.stderr.lines().last().is_some_and(|line| line.starts_with("built ")), "{}", held.stderr);
    assert!(repo.site.page("incidents/slow-orders/").contains("We found it."));
    assert!(repo.site.page("notices/fire/").contains("Run."));
    // Text for people on stderr, and the last line on stdout.
    let shown = repo.site.run(["build", "--hold-broken", "--as-of", NOON]);
    shown.exit(1).stderr_has("warning[history/held]").stderr_has("miner");
    assert!(shown.stdout.starts_with("built "), "{}", shown.stdout);
    // After the fix, the build works as before.
    repo.site.write(FILE, OPEN);
    hold(&repo.site).exit(0).quiet();
}

#[test]
fn an_entry_that_was_never_sound_is_left_out_and_its_fellows_stand() {
    let repo = Repo::with_incident();
    repo.site.write("content/incidents/b.md", "broken");
    repo.commit("b", "2026-11-20T10:06:00+09:00");
    repo.site.write("content/incidents/c.md", "broken and never committed");
    // A link to a file that is left out breaks the linking entry, so its previous version is published.
    repo.site.edit(FILE, "We are looking.", "As [b](b.md).");
    let found = hold(&repo.site).exit(1).diagnostics();
    let left_out = files_with(&found, "history/left-out");
    assert_eq!(left_out, ["content/incidents/b.md", "content/incidents/c.md"], "{found:?}");
    assert_eq!(files_with(&found, "history/held"), [FILE], "{found:?}");
    assert!(repo.site.page("incidents/slow-orders/").contains("We are looking."));
    assert!(!repo.site.path("public/incidents/b").exists());
}

#[test]
fn a_translation_without_its_original_is_held_with_it() {
    let repo = Repo::with_incident();
    repo.site.edit("content/site.yaml", "locales: [en]", "locales: [en, ja]");
    repo.site.write("content/incidents/slow-orders.ja.md", "---\ntitle: 遅延\n---\n遅い。\n");
    repo.commit("ja", "2026-11-20T10:02:00+09:00");
    repo.site.remove(FILE);
    let found = hold(&repo.site).exit(1).codes();
    assert!(found.contains(&"history/held".to_owned()) && found.contains(&"translation/orphan".to_owned()));
    assert!(repo.site.page("ja/incidents/slow-orders/").contains("遅い。"));
}

#[test]
fn of_two_that_do_not_go_together_the_newer_is_held() {
    let repo = Repo::with_incident();
    let other = OPEN.replace("title: Slow orders", "title: Lost orders\nid: lost");
    repo.site.write("content/incidents/a-lost.md", &other);
    repo.commit("lost", "2026-11-20T10:02:00+09:00");
    // The older file sorts last, so the error is reported at it.
    repo.site.edit("content/incidents/a-lost.md", "id: lost", "id: slow-orders");
    let found = hold(&repo.site).exit(1).diagnostics();
    assert_eq!(files_with(&found, "history/held"), ["content/incidents/a-lost.md"], "{found:?}");
    assert!(found.iter().any(|d| d.code == "entry/duplicate-id"), "{found:?}");
    // Two files with one slug: the newer file is left out.
    repo.site.write("content/incidents/a-lost.md", &other);
    repo.site.write("content/incidents/2026/slow-orders.md", OPEN);
    let found = hold(&repo.site).exit(1).diagnostics();
    let left_out = files_with(&found, "history/left-out");
    assert_eq!(left_out, ["content/incidents/2026/slow-orders.md"], "{found:?}");
    assert!(repo.site.page("incidents/slow-orders/").contains("We are looking."));
}

#[test]
fn site_yaml_is_held_and_a_theme_is_not() {
    let repo = Repo::with_incident();
    repo.site.edit("content/site.yaml", "timezone: Asia/Tokyo", "timezone: Asia/Tokio");
    let found = hold(&repo.site).exit(1).diagnostics();
    assert_eq!(files_with(&found, "history/held"), ["content/site.yaml"], "{found:?}");
    assert!(repo.site.page("").contains("Slow orders"));
    repo.site.edit("content/site.yaml", "Asia/Tokio", "Asia/Tokyo\ntheme: mine");
    repo.site.write("themes/mine/theme.yaml", "extends: nobody\n");
    fs::remove_dir_all(repo.site.path("public")).unwrap();
    let found = hold(&repo.site).exit(1).diagnostics();
    assert!(found.iter().any(|d| d.code == "history/unknown" && d.message.contains("theme")), "{found:?}");
    assert!(!repo.site.path("public").exists());
}

#[test]
fn what_is_held_is_searched_for_private_words_and_without_git_nothing_is_held() {
    let repo = Repo::new();
    let secret = OPEN.replace("started:", "internal: {reporter: Hanako Sato of desk 7}\nstarted:");
    repo.site.write(FILE, &secret.replace("title: Slow orders", "title: Hanako Sato of desk 7"));
    // Text that is also public is not secret; it is secret if only another page shows it.
    repo.commit("a", "2026-11-20T10:01:00+09:00");
    repo.site.write("content/static/list.txt", "Hanako Sato of desk 7");
    repo.site.write(FILE, &secret);
    repo.commit("b", "2026-11-20T10:02:00+09:00");
    repo.site.write(FILE, "broken");
    let found = hold(&repo.site).exit(1).codes();
    assert!(found.contains(&"privacy/leak".to_owned()), "{found:?}");
    assert!(!repo.site.path("public/index.html").exists());
    let site = Site::empty();
    site.write(FILE, "broken");
    let found = hold(&site).exit(1).codes();
    assert_eq!(found, ["front-matter/missing", "history/unknown"]);
}
