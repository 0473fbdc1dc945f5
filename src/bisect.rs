//! Which entries make a step over the whole site panic, and the diagnostics that say so.
//!
//! Asked only after a panic, so it costs a sound site nothing. Knows entries and steps, never what a step does.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Place};
use crate::model::{Entry, Model};
use crate::panics::Panicked;

/// More entries than these that fail one by one are no fault of entries.
const MOST: usize = 64;

/// A panic as an error at a file.
#[must_use]
pub fn diagnostic(file: &Arc<str>, panicked: &Panicked) -> Diagnostic {
    Diagnostic::error("internal/panic", Place::whole(file), panicked.to_string()).help(format!(
        "this is a fault of noroshi: please report it with this file{}; until it is mended, change what you wrote \
         last in it, or run `noroshi build --hold-broken`, which publishes everything else",
        where_to()
    ))
}

/// Where to report, if this program says so.
#[must_use]
pub fn where_to() -> String {
    let address = env!("CARGO_PKG_REPOSITORY");
    if address.is_empty() { String::new() } else { format!(" at {address}") }
}

/// Takes the entries out of a model for which a step panics, and says which they are. Nothing where the step
/// panics without any entry too, or no longer panics.
///
/// An entry is found as the last of the shortest beginning of all entries with which the step panics.
pub fn guilty(model: &mut Model, panics: &dyn Fn(&Model) -> Option<Panicked>) -> Vec<(Arc<str>, Panicked)> {
    let mut all = model.take_entries();
    let mut found = Vec::new();
    while found.len() < MOST {
        let Some(mut last) = tried(model, &mut all, usize::MAX, panics) else { break };
        if tried(model, &mut all, 0, panics).is_some() {
            found.clear();
            break;
        }
        // With `sound` entries it goes well, with `broken` it does not.
        let (mut sound, mut broken) = (0, all.len());
        while broken - sound > 1 {
            let middle = usize::midpoint(sound, broken);
            match tried(model, &mut all, middle, panics) {
                Some(panicked) => (broken, last) = (middle, panicked),
                None => sound = middle,
            }
        }
        let entry = all.remove(broken - 1);
        found.push((Arc::clone(&entry.head().file), last));
    }
    model.put_entries(all);
    found
}

/// The step with the first `count` entries alone.
fn tried(
    model: &mut Model,
    all: &mut Vec<Entry>,
    count: usize,
    panics: &dyn Fn(&Model) -> Option<Panicked>,
) -> Option<Panicked> {
    let rest = all.split_off(count.min(all.len()));
    model.put_entries(std::mem::take(all));
    let panicked = panics(model);
    *all = model.take_entries();
    all.extend(rest);
    panicked
}
