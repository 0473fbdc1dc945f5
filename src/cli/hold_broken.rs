//! `noroshi build --hold-broken`

use std::path::Path;

use super::error::Error;
use super::{Outcome, console};
use crate::diagnostic::Severity;
use crate::history::last_good::{self, HeldBack};
use crate::load::Loaded;

/// Puts the last sound state of what is broken in its place. Without the option, and where nothing is broken,
/// nothing happens. `judge` adds what only shows after reading.
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
    let base_url = console::base_url(base_url)?;
    last_good::mend(root, base_url.as_ref(), loaded, judge).map_err(|error| {
        Error::environment(error.to_string(), "look at the rights of the file and at the disk")
    })
}

/// Shows what was held beside what else was found, and says how the build ended: what was published is not what
/// was written.
pub(super) fn tell(held: HeldBack, loaded: &mut Loaded) -> Outcome {
    let is_any = held.is_any;
    if is_any {
        loaded.diagnostics.extend(held.found.sorted().into_iter().cloned());
        loaded.texts.extend(held.texts);
    }
    let is_broken = is_any || loaded.diagnostics.sorted().iter().any(|d| d.severity == Severity::Error);
    if is_broken { Outcome::Content } else { Outcome::Done }
}
