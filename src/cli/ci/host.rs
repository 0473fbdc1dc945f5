//! What a CI host tells a step through the environment, and where it takes results.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use crate::cli::console;
use crate::cli::error::Error;
use crate::message::{Message, message};
use crate::os::Shown as _;

/// The commit that started this run.
pub(super) fn commit() -> Option<String> {
    // Forgejo and Gitea set the variables of GitHub, too.
    first(&["GITHUB_SHA", "CI_COMMIT_SHA"])
}

/// Whether errors become annotations: GitHub Actions, Forgejo, Gitea.
pub(super) fn has_annotations() -> bool {
    variable("GITHUB_ACTIONS").is_some_and(|value| value == "true")
}

/// The fingerprint of what runs: the source that the team named, or this version.
pub(super) fn program() -> String {
    variable("NOROSHI_SOURCE").unwrap_or_else(|| env!("CARGO_PKG_VERSION").to_owned())
}

/// The file with the event that started this run.
pub(super) fn event() -> Option<PathBuf> {
    variable("GITHUB_EVENT_PATH").map(PathBuf::from)
}

/// The result of an earlier step.
pub(super) fn publication() -> Option<String> {
    variable("NOROSHI_PUBLICATION")
}

/// Sets an output of this step. Does nothing on a host without outputs.
///
/// # Errors
/// The file of outputs cannot be written.
pub(super) fn output(name: &str, value: &str) -> Result<(), Error> {
    append("GITHUB_OUTPUT", &format!("{name}={value}\n"))
}

/// Adds Markdown to the summary of this run. Does nothing on a host without summaries.
///
/// # Errors
/// The file of the summary cannot be written.
pub(super) fn summary(markdown: &Message) -> Result<(), Error> {
    append("GITHUB_STEP_SUMMARY", &markdown.text(console::language()))
}

/// The last line of a list that is longer than a summary.
pub(super) fn more(more: usize) -> Message {
    message!("cli-ci-more", "- and {more} more", more)
}

fn append(name: &str, text: &str) -> Result<(), Error> {
    let Some(path) = variable(name).map(PathBuf::from) else { return Ok(()) };
    let file = fs::OpenOptions::new().create(true).append(true).open(&path);
    file.and_then(|mut file| file.write_all(text.as_bytes())).map_err(|error| {
        let message =
            message!("cli-ci-unwritten", "cannot write `{path}`: {error}", path = path.shown(), error);
        let help = message!("cli-ci-unwritten-help", "the CI host names this file in `{name}`", name);
        Error::environment(message, help)
    })
}

fn first(names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| variable(name))
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
