//! Tests of `new`, `update`, `review` and `check --fix`: what they write, what they refuse, and
//! that nothing else changes.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Stdio;

use crate::harness::{NOON, Site, Text as _, touched};

pub const INCIDENT: &str = "---\ntitle: Slow orders # why\nseverity: minor\naffects: [api]\nstarted: 2026-11-20 10:00\n---\nOrders are slow.\n\n\
    ## investigating 2026-11-20 10:20\n\nWe look. <!-- ask Sato -->\n\n## FAQ\n### Safe?\nYes.\n";
pub const FILE: &str = "content/incidents/slow.md";

pub fn slow() -> Site {
    let site = Site::empty();
    site.write(FILE, INCIDENT);
    site
}

/// A site in Japanese and English.
pub fn japanese() -> Site {
    let site = Site::empty();
    site.edit("content/site.yaml", "locales: [en]", "locales: [ja, en]");
    site
}

pub fn sound(site: &Site) {
    site.run(["check", "--as-of", NOON, "--deny", "warnings"]).exit(0);
}

/// Bytes, modification time and inode: equal only if nothing was written.
fn state(site: &Site, file: &str) -> (Vec<u8>, (i64, i64, u64)) {
    (fs::read(site.path(file)).expect("a file"), touched(&site.path(file)))
}

/// Asserts that a command fails with this exit code and leaves the file unchanged.
#[track_caller]
pub fn refused(site: &Site, line: &str, exit: i32, says: &str) {
    let before = state(site, FILE);
    site.noon(line).exit(exit).stderr_has(says);
    assert!(state(site, FILE) == before, "{line}: the file has changed");
    let names = fs::read_dir(site.path("content/incidents")).expect("a folder");
    let left = names.filter(|f| f.as_ref().expect("a file").file_name().to_string_lossy().starts_with('.'));
    assert_eq!(left.count(), 0, "{line}: something is left over");
}

#[test]
fn a_new_incident_is_sound_and_says_what_was_given() {
    let site = Site::empty();
    let new = site.noon(
        "new incident 'Slow orders: again' --severity critical --affects 'api, web=degraded_performance' \
         --at 11:40 --scope '[all] orders # not only some' --next 12:30 --recovery 'being assessed' \
         --internal 'reporter=Sato: 1' --reviewed-by Ito -m 'We look.'",
    );
    new.exit(0).stderr_has("+ title: \"Slow orders: again\"");
    let file = "content/incidents/2026-11-20-slow-orders-again.md";
    assert_eq!(new.stdout, format!("{}\n", site.path(file).display()));
    let text = site.read(file);
    text.has([
        "title: \"Slow orders: again\"\n",
        "\nseverity: critical\n",
        "\naffects: {api: major_outage, web: degraded_performance}  # [components",
        "\nstarted: 2026-11-20 11:40",
        "\n# detected: ",
        "\nscope: \"[all] orders # not only some\"  # who",
        "\nexpected_recovery: being assessed",
        "\nnext_update: 2026-11-20 12:30",
        "\nreviewed_by: [Ito]\n",
        "\n  reporter: \"Sato: 1\"",
        "\n#   regulator:",
        "<!-- Critical: ",
        "\n## investigating 2026-11-20 12:00\n\nWe look.\n",
    ]);
    sound(&site);
    site.build_at(NOON).exit(0);
    let page = site.page("incidents/2026-11-20-slow-orders-again/");
    page.has(["We look."]);
    page.lacks(["emergency team", "Sato"]);
}

