//! Tests that a site of another program is imported completely, and that the report lists
//! everything uncertain.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use noroshi::internals::load;
use noroshi::internals::message::Language;
use noroshi::internals::model::{GivenStatus, Instant, Zone};
use noroshi::internals::timeline::Snapshot;
use noroshi::internals::vocabulary::{ComponentStatus, Severity, Status};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use yaml_rust2::{Yaml, YamlLoader};

use crate::harness::{Site, Text as _, beside, folder, words};
use crate::words::without_tags;

/// The facts of an issue, read by an independent parser.
struct Stated {
    title: String,
    date: Option<Instant>,
    end: Option<Instant>,
    severity: Option<String>,
    affected: Vec<String>,
}

fn stated(path: &Path) -> Stated {
    let text = fs::read_to_string(path).expect("a readable file");
    // One of the files lacks its first fence.
    let front = text.split("---\n").find(|part| !part.trim().is_empty()).expect("front matter");
    let documents = YamlLoader::load_from_str(front).expect("YAML");
    let front = &documents[0];
    let text = |key: &str| match &front[key] {
        Yaml::String(text) => Some(text.clone()),
        Yaml::Integer(number) => Some(number.to_string()),
        _ => None,
    };
    let time = |key: &str| text(key).and_then(|t| independent_time(&t));
    Stated {
        title: text("title").unwrap_or_else(|| panic!("{}: a title", path.display())),
        date: time("date"),
        end: time("resolvedWhen"),
        severity: text("severity"),
        affected: match &front["affected"] {
            Yaml::Array(items) => items.iter().filter_map(|i| i.as_str()).map(str::to_owned).collect(),
            _ => Vec::new(),
        },
    }
}

/// Parses the times of the two sites digit by digit. They are in UTC unless they say otherwise.
fn independent_time(text: &str) -> Option<Instant> {
    let numbers: Vec<i64> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().expect("digits"))
        .collect();
    let [year, month, day, hour, minute, rest @ ..] = numbers.as_slice() else { return None };
    let clock = text.split(['T', ' ']).nth(1).unwrap_or("");
    let offset = clock.rfind(['+', '-']).map_or(0, |at| {
        let digits: String = clock[at + 1..].chars().filter(char::is_ascii_digit).collect();
        let minutes =
            digits[..2].parse::<i64>().expect("hours") * 60 + digits[2..4].parse::<i64>().expect("minutes");
        if clock.as_bytes()[at] == b'-' { -minutes } else { minutes }
    });
    let has_seconds = clock.matches(':').count()
        >= 2 + usize::from(clock.rfind(['+', '-']).is_some_and(|at| clock[at..].contains(':')));
    let second = if has_seconds { rest.first().copied().unwrap_or(0) } else { 0 };
    let (year, month, day) = (*year, *month, *day);
    // Counts the days since 1970 one year at a time, so that it shares no code with the program.
    let leap = |y: i64| i64::from(y % 4 == 0 && (y % 100 != 0 || y % 400 == 0));
    let lengths = [31, 28 + leap(year), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let index = usize::try_from(month - 1).ok().filter(|m| *m < 12)?;
    if day < 1 || day > lengths[index] {
        return None;
    }
    let days =
        (1970..year).map(|y| 365 + leap(y)).sum::<i64>() + lengths[..index].iter().sum::<i64>() + day - 1;
    Some(Instant(((days * 24 + hour) * 60 + minute - offset) * 60 + second))
}

/// The issues of a cState site, by their old addresses.
fn issues(source: &Path) -> BTreeMap<String, Stated> {
    let entries = fs::read_dir(source.join("content/issues")).expect("issues");
    let mut found = BTreeMap::new();
    for path in entries.map(|e| e.expect("an entry").path()) {
        let stem = path.file_stem().expect("a name").to_str().expect("UTF-8").to_owned();
        if stem != "_index" {
            found.insert(format!("/issues/{}/", stem.to_lowercase()), stated(&path));
        }
    }
    found
}

