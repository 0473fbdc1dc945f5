//! Reads a manifest: its *head*, `manifest.json`, and the parts that the head names.
//!
//! A part is named after its own content, so a head and its parts always fit together, and a part
//! never changes. A head that an older version wrote has no parts and holds everything itself.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io;
use std::marker::PhantomData;
use std::path::Path;
use std::sync::Arc;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::manifest::{Entry, Listed, Manifest};
use super::rank::Rank;
use super::{address, names};
use crate::file;
use crate::limits::{MANIFEST_BYTES, MANIFEST_PART_BYTES};

/// How often a manifest is read again that a build replaces while it is read.
const TRIES: u32 = 3;

/// `manifest.json` without its parts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Head {
    /// The name and version of the program.
    pub generator: String,
    /// The instant that the site was built for, RFC 3339.
    pub effective: String,
    /// `None` if an older version wrote the manifest.
    pub timezone: Option<String>,
    /// The form of page addresses. `None` means the default.
    pub addresses: Option<String>,
    /// The next instant at which the visible site changes by itself, RFC 3339. Hidden entries do
    /// not affect it.
    pub next_change: Option<String>,
    content: Content,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Content {
    /// All that the parts hold today, as older versions wrote it.
    Inline {
        announced: Option<Vec<String>>,
        entries: Option<BTreeMap<String, Listed>>,
        files: BTreeMap<String, Entry>,
    },
    /// The parts in the order of the head.
    Parts(Vec<Part>),
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Part {
    path: String,
    entry: Entry,
    /// What it holds: [`TOLD`], `entries`, or files of a [`Rank`].
    holds: String,
}

/// What a part with the ids of announced events holds.
pub(super) const TOLD: &str = "told";
/// What a part with visible entries holds.
pub(super) const ENTRIES: &str = "entries";

/// Why a head and its parts are no whole manifest.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PartError<E> {
    /// The part at this path cannot be read.
    Missing(String, E),
    /// The file at this path is not the part that the head names.
    Wrong(String),
}

impl<E> PartError<E> {
    /// The path of the part.
    #[must_use]
    pub fn path(&self) -> &str {
        match self {
            PartError::Missing(path, _) | PartError::Wrong(path) => path,
        }
    }
}

impl<E: fmt::Display> fmt::Display for PartError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PartError::Missing(path, error) => write!(f, "cannot read its part `{path}`: {error}"),
            PartError::Wrong(path) => write!(f, "its part `{path}` is broken"),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> std::error::Error for PartError<E> {}

/// Why a manifest cannot be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ReadError<E> {
    /// The head cannot be read.
    Head(E),
    /// The head is not one of ours, or it is broken.
    Foreign,
    /// The parts together are larger than [`MANIFEST_BYTES`].
    TooLarge,
    Part(PartError<E>),
}

impl Head {
    /// Parses a head of ours, also one that an older version wrote. Skips paths that lead out of the
    /// folder; our builds never write such paths.
    #[must_use]
    pub fn parse(bytes: &[u8]) -> Option<Head> {
        let text: HeadText = serde_json::from_slice(bytes).ok()?;
        if !text.generator.starts_with("noroshi ") {
            return None;
        }
        let content = match (text.files, text.parts) {
            (Some(Pairs(files)), None) => Content::Inline {
                announced: text.told,
                entries: text.entries,
                files: by_path(files.into_iter().filter(|(path, _)| address::is_valid(path)).collect())?,
            },
            (None, Some(Pairs(parts))) => {
                // A build removes parts, so no other file may count as one.
                let paths: BTreeSet<&str> = parts.iter().map(|(path, _)| path.as_str()).collect();
                if paths.len() < parts.len() || !paths.into_iter().all(crate::address::is_part) {
                    return None;
                }
                Content::Parts(parts.into_iter().map(|(path, line)| line.part(path)).collect())
            }
            _ => return None,
        };
        let HeadText { generator, effective, timezone, addresses, next_change, .. } = text;
        Some(Head { generator, effective, timezone, addresses, next_change, content })
    }

    /// The path of each part with its hash and size; nothing if an older version wrote the manifest.
    pub fn parts(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.each_part().iter().map(|part| (part.path.as_str(), &part.entry))
    }

    fn each_part(&self) -> &[Part] {
        match &self.content {
            Content::Inline { .. } => &[],
            Content::Parts(parts) => parts,
        }
    }

    /// The paths of the parts with the ids of announced events, in order. `None` if there are no parts.
    pub(super) fn told_parts(&self) -> Option<Vec<String>> {
        let Content::Parts(parts) = &self.content else { return None };
        Some(parts.iter().filter(|part| part.holds == TOLD).map(|part| part.path.clone()).collect())
    }

