//! `noroshi import`: imports a status site of another program.

use std::env;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::console::{data, language, print, say};
use super::error::Error;
use super::site::now;
use super::typed;
use super::{Format, Outcome};
use crate::atomic::{Batch, Overwrite};
use crate::file;
use crate::import::{self, Environment, Imported, Settings};
use crate::limits::STATIC_FILE_BYTES;
use crate::message::{Message, count, message};
use crate::os::Shown as _;

/// Import a status site from another program
///
/// Never changes the source. Writes a new site: site.yaml, one file per entry, and import-report.md
/// with a row for every uncertain decision.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The program that made the source
    #[arg(value_enum)]
    from: From,
    /// A folder, a file, or the `https` address of the page; for cState, the folder with its configuration and
    /// `content/issues/`; for Upptime, also the address of the repository
    #[arg(value_name = "SOURCE")]
    source: String,
    /// The folder of the new site [default: the root]
    #[arg(long, value_name = "DIR")]
    into: Option<PathBuf>,
    /// The time zone of the new site and of times without one, such as `Europe/Berlin`
    #[arg(long, value_name = "TZ")]
    timezone: Option<String>,
    /// The language of the new site [default: that of the source, if noroshi has it]
    #[arg(long, value_name = "LOCALE")]
    locale: Option<String>,
    /// Keep each answer of the service in this folder; the next run goes on after them
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// Overwrite existing files
    #[arg(long)]
    force: bool,
    /// The output format of the report; noroshi also writes `import-report.md`
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

/// The programs that `import` can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum From {
    /// Better Stack, from the JSON of its API or the `index.json` of the page
    Betterstack,
    /// Cachet 2 and 3, from the JSON of its API
    Cachet,
    /// cState, a theme for Hugo
    Cstate,
    /// Any RSS or Atom feed, the last resort
    Feed,
    /// Instatus, from the JSON of its API
    Instatus,
    /// openstatus, from the `feed/json` of the page or the JSON of its API
    Openstatus,
    /// Atlassian Statuspage, from the JSON of its API
    Statuspage,
    /// Upptime, from the issues of its repository on GitHub
    Upptime,
}

pub(super) fn run(root: &Path, args: &Args) -> Result<Outcome, Error> {
    let settings = settings(root, args)?;
    let imported = match args.from {
        From::Betterstack => import::better_stack(&args.source, &settings),
        From::Cachet => import::cachet(&args.source, &settings),
        From::Cstate => import::cstate(Path::new(&args.source), &settings),
        From::Feed => import::feed(&args.source, &settings),
        From::Instatus => import::instatus(&args.source, &settings),
        From::Openstatus => import::openstatus(&args.source, &settings),
        From::Statuspage => import::statuspage(&args.source, &settings),
        From::Upptime => import::upptime(&args.source, &settings),
    };
    let imported = imported.map_err(|error| {
        let failed = if error.environment { Error::environment } else { Error::usage };
        failed(error.message, error.help)
    })?;
    let into = args.into.as_ref().map_or_else(|| root.to_path_buf(), |into| root.join(into));
    if let Some(error) = into_source(&into, &args.source) {
        return Err(error);
    }
    write(&into, args, &imported)
}

/// Refuses a target folder inside the source, which must never be written to.
fn into_source(into: &Path, source: &str) -> Option<Error> {
    let source = Path::new(source).canonicalize().ok().filter(|path| path.is_dir())?;
    // The target may not exist yet. Then its nearest existing parent decides.
    let into = std::path::absolute(into).ok()?;
    let there = into.ancestors().find_map(|above| above.canonicalize().ok())?;
    there.starts_with(&source).then(|| {
        let message = message!("cli-import-inside", "`{folder}` is inside the source", folder = into.shown());
        let help =
            message!("cli-import-inside-help", "choose another folder with `--into`; nothing was written");
        Error::usage(message, help)
    })
}

fn settings(root: &Path, args: &Args) -> Result<Settings, Error> {
    let zone = args.timezone.as_deref().map(typed::zone).transpose()?;
    let locale = args.locale.as_deref().map(typed::language).transpose()?;
    let variables =
        import::VARIABLES.iter().filter_map(|name| Some(((*name).to_owned(), env::var(name).ok()?)));
    Ok(Settings {
        zone,
        locale: locale.map(str::to_owned),
        keep: args.keep.as_ref().map(|keep| root.join(keep)),
        environment: Environment::new(variables),
        now: now(),
    })
}

fn write(into: &Path, args: &Args, imported: &Imported) -> Result<Outcome, Error> {
    let about = message!(
        "cli-import-about",
        "{entries} in the source, {made} written; {rows} uncertain decisions.",
        entries = count(imported.found, "entry", "entries"),
        made = imported.made,
        rows = imported.report.len()
    );
    let report = ("import-report.md".to_owned(), imported.report.markdown(&about, language()));
    let files = || imported.files.iter().chain(std::iter::once(&report));
    let taken = files().map(|(name, _)| name).chain(imported.copies.iter().map(|(_, name)| name));
    if let Some(taken) = taken.map(|name| into.join(name)).find(|path| !args.force && exists(path)) {
        return Err(taken_already(&taken));
    }
    let over = if args.force { Overwrite::File } else { Overwrite::Nothing };
    put(into, over, files(), &imported.copies).map_err(|message| {
        let help = message!(
            "cli-import-unwritten-help",
            "check the permissions of the folder, and the disk, then run this again with `--force`; the source is unchanged"
        );
        Error::environment(message, help)
    })?;
    match args.format {
        Format::Json => imported.report.json(language()).try_for_each(|line| data(&format!("{line}\n")))?,
        Format::Human => imported.report.lines(language()).for_each(|line| say(Message::same(line))),
    }
    let path = into.join("import-report.md").shown();
    let line = message!("cli-import-done", "{about} Report: {path}", about, path);
    match args.format {
        Format::Json => say(line),
        Format::Human => print(&line.text(language()))?,
    }
    if imported.report.has_errors() {
        return Ok(Outcome::Content);
    }
    let root = if into == Path::new(".") { String::new() } else { format!(" --root {}", into.shown()) };
    let command = format!("noroshi check{root}");
    say(message!("cli-import-next", "next: {command}", command));
    Ok(Outcome::Done)
}

fn taken_already(path: &Path) -> Error {
    let message = message!("cli-import-taken", "`{path}` already exists", path = path.shown());
    let help = message!(
        "cli-import-taken-help",
        "choose another folder with `--into`, or overwrite it with `--force`; nothing was written"
    );
    Error::environment(message, help)
}

fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Writes all files beside their targets before it renames the first, so that a full disk leaves nothing behind.
fn put<'f>(
    into: &Path,
    over: Overwrite,
    files: impl Iterator<Item = &'f (String, String)>,
    copies: &[(PathBuf, String)],
) -> Result<(), Message> {
    let mut batch = Batch::new(over);
    for (name, text) in files {
        batch.add(&into.join(name), text.as_bytes()).map_err(|error| error.message())?;
    }
    for (from, name) in copies {
        let bytes = file::read(from, STATIC_FILE_BYTES).map_err(|error| {
            message!("cli-import-unread", "cannot read {path}: {error}", path = from.shown(), error)
        })?;
        batch.add(&into.join(name), &bytes).map_err(|error| error.message())?;
    }
    batch.commit().map_err(|error| error.message())
}
