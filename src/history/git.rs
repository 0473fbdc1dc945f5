//! Runs `git` with fixed arguments, in a fixed environment and without a shell. Apart from `cli`, this is the only
//! file that starts a process.
//!
//! It overrides every user setting, environment variable and language that could change the output.

use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Output, Stdio};

use crate::limits::{GIT_ERROR_BYTES, GIT_OUTPUT_BYTES};
use crate::message::{Message, Reason, message};
use crate::text;

/// Settings that would change the output, or run other programs.
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

/// Environment variables that may point to another repository or change how paths are read. A hook sets them for
/// its own repository, which may not be that of the site.
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

/// Why git cannot answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unknown {
    NoGit,
    NoRepository,
    /// The repository of the site has no working tree.
    NoTree,
    Shallow,
    /// The clone is partial: some committed files are missing.
    Partial,
    /// There are more commits than noroshi reads.
    Bound,
    /// A review is of this commit, which the clone does not have; the value is its id.
    Commit(String),
    /// Git refuses; the value is its message.
    Failed(Message),
}

impl Unknown {
    /// The message and the help.
    pub fn describe(&self) -> (Message, Message) {
        match self {
            Unknown::NoGit => (
                message!("history-no-git", "cannot read the history of this site: `git` is not installed"),
                message!("history-no-git-help", "install git, or run this on a machine that has it"),
            ),
            Unknown::NoRepository => (
                message!(
                    "history-no-repository",
                    "cannot read the history of this site: it is not in a git repository"
                ),
                message!("history-no-repository-help", "run this in a clone, or run `git init` first"),
            ),
            Unknown::NoTree => (
                message!(
                    "history-no-tree",
                    "cannot read the history of this site: its repository has no working tree"
                ),
                message!("history-no-tree-help", "run this in a clone that has the files"),
            ),
            Unknown::Failed(why) => (
                message!("history-failed", "cannot read the history of this site: git says `{why}`", why),
                message!("history-failed-help", "run `git log` in this folder"),
            ),
            Unknown::Shallow | Unknown::Partial | Unknown::Bound | Unknown::Commit(_) => self.incomplete(),
        }
    }

    /// The message and the help for a history of which a part is missing.
    fn incomplete(&self) -> (Message, Message) {
        match self {
            Unknown::Partial => (
                message!("history-partial", "the history of this site is incomplete: this clone is partial"),
                message!(
                    "history-partial-help",
                    "run `git fetch --refetch --no-filter`, or clone without `--filter`"
                ),
            ),
            Unknown::Bound => (
                message!(
                    "history-bound",
                    "noroshi read only the newest {commits} commits",
                    commits = crate::limits::COMMITS
                ),
                message!(
                    "history-bound-help",
                    "noroshi does not compare text from before them; close entries that are over"
                ),
            ),
            Unknown::Commit(id) => (
                message!(
                    "history-commit-missing",
                    "an approval is of commit {commit}, which this clone does not have",
                    commit = id.get(..8).unwrap_or(id)
                ),
                message!(
                    "history-commit-missing-help",
                    "fetch the commits of the pull request (`fetch-depth: 0`); after a forced push, ask for a new review"
                ),
            ),
            _ => (
                message!("history-shallow", "the history of this site is incomplete: this clone is shallow"),
                message!(
                    "history-shallow-help",
                    "run `git fetch --unshallow`; in CI fetch everything (`fetch-depth: 0`, `GIT_DEPTH: 0`)"
                ),
            ),
        }
    }
}

#[derive(Clone, Debug)]
pub struct Repository {
    /// The folder of the site.
    root: PathBuf,
    /// An index other than that of the repository.
    index: Option<PathBuf>,
    /// The path from the top of the working tree to the site, with a trailing `/`; empty if they are the same.
    prefix: String,
    is_shallow: bool,
}

impl Repository {
    /// The repository that contains the folder of a site. `index` is the index that a hook was given.
    pub fn around(root: &Path, index: Option<&Path>) -> Result<Repository, Unknown> {
        let (root, index) = (root.to_path_buf(), index.map(Path::to_path_buf));
        let mut repository = Repository { root, index, prefix: String::new(), is_shallow: false };
        let asked = ["rev-parse", "--is-inside-work-tree", "--is-shallow-repository", "--show-prefix"];
        let output = repository.ask(&asked, &[])?;
        let output = String::from_utf8_lossy(&output);
        let mut lines = output.splitn(3, '\n');
        if lines.next() != Some("true") {
            return Err(Unknown::NoTree);
        }
        repository.is_shallow = lines.next() == Some("true");
        // A folder name may contain a line end, so only the last one is removed.
        let prefix = lines.next().unwrap_or_default();
        prefix.strip_suffix('\n').unwrap_or(prefix).clone_into(&mut repository.prefix);
        Ok(repository)
    }

