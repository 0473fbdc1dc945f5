//! Tests of what packages install beside the program: completions and manual pages.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::harness::Site;

/// The commands that `noroshi --help` lists.
fn commands(site: &Site) -> BTreeSet<String> {
    let help = site.run(["--help"]).exit(0).stdout.clone();
    let listed = help.split("Commands:\n").nth(1).expect("commands").split("\n\n").next().expect("a list");
    let names = listed.lines().filter_map(|line| line.split_whitespace().next());
    names.filter(|name| *name != "help").map(str::to_owned).collect()
}

#[test]
fn each_shell_gets_completions_that_know_every_command() {
    let site = Site::empty();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = site.run(["completions", shell]).exit(0).stdout.clone();
        for command in commands(&site) {
            assert!(script.contains(&command), "{shell} does not know `{command}`");
        }
    }
    site.run(["completions", "tcsh"]).exit(2).stderr_has("possible values: bash");
}

#[test]
fn bash_accepts_the_completions() {
    let site = Site::empty();
    let mut script = site.run(["completions", "bash"]).exit(0).stdout.clone();
    script.push_str(
        "COMP_WORDS=(noroshi che); COMP_CWORD=1; _noroshi noroshi che noroshi; echo \"${COMPREPLY[@]}\"\n",
    );
    let Ok(mut bash) =
        Command::new("bash").arg("--norc").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()
    else {
        eprintln!("no bash on this machine: its completions were not run");
        return;
    };
    bash.stdin.take().expect("its input").write_all(script.as_bytes()).expect("a script");
    let output = bash.wait_with_output().expect("an end");
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "check");
}

#[test]
fn each_command_has_a_manual_page() {
    let site = Site::empty();
    let whole = site.run(["man"]).exit(0).stdout.clone();
    assert!(whole.starts_with(".ie") && whole.contains(".TH noroshi 1"), "{whole}");
    site.run(["man", "man1"]).exit(0);
    let pages: BTreeSet<String> = fs::read_dir(site.path("man1"))
        .expect("a folder")
        .map(|page| page.expect("a page").file_name().into_string().expect("UTF-8"))
        .collect();
    let wanted = commands(&site).into_iter().map(|name| format!("noroshi-{name}.1"));
    assert_eq!(pages, wanted.chain(["noroshi.1".to_owned()]).collect());
    assert_eq!(site.read("man1/noroshi.1"), whole);
    assert!(site.read("man1/noroshi-build.1").contains("\\-\\-as\\-of"), "options are described");
    // Pages of an earlier version are replaced.
    site.run(["man", "man1"]).exit(0);
}
