//! `noroshi build`: builds the site and publishes it.

use std::collections::BTreeMap;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use super::console::{self, Progress};
use super::error::Error;
use super::events;
use super::publishing::{self, Failure, Target};
use super::site;
use super::{Listing, Outcome, folders, hold_broken, published};
use crate::bisect;
use crate::check::renames;
use crate::history::last_good::HeldBack;
use crate::load::{self, Loaded};
use crate::model::{Instant, Model};
use crate::panics::{self, Panicked, contain};
use crate::render;
use crate::timeline;

/// Build the site and publish it
///
/// Writes nothing if the content has an error. Changes only files that differ, and removes only
/// files that an earlier build wrote.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder to publish to [default: `public` in the root]
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// Build for this instant instead of now: `2026-11-20 12:00`, with or without an offset
    #[arg(long, value_name = "TIME")]
    pub(super) as_of: Option<String>,
    /// The address of the site, instead of `url` in site.yaml
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
    /// Write the events that this build publishes for the first time to FILE, one JSON object per
    /// line; `-` is stdout
    #[arg(long, value_name = "FILE")]
    pub(super) events: Option<PathBuf>,
    /// The manifest of the last build (a file or a URL), if DIR has none
    #[arg(long, value_name = "FILE|URL")]
    pub(super) previous: Option<String>,
    /// Publish into a folder that contains other files, and leave them alone
    #[arg(long)]
    pub(super) force: bool,
    /// Publish even if a file has errors: use its last good version (the latest commit without
    /// errors), and exit with an error
    #[arg(long)]
    pub(super) hold_broken: bool,
    /// The output format of diagnostics
    #[arg(long, value_enum, default_value = "human")]
    pub(super) format: Listing,
    /// Whether nothing but data may be on stdout.
    #[arg(skip)]
    pub(super) is_quiet: bool,
}

/// A site that was published.
pub(super) struct Built {
    /// Whether all content was without errors, or the last good version of a file was published.
    pub(super) outcome: Outcome,
    /// The content that was published. Freeing it would only take time at the end of the process.
    pub(super) model: ManuallyDrop<Model>,
    pub(super) as_of: Instant,
    /// The next change by the clock, hidden entries included; `None` if there is none, and an error if the
    /// search for it failed.
    pub(super) next: Result<Option<Instant>, Panicked>,
}

pub(super) fn run(root: &Path, args: &Args) -> Result<Outcome, Error> {
    Ok(build_site(root, args)?.map_or(Outcome::Content, |built| built.outcome))
}

/// Builds the site and publishes it, and shows errors and the result; `None` if errors prevented the publication.
pub(super) fn build_site(root: &Path, args: &Args) -> Result<Option<Box<Built>>, Error> {
    let progress = Progress::new();
    match build(root, args, &progress, false)? {
        Attempt::Ended(built) => Ok(built),
        // Some entries panic only when they are rendered. The second attempt renders each version
        // before it accepts it.
        Attempt::Panicked => match build(root, args, &progress, true)? {
            Attempt::Ended(built) => Ok(built),
            Attempt::Panicked => Err(Error::shown(Outcome::Environment)),
        },
    }
}

enum Attempt {
    Ended(Option<Box<Built>>),
    /// Entries without errors make the program panic, and must be held back.
    Panicked,
}

fn build(root: &Path, args: &Args, progress: &Progress, is_rehearsed: bool) -> Result<Attempt, Error> {
    let mut loaded = site::load(root, args.base_url.as_deref(), progress)?;
    let judge = |loaded: &mut Loaded| {
        if is_rehearsed {
            rehearse(args.as_of.as_deref(), loaded);
        }
    };
    let held = hold_broken::mend(root, args.base_url.as_deref(), args.hold_broken, &mut loaded, &judge)?;
    publish(root, args, progress, loaded, held, is_rehearsed)
}

/// Renders each entry, and adds an error for each one that panics.
fn rehearse(as_of: Option<&str>, loaded: &mut Loaded) {
    let Some(model) = &mut loaded.model else { return };
    // The publication reports a time that cannot be parsed.
    let now = site::now();
    let as_of = as_of.map_or(Ok(now), |typed| model.config.zone.read(typed)).unwrap_or(now);
    let guilty = render::guilty(model, as_of);
    loaded.diagnostics.extend(guilty.iter().map(|(file, panicked)| bisect::diagnostic(file, panicked)));
}

fn publish(
    root: &Path,
    args: &Args,
    progress: &Progress,
    mut loaded: Loaded,
    held: HeldBack,
    is_rehearsed: bool,
) -> Result<Attempt, Error> {
    let Some(model) = loaded.model.take().filter(|_| !loaded.diagnostics.has_errors()) else {
        console::listing(&loaded.diagnostics, &loaded.texts, args.format, root)?;
        return Err(Error::shown(Outcome::Content));
    };
    let out = args.out.clone().unwrap_or_else(|| folders::usual(root));
    if folders::overlaps_sources(root, &out) {
        return Err(folders::refuse_overlap(&out));
    }
    let mut model = ManuallyDrop::new(model);
    let as_of = site::as_of(args.as_of.as_deref(), &model)?;
    let events = args.events.as_deref().map(|to| events::Target::of(to, root, &out)).transpose()?;
    let previous = args.previous.as_deref().map(published::manifest).transpose()?.flatten();
    let mut cache = None;
    let mut target = Target {
        out: &out,
        force: args.force,
        is_watched: false,
        known: None,
        previous: previous.as_ref(),
        missed: BTreeMap::new(),
        events: events.as_ref(),
    };
    let mut publish = |model: &Model, target: &Target<'_>| {
        publishing::contained(|| {
            let site = ManuallyDrop::new(publishing::site(model, as_of)?);
            publishing::publish(&site, &loaded.assets, target, &mut cache, root, progress)
        })
    };
    let mut done = publish(&model, &target);
    if let Err(Failure::Moved(found)) = &done
        && args.hold_broken
        && let Some(missed) = renames::hold(&mut model, found)
    {
        loaded.diagnostics.extend(found.iter().map(|moved| moved.found.clone()));
        target.missed = missed;
        done = publish(&model, &target);
    }
    match done {
        Ok(done) => {
            if let Some(cache) = cache {
                cache.write();
            }
            loaded.diagnostics.extend(done.found);
            let outcome = show(root, args, &mut loaded, held)?;
            let line = publishing::line(&done.report, progress);
            match args.format {
                Listing::Human if args.events.as_deref() != Some(Path::new("-")) && !args.is_quiet => {
                    console::print(&line.text(console::language()))?;
                }
                _ => console::say(line),
            }
            let next = contain(site::step_next(), || {
                panics::seam("next", "");
                timeline::changes(&model, as_of).1
            });
            Ok(Attempt::Ended(Some(Box::new(Built { outcome, model, as_of, next }))))
        }
        Err(Failure::Panicked(_)) if args.hold_broken && !is_rehearsed => Ok(Attempt::Panicked),
        Err(failure) => {
            loaded.diagnostics.extend(failure.found(&mut model, &loaded.assets, as_of)?);
            show(root, args, &mut loaded, held)?;
            Ok(Attempt::Ended(None))
        }
    }
}

fn show(root: &Path, args: &Args, loaded: &mut Loaded, held: HeldBack) -> Result<Outcome, Error> {
    load::fill_texts(root, loaded);
    let outcome = hold_broken::tell(held, loaded);
    console::listing(&loaded.diagnostics, &loaded.texts, args.format, root)?;
    Ok(outcome)
}
