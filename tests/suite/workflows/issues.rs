//! Tests of the workflow that reads issues: its scripts run with a real git and a repository on this disk; `gh` is a
//! test program.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;
use yaml_rust2::Yaml;

use super::{COMMIT, Ran, list, map, text, write_program, yaml};
use crate::harness::Site;

const ISSUES: &str = ".github/workflows/status-issues.yml";
const TOKEN: &str = "token-of-this-run";
const FILE: &str = "content/incidents/2026-11-20-orders-are-slow.md";

/// A repository at a host, and a machine that runs the workflow.
struct Runner {
    /// Where the team works.
    site: Site,
    temp: TempDir,
    flow: Yaml,
}

fn issue(title: &str) -> Value {
    let body =
        "### Severity\n\nModerate\n\n### What is affected\n\nAPI (api)\n\n### Text for readers\n\nWe look.";
    json!({
        "action": "opened",
        "issue": {"number": 12, "title": title, "body": body, "user": {"login": "sato", "type": "User"},
            "created_at": "2026-11-20T01:20:30Z", "updated_at": "2026-11-20T01:20:30Z"},
        "sender": {"login": "sato", "type": "User"},
    })
}

fn comment(id: u64, minute: u32, words: &str) -> Value {
    let mut event = issue("Orders are slow");
    let at = format!("2026-11-20T01:{minute}:10Z");
    event["action"] = "created".into();
    event["comment"] = json!({"id": id, "body": words, "user": {"login": "sato", "type": "User"}, "created_at": at, "updated_at": at});
    event
}

impl Runner {
    fn new() -> Runner {
        let site = Site::empty();
        site.append("content/site.yaml", "issues: {writers: [sato]}\n");
        site.run(["init", "--issue-forms"]).exit(0);
        let flow = yaml(&site, ISSUES);
        // A folder in memory may not allow execution.
        let temp = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a temporary folder");
        let runner = Runner { site, temp, flow };
        for folder in ["bin", ".noroshi-program/bin"] {
            fs::create_dir_all(runner.path(folder)).expect("a folder");
        }
        let program = format!("#!/bin/sh\nexec '{}' \"$@\"\n", env!("CARGO_BIN_EXE_noroshi"));
        write_program(&runner.path(".noroshi-program/bin/noroshi"), &program);
        let gh = "#!/bin/sh\nprintf 'gh %s\\n' \"$*\" >> \"$ASKED\"\ncase \"$1 $2\" in\n  'pr list') echo \"$KNOWN\" ;;\n  \
            'pr create') echo https://git.example/team/status/pull/13 ;;\n  'issue comment') cp answer.md \"$TOLD\" ;;\nesac\n";
        write_program(&runner.path("bin/gh"), gh);
        write_program(&runner.path("bin/sleep"), "#!/bin/sh\n");
        runner.git(&["init", "--quiet", "--bare", "--initial-branch", "main", &runner.repository()]);
        runner.git(&["init", "--quiet", "--initial-branch", "main"]);
        runner.push();
        runner.git(&[
            "clone",
            "--quiet",
            &runner.repository(),
            &runner.path("checkout").display().to_string(),
        ]);
        runner
    }

    fn path(&self, name: &str) -> PathBuf {
        self.temp.path().join(name)
    }

