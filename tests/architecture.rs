//! The rules of docs/decisions/modules.md that can be read off the source text.
//!
//! Each failure names the file, the line and the rule. Comments, literals and test code are blanked
//! before anything is looked for, so only what ships is judged.

use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use noroshi::diagnostic::codes;

/// Every room may read the numbers in it.
const NUMBERS: &str = "limits";

/// Which rooms a room may use, in the order of the walk: a row names only rooms of rows above it.
const ROOMS: [(&str, &[&str]); 39] = [
    (NUMBERS, &[]),
    ("file", &[]),
    ("panics", &[]),
    ("text", &[]),
    ("url", &[]),
    ("address", &["text"]),
    ("digest", &[]),
    ("languages", &[]),
    ("vocabulary", &["languages", "text"]),
    ("diagnostic", &["text"]),
    ("source", &["address", "diagnostic", "file", "text"]),
    ("markdown", &["text", "url"]),
    ("document", &["diagnostic", "markdown", "source", "text", "vocabulary"]),
    ("theme", &["diagnostic", "digest", "document", "languages", "text", "url", "vocabulary"]),
    (
        "model",
        &[
            "address",
            "diagnostic",
            "digest",
            "document",
            "markdown",
            "source",
            "text",
            "theme",
            "url",
            "vocabulary",
        ],
    ),
    ("entry_lookup", &["model", "text"]),
    ("bisect", &["panics", "diagnostic", "model"]),
    ("schema", &["address", "languages", "model", "theme", "vocabulary"]),
    ("cms", &["digest", "languages", "model", "schema", "vocabulary"]),
    ("uptime", &["model", "vocabulary"]),
    ("timeline", &["panics", "model", "uptime", "vocabulary"]),
    ("locale", &["languages", "model", "theme"]),
    (
        "site",
        &[
            "address",
            "panics",
            "digest",
            "locale",
            "markdown",
            "model",
            "text",
            "timeline",
            "uptime",
            "vocabulary",
        ],
    ),
    (
        "output",
        &[
            "address",
            "cms",
            "digest",
            "locale",
            "markdown",
            "model",
            "site",
            "text",
            "theme",
            "timeline",
            "uptime",
            "vocabulary",
        ],
    ),
    ("atomic", &[]),
    ("publish", &["address", "atomic", "file"]),
    ("cache", &["atomic", "digest", "file", "publish"]),
    (
        "check",
        &[
            "address",
            "panics",
            "diagnostic",
            "markdown",
            "model",
            "output",
            "publish",
            "site",
            "source",
            "text",
            "timeline",
            "vocabulary",
        ],
    ),
    (
        "leak_scan",
        &["cms", "diagnostic", "digest", "locale", "markdown", "model", "output", "site", "text", "timeline"],
    ),
    (
        "pack",
        &[
            "digest",
            "entry_lookup",
            "locale",
            "markdown",
            "model",
            "site",
            "text",
            "timeline",
            "uptime",
            "vocabulary",
        ],
    ),
    ("edit", &["diagnostic", "document", "languages", "markdown", "source", "text", "vocabulary"]),
    ("report", &["document", "locale", "model", "site", "timeline", "uptime", "vocabulary"]),
    (
        "render",
        &[
            "address",
            "bisect",
            "panics",
            "digest",
            "model",
            "output",
            "leak_scan",
            "publish",
            "site",
            "source",
            "timeline",
        ],
    ),
    ("preview", &["cms", "text"]),
    ("file_watcher", &[]),
    (
        "load",
        &[
            "bisect",
            "check",
            "panics",
            "diagnostic",
            "document",
            "languages",
            "model",
            "source",
            "text",
            "theme",
            "vocabulary",
        ],
    ),
    (
        "history",
        &[
            "check",
            "diagnostic",
            "digest",
            "document",
            "load",
            "markdown",
            "model",
            "site",
            "source",
            "text",
            "theme",
            "timeline",
            "vocabulary",
        ],
    ),
    (
        "import",
        &[
            "diagnostic",
            "document",
            "file",
            "languages",
            "load",
            "markdown",
            "model",
            "source",
            "text",
            "url",
            "vocabulary",
        ],
    ),
    (
        "cli",
        &[
            "address",
            "atomic",
            "bisect",
            "cache",
            "check",
            "cms",
            "panics",
            "diagnostic",
            "digest",
            "document",
            "file",
            "entry_lookup",
            "history",
            "import",
            "languages",
            "load",
            "locale",
            "markdown",
            "model",
            "output",
            "pack",
            "preview",
            "leak_scan",
            "publish",
            "render",
            "report",
            "schema",
            "site",
            "source",
            "text",
            "theme",
            "timeline",
            "uptime",
            "vocabulary",
            "file_watcher",
            "edit",
        ],
    ),
];

