//! A site from the disk: files → documents → model. One of the two places that work in parallel.

mod assemble;
mod elsewhere;
mod entry;
mod groups;
mod incremental;
mod overlay;
mod site_yaml;
#[cfg(test)]
mod tests;
mod theme;

use std::path::Path;
use std::sync::Arc;

use crate::check;
use crate::diagnostic::{Diagnostics, Texts};
use crate::model::config::Url;
use crate::model::{Config, Model};
use crate::source::{self, Asset, FoundFile, ReadError};
use assemble::assemble;
use theme::OnDisk;

pub use elsewhere::{Bytes, SiteSource, elsewhere, listed};
pub use entry::entry;
pub use incremental::{Changes, IncrementalReader};
pub use overlay::{Overlay, load_over};

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

impl Loaded {
    fn empty(assets: Vec<Asset>) -> Loaded {
        Loaded { model: None, assets, diagnostics: Diagnostics::default(), texts: Texts::default() }
    }
}

/// Reads the site at `root`.
///
/// `progress` is called once for each file that has been read.
///
/// # Errors
/// Where the disk cannot be read. What is wrong with the content is in the result.
pub fn load(root: &Path, base_url: Option<&Url>, progress: &(dyn Fn() + Sync)) -> Result<Loaded, ReadError> {
    let listing = source::list(root)?;
    let mut loaded = assemble(listing, base_url, &OnDisk(root), (&source::read, &check::all), progress)?;
    fill_texts(root, &mut loaded);
    Ok(loaded)
}

/// Reads site.yaml alone; `None` where it is not there or has errors.
///
/// # Errors
/// As [`load`].
pub fn configuration(root: &Path) -> Result<Option<Config>, ReadError> {
    let mut listing = source::list(root)?;
    listing.entries.clear();
    let loaded = assemble(listing, None, &OnDisk(root), (&source::read, &|_, _| Vec::new()), &|| ())?;
    Ok(loaded.model.map(|model| model.config))
}

/// Reads the texts of files that only a rule over the whole found something in, so that it can be shown where.
pub fn fill_texts(root: &Path, loaded: &mut Loaded) {
    for diagnostic in loaded.diagnostics.sorted() {
        let name = &diagnostic.place.file;
        // What is wrong with a file as a whole shows no line of it.
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
