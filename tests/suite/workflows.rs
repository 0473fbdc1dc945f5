//! Tests of the workflows of `noroshi init --ci`: their content, that a scheduled run ends if there
//! is nothing to do, and that they run only programs that the team has named.

mod forgejo;
mod issues;
mod release;

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};

use sha2::{Digest as _, Sha256};
use tempfile::TempDir;
use yaml_rust2::{Yaml, YamlLoader};

use crate::harness::{NOON, Site, assert_same, files_of, has_program, in_english};

const GITHUB: &str = ".github/workflows/status.yml";
const GITLAB: &str = ".gitlab-ci.yml";
const FORGEJO: &str = ".forgejo/workflows/status.yml";
const WAIT: &str = ".github/workflows/status-wait.yml";
const INSTALL: &str = "ci/install-noroshi.sh";
/// The hosts and the files that `init` writes for them, the workflow first.
const HOSTS: [(&str, &[&str]); 3] =
    [("github", &[GITHUB, WAIT, INSTALL]), ("gitlab", &[GITLAB, INSTALL]), ("forgejo", &[FORGEJO, INSTALL])];
/// The hosts with a gate for scheduled runs.
const GATED: [&str; 2] = ["github", "gitlab"];

/// A new site with a workflow.
fn begun(host: &str) -> Site {
    let site = Site::bare();
    site.run(["init", "--ci", host]).exit(0);
    site
}

fn yaml(site: &Site, file: &str) -> Yaml {
    let documents = YamlLoader::load_from_str(&site.read(file)).expect("YAML");
    let [document] = documents.as_slice() else { panic!("{file} is not one document") };
    document.clone()
}

#[track_caller]
fn text(value: &Yaml) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value:?}"))
}

#[track_caller]
fn list(value: &Yaml) -> Vec<&str> {
    value.as_vec().unwrap_or_else(|| panic!("no list: {value:?}")).iter().map(text).collect()
}

#[track_caller]
fn map(value: &Yaml) -> Vec<(&str, &str)> {
    let map = value.as_hash().unwrap_or_else(|| panic!("no map: {value:?}"));
    map.iter().map(|(key, value)| (text(key), text(value))).collect()
}

// Writing the workflows.

#[test]
fn a_new_site_comes_with_the_workflow_that_was_asked_for() {
    for (host, files) in HOSTS {
        let site = Site::bare();
        let init = site.run(["init", "--ci", host]);
        init.exit(0).stderr_has("next: noroshi serve").stderr_has("one-time setup").stderr_has(files[0]);
        for file in [GITHUB, WAIT, GITLAB, FORGEJO, INSTALL] {
            let is_wanted = files.contains(&file);
            assert_eq!(init.stdout.lines().any(|line| line.ends_with(file)), is_wanted, "{}", init.stdout);
            assert_eq!(site.path(file).exists(), is_wanted, "{host}: {file}");
        }
        site.build_at(NOON).exit(0).quiet();
    }
    for arguments in [&["init"][..], &["init", "--ci", "none"]] {
        let site = Site::bare();
        let mut command = site.command([]);
        command.args(arguments);
        site.finish(command).exit(0);
        assert!(!site.path(GITHUB).exists() && !site.path(GITLAB).exists() && !site.path(INSTALL).exists());
    }
    Site::bare().run(["init", "--ci", "elsewhere"]).exit(2);
}

#[test]
fn a_site_that_is_there_gets_the_workflow_and_nothing_else() {
    for (host, files) in HOSTS {
        let site = Site::fixture("small");
        let before = files_of(site.root());
        let init = site.run(["init", "--ci", host]);
        init.exit(0).stderr_has("one-time setup");
        assert_eq!(init.stdout.lines().count(), files.len(), "{}", init.stdout);
        let mut after = files_of(site.root());
        assert!(files.iter().all(|file| after.remove(*file).is_some()));
        assert_same(&after, &before);
    }
    // Without a host there is nothing to add.
    Site::fixture("small").run(["init", "--ci", "none"]).exit(3).stderr_has("nothing was written");
}

#[test]
fn a_workflow_is_never_written_over() {
    for (host, files) in HOSTS {
        for (site, file) in
            [Site::fixture("small"), Site::bare()].iter().flat_map(|s| files.iter().map(move |f| (s, f)))
        {
            for file in files {
                let _ = fs::remove_file(site.path(file));
            }
            site.write(file, "mine\n");
            let before = files_of(site.root());
            let init = site.run(["init", "--ci", host]);
            init.exit(3).stderr_has(&format!("{file}` already exists")).stderr_has("nothing was written");
            assert_same(&files_of(site.root()), &before);
        }
    }
}

// The content of the workflows.

