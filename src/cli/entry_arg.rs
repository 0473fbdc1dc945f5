//! Entry arguments of commands: the ways to name an entry, and the errors if a name matches none.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use super::error::Error;
use crate::entry_lookup::{self, LookupError, Named};
use crate::message::{Message, message, one_of, some_of};
use crate::model::{Head, Model};
use crate::os;
use crate::source::{self, FoundFile};
use crate::text;

/// The original file of the entry that the user typed. The name of a translation finds its
/// original.
///
/// Also finds files with errors, which the model lacks.
pub(super) fn entry<'f>(
    root: &Path,
    typed: &str,
    files: &'f [FoundFile],
    model: &Model,
) -> Result<&'f FoundFile, LookupError> {
    let locales = &model.config.locales;
    let heads: HashMap<&str, &Head> = model.heads().map(|head| (&*head.file, head)).collect();
    let own = |file: &'f FoundFile| Some((file, text::nfc(own_stem(&file.stem, locales)?)));
    let originals: Vec<_> = files.iter().filter_map(own).collect();
    let entries: Vec<Named<'_>> = (originals.iter())
        .map(|(file, slug)| {
            let head = heads.get(&*file.name).copied();
            let titles = head.map(entry_lookup::titles).unwrap_or_default();
            Named { file: &file.name, slug, id: head.map(|head| head.id.as_str()), titles }
        })
        .collect();
    entry_lookup::find(&entries, &ways(root, typed), locales).map(|at| originals[at].0)
}

/// The slug of a file, or `None` for a translation.
fn own_stem<'f>(stem: &'f str, locales: &[String]) -> Option<&'f str> {
    let base = entry_lookup::base(stem, locales);
    let suffix = stem[base.len()..].trim_start_matches('.');
    // A file name may contain the first locale.
    let is_own = suffix.is_empty() || locales.first().is_some_and(|first| first.eq_ignore_ascii_case(suffix));
    is_own.then_some(base)
}

/// The files that a run is limited to.
#[derive(Default)]
pub(super) struct EntryFiles {
    /// Entries, by their paths without extension and locale; `None` means all files.
    entries: Option<BTreeSet<String>>,
    /// Other files, as diagnostics name them.
    files: BTreeSet<String>,
    locales: Vec<String>,
}

impl EntryFiles {
    /// The entries that the user typed, or all files if there are none. `is_known` tells whether a
    /// path that is not an entry exists as another file.
    pub(super) fn of(
        root: &Path,
        typed: &[String],
        model: &Model,
        is_known: impl Fn(&str) -> bool,
    ) -> Result<EntryFiles, Error> {
        if typed.is_empty() {
            return Ok(EntryFiles::default());
        }
        let listing = source::list(root).map_err(|error| super::editor::disk(error.message()))?;
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

    /// Whether a file is one of these, or a translation of one.
    pub(super) fn has(&self, file: &str) -> bool {
        let Some(entries) = &self.entries else { return true };
        self.files.contains(file) || entries.contains(&self.base(file))
    }
}

/// The spellings to try for an argument: as typed, and if it is a file, its path from the root.
pub(super) fn ways(root: &Path, typed: &str) -> Vec<String> {
    let mut names = vec![os::with_slashes(typed).into_owned()];
    let absolute = |path: &Path| path.canonicalize().ok();
    if let (Some(root), Some(file)) = (absolute(root), absolute(Path::new(typed)))
        && let Some(inner) = file.strip_prefix(root).ok().and_then(Path::to_str).map(os::with_slashes)
        && !inner.is_empty()
        && inner != names[0]
    {
        names.push(inner.into_owned());
    }
    names
}

/// The error for an argument that matches no entry, with help on what to type.
pub(super) fn lost(lost: &LookupError, typed: &str) -> Error {
    let unknown = message!("cli-entry-arg-unknown", "no entry matches `{typed}`", typed);
    let (message, help) = match lost {
        LookupError::Unknown(near) if near.is_empty() => (
            unknown,
            message!(
                "cli-entry-arg-help",
                "write its slug, a part of its slug or title, its id or its file (`content/…`)"
            ),
        ),
        LookupError::Unknown(near) => {
            let near = one_of(near);
            (unknown, message!("cli-entry-arg-near", "did you mean {near}?", near))
        }
        LookupError::Several(names) => {
            (message!("cli-entry-arg-several", "several entries match `{typed}`", typed), write_one(names))
        }
        LookupError::Parts(names) => (
            message!(
                "cli-entry-arg-parts",
                "`{typed}` is a part of the slugs or titles of {count} entries",
                typed,
                count = names.len()
            ),
            write_one(names),
        ),
    };
    Error::usage(message, help)
}

fn write_one(names: &[String]) -> Message {
    let see = message!("cli-entry-arg-see", "with more letters of the slug, fewer entries match");
    message!("cli-entry-arg-write", "write {names}", names = some_of(names, &see))
}
