//! What commands that write have in common: which file is meant, whether the result may stand, and the way of
//! new bytes into its place.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, IsTerminal as _, Read as _, Write as _};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustix::fs::{FlockOperation, flock};

use super::report::{self, Progress, fail};
use super::{Format, Outcome};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Severity};
use crate::document::{self, moment};
use crate::load::{self, Loaded, Overlay};
use crate::model::time::TimeFault;
use crate::model::{Config, Instant, Model, Zone};
use crate::privacy::{Leak, Search};
use crate::render::{self, RenderError};
use crate::site::Site;
use crate::source::{self, Folder, Found};
use crate::text;
use crate::timeline::Snapshot;
use crate::writing::{Frame, Raw, Refusal};

/// Where a site has its skeletons.
pub(super) const TEMPLATES: &str = "content/templates";

/// A site that is written into.
pub(super) struct Desk<'r> {
    pub(super) root: &'r Path,
    /// What is wrong with it before anything is written.
    pub(super) before: Diagnostics,
    pub(super) model: Model,
    /// The files of its entries.
    pub(super) files: Vec<Found>,
}

impl Desk<'_> {
    /// Reads a site. Entries may have faults; site.yaml may not.
    pub(super) fn open(root: &Path) -> Result<Desk<'_>, Outcome> {
        let progress = Progress::new();
        let mut loaded = report::load(root, None, &progress)?;
        let Some(model) = loaded.model.take() else {
            report::diagnostics(&loaded.diagnostics, &loaded.texts, Format::Human);
            return Err(Outcome::Content);
        };
        let listing = source::list(root).map_err(|error| disk(&error.to_string()))?;
        Ok(Desk { root, before: loaded.diagnostics, model, files: listing.entries })
    }

    pub(super) fn config(&self) -> &Config {
        &self.model.config
    }

    pub(super) fn zone(&self) -> Zone {
        self.model.config.zone
    }

    /// How its files are read.
    pub(super) fn frame(&self) -> Frame<'_> {
        (&self.model.config.locales, &self.model.config.words)
    }

    /// The first locale of the site.
    pub(super) fn first(&self) -> &str {
        self.model.config.locales.first().map_or("en", String::as_str)
    }

    /// The minute that counts as now.
    pub(super) fn now(&self, as_of: Option<&str>) -> Result<Instant, Outcome> {
        let now = report::as_of(as_of, &self.model)?;
        Ok(Instant(now.0.div_euclid(60) * 60))
    }

    /// A locale that somebody named; `None` for the first, which needs no name.
    pub(super) fn locale(&self, named: Option<&str>) -> Result<Option<&str>, Outcome> {
        let Some(named) = named else { return Ok(None) };
        let locales = &self.config().locales;
        let Some(at) = locales.iter().position(|known| known.eq_ignore_ascii_case(named)) else {
            let message = format!("the site has no locale `{named}`");
            return Err(fail(Outcome::Usage, &message, &format!("it has {}", text::one_of(locales))));
        };
        Ok(locales.get(at).map(String::as_str).filter(|_| at > 0))
    }

    /// The slug of a file, and whether it is a translation.
    pub(super) fn slug<'f>(&self, file: &'f Found) -> (&'f str, bool) {
        match file.stem.rsplit_once('.') {
            Some((slug, suffix)) if self.config().locales.iter().any(|l| l.eq_ignore_ascii_case(suffix)) => {
                (slug, true)
            }
            _ => (&file.stem, false),
        }
    }

    /// The entry's own file, by slug or path; a translation stands for its original.
    pub(super) fn entry(&self, typed: &str) -> Result<&Found, Outcome> {
        let mut names = vec![text::nfc(typed.trim_start_matches("./")).into_owned()];
        let absolute = |path: &Path| path.canonicalize().ok();
        if let (Some(root), Some(file)) = (absolute(self.root), absolute(Path::new(typed)))
            && let Some(inner) = file.strip_prefix(root).ok().and_then(Path::to_str)
        {
            names.push(text::nfc(inner).into_owned());
        }
        let originals = || self.files.iter().filter(|file| !self.slug(file).1);
        let found: Vec<&Found> =
            originals().filter(|file| names.iter().any(|name| self.is_called(file, name))).collect();
        match found[..] {
            [only] => Ok(only),
            [] => {
                let stem = typed.rsplit('/').next().unwrap_or(typed).trim_end_matches(".md");
                let near = text::nearest(stem, originals().map(|file| self.slug(file).0));
                let help = match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "name it by its slug or its file (`content/…`)".to_owned(),
                };
                Err(fail(Outcome::Usage, &format!("no entry is called `{typed}`"), &help))
            }
            _ => {
                let names: Vec<&str> = found.iter().map(|file| &*file.name).collect();
                let message = format!("several entries are called `{typed}`");
                Err(fail(Outcome::Usage, &message, &format!("write {}", text::one_of(&names))))
            }
        }
    }

    fn is_called(&self, file: &Found, name: &str) -> bool {
        let (slug, _) = self.slug(file);
        let whole = text::nfc(&file.name).into_owned();
        let inside = whole.strip_prefix("content/").unwrap_or(&whole);
        let stem = |path: &str| {
            let path = path.strip_suffix(".md").unwrap_or(path);
            match path.rsplit_once('.') {
                Some((stem, suffix))
                    if self.config().locales.iter().any(|l| l.eq_ignore_ascii_case(suffix)) =>
                {
                    stem.to_owned()
                }
                _ => path.to_owned(),
            }
        };
        let folder = inside.split('/').next().unwrap_or("");
        let slug = text::nfc(slug);
        text::fold(&slug) == text::fold(name)
            || stem(&whole) == stem(name)
            || stem(inside) == stem(name)
            || format!("{folder}/{slug}") == name
    }

    /// The file of a translation beside an entry's own.
    pub(super) fn translation(&self, entry: &Found, locale: &str) -> Found {
        let name = entry.name.strip_suffix(".md").unwrap_or(&entry.name);
        let known = self.files.iter().find(|file| {
            text::nfc(&file.name).eq_ignore_ascii_case(&text::nfc(&format!("{name}.{locale}.md")))
        });
        known.cloned().unwrap_or_else(|| Found {
            path: self.root.join(format!("{name}.{locale}.md")),
            name: format!("{name}.{locale}.md").into(),
            stem: format!("{}.{locale}", entry.stem),
            ..entry.clone()
        })
    }

    /// The site as it would be with this file; refused, and said why, where that entry has an error then, or
    /// anything has one that it has not now. Otherwise what is to be said of the entry.
    ///
    /// The one gate of all commands that write: what else is to keep words from being written belongs here.
    pub(super) fn judge(
        &self,
        name: &Arc<str>,
        text: &Arc<str>,
        as_of: Instant,
    ) -> Result<(Loaded, Diagnostics), Outcome> {
        let overlay: Overlay = [(Arc::clone(name), Some(Arc::clone(text)))].into();
        let mut loaded =
            load::load_over(self.root, None, &overlay, &|| ()).map_err(|error| disk(&error.to_string()))?;
        // Faults of a translation are softened where a site is built; here they are somebody's slip.
        let mut strict = Vec::new();
        if let Some(file) = Found::named(name) {
            let _ = document::parse(&file, text, self.frame().0, self.frame().1, &mut strict);
        }
        let known = counted(self.before.sorted());
        let mut left = known.clone();
        let is_new = |d: &Diagnostic| {
            left.get_mut(&key(d)).is_none_or(|count| {
                *count -= 1;
                *count < 0
            })
        };
        let (mut refused, mut told) = (Diagnostics::default(), Diagnostics::default());
        let entry = self.stem(name);
        let mut is_new = is_new;
        for diagnostic in loaded.diagnostics.sorted() {
            let ours = self.stem(&diagnostic.place.file) == entry;
            let new = is_new(diagnostic);
            if diagnostic.severity == Severity::Error && (ours || new) {
                refused.push(diagnostic.clone());
            } else if ours {
                told.push(diagnostic.clone());
            }
        }
        if !refused.has_errors() {
            refused.extend(strict.into_iter().filter(|d| d.severity == Severity::Error));
        }
        if !loaded.diagnostics.has_errors() {
            refused.extend(self.leak(&loaded, as_of, &entry)?);
        }
        if refused.has_errors() {
            loaded.texts.insert(Arc::clone(name), Arc::clone(text));
            report::diagnostics(&refused, &loaded.texts, Format::Human);
            report::say(&format!("nothing was written: `{name}` would have these faults"));
            return Err(Outcome::Content);
        }
        Ok((loaded, told))
    }

    /// A private text that would be published: one of this entry, or one that is not published now.
    fn leak(&self, loaded: &Loaded, as_of: Instant, entry: &str) -> Result<Option<Diagnostic>, Outcome> {
        let Some(model) = &loaded.model else { return Ok(None) };
        let Some(leak) = first_leak(model, loaded, as_of)? else { return Ok(None) };
        let is_ours = self.stem(&leak.owner) == entry;
        let before = if is_ours { None } else { first_leak(&self.model, loaded, as_of)? };
        Ok(before.is_none_or(|known| known.owner != leak.owner).then(|| leak.diagnostic()))
    }

    /// What all files of one entry have in common.
    fn stem(&self, name: &str) -> String {
        let path = name.strip_suffix(".md").unwrap_or(name);
        match path.rsplit_once('.') {
            Some((stem, suffix)) if self.config().locales.iter().any(|l| l.eq_ignore_ascii_case(suffix)) => {
                text::nfc(stem).into_owned()
            }
            _ => text::nfc(path).into_owned(),
        }
    }

    /// A time as it was typed; without a date, as `near` says.
    pub(super) fn time(&self, option: &str, typed: &str, near: Near) -> Result<Instant, Outcome> {
        let zone = self.zone();
        let read = match moment::parse(typed) {
            Some(moment::Written { date: None, clock: Some(clock), offset: None }) => match near {
                Near::Today(now) => zone.same_day(clock, now),
                Near::Next(from) => zone.next_clock(clock, from),
                Near::Last(until) => zone.last_clock(clock, until),
            },
            Some(written) => zone.resolve(&written),
            None => Err(TimeFault::Form),
        };
        read.map_err(|fault| {
            let (_, message, help) = fault.describe(typed);
            fail(Outcome::Usage, &format!("{option}: {message}"), &help)
        })
    }
}

