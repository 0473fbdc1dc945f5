//! Do the workflows of `noroshi init --ci` say what they must, and does a scheduled run end where nothing is
//! to be done?

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

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

// Writing them.

#[test]
fn a_new_site_comes_with_the_workflow_that_was_asked_for() {
    for (host, file) in HOSTS {
        let site = Site::bare();
        let init = site.run(["init", "--ci", host]);
        init.exit(0).stderr_has("next: noroshi build").stderr_has("set up once");
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
        init.exit(0).stderr_has("set up once");
        assert_eq!(init.stdout.lines().count(), 1, "{}", init.stdout);
        let mut after = files_of(site.root());
        assert!(after.remove(file).is_some());
        assert_same(&after, &before);
    }
    // Without one there is nothing to add.
    Site::fixture("small").run(["init", "--ci", "none"]).exit(3).stderr_has("nothing was written");
}

#[test]
fn a_workflow_is_never_written_over() {
    for (host, file) in HOSTS {
        for site in [Site::fixture("small"), Site::bare()] {
            site.write(file, "mine\n");
            let before = files_of(site.root());
            let init = site.run(["init", "--ci", host]);
            init.exit(3).stderr_has(&format!("{file}` exists already")).stderr_has("nothing was written");
            assert_same(&files_of(site.root()), &before);
        }
    }
}

// What they say.

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
    assert_eq!(text(&flow["env"]["NOROSHI_VERSION"]), env!("CARGO_PKG_VERSION"));

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
    // On one line: around an expression in a block, GitHub's tools may see text, which is always true.
    let (gate, pushed) = ("needs.due.outputs.build == 'true'", "github.event_name != 'schedule'");
    let branch = "github.ref_name == github.event.repository.default_branch";
    assert_eq!(condition("build"), format!("({gate} || {pushed} && {branch}) && !cancelled()"));
    assert_eq!(text(&job("due")["outputs"]["build"]), "${{ steps.due.outputs.build }}");
    assert_eq!(text(&job("deploy")["needs"]), "build");
    assert_eq!(condition("deploy"), "needs.build.result == 'success' && !cancelled()");

    let steps: Vec<&Yaml> = jobs.values().flat_map(|job| job["steps"].as_vec().expect("steps")).collect();
    for used in steps.iter().filter_map(|step| step["uses"].as_str()) {
        let (action, version) = used.split_once("@v").expect("a major version");
        assert!(action.starts_with("actions/") && version.parse::<u8>().is_ok(), "{used}");
    }
    let runs: Vec<&str> = steps.iter().filter_map(|step| step["run"].as_str()).collect();
    assert!(runs.contains(&"cargo install noroshi --locked --version \"$NOROSHI_VERSION\""), "{runs:?}");
    assert!(runs.iter().any(|run| run.contains("noroshi build --base-url \"${SITE%/}/\" \\")), "{runs:?}");
    let enables = runs.iter().find(|run| run.starts_with("gh api --method PUT ")).expect("it stays awake");
    let name = Path::new(GITHUB).file_name().expect("a name").to_str().expect("UTF-8");
    assert!(enables.contains(&format!("/actions/workflows/{name}/enable")), "{enables}");
    let checkout = steps.iter().find(|step| step["uses"].as_str().is_some_and(|u| u.contains("/checkout@")));
    // The branch, not the commit of the event: the newest content wins.
    assert_eq!(text(&checkout.expect("a checkout")["with"]["ref"]), "${{ github.ref }}");
}

