//! A disk that loses data: a power cut may undo any set of unsynced changes, and a file whose bytes
//! were not synced may come back empty, truncated or full of zeros.
//!
//! After it, every file that readers meet is complete, every link works, a manifest without a
//! journal lists only files that match it, and the next build reaches the right state.

use std::sync::{Mutex, MutexGuard};

use proptest::prelude::*;

use super::crash::{any_site, sites};
use super::*;
use crate::tests::Dice;

/// A file or a folder. Folders refer to [`World::nodes`] by index.
#[derive(Clone)]
enum Node {
    File { bytes: Vec<u8>, is_safe: bool },
    Folder { names: BTreeMap<String, usize>, safe: BTreeMap<String, usize> },
}

/// A name that was added, removed or moved and is not synced yet.
#[derive(Clone)]
struct Change {
    node: usize,
    from: Option<(usize, String)>,
    to: Option<(usize, String)>,
}

impl Change {
    fn names(&self) -> impl Iterator<Item = &(usize, String)> {
        self.from.iter().chain(&self.to)
    }

    /// Whether this change cannot have happened without the earlier change `other`.
    fn needs(&self, other: &Change) -> bool {
        self.node == other.node || self.names().any(|name| other.names().any(|known| known == name))
    }
}

struct World {
    /// The mount point of the disk, node 0.
    root: PathBuf,
    nodes: Vec<Node>,
    pending: Vec<Change>,
    /// The number of changes until the process dies.
    left: usize,
    /// Whether a sync reports success and does nothing.
    lies: bool,
}

impl World {
    fn new(root: &Path) -> World {
        let top = Node::Folder { names: BTreeMap::new(), safe: BTreeMap::new() };
        World {
            root: root.canonicalize().unwrap(),
            nodes: vec![top],
            pending: vec![],
            left: usize::MAX,
            lies: false,
        }
    }

    fn names(&mut self, folder: usize) -> &mut BTreeMap<String, usize> {
        match &mut self.nodes[folder] {
            Node::Folder { names, .. } => names,
            Node::File { .. } => panic!("a file has no names"),
        }
    }

    fn safe(&mut self, folder: usize) -> &mut BTreeMap<String, usize> {
        match &mut self.nodes[folder] {
            Node::Folder { safe, .. } => safe,
            Node::File { .. } => panic!("a file has no names"),
        }
    }

    fn find(&self, path: &Path) -> io::Result<usize> {
        let inner = path.strip_prefix(&self.root).map_err(|_| ErrorKind::NotFound)?;
        let mut at = 0;
        for name in inner {
            let Node::Folder { names, .. } = &self.nodes[at] else {
                return Err(ErrorKind::NotADirectory.into());
            };
            at = *names.get(name.to_str().unwrap()).ok_or(ErrorKind::NotFound)?;
        }
        Ok(at)
    }

    /// The folder of a path and the name in it.
    fn slot(&self, path: &Path) -> io::Result<(usize, String)> {
        let folder = self.find(path.parent().unwrap())?;
        if matches!(self.nodes[folder], Node::File { .. }) {
            return Err(ErrorKind::NotADirectory.into());
        }
        Ok((folder, path.file_name().unwrap().to_str().unwrap().to_owned()))
    }

    fn is_empty(&self, node: usize) -> bool {
        matches!(&self.nodes[node], Node::Folder { names, .. } if names.is_empty())
    }

    fn step(&mut self) -> io::Result<()> {
        self.alive()?;
        self.left -= 1;
        Ok(())
    }

    fn alive(&self) -> io::Result<()> {
        if self.left == 0 { Err(ErrorKind::PermissionDenied.into()) } else { Ok(()) }
    }

    fn make(&mut self, path: &Path, node: Node) -> io::Result<()> {
        let (folder, name) = self.slot(path)?;
        if self.names(folder).contains_key(&name) {
            return Err(ErrorKind::AlreadyExists.into());
        }
        let number = self.nodes.len();
        self.nodes.push(node);
        self.names(folder).insert(name.clone(), number);
        self.pending.push(Change { node: number, from: None, to: Some((folder, name)) });
        Ok(())
    }

    fn forget(&mut self, path: &Path) -> io::Result<()> {
        let (folder, name) = self.slot(path)?;
        let node = self.names(folder).remove(&name).ok_or(ErrorKind::NotFound)?;
        self.pending.push(Change { node, from: Some((folder, name)), to: None });
        Ok(())
    }

    /// Makes a change durable.
    fn apply(&mut self, change: &Change) {
        if let Some((folder, name)) = &change.from
            && self.safe(*folder).get(name) == Some(&change.node)
        {
            self.safe(*folder).remove(name);
        }
        if let Some((folder, name)) = &change.to {
            self.safe(*folder).insert(name.clone(), change.node);
        }
    }

