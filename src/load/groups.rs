//! Groups files into entries, and finds the language of each, by their names.

use std::collections::BTreeMap;

use crate::languages;
use crate::source::FoundFile;
use crate::text;

/// The locales to assume without site.yaml. The first one is unknown, so every file with a language suffix counts
/// as a translation.
pub(super) fn any_locale() -> Vec<String> {
    std::iter::once("").chain(languages::tags()).map(str::to_owned).collect()
}

/// The files of one entry: the original and its translations.
pub(super) type Group = Vec<FoundFile>;

/// Groups files in one folder whose names differ only in the locale.
pub(super) fn group(entries: Vec<FoundFile>, locales: &[String]) -> BTreeMap<String, Group> {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for found in entries {
        groups.entry(group_name(&found.name, locales)).or_default().push(found);
    }
    groups
}

/// The name that all files of one entry share.
pub(super) fn group_name(file: &str, locales: &[String]) -> String {
    let name = file.strip_suffix(".md").unwrap_or(file);
    let stem = match name.rsplit_once('.') {
        Some((stem, suffix)) if locale_at(suffix, locales).is_some() => stem,
        _ => name,
    };
    // Some editors write が as one character, others as two.
    text::nfc(stem).into_owned()
}

fn locale_at(suffix: &str, locales: &[String]) -> Option<usize> {
    locales.iter().position(|l| l.eq_ignore_ascii_case(suffix))
}

/// The locale of a translation, from its file name.
pub(super) fn translation(file: &FoundFile, locales: &[String]) -> Option<usize> {
    let (_, suffix) = file.stem.rsplit_once('.')?;
    locale_at(suffix, locales).filter(|at| *at > 0)
}
