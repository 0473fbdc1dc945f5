//! A site from the disk: files → documents → model. One of the two places that work in parallel.

mod incremental;
mod theme;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::bisect;
use crate::check::{self, forbidden};
use crate::diagnostic::{Diagnostic, Diagnostics, Texts};
use crate::document::yaml::Data;
use crate::document::{self, Document};
use crate::languages;
use crate::model::config::Url;
use crate::model::read::{self, Files, Known};
use crate::model::{Config, Entry, Model};
use crate::panics::{self, contain};
use crate::source::{self, Asset, Folder, FoundFile, Listing, ReadError};
use crate::text;
use crate::theme::Theme;
use crate::vocabulary::Aliases;
use theme::{InMemory, OnDisk, Stamps, Themes, load_theme};

/// Entries that a thread reads before it shares its work again: the last turn keeps the other threads waiting.
const LONGEST_TURN: usize = 32;

pub use incremental::{Changes, IncrementalReader};

/// What was found.
#[derive(Debug)]
pub struct Loaded {
    /// The site; `None` where site.yaml could not be understood.
    pub model: Option<Model>,
    /// Files to copy.
    pub assets: Vec<Asset>,
    /// Everything that is wrong, and the texts of the files it is wrong in.
    pub diagnostics: Diagnostics,
    /// Texts of files with diagnostics.
    pub texts: Texts,
}

impl Loaded {
    fn empty(assets: Vec<Asset>) -> Loaded {
        Loaded { model: None, assets, diagnostics: Diagnostics::default(), texts: Texts::default() }
    }
}

/// Reads the site at `root`.
///
/// `progress` is called once for each file that has been read.
///
/// # Errors
/// Where the disk cannot be read. What is wrong with the content is in the result.
pub fn load(root: &Path, base_url: Option<&Url>, progress: &(dyn Fn() + Sync)) -> Result<Loaded, ReadError> {
    let listing = source::list(root)?;
    let mut loaded = assemble(listing, base_url, &OnDisk(root), (&source::read, &check::all), progress)?;
    fill_texts(root, &mut loaded);
    Ok(loaded)
}

/// Reads site.yaml alone; `None` where it is not there or has errors.
///
/// # Errors
/// As [`load`].
pub fn configuration(root: &Path) -> Result<Option<Config>, ReadError> {
    let mut listing = source::list(root)?;
    listing.entries.clear();
    let loaded = assemble(listing, None, &OnDisk(root), (&source::read, &|_, _| Vec::new()), &|| ())?;
    Ok(loaded.model.map(|model| model.config))
}

/// Texts that stand for those of files: a file's name (`content/incidents/a.md`) → its text, or nothing where
/// the file is to be as if it were not there.
pub type Overlay = BTreeMap<Arc<str>, Option<Arc<str>>>;

/// Reads the site at `root` as it would be with other texts in the place of some files: what is about to be
/// written, or what was committed before.
///
/// # Errors
/// As [`load`].
pub fn load_over(
    root: &Path,
    base_url: Option<&Url>,
    overlay: &Overlay,
    progress: &(dyn Fn() + Sync),
) -> Result<Loaded, ReadError> {
    let mut listing = source::list(root)?;
    // A name that comes from git may be stored otherwise on the disk.
    let over: HashMap<Cow<'_, str>, &Option<Arc<str>>> =
        overlay.iter().map(|(name, text)| (text::nfc(name), text)).collect();
    let is_gone = |name: &str| over.get(&text::nfc(name)).is_some_and(|text| text.is_none());
    listing.entries.retain(|found| !is_gone(&found.name));
    listing.config = listing.config.filter(|found| !is_gone(&found.name));
    for name in overlay.iter().filter_map(|(name, text)| text.as_ref().and(Some(name))) {
        let Some(found) = FoundFile::named(name) else { continue };
        if found.folder == Folder::Config {
            listing.config.get_or_insert(found);
        } else if !listing.entries.iter().any(|known| text::is_same_name(&known.name, &found.name)) {
            listing.entries.push(found);
        }
    }
    listing.entries.sort_by(|a, b| a.name.cmp(&b.name));
    let read = |found: &FoundFile| match over.get(&text::nfc(&found.name)) {
        Some(Some(text)) => Ok(Ok(Arc::clone(text))),
        _ => source::read(found),
    };
    let mut loaded = assemble(listing, base_url, &OnDisk(root), (&read, &check::all), progress)?;
    for (name, text) in overlay {
        if let Some(text) = text {
            loaded.texts.insert(Arc::clone(name), Arc::clone(text));
        }
    }
    fill_texts(root, &mut loaded);
    Ok(loaded)
}

