//! Tests that a time which is not exact stays so in everything that people read.

use std::collections::BTreeMap;

use proptest::prelude::*;
use regex::Regex;

use crate::model::{Instant, Model};
use crate::output;
use crate::pack::CHANNELS;
use crate::site::{Route, Site};
use crate::timeline::Snapshot;
use crate::timeline::fixture::{SITE, at, codes, site};

const INCIDENT: &str = "---
title: Orders
severity: minor
affects: [api]
started: 2026-11-20 16:21頃
detected: 2026-11-20 about 16:23
expected_recovery: 2026-11-21 午前
next_update: 2026-11-21
---
Orders fail.

## investigating 2026-11-20 16:27頃
x

## update 2026-11-21 午後
next_update: 未定

x

## resolved 2026-11-22
ended: 2026-11-21

x

## Postmortem 2026-11-24
x
";

const UNKNOWN: &str = "---
title: Login
severity: minor
affects: [web]
started: 不明
detected: 2026-11-21
---
x

## resolved 2026-11-23
ended: unknown

x
";

const WORK: &str = "---
title: Halls
kind: regular
affects: [web]
window: {start: 2026-11-22, end: 2026-11-25}
---
x

## scheduled 2026-11-20
x

## update 2026-11-21
end: 2026-11-26 午前

x

## completed 2026-11-26
x
";

const NOTICE: &str = "---
title: Mail
pinned: true
expires_at: 2026-11-23
---
x

## update 2026-11-21
x
";

fn vague() -> Model {
    let files = [
        ("incidents/o.md", INCIDENT),
        ("incidents/l.md", UNKNOWN),
        ("maintenance/h.md", WORK),
        ("notices/n.md", NOTICE),
    ];
    site(&SITE.replace("[ja, en]", "[en, ja]"), &files)
}

/// Everything that is published and sent, by name.
fn everything(site: &Site<'_>) -> BTreeMap<String, String> {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    let mut all: BTreeMap<String, String> =
        output::plan(site).iter().map(|file| (file.path.clone(), text(file.render()))).collect();
    let now = &site.now;
    let routes = (0..now.incidents.len()).map(Route::Incident);
    let routes = routes.chain((0..now.maintenance.len()).map(Route::Maintenance));
    for route in routes.chain((0..now.notices.len()).map(Route::Notice)) {
        for channel in CHANNELS.iter().filter(|channel| channel.is_searched()) {
            for locale in 0..2 {
                let facts = channel.facts(site, route, locale);
                let shown = facts.map(|facts| channel.shown(&facts).concat());
                all.extend(shown.map(|words| (format!("{route:?} {} {locale}", channel.name), words)));
            }
        }
    }
    all
}

/// The words of a text without what machines read: tags, instants in UTC, headers.
fn words(text: &str) -> String {
    let machines = Regex::new(concat!(
        r"(?s)<[^>]*>|[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+(Z|\+09:00)?)?|[0-9]{2}:[0-9]{2}:[0-9]{2}",
        r"|[0-9]{8}T[0-9]{6}Z"
    ));
    machines.expect("an expression").replace_all(text, "").into_owned()
}

#[test]
fn a_vague_time_never_becomes_exact_in_words() {
    let model = vague();
    let minutes = Regex::new("16:2[137]").expect("an expression");
    let about = Regex::new("about ([A-Z][A-Za-z, ]+ [0-9]+(, [0-9]+)? )?16:2[137]|16:2[137] 頃")
        .expect("an expression");
    // The page says as of when it is true.
    let time = "(00:00|12:00|16:2[137])( JST)?( ?[(（]UTC.09:00[)）])?";
    let as_of = format!("[Aa]s of [^.·<]{{0,40}}{time}|[^。<]{{0,40}}{time} ?(現在|時点)");
    let as_of = Regex::new(&as_of).expect("an expression");
    let mut met = 0;
    for hour in (0..24 * 7).step_by(3) {
        let now = Instant(at("20 17:00").0 + hour * 3_600);
        let site = Site::new(Snapshot::at(&model, now)).expect("built-in locales");
        for (name, text) in everything(&site) {
            let words = words(&text);
            let known = as_of.replace_all(&words, "");
            let left = about.replace_all(&known, "");
            met += about.find_iter(&words).count();
            let exact = minutes.find(&left);
            assert!(exact.is_none(), "{name} at {}: {left}", now.iso());
            for midnight in ["00:00", "24:00", "12:00"] {
                let place = left.find(midnight);
                let near = place.map(|at| {
                    left.chars()
                        .skip(left[..at].chars().count().saturating_sub(60))
                        .take(90)
                        .collect::<String>()
                });
                assert_eq!(near, None, "{name} at {}", now.iso());
            }
        }
    }
    assert!(met > 100, "{met}");
}

