//! `noroshi build --hold-broken`: publishes the last version without errors of broken files.

use std::path::Path;

use super::Outcome;
use super::error::Error;
use super::site;
use crate::history::last_good::{self, HeldBack};
use crate::load::Loaded;

/// Replaces each broken file with its last version without errors (`--hold-broken`).
///
/// Does nothing without the option, or if no file is broken. `judge` adds the errors that appear
/// only after reading.
pub(super) fn mend(
    root: &Path,
    base_url: Option<&str>,
    is_wanted: bool,
    loaded: &mut Loaded,
    judge: &dyn Fn(&mut Loaded),
) -> Result<HeldBack, Error> {
    if !is_wanted {
        return Ok(HeldBack::default());
    }
    let base_url = site::base_url(base_url)?;
    let held = last_good::mend(root, base_url.as_ref(), loaded, judge);
    let held = held.map_err(|error| site::unreadable(&error))?;
    site::find_host(loaded);
    Ok(held)
}

/// Adds the held files to the diagnostics and returns the outcome of the build.
///
/// If a file was held, the build fails, because the published text is not the written text.
pub(super) fn tell(held: HeldBack, loaded: &mut Loaded) -> Outcome {
    let is_any = held.is_any;
    if is_any {
        loaded.diagnostics.extend(held.found.sorted().into_iter().cloned());
        loaded.texts.extend(held.texts);
    }
    if is_any || loaded.diagnostics.has_errors() { Outcome::Content } else { Outcome::Done }
}
