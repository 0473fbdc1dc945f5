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
//!
//! Why: docs/decisions/publishing.md.

mod address;
mod error;
mod existing;
mod file_system;
mod journal;
mod lock;
mod manifest;
mod names;
mod order;
mod output_dir;
mod plan;
mod salvage;
mod stage;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

pub use error::{Error, Kind, StageError};
pub use existing::Recovery;
pub use manifest::{Entry, Known, Listed, Manifest, Stamp, is_published, is_there, read_manifest};

use existing::Existing;
use file_system::{FileSystem, PathKind, RealFileSystem};
use journal::Journal;
use lock::Lock;
use order::Order;
use stage::Stage;

use crate::atomic::{self, Batch, Overwrite};

/// When a file is put in its place, in this order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Rank {
    /// What pages need and what links to nothing but its like: styles, images.
    Asset,
    /// A page about one thing.
    Leaf,
    /// What names many leaves: a list, a feed.
    List,
    /// A page that stood here and leads on to its new address, where it is by now.
    Moved,
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
    /// Whether the published file was read to find that out, since no manifest vouches for it.
    is_compared: bool,
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

/// What is known before a build, and what it may do.
#[derive(Clone, Copy, Default, Debug)]
pub struct Options<'a> {
    /// Whether the folder may hold other files beside ours.
    pub force: bool,
    /// The last manifest, for whoever has read it already.
    pub known: Option<&'a Known>,
    /// Where a second copy of the manifest is kept, outside of the folder: it tells which files are ours, and
    /// what subscribers were told, where the manifest itself is lost. Never needed, and made where it is not.
    pub spare: Option<&'a Path>,
}

/// One build on its way to its folder. Holds the lock.
///
/// Dropped without [`commit`](Publication::commit), it leaves the published
/// folder as it was.
pub struct Publication {
    place: Box<dyn FileSystem>,
    out: PathBuf,
    found: Existing,
    /// A folder beside `out` that becomes the site by one rename, where
    /// that is possible; else files wait inside `out`.
    stage: Stage,
    spare: Option<PathBuf>,
    /// What no other build is called.
    id: String,
    /// Folders that got a new one, or get `out` itself.
    grown: Vec<PathBuf>,
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
    /// if the folder holds other files and none of ours (unless forced) or
    /// a `manifest.json` that is not ours, [`Kind::Io`] otherwise.
    pub fn open(out: &Path, options: Options<'_>) -> Result<Publication, Error> {
        Publication::open_in(Box::new(RealFileSystem), out, options)
    }

