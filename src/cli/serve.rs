//! `noroshi serve`: previews the site on this machine.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::Instant as Clock;

use super::Outcome;
use super::console;
use super::error::Error;
use super::next::words;
use super::publishing::{self, Failure};
use super::site;
use super::triggers::{Trigger, Triggers, no_thread};
use crate::diagnostic;
use crate::file_watcher::WatchEvent;
use crate::load::{IncrementalReader, Loaded};
use crate::message::{Message, message};
use crate::model::config::Url;
use crate::model::{Instant, Model, Zone};
use crate::os::BROWSER;
use crate::panics::contain;
use crate::preview::{Bar, Content, ServedSite, Server, Step};
use crate::render;
use crate::timeline;

/// Preview the site on this machine
///
/// Builds in memory and writes no file. Rebuilds on each change of the content and at each
/// scheduled change; the browser reloads by itself. Errors in the content are shown over the last
/// site without errors.
///
/// Answers only requests from this machine. Pages of other origins may link to the preview, but cannot load
/// anything from it: no script, image, frame or data.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Args {
    /// The port on 127.0.0.1; 0 takes any free port
    #[arg(long, value_name = "PORT", default_value_t = 4000)]
    port: u16,
    /// Show the site as of this instant; from there, step to the next and the previous change
    #[arg(long, value_name = "TIME")]
    as_of: Option<String>,
    /// Show drafts too
    #[arg(long)]
    drafts: bool,
    /// Open the preview in the browser
    #[arg(long)]
    open: bool,
}

impl Args {
    /// The same, with this instant if none is given.
    pub(super) fn or_as_of(&self, as_of: &str) -> Args {
        let as_of = self.as_of.clone().or_else(|| Some(as_of.to_owned()));
        Args { as_of, ..self.clone() }
    }
}

pub(super) fn run(root: &Path, args: &Args) -> Result<Outcome, Error> {
    site::folder(root)?;
    // Messages name files by their absolute paths.
    let root = &std::path::absolute(root).unwrap_or_else(|_| root.to_path_buf());
    let server = Server::bind(args.port).map_err(|error| refused(args.port, &error))?;
    let url = server.url();
    let mut waiting = Triggers::begin(root, None)?;
    let bell = waiting.bell();
    let shelf = server.run(console::language(), move |step| drop(bell.send(Trigger::Asked(step))));
    let shelf = shelf.map_err(|error| no_thread(&error))?;
    let mut preview = Preview {
        reader: IncrementalReader::new(root, Url::parse(&url), args.drafts),
        shelf,
        drafts: args.drafts,
        as_of: None,
        good: None,
        shown: (Instant(i64::MIN), None),
        printed: String::new(),
    };
    preview.read(WatchEvent::Anything);
    if let Some(written) = &args.as_of {
        let zone = preview.reader.loaded().model.as_ref().map_or(Zone::UTC, |model| model.config.zone);
        preview.as_of = Some(site::instant(written, zone)?);
    }
    preview.show();
    let serving = message!("cli-serve-at", "serving {url}; stop it with Ctrl-C", url);
    console::print(&serving.text(console::language()))?;
    if args.open {
        open(&url);
    }
    loop {
        let next = preview.shown.1.filter(|_| preview.as_of.is_none());
        // With `--as-of` the preview's time does not follow the clock.
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
        let help = message!(
            "cli-serve-port-used-help",
            "stop the program that uses it, or choose another port: `--port {other}`",
            other = port.saturating_add(1)
        );
        return Error::environment(message!("cli-serve-port-used", "port {port} is in use", port), help);
    }
    let message = message!("cli-serve-port", "cannot listen on port {port}: {error}", port, error);
    let help = message!("cli-serve-port-help", "choose a port from 1024 on, such as `--port 4000`");
    Error::environment(message, help)
}

/// Opens a URL with the desktop's browser. A desktop without one is not an error.
fn open(url: &str) {
    let quiet = Command::new(BROWSER)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if quiet.is_err() {
        console::say(message!("cli-serve-no-browser", "cannot open a browser; open {url} yourself", url));
    }
}

struct Preview {
    reader: IncrementalReader,
    shelf: ServedSite,
    drafts: bool,
    /// The fixed instant of the preview; `None` follows the clock.
    as_of: Option<Instant>,
    /// The files of the last site without errors.
    good: Option<BTreeMap<String, Vec<u8>>>,
    /// The instant that is shown, and the next change.
    shown: (Instant, Option<Instant>),
    /// The last diagnostics printed, so that the same ones are not printed twice.
    printed: String,
}

impl Preview {
    /// Reads the changed files. Returns whether anything changed.
    fn read(&mut self, seen: WatchEvent) -> bool {
        let read = match seen {
            WatchEvent::Files(files) => self.reader.read_touched(&files),
            WatchEvent::Anything => self.reader.read(),
        };
        match read {
            Ok(read) => read.files > 0,
            Err(error) => {
                let message = error.message();
                console::say(message!("cli-error", "error: {message}", message));
                false
            }
        }
    }

