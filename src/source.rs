//! Finds the files of a site and reads their text, without interpreting it.
//!
//! It reads `content/` and the files of a theme in a fixed order. It never follows symbolic links, so a site
//! cannot publish files outside it. It normalises text once: no BOM, LF line ends, and no character that XML
//! forbids.

mod file_names;
mod theme;

use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::WalkDir;

use crate::address;
use crate::diagnostic::{Diagnostic, Place};
use crate::file;
use crate::kind::EntryKind;
use crate::limits::{ENTRY_FILES, STATIC_FILE_BYTES, STATIC_FILES, TEXT_FILE_BYTES};
use crate::message::{self, Message, message};
use crate::os::Shown as _;
use crate::text;

pub use crate::os::Stamp;
pub use theme::{
    THEMES, ThemeFile, ThemeListing, list_theme, read_theme_bytes, read_theme_text, theme_names, theme_part,
};

/// A text file that was found but not read yet.
#[derive(Clone, Debug)]
pub struct FoundFile {
    pub path: PathBuf,
    /// The name relative to the root, with `/`: `content/incidents/a.md`.
    pub name: Arc<str>,
    /// The kind of entry; `None` for `site.yaml` and for the rules in `host/`.
    pub kind: Option<EntryKind>,
    /// The file name without `.md`, but with a locale suffix. For rules, the whole file name.
    pub stem: String,
    /// The metadata, if it was requested.
    pub stamp: Option<Stamp>,
}

impl FoundFile {
    /// A file in memory, by its name: `content/incidents/a.md`.
    #[must_use]
    pub fn named(name: &str) -> Option<FoundFile> {
        let inside = name.strip_prefix("content/")?;
        if inside == "site.yaml" {
            let (path, name) = (PathBuf::new(), name.into());
            return Some(FoundFile { path, name, kind: None, stem: "site".into(), stamp: None });
        }
        let (folder, rest) = inside.split_once('/')?;
        if folder == HOST && HOST_FILES.contains(&rest) {
            let (path, name) = (PathBuf::new(), name.into());
            return Some(FoundFile { path, name, kind: None, stem: rest.to_owned(), stamp: None });
        }
        let kind = Some(EntryKind::of_folder(folder)?);
        let file = rest.rsplit('/').next().unwrap_or(rest);
        let stem = file.strip_suffix(".md")?.to_owned();
        Some(FoundFile { path: PathBuf::new(), name: name.into(), kind, stem, stamp: None })
    }

    /// Whether it has the team's own rules for its host.
    #[must_use]
    pub fn is_host_rules(&self) -> bool {
        self.kind.is_none() && HOST_FILES.contains(&self.stem.as_str())
    }
}

/// The folder of `content/` with the team's own rules for its host.
const HOST: &str = "host";
/// The files in it.
const HOST_FILES: [&str; 2] = ["_headers", "_redirects"];

/// A file of `static/`, which noroshi copies unchanged.
#[derive(Clone, Debug)]
pub struct Asset {
    pub path: PathBuf,
    /// The name relative to the root, for diagnostics.
    pub name: Arc<str>,
    /// The address in the site, without a leading slash. It is in NFC, whatever form the disk uses.
    pub address: String,
    /// The metadata, if it was requested.
    pub stamp: Option<Stamp>,
}

/// The files below `content/`.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// `site.yaml`, if it exists.
    pub config: Option<FoundFile>,
    /// The team's own rules for its host, sorted by path.
    pub host_rules: Vec<FoundFile>,
    /// Sorted by path.
    pub entries: Vec<FoundFile>,
    /// Sorted by path.
    pub assets: Vec<Asset>,
    pub diagnostics: Vec<Diagnostic>,
    /// Files in entry folders that do not end in `.md`. They are judged once all neighbouring files are known.
    strays: Vec<Arc<str>>,
}

