//! `noroshi check --staged`: checks the git index, not the working tree.
//!
//! Reads only staged entries, each with its translations. If site.yaml or a theme is staged, it
//! reads everything.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::console::{self, Progress, Work};
use super::error::Error;
use super::publishing::{self, Failure};
use super::site;
use super::{Listing, Outcome};
use crate::check::renames;
use crate::history::{Blob, Repository, Staged, Unknown, removed};
use crate::kind::EntryKind;
use crate::leak_scan::Search;
use crate::load::{self, Loaded, SiteSource};
use crate::message::message;
use crate::model::{Config, Instant, Model};
use crate::render;
use crate::site::known_entries;
use crate::source::{self, FoundFile, PathKind};
use crate::text;
use crate::timeline::Snapshot;

/// With `is_strict`, warnings fail too.
pub(super) fn run(
    root: &Path,
    as_of: Option<&str>,
    format: Listing,
    is_strict: bool,
) -> Result<Outcome, Error> {
    site::folder(root)?;
    let read = read(root, as_of).map_err(|why| {
        let (message, help) = why.describe();
        Error::environment(message, help)
    });
    let Some((mut loaded, is_whole)) = read? else { return Ok(Outcome::Done) };
    if is_whole {
        render(as_of, &mut loaded)?;
    }
    console::listing(&loaded.diagnostics, &loaded.texts, format, root)?;
    let (errors, warnings) = loaded.diagnostics.counts();
    let is_refused = errors > 0 || (is_strict && warnings > 0);
    Ok(if is_refused { Outcome::Content } else { Outcome::Done })
}

/// Reads the staged files. Returns whether the whole site was read, or `None` if nothing of the site is staged.
fn read(root: &Path, as_of: Option<&str>) -> Result<Option<(Loaded, bool)>, Unknown> {
    // Git names the index in `GIT_INDEX_FILE`: `git commit FILE` uses a temporary one. The path is
    // relative to the folder that the hook runs in.
    let index = std::env::var_os("GIT_INDEX_FILE").filter(|index| !index.is_empty()).map(PathBuf::from);
    let index = index.map(|index| std::env::current_dir().map_or(index.clone(), |here| here.join(&index)));
    let repository = Repository::around(root, index.as_deref())?;
    let mut changed = repository.changed()?;
    changed.retain(|name| name.starts_with("content/") || name.starts_with("themes/"));
    if changed.is_empty() {
        return Ok(None);
    }
    let staged = repository.staged(changed)?;
    let of_all = |name: &String| {
        let is_host_rules = FoundFile::named(name).is_some_and(|found| found.is_host_rules());
        **name == *Config::file() || name.starts_with("themes/") || is_host_rules
    };
    let is_whole = staged.changed.iter().any(of_all);
    let mut loaded = load(&repository, &staged, is_whole)?;
    compare(&repository, &staged, &mut loaded, as_of, is_whole)?;
    Ok(Some((loaded, is_whole)))
}

/// Compares the staged files with the last commit: renamed entries, removed open entries, the time zone.
fn compare(
    repository: &Repository,
    staged: &Staged,
    loaded: &mut Loaded,
    as_of: Option<&str>,
    is_whole: bool,
) -> Result<(), Unknown> {
    let Some(model) = loaded.model.as_ref().filter(|_| !loaded.diagnostics.has_errors()) else {
        return Ok(());
    };
    // Rendering reports a time that cannot be parsed.
    let Ok(as_of) = site::as_of(as_of, model) else { return Ok(()) };
    let Some(last) = removed::last(repository, staged, &model.config, as_of, is_whole)? else {
        return Ok(());
    };
    let now = Snapshot::at(model, as_of);
    let moved = renames::check(model, &known_entries::of(&now), &last);
    loaded.diagnostics.extend(moved.into_iter().map(|moved| moved.found));
    Ok(())
}

