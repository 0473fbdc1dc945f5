//! `noroshi init --hooks`: the git hook that checks staged files before each commit.

use std::io;
use std::path::{Path, PathBuf};

use super::console::{print, say};
use super::error::Error;
use crate::atomic::{Batch, Overwrite};
use crate::file;
use crate::history::{Repository, Unknown};
use crate::limits::TEXT_FILE_BYTES;
use crate::message::message;
use crate::os::{self, Shown as _};

/// The line that marks a hook as written by `noroshi`.
const MARK: &str = "# noroshi: checks what is staged; written by `noroshi init --hooks`.";
/// The prefix of each line that checks a site.
const CALL: &str = "check_staged ";

pub(super) struct Hook {
    path: PathBuf,
    text: String,
    is_old: bool,
}

/// Prepares the hook for the site in `dir`. Writes nothing yet.
pub(super) fn plan(dir: &Path) -> Result<Hook, Error> {
    let unknown = |why: &Unknown| {
        let (message, help) = match why {
            Unknown::NoRepository => (
                message!(
                    "cli-hooks-no-repository",
                    "`{dir}` is not in a git repository, so there is no place for a hook",
                    dir = dir.shown()
                ),
                message!("cli-hooks-no-repository-help", "run `git init` first; nothing was written"),
            ),
            why => why.describe(),
        };
        Error::environment(message, help)
    };
    // The folder of a new site may not exist yet.
    let here = std::env::current_dir().map_or(dir.to_path_buf(), |here| here.join(dir));
    let there = here.ancestors().find(|folder| folder.is_dir()).unwrap_or(Path::new("/"));
    let repository = Repository::around(there, None).map_err(|why| unknown(&why))?;
    let hooks = repository.hooks().map_err(|why| unknown(&why))?;
    let below = here.strip_prefix(there).unwrap_or(Path::new(""));
    let site = Path::new(repository.prefix()).join(below);
    let site = if site.as_os_str().is_empty() { PathBuf::from(".") } else { Path::new(".").join(site) };
    let site = site.to_str().map(os::with_slashes);
    let Some(site) = site.as_deref().map(|site| site.trim_end_matches('/')) else {
        return Err(Error::environment(
            message!("cli-hooks-path", "the path of the site is not UTF-8"),
            message!("cli-hooks-path-help", "rename its folder"),
        ));
    };
    let call = format!("{CALL}{}", quoted(site));
    let path = hooks.join("pre-commit");
    let old = match file::read_text(&path, TEXT_FILE_BYTES) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound && path.symlink_metadata().is_err() => None,
        Err(error) => return Err(failed(&path, &error)),
    };
    let is_ours = |text: &String| text.lines().any(|line| line == MARK);
    if let Some(foreign) = &old
        && !is_ours(foreign)
    {
        let message = message!(
            "cli-hooks-foreign",
            "`{path}` already exists, and noroshi did not write it",
            path = path.shown()
        );
        let help = message!(
            "cli-hooks-foreign-help",
            "add this line to it: noroshi check --staged --root {site}; nothing was written",
            site = quoted(site)
        );
        return Err(Error::environment(message, help));
    }
    // One hook checks all sites of a repository.
    let known = old.iter().flat_map(|text| text.lines()).filter(|line| line.starts_with(CALL));
    let mut calls: Vec<String> = known.map(str::to_owned).collect();
    if !calls.contains(&call) {
        calls.push(call);
    }
    let program = std::env::current_exe().ok().and_then(|path| path.to_str().map(quoted));
    let text = include_str!("starter/pre-commit.sh")
        .replace("@MARK@", MARK)
        .replace("@PROGRAM@", &program.unwrap_or_else(|| "''".to_owned()))
        .replace("@CALLS@", &calls.join("\n"));
    Ok(Hook { path, text, is_old: old.is_some() })
}

impl Hook {
    /// Writes the hook atomically. Never overwrites a hook that `noroshi` did not write.
    pub(super) fn write(&self) -> Result<(), Error> {
        // If there was no hook before, a hook that another program writes meanwhile must stay.
        let mut batch = Batch::new(if self.is_old { Overwrite::File } else { Overwrite::Nothing });
        let added = batch.add_with_mode(&self.path, self.text.as_bytes(), Some(0o755));
        added.and_then(|()| batch.commit()).map_err(|error| failed(&self.path, &error.source))?;
        print(&self.path.shown())?;
        say(message!("cli-hooks-next", "next: commit as usual; `git commit --no-verify` skips the hook"));
        Ok(())
    }
}

fn failed(path: &Path, error: &io::Error) -> Error {
    let message = message!("cli-hooks-unwritten", "cannot write {path}: {error}", path = path.shown(), error);
    let help = message!("cli-hooks-unwritten-help", "check the permissions of the folder, and the disk");
    Error::environment(message, help)
}

/// Quotes a word for a POSIX shell.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_one_word_of_a_shell() {
        assert_eq!(quoted("./my site"), "'./my site'");
        assert_eq!(quoted("./it's $HOME"), "'./it'\\''s $HOME'");
    }
}