/// Arrows that point the wrong way today, each with the reason it is borne. One that is gone must be
/// taken off this list.
const BORNE: [(&str, &str, &str); 1] =
    [("output", "publish::Rank", "a format knows best when its file may be put in its place")];

/// What formats are written with: they write no file by themselves.
const HELPERS: [&str; 3] = ["json", "shapes", "xml"];

/// Formats that use another format, each with the reason.
const SHARED: [(&str, &str, &str); 1] =
    [("hosting", "redirect", "`_redirects` and the small pages must lead to the same places")];

/// Where a crate may be used: rooms or files. A crate that is not listed may be used anywhere.
const CRATES: [(&str, &[&str]); 39] = [
    ("aho_corasick", &["leak_scan/copied_files"]),
    ("memchr", &["leak_scan/decode"]),
    ("annotate_snippets", &["diagnostic"]),
    ("askama", &["output/html"]),
    ("axum", &["preview"]),
    (
        "chrono",
        &["import", "model", "timeline", "uptime", "locale", "site", "output", "check", "pack", "report"],
    ),
    ("chrono_tz", &["model"]),
    ("clap", &["cli"]),
    ("cssparser", &["theme/css"]),
    ("dialoguer", &["cli/prompt"]),
    ("fluent_bundle", &["locale"]),
    ("fluent_syntax", &["locale", "theme/messages"]),
    ("htmd", &["import/prose"]),
    ("html5ever", &["theme/tree"]),
    ("hyper", &["preview/connections"]),
    ("hyper_util", &["preview/connections"]),
    ("icu_calendar", &["locale"]),
    ("icu_datetime", &["locale"]),
    ("icu_locale_core", &["locale"]),
    ("icu_segmenter", &["pack/split"]),
    ("mail_builder", &["pack/mail"]),
    ("mimalloc", &["main"]),
    ("notify", &["file_watcher"]),
    ("pulldown_cmark", &["markdown"]),
    ("quick_xml", &["output"]),
    ("rayon", &["cli/threads", "load", "render"]),
    ("rrule", &["model"]),
    ("rustix", &["atomic", "file", "publish", "cli/editor"]),
    ("schemars", &["schema"]),
    ("serde_yaml", &["document/yaml", "import"]),
    ("sha2", &["cms", "digest", "publish", "theme/assets"]),
    ("tempfile", &[]),
    ("tokio", &["preview", "cli/triggers"]),
    ("tokio_stream", &["preview"]),
    ("toml", &["import"]),
    ("ureq", &["import/fetch"]),
    ("unicode_width", &["output/badge"]),
    ("uuid", &["site/identity"]),
    ("walkdir", &["source"]),
];

/// Rooms that may touch the disk.
const DISK: [&str; 8] = ["file", "source", "atomic", "publish", "cache", "render", "import", "cli"];

/// Types of media whose first half is also a family of codes.
const MEDIA_TYPES: [&str; 4] = ["text/css", "text/html", "text/javascript", "text/plain"];

/// Codes with a row that nothing tells yet.
const EXPECTED: [&str; 0] = [];

// The rules.

