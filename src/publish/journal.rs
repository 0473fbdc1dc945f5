//! The promise of a build, written before its first change: every path that
//! it will write or remove. While it is there, these paths are ours, and what
//! they hold is known to nobody.
//!
//! It also says which paths are *loose*: no file outside this set links into
//! it, and the home is outside, so a reader meets none of them and they may
//! link to what does not exist. A build writes to loose paths first, then
//! declares them linked, then writes the rest; at the end what it removes is
//! loose. However many builds are interrupted one after the other, with
//! whatever content, the files outside the set only link to files that exist.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::address;
use super::salvage;

#[derive(Default, Serialize, Deserialize)]
pub(super) struct Journal {
    writes: BTreeSet<String>,
    removals: BTreeSet<String>,
    /// What an earlier interrupted build left in doubt and this one found
    /// right. The next build must doubt it too: the manifest may still tell
    /// of the bytes before both.
    kept: BTreeSet<String>,
    pub(super) loose: BTreeSet<String>,
    /// The build that wrote it. A build that finds another one's journal in
    /// the place of its own was not alone.
    #[serde(default)]
    build: String,
    /// It could not be read, or two builds were at work at once: every file
    /// is in doubt, whether it is named or not.
    #[serde(default)]
    pub(super) broken: bool,
}

impl Journal {
    /// As it is before the first change: what will be written and removed, which of all these and of further paths
    /// are loose, and which were in doubt before.
    pub(super) fn new(
        writes: BTreeSet<String>,
        removals: BTreeSet<String>,
        loose: BTreeSet<String>,
        doubted: impl Iterator<Item = String>,
        build: &str,
    ) -> Journal {
        let kept = doubted.filter(|path| !writes.contains(path) && !removals.contains(path)).collect();
        Journal { writes, removals, kept, loose, build: build.to_owned(), broken: false }
    }

    /// As it is where nobody can say what happened: these paths are ours, and every file is in doubt.
    pub(super) fn in_doubt(ours: impl IntoIterator<Item = String>) -> Journal {
        Journal { kept: ours.into_iter().collect(), broken: true, ..Journal::default() }
    }

    /// Casts doubt on every file, and claims more of them.
    pub(super) fn doubt(&mut self, ours: impl IntoIterator<Item = String>) {
        self.broken = true;
        self.kept.extend(ours);
    }

    /// As it is once everything new is there: all that is wanted may be
    /// linked to.
    pub(super) fn link(&mut self, is_wanted: impl Fn(&str) -> bool) {
        self.loose.retain(|path| !is_wanted(path));
    }

    /// As it is once everything is there: nothing leads to what will go.
    pub(super) fn finish(&mut self) {
        self.loose.clone_from(&self.removals);
    }

    pub(super) fn parse(bytes: &[u8]) -> Journal {
        let Ok(mut journal) = serde_json::from_slice::<Journal>(bytes) else {
            return Journal::in_doubt(salvage::paths(bytes));
        };
        let Journal { writes, removals, kept, loose, .. } = &mut journal;
        for paths in [writes, removals, kept, loose] {
            paths.retain(|path| address::is_valid(path));
        }
        journal
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        // Text, lists and a truth value: writing them cannot fail.
        serde_json::to_vec(self).unwrap_or_default()
    }

    pub(super) fn names(&self, path: &str) -> bool {
        [&self.writes, &self.removals, &self.kept].iter().any(|paths| paths.contains(path))
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &String> {
        self.writes.iter().chain(&self.removals).chain(&self.kept)
    }
}
