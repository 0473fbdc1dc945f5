//! Tests of incidents whose impact came and went.

use super::*;

const MINUTE: i64 = 60;

/// A site with one incident of the 20th with these facts at the top and this body.
fn incident(begun: &str, body: &str) -> Model {
    let front = "---\ntitle: t\nseverity: critical\naffects: [api]\n";
    model(&[("incidents/a.md", &format!("{front}{begun}\npublish_at: 2026-11-20 08:00\n---\n{body}"))])
}

/// The spans in which the component was not operational. An update divides them, which no reader sees.
fn down(model: &Model, now: &str) -> Vec<(Instant, Instant)> {
    let mut found: Vec<(Instant, Instant)> = Vec::new();
    for span in &Snapshot::exactly(model, at(now)).spans()[0] {
        match found.last_mut().filter(|last| last.1 == span.from) {
            Some(last) => last.1 = span.to,
            None => found.push((span.from, span.to)),
        }
    }
    found
}

#[test]
fn between_the_spans_everything_was_as_usual() {
    let model = incident(
        "outages: [2026-11-20 08:00〜08:10, 09:00, 10:00〜10:05]",
        "## investigating 2026-11-20 10:20\n\n## resolved 2026-11-20 11:00\n",
    );
    let spans = [(at("20 08:00"), at("20 08:10")), (at("20 10:00"), at("20 10:05"))];
    assert_eq!(down(&model, "20 12:00"), spans);
    // While it is open, its updates say how it is now.
    assert_eq!(state_at(&model, "20 10:30"), Status::Investigating);
    assert_eq!(statuses_at(&model, "20 10:30")[0], Major);
    assert_eq!(down(&model, "20 10:30"), spans);
    assert_eq!(uptime_of(&model, 0, "21 12:00", 2)[0].lost, 15 * MINUTE * 10);
    let now = Snapshot::at(&model, at("20 12:00"));
    let now = &now.incidents[0];
    assert_eq!((now.started, now.ended), (at("20 08:00").into(), Some(at("20 10:05").into())));
    // The moment is a second of its day.
    let stretches = now.stretches(at("21 00:00"));
    assert_eq!(stretches[1], (at("20 09:00"), Instant(at("20 09:00").0 + 1)));
}

#[test]
fn an_open_end_goes_on_until_the_incident_is_resolved() {
    let model = incident(
        "outages: [2026-11-20 08:00〜08:10, 09:00〜]",
        "## investigating 2026-11-20 09:10\n\n## resolved 2026-11-20 10:00\nended: 09:50\n\n## correction 2026-11-20 11:00\nended: 09:40\n",
    );
    let last = |now: &str| down(&model, now).last().copied();
    assert_eq!(last("20 09:30"), Some((at("20 09:00"), Instant(at("20 09:30").0 + 1))));
    assert_eq!(last("20 12:00"), Some((at("20 09:00"), at("20 09:40"))));
    assert_eq!(Snapshot::at(&model, at("20 12:00")).incidents[0].ended, Some(at("20 09:40").into()));
}

#[test]
fn what_was_over_and_came_again_unseen_is_in_the_list_of_a_later_update() {
    let body = "## investigating 2026-11-20 08:05\n\n## resolved 2026-11-20 08:20\n\n\
                ## resolved 2026-11-20 12:00\noutages: 08:00〜08:10、10:00〜10:05\n";
    let model = incident("started: 2026-11-20 08:00", body);
    assert_eq!(down(&model, "20 11:00"), [(at("20 08:00"), at("20 08:20"))]);
    let spans = [(at("20 08:00"), at("20 08:10")), (at("20 10:00"), at("20 10:05"))];
    assert_eq!(down(&model, "20 13:00"), spans);
    // A list in a correction replaces it.
    let body = format!("{body}\n## correction 2026-11-20 14:00\noutages: 08:01〜08:10、10:00\n");
    let model = incident("started: 2026-11-20 08:00", &body);
    assert_eq!(down(&model, "20 15:00"), [(at("20 08:01"), at("20 08:10"))]);
    let now = Snapshot::at(&model, at("20 15:00"));
    let (before, after) = now.incidents[0].corrected(3).expect("a correction");
    assert_eq!((before.outages.len(), after.outages.len()), (2, 2));
    assert!(after.outages[1].is_moment() && !before.outages[1].is_moment());
}

#[test]
fn a_reopening_comes_on_top_of_the_list() {
    let model = incident(
        "outages: [2026-11-20 08:00〜08:10, 09:00〜09:05]",
        "## resolved 2026-11-20 09:30\n\n## investigating 2026-11-20 11:00\n\n## resolved 2026-11-20 12:00\nended: 11:30\n",
    );
    let listed = [(at("20 08:00"), at("20 08:10")), (at("20 09:00"), at("20 09:05"))];
    assert_eq!(down(&model, "20 10:00"), listed);
    assert_eq!(down(&model, "20 13:00"), [&listed[..], &[(at("20 11:00"), at("20 11:30"))]].concat());
    assert_eq!(Snapshot::at(&model, at("20 13:00")).incidents[0].ended, Some(at("20 11:30").into()));
}

#[test]
fn times_without_a_date_look_back_in_an_update_and_stay_near_in_a_correction() {
    let model = incident(
        "started: 2026-11-20 23:50",
        "## resolved 2026-11-21 00:30\noutages: 23:50頃〜23:55頃、00:10頃\n\n## correction 2026-11-23 09:00\noutages: 23:52 to 23:55, 00:10\n",
    );
    let starts = |now: &str| {
        let now = Snapshot::at(&model, at(now));
        now.incidents[0].outages.iter().map(|outage| outage.start.at).collect::<Vec<_>>()
    };
    assert_eq!(starts("21 01:00"), [at("20 23:50"), at("21 00:10")]);
    assert_eq!(starts("23 10:00"), [at("20 23:52"), at("21 00:10")]);
}

#[test]
fn a_day_that_only_a_moment_touches_shows_the_incident() {
    let model =
        incident("outages: [2026-11-20 09:00〜09:10, 2026-11-22 10:00]", "## resolved 2026-11-23 12:00\n");
    let site = crate::site::Site::new(Snapshot::at(&model, at("24 12:00"))).expect("a built-in locale");
    let on = |day: u32| site.on(chrono::NaiveDate::from_ymd_opt(2026, 11, day).expect("a day")).1.len();
    assert_eq!((on(21), on(22), on(23)), (0, 1, 0));
    assert_eq!(uptime_of(&model, 0, "24 12:00", 3)[0].lost, 0);
}
