//! `build --events`: what this build is the first to publish, one JSON object a line, for scripts.
//!
//! The lines are written aside before the site is published and handed on afterwards, so that a run that
//! ends in between loses none of them: the next one finds them, and hands them on with its own.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::error::Error;
use super::{console, folders};
use crate::atomic::{self, Batch, Overwrite};
use crate::cache;
use crate::file;
use crate::limits::CACHE_BYTES;
use crate::model::Instant;
use crate::publish::Manifest;
use crate::site::feed_items::{FeedItem, RECENT};
use crate::site::{Linker, Site, Subject};

#[derive(Serialize)]
struct Event {
    id: String,
    kind: &'static str,
    entry: String,
    occurrence: Option<String>,
    file: String,
    status: &'static str,
    time: String,
    locale: String,
    title: String,
    url: String,
    /// In the other languages that the entry is written in.
    translations: Vec<Translation>,
    components: Vec<String>,
    /// Every feed that holds it.
    feeds: Vec<String>,
    hub: Option<String>,
}

#[derive(Serialize)]
struct Translation {
    locale: String,
    title: String,
    url: String,
}

/// Where lines go.
#[derive(Debug)]
pub(super) enum Target {
    /// A file, which is replaced whole.
    File(PathBuf),
    /// Something that is open already: the standard output, a pipe, a device.
    Stream(Option<PathBuf>),
}

impl Target {
    /// What was typed; `-` is the standard output.
    ///
    /// # Errors
    /// Why nothing may be written there.
    pub(super) fn of(typed: &Path, root: &Path, out: &Path) -> Result<Target, Error> {
        if typed == Path::new("-") {
            return Ok(Target::Stream(None));
        }
        let found = match fs::metadata(typed) {
            Ok(found) if found.is_dir() => return Err(refused(typed, "is a folder")),
            Ok(found) if !found.is_file() => return Ok(Target::Stream(Some(typed.to_owned()))),
            Ok(_) => typed.canonicalize().unwrap_or_else(|_| typed.to_owned()),
            Err(_) => typed.to_owned(),
        };
        let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let inside = folders::overlaps_sources(root, &found)
            || folders::overlaps(out, &found)
            || absolute(&found).starts_with(absolute(out));
        if inside {
            return Err(refused(typed, "lies in the content or in the published site"));
        }
        // Known before anything is published.
        if typed.parent().is_some_and(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
            let message = format!("cannot write `{}`: its folder is not there", typed.display());
            return Err(Error::environment(message, "make the folder first"));
        }
        Ok(Target::File(found))
    }
}

fn refused(typed: &Path, why: &str) -> Error {
    let help = "name a file elsewhere, or `-` for the standard output";
    Error::usage(format!("`{}` {why}", typed.display()), help)
}

/// What was published, and told, before.
pub(super) struct AlreadyPublished<'a> {
    /// The manifest in the folder.
    pub(super) published: Option<&'a Manifest>,
    /// One that somebody named, for a folder that has none.
    pub(super) named: Option<&'a Manifest>,
    /// Where the manifest is lost, and with it what was told: until when all was told.
    pub(super) told_until: Option<Instant>,
}

impl AlreadyPublished<'_> {
    /// What the last manifest does not know, the earliest first. Older things than a manifest lists are no news.
    fn fresh<'s, 'm>(&self, site: &'s Site<'m>) -> Vec<&'s FeedItem<'m>> {
        let lost = self.told_until.filter(|_| self.named.is_none());
        let manifest = match self.told_until {
            Some(_) => self.named,
            None => self.published.or(self.named),
        };
        let known: Option<HashSet<String>> =
            manifest.and_then(|m| m.told.clone()).map(|told| told.into_iter().collect());
        let built = lost.or_else(|| Instant::parse_iso(&manifest?.effective));
        let is_fresh = |news: &&FeedItem<'_>| match (&known, built) {
            (Some(known), Some(built)) => news.at.0 >= built.0 - RECENT && !known.contains(&news.key()),
            // Lost, or written by a version that did not list them.
            (_, Some(built)) => news.at > built,
            (_, None) => true,
        };
        site.recent_news().iter().rev().filter(is_fresh).collect()
    }

    /// Which lines that an interrupted run left were published by it. Where that is not known any more, those
    /// that are published now: no run has handed them on.
    fn published(&self, site: &Site<'_>) -> Vec<String> {
        match self.told_until {
            Some(_) => told(site),
            None => self.published.and_then(|m| m.told.clone()).unwrap_or_default(),
        }
    }
}

/// Lines that wait until the site is published.
pub(super) struct PendingEvents {
    aside: PathBuf,
    text: String,
}

