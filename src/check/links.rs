//! Checks that links inside the site lead to a page.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use super::Addresses;
use crate::diagnostic::{Diagnostic, Place};
use crate::markdown::Target;
use crate::message::{Message, did_you_mean, message};
use crate::model::{EntryRef, Head, Model};
use crate::site::anchors;
use crate::site::{file_key, linked_file, original_file};
use crate::text;

/// The entries, by the files that links refer to.
type Heads<'m> = HashMap<Arc<str>, (&'m Head, EntryRef<'m>)>;

pub(super) fn check(model: &Model, addresses: &Addresses<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(logo(model));
    for link in model.config.links().filter(|l| l.url.starts_with('/')) {
        found.extend(site(model, addresses, &link.url).map(|fault| fault.at(&link.place)));
    }
    let all = || model.heads().zip(model.entries());
    let heads: Heads<'_> = all().map(|(head, entry)| (file_key(&head.file), (head, entry))).collect();
    for (head, entry) in all() {
        for (target, place) in &head.links {
            let fault = match target {
                Target::File(path, id) => file(model, &heads, head, path, id.as_deref()),
                Target::Site(path) => site(model, addresses, path),
                Target::Here(id) => here(entry, head, id),
            };
            let Some(fault) = fault else { continue };
            // A fault that exists only in a translation is a warning: pages show the text without the link.
            let is_soft = fault.code == "link/not-published" || place.file != head.file;
            let diagnostic = fault.at(place);
            found.push(if is_soft { diagnostic.softened() } else { diagnostic });
        }
    }
}

/// Checks the links of some entries of a site whose files have these names, sorted. It checks that a file exists,
/// and anchors in the entry itself.
pub(super) fn some(model: &Model, names: &[&str], found: &mut Vec<Diagnostic>) {
    let mut names: Vec<Cow<'_, str>> = names.iter().map(|name| text::nfc(name)).collect();
    names.sort_unstable();
    for (head, entry) in model.heads().zip(model.entries()) {
        for (target, place) in &head.links {
            let fault = match target {
                Target::File(path, _) => named(model, &names, head, path),
                Target::Here(id) => here(entry, head, id),
                Target::Site(_) => None,
            };
            let Some(fault) = fault else { continue };
            let diagnostic = fault.at(place);
            found.push(if place.file == head.file { diagnostic } else { diagnostic.softened() });
        }
    }
}