/// The first private text that a site would publish.
fn first_leak(model: &Model, loaded: &Loaded, as_of: Instant) -> Result<Option<Leak>, Outcome> {
    let fault = |message: &str| fail(Outcome::Environment, message, "");
    let site = Site::new(Snapshot::at(model, as_of)).map_err(|error| fault(&error.to_string()))?;
    let search = Search::new(&site).map_err(|error| fault(&error))?;
    let rendered =
        render::each(&site, &loaded.assets, |file| search.inspect(&file.path, &file.bytes).map(drop));
    match rendered {
        Ok(_) => Ok(None),
        Err(RenderError::Read(error)) => Err(disk(&error.to_string())),
        Err(RenderError::Refused(leak)) => Ok(Some(leak)),
    }
}

/// Which day a time of day belongs to.
#[derive(Clone, Copy)]
pub(super) enum Near {
    /// That of now.
    Today(Instant),
    /// The first at or after an instant.
    Next(Instant),
    /// The last at or before an instant.
    Last(Instant),
}

type Key = (Arc<str>, &'static str, String);

fn key(diagnostic: &Diagnostic) -> Key {
    (Arc::clone(&diagnostic.place.file), diagnostic.code, diagnostic.message.clone())
}

fn counted(list: Vec<&Diagnostic>) -> HashMap<Key, i64> {
    let mut counts = HashMap::new();
    for diagnostic in list {
        *counts.entry(key(diagnostic)).or_default() += 1;
    }
    counts
}

/// Whether questions can be asked, and are seen.
pub(super) fn is_terminal() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// The words that were given: those of the option, or what comes in.
pub(super) fn message(given: Option<&str>) -> Result<Option<String>, Outcome> {
    if given != Some("-") {
        return Ok(given.map(str::to_owned));
    }
    let mut bytes = Vec::new();
    let read = io::stdin().lock().take(source::MAX_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|error| disk(&format!("cannot read the standard input: {error}")))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| fail(Outcome::Usage, "the words are not UTF-8", "save them as UTF-8 text"))?;
    Ok(Some(text))
}

