//! Reads a site repeatedly, and only what changed since the last time.
//!
//! It compares the tree, not the file system events: it lists all files with their stamps, and keeps what it read
//! from files whose stamps are the same. So a folder that was away, a thousand changes at once or a lost event
//! need no special handling. If events name only files of entries, reading those files is enough.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::assemble::run_rules;
use super::entry::{ReadEntry, read_group};
use super::groups::{Group, any_locale, group, group_name};
use super::host_rules::read_host_rules;
use super::site_yaml::{SiteHead, read_config};
use super::theme::{OnDisk, Stamps};
use super::{Loaded, fill_texts};
use crate::bisect;
use crate::check::{self, forbidden};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Texts};
use crate::model::Entry;
use crate::model::Model;
use crate::model::config::Url;
use crate::panics::Panicked;
use crate::source::{self, Asset, FoundFile, Listed, Listing, ReadError, Stamp};

#[derive(Debug)]
pub struct IncrementalReader {
    root: PathBuf,
    base_url: Option<Url>,
    /// Whether drafts are read like other entries, for a preview.
    drafts: bool,
    config: Option<Stamp>,
    /// The files with rules for the host, and their stamps.
    host_rules: Vec<(Arc<str>, Option<Stamp>)>,
    /// The state of the theme files that were read.
    theme: Option<Stamps>,
    groups: BTreeMap<String, KeptEntry>,
    /// By group: the entry in the model before the last change, until [`IncrementalReader::settle`].
    earlier: BTreeMap<String, Entry>,
    /// The diagnostics of the configuration and of file names.
    config_problems: Vec<Diagnostic>,
    name_problems: Vec<Diagnostic>,
    texts: Texts,
    /// Whether rules over the whole site, or file names, have an error.
    is_spoilt: bool,
    loaded: Loaded,
}

#[derive(Debug)]
struct KeptEntry {
    files: Group,
    /// The entry in the model, by its file.
    entry: Option<Arc<str>>,
    found: Vec<Diagnostic>,
    texts: Vec<(Arc<str>, Arc<str>)>,
    /// Whether the model has an earlier version of the entry, because this one has errors.
    is_held: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The number of files that were read or removed.
    pub files: usize,
}

impl IncrementalReader {
    /// A reader that has not read anything yet.
    #[must_use]
    pub fn new(root: &Path, base_url: Option<Url>, drafts: bool) -> IncrementalReader {
        IncrementalReader {
            root: root.to_path_buf(),
            base_url,
            drafts,
            config: None,
            host_rules: Vec::new(),
            theme: None,
            groups: BTreeMap::new(),
            earlier: BTreeMap::new(),
            config_problems: Vec::new(),
            name_problems: Vec::new(),
            texts: Texts::default(),
            is_spoilt: false,
            loaded: Loaded::empty(Vec::new()),
        }
    }

    #[must_use]
    pub fn loaded(&self) -> &Loaded {
        &self.loaded
    }

    /// Reads the changes, by comparing the tree.
    ///
    /// # Errors
    /// Fails if the disk cannot be read. The known state stays, and the next call continues from it.
    pub fn read(&mut self) -> Result<Changes, ReadError> {
        let listing = source::list_stamped(&self.root)?;
        let stamp = listing.config.as_ref().and_then(|c| c.stamp);
        let is_dressed = match &self.theme {
            Some(stamps) => stamps.hold(&self.root)?,
            None => false,
        };
        let is_same_config = stamp.is_some() && stamp == self.config && stamps(&listing) == self.host_rules;
        let same = self.loaded.model.is_some() && is_same_config && is_dressed;
        let done = if same { self.read_listed(listing) } else { self.read_all(listing) };
        if done.is_err() {
            // An incomplete reading must be repeated in full.
            self.config = None;
        }
        done
    }

