//! Writes the site so that a reader never meets half of it.
//!
//! Knows the manifest, the journal and the order in which files go to their
//! places; never knows what a file means. The order is what keeps every link
//! alive: first everything that did not exist, which nothing links to yet,
//! then what changes, with the home last, then the manifest, and only then
//! what is no longer wanted. Everything before that is staged aside, so an
//! error there leaves the published folder as it was.
//!
//! Ours is what the manifest or the journal names. Nothing else is ever
//! overwritten or removed, with `force` or without: `force` only allows a
//! folder that holds other files beside ours. A file that stands at one of
//! our addresses counts as ours if it has the very bytes we would write.
//!
//! One case cannot keep every link alive: an address that turns from a file
//! into a folder (`about` into `about/index.html`) or back, since the two
//! cannot exist at once. The site is still clean once the build ends.

mod address;
mod error;
mod found;
mod ground;
mod journal;
mod lock;
mod manifest;
mod place;
mod plan;
#[cfg(test)]
mod tests;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

pub use error::{Error, Kind, StageError};
pub use manifest::{Entry, Known, Manifest, Stamp, is_published, is_there, read_manifest};

use found::Found;
use ground::Ground;
use journal::Journal;
use lock::Lock;
use place::{Disk, Place, Seen};
use plan::Plan;

/// When a file is put in its place, in this order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Rank {
    /// What pages need and what links to nothing but its like: styles, images.
    Asset,
    /// A page about one thing.
    Leaf,
    /// What names many leaves: a list, a feed.
    List,
    /// A page where readers arrive. The one at `index.html` is the very last.
    Home,
}

/// One file of the site.
#[derive(Clone, Debug)]
pub struct File {
    /// Relative to the folder, parts divided by `/`, in NFC.
    pub path: String,
    /// When it is put in its place.
    pub rank: Rank,
    /// All of it.
    pub bytes: Vec<u8>,
}

/// A file that is known to be published already, or that waits in the stage.
#[derive(Debug)]
pub struct Staged {
    path: String,
    rank: Rank,
    entry: Entry,
    /// Where it waits; nothing if the published file is the same.
    source: Option<PathBuf>,
}

impl Staged {
    /// Where it goes.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is known of it.
    #[must_use]
    pub fn entry(&self) -> &Entry {
        &self.entry
    }

    /// Whether this build writes the file.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.source.is_some()
    }
}

/// What a build did. `manifest.json` counts as one of the files.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Report {
    /// Files of the site.
    pub files: usize,
    /// Of these, written now.
    pub written: usize,
    /// Of these, left untouched.
    pub unchanged: usize,
    /// Files of an earlier build that are gone now.
    pub removed: usize,
}

/// One build on its way to its folder. Holds the lock.
///
/// Dropped without [`commit`](Publication::commit), it leaves the published
/// folder as it was.
pub struct Publication {
    place: Box<dyn Place>,
    out: PathBuf,
    found: Found,
    /// The folder beside `out` that becomes the site by one rename, where
    /// that is possible; else files wait inside `out`.
    beside: Option<PathBuf>,
    next: AtomicUsize,
    /// Whether what the manifest lists is known to be there.
    trusts: bool,
    _lock: Lock,
}

impl Publication {
    /// Takes the lock, finds out what is there and removes what an
    /// interrupted build left in its stage. Missing folders above `out` are
    /// made; a link to a folder is followed.
    ///
    /// # Errors
    ///
    /// [`Kind::Locked`] if another build is at work there, [`Kind::Foreign`]
    /// if the folder holds other files and none of ours (unless `force`) or
    /// a `manifest.json` that is not ours, [`Kind::Io`] otherwise.
    pub fn open(out: &Path, force: bool) -> Result<Publication, Error> {
        Publication::open_knowing(out, force, None)
    }

    /// The same for whoever has read the last manifest already.
    ///
    /// # Errors
    ///
    /// As [`open`](Publication::open).
    pub fn open_knowing(out: &Path, force: bool, known: Option<&Known>) -> Result<Publication, Error> {
        Publication::open_in(Box::new(Disk), out, force, known)
    }

