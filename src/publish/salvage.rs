//! Recovers what can be read of a broken manifest, part or journal: truncated, empty or full of zeros.
//!
//! Decides whether such a file is ours. An empty file, or one that starts with a zero byte,
//! contains no data that could be lost. Any other file must start as all our manifests and parts do,
//! as far as it goes. The recovered paths only say which files are ours; the recovered hashes are
//! never trusted.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::address;
use super::head::{Head, PartText, TOLD};
use super::manifest::{Entry, Listed, Manifest};

/// The start of every manifest of ours.
const HEAD: &str = "{\n  \"generator\": \"noroshi ";
/// The starts of every part of ours.
const PARTS: [&str; 3] = ["{\n  \"told\": [", "{\n  \"entries\": {", "{\n  \"rank\": \""];

/// What a manifest still says that is not whole.
pub(super) struct Remains {
    pub(super) manifest: Manifest,
    /// The parts with the ids of announced events, by path, each with its ids once it was read.
    /// `None` if the head does not say for certain which parts these are.
    told: Option<Vec<(String, Option<Vec<String>>)>>,
}

impl Remains {
    /// The remains of a head, or `None` if it may be the file of another program.
    pub(super) fn of(bytes: &[u8]) -> Option<Remains> {
        let (manifest, told) = match Head::parse(bytes) {
            Some(head) => {
                let told = head.told_parts();
                (head.alone(), told)
            }
            None => broken_head(bytes)?,
        };
        let told = told.map(|paths| paths.into_iter().map(|path| (path, None)).collect());
        Some(Remains { manifest, told })
    }

    /// Adds what a file at the path of a part still says, if it is ours.
    pub(super) fn add(&mut self, path: &str, bytes: &[u8]) {
        let entry = Entry::of(bytes);
        let whole = Some(bytes).filter(|_| crate::address::part(&entry.sha256) == path);
        let (files, entries) = match whole.and_then(PartText::parse) {
            Some(part) => {
                let mut told = self.told.iter_mut().flatten();
                if let Some((_, ids)) = told.find(|(known, _)| known == path) {
                    *ids = Some(part.told);
                }
                (part.files, part.entries)
            }
            None if is_part(bytes) => broken_part(bytes),
            None => return,
        };
        self.manifest.parts.entry(path.to_owned()).or_insert(entry);
        self.manifest.files.extend(files);
        self.manifest.entries.get_or_insert_default().extend(entries);
    }

    /// What was recovered. The list of announced events counts only if none of it is lost.
    pub(super) fn done(self) -> Manifest {
        let Remains { mut manifest, told } = self;
        let whole = told.and_then(|told| told.into_iter().map(|(_, ids)| ids).collect::<Option<Vec<_>>>());
        manifest.announced = manifest.announced.or(whole.map(|lists| lists.concat()));
        manifest
    }
}

/// Whether a file at the path of a part is ours, whole or broken.
pub(super) fn is_part(bytes: &[u8]) -> bool {
    is_start(bytes, &PARTS)
}

/// Whether a file is empty, or begins as one of ours does, as far as it goes.
fn is_start(bytes: &[u8], starts: &[&str]) -> bool {
    let begins = |start: &&str| bytes.starts_with(&start.as_bytes()[..start.len().min(bytes.len())]);
    bytes.first().is_none_or(|first| *first == 0) || starts.iter().any(begins)
}

/// What the complete lines of a broken head say, and the parts with the ids of announced events.
fn broken_head(bytes: &[u8]) -> Option<(Manifest, Option<Vec<String>>)> {
    if !is_start(bytes, &[HEAD]) {
        return None;
    }
    let mut manifest = Manifest::default();
    // These parts come first. A line after theirs says that they are all there.
    let (mut told, mut is_among_them, mut is_sure) = (Vec::new(), false, false);
    let text = String::from_utf8_lossy(bytes);
    for line in text.lines().map(|line| line.trim().trim_end_matches(',')) {
        let Some((key, value)) = pair(line) else {
            is_among_them = line == "\"parts\": {";
            continue;
        };
        match (key.as_str(), value) {
            (TOLD, Value::Array(ids)) => manifest.announced = strings(ids),
            ("effective", Value::String(at)) => manifest.effective = at,
            ("generator", Value::String(by)) => manifest.generator = by,
            ("timezone", Value::String(zone)) => manifest.timezone = Some(zone),
            ("addresses", Value::String(form)) => manifest.addresses = Some(form),
            (_, value) if crate::address::is_part(&key) => {
                if is_among_them && value["holds"] == TOLD {
                    told.push(key.clone());
                } else {
                    is_sure |= is_among_them;
                    is_among_them = false;
                }
                if let Ok(entry) = serde_json::from_value::<Entry>(value) {
                    manifest.parts.insert(key, entry);
                }
            }
            (_, value) => match line_of(key, value) {
                Some(Line::File(path, entry)) => _ = manifest.files.insert(path, entry),
                Some(Line::Entry(key, listed)) => {
                    manifest.entries.get_or_insert_default().insert(key, listed);
                }
                None => {}
            },
        }
    }
    Some((manifest, is_sure.then_some(told)))
}

/// What the complete lines of a broken part say.
fn broken_part(bytes: &[u8]) -> (Vec<(String, Entry)>, BTreeMap<String, Listed>) {
    let text = String::from_utf8_lossy(bytes);
    let (mut files, mut entries) = (Vec::new(), BTreeMap::new());
    for (key, value) in text.lines().filter_map(|line| pair(line.trim().trim_end_matches(','))) {
        match line_of(key, value) {
            Some(Line::File(path, entry)) => files.push((path, entry)),
            Some(Line::Entry(key, listed)) => _ = entries.insert(key, listed),
            None => {}
        }
    }
    (files, entries)
}

enum Line {
    File(String, Entry),
    Entry(String, Listed),
}

fn line_of(key: String, value: Value) -> Option<Line> {
    if let Ok(listed) = serde_json::from_value::<Listed>(value.clone()) {
        return Some(Line::Entry(key, listed));
    }
    let entry = serde_json::from_value::<Entry>(value).ok()?;
    address::is_valid(&key).then_some(Line::File(key, entry))
}

/// Parses a line of an object, `"key": value`.
fn pair(line: &str) -> Option<(String, Value)> {
    let object: BTreeMap<String, Value> = serde_json::from_str(&format!("{{{line}}}")).ok()?;
    object.into_iter().next()
}

fn strings(values: Vec<Value>) -> Option<Vec<String>> {
    values.into_iter().map(|value| value.as_str().map(str::to_owned)).collect()
}

/// Every path that a broken journal still names: its complete strings that are not keys.
pub(super) fn paths(bytes: &[u8]) -> BTreeSet<String> {
    let text = String::from_utf8_lossy(bytes);
    let mut found = BTreeSet::new();
    let mut rest = text.as_ref();
    while let Some(start) = rest.find('"') {
        let Some(end) = end_of_string(&rest[start + 1..]) else { break };
        let end = start + 1 + end + 1;
        let written = &rest[start..end];
        rest = &rest[end..];
        if !rest.starts_with(':')
            && let Ok(path) = serde_json::from_str::<String>(written)
            && address::is_valid(&path)
        {
            found.insert(path);
        }
    }
    found
}

/// The offset of the closing quote of a string.
fn end_of_string(text: &str) -> Option<usize> {
    let mut is_escaped = false;
    text.bytes().position(|byte| {
        let is_end = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        is_end
    })
}
