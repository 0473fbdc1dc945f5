//! Tests that the hooks of docs/publishing.md do what the text says, with real pushes.
//!
//! The hooks build for the current time. The tests edit a free page, so nothing depends on the day.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::harness::{Site, Text as _, assert_same, files_of, in_english, touched};

const ABOUT: &str = "content/pages/about.md";
const WORDS: &str = "How we write here.";

/// A bare repository with the hooks, the folder that they publish to, and a clone to push from.
struct Server {
    home: TempDir,
    site: Site,
    clone: Site,
}

/// The published files: their bytes, and metadata that only a write changes.
#[derive(Debug, PartialEq)]
struct Seen {
    files: BTreeMap<String, Vec<u8>>,
    times: BTreeMap<String, (i64, i64, u64)>,
}

struct Push {
    accepted: bool,
    said: String,
}

impl Server {
    /// A server with the first hook, and everything of the fixture committed.
    fn new() -> Server {
        // Hooks are programs, and a folder in memory may not allow execution.
        let home = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a temporary folder");
        let server = Server { home, site: Site::bare(), clone: Site::bare() };
        server.git(server.home.path(), &["init", "--quiet", "--bare", "status.git"]);
        let site = server.site.root().join("my site");
        let settings = [("noroshi.site", site.as_path()), ("noroshi.program", program())];
        server.bare(&["symbolic-ref", "HEAD", "refs/heads/main"]);
        for (name, value) in settings {
            server.bare(&["config", name, value.to_str().expect("UTF-8")]);
        }
        server.install("post-receive");
        server.clone_into(&server.clone);
        for (name, bytes) in files_of(&Site::fixture("small").path("content")) {
            server.clone.write_bytes(format!("content/{name}"), &bytes);
        }
        server.commit(&server.clone);
        server
    }

    /// A server after the first push, of the whole fixture.
    fn published() -> Server {
        let server = Server::new();
        server.push(&["main"]).accepted().says("published ");
        server
    }

    /// Copies a hook from the document, as a reader does.
    fn install(&self, hook: &str) {
        let path = self.repository().join("hooks").join(hook);
        fs::write(&path, block(hook)).expect("a written file");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("a program");
    }

    fn repository(&self) -> PathBuf {
        self.home.path().join("status.git")
    }

    fn clone_into(&self, site: &Site) {
        let repository = self.repository();
        self.git(site.root(), &["clone", "--quiet", repository.to_str().expect("UTF-8"), "."]);
        self.git(site.root(), &["symbolic-ref", "HEAD", "refs/heads/main"]);
    }

    /// A git command without the settings of this machine or user, also in the hooks.
    fn command(&self, folder: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        in_english(&mut command);
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("GIT_")) {
            command.env_remove(name);
        }
        command.arg("-C").arg(folder).args(arguments).env("HOME", self.home.path()).env("LC_ALL", "C");
        let settings = [
            ("GIT_CONFIG_GLOBAL", "/dev/null"),
            ("GIT_CONFIG_SYSTEM", "/dev/null"),
            ("GIT_AUTHOR_NAME", "A"),
            ("GIT_AUTHOR_EMAIL", "a@status.example"),
            ("GIT_AUTHOR_DATE", "2026-11-20T12:00:00+09:00"),
            ("GIT_COMMITTER_NAME", "A"),
            ("GIT_COMMITTER_EMAIL", "a@status.example"),
            ("GIT_COMMITTER_DATE", "2026-11-20T12:00:00+09:00"),
        ];
        command.envs(settings).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    #[track_caller]
    fn git(&self, folder: &Path, arguments: &[&str]) -> String {
        let output = self.command(folder, arguments).output().expect("git");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {arguments:?}: {said}");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    #[track_caller]
    fn bare(&self, arguments: &[&str]) -> String {
        self.git(&self.repository(), arguments)
    }

    #[track_caller]
    fn commit(&self, clone: &Site) {
        self.git(clone.root(), &["add", "--all", "."]);
        self.git(clone.root(), &["commit", "--quiet", "--allow-empty", "--message", "A change"]);
    }

    /// `git push origin …` from the clone.
    fn push(&self, arguments: &[&str]) -> Push {
        let arguments = [&["push", "origin"], arguments].concat();
        let output = self.command(self.clone.root(), &arguments).output().expect("git");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        Push { accepted: output.status.success(), said }
    }

    /// Replaces a text in the clone, commits and pushes.
    fn edit(&self, file: &str, from: &str, to: &str) -> Push {
        self.clone.edit(file, from, to);
        self.commit(&self.clone);
        self.push(&["main"])
    }

    /// Starts a push that runs while the test continues.
    fn start_push(&self, clone: &Site) -> (Child, BufReader<ChildStderr>) {
        let mut child = self.command(clone.root(), &["push", "origin", "main"]).spawn().expect("git");
        let said = BufReader::new(child.stderr.take().expect("a pipe"));
        (child, said)
    }

    /// The lock that hooks wait for.
    fn lock(&self) -> File {
        let path = self.repository().join("noroshi.lock");
        let file = File::options().create(true).append(true).open(path).expect("a lock");
        file.lock().expect("the lock");
        file
    }

    /// The folder that the hook fills.
    fn path(&self, name: &str) -> PathBuf {
        self.site.path("my site").join(name)
    }

    /// The text of the published free page, if there is one.
    fn about(&self) -> Option<String> {
        fs::read_to_string(self.path("public/about/index.html")).ok()
    }

    #[track_caller]
    fn about_says(&self, words: &str) {
        self.about().expect("a published page").has([words]);
    }

    fn seen(&self) -> Seen {
        let public = self.path("public");
        let files = files_of(&public);
        let times = files.keys().map(|name| (name.clone(), touched(&public.join(name)))).collect();
        Seen { files, times }
    }
}

impl Push {
    #[track_caller]
    fn accepted(&self) -> &Push {
        assert!(self.accepted, "{}", self.said);
        self
    }

