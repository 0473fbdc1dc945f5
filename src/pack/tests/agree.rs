//! Tests that every channel says the same about an entry at one instant: state, severity, window, affected
//! components, and the next promise, each read from the channel's bytes.
//!
//! These tests do not see texts that people wrote, the order of lists, what a script does to a page after loading
//! (tests/browser), and past output such as a mail that was sent earlier.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::model::entry::NextUpdate;
use crate::model::window::Window;
use crate::model::{Instant, Model};
use crate::output;
use crate::pack::facts::Facts;
use crate::site::item_status::ItemStatus;
use crate::site::{Route, Site};
use crate::timeline::fixture::random::{instants, random};
use crate::timeline::{IncidentNow, MaintenanceNow, Snapshot, implied};
use crate::vocabulary::{ComponentStatus, Severity, Status};

/// What a channel says about an entry; `None` for a fact that it has no place for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct ChannelFacts {
    channel: String,
    state: Option<String>,
    severity: Option<String>,
    window: Option<(String, String)>,
    /// The ids of the affected components.
    affected: Option<BTreeSet<String>>,
    /// When the next update is promised; empty if none is.
    next: Option<String>,
}

/// The files of a site, and a map from the words of its language back to those of the format.
struct Files<'s> {
    site: &'s Site<'s>,
    all: BTreeMap<String, String>,
}

impl<'s> Files<'s> {
    fn new(site: &'s Site<'s>) -> Files<'s> {
        let text = |file: &output::Planned<'_>| String::from_utf8(file.render()).expect("text");
        Files { site, all: output::plan(site).iter().map(|file| (file.path.clone(), text(file))).collect() }
    }

    fn text(&self, path: &str) -> &str {
        self.all.get(path).unwrap_or_else(|| panic!("no file {path}"))
    }

    fn json(&self, path: &str) -> Value {
        serde_json::from_str(self.text(path)).expect("JSON")
    }

    /// The items of a list in the API, by the entry's name and the day of its occurrence.
    fn list(&self, file: &str, key: &str) -> Vec<Value> {
        self.json(&format!("api/v2/{file}.json"))[key].as_array().cloned().unwrap_or_default()
    }

    /// The part of a page between a text and the next end of an element.
    fn part<'t>(text: &'t str, from: &str, to: &str) -> Option<&'t str> {
        text.split_once(from).map(|(_, rest)| rest.split_once(to).map_or(rest, |(part, _)| part))
    }

    fn severity(&self, words: &str) -> Option<String> {
        let is = |severity: &&Severity| {
            words.contains(&format!(">{}<", self.site.severity_name(**severity, 0)))
                || words.contains(&format!("</svg>{}", self.site.severity_name(**severity, 0)))
        };
        Severity::ALL.iter().find(is).map(|severity| severity.word().to_owned())
    }

    fn names(&self, words: &str) -> BTreeSet<String> {
        let all = &self.site.now.model.config.components.all;
        let is_in = |name: &str| words.split(|c: char| !c.is_alphanumeric()).any(|word| word == name);
        all.iter().filter(|c| is_in(c.name.get(0).1)).map(|c| c.id.clone()).collect()
    }
}

fn state_words(site: &Site<'_>, status: Status) -> String {
    site.locales[0].t(ItemStatus::from(status).message()).to_owned()
}

/// The value of a fact at the top of an entry's page.
fn fact<'t>(site: &Site<'_>, page: &'t str, key: &str) -> Option<&'t str> {
    let facts = Files::part(page, "id=\"facts\">", "</dl>")?;
    Files::part(facts, &format!("<dt>{}</dt><dd>", site.locales[0].t(key)), "</dd>")
}

/// The open promise on an entry's page. Promises that were kept late are next to it, in small print.
fn open_promise(site: &Site<'_>, page: &str) -> String {
    let open = fact(site, page, "fact-next").filter(|words| !words.starts_with("<small>"));
    open.and_then(|words| datetime(words).or(Some("no time".to_owned()))).unwrap_or_default()
}

/// The first time in a part of a page.
fn datetime(part: &str) -> Option<String> {
    Files::part(part, "datetime=\"", "\"").map(str::to_owned)
}