#[test]
fn the_workflow_for_github_has_its_triggers_its_gate_and_no_right_too_many() {
    let site = begun("github");
    let flow = yaml(&site, GITHUB);
    let crons: Vec<&str> =
        flow["on"]["schedule"].as_vec().expect("schedules").iter().map(|s| text(&s["cron"])).collect();
    let [often, daily] = crons.as_slice() else { panic!("{crons:?}") };
    assert_eq!(*often, "*/5 * * * *");
    assert_eq!(list(&flow["on"]["push"]["branches"]), ["**"]);
    assert!(flow["on"].as_hash().expect("triggers").contains_key(&Yaml::String("workflow_dispatch".into())));

    assert_eq!(text(&flow["concurrency"]["queue"]), "max", "a push that waits must not be replaced");
    assert_eq!(flow["concurrency"]["cancel-in-progress"].as_bool(), Some(false));
    assert_eq!(map(&flow["env"]), [("NOROSHI_SOURCE", "${{ vars.NOROSHI_SOURCE }}")]);

    let jobs = flow["jobs"].as_hash().expect("jobs");
    let rights: Vec<_> = jobs.iter().map(|(name, job)| (text(name), map(&job["permissions"]))).collect();
    assert_eq!(map(&flow["permissions"]), []);
    assert_eq!(
        rights,
        [
            ("due", vec![("pages", "read")]),
            ("build", vec![("contents", "read"), ("pages", "read")]),
            ("deploy", vec![("pages", "write"), ("id-token", "write")]),
            ("confirm", vec![("pages", "read")]),
            // A ledger in git is pushed.
            ("announce", vec![("contents", "write"), ("pages", "read")]),
            ("wait", vec![("actions", "write")]),
            ("awake", vec![("actions", "write")]),
        ]
    );

    let job = |name: &str| &flow["jobs"][name];
    let condition = |name: &str| text(&job(name)["if"]).to_owned();
    assert_eq!(
        condition("due"),
        format!("github.event_name == 'schedule' && github.event.schedule != '{daily}'")
    );
    assert_eq!(condition("awake"), format!("github.event.schedule == '{daily}'"));
    assert_eq!(text(&job("build")["needs"]), "due");
    // On one line: GitHub's tools may read text around an expression in a block as a string, which is always true.
    let (gate, pushed) = ("needs.due.outputs.build == 'true'", "github.event_name != 'schedule'");
    let branch = "github.ref_name == github.event.repository.default_branch";
    assert_eq!(condition("build"), format!("({gate} || {pushed} && {branch}) && !cancelled()"));
    assert_eq!(text(&job("due")["outputs"]["build"]), "${{ steps.due.outputs.build }}");
    assert_eq!(text(&job("deploy")["needs"]), "build");
    assert_eq!(condition("deploy"), "needs.build.result == 'success' && !cancelled()");
    assert_eq!(condition("confirm"), "needs.deploy.result == 'success' && !cancelled()");
    let wanted = "vars.NOROSHI_ANNOUNCE == 'on' && needs.deploy.result == 'success' && !cancelled()";
    assert_eq!(condition("announce"), wanted);
    let wait = condition("wait");
    let may = "(vars.NOROSHI_WAIT == 'on' || !github.event.repository.private && vars.NOROSHI_WAIT != 'off')";
    assert!(wait.ends_with(may) && wait.contains(branch) && wait.starts_with("!cancelled()"), "{wait}");

    let steps: Vec<&Yaml> = jobs.values().flat_map(|job| job["steps"].as_vec().expect("steps")).collect();
    let runs: Vec<&str> = steps.iter().filter_map(|step| step["run"].as_str()).collect();
    let enables = runs.iter().find(|run| run.starts_with("gh api --method PUT ")).expect("it stays awake");
    let name = Path::new(GITHUB).file_name().expect("a name").to_str().expect("UTF-8");
    assert!(enables.contains(&format!("/actions/workflows/{name}/enable")), "{enables}");
    let checkout = steps.iter().find(|step| step["uses"].as_str().is_some_and(|u| u.contains("/checkout@")));
    // The branch, not the commit of the event: the newest content wins.
    assert_eq!(text(&checkout.expect("a checkout")["with"]["ref"]), "${{ github.ref }}");

    // The branch with its history: the last good version of a broken file comes from there.
    assert_eq!(checkout.expect("a checkout")["with"]["fetch-depth"].as_i64(), Some(0));

    // The note for the gate: each run saves it under a new key, and the newest one is restored.
    let in_job = |name: &str| flow["jobs"][name]["steps"].as_vec().expect("steps");
    let cached = |name: &str| -> Vec<Vec<(&str, &str)>> {
        let of = |step: &&Yaml| step["uses"].as_str().is_some_and(|used| used.contains("/cache/"));
        in_job(name).iter().filter(of).map(|step| map(&step["with"])).collect()
    };
    let note = ("path", "~/.noroshi-work/note.json");
    let unique = ("key", "noroshi-note-${{ github.run_id }}-${{ github.run_attempt }}");
    assert!(cached("build").contains(&vec![note, unique]));
    assert!(cached("due").contains(&vec![note, unique, ("restore-keys", "noroshi-note-")]));
    // Another source has another key.
    let program = ("key", "noroshi-${{ runner.os }}-${{ runner.arch }}-${{ vars.NOROSHI_SOURCE }}");
    for job in ["due", "build", "confirm"] {
        assert!(cached(job)[0].contains(&program), "{job}");
    }
    // The job with the right to publish runs nothing that was installed.
    assert!(in_job("deploy").iter().all(|step| step["run"].is_badvalue()));
}

#[test]
fn the_waiting_workflow_is_replaced_by_the_next_publication_and_starts_nothing_itself() {
    let site = begun("github");
    let flow = yaml(&site, WAIT);
    assert_eq!(text(&flow["concurrency"]["group"]), "status-wait");
    assert_eq!(flow["concurrency"]["cancel-in-progress"].as_bool(), Some(true));
    assert_eq!(map(&flow["permissions"]), []);
    assert_eq!(map(&flow["jobs"]["wait"]["permissions"]), [("contents", "read"), ("pages", "read")]);
    assert_eq!(map(&flow["jobs"]["start"]["permissions"]), [("actions", "write")]);
    assert!(flow["jobs"]["wait"]["timeout-minutes"].as_i64().is_some_and(|minutes| minutes < 360));
    // Each names the other's file as it is written.
    let names = |path: &str| Path::new(path).file_name().expect("a name").to_string_lossy().into_owned();
    assert!(site.read(WAIT).contains(&format!("next={}", names(GITHUB))));
    assert!(site.read(GITHUB).contains(&format!("gh workflow run {}", names(WAIT))));
}

#[test]
fn the_workflow_for_gitlab_has_its_rules_its_gate_and_its_order() {
    let site = begun("gitlab");
    let flow = yaml(&site, GITLAB);
    assert_eq!(map(&flow["variables"]), [("NOROSHI_SOURCE", "")]);
    assert_eq!(text(&flow["workflow"]["auto_cancel"]["on_new_commit"]), "interruptible");
    let rule = |job: &str| text(&flow[job]["rules"][0]["if"]).to_owned();
    let on_branch = "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH";
    assert_eq!(rule("due"), format!("$CI_PIPELINE_SOURCE == \"schedule\" && {on_branch}"));
    for job in ["pages", "confirm"] {
        assert_eq!(rule(job), format!("$CI_PIPELINE_SOURCE != \"schedule\" && {on_branch}"));
    }
    assert!(rule("wait").starts_with("$NOROSHI_WAIT == \"on\" && "));
    assert_eq!(flow["wait"]["interruptible"].as_bool(), Some(true));
    assert_eq!(text(&flow["due"]["variables"]["GIT_STRATEGY"]), "none");
    assert!(flow["due"]["artifacts"].is_badvalue());
    assert_eq!(text(&flow["pages"]["resource_group"]), "pages");
    assert_eq!(text(&flow["pages"]["variables"]["GIT_DEPTH"]), "0");
    // The note is in the cache and in no artifact.
    assert_eq!(list(&flow["pages"]["artifacts"]["paths"]), ["public", "news"]);
    let script = list(&flow["pages"]["script"]).join("\n");
    assert!(!script.contains("note.json"), "{script}");
    let places = ["git fetch ", "git checkout ", "install-noroshi", " ci publish "]
        .map(|part| script.find(part).unwrap_or_else(|| panic!("`{part}` is not in\n{script}")));
    assert!(places.is_sorted(), "{script}");
}

// The programs that the workflows run.

