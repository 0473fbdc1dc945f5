//! Can people without git publish with issue forms, each text once, and can nobody else, whatever anyone types?

use std::fs;

use serde_json::{Value, json};

use crate::harness::{NOON, Site, files_of};

const LABELS: [&str; 8] = [
    "Severity",
    "What is affected",
    "Status",
    "Start of the impact",
    "Next update",
    "Expected recovery",
    "Scope",
    "Text for readers",
];

fn site() -> Site {
    let site = Site::empty();
    site.append("content/site.yaml", "issues: {writers: [sato, suzuki]}\n");
    site
}

fn japanese() -> Site {
    let site = Site::bare();
    site.run([
        "init",
        "--locale",
        "ja",
        "--timezone",
        "Asia/Tokyo",
        "--title",
        "星取引所",
        "--preset",
        "plain",
    ])
    .exit(0);
    site.append("content/site.yaml", "issues: {writers: [sato]}\n");
    site
}

/// The text that a host makes of a form.
fn form(labels: &[&str], answers: &[&str]) -> String {
    let part = |(label, answer): (&&str, &&str)| {
        let answer = if answer.is_empty() { "_No response_" } else { answer };
        format!("### {label}\n\n{answer}")
    };
    labels.iter().zip(answers).map(part).collect::<Vec<_>>().join("\n\n")
}

fn incident() -> String {
    form(&LABELS, &["Moderate", "API (api)", "Investigating", "10:15", "30m", "", "", "We see slow orders."])
}

fn opened(title: &str, body: &str) -> Value {
    json!({
        "action": "opened",
        "issue": {"number": 12, "title": title, "body": body, "user": {"login": "sato", "type": "User"},
            "author_association": "NONE", "created_at": "2026-11-20T01:20:30Z", "updated_at": "2026-11-20T01:20:30Z"},
        "repository": {"full_name": "team/status"},
        "sender": {"login": "sato", "type": "User"},
    })
}

fn edited(title: &str, body: &str, minute: u32) -> Value {
    let mut event = opened(title, body);
    event["action"] = "edited".into();
    event["issue"]["updated_at"] = format!("2026-11-20T01:{minute}:00Z").into();
    event
}

fn comment(id: u64, minute: u32, text: &str) -> Value {
    let mut event = opened("Orders are slow", &incident());
    let at = format!("2026-11-20T01:{minute}:10Z");
    event["action"] = "created".into();
    event["comment"] = json!({"id": id, "body": text, "user": {"login": "sato", "type": "User"}, "created_at": at, "updated_at": at});
    event
}

fn changed(id: u64, minute: u32, text: &str) -> Value {
    let mut event = comment(id, minute, text);
    event["action"] = "edited".into();
    event["comment"]["updated_at"] = format!("2026-11-20T01:{}:50Z", minute + 5).into();
    event
}

struct Ran {
    code: Option<i32>,
    said: String,
    answer: String,
}

impl Ran {
    #[track_caller]
    fn wrote(self) -> String {
        assert_eq!(self.code, Some(0), "{}\n{}", self.said, self.answer);
        assert!(self.answer.contains("`content/"), "{}\n{}", self.said, self.answer);
        self.answer
    }

    #[track_caller]
    fn refused(self) -> String {
        assert_eq!(self.code, Some(1), "{}\n{}", self.said, self.answer);
        assert!(!self.answer.is_empty(), "{}", self.said);
        self.answer
    }

    #[track_caller]
    fn ignored(self) {
        assert_eq!((self.code, self.answer.as_str()), (Some(0), ""), "{}", self.said);
    }
}

fn run(site: &Site, event: &Value) -> Ran {
    site.write("event.json", &event.to_string());
    let mut command = site.command(["ci", "issue"]);
    command.arg("--event").arg(site.path("event.json")).arg("--work").arg(site.path("work"));
    let output = command.output().expect("noroshi");
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(!said.contains("panicked"), "{said}");
    let answer = fs::read_to_string(site.path("work/answer.md")).unwrap_or_default();
    Ran { code: output.status.code(), said, answer }
}

const FILE: &str = "content/incidents/2026-11-20-orders-are-slow.md";

