//! Writes the site so that a reader never meets half of it.
//!
//! Knows the manifest, the journal and the order in which files move into place, but not what a
//! file means. The order keeps every link alive: first new files, which nothing links to yet; then
//! changed files, with the home page last; then the head of the manifest; and last it removes old
//! files. The parts of the manifest are files like others: new ones are in place before the head that
//! names them, and old ones go last. All files are staged first, so an error while staging leaves the
//! published folder unchanged.
//!
//! A file is ours if the manifest or the journal names it. Publishing never overwrites or removes
//! any other file, even with `force`: `force` only allows a folder that holds other files beside
//! ours. A file at one of our addresses counts as ours if it has exactly the bytes that we would
//! write.
//!
//! One case cannot keep every link alive: an address that turns from a file into a folder (`about`
//! into `about/index.html`) or back, because the two cannot exist at once. The site is still
//! complete once the build ends.
//!
//! Why: docs/decisions/publishing.md.

mod address;
mod error;
mod existing;
mod file_system;
mod head;
mod journal;
mod lock;
mod manifest;
mod manifest_text;
mod names;
mod order;
mod output_dir;
mod plan;
mod rank;
mod salvage;
mod stage;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

pub use error::{Error, Kind, StageError};
pub use existing::Recovery;
pub use head::{
    Head, Known, PartError, ReadError, is_published, is_there, is_unfinished, read_manifest, read_prepared,
    read_with,
};
pub use manifest::{Entry, Listed, Manifest, Stamp};
pub use rank::Rank;

use existing::Existing;
use file_system::{FileSystem, PathKind, RealFileSystem};
use journal::Journal;
use lock::Lock;
use manifest_text::Text;
use order::Order;
use stage::Stage;

use crate::atomic::{self, Batch, Overwrite};
use crate::message::message;

#[derive(Clone, Debug)]
pub struct File {
    /// The path relative to the folder, with `/` as separator, in NFC.
    pub path: String,
    pub rank: Rank,
    pub bytes: Vec<u8>,
}

/// A file that is published already, or that waits in the stage.
#[derive(Debug)]
pub struct Staged {
    path: String,
    rank: Rank,
    entry: Entry,
    /// The staged file, or `None` if the published file is the same.
    source: Option<PathBuf>,
    /// Whether the published file was read for the comparison, because no manifest lists it reliably.
    is_compared: bool,
}

impl Staged {
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

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

/// `manifest.json` and its parts count as files.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Report {
    pub files: usize,
    pub written: usize,
    pub unchanged: usize,
    pub removed: usize,
}

#[derive(Clone, Copy, Default, Debug)]
pub struct Options<'a> {
    /// Whether the folder may hold other files beside ours.
    pub force: bool,
    /// The last manifest, if the caller has read it already.
    pub known: Option<&'a Known>,
    /// The path of a second copy of the manifest, outside the folder: one file, as older versions
    /// wrote the manifest. If the manifest is lost, the copy tells which files are ours and which
    /// events were announced. It is optional, and created if missing.
    pub spare: Option<&'a Path>,
}

/// One build that publishes to a folder. Holds the lock.
///
/// If it is dropped without [`commit`](Publication::commit), the published folder stays unchanged.
pub struct Publication {
    place: Box<dyn FileSystem>,
    out: PathBuf,
    found: Existing,
    /// The stage: if possible a folder beside `out` that becomes the site by one rename, else a
    /// folder inside `out`.
    stage: Stage,
    spare: Option<PathBuf>,
    id: String,
    /// Folders that got a new subfolder, possibly `out` itself.
    grown: Vec<PathBuf>,
    /// Whether the files that the manifest lists are known to exist.
    trusts: bool,
    _lock: Lock,
}

impl Publication {
    /// Takes the lock, reads the state of the folder and removes what an interrupted build left in
    /// its stage.
    ///
    /// Creates missing folders above `out`, and follows a link to a folder.
    ///
    /// # Errors
    ///
    /// [`Kind::Locked`] if another build is running there, [`Kind::Foreign`] if the folder holds
    /// other files and none of ours (unless forced) or a `manifest.json` that is not ours,
    /// [`Kind::Io`] otherwise.
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
        // If a folder beside `out` is not possible for any reason, the stage goes inside.
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
            // A killed build may have renamed the folder into place without a sync of its name.
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

    /// Trusts that every file of the last manifest exists, unless a build was interrupted since.
    /// For a caller that just checked this and publishes again.
    pub fn trust(&mut self) {
        self.trusts = true;
    }

    #[must_use]
    pub fn previous(&self) -> Option<&Manifest> {
        self.found.manifest.as_deref()
    }

    #[must_use]
    pub fn recovery(&self) -> Option<&Recovery> {
        self.found.recovery.as_ref()
    }

