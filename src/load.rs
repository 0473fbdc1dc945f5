//! Loads a site from the disk: files → documents → model. This is one of the two places that work in parallel.

mod assemble;
mod elsewhere;
mod entry;
mod groups;
mod host_rules;
mod incremental;
mod overlay;
mod site_yaml;
#[cfg(test)]
mod tests;
mod theme;

use std::path::Path;
use std::sync::Arc;

use crate::check;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Texts};
use crate::model::config::Url;
use crate::model::{Config, Model};
use crate::source::{self, Asset, FoundFile, Listing, ReadError};
use assemble::assemble;
use theme::OnDisk;

pub use elsewhere::{Bytes, SiteSource, elsewhere, listed};
pub use entry::entry;
pub use incremental::{Changes, IncrementalReader};
pub use overlay::{Overlay, load_listed, load_over};

#[derive(Debug)]
pub struct Loaded {
    /// The site; `None` if site.yaml could not be read.
    pub model: Option<Model>,
    pub assets: Vec<Asset>,
    pub diagnostics: Diagnostics,
    /// The texts of files with diagnostics.
    pub texts: Texts,
}

impl Loaded {
    fn empty(assets: Vec<Asset>) -> Loaded {
        Loaded { model: None, assets, diagnostics: Diagnostics::default(), texts: Texts::default() }
    }
}

/// `progress` is called once for each file that has been read.
///
/// # Errors
/// Fails if the disk cannot be read. Faults in the content are part of the result.
pub fn load(root: &Path, base_url: Option<&Url>, progress: &(dyn Fn() + Sync)) -> Result<Loaded, ReadError> {
    let listing = source::list(root)?;
    let mut loaded = assemble(listing, base_url, &OnDisk(root), (&source::read, &check::all), progress)?;
    fill_texts(root, &mut loaded);
    Ok(loaded)
}

/// Reads site.yaml alone; `None` if it does not exist or has errors.
///
/// # Errors
/// As for [`load`].
pub fn configuration(root: &Path) -> Result<Option<Config>, ReadError> {
    Ok(settings(root)?.map(|model| model.config))
}

/// Reads the site without its entries: site.yaml, the theme and the names of copied files. `None` if site.yaml
/// does not exist or has errors.
///
/// # Errors
/// As for [`load`].
pub fn settings(root: &Path) -> Result<Option<Model>, ReadError> {
    Ok(without_entries(root, |listing| listing.host_rules.clear())?.model)
}

/// As [`settings`], and with the team's own rules for its host; `None` also if these have errors.
///
/// # Errors
/// As for [`load`].
pub fn hosting(root: &Path) -> Result<Option<Model>, ReadError> {
    let loaded = without_entries(root, |_| ())?;
    let folder = source::host_rules_name("");
    let is_wrong =
        |found: &&Diagnostic| found.severity == Severity::Error && found.place.file.starts_with(&*folder);
    Ok(loaded.model.filter(|_| !loaded.diagnostics.sorted().iter().any(is_wrong)))
}

fn without_entries(root: &Path, prepare: impl Fn(&mut Listing)) -> Result<Loaded, ReadError> {
    let mut listing = source::list(root)?;
    listing.entries.clear();
    prepare(&mut listing);
    let loaded = assemble(listing, None, &OnDisk(root), (&source::read, &|_, _| Vec::new()), &|| ())?;
    Ok(loaded)
}

/// Reads the texts of files in which only a rule over the whole site found a fault, so that excerpts can be shown.
pub fn fill_texts(root: &Path, loaded: &mut Loaded) {
    for diagnostic in loaded.diagnostics.sorted() {
        let name = &diagnostic.place.file;
        // A diagnostic for a whole file has no excerpt.
        if diagnostic.place.range.is_none() || loaded.texts.contains(name) {
            continue;
        }
        let found = FoundFile {
            path: root.join(&**name),
            name: Arc::clone(name),
            kind: None,
            stem: String::new(),
            stamp: None,
        };
        if let Some(text) = source::read_anyhow(&found) {
            loaded.texts.insert(Arc::clone(name), text);
        }
    }
}
