//! The staged files: the index as it will be committed.

use std::collections::BTreeMap;

use super::git::{Repository, Unknown};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indexed {
    /// The id of its blob.
    pub blob: String,
    /// Whether it is a regular file, not a link or a submodule.
    pub is_file: bool,
}

/// The part of the index below the folder of the site.
#[derive(Clone, Debug, Default)]
pub struct Staged {
    /// All files, relative to the root of the site.
    pub files: BTreeMap<String, Indexed>,
    /// The files that differ from the last commit, including removed ones.
    pub changed: Vec<String>,
    /// File names that are not UTF-8, in a displayable form.
    pub unreadable: Vec<String>,
}

impl Repository {
    /// The files that the next commit would change.
    pub fn changed(&self) -> Result<Vec<String>, Unknown> {
        let mut arguments = vec!["diff", "--cached", "--name-only", "-z", "--relative", "--no-renames"];
        arguments.extend(["--no-ext-diff", "--no-textconv", "--ignore-submodules=none"]);
        let output = self.ask(&arguments, &[])?;
        let names = output.split(|byte| *byte == 0).filter(|name| !name.is_empty());
        let mut names: Vec<String> = names.map(|name| String::from_utf8_lossy(name).into_owned()).collect();
        names.sort_unstable();
        Ok(names)
    }

    /// The index. `changed` is the result of [`Repository::changed`].
    pub fn staged(&self, changed: Vec<String>) -> Result<Staged, Unknown> {
        let output = self.ask(&["ls-files", "--stage", "-z"], &["content", "themes"])?;
        let mut staged = Staged { changed, ..Staged::default() };
        for line in output.split(|byte| *byte == 0).filter(|line| !line.is_empty()) {
            let Some(tab) = line.iter().position(|byte| *byte == b'\t') else { continue };
            let head = String::from_utf8_lossy(&line[..tab]);
            let mut parts = head.split(' ');
            let is_file = parts.next().is_some_and(|mode| mode.starts_with("100"));
            let blob = parts.next().unwrap_or_default().to_owned();
            match std::str::from_utf8(&line[tab + 1..]) {
                Ok(name) => _ = staged.files.insert(name.to_owned(), Indexed { blob, is_file }),
                Err(_) => staged.unreadable.push(String::from_utf8_lossy(&line[tab + 1..]).into_owned()),
            }
        }
        Ok(staged)
    }
}
