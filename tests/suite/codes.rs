//! Every code has a fixture that triggers it, with its place and help, and one that nearly does.
//!
//! A fixture is one file, `fixtures/codes/<family>/<name>.txt`; README.md describes its format.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use noroshi::internals::diagnostic::{Severity, codes};
use noroshi::internals::model::policy::{Level, RULES};

use crate::harness::{Diagnostic, NOON, Site};

/// Codes whose tests need more than files, such as a repository: the test with both cases, and its
/// file in this suite.
const ELSEWHERE: [(&str, &str, &str); 10] = [
    ("history/held", "a_broken_entry_stands_as_in_its_last_sound_commit", "history.rs"),
    ("history/left-out", "an_entry_that_was_never_sound_is_left_out_and_its_fellows_stand", "history.rs"),
    ("history/unknown", "where_git_cannot_say_it_is_said_and_only_where_it_matters", "history.rs"),
    ("host/too-large", "a_file_that_the_host_does_not_take_is_told_before_it_refuses_the_site", "hosts.rs"),
    ("host/too-many-files", "more_files_than_the_host_takes_are_told_before_it_refuses_the_site", "hosts.rs"),
    ("internal/panic", "a_panic_at_one_file_is_an_error_at_that_file_and_at_no_other", "contain.rs"),
    ("policy/silent-edit", "a_correction_or_the_old_words_settle_a_silent_edit", "history.rs"),
    ("policy/unconfirmed-reviewer", "a_reviewer_is_an_author_or_stands_in_a_trailer", "history.rs"),
    ("site/too-many-redirects", "old_addresses_are_cut_to_what_hosts_take", "limits.rs"),
    ("source/too-many", "a_site_of_more_files_than_a_build_can_take_is_refused", "limits.rs"),
];

#[test]
fn every_code_is_reported_where_it_should_be_and_not_where_it_nearly_is() {
    let fixtures = fixtures();
    let cases: Vec<(&Fixture, &Case)> =
        fixtures.values().flat_map(|f| f.cases.iter().map(move |case| (f, case))).collect();
    in_parallel(&cases, &|(fixture, case)| {
        tried(fixture, case).map_err(|why| format!("{}: {}: {why}", fixture.code, case.name))
    });
}

#[test]
fn every_code_has_a_fixture_and_every_fixture_a_code() {
    let fixtures = fixtures();
    let mut faults = Vec::new();
    for row in codes::all() {
        let elsewhere = ELSEWHERE.iter().find(|(code, ..)| *code == row.code);
        let here = fixtures.contains_key(row.code);
        match elsewhere {
            Some((code, test, file)) => {
                let text = fs::read_to_string(folder().join("../..").join(file)).unwrap_or_default();
                if !text.contains(&format!("fn {test}(")) || here {
                    faults.push(format!("{code}: {file} has no test `{test}`, or there is a fixture too"));
                }
            }
            None if here => {}
            None => faults.push(format!("{}: write tests/suite/fixtures/codes/{0}.txt", row.code)),
        }
    }
    for (code, fixture) in &fixtures {
        if codes::find(code).is_none() {
            faults.push(format!("{code}: there is no such code in docs/codes.md"));
        }
        for wanted in [true, false] {
            if fixture.cases.iter().all(|case| case.hit != wanted) {
                faults.push(format!("{code}: no case `{}`", if wanted { "hit" } else { "near" }));
            }
        }
    }
    for (code, level) in RULES {
        let is_error = codes::find(code).is_some_and(|row| row.severity == Severity::Error);
        if is_error != (level == Level::Error) {
            faults.push(format!("{code}: its row says another severity than RULES of the policy"));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Puts the files of every triggering case, one case after another, into a site that `begin` creates.
pub fn each_hit(
    begin: &(dyn Fn() -> Site + Sync),
    tried: &(dyn Fn(&Site, &str) -> Result<(), String> + Sync),
) {
    let fixtures = fixtures();
    let hits: Vec<(&Fixture, &Case)> = fixtures
        .values()
        .flat_map(|f| f.cases.iter().filter(|case| case.hit).map(move |case| (f, case)))
        .collect();
    in_parallel(&hits, &|(fixture, case)| {
        let site = begin();
        put(&site, &fixture.both);
        put(&site, &case.files);
        tried(&site, case.header("as-of").unwrap_or(NOON))
            .map_err(|why| format!("{}: {}: {why}", fixture.code, case.name))
    });
}

/// Tries several cases in parallel, and fails with all errors.
fn in_parallel<T: Sync>(cases: &[T], tried: &(dyn Fn(&T) -> Result<(), String> + Sync)) {
    let (next, wrong) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
            if let Err(why) = tried(case) {
                wrong.lock().expect("a list").push(why);
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from).min(8) {
            scope.spawn(work);
        }
    });
    let mut wrong = wrong.into_inner().expect("a list");
    wrong.sort();
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), wrong.join("\n\n"));
}

