//! Nothing lost, and nothing twice.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;

use proptest::prelude::*;

use super::{Fake, Fault, Memory, Steps, World, channel, is_unknown, item, states};
use crate::announce::channel::{Channel, Guard, SendError};
use crate::announce::item::Item;
use crate::announce::ledger::{Keeper, KeeperError};
use crate::announce::run::RunError;
use crate::kind::EntryKind;
use crate::limits::ANNOUNCE_ITEMS;
use crate::model::Instant;
use crate::model::announce::{AfterCrash, Channel as Config, Filter, Mode};
use crate::vocabulary::Severity;

/// A channel with its platform and ledger, after the first run.
struct Scene {
    world: World,
    steps: Arc<Steps>,
    keeper: Memory,
    fake: Fake,
    config: Config,
}

impl Scene {
    fn new(guard: Guard) -> Scene {
        let steps = Arc::new(Steps::default());
        let keeper = Memory { steps: Arc::clone(&steps), ..Memory::default() };
        let fake = Fake::new(guard, &steps);
        let scene = Scene { world: World::default(), steps, keeper, fake, config: channel("a") };
        let report = scene.run(&[item(0)]).expect("a ledger");
        assert_eq!(report.begun, ["a"]);
        scene
    }

    fn run(&self, items: &[Item]) -> Result<crate::announce::run::Report, RunError> {
        self.world.run(&self.keeper, &[(&self.config, &self.fake)], items)
    }

    fn got(&self) -> Vec<String> {
        self.fake.inbox.lock().unwrap().iter().map(|(key, _)| key.clone()).collect()
    }

    fn answers(&self, answers: Vec<SendError>) {
        *self.fake.answers.lock().unwrap() = answers.into_iter().rev().collect();
    }
}

fn ids(items: &[Item]) -> Vec<String> {
    items.iter().map(|item| item.id.clone()).collect()
}

fn later() -> SendError {
    SendError::Later { reason: "busy".into(), wait: Some(Duration::from_secs(2)) }
}

fn unknown() -> SendError {
    SendError::Unknown { reason: "500".into() }
}

fn refused() -> SendError {
    SendError::Refused { reason: "no".into(), help: "".into() }
}

#[test]
fn the_first_run_sends_nothing_and_each_later_update_is_sent_once() {
    let scene = Scene::new(Guard::None);
    assert_eq!(scene.got(), Vec::<String>::new());
    let items = [item(0), item(1), item(2)];
    scene.run(&items).expect("a run");
    scene.run(&items).expect("a run");
    assert_eq!(scene.got(), ids(&items[1..]));
    assert_eq!(
        scene.fake.inbox.lock().unwrap()[1].1.as_deref(),
        Some(format!("post-{}", item(1).id).as_str())
    );
}

#[test]
fn an_ordinary_run_reads_the_ledger_once_and_writes_nothing() {
    let scene = Scene::new(Guard::None);
    scene.run(&[item(0), item(1)]).expect("a run");
    scene.steps.arm(None);
    scene.run(&[item(0), item(1)]).expect("a run");
    assert_eq!(scene.steps.count(), 1);
}

#[test]
fn a_run_may_be_killed_at_any_step() {
    let items = [item(0), item(1), item(2), item(11)];
    let mut has_waited = false;
    for guard in [Guard::Always, Guard::For(Duration::from_secs(86_400)), Guard::None] {
        for after_crash in [AfterCrash::AtMostOnce, AfterCrash::AtLeastOnce] {
            let steps = {
                let scene = Scene::new(guard);
                scene.steps.arm(None);
                scene.run(&items).expect("a run");
                scene.steps.count()
            };
            assert!(steps > 8, "{steps}");
            for at in 0..steps {
                for fault in [Fault::Before, Fault::After, Fault::Fails, Fault::Lost] {
                    let mut scene = Scene::new(guard);
                    scene.config.after_crash = after_crash;
                    scene.steps.arm(Some((at, fault)));
                    let _ = scene.run(&items);
                    scene.steps.arm(None);
                    // The next runs come before and after the intent ends.
                    let report = scene.run(&items).expect("a run");
                    let is_sending = states(&scene.keeper.ledger()).contains("sending");
                    assert_eq!(report.elsewhere > 0, is_sending, "step {at}, {fault:?}");
                    has_waited |= is_sending;
                    scene.world.pass(400);
                    assert_eq!(scene.run(&items).expect("a run").elsewhere, 0, "step {at}, {fault:?}");
                    let case = format!("{guard:?}, {after_crash:?}, step {at}, {fault:?}: {:?}", scene.got());
                    let counts = scene.fake.counts();
                    for item in &items[1..] {
                        let count = counts.get(&item.id).copied().unwrap_or_default();
                        let ledger = scene.keeper.ledger();
                        match (guard, after_crash) {
                            (Guard::None, AfterCrash::AtMostOnce) => {
                                assert!(
                                    count == 1 || (count == 0 && is_unknown(&ledger, &item.id)),
                                    "{case}"
                                );
                            }
                            (Guard::None, AfterCrash::AtLeastOnce) => {
                                assert!((1..=2).contains(&count), "{case}")
                            }
                            _ => assert_eq!(count, 1, "{case}"),
                        }
                    }
                    assert!(!scene.got().contains(&items[0].id), "{case}");
                }
            }
        }
    }
    assert!(has_waited);
}