/// Files with instructions to run programs: the workflows, the documents, the help of commands.
fn instructions() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let below = [
        "README.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "Cargo.toml",
        "action.yml",
        ".ci",
        ".github",
        "docs",
        "src",
        "tests/browser",
    ];
    let walk = below.iter().flat_map(|place| walkdir::WalkDir::new(root.join(place)));
    let files = walk.filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    let files =
        files.filter(|entry| !entry.path().components().any(|part| part.as_os_str() == "node_modules"));
    let text = |entry: walkdir::DirEntry| {
        let name = entry.path().strip_prefix(root).expect("a file of the repository").display().to_string();
        Some((name, fs::read_to_string(entry.path()).ok()?))
    };
    files.filter_map(text).collect()
}

#[test]
fn nothing_that_the_workflows_run_can_become_something_else() {
    let mut pinned = 0;
    for (name, text) in instructions() {
        for (number, line) in text.lines().enumerate() {
            let line = line.trim().trim_start_matches("- ");
            let at = format!("{name}:{}: {line}", number + 1);
            if (name.ends_with(".yml") || name.ends_with(".yaml"))
                && let Some(used) = line.strip_prefix("uses: ")
            {
                let (action, version) = used.split_once('@').expect("a version");
                let (commit, version) =
                    version.split_once(" # v").unwrap_or_else(|| panic!("no version: {at}"));
                assert!(action.starts_with("actions/") && !version.is_empty(), "{at}");
                assert!(commit.len() == 40 && commit.bytes().all(|b| b.is_ascii_hexdigit()), "{at}");
                pinned += 1;
            }
            if name.ends_with(".yml")
                && let Some(image) = line.strip_prefix("image: ")
            {
                let digest = image.split_once("@sha256:").unwrap_or_else(|| panic!("no digest: {at}")).1;
                assert!(digest.len() == 64 && digest.bytes().all(|b| b.is_ascii_hexdigit()), "{at}");
                pinned += 1;
            }
            // If a name is not registered, anyone can register it and run code wherever it is installed.
            if let Some((_, rest)) = line.split_once("cargo install ") {
                let is_named =
                    ["--git", "--path", "cargo-deny --version", "cargo-fuzz --version", "mdbook --version"];
                assert!(is_named.iter().any(|how| rest.starts_with(how)), "{at}");
            }
            for (_, tool) in line.match_indices("npx ").map(|(from, npx)| line.split_at(from + npx.len())) {
                let tool = tool.trim_start_matches("--yes ").trim_start_matches("--package ");
                let tool = tool.split([' ', '`', '"']).next().unwrap_or_default();
                let version = tool
                    .trim_start_matches('@')
                    .split_once('@')
                    .unwrap_or_else(|| panic!("no version: {at}"))
                    .1;
                assert!(version.starts_with(|c: char| c.is_ascii_digit()), "{at}");
            }
        }
    }
    assert!(pinned >= 10, "{pinned}");
}

// Running the workflows.

/// The commit that is checked out.
const COMMIT: &str = "4a5e1e4baab89f3a32518a88c31bc87f618f7667";
/// [`NOON`] and the first change of the fixture after it.
const CLOCK: i64 = 1_795_143_600;
const PROMISE: i64 = CLOCK + 40 * 60;

/// A repository with a workflow, and a machine that runs its steps: the real program, `git` and `cargo` as test
/// programs, and a host that serves the published manifest, the download and a hub.
struct Flow {
    site: Site,
    temp: TempDir,
    host: Host,
    yaml: Yaml,
    kind: &'static str,
    source: String,
    commit: String,
    clock: i64,
}

struct Ran {
    succeeded: bool,
    said: String,
}

const GIT: &str = "#!/bin/sh\nfor word; do\n  if [ \"$word\" = HEAD^{commit} ]; then echo \"$COMMIT\"; fi\n  \
    if [ \"$word\" = --show-prefix ]; then printf 'true\\nfalse\\n\\n'; fi\ndone\n";
