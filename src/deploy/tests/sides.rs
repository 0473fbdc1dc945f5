//! Side files: never stale, also when deployments are killed, and known to all that a deployment does.

use super::super::sides::compressed;
use super::*;
use crate::fetch;
use crate::model::deploy::Coding;

/// A store in memory whose texts have side files.
struct Sided<'a> {
    memory: &'a Memory,
    encoding: &'static str,
}

impl Store for Sided<'_> {
    fn shown(&self) -> String {
        self.memory.shown()
    }

    fn encoding(&self) -> &'static str {
        self.encoding
    }

    fn read(&self, path: &str) -> Result<Option<(Vec<u8>, Version)>, StoreError> {
        self.memory.read(path)
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), StoreError> {
        self.memory.write(path, bytes)
    }

    fn create(&self, path: &str, bytes: &[u8]) -> Result<Written, StoreError> {
        self.memory.create(path, bytes)
    }

    fn replace(&self, path: &str, bytes: &[u8], version: &Version) -> Result<Written, StoreError> {
        self.memory.replace(path, bytes, version)
    }

    fn put(&self, files: &[SiteFile<'_>]) -> Result<(), StoreError> {
        self.memory.put(files)
    }

    fn remove(&self, paths: &[&str]) -> Result<(), StoreError> {
        self.memory.remove(paths)
    }

    fn existing(&self, paths: &[&str]) -> Result<BTreeSet<String>, StoreError> {
        self.memory.existing(paths)
    }

    fn differing(&self, files: &[SiteFile<'_>]) -> Result<BTreeSet<String>, StoreError> {
        let stored = self.memory.files.lock().expect("no panic before");
        let is_other = |file: &&SiteFile<'_>| stored.get(file.path) != file.bytes().ok().as_ref();
        Ok(files.iter().filter(is_other).map(|file| file.path.to_owned()).collect())
    }
}

/// A text that is long enough to be compressed.
fn long(text: &str) -> String {
    format!("{text} {}", "-".repeat(1024))
}

fn plain(path: &str, bytes: &[u8]) -> Vec<u8> {
    if path.ends_with(".gz") {
        return fetch::unzipped(bytes, 99_999).expect("gzip");
    }
    let mut plain = Vec::new();
    brotli::BrotliDecompress(&mut &*bytes, &mut plain).expect("brotli");
    plain
}

/// No link is dead, and each side file has the words of the text beside it.
fn no_side_is_stale(files: &BTreeMap<String, Vec<u8>>) {
    no_link_is_dead(files);
    for (path, bytes) in files {
        let Some(text) = path.strip_suffix(".gz").or_else(|| path.strip_suffix(".br")) else { continue };
        assert_eq!(files.get(text), Some(&plain(path, bytes)), "{path}");
    }
}

/// Everything that the store holds once this is deployed.
fn all_of(built: &Built, encoding: &str) -> Stored {
    let mut all: Stored = built.whole().into_iter().map(|(path, text)| (path, text.into_bytes())).collect();
    let texts = all.clone().into_iter();
    for (path, bytes) in texts.filter(|(path, bytes)| path != MANIFEST && bytes.len() >= 1024) {
        for coding in Coding::ALL.into_iter().filter(|coding| encoding.contains(coding.ending())) {
            all.insert(format!("{path}{}", coding.ending()), compressed(&bytes, coding));
        }
    }
    all
}

fn public(memory: &Memory) -> Stored {
    let files = memory.files.lock().expect("no panic before");
    files.iter().filter(|(path, _)| !path.starts_with(CONTROL)).map(|(p, b)| (p.clone(), b.clone())).collect()
}

fn site(files: &[(&str, &str)]) -> Built {
    let long: Vec<(&str, String)> = files.iter().map(|(path, text)| (*path, long(text))).collect();
    Built::new(&long.iter().map(|(path, text)| (*path, text.as_str())).collect::<Vec<_>>())
}

#[test]
fn side_files_are_sent_replaced_and_removed_with_their_texts() {
    let memory = Memory { watch: Some(no_side_is_stale), ..Memory::new() };
    let store = Sided { memory: &memory, encoding: ".br.gz" };
    let (first, second) = (site(&FIRST), site(&SECOND));
    let report = deploy_to(&first, &store).expect("deployed");
    assert_eq!((report.sent.len(), report.unchanged), (13, 0));
    assert_eq!(public(&memory), all_of(&first, ".br.gz"));
    let cdn = Asked { has_cdn: true, ..Asked::default() };
    let report = deploy_with(&second, &store, cdn).expect("deployed");
    assert_eq!(report.removed, ["a/index/x.html.br", "a/index/x.html.gz", "a/index/x.html"]);
    assert_eq!(report.unchanged, 1);
    assert!(report.to_purge.iter().all(|path| !path.ends_with(".gz")), "{:?}", report.to_purge);
    assert_eq!(public(&memory), all_of(&second, ".br.gz"));
    assert_eq!(deploy_to(&second, &store).expect("nothing to do").outcome, Outcome::Unchanged);
    // Other settings.
    for encoding in [".gz", "", ".br"] {
        let store = Sided { memory: &memory, encoding };
        deploy_to(&second, &store).expect("deployed");
        assert_eq!(public(&memory), all_of(&second, encoding), "{encoding}");
    }
}

#[test]
fn a_side_file_that_was_lost_or_changed_by_hand_is_mended() {
    let memory = Memory { watch: None, ..Memory::new() };
    let store = Sided { memory: &memory, encoding: ".gz" };
    let built = site(&FIRST);
    deploy_to(&built, &store).expect("deployed");
    let verify = Asked { verify: true, has_cdn: true, ..Asked::default() };
    assert_eq!(deploy_with(&built, &store, verify).expect("whole").outcome, Outcome::Unchanged);
    for is_lost in [false, true] {
        if is_lost {
            memory.delete("list.html.gz")
        } else {
            memory.set("list.html.gz", "by hand")
        }
        let report = deploy_with(&built, &store, verify).expect("mended");
        assert_eq!((report.sent, &report.mended), (report.mended.clone(), &vec!["list.html.gz".to_owned()]));
        assert_eq!(report.to_purge, ["list.html"]);
        assert_eq!(public(&memory), all_of(&built, ".gz"));
    }
}

#[test]
fn a_foreign_file_in_the_place_of_a_side_file_is_kept_and_named() {
    let memory = Memory::new();
    let store = Sided { memory: &memory, encoding: ".gz" };
    memory.set("list.html.gz", "somebody's");
    let refused = deploy_to(&site(&FIRST), &store).expect_err("a foreign file is in the way");
    assert!(matches!(&refused, DeployError::Foreign(paths) if paths == &["list.html.gz"]), "{refused}");
    let forced = Asked { force: true, now: 10_000, ..Asked::default() };
    deploy_with(&site(&FIRST), &store, forced).expect("deployed");
    assert_eq!(public(&memory), all_of(&site(&FIRST), ".gz"));
}

#[test]
fn a_file_of_the_site_keeps_its_address() {
    let memory = Memory::new();
    let store = Sided { memory: &memory, encoding: ".gz" };
    let (home, data, zipped) = (long("home"), long("data"), long("zipped by its writer"));
    let one = [("index.html", home.as_str()), ("data.csv", data.as_str())];
    let two = [one[0], one[1], ("data.csv.gz", zipped.as_str())];
    for files in [&one[..], &two[..], &one[..], &two[..]] {
        deploy_to(&Built::new(files), &store).expect("deployed");
        let has_own = files.len() == 3;
        let zipped =
            if has_own { zipped.clone().into_bytes() } else { compressed(data.as_bytes(), Coding::Gzip) };
        assert_eq!(public(&memory)["data.csv.gz"], zipped, "{has_own}");
    }
}

#[test]
fn a_deployment_with_side_files_may_be_killed_at_any_step_and_the_next_arrives() {
    let (first, second) = (site(&FIRST), site(&SECOND));
    for (before, between, after) in [(".br.gz", ".br.gz", ".br.gz"), ("", ".gz", ""), (".br", ".gz", ".br")] {
        for steps in 0.. {
            let memory = Memory { watch: Some(no_side_is_stale), ..Memory::new() };
            deploy_to(&first, &Sided { memory: &memory, encoding: before }).expect("deployed");
            *memory.left.lock().expect("no panic before") = Some(steps);
            let killed = deploy_to(&second, &Sided { memory: &memory, encoding: between });
            *memory.left.lock().expect("no panic before") = None;
            // The lock of the killed one has ended by then.
            let later = Asked { now: 10_000, ..Asked::default() };
            let again = if steps % 2 == 0 { &second } else { &first };
            deploy_with(again, &Sided { memory: &memory, encoding: after }, later).expect("deployed");
            assert_eq!(public(&memory), all_of(again, after), "after {steps} steps");
            if killed.is_ok() {
                break;
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        cases: 128,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_deployments_with_side_files_may_be_killed_one_after_the_other(
        first in sites(),
        later in proptest::collection::vec((sites(), 0..48_usize, 0..4_usize), 1..6),
    ) {
        // Some texts are too short for a side file.
        let build = |files: &[(String, String)]| {
            let files: Vec<(String, String)> = files
                .iter()
                .map(|(path, text)| (path.clone(), if text.contains('0') { text.clone() } else { long(text) }))
                .collect();
            Built::new(&files.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect::<Vec<_>>())
        };
        let memory = Memory { watch: Some(no_side_is_stale), ..Memory::new() };
        deploy_to(&build(&first), &Sided { memory: &memory, encoding: ".gz" }).expect("deployed");
        let mut last = None;
        let mut now = 0;
        for (files, steps, encoding) in &later {
            now += 1000;
            let (built, encoding) = (build(files), ["", ".gz", ".br", ".br.gz"][*encoding]);
            *memory.left.lock().expect("no panic before") = Some(*steps);
            let _ = deploy_with(&built, &Sided { memory: &memory, encoding }, Asked { now, ..Asked::default() });
            last = Some((built, encoding));
        }
        *memory.left.lock().expect("no panic before") = None;
        let (built, encoding) = last.expect("a site");
        let store = Sided { memory: &memory, encoding };
        deploy_with(&built, &store, Asked { now: now + 1000, ..Asked::default() }).expect("deployed");
        prop_assert_eq!(public(&memory), all_of(&built, encoding));
    }
}

#[test]
fn a_folder_has_side_files_with_the_times_of_their_texts() {
    let folder = TempDir::new().expect("a folder");
    let store = crate::deploy::folder::Folder::new(folder.path()).beside(&Coding::ALL);
    let (first, second) = (site(&FIRST), site(&SECOND));
    deploy_to(&first, &store).expect("deployed");
    deploy_to(&second, &store).expect("deployed");
    for (path, bytes) in all_of(&second, ".br.gz") {
        assert_eq!(fs::read(folder.path().join(&path)).expect("a file"), bytes, "{path}");
    }
    assert!(!folder.path().join("a").exists(), "a removed text leaves nothing");
    let time = |path: &str| folder.path().join(path).metadata().and_then(|f| f.modified()).expect("a time");
    assert_eq!(time("list.html"), time("list.html.gz"));
    fs::write(folder.path().join("list.html.br"), "by hand").expect("a file");
    let report = deploy_with(&second, &store, Asked { verify: true, ..Asked::default() }).expect("mended");
    assert_eq!(report.mended, ["list.html.br"]);
}
