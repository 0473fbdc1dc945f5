//! A rehearsal of the policy: an incident and a maintenance from the first update to the last, with
//! commands only. At each step, `check` and `overdue` report what the policy demands.

use crate::harness::{Site, Text as _};

/// A team that works on a site created by `init`, with a second language.
struct Team {
    site: Site,
}

impl Team {
    fn new() -> Team {
        let site = Site::bare();
        site.run(["init"]).exit(0);
        site.edit("content/site.yaml", "locales: [en] ", "locales: [en, ja] ");
        // The examples are over and in one language, and would disturb the rehearsal.
        site.remove("content/notices/new-status-page.md");
        Team { site }
    }

    #[track_caller]
    fn types(&self, when: &str, line: &str) -> &Team {
        self.site.at(when, line).exit(0);
        self
    }

    /// Asserts the codes of `check`, without `policy/`, and its exit code.
    #[track_caller]
    fn reports(&self, when: &str, exit: i32, wanted: &[&str]) -> &Team {
        let check = self.site.run(["check", "--as-of", when, "--format", "json"]);
        let found: Vec<String> =
            check.exit(exit).codes().iter().map(|code| code.replace("policy/", "")).collect();
        assert_eq!(found, wanted, "at {when}");
        // The policy never stops an update: the build still succeeds.
        self.site.build_at(when).exit(0);
        self
    }

    /// Asserts the status of a component in the status API.
    #[track_caller]
    fn has(&self, when: &str, component: &str, status: &str) -> &Team {
        self.site.build_at(when).exit(0);
        let all = self.site.json("api/v2/components.json");
        let is_it = |one: &&serde_json::Value| {
            one["name"].as_str().is_some_and(|name| name.eq_ignore_ascii_case(component))
        };
        let one = all["components"].as_array().expect("a list").iter().find(is_it).expect("the component");
        assert_eq!(one["status"], status, "{component} at {when}");
        self
    }

    /// Asserts the codes of `overdue`.
    #[track_caller]
    fn late(&self, when: &str, wanted: &[&str]) -> &Team {
        let late = self.site.run(["overdue", "--as-of", when, "--format", "json"]);
        let found = late.exit(i32::from(!wanted.is_empty())).codes();
        let found: Vec<&str> = found.iter().map(|code| code.trim_start_matches("policy/")).collect();
        assert_eq!(found, wanted, "at {when}");
        self
    }
}

