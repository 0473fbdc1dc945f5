//! What commands ask of the repository that the site lies in.

use std::path::Path;

use super::console;
use super::error::Error;
use crate::history::{Repository, removed, reviewers, silent_edit};
use crate::load::Loaded;
use crate::model::Model;

/// What `check` is to ask.
#[derive(Clone, Copy, Debug)]
pub(super) struct GitChecks<'a> {
    pub(super) as_of: Option<&'a str>,
    /// Also who reviewed.
    pub(super) reviewers: bool,
    /// Of every entry.
    pub(super) all: bool,
}

/// Asks, and adds what was found.
pub(super) fn ask(
    root: &Path,
    wanted: GitChecks<'_>,
    model: &Model,
    loaded: &mut Loaded,
) -> Result<(), Error> {
    let as_of = console::as_of(wanted.as_of, model)?;
    let silent = silent_edit::check(root, model, as_of, wanted.all);
    loaded.diagnostics.extend(silent.found);
    loaded.texts.extend(silent.texts);
    if wanted.reviewers {
        let reviewers = reviewers::check(root, model, as_of, wanted.all);
        loaded.diagnostics.extend(reviewers.found);
        loaded.texts.extend(reviewers.texts);
        // Why the repository cannot be asked is told with the reviewers.
        if model.heads().next().is_some() {
            let repository = Repository::around(root, None);
            let lost = repository.and_then(|repository| removed::lost(&repository, model, as_of));
            loaded.diagnostics.extend(lost.unwrap_or_default());
        }
    }
    Ok(())
}
