//! `noroshi watch`
//!
//! Why: docs/decisions/automation.md.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Instant as Clock;

use super::console::{self, Progress};
use super::error::Error;
use super::publishing::{self, Failure, Target};
use super::triggers::{Trigger, Triggers};
use super::{Format, Outcome, folders};
use crate::cache::Cache;
use crate::file_watcher::WatchEvent;
use crate::load::IncrementalReader;
use crate::model::Instant;
use crate::model::config::Url;
use crate::publish::{self, Report};
use crate::render;
use crate::timeline;

/// Publish on every change of the content and of the clock, until stopped
///
/// One line for each time that something was published. What is wrong with the content or with the folder is
/// said, the last good site stays, and it goes on. Ends cleanly on SIGINT and SIGTERM.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Where to publish [default: `public` in the root]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Where the site is served, instead of `url` in site.yaml
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Publish into a folder that holds other files; none of them is touched
    #[arg(long)]
    force: bool,
}

pub(super) fn run(root: &Path, args: &Args) -> Result<Outcome, Error> {
    let base_url = console::base_url(args.base_url.as_deref())?;
    console::folder(root)?;
    // As messages name files.
    let root = &std::path::absolute(root).unwrap_or_else(|_| root.to_path_buf());
    let out = args.out.clone().unwrap_or_else(|| folders::usual(root));
    if folders::overlaps_sources(root, &out) {
        return Err(folders::refuse_overlap(&out));
    }
    // Watched before it is read for the first time, so that nothing falls between the two.
    let mut waiting = Triggers::begin(root, std::path::absolute(&out).ok().as_deref())?;
    let mut publisher = Publisher::new(root, out, args.force, base_url);
    publisher.look(WatchEvent::Anything);
    loop {
        match waiting.next(publisher.built_for, publisher.next()) {
            Trigger::Files(seen) => publisher.look(seen),
            Trigger::Time | Trigger::Asked(_) => publisher.look(WatchEvent::Anything),
            Trigger::Stop => break,
        }
    }
    publisher.close();
    Ok(Outcome::Done)
}

/// The site between two publications.
struct Publisher {
    root: PathBuf,
    out: PathBuf,
    force: bool,
    reader: IncrementalReader,
    cache: Option<Cache>,
    /// The instant that the published site was built for.
    built_for: Instant,
    /// When it changes by itself.
    next_change: Option<Instant>,
    /// Whether what was read is published.
    is_published: bool,
    /// Whether the folder was looked through since something last went wrong with it.
    is_sound: bool,
    /// The last manifest.
    known: Option<publish::Known>,
    /// What was said of the last failure: the same is said once.
    said: String,
    retry: Option<(Instant, i64)>,
}

impl Publisher {
    fn new(root: &Path, out: PathBuf, force: bool, base_url: Option<Url>) -> Publisher {
        Publisher {
            root: root.to_path_buf(),
            out,
            force,
            reader: IncrementalReader::new(root, base_url, false),
            cache: None,
            built_for: Instant(i64::MIN),
            next_change: None,
            is_published: false,
            is_sound: false,
            known: None,
            said: String::new(),
            retry: None,
        }
    }

    /// When there is something to do even if nobody changes a file.
    fn next(&self) -> Option<Instant> {
        self.retry.map(|(at, _)| at).or(self.next_change)
    }

    /// Reads what changed and publishes what is other than before.
    fn look(&mut self, seen: WatchEvent) {
        let begun = Clock::now();
        let now = console::now();
        // The clock and the wish to look again are no message about files.
        let (is_known, read) = match seen {
            WatchEvent::Files(files) => (true, self.reader.read_touched(&files)),
            WatchEvent::Anything => (false, self.reader.read()),
        };
        // A file that went while it was to be read is gone by the next look.
        let read = match read {
            Err(error) if error.source.kind() == ErrorKind::NotFound => self.reader.read(),
            read => read,
        };
        let read = match read {
            Ok(read) => read,
            Err(error) => return self.fail(now, &error.to_string(), "look at the file and at the disk"),
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
            // A slip in one file is no reason for every page to say what is no longer so.
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
                    console::say(&format!("warning: {}: {}", found.place.file, found.message));
                }
                let is_first = self.built_for.0 == i64::MIN;
                if is_first || report.written > 0 || report.removed > 0 || (!broken && !self.said.is_empty())
                {
                    let time = begun.elapsed().as_millis();
                    console::say(&format!(
                        "{} published in {time} ms{}",
                        now.iso(),
                        line(report, warnings, next)
                    ));
                }
                (self.built_for, self.next_change, self.is_published) = (effective, next, true);
                self.is_sound = true;
                self.retry = None;
                self.reader.settle();
                // Read while nobody waits, so that the next save need not.
                self.known = publish::Known::read(&self.out);
                if broken {
                    console::say("  of what has errors, the last good version");
                } else {
                    self.said.clear();
                }
            }
            Err(Failure::Leak(leak)) => {
                let found = leak.diagnostic();
                self.fail(now, &format!("{}: {}", found.place.file, found.message), "");
                self.retry = None;
            }
            // A file that an editor renames is gone for a moment: the next look finds it again.
            Err(Failure::Moved(moved)) => {
                let all: Vec<String> = moved.iter().map(publishing::said).collect();
                self.fail(now, &all.join("; "), "");
                self.retry = None;
            }
            // What causes it stands as before from now on, with an error.
            Err(Failure::Panicked(_)) if self.reader.blame(&|model| render::rehearse(model, now).err()) => {
                self.go_on(begun, now, is_known, turned);
            }
            Err(failure) => {
                let (message, help) = failure.words();
                let help = help.to_owned();
                self.fail(now, &message, &help);
            }
        }
    }

    /// The content has errors: they are said in full, once.
    fn refuse(&mut self, now: Instant) {
        let loaded = self.reader.loaded();
        let (errors, _) = loaded.diagnostics.counts();
        let all = format!("{:?}", loaded.diagnostics.sorted());
        self.retry = None;
        if self.said != all {
            console::diagnostics(&loaded.diagnostics, &loaded.texts, Format::Human);
            let errors = crate::text::count(errors, "error", "errors");
            console::say(&format!("{} not published: {errors}; the last good site stays", now.iso()));
            self.said = all;
        }
    }

    /// The environment failed: it is said once, and tried again ever less often.
    fn fail(&mut self, now: Instant, message: &str, help: &str) {
        if self.said != message {
            let parts = [message, help, "trying again"].map(|part| part.trim_end_matches('.'));
            let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            console::say(&format!("{} not published: {}", now.iso(), parts.join("; ")));
            message.clone_into(&mut self.said);
        }
        let wait = self.retry.map_or(1, |(_, wait)| (wait * 2).min(LONGEST_WAIT));
        self.retry = Some((Instant(now.0 + wait), wait));
        (self.is_published, self.is_sound) = (false, false);
    }

    fn close(self) {
        if let Some(cache) = &self.cache {
            cache.write();
        }
        console::say(&format!("{} stopped", console::now().iso()));
    }
}

/// What was published, in one line.
fn line(report: Report, warnings: usize, next: Option<Instant>) -> String {
    let (written, unchanged, removed) = (report.written, report.unchanged, report.removed);
    let mut line = format!(": {written} written, {unchanged} unchanged, {removed} removed");
    if warnings > 0 {
        line.push_str("; ");
        line.push_str(&crate::text::count(warnings, "warning", "warnings"));
    }
    if let Some(at) = next {
        line.push_str("; next change ");
        line.push_str(&at.iso());
    }
    line
}

/// Seconds between two attempts at most.
const LONGEST_WAIT: i64 = 30;
