//! Finds the entries that make a step over the whole site panic, and reports them.
//!
//! It runs only after a panic, so it costs a sound site nothing. It knows entries and steps, but not what a step
//! does.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Place};
use crate::message::{Message, message};
use crate::model::{Entry, Model};
use crate::panics::Panicked;

/// The largest number of entries to blame. If more fail one by one, the fault is not in the entries.
const MOST: usize = 64;

#[must_use]
pub fn diagnostic(file: &Arc<str>, panicked: &Panicked) -> Diagnostic {
    Diagnostic::error("internal/panic", Place::whole(file), panicked.message()).help(message!(
        "bisect-report",
        "this is a bug in noroshi: please report it with this file{place}; until it is fixed, undo your last change to \
         the file, or publish everything else with `noroshi build --hold-broken`",
        place = where_to()
    ))
}

/// The address for bug reports, if the package declares one.
#[must_use]
pub fn where_to() -> Message {
    let address = env!("CARGO_PKG_REPOSITORY");
    if address.is_empty() {
        Message::default()
    } else {
        message!("bisect-where-to", " at {address}", address)
    }
}

/// Removes the entries for which a step panics from a model, and returns them. The result is empty if the step
/// also panics without any entry, or no longer panics.
///
/// The search finds the shortest prefix of all entries with which the step panics. The last entry of that prefix
/// is the one to blame.
pub fn guilty(model: &mut Model, panics: &dyn Fn(&Model) -> Option<Panicked>) -> Vec<(Arc<str>, Panicked)> {
    let mut all = model.take_entries();
    let mut found = Vec::new();
    while found.len() < MOST {
        let Some(mut last) = tried(model, &mut all, usize::MAX, panics) else { break };
        if tried(model, &mut all, 0, panics).is_some() {
            found.clear();
            break;
        }
        // The step succeeds with `sound` entries, and panics with `broken` entries.
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

/// Runs the step with only the first `count` entries.
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
