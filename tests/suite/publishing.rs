//! Tests of publishing with the real binary: killed at any instant, six builds at once, on a full
//! disk, beside other files.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::crawl::Crawl;
use crate::harness::{NOON, Site, assert_same, files_of, has_program};

const ENTRIES: usize = 300;
const BASE: &str = "https://status.example/";

type Files = BTreeMap<String, Vec<u8>>;

/// Two versions of the content for one folder, and the result of a clean build of each.
struct Two {
    site: Site,
    built: [Files; 2],
}

impl Two {
    fn new() -> Two {
        let built = [0, 1].map(|which| {
            let site = Site::empty();
            write(&site, which);
            site.build_at(NOON).exit(0).quiet().files()
        });
        Two { site: Site::empty(), built }
    }

    /// Puts one of the two versions into the site.
    fn turn(&self, which: usize) {
        for number in (0..ENTRIES).step_by(7) {
            let _ = fs::remove_file(self.site.path(file(number, 1 - which)));
        }
        write(&self.site, which);
    }

    /// Asserts that every file is complete and from one of the two versions, and that every link works.
    #[track_caller]
    fn is_whole(&self, when: &str) {
        let files = self.site.files();
        for (name, bytes) in &files {
            let known = self.built.iter().any(|built| built.get(name) == Some(bytes));
            assert!(known, "{when}: {name} is of neither content");
        }
        if files.is_empty() {
            return;
        }
        let dead = Crawl::new(&files, BASE).missing_files();
        assert_eq!(dead, Vec::<String>::new(), "{when}");
    }

    /// Asserts that the next build gives the same result as a clean one, and leaves no traces.
    #[track_caller]
    fn arrives(&self, which: usize, when: &str) {
        self.site.build_at(NOON).exit(0);
        assert_same(&self.site.files(), &self.built[which]);
        assert_eq!(traces(&self.site), Vec::<String>::new(), "{when}");
    }
}

/// The files that a running build keeps in and beside the published folder, without the cache.
fn traces(site: &Site) -> Vec<String> {
    let names = |folder: &Path| {
        let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
        entries.map(|e| e.file_name().to_string_lossy().into_owned()).collect::<Vec<_>>()
    };
    let all = names(site.root()).into_iter().chain(names(&site.path("public")));
    all.filter(|n| n.contains("noroshi") && n != ".noroshi").collect()
}

/// Writes 300 incidents that link to one another. The second version lacks every seventh, has as
/// many new ones, and other text in every fifth.
fn write(site: &Site, which: usize) {
    // They have nearly the same text but are different entries.
    let ids: Vec<String> = (0..ENTRIES)
        .step_by(7)
        .flat_map(|number| [0, 1].map(|which| format!("incident/{}", slug(number, which))))
        .collect();
    let config = site.read("content/site.yaml");
    if !config.contains("removed:") {
        site.write("content/site.yaml", &format!("{config}removed: [{}]\n", ids.join(", ")));
    }
    for number in 0..ENTRIES {
        let edited = if which == 1 && number.is_multiple_of(5) { " Now we know more." } else { "" };
        let day = 1 + number % 19;
        let text = format!(
            "---\ntitle: Incident {number}\nseverity: minor\naffects: [api]\nstarted: 2026-11-{day:02} 10:00\n---\n\
             It was slow.{edited} See [the next]({}.md).\n\n## resolved 2026-11-{day:02} 11:00\n\nDone.\n",
            slug((number + 1) % ENTRIES, which)
        );
        let file = file(number, which);
        if fs::read(site.path(&file)).ok().as_deref() != Some(text.as_bytes()) {
            site.write(file, &text);
        }
    }
}

fn slug(number: usize, which: usize) -> String {
    let other = number.is_multiple_of(7) && which == 1;
    format!("incident-{number}{}", if other { "-new" } else { "" })
}

fn file(number: usize, which: usize) -> String {
    format!("content/incidents/{}.md", slug(number, which))
}

/// SplitMix64: the same instants on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % limit.max(1)
    }
}

