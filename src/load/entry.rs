//! Reads one entry from its files: the original and its translations.

use std::sync::Arc;

use super::groups::{Group, translation};
use crate::bisect;
use crate::check::forbidden;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::document::yaml::Data;
use crate::document::{self, Document};
use crate::message::message;
use crate::model::read::{self, Files};
use crate::model::{Config, Entry};
use crate::panics::{self, contain};
use crate::source::{FoundFile, ReadError};
use crate::vocabulary::Aliases;

/// The text of a file, a failure of the disk, or a fault of the author.
type Reading = Result<Result<Arc<str>, Diagnostic>, ReadError>;
pub(super) type TextReader<'r> = dyn Fn(&FoundFile) -> Reading + Sync + 'r;

#[derive(Default)]
pub(super) struct ReadEntry {
    pub(super) entry: Option<Entry>,
    pub(super) found: Vec<Diagnostic>,
    pub(super) texts: Vec<(Arc<str>, Arc<str>)>,
}

/// Reads one entry from the texts of its files, by name; `None` if they have errors.
#[must_use]
pub fn entry(files: &[(Arc<str>, Arc<str>)], config: &Config) -> Option<Entry> {
    let group: Group = files.iter().filter_map(|(name, _)| FoundFile::named(name)).collect();
    let text = |found: &FoundFile| {
        let known = files.iter().find(|(name, _)| *name == found.name);
        Ok(Ok(known.map_or_else(|| Arc::from(""), |(_, text)| Arc::clone(text))))
    };
    // Nothing is read from a disk, so nothing can fail.
    let rules = forbidden::Rules::of(config);
    let read = read_group(&group, &config.locales, Some((config, &rules)), &text, &|| ()).ok()?;
    read.entry.filter(|_| !Files::spoils(&read.found))
}

/// A panic becomes an error at the entry's own file.
pub(super) fn read_group(
    group: &Group,
    locales: &[String],
    known: Option<(&Config, &forbidden::Rules)>,
    text_of: &TextReader<'_>,
    progress: &(dyn Fn() + Sync),
) -> Result<ReadEntry, ReadError> {
    let step = message!("load-step-read", "reading it");
    let read = contain(step, || read_files(group, locales, known, text_of, progress));
    read.unwrap_or_else(|panicked| {
        let own = group.iter().find(|file| translation(file, locales).is_none()).or(group.first());
        let found = own.map(|file| bisect::diagnostic(&file.name, &panicked)).into_iter().collect();
        Ok(ReadEntry { found, ..ReadEntry::default() })
    })
}

fn read_files(
    group: &Group,
    locales: &[String],
    known: Option<(&Config, &forbidden::Rules)>,
    text_of: &TextReader<'_>,
    progress: &(dyn Fn() + Sync),
) -> Result<ReadEntry, ReadError> {
    let mut read = ReadEntry::default();
    let none = Aliases::default();
    let words = known.map_or(&none, |(config, _)| &config.words);
    let mut primary: Option<Document> = None;
    let mut translations = Vec::new();
    for file in group {
        let locale = translation(file, locales);
        let text = match text_of(file)? {
            Ok(text) => text,
            Err(diagnostic) => {
                read.found.push(if locale.is_some() { diagnostic.softened() } else { diagnostic });
                continue;
            }
        };
        progress();
        panics::seam("read", &file.name);
        let mut found = Vec::new();
        let document = document::parse(file, &text, locales, words, &mut found);
        if let Some(locale) = locale {
            // The fault is only in a translation, so pages show the original instead.
            let spoiled = Files::spoils(&found);
            read.found.extend(found.into_iter().map(Diagnostic::softened));
            let held = document.as_ref().and_then(held_back);
            read.found.extend(held.iter().cloned());
            translations.extend(document.filter(|_| !spoiled && held.is_none()).map(|d| (locale, d)));
        } else {
            read.found.append(&mut found);
            if document.is_some() && primary.is_some() {
                read.found.push(second_original(file));
            } else {
                primary = primary.or(document);
            }
        }
        read.texts.push((Arc::clone(&file.name), text));
    }
    if let (Some(primary), Some((config, rules))) = (primary, known) {
        let files = Files { primary, translations };
        let (entry, found) = read::entry(&files, config);
        read.found.extend(found);
        read.found.extend(entry.iter().flat_map(|entry| protect(entry, &files, &read.texts, config, rules)));
        read.entry = entry;
    }
    if group.iter().all(|file| translation(file, locales).is_some()) {
        read.found.extend(group.iter().map(orphan));
    }
    leave_out_consequences(&mut read.found, |file| {
        group.iter().any(|own| own.name == *file && translation(own, locales).is_none())
    });
    // Only texts that a diagnostic points into are kept.
    read.texts.retain(|(name, _)| read.found.iter().any(|d| d.place.file == *name));
    Ok(read)
}

