//! Tests of the options of `new` and `update`: they say all that files can, in the forms that people type.

use crate::harness::{NOON, Site, Text as _};
use crate::writing::{FILE, INCIDENT, japanese, night, refused, slow, sound};

#[test]
fn a_promise_may_say_how_long_from_now_and_is_rounded_up_to_the_minute() {
    let late = "2026-11-20T12:00:20+09:00";
    for (typed, wanted) in [
        ("30m", "2026-11-20 12:31"),
        ("1h30m", "2026-11-20 13:31"),
        ("30分後", "2026-11-20 12:31"),
        ("in 30 minutes", "2026-11-20 12:31"),
        ("5:00", "2026-11-21 05:00"),
    ] {
        let site = slow();
        site.at(late, &format!("update slow identified -m x --next '{typed}' --recovery '{typed}'")).exit(0);
        site.read(FILE).has([&format!("next_update: {wanted}\nexpected_recovery: {wanted}\n")]);
        site.at(late, &format!("new incident A --severity minor --affects api --slug a --next '{typed}'"))
            .exit(0);
        site.read("content/incidents/a.md").has([&format!("next_update: {wanted}")]);
    }
    let site = slow();
    // A length counts from the update, if that is later than now.
    site.noon("update slow update -m x --at 13:00 --next 30m").exit(0);
    site.read(FILE).has(["next_update: 2026-11-20 13:30"]);
    let both = "`1h30min` can mean 01:30 or in 90 minutes";
    refused(&site, "update slow update -m x --next 1h30min", 2, both);
    refused(&site, "update slow update -m x --next soon", 2, "`10:15` or `30m`");
    refused(&site, "update slow update -m x --next 9999999d", 2, "outside the years");
}

#[test]
fn an_update_also_changes_title_scope_fields_and_sections_where_they_stand() {
    let site = slow();
    site.edit("content/site.yaml", "faq:\n", "fields: [{id: funds, name: Funds}]\nfaq:\n");
    site.edit(FILE, "## FAQ", "## Workaround\nUse the app.\n\n## FAQ");
    let line = "update slow correction --status correction";
    site.noon(line).exit(2);
    let update = site.noon(
        "update slow --status correction -m 'It is worse.' --title 'Orders fail: all' --scope 'All orders' \
         --field funds=none --workaround 'Wait.' --actions '- Cancel nothing.'",
    );
    update.exit(0).stderr_has("- title: Slow orders\n+ title: Orders fail: all");
    update.stderr_has("- Workaround: Use the app.\n+ Workaround: Wait.");
    assert!(!update.stderr.contains("silent-edit"), "{}", update.stderr);
    let wanted = INCIDENT
        .replace("title: Slow orders # why", "title: \"Orders fail: all\" # why")
        .replace("10:00\n---", "10:00\nscope: All orders\nfields: {funds: none}\n---")
        .replace(
            "## FAQ\n### Safe?\nYes.\n",
            "## correction 2026-11-20 12:00\n\nIt is worse.\n\n## Workaround\nWait.\n\n## FAQ\n### Safe?\nYes.\n\n\
             ## Actions\n\n- Cancel nothing.\n",
        );
    assert_eq!(site.read(FILE), wanted);
    sound(&site);
    site.build_at(NOON).exit(0);
    site.page("incidents/slow/").has(["Orders fail: all", "All orders", "Cancel nothing."]);
}

#[test]
fn a_published_text_that_an_update_replaces_asks_for_a_correction() {
    let site = slow();
    site.edit(FILE, "## FAQ", "## Workaround\nUse the app.\n\n## FAQ");
    let change = "update slow update -m x --title Other --workaround Wait.";
    site.noon(change).exit(0).stderr_has("readers have seen the old text of `title` and `Workaround`");
    // Scope, fields, and a section that grows, change to stay true.
    let grown = site.noon("update slow monitoring -m x --scope Some --workaround 'Wait. Or use the site.'");
    grown.exit(0);
    assert!(!grown.stderr.contains("readers have seen"), "{}", grown.stderr);
}

