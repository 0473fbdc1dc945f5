//! Benchmarks of builds, as ratios within one run: `cargo bench --bench build`.
//!
//! Each figure is the median of several rounds, measured on a tmpfs if there is one, relative to
//! `cp -r` of the same output in the same round. Machines differ and are noisy; ratios are more
//! comparable. To measure another disk, set `NOROSHI_BENCH_DIR=/some/folder`: there publishing is
//! synced, and `cp -r` is not.

use std::fs;
use std::io::{self, BufRead as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const NOROSHI: &str = env!("CARGO_BIN_EXE_noroshi");
const ROUNDS: usize = 7;
const EDITS: usize = 15;
const AS_OF: &str = "2026-11-20T12:00:00Z";

fn main() -> io::Result<()> {
    // `cargo test --benches` also runs each bench, but this is not a test.
    if std::env::args().any(|a| a == "--test") {
        return Ok(());
    }
    let base = if Path::new("/dev/shm").is_dir() { PathBuf::from("/dev/shm") } else { std::env::temp_dir() };
    // On a real disk this shows the cost of syncing.
    let base = std::env::var_os("NOROSHI_BENCH_DIR").map_or(base, PathBuf::from);
    let dir = tempfile::Builder::new().prefix("noroshi-bench").tempdir_in(base)?;
    let small = synth(dir.path(), 10_000)?;
    let large = synth(dir.path(), 20_000)?;
    let mut full = Vec::new();
    let mut copy = Vec::new();
    let mut double = Vec::new();
    let mut again = Vec::new();
    let mut edited = Vec::new();
    for _ in 0..ROUNDS {
        full.push(build(&small, true)?);
        copy.push(copy_of(&small.join("public"))?);
        again.push(build(&small, false)?);
        edit(&small)?;
        edited.push(build(&small, false)?);
        double.push(build(&large, true)?);
    }
    let (idle, checked, bare) = rules(&small)?;
    let secrets = private(&small)?;
    let saved = watched(&small)?;
    let memory = peak_memory(&small)?;
    let fifty = synth(dir.path(), 50)?;
    let (few, many) = (feeds(&fifty)?, feeds(&small)?);
    let (full, copy, double) = (median(full), median(copy), median(double));
    let (again, edited) = (median(again), median(edited));
    let ratio = |a: Duration, b: Duration| a.as_secs_f64() / b.as_secs_f64();
    println!("10,000 entries of four updates, one language, {ROUNDS} rounds, medians");
    println!("full build                    {full:>8.2?}   {:.2} × cp -r ({copy:.0?})", ratio(full, copy));
    println!("20,000 entries                {double:>8.2?}   {:.2} × 10,000", ratio(double, full));
    println!("nothing changed               {again:>8.2?}   {:.2} × full", ratio(again, full));
    println!("one entry changed             {edited:>8.2?}   {:.2} × full", ratio(edited, full));
    println!(
        "check, by every rule          {checked:>8.2?}   {:.2} × a build that publishes nothing",
        ratio(checked, idle)
    );
    println!("check without what is known   {bare:>8.2?}   {:.2} × full", ratio(bare, full));
    for (what, plain, searched) in secrets {
        println!(
            "1 MiB of private text, {what:<8}{searched:>8.2?}   {:.2} × without",
            ratio(searched, plain)
        );
    }
    println!("watch: from save to published {saved:>8.2?}   median of {EDITS} edits");
    println!(
        "feeds of the newest 50        {:>8.1?}   {:.2} × the same of a site of 50 entries",
        many.1,
        ratio(many.1, few.1)
    );
    println!("gathering all that was said  {:>8.1?}   {:.3} × full", many.0, ratio(many.0, full));
    match memory {
        Some(kib) => println!("peak memory of a full build   {} MB", kib / 1024),
        None => println!("peak memory of a full build   not known here"),
    }
    Ok(())
}

/// A policy with every rule.
const MANUAL: &str = "policy:
  update_every: {critical: 30m, moderate: 1h, minor: 4h}
  first_update_within: {critical: 10m, moderate: 30m, minor: 1h}
  notice_before: {regular: 3d, update: 7d, server: 7d}
  quiet_hours: {start: \"00:00\", end: \"06:00\"}
  reviewers: {maintenance: 2, emergency: 1, incident: 1}
  postmortem_within: {critical: 7d, moderate: 7d, minor: 7d}
  evaluation_within: {regular: 3d, update: 3d, server: 3d}
  require: {incident: [scope, faq, internal.a], maintenance: [actions, internal.tested]}
  forbid: [internal use only, 内部限定, 社外秘]
";

/// Times of a build that publishes nothing, of a check with every rule, and of the same check without a cache.
fn rules(site: &Path) -> io::Result<(Duration, Duration, Duration)> {
    let file = site.join("content/site.yaml");
    let before = fs::read_to_string(&file)?;
    fs::write(&file, format!("{before}{MANUAL}"))?;
    build(site, false)?;
    let (mut idle, mut checked, mut bare) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        idle.push(build(site, false)?);
        checked.push(check(site)?);
        let (known, aside) = (site.join(".noroshi"), site.join(".aside"));
        fs::rename(&known, &aside)?;
        bare.push(check(site)?);
        let _ = fs::remove_dir_all(&known);
        fs::rename(&aside, &known)?;
    }
    fs::write(&file, before)?;
    build(site, false)?;
    Ok((median(idle), median(checked), median(bare)))
}

/// Times of full builds without and with 1 MiB of private text: half under `internal`, half in
/// drafts, with all lines different or all lines the same.
fn private(site: &Path) -> io::Result<Vec<(&'static str, Duration, Duration)>> {
    let folder = site.join("content/incidents/private");
    let mut found = Vec::new();
    for (what, is_same) in [("unlike", false), ("alike", true)] {
        let (mut without, mut with) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            without.push(build(site, true)?);
            fs::create_dir_all(&folder)?;
            for file in 0..16 {
                fs::write(folder.join(format!("private-{file}.md")), secrets(file, is_same))?;
            }
            with.push(build(site, true)?);
            fs::remove_dir_all(&folder)?;
        }
        found.push((what, median(without), median(with)));
    }
    Ok(found)
}

