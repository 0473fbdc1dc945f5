//! The bytes of a manifest: a small head, and parts that change little from build to build.
//!
//! The files of each rank, the entries and the announced events are each cut into parts of some
//! [`LINES`] lines. The line itself decides whether a part ends after it, by a hash of its path, key
//! or id. So a file that changes or is new changes one part, and every other part keeps its bytes
//! and its name. A build therefore writes and sends a few parts instead of one file that lists
//! everything.

use std::fmt::Write as _;

use serde_json::Value;

use super::Staged;
use super::head::{ENTRIES, TOLD};
use super::manifest::{Entry, Listed, Manifest, Stamp};
use super::rank::Rank;

/// The average number of lines of a part. Smaller parts would send less after a change, but the head
/// and the number of files to fetch would grow. A change of it, or of [`hash`], writes every part anew.
const LINES: u64 = 256;
/// Bytes after which a part ends in any case: far below what a reader accepts.
const MOST: usize = 1 << 20;

/// A manifest as it is published.
pub(super) struct Text<'s> {
    stamp: &'s Stamp,
    pub(super) head: Vec<u8>,
    pub(super) parts: Vec<Part>,
}

/// A part of a manifest as it is published.
pub(super) struct Part {
    pub(super) path: String,
    pub(super) entry: Entry,
    pub(super) json: String,
    holds: Holds,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    Told,
    Entries,
    Files(Rank),
}

impl Holds {
    fn word(self) -> &'static str {
        match self {
            Holds::Told => TOLD,
            Holds::Entries => ENTRIES,
            Holds::Files(rank) => rank.word(),
        }
    }

    /// What stands before the lines of a part.
    fn start(self) -> String {
        match self {
            Holds::Told => format!("{{\n  \"{TOLD}\": ["),
            Holds::Entries => format!("{{\n  \"{ENTRIES}\": {{"),
            Holds::Files(rank) => format!("{{\n  \"rank\": \"{}\",\n  \"files\": {{", rank.word()),
        }
    }

    /// What stands after the lines of a part.
    fn end(self) -> &'static str {
        match self {
            Holds::Told => "\n  ]\n}\n",
            Holds::Entries | Holds::Files(_) => "\n  }\n}\n",
        }
    }
}

impl Part {
    fn new(mut json: String, holds: Holds) -> Part {
        json.push_str(holds.end());
        let entry = Entry::of(json.as_bytes());
        Part { path: crate::address::part(&entry.sha256), entry, json, holds }
    }

    /// The lines, without what stands around them.
    fn lines(&self) -> &str {
        let inner = self.json.strip_prefix(self.holds.start().as_str()).unwrap_or_default();
        inner.strip_suffix(self.holds.end()).unwrap_or_default()
    }
}

impl Text<'_> {
    /// The manifest of a build. `sorted` must be sorted by path. The same content always has the same
    /// bytes.
    ///
    /// Does not build a [`Manifest`], because one changed word rewrites tens of thousands of lines.
    pub(super) fn new<'s>(stamp: &'s Stamp, sorted: &[Staged]) -> Text<'s> {
        let mut parts = Vec::new();
        let told = stamp.announced.iter().map(|id| (id.as_str(), ()));
        cut(&mut parts, Holds::Told, told, |json, id, ()| quote(json, id));
        let entries = stamp.entries.iter().map(|(key, listed)| (key.as_str(), listed));
        cut(&mut parts, Holds::Entries, entries, entry_line);
        for rank in Rank::ALL {
            let files = sorted.iter().filter(|file| file.rank == rank);
            let files = files.map(|file| (file.path.as_str(), &file.entry));
            cut(&mut parts, Holds::Files(rank), files, file_line);
        }
        let mut json = Facts::of_stamp(stamp).start();
        next_change(&mut json, stamp.next_change.as_deref());
        json.push_str(",\n  \"parts\": {");
        let mut separator = "";
        for part in &parts {
            json.push_str(separator);
            json.push_str("\n    ");
            file_line(&mut json, &part.path, &part.entry);
            // The line goes on where that of a file ends.
            json.pop();
            let _ = write!(json, ", \"holds\": \"{}\"}}", part.holds.word());
            separator = ",";
        }
        json.push_str("\n  }\n}\n");
        Text { stamp, head: json.into_bytes(), parts }
    }

    /// The manifest as one file.
    pub(super) fn inline(&self) -> String {
        let lines = |wanted: fn(Holds) -> bool| {
            let parts = self.parts.iter().filter(move |part| wanted(part.holds));
            parts.map(Part::lines).collect::<Vec<_>>().join(",")
        };
        let files = lines(|holds| matches!(holds, Holds::Files(_)));
        let entries = lines(|holds| holds == Holds::Entries);
        let told = Value::from(self.stamp.announced.clone());
        inline(&Facts::of_stamp(self.stamp), &told, &files, Some(&entries))
    }
}