fn touched(site: &Site<'_>, given: &[(usize, crate::model::GivenStatus)]) -> BTreeSet<String> {
    let all = &site.now.model.config.components.all;
    given.iter().map(|(of, _)| all[*of].id.clone()).collect()
}

/// What each channel says about a visible incident, by channel name.
fn of_incident(files: &Files<'_>, at: usize, now: &IncidentNow<'_>) -> Vec<ChannelFacts> {
    let (site, route) = (files.site, Route::Incident(at));
    let slug = &now.incident.head.slug;
    let mut found = vec![ChannelFacts {
        channel: "the timeline".to_owned(),
        state: Some(now.state.word().to_owned()),
        severity: Some(now.named_severity().word().to_owned()),
        window: None,
        affected: Some(touched(site, &now.touched.given)),
        next: Some(due(now.next_update()).map(Instant::iso).unwrap_or_default()),
    }];

    let page = files.text(&format!("incidents/{slug}/index.html"));
    let words = fact(site, page, "fact-state").expect("a state");
    let of_words = |words: &str| {
        let all = [Status::Investigating, Status::Identified, Status::Monitoring, Status::Resolved];
        let state = all.into_iter().find(|s| words.contains(&state_words(site, *s)));
        state.map(|s| s.word().to_owned())
    };
    found.push(ChannelFacts {
        channel: "its page".to_owned(),
        state: of_words(words),
        severity: files.severity(Files::part(page, "<p class=\"kind\">", "</p>").expect("a chip")),
        affected: Some(fact(site, page, "fact-affects").map(|words| files.names(words)).unwrap_or_default()),
        next: Some(open_promise(site, page)),
        ..ChannelFacts::default()
    });

    let home = files.text("index.html");
    let card = Files::part(home, &format!("<article class=\"card\" id=\"incident-{slug}\""), "</article>");
    assert_eq!(card.is_some(), now.is_active(), "home shows {slug}");
    if let Some(card) = card {
        let promise = Files::part(card, &format!("<dt>{}</dt>", site.locales[0].t("fact-next")), "</dd>");
        found.push(ChannelFacts {
            channel: "home".to_owned(),
            severity: files.severity(Files::part(card, "<p>", "</p>").expect("a chip")),
            affected: Some(files.names(Files::part(card, "<p class=\"meta\">", "</p>").expect("names"))),
            next: Some(promise.and_then(datetime).unwrap_or_default()),
            ..ChannelFacts::default()
        });
    }

    for component in touched(site, &now.touched.given) {
        let page = files.text(&format!("components/{component}/index.html"));
        let line = page.split("<li").find(|line| line.contains(&format!("/incidents/{slug}/\"")));
        let line = line.unwrap_or_else(|| panic!("{component} does not list {slug}"));
        found.push(ChannelFacts {
            channel: format!("the page of {component}"),
            state: of_words(line),
            severity: files.severity(line),
            ..ChannelFacts::default()
        });
    }
    let day = site.now.zone().day(now.incident.started.at);
    let month = files.text(&format!("history/{}/index.html", day.format("%Y/%m")));
    let line = month.split("<li").find(|line| line.contains(&format!("/incidents/{slug}/\"")));
    let line = line.unwrap_or_else(|| panic!("the month does not list {slug}"));
    found.push(ChannelFacts {
        channel: "its month".to_owned(),
        state: of_words(line),
        severity: files.severity(line),
        ..ChannelFacts::default()
    });

    let link = site.absolute(&site.path(route, 0));
    let is_it = |one: &&Value| one["shortlink"] == link.as_str();
    let one = files.list("incidents", "incidents");
    let one = one.iter().find(is_it).expect("in the API");
    let impact = one["impact"].as_str().expect("an impact");
    let severity = match impact {
        "minor" => "minor",
        "major" => "moderate",
        _ => "critical",
    };
    let ids = |one: &Value| -> BTreeSet<String> {
        let names = one["components"].as_array().into_iter().flatten();
        names.flat_map(|c| files.names(c["name"].as_str().unwrap_or_default())).collect()
    };
    let state = one["status"].as_str().expect("a status");
    found.push(ChannelFacts {
        channel: "the API".to_owned(),
        state: Some(if state == "postmortem" { "resolved" } else { state }.to_owned()),
        severity: Some(severity.to_owned()),
        affected: Some(ids(one)),
        ..ChannelFacts::default()
    });
    let unresolved = files.list("incidents/unresolved", "incidents");
    assert_eq!(unresolved.iter().any(|one| is_it(&one)), now.is_active(), "unresolved in the API: {slug}");

    let banner = files.json("embed/banner.json");
    let item = banner["items"].as_array().into_iter().flatten();
    let item = item
        .filter(|item| item["kind"] == "incident")
        .find(|item| item["entry"] == now.incident.head.id.as_str());
    assert_eq!(item.is_some(), now.is_active(), "the banner shows {slug}");
    if let Some(item) = item {
        let ids = item["components"].as_array().into_iter().flatten().filter_map(Value::as_str);
        found.push(ChannelFacts {
            channel: "the banner".to_owned(),
            state: item["states"][0]["state"].as_str().map(str::to_owned),
            affected: Some(ids.map(str::to_owned).collect()),
            ..ChannelFacts::default()
        });
    }

    // The newest item that is an update contains the facts of its time.
    let newest = site.feed(crate::site::Subject::Site).find(|item| item.route == route);
    if let Some(newest) =
        newest.filter(|item| item.changes.is_some() && now.updates.last().is_some_and(|u| u.at == item.at))
    {
        let feed = files.text("feed.xml");
        let item = feed.split("<item>").find(|item| item.contains(&newest.id())).expect("an item");
        let tags: Vec<&str> =
            item.split("<category>").skip(1).filter_map(|t| t.split_once('<')).map(|t| t.0).collect();
        let severity = Severity::ALL.iter().find(|s| tags[0] == site.severity_name(**s, 0));
        assert_eq!(severity.copied(), Some(now.severity), "the feed's severity of {slug}");
        found.push(ChannelFacts {
            channel: "the feed".to_owned(),
            affected: Some(files.names(&tags[1..].join(" "))),
            ..ChannelFacts::default()
        });
    }

    found.push(packed(site, route, &of_words, due(now.next_update())));
    found
}

