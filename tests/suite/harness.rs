//! The test harness: a site in a temporary folder, the real binary, and its results.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use noroshi::internals::publish::{Manifest, read_manifest};
use tempfile::TempDir;

/// Noon of the day on which the demo has an incident and a maintenance at once.
pub const NOON: &str = "2026-11-20T12:00:00+09:00";

/// The prefix of files that an interrupted build may leave; everything else in `public` is published.
const OWN: &str = ".noroshi-";

/// Tests read English messages, whatever the language of the machine and of the site, unless they ask for another.
pub fn in_english(command: &mut Command) {
    if !command.get_envs().any(|(name, _)| name == "NOROSHI_LANG") {
        command.env("NOROSHI_LANG", "en");
    }
}

/// A site in a temporary folder. Dropping it removes the folder.
pub struct Site {
    temp: TempDir,
}

impl Site {
    fn new() -> Site {
        Site { temp: folder() }
    }

    /// The demo of the repository.
    pub fn demo() -> Site {
        Site::copy(&repository().join("content"), false)
    }

    /// The demo, with its files created in reverse order.
    pub fn demo_reversed() -> Site {
        Site::copy(&repository().join("content"), true)
    }

    /// A copy of `tests/suite/fixtures/<name>`.
    pub fn fixture(name: &str) -> Site {
        Site::copy(&repository().join("tests/suite/fixtures").join(name).join("content"), false)
    }

    /// An empty folder.
    pub fn bare() -> Site {
        Site::new()
    }

    /// A site with only a site.yaml, in English, with the components `api` and `web`.
    pub fn empty() -> Site {
        let site = Site::new();
        site.write(
            "content/site.yaml",
            "title: Example Status\nurl: https://status.example/\ntimezone: Asia/Tokyo\nlocales: [en]\n\
             components:\n  - {id: api, name: API}\n  - {id: web, name: Website}\n\
             faq:\n  categories:\n    - {id: general, name: General}\n",
        );
        site
    }

    fn copy(content: &Path, reversed: bool) -> Site {
        let site = Site::new();
        let mut files = files_below(content);
        if reversed {
            files.reverse();
        }
        site.write_copies(&files, content, "content");
        site
    }

    /// Copies a whole folder into a folder of the site; an empty name is the site itself.
    pub fn write_folder(&self, from: &Path, to: &str) -> &Site {
        self.write_copies(&files_below(from), from, to)
    }

    fn write_copies(&self, files: &[PathBuf], from: &Path, to: &str) -> &Site {
        for file in files {
            let name = file.strip_prefix(from).expect("a file of the folder");
            self.write_bytes(Path::new(to).join(name), &fs::read(file).expect("a readable file"));
        }
        self
    }

    pub fn root(&self) -> &Path {
        self.temp.path()
    }

