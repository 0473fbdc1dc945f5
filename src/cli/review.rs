//! `noroshi review`: records who reviewed an entry.

use std::path::Path;

use super::Outcome;
use super::editor::{self, Editor};
use super::error::Error;
use crate::edit::reviewers;

/// Record who reviewed an entry
///
/// Adds names to `reviewed_by`. Refuses the author of the entry (`internal.author`) and names that are
/// already listed. All other bytes of the file stay unchanged.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The entry: its slug or a part of it, its id or its file
    #[arg(value_name = "ENTRY")]
    entry: String,
    /// The name of a reviewer; can be repeated
    #[arg(long, value_name = "NAME", required = true, num_args = 1..)]
    by: Vec<String>,
}

pub(super) fn run(root: &Path, args: &Args) -> Result<Outcome, Error> {
    let editor = Editor::open(root)?;
    let names = args.by.iter().map(|name| editor::one_line("--by", name)).collect::<Result<Vec<_>, _>>()?;
    let entry = editor.entry(&args.entry)?;
    let file = editor::read(entry)?;
    let (result, _) =
        reviewers::add(&entry.name, &file, editor.frame(), &names).map_err(|r| editor::refuse(&r))?;
    let (loaded, warnings) =
        editor.judge(&entry.name, result.text(), editor.parsed(&entry.name, result.text()))?;
    editor::replace(&entry.path, file.bytes(), result.bytes())?;
    editor::show(&entry.path, &format!("reviewed_by: {}", names.join(", ")), &warnings, &loaded)?;
    Ok(Outcome::Done)
}