    /// The path of the site in the repository, with a trailing `/`.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    pub fn is_shallow(&self) -> bool {
        self.is_shallow
    }

    /// The folder of hooks, with respect to `core.hooksPath` and worktrees.
    pub fn hooks(&self) -> Result<PathBuf, Unknown> {
        let output = self.ask(&["rev-parse", "--git-path", "hooks"], &[])?;
        let not_text = || message!("history-hooks-path", "the path of the hooks is not UTF-8");
        let path = String::from_utf8(output).map_err(|_| Unknown::Failed(not_text()))?;
        Ok(self.root.join(path.strip_suffix('\n').unwrap_or(&path)))
    }

    /// The current commit; `None` on a branch without commits.
    pub fn head(&self) -> Result<Option<String>, Unknown> {
        let output = self.run(&["rev-parse", "--quiet", "--verify", "HEAD^{commit}"], &[], &[])?;
        let id = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        Ok(Some(id).filter(|id| output.status.success() && !id.is_empty()))
    }

    /// Whether one commit is the other or came before it; `None` if git cannot say, as in a shallow clone.
    #[cfg(feature = "deploy")]
    pub fn is_ancestor(&self, one: &str, other: &str) -> Option<bool> {
        let is_id = |id: &str| !id.is_empty() && id.chars().all(|c| c.is_ascii_hexdigit());
        if self.is_shallow || !is_id(one) || !is_id(other) {
            return None;
        }
        let output = self.run(&["merge-base", "--is-ancestor", one, other], &[], &[]).ok()?;
        match output.status.code() {
            Some(0) => Some(true),
            Some(1) => Some(false),
            _ => None,
        }
    }

    /// Whether this clone has a commit.
    pub(super) fn has(&self, commit: &str) -> Result<bool, Unknown> {
        let arguments = ["rev-parse", "--quiet", "--verify", &format!("{commit}^{{commit}}")];
        Ok(self.run(&arguments, &[], &[])?.status.success())
    }

    /// The newest commit that came before both; `None` if there is none.
    pub(super) fn merge_base(&self, one: &str, other: &str) -> Result<Option<String>, Unknown> {
        let output = self.run(&["merge-base", one, other], &[], &[])?;
        let base = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        Ok(Some(base).filter(|base| output.status.success() && !base.is_empty()))
    }

    /// Converts a path of the repository to one relative to the root of the site, in the form of [`key`].
    pub(super) fn inside(&self, path: &str) -> Option<String> {
        text::nfc(path).strip_prefix(&*text::nfc(&self.prefix)).map(str::to_owned)
    }

    /// Runs git and returns its output. Paths are relative to the root of the site.
    pub(super) fn ask(&self, arguments: &[&str], paths: &[&str]) -> Result<Vec<u8>, Unknown> {
        self.tell(arguments, paths, &[])
    }

    /// Like [`Repository::ask`], with data for its standard input.
    pub(super) fn tell(&self, arguments: &[&str], paths: &[&str], input: &[u8]) -> Result<Vec<u8>, Unknown> {
        let output = self.run(arguments, paths, input)?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let stderr = String::from_utf8_lossy(&output.stderr);
        if stderr.contains("not a git repository") {
            return Err(Unknown::NoRepository);
        }
        let first = stderr.lines().next().map(|line| Message::same(line.trim_start_matches("fatal: ")));
        Err(Unknown::Failed(first.unwrap_or_else(|| message!("history-failed-silently", "nothing"))))
    }

    /// Runs git to its end, whatever it says.
    ///
    /// # Errors
    /// Git cannot be started, or says too much.
    pub fn run(&self, arguments: &[&str], paths: &[&str], input: &[u8]) -> Result<Output, Unknown> {
        let mut command = self.command();
        command.args(arguments);
        if !paths.is_empty() {
            // On macOS the disk may store a decomposed name while git stores the composed one.
            command.arg("--").args(paths.iter().flat_map(|path| text::spellings(path)));
        }
        command.stdin(if input.is_empty() { Stdio::null() } else { Stdio::piped() });
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        finish(command, input).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Unknown::NoGit,
            _ => Unknown::Failed(message!("history-git-not-run", "{error}", error)),
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
        // Git must not take a lock that blocks other git processes, must not prompt, and must not use the network.
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

/// The form of a file name for comparisons. The disk and git may store one name in two Unicode forms.
pub(super) fn key(name: &str) -> String {
    text::nfc(name).into_owned()
}

/// The output of a program up to a limit. A program that writes more is stopped.
fn bounded(child: &mut Child) -> io::Result<Output> {
    let (answers, errors) = (child.stdout.take(), child.stderr.take());
    let (stdout, stderr) = std::thread::scope(|scope| {
        // Both streams must be read, or the program blocks on the full one.
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
            let message = message!(
                "history-git-output",
                "the output has more than {most} MiB",
                most = GIT_OUTPUT_BYTES >> 20
            );
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, Reason(message)));
        }
    };
    let stderr = stderr.ok().flatten().unwrap_or_default();
    Ok(Output { status: child.wait()?, stdout, stderr })
}

/// Reads a whole stream; `None` if it has more than `most` bytes. The stream is then closed.
fn up_to(stream: Option<impl Read>, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    if let Some(stream) = stream {
        stream.take(most + 1).read_to_end(&mut bytes)?;
    }
    Ok(Some(bytes).filter(|bytes| bytes.len() as u64 <= most))
}

/// The number of bytes that a pipe always accepts without a reader.
const PIPE: usize = 4096;

/// Runs the program to its end. Input is written in parallel with reading, so that neither side blocks. Input that
/// fits into the pipe needs no thread.
fn finish(mut command: Command, input: &[u8]) -> io::Result<Output> {
    let mut child = command.spawn()?;
    let pipe = child.stdin.take();
    std::thread::scope(|scope| {
        // A program that has read enough closes its input. That is not an error.
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
