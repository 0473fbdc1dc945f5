//! Tests of which files are ours, and that no other file is ever touched.

#[cfg(unix)]
mod unix;

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
            let real = out.canonicalize().unwrap().join(place);
            assert_eq!((error.kind(), error.path()), (Kind::Foreign, real.as_path()));
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
    const PART: &str = "manifest/0123456789abcdef.json";
    for path in ["", "/a", "a//b", "a/", "../a", "a/./b", "manifest.json", ".noroshi-stage/0", PART] {
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
