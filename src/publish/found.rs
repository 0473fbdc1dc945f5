//! What an earlier build left in the folder.

use std::path::Path;
use std::sync::Arc;

use super::journal::{self, Journal};
use super::manifest::{self, Entry, Known, Manifest};
use super::place::{Place, STAGE, Seen};
use super::{Error, lock};

/// What is in the folder before the build.
pub(super) struct Found {
    pub(super) manifest: Option<Arc<Manifest>>,
    /// As they are on the disk; empty without a manifest.
    pub(super) manifest_bytes: Vec<u8>,
    journal: Option<Journal>,
    /// Nothing there but what an interrupted build left in its stage.
    pub(super) empty: bool,
}

impl Found {
    /// What is there. `known` spares reading a manifest again whose very bytes were read before.
    pub(super) fn read(
        place: &dyn Place,
        out: &Path,
        force: bool,
        known: Option<&Known>,
    ) -> Result<Found, Error> {
        let mut found = Found { manifest: None, manifest_bytes: Vec::new(), journal: None, empty: false };
        let path = out.join(manifest::NAME);
        if let Some(bytes) = read(place, &path)? {
            found.manifest = match known.filter(|known| known.bytes == bytes) {
                Some(known) => Some(Arc::clone(&known.manifest)),
                None => Manifest::parse(&bytes).map(Arc::new),
            };
            if found.manifest.is_none() {
                return Err(Error::foreign_file(&path));
            }
            found.manifest_bytes = bytes;
        }
        if let Some(bytes) = read(place, &out.join(journal::NAME))? {
            found.journal = Some(Journal::parse(&bytes));
        }
        let known = found.manifest.is_some() || found.journal.as_ref().is_some_and(|j| !j.broken);
        if !known {
            match stranger(place, out)? {
                Some(path) if !force => return Err(Error::foreign_folder(&path)),
                stranger => found.empty = stranger.is_none() && found.journal.is_none(),
            }
        }
        Ok(found)
    }

    /// What the manifest says about a path.
    pub(super) fn listed(&self, path: &str) -> Option<&Entry> {
        self.manifest.as_ref()?.files.get(path)
    }

    /// Whether a file at this path is ours.
    pub(super) fn owns(&self, path: &str) -> bool {
        self.listed(path).is_some() || self.journal.as_ref().is_some_and(|j| j.names(path))
    }

    /// Whether an interrupted build may have changed the file, so that only
    /// its bytes on the disk tell what it is.
    pub(super) fn doubts(&self, path: &str) -> bool {
        self.journal.as_ref().is_some_and(|journal| journal.broken || journal.names(path))
    }

    /// Whether no page that a reader can reach leads to this path, so that
    /// what it links to may be missing.
    pub(super) fn is_loose(&self, path: &str) -> bool {
        self.journal.as_ref().is_some_and(|journal| journal.loose.contains(path))
    }

    /// The paths for which [`is_loose`](Found::is_loose) holds.
    pub(super) fn loose(&self) -> impl Iterator<Item = &String> {
        self.journal.iter().flat_map(|journal| &journal.loose)
    }

    /// Every path that is ours, sorted.
    pub(super) fn owned(&self) -> Vec<&str> {
        let listed = self.manifest.iter().flat_map(|m| m.files.keys());
        let named = self.journal.iter().flat_map(Journal::all);
        let mut owned: Vec<&str> = listed.chain(named).map(String::as_str).collect();
        // Without a journal it is sorted already.
        owned.sort_unstable();
        owned.dedup();
        owned
    }
}

/// The bytes of a file of ours, if there is one; a folder or a link in its
/// place is not ours.
fn read(place: &dyn Place, path: &Path) -> Result<Option<Vec<u8>>, Error> {
    let io = |error| Error::io(path, error);
    match place.look(path).map_err(io)? {
        None => Ok(None),
        Some(Seen::File(_)) => place.read(path).map(Some).map_err(io),
        Some(_) => Err(Error::foreign_file(path)),
    }
}

/// The first thing in the folder that is not a trace of publishing.
fn stranger(place: &dyn Place, out: &Path) -> Result<Option<std::path::PathBuf>, Error> {
    let io = |error| Error::io(out, error);
    if place.look(out).map_err(io)?.is_none() {
        return Ok(None);
    }
    let names = place.names(out).map_err(io)?;
    Ok(names
        .into_iter()
        .find(|name| ![STAGE, journal::NAME, lock::NAME].iter().any(|own| name == own))
        .map(|name| out.join(name)))
}