#[test]
fn real_sites_arrive_whole_with_all_they_say() {
    for name in ["jenkins-infra-status", "packit-status"] {
        let Some(source) = beside(&format!("corpus/cstate/{name}")) else { continue };
        let site = Site::bare();
        let source_text = source.to_str().expect("UTF-8");
        site.run(["import", "cstate", source_text, "--timezone", "UTC"]).exit(0);
        site.run(["check"]).exit(0).quiet();
        site.build().exit(0);
        let issues = issues(&source);
        let loaded = load::load(site.root(), None, &|| ()).expect("a readable site");
        let model = loaded.model.expect("a model");
        assert_eq!(model.incidents.len() + model.maintenance.len(), issues.len(), "{name}");
        let now = Snapshot::at(&model, Instant(4_000_000_000));
        let report = site.read("import-report.md");
        let mut met = 0;
        let affects_all = |given: &[(usize, GivenStatus)], said: &Stated, place: &str| {
            let name = |at: usize| model.config.components.all[at].name.get(0).1.to_lowercase();
            let affected: Vec<String> = given.iter().map(|(at, _)| name(*at)).collect();
            for component in said.affected.iter().map(|component| component.trim().to_lowercase()) {
                assert!(affected.contains(&component), "{place}: {component} in {affected:?}");
            }
        };
        for entry in &now.incidents {
            let incident = entry.incident;
            let said = &issues[&incident.head.aliases[0].0];
            let place = format!("{name} {}", incident.head.file);
            met += 1;
            assert_eq!(
                incident.head.title.get(0).1,
                &said.title.split_whitespace().collect::<Vec<_>>().join(" "),
                "{place}"
            );
            assert_eq!(Some(incident.started.at), said.date, "{place}");
            let severity = match said.severity.as_deref() {
                Some("down") => Severity::Critical,
                Some("disrupted") => Severity::Moderate,
                _ => Severity::Minor,
            };
            assert_eq!(incident.severity, severity, "{place}");
            let ended = entry.ended.map(|ended| ended.at);
            if ended != said.end {
                let early = said.end < said.date && report.contains("before it began");
                assert!(early && ended == said.date, "{place}: {ended:?} and {:?}", said.end);
            }
            affects_all(&incident.affects.given, said, &place);
        }
        for entry in &now.maintenance {
            let maintenance = entry.maintenance;
            let said = &issues[&maintenance.head.aliases[0].0];
            let place = format!("{name} {}", maintenance.head.file);
            met += 1;
            assert_eq!(Some(maintenance.window.start), said.date, "{place}");
            let done = entry.updates.iter().find(|u| u.status == Status::Completed).map(|u| u.at);
            if said.end > said.date {
                assert_eq!((maintenance.window.end, done), (said.end, said.end), "{place}");
            }
            affects_all(&maintenance.affects.given, said, &place);
            let status = match said.severity.as_deref() {
                Some("down") => ComponentStatus::Major,
                Some("disrupted") => ComponentStatus::Partial,
                _ => ComponentStatus::Maintenance,
            };
            for (_, given) in &maintenance.affects.given {
                let given = matches!(given, GivenStatus::Status(s) if *s == status);
                assert!(given, "{place}: severity {:?}", said.severity);
            }
        }
        assert_eq!(met, issues.len(), "{name}: every issue was met");
    }
}

/// The absolute path of a folder in a site.
fn at(site: &Site, name: &str) -> String {
    site.path(name).to_str().expect("UTF-8").to_owned()
}

const CONFIG: &str = "title: Old\nbaseURL: https://old.example/\nlanguageCode: en\nparams:\n  categories:\n    - {name: Web, description: What one sees}\n    - {name: Rest, untitled: true}\n  systems:\n    - {name: API, category: Web, description: 'See [docs](https://docs.example/)'}\n    - {name: 検索, category: Web}\n    - {name: Mail & Push, category: Rest}\n    - {name: Lone}\n  brand: '#123456'\n";

/// Imports a cState site with these issues. Returns the site and the rows of the report.
fn imported(issues: &[(&str, &str)]) -> (Site, Vec<(String, usize, String)>) {
    let site = Site::bare();
    site.write("old/config.yml", CONFIG);
    for (name, text) in issues {
        site.write(Path::new("old/content/issues").join(name), text);
    }
    let outcome = site.run(["import", "cstate", &at(&site, "old"), "--timezone", "UTC", "--format", "json"]);
    outcome.exit(0);
    let rows = outcome.diagnostics().into_iter().map(|d| (d.code, d.line, d.message)).collect();
    site.run(["check", "--as-of", "2026-11-20T12:00:00Z"]).exit(0).quiet();
    (site, rows)
}

/// The one entry that an issue became, and the codes of its rows.
fn one(name: &str, text: &str) -> (String, Vec<String>) {
    let (site, rows) = imported(&[(name, text)]);
    let entries: Vec<String> = ["incidents", "maintenance"]
        .iter()
        .flat_map(|folder| fs::read_dir(site.path(format!("content/{folder}"))).into_iter().flatten())
        .map(|entry| fs::read_to_string(entry.expect("an entry").path()).expect("UTF-8"))
        .collect();
    let [entry] = entries.as_slice() else { panic!("{name}: {entries:?}") };
    (entry.clone(), rows.into_iter().map(|row| row.0).collect())
}

#[test]
fn front_matter_of_every_kind_keeps_its_facts() {
    let sound = "title: Slow\nseverity: moderate\naffects: [api]\nstarted: 2021-03-04 10:00\n";
    for (name, text) in [
        (
            "plain.md",
            "---\ntitle: Slow\ndate: 2021-03-04 10:00:00\nresolved: true\nresolvedWhen: 2021-03-04 11:00:00\nseverity: disrupted\naffected:\n  - API\n---\nWords.\n",
        ),
        (
            "case.md",
            "\n\n---   \ntitle: Slow # why\ndate: 2021-03-04T10:00:00.123456789Z\nresolved: yes\nResolvedwhen: 2021-03-04T11:00:00 Z\nseverity: Disrupted\naffected: [api, null]\n---\nWords.\n",
        ),
        (
            "toml.md",
            "+++\ntitle = \"Slow\"\ndate = 2021-03-04T10:00:00Z\nresolved = true\nresolvedWhen = 2021-03-04T11:00:00Z\nseverity = \"disrupted\"\naffected = [\"API\"]\n+++\nWords.\n",
        ),
        (
            "crlf.md",
            "\u{feff}---\r\ntitle: Slow\r\ndate: 2021-03-04 11:00:00 +0100\r\nresolved: 'True'\r\nresolved_on: 2021-03-04 11:00\r\nseverity: distrupted\r\naffected: API\r\n---\r\nWords.\r\n",
        ),
    ] {
        let (entry, _) = one(name, text);
        assert!(entry.contains(sound), "{name}: {entry}");
        assert!(entry.contains("## resolved 2021-03-04 11:00\n"), "{name}: {entry}");
        assert!(entry.contains("\nWords.\n"), "{name}: {entry}");
    }
}

