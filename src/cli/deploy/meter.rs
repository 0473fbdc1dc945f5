//! How far deployments are, on stderr: one line that a terminal rewrites, and elsewhere a line now and then.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant as Clock};

use crate::cli::console;
use crate::deploy::Progress;
use crate::message::{Message, message};

/// A deployment that ends sooner shows nothing.
const FIRST: Duration = Duration::from_secs(1);
/// The time between two lines on a terminal.
const ON_TERMINAL: Duration = Duration::from_millis(250);
/// The time between two lines in a log.
const IN_LOG: Duration = Duration::from_secs(10);

pub(super) struct Meter {
    begun: Clock,
    is_terminal: bool,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    targets: BTreeMap<String, Progress>,
    /// When the last line was shown.
    shown: Option<Clock>,
    /// Whether a line stands on the terminal.
    is_open: bool,
}

impl Meter {
    pub(super) fn new() -> Meter {
        Meter { begun: Clock::now(), is_terminal: console::is_terminal(), state: Mutex::default() }
    }

    /// Notes how far the deployment to a target is, and shows the sum of all targets if it is time.
    pub(super) fn step(&self, target: &str, progress: Progress) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.targets.insert(target.to_owned(), progress);
        if !is_due(self.is_terminal, self.begun.elapsed(), state.shown.map(|at| at.elapsed())) {
            return;
        }
        state.shown = Some(Clock::now());
        state.is_open = self.is_terminal;
        let line = line(&state.targets);
        if self.is_terminal { console::overwrite(line) } else { console::say(line) }
    }

    /// Removes the line from the terminal, so that a result can be printed.
    pub(super) fn clear(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if std::mem::take(&mut state.is_open) {
            console::overwrite(Message::default());
        }
    }
}

/// Whether to show a line now. `shown`: how long ago the last one was shown.
fn is_due(is_terminal: bool, running: Duration, shown: Option<Duration>) -> bool {
    let (first, pause) = if is_terminal { (FIRST, ON_TERMINAL) } else { (IN_LOG, IN_LOG) };
    shown.map_or(running >= first, |ago| ago >= pause)
}

fn line(targets: &BTreeMap<String, Progress>) -> Message {
    let sum = |part: fn(&Progress) -> u64| targets.values().map(part).sum::<u64>();
    let megabytes = |bytes: u64| format!("{}.{}", bytes / 1_000_000, bytes / 100_000 % 10);
    message!(
        "cli-deploy-progress",
        "deploying: {files} of {all_files} files, {sent} of {all} MB",
        files = sum(|progress| progress.files as u64),
        all_files = sum(|progress| progress.all_files as u64),
        sent = megabytes(sum(|progress| progress.bytes)),
        all = megabytes(sum(|progress| progress.all_bytes)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_the_sum_of_all_targets() {
        let some = Progress { files: 128, all_files: 400, bytes: 1_990_000, all_bytes: 12_345_678 };
        let all = Progress { files: 400, bytes: 12_345_678, ..some };
        let targets = BTreeMap::from([("a".to_owned(), some), ("b".to_owned(), all)]);
        assert_eq!(line(&targets), "deploying: 528 of 800 files, 14.3 of 24.6 MB");
    }

    #[test]
    fn a_terminal_gets_a_few_lines_a_second_and_a_log_one_in_ten_seconds() {
        let ms = Duration::from_millis;
        for (is_terminal, running, shown, is_shown) in [
            (true, 999, None, false),
            (true, 1000, None, true),
            (true, 9000, Some(249), false),
            (true, 9000, Some(250), true),
            (false, 9999, None, false),
            (false, 10_000, None, true),
            (false, 60_000, Some(9999), false),
            (false, 60_000, Some(10_000), true),
        ] {
            assert_eq!(is_due(is_terminal, ms(running), shown.map(ms)), is_shown, "{running} {shown:?}");
        }
    }
}