// The requirements of a case.

/// Tries one case with the real program.
fn tried(fixture: &Fixture, case: &Case) -> Result<(), String> {
    let site = Site::bare();
    site.write("content/site.yaml", &base_text());
    put(&site, &fixture.both);
    let as_of = case.header("as-of").unwrap_or(NOON);
    if case.header("first") == Some("build") {
        site.build_at(as_of).exit(0);
    }
    put(&site, &case.files);
    let outcome = site.run(["check", "--as-of", as_of, "--format", "json"]);
    let output = || format!("{}{}", outcome.stdout, outcome.stderr);
    let found = outcome.diagnostics();
    let (ours, others): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
        found.iter().partition(|d| d.code == fixture.code);
    let also: BTreeSet<&str> = case.header("also").into_iter().flat_map(|also| also.split(", ")).collect();
    if others.iter().map(|d| &*d.code).collect::<BTreeSet<_>>() != also {
        return Err(format!("beside the code {also:?} was expected, and this was told:\n{}", output()));
    }
    let errors = found.iter().any(|d| d.severity == "error");
    if !outcome.exited_with(i32::from(errors)) {
        return Err(format!("the exit code does not fit:\n{}", output()));
    }
    if !case.hit {
        return if ours.is_empty() { Ok(()) } else { Err(format!("this only nearly is one:\n{}", output())) };
    }
    if ours.is_empty() {
        return Err(format!("it is not told:\n{}", output()));
    }
    words(fixture, case, &ours)?;
    places(fixture, case, &ours)?;
    // A build checks only those policy rules that protect private text.
    const PROTECT: [&str; 2] = ["policy/forbidden-word", "policy/looks-private"];
    let is_built = !fixture.code.starts_with("policy/") || PROTECT.contains(&&*fixture.code);
    if errors && is_built {
        let built = site.build_at(as_of);
        if built.codes() != outcome.codes() || !built.exited_with(1) {
            return Err(format!("a build says something else:\n{}{}", built.stdout, built.stderr));
        }
        if case.header("first").is_none() && !site.files().is_empty() {
            return Err("something was published".into());
        }
    }
    Ok(())
}

/// Checks the severity, the message and the help.
fn words(fixture: &Fixture, case: &Case, ours: &[&Diagnostic]) -> Result<(), String> {
    let row = codes::find(&fixture.code).ok_or("there is no such code in docs/codes.md")?;
    let own = if row.severity == Severity::Error { "error" } else { "warning" };
    let severity = case.header("severity").unwrap_or(own);
    for found in ours {
        if found.severity != severity {
            return Err(format!("{severity} was expected, not {}", found.severity));
        }
        if found.message.ends_with('.') {
            return Err(format!("a message ends without a full stop: {}", found.message));
        }
        if found.help.as_deref().is_none_or(str::is_empty) {
            return Err(format!("there is no help: {}", found.message));
        }
    }
    for (name, wanted) in &case.headers {
        let has = |found: &&&Diagnostic| match name.as_str() {
            "help" => found.help.as_ref().is_some_and(|help| help.contains(wanted)),
            "message" => found.message.contains(wanted),
            _ => true,
        };
        if ours.iter().find(has).is_none() {
            let all: Vec<_> = ours.iter().map(|d| (&d.message, &d.help)).collect();
            return Err(format!("no {name} says `{wanted}`: {all:?}"));
        }
    }
    Ok(())
}

/// A file with the start and end: lines and columns.
type Place = (String, [usize; 4]);

/// Checks that exactly the marked places are reported.
fn places(fixture: &Fixture, case: &Case, ours: &[&Diagnostic]) -> Result<(), String> {
    if case.header("at") == Some("anywhere") {
        return Ok(());
    }
    let marked = |file: &File| file.marks.clone();
    let mut wanted: Vec<Place> = fixture.both.iter().chain(&case.files).flat_map(marked).collect();
    let mut found: Vec<Place> =
        (ours.iter()).map(|d| (d.file.clone(), [d.line, d.column, d.end_line, d.end_column])).collect();
    wanted.sort();
    found.sort();
    // For example, one diagnostic per language at the same place.
    found.dedup();
    if wanted == found {
        return Ok(());
    }
    Err(format!("the places that are marked:\n{wanted:?}\nthe places that are told:\n{found:?}"))
}

// The format of fixtures.

struct Fixture {
    code: String,
    both: Vec<File>,
    cases: Vec<Case>,
}

struct Case {
    name: String,
    hit: bool,
    headers: Vec<(String, String)>,
    files: Vec<File>,
}

struct File {
    path: Vec<u8>,
    what: What,
    marks: Vec<Place>,
}