#[test]
fn rooms_only_use_rooms_before_them() {
    let mut faults = Faults::default();
    let mut borne = BTreeSet::new();
    for source in sources() {
        let Some(room) = source.module.first() else { continue };
        let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| name == room) else {
            if room != "main" {
                faults.file(&source, "this room has no row in ROOMS of tests/architecture.rs");
            }
            continue;
        };
        for (at, path) in source.paths() {
            let used = &path[0];
            if used == room || used == NUMBERS || allowed.contains(&used.as_str()) {
                continue;
            }
            let written = path.join("::");
            match BORNE.iter().position(|(from, to, _)| from == room && written == *to) {
                Some(known) => _ = borne.insert(known),
                None => faults.at(&source, at, &format!("`{room}` uses `{written}`")),
            }
        }
    }
    for (number, (room, path, _)) in BORNE.iter().enumerate() {
        if !borne.contains(&number) {
            let what = format!("`{room}` no longer uses `{path}`: take it off BORNE");
            faults.0.push(format!("tests/architecture.rs: {what}"));
        }
    }
    faults.finish("a room may only use rooms before it in the walk: see ROOMS in tests/architecture.rs");
}

#[test]
fn the_order_of_rooms_has_no_circle() {
    for (number, (room, allowed)) in ROOMS.iter().enumerate() {
        for used in *allowed {
            let is_before = ROOMS[..number].iter().any(|(name, _)| name == used);
            assert!(is_before, "tests/architecture.rs: `{room}` may use `{used}`, which is not before it");
        }
    }
}

#[test]
fn formats_do_not_know_one_another() {
    let mut faults = Faults::default();
    for source in sources() {
        let [room, format, ..] = source.module.as_slice() else { continue };
        if room != "output" {
            continue;
        }
        for (at, path) in source.paths() {
            let Some(other) = path.get(1).filter(|_| path[0] == "output") else { continue };
            let is_format = root().join(format!("src/output/{other}.rs")).exists();
            let is_shared = SHARED.iter().any(|(from, to, _)| from == format && to == other)
                || HELPERS.contains(&other.as_str());
            if is_format && other != format && !is_shared {
                faults.at(&source, at, &format!("the format `{format}` uses the format `{other}`"));
            }
        }
    }
    faults.finish("a file of src/output knows the site and its own format, no other: see SHARED");
}

#[test]
fn crates_stay_in_their_rooms() {
    let mut faults = Faults::default();
    for source in sources() {
        let module = source.module.join("/");
        for (name, rooms) in CRATES {
            let home = rooms.iter().any(|r| module == *r || module.starts_with(&format!("{r}/")));
            if home {
                continue;
            }
            for at in source.words(name) {
                faults.at(&source, at, &format!("`{name}` is used outside of {rooms:?}"));
            }
        }
    }
    faults.finish("each crate has a room, so that it can be exchanged there: see CRATES");
}

#[test]
fn only_the_command_line_reads_clock_terminal_and_environment() {
    const CLOCKS: [&str; 3] = ["SystemTime", "UNIX_EPOCH", "elapsed"];
    const STREAMS: [&str; 3] = ["stdin", "stdout", "stderr"];
    const MACROS: [&str; 5] = ["println!", "eprintln!", "print!", "eprint!", "dbg!"];
    let mut faults = Faults::default();
    // The streams of another program are not those of this one.
    let is_git = |source: &Source| source.module.join("/") == "history/git";
    for source in sources().iter().filter(|s| !s.is_in(&["cli"]) && !is_git(s)) {
        for word in CLOCKS.iter().chain(&STREAMS).chain(&MACROS) {
            for at in source.words(word) {
                faults.at(source, at, &format!("`{word}`"));
            }
        }
        for call in ["now()", "std::env", "env::var", "env::args"] {
            for at in source.words(call) {
                faults.at(source, at, &format!("`{call}`"));
            }
        }
    }
    faults.finish("only `cli` reads the clock, the terminal and the environment; all else is told");
}

/// What another program is asked is fixed in a place where it can be read.
#[test]
fn two_files_start_another_program() {
    const FILES: [&str; 2] = ["cli/serve", "history/git"];
    let mut faults = Faults::default();
    for source in sources().iter().filter(|s| !FILES.contains(&s.module.join("/").as_str())) {
        for at in source.words("Command::new") {
            faults.at(source, at, "`Command::new`");
        }
        for at in source.words("std::process").filter(|_| !source.is_in(&["cli", "main"])) {
            faults.at(source, at, "`std::process`");
        }
    }
    faults.finish("only `git` is asked, by src/history/git.rs, and a browser opened, by src/cli/serve.rs");
}