fn begun() -> Site {
    let site = site();
    run(&site, &opened("Orders are slow", &incident())).wrote();
    site
}

#[track_caller]
fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part:?} is not in\n{text}");
    }
}

#[test]
fn a_form_becomes_an_entry_and_comments_become_its_updates() {
    let site = begun();
    let text = site.read(FILE);
    has(
        &text,
        &[
            "title: Orders are slow",
            "severity: moderate",
            "affects: [api]",
            "started: 2026-11-20 10:15",
            "next_update: 2026-11-20 10:51",
        ],
    );
    has(&text, &["## investigating 2026-11-20 10:20\n\nWe see slow orders."]);
    let commit = site.read("work/commit.txt");
    assert_eq!(commit, format!("Issue #12: {FILE}\n\nWritten by sato.\n"));

    run(
        &site,
        &comment(1, 31, "identified\nnext_update: 11:00\naffects: api=major_outage\n\nA queue is full."),
    )
    .wrote();
    run(&site, &comment(2, 47, "Resolved 10:45: Orders are as quick as usual.")).wrote();
    has(
        &site.read(FILE),
        &[
            "## identified 2026-11-20 10:31\naffects: api=major_outage\nnext_update: 2026-11-20 11:00",
            "\n\nA queue is full.\n",
            "## resolved 2026-11-20 10:45\n\nOrders are as quick as usual.\n",
        ],
    );
    site.run(["check", "--as-of", NOON]).exit(0);
    site.build_at(NOON).exit(0);
    for (path, bytes) in site.files() {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("sato") && !text.contains("internal"), "{path}");
    }
}

#[test]
fn a_japanese_site_has_japanese_forms_answers_and_entries() {
    let site = japanese();
    site.run(["init", "--issue-forms"]).exit(0);
    let labels = [
        "区分",
        "対象",
        "状況",
        "発生日時",
        "次回のお知らせ",
        "復旧見込み",
        "影響の範囲",
        "お客様へお伝えする文",
    ];
    let file = site.read(".github/ISSUE_TEMPLATE/noroshi-incident.yml");
    for label in labels {
        assert!(file.contains(&format!("label: \"{label}\"")), "{label}: {file}");
    }
    let component =
        file.lines().skip_while(|line| !line.contains("multiple: true")).nth(2).expect("an option");
    let component = component.trim().trim_start_matches("- ").trim_matches('"').to_owned();
    let body = form(
        &labels,
        &["重大", &component, "原因特定", "10:15頃", "未定", "", "約 3% のご注文", "注文が遅れています。"],
    );
    let answer = run(&site, &opened("注文の遅延", &body)).wrote();
    has(&answer, &["書き込みました", "続報は、この issue にコメント"]);
    let file = "content/incidents/2026-11-20-注文の遅延.md";
    has(
        &site.read(file),
        &[
            "severity: critical",
            "started: 2026-11-20 10:15頃",
            "next_update: 未定",
            "scope: ",
            "## 原因特定 2026-11-20 10:20\n\n注文が遅れています。",
        ],
    );
    let answer = run(&site, &comment(1, 31, "直りました！")).refused();
    has(&answer, &["何も公開していません", "`復旧`"]);
    run(&site, &comment(2, 49, "復旧 10:47頃\n\n元に戻りました。")).wrote();
    has(&site.read(file), &["## 復旧 2026-11-20 10:49\n", "2026-11-20 10:47頃\n\n元に戻りました。"]);
    site.run(["check", "--as-of", NOON]).exit(0);
}

