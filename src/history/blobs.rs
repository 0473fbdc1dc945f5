//! What is in files of the repository, by one `git cat-file` for all of them.

use std::collections::HashMap;
use std::sync::Arc;

use super::git::{Repository, Unknown};

/// Larger files are not kept: of those that are parsed, or are part of a theme, none may be.
pub const MAX_FILE_BYTES: usize = 5 << 20;

/// What is in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Blob {
    /// Its bytes.
    Bytes(Arc<[u8]>),
    /// It is too large to be looked at; its size.
    Large(usize),
    /// The repository does not have it, as in a partial clone.
    Missing,
}

impl Blob {
    /// The text of an entry's file, as it would be read from the disk; none where that is no text.
    #[must_use]
    pub fn text(&self) -> Option<Arc<str>> {
        let Blob::Bytes(bytes) = self else { return None };
        crate::source::text_of(&Arc::from(""), bytes).ok()
    }
}

impl Repository {
    /// What is in these blobs.
    ///
    /// # Errors
    /// Where git does not say.
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
        let mut input = wanted.join("\n");
        input.push('\n');
        let said = self.tell(&["cat-file", "--batch"], &[], input.as_bytes())?;
        let mut found = HashMap::with_capacity(wanted.len());
        let mut rest = said.as_slice();
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
            let blob = if size > MAX_FILE_BYTES { Blob::Large(size) } else { Blob::Bytes(bytes.into()) };
            found.insert(id, blob);
            rest = rest.get(size + 1..).unwrap_or_default();
        }
        Ok(found)
    }
}
