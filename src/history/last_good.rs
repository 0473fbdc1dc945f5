//! `build --hold-broken`: builds the site even if some files are broken.
//!
//! An entry with errors is replaced by its version in the last commit without errors, and the site is read again,
//! until there are no errors. An entry that was never sound is left out. The number of rounds is limited: an entry
//! that is still broken after the last round is left out, too.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use super::entries::files;
use super::git::{Repository, Unknown};
use super::versions::{self, Version, Versions};
use super::{Blob, cut_off, named, unknown};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Severity, Texts};
use crate::limits::{HELD_ROUNDS, HELD_TRIES};
use crate::load::{self, Loaded, Overlay};
use crate::message::{Message, message};
use crate::model::config::Url;
use crate::model::{Config, Zone};
use crate::source::{self, FoundFile, ReadError};

/// Faults of the path itself, which another text at that path cannot fix.
const OF_PATH: [&str; 4] = ["source/file-name", "source/same-name", "source/special-file", "source/symlink"];

#[derive(Debug, Default)]
pub struct HeldBack {
    /// The errors of held entries, and notes about what was published instead.
    pub found: Diagnostics,
    pub texts: Texts,
    /// Whether anything was held or left out.
    pub is_any: bool,
}

/// Replaces each broken file with its last sound version, and reads the site again. If no version of the site is
/// free of errors, `loaded` keeps them. `judge` adds errors that only show after reading; it runs after each
/// reading.
pub fn mend(
    root: &Path,
    base_url: Option<&Url>,
    loaded: &mut Loaded,
    judge: &dyn Fn(&mut Loaded),
) -> Result<HeldBack, ReadError> {
    let mut held = HeldBack::default();
    judge(loaded);
    if !loaded.diagnostics.has_errors() {
        return Ok(held);
    }
    let repository = match Repository::around(root, None) {
        Ok(repository) => repository,
        Err(why) => {
            loaded.diagnostics.push(unknown(&why));
            return Ok(held);
        }
    };
    let mut bench = Trial {
        root,
        repository: &repository,
        overlay: Overlay::new(),
        pasts: BTreeMap::new(),
        standing: BTreeMap::new(),
    };
    for round in 0..=HELD_ROUNDS {
        gather(loaded, &bench.overlay, &mut held);
        let broken = match bench.broken(loaded) {
            Ok(broken) if broken.is_empty() => {
                finish(loaded, &bench, &mut held);
                return Ok(held);
            }
            Ok(broken) => broken,
            Err(why) => return Ok(give_up(loaded, held, *why)),
        };
        if let Err(why) = bench.step(&broken, loaded, round + 1 >= HELD_ROUNDS) {
            return Ok(give_up(loaded, held, *why));
        }
        *loaded = load::load_over(root, base_url, &bench.overlay, &|| ())?;
        judge(loaded);
    }
    let message = message!(
        "history-held-in-vain",
        "replacing files with older versions cannot fix all errors, so noroshi publishes nothing"
    );
    Ok(give_up(loaded, held, nothing(Place::whole(&Config::file()), message, fix_errors())))
}

/// Restores the errors as they are on the disk, and adds the reason.
fn give_up(loaded: &mut Loaded, held: HeldBack, why: Diagnostic) -> HeldBack {
    loaded.diagnostics = held.found;
    loaded.diagnostics.push(why);
    loaded.texts.extend(held.texts);
    HeldBack::default()
}

/// Keeps the errors of files as they are on the disk, with their texts.
fn gather(loaded: &Loaded, overlay: &Overlay, held: &mut HeldBack) {
    for found in loaded.diagnostics.sorted() {
        let file = &found.place.file;
        if found.severity == Severity::Error && !overlay.contains_key(file) {
            held.found.push(found.clone());
            if let Some(text) = loaded.texts.get(file) {
                held.texts.insert(Arc::clone(file), Arc::clone(text));
            }
        }
    }
}

/// Reports what was published instead, and keeps only the warnings about files on the disk.
fn finish(loaded: &mut Loaded, bench: &Trial<'_>, held: &mut HeldBack) {
    let zone = loaded.model.as_ref().map(|model| model.config.zone);
    let mut cuts: Vec<&Unknown> = Vec::new();
    for (key, standing) in &bench.standing {
        held.is_any = true;
        let place = Place::whole(key);
        held.found.push(match (standing, zone) {
            (Some(version), Some(zone)) => holding(place, version, zone),
            _ => Diagnostic::error(
                "history/left-out",
                place,
                message!(
                    "history-left-out",
                    "noroshi leaves this file out of the site: no committed version of it is without errors"
                ),
            )
            .help(fix_shown_errors()),
        });
        cuts.extend(bench.pasts.get(key).filter(|_| standing.is_none()).and_then(|past| past.cut.as_ref()));
    }
    held.found.extend(cut_off(&cuts));
    // Files that are not published may have errors, too. These do not stop the build.
    held.is_any |= loaded.diagnostics.has_errors();
    let is_kept = |found: &&Diagnostic| {
        found.severity == Severity::Warning && !bench.overlay.contains_key(&found.place.file)
    };
    loaded.diagnostics = loaded.diagnostics.sorted().into_iter().filter(is_kept).cloned().collect();
}

