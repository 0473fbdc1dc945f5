//! Runs `noroshi new` and `noroshi update` as this very program, and takes what they say to the person at the phone.
//!
//! No shell is between: each text is one argument, or stands on standard input.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::cli::error::Error;
use crate::message::{Language, Message, message};

/// The arguments of a command and its standard input.
pub(super) struct Request {
    pub(super) arguments: Vec<String>,
    pub(super) words: String,
}

pub(super) struct Ran {
    pub(super) has_written: bool,
    /// What stands on stderr.
    pub(super) said: Message,
    /// What stands on stdout.
    pub(super) printed: String,
}

/// Systems refuse longer arguments: Linux 128 KiB for one, Windows 32 KiB for all.
const ARGUMENTS_BYTES: usize = 24 << 10;

/// `language` is that of what the command says.
pub(super) fn run(root: &Path, request: Request, language: Language) -> Result<Ran, Error> {
    let Request { arguments, words } = request;
    if arguments.iter().map(String::len).sum::<usize>() > ARGUMENTS_BYTES
        || arguments.iter().any(|a| a.contains('\0'))
    {
        let message = message!(
            "cli-ci-issue-arguments",
            "the title or a field of one line is too long, or holds a character that is no text"
        );
        let said = message!("cli-error", "error: {message}", message);
        return Ok(Ran { has_written: false, said, printed: String::new() });
    }
    let is_new = arguments.first().is_some_and(|command| command == "new");
    let failed = |error: std::io::Error| {
        Error::environment(
            message!("cli-ci-issue-not-run", "cannot run noroshi again: {error}", error),
            message!("cli-ci-issue-not-run-help", "check the memory and the limits of this machine"),
        )
    };
    let mut command = Command::new(std::env::current_exe().map_err(failed)?);
    command.arg("--root").arg(root).args(["--lang", language.tag()]);
    command.args(&arguments).env("NO_COLOR", "1");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(failed)?;
    if let Some(mut stdin) = child.stdin.take() {
        // A command that refuses its arguments ends before it reads: then what it says is the answer.
        let _ = stdin.write_all(words.as_bytes());
    }
    let output = child.wait_with_output().map_err(failed)?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if let Some(0..=2) = output.status.code() {
        Ok(Ran {
            has_written: output.status.success(),
            said: Message::same(if is_new {
                without_file(&text(&output.stderr))
            } else {
                text(&output.stderr)
            }),
            printed: text(&output.stdout),
        })
    } else {
        let message = message!("cli-ci-issue-not-written", "cannot write the entry");
        Err(Error::environment(message, Message::same(text(&output.stderr).trim())))
    }
}

/// What `noroshi new` says without the lines of the new file: a template has many, with questions for writers.
fn without_file(said: &str) -> String {
    said.lines().filter(|line| !line.starts_with("+ ")).flat_map(|line| [line, "\n"]).collect()
}