    pub fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.root().join(name)
    }

    /// Writes a file and the folders above it.
    pub fn write(&self, name: impl AsRef<Path>, text: &str) -> &Site {
        self.write_bytes(name, text.as_bytes())
    }

    pub fn write_bytes(&self, name: impl AsRef<Path>, bytes: &[u8]) -> &Site {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, bytes).expect("a written file");
        self
    }

    /// Replaces a text that must be in the file.
    pub fn edit(&self, name: &str, from: &str, to: &str) -> &Site {
        let text = self.read(name);
        assert!(text.contains(from), "`{from}` is not in {name}");
        self.write(name, &text.replacen(from, to, 1))
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("a readable file")
    }

    /// Adds a text to the end of a file.
    pub fn append(&self, name: &str, text: &str) -> &Site {
        self.write(name, &(self.read(name) + text))
    }

    pub fn remove(&self, name: &str) -> &Site {
        fs::remove_file(self.path(name)).expect("a removed file");
        self
    }

    pub fn rename(&self, from: &str, to: &str) -> &Site {
        fs::rename(self.path(from), self.path(to)).expect("a renamed file");
        self
    }

    /// `noroshi build` for the current time.
    pub fn build(&self) -> Outcome<'_> {
        self.run(["build", "--format", "json"])
    }

    /// `noroshi build` for an instant.
    pub fn build_at(&self, at: &str) -> Outcome<'_> {
        self.run(["build", "--as-of", at, "--format", "json"])
    }

    /// `noroshi check` for noon, with JSON diagnostics.
    pub fn check(&self) -> Outcome<'_> {
        self.run(["check", "--as-of", NOON, "--format", "json"])
    }

    pub fn run<const N: usize>(&self, arguments: [&str; N]) -> Outcome<'_> {
        self.run_in(&[], arguments)
    }

    /// `noroshi` with a line as people type it in the folder of the site: `build --events new.jsonl`.
    pub fn typed(&self, line: &str) -> Outcome<'_> {
        let mut command = self.command([]);
        command.args(shlex::split(line).expect("quotes that end")).current_dir(self.root());
        self.finish(command)
    }

    /// A typed line for an instant.
    pub fn at(&self, instant: &str, line: &str) -> Outcome<'_> {
        self.typed(&format!("{line} --as-of '{instant}'"))
    }

    /// A typed line for noon.
    pub fn noon(&self, line: &str) -> Outcome<'_> {
        self.at(NOON, line)
    }

    pub fn run_in<const N: usize>(&self, environment: &[(&str, &str)], arguments: [&str; N]) -> Outcome<'_> {
        let mut command = self.command(arguments);
        command.envs(environment.iter().copied());
        self.finish(command)
    }

    /// `noroshi` with any arguments, stopped after this many seconds of CPU time. A busy machine
    /// therefore fails no test.
    pub fn run_within<const N: usize>(&self, seconds: u32, arguments: [&str; N]) -> Outcome<'_> {
        let whole = self.command(arguments);
        let mut command = Command::new("sh");
        command.arg("-c").arg(format!("ulimit -t {seconds}; exec \"$@\"")).arg("sh");
        command.arg(whole.get_program()).args(whole.get_args());
        self.finish(command)
    }

    pub fn finish(&self, mut command: Command) -> Outcome<'_> {
        // If another test copies the binary while a process starts, the copy stays open for writing
        // for a moment. Then try again.
        in_english(&mut command);
        let output = std::iter::repeat_with(|| command.output()).find(|output| {
            !output.as_ref().is_err_and(|e| e.kind() == std::io::ErrorKind::ExecutableFileBusy)
        });
        let output = output.expect("an end").expect("a process");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Outcome {
            site: self,
            command: format!("{command:?}"),
            status: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }

    /// The command, not yet started.
    pub fn command<const N: usize>(&self, arguments: [&str; N]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_noroshi"));
        command.args(arguments).arg("--root").arg(self.root());
        in_english(&mut command);
        // The host of a site would be that of the CI that runs these tests.
        for name in ["CF_PAGES", "WORKERS_CI", "NETLIFY", "GITHUB_ACTIONS", "GITLAB_CI"] {
            command.env_remove(name);
        }
        command
    }

    /// Starts a build that runs while the test continues.
    pub fn start_build(&self) -> Child {
        let mut command = self.command(["build", "--as-of", NOON]);
        command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("a process")
    }

    /// Every published file, without the traces of an interrupted build.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        files_of(&self.path("public"))
    }

    /// Modification time and inode of every published file: equal only if nothing was written.
    pub fn mtimes(&self) -> BTreeMap<String, (i64, i64, u64)> {
        let public = self.path("public");
        published(&public).into_iter().map(|(name, path)| (name, touched(&path))).collect()
    }

    /// The page at an address: `incidents/a/`, or an empty text for the home page.
    pub fn page(&self, address: &str) -> String {
        self.read(&format!("public/{}", file_of(address)))
    }

    /// The instant that the published site was built for.
    pub fn effective(&self) -> String {
        self.json("manifest.json")["effective"].as_str().expect("an instant").to_owned()
    }

    /// The published JSON at an address.
    pub fn json(&self, address: &str) -> serde_json::Value {
        serde_json::from_str(&self.page(address)).unwrap_or_else(|fault| panic!("{address}: {fault}"))
    }

    /// The published manifest with its parts.
    pub fn manifest(&self) -> Manifest {
        read_manifest(&self.path("public")).expect("a whole manifest")
    }

    /// The text of the published manifest and its parts.
    pub fn manifest_text(&self) -> String {
        let files = self.files().into_iter().filter(|(path, _)| is_of_manifest(path));
        files.map(|(_, bytes)| String::from_utf8(bytes).expect("UTF-8")).collect()
    }

    /// Copies the published manifest and its parts into a folder.
    pub fn copy_manifest(&self, to: &Path) {
        let _ = fs::remove_dir_all(to);
        for (path, bytes) in self.files().into_iter().filter(|(path, _)| is_of_manifest(path)) {
            let to = to.join(path);
            fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
            fs::write(to, bytes).expect("a file");
        }
    }
}

