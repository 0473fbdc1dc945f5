//! The announcements of `watch`: beside the publications, and again after a failure.

use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::Send;
use crate::cli::error::Error;
use crate::cli::{Format, Outcome, console};
use crate::message::message;

/// The first and the longest delay between two attempts, in seconds.
const WAITS: (u64, u64) = (5, 300);

/// A thread that announces what was published.
pub(in crate::cli) struct Worker {
    /// `None` once it shall end.
    news: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Worker {
    pub(in crate::cli) fn start(root: &Path, base_url: Option<&str>) -> Worker {
        let (news, waiting) = channel();
        let (root, base_url) = (root.to_path_buf(), base_url.map(str::to_owned));
        let work = move || run(&root, base_url.as_deref(), &waiting);
        let thread = thread::Builder::new().name("announce".to_owned()).spawn(work);
        if thread.is_err() {
            console::say(message!("cli-announce-no-thread", "error: cannot start the thread that announces"));
        }
        Worker { news: Some(news), thread: thread.ok() }
    }

    /// Announces what was published just now.
    pub(in crate::cli) fn announce(&self) {
        if let Some(news) = &self.news {
            // The thread ends only after this sender.
            let _ = news.send(());
        }
    }

    /// Waits for the end of a run that is at work: a dead one would leave deliveries of which nobody knows.
    pub(in crate::cli) fn close(mut self) {
        self.news = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn run(root: &Path, base_url: Option<&str>, waiting: &Receiver<()>) {
    let mut last_error = String::new();
    while waiting.recv().is_ok() {
        let mut wait = WAITS.0;
        loop {
            // Several publications are one run.
            waiting.try_iter().for_each(drop);
            let args = Send {
                channels: Vec::new(),
                dry_run: false,
                since: None,
                all: false,
                no_wait: false,
                if_any: true,
                hold_broken: true,
                as_of: None,
                base_url: base_url.map(str::to_owned),
                is_watched: true,
                format: Format::Human,
            };
            let (is_done, error) = match super::send(root, &args) {
                Ok(Outcome::Done | Outcome::Content) => (true, None),
                Ok(_) => (false, None),
                Err(error) => (false, Some(error)),
            };
            tell(error.as_ref(), &mut last_error);
            if is_done {
                break;
            }
            match waiting.recv_timeout(Duration::from_secs(wait)) {
                Ok(()) => wait = WAITS.0,
                Err(RecvTimeoutError::Timeout) => wait = (wait * 2).min(WAITS.1),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }
}

/// Prints an error, once as long as it is the same.
fn tell(error: Option<&Error>, last: &mut String) {
    let words = error.map(|error| format!("{error:?}")).unwrap_or_default();
    if words != *last {
        if let Some(error) = error {
            error.show();
        }
        *last = words;
    }
}
