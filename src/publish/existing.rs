//! The state that an earlier build left in the folder, and its recovery if the manifest or journal
//! is broken.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::file_system::{FileSystem, PathKind};
use super::head::{Head, Known, PartError};
use super::journal::Journal;
use super::manifest::{Entry, Manifest};
use super::names::STAGE;
use super::salvage::{self, Remains};
use super::{Error, names};
use crate::address;
use crate::message::{Message, message};
use crate::os::Shown as _;

pub(super) struct Existing {
    pub(super) manifest: Option<Arc<Manifest>>,
    /// The bytes of `manifest.json`. Empty without a manifest.
    pub(super) manifest_bytes: Vec<u8>,
    pub(super) journal: Option<Journal>,
    /// Whether the folder holds nothing but the stage of an interrupted build.
    pub(super) empty: bool,
    pub(super) recovery: Option<Recovery>,
}

/// The recovery from a `manifest.json`, or a part of it, that is broken or missing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Recovery {
    /// What happened and what the build does about it, in one line.
    pub line: Message,
    /// The second at which the lost manifest was last written, if no list of announced events is
    /// left. Every event until then was announced.
    pub announced_until: Option<i64>,
}

/// The first foreign thing in a folder without our files.
enum ForeignFile {
    Nothing,
    /// Only empty folders, which may be removed.
    Folders,
    File(PathBuf),
}

impl Existing {
    /// If the head of the manifest has the bytes of `known`, nothing is parsed again, since a head names
    /// its parts by their hashes. `spare` is a second copy of the last manifest.
    pub(super) fn read(
        place: &dyn FileSystem,
        out: &Path,
        force: bool,
        known: Option<&Known>,
        spare: Option<&Path>,
    ) -> Result<Existing, Error> {
        let mut found = Existing {
            manifest: None,
            manifest_bytes: Vec::new(),
            journal: None,
            empty: false,
            recovery: None,
        };
        if let Some(bytes) = read(place, &out.join(names::JOURNAL))? {
            found.journal = Some(Journal::parse(&bytes));
        }
        if found.journal.as_ref().is_some_and(|journal| journal.broken)
            && let Some(copy) = spare_manifest(place, spare)
        {
            found.doubt(copy.files.into_keys());
        }
        if found.journal.as_ref().is_some_and(|journal| journal.broken) {
            let parts = parts_there(place, out)?.into_iter();
            found.doubt(parts.filter(|(_, bytes)| salvage::is_part(bytes)).map(|(path, _)| path));
        }
        if let Some(bytes) = read(place, &out.join(names::MANIFEST))? {
            if let Some(known) = known.filter(|known| known.bytes == bytes) {
                found.manifest = Some(Arc::clone(&known.manifest));
            } else {
                match whole(place, out, &bytes)? {
                    Ok(manifest) => found.manifest = Some(Arc::new(manifest)),
                    Err(damage) => found.recover(place, out, &bytes, &damage, spare)?,
                }
            }
            found.manifest_bytes = bytes;
        }
        if found.manifest.is_none() && found.journal.is_none() {
            found.recognise(place, out, force, spare)?;
        }
        Ok(found)
    }

    /// Recovers from a manifest that is not whole.
    fn recover(
        &mut self,
        place: &dyn FileSystem,
        out: &Path,
        bytes: &[u8],
        damage: &Damage,
        spare: Option<&Path>,
    ) -> Result<(), Error> {
        let path = out.join(names::MANIFEST);
        let Some(mut remains) = Remains::of(bytes) else { return Err(Error::foreign_file(&path)) };
        for (part, bytes) in parts_there(place, out)? {
            remains.add(&part, &bytes);
        }
        let mut manifest = remains.done();
        if let Some(copy) = spare_manifest(place, spare) {
            manifest.announced = manifest.announced.or(copy.announced);
            if manifest.effective.is_empty() {
                manifest.effective = copy.effective;
            }
            for (path, entry) in copy.files {
                manifest.files.entry(path).or_insert(entry);
            }
        }
        let announced_until = match manifest.announced {
            Some(_) => None,
            None => Some(place.modified(&path).map_err(|error| Error::io(&path, error))?),
        };
        let line = recovery_line(damage);
        self.recovery = Some(Recovery { line, announced_until });
        self.doubt([]);
        self.manifest = Some(Arc::new(manifest));
        Ok(())
    }