    #[track_caller]
    fn refused(&self) -> &Push {
        assert!(!self.accepted, "{}", self.said);
        self
    }

    #[track_caller]
    fn says(&self, words: &str) -> &Push {
        self.said.has([words]);
        self
    }
}

fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_noroshi"))
}

/// The block of the document that names this file.
fn block(hook: &str) -> String {
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/publishing.md");
    let text = fs::read_to_string(document).expect("the document");
    let (_, rest) = text.split_once(&format!("```sh hooks/{hook}\n")).expect("a block");
    rest.split_once("```\n").expect("its end").0.to_owned()
}

/// Asserts that a push ends, accepted and published.
#[track_caller]
fn ends(mut child: Child, mut said: BufReader<ChildStderr>) {
    let mut text = String::new();
    said.read_to_string(&mut text).expect("UTF-8");
    assert!(child.wait().expect("git").success() && text.contains("published "), "{text}");
}

/// Reads until a push says that it waits.
fn waits(said: &mut BufReader<ChildStderr>) -> String {
    let mut text = String::new();
    while !text.contains("waiting for its end") {
        assert_ne!(said.read_line(&mut text).expect("a line"), 0, "it does not wait:\n{text}");
    }
    text
}

#[test]
fn a_first_push_publishes_and_a_second_changes_what_it_edits() {
    let server = Server::published();
    server.about_says(WORDS);
    let untouched = touched(&server.path("content/faq/safe.md"));
    let cache = touched(&server.path(".noroshi"));

    server.edit(ABOUT, WORDS, "How we write now.").accepted().says("built ").says("published ");
    server.about_says("How we write now.");
    assert_eq!(touched(&server.path("content/faq/safe.md")), untouched, "a file that did not change");
    assert_eq!(touched(&server.path(".noroshi")).2, cache.2, "what spares the next build work");
}

#[test]
fn what_a_push_removes_vanishes() {
    let server = Server::published();
    server.clone.remove(ABOUT).remove("content/pages/about.ja.md");
    server.commit(&server.clone);
    server.push(&["main"]).accepted().says("published ");
    assert!(!server.path(ABOUT).exists());
    assert_eq!(server.about(), None);
}

#[test]
fn a_push_with_a_fault_tells_it_and_leaves_the_site_as_it_was() {
    let server = Server::published();
    let before = server.seen();
    let (entry, right, wrong) = ("content/incidents/delay.md", "## identified", "## identifed");
    let push = server.edit(entry, right, wrong);
    push.accepted().says("error[update/unknown-status]").says("content/incidents/delay.md:16:1");
    push.says("not published").says("mend them and push again");
    let after = server.seen();
    assert_same(&after.files, &before.files);
    assert_eq!(after.times, before.times);
    // Scheduled changes continue with the published content.
    assert!(fs::read_to_string(server.path(entry)).expect("the entry").contains(right));

    server.clone.edit(ABOUT, WORDS, "How we mend.");
    server.edit(entry, wrong, right).accepted().says("published ");
    server.about_says("How we mend.");
}

