//! A year of the demo's clock against schedulers that are late: how long feeds and API say what is no longer true.
//!
//! The gaps between scheduled runs are public measurements of 2026. The table in README.md comes from here.

use std::collections::BTreeSet;
use std::path::Path;

use super::super::{Limits, Plan, next, plan};
use crate::load;
use crate::model::Instant;
use crate::tests::Dice;
use crate::timeline::{self, ChangeKind};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
/// From the start of a run until readers get what it built: building, deploying and confirming.
const PUBLISHING: i64 = 3 * MINUTE;
/// From the waiting job's end until the run that it started has begun.
const STARTING: i64 = MINUTE;
/// How often the year is simulated, each time with other gaps.
const YEARS: u64 = 100;
/// What the workflow gives to `noroshi wait`.
const LIMITS: Limits = Limits { at_most: Some(5 * HOUR + 30 * MINUTE), within: Some(24 * HOUR) };

/// A schedule of minutes, as its host really starts it.
struct Scheduler {
    name: &'static str,
    /// Minutes between two runs.
    gaps: &'static [i64],
}

const SCHEDULERS: [Scheduler; 4] = [
    Scheduler { name: "every 5 minutes, as promised", gaps: &[5] },
    // nodejs/build#4443, until the evening of 26 August: 18 to 64 minutes.
    Scheduler { name: "GitHub on a good day", gaps: &[20, 18, 21, 49, 31, 20, 20, 62, 43, 41, 40, 52, 64] },
    // The same from then on, paiml/aprender#3292, inkdrafts/notiongit-template#29 and onkartalekar/fpl-intelligence#288.
    Scheduler {
        name: "GitHub since September 2026",
        gaps: &[
            67, 72, 103, 114, 131, 190, 182, 140, 271, 276, 220, 208, 349, 270, 179, 146, 240, 323, 291, 261,
            175, 147, 124,
        ],
    },
    // The first runs of paiml/aprender#3292, and netcanon PR#419.
    Scheduler { name: "GitHub on a bad day", gaps: &[792, 182, 140, 271, 485, 761, 375, 357, 288, 263] },
];

/// What the clock and the team do in a year.
struct Year {
    begin: i64,
    end: i64,
    /// Changes by the clock.
    turns: BTreeSet<i64>,
    /// Those of what feeds and API say: all but the end of the list of what was resolved lately.
    facts: BTreeSet<i64>,
    /// The starts of days, which need a build, too.
    days: BTreeSet<i64>,
    /// The team pushes each update at its time.
    pushes: BTreeSet<i64>,
}

impl Year {
    fn of_the_demo() -> Year {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let loaded = load::load(root, None, &|| ()).expect("the demo");
        let model = loaded.model.expect("a site without errors");
        let model = &model;
        let begin = Instant::parse_iso("2026-08-31T15:00:00Z").expect("an instant");
        let (mut turns, mut facts) = (BTreeSet::new(), BTreeSet::new());
        let (mut days, mut pushes) = (BTreeSet::new(), BTreeSet::new());
        let end = begin.0 + 365 * 24 * HOUR;
        let mut at = begin;
        while let Some(first) = timeline::upcoming(model, at).first().map(|change| change.at) {
            at = first;
            if at.0 >= end {
                break;
            }
            for change in timeline::upcoming(model, Instant(at.0 - 1)) {
                let into = match change.what {
                    ChangeKind::Day => &mut days,
                    ChangeKind::Update | ChangeKind::Report => &mut pushes,
                    _ => &mut turns,
                };
                into.insert(at.0);
                let is_other = matches!(
                    change.what,
                    ChangeKind::Day | ChangeKind::Update | ChangeKind::Report | ChangeKind::Settles
                );
                if !is_other {
                    facts.insert(at.0);
                }
            }
        }
        // What `wait` would find.
        for day in &days {
            let known = turns.union(&pushes).copied().find(|at| at > day);
            let found = next(model, Instant(*day), true).map(|at| at.0).filter(|at| *at < end);
            assert_eq!(found, known, "after {day}");
        }
        Year { begin: begin.0, end, turns, facts, days, pushes }
    }

    /// When a run builds because the clock has passed a change since the last publication.
    fn is_due(&self, as_of: i64, now: i64) -> bool {
        let passed = |all: &BTreeSet<i64>| all.range(as_of + 1..).next().is_some_and(|at| *at <= now);
        passed(&self.turns) || passed(&self.days) || passed(&self.pushes)
    }

