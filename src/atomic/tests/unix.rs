//! Tests with permissions and symbolic links of Unix.

use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};

use super::*;

#[test]
fn a_replaced_file_keeps_its_permissions_and_a_link_its_target() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("a"), "old").unwrap();
    fs::set_permissions(path("a"), fs::Permissions::from_mode(0o640)).unwrap();
    symlink("a", path("link")).unwrap();
    let mut batch = Batch::new(Overwrite::File);
    batch.add(&path("link"), b"new").unwrap();
    batch.add_with_mode(&path("run"), b"#!/bin/sh", Some(0o755)).unwrap();
    batch.commit().unwrap();
    assert!(path("link").symlink_metadata().unwrap().is_symlink());
    assert_eq!(fs::read(path("a")).unwrap(), b"new");
    assert_eq!(fs::metadata(path("a")).unwrap().mode() & 0o777, 0o640);
    assert_eq!(fs::metadata(path("run")).unwrap().mode() & 0o777, 0o755);
}

#[test]
fn a_folder_or_a_link_to_nothing_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("a")).unwrap();
    symlink("nowhere", folder.path().join("b")).unwrap();
    for name in ["a", "b"] {
        assert!(Batch::new(Overwrite::File).add(&folder.path().join(name), b"x").is_err(), "{name}");
    }
    assert_eq!(names(folder.path()), ["a", "b"]);
}
