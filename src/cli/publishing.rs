//! The publication that `build` and `watch` share: renders a site, searches it for private text and
//! writes it.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io;
use std::path::Path;

use super::console;
use super::console::{Progress, Work};
use super::error::Error;
use super::events::{self, AlreadyPublished, PendingEvents};
use super::site;
use crate::address::{Form, Forms};
use crate::cache::{self, Cache};
use crate::check::renames::{Finding, LastPublished};
use crate::check::{self, renames};
use crate::diagnostic::{Diagnostic, Place};
use crate::digest::Digest;
use crate::leak_scan::{Found, Leak, Search};
use crate::locale::LocaleError;
use crate::message::{Message, message};
use crate::model::{Config, Instant, Model};
use crate::panics::{Panicked, contain};
use crate::publish::{
    self, Entry, File, Known, Listed, Manifest, Options, Publication, Rank, Report, StageError, Staged, Stamp,
};
use crate::render::{self, RenderError};
use crate::site::Site;
use crate::site::known_entries;
use crate::source::{Asset, ReadError};
use crate::timeline::Snapshot;

/// The reason that nothing was published.
pub(super) enum Failure {
    Locale(LocaleError),
    /// There are too many private texts to search for.
    Search(Message),
    /// A static file cannot be read.
    Read(ReadError),
    Leak(Leak),
    /// The output folder cannot be written.
    Publish(publish::Error),
    Events(io::Error),
    /// The new site conflicts with the published one.
    Moved(Vec<Finding>),
    /// A file cannot have its path: the path and the reason.
    Address(String, Message),
    Panicked(Panicked),
}

impl<E: Into<Failure>> From<RenderError<E>> for Failure {
    fn from(error: RenderError<E>) -> Failure {
        match error {
            RenderError::Read(error) => Failure::Read(error),
            RenderError::Address(path, why) => Failure::Address(path, why),
            RenderError::Panicked(panicked) => Failure::Panicked(panicked),
            RenderError::Refused(refused) => refused.into(),
        }
    }
}

impl From<Leak> for Failure {
    fn from(leak: Leak) -> Failure {
        Failure::Leak(leak)
    }
}

impl From<StageError<Leak>> for Failure {
    fn from(error: StageError<Leak>) -> Failure {
        match error {
            StageError::Publish(error) => Failure::Publish(error),
            StageError::Inspect(leak) => Failure::Leak(leak),
        }
    }
}

pub(super) struct Target<'a> {
    pub(super) out: &'a Path,
    pub(super) force: bool,
    /// Whether this process just checked that every file of the last manifest exists.
    pub(super) is_watched: bool,
    /// The last manifest, if this process has read it already.
    pub(super) known: Option<&'a Known>,
    /// The manifest of `--previous`, for an output folder without one.
    pub(super) previous: Option<&'a Manifest>,
    /// Entries of the last manifest that no longer exist and stay listed.
    pub(super) missed: BTreeMap<String, Listed>,
    /// The output of events that are published for the first time.
    pub(super) events: Option<&'a events::Target>,
}

pub(super) struct Published {
    pub(super) report: Report,
    /// Warnings for the team.
    pub(super) found: Vec<Diagnostic>,
}

impl Failure {
    /// The message and the help.
    pub(super) fn words(&self) -> (Message, Message) {
        match self {
            Failure::Locale(error) => (error.message(), Message::default()),
            Failure::Search(error) => (error.clone(), Message::default()),
            Failure::Read(error) => {
                (error.message(), message!("cli-publishing-unread-help", "check the file and the disk"))
            }
            Failure::Leak(leak) => (leak.diagnostic().message, Message::default()),
            Failure::Publish(error) => (error.message(), error.help().clone()),
            Failure::Moved(moved) => {
                (moved.first().map(finding_line).unwrap_or_default(), Message::default())
            }
            Failure::Address(path, why) => (
                message!("cli-publishing-address", "cannot publish the address `/{path}`: {why}", path, why),
                message!("cli-publishing-address-help", "rename the file or entry that has it"),
            ),
            Failure::Panicked(panicked) => (
                panicked.message(),
                message!("cli-publishing-bug", "this is a bug in noroshi: please report it with the site"),
            ),
            Failure::Events(error) => (
                message!("cli-publishing-events", "cannot write the new events: {error}", error),
                message!(
                    "cli-publishing-events-help",
                    "check the disk; the next build delivers these events"
                ),
            ),
        }
    }

