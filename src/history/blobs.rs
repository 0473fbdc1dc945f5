//! Reads files of the repository, with one `git cat-file` for all of them.

use std::collections::HashMap;
use std::sync::Arc;

use super::git::{Repository, Unknown};
use crate::limits::GIT_FILE_BYTES;
use crate::text;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Blob {
    Bytes(Arc<[u8]>),
    /// The file is too large to read. The value is its size.
    Large(usize),
    /// The repository does not have it, as in a partial clone.
    Missing,
}

impl Blob {
    /// The text of an entry's file, normalised as if read from the disk; `None` if it is not text.
    pub fn text(&self) -> Option<Arc<str>> {
        let Blob::Bytes(bytes) = self else { return None };
        crate::source::text_of(&Arc::from(""), bytes).ok()
    }
}

impl Repository {
    /// The contents of these blobs.
    pub fn blobs<'i>(
        &self,
        ids: impl IntoIterator<Item = &'i str>,
    ) -> Result<HashMap<String, Blob>, Unknown> {
        let mut wanted: Vec<&str> = ids.into_iter().collect();
        wanted.sort_unstable();
        wanted.dedup();
        if wanted.is_empty() {
            return Ok(HashMap::new());
        }
        let mut found = HashMap::with_capacity(wanted.len());
        let wanted = self.small(&wanted, &mut found)?;
        if wanted.is_empty() {
            return Ok(found);
        }
        let output = self.tell(&["cat-file", "--batch"], &[], lines(&wanted).as_bytes())?;
        let mut rest = output.as_slice();
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            let head = String::from_utf8_lossy(&rest[..end]).into_owned();
            rest = &rest[end + 1..];
            let mut parts = head.split(' ');
            let id = parts.next().unwrap_or_default().to_owned();
            let Some(size) = parts.nth(1).and_then(|size| size.parse::<usize>().ok()) else {
                found.insert(id, Blob::Missing);
                continue;
            };
            let bytes = rest.get(..size).unwrap_or_default();
            found.insert(id, Blob::Bytes(bytes.into()));
            rest = rest.get(size + 1..).unwrap_or_default();
        }
        Ok(found)
    }

    /// The blobs of these files in these commits, in the same order; `None` where a commit has no such file, or
    /// this clone no such commit. Files are relative to the root of the site.
    pub(super) fn at(&self, wanted: &[(&str, &str)]) -> Result<Vec<Option<String>>, Unknown> {
        // A name with a line end could not be told from two names.
        let prefix = Some(self.prefix()).filter(|prefix| !prefix.contains('\n'));
        let Some(prefix) = prefix.filter(|_| !wanted.is_empty()) else { return Ok(vec![None; wanted.len()]) };
        let mut asked = Vec::new();
        for (number, (commit, file)) in wanted.iter().enumerate() {
            let names = text::spellings(file).into_iter().filter(|name| !name.contains('\n'));
            asked.extend(names.map(|name| (number, format!("{commit}:{prefix}{name}"))));
        }
        let input: Vec<&str> = asked.iter().map(|(_, name)| name.as_str()).collect();
        let check = ["cat-file", "--batch-check=%(objecttype) %(objectname)"];
        let output = self.tell(&check, &[], lines(&input).as_bytes())?;
        let output = String::from_utf8_lossy(&output);
        let mut found = vec![None; wanted.len()];
        for ((number, _), line) in asked.iter().zip(output.lines()) {
            let blob =
                line.strip_prefix("blob ").filter(|id| id.bytes().all(|byte| byte.is_ascii_hexdigit()));
            found[*number] = found[*number].take().or_else(|| blob.map(str::to_owned));
        }
        Ok(found)
    }

    /// The blobs that are small enough to read. The result of each other blob is known at once.
    fn small<'w>(
        &self,
        wanted: &[&'w str],
        found: &mut HashMap<String, Blob>,
    ) -> Result<Vec<&'w str>, Unknown> {
        let output = self.tell(
            &["cat-file", "--batch-check=%(objectname) %(objectsize)"],
            &[],
            lines(wanted).as_bytes(),
        )?;
        let output = String::from_utf8_lossy(&output);
        let sizes: HashMap<&str, usize> = output
            .lines()
            .filter_map(|line| line.split_once(' '))
            .filter_map(|(id, size)| Some((id, size.parse().ok()?)))
            .collect();
        let size = |id: &&str| sizes.get(id).copied().filter(|size| *size > GIT_FILE_BYTES);
        found.extend(wanted.iter().filter_map(|id| Some(((*id).to_owned(), Blob::Large(size(id)?)))));
        Ok(wanted.iter().filter(|id| size(id).is_none()).copied().collect())
    }
}

fn lines(ids: &[&str]) -> String {
    ids.iter().flat_map(|id| [id, "\n"]).collect()
}
