//! How much publishing costs beside `cp -r` of the same files. Run it alone,
//! in release: `cargo test --release publish::tests::speed -- --ignored --nocapture`.

use std::process::Command;
use std::time::Instant;

use super::*;

#[test]
#[ignore = "measures, does not test"]
fn costs_little_more_than_a_copy() {
    let temp = tempfile::tempdir_in("/dev/shm").unwrap();
    let out = temp.path().join("site");
    let files = |version: usize| -> Vec<File> {
        let page = |number: usize| File {
            path: format!("{}/{number}/index.html", number % 12),
            rank: Rank::Leaf,
            bytes: format!("{version} {number} ").into_bytes().into_iter().cycle().take(9_000).collect(),
        };
        (0..10_000).map(page).collect()
    };
    let publish = |files: &[File]| {
        let start = Instant::now();
        let publication = Publication::open(&out, Options::default()).unwrap();
        let staged = std::thread::scope(|scope| {
            let stage = |file| publication.stage(file, |_| Ok::<_, Infallible>(())).unwrap();
            let threads: Vec<_> = files
                .chunks(files.len().div_ceil(2))
                .map(|part| scope.spawn(move || part.iter().map(stage).collect::<Vec<_>>()))
                .collect();
            threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
        });
        publication.commit(staged, &stamp("now")).unwrap();
        start.elapsed()
    };
    for round in 0..3 {
        let _ = fs::remove_dir_all(&out);
        let first = publish(&files(round));
        let again = publish(&files(round));
        let changed = publish(&files(round + 10));
        let copy = temp.path().join("copy");
        let start = Instant::now();
        Command::new("cp").arg("-r").arg(&out).arg(&copy).status().unwrap();
        let cp = start.elapsed();
        fs::remove_dir_all(&copy).unwrap();
        println!(
            "cp -r {cp:?}, first {first:?} ({:.2}), unchanged {again:?}, all changed {changed:?} ({:.2})",
            first.as_secs_f64() / cp.as_secs_f64(),
            changed.as_secs_f64() / cp.as_secs_f64(),
        );
    }
}
