//! Whichever step is the last, readers meet complete files and live links, and the next build
//! reaches the clean state.

use std::path::Path;
use std::sync::atomic::Ordering::SeqCst;

use proptest::prelude::*;

use super::*;
use Rank::{Asset, Home, Leaf, List};

pub(super) fn sites() -> [Site; 3] {
    let old = site(&[
        ("index.html", Home, "list.html\ns.css\n#1"),
        ("list.html", List, "a/index.html\nb/index.html"),
        ("a/index.html", Leaf, "b/index.html\n#1"),
        ("b/index.html", Leaf, "a/index.html"),
        ("s.css", Asset, "#1"),
    ]);
    let new = site(&[
        ("index.html", Home, "list.html\ns.css\nja/index.html\n#2"),
        ("ja/index.html", Home, "c/d/index.html\nindex.html"),
        ("list.html", List, "a/index.html\nc/d/index.html"),
        ("a/index.html", Leaf, "c/d/index.html\n#2"),
        ("c/d/index.html", Leaf, "a/index.html\nja/index.html\nt.css"),
        ("s.css", Asset, "t.css"),
        ("t.css", Asset, "#2"),
    ]);
    let third = site(&[
        ("index.html", Home, "list.html\n#3"),
        ("list.html", List, "b/index.html\nc/d/index.html\na/index.html"),
        // The page of the first site with the size of the second.
        ("a/index.html", Leaf, "c/d/index.html\n#3"),
        ("b/index.html", Leaf, "e/index.html"),
        ("c/d/index.html", Leaf, "e/index.html"),
        ("e/index.html", Leaf, "c/d/index.html"),
    ]);
    [old, new, third]
}

/// Makes each step of building `new` over `old` fail, one after the other, and then builds each of
/// `nexts`.
fn try_all(old: Option<&Site>, new: &Site, nexts: &[&Site], mounted: Option<bool>, links: bool) {
    for fault in [Fault::Crash, Fault::Full, Fault::Once] {
        for next in nexts {
            for at in 0.. {
                let temp = tempdir();
                let out = temp.path().join("site");
                let mut foreign = vec![];
                if let Some(old) = old {
                    build(&out, old);
                    fs::write(out.join("CNAME"), "mine").unwrap();
                    foreign.push("CNAME");
                }
                let before = tree(&out);
                let place = Faulty { mounted, ..Faulty::new(fault, at) };
                let result = build_in(place.clone(), &out, new);
                let known: Vec<_> = old.into_iter().chain([new, next]).collect();
                assert_alive(&out, &known, links);
                let after = tree(&out);
                if result.is_ok() && fault != Fault::Crash {
                    assert_eq!(super::super::read_manifest(&out).unwrap().files.len(), new.len());
                } else if !after.contains_key(".noroshi-journal") && !after.contains_key("manifest.json") {
                    let changed = after.iter().filter(|(path, _)| !path.starts_with(STAGE));
                    assert!(changed.eq(before.iter()), "changed before the journal");
                }
                build(&out, next);
                assert_clean(&out, next, &foreign);
                if !place.failed.load(SeqCst) {
                    assert!(result.is_ok());
                    break;
                }
            }
        }
    }
}

#[test]
fn an_update_may_end_at_any_step() {
    let [old, new, third] = sites();
    try_all(Some(&old), &new, &[&new, &old, &third], None, true);
    try_all(Some(&new), &old, &[&new, &old, &third], None, true);
}

#[test]
fn a_first_build_may_end_at_any_step() {
    let [old, new, _] = sites();
    for mounted in [None, Some(true), Some(false)] {
        try_all(None, &new, &[&new, &old], mounted, true);
    }
}

#[test]
fn a_first_build_is_there_at_once_or_not_at_all() {
    let [_, new, _] = sites();
    for at in 0.. {
        let temp = tempdir();
        let out = temp.path().join("site");
        let place = Faulty::new(Fault::Crash, at);
        let _ = build_in(place.clone(), &out, &new);
        let found = tree(&out);
        // An empty folder may be left if the stage beside it failed.
        assert!(found.is_empty() || found.contains_key("manifest.json"));
        if !place.failed.load(SeqCst) {
            break;
        }
    }
}

#[test]
fn a_file_may_become_a_folder_and_back() {
    let file = site(&[("index.html", Home, "about"), ("about", Leaf, "")]);
    let folder = site(&[("index.html", Home, "about/x/y"), ("about/x/y", Leaf, ""), ("about/z", Leaf, "")]);
    try_all(Some(&file), &folder, &[&folder, &file], None, false);
    try_all(Some(&folder), &file, &[&folder, &file], None, false);
}

/// Interrupts the second and the third build at every pair of steps.
fn try_all_pairs(sites: [&Site; 4]) {
    let [first, second, third, last] = sites;
    for one in 0.. {
        let mut reached = false;
        for two in 0.. {
            let temp = tempdir();
            let out = temp.path().join("site");
            build(&out, first);
            let mut failed = [false; 2];
            for (turn, (site, at)) in [(second, one), (third, two)].into_iter().enumerate() {
                let place = Faulty::new(Fault::Crash, at);
                let _ = build_in(place.clone(), &out, site);
                assert_alive(&out, &sites, true);
                failed[turn] = place.failed.load(SeqCst);
            }
            // Check before each step of the last build, although no step fails.
            let known = sites.map(Clone::clone);
            let watched = out.clone();
            let watch = move || assert_alive(&watched, &known.each_ref(), true);
            let place = Faulty { watch: Some(Arc::new(watch)), ..Faulty::new(Fault::Once, usize::MAX) };
            build_in(place, &out, last).unwrap();
            assert_clean(&out, last, &[]);
            reached = failed[0];
            if !failed[1] {
                break;
            }
        }
        if !reached {
            break;
        }
    }
}

