//! `manifest.json`, which lists every published file except itself.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::path::Path;
use std::sync::Arc;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::names::MANIFEST;
use super::{Staged, address, names};
use crate::file;
use crate::limits::MANIFEST_BYTES;

/// The manifest's facts about the build itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stamp {
    /// The name and version of the program.
    pub generator: String,
    /// The instant that the site is built for, RFC 3339.
    pub effective: String,
    /// The next instant at which the visible site changes by itself, RFC 3339. Hidden entries do
    /// not affect it.
    pub next_change: Option<String>,
    /// The ids of recently announced events.
    pub announced: Vec<String>,
    /// The site's zone, for times without an offset.
    pub timezone: String,
    /// The form of page addresses, unless it is the default.
    pub addresses: Option<String>,
    /// The visible entries.
    pub entries: BTreeMap<String, Listed>,
}

/// The record of a visible entry, by kind and id: `incident/2026-11-20-yen`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Listed {
    /// The folder of its page, unless the id implies it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub open: bool,
    /// The sketch of its public text.
    pub text: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Manifest {
    pub generator: String,
    /// The instant that the site was built for, RFC 3339.
    pub effective: String,
    /// `None` if an older version wrote the manifest.
    #[serde(default, rename = "told")]
    pub announced: Option<Vec<String>>,
    /// The next instant at which the visible site changes by itself, RFC 3339. Hidden entries do
    /// not affect it.
    #[serde(default)]
    pub next_change: Option<String>,
    /// `None` if an older version wrote the manifest.
    #[serde(default)]
    pub timezone: Option<String>,
    /// `None` means the default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub addresses: Option<String>,
    /// `None` if an older version wrote the manifest.
    #[serde(default)]
    pub entries: Option<BTreeMap<String, Listed>>,
    /// The files by path, relative to the folder, without the manifest.
    #[serde(deserialize_with = "each_once")]
    pub files: BTreeMap<String, Entry>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// SHA-256 in lower-case hexadecimal digits.
    pub sha256: String,
    /// The size in bytes.
    pub size: u64,
}

/// Whether the folder holds a manifest. Takes no lock and reads nothing.
#[must_use]
pub fn is_there(out: &Path) -> bool {
    out.join(MANIFEST).is_file()
}

/// The manifest in a folder, if it can be read. Takes no lock.
#[must_use]
pub fn read_manifest(out: &Path) -> Option<Manifest> {
    Manifest::parse(&file::read(&out.join(MANIFEST), MANIFEST_BYTES).ok()?)
}

/// Whether a build was interrupted in a folder, or is at work there.
#[must_use]
pub fn is_unfinished(folder: &Path) -> bool {
    folder.join(names::JOURNAL).symlink_metadata().is_ok()
}

/// Whether a build published to a folder, or started to: the manifest may be broken or missing.
#[must_use]
pub fn is_published(folder: &Path) -> bool {
    let left = [names::JOURNAL, names::LOCK, names::STAGE];
    left.iter().any(|name| folder.join(name).symlink_metadata().is_ok()) || read_manifest(folder).is_some()
}

/// A parsed manifest with its bytes, for a process that publishes repeatedly.
#[derive(Clone, Debug)]
pub struct Known {
    pub(super) bytes: Vec<u8>,
    pub(super) manifest: Arc<Manifest>,
}

impl Known {
    /// The manifest in a folder, if it can be read. Takes no lock.
    #[must_use]
    pub fn read(out: &Path) -> Option<Known> {
        let bytes = file::read(&out.join(MANIFEST), MANIFEST_BYTES).ok()?;
        let manifest = Arc::new(Manifest::parse(&bytes)?);
        Some(Known { bytes, manifest })
    }
}

impl Manifest {
    /// Parses a manifest of ours. Skips paths that lead out of the folder; our builds never write such paths.
    #[must_use]
    pub fn parse(bytes: &[u8]) -> Option<Manifest> {
        let mut manifest: Manifest = serde_json::from_slice(bytes).ok()?;
        if !manifest.generator.starts_with("noroshi ") {
            return None;
        }
        manifest.files.retain(|path, _| address::is_valid(path));
        Some(manifest)
    }
}

/// Reads files by path. A duplicate path is an error, because it is a sign of damage.
fn each_once<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, Entry>, D::Error> {
    struct Files;
    impl<'de> Visitor<'de> for Files {
        type Value = BTreeMap<String, Entry>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("files by path")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut files = BTreeMap::new();
            while let Some((path, entry)) = map.next_entry::<String, Entry>()? {
                if files.insert(path, entry).is_some() {
                    return Err(serde::de::Error::custom("a path appears twice"));
                }
            }
            Ok(files)
        }
    }
    deserializer.deserialize_map(Files)
}

/// The bytes of a manifest, with one file per line. The same content always has the same bytes;
/// `sorted` must be sorted by path.
///
/// Does not build a [`Manifest`], because one changed word rewrites tens of thousands of lines.
pub(super) fn bytes(stamp: &Stamp, sorted: &[Staged]) -> Vec<u8> {
    let next = stamp.next_change.as_deref();
    let mut json =
        String::with_capacity(1024 + 40 * stamp.announced.len() + 160 * (sorted.len() + stamp.entries.len()));
    json.push_str("{\n  \"generator\": ");
    quote(&mut json, &stamp.generator);
    json.push_str(",\n  \"effective\": ");
    quote(&mut json, &stamp.effective);
    // On one line, and before what scripts look for at the end of the head. Writing to a string cannot fail.
    let _ = write!(
        json,
        ",\n  \"timezone\": {}{},\n  \"told\": {},\n  \"next_change\": {}",
        Value::from(stamp.timezone.as_str()),
        stamp
            .addresses
            .as_deref()
            .map_or(String::new(), |form| format!(",\n  \"addresses\": {}", Value::from(form))),
        Value::from(stamp.announced.clone()),
        Value::from(next)
    );
    json.push_str(",\n  \"files\": {");
    let mut separator = "";
    for file in sorted {
        json.push_str(separator);
        json.push_str("\n    ");
        quote(&mut json, &file.path);
        json.push_str(": {\"sha256\": ");
        quote(&mut json, &file.entry.sha256);
        let _ = write!(json, ", \"size\": {}}}", file.entry.size);
        separator = ",";
    }
    json.push_str("\n  },\n  \"entries\": {");
    let mut separator = "";
    for (key, listed) in &stamp.entries {
        json.push_str(separator);
        json.push_str("\n    ");
        quote(&mut json, key);
        json.push_str(": ");
        // The record contains only text and a boolean, so serialization cannot fail.
        json.push_str(&serde_json::to_string(listed).unwrap_or_default());
        separator = ",";
    }
    json.push_str("\n  }\n}\n");
    json.into_bytes()
}

/// Appends a text as JSON. Most texts need no escaping.
fn quote(json: &mut String, text: &str) {
    if text.bytes().any(|b| b < b' ' || b == b'"' || b == b'\\') {
        json.push_str(&Value::from(text).to_string());
        return;
    }
    json.push('"');
    json.push_str(text);
    json.push('"');
}

impl Entry {
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
