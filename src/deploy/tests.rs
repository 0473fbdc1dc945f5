//! Deployments to a store in memory that fails at any step, is changed by others or ignores conditions.

mod sides;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::{Mutex, MutexGuard};

use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use serde_json::json;
use tempfile::TempDir;

use super::state::CONTROL;
use super::store::{Cause, SiteFile, Version, Written};
use super::*;
use crate::publish::Head;

type Stored = BTreeMap<String, Vec<u8>>;

/// A store in memory. Each change counts, and the change after the last allowed one fails, as if the program had
/// been killed.
#[derive(Default)]
struct Memory {
    files: Mutex<Stored>,
    /// Changes that are left.
    left: Mutex<Option<usize>>,
    honours: bool,
    /// Called after each change.
    watch: Option<fn(&Stored)>,
    reads: Mutex<Vec<String>>,
}

impl Memory {
    fn new() -> Memory {
        Memory { honours: true, ..Memory::default() }
    }

    fn files(&self) -> MutexGuard<'_, Stored> {
        self.files.lock().expect("no panic before")
    }

    /// Lets so many more changes succeed; `None` is without an end.
    fn allow(&self, steps: Option<usize>) {
        *self.left.lock().expect("no panic before") = steps;
    }

    fn change(&self, work: impl FnOnce(&mut Stored)) -> Result<(), StoreError> {
        let mut left = self.left.lock().expect("no panic before");
        match left.as_mut() {
            Some(0) => return Err(StoreError { message: "killed".to_owned().into(), cause: Cause::Store }),
            Some(left) => *left -= 1,
            None => {}
        }
        let mut files = self.files();
        work(&mut files);
        if let Some(watch) = self.watch {
            watch(&files);
        }
        Ok(())
    }

    /// The files but for those of deployments.
    fn public(&self) -> BTreeMap<String, String> {
        let files = self.files();
        let public = files.iter().filter(|(path, _)| !path.starts_with(CONTROL));
        public.map(|(path, bytes)| (path.clone(), String::from_utf8_lossy(bytes).into_owned())).collect()
    }

    fn set(&self, path: &str, text: &str) {
        self.files().insert(path.to_owned(), text.as_bytes().to_vec());
    }

    fn delete(&self, path: &str) {
        self.files().remove(path);
    }

    fn version(bytes: &[u8]) -> Version {
        Version::of_tag(Entry::of(bytes).sha256)
    }
}

impl Store for Memory {
    fn shown(&self) -> String {
        "memory".to_owned()
    }

    fn read(&self, path: &str) -> Result<Option<(Vec<u8>, Version)>, StoreError> {
        self.reads.lock().expect("no panic before").push(path.to_owned());
        let found = self.files().get(path).cloned();
        Ok(found.map(|bytes| (bytes.clone(), Memory::version(&bytes))))
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), StoreError> {
        self.change(|files| drop(files.insert(path.to_owned(), bytes.to_vec())))
    }

    fn create(&self, path: &str, bytes: &[u8]) -> Result<Written, StoreError> {
        if self.honours && self.files().contains_key(path) {
            return Ok(Written::Refused);
        }
        self.write(path, bytes).map(|()| Written::Yes)
    }

    fn replace(&self, path: &str, bytes: &[u8], version: &Version) -> Result<Written, StoreError> {
        let found = self.files().get(path).map(|bytes| Memory::version(bytes));
        if self.honours && found.as_ref() != Some(version) {
            return Ok(Written::Refused);
        }
        self.write(path, bytes).map(|()| Written::Yes)
    }