    /// Reads these files even if their stamps are unchanged, because two changes within one tick of the file
    /// system's clock have the same stamp. The tree is compared only if the paths alone do not show what happened.
    ///
    /// # Errors
    /// As for [`IncrementalReader::read`].
    pub fn read_touched(&mut self, touched: &HashSet<PathBuf>) -> Result<Changes, ReadError> {
        let themes = self.root.join(source::THEMES);
        let is_litter = |path: &PathBuf| matches!(source::entry_at(&self.root, path), Listed::Litter);
        if touched.iter().any(|path| path.starts_with(&themes) && !is_litter(path)) {
            self.theme = None;
        }
        let host_rules = self.root.join("content/host");
        if touched.iter().any(|path| path.starts_with(&host_rules)) {
            self.config = None;
        }
        let is_whole = self.config.is_some() && !touched.is_empty();
        let (Some(model), true) = (&self.loaded.model, is_whole) else { return self.read() };
        let locales = model.config.locales.clone();
        let mut groups: BTreeMap<String, Group> = BTreeMap::new();
        for path in touched {
            let (name, found) = match source::entry_at(&self.root, path) {
                Listed::Litter => continue,
                Listed::Entry(found) => (Arc::clone(&found.name), Some(found)),
                Listed::Gone(name) => (name, None),
                Listed::Unclear => return self.read(),
            };
            let key = group_name(&name, &locales);
            let known = self.groups.get(&key).map(|kept| kept.files.clone());
            let group = groups.entry(key).or_insert_with(|| known.unwrap_or_default());
            if found.is_none() && !group.iter().any(|file| file.name == name) {
                // The path may be a folder, or a file that came and went.
                return self.read();
            }
            group.retain(|file| file.name != name);
            group.extend(found);
            group.sort_by(|a, b| a.name.cmp(&b.name));
        }
        let (gone, changed): (Vec<_>, Vec<_>) = groups.into_iter().partition(|(_, group)| group.is_empty());
        let gone = gone.into_iter().map(|(name, _)| name).collect();
        let read = self.apply(changed.iter().map(|(name, group)| (name, group)).collect(), gone)?;
        self.judge();
        Ok(read)
    }

    /// Reads everything, because all entries depend on site.yaml.
    fn read_all(&mut self, listing: Listing) -> Result<Changes, ReadError> {
        let mut loaded = Loaded::empty(Vec::new());
        let stamp = listing.config.as_ref().and_then(|c| c.stamp);
        let themes = OnDisk(&self.root);
        let site = match &listing.config {
            Some(found) => {
                read_config(found, source::read(found)?, self.base_url.as_ref(), &themes, &mut loaded)?
            }
            None => None,
        };
        let config = site.as_ref().map(|site| &site.config);
        let host_rules = read_host_rules(&listing.host_rules, &source::read, config, &mut loaded)?;
        self.config_problems = loaded.diagnostics.sorted().into_iter().cloned().collect();
        self.texts = loaded.texts.clone();
        self.groups.clear();
        self.earlier.clear();
        self.loaded = loaded;
        self.config = site.as_ref().and(stamp);
        self.host_rules = stamps(&listing);
        let model = |site: SiteHead| {
            let model = Model::new(site.config, site.theme, Vec::new(), Vec::new());
            (Model { host_rules, ..model }, site.stamps)
        };
        let (model, stamps) = site.map(model).unzip();
        (self.loaded.model, self.theme) = (model, stamps);
        let read = self.read_listed(listing)?;
        Ok(Changes { files: read.files + 1 })
    }

    fn read_listed(&mut self, listing: Listing) -> Result<Changes, ReadError> {
        let groups = group(listing.entries, &self.locales());
        let is_same = |name: &str, group: &Group| {
            let same =
                |(file, kept): (&FoundFile, &FoundFile)| file.name == kept.name && file.stamp == kept.stamp;
            let kept = self.groups.get(name).filter(|kept| kept.files.len() == group.len());
            kept.is_some_and(|kept| group.iter().zip(&kept.files).all(same))
        };
        let changed: Vec<(&String, &Group)> = groups.iter().filter(|(n, g)| !is_same(n, g)).collect();
        let gone = self.groups.keys().filter(|name| !groups.contains_key(*name)).cloned().collect();
        let mut read = self.apply(changed, gone)?;
        let stamps =
            |assets: &[Asset]| -> Vec<_> { assets.iter().map(|a| (Arc::clone(&a.name), a.stamp)).collect() };
        let (now, before) = (stamps(&listing.assets), stamps(&self.loaded.assets));
        read.files += now.iter().filter(|asset| !before.contains(asset)).count();
        read.files += before.len().saturating_sub(now.len());
        self.loaded.assets = listing.assets;
        // A link or a pipe is not read, but it changes the diagnostics, so it counts.
        read.files +=
            usize::from(format!("{:?}", self.name_problems) != format!("{:?}", listing.diagnostics));
        self.name_problems = listing.diagnostics;
        self.judge();
        Ok(read)
    }

    fn locales(&self) -> Vec<String> {
        self.loaded.model.as_ref().map_or_else(any_locale, |m| m.config.locales.clone())
    }

