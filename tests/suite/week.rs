//! One week of the demo, minute by minute, compared with a table written by hand from the entries:
//! the status of the page, the open entries, and the missed promises.

use noroshi::internals::load;
use noroshi::internals::model::entry::NextUpdate;
use noroshi::internals::model::{Instant, Model, Zone};
use noroshi::internals::timeline::Snapshot;
use noroshi::internals::vocabulary::ComponentStatus;

use crate::harness::Site;

/// Start (November 2026, Tokyo), status of the page, components that are not operational, and
/// entries that are not over, with `!` if a promised update is overdue.
const TABLE: &str = "
18 00:00 | operational       |                                                  | 2026-11-24-regular scheduled
18 15:00 | operational       |                                                  | 2026-11-24-regular scheduled, 2026-12-08-order-update scheduled
20 09:20 | operational       |                                                  | 2026-11-20-xrp-node scheduled, 2026-11-24-regular scheduled, 2026-12-08-order-update scheduled
20 09:30 | under_maintenance | xrp.withdraw under_maintenance                   | 2026-11-20-xrp-node in_progress, 2026-11-24-regular scheduled, 2026-12-08-order-update scheduled
20 10:25 | partial_outage    | btc.trade partial_outage, xrp.withdraw under_maintenance, api partial_outage | 2026-11-20-btc-order-delay investigating, 2026-11-20-xrp-node in_progress, 2026-11-24-regular scheduled, 2026-12-08-order-update scheduled
20 11:20 | partial_outage    | btc.trade degraded_performance, xrp.withdraw under_maintenance, api partial_outage | 2026-11-20-btc-order-delay identified, 2026-11-20-xrp-node in_progress, 2026-11-24-regular scheduled, 2026-12-08-order-update scheduled
20 12:10 | partial_outage    | btc.trade degraded_performance, xrp.withdraw under_maintenance, api partial_outage | 2026-11-20-btc-order-delay identified !, 2026-11-20-xrp-node in_progress, 2026-11-24-regular scheduled, 2026-12-08-order-update scheduled
20 13:00 | partial_outage    | btc.trade degraded_performance, xrp.withdraw under_maintenance, api partial_outage | 2026-11-20-btc-order-delay identified !, 2026-11-20-xrp-node in_progress !, 2026-11-24-regular scheduled, 2026-12-08-order-update scheduled
21 02:00 | partial_outage    | btc.trade degraded_performance, xrp.withdraw under_maintenance, api partial_outage | 2026-11-20-btc-order-delay identified !, 2026-11-20-xrp-node in_progress !, 2026-11-24-regular scheduled, 2026-12-08-order-update scheduled, weekly/2026-11-24 cancelled
24 02:00 | partial_outage    | btc.trade under_maintenance, btc.deposit under_maintenance, btc.withdraw under_maintenance, eth.trade under_maintenance, eth.deposit under_maintenance, eth.withdraw under_maintenance, xrp.trade under_maintenance, xrp.deposit under_maintenance, xrp.withdraw under_maintenance, jpy.trade under_maintenance, jpy.deposit under_maintenance, jpy.withdraw under_maintenance, api partial_outage | 2026-11-20-btc-order-delay identified !, 2026-11-20-xrp-node in_progress !, 2026-11-24-regular in_progress by the clock, 2026-12-08-order-update scheduled, weekly/2026-11-24 cancelled
24 03:00 | partial_outage    | btc.trade under_maintenance, btc.deposit under_maintenance, btc.withdraw under_maintenance, eth.trade under_maintenance, eth.deposit under_maintenance, eth.withdraw under_maintenance, xrp.trade under_maintenance, xrp.deposit under_maintenance, xrp.withdraw under_maintenance, jpy.trade under_maintenance, jpy.deposit under_maintenance, jpy.withdraw under_maintenance, api partial_outage | 2026-11-20-btc-order-delay identified !, 2026-11-20-xrp-node in_progress !, 2026-11-24-regular in_progress by the clock, 2026-12-08-order-update scheduled
24 05:00 | partial_outage    | btc.trade under_maintenance, btc.deposit under_maintenance, btc.withdraw under_maintenance, eth.trade under_maintenance, eth.deposit under_maintenance, eth.withdraw under_maintenance, xrp.trade under_maintenance, xrp.deposit under_maintenance, xrp.withdraw under_maintenance, jpy.trade under_maintenance, jpy.deposit under_maintenance, jpy.withdraw under_maintenance, api partial_outage | 2026-11-20-btc-order-delay identified !, 2026-11-20-xrp-node in_progress !, 2026-11-24-regular verifying by the clock, 2026-12-08-order-update scheduled
";