impl Listing {
    /// Reports that site.yaml is missing, unless it is there in a form that is reported already.
    fn require_config(&mut self) {
        let missing = missing_config(message!("source-no-site-yaml", "`content/site.yaml` is missing"));
        if self.config.is_none() && !self.diagnostics.iter().any(|d| d.place.file == missing.place.file) {
            self.diagnostics.push(missing);
        }
    }

    /// Sorts the files, and refuses more files than a build can handle and two files with one name.
    fn settle(&mut self) {
        // Sorting by the bytes of the whole address makes the result independent of the order of directory
        // listings.
        self.entries.sort_by(|a, b| a.name.cmp(&b.name));
        self.host_rules.sort_by(|a, b| a.name.cmp(&b.name));
        self.assets.sort_by(|a, b| (&a.address, &a.name).cmp(&(&b.address, &b.name)));
        file_names::settle_twins(&mut self.entries, |file| &file.name, &mut self.diagnostics);
        file_names::settle_twins(&mut self.assets, |file| &file.name, &mut self.diagnostics);
        let strays = std::mem::take(&mut self.strays);
        if !strays.is_empty() {
            let entries: Vec<&str> = self.entries.iter().map(|file| &*file.name).collect();
            self.diagnostics.extend(file_names::strays(&strays, &entries));
        }
        let (entries, assets) = (self.entries.len(), self.assets.len());
        if entries > ENTRY_FILES {
            self.diagnostics.push(too_many(
                "content",
                message!(
                    "source-too-many-entries",
                    "this folder has {entries} entry files; noroshi reads at most {most}",
                    entries,
                    most = ENTRY_FILES
                ),
            ));
        }
        if assets > STATIC_FILES {
            self.diagnostics.push(too_many(
                "content/static",
                message!(
                    "source-too-many-assets",
                    "this folder has {assets} files to copy; noroshi reads at most {most}",
                    assets,
                    most = STATIC_FILES
                ),
            ));
        }
        self.entries.truncate(ENTRY_FILES);
        self.assets.truncate(STATIC_FILES);
    }
}

/// A failure to read the disk, which is not the author's fault.
#[derive(Debug)]
pub struct ReadError {
    pub path: PathBuf,
    pub source: io::Error,
}

impl std::fmt::Display for ReadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.message().english())
    }
}

impl std::error::Error for ReadError {}

impl ReadError {
    #[must_use]
    pub fn message(&self) -> Message {
        let (path, error) = (self.path.shown(), &self.source);
        message!("source-unreadable", "cannot read {path}: {error}", path, error)
    }
}

/// Lists the files of the site at `root`.
///
/// # Errors
/// Fails if a folder cannot be read. A missing `content/` or `site.yaml` is a diagnostic.
pub fn list(root: &Path) -> Result<Listing, ReadError> {
    list_with(root, false)
}

/// Like [`list`], with a stamp for each file, for callers that read the site repeatedly.
///
/// # Errors
/// As for [`list`].
pub fn list_stamped(root: &Path) -> Result<Listing, ReadError> {
    list_with(root, true)
}