#[test]
fn what_is_not_certain_is_told_and_nothing_is_lost() {
    // An `@` is the day of most of them.
    for (name, front, code, wanted) in [
        ("2021-02-27-a.md", "date: 2021-02-30 10:00\nresolved: false", "time", "started: 2021-02-27\n"),
        ("2021-03-04-b.md", "date: 2021-13-04\nresolved: false", "time", "started: @\n"),
        ("c.md", "date: @ 10:00 EST\nresolved: false", "time", "started: @ 15:00"),
        ("d.md", "date: @ 10:00:00 10:00:00\nresolved: no", "time", "started: @ 10:00"),
        ("e.md", "resolved: false", "no-time", "draft: true"),
        ("f.md", "{begun}resolved: true", "no-end", "## resolved @ 10:00"),
        ("g.md", "{begun}resolvedWhen: @ 11:00", "resolved", "## resolved @ 11:00"),
        ("h.md", "{begun}resolved: false\nresolvedWhen: @ 11:00", "resolved", "## resolved @ 11:00"),
        (
            "i.md",
            "{begun}resolved: true\nresolvedWhen: @ 09:00",
            "end-before-start",
            "# end in cState: @ 09:00",
        ),
        ("j.md", "{begun}resolved: false", "open", "## investigating @ 10:00"),
        ("k.md", "{over}severity: monitoring", "severity", "severity: minor"),
        ("l.md", "{over}informational: true", "kind", "window: {start: @ 10:00, end: @ 11:00}"),
        ("m.md", "{over}affected: ['API / 検索', Gone]", "affected", "affects: [api, component, gone]"),
        ("n.md", "{over}affected: 'api, 検索,Lone'", "severity", "affects: [api, component, lone]"),
    ] {
        let front = front.replace("{over}", "{begun}resolved: true\nresolvedWhen: @ 11:00\n");
        let front = front.replace("{begun}", "date: @ 10:00\n").replace('@', "2021-03-04");
        let (entry, codes) = one(name, &format!("---\ntitle: A title\n{front}\n---\nWords.\n"));
        assert!(codes.contains(&format!("import/{code}")), "{name}: {codes:?}");
        assert!(entry.contains(&wanted.replace('@', "2021-03-04")), "{name}: {entry}");
    }
    let (entry, codes) = one("2021-03-04-no-title.md", "just words\n");
    assert!(entry.contains("title: no title") && entry.contains("just words"), "{entry}");
    assert!(codes.contains(&"import/front-matter".to_owned()) && codes.contains(&"import/title".to_owned()));
}

#[test]
fn a_source_that_gives_only_a_day_becomes_a_day() {
    // An `@` is the day before, `#` the day.
    for (front, body, wanted) in [
        (
            "date: @\nresolved: true\nresolvedWhen: #",
            "",
            "started: @\n|---\n\n## investigating @\n\n## resolved #\n",
        ),
        ("date: #\nresolved: true\nresolvedWhen: #", "", "started: #\n|---\n\n## resolved #\n"),
        (
            "date: #\nresolved: true\nresolvedWhen: # 11:00",
            "",
            "started: #\n|## investigating #\n\n## resolved # 11:00\n",
        ),
        (
            "date: # 10:00\nresolved: true\nresolvedWhen: #",
            "",
            "started: # 10:00\n|## investigating # 10:00\n\n## resolved #\n",
        ),
        // The end is in the text, its day in the front matter, and the other way round.
        (
            "date: # 10:00\nresolved: true\nresolvedWhen: #",
            "*Resolved* - Done. {{< track \"# 18:00\" >}}\n",
            "\n## resolved # 18:00\n\nDone.\n",
        ),
        (
            "date: # 10:00\nresolved: true\nresolvedWhen: # 18:00",
            "*Resolved* - Done. {{< track \"#\" >}}\n",
            "\n## resolved # 18:00\n\nDone.\n",
        ),
        (
            "date: @\nresolved: true\nresolvedWhen: @",
            "*Resolved* - Done. {{< track \"#\" >}}\n",
            "\n## resolved #\nended: @\n\nDone.\n",
        ),
        (
            "date: # 10:00\nresolved: true\nresolvedWhen: # 18:00",
            "*Identified* - The cause. {{< track \"# 12:00\" >}}\n\n*Update* - More. {{< track \"#\" >}}\n",
            "## identified # 12:00\n\nThe cause.\n\n## update #\n\nMore.\n\n## resolved # 18:00\n",
        ),
        // No update of that day opens it again.
        (
            "date: # 10:00\nresolved: true\nresolvedWhen: #",
            "*Resolved* - Done. {{< track \"#\" >}}\n\n*Identified* - The cause. {{< track \"#\" >}}\n",
            "## identified #\n\nThe cause.\n\n## resolved #\n\nDone.\n",
        ),
        ("date: #\nresolved: true\nresolvedWhen: @", "", "# end in cState: @\n"),
        ("informational: true\ndate: #\nresolved: true\nresolvedWhen: #", "", "window: {start: #, end: #}\n"),
        ("informational: true\ndate: @\nresolved: true\nresolvedOn: #", "", "window: {start: @, end: #}\n"),
        // The source has a time, and it is midnight.
        ("date: #T00:00:00Z\nresolved: false", "", "started: # 00:00\n"),
    ] {
        let days = |text: &str| {
            let text = text.replace("# end in", "\u{1}").replace("## ", "\u{2}");
            let text = text.replace('#', "2021-03-04").replace('@', "2021-03-03");
            text.replace('\u{1}', "# end in").replace('\u{2}', "## ")
        };
        let text = format!("---\ntitle: Slow\n{front}\nseverity: down\naffected: [API]\n---\n{body}");
        let (entry, codes) = one("a.md", &days(&text));
        for wanted in days(wanted).split('|') {
            assert!(entry.contains(wanted), "{front}: {wanted}: {entry}");
        }
        let has_day = front.split(['\n', ' ']).any(|word| word == "#" || word == "@");
        assert!(!has_day || codes.contains(&"import/time".to_owned()), "{front}: {codes:?}");
    }
    let text = "---\ntitle: Slow\ndate: 2021-03-04\nresolved: false\n---\n";
    let (_, rows) = imported(&[("a.md", text)]);
    let row = rows.iter().find(|row| row.0 == "import/time").expect("a row about the day");
    row.2.has(["`date: 2021-03-04`"]);
}

