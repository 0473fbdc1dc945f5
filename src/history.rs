//! What the repository knows of a site: who wrote and reviewed an entry, which words were published before
//! they changed, what is staged, and the last state of a file that was sound.
//!
//! Asks the program `git`, which stands wherever a team commits. Nothing here writes to the repository. What
//! git cannot tell (no repository, a shallow clone, a bound that is reached) is said and never guessed.
//!
//! Why: docs/decisions/history.md.

mod blobs;
mod entries;
mod git;
mod index;
pub mod last_good;
mod log;
pub mod removed;
pub mod reviewers;
pub mod silent_edit;
mod versions;
mod wording;

use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Place, Texts};
use crate::document::{self, Document};
use crate::model::{Config, Head, Instant, Level, Zone};
use crate::source::{self, FoundFile};

pub use blobs::Blob;
pub use git::{Repository, Unknown};
pub use index::{Indexed, Staged};

/// What cannot be known, at site.yaml: it concerns no single entry.
#[must_use]
pub fn unknown(why: &Unknown) -> Diagnostic {
    let (message, help) = why.describe();
    Diagnostic::warning("history/unknown", Place::whole(&Config::file()), message).help(help)
}

/// What a rule found, and the texts that it points into.
#[derive(Debug, Default)]
pub struct Report {
    /// In no order.
    pub found: Vec<Diagnostic>,
    /// Texts of files with diagnostics.
    pub texts: Texts,
}

/// The original of an entry as it is on the disk, for the places of what was found.
fn original(root: &Path, head: &Head, config: &Config) -> Option<(Document, Arc<str>)> {
    let mut found = FoundFile::named(&head.file)?;
    found.path = root.join(&*head.file);
    let text = source::read(&found).ok()?.ok()?;
    let document = document::parse(&found, &text, &config.locales, &config.words, &mut Vec::new())?;
    Some((document, text))
}

/// The zone that the text of a `site.yaml` names, where it is a zone.
fn zone_in(text: &str) -> Option<Zone> {
    let value = text.lines().find_map(|line| line.strip_prefix("timezone:"))?;
    let value = value.split(" #").next().unwrap_or(value).trim().trim_matches(['"', '\'']);
    Zone::named(value)
}

/// A fault as grave as a level says.
fn at_level(level: Level, code: &'static str, place: Place, message: String) -> Diagnostic {
    match level {
        Level::Error => Diagnostic::error(code, place, message),
        Level::Warn | Level::Off => Diagnostic::warning(code, place, message),
    }
}

/// A commit as people know it: the beginning of its id, and when it was made.
fn named(commit: &log::Commit, zone: Zone) -> String {
    let local = zone.local(Instant(commit.time));
    format!("{} of {}", commit.short(), local.format("%Y-%m-%d %H:%M"))
}
