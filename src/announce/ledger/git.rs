//! A ledger in a ref of the git repository: it survives runners, and every git host has it.
//!
//! The ref is a note (`refs/notes/`), which no host takes for a branch, and whose push starts no workflow. Its commit has no
//! parent, so that nothing grows. `--force-with-lease` replaces it only if it is still the one that was read.

use super::{Keeper, KeeperError, Version, Written};
use crate::history::{Repository, Unknown};
use crate::message::{Message, message};
use crate::text;

const LEDGER: &str = "refs/notes/noroshi/ledger";
const MARK: &str = "refs/notes/noroshi/ledger-begun";
const FILE: &str = "ledger.json";

/// What git says if another push came first.
const REFUSALS: [&str; 7] = [
    "incorrect old value provided",
    "stale info",
    "fetch first",
    "non-fast-forward",
    "already exists",
    "cannot lock ref",
    "failed to update ref",
];

/// How often the ledger is looked for while others replace it.
const READS: u32 = 8;

pub struct GitKeeper {
    repository: Repository,
    remote: String,
}

impl GitKeeper {
    /// `remote` is the name of a remote of the repository.
    #[must_use]
    pub fn new(repository: Repository, remote: &str) -> GitKeeper {
        GitKeeper { repository, remote: remote.to_owned() }
    }

    /// Runs git, and returns its output and errors as text, and whether it succeeded.
    fn run(&self, arguments: &[&str], input: &[u8]) -> Result<(bool, Vec<u8>, String), KeeperError> {
        let output = self.repository.run(arguments, &[], input).map_err(|why| self.unknown(&why))?;
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        Ok((output.status.success(), output.stdout, errors))
    }

    /// Runs git, which must succeed.
    fn ask(&self, arguments: &[&str], input: &[u8]) -> Result<Vec<u8>, KeeperError> {
        match self.run(arguments, input)? {
            (true, output, _) => Ok(output),
            (false, _, errors) => Err(self.failed(&said(&errors))),
        }
    }

    /// The id that git printed.
    fn id(&self, arguments: &[&str], input: &[u8]) -> Result<String, KeeperError> {
        let output = self.ask(arguments, input)?;
        let id = String::from_utf8_lossy(&output).trim().to_owned();
        let is_id = id.len() >= 40 && id.bytes().all(|b| b.is_ascii_hexdigit());
        let no_id = || self.failed(&message!("announce-git-no-id", "git printed no id"));
        if is_id { Ok(id) } else { Err(no_id()) }
    }

    fn unknown(&self, why: &Unknown) -> KeeperError {
        let (error, help) = why.describe();
        KeeperError { message: self.unusable(&error), help }
    }

    fn unusable(&self, error: &Message) -> Message {
        message!(
            "announce-ledger-unusable",
            "cannot use the ledger {ledger}: {error}",
            ledger = self.shown(),
            error
        )
    }

    fn failed(&self, error: &Message) -> KeeperError {
        KeeperError {
            message: self.unusable(error),
            help: message!(
                "announce-git-help",
                "check the remote and the rights of this runner: it must read and push refs (on GitHub `contents: write`)"
            ),
        }
    }

    /// The commit of a ref at the remote.
    fn remote_id(&self, name: &str) -> Result<Option<String>, KeeperError> {
        let output = self.ask(&["ls-remote", "--quiet", &self.remote, name], &[])?;
        let output = String::from_utf8_lossy(&output);
        let line = output.lines().find(|line| line.split_whitespace().nth(1) == Some(name));
        Ok(line.and_then(|line| line.split_whitespace().next()).map(str::to_owned))
    }

    /// Makes a commit with the document and no parent.
    fn commit(&self, bytes: &[u8]) -> Result<String, KeeperError> {
        let blob = self.id(&["hash-object", "-w", "--stdin"], bytes)?;
        let tree = self.id(&["mktree"], format!("100644 blob {blob}\t{FILE}\n").as_bytes())?;
        self.id(
            &[
                "-c",
                "user.name=noroshi",
                "-c",
                "user.email=noroshi@localhost",
                "-c",
                "commit.gpgSign=false",
                "commit-tree",
                "-m",
                "The ledger of noroshi announce",
                &tree,
            ],
            &[],
        )
    }

