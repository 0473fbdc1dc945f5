//! The journal of a build, written before its first change: every path that it will write or
//! remove. While the journal exists, these paths are ours, and their content is unknown.
//!
//! It also says which paths are *loose*: no file outside this set links into it, and the home page
//! is outside. Readers cannot reach a loose path, so it may link to files that do not exist. A
//! build writes loose paths first, then declares them linked, then writes the rest; at the end, the
//! paths that it removes are loose. However many builds are interrupted in a row, with any content,
//! the files outside the set only link to files that exist.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::address;
use super::salvage;

#[derive(Default, Serialize, Deserialize)]
pub(super) struct Journal {
    writes: BTreeSet<String>,
    removals: BTreeSet<String>,
    /// Paths that an interrupted build left in doubt and that this build found correct. The next
    /// build must doubt them too, because the manifest may still describe the bytes before both
    /// builds.
    kept: BTreeSet<String>,
    pub(super) loose: BTreeSet<String>,
    /// The id of the build that wrote the journal. A build that finds another id in its journal
    /// knows that it was not alone.
    #[serde(default)]
    build: String,
    /// Whether the journal could not be read, or two builds ran at once. Then every file is in
    /// doubt, named or not.
    #[serde(default)]
    pub(super) broken: bool,
}

impl Journal {
    /// The journal before the first change. `doubted` are the paths that were in doubt before.
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

    /// The journal after an unknown failure: these paths are ours, and every file is in doubt.
    pub(super) fn in_doubt(ours: impl IntoIterator<Item = String>) -> Journal {
        Journal { kept: ours.into_iter().collect(), broken: true, ..Journal::default() }
    }

    /// Marks every file as in doubt, and these paths as ours.
    pub(super) fn doubt(&mut self, ours: impl IntoIterator<Item = String>) {
        self.broken = true;
        self.kept.extend(ours);
    }

    /// Marks all wanted paths as linked, once every new file is in place.
    pub(super) fn link(&mut self, is_wanted: impl Fn(&str) -> bool) {
        self.loose.retain(|path| !is_wanted(path));
    }

    /// Marks the paths to remove as loose, once every file is in place.
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
        // The journal contains only text, lists and a boolean, so serialization cannot fail.
        serde_json::to_vec(self).unwrap_or_default()
    }

    pub(super) fn names(&self, path: &str) -> bool {
        [&self.writes, &self.removals, &self.kept].iter().any(|paths| paths.contains(path))
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &String> {
        self.writes.iter().chain(&self.removals).chain(&self.kept)
    }
}