    /// The same head without the parts that name no files.
    #[must_use]
    pub fn of_files(mut self) -> Head {
        if let Content::Parts(parts) = &mut self.content {
            parts.retain(|part| part.holds != TOLD && part.holds != ENTRIES);
        }
        self
    }

    /// The same head with the parts that hold the ids of announced events alone.
    #[must_use]
    pub fn of_events(mut self) -> Head {
        if let Content::Parts(parts) = &mut self.content {
            parts.retain(|part| part.holds == TOLD);
        }
        self
    }

    /// What the head says by itself, without reading a part.
    pub(super) fn alone(self) -> Manifest {
        let Head { generator, effective, timezone, addresses, next_change, content } = self;
        let about =
            Manifest { generator, effective, next_change, timezone, addresses, ..Manifest::default() };
        match content {
            Content::Inline { announced, entries, files } => Manifest { announced, entries, files, ..about },
            Content::Parts(parts) => {
                let parts = parts.into_iter().map(|part| (part.path, part.entry)).collect();
                Manifest { parts, ..about }
            }
        }
    }

    /// The whole manifest. Asks `read` for the bytes of each part, and checks them.
    ///
    /// # Errors
    /// The first part that cannot be read, or has other bytes than the head says.
    pub fn whole<E>(
        self,
        mut read: impl FnMut(&str, &Entry) -> Result<Vec<u8>, E>,
    ) -> Result<Manifest, PartError<E>> {
        if matches!(self.content, Content::Inline { .. }) {
            return Ok(self.alone());
        }
        let mut files = Vec::new();
        let (mut announced, mut entries, mut ranks) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
        for (path, entry) in self.parts() {
            let wrong = || PartError::Wrong(path.to_owned());
            let bytes = read(path, entry).map_err(|error| PartError::Missing(path.to_owned(), error))?;
            let part = Some(bytes).filter(|bytes| Entry::of(bytes) == *entry).ok_or_else(wrong)?;
            let part = PartText::parse(&part).ok_or_else(wrong)?;
            announced.extend(part.told);
            entries.extend(part.entries);
            for (path, entry) in part.files {
                // A later version may have ranks that this one does not know.
                let rank = Rank::from_word(&part.rank).unwrap_or_else(|| Rank::of_path(&path));
                if rank != Rank::Leaf {
                    ranks.insert(path.clone(), rank);
                }
                files.push((path, entry));
            }
        }
        // A path in two parts is a sign of damage, and no part is more to blame than another.
        let last = self.each_part().last().map(|part| part.path.clone()).unwrap_or_default();
        let files = by_path(files).ok_or(PartError::Wrong(last))?;
        let (announced, entries, ranks) = (Some(announced), Some(entries), Some(ranks));
        Ok(Manifest { announced, entries, files, ranks, ..self.alone() })
    }
}

/// The manifest in a folder, if it can be read whole. Takes no lock.
#[must_use]
pub fn read_manifest(out: &Path) -> Option<Manifest> {
    in_folder(out).ok().map(|(_, manifest)| manifest)
}

fn in_folder(out: &Path) -> Result<(Vec<u8>, Manifest), ReadError<io::Error>> {
    let head = || file::read(&out.join(names::MANIFEST), MANIFEST_BYTES);
    read_with(head, |path, _| file::read(&out.join(path), MANIFEST_PART_BYTES))
}

/// Reads a manifest and the bytes of its head, by functions that read the head and a part.
///
/// A build may replace the manifest and remove its old parts meanwhile. If a part cannot be read and
/// the head is another by then, everything is read again.
///
/// # Errors
/// The manifest cannot be read.
pub fn read_with<E>(
    head: impl FnMut() -> Result<Vec<u8>, E>,
    part: impl FnMut(&str, &Entry) -> Result<Vec<u8>, E>,
) -> Result<(Vec<u8>, Manifest), ReadError<E>> {
    let part = &RefCell::new(part);
    read_prepared(head, |_| move |path: &str, entry: &Entry| (part.borrow_mut())(path, entry))
}

