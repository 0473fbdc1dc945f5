//! `build --events`: what this build is the first to publish, one JSON object a line, for scripts.
//!
//! The lines are written aside before the site is published and get their name afterwards, so that a run
//! that ends in between loses none of them: the next one finds them, and hands them on with its own.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::model::Instant;
use crate::publish::Manifest;
use crate::site::news::{News, RECENT};
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

/// Lines that wait until the site is published.
pub(super) struct Waiting {
    pub(super) file: PathBuf,
    aside: PathBuf,
}

impl Waiting {
    /// Writes aside what is new since `previous`, after what an interrupted run left. `published` is the
    /// manifest in the folder itself.
    pub(super) fn write(
        file: &Path,
        site: &Site<'_>,
        previous: Option<&Manifest>,
        published: Option<&Manifest>,
    ) -> io::Result<Waiting> {
        let mut aside = file.as_os_str().to_owned();
        aside.push(".part");
        let aside = PathBuf::from(aside);
        let left = match fs::read_to_string(&aside) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error),
        };
        let known = |line: &&str| {
            let told = published.and_then(|m| m.told.as_ref());
            told.is_some_and(|told| told.iter().any(|id| line.contains(id.as_str())))
        };
        let mut lines: Vec<String> = left.lines().filter(known).map(str::to_owned).collect();
        lines.extend(fresh(site, previous).map(|news| line(site, news)));
        let mut text = lines.join("\n");
        if !text.is_empty() {
            text.push('\n');
        }
        fs::write(&aside, text)?;
        Ok(Waiting { file: file.to_owned(), aside })
    }

    /// The site is published: the lines get their name.
    pub(super) fn hand_on(self) -> io::Result<()> {
        fs::rename(&self.aside, &self.file)
    }
}

/// Ids of what was said lately, for the manifest.
pub(super) fn told(site: &Site<'_>) -> Vec<String> {
    site.recent_news().iter().map(News::key).collect()
}

/// What the last manifest does not know, the earliest first. Older things than a manifest lists are no news.
fn fresh<'s, 'm>(site: &'s Site<'m>, previous: Option<&Manifest>) -> impl Iterator<Item = &'s News<'m>> {
    let known: Option<HashSet<String>> =
        previous.and_then(|m| m.told.clone()).map(|told| told.into_iter().collect());
    let built = previous.and_then(|m| Instant::parse_iso(&m.effective));
    site.recent_news().iter().rev().filter(move |news| match (&known, built) {
        (Some(known), Some(built)) => news.at.0 >= built.0 - RECENT && !known.contains(&news.key()),
        // Written by a version that did not list them.
        (_, Some(built)) => news.at > built,
        (_, None) => true,
    })
}

fn line(site: &Site<'_>, news: &News<'_>) -> String {
    let told = |locale: usize| site.told(news, locale, &Linker::absolute(site, locale));
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
        status: news.status,
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

fn feeds(site: &Site<'_>, news: &News<'_>) -> Vec<String> {
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