#[test]
fn every_template_makes_a_sound_entry_in_both_languages() {
    for site in [Site::empty(), japanese()] {
        for from_init in [false, true] {
            if from_init {
                let other = Site::bare();
                other.typed("init --locale en,ja").exit(0);
                site.write_folder(&other.path("content/templates"), "content/templates");
            }
            let new = |name: &str, line: &str| {
                site.noon(&format!("new {line} --slug {name}-{from_init}")).exit(0);
            };
            for severity in ["minor", "moderate", "critical"] {
                new(severity, &format!("incident 障害 --severity {severity} --affects api"));
            }
            for kind in ["regular", "update", "server", "emergency"] {
                let window = "--at '2026-12-01 02:00' --end 05:00";
                new(kind, &format!("maintenance 作業 --kind {kind} --affects api {window}"));
            }
            new("notice", "notice お知らせ -m Words.");
            new("faq", "faq 'Why?' -m So.");
            new("page", "page 'About us' -m We.");
        }
        site.noon("check").exit(0);
    }
    let site = japanese();
    site.noon("new incident '障害: 遅延' --severity 重大 --affects api -m '調べています。'").exit(0);
    let text = site.read("content/incidents/2026-11-20-障害-遅延.md");
    text.has(["title: \"障害: 遅延\"\n", "## 調査中 2026-11-20 12:00\n\n調べています。\n"]);
}

#[test]
fn a_site_has_templates_of_its_own() {
    let site = Site::empty();
    let own = "---\n# ours\ntitle:\nseverity: minor\naffects: [web]\nstarted:\ninternal:\n  ticket:\n---\n## identified\n";
    site.write("content/templates/outage.md", own)
        .write("content/templates/incident.md", &own.replace("ours", "all"));
    let new = site.noon("new incident A --template outage --slug a");
    new.exit(0).stderr_has("+ # ours");
    assert!(site.read("content/incidents/a.md").ends_with("\n## identified 2026-11-20 12:00\n"));
    site.noon("new incident B --severity critical --affects api --slug b").exit(0).stderr_has("+ # all");
    site.noon("new incident C --template outgae --slug c").exit(2).stderr_has("did you mean `outage`?");
    site.write("content/templates/bad.md", "title:\n");
    let bad = site.noon("new incident C --severity minor --affects api --template bad");
    bad.exit(1).stderr_has("does not begin with front matter");
    sound(&site);
}

#[test]
fn addresses_are_never_empty_and_never_taken_twice() {
    let site = slow();
    site.noon("new notice '!!!'").exit(0);
    assert!(site.path("content/notices/2026-11-20-notice.md").is_file());
    site.noon("new notice '!!!'").exit(2).stderr_has("content/notices/2026-11-20-notice.md");
    let taken = "new incident A --severity minor --affects api --slug SLOW";
    refused(&site, taken, 2, "is taken by `content/incidents/slow.md`");
    site.typed("new page A --slug 'a b'").exit(2).stderr_has("write it as `a-b`");
    site.run(["new", "page", &"長".repeat(300)]).exit(0);
    sound(&site);
}

#[test]
fn what_is_missing_in_a_script_is_named() {
    let site = slow();
    for (line, says) in [
        ("new", "`KIND` is missing"),
        ("new incident", "`TITLE`, `--severity` and `--affects` are missing"),
        ("new maintenance A --kind regular --affects api", "`--at` and `--end`"),
        ("new faq A", "`-m` is missing"),
        ("update", "`ENTRY` and `STATUS` are missing"),
        ("update slow", "`STATUS` is missing"),
        ("new incident A --severity huge --affects api", "unknown severity `huge`"),
        ("new incident A --severity minor --affects apo", "did you mean `api`?"),
        ("new maintenance A --kind weekly --affects '' --at 1:00 --end 2:00", "unknown maintenance kind"),
        ("new page A --severity minor", "--severity does not apply to a page"),
        ("new incident A --severity minor --affects api --at soon", "--at: cannot read `soon` as a time"),
    ] {
        site.typed(line).exit(2).stderr_has(says);
    }
}

