//! Which files belong to one entry, and in which language each is, by their names.

use std::collections::BTreeMap;

use crate::languages;
use crate::source::FoundFile;
use crate::text;

/// The locales of a site that does not say which it has: the first is unknown, so that every file with a
/// suffix is taken for a translation.
pub(super) fn any_locale() -> Vec<String> {
    std::iter::once("").chain(languages::tags()).map(str::to_owned).collect()
}

/// The files of one entry: the original and its translations.
pub(super) type Group = Vec<FoundFile>;

/// Files that lie in one folder and differ only in their locale belong together.
pub(super) fn group(entries: Vec<FoundFile>, locales: &[String]) -> BTreeMap<String, Group> {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for found in entries {
        groups.entry(group_name(&found.name, locales)).or_default().push(found);
    }
    groups
}

/// What all files of one entry have in common.
pub(super) fn group_name(file: &str, locales: &[String]) -> String {
    let name = file.strip_suffix(".md").unwrap_or(file);
    let stem = match name.rsplit_once('.') {
        Some((stem, suffix)) if locale_at(suffix, locales).is_some() => stem,
        _ => name,
    };
    // One editor writes が as one character, another as two.
    text::nfc(stem).into_owned()
}

fn locale_at(suffix: &str, locales: &[String]) -> Option<usize> {
    locales.iter().position(|l| l.eq_ignore_ascii_case(suffix))
}

/// The locale of a translation, by the name of its file.
pub(super) fn translation(file: &FoundFile, locales: &[String]) -> Option<usize> {
    let (_, suffix) = file.stem.rsplit_once('.')?;
    locale_at(suffix, locales).filter(|at| *at > 0)
}