#[test]
fn a_first_push_with_a_fault_publishes_nothing() {
    let server = Server::new();
    server.edit("content/site.yaml", "timezone: Asia/Tokyo", "timezone: Asia/Kyoto").accepted();
    assert!(!server.path("public").exists());
    server.edit("content/site.yaml", "timezone: Asia/Kyoto", "timezone: Asia/Tokyo").says("published ");
    server.about_says(WORDS);
}

#[test]
fn other_branches_and_tags_publish_nothing() {
    let server = Server::new();
    server.push(&["main:draft"]).accepted().says("from main alone");
    server.push(&["main:refs/tags/main"]).accepted().says("from main alone");
    assert!(!server.path("").exists());
    // The hook also sees the branch if several are pushed.
    server.git(server.clone.root(), &["branch", "later"]);
    server.push(&["main", "later"]).accepted().says("published ");
}

#[test]
fn the_site_is_what_the_branch_says_after_a_forced_push_and_stays_after_a_deletion() {
    let server = Server::published();
    server.clone.write("content/pages/more.md", "---\ntitle: More\n---\nMore.\n");
    server.edit(ABOUT, WORDS, "How we write now.").accepted();
    assert!(server.path("public/more/index.html").exists());
    server.git(server.clone.root(), &["reset", "--quiet", "--hard", "HEAD~1"]);
    server.push(&["main"]).refused();
    server.push(&["--force", "main"]).accepted().says("published ");
    server.about_says(WORDS);
    assert!(!server.path("public/more").exists() && !server.path("content/pages/more.md").exists());

    let before = server.seen();
    server.bare(&["config", "receive.denyDeleteCurrent", "ignore"]);
    server.push(&[":main"]).accepted().says("main is gone");
    assert_eq!(server.seen(), before);
    server.push(&["main"]).accepted().says("published ");
}

#[test]
fn two_pushes_at_once_end_with_the_newer_content() {
    let server = Server::published();
    let lock = server.lock();
    server.clone.edit(ABOUT, WORDS, "First of two.");
    server.commit(&server.clone);
    let (first, mut first_said) = server.start_push(&server.clone);
    waits(&mut first_said);
    // The first push is accepted but not yet published when the second comes.
    let other = Site::bare();
    server.clone_into(&other);
    other.edit(ABOUT, "First of two.", "Second of two.");
    server.commit(&other);
    let (second, mut second_said) = server.start_push(&other);
    waits(&mut second_said);
    drop(lock);

    ends(first, first_said);
    ends(second, second_said);
    server.about_says("Second of two.");
    assert!(fs::read_to_string(server.path(ABOUT)).expect("the page").contains("Second of two."));
}

#[test]
fn two_pushes_in_quick_succession_end_with_the_newer_content() {
    let server = Server::published();
    let other = Site::bare();
    server.clone_into(&other);
    server.clone.edit(ABOUT, WORDS, "First of two.");
    server.commit(&server.clone);
    server.git(other.root(), &["pull", "--quiet", server.clone.root().to_str().expect("UTF-8"), "main"]);
    other.edit(ABOUT, "First of two.", "Second of two.");
    server.commit(&other);
    let newest = server.git(other.root(), &["rev-parse", "main"]);
    let (first, first_said) = server.start_push(&server.clone);
    // As soon as the branch has moved, whatever the hook of the first push is doing.
    let begun = server.git(server.clone.root(), &["rev-parse", "main"]);
    until("the first push moves the branch", || server.bare(&["rev-parse", "main"]) == begun);
    let (second, second_said) = server.start_push(&other);
    ends(first, first_said);
    ends(second, second_said);
    assert_eq!(server.bare(&["rev-parse", "main"]), newest);
    assert_eq!(server.bare(&["rev-parse", "refs/noroshi/published"]), newest);
    server.about_says("Second of two.");
}

#[test]
fn a_pusher_who_hangs_up_stops_nothing() {
    let server = Server::new();
    let lock = server.lock();
    let (mut push, mut said) = server.start_push(&server.clone);
    waits(&mut said);
    push.kill().expect("git");
    push.wait().expect("git");
    drop((said, lock));
    until("the hook publishes", || server.path("public/manifest.json").exists());
    // The hook holds the lock until it ends.
    drop(server.lock());
    server.about_says(WORDS);
    server.bare(&["rev-parse", "--verify", "--quiet", "refs/noroshi/published"]);
}

