//! A site that is read again and again: only what is other than before is read anew.
//!
//! The tree is the truth, not the messages about it: all files are listed with their stamps, and what was
//! read is kept for those that are the same. A folder that was away, a thousand files at once, a message
//! that got lost: nothing of it needs to be understood. Where messages name files of entries and nothing
//! else, reading those is enough.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::assemble::run_rules;
use super::entry::{ReadEntry, read_group};
use super::groups::{Group, any_locale, group, group_name};
use super::site_yaml::read_config;
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

/// A site and what is known of its files.
#[derive(Debug)]
pub struct IncrementalReader {
    root: PathBuf,
    base_url: Option<Url>,
    /// Whether drafts are read as if they were none: for a preview.
    drafts: bool,
    config: Option<Stamp>,
    /// What the theme was read from.
    theme: Option<Stamps>,
    groups: BTreeMap<String, KeptEntry>,
    /// By group: the entry that stood in the model before the last change, until [`IncrementalReader::settle`].
    earlier: BTreeMap<String, Entry>,
    /// What is wrong with the configuration, and with the names of files.
    config_problems: Vec<Diagnostic>,
    name_problems: Vec<Diagnostic>,
    texts: Texts,
    /// Whether rules over the whole, or the names of files, found an error.
    is_spoilt: bool,
    loaded: Loaded,
}

/// What the files of one entry gave.
#[derive(Debug)]
struct KeptEntry {
    files: Group,
    /// The entry in the model, by its file.
    entry: Option<Arc<str>>,
    found: Vec<Diagnostic>,
    texts: Vec<(Arc<str>, Arc<str>)>,
    /// Whether the entry in the model is an earlier one, since this one has errors.
    is_held: bool,
}

/// What reading again found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files that were read, or are gone.
    pub files: usize,
}

impl IncrementalReader {
    /// Nothing is read yet.
    #[must_use]
    pub fn new(root: &Path, base_url: Option<Url>, drafts: bool) -> IncrementalReader {
        IncrementalReader {
            root: root.to_path_buf(),
            base_url,
            drafts,
            config: None,
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

    /// The site as it was last read.
    #[must_use]
    pub fn loaded(&self) -> &Loaded {
        &self.loaded
    }

    /// Reads what has changed, by the tree as it is.
    ///
    /// # Errors
    /// Where the disk cannot be read; what is known stays, and the next reading begins there.
    pub fn read(&mut self) -> Result<Changes, ReadError> {
        let listing = source::list_stamped(&self.root)?;
        let stamp = listing.config.as_ref().and_then(|c| c.stamp);
        let is_dressed = match &self.theme {
            Some(stamps) => stamps.hold(&self.root)?,
            None => false,
        };
        let same = self.loaded.model.is_some() && stamp.is_some() && stamp == self.config && is_dressed;
        let done = if same { self.read_listed(listing) } else { self.read_all(listing) };
        if done.is_err() {
            // Half of a reading is no reading.
            self.config = None;
        }
        done
    }

    /// Reads these files, whatever is known of them: two changes within one tick of the file system's
    /// clock look like one. The tree is looked at only where the paths alone do not tell what happened.
    ///
    /// # Errors
    /// As [`IncrementalReader::read`].
    pub fn read_touched(&mut self, touched: &HashSet<PathBuf>) -> Result<Changes, ReadError> {
        let themes = self.root.join(source::THEMES);
        let is_litter = |path: &PathBuf| matches!(source::entry_at(&self.root, path), Listed::Litter);
        if touched.iter().any(|path| path.starts_with(&themes) && !is_litter(path)) {
            self.theme = None;
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
                // A folder, perhaps; or a file that came and went.
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

    /// Everything depends on site.yaml.
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
        self.config_problems = loaded.diagnostics.sorted().into_iter().cloned().collect();
        self.texts = loaded.texts.clone();
        self.groups.clear();
        self.earlier.clear();
        self.loaded = loaded;
        self.config = site.as_ref().and(stamp);
        let (model, stamps) = site
            .map(|site| (Model::new(site.config, site.theme, Vec::new(), Vec::new()), site.stamps))
            .unzip();
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
        // A link or a pipe is no file that is read, and yet something to be told.
        read.files +=
            usize::from(format!("{:?}", self.name_problems) != format!("{:?}", listing.diagnostics));
        self.name_problems = listing.diagnostics;
        self.judge();
        Ok(read)
    }

    fn locales(&self) -> Vec<String> {
        self.loaded.model.as_ref().map_or_else(any_locale, |m| m.config.locales.clone())
    }

    /// Reads these groups anew and forgets those.
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
                // The oldest that nobody settled was published.
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

    /// Gathers what is wrong with each entry, and looks at the whole.
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
            let before = model.heads().count();
            let whole = run_rules(model, &self.loaded.assets, &check::all);
            if model.heads().count() < before {
                // What was taken out comes back with the next reading.
                self.config = None;
            }
            self.is_spoilt |= whole.iter().any(is_error);
            diagnostics.extend(whole);
        }
        self.loaded.diagnostics = diagnostics;
        self.loaded.texts = texts;
        fill_texts(&self.root, &mut self.loaded);
    }

    /// The model was published as it is: what stood in it before is not needed any more.
    pub fn settle(&mut self) {
        self.earlier.clear();
    }

    /// After a step over the whole model panicked: finds the entries that make it panic, puts what stood in the
    /// model before in their places, and adds an error for each. Whether there were any.
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

    /// Whether the model is sound although files have errors: each of those stands in it as it last was
    /// without any.
    #[must_use]
    pub fn holds(&self) -> bool {
        let held = |kept: &KeptEntry| kept.is_held || !kept.found.iter().any(is_error);
        self.loaded.model.is_some() && !self.is_spoilt && self.groups.values().all(held)
    }
}

fn is_error(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity == Severity::Error
}

fn take_out(model: &mut Option<Model>, kept: Option<KeptEntry>) -> Option<Entry> {
    model.as_mut()?.remove(&kept?.entry?)
}