/// The event from which a test measures the instant of the kill.
#[derive(Clone, Copy, Debug)]
enum Mark {
    Start,
    /// The moment when a file exists at a path, or at one with this prefix.
    There(&'static str),
}

/// Waits for a mark. Returns `false` if the build ended first.
fn reached(site: &Site, mark: Mark, child: &mut std::process::Child) -> bool {
    let Mark::There(path) = mark else { return true };
    let path = site.path(path);
    let is_there = || {
        let begins = |name: OsString| {
            let wanted = path.file_name().unwrap_or_default();
            name.as_encoded_bytes().starts_with(wanted.as_encoded_bytes())
        };
        let names = fs::read_dir(path.parent().expect("a folder")).into_iter().flatten().flatten();
        names.map(|entry| entry.file_name()).any(begins)
    };
    let mut turn = 0_u32;
    while !is_there() {
        turn += 1;
        if turn.is_multiple_of(64) && !matches!(child.try_wait(), Ok(None)) {
            return is_there();
        }
    }
    true
}

/// Starts a build and kills it some time after a mark.
fn kill(site: &Site, mark: Mark, after: Duration) {
    let mut child = site.start_build();
    reached(site, mark, &mut child);
    let begun = Instant::now();
    while begun.elapsed() < after {
        std::hint::spin_loop();
    }
    // The process may have ended by itself.
    let _ = child.kill();
    child.wait().expect("a process");
}

/// The time that a build takes after a mark.
fn time(site: &Site, mark: Mark) -> Duration {
    let mut child = site.start_build();
    reached(site, mark, &mut child);
    let begun = Instant::now();
    child.wait().expect("a process");
    begun.elapsed()
}

/// Kills builds that switch between two versions, again and again, and lets one finish only now and then.
fn between(mark: Mark, rounds: u64, seed: u64) {
    let two = Two::new();
    let mut dice = Dice(seed);
    two.turn(0);
    two.site.build_at(NOON).exit(0);
    two.turn(1);
    let whole = u64::try_from(time(&two.site, mark).as_micros()).expect("a short time");
    for round in 0..rounds {
        let which = usize::from(!round.is_multiple_of(2));
        two.turn(which);
        let micros = dice.below(whole + whole / 10);
        let when = format!("round {round}, {micros} µs of {whole} after {mark:?}");
        kill(&two.site, mark, Duration::from_micros(micros));
        two.is_whole(&when);
        // Two killed builds in a row, with different content, are no worse than one.
        if dice.below(2) == 0 {
            two.arrives(which, &when);
        }
    }
    two.turn(0);
    two.arrives(0, "at the end");
}

#[test]
fn a_build_killed_at_any_instant_leaves_a_whole_site() {
    between(Mark::Start, 8, 1);
}

#[test]
fn a_build_killed_while_it_renames_leaves_a_whole_site() {
    between(Mark::There("public/.noroshi-journal"), 16, 2);
}

#[test]
fn a_first_build_killed_at_any_instant_shows_all_or_nothing() {
    let two = Two::new();
    two.turn(0);
    for (mark, seed) in [(Mark::Start, 3), (Mark::There(".public.noroshi-stage"), 4)] {
        let mut dice = Dice(seed);
        let _ = fs::remove_dir_all(two.site.path("public"));
        let whole = u64::try_from(time(&two.site, mark).as_micros()).expect("a short time");
        for round in 0..5 {
            let _ = fs::remove_dir_all(two.site.path("public"));
            let micros = dice.below(whole + whole / 10);
            let when = format!("round {round}, {micros} µs of {whole} after {mark:?}");
            kill(&two.site, mark, Duration::from_micros(micros));
            two.is_whole(&when);
            let files = two.site.files();
            assert!(files.is_empty() || files.len() == two.built[0].len(), "{when}: {} files", files.len());
            two.arrives(0, &when);
        }
    }
}

#[test]
fn six_builds_at_once_are_as_good_as_one() {
    let two = Two::new();
    for round in 0..3 {
        two.turn(round % 2);
        let builds: Vec<_> = (0..6).map(|_| two.site.start_build()).collect();
        let ends: Vec<_> = builds.into_iter().map(|b| b.wait_with_output().expect("a process")).collect();
        for end in &ends {
            let said = String::from_utf8_lossy(&end.stderr);
            match end.status.code() {
                Some(0) => {}
                Some(3) => assert!(said.contains("Another build is writing to this folder."), "{said}"),
                other => panic!("exit {other:?}: {said}"),
            }
        }
        assert!(ends.iter().any(|e| e.status.success()), "none of six builds did it");
        two.arrives(round % 2, &format!("round {round}"));
    }
}

#[test]
fn files_of_others_are_never_touched() {
    let site = Site::fixture("small");
    site.write("public/mine.txt", "mine").write("public/incidents/notes.txt", "mine too");
    site.run(["build", "--as-of", NOON]).exit(3).stderr_has("noroshi did not write").stderr_has("--force");
    assert_eq!(site.files().len(), 2);
    site.run(["build", "--as-of", NOON, "--force"]).exit(0);
    assert_eq!(site.page("mine.txt"), "mine");
    // Our files are removed and others stay, also if the folder would be empty otherwise.
    site.remove("content/incidents/delay.md").remove("content/incidents/delay.ja.md");
    site.edit("content/faq/safe.md", "[This incident](../incidents/delay.md)", "It");
    site.edit("content/site.yaml", "locales:", "removed: [incident/delay]\nlocales:");
    site.build_at(NOON).exit(0);
    assert!(!site.path("public/incidents/delay").exists());
    assert_eq!(site.page("incidents/notes.txt"), "mine too");
    assert_eq!(site.page("mine.txt"), "mine");
}

#[test]
fn a_file_of_another_at_our_address_is_not_overwritten() {
    let site = Site::fixture("small");
    site.write("public/incidents/delay/index.html", "mine");
    for _ in 0..2 {
        site.run(["build", "--as-of", NOON, "--force"]).exit(3).stderr_has("incidents/delay/index.html");
    }
    assert_eq!(site.files(), BTreeMap::from([("incidents/delay/index.html".into(), b"mine".to_vec())]));
    site.write("public/manifest.json", "{}").remove("public/incidents/delay/index.html");
    site.run(["build", "--as-of", NOON, "--force"]).exit(3).stderr_has("manifest.json");
}

#[test]
fn a_manifest_cannot_lead_out_of_the_folder() {
    let site = Site::fixture("small");
    site.build_at(NOON).exit(0);
    site.write("precious.txt", "mine");
    for list in ["\"parts\": {", "\"files\": {"] {
        if list.contains("files") {
            site.write("public/manifest.json", &site.manifest().to_json());
        }
        let lie = format!("{list}\n    \"../precious.txt\": {{\"sha256\": \"00\", \"size\": 4}},");
        site.edit("public/manifest.json", list, &lie);
        site.build_at(NOON).exit(0);
        assert_eq!(site.read("precious.txt"), "mine");
    }
}

#[test]
fn a_link_in_the_published_folder_is_not_followed() {
    let site = Site::fixture("small");
    site.build_at(NOON).exit(0);
    fs::create_dir(site.path("elsewhere")).expect("a folder");
    fs::remove_dir_all(site.path("public/incidents")).expect("a removed folder");
    symlink(site.path("elsewhere"), site.path("public/incidents")).expect("a link");
    site.edit("content/incidents/delay.md", "Orders wait.", "Orders do not wait.");
    site.run(["build", "--as-of", NOON]).exit(3);
    assert_eq!(fs::read_dir(site.path("elsewhere")).expect("a folder").count(), 0);
}

#[test]
fn a_folder_that_cannot_be_is_the_environments_fault() {
    let site = Site::fixture("small");
    site.write("blocker", "a file");
    site.noon("build --out blocker/public").exit(3).stderr_has("blocker");
    site.noon("build --out blocker").exit(3);
    assert_eq!(site.read("blocker"), "a file");
}

#[test]
fn damage_in_the_published_folder_is_mended() {
    let site = Site::fixture("small");
    let wanted = site.build_at(NOON).exit(0).files();
    site.remove("public/index.html").write("public/feed.xml", "half");
    site.build_at(NOON).exit(0);
    assert_same(&site.files(), &wanted);
}

#[test]
fn an_error_in_the_content_leaves_the_site_as_it_was() {
    let site = Site::fixture("small");
    site.build_at(NOON).exit(0);
    let before = site.mtimes();
    site.edit("content/incidents/delay.md", "severity: moderate", "severity: modrate");
    site.run(["build", "--as-of", NOON]).exit(1).stderr_has("did you mean `moderate`?");
    assert_eq!(site.mtimes(), before);
    assert_eq!(traces(&site), Vec::<String>::new());
}

#[test]
fn a_write_that_the_system_refuses_leaves_the_site_as_it_was() {
    let two = Two::new();
    two.turn(0);
    two.site.build_at(NOON).exit(0);
    let before = two.site.mtimes();
    two.turn(1);
    // No file may be larger than 8 or 64 KiB: pages can be written, the manifest or a feed cannot.
    for blocks in [16, 128] {
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"")).arg("sh");
        shell.arg(env!("CARGO_BIN_EXE_noroshi")).args(["build", "--as-of", NOON, "--root"]);
        shell.arg(two.site.root());
        two.site.finish(shell).exit(3).stderr_has("error: ");
        assert_eq!(two.site.mtimes(), before);
    }
    two.arrives(1, "with room again");
}

