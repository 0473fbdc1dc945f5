//! The worker threads, started once and before any work.
//!
//! A machine or a container may allow no more processes. The site must still be published, so then
//! the main thread does all the work.

use std::io;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::mpsc::{Sender, channel};
use std::thread::{self, JoinHandle};

use rayon::{ThreadBuilder, ThreadPoolBuilder};

use super::console;
use crate::message::message;

/// Starts as many threads as there are processors, or as `RAYON_NUM_THREADS` sets.
pub(super) fn start() {
    let asked = std::env::var("RAYON_NUM_THREADS").ok().and_then(|count| count.parse().ok());
    let count: usize = asked.filter(|count| *count > 0).unwrap_or_else(processors);
    match workers(count) {
        Ok(waiting) => share(count, waiting),
        Err(error) => {
            console::say(message!(
                "cli-threads-none",
                "warning: cannot start threads ({error}), so one does all the work; allow this user more \
                 processes (see `ulimit -u`)",
                error
            ));
            // Rayon builds its global pool on first use. This makes the current thread its only one.
            let _ = ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global();
        }
    }
}

fn processors() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// Starts threads that wait for work: all or none, because `git` needs a process too.
///
/// They are started here because rayon cannot build its pool again after a failure.
fn workers(count: usize) -> io::Result<Vec<Sender<ThreadBuilder>>> {
    let mut waiting = Vec::new();
    let mut started: Vec<JoinHandle<()>> = Vec::new();
    for number in 0..count {
        let (give, take) = channel::<ThreadBuilder>();
        let work = move || {
            if let Ok(worker) = take.recv() {
                worker.run();
            }
        };
        match thread::Builder::new().name(format!("worker {number}")).spawn(work) {
            Ok(thread) => {
                waiting.push(give);
                started.push(thread);
            }
            Err(error) => {
                // Without a sender the waiting threads end.
                drop((waiting, give));
                for thread in started {
                    drop(thread.join());
                }
                return Err(error);
            }
        }
    }
    Ok(waiting)
}

fn share(count: usize, waiting: Vec<Sender<ThreadBuilder>>) {
    let waiting = Mutex::new(waiting);
    let hand_over = |worker: ThreadBuilder| {
        let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let next = next.ok_or_else(|| io::Error::other("no thread is waiting"))?;
        next.send(worker).map_err(|_| io::Error::other("a thread ended early"))
    };
    let built = ThreadPoolBuilder::new().num_threads(count).spawn_handler(hand_over).build_global();
    if let Err(error) = built {
        console::say(message!(
            "cli-threads-not-shared",
            "warning: cannot share the work between threads: {why}",
            why = error.to_string()
        ));
    }
}
