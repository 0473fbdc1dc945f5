//! Tests of a broken or missing manifest, builds on two hosts at once, and folders that are removed
//! during a build.

use std::path::PathBuf;

use super::*;
use Rank::{Home, Leaf};

struct Shop {
    _temp: tempfile::TempDir,
    out: PathBuf,
    spare: PathBuf,
}

impl Shop {
    fn new() -> Shop {
        let temp = tempdir();
        let (out, spare) = (temp.path().join("site"), temp.path().join("spare.json"));
        Shop { _temp: temp, out, spare }
    }

    fn open(&self) -> Result<Publication, Error> {
        Publication::open(&self.out, Options { spare: Some(&self.spare), ..Options::default() })
    }

    fn build(&self, site: &Site) -> Result<Report, Error> {
        finish(self.open()?, site)
    }

    fn manifest(&self) -> PathBuf {
        self.out.join("manifest.json")
    }

    /// The only part that contains a text.
    fn part(&self, text: &str) -> PathBuf {
        let folder = self.out.join("manifest");
        let names = RealFileSystem.names(&folder).unwrap();
        let mut paths = names.iter().map(|name| folder.join(name));
        paths.find(|path| fs::read_to_string(path).unwrap().contains(text)).unwrap()
    }
}

/// A disk on which no step fails.
fn sound() -> Faulty {
    Faulty::new(Fault::Once, usize::MAX)
}

/// A disk on which something happens before one step.
fn before_step(at: usize, work: impl Fn() + Send + Sync + 'static) -> Faulty {
    let place = sound();
    let steps = Arc::clone(&place.steps);
    let watch = move || {
        if steps.load(SeqCst) == at {
            work();
        }
    };
    Faulty { watch: Some(Arc::new(watch)), ..place }
}

fn build_with(place: Faulty, out: &Path, spare: &Path, site: &Site) -> Result<Report, Error> {
    let options = Options { spare: Some(spare), ..Options::default() };
    finish(Publication::open_in(Box::new(place), out, options)?, site)
}

fn old() -> Site {
    site(&[
        ("index.html", Home, "a/b.html\nc.html\n#1"),
        ("a/b.html", Leaf, "#one"),
        ("c.html", Leaf, "#three"),
        ("z.html", Leaf, "#old"),
    ])
}

/// A second site: another home page, another page of the same size, and one page less.
fn new() -> Site {
    site(&[("index.html", Home, "a/b.html\n#2"), ("a/b.html", Leaf, "#two"), ("z.html", Leaf, "#old")])
}

/// The broken forms of a manifest that still count as ours.
fn broken(whole: &[u8]) -> Vec<Vec<u8>> {
    let text = String::from_utf8(whole.to_vec()).unwrap();
    let mut zeros_at_the_end = whole.to_vec();
    zeros_at_the_end[120..].fill(0);
    let mut zeros_first = whole.to_vec();
    zeros_first[..90].fill(0);
    let mut not_utf8 = whole.to_vec();
    not_utf8[150] = 0xff;
    let line = text.lines().find(|line| line.contains("\"leaf\"")).unwrap();
    let twice = text.replace(line, &format!("{line}\n{line}"));
    let wrong = text.replace("\"size\": ", "\"size\": -");
    let mut all: Vec<Vec<u8>> = (0..whole.len() - 1).map(|length| whole[..length].to_vec()).collect();
    all.extend([vec![0; 4096], zeros_at_the_end, zeros_first, not_utf8, twice.into(), wrong.into()]);
    all.push(text.replace("\"parts\": {", "\"parts\": [").into());
    all
}

#[test]
fn a_broken_manifest_blocks_no_build_where_its_copy_is_there() {
    let shop = Shop::new();
    shop.build(&old()).unwrap();
    let whole = fs::read(shop.manifest()).unwrap();
    for bytes in broken(&whole) {
        shop.build(&old()).unwrap();
        fs::write(shop.manifest(), &bytes).unwrap();
        // The recovered hash of a page is not trusted either.
        fs::write(shop.out.join("a/b.html"), "#eno").unwrap();
        let publication = shop.open().unwrap();
        let recovery = publication.recovery().unwrap().clone();
        assert!(
            recovery.line.contains("manifest.json") && recovery.announced_until.is_none(),
            "{recovery:?}"
        );
        let report = finish(publication, &new()).unwrap();
        // Two pages, two parts and the head; one page and two parts.
        assert_eq!((report.written, report.removed), (5, 3));
        assert_holds(&tree(&shop.out), &new(), &[]);
        assert!(shop.open().unwrap().recovery().is_none());
    }
}

