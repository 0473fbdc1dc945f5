//! Rules about the source text. ARCHITECTURE.md and docs/decisions/modules.md explain them.
//!
//! A failure names the file, the line and the rule. What the compiler or clippy can check is not checked here.

mod messages;
mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use noroshi::internals::diagnostic::codes;

use source::{Source, Sources, files, root};

/// The one import from a later room, with its reason.
const EXCEPTION: (&str, &str) = ("output", "publish");

/// Helpers of `src/output/` that write no file by themselves.
const HELPERS: [&str; 4] = ["headers", "icons", "json", "xml"];

/// A format that uses another one: `_redirects` and the small pages must lead to the same places.
const SHARED: (&str, &str) = ("hosting", "redirect");

/// Where a crate may be used: rooms or files. A crate that is not listed may be used anywhere.
const CRATES: [(&str, &[&str]); 57] = [
    ("aho_corasick", &["leak_scan/copied_files"]),
    ("async_trait", &["fetch/objects"]),
    ("brotli", &["deploy/sides"]),
    ("flate2", &["deploy/sides", "fetch/client"]),
    ("futures_util", &["deploy/objects"]),
    ("http_body_util", &["fetch/objects"]),
    ("md5", &["deploy/objects"]),
    ("object_store", &["deploy", "fetch/objects", "purge"]),
    ("memchr", &["leak_scan/search"]),
    ("regex", &["check/sensitive/pattern", "markdown/chat"]),
    ("annotate_snippets", &["diagnostic/human"]),
    ("anstyle_query", &["cli/console"]),
    ("askama", &["output/html"]),
    ("axum", &["preview"]),
    ("base64", &["announce/platforms", "standard_webhooks", "leak_scan"]),
    (
        "chrono",
        &[
            "announce/exchange",
            "import",
            "model",
            "timeline",
            "uptime",
            "locale",
            "site",
            "output",
            "check",
            "pack",
            "purge",
            "report",
        ],
    ),
    ("chrono_tz", &["model"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli/completions"]),
    ("clap_mangen", &["cli/man"]),
    ("cssparser", &["theme/css"]),
    ("dialoguer", &["cli/terminal"]),
    ("fluent_bundle", &["locale", "message/catalogue"]),
    ("fluent_syntax", &["locale", "theme/messages"]),
    ("gethostname", &["publish/stage"]),
    ("granit_parser", &["document/yaml", "document/yaml_faults"]),
    ("htmd", &["import/prose", "output/assistants"]),
    ("html5ever", &["theme/tree"]),
    ("hyper", &["preview/connections"]),
    ("hyper_util", &["preview/connections"]),
    ("icu_calendar", &["locale"]),
    ("icu_datetime", &["locale"]),
    ("icu_locale_core", &["locale"]),
    ("icu_segmenter", &["announce/graphemes", "pack/split"]),
    ("lettre", &["announce/platforms/mail"]),
    ("mail_builder", &["announce/platforms/mail", "pack/mail"]),
    ("mimalloc", &["main"]),
    ("notify", &["file_watcher"]),
    ("pulldown_cmark", &["markdown"]),
    ("quick_xml", &["import/feed", "output"]),
    ("rayon", &["cli/threads", "load", "render"]),
    // rustls calls its functions of cryptography `ring` too.
    ("ring", &["announce/platforms", "fetch/certificate", "standard_webhooks"]),
    ("rrule", &["model"]),
    ("rustix", &["os"]),
    ("rustls", &["announce/platforms/mail", "fetch/certificate"]),
    ("schemars", &["schema"]),
    ("serde_yaml", &["document/yaml", "import"]),
    ("sha2", &["cms", "digest", "publish", "theme/assets"]),
    ("tempfile", &["cli/demo", "deploy/rsync"]),
    ("tokio", &["os", "preview", "cli/triggers", "deploy", "fetch/objects"]),
    ("tokio_stream", &["preview"]),
    ("toml", &["import"]),
    ("ureq", &["fetch"]),
    ("unicode_width", &["output/badge"]),
    ("uuid", &["site/identity"]),
    ("walkdir", &["source"]),
    ("webpki_roots", &["fetch/certificate"]),
];

/// Rooms that may use the disk.
const DISK: [&str; 10] =
    ["os", "file", "source", "atomic", "publish", "deploy", "cache", "render", "import", "cli"];

/// Media types that look like codes.
const MEDIA_TYPES: [&str; 4] = ["text/css", "text/html", "text/javascript", "text/plain"];

// Imports.

#[test]
fn rooms_only_use_rooms_before_them() {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let rows =
        map.lines().filter_map(|line| line.strip_prefix("| `src/")?.split_once(".rs`")).map(|(room, _)| room);
    let order: Vec<&str> = rows.collect();
    let place = |room: &str| order.iter().position(|known| *known == room);
    let (mut faults, mut is_excepted) = (Faults::default(), false);
    for source in Sources::read().0 {
        let Some(room) = source.module.first().filter(|room| *room != "main") else { continue };
        let Some(own) = place(room) else {
            faults.at(&source, 1, "this room has no row in ARCHITECTURE.md");
            continue;
        };
        for named in source.paths() {
            let used = named.path[0].as_str();
            let is_exception = (room.as_str(), used) == EXCEPTION;
            is_excepted |= is_exception;
            if !is_exception && place(used).is_some_and(|used| used > own) {
                faults.at(&source, named.line, &format!("`{room}` uses `{}`", named.path.join("::")));
            }
        }
    }
    assert!(is_excepted, "`{}` no longer uses `{}`: remove EXCEPTION", EXCEPTION.0, EXCEPTION.1);
    faults.finish("a room uses only rooms above its row in the table of ARCHITECTURE.md");
}

/// A module may hand work to the files in its folder, and these may use what it defines.
#[test]
fn no_two_files_import_each_other() {
    let sources = Sources::read();
    let mut imports = sources.imports();
    for (file, from) in &mut imports {
        let folder = format!("{}/", file.trim_end_matches(".rs"));
        from.retain(|other, _| !other.starts_with(&folder));
    }
    let mut reached: BTreeMap<&str, BTreeSet<&str>> =
        imports.iter().map(|(file, from)| (*file, from.keys().copied().collect())).collect();
    let mut is_growing = true;
    while is_growing {
        is_growing = false;
        for file in imports.keys() {
            let further: BTreeSet<&str> =
                reached[file].iter().filter_map(|next| reached.get(next)).flatten().copied().collect();
            let all = reached.get_mut(file).unwrap();
            let before = all.len();
            all.extend(further);
            is_growing |= all.len() > before;
        }
    }
    let mut faults = Faults::default();
    for (file, from) in &imports {
        for (other, names) in from {
            if reached.get(other).is_some_and(|back| back.contains(file)) {
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                faults.0.push(format!("{file} imports {} from {other}", names.join(", ")));
            }
        }
    }
    faults.finish("imports have no circle: move what both files need into a third, below them");
}

#[test]
fn formats_do_not_know_one_another() {
    let mut faults = Faults::default();
    let sources = Sources::read();
    for source in sources.0.iter().filter(|source| source.is_in(&["output"])) {
        let Some(format) = source.module.get(1) else { continue };
        for named in source.paths().iter().filter(|named| named.path[0] == "output") {
            let Some(other) = named.path.get(1).filter(|other| *other != format) else { continue };
            let is_format = root().join(format!("src/output/{other}.rs")).exists();
            let is_shared = (format.as_str(), other.as_str()) == SHARED || HELPERS.contains(&other.as_str());
            if is_format && !is_shared {
                faults.at(source, named.line, &format!("the format `{format}` uses the format `{other}`"));
            }
        }
    }
    faults.finish("a file of src/output knows the site and its own format, no other: see SHARED");
}

#[test]
fn crates_stay_in_their_rooms() {
    let mut faults = Faults::default();
    let sources = Sources::read();
    for (name, homes) in CRATES {
        faults.uses(sources.outside(homes), &[name]);
    }
    faults.finish("each crate has a room, so that it can be exchanged there: see CRATES");
}

// What only some rooms may do.

#[test]
fn only_the_command_line_reads_clock_terminal_and_environment() {
    const INPUTS: [&str; 11] = [
        "SystemTime",
        "UNIX_EPOCH",
        "elapsed",
        "stdin",
        "stdout",
        "stderr",
        "now()",
        "std::env",
        "env::var",
        "env::args",
        "dbg!",
    ];
    let mut faults = Faults::default();
    // The streams that these use are those of git and of rsync.
    let git = ["announce/ledger/git", "history/git"];
    faults.uses(Sources::read().outside(&["cli", "deploy/rsync", git[0], git[1]]), &INPUTS);
    faults.finish("only `cli` reads the clock, the terminal and the environment, and passes values on");
}

#[test]
fn five_files_start_a_program() {
    let (mut faults, sources) = (Faults::default(), Sources::read());
    let homes = ["cli/ci/issue/program", "cli/edit/program", "cli/serve", "deploy/rsync", "history/git"];
    faults.uses(sources.outside(&homes), &["Command::new"]);
    faults.uses(sources.outside(&["cli", "main", "deploy/rsync", "history/git"]), &["std::process"]);
    faults.finish("src/history/git.rs starts git, src/deploy/rsync.rs starts rsync, src/cli/serve.rs opens the browser, src/cli/edit/program.rs the text editor, and src/cli/ci/issue/program.rs noroshi itself; no other file starts a program");
}

#[test]
fn only_ten_rooms_touch_the_disk() {
    const CALLS: [&str; 12] = [
        "std::fs",
        "fs::",
        "File::open",
        "OpenOptions",
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
    faults.uses(Sources::read().outside(&DISK), &CALLS);
    faults.finish("only the rooms in DISK use the disk");
}

#[test]
fn one_room_knows_which_system_it_runs_on() {
    let mut faults = Faults::default();
    faults.uses(Sources::read().outside(&["os"]), &["std::os", "cfg!", "MAIN_SEPARATOR", "tokio::signal"]);
    for path in files(&root().join("src")) {
        let shown = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
        // Tests of what only Unix has may say so.
        let is_free = shown.starts_with("src/os") || shown.contains("/tests");
        let text = fs::read_to_string(&path).unwrap();
        for (number, line) in text.lines().enumerate().filter(|_| !is_free) {
            let is_gate = ["cfg(unix", "cfg(windows", "not(unix", "not(windows", "target_os"]
                .iter()
                .any(|g| line.contains(g));
            let is_test = text.lines().nth(number + 1).is_some_and(|next| next.trim() == "#[test]");
            if is_gate && !is_test {
                faults.0.push(format!("{shown}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    faults.finish("only src/os knows what Unix and Windows do differently");
}

/// A path that a person types may be a pipe that never ends.
#[test]
fn files_are_read_up_to_a_bound() {
    const READS: [&str; 4] = ["fs::read", "fs::read_to_string", "read_to_end", "read_to_string"];
    // The standard input and the answers of git are not files; a batch reads what it has written itself.
    const HOMES: [&str; 4] = ["file", "atomic/batch", "cli/editor", "history/git"];
    let mut faults = Faults::default();
    faults.uses(Sources::read().outside(&HOMES), &READS);
    faults.finish("`file::read` reads files: it refuses pipes and devices and stops at a limit");
}

#[test]
fn three_modules_reach_the_network() {
    const NETWORK: [&str; 6] =
        ["std::net", "TcpStream", "TcpListener", "UdpSocket", "ToSocketAddrs", "SocketAddr"];
    let mut faults = Faults::default();
    let sources = Sources::read();
    let known = ["announce/platforms/mail", "fetch", "preview/connections", "preview/server"];
    faults.uses(sources.outside(&known), &NETWORK);
    faults
        .finish("only `fetch` sends requests, only mail is submitted, and only the preview answers requests");
}

#[test]
fn no_map_of_random_order_stands_where_output_is_written() {
    let mut faults = Faults::default();
    let sources = Sources::read();
    faults.uses(sources.0.iter().filter(|source| source.is_in(&["output"])), &["HashMap", "HashSet"]);
    faults.finish("same input, same bytes: in src/output use BTreeMap, BTreeSet or a sorted list");
}

// Private values.

#[test]
fn every_field_of_the_model_is_named_where_published_texts_are_walked() {
    let sources = Sources::read();
    let walk = sources.0.iter().filter(|source| source.is_in(&["model/published"]));
    let mut faults = Faults::default();
    faults.uses(walk, &[".."]);
    faults.finish("a struct is taken apart field by field, so that a new field does not compile");
}

#[test]
fn a_secret_cannot_be_shown() {
    const HARMLESS: [&str; 4] = ["Clone", "Debug", "PartialEq", "Eq"];
    let (mut faults, sources) = (Faults::default(), Sources::read());
    for source in &sources.0 {
        for at in 1..source.tokens.len() {
            let name = source.tokens[at - 1].text.as_str();
            if source.is_at(at, &["for", "Secret"]) && !HARMLESS.contains(&name) {
                faults.at(source, source.tokens[at].line, &format!("`{name}` is implemented for `Secret`"));
            }
        }
    }
    let text = fs::read_to_string(root().join("src/model/text.rs")).unwrap();
    let (head, body) = text.split_once("pub struct Secret(").expect("the type of private values");
    assert!(!body.starts_with("pub"), "src/model/text.rs: the value of `Secret` is public");
    let derived =
        head.rsplit_once("#[derive(").and_then(|(_, rest)| rest.split(')').next()).unwrap_or_default();
    for name in derived.split(',').map(str::trim) {
        // A derived `Debug` would show the value.
        let is_harmless = name != "Debug" && HARMLESS.contains(&name);
        assert!(is_harmless, "src/model/text.rs: `{name}` is derived for `Secret`");
    }
    faults.uses(sources.outside(&["leak_scan", "model/text"]), &["needle"]);
    faults.uses(sources.outside(&["pack/internal", "model/text"]), &["in_confidence"]);
    faults.finish(
        "only src/leak_scan/ and src/pack/internal.rs read a private value, and no format can write it",
    );
}

// Files and codes.

#[test]
fn the_program_around_the_library_is_thin() {
    let lines = fs::read_to_string(root().join("src/main.rs")).unwrap().lines().count();
    assert!(lines < 60, "src/main.rs has {lines} lines: logic belongs in src/cli, at most 59 stay here");
}

#[test]
fn every_file_says_what_it_is_for() {
    let mut faults = Faults::default();
    for path in files(&root().join("src")) {
        if !fs::read_to_string(&path).unwrap().starts_with("//! ") {
            faults.0.push(format!("{}:1: the first line is not a `//!` comment", path.display()));
        }
    }
    faults.finish("every file opens with what it does and what it never does");
}

#[test]
fn every_code_has_its_row_and_every_row_its_code() {
    let (mut faults, mut used) = (Faults::default(), BTreeSet::new());
    let sources = Sources::read();
    // What an import was not certain of is in its report, and has no code.
    for source in sources.outside(&["import"]) {
        for (at, token) in source.tokens.iter().enumerate() {
            let Some(text) = token.text.strip_prefix('"').and_then(|s| s.strip_suffix('"')) else { continue };
            let is_part =
                |p: &str| !p.is_empty() && p.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
            let Some((family, _)) = text.split_once('/').filter(|(a, b)| is_part(a) && is_part(b)) else {
                continue;
            };
            let is_family = codes::FAMILIES.iter().any(|known| known.name == family);
            let is_code = is_family && !MEDIA_TYPES.contains(&text) || makes_diagnostic(source, at);
            match codes::find(text).filter(|_| is_code) {
                Some(row) => _ = used.insert(row.code),
                None if is_code => {
                    faults.at(source, token.line, &format!("`{text}` has no row in docs/codes.md"));
                }
                None => {}
            }
        }
    }
    for row in codes::all().filter(|row| !used.contains(row.code)) {
        faults.0.push(format!("docs/codes.md: nothing reports `{}`: remove its row", row.code));
    }
    faults
        .finish("each code has one row that says what it means and what to do, and a fixture in tests/suite");
}

/// Whether a string is an argument of a function that makes a diagnostic, or a `code`.
fn makes_diagnostic(source: &Source, at: usize) -> bool {
    const CALLS: [&str; 9] =
        ["error", "fail", "fail_key", "fault", "refuse", "unbalanced", "unknown", "warn", "warning"];
    let before = &source.tokens[..at];
    if let [.., name, colon] = before
        && (name.text.as_str(), colon.text.as_str()) == ("code", ":")
    {
        return true;
    }
    let mut depth = 0;
    for (place, token) in before.iter().enumerate().rev() {
        match token.text.as_str() {
            ")" | "]" | "}" => depth += 1,
            "(" | "[" | "{" if depth > 0 => depth -= 1,
            "(" => return place > 0 && CALLS.contains(&before[place - 1].text.as_str()),
            "[" | "{" | ";" => return false,
            _ => {}
        }
    }
    false
}

/// What breaks a rule, each with its place.
#[derive(Default)]
struct Faults(Vec<String>);

impl Faults {
    fn at(&mut self, source: &Source, line: usize, what: &str) {
        self.0.push(format!("{}:{line}: {what}", source.name));
    }

    /// Each place where one of these sources has one of these pieces of code.
    fn uses<'s>(&mut self, sources: impl Iterator<Item = &'s Source>, codes: &[&str]) {
        for source in sources {
            for code in codes {
                for line in source.lines_with(code) {
                    self.at(source, line, &format!("`{code}`"));
                }
            }
        }
    }

    #[track_caller]
    fn finish(self, rule: &str) {
        assert!(self.0.is_empty(), "\nrule: {rule}\n{}\n", self.0.join("\n"));
    }
}