/// A draft of 64 KiB, half of it under `internal`.
fn secrets(file: usize, is_same: bool) -> String {
    const HALF: usize = 32 << 10;
    let lines = |indent: &str| {
        let (mut out, mut number) = (String::new(), 0);
        while out.len() < HALF {
            out.push_str(&format!("{indent}line {number} of log {file} of a service, 監視当番の記録\n"));
            number += usize::from(!is_same);
        }
        out
    };
    format!(
        "---\ntitle: Private\nseverity: minor\naffects: []\nstarted: 2026-11-19 10:15\ndraft: true\ninternal:\n  log: |\n{}---\n{}",
        lines("    "),
        lines("")
    )
}

fn check(site: &Path) -> io::Result<Duration> {
    let begun = Instant::now();
    let mut command = Command::new(NOROSHI);
    command.arg("--root").arg(site).args(["check", "--as-of", AS_OF, "--format", "json"]);
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    let time = begun.elapsed();
    // Findings of the rules do not make the bench fail.
    if matches!(status.code(), Some(0 | 1)) { Ok(time) } else { Err(io::Error::other("the check failed")) }
}

/// The time to collect and sort all updates, and to write the feeds of the site: RSS, Atom, JSON.
fn feeds(site: &Path) -> io::Result<(Duration, Duration)> {
    let failed = |what: &str| io::Error::other(format!("{what} failed"));
    let loaded = noroshi::internals::load::load(site, None, &|| ()).map_err(|_| failed("reading"))?;
    let model = loaded.model.ok_or_else(|| failed("reading"))?;
    let as_of = noroshi::internals::model::Instant::parse_iso(AS_OF).ok_or_else(|| failed("the instant"))?;
    let (mut choosing, mut writing) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let site =
            noroshi::internals::site::Site::new(noroshi::internals::timeline::Snapshot::at(&model, as_of))
                .map_err(|_| failed("the site"))?;
        let begun = Instant::now();
        let mut items = noroshi::internals::site::feed_items::all(&site);
        noroshi::internals::site::feed_items::sort(&mut items);
        std::hint::black_box(items);
        choosing.push(begun.elapsed());
        let planned = noroshi::internals::output::plan(&site);
        let feeds = ["feed.xml", "feed.atom", "feed.json"];
        let begun = Instant::now();
        for file in planned.iter().filter(|file| feeds.contains(&file.path.as_str())) {
            std::hint::black_box(file.render());
        }
        writing.push(begun.elapsed());
    }
    Ok((median(choosing), median(writing)))
}

