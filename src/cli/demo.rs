//! `noroshi demo`: serves the demo site that the program contains.

use std::path::{Path, PathBuf};

use super::editor::disk;
use super::error::Error;
use super::{Outcome, console, serve};
use crate::atomic::{Batch, Overwrite};
use crate::message::message;
use crate::os::Shown as _;

/// The path below the site and the bytes of each file of the demo.
const FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/demo.rs"));

/// The evening of an incident in the demo.
const AS_OF: &str = "2026-11-20T12:00:00+09:00";

/// Try noroshi with a finished site
///
/// Serves the status site of an invented exchange, on the day of an incident. The bar at the foot of
/// each page steps through time. With DIR, writes the site there first, so that you can change it and
/// watch the preview follow; without DIR, the site is in a temporary folder until you stop the
/// preview.
// clap names a group after each struct of arguments, and that of `serve` has the same name.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub(super) struct Args {
    /// The folder to write the site to; it must not hold a site yet
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
    #[command(flatten)]
    serve: serve::Args,
}

pub(super) fn run(root: &Path, args: &Args) -> Result<Outcome, Error> {
    // Removed at the end of this function.
    let mut temporary = None;
    let dir = if let Some(dir) = &args.dir {
        root.join(dir)
    } else {
        let made = tempfile::Builder::new().prefix("noroshi-demo-").tempdir();
        let made = made.map_err(|error| {
            let message = message!("cli-demo-no-folder", "cannot create a temporary folder: {error}", error);
            let help = message!("cli-demo-no-folder-help", "name a folder for the demo: `noroshi demo DIR`");
            Error::environment(message, help)
        })?;
        temporary.insert(made).path().to_path_buf()
    };
    let files: Vec<_> = FILES.iter().map(|(name, bytes)| (dir.join(name), *bytes)).collect();
    if let Some((taken, _)) = files.iter().find(|(path, _)| path.symlink_metadata().is_ok()) {
        let message = message!("cli-demo-taken", "`{path}` already exists", path = taken.shown());
        let help = message!("cli-demo-taken-help", "choose an empty folder; nothing was written");
        return Err(Error::environment(message, help));
    }
    let mut batch = Batch::new(Overwrite::Nothing);
    let added = files.iter().try_for_each(|(path, bytes)| batch.add(path, bytes));
    added.and_then(|()| batch.commit()).map_err(|error| disk(error.message()))?;
    if args.dir.is_some() {
        console::say(message!("cli-demo-at", "the demo is in `{dir}`", dir = dir.shown()));
    }
    serve::run(&dir, &args.serve.or_as_of(AS_OF))
}
