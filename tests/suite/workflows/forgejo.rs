//! Tests of the workflow for Forgejo: its script runs with a real git, pushes to a repository on this disk,
//! and a host serves what is pushed.

use std::cell::Cell;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

use super::{FORGEJO, Host, Ran, digest, program, text, write_program, yaml};
use crate::harness::{NOON, Site, in_english};

const TOKEN: &str = "token-of-this-run";
/// `noroshi:token-of-this-run` in Base64.
const HEADER: &str = "Authorization: Basic bm9yb3NoaTp0b2tlbi1vZi10aGlzLXJ1bg==";

/// A Forgejo with the repository `team/status`, and a machine that runs the workflow.
struct Forge {
    /// Where the team works.
    site: Site,
    temp: TempDir,
    host: Host,
    script: String,
    runs: Cell<u32>,
}

impl Forge {
    fn new() -> Forge {
        let site = Site::fixture("small");
        site.run(["init", "--ci", "forgejo"]).exit(0);
        site.write("tools/noroshi", &program());
        let flow = yaml(&site, FORGEJO);
        let steps = flow["jobs"]["publish"]["steps"].as_vec().expect("steps");
        let [step] = steps.as_slice() else { panic!("{steps:?}") };
        assert_eq!(text(&step["shell"]), "bash");
        let script = text(&step["run"]).to_owned();
        // A folder in memory may not allow execution.
        let temp = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a temporary folder");
        let host = Host::start(temp.path());
        let forge = Forge { site, temp, host, script, runs: Cell::new(0) };
        fs::create_dir_all(forge.path("bin")).expect("a folder");
        let real = Command::new("sh").args(["-c", "command -v git"]).output().expect("a shell").stdout;
        let real = String::from_utf8(real).expect("UTF-8");
        // Real, but it writes down what it is asked, and the headers that it would send to this server and to
        // another one.
        let git = format!(
            "#!/bin/sh\nheader() {{ {0} config --get-urlmatch http.extraHeader \"$1\" || :; }}\n\
             printf 'git %s\\nhere %s\\nelsewhere %s\\n' \"$*\" \"$(header \"$HERE\")\" \
             \"$(header https://elsewhere.example/a.git)\" >> \"$ASKED\"\nexec {0} \"$@\"\n",
            real.trim()
        );
        write_program(&forge.path("bin/git"), &git);
        forge.git(&["init", "--quiet", "--bare", "--initial-branch", "main", &forge.repository()]);
        // Serves the branch `pages`, as Codeberg Pages does.
        let hook = format!(
            "#!/bin/sh\nif git rev-parse --quiet --verify refs/heads/pages > /dev/null; then\n  \
             rm -rf '{0}'\n  mkdir '{0}'\n  git archive pages | tar -x -C '{0}'\nfi\n",
            forge.path("online").display()
        );
        write_program(&forge.path("team/status/hooks/post-receive"), &hook);
        forge.git(&["init", "--quiet", "--initial-branch", "main"]);
        forge.push();
        forge
    }

    fn path(&self, name: &str) -> PathBuf {
        self.temp.path().join(name)
    }

    fn repository(&self) -> String {
        self.path("team/status").display().to_string()
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        in_english(&mut command);
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("GIT")) {
            command.env_remove(name);
        }
        let path = std::env::var("PATH").unwrap_or_default();
        command.env("PATH", format!("{}:{path}", self.path("bin").display()));
        command.env("ASKED", self.path("asked")).env("HERE", format!("file://{}", self.repository()));
        command.envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")]);
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
        self.git(&["push", "--quiet", &self.repository(), "main"]);
    }

    /// Runs the job in a new container.
    fn run(&self, more: &[(&str, &str)]) -> Ran {
        self.runs.set(self.runs.get() + 1);
        let home = self.path(&format!("run-{}", self.runs.get()));
        fs::create_dir(&home).expect("a folder");
        let source = format!("tools/noroshi#sha256={}", digest(program().as_bytes()));
        let server = format!("file://{}", self.temp.path().display());
        let ran = self
            .command("bash")
            .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &self.script])
            .current_dir(&home)
            .env("HOME", &home)
            .env("SITE", self.host.site())
            .env("GITHUB_OUTPUT", home.join("output"))
            .env("GITHUB_STEP_SUMMARY", home.join("summary"))
            .envs([("GITHUB_ACTIONS", "true"), ("GITHUB_REF_NAME", "main"), ("NOW", NOON), ("TOKEN", TOKEN)])
            .envs([("GITHUB_SERVER_URL", server.as_str()), ("GITHUB_REPOSITORY", "team/status")])
            .env("NOROSHI_SOURCE", source)
            .envs(more.iter().copied())
            .output()
            .expect("a shell");
        let said = String::from_utf8_lossy(&ran.stdout).into_owned() + &String::from_utf8_lossy(&ran.stderr);
        Ran { succeeded: ran.status.success(), said }
    }

    /// The commits of the branch `pages`, the newest first.
    fn published(&self) -> Vec<String> {
        let all = self.git(&[
            "--git-dir",
            &self.repository(),
            "log",
            "--format=%H",
            "--all",
            "--",
            "manifest.json",
        ]);
        all.lines().map(str::to_owned).collect()
    }

    /// A file of the branch `pages`.
    fn page(&self, file: &str) -> String {
        self.git(&["--git-dir", &self.repository(), "show", &format!("pages:{file}")])
    }
}