/// Whether a published file is the manifest or a part of it.
pub fn is_of_manifest(path: &str) -> bool {
    path == "manifest.json" || path.starts_with("manifest/")
}

pub struct Outcome<'s> {
    site: &'s Site,
    /// The command, for failures.
    command: String,
    status: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

/// One line of `--format json`.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Diagnostic {
    pub code: String,
    pub severity: String,
    pub message: String,
    pub file: String,
    pub line: usize,
    pub column: usize,
    pub end_line: usize,
    pub end_column: usize,
    pub help: Option<String>,
}

impl Outcome<'_> {
    /// Asserts the exit code.
    #[track_caller]
    pub fn exit(&self, wanted: i32) -> &Self {
        assert_eq!(self.status, Some(wanted), "\n{}\n{}\n{}", self.command, self.stdout, self.stderr);
        self
    }

    pub fn exited_with(&self, code: i32) -> bool {
        self.status == Some(code)
    }

    #[track_caller]
    pub fn stderr_has(&self, words: &str) -> &Self {
        assert!(self.stderr.contains(words), "{}\n`{words}` is not in\n{}", self.command, self.stderr);
        self
    }

    /// Asserts that there are no diagnostics at all. Needs `--format json`.
    #[track_caller]
    pub fn quiet(&self) -> &Self {
        assert_eq!(self.stdout, "", "{}", self.stderr);
        self
    }

    /// The diagnostics. Needs `--format json`.
    #[track_caller]
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let parse = |line: &str| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"));
        let found: Vec<Diagnostic> = self.stdout.lines().map(parse).collect();
        assert!(found.iter().all(|d| !d.message.is_empty()), "{}", self.stdout);
        found
    }

    /// The codes of the diagnostics, in order. Needs `--format json`.
    #[track_caller]
    pub fn codes(&self) -> Vec<String> {
        self.diagnostics().into_iter().map(|d| d.code).collect()
    }

    /// The number of files that this build reports as written.
    #[track_caller]
    pub fn written(&self) -> usize {
        let line = self.stderr.lines().chain(self.stdout.lines()).find(|l| l.starts_with("built "));
        let count = line.and_then(|l| l.split(": ").nth(1)).and_then(|l| l.split(' ').next());
        count.and_then(|c| c.parse().ok()).unwrap_or_else(|| panic!("no last line in {}", self.stderr))
    }

    pub fn page(&self, address: &str) -> String {
        self.site.page(address)
    }

    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        self.site.files()
    }
}

impl Diagnostic {
    /// The text that the diagnostic points at.
    pub fn points_at(&self, text: &str) -> String {
        let offset = |line: usize, column: usize| {
            let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
            let rest = &text[start..];
            start + rest.char_indices().nth(column - 1).map_or(rest.len(), |(at, _)| at)
        };
        text[offset(self.line, self.column)..offset(self.end_line, self.end_column)].to_owned()
    }
}

