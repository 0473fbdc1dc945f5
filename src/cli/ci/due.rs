//! `noroshi ci due`: whether a scheduled run must build.

use std::path::PathBuf;

use super::note::{Known, Note};
use super::{SiteUrl, host, site_url};
use crate::cli::error::Error;
use crate::cli::{Outcome, console, site};
use crate::message::message;
use crate::model::Instant;

/// Say whether a scheduled run must build
///
/// Prints `build=true` or `build=false`, sets the same output of a GitHub step, and says the reason
/// on stderr, but never a time. Needs no checkout. If in doubt, the answer is `true`: a build that
/// changes nothing writes nothing.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The address of the published site
    #[arg(long, value_name = "URL", value_parser = site_url)]
    site: SiteUrl,
    /// The note of the last publication, which `noroshi ci publish` wrote
    #[arg(long, value_name = "FILE")]
    note: PathBuf,
    /// The newest commit of the site [default: the commit that started this run]
    #[arg(long, value_name = "ID")]
    commit: Option<String>,
    /// Decide for this instant instead of now, in seconds since 1970
    #[arg(long, value_name = "SECONDS")]
    as_of: Option<i64>,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    let note = Note::read(&args.note);
    let now = args.as_of.map_or_else(site::now, Instant);
    let known = Known { commit: args.commit.clone().or_else(host::commit), published: args.site.published() };
    let reason = Note::is_due(note.as_ref(), &known, now);
    let answer = if reason.is_some() { "true" } else { "false" };
    console::say(reason.unwrap_or_else(|| message!("cli-ci-due-no", "nothing has changed yet")));
    host::output("build", answer)?;
    console::print(&format!("build={answer}"))?;
    Ok(Outcome::Done)
}