#[test]
fn only_eight_rooms_touch_the_disk() {
    // What an operating system calls text touches nothing.
    const TOUCHES: [&str; 13] = [
        "std::fs",
        "fs::",
        "File::open",
        "OpenOptions",
        "std::os::unix::fs",
        ".is_dir()",
        ".is_file()",
        ".exists()",
        ".metadata()",
        ".symlink_metadata()",
        ".read_dir()",
        ".canonicalize()",
        ".try_exists()",
    ];
    let mut faults = Faults::default();
    for source in sources().iter().filter(|s| !s.is_in(&DISK)) {
        for touch in TOUCHES {
            for at in source.words(touch) {
                faults.at(source, at, &format!("`{touch}`"));
            }
        }
    }
    faults.finish(
        "only `file`, `source`, `atomic`, `publish`, `cache`, `render`, `import` and `cli` touch the disk",
    );
}

/// A path that a person types may be a pipe that never ends.
#[test]
fn files_are_read_up_to_a_bound() {
    const READS: [&str; 4] = ["fs::read", "fs::read_to_string", "read_to_end", "read_to_string"];
    // The standard input and the answers of git are no files.
    // A batch reads what it has written itself.
    const FILES: [&str; 4] = ["file", "atomic/batch", "cli/editor", "history/git"];
    let mut faults = Faults::default();
    for source in sources().iter().filter(|s| !FILES.contains(&s.module.join("/").as_str())) {
        for read in READS {
            for at in source.words(read) {
                faults.at(source, at, &format!("`{read}`"));
            }
        }
    }
    faults.finish("a file is read by `file::read`, which refuses pipes and devices and stops at a bound");
}

#[test]
fn only_an_import_and_the_preview_reach_the_network() {
    const FILES: [&str; 3] = ["import/fetch", "preview/connections", "preview/server"];
    let mut faults = Faults::default();
    for source in sources().iter().filter(|s| !FILES.contains(&s.module.join("/").as_str())) {
        for word in ["std::net", "TcpStream", "TcpListener", "UdpSocket", "ToSocketAddrs", "SocketAddr"] {
            for at in source.words(word) {
                faults.at(source, at, &format!("`{word}`"));
            }
        }
    }
    faults.finish("only an import asks somebody, and only the preview answers: a build does neither");
}

#[test]
fn no_map_of_random_order_stands_where_output_is_written() {
    let mut faults = Faults::default();
    for source in sources().iter().filter(|s| s.is_in(&["output"])) {
        for word in ["HashMap", "HashSet"] {
            for at in source.words(word) {
                faults.at(source, at, &format!("`{word}`"));
            }
        }
    }
    faults.finish("same input, same bytes: in src/output use BTreeMap, BTreeSet or a sorted list");
}

#[test]
fn nothing_that_ships_gives_up() {
    const WORDS: [&str; 9] = [
        ".unwrap()",
        ".unwrap_err()",
        ".expect(",
        ".expect_err(",
        "panic!",
        "todo!",
        "unimplemented!",
        "unreachable!",
        "process::exit",
    ];
    let mut faults = Faults::default();
    for source in sources() {
        for word in WORDS {
            for at in source.words(word) {
                faults.at(&source, at, &format!("`{word}`"));
            }
        }
    }
    faults.finish("content and disks are never a reason to panic: return the fault with its place");
}

#[test]
fn every_field_of_the_model_is_named_where_published_texts_are_walked() {
    let mut faults = Faults::default();
    let sources = sources();
    let walk = sources.iter().find(|source| source.name == "src/model/published.rs").expect("the walk");
    for (at, _) in walk.code.match_indices("..") {
        faults.at(walk, at, "`..` hides fields that nobody has thought of");
    }
    faults.finish("a struct is taken apart field by field, so that a new field does not compile");
}

#[test]
fn no_code_is_unsafe() {
    let mut faults = Faults::default();
    for source in sources() {
        for at in source.words("unsafe") {
            faults.at(&source, at, "`unsafe`");
        }
        let is_root = matches!(source.name.as_str(), "src/lib.rs" | "src/main.rs");
        if is_root && !source.code.contains("#![forbid(unsafe_code)]") {
            faults.file(&source, "`#![forbid(unsafe_code)]` is missing");
        }
    }
    faults.finish("no unsafe code");
}

