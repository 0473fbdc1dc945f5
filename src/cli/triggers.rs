//! What a command that goes on waits for: files that change, the clock, and being stopped.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant as Clock};

use super::console;
use super::error::Error;
use crate::file_watcher::{FileWatcher, WatchEvent};
use crate::model::Instant;
use crate::preview::Step;
use crate::source::THEMES;

/// One save is several messages, and so is a checkout: they are waited for this long after each other.
const QUIET: Duration = Duration::from_millis(15);
/// Nobody waits longer than this for files that never come to rest.
const MOST: Duration = Duration::from_millis(400);
/// How long a checkout that has begun is waited for.
const CHECKOUT: Duration = Duration::from_secs(3);
/// The clock on the wall is looked at this often: a machine may sleep, and clocks are set.
const TICK: Duration = Duration::from_secs(1);
/// Even where no message comes the files are looked at now and then: some file systems send none.
const LOOK: Duration = Duration::from_secs(10);

/// Why a command wakes up.
#[derive(Debug)]
pub(super) enum Trigger {
    /// Files were touched, or may have been.
    Files(WatchEvent),
    /// The time has come, or clocks were set back.
    Time,
    /// A reader of the preview wants to go elsewhere in time.
    Asked(Step),
    /// It is to end.
    Stop,
}

/// Waits for all of it.
pub(super) struct Triggers {
    root: PathBuf,
    wakes: Receiver<Trigger>,
    bell: Sender<Trigger>,
    watching: Option<FileWatcher>,
    looked: Clock,
}

impl Triggers {
    /// From now on nothing is missed. Ends the run where there is no thread to hear the signals that stop it.
    /// Where the system cannot watch files, that is said, and they are
    /// looked at every second instead. `out` is watched too, where it lies in the root.
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
                console::say(&format!("cannot watch files, so they are looked at every second: {error}"));
                None
            }
        };
        Ok(Triggers { root: root.to_path_buf(), wakes, bell, watching, looked: Clock::now() })
    }

    /// Rings for [`Trigger::Asked`] and the like.
    pub(super) fn bell(&self) -> Sender<Trigger> {
        self.bell.clone()
    }

    /// Waits for files, for `next`, for the clock to fall behind `now`, or for the end.
    pub(super) fn next(&mut self, now: Instant, next: Option<Instant>) -> Trigger {
        loop {
            match self.wakes.recv_timeout(TICK) {
                Ok(Trigger::Files(seen)) => return self.settled(seen),
                Ok(wake) => return wake,
                Err(RecvTimeoutError::Disconnected) => return Trigger::Stop,
                Err(RecvTimeoutError::Timeout) => {}
            }
            let clock = console::now();
            if next.is_some_and(|next| next <= clock) || clock < now {
                return Trigger::Time;
            }
            if self.watching.is_none() || self.looked.elapsed() >= LOOK {
                self.looked = Clock::now();
                return Trigger::Files(WatchEvent::Anything);
            }
        }
    }

    /// Waits until files have come to rest.
    fn settled(&mut self, first: WatchEvent) -> Trigger {
        let begun = Clock::now();
        let mut all = first;
        loop {
            match self.wakes.recv_timeout(QUIET) {
                Ok(Trigger::Files(seen)) => all = all.and(seen),
                Ok(Trigger::Stop) | Err(RecvTimeoutError::Disconnected) => return Trigger::Stop,
                // What is asked for meanwhile comes next.
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
            console::say(&format!("cannot watch files, so they are looked at every second: {error}"));
            self.watching = None;
        }
        Trigger::Files(all)
    }

    /// Whether git is writing files: half of a checkout is nobody's content.
    fn is_checkout(&self) -> bool {
        self.root.join(".git/index.lock").exists()
    }
}

/// Rings once the process is told to end: by the terminal, or by whoever looks after services.
fn on_stop(bell: Sender<Trigger>) -> io::Result<()> {
    let wait = move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build();
        if let Ok(runtime) = runtime {
            runtime.block_on(stopped());
            // Whoever is not listening any more has ended already.
            let _ = bell.send(Trigger::Stop);
        }
    };
    thread::Builder::new().name("signals".to_owned()).spawn(wait).map(drop)
}

/// Ends a command that cannot go on without a thread of its own.
pub(super) fn no_thread(error: &io::Error) -> Error {
    let message = format!("no thread can be started: {error}");
    let help = "allow this user more processes (see `ulimit -u`), or run `noroshi build`, which needs none";
    Error::environment(message, help)
}

/// SIGINT or SIGTERM.
async fn stopped() {
    use tokio::signal::unix::{SignalKind, signal};
    let (interrupt, terminate) = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()));
    let (Ok(mut interrupt), Ok(mut terminate)) = (interrupt, terminate) else {
        return std::future::pending().await;
    };
    std::future::poll_fn(|context| {
        use std::task::Poll;
        match (interrupt.poll_recv(context), terminate.poll_recv(context)) {
            (Poll::Pending, Poll::Pending) => Poll::Pending,
            _ => Poll::Ready(()),
        }
    })
    .await;
}
