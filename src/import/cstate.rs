//! Imports cState, a Hugo theme: one Markdown file per issue, with unchecked front matter.

mod addresses;
mod body;
mod config;
mod front;
mod issue;
mod theme;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::entry::{Entry, Kind};
use super::prose::{self, LinkTarget};
use super::report::{Origin, Report, left_out};
use super::site::NewSite;
use super::slugs::{SourceContents, settle};
use super::{Imported, Settings};
use crate::address;
use crate::fetch::FetchError;
use crate::file;
use crate::limits::IMPORT_ENTRY_BYTES;
use crate::message::{self, Message, message};
use crate::model::Zone;
use crate::os::Shown as _;
use crate::source;
use crate::text;
use addresses::Forms;
use front::Front;

/// Front matter keys that the import understands or can ignore, because no reader saw their values, beside those of
/// times.
const KEYS: [&str; 19] = [
    "title",
    "date",
    "resolved",
    "severity",
    "affected",
    "section",
    "informational",
    "draft",
    "slug",
    "url",
    "aliases",
    "type",
    "layout",
    "weight",
    "expiryDate",
    "outputs",
    "markup",
    "keywords",
    "isCJKLanguage",
];

/// Imports the cState site in a folder.
///
/// # Errors
/// The folder contains no cState site, or cannot be read.
pub fn cstate(source: &Path, settings: &Settings) -> Result<Imported, FetchError> {
    let mut report = Report::default();
    let (origin, config) = config::find(source, &mut report)?;
    let content = source.join(config.text("contentDir").as_deref().unwrap_or("content"));
    theme::demand(source, &content, &config)?;
    if !content.is_dir() {
        let help = message!(
            "import-cstate-no-content-help",
            "name the folder of the cState site, which contains the configuration and the content"
        );
        return Err(FetchError::usage(no_folder(&content), help));
    }
    let (mut site, zone) = config::site(&origin, &config, settings, &mut report);
    let copies = copies(source, &origin, &mut site, &config, &mut report)?;
    let (files, resources, skipped) = files(source, &content, &config, zone, &mut report)?;
    let mut copies = copies;
    copies.extend(bundled(&files, resources, &mut report));
    let old = OldAddresses::new(&site.url, &files, &copies);
    let mut entries = Vec::new();
    for file in &files {
        let read = match file.kind {
            Folder::Issues => issue::read(file, zone, &old, &mut site, &mut report),
            Folder::Pages => page(file, &old, &mut report),
        };
        entries.push(read);
    }
    let mut imported = settle(SourceContents { site, origin, entries, copies, report });
    imported.found += skipped;
    Ok(imported)
}

/// The kind of a source file, by its folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Folder {
    Issues,
    Pages,
}

struct File {
    kind: Folder,
    origin: Origin,
    front: Front,
    /// The file name without `.md`.
    stem: String,
    /// The address on the old site.
    address: String,
}

impl File {
    fn body(&self) -> &str {
        &self.origin.text[self.front.body..]
    }
}

/// The addresses of the old site that still exist on the new one.
struct OldAddresses {
    url: String,
    /// Without the slash at the end, and as they are.
    addresses: BTreeMap<String, String>,
    /// The addresses of bundles, which texts name their files relative to.
    bundles: BTreeMap<Arc<str>, String>,
    /// Case-folded file stems with their addresses.
    stems: Vec<(String, String)>,
    statics: BTreeSet<String>,
}

impl OldAddresses {
    fn new(url: &str, files: &[File], copies: &[(PathBuf, String)]) -> OldAddresses {
        OldAddresses {
            url: url.trim_end_matches('/').to_owned(),
            addresses: files
                .iter()
                .map(|f| (f.address.trim_end_matches('/').to_owned(), f.address.clone()))
                .collect(),
            bundles: files
                .iter()
                .filter(|f| f.origin.file.ends_with("/index.md"))
                .map(|f| (Arc::clone(&f.origin.file), addresses::folder_of(&f.address)))
                .collect(),
            stems: files.iter().map(|f| (text::fold(&f.stem), f.address.clone())).collect(),
            statics: copies.iter().map(|(_, address)| address.clone()).collect(),
        }
    }