#[test]
fn each_publication_is_one_commit_of_the_site_alone() {
    let forge = Forge::new();
    let ran = forge.run(&[]);
    assert!(ran.succeeded && ran.said.contains("the new site is online after 0 s"), "{}", ran.said);
    assert_eq!(forge.published().len(), 1);
    let files = forge.git(&["--git-dir", &forge.repository(), "ls-tree", "-r", "--name-only", "pages"]);
    assert!(files.lines().any(|file| file == "index.html"), "{files}");
    let hidden = files.lines().find(|file| file.starts_with(".noroshi") || file.starts_with("content/"));
    assert_eq!(hidden, None, "{files}");

    // A scheduled run to which the clock and the content give nothing to do.
    let ran = forge.run(&[]);
    assert!(ran.succeeded, "{}", ran.said);
    assert_eq!(forge.published().len(), 1);

    let first = forge.published();
    forge.site.write("content/pages/extra.md", "---\ntitle: Extra words\n---\nWords.\n");
    forge.push();
    let ran = forge.run(&[]);
    assert!(ran.succeeded, "{}", ran.said);
    assert!(forge.page("extra/index.html").contains("Extra words"));
    let all = forge.published();
    assert_eq!((all.len(), &all[1]), (2, &first[0]), "the history of the branch");
}

#[test]
fn the_token_goes_to_the_server_alone_and_stands_in_no_address_no_log_and_no_file() {
    let forge = Forge::new();
    let ran = forge.run(&[]);
    assert!(ran.succeeded && !ran.said.contains(TOKEN), "{}", ran.said);
    let asked = fs::read_to_string(forge.path("asked")).expect("a log");
    for call in ["git clone ", "git fetch ", "git push --quiet file:"] {
        let line = asked.lines().position(|line| line.starts_with(call));
        let line = line.unwrap_or_else(|| panic!("no {call} in {asked}"));
        assert_eq!(asked.lines().nth(line + 1), Some(format!("here {HEADER}").as_str()), "{call}");
    }
    let elsewhere = asked.lines().filter(|line| line.starts_with("elsewhere "));
    assert!(elsewhere.clone().count() > 3 && elsewhere.clone().all(|line| line == "elsewhere "), "{asked}");
    assert!(!asked.contains(TOKEN), "{asked}");
    let files = walkdir::WalkDir::new(forge.path("run-1")).into_iter().filter_map(Result::ok);
    for file in files.filter(|entry| entry.file_type().is_file()) {
        let bytes = fs::read(file.path()).expect("a file");
        let text = String::from_utf8_lossy(&bytes);
        let secret = HEADER.rsplit(' ').next().expect("a word");
        assert!(!text.contains(TOKEN) && !text.contains(secret), "{}", file.path().display());
    }
}

#[test]
fn a_broken_file_is_published_as_in_its_last_sound_commit_and_the_run_fails_afterwards() {
    let forge = Forge::new();
    assert!(forge.run(&[]).succeeded);
    forge.site.edit("content/notices/hours.md", "title:", "colour: red\ntitle:");
    forge.site.write("content/pages/extra.md", "---\ntitle: Extra words\n---\nWords.\n");
    forge.push();
    let ran = forge.run(&[]);
    assert!(!ran.succeeded && ran.said.contains("::error file=content/notices/hours.md"), "{}", ran.said);
    assert!(ran.said.contains("online after") && ran.said.contains("a file has errors"), "{}", ran.said);
    assert!(forge.page("extra/index.html").contains("Extra words"));
    assert!(forge.page("notices/hours/index.html").contains("</html>"));
}

#[test]
fn without_its_two_variables_a_run_fails_with_the_name_of_the_missing_one() {
    let forge = Forge::new();
    let ran = forge.run(&[("SITE", "")]);
    assert!(!ran.succeeded && ran.said.contains("set the variable NOROSHI_SITE"), "{}", ran.said);
    let ran = forge.run(&[("NOROSHI_SOURCE", "")]);
    assert!(!ran.succeeded && ran.said.contains("::error::NOROSHI_SOURCE is not set"), "{}", ran.said);
    assert!(forge.published().is_empty());
}
