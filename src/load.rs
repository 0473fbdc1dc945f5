//! A site from the disk: files → documents → model. One of the two places that work in parallel.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::check;
use crate::diagnostic::{Diagnostic, Diagnostics, Texts};
use crate::document::{self, Document};
use crate::model::config::{self, Url};
use crate::model::entry::{self, Entry, Files};
use crate::model::{Config, Model};
use crate::source::{self, Asset, Folder, Found, ReadError};
use crate::vocabulary::LANGUAGES;

/// What was found.
#[derive(Debug)]
pub struct Loaded {
    /// The site; `None` where site.yaml could not be understood.
    pub model: Option<Model>,
    /// Files to copy.
    pub assets: Vec<Asset>,
    /// Everything that is wrong, and the texts of the files it is wrong in.
    pub diagnostics: Diagnostics,
    /// Texts of files with diagnostics.
    pub texts: Texts,
}

/// Reads the site at `root`.
///
/// `progress` is called once for each file that has been read.
///
/// # Errors
/// Where the disk cannot be read. What is wrong with the content is in the result.
pub fn load(root: &Path, base_url: Option<&Url>, progress: &(dyn Fn() + Sync)) -> Result<Loaded, ReadError> {
    let listing = source::list(root)?;
    let mut loaded = Loaded {
        model: None,
        assets: listing.assets,
        diagnostics: Diagnostics::default(),
        texts: Texts::new(),
    };
    loaded.diagnostics.extend(listing.diagnostics);
    let config = match &listing.config {
        Some(found) => read_config(found, base_url, &mut loaded)?,
        None => None,
    };
    // Without site.yaml the entries are still read, so that their faults are told in the same run.
    let built_in: Vec<String> = LANGUAGES.iter().map(|l| (*l).to_owned()).collect();
    let locales = config.as_ref().map_or(&built_in, |c| &c.locales);
    let groups = group(listing.entries, locales);
    let read: Vec<Result<Read, ReadError>> =
        groups.par_iter().map(|group| read_group(group, locales, config.as_ref(), progress)).collect();
    let mut entries = Vec::with_capacity(read.len());
    for result in read {
        let read = result?;
        entries.extend(read.entry);
        loaded.diagnostics.extend(read.found);
        loaded.texts.extend(read.texts);
    }
    if let Some(config) = config {
        let assets = loaded.assets.iter().map(|a| a.address.clone()).collect();
        let model = Model::new(config, entries, assets);
        loaded.diagnostics.extend(check::all(&model, &loaded.assets));
        loaded.model = Some(model);
    }
    fill_texts(root, &mut loaded);
    Ok(loaded)
}

fn read_config(
    found: &Found,
    base_url: Option<&Url>,
    loaded: &mut Loaded,
) -> Result<Option<Config>, ReadError> {
    let text = match source::read(found)? {
        Ok(text) => text,
        Err(diagnostic) => {
            loaded.diagnostics.push(diagnostic);
            return Ok(None);
        }
    };
    let mut faults = Vec::new();
    let yaml = document::parse_config(&found.name, &text, &mut faults);
    let (config, more) = config::read(&yaml, base_url);
    loaded.diagnostics.extend(faults.into_iter().chain(more));
    loaded.texts.insert(Arc::clone(&found.name), text);
    Ok(config)
}

/// The files of one entry: the original and its translations.
type Group = Vec<Found>;

/// Files that lie in one folder and differ only in their locale belong together.
fn group(entries: Vec<Found>, locales: &[String]) -> Vec<Group> {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for found in entries {
        let name = found.name.strip_suffix(".md").unwrap_or(&found.name);
        let stem = match name.rsplit_once('.') {
            Some((stem, suffix)) if locales.iter().any(|l| l.eq_ignore_ascii_case(suffix)) => stem,
            _ => name,
        };
        groups.entry(stem.to_owned()).or_default().push(found);
    }
    groups.into_values().collect()
}

struct Read {
    entry: Option<Entry>,
    found: Vec<Diagnostic>,
    texts: Vec<(Arc<str>, Arc<str>)>,
}

fn read_group(
    group: &Group,
    locales: &[String],
    config: Option<&Config>,
    progress: &(dyn Fn() + Sync),
) -> Result<Read, ReadError> {
    let mut read = Read { entry: None, found: Vec::new(), texts: Vec::new() };
    let mut primary: Option<Document> = None;
    let mut translations = Vec::new();
    for file in group {
        let text = match source::read(file)? {
            Ok(text) => text,
            Err(diagnostic) => {
                read.found.push(diagnostic);
                continue;
            }
        };
        progress();
        let mut found = Vec::new();
        let document = document::parse(file, &text, locales, &mut found);
        let locale = document.as_ref().and_then(|d| d.locale.as_ref());
        let locale = locale.and_then(|l| locales.iter().position(|known| known == l)).filter(|at| *at > 0);
        if let Some(locale) = locale {
            // A fault that lies only in a translation: the original is shown instead.
            let spoiled = Files::spoils(&found);
            read.found.extend(found.into_iter().map(Diagnostic::softened));
            translations.extend(document.filter(|_| !spoiled).map(|d| (locale, d)));
        } else {
            read.found.append(&mut found);
            if let Some(document) = document {
                if primary.is_some() {
                    let place = crate::diagnostic::Place::whole(&file.name);
                    let message = "this entry has two files in the first locale";
                    read.found.push(
                        Diagnostic::error("entry/duplicate-slug", place, message)
                            .help("keep the one without a suffix"),
                    );
                } else {
                    primary = Some(document);
                }
            }
        }
        read.texts.push((Arc::clone(&file.name), text));
    }
    match (primary, config) {
        (Some(primary), Some(config)) => {
            let files = Files { primary, translations };
            let (entry, found) = entry::build(&files, config);
            read.entry = entry;
            read.found.extend(found);
        }
        (None, _) if !translations.is_empty() => {
            for (_, document) in &translations {
                let place = crate::diagnostic::Place::whole(&document.file);
                let message = "this translation has no original beside it";
                let help = format!("write `{}.md` in the first locale: it holds the facts", document.slug);
                read.found.push(Diagnostic::error("translation/orphan", place, message).help(help));
            }
        }
        _ => {}
    }
    // Only texts that a diagnostic points into are kept.
    read.texts.retain(|(name, _)| read.found.iter().any(|d| d.place.file == *name));
    Ok(read)
}

/// Texts of files that only a rule over the whole found something in.
fn fill_texts(root: &Path, loaded: &mut Loaded) {
    for diagnostic in loaded.diagnostics.sorted() {
        let name = &diagnostic.place.file;
        if loaded.texts.contains_key(name) || !name.ends_with(".md") {
            continue;
        }
        let found = Found {
            path: root.join(&**name),
            name: Arc::clone(name),
            folder: Folder::Pages,
            stem: String::new(),
        };
        if let Ok(Ok(text)) = source::read(&found) {
            loaded.texts.insert(Arc::clone(name), text);
        }
    }
}