const CURL: &str = "#!/bin/sh
printf 'curl %s\\n' \"$*\" >> \"$ASKED\"
out=
while [ $# -gt 0 ]; do
  if [ \"$1\" = --output ]; then out=$2; fi
  last=$1
  shift
done
case $last in
  https://files.example.com/*) cp \"$BESIDE/download\" \"$out\" ;;
  *) exit \"${STATUS:-0}\" ;;
esac
";
const CARGO: &str = "#!/bin/sh
printf 'cargo %s\\n' \"$*\" >> \"$ASKED\"
while [ $# -gt 0 ]; do
  if [ \"$1\" = --root ]; then mkdir -p \"$2/bin\" && cp \"$BESIDE/program\" \"$2/bin/noroshi\"; fi
  shift
done
";

impl Flow {
    fn new(kind: &'static str) -> Flow {
        let site = Site::fixture("small");
        site.run(["init", "--ci", kind]).exit(0);
        let yaml = yaml(&site, if kind == "github" { GITHUB } else { GITLAB });
        // A folder in memory may not allow execution.
        let temp = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a temporary folder");
        let program = program();
        let source = format!("tools/noroshi#sha256={}", digest(program.as_bytes()));
        site.write("tools/noroshi", &program);
        let host = Host::start(temp.path());
        let flow = Flow { site, temp, host, yaml, kind, source, commit: COMMIT.into(), clock: CLOCK };
        for (name, text) in [("curl", CURL), ("git", GIT), ("cargo", CARGO), ("program", &program)] {
            write_program(&flow.path(name), text);
        }
        flow
    }

    fn github(&self) -> bool {
        self.kind == "github"
    }

    fn path(&self, name: &str) -> PathBuf {
        self.temp.path().join(name)
    }

    /// A file in the folder that the caches of the host keep.
    fn kept(&self, name: &str) -> PathBuf {
        if self.github() { self.path(name) } else { self.site.path(name) }
    }

    fn program(&self) -> PathBuf {
        self.kept(".noroshi-program/bin/noroshi")
    }

    fn note(&self) -> PathBuf {
        self.kept(".noroshi-work/note.json")
    }

    fn run(&self, script: &str, more: &[(&str, &str)]) -> Ran {
        self.run_in(&["sh", "-e"], script, more)
    }

    fn run_in(&self, shell: &[&str], script: &str, more: &[(&str, &str)]) -> Ran {
        let path = std::env::var("PATH").unwrap_or_default();
        let mut command = Command::new(shell[0]);
        in_english(&mut command);
        command.args(&shell[1..]).args(["-c", script]).current_dir(self.site.root());
        for name in ["GITHUB_ACTIONS", "GITHUB_SHA", "CI_COMMIT_SHA"] {
            command.env_remove(name);
        }
        if self.github() {
            command.envs([("GITHUB_ACTIONS", "true"), ("GITHUB_SHA", &self.commit)]);
            command.envs([
                ("GITHUB_OUTPUT", self.path("output")),
                ("GITHUB_STEP_SUMMARY", self.path("summary")),
            ]);
        } else {
            command.env("CI_COMMIT_SHA", &self.commit);
        }
        let ran = command
            .env("PATH", format!("{}:{path}", self.temp.path().display()))
            .envs([
                ("BESIDE", self.temp.path()),
                ("HOME", self.temp.path()),
                ("RUNNER_TEMP", self.temp.path()),
            ])
            .env("ASKED", self.path("asked"))
            .envs([("NOROSHI_SOURCE", self.source.as_str()), ("COMMIT", &self.commit)])
            .envs([("CLOCK", self.clock.to_string().as_str()), ("NOW", NOON)])
            .envs([("SITE", &self.host.site()), ("CI_PAGES_URL", &self.host.site())])
            .envs([("CI_JOB_TOKEN", "secret"), ("CI_DEFAULT_BRANCH", "main"), ("CI_REPOSITORY_URL", "x")])
            .envs([("CI_API_V4_URL", "https://gitlab.example/api/v4"), ("CI_PROJECT_ID", "7")])
            .envs(more.iter().copied())
            .output()
            .expect("a shell");
        let said = String::from_utf8_lossy(&ran.stdout).into_owned() + &String::from_utf8_lossy(&ran.stderr);
        Ran { succeeded: ran.status.success(), said }
    }

    /// The scripts of a job, in order.
    fn scripts(&self, job: &str) -> Vec<String> {
        if !self.github() {
            return vec![list(&self.yaml[job]["script"]).join("\n")];
        }
        let steps = self.yaml["jobs"][job]["steps"].as_vec().expect("steps");
        let runs = steps.iter().filter(|step| !step["run"].is_badvalue());
        runs.inspect(|step| assert_eq!(text(&step["shell"]), "sh"))
            .map(|step| text(&step["run"]).to_owned())
            .collect()
    }

    /// Runs a job, up to its end or its first failure.
    fn job(&self, name: &str, more: &[(&str, &str)]) -> Ran {
        let mut said = String::new();
        for script in self.scripts(name) {
            let ran = self.run(&script, more);
            said += &ran.said;
            if !ran.succeeded {
                return Ran { succeeded: false, said };
            }
        }
        Ran { succeeded: true, said }
    }

    fn build(&self) -> Ran {
        self.job(if self.github() { "build" } else { "pages" }, &[])
    }

    #[track_caller]
    fn builds(&self) {
        let ran = self.build();
        assert!(ran.succeeded, "{}", ran.said);
        assert!(self.site.path("public/index.html").is_file());
    }

    /// Puts the site online, as the host does after a successful job.
    fn publish(&self) {
        self.upload();
        fs::remove_dir_all(self.site.path("public")).expect("a folder");
    }

    /// Puts the site online and keeps it on the runner, too.
    fn upload(&self) {
        self.site.copy_manifest(&self.path("online"));
    }

    /// The manifest that is online.
    fn published(&self) -> PathBuf {
        self.path("online/manifest.json")
    }

    /// Waits until the site is online.
    fn confirm(&self) -> Ran {
        let publication = if self.github() { self.output("publication") } else { String::new() };
        self.job("confirm", &[("NOROSHI_PUBLICATION", &publication)])
    }

    fn asked(&self, part: &str) -> Vec<String> {
        let asked = fs::read_to_string(self.path("asked")).unwrap_or_default();
        asked.lines().filter(|call| call.contains(part)).map(str::to_owned).collect()
    }

    /// The last value of an output of a GitHub step.
    fn output(&self, name: &str) -> String {
        let text = fs::read_to_string(self.path("output")).expect("outputs");
        let line = text.lines().rev().find_map(|line| line.strip_prefix(&format!("{name}=")));
        line.unwrap_or_else(|| panic!("no {name} in {text}")).trim().to_owned()
    }

    fn texts(&self, name: &str) -> PathBuf {
        self.kept(if self.github() { ".noroshi-work/texts" } else { "news/texts" }).join(name)
    }

    /// Runs the gate in every shell that hosts use.
    #[track_caller]
    fn decides(&self, builds: bool, what: &str) {
        let shells: [&[&str]; 3] = [&["sh", "-e"], &["bash", "-e"], &["bash", "-eo", "pipefail"]];
        for shell in shells.iter().filter(|shell| has_program(shell[0]) || shell[0] == "sh") {
            let _ = fs::remove_file(self.path("asked"));
            let ran = self.run_in(shell, &self.scripts("due").concat(), &[]);
            assert!(ran.succeeded, "{what}, {shell:?}: {}", ran.said);
            let triggers = self.asked("/trigger/pipeline").len();
            let decided = if self.github() { self.output("build") == "true" } else { triggers == 1 };
            assert_eq!(decided, builds, "{what}, {shell:?}: {}", ran.said);
            assert!(!ran.said.contains(&PROMISE.to_string()), "the time is told: {}", ran.said);
        }
    }

    /// Writes a note for the gate as a publishing job does.
    fn note_is(&self, note: &str) {
        fs::create_dir_all(self.note().parent().expect("a folder")).expect("a folder");
        fs::write(self.note(), format!("{note}\n")).expect("a note");
    }
}

/// The program that the workflows install. Their scripts take the time of the clock, and tests a fixed one.
fn program() -> String {
    format!(
        "#!/bin/sh\ncase \"$1 $2\" in\n  'ci due') set -- \"$@\" --as-of \"$CLOCK\" ;;\n  \
         'ci publish') set -- \"$@\" --as-of \"$NOW\" ;;\nesac\nexec '{}' \"$@\"\n",
        env!("CARGO_BIN_EXE_noroshi")
    )
}

fn write_program(path: &Path, text: &str) {
    fs::write(path, text).expect("a written file");
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("a program");
}

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A host on this machine: serves the manifest in the folder `online`, and is a hub. It stops with the test that
/// started it.
struct Host {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Host {
    fn start(folder: &Path) -> Host {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (log, folder) = (Arc::clone(&asked), folder.to_path_buf());
        std::thread::spawn(move || {
            for mut stream in listener.incoming().map_while(Result::ok) {
                let (head, body) = request(&mut stream);
                let first = head.lines().next().unwrap_or_default().to_owned();
                log.lock().expect("a log").push(format!("{first}\n{}\n{body}", head.to_lowercase()));
                let (status, answer) = match first.split(' ').nth(1).unwrap_or_default() {
                    "/hub" => ("204 No Content", Some(Vec::new())),
                    path if path.starts_with("/path/manifest.json?") => {
                        ("200 OK", fs::read(folder.join("online/manifest.json")).ok())
                    }
                    path if path.starts_with("/path/manifest/") => {
                        let path = path.trim_start_matches("/path/");
                        ("200 OK", fs::read(folder.join("online").join(path)).ok())
                    }
                    _ => ("404 Not Found", None),
                };
                let status = if answer.is_some() { status } else { "404 Not Found" };
                let answer = answer.unwrap_or_default();
                let head = format!(
                    "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                    answer.len()
                );
                let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&answer));
            }
        });
        Host { address, asked }
    }

    /// The address of the site, as hosts write it: with or without a slash at the end.
    fn site(&self) -> String {
        format!("http://{}/path", self.address)
    }

    fn hub(&self) -> String {
        format!("http://{}/hub", self.address)
    }

    /// The requests that contain a text: the first line, the head in lower case, and the body.
    fn asked(&self, part: &str) -> Vec<String> {
        self.asked.lock().expect("a log").iter().filter(|asked| asked.contains(part)).cloned().collect()
    }
}

/// The head and the body of a request.
fn request(stream: &mut TcpStream) -> (String, String) {
    let mut reader = BufReader::new(stream);
    let (mut head, mut line) = (String::new(), String::new());
    while reader.read_line(&mut line).is_ok_and(|read| read > 2) {
        head.push_str(&line);
        line.clear();
    }
    let length =
        head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    let _ = reader.read_exact(&mut body);
    (head, String::from_utf8_lossy(&body).into_owned())
}

// The gate.

#[test]
fn a_scheduled_run_ends_where_nothing_is_to_change_yet_and_builds_where_in_doubt() {
    for host in GATED {
        let mut flow = Flow::new(host);
        flow.decides(true, "no program and no note");
        flow.builds();
        let note = fs::read_to_string(flow.note()).expect("a note");
        assert!(note.contains(&PROMISE.to_string()), "{note}");
        flow.decides(true, "built and not yet online");
        flow.publish();
        flow.decides(false, "before the time");
        let asked = flow.host.asked("GET /path/manifest.json?").pop().expect("a question");
        assert!(asked.contains("cache-control: no-cache"), "{asked}");
        flow.clock = PROMISE - 1;
        flow.decides(false, "a second before the time");
        flow.clock = PROMISE;
        flow.decides(true, "at the time");
        flow.clock = CLOCK;

        for half in ["", "{", &note[..note.len() / 2], "noroshi-next-1 x y z 1", "$(exit 9)"] {
            flow.note_is(half);
            flow.decides(true, half);
        }
        flow.note_is(&note);
        let published = fs::read_to_string(flow.published()).expect("a manifest");
        fs::write(flow.published(), published.replace("noroshi 0", "noroshi 9")).expect("a manifest");
        flow.decides(true, "somebody else has published");
        fs::write(flow.published(), &published[..20]).expect("a manifest");
        flow.decides(true, "half of a manifest");
        fs::remove_file(flow.published()).expect("a manifest");
        flow.decides(true, "the site is lost");
        fs::write(flow.published(), published).expect("a manifest");
        flow.commit = COMMIT.replace("4a5e", "0000");
        flow.decides(true, "a newer commit that was not published");
        flow.commit = COMMIT.into();
        flow.decides(false, "all as before");
        flow.source = flow.source.replace("tools/", "tool/");
        flow.decides(true, "another program");
    }
}

#[test]
fn a_scheduled_run_builds_if_the_last_one_could_not_find_the_next_change() {
    for host in GATED {
        let flow = Flow::new(host);
        let job = if flow.github() { "build" } else { "pages" };
        let ran = flow.job(job, &[("NOROSHI_PANIC", "next:")]);
        assert!(ran.succeeded, "{}", ran.said);
        flow.publish();
        flow.decides(true, "the next change is unknown");
        flow.builds();
        flow.publish();
        flow.decides(false, "the next change is known");
    }
}

#[test]
fn a_pipeline_that_gitlab_does_not_start_is_a_failure() {
    let flow = Flow::new("gitlab");
    let ran = flow.job("due", &[("STATUS", "22")]);
    assert!(!ran.succeeded, "{}", ran.said);
    let call = flow.asked("/trigger/pipeline").pop().expect("a call");
    assert!(call.ends_with("https://gitlab.example/api/v4/projects/7/trigger/pipeline"), "{call}");
    assert!(call.contains("--request POST") && call.contains("ref=main"), "{call}");
    assert!(!ran.said.contains("secret"), "{}", ran.said);
}

#[test]
fn an_entry_under_embargo_is_published_in_time_and_its_time_stands_nowhere_on_the_site() {
    for host in GATED {
        let mut flow = Flow::new(host);
        flow.builds();
        flow.publish();
        flow.decides(false, "just published");
        let open = fs::read(flow.published()).expect("a manifest");
        let hidden = "---\ntitle: Merger\npublish_at: 2026-11-20 12:20\n---\nWords.\n";
        flow.site.write("content/notices/merger.md", hidden);
        flow.commit = COMMIT.replace("4a5e", "1111");
        flow.decides(true, "pushed and not yet built");
        flow.builds();
        flow.publish();
        let published = fs::read(flow.published()).expect("a manifest");
        assert_eq!(published, open, "{host}: the site tells of it");
        let note = fs::read_to_string(flow.note()).expect("a note");
        assert!(note.contains(&format!("\"next\":{{\"at\":{}}}", CLOCK + 20 * 60)), "{note}");
        flow.decides(false, "before its time");
        flow.clock = CLOCK + 20 * 60;
        flow.decides(true, "at its time, which is before any that readers know of");
    }
}

// The waiting job.

#[test]
fn the_waiting_job_starts_the_next_run_when_a_change_was_missed_and_ends_where_none_is_near() {
    let mut flow = Flow::new("gitlab");
    flow.builds();
    flow.publish();
    // The promise was due long before the real time of this test, and is after the last publication.
    let ran = flow.job("wait", &[]);
    assert!(ran.succeeded && ran.said.contains("now\n"), "{}", ran.said);
    assert_eq!(flow.asked("/trigger/pipeline").len(), 1);
    // A note about another commit does not count, and the content has no change within a day from now.
    flow.commit = COMMIT.replace("4a5e", "0000");
    let _ = fs::remove_file(flow.path("asked"));
    let ran = flow.job("wait", &[]);
    assert!(ran.succeeded && ran.said.contains("none\n"), "{}", ran.said);
    assert!(flow.asked("/trigger/pipeline").is_empty());

    let flow = Flow::new("github");
    flow.builds();
    flow.publish();
    let waiting = yaml(&flow.site, WAIT);
    let script = |job: &str| -> String {
        let steps = waiting["jobs"][job]["steps"].as_vec().expect("steps");
        steps.iter().filter_map(|step| step["run"].as_str()).collect()
    };
    let ran = flow.run(&script("wait"), &[]);
    assert!(ran.succeeded && flow.output("ended") == "now", "{}", ran.said);
    let gh = "#!/bin/sh\nprintf 'gh %s\\n' \"$*\" >> \"$ASKED\"\n";
    write_program(&flow.path("gh"), gh);
    for (ended, starts) in [("now", "status.yml"), ("later", "status-wait.yml")] {
        let more = [("ENDED", ended), ("GITHUB_REPOSITORY", "team/status"), ("GITHUB_REF_NAME", "main")];
        let ran = flow.run(&script("start"), &more);
        assert!(ran.succeeded, "{}", ran.said);
        let call = format!("gh workflow run {starts} --repo team/status --ref main");
        assert_eq!(flow.asked("gh workflow").pop(), Some(call));
    }
}

// A broken file.

#[test]
fn one_broken_file_stops_no_publication_and_the_run_fails_afterwards() {
    for host in GATED {
        let flow = Flow::new(host);
        // The history of this site is not asked: the test program for git knows no earlier version.
        flow.site.write("content/notices/broken.md", "---\ntitle: Broken\ncolour: red\n---\nWords.\n");
        let ran = flow.build();
        assert!(ran.succeeded, "{}", ran.said);
        assert!(ran.said.contains("entry/unknown-key"), "{}", ran.said);
        assert_eq!(
            ran.said.contains("::error file=content/notices/broken.md"),
            flow.github(),
            "{}",
            ran.said
        );
        assert!(!flow.site.path("public/notices/broken").exists());
        flow.upload();
        let ran = flow.confirm();
        assert!(!ran.succeeded && ran.said.contains("online after"), "{}", ran.said);
        assert!(ran.said.contains("a file has errors"), "{}", ran.said);
        flow.decides(false, "the site is published, and the error was told");
    }
    // Nothing can be published if site.yaml itself is broken.
    let flow = Flow::new("github");
    flow.site.write("content/site.yaml", "title: [\n");
    assert!(!flow.build().succeeded);
    assert!(!flow.site.path("public").exists());
}

#[test]
fn a_pull_request_with_a_broken_file_fails_and_one_without_lists_the_changed_pages() {
    let flow = Flow::new("github");
    flow.builds();
    flow.upload();
    let (install, check) = action();
    let install = flow.run(&install, &[("ACTION", env!("CARGO_MANIFEST_DIR"))]);
    assert!(install.succeeded, "{}", install.said);
    let run = |event: &str| flow.run(&check, &[("MODE", ""), ("ROOT", "."), ("GITHUB_EVENT_NAME", event)]);
    let _ = fs::remove_file(flow.path("summary"));
    flow.site
        .write("content/notices/new.md", "---\ntitle: News\npublish_at: 2026-11-20 11:00\n---\nWords.\n");
    let ran = run("pull_request");
    assert!(ran.succeeded, "{}", ran.said);
    assert_eq!(flow.output("mode"), "check");
    let summary = fs::read_to_string(flow.path("summary")).expect("a summary");
    let line = format!("- new: [/notices/new/]({}/notices/new/)\n", flow.host.site());
    assert!(summary.contains(&line), "{summary}");
    flow.site.write("content/notices/new.md", "---\ntitle: News\ncolour: red\n---\nWords.\n");
    let ran = run("pull_request");
    assert!(!ran.succeeded && ran.said.contains("::error file=content/notices/new.md"), "{}", ran.said);
    let ran = run("push");
    assert!(ran.succeeded && flow.output("mode") == "publish", "{}", ran.said);
}

/// A host of pull requests: `curl` without a network, which notes its arguments and what it reads.
const PULLS: &str = "#!/bin/sh
printf 'curl %s\\n' \"$*\" >> \"$ASKED\"
cat > \"$BESIDE/piped\"
while [ $# -gt 0 ]; do
  if [ \"$1\" = --output ]; then out=$2; fi
  last=$1
  shift
done
case $last in
  */pulls/7) cp \"$BESIDE/pull\" \"$out\" ;;
  */pulls/7/reviews*page=1) cp \"$BESIDE/reviews\" \"$out\" ;;
  */pulls/7/reviews*) printf '[]\\n' > \"$out\" ;;
  *) echo 'curl: (22) The requested URL returned error: 403' >&2; exit 22 ;;