enum What {
    Bytes(Vec<u8>),
    /// Text to append to the existing file.
    More(Vec<u8>),
    Absent,
    Pipe,
    Link(String),
}

impl Case {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/fixtures/codes")
}

/// All fixtures, by code.
fn fixtures() -> BTreeMap<String, Fixture> {
    let files = walkdir::WalkDir::new(folder()).min_depth(2).sort_by_file_name();
    let mut found = BTreeMap::new();
    for entry in files.into_iter().map(|e| e.expect("a readable folder")) {
        let path = entry.path();
        let code = path.strip_prefix(folder()).expect("below").with_extension("");
        let code = code.to_str().expect("UTF-8").to_owned();
        assert!(path.extension() == Some(OsStr::new("txt")), "{}: fixtures end in .txt", path.display());
        let text = fs::read_to_string(path).expect("a readable file");
        found.insert(code.clone(), parse(&code, &text));
    }
    assert!(found.len() > 100, "where have the fixtures gone?");
    found
}

fn parse(code: &str, text: &str) -> Fixture {
    let mut fixture = Fixture { code: code.to_owned(), both: Vec::new(), cases: Vec::new() };
    // Text before the first `===` is a note.
    for part in format!("\n{text}").split("\n=== ").skip(1) {
        let (title, rest) = part.split_once('\n').unwrap_or((part, ""));
        let rest = format!("\n{rest}");
        let mut parts = rest.split("\n==> ");
        let headers = parts.next().unwrap_or("").lines().filter(|line| !line.is_empty()).map(|line| {
            let known = ["also", "as-of", "at", "first", "help", "message", "severity"];
            let (name, value) = line.split_once(": ").unwrap_or((line, ""));
            assert!(known.contains(&name), "{code}: `{line}` is no line of a case");
            (name.to_owned(), value.to_owned())
        });
        let headers: Vec<_> = headers.collect();
        let files: Vec<File> = parts.map(|part| file(code, part)).collect();
        let (kind, name) = title.split_once(": ").unwrap_or((title, title));
        let marked = files.iter().chain(&fixture.both).any(|file| !file.marks.is_empty());
        match kind {
            "both" => {
                fixture.both = files;
                continue;
            }
            "hit" => {}
            "near" => assert!(!marked, "{code}: {name}: nothing is wrong here"),
            _ => panic!("{code}: `{title}` is none of `both`, `hit` and `near`"),
        }
        fixture.cases.push(Case { name: name.to_owned(), hit: kind == "hit", headers, files });
    }
    fixture
}

/// Parses `content/a.md <== directive` and the text after it.
fn file(code: &str, part: &str) -> File {
    let (head, text) = part.split_once('\n').unwrap_or((part, ""));
    let (path, directive) =
        head.split_once(" <==").unwrap_or_else(|| panic!("{code}: `{head}` has no ` <==`"));
    // A blank line before the next part is not part of the text.
    let text = text.strip_suffix('\n').unwrap_or(text);
    let text = if text.is_empty() { String::new() } else { format!("{text}\n") };
    let path = Marked::read(path, true);
    let mut marks: Vec<Place> =
        path.ranges.iter().map(|r| (path.shown[r.clone()].to_owned(), [1; 4])).collect();
    let what = match directive.trim() {
        "absent" => What::Absent,
        "pipe" => What::Pipe,
        "" | "escaped" | "more" => {
            let before = if directive.trim() == "more" { base_text() } else { String::new() };
            let text = Marked::read(
                &(before.clone() + &repeated(&filled(&stocked(&text)))),
                directive.trim() == "escaped",
            );
            let places = text.ranges.iter().map(|r| {
                let ((line, column), (end_line, end_column)) =
                    (position(&text.shown, r.start), position(&text.shown, r.end));
                (path.shown.clone(), [line, column, end_line, end_column])
            });
            marks.extend(places);
            if before.is_empty() {
                What::Bytes(text.bytes)
            } else {
                What::More(text.bytes[before.len()..].to_vec())
            }
        }
        other => match other.strip_prefix("link ") {
            Some(target) => What::Link(target.to_owned()),
            None => panic!("{code}: `{other}` is no directive"),
        },
    };
    File { path: path.bytes, what, marks }
}

/// The site.yaml that every case starts with.
pub fn base_text() -> String {
    fs::read_to_string(folder().join("site.yaml")).expect("a readable file")
}

/// Replaces a line `{incident}` by the text of `incident.txt`.
fn stocked(text: &str) -> String {
    let line = |line: &str| match line.trim_end().strip_prefix('{').and_then(|l| l.strip_suffix('}')) {
        Some(name) if name.bytes().all(|b| b.is_ascii_lowercase()) => {
            fs::read_to_string(folder().join(format!("{name}.txt"))).unwrap_or_else(|_| line.to_owned())
        }
        _ => line.to_owned(),
    };
    text.split_inclusive('\n').map(line).collect()
}

