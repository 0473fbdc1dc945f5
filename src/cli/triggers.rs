//! The events that `watch` and `serve` wait for: file changes, the clock and stop signals.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant as Clock};

use super::console;
use super::error::Error;
use super::site;
use crate::file_watcher::{FileWatcher, WatchEvent};
use crate::message::{Message, message};
use crate::model::Instant;
use crate::os;
#[cfg(feature = "serve")]
use crate::preview::Step;
use crate::source::THEMES;

/// One save or checkout causes several file events. Events this close together count as one.
const QUIET: Duration = Duration::from_millis(15);
/// The longest wait for files that keep changing.
const MOST: Duration = Duration::from_millis(400);
/// The longest wait for a checkout to finish.
const CHECKOUT: Duration = Duration::from_secs(3);
/// The interval of clock checks. The machine may sleep, and the clock may be set.
const TICK: Duration = Duration::from_secs(1);
/// The interval of reads without a file event. Some file systems send none.
const LOOK: Duration = Duration::from_secs(10);

/// The reason that the command wakes up.
#[derive(Debug)]
pub(super) enum Trigger {
    /// Files changed, or may have changed.
    Files(WatchEvent),
    /// The awaited instant has come, or the clock was set back.
    Time,
    /// The user of the preview wants to step to another time.
    #[cfg(feature = "serve")]
    Asked(Step),
    Stop,
}

pub(super) struct Triggers {
    root: PathBuf,
    wakes: Receiver<Trigger>,
    bell: Sender<Trigger>,
    watching: Option<FileWatcher>,
    looked: Clock,
}

impl Triggers {
    /// Starts to wait; from now on no change is missed.
    ///
    /// Fails if the thread for the stop signals cannot start. If the system cannot watch files,
    /// prints a warning and reads them every second instead. Also watches `out`, if it lies in the
    /// root.
    pub(super) fn begin(root: &Path, out: Option<&Path>) -> Result<Triggers, Error> {
        let (bell, wakes) = channel();
        on_stop(bell.clone()).map_err(|error| no_thread(&error))?;
        let tell = bell.clone();
        let watching = FileWatcher::begin(root, &["content", THEMES], out, move |seen| {
            drop(tell.send(Trigger::Files(seen)));
        });
        let watching = match watching {
            Ok(watching) => Some(watching),
            Err(error) => {
                console::say(blind(&error));
                None
            }
        };
        Ok(Triggers { root: root.to_path_buf(), wakes, bell, watching, looked: Clock::now() })
    }

    /// The sender for [`Trigger::Asked`] and other triggers.
    #[cfg(feature = "serve")]
    pub(super) fn bell(&self) -> Sender<Trigger> {
        self.bell.clone()
    }

    /// Waits for file changes, for `next`, for the clock to fall behind `now`, or for the end.
    pub(super) fn next(&mut self, now: Instant, next: Option<Instant>) -> Trigger {
        loop {
            match self.wakes.recv_timeout(TICK) {
                Ok(Trigger::Files(seen)) => return self.settled(seen),
                Ok(wake) => return wake,
                Err(RecvTimeoutError::Disconnected) => return Trigger::Stop,
                Err(RecvTimeoutError::Timeout) => {}
            }
            let clock = site::now();
            if next.is_some_and(|next| next <= clock) || clock < now {
                return Trigger::Time;
            }
            if self.watching.is_none() || self.looked.elapsed() >= LOOK {
                self.looked = Clock::now();
                return Trigger::Files(WatchEvent::Anything);
            }
        }
    }

    /// Waits until files stop changing.
    fn settled(&mut self, first: WatchEvent) -> Trigger {
        let begun = Clock::now();
        let mut all = first;
        loop {
            match self.wakes.recv_timeout(QUIET) {
                Ok(Trigger::Files(seen)) => all = all.and(seen),
                Ok(Trigger::Stop) | Err(RecvTimeoutError::Disconnected) => return Trigger::Stop,
                // A request that arrives meanwhile is handled next.
                Ok(asked) => {
                    let _ = self.bell.send(asked);
                    break;
                }
                Err(RecvTimeoutError::Timeout) if !self.is_checkout() => break,
                Err(RecvTimeoutError::Timeout) => {}
            }
            let most = if self.is_checkout() { CHECKOUT } else { MOST };
            if begun.elapsed() > most {
                break;
            }
        }
        if all == WatchEvent::Anything
            && let Some(watching) = &mut self.watching
            && let Err(error) = watching.renew()
        {
            console::say(blind(&error));
            self.watching = None;
        }
        Trigger::Files(all)
    }

    /// Whether git is writing files. Half a checkout must not be read.
    fn is_checkout(&self) -> bool {
        self.root.join(".git/index.lock").exists()
    }
}

/// What is said if the system cannot watch files.
fn blind(error: &Message) -> Message {
    message!("cli-triggers-blind", "cannot watch files, so noroshi checks them every second: {error}", error)
}

/// Sends [`Trigger::Stop`] when the process gets a stop signal.
fn on_stop(bell: Sender<Trigger>) -> io::Result<()> {
    let wait = move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build();
        if let Ok(runtime) = runtime {
            runtime.block_on(os::stopped());
            // If the receiver is gone, the command has ended already.
            let _ = bell.send(Trigger::Stop);
        }
    };
    thread::Builder::new().name("signals".to_owned()).spawn(wait).map(drop)
}

pub(super) fn no_thread(error: &io::Error) -> Error {
    let message = message!("cli-triggers-no-thread", "cannot start a thread: {error}", error);
    let help = message!(
        "cli-triggers-no-thread-help",
        "allow this user more processes (see `ulimit -u`), or run `noroshi build`, which needs no thread"
    );
    Error::environment(message, help)
}
