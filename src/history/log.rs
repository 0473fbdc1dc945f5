//! Commits, and the files that each of them changed.

use std::collections::BTreeMap;

use super::git::{Repository, Unknown, key};
use crate::limits::GIT_PATHS;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Commit {
    pub id: String,
    /// The parents: none for the first commit, and for the oldest of a shallow clone.
    pub parents: Vec<String>,
    /// The commit time in seconds.
    pub time: i64,
    /// The name of the author, after the mailmap.
    pub author: String,
    pub email: String,
    /// The values of its `Reviewed-by:` lines.
    pub reviewed: Vec<String>,
    /// The values of its `Approved-by:` lines.
    pub approved: Vec<String>,
    /// The values of its `Approves:` lines: entries that it approves without a change.
    pub approves: Vec<String>,
    /// The changes, compared with its first parent.
    pub changes: Vec<Change>,
}

impl Commit {
    pub fn short(&self) -> &str {
        self.id.get(..8).unwrap_or(&self.id)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The file, relative to the root of the site, in NFC.
    pub path: String,
    /// The previous path, if the file was moved.
    pub from: Option<String>,
    /// The blob before the change; `None` if the file was added.
    pub old: Option<String>,
    /// The blob after the change; `None` if the file was removed.
    pub new: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Walk {
    /// The sequence of published states: a merge counts as one step.
    Published,
    /// Every commit, including those of merged branches.
    All,
}

/// The fields of a commit, each ended by a NUL. The first one begins with a byte that never begins a field of git.
const FORMAT: &str = concat!(
    "--format=%x01%H%x00%P%x00%ct%x00%aN%x00%aE%x00",
    "%(trailers:key=Reviewed-by,valueonly,unfold,separator=%x0a)%x00",
    "%(trailers:key=Approved-by,valueonly,unfold,separator=%x0a)%x00",
    "%(trailers:key=Approves,valueonly,unfold,separator=%x0a)%x00",
);

impl Repository {
    /// The newest `most` commits from `start` on, with their changes to these files. Every commit on the way is
    /// listed, so the limit also bounds the work.
    pub(super) fn log(
        &self,
        start: &str,
        walk: Walk,
        most: usize,
        paths: &[&str],
    ) -> Result<Vec<Commit>, Unknown> {
        let most = format!("--max-count={most}");
        let mut arguments = vec!["log", "-z", "--raw", "--no-abbrev", "--no-renames", "--sparse"];
        arguments.extend(["--no-ext-diff", "--no-textconv", "--encoding=UTF-8", "--no-show-signature"]);
        arguments.extend(match walk {
            Walk::Published => ["--first-parent", "-m"],
            Walk::All => ["--full-history", "--diff-merges=first-parent"],
        });
        arguments.extend([FORMAT, &most, start]);
        Ok(self.parse(&self.ask(&arguments, paths)?))
    }

    /// The newest `most` commits that removed files below `content/`, with those files.
    pub(super) fn removals(&self, most: usize) -> Result<Vec<Commit>, Unknown> {
        let most = format!("--max-count={most}");
        let mut arguments = vec!["log", "-z", "--raw", "--no-abbrev", "--no-renames", "--diff-filter=D"];
        arguments.extend(["--no-ext-diff", "--no-textconv", "--encoding=UTF-8", "--no-show-signature"]);
        arguments.extend(["--first-parent", "-m", FORMAT, &most, "HEAD"]);
        Ok(self.parse(&self.ask(&arguments, &["content"])?))
    }

    /// The blobs of those of these files that a commit contains, by the form of their names from [`key`]. A file
    /// that is not committed has no history to read.
    pub(super) fn committed(&self, at: &str, paths: &[&str]) -> Result<BTreeMap<String, String>, Unknown> {
        let paths = if paths.len() > GIT_PATHS { &["content"] } else { paths };
        let output = self.ask(&["ls-tree", "-r", "-z", at], paths)?;
        let mut files = BTreeMap::new();
        for line in output.split(|byte| *byte == 0).map(String::from_utf8_lossy) {
            let Some((head, path)) = line.split_once('\t') else { continue };
            let blob = head.rsplit(' ').next().unwrap_or_default();
            files.insert(key(path), blob.to_owned());
        }
        Ok(files)
    }

    /// The changes of each commit below `content/`, with the previous paths of moved files.
    pub(super) fn moves(&self, commits: &[&Commit]) -> Result<Vec<Commit>, Unknown> {
        use std::fmt::Write as _;
        let mut input = String::new();
        for commit in commits {
            let _ = writeln!(input, "{} {}", commit.id, commit.parents.join(" "));
        }
        let mut arguments = vec!["diff-tree", "--stdin", "-z", "-r", "-m", "--first-parent", "--raw"];
        arguments.extend(["--no-abbrev", "-M", "--no-ext-diff", "--no-textconv", "--encoding=UTF-8", FORMAT]);
        Ok(self.parse(&self.tell(&arguments, &["content"], input.as_bytes())?))
    }

    fn parse(&self, output: &[u8]) -> Vec<Commit> {
        let mut tokens = output.split(|byte| *byte == 0).map(String::from_utf8_lossy);
        let mut commits: Vec<Commit> = Vec::new();
        while let Some(token) = tokens.next() {
            let token = token.trim_start_matches('\n');
            if let Some(id) = token.strip_prefix('\u{1}') {
                let mut field = || tokens.next().unwrap_or_default().into_owned();
                let values = |field: String| field.lines().map(str::trim).map(str::to_owned).collect();
                commits.push(Commit {
                    id: id.to_owned(),
                    parents: field().split_whitespace().map(str::to_owned).collect(),
                    time: field().parse().unwrap_or_default(),
                    author: field(),
                    email: field(),
                    reviewed: values(field()),
                    approved: values(field()),
                    approves: values(field()),
                    changes: Vec::new(),
                });
            } else if let Some(what) = token.strip_prefix(':') {
                let what: Vec<&str> = what.split(' ').collect();
                let [_, mode, old, new, how] = what[..] else { continue };
                let first = tokens.next().unwrap_or_default().into_owned();
                let moved = how.starts_with(['R', 'C']);
                let path = if moved { tokens.next().unwrap_or_default().into_owned() } else { first.clone() };
                let from = Some(first).filter(|_| how.starts_with('R'));
                let from = from.and_then(|from| self.inside(&from));
                // Only regular files have text.
                let is_file = mode.starts_with("100");
                let blob = |id: &str| Some(id.to_owned()).filter(|id| id.bytes().any(|b| b != b'0'));
                if let (Some(path), Some(commit)) = (self.inside(&path), commits.last_mut()) {
                    let new = blob(new).filter(|_| is_file);
                    commit.changes.push(Change { path, from, old: blob(old), new });
                }
            }
        }
        commits
    }
}
