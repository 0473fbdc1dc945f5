//! Finds the entries that caused a panic. It repeats all work on a model with fewer and fewer entries, and
//! discards the result.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::bisect;
use crate::leak_scan::Search;
use crate::message::{Message, message};
use crate::model::{Instant, Model};
use crate::output;
use crate::panics::{Panicked, contain};
use crate::site::Site;
use crate::timeline::Snapshot;

/// The panic, and the files of the site that cannot be made.
struct Failed {
    panicked: Panicked,
    paths: BTreeSet<String>,
}

/// Removes the entries that keep the site from being built, and returns them. Empty if no entry is the cause.
#[must_use]
pub fn guilty(model: &mut Model, as_of: Instant) -> Vec<(Arc<str>, Panicked)> {
    let mut found = Vec::new();
    // Checking all files is expensive, so the search covers only those that failed.
    while let Err(failed) = all(model, as_of, &|_| true) {
        let wanted = |path: &str| failed.paths.contains(path);
        let more = bisect::guilty(model, &|model| all(model, as_of, &wanted).err().map(|f| f.panicked));
        if more.is_empty() {
            break;
        }
        found.extend(more);
    }
    found
}

/// Does all work from a model to the bytes of its site, and discards them.
///
/// # Errors
/// The first panic.
pub fn rehearse(model: &Model, as_of: Instant) -> Result<(), Panicked> {
    all(model, as_of, &|_| true).map_err(|failed| failed.panicked)
}

/// Does all work from a model to the bytes of the wanted files.
fn all(model: &Model, as_of: Instant, wanted: &(dyn Fn(&str) -> bool + Sync)) -> Result<(), Failed> {
    let early = |panicked| Failed { panicked, paths: BTreeSet::new() };
    let step = message!("render-step-state", "computing its state");
    let now = contain(step, || Snapshot::at(model, as_of)).map_err(early)?;
    // A language that cannot be loaded is reported as an error of its own.
    let site = contain(super::step_pages(), || Site::new(now)).map_err(early)?;
    let Ok(site) = site else { return Ok(()) };
    let step = message!("render-step-private", "collecting the private texts");
    let search = contain(step, || Search::new(&site)).map_err(early)?;
    let planned = contain(super::step_files(), || output::plan(&site)).map_err(early)?;
    let mut failed: Vec<(String, Panicked)> = (planned.par_iter())
        .filter(|planned| wanted(&planned.path))
        .filter_map(|planned| {
            let made = contain(Message::default(), || {
                let _ = planned.inputs();
                let bytes = planned.render();
                search.as_ref().map(|search| search.inspect(&planned.path, &bytes).is_ok())
            });
            let step = super::step(&planned.path);
            Some((planned.path.clone(), Panicked { step, ..made.err()? }))
        })
        .collect();
    failed.sort_by(|a, b| a.0.cmp(&b.0));
    let Some((_, panicked)) = failed.first().cloned() else { return Ok(()) };
    Err(Failed { panicked, paths: failed.into_iter().map(|(path, _)| path).collect() })
}