#[test]
fn an_update_is_put_in_its_place_and_all_else_stays() {
    let site = slow();
    let update = site.noon(
        "update slow identified -m 'The cause is known.' --set api=major_outage --set web=partial_outage \
         --next 12:30 --severity moderate --recovery 13:00",
    );
    update.exit(0).stderr_has("+ ## identified 2026-11-20 12:00").stderr_has("+ The cause is known.");
    assert_eq!(update.stdout, format!("{}\n", site.path(FILE).display()));
    let wanted = INCIDENT.replace(
        "## FAQ",
        "## identified 2026-11-20 12:00\naffects: api=major_outage, web=partial_outage\nseverity: moderate\nnext_update: 2026-11-20 12:30\n\
         expected_recovery: 2026-11-20 13:00\n\nThe cause is known.\n\n## FAQ",
    );
    assert_eq!(site.read(FILE), wanted);
    let path = site.path(FILE);
    let path = path.to_str().expect("UTF-8");
    site.run(["update", path, "resolved", "--at", "12:40", "--ended", "12:10", "--as-of", NOON])
        .exit(0)
        .stderr_has("readers will not see it before 2026-11-20 12:40");
    assert!(site.read(FILE).contains("\n\n## resolved 2026-11-20 12:40\nended: 2026-11-20 12:10\n\n## FAQ"));
    site.noon("update incidents/slow postmortem -m '### Cause\n\nA queue.' --at '2026-11-20 11:00'").exit(0);
    assert!(site.read(FILE).ends_with("Yes.\n\n## Postmortem 2026-11-20 11:00\n\n### Cause\n\nA queue.\n"));
    site.noon("check").exit(0);
}

#[test]
fn a_file_keeps_its_byte_order_mark_and_line_ends_and_its_language() {
    let site = japanese();
    let text = INCIDENT
        .replace("investigating", "調査中")
        .replace("## FAQ\n### Safe?\nYes.\n", "")
        .replace('\n', "\r\n");
    let text = format!("\u{feff}{}", text.trim_end());
    site.write(FILE, &text);
    fs::set_permissions(site.path(FILE), fs::Permissions::from_mode(0o640)).expect("a mode");
    site.noon("update slow 復旧 -m '復旧しました。\n調査を続けます。' --set api=正常 --ended 11:50").exit(0);
    let wanted = format!(
        "{text}\r\n\r\n## 復旧 2026-11-20 12:00\r\n対象：api=正常\r\n復旧日時：2026-11-20 11:50\r\n\r\n復旧しました。\r\n調査を続けます。"
    );
    assert_eq!(site.read(FILE), wanted);
    assert_eq!(fs::metadata(site.path(FILE)).expect("a file").permissions().mode() & 0o777, 0o640);
    site.typed("review slow --by 佐藤").exit(0);
    assert_eq!(site.read(FILE), wanted.replacen("10:00\r\n---", "10:00\r\nreviewed_by: [佐藤]\r\n---", 1));
    site.noon("check").exit(0);
}

#[test]
fn what_must_not_be_written_leaves_the_file_untouched() {
    let site = slow();
    for (words, says) in [
        ("We look.\n## resolved 2026-11-20 11:00\nOver.", "would begin a new update or section"),
        ("a <!-- b", "is not closed"),
        ("```\nlog", "is not closed"),
        ("<script>", "is not closed"),
        ("復旧 2026-11-20 11:00", "update/near-heading"),
        ("[x](javascript:a)", "link/not-allowed"),
    ] {
        refused(&site, &format!("update slow update -m '{words}'"), 1, says);
    }
    for (line, exit, says) in [
        ("update slow resolved --at 09:00", 1, "incident/end-before-start"),
        ("update slow investigating --at 10:20 -m x", 1, "already exists"),
        ("update slow completed", 2, "is not a status or section of an incident"),
        ("update slow resovled", 2, "did you mean `resolved`?"),
        ("update slwo resolved", 2, "did you mean `slow`?"),
        ("update slow update --start 11:00", 2, "--start does not apply"),
        ("update slow update --started 11:00", 2, "needs the status `correction`"),
        ("update slow update --ended 11:00", 2, "needs the status `resolved`"),
        ("update slow update --set apo=operational", 2, "did you mean `api`?"),
        ("update slow update --set api=broken", 2, "unknown component status"),
        ("update slow update --set api", 2, "has no value"),
        ("update slow update --recovery 'soon\n\n## resolved'", 2, "more than one line"),
        (
            "new incident A --template incident-critical --affects api=operational,web",
            2,
            "only some components",
        ),
        ("update slow update --next 31:00", 2, "--next: "),
        ("update slow postmortem", 2, "has no text"),
        ("update slow update --locale tlh -m x", 2, "no locale `tlh`"),
    ] {
        refused(&site, line, exit, says);
    }
    site.edit(FILE, "severity: minor", "severity: huge");
    refused(&site, "update slow update -m x", 1, "entry/unknown-word");
}

