//! Tests of results that stdout does not take: a full disk is an error, and a reader that has closed the
//! pipe wants no more.

use std::fs::File;
use std::process::{Command, Stdio};

use crate::harness::{NOON, Site};

/// Calls that print a result, and the exit code of each.
const CALLS: &[(&str, i32)] = &[
    ("--help", 0),
    ("--version", 0),
    ("build --help", 0),
    ("next --as-of NOON", 0),
    ("next --as-of NOON --format json", 0),
    ("build --as-of NOON", 0),
    ("check --as-of NOON --format json", 0),
    ("check --as-of NOON --format github", 0),
    ("check --as-of NOON --format sarif", 0),
    ("overdue --as-of NOON --format sarif", 0),
    ("pack delay --as-of NOON", 0),
    ("pack delay --as-of NOON --check", 1),
    ("report --from 2026-11-01 --to 2026-11-19", 0),
    ("wait --after NOON --within 1s", 0),
    ("ci due --site http://127.0.0.1:9/ --note none", 0),
    ("schema incident", 0),
    ("man", 0),
    ("completions bash", 0),
    ("update delay identified -m Words --as-of NOON", 0),
    ("review delay --by kenji", 0),
    ("new page About --slug extra", 0),
    ("init --timer systemd", 0),
    ("check --against public", 0),
];

/// Runs each call in a site of its own, with this stdout.
fn each(stdout: impl Fn() -> Stdio, judge: impl Fn(&str, i32, Option<i32>, &str)) {
    for (call, code) in CALLS {
        let site = Site::fixture("small");
        site.run(["build", "--as-of", NOON]).exit(0);
        let mut command = site.command([]);
        command.args(call.split(' ').map(|word| if word == "NOON" { NOON } else { word }));
        command.current_dir(site.root()).stdout(stdout());
        let ran = finish(command);
        judge(call, *code, ran.0, &ran.1);
    }
}

/// The exit code and stderr.
fn finish(mut command: Command) -> (Option<i32>, String) {
    let ran = command.output().expect("a process");
    (ran.status.code(), String::from_utf8_lossy(&ran.stderr).into_owned())
}

#[test]
fn a_result_that_a_full_disk_does_not_take_is_an_error() {
    let full = || File::options().write(true).open("/dev/full").expect("a device").into();
    each(full, |call, _, code, said| {
        assert_eq!(code, Some(3), "{call}: {said}");
        assert!(said.contains("error: cannot write to stdout: "), "{call}: {said}");
        assert!(said.contains("help: "), "{call}: {said}");
    });
}

#[test]
fn a_reader_that_closes_the_pipe_is_no_error() {
    let closed = || {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        writer.into()
    };
    each(closed, |call, wanted, code, said| {
        assert_eq!(code, Some(wanted), "{call}: {said}");
        assert!(!said.contains("stdout"), "{call}: {said}");
    });
}
