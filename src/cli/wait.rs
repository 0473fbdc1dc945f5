//! `noroshi wait`: sleeps until the clock changes the site.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::ci::{self, Known, Note, SiteUrl};
use super::console::{self, Progress};
use super::error::Error;
use super::site;
use super::typed;
use super::{Outcome, hold_broken};
use crate::history::Repository;
use crate::message::message;
use crate::model::{Instant, Model};
use crate::timeline::{self, ChangeKind};

/// How far ahead a change is looked for, in days, if only days begin until then.
const FURTHEST: u32 = 400;
/// The longest sleep before the clock is read again, in seconds: a machine may be suspended, or its clock set.
const NAP: i64 = 30;

/// Sleep until the clock changes the site
///
/// Prints one word and exits with 0: `now` if the site has changed by now, `later` if `--at-most`
/// ended first, `none` if there is nothing to wait for. Reads the content once, at the beginning, with
/// the last good version of broken files; to follow the content, too, use `noroshi watch`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Sleep no longer than this
    #[arg(long, value_name = "DURATION", value_parser = typed::duration)]
    at_most: Option<Duration>,
    /// Do not wait if the next change is further away than this
    #[arg(long, value_name = "DURATION", value_parser = typed::duration)]
    within: Option<Duration>,
    /// Do not wait for the mere start of a day, which moves the bars of the uptime
    #[arg(long)]
    ignore_days: bool,
    /// Wait for changes after this instant instead of now, such as that of the last publication
    #[arg(long, value_name = "TIME")]
    after: Option<String>,
    /// Wait for changes after the publication that this note of `noroshi ci publish` describes, if it
    /// is the site that is online
    #[arg(long, value_name = "FILE", requires = "site", conflicts_with = "after")]
    note: Option<PathBuf>,
    /// The address of the published site, for `--note`
    #[arg(long, value_name = "URL", value_parser = ci::site_url)]
    site: Option<SiteUrl>,
}

pub(super) fn run(root: &Path, args: &Args) -> Result<Outcome, Error> {
    let progress = Progress::new();
    let mut loaded = site::load(root, None, &progress)?;
    // A file with errors must not stop the clock for the others.
    hold_broken::mend(root, None, true, &mut loaded, &|_| ())?;
    let (mut model, loaded) = site::sound(loaded)?;
    let now = site::now();
    let after = match &args.after {
        Some(typed) => site::instant(typed, model.config.zone)?,
        None => noted(root, args).unwrap_or(now).min(now),
    };
    let find = |model: &Model| next(model, after, args.ignore_days);
    let next = site::whole(&mut model, &loaded.texts, &site::step_next(), find)?;
    let limits = Limits { at_most: seconds(args.at_most), within: seconds(args.within) };
    let (until, word) = match plan(next, now, limits) {
        Plan::None => (now, "none"),
        Plan::Until(at) => (at, "now"),
        Plan::Later(at) => (at, "later"),
    };
    sleep_until(until, site::now, std::thread::sleep);
    console::print(word)?;
    Ok(Outcome::Done)
}

/// The instant of the publication that is online, if the note is about it.
fn noted(root: &Path, args: &Args) -> Option<Instant> {
    let (note, site) = (Note::read(args.note.as_deref()?)?, args.site.as_ref()?);
    let commit = Repository::around(root, None).and_then(|repository| repository.head()).ok().flatten();
    let known = Known { commit, published: site.published() };
    match note.as_of(&known) {
        Ok(as_of) => Some(as_of),
        Err(reason) => {
            console::say(message!(
                "cli-wait-note",
                "the note does not count: {reason}; waiting for the next change after now",
                reason
            ));
            None
        }
    }
}

fn seconds(time: Option<Duration>) -> Option<i64> {
    time.map(|time| i64::try_from(time.as_secs()).unwrap_or(i64::MAX))
}

/// The next change after an instant. A day that merely begins may not count.
fn next(model: &Model, after: Instant, ignore_days: bool) -> Option<Instant> {
    let mut after = after;
    for _ in 0..FURTHEST {
        let changes = timeline::upcoming(model, after);
        let at = changes.first()?.at;
        if !ignore_days || changes.iter().any(|change| change.what != ChangeKind::Day) {
            return Some(at);
        }
        after = at;
    }
    None
}

#[derive(Clone, Copy, Debug, Default)]
struct Limits {
    at_most: Option<i64>,
    within: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Plan {
    /// There is nothing to wait for.
    None,
    /// The site changes at this instant.
    Until(Instant),
    /// At this instant the time is over, and the change is still to come.
    Later(Instant),
}

fn plan(next: Option<Instant>, now: Instant, limits: Limits) -> Plan {
    let Some(next) = next else { return Plan::None };
    let distance = next.0 - now.0;
    if limits.within.is_some_and(|within| distance > within) {
        return Plan::None;
    }
    match limits.at_most {
        Some(at_most) if distance > at_most => Plan::Later(Instant(now.0 + at_most)),
        _ => Plan::Until(next.max(now)),
    }
}

fn sleep_until(at: Instant, now: impl Fn() -> Instant, sleep: impl Fn(Duration)) {
    loop {
        let left = at.0 - now().0;
        let Ok(nap) = u64::try_from(left.min(NAP)) else { return };
        if nap == 0 {
            return;
        }
        sleep(Duration::from_secs(nap));
    }
}

#[cfg(test)]
mod tests {
    mod simulation;

    use std::cell::Cell;

    use super::*;

    const NOW: Instant = Instant(1_000_000);

    fn planned(next: i64, at_most: Option<i64>, within: Option<i64>) -> Plan {
        plan(Some(Instant(NOW.0 + next)), NOW, Limits { at_most, within })
    }

    #[test]
    fn the_plan_ends_at_the_change_or_at_its_limit() {
        assert_eq!(plan(None, NOW, Limits::default()), Plan::None);
        assert_eq!(planned(600, None, None), Plan::Until(Instant(NOW.0 + 600)));
        assert_eq!(planned(600, Some(600), None), Plan::Until(Instant(NOW.0 + 600)));
        assert_eq!(planned(601, Some(600), None), Plan::Later(Instant(NOW.0 + 600)));
        assert_eq!(planned(601, Some(600), Some(600)), Plan::None);
        assert_eq!(planned(-600, Some(600), Some(600)), Plan::Until(NOW), "the change was missed");
    }

    #[test]
    fn sleeping_follows_the_clock_and_not_the_naps() {
        // Each nap takes a hundred times as long: the machine was suspended.
        let (now, naps) = (Cell::new(0), Cell::new(0));
        let sleep = |nap: Duration| {
            now.set(now.get() + 100 * i64::try_from(nap.as_secs()).unwrap());
            naps.set(naps.get() + 1);
        };
        sleep_until(Instant(3_600), || Instant(now.get()), sleep);
        assert_eq!((now.get(), naps.get()), (6_000, 2));
        // The change has passed: no nap at all.
        sleep_until(Instant(-5), || Instant(now.get()), sleep);
        assert_eq!(naps.get(), 2);
    }
}