/// Like [`read_with`]. `prepare` sees all parts of a head before they are asked for one by one, so that it can read
/// them side by side.
///
/// # Errors
/// The manifest cannot be read.
pub fn read_prepared<E, P>(
    mut head: impl FnMut() -> Result<Vec<u8>, E>,
    mut prepare: impl FnMut(&Head) -> P,
) -> Result<(Vec<u8>, Manifest), ReadError<E>>
where
    P: FnMut(&str, &Entry) -> Result<Vec<u8>, E>,
{
    let mut bytes = head().map_err(ReadError::Head)?;
    let mut tries = 1;
    loop {
        let parsed = Head::parse(&bytes).ok_or(ReadError::Foreign)?;
        let total = parsed.parts().fold(0_u64, |total, (_, entry)| total.saturating_add(entry.size));
        if total > MANIFEST_BYTES {
            return Err(ReadError::TooLarge);
        }
        let part = prepare(&parsed);
        let error = match parsed.whole(part) {
            Ok(manifest) => return Ok((bytes, manifest)),
            Err(error) => error,
        };
        let again = head().map_err(ReadError::Head)?;
        if again == bytes || tries == TRIES {
            return Err(ReadError::Part(error));
        }
        bytes = again;
        tries += 1;
    }
}

/// Whether the folder holds a manifest. Takes no lock and reads nothing.
#[must_use]
pub fn is_there(out: &Path) -> bool {
    out.join(names::MANIFEST).is_file()
}

/// Whether a build was interrupted in a folder, or is at work there.
#[must_use]
pub fn is_unfinished(folder: &Path) -> bool {
    folder.join(names::JOURNAL).symlink_metadata().is_ok()
}

/// Whether a build published to a folder, or started to: the manifest may be broken or missing.
#[must_use]
pub fn is_published(folder: &Path) -> bool {
    let left = [names::JOURNAL, names::LOCK, names::STAGE];
    let head = || Head::parse(&file::read(&folder.join(names::MANIFEST), MANIFEST_BYTES).ok()?);
    left.iter().any(|name| folder.join(name).symlink_metadata().is_ok()) || head().is_some()
}

/// A parsed manifest with the bytes of its head, for a process that publishes repeatedly.
#[derive(Clone, Debug)]
pub struct Known {
    pub(super) bytes: Vec<u8>,
    pub(super) manifest: Arc<Manifest>,
}

impl Known {
    /// The manifest in a folder, if it can be read whole. Takes no lock.
    #[must_use]
    pub fn read(out: &Path) -> Option<Known> {
        let (bytes, manifest) = in_folder(out).ok()?;
        Some(Known { bytes, manifest: Arc::new(manifest) })
    }
}

/// A head as it is written.
#[derive(Deserialize)]
struct HeadText {
    generator: String,
    effective: String,
    timezone: Option<String>,
    addresses: Option<String>,
    told: Option<Vec<String>>,
    next_change: Option<String>,
    entries: Option<BTreeMap<String, Listed>>,
    files: Option<Pairs<Entry>>,
    parts: Option<Pairs<PartLine>>,
}

/// The line of a part in a head.
#[derive(Deserialize)]
struct PartLine {
    sha256: String,
    size: u64,
    #[serde(default)]
    holds: String,
}

impl PartLine {
    fn part(self, path: String) -> Part {
        Part { path, entry: Entry { sha256: self.sha256, size: self.size }, holds: self.holds }
    }
}

/// The content of a part.
#[derive(Default)]
pub(super) struct PartText {
    pub(super) told: Vec<String>,
    pub(super) entries: BTreeMap<String, Listed>,
    pub(super) files: Vec<(String, Entry)>,
    /// The word of the rank of the files.
    pub(super) rank: String,
}

impl PartText {
    /// Parses a whole part. Skips paths that lead out of the folder.
    pub(super) fn parse(bytes: &[u8]) -> Option<PartText> {
        #[derive(Default, Deserialize)]
        #[serde(default)]
        struct Written {
            told: Vec<String>,
            entries: BTreeMap<String, Listed>,
            rank: String,
            files: Option<Pairs<Entry>>,
        }
        let Written { told, entries, rank, files } = serde_json::from_slice(bytes).ok()?;
        let mut files = files.map(|Pairs(files)| files).unwrap_or_default();
        files.retain(|(path, _)| address::is_valid(path));
        Some(PartText { told, entries, files, rank })
    }
}

/// The members of an object in the order of the text.
struct Pairs<V>(Vec<(String, V)>);

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Pairs<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Pairs<V>, D::Error> {
        struct Members<V>(PhantomData<V>);
        impl<'de, V: Deserialize<'de>> Visitor<'de> for Members<V> {
            type Value = Pairs<V>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs<V>, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(Members(PhantomData))
    }
}

/// The files by path. `None` if a path appears twice, because that is a sign of damage.
fn by_path(mut files: Vec<(String, Entry)>) -> Option<BTreeMap<String, Entry>> {
    // The files of each rank are sorted, and the stable sort merges such runs.
    files.sort_by(|a, b| a.0.cmp(&b.0));
    let is_twice = files.windows(2).any(|two| two[0].0 == two[1].0);
    (!is_twice).then(|| files.into_iter().collect())
}
