//! The files of themes in `themes/`, beside `content/`.
//!
//! Only folders of requested themes are read: the repository may have a `themes/` folder of another program.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::WalkDir;

use super::{
    ReadError, Stamp, as_utf8, file_names, normalise, not_utf8, size_message, smaller_theme_file,
    special_file, symlink,
};
use crate::diagnostic::{Diagnostic, Place};
use crate::file;
use crate::limits::{TEXT_FILE_BYTES, THEME_ASSET_BYTES};
use crate::text;

/// The folder of themes below the root of a site.
pub const THEMES: &str = "themes";
/// The folders of a theme that noroshi reads. The last one has no effect, but people who copy a built-in theme
/// have it.
const FOLDERS: [&str; 4] = ["assets", "slots", "messages", "templates"];

/// A file of a theme that has not been read yet.
#[derive(Clone, Debug)]
pub struct ThemeFile {
    pub path: PathBuf,
    /// The name relative to the root of the site: `themes/mine/assets/logo.svg`.
    pub name: Arc<str>,
    /// The name relative to the theme, in NFC: `assets/logo.svg`.
    pub inside: String,
    pub stamp: Option<Stamp>,
}

#[derive(Debug, Default)]
pub struct ThemeListing {
    /// The files, sorted by name. An unknown folder is listed itself, without its files.
    pub files: Vec<ThemeFile>,
    pub diagnostics: Vec<Diagnostic>,
}

/// The names of the folders in `themes/`, sorted; empty if `themes/` does not exist.
///
/// # Errors
/// Fails if the folder exists but cannot be read.
pub fn theme_names(root: &Path) -> Result<Vec<String>, ReadError> {
    let folder = root.join(THEMES);
    let fail = |source| ReadError { path: folder.clone(), source };
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(Vec::new());
        }
        Err(error) => return Err(fail(error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(fail)?;
        let kind = entry.file_type().map_err(fail)?;
        let name = entry.file_name().into_string().ok().filter(|name| !file_names::is_litter(name));
        // A link is listed, too, so that a site that names it learns why noroshi does not follow it.
        names.extend(name.filter(|_| kind.is_dir() || kind.is_symlink()));
    }
    names.sort_unstable();
    Ok(names)
}

/// Lists the files of the theme in `themes/<name>/`.
///
/// # Errors
/// Fails if a folder cannot be read.
pub fn list_theme(root: &Path, name: &str) -> Result<ThemeListing, ReadError> {
    let folder = root.join(THEMES).join(name);
    let mut listing = ThemeListing::default();
    if folder.is_symlink() {
        listing.diagnostics.push(symlink(&format!("{THEMES}/{name}").into()));
        return Ok(listing);
    }
    let keep = |entry: &walkdir::DirEntry| {
        let is_foreign = entry.depth() == 2 && !is_known(entry.path().parent());
        entry.depth() == 0 || (!file_names::is_litter(&entry.file_name().to_string_lossy()) && !is_foreign)
    };
    for entry in WalkDir::new(&folder).follow_links(false).sort_by_file_name().into_iter().filter_entry(keep)
    {
        let entry = entry
            .map_err(|e| ReadError { path: e.path().unwrap_or(&folder).to_path_buf(), source: e.into() })?;
        sort_in(&entry, name, &folder, &mut listing);
    }
    listing.files.sort_by(|a, b| a.name.cmp(&b.name));
    file_names::settle_twins(&mut listing.files, |file| &file.name, &mut listing.diagnostics);
    Ok(listing)
}

/// The part of a theme that a file belongs to: the file itself, or the unknown folder that contains it. `None` for
/// a file that is not part of the theme.
#[must_use]
pub fn theme_part(inside: &str) -> Option<&str> {
    if inside.split('/').any(file_names::is_litter) {
        return None;
    }
    match inside.split_once('/') {
        Some((folder, _)) if !FOLDERS.contains(&folder) => Some(folder),
        _ => Some(inside),
    }
}

fn is_known(folder: Option<&Path>) -> bool {
    let name = folder.and_then(Path::file_name).and_then(|name| name.to_str());
    name.is_some_and(|name| FOLDERS.contains(&name))
}

fn sort_in(entry: &walkdir::DirEntry, theme: &str, folder: &Path, listing: &mut ThemeListing) {
    let Ok(relative) = entry.path().strip_prefix(folder) else { return };
    let parts: Vec<String> = relative.iter().map(|p| p.to_string_lossy().into_owned()).collect();
    let inside = parts.join("/");
    let name: Arc<str> = format!("{THEMES}/{theme}/{inside}").into();
    let inside = text::nfc(&inside).into_owned();
    if entry.path_is_symlink() {
        return listing.diagnostics.push(symlink(&name));
    }
    let kind = entry.file_type();
    if !kind.is_file() && !kind.is_dir() {
        return listing.diagnostics.push(special_file(&name));
    }
    if relative.to_str().is_none() {
        return listing.diagnostics.push(not_utf8(&name));
    }
    let is_foreign = kind.is_dir() && parts.len() == 1 && !is_known(Some(entry.path()));
    if kind.is_file() || is_foreign {
        let stamp = entry.metadata().ok().map(|m| Stamp::of(&m));
        listing.files.push(ThemeFile { path: entry.path().to_path_buf(), name, inside, stamp });
    }
}

/// Reads a file of a theme as text and normalises it.
///
/// # Errors
/// As for [`super::read`].
pub fn read_theme_text(file: &ThemeFile) -> Result<Result<Arc<str>, Diagnostic>, ReadError> {
    Ok(read(file, TEXT_FILE_BYTES)?.and_then(|bytes| {
        normalise(&bytes).map_err(|fault| {
            Diagnostic::error(fault.code, Place::at(&file.name, fault.range), fault.message).help(as_utf8())
        })
    }))
}

/// Reads a file of a theme unchanged.
///
/// # Errors
/// `Ok(Err(_))` if it is too large, `Err(_)` if the disk cannot be read.
pub fn read_theme_bytes(file: &ThemeFile) -> Result<Result<Vec<u8>, Diagnostic>, ReadError> {
    read(file, THEME_ASSET_BYTES)
}

fn read(file: &ThemeFile, most: u64) -> Result<Result<Vec<u8>, Diagnostic>, ReadError> {
    let fail = |source| ReadError { path: file.path.clone(), source };
    let (opened, size) = file::open(&file.path).map_err(fail)?;
    if size > most {
        let place = Place::whole(&file.name);
        return Ok(Err(
            Diagnostic::error("source/too-large", place, size_message(size, most)).help(smaller_theme_file())
        ));
    }
    file::rest(opened, size, most).map(Ok).map_err(fail)
}