/// What compares a translation with its original.
const COMPARISONS: [&str; 3] =
    ["translation/unknown-update", "translation/unknown-section", "translation/unknown-text"];
const CONFLICT: &str = "source/conflict-marker";
/// A heading with a time that cannot be read, and what is said of a heading without one.
const SECTION_TIME: &str = "body/section-time";
const UNDATED: [&str; 2] = ["incident/undated-postmortem", "maintenance/undated-evaluation"];

/// Leaves out what only follows from another error: every fault of a file with both sides of a merge conflict, what a
/// translation has more than an original that could not be read as a whole, and that a section has no time if its
/// time cannot be read.
fn leave_out_consequences(found: &mut Vec<Diagnostic>, is_original: impl Fn(&Arc<str>) -> bool) {
    let conflicts: Vec<Arc<str>> =
        found.iter().filter(|d| d.code == CONFLICT).map(|d| Arc::clone(&d.place.file)).collect();
    let is_incomplete = found.iter().any(|d| d.severity == Severity::Error && is_original(&d.place.file));
    let untimed: Vec<Place> =
        found.iter().filter(|d| d.code == SECTION_TIME).map(|d| d.place.clone()).collect();
    found.retain(|diagnostic| {
        let is_undated = UNDATED.contains(&diagnostic.code) && untimed.contains(&diagnostic.place);
        let is_of_conflict = diagnostic.code != CONFLICT && conflicts.contains(&diagnostic.place.file);
        let is_comparison = is_incomplete && COMPARISONS.contains(&diagnostic.code);
        !is_of_conflict && !is_comparison && !is_undated
    });
}

/// The error for two files with the facts of one entry.
fn second_original(file: &FoundFile) -> Diagnostic {
    let place = Place::whole(&file.name);
    let message = message!("load-second-original", "this entry has two files in the first locale");
    Diagnostic::error("entry/duplicate-slug", place, message)
        .help(message!("load-second-original-help", "keep the one without a suffix"))
}

/// The warning for a translation that is a draft or not yet public: it is left out, and pages show the original.
fn held_back(document: &Document) -> Option<Diagnostic> {
    let front = &document.front;
    let holding = front.root.entries().iter().find(|entry| match entry.key.as_str() {
        "draft" => !matches!(entry.node.data, Data::Bool(false, _) | Data::Null),
        "publish_at" | "withdrawn" => true,
        _ => false,
    })?;
    let place = front.place(&holding.key_range);
    let message = message!(
        "load-held-back",
        "`{key}` keeps this translation unpublished: pages show the original",
        key = holding.key
    );
    let help = message!("load-held-back-help", "delete the key when pages may show the translation");
    Some(Diagnostic::warning("translation/held-back", place, message).help(help))
}

/// Checks that an entry contains nothing that must not be published.
fn protect(
    entry: &Entry,
    files: &Files,
    texts: &[(Arc<str>, Arc<str>)],
    config: &Config,
    rules: &forbidden::Rules,
) -> Vec<Diagnostic> {
    let text = |name: &Arc<str>| texts.iter().find(|(known, _)| known == name).map(|(_, text)| text);
    let all = std::iter::once((0, &files.primary)).chain(files.translations.iter().map(|(at, d)| (*at, d)));
    let sources: Vec<forbidden::Source<'_>> =
        all.filter_map(|(at, document)| Some((at, &document.file, text(&document.file)?))).collect();
    forbidden::entry(rules, config, entry, &sources)
}

/// The error for a translation without an original, which would not be published.
fn orphan(file: &FoundFile) -> Diagnostic {
    let place = Place::whole(&file.name);
    let slug = file.stem.rsplit_once('.').map_or(&*file.stem, |(slug, _)| slug);
    let message = message!("load-orphan", "this translation has no original beside it");
    Diagnostic::error("translation/orphan", place, message).help(message!(
        "load-orphan-help",
        "create `{slug}.md` in the first locale: it holds the facts",
        slug
    ))
}