    /// Hashes the file, compares it with the published one and writes it to the stage if it
    /// differs. May be called from many threads at once.
    ///
    /// `inspect` sees every file, changed or not, before any byte of it is written: what may be
    /// published must not depend on what was published before.
    ///
    /// # Errors
    ///
    /// The error of `inspect`; [`Kind::Address`] for a path that no file can have; [`Kind::Io`].
    pub fn stage<E>(
        &self,
        file: &File,
        inspect: impl FnOnce(&File) -> Result<(), E>,
    ) -> Result<Staged, StageError<E>> {
        if let Some(fault) = crate::address::fault(&file.path) {
            let reason = message!(
                "publish-address-unfit",
                "No file can have this address: {fault}.",
                fault = fault.message()
            );
            return Err(Error::address(&file.path, reason).into());
        }
        inspect(file).map_err(StageError::Inspect)?;
        Ok(self.put_aside(&file.path, file.rank, &file.bytes, Entry::of(&file.bytes))?)
    }

    /// Writes a file to the stage, unless the published one is the same.
    fn put_aside(&self, path: &str, rank: Rank, bytes: &[u8], entry: Entry) -> Result<Staged, Error> {
        let vouched = self.found.listed(path) == Some(&entry);
        let source = if !self.stage.is_whole && self.is_there(path, &entry, vouched)? {
            None
        } else {
            Some(self.stage.write(self.place.as_ref(), path, bytes)?)
        };
        let is_compared = source.is_none() && (!vouched || self.found.doubts(path));
        Ok(Staged { path: path.to_owned(), rank, entry, source, is_compared })
    }

    /// The published file, if it still matches `known`. Then it need not be rendered.
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

    /// Moves all files into place and removes old ones. `staged` is every file of the site, changed
    /// or not, in any order.
    ///
    /// # Errors
    ///
    /// [`Kind::Address`] if two files have one address, and [`Kind::Foreign`] if a file that is not
    /// ours is in the way; both before anything is changed. [`Kind::Io`] at any time: if the
    /// journal is written by then, the next build completes the work.
    pub fn commit(mut self, mut staged: Vec<Staged>, stamp: &Stamp) -> Result<Report, Error> {
        staged.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        let manifest = Text::new(stamp, &staged);
        for part in &manifest.parts {
            // Nothing links to a part but the head, which comes after every other file.
            let entry = part.entry.clone();
            staged.push(self.put_aside(&part.path, Rank::Asset, part.json.as_bytes(), entry)?);
        }
        // All but the parts are sorted already, and the stable sort merges sorted lists.
        staged.sort_by(|a, b| a.path.cmp(&b.path));
        address::check_distinct(&staged)?;
        if self.stage.is_whole {
            if let Some(report) = self.put_whole(&staged, &manifest)? {
                return Ok(report);
            }
            self.move_inside(&mut staged)?;
        }
        Order::new(&self, &staged)?.run(&manifest)
    }

    /// Makes the stage the published folder, if the system can rename one folder over another.
    fn put_whole(&mut self, staged: &[Staged], manifest: &Text<'_>) -> Result<Option<Report>, Error> {
        let place = self.place.as_ref();
        let path = self.stage.write(place, names::MANIFEST, &manifest.head)?;
        let folder = self.stage.folder(place)?;
        // Until the folder's name is durable, the next build must doubt every file.
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

    /// Syncs files and folders, and the new folders above the site.
    fn sync(&self, paths: &[PathBuf]) -> Result<(), Error> {
        for folder in &self.grown {
            // Each folder may be on another file system.
            self.place.sync(std::slice::from_ref(folder)).map_err(|error| Error::io(folder, error))?;
        }
        self.place.sync(paths).map_err(|error| Error::io(&self.out, error))
    }

    /// Writes the second copy of the manifest, if there is none.
    fn keep_spare(&self, manifest: &Text<'_>) {
        let is_missing = |spare: &PathBuf| matches!(self.place.look(spare), Ok(None));
        if self.spare.as_ref().is_some_and(is_missing) {
            self.write_spare(manifest);
        }
    }

    /// Writes the second copy of the manifest. A failure does not stop the publication.
    fn write_spare(&self, manifest: &Text<'_>) {
        if let Some(spare) = &self.spare {
            let mut batch = Batch::unsynced(Overwrite::File);
            let _ = batch.add(spare, manifest.inline().as_bytes()).and_then(|()| batch.commit());
        }
    }

    /// Whether the published file is the same. Trusts the manifest, unless an interrupted build may
    /// have changed the file since.
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

    /// Moves the staged files from beside the folder into it, if the folder itself cannot be
    /// renamed: it is a mount point or no longer empty.
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