#[test]
fn every_form_makes_an_entry() {
    let site = site();
    let mut event = opened(
        "Database",
        &form(
            &["Kind of maintenance", "What is affected", "Start", "End", "Scope", "Text for readers"],
            &[
                "Server maintenance",
                "API (api), Website (web)",
                "2026-12-01 02:00",
                "unknown",
                "",
                "We add servers.",
            ],
        ),
    );
    run(&site, &event).wrote();
    has(
        &site.read("content/maintenance/2026-12-01-database.md"),
        &[
            "kind: server",
            "affects: [api, web]",
            "window: {start: 2026-12-01 02:00, end: unknown}",
            "## scheduled 2026-11-20 10:20",
        ],
    );
    event["issue"] = opened(
        "Fees",
        &form(
            &["Level", "What is affected", "Show until", "Text for readers"],
            &["Warning", "", "2026-12-08 18:00", "Fees change."],
        ),
    )["issue"]
        .clone();
    event["issue"]["number"] = 13.into();
    run(&site, &event).wrote();
    has(
        &site.read("content/notices/2026-11-20-fees.md"),
        &["level: warning", "expires_at: 2026-12-08 18:00", "Fees change."],
    );
    event["issue"] = opened(
        "Are orders safe?",
        &form(&["Category", "What is affected", "Text for readers"], &["General", "API (api)", "Yes."]),
    )["issue"]
        .clone();
    event["issue"]["number"] = 14.into();
    let answer = run(&site, &event).wrote();
    assert!(!answer.contains("as a comment"), "{answer}");
    has(&site.read("content/faq/are-orders-safe.md"), &["category: general", "components: [api]", "Yes."]);
    site.run(["check", "--as-of", NOON]).exit(0);
}

#[test]
fn only_a_listed_login_publishes_whatever_else_an_event_says() {
    for (pointer, value) in [
        ("/sender/login", json!("mallory")),
        ("/issue/user/login", json!("mallory")),
        ("/sender/login", json!("sato ")),
        ("/sender/login", json!("s\u{430}to")),
        ("/sender/login", json!("sato[bot]")),
        ("/sender/type", json!("Bot")),
    ] {
        let site = site();
        let mut event = opened("Orders are slow", &incident());
        // Neither a name that the account shows nor its rights in the repository count.
        event["sender"]["name"] = "sato".into();
        event["issue"]["author_association"] = "OWNER".into();
        *event.pointer_mut(pointer).expect("a key") = value;
        let before = files_of(&site.path("content"));
        run(&site, &event).ignored();
        assert!(
            !site.path("work/commit.txt").exists() && files_of(&site.path("content")) == before,
            "{event}"
        );
    }
    let site = begun();
    let before = site.read(FILE);
    let mut event = comment(1, 31, "resolved");
    event["comment"]["user"]["login"] = "mallory".into();
    // A listed person edits what a stranger wrote.
    event["action"] = "edited".into();
    run(&site, &event).ignored();
    assert_eq!(site.read(FILE), before);
    let site = Site::empty();
    run(&site, &opened("Orders are slow", &incident())).ignored();
    // The number of an account, if site.yaml has it, must fit: somebody else may have taken the login.
    site.append("content/site.yaml", "issues: {writers: [sato#7]}\n");
    let mut event = opened("Orders are slow", &incident());
    for id in [Value::Null, 8.into(), "7".into()] {
        event["sender"]["id"] = id.clone();
        event["issue"]["user"]["id"] = id;
        run(&site, &event).ignored();
    }
    site.edit("content/site.yaml", "[sato#7]", "[sato]");
    site.edit("content/site.yaml", "issues: {writers: [sato]}\n", "");
    // GitHub does not distinguish the case of logins.
    site.append("content/site.yaml", "issues: {writers: [SATO]}\n");
    run(&site, &opened("Orders are slow", &incident())).wrote();
}

#[test]
fn an_event_that_comes_twice_is_written_once() {
    let site = begun();
    let first = site.read(FILE);
    run(&site, &opened("Orders are slow", &incident())).ignored();
    assert!(!site.path("work/commit.txt").exists());
    assert_eq!(site.read(FILE), first);
    for _ in 0..2 {
        let ran = run(&site, &comment(1, 31, "identified\n\nA queue is full."));
        assert_eq!(ran.code, Some(0), "{}", ran.said);
    }
    assert_eq!(site.read(FILE).matches("## identified").count(), 1);
    // The file may have another name and more text in the meantime.
    site.rename(FILE, "content/incidents/2026-11-20-renamed.md");
    run(&site, &opened("Orders are slow", &incident())).ignored();
    run(&site, &comment(1, 31, "identified\n\nA queue is full.")).ignored();
    assert_eq!(files_of(&site.path("content/incidents")).len(), 1);
}

