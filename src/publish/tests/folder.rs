//! Tests of which files are ours, and that no other file is ever touched.

use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::PathBuf;

use super::*;
use Rank::{Home, Leaf};

fn home() -> Site {
    site(&[("index.html", Home, "a/b.html"), ("a/b.html", Leaf, "")])
}

fn forced(out: &Path, site: &Site) -> Result<Report, Error> {
    finish(Publication::open(out, Options { force: true, ..Options::default() })?, site)
}

fn temp() -> (tempfile::TempDir, PathBuf) {
    let temp = tempdir();
    let out = temp.path().join("site");
    fs::create_dir(&out).unwrap();
    (temp, out)
}

#[test]
fn what_does_not_change_is_not_touched() {
    let (_temp, out) = temp();
    build(&out, &home());
    let times = || {
        let look = |path: &String| {
            let found = fs::metadata(out.join(path)).unwrap();
            (found.ino(), found.ctime(), found.ctime_nsec())
        };
        tree(&out).keys().map(look).chain([look(&String::new())]).collect::<Vec<_>>()
    };
    let before = times();
    build(&out, &home());
    assert_eq!(times(), before);
}

#[test]
fn a_folder_keeps_its_permissions() {
    let (_temp, out) = temp();
    fs::set_permissions(&out, fs::Permissions::from_mode(0o750)).unwrap();
    build(&out, &home());
    assert_eq!(fs::metadata(&out).unwrap().mode() & 0o777, 0o750);
}

#[test]
fn a_file_that_was_deleted_or_cut_comes_back() {
    let (_temp, out) = temp();
    build(&out, &home());
    fs::remove_dir_all(out.join("a")).unwrap();
    fs::write(out.join("index.html"), "").unwrap();
    assert_eq!(build(&out, &home()).written, 2);
    assert_clean(&out, &home(), &[]);
}

#[test]
fn a_folder_with_other_files_is_refused_unless_forced() {
    let (_temp, out) = temp();
    fs::create_dir(out.join("a")).unwrap();
    fs::write(out.join("a/mine"), "mine").unwrap();
    assert_eq!(build_in(RealFileSystem, &out, &home()).unwrap_err().kind(), Kind::Foreign);
    assert_eq!(tree(&out).len(), 2);
    forced(&out, &home()).unwrap();
    assert_clean(&out, &home(), &["a/mine"]);
    build(&out, &site(&[("index.html", Home, "")]));
    assert!(out.join("a/mine").exists());
}

#[test]
fn a_foreign_file_at_our_address_is_named_and_kept_also_when_forced() {
    for place in ["a/b.html", "a", "a/b.html/c"] {
        let (_temp, out) = temp();
        build(&out, &site(&[("index.html", Home, "")]));
        fs::create_dir_all(out.join(place).parent().unwrap()).unwrap();
        fs::write(out.join(place), "mine").unwrap();
        let before = tree(&out);
        for force in [false, true] {
            let publication = Publication::open(&out, Options { force, ..Options::default() }).unwrap();
            let error = finish(publication, &home()).unwrap_err();
            assert_eq!((error.kind(), error.path()), (Kind::Foreign, out.join(place).as_path()));
            assert_eq!(tree(&out), before);
        }
    }
}

#[test]
fn a_copy_of_the_site_without_manifest_is_adopted_when_forced() {
    let (_temp, out) = temp();
    build(&out, &home());
    fs::remove_file(out.join("manifest.json")).unwrap();
    assert_eq!(build_in(RealFileSystem, &out, &home()).unwrap_err().kind(), Kind::Foreign);
    assert_eq!(forced(&out, &home()).unwrap().written, 1);
    assert_clean(&out, &home(), &[]);
}