fn rows(zone: Zone) -> Vec<(Instant, String)> {
    let row = |line: &str| {
        let (time, rest) = line.split_once('|').expect("a row");
        let at = zone.read(&format!("2026-11-{}", time.trim())).expect("a time");
        let cells: Vec<&str> = rest.split('|').map(str::trim).collect();
        (at, cells.join(" | "))
    };
    TABLE.trim().lines().map(row).collect()
}

/// The row of the table, as the program computes it.
fn computed_row(model: &Model, now: Instant) -> String {
    let snapshot = Snapshot::at(model, now);
    let components: Vec<String> = (snapshot.components.iter().zip(&model.config.components.all))
        .filter(|(status, _)| **status != ComponentStatus::Operational)
        .map(|(status, component)| format!("{} {}", component.id, status.word()))
        .collect();
    let mut entries: Vec<String> = Vec::new();
    let passed = |next: Option<NextUpdate>| {
        let due = next.and_then(NextUpdate::due);
        if due.is_some_and(|due| due.at <= now) { " !" } else { "" }
    };
    for incident in snapshot.active_incidents() {
        let (slug, state) = (&incident.incident.head.slug, incident.state.word());
        entries.push(format!("{slug} {state}{}", passed(incident.next_update())));
    }
    for m in &snapshot.maintenance {
        // Cancelled work is shown until its planned end.
        let off = m.state.word() == "cancelled" && m.plan.end.is_some_and(|end| end > now);
        if !m.is_running() && !m.is_ahead() && !off {
            continue;
        }
        let day = m.occurrence.map(|o| format!("/{}", o.day)).unwrap_or_default();
        let clock = if m.by_clock && m.is_running() { " by the clock" } else { "" };
        let due = passed(m.next_update);
        entries.push(format!("{}{day} {}{clock}{due}", m.maintenance.head.slug, m.state.word()));
    }
    entries.sort();
    format!("{} | {} | {}", snapshot.status.word(), components.join(", "), entries.join(", "))
}

#[test]
fn every_minute_of_a_week_is_as_the_table_says() {
    let site = Site::demo();
    let loaded = load::load(site.root(), None, &|| ()).expect("a readable folder");
    let model = loaded.model.expect("the demo");
    let rows = rows(model.config.zone);
    let end = model.config.zone.read("2026-11-25 00:00").expect("a time");
    let mut minute = rows[0].0;
    while minute < end {
        let row = rows.iter().rev().find(|(at, _)| *at <= minute).expect("a row");
        assert_eq!(computed_row(&model, minute), row.1, "at {}", minute.iso());
        minute = Instant(minute.0 + 60);
    }
}

#[test]
fn pages_built_for_the_turns_of_that_week_say_the_same() {
    let site = Site::demo();
    let zone = Zone::named("Asia/Tokyo").expect("a zone");
    let rows = rows(zone);
    let states = |row: &str| {
        let status = row.split(" | ").next().expect("a status").to_owned();
        let class = match status.as_str() {
            "operational" => "ok",
            "under_maintenance" => "maintenance",
            _ => "partial",
        };
        format!("<section class=\"state {class}\"")
    };
    for pair in rows.windows(2) {
        // One minute before a change, and at it.
        for (at, row) in [(Instant(pair[1].0.0 - 60), &pair[0].1), (pair[1].0, &pair[1].1)] {
            site.build_at(&at.iso()).exit(0);
            let home = site.page("");
            let first = home.find("<section class=\"state").map(|at| &home[at..]).expect("a state");
            assert!(first.starts_with(&states(row)), "at {}: {row}", at.iso());
            for (words, shown) in
                [("予定時刻になり", "in_progress by the clock"), ("予定の終了時刻", "verifying by the clock")]
            {
                let visible = home.lines().any(|line| {
                    let said = line.split("hidden>").next().unwrap_or_default();
                    line.contains("aria-live=\"polite\"") && said.contains(words)
                });
                assert_eq!(visible, row.contains(shown), "{words} at {}", at.iso());
            }
        }
    }
}
