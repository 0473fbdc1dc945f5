//! Entries that the repository has but the site no longer has: those of the last commit, compared with the index,
//! and those that any commit removed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::entries::files;
use super::git::{Repository, Unknown};
use super::{Blob, Staged, named};
use crate::check::renames::{self, LastPublished};
use crate::diagnostic::{Diagnostic, Place};
use crate::limits::COMMITS;
use crate::load;
use crate::message::message;
use crate::model::{Config, Entry, Instant, Model, Zone};
use crate::site::known_entries;
use crate::source::FoundFile;
use crate::theme::Theme;
use crate::timeline::{self, Snapshot};

/// The last committed state of the entries that differ in the index, or of all entries; `None` before the first
/// commit.
pub fn last(
    repository: &Repository,
    staged: &Staged,
    config: &Config,
    as_of: Instant,
    is_whole: bool,
) -> Result<Option<LastPublished>, Unknown> {
    let Some(head) = repository.head()? else { return Ok(None) };
    let committed = repository.committed(&head, &["content"])?;
    let zone = zone(repository, &committed)?.unwrap_or(config.zone);
    let changed: BTreeSet<&str> = staged.changed.iter().map(String::as_str).collect();
    let mut wanted: Vec<Vec<Arc<str>>> = Vec::new();
    for name in committed.keys().filter(|name| is_original(name, &config.locales)) {
        let mut all = files(&Arc::from(name.as_str()), &config.locales);
        all.retain(|file| committed.contains_key(&**file));
        if is_whole || all.iter().any(|file| changed.contains(&**file)) {
            wanted.push(all);
        }
    }
    let blobs = repository.blobs(wanted.iter().flatten().map(|file| committed[&**file].as_str()))?;
    let text =
        |file: &Arc<str>| Some((Arc::clone(file), blobs.get(&committed[&**file]).and_then(Blob::text)?));
    let config = config.in_zone(zone);
    let entries = wanted.iter().filter_map(|all| {
        let texts: Option<Vec<_>> = all.iter().map(text).collect();
        load::entry(&texts?, &config)
    });
    let entries: Vec<Entry> = entries.collect();
    let model = Model::new(config, Theme::default(), entries, Vec::new());
    let entries = renames::listed(&known_entries::of(&Snapshot::at(&model, as_of)));
    // Only the manifest knows the addresses of pages.
    let form = model.config.addresses.now;
    Ok(Some(LastPublished { zone: Some(zone.name().to_owned()), form, entries, effective: None }))
}

fn zone(repository: &Repository, committed: &BTreeMap<String, String>) -> Result<Option<Zone>, Unknown> {
    let Some(blob) = committed.get(&*Config::file()) else { return Ok(None) };
    let text = repository.blobs([blob.as_str()])?.remove(blob).and_then(|blob| blob.text());
    Ok(text.as_deref().and_then(super::zone_in))
}

/// Whether a file is an entry in the first language.
fn is_original(name: &str, locales: &[String]) -> bool {
    let is_entry = FoundFile::named(name).is_some_and(|found| found.kind.is_some());
    is_entry && crate::site::original_file(name, locales) == name
}

/// The pages of published entries that a commit removed, if no page or redirect is left at their address.
pub fn lost(repository: &Repository, model: &Model, as_of: Instant) -> Result<Vec<Diagnostic>, Unknown> {
    let config = &model.config;
    let present: BTreeSet<&str> = model.heads().map(|head| &*head.file).collect();
    let mut removed: BTreeMap<String, (super::log::Commit, String)> = BTreeMap::new();
    for mut commit in repository.removals(COMMITS)? {
        for change in std::mem::take(&mut commit.changes) {
            let Some(old) = change.old.filter(|_| change.new.is_none()) else { continue };
            if is_original(&change.path, &config.locales) && !present.contains(change.path.as_str()) {
                removed.entry(change.path).or_insert_with(|| (commit.clone(), old));
            }
        }
    }
    let blobs = repository.blobs(removed.values().map(|(_, blob)| blob.as_str()))?;
    let entries = removed.iter().filter_map(|(name, (_, blob))| {
        let text = blobs.get(blob).and_then(Blob::text)?;
        load::entry(&[(Arc::from(name.as_str()), text)], config)
    });
    let gone = Model::new(config.clone(), Theme::default(), entries.collect(), Vec::new());
    let led = renames::led(model, &known_entries::of(&Snapshot::at(model, as_of)));
    let mut found = Vec::new();
    for head in gone.heads().filter(|head| !head.draft) {
        let Some((commit, _)) = removed.get(&*head.file) else { continue };
        let was_visible = timeline::visible_since(&gone, head, None).is_none_or(|at| at.0 <= commit.time);
        let page = crate::site::entry_path(head);
        if !was_visible || led.contains(&page) || config.is_removed(head.kind, &head.id, &page) {
            continue;
        }
        let message = message!(
            "history-lost-address",
            "`/{page}` no longer exists, because commit {commit} removed the published entry `{file}`",
            page,
            commit = named(commit, config.zone),
            file = head.file
        );
        let help = message!(
            "history-lost-address-help",
            "give the entry that replaces it `aliases: [/{page}]`; if it is gone for good, add `{key}` to `removed` in site.yaml",
            page,
            key = known_entries::key(head.kind, &head.id)
        );
        found.push(
            Diagnostic::warning("publish/lost-address", Place::whole(&Config::file()), message).help(help),
        );
    }
    Ok(found)
}
