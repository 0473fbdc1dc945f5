//! Tests each rule of the policy at given instants: what it reports, and what it accepts.

use super::{Scope, check};
use crate::diagnostic::Severity;
use crate::timeline::Snapshot;
use crate::timeline::fixture::site;

const SITE: &str = "title: Status\nurl: https://status.example.com/\ntimezone: Asia/Tokyo\nlocales: [en, ja]\n\
    components:\n  - {id: api, name: API}\n  - {id: web, name: Web}\n\
    fields: [{id: funds, name: Funds}]\n";
const QUIET: &str = "levels: {policy/stale-translation: off}";

/// A test site whose policy has these lines and does not require translations.
struct PolicySite {
    policy: String,
    files: Vec<(&'static str, String)>,
}

fn policy_site(policy: &str) -> PolicySite {
    let levels = if policy.contains("levels:") { "" } else { QUIET };
    let lines = policy.lines().chain(levels.lines()).map(|line| format!("  {line}\n"));
    PolicySite { policy: lines.collect(), files: Vec::new() }
}

fn incident(front: &str, body: &str) -> String {
    let severity = if front.contains("severity:") { "" } else { "severity: critical\n" };
    format!(
        "---\ntitle: Slow\n{severity}affects: [api]\nstarted: 2026-11-20 10:00\n{front}---\nWords.\n\n{body}"
    )
}

fn maintenance(front: &str, body: &str) -> String {
    let kind = if front.contains("kind:") { "" } else { "kind: regular\n" };
    let window = "window: {start: 2026-12-01 02:00, end: 2026-12-01 05:00}\n";
    let window = if front.contains("window:") { "" } else { window };
    let affects = if front.contains("affects:") { "" } else { "affects: [api]\n" };
    format!("---\ntitle: Work\n{kind}{affects}{window}{front}---\nWords.\n\n{body}")
}

impl PolicySite {
    fn incident(mut self, front: &str, body: &str) -> PolicySite {
        self.files.push(("incidents/a.md", incident(front, body)));
        self
    }

    fn maintenance(self, front: &str, body: &str) -> PolicySite {
        self.file("maintenance/a.md", &maintenance(front, body))
    }

    fn file(mut self, name: &'static str, text: &str) -> PolicySite {
        self.files.push((name, text.to_owned()));
        self
    }

    fn scope(&self, when: &str, scope: Scope) -> Vec<(String, Severity, String)> {
        let config = format!("{SITE}policy:\n{}", self.policy);
        let files: Vec<(&str, &str)> = self.files.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let model = site(&config, &files);
        let at = model.config.zone.read(when).expect("a time");
        let found = check(&Snapshot::at(&model, at), at, scope);
        let short = |d: crate::diagnostic::Diagnostic| {
            assert!(d.help.is_some_and(|help| !help.is_empty()), "{} has no way out", d.code);
            (d.code.trim_start_matches("policy/").to_owned(), d.severity, d.message.into())
        };
        found.into_iter().map(short).collect()
    }

    #[track_caller]
    fn finds(&self, when: &str, wanted: &[&str]) -> &PolicySite {
        let found: Vec<String> = self.scope(when, Scope::Open).into_iter().map(|found| found.0).collect();
        assert_eq!(found, wanted, "at {when}");
        self
    }

