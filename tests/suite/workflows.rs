//! Tests of the workflows of `noroshi init --ci`: their content, that a scheduled run ends if there
//! is nothing to do, and that they run only programs that the team has named.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest as _, Sha256};
use tempfile::TempDir;
use yaml_rust2::{Yaml, YamlLoader};

use crate::harness::{NOON, Site, assert_same, files_of, has_program};

const GITHUB: &str = ".github/workflows/status.yml";
const GITLAB: &str = ".gitlab-ci.yml";
const HOSTS: [(&str, &str); 2] = [("github", GITHUB), ("gitlab", GITLAB)];

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
    for (host, file) in HOSTS {
        let site = Site::bare();
        let init = site.run(["init", "--ci", host]);
        init.exit(0).stderr_has("next: noroshi serve").stderr_has("one-time setup");
        assert!(init.stdout.lines().any(|line| line.ends_with(file)), "{}", init.stdout);
        let other = if file == GITHUB { GITLAB } else { GITHUB };
        assert!(!site.path(other).exists());
        site.build_at(NOON).exit(0).quiet();
    }
    for arguments in [&["init"][..], &["init", "--ci", "none"]] {
        let site = Site::bare();
        let mut command = site.command([]);
        command.args(arguments);
        site.finish(command).exit(0);
        assert!(!site.path(GITHUB).exists() && !site.path(GITLAB).exists());
    }
    Site::bare().run(["init", "--ci", "elsewhere"]).exit(2);
}

#[test]
fn a_site_that_is_there_gets_the_workflow_and_nothing_else() {
    for (host, file) in HOSTS {
        let site = Site::fixture("small");
        let before = files_of(site.root());
        let init = site.run(["init", "--ci", host]);
        init.exit(0).stderr_has("one-time setup");
        assert_eq!(init.stdout.lines().count(), 1, "{}", init.stdout);
        let mut after = files_of(site.root());
        assert!(after.remove(file).is_some());
        assert_same(&after, &before);
    }
    // Without a host there is nothing to add.
    Site::fixture("small").run(["init", "--ci", "none"]).exit(3).stderr_has("nothing was written");
}