    /// The order within a group is free, so it is the worst: backwards.
    fn put(&self, files: &[SiteFile<'_>]) -> Result<(), StoreError> {
        files.iter().rev().try_for_each(|file| self.write(file.path, &file.bytes()?))
    }

    fn remove(&self, paths: &[&str]) -> Result<(), StoreError> {
        paths.iter().rev().try_for_each(|path| self.change(|files| drop(files.remove(*path))))
    }

    fn existing(&self, paths: &[&str]) -> Result<BTreeSet<String>, StoreError> {
        let files = self.files();
        Ok(paths.iter().filter(|path| files.contains_key(**path)).map(|path| (*path).to_owned()).collect())
    }

    fn differing(&self, all: &[SiteFile<'_>]) -> Result<BTreeSet<String>, StoreError> {
        let files = self.files();
        let is_other =
            |file: &&SiteFile<'_>| files.get(file.path).map(|b| Entry::of(b)) != Some(file.entry.clone());
        Ok(all.iter().filter(is_other).map(|file| file.path.to_owned()).collect())
    }
}

/// A published folder with these files: path and text. A text names the paths that it links to, each after a `>`.
struct Built {
    folder: TempDir,
    manifest: Manifest,
    head: Vec<u8>,
    head_entry: Entry,
    clock: i64,
    commit: Option<&'static str>,
}

impl Built {
    fn new(files: &[(&str, &str)]) -> Built {
        let folder = TempDir::new().expect("a folder");
        let mut listed = serde_json::Map::new();
        for (path, text) in files {
            let full = folder.path().join(path);
            fs::create_dir_all(full.parent().expect("a folder")).expect("a folder");
            fs::write(&full, text).expect("a file");
            let entry = Entry::of(text.as_bytes());
            listed.insert((*path).to_owned(), json!({"sha256": entry.sha256, "size": entry.size}));
        }
        let head = json!({"generator": "noroshi 1", "effective": "2026-11-20T00:00:00Z", "files": listed});
        let head = head.to_string().into_bytes();
        fs::write(folder.path().join(MANIFEST), &head).expect("a file");
        let parsed = Head::parse(&head).expect("a manifest");
        let manifest = parsed.whole(|_, _| Err(())).expect("no parts");
        let head_entry = Entry::of(&head);
        Built { folder, manifest, head, head_entry, clock: 100, commit: None }
    }

    fn at(self, clock: i64) -> Built {
        Built { clock, ..self }
    }

    fn of(self, commit: &'static str) -> Built {
        Built { commit: Some(commit), ..self }
    }

    /// What the store holds once this is deployed.
    fn whole(&self) -> BTreeMap<String, String> {
        let read = |path: &String| {
            let text = fs::read_to_string(self.folder.path().join(path)).expect("a file");
            (path.clone(), text)
        };
        let mut all: BTreeMap<String, String> = self.manifest.files.keys().map(read).collect();
        all.insert(MANIFEST.to_owned(), String::from_utf8_lossy(&self.head).into_owned());
        all
    }
}

#[derive(Clone, Copy, Default)]
struct Asked {
    verify: bool,
    dry_run: bool,
    force: bool,
    has_cdn: bool,
    now: i64,
}

fn deploy_with(built: &Built, store: &dyn Store, asked: Asked) -> Result<Report, DeployError> {
    deploy_when(built, store, asked, &|| Instant(asked.now))
}

fn deploy_when(
    built: &Built,
    store: &dyn Store,
    asked: Asked,
    now: &dyn Fn() -> Instant,
) -> Result<Report, DeployError> {
    let site = Site {
        folder: built.folder.path(),
        manifest: &built.manifest,
        head: &built.head,
        head_entry: &built.head_entry,
        clock: Instant(built.clock),
        commit: built.commit,
        // Commits are named by letters in their order; `x` is on another branch.
        relation: &|other| match (built.commit?, other) {
            (own, other) if own == other => Some(Relation::Same),
            ("x", _) | (_, "x") => Some(Relation::Diverged),
            (own, other) if own < other => Some(Relation::Older),
            _ => Some(Relation::Newer),
        },
    };
    let options = Options {
        how: How { verify: asked.verify, dry_run: asked.dry_run, force: asked.force },
        has_cdn: asked.has_cdn,
        cache: None,
        owner: "a test",
        now,
        progress: &|sent| assert!(sent.files <= sent.all_files && sent.bytes <= sent.all_bytes, "{sent:?}"),
    };
    deploy(&site, store, &options)
}

fn deploy_to(built: &Built, store: &dyn Store) -> Result<Report, DeployError> {
    deploy_with(built, store, Asked::default())
}

/// Follows the links from the home page, and panics at one that leads nowhere.
fn no_link_is_dead(files: &Stored) {
    let mut waiting = vec!["index.html".to_owned()];
    let mut seen = BTreeSet::new();
    if !files.contains_key("index.html") {
        return;
    }
    while let Some(path) = waiting.pop() {
        let Some(text) = files.get(&path) else { panic!("a dead link to {path}") };
        let text = String::from_utf8_lossy(text);
        for link in text.split_whitespace().filter_map(|word| word.strip_prefix('>')) {
            if seen.insert(link.to_owned()) {
                waiting.push(link.to_owned());
            }
        }
    }
}

const FIRST: [(&str, &str); 4] = [
    ("index.html", "home 1 >list.html"),
    ("list.html", "list 1 >a/index/x.html"),
    ("a/index/x.html", "leaf"),
    ("assets/style.css", "style"),
];
const SECOND: [(&str, &str); 4] = [
    ("index.html", "home 2 >list.html >b/index/x.html"),
    ("list.html", "list 2 >b/index/x.html"),
    ("b/index/x.html", "leaf 2 >assets/style.css"),
    ("assets/style.css", "style"),
];

#[test]
fn the_first_deployment_sends_all_and_the_next_what_changed() {
    let store = Memory::new();
    let (first, second) = (Built::new(&FIRST), Built::new(&SECOND));
    let report = deploy_to(&first, &store).expect("deployed");
    assert_eq!((report.outcome, report.sent.len(), report.unchanged), (Outcome::Deployed, 5, 0));
    assert_eq!(report.sent.last().map(String::as_str), Some(MANIFEST));
    assert_eq!(store.public(), first.whole());
    let report = deploy_to(&second, &store).expect("deployed");
    let order = ["b/index/x.html", "list.html", "index.html", MANIFEST];
    assert_eq!(report.sent, order, "new files, then lists, the home page and the manifest");
    assert_eq!((report.removed, report.unchanged), (vec!["a/index/x.html".to_owned()], 1));
    assert_eq!(store.public(), second.whole());
}

#[test]
fn what_is_deployed_already_costs_one_read_and_no_change() {
    let store = Memory::new();
    let built = Built::new(&FIRST);
    deploy_to(&built, &store).expect("deployed");
    store.reads.lock().expect("no panic before").clear();
    store.allow(Some(0));
    let report = deploy_to(&built, &store).expect("nothing to do");
    assert_eq!((report.outcome, report.unchanged), (Outcome::Unchanged, 5));
    assert_eq!(*store.reads.lock().expect("no panic before"), [".noroshi-deploy/state.json"]);
}

#[test]
fn a_dry_run_says_what_would_be_done_and_changes_nothing() {
    let store = Memory::new();
    deploy_to(&Built::new(&FIRST), &store).expect("deployed");
    let before = store.files().clone();
    let report = deploy_with(&Built::new(&SECOND), &store, Asked { dry_run: true, ..Asked::default() });
    let report = report.expect("a plan");
    assert_eq!((report.outcome, report.sent.len(), report.removed.len()), (Outcome::Planned, 4, 1));
    assert_eq!(*store.files(), before);
}

#[test]
fn a_deployment_may_be_killed_at_any_step_and_the_next_arrives() {
    let (first, second) = (Built::new(&FIRST), Built::new(&SECOND));
    for honours in [true, false] {
        for steps in 0.. {
            let store = Memory { honours, watch: Some(no_link_is_dead), ..Memory::new() };
            deploy_to(&first, &store).expect("deployed");
            store.set("foreign.txt", "not ours");
            store.allow(Some(steps));
            let killed = deploy_to(&second, &store);
            store.allow(None);
            // The lock of the killed one has ended by then.
            let later = Asked { now: 10_000, ..Asked::default() };
            let again = if steps % 2 == 0 { &second } else { &first };
            deploy_with(again, &store, later).expect("deployed");
            let mut whole = again.whole();
            whole.insert("foreign.txt".to_owned(), "not ours".to_owned());
            assert_eq!(store.public(), whole, "after {steps} steps");
            if killed.is_ok() {
                break;
            }
        }
    }
}

#[test]
fn two_deployments_at_once_are_kept_apart_and_the_claim_of_a_dead_one_ends() {
    for honours in [true, false] {
        let store = Memory { honours, ..Memory::new() };
        let (first, second) = (Built::new(&FIRST), Built::new(&SECOND));
        store.allow(Some(5));
        deploy_to(&first, &store).expect_err("killed, and its lock stays");
        store.allow(None);
        let refused = deploy_with(&second, &store, Asked { now: 10, ..Asked::default() });
        let Err(DeployError::Locked { owner, until }) = refused else { panic!("{refused:?}") };
        assert_eq!((owner.as_str(), until), ("a test", Instant(180)));
        deploy_with(&second, &store, Asked { now: 180, ..Asked::default() }).expect("deployed");
        assert_eq!(store.public(), second.whole());
        let left: Vec<String> = store.files().keys().cloned().collect();
        assert!(!left.iter().any(|path| path.ends_with("lock.json")), "{left:?}");
    }
}

#[test]
fn whether_a_store_honours_conditions_is_tried_and_said() {
    for honours in [true, false] {
        let store = Memory { honours, ..Memory::new() };
        assert_eq!(deploy_to(&Built::new(&FIRST), &store).expect("deployed").is_lock_certain, honours);
    }
}

#[test]
fn a_lock_that_another_deployment_took_is_noticed_before_readers_see_a_change() {
    let store = Memory { honours: false, ..Memory::new() };
    deploy_to(&Built::new(&FIRST), &store).expect("deployed");
    let (owner, looks) = ("another runner", Cell::new(0));
    let now = || {
        looks.set(looks.get() + 1);
        // The clock is read whenever the lock is looked at: after the first group, the other one is there.
        if looks.get() == 2 {
            let claim = json!({"id": "other", "owner": owner, "until": 5000});
            store.set(".noroshi-deploy/lock.json", &claim.to_string());
        }
        Instant(0)
    };
    let refused = deploy_when(&Built::new(&SECOND), &store, Asked::default(), &now);
    let Err(DeployError::Locked { owner: found, .. }) = refused else { panic!("{refused:?}") };
    assert_eq!(found, owner);
    assert_eq!(store.public()["index.html"], "home 1 >list.html");
    assert!(store.files().contains_key(".noroshi-deploy/lock.json"));
}

#[test]
fn older_content_never_replaces_newer() {
    let store = Memory::new();
    deploy_to(&Built::new(&FIRST).at(1000).of("b"), &store).expect("deployed");
    for (clock, commit, is_refused) in [
        (1000, Some("b"), false),
        (999, Some("b"), true),
        // A clock that is behind a little does not stop a commit that came later.
        (990, Some("c"), false),
        (500, Some("c"), true),
        (2000, Some("a"), true),
        (2000, Some("x"), false),
        (999, Some("x"), true),
        (999, None, true),
        (1001, None, false),
    ] {
        let mut built = Built::new(&SECOND).at(clock);
        built.commit = commit;
        let plan = deploy_with(&built, &store, Asked { dry_run: true, ..Asked::default() });
        assert_eq!(matches!(plan, Err(DeployError::Older(_))), is_refused, "{clock} {commit:?}: {plan:?}");
        let forced = Asked { dry_run: true, force: true, ..Asked::default() };
        deploy_with(&built, &store, forced).expect("a plan");
    }
}

#[test]
fn a_foreign_file_is_kept_and_named() {
    let store = Memory::new();
    store.set("a/index/x.html", "somebody's");
    store.set("assets/style.css", "style");
    let built = Built::new(&FIRST);
    let refused = deploy_to(&built, &store).expect_err("a foreign file is in the way");
    assert!(matches!(&refused, DeployError::Foreign(paths) if paths == &["a/index/x.html"]), "{refused}");
    assert_eq!(store.public().len(), 2, "nothing was sent");
    deploy_with(&built, &store, Asked { force: true, now: 10_000, ..Asked::default() }).expect("deployed");
    assert_eq!(store.public(), built.whole());
}

#[test]
fn what_was_lost_or_changed_by_hand_is_found_and_mended() {
    let store = Memory::new();
    let built = Built::new(&FIRST);
    deploy_to(&built, &store).expect("deployed");
    let verify = Asked { verify: true, ..Asked::default() };
    assert_eq!(deploy_with(&built, &store, verify).expect("whole").outcome, Outcome::Unchanged);
    for path in ["index.html", "list.html", "a/index/x.html", MANIFEST] {
        store.set(path, "changed by hand");
        let report = deploy_with(&built, &store, verify).expect("mended");
        assert_eq!((report.sent, report.mended), (vec![path.to_owned()], vec![path.to_owned()]));
        store.delete(path);
        let report = deploy_with(&built, &store, verify).expect("mended");
        assert_eq!(report.mended, [path]);
        assert_eq!(store.public(), built.whole(), "{path}");
    }
}

#[test]
fn addresses_are_remembered_until_the_cdn_was_told() {
    let store = Memory::new();
    let cdn = Asked { has_cdn: true, ..Asked::default() };
    let (first, second) = (Built::new(&FIRST), Built::new(&SECOND));
    deploy_with(&first, &store, cdn).expect("deployed");
    purged(&store).expect("noted");
    let report = deploy_with(&second, &store, cdn).expect("deployed");
    let all = ["a/index/x.html", "b/index/x.html", "index.html", "list.html", MANIFEST];
    assert_eq!(report.to_purge, all, "what changed or is gone, and nothing else");
    let report = deploy_with(&second, &store, cdn).expect("nothing to send");
    assert_eq!((report.outcome, report.to_purge.len()), (Outcome::Unchanged, 5));
    purged(&store).expect("noted");
    assert_eq!(deploy_with(&second, &store, cdn).expect("nothing to do").to_purge.len(), 0);
}

#[test]
fn a_folder_that_was_changed_after_the_build_is_not_deployed() {
    let store = Memory::new();
    let built = Built::new(&FIRST);
    fs::write(built.folder.path().join("list.html"), "changed").expect("a file");
    let refused = deploy_to(&built, &store).expect_err("another file");
    assert!(refused.to_string().contains("list.html") && refused.help().contains("build again"), "{refused}");
    assert!(!store.public().contains_key("index.html"), "readers see nothing of it");
}

/// A site of a home page and of pages that link to each other.
fn sites() -> impl Strategy<Value = Vec<(String, String)>> {
    const PAGES: [&str; 6] =
        ["list.html", "a/b/c.html", "d/e/f.html", "g/h/i.html", "feed.xml", "j/k/l.html"];
    let chosen = proptest::collection::btree_map(0..PAGES.len(), (0..3, 0..64_u32), 0..PAGES.len());
    (chosen, 0..3, 0..64_u32).prop_map(|(pages, version, home)| {
        let there: Vec<usize> = pages.keys().copied().collect();
        let text = |version: i32, mask: u32| {
            let linked = there.iter().filter(|page| mask & (1 << **page) != 0);
            linked.fold(format!("version {version}"), |text, page| format!("{text} >{}", PAGES[*page]))
        };
        let mut files = vec![("index.html".to_owned(), text(version, home))];
        files.extend(
            pages.iter().map(|(page, (version, mask))| (PAGES[*page].to_owned(), text(*version, *mask))),
        );
        files
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        cases: 512,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_deployments_may_be_killed_one_after_the_other(
        first in sites(),
        later in proptest::collection::vec((sites(), 0..24_usize), 1..6),
        honours in any::<bool>(),
    ) {
        let build = |files: &[(String, String)]| {
            let files: Vec<(&str, &str)> = files.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
            Built::new(&files)
        };
        let store = Memory { honours, watch: Some(no_link_is_dead), ..Memory::new() };
        deploy_to(&build(&first), &store).expect("deployed");
        store.set("other/file.txt", "not ours");
        let mut now = 0;
        let mut last = None;
        for (files, steps) in &later {
            now += 1000;
            let built = build(files);
            store.allow(Some(*steps));
            let _ = deploy_with(&built, &store, Asked { now, ..Asked::default() });
            last = Some(built);
        }
        store.allow(None);
        let last = last.expect("a site");
        deploy_with(&last, &store, Asked { now: now + 1000, ..Asked::default() }).expect("deployed");
        let mut whole = last.whole();
        whole.insert("other/file.txt".to_owned(), "not ours".to_owned());
        prop_assert_eq!(store.public(), whole);
    }
}

#[test]
fn a_folder_of_the_machine_is_a_store() {
    let folder = TempDir::new().expect("a folder");
    let target = folder.path().join("www/status");
    let store = super::folder::Folder::new(&target);
    let (first, second) = (Built::new(&FIRST), Built::new(&SECOND));
    assert!(deploy_to(&first, &store).expect("deployed").is_lock_certain);
    fs::write(target.join("robots.txt"), "not ours").expect("a file");
    let report = deploy_to(&second, &store).expect("deployed");
    assert_eq!((report.sent.len(), report.removed.len()), (4, 1));
    assert!(!target.join("a").exists(), "empty folders are gone");
    for (path, text) in second.whole() {
        assert_eq!(fs::read_to_string(target.join(&path)).expect("a file"), text, "{path}");
    }
    assert!(target.join("robots.txt").exists());
    fs::write(target.join("list.html"), "by hand").expect("a file");
    let report = deploy_with(&second, &store, Asked { verify: true, ..Asked::default() }).expect("mended");
    assert_eq!(report.mended, ["list.html"]);
}

#[test]
fn half_files_of_a_killed_deployment_are_gone_after_the_next() {
    let folder = TempDir::new().expect("a folder");
    let store = super::folder::Folder::new(folder.path());
    deploy_to(&Built::new(&FIRST), &store).expect("deployed");
    let mut state = State::read(&store, false).expect("a state");
    state.begin(vec!["b/index/x.html".to_owned()], Vec::new(), Vec::new());
    state.write(&store).expect("written");
    let (half, foreign) = ("b/index/.noroshi-new-0123", "b/index/.mine");
    fs::create_dir_all(folder.path().join("b/index")).expect("a folder");
    for name in [half, foreign] {
        fs::write(folder.path().join(name), "half").expect("a file");
    }
    deploy_to(&Built::new(&SECOND), &store).expect("deployed");
    assert!(!folder.path().join(half).exists() && folder.path().join(foreign).exists());
}

#[test]
fn a_state_that_somebody_broke_is_told_and_force_sends_every_file() {
    let store = Memory::new();
    let built = Built::new(&FIRST);
    deploy_to(&built, &store).expect("deployed");
    store.set(".noroshi-deploy/state.json", "{{{");
    let told = deploy_to(&built, &store).expect_err("it cannot be read");
    assert!(told.to_string().contains("state.json") && told.help().contains("--force"), "{told}");
    let forced = Asked { force: true, ..Asked::default() };
    assert_eq!(deploy_with(&built, &store, forced).expect("deployed").sent.len(), 5);
    assert_eq!(deploy_to(&built, &store).expect("nothing to do").outcome, Outcome::Unchanged);
}

#[test]
fn objects_of_a_real_client_are_a_store() {
    use std::sync::Arc;

    use object_store::memory::InMemory;

    let memory = Arc::new(InMemory::new());
    let names = ("memory".to_owned(), "site/".to_owned());
    let headers =
        Box::new(|_: &str| vec![("Content-Type", "text/html"), ("Cache-Control", "no-cache"), ("X-A", "b")]);
    let store =
        super::objects::Objects::new(memory, names, true, headers, Secrets::default()).expect("a store");
    let (first, second) = (Built::new(&FIRST), Built::new(&SECOND));
    assert!(deploy_to(&first, &store).expect("deployed").is_lock_certain);
    let report = deploy_to(&second, &store).expect("deployed");
    assert_eq!((report.sent.len(), report.removed.len()), (4, 1));
    let verified = deploy_with(&second, &store, Asked { verify: true, ..Asked::default() }).expect("whole");
    assert_eq!(verified.outcome, Outcome::Unchanged);
    let gone = store.existing(&["a/index/x.html", "b/index/x.html"]).expect("asked");
    assert_eq!(gone.into_iter().collect::<Vec<_>>(), ["b/index/x.html"]);
    store.write("list.html", b"by hand").expect("written");
    let report = deploy_with(&second, &store, Asked { verify: true, ..Asked::default() }).expect("mended");
    assert_eq!(report.mended, ["list.html"]);
}

#[test]
fn a_place_that_is_no_folder_is_told() {
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("file");
    fs::write(&file, "x").expect("a file");
    let store = super::folder::Folder::new(&file);
    let error = deploy_to(&Built::new(&FIRST), &store).expect_err("a file is no folder");
    assert!(error.to_string().contains("file"), "{error}");
}