/// Writes a site with the example program, built in the same profile.
fn synth(dir: &Path, entries: u32) -> io::Result<PathBuf> {
    let site = dir.join(format!("site-{entries}"));
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["run", "--quiet", "--release", "--example", "synth", "--", "--entries", &entries.to_string()])
        .arg(&site)
        .status()?;
    if status.success() { Ok(site) } else { Err(io::Error::other("the generator failed")) }
}

fn build(site: &Path, fresh: bool) -> io::Result<Duration> {
    if fresh {
        let _ = fs::remove_dir_all(site.join("public"));
    }
    let begun = Instant::now();
    let status = command(site).stdout(Stdio::null()).status()?;
    let time = begun.elapsed();
    if status.success() { Ok(time) } else { Err(io::Error::other("the build failed")) }
}

fn command(site: &Path) -> Command {
    let mut command = Command::new(NOROSHI);
    command.arg("--root").arg(site).args(["build", "--as-of", AS_OF]);
    command
}

fn copy_of(public: &Path) -> io::Result<Duration> {
    let to = public.with_file_name("copy");
    let _ = fs::remove_dir_all(&to);
    let begun = Instant::now();
    let status = Command::new("cp").arg("-r").arg(public).arg(&to).status()?;
    let time = begun.elapsed();
    fs::remove_dir_all(&to)?;
    if status.success() { Ok(time) } else { Err(io::Error::other("cp failed")) }
}

/// The time from the end of a save to the line that reports the publication, with `watch` running.
fn watched(site: &Path) -> io::Result<Duration> {
    let mut watch =
        Command::new(NOROSHI).arg("--root").arg(site).arg("watch").stderr(Stdio::piped()).spawn()?;
    let lines = io::BufReader::new(watch.stderr.take().ok_or(io::ErrorKind::BrokenPipe)?).lines();
    let mut published = lines.map_while(Result::ok).filter(|line| line.contains(" published "));
    // The first line says that the site is published and that files are watched.
    let _ = published.next();
    let file = last_incident(site)?;
    let mut times = Vec::new();
    for number in 0..EDITS {
        let text = fs::read_to_string(&file)?;
        fs::write(&file, format!("{text}\n## update 2026-11-18 10:{number:02}\n\nOne more word.\n"))?;
        let begun = Instant::now();
        if published.next().is_none() {
            return Err(io::Error::other("it ended before the edit was published"));
        }
        times.push(begun.elapsed());
    }
    watch.kill()?;
    watch.wait()?;
    Ok(median(times))
}

/// Adds an update to one incident.
fn edit(site: &Path) -> io::Result<()> {
    let file = last_incident(site)?;
    let mut text = fs::read_to_string(&file)?;
    let day = text.matches("## update").count();
    text.push_str(&format!("\n## update 2026-11-19 10:{day:02}\n\nOne more word.\n"));
    fs::write(file, text)
}

fn last_incident(site: &Path) -> io::Result<PathBuf> {
    last(&last(&site.join("content/incidents"))?)
}

fn last(folder: &Path) -> io::Result<PathBuf> {
    let mut names: Vec<PathBuf> = fs::read_dir(folder)?.filter_map(|e| e.ok().map(|e| e.path())).collect();
    names.sort();
    names.pop().ok_or_else(|| io::Error::other("an empty folder"))
}

/// The peak resident memory in KiB, as GNU time reports it.
fn peak_memory(site: &Path) -> io::Result<Option<u64>> {
    let _ = fs::remove_dir_all(site.join("public"));
    let output = Command::new("/usr/bin/time")
        .args(["-f", "%M", NOROSHI, "--root"])
        .arg(site)
        .args(["build", "--as-of", AS_OF])
        .output();
    let Ok(output) = output else { return Ok(None) };
    let text = String::from_utf8_lossy(&output.stderr);
    Ok(text.lines().last().and_then(|l| l.trim().parse().ok()))
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