    fn repository(&self) -> String {
        self.path("repository").display().to_string()
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("GIT")) {
            command.env_remove(name);
        }
        let path = std::env::var("PATH").unwrap_or_default();
        command.env("PATH", format!("{}:{path}", self.path("bin").display()));
        command.envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")]);
        command.env("ASKED", self.path("asked")).env("TOLD", self.path("told"));
        command
    }

    /// Runs git where the team works.
    #[track_caller]
    fn git(&self, arguments: &[&str]) -> String {
        let who = ["-c", "user.name=A", "-c", "user.email=a@status.example"];
        let ran = self.command("git").args(who).args(arguments).current_dir(self.site.root()).output();
        let ran = ran.expect("git");
        assert!(ran.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&ran.stderr));
        String::from_utf8(ran.stdout).expect("UTF-8").trim().to_owned()
    }

    /// Commits and pushes what the team has written.
    fn push(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", "Words"]);
        self.git(&["push", "--quiet", &self.repository(), "HEAD:main"]);
    }

    /// The text of a file on a branch of the host.
    fn online(&self, branch: &str, file: &str) -> Option<String> {
        let name = format!("{branch}:{file}");
        let ran =
            self.command("git").args(["--git-dir", &self.repository(), "show", &name]).output().expect("git");
        ran.status.success().then(|| String::from_utf8(ran.stdout).expect("UTF-8"))
    }

    fn commits(&self, branch: &str) -> usize {
        self.git(&["--git-dir", &self.repository(), "rev-list", "--count", branch]).parse().expect("a number")
    }

    /// Runs the last script of a job.
    fn job(&self, job: &str, more: &[(&str, &str)]) -> Ran {
        let steps = self.flow["jobs"][job]["steps"].as_vec().expect("steps");
        let step = steps.iter().rfind(|step| !step["run"].is_badvalue()).expect("a script");
        assert_eq!(text(&step["shell"]), "sh");
        let folder = if job == "write" { self.path("checkout") } else { self.temp.path().to_path_buf() };
        let server = format!("file://{}", self.temp.path().display());
        let ran = self
            .command("sh")
            .args(["-e", "-c", text(&step["run"])])
            .current_dir(folder)
            .env("HOME", self.temp.path())
            .env("GITHUB_OUTPUT", self.path("output"))
            .env("GITHUB_EVENT_PATH", self.path("event.json"))
            .envs([
                ("GITHUB_ACTIONS", "true"),
                ("MAIN", "main"),
                ("NUMBER", "12"),
                ("TOKEN", TOKEN),
                ("MODE", ""),
            ])
            .envs([
                ("GITHUB_SERVER_URL", server.as_str()),
                ("GITHUB_REPOSITORY", "team/status"),
                ("KNOWN", ""),
            ])
            .envs(more.iter().copied())
            .output()
            .expect("a shell");
        let said = String::from_utf8_lossy(&ran.stdout).into_owned() + &String::from_utf8_lossy(&ran.stderr);
        assert!(!said.contains(TOKEN), "{said}");
        Ran { succeeded: ran.status.success(), said }
    }

    /// Runs the job that writes, for an event.
    #[track_caller]
    fn write(&self, event: &Value, more: &[(&str, &str)]) -> Ran {
        fs::write(self.path("event.json"), event.to_string()).expect("an event");
        let _ = fs::remove_file(self.path("output"));
        let ran = self.job("write", more);
        assert!(ran.succeeded, "{}", ran.said);
        ran
    }

    /// An output of the last step; empty if it was not set.
    fn output(&self, name: &str) -> String {
        let text = fs::read_to_string(self.path("output")).unwrap_or_default();
        let line = text.lines().rev().find_map(|line| line.strip_prefix(&format!("{name}=")));
        line.unwrap_or_default().to_owned()
    }

    fn asked(&self) -> String {
        fs::read_to_string(self.path("asked")).unwrap_or_default()
    }
}

#[test]
fn the_workflow_for_issues_has_its_events_its_order_and_no_right_too_many() {
    let runner = Runner::new();
    let flow = &runner.flow;
    assert_eq!(list(&flow["on"]["issues"]["types"]), ["opened", "edited"]);
    assert_eq!(list(&flow["on"]["issue_comment"]["types"]), ["created", "edited"]);
    assert_eq!(flow["on"].as_hash().expect("events").len(), 2);
    assert_eq!(text(&flow["concurrency"]["group"]), "status-issues", "one run at a time in the repository");
    assert_eq!(text(&flow["concurrency"]["queue"]), "max", "a comment that waits must not be replaced");
    assert_eq!(flow["concurrency"]["cancel-in-progress"].as_bool(), Some(false));
    assert_eq!(map(&flow["permissions"]), []);
    let jobs = flow["jobs"].as_hash().expect("jobs");
    let rights: Vec<_> = jobs.iter().map(|(name, job)| (text(name), map(&job["permissions"]))).collect();
    assert_eq!(
        rights,
        [
            ("write", vec![("contents", "write")]),
            ("request", vec![("pull-requests", "write")]),
            ("publish", vec![("actions", "write")]),
            ("answer", vec![("issues", "write")]),
        ]
    );
    // A script holds no expression at all, and the environment none that a person can fill with words.
    let known = [
        "github.token",
        "github.event.repository.default_branch",
        "github.event.issue.number",
        "vars.NOROSHI_ISSUES",
        "needs.write.outputs.branch",
        "needs.write.outputs.commit",
        "needs.write.outputs.answer",
        "needs.request.outputs.url",
    ];
    for (name, job) in jobs {
        for step in job["steps"].as_vec().expect("steps") {
            assert!(!step["run"].as_str().unwrap_or_default().contains("${{"), "{name:?}");
            for (_, value) in step["env"].as_hash().into_iter().flatten() {
                let value = text(value).trim_start_matches("${{ ").trim_end_matches(" }}");
                assert!(known.contains(&value), "{name:?}: {value}");
            }
        }
        // Only the job without other rights runs what was installed.
        if text(name) != "write" {
            assert_eq!(job["steps"].as_vec().expect("steps").len(), 1, "{name:?}");
        }
    }
}