impl Manifest {
    /// The manifest as one file, without its parts: `manifest.json` as older versions wrote it, which
    /// every version reads.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut files = String::with_capacity(150 * self.files.len());
        for (path, entry) in &self.files {
            files.push_str(if files.is_empty() { "\n    " } else { ",\n    " });
            file_line(&mut files, path, entry);
        }
        let entries = self.entries.as_ref().map(|entries| {
            let mut lines = String::with_capacity(150 * entries.len());
            for (key, listed) in entries {
                lines.push_str(if lines.is_empty() { "\n    " } else { ",\n    " });
                entry_line(&mut lines, key, listed);
            }
            lines
        });
        let facts = Facts {
            generator: &self.generator,
            effective: &self.effective,
            timezone: self.timezone.as_deref(),
            addresses: self.addresses.as_deref(),
            next_change: self.next_change.as_deref(),
        };
        inline(&facts, &Value::from(self.announced.clone()), &files, entries.as_deref())
    }
}

/// The facts at the beginning of a head.
struct Facts<'f> {
    generator: &'f str,
    effective: &'f str,
    timezone: Option<&'f str>,
    addresses: Option<&'f str>,
    next_change: Option<&'f str>,
}

impl Facts<'_> {
    fn of_stamp(stamp: &Stamp) -> Facts<'_> {
        Facts {
            generator: &stamp.generator,
            effective: &stamp.effective,
            timezone: Some(&stamp.timezone),
            addresses: stamp.addresses.as_deref(),
            next_change: stamp.next_change.as_deref(),
        }
    }

    /// The beginning of a head, each fact on its line.
    fn start(&self) -> String {
        let mut json = String::from("{\n  \"generator\": ");
        quote(&mut json, self.generator);
        json.push_str(",\n  \"effective\": ");
        quote(&mut json, self.effective);
        // Writing to a string cannot fail.
        let _ = write!(json, ",\n  \"timezone\": {}", Value::from(self.timezone));
        if let Some(form) = self.addresses {
            let _ = write!(json, ",\n  \"addresses\": {}", Value::from(form));
        }
        json
    }
}

/// Appends the fact that scripts look for, on one line and before the long lists.
fn next_change(json: &mut String, at: Option<&str>) {
    let _ = write!(json, ",\n  \"next_change\": {}", Value::from(at));
}

/// A manifest as one file. `files` and `entries` are lines.
fn inline(facts: &Facts<'_>, told: &Value, files: &str, entries: Option<&str>) -> String {
    let mut json = facts.start();
    let _ = write!(json, ",\n  \"told\": {told}");
    next_change(&mut json, facts.next_change);
    json.reserve(files.len() + entries.map_or(0, str::len) + 64);
    json.push_str(",\n  \"files\": {");
    json.push_str(files);
    json.push_str("\n  }");
    if let Some(entries) = entries {
        json.push_str(",\n  \"entries\": {");
        json.push_str(entries);
        json.push_str("\n  }");
    }
    json.push_str("\n}\n");
    json
}

/// Cuts lines into parts. Each line is made of a key, which decides whether a part ends after it, and
/// of a value.
fn cut<'k, V>(
    parts: &mut Vec<Part>,
    holds: Holds,
    items: impl Iterator<Item = (&'k str, V)>,
    line: impl Fn(&mut String, &str, V),
) {
    let mut open: Option<String> = None;
    for (key, value) in items {
        let json = match &mut open {
            Some(json) => {
                json.push(',');
                json
            }
            None => open.insert(holds.start()),
        };
        json.push_str("\n    ");
        line(json, key, value);
        if hash(key).is_multiple_of(LINES) || json.len() >= MOST {
            parts.extend(open.take().map(|json| Part::new(json, holds)));
        }
    }
    parts.extend(open.map(|json| Part::new(json, holds)));
}

fn file_line(json: &mut String, path: &str, entry: &Entry) {
    quote(json, path);
    json.push_str(": {\"sha256\": ");
    quote(json, &entry.sha256);
    let _ = write!(json, ", \"size\": {}}}", entry.size);
}

fn entry_line(json: &mut String, key: &str, listed: &Listed) {
    quote(json, key);
    json.push_str(": ");
    // The record contains only text and a boolean, so serialization cannot fail.
    json.push_str(&serde_json::to_string(listed).unwrap_or_default());
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

/// A hash of a key that is the same in every version and on every machine.
fn hash(key: &str) -> u64 {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut hash = key.len() as u64;
    for piece in key.as_bytes().chunks(8) {
        let mut word = [0; 8];
        word[..piece.len()].copy_from_slice(piece);
        hash = (hash ^ u64::from_le_bytes(word)).wrapping_mul(FACTOR);
        hash ^= hash >> 32;
    }
    hash = hash.wrapping_mul(FACTOR);
    hash ^ (hash >> 29)
}