#[test]
fn texts_in_other_languages_are_changed_by_their_locale_and_stale_ones_are_named() {
    let site = japanese();
    site.write(FILE, &INCIDENT.replace("title: Slow orders # why", "title: {ja: 遅延, en: Slow}"));
    let update = site.noon("update slow correction -m x --title 停止");
    update.exit(0).stderr_has("`title` in `en` is still the old text: give it with `--title \"en=TEXT\"`");
    let update = site.at(
        "2026-11-20 12:01",
        "update slow correction -m x --title 障害 --title en=Outage --scope すべて --scope en=All",
    );
    update.exit(0);
    assert!(!update.stderr.contains("still the old text"), "{}", update.stderr);
    site.read(FILE).has(["title: {ja: 障害, en: Outage}\n", "scope: {ja: すべて, en: All}\n"]);
}

#[test]
fn a_translation_gets_its_title_and_sections_with_its_locale() {
    let site = japanese();
    site.write(FILE, &INCIDENT.replace("## FAQ", "## Workaround\nUse the app.\n\n## FAQ"));
    let english = "content/incidents/slow.en.md";
    let text = "---\ntitle: Slow\n---\n## investigating 2026-11-20 10:20\n\nWe look.\n\n## Workaround\nUse the app.\n";
    site.write(english, text);
    refused(
        &site,
        "update slow update -m x --title en=Fast",
        2,
        "the texts in `en` are in `content/incidents/slow.en.md`",
    );
    let update = site.noon("update slow update -m x --title 停止 --workaround 待つ。");
    update.exit(0).stderr_has("`noroshi update slow --locale en --title \"TEXT\"`");
    update.stderr_has("`noroshi update slow --locale en --workaround TEXT`");
    site.noon("update slow --locale en --title 'Down: all' --workaround Wait.").exit(0);
    let wanted = text
        .replace("title: Slow", "title: \"Down: all\"")
        .replace("Workaround\nUse the app.", "Workaround\nWait.");
    assert_eq!(site.read(english), wanted);
    site.noon("update slow --locale en -m x --next 12:30").exit(2).stderr_has("a translation has no facts");
}

#[test]
fn a_text_that_cannot_be_changed_leaves_the_file_untouched() {
    let site = slow();
    for (line, exit, says) in [
        ("update slow update -m x --title ''", 2, "empty or has more than one line"),
        ("update slow update -m x --workaround ' '", 2, "is empty"),
        ("update slow update -m x --workaround '## FAQ'", 1, "would begin a new update"),
        ("update slow update -m x --field funds=none", 1, "entry/unknown-field"),
        ("update slow update -m x --field 'a b=none'", 2, "cannot be a key"),
        ("update slow postmortem -m x --title A", 2, "--title applies only to updates"),
    ] {
        refused(&site, line, exit, says);
    }
    site.write("content/notices/n.md", "---\ntitle: t\npublish_at: 2026-11-20 09:00\n---\nWords.\n");
    site.noon("update n update -m x --scope All").exit(2).stderr_has("--scope does not apply");
    site.noon("update n update -m x --title New").exit(0);
}