    /// The target on the new site for a link of the old one, in a file of the old site.
    fn lead(&self, file: &Arc<str>, written: &str, image: bool) -> LinkTarget {
        let bare = written.trim();
        let lower = bare.to_ascii_lowercase();
        let outside = ["http://", "https://", "mailto:", "tel:"].iter().any(|s| lower.starts_with(s));
        let own = bare.strip_prefix(&self.url).filter(|rest| rest.starts_with('/') && self.url.len() > 8);
        if outside && own.is_none() {
            return LinkTarget::Keep;
        }
        let path = own.unwrap_or(bare);
        let path = path.split(['?', '#']).next().unwrap_or(path);
        let plain = text::percent_decode(path).unwrap_or_else(|| path.to_owned());
        if self.statics.contains(plain.trim_start_matches('/')) {
            return LinkTarget::To(format!("/{}", plain.trim_start_matches('/')));
        }
        if let Some(bundle) = self.bundles.get(file).filter(|_| !plain.starts_with('/')) {
            let beside = format!("{bundle}{}", plain.trim_start_matches("./"));
            if self.statics.contains(beside.trim_start_matches('/')) {
                return LinkTarget::To(beside);
            }
        }
        let folded = plain.trim_end_matches('/').to_lowercase();
        if let Some(address) = self.addresses.get(&folded).filter(|_| !image && plain.starts_with('/')) {
            return LinkTarget::To(address.clone());
        }
        let name = folded.rsplit('/').next().unwrap_or(&folded);
        let stem = text::fold(name.trim_end_matches(".md"));
        let found = self.stems.iter().find(|(known, _)| !stem.is_empty() && *known == stem);
        match found.filter(|_| !image && !lower.contains(':')) {
            Some((_, address)) => LinkTarget::To(address.clone()),
            None if own.is_some() => LinkTarget::Keep,
            None => LinkTarget::Nowhere,
        }
    }

    /// Converts text to our format. Reports everything that was lost.
    fn words(&self, origin: &Origin, at: usize, markdown: &str, report: &mut Report) -> String {
        let (made, notes) =
            prose::from_markdown(markdown, &|address, image| self.lead(&origin.file, address, image));
        for note in notes {
            let range = at + note.range.start..at + note.range.end;
            report.add(origin, Some(range), "import/words", note.message, note.made);
        }
        made
    }
}

/// A file beside the texts of the content: its path, and the path that reports show.
type Resource = (PathBuf, String);

