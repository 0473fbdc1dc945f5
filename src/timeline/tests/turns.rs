//! What a build says of later instants is what a later build says, while nobody posts anything.

use super::*;
use crate::timeline::fixture::random::{instants, random};
use crate::timeline::fixture::{SITE, site};
use crate::vocabulary::PhaseMode;

/// What a reader with a clock makes of the turns of a build.
struct Reader {
    turns: Turns,
    built: Instant,
}

impl Reader {
    fn of(now: &Snapshot<'_>) -> Reader {
        Reader { turns: now.turns(), built: now.effective }
    }

    fn components(&self, at: Instant) -> Vec<ComponentStatus> {
        let last = |turns: &Vec<Turn>| turns.iter().rfind(|turn| turn.from <= at).map(|turn| turn.status);
        self.turns.components.iter().map(|turns| last(turns).expect("a turn")).collect()
    }

    fn modes(&self, at: Instant) -> Vec<Option<PhaseMode>> {
        let last = |turns: &Vec<Turn>| turns.iter().rfind(|turn| turn.from <= at).and_then(|turn| turn.mode);
        self.turns.components.iter().map(last).collect()
    }

    fn page(&self, at: Instant) -> ComponentStatus {
        self.turns.page.iter().rfind(|(from, _)| *from <= at).map(|(_, status)| *status).expect("a turn")
    }

    fn agrees_with(&self, now: &Snapshot<'_>, at: Instant) {
        let fresh = Reader::of(now);
        let told = (self.components(at), self.modes(at), self.page(at));
        assert_eq!(told.0, now.components, "built at {}, read at {}", self.built.iso(), at.iso());
        assert_eq!(told.1, fresh.modes(at), "built at {}, read at {}", self.built.iso(), at.iso());
        assert_eq!(told.2, now.status, "built at {}, read at {}", self.built.iso(), at.iso());
    }
}

/// Whether something dated ahead appears at the next change: readers could not know it.
fn is_news(model: &Model, now: Instant) -> bool {
    let is_known = |head: &Head| {
        Snapshot::at(model, now).series.iter().any(|s| std::ptr::eq(&raw const s.maintenance.head, head))
    };
    upcoming(model, now).iter().any(|change| match change.what {
        ChangeKind::Update | ChangeKind::Report | ChangeKind::Withdrawn => true,
        // The occurrences of a visible series are known before they are announced.
        ChangeKind::Appears => !change.head.is_some_and(is_known),
        _ => false,
    })
}

#[test]
fn an_old_build_says_what_a_new_one_says_on_random_sites() {
    let mut compared = 0;
    for seed in 0..90 {
        let model = random(seed);
        for built in instants().step_by(7) {
            let reader = Reader::of(&Snapshot::at(&model, built));
            let mut now = built;
            while let Some(next) = changes(&model, now).1.filter(|next| *next < reader.turns.until) {
                if is_news(&model, now) || next > at("30 00:00") {
                    break;
                }
                now = next;
                reader.agrees_with(&Snapshot::at(&model, now), now);
                compared += 1;
            }
        }
    }
    assert!(compared > 1_000, "{compared}");
}

const YEAR: &str = "\
title: Status
url: https://status.example.com/
timezone: ZONE
locales: [en]
components:
  - {id: api, name: API}
  - {id: web, name: Web}
  - {id: fax, name: Fax, retired: 2026-07-01}
";

