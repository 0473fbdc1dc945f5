//! Every place of the ledger does the same.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;
use std::thread;

use super::Memory;
use crate::announce::ledger::{FileKeeper, GitKeeper, Keeper, ObjectKeeper, Written};
use crate::deploy::{self, Store, StoreError};
use crate::history::Repository;

/// Opens the same place as often as asked.
type Open<'a> = &'a (dyn Fn() -> Box<dyn Keeper + 'a> + Sync);

fn holds(open: Open<'_>) {
    let one = open();
    assert_eq!(one.read(), Ok((None, None)));
    assert_eq!(one.has_mark(), Ok(false), "{}", one.shown());
    let Ok(Written::Yes(first)) = one.write(b"one\n", &None) else { panic!("a first document") };
    one.mark().expect("a mark");
    one.mark().expect("the same mark");
    assert_eq!(one.has_mark(), Ok(true));
    let two = open();
    assert_eq!(two.read(), Ok((Some(b"one\n".to_vec()), first.clone())), "{}", two.shown());
    assert_eq!(two.write(b"none\n", &None), Ok(Written::Refused), "there is one");
    let Ok(Written::Yes(second)) = two.write(b"two\n", &first) else { panic!("a second document") };
    assert_eq!(one.write(b"three\n", &first), Ok(Written::Refused), "somebody has written");
    assert_eq!(one.read(), Ok((Some(b"two\n".to_vec()), second.clone())));
    let large = vec![b'x'; 300_000];
    assert!(matches!(one.write(&large, &second), Ok(Written::Yes(_))));
    assert_eq!(two.read().expect("a document").0, Some(large));
    // Of several that write at once, one does.
    let (_, version) = one.read().expect("a document");
    let wins: usize = thread::scope(|scope| {
        let write = |n: usize| {
            let version = version.clone();
            move || {
                let written = open().write(format!("by {n}\n").as_bytes(), &version);
                usize::from(matches!(written, Ok(Written::Yes(_))))
            }
        };
        let all: Vec<_> = (0..6).map(|n| scope.spawn(write(n))).collect();
        all.into_iter().map(|one| one.join().expect("no panic")).sum()
    });
    assert_eq!(wins, 1, "{}", one.shown());
}

#[test]
fn memory_is_a_place() {
    let memory = Memory::default();
    struct Borrowed<'a>(&'a Memory);
    impl Keeper for Borrowed<'_> {
        fn shown(&self) -> crate::message::Message {
            self.0.shown()
        }
        fn read(&self) -> Result<(Option<Vec<u8>>, super::Version), super::KeeperError> {
            self.0.read()
        }
        fn write(&self, bytes: &[u8], version: &super::Version) -> Result<Written, super::KeeperError> {
            self.0.write(bytes, version)
        }
        fn has_mark(&self) -> Result<bool, super::KeeperError> {
            self.0.has_mark()
        }
        fn mark(&self) -> Result<(), super::KeeperError> {
            self.0.mark()
        }
    }
    holds(&|| Box::new(Borrowed(&memory)));
}

#[test]
fn a_file_is_a_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("deep/ledger.json");
    holds(&|| Box::new(FileKeeper::new(&path)));
}