    /// The diagnostics of the content that this failure stands for, or else the error that ends the
    /// run. Removes entries that cause a panic from the model.
    pub(super) fn found(
        self,
        model: &mut Model,
        assets: &[Asset],
        as_of: Instant,
    ) -> Result<Vec<Diagnostic>, Error> {
        match self {
            Failure::Leak(leak) => Ok(vec![leak.diagnostic()]),
            Failure::Moved(moved) => Ok(moved.into_iter().map(|moved| moved.found).collect()),
            Failure::Address(path, why) => Ok(vec![check::unpublishable(model, assets, &path, &why)]),
            Failure::Panicked(panicked) => site::blamed(model, as_of, &panicked),
            failure => Err(failure.error()),
        }
    }

    pub(super) fn error(&self) -> Error {
        let (message, help) = self.words();
        match self {
            Failure::Publish(error) if error.kind() == publish::Kind::Address => {
                Error::content(message, help)
            }
            Failure::Leak(_) | Failure::Moved(_) | Failure::Address(..) => Error::content(message, help),
            _ => Error::environment(message, help),
        }
    }
}

/// A finding in one line: file, message and help.
pub(super) fn finding_line(moved: &Finding) -> Message {
    let Diagnostic { place, message, help, .. } = &moved.found;
    let line = message!("cli-publishing-at", "{file}: {message}", file = place.file, message);
    match help {
        Some(help) => message!("cli-publishing-finding", "{line}; {help}", line, help),
        None => line,
    }
}

pub(super) fn site(model: &Model, as_of: Instant) -> Result<Site<'_>, Failure> {
    Site::new(Snapshot::at(model, as_of)).map_err(Failure::Locale)
}

/// Publishes a site. Reuses pages from `cache` and updates it.
pub(super) fn publish(
    site: &Site<'_>,
    assets: &[Asset],
    target: &Target<'_>,
    cache: &mut Option<Cache>,
    root: &Path,
    progress: &Progress,
) -> Result<Published, Failure> {
    let spare = cache::path_for(root, "published", target.out, "json").ok();
    let options = Options { force: target.force, known: target.known, spare: spare.as_deref() };
    let mut publication = Publication::open(target.out, options).map_err(Failure::Publish)?;
    if let Some(recovery) = publication.recovery() {
        progress.clear();
        console::say(message!("cli-publishing-warning", "warning: {line}", line = recovery.line));
    }
    if target.is_watched {
        publication.trust();
    }
    // In an empty folder, as in CI, `--previous` names the last manifest.
    let last = publication.previous().or(target.previous);
    let entries = known_entries::of(&site.now);
    if let Some(last) = last {
        let mut last = LastPublished::of(last);
        last.entries.retain(|key, _| !target.missed.contains_key(key));
        let moved = renames::check(site.now.model, &entries, &last);
        if !moved.is_empty() {
            return Err(Failure::Moved(moved));
        }
    }
    let search = Search::new(site).map_err(Failure::Search)?;
    // The manifest contains text that people wrote, so it is searched too.
    let keys: Vec<&str> = entries.keys().map(String::as_str).collect();
    search.inspect("manifest.json", keys.join("\n").as_bytes()).map_err(Failure::Leak)?;
    let rules = search.digest();
    let known = match cache.take().filter(|cache| cache.holds(rules)) {
        Some(cache) => cache,
        None => Cache::read(root, rules),
    };
    let known = cache.insert(known);
    progress.restart();
    let stage = Stage { publication: &publication, search: &search, cache: known, progress };
    let rendered = render::each_to(site, assets, &stage);
    progress.clear();
    let rendered = rendered?;
    let paths = rendered.iter().map(|(staged, _)| staged.path()).collect();
    let mut found = check::slips(&site.now, site.now.effective, false);
    found.extend(lost_addresses(last, &paths));
    let sizes = rendered.iter().map(|(staged, _)| (staged.path(), staged.entry().size));
    found.extend(check::publication(site, sizes));
    let made = rendered.iter().filter_map(|(staged, inputs)| Some(((*inputs)?, staged.entry().clone())));
    let made: Vec<(Digest, Entry)> = made.collect();
    let staged = rendered.into_iter().map(|(staged, _)| staged).collect();
    let form = site.now.model.config.addresses.now;
    let stamp = Stamp {
        generator: concat!("noroshi ", env!("CARGO_PKG_VERSION")).into(),
        effective: site.now.effective.iso(),
        next_change: site.now.next_change.map(Instant::iso),
        announced: events::recent_ids(site),
        timezone: site.now.zone().name().to_owned(),
        addresses: Some(form).filter(|form| *form != Form::default()).map(|form| form.word().to_owned()),
        entries: renames::listed(&entries).into_iter().chain(target.missed.clone()).collect(),
    };
    let failed = |error| Failure::Events(error);
    let waiting = target.events.map(|_| {
        let past = AlreadyPublished {
            published: publication.previous(),
            named: target.previous,
            announced_until: publication
                .recovery()
                .and_then(|recovery| recovery.announced_until)
                .map(Instant),
        };
        PendingEvents::write(root, target.out, site, &past)
    });
    let waiting = waiting.transpose().map_err(failed)?;
    if let Some(waiting) = &waiting {
        search.inspect("events.jsonl", waiting.text().as_bytes()).map_err(Failure::Leak)?;
    }
    let report = publication.commit(staged, &stamp).map_err(Failure::Publish)?;
    if let (Some(waiting), Some(to)) = (waiting, target.events) {
        waiting.hand_on(to).map_err(failed)?;
    }
    known.remember(made);
    Ok(Published { report, found })
}

