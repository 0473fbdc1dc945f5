//! What a deployment sends and removes, and in which order.

use std::collections::{BTreeMap, BTreeSet};

use super::sides::{self, Sides};
use super::state::{Journal, State};
use super::store::{Cause, SiteFile, Store, StoreError};
use super::{DeployError, MANIFEST, Options, Site, cache};
use crate::address::is_part;
use crate::file;
use crate::limits::MANIFEST_PART_BYTES;
use crate::message::message;
use crate::publish::{Entry, Head, PartError, Rank};

/// All that a deployment will do.
///
/// Why this order keeps links alive: a page that readers can reach links only to files that are there.
/// Files that are missing are sent first; nothing that is reachable links to them. Then every file of the new site is
/// there, so each file that is overwritten may link to any of them. Then all pages are those of the
/// new site, so nothing links to what is removed. What an interrupted deployment has touched may be
/// missing or not, so there the store is asked; a file that is there and that nothing leads to counts as missing, since
/// it may link to one that is.
///
/// Side files of a text that is sent are removed before it and sent after it, and those of a text that is removed are
/// removed before it. So a side file that is there always has the words of the text that is there, also after a kill.
pub(super) struct Plan<'a> {
    /// Files that are not there, or that nothing leads to, by rank.
    new: Vec<Vec<SiteFile<'a>>>,
    /// Files that are there and change, by rank. The home page and the manifest are groups of their own.
    changed: Vec<Vec<SiteFile<'a>>>,
    removals: Vec<String>,
    /// Side files that are sent, by the path of their text.
    sides: BTreeMap<&'a str, Vec<SiteFile<'a>>>,
    /// Side files of an earlier deployment that are replaced or removed, by the path of their text.
    stale_sides: BTreeMap<String, Vec<String>>,
    /// Side files that the site has no longer.
    side_removals: Vec<String>,
    /// Files that are there with other bytes than the last deployment sent, or gone.
    mended: Vec<String>,
}

impl<'a> Plan<'a> {
    pub(super) fn new(
        site: &'a Site<'a>,
        sides: &'a Sides<'a>,
        store: &dyn Store,
        state: &State,
        options: &Options<'_>,
    ) -> Result<Plan<'a>, DeployError> {
        let old = old_files(site, store, state, options)?;
        let encoding = state.deployed.as_ref().map_or("", |deployed| deployed.encoding.as_str());
        // Stored in another form, nothing is as it should be.
        let is_same_form = encoding == store.encoding();
        let none = Journal::default();
        let Journal { paths: doubted, loose, sides: doubted_sides } = state.journal.as_ref().unwrap_or(&none);
        let old_sides = old.as_ref().map(|old| sides::of(old, encoding)).unwrap_or_default();
        let mut files = site_files(site);
        files.extend(side_files(site, sides));
        let is_head_same = state.is_done(site.head, store.encoding());
        let is_ours = |path: &str| {
            path == MANIFEST && old.is_some()
                || doubted.contains(path)
                || listed(old.as_ref(), path).is_some()
                || old_sides.contains_key(path)
        };