#[test]
fn what_two_interrupted_builds_left_is_still_doubted() {
    let old = site(&[("index.html", Home, "#1")]);
    let new = site(&[("index.html", Home, "#2")]);
    let more = site(&[("index.html", Home, "#2"), ("a.html", Leaf, "")]);
    try_all_pairs([&old, &new, &more, &old]);
}

#[test]
fn a_page_that_was_to_be_removed_may_come_back() {
    let old = site(&[
        ("index.html", Home, "a.html\nz.html"),
        ("a.html", Leaf, "#1"),
        ("m.html", Leaf, ""),
        ("z.html", Leaf, "m.html"),
    ]);
    let less = site(&[("index.html", Home, "a.html"), ("a.html", Leaf, "#1")]);
    let back = site(&[("index.html", Home, "a.html"), ("a.html", Leaf, "z.html"), ("z.html", Leaf, "#2")]);
    try_all_pairs([&old, &less, &back, &old]);
}

#[test]
fn a_page_that_never_came_to_be_may_be_wanted_again() {
    let old = site(&[("index.html", Home, "a.html"), ("a.html", Leaf, "#1")]);
    let new = site(&[("index.html", Home, "a.html"), ("a.html", Leaf, "r.html"), ("r.html", Leaf, "#1")]);
    let other = site(&[
        ("index.html", Home, "a.html"),
        ("a.html", Leaf, "r.html"),
        ("r.html", Leaf, "p.html"),
        ("p.html", Leaf, "q.html"),
        ("q.html", Leaf, ""),
    ]);
    let third = site(&[("index.html", Home, "a.html"), ("a.html", Leaf, "p.html"), ("p.html", Leaf, "#3")]);
    try_all_pairs([&old, &new, &other, &old]);
    try_all_pairs([&old, &other, &third, &new]);
}

#[test]
fn a_page_of_the_last_build_but_one_may_lead_to_one_of_the_last() {
    let page = |b: &str, more: &[(&str, Rank, &str)]| {
        let always = [("index.html", Home, "a.html"), ("a.html", Leaf, "b.html"), ("b.html", Leaf, b)];
        site(&[&always, more].concat())
    };
    let old = site(&[("index.html", Home, "a.html"), ("a.html", Leaf, "#1")]);
    let new = page("#1", &[]);
    let more = page("#1", &[("p.html", Leaf, "q.html"), ("q.html", Leaf, "")]);
    let last = page("p.html", &[("p.html", Leaf, "#3")]);
    try_all_pairs([&old, &new, &more, &last]);
}

/// A site over few addresses, so that two sites overlap much, with links only to its own files.
pub(super) fn any_site() -> impl Strategy<Value = Site> {
    const PATHS: [(&str, Rank); 9] = [
        ("s.css", Asset),
        ("t.css", Asset),
        ("index.html", Home),
        ("a.html", Leaf),
        ("b/index.html", Leaf),
        ("b/c/index.html", Leaf),
        ("d.html", Leaf),
        ("list.html", List),
        ("ja/index.html", Home),
    ];
    let file = (any::<bool>(), any::<u16>(), 0..2u8);
    proptest::collection::vec(file, PATHS.len()).prop_map(|files| {
        let exists = |at: usize| PATHS[at].0 == "index.html" || files[at].0;
        let mut site = Site::new();
        for (at, (_, links, salt)) in files.iter().enumerate().filter(|(at, _)| exists(*at)) {
            let (path, rank) = PATHS[at];
            let mut text = format!("#{salt}");
            for (target, (to, kind)) in PATHS.iter().enumerate() {
                let fits = rank != Asset || *kind == Asset;
                if exists(target) && fits && links & (1 << target) != 0 {
                    text.push('\n');
                    text.push_str(to);
                }
            }
            site.insert(path.to_owned(), (rank, text));
        }
        site
    })
}

fn any_fault() -> impl Strategy<Value = Fault> {
    prop_oneof![4 => Just(Fault::Crash), 1 => Just(Fault::Full), 1 => Just(Fault::Once)]
}

fn run(out: &Path, builds: &[(Site, Fault, usize, bool)], last: &Site) {
    let known: Vec<_> = builds.iter().map(|build| &build.0).chain([last]).collect();
    for (site, fault, at, inside) in builds {
        let mounted = inside.then_some(true);
        let place = Faulty { mounted, ..Faulty::new(*fault, *at) };
        let result = build_in(place.clone(), out, site);
        assert!(result.is_ok() || place.failed.load(SeqCst), "{result:?}");
        assert_alive(out, &known, true);
    }
    build(out, last);
    assert_clean(out, last, &[]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn builds_may_be_interrupted_again_and_again(
        builds in proptest::collection::vec((any_site(), any_fault(), 0..80usize, any::<bool>()), 1..7),
        last in any_site(),
    ) {
        let temp = tempdir();
        run(&temp.path().join("site"), &builds, &last);
    }
}