#[test]
fn the_workflow_for_gitlab_has_its_rules_its_gate_and_its_order() {
    let site = begun("gitlab");
    let flow = yaml(&site, GITLAB);
    assert_eq!(text(&flow["variables"]["NOROSHI_VERSION"]), env!("CARGO_PKG_VERSION"));
    assert_eq!(text(&flow["workflow"]["auto_cancel"]["on_new_commit"]), "none");
    let rule = |job: &str| text(&flow[job]["rules"][0]["if"]).to_owned();
    assert_eq!(rule("due"), "$CI_PIPELINE_SOURCE == \"schedule\" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH");
    assert_eq!(
        rule("pages"),
        "$CI_PIPELINE_SOURCE != \"schedule\" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"
    );
    assert_eq!(text(&flow["due"]["variables"]["GIT_STRATEGY"]), "none");
    assert!(flow["due"]["cache"].is_badvalue() && flow["due"]["artifacts"].is_badvalue());

    assert_eq!(text(&flow["pages"]["resource_group"]), "pages");
    assert_eq!(list(&flow["pages"]["artifacts"]["paths"]), ["public", "news"]);
    assert_eq!(text(&flow["pages"]["cache"]["key"]), "noroshi-$NOROSHI_VERSION");
    let script = list(&flow["pages"]["script"]).join("\n");
    let places =
        ["git fetch ", "git checkout ", "cargo install noroshi --locked --version", "noroshi build "]
            .map(|part| script.find(part).unwrap_or_else(|| panic!("`{part}` is not in\n{script}")));
    assert!(places.is_sorted(), "{script}");
}

// The gate.

/// A gate, run with a `curl` of ours.
struct Gate {
    site: Site,
    script: String,
    temp: TempDir,
    github: bool,
}

/// What a gate did.
struct Decision {
    succeeded: bool,
    builds: bool,
    asked: Vec<String>,
    said: String,
}

impl Gate {
    fn new(host: &str) -> Gate {
        let site = begun(host);
        let github = host == "github";
        let script = if github {
            let flow = yaml(&site, GITHUB);
            let steps = flow["jobs"]["due"]["steps"].as_vec().expect("steps");
            let step = steps.iter().find(|s| s["id"].as_str() == Some("due")).expect("the gate");
            assert_eq!(text(&step["shell"]), "sh");
            assert_eq!(map(&step["env"]), [("SITE", "${{ steps.pages.outputs.base_url }}")]);
            text(&step["run"]).to_owned()
        } else {
            let flow = yaml(&site, GITLAB);
            let script = list(&flow["due"]["script"]);
            assert_eq!(script.len(), 1);
            script[0].to_owned()
        };
        // A folder in memory may allow no programs.
        let temp = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a temporary folder");
        let gate = Gate { site, script, temp, github };
        gate.program(
            "curl",
            "#!/bin/sh\nprintf '%s\\n' \"$*\" >> \"$ASKED\"\ncase $* in\n*/manifest.json*)\n  \
             if [ -e \"$PUBLISHED\" ]; then exec cat \"$PUBLISHED\"; fi\n  echo 'curl: (22) 404' >&2\n  exit 22\n  \
             ;;\n*) exit \"$STATUS\" ;;\nesac\n",
        );
        gate
    }

    fn path(&self, name: &str) -> PathBuf {
        self.temp.path().join(name)
    }

    fn program(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("a written file");
        fs::set_permissions(self.path(name), fs::Permissions::from_mode(0o755)).expect("a program");
    }

    /// Runs it in one shell where this stands at the address of the manifest.
    fn run_in(&self, shell: &[&str], published: Option<&str>, status: &str) -> Decision {
        let (manifest, asked, output) = (self.path("published"), self.path("asked"), self.path("output"));
        for old in [&manifest, &asked, &output] {
            let _ = fs::remove_file(old);
        }
        if let Some(text) = published {
            fs::write(&manifest, text).expect("a written file");
        }
        fs::write(&output, "").expect("a written file");
        let path = std::env::var("PATH").unwrap_or_default();
        let ran = Command::new(shell[0])
            .args(&shell[1..])
            .arg("-c")
            .arg(&self.script)
            .env("PATH", format!("{}:{path}", self.temp.path().display()))
            .envs([("PUBLISHED", &manifest), ("ASKED", &asked), ("GITHUB_OUTPUT", &output)])
            .env("STATUS", status)
            .env("SITE", "https://status.example/path")
            .env("CI_PAGES_URL", "https://status.example/path/")
            .envs([("CI_JOB_TOKEN", "secret"), ("CI_DEFAULT_BRANCH", "main")])
            .envs([("CI_API_V4_URL", "https://gitlab.example/api/v4"), ("CI_PROJECT_ID", "7")])
            .output()
            .expect("a shell");
        let asked: Vec<String> =
            fs::read_to_string(&asked).expect("a call").lines().map(str::to_owned).collect();
        let outputs = fs::read_to_string(&output).expect("a file");
        let triggers = asked.iter().filter(|call| call.contains("/trigger/pipeline")).count();
        let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let said = said(&ran.stdout) + &said(&ran.stderr);
        if self.github {
            assert!(matches!(outputs.as_str(), "build=true\n" | "build=false\n"), "{outputs}\n{said}");
        }
        let builds = if self.github { outputs == "build=true\n" } else { triggers == 1 };
        Decision { succeeded: ran.status.success(), builds, asked, said }
    }