#[test]
fn new_writes_when_it_was_noticed_and_the_phases_rule_and_embargo_of_a_maintenance() {
    let site = Site::empty();
    // Just after midnight, `23:50` is the evening before.
    let late = "2026-11-21T00:10:00+09:00";
    let incident = "new incident Slow --severity minor --affects api --at '2026-11-20 23:40' --detected 23:50 --slug slow";
    site.at(late, incident).exit(0);
    site.read(FILE).has(["started: 2026-11-20 23:40", "detected: 2026-11-20 23:50"]);
    let work = "new maintenance Restart --kind server --affects api,web --at '2026-12-01 23:00' --end 02:00 --slug restart";
    let more = "--phase 'api,web=halted 23:00-01:00' --phase 'api＝limited 01:00〜02:00; web=post_only 01:00-02:00' \
         --recurrence 'FREQ=WEEKLY;BYDAY=TU' --publish-at 18:00";
    site.noon(&format!("{work} {more}")).exit(0);
    let file = "content/maintenance/restart.md";
    site.read(file).has([
        "window: {start: 2026-12-01 23:00, end: 2026-12-02 02:00}",
        "phases: [{affects: [api, web], start: 2026-12-01 23:00, end: 2026-12-02 01:00, mode: halted}, \
         {affects: [api], start: 2026-12-02 01:00, end: 2026-12-02 02:00, mode: limited}, \
         {affects: [web], start: 2026-12-02 01:00, end: 2026-12-02 02:00, mode: post_only}]",
        "recurrence: {rule: \"FREQ=WEEKLY;BYDAY=TU\"}",
        "publish_at: 2026-11-20 18:00",
    ]);
    site.noon("check").exit(0);
    site.noon("new maintenance Two --kind server --affects api --at '2026-12-01 23:00' --end 02:00 --slug two --recurrence 毎週火曜").exit(0);
    site.noon("new notice News --publish-at 13:00 --slug news -m x").exit(0);
    site.read("content/notices/news.md").has(["publish_at: 2026-11-20 13:00"]);
    for (more, exit, says) in [
        ("--phase api", 2, "cannot read `api` as a phase"),
        ("--phase 'api=slow 23:00-01:00'", 2, "unknown mode of a phase `slow`"),
        ("--phase 'apo=halted 23:00-01:00'", 2, "did you mean `api`?"),
        ("--phase 'api=halted 03:00-04:00'", 1, "maintenance/phase-outside-window"),
        ("--recurrence often", 1, "recurrence"),
        ("--publish-at soon", 2, "--publish-at: cannot read"),
        ("--detected 11:00", 2, "--detected does not apply to a maintenance"),
    ] {
        let other = work.replace("restart", "other");
        site.noon(&format!("{other} {more}")).exit(exit).stderr_has(says);
        assert!(!site.path("content/maintenance/other.md").exists(), "{more}");
    }
    site.noon("new notice A --at 12:00 --publish-at 13:00 -m x").exit(2).stderr_has("mean the same");
}

#[test]
fn components_are_named_as_people_type_them() {
    let site = japanese();
    site.edit("content/site.yaml", "name: Website", "name: {ja: ウェブ・サイト, en: Website}");
    for (at, typed) in [
        "api, web",
        "[api、web]",
        "［API，Website］",
        "対象：api、ウェブ・サイト",
        "api・web",
        "api；web",
        "affects: API / website",
    ]
    .iter()
    .enumerate()
    {
        let line = format!("new incident A --severity minor --affects '{typed}' --slug a{at}");
        site.noon(&line).exit(0);
        let text = site.read(&format!("content/incidents/a{at}.md"));
        let affects = text.lines().find(|line| line.starts_with("affects:")).expect("a line");
        assert!(affects.matches(", ").count() == 1 && !affects.contains('・'), "{typed}: {affects}");
        // The same words in front matter and in a fact line.
        // There YAML wants plain brackets, which `check` says.
        let front = if typed.contains([':', '［']) { "api、web" } else { typed };
        let named = format!(
            "---\ntitle: A\nseverity: minor\naffects: {front}\nstarted: 2026-11-20 10:00\n---\nx\n\n\
             ## investigating 2026-11-20 10:20\naffects: {typed}\n\nWe look.\n"
        );
        site.write(format!("content/incidents/b{at}.md"), &named);
    }
    site.noon("check").exit(0);
    site.write(FILE, INCIDENT);
    site.noon("update slow update -m x --set 'api=停止、ウェブ・サイト=性能低下' --ended 'api・web=11:00'")
        .exit(0);
    site.read(FILE).has([
        "affects: api=major_outage, web=degraded_performance",
        "ended: api=2026-11-20 11:00, web=2026-11-20 11:00",
    ]);
    refused(&site, "update slow update -m x --set 'api=停止、wab=停止'", 2, "did you mean `web`?");
    refused(&site, "update slow resolved -m x --ended 'api=停止=11:00'", 2, "--ended");
    site.noon("new maintenance A --kind server --affects api --at 13:00 --end 14:00 --phase '[api、web]=halted 13:00-13:30' --slug m").exit(0);
}