fn list_with(root: &Path, stamped: bool) -> Result<Listing, ReadError> {
    let content = root.join("content");
    let mut listing = Listing::default();
    let is_dir = match std::fs::metadata(&content) {
        Ok(found) => found.is_dir(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => false,
        Err(source) => return Err(ReadError { path: content, source }),
    };
    if !is_dir {
        listing
            .diagnostics
            .push(missing_config(message!("source-no-content", "there is no folder `content` here")));
        return Ok(listing);
    }
    let keep = |e: &walkdir::DirEntry| e.depth() == 0 || !is_litter(e, &content);
    for entry in WalkDir::new(&content).follow_links(false).sort_by_file_name().into_iter().filter_entry(keep)
    {
        let entry = entry
            .map_err(|e| ReadError { path: e.path().unwrap_or(&content).to_path_buf(), source: e.into() })?;
        // A file that is already gone is reported as missing when it is read.
        let stamp = if stamped { entry.metadata().ok().map(|m| Stamp::of(&m)) } else { None };
        sort_in(&entry, stamp, &content, &mut listing);
    }
    listing.settle();
    listing.require_config();
    Ok(listing)
}

/// The role of a path by itself.
#[derive(Clone, Debug)]
pub enum Listed {
    Entry(FoundFile),
    /// There is no entry file at this path (any more). The value is the name it would have.
    Gone(Arc<str>),
    Litter,
    /// The role depends on the whole tree.
    Unclear,
}

/// The role of a path below `content/`. For a path below `themes/` it only tells whether it is litter.
#[must_use]
pub fn entry_at(root: &Path, path: &Path) -> Listed {
    let content = root.join("content");
    let Ok(relative) = path.strip_prefix(&content) else {
        let of_theme = path.strip_prefix(root.join(THEMES)).unwrap_or(Path::new(""));
        let is_litter = of_theme.iter().any(|part| file_names::is_litter(&part.to_string_lossy()));
        return if is_litter { Listed::Litter } else { Listed::Unclear };
    };
    let Some(parts) = relative.iter().map(|part| part.to_str()).collect::<Option<Vec<_>>>() else {
        return Listed::Unclear;
    };
    if parts.iter().any(|part| file_names::is_litter(part)) && parts.first() != Some(&"static") {
        return Listed::Litter;
    }
    let named = FoundFile::named(&format!("content/{}", parts.join("/")));
    let Some(named) = named.filter(|named| named.kind.is_some()) else { return Listed::Unclear };
    match path.symlink_metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Listed::Gone(named.name),
        Ok(found) if found.is_file() => {
            Listed::Entry(FoundFile { path: path.to_path_buf(), stamp: Some(Stamp::of(&found)), ..named })
        }
        _ => Listed::Unclear,
    }
}

fn missing_config(message: Message) -> Diagnostic {
    Diagnostic::error("site/missing", Place::whole(&Arc::from("content/site.yaml")), message).help(message!(
        "source-no-site-help",
        "run `noroshi init` to make a new site, or give the folder of your site with `--root`"
    ))
}

fn too_many(folder: &str, message: Message) -> Diagnostic {
    Diagnostic::error("source/too-many", Place::whole(&folder.into()), message)
        .help(message!("source-too-many-help", "split the site, or remove files that readers no longer need"))
}

/// Whether an editor or a file manager left this file; such files are not content.
fn is_litter(entry: &walkdir::DirEntry, content: &Path) -> bool {
    let name = entry.file_name().to_string_lossy();
    let in_static = entry.path().strip_prefix(content).is_ok_and(|p| p.starts_with("static"));
    is_litter_name(&name, in_static)
}

fn is_litter_name(name: &str, in_static: bool) -> bool {
    if in_static {
        matches!(name, ".gitkeep" | ".gitignore") || file_names::is_left_by_system(name)
    } else {
        file_names::is_litter(name)
    }
}

fn sort_in(entry: &walkdir::DirEntry, stamp: Option<Stamp>, content: &Path, listing: &mut Listing) {
    let Ok(relative) = entry.path().strip_prefix(content) else { return };
    let parts: Vec<&str> = relative.iter().filter_map(|p| p.to_str()).collect();
    let is = if entry.path_is_symlink() {
        PathKind::Link
    } else if entry.file_type().is_dir() {
        PathKind::Folder
    } else if entry.file_type().is_file() {
        PathKind::File
    } else {
        PathKind::Special
    };
    if relative.to_str().is_none() && matches!(is, PathKind::File | PathKind::Folder) {
        let shown: Vec<_> = relative.iter().map(|p| p.to_string_lossy()).collect();
        listing.diagnostics.push(not_utf8(&format!("content/{}", shown.join("/")).into()));
        return;
    }
    sort(&parts, is, entry.path(), stamp, listing);
}

fn not_utf8(name: &Arc<str>) -> Diagnostic {
    let message = message!("source-name-not-utf8", "the file's name is not UTF-8");
    Diagnostic::error("source/file-name", Place::whole(name), message)
        .help(message!("source-name-not-utf8-help", "rename it"))
}

