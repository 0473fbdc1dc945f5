//! Properties of the files of any site, tested on random sites.

mod days;
mod embedded;
mod item_text;
mod resolved;

use std::collections::{BTreeMap, HashMap};

use super::plan;
use crate::digest::Digest;
use crate::model::{Instant, Model, Update};
use crate::site::{Route, Site};
use crate::timeline::fixture::random::{instants, made_of, random, random_files};
use crate::timeline::fixture::{SITE, at, site};
use crate::timeline::{ChangeKind, Snapshot, changes, upcoming};

const TURNS: &str = "api/now.json";

/// All files by address, without the time of the build.
fn files(site: &Site<'_>) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for file in plan(site) {
        let mut text = String::from_utf8(file.render()).expect("UTF-8");
        // The page has the first turn of a component as an example.
        if ["api/index.html", "en/api/index.html"].contains(&file.path.as_str()) {
            text = text.replace(&site.now.effective.iso(), "the instant of the build");
        }
        if file.path == TURNS {
            for key in ["as_of", "from"] {
                text = text.replace(&format!("\"{key}\":\"{}\"", site.now.effective.iso()), key);
            }
        }
        found.insert(file.path.clone(), without_as_of(&text));
    }
    found
}

/// Removes the time of the build from a page, wherever it appears.
fn without_as_of(text: &str) -> String {
    let mut parts = text.split("s of <time");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.split_once("</time>").expect("the end of a time").1;
        // The relative time follows it.
        let ago = rest.strip_prefix(" <time class=\"ago\"").and_then(|ago| ago.split_once("</time>"));
        out.push_str(ago.map_or(rest, |(_, rest)| rest));
    }
    let mut parts = out.split("\nnoroshi_effective_timestamp_seconds ");
    let first = parts.next().unwrap_or_default().to_owned();
    let out = parts.fold(first, |out, part| out + part.split_once('\n').expect("the end of a line").1);
    let mut parts = out.split("\"effective\":\"");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| out + part.split_once('"').expect("the end of a time").1)
}

/// A kept file is found by the digest of its inputs alone.
#[test]
fn no_two_files_have_the_same_recorded_inputs() {
    for seed in 0..24 {
        let model = random(seed);
        let site = Site::new(Snapshot::at(&model, at("21 12:00"))).expect("a built-in locale");
        let mut known: HashMap<Digest, String> = HashMap::new();
        for file in plan(&site) {
            let Some(inputs) = file.inputs() else { continue };
            let other = known.insert(inputs, file.path.clone());
            assert_eq!(other, None, "site {seed}: {}", file.path);
        }
        assert!(known.keys().len() > 4);
    }
}

#[test]
fn nothing_changes_between_the_changes_that_are_forecast() {
    for seed in 0..24 {
        let model = random(seed);
        for now in instants() {
            let (effective, _) = changes(&model, now);
            if effective == now {
                continue;
            }
            let expected = Site::new(Snapshot::exactly(&model, effective)).expect("a built-in locale");
            let real = Site::new(Snapshot::exactly(&model, now)).expect("a built-in locale");
            let (expected, real) = (files(&expected), files(&real));
            assert!(expected.keys().eq(real.keys()), "site {seed} at {}", now.iso());
            for ((path, expected), real) in expected.iter().zip(real.values()) {
                let line = expected.lines().zip(real.lines()).find(|(expected, real)| expected != real);
                assert_eq!(line, None, "site {seed}, {path} at {}", now.iso());
                assert_eq!(expected, real, "site {seed}, {path} at {}", now.iso());
            }
        }
    }
}

#[test]
fn something_changes_at_every_change_that_is_forecast() {
    for seed in 0..24 {
        let model = random(seed);
        let mut now = at("20 00:00");
        while let Some(next) = changes(&model, now).1.filter(|next| *next < at("22 00:00")) {
            let files = |now| files(&Site::new(Snapshot::exactly(&model, now)).expect("a built-in locale"));
            let (before, after) = (files(Instant(next.0 - 1)), files(next));
            let blind = |files: &BTreeMap<String, String>| {
                let mut files = files.clone();
                for page in ["index.html", "embed/banner/index.html"] {
                    let page = files.get_mut(page).expect("a page");
                    *page = page.replace(&attribute(page), "");
                }
                files
            };
            // A start can be hidden by a worse entry that goes on.
            let hidden = upcoming(&model, now).iter().all(|change| change.what == ChangeKind::Starts);
            let same = blind(&before) == blind(&after);
            assert!(!same || hidden, "site {seed}: nothing changes at {}", next.iso());
            now = next;
        }
    }
}

/// The attribute that announces the next change.
fn attribute(home: &str) -> String {
    let from = home.find(" data-next").expect("the next change");
    home[from..].split('>').next().unwrap_or_default().to_owned()
}

