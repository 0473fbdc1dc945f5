//! The deployments of `watch`: beside the publications, one at a time, and again after a failure.

use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::{Content, Deployed, Deployment, Failure, Published, environment};
use crate::cli::console;
use crate::cli::site;
use crate::deploy::{How, Outcome, Progress};
use crate::message::{Message, message};
use crate::model::deploy::Target;

/// The longest delay between two attempts, in seconds.
const LONGEST_WAIT: u64 = 60;

/// A thread that deploys the newest publication.
pub(in crate::cli) struct Worker {
    /// `None` once it shall end.
    news: Option<Sender<Content>>,
    thread: Option<JoinHandle<()>>,
}

impl Worker {
    /// Starts the thread. `out` is the published folder.
    pub(in crate::cli) fn start(root: &Path, out: &Path) -> Worker {
        let (news, waiting) = channel();
        let (root, out) = (root.to_path_buf(), out.to_path_buf());
        let thread =
            thread::Builder::new().name("deploy".to_owned()).spawn(move || run(&root, &out, &waiting));
        if thread.is_err() {
            console::say(message!("cli-deploy-no-thread", "error: cannot start the thread that deploys"));
        }
        Worker { news: Some(news), thread: thread.ok() }
    }

    /// Deploys what was published just now.
    pub(in crate::cli) fn deploy(&self, content: Content) {
        if let Some(news) = &self.news {
            // The thread ends only after this sender.
            let _ = news.send(content);
        }
    }

    /// Waits for the end of a deployment that is at work: a dead one would leave its lock.
    pub(in crate::cli) fn close(mut self) {
        self.news = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn run(root: &Path, out: &Path, waiting: &Receiver<Content>) {
    let secrets = environment::secrets();
    let last_error = Mutex::new(Message::default());
    while let Ok(mut content) = waiting.recv() {
        let mut wait = 1;
        loop {
            content = waiting.try_iter().last().unwrap_or(content);
            let targets: Vec<&Target> = content.config.deploy.iter().collect();
            let show = |target: &str, deployed: Deployed<'_>| show(target, deployed, &last_error);
            let is_done = match Published::read(root, out) {
                Ok(_) if targets.is_empty() => {
                    let line =
                        message!("cli-deploy-nothing", "nothing is deployed: site.yaml names no target");
                    tell(line, &last_error);
                    true
                }
                Ok(published) => {
                    let (content, published, secrets) = (&content, &published, &secrets);
                    let (how, progress) = (How::default(), &|_: &str, _: Progress| ());
                    Deployment { root, content, published, secrets, how, progress }.run(&targets, &show)
                }
                Err(failure) => {
                    let line = message!(
                        "cli-deploy-again",
                        "not deployed: {why}; trying again",
                        why = failure.message
                    );
                    tell(line, &last_error);
                    false
                }
            };
            if is_done {
                break;
            }
            match waiting.recv_timeout(Duration::from_secs(wait)) {
                Ok(newer) => (content, wait) = (newer, 1),
                Err(RecvTimeoutError::Timeout) => wait = (wait * 2).min(LONGEST_WAIT),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }
}

/// Prints what became of a target.
fn show(target: &str, deployed: Deployed<'_>, last_error: &Mutex<Message>) {
    match deployed {
        Ok(line) if line.report.outcome == Outcome::Unchanged && line.purged.addresses == 0 => {}
        Ok(line) => say_now(&line.words()),
        Err(failure) => tell(failed(target, &failure), last_error),
    }
}

/// A failure in one line, with what is tried again.
fn failed(target: &str, Failure { message, help, is_deployed }: &Failure) -> Message {
    if *is_deployed {
        return message!(
            "cli-deploy-tell-again",
            "{target}: {message}; {help}; telling the CDN again",
            target,
            message,
            help
        );
    }
    message!(
        "cli-deploy-send-again",
        "{target}: not finished: {message}; {help}; trying again",
        target,
        message,
        help
    )
}

/// Prints a failure, once as long as it is the same.
fn tell(line: Message, last_error: &Mutex<Message>) {
    let mut last = last_error.lock().unwrap_or_else(PoisonError::into_inner);
    if *last != line {
        say_now(&line);
        *last = line;
    }
}

/// Prints a line with the time before it.
fn say_now(line: &Message) {
    let time = site::now().iso();
    console::say(message!("cli-deploy-at", "{time} {line}", time, line));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_says_whether_the_site_or_only_its_cdn_is_tried_again() {
        let failure = || Failure::new("Fastly refuses to purge (401)".to_owned(), "check the token");
        assert_eq!(
            failed("main", &failure()),
            "main: not finished: Fastly refuses to purge (401); check the token; trying again"
        );
        let said = failed("main", &failure().of_purge());
        assert!(
            said.starts_with("main: the site is deployed, but its CDN was not told what changed: Fastly"),
            "{said}"
        );
        assert!(said.ends_with("; telling the CDN again") && !said.contains("not finished"), "{said}");
    }
}