#[test]
fn texts_with_times_become_updates_in_the_right_order() {
    let front = "title: Slow\ndate: 2018-04-13 15:54:00\nresolved: true\nresolvedWhen: 2018-04-13 18:00:00\nseverity: down\naffected: [API]\n";
    let body = "*Resolved* - All is well. {{< track \"2018-04-13 18:00:00\" >}}\n\n**Monitoring**: We watch.\n\nMore of it. {{< track \"2018-04-13 16:50:00\" >}}\n\n*Investigating* - We look. {{< htrack \"2018-04-13 15:54:00\" >}}\n";
    let (entry, _) = one("a.md", &format!("---\n{front}---\n{body}"));
    let wanted = "---\n\n## investigating 2018-04-13 15:54\n\nWe look.\n\n## monitoring 2018-04-13 16:50\n\nWe watch.\n\nMore of it.\n\n## resolved 2018-04-13 18:00\n\nAll is well.\n";
    assert!(entry.ends_with(wanted), "{entry}");
    // The text says it later than it was: the end is that of the front matter.
    let later = body.replace("\"2018-04-13 18:00:00\"", "\"2018-04-13 19:30:00\"");
    let (entry, _) = one("a.md", &format!("---\n{front}---\n{later}"));
    entry.has(["## resolved 2018-04-13 19:30\nended: 2018-04-13 18:00\n\nAll is well."]);
    // A status alone is not an update.
    let (entry, codes) =
        one("a.md", &format!("---\n{front}---\n[Final Message]\n\nDone.\n\n[Initial message]\n\nDown.\n"));
    entry.has(["---\n[Final Message]\n\nDone.\n\n[Initial message]\n\nDown.\n\n## investigating"]);
    assert!(codes.contains(&"import/update".to_owned()));
    for (text, wanted) in [
        ("**Update** @ 16:00 UTC\n\nWe go on.\n", "## update @ 16:00\n\nWe go on.\n"),
        ("---\n@ 16:00\n\nWe go on.\n\n---\n", "## update @ 16:00\n\nWe go on.\n"),
        ("*Risolto* - Fatto. {{< track @T18:00:00Z >}}\n", "## resolved @ 18:00\n\nFatto.\n"),
        (
            "[Identified] The cause. {{% track \"@ 17:00 +0100\" %}}\n",
            "## identified @ 16:00\n\nThe cause.\n",
        ),
    ] {
        let [text, wanted] = [text, wanted].map(|text| text.replace('@', "2018-04-13"));
        let (entry, _) = one("a.md", &format!("---\n{front}---\n{text}"));
        assert!(entry.contains(&wanted), "{text}: {entry}");
    }
}

#[test]
fn what_was_planned_is_told_from_what_broke() {
    for (name, title, date, severity, wanted) in [
        ("2023-03-03-a.md", "API outage in California", "2023-03-03T23:30:00-08:00", "disrupted", "started"),
        ("2023-03-03-b.md", "ldap outage", "2023-03-04 01:40", "down", "started"),
        ("c.md", "Outage caused by maintenance overrun", "2023-03-04 01:40", "down", "started"),
        ("d.md", "Scheduled jobs are failing", "2023-03-04 01:40", "down", "started"),
        ("e.md", "Emergency Maintenance of DB", "2023-03-04 01:40", "down", "kind: emergency"),
        ("2023-03-04-maintenance-k8s.md", "AKS update", "2023-03-04 01:40", "notice", "kind: regular"),
        ("2023-03-03-f.md", "New cluster", "2023-03-05 01:40", "notice", "kind: regular"),
    ] {
        let text = format!(
            "---\ntitle: {title}\ndate: {date}\nseverity: {severity}\nresolved: true\n\
             resolvedWhen: 2023-03-06 01:00\naffected: [API]\n---\nx\n"
        );
        let (entry, _) = one(name, &text);
        assert!(entry.contains(wanted), "{name}: {entry}");
    }
}

