//! `noroshi review`: records who reviewed an entry, and lists what waits for an approval.

use std::path::{Path, PathBuf};

use super::editor::{self, Editor};
use super::error::Error;
use super::{Outcome, approvals, console, site};
use crate::edit::reviewers;
use crate::history::approvals::{Answer, Question, ask};
use crate::history::reviews::Reviews;
use crate::message::message;
use crate::model::Model;

/// Record who reviewed an entry, or list what waits for an approval
///
/// With `--by`, adds names to `reviewed_by`. Refuses the author of the entry (`internal.author`) and
/// names that are already listed. All other bytes of the file stay unchanged. Without `--by`, lists the
/// texts that wait for an approval by `policy.approve` in site.yaml, and says how to approve them.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The entry: its slug, a part of its slug or title, its id or its file [default: all entries]
    #[arg(value_name = "ENTRY")]
    entry: Option<String>,
    /// The name of a reviewer; can be repeated
    #[arg(long, value_name = "NAME", requires = "entry", num_args = 1..)]
    by: Vec<String>,
    /// Count the approvals of a pull request: the JSON of its reviews, as the API of the host gives
    /// it; `-` reads it from stdin
    #[arg(long, value_name = "FILE")]
    reviews: Option<PathBuf>,
}

pub(super) fn run(root: &Path, args: &Args) -> Result<Outcome, Error> {
    let reviews = approvals::reviews(args.reviews.as_deref())?;
    let editor = Editor::open(root)?;
    match &args.entry {
        Some(entry) if !args.by.is_empty() => record(&editor, entry, &args.by, reviews.as_ref()),
        entry => list(&editor, entry.as_deref(), reviews.as_ref()),
    }
}

fn record(
    editor: &Editor<'_>,
    typed: &str,
    by: &[String],
    reviews: Option<&Reviews>,
) -> Result<Outcome, Error> {
    let names = by.iter().map(|name| editor::one_line("--by", name)).collect::<Result<Vec<_>, _>>()?;
    let entry = editor.entry(typed)?;
    again(editor, &entry.name, &names, reviews)?;
    let file = editor::read(entry)?;
    let (result, _) =
        reviewers::add(&entry.name, &file, editor.frame(), &names).map_err(|r| editor::refuse(&r))?;
    let (loaded, warnings) =
        editor.judge(&entry.name, result.text(), editor.parsed(&entry.name, result.text()))?;
    editor::replace(&entry.path, file.bytes(), result.bytes())?;
    editor::show(&entry.path, &format!("reviewed_by: {}", names.join(", ")), &warnings, &loaded)?;
    if let Some(model) = &loaded.model {
        let answer = waiting(editor, model, Some(&entry.name), reviews)?;
        for waiting in &answer.waiting {
            let what = approvals::line(waiting, model);
            console::say(message!("cli-review-still-waits", "still waits: {what}", what));
        }
    }
    Ok(Outcome::Done)
}

/// A name that is listed already cannot be added for words that came later. Says how to approve those.
fn again(editor: &Editor<'_>, file: &str, names: &[String], reviews: Option<&Reviews>) -> Result<(), Error> {
    let head = editor.model.heads().find(|head| *head.file == *file);
    let listed =
        |name: &&String| head.is_some_and(|head| head.reviewers.iter().any(|known| known.says(name)));
    let Some(name) = names.iter().find(listed) else { return Ok(()) };
    let answer = waiting(editor, &editor.model, Some(file), reviews)?;
    let Some(waiting) = answer.waiting.first() else { return Ok(()) };
    let message = message!("cli-review-twice", "`{name}` is already a reviewer, of earlier words", name);
    let help = message!(
        "cli-review-twice-help",
        "to approve the words as they are: {command}",
        command = approvals::command(waiting)
    );
    Err(Error::content(message, editor::nothing_written(&help)))
}

fn list(editor: &Editor<'_>, typed: Option<&str>, reviews: Option<&Reviews>) -> Result<Outcome, Error> {
    let file = typed.map(|typed| editor.entry(typed)).transpose()?.map(|entry| &*entry.name);
    let model = &editor.model;
    let answer = waiting(editor, model, file, reviews)?;
    approvals::list(&answer, model)?;
    if let Some(first) = answer.waiting.first() {
        approvals::say_how(first);
    } else if model.config.policy.approve.is_empty() {
        console::say(message!(
            "cli-review-no-policy",
            "nothing waits: `policy` in site.yaml has no `approve`"
        ));
    } else {
        console::say(message!("cli-review-nothing-waits", "nothing waits for an approval"));
    }
    Ok(Outcome::Done)
}

/// What waits in one entry, or in all.
fn waiting<'m>(
    editor: &'m Editor<'_>,
    model: &'m Model,
    file: Option<&str>,
    reviews: Option<&'m Reviews>,
) -> Result<Answer<'m>, Error> {
    let as_of = site::as_of(None, model)?;
    let mut answer = ask(Question { root: editor.root, model, as_of, all: false, reviews });
    answer.waiting.retain(|waiting| file.is_none_or(|file| *waiting.head.file == *file));
    Ok(answer)
}