    fn open_in(place: Box<dyn FileSystem>, out: &Path, options: Options<'_>) -> Result<Publication, Error> {
        let Options { force, known, spare } = options;
        let (out, mut grown) = file_system::resolve(out)?;
        let lock = Lock::take(&out)?;
        let now = lock.disk_time();
        stage::remove_left(place.as_ref(), &out, names::STAGE, now)
            .map_err(|error| Error::io(&out, error))?;
        let found = Existing::read(place.as_ref(), &out, force, known, spare)?;
        // Whatever forbids a folder beside, the way inside is still open.
        let left = file_system::beside_name(&out, stage::BESIDE).zip(out.parent());
        let is_swept =
            left.is_some_and(|(name, above)| stage::remove_left(place.as_ref(), above, &name, now).is_ok());
        let beside = if is_swept && found.empty && lock.is_beside() {
            Stage::beside(place.as_ref(), &out).filter(|stage| {
                let stands_in = stage.made().is_some_and(|folder| place.stands_in(folder, &out));
                if !stands_in {
                    stage.remove(place.as_ref());
                }
                stands_in
            })
        } else {
            None
        };
        if found.manifest.is_none() || found.journal.is_some() {
            // A killed build may have put the folder there, and nothing has synced its name.
            grown.extend(out.parent().map(Path::to_path_buf));
        }
        let is_beside = beside.is_some();
        let stage = beside.unwrap_or_else(|| Stage::inside(&out));
        let (id, spare) = (atomic::random(), spare.map(Path::to_path_buf));
        let publication =
            Publication { place, out, found, stage, spare, id, grown, trusts: false, _lock: lock };
        if !is_beside {
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

    /// What is done about a manifest that is broken or gone.
    #[must_use]
    pub fn recovery(&self) -> Option<&Recovery> {
        self.found.recovery.as_ref()
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
        let source = if !self.stage.is_whole && self.is_there(&file.path, &entry, vouched)? {
            None
        } else {
            Some(self.stage.take(self.place.as_ref(), file)?)
        };
        let is_compared = source.is_none() && (!vouched || self.found.doubts(&file.path));
        Ok(Staged { path: file.path.clone(), rank: file.rank, entry, source, is_compared })
    }

    /// The file as it is published, if what is known of it is still true: then it need not be made.
    ///
    /// # Errors
    ///
    /// [`Kind::Io`].
    pub fn keep(&self, path: &str, rank: Rank, known: &Entry) -> Result<Option<Staged>, Error> {
        let vouched = !self.stage.is_whole && self.found.listed(path) == Some(known);
        if !vouched || self.found.doubts(path) || !(self.trusts || self.is_there(path, known, true)?) {
            return Ok(None);
        }
        let (path, entry) = (path.to_owned(), known.clone());
        Ok(Some(Staged { path, rank, entry, source: None, is_compared: false }))
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
        if self.stage.is_whole {
            if let Some(report) = self.put_whole(&staged, &manifest)? {
                return Ok(report);
            }
            self.move_inside(&mut staged)?;
        }
        Order::new(&self, &staged)?.run(&manifest)
    }

    /// Makes the stage the published folder, where the system lets a folder take the place of another.
    fn put_whole(&mut self, staged: &[Staged], manifest: &[u8]) -> Result<Option<Report>, Error> {
        let place = self.place.as_ref();
        let path = self.stage.write(place, names::MANIFEST, manifest)?;
        let folder = self.stage.folder(place)?;
        // Until the folder's name is durable, the next build must not believe that all is well.
        let doubt = Journal::in_doubt(staged.iter().map(|file| file.path.clone())).to_bytes();
        let mut all = vec![path, self.stage.write(place, names::JOURNAL, &doubt)?];
        let mut folders: BTreeSet<PathBuf> = [folder.to_path_buf()].into();
        for file in staged {
            all.extend(file.source.clone());
            folders.extend(address::folders(&file.path).map(|above| folder.join(above)));
        }
        all.extend(folders);
        place.sync(&all).map_err(|error| Error::io(folder, error))?;
        self.write_spare(manifest);
        if self.place.rename(folder, &self.out).is_err() {
            return Ok(None);
        }
        self.sync(&[])?;
        let journal = self.out.join(names::JOURNAL);
        place.remove_file(&journal).map_err(|error| Error::io(&journal, error))?;
        self.sync(std::slice::from_ref(&self.out))?;
        let files = staged.len() + 1;
        Ok(Some(Report { files, written: files, unchanged: 0, removed: 0 }))
    }

    /// Makes files and folders durable, and with them the folders above the site that are new.
    fn sync(&self, paths: &[PathBuf]) -> Result<(), Error> {
        for folder in &self.grown {
            // Each may be on a file system of its own.
            self.place.sync(std::slice::from_ref(folder)).map_err(|error| Error::io(folder, error))?;
        }
        self.place.sync(paths).map_err(|error| Error::io(&self.out, error))
    }

    /// Keeps a second copy of the manifest where there is none.
    fn keep_spare(&self, manifest: &[u8]) {
        let is_missing = |spare: &PathBuf| matches!(self.place.look(spare), Ok(None));
        if self.spare.as_ref().is_some_and(is_missing) {
            self.write_spare(manifest);
        }
    }

    /// Keeps a second copy of the manifest. That it cannot be kept is no reason to publish nothing.
    fn write_spare(&self, manifest: &[u8]) {
        if let Some(spare) = &self.spare {
            let mut batch = Batch::unsynced(Overwrite::File);
            let _ = batch.add(spare, manifest).and_then(|()| batch.commit());
        }
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
            Some(PathKind::File(size)) if size == entry.size => {
                Ok(vouched && !doubted || Entry::of(&self.place.read(&full)?) == *entry)
            }
            _ => Ok(false),
        };
        same().map_err(|error| Error::io(&full, error))
    }

    /// Brings what waits beside the folder into it, where the folder itself
    /// cannot be renamed: a mount point, or no longer empty.
    fn move_inside(&mut self, staged: &mut [Staged]) -> Result<(), Error> {
        self.make_out()?;
        let inside = Stage::inside(&self.out);
        let moved = staged.iter_mut().filter_map(|file| file.source.as_mut()).try_for_each(|source| {
            *source = inside.bring(self.place.as_ref(), source)?;
            Ok(())
        });
        self.stage.remove(self.place.as_ref());
        self.stage = inside;
        moved
    }

    fn make_out(&self) -> Result<(), Error> {
        match self.place.make_folder(&self.out) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(Error::io(&self.out, error)),
            _ => Ok(()),
        }
    }
}

impl Drop for Publication {
    fn drop(&mut self) {
        self.stage.remove(self.place.as_ref());
    }
}