fn named(model: &Model, names: &[Cow<'_, str>], from: &Head, path: &str) -> Option<Fault> {
    let Some(file) = linked_file(&from.file, path) else {
        return Some(missing(outside(path), None));
    };
    let is_there = |file: &str| names.binary_search_by(|name| (**name).cmp(file)).is_ok();
    if is_there(&file) || is_there(&original_file(&file, &model.config.locales)) {
        return None;
    }
    let name = file.rsplit('/').next().unwrap_or(&file);
    let near =
        names.iter().filter(|n| n.rsplit('/').next().is_some_and(|n| text::nearest(name, [n]).is_some()));
    Some(missing(no_file(&file), near.min().map(|name| &**name)))
}

fn outside(path: &str) -> Message {
    message!("check-link-outside", "`{path}` points outside the site", path)
}

fn no_file(file: &str) -> Message {
    message!("check-link-no-file", "there is no file `{file}`", file)
}

/// Checks that the logo is a file of `static/`.
fn logo(model: &Model) -> Option<Diagnostic> {
    let (logo, place) = (model.config.logo.as_ref()?, model.config.logo_place.clone()?);
    if model.assets.iter().any(|asset| asset == logo) {
        return None;
    }
    let near = text::nearest(logo, model.assets.iter().map(String::as_str));
    let help = did_you_mean(near, || {
        message!("check-logo-help", "put it under `content/static/` and write its path from there")
    });
    let message = no_file(&format!("content/static/{logo}"));
    Some(Diagnostic::error("link/missing-target", place, message).help(help))
}

struct Fault {
    code: &'static str,
    message: Message,
    help: Message,
}

impl Fault {
    fn at(self, place: &Place) -> Diagnostic {
        Diagnostic::error(self.code, place.clone(), self.message).help(self.help)
    }
}

fn missing(message: Message, near: Option<&str>) -> Fault {
    let other = || {
        message!("check-link-path-help", "check the path: `../` is the folder above the folder of this file")
    };
    Fault { code: "link/missing-target", message, help: did_you_mean(near, other) }
}

fn file(model: &Model, heads: &Heads<'_>, from: &Head, path: &str, id: Option<&str>) -> Option<Fault> {
    let Some(file) = linked_file(&from.file, path) else {
        return Some(missing(outside(path), None));
    };
    if let Some(asset) = file.strip_prefix("content/static/") {
        if model.assets.iter().any(|a| a == asset) {
            return None;
        }
        let near = text::nearest(asset, model.assets.iter().map(String::as_str));
        return Some(missing(no_file(&file), near));
    }
    let file = original_file(&file, &model.config.locales);
    let Some((head, entry)) = heads.get(&*file) else {
        if model.unread.iter().any(|unread| *file_key(unread) == *file) {
            // Its own errors are reported. What is missing follows from them.
            return None;
        }
        let name = file.rsplit('/').next().unwrap_or(&file);
        let near =
            heads.keys().filter(|h| h.rsplit('/').next().is_some_and(|n| text::nearest(name, [n]).is_some()));
        let message = message!("check-link-no-entry", "there is no entry `{file}`", file);
        return Some(missing(message, near.min().map(|name| &**name)));
    };
    if head.draft {
        return Some(Fault {
            code: "link/not-published",
            message: message!(
                "check-link-draft",
                "`{file}` is a draft: pages show the text without the link",
                file
            ),
            help: message!("check-link-draft-help", "publish the draft, or remove the link"),
        });
    }
    // The headings of another entry may not be public yet, so the log must not show them.
    id.filter(|id| !anchors::has(*entry, head, id)).map(|id| {
        let message =
            message!("check-link-no-place", "`{file}` has no heading, section or update `#{id}`", file, id);
        no_place(message, None)
    })
}

/// Whether an address may be that of an entry that could not be read.
fn may_be_unread(model: &Model, plain: &str) -> bool {
    let page = plain.trim_end_matches('/').trim_end_matches(".html");
    let name = page.rsplit('/').next().unwrap_or(page);
    model
        .unread
        .iter()
        .any(|file| file.rsplit('/').next().and_then(|last| last.strip_suffix(".md")) == Some(name))
}

fn site(model: &Model, addresses: &Addresses<'_>, written: &str) -> Option<Fault> {
    let path = written.split(['?', '#']).next().unwrap_or(written).trim_start_matches('/');
    let plain = text::typed_path(path);
    if plain.is_empty() || addresses.contains(&plain) || may_be_unread(model, &plain) {
        return None;
    }
    let mut near: Vec<&str> = addresses.all().filter(|a| text::nearest(&plain, [*a]).is_some()).collect();
    near.sort_unstable();
    let near = near.first().map(|a| format!("/{a}"));
    let message = message!("check-link-no-page", "this site has no page or file at `{written}`", written);
    let mut fault = missing(message, near.as_deref());
    if near.is_none() {
        fault.help = message!(
            "check-link-no-page-help",
            "to link to another site, write its whole address with `https://`"
        );
    }
    Some(fault)
}

fn here(entry: EntryRef<'_>, head: &Head, id: &str) -> Option<Fault> {
    if anchors::has(entry, head, id) {
        return None;
    }
    let known = anchors::of(entry);
    let message =
        message!("check-link-no-place-here", "this entry has no heading, section or update `#{id}`", id);
    Some(no_place(message, text::nearest(id, known.iter().map(String::as_str))))
}

fn no_place(message: Message, near: Option<&str>) -> Fault {
    let near = near.map(|near| format!("#{near}"));
    let other = || {
        message!(
            "check-link-no-place-help",
            "for a heading, write its words: `#root-cause` for `### Root cause`; for an update, copy the address from its mark on the page"
        )
    };
    Fault { code: "link/missing-target", message, help: did_you_mean(near.as_deref(), other) }
}