    /// Checks the text of the only diagnostic.
    #[track_caller]
    fn says(&self, when: &str, words: &str) -> &PolicySite {
        let found = self.scope(when, Scope::Open);
        let [(_, _, message)] = &found[..] else { panic!("at {when}: {found:?}") };
        assert!(message.contains(words), "`{words}` is not in `{message}`");
        self
    }
}

const FIRST: &str = "## investigating 2026-11-20 10:05\n\nx\n";

#[test]
fn silence_is_overdue_by_the_severity_of_now() {
    let manual = "update_every: {critical: 30m, minor: 4h}";
    policy_site(manual)
        .incident("", FIRST)
        .finds("2026-11-20 10:35", &[])
        .finds("2026-11-20 10:36", &["update-overdue"])
        .says(
            "2026-11-20 11:20",
            "no update for 1 h 15 min; for a critical incident the policy asks for one every 30 min",
        );
    let milder = format!("{FIRST}\n## identified 2026-11-20 10:30\nseverity: minor\n\nx\n");
    policy_site(manual)
        .incident("", &milder)
        .finds("2026-11-20 14:30", &[])
        .finds("2026-11-20 14:31", &["update-overdue"]);
    let over = format!("{FIRST}\n## resolved 2026-11-20 10:20\n\nx\n");
    policy_site(manual).incident("", &over).finds("2026-11-21 10:20", &[]);
    policy_site(manual).incident("severity: moderate\n", FIRST).finds("2026-11-20 23:00", &[]);
}

#[test]
fn a_promise_that_has_passed_is_overdue_without_any_policy() {
    let body = "## investigating 2026-11-20 10:05\nnext_update: 10:30\n\nx\n";
    policy_site("")
        .incident("", body)
        .finds("2026-11-20 10:30", &[])
        .says("2026-11-20 10:42", "promised its next update for 2026-11-20 10:30, 12 min ago");
    let kept = format!("{body}\n## update 2026-11-20 10:29\n\nx\n");
    policy_site("").incident("", &kept).finds("2026-11-20 10:42", &[]);
    let work = "## in_progress 2026-12-01 02:00\nnext_update: 03:00\n\nx\n";
    policy_site("")
        .maintenance("", work)
        .finds("2026-12-01 03:00", &[])
        .finds("2026-12-01 03:10", &["update-overdue"]);
}

#[test]
fn the_first_word_is_due_after_the_detection() {
    let manual = "first_update_within: {critical: 10m}";
    policy_site(manual)
        .incident("detected: 2026-11-20 10:03\n", "")
        .finds("2026-11-20 10:13", &[])
        .says("2026-11-20 10:14", "there is no update yet, 11 min after `detected`");
    let late = "## investigating 2026-11-20 10:14\n\nx\n";
    let came_late = policy_site(manual).incident("detected: 2026-11-20 10:03\n", late);
    came_late.says("2026-11-20 10:20", "the first update came 11 min after `detected`");
    // It is too late for a person to act.
    assert_eq!(came_late.scope("2026-11-20 10:20", Scope::Waiting), []);
    policy_site(manual).incident("", FIRST).finds("2026-11-20 10:20", &[]);
    policy_site(manual)
        .incident("detected: 2026-11-20 10:03\nbackfilled: true\npublish_at: 2026-11-21 10:00\n", late)
        .finds("2026-11-21 10:20", &[]);
    // Readers see it when the entry appears, whatever time it states.
    policy_site(manual)
        .incident("publish_at: 2026-11-20 10:30\n", FIRST)
        .says("2026-11-20 10:31", "30 min after `started`");
    let over = format!("{late}\n## resolved 2026-11-20 10:20\n\nx\n");
    let over = policy_site(manual).incident("", &over);
    over.finds("2026-11-20 10:30", &[]);
    assert_eq!(over.scope("2026-11-20 10:30", Scope::All).len(), 1);
}

#[test]
fn a_postmortem_is_owed_by_the_gravest_that_it_was() {
    let manual = "postmortem_within: {critical: 7d}";
    let body = format!("{FIRST}\n## resolved 2026-11-20 12:00\nseverity: minor\n\nx\n");
    policy_site(manual)
        .incident("", &body)
        .finds("2026-11-27 12:00", &[])
        .says("2026-11-28 12:01", "due within 7 days and was due 1 day ago")
        // After so long it counts as history.
        .finds("2027-06-01 12:00", &[]);
    let written = format!("{body}\n## Postmortem 2026-11-28 12:00\n\nx\n");
    policy_site(manual).incident("", &written).finds("2026-11-28 12:01", &[]);
    policy_site(manual).incident("", &written).finds("2026-11-28 11:00", &["postmortem-overdue"]);
    policy_site(manual)
        .incident("withdrawn: {at: 2026-11-20 13:00, reason: x}\n", &body)
        .finds("2026-11-28 12:01", &[]);
}

#[test]
fn an_evaluation_is_owed_after_the_end() {
    let manual = "evaluation_within: {regular: 3d}";
    let done = "## completed 2026-12-01 04:00\n\nx\n";
    policy_site(manual)
        .maintenance("", done)
        .finds("2026-12-04 04:00", &[])
        .says("2026-12-04 04:01", "due within 3 days");
    policy_site(manual)
        .maintenance("", &format!("{done}\n## Evaluation 2026-12-02 04:00\n\nx\n"))
        .finds("2026-12-05 04:00", &[]);
    policy_site(manual).maintenance("auto: both\n", "").finds("2026-12-04 05:01", &["evaluation-overdue"]);
    policy_site(manual)
        .maintenance("", "## cancelled 2026-12-01 01:00\n\nx\n")
        .finds("2026-12-05 04:00", &[]);
}

#[test]
fn what_nobody_has_closed_is_reported() {
    // It is reported once, however many occurrences have passed.
    let series = "recurrence: {rule: \"FREQ=WEEKLY;BYDAY=TU\"}\n";
    policy_site("")
        .maintenance(series, "")
        .says("2026-12-22 06:00", "this maintenance of 2026-12-22, 1 h after");
    policy_site("")
        .maintenance("", "")
        .finds("2026-12-01 05:00", &[])
        .says("2026-12-01 05:30", "30 min after its planned end");
    policy_site("").maintenance("auto: none\n", "").finds("2026-12-01 05:30", &["never-closed"]);
    policy_site("").maintenance("auto: both\n", "").finds("2026-12-01 05:30", &[]);
    policy_site("").maintenance("", "## postponed 2026-11-30 10:00\n\nx\n").finds("2026-12-02 05:30", &[]);
    let open = "window: {start: 2026-12-01 02:00, end: unknown}\n";
    policy_site("")
        .maintenance(open, "")
        .finds("2026-12-04 02:00", &[])
        .says("2026-12-04 03:00", "3 days 1 h after its start or last update");
    policy_site("")
        .incident("", FIRST)
        .finds("2026-11-23 10:05", &[])
        .says("2026-11-23 11:05", "for 3 days 1 h");
}

#[test]
fn maintenance_is_announced_in_time() {
    let manual = "notice_before: {regular: 3d}";
    policy_site(manual)
        .maintenance("", "## scheduled 2026-11-28 02:00\n\nx\n")
        .finds("2026-11-28 12:00", &[]);
    let late = "## scheduled 2026-11-28 03:00\n\nx\n";
    policy_site(manual)
        .maintenance("", late)
        .says("2026-11-28 12:00", "2 days 23 h before the start; the policy asks for 3 days");
    policy_site(manual).maintenance("kind: emergency\n", late).finds("2026-11-28 12:00", &[]);
    // It is reported before publication, while it can still be fixed.
    policy_site(manual)
        .maintenance("publish_at: 2026-11-29 02:00\n", "")
        .finds("2026-11-20 12:00", &["short-notice"]);
    let earlier =
        "## scheduled 2026-11-20 02:00\n\nx\n\n## update 2026-11-29 02:00\nstart: 2026-12-01 00:00\n\nx\n";
    policy_site(manual)
        .maintenance("", earlier)
        .says("2026-11-29 12:00", "to an earlier time, with 1 day 22 h of notice");
    let later =
        "## scheduled 2026-11-20 02:00\n\nx\n\n## update 2026-11-30 02:00\nstart: 2026-12-01 03:00\n\nx\n";
    policy_site(manual).maintenance("", later).finds("2026-11-30 12:00", &[]);
    let begun = "## in_progress 2026-12-01 02:30\n\nx\n";
    policy_site(manual)
        .maintenance("", begun)
        .says("2026-12-01 03:00", "announcement comes once the maintenance has begun");
    let series = "recurrence: {rule: \"FREQ=WEEKLY;BYDAY=TU\"}\n";
    policy_site(manual).maintenance(series, "").finds("2026-11-30 12:00", &[]);
}

#[test]
fn windows_lie_within_the_quiet_hours() {
    let night = "quiet_hours: {start: \"22:00\", end: \"06:00\"}";
    let announcement = "## scheduled 2026-11-20 02:00\n\nx\n";
    let window = |start: &str, end: &str| format!("window: {{start: {start}, end: {end}}}\n");
    let at = "2026-11-20 12:00";
    for (start, end, quiet) in [
        ("2026-12-01 02:00", "2026-12-01 05:00", true),
        ("2026-12-01 22:00", "2026-12-02 06:00", true),
        ("2026-12-01 21:59", "2026-12-02 02:00", false),
        ("2026-12-01 23:00", "2026-12-02 06:01", false),
        ("2026-12-01 23:00", "2026-12-03 02:00", false),
        ("2026-12-01 05:59", "unknown", true),
        ("2026-12-01 06:00", "unknown", false),
    ] {
        let wanted: &[&str] = if quiet { &[] } else { &["outside-quiet-hours"] };
        policy_site(night).maintenance(&window(start, end), announcement).finds(at, wanted);
    }
    let noon = window("2026-12-01 12:00", "2026-12-01 13:00");
    policy_site(night).maintenance(&format!("kind: emergency\n{noon}"), announcement).finds(at, &[]);
    policy_site("quiet_hours: {start: \"00:00\", end: \"24:00\"}")
        .maintenance(&noon, announcement)
        .finds(at, &[]);
    // It is reported once, however often it repeats.
    let series = format!("{noon}recurrence: {{rule: \"FREQ=DAILY\"}}\n");
    policy_site(night).maintenance(&series, "").finds("2026-12-01 11:00", &["outside-quiet-hours"]);
}

#[test]
fn names_are_counted_once_and_not_that_of_the_author() {
    let manual = "reviewers: {maintenance: 2, emergency: 1, critical: 1, incident: 0}";
    let announcement = "## scheduled 2026-11-20 02:00\n\nx\n";
    let at = "2026-11-20 12:00";
    for (front, message) in [
        ("", Some("0 of 2 names")),
        ("reviewed_by: [Sato, Kato]\n", None),
        ("reviewed_by: [Sato, ＳＡＴＯ]\n", Some("1 of 2 names")),
        ("reviewed_by: [Sato, Kato]\ninternal: {author: kato}\n", Some("1 of 2 names")),
        ("kind: emergency\nreviewed_by: Sato\n", None),
        ("kind: emergency\n", Some("0 of 1 name ")),
        ("draft: true\n", None),
    ] {
        let policy_site = policy_site(manual).maintenance(front, announcement);
        match message {
            Some(words) => policy_site.says(at, words),
            None => policy_site.finds(at, &[]),
        };
    }
    let alone = policy_site(manual).maintenance("", announcement);
    let level = alone.scope(at, Scope::Waiting);
    assert!(matches!(&level[..], [(_, Severity::Error, _)]), "{level:?}");
    policy_site(manual).incident("", FIRST).finds("2026-11-20 10:10", &["too-few-reviewers"]);
    policy_site(manual).incident("severity: minor\n", FIRST).finds("2026-11-20 10:10", &[]);
    // A closed entry is checked only on request.
    let over = policy_site(manual).maintenance("", "## completed 2026-12-01 04:00\n\nx\n");
    over.finds("2026-12-01 05:30", &[]);
    assert_eq!(over.scope("2026-12-01 05:30", Scope::All).len(), 1);
}

#[test]
fn what_the_manual_asks_for_is_named() {
    let manual = "require: {critical: [scope, next_update, faq, fields.funds], incident: [detected], maintenance: [actions, internal.tested]}";
    let found = policy_site(manual).incident("", FIRST).scope("2026-11-20 10:10", Scope::Open);
    let named: Vec<&str> = found.iter().filter_map(|(_, _, message)| message.split('`').nth(1)).collect();
    assert_eq!(named, ["scope", "next_update", "faq", "fields.funds", "detected"]);
    let whole = "## investigating 2026-11-20 10:05\nnext_update: 11:00\n\nx\n\n## FAQ\n### Why?\nSo.\n";
    let front = "scope: x\ndetected: 2026-11-20 10:01\nfields: {funds: none}\n";
    policy_site(manual).incident(front, whole).finds("2026-11-20 10:10", &[]);
    policy_site(manual)
        .incident("severity: minor\ndetected: 2026-11-20 10:01\n", FIRST)
        .finds("2026-11-20 10:10", &[]);
    let announcement = "## scheduled 2026-11-20 02:00\n\nx\n";
    let ready = format!("{announcement}\n## Actions\n- x\n");
    policy_site(manual).maintenance("", announcement).finds("2026-11-20 12:00", &["missing", "missing"]);
    policy_site(manual)
        .maintenance("internal: {tested: 2026-11-19}\n", &ready)
        .finds("2026-11-20 12:00", &[]);
    policy_site(manual)
        .maintenance("internal: {tested: no}\n", &ready)
        .says("2026-11-20 12:00", "`internal.tested` is missing");
    policy_site(manual)
        .maintenance("internal: {tested: {by: Sato}}\n", &ready)
        .finds("2026-11-20 12:00", &[]);
}

#[test]
fn everybody_reads_the_same() {
    let manual = "levels: {policy/overlap: warn}";
    let at = "2026-11-20 10:20";
    policy_site(manual).incident("", FIRST).says(at, "no translation in `ja`");
    let ja = |body: &str| format!("---\ntitle: 遅延\n---\n文。\n\n{body}");
    let later =
        format!("{FIRST}\n## identified 2026-11-20 10:15\n\ny\n\n## monitoring 2026-11-20 10:18\n\nz\n");
    let with = |body: &str| policy_site(manual).incident("", &later).file("incidents/a.ja.md", &ja(body));
    with("## 調査中 2026-11-20 10:05\n\n文\n").says(at, "2 texts have no translation in `ja`");
    with("## 調査中 2026-11-20 10:05\n\n文\n\n## 特定 2026-11-20 10:15\n\n文\n")
        .says(at, "this text has no translation in `ja`");
    with("## 調査中 2026-11-20 10:05\n\n文\n\n## 特定 2026-11-20 10:15\n\n文\n\n## 監視中 2026-11-20 10:18\n\n文\n").finds(at, &[]);
    policy_site(manual).incident("", &format!("{FIRST}\n## resolved 2026-11-20 10:10\n\nx\n")).finds(at, &[]);
}

#[test]
fn no_two_works_touch_one_component_at_once() {
    let announcement = "## scheduled 2026-11-20 02:00\n\nx\n";
    let at = "2026-11-20 12:00";
    let with = |front: &str| {
        policy_site("")
            .maintenance("", announcement)
            .file("maintenance/b.md", &maintenance(front, announcement))
    };
    let window = |start: &str, end: &str| format!("window: {{start: {start}, end: {end}}}\n");
    with(&window("2026-12-01 04:00", "2026-12-01 06:00"))
        .says(at, "affects `api` at the same time as content/maintenance/a.md, from 2026-12-01 04:00 on");
    with(&window("2026-12-01 05:00", "2026-12-01 06:00")).finds(at, &[]);
    with(&format!("affects: [web]\n{}", window("2026-12-01 04:00", "2026-12-01 06:00"))).finds(at, &[]);
    with(&window("2026-11-30 20:00", "unknown")).finds(at, &["overlap"]);
    with(&format!("draft: true\n{}", window("2026-12-01 04:00", "2026-12-01 06:00"))).finds(at, &[]);
    let off = maintenance("", "## cancelled 2026-11-20 03:00\n\nx\n");
    policy_site("").maintenance("", announcement).file("maintenance/b.md", &off).finds(at, &[]);
    // A hidden entry counts, too.
    with("publish_at: 2026-11-25 02:00\n").finds(at, &["overlap"]);
}

#[test]
fn a_level_says_how_grave_it_is_and_off_that_nobody_asks() {
    let manual = |level: &str| {
        policy_site(&format!("update_every: {{critical: 30m}}\nlevels: {{policy/stale-translation: off, policy/update-overdue: {level}}}"))
            .incident("", FIRST)
            .scope("2026-11-20 12:00", Scope::Open)
    };
    assert_eq!(manual("off"), []);
    assert!(matches!(&manual("error")[..], [(_, Severity::Error, _)]));
    assert!(matches!(&manual("warn")[..], [(_, Severity::Warning, _)]));
}