fn due(next: Option<NextUpdate>) -> Option<Instant> {
    next.and_then(NextUpdate::due).map(|due| due.at)
}

/// What the texts of `pack` say. All its channels are written from these facts.
fn packed(
    site: &Site<'_>,
    route: Route,
    of_words: &dyn Fn(&str) -> Option<String>,
    due: Option<Instant>,
) -> ChannelFacts {
    let facts = Facts::of(site, route, 0).expect("facts");
    let value = |key: &str| facts.list.iter().find(|fact| fact.key == key).map(|fact| fact.value.clone());
    let files = Files { site, all: BTreeMap::new() };
    let severity = value("severity");
    let next = match (value("next"), due) {
        (None, _) => String::new(),
        (Some(words), Some(due)) if words.contains(&facts.moment(due)) => due.iso(),
        (Some(words), _) => words,
    };
    ChannelFacts {
        channel: "texts to send".to_owned(),
        state: of_words(&facts.state),
        severity: severity.and_then(|s| files.severity(&format!(">{s}<"))),
        affected: Some(value("affects").map(|words| files.names(&words)).unwrap_or_default()),
        next: Some(next),
        window: None,
    }
}

/// The start and the end of a window as channels write them; nothing of what is not decided.
fn times(plan: Window) -> (String, String) {
    let start = plan.decided().map(|plan| plan.start.iso());
    (start.unwrap_or_default(), plan.end.map(Instant::iso).unwrap_or_default())
}