fn holding(place: Place, version: &Version, zone: Zone) -> Diagnostic {
    let message = message!(
        "history-held",
        "noroshi publishes the version of commit {commit}, because the current file has errors",
        commit = named(&version.commit, zone)
    );
    let help = message!("history-held-help", "fix the errors shown for this file");
    Diagnostic::warning("history/held", place, message).help(help)
}

fn fix_errors() -> Message {
    message!("history-fix-errors", "fix the errors")
}

fn fix_shown_errors() -> Message {
    message!("history-fix-shown-errors", "fix the errors shown for it")
}

/// Why nothing can be published.
type Nothing = Box<Diagnostic>;

fn nothing(place: Place, message: Message, help: Message) -> Diagnostic {
    Diagnostic::warning("history/unknown", place, message).help(help)
}

/// The texts of files, by name.
type Written = Vec<(Arc<str>, Arc<str>)>;

/// The state of the trial: which versions replace which entries.
struct Trial<'r> {
    root: &'r Path,
    repository: &'r Repository,
    overlay: Overlay,
    pasts: BTreeMap<Arc<str>, Versions>,
    /// By the original of an entry: the version that replaces it; `None` if it is left out.
    standing: BTreeMap<Arc<str>, Option<Version>>,
}

impl Trial<'_> {
    /// The files to hold: originals of entries, or site.yaml alone. `Err` gives the reason if that is impossible.
    fn broken(&self, loaded: &Loaded) -> Result<BTreeSet<Arc<str>>, Nothing> {
        let mut broken = BTreeSet::new();
        let locales = loaded.model.as_ref().map_or(&[][..], |model| &model.config.locales);
        let errors = loaded.diagnostics.sorted().into_iter().filter(|d| d.severity == Severity::Error);
        for error in errors {
            let file = &error.place.file;
            if file.starts_with(source::THEMES) {
                let message = message!(
                    "history-theme-not-held",
                    "a theme has errors, and noroshi cannot replace a theme with an older version, so it publishes nothing"
                );
                let help =
                    message!("history-theme-not-held-help", "fix the theme, or revert its last change");
                return Err(nothing(Place::whole(file), message, help).into());
            }
            // The file at that path stays on the disk, whatever version is published.
            if self.overlay.contains_key(file) && OF_PATH.contains(&error.code) {
                continue;
            }
            let original = |file: &Arc<str>| files(file, locales).into_iter().next();
            match FoundFile::named(file).map(|found| found.kind) {
                Some(None) => _ = broken.insert(Arc::clone(file)),
                Some(_) => broken.extend(self.of_two(error, locales).as_ref().and_then(original)),
                // The file is not part of a site, so it is not published.
                None if error.code.starts_with("source/") || error.code == "static/bad-name" => {}
                None => {
                    let other = error.other.as_ref().filter(|other| FoundFile::named(other).is_some());
                    let other = other.map(|other| Arc::from(other.as_str()));
                    let Some(entry) = other.as_ref().and_then(original) else {
                        let message = message!(
                            "history-not-of-entry",
                            "replacing an entry with an older version cannot fix this error, so noroshi publishes nothing"
                        );
                        let help = message!("history-fix-error", "fix the error");
                        return Err(nothing(error.place.clone(), message, help).into());
                    };
                    broken.insert(entry);
                }
            }
        }
        // Faults in entries may be caused by site.yaml.
        let config = Config::file();
        if broken.contains(&config) {
            return Ok(BTreeSet::from([config]));
        }
        Ok(broken)
    }

    /// Of two files in conflict, the one that changed last.
    fn of_two(&self, error: &Diagnostic, locales: &[String]) -> Option<Arc<str>> {
        let file = Arc::clone(&error.place.file);
        let Some(other) = error.other.as_ref().map(|other| Arc::from(other.as_str())) else {
            return Some(file);
        };
        let is_entry = FoundFile::named(&other).is_some_and(|found| found.kind.is_some());
        if !is_entry || other == file {
            return Some(file);
        }
        let pasts = versions::of(self.repository, &[files(&file, locales), files(&other, locales)]).ok()?;
        let since = |file: &Arc<str>, past: Option<&Versions>| {
            let last = past.and_then(|past| past.versions.last());
            let blob = last.and_then(|version| version.files.get(file).cloned());
            let committed = blob.and_then(|id| self.repository.blobs([id.as_str()]).ok()?.remove(&id));
            let is_as_committed = committed.and_then(|blob| blob.text()) == self.on_disk(file);
            // An uncommitted change is newer than any commit.
            last.filter(|_| is_as_committed).map_or(i64::MAX, |version| version.commit.time)
        };
        let is_older = since(&file, pasts.first()) < since(&other, pasts.get(1));
        Some(if is_older { other } else { file })
    }

    fn on_disk(&self, file: &Arc<str>) -> Option<Arc<str>> {
        let mut found = FoundFile::named(file)?;
        found.path = self.root.join(&**file);
        source::read(&found).ok()?.ok()
    }

    /// Replaces each entry with an older version, or leaves it out if there is none or this is the last round.
    fn step(&mut self, broken: &BTreeSet<Arc<str>>, loaded: &Loaded, is_last: bool) -> Result<(), Nothing> {
        let config = loaded.model.as_ref().map(|model| &model.config);
        let locales = config.map_or(&[][..], |config| &config.locales);
        if broken.iter().all(|original| matches!(self.standing.get(original), Some(None))) {
            let message = message!(
                "history-errors-remain",
                "errors remain after leaving out every broken entry, so noroshi publishes nothing"
            );
            return Err(nothing(Place::whole(&Config::file()), message, fix_errors()).into());
        }
        let of_slug: BTreeSet<&str> = (loaded.diagnostics.sorted().iter())
            .filter(|found| found.code == "entry/duplicate-slug")
            .flat_map(|found| [Some(&*found.place.file), found.other.as_ref().map(|other| other.as_str())])
            .flatten()
            .collect();
        let names: BTreeMap<&Arc<str>, Vec<Arc<str>>> =
            broken.iter().map(|original| (original, files(original, locales))).collect();
        self.read_pasts(&names)?;
        for (original, files) in names {
            let mut overlay: Overlay = files.into_iter().map(|file| (file, None)).collect();
            // The fault is the name, which an older version shares.
            let is_hopeless = is_last || of_slug.contains(&**original);
            let next = if is_hopeless { None } else { self.next(original, config) };
            if let Some((version, texts)) = &next {
                overlay.extend(texts.iter().map(|(name, text)| (Arc::clone(name), Some(Arc::clone(text)))));
                self.standing.insert(Arc::clone(original), Some(version.clone()));
            } else if **original == *Config::file() {
                let message = message!(
                    "history-no-sound-site",
                    "no committed version of site.yaml is without errors, so noroshi publishes nothing"
                );
                return Err(nothing(Place::whole(original), message, fix_shown_errors()).into());
            } else {
                self.standing.insert(Arc::clone(original), None);
            }
            self.overlay.extend(overlay);
        }
        Ok(())
    }

    /// Reads the history of all broken entries of a round in one call.
    fn read_pasts(&mut self, names: &BTreeMap<&Arc<str>, Vec<Arc<str>>>) -> Result<(), Nothing> {
        let new: Vec<(&Arc<str>, &Vec<Arc<str>>)> =
            names.iter().filter(|(name, _)| !self.pasts.contains_key(**name)).map(|(n, f)| (*n, f)).collect();
        let files: Vec<Vec<Arc<str>>> = new.iter().map(|(_, files)| (*files).clone()).collect();
        let pasts = versions::of(self.repository, &files).map_err(|why| Box::new(unknown(&why)))?;
        for ((name, _), mut past) in new.into_iter().zip(pasts) {
            // The newest versions are tried first.
            past.versions.reverse();
            past.versions.truncate(HELD_TRIES);
            past.versions.reverse();
            self.pasts.insert(Arc::clone(name), past);
        }
        Ok(())
    }

    /// The next older version that is sound by itself, with the texts of its files.
    fn next(&mut self, original: &Arc<str>, config: Option<&Config>) -> Option<(Version, Written)> {
        let repository = self.repository;
        let past = self.pasts.get_mut(original)?;
        while let Some(version) = past.versions.pop() {
            if version.files.is_empty() || version.commit.id.is_empty() {
                continue;
            }
            let blobs = repository.blobs(version.files.values().map(String::as_str)).ok()?;
            if blobs.values().any(|blob| *blob == Blob::Missing) {
                past.cut.get_or_insert(Unknown::Partial);
            }
            let text = |id: &String| blobs.get(id).and_then(Blob::text);
            let texts = version.files.iter().map(|(name, id)| Some((Arc::clone(name), text(id)?)));
            let Some(texts) = texts.collect::<Option<Vec<_>>>() else { continue };
            let is_no_entry = FoundFile::named(original).is_some_and(|found| found.kind.is_none());
            let is_sound = is_no_entry || config.is_none_or(|config| load::entry(&texts, config).is_some());
            if is_sound {
                return Some((version, texts));
            }
        }
        None
    }
}
