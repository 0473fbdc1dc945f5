//! Tests of atomic writes over every kind of existing file.

#[cfg(unix)]
mod unix;

use std::fs;
use std::path::Path;

use super::*;
use crate::limits::SYNCED_ONE_BY_ONE;

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn random_names_are_never_the_same() {
    let names: std::collections::HashSet<_> = (0..1_000).map(|_| random()).collect();
    assert_eq!(names.len(), 1_000);
    assert!(names.iter().all(|name| name.len() == 16));
}

#[test]
fn a_batch_puts_nothing_before_all_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (folder.path().join("a/b/one"), folder.path().join("two"));
    let mut batch = Batch::new(Overwrite::Nothing);
    batch.add(&one, b"1").unwrap();
    batch.add(&two, b"2").unwrap();
    assert!(!one.exists() && !two.exists());
    batch.commit().unwrap();
    assert_eq!((fs::read(&one).unwrap(), fs::read(&two).unwrap()), (b"1".to_vec(), b"2".to_vec()));
    assert_eq!(names(folder.path()), ["a", "two"]);
    assert_eq!(names(&folder.path().join("a/b")), ["one"]);
}

#[test]
fn a_batch_that_is_dropped_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut batch = Batch::new(Overwrite::File);
    batch.add(&folder.path().join("one"), b"1").unwrap();
    drop(batch);
    assert_eq!(names(folder.path()), Vec::<String>::new());
}

#[test]
fn a_file_that_came_meanwhile_is_kept_and_the_rest_is_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let mut batch = Batch::new(Overwrite::Nothing);
    for name in ["a", "b", "c"] {
        batch.add(&path(name), b"ours").unwrap();
    }
    fs::write(path("b"), "theirs").unwrap();
    let error = batch.commit().unwrap_err();
    assert_eq!((error.path, error.source.kind()), (path("b"), ErrorKind::AlreadyExists));
    assert_eq!(names(folder.path()), ["b"]);
    assert_eq!(fs::read(path("b")).unwrap(), b"theirs");
    let mut again = Batch::new(Overwrite::Nothing);
    assert_eq!(again.add(&path("b"), b"").unwrap_err().source.kind(), ErrorKind::AlreadyExists);
}

#[test]
fn many_files_are_synced_as_few_are() {
    let folder = tempfile::tempdir().unwrap();
    let mut batch = Batch::new(Overwrite::Nothing);
    for number in 0..=2 * SYNCED_ONE_BY_ONE {
        batch.add(&folder.path().join(number.to_string()), b"x").unwrap();
    }
    batch.commit().unwrap();
    assert_eq!(names(folder.path()).len(), 2 * SYNCED_ONE_BY_ONE + 1);
    assert_eq!(sync(&[folder.path().join("missing")]).unwrap_err().kind(), ErrorKind::NotFound);
}