#[test]
fn pages_of_entries_do_not_depend_on_the_clock_nor_on_one_another() {
    for seed in 0..24 {
        let model = random(seed);
        let mut seen: HashMap<String, String> = HashMap::new();
        for now in instants() {
            let site = Site::new(Snapshot::at(&model, now)).expect("a built-in locale");
            let files = files(&site);
            for page in &site.pages {
                // Everything that may change the page: publications, surfaced questions, and the start that
                // ends an occurrence.
                let mut closes = None;
                let published = match page.route {
                    Route::Incident(at) => {
                        let now = &site.now.incidents[at];
                        (now.updates.len(), now.withdrawn, now.postmortem)
                    }
                    Route::Maintenance(at) => {
                        let now = &site.now.maintenance[at];
                        closes = now.closes;
                        (now.updates.len(), now.withdrawn, now.evaluation)
                    }
                    Route::Notice(at) => {
                        (site.now.notices[at].updates.len(), site.now.notices[at].withdrawn, false)
                    }
                    _ => continue,
                };
                let key = format!("{} {published:?} {closes:?} {}", page.path, site.now.questions.len());
                let text = &files[&format!("{}index.html", page.path)];
                let before = seen.entry(key).or_insert_with(|| text.clone());
                assert_eq!(before, text, "site {seed}, {} at {}", page.path, now.iso());
            }
        }
    }
}

#[test]
fn what_is_not_visible_stands_in_no_file() {
    for seed in 0..24 {
        let model = random(seed);
        for now in instants() {
            let site = Site::new(Snapshot::at(&model, now)).expect("a built-in locale");
            let all: String = files(&site).into_values().collect();
            let mut shown: HashMap<&String, (usize, bool)> = HashMap::new();
            let incidents =
                site.now.incidents.iter().map(|i| (&i.incident.head.slug, i.updates.len(), i.withdrawn));
            let maintenance =
                site.now.maintenance.iter().map(|m| (&m.maintenance.head.slug, m.updates.len(), m.withdrawn));
            let series = site.now.series.iter().map(|s| (&s.maintenance.head.slug, 0, s.withdrawn));
            for (slug, count, gone) in incidents.chain(maintenance).chain(series) {
                // A series spreads its updates over its occurrences.
                let known = shown.entry(slug).or_insert((0, gone));
                known.0 += count;
            }
            let entries = (model
                .incidents
                .iter()
                .map(|e| (&e.head, e.updates.iter().map(|u| (u.at, &u.words)).collect::<Vec<_>>())))
            .chain(
                model
                    .maintenance
                    .iter()
                    .map(|e| (&e.head, e.updates.iter().map(|u| (u.at, &u.words)).collect())),
            );
            for (head, updates) in entries {
                let (count, withdrawn) = shown.get(&head.slug).copied().unwrap_or_default();
                for (number, (at, words)) in updates.iter().enumerate() {
                    let hidden = number >= count || withdrawn;
                    assert_eq!(hidden, *at > now || withdrawn || !shown.contains_key(&head.slug));
                    let words = words.get(0).1.plain();
                    assert!(!hidden || !all.contains(&words), "site {seed}: {words} at {}", now.iso());
                }
            }
        }
    }
}

#[test]
fn the_page_of_an_exception_says_that_it_is_off() {
    let text = "---\ntitle: t\nkind: regular\naffects: [api]\npublish_at: 2026-11-01 00:00\nwindow: {start: 2026-11-03 02:00, end: 2026-11-03 05:00}\n\
        recurrence: {rule: FREQ=WEEKLY, except: [2026-11-10]}\n---\n";
    let model = site(SITE, &[("maintenance/s.md", text)]);
    let site = Site::new(Snapshot::at(&model, at("09 12:00"))).expect("a built-in locale");
    let files = files(&site);
    assert!(files["en/maintenance/s/2026-11-10/index.html"].contains("<dt>State</dt><dd>Cancelled</dd>"));
    assert!(!files["en/maintenance/s/2026-11-03/index.html"].contains("Cancelled"));
}

/// The same files without content that is not visible at that instant.
fn without_what_is_hidden(
    files: &[(String, String)],
    now: &Snapshot<'_>,
    rule: Rule,
) -> Vec<(String, String)> {
    let visible: Vec<&str> = now.heads().map(|head| &*head.file).collect();
    // A question that was withdrawn has no page, and its end was a change.
    let is_over = |text: &str| {
        let line = text.lines().find(|line| line.starts_with("withdrawn: "));
        line.and_then(begins).is_some_and(|at| at <= now.effective)
    };
    let shown = files.iter().filter(|(name, text)| {
        visible.contains(&format!("content/{name}").as_str()) || name.starts_with("faq/") && is_over(text)
    });
    shown.map(|(name, text)| (name.clone(), without_later_words(text, now, rule))).collect()
}

/// When the time in a line begins. A day begins at its midnight.
fn begins(line: &str) -> Option<Instant> {
    let from = line.find("2026-11-")? + 8;
    let (day, rest) = line.get(from..)?.split_at_checked(2)?;
    let clock = match rest.get(1..6) {
        Some(clock) if clock.contains(':') => clock,
        _ if rest.contains("afternoon") => "12:00",
        _ => "00:00",
    };
    Some(at(&format!("{day} {clock}")))
}