#[test]
fn a_broken_manifest_without_a_copy_is_mended_where_the_files_say_it() {
    let shop = Shop::new();
    build(&shop.out, &old());
    let whole = fs::read(shop.manifest()).unwrap();
    for bytes in broken(&whole) {
        fs::write(shop.manifest(), &bytes).unwrap();
        let publication = Publication::open(&shop.out, Options::default()).unwrap();
        assert!(publication.recovery().is_some());
        assert_eq!(finish(publication, &old()).unwrap().written, 1);
        assert_holds(&tree(&shop.out), &old(), &[]);
    }
    // Files that half a part still lists are ours, and are removed if they are not wanted.
    for head in [whole, Vec::new()] {
        build(&shop.out, &old());
        let leaves = shop.part("\"z.html\"");
        let half = fs::read_to_string(&leaves).unwrap();
        fs::write(&leaves, &half[..half.find("\"z.html\"").unwrap()]).unwrap();
        fs::write(shop.manifest(), head).unwrap();
        build(&shop.out, &new());
        assert_holds(&tree(&shop.out), &new(), &[]);
    }
}

#[test]
fn a_file_that_nothing_knows_any_more_is_kept_and_the_way_out_is_named() {
    let shop = Shop::new();
    build(&shop.out, &old());
    fs::write(shop.manifest(), "").unwrap();
    fs::remove_dir_all(shop.out.join("manifest")).unwrap();
    let before = tree(&shop.out);
    let error = build_in(RealFileSystem, &shop.out, &new()).unwrap_err();
    assert_eq!(error.kind(), Kind::Foreign);
    assert!(error.help().contains("Move the published folder away"), "{}", error.help());
    assert_eq!(tree(&shop.out), before);
}

#[test]
fn a_broken_manifest_says_until_when_all_was_announced_where_its_list_is_lost() {
    let shop = Shop::new();
    build(&shop.out, &old());
    let text = fs::read_to_string(shop.manifest()).unwrap();
    let announced_until = |text: &str| {
        fs::write(shop.manifest(), text).unwrap();
        let publication = Publication::open(&shop.out, Options::default()).unwrap();
        publication.recovery().unwrap().announced_until
    };
    let line = text.find("\"entries\"").unwrap();
    let line = line + text[line..].find('\n').unwrap();
    assert_eq!(announced_until(&text[..line]), None, "every part of what was told is known");
    let modified = |path: &Path| RealFileSystem.modified(path).unwrap();
    // The line of another part with events may have followed.
    let until = announced_until(&text[..text.find("\"told\"").unwrap() + 9]);
    assert_eq!(until, Some(modified(&shop.manifest())));
    fs::remove_file(shop.part("\"told\"")).unwrap();
    assert_eq!(announced_until(&text), Some(modified(&shop.manifest())));
}

#[test]
fn files_of_others_survive_a_broken_manifest() {
    let shop = Shop::new();
    shop.build(&old()).unwrap();
    fs::write(shop.out.join("CNAME"), "mine").unwrap();
    fs::write(shop.out.join("d.html"), "mine").unwrap();
    fs::write(shop.manifest(), "").unwrap();
    shop.build(&new()).unwrap();
    assert_holds(&tree(&shop.out), &new(), &["CNAME", "d.html"]);
    fs::write(shop.manifest(), "").unwrap();
    let more = site(&[("index.html", Home, "d.html"), ("d.html", Leaf, "ours")]);
    assert_eq!(shop.build(&more).unwrap_err().kind(), Kind::Foreign);
    assert_eq!(fs::read(shop.out.join("d.html")).unwrap(), b"mine");
}

#[test]
fn a_manifest_that_is_gone_is_known_by_the_files_beside_it() {
    let shop = Shop::new();
    shop.build(&old()).unwrap();
    fs::remove_file(shop.manifest()).unwrap();
    fs::remove_file(shop.out.join("c.html")).unwrap();
    shop.build(&new()).unwrap();
    assert_holds(&tree(&shop.out), &new(), &[]);
    // With one file that we did not publish, the folder belongs to another program.
    fs::remove_file(shop.manifest()).unwrap();
    fs::write(shop.out.join("index.html"), "mine").unwrap();
    assert_eq!(shop.build(&new()).unwrap_err().kind(), Kind::Foreign);
}

