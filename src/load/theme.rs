//! The theme of a site, from wherever its files lie.

use std::path::Path;
use std::sync::Arc;

use super::SiteSource;
use crate::diagnostic::{Diagnostic, Place, Texts};
use crate::source::{self, ReadError, Stamp, THEMES, ThemeFile, theme_part};
use crate::text;
use crate::theme::{Chain, Content, File, Needs, Theme, known, needs};

/// Where themes lie.
pub(super) trait Themes {
    /// The names of their folders, sorted.
    fn names(&self) -> Result<Vec<String>, ReadError>;

    /// The files of a folder, sorted by name; what is wrong with them; and what was seen of it.
    fn files(&self, name: &str, found: &mut Vec<Diagnostic>) -> Result<(Vec<File>, FolderStamps), ReadError>;
}

/// The files of a folder with their stamps, and how many things in it were no files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct FolderStamps {
    name: String,
    files: Vec<(Arc<str>, Option<Stamp>)>,
    faults: usize,
}

/// A theme that was read.
#[derive(Debug)]
pub(super) struct LoadedTheme {
    pub(super) theme: Theme,
    /// Every theme that there is.
    pub(super) known: Vec<String>,
    /// What it was read from: as long as that is the same, so is the theme.
    pub(super) stamps: Stamps,
}

/// What was seen of the folders of themes.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Stamps {
    folders: Vec<String>,
    chain: Vec<FolderStamps>,
}

impl Stamps {
    /// Whether everything is as it was.
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

/// Reads the theme of this name and all that it descends from.
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

/// `themes/` at the root of a site.
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

/// Files in memory, by their names from the root of a site.
pub(super) struct InMemory<'f>(pub(super) &'f [(Arc<str>, Arc<str>)]);

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
                    let message = "this file cannot be read here, or is too large";
                    found.push(Diagnostic::error("source/too-large", Place::whole(&name), message).help(
                        "every page waits for its theme: make it smaller, or put it under `content/static/`",
                    ));
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