    fn open_in(
        place: Box<dyn Place>,
        out: &Path,
        force: bool,
        known: Option<&Known>,
    ) -> Result<Publication, Error> {
        let out = place::resolve(out)?;
        let lock = Lock::take(&out)?;
        let inside = out.join(place::STAGE);
        place.remove_all(&inside).map_err(|error| Error::io(&inside, error))?;
        let found = Found::read(place.as_ref(), &out, force, known)?;
        let beside = place::beside(&out, "noroshi-stage").filter(|beside| {
            // Whatever forbids a folder beside, the way inside is still open.
            place.remove_all(beside).is_ok()
                && found.empty
                && lock.is_beside()
                && place.make_folder(beside).is_ok()
                && (place.stands_in(beside, &out) || {
                    let _ = place.remove_all(beside);
                    false
                })
        });
        let publication =
            Publication { place, out, found, beside, next: AtomicUsize::new(0), trusts: false, _lock: lock };
        if publication.beside.is_none() {
            publication.make_out()?;
        }
        Ok(publication)
    }

    /// Believes that every file of the last manifest is there, where no build was interrupted since: for
    /// whoever has looked a moment ago and publishes again.
    pub fn trust(&mut self) {
        self.trusts = true;
    }

    /// The last manifest, if there is one.
    #[must_use]
    pub fn previous(&self) -> Option<&Manifest> {
        self.found.manifest.as_deref()
    }

    /// Hashes the file, compares it with what is published and writes it to
    /// the stage if it differs. May be called from many threads at once.
    ///
    /// `inspect` sees every file, changed or not, before a byte of it is
    /// written: what may go out must not depend on what went out before.
    ///
    /// # Errors
    ///
    /// What `inspect` returns; [`Kind::Address`] for a path that no file can
    /// have; [`Kind::Io`].
    pub fn stage<E>(
        &self,
        file: &File,
        inspect: impl FnOnce(&File) -> Result<(), E>,
    ) -> Result<Staged, StageError<E>> {
        if let Some(fault) = crate::address::fault(&file.path) {
            return Err(
                Error::address(&file.path, &format!("No file can have this address: {fault}.")).into()
            );
        }
        inspect(file).map_err(StageError::Inspect)?;
        let entry = Entry::of(&file.bytes);
        let vouched = self.found.listed(&file.path) == Some(&entry);
        let source = if self.beside.is_none() && self.is_there(&file.path, &entry, vouched)? {
            None
        } else {
            Some(self.write(&file.path, &file.bytes)?)
        };
        Ok(Staged { path: file.path.clone(), rank: file.rank, entry, source })
    }

    /// The file as it is published, if what is known of it is still true: then it need not be made.
    ///
    /// # Errors
    ///
    /// [`Kind::Io`].
    pub fn keep(&self, path: &str, rank: Rank, known: &Entry) -> Result<Option<Staged>, Error> {
        let vouched = self.beside.is_none() && self.found.listed(path) == Some(known);
        if !vouched || self.found.doubts(path) || !(self.trusts || self.is_there(path, known, true)?) {
            return Ok(None);
        }
        Ok(Some(Staged { path: path.to_owned(), rank, entry: known.clone(), source: None }))
    }

    /// Puts everything in its place and removes what is no longer wanted.
    /// `staged` is every file of the site, changed or not, in any order.
    ///
    /// # Errors
    ///
    /// [`Kind::Address`] if two files want one address and [`Kind::Foreign`]
    /// if a file that is not ours is in the way, both before anything is
    /// changed. [`Kind::Io`] at any time: if the journal is written by then,
    /// the next build completes the work.
    pub fn commit(mut self, mut staged: Vec<Staged>, stamp: &Stamp) -> Result<Report, Error> {
        staged.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        address::check_distinct(&staged)?;
        let manifest = manifest::bytes(stamp, &staged);
        if let Some(beside) = self.beside.take() {
            let path = beside.join(manifest::NAME);
            self.place.create(&path, &manifest).map_err(|error| Error::io(&path, error))?;
            if self.place.rename(&beside, &self.out).is_ok() {
                let files = staged.len() + 1;
                return Ok(Report { files, written: files, unchanged: 0, removed: 0 });
            }
            self.move_inside(&mut staged)?;
        }
        self.update(&staged, &manifest)
    }

