//! Turns imported entries into files of the format: assigns addresses, and checks every file with
//! the parser.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::entry::{Entry, Kind};
use super::report::{self, Origin, Report};
use super::site::NewSite;
use super::{Imported, prose};
use crate::diagnostic::{Diagnostic, Severity};
use crate::load::{self, Loaded};
use crate::message::message;
use crate::model::entry::alias_path;
use crate::source::{self, Asset, FoundFile, Listing};
use crate::text;

pub(super) struct SourceContents {
    pub(super) site: NewSite,
    /// The text that the site is made from, for rows about it.
    pub(super) origin: Origin,
    pub(super) entries: Vec<Entry>,
    /// Files to copy, with their paths under `static/`.
    pub(super) copies: Vec<(PathBuf, String)>,
    pub(super) report: Report,
}

pub(super) fn settle(brought: SourceContents) -> Imported {
    let SourceContents { mut site, origin, mut entries, copies, mut report } = brought;
    let found = entries.iter().filter(|e| !matches!(e.kind, Kind::Page { .. })).count();
    addresses(&mut entries, &mut report);
    site.begin(entries.iter().filter_map(Entry::first).min());
    let mut files: Vec<(String, String)> = vec![("content/site.yaml".into(), site.write())];
    files.extend(site.theme.iter().map(|(name, text)| (format!("themes/{name}/theme.yaml"), text.clone())));
    files.extend(entries.iter().map(|entry| (path(entry), entry.write(site.zone))));
    let assets: Vec<String> = copies.iter().map(|(_, address)| address.clone()).collect();
    let origins: BTreeMap<String, usize> = entries.iter().enumerate().map(|(n, e)| (path(e), n)).collect();
    // Texts allowed in one pass may reveal more in the next.
    for _ in 0..3 {
        let faults = errors(&read(&files, &assets));
        let private = faults.iter().filter(|fault| fault.code == "policy/looks-private");
        let words: BTreeSet<(Option<usize>, String)> = private
            .filter_map(|fault| {
                let word = fault.word.as_deref()?;
                Some((origins.get(&*fault.place.file).copied(), word.to_owned()))
            })
            .collect();
        if words.is_empty() {
            break;
        }
        for (at, word) in words {
            allow(&mut site, at.map_or(&origin, |at| &entries[at].origin), word, &mut report);
        }
        files[0].1 = site.write();
    }
    // If the parser rejects the text of an entry, the original text goes into a code block.
    for _ in 0..2 {
        let loaded = read(&files, &assets);
        let faults = errors(&loaded);
        let spoilt: BTreeSet<usize> =
            faults.iter().filter_map(|f| origins.get(&*f.place.file).copied()).collect();
        if spoilt.is_empty() {
            break;
        }
        for at in spoilt {
            let entry = &mut entries[at];
            let why = faults.iter().find(|f| *f.place.file == *path(entry)).map_or("", |f| f.code);
            let message = report::not_allowed(why);
            report.add(&entry.origin, None, "import/words", message, report::as_code_block());
            fence(entry);
            let (path, text) = (path(entry), entry.write(site.zone));
            if let Some(file) = files.iter_mut().find(|(p, _)| *p == path) {
                file.1 = text;
            }
        }
    }
    let loaded = read(&files, &assets);
    for fault in errors(&loaded) {
        let text = loaded.texts.get(&fault.place.file).cloned();
        report.fault(fault, text.as_ref());
    }
    let made = loaded.model.as_ref().map_or(0, |m| m.incidents.len() + m.maintenance.len() + m.notices.len());
    if entries.is_empty() {
        let message = message!("import-empty", "the source has no entries");
        let made = message!("import-empty-made", "imported only the site");
        report.add(&origin, None, "import/empty", message, made);
    }
    let copies = copies.into_iter().map(|(from, address)| (from, format!("content/static/{address}")));
    Imported { files, copies: copies.collect(), found, made, report }
}

fn path(entry: &Entry) -> String {
    format!("content/{}/{}.md", entry.folder(), entry.slug)
}