#[test]
fn words_may_begin_like_an_option_and_files_may_name_the_first_language() {
    let site = japanese();
    site.write("content/incidents/a/slow.ja.md", INCIDENT);
    site.noon("update slow update -m '- one\n- two'").exit(0);
    assert!(site.read("content/incidents/a/slow.ja.md").contains("12:00\n\n- one\n- two\n\n## FAQ"));
    site.noon("new incident Slow --locale en --slug slow").exit(0);
    site.noon("update content/incidents/a/slow.en.md --locale EN -m Words.").exit(0);
    assert!(site.read("content/incidents/a/slow.en.md").contains("## update 2026-11-20 12:00\n\nWords.\n"));
}

#[test]
fn a_slip_in_the_site_is_mended_too() {
    let site = slow();
    site.edit("content/site.yaml", "timezone: Asia/Tokyo", "timezone：Asia/Tokyo");
    site.noon("check --fix").exit(0).stderr_has("+timezone: Asia/Tokyo");
    sound(&site);
}

#[test]
fn faults_elsewhere_do_not_keep_an_update_back() {
    let site = slow();
    site.write("content/incidents/broken.md", "no front matter\n");
    site.noon("update slow update -m 'Still at it.'").exit(0);
    site.noon("update broken update -m x").exit(1);
}

#[test]
fn words_that_look_like_facts_are_words() {
    let site = slow();
    site.noon("update slow update -m 'severity: critical\n---\ntitle: x'")
        .exit(0)
        .stderr_has("publishes this line as text");
    site.build_at(NOON).exit(0);
    site.page("incidents/slow/").has(["severity: critical", "Minor"]);
}

#[test]
fn words_come_from_the_standard_input_too() {
    let site = slow();
    let mut command = site.command(["update", "slow", "update", "-m", "-", "--as-of", NOON]);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("a process");
    child.stdin.take().expect("a pipe").write_all("行一\r\n行二\n".as_bytes()).expect("a written pipe");
    assert!(child.wait().expect("an end").success());
    assert!(site.read(FILE).contains("## update 2026-11-20 12:00\n\n行一\n行二\n\n## FAQ"));
}