    fn step(&mut self, step: Step) {
        let Some(model) = &self.reader.loaded().model else { return };
        let at = self.as_of.unwrap_or_else(site::now);
        let (effective, next) = timeline::changes(model, at);
        self.as_of = match step {
            Step::Now => None,
            Step::Next => next.or(self.as_of),
            // One second earlier, so that this finds the change that led to the current state.
            Step::Previous => Some(timeline::changes(model, Instant(effective.0 - 1)).0),
        };
    }

    /// Builds the site for the wanted instant, and shows it.
    fn show(&mut self) {
        let begun = Clock::now();
        let loaded = self.reader.loaded();
        let errors = loaded.diagnostics.has_errors();
        let all = plain(loaded);
        if all != self.printed {
            console::diagnostics(&loaded.diagnostics, &loaded.texts);
        }
        let faults = errors.then(|| all.clone());
        self.printed = all;
        let mut bar = Bar::default();
        if let Some(model) = loaded.model.as_ref().filter(|_| !errors) {
            let as_of = self.as_of.unwrap_or_else(site::now);
            let step = message!("cli-serve-step-build", "building the site");
            let built = contain(step, || build(model, loaded, as_of));
            match built.unwrap_or_else(|panicked| Err(Failure::Panicked(panicked))) {
                Ok((files, shown)) => {
                    let count = files.len();
                    (self.good, self.shown) = (Some(files), shown);
                    console::say(message!(
                        "cli-serve-built",
                        "built {count} files in {time} ms",
                        count,
                        time = begun.elapsed().as_millis().to_string()
                    ));
                }
                Err(failure) => {
                    let message = failure.words().0;
                    console::say(message!("cli-error", "error: {message}", message));
                    // The entries that cause a panic now have errors, so there is a site to show again.
                    let has_panicked = matches!(failure, Failure::Panicked(_));
                    if has_panicked && self.reader.blame(&|model| render::rehearse(model, as_of).err()) {
                        return self.show();
                    }
                }
            }
        }
        if let Some(model) = &self.reader.loaded().model {
            let step = message!("cli-serve-step-bar", "naming the next change");
            bar = contain(step, || self.bar(model)).unwrap_or_default();
        }
        self.shelf.put(Content { files: self.good.clone().unwrap_or_default(), bar, faults });
    }

    fn bar(&self, model: &Model) -> Bar {
        let zone = model.config.zone;
        let local =
            |at: Instant| format!("{} {}", zone.local(at).format("%Y-%m-%d %H:%M:%S"), zone.abbreviation(at));
        let now = self.as_of.unwrap_or_else(site::now);
        let (effective, _) = timeline::changes(model, now);
        let what = |after: Instant| {
            let found = timeline::upcoming(model, after);
            let first = found.first()?;
            let mut all: Vec<Message> = Vec::new();
            for change in &found {
                let what = words(change.what);
                let line = match change.head {
                    Some(head) => {
                        message!("cli-serve-change", "{slug}: {what}", slug = head.slug, what)
                    }
                    None => what,
                };
                if !all.contains(&line) {
                    all.push(line);
                }
            }
            let changes = Message::joined(all, message!("cli-serve-comma", ", "));
            Some(message!("cli-serve-changes", "{at}: {changes}", at = local(first.at), changes))
        };
        let before = timeline::changes(model, Instant(effective.0 - 1)).0;
        Bar {
            time: match self.as_of {
                Some(at) => message!("cli-serve-as-of", "as of {at}", at = local(at)),
                None => message!("cli-serve-as-of-now", "as of now"),
            },
            frozen: self.as_of.map(Instant::iso),
            previous: Some(what(Instant(before.0 - 1)).unwrap_or_else(|| Message::same(local(before)))),
            next: what(now),
            note: self.drafts.then(|| message!("cli-serve-drafts", "Includes drafts.")),
        }
    }
}

type Built = (BTreeMap<String, Vec<u8>>, (Instant, Option<Instant>));

fn build(model: &Model, loaded: &Loaded, as_of: Instant) -> Result<Built, Failure> {
    let site = publishing::site(model, as_of)?;
    let files = Mutex::new(BTreeMap::new());
    render::each(&site, &loaded.assets, |file| {
        // A file is inserted as a whole, so a panic elsewhere leaves no broken file.
        files.lock().unwrap_or_else(PoisonError::into_inner).insert(file.path, file.bytes);
        Ok::<_, Failure>(())
    })?;
    let files = files.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok((files, timeline::changes(model, as_of)))
}

/// All diagnostics as text for people, without colours.
fn plain(loaded: &Loaded) -> String {
    let shown = |d: &&diagnostic::Diagnostic| console::drawn(d, &loaded.texts, false);
    loaded.diagnostics.sorted().iter().map(shown).collect::<Vec<_>>().join("\n\n")
}