impl PendingEvents {
    /// Writes aside what is new, after what an interrupted run left for the same folder, whatever the name of
    /// its file was. The lines survive a power cut before the manifest that lists them as told does.
    pub(super) fn write(
        root: &Path,
        out: &Path,
        site: &Site<'_>,
        past: &AlreadyPublished<'_>,
    ) -> io::Result<PendingEvents> {
        let aside = cache::path_for(root, "events", out, "jsonl")?;
        let left = match file::read(&aside, CACHE_BYTES) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error),
        };
        let published = past.published(site);
        let is_whole = |line: &&str| serde_json::from_str::<serde_json::Value>(line).is_ok();
        let id_in = |line: &str| published.iter().find(|id| line.contains(id.as_str())).cloned();
        let left: Vec<(String, &str)> =
            left.lines().filter(is_whole).filter_map(|line| Some((id_in(line)?, line))).collect();
        let mut lines: Vec<String> = left.iter().map(|(_, line)| (*line).to_owned()).collect();
        let fresh = past.fresh(site);
        let is_left = |news: &FeedItem<'_>| left.iter().any(|(id, _)| *id == news.key());
        lines.extend(fresh.into_iter().filter(|news| !is_left(news)).map(|news| line(site, news)));
        if let Some(until) = past.told_until.filter(|_| past.named.is_none()) {
            console::say(&format!(
                "warning: what was announced until {} is lost with the manifest: events tell what is newer; \
                 name an older manifest with `--previous` to tell what it does not list",
                until.iso()
            ));
        }
        let mut text = lines.join("\n");
        if !text.is_empty() {
            text.push('\n');
        }
        // Nothing is lost with an empty file.
        put(&aside, &text)?;
        Ok(PendingEvents { aside, text })
    }

    /// The lines, for the search for private text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The site is published: the lines go where they were asked for.
    pub(super) fn hand_on(self, target: &Target) -> io::Result<()> {
        match target {
            Target::Stream(None) => io::stdout().write_all(self.text.as_bytes())?,
            Target::Stream(Some(path)) => {
                fs::OpenOptions::new().write(true).open(path)?.write_all(self.text.as_bytes())?;
            }
            Target::File(file) => put(file, &self.text)?,
        }
        fs::remove_file(&self.aside)?;
        // Who reads them now must not get them again after a power cut.
        if self.text.is_empty() { Ok(()) } else { atomic::sync_folder(&atomic::folder_of(&self.aside)) }
    }
}

/// Writes lines whole. Where there are none, a power cut may take the file: it says nothing.
fn put(file: &Path, text: &str) -> io::Result<()> {
    let mut batch =
        if text.is_empty() { Batch::unsynced(Overwrite::File) } else { Batch::new(Overwrite::File) };
    batch.add(file, text.as_bytes()).and_then(|()| batch.commit()).map_err(|error| error.source)
}

/// Ids of what was said lately, for the manifest.
pub(super) fn told(site: &Site<'_>) -> Vec<String> {
    site.recent_news().iter().map(FeedItem::key).collect()
}

fn line(site: &Site<'_>, news: &FeedItem<'_>) -> String {
    let told = |locale: usize| site.item_text(news, locale, &Linker::absolute(site, locale));
    let first = told(0);
    let others = site.translations(news.route).into_iter().filter(|locale| *locale != 0);
    let translations = others.map(|locale| {
        let told = told(locale);
        Translation { locale: site.locales[locale].tag.clone(), title: told.title, url: told.address }
    });
    let components = &site.now.model.config.components.all;
    let event = Event {
        id: news.id(),
        kind: news.head.kind.word(),
        entry: news.head.id.clone(),
        occurrence: news.occurrence.map(|day| day.to_string()),
        file: news.head.file.to_string(),
        status: news.status.word(),
        time: news.at.iso(),
        locale: site.locales[0].tag.clone(),
        title: first.title,
        url: first.address,
        translations: translations.collect(),
        components: site.touched(news.route).iter().map(|(at, _)| components[*at].id.clone()).collect(),
        feeds: feeds(site, news),
        hub: site.now.model.config.hub.clone(),
    };
    // Text, lists and nothing else: writing it cannot fail.
    serde_json::to_string(&event).unwrap_or_default()
}

fn feeds(site: &Site<'_>, news: &FeedItem<'_>) -> Vec<String> {
    let subjects: Vec<Subject> = site.subjects_of(news).collect();
    let mut found = Vec::new();
    for locale in 0..site.locales.len() {
        for subject in &subjects {
            let folder = site.folder(*subject, locale);
            found.extend(
                ["feed.xml", "feed.atom", "feed.json"].map(|file| site.absolute(&format!("{folder}{file}"))),
            );
        }
    }
    found
}