    #[track_caller]
    fn decides(&self, builds: bool, what: &str, published: Option<&str>) {
        let shells: [&[&str]; 3] = [&["sh", "-e"], &["bash", "-e"], &["bash", "-eo", "pipefail"]];
        for shell in shells.iter().filter(|shell| has_program(shell[0]) || shell[0] == "sh") {
            let decision = self.run_in(shell, published, "0");
            assert!(decision.succeeded, "{what}, {shell:?}: {}", decision.said);
            assert_eq!(decision.builds, builds, "{what}, {shell:?}: {}", decision.said);
            let address = decision.asked[0].rsplit(' ').next().unwrap_or_default();
            let query =
                address.strip_prefix("https://status.example/path/manifest.json?").expect("the manifest");
            assert!(query.parse::<u64>().is_ok(), "a cache may answer {address}");
            assert!(decision.asked[0].contains("Cache-Control: no-cache"));
        }
    }
}

/// A manifest of a real build, with another `next_change`.
fn manifest(next: &str) -> String {
    let site = Site::fixture("small");
    site.build_at(NOON).exit(0);
    let text = site.read("public/manifest.json");
    let parsed: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let written = format!("\"next_change\": {}", parsed["next_change"]);
    assert!(text.contains(&written), "{text}");
    text.replacen(&written, &format!("\"next_change\": {next}"), 1)
}

#[test]
fn a_scheduled_run_ends_where_nothing_is_to_change_yet() {
    let future = manifest("\"2999-01-01T00:00:00Z\"");
    let never = manifest("null");
    for (host, _) in HOSTS {
        let gate = Gate::new(host);
        gate.decides(false, "in the future", Some(&future));
        gate.decides(false, "never again", Some(&never));
        let minified = serde_json::from_str::<serde_json::Value>(&future).expect("JSON").to_string();
        // Sorted keys are another program's: no reason to trust it.
        gate.decides(true, "rewritten", Some(&minified));
        gate.decides(false, "on one line", Some(&future.replace('\n', "")));
        gate.decides(false, "with other line ends", Some(&future.replace('\n', "\r\n")));
    }
}

#[test]
fn a_scheduled_run_builds_where_the_time_has_come_or_nobody_can_say() {
    let past = manifest("\"2020-01-01T00:00:00Z\"");
    let future = manifest("\"2999-01-01T00:00:00Z\"");
    let whole = future.trim_end().len();
    for (host, _) in HOSTS {
        let gate = Gate::new(host);
        gate.decides(true, "in the past", Some(&past));
        gate.decides(true, "no manifest", None);
        gate.decides(true, "nothing in it", Some(""));
        for end in [1, 20, 60, 100, 130, 150, whole / 2, whole - 20, whole - 6, whole - 3, whole - 1] {
            gate.decides(true, &format!("the first {end} bytes"), future.get(..end));
        }
        let other =
            "{\"name\": \"app\", \"next_change\": \"2999-01-01T00:00:00Z\", \"files\": {\"a\": {\"b\": {}}}}";
        for (what, text) in [
            ("a page", "<!doctype html>\n<title>Sign in</title>\n"),
            ("a number", "7"),
            ("no JSON", "{\"generator\": \"noroshi 0.1.0\", \"next_change\" \"2999-01-01T00:00:00Z\"}}}"),
            ("another program's", other),
        ] {
            gate.decides(true, what, Some(text));
        }
        for next in [
            "\"\"",
            "7",
            "true",
            "\"soon\"",
            "\"2999-01-01\"",
            "\"2999-01-01T00:00:00+09:00\"",
            "\"29990-01-01T00:00:00Z\"",
            "\"$(exit 9)\"",
            "\"*\"",
        ] {
            gate.decides(true, next, Some(&manifest(next)));
        }
    }
}