/// Reads a site that lies in memory: what is listed, each file's text by `text`, and the texts of its themes
/// by their names.
#[must_use]
pub fn listed(
    listing: Listing,
    themes: &[(Arc<str>, Arc<str>)],
    text: &(dyn Fn(&FoundFile) -> Arc<str> + Sync),
) -> Loaded {
    let read = |found: &FoundFile| Ok(Ok(text(found)));
    match assemble(listing, None, &InMemory(themes), (&read, &check::all), &|| ()) {
        Ok(loaded) => loaded,
        // Nothing was read from a disk, so nothing failed.
        Err(_) => Loaded::empty(Vec::new()),
    }
}

/// What is in a file.
pub type Bytes = Arc<[u8]>;

/// A site, or a part of one, that lies neither on the disk nor whole in memory: in the index of a repository.
pub struct SiteSource<'e> {
    /// The names of all its files from its root, sorted.
    pub names: &'e [&'e str],
    /// What is in those that are listed, by name.
    pub files: &'e HashMap<&'e str, Bytes>,
    /// What is in others, asked for once for each theme: in their order, nothing where it is too large.
    pub bytes: &'e dyn Fn(&[&str]) -> Vec<Option<Bytes>>,
    /// Whether only some of its entries are listed: then nothing is said of what only the others can tell.
    pub is_partial: bool,
}

/// Reads what is listed of a site that lies elsewhere.
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
    let found: Vec<Arc<str>> =
        listing.entries.iter().chain(&listing.config).map(|found| Arc::clone(&found.name)).collect();
    let Ok(mut loaded) = assemble(listing, None, site, (&read, &rules), &|| ()) else {
        // Nothing was read from a disk, so nothing failed.
        return Loaded::empty(Vec::new());
    };
    for name in found {
        if let Some(Ok(text)) = files.get(&*name).map(|bytes| source::text_of(&name, bytes)) {
            loaded.texts.insert(name, text);
        }
    }
    loaded
}

/// The text of a file: the disk's failure, or the writer's.
type Reading = Result<Result<Arc<str>, Diagnostic>, ReadError>;
/// What is asked of the model.
type Rules<'r> = dyn Fn(&Model, &[Asset]) -> Vec<Diagnostic> + 'r;

/// What rules over the whole find. Where they panic, the entries that make them are taken out of the model, each
/// with an error.
fn judged(model: &mut Model, assets: &[Asset], rules: &Rules<'_>) -> Vec<Diagnostic> {
    let ask = |model: &Model| contain("checking it with the others", || rules(model, assets));
    let panicked = match ask(model) {
        Ok(found) => return found,
        Err(panicked) => panicked,
    };
    let guilty = bisect::guilty(model, &|model| ask(model).err());
    if guilty.is_empty() {
        return vec![bisect::diagnostic(&Config::file(), &panicked)];
    }
    let mut found = ask(model).unwrap_or_default();
    found.extend(guilty.iter().map(|(file, panicked)| bisect::diagnostic(file, panicked)));
    found
}