/// Every issue and page, sorted by name, the other files beside them, and the number of skipped files.
fn files(
    source: &Path,
    content: &Path,
    config: &Front,
    zone: Zone,
    report: &mut Report,
) -> Result<(Vec<File>, Vec<Resource>, usize), FetchError> {
    let forms = Forms::of(config);
    let mut resources = Vec::new();
    let languages: Vec<String> = config.inner("languages").map_or(Vec::new(), |l| l.keys());
    let first = config.text("defaultContentLanguage").unwrap_or_else(|| "en".into());
    let mut files = Vec::new();
    let mut skipped = 0;
    let beside = fs::read_dir(content).into_iter().flatten().filter_map(Result::ok);
    let mut beside: Vec<String> = beside.map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    beside.sort();
    for name in beside.iter().filter(|n| !["issues", "pages", "_index.md"].contains(&n.as_str())) {
        let origin = Origin::new(&format!("content/{name}"), "");
        let message = message!("import-cstate-other-file", "`import cstate` reads only `issues` and `pages`");
        report.add(&origin, None, "import/file", message, left_out());
    }
    for (folder, kind) in [("issues", Folder::Issues), ("pages", Folder::Pages)] {
        let root = content.join(folder);
        if !root.is_dir() {
            continue;
        }
        let below = source::below(&root).map_err(|error| unlisted(&error))?;
        for path in below {
            let name = path.strip_prefix(&root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            let shown = path.strip_prefix(source).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            let Some(stem) = name.strip_suffix(".md") else {
                resources.push((path, shown));
                continue;
            };
            let stem = match stem.rsplit_once('.') {
                Some((stem, language)) if language == first && languages.iter().any(|l| l == language) => {
                    stem
                }
                Some((_, language)) if languages.iter().any(|l| l == language) => {
                    let message = message!(
                        "import-cstate-translation",
                        "this is a translation (`{language}`)",
                        language
                    );
                    let made = message!(
                        "import-cstate-translation-made",
                        "left out: `import cstate` reads only one language"
                    );
                    report.add(&Origin::new(&shown, ""), None, "import/language", message, made);
                    continue;
                }
                _ => stem,
            };
            let last = stem.rsplit('/').next().unwrap_or(stem);
            if last == "_index" {
                continue;
            }
            match file(kind, &path, &shown, (folder, stem), (&forms, zone), report)? {
                Some(file) => files.push(file),
                None => skipped += 1,
            }
        }
    }
    Ok((files, resources, skipped))
}

/// The files of page bundles: those beside an `index.md`, at the addresses that they had.
fn bundled(files: &[File], resources: Vec<Resource>, report: &mut Report) -> Vec<(PathBuf, String)> {
    let mut copies = Vec::new();
    for (path, shown) in resources {
        let bundle = files.iter().find_map(|file| {
            let folder = file.origin.file.strip_suffix("index.md")?;
            Some((addresses::folder_of(&file.address), shown.strip_prefix(folder)?))
        });
        if let Some((address, name)) = bundle {
            copies.push((path, format!("{}{name}", address.trim_start_matches('/'))));
        } else {
            let message = message!("import-cstate-not-markdown", "this is not a `.md` file");
            report.add(&Origin::new(&shown, ""), None, "import/file", message, left_out());
        }
    }
    copies
}

fn file(
    kind: Folder,
    path: &Path,
    shown: &str,
    (folder, stem): (&str, &str),
    (forms, zone): (&Forms, Zone),
    report: &mut Report,
) -> Result<Option<File>, FetchError> {
    let Some((text, encoding)) = read(path)? else {
        let origin = Origin::new(shown, "");
        let message = message!("import-cstate-too-large", "the file is larger than 1 MiB");
        let made = message!("import-cstate-too-large-made", "left out: write its entry by hand");
        report.add(&origin, None, "import/too-large", message, made);
        return Ok(None);
    };
    let origin = Origin::new(shown, &text);
    if let Some(encoding) = encoding {
        let message = message!("import-cstate-encoding", "the file is not UTF-8");
        let made = message!("import-cstate-encoding-made", "read as {encoding}", encoding);
        report.add(&origin, None, "import/encoding", message, made);
    }
    let front = front::read(&origin, report);
    let unknown = front.others(&[&KEYS[..], &issue::STARTS, &issue::ENDS].concat());
    if !unknown.is_empty() {
        let message = message!(
            "import-cstate-keys",
            "noroshi does not use {keys} of the front matter",
            keys = message::all_of(&unknown)
        );
        let made = message!("import-cstate-keys-made", "left out: the format has no place for it");
        report.add(&origin, origin.key(unknown[0]), "import/key", message, made);
    }
    // `x/index.md` is a Hugo bundle: the folder gives the name.
    let stem = stem.strip_suffix("/index").unwrap_or(stem);
    let address =
        forms.address(&addresses::Page { folder, stem, front: &front, zone }).unwrap_or_else(|| {
            let message = message!(
                "import-cstate-permalinks",
                "`permalinks` gives issues other addresses than `/issues/<name>/`"
            );
            let made = message!(
                "import-cstate-permalinks-made",
                "this issue lacks what its pattern needs, so its old address is that of its name"
            );
            report.add(&origin, None, "import/address", message, made);
            Forms::default()
                .address(&addresses::Page { folder, stem, front: &front, zone })
                .unwrap_or_default()
        });
    let stem = stem.rsplit('/').next().unwrap_or(stem).to_owned();
    Ok(Some(File { kind, origin, front, stem, address }))
}

fn no_folder(folder: &Path) -> Message {
    message!("import-cstate-no-folder", "there is no folder `{folder}`", folder = folder.shown())
}

fn unreadable(path: &Path, error: &std::io::Error) -> Message {
    message!("import-cstate-unreadable", "cannot read {path}: {error}", path = path.shown(), error)
}

fn unlisted(error: &source::ReadError) -> FetchError {
    let help = message!("import-cstate-unlisted-folder-help", "check the permissions of the folder");
    FetchError::environment(error.message(), help)
}

/// The text of a file with LF line ends, and its encoding if that is not UTF-8.
type DecodedText = (Arc<str>, Option<&'static str>);

/// Reads a file. `None` if the file is too large.
fn read(path: &Path) -> Result<Option<DecodedText>, FetchError> {
    let failed = |e: std::io::Error| {
        let help =
            message!("import-cstate-unread-file-help", "check the permissions of the file and the disk");
        FetchError::environment(unreadable(path, &e), help)
    };
    let bytes = match file::read(path, IMPORT_ENTRY_BYTES) {
        Err(error) if error.kind() == ErrorKind::FileTooLarge => return Ok(None),
        read => read.map_err(failed)?,
    };
    let (text, encoding) = decoded(&bytes);
    Ok(Some((source::plain(&text), encoding)))
}

/// Decodes text from the encodings that old editors leave.
fn decoded(bytes: &[u8]) -> (String, Option<&'static str>) {
    let wide = |read: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes[2..].chunks_exact(2).map(|pair| read([pair[0], pair[1]])).collect();
        (String::from_utf16_lossy(&units), Some("UTF-16"))
    };
    match bytes {
        [0xff, 0xfe, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] => wide(u16::from_be_bytes),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => (text.to_owned(), None),
            Err(_) => (bytes.iter().map(|b| char::from(*b)).collect(), Some("Latin-1")),
        },
    }
}