/// Assertions about a text, such as a page or a file.
pub trait Text {
    /// Asserts that it contains all of these words.
    fn has<const N: usize>(&self, all: [&str; N]);

    /// Asserts that it contains none of these words.
    fn lacks<const N: usize>(&self, all: [&str; N]);
}

impl Text for str {
    #[track_caller]
    fn has<const N: usize>(&self, all: [&str; N]) {
        for words in all {
            assert!(self.contains(words), "`{words}` is not in\n{self}");
        }
    }

    #[track_caller]
    fn lacks<const N: usize>(&self, all: [&str; N]) {
        for words in all {
            assert!(!self.contains(words), "`{words}` is in\n{self}");
        }
    }
}

/// Modification time and inode of a file: equal only if nothing was written.
pub fn touched(path: &Path) -> (i64, i64, u64) {
    let found = fs::metadata(path).expect("a file");
    (found.mtime(), found.mtime_nsec(), found.ino())
}

/// The id of the system's user `nobody`, who is not root.
pub const NOBODY: u32 = 65_534;

pub fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|found| found.uid() == 0)
}

/// Makes `nobody` the owner of everything in a folder.
pub fn give_away(root: &Path) {
    for entry in walkdir::WalkDir::new(root).into_iter().map(|e| e.expect("a readable folder")) {
        std::os::unix::fs::chown(entry.path(), Some(NOBODY), Some(NOBODY)).expect("another owner");
    }
}

/// A temporary folder: in memory if possible, unless TMPDIR names another. On a busy disk the suite
/// takes minutes instead of seconds.
pub fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let named = std::env::var_os("TMPDIR").is_some() || !memory.is_dir();
    let below = if named { std::env::temp_dir() } else { memory.to_path_buf() };
    let new = |below| tempfile::Builder::new().prefix("noroshi-test-").tempdir_in(below);
    new(below).or_else(|_| new(std::env::temp_dir())).expect("a temporary folder")
}

/// The words of a list, which blanks separate. Within a word, `␣` is a blank.
pub fn words(list: &str) -> Vec<String> {
    list.split(' ').map(|word| word.replace('␣', " ")).collect()
}

pub fn file_of(address: &str) -> String {
    if address.is_empty() || address.ends_with('/') { format!("{address}index.html") } else { address.into() }
}

pub fn files_of(public: &Path) -> BTreeMap<String, Vec<u8>> {
    published(public).into_iter().map(|(name, path)| (name, fs::read(path).expect("a file"))).collect()
}

fn published(public: &Path) -> Vec<(String, PathBuf)> {
    let name = |path: &Path| path.strip_prefix(public).ok()?.to_str().map(str::to_owned);
    let files = files_below(public).into_iter();
    files.filter_map(|path| Some((name(&path)?, path))).filter(|(name, _)| !name.starts_with(OWN)).collect()
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let walk = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    walk.filter(|e| e.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
}

pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder of other people's sites in `../shared`, which are not part of the repository. Where it is not there, says so.
pub fn beside(name: &str) -> Option<PathBuf> {
    let folder = repository().join("../shared").join(name);
    if !folder.is_dir() {
        eprintln!("not tried: there is no {} (not part of the repository)", folder.display());
        return None;
    }
    Some(folder)
}

/// Asserts that two sites are the same, and shows only the differences.
#[track_caller]
pub fn assert_same<B: AsRef<[u8]>>(left: &BTreeMap<String, B>, right: &BTreeMap<String, B>) {
    let differs = |name: &&String| left.get(*name).map(B::as_ref) != right.get(*name).map(B::as_ref);
    let different: Vec<&String> = left.keys().chain(right.keys()).filter(differs).collect();
    assert!(different.is_empty(), "these files differ: {different:?}");
}

pub fn has_program(name: impl AsRef<OsStr>) -> bool {
    Command::new(name).arg("--version").output().is_ok_and(|o| o.status.success())
}