#[test]
fn of_two_at_once_none_is_lost_in_silence() {
    let site = slow();
    let start = |status: &str| {
        let mut command = site.command(["update", "slow", status, "-m", "Words.", "--as-of", NOON]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("a process")
    };
    for round in 0..4 {
        site.write(FILE, INCIDENT);
        let statuses = ["identified", "monitoring", "update", "correction"];
        let running: Vec<_> = statuses.iter().map(|status| (status, start(status))).collect();
        for (status, mut child) in running {
            let code = child.wait().expect("an end").code();
            let is_there = site.read(FILE).contains(&format!("## {status} "));
            assert!(
                code == Some(0) && is_there || code == Some(1) && !is_there,
                "{round}: {status} {code:?}"
            );
        }
    }
}

#[test]
fn a_maintenance_is_extended_and_evaluated() {
    let site = Site::empty();
    let new =
        "new maintenance Database --kind server --affects api --at '2026-11-20 12:30' --end 14:00 --slug db";
    site.noon(&format!("{new} --internal author=Ito")).exit(0);
    let file = "content/maintenance/db.md";
    assert!(site.read(file).contains("window: {start: 2026-11-20 12:30, end: 2026-11-20 14:00}"));
    let says = |status: &str, option: &str, value: &str, at: &str| {
        site.run(["update", "db", status, option, value, "--as-of", at]).exit(0);
    };
    says("in_progress", "-m", "Begun.", "2026-11-20 12:31");
    says("update", "--end", "15:00", "2026-11-20 13:30");
    says("update", "--end", "unknown", "2026-11-20 14:30");
    says("completed", "-m", "Done.", "2026-11-20 16:00");
    says("evaluation", "-m", "It took longer.", "2026-11-21 10:00");
    let text = site.read(file);
    text.has([
        "\n## update 2026-11-20 13:30\nend: 2026-11-20 15:00\n",
        "\nend: unknown\n",
        "\n## Evaluation 2026-11-21 10:00\n\nIt took longer.\n",
    ]);
    site.typed("update db postmortem -m x").exit(2);
    site.typed("update db update --severity minor").exit(2).stderr_has("--severity does not apply");
    site.at("2026-11-21 11:00", "update db update --occurrence 2026-12-01 -m x")
        .exit(1)
        .stderr_has("maintenance/no-series");
    site.typed("review db --by Ito").exit(1).stderr_has("is the author");
    site.typed("review db --by Sato Suzuki").exit(0).stderr_has("+ reviewed_by: Sato, Suzuki");
    site.typed("review db --by SATO").exit(1).stderr_has("already a reviewer");
    site.read(file).has(["\nreviewed_by: [Sato, Suzuki]        # two people"]);
    site.typed("check --as-of '2026-11-22 12:00' --deny warnings").exit(0);
}

#[test]
fn a_translation_repeats_the_headings_and_takes_words() {
    let site = japanese();
    let text = INCIDENT.replace("investigating", "調査中").replace("Slow orders", "注文の遅延");
    site.write(FILE, &text);
    site.noon("new incident 'Slow orders' --locale en").exit(2).stderr_has("`--slug` is missing");
    site.noon("update slow --locale en -m x")
        .exit(1)
        .stderr_has("noroshi new incident TITLE --locale en --slug slow");
    site.typed("new incident 'Slow: orders' --locale en --slug slow --severity minor")
        .exit(2)
        .stderr_has("has no facts");
    site.noon("new incident 'Slow: orders' --locale en --slug slow --scope Some -m 'We look.'").exit(0);
    let file = "content/incidents/slow.en.md";
    let begun = "---\ntitle: \"Slow: orders\"\nscope: Some\n---\n\n## investigating 2026-11-20 10:20\n\nWe look.\n\n<!--\n## FAQ\n### Safe?\n…\n-->\n";
    assert_eq!(site.read(file), begun);
    site.typed("new incident Slow --locale en --slug slow").exit(2).stderr_has("already exists");
    site.noon("update slow 復旧 -m '復旧しました。'").exit(0);
    site.noon("update slow --locale en -m 'It is over.'").exit(0);
    site.read(file).has([
        "We look.\n\n<!--\n## FAQ\n### Safe?\n…\n-->\n\n## resolved 2026-11-20 12:00\n\nIt is over.\n",
    ]);
    site.noon("update slow --locale en -m Again.").exit(1).stderr_has("already exists");
    site.noon("update slow monitoring --locale en -m x").exit(1).stderr_has("no matching update");
    site.typed("update slow --locale en --next 13:00 -m x").exit(2).stderr_has("a translation has no facts");
    site.run(["check", "--as-of", NOON, "--format", "json"]).exit(0);
    site.build_at(NOON).exit(0);
    assert!(site.page("en/incidents/slow/").contains("It is over."));
}

#[test]
fn what_has_one_right_answer_is_mended_and_nothing_else() {
    let site = japanese();
    let front = "\u{feff}---\r\ntitle：障害: 遅延 # 1\r\nseverity: minor\r\naffects: [api]\r\nstarted:　2026-11-20 10:00\r\n---\r\n要約。\r\n\r\n";
    let text = format!(
        "{front}＃＃ 調査中 2026-11-20 10:20\r\n\r\n調べています。\r\n\r\n##復旧 2026-11-20 11:00\r\n"
    );
    site.write(FILE, &text.replace(" # 1", ""));
    site.write("content/incidents/slow.en.md", "---\ntitle: [Important] Slow\n---\n\n## investigating 2026-11-20 10:10\n\nWe look.\n\n## resolved 2026-11-20 11:00 \n\nOver.\n");
    site.write("content/incidents/number.md", &INCIDENT.replace("Slow orders # why", "Order #123 is slow"));
    let fixed = site.noon("check --fix");
    fixed
        .exit(0)
        .stderr_has("+title: \"障害: 遅延\"")
        .stderr_has("-## investigating 2026-11-20 10:10")
        .stderr_has("fixed 3 files");
    let wanted = text
        .replace("title：障害: 遅延 # 1", "title: \"障害: 遅延\"")
        .replace("started:　", "started: ")
        .replace("＃＃ 調査中", "## 調査中")
        .replace("##復旧", "## 復旧");
    assert_eq!(site.read(FILE), wanted);
    let translation = "---\ntitle: \"[Important] Slow\"\n---\n\n## investigating 2026-11-20 10:20\n\nWe look.\n\n## resolved 2026-11-20 11:00 \n\nOver.\n";
    assert_eq!(site.read("content/incidents/slow.en.md"), translation);
    assert!(site.read("content/incidents/number.md").contains("\ntitle: \"Order #123 is slow\"\n"));
    let before = state(&site, FILE);
    site.noon("check --fix").exit(0);
    assert!(state(&site, FILE) == before, "a second time there is nothing to mend");
}

#[test]
fn signs_of_other_programs_are_mended_and_words_are_left_to_people() {
    let site = japanese();
    let text = "---\ntitle: “注文の遅延”\nseverity: 「軽微」\naffects: ［api、web］\nst\u{ad}arted: 2026-11-20 10:00\nscope: 注文 &amp; 出金\n---\n<!here> <https://other.example/a|手順>をご覧ください。\n\n    注文が遅れています。\n\n:fire: 確認中です。\n";
    site.write(FILE, text);
    site.noon("check --fix").exit(0).stderr_has("fixed 1 file").stderr_has("`:fire:` is an emoji of a chat");
    let wanted = "---\ntitle: \"注文の遅延\"\nseverity: \"軽微\"\naffects: [api, web]\nstarted: 2026-11-20 10:00\nscope: 注文 &amp; 出金\n---\n[手順](https://other.example/a)をご覧ください。\n\n注文が遅れています。\n\n:fire: 確認中です。\n";
    assert_eq!(site.read(FILE), wanted);
}

#[test]
fn what_could_be_meant_in_two_ways_is_left_alone() {
    let site = slow();
    for (from, to, code) in [
        ("title: Slow orders # why", "title: Slow orders #hotfix", "yaml/comment"),
        ("title: Slow orders # why", "title: Slow: orders # told Sato", "yaml/syntax"),
        ("## FAQ", "### resolved 11月20日\n\n## FAQ", "update/near-heading"),
        ("## FAQ", "【復旧】11:00\n\n## FAQ", "update/near-heading"),
        ("## FAQ", "[Update] Resolved 2026-11-20 11:00\n\n## FAQ", "update/near-heading"),
        ("affects: [api]", "affects: [api] web", "yaml/syntax"),
        ("## FAQ", "## resovled 2026-11-20 11:00\n\n## FAQ", "update/unknown-status"),
    ] {
        site.write(FILE, &INCIDENT.replace(from, to));
        refused(&site, "check --fix", 1, code);
    }
    site.write(FILE, &INCIDENT.replace("severity: minor", "severity：minor"));
    site.write("content/incidents/other.md", &INCIDENT.replace("severity: minor", "severity：minor"));
    site.noon("check --fix other").exit(0).stderr_has("fixed 1 file");
    assert!(site.read(FILE).contains("severity：minor"));
}

#[test]
fn a_translation_that_says_something_else_is_not_mended() {
    let site = japanese();
    site.write(FILE, &INCIDENT.replace("investigating", "調査中"));
    let other = "---\ntitle: Slow\n---\n\n## identified 2026-11-20 10:10\n\nWe look.\n";
    site.write("content/incidents/slow.en.md", other);
    site.noon("check --fix").stderr_has("translation/unknown-update");
    assert_eq!(site.read("content/incidents/slow.en.md"), other);
}

#[test]
fn a_disk_that_says_no_is_told_apart() {
    let site = Site::empty();
    site.write("content/notices", "a file where a folder should be");
    site.noon("new notice A").exit(3).stderr_has("cannot write");
    site.remove("content/notices").write(FILE, INCIDENT);
    let folder = site.path("content/incidents");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).expect("a mode");
    // A user with all rights, such as root, gets no error.
    let is_free = fs::write(folder.join(".probe"), "").is_ok();
    if !is_free {
        refused(&site, "update slow update -m x", 3, "cannot write");
    }
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).expect("a mode");
}

