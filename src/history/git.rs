//! Calls of the program `git`, all with fixed arguments, in a fixed environment and without a shell. The only
//! file beside `cli` that starts a process.
//!
//! What a user's configuration, environment or language could change of the answers is set here once.

use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Output, Stdio};

use crate::limits::{GIT_ERROR_BYTES, GIT_OUTPUT_BYTES};
use crate::text;

/// Configuration that would change what is printed, or run programs of its own.
const SETTINGS: [&str; 9] = [
    "core.quotePath=false",
    "core.fsmonitor=false",
    "color.ui=false",
    "diff.relative=false",
    "diff.orderFile=/dev/null",
    "log.follow=false",
    "log.mailmap=true",
    "log.showRoot=true",
    "log.showSignature=false",
];

/// What a caller's environment may say of another repository, or of how paths are read: a hook sets it for the
/// repository that it runs in, which need not be that of the site.
const FOREIGN: [&str; 19] = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_CONFIG",
    "GIT_DIFF_OPTS",
    "GIT_DIR",
    "GIT_EXTERNAL_DIFF",
    "GIT_GLOB_PATHSPECS",
    "GIT_GRAFT_FILE",
    "GIT_ICASE_PATHSPECS",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_NAMESPACE",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_QUARANTINE_PATH",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
];

/// Why nothing is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// There is no such program.
    NoGit,
    /// The site lies in no repository.
    NoRepository,
    /// The site lies in a repository that has no working tree.
    NoTree,
    /// Only the newest commits are here.
    Shallow,
    /// Some of what was committed is not here.
    Partial,
    /// More commits than are looked at.
    Bound,
    /// Git refuses, in its own words.
    Failed(String),
}

impl Unknown {
    /// What is the matter, and the way out.
    #[must_use]
    pub fn describe(&self) -> (String, String) {
        let (message, help) = match self {
            Unknown::NoGit => (
                "the history of this site cannot be asked: there is no program `git`".to_owned(),
                "install git, or run this where the site is committed",
            ),
            Unknown::NoRepository => (
                "the history of this site cannot be asked: it lies in no git repository".to_owned(),
                "run this in a clone, or begin with `git init`",
            ),
            Unknown::NoTree => (
                "the history of this site cannot be asked: its repository has no working tree".to_owned(),
                "run this in a clone that has the files",
            ),
            Unknown::Shallow => (
                "the history of this site is cut off: this clone is shallow".to_owned(),
                "run `git fetch --unshallow`; in CI fetch everything (`fetch-depth: 0`, `GIT_DEPTH: 0`)",
            ),
            Unknown::Partial => (
                "the history of this site is not whole: this clone is partial".to_owned(),
                "run `git fetch --refetch --no-filter`, or clone without `--filter`",
            ),
            Unknown::Bound => (
                format!("only the newest {} commits were looked at", crate::limits::COMMITS),
                "what was published before them is not compared; close entries that are over",
            ),
            Unknown::Failed(why) => (
                format!("the history of this site cannot be asked: git says `{why}`"),
                "try `git log` in this folder",
            ),
        };
        (message, help.to_owned())
    }
}

/// The repository that a site lies in.
#[derive(Clone, Debug)]
pub struct Repository {
    /// The folder of the site.
    root: PathBuf,
    /// Another index than that of the repository.
    index: Option<PathBuf>,
    /// From the top of the working tree to the site, with `/` at its end; empty where they are one.
    prefix: String,
    is_shallow: bool,
}

impl Repository {
    /// The repository around the folder of a site. `index` is what a hook was told to look at.
    ///
    /// # Errors
    /// Where there is none, or git does not say.
    pub fn around(root: &Path, index: Option<&Path>) -> Result<Repository, Unknown> {
        let (root, index) = (root.to_path_buf(), index.map(Path::to_path_buf));
        let mut repository = Repository { root, index, prefix: String::new(), is_shallow: false };
        let asked = ["rev-parse", "--is-inside-work-tree", "--is-shallow-repository", "--show-prefix"];
        let said = repository.ask(&asked, &[])?;
        let said = String::from_utf8_lossy(&said);
        let mut lines = said.splitn(3, '\n');
        if lines.next() != Some("true") {
            return Err(Unknown::NoTree);
        }
        repository.is_shallow = lines.next() == Some("true");
        // A folder may have a line end in its name: only the last one is git's.
        let prefix = lines.next().unwrap_or_default();
        prefix.strip_suffix('\n').unwrap_or(prefix).clone_into(&mut repository.prefix);
        Ok(repository)
    }

    /// Where the site lies in the repository, with `/` at its end.
    #[must_use]
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Whether only the newest commits are here.
    #[must_use]
    pub fn is_shallow(&self) -> bool {
        self.is_shallow
    }

    /// Where hooks lie, as `core.hooksPath` and worktrees have it.
    ///
    /// # Errors
    /// Where git does not say.
    pub fn hooks(&self) -> Result<PathBuf, Unknown> {
        let said = self.ask(&["rev-parse", "--git-path", "hooks"], &[])?;
        let path = String::from_utf8(said)
            .map_err(|_| Unknown::Failed("the path of the hooks, which is not UTF-8".to_owned()))?;
        Ok(self.root.join(path.strip_suffix('\n').unwrap_or(&path)))
    }