fn git(folder: &Path, arguments: &[&str]) {
    let output = Command::new("git").current_dir(folder).args(arguments).output().expect("git");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_ref_of_a_remote_repository_is_a_place() {
    let folder = tempfile::tempdir().expect("a folder");
    git(folder.path(), &["init", "--quiet", "--bare", "remote.git"]);
    let clones: Mutex<usize> = Mutex::new(0);
    // Each runner has its own clone, as in CI.
    let open = || -> Box<dyn Keeper> {
        let mut count = clones.lock().expect("no panic");
        *count += 1;
        let name = format!("clone{count}");
        git(folder.path(), &["init", "--quiet", &name]);
        let clone = folder.path().join(&name);
        git(&clone, &["remote", "add", "origin", "../remote.git"]);
        Box::new(GitKeeper::new(Repository::around(&clone, None).expect("a repository"), "origin"))
    };
    holds(&open);
}

#[test]
fn a_remote_that_does_not_exist_is_an_error_with_a_way_out() {
    let folder = tempfile::tempdir().expect("a folder");
    git(folder.path(), &["init", "--quiet", "."]);
    let keeper = GitKeeper::new(Repository::around(folder.path(), None).expect("a repository"), "origin");
    let error = keeper.read().expect_err("no remote");
    assert!(error.message.contains("origin") && error.help.contains("remote"), "{error:?}");
}

/// An object store in memory, with only what a ledger needs.
#[derive(Default)]
struct Objects {
    honours: bool,
    files: Mutex<BTreeMap<String, (Vec<u8>, u64)>>,
}

/// The same objects for several runners.
struct Shared<'a>(&'a Objects);

impl Store for Shared<'_> {
    fn shown(&self) -> String {
        "s3://test".to_owned()
    }

    fn read(&self, path: &str) -> Result<Option<(Vec<u8>, deploy::Version)>, StoreError> {
        let files = self.0.files.lock().expect("no panic");
        let found = files.get(path).map(|(bytes, n)| {
            (bytes.clone(), deploy::Version { tag: Some(n.to_string()), generation: None })
        });
        Ok(found)
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let mut files = self.0.files.lock().expect("no panic");
        let next = files.values().map(|(_, n)| n + 1).max().unwrap_or_default();
        files.insert(path.to_owned(), (bytes.to_vec(), next));
        Ok(())
    }

    fn create(&self, path: &str, bytes: &[u8]) -> Result<deploy::Written, StoreError> {
        let mut files = self.0.files.lock().expect("no panic");
        if self.0.honours && files.contains_key(path) {
            return Ok(deploy::Written::Refused);
        }
        let next = files.values().map(|(_, n)| n + 1).max().unwrap_or_default();
        files.insert(path.to_owned(), (bytes.to_vec(), next));
        Ok(deploy::Written::Yes)
    }

    fn replace(
        &self,
        path: &str,
        bytes: &[u8],
        version: &deploy::Version,
    ) -> Result<deploy::Written, StoreError> {
        let mut files = self.0.files.lock().expect("no panic");
        let found = files.get(path).map(|(_, n)| n.to_string());
        if self.0.honours && found != version.tag {
            return Ok(deploy::Written::Refused);
        }
        let next = files.values().map(|(_, n)| n + 1).max().unwrap_or_default();
        files.insert(path.to_owned(), (bytes.to_vec(), next));
        Ok(deploy::Written::Yes)
    }

    fn put(&self, _: &[deploy::SiteFile<'_>]) -> Result<(), StoreError> {
        unreachable!("a ledger sends no files")
    }

    fn remove(&self, _: &[&str]) -> Result<(), StoreError> {
        unreachable!("a ledger removes nothing")
    }

    fn existing(&self, _: &[&str]) -> Result<BTreeSet<String>, StoreError> {
        unreachable!("a ledger asks for no files")
    }

    fn differing(&self, _: &[deploy::SiteFile<'_>]) -> Result<BTreeSet<String>, StoreError> {
        unreachable!("a ledger compares no files")
    }
}

#[test]
fn an_object_is_a_place_where_the_store_honours_conditions() {
    let objects = Objects { honours: true, ..Objects::default() };
    holds(&|| Box::new(ObjectKeeper::new(Box::new(Shared(&objects)))));
}

#[test]
fn a_store_that_overwrites_is_refused_as_a_place() {
    let objects = Objects::default();
    let keeper = ObjectKeeper::new(Box::new(Shared(&objects)));
    let error = keeper.write(b"{}", &None).expect_err("a store that overwrites");
    assert!(error.message.contains("two runners") && error.help.contains("git"), "{error:?}");
}