#[test]
fn slugs_of_new_entries_are_latin_where_the_site_says_so() {
    let site = japanese();
    let old = "content/incidents/2026-11-20-注文の遅延.md";
    site.noon("new incident 注文の遅延 --severity minor --affects api").exit(0);
    site.edit("content/site.yaml", "timezone:", "slugs: ascii\ntimezone:");
    let made = |line: &str, file: &str| {
        site.noon(&format!("new {line}")).exit(0);
        assert!(site.path(format!("content/{file}.md")).is_file(), "{line}: {file}");
    };
    let incident = |title: &str| format!("incident '{title}' --severity minor --affects 'web、api'");
    made(&incident("注文の遅延"), "incidents/2026-11-20-web-api-incident");
    made(&incident("注文の停止"), "incidents/2026-11-20-web-api-incident-2");
    made(&incident("API の遅延（第2報）"), "incidents/2026-11-20-api-incident");
    made(&incident("Störung der API"), "incidents/2026-11-20-storung-der-api");
    made("notice お知らせ -m x", "notices/2026-11-20-notice");
    made("faq 資産は安全ですか -m はい。", "faq/faq");
    made("page 'About us' -m We.", "pages/about-us");
    made("page 会社 -m We. --slug 会社", "pages/会社");
    assert!(site.path(old).is_file(), "an existing file keeps its name");
    site.read("content/incidents/2026-11-20-web-api-incident.md")
        .has(["title: 注文の遅延\n", "id: \"2026-11-20-web-api-incident\"\n"]);
    site.noon("check").exit(0);
    site.edit("content/site.yaml", "slugs: ascii", "slugs: latin");
    site.noon("check").exit(1).stderr_has("write `ascii` or `native`");
}

#[test]
fn an_update_of_a_series_says_which_occurrence_it_is_about_and_does_not_guess() {
    let file = "content/maintenance/db.md";
    let weekly = || night("recurrence: {rule: FREQ=WEEKLY}\n");
    let about = |at: &str, line: &str, day: &str| {
        let site = weekly();
        site.at(at, line)
            .exit(0)
            .stderr_has(&format!("this update is about the occurrence of {day} (Thursday)"));
        site
    };
    about("2026-12-17 03:00", "update db in_progress -m x", "2026-12-17");
    about("2026-12-17 05:00", "update db 完了 -m x", "2026-12-17");
    about("2026-12-16 12:00", "update db 中止 -m x", "2026-12-17");
    about("2026-12-16 12:00", "update db postponed -m x", "2026-12-17");
    // The first one has not started, so it needs its line.
    let site = about("2026-12-10 01:55", "update db in_progress -m x", "2026-12-10");
    site.read(file).has(["## in_progress 2026-12-10 01:55\noccurrence: 2026-12-10\n"]);
    let unclear = |at: &str, status: &str, days: [&str; 2]| {
        let site = weekly();
        let before = site.read(file);
        let refused = site.at(at, &format!("update db {status} -m x"));
        refused.exit(2).stderr_has("can be about 2 occurrences of this series");
        for day in days {
            refused.stderr_has(&format!("`noroshi update db {status} --occurrence {day}`"));
        }
        assert_eq!(site.read(file), before);
        site.at(at, &format!("update db {status} --occurrence {} -m x", days[1])).exit(0);
    };
    unclear("2026-12-17 03:00", "中止", ["2026-12-17", "2026-12-24"]);
    unclear("2026-12-17 03:00", "postponed", ["2026-12-17", "2026-12-24"]);
    unclear("2026-12-24 01:55", "in_progress", ["2026-12-17", "2026-12-24"]);
    unclear("2026-12-19 12:00", "update", ["2026-12-17", "2026-12-24"]);
}
