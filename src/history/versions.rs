//! The versions of entries along the published history: the contents of their files from each commit on.
//!
//! The walk starts at the newest commit and stops at the one that added the last of the entries. Open entries are
//! young, so most of a long history is never read.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::git::{Repository, Unknown, key};
use super::log::{Change, Commit, Walk};
use crate::limits::{COMMITS, GIT_MOVES, GIT_PATHS, VERSIONS};

/// The number of commits to read at once. The first step is enough for most repositories.
const STEPS: [usize; 4] = [250, 1_000, 4_000, COMMITS];
/// The number of paths of an original, which come first in an entry: with and without the language suffix.
pub(super) const ORIGINALS: usize = 2;

/// The contents of an entry's files from a commit on, by their current names.
#[derive(Clone, Debug)]
pub(super) struct Version {
    pub(super) commit: Arc<Commit>,
    pub(super) files: BTreeMap<Arc<str>, String>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Versions {
    /// The oldest first.
    pub(super) versions: Vec<Version>,
    /// Why the oldest of them may not be the first, if the history is cut off.
    pub(super) cut: Option<Unknown>,
}

/// A commit, and its changes to the files of an entry.
type Step = (Arc<Commit>, Vec<(Arc<str>, Change)>);

/// The walk back through the history of an entry.
struct Trail {
    entry: usize,
    /// The path at that time and the current name of each file, the original first.
    paths: Vec<(String, Arc<str>)>,
    /// The commits that changed it, the newest first, each with its changes by current names.
    steps: Vec<Step>,
    is_done: bool,
    moves: usize,
}

/// The versions of each of these entries, given by its files with the original first (see [`ORIGINALS`]).
pub(super) fn of(repository: &Repository, entries: &[Vec<Arc<str>>]) -> Result<Vec<Versions>, Unknown> {
    let mut pasts: Vec<Versions> = entries.iter().map(|_| Versions::default()).collect();
    let Some(head) = repository.head()? else { return Ok(pasts) };
    let asked: Vec<&str> = entries.iter().flatten().map(|file| &**file).collect();
    let committed = repository.committed(&head, &asked)?;
    let trail = |(entry, files): (usize, &Vec<Arc<str>>)| Trail {
        entry,
        paths: files.iter().map(|file| (key(file), Arc::clone(file))).collect(),
        steps: Vec::new(),
        is_done: !files.iter().any(|file| committed.contains_key(&key(file))),
        moves: 0,
    };
    let mut left = COMMITS;
    let mut waiting = vec![(head, entries.iter().enumerate().map(trail).collect::<Vec<Trail>>())];
    while let Some((start, mut trails)) = waiting.pop() {
        let end = walk(repository, &start, &mut trails, &mut left)?;
        for (start, moved) in moved(repository, &mut trails)? {
            waiting.push((start, moved));
        }
        for trail in trails {
            let entry = trail.entry;
            pasts[entry] = finish(trail, repository, end.as_ref(), &committed);
        }
    }
    Ok(pasts)
}

/// Walks until every trail has reached its beginning. Returns whether commits were left out.
fn walk(
    repository: &Repository,
    start: &str,
    trails: &mut [Trail],
    left: &mut usize,
) -> Result<Option<Unknown>, Unknown> {
    let mut start = Some(start.to_owned());
    for step in STEPS {
        let open: Vec<&Trail> = trails.iter().filter(|trail| !trail.is_done).collect();
        let Some(from) = start.take().filter(|_| !open.is_empty()) else { return Ok(None) };
        let most = step.min(*left);
        if most == 0 {
            return Ok(Some(Unknown::Bound));
        }
        let paths: Vec<&str> =
            open.iter().flat_map(|trail| &trail.paths).map(|(path, _)| path.as_str()).collect();
        let paths = if paths.len() > GIT_PATHS { vec!["content"] } else { paths };
        let commits = repository.log(&from, Walk::Published, most, &paths)?;
        *left -= commits.len();
        // Fewer commits than requested mean that the first commit was reached.
        let next = commits.last().and_then(|commit| commit.parents.first()).cloned();
        start = next.filter(|_| commits.len() == most);
        read(trails, commits);
    }
    let is_open = start.is_some() && trails.iter().any(|trail| !trail.is_done);
    Ok(is_open.then_some(Unknown::Bound))
}

fn read(trails: &mut [Trail], commits: Vec<Commit>) {
    let mut by_path: HashMap<String, (usize, usize)> = HashMap::new();
    for (number, trail) in trails.iter().enumerate().filter(|(_, trail)| !trail.is_done) {
        let paths = trail.paths.iter().enumerate();
        by_path.extend(paths.map(|(at, (path, _))| (path.clone(), (number, at))));
    }
    for mut commit in commits {
        let changes = std::mem::take(&mut commit.changes);
        let mut touched: BTreeMap<usize, Vec<(usize, Change)>> = BTreeMap::new();
        for change in changes {
            if let Some((trail, at)) = by_path.get(&change.path) {
                touched.entry(*trail).or_default().push((*at, change));
            }
        }
        let commit = Arc::new(commit);
        for (number, changes) in touched {
            let trail = &mut trails[number];
            if trail.is_done {
                continue;
            }
            trail.is_done = changes.iter().any(|(at, change)| *at < ORIGINALS && change.old.is_none());
            let names = changes.into_iter().map(|(at, change)| (Arc::clone(&trail.paths[at].1), change));
            let names = names.collect();
            trail.steps.push((Arc::clone(&commit), names));
        }
    }
}

/// The trails whose first commit moved the file rather than wrote it. They go on under the old names, grouped by
/// the commit from which to continue.
fn moved(repository: &Repository, trails: &mut Vec<Trail>) -> Result<Vec<(String, Vec<Trail>)>, Unknown> {
    let began = |trail: &Trail| {
        let (commit, _) = trail.steps.last()?;
        let goes_on = trail.is_done && trail.moves < GIT_MOVES && !commit.parents.is_empty();
        goes_on.then(|| Arc::clone(commit))
    };
    let commits: BTreeMap<String, Arc<Commit>> =
        trails.iter().filter_map(began).map(|commit| (commit.id.clone(), commit)).collect();
    if commits.is_empty() {
        return Ok(Vec::new());
    }
    let asked: Vec<&Commit> = commits.values().map(|commit| &**commit).collect();
    let moves_by_id: HashMap<String, Commit> =
        repository.moves(&asked)?.into_iter().map(|commit| (commit.id.clone(), commit)).collect();
    let mut going: BTreeMap<String, Vec<Trail>> = BTreeMap::new();
    let mut staying = Vec::new();
    for mut trail in trails.drain(..) {
        let commit = began(&trail);
        let moves =
            commit.as_ref().and_then(|commit| Some((commit.parents.first()?, moves_by_id.get(&commit.id)?)));
        let Some((parent, moves)) = moves else {
            staying.push(trail);
            continue;
        };
        let from = |path: &str| moves.changes.iter().find(|c| c.path == path).and_then(|c| c.from.clone());
        let is_moved = trail.paths.iter().take(ORIGINALS).any(|(path, _)| from(path).is_some());
        if !is_moved {
            staying.push(trail);
            continue;
        }
        for (path, _) in &mut trail.paths {
            if let Some(old) = from(path) {
                *path = old;
            }
        }
        trail.is_done = false;
        trail.moves += 1;
        going.entry(parent.clone()).or_default().push(trail);
    }
    *trails = staying;
    Ok(going.into_iter().collect())
}

/// Builds the versions of a trail, from the oldest on.
fn finish(
    trail: Trail,
    repository: &Repository,
    end: Option<&Unknown>,
    committed: &BTreeMap<String, String>,
) -> Versions {
    let mut files: BTreeMap<Arc<str>, String> = BTreeMap::new();
    let mut past = Versions::default();
    let oldest = trail.steps.last().map(|(commit, _)| commit);
    if oldest.is_some_and(|commit| commit.parents.is_empty()) && repository.is_shallow() {
        past.cut = Some(Unknown::Shallow);
    } else if !trail.is_done {
        past.cut = end.cloned();
        // Each file starts with the content before its oldest known change.
        let mut seen: BTreeSet<&Arc<str>> = BTreeSet::new();
        for (name, change) in trail.steps.iter().rev().flat_map(|(_, changes)| changes) {
            if seen.insert(name)
                && let Some(old) = &change.old
            {
                files.insert(Arc::clone(name), old.clone());
            }
        }
        // A file without a known change has had its content since before the oldest commit.
        for (path, name) in trail.paths.iter().filter(|(_, name)| past.cut.is_some() && !seen.contains(name))
        {
            files.extend(committed.get(path).map(|blob| (Arc::clone(name), blob.clone())));
        }
    }
    if !files.is_empty() {
        let time = oldest.filter(|_| past.cut.is_none()).map_or(i64::MIN, |commit| commit.time);
        let before = Commit { time, ..Commit::default() };
        past.versions.push(Version { commit: Arc::new(before), files: files.clone() });
    }
    for (commit, changes) in trail.steps.into_iter().rev() {
        for (name, change) in changes {
            match change.new {
                Some(blob) => _ = files.insert(name, blob),
                None => _ = files.remove(&name),
            }
        }
        past.versions.push(Version { commit, files: files.clone() });
    }
    if past.versions.len() > VERSIONS {
        past.versions.drain(..past.versions.len() - VERSIONS);
        past.cut.get_or_insert(Unknown::Bound);
    }
    past
}
