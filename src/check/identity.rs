//! Checks that every slug and every id is used only once.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Place};
use crate::model::{Head, Model};
use crate::site::original_file;
use crate::text;

pub(super) fn check(model: &Model, found: &mut Vec<Diagnostic>) {
    let mut slugs: HashMap<_, &Head> = HashMap::new();
    let mut ids: HashMap<_, &Head> = HashMap::new();
    for head in model.heads() {
        if let Some(other) = slugs.insert((head.kind, text::fold(&head.slug)), head) {
            let message = format!("the slug `{}` also belongs to {}", head.slug, other.file);
            found.push(
                Diagnostic::error("entry/duplicate-slug", Place::whole(&head.file), message)
                    .help("rename one of the two files")
                    .other(&other.file),
            );
        } else if let Some(other) = ids.insert((head.kind, head.id.as_str()), head) {
            let message = format!("the id `{}` also belongs to {}", head.id, other.file);
            found.push(
                Diagnostic::error("entry/duplicate-id", head.place.clone(), message)
                    .help("give one of the two another `id`: feeds and calendars identify an entry by it")
                    .other(&other.file),
            );
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
        if let Some(other) = other {
            let message = format!("the slug `{}` also belongs to {other}", head.slug);
            found.push(
                Diagnostic::error("entry/duplicate-slug", Place::whole(&head.file), message)
                    .help("rename one of the two files"),
            );
        }
    }
}