#[test]
fn a_promise_whose_time_has_passed_for_today_is_said_to_be_of_tomorrow() {
    let site = slow();
    let early = "2026-11-21T06:00:00+09:00";
    site.at(early, "update slow update -m 'We look.' --next 5:00")
        .exit(0)
        .stderr_has("warning: --next 5:00 has already passed today, so the update promises 2026-11-22 05:00");
    let late = site.at("2026-11-22T23:50:00+09:00", "update slow update -m 'We look.' --next 0:30");
    late.exit(0);
    assert!(!late.stderr.contains("already passed"), "{}", late.stderr);
}

/// A maintenance `db` in the night of 10 December, from two to four.
pub fn night(more: &str) -> Site {
    let site = Site::empty();
    site.write(
        "content/maintenance/db.md",
        &format!(
            "---\ntitle: Database\nkind: server\naffects: [api]\npublish_at: 2026-11-20 09:00\n\
             window: {{start: 2026-12-10 02:00, end: 2026-12-10 04:00}}\n{more}---\nWords.\n"
        ),
    );
    site
}

#[test]
fn an_end_without_a_date_is_the_first_such_time_after_the_start_whenever_it_is_typed() {
    let wanted = "end: 2026-12-10 05:00\n";
    for at in ["2026-12-10 03:50", "2026-12-09 22:00", "2026-12-09 04:00", "2026-11-25 12:00"] {
        let site = night("");
        site.at(at, "update db update --end 05:00 -m x").exit(0);
        assert!(site.read("content/maintenance/db.md").contains(wanted), "typed at {at}");
    }
    // `new` treats a time the same way, with its own start.
    let site = Site::empty();
    let window = "--at '2026-12-10 02:00' --end 05:00";
    site.noon(&format!("new maintenance Database --kind server --affects api {window} --slug db")).exit(0);
    assert!(site.read("content/maintenance/db.md").contains("end: 2026-12-10 05:00}"));
}

