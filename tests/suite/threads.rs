//! Tests of a system that allows no more threads or processes. They run as a plain user, because
//! root has no such limit. If this machine cannot switch to one, the test says so and ends.

use std::fs;
use std::os::unix::process::CommandExt as _;
use std::process::{Command, Stdio};

use crate::harness::{NOBODY, NOON, Outcome, Site, assert_same, give_away, has_program, is_root};

/// Runs the program as a user who may start no thread or process. Returns `None` if that is not possible here.
fn alone<'s, const N: usize>(site: &'s Site, arguments: [&str; N]) -> Option<Outcome<'s>> {
    if !has_program("prlimit") {
        eprintln!("not tried: there is no program `prlimit` here");
        return None;
    }
    let program = site.path("noroshi");
    if !program.exists() {
        fs::copy(env!("CARGO_BIN_EXE_noroshi"), &program).expect("a copy");
    }
    let mut command = Command::new("prlimit");
    command.arg("--nproc=0").arg(&program).args(arguments).arg("--root").arg(site.root());
    if is_root() {
        give_away(site.root());
        command.uid(NOBODY).gid(NOBODY);
    }
    // If this user can start processes despite the limit, the limit does not apply here.
    let mut probe = Command::new("prlimit");
    probe.args(["--nproc=0", "sh", "-c", "true & wait"]).stderr(Stdio::null()).uid(NOBODY).gid(NOBODY);
    if probe.status().is_ok_and(|status| status.success()) {
        eprintln!("not tried: the limit of processes does not bind here");
        return None;
    }
    Some(site.finish(command))
}

#[test]
fn a_build_without_a_single_thread_publishes_the_same_site_and_warns_in_one_line() {
    let site = Site::fixture("small");
    let Some(built) = alone(&site, ["build", "--as-of", NOON]) else { return };
    built.exit(0).stderr_has("warning: cannot start threads").stderr_has("ulimit -u");
    let other = Site::fixture("small");
    other.build_at(NOON).exit(0);
    assert_same(&site.files(), &other.files());
}

#[test]
fn every_command_that_ends_by_itself_does_its_work_without_a_thread() {
    let site = Site::fixture("small");
    for (command, code) in [("check", 0), ("next", 0), ("overdue", 1)] {
        let Some(outcome) = alone(&site, [command]) else { return };
        outcome.exit(code);
    }
}

#[test]
fn commands_that_go_on_say_that_they_need_a_thread_and_end_with_3() {
    let site = Site::fixture("small");
    for command in ["watch", "serve"] {
        let Some(outcome) = alone(&site, [command]) else { return };
        outcome.exit(3).stderr_has("cannot start a thread").stderr_has("noroshi build");
    }
}
