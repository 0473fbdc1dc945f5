//! `noroshi ci confirm`: waits until readers get the new site, then notifies the hub.

use std::cell::RefCell;
use std::path::PathBuf;
use std::time::Duration;

use super::publication::Publication;
use super::{SiteUrl, host, site_url};
use crate::cli::error::Error;
use crate::cli::{Outcome, console, typed};
use crate::fetch::{Client, FetchError, Limits};
use crate::message::{Message, count, message};

/// The time between two questions to the host.
const PAUSE: Duration = Duration::from_secs(5);
/// How often a hub is asked before its failure counts.
const TRIES: u32 = 3;

/// Wait until the new site is online, and notify the hub
///
/// A host can report success minutes before readers get the new files, so this reads the published
/// manifest until it is the new one, and prints how long that took. Then it notifies the hub
/// (`WebSub`) of site.yaml, if there is news and no channel of `announce` does it. Exits with 1 if
/// `publish` held broken files back, and with 3 if the site did not come online in time or the hub
/// refused.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// The address of the published site
    #[arg(long, value_name = "URL", value_parser = site_url)]
    site: SiteUrl,
    /// The `publication.json` of `noroshi ci publish` [default: the text in `NOROSHI_PUBLICATION`]
    #[arg(long, value_name = "FILE")]
    publication: Option<PathBuf>,
    /// Give up after this time
    #[arg(long, value_name = "DURATION", default_value = "20m", value_parser = typed::duration)]
    at_most: Duration,
}

pub(in crate::cli) fn run(args: &Args) -> Result<Outcome, Error> {
    let publication = Publication::read(args.publication.as_deref())?;
    let begun = std::time::Instant::now();
    // The host is asked many times, so only its last answer is shown.
    let answer = RefCell::new(Message::default());
    let is_online = || {
        let found = args.site.digest();
        answer.replace(match &found {
            Ok(Some(_)) => message!("cli-ci-confirm-old", "the old site is there"),
            Ok(None) => message!("cli-ci-confirm-no-manifest", "there is no manifest.json"),
            Err(error) => error.message.clone(),
        });
        found.is_ok_and(|found| found.as_ref() == Some(&publication.manifest))
    };
    let took = until(is_online, args.at_most, || begun.elapsed(), std::thread::sleep);
    let Some(took) = took else {
        let (time, answer) = (args.at_most.as_secs(), answer.into_inner());
        let message = message!(
            "cli-ci-confirm-not-online",
            "the new site is not online after {time} s: {answer}",
            time,
            answer
        );
        let told = message!("cli-ci-confirm-summary-not-online", "**Not online.** {message}.", message);
        host::summary(&paragraph(told))?;
        let help = message!(
            "cli-ci-confirm-not-online-help",
            "see the status of the host; the published site is the old one"
        );
        return Err(Error::environment(message, help));
    };
    let time = took.as_secs();
    let line = message!("cli-ci-confirm-online", "the new site is online after {time} s", time);
    console::print(&line.text(console::language()))?;
    host::summary(&paragraph(message!(
        "cli-ci-confirm-summary-online",
        "The new site was online {time} s after the host had reported success.",
        time
    )))?;
    notify_hub(&publication)?;
    if publication.is_held {
        let message =
            message!("cli-ci-confirm-held", "a file has errors, so the site shows its last good version");
        let help = message!("cli-ci-confirm-held-help", "see the errors of `noroshi ci publish` in this run");
        return Err(Error::content(message, help));
    }
    Ok(Outcome::Done)
}

/// A message as a paragraph of Markdown.
fn paragraph(message: Message) -> Message {
    Message::lines(vec![Message::default(), message, Message::default()])
}

/// Asks until the answer is yes, and returns how long that took; `None` if it took too long.
fn until(
    is_done: impl Fn() -> bool,
    at_most: Duration,
    elapsed: impl Fn() -> Duration,
    sleep: impl Fn(Duration),
) -> Option<Duration> {
    loop {
        if is_done() {
            return Some(elapsed());
        }
        let left = at_most.checked_sub(elapsed()).filter(|left| !left.is_zero())?;
        sleep(PAUSE.min(left));
    }
}

/// Tells the hub which feeds have news (W3C `WebSub`, section 7).
fn notify_hub(publication: &Publication) -> Result<(), Error> {
    let Some(hub) = publication.hub.as_deref().filter(|_| !publication.feeds.is_empty()) else {
        return Ok(());
    };
    let failed = |error: FetchError| {
        let message = message!("cli-ci-hub", "cannot notify the hub: {why}", why = error.message);
        Error::environment(message, message!("cli-ci-hub-help", "check `feeds.hub` in site.yaml"))
    };
    let client = Client::new(hub, Limits::default()).map_err(failed)?;
    for feed in &publication.feeds {
        let form = [("hub.mode", "publish"), ("hub.url", feed.as_str())];
        let mut done = client.post(hub, &form);
        for _ in 1..TRIES {
            if done.is_ok() {
                break;
            }
            done = client.post(hub, &form);
        }
        done.map_err(failed)?;
    }
    let feeds = count(publication.feeds.len(), "feed", "feeds");
    let line = message!("cli-ci-hub-notified", "notified the hub of {feeds}", feeds);
    console::print(&line.text(console::language()))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// Runs `until` on a clock that only sleeping moves. The answer is yes from `online` seconds on.
    fn took(online: u64, at_most: u64) -> Option<u64> {
        let now = Cell::new(Duration::ZERO);
        let is_done = || now.get() >= Duration::from_secs(online);
        let sleep = |time| now.set(now.get() + time);
        until(is_done, Duration::from_secs(at_most), || now.get(), sleep).map(|took| took.as_secs())
    }

    #[test]
    fn the_host_is_asked_until_the_new_site_is_online() {
        assert_eq!(took(0, 60), Some(0));
        assert_eq!(took(3, 60), Some(5));
        assert_eq!(took(840, 1200), Some(840));
        assert_eq!(took(58, 58), Some(58), "also in the last second");
        assert_eq!(took(61, 60), None);
        assert_eq!(took(1, 0), None);
    }
}
