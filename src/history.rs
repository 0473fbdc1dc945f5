//! What the repository knows of a site: who wrote and reviewed an entry, which words were published before
//! they changed, what is staged, and the last state of a file that was sound.
//!
//! Asks the program `git`, which stands wherever a team commits. Nothing here writes to the repository. What
//! git cannot tell (no repository, a shallow clone, a bound that is reached) is said and never guessed.

mod blobs;
mod entries;
mod git;
pub mod held;
mod index;
mod log;
mod past;
pub mod reviewers;
mod said;
pub mod silent;

use crate::diagnostic::{Diagnostic, Place};
use crate::model::{Config, Instant, Zone};

pub use blobs::{Blob, MAX_FILE_BYTES};
pub use git::{Repository, Unknown};
pub use index::{Indexed, Staged};

/// How many commits are looked at, the newest first. A bound by count and not by the clock: the same
/// repository gives the same answer on every machine.
pub const MAX_COMMITS: usize = 20_000;
/// How many versions of one entry are compared, the newest first.
pub const MAX_VERSIONS: usize = 200;
/// How many older states of a broken entry are tried, the newest first.
pub const MAX_TRIES: usize = 50;

/// What cannot be known, at site.yaml: it concerns no single entry.
#[must_use]
pub fn unknown(why: &Unknown) -> Diagnostic {
    let (message, help) = why.describe();
    Diagnostic::warning("history/unknown", Place::whole(&Config::file()), message).help(help)
}

/// A commit as people know it: the beginning of its id, and when it was made.
fn named(commit: &log::Commit, zone: Zone) -> String {
    let local = zone.local(Instant(commit.time));
    format!("{} of {}", commit.short(), local.format("%Y-%m-%d %H:%M"))
}
