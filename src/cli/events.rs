//! `build --events`: the events that this build publishes first, one JSON object per line, for
//! scripts.
//!
//! The build writes the lines to a pending file before it publishes the site, and delivers them
//! afterwards. If a run ends in between, the next run finds the pending lines and delivers them
//! with its own.

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
use crate::message::{Message, message};
use crate::model::Instant;
use crate::os::Shown as _;
use crate::publish::Manifest;
use crate::site::feed_items::{FeedItem, RECENT};
use crate::site::{Linker, Site};

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
    /// The title and text in the entry's other languages.
    translations: Vec<Translation>,
    components: Vec<String>,
    /// Every feed that contains the event.
    feeds: Vec<String>,
    hub: Option<String>,
}

#[derive(Serialize)]
struct Translation {
    locale: String,
    title: String,
    url: String,
}

#[derive(Debug)]
pub(super) enum Target {
    /// A file, which is replaced as a whole.
    File(PathBuf),
    /// An open stream: stdout, a pipe or a device.
    Stream(Option<PathBuf>),
}

impl Target {
    /// Parses the option; `-` is stdout.
    ///
    /// # Errors
    /// The path cannot be written to.
    pub(super) fn of(typed: &Path, root: &Path, out: &Path) -> Result<Target, Error> {
        if typed == Path::new("-") {
            return Ok(Target::Stream(None));
        }
        let found = match fs::metadata(typed) {
            Ok(found) if found.is_dir() => return Err(refused(is_folder(typed))),
            Ok(found) if !found.is_file() => return Ok(Target::Stream(Some(typed.to_owned()))),
            Ok(_) => typed.canonicalize().unwrap_or_else(|_| typed.to_owned()),
            Err(_) => typed.to_owned(),
        };
        let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let inside = folders::overlaps_sources(root, &found)
            || folders::overlaps(out, &found)
            || absolute(&found).starts_with(absolute(out));
        if inside {
            return Err(refused(message!(
                "cli-events-inside",
                "`{path}` is inside the content or the published site",
                path = typed.shown()
            )));
        }
        // Checked here, before anything is published.
        if typed.parent().is_some_and(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
            let message = message!(
                "cli-events-no-folder",
                "cannot write `{path}`: its folder does not exist",
                path = typed.shown()
            );
            let help = message!("cli-events-no-folder-help", "create the folder first");
            return Err(Error::environment(message, help));
        }
        Ok(Target::File(found))
    }
}

fn is_folder(typed: &Path) -> Message {
    message!("cli-events-folder", "`{path}` is a folder", path = typed.shown())
}

fn refused(message: Message) -> Error {
    let help = message!("cli-events-elsewhere", "choose a file elsewhere, or `-` for stdout");
    Error::usage(message, help)
}

/// The events that earlier builds published.
pub(super) struct AlreadyPublished<'a> {
    /// The manifest in the output folder.
    pub(super) published: Option<&'a Manifest>,
    /// The manifest of `--previous`, for an output folder that has none.
    pub(super) named: Option<&'a Manifest>,
    /// If the manifest is lost: the instant until which every event had been published.
    pub(super) announced_until: Option<Instant>,
}

impl AlreadyPublished<'_> {
    /// The events that the last manifest does not list, oldest first. Events older than the
    /// manifest's list are not new.
    fn fresh<'s, 'm>(&self, site: &'s Site<'m>) -> Vec<&'s FeedItem<'m>> {
        let lost = self.announced_until.filter(|_| self.named.is_none());
        let manifest = match self.announced_until {
            Some(_) => self.named,
            None => self.published.or(self.named),
        };
        let known: Option<HashSet<String>> =
            manifest.and_then(|m| m.announced.clone()).map(|ids| ids.into_iter().collect());
        let built = lost.or_else(|| Instant::parse_iso(&manifest?.effective));
        let is_fresh = |item: &&FeedItem<'_>| match (&known, built) {
            (Some(known), Some(built)) => item.at.0 >= built.0 - RECENT && !known.contains(&item.key()),
            // The list is lost, or an older version wrote no list.
            (_, Some(built)) => item.at > built,
            (_, None) => true,
        };
        site.recent_items().iter().rev().filter(is_fresh).collect()
    }

    /// The pending events that the interrupted run published. If that is unknown, the events that
    /// this build publishes, because no run has delivered them.
    fn published(&self, site: &Site<'_>) -> Vec<String> {
        match self.announced_until {
            Some(_) => recent_ids(site),
            None => self.published.and_then(|m| m.announced.clone()).unwrap_or_default(),
        }
    }
}