#[test]
fn an_end_counts_from_the_new_start_of_the_same_command_and_from_one_that_was_said() {
    let site = night("");
    let postponed = "update db postponed --start '2026-12-12 23:00' --end 01:00 -m x";
    site.at("2026-12-09 10:00", postponed).exit(0);
    site.read("content/maintenance/db.md").has(["start: 2026-12-12 23:00\nend: 2026-12-13 01:00\n"]);
    site.at("2026-12-09 11:00", "update db update --end 03:00 -m x").exit(0);
    assert!(site.read("content/maintenance/db.md").contains("end: 2026-12-13 03:00\n"));
}

#[test]
fn an_end_of_a_series_counts_from_the_occurrence_that_the_update_is_about() {
    for (options, wanted) in [
        ("scheduled --end 05:00", "end: 2026-12-24 05:00"),
        ("update --end '2026-12-17 05:00'", "end: 2026-12-17 05:00"),
        ("update --end 05:00 --occurrence 2026-12-31", "end: 2026-12-31 05:00"),
    ] {
        let site = night("recurrence: {rule: FREQ=WEEKLY}\n");
        site.at("2026-12-18 12:00", &format!("update db {options} -m x")).exit(0);
        assert!(site.read("content/maintenance/db.md").contains(wanted), "{options}");
    }
}

#[test]
fn an_end_that_has_passed_or_comes_again_is_an_error_with_both_meanings() {
    let site = night("");
    let before = site.read("content/maintenance/db.md");
    site.at("2026-12-10 03:50", "update db update --end 03:30 -m x")
        .exit(2)
        .stderr_has("`--end \"2026-12-10 03:30\"` or `--end \"2026-12-11 03:30\"`");
    assert_eq!(site.read("content/maintenance/db.md"), before);
    // With `completed`, only the end before the update makes sense.
    site.at("2026-12-10 03:50", "update db completed --end 03:30 -m x").exit(0);
    assert!(site.read("content/maintenance/db.md").contains("end: 2026-12-10 03:30\n"));
}