    /// Syncs the names in a folder, and the changes that they depend on.
    fn sync_names(&mut self, folder: usize) {
        let pending = std::mem::take(&mut self.pending);
        let mut goes = vec![false; pending.len()];
        for at in (0..pending.len()).rev() {
            let is_asked = pending[at].names().any(|(in_folder, _)| *in_folder == folder);
            let is_needed =
                (at + 1..pending.len()).any(|later| goes[later] && pending[later].needs(&pending[at]));
            goes[at] = is_asked || is_needed;
        }
        for (change, goes) in pending.into_iter().zip(goes) {
            if goes { self.apply(&change) } else { self.pending.push(change) }
        }
    }

    /// Cuts the power: about `percent` of a hundred unsynced changes have reached the disk.
    fn cut(&mut self, seed: u64, percent: u64) {
        let mut dice = Dice::new(seed);
        for change in std::mem::take(&mut self.pending) {
            if dice.roll(100) < percent {
                self.apply(&change);
            }
        }
        for node in &mut self.nodes {
            match node {
                Node::Folder { names, safe } => names.clone_from(safe),
                Node::File { is_safe: true, .. } => {}
                Node::File { bytes, is_safe } => {
                    match dice.roll(4) {
                        0 => bytes.clear(),
                        1 => bytes.truncate(bytes.len() / 2),
                        2 => bytes.fill(0),
                        _ => {}
                    }
                    *is_safe = true;
                }
            }
        }
        self.left = usize::MAX;
    }

    fn tree(&self) -> Tree {
        fn walk(world: &World, at: usize, path: &str, into: &mut Tree) {
            let Node::Folder { names, .. } = &world.nodes[at] else { return };
            for (name, node) in names {
                let path = if path.is_empty() { name.clone() } else { format!("{path}/{name}") };
                match &world.nodes[*node] {
                    Node::File { bytes, .. } => _ = into.insert(path, Some(bytes.clone())),
                    Node::Folder { .. } => {
                        into.insert(path.clone(), None);
                        walk(world, *node, &path, into);
                    }
                }
            }
        }
        let mut found = Tree::new();
        if let Ok(out) = self.find(&self.root.join("site")) {
            walk(self, out, "", &mut found);
        }
        found
    }
}

#[derive(Clone)]
struct Forgetful {
    world: Arc<Mutex<World>>,
    /// Whether a folder beside the site may become the site.
    may_stand_in: bool,
}

impl Forgetful {
    fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap()
    }
}

impl FileSystem for Forgetful {
    fn look(&self, path: &Path) -> io::Result<Option<PathKind>> {
        let world = self.world();
        world.alive()?;
        match world.find(path) {
            Ok(node) => Ok(Some(match &world.nodes[node] {
                Node::File { bytes, .. } => PathKind::File(bytes.len() as u64),
                Node::Folder { .. } => PathKind::Folder,
            })),
            Err(_) => Ok(None),
        }
    }
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let world = self.world();
        world.alive()?;
        match &world.nodes[world.find(path)?] {
            Node::File { bytes, .. } => Ok(bytes.clone()),
            Node::Folder { .. } => Err(ErrorKind::IsADirectory.into()),
        }
    }
    fn names(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        let mut world = self.world();
        world.alive()?;
        let node = world.find(folder)?;
        Ok(world.names(node).keys().map(OsString::from).collect())
    }
    fn create(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut world = self.world();
        world.step()?;
        world.make(path, Node::File { bytes: bytes.to_vec(), is_safe: false })
    }
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        let mut world = self.world();
        world.step()?;
        world.make(path, Node::Folder { names: BTreeMap::new(), safe: BTreeMap::new() })
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut world = self.world();
        world.step()?;
        let node = world.find(from)?;
        let (from, to) = (world.slot(from)?, world.slot(to)?);
        if let Some(&there) = world.names(to.0).get(&to.1) {
            match (&world.nodes[node], &world.nodes[there]) {
                (Node::File { .. }, Node::Folder { .. }) => return Err(ErrorKind::IsADirectory.into()),
                (Node::Folder { .. }, Node::File { .. }) => return Err(ErrorKind::NotADirectory.into()),
                (Node::Folder { .. }, _) if !world.is_empty(there) => {
                    return Err(ErrorKind::DirectoryNotEmpty.into());
                }
                _ => {}
            }
        }
        world.names(from.0).remove(&from.1);
        world.names(to.0).insert(to.1.clone(), node);
        world.pending.push(Change { node, from: Some(from), to: Some(to) });
        Ok(())
    }
    fn remove_file(&self, path: &Path) -> io::Result<()> {
        let mut world = self.world();
        world.step()?;
        world.forget(path)
    }
    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        let mut world = self.world();
        world.step()?;
        let node = world.find(path)?;
        if !world.is_empty(node) {
            return Err(ErrorKind::DirectoryNotEmpty.into());
        }
        world.forget(path)
    }
    fn remove_all(&self, path: &Path) -> io::Result<()> {
        let mut world = self.world();
        world.step()?;
        match world.forget(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            result => result,
        }
    }
    fn sync(&self, paths: &[PathBuf]) -> io::Result<()> {
        let mut world = self.world();
        for path in paths {
            world.step()?;
            let node = world.find(path)?;
            if world.lies {
                continue;
            }
            match &mut world.nodes[node] {
                Node::File { is_safe, .. } => *is_safe = true,
                Node::Folder { .. } => world.sync_names(node),
            }
        }
        Ok(())
    }
    fn modified(&self, _: &Path) -> io::Result<i64> {
        Ok(0)
    }
    fn stands_in(&self, _: &Path, _: &Path) -> bool {
        self.may_stand_in
    }
}

