//! The cache of which inputs produced which page in earlier builds, so that pages need not be
//! rendered again.
//!
//! It only saves work: a cache that is lost, unreadable, foreign or out of date is ignored. It lies
//! beside the content, which the same people may read, and never in the published folder.
//!
//! Why: docs/decisions/performance.md.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::atomic::{Batch, Overwrite};
use crate::digest::Digest;
use crate::file;
use crate::limits::CACHE_BYTES;
use crate::publish::Entry;

/// The cache folder in the root of a site.
pub const FOLDER: &str = ".noroshi";
const NAME: &str = "pages";
/// A digest of the program: its code, its theme and its dependencies.
const PROGRAM: &str = env!("NOROSHI_PROGRAM");

/// The pages that earlier builds made, by the digest of their inputs.
#[derive(Debug)]
pub struct Cache {
    file: PathBuf,
    rules: Digest,
    /// The first line of the file, which holds for all lines.
    head: String,
    text: String,
    known: HashMap<Digest, Entry>,
}

impl Cache {
    /// Reads the cache of the same program with the same `rules`: the private texts that every file
    /// was searched for before it was published.
    #[must_use]
    pub fn read(root: &Path, rules: Digest) -> Cache {
        let file = root.join(FOLDER).join(NAME);
        let head = format!("noroshi {PROGRAM} {rules}\n");
        let text = file::read_text(&file, CACHE_BYTES).unwrap_or_default();
        let known = match text.strip_prefix(&head) {
            Some(lines) => lines.lines().filter_map(line).collect(),
            None => HashMap::new(),
        };
        Cache { file, rules, head, text, known }
    }

    #[must_use]
    pub fn find(&self, inputs: Digest) -> Option<&Entry> {
        self.known.get(&inputs)
    }

    /// Whether the cache was made under these rules.
    #[must_use]
    pub fn holds(&self, rules: Digest) -> bool {
        self.rules == rules
    }

    /// Replaces the known files by those of one build.
    pub fn remember(&mut self, known: Vec<(Digest, Entry)>) {
        self.known = known.into_iter().collect();
    }

    /// Writes the cache for the next run. A failure costs only time, so it is ignored.
    pub fn write(&self) {
        let mut known: Vec<_> = self.known.iter().collect();
        known.sort_unstable_by_key(|(inputs, _)| **inputs);
        let mut text = self.head.clone();
        for (inputs, entry) in known {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{inputs} {} {}", entry.sha256, entry.size);
        }
        if text != self.text {
            let _ = self.put(&text);
        }
    }

    fn put(&self, text: &str) -> io::Result<()> {
        let Some(folder) = self.file.parent() else { return Ok(()) };
        make(folder)?;
        // Not synced: a power cut may lose or truncate it, but a line counts only if the manifest
        // confirms it.
        let mut batch = Batch::unsynced(Overwrite::File);
        batch.add(&self.file, text.as_bytes()).and_then(|()| batch.commit()).map_err(|error| error.source)
    }
}

/// The path of a file that builds of a site into one folder share. Creates its folder if it is
/// missing.
///
/// # Errors
/// The folder cannot be created.
pub fn path_for(root: &Path, what: &str, out: &Path, kind: &str) -> io::Result<PathBuf> {
    let folder = root.join(FOLDER);
    make(&folder)?;
    let out = std::path::absolute(out)?;
    Ok(folder.join(format!("{what}-{}.{kind}", Digest::of(&out))))
}

fn make(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    fs::create_dir(folder)?;
    // So that the folder is not committed by mistake.
    fs::write(folder.join(".gitignore"), "*\n")
}

fn line(line: &str) -> Option<(Digest, Entry)> {
    let (inputs, rest) = line.split_once(' ')?;
    let (sha256, size) = rest.split_once(' ')?;
    Some((Digest::parse(inputs)?, Entry { sha256: sha256.to_owned(), size: size.parse().ok()? }))
}