/// What each channel says about a visible maintenance.
fn of_work(files: &Files<'_>, at: usize, now: &MaintenanceNow<'_>) -> Vec<ChannelFacts> {
    let (site, route) = (files.site, Route::Maintenance(at));
    let path = site.path(route, 0);
    let name = path.trim_end_matches('/');
    let id = name.trim_start_matches("maintenance/").replace('/', "-");
    let mut found = vec![ChannelFacts {
        channel: "the timeline".to_owned(),
        state: Some(now.state.word().to_owned()),
        severity: None,
        window: Some(times(now.plan)),
        affected: Some(touched(site, &now.touched.given)),
        next: Some(due(now.next_update).map(Instant::iso).unwrap_or_default()),
    }];

    // Of several windows, what has room for one names the one that is under way or comes next.
    let one_of = |window: (String, String)| {
        if !now.is_in_windows() {
            return Some(window);
        }
        let plan = now.plan_now();
        assert_eq!(window, times(plan), "{id}");
        None
    };

    let page = files.text(&format!("{path}index.html"));
    let attribute = |text: &str, name: &str| {
        Files::part(text, &format!(" data-{name}=\""), "\"").unwrap_or_default().to_owned()
    };
    found.push(ChannelFacts {
        channel: "its page".to_owned(),
        window: Some((attribute(page, "start"), attribute(page, "end"))),
        affected: Some(fact(site, page, "fact-affects").map(|words| files.names(words)).unwrap_or_default()),
        next: Some(open_promise(site, page)),
        ..ChannelFacts::default()
    });

    let last = now.plan.decided().map(|plan| plan.end.unwrap_or(plan.start));
    let off = now.state == Status::Cancelled && last > Some(site.now.effective);
    let home = files.text("index.html");
    let card = Files::part(home, &format!("<article class=\"card\" id=\"maintenance-{id}\""), "</article>");
    assert_eq!(card.is_some(), now.is_running() || now.is_ahead() || off, "home shows {id}");
    if let Some(card) = card {
        let promise = Files::part(card, &format!("<dt>{}</dt>", site.locales[0].t("fact-next")), "</dd>");
        found.push(ChannelFacts {
            channel: "home".to_owned(),
            window: one_of((attribute(card, "start"), attribute(card, "end"))),
            affected: Some(files.names(Files::part(card, "<p class=\"meta\">", "</p>").expect("names"))),
            next: Some(promise.and_then(datetime).unwrap_or_default()),
            ..ChannelFacts::default()
        });
    }

    let schedule = files.json("api/schedule.json");
    let link = site.absolute(&path);
    let rows: Vec<&Value> = schedule["schedule"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|row| row["url"] == link.as_str() && row["mode"].is_null())
        .collect();
    if let Some(row) = rows.first() {
        let time = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
        let ids = rows.iter().filter_map(|row| row["component"].as_str()).map(str::to_owned);
        found.push(ChannelFacts {
            channel: "the schedule".to_owned(),
            window: Some((time("planned_start"), time("planned_end"))).filter(|_| !now.is_in_windows()),
            affected: Some(ids.collect()),
            ..ChannelFacts::default()
        });
        let closes = if now.is_in_windows() { now.windows[0].closes } else { now.closes };
        assert_eq!(row["closes"].as_str().map(str::to_owned), closes.map(Instant::iso), "{id} closes");
        let starts: BTreeSet<_> = rows.iter().filter_map(|row| row["planned_start"].as_str()).collect();
        let decided = now.windows.iter().filter_map(|window| window.plan.decided());
        let wanted: Vec<String> = decided.map(|plan| plan.start.iso()).collect();
        assert_eq!(starts, wanted.iter().map(String::as_str).collect(), "the windows of {id}");
    }

    let stamp = |at: &str| at.replace(['-', ':'], "");
    let calendar = files.text("calendar.ics").replace("\r\n ", "");
    let url = format!("URL;VALUE=URI:{link}\r\n");
    let events = calendar.split("BEGIN:VEVENT").filter(|event| event.contains(&url));
    for (event, window) in events.zip(&now.windows) {
        let line = |key: &str| Files::part(event, &format!("{key}:"), "\r\n").unwrap_or_default().to_owned();
        let (start, end) = (window.plan.start.iso(), window.plan.end.map(Instant::iso).unwrap_or_default());
        assert_eq!(line("DTSTART"), stamp(&start), "the calendar's window of {id}");
        assert_eq!(line("DTEND"), stamp(&end), "the calendar's window of {id}");
        assert_eq!(
            line("\r\nSTATUS") == "CANCELLED",
            window.human_state == Status::Cancelled,
            "the calendar's state of {id}"
        );
    }

    // A foreign form that demands a start has what has one.
    if now.plan.is_decided() {
        let is_it = |one: &&Value| one["shortlink"] == link.as_str();
        let all = files.list("scheduled-maintenances", "scheduled_maintenances");
        let one = all.iter().find(is_it).expect("in the API");
        let utc = |key: &str| {
            let written = one[key].as_str()?;
            let at = chrono::DateTime::parse_from_rfc3339(written).expect("a time");
            Some(Instant(at.timestamp()).iso())
        };
        let state = match now.state {
            // The API has fewer states.
            Status::Postponed => Status::Scheduled,
            Status::Cancelled => Status::Completed,
            state => state,
        };
        assert_eq!(one["status"], state.word(), "the API's state of {id}");
        let names = one["components"].as_array().into_iter().flatten();
        let affected =
            names.clone().flat_map(|c| files.names(c["name"].as_str().unwrap_or_default())).collect();
        found.push(ChannelFacts {
            channel: "the API".to_owned(),
            window: one_of((
                utc("scheduled_for").unwrap_or_default(),
                utc("scheduled_until").unwrap_or_default(),
            )),
            affected: Some(affected),
            ..ChannelFacts::default()
        });
        for (file, wanted) in [
            ("scheduled-maintenances/active", now.is_running()),
            ("scheduled-maintenances/upcoming", now.is_ahead()),
        ] {
            let is_there = files.list(file, "scheduled_maintenances").iter().any(|one| is_it(&one));
            assert_eq!(is_there, wanted, "{file} has {id}");
        }
    }

    let banner = files.json("embed/banner.json");
    let mut items = banner["items"].as_array().into_iter().flatten();
    let item = items.find(|item| item["url"] == link.as_str());
    let is_shown = now.is_running() || now.is_ahead() || (now.human_state == Status::Cancelled && off);
    assert_eq!(item.is_some(), is_shown, "the banner shows {id}");
    if let Some(item) = item {
        let ids = item["components"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let at = site.now.effective.iso();
        let is_now = |state: &&Value| {
            let from = state["at"].as_str().is_none_or(|from| from <= at.as_str());
            from && state["until"].as_str().is_none_or(|until| at.as_str() < until)
        };
        let state = item["states"].as_array().into_iter().flatten().find(is_now);
        found.push(ChannelFacts {
            channel: "the banner".to_owned(),
            state: state.and_then(|state| state["state"].as_str()).map(str::to_owned),
            affected: Some(ids.map(str::to_owned).collect()),
            ..ChannelFacts::default()
        });
        if !now.awaits_new_time {
            let time = |key: &str| item[key].as_str().unwrap_or_default().to_owned();
            found.push(ChannelFacts {
                channel: "the banner".to_owned(),
                window: one_of((time("start"), time("end"))),
                ..ChannelFacts::default()
            });
        }
    }

    if let Some(begins) = now.plan.decided().map(|plan| plan.start).or(now.published) {
        let day = site.now.zone().day(begins);
        let month = files.text(&format!("history/{}/index.html", day.format("%Y/%m")));
        let is_listed = month.contains(&format!("/{path}\""));
        assert!(is_listed || now.is_ahead(), "the month lists {id}");
    }

    let of_words = |words: &str| {
        let all = [
            Status::InProgress,
            Status::Verifying,
            Status::Completed,
            Status::Cancelled,
            Status::Postponed,
            Status::Scheduled,
        ];
        all.into_iter().find(|s| words == state_words(site, *s)).map(|s| s.word().to_owned())
    };
    found.push(packed(site, route, &of_words, due(now.next_update)));
    found
}

/// Asserts that every channel agrees with the first.
#[track_caller]
fn agree(all: &[ChannelFacts], what: &str) {
    fn same<T: std::fmt::Debug + PartialEq>(one: Option<&T>, first: Option<&T>, what: &str) {
        if let (Some(one), Some(first)) = (one, first) {
            assert_eq!(one, first, "{what}");
        }
    }
    let first = &all[0];
    for facts in &all[1..] {
        let what = |name: &str| format!("{what}: {} says another {name}", facts.channel);
        same(facts.state.as_ref(), first.state.as_ref(), &what("state"));
        same(facts.severity.as_ref(), first.severity.as_ref(), &what("severity"));
        same(facts.window.as_ref(), first.window.as_ref(), &what("window"));
        same(facts.affected.as_ref(), first.affected.as_ref(), &what("list of components"));
        same(facts.next.as_ref(), first.next.as_ref(), &what("promise"));
    }
}

/// Asserts that the status of each component and of the page is the same everywhere.
fn statuses(files: &Files<'_>) {
    let site = files.site;
    let components = files.list("components", "components");
    let home = files.text("index.html");
    for (at, one) in site.now.model.config.components.all.iter().enumerate() {
        let status = site.now.components[at];
        let name = one.name.get(0).1.as_str();
        let listed = components.iter().find(|c| c["name"] == name).expect("in the API");
        assert_eq!(listed["status"], status.word(), "the API's status of {name}");
        let words = site.locales[0].t(status.message());
        let badge = files.text(&format!("components/{}/badge.svg", one.id));
        assert!(badge.contains(&format!("{name}: {words}")), "the badge of {name}: {badge}");
        // On a component's own page, the script chooses.
        let chips = Files::part(home, &format!("components/{}/\"", one.id), "</li>").expect("chips");
        let is_hidden = |chip: &&str| chip.split_once('>').is_some_and(|(tag, _)| tag.contains("hidden"));
        let shown = chips.split("<span class=\"chip").skip(1).find(|chip| !is_hidden(chip));
        assert!(shown.expect("a chip").contains(words), "home says {shown:?} of {name}, not {words}");
        let worst = worst(site, at);
        assert_eq!(status, worst, "{name} is as its entries say");
    }
    assert_eq!(files.json("embed/banner.json")["status"], site.now.status.word());
    let indicator = match site.now.status {
        ComponentStatus::Operational => "none",
        ComponentStatus::Degraded => "minor",
        ComponentStatus::Maintenance => "maintenance",
        ComponentStatus::Partial => "major",
        ComponentStatus::Major => "critical",
    };
    assert_eq!(files.json("api/v2/status.json")["status"]["indicator"], indicator);
    assert!(files.text("badge.svg").contains(site.locales[0].t(site.now.status.message())));
    let least =
        site.now.incidents.iter().filter(|i| i.is_active() && i.incident.started.at <= site.now.effective);
    let least = least.map(|i| implied(i.severity)).max().unwrap_or(ComponentStatus::Operational);
    assert!(site.now.status >= least, "the page is at least as bad as its incidents");
}

fn worst(site: &Site<'_>, component: usize) -> ComponentStatus {
    let incidents = site.now.incidents.iter().flat_map(|now| &now.affects);
    let works = site.now.maintenance.iter().filter(|now| now.is_running()).flat_map(|now| &now.affects);
    let all = incidents.chain(works).filter(|(of, _)| *of == component).map(|(_, status)| *status);
    all.max().unwrap_or(ComponentStatus::Operational)
}

fn compared(model: &Model, now: Instant, what: &str) -> usize {
    let site = Site::new(Snapshot::at(model, now)).expect("a built-in locale");
    let files = Files::new(&site);
    statuses(&files);
    let mut count = 0;
    for (at, incident) in site.now.incidents.iter().enumerate().filter(|(_, i)| !i.withdrawn) {
        let all = of_incident(&files, at, incident);
        agree(&all, &format!("{what}, incident {}", incident.incident.head.slug));
        count += all.len();
    }
    for (at, work) in site.now.maintenance.iter().enumerate().filter(|(_, w)| !w.withdrawn) {
        let all = of_work(&files, at, work);
        agree(&all, &format!("{what}, maintenance {}", site.path(Route::Maintenance(at), 0)));
        count += all.len();
    }
    // Of a series, only the newest occurrence that has begun can wait for its result.
    for series in &site.now.series {
        let begun: Vec<_> = series.occurrences.iter().map(|at| &site.now.maintenance[*at]).collect();
        let waits =
            |now: &&&MaintenanceNow<'_>| now.is_running() && now.state == Status::Verifying && now.by_clock;
        assert!(begun.iter().filter(waits).count() <= 1, "{what}: more than one time of a series waits");
    }
    count
}

#[test]
fn every_channel_says_the_same_of_every_entry_at_any_instant() {
    let mut count = 0;
    for seed in 0..30 {
        let model = random(seed);
        for now in instants().step_by(5) {
            count += compared(&model, now, &format!("site {seed} at {}", now.iso()));
        }
    }
    assert!(count > 8_000, "{count}");
}