#[test]
fn a_changed_text_is_written_again_only_while_nothing_else_has_changed() {
    let site = begun();
    let answer =
        run(&site, &edited("Orders are late", &incident().replace("slow orders", "late orders"), 22)).wrote();
    has(&answer, &["Written again", "`correction`"]);
    let text = site.read(FILE);
    has(&text, &["title: Orders are late", "We see late orders.", "## investigating 2026-11-20 10:20"]);
    assert!(!text.contains("slow orders"), "{text}");
    // An older change that comes late, and the same one again.
    run(&site, &edited("Orders fail", &incident(), 21)).ignored();
    run(&site, &edited("Orders are late", &incident().replace("slow orders", "late orders"), 22)).ignored();
    assert_eq!(site.read(FILE), text);

    run(&site, &comment(1, 31, "identified\nnext_update: 11:00\n\nA queu is full.")).wrote();
    run(&site, &changed(1, 31, "identified\nnext_update: 11:30\n\nA queue is full.")).wrote();
    let text = site.read(FILE);
    has(&text, &["## identified 2026-11-20 10:31\nnext_update: 2026-11-20 11:30\n\nA queue is full.\n"]);
    assert!(
        text.matches("## identified").count() == 1 && !text.contains("queu ") && !text.contains("11:00"),
        "{text}"
    );
    // The first text is not the last any more.
    let answer = run(&site, &edited("Orders fail", &incident(), 45)).refused();
    has(&answer, &["stays as it is", "`correction`"]);
    assert_eq!(site.read(FILE), text);
    // A refused change leaves the file as it was.
    run(&site, &changed(1, 33, "identified\nnext_update: soon\n\nA queue is full.")).refused();
    assert_eq!(site.read(FILE), text);
    // A person has edited the file.
    site.edit(FILE, "A queue is full.", "A queue was full.");
    let text = site.read(FILE);
    run(&site, &changed(1, 40, "identified\n\nNothing is full.")).refused();
    run(&site, &changed(1, 41, "> never mind")).refused();
    assert_eq!(site.read(FILE), text);
}

#[test]
fn what_is_refused_changes_nothing_and_can_be_mended_by_an_edit() {
    let site = site();
    let before = files_of(&site.path("content"));
    let wrong = incident().replace("API (api)", "Telephone (phone)");
    let answer = run(&site, &opened("Orders are slow", &wrong)).refused();
    has(&answer, &["Nothing was published", "phone", "```", "Edit the title or the text of this issue"]);
    assert_eq!(files_of(&site.path("content")), before);
    let answer = run(&site, &comment(1, 21, "identified")).refused();
    has(&answer, &["no entry yet"]);
    run(&site, &comment(2, 21, "> what now?")).ignored();
    // The time is that of the edit.
    run(&site, &edited("Orders are slow", &incident(), 25)).wrote();
    has(&site.read(FILE), &["## investigating 2026-11-20 10:25"]);
    let text = site.read(FILE);
    for (number, words) in [
        "identified\nnext_update: soon",
        "identified\nphases: api=halted 02:00-04:00",
        "completed",
        "thanks",
        "identified\n\n## resolved 2026-11-20 10:00",
        "identified\n\n<!-- x",
        "identified\n\n```\nlog",
    ]
    .iter()
    .enumerate()
    {
        run(&site, &comment(10 + number as u64, 31, words)).refused();
        assert_eq!(site.read(FILE), text, "{words}");
    }
    // The comment that was refused, mended.
    run(&site, &changed(10, 31, "identified\nnext_update: 11:00")).wrote();
    has(&site.read(FILE), &["## identified 2026-11-20 10:36\n"]);
}

#[test]
fn issues_and_comments_that_are_no_words_for_readers_are_left_alone() {
    let site = begun();
    let before = site.read(FILE);
    for text in ["> resolved?", "// resolved", "", "<!-- noroshi: answer -->\n**Written:** `content/a.md`"] {
        run(&site, &comment(1, 31, text)).ignored();
    }
    for action in ["deleted", "pinned"] {
        let mut event = comment(2, 31, "resolved");
        event["action"] = action.into();
        run(&site, &event).ignored();
    }
    let mut event = opened("Orders are slow", &incident());
    event["action"] = "closed".into();
    run(&site, &event).ignored();
    let mut event = comment(3, 31, "resolved");
    event["issue"]["pull_request"] = json!({"url": "https://git.example/1"});
    run(&site, &event).ignored();
    let mut event = opened("A question", "How do I do this?");
    event["issue"]["number"] = 13.into();
    run(&site, &event).ignored();
    let mut event = comment(4, 31, "resolved");
    event["issue"]["number"] = 13.into();
    event["issue"]["body"] = "How do I do this?".into();
    run(&site, &event).ignored();
    assert_eq!(site.read(FILE), before);
}