/// A refusal that is nobody's fault but the content's.
pub(super) fn refuse(refusal: &Refusal) -> Outcome {
    fail(Outcome::Content, &refusal.message, &format!("{}; nothing was written", refusal.help))
}

/// An option that nobody can leave out where no questions are asked.
pub(super) fn missing(options: &[&str]) -> Outcome {
    let message = format!("{} is missing", text::one_of(options).replace(" or ", " and "));
    let message = if options.len() > 1 { message.replace(" is missing", " are missing") } else { message };
    fail(Outcome::Usage, &message, "on a terminal the command asks for it; in a script it must be given")
}

/// A value that goes into one line of a file.
pub(super) fn one_line(option: &str, value: &str) -> Result<String, Outcome> {
    let value = value.trim();
    if value.is_empty() || value.contains(char::is_control) || value.contains(['\u{2028}', '\u{2029}']) {
        let message = format!("the value of {option} is empty or has more than one line");
        return Err(fail(Outcome::Usage, &message, "write it on one line"));
    }
    Ok(value.to_owned())
}

/// `key=value`.
pub(super) fn pair(option: &str, typed: &str) -> Result<(String, String), Outcome> {
    let (key, value) = typed.split_once('=').unwrap_or((typed, ""));
    let key = one_line(option, key)?;
    if value.trim().is_empty() {
        let message = format!("`{typed}` has no value");
        return Err(fail(Outcome::Usage, &message, &format!("write {option} key=value")));
    }
    Ok((key, one_line(option, value)?))
}

pub(super) fn disk(message: &str) -> Outcome {
    fail(Outcome::Environment, message, "look at the rights of the folder and at the disk")
}