#[test]
fn a_secret_cannot_be_shown() {
    const HARMLESS: [&str; 4] = ["Clone", "Debug", "PartialEq", "Eq"];
    let mut faults = Faults::default();
    let mut found = false;
    let is_secret = |source: &Source| source.module.join("/") == "model/text";
    for source in sources() {
        for at in source.words("for Secret") {
            let head = &source.code[..at];
            let name = head.rsplit("impl").next().unwrap_or(head).trim();
            let name = name.rsplit("::").next().unwrap_or(name);
            if !HARMLESS.contains(&name) {
                faults.at(&source, at, &format!("`{name}` is implemented for `Secret`"));
            }
        }
        for at in source.words("struct Secret") {
            found = true;
            let head = &source.code[..at];
            let derived = head.rsplit("#[derive(").next().and_then(|d| d.split(')').next()).unwrap_or("");
            // A derived `Debug` would show it.
            for name in derived.split(',').map(str::trim).filter(|n| *n == "Debug" || !HARMLESS.contains(n)) {
                faults.at(&source, at, &format!("`{name}` is derived for `Secret`"));
            }
            if source.code[at..].starts_with("struct Secret(pub") {
                faults.at(&source, at, "the value of `Secret` is public");
            }
        }
        // `needle` and `in_confidence` by whatever syntax they are called.
        for at in source.words("needle").filter(|_| !source.is_in(&["leak_scan"]) && !is_secret(&source)) {
            faults.at(&source, at, "a secret is looked for outside of `leak_scan`");
        }
        let colleagues = source.module.join("/") == "pack/internal";
        for at in source.words("in_confidence").filter(|_| !colleagues && !is_secret(&source)) {
            faults.at(&source, at, "a secret is read outside of `pack/internal`");
        }
    }
    assert!(found, "src: there is no `struct Secret` any more: what keeps private values out of output?");
    faults.finish(
        "a private value has a type that no format can write, and two readers: src/leak_scan/ and src/pack/internal.rs",
    );
}

#[test]
fn the_program_around_the_library_is_thin() {
    let main = fs::read_to_string(root().join("src/main.rs")).unwrap();
    let lines = main.lines().count();
    assert!(lines < 60, "src/main.rs has {lines} lines: logic belongs in src/cli, at most 59 stay here");
}

#[test]
fn every_code_has_its_row_and_every_row_its_code() {
    let (mut faults, mut used) = (Faults::default(), BTreeSet::new());
    // What an import was not certain of stands in its report alone.
    let told = |source: &&Source| !source.is_in(&["import"]) && !source.name.contains("diagnostic/codes");
    for source in sources().iter().filter(told) {
        let text = fs::read_to_string(root().join(&source.name)).unwrap();
        for (at, string) in strings(&text) {
            let part = |p: &str| !p.is_empty() && p.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
            let Some((family, _)) = string.split_once('/').filter(|(a, b)| part(a) && part(b)) else {
                continue;
            };
            let is_family = codes::FAMILIES.iter().any(|known| known.name == family);
            let is_media_type = MEDIA_TYPES.contains(&string);
            let counts = (is_family && !is_media_type) || makes_diagnostic(&source.code, at);
            match codes::find(string).filter(|_| counts) {
                None if !counts => {}
                Some(row) => _ = used.insert(row.code),
                None => faults.at(source, at, &format!("`{string}` has no row in src/diagnostic/codes/")),
            }
        }
    }
    for row in codes::all().filter(|row| !used.contains(row.code) && !EXPECTED.contains(&row.code)) {
        faults.0.push(format!("src/diagnostic/codes/: nothing tells `{}`: take its row out", row.code));
    }
    for code in EXPECTED.iter().filter(|code| used.contains(**code)) {
        faults.0.push(format!("tests/architecture.rs: `{code}` is told now: take it off EXPECTED"));
    }
    faults.finish(
        "each code has one row that says what it means and the way out, and a fixture in tests/suite",
    );
}

#[test]
fn every_file_says_what_it_is_for() {
    let mut faults = Faults::default();
    for path in files(&root().join("src")) {
        let text = fs::read_to_string(&path).unwrap();
        if !text.starts_with("//! ") {
            faults.0.push(format!("{}:1: the first line is no `//!` comment", name(&path)));
        }
    }
    faults.finish("every file opens with what it is for and what it never does");
}