fn symlink(name: &Arc<str>) -> Diagnostic {
    let message = message!("source-symlink", "noroshi does not follow symbolic links");
    Diagnostic::error("source/symlink", Place::whole(name), message).help(message!(
        "source-symlink-help",
        "put the file itself here: noroshi never publishes files outside the site"
    ))
}

fn special_file(name: &Arc<str>) -> Diagnostic {
    let message = message!("source-special-file", "this is not a regular file");
    Diagnostic::error("source/special-file", Place::whole(name), message).help(message!(
        "source-special-file-help",
        "remove it: noroshi cannot read a pipe, a socket or a device"
    ))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathKind {
    File,
    Folder,
    Link,
    /// A pipe, a socket or a device.
    Special,
}

/// Lists a site that is not on the disk, from the names of its files relative to its root. `shown` are names that
/// are not UTF-8, in a displayable form.
#[must_use]
pub fn list_named<'n>(names: impl IntoIterator<Item = (&'n str, PathKind)>, shown: &[String]) -> Listing {
    let mut listing = Listing::default();
    let mut folders: Vec<&str> = Vec::new();
    for (name, is) in names {
        let Some(inside) = name.strip_prefix("content/") else { continue };
        let parts: Vec<&str> = inside.split('/').collect();
        let in_static = parts.first() == Some(&"static");
        if parts.iter().any(|part| is_litter_name(part, in_static)) {
            continue;
        }
        if parts.len() > 1 && !folders.contains(&parts[0]) {
            folders.push(parts[0]);
            sort(&parts[..1], PathKind::Folder, Path::new(""), None, &mut listing);
        }
        sort(&parts, is, Path::new(""), None, &mut listing);
    }
    listing.diagnostics.extend(shown.iter().map(|name| not_utf8(&name.as_str().into())));
    listing.settle();
    listing.require_config();
    listing
}

fn sort(parts: &[&str], is: PathKind, path: &Path, stamp: Option<Stamp>, listing: &mut Listing) {
    let fault = put(parts, is, path, stamp, listing);
    listing.diagnostics.extend(fault);
}

/// Adds a file to its list, or returns why the site does not use it.
fn put(
    parts: &[&str],
    is: PathKind,
    path: &Path,
    stamp: Option<Stamp>,
    listing: &mut Listing,
) -> Option<Diagnostic> {
    let name: Arc<str> = format!("content/{}", parts.join("/")).into();
    let error = |code, message: Message| Diagnostic::error(code, Place::whole(&name), message);
    let (first, path) = (*parts.first()?, path.to_path_buf());
    let kind = EntryKind::of_folder(first);
    match is {
        PathKind::Link => return Some(symlink(&name)),
        PathKind::Special => return Some(special_file(&name)),
        PathKind::Folder
            if parts.len() > 1 || kind.is_some() || matches!(first, "static" | "templates" | HOST) =>
        {
            return None;
        }
        PathKind::Folder => {
            let known =
                EntryKind::ALL.into_iter().map(EntryKind::folder).chain(["static", "templates", HOST]);
            let known: Vec<&str> = known.collect();
            let near = text::nearest(first, known.iter().copied());
            let other = || {
                let folders = message::one_of(&known);
                message!("source-unknown-folder-help", "in `content/`, use the folder {folders}", folders)
            };
            let help = message::did_you_mean(near, other);
            let message = message!("source-unknown-folder", "unknown folder `{folder}`", folder = first);
            return Some(error("source/unknown-folder", message).help(help));
        }
        PathKind::File => {}
    }
    if first == "static" && parts.len() > 1 {
        let address = text::nfc(&parts[1..].join("/")).into_owned();
        if parts[1..].iter().any(|p| p.starts_with('.')) && !address.starts_with(".well-known/") {
            let message = message!("source-hidden-file", "noroshi does not publish hidden files");
            let help = message!(
                "source-hidden-file-help",
                "rename it without the dot; noroshi publishes only the hidden folder `.well-known/`"
            );
            let place = Place::whole(&name);
            return Some(Diagnostic::warning("static/hidden-file", place, message).help(help));
        }
        if let Some(fault) = address::fault(&address) {
            let fault = fault.message();
            let message = message!("source-bad-name", "noroshi cannot publish this file: {fault}", fault);
            let help = message!("source-bad-name-help", "rename the file or its folder");
            return Some(error("static/bad-name", message).help(help));
        }
        listing.assets.push(Asset { path, name, address, stamp });
        return None;
    }
    if parts.len() == 1 {
        match first {
            "site.yaml" => {
                listing.config = Some(FoundFile { path, name, kind: None, stem: "site".into(), stamp });
            }
            "README.md" | "static" | "templates" => {}
            _ => {
                let message =
                    message!("source-unknown-file", "noroshi does not use `{file}` here", file = first);
                let help = message!(
                    "source-unknown-file-help",
                    "`content/` holds `site.yaml` and folders of entries; put files to copy under `static/`"
                );
                return Some(error("source/unknown-file", message).help(help));
            }
        }
    } else if kind.is_some() {
        match parts[parts.len() - 1].strip_suffix(".md").map(str::to_owned) {
            Some(stem) => listing.entries.push(FoundFile { path, name, kind, stem, stamp }),
            None => listing.strays.push(name),
        }
    } else if first == HOST {
        let file = parts[1..].join("/");
        if !HOST_FILES.contains(&file.as_str()) {
            return Some(unknown_host_file(&name, &file));
        }
        listing.host_rules.push(FoundFile { path, name, kind: None, stem: file, stamp });
    }
    None
}