#[test]
fn an_incident_from_the_first_word_to_the_postmortem() {
    let team = Team::new();
    let day = |clock: &str| format!("2026-11-20 {clock}");
    team.reports(&day("10:00"), 0, &[]).late(&day("10:00"), &[]);

    // The first update, within ten minutes. `check` names what else a critical incident needs.
    let begin = "new incident \"Orders are failing\" --severity critical --affects checkout --at \"2026-11-20 10:00\" \
                 --slug orders-failing --scope \"All orders\" -m \"Orders fail. We are looking for the cause.\"";
    team.types(&day("10:06"), begin);
    team.reports(&day("10:06"), 1, &["missing", "missing", "stale-translation"]);
    team.types(
        &day("10:15"),
        "update orders-failing faq -m \"### Is my money safe?\n\nYes. Balances are not touched.\"",
    );
    team.reports(&day("10:16"), 1, &["missing", "stale-translation"]);
    team.late(&day("10:36"), &[]).late(&day("10:37"), &["update-overdue"]);
    team.types(
        &day("10:20"),
        "update orders-failing identified -m \"A queue is full.\" --next 10:35 --set checkout=major_outage",
    );
    team.reports(&day("10:21"), 0, &["stale-translation"]);

    // Readers of both languages get the incident.
    team.types(
        &day("10:25"),
        "new incident 注文が失敗しています --locale ja --slug orders-failing --scope すべての注文",
    );
    // Two warnings: the updates, and the questions.
    team.reports(&day("10:25"), 0, &["stale-translation", "stale-translation"]);
    team.types(
        &day("10:26"),
        "update orders-failing investigating --locale ja -m \"注文が失敗しています。原因を調べています。\"",
    );
    team.types(&day("10:26"), "update orders-failing identified --locale ja -m \"キューがあふれています。\"");
    team.reports(&day("10:27"), 0, &["stale-translation"]);
    team.types(
        &day("10:28"),
        "update orders-failing faq --locale ja -m \"### 資産は安全ですか?\n\nはい。残高に影響はありません。\"",
    );
    team.reports(&day("10:28"), 0, &[]);

    // A missed promise is overdue; a new update keeps it.
    team.late(&day("10:35"), &[]).late(&day("10:36"), &["update-overdue"]);
    team.reports(&day("10:36"), 0, &["update-overdue"]);
    team.types(&day("10:36"), "update orders-failing update -m \"We are emptying the queue.\" --next 11:00");
    team.types(&day("10:37"), "update orders-failing --locale ja -m \"キューを処理しています。\"");
    team.late(&day("10:37"), &[]);

    // A mistake is corrected and not overwritten.
    let slip = "update orders-failing correction -m \"Withdrawals were never affected, other than a colleague wrote elsewhere.\"";
    team.types(&day("10:40"), slip);
    team.types(&day("10:41"), "update orders-failing --locale ja -m \"出金への影響はありませんでした。\"");
    team.types(
        &day("10:55"),
        "update orders-failing monitoring -m \"Orders go through again.\" --next 11:45 --severity minor",
    );
    team.types(&day("10:56"), "update orders-failing --locale ja -m \"注文できるようになりました。\"");
    // The lower severity does not say that checkout is better, and no update said so.
    team.reports(&day("10:57"), 0, &["incident/severity-lowered"]).has(
        &day("10:57"),
        "checkout",
        "major_outage",
    );
    team.types(&day("11:00"), "update orders-failing update -m \"Checkout is slow, and works.\" --set checkout=degraded_performance --next 11:45");
    team.types(&day("11:01"), "update orders-failing --locale ja -m \"遅れはありますが、注文できます。\"");
    team.has(&day("11:02"), "checkout", "degraded_performance");
    team.reports(&day("11:44"), 0, &[]).late(&day("11:44"), &[]);
    team.types(
        &day("11:45"),
        "update orders-failing resolved --ended 10:52 -m \"It is over; we watched for fifty minutes.\"",
    );
    team.types(&day("11:46"), "update orders-failing --locale ja -m \"解消しました。\"");
    team.reports(&day("11:46"), 0, &[]);
    team.site.page("incidents/orders-failing/").has(["correction", "Is my money safe?"]);
    assert!(team.site.page("ja/incidents/orders-failing/").contains("解消しました"));

    // The incident was critical once, so its postmortem is due a week later.
    team.late("2026-11-27 11:45", &[]).late("2026-11-27 11:46", &["postmortem-overdue"]);
    team.types("2026-11-27 12:00", "update orders-failing postmortem -m \"### Cause\n\nA queue without a limit.\n\n### Prevention\n\nIt has one.\"");
    team.types(
        "2026-11-27 12:05",
        "update orders-failing postmortem --locale ja -m \"### 原因\n\n上限のないキュー。\"",
    );
    team.late("2026-11-27 12:06", &[]).reports("2026-11-27 12:06", 0, &[]);

    // A text that must not be published is refused, however urgent it is.
    for words in ["Internal use only: see the runbook.", "Write to taro@hoshi.example."] {
        let before = team.site.read("content/incidents/orders-failing.md");
        team.site.at("2026-11-27 13:00", &format!("update orders-failing update -m '{words}'")).exit(1);
        assert_eq!(team.site.read("content/incidents/orders-failing.md"), before);
    }
    // The record of the month contains everything.
    let record =
        team.site.typed("report --from 2026-11-01 --to 2026-11-30 --as-of '2026-12-01 00:00' --format json");
    let record: serde_json::Value = serde_json::from_str(&record.exit(0).stdout).expect("JSON");
    let incident = &record["incidents"][0];
    assert_eq!(
        (&incident["updates"], &incident["broken_promises"][0]["due"]),
        (&7.into(), &"2026-11-20T10:35:00Z".into())
    );
}