esac
";

#[test]
fn the_action_counts_the_reviews_of_its_pull_request_and_tells_nobody_its_token() {
    let flow = Flow::new("github");
    let (install, run) = action();
    let installed = flow.run(&install, &[("ACTION", env!("CARGO_MANIFEST_DIR"))]);
    assert!(installed.succeeded, "{}", installed.said);
    fs::remove_file(flow.path("git")).expect("the real git");
    write_program(&flow.path("curl"), PULLS);
    flow.site.append(
        "content/site.yaml",
        "policy:\n  levels: {policy/stale-translation: off}\n  approvers: {comms: [\"@hanako\"]}\n  approve: [{who: comms, kinds: emergency}]\n",
    );
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.current_dir(flow.site.root()).args(arguments).envs([
            ("GIT_CONFIG_GLOBAL", "/dev/null"),
            ("GIT_CONFIG_NOSYSTEM", "1"),
            ("GIT_AUTHOR_NAME", "Taro"),
            ("GIT_AUTHOR_EMAIL", "taro@hoshi.example"),
            ("GIT_COMMITTER_NAME", "Taro"),
            ("GIT_COMMITTER_EMAIL", "taro@hoshi.example"),
        ]);
        let output = command.output().expect("git");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    };
    let commit = |message: &str| {
        git(&["add", "content"]);
        git(&["commit", "-q", "-m", message]);
        git(&["rev-parse", "HEAD"])
    };
    git(&["init", "-q"]);
    let base = commit("begin");
    flow.site.write(
        "content/maintenance/new.md",
        "---\ntitle: News\nkind: emergency\naffects: [web]\nwindow: {start: 2036-12-01 02:00, end: 2036-12-01 05:00}\npublish_at: 2026-11-20 11:00\n---\nWords.\n");
    let newest = commit("news");
    let pull = format!(
        "{{\"base\": {{\"sha\": \"{base}\"}}, \"head\": {{\"sha\": \"{newest}\"}}, \"user\": {{\"login\": \"taro\"}}}}"
    );
    fs::write(flow.path("pull"), pull).expect("a file");
    let says = |login: &str| {
        let review = format!(
            "[{{\"user\": {{\"login\": \"{login}\"}}, \"state\": \"APPROVED\", \"commit_id\": \"{newest}\"}}]"
        );
        fs::write(flow.path("reviews"), review).expect("a file");
    };
    let checks = |pull: &str, event: &str, reference: &str| {
        let _ = fs::remove_file(flow.path("summary"));
        let more =
            [("MODE", ""), ("ROOT", "."), ("GITHUB_EVENT_NAME", event), ("PULL", pull), ("TOKEN", "t0ken")];
        let host = [
            ("GITHUB_API_URL", "https://api.example"),
            ("GITHUB_REPOSITORY", "team/site"),
            ("GITHUB_REF", reference),
        ];
        let ran = flow.run(&run, &[&more[..], &host[..]].concat());
        let summary = fs::read_to_string(flow.path("summary")).unwrap_or_default();
        assert!(!ran.said.contains("t0ken") && !summary.contains("t0ken"), "{}", ran.said);
        (ran, summary)
    };

    says("stranger");
    let (ran, summary) = checks("7", "pull_request", "refs/pull/7/merge");
    assert!(!ran.succeeded && ran.said.contains("::error file=content/maintenance/new.md"), "{}", ran.said);
    assert!(ran.said.contains("has 0 of 1 approval by `comms`"), "{}", ran.said);
    assert!(
        summary.contains(
            "- content/maintenance/new.md: the text above the updates has 0 of 1 approval by comms"
        ),
        "{summary}"
    );
    assert!(!summary.contains("stranger"), "{summary}");

    says("hanako");
    for (pull, event, reference) in [
        ("7", "pull_request_review", "refs/pull/7/merge"),
        ("", "merge_group", "refs/heads/gh-readonly-queue/main/pr-7-0123abc"),
    ] {
        let (ran, summary) = checks(pull, event, reference);
        assert!(ran.succeeded && !ran.said.contains("::warning::"), "{event}: {}", ran.said);
        assert!(summary.contains("Nothing waits for an approval."), "{summary}");
        assert!(summary.contains("\n    Approved-by: @hanako\n"), "{summary}");
    }
    // A host that refuses, and a run of no pull request, count no review and say so.
    for (pull, warning) in [("8", "pull-requests: read"), ("7; touch pwned", "no pull request")] {
        let (ran, _) = checks(pull, "pull_request", "refs/pull/8/merge");
        assert!(
            !ran.succeeded && ran.said.contains("::warning::") && ran.said.contains(warning),
            "{}",
            ran.said
        );
    }
    assert!(!flow.site.path("pwned").exists());
    // The token went through the pipe, and into no file beside the host's own.
    assert_eq!(
        fs::read_to_string(flow.path("piped")).expect("what curl read"),
        "header = \"Authorization: Bearer t0ken\"\n"
    );
    assert!(flow.asked("curl").iter().all(|call| !call.contains("t0ken")), "{:?}", flow.asked("curl"));
    assert!(
        flow.asked("curl").iter().any(|call| call.contains("https://api.example/repos/team/site/pulls/7"))
    );
    // A site that asks for no approval asks no host.
    let asked = flow.asked("curl").len();
    flow.site.edit("content/site.yaml", "approve: [{who: comms, kinds: emergency}]", "reviewers: {}");
    let (ran, summary) = checks("7", "pull_request", "refs/pull/7/merge");
    assert!(ran.succeeded && !summary.contains("Approvals"), "{}", ran.said);
    assert_eq!(flow.asked("curl").len(), asked);
}