#[test]
fn all_commands_find_an_entry_by_a_part_of_its_slug_and_list_the_entries_that_share_one() {
    let site = Site::empty();
    let incident = |started: &str, id: &str| {
        format!(
            "---\ntitle: Orders\nid: {id}\nseverity: minor\naffects: [api]\nstarted: {started}\n---\nWords.\n\n## investigating {started}\nWords.\n"
        )
    };
    site.write("content/incidents/2026-11-19-orders-slow.md", &incident("2026-11-19 10:00", "first"));
    site.write("content/incidents/2026-11-20-orders-failing.md", &incident("2026-11-20 10:00", "second"));
    for name in ["orders-failing", "failing", "second", "incidents/2026-11-20-orders-failing"] {
        site.run(["pack", name, "--channel", "social", "--as-of", NOON]).exit(0);
        site.run(["check", name, "--as-of", NOON]).exit(0);
        site.run(["review", name, "--by", name]).exit(0);
        site.run(["update", name, "update", "--at", "11:00", "-m", name, "--as-of", NOON]);
    }
    assert!(site.read("content/incidents/2026-11-20-orders-failing.md").contains("\n\norders-failing\n"));
    let both = "write `incidents/2026-11-19-orders-slow` or `incidents/2026-11-20-orders-failing`";
    site.typed("review orders --by Sato").exit(2).stderr_has(both);
    for line in ["update orders update -m x", "check orders", "check orders --fix", "pack orders"] {
        site.noon(line).exit(2).stderr_has(both);
    }
    for command in [["check", "orders-fialing"], ["pack", "orders-fialing"]] {
        site.run(command).exit(2).stderr_has("did you mean `2026-11-20-orders-failing`?");
    }
    // A known entry does not hide an unknown one.
    site.typed("check second zzzzzz").exit(2).stderr_has("no entry matches `zzzzzz`");
}

#[test]
fn a_list_of_entries_or_components_that_is_cut_says_how_many_it_leaves_out() {
    let site = Site::empty();
    for n in 10..34 {
        site.write(
            format!("content/notices/same-{n}.md"),
            "---\ntitle: t\npublish_at: 2026-11-20 09:00\n---\nWords.\n",
        );
    }
    site.typed("check same").exit(2).stderr_has("`notices/same-17` … and 16 more; with more letters");
    let all: String = (10..34).map(|n| format!("  - {{id: part-{n}, name: P{n}}}\n")).collect();
    site.edit("content/site.yaml", "components:\n", &format!("components:\n{all}"));
    site.write(
        "content/notices/x.md",
        "---\ntitle: t\npublish_at: 2026-11-20 09:00\naffects: [zzzzzz]\n---\nx\n",
    );
    site.noon("check").exit(1).stderr_has("… and 18 more; `components` in site.yaml");
}

/// The test runs the README's first incident exactly as written.
#[test]
fn the_example_of_the_readme_names_the_entry_that_its_commands_make() {
    let readme = std::fs::read_to_string(crate::harness::repository().join("README.md")).expect("a file");
    let lines: Vec<&str> = readme.lines().filter(|l| l.starts_with("noroshi new incident ")).collect();
    assert_eq!(lines.len(), 1, "{lines:?}");
    let site = Site::empty();
    site.edit("content/site.yaml", "components:\n", "components:\n  - {id: checkout, name: Checkout}\n");
    let follow = readme.lines().skip_while(|l| *l != lines[0]).take_while(|l| !l.starts_with("```"));
    for line in follow.filter(|l| l.starts_with("noroshi new ") || l.starts_with("noroshi update ")) {
        site.at("2026-11-20 10:20", &line["noroshi ".len()..]).exit(0);
    }
    let made = std::fs::read_dir(site.path("content/incidents")).expect("a folder").count();
    assert_eq!(made, 1);
}