/// Entries of a year: series of every kind, windows with phases, incidents.
fn year(zone: &str) -> Model {
    let work = |front: &str, body: &str| {
        format!("---\ntitle: t\nkind: regular\npublish_at: 2026-01-01 00:00\n{front}---\nx\n\n{body}")
    };
    let weekly = work(
        "affects: [api]\nauto: both\nwindow: {start: 2026-01-06 02:00, end: 2026-01-06 03:00}\nrecurrence: {rule: FREQ=WEEKLY;BYDAY=TU, except: [2026-03-10]}\nphases:\n  - {affects: [api], start: 2026-01-06 02:00, end: 2026-01-06 02:20, mode: cancel_only}\n  - {affects: [api], start: 2026-01-06 02:20, end: 2026-01-06 03:00, mode: halted}\n",
        "## postponed 2026-05-18 12:00\noccurrence: 2026-05-19\n\nLater.\n\n## scheduled 2026-05-19 12:00\noccurrence: 2026-05-19\nstart: 2026-05-21 01:00\n\nThen.\n",
    );
    let daily = work(
        "affects: {web: degraded_performance}\nauto: start\nclose_after: 30h\nwindow: {start: 2026-02-01 23:30, end: 2026-02-02 00:30}\nrecurrence: {rule: FREQ=DAILY, until: 2026-02-20}\n",
        "",
    );
    let monthly = work(
        "affects: [api, web]\nauto: start\nwindow: {start: 2026-01-31 01:00, end: 2026-01-31 05:00}\nrecurrence: {rule: FREQ=MONTHLY;BYMONTHDAY=-1}\n",
        "## completed 2026-01-31 04:10\noccurrence: 2026-01-31\n\nDone.\n\n## in_progress 2026-04-30 05:10\noccurrence: 2026-04-30\n\nIt takes longer.\n",
    );
    let pieces = work(
        "affects: [web]\nauto: both\nwindow:\n  - {start: 2026-04-04 10:00, end: 2026-04-04 12:00}\n  - {start: 2026-04-05 10:00, end: 2026-04-05 12:00, affects: [api]}\n  - {start: 2026-06-20 10:00, end: unknown}\n",
        "## completed 2026-06-21 15:00\n\nDone.\n",
    );
    let incident = "---\ntitle: t\nseverity: moderate\naffects: {api: partial_outage, web: degraded_performance}\nstarted: 2026-03-29 00:40\n---\nx\n\n## investigating 2026-03-29 00:50\nmode: cancel_only\n\nx\n\n## identified 2026-03-29 03:20\nseverity: critical\naffects: api=major_outage\nmode: api=halted\n\nx\n\n## resolved 2026-03-29 05:00\n\nx\n";
    let later = "---\ntitle: t\nseverity: minor\naffects: [fax]\nstarted: 2026-06-30 20:00\n---\nx\n\n## investigating 2026-06-30 20:10\n\nx\n";
    let files = [
        ("maintenance/weekly.md", weekly.as_str()),
        ("maintenance/daily.md", &daily),
        ("maintenance/monthly.md", &monthly),
        ("maintenance/pieces.md", &pieces),
        ("incidents/a.md", incident),
        ("incidents/b.md", later),
    ];
    site(&YEAR.replace("ZONE", zone), &files)
}

#[test]
fn no_minute_of_a_year_is_told_wrong_by_a_build_of_up_to_90_days() {
    for zone in ["Asia/Tokyo", "America/New_York"] {
        let model = year(zone);
        let time = |text: &str| model.config.zone.read(text).expect("a time");
        let (first, last) = (time("2026-01-02 00:00"), time("2027-01-02 00:00"));
        let (mut now, mut minutes, mut oldest) = (first, 0_i64, 0_i64);
        let mut reader = Reader::of(&Snapshot::at(&model, now));
        let mut built = now;
        while now < last {
            let fresh = Snapshot::at(&model, now);
            let next = changes(&model, now).1.expect("the next midnight").min(last);
            // Between two changes a fresh build says the same, so each minute needs only what a reader makes of it.
            let mut minute = Instant((now.0 + 59) / 60 * 60);
            reader.agrees_with(&fresh, now);
            while minute < next {
                assert_eq!(
                    reader.components(minute),
                    fresh.components,
                    "built {}, read {}",
                    built.iso(),
                    minute.iso()
                );
                assert_eq!(reader.page(minute), fresh.status, "built {}, read {}", built.iso(), minute.iso());
                (minute, minutes) = (Instant(minute.0 + 60), minutes + 1);
            }
            let age = i64::try_from(DAYS_AHEAD).expect("a small number") * 86_400;
            let is_old = next.0 - built.0 >= age;
            if is_news(&model, now) || is_old {
                (reader, built) = (Reader::of(&Snapshot::at(&model, next)), next);
            }
            oldest = oldest.max(next.0 - built.0);
            now = next;
        }
        assert!((525_600..=525_661).contains(&minutes), "{minutes}");
        // Nothing is posted for months, so old builds are really read.
        assert!(oldest > 80 * 86_400, "{oldest}");
    }
}