#[test]
fn every_included_file_is_there() {
    let mut faults = Faults::default();
    for path in files(&root().join("src")) {
        let text = fs::read_to_string(&path).unwrap();
        for mark in ["include_str!(\"", "include_bytes!(\""] {
            for (at, _) in text.match_indices(mark) {
                let target = text[at + mark.len()..].split('"').next().unwrap_or("");
                if !path.parent().unwrap().join(target).is_file() {
                    faults.0.push(format!("{}:{}: `{target}` is not there", name(&path), line(&text, at)));
                }
            }
        }
    }
    faults.finish("what is compiled in must be in the repository");
}

// Reading source text.

/// A file of the product.
struct Source {
    /// `src/output/html.rs`.
    name: String,
    /// `[output, html]`; empty for the library's root.
    module: Vec<String>,
    /// The text, with comments, literals and test code blanked. Every byte stays in its line.
    code: String,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn name(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned()
}

/// Every Rust file below a folder, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn sources() -> Vec<Source> {
    let mut found = Vec::new();
    for path in files(&root().join("src")) {
        let name = name(&path);
        let module = name.trim_start_matches("src/").trim_end_matches(".rs");
        // Files that only tests compile: their parents name them under `#[cfg(test)]`.
        if module.split('/').any(|part| matches!(part, "tests" | "fixture")) {
            continue;
        }
        let module = module.split('/').filter(|p| *p != "lib").map(str::to_owned).collect();
        let mut code = blank(&fs::read_to_string(&path).unwrap());
        blank_tests(&mut code);
        found.push(Source { name, module, code: String::from_utf8(code).unwrap() });
    }
    assert!(found.len() > 20, "src: where have all the files gone?");
    found
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn line(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

impl Source {
    fn is_in(&self, rooms: &[&str]) -> bool {
        self.module.first().is_some_and(|room| rooms.contains(&room.as_str()))
    }

    /// Where a word stands, not as a part of a longer one.
    fn words<'s>(&'s self, word: &'s str) -> impl Iterator<Item = usize> + 's {
        let bytes = self.code.as_bytes();
        let goes_on = |at: usize| bytes.get(at).is_some_and(|b| is_word(*b));
        self.code.match_indices(word).map(|(at, _)| at).filter(move |at| {
            let begins = word.as_bytes().first().is_some_and(|b| is_word(*b));
            let finishes = word.as_bytes().last().is_some_and(|b| is_word(*b));
            let longer_before = begins && *at > 0 && goes_on(at - 1);
            let longer_after = finishes && goes_on(at + word.len());
            !longer_before && !longer_after
        })
    }

    /// Every path that begins with `crate::` or `super::`, from the root of the library.
    fn paths(&self) -> Vec<(usize, Vec<String>)> {
        let mut found = Vec::new();
        for (word, levels) in [("crate", None), ("super", Some(1))] {
            for at in self.words(word) {
                let code = self.code.as_bytes();
                let before = self.code[..at].trim_end();
                let mut base = match levels {
                    // The later ones of a chain are read with the first.
                    Some(_) if before.ends_with("::") => continue,
                    Some(_) => self.module[..self.module.len().saturating_sub(1)].to_vec(),
                    None => Vec::new(),
                };
                let mut rest = at + word.len();
                while skip(code, &mut rest, b"::") {
                    if skip(code, &mut rest, b"super") {
                        base.pop();
                    } else {
                        tree(code, &mut rest, base, at, &mut found);
                        break;
                    }
                }
            }
        }
        found.retain(|(_, path)| !path.is_empty());
        found
    }
}

fn blanks(code: &[u8], at: &mut usize) {
    while code.get(*at).is_some_and(u8::is_ascii_whitespace) {
        *at += 1;
    }
}

/// Steps over `mark`, if it stands here.
fn skip(code: &[u8], at: &mut usize, mark: &[u8]) -> bool {
    let mut after = *at;
    blanks(code, &mut after);
    if !code[after..].starts_with(mark) {
        return false;
    }
    let end = after + mark.len();
    if is_word(mark[mark.len() - 1]) && code.get(end).is_some_and(|b| is_word(*b)) {
        return false;
    }
    *at = end;
    true
}

/// Reads `a::{b, c::d}` into one path for each leaf.
fn tree(
    code: &[u8],
    at: &mut usize,
    mut base: Vec<String>,
    place: usize,
    found: &mut Vec<(usize, Vec<String>)>,
) {
    loop {
        if skip(code, at, b"{") {
            while !skip(code, at, b"}") && *at < code.len() {
                tree(code, at, base.clone(), place, found);
                if !skip(code, at, b",") && !matches!(code.get(*at), Some(b'}' | b' ' | b'\n')) {
                    break;
                }
            }
            return;
        }
        blanks(code, at);
        let start = *at;
        while code.get(*at).is_some_and(|b| is_word(*b)) {
            *at += 1;
        }
        let word = String::from_utf8_lossy(&code[start..*at]).into_owned();
        if !word.is_empty() && word != "self" {
            base.push(word);
        }
        let mut next = *at;
        if !skip(code, &mut next, b"::") || code.get(next) == Some(&b'<') {
            // `as other_name` belongs to the leaf before it.
            if skip(code, at, b"as") {
                blanks(code, at);
                while code.get(*at).is_some_and(|b| is_word(*b)) {
                    *at += 1;
                }
            }
            found.push((place, base));
            return;
        }
        *at = next;
    }
}

/// Blanks comments, strings and characters; line breaks stay.
fn blank(text: &str) -> Vec<u8> {
    let mut out = text.as_bytes().to_vec();
    let mut at = 0;
    while at < out.len() {
        let end = literal_end(text, at);
        match end {
            Some(end) => {
                for byte in &mut out[at..end] {
                    if *byte != b'\n' {
                        *byte = b' ';
                    }
                }
                at = end;
            }
            None => at += 1,
        }
    }
    out
}

/// Where the comment or literal that begins here ends.
fn literal_end(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let rest = &bytes[at..];
    let find = |from: usize, mark: &str| {
        let hit = bytes[from..].windows(mark.len()).position(|w| w == mark.as_bytes());
        hit.map_or(text.len(), |n| from + n + mark.len())
    };
    if rest.starts_with(b"//") {
        return Some(find(at, "\n") - usize::from(find(at, "\n") < text.len()));
    }
    if rest.starts_with(b"/*") {
        return Some(find(at + 2, "*/"));
    }
    if rest[0] == b'r' && (at == 0 || bytes[at - 1] == b'b' || !is_word(bytes[at - 1])) {
        let hashes = rest[1..].iter().take_while(|b| **b == b'#').count();
        if rest.get(1 + hashes) == Some(&b'"') {
            return Some(find(at + 2 + hashes, &format!("\"{}", "#".repeat(hashes))));
        }
    }
    if rest[0] == b'"' {
        let mut end = at + 1;
        while end < bytes.len() && bytes[end] != b'"' {
            end += if bytes[end] == b'\\' { 2 } else { 1 };
        }
        return Some((end + 1).min(bytes.len()));
    }
    if rest[0] == b'\'' {
        // `'a'` and `'\n'` are characters, `'a` is a lifetime.
        if rest.get(1) == Some(&b'\\') {
            return Some(find(at + 3, "'"));
        }
        let width = std::str::from_utf8(&rest[1..]).ok()?.chars().next()?.len_utf8();
        return (rest.get(1 + width) == Some(&b'\'')).then_some(at + 2 + width);
    }
    None
}

/// Blanks every item under `#[cfg(test)]`.
fn blank_tests(code: &mut [u8]) {
    for range in tests_of(code) {
        for byte in &mut code[range] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    }
}

/// Where the items under `#[cfg(test)]` stand in blanked code.
fn tests_of(code: &[u8]) -> Vec<Range<usize>> {
    const MARK: &[u8] = b"#[cfg(test)]";
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = code[from..].windows(MARK.len()).position(|w| w == MARK).map(|n| from + n) {
        let mut depth = 0_usize;
        let mut end = start + MARK.len();
        while end < code.len() {
            match code[end] {
                b'{' => depth += 1,
                b'}' if depth == 1 => break,
                b'}' => depth = depth.saturating_sub(1),
                b';' if depth == 0 => break,
                _ => {}
            }
            end += 1;
        }
        from = (end + 1).min(code.len());
        found.push(start..from);
    }
    found
}

/// The strings of a file that ship, each with its place.
fn strings(text: &str) -> Vec<(usize, &str)> {
    let tests = tests_of(&blank(text));
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let Some(end) = literal_end(text, at) else {
            at += 1;
            continue;
        };
        let string = text[at..end].strip_prefix('"').and_then(|s| s.strip_suffix('"'));
        found.extend(string.filter(|_| !tests.iter().any(|t| t.contains(&at))).map(|s| (at, s)));
        at = end;
    }
    found
}

/// Whether a string stands where a diagnostic is made: in a call of one of these, or as a `code`.
fn makes_diagnostic(code: &str, at: usize) -> bool {
    const CALLS: [&str; 8] =
        ["error", "fail", "fail_key", "fault", "unbalanced", "unknown", "warn", "warning"];
    if code[..at].trim_end().ends_with("code:") {
        return true;
    }
    let mut depth = 0;
    for (place, byte) in code[..at].bytes().enumerate().rev() {
        match byte {
            b')' | b']' | b'}' => depth += 1,
            b'(' | b'[' | b'{' if depth > 0 => depth -= 1,
            b'(' => {
                let name = code[..place].rsplit(|c: char| !c.is_alphanumeric() && c != '_').next();
                return name.is_some_and(|name| CALLS.contains(&name));
            }
            b'[' | b'{' | b';' => return false,
            _ => {}
        }
    }
    false
}

/// What breaks a rule, each with its place.
#[derive(Default)]
struct Faults(Vec<String>);

impl Faults {
    fn at(&mut self, source: &Source, at: usize, what: &str) {
        self.0.push(format!("{}:{}: {what}", source.name, line(&source.code, at)));
    }