#[test]
fn a_maintenance_from_the_plan_to_its_evaluation() {
    let team = Team::new();
    let plan = "new maintenance \"Database upgrade\" --kind server --affects orders --at \"2026-12-10 02:00\" \
                --end \"2026-12-10 04:00\" --slug database --internal author=Kato -m \"We move to new machines.\"";
    let said = "2026-12-01 12:00";
    team.types(said, plan);
    team.reports(said, 1, &["missing", "too-few-reviewers", "stale-translation"]);
    team.late(said, &["too-few-reviewers"]);
    team.types(said, "update database actions -m \"- Place urgent orders before 02:00.\"");
    // The author cannot be a reviewer.
    team.site.run(["review", "database", "--by", "kato"]).exit(1);
    team.site.typed("review database --by Sato").exit(0);
    team.types(said, "new maintenance データベースの更新 --locale ja --slug database");
    team.types(said, "update database scheduled --locale ja -m \"新しい機器に移ります。\"");
    team.types(said, "update database actions --locale ja -m \"- お急ぎの注文は2時までにお願いします。\"");
    team.reports(said, 0, &[]).late(said, &[]);

    // Announced too late, and postponed again.
    let late = "new maintenance \"More machines\" --kind server --affects orders --at \"2026-12-10 03:00\" \
                --end \"2026-12-10 03:30\" --slug more --reviewed-by Sato";
    team.types("2026-12-08 12:00", late);
    team.types("2026-12-08 12:00", "update more actions -m \"- Nothing.\"");
    team.reports("2026-12-08 12:00", 0, &["overlap", "stale-translation", "short-notice"]);
    team.types("2026-12-08 12:05", "update more cancelled -m \"We do both another time.\"");
    team.reports("2026-12-08 12:05", 0, &[]);

    // In progress, longer than planned, completed.
    team.types("2026-12-10 02:00", "update database in_progress -m \"We have begun.\"");
    team.types("2026-12-10 02:01", "update database --locale ja -m \"開始しました。\"");
    team.types("2026-12-10 03:50", "update database update --end 05:00 -m \"We need one more hour.\"");
    team.types("2026-12-10 03:51", "update database --locale ja -m \"あと1時間かかります。\"");
    team.late("2026-12-10 05:00", &[]).late("2026-12-10 05:10", &["never-closed"]);
    team.types("2026-12-10 05:10", "update database completed -m \"All is well.\"");
    team.types("2026-12-10 05:11", "update database --locale ja -m \"完了しました。\"");
    team.reports("2026-12-10 05:11", 0, &[]);
    let page = team.site.page("maintenance/database/");
    assert!(!page.contains("Sato") && !page.contains("Kato") && page.contains("one more hour"), "{page}");

    // A week later its evaluation is due.
    team.late("2026-12-17 05:10", &[]).late("2026-12-17 05:11", &["evaluation-overdue"]);
    team.types(
        "2026-12-17 09:00",
        "update database evaluation -m \"It took an hour longer than in the rehearsal.\"",
    );
    team.types(
        "2026-12-17 09:05",
        "update database evaluation --locale ja -m \"予定より1時間長くかかりました。\"",
    );
    team.late("2026-12-17 09:06", &[]).reports("2026-12-17 09:06", 0, &[]);
}

#[test]
fn an_incident_that_comes_back_has_no_promise_of_the_time_before() {
    let team = Team::new();
    let day = |clock: &str| format!("2026-11-20 {clock}");
    team.types(
        &day("03:10"),
        "new incident \"Slow API\" --severity moderate --affects api,website --at \"2026-11-20 03:00\" --slug slow-api \
         --recovery 05:00 --next 03:40 -m \"The API is slow.\"",
    );
    // One component recovers before the other.
    team.types(
        &day("03:50"),
        "update slow-api identified --ended website=03:47 --next 04:20 -m \"The website is back.\"",
    );
    team.has(&day("03:51"), "website", "operational").has(&day("03:51"), "api", "partial_outage");
    team.types(&day("04:10"), "update slow-api resolved --severity minor -m \"It is over.\"");
    let page = team.site.page("incidents/slow-api/");
    assert!(page.contains("Moderate"), "what is over is shown with the highest severity: {page}");
    team.types(&day("04:30"), "update slow-api investigating -m \"It is slow again.\"");
    // It starts with the severity of that time, and keeps no earlier promise.
    team.has(&day("04:31"), "api", "degraded_performance").has(&day("04:31"), "website", "operational");
    let home = team.site.page("");
    let card = home.split("<article").find(|part| part.contains("slow-api")).expect("a card");
    assert!(!card.contains("Next update") && !card.contains("Expected recovery"), "{card}");
}