/// The time of each update, by its words: that of a day depends on the others of the day.
fn times_of_updates(model: &Model) -> HashMap<String, Instant> {
    fn all<C>(updates: &[Update<C>]) -> Vec<(String, Instant)> {
        updates.iter().map(|u| (u.words.get(0).1.plain(), u.at)).collect()
    }
    let incidents = model.incidents.iter().flat_map(|entry| all(&entry.updates));
    let maintenance = model.maintenance.iter().flat_map(|entry| all(&entry.updates));
    incidents.chain(maintenance).chain(model.notices.iter().flat_map(|entry| all(&entry.updates))).collect()
}

/// What is left of the rule of a series.
#[derive(Clone, Copy, PartialEq)]
enum Rule {
    Whole,
    /// Only the occurrences that are announced.
    Announced,
}

/// An entry without updates, reports, withdrawals and occurrences that lie ahead.
fn without_later_words(text: &str, now: &Snapshot<'_>, rule: Rule) -> String {
    let is_later = |line: &str| begins(line).is_some_and(|time| time > now.effective);
    let times = times_of_updates(now.model);
    let parts = text.split_inclusive('\n').fold(vec![String::new()], |mut parts, line| {
        if line.starts_with("## ") {
            parts.push(String::new());
        }
        parts.last_mut().expect("a part").push_str(line);
        parts
    });
    let mut out = String::new();
    for (number, part) in parts.iter().enumerate() {
        let own = part.lines().find_map(|line| times.get(line));
        let heading = part.lines().next().unwrap_or_default();
        let is_hidden = own.map_or_else(|| is_later(heading), |at| *at > now.effective);
        if number > 0 && is_hidden {
            continue;
        }
        for line in part.lines().filter(|line| !(line.starts_with("withdrawn: ") && is_later(line))) {
            out.push_str(line);
            out.push('\n');
        }
    }
    if rule == Rule::Whole {
        return out;
    }
    let days = now.maintenance.iter().filter_map(|m| Some(m.occurrence?.day.to_string()));
    let days: Vec<String> = days.collect();
    if !days.iter().any(|day| day == "2026-11-21") {
        out = out.replace(", except: [2026-11-21]", "");
    }
    // The series begins on the 19th, and an update about a day needs that day.
    let named = out.lines().filter_map(|line| line.strip_prefix("occurrence: ").map(str::to_owned));
    let last = named.chain(days).filter_map(|day| day[8..].parse::<u32>().ok()).max().unwrap_or(19);
    out.replace("COUNT=4", &format!("COUNT={}", last - 18))
}

#[test]
fn a_site_is_the_same_byte_for_byte_without_what_nobody_may_see_yet() {
    for seed in 0..16 {
        let files = random_files(seed);
        let model = made_of(&files);
        for now in instants().step_by(9) {
            let whole = Snapshot::at(&model, now);
            let of = |rule| made_of(&without_what_is_hidden(&files, &whole, rule));
            let (shown, ruled) = (of(Rule::Announced), of(Rule::Whole));
            let (shown, ruled) = (Snapshot::at(&shown, now), Snapshot::at(&ruled, now));
            let about = format!("site {seed} at {}", now.iso());
            assert_eq!(whole.effective, shown.effective, "{about}");
            assert_eq!(whole.next_change, shown.next_change, "{about}");
            assert!(
                whole.next_change >= changes(&model, now).1,
                "{about}: a change comes earlier than it can"
            );
            let (whole, mut shown, mut ruled) = (rendered(whole), rendered(shown), rendered(ruled));
            // Its turns follow the rule of a visible series, also ahead of announcements, and no words about it.
            shown.insert(TURNS.into(), ruled.remove(TURNS).expect("the turns"));
            assert!(whole.keys().eq(shown.keys()), "{about}");
            for (path, bytes) in &whole {
                assert_eq!(
                    String::from_utf8_lossy(bytes),
                    String::from_utf8_lossy(&shown[path]),
                    "{about}: {path}"
                );
            }
        }
    }
}

/// All files by address, with their exact bytes.
fn rendered(now: Snapshot<'_>) -> BTreeMap<String, Vec<u8>> {
    let site = Site::new(now).expect("a built-in locale");
    let mut files: BTreeMap<_, _> =
        plan(&site).iter().map(|file| (file.path.clone(), file.render())).collect();
    let ids: Vec<String> = site.recent_items().iter().map(|item| item.id()).collect();
    files.insert("what the manifest lists".into(), ids.join("\n").into_bytes());
    files
}

#[test]
fn a_start_that_is_not_decided_is_no_time_in_any_file() {
    let mut seen = 0;
    for seed in 0..24 {
        let model = random(seed);
        for now in instants().step_by(3) {
            let site = Site::new(Snapshot::at(&model, now)).expect("a built-in locale");
            for (path, text) in files(&site) {
                assert!(!text.contains("9999-12-3") && !text.contains(", 9999"), "site {seed}: {path}");
                seen += usize::from(text.contains("Date not decided yet"));
            }
        }
    }
    assert!(seen > 100, "{seen}");
}