#[test]
fn updates_are_read_in_all_their_forms() {
    let front = "---\ntitle: T\ndate: 2023-03-04 09:00\nresolved: true\nresolvedWhen: 2023-03-04 18:00\nseverity: down\naffected: [API]\n---\n";
    // An `@` is the day.
    for (body, wanted) in [
        ("A.\n\n---\n\n@ 10:00\n\n---\n\nWords B.\n", "A.\n\n## update @ 10:00\n\nWords B.\n"),
        ("**Update @ 12:30** - words on line\n", "## update @ 12:30\n\nwords on line\n"),
        ("**Update (@ 11:30)**: words\n", "## update @ 11:30\n\nwords\n"),
        ("[Update - @ 15h50 UTC]\nMore.\n", "## update @ 15:50\n\nMore.\n"),
        ("**Update** @ 16:00 UTC - on the line\n", "## update @ 16:00\n\non the line\n"),
        ("@ 13:00 UTC - words\n", "## update @ 13:00\n\nwords\n"),
        (
            "*Investigating* - bad {{< track \"@ 09:30\" >}}\n\n*Update* - no time\n\n*Resolved* - done {{< track \"@ 18:00\" >}}\n",
            "## investigating @ 09:30\n\nbad\n\n*Update* - no time\n\n## resolved @ 18:00\n\ndone\n",
        ),
        (
            "*Resolved* - done {{< track \"@ 18:00\" >}}\n\n*Service restored* - back {{< track \"@ 17:00\" >}}\n",
            "## update @ 17:00\n\n*Service restored* - back\n\n## resolved @ 18:00\n\ndone\n",
        ),
        (
            "*Monitoring* - b {{< track \"@ 10:05\" >}}\n\n*Identified* - a {{< track \"@ 10:05\" >}}\n\n*Investigating* - o {{< track \"@ 09:30\" >}}\n",
            "## identified @ 10:05\n\na\n\n## monitoring @ 10:05\n\nb\n",
        ),
    ] {
        let [body, wanted] = [body, wanted].map(|text| text.replace('@', "2023-03-04"));
        let (entry, _) = one("a.md", &format!("{front}{body}"));
        assert!(entry.contains(&wanted), "{body}: {entry}");
    }
    let (entry, codes) = one(
        "a.md",
        "---\ntitle: T\nresolved: true\nseverity: down\n---\nFirst 2023-05-06 07:08 UTC it broke.\n",
    );
    assert!(entry.contains("started: 2023-05-06 07:08\n") && !entry.contains("draft"), "{entry}");
    assert!(codes.contains(&"import/time".to_owned()));
}

#[test]
fn nothing_is_dropped_without_a_row() {
    let site = Site::bare();
    site.write("old/config.yml", CONFIG);
    site.write_bytes(
        "old/content/issues/latin.md",
        b"---\ntitle: caf\xe9\ndate: 2021-03-04 10:00\nauthor: x\n---\n![a](https://old.example/a.png)\n",
    );
    site.write("old/content/issues/page.html", "x");
    site.write(
        "old/config.yml",
        &CONFIG.replace("params:", "defaultContentLanguage: de\nlanguages: {de: {}, en: {}}\nparams:"),
    );
    site.write("old/content/issues/latin.en.md", "---\ntitle: coffee\n---\n");
    site.write("old/content/privacy.md", "x");
    site.write("old/static/a.png", "x");
    site.write("old/static/.well-known/x.txt", "x");
    site.write("old/static/robots.txt", "x");
    site.write("old/content/issues/large.md", &"x".repeat(1 << 21));
    let outcome = site.run(["import", "cstate", &at(&site, "old"), "--timezone", "UTC", "--format", "json"]);
    outcome.exit(0).stderr_has("2 entries in the source, 1 written");
    let codes = outcome.codes();
    for code in words("encoding key file static too-large language") {
        assert!(codes.contains(&format!("import/{code}")), "{code}: {codes:?}");
    }
    site.read("content/incidents/latin.md").has(["café", "![a](</a.png>)"]);
    assert!(
        site.path("content/static/.well-known/x.txt").is_file()
            && site.path("content/static/a.png").is_file()
    );
    assert!(!site.path("content/static/robots.txt").exists());
}

#[test]
fn every_old_address_leads_to_its_entry() {
    let names = [
        "API (eu) – down.md",
        "2021/API eu down.md",
        "api-eu-down.md",
        "遅延: 注文.md",
        "Ärger.md",
        "!!!.md",
    ];
    let text = "---\ntitle: T\ndate: 2021-03-04 10:00\nresolved: true\nresolvedWhen: 2021-03-04 11:00\nseverity: notice\naliases: [/very/old/]\n---\nx\n";
    let issues: Vec<(&str, &str)> = names.iter().map(|name| (*name, text)).collect();
    let (site, _) = imported(&issues);
    site.build_at("2026-11-20T12:00:00Z").exit(0);
    for old in
        ["issues/api-eu-down", "issues/2021/api-eu-down", "issues/遅延-注文", "issues/ärger", "very/old"]
    {
        assert!(site.path(format!("public/{old}/index.html")).is_file(), "{old}");
    }
    assert_eq!(fs::read_dir(site.path("content/incidents")).expect("a folder").count(), names.len());
}