    /// Recognises our files without a manifest or journal. A file is ours if it has the bytes that
    /// one of our builds published.
    fn recognise(
        &mut self,
        place: &dyn FileSystem,
        out: &Path,
        force: bool,
        spare: Option<&Path>,
    ) -> Result<(), Error> {
        let path = match stranger(place, out)? {
            ForeignFile::Nothing => {
                self.empty = true;
                return Ok(());
            }
            ForeignFile::Folders => return Ok(()),
            ForeignFile::File(path) => path,
        };
        let Some(copy) = spare_manifest(place, spare) else {
            return if force { Ok(()) } else { Err(Error::foreign_folder(&path)) };
        };
        let mut ours = BTreeMap::new();
        let is_all = published(place, out, "", &copy, &mut ours)?;
        if !is_all && !force {
            return Err(Error::foreign_folder(&path));
        }
        if !ours.is_empty() {
            let line = recovery_line(&Damage { path: out.join(names::MANIFEST), kind: DamageKind::Missing });
            self.recovery = Some(Recovery { line, announced_until: None });
            let mut copy = copy;
            copy.files.retain(|path, _| ours.contains_key(path));
            copy.parts = ours.into_iter().filter(|(path, _)| address::is_part(path)).collect();
            self.doubt([]);
            self.manifest = Some(Arc::new(copy));
        }
        Ok(())
    }

    fn doubt(&mut self, ours: impl IntoIterator<Item = String>) {
        self.journal.get_or_insert_default().doubt(ours);
    }

    pub(super) fn listed(&self, path: &str) -> Option<&Entry> {
        let manifest = self.manifest.as_ref()?;
        manifest.files.get(path).or_else(|| manifest.parts.get(path))
    }

    pub(super) fn owns(&self, path: &str) -> bool {
        self.listed(path).is_some() || self.journal.as_ref().is_some_and(|j| j.names(path))
    }

    /// Whether an interrupted build may have changed the file, so that only its bytes on disk can be trusted.
    pub(super) fn doubts(&self, path: &str) -> bool {
        self.journal.as_ref().is_some_and(|journal| journal.broken || journal.names(path))
    }

    /// Whether no reachable page links to this path, so that its own links may be broken.
    pub(super) fn is_loose(&self, path: &str) -> bool {
        self.journal.as_ref().is_some_and(|journal| journal.loose.contains(path))
    }

    pub(super) fn loose(&self) -> impl Iterator<Item = &String> {
        self.journal.iter().flat_map(|journal| &journal.loose)
    }

    /// Every path that is ours, sorted.
    pub(super) fn owned(&self) -> Vec<&str> {
        let mut owned: Vec<&str> =
            self.manifest.iter().flat_map(|m| m.files.keys()).map(String::as_str).collect();
        let parts = self.manifest.iter().flat_map(|m| m.parts.keys()).map(String::as_str);
        let at = owned.partition_point(|path| *path < address::PARTS);
        owned.splice(at..at, parts);
        owned.extend(self.journal.iter().flat_map(Journal::all).map(String::as_str));
        // Without a journal the list is nearly always sorted already.
        owned.sort_unstable();
        owned.dedup();
        owned
    }
}

/// The bytes of a file of ours, if it exists. A folder or a link in its place is not ours.
fn read(place: &dyn FileSystem, path: &Path) -> Result<Option<Vec<u8>>, Error> {
    let io = |error| Error::io(path, error);
    match place.look(path).map_err(io)? {
        None => Ok(None),
        Some(PathKind::File(_)) => place.read(path).map(Some).map_err(io),
        Some(_) => Err(Error::foreign_file(path)),
    }
}

/// The second copy of the last manifest, if it exists and is complete. It is one file.
fn spare_manifest(place: &dyn FileSystem, spare: Option<&Path>) -> Option<Manifest> {
    Head::parse(&read(place, spare?).ok()??)?.whole(|_, _| Err(())).ok()
}

/// What is wrong with a manifest: the file, and what happened to it.
struct Damage {
    path: PathBuf,
    kind: DamageKind,
}

#[derive(Clone, Copy)]
enum DamageKind {
    Missing,
    Empty,
    Broken,
}

impl Damage {
    fn of(path: PathBuf, bytes: &[u8]) -> Damage {
        let is_empty = bytes.iter().all(|byte| *byte == 0);
        Damage { path, kind: if is_empty { DamageKind::Empty } else { DamageKind::Broken } }
    }
}

fn recovery_line(damage: &Damage) -> Message {
    let path = damage.path.shown();
    match damage.kind {
        DamageKind::Missing => message!(
            "publish-manifest-missing",
            "`{path}` was missing: this build compares every published file and writes a new manifest",
            path
        ),
        DamageKind::Empty => message!(
            "publish-manifest-empty",
            "`{path}` was empty: this build compares every published file and writes a new manifest",
            path
        ),
        DamageKind::Broken => message!(
            "publish-manifest-broken",
            "`{path}` was broken: this build compares every published file and writes a new manifest",
            path
        ),
    }
}

