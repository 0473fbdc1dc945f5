//! `noroshi watch`: publishes on every change until it is stopped.
//!
//! Why: docs/decisions/automation.md.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Instant as Clock;

#[cfg(feature = "announce")]
use super::announce;
use super::console::{self, Progress};
#[cfg(feature = "deploy")]
use super::deploy;
use super::error::Error;
use super::publishing::{self, Failure, Target};
use super::site;
use super::triggers::{Trigger, Triggers};
use super::{Outcome, folders};
use crate::cache::Cache;
use crate::file_watcher::WatchEvent;
use crate::load::IncrementalReader;
use crate::message::{Message, count, message};
use crate::model::Instant;
use crate::publish::{self, Report};
use crate::render;
use crate::timeline;

/// Publish whenever the content or the clock changes the site, until stopped
///
/// Prints one line per publication. If the content has errors or noroshi cannot write the
/// folder, prints the error, leaves the last good site in place and continues. SIGINT and SIGTERM end it
/// cleanly.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder to publish to [default: `public` in the root]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The address of the site, instead of `url` in site.yaml
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Publish into a folder that contains other files, and leave them alone
    #[arg(long)]
    force: bool,
    /// Deploy each publication to the targets in site.yaml, as `noroshi deploy` does
    #[cfg(feature = "deploy")]
    #[arg(long)]
    deploy: bool,
    /// Announce each update once the published site has it, as `noroshi announce` does
    #[cfg(feature = "announce")]
    #[arg(long)]
    announce: bool,
}

pub(super) fn run(root: &Path, args: &Args) -> Result<Outcome, Error> {
    let base_url = site::base_url(args.base_url.as_deref())?;
    site::folder(root)?;
    // Messages name files by their absolute paths.
    let root = &std::path::absolute(root).unwrap_or_else(|_| root.to_path_buf());
    let out = args.out.clone().unwrap_or_else(|| folders::usual(root));
    if folders::overlaps_sources(root, &out) {
        return Err(folders::refuse_overlap(&out));
    }
    // The watch starts before the first read, so that no change in between is missed.
    let mut waiting = Triggers::begin(root, std::path::absolute(&out).ok().as_deref())?;
    let mut publisher = Publisher {
        root: root.clone(),
        #[cfg(feature = "deploy")]
        worker: args.deploy.then(|| deploy::Worker::start(root, &out)),
        #[cfg(feature = "announce")]
        herald: args.announce.then(|| announce::Worker::start(root, args.base_url.as_deref())),
        out,
        force: args.force,
        reader: IncrementalReader::new(root, base_url, false),
        cache: None,
        built_for: Instant(i64::MIN),
        next_change: None,
        is_published: false,
        is_sound: false,
        known: None,
        last_error: String::new(),
        retry: None,
    };
    publisher.look(WatchEvent::Anything);
    loop {
        match waiting.next(publisher.built_for, publisher.next()) {
            Trigger::Files(seen) => publisher.look(seen),
            Trigger::Time => publisher.look(WatchEvent::Anything),
            // Only the preview asks.
            #[cfg(feature = "serve")]
            Trigger::Asked(_) => publisher.look(WatchEvent::Anything),
            Trigger::Stop => break,
        }
    }
    publisher.close();
    Ok(Outcome::Done)
}

/// The state of the site between two publications.
struct Publisher {
    root: PathBuf,
    out: PathBuf,
    force: bool,
    reader: IncrementalReader,
    cache: Option<Cache>,
    built_for: Instant,
    /// The next instant at which the site changes without an edit.
    next_change: Option<Instant>,
    /// Whether the content that was read is published.
    is_published: bool,
    /// Whether the output folder was checked since its last failure.
    is_sound: bool,
    /// The last manifest.
    known: Option<publish::Known>,
    /// The last error message, so that the same error is not printed twice.
    last_error: String,
    retry: Option<(Instant, i64)>,
    /// What deploys each publication.
    #[cfg(feature = "deploy")]
    worker: Option<deploy::Worker>,
    /// What announces each publication.
    #[cfg(feature = "announce")]
    herald: Option<announce::Worker>,
}