#[test]
fn what_a_killed_hook_has_left_is_put_in_order() {
    let server = Server::published();
    fs::write(server.repository().join("noroshi.index.lock"), "").expect("a file");
    fs::write(server.path("content/pages/left.md"), "---\ntitle: Left\n---\nOver.\n").expect("a file");
    server.edit(ABOUT, WORDS, "How we tidy.").accepted().says("published ");
    server.about_says("How we tidy.");
    assert!(!server.path("content/pages/left.md").exists() && !server.path("public/left").exists());

    fs::write(server.repository().join("noroshi.index"), "spoilt").expect("a file");
    server.edit(ABOUT, "How we tidy.", "How we begin anew.").accepted().says("published ");
    server.about_says("How we begin anew.");
}

#[test]
fn a_published_folder_in_a_commit_does_not_get_into_the_site() {
    let server = Server::published();
    let before = server.seen();
    server.clone.write("public/index.html", "Committed by mistake.");
    server.edit(ABOUT, WORDS, "How we slip.").accepted().says("git rm -r --cached public .noroshi");
    assert_eq!(server.seen(), before);
    server.git(server.clone.root(), &["rm", "-r", "--quiet", "--cached", "public"]);
    server.clone.write(".gitignore", "/public/\n");
    server.commit(&server.clone);
    server.push(&["main"]).accepted().says("published ");
    server.about_says("How we slip.");
}

#[test]
fn without_its_settings_the_hook_says_what_is_missing() {
    let server = Server::new();
    server.bare(&["config", "--unset", "noroshi.site"]);
    server.push(&["main"]).accepted().says("not published").says("git config noroshi.site");
    server.bare(&["config", "noroshi.site", server.path("").to_str().expect("UTF-8")]);
    server.bare(&["config", "noroshi.program", "/nowhere/noroshi"]);
    server.edit(ABOUT, WORDS, "How we set up.").accepted().says("not published: the build ended with 127");
    assert!(!server.path("public").exists());
    server.bare(&["config", "noroshi.program", program().to_str().expect("UTF-8")]);
    server.edit(ABOUT, "How we set up.", "How we write.").accepted().says("published ");
}

#[test]
fn what_git_sets_for_its_hooks_does_not_reach_the_program() {
    let server = Server::new();
    let wrapper = server.home.path().join("wrapper");
    let names = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"];
    let seen: String = names.iter().map(|name| format!("${{{name}+{name} }}")).collect();
    let text = format!("#!/bin/sh\necho \"seen: {seen}.\"\nexec '{}' \"$@\"\n", program().display());
    fs::write(&wrapper, text).expect("a written file");
    fs::set_permissions(&wrapper, fs::Permissions::from_mode(0o755)).expect("a program");
    server.bare(&["config", "noroshi.program", wrapper.to_str().expect("UTF-8")]);
    server.push(&["main"]).accepted().says("seen: .").says("published ");
}

#[test]
fn the_second_hook_refuses_a_fault_before_it_is_on_the_branch() {
    let server = Server::new();
    server.install("pre-receive");
    let (entry, right, wrong) = ("content/incidents/delay.md", "## identified", "## identifed");
    let push = server.edit(entry, right, wrong);
    push.refused().says("error[update/unknown-status]").says("content/incidents/delay.md:16:1");
    push.says("nothing has changed");
    assert_eq!(server.bare(&["for-each-ref"]), "");
    // A draft branch may contain anything.
    server.push(&["main:draft"]).accepted();

    server.edit(entry, wrong, right).accepted().says("published ");
    server.about_says(WORDS);
    let newest = server.bare(&["rev-parse", "main"]);
    server.clone.write("public/index.html", "Committed by mistake.");
    server.edit(ABOUT, WORDS, "How we slip.").refused().says("git rm -r --cached public .noroshi");
    assert_eq!(server.bare(&["rev-parse", "main"]), newest);
    server.bare(&["config", "receive.denyDeleteCurrent", "ignore"]);
    server.push(&[":main"]).accepted().says("main is gone");
}

/// Polls until a condition holds, for at most ten minutes.
fn until(what: &str, is_so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_secs(600), "not within ten minutes: {what}");
        std::thread::yield_now();
    }
}