/// The scripts of the action: how it installs the program, and how it runs it.
fn action() -> (String, String) {
    let action =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("action.yml")).expect("the action");
    let action = YamlLoader::load_from_str(&action).expect("YAML").remove(0);
    let steps = action["runs"]["steps"].as_vec().expect("steps");
    let step = |id: &str| {
        text(&steps.iter().find(|step| step["id"].as_str() == Some(id)).expect("a step")["run"]).to_owned()
    };
    (step("install"), step("run"))
}

// The source of the program.

#[test]
fn a_run_without_a_source_that_cannot_change_fails_with_what_to_type() {
    let (commit, sum) = ("0123456789abcdef0123456789abcdef01234567", "ab".repeat(32));
    let wrong = [
        (String::new(), "is not set"),
        ("noroshi".into(), "neither a commit nor a SHA-256"),
        ("https://git.example.com/team/noroshi".into(), "neither a commit nor a SHA-256"),
        ("https://git.example.com/team/noroshi#main".into(), "a commit id of 40 digits"),
        ("https://git.example.com/team/noroshi#v0.1.0".into(), "a commit id of 40 digits"),
        (format!("https://git.example.com/team/noroshi#{}", &commit[..12]), "a commit id of 40 digits"),
        (format!("https://git.example.com/team/noroshi#{commit}0"), "a commit id of 40 digits"),
        (
            format!("https://git.example.com/team/noroshi#{}", commit.to_uppercase()),
            "a commit id of 40 digits",
        ),
        (format!("http://git.example.com/team/noroshi#{commit}"), "neither a commit nor a SHA-256"),
        (format!("git@example.com:team/noroshi#{commit}"), "neither a commit nor a SHA-256"),
        ("https://files.example.com/noroshi.tar.gz".into(), "neither a commit nor a SHA-256"),
        ("https://files.example.com/noroshi#sha256=abc".into(), "a SHA-256 of 64 digits"),
        ("https://files.example.com/noroshi#sha256=".into(), "a SHA-256 of 64 digits"),
        (format!("http://files.example.com/noroshi#sha256={sum}"), "neither an https address nor a file"),
        (format!("/usr/bin/noroshi#sha256={sum}"), "neither an https address nor a file"),
        (format!("../noroshi#sha256={sum}"), "neither an https address nor a file"),
        (format!("--help#sha256={sum}"), "neither an https address nor a file"),
        (format!("#sha256={sum}"), "neither an https address nor a file"),
        (format!("tools/noroshi#sha256={sum}\n::error::forged"), "contains a blank"),
        (format!("tools/no roshi#sha256={sum}"), "contains a blank"),
    ];
    for host in GATED {
        let mut flow = Flow::new(host);
        for (source, reason) in &wrong {
            flow.source.clone_from(source);
            let ran = flow.build();
            assert!(!ran.succeeded && ran.said.contains(reason), "{host}, `{source}`: {}", ran.said);
            assert!(ran.said.contains("https://git.example.com/TEAM/noroshi#COMMIT"), "{}", ran.said);
            assert!(ran.said.contains("::error::NOROSHI_SOURCE ") == flow.github(), "{}", ran.said);
            assert!(!ran.said.contains("forged"), "{}", ran.said);
        }
        assert!(flow.asked("").is_empty(), "something was asked or installed: {:?}", flow.asked(""));
        assert!(!flow.site.path("public").exists());
    }
}