#[test]
fn a_bundle_brings_its_pictures_and_every_form_of_address_leads_on() {
    let site = Site::bare();
    let more = "uglyURLs: {issues: true}\npermalinks:\n  page:\n    issues: /:year/:slug/\n";
    site.write("old/config.yml", &format!("{CONFIG}{more}"));
    let issue = "---\ntitle: Disk full\ndate: 2021-03-04 10:00\nslug: Disk\nresolved: true\nresolvedWhen: 2021-03-04 11:00\n---\nThe disk was full: ![a curve](curve.png), [the log](./files/log.txt).\n";
    site.write("old/content/issues/disk/index.md", issue);
    site.write("old/content/issues/disk/curve.png", "a picture");
    site.write("old/content/issues/disk/files/log.txt", "a log");
    site.write("old/content/issues/lone.txt", "no bundle");
    site.write("old/content/issues/other.md", "---\ntitle: Later\ndate: 2021-04-04 10:00\nresolved: true\nresolvedWhen: 2021-04-04 11:00\n---\nSee [the disk](/2021/disk.html).\n");
    let outcome = site.run(["import", "cstate", &at(&site, "old"), "--timezone", "UTC", "--format", "json"]);
    outcome.exit(0);
    let rows: Vec<String> = outcome.diagnostics().into_iter().map(|row| row.file).collect();
    assert_eq!(
        rows.iter().filter(|file| file.contains("disk/") && !file.ends_with("index.md")).count(),
        0,
        "{rows:?}"
    );
    assert!(rows.contains(&"content/issues/lone.txt".to_owned()), "{rows:?}");
    site.run(["check", "--as-of", "2026-11-20T12:00:00Z"]).exit(0).quiet();
    site.build_at("2026-11-20T12:00:00Z").exit(0);
    assert_eq!(site.read("public/2021/disk/curve.png"), "a picture");
    assert_eq!(site.read("public/2021/disk/files/log.txt"), "a log");
    let page = site.page("incidents/disk/");
    page.has(["src=\"../../2021/disk/curve.png\"", "href=\"../../2021/disk/files/log.txt\""]);
    site.read("public/_redirects")
        .has(["/2021/disk.html /incidents/disk/ 301", "/2021/later.html /incidents/other/ 301"]);
    site.page("incidents/other/").has(["href=\"../../2021/disk.html\""]);
}

#[test]
fn the_site_itself_arrives() {
    let (site, _) = imported(&[("a.md", "---\ntitle: T\ndate: 2021-03-04 10:00\n---\n")]);
    let config = site.read("content/site.yaml");
    config.has([
        "title: Old\n",
        "url: \"https://old.example/\"\n",
        "timezone: UTC\n",
        "locales: [en]\n",
        "  - id: web\n    name: Web\n    description: What one sees\n    components:\n      - id: api\n        name: API\n        description: \"See [docs](https://docs.example/)\"\n        since: 2021-03-04\n      - id: component\n        name: \"検索\"\n        since: 2021-03-04\n",
        "  - id: mail-push\n    name: \"Mail & Push\"\n",
        "  - id: lone\n",
        "feeds: {since: ",
    ]);
    assert!(config.contains("theme: cstate\n"), "{config}");
    assert!(site.read("themes/cstate/theme.yaml").ends_with("tokens:\n  accent: \"#123456\"\n"));
    let codes = site.build_at("2026-11-20T12:00:00Z").exit(0).codes();
    assert_eq!(codes, ["theme/low-contrast"; 2], "in the dark scheme, on both grounds");
    let is_style = |name: &str| name.starts_with("assets/theme/style.");
    let css = site.files().into_iter().find(|(name, _)| is_style(name)).expect("a stylesheet");
    assert!(String::from_utf8(css.1).expect("text").contains("--accent:#123456;"));
    // Hugo also reads a configuration that is split into several files.
    let apart = Site::bare();
    apart.write("old/config/_default/hugo.toml", "title = \"Old\"\nbaseURL = \"https://old.example/\"\n");
    apart.write("old/config/_default/params.yaml", "systems: [{name: API}]\n");
    apart.write("old/content/issues/a.md", "---\ntitle: T\ndate: 2021-03-04 10:00\n---\n");
    apart.run(["import", "cstate", &at(&apart, "old")]).exit(0);
    assert!(apart.read("content/site.yaml").contains("  - id: api\n    name: API\n"));
    assert!(!apart.path("themes").exists());
    // The same in TOML.
    let toml = Site::bare();
    toml.write("old/hugo.toml", "title = \"Old\"\nbaseURL = \"https://old.example/\"\n[params]\n[[params.categories]]\nname = \"Web\"\n[[params.systems]]\nname = \"API\"\ncategory = \"Web\"\n");
    toml.write("old/content/issues/a.md", "+++\ntitle = \"T\"\ndate = 2021-03-04\n+++\n");
    toml.run(["import", "cstate", &at(&toml, "old")]).exit(0);
    toml.read("content/site.yaml").has(["  - id: web\n    name: Web\n    components:\n      - id: api\n"]);
}

#[test]
fn nothing_is_written_over_and_the_source_is_not_touched() {
    let (site, _) = imported(&[("a.md", "---\ntitle: T\ndate: 2021-03-04 10:00\n---\n")]);
    let before = site.read("old/content/issues/a.md");
    site.write("content/site.yaml", "mine\n");
    site.run(["import", "cstate", &at(&site, "old")]).exit(3).stderr_has("already exists");
    assert_eq!(site.read("content/site.yaml"), "mine\n");
    site.run(["import", "cstate", &at(&site, "old"), "--force"])
        .exit(0)
        .stderr_has("old/content/issues/a.md".trim_start_matches("old/"));
    assert_ne!(site.read("content/site.yaml"), "mine\n");
    assert_eq!(site.read("old/content/issues/a.md"), before);
    site.run(["import", "cstate", &at(&site, "old"), "--into", "new"]).exit(0);
    assert!(site.path("new/content/site.yaml").is_file() && site.path("new/import-report.md").is_file());
    let inside = at(&site, "old/content");
    site.run(["import", "cstate", &at(&site, "old"), "--into", &inside, "--force"])
        .exit(2)
        .stderr_has("is inside the source");
    site.run(["import", "cstate", &at(&site, "nowhere")]).exit(2).stderr_has("there is no folder");
    site.run(["import", "cstate", &at(&site, "new")]).exit(2).stderr_has("config.yml");
    site.run(["import", "cstate", &at(&site, "old"), "--into", "x", "--timezone", "Mars/Base"])
        .exit(2)
        .stderr_has("IANA");
}

