//! Commits, and which files each of them changed.

use std::collections::BTreeMap;

use super::git::{Repository, Unknown, key};
use crate::limits::GIT_PATHS;

/// A commit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Commit {
    /// Its id.
    pub id: String,
    /// What it was made from: none for the first, and for the oldest of a shallow clone.
    pub parents: Vec<String>,
    /// When it became part of this history, in seconds.
    pub time: i64,
    /// The name of its author, by the mailmap.
    pub author: String,
    /// Where its author has mail.
    pub email: String,
    /// Its `Reviewed-by:` lines.
    pub reviewed: Vec<String>,
    /// What it changed, compared with its first parent.
    pub changes: Vec<Change>,
}

impl Commit {
    /// The beginning of its id.
    #[must_use]
    pub fn short(&self) -> &str {
        self.id.get(..8).unwrap_or(&self.id)
    }
}

/// What a commit did to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The file, from the root of the site, composed (NFC).
    pub path: String,
    /// Where it was before, if it was moved.
    pub from: Option<String>,
    /// Its blob before; none where it was added.
    pub old: Option<String>,
    /// Its blob after; none where it was removed.
    pub new: Option<String>,
}

/// Which commits are walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Walk {
    /// What was one after the other the newest: merges count as one step.
    Published,
    /// Every commit, also those of branches.
    All,
}

/// Fields of a commit, each ended by a NUL. The first begins with a byte that no field of git begins with.
const FORMAT: &str =
    "--format=%x01%H%x00%P%x00%ct%x00%aN%x00%aE%x00%(trailers:key=Reviewed-by,valueonly,separator=%x0a)%x00";

impl Repository {
    /// The newest `most` commits from `start` on, with what they did to these files. Every commit that is
    /// walked is listed, so that the bound is one of work.
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

    /// The newest `most` commits that removed files of the content, with those files.
    pub(super) fn removals(&self, most: usize) -> Result<Vec<Commit>, Unknown> {
        let most = format!("--max-count={most}");
        let mut arguments = vec!["log", "-z", "--raw", "--no-abbrev", "--no-renames", "--diff-filter=D"];
        arguments.extend(["--no-ext-diff", "--no-textconv", "--encoding=UTF-8", "--no-show-signature"]);
        arguments.extend(["--first-parent", "-m", FORMAT, &most, "HEAD"]);
        Ok(self.parse(&self.ask(&arguments, &["content"])?))
    }

    /// Which of these files a commit has, by their names as [`key`] has them, each with its blob: a file that is not committed has no history to look
    /// for.
    pub(super) fn committed(&self, at: &str, paths: &[&str]) -> Result<BTreeMap<String, String>, Unknown> {
        let paths = if paths.len() > GIT_PATHS { &["content"] } else { paths };
        let said = self.ask(&["ls-tree", "-r", "-z", at], paths)?;
        let mut files = BTreeMap::new();
        for line in said.split(|byte| *byte == 0).map(String::from_utf8_lossy) {
            let Some((head, path)) = line.split_once('\t') else { continue };
            let blob = head.rsplit(' ').next().unwrap_or_default();
            files.insert(key(path), blob.to_owned());
        }
        Ok(files)
    }

    /// What each of these commits did to the content, and where files came from that it moved.
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

    fn parse(&self, said: &[u8]) -> Vec<Commit> {
        let mut tokens = said.split(|byte| *byte == 0).map(String::from_utf8_lossy);
        let mut commits: Vec<Commit> = Vec::new();
        while let Some(token) = tokens.next() {
            let token = token.trim_start_matches('\n');
            if let Some(id) = token.strip_prefix('\u{1}') {
                let mut field = || tokens.next().unwrap_or_default().into_owned();
                commits.push(Commit {
                    id: id.to_owned(),
                    parents: field().split_whitespace().map(str::to_owned).collect(),
                    time: field().parse().unwrap_or_default(),
                    author: field(),
                    email: field(),
                    reviewed: field().lines().map(str::trim).map(str::to_owned).collect(),
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
                // What is no plain file any more has no text.
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
