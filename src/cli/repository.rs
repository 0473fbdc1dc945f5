//! The checks that read the git repository of the site.

use std::collections::HashSet;
use std::path::Path;

use super::error::Error;
use super::site;
use crate::diagnostic::Diagnostic;
use crate::history::reviews::Reviews;
use crate::history::{Repository, approvals, removed, reviewers, silent_edit};
use crate::load::Loaded;
use crate::message::Message;
use crate::model::Model;

#[derive(Clone, Copy, Debug)]
pub(super) struct GitChecks<'a> {
    pub(super) as_of: Option<&'a str>,
    /// Also check who reviewed the entries.
    pub(super) reviewers: bool,
    /// Check every entry, not only the current ones.
    pub(super) all: bool,
    /// The reviews of a pull request, whose approvals count.
    pub(super) reviews: Option<&'a Reviews>,
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
    let question = approvals::Question { root, model, as_of, all: wanted.all, reviews: wanted.reviews };
    let approvals = approvals::report(root, model, as_of, &approvals::ask(question));
    // Another check may have said already that the history is incomplete.
    let known: HashSet<Message> =
        loaded.diagnostics.sorted().into_iter().map(|known| known.message.clone()).collect();
    let is_new = |found: &Diagnostic| !found.code.starts_with("history/") || !known.contains(&found.message);
    loaded.diagnostics.extend(approvals.found.into_iter().filter(is_new));
    loaded.texts.extend(approvals.texts);
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