        let asked: Vec<&str> = if options.how.verify {
            files.iter().map(|file| file.path).collect()
        } else {
            // A part is named by its content: where one is there, it is this one, and sending it again does no harm.
            let is_unknown = |file: &&SiteFile<'_>| {
                doubted.contains(file.path) || !is_ours(file.path) && !is_part(file.path)
            };
            files.iter().filter(is_unknown).map(|file| file.path).collect()
        };
        let existing = if asked.is_empty() { BTreeSet::new() } else { store.existing(&asked)? };
        let is_asked: BTreeSet<&str> = asked.into_iter().collect();
        let is_there = |path: &str| {
            if is_asked.contains(path) { existing.contains(path) } else { is_ours(path) }
        };

        // A file at our address that nobody has deployed is ours only if it is exactly what we would send.
        let strangers: Vec<SiteFile<'_>> =
            files.iter().filter(|f| is_there(f.path) && !is_ours(f.path)).copied().collect();
        if !strangers.is_empty() && !options.how.force {
            let foreign = differing(store, &strangers)?;
            if !foreign.is_empty() {
                return Err(DeployError::Foreign(foreign.into_iter().collect()));
            }
        }

        let vouched = |file: &SiteFile<'_>| match file.path {
            MANIFEST => is_head_same,
            path if !is_same_form || doubted.contains(path) => false,
            path if file.coding.is_some() => old_sides.get(path).map(|(_, text)| *text) == Some(file.entry),
            path => listed(old.as_ref(), path) == Some(file.entry),
        };
        let verified: Vec<SiteFile<'_>> =
            files.iter().filter(|f| options.how.verify && is_there(f.path) && vouched(f)).copied().collect();
        let differing = if verified.is_empty() { BTreeSet::new() } else { differing(store, &verified)? };
        let mut mended: Vec<String> = differing.iter().cloned().collect();
        let is_lost = |f: &&SiteFile<'_>| vouched(f) && !is_there(f.path);
        mended.extend(files.iter().filter(is_lost).map(|file| file.path.to_owned()));
        mended.sort();

        let (mut new, mut changed, mut last) = (Vec::new(), Vec::new(), None);
        let mut sent_sides: BTreeMap<&str, Vec<SiteFile<'_>>> = BTreeMap::new();
        let mut whole_sides: BTreeSet<&str> = BTreeSet::new();
        for file in &files {
            let is_whole = is_there(file.path) && vouched(file) && !differing.contains(file.path);
            match (file.path, file.coding) {
                (path, Some(_)) if is_whole => {
                    whole_sides.insert(path);
                }
                (_, Some(_)) => sent_sides.entry(file.source()).or_default().push(*file),
                _ if is_whole => {}
                (MANIFEST, _) => last = Some(*file),
                // No page leads to what was a side file.
                (path, _) if is_there(path) && !loose.contains(path) && !old_sides.contains_key(path) => {
                    changed.push(*file);
                }
                _ => new.push(*file),
            }
        }
        let gone = removals(site, sides, old.as_ref(), &old_sides, doubted);
        let found = sides.keys().filter(|path| is_there(path));
        let old_sides: BTreeSet<&String> = old_sides.keys().chain(doubted_sides).chain(found).collect();
        // A page may lead to a file of the last site.
        let is_side = |path: &String| old_sides.contains(path) && listed(old.as_ref(), path).is_none();
        let (side_removals, removals): (Vec<String>, Vec<String>) = gone.into_iter().partition(is_side);
        let is_stale = |path: &&&String| !site.has(path) && !whole_sides.contains(path.as_str());
        let mut stale_sides: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for path in old_sides.iter().filter(|path| is_side(path)).filter(is_stale) {
            let text = sides::text_of(path).to_owned();
            stale_sides.entry(text).or_default().push((*path).clone());
        }
        let (new, mut changed) = (by_rank(new), by_rank(changed));
        changed.extend(last.map(|manifest| vec![manifest]));
        Ok(Plan { new, changed, removals, sides: sent_sides, stale_sides, side_removals, mended })
    }

    pub(super) fn is_empty(&self) -> bool {
        let Plan { new, changed, removals, sides, side_removals, .. } = self;
        new.is_empty()
            && changed.is_empty()
            && removals.is_empty()
            && sides.is_empty()
            && side_removals.is_empty()
    }

    /// Sends files of one group, with their side files.
    pub(super) fn send(&self, store: &dyn Store, files: &[SiteFile<'_>]) -> Result<(), StoreError> {
        let old = files.iter().filter_map(|file| self.stale_sides.get(file.path)).flatten();
        store.remove(&old.map(String::as_str).collect::<Vec<_>>())?;
        store.put(files)?;
        let sides = files.iter().filter_map(|file| self.sides.get(file.path)).flatten();
        let sides: Vec<SiteFile<'_>> = sides.copied().collect();
        if sides.is_empty() { Ok(()) } else { store.put(&sides) }
    }

    /// Side files whose text is there already and stays.
    pub(super) fn lone_sides(&self) -> Vec<SiteFile<'a>> {
        let sent: BTreeSet<&str> = self.groups().flatten().map(|file| file.path).collect();
        let lone = self.sides.iter().filter(|(text, _)| !sent.contains(*text));
        lone.flat_map(|(_, sides)| sides).copied().collect()
    }

    /// The files in their order, in groups that must be there before the next one.
    pub(super) fn groups(&self) -> impl Iterator<Item = &Vec<SiteFile<'a>>> {
        self.new.iter().chain(&self.changed)
    }

    /// The number of groups of files that nothing links to yet.
    pub(super) fn new_groups(&self) -> usize {
        self.new.len()
    }

    /// All files that are sent: those of the groups, and then side files.
    pub(super) fn sent(&self) -> impl Iterator<Item = &SiteFile<'a>> {
        self.groups().flatten().chain(self.sides.values().flatten())
    }

    pub(super) fn side_removals(&self) -> Vec<&str> {
        self.side_removals.iter().map(String::as_str).collect()
    }

    /// Files that are removed last, after side files.
    pub(super) fn removals(&self) -> Vec<&str> {
        self.removals.iter().map(String::as_str).collect()
    }

    pub(super) fn mended(&self) -> &[String] {
        &self.mended
    }

    /// The new files. A part of the manifest is no page that somebody follows.
    pub(super) fn unlinked(&self) -> Vec<String> {
        let new = self.new.iter().flatten().map(|file| file.path);
        new.filter(|path| !is_part(path) && *path != MANIFEST).map(str::to_owned).collect()
    }

    /// The files that are removed, without parts of the manifest.
    pub(super) fn unlinking(&self) -> Vec<String> {
        self.removals.iter().filter(|path| !is_part(path)).cloned().collect()
    }

    /// All paths that are sent or removed, without side files.
    pub(super) fn touched(&self) -> Vec<String> {
        let sent = self.groups().flatten().map(|file| file.path.to_owned());
        sent.chain(self.removals.iter().cloned()).collect()
    }

    /// The paths of side files that are sent or removed.
    pub(super) fn touched_sides(&self) -> Vec<String> {
        let sent = self.sides.values().flatten().map(|side| side.path.to_owned());
        let stale = self.stale_sides.values().flatten();
        sent.chain(stale.chain(&self.side_removals).cloned()).collect()
    }

    /// Paths at whose addresses readers get something else: side files have no addresses of their own.
    pub(super) fn changed_for_readers(&self) -> Vec<String> {
        let mended = self.lone_sides().into_iter().map(|side| side.source().to_owned());
        self.touched().into_iter().chain(mended).collect()
    }
}