impl Publisher {
    /// The next instant at which there is work even if no file changes.
    fn next(&self) -> Option<Instant> {
        self.retry.map(|(at, _)| at).or(self.next_change)
    }

    /// Reads the changed files and publishes the differences.
    fn look(&mut self, seen: WatchEvent) {
        let begun = Clock::now();
        let now = site::now();
        // Clock and retry wake-ups carry no file names.
        let (is_known, read) = match seen {
            WatchEvent::Files(files) => (true, self.reader.read_touched(&files)),
            WatchEvent::Anything => (false, self.reader.read()),
        };
        // A file was deleted while it was read. The next read no longer lists it.
        let read = match read {
            Err(error) if error.source.kind() == ErrorKind::NotFound => self.reader.read(),
            read => read,
        };
        let read = match read {
            Ok(read) => read,
            Err(error) => {
                let help = message!("cli-watch-unreadable-help", "check the file and the disk");
                return self.fail(now, &error.message(), help);
            }
        };
        self.is_published &= read.files == 0;
        let turned = now < self.built_for || self.next_change.is_some_and(|next| next <= now);
        if self.is_published && !turned && self.retry.is_none() && publish::is_there(&self.out) {
            return;
        }
        self.go_on(begun, now, is_known, turned);
    }

    /// Publishes what was read, as far as its errors allow.
    fn go_on(&mut self, begun: Clock, now: Instant, is_known: bool, turned: bool) {
        let broken = self.reader.loaded().diagnostics.has_errors();
        if broken {
            self.refuse(now);
            // An error in one file must not stop the clock for the other pages.
            if !turned || !self.reader.holds() {
                self.next_change = self.next_change.filter(|next| *next > now);
                return;
            }
        }
        let loaded = self.reader.loaded();
        let Some(model) = &loaded.model else { return };
        let target = Target {
            out: &self.out,
            force: self.force,
            is_watched: is_known && self.is_sound,
            known: self.known.as_ref(),
            previous: None,
            missed: BTreeMap::new(),
            events: None,
        };
        let progress = Progress::new();
        let cache = &mut self.cache;
        let done = publishing::contained(|| {
            let site = publishing::site(model, now)?;
            let done = publishing::publish(&site, &loaded.assets, &target, cache, &self.root, &progress)?;
            let (effective, next) = timeline::changes(model, now);
            Ok((done, effective, next))
        });
        match done {
            Ok((done, effective, next)) => {
                let (report, warnings) = (done.report, loaded.diagnostics.counts().1 + done.found.len());
                for found in &done.found {
                    let (file, message) = (&found.place.file, &found.message);
                    console::say(message!("cli-watch-warning", "warning: {file}: {message}", file, message));
                }
                let is_first = self.built_for.0 == i64::MIN;
                if is_first
                    || report.written > 0
                    || report.removed > 0
                    || (!broken && !self.last_error.is_empty())
                {
                    console::say(message!(
                        "cli-watch-published",
                        "{now} published in {time} ms: {what}",
                        now = now.iso(),
                        time = begun.elapsed().as_millis().to_string(),
                        what = what(report, warnings, next)
                    ));
                }
                #[cfg(feature = "deploy")]
                if let Some(worker) =
                    self.worker.as_ref().filter(|_| is_first || report.written > 0 || report.removed > 0)
                {
                    worker.deploy(deploy::Content::of(model, now));
                }
                #[cfg(feature = "announce")]
                if let Some(herald) =
                    self.herald.as_ref().filter(|_| is_first || report.written > 0 || report.removed > 0)
                {
                    herald.announce();
                }
                (self.built_for, self.next_change, self.is_published) = (effective, next, true);
                self.is_sound = true;
                self.retry = None;
                self.reader.settle();
                // Read now, while the user waits for nothing, so that the next save is faster.
                self.known = publish::Known::read(&self.out);
                if broken {
                    console::say(message!(
                        "cli-watch-held",
                        "  for files with errors, the last good version"
                    ));
                } else {
                    self.last_error.clear();
                }
            }
            Err(Failure::Leak(leak)) => {
                let found = leak.diagnostic();
                let (file, message) = (&found.place.file, &found.message);
                let message = message!("cli-watch-leak", "{file}: {message}", file, message);
                self.fail(now, &message, Message::default());
                self.retry = None;
            }
            // An editor may rename a file away for a moment while it saves. The next read finds it again.
            Err(Failure::Moved(moved)) => {
                let all = moved.iter().map(publishing::finding_line).collect();
                self.fail(now, &Message::joined(all, semicolon()), Message::default());
                self.retry = None;
            }
            // The entries that cause the panic get an error and keep their last good version.
            Err(Failure::Panicked(_)) if self.reader.blame(&|model| render::rehearse(model, now).err()) => {
                self.go_on(begun, now, is_known, turned);
            }
            Err(failure) => {
                let (message, help) = failure.words();
                self.fail(now, &message, help);
            }
        }
    }