/// Asserts that a manifest that survived lists only files that survived, unless a journal marks
/// them as in doubt.
fn assert_vouches(found: &Tree) {
    if !found.contains_key("manifest.json") {
        return;
    }
    let manifest = whole(found).unwrap();
    let journal = found.get(".noroshi-journal").and_then(Option::as_ref).map(|bytes| Journal::parse(bytes));
    for (path, entry) in &manifest.files {
        if !journal.as_ref().is_some_and(|journal| journal.broken || journal.names(path)) {
            let bytes = found.get(path).and_then(Option::as_ref);
            assert_eq!(bytes.map(|bytes| Entry::of(bytes)).as_ref(), Some(entry), "{path}");
        }
    }
}

/// The files that readers meet. A stage that came back is not among them, and the next build removes it.
fn seen(world: &World) -> Tree {
    let mut found = world.tree();
    found.retain(|path, _| !path.starts_with(STAGE));
    found
}

#[derive(Clone, Debug)]
struct Attempt {
    site: Site,
    /// The number of disk changes after which the process dies.
    steps: usize,
    /// The seed and percentage of a power cut after that. `None` if only the process dies and the
    /// disk cache survives.
    cut: Option<(u64, u64)>,
}

/// Runs every attempt, then a complete build, then cuts the power again. Everything must still be there.
fn survive(attempts: &[Attempt], last: &Site, may_stand_in: bool, lies: bool) {
    let temp = tempdir();
    let out = temp.path().join("site");
    let place = Forgetful { world: Arc::new(Mutex::new(World::new(temp.path()))), may_stand_in };
    place.world().lies = lies;
    let known: Vec<_> = attempts.iter().map(|attempt| &attempt.site).chain([last]).collect();
    for attempt in attempts {
        place.world().left = attempt.steps;
        let _ = build_in(place.clone(), &out, &attempt.site);
        let mut world = place.world();
        world.left = usize::MAX;
        if let Some((seed, percent)) = attempt.cut {
            world.cut(seed, percent);
            assert_reads(&seen(&world), &known, true);
            assert_vouches(&seen(&world));
        }
    }
    build_in(place.clone(), &out, last).unwrap();
    assert_holds(&place.world().tree(), last, &[]);
    for percent in [0, 50] {
        place.world().cut(7, percent);
        assert_holds(&seen(&place.world()), last, &[]);
        build_in(place.clone(), &out, last).unwrap();
        assert_holds(&place.world().tree(), last, &[]);
    }
}

/// Tries every step of an update and of a first build, each with several sets of surviving changes.
fn try_every_step(may_stand_in: bool) {
    let [old, new, third] = sites();
    let uncut = |site: &Site| Attempt { site: site.clone(), steps: usize::MAX, cut: None };
    for (before, site, next) in
        [(vec![], &new, &old), (vec![uncut(&old)], &new, &third), (vec![uncut(&new)], &old, &old)]
    {
        for steps in 1..120 {
            for (seed, percent) in [(1, 0), (2, 100), (3, 50), (4, 50), (5, 85), (6, 15)] {
                let cut = Attempt { site: site.clone(), steps, cut: Some((seed, percent)) };
                survive(&[before.clone(), vec![cut]].concat(), next, may_stand_in, false);
            }
        }
    }
}

#[test]
fn a_power_cut_at_any_step_leaves_whole_files_and_the_next_build_mends_the_rest() {
    try_every_step(true);
}

#[test]
fn a_power_cut_in_a_folder_that_cannot_be_renamed_is_survived_too() {
    try_every_step(false);
}

#[test]
fn a_disk_that_only_says_that_it_syncs_is_found_out_by_these_tests() {
    let [old, new, _] = sites();
    let is_found_out = |seed: u64| {
        let cut = Attempt { site: new.clone(), steps: usize::MAX, cut: Some((seed, 50)) };
        let uncut = Attempt { site: old.clone(), steps: usize::MAX, cut: None };
        std::panic::catch_unwind(|| survive(&[uncut, cut], &new, true, true)).is_err()
    };
    assert!((0..4).all(is_found_out));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn kills_and_power_cuts_in_any_order_are_survived(
        attempts in proptest::collection::vec(
            (any_site(), 1..120usize, proptest::option::of((any::<u64>(), 0..=100u64)))
                .prop_map(|(site, steps, cut)| Attempt { site, steps, cut }),
            1..6,
        ),
        last in any_site(),
        may_stand_in in any::<bool>(),
    ) {
        survive(&attempts, &last, may_stand_in, false);
    }
}
