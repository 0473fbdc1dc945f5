//! Checks that every slug and every id is used only once.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Place};
use crate::message::message;
use crate::model::{Head, Model};
use crate::site::original_file;
use crate::text;

pub(super) fn check(model: &Model, found: &mut Vec<Diagnostic>) {
    let mut slugs: HashMap<_, &Head> = HashMap::new();
    let mut ids: HashMap<_, &Head> = HashMap::new();
    for head in model.heads() {
        if let Some(other) = slugs.insert((head.kind, text::fold(&head.slug)), head) {
            found.push(same_slug(head, &other.file).other(&other.file));
        } else if let Some(other) = ids.insert((head.kind, head.id.as_str()), head) {
            let message = message!(
                "check-same-id",
                "the id `{id}` also belongs to {other}",
                id = head.id,
                other = other.file
            );
            let help = message!(
                "check-same-id-help",
                "give one of the two another `id`: feeds and calendars identify an entry by it"
            );
            let found_id = Diagnostic::error("entry/duplicate-id", head.place.clone(), message).help(help);
            found.push(found_id.other(&other.file));
        }
    }
}

/// Checks only slugs, by the names of all files.
pub(super) fn some(model: &Model, names: &[&str], found: &mut Vec<Diagnostic>) {
    let locales = &model.config.locales;
    for head in model.heads() {
        let own = original_file(&head.file, locales);
        let folder: String = head.file.split_inclusive('/').take(2).collect();
        let slug = text::fold(&head.slug);
        let other = names.iter().filter(|name| name.starts_with(&folder)).find(|name| {
            let file = name.rsplit('/').next().unwrap_or(name);
            let Some(stem) = file.strip_suffix(".md") else { return false };
            // Most names are ASCII, and folding is expensive.
            let is_alike =
                if stem.is_ascii() { stem.eq_ignore_ascii_case(&slug) } else { text::fold(stem) == slug };
            is_alike && original_file(name, locales) != own
        });
        found.extend(other.map(|other| same_slug(head, other)));
    }
}

/// The error at an entry whose slug the entry of another file has, too.
fn same_slug(head: &Head, other: &str) -> Diagnostic {
    let message =
        message!("check-same-slug", "the slug `{slug}` also belongs to {other}", slug = head.slug, other);
    let help = message!("check-same-slug-help", "rename one of the two files");
    Diagnostic::error("entry/duplicate-slug", Place::whole(&head.file), message).help(help)
}
