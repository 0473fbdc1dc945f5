//! Benchmarks of git checks on a long history: `cargo bench --bench history`.
//!
//! The repository has 10,000 commits, each of which adds one of 10,000 entries, made by
//! `git fast-import` on a tmpfs if there is one. Each figure is the median of several rounds. The worst
//! case is one folder with all entries, one of which has been open since the first commit: git
//! reads that folder's list for every commit.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const NOROSHI: &str = env!("CARGO_BIN_EXE_noroshi");
const ROUNDS: usize = 5;
const ENTRIES: u32 = 10_000;
const AS_OF: &str = "2026-11-20T12:00:00Z";
/// 2026-11-20 11:00:00 UTC, the time of the last commit.
const LAST: i64 = 1_795_172_400;
/// The time between two commits.
const STEP: i64 = 8 * 3600;

fn main() -> io::Result<()> {
    // `cargo test --benches` also runs each bench, but this is not a test.
    if std::env::args().any(|a| a == "--test") {
        return Ok(());
    }
    let base = if Path::new("/dev/shm").is_dir() { PathBuf::from("/dev/shm") } else { std::env::temp_dir() };
    let dir = tempfile::Builder::new().prefix("noroshi-bench").tempdir_in(base)?;
    println!("{ENTRIES} entries, as many commits, {ROUNDS} rounds, medians");
    let months = repository(&dir.path().join("months"), true)?;
    let (oldest, newest) = (entry_file(0, true), entry_file(ENTRIES - 1, true));
    asked("silent edits, nothing to ask", &months)?;
    open(&months.join(&newest))?;
    asked("silent edits, one open entry", &months)?;
    git(&months, &["add", "-A"])?;
    report("check --staged, one entry", &months, &["check", "--staged"])?;
    report("build", &months, &["build"])?;
    append(&months.join(&newest), "\n## resolvd 2026-11-20 11:40\n")?;
    report("build --hold-broken, one broken", &months, &["build", "--hold-broken"])?;
    open(&months.join(&oldest))?;
    asked("silent edits, open for ten years", &months)?;
    let flat = repository(&dir.path().join("flat"), false)?;
    open(&flat.join(entry_file(0, false)))?;
    asked("silent edits, worst case", &flat)?;
    git(&flat, &["add", "-A"])?;
    report("check --staged, worst case", &flat, &["check", "--staged"])?;
    Ok(())
}

/// Measures what the rule adds to a `check` that has read the site.
fn asked(what: &str, site: &Path) -> io::Result<()> {
    let failed = || io::Error::other("reading failed");
    let loaded = noroshi::internals::load::load(site, None, &|| ()).map_err(|_| failed())?;
    let model = loaded.model.ok_or_else(failed)?;
    let as_of = noroshi::internals::model::Instant::parse_iso(AS_OF).ok_or_else(failed)?;
    let times = (0..=ROUNDS).map(|_| {
        let begun = Instant::now();
        std::hint::black_box(noroshi::internals::history::silent_edit::check(site, &model, as_of, false));
        begun.elapsed()
    });
    say(what, times.collect());
    Ok(())
}

fn say(what: &str, mut times: Vec<Duration>) {
    // The first round fills caches.
    times.remove(0);
    times.sort_unstable();
    println!("{what:<34}{:>6} ms", times[times.len() / 2].as_millis());
}

fn report(what: &str, site: &Path, arguments: &[&str]) -> io::Result<()> {
    let mut times = Vec::new();
    for _ in 0..=ROUNDS {
        let begun = Instant::now();
        let mut command = Command::new(NOROSHI);
        command.args(arguments).args(["--as-of", AS_OF]).arg("--root").arg(site);
        command.stdout(Stdio::null()).stderr(Stdio::null()).status()?;
        times.push(begun.elapsed());
    }
    say(what, times);
    Ok(())
}

/// A repository whose first commit adds site.yaml, and every other one entry.
fn repository(at: &Path, by_month: bool) -> io::Result<PathBuf> {
    fs::create_dir_all(at)?;
    git(at, &["init", "-q", "-b", "main"])?;
    let mut import = Command::new("git");
    import.current_dir(at).args(["fast-import", "--quiet"]).stdin(Stdio::piped());
    let mut child = import.spawn()?;
    if let Some(pipe) = child.stdin.take() {
        let mut out = io::BufWriter::new(pipe);
        for number in 0..ENTRIES {
            let time = LAST - STEP * i64::from(ENTRIES - 1 - number);
            writeln!(
                out,
                "commit refs/heads/main\ncommitter Taro <taro@hoshi.example> {time} +0000\ndata 2\nx"
            )?;
            if number == 0 {
                file(&mut out, "content/site.yaml", SITE)?;
            }
            file(&mut out, &entry_file(number, by_month), &entry(number))?;
        }
        out.flush()?;
    }
    if !child.wait()?.success() {
        return Err(io::Error::other("git fast-import failed"));
    }
    git(at, &["reset", "-q", "--hard"])?;
    Ok(at.to_path_buf())
}

const SITE: &str = "title: S\nurl: https://s.example/\ntimezone: Etc/UTC\nlocales: [en]\ncomponents: [{id: api, name: API}]\n";

fn file(out: &mut impl io::Write, name: &str, text: &str) -> io::Result<()> {
    writeln!(out, "M 100644 inline {name}\ndata {}\n{text}", text.len())
}

fn entry_file(number: u32, by_month: bool) -> String {
    let month = if by_month { format!("m{:03}/", number / 90) } else { String::new() };
    format!("content/incidents/{month}2026-trouble-{number:05}.md")
}

fn entry(number: u32) -> String {
    let at = |minutes: i64| {
        let time = LAST - STEP * i64::from(ENTRIES - 1 - number) + 60 * minutes;
        noroshi::internals::model::Instant(time - 3600).iso()
    };
    let words = "We see requests that take longer than they should, and are looking for the cause.";
    format!(
        "---\ntitle: Trouble {number}\nseverity: minor\naffects: [api]\nstarted: {}\n---\n{words}\n\n## investigating {}\n{words}\n\n## identified {}\n{words}\n\n## monitoring {}\n{words}\n\n## resolved {}\n{words}\n",
        at(0),
        at(5),
        at(30),
        at(50),
        at(59)
    )
}

/// Removes the last update: the entry is open, and a published update is gone.
fn open(path: &Path) -> io::Result<()> {
    let text = fs::read_to_string(path)?;
    let at = text.find("## resolved").unwrap_or(text.len());
    fs::write(path, &text[..at])
}

fn append(path: &Path, more: &str) -> io::Result<()> {
    let text = fs::read_to_string(path)?;
    fs::write(path, text + more)
}

fn git(at: &Path, arguments: &[&str]) -> io::Result<()> {
    let status = Command::new("git").current_dir(at).args(arguments).status()?;
    if status.success() { Ok(()) } else { Err(io::Error::other("git failed")) }
}