/// The manifest with its parts from the disk, or what is wrong with it.
fn whole(place: &dyn FileSystem, out: &Path, bytes: &[u8]) -> Result<Result<Manifest, Damage>, Error> {
    let Some(head) = Head::parse(bytes) else {
        return Ok(Err(Damage::of(out.join(names::MANIFEST), bytes)));
    };
    match head.whole(|path, _| read_part(place, &out.join(path)).map_err(Some)?.ok_or(None)) {
        Ok(manifest) => Ok(Ok(manifest)),
        Err(PartError::Missing(_, Some(error))) => Err(error),
        Err(PartError::Missing(part, None)) => {
            Ok(Err(Damage { path: out.join(part), kind: DamageKind::Missing }))
        }
        Err(PartError::Wrong(part)) => {
            let path = out.join(part);
            let bytes = read_part(place, &path)?.unwrap_or_default();
            Ok(Err(Damage::of(path, &bytes)))
        }
    }
}

/// The bytes of a part, if it exists. Whatever else has taken its place is no part.
fn read_part(place: &dyn FileSystem, path: &Path) -> Result<Option<Vec<u8>>, Error> {
    let io = |error| Error::io(path, error);
    match place.look(path).map_err(io)? {
        Some(PathKind::File(_)) => place.read(path).map(Some).map_err(io),
        _ => Ok(None),
    }
}

/// The files at paths of parts with their bytes, whatever they hold.
fn parts_there(place: &dyn FileSystem, out: &Path) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let folder = out.join(address::PARTS);
    let io = |error| Error::io(&folder, error);
    if place.look(&folder).map_err(io)? != Some(PathKind::Folder) {
        return Ok(Vec::new());
    }
    let mut parts = Vec::new();
    for name in place.names(&folder).map_err(io)? {
        let path = format!("{}/{}", address::PARTS, name.to_string_lossy());
        if address::is_part(&path)
            && let Some(bytes) = read_part(place, &out.join(&path))?
        {
            parts.push((path, bytes));
        }
    }
    Ok(parts)
}

/// The first thing in the folder that does not come from publishing.
fn stranger(place: &dyn FileSystem, out: &Path) -> Result<ForeignFile, Error> {
    let io = |error| Error::io(out, error);
    if place.look(out).map_err(io)?.is_none() {
        return Ok(ForeignFile::Nothing);
    }
    let mut found = ForeignFile::Nothing;
    for name in place.names(out).map_err(io)? {
        if is_trace(&name.to_string_lossy()) {
            continue;
        }
        match first_file(place, &out.join(name)).map_err(io)? {
            Some(path) => return Ok(ForeignFile::File(path)),
            None => found = ForeignFile::Folders,
        }
    }
    Ok(found)
}

/// Whether a name in the folder comes from publishing.
fn is_trace(name: &str) -> bool {
    name == names::JOURNAL || name == names::LOCK || name.starts_with(STAGE)
}

/// The first path at or below `path` that is not a folder.
fn first_file(place: &dyn FileSystem, path: &Path) -> std::io::Result<Option<PathBuf>> {
    match place.look(path)? {
        None => return Ok(None),
        Some(PathKind::Folder) => {}
        Some(_) => return Ok(Some(path.to_path_buf())),
    }
    for name in place.names(path)? {
        if let Some(found) = first_file(place, &path.join(name))? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// Collects the files in a folder that match a manifest, and the whole parts of any manifest of ours.
/// Returns `false` if there are others.
fn published(
    place: &dyn FileSystem,
    out: &Path,
    folder: &str,
    manifest: &Manifest,
    ours: &mut BTreeMap<String, Entry>,
) -> Result<bool, Error> {
    let full = out.join(folder);
    let mut is_all = true;
    for name in place.names(&full).map_err(|error| Error::io(&full, error))? {
        let name = name.to_string_lossy();
        if folder.is_empty() && is_trace(&name) {
            continue;
        }
        let path = if folder.is_empty() { name.into_owned() } else { format!("{folder}/{name}") };
        let at = out.join(&path);
        let io = |error| Error::io(&at, error);
        let known = manifest.files.get(&path);
        match place.look(&at).map_err(io)? {
            None => {}
            Some(PathKind::Folder) => is_all &= published(place, out, &path, manifest, ours)?,
            Some(PathKind::File(size))
                if known.is_some_and(|known| known.size == size) || address::is_part(&path) =>
            {
                let bytes = place.read(&at).map_err(io)?;
                let entry = Entry::of(&bytes);
                let is_whole_part = || address::part(&entry.sha256) == path && salvage::is_part(&bytes);
                if known == Some(&entry) || is_whole_part() {
                    ours.insert(path, entry);
                } else {
                    is_all = false;
                }
            }
            Some(_) => is_all = false,
        }
    }
    Ok(is_all)
}