#[test]
fn a_pipeline_that_gitlab_does_not_start_is_a_failure() {
    let gate = Gate::new("gitlab");
    let decision = gate.run_in(&["sh", "-e"], None, "22");
    assert!(!decision.succeeded && decision.builds, "{}", decision.said);
    let call = decision.asked.last().expect("a call");
    assert!(call.ends_with("https://gitlab.example/api/v4/projects/7/trigger/pipeline"), "{call}");
    assert!(call.contains("--request POST") && call.contains("ref=main"), "{call}");
    assert!(!decision.said.contains("secret"), "{}", decision.said);
    // Kept, since it holds the folder of the fake.
    drop(gate.site);
}

// What is told.

/// A step of a workflow, run with the real program and a `curl` of ours.
struct Told {
    site: Site,
    temp: TempDir,
}

impl Told {
    /// A site that is published, and then something is said that is not published yet.
    fn new(host: &str, hub: bool) -> Told {
        let site = Site::fixture("small");
        site.run(["init", "--ci", host]).exit(0);
        if hub {
            let config = site.read("content/site.yaml");
            site.write("content/site.yaml", &format!("{config}\nfeeds: {{hub: \"https://hub.example/\"}}\n"));
        }
        let temp = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a temporary folder");
        let told = Told { site, temp };
        told.program(
            "curl",
            "#!/bin/sh\nprintf '%s\\n' \"$*\" >> \"$ASKED\"\nout=\nwhile [ $# -gt 0 ]; do\n  if [ \"$1\" = --output ]; then out=$2; fi\n  last=$1\n  shift\ndone\n\
             case $last in\n*/manifest.json*)\n  if [ ! -e \"$PUBLISHED\" ]; then exit 22; fi\n  if [ -n \"$out\" ]; then cp \"$PUBLISHED\" \"$out\"; else cat \"$PUBLISHED\"; fi\n  ;;\nesac\n",
        );
        let program = env!("CARGO_BIN_EXE_noroshi");
        // For the present as the fixture knows it.
        told.program(
            "noroshi",
            &format!("#!/bin/sh\ncommand=$1\nshift\nexec '{program}' \"$command\" --as-of {NOON} \"$@\"\n"),
        );
        told
    }

    fn path(&self, name: &str) -> PathBuf {
        self.temp.path().join(name)
    }

    fn program(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("a written file");
        fs::set_permissions(self.path(name), fs::Permissions::from_mode(0o755)).expect("a program");
    }

    /// What is published now.
    fn publish(&self) {
        self.site.build_at(NOON).exit(0);
        fs::copy(self.site.path("public/manifest.json"), self.path("published")).expect("a manifest");
        fs::remove_dir_all(self.site.path("public")).expect("a folder");
    }

    fn say(&self) {
        let entry = "content/incidents/delay.md";
        let text = self.site.read(entry);
        self.site.write(entry, &format!("{text}\n## monitoring 2026-11-20 11:58\n\nIt is better.\n"));
    }

    fn run(&self, script: &str, more: &[(&str, &str)]) -> String {
        let path = std::env::var("PATH").unwrap_or_default();
        let program = self.site.path(".noroshi-program/bin");
        fs::create_dir_all(&program).expect("a folder");
        fs::copy(self.path("noroshi"), program.join("noroshi")).expect("a program");
        let ran = Command::new("sh")
            .args(["-e", "-c", script])
            .current_dir(self.site.root())
            .env("PATH", format!("{}:{path}", self.temp.path().display()))
            .envs([("PUBLISHED", self.path("published")), ("ASKED", self.path("asked"))])
            .envs([("GITHUB_OUTPUT", self.path("output")), ("RUNNER_TEMP", self.temp.path().to_path_buf())])
            .env("GITHUB_WORKSPACE", self.site.root())
            .env("SITE", "https://status.example/path")
            .env("CI_PAGES_URL", "https://status.example/path/")
            .envs(more.iter().copied())
            .output()
            .expect("a shell");
        let said = String::from_utf8_lossy(&ran.stdout).into_owned() + &String::from_utf8_lossy(&ran.stderr);
        assert!(ran.status.success(), "{said}");
        said
    }

