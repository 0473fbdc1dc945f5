//! Slugs and ids are used once.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Place};
use crate::model::{Head, Model};
use crate::text;

pub(super) fn check(model: &Model, found: &mut Vec<Diagnostic>) {
    let mut slugs: HashMap<_, &Head> = HashMap::new();
    let mut ids: HashMap<_, &Head> = HashMap::new();
    for head in model.heads() {
        if let Some(other) = slugs.insert((head.kind, text::fold(&head.slug)), head) {
            let message = format!("the slug `{}` is also that of {}", head.slug, other.file);
            found.push(
                Diagnostic::error("entry/duplicate-slug", Place::whole(&head.file), message)
                    .help("rename one of the two files"),
            );
        } else if let Some(other) = ids.insert((head.kind, head.id.as_str()), head) {
            let message = format!("the id `{}` is also that of {}", head.id, other.file);
            found.push(
                Diagnostic::error("entry/duplicate-id", head.place.clone(), message)
                    .help("readers know an entry by its id: give one of the two another `id`"),
            );
        }
    }
}