#[test]
fn a_platform_that_is_busy_is_asked_again_and_nothing_is_lost() {
    let scene = Scene::new(Guard::None);
    scene.answers(vec![later(), later(), refused()]);
    let items = [item(0), item(1), item(2)];
    scene.run(&items).expect("a run");
    assert_eq!(scene.got(), Vec::<String>::new(), "refused after two tries, so the channel stops");
    assert_eq!(states(&scene.keeper.ledger()).into_iter().collect::<Vec<_>>(), ["due", "failed"]);
    scene.run(&items).expect("a run");
    assert_eq!(scene.got(), ids(&items[1..]), "the next run sends both, in order");
}

#[test]
fn a_platform_that_is_away_for_long_costs_a_run_a_limited_time_and_then_gets_the_newest() {
    let scene = Scene::new(Guard::None);
    let busy = || SendError::Later { reason: "away".into(), wait: Some(Duration::from_secs(100)) };
    scene.answers((0..20).map(|_| busy()).collect());
    let before = scene.world.clock.load(Ordering::SeqCst);
    scene.run(&[item(0), item(1)]).expect("a run");
    assert!(scene.world.clock.load(Ordering::SeqCst) - before < 300);
    scene.answers((0..20).map(|_| busy()).collect());
    scene.world.pass(3_700);
    scene.run(&[item(0), item(1), item(2), item(11)]).expect("a run");
    scene.answers(Vec::new());
    scene.world.pass(10);
    scene.run(&[item(0), item(1), item(2), item(11)]).expect("a run");
    assert_eq!(scene.got(), ids(&[item(2), item(11)]), "the first of its entry is old news by now");
}

#[test]
fn nobody_knows_what_a_platform_without_means_did_and_a_person_says() {
    let scene = Scene::new(Guard::None);
    scene.answers(vec![unknown()]);
    let items = [item(0), item(1), item(11)];
    scene.run(&items).expect("a run");
    scene.world.pass(400);
    scene.run(&items).expect("a run");
    assert_eq!(scene.got(), ids(&items[1..]));
    assert!(is_unknown(&scene.keeper.ledger(), &items[1].id), "taken, and the ledger cannot know");
}

#[test]
fn a_platform_with_means_is_asked_again_while_it_knows_the_key() {
    let scene = Scene::new(Guard::For(Duration::from_secs(3_600)));
    scene.answers((0..20).map(|_| unknown()).collect());
    let items = [item(0), item(1)];
    scene.run(&items).expect("a run");
    scene.answers(Vec::new());
    scene.world.pass(400);
    scene.run(&items).expect("a run");
    assert_eq!(
        (scene.got(), states(&scene.keeper.ledger()).into_iter().collect::<Vec<_>>()),
        (ids(&items[1..]), vec!["sent".to_owned()])
    );

    let scene = Scene::new(Guard::For(Duration::from_secs(3_600)));
    scene.answers((0..20).map(|_| unknown()).collect());
    scene.run(&items).expect("a run");
    scene.answers(Vec::new());
    scene.world.pass(3_600);
    scene.run(&items).expect("a run");
    assert!(is_unknown(&scene.keeper.ledger(), &items[1].id), "the platform has forgotten the key");
}

#[test]
fn a_lost_ledger_stops_the_run() {
    let scene = Scene::new(Guard::None);
    scene.keeper.lose();
    let error = scene.run(&[item(0), item(1)]).expect_err("a loss");
    assert!(matches!(error, RunError::Ledger(KeeperError { message, .. }) if message.contains("is gone")));
    assert_eq!(scene.got(), Vec::<String>::new());
}

#[test]
fn too_many_updates_stop_the_run_before_the_first() {
    let mut scene = Scene::new(Guard::None);
    let many: Vec<Item> = (0..=i64::try_from(ANNOUNCE_ITEMS).unwrap() + 1).map(|n| item(n * 10)).collect();
    assert!(matches!(scene.run(&many), Err(RunError::TooMany { count, .. }) if count == ANNOUNCE_ITEMS + 1));
    assert_eq!(scene.got(), Vec::<String>::new());
    scene.world.all = true;
    scene.run(&many).expect("a run");
    assert_eq!(scene.got().len(), ANNOUNCE_ITEMS + 1);
}