    /// Pushes a commit to a ref whose commit is still the expected one.
    fn push(&self, commit: &str, name: &str, expected: Option<&str>) -> Result<Written, KeeperError> {
        let lease = format!("--force-with-lease={name}:{}", expected.unwrap_or_default());
        let to = format!("{commit}:{name}");
        let arguments = [
            "push",
            "--quiet",
            "--porcelain",
            "--no-verify",
            "--signed=no",
            "--recurse-submodules=no",
            &lease,
            &self.remote,
            &to,
        ];
        match self.run(&arguments, &[])? {
            (true, ..) => Ok(Written::Yes(Some(commit.to_owned()))),
            (false, output, errors) => {
                // `--porcelain` gives git's own reason in a line: `!<TAB>from:to<TAB>[remote rejected] (why)`. Other words
                // come from hooks of the server.
                let output = String::from_utf8_lossy(&output);
                let reason = |line: &str| Some(line.strip_prefix("!\t")?.split_once('\t')?.1.to_owned());
                match output.lines().find_map(reason) {
                    Some(why) if REFUSALS.iter().any(|word| why.contains(word)) => Ok(Written::Refused),
                    Some(why) => {
                        let said = errors.lines().find_map(|line| line.strip_prefix("remote: "));
                        let said =
                            said.map(|said| format!(": {}", text::visible(said.trim()))).unwrap_or_default();
                        Err(self.failed(&self::said(&format!("{why}{said}"))))
                    }
                    None => Err(self.failed(&self::said(&errors))),
                }
            }
        }
    }
}

/// The first line that is git's own; an address in it may hold a password.
fn said(errors: &str) -> Message {
    let line = errors.lines().find(|line| line.starts_with("fatal:") || line.starts_with("error:"));
    match line.or(errors.lines().next()) {
        Some(line) => Message::same(without_users(line)),
        None => message!("announce-git-silent", "git failed without a word"),
    }
}

/// A line whose addresses have no user names and passwords.
fn without_users(line: &str) -> String {
    let mut clean = String::new();
    let mut rest = line;
    while let Some(start) = rest.find("://") {
        let (before, after) = rest.split_at(start + 3);
        clean.push_str(before);
        let end = after.find(|c: char| c == '/' || c.is_whitespace()).unwrap_or(after.len());
        let user = after[..end].rfind('@').map_or(0, |at| at + 1);
        rest = &after[user..];
    }
    clean + rest
}

impl Keeper for GitKeeper {
    fn shown(&self) -> Message {
        message!("announce-git-ledger", "`{ledger}` of `{remote}`", ledger = LEDGER, remote = self.remote)
    }

    fn read(&self) -> Result<(Option<Vec<u8>>, Version), KeeperError> {
        // The commit has no parent. `--depth` would make a whole clone shallow, and a partial clone would leave out the file.
        let fetch =
            ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-filter", &self.remote, LEDGER];
        let mut last = String::new();
        // Another runner may replace the ledger before it is fetched.
        for _ in 0..READS {
            let Some(id) = self.remote_id(LEDGER)? else { return Ok((None, None)) };
            let object = format!("{id}:{FILE}");
            // This machine has the object if it wrote or read it before.
            if !self.run(&["cat-file", "-e", &object], &[])?.0 {
                self.ask(&fetch, &[])?;
            }
            match self.run(&["cat-file", "blob", &object], &[])? {
                (true, bytes, _) => return Ok((Some(bytes), Some(id))),
                (false, _, errors) => last = errors,
            }
        }
        Err(self.failed(&said(&last)))
    }

    fn write(&self, bytes: &[u8], version: &Version) -> Result<Written, KeeperError> {
        let commit = self.commit(bytes)?;
        self.push(&commit, LEDGER, version.as_deref())
    }

    fn has_mark(&self) -> Result<bool, KeeperError> {
        self.remote_id(MARK).map(|id| id.is_some())
    }

    fn mark(&self) -> Result<(), KeeperError> {
        let commit = self.commit(b"{}\n")?;
        self.push(&commit, MARK, None).map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_git_loses_the_password_of_an_address() {
        let line = "fatal: unable to access 'https://x-access-token:ghs_secret@github.com/a/b/': 403";
        assert_eq!(without_users(line), "fatal: unable to access 'https://github.com/a/b/': 403");
        assert_eq!(without_users("error: a@b"), "error: a@b");
    }
}