/// The lines that wait until the site is published.
pub(super) struct PendingEvents {
    aside: PathBuf,
    text: String,
}

impl PendingEvents {
    /// Writes the new lines to the pending file, after the lines that an interrupted run left for
    /// the same output folder.
    ///
    /// The lines reach the disk before the manifest that lists them, so a power cut loses none.
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
        let is_left = |item: &FeedItem<'_>| left.iter().any(|(id, _)| *id == item.key());
        lines.extend(fresh.into_iter().filter(|item| !is_left(item)).map(|item| line(site, item)));
        if let Some(until) = past.announced_until.filter(|_| past.named.is_none()) {
            console::say(message!(
                "cli-events-lost",
                "warning: the list of events until {until} is lost with the manifest, so this build reports only newer events; \
                 to report what an older manifest does not list, name it with `--previous`",
                until = until.iso()
            ));
        }
        let mut text = lines.join("\n");
        if !text.is_empty() {
            text.push('\n');
        }
        // An empty file may be lost without harm.
        put(&aside, &text)?;
        Ok(PendingEvents { aside, text })
    }

    /// The lines, for the search for private text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Delivers the lines, after the site is published.
    pub(super) fn hand_on(self, target: &Target) -> io::Result<()> {
        match target {
            Target::Stream(None) => io::stdout().write_all(self.text.as_bytes())?,
            Target::Stream(Some(path)) => {
                fs::OpenOptions::new().write(true).open(path)?.write_all(self.text.as_bytes())?;
            }
            Target::File(file) => put(file, &self.text)?,
        }
        fs::remove_file(&self.aside)?;
        // The deletion must survive a power cut, so that the reader does not get the lines twice.
        if self.text.is_empty() { Ok(()) } else { atomic::sync_folder(&atomic::folder_of(&self.aside)) }
    }
}

/// Writes the lines atomically. An empty file is not synced, because losing it in a power cut does no harm.
fn put(file: &Path, text: &str) -> io::Result<()> {
    let mut batch =
        if text.is_empty() { Batch::unsynced(Overwrite::File) } else { Batch::new(Overwrite::File) };
    batch.add(file, text.as_bytes()).and_then(|()| batch.commit()).map_err(|error| error.source)
}

/// The ids of recent events, for the manifest.
pub(super) fn recent_ids(site: &Site<'_>) -> Vec<String> {
    site.recent_items().iter().map(FeedItem::key).collect()
}

fn line(site: &Site<'_>, item: &FeedItem<'_>) -> String {
    let text_in = |locale: usize| site.item_text(item, locale, &Linker::absolute(site, locale));
    let first = text_in(0);
    let others = site.translations(item.route).into_iter().filter(|locale| *locale != 0);
    let translations = others.map(|locale| {
        let text = text_in(locale);
        Translation { locale: site.locales[locale].tag.clone(), title: text.title, url: text.address }
    });
    let components = &site.now.model.config.components.all;
    let event = Event {
        id: item.id(),
        kind: item.head.kind.word(),
        entry: item.head.id.clone(),
        occurrence: item.occurrence.map(|day| day.to_string()),
        file: item.head.file.to_string(),
        status: item.status.word(),
        time: item.at.iso(),
        locale: site.locales[0].tag.clone(),
        title: first.title,
        url: first.address,
        translations: translations.collect(),
        components: site.touched(item.route).iter().map(|(at, _)| components[*at].id.clone()).collect(),
        feeds: site.feeds_of(item),
        hub: site.now.model.config.hub.clone(),
    };
    // The event contains only text and lists, so serialization cannot fail.
    serde_json::to_string(&event).unwrap_or_default()
}
