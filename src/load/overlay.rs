//! A site on the disk with the texts of some files replaced.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

use super::assemble::assemble;
use super::theme::OnDisk;
use super::{Loaded, fill_texts};
use crate::check;
use crate::model::config::Url;
use crate::source::{self, FoundFile, Listing, ReadError};
use crate::text;

/// The replaced texts, by file name (`content/incidents/a.md`). `None` means that the file is treated as missing.
pub type Overlay = BTreeMap<Arc<str>, Option<Arc<str>>>;

/// Reads the site at `root` with the texts of some files replaced: with text that is about to be written, or that
/// was committed earlier.
///
/// # Errors
/// As for [`super::load`].
pub fn load_over(
    root: &Path,
    base_url: Option<&Url>,
    overlay: &Overlay,
    progress: &(dyn Fn() + Sync),
) -> Result<Loaded, ReadError> {
    load_listed(root, source::list(root)?, base_url, overlay, progress)
}

/// Like [`load_over`], for files that were listed before.
///
/// # Errors
/// As for [`super::load`].
pub fn load_listed(
    root: &Path,
    mut listing: Listing,
    base_url: Option<&Url>,
    overlay: &Overlay,
    progress: &(dyn Fn() + Sync),
) -> Result<Loaded, ReadError> {
    // A name from git may have another Unicode form than on the disk.
    let over: HashMap<Cow<'_, str>, &Option<Arc<str>>> =
        overlay.iter().map(|(name, text)| (text::nfc(name), text)).collect();
    let is_gone = |name: &str| over.get(&text::nfc(name)).is_some_and(|text| text.is_none());
    listing.entries.retain(|found| !is_gone(&found.name));
    listing.host_rules.retain(|found| !is_gone(&found.name));
    listing.config = listing.config.filter(|found| !is_gone(&found.name));
    for name in overlay.iter().filter_map(|(name, text)| text.as_ref().and(Some(name))) {
        let Some(found) = FoundFile::named(name) else { continue };
        if found.is_host_rules() {
            if listing.host_rules.iter().all(|known| known.name != found.name) {
                listing.host_rules.push(found);
            }
        } else if found.kind.is_none() {
            listing.config.get_or_insert(found);
        } else if !listing.entries.iter().any(|known| text::is_same_name(&known.name, &found.name)) {
            listing.entries.push(found);
        }
    }
    listing.entries.sort_by(|a, b| a.name.cmp(&b.name));
    listing.host_rules.sort_by(|a, b| a.name.cmp(&b.name));
    let read = |found: &FoundFile| match over.get(&text::nfc(&found.name)) {
        Some(Some(text)) => Ok(Ok(Arc::clone(text))),
        _ => source::read(found),
    };
    let mut loaded = assemble(listing, base_url, &OnDisk(root), (&read, &check::all), progress)?;
    for (name, text) in overlay {
        if let Some(text) = text {
            loaded.texts.insert(Arc::clone(name), Arc::clone(text));
        }
    }
    fill_texts(root, &mut loaded);
    Ok(loaded)
}
