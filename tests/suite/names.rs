//! Tests that every command shows names and words without control characters and without workflow
//! commands.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;

use crate::harness::Site;

/// Whether output for people contains no control characters or commands.
fn is_clean(shown: &str) -> bool {
    let is_command = |line: &str| {
        line.trim_start().starts_with("::") || line.contains("##[error]") || line.contains("##vso[")
    };
    let is_bad =
        |c: char| c.is_control() && c != '\n' && c != '\t' || "\u{202e}\u{2066}\u{200b}\u{feff}".contains(c);
    !shown.contains(is_bad) && !shown.lines().any(is_command)
}

const HOSTILE: [&str; 6] = [
    "e\n::error::pwn",
    "::error::pwn",
    "\u{1b}[2Jclear\u{7}",
    "\u{9b}31mred",
    "a\u{202e}dm\u{2066}\u{200b}\u{feff}",
    "##[error]x ##vso[task.complete]",
];

#[test]
fn names_of_files_command_no_runner_and_move_no_terminal() {
    for name in HOSTILE {
        let site = Site::demo();
        // An error in the front matter, a name that no entry may have, and two files that collide.
        site.write(format!("content/incidents/{name}.md"), "---\ntitle: [\n---\n");
        site.write(format!("content/faq/{name}.md"), "no front matter");
        site.write(format!("content/{name}/x.md"), "---\n---\n");
        site.write(format!("content/static/{name}.svg"), "<svg onload=\"a()\"/>");
        site.write(format!("themes/{name}/slots/{name}.html"), "<p>");
        for arguments in [["check", "--format", "human"], ["build", "--format", "human"]] {
            let run = site.run(arguments);
            assert!(!run.exited_with(0), "{name:?} passes");
            assert!(is_clean(&run.stderr) && is_clean(&run.stdout), "{name:?}: {:?}", run.stderr);
        }
        let run = site.run(["check", "--format", "github"]);
        assert!(
            run.stdout.lines().all(|line| line.starts_with("::error ") || line.starts_with("::warning "))
        );
        let run = site.run(["check", "--format", "json"]);
        assert!(run.stdout.lines().all(|line| line.starts_with('{')), "{}", run.stdout);
    }
}

#[test]
fn what_was_typed_commands_no_runner_and_moves_no_terminal() {
    let site = Site::demo();
    for name in HOSTILE {
        for arguments in [
            vec![name],
            vec!["check", name],
            vec!["build", "--as-of", name],
            vec!["build", name],
            vec!["build", "--out", name, "--base-url", name],
            vec!["check", "--format", name],
            vec!["pack", name],
            vec!["pack", "--channel", name, "x"],
            vec!["new", "incident", "--title", "x", "--severity", name],
            vec!["update", name, "--status", "monitoring"],
            vec!["next", "--as-of", name],
            vec!["import", name, "--into", name],
            vec!["init", "--theme", name],
            vec!["schema", name],
        ] {
            let mut command = site.command([]);
            command.args(&arguments);
            let run = site.finish(command);
            assert!(is_clean(&run.stderr), "{arguments:?}: {:?}", run.stderr);
        }
    }
    let mut command = site.command([]);
    command.args(["check".as_ref(), OsStr::from_bytes(b"\xff\x1b[2J\n::error::x")]);
    assert!(is_clean(&site.finish(command).stderr));
}

#[test]
fn lines_that_a_message_quotes_are_shown_without_what_moves_a_terminal() {
    let site = Site::demo();
    for words in HOSTILE {
        let words = words.replace('\n', "\\n");
        let text = format!("---\ntitle: x\n{words}: [\n---\n## {words}\n");
        site.write("content/incidents/quoted.md", &text);
        let run = site.run(["check"]);
        assert!(is_clean(&run.stderr), "{words:?}: {:?}", run.stderr);
        assert!(run.stderr.contains("quoted.md"), "{}", run.stderr);
    }
}

#[test]
fn a_name_that_is_no_text_ends_in_a_message() {
    let site = Site::demo();
    let folder = site.path("content/incidents");
    if fs::write(folder.join(OsStr::from_bytes(b"\xff\x1b\n::error::x.md")), "---\n---\n").is_err() {
        // The file system of macOS does not allow such names.
        return;
    }
    let run = site.run(["check"]);
    assert!(!run.exited_with(0) && is_clean(&run.stderr), "{:?}", run.stderr);
}
