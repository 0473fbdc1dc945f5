//! `manifest.json`: every file that is published, except itself.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{Staged, address};

pub(super) const NAME: &str = "manifest.json";

/// What the manifest says of the build itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stamp {
    /// Name and version of the program.
    pub generator: String,
    /// The instant everything is built for, RFC 3339.
    pub effective: String,
    /// When the content changes next by itself, RFC 3339.
    pub next_change: Option<String>,
    /// Ids of what subscribers were told lately.
    pub told: Vec<String>,
}

/// Every published file with its hash.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// Name and version of the program that wrote it.
    pub generator: String,
    /// The instant everything was built for, RFC 3339.
    pub effective: String,
    /// Ids of what subscribers were told lately; nothing where the program that wrote it did not say.
    #[serde(default)]
    pub told: Option<Vec<String>>,
    /// When the content changes next by itself, RFC 3339.
    #[serde(default)]
    pub next_change: Option<String>,
    /// The files by path, relative to the folder, without the manifest.
    pub files: BTreeMap<String, Entry>,
}

/// What is known of one published file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// SHA-256 in lower-case hexadecimal digits.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
}

/// Whether something is published in a folder. Takes no lock and reads nothing.
#[must_use]
pub fn is_there(out: &Path) -> bool {
    out.join(NAME).is_file()
}

/// The manifest in a folder, if there is one that can be read. Takes no lock.
#[must_use]
pub fn read_manifest(out: &Path) -> Option<Manifest> {
    Manifest::parse(&std::fs::read(out.join(NAME)).ok()?)
}

impl Manifest {
    pub(super) fn new(stamp: &Stamp, staged: &[Staged]) -> Manifest {
        Manifest {
            generator: stamp.generator.clone(),
            effective: stamp.effective.clone(),
            told: Some(stamp.told.clone()),
            next_change: stamp.next_change.clone(),
            files: staged.iter().map(|file| (file.path.clone(), file.entry.clone())).collect(),
        }
    }

    /// Reads a manifest of ours. Paths that lead out of the folder, which no
    /// build of ours writes, are left out, so that nobody acts on them.
    #[must_use]
    pub fn parse(bytes: &[u8]) -> Option<Manifest> {
        let mut manifest: Manifest = serde_json::from_slice(bytes).ok()?;
        manifest.files.retain(|path, _| address::is_valid(path));
        Some(manifest)
    }

    /// The same bytes for the same content, with one file a line.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let text = |value: &str| Value::from(value).to_string();
        let next = self.next_change.as_deref();
        let mut json = format!(
            "{{\n  \"generator\": {},\n  \"effective\": {},\n  \"told\": {},\n  \"next_change\": {},\n  \"files\": {{",
            text(&self.generator),
            text(&self.effective),
            // On one line, and before what scripts look for at the end of the head.
            Value::from(self.told.clone().unwrap_or_default()),
            Value::from(next),
        );
        let mut separator = "";
        for (path, entry) in &self.files {
            // Writing to a string cannot fail.
            let _ = write!(
                json,
                "{separator}\n    {}: {{\"sha256\": {}, \"size\": {}}}",
                text(path),
                text(&entry.sha256),
                entry.size,
            );
            separator = ",";
        }
        json.push_str("\n  }\n}\n");
        json.into_bytes()
    }
}

impl Entry {
    /// The entry of a file with these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Entry {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let sha256 = Sha256::digest(bytes)
            .iter()
            .flat_map(|byte| [byte >> 4, byte & 15])
            .map(|digit| char::from(DIGITS[usize::from(digit)]))
            .collect();
        Entry { sha256, size: bytes.len() as u64 }
    }
}
