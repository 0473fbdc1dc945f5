//! Parts of the deployed manifest on this machine, so that the store need not be asked for them.
//!
//! A part is named by its content and checked when it is read, so whatever is here can do no harm.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::Site;
use crate::atomic::{Batch, Overwrite};
use crate::file;
use crate::limits::MANIFEST_PART_BYTES;

/// Reads a part.
pub(super) fn read(cache: &Path, part: &str) -> Option<Vec<u8>> {
    file::read(&cache.join(name(part)), MANIFEST_PART_BYTES).ok()
}

/// Keeps the parts of a site that was deployed, and removes others. A failure costs some requests later, nothing else.
pub(super) fn keep(site: &Site<'_>, cache: &Path) {
    let mut batch = Batch::unsynced(Overwrite::File);
    let mut names = BTreeSet::new();
    for part in site.manifest.parts.keys() {
        let place = cache.join(name(part));
        names.insert(name(part));
        if place.symlink_metadata().is_err()
            && let Ok(bytes) = file::read(&site.folder.join(part), MANIFEST_PART_BYTES)
        {
            let _ = batch.add(&place, &bytes);
        }
    }
    let _ = batch.commit();
    for found in fs::read_dir(cache).into_iter().flatten().flatten() {
        if !found.file_name().to_str().is_some_and(|found| names.contains(found)) {
            let _ = fs::remove_file(found.path());
        }
    }
}

/// The name of a part without its folder.
fn name(part: &str) -> &str {
    part.rsplit('/').next().unwrap_or(part)
}
