//! Loads the theme of a site, from the disk or from elsewhere.

use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Texts};
use crate::source::{self, ReadError, Stamp, ThemeFile};
use crate::theme::{Chain, Content, File, Needs, Theme, known, needs};

pub(super) trait Themes {
    /// The names of the theme folders, sorted.
    fn names(&self) -> Result<Vec<String>, ReadError>;

    /// The files of a theme sorted by name, and the state of its folder. Faults are added to `found`.
    fn files(&self, name: &str, found: &mut Vec<Diagnostic>) -> Result<(Vec<File>, FolderStamps), ReadError>;
}

/// The files of a folder with their stamps, and the number of its items that are not files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct FolderStamps {
    name: String,
    files: Vec<(Arc<str>, Option<Stamp>)>,
    faults: usize,
}

#[derive(Debug)]
pub(super) struct LoadedTheme {
    pub(super) theme: Theme,
    /// The names of all available themes.
    pub(super) known: Vec<String>,
    /// The state of the files it was read from. The theme is valid while that state is the same.
    pub(super) stamps: Stamps,
}

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Stamps {
    folders: Vec<String>,
    chain: Vec<FolderStamps>,
}

impl Stamps {
    /// Whether nothing has changed.
    pub(super) fn hold(&self, root: &Path) -> Result<bool, ReadError> {
        if source::theme_names(root)? != self.folders {
            return Ok(false);
        }
        for seen in &self.chain {
            let listing = source::list_theme(root, &seen.name)?;
            if *seen != FolderStamps::of(&seen.name, &listing) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

impl FolderStamps {
    fn of(name: &str, listing: &source::ThemeListing) -> FolderStamps {
        let files = listing.files.iter().map(|file| (Arc::clone(&file.name), file.stamp)).collect();
        FolderStamps { name: name.to_owned(), files, faults: listing.diagnostics.len() }
    }
}

/// Loads the theme with this name and its ancestors.
pub(super) fn load_theme(
    themes: &dyn Themes,
    wanted: &str,
    found: &mut Vec<Diagnostic>,
    texts: &mut Texts,
) -> Result<LoadedTheme, ReadError> {
    let folders = themes.names()?;
    let mut chain = Chain::begin(wanted, &folders);
    let mut seen = Vec::new();
    while let Some(name) = chain.wants().map(str::to_owned) {
        let (files, of_folder) = themes.files(&name, found)?;
        for file in &files {
            if let Content::Text(text) = &file.content {
                texts.insert(Arc::clone(&file.name), Arc::clone(text));
            }
        }
        chain.push(files);
        seen.push(of_folder);
    }
    let (theme, faults) = chain.finish();
    found.extend(faults);
    let known = known(&folders);
    Ok(LoadedTheme { theme, known, stamps: Stamps { folders, chain: seen } })
}

/// The `themes/` folder of a site on the disk.
pub(super) struct OnDisk<'r>(pub(super) &'r Path);

impl Themes for OnDisk<'_> {
    fn names(&self) -> Result<Vec<String>, ReadError> {
        source::theme_names(self.0)
    }

    fn files(&self, name: &str, found: &mut Vec<Diagnostic>) -> Result<(Vec<File>, FolderStamps), ReadError> {
        let listing = source::list_theme(self.0, name)?;
        let seen = FolderStamps::of(name, &listing);
        found.extend(listing.diagnostics);
        let mut files = Vec::with_capacity(listing.files.len());
        for file in listing.files {
            match content(&file)? {
                Ok(content) => files.push(File { name: file.name, inside: file.inside, content }),
                Err(fault) => found.push(fault),
            }
        }
        Ok((files, seen))
    }
}

fn content(file: &ThemeFile) -> Result<Result<Content, Diagnostic>, ReadError> {
    Ok(match needs(&file.inside) {
        Needs::Text => source::read_theme_text(file)?.map(Content::Text),
        Needs::Bytes => source::read_theme_bytes(file)?.map(|bytes| Content::Bytes(bytes.into())),
        Needs::Nothing => Ok(Content::Unread),
    })
}