    /// Reads the changed groups again and forgets the removed ones.
    fn apply(&mut self, changed: Vec<(&String, &Group)>, gone: Vec<String>) -> Result<Changes, ReadError> {
        let locales = self.locales();
        let config = self.loaded.model.as_ref().map(|m| &m.config);
        let rules = config.map(forbidden::Rules::of);
        let known = config.zip(rules.as_ref());
        let read: Result<Vec<ReadEntry>, ReadError> = (changed.par_iter())
            .map(|(_, group)| read_group(group, &locales, known, &source::read, &|| ()))
            .collect();
        let read = read?;
        let mut model = self.loaded.model.take();
        let mut files: usize = changed.iter().map(|(_, group)| group.len()).sum();
        for name in gone {
            let kept = self.groups.remove(&name);
            files += kept.as_ref().map_or(0, |kept| kept.files.len());
            self.earlier.remove(&name);
            take_out(&mut model, kept);
        }
        for ((name, group), read) in changed.into_iter().zip(read) {
            let before = self.groups.remove(name);
            let (mut kept, entry) = self.keep(group, read);
            if kept.found.iter().any(is_error)
                && let Some(entry) = before.as_ref().and_then(|kept| kept.entry.clone())
            {
                (kept.entry, kept.is_held) = (Some(entry), true);
                self.groups.insert(name.clone(), kept);
                continue;
            }
            self.groups.insert(name.clone(), kept);
            if let Some(entry) = take_out(&mut model, before) {
                // The oldest version since the last `settle` is the published one, so later ones do not replace
                // it.
                self.earlier.entry(name.clone()).or_insert(entry);
            }
            if let (Some(model), Some(entry)) = (&mut model, entry) {
                model.insert(entry);
            }
        }
        self.loaded.model = model;
        Ok(Changes { files })
    }

    fn keep(&self, group: &Group, read: ReadEntry) -> (KeptEntry, Option<Entry>) {
        let mut entry = read.entry;
        if let Some(entry) = entry.as_mut().filter(|_| self.drafts) {
            entry.head_mut().draft = false;
        }
        let files = group.clone();
        let name = entry.as_ref().map(|entry| Arc::clone(&entry.head().file));
        (KeptEntry { files, entry: name, found: read.found, texts: read.texts, is_held: false }, entry)
    }

    /// Collects the diagnostics of each entry, and checks the whole site.
    fn judge(&mut self) {
        let mut diagnostics = Diagnostics::default();
        let mut texts = self.texts.clone();
        self.is_spoilt = self.config_problems.iter().chain(&self.name_problems).any(is_error);
        diagnostics.extend(self.config_problems.iter().chain(&self.name_problems).cloned());
        for kept in self.groups.values().filter(|kept| !kept.found.is_empty()) {
            diagnostics.extend(kept.found.iter().cloned());
            for (name, text) in &kept.texts {
                texts.insert(Arc::clone(name), Arc::clone(text));
            }
        }
        if let Some(model) = &mut self.loaded.model {
            model.assets = self.loaded.assets.iter().map(|a| a.address.clone()).collect();
            let unread = self.groups.values().filter(|kept| kept.entry.is_none());
            model.unread = unread.flat_map(|kept| &kept.files).map(|file| Arc::clone(&file.name)).collect();
            let before = model.heads().count();
            let whole = run_rules(model, &self.loaded.assets, &check::all);
            if model.heads().count() < before {
                // A removed entry returns with the next full reading.
                self.config = None;
            }
            self.is_spoilt |= whole.iter().any(is_error);
            diagnostics.extend(whole);
        }
        self.loaded.diagnostics = diagnostics;
        self.loaded.texts = texts;
        fill_texts(&self.root, &mut self.loaded);
    }

    /// Marks the model as published, so that earlier versions are no longer needed.
    pub fn settle(&mut self) {
        self.earlier.clear();
    }

    /// Handles a panic in a step over the whole model. It finds the entries that cause the panic, restores their
    /// earlier versions in the model, and adds an error for each. Returns whether there were any.
    pub fn blame(&mut self, panics: &dyn Fn(&Model) -> Option<Panicked>) -> bool {
        let Some(model) = &mut self.loaded.model else { return false };
        let guilty = bisect::guilty(model, panics);
        for (file, panicked) in &guilty {
            let of_file = |(_, kept): &(&String, &mut KeptEntry)| kept.entry.as_ref() == Some(file);
            let Some((name, kept)) = self.groups.iter_mut().find(of_file) else { continue };
            kept.found.push(bisect::diagnostic(file, panicked));
            let earlier = self.earlier.remove(name);
            kept.is_held = earlier.is_some();
            match earlier {
                Some(entry) => model.insert(entry),
                None => kept.entry = None,
            }
        }
        self.judge();
        !guilty.is_empty()
    }

    /// Whether the model is sound although files have errors: it contains the last sound version of each entry
    /// with errors.
    #[must_use]
    pub fn holds(&self) -> bool {
        let held = |kept: &KeptEntry| kept.is_held || !kept.found.iter().any(is_error);
        self.loaded.model.is_some() && !self.is_spoilt && self.groups.values().all(held)
    }
}

/// The files with rules for the host, and their stamps.
fn stamps(listing: &Listing) -> Vec<(Arc<str>, Option<Stamp>)> {
    listing.host_rules.iter().map(|found| (Arc::clone(&found.name), found.stamp)).collect()
}

fn is_error(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity == Severity::Error
}

fn take_out(model: &mut Option<Model>, kept: Option<KeptEntry>) -> Option<Entry> {
    model.as_mut()?.remove(&kept?.entry?)
}