#[test]
fn a_full_disk_leaves_the_site_as_it_was() {
    let two = Two::new();
    let mounted = |size: u32, script: &str| {
        let mount =
            format!("mount -t tmpfs -o size={size}k,mode=755 tmpfs \"$ROOT/disk\" || exit 77\n{script}");
        let mut command = Command::new("unshare");
        command.args(["--mount", "--map-root-user", "sh", "-c", &mount]);
        command.env("ROOT", two.site.root()).env("NOROSHI", env!("CARGO_BIN_EXE_noroshi")).env("NOON", NOON);
        two.site.finish(command)
    };
    two.site.write("disk/.keep", "").write("kept/.keep", "");
    if !has_program("unshare") || mounted(64, "").exited_with(77) || !mounted(64, "").exited_with(0) {
        eprintln!("not tried: a full disk needs `unshare` and the right to mount a tmpfs in a namespace");
        return;
    }
    let need: usize = two.built[0].values().map(|b| b.len().next_multiple_of(4096)).sum();
    let need = u32::try_from(need / 1024).expect("a small site");
    // The first version fits. The second needs space for its changes and never gets all of it.
    let script = "cp -r \"$ROOT/first\" \"$ROOT/disk/public\" || exit 78
        \"$NOROSHI\" build --root \"$ROOT\" --out \"$ROOT/disk/public\" --as-of \"$NOON\"; status=$?
        cp -r \"$ROOT/disk/public\" \"$ROOT/after\"
        exit $status";
    two.turn(0);
    two.site.noon("build --out first").exit(0);
    two.turn(1);
    let mut full = 0;
    for room in [80, 400, 1200] {
        let _ = fs::remove_dir_all(two.site.path("after"));
        let outcome = mounted(need + room, script);
        let after = files_of(&two.site.path("after"));
        if outcome.exited_with(0) {
            assert_same(&after, &two.built[1]);
            continue;
        }
        full += 1;
        outcome.exit(3).stderr_has("The disk is full.");
        for (name, bytes) in &after {
            let known = two.built.iter().any(|built| built.get(name) == Some(bytes));
            assert!(known, "{name} is of neither content with {room} KiB of room");
        }
        let dead = Crawl::new(&after, BASE).missing_files();
        assert_eq!(dead, Vec::<String>::new(), "with {room} KiB of room");
    }
    assert!(full > 0, "the disk was never full");
}

#[test]
fn the_content_and_the_site_never_lie_in_one_another() {
    for out in [".", "content", "content/out", "content/static/site", "content/../content/x"] {
        Site::fixture("small").noon(&format!("build --force --out {out}")).exit(2);
    }
}

#[test]
fn an_old_address_in_a_language_leads_to_the_page_in_it() {
    let site = Site::fixture("small");
    site.write("content/pages/b.md", "---\ntitle: b\naliases: [/old/, /ja/old/]\n---\nx\n");
    site.build_at(NOON).exit(0);
    assert!(site.page("old/").contains("\"../b/\""));
    assert!(site.page("ja/old/").contains("\"../../ja/b/\""));
}