#[test]
fn the_program_comes_from_a_commit_or_from_a_file_with_its_checksum() {
    let commit = "0123456789abcdef0123456789abcdef01234567";
    for host in GATED {
        let mut flow = Flow::new(host);
        flow.source = format!("https://git.example.com/team/noroshi#{commit}");
        flow.builds();
        let asked = flow.asked("cargo ");
        assert_eq!(asked.len(), 1);
        let wanted = format!(
            "cargo install --git https://git.example.com/team/noroshi --rev {commit} --locked --root "
        );
        assert!(asked[0].starts_with(&wanted) && asked[0].ends_with(" noroshi"), "{}", asked[0]);
        // An installed program is not installed again.
        flow.builds();
        assert_eq!(flow.asked("cargo ").len(), 1);

        let program = fs::read(flow.path("program")).expect("a program");
        let unpacked = flow.path("noroshi-x86_64");
        fs::create_dir(&unpacked).expect("a folder");
        fs::copy(flow.path("program"), unpacked.join("noroshi")).expect("a program");
        let packed = Command::new("tar")
            .args(["-czf", "download", "noroshi-x86_64"])
            .current_dir(flow.temp.path())
            .status()
            .expect("tar");
        assert!(packed.success());
        let archive = fs::read(flow.path("download")).expect("an archive");
        for (name, bytes) in [("noroshi.tar.gz", &archive), ("noroshi", &program)] {
            fs::write(flow.path("download"), bytes).expect("a file");
            // Another source replaces the program in the cache.
            flow.source = format!("https://files.example.com/{name}#sha256={}", digest(bytes));
            flow.builds();
            assert_eq!(fs::read(flow.program()).expect("a program"), program, "{name}");
        }
        let asked = flow.asked("files.example.com");
        assert!(asked.len() == 2 && asked.iter().all(|call| call.contains("--proto =https")), "{asked:?}");
    }
}

