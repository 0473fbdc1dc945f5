//! Tests of the parts of a manifest.

use std::cell::RefCell;

use super::*;
use crate::publish::manifest_text::{Part, Text};
use crate::publish::{PartError, ReadError, Staged, read_manifest, read_with};
use Rank::{Asset, Home, Leaf, List};

/// The files of a site as publishing knows them, sorted by path. `versions` counts the changes of a page.
fn pages(count: usize, version: impl Fn(usize) -> usize) -> Vec<Staged> {
    let mut all: Vec<Staged> = (0..count)
        .map(|number| {
            let path = format!("incidents/incident-{number}/index.html");
            let entry = Entry::of(format!("{number} {}", version(number)).as_bytes());
            Staged { path, rank: Leaf, entry, source: None, is_compared: false }
        })
        .collect();
    all.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    all
}

fn text_of(staged: &[Staged]) -> BTreeMap<String, String> {
    let stamp = stamp("2026-01-01T00:00:00Z");
    let text = Text::new(&stamp, staged);
    let mut files: BTreeMap<String, String> =
        text.parts.into_iter().map(|part| (part.path, part.json)).collect();
    files.insert("manifest.json".to_owned(), String::from_utf8(text.head).unwrap());
    files
}

fn whole_of(files: &BTreeMap<String, String>) -> Manifest {
    let head = Head::parse(files["manifest.json"].as_bytes()).unwrap();
    head.whole(|path, _| files.get(path).map(|part| part.clone().into_bytes()).ok_or(())).unwrap()
}

