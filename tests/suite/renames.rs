//! Tests of published entries that were renamed or removed, and of a changed time zone.

use crate::harness::{NOON, Site, Text as _};

const OLD: &str = "content/incidents/2026-11-20-yen.md";
const NEW: &str = "content/incidents/2026-11-20-late-yen.md";
const OPEN: &str = "---\ntitle: Transfers in yen arrive late\nseverity: minor\naffects: [api]\nstarted: 2026-11-20 09:50\n---\n\
    Transfers that you asked for since ten in the morning wait. Nothing is lost.\n\n\
    ## investigating 2026-11-20 10:00\nWe are asking our bank what is the matter with its lines.\n";

fn published() -> Site {
    let site = Site::empty();
    site.write(OLD, OPEN);
    site.build_at(NOON).exit(0);
    site
}

/// The message and the help of the only error.
fn only_error(site: &Site, code: &str) -> (String, String) {
    let outcome = site.build_at(NOON);
    outcome.exit(1);
    let found = outcome.diagnostics();
    let [only] = &found[..] else { panic!("{found:?}") };
    assert_eq!(only.code, code);
    (only.message.clone(), only.help.clone().unwrap_or_default())
}

#[test]
fn a_renamed_entry_is_refused_until_it_names_its_old_id_and_address() {
    let site = published();
    let before = site.files();
    site.rename(OLD, NEW);
    let (_, help) = only_error(&site, "entry/renamed");
    help.has(["`id: 2026-11-20-yen`", "`aliases: [/incidents/2026-11-20-yen/]`"]);
    assert_eq!(site.files(), before, "nothing was published");
    assert_eq!(site.check().codes(), ["entry/renamed"], "`check` says the same");
    let both = "id: 2026-11-20-yen\naliases: [/incidents/2026-11-20-yen/]\nseverity";
    site.edit(NEW, "severity", both);
    site.noon("build --events news.jsonl").exit(0);
    assert_eq!(site.read("news.jsonl"), "", "nothing is told again");
    assert!(site.check().codes().is_empty());
}

#[test]
fn a_renamed_entry_that_was_edited_and_continued_is_known_again() {
    let site = published();
    site.remove(OLD);
    let edited = OPEN.replace("since ten in the morning", "since 10:15").replace("arrive late", "are late");
    let more = "\n## identified 2026-11-20 11:00\nA line of our bank is cut. We use another one.\n";
    site.write(NEW, &(edited + more));
    assert!(only_error(&site, "entry/renamed").1.contains("`id: 2026-11-20-yen`"));
}

#[test]
fn an_entry_that_named_its_id_is_asked_for_its_old_address_only() {
    let site = Site::empty();
    site.write(OLD, &OPEN.replace("severity", "id: yen\nseverity"));
    site.build_at(NOON).exit(0);
    site.rename(OLD, NEW);
    let (_, help) = only_error(&site, "entry/renamed");
    assert_eq!(help, "add the line `aliases: [/incidents/2026-11-20-yen/]`");
    site.edit(NEW, "severity", "aliases: [/incidents/2026-11-20-yen/]\nseverity");
    site.build_at(NOON).exit(0);
}

#[test]
fn an_open_entry_that_is_gone_is_missed_until_it_is_back_or_removed() {
    let site = published();
    site.remove(OLD);
    assert!(only_error(&site, "entry/open-and-gone").1.contains("`incident/2026-11-20-yen`"));
    site.write(OLD, &OPEN.replace("severity", "draft: true\nseverity"));
    assert!(only_error(&site, "entry/open-and-gone").0.contains("a draft"));
    site.write(
        OLD,
        &OPEN.replace("severity", "withdrawn: {at: 2026-11-20 11:00, reason: A drill.}\nseverity"),
    );
    site.build_at(NOON).exit(0);
    let site = published();
    site.remove(OLD);
    site.append("content/site.yaml", "removed: [incident/2026-11-20-yen]\n");
    site.build_at(NOON).exit(0);
}

#[test]
fn two_entries_renamed_at_once_are_each_told_their_own_id() {
    let site = Site::empty();
    let other = "---\ntitle: The app shows old prices\nseverity: minor\naffects: [web]\nstarted: 2026-11-20 08:00\n---\n\
        Charts in the app are behind. Orders are taken at the right price.\n\n\
        ## investigating 2026-11-20 08:10\nWe restart the servers that draw them.\n";
    site.write(OLD, OPEN).write("content/incidents/prices.md", other);
    site.build_at(NOON).exit(0);
    site.rename(OLD, "content/incidents/a.md")
        .rename("content/incidents/prices.md", "content/incidents/b.md");
    let outcome = site.build_at(NOON);
    let help = |file: &str| {
        let found = outcome.diagnostics().into_iter().find(|found| found.file == file);
        found.and_then(|found| found.help).unwrap_or_default()
    };
    assert!(help("content/incidents/a.md").contains("`id: 2026-11-20-yen`"));
    assert!(help("content/incidents/b.md").contains("`id: prices`"));
}

#[test]
fn a_copy_beside_the_old_entry_is_another_entry() {
    let site = published();
    site.write(NEW, OPEN);
    site.build_at(NOON).exit(0);
}

#[test]
fn an_entry_that_becomes_another_kind_is_sent_back() {
    let site = published();
    site.remove(OLD);
    let words = OPEN.split("---\n").nth(2).expect("a body").split("\n## ").next().expect("a summary");
    let notice = format!(
        "---\ntitle: Transfers in yen arrive late\npublish_at: 2026-11-20 10:00\n---\n{words}\n\
        We are asking our bank what is the matter with its lines.\n"
    );
    site.write("content/notices/yen.md", &notice);
    assert!(only_error(&site, "entry/renamed").1.contains("move it back to `content/incidents/`"));
}

