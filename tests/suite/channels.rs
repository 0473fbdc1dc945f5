//! Tests of everything that subscribers and programs read besides pages: feeds over time,
//! calendars, API, badges, events.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use crate::feeds;
use crate::harness::{NOON, Site};

fn ids(site: &Site, file: &str) -> Vec<String> {
    let items = feeds::read(&site.page(file)).unwrap_or_else(|fault| panic!("{file}: {fault}"));
    items.into_iter().map(|item| item.guid).collect()
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_else(|| panic!("no `{key}` in {value}"))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

#[test]
fn the_same_items_stand_in_all_three_formats() {
    let site = Site::demo();
    site.build_at(NOON).exit(0);
    let files = site.files();
    let folders: Vec<&str> = files.keys().filter_map(|name| name.strip_suffix("feed.xml")).collect();
    assert!(folders.len() > 40, "{folders:?}");
    for folder in folders {
        let rss = feeds::read(&site.page(&format!("{folder}feed.xml"))).expect("a feed");
        let feed = site.json(&format!("{folder}feed.json"));
        let atom = site.page(&format!("{folder}feed.atom"));
        assert_eq!(list(&feed["items"]).len(), rss.len(), "{folder}");
        for (item, other) in rss.iter().zip(list(&feed["items"])) {
            assert_eq!((item.guid.as_str(), item.title.as_str()), (text(other, "id"), text(other, "title")));
            assert_eq!((&*item.link, &*item.description), (text(other, "url"), text(other, "content_html")));
            assert_eq!(atom.matches(&format!("<id>{}</id>", item.guid)).count(), 1, "{folder}");
        }
        assert_eq!(atom.matches("<entry>").count(), rss.len());
    }
    for (alias, own) in [("history.rss", "feed.xml"), ("history.atom", "feed.atom")] {
        assert_eq!(site.page(alias), site.page(own));
        assert_eq!(site.page(&format!("en/{alias}")), site.page(&format!("en/{own}")));
    }
}

#[test]
fn a_feed_holds_what_it_is_about() {
    let site = Site::demo();
    site.build_at(NOON).exit(0);
    let all: BTreeSet<String> = ids(&site, "feed.xml").into_iter().collect();
    let incidents: BTreeSet<String> = ids(&site, "incidents/feed.xml").into_iter().collect();
    let works: BTreeSet<String> = ids(&site, "maintenance/feed.xml").into_iter().collect();
    assert!(!incidents.is_empty() && !works.is_empty() && incidents.is_disjoint(&works));
    assert!(all.len() == 50 && all.iter().filter(|id| incidents.contains(*id)).count() > 10);
    let items = feeds::read(&site.page("components/api/feed.xml")).expect("a feed");
    assert!(items.iter().any(|item| item.link.contains("2026-11-20-btc-order-delay")), "{items:?}");
    assert!(!items.iter().any(|item| item.link.contains("chart-candles")), "{items:?}");
}

/// A feed reader that polls after every change and remembers what it has seen.
struct Reader {
    seen: HashMap<&'static str, BTreeMap<String, usize>>,
}

impl Reader {
    const FEEDS: [&'static str; 4] =
        ["feed.xml", "en/feed.xml", "maintenance/feed.xml", "components/api/feed.xml"];

    fn asks(&mut self, site: &Site, when: &str) {
        for feed in Reader::FEEDS {
            let found = ids(site, feed);
            let distinct: BTreeSet<&String> = found.iter().collect();
            assert_eq!(distinct.len(), found.len(), "an id stands twice in {feed} at {when}");
            let seen = self.seen.entry(feed).or_default();
            found.into_iter().for_each(|id| *seen.entry(id).or_default() += 1);
        }
    }

    fn count(&self, feed: &str) -> usize {
        self.seen[feed].len()
    }
}

#[test]
fn a_reader_sees_each_update_of_a_week_once_whatever_is_edited_renamed_or_moved() {
    let site = Site::demo();
    let mut reader = Reader { seen: HashMap::new() };
    let (mut at, end) = ("2026-11-18T00:00:00+09:00".to_owned(), "2026-11-25T00:00:00Z");
    let mut steps = 0;
    let mut announced: Vec<String> = Vec::new();
    loop {
        site.at(&at, "build --events new.jsonl").exit(0);
        announced.extend(events(&site, "new.jsonl").iter().map(|event| text(event, "id").to_owned()));
        reader.asks(&site, &at);
        let before = (reader.count("feed.xml"), reader.count("components/api/feed.xml"));
        if steps == 6 {
            // A text, a file name and the domain change; there is no new update.
            let (old, new) = ("2026-11-20-btc-order-delay", "2026-11-20-orders");
            for suffix in [".md", ".en.md"] {
                let [from, to] = [old, new].map(|name| format!("content/incidents/2026-11/{name}{suffix}"));
                site.edit(&from, "title: ", "title: Edited ");
                if suffix == ".md" {
                    site.edit(&from, "title: ", &format!("id: {old}\naliases: [/incidents/{old}/]\ntitle: "));
                }
                site.rename(&from, &to);
                let rumour = format!("content/notices/2026-11-20-withdrawals-rumour{suffix}");
                site.edit(&rumour, &format!("{old}.md"), &format!("{new}.md"));
            }
            site.edit(
                "content/site.yaml",
                "https://status.hoshi-exchange.example/",
                "https://elsewhere.example/status/",
            );
            site.at(&at, "build --events new.jsonl").exit(0);
            let news = site.read("new.jsonl");
            assert_eq!(news, "", "an edited text, a renamed file and a new domain are no news");
            reader.asks(&site, &at);
            assert_eq!((reader.count("feed.xml"), reader.count("components/api/feed.xml")), before);
        }
        let answer = site.run(["next", "--as-of", &at, "--format", "json"]);
        let answer: Value = serde_json::from_str(&answer.exit(0).stdout).expect("JSON");
        let next = text(&answer, "next_change").to_owned();
        steps += 1;
        if next.as_str() >= end {
            break;
        }
        at = next;
    }
    assert!(steps > 12, "{steps} changes in a week");
    // The reader has seen every update of the week that the last build lists.
    let week: Vec<String> = feeds::read(&site.page("feed.xml"))
        .expect("a feed")
        .into_iter()
        .filter(|item| {
            chrono::DateTime::parse_from_rfc2822(&item.date).is_ok_and(|at| at.timestamp() >= 1_763_391_600)
        })
        .map(|item| item.guid)
        .collect();
    assert!(week.len() >= 8, "{}", week.len());
    assert!(week.iter().all(|id| reader.seen["feed.xml"].contains_key(id)));
    let seen = |feed: &str| reader.seen[feed].keys().collect::<Vec<_>>();
    assert_eq!(seen("feed.xml"), seen("en/feed.xml"));
    // The same for events: each is written once, and only with ids that a feed has had.
    let distinct: BTreeSet<&String> = announced.iter().collect();
    assert_eq!(distinct.len(), announced.len());
    assert!(week.iter().all(|id| distinct.contains(id)));
}

fn events(site: &Site, name: &str) -> Vec<Value> {
    site.read(name).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn events_tell_what_is_new_since_the_last_manifest() {
    let site = Site::fixture("small");
    let build = || site.noon("build --out public --events new.jsonl");
    build().exit(0);
    let first = events(&site, "new.jsonl");
    assert_eq!(first.len(), ids(&site, "feed.xml").len(), "everything is new at first");
    build().exit(0);
    assert!(events(&site, "new.jsonl").is_empty(), "nothing is told twice");
    let entry = "content/incidents/delay.md";
    // An update dated before the last build and committed after it.
    site.append(entry, "\n## monitoring 2026-11-20 11:58\n\nIt is better.\n");
    build().exit(0);
    let [event] = &events(&site, "new.jsonl")[..] else { panic!("one event") };
    assert_eq!((text(event, "status"), text(event, "time")), ("monitoring", "2026-11-20T02:58:00Z"));
    assert_eq!(["kind", "entry", "locale"].map(|key| text(event, key)), ["incident", "delay", "en"]);
    assert_eq!(text(event, "id"), ids(&site, "feed.xml")[0]);
    assert!(text(event, "url").contains("/incidents/delay/#monitoring-"), "{event}");
    let feeds: Vec<&str> = list(&event["feeds"]).iter().filter_map(Value::as_str).collect();
    assert!(feeds.iter().any(|feed| feed.ends_with("/incidents/feed.atom")), "{feeds:?}");
    assert_eq!(list(&event["translations"]).len(), 1, "{event}");
}

#[test]
fn a_new_folder_takes_the_last_manifest_from_elsewhere() {
    let site = Site::fixture("small");
    site.run(["build", "--as-of", NOON]).exit(0);
    let build = "build --out fresh --events new.jsonl";
    site.noon(&format!("{build} --previous public/manifest.json")).exit(0);
    assert!(events(&site, "new.jsonl").is_empty());
    std::fs::remove_dir_all(site.path("fresh")).expect("a folder");
    let unread = format!("{build} --previous nothing.json");
    // A typo in the path must not announce every update again.
    site.noon(&unread).exit(3).stderr_has("cannot read");
    // Its parts are elsewhere.
    site.write("nothing.json", &site.read("public/manifest.json"));
    let parts_are_missing = ["a part of the manifest", "the folder `manifest/` beside it"];
    site.noon(&unread).exit(3).stderr_has(parts_are_missing[0]).stderr_has(parts_are_missing[1]);
    site.write("nothing.json", "<!DOCTYPE html>");
    site.noon(&unread).exit(3).stderr_has("as a manifest");
    assert!(!site.path("fresh").exists(), "nothing is published where nobody knows what is new");
    // Also without `--events`, because `--previous` says which entries and addresses were published.
    site.noon("build --out fresh --previous nothing.json").exit(3).stderr_has("as a manifest");
}

#[test]
fn events_that_could_not_be_handed_on_come_with_the_next_run_whatever_its_file_is() {
    let site = Site::fixture("small");
    // The disk is full at the last step: the site is published, and the events are not delivered.
    site.noon("build --events /dev/full").exit(3).stderr_has("the next build delivers these events");
    assert!(site.path("public/index.html").is_file());
    assert_eq!(site.read(".noroshi/.gitignore"), "*\n", "nobody commits what waits there");
    site.noon("build --events a.jsonl").exit(0);
    let delivered = events(&site, "a.jsonl");
    assert_eq!(delivered.len(), ids(&site, "feed.xml").len());
    site.noon("build --events b.jsonl").exit(0);
    assert_eq!(site.read("b.jsonl"), "");
    // A build into another folder does not deliver them.
    site.noon("build --out other --events /dev/full").exit(3);
    site.noon("build --events b.jsonl").exit(0);
    assert_eq!(site.read("b.jsonl"), "");
}

#[test]
fn events_go_where_they_harm_nothing() {
    let site = Site::fixture("small");
    let outcome = site.noon("build --events -");
    assert!(outcome.exit(0).stdout.lines().all(|line| line.starts_with("{\"id\":")), "{}", outcome.stdout);
    let config = site.read("content/site.yaml");
    for name in ["content/site.yaml", "content/events.jsonl", "public/index.html", "public/new/events.jsonl"]
    {
        site.noon(&format!("build --events {name}")).exit(2);
    }
    let folder = format!("build --events '{}'", site.root().display());
    site.noon(&folder).exit(2).stderr_has("is a folder");
    site.noon("build --events /nowhere/at/all.jsonl").exit(3).stderr_has("its folder does not exist");
    assert_eq!(site.read("content/site.yaml"), config);
    assert!(site.page("").starts_with("<!DOCTYPE html>"));
    // A device stays a device.
    site.run(["build", "--as-of", NOON, "--events", "/dev/null"]).exit(0);
    use std::os::unix::fs::FileTypeExt as _;
    assert!(std::fs::metadata("/dev/null").expect("a device").file_type().is_char_device());
}

#[test]
fn a_plan_or_a_policy_that_is_changed_is_no_news() {
    let site = Site::empty();
    let series = "---\ntitle: Weekly\nkind: regular\naffects: [api]\nwindow: {start: 2026-10-06 03:00, end: 2026-10-06 04:00}\nauto: both\nrecurrence: {rule: \"FREQ=WEEKLY;BYDAY=TU\"}\n---\nWork.\n";
    let single = "---\ntitle: Once\nkind: server\naffects: [web]\nwindow: {start: 2026-11-25 03:00, end: 2026-11-25 04:00}\npublish_at: 2026-11-18 12:00\n---\nWork.\n";
    site.write("content/maintenance/weekly.md", series).write("content/maintenance/once.md", single);
    site.build_at(NOON).exit(0);
    let before: BTreeSet<String> = ids(&site, "feed.xml").into_iter().collect();
    assert!(before.len() > 15, "{}", before.len());
    site.append("content/site.yaml", "policy: {notice_before: {regular: 8d}}\n");
    site.edit(
        "content/maintenance/weekly.md",
        "03:00, end: 2026-10-06 04:00",
        "04:00, end: 2026-10-06 05:00",
    );
    site.edit("content/maintenance/once.md", "2026-11-18 12:00", "2026-11-18 12:05");
    site.build_at(NOON).exit(0);
    let after: BTreeSet<String> = ids(&site, "feed.xml").into_iter().collect();
    assert_eq!(after, before);
}

#[test]
fn the_api_says_what_the_pages_say() {
    let site = Site::demo();
    site.build_at(NOON).exit(0);
    let summary = site.json("api/v2/summary.json");
    assert_eq!(text(&summary["status"], "indicator"), "major");
    let component = |name: &str| {
        let found = list(&summary["components"]).iter().find(|c| c["name"] == name);
        text(found.unwrap_or_else(|| panic!("no {name}")), "status").to_owned()
    };
    assert_eq!(component("API"), "partial_outage");
    assert_eq!(component("ビットコイン(BTC)の売買"), "degraded_performance");
    assert_eq!(component("エックスアールピー(XRP)の出金・送付"), "under_maintenance");
    assert_eq!(
        component("銘柄ごとの取引と入出金"),
        "under_maintenance",
        "a group has the worst of its members"
    );
    let [incident] = list(&summary["incidents"]) else { panic!("one incident") };
    assert_eq!((text(incident, "status"), text(incident, "impact")), ("identified", "major"));
    assert_eq!(incident["resolved_at"], Value::Null);
    let updates = list(&incident["incident_updates"]);
    assert!(updates.iter().all(|update| update["incident_id"] == incident["id"]));
    let own = site.json(&format!("api/v2/incidents/{}.json", text(incident, "id")));
    assert_eq!(own["incident"], *incident);
    let works: Vec<(&str, &str)> = list(&summary["scheduled_maintenances"])
        .iter()
        .map(|work| (text(work, "status"), text(work, "scheduled_for")))
        .collect();
    assert!(works.contains(&("in_progress", "2026-11-20T09:30:00.000+09:00")), "{works:?}");
    assert!(works.contains(&("scheduled", "2026-11-24T02:00:00.000+09:00")), "{works:?}");
    for (name, key) in [
        ("status", "status"),
        ("components", "components"),
        ("incidents", "incidents"),
        ("incidents/unresolved", "incidents"),
        ("scheduled-maintenances", "scheduled_maintenances"),
        ("scheduled-maintenances/upcoming", "scheduled_maintenances"),
        ("scheduled-maintenances/active", "scheduled_maintenances"),
    ] {
        let answer = site.json(&format!("api/v2/{name}.json"));
        assert_eq!(answer["page"], summary["page"], "{name}");
        assert!(!answer[key].is_null(), "{name}");
    }
}

#[test]
fn ids_of_the_api_are_used_once_and_can_stand_in_an_address() {
    let incident = |id: &str| {
        format!("---\ntitle: t\nseverity: minor\naffects: []\nstarted: 2026-11-20 10:00\napi_id: {id}\n---\n")
    };
    let site = Site::empty();
    site.write("content/incidents/a.md", &incident("abc")).write("content/incidents/b.md", &incident("abc"));
    assert_eq!(site.check().exit(1).codes(), ["site/colliding-address"]);
    site.write("content/incidents/b.md", &incident("../../x"));
    assert_eq!(site.check().exit(1).codes(), ["entry/bad-api-id"]);
    site.write("content/incidents/b.md", &incident("def"));
    site.check().exit(0).quiet();
    site.edit("content/site.yaml", "{id: api, name: API}", "{id: api, name: API, api_id: k}");
    site.edit("content/site.yaml", "{id: web, name: Website}", "{id: web, name: Website, api_id: k}");
    assert_eq!(site.check().exit(1).codes(), ["site/duplicate-id"]);
}

#[test]
fn what_would_take_the_place_of_a_channel_is_refused() {
    for file in ["feed.atom", "api/v2/status.json", "components/api/badge.svg", "embed/banner.js"] {
        let site = Site::empty();
        site.write(format!("content/static/{file}"), "x");
        assert_eq!(site.check().exit(1).codes(), ["site/colliding-address"], "{file}");
    }
    let site = Site::empty();
    site.write("content/pages/embed.md", "---\ntitle: t\n---\nx\n");
    assert_eq!(site.check().exit(1).codes(), ["site/colliding-address"]);
    let site = Site::empty();
    let links = "[a](/feed.atom) [b](/api/schedule.json) [c](/components/api/calendar.ics) [d](/embed/) [e](/badge.svg)\n";
    site.write("content/pages/p.md", &format!("---\ntitle: t\n---\n{links}"));
    site.build_at(NOON).exit(0).quiet();
    assert_eq!(site.page("p/").matches("href=\"../api/schedule.json\"").count(), 1);
}

/// Titles and text that break output built by string concatenation.
const HOSTILE: [&str; 9] = [
    "\"quotes\" and 'others'",
    "]]> & <b>bold</b> &amp; &lt;",
    "🚒 emoji 👩‍👩‍👧‍👦 🇯🇵",
    "control \u{1}\u{b}\u{1f} characters",
    "שלום \u{202e}right to left\u{202c} مرحبا",
    "%0d%0aX-Header: 1 \t tab",
    "back\\slash; comma, semicolon: colon",
    "</script><!-- --> <![CDATA[ {{ }} %s $&",
    "e\u{301}\u{300} combining 日本語の題名",
];

#[test]
fn hostile_words_are_read_back_the_same_from_every_format() {
    let site = Site::empty();
    let long = "長い題名です。".repeat(190);
    let titles: Vec<String> = HOSTILE.iter().map(|t| (*t).to_owned()).chain([long]).collect();
    for (n, title) in titles.iter().enumerate() {
        let quoted = serde_json::to_string(title).expect("JSON");
        site.write(
            format!("content/incidents/i{n}.md"),
            &format!("---\ntitle: {quoted}\nseverity: minor\naffects: [api]\nstarted: 2026-11-20 10:{n:02}\n---\n## investigating 2026-11-20 10:{n:02}\n\n{}\n", title),
        );
        site.write(
            format!("content/maintenance/m{n}.md"),
            &format!("---\ntitle: {quoted}\nkind: regular\naffects: [api]\nwindow: {{start: 2026-11-22 0{n}:00, end: unknown}}\npublish_at: 2026-11-19 10:{n:02}\n---\n"),
        );
    }
    site.build_at(NOON).exit(0);
    let wanted: BTreeSet<String> =
        titles.iter().map(|t| noroshi::internals::text::clean(t).into_owned()).collect();
    let plain = |title: &str| title.split_once("] ").map_or(title, |(_, rest)| rest).to_owned();
    let rss = feeds::read(&site.page("feed.xml")).expect("a feed");
    let titles: BTreeSet<String> = rss.iter().map(|item| plain(&item.title)).collect();
    assert_eq!(titles, wanted);
    let feed = site.json("feed.json");
    assert_eq!(list(&feed["items"]).iter().map(|i| plain(text(i, "title"))).collect::<BTreeSet<_>>(), wanted);
    for (file, key, title) in [
        ("api/v2/incidents.json", "incidents", "name"),
        ("api/schedule.json", "schedule", "title"),
        ("embed/banner.json", "items", "title"),
    ] {
        let found = site.json(file);
        let titles: BTreeSet<_> = list(&found[key]).iter().map(|i| text(i, title).to_owned()).collect();
        assert_eq!(titles, wanted, "{file}");
    }
    for name in ["feed.atom", "incidents/feed.atom", "components/api/badge.svg", "badge.svg"] {
        let text = site.page(name);
        let declared = if text.starts_with("<?xml") {
            text
        } else {
            format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{text}")
        };
        crate::markup::xml(&declared).unwrap_or_else(|fault| panic!("{name}: {fault}"));
    }
    let calendar = site.page("calendar.ics");
    assert!(calendar.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\n', '\r'])));
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), wanted.len());
}

#[test]
fn programs_elsewhere_may_read_and_types_are_named() {
    let site = Site::demo();
    site.build_at(NOON).exit(0);
    let text = site.page("_headers");
    let mut rules: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        match line.strip_prefix("  ") {
            Some(header) => rules.last_mut().expect("a rule").1.push(header),
            None => rules.push((line, Vec::new())),
        }
    }
    let of = |address: &str| -> Vec<&str> {
        let matches = |rule: &str| match rule.split_once('*') {
            Some((before, after)) => {
                address.starts_with(before)
                    && address.ends_with(after)
                    && address.len() >= before.len() + after.len()
            }
            None => rule == address,
        };
        rules.iter().filter(|(rule, _)| matches(rule)).flat_map(|(_, headers)| headers).copied().collect()
    };
    for name in site.files().keys().filter(|name| !name.starts_with(['_', '.'])) {
        let address = format!("/{}", name.strip_suffix("index.html").unwrap_or(name));
        let found = of(&address);
        let mut names: Vec<&str> = found.iter().filter_map(|h| h.split(": ").next()).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count, "{address} is given a header twice: {found:?}");
        let has = |header: &str| found.iter().any(|h| h.starts_with(header));
        assert!(has("Access-Control-Allow-Origin: *") && has("X-Content-Type-Options: nosniff"), "{address}");
        let open = ["feed.", "history.rss", "history.atom", ".ics", "badge.svg", "banner.js"];
        if address.starts_with("/api/") || open.iter().any(|part| address.contains(part)) {
            assert!(has("Cache-Control: public, max-age="), "{address}");
        }
        // If a page sets `frame-ancestors`, browsers ignore the older header.
        assert!(has("X-Frame-Options: DENY"), "{address}");
        let is_frame = address.ends_with("embed/banner/");
        assert_eq!(has("Content-Security-Policy: frame-ancestors *"), is_frame, "{address}");
    }
    let typed = |address: &str, kind: &str| {
        assert!(of(address).contains(&format!("Content-Type: {kind}").as_str()), "{address}");
    };
    typed("/en/feed.atom", "application/atom+xml; charset=utf-8");
    typed("/feed.json", "application/feed+json; charset=utf-8");
    typed("/calendar.ics", "text/calendar; charset=utf-8");
    typed("/embed/banner.js", "text/javascript; charset=utf-8");
}
