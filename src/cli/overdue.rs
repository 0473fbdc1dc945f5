//! `noroshi overdue`: lists what is overdue by the policy.

use std::path::Path;

use super::console::{self, Progress};
use super::error::Error;
use super::site;
use super::{Listing, Outcome, approvals};
use crate::check::policy::{self, Scope};
use crate::load;
use crate::message::message;
use crate::model::Model;
use crate::timeline::Snapshot;

/// List what is overdue by the policy: updates, postmortems, reports, reviews, approvals
///
/// Exits with 1 if anything is overdue, so that a scheduled job can alert the team. Checks
/// only the rules that `policy` in site.yaml sets, and skips a rule whose level is `off`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Check for this instant instead of now
    #[arg(long, value_name = "TIME")]
    as_of: Option<String>,
    /// The output format
    #[arg(long, value_enum, default_value = "human")]
    format: Listing,
}

pub(super) fn run(root: &Path, args: &Args) -> Result<Outcome, Error> {
    let progress = Progress::new();
    let mut loaded = site::load(root, None, &progress)?;
    // An error in another file does not hide what is overdue.
    let Some(mut model) = loaded.model.take() else {
        console::listing(&loaded.diagnostics, &loaded.texts, args.format, root)?;
        return Ok(Outcome::Content);
    };
    let as_of = site::as_of(args.as_of.as_deref(), &model)?;
    let hold = |model: &Model| policy::check(&Snapshot::at(model, as_of), as_of, Scope::Waiting);
    let (findings, panics) = site::contained(&mut model, &site::step_policy(), hold)?;
    let spoilt = loaded.diagnostics.has_errors() || !panics.is_empty();
    loaded.diagnostics = findings.into_iter().chain(panics).collect();
    let late = approvals::late(root, &model, as_of);
    loaded.diagnostics.extend(late.found);
    loaded.texts.extend(late.texts);
    load::fill_texts(root, &mut loaded);
    console::listing(&loaded.diagnostics, &loaded.texts, args.format, root)?;
    if spoilt {
        console::say(message!(
            "cli-overdue-errors",
            "some files have errors, so this list leaves them out; run `noroshi check` to see them"
        ));
        return Ok(Outcome::Content);
    }
    if loaded.diagnostics.counts() != (0, 0) {
        return Ok(Outcome::Content);
    }
    if args.format == Listing::Human {
        let asked = !model.config.policy.waits_for_nothing();
        console::say(if asked {
            message!("cli-overdue-none", "nothing is overdue")
        } else {
            message!(
                "cli-overdue-no-policy",
                "nothing is overdue: `policy` in site.yaml sets no deadlines, no reports, no reviewers and no approvals"
            )
        });
    }
    Ok(Outcome::Done)
}