    fn file(&mut self, source: &Source, what: &str) {
        self.0.push(format!("{}:1: {what}", source.name));
    }

    #[track_caller]
    fn finish(self, rule: &str) {
        assert!(self.0.is_empty(), "\nrule: {rule}\n{}\n", self.0.join("\n"));
    }
}

// The reader itself: what it blanks, and what it sees.

#[test]
fn comments_literals_and_tests_are_not_read() {
    let text = "a; // .unwrap()\n\"x \\\" .unwrap()\"; '\"'; b: &'a str; r#\"panic!\"#;\n#[cfg(test)]\nmod tests { fn f() { x.unwrap() } }\nend";
    let mut code = blank(text);
    blank_tests(&mut code);
    let code = String::from_utf8(code).unwrap();
    assert!(!code.contains("unwrap") && !code.contains("panic"), "{code}");
    assert!(code.starts_with("a;") && code.contains("b: &'a str;") && code.ends_with("end"), "{code}");
    assert_eq!(code.matches('\n').count(), text.matches('\n').count());
}

#[test]
fn paths_are_read_through_groups_and_upwards() {
    let module = ["output", "html", "home"].map(str::to_owned).to_vec();
    let code = "use super::{Html, parts::{Ask, Chip as C}};\nuse super::super::rss::feed;\nlet x = crate::text::fold(y); crate::model::Text::<T>::new();".to_owned();
    let source = Source { name: String::new(), module, code };
    let paths: Vec<String> = source.paths().into_iter().map(|(_, p)| p.join("::")).collect();
    let expected = [
        "text::fold",
        "model::Text",
        "output::html::Html",
        "output::html::parts::Ask",
        "output::html::parts::Chip",
        "output::rss::feed",
    ];
    assert_eq!(paths, expected);
}

#[test]
fn strings_that_ship_are_read_and_those_of_tests_are_not() {
    let text = "f.fail(a(b), \"x/one\"); // \"x/two\"\n#[cfg(test)]\nmod tests { g(\"x/three\"); }\nlet y = h(\"x/four\");";
    let found: Vec<&str> = strings(text).into_iter().map(|(_, string)| string).collect();
    assert_eq!(found, ["x/one", "x/four"]);
    let code = String::from_utf8(blank(text)).unwrap();
    let made: Vec<bool> = strings(text).into_iter().map(|(at, _)| makes_diagnostic(&code, at)).collect();
    assert_eq!(made, [true, false]);
}