    fn update(&self, staged: &[Staged], manifest: &[u8]) -> Result<Report, Error> {
        let ground = Ground { place: self.place.as_ref(), out: &self.out, found: &self.found };
        let plan = Plan::new(&ground, staged)?;
        let renewed = manifest != self.found.manifest_bytes;
        let mut removed = 0;
        if renewed || !plan.is_empty() {
            // All that needs room on the disk is written before the first
            // rename.
            let manifest = self.write(manifest::NAME, manifest)?;
            let mut journal = Journal::new(&plan, &self.found);
            let begun = self.write(journal::NAME, &journal.to_bytes())?;
            journal.link(|path| address::contains(staged, path));
            let linked = self.write(journal::NAME, &journal.to_bytes())?;
            journal.finish();
            let finished = self.write(journal::NAME, &journal.to_bytes())?;

            ground.put(&begun, journal::NAME)?;
            removed += ground.put_all(&plan.new)?;
            ground.put(&linked, journal::NAME)?;
            removed += ground.put_all(&plan.changed)?;
            ground.put(&finished, journal::NAME)?;
            if renewed {
                ground.put(&manifest, manifest::NAME)?;
            }
            removed += ground.remove(&plan.removals)?;
        }
        let journal = self.out.join(journal::NAME);
        match self.place.remove_file(&journal) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(Error::io(&journal, error));
            }
            _ => {}
        }
        let files = staged.len() + 1;
        let written = plan.new.len() + plan.changed.len() + usize::from(renewed);
        Ok(Report { files, written, unchanged: files - written, removed })
    }

    /// Whether the published file is the same. The manifest is believed
    /// where no interrupted build may have been at work since.
    fn is_there(&self, path: &str, entry: &Entry, vouched: bool) -> Result<bool, Error> {
        let doubted = self.found.doubts(path);
        if !vouched && !doubted && self.found.listed(path).is_some() {
            return Ok(false);
        }
        let full = self.out.join(path);
        let same = || match self.place.look(&full)? {
            Some(Seen::File(size)) if size == entry.size => {
                Ok(vouched && !doubted || Entry::of(&self.place.read(&full)?) == *entry)
            }
            _ => Ok(false),
        };
        same().map_err(|error| Error::io(&full, error))
    }

    /// Writes a file to the stage: to its address in a folder that will be
    /// renamed as a whole, else under a number, which always fits.
    fn write(&self, path: &str, bytes: &[u8]) -> Result<PathBuf, Error> {
        let (root, name) = match &self.beside {
            Some(beside) => (beside.clone(), path.to_owned()),
            None => (self.out.join(place::STAGE), self.number()),
        };
        let full = root.join(&name);
        let mut result = self.place.create(&full, bytes);
        if matches!(&result, Err(error) if error.kind() == io::ErrorKind::NotFound) {
            result = place::make_parents(self.place.as_ref(), &full)
                .and_then(|()| self.place.create(&full, bytes));
        }
        match result {
            Ok(()) => Ok(full),
            Err(error) if self.beside.is_some() && place::is_taken(&error) => Err(Error::twice(path)),
            Err(error) => Err(Error::io(&full, error)),
        }
    }

    fn number(&self) -> String {
        self.next.fetch_add(1, Ordering::Relaxed).to_string()
    }

    /// Brings what waits beside the folder into it, where the folder itself
    /// cannot be renamed: a mount point, or no longer empty.
    fn move_inside(&self, staged: &mut [Staged]) -> Result<(), Error> {
        self.make_out()?;
        let inside = self.out.join(place::STAGE);
        self.place.make_folder(&inside).map_err(|error| Error::io(&inside, error))?;
        for file in staged {
            if let Some(source) = &mut file.source {
                let target = inside.join(self.number());
                place::bring(self.place.as_ref(), source, &target)
                    .map_err(|error| Error::io(&target, error))?;
                *source = target;
            }
        }
        Ok(())
    }

    fn make_out(&self) -> Result<(), Error> {
        match self.place.make_folder(&self.out) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(Error::io(&self.out, error)),
            _ => Ok(()),
        }
    }
}

impl Drop for Publication {
    fn drop(&mut self) {
        // What cannot be removed now, the next build removes.
        let _ = self.place.remove_all(&self.out.join(place::STAGE));
        if let Some(beside) = place::beside(&self.out, "noroshi-stage") {
            let _ = self.place.remove_all(&beside);
        }
    }
}