#[test]
fn another_programs_manifest_is_foreign_also_when_forced() {
    for text in
        ["{}", "[]", "mine", r#"{"name": "An app", "icons": []}"#, r#"{"generator": "other 1", "files": {}}"#]
    {
        let (_temp, out) = temp();
        fs::write(out.join("manifest.json"), text).unwrap();
        assert_eq!(forced(&out, &home()).unwrap_err().kind(), Kind::Foreign);
        assert_eq!(fs::read_to_string(out.join("manifest.json")).unwrap(), text);
    }
}

#[test]
fn left_over_stages_count_as_nothing() {
    let (temp, out) = temp();
    fs::create_dir(out.join(STAGE)).unwrap();
    fs::write(out.join(STAGE).join("0"), "half").unwrap();
    fs::write(out.join(".noroshi-journal"), "").unwrap();
    let beside = temp.path().join(".site.noroshi-stage");
    fs::create_dir(&beside).unwrap();
    fs::write(beside.join("stray.html"), "half").unwrap();
    fs::write(temp.path().join(".site.noroshi-lock"), "").unwrap();
    build(&out, &home());
    assert_clean(&out, &home(), &[]);
}

#[test]
fn a_broken_journal_casts_doubt_on_every_file() {
    let (_temp, out) = temp();
    build(&out, &home());
    fs::write(out.join("index.html"), "a/x.html").unwrap();
    fs::write(out.join(".noroshi-journal"), "{").unwrap();
    assert_eq!(build(&out, &home()).written, 1);
    assert_clean(&out, &home(), &[]);
}

#[test]
fn nothing_that_a_forged_manifest_or_journal_names_outside_is_touched() {
    let (temp, out) = temp();
    let other = temp.path().join("other");
    fs::create_dir_all(other.join("empty")).unwrap();
    fs::write(other.join("kept"), "mine").unwrap();
    let before = tree(&other);
    build(&out, &home());
    symlink(&other, out.join("way")).unwrap();
    let absolute = other.join("kept").to_str().unwrap().to_owned();
    let paths =
        ["../other/kept", "way/kept", "way/empty/x", "a/../../other/kept", &absolute, ".noroshi-lock"];
    let manifest = fs::read_to_string(out.join("manifest.json")).unwrap();
    let entry = r#"{"sha256": "", "size": 4}"#;
    let lines = paths.map(|path| format!("{path:?}: {entry},")).concat();
    fs::write(out.join("manifest.json"), manifest.replace("\"files\": {", &format!("\"files\": {{{lines}")))
        .unwrap();
    let journal = serde_json::json!({ "writes": paths, "removals": paths, "kept": paths, "loose": paths });
    fs::write(out.join(".noroshi-journal"), journal.to_string()).unwrap();
    build(&out, &home());
    assert_eq!(tree(&other), before);

    let through = site(&[("index.html", Home, ""), ("way/kept", Leaf, "ours")]);
    assert_eq!(build_in(RealFileSystem, &out, &through).unwrap_err().kind(), Kind::Foreign);
    assert_eq!(tree(&other), before);
}

#[test]
fn a_link_to_a_folder_is_followed() {
    let (temp, out) = temp();
    let link = temp.path().join("link");
    symlink("site", &link).unwrap();
    build(&link, &home());
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_clean(&out, &home(), &[]);
}

#[test]
fn two_files_at_one_address_are_an_error() {
    let (_temp, out) = temp();
    let file = |path: &str| File { path: path.to_owned(), rank: Rank::Leaf, bytes: vec![] };
    for old in [None, Some(home())] {
        old.map(|site| build(&out, &site));
        let before = tree(&out);
        for [one, two] in [["a", "a"], ["a", "a/b"], ["a/b/c", "a"]] {
            let publication = Publication::open(&out, Options::default()).unwrap();
            let stage = |path| publication.stage(&file(path), |_| Ok::<_, Infallible>(()));
            let staged = [stage("a-b"), stage(one), stage(two)].into_iter().collect::<Result<Vec<_>, _>>();
            let error = match staged {
                Ok(staged) => publication.commit(staged, &stamp("now")).unwrap_err(),
                Err(StageError::Publish(error)) => error,
                Err(StageError::Inspect(never)) => match never {},
            };
            assert_eq!(error.kind(), Kind::Address);
        }
        assert_eq!(tree(&out), before);
    }
    for path in ["", "/a", "a//b", "a/", "../a", "a/./b", "manifest.json", ".noroshi-stage/0"] {
        let publication = Publication::open(&out, Options::default()).unwrap();
        let error = publication.stage(&file(path), |_| Ok::<_, Infallible>(())).unwrap_err();
        assert!(matches!(error, StageError::Publish(error) if error.kind() == Kind::Address));
    }
}

#[test]
fn a_file_that_the_inspection_refuses_never_reaches_the_disk() {
    let (temp, out) = temp();
    for before in [None, Some(home())] {
        before.map(|site| build(&out, &site));
        let state = tree(temp.path());
        let publication = Publication::open(&out, Options::default()).unwrap();
        let file = File { path: "x.html".to_owned(), rank: Rank::Leaf, bytes: b"secret".to_vec() };
        assert!(matches!(publication.stage(&file, |_| Err("private")), Err(StageError::Inspect("private"))));
        drop(publication);
        assert_eq!(tree(temp.path()), state);
    }
}