#[test]
fn an_issue_is_pushed_published_and_answered() {
    let runner = Runner::new();
    runner.write(&issue("Orders are slow"), &[]);
    assert!(runner.online("main", FILE).expect("an entry").contains("We look."));
    let (commit, answer) = (runner.output("commit"), runner.output("answer"));
    assert_eq!(commit, runner.git(&["--git-dir", &runner.repository(), "rev-parse", "main"]));
    let log = runner.git(&["--git-dir", &runner.repository(), "log", "-1", "--format=%an %ae%n%B", "main"]);
    assert_eq!(log, format!("noroshi noroshi@localhost\nIssue #12: {FILE}\n\nWritten by sato."));
    let ran = runner.job("publish", &[]);
    assert!(ran.succeeded, "{}", ran.said);
    let ran = runner.job("answer", &[("ANSWER", &answer), ("COMMIT", &commit), ("REQUEST", "")]);
    assert!(ran.succeeded, "{}", ran.said);
    let asked = runner.asked();
    assert!(asked.contains("gh workflow run status.yml --repo team/status --ref main\n"), "{asked}");
    assert!(asked.contains("gh issue comment 12 --repo team/status --body-file answer.md\n"), "{asked}");
    let told = fs::read_to_string(runner.path("told")).expect("an answer");
    assert!(told.starts_with("<!-- noroshi: answer -->\n") && told.contains(&format!("`{FILE}`")), "{told}");
    assert!(told.ends_with(&format!("/team/status/commit/{commit}\n")), "{told}");
    // The same event again changes nothing and tells nobody.
    runner.write(&issue("Orders are slow"), &[]);
    assert_eq!(
        (runner.commits("main"), runner.output("answer").as_str(), runner.output("commit").as_str()),
        (2, "", "")
    );
    // A refused text is answered without a commit.
    runner.write(&comment(1, 31, "identified\nnext_update: soon"), &[]);
    assert_eq!((runner.commits("main"), runner.output("commit").as_str()), (2, ""));
    let answer = runner.output("answer");
    let ran = runner.job("answer", &[("ANSWER", &answer), ("COMMIT", ""), ("REQUEST", "")]);
    assert!(ran.succeeded, "{}", ran.said);
    let told = fs::read_to_string(runner.path("told")).expect("an answer");
    assert!(told.contains("Nothing was published") && !told.contains(COMMIT), "{told}");
}

#[test]
fn a_comment_that_meets_the_push_of_a_colleague_is_written_again_with_it() {
    let runner = Runner::new();
    runner.write(&issue("Orders are slow"), &[]);
    let real = Command::new("sh").args(["-c", "command -v git"]).output().expect("a shell").stdout;
    let real = String::from_utf8(real).expect("UTF-8").trim().to_owned();
    // Just before the first push, another workflow pushes an update of the same entry.
    runner.git(&["pull", "--quiet", &runner.repository(), "main"]);
    let entry = runner.site.read(FILE);
    runner.site.write(FILE, &(entry + "\n## identified 2026-11-20 10:25\n\nA queue is full.\n"));
    runner.git(&["commit", "--quiet", "--all", "--message", "By a colleague"]);
    let script = format!(
        "#!/bin/sh\nif [ \"$1\" = push ] && [ ! -f '{0}' ]; then\n  touch '{0}'\n  (cd '{1}' && {real} push --quiet '{2}' HEAD:main)\nfi\nexec {real} \"$@\"\n",
        runner.path("raced").display(),
        runner.site.root().display(),
        runner.repository(),
    );
    write_program(&runner.path("bin/git"), &script);
    runner.write(&comment(1, 31, "monitoring\n\nA fix is out."), &[]);
    fs::remove_file(runner.path("bin/git")).expect("a program");
    assert!(runner.path("raced").exists());
    let entry = runner.online("main", FILE).expect("an entry");
    let places: Vec<_> = ["A queue is full.", "## monitoring 2026-11-20 10:31", "A fix is out."]
        .map(|part| entry.find(part))
        .into();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{entry}");
    assert_eq!(runner.commits("main"), 4);
}