#[test]
fn a_filter_leaves_out_and_is_not_made_up_for_later() {
    let mut scene = Scene::new(Guard::None);
    scene.config.filter = Filter {
        severities: vec![Severity::Critical],
        kinds: vec![EntryKind::Incident],
        ..Filter::default()
    };
    let minor = Item { severity: Some(Severity::Minor), ..item(1) };
    let critical = Item { severity: Some(Severity::Critical), ..item(11) };
    let notice = Item { kind: EntryKind::Notice, ..item(21) };
    let items = [item(0), minor, critical.clone(), notice];
    scene.run(&items).expect("a run");
    assert_eq!(scene.got(), std::slice::from_ref(&critical.id));
    scene.config.filter = Filter::default();
    scene.run(&items).expect("a run");
    assert_eq!(scene.got(), [critical.id]);
}

#[test]
fn what_is_not_public_withdrawn_or_unwanted_is_not_sent() {
    let mut scene = Scene::new(Guard::None);
    let hidden = Item { is_public: false, ..item(1) };
    let withdrawn = Item { is_withdrawn: true, ..item(11) };
    let correction = Item { is_correction: true, ..item(21) };
    scene.config.has_corrections = false;
    let report = scene.run(&[item(0), hidden, withdrawn, correction]).expect("a run");
    assert_eq!((report.not_public, scene.got()), (1, Vec::new()));
    scene.run(&[item(0), item(1)]).expect("a run");
    assert_eq!(scene.got(), [item(1).id], "sent once it is public");
}

#[test]
fn a_channel_that_needs_approval_waits_and_one_that_is_off_forgets() {
    let mut scene = Scene::new(Guard::None);
    scene.config.mode = Mode::Approve;
    scene.run(&[item(0), item(1)]).expect("a run");
    assert_eq!(
        (scene.got(), states(&scene.keeper.ledger()).into_iter().collect::<Vec<_>>()),
        (Vec::new(), vec!["waiting".to_owned()])
    );
    scene.config.mode = Mode::Off;
    scene.run(&[item(0), item(11)]).expect("a run");
    scene.config.mode = Mode::Auto;
    scene.run(&[item(0), item(11)]).expect("a run");
    assert_eq!(scene.got(), Vec::<String>::new());
}

#[test]
fn since_sends_what_was_recorded_as_old() {
    let mut scene = Scene::new(Guard::None);
    scene.world.since = Some(Instant(1_000));
    scene.run(&[item(0)]).expect("a run");
    scene.run(&[item(0)]).expect("a run");
    assert_eq!(scene.got(), [item(0).id]);
}

#[test]
fn six_runners_at_once_send_each_update_once() {
    for runners in [2, 6] {
        for _ in 0..20 {
            let scene = Scene::new(Guard::None);
            let items: Vec<Item> = (0..9).map(|n| item(n * 10)).collect();
            thread::scope(|scope| {
                for _ in 0..runners {
                    scope.spawn(|| {
                        let config: &dyn Channel = &scene.fake;
                        // A runner that meets others all the time gives up, and the next run goes on.
                        let _ =
                            scene.world.run(&scene.keeper as &dyn Keeper, &[(&scene.config, config)], &items);
                    });
                }
            });
            scene.world.pass(400);
            scene.run(&items).expect("a run");
            let counts = scene.fake.counts();
            assert!(counts.values().all(|count| *count == 1), "{counts:?}");
            let left = items[1..].iter().filter(|item| !counts.contains_key(&item.id));
            for item in left {
                assert!(is_unknown(&scene.keeper.ledger(), &item.id), "{} is lost", item.id);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn any_runs_may_end_in_any_way_and_nothing_is_lost_or_sent_twice(
        faults in prop::collection::vec((0_usize..30, prop::sample::select(vec![Fault::Before, Fault::After, Fault::Fails, Fault::Lost]), 0_i64..400), 0..6),
        is_guarded in any::<bool>(),
    ) {
        let scene = Scene::new(if is_guarded { Guard::Always } else { Guard::None });
        let items: Vec<Item> = [0, 1, 2, 11, 21].map(item).into();
        for (n, (at, fault, pause)) in faults.iter().enumerate() {
            scene.steps.arm(Some((*at, *fault)));
            let _ = scene.run(&items[..(n + 2).min(items.len())]);
            scene.steps.arm(None);
            scene.world.pass(*pause);
        }
        scene.world.pass(400);
        scene.run(&items).expect("a run");
        let counts = scene.fake.counts();
        let ledger = scene.keeper.ledger();
        let of_an_entry: Vec<String> = scene.got().into_iter().filter(|id| *id < items[3].id).collect();
        prop_assert!(of_an_entry.is_sorted(), "{of_an_entry:?}");
        for item in &items[1..] {
            let count = counts.get(&item.id).copied().unwrap_or_default();
            let key = format!("{} en", item.id);
            let word = ledger.record("a", &key).map(|record| record.state.word());
            prop_assert!(count <= 1, "{} twice", item.id);
            let is_told = count == 1 || (!is_guarded && word == Some("unknown"));
            prop_assert!(is_told, "{} {word:?} {count}", item.id);
        }
    }
}
