//! The changes that a build will make to the folder, computed before it makes any.

use std::collections::HashSet;
use std::path::Path;

use super::file_system::PathKind;
use super::output_dir::{OutputDir, ParentDirs};
use super::{Error, Staged, names};

/// The staged path and the target of a file.
type Write<'a> = (&'a Path, &'a str);

pub(super) struct Plan<'a> {
    /// Files that no page of the published site links to, in order.
    pub(super) new: Vec<Write<'a>>,
    /// The other files, in order, the home page last.
    pub(super) changed: Vec<Write<'a>>,
    /// Our files that are no longer wanted, sorted.
    pub(super) removals: Vec<&'a str>,
}

impl<'a> Plan<'a> {
    /// `staged` is the whole site, sorted by path.
    pub(super) fn new(ground: &OutputDir<'a>, staged: &'a [Staged]) -> Result<Plan<'a>, Error> {
        if ground.found.manifest.is_none() && ground.look(names::MANIFEST)?.is_some() {
            return Err(Error::foreign_file(&ground.at(names::MANIFEST)));
        }
        let mut known = HashSet::new();
        let (mut new, mut changed) = (Vec::new(), Vec::new());
        for file in staged {
            let Some(source) = &file.source else { continue };
            let is_there = survey(ground, &file.path, &mut known)?;
            // Readers start at the home page, so it is last even if it is new.
            let is_start = file.path == "index.html";
            let turn = ((is_start, file.rank), (source.as_path(), file.path.as_str()));
            if is_start || is_there && !ground.found.is_loose(&file.path) {
                changed.push(turn);
            } else {
                new.push(turn);
            }
        }
        Ok(Plan { new: in_turn(new), changed: in_turn(changed), removals: unwanted(ground, staged) })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.new.is_empty() && self.changed.is_empty() && self.removals.is_empty()
    }
}

/// Both lists are sorted, so one pass over both is enough.
fn unwanted<'a>(ground: &OutputDir<'a>, staged: &[Staged]) -> Vec<&'a str> {
    let mut wanted = staged.iter().map(|file| file.path.as_str()).peekable();
    let mut gone = Vec::new();
    for path in ground.found.owned() {
        while wanted.next_if(|next| *next < path).is_some() {}
        if wanted.peek() != Some(&path) {
            gone.push(path);
        }
    }
    gone
}

fn in_turn<K: Ord>(mut writes: Vec<(K, Write<'_>)>) -> Vec<Write<'_>> {
    // The sort is stable: files of one rank stay sorted by path.
    writes.sort_by(|a, b| a.0.cmp(&b.0));
    writes.into_iter().map(|(_, write)| write).collect()
}

/// Whether a file of ours is at an address. Refuses a file that is not ours.
fn survey(ground: &OutputDir, path: &str, known: &mut HashSet<String>) -> Result<bool, Error> {
    match ground.way(path, known)? {
        ParentDirs::Foreign(path) => return Err(Error::foreign_file(&ground.at(path))),
        ParentDirs::Missing | ParentDirs::Ours(_) => return Ok(false),
        ParentDirs::Open => {}
    }
    match ground.look(path)? {
        None => Ok(false),
        Some(PathKind::Folder) => ground.ours_below(path).map(|_| false),
        Some(_) if ground.found.owns(path) => Ok(true),
        Some(_) if ground.found.recovery.is_some() => Err(Error::unknown_file(&ground.at(path))),
        Some(_) => Err(Error::foreign_file(&ground.at(path))),
    }
}
