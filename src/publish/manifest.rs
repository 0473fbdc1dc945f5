//! The facts of a manifest: what a build published, and for which instant.
//!
//! `head.rs` reads them from `manifest.json` and its parts, and `manifest_text.rs` writes them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::rank::Rank;
use crate::digest::hex;

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

/// A whole manifest, with what its parts say.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Manifest {
    pub generator: String,
    /// The instant that the site was built for, RFC 3339.
    pub effective: String,
    /// `None` if an older version wrote the manifest.
    pub announced: Option<Vec<String>>,
    /// The next instant at which the visible site changes by itself, RFC 3339. Hidden entries do
    /// not affect it.
    pub next_change: Option<String>,
    /// `None` if an older version wrote the manifest.
    pub timezone: Option<String>,
    /// `None` means the default.
    pub addresses: Option<String>,
    /// `None` if an older version wrote the manifest.
    pub entries: Option<BTreeMap<String, Listed>>,
    /// The files by path, relative to the folder, without the manifest and its parts.
    pub files: BTreeMap<String, Entry>,
    /// The files in which the manifest lies beside `manifest.json`, by path. Empty if it is one file.
    pub parts: BTreeMap<String, Entry>,
    /// The ranks of files that are no leaves: nearly all files are. `None` if the manifest does not say.
    pub(super) ranks: Option<BTreeMap<String, Rank>>,
}

impl Manifest {
    /// The rank that a file was published with, or the likely one if an older version published it.
    #[must_use]
    pub fn rank(&self, path: &str) -> Rank {
        match &self.ranks {
            Some(ranks) => ranks.get(path).copied().unwrap_or(Rank::Leaf),
            None => Rank::of_path(path),
        }
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// SHA-256 in lower-case hexadecimal digits.
    pub sha256: String,
    /// The size in bytes.
    pub size: u64,
}

impl Entry {
    #[must_use]
    pub fn of(bytes: &[u8]) -> Entry {
        Entry { sha256: hex(&Sha256::digest(bytes)), size: bytes.len() as u64 }
    }
}