#[test]
fn with_reviews_an_issue_has_one_branch_and_one_pull_request() {
    let runner = Runner::new();
    let review = [("MODE", "review")];
    runner.write(&issue("Orders are slow"), &review);
    runner.write(&comment(1, 31, "identified\n\nA queue is full."), &review);
    let branch = "noroshi/issue-12";
    assert_eq!(
        (runner.output("branch").as_str(), runner.commits("main"), runner.commits(branch)),
        (branch, 1, 3)
    );
    assert!(runner.online("main", FILE).is_none());
    let ran = runner.job("request", &[("BRANCH", branch)]);
    assert!(
        ran.succeeded
            && runner.asked().contains("gh pr create --repo team/status --base main --head noroshi/issue-12"),
        "{}",
        ran.said
    );
    let url = runner.output("url");
    assert_eq!(url, "https://git.example/team/status/pull/13");
    let answer = runner.output("answer");
    let ran = runner.job("answer", &[("ANSWER", &answer), ("COMMIT", COMMIT), ("REQUEST", &url)]);
    assert!(ran.succeeded, "{}", ran.said);
    let told = fs::read_to_string(runner.path("told")).expect("an answer");
    assert!(
        told.contains("when the pull request is merged") && told.ends_with(&format!("\n{url}\n")),
        "{told}"
    );
    // The second time there is one.
    let _ = fs::remove_file(runner.path("asked"));
    let ran =
        runner.job("request", &[("BRANCH", branch), ("KNOWN", "https://git.example/team/status/pull/13")]);
    assert!(ran.succeeded && !runner.asked().contains("pr create"), "{}", ran.said);
    // After the merge, the branch begins again with what is public.
    runner.git(&["--git-dir", &runner.repository(), "update-ref", "refs/heads/main", branch]);
    runner.site.write("content/pages/extra.md", "---\ntitle: Extra\n---\nWords.\n");
    runner.git(&["pull", "--quiet", &runner.repository(), "main"]);
    runner.push();
    runner.write(&comment(2, 47, "resolved"), &review);
    assert!(runner.online(branch, "content/pages/extra.md").is_some());
    assert_eq!((runner.commits("main"), runner.commits(branch)), (4, 5));
}

#[test]
fn what_people_type_is_never_run() {
    let runner = Runner::new();
    for (number, evil) in [
        "$(touch pwned)",
        "`touch pwned`",
        "'; touch pwned; '",
        "\"; touch pwned #",
        "a\ntouch pwned",
        "[skip ci]",
    ]
    .iter()
    .enumerate()
    {
        let mut event = issue(evil);
        event["issue"]["number"] = (20 + number).into();
        runner.write(&event, &[]);
        let answer = runner.output("answer");
        let ran = runner.job("answer", &[("ANSWER", &answer), ("COMMIT", ""), ("REQUEST", "")]);
        assert!(ran.succeeded, "{}", ran.said);
    }
    let files = walkdir::WalkDir::new(runner.temp.path()).into_iter().filter_map(Result::ok);
    assert!(files.into_iter().all(|file| file.file_name() != "pwned"));
    let log = runner.git(&["--git-dir", &runner.repository(), "log", "--format=%B", "main"]);
    for part in ["$(", "`", "touch pwned", "[skip"] {
        assert!(!log.contains(part), "{part}: {log}");
    }
}

#[test]
fn a_site_with_errors_fails_the_run_and_answers_nothing() {
    let runner = Runner::new();
    runner.site.append("content/site.yaml", "x: [\n");
    runner.push();
    fs::write(runner.path("event.json"), issue("Orders are slow").to_string()).expect("an event");
    let ran = runner.job("write", &[]);
    assert!(!ran.succeeded && ran.said.contains("site.yaml has errors"), "{}", ran.said);
    assert_eq!((runner.output("answer").as_str(), runner.commits("main")), ("", 2));
}
