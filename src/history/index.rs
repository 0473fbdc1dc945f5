//! What is staged: the index as it will be committed.

use std::collections::BTreeMap;

use super::git::{Repository, Unknown};

/// A file of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indexed {
    /// Its blob.
    pub blob: String,
    /// A plain file, not a link or a repository of its own.
    pub is_file: bool,
}

/// The index below the folder of the site.
#[derive(Clone, Debug, Default)]
pub struct Staged {
    /// Every file there, from the root of the site.
    pub files: BTreeMap<String, Indexed>,
    /// Those that differ from the last commit; removed ones too.
    pub changed: Vec<String>,
    /// Files whose names are no UTF-8, as well as they can be shown.
    pub unreadable: Vec<String>,
}

impl Repository {
    /// What the next commit would change.
    ///
    /// # Errors
    /// Where git does not say.
    pub fn changed(&self) -> Result<Vec<String>, Unknown> {
        let mut arguments = vec!["diff", "--cached", "--name-only", "-z", "--relative", "--no-renames"];
        arguments.extend(["--no-ext-diff", "--no-textconv", "--ignore-submodules=none"]);
        let said = self.ask(&arguments, &[])?;
        let names = said.split(|byte| *byte == 0).filter(|name| !name.is_empty());
        let mut names: Vec<String> = names.map(|name| String::from_utf8_lossy(name).into_owned()).collect();
        names.sort_unstable();
        Ok(names)
    }

    /// The index, where `changed` is what [`Repository::changed`] said.
    ///
    /// # Errors
    /// Where git does not say.
    pub fn staged(&self, changed: Vec<String>) -> Result<Staged, Unknown> {
        let said = self.ask(&["ls-files", "--stage", "-z"], &["content", "themes"])?;
        let mut staged = Staged { changed, ..Staged::default() };
        for line in said.split(|byte| *byte == 0).filter(|line| !line.is_empty()) {
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
