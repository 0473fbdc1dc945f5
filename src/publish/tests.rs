//! The test setup of publishing: sites whose files are lists of links, a disk that fails on demand,
//! and the checks of the result.

mod crash;
mod folder;
mod lock;
mod parts;
mod power;
mod recovery;

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::ffi::OsString;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};

use super::file_system::{FileSystem, PathKind, RealFileSystem};
use super::journal::Journal;
use super::names::STAGE;
use super::{
    Entry, Error, File, Head, Kind, Listed, Manifest, Options, Publication, Rank, Report, StageError, Stamp,
};
use crate::os::Shown as _;

/// A temporary folder, in memory if possible: the suite makes thousands of sites.
pub(super) fn tempdir() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

/// A site as paths with rank and text. The text of a page is its links, one per line.
pub(super) type Site = BTreeMap<String, (Rank, String)>;

pub(super) fn site(files: &[(&str, Rank, &str)]) -> Site {
    let file = |(path, rank, text): &(&str, Rank, &str)| ((*path).to_owned(), (*rank, (*text).to_owned()));
    files.iter().map(file).collect()
}

pub(super) fn stamp(effective: &str) -> Stamp {
    Stamp {
        generator: "noroshi 0.1.0".to_owned(),
        effective: effective.to_owned(),
        next_change: None,
        announced: vec!["5f3e6a07-5fad-5856-94a3-601128bf902a".to_owned()],
        timezone: "Asia/Tokyo".to_owned(),
        addresses: None,
        entries: BTreeMap::from([(
            "incident/a".to_owned(),
            Listed { page: None, open: true, text: "1-00".to_owned() },
        )]),
    }
}

pub(super) fn build_in(place: impl FileSystem + 'static, out: &Path, site: &Site) -> Result<Report, Error> {
    let publication = Publication::open_in(Box::new(place), out, Options::default())?;
    finish(publication, site)
}

pub(super) fn finish(publication: Publication, site: &Site) -> Result<Report, Error> {
    let mut staged = Vec::new();
    for (path, (rank, text)) in site {
        let file = File { path: path.clone(), rank: *rank, bytes: text.clone().into_bytes() };
        match publication.stage(&file, |_| Ok::<_, Infallible>(())) {
            Ok(file) => staged.push(file),
            Err(StageError::Publish(error)) => return Err(error),
            Err(StageError::Inspect(never)) => match never {},
        }
    }
    publication.commit(staged, &stamp("2026-01-01T00:00:00Z"))
}

pub(super) fn build(out: &Path, site: &Site) -> Report {
    build_in(RealFileSystem, out, site).unwrap()
}

/// Everything below a folder. Folders have no bytes.
pub(super) type Tree = BTreeMap<String, Option<Vec<u8>>>;