#[test]
fn what_looks_private_is_allowed_and_told() {
    let text = "---\ntitle: T\ndate: 2021-03-04 10:00\n---\nWrite to ops@old.example, host 10.1.2.3.\n";
    let (site, rows) = imported(&[("a.md", text)]);
    site.read("content/site.yaml").has(["allow:\n  - \"10.1.2.3\"\n  - \"ops@old.example\"\n"]);
    let private = rows.iter().filter(|row| row.0 == "import/looks-private" && row.1 == 5);
    assert_eq!(private.count(), 2, "{rows:?}");
}

#[test]
fn a_page_of_statuspage_arrives_with_its_ids_and_addresses() {
    let site = Site::bare();
    site.write(
        "old/summary.json",
        r#"{"page": {"id": "pg1", "name": "Example", "url": "https://status.example.com", "time_zone": "Europe/Berlin"},
            "components": [{"id": "c1", "name": "API", "status": "operational", "position": 1, "group": false}]}"#,
    );
    site.write(
        "old/incidents.json",
        r#"{"page": {"id": "pg1"}, "incidents": [{"id": "abc123", "name": "Slow API", "status": "postmortem", "impact": "major",
            "created_at": "2025-03-04T10:00:00.000Z", "started_at": "2025-03-04T09:55:00.000Z", "resolved_at": "2025-03-04T12:00:00.000Z",
            "components": [], "incident_updates": [
              {"id": "u4", "status": "postmortem", "body": "<p>A <b>disk</b> was full.</p>", "created_at": "2025-03-06T10:00:00Z", "affected_components": null},
              {"id": "u3", "status": "resolved", "body": "All is well.", "created_at": "2025-03-04T12:00:00Z", "affected_components": null},
              {"id": "u2", "status": "identified", "body": "Found it.<br /><br />See:<ul><li>one</li><li><a href=\"https://example.com/x\">two</a></li></ul>", "created_at": "2025-03-04T11:00:00Z", "affected_components": [{"code": "c1", "name": "API", "old_status": "partial_outage", "new_status": "major_outage"}]},
              {"id": "u1", "status": "investigating", "body": "We look.", "created_at": "2025-03-04T10:00:00Z", "affected_components": [{"code": "c1", "name": "API", "old_status": "operational", "new_status": "partial_outage"}]}
            ]}]}"#,
    );
    site.run(["import", "statuspage", &at(&site, "old")]).exit(0);
    site.run(["check", "--as-of", "2026-11-20T12:00:00Z"]).exit(0).quiet();
    let entry = site.read("content/incidents/2025-03-04-slow-api.md");
    entry.has([
        "title: Slow API\nseverity: moderate\naffects: {api: partial_outage}\nstarted: 2025-03-04 10:55\n",
        "id: abc123\napi_id: abc123\naliases: [\"/incidents/abc123\"]\n",
        "## identified 2025-03-04 12:00\naffects: api=major_outage\n\nFound it.\n\nSee:\n",
        "[two](https://example.com/x)",
        "## resolved 2025-03-04 13:00\n\nAll is well.\n",
        "## Postmortem 2025-03-06 11:00\n\nA **disk** was full.\n",
    ]);
    site.build_at("2026-11-20T12:00:00Z").exit(0);
    assert!(site.path("public/incidents/abc123/index.html").is_file());
    site.run(["import", "statuspage", "http://status.example.com/", "--into", "x"]).exit(2);
    site.run(["import", "statuspage", "nowhere", "--into", "x"]).exit(2);
}

fn without_blanks(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Imports and builds a site in which each of these bodies is the only update of an incident `case N`.
fn of_statuspage(bodies: &[String]) -> Site {
    let incident = |(number, body): (usize, &String)| {
        let at = "2025-03-04T10:00:00Z";
        let update = serde_json::json!({"id": format!("u{number}"), "status": "investigating", "body": body, "created_at": at});
        serde_json::json!({
            "id": format!("i{number}"), "name": format!("case {number}"), "status": "investigating", "impact": "minor",
            "created_at": at, "started_at": at, "components": [], "incident_updates": [update],
        })
    };
    let incidents: Vec<_> = bodies.iter().enumerate().map(incident).collect();
    let page = serde_json::json!({"id": "pg1", "name": "Example", "url": "https://status.example.com", "time_zone": "Etc/UTC"});
    let site = Site::bare();
    site.write("old/incidents.json", &serde_json::json!({"page": page, "incidents": incidents}).to_string());
    site.run(["import", "statuspage", &at(&site, "old")]).exit(0);
    site.build_at("2025-03-04T12:00:00Z").exit(0);
    site
}

#[test]
fn a_plain_text_of_statuspage_stands_word_for_word_on_its_page() {
    // The written text, and the text that a reader sees.
    let piece = prop_oneof![
        prop::sample::select(words(
            "\
            git/refs/* _x_ **b** `c` `` ~~d~~ ~ \n#␣e\n \n##␣f 1.␣g \n2)␣h \n>␣i \n-␣j\n [k](l) \n[m]:␣n \
            ![o](p.png) https://example.com/q_r* \n|s|t|\n|-|-|\n \n---\n \n===\n \\ \\\n ␣&␣ Vec<T> \
            a␣<␣b <b> **「重要」**です \n```\n \n~~~\n *** \n \n\n ␣ \n␣␣␣␣ \t {{<␣u␣>}} \
            \nseverity:␣minor\n \nResolved␣2021-03-04␣10:00\n 【復旧】 [^1] \n[^1]:␣v <!--␣w␣--> \
            \n<<<<<<<␣HEAD\n \n=======\n 詳細はhttps://example.com/yをご覧 \n+␣ ( ) ! # :"
        ))
        .prop_map(|text| (text.clone(), text)),
        Just(("<https://example.com/z>".to_owned(), "https://example.com/z".to_owned())),
        "\\PC{0,6}".prop_map(|text| text.replace(['<', '&'], "")).prop_map(|text| (text.clone(), text)),
    ];
    let texts = prop::collection::vec(prop::collection::vec(piece, 1..9), 150);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        rng_seed: proptest::test_runner::RngSeed::Fixed(23),
        ..ProptestConfig::default()
    });
    let texts = texts.new_tree(&mut runner).expect("texts").current();
    let joined = |part: fn(&(String, String)) -> &String| -> Vec<String> {
        texts.iter().map(|pieces| pieces.iter().map(part).map(String::as_str).collect()).collect()
    };
    let (written, seen) = (joined(|piece| &piece.0), joined(|piece| &piece.1));
    let site = of_statuspage(&written);
    for (number, seen) in seen.iter().enumerate() {
        let page = site.page(&format!("incidents/2025-03-04-case-{number}/"));
        let (shown, wanted) = (without_blanks(&without_tags(&page)), without_blanks(seen));
        assert!(shown.contains(&wanted), "{:?}\n{wanted}\n{shown}", written[number]);
    }
}