/// The bytes of an entry's file.
pub(super) fn read(file: &Found) -> Result<Raw, Outcome> {
    let fault = |error: &io::Error| disk(&format!("cannot read {}: {error}", file.path.display()));
    let found = file.path.symlink_metadata().map_err(|error| fault(&error))?;
    if !found.is_file() {
        let message = format!("`{}` is no plain file", file.name);
        return Err(fail(Outcome::Content, &message, "a link is not followed: put the file itself there"));
    }
    let bytes = fs::read(&file.path).map_err(|error| fault(&error))?;
    Raw::of(&file.name, bytes).map_err(|diagnostic| {
        let place = Place::whole(&file.name);
        let mut found = Diagnostics::default();
        found.push(Diagnostic { place, ..diagnostic });
        report::diagnostics(&found, &crate::diagnostic::Texts::default(), Format::Human);
        Outcome::Content
    })
}

/// Writes a file that must not be there yet.
pub(super) fn create(path: &Path, text: &str) -> Result<(), Outcome> {
    let fault = |error: &io::Error| disk(&format!("cannot write {}: {error}", path.display()));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| fault(&error))?;
    }
    let write = |mut file: File| file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    let file = OpenOptions::new().write(true).create_new(true).open(path).map_err(|error| fault(&error))?;
    write(file).map_err(|error| {
        let _ = fs::remove_file(path);
        fault(&error)
    })
}

/// Puts new bytes in the place of those that were read, all at once: whoever reads sees the one or the other.
/// Where the file is no longer what was read, somebody else's words would be lost, and it is left alone.
pub(super) fn replace(path: &Path, before: &[u8], after: &[u8]) -> Result<(), Outcome> {
    match try_replace(path, before, after) {
        Ok(true) => Ok(()),
        Ok(false) => {
            let message = format!("`{}` has changed in the meantime", path.display());
            Err(fail(Outcome::Content, &message, "look at it and try again; nothing was written"))
        }
        Err(error) => Err(disk(&format!("cannot write {}: {error}", path.display()))),
    }
}

fn try_replace(path: &Path, before: &[u8], after: &[u8]) -> io::Result<bool> {
    let old = File::open(path)?;
    // Two of us write one after the other, and the second sees that the bytes are others.
    flock(&old, FlockOperation::LockExclusive)?;
    let found = old.metadata()?;
    let temporary = Temporary::beside(path)?;
    let mut new = OpenOptions::new().write(true).create_new(true).open(&temporary.0)?;
    new.set_permissions(fs::Permissions::from_mode(found.mode() & 0o7777))?;
    // Whose file it is stays so where we may say it; else it is ours.
    let _ = std::os::unix::fs::fchown(&new, Some(found.uid()), Some(found.gid()));
    new.write_all(after)?;
    new.sync_all()?;
    if !path.symlink_metadata()?.is_file() || fs::read(path)? != before {
        return Ok(false);
    }
    fs::rename(&temporary.0, path)?;
    if let Some(folder) =
        path.parent().map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder })
    {
        // The new name is there already; only a power cut could take it back.
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
    Ok(true)
}

/// A file beside another, under a name that nobody reads; gone when it is dropped.
struct Temporary(PathBuf);

impl Temporary {
    fn beside(path: &Path) -> io::Result<Temporary> {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = name.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(Temporary(path.with_file_name(format!(".{name}.{}.noroshi", std::process::id()))))
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// Shows what was written: the path for programs, the lines for people.
pub(super) fn show(path: &Path, lines: &str, told: &Diagnostics, loaded: &Loaded) {
    for line in lines.lines() {
        report::say(&format!("+ {line}"));
    }
    report::diagnostics(told, &loaded.texts, Format::Human);
    report::print(&path.display().to_string());
}

/// What a folder holds, in a word.
pub(super) fn entry_word(folder: Folder) -> &'static str {
    match folder {
        Folder::Incidents => "incident",
        Folder::Maintenance => "maintenance",
        Folder::Notices => "notice",
        Folder::Faq => "question",
        Folder::Pages | Folder::Config => "page",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_somebody_else_changed_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.md");
        fs::write(&path, "theirs").expect("a file");
        assert!(matches!(try_replace(&path, b"before", b"after"), Ok(false)));
        assert_eq!(fs::read(&path).expect("a file"), b"theirs");
        assert!(matches!(try_replace(&path, b"theirs", b"after"), Ok(true)));
        assert_eq!(fs::read(&path).expect("a file"), b"after");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing is left over");
        let link = folder.path().join("b.md");
        std::os::unix::fs::symlink(&path, &link).expect("a link");
        assert!(matches!(try_replace(&link, b"after", b"x"), Ok(false)), "a link is not followed");
        assert_eq!(fs::read(&path).expect("a file"), b"after");
    }
}
