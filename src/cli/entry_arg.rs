//! Entries as commands name them: the ways to write a name, and what to say where it names none.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use super::error::Error;
use crate::entry_lookup::{self, LookupError, Named};
use crate::limits::LISTED_NAMES;
use crate::model::Model;
use crate::source::{self, FoundFile};
use crate::text;

/// The entry's own file among the files of a site; a translation stands for its original. Files with faults, which the
/// model lacks, are found too.
pub(super) fn entry<'f>(
    root: &Path,
    typed: &str,
    files: &'f [FoundFile],
    model: &Model,
) -> Result<&'f FoundFile, LookupError> {
    let locales = &model.config.locales;
    let ids: HashMap<&str, &str> = model.heads().map(|head| (&*head.file, head.id.as_str())).collect();
    let own = |file: &'f FoundFile| Some((file, text::nfc(own_stem(&file.stem, locales)?)));
    let originals: Vec<_> = files.iter().filter_map(own).collect();
    let entries: Vec<Named<'_>> = (originals.iter())
        .map(|(file, slug)| Named { file: &file.name, slug, id: ids.get(&*file.name).copied() })
        .collect();
    entry_lookup::find(&entries, &ways(root, typed), locales).map(|at| originals[at].0)
}

/// The slug of a file; nothing where it is a translation.
fn own_stem<'f>(stem: &'f str, locales: &[String]) -> Option<&'f str> {
    let base = entry_lookup::base(stem, locales);
    let suffix = stem[base.len()..].trim_start_matches('.');
    // The first locale may be named, too.
    let is_own = suffix.is_empty() || locales.first().is_some_and(|first| first.eq_ignore_ascii_case(suffix));
    is_own.then_some(base)
}

/// The files that a run is about.
#[derive(Default)]
pub(super) struct EntryFiles {
    /// Entries, by their files without ending and locale; nothing stands for all files.
    entries: Option<BTreeSet<String>>,
    /// Other files, as diagnostics name them.
    files: BTreeSet<String>,
    locales: Vec<String>,
}

impl EntryFiles {
    /// The entries that were named, or everything where none was. `is_known` says of what is no entry whether there is
    /// such a file all the same.
    pub(super) fn of(
        root: &Path,
        typed: &[String],
        model: &Model,
        is_known: impl Fn(&str) -> bool,
    ) -> Result<EntryFiles, Error> {
        if typed.is_empty() {
            return Ok(EntryFiles::default());
        }
        let listing = source::list(root).map_err(|error| super::editor::disk(&error.to_string()))?;
        let locales = model.config.locales.clone();
        let mut wanted = EntryFiles { entries: Some(BTreeSet::new()), files: BTreeSet::new(), locales };
        for typed in typed {
            match entry(root, typed, &listing.entries, model) {
                Ok(found) => {
                    let base = wanted.base(&found.name);
                    wanted.entries.get_or_insert_default().insert(base);
                }
                Err(lost) => {
                    let ways =
                        ways(root, typed).into_iter().map(|way| way.trim_start_matches("./").to_owned());
                    let ways = ways.flat_map(|way| [format!("content/{way}"), way]);
                    let known: Vec<String> = ways.filter(|way| is_known(way)).collect();
                    if known.is_empty() {
                        return Err(self::lost(&lost, typed));
                    }
                    wanted.files.extend(known);
                }
            }
        }
        Ok(wanted)
    }

    fn base(&self, file: &str) -> String {
        text::nfc(entry_lookup::base(file, &self.locales)).into_owned()
    }

    /// Whether a file is one of them, or a translation of one.
    pub(super) fn has(&self, file: &str) -> bool {
        let Some(entries) = &self.entries else { return true };
        self.files.contains(file) || entries.contains(&self.base(file))
    }
}

/// The ways to write what was typed: as it is, and where it names a file, from the root.
pub(super) fn ways(root: &Path, typed: &str) -> Vec<String> {
    let mut names = vec![typed.to_owned()];
    let absolute = |path: &Path| path.canonicalize().ok();
    if let (Some(root), Some(file)) = (absolute(root), absolute(Path::new(typed)))
        && let Some(inner) = file.strip_prefix(root).ok().and_then(Path::to_str)
        && !inner.is_empty()
        && inner != typed
    {
        names.push(inner.to_owned());
    }
    names
}

/// Says why no entry is found, and what to type.
pub(super) fn lost(lost: &LookupError, typed: &str) -> Error {
    let (message, help) = match lost {
        LookupError::Unknown(near) if near.is_empty() => (
            format!("no entry is called `{typed}`"),
            "name it by its slug, a part of its slug, its id or its file (`content/…`)".to_owned(),
        ),
        LookupError::Unknown(near) => {
            (format!("no entry is called `{typed}`"), format!("did you mean {}?", text::one_of(near)))
        }
        LookupError::Several(names) => (format!("several entries are called `{typed}`"), write_one(names)),
        LookupError::Parts(names) => {
            (format!("`{typed}` is a part of the slugs of {} entries", names.len()), write_one(names))
        }
    };
    Error::usage(message, help)
}

fn write_one(names: &[String]) -> String {
    format!("write {}", text::first_of(names, LISTED_NAMES))
}