fn unknown_host_file(name: &Arc<str>, file: &str) -> Diagnostic {
    let help = match text::nearest(file, HOST_FILES) {
        Some(near) => message!(
            "source-unknown-host-file-near",
            "did you mean `{near}`? `content/host/` holds `_headers` and `_redirects`; put files to copy under `content/static/`",
            near
        ),
        None => message!(
            "source-unknown-host-file-help",
            "`content/host/` holds `_headers` and `_redirects`; put files to copy under `content/static/`"
        ),
    };
    let message =
        message!("source-unknown-host-file", "noroshi does not use `{file}` in `content/host/`", file);
    Diagnostic::error("source/unknown-file", Place::whole(name), message).help(help)
}

/// The name of a file of `content/host/`.
#[must_use]
pub fn host_rules_name(file: &str) -> Arc<str> {
    format!("content/{HOST}/{file}").into()
}

/// Every file below a folder that is not a noroshi site, sorted by path. Links are not followed.
///
/// # Errors
/// Fails if a folder cannot be read.
pub fn below(folder: &Path) -> Result<Vec<PathBuf>, ReadError> {
    let mut found = Vec::new();
    for entry in WalkDir::new(folder).follow_links(false).sort_by_file_name() {
        let entry = entry
            .map_err(|e| ReadError { path: e.path().unwrap_or(folder).to_path_buf(), source: e.into() })?;
        if entry.file_type().is_file() {
            found.push(entry.into_path());
        }
    }
    Ok(found)
}

/// Reads one file and normalises its text.
///
/// # Errors
/// `Ok(Err(_))` is a fault of the author: too large, not UTF-8, or a NUL. `Err(_)` is a failure of the disk.
pub fn read(found: &FoundFile) -> Result<Result<Arc<str>, Diagnostic>, ReadError> {
    let fail = |source| ReadError { path: found.path.clone(), source };
    let (opened, size) = file::open(&found.path).map_err(fail)?;
    if size > TEXT_FILE_BYTES {
        return Ok(Err(too_large(&found.name, size)));
    }
    let bytes = file::rest(opened, size, TEXT_FILE_BYTES).map_err(fail)?;
    Ok(text_of(&found.name, &bytes))
}