#[test]
fn a_file_with_another_checksum_is_neither_unpacked_nor_run() {
    for host in GATED {
        for (place, name) in [("https://files.example.com/noroshi", "download"), ("tools/noroshi", "")] {
            let mut flow = Flow::new(host);
            let forged = "#!/bin/sh\n: > \"$BESIDE/ran\"\n";
            if name.is_empty() {
                flow.site.write("tools/noroshi", forged);
            } else {
                fs::write(flow.path(name), forged).expect("a file");
            }
            let sum = flow.source.split_once('#').expect("a checksum").1.to_owned();
            flow.source = format!("{place}#{sum}");
            let ran = flow.build();
            assert!(!ran.succeeded && ran.said.contains("another SHA-256"), "{host}, {place}: {}", ran.said);
            assert!(!flow.path("ran").exists() && !flow.program().exists(), "{host}, {place}");
        }
    }
}

// Notifications.

#[test]
fn the_workflows_tell_the_hub_what_is_new_and_keep_the_public_texts() {
    for host in GATED {
        let flow = Flow::new(host);
        let config = flow.site.read("content/site.yaml");
        let hub = flow.host.hub();
        flow.site.write("content/site.yaml", &format!("{config}\nfeeds: {{hub: \"{hub}\"}}\n"));
        let online = |flow: &Flow| {
            flow.upload();
            let ran = flow.confirm();
            assert!(ran.succeeded && ran.said.contains("online after 0 s"), "{}", ran.said);
        };
        // Before the first publication it is unknown which events are new, so the job announces none.
        flow.builds();
        online(&flow);
        assert!(flow.host.asked("POST /hub").is_empty());

        // A path that a shell or a glob pattern could misread.
        let entry = "---\ntitle: A queue\nseverity: minor\naffects: [web]\nstarted: 2026-11-20 11:50\n\
                     internal: {reporter: KENJI of the night shift}\n---\nOrders wait.\n";
        flow.site.write("content/incidents/- $(touch pwned) \"it's\" \\n/queue.md", entry);
        fs::remove_dir_all(flow.site.path("public")).expect("a folder");
        flow.builds();
        online(&flow);
        let told = flow.host.asked("POST /hub");
        let feed = flow.host.site().replace(':', "%3A").replace('/', "%2F") + "%2Ffeed.xml";
        assert!(told.iter().all(|told| told.contains("hub.mode=publish")), "{told:?}");
        assert!(told.iter().any(|told| told.contains(&feed)), "{told:?}");
        let mail = fs::read_to_string(flow.texts("incidents/queue/mail.eml")).expect("a mail");
        assert!(mail.contains(&flow.host.site()), "{mail}");
        assert!(flow.texts("incidents/queue/press.txt").is_file());
        assert!(!flow.texts("incidents/queue/internal.txt").exists());
        assert!(!flow.site.path("pwned").exists() && !flow.path("pwned").exists());

        // The published file is not a manifest, and the site is published anyway.
        fs::write(flow.published(), "<!doctype html>").expect("a written file");
        fs::remove_dir_all(flow.site.path("public")).expect("a folder");
        let before = flow.host.asked("POST /hub").len();
        flow.builds();
        online(&flow);
        assert_eq!(flow.host.asked("POST /hub").len(), before);

        // Now a channel of `announce` tells the hub, and the publication does not.
        flow.site.append("content/site.yaml", "announce: {channels: {readers: {to: websub}}}\n");
        flow.site.write("content/incidents/second.md", &entry.replace("A queue", "Another queue"));
        flow.builds();
        online(&flow);
        assert_eq!(flow.host.asked("POST /hub").len(), before);
    }
}

#[test]
fn a_site_that_does_not_come_online_fails_the_run_and_nobody_is_notified() {
    let flow = Flow::new("github");
    flow.builds();
    let publication = flow.output("publication");
    let mut command = flow.site.command(["ci", "confirm", "--at-most", "1s", "--site", &flow.host.site()]);
    command.env("NOROSHI_PUBLICATION", &publication);
    flow.site.finish(command).exit(3).stderr_has("not online after 1 s");
    let mut command = flow.site.command(["ci", "confirm", "--site", &flow.host.site()]);
    command.env_remove("NOROSHI_PUBLICATION");
    flow.site.finish(command).exit(2).stderr_has("noroshi ci publish");
}

#[test]
fn the_work_folder_is_never_in_the_published_site() {
    let site = Site::fixture("small");
    let work = site.path("public/work");
    let work = work.to_str().expect("UTF-8");
    let ran = site.run(["ci", "publish", "--site", "http://127.0.0.1:9/", "--work", work]);
    ran.exit(2).stderr_has("in the published site");
    assert!(!site.path("public").exists());
}

#[test]
fn a_note_to_colleagues_is_never_among_the_texts_that_are_uploaded() {
    for host in GATED {
        let flow = Flow::new(host);
        flow.builds();
        flow.upload();
        let entry = "---\ntitle: A queue\nseverity: minor\naffects: [web]\nstarted: 2026-11-20 11:50\n\
                     internal: {reporter: KENJI of the night shift}\n---\nOrders wait.\n";
        flow.site.write("content/incidents/queue.md", entry);
        // A folder in the place of a text: writing it fails, and the site is published anyway.
        fs::create_dir_all(flow.kept(".noroshi-work/texts/incidents/queue/mail.eml")).expect("a folder");
        flow.builds();
        let kept = [flow.kept(".noroshi-work"), flow.site.path("news")];
        for file in kept.iter().flat_map(|folder| files_of(folder).into_iter()) {
            assert!(!String::from_utf8_lossy(&file.1).contains("KENJI"), "{host}: {}", file.0);
        }
    }
}