fn assemble(
    listing: Listing,
    base_url: Option<&Url>,
    themes: &dyn Themes,
    (read, rules): (&(dyn Fn(&FoundFile) -> Reading + Sync), &Rules<'_>),
    progress: &(dyn Fn() + Sync),
) -> Result<Loaded, ReadError> {
    let mut loaded = Loaded::empty(listing.assets);
    loaded.diagnostics.extend(listing.diagnostics);
    let site = match &listing.config {
        Some(found) => read_config(found, read(found)?, base_url, themes, &mut loaded)?,
        None => None,
    };
    let (config, theme) = site.map(|site| (site.config, site.theme)).unzip();
    let words = config.as_ref().map(forbidden::Rules::of);
    let known = config.as_ref().zip(words.as_ref());
    // Without site.yaml the entries are still read, so that their faults are told in the same run.
    let any = any_locale();
    let locales = config.as_ref().map_or(&any, |c| &c.locales);
    let groups: Vec<Group> = group(listing.entries, locales).into_values().collect();
    let groups: Vec<Result<ReadEntry, ReadError>> = (groups.par_iter().with_max_len(LONGEST_TURN))
        .map(|group| read_group(group, locales, known, read, progress))
        .collect();
    let mut entries = Vec::with_capacity(groups.len());
    for result in groups {
        let read = result?;
        entries.extend(read.entry);
        loaded.diagnostics.extend(read.found);
        for (name, text) in read.texts {
            loaded.texts.insert(name, text);
        }
    }
    if let (Some(config), Some(theme)) = (config, theme) {
        let assets = loaded.assets.iter().map(|a| a.address.clone()).collect();
        let mut model = Model::new(config, theme, entries, assets);
        loaded.diagnostics.extend(judged(&mut model, &loaded.assets, rules));
        loaded.model = Some(model);
    }
    loaded.diagnostics.bound();
    Ok(loaded)
}

/// What is known of a site before its entries.
struct SiteHead {
    config: Config,
    theme: Theme,
    stamps: Stamps,
}

/// site.yaml, and the theme that it names: which languages there are depends on it.
fn read_config(
    found: &FoundFile,
    text: Result<Arc<str>, Diagnostic>,
    base_url: Option<&Url>,
    themes: &dyn Themes,
    loaded: &mut Loaded,
) -> Result<Option<SiteHead>, ReadError> {
    let text = match text {
        Ok(text) => text,
        Err(diagnostic) => {
            loaded.diagnostics.push(diagnostic);
            return Ok(None);
        }
    };
    let read = || read_text(found, &text, base_url, themes, loaded);
    let begun = contain("reading it, with the theme that it names", read);
    loaded.texts.insert(Arc::clone(&found.name), Arc::clone(&text));
    begun.unwrap_or_else(|panicked| {
        loaded.diagnostics.push(bisect::diagnostic(&found.name, &panicked));
        Ok(None)
    })
}

/// The same from its text.
fn read_text(
    found: &FoundFile,
    text: &Arc<str>,
    base_url: Option<&Url>,
    themes: &dyn Themes,
    loaded: &mut Loaded,
) -> Result<Option<SiteHead>, ReadError> {
    panics::seam("read", &found.name);
    let mut faults = Vec::new();
    let yaml = document::parse_config(&found.name, text, &mut faults);
    let dressed = load_theme(themes, read::theme_of(&yaml), &mut faults, &mut loaded.texts)?;
    let known =
        Known { themes: dressed.known, locales: dressed.theme.locales(), words: dressed.theme.words() };
    let (config, more) = read::config(&yaml, base_url, &known);
    loaded.diagnostics.extend(faults.into_iter().chain(more));
    if let Some(config) = &config {
        let rules = forbidden::Rules::of(config);
        loaded.diagnostics.extend(forbidden::site(&rules, config, text));
        // Of a theme's files these go out word by word.
        let themes = loaded.texts.all().filter(|(name, _)| {
            name.starts_with(source::THEMES) && (name.contains("/messages/") || name.contains("/slots/"))
        });
        let told: Vec<_> =
            themes.flat_map(|(name, text)| forbidden::file(&rules, config, name, text)).collect();
        loaded.diagnostics.extend(told);
    }
    Ok(config.map(|config| SiteHead { config, theme: dressed.theme, stamps: dressed.stamps }))
}

/// The locales of a site that does not say which it has: the first is unknown, so that every file with a
/// suffix is taken for a translation.
fn any_locale() -> Vec<String> {
    std::iter::once("").chain(languages::tags()).map(str::to_owned).collect()
}

/// The files of one entry: the original and its translations.
type Group = Vec<FoundFile>;

/// Files that lie in one folder and differ only in their locale belong together.
fn group(entries: Vec<FoundFile>, locales: &[String]) -> BTreeMap<String, Group> {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for found in entries {
        groups.entry(group_name(&found.name, locales)).or_default().push(found);
    }
    groups
}

/// What all files of one entry have in common.
fn group_name(file: &str, locales: &[String]) -> String {
    let name = file.strip_suffix(".md").unwrap_or(file);
    let stem = match name.rsplit_once('.') {
        Some((stem, suffix)) if locale_at(suffix, locales).is_some() => stem,
        _ => name,
    };
    // One editor writes が as one character, another as two.
    text::nfc(stem).into_owned()
}

fn locale_at(suffix: &str, locales: &[String]) -> Option<usize> {
    locales.iter().position(|l| l.eq_ignore_ascii_case(suffix))
}

/// A translation that says it is not for everybody yet: it is left out, and the original is shown.
fn held_back(document: &Document) -> Option<Diagnostic> {
    let front = &document.front;
    let holding = front.root.entries().iter().find(|entry| match entry.key.as_str() {
        "draft" => !matches!(entry.node.data, Data::Bool(false, _) | Data::Null),
        "publish_at" | "withdrawn" => true,
        _ => false,
    })?;
    let place = front.place(&holding.key_range);
    let message = format!("`{}` leaves this translation out: the original is shown", holding.key);
    Some(
        Diagnostic::warning("translation/held-back", place, message)
            .help("take the key out when it may be read"),
    )
}

/// The locale of a translation, by the name of its file.
fn translation(file: &FoundFile, locales: &[String]) -> Option<usize> {
    let (_, suffix) = file.stem.rsplit_once('.')?;
    locale_at(suffix, locales).filter(|at| *at > 0)
}

struct ReadEntry {
    entry: Option<Entry>,
    found: Vec<Diagnostic>,
    texts: Vec<(Arc<str>, Arc<str>)>,
}

/// One entry by itself.
#[derive(Debug)]
pub struct SingleEntry {
    /// The entry, where its files have no errors.
    pub entry: Option<Entry>,
    /// What is wrong with it, as far as it can be known without the others.
    pub found: Vec<Diagnostic>,
}

/// Reads one entry from the texts of its files, by their names.
#[must_use]
pub fn entry(files: &[(Arc<str>, Arc<str>)], config: &Config) -> SingleEntry {
    let group: Group = files.iter().filter_map(|(name, _)| FoundFile::named(name)).collect();
    let text = |found: &FoundFile| {
        let known = files.iter().find(|(name, _)| *name == found.name);
        Ok(Ok(known.map_or_else(|| Arc::from(""), |(_, text)| Arc::clone(text))))
    };
    // Nothing is read from a disk, so nothing fails.
    let rules = forbidden::Rules::of(config);
    let Ok(read) = read_group(&group, &config.locales, Some((config, &rules)), &text, &|| ()) else {
        return SingleEntry { entry: None, found: Vec::new() };
    };
    let is_sound = !Files::spoils(&read.found);
    SingleEntry { entry: read.entry.filter(|_| is_sound), found: read.found }
}

/// Reads the files of one entry. A panic is an error at the entry's own file.
fn read_group(
    group: &Group,
    locales: &[String],
    known: Option<(&Config, &forbidden::Rules)>,
    text_of: &(dyn Fn(&FoundFile) -> Reading + Sync),
    progress: &(dyn Fn() + Sync),
) -> Result<ReadEntry, ReadError> {
    let read = contain("reading it", || read_files(group, locales, known, text_of, progress));
    read.unwrap_or_else(|panicked| {
        let own = group.iter().find(|file| translation(file, locales).is_none()).or(group.first());
        let found = own.map(|file| bisect::diagnostic(&file.name, &panicked)).into_iter().collect();
        Ok(ReadEntry { entry: None, found, texts: Vec::new() })
    })
}

fn read_files(
    group: &Group,
    locales: &[String],
    known: Option<(&Config, &forbidden::Rules)>,
    text_of: &(dyn Fn(&FoundFile) -> Reading + Sync),
    progress: &(dyn Fn() + Sync),
) -> Result<ReadEntry, ReadError> {
    let mut read = ReadEntry { entry: None, found: Vec::new(), texts: Vec::new() };
    let none = Aliases::default();
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
        let document = document::parse(
            file,
            &text,
            locales,
            known.map_or(&none, |(config, _)| &config.words),
            &mut found,
        );
        if let Some(locale) = locale {
            // A fault that lies only in a translation: the original is shown instead.
            let spoiled = Files::spoils(&found);
            read.found.extend(found.into_iter().map(Diagnostic::softened));
            let held = document.as_ref().and_then(held_back);
            read.found.extend(held.iter().cloned());
            translations.extend(document.filter(|_| !spoiled && held.is_none()).map(|d| (locale, d)));
        } else {
            read.found.append(&mut found);
            if let Some(document) = document {
                if primary.is_some() {
                    let place = crate::diagnostic::Place::whole(&file.name);
                    let message = "this entry has two files in the first locale";
                    read.found.push(
                        Diagnostic::error("entry/duplicate-slug", place, message)
                            .help("keep the one without a suffix"),
                    );
                } else {
                    primary = Some(document);
                }
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
    // Only texts that a diagnostic points into are kept.
    read.texts.retain(|(name, _)| read.found.iter().any(|d| d.place.file == *name));
    Ok(read)
}

/// What must not go out in an entry.
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

/// A translation alone would not be published at all.
fn orphan(file: &FoundFile) -> Diagnostic {
    let place = crate::diagnostic::Place::whole(&file.name);
    let slug = file.stem.rsplit_once('.').map_or(&*file.stem, |(slug, _)| slug);
    Diagnostic::error("translation/orphan", place, "this translation has no original beside it")
        .help(format!("write `{slug}.md` in the first locale: it holds the facts"))
}

/// Reads the texts of files that only a rule over the whole found something in, so that it can be shown where.
pub fn fill_texts(root: &Path, loaded: &mut Loaded) {
    for diagnostic in loaded.diagnostics.sorted() {
        let name = &diagnostic.place.file;
        // What is wrong with a file as a whole shows no line of it.
        if diagnostic.place.range.is_none() || loaded.texts.contains(name) {
            continue;
        }
        let found = FoundFile {
            path: root.join(&**name),
            name: Arc::clone(name),
            folder: Folder::Pages,
            stem: String::new(),
            stamp: None,
        };
        if let Some(text) = source::read_anyhow(&found) {
            loaded.texts.insert(Arc::clone(name), text);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const SITE: &str =
        "title: {ja: a, en: b}\nurl: https://s.example/\ntimezone: Asia/Tokyo\nlocales: [ja, en]\n";
    const PAGE: &str = "---\ntitle: a\n---\nx\n";

    /// Code and whether it is an error, for a site of these pages.
    fn found(pages: &[(&str, &str)]) -> Vec<(&'static str, bool)> {
        let root = tempfile::tempdir().expect("a folder");
        let folder = root.path().join("content/pages");
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(root.path().join("content/site.yaml"), SITE).expect("a file");
        for (name, text) in pages {
            fs::write(folder.join(name), text).expect("a file");
        }
        let loaded = load(root.path(), None, &|| ()).expect("a readable folder");
        let error = crate::diagnostic::Severity::Error;
        loaded.diagnostics.sorted().iter().map(|d| (d.code, d.severity == error)).collect()
    }

    #[test]
    fn whatever_is_wrong_with_a_translation_is_a_warning() {
        for text in ["no front matter", "---\ntitle: a: b\n---\n", "---\ntitle: a\n---\n[a](none.md)\n"] {
            let faults = found(&[("a.md", PAGE), ("a.en.md", text)]);
            assert!(matches!(faults[..], [(_, false)]), "{text}: {faults:?}");
        }
    }

    #[test]
    fn a_site_is_read_as_it_would_be() {
        let root = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(root.path().join("content/pages")).expect("a folder");
        fs::write(root.path().join("content/site.yaml"), SITE).expect("a file");
        fs::write(root.path().join("content/pages/a.md"), "broken").expect("a file");
        let over = |list: &[(&str, Option<&str>)]| {
            let overlay = list.iter().map(|(name, text)| (Arc::from(*name), text.map(Arc::from))).collect();
            let loaded = load_over(root.path(), None, &overlay, &|| ()).expect("a readable folder");
            let codes: Vec<_> = loaded.diagnostics.sorted().iter().map(|d| d.code).collect();
            (loaded.model.map_or(0, |model| model.pages.len()), codes)
        };
        assert_eq!(over(&[]), (0, vec!["front-matter/missing"]));
        assert_eq!(over(&[("content/pages/a.md", Some(PAGE))]), (1, vec![]));
        assert_eq!(over(&[("content/pages/a.md", None), ("content/pages/b.md", Some(PAGE))]), (1, vec![]));
        let (_, codes) = over(&[("content/pages/a.md", None), ("content/site.yaml", Some("title: a\n"))]);
        assert!(codes.contains(&"entry/missing-key"), "{codes:?}");
    }

    #[test]
    fn a_logo_that_is_not_there_is_an_error() {
        let root = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(root.path().join("content/static")).expect("a folder");
        let site = format!("{SITE}logo: logo.svg\n");
        fs::write(root.path().join("content/site.yaml"), site).expect("a file");
        let codes = || {
            let loaded = load(root.path(), None, &|| ()).expect("a readable folder");
            loaded.diagnostics.sorted().iter().map(|d| d.code).collect::<Vec<_>>()
        };
        assert_eq!(codes(), ["link/missing-target"]);
        fs::write(root.path().join("content/static/logo.svg"), "<svg/>").expect("a file");
        assert_eq!(codes(), Vec::<&str>::new());
    }

    #[test]
    fn only_a_translation_without_an_original_is_an_orphan() {
        assert_eq!(found(&[("a.en.md", PAGE)]), [("translation/orphan", true)]);
        assert!(found(&[("a.en.md", "broken")]).contains(&("translation/orphan", true)));
        assert_eq!(found(&[("a.md", "broken"), ("a.en.md", PAGE)]), [("front-matter/missing", true)]);
        assert_eq!(found(&[("か\u{3099}.md", PAGE), ("が.en.md", PAGE)]), []);
    }
}