#[test]
fn a_broken_journal_still_says_which_files_are_ours() {
    let temp = tempdir();
    let out = temp.path().join("site");
    build(&out, &new());
    // A build that added a page was interrupted, and half of its journal is left.
    fs::write(out.join("c.html"), "#half").unwrap();
    fs::write(out.join(".noroshi-journal"), r#"{"writes":["c.html","index.html"],"removals":["a/"#).unwrap();
    build(&out, &old());
    assert_holds(&tree(&out), &old(), &[]);
}

#[test]
fn two_builds_that_no_lock_keeps_apart_never_leave_a_manifest_that_is_wrong() {
    let other = site(&[
        ("index.html", Home, "a/b.html\n#3"),
        ("a/b.html", Leaf, "#six"),
        ("e.html", Leaf, "#5"),
        ("z.html", Leaf, "#new"),
    ]);
    for at in 0.. {
        let shop = Shop::new();
        let out = shop.out.clone();
        shop.build(&old()).unwrap();
        // The second build runs completely before one step of the first: removing the lock file is
        // enough for that.
        let (inner, second, spare) = (out.clone(), other.clone(), shop.spare.clone());
        let place = before_step(at, move || {
            let _ = fs::remove_file(inner.with_file_name(".site.noroshi-lock"));
            let foreign = Faulty { hides_stages: true, ..sound() };
            let _ = build_with(foreign, &inner, &spare, &second);
        });
        let _ = build_with(place.clone(), &out, &shop.spare, &new());
        if place.steps.load(SeqCst) <= at {
            break;
        }
        let found = tree(&out);
        if !found.contains_key(".noroshi-journal") {
            let manifest = whole(&found).expect("a whole manifest");
            for (path, entry) in &manifest.files {
                let bytes = found.get(path).and_then(Option::as_ref).unwrap();
                assert_eq!(Entry::of(bytes), *entry, "{path} at step {at}");
            }
        }
        shop.build(&new()).unwrap();
        let mut found = tree(&out);
        found.retain(|path, _| !path.starts_with(STAGE));
        assert_holds(&found, &new(), &[]);
    }
}

/// Removes something before each step of a build, one after the other, and builds again.
fn removed(what: impl Fn(&Path) + Send + Sync + Clone + 'static, first: Option<&Site>) {
    for at in 0.. {
        let shop = Shop::new();
        if let Some(first) = first {
            shop.build(first).unwrap();
        }
        let (out, what) = (shop.out.clone(), what.clone());
        let place = before_step(at, move || what(&out));
        let result = build_with(place.clone(), &shop.out, &shop.spare, &new());
        if let Err(error) = &result {
            assert!(matches!(error.kind(), Kind::Io | Kind::Locked), "step {at}: {error}");
        }
        if place.steps.load(SeqCst) <= at {
            assert!(result.is_ok());
            break;
        }
        shop.build(&new()).unwrap_or_else(|error| panic!("step {at}: {error}"));
        assert_holds(&tree(&shop.out), &new(), &[]);
    }
}

#[test]
fn a_published_folder_may_be_removed_before_any_step_of_a_build() {
    let what = |out: &Path| _ = fs::remove_dir_all(out);
    removed(what, Some(&old()));
    removed(what, None);
}

#[test]
fn a_stage_may_be_removed_before_any_step_of_a_build() {
    let what = |out: &Path| {
        for folder in [out, out.parent().unwrap()] {
            for name in RealFileSystem.names(folder).unwrap_or_default() {
                if name.to_string_lossy().contains("noroshi-stage") {
                    let _ = fs::remove_dir_all(folder.join(name));
                }
            }
        }
    };
    removed(what, Some(&old()));
    removed(what, None);
}

#[test]
fn half_of_a_published_folder_may_be_removed_before_any_step_of_a_build() {
    // Like an unfinished `rm -rf` that finds a file written meanwhile.
    let what = |out: &Path| {
        let _ = fs::remove_file(out.join("manifest.json"));
        let _ = fs::remove_file(out.join(".noroshi-journal"));
        let _ = fs::remove_dir_all(out.join("a"));
    };
    removed(what, Some(&old()));
    removed(what, None);
}

// The standard library sets the time of a folder on Unix only.
#[cfg(unix)]
#[test]
fn a_stage_of_another_host_is_kept_while_it_may_be_in_use() {
    let shop = Shop::new();
    shop.build(&old()).unwrap();
    let foreign = [
        shop.out.join(".noroshi-stage-00000000-1"),
        shop.out.with_file_name(".site.noroshi-stage-00000000-1"),
    ];
    let ours = [
        shop.out.join(format!(".noroshi-stage-{}-1", super::super::stage::host())),
        shop.out.join(".noroshi-stage"),
        shop.out.with_file_name(format!(".site.noroshi-stage-{}-1", super::super::stage::host())),
    ];
    foreign.iter().chain(&ours).for_each(|path| fs::create_dir(path).unwrap());
    shop.build(&old()).unwrap();
    assert!(foreign.iter().all(|path| path.exists()) && !ours.iter().any(|path| path.exists()));
    for path in &foreign {
        let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(3_700);
        fs::File::open(path).unwrap().set_modified(long_ago).unwrap();
    }
    shop.build(&old()).unwrap();
    assert!(!foreign.iter().any(|path| path.exists()));
}