    /// Prints the errors of the content, in full and once.
    fn refuse(&mut self, now: Instant) {
        let loaded = self.reader.loaded();
        let (errors, _) = loaded.diagnostics.counts();
        let all = format!("{:?}", loaded.diagnostics.sorted());
        self.retry = None;
        if self.last_error != all {
            console::diagnostics(&loaded.diagnostics, &loaded.texts);
            console::say(message!(
                "cli-watch-errors",
                "{now} not published: {errors}; the last good site stays in place",
                now = now.iso(),
                errors = count(errors, "error", "errors")
            ));
            self.last_error = all;
        }
    }

    /// Prints an error of the environment once, and schedules retries with growing delays.
    fn fail(&mut self, now: Instant, message: &Message, help: Message) {
        if self.last_error != message.english() {
            let again = message!("cli-watch-again", "trying again");
            let parts = [message.clone(), help, again].into_iter().filter(|part| !part.is_empty());
            console::say(message!(
                "cli-watch-failed",
                "{now} not published: {why}",
                now = now.iso(),
                why = Message::joined(parts.collect(), semicolon())
            ));
            message.english().clone_into(&mut self.last_error);
        }
        let wait = self.retry.map_or(1, |(_, wait)| (wait * 2).min(LONGEST_WAIT));
        self.retry = Some((Instant(now.0 + wait), wait));
        (self.is_published, self.is_sound) = (false, false);
    }

    fn close(self) {
        if let Some(cache) = &self.cache {
            cache.write();
        }
        #[cfg(feature = "deploy")]
        if let Some(worker) = self.worker {
            worker.close();
        }
        #[cfg(feature = "announce")]
        if let Some(herald) = self.herald {
            herald.close();
        }
        console::say(message!("cli-watch-stopped", "{now} stopped", now = site::now().iso()));
    }
}

fn semicolon() -> Message {
    message!("cli-watch-semicolon", "; ")
}

/// What was published, and when the site changes next.
fn what(report: Report, warnings: usize, next: Option<Instant>) -> Message {
    let mut parts = vec![message!(
        "cli-watch-files",
        "{written} written, {unchanged} unchanged, {removed} removed",
        written = report.written,
        unchanged = report.unchanged,
        removed = report.removed
    )];
    if warnings > 0 {
        let warnings = count(warnings, "warning", "warnings");
        parts.push(message!("cli-watch-warnings", "{warnings}", warnings));
    }
    if let Some(next) = next {
        parts.push(message!("cli-watch-next", "next change {next}", next = next.iso()));
    }
    Message::joined(parts, semicolon())
}

/// The longest delay between two attempts, in seconds.
const LONGEST_WAIT: i64 = 30;