#[test]
fn a_window_that_is_extended_during_a_phase_lengthens_that_phase() {
    let team = Team::new();
    let plan = "new maintenance \"Settlement\" --kind server --affects orders --at \"2026-12-10 02:00\" --end \"2026-12-10 05:00\" \
                --slug settlement --reviewed-by Sato -m \"We settle.\"";
    team.types("2026-12-01 12:00", plan);
    let phases = "phases:\n  - {affects: [checkout], start: 02:00, end: 04:00, mode: halted}\n  \
                  - {affects: [shipping], start: 04:00, end: 05:00, mode: limited}\nwindow:";
    team.site.edit("content/maintenance/settlement.md", "window:", phases);
    team.types(
        "2026-12-10 04:30",
        "update settlement update --end \"2026-12-10 06:00\" -m \"One more hour.\"",
    );
    team.site.build_at("2026-12-10 04:31").exit(0);
    let rows = team.site.json("api/schedule.json");
    let ends: Vec<(&str, &str)> = rows["schedule"]
        .as_array()
        .expect("rows")
        .iter()
        .filter(|row| !row["mode"].is_null())
        .map(|row| (row["component"].as_str().expect("an id"), row["planned_end"].as_str().expect("a time")))
        .collect();
    assert_eq!(ends, [("checkout", "2026-12-10T04:00:00Z"), ("shipping", "2026-12-10T06:00:00Z")]);
}

#[test]
fn a_series_that_nobody_closes_for_eight_months_does_not_pile_up() {
    let team = Team::new();
    let weekly = "---\ntitle: Weekly restart\nkind: server\naffects: [api]\npublish_at: 2026-01-01 00:00\n\
                  window: {start: 2026-01-06 03:00, end: 2026-01-06 03:30}\n\
                  recurrence: {rule: FREQ=WEEKLY;BYDAY=TU}\n---\nWe restart the servers.\n";
    team.site.write("content/maintenance/weekly.md", weekly);
    let active = |when: &str| {
        team.site.build_at(when).exit(0);
        let list = team.site.page("api/v2/scheduled-maintenances/active.json");
        list.matches("\"scheduled_for\"").count()
    };
    // Of 36 windows, one waits for its result, for a day.
    assert_eq!(active("2026-09-08 04:00"), 1);
    team.has("2026-09-08 04:00", "api", "under_maintenance");
    assert_eq!(active("2026-09-09 04:00"), 0);
    team.has("2026-09-09 04:00", "api", "operational");
    team.site.page("maintenance/weekly/2026-09-08/").has(["the result was not confirmed"]);
    // As far as is known, the work ended as planned: the day after it is quiet.
    let home = team.site.page("");
    let day = home.split("<li id=\"day-").find(|day| day.starts_with("2026-09-09")).expect("a day");
    assert!(!day.contains("Weekly restart"), "{day}");
    assert!(team.site.page("").contains("Everything is working normally"), "{}", team.site.page(""));
    team.site.page("api/v2/scheduled-maintenances.json").has(["\"verifying\""]);
    // The team still has to report the results.
    let late = team.site.run(["overdue", "--as-of", "2026-09-09 04:00"]);
    late.exit(1).stderr_has("nor 35 earlier ones");
}

#[test]
fn an_incident_that_is_renamed_while_it_burns_is_announced_once() {
    let team = Team::new();
    let day = |clock: &str| format!("2026-11-20 {clock}");
    let begin = "new incident \"Orders are slow\" --severity minor --affects checkout --at \"2026-11-20 10:00\" --slug orders-slow \
                 -m \"Orders are slow.\"";
    team.types(&day("10:05"), begin);
    team.site.build_at(&day("10:06")).exit(0);
    let items = team.site.page("feed.xml").matches("<item>").count();
    team.site.rename("content/incidents/orders-slow.md", "content/incidents/checkout-slow.md");
    let check = team.site.run(["check", "--as-of", &day("10:07"), "--format", "json"]);
    assert!(check.exit(1).codes().contains(&"entry/renamed".to_owned()));
    team.site.edit(
        "content/incidents/checkout-slow.md",
        "title:",
        "aliases: [/incidents/orders-slow/]\ntitle:",
    );
    team.site.build_at(&day("10:08")).exit(0);
    assert_eq!(team.site.page("feed.xml").matches("<item>").count(), items);
    assert!(team.site.page("incidents/orders-slow/").contains("incidents/checkout-slow/"));
    team.types(&day("10:30"), "update checkout-slow resolved -m \"It is over.\"");
    team.site.build_at(&day("10:31")).exit(0);
    assert_eq!(team.site.page("feed.xml").matches("<item>").count(), items + 1);
}