#[test]
fn hold_broken_keeps_the_old_id_and_publishes_the_rest() {
    let site = published();
    site.rename(OLD, NEW);
    site.write(
        "content/notices/hours.md",
        "---\ntitle: New hours\npublish_at: 2026-11-20 10:00\n---\nWe open at nine.\n",
    );
    site.noon("build --hold-broken --events news.jsonl").exit(1).stderr_has("entry/renamed");
    let events = site.read("news.jsonl");
    assert!(events.lines().count() == 1 && events.contains("New hours"), "{events}");
    assert!(site.path("public/notices/hours/index.html").is_file());
}

#[test]
fn nothing_hidden_stands_in_the_manifest() {
    let site = Site::empty();
    site.write(OLD, OPEN);
    site.write("content/notices/later.md", "---\ntitle: Later\npublish_at: 2026-11-21 10:00\n---\nWords.\n");
    site.write(
        "content/notices/never.md",
        "---\ntitle: Never\ndraft: true\npublish_at: 2026-11-19 10:00\n---\nWords.\n",
    );
    site.build_at(NOON).exit(0);
    let manifest = site.manifest_text();
    assert!(manifest.contains("\"incident/2026-11-20-yen\": {\"open\":true,\"text\":\"1-"), "{manifest}");
    assert!(!manifest.contains("later") && !manifest.contains("never"), "{manifest}");
    let before = manifest.clone();
    site.edit(
        OLD,
        "## investigating",
        "## identified 2026-11-20 18:00\nA secret of this evening.\n\n## investigating",
    );
    site.build_at(NOON).exit(0);
    let text = |manifest: &str| manifest.lines().find(|line| line.contains("incident/")).map(str::to_owned);
    assert_eq!(text(&before), text(&site.manifest_text()), "an update of this evening is no part of it");
}

#[test]
fn a_manifest_of_the_version_before_says_nothing_and_is_written_anew() {
    let site = published();
    let manifest = site.manifest().to_json();
    let (head, _) = manifest.split_once(",\n  \"entries\"").expect("entries");
    let old: String =
        head.lines().filter(|line| !line.contains("\"timezone\"")).collect::<Vec<_>>().join("\n");
    site.write("public/manifest.json", &format!("{old}\n}}\n"));
    site.rename(OLD, NEW);
    site.build_at(NOON).exit(0);
    assert!(site.manifest_text().contains("incident/2026-11-20-late-yen"));
}

#[test]
fn another_zone_of_the_site_moves_no_time_that_was_published() {
    let site = published();
    let feed = site.read("public/feed.xml");
    site.edit("content/site.yaml", "Asia/Tokyo", "Europe/Dublin");
    let (_, help) = only_error(&site, "site/timezone-changed");
    assert!(help.contains("--timezone-was Asia/Tokyo"), "{help}");
    site.run(["check", "--fix", "--timezone-was", "Asia/Tokyo", "--as-of", NOON]).exit(0);
    assert!(site.read(OLD).contains("timezone: Asia/Tokyo\n"), "{}", site.read(OLD));
    site.build_at(NOON).exit(0);
    let ids = |feed: &str| feed.match_indices("<guid").count();
    assert_eq!(ids(&feed), ids(&site.read("public/feed.xml")));
    let times = |feed: &str| {
        feed.lines().filter(|line| line.contains("<pubDate>")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(times(&feed), times(&site.read("public/feed.xml")));
}

#[test]
fn entries_whose_times_say_their_offsets_move_with_no_zone() {
    let site = Site::empty();
    let offset = OPEN.replace("09:50", "09:50 +09:00").replace("10:00", "10:00 +09:00");
    site.write(OLD, &offset);
    site.build_at(NOON).exit(0);
    site.edit("content/site.yaml", "Asia/Tokyo", "Europe/Dublin");
    site.build_at(NOON).exit(0);
    site.run(["check", "--fix", "--timezone-was", "Asia/Tokyo", "--as-of", NOON]).exit(0);
    assert_eq!(site.read(OLD), offset, "nothing is written where nothing moves");
}

#[test]
fn a_series_keeps_its_hour_over_summer_time_in_its_own_zone() {
    let site = Site::empty();
    let series = "---\ntitle: Weekly care\nkind: regular\naffects: [api]\ntimezone: Europe/Dublin\n\
        window: {start: 2026-10-20 02:00, end: 2026-10-20 03:00}\nrecurrence: {rule: \"FREQ=WEEKLY;BYDAY=TU\"}\n---\nWords.\n";
    site.write("content/maintenance/weekly.md", series);
    site.build_at("2026-11-01T12:00:00Z").exit(0);
    let schedule = site.read("public/api/schedule.json");
    // Summer time ends on 25 October.
    assert!(schedule.contains("2026-11-03T02:00:00Z"), "{schedule}");
}

#[test]
fn against_lists_what_a_change_makes_of_a_published_site() {
    let site = published();
    let list = |site: &Site| site.typed("check --against public").exit(0).stdout.clone();
    assert!(list(&site).ends_with("no differences found\n"), "{}", list(&site));
    site.edit(OLD, "severity: minor", "severity: critical");
    list(&site).has(["state of the page: minor → critical"]);
    site.copy_manifest(&site.path("alone"));
    site.rename("alone/manifest.json", "alone/saved.json");
    let alone = site.typed("check --format json --against alone/saved.json");
    alone.exit(0).stdout.has(["\"not_compared\":[\"states\",\"uptime\",\"items of feeds\"]"]);
}