#[test]
fn a_workflow_is_never_written_over() {
    for (host, file) in HOSTS {
        for site in [Site::fixture("small"), Site::bare()] {
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
            ("tell", vec![]),
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

    let steps: Vec<&Yaml> = jobs.values().flat_map(|job| job["steps"].as_vec().expect("steps")).collect();
    let runs: Vec<&str> = steps.iter().filter_map(|step| step["run"].as_str()).collect();
    let enables = runs.iter().find(|run| run.starts_with("gh api --method PUT ")).expect("it stays awake");
    let name = Path::new(GITHUB).file_name().expect("a name").to_str().expect("UTF-8");
    assert!(enables.contains(&format!("/actions/workflows/{name}/enable")), "{enables}");
    let checkout = steps.iter().find(|step| step["uses"].as_str().is_some_and(|u| u.contains("/checkout@")));
    // The branch, not the commit of the event: the newest content wins.
    assert_eq!(text(&checkout.expect("a checkout")["with"]["ref"]), "${{ github.ref }}");

    // The note for the gate: the publishing job saves it after the publication, each time under a new key.
    let in_job = |name: &str| flow["jobs"][name]["steps"].as_vec().expect("steps");
    let uses = |step: &Yaml| {
        step["uses"].as_str().unwrap_or_default().split('@').next().unwrap_or_default().to_owned()
    };
    let deploy: Vec<String> = in_job("deploy").iter().map(uses).collect();
    assert_eq!(deploy, ["actions/deploy-pages", "", "actions/cache/save"]);
    let saved = map(&in_job("deploy")[2]["with"]);
    let unique = "noroshi-next-${{ github.run_id }}-${{ github.run_attempt }}";
    assert_eq!(saved, [("path", "~/.noroshi-next"), ("key", unique)]);
    let restored = map(&in_job("due")[1]["with"]);
    assert_eq!(restored, [("path", "~/.noroshi-next"), ("key", unique), ("restore-keys", "noroshi-next-")]);
    // The cached program: another source has another key.
    let program = in_job("build").iter().find(|step| step["id"].as_str() == Some("program")).expect("a step");
    assert!(text(&program["with"]["key"]).ends_with("${{ steps.source.outputs.key }}"));
}

#[test]
fn the_workflow_for_gitlab_has_its_rules_its_gate_and_its_order() {
    let site = begun("gitlab");
    let flow = yaml(&site, GITLAB);
    assert_eq!(map(&flow["variables"]), [("NOROSHI_SOURCE", "")]);
    assert_eq!(text(&flow["workflow"]["auto_cancel"]["on_new_commit"]), "none");
    let rule = |job: &str| text(&flow[job]["rules"][0]["if"]).to_owned();
    assert_eq!(rule("due"), "$CI_PIPELINE_SOURCE == \"schedule\" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH");
    assert_eq!(
        rule("pages"),
        "$CI_PIPELINE_SOURCE != \"schedule\" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"
    );
    assert_eq!(text(&flow["due"]["variables"]["GIT_STRATEGY"]), "none");
    assert!(flow["due"]["artifacts"].is_badvalue());
    // The file that the gate reads is in no artifact.
    assert_eq!(
        (text(&flow["due"]["cache"]["key"]), text(&flow["due"]["cache"]["policy"])),
        ("noroshi-next", "pull")
    );
    let caches = flow["pages"]["cache"].as_vec().expect("two caches");
    assert_eq!((text(&caches[0]["key"]), text(&caches[1]["key"])), ("noroshi-program", "noroshi-next"));
    assert_eq!((text(&caches[1]["policy"]), list(&caches[1]["paths"])), ("push", vec![".noroshi-next"]));

    assert_eq!(text(&flow["pages"]["resource_group"]), "pages");
    assert_eq!(list(&flow["pages"]["artifacts"]["paths"]), ["public", "news"]);
    let script = list(&flow["pages"]["script"]).join("\n");
    let places = ["git fetch ", "git checkout ", "cargo install --git", "\" build --as-of"]
        .map(|part| script.find(part).unwrap_or_else(|| panic!("`{part}` is not in\n{script}")));
    assert!(places.is_sorted(), "{script}");
}

// The programs that the workflows run.

/// Files with instructions to run programs: the workflows, the documents, the help of commands.
fn instructions() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let below =
        ["README.md", "CONTRIBUTING.md", "SECURITY.md", "Cargo.toml", ".ci", "docs", "src", "tests/browser"];
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
            if name.ends_with(".yml")
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
                let is_named = ["--git", "--path", "cargo-deny --version", "cargo-fuzz --version"];
                assert!(is_named.iter().any(|how| rest.starts_with(how)), "{at}");
            }
            for (_, tool) in line.match_indices("npx ").map(|(from, npx)| line.split_at(from + npx.len())) {
                let tool =
                    tool.trim_start_matches("--yes ").split([' ', '`', '"']).next().unwrap_or_default();
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

/// The URL of the site in every test.
const SITE: &str = "https://status.example/path";
/// The commit that is checked out.
const COMMIT: &str = "4a5e1e4baab89f3a32518a88c31bc87f618f7667";
/// [`NOON`] and the first change of the fixture after it.
const CLOCK: i64 = 1_795_143_600;
const PROMISE: i64 = CLOCK + 40 * 60;

/// A repository with a workflow, and a machine that runs its steps with test programs: `curl`,
/// `git`, `date` and `cargo` answer from files and log their arguments.
struct Flow {
    site: Site,
    temp: TempDir,
    yaml: Yaml,
    github: bool,
    source: String,
    commit: String,
    clock: i64,
}

struct Ran {
    succeeded: bool,
    said: String,
}

const CURL: &str = "#!/bin/sh
printf 'curl %s\\n' \"$*\" >> \"$ASKED\"
out=
while [ $# -gt 0 ]; do
  if [ \"$1\" = --output ]; then out=$2; fi
  last=$1
  shift
done
case $last in
  */manifest.json*) from=$BESIDE/published ;;
  https://files.example.com/*) from=$BESIDE/download ;;
  *) exit \"${STATUS:-0}\" ;;
esac
if [ ! -e \"$from\" ]; then echo 'curl: (22) 404' >&2; exit 22; fi
if [ -n \"$out\" ]; then cp \"$from\" \"$out\"; else cat \"$from\"; fi
";
const GIT: &str = "#!/bin/sh\nif [ \"$1\" = rev-parse ]; then echo \"$COMMIT\"; fi\n";
const DATE: &str = "#!/bin/sh\nif [ \"$1\" = +%s ]; then echo \"$CLOCK\"; else echo \"$NOW\"; fi\n";
const CARGO: &str = "#!/bin/sh
printf 'cargo %s\\n' \"$*\" >> \"$ASKED\"
while [ $# -gt 0 ]; do
  if [ \"$1\" = --root ]; then mkdir -p \"$2/bin\" && cp \"$BESIDE/program\" \"$2/bin/noroshi\"; fi
  shift
done
";

impl Flow {
    fn new(host: &str) -> Flow {
        let site = Site::fixture("small");
        site.run(["init", "--ci", host]).exit(0);
        let github = host == "github";
        let yaml = yaml(&site, if github { GITHUB } else { GITLAB });
        // A folder in memory may not allow execution.
        let temp = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a temporary folder");
        let program = format!("#!/bin/sh\nexec '{}' \"$@\"\n", env!("CARGO_BIN_EXE_noroshi"));
        let source = format!("tools/noroshi#sha256={}", digest(program.as_bytes()));
        site.write("tools/noroshi", &program);
        let flow = Flow { site, temp, yaml, github, source, commit: COMMIT.into(), clock: CLOCK };
        let programs =
            [("curl", CURL), ("git", GIT), ("date", DATE), ("cargo", CARGO), ("program", &program)];
        for (name, text) in programs {
            fs::write(flow.path(name), text).expect("a written file");
            fs::set_permissions(flow.path(name), fs::Permissions::from_mode(0o755)).expect("a program");
        }
        flow
    }

    fn path(&self, name: &str) -> PathBuf {
        self.temp.path().join(name)
    }

    /// The path of the installed program.
    fn program(&self) -> PathBuf {
        let key = digest(self.source.as_bytes());
        if self.github {
            self.path(".noroshi-program/bin/noroshi")
        } else {
            self.site.path(format!(".noroshi-program/{key}/bin/noroshi"))
        }
    }

    /// The path of the note for the gate.
    fn note(&self) -> PathBuf {
        let name = ".noroshi-next/note";
        if self.github { self.path(name) } else { self.site.path(name) }
    }

    fn run_in(&self, shell: &[&str], script: &str, more: &[(&str, &str)]) -> Ran {
        let path = std::env::var("PATH").unwrap_or_default();
        let key = digest(self.source.as_bytes());
        let ran = Command::new(shell[0])
            .args(&shell[1..])
            .args(["-c", script])
            .current_dir(self.site.root())
            .env("PATH", format!("{}:{path}", self.temp.path().display()))
            .envs([
                ("BESIDE", self.temp.path()),
                ("HOME", self.temp.path()),
                ("RUNNER_TEMP", self.temp.path()),
            ])
            .envs([("ASKED", self.path("asked")), ("GITHUB_OUTPUT", self.path("output"))])
            .env("GITHUB_WORKSPACE", self.site.root())
            .envs([("NOROSHI_SOURCE", self.source.as_str()), ("KEY", &key), ("COMMIT", &self.commit)])
            .envs([("GITHUB_SHA", self.commit.as_str()), ("CI_COMMIT_SHA", &self.commit)])
            .envs([("CLOCK", self.clock.to_string().as_str()), ("NOW", NOON), ("AS_OF", NOON)])
            .envs([("SITE", SITE), ("CI_PAGES_URL", "https://status.example/path/")])
            .envs([("CI_JOB_TOKEN", "secret"), ("CI_DEFAULT_BRANCH", "main"), ("CI_REPOSITORY_URL", "x")])
            .envs([("CI_API_V4_URL", "https://gitlab.example/api/v4"), ("CI_PROJECT_ID", "7")])
            .envs(more.iter().copied())
            .output()
            .expect("a shell");
        let said = String::from_utf8_lossy(&ran.stdout).into_owned() + &String::from_utf8_lossy(&ran.stderr);
        Ran { succeeded: ran.status.success(), said }
    }

    fn run(&self, script: &str, more: &[(&str, &str)]) -> Ran {
        self.run_in(&["sh", "-e"], script, more)
    }

    /// The script of a job that contains `part`; for GitLab, the whole job.
    fn script(&self, job: &str, part: &str) -> String {
        if !self.github {
            return list(&self.yaml[job]["script"]).join("\n");
        }
        let steps = self.yaml["jobs"][job]["steps"].as_vec().expect("steps");
        let mut runs = steps.iter().filter(|step| step["run"].as_str().is_some_and(|run| run.contains(part)));
        let step = runs.next().unwrap_or_else(|| panic!("no step with `{part}`"));
        assert_eq!(text(&step["shell"]), "sh");
        text(&step["run"]).to_owned()
    }

    /// Runs the build job, up to its end or its first failure.
    fn build(&self) -> Ran {
        if !self.github {
            return self.run(&self.script("pages", ""), &[]);
        }
        let mut said = String::new();
        for part in ["is_hex() {", "cargo install", "--previous"] {
            if part == "cargo install" && self.program().exists() {
                continue;
            }
            let ran = self.run(&self.script("build", part), &[]);
            said += &ran.said;
            if !ran.succeeded {
                return Ran { succeeded: false, said };
            }
        }
        // A failure here stops nothing.
        said += &self.run(&self.script("build", " pack "), &[]).said;
        Ran { succeeded: true, said }
    }

    /// Publishes the site as the host does after a successful job.
    fn publish(&self) {
        fs::copy(self.site.path("public/manifest.json"), self.path("published")).expect("a manifest");
        if self.github {
            let note = self.output("note");
            let ran = self.run(&self.script("deploy", "NOTE"), &[("NOTE", &note)]);
            assert!(ran.succeeded, "{}", ran.said);
        }
        fs::remove_dir_all(self.site.path("public")).expect("a folder");
    }

    #[track_caller]
    fn builds(&self) {
        let ran = self.build();
        assert!(ran.succeeded, "{}", ran.said);
        assert!(self.site.path("public/index.html").is_file());
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
        if self.github { self.path("texts").join(name) } else { self.site.path("news/texts").join(name) }
    }

    /// Runs the gate in every shell that hosts use.
    #[track_caller]
    fn decides(&self, builds: bool, what: &str) {
        let shells: [&[&str]; 3] = [&["sh", "-e"], &["bash", "-e"], &["bash", "-eo", "pipefail"]];
        for shell in shells.iter().filter(|shell| has_program(shell[0]) || shell[0] == "sh") {
            let _ = fs::remove_file(self.path("asked"));
            let ran = self.run_in(shell, &self.script("due", "noroshi-next-1"), &[]);
            assert!(ran.succeeded, "{what}, {shell:?}: {}", ran.said);
            let triggers = self.asked("/trigger/pipeline").len();
            let decided = if self.github { self.output("build") == "true" } else { triggers == 1 };
            assert_eq!(decided, builds, "{what}, {shell:?}: {}", ran.said);
            let asked = self.asked("/manifest.json");
            let query =
                asked[0].rsplit_once("https://status.example/path/manifest.json?").expect("the manifest").1;
            assert!(
                query.parse::<u64>().is_ok() && asked[0].contains("Cache-Control: no-cache"),
                "{}",
                asked[0]
            );
            assert!(!ran.said.contains(&PROMISE.to_string()), "the time is told: {}", ran.said);
        }
    }

    /// Writes a note for the gate as the build job does, and the manifest that it describes.
    fn note_is(&self, note: &str) {
        fs::create_dir_all(self.note().parent().expect("a folder")).expect("a folder");
        fs::write(self.note(), format!("{note}\n")).expect("a note");
    }
}

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

// The gate.

#[test]
fn a_scheduled_run_ends_where_nothing_is_to_change_yet_and_builds_where_in_doubt() {
    let published = "{\n  \"generator\": \"noroshi 0.1.0\"\n}\n";
    for (host, _) in HOSTS {
        let mut flow = Flow::new(host);
        fs::write(flow.path("published"), published).expect("a manifest");
        let (site, source) = (digest(published.as_bytes()), digest(flow.source.as_bytes()));
        let whole = format!("noroshi-next-1 {COMMIT} {source} {site} {PROMISE}");
        flow.decides(true, "no note");
        flow.note_is(&whole);
        flow.decides(false, "before the time");
        flow.clock = PROMISE - 1;
        flow.decides(false, "a second before the time");
        flow.clock = PROMISE;
        flow.decides(true, "at the time");
        flow.clock = CLOCK;

        for end in [0, 1, 14, 30, 60, 100, 150, whole.len() - 11, whole.len() - 10, whole.len() - 1] {
            flow.note_is(&whole[..end]);
            flow.decides(true, &format!("the first {end} bytes"));
        }
        for next in [
            "0",
            "soon",
            "179514600x",
            "-795146000",
            "17951460000",
            "1795146000 1",
            "$(exit 9)",
            "*",
            "??????????",
        ] {
            flow.note_is(&format!("noroshi-next-1 {COMMIT} {source} {site} {next}"));
            flow.decides(true, next);
        }
        flow.note_is(&whole.replace("next-1", "next-0"));
        flow.decides(true, "another form");
        flow.note_is(&whole);
        fs::write(flow.path("published"), published.replace("0.1.0", "0.2.0")).expect("a manifest");
        flow.decides(true, "somebody else has published");
        fs::write(flow.path("published"), &published[..20]).expect("a manifest");
        flow.decides(true, "half of a manifest");
        fs::remove_file(flow.path("published")).expect("a manifest");
        flow.decides(true, "the site is lost");
        fs::write(flow.path("published"), published).expect("a manifest");
        flow.commit = COMMIT.replace("4a5e", "0000");
        flow.decides(true, "a newer commit that was not published");
        flow.commit = COMMIT.into();
        flow.decides(false, "all as before");
        flow.source = flow.source.replace("tools/", "tool/");
        flow.decides(true, "another program");
    }
}

#[test]
fn a_pipeline_that_gitlab_does_not_start_is_a_failure() {
    let flow = Flow::new("gitlab");
    let ran = flow.run(&flow.script("due", ""), &[("STATUS", "22")]);
    assert!(!ran.succeeded, "{}", ran.said);
    let call = flow.asked("/trigger/pipeline").pop().expect("a call");
    assert!(call.ends_with("https://gitlab.example/api/v4/projects/7/trigger/pipeline"), "{call}");
    assert!(call.contains("--request POST") && call.contains("ref=main"), "{call}");
    assert!(!ran.said.contains("secret"), "{}", ran.said);
}

#[test]
fn an_entry_under_embargo_is_published_in_time_and_its_time_stands_nowhere_on_the_site() {
    for (host, _) in HOSTS {
        let mut flow = Flow::new(host);
        flow.builds();
        flow.publish();
        flow.decides(false, "just published");
        let open = fs::read(flow.path("published")).expect("a manifest");
        let hidden = "---\ntitle: Merger\npublish_at: 2026-11-20 12:20\n---\nWords.\n";
        flow.site.write("content/notices/merger.md", hidden);
        flow.commit = COMMIT.replace("4a5e", "1111");
        flow.decides(true, "pushed and not yet built");
        flow.builds();
        flow.publish();
        assert_eq!(
            fs::read(flow.path("published")).expect("a manifest"),
            open,
            "{host}: the site tells of it"
        );
        let note = fs::read_to_string(flow.note()).expect("a note");
        assert!(note.trim_end().ends_with(&format!(" {}", CLOCK + 20 * 60)), "{note}");
        flow.decides(false, "before its time");
        flow.clock = CLOCK + 20 * 60;
        flow.decides(true, "at its time, which is before any that readers know of");
    }
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
    for (host, _) in HOSTS {
        let mut flow = Flow::new(host);
        for (source, reason) in &wrong {
            flow.source.clone_from(source);
            let ran = flow.build();
            assert!(!ran.succeeded && ran.said.contains(reason), "{host}, `{source}`: {}", ran.said);
            assert!(ran.said.contains("https://git.example.com/TEAM/noroshi#COMMIT"), "{}", ran.said);
            assert!(ran.said.contains("::error::NOROSHI_SOURCE ") == flow.github, "{}", ran.said);
            assert!(!ran.said.contains("forged"), "{}", ran.said);
        }
        assert!(flow.asked("").is_empty(), "something was asked or installed: {:?}", flow.asked(""));
        assert!(!flow.site.path("public").exists());
    }
}

#[test]
fn the_program_comes_from_a_commit_or_from_a_file_with_its_checksum() {
    let commit = "0123456789abcdef0123456789abcdef01234567";
    for (host, _) in HOSTS {
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
            let _ = fs::remove_dir_all(flow.path(".noroshi-program"));
            fs::write(flow.path("download"), bytes).expect("a file");
            flow.source = format!("https://files.example.com/{name}#sha256={}", digest(bytes));
            flow.builds();
            assert_eq!(fs::read(flow.program()).expect("a program"), program, "{name}");
        }
        assert!(flow.asked("files.example.com").iter().all(|call| call.contains("--proto =https")));
    }
}

#[test]
fn a_file_with_another_checksum_is_neither_unpacked_nor_run() {
    for (host, _) in HOSTS {
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
    for (host, _) in HOSTS {
        let flow = Flow::new(host);
        let config = flow.site.read("content/site.yaml");
        flow.site
            .write("content/site.yaml", &format!("{config}\nfeeds: {{hub: \"https://hub.example/\"}}\n"));
        let tell = |flow: &Flow| {
            if flow.github {
                let (hub, feeds) = (flow.output("hub"), flow.output("feeds"));
                // The job does not run without a hub.
                if hub.is_empty() {
                    return;
                }
                let ran = flow.run(&flow.script("tell", "hub.mode"), &[("HUB", &hub), ("FEEDS", &feeds)]);
                assert!(ran.succeeded, "{}", ran.said);
            } else {
                // GitLab has published the site by now.
                fs::copy(flow.site.path("public/manifest.json"), flow.path("published")).expect("a manifest");
                let ran = flow.run(&flow.script("tell", ""), &[]);
                assert!(ran.succeeded, "{}", ran.said);
            }
        };
        // Before the first publication it is unknown which events are new, so the job announces none.
        flow.builds();
        tell(&flow);
        assert!(flow.asked("hub.mode").is_empty());
        flow.publish();

        // A path that a shell or a glob pattern could misread.
        let entry = "---\ntitle: A queue\nseverity: minor\naffects: [web]\nstarted: 2026-11-20 11:50\n\
                     internal: {reporter: KENJI of the night shift}\n---\nOrders wait.\n";
        flow.site.write("content/incidents/- $(touch pwned) \"it's\" \\n/queue.md", entry);
        flow.builds();
        tell(&flow);
        let asked = flow.asked("hub.mode");
        assert!(asked.iter().all(|call| call.ends_with("https://hub.example/")), "{asked:?}");
        assert!(
            asked.iter().any(|call| call.contains("hub.url=https://status.example/path/feed.xml")),
            "{asked:?}"
        );
        let mail = fs::read_to_string(flow.texts("incidents/queue/mail.eml")).expect("a mail");
        assert!(mail.contains("https://status.example/path/"), "{mail}");
        assert!(flow.texts("incidents/queue/press.txt").is_file());
        assert!(!flow.texts("incidents/queue/internal.txt").exists());
        assert!(!flow.site.path("pwned").exists() && !flow.path("pwned").exists());

        // The published file is not a manifest, and the site is published anyway.
        fs::write(flow.path("published"), "<!doctype html>").expect("a written file");
        fs::remove_dir_all(flow.site.path("public")).expect("a folder");
        let _ = fs::remove_file(flow.path("news.jsonl"));
        let _ = fs::remove_dir_all(flow.site.path("news"));
        let _ = fs::remove_file(flow.path("asked"));
        flow.builds();
        tell(&flow);
        assert!(flow.asked("hub.mode").is_empty());
    }
}

#[test]
fn a_note_to_colleagues_is_never_written_where_it_is_uploaded_also_when_pack_fails() {
    for (host, _) in HOSTS {
        let mut flow = Flow::new(host);
        // Fails halfway, and writes the private text unless it gets `--public`.
        let program = format!(
            "#!/bin/sh\nif [ \"$1\" != pack ]; then exec '{}' \"$@\"; fi\nprivate=yes\nfor word; do\n  \
             if [ \"$word\" = --public ]; then private=; fi\n  last=$word\ndone\nmkdir -p \"$last\"\n\
             echo mail > \"$last/mail.eml\"\nif [ -n \"$private\" ]; then echo KENJI > \"$last/internal.txt\"; fi\nexit 3\n",
            env!("CARGO_BIN_EXE_noroshi")
        );
        flow.site.write("tools/noroshi", &program);
        flow.source = format!("tools/noroshi#sha256={}", digest(program.as_bytes()));
        // The site is published anyway.
        flow.builds();
        assert!(flow.texts("mail.eml").is_file() && !flow.texts("internal.txt").exists());
    }
}
