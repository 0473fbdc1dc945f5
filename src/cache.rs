//! What earlier builds made from which inputs, so that it need not be made again.
//!
//! It only ever saves work: lost, unreadable, foreign or out of date, it is as if it were not there. It
//! lies beside the content, which may be read by the same people, and never in what is published.
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

/// The folder under the root of a site.
pub const FOLDER: &str = ".noroshi";
const NAME: &str = "pages";
/// The program: its code, its theme and what it stands on.
const PROGRAM: &str = env!("NOROSHI_PROGRAM");

/// What is known of files that some build made.
#[derive(Debug)]
pub struct Cache {
    file: PathBuf,
    rules: Digest,
    /// What holds for every line of it.
    head: String,
    text: String,
    known: HashMap<Digest, Entry>,
}

impl Cache {
    /// Reads what the same program left, where `rules` were the same: what every file has been held
    /// against before it was published.
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

    /// The file that such inputs made.
    #[must_use]
    pub fn find(&self, inputs: Digest) -> Option<&Entry> {
        self.known.get(&inputs)
    }

    /// Whether it was made under these rules.
    #[must_use]
    pub fn holds(&self, rules: Digest) -> bool {
        self.rules == rules
    }

    /// Knows from now on what a build made, and nothing else.
    pub fn remember(&mut self, known: Vec<(Digest, Entry)>) {
        self.known = known.into_iter().collect();
    }

    /// Leaves for the next run what this one knows. That it cannot be written is nobody's fault and no
    /// one's loss.
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
        // Not synced: a power cut may take it or leave half of it, and each line is believed only where the
        // manifest says the same.
        let mut batch = Batch::unsynced(Overwrite::File);
        batch.add(&self.file, text.as_bytes()).and_then(|()| batch.commit()).map_err(|error| error.source)
    }
}

/// The file in which builds of a site into one folder leave something to one another. Makes the folder that it
/// lies in where that is missing.
///
/// # Errors
/// Where that cannot be made.
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
    // Nobody commits it by mistake.
    fs::write(folder.join(".gitignore"), "*\n")
}

fn line(line: &str) -> Option<(Digest, Entry)> {
    let (inputs, rest) = line.split_once(' ')?;
    let (sha256, size) = rest.split_once(' ')?;
    Some((Digest::parse(inputs)?, Entry { sha256: sha256.to_owned(), size: size.parse().ok()? }))
}