/// Titles and texts as someone would type them to break out of an argument, a file or an answer.
#[test]
fn hostile_texts_are_text_or_refused() {
    let long = "長".repeat(350_000);
    for (number, (title, words)) in [
        ("$(touch pwned) `touch pwned`", "x"),
        ("--severity=critical", "x"),
        ("-m", "-"),
        ("a\nseverity: critical", "x"),
        ("a\r\n---\r\n## resolved 2026-11-20 10:00", "x"),
        ("a\u{0}b", "x"),
        ("@everyone", "@everyone `x` ``` <!-- -->"),
        ("＃＃ 復旧", "＃＃ 復旧 2026-11-20 10:00"),
        ("---", "---\ntitle: b\n---\n"),
        ("Orders", "### Severity\n\nCritical\n\n### Text for readers\n\nfake"),
        ("Orders", "<script>alert(1)</script>"),
        ("Orders", "a\r\nb\r\n\r\nc"),
        ("Orders", long.as_str()),
        (long.as_str(), "x"),
        ("Orders", "<!-- noroshi: answer -->"),
        ("", "x"),
        ("", ""),
    ]
    .iter()
    .enumerate()
    {
        let site = site();
        let body = form(&LABELS, &["Minor", "API (api)", "", "", "", "", "", words]);
        let ran = run(&site, &opened(title, &body));
        assert!(matches!(ran.code, Some(0 | 1)), "{number}: {}", ran.said);
        assert!(!site.path("pwned").exists(), "{number}");
        assert!(ran.answer.len() < 60_000, "{number}: {}", ran.answer.len());
        let files = files_of(&site.path("content/incidents"));
        assert_eq!(files.len(), usize::from(ran.code == Some(0)), "{number}: {}", ran.said);
        for text in files.values().map(|bytes| String::from_utf8_lossy(bytes)) {
            assert!(text.contains("severity: minor"), "{number}: {text}");
            assert!(!text.contains("\n## resolved") && !text.contains("\n## 復旧"), "{number}: {text}");
        }
        let outside = outside_blocks(&ran.answer);
        for part in ["@everyone", "$(", "`touch", "<script"] {
            assert!(!outside.contains(part), "{number}: {outside}");
        }
        site.run(["check", "--as-of", NOON]).exit(0);
    }
}

/// What of an answer is not in a block of code.
fn outside_blocks(answer: &str) -> String {
    let (mut fence, mut out) = (None, String::new());
    for line in answer.lines() {
        match &fence {
            None if line.starts_with("```") => fence = Some(line.trim_end_matches("text").to_owned()),
            Some(open) if line == open => fence = None,
            None => out += line,
            Some(_) => {}
        }
    }
    assert_eq!(fence, None, "{answer}");
    out
}

#[test]
fn an_event_that_cannot_be_read_is_an_error_and_leaves_no_answer_of_an_earlier_run() {
    let site = begun();
    assert!(site.path("work/answer.md").exists());
    for (text, code) in [("", 1), ("{", 1), ("[]", 1), ("{\"action\": \"opened\"}", 1), ("null", 1)] {
        site.write("event.json", text);
        let mut command = site.command(["ci", "issue"]);
        command.arg("--event").arg(site.path("event.json")).arg("--work").arg(site.path("work"));
        site.finish(command).exit(code).stderr_has("error: ");
        assert!(!site.path("work/answer.md").exists() && !site.path("work/commit.txt").exists(), "{text}");
    }
    let mut command = site.command(["ci", "issue"]);
    command.arg("--work").arg(site.path("work")).env_remove("GITHUB_EVENT_PATH");
    site.finish(command).exit(2).stderr_has("`--event` is missing");
    // One broken entry does not keep a person from writing another.
    let other = site.read(FILE).replace("severity: moderate", "severity: moderat");
    site.write(
        "content/incidents/2026-11-19-broken.md",
        &other.split("internal:").next().map_or(String::new(), |front| format!("{front}---\nx\n")),
    );
    run(&site, &comment(1, 31, "identified")).wrote();
    // An error in site.yaml that leaves the rest readable: the text is kept, and the answer says what waits.
    site.append("content/site.yaml", "titel: x\n");
    let answer = run(&site, &comment(2, 32, "monitoring")).wrote();
    has(&answer, &["site.yaml or a theme has errors"]);
    assert!(!answer.contains("within minutes"), "{answer}");
    site.append("content/site.yaml", "x: [\n");
    let ran = run(&site, &comment(3, 33, "resolved"));
    assert!(ran.code == Some(1) && ran.answer.is_empty(), "{}", ran.said);
}

