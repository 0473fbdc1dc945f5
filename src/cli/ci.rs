//! `noroshi ci`: the steps of the workflows of `noroshi init --ci`.
//!
//! A workflow asks `due` whether to build, publishes what `publish` built, and lets `confirm` wait until readers
//! get it. The steps know GitHub Actions, GitLab CI, Forgejo and Gitea by their environment variables; elsewhere
//! they take the same values as options.
//!
//! Why: docs/decisions/automation.md.

mod approvals;
mod confirm;
mod due;
mod host;
mod issue;
mod note;
mod publication;
mod publish;

use std::path::Path;

use clap::Subcommand;

use super::Outcome;
use super::console;
use super::error::Error;
use super::{published, site};
use crate::fetch::{self, FetchError};
use crate::message::{Message, Reason, message};
use crate::model::config::Url;
use crate::publish::{Entry, Manifest};

pub(super) use note::{Known, Note};

/// Publish from a CI workflow
///
/// `due` says whether a scheduled run must build, `publish` builds with what a workflow needs,
/// `confirm` waits until the new site is online, and `approvals` lists what waits for whom. `issue` writes what an
/// issue of the repository says. `noroshi init --ci` writes workflows that use them.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    step: Step,
}

#[derive(Debug, Subcommand)]
enum Step {
    Approvals(approvals::Args),
    Due(due::Args),
    Publish(publish::Args),
    Confirm(confirm::Args),
    Issue(issue::Args),
}

pub(super) fn run(root: &Path, args: &Args) -> Result<Outcome, Error> {
    match &args.step {
        Step::Approvals(args) => approvals::run(root, args),
        Step::Due(args) => due::run(args),
        Step::Publish(args) => publish::run(root, args),
        Step::Confirm(args) => confirm::run(args),
        Step::Issue(args) => issue::run(root, args),
    }
}

/// The address of a published site.
#[derive(Clone, Debug)]
pub(super) struct SiteUrl(String);

/// Parses the address of a site for clap.
pub(super) fn site_url(written: &str) -> Result<SiteUrl, Reason> {
    let with_slash = format!("{}/", written.trim_end_matches('/'));
    match Url::parse(&with_slash) {
        Some(_) => Ok(SiteUrl(with_slash)),
        None => Err(Reason(message!(
            "cli-ci-site",
            "write an absolute address, such as `https://status.example.com/`"
        ))),
    }
}

impl SiteUrl {
    /// The address of the head of the published manifest. The query differs each time, so that no cache
    /// on the way answers. The parts need none, since they never change.
    fn head(&self) -> String {
        format!("{}manifest.json?{}", self.0, site::now().0)
    }

    /// The published manifest with its parts; `None` if there is none. `local` is the folder of an earlier build.
    fn manifest(&self, local: &Path) -> Result<Option<Manifest>, Message> {
        published::fetched(&format!("{}manifest.json", self.0), || self.head(), Some(local))
    }

    /// The SHA-256 of the head of the published manifest, and so of all of it, since the head names its
    /// parts by their hashes; `None` if there is none.
    fn digest(&self) -> Result<Option<String>, FetchError> {
        Ok(fetch::file_at(&self.head())?.map(|bytes| Entry::of(&bytes).sha256))
    }

    /// The SHA-256 of the published manifest, if it can be read; says on stderr why not.
    pub(super) fn published(&self) -> Option<String> {
        self.digest().unwrap_or_else(|error| {
            console::say(message!("cli-warning", "warning: {message}", message = error.message));
            None
        })
    }
}