#[test]
fn what_was_said_is_shown() {
    let model = vague();
    let site = Site::new(Snapshot::at(&model, at("20 17:00"))).expect("built-in locales");
    let all = everything(&site);
    let page = |name: &str| words(&all[name]).split_whitespace().collect::<Vec<_>>().join(" ");
    let (english, japanese) = (page("incidents/o/index.html"), page("ja/incidents/o/index.html"));
    for said in ["about November 20, 2026 16:21 JST", "planned by Sat, Nov 21", "Sat, Nov 21 morning"] {
        assert!(english.contains(said), "{said}: {english}");
    }
    for said in ["2026年11月20日 16:21 頃 JST", "11月21日(土) までにお知らせする予定", "11月21日(土) 午前"]
    {
        assert!(japanese.contains(said), "{said}: {japanese}");
    }
    let calendar = &all["maintenance/h/calendar.ics"];
    assert!(calendar.contains("DTSTART;VALUE=DATE:20261122\r\nDTEND;VALUE=DATE:20261126\r\n"), "{calendar}");
    let site = Site::new(Snapshot::at(&model, at("23 09:00"))).expect("built-in locales");
    let all = everything(&site);
    let page = |name: &str| words(&all[name]);
    assert!(page("incidents/l/index.html").contains("unknown"), "{}", page("incidents/l/index.html"));
    assert!(all["incidents/o/index.html"].contains("id=\"resolved-20261122\""));
    assert!(
        page("maintenance/h/index.html").contains("Thu, Nov 26 morning"),
        "{}",
        page("maintenance/h/index.html")
    );
    let site = Site::new(Snapshot::at(&model, at("21 13:00"))).expect("built-in locales");
    assert!(words(&everything(&site)["ja/index.html"]).contains("未定"));
}

#[test]
fn what_acts_at_a_time_needs_an_exact_one() {
    let entry = |line: &str| {
        let text =
            format!("---\ntitle: t\nseverity: minor\naffects: [api]\nstarted: 2026-11-20\n{line}\n---\nx\n");
        codes(SITE, &[("incidents/a.md", &text)])
    };
    assert_eq!(entry(""), [""; 0]);
    for line in [
        "publish_at: 2026-11-20 10:15頃",
        "publish_at: 2026-11-20",
        "withdrawn: {at: 2026-11-20 午前, reason: x}",
    ] {
        assert_eq!(entry(line), ["time/invalid"], "{line}");
    }
}

proptest! {
    #[test]
    fn every_order_of_vague_and_exact_updates_is_total_and_stable(
        forms in proptest::collection::vec((0..2_u32, 0..4_u8, 0..24_u32), 1..7),
        is_newest_first in any::<bool>(),
    ) {
        // In the order in which they were said.
        let mut said: Vec<(u32, u32, u8)> = forms.iter().map(|(day, form, hour)| (*day, *hour, *form)).collect();
        said.sort_by_key(|(day, hour, _)| (*day, *hour));
        let heading = |(n, (day, hour, form)): (usize, &(u32, u32, u8))| {
            let day = format!("2026-11-{}", 21 + day);
            let time = match form {
                0 => day,
                1 => format!("{day} {hour:02}:10頃"),
                _ => format!("{day} {hour:02}:10"),
            };
            format!("## update {time}\nn{n}\n\n")
        };
        let mut updates: Vec<String> = said.iter().enumerate().map(heading).collect();
        let exact: Vec<_> = said.iter().filter(|(.., form)| *form > 0).map(|(day, hour, _)| (*day, *hour)).collect();
        // An earlier day tells which end of the file is the newer one.
        updates.insert(0, "## investigating 2026-11-20 09:00\nfirst\n\n".to_owned());
        if is_newest_first {
            updates.reverse();
        }
        let front = "---\ntitle: t\nseverity: minor\naffects: [api]\nstarted: 2026-11-20 09:00\n---\nx\n\n";
        let model = site(SITE, &[("incidents/a.md", &format!("{front}{}", updates.concat()))]);
        let entry = &model.incidents[0];
        prop_assert!(entry.updates.is_sorted_by_key(|update| update.at));
        let words = |update: &crate::model::Update<_>| update.words.get(0).1.plain();
        let order: Vec<String> = entry.updates.iter().map(words).collect();
        // What was said at one exact minute keeps the order of the file, as before.
        let mut minutes = exact.clone();
        minutes.dedup();
        if minutes.len() == exact.len() {
            let expected: Vec<String> = std::iter::once("first".to_owned()).chain((1..order.len()).map(|n| format!("n{}", n - 1))).collect();
            prop_assert_eq!(order, expected, "{:?}", said);
        }
        let stamps: std::collections::BTreeSet<String> =
            entry.updates.iter().map(|u| format!("{} {}", u.stamp().id(), u.ordinal)).collect();
        prop_assert_eq!(stamps.len(), entry.updates.len());
    }
}
