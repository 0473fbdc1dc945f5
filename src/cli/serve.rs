//! `noroshi serve`

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::Instant as Clock;

use super::console;
use super::error::Error;
use super::next::words;
use super::triggers::{Trigger, Triggers, no_thread};
use super::{Format, Outcome};
use crate::diagnostic;
use crate::file_watcher::WatchEvent;
use crate::load::{IncrementalReader, Loaded};
use crate::model::config::Url;
use crate::model::{Instant, Model, Zone};
use crate::panics::{Panicked, contain};
use crate::preview::{Bar, Content, ServedSite, Server, Step};
use crate::render;
use crate::site::Site;
use crate::timeline::{self, Snapshot};

/// Preview the site on this machine
///
/// Builds into memory, writes no file, and builds again on each change of the content and of the clock; the
/// browser follows by itself. Errors of the content are shown over the last good site.
///
/// Only this machine is answered. Pages of other origins may lead to the preview by a link, but can load
/// nothing from it: not as a script, a picture, a frame or data.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The port on 127.0.0.1; 0 is any that is free
    #[arg(long, value_name = "PORT", default_value_t = 4000)]
    port: u16,
    /// Show the site as of this instant; from there, step to the next and the previous change
    #[arg(long, value_name = "TIME")]
    as_of: Option<String>,
    /// Show drafts too
    #[arg(long)]
    drafts: bool,
    /// Open it in the browser
    #[arg(long)]
    open: bool,
}

pub(super) fn run(root: &Path, args: &Args) -> Result<Outcome, Error> {
    console::folder(root)?;
    // As messages name files.
    let root = &std::path::absolute(root).unwrap_or_else(|_| root.to_path_buf());
    let server = Server::bind(args.port).map_err(|error| refused(args.port, &error))?;
    let url = server.url();
    let mut waiting = Triggers::begin(root, None)?;
    let bell = waiting.bell();
    let shelf = server.run(move |step| drop(bell.send(Trigger::Asked(step))));
    let shelf = shelf.map_err(|error| no_thread(&error))?;
    let mut preview = Preview {
        reader: IncrementalReader::new(root, Url::parse(&url), args.drafts),
        shelf,
        drafts: args.drafts,
        as_of: None,
        good: None,
        shown: (Instant(i64::MIN), None),
        said: String::new(),
    };
    preview.read(WatchEvent::Anything);
    if let Some(written) = &args.as_of {
        let zone = preview.reader.loaded().model.as_ref().map_or(Zone::UTC, |model| model.config.zone);
        preview.as_of = Some(console::instant(written, zone)?);
    }
    preview.show();
    console::print(&format!("serving {url}; stop it with Ctrl-C"));
    if args.open {
        open(&url);
    }
    loop {
        let next = preview.shown.1.filter(|_| preview.as_of.is_none());
        // Where time stands still no clock can fall behind it.
        let now = if preview.as_of.is_some() { Instant(i64::MIN) } else { preview.shown.0 };
        match waiting.next(now, next) {
            Trigger::Files(seen) => {
                if preview.read(seen) {
                    preview.show();
                }
            }
            Trigger::Time => preview.show(),
            Trigger::Asked(step) => {
                preview.step(step);
                preview.show();
            }
            Trigger::Stop => return Ok(Outcome::Done),
        }
    }
}

fn refused(port: u16, error: &std::io::Error) -> Error {
    if error.kind() == ErrorKind::AddrInUse {
        let help = format!("stop what listens there, or choose another: `--port {}`", port.saturating_add(1));
        return Error::environment(format!("port {port} is in use"), &help);
    }
    let message = format!("cannot listen on port {port}: {error}");
    Error::environment(message, "choose a port from 1024 on, such as `--port 4000`")
}

/// Asks the desktop to show an address; one without a browser is no fault.
fn open(url: &str) {
    let program = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let quiet = Command::new(program)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if quiet.is_err() {
        console::say(&format!("no browser could be opened; the address is {url}"));
    }
}

struct Preview {
    reader: IncrementalReader,
    shelf: ServedSite,
    drafts: bool,
    /// Where time stands still; `None` goes along with the clock.
    as_of: Option<Instant>,
    /// The files of the last good site.
    good: Option<BTreeMap<String, Vec<u8>>>,
    /// The instant that is shown, and the next change.
    shown: (Instant, Option<Instant>),
    /// What was said of the content: the same is said once.
    said: String,
}

impl Preview {
    /// Reads what changed; whether anything did.
    fn read(&mut self, seen: WatchEvent) -> bool {
        let read = match seen {
            WatchEvent::Files(files) => self.reader.read_touched(&files),
            WatchEvent::Anything => self.reader.read(),
        };
        match read {
            Ok(read) => read.files > 0,
            Err(error) => {
                console::say(&format!("error: {error}"));
                false
            }
        }
    }

