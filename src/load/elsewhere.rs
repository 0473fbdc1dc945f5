//! A site whose files are not on the disk: in memory, or in the index of a repository.

use std::collections::HashMap;
use std::sync::Arc;

use super::Loaded;
use super::assemble::assemble;
use super::theme::{FolderStamps, Themes};
use crate::check;
use crate::diagnostic::{Diagnostic, Place};
use crate::message::message;
use crate::model::Model;
use crate::source::{self, Asset, FoundFile, Listing, ReadError, THEMES, theme_part};
use crate::text;
use crate::theme::{Content, File, Needs, needs};

/// Reads a site in memory: its listing, the text of each file from `text`, and the texts of its themes by name.
#[must_use]
pub fn listed(
    listing: Listing,
    themes: &[(Arc<str>, Arc<str>)],
    text: &(dyn Fn(&FoundFile) -> Arc<str> + Sync),
) -> Loaded {
    let read = |found: &FoundFile| Ok(Ok(text(found)));
    match assemble(listing, None, &InMemory(themes), (&read, &check::all), &|| ()) {
        Ok(loaded) => loaded,
        // Nothing is read from a disk, so nothing can fail.
        Err(_) => Loaded::empty(Vec::new()),
    }
}

/// Files in memory, by their names relative to the root of a site.
struct InMemory<'f>(&'f [(Arc<str>, Arc<str>)]);

impl InMemory<'_> {
    fn parts(&self) -> impl Iterator<Item = (&str, &str, &Arc<str>, &Arc<str>)> {
        self.0.iter().filter_map(|(name, text)| {
            let (theme, inside) = name.strip_prefix("themes/")?.split_once('/')?;
            Some((theme, inside, name, text))
        })
    }
}

impl Themes for InMemory<'_> {
    fn names(&self) -> Result<Vec<String>, ReadError> {
        let mut names: Vec<String> = self.parts().map(|(theme, ..)| theme.to_owned()).collect();
        names.sort_unstable();
        names.dedup();
        Ok(names)
    }

    fn files(&self, wanted: &str, _: &mut Vec<Diagnostic>) -> Result<(Vec<File>, FolderStamps), ReadError> {
        let own = self.parts().filter(|(theme, ..)| *theme == wanted);
        let file = |(_, inside, name, text): (&str, &str, &Arc<str>, &Arc<str>)| File {
            name: Arc::clone(name),
            inside: text::nfc(inside).into_owned(),
            content: Content::Text(Arc::clone(text)),
        };
        let mut files: Vec<File> = own.map(file).collect();
        files.sort_by(|a, b| a.name.cmp(&b.name));
        Ok((files, FolderStamps::default()))
    }
}

pub type Bytes = Arc<[u8]>;

/// A site, or a part of one, that is neither on the disk nor completely in memory: in the index of a repository.
pub struct SiteSource<'e> {
    /// The names of all its files relative to its root, sorted.
    pub names: &'e [&'e str],
    /// The contents of the listed files, by name.
    pub files: &'e HashMap<&'e str, Bytes>,
    /// Reads the contents of other files, once for each theme, in the given order. The result is `None` for a file
    /// that is too large.
    pub bytes: &'e dyn Fn(&[&str]) -> Vec<Option<Bytes>>,
    /// Whether only some of its entries are listed. Rules that need the others are then skipped.
    pub is_partial: bool,
}

/// Reads the listed part of a site that is not on the disk.
#[must_use]
pub fn elsewhere(listing: Listing, site: &SiteSource<'_>) -> Loaded {
    let files = site.files;
    let read = |found: &FoundFile| {
        let bytes = files.get(&*found.name).map_or(&[][..], |bytes| bytes);
        Ok(source::text_of(&found.name, bytes))
    };
    let names = site.names;
    let rules = |model: &Model, assets: &[Asset]| {
        if site.is_partial { check::some(model, assets, names) } else { check::all(model, assets) }
    };
    let found: Vec<Arc<str>> = listing
        .entries
        .iter()
        .chain(&listing.config)
        .chain(&listing.host_rules)
        .map(|found| Arc::clone(&found.name))
        .collect();
    let Ok(mut loaded) = assemble(listing, None, site, (&read, &rules), &|| ()) else {
        // Nothing is read from a disk, so nothing can fail.
        return Loaded::empty(Vec::new());
    };
    for name in found {
        if let Some(Ok(text)) = files.get(&*name).map(|bytes| source::text_of(&name, bytes)) {
            loaded.texts.insert(name, text);
        }
    }
    loaded
}

impl Themes for SiteSource<'_> {
    fn names(&self) -> Result<Vec<String>, ReadError> {
        let folder = |name: &&str| Some(name.strip_prefix("themes/")?.split_once('/')?.0.to_owned());
        let mut names: Vec<String> = self.names.iter().filter_map(folder).collect();
        names.dedup();
        Ok(names)
    }

    fn files(
        &self,
        wanted: &str,
        found: &mut Vec<Diagnostic>,
    ) -> Result<(Vec<File>, FolderStamps), ReadError> {
        let folder = format!("{THEMES}/{wanted}/");
        let inside = |name: &&&str| name.strip_prefix(folder.as_str()).and_then(theme_part).is_some();
        let names: Vec<&str> = self.names.iter().filter(inside).copied().collect();
        let mut files: Vec<File> = Vec::new();
        for (name, bytes) in names.iter().zip((self.bytes)(&names)) {
            let Some(part) = name.strip_prefix(folder.as_str()).and_then(theme_part) else { continue };
            let name: Arc<str> = format!("{folder}{part}").into();
            if files.last().is_some_and(|last| last.name == name) {
                continue;
            }
            let content = match (needs(part), bytes) {
                (Needs::Nothing, _) => Content::Unread,
                (_, None) => {
                    let message =
                        message!("load-theme-unread", "noroshi cannot read this file, or it is too large");
                    found.push(
                        Diagnostic::error("source/too-large", Place::whole(&name), message)
                            .help(source::smaller_theme_file()),
                    );
                    continue;
                }
                (Needs::Bytes, Some(bytes)) => Content::Bytes(bytes.to_vec().into()),
                (Needs::Text, Some(bytes)) => match source::text_of(&name, &bytes) {
                    Ok(text) => Content::Text(text),
                    Err(fault) => {
                        found.push(fault);
                        continue;
                    }
                },
            };
            files.push(File { name, inside: text::nfc(part).into_owned(), content });
        }
        Ok((files, FolderStamps::default()))
    }
}