    /// The publications of a year: the instant of each build.
    fn publications(&self, gaps: &mut dyn FnMut() -> i64, waits: bool) -> Vec<i64> {
        let mut published = vec![self.begin];
        // Most changes come at a full hour, and schedules a moment later.
        let mut scheduled = self.begin + gaps() / 2;
        let mut waiting: Option<(i64, bool)> = None;
        let mut now = self.begin;
        let mut pushes = self.pushes.iter().copied().chain([i64::MAX]);
        let mut push = pushes.next().unwrap_or(i64::MAX);
        while now < self.end {
            let wake = waiting.map_or(i64::MAX, |(at, _)| at);
            now = scheduled.min(push).min(wake);
            let as_of = published.last().copied().unwrap_or(self.begin);
            let builds = match now {
                now if now == push => {
                    push = pushes.next().unwrap_or(i64::MAX);
                    true
                }
                now if now == wake => waiting.is_some_and(|(_, is_change)| is_change),
                now => {
                    scheduled = now + gaps();
                    self.is_due(as_of, now)
                }
            };
            if builds {
                published.push(now);
            }
            waiting = waits.then(|| self.waiting(published.last().copied().unwrap_or(now), now)).flatten();
        }
        published
    }

    /// When the waiting job ends that a run starts: the instant, and whether it then starts a build.
    fn waiting(&self, as_of: i64, now: i64) -> Option<(i64, bool)> {
        let found = self.turns.range(as_of + 1..).next().map(|at| Instant(*at));
        match plan(found, Instant(now), LIMITS) {
            Plan::None => None,
            Plan::Until(at) => Some((at.0 + STARTING, true)),
            Plan::Later(at) => Some((at.0 + STARTING, false)),
        }
    }

    /// The delay of each turn, and the seconds in which something was untrue.
    fn untrue(&self, published: &[i64]) -> (Vec<i64>, i64) {
        let (mut delays, mut total, mut until) = (Vec::new(), 0, i64::MIN);
        for turn in &self.facts {
            let by = published.partition_point(|as_of| as_of < turn);
            let Some(as_of) = published.get(by) else { continue };
            let online = as_of + PUBLISHING;
            delays.push(online - turn);
            total += online - until.clamp(*turn, online);
            until = online;
        }
        (delays, total)
    }
}

/// A row of the table: without and with the waiting job.
fn row(year: &Year, scheduler: &Scheduler) -> String {
    let of = |waits: bool| {
        let (mut all, mut total) = (Vec::new(), 0);
        // Without chance every year is the same.
        let years = if scheduler.gaps.len() == 1 { 1 } else { YEARS };
        for seed in 1..=years {
            let mut dice = Dice::new(seed);
            let sides = u64::try_from(scheduler.gaps.len()).unwrap_or(1);
            let mut gap = || {
                let at = usize::try_from(dice.roll(sides)).unwrap_or_default();
                scheduler.gaps[at] * MINUTE
            };
            let (delays, seconds) = year.untrue(&year.publications(&mut gap, waits));
            all.extend(delays);
            total += seconds;
        }
        all.sort_unstable();
        let at = |part: usize| all[(all.len() - 1) * part / 100] / MINUTE;
        let years = i64::try_from(years).unwrap_or(1);
        format!("{} | {} min | {} min | {} min", thousands(total / years / MINUTE), at(50), at(95), at(100))
    };
    let cells = |waits: &str, cells: String| format!("| {} | {waits} | {cells} |", scheduler.name);
    format!("{}\n{}", cells("no", of(false)), cells("yes", of(true)))
}

fn thousands(number: i64) -> String {
    if number < 1_000 { number.to_string() } else { format!("{},{:03}", number / 1_000, number % 1_000) }
}

#[test]
fn the_waiting_job_keeps_feeds_and_api_true_and_the_readme_has_the_figures() {
    let year = Year::of_the_demo();
    let table: Vec<String> = SCHEDULERS.iter().map(|scheduler| row(&year, scheduler)).collect();
    println!("{} changes by the clock in a year\n{}", year.facts.len(), table.join("\n"));
    let readme = include_str!("../../../../README.md");
    assert!(
        readme.contains(&format!("{} changes by the clock", year.facts.len())),
        "README.md: the number of changes"
    );
    for row in table.iter().flat_map(|rows| rows.lines()) {
        assert!(readme.contains(row), "README.md does not have the row\n{row}");
    }
}