type Files = BTreeMap<String, Entry>;

/// The files of the last deployment, with the parts of its manifest.
///
/// Most parts are those of the new site, too, and are read there. The others are in the cache or in the store.
fn old_files(
    site: &Site<'_>,
    store: &dyn Store,
    state: &State,
    options: &Options<'_>,
) -> Result<Option<Files>, DeployError> {
    let head = state.deployed.as_ref().and_then(|deployed| Head::parse(deployed.manifest.as_bytes()));
    let Some(head) = head else { return Ok(None) };
    let parts: Files = head.parts().map(|(path, entry)| (path.to_owned(), entry.clone())).collect();
    let read = |path: &str, entry: &Entry| {
        if site.manifest.parts.get(path) == Some(entry)
            && let Ok(bytes) = file::read(&site.folder.join(path), MANIFEST_PART_BYTES)
        {
            return Ok(bytes);
        }
        let cached = options.cache.and_then(|cache| cache::read(cache, path));
        if let Some(bytes) = cached.filter(|bytes| Entry::of(bytes) == *entry) {
            return Ok(bytes);
        }
        let found = store.read(path)?.map(|(bytes, _)| bytes);
        found.ok_or_else(|| lost(store, path))
    };
    match head.of_files().whole(read) {
        Ok(manifest) => Ok(Some(manifest.files.into_iter().chain(parts).collect())),
        // Then nobody knows what is ours.
        Err(_) if options.how.force => Ok(None),
        Err(PartError::Missing(_, error)) => Err(error.into()),
        Err(PartError::Wrong(path)) => Err(lost(store, &path).into()),
    }
}

fn lost(store: &dyn Store, path: &str) -> StoreError {
    let message = message!(
        "deploy-part-lost",
        "{store}: `{path}`, a part of the deployed manifest, was removed or changed by somebody else",
        store = store.shown(),
        path
    );
    StoreError { message, cause: Cause::Changed }
}

fn listed<'m>(files: Option<&'m Files>, path: &str) -> Option<&'m Entry> {
    files.and_then(|files| files.get(path))
}

/// Every file of the site, with the manifest.
fn site_files<'a>(site: &'a Site<'a>) -> Vec<SiteFile<'a>> {
    let folder = site.folder;
    let listed = site.manifest.files.iter();
    let listed = listed.map(|(path, entry)| {
        let rank = site.manifest.rank(path);
        SiteFile { folder, path, entry, rank, coding: None }
    });
    let parts = site.manifest.parts.iter();
    let parts = parts.map(|(path, entry)| SiteFile { folder, path, entry, rank: Rank::Leaf, coding: None });
    let mut files: Vec<SiteFile<'a>> = listed.chain(parts).collect();
    let (path, entry) = (MANIFEST, site.head_entry);
    files.push(SiteFile { folder, path, entry, rank: Rank::Home, coding: None });
    files
}

fn side_files<'a>(site: &'a Site<'a>, sides: &'a Sides<'a>) -> impl Iterator<Item = SiteFile<'a>> {
    sides.iter().map(|(path, (coding, entry))| SiteFile {
        folder: site.folder,
        path,
        entry,
        // They go with their texts.
        rank: Rank::Leaf,
        coding: Some(*coding),
    })
}

/// Asks a store for files of the site and for side files by themselves.
fn differing(store: &dyn Store, files: &[SiteFile<'_>]) -> Result<BTreeSet<String>, StoreError> {
    let (sides, files): (Vec<_>, Vec<_>) = files.iter().copied().partition(|file| file.coding.is_some());
    let mut all = BTreeSet::new();
    for files in [files, sides].iter().filter(|files| !files.is_empty()) {
        all.extend(store.differing(files)?);
    }
    Ok(all)
}

/// Groups of files of one rank each, the home page of the site last.
fn by_rank(mut files: Vec<SiteFile<'_>>) -> Vec<Vec<SiteFile<'_>>> {
    let key = |file: &SiteFile<'_>| (file.rank, file.path == "index.html");
    files.sort_by_key(key);
    files.chunk_by(|a, b| key(a) == key(b)).map(<[_]>::to_vec).collect()
}

/// Files that were deployed, or may have been, and are no longer part of the site.
fn removals(
    site: &Site<'_>,
    sides: &Sides<'_>,
    old: Option<&Files>,
    old_sides: &Sides<'_>,
    doubted: &BTreeSet<String>,
) -> BTreeSet<String> {
    let before = old.iter().flat_map(|files| files.keys()).chain(old_sides.keys()).chain(doubted);
    before.filter(|path| !site.has(path) && !sides.contains_key(*path)).cloned().collect()
}