    /// The commit that is checked out; none on a branch that has no commit yet.
    pub(super) fn head(&self) -> Result<Option<String>, Unknown> {
        let output = self.run(&["rev-parse", "--quiet", "--verify", "HEAD^{commit}"], &[], &[])?;
        let id = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        Ok(Some(id).filter(|id| output.status.success() && !id.is_empty()))
    }

    /// A path of the repository, from the root of the site, as [`key`] has it.
    pub(super) fn inside(&self, path: &str) -> Option<String> {
        text::nfc(path).strip_prefix(&*text::nfc(&self.prefix)).map(str::to_owned)
    }

    /// What git answers. Paths are from the root of the site.
    pub(super) fn ask(&self, arguments: &[&str], paths: &[&str]) -> Result<Vec<u8>, Unknown> {
        self.tell(arguments, paths, &[])
    }

    /// The same, with something on its standard input.
    pub(super) fn tell(&self, arguments: &[&str], paths: &[&str], input: &[u8]) -> Result<Vec<u8>, Unknown> {
        let output = self.run(arguments, paths, input)?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let said = String::from_utf8_lossy(&output.stderr);
        if said.contains("not a git repository") {
            return Err(Unknown::NoRepository);
        }
        let first = said.lines().next().unwrap_or("nothing").trim_start_matches("fatal: ");
        Err(Unknown::Failed(first.to_owned()))
    }

    fn run(&self, arguments: &[&str], paths: &[&str], input: &[u8]) -> Result<Output, Unknown> {
        let mut command = self.command();
        command.args(arguments);
        if !paths.is_empty() {
            // On a Mac the disk may store a name decomposed, and git keeps it composed.
            command.arg("--").args(paths.iter().flat_map(|path| text::spellings(path)));
        }
        command.stdin(if input.is_empty() { Stdio::null() } else { Stdio::piped() });
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        finish(command, input).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Unknown::NoGit,
            _ => Unknown::Failed(error.to_string()),
        })
    }

    fn command(&self) -> Command {
        let mut command = Command::new("git");
        command.current_dir(&self.root);
        for setting in SETTINGS {
            command.args(["-c", setting]);
        }
        command.args(["--no-pager", "--literal-pathspecs", "--no-optional-locks"]);
        for name in FOREIGN {
            command.env_remove(name);
        }
        // No lock that a colleague's git would wait for, no question to a person, nothing from the network.
        command.envs([
            ("LC_ALL", "C"),
            ("GIT_OPTIONAL_LOCKS", "0"),
            ("GIT_TERMINAL_PROMPT", "0"),
            ("GIT_NO_LAZY_FETCH", "1"),
        ]);
        if let Some(index) = &self.index {
            command.env("GIT_INDEX_FILE", index);
        }
        command
    }
}

/// The name of a file in the form in which what git says of it is compared: the disk and git may store one name in
/// two forms.
pub(super) fn key(name: &str) -> String {
    text::nfc(name).into_owned()
}

/// What a program says, up to a bound; beyond it the program is ended.
fn bounded(child: &mut Child) -> io::Result<Output> {
    let (answers, errors) = (child.stdout.take(), child.stderr.take());
    let (stdout, stderr) = std::thread::scope(|scope| {
        // Whoever writes to a stream that nobody reads waits for ever.
        let reader = std::thread::Builder::new();
        match reader.spawn_scoped(scope, move || up_to(errors, GIT_ERROR_BYTES)) {
            Ok(errors) => (up_to(answers, GIT_OUTPUT_BYTES), errors.join().unwrap_or(Ok(None))),
            Err(error) => (Err(error), Ok(None)),
        }
    });
    let stdout = match stdout {
        Ok(Some(bytes)) => bytes,
        ended => {
            let _ = child.kill();
            child.wait()?;
            ended?;
            let message = format!("more than {} MiB", GIT_OUTPUT_BYTES >> 20);
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
        }
    };
    let stderr = stderr.ok().flatten().unwrap_or_default();
    Ok(Output { status: child.wait()?, stdout, stderr })
}

/// All that a stream has; nothing where that is more than `most` bytes. Then the stream is closed.
fn up_to(stream: Option<impl Read>, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    if let Some(stream) = stream {
        stream.take(most + 1).read_to_end(&mut bytes)?;
    }
    Ok(Some(bytes).filter(|bytes| bytes.len() as u64 <= most))
}

/// What a pipe takes at least before anybody reads.
const PIPE: usize = 4096;

/// Runs to the end. The input is written beside the reading: neither side waits for the other for ever. What fits
/// into the pipe needs no thread for that.
fn finish(mut command: Command, input: &[u8]) -> io::Result<Output> {
    let mut child = command.spawn()?;
    let pipe = child.stdin.take();
    std::thread::scope(|scope| {
        // Who has read enough closes its end: that is no failure of ours.
        let write = move |mut pipe: ChildStdin| _ = pipe.write_all(input);
        match pipe {
            Some(pipe) if input.len() > PIPE => {
                let writer = std::thread::Builder::new().spawn_scoped(scope, move || write(pipe));
                if let Err(error) = writer {
                    child.kill().and_then(|()| child.wait())?;
                    return Err(error);
                }
            }
            Some(pipe) => write(pipe),
            None => {}
        }
        bounded(&mut child)
    })
}