    fn asked(&self) -> Vec<String> {
        let asked = fs::read_to_string(self.path("asked")).unwrap_or_default();
        asked.lines().filter(|call| call.contains("hub.mode")).map(str::to_owned).collect()
    }

    /// What a step of GitHub's handed on.
    fn output(&self, name: &str) -> String {
        let text = fs::read_to_string(self.path("output")).expect("outputs");
        let line = text.lines().rev().find_map(|line| line.strip_prefix(&format!("{name}=")));
        line.unwrap_or_else(|| panic!("no {name} in {text}")).trim().to_owned()
    }
}

#[test]
fn the_workflow_for_github_tells_the_hub_what_is_new_and_keeps_the_texts() {
    let told = Told::new("github", true);
    let flow = yaml(&told.site, GITHUB);
    let script = |job: &str, part: &str| {
        let steps = flow["jobs"][job]["steps"].as_vec().expect("steps");
        let runs = steps.iter().filter_map(|step| step["run"].as_str());
        runs.into_iter().find(|run| run.contains(part)).expect("a step").to_owned()
    };
    let (build, texts, tell) =
        (script("build", "--previous"), script("build", "noroshi pack"), script("tell", "hub.mode"));
    // At first nothing is published: nobody knows what is new, so nothing is told.
    told.run(&build, &[]);
    assert!(told.site.path("public/index.html").is_file());
    assert_eq!((told.output("hub"), told.output("feeds")), (String::new(), String::new()));
    told.publish();
    told.say();
    told.run(&build, &[]);
    assert_eq!(told.output("hub"), "https://hub.example/");
    let feeds = told.output("feeds");
    assert!(
        feeds.split(' ').any(|feed| feed == "https://status.example/path/incidents/feed.atom"),
        "{feeds}"
    );
    told.run(&texts, &[]);
    let mail = told.path("texts/delay/mail.eml");
    assert!(fs::read_to_string(&mail).expect("a mail").contains("https://status.example/path/"), "{mail:?}");
    assert!(!told.path("texts/delay/internal.txt").exists());
    told.run(&tell, &[("HUB", "https://hub.example/"), ("FEEDS", &feeds)]);
    let asked = told.asked();
    assert_eq!(asked.len(), feeds.split(' ').count());
    assert!(
        asked.iter().all(|call| call.ends_with("https://hub.example/") && call.contains("hub.mode=publish"))
    );
    // What stands there is no manifest: the site goes out all the same.
    fs::write(told.path("published"), "<!doctype html>").expect("a written file");
    fs::remove_dir_all(told.site.path("public")).expect("a folder");
    let _ = fs::remove_file(told.path("news.jsonl"));
    told.run(&build, &[]);
    assert!(told.site.path("public/index.html").is_file());
    assert_eq!(told.output("hub"), "");
}

#[test]
fn the_workflow_for_gitlab_tells_the_hub_what_is_new_and_keeps_the_texts() {
    let told = Told::new("gitlab", true);
    let flow = yaml(&told.site, GITLAB);
    let scripts = list(&flow["pages"]["script"]);
    let part = |part: &str| scripts.iter().find(|script| script.contains(part)).expect("a step").to_string();
    let (build, texts) = (part("--previous"), part("noroshi pack"));
    let tell = list(&flow["tell"]["script"]).join("\n");
    told.publish();
    told.say();
    told.run(&build, &[]);
    told.run(&texts, &[]);
    assert!(told.site.path("news/texts/delay/press.txt").is_file());
    assert!(!told.site.path("news/texts/delay/internal.txt").exists());
    // GitLab has published it by now.
    fs::copy(told.site.path("public/manifest.json"), told.path("published")).expect("a manifest");
    told.run(&tell, &[]);
    let asked = told.asked();
    assert!(
        asked.iter().any(|call| call.contains("hub.url=https://status.example/path/feed.xml")),
        "{asked:?}"
    );
    // Without news, nobody is asked.
    told.run(&build, &[]);
    fs::remove_file(told.path("asked")).expect("a file");
    told.run(&tell, &[]);
    assert!(told.asked().is_empty());
}