fn page(file: &File, old: &OldAddresses, report: &mut Report) -> Entry {
    let front = &file.front;
    let summary = old.words(&file.origin, front.body, file.body(), report);
    let draft = front.flag("draft").unwrap_or(false);
    Entry { draft, summary, ..blank(file, Kind::Page { nav: false }, title(file, report)) }
}

/// The entry of a file, before its text and its facts are read.
fn blank(file: &File, kind: Kind, title: String) -> Entry {
    Entry {
        origin: file.origin.clone(),
        kind,
        title,
        slug: file.stem.clone(),
        id: None,
        api_id: None,
        aliases: aliases(file),
        draft: false,
        affects: Vec::new(),
        summary: String::new(),
        updates: Vec::new(),
        postmortem: None,
        remarks: Vec::new(),
    }
}

/// The title, or the words of the file name.
fn title(file: &File, report: &mut Report) -> String {
    if let Some(title) = file.front.text("title").filter(|t| !t.trim().is_empty()) {
        return title;
    }
    let day = file.stem.get(..11).filter(|d| super::times::day_of_name(d).is_some());
    let words = file.stem[day.map_or(0, str::len)..].replace(['-', '_'], " ");
    let words = if words.trim().is_empty() { "Untitled".to_owned() } else { words };
    let message = message!("import-cstate-no-title", "there is no title");
    let made = message!("import-cstate-no-title-made", "called `{title}`, from the file name", title = words);
    report.add(&file.origin, None, "import/title", message, made);
    words
}

fn aliases(file: &File) -> Vec<String> {
    let more = file.front.list("aliases").into_iter().map(|alias| {
        let path = if alias.starts_with('/') { alias } else { format!("/issues/{alias}") };
        addresses::address(&path)
    });
    std::iter::once(file.address.clone()).chain(more).collect()
}

/// The files of `static/`, except those that a built site generates itself.
fn copies(
    source: &Path,
    origin: &Origin,
    site: &mut NewSite,
    config: &Front,
    report: &mut Report,
) -> Result<Vec<(PathBuf, String)>, FetchError> {
    let root = source.join("static");
    let mut copies = Vec::new();
    if root.is_dir() {
        let below = source::below(&root).map_err(|error| unlisted(&error))?;
        for path in below {
            let Ok(relative) = path.strip_prefix(&root) else { continue };
            let address = relative.to_string_lossy().replace('\\', "/");
            let file = Origin::new(&format!("static/{address}"), "");
            let hidden =
                address.split('/').any(|part| part.starts_with('.')) && !address.starts_with(".well-known/");
            if address::is_fixed_file(&address) {
                let message = message!("import-cstate-static-old", "this file belongs to the old site");
                let made =
                    message!("import-cstate-static-old-made", "left out: the new site generates its own");
                report.add(&file, None, "import/static", message, made);
            } else if hidden || address.starts_with("admin/") {
                let message = if hidden {
                    message!("import-cstate-static-hidden", "this is a hidden file")
                } else {
                    message!("import-cstate-static-editor", "this file belongs to the old site's editor")
                };
                report.add(&file, None, "import/static", message, left_out());
            } else {
                copies.push((path, address));
            }
        }
    }
    if let Some(logo) = config.inner("params").and_then(|params| params.text("logo")) {
        let logo = logo.trim_start_matches('/').to_owned();
        if copies.iter().any(|(_, address)| *address == logo) {
            site.logo = Some(logo);
        } else {
            let message = message!("import-cstate-logo", "the logo `{logo}` is not under `static/`", logo);
            report.add(origin, origin.key("logo"), "import/static", message, left_out());
        }
    }
    Ok(copies)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_that_hugo_gives() {
        assert_eq!(
            addresses::address("/issues/2020-01-02 API (eu) – down: again/"),
            "/issues/2020-01-02-api-eu-down-again/"
        );
        assert_eq!(addresses::address("/issues/Ärger_v1.2+x/"), "/issues/ärger_v1.2+x/");
    }
}