/// Runs a publication. After a panic the published site stays intact, as after any other failure.
pub(super) fn contained<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    let step = message!("cli-publishing-step", "publishing the site");
    contain(step, work).unwrap_or_else(|panicked| Err(Failure::Panicked(panicked)))
}

/// The line `built 124 files in 38 ms: 12 written, 112 unchanged, 0 removed`.
pub(super) fn line(report: &Report, progress: &Progress) -> Message {
    let Report { files, written, unchanged, removed } = *report;
    message!(
        "cli-publishing-built",
        "built {files} files in {time} ms: {written} written, {unchanged} unchanged, {removed} removed",
        files,
        time = progress.elapsed().as_millis().to_string(),
        written,
        unchanged,
        removed
    )
}

/// Stages every file, after a search for private text.
struct Stage<'a> {
    publication: &'a Publication,
    search: &'a Search<'a>,
    cache: &'a Cache,
    progress: &'a Progress,
}

impl render::Take for Stage<'_> {
    type Done = (Staged, Option<Digest>);
    type Error = StageError<Leak>;

    fn keep(&self, path: &str, rank: Rank, inputs: Digest) -> Result<Option<Self::Done>, Self::Error> {
        let Some(entry) = self.cache.find(inputs) else { return Ok(None) };
        let kept = self.publication.keep(path, rank, entry)?;
        if kept.is_some() {
            self.progress.step(Work::Write);
        }
        Ok(kept.map(|staged| (staged, Some(inputs))))
    }

    fn is(&self, (kept, _): &Self::Done, file: &File) -> bool {
        *kept.entry() == Entry::of(&file.bytes)
    }

    fn take(&self, file: File, inputs: Option<Digest>) -> Result<Self::Done, Self::Error> {
        self.progress.step(Work::Write);
        let mut found = Found::Nothing;
        let staged = self.publication.stage(&file, |file| {
            found = self.search.inspect(&file.path, &file.bytes)?;
            Ok(())
        })?;
        // A finding depends on other files too, so such a page is searched in every build.
        Ok((staged, inputs.filter(|_| found == Found::Nothing)))
    }
}

/// Whether a folder is a month of the history, as `history/2026/11`, in any language.
fn is_month(folder: &str) -> bool {
    let mut parts = folder.rsplit('/');
    let mut number = || parts.next().is_some_and(|p| p.bytes().all(|b| b.is_ascii_digit()));
    number() && number() && parts.next() == Some("history")
}

/// Warnings for published addresses that no longer exist, because readers may have links to them.
pub(super) fn lost_addresses(previous: Option<&Manifest>, paths: &HashSet<&str>) -> Vec<Diagnostic> {
    let Some(previous) = previous else { return Vec::new() };
    let form = previous.addresses.as_deref().and_then(Form::from_word).unwrap_or_default();
    let forms = Forms { now: form, leads_on: false };
    let is_page = |path: &str| match form {
        Form::Folders => path.ends_with("/index.html"),
        Form::Files => forms.folder(path) != path && path != "404.html",
    };
    let lost = previous.files.keys().map(String::as_str);
    let lost = lost.filter(|path| is_page(path) && !paths.contains(path));
    // One page may have had two addresses. A month without entries and the theme's own files need no warning.
    let folders: BTreeSet<&str> =
        lost.map(|path| forms.folder(path)).filter(|folder| !is_month(folder)).collect();
    let warnings = folders.into_iter().map(|folder| {
        let folder = format!("{folder}/");
        let message = message!(
            "cli-publishing-lost-address",
            "`/{page}` no longer exists, but an earlier build published a page there",
            page = form.page(&folder)
        );
        let help = message!(
            "cli-publishing-lost-address-help",
            "give the entry that replaces it `aliases: [/{folder}]`, or keep the entry and set `withdrawn`",
            folder
        );
        Diagnostic::warning("publish/lost-address", Place::whole(&Config::file()), message).help(help)
    });
    warnings.collect()
}
