//! The checks that read the git repository of the site.

use std::path::Path;

use super::error::Error;
use super::site;
use crate::history::{Repository, removed, reviewers, silent_edit};
use crate::load::Loaded;
use crate::model::Model;

#[derive(Clone, Copy, Debug)]
pub(super) struct GitChecks<'a> {
    pub(super) as_of: Option<&'a str>,
    /// Also check who reviewed the entries.
    pub(super) reviewers: bool,
    /// Check every entry, not only the current ones.
    pub(super) all: bool,
}

/// Runs the checks and adds their diagnostics.
pub(super) fn ask(
    root: &Path,
    wanted: GitChecks<'_>,
    model: &Model,
    loaded: &mut Loaded,
) -> Result<(), Error> {
    let as_of = site::as_of(wanted.as_of, model)?;
    let silent = silent_edit::check(root, model, as_of, wanted.all);
    loaded.diagnostics.extend(silent.found);
    loaded.texts.extend(silent.texts);
    if wanted.reviewers {
        let reviewers = reviewers::check(root, model, as_of, wanted.all);
        loaded.diagnostics.extend(reviewers.found);
        loaded.texts.extend(reviewers.texts);
        // The check of the reviewers reports why the repository cannot be read.
        if model.heads().next().is_some() {
            let repository = Repository::around(root, None);
            let lost = repository.and_then(|repository| removed::lost(&repository, model, as_of));
            loaded.diagnostics.extend(lost.unwrap_or_default());
        }
    }
    Ok(())
}