#[test]
fn forms_follow_the_site_and_are_never_written_over_what_somebody_changed() {
    let site = site();
    let form = ".github/ISSUE_TEMPLATE/noroshi-incident.yml";
    let init = site.run(["init", "--issue-forms"]);
    init.exit(0).stderr_has("one-time setup");
    for file in [form, ".github/workflows/status-issues.yml", "ci/install-noroshi.sh"] {
        assert!(site.path(file).is_file(), "{file}");
    }
    site.edit("content/site.yaml", "name: Website", "name: Web shop");
    let answer = run(&site, &opened("Orders are slow", &incident())).wrote();
    has(&answer, &["The forms are older than site.yaml"]);
    site.write(".github/workflows/status-issues.yml", "mine\n");
    site.run(["init", "--issue-forms"]).exit(0);
    has(&site.read(form), &["\"Web shop (web)\""]);
    assert_eq!(site.read(".github/workflows/status-issues.yml"), "mine\n");
    let answer = run(&site, &comment(1, 31, "identified")).wrote();
    assert!(!answer.contains("older"), "{answer}");
    site.edit(form, "description: ", "description:  ");
    let before = site.read(form);
    site.run(["init", "--issue-forms"])
        .exit(3)
        .stderr_has("has manual changes")
        .stderr_has("no form was written");
    assert_eq!(site.read(form), before);
    // A new site gets them at once.
    let site = Site::bare();
    site.run(["init", "--issue-forms", "--ci", "github"]).exit(0).stderr_has("name the people");
    assert!(site.path(form).is_file() && site.path(".github/workflows/status.yml").is_file());
}

#[test]
fn fields_of_the_site_and_the_scope_are_in_the_form_and_in_comments() {
    let site = site();
    site.append("content/site.yaml", "fields: [{id: funds, name: Your funds, on: [incident], values: [{id: safe, name: They are safe}, {id: none, name: Not affected}]}]\n");
    let mut labels = LABELS.to_vec();
    labels.insert(7, "Your funds (funds)");
    let body = form(
        &labels,
        &["Moderate", "API (api)", "", "", "", "being assessed", "", "They are safe", "Words."],
    );
    run(&site, &opened("Orders are slow", &body)).wrote();
    has(&site.read(FILE), &["fields:\n  funds: safe\n", "expected_recovery: being assessed"]);
    run(&site, &comment(1, 31, "update\nYour funds: Not affected\nScope: All orders\n\nMore.")).wrote();
    has(&site.read(FILE), &["funds: none", "scope: All orders", "## update 2026-11-20 10:31\n\nMore."]);
    run(&site, &changed(1, 31, "update\n\nLess.")).refused();
}

#[test]
fn an_entry_that_somebody_copied_is_named_and_neither_copy_changes() {
    let site = begun();
    let copy = "content/incidents/2026-11-20-copy.md";
    site.write(copy, &site.read(FILE).replace("id: \"2026-11-20-orders-are-slow\"", "id: copy"));
    let before = files_of(&site.path("content"));
    let answer = run(&site, &comment(1, 31, "identified")).refused();
    has(&answer, &["2026-11-20-orders-are-slow.md", "2026-11-20-copy.md", "remove `issues`"]);
    assert_eq!(files_of(&site.path("content")), before);
}
