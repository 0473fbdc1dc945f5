//! What commands share on the way from a folder to a site: the folder, the instant, reading, and a step that panics.

use std::io;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use super::Outcome;
use super::console::{self, Progress, Work};
use super::error::Error;
use crate::bisect;
use crate::diagnostic::{Diagnostic, Texts};
use crate::document::moment::YearHint;
use crate::hosts::Host;
use crate::load::{self, Loaded};
use crate::message::{Message, message};
use crate::model::config::Url;
use crate::model::{Instant, Model, Zone};
use crate::os::Shown as _;
use crate::panics::{Panicked, contain};
use crate::render;
use crate::source::{self, Listing, ReadError};

/// The step in which a command finds out when a site changes next.
pub(super) fn step_next() -> Message {
    message!("cli-site-step-next", "looking for its next change")
}

/// The step in which a command holds a site against its policy.
pub(super) fn step_policy() -> Message {
    message!("cli-site-step-policy", "checking it against the policy")
}

/// The error for a panic that no single entry causes.
pub(super) fn internal(panicked: &Panicked) -> Error {
    let help = message!(
        "cli-site-bug",
        "this is a bug in noroshi: please report it with the site{place}",
        place = bisect::where_to()
    );
    Error::environment(panicked.message(), help)
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
    step: &Message,
    work: impl Fn(&Model) -> T,
) -> Result<(T, Vec<Diagnostic>), Error> {
    let done = |model: &Model| contain(step.clone(), || work(model));
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
    step: &Message,
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
    let loaded = load::load(root, base_url.as_ref(), &|| progress.step(Work::Read));
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
    model.ok_or_else(|| {
        let message = message!("cli-site-unread", "cannot read site.yaml");
        let help = message!("cli-site-unread-help", "run `noroshi check`, and correct what it says");
        Error::content(message, help)
    })
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
    let help = message!("cli-site-unreadable-help", "check the permissions of the file, and the disk");
    Error::environment(error.message(), help)
}

pub(super) fn base_url(written: Option<&str>) -> Result<Option<Url>, Error> {
    let Some(written) = written else { return Ok(None) };
    let url = Url::parse(written).ok_or_else(|| {
        let message = message!("cli-site-bad-address", "`{written}` is not an absolute address", written);
        let help = message!("cli-site-bad-address-help", "write for example `https://status.example.com/`");
        Error::usage(message, help)
    })?;
    Ok(Some(url))
}

/// Checks that the folder of the site exists and can be read.
pub(super) fn folder(root: &Path) -> Result<(), Error> {
    let unreadable = |error: &io::Error| {
        let message =
            message!("cli-site-no-root", "cannot read `{root}`: {error}", root = root.shown(), error);
        let help = message!("cli-site-no-root-help", "check the path and the permissions of its folders");
        Error::environment(message, help)
    };
    match std::fs::metadata(root) {
        Ok(found) if found.is_dir() => {}
        Ok(_) => return Err(unreadable(&io::ErrorKind::NotADirectory.into())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let message =
                message!("cli-site-missing", "the folder `{root}` does not exist", root = root.shown());
            let help = message!("cli-site-missing-help", "name the folder that contains `content/`");
            return Err(Error::usage(message, help));
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