/// The text of a file whose bytes do not come from the disk.
///
/// # Errors
/// Faults of the author: not UTF-8, or a NUL.
pub fn text_of(name: &Arc<str>, bytes: &[u8]) -> Result<Arc<str>, Diagnostic> {
    if bytes.len() as u64 > TEXT_FILE_BYTES {
        return Err(too_large(name, bytes.len() as u64));
    }
    normalise(bytes).map_err(|fault| {
        let place = Place::at(name, fault.range);
        Diagnostic::error(fault.code, place, fault.message).help(as_utf8())
    })
}

fn too_large(name: &Arc<str>, size: u64) -> Diagnostic {
    Diagnostic::error("source/too-large", Place::whole(name), size_message(size, TEXT_FILE_BYTES)).help(
        message!("source-too-large-help", "shorten the text, or put a larger file under `content/static/`"),
    )
}

fn size_message(size: u64, most: u64) -> Message {
    message!("source-too-large", "the file has {size} bytes; noroshi reads at most {most}", size, most)
}

/// The help for a file of a theme that is too large.
#[must_use]
pub fn smaller_theme_file() -> Message {
    message!(
        "source-theme-file-help",
        "make it smaller, or move it to `content/static/`: every page loads its theme first"
    )
}

fn as_utf8() -> Message {
    message!("source-as-utf8", "save the file as UTF-8 text")
}

/// The text of an invalid file, for excerpts in diagnostics. Invalid bytes are replaced.
#[must_use]
pub fn read_anyhow(found: &FoundFile) -> Option<Arc<str>> {
    let bytes = file::read(&found.path, TEXT_FILE_BYTES).ok()?;
    Some(plain(&String::from_utf8_lossy(&bytes).replace('\0', "\u{fffd}")))
}

/// Reads a file of `static/` unchanged.
///
/// # Errors
/// Fails if the disk cannot be read.
pub fn read_asset(asset: &Asset) -> Result<Vec<u8>, ReadError> {
    file::read(&asset.path, STATIC_FILE_BYTES)
        .map_err(|source| ReadError { path: asset.path.clone(), source })
}

struct Fault {
    code: &'static str,
    message: Message,
    /// The byte range in the text that [`read_anyhow`] returns.
    range: Range<usize>,
}

fn normalise(bytes: &[u8]) -> Result<Arc<str>, Fault> {
    let fault = |code, message, at: usize| {
        let start = plain(&String::from_utf8_lossy(&bytes[..at]).replace('\0', "\u{fffd}")).len();
        Fault { code, message, range: start..start + '\u{fffd}'.len_utf8() }
    };
    if let Some(at) = bytes.iter().position(|b| *b == 0) {
        let message = message!("source-nul", "this is a NUL byte, so the file is not text");
        return Err(fault("source/nul", message, at));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(plain(text)),
        Err(e) => {
            let message = message!("source-not-utf8", "the text is not UTF-8 from here on");
            Err(fault("source/not-utf8", message, e.valid_up_to()))
        }
    }
}

/// Normalises text: no BOM, LF line ends, and no characters that XML forbids.
#[must_use]
pub fn plain(text: &str) -> Arc<str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = text::clean(text);
    if !text.contains('\r') {
        return Arc::from(&*text);
    }
    text.replace("\r\n", "\n").replace('\r', "\n").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> Result<String, &'static str> {
        normalise(bytes).map(|t| t.to_string()).map_err(|f| f.code)
    }

    #[test]
    fn line_ends_and_bom_are_normalised() {
        assert_eq!(text("\u{feff}a\r\nb\rc\n".as_bytes()).as_deref(), Ok("a\nb\nc\n"));
    }

    #[test]
    fn forbidden_characters_are_replaced_and_nul_is_refused() {
        assert_eq!(text(b"a\x01b").as_deref(), Ok("a\u{fffd}b"));
        assert_eq!(text(b"a\0b"), Err("source/nul"));
        assert_eq!(text(b"a\xffb"), Err("source/not-utf8"));
    }
}
