//! The text editor of the user: which program it is, and how it opens a file at a line and waits.

use std::io::ErrorKind;
use std::path::{Path, absolute};
use std::process::{Command, ExitStatus};

use crate::cli::editor;
use crate::cli::error::Error;
use crate::message::message;
use crate::os::{self, Shown as _};

/// The variables that name the editor, the first one that is set counts.
const VARIABLES: [&str; 2] = ["VISUAL", "EDITOR"];

pub(super) struct Program {
    /// The program and the arguments that the user gave it.
    words: Vec<String>,
    /// The variable that names it; `None` for the editor of the system.
    variable: Option<&'static str>,
}

impl Program {
    pub(super) fn of_environment() -> Result<Program, Error> {
        let set = VARIABLES.iter().find_map(|name| {
            Some((*name, std::env::var(name).ok().filter(|value| !value.trim().is_empty())?))
        });
        let Some((variable, value)) = set else {
            return Ok(Program { words: vec![os::TEXT_EDITOR.to_owned()], variable: None });
        };
        let words = words(&value).filter(|words| !words.is_empty()).ok_or_else(|| {
            let message =
                message!("cli-edit-quotation", "cannot read ${variable}: `{value}`", variable, value);
            let help = message!(
                "cli-edit-quotation-help",
                "close the quotation mark, as in `{variable}='\"my editor\" --wait'`",
                variable
            );
            Error::usage(message, help)
        })?;
        Ok(Program { words, variable: Some(variable) })
    }

    /// Opens a file at a line, and waits until the editor ends.
    pub(super) fn open(&self, path: &Path, line: usize) -> Result<(), Error> {
        let path = absolute(path).unwrap_or_else(|_| path.to_owned());
        let path = path.to_str().ok_or_else(|| {
            let message = message!("cli-edit-path", "the path {path} is not UTF-8", path = path.shown());
            let help =
                message!("cli-edit-path-help", "open the file in your editor, then run `noroshi check`");
            Error::environment(message, help)
        })?;
        let (name, given) = self.words.split_first().map_or(("", &[][..]), |(name, given)| (name, given));
        let arguments = arguments(name, given, path, line);
        // Windows finds `code` only as `code.cmd`.
        let names = [Some(name.to_owned()), os::REFUSES_NAMES.then(|| format!("{name}.cmd"))];
        let mut ended = Err(ErrorKind::NotFound.into());
        for name in names.into_iter().flatten() {
            ended = Command::new(name).args(given).args(&arguments).status();
            if !ended.as_ref().is_err_and(|error| error.kind() == ErrorKind::NotFound) {
                break;
            }
        }
        match ended {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(failed(name, status)),
            Err(error) if error.kind() == ErrorKind::NotFound => Err(self.missing(name)),
            Err(error) => Err(editor::disk(message!(
                "cli-edit-not-started",
                "cannot start the editor `{name}`: {error}",
                name,
                error
            ))),
        }
    }

    fn missing(&self, name: &str) -> Error {
        let help = message!(
            "cli-edit-no-editor-help",
            "name an editor that is installed, for example `export EDITOR=nano`"
        );
        let message = if let Some(variable) = self.variable {
            message!(
                "cli-edit-editor-not-found",
                "cannot find the editor `{name}`, which ${variable} names",
                name,
                variable
            )
        } else {
            message!(
                "cli-edit-no-editor",
                "no editor: $VISUAL and $EDITOR are not set, and `{name}` is not installed",
                name
            )
        };
        Error::environment(message, help)
    }
}

fn failed(name: &str, status: ExitStatus) -> Error {
    let message = if let Some(code) = status.code() {
        message!("cli-edit-failed", "the editor `{name}` failed: exit code {code}", name, code)
    } else {
        message!("cli-edit-stopped", "the editor `{name}` failed: it was stopped", name)
    };
    let help = message!(
        "cli-edit-failed-help",
        "noroshi did not check the entry; run `noroshi check` if you have changed it"
    );
    Error::environment(message, help)
}

/// The words of a command line: blanks part them, quotation marks keep them together. `None` if a mark is not closed.
fn words(line: &str) -> Option<Vec<String>> {
    let mut words: Vec<String> = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            // Other backslashes part the folders of a path on Windows.
            (None | Some('"'), '\\')
                if rest.peek().is_some_and(|next| matches!(next, '"' | '\'' | '\\' | ' ')) =>
            {
                word.get_or_insert_default().extend(rest.next());
            }
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    quote.is_none().then_some(words)
}

/// The arguments with which an editor opens a file at a line and returns only when the user has closed it.
fn arguments(program: &str, given: &[String], path: &str, line: usize) -> Vec<String> {
    let name = program.rsplit(['/', '\\']).next().unwrap_or(program).to_lowercase();
    let name = [".exe", ".cmd", ".bat"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name);
    let waits = |flags: [&str; 2]| {
        let is_given = given.iter().any(|word| flags.contains(&word.as_str()));
        if is_given { None } else { Some(flags[0].to_owned()) }
    };
    let (flag, place): (Option<String>, Vec<String>) = match name {
        "vi" | "vim" | "nvim" | "view" | "nano" | "pico" | "emacs" | "emacsclient" | "micro" | "kak"
        | "joe" | "jed" | "mg" | "ne" => (None, vec![format!("+{line}"), path.to_owned()]),
        "gvim" | "mvim" => (waits(["-f", "--nofork"]), vec![format!("+{line}"), path.to_owned()]),
        "code" | "code-insiders" | "codium" | "vscodium" | "cursor" | "windsurf" => {
            (waits(["--wait", "-w"]), vec!["--goto".to_owned(), format!("{path}:{line}")])
        }
        "subl" | "zed" | "zeditor" => (waits(["--wait", "-w"]), vec![format!("{path}:{line}")]),
        "hx" | "helix" => (None, vec![format!("{path}:{line}")]),
        _ => (None, vec![path.to_owned()]),
    };
    flag.into_iter().chain(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_line_is_parted_as_a_shell_does() {
        let is = |line: &str, wanted: &[&str]| {
            assert_eq!(
                words(line).as_deref(),
                Some(&wanted.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>()[..])
            );
        };
        is("code --wait", &["code", "--wait"]);
        is("  vim  ", &["vim"]);
        is("\"my editor\" 'a \"b'", &["my editor", "a \"b"]);
        is("my\\ editor \"a\\\"b\"", &["my editor", "a\"b"]);
        is("\"C:\\Program Files\\n.exe\" -x", &["C:\\Program Files\\n.exe", "-x"]);
        is("e ''", &["e", ""]);
        assert_eq!(words("e \"a"), None);
    }

    #[test]
    fn each_editor_is_told_the_line_in_its_own_way_and_to_wait() {
        let is = |line: &str, wanted: &[&str]| {
            let line = words(line).expect("words");
            assert_eq!(arguments(&line[0], &line[1..], "/s/a.md", 7), wanted, "{line:?}");
        };
        for name in ["vi", "/usr/bin/nvim", "nano", "emacs -nw", "micro", "kak"] {
            is(name, &["+7", "/s/a.md"]);
        }
        is("code --wait", &["--goto", "/s/a.md:7"]);
        is("codium -w", &["--goto", "/s/a.md:7"]);
        is("code", &["--wait", "--goto", "/s/a.md:7"]);
        is("'C:\\VS Code\\Code.exe'", &["--wait", "--goto", "/s/a.md:7"]);
        is("hx", &["/s/a.md:7"]);
        is("subl", &["--wait", "/s/a.md:7"]);
        is("gvim", &["-f", "+7", "/s/a.md"]);
        is("notepad", &["/s/a.md"]);
    }
}
