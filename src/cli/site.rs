//! What commands share on the way from a folder to a site: the folder, the instant, reading, and a step that panics.

use std::io;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use super::Outcome;
use super::console::{self, Progress};
use super::error::Error;
use crate::bisect;
use crate::diagnostic::{Diagnostic, Texts};
use crate::document::moment::YearHint;
use crate::hosts::Host;
use crate::load::{self, Loaded};
use crate::model::config::Url;
use crate::model::{Instant, Model, Zone};
use crate::os::Shown as _;
use crate::panics::{Panicked, contain};
use crate::render;
use crate::source::{self, Listing, ReadError};

/// The error for a panic that no single entry causes.
pub(super) fn internal(panicked: &Panicked) -> Error {
    let help = format!("this is a bug in noroshi: please report it with the site{}", bisect::where_to());
    Error::environment(panicked.to_string(), &help)
}

/// Removes the entries that cause a panic from the model, and returns an error for each.
pub(super) fn blamed(
    model: &mut Model,
    as_of: Instant,
    panicked: &Panicked,
) -> Result<Vec<Diagnostic>, Error> {
    let guilty = render::guilty(model, as_of);
    if guilty.is_empty() {
        return Err(internal(panicked));
    }
    Ok(guilty.iter().map(|(file, panicked)| bisect::diagnostic(file, panicked)).collect())
}

/// Runs a step over the whole model. If entries make it panic, it runs without them and returns an error for each.
pub(super) fn contained<T>(
    model: &mut Model,
    step: &str,
    work: impl Fn(&Model) -> T,
) -> Result<(T, Vec<Diagnostic>), Error> {
    let done = |model: &Model| contain(step, || work(model));
    let panicked = match done(model) {
        Ok(done) => return Ok((done, Vec::new())),
        Err(panicked) => panicked,
    };
    let guilty = bisect::guilty(model, &|model| done(model).err());
    if guilty.is_empty() {
        return Err(internal(&panicked));
    }
    let found = guilty.iter().map(|(file, panicked)| bisect::diagnostic(file, panicked)).collect();
    Ok((done(model).map_err(|panicked| internal(&panicked))?, found))
}

/// Like [`contained`], but shows the errors and ends the run.
pub(super) fn whole<T>(
    model: &mut Model,
    texts: &Texts,
    step: &str,
    work: impl Fn(&Model) -> T,
) -> Result<T, Error> {
    let (done, found) = contained(model, step, work)?;
    if found.is_empty() {
        return Ok(done);
    }
    Err(refused(found, texts))
}

/// Shows the diagnostics that end the run.
pub(super) fn refused(found: impl IntoIterator<Item = Diagnostic>, texts: &Texts) -> Error {
    console::diagnostics(&found.into_iter().collect(), texts);
    Error::shown(Outcome::Content)
}

/// Reads the site. A folder or file that cannot be read is an error.
pub(super) fn load(root: &Path, base_url: Option<&str>, progress: &Progress) -> Result<Loaded, Error> {
    let base_url = self::base_url(base_url)?;
    folder(root)?;
    let loaded = load::load(root, base_url.as_ref(), &|| progress.step("reading"));
    progress.clear();
    let mut loaded = loaded.map_err(|error| unreadable(&error))?;
    find_host(&mut loaded);
    Ok(loaded)
}

/// Reads site.yaml alone.
#[cfg(feature = "deploy")]
pub(super) fn settings(root: &Path) -> Result<Model, Error> {
    folder(root)?;
    let model = load::settings(root).map_err(|error| unreadable(&error))?;
    let help = "run `noroshi check`, and correct what it says";
    model.ok_or_else(|| Error::content("cannot read site.yaml", help))
}

/// Where site.yaml names no host, the CI that runs the command does.
pub(super) fn find_host(loaded: &mut Loaded) {
    if let Some(model) = &mut loaded.model {
        let of_ci = || Host::of_ci(|name| std::env::var(name).ok());
        model.config.host = model.config.host.or_else(of_ci);
    }
}

pub(super) fn list(root: &Path) -> Result<Listing, Error> {
    folder(root)?;
    source::list(root).map_err(|error| unreadable(&error))
}

pub(super) fn unreadable(error: &ReadError) -> Error {
    Error::environment(error.to_string(), "check the permissions of the file, and the disk")
}

pub(super) fn base_url(written: Option<&str>) -> Result<Option<Url>, Error> {
    let Some(written) = written else { return Ok(None) };
    let url = Url::parse(written).ok_or_else(|| {
        let message = format!("`{written}` is not an absolute address");
        Error::usage(message, "write for example `https://status.example.com/`")
    })?;
    Ok(Some(url))
}

/// Checks that the folder of the site exists and can be read.
pub(super) fn folder(root: &Path) -> Result<(), Error> {
    let unreadable = |error: &io::Error| {
        let message = format!("cannot read `{}`: {error}", root.shown());
        Error::environment(message, "check the path and the permissions of its folders")
    };
    match std::fs::metadata(root) {
        Ok(found) if found.is_dir() => {}
        Ok(_) => return Err(unreadable(&io::ErrorKind::NotADirectory.into())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let message = format!("the folder `{}` does not exist", root.shown());
            return Err(Error::usage(message, "name the folder that contains `content/`"));
        }
        Err(error) => return Err(unreadable(&error)),
    }
    match std::fs::metadata(root.join("content")) {
        // A missing `content/` is an error of the content, and the reader reports it.
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(unreadable(&error)),
        _ => Ok(()),
    }
}

/// The current time, in whole seconds.
pub(super) fn now() -> Instant {
    instant_of(SystemTime::now())
}

/// A time of the disk, in whole seconds.
pub(super) fn instant_of(time: SystemTime) -> Instant {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    Instant(i64::try_from(since.as_secs()).unwrap_or_default())
}

/// The instant of `--as-of`, or now.
pub(super) fn as_of(written: Option<&str>, model: &Model) -> Result<Instant, Error> {
    written.map_or_else(|| Ok(now()), |written| instant(written, model.config.zone))
}

/// Parses an instant as the user typed it, in the site's zone.
pub(super) fn instant(written: &str, zone: Zone) -> Result<Instant, Error> {
    let year = YearHint::Year(zone.year(now()));
    zone.read_near(written, year).map_err(|fault| {
        let (_, message, help) = fault.describe(written);
        Error::usage(message, help)
    })
}

/// Reads a site that must have no errors; if it has some, shows them.
pub(super) fn load_sound(
    root: &Path,
    base_url: Option<&str>,
    progress: &Progress,
) -> Result<(Model, Loaded), Error> {
    sound(load(root, base_url, progress)?)
}

/// A site that was read; if it has errors, shows them.
pub(super) fn sound(mut loaded: Loaded) -> Result<(Model, Loaded), Error> {
    let Some(model) = loaded.model.take().filter(|_| !loaded.diagnostics.has_errors()) else {
        console::diagnostics(&loaded.diagnostics, &loaded.texts);
        return Err(Error::shown(Outcome::Content));
    };
    Ok((model, loaded))
}
