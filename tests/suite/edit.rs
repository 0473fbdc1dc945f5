//! Tests of `edit`: which editor it starts and where, and what it says afterwards. Scripts stand in for editors.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::harness::{NOON, Site, Text as _};
use crate::writing::{FILE, INCIDENT, japanese, slow};

/// A script that stands in for a text editor. It notes its arguments, then runs `body` with the file as `$file`.
fn with_editor(site: &Site, body: &str) -> String {
    let path = site.path("my editor");
    let text = format!(
        "#!/bin/sh\nprintf '%s\\n' \"$@\" > '{}'\nfor file; do :; done\n{body}\n",
        site.path("seen").display()
    );
    fs::write(&path, text).expect("a script");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("a mode");
    format!("'{}' -x", path.display())
}

#[test]
fn an_entry_is_edited_and_checked_when_the_editor_ends() {
    let site = slow();
    let editor = with_editor(&site, "printf 'Done.\\n' >> \"$file\"");
    let edit = site.run_in(&[("VISUAL", ""), ("EDITOR", &editor)], ["edit", "slow", "--as-of", NOON]);
    edit.exit(0).stderr_has("no problems found");
    let seen = site.read("seen");
    assert_eq!(seen, format!("-x\n{}\n", site.path(FILE).display()));
    assert!(site.read(FILE).ends_with("Yes.\nDone.\n"));
    let idle = with_editor(&site, ":");
    let edit = site.run_in(&[("VISUAL", &idle), ("EDITOR", "false")], ["edit", "slow", "--as-of", NOON]);
    edit.exit(0).stderr_has("`content/incidents/slow.md` is unchanged");
}

#[test]
fn an_editor_that_is_known_opens_the_last_update_or_the_first_error() {
    let site = slow();
    let editor = with_editor(&site, ":");
    let path = site.path("my editor");
    fs::rename(&path, site.path("vim")).expect("a script");
    let vim = editor.replace("my editor", "vim");
    let edit = |wanted: &str, exit: i32| {
        site.run_in(&[("VISUAL", &vim)], ["edit", "slow", "--as-of", NOON]).exit(exit);
        assert_eq!(site.read("seen").lines().nth(1), Some(wanted));
    };
    edit("+11", 0);
    site.edit(FILE, "severity: minor", "severity: huge");
    edit("+3", 1);
}

#[test]
fn an_error_that_was_typed_is_shown_and_the_file_stays_as_it_is() {
    let site = slow();
    let editor = with_editor(&site, "sed -i 's/minor/huge/' \"$file\"");
    let edit = site.run_in(&[("VISUAL", &editor)], ["edit", "slow", "--as-of", NOON]);
    edit.exit(1).stderr_has("entry/unknown-word");
    site.read(FILE).has(["severity: huge"]);
}

#[test]
fn an_editor_that_is_missing_or_fails_is_an_error_of_the_environment() {
    let site = slow();
    let edit = |editor: &str, exit: i32, says: &str| {
        site.run_in(&[("VISUAL", editor)], ["edit", "slow"]).exit(exit).stderr_has(says);
    };
    edit("no-such-editor --wait", 3, "cannot find the editor `no-such-editor`, which $VISUAL names");
    edit(&with_editor(&site, "exit 7"), 3, "failed: exit code 7");
    edit("vim \"", 2, "cannot read $VISUAL");
    let bare = [("VISUAL", ""), ("EDITOR", " "), ("PATH", "/nowhere")];
    site.run_in(&bare, ["edit", "slow"]).exit(3).stderr_has("no editor: $VISUAL and $EDITOR are not set");
    site.run_in(&[("VISUAL", "true")], ["edit", "slwo"]).exit(2).stderr_has("did you mean `slow`?");
}

#[test]
fn a_translation_is_edited_by_its_locale_or_its_file() {
    let site = japanese();
    site.write(FILE, INCIDENT);
    let editor = with_editor(&site, ":");
    let environment = [("VISUAL", editor.as_str())];
    let help = "create it with `noroshi new incident TITLE --locale en --slug slow`";
    site.run_in(&environment, ["edit", "slow", "--locale", "en"]).exit(1).stderr_has(help);
    site.write("content/incidents/slow.en.md", "---\ntitle: Slow\n---\n");
    for arguments in [
        ["edit", "slow", "--locale=en"],
        ["edit", "slow.en.md", "--locale=en"],
        ["edit", "content/incidents/slow.en.md", "--as-of=2026-11-20 12:00"],
    ] {
        site.run_in(&environment, arguments);
        assert!(site.read("seen").ends_with("slow.en.md\n"), "{arguments:?}");
    }
}
