//! The history of a site in its repository: who wrote and reviewed an entry, which text was published before it
//! changed, what is staged, and the last sound state of a file.
//!
//! This module runs `git`, which is available wherever a team commits. It never writes to the repository. If git
//! cannot answer (no repository, a shallow clone, a limit), the module reports that and does not guess.
//!
//! Why: docs/decisions/history.md.

pub mod approvals;
mod approved_states;
mod blobs;
mod entries;
mod git;
mod index;
pub mod last_good;
mod log;
pub mod removed;
pub mod reviewers;
pub mod reviews;
pub mod silent_edit;
mod units;
mod versions;
mod wording;

use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Place, Texts};
use crate::document::{self, Document};
use crate::message::{Message, message};
use crate::model::{Config, Head, Instant, Level, Zone};
use crate::source::{self, FoundFile};

pub use blobs::Blob;
pub use git::{Repository, Unknown};
pub use index::Staged;

/// The diagnostic for a question that git cannot answer. It is at site.yaml, because it does not concern a single
/// entry.
pub fn unknown(why: &Unknown) -> Diagnostic {
    let (message, help) = why.describe();
    Diagnostic::warning("history/unknown", Place::whole(&Config::file()), message).help(help)
}

/// The reasons why the history is cut off, each once, because it is the same for every entry.
fn cut_off(cuts: &[&Unknown]) -> impl Iterator<Item = Diagnostic> {
    let reasons = [Unknown::Shallow, Unknown::Partial, Unknown::Bound].into_iter();
    reasons.filter(|why| cuts.contains(&why)).map(|why| unknown(&why))
}

/// The diagnostics of a rule, and the texts they point into.
#[derive(Debug, Default)]
pub struct Report {
    /// In no particular order.
    pub found: Vec<Diagnostic>,
    pub texts: Texts,
}

/// The original of an entry as it is on the disk, for the positions of diagnostics.
fn original(root: &Path, head: &Head, config: &Config) -> Option<(Document, Arc<str>)> {
    let mut found = FoundFile::named(&head.file)?;
    found.path = root.join(&*head.file);
    let text = source::read(&found).ok()?.ok()?;
    let document = document::parse(&found, &text, &config.locales, &config.words, &mut Vec::new())?;
    Some((document, text))
}

/// The zone in the text of a `site.yaml`, if it is valid.
fn zone_in(text: &str) -> Option<Zone> {
    let value = text.lines().find_map(|line| line.strip_prefix("timezone:"))?;
    let value = value.split(" #").next().unwrap_or(value).trim().trim_matches(['"', '\'']);
    Zone::named(value)
}

fn at_level(level: Level, code: &'static str, place: Place, message: Message) -> Diagnostic {
    match level {
        Level::Error => Diagnostic::error(code, place, message),
        Level::Warn | Level::Off => Diagnostic::warning(code, place, message),
    }
}

/// A commit in readable form: the beginning of its id, and its time.
fn named(commit: &log::Commit, zone: Zone) -> Message {
    let local = zone.local(Instant(commit.time));
    message!(
        "history-commit-of",
        "{commit} of {time}",
        commit = commit.short(),
        time = local.format("%Y-%m-%d %H:%M").to_string()
    )
}