/// Replaces `{times N|words|}` by the words, N times; `\n` in them is a line end.
fn repeated(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{times ") {
        let (count, after) = after.split_once('|').expect("a number and words");
        let (words, after) = after.split_once("|}").expect("an end");
        out.push_str(before);
        out.push_str(&words.replace("\\n", "\n").repeat(count.parse().expect("a number")));
        rest = after;
    }
    out + rest
}

/// Replaces a line `{fill N}` by a line of `#` and spaces that makes the text N bytes long.
fn filled(text: &str) -> String {
    let Some((before, rest)) = text.split_once("{fill ") else { return text.to_owned() };
    let (size, after) = rest.split_once('}').expect("a brace");
    let size: usize = size.parse().expect("a number");
    format!("{before}#{}{after}", " ".repeat(size - before.len() - after.len() - 1))
}

/// A text without place markers: as bytes, and as diagnostics show it.
struct Marked {
    bytes: Vec<u8>,
    shown: String,
    ranges: Vec<std::ops::Range<usize>>,
}

impl Marked {
    /// In an escaped text, `\xNN` is a byte and `\u{N}` a character.
    fn read(text: &str, escaped: bool) -> Marked {
        let mut marked = Marked { bytes: Vec::new(), shown: String::new(), ranges: Vec::new() };
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            rest = &rest[c.len_utf8()..];
            match c {
                '⟦' => marked.ranges.push(marked.shown.len()..0),
                '⟧' => marked.ranges.last_mut().expect("`⟦` before `⟧`").end = marked.shown.len(),
                '\\' if escaped && rest.starts_with('x') => {
                    let byte = u8::from_str_radix(&rest[1..3], 16).expect("two digits");
                    rest = &rest[3..];
                    marked.bytes.push(byte);
                    marked.shown.push(if matches!(byte, 0 | 0x80..) { '\u{fffd}' } else { char::from(byte) });
                }
                '\\' if escaped && rest.starts_with("u{") => {
                    let (number, after) = rest[2..].split_once('}').expect("a brace");
                    let c =
                        u32::from_str_radix(number, 16).ok().and_then(char::from_u32).expect("a character");
                    rest = after;
                    marked.push(c);
                }
                c => marked.push(c),
            }
        }
        marked
    }

    fn push(&mut self, c: char) {
        self.bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        self.shown.push(c);
    }
}

fn position(text: &str, at: usize) -> (usize, usize) {
    let start = text[..at].rfind('\n').map_or(0, |n| n + 1);
    (text[..at].matches('\n').count() + 1, text[start..at].chars().count() + 1)
}

fn put(site: &Site, files: &[File]) {
    for file in files {
        let path = site.path(OsStr::from_bytes(&file.path));
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        match &file.what {
            What::Bytes(bytes) => fs::write(&path, bytes).expect("a written file"),
            What::More(bytes) => {
                let text = [fs::read(&path).expect("a file"), bytes.clone()].concat();
                fs::write(&path, text).expect("a written file");
            }
            // A pipe or a link replaces the file.
            What::Pipe | What::Link(_) if path.is_file() => {
                fs::remove_file(&path).expect("a removed file");
                put(site, std::slice::from_ref(file));
            }
            What::Absent => fs::remove_file(&path).expect("a removed file"),
            What::Pipe => {
                let made = Command::new("mkfifo").arg(&path).status().expect("mkfifo");
                assert!(made.success());
            }
            What::Link(target) => std::os::unix::fs::symlink(target, &path).expect("a link"),
        }
    }
}

#[test]
fn a_fixture_is_read_with_its_marks() {
    let text = "A note.\n\n=== hit: why\nhelp: a b\n==> content/⟦a\\xFF⟧.md <== escaped\nx ⟦\\x00y\\u{2028}⟧\n\n=== near\n==> b <==\nz\n";
    let fixture = parse("a/b", text);
    let [hit, near] = &fixture.cases[..] else { panic!("two cases") };
    assert_eq!((hit.name.as_str(), hit.header("help"), near.hit), ("why", Some("a b"), false));
    assert_eq!(hit.files[0].path, b"content/a\xff.md");
    assert!(matches!(&hit.files[0].what, What::Bytes(bytes) if bytes == "x \0y\u{2028}\n".as_bytes()));
    let places = [("a\u{fffd}".to_owned(), [1; 4]), ("content/a\u{fffd}.md".to_owned(), [1, 3, 1, 6])];
    assert_eq!(hit.files[0].marks, places);
    assert!(matches!(&near.files[0].what, What::Bytes(bytes) if bytes == b"z\n"));
    assert_eq!(filled("a\n{fill 10}\nb\n"), "a\n#    \nb\n");
    assert_eq!(repeated("a{times 2|b\\n|}c{times 2|d|}"), "ab\nb\ncdd");
}
