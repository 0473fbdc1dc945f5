//! What a deployment sends and removes, and in which order.

use std::collections::{BTreeMap, BTreeSet};

use super::state::{Journal, State};
use super::store::{Cause, SiteFile, Store, StoreError};
use super::{DeployError, MANIFEST, Options, Site, cache};
use crate::address::is_part;
use crate::file;
use crate::limits::MANIFEST_PART_BYTES;
use crate::publish::{Entry, Head, PartError, Rank};

/// All that a deployment will do.
///
/// Why this order keeps links alive: a page that readers can reach links only to files that are there.
/// Files that are missing are sent first; nothing that is reachable links to them. Then every file of the new site is
/// there, so each file that is overwritten may link to any of them. Then all pages are those of the
/// new site, so nothing links to what is removed. What an interrupted deployment has touched may be
/// missing or not, so there the store is asked; a file that is there and that nothing leads to counts as missing, since
/// it may link to one that is.
pub(super) struct Plan<'a> {
    /// Files that are not there, or that nothing leads to, by rank.
    new: Vec<Vec<SiteFile<'a>>>,
    /// Files that are there and change, by rank. The home page and the manifest are groups of their own.
    changed: Vec<Vec<SiteFile<'a>>>,
    removals: Vec<String>,
    /// Files that are there with other bytes than the last deployment sent, or gone.
    mended: Vec<String>,
}

impl<'a> Plan<'a> {
    pub(super) fn new(
        site: &'a Site<'a>,
        store: &dyn Store,
        state: &State,
        options: &Options<'_>,
    ) -> Result<Plan<'a>, DeployError> {
        let old = old_files(site, store, state, options)?;
        let encoding = state.deployed.as_ref().map_or("", |deployed| deployed.encoding.as_str());
        // Stored in another form, nothing is as it should be.
        let is_same_form = encoding == store.encoding();
        let none = Journal::default();
        let Journal { paths: doubted, loose } = state.journal.as_ref().unwrap_or(&none);
        let files = site_files(site);
        let is_head_same = state.is_done(site.head, store.encoding());
        let is_ours = |path: &str| {
            path == MANIFEST && old.is_some()
                || doubted.contains(path)
                || listed(old.as_ref(), path).is_some()
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
            let foreign = store.differing(&strangers)?;
            if !foreign.is_empty() {
                return Err(DeployError::Foreign(foreign.into_iter().collect()));
            }
        }

        let vouched = |file: &SiteFile<'_>| match file.path {
            MANIFEST => is_head_same,
            path => is_same_form && !doubted.contains(path) && listed(old.as_ref(), path) == Some(file.entry),
        };
        let verified: Vec<SiteFile<'_>> =
            files.iter().filter(|f| options.how.verify && is_there(f.path) && vouched(f)).copied().collect();
        let differing = if verified.is_empty() { BTreeSet::new() } else { store.differing(&verified)? };
        let mut mended: Vec<String> = differing.iter().cloned().collect();
        let is_lost = |f: &&SiteFile<'_>| vouched(f) && !is_there(f.path);
        mended.extend(files.iter().filter(is_lost).map(|file| file.path.to_owned()));
        mended.sort();

        let (mut new, mut changed, mut last) = (Vec::new(), Vec::new(), None);
        for file in &files {
            let is_whole = is_there(file.path) && vouched(file) && !differing.contains(file.path);
            match file.path {
                _ if is_whole => {}
                MANIFEST => last = Some(*file),
                path if is_there(path) && !loose.contains(path) => changed.push(*file),
                _ => new.push(*file),
            }
        }
        let removals = removals(site, old.as_ref(), doubted);
        let (new, mut changed) = (by_rank(new), by_rank(changed));
        changed.extend(last.map(|manifest| vec![manifest]));
        Ok(Plan { new, changed, removals, mended })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.new.is_empty() && self.changed.is_empty() && self.removals.is_empty()
    }

    /// The files in their order, in groups that must be there before the next one.
    pub(super) fn groups(&self) -> impl Iterator<Item = &Vec<SiteFile<'a>>> {
        self.new.iter().chain(&self.changed)
    }

    /// The number of groups of files that nothing links to yet.
    pub(super) fn new_groups(&self) -> usize {
        self.new.len()
    }

    pub(super) fn sent(&self) -> usize {
        self.groups().map(Vec::len).sum()
    }

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

    /// All paths that are sent or removed.
    pub(super) fn touched(&self) -> Vec<String> {
        let sent = self.groups().flatten().map(|file| file.path.to_owned());
        sent.chain(self.removals.iter().cloned()).collect()
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
    let message = format!(
        "{}: `{path}`, a part of the deployed manifest, was removed or changed by somebody else",
        store.shown()
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
    let listed = listed.map(|(path, entry)| SiteFile { folder, path, entry, rank: site.manifest.rank(path) });
    let parts = site.manifest.parts.iter();
    let parts = parts.map(|(path, entry)| SiteFile { folder, path, entry, rank: Rank::Leaf });
    let mut files: Vec<SiteFile<'a>> = listed.chain(parts).collect();
    files.push(SiteFile { folder, path: MANIFEST, entry: site.head_entry, rank: Rank::Home });
    files
}

/// Groups of files of one rank each, the home page of the site last.
fn by_rank(mut files: Vec<SiteFile<'_>>) -> Vec<Vec<SiteFile<'_>>> {
    let key = |file: &SiteFile<'_>| (file.rank, file.path == "index.html");
    files.sort_by_key(key);
    files.chunk_by(|a, b| key(a) == key(b)).map(<[_]>::to_vec).collect()
}

/// Files that were deployed, or may have been, and are no longer part of the site.
fn removals(site: &Site<'_>, old: Option<&Files>, doubted: &BTreeSet<String>) -> Vec<String> {
    let before = old.iter().flat_map(|files| files.keys()).chain(doubted);
    let is_gone = |path: &&String| !site.has(path);
    before.filter(is_gone).cloned().collect::<BTreeSet<String>>().into_iter().collect()
}
