//! Tests of the lock, and of a real `kill -9`.

use std::process::{Command, Stdio};
use std::sync::Barrier;
use std::time::Duration;

use super::*;
use Rank::{Home, Leaf};

fn numbered(version: usize) -> Site {
    let mut site = Site::new();
    let mut all = format!("#{version}");
    for number in 0..60 {
        // Half of the addresses exist in one version only.
        let path = format!(
            "{}/{number}/index.html",
            if number % 2 == 0 { "both".to_owned() } else { format!("v{version}") }
        );
        all.push('\n');
        all.push_str(&path);
        site.insert(path, (Leaf, format!("#{version}\nindex.html")));
    }
    site.insert("index.html".to_owned(), (Home, all));
    site
}

#[test]
fn the_second_build_does_not_wait() {
    let temp = tempdir();
    let out = temp.path().join("site");
    let first = Publication::open(&out, Options::default()).unwrap();
    assert_eq!(Publication::open(&out, Options::default()).err().unwrap().kind(), Kind::Locked);
    finish(first, &numbered(1)).unwrap();
    build(&out, &numbered(1));
    assert_clean(&out, &numbered(1), &[]);
}

#[test]
fn six_builds_at_once_leave_one_clean_site() {
    let temp = tempdir();
    let out = temp.path().join("site");
    for _ in 0..10 {
        let barrier = Barrier::new(6);
        let winners: Vec<_> = std::thread::scope(|scope| {
            let builds: Vec<_> = (0..6)
                .map(|version| {
                    let (out, barrier) = (&out, &barrier);
                    scope.spawn(move || {
                        barrier.wait();
                        (version, build_in(RealFileSystem, out, &numbered(version)))
                    })
                })
                .collect();
            builds.into_iter().map(|build| build.join().unwrap()).collect()
        });
        for (_, result) in &winners {
            assert!(
                result.as_ref().is_ok() || result.as_ref().is_err_and(|e| e.kind() == Kind::Locked),
                "{result:?}"
            );
        }
        let there = fs::read_to_string(out.join("index.html")).unwrap();
        let (version, _) =
            winners.iter().find(|(version, _)| there.starts_with(&format!("#{version}"))).unwrap();
        assert_clean(&out, &numbered(*version), &[]);
    }
}

/// Not a test: the process that the next test kills.
#[test]
fn builds_until_it_is_killed() {
    let Some(out) = std::env::var_os("NOROSHI_TEST_OUT") else {
        return;
    };
    for version in (0..2).cycle() {
        let _ = build_in(RealFileSystem, Path::new(&out), &numbered(version));
    }
}

#[test]
fn kill_9_leaves_whole_files_and_live_links() {
    let temp = tempdir();
    let out = temp.path().join("site");
    let (_, module) = module_path!().split_once("::").unwrap();
    let sites = [numbered(0), numbered(1)];
    for round in 0..25u64 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", &format!("{module}::builds_until_it_is_killed")])
            .env("NOROSHI_TEST_OUT", &out)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_micros(3_000 + round * 1_370));
        child.kill().unwrap();
        child.wait().unwrap();
        assert_alive(&out, &[&sites[0], &sites[1]], true);
        if round % 5 == 4 {
            build(&out, &sites[0]);
            assert_clean(&out, &sites[0], &[]);
        }
    }
}