fn load(repository: &Repository, staged: &Staged, is_whole: bool) -> Result<Loaded, Unknown> {
    let chosen = if is_whole { staged.files.keys().map(String::as_str).collect() } else { concerned(staged) };
    let is = |name: &str| match staged.files.get(name) {
        Some(found) if found.is_file => PathKind::File,
        _ => PathKind::Link,
    };
    let unreadable: Vec<String> =
        staged.unreadable.iter().filter(|name| is_whole || staged.changed.contains(name)).cloned().collect();
    let listing = source::list_named(chosen.iter().map(|name| (*name, is(name))), &unreadable);
    let blob =
        |name: &str| staged.files.get(name).filter(|found| found.is_file).map(|found| found.blob.as_str());
    let wanted = listing.entries.iter().chain(&listing.config).chain(&listing.host_rules);
    let wanted = wanted.map(|found| Arc::clone(&found.name));
    let wanted: Vec<Arc<str>> = wanted.collect();
    let blobs = repository.blobs(wanted.iter().filter_map(|name| blob(name)))?;
    let mut files: HashMap<&str, Arc<[u8]>> = HashMap::new();
    for name in &wanted {
        match blob(name).and_then(|id| blobs.get(id)) {
            Some(Blob::Bytes(bytes)) => _ = files.insert(name, Arc::clone(bytes)),
            // The file is over the size limit. A file of this length makes the reader say so.
            Some(Blob::Large(_)) => _ = files.insert(name, vec![b' '; crate::limits::GIT_FILE_BYTES].into()),
            _ => {
                let why = message!("cli-staged-not-in-clone", "{name} is not in this clone", name);
                return Err(Unknown::Failed(why));
            }
        }
    }
    let bytes = |names: &[&str]| {
        let ids: Vec<Option<&str>> = names.iter().map(|name| blob(name)).collect();
        let blobs = repository.blobs(ids.iter().flatten().copied()).unwrap_or_default();
        let bytes = |id: Option<&str>| match blobs.get(id?) {
            Some(Blob::Bytes(bytes)) => Some(Arc::clone(bytes)),
            _ => None,
        };
        ids.into_iter().map(bytes).collect()
    };
    let names: Vec<&str> = staged.files.keys().map(String::as_str).collect();
    let site = SiteSource { names: &names, files: &files, bytes: &bytes, is_partial: !is_whole };
    Ok(load::elsewhere(listing, &site))
}

/// The staged files, the other files of the same entries, and site.yaml.
fn concerned(staged: &Staged) -> BTreeSet<&str> {
    // The folder and the first part of the file name identify an entry. Only site.yaml says which
    // suffixes are languages.
    let key = |name: &str| {
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        (folder.to_owned(), text::nfc(file.split('.').next().unwrap_or(file)).into_owned())
    };
    // The entries in a folder decide whether other files may be in it.
    let is_beside = |name: &&String| {
        let folder = name.strip_prefix("content/").and_then(|inside| inside.split('/').next());
        folder.is_some_and(|folder| EntryKind::of_folder(folder).is_some())
    };
    let keys: BTreeSet<(String, String)> =
        staged.changed.iter().filter(is_beside).map(|name| key(name)).collect();
    let folders: BTreeSet<&str> = keys.iter().map(|(folder, _)| folder.as_str()).collect();
    let is_near = |name: &&str| name.rsplit_once('/').is_some_and(|(folder, _)| folders.contains(folder));
    let names = || staged.files.keys().map(String::as_str);
    let mut chosen: BTreeSet<&str> =
        names().filter(is_near).filter(|name| keys.contains(&key(name))).collect();
    chosen.extend(names().filter(|name| **name == *Config::file()));
    // The names of files that are not entries may be wrong too.
    chosen.extend(names().filter(|name| staged.changed.binary_search_by(|c| c.as_str().cmp(name)).is_ok()));
    chosen
}

/// Renders every page, as `check` does.
fn render(as_of: Option<&str>, loaded: &mut Loaded) -> Result<(), Error> {
    let Some(mut model) = loaded.model.take().filter(|_| !loaded.diagnostics.has_errors()) else {
        return Ok(());
    };
    let as_of = site::as_of(as_of, &model)?;
    if let Err(failure) = publishing::contained(|| search(&model, as_of)) {
        loaded.diagnostics.extend(failure.found(&mut model, &[], as_of)?);
    }
    Ok(())
}

fn search(model: &Model, as_of: Instant) -> Result<(), Failure> {
    let site = publishing::site(model, as_of)?;
    let search = Search::new(&site).map_err(Failure::Search)?;
    let progress = Progress::new();
    // Static files are copied unchanged and are not read from the index.
    let rendered = render::each(&site, &[], |file| {
        progress.step(Work::Check);
        search.inspect(&file.path, &file.bytes)
    });
    progress.clear();
    rendered?;
    Ok(())
}