pub(super) fn tree(out: &Path) -> Tree {
    fn walk(root: &Path, at: &Path, into: &mut Tree) {
        let Ok(entries) = fs::read_dir(at) else {
            return;
        };
        for entry in entries {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(root).unwrap().shown();
            let is_folder = fs::symlink_metadata(&path).unwrap().is_dir();
            into.insert(name, (!is_folder).then(|| fs::read(&path).unwrap()));
            if is_folder {
                walk(root, &path, into);
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(out, out, &mut found);
    found
}

/// The manifest in a tree, if its head and every part are whole.
pub(super) fn whole(found: &Tree) -> Option<Manifest> {
    let bytes = |path: &str| found.get(path).cloned().flatten();
    Head::parse(&bytes("manifest.json")?)?.whole(|path, _| bytes(path).ok_or(())).ok()
}

/// Asserts that the folder holds the site, its manifest and the named foreign files, and nothing
/// else, not even an empty folder, and that nothing is left beside it.
pub(super) fn assert_clean(out: &Path, site: &Site, foreign: &[&str]) {
    assert_holds(&tree(out), site, foreign);
    let beside = fs::read_dir(out.parent().unwrap()).unwrap();
    let left =
        beside.map(|entry| entry.unwrap().file_name()).find(|name| name.to_str().unwrap().starts_with('.'));
    assert_eq!(left, None);
}

/// Asserts that the tree is the site, its manifest and the named foreign files, and nothing else.
pub(super) fn assert_holds(found: &Tree, site: &Site, foreign: &[&str]) {
    let mut wanted: BTreeSet<String> = site.keys().cloned().collect();
    wanted.insert("manifest.json".to_owned());
    let manifest = whole(found).expect("a whole manifest");
    wanted.extend(manifest.parts.keys().cloned());
    wanted.extend(foreign.iter().map(|&name| name.to_owned()));
    for path in wanted.clone() {
        wanted.extend(super::address::folders(&path).map(str::to_owned));
    }
    assert_eq!(found.keys().cloned().collect::<BTreeSet<_>>(), wanted);
    assert!(manifest.files.keys().eq(site.keys()));
    for (path, (rank, text)) in site {
        assert_eq!(found[path].as_deref(), Some(text.as_bytes()), "{path}");
        assert_eq!(manifest.files[path], Entry::of(text.as_bytes()));
        assert_eq!(manifest.rank(path), *rank, "{path}");
    }
}

/// Asserts that every file has the bytes of one of the sites, and that everything reachable from
/// the home page exists.
pub(super) fn assert_alive(out: &Path, sites: &[&Site], links: bool) {
    assert_reads(&tree(out), sites, links);
}

/// Like [`assert_alive`], for a tree.
pub(super) fn assert_reads(found: &Tree, sites: &[&Site], links: bool) {
    for (path, bytes) in found {
        if path.starts_with(STAGE) || path == "CNAME" || path == "manifest.json" {
            continue;
        }
        if path == ".noroshi-journal" {
            let journal: Result<Journal, _> = serde_json::from_slice(bytes.as_ref().unwrap());
            assert!(journal.is_ok(), "the journal is not whole");
        } else if crate::address::is_part(path) {
            let entry = Entry::of(bytes.as_ref().unwrap());
            assert_eq!(crate::address::part(&entry.sha256), *path, "a part is not whole");
        } else if let Some(bytes) = bytes {
            let known = sites.iter().filter_map(|site| site.get(path));
            assert!(known.into_iter().any(|(_, text)| text.as_bytes() == bytes), "{path} is not whole");
        }
    }
    // Also while the next manifest is published: its parts come before its head, and old parts go last.
    assert!(!found.contains_key("manifest.json") || whole(found).is_some(), "the manifest is not whole");
    let mut open = vec!["index.html".to_owned()];
    let mut seen = BTreeSet::new();
    while let Some(path) = open.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        match found.get(&path) {
            Some(Some(bytes)) => open.extend(
                std::str::from_utf8(bytes)
                    .unwrap()
                    .lines()
                    .filter(|line| !line.starts_with('#'))
                    .map(str::to_owned),
            ),
            // Before the first home page nothing is reachable.
            _ => assert!(!links || path == "index.html", "{path} is linked and missing"),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Fault {
    /// The step is half done and no other follows: `kill -9`.
    Crash,
    /// From here on, no step that needs disk space succeeds.
    Full,
    /// Only this step fails.
    Once,
}

/// Counts the steps that change the disk, and makes one of them fail.
#[derive(Clone)]
pub(super) struct Faulty {
    pub(super) steps: Arc<AtomicUsize>,
    pub(super) failed: Arc<AtomicBool>,
    pub(super) at: usize,
    pub(super) fault: Fault,
    /// Called before each step.
    pub(super) watch: Option<Arc<dyn Fn() + Send + Sync>>,
    /// Whether the folder cannot be renamed: known in advance, or only when tried.
    pub(super) mounted: Option<bool>,
    /// Whether stages are hidden: another host does not touch those of this one.
    pub(super) hides_stages: bool,
}

impl Faulty {
    pub(super) fn new(fault: Fault, at: usize) -> Faulty {
        let (steps, failed) = (Arc::default(), Arc::default());
        Faulty { steps, failed, at, fault, watch: None, mounted: None, hides_stages: false }
    }

    fn step(&self, takes_room: bool, half: impl FnOnce()) -> io::Result<()> {
        if let Some(watch) = self.watch.as_ref().filter(|_| !std::thread::panicking()) {
            watch();
        }
        let step = self.steps.fetch_add(1, SeqCst);
        let fails = match self.fault {
            Fault::Crash => step >= self.at,
            Fault::Full => step >= self.at && takes_room,
            Fault::Once => step == self.at,
        };
        if !fails {
            return Ok(());
        }
        self.failed.store(true, SeqCst);
        if self.fault == Fault::Full || step == self.at {
            half();
        }
        Err(if self.fault == Fault::Full { ErrorKind::StorageFull } else { ErrorKind::PermissionDenied }
            .into())
    }

    fn alive(&self) -> io::Result<()> {
        let dead = self.fault == Fault::Crash && self.steps.load(SeqCst) > self.at;
        if dead { Err(ErrorKind::PermissionDenied.into()) } else { Ok(()) }
    }
}

impl FileSystem for Faulty {
    fn look(&self, path: &Path) -> io::Result<Option<PathKind>> {
        self.alive()?;
        RealFileSystem.look(path)
    }
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.alive()?;
        RealFileSystem.read(path)
    }
    fn names(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        self.alive()?;
        let mut names = RealFileSystem.names(folder)?;
        names.retain(|name| !(self.hides_stages && name.to_string_lossy().contains("noroshi-stage")));
        Ok(names)
    }
    fn create(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.step(true, || {
            let _ = RealFileSystem.create(path, &bytes[..bytes.len() / 2]);
        })?;
        RealFileSystem.create(path, bytes)
    }
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.step(true, || ())?;
        RealFileSystem.make_folder(path)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(false, || ())?;
        let shown = from.shown();
        let from_beside = shown.contains(".noroshi-stage") && !shown.contains("/.noroshi-stage");
        if self.mounted.is_some() && from_beside {
            return Err(ErrorKind::CrossesDevices.into());
        }
        RealFileSystem.rename(from, to)
    }
    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.step(false, || ())?;
        RealFileSystem.remove_file(path)
    }
    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.step(false, || ())?;
        RealFileSystem.remove_folder(path)
    }
    fn remove_all(&self, path: &Path) -> io::Result<()> {
        self.step(false, || {
            if let Some(name) = RealFileSystem.names(path).ok().and_then(|names| names.into_iter().next()) {
                let _ = RealFileSystem.remove_all(&path.join(name));
            }
        })?;
        RealFileSystem.remove_all(path)
    }
    fn sync(&self, _: &[PathBuf]) -> io::Result<()> {
        // A sync changes nothing that readers or the next build see, so only its refusal is a case
        // of its own.
        if self.fault == Fault::Once { self.step(false, || ()) } else { self.alive() }
    }
    fn modified(&self, path: &Path) -> io::Result<i64> {
        self.alive()?;
        RealFileSystem.modified(path)
    }
    fn stands_in(&self, new: &Path, old: &Path) -> bool {
        self.mounted != Some(true) && self.alive().is_ok() && RealFileSystem.stands_in(new, old)
    }
}

#[test]
fn a_report_counts_what_was_done() {
    let temp = tempdir();
    let out = temp.path().join("made/on/the/way");
    let old = site(&[("index.html", Rank::Home, "a.html"), ("a.html", Rank::Leaf, "")]);
    let new = site(&[
        ("index.html", Rank::Home, "b/c.html"),
        ("b/c.html", Rank::Leaf, ""),
        ("s.css", Rank::Asset, ""),
    ]);
    let report =
        |written, unchanged, removed| Report { files: written + unchanged, written, unchanged, removed };
    // The head of the manifest and four parts: events, entries, leaves and home pages.
    assert_eq!(build(&out, &old), report(2 + 5, 0, 0));
    assert_eq!(build(&out, &old), report(0, 2 + 5, 0));
    // The parts with events and entries stay, and there is one with assets.
    assert_eq!(build(&out, &new), report(3 + 4, 2, 1 + 2));
    assert_clean(&out, &new, &[]);
    assert_eq!(build(&out, &old), report(2 + 3, 2, 2 + 3));
    assert_clean(&out, &old, &[]);
}

#[test]
fn an_error_says_where_why_and_the_way_out() {
    let temp = tempdir();
    fs::write(temp.path().join("notes.txt"), "mine").unwrap();
    let error = Publication::open(temp.path(), Options::default()).err().unwrap();
    assert_eq!(error.kind(), Kind::Foreign);
    assert!(error.path().ends_with("notes.txt"));
    assert!(error.to_string().contains("noroshi did not write"));
    assert!(error.help().contains("--force"));
}
