//! Recovers what can be read of a broken manifest or journal: truncated, empty or full of zeros.
//!
//! Decides whether such a file is ours. An empty file, or one that starts with a zero byte,
//! contains no data that could be lost. Any other file must start as all our manifests do, as far
//! as it goes. The recovered paths only say which files are ours; the recovered hashes are never
//! trusted.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::address;
use super::manifest::{Entry, Listed, Manifest};

/// The start of every manifest of ours.
const HEAD: &str = "{\n  \"generator\": \"noroshi ";

/// What a broken manifest still says, or `None` if it may be the file of another program.
pub(super) fn manifest(bytes: &[u8]) -> Option<Manifest> {
    let is_empty = bytes.first().is_none_or(|first| *first == 0);
    let head = &HEAD.as_bytes()[..HEAD.len().min(bytes.len())];
    if !is_empty && !bytes.starts_with(head) {
        return None;
    }
    let text = String::from_utf8_lossy(bytes);
    let mut manifest = nothing();
    for line in text.lines().map(|line| line.trim().trim_end_matches(',')) {
        let Some((key, value)) = pair(line) else { continue };
        match (key.as_str(), value) {
            ("told", Value::Array(ids)) => manifest.announced = strings(ids),
            ("effective", Value::String(at)) => manifest.effective = at,
            ("generator", Value::String(by)) => manifest.generator = by,
            ("timezone", Value::String(zone)) => manifest.timezone = Some(zone),
            ("addresses", Value::String(form)) => manifest.addresses = Some(form),
            (_, value) => {
                if let Ok(listed) = serde_json::from_value::<Listed>(value.clone()) {
                    manifest.entries.get_or_insert_default().insert(key, listed);
                } else if let Ok(entry) = serde_json::from_value::<Entry>(value)
                    && address::is_valid(&key)
                {
                    manifest.files.insert(key, entry);
                }
            }
        }
    }
    Some(manifest)
}

pub(super) fn nothing() -> Manifest {
    let (generator, effective) = (String::new(), String::new());
    let files = BTreeMap::new();
    let (announced, next_change, timezone, addresses, entries) = (None, None, None, None, None);
    Manifest { generator, effective, announced, next_change, timezone, addresses, entries, files }
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