/// The number of files of a manifest that another does not have, besides the head.
fn changed(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> usize {
    after.keys().filter(|path| !before.contains_key(*path)).count()
}

#[test]
fn a_file_that_changes_or_comes_changes_one_part_and_moves_no_other_boundary() {
    let before = text_of(&pages(4_000, |_| 0));
    assert!((12..=24).contains(&before.len()), "{} files", before.len());
    let edited = text_of(&pages(4_000, |number| usize::from(number == 1_234)));
    assert_eq!(changed(&before, &edited), 1);
    for count in 4_001..4_040 {
        // A new file at which a part ends makes two of one.
        let more = text_of(&pages(count, |_| 0));
        let fewer = text_of(&pages(count - 1, |_| 0));
        assert!((1..=2).contains(&changed(&fewer, &more)) && changed(&more, &fewer) == 1, "{count}");
    }
    assert_eq!(text_of(&pages(4_000, |_| 0)), before);
}

#[test]
fn a_part_ends_at_its_limit_whatever_its_paths_are() {
    let long = "x".repeat(2_000);
    let path = |number: usize| format!("{number:04}-{long}");
    let file = |number| Staged {
        path: path(number),
        rank: Leaf,
        entry: Entry::of(b""),
        source: None,
        is_compared: false,
    };
    let all: Vec<Staged> = (0..3_000).map(file).collect();
    let files = text_of(&all);
    assert_eq!(whole_of(&files).files.len(), 3_000);
    assert!(files.values().all(|part| part.len() < (1 << 20) + (4 << 10)));
}

#[test]
fn a_manifest_comes_back_whole_from_its_parts_and_from_one_file() {
    let mut staged = pages(600, |_| 0);
    for (path, rank) in [("s.css", Asset), ("feed.xml", List), ("index.html", Home), ("a\"\n.html", Leaf)] {
        staged.push(Staged {
            path: path.to_owned(),
            rank,
            entry: Entry::of(b"x"),
            source: None,
            is_compared: false,
        });
    }
    staged.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    let ids = (0..2_000).map(|number| format!("id-{number}")).collect();
    let entry =
        |number: usize| Listed { page: Some(format!("p/{number}/")), open: false, text: "1-ab".to_owned() };
    let stamp = Stamp {
        next_change: Some("2026-01-02T00:00:00Z".to_owned()),
        announced: ids,
        addresses: Some("files".to_owned()),
        entries: (0..900).map(|number| (format!("page/{number}"), entry(number))).collect(),
        ..stamp("2026-01-01T00:00:00Z")
    };
    let text = Text::new(&stamp, &staged);
    let one_file = text.inline();
    let head = String::from_utf8(text.head.clone()).unwrap();
    assert!(head.contains("\n  \"next_change\": \"2026-01-02T00:00:00Z\",\n  \"parts\": {\n"), "{head}");
    let parts: BTreeMap<String, Part> =
        text.parts.into_iter().map(|part| (part.path.clone(), part)).collect();
    let parsed = Head::parse(&text.head).unwrap();
    assert_eq!(parsed.next_change, stamp.next_change);
    assert!(parsed.parts().count() > 10 && parsed.parts().all(|(path, entry)| parts[path].entry == *entry));
    let manifest = parsed.whole(|path, _| Ok::<_, ()>(parts[path].json.clone().into_bytes())).unwrap();
    assert_eq!(manifest.announced.as_ref(), Some(&stamp.announced));
    assert_eq!(manifest.entries.as_ref(), Some(&stamp.entries));
    assert_eq!(manifest.addresses, stamp.addresses);
    assert_eq!(manifest.effective, stamp.effective);
    for file in &staged {
        assert_eq!((&manifest.files[&file.path], manifest.rank(&file.path)), (&file.entry, file.rank));
    }
    assert_eq!(manifest.files.len(), staged.len());
    for one_file in [one_file, manifest.to_json()] {
        let read = Head::parse(one_file.as_bytes()).unwrap().whole(|_, _| Err(())).unwrap();
        // One file does not say in how many parts it was published, and no ranks.
        assert_eq!(
            Manifest { parts: manifest.parts.clone(), ranks: manifest.ranks.clone(), ..read },
            manifest
        );
    }
}

#[test]
fn a_manifest_that_an_older_version_wrote_is_read_and_replaced_by_the_next_build() {
    let temp = tempdir();
    let out = temp.path().join("site");
    let old = site(&[("index.html", Home, "a.html"), ("a.html", Leaf, "#1")]);
    let new = site(&[("index.html", Home, "a.html"), ("a.html", Leaf, "#2")]);
    build(&out, &old);
    let before = read_manifest(&out).unwrap();
    fs::write(out.join("manifest.json"), before.to_json()).unwrap();
    fs::remove_dir_all(out.join("manifest")).unwrap();
    let inline = read_manifest(&out).unwrap();
    assert_eq!((inline.files, inline.announced), (before.files, before.announced));
    let publication = Publication::open(&out, Options::default()).unwrap();
    assert!(publication.recovery().is_none());
    // The page, the head and its four parts.
    assert_eq!(finish(publication, &new).unwrap().written, 6);
    assert_clean(&out, &new, &[]);
}

#[test]
fn a_part_that_is_missing_or_broken_is_named_and_mended() {
    let of = site(&[("index.html", Home, "a.html"), ("a.html", Leaf, "#1"), ("b.html", Leaf, "")]);
    let less = site(&[("index.html", Home, ""), ("a.html", Leaf, "#2")]);
    let temp = tempdir();
    let (out, spare) = (temp.path().join("site"), temp.path().join("spare.json"));
    let open =
        |spare: Option<&Path>| Publication::open(&out, Options { spare, ..Options::default() }).unwrap();
    let count = {
        finish(open(Some(&spare)), &of).unwrap();
        read_manifest(&out).unwrap().parts.len()
    };
    for at in 0..count {
        for (word, damage) in [("missing", None), ("empty", Some("")), ("broken", Some("{\n  \"ra"))] {
            for next in [&of, &less] {
                finish(open(Some(&spare)), &of).unwrap();
                let path = read_manifest(&out).unwrap().parts.into_keys().nth(at).unwrap();
                match damage {
                    Some(text) => fs::write(out.join(&path), text).unwrap(),
                    None => fs::remove_file(out.join(&path)).unwrap(),
                }
                assert!(read_manifest(&out).is_none());
                let publication = open(Some(&spare));
                let recovery = publication.recovery().unwrap().clone();
                assert!(recovery.line.contains(&format!("{path}` was {word}:")), "{recovery:?}");
                assert_eq!(recovery.announced_until, None);
                finish(publication, next).unwrap();
                assert_holds(&tree(&out), next, &[]);
                assert!(open(Some(&spare)).recovery().is_none());
            }
        }
    }
    // A page stays where only the lost part knew it, and its bytes are not those of the site.
    finish(open(None), &of).unwrap();
    let leaves = tree(&out).into_iter().find(|(path, bytes)| {
        crate::address::is_part(path) && String::from_utf8_lossy(bytes.as_ref().unwrap()).contains("b.html")
    });
    fs::remove_file(out.join(leaves.unwrap().0)).unwrap();
    let before = tree(&out);
    assert_eq!(finish(open(None), &less).unwrap_err().kind(), Kind::Foreign);
    assert_eq!(tree(&out), before);
    finish(open(None), &of).unwrap();
    assert_holds(&tree(&out), &of, &[]);
}

#[test]
fn files_of_others_and_pages_may_stand_beside_the_parts() {
    let temp = tempdir();
    let out = temp.path().join("site");
    let of = site(&[("index.html", Home, "manifest/index.html"), ("manifest/index.html", Leaf, "")]);
    build(&out, &of);
    assert_clean(&out, &of, &[]);
    let foreign = ["manifest/0123456789abcdef.json", "manifest/notes.txt"];
    for path in foreign {
        fs::write(out.join(path), "mine").unwrap();
    }
    for next in [site(&[("index.html", Home, "")]), of] {
        build(&out, &next);
        assert_clean(&out, &next, &foreign);
    }
    // Also where the head is broken: these files are none of ours.
    fs::write(out.join("manifest.json"), "").unwrap();
    let next = site(&[("index.html", Home, "manifest/index.html"), ("manifest/index.html", Leaf, "")]);
    build(&out, &next);
    assert_clean(&out, &next, &foreign);
}

#[test]
fn a_foreign_file_at_the_path_of_a_part_is_named_and_kept() {
    let temp = tempdir();
    let out = temp.path().join("site");
    let old = site(&[("index.html", Home, "")]);
    let new = site(&[("index.html", Home, "a.html"), ("a.html", Leaf, "")]);
    build(&out, &new);
    let parts: Vec<String> = read_manifest(&out).unwrap().parts.into_keys().collect();
    build(&out, &old);
    let there = read_manifest(&out).unwrap().parts;
    let part = parts.iter().find(|part| !there.contains_key(*part)).unwrap();
    fs::write(out.join(part), "mine").unwrap();
    let before = tree(&out);
    let error = build_in(RealFileSystem, &out, &new).unwrap_err();
    assert_eq!((error.kind(), error.path().ends_with(part)), (Kind::Foreign, true), "{error}");
    assert_eq!(tree(&out), before);
}

#[test]
fn a_manifest_that_is_replaced_while_it_is_read_is_read_again() {
    let (old, new) = (text_of(&pages(600, |_| 0)), text_of(&pages(600, |_| 1)));
    // The build ends before the second part is read.
    let there = RefCell::new(&old);
    let mut reads = 0;
    let part = |path: &str, _: &Entry| {
        reads += 1;
        if reads == 2 {
            there.replace(&new);
        }
        there.borrow().get(path).map(|part| part.clone().into_bytes()).ok_or("gone")
    };
    let head = || Ok(there.borrow()["manifest.json"].clone().into_bytes());
    let (bytes, manifest) = read_with(head, part).unwrap();
    assert_eq!((bytes, manifest), (new["manifest.json"].clone().into_bytes(), whole_of(&new)));
}

#[test]
fn a_part_that_cannot_be_read_or_is_another_file_is_an_error_that_names_it() {
    let files = text_of(&pages(600, |_| 0));
    let head = || Ok::<_, &str>(files["manifest.json"].clone().into_bytes());
    let last = Head::parse(files["manifest.json"].as_bytes()).unwrap().parts().last().unwrap().0.to_owned();
    let read = |answer: Result<Vec<u8>, &'static str>| {
        read_with(
            head,
            |path, _| if path == last { answer.clone() } else { Ok(files[path].clone().into_bytes()) },
        )
    };
    assert_eq!(read(Err("gone")).unwrap_err(), ReadError::Part(PartError::Missing(last.clone(), "gone")));
    assert_eq!(read(Ok(b"{}".to_vec())).unwrap_err(), ReadError::Part(PartError::Wrong(last.clone())));
    assert_eq!(read_with(|| Ok::<_, ()>(b"{}".to_vec()), |_, _| Err(())).unwrap_err(), ReadError::Foreign);
    let mut large = files["manifest.json"].clone();
    let size = large.find("\"size\": ").unwrap() + 8;
    large.insert_str(size, "99999999");
    let head = || Ok::<_, ()>(large.clone().into_bytes());
    assert_eq!(read_with(head, |_, _| Err(())).unwrap_err(), ReadError::TooLarge);
    let error = PartError::Missing("manifest/x.json".to_owned(), "gone");
    assert_eq!(error.path(), "manifest/x.json");
    assert_eq!(error.to_string().as_str(), "cannot read its part `manifest/x.json`: gone");
}