    fn step(&mut self, step: Step) {
        let Some(model) = &self.reader.loaded().model else { return };
        let at = self.as_of.unwrap_or_else(console::now);
        let (effective, next) = timeline::changes(model, at);
        self.as_of = match step {
            Step::Now => None,
            Step::Next => next.or(self.as_of),
            // What led to the state before this one.
            Step::Previous => Some(timeline::changes(model, Instant(effective.0 - 1)).0),
        };
    }

    /// Builds what was read for the instant that is wanted, and shows it.
    fn show(&mut self) {
        let begun = Clock::now();
        let loaded = self.reader.loaded();
        let errors = loaded.diagnostics.has_errors();
        let faults = errors.then(|| plain(loaded));
        self.said = tell(loaded, &self.said);
        let mut bar = Bar::default();
        if let Some(model) = loaded.model.as_ref().filter(|_| !errors) {
            let as_of = self.as_of.unwrap_or_else(console::now);
            let built = contain("building the site", || build(model, loaded, as_of));
            match built.unwrap_or_else(|panicked| Err(BuildFailure::Panicked(panicked))) {
                Ok((files, shown)) => {
                    let count = files.len();
                    (self.good, self.shown) = (Some(files), shown);
                    console::say(&format!("built {count} files in {} ms", begun.elapsed().as_millis()));
                }
                Err(BuildFailure::Said(error)) => console::say(&format!("error: {error}")),
                Err(BuildFailure::Panicked(panicked)) => {
                    console::say(&format!("error: {panicked}"));
                    // With the errors of the entries that cause it, there is something to show again.
                    if self.reader.blame(&|model| unbuildable(model, as_of)) {
                        return self.show();
                    }
                }
            }
        }
        if let Some(model) = &self.reader.loaded().model {
            bar = contain("naming the next change", || self.bar(model)).unwrap_or_default();
        }
        self.shelf.put(Content { files: self.good.clone().unwrap_or_default(), bar, faults });
    }

    fn bar(&self, model: &Model) -> Bar {
        let zone = model.config.zone;
        let local =
            |at: Instant| format!("{} {}", zone.local(at).format("%Y-%m-%d %H:%M:%S"), zone.abbreviation(at));
        let now = self.as_of.unwrap_or_else(console::now);
        let (effective, _) = timeline::changes(model, now);
        let what = |after: Instant| {
            let found = timeline::upcoming(model, after);
            let first = found.first()?;
            let mut all: Vec<String> = Vec::new();
            for change in &found {
                let whose = change.head.map_or(String::new(), |head| format!("{}: ", head.slug));
                let line = format!("{whose}{}", words(change.what));
                if !all.contains(&line) {
                    all.push(line);
                }
            }
            Some(format!("{}: {}", local(first.at), all.join(", ")))
        };
        let before = timeline::changes(model, Instant(effective.0 - 1)).0;
        Bar {
            time: match self.as_of {
                Some(at) => format!("as of {}", local(at)),
                None => "of the present".to_owned(),
            },
            frozen: self.as_of.map(Instant::iso),
            previous: Some(what(Instant(before.0 - 1)).unwrap_or_else(|| local(before))),
            next: what(now),
            note: self.drafts.then_some("Drafts are shown."),
        }
    }
}

type Built = (BTreeMap<String, Vec<u8>>, (Instant, Option<Instant>));

/// Why there is no site to show.
enum BuildFailure {
    Said(String),
    Panicked(Panicked),
}

fn build(model: &Model, loaded: &Loaded, as_of: Instant) -> Result<Built, BuildFailure> {
    let site = Site::new(Snapshot::at(model, as_of)).map_err(|e| BuildFailure::Said(e.to_string()))?;
    let files = Mutex::new(BTreeMap::new());
    let rendered = render::each(&site, &loaded.assets, |file| {
        // A file is put in whole or not at all, so a panic elsewhere spoils none.
        files.lock().unwrap_or_else(PoisonError::into_inner).insert(file.path, file.bytes);
        Ok::<_, Infallible>(())
    });
    rendered.map_err(|error| match error {
        render::RenderError::Read(e) => BuildFailure::Said(e.to_string()),
        render::RenderError::Address(path, why) => {
            BuildFailure::Said(format!("the address `/{path}` cannot be published: {why}"))
        }
        render::RenderError::Panicked(panicked) => BuildFailure::Panicked(panicked),
        render::RenderError::Refused(never) => match never {},
    })?;
    let files = files.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok((files, timeline::changes(model, as_of)))
}

/// Why a model has no site, where that is a panic.
fn unbuildable(model: &Model, as_of: Instant) -> Option<Panicked> {
    render::rehearse(model, as_of).err()
}

/// Every fault as people read it, without colours.
fn plain(loaded: &Loaded) -> String {
    let shown = |d: &&diagnostic::Diagnostic| console::drawn(d, &loaded.texts, false);
    loaded.diagnostics.sorted().iter().map(shown).collect::<Vec<_>>().join("\n\n")
}

/// Says what is wrong, unless that is what was said last; hands back what is known now.
fn tell(loaded: &Loaded, said: &str) -> String {
    let all = plain(loaded);
    if all != said {
        console::diagnostics(&loaded.diagnostics, &loaded.texts, Format::Human);
    }
    all
}