#[test]
fn a_plan_gives_turns_with_the_strictest_mode_and_the_entry_behind_them() {
    let phases = "affects: [api]\nphases:\n  - {affects: [api], start: 02:00, end: 03:00, mode: limited}\n  - {affects: [api], start: 02:30, end: 05:00, mode: cancel_only}\n";
    let model = work(&phases.replace("start: ", "start: 2026-11-20 "), "");
    let turns = Snapshot::at(&model, at("19 12:00")).turns();
    let said = |turn: &Turn| {
        let clock = model.config.zone.local(turn.from).format("%d %H:%M").to_string();
        let mode = turn.mode.map_or("-", PhaseMode::word);
        format!("{clock} {} {mode} {} {}", turn.status.word(), turn.is_certain, turn.causes.len())
    };
    let api: Vec<String> = turns.components[0].iter().map(said).collect();
    let wanted = [
        "19 00:00 operational - true 0",
        "20 02:00 under_maintenance limited false 1",
        "20 02:30 under_maintenance cancel_only false 1",
        "20 05:00 under_maintenance - false 1",
    ];
    assert_eq!(api, wanted);
    assert_eq!(turns.components[1].len(), 1);
}

#[test]
fn the_turns_of_many_daily_series_are_few_enough_to_publish() {
    let entry = "---\ntitle: t\nkind: regular\naffects: [api]\nauto: both\npublish_at: 2026-11-01 00:00\nwindow: {start: 2026-11-02 02:00, end: 2026-11-02 02:10}\nrecurrence: {rule: FREQ=DAILY}\n---\nx\n";
    let model = site(SITE, &[("maintenance/m.md", entry)]);
    let turns = Snapshot::at(&model, at("20 12:00")).turns();
    assert_eq!(turns.components[0].len(), 1 + 2 * 90);
}

#[test]
fn what_is_dated_ahead_moves_no_turn() {
    let series = "---\ntitle: t\nkind: regular\naffects: [api]\nauto: both\npublish_at: 2026-11-01 00:00\nwindow: {start: 2026-11-03 02:00, end: 2026-11-03 02:30}\nrecurrence: {rule: FREQ=WEEKLY;BYDAY=TU}\n";
    let later = "## postponed 2026-11-21 12:00\noccurrence: 2026-12-08\n\nx\n";
    let of = |front: &str, body: &str| {
        let text = format!("{series}{front}---\nx\n\n{body}");
        let model = site(SITE, &[("maintenance/m.md", &text)]);
        let turns = Snapshot::at(&model, at("20 12:00")).turns().components[0].clone();
        turns.iter().map(|turn| (turn.from, turn.status, turn.mode)).collect::<Vec<_>>()
    };
    let plain = of("", "");
    assert_eq!(plain.len(), 1 + 2 * 13);
    assert_eq!(of("", later), plain);
    assert_eq!(of("withdrawn: {at: 2026-11-21 12:00, reason: x}\n", ""), plain);
    assert_eq!(of("withdrawn: {at: 2026-11-20 11:00, reason: x}\n", "").len(), 1);
}

mod modes {
    use super::*;

    fn modes(body: &str, time: &str) -> Vec<Option<PhaseMode>> {
        let front = "affects: [api, web]\n";
        let text =
            format!("---\ntitle: t\nseverity: moderate\n{front}started: 2026-11-20 10:15\n---\nx\n\n{body}");
        let model = site(SITE, &[("incidents/a.md", &text)]);
        Reader::of(&Snapshot::at(&model, at(time))).modes(at(time))
    }

    const HALT: &str = "## investigating 2026-11-20 10:20\nmode: halted\n\nx\n\n";

    #[test]
    fn a_line_says_what_works_until_another_one_or_the_end() {
        use PhaseMode::{CancelOnly, Halted};
        assert_eq!(modes("", "20 10:20"), [None, None]);
        assert_eq!(modes(HALT, "20 10:30"), [Some(Halted), Some(Halted)]);
        let one = format!("{HALT}## update 2026-11-20 10:40\nmode: api=取消のみ\n\nx\n\n");
        assert_eq!(modes(&one, "20 10:40"), [Some(CancelOnly), Some(Halted)]);
        let ended = format!("{one}## update 2026-11-20 10:50\naffects: web=operational\n\nx\n\n");
        assert_eq!(modes(&ended, "20 10:50"), [Some(CancelOnly), None]);
        let fine = format!("{one}## monitoring 2026-11-20 11:00\nmode: operational\n\nx\n\n");
        assert_eq!(modes(&fine, "20 11:00"), [None, None]);
        let over = format!("{one}## resolved 2026-11-20 11:00\n\nx\n\n");
        assert_eq!(modes(&over, "20 11:00"), [None, None]);
    }
}