/// Gives every entry a unique address, and every old address one target.
fn addresses(entries: &mut [Entry], report: &mut Report) {
    let mut slugs: BTreeSet<String> = BTreeSet::new();
    // Where the search for a free number goes on.
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let mut ids: BTreeSet<String> = BTreeSet::new();
    for entry in entries.iter_mut() {
        let wanted = match text::slugify(&entry.slug) {
            slug if slug.is_empty() => text::slugify(&entry.title),
            slug => slug,
        };
        // `x.en.md` would be a translation. The length leaves room for a number.
        let wanted: String = if wanted.is_empty() { entry.folder().into() } else { shorten(&wanted, 180) };
        let mut slug = wanted.clone();
        let number = numbers.entry(format!("{}/{}", entry.folder(), text::fold(&wanted))).or_insert(1_usize);
        let mut is_taken = false;
        while !slugs.insert(format!("{}/{}", entry.folder(), text::fold(&slug))) {
            is_taken = true;
            *number += 1;
            slug = format!("{wanted}-{number}");
        }
        if is_taken {
            let message =
                message!("import-address-taken", "another entry already has the address `{wanted}`", wanted);
            report.add(&entry.origin, None, "import/address", message, report::called(&slug));
        }
        entry.slug = slug;
        let id = entry.id.as_deref().unwrap_or(&entry.slug).to_owned();
        if !ids.insert(format!("{} {id}", entry.folder())) {
            let message = message!("import-id-twice", "two entries have the id `{id}`", id);
            report.add(&entry.origin, None, "import/address", message, report::left_out());
            entry.id = None;
            entry.api_id = None;
        }
        // The file contains its id, so that a later rename does not announce it again.
        entry.id.get_or_insert_with(|| entry.slug.clone());
    }
    let own: BTreeSet<String> =
        entries.iter().map(|e| text::fold(&format!("/{}/{}/", e.folder(), e.slug))).collect();
    let mut old: BTreeSet<String> = BTreeSet::new();
    for entry in entries {
        let itself = format!("/{}/{}/", entry.folder(), entry.slug);
        let mut kept = Vec::new();
        for alias in std::mem::take(&mut entry.aliases) {
            let key = format!("{}/", alias.trim_end_matches('/'));
            if key == itself || kept.contains(&alias) {
                continue;
            }
            if alias_path(&alias).is_none() {
                let message = message!(
                    "import-alias-invalid",
                    "noroshi cannot redirect the old address `{alias}`",
                    alias
                );
                let made = message!("import-alias-invalid-made", "left out: redirect it by hand");
                report.add(&entry.origin, None, "import/address", message, made);
            } else if own.contains(&text::fold(&key)) || !old.insert(text::fold(&key)) {
                let message = message!(
                    "import-alias-taken",
                    "the old address `{alias}` also belongs to another entry",
                    alias
                );
                let made = message!("import-alias-taken-made", "kept only for the other entry");
                report.add(&entry.origin, None, "import/address", message, made);
            } else {
                kept.push(alias);
            }
        }
        entry.aliases = kept;
    }
}

fn shorten(slug: &str, most: usize) -> String {
    let mut end = slug.len().min(most);
    while !slug.is_char_boundary(end) {
        end -= 1;
    }
    slug[..end].trim_end_matches('-').to_owned()
}

/// Allows a text that looks private, because it was public already, and reports it.
fn allow(site: &mut NewSite, origin: &Origin, word: String, report: &mut Report) {
    let at = origin.text.find(&word).map(|at| at..at + word.len());
    let message = message!("import-private", "`{word}` looks private", word);
    let made = message!(
        "import-private-made",
        "already public, so listed under `allow` in site.yaml: if it must not stay public, remove it there and in the text"
    );
    report.add(origin, at, "import/looks-private", message, made);
    site.allow.insert(word);
}

/// Reads the site with the parser, without a disk.
fn read(files: &[(String, String)], assets: &[String]) -> Loaded {
    let mut listing = Listing::default();
    let mut texts: BTreeMap<Arc<str>, Arc<str>> = BTreeMap::new();
    for (name, text) in files {
        if let Some(found) = FoundFile::named(name) {
            texts.insert(Arc::clone(&found.name), text.as_str().into());
            match found.kind {
                None if found.is_host_rules() => listing.host_rules.push(found),
                None => listing.config = Some(found),
                _ => listing.entries.push(found),
            }
        }
    }
    listing.entries.sort_by(|a, b| a.name.cmp(&b.name));
    for address in assets {
        let name = format!("content/static/{address}").into();
        listing.assets.push(Asset { path: PathBuf::new(), name, address: address.clone(), stamp: None });
    }
    listing.assets.sort_by(|a, b| a.address.cmp(&b.address));
    let themes = files.iter().filter(|(name, _)| name.starts_with(source::THEMES));
    let themes: Vec<(Arc<str>, Arc<str>)> =
        themes.map(|(name, text)| (name.as_str().into(), text.as_str().into())).collect();
    load::listed(listing, &themes, &|found| texts.get(&found.name).cloned().unwrap_or_else(|| "".into()))
}

fn errors(loaded: &Loaded) -> Vec<Diagnostic> {
    let all = loaded.diagnostics.sorted();
    all.into_iter().filter(|d| d.severity == Severity::Error).cloned().collect()
}

/// Puts all text of an entry into code blocks.
fn fence(entry: &mut Entry) {
    let all = std::iter::once(&mut entry.summary)
        .chain(entry.updates.iter_mut().map(|u| &mut u.words))
        .chain(entry.postmortem.iter_mut().map(|p| &mut p.1));
    for text in all.filter(|text| !text.trim().is_empty()) {
        *text = prose::verbatim(text);
    }
}