#[test]
fn a_hugo_site_of_another_theme_is_told_with_its_theme() {
    for (files, wanted) in [
        (vec![("old/hugo.toml", "title = \"x\"\ntheme = \"ananke\"\n")], "theme `ananke`"),
        (
            vec![("old/config.yml", "title: x\nmodule: {imports: [{path: github.com/a/docsy}]}\n")],
            "theme `github.com/a/docsy`",
        ),
        (
            vec![
                ("old/hugo.toml", "title = \"x\"\n"),
                ("old/config/_default/module.toml", "[[imports]]\npath = \"github.com/a/hextra\"\n"),
            ],
            "theme `github.com/a/hextra`",
        ),
        (
            vec![("old/hugo.toml", "title = \"x\"\n"), ("old/themes/paper/theme.toml", "name = \"Paper\"\n")],
            "theme `paper`",
        ),
        (vec![("old/hugo.toml", "title = \"x\"\n")], "names no theme"),
    ] {
        let site = Site::bare();
        site.write("old/content/posts/a.md", "---\ntitle: a\n---\n");
        for (name, text) in &files {
            site.write(name, text);
        }
        site.run(["import", "cstate", &at(&site, "old")]).exit(2).stderr_has(wanted);
        assert!(!site.path("content/site.yaml").exists(), "{wanted}");
    }
    // A fork under another name, and a site whose theme lies elsewhere, are cState too.
    for config in [
        "title: x\ntheme: my-cstate-fork\n",
        "title: x\n",
        "title: x\ntheme: ours\nparams: {systems: [{name: API}]}\n",
    ] {
        let site = Site::bare();
        site.write("old/config.yml", config);
        site.write(
            "old/content/issues/a.md",
            "---\ntitle: a\ndate: 2021-03-04 10:00\nresolved: true\nresolvedWhen: 2021-03-04 11:00\n---\nx\n",
        );
        site.run(["import", "cstate", &at(&site, "old")]).exit(0);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(7), ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_an_entry_or_an_error(
        name in "[a-zA-Z0-9 ._()–-]{1,12}",
        config in prop::collection::vec(any::<u8>(), 0..200),
        pieces in prop::collection::vec(prop_oneof![
            19 => prop::sample::select(words("\
                ---\n +++\n title:␣x\n ##␣resolved␣2021-01-01␣10:00\n date:␣2021-02-03␣04:05\n \
                resolved:␣true\n resolvedWhen:␣2020-01-01\n affected:␣[a,␣[b],␣{c:␣d},␣null]\n \
                severity:␣7\n {{<␣track␣\"2021-02-03␣05:00\"␣>}} *Resolved*␣-␣ \n\n ```\n <!--␣ <br> \
                ![x](http://a/b.png) [x](y) {{<␣ **Update␣2021-03-04␣10:00**\n")),
            1 => "\\PC{0,12}",
            1 => "[ -~\\n]{0,20}",
        ], 0..14),
    ) {
        let root = folder();
        let issues = root.path().join("old/content/issues");
        fs::create_dir_all(&issues).expect("folders");
        fs::write(root.path().join("old/config.yml"), [CONFIG.as_bytes(), &config].concat()).expect("a file");
        fs::write(issues.join(format!("{name}.md")), pieces.concat()).expect("a file");
        fs::write(issues.join("bytes.md"), &config).expect("a file");
        let settings = noroshi::internals::import::Settings { zone: Zone::named("Europe/Berlin"), locale: None, keep: None, environment: noroshi::internals::import::Environment::default(), now: Instant(1_790_000_000) };
        let imported = noroshi::internals::import::cstate(&root.path().join("old"), &settings).expect("a site");
        prop_assert!(!imported.report.has_errors(), "{:#?}", imported.report.lines(Language::ENGLISH).collect::<Vec<_>>());
        prop_assert_eq!(imported.made, imported.found);
    }
}
