//! Tests of `policy.approve` with real repositories and the JSON of hosts: whose approvals count, and for which words.

use std::fs;

use serde_json::{Value, json};

use crate::harness::{Diagnostic, NOON, Site, Text as _};
use crate::history::Repo;

const FILE: &str = "content/incidents/slow-orders.md";
const OPEN: &str = "---\ntitle: Slow orders\nseverity: critical\naffects: [api]\nstarted: 2026-11-20 09:50\n---\n\
    Orders take long.\n\n## investigating 2026-11-20 10:00\nWe are looking.\n";
const HANAKO: &str = "Hanako Sato <hanako@hoshi.example>";
const RULE: &str = "  approvers: {comms: [\"Hanako Sato <hanako@hoshi.example> @hanako\", \"Jiro Ito @jiro\"]}\n  \
    approve:\n  - {who: comms, severity: critical}\n";

/// A repository with a rule, and the incident, committed by Taro a minute after its first update.
fn begun(rule: &str) -> Repo {
    let repo = Repo::new();
    repo.site.append("content/site.yaml", &format!("policy:\n{rule}"));
    repo.commit("policy", "2026-11-19T12:10:00+09:00");
    repo.site.write(FILE, OPEN);
    repo.commit("slow orders", "2026-11-20T10:01:00+09:00");
    repo
}

/// What `check` says of approvals, with the reviews in a file.
#[track_caller]
fn check(repo: &Repo, reviews: Option<&Value>) -> Vec<Diagnostic> {
    check_at(repo, reviews, NOON)
}

#[track_caller]
fn check_at(repo: &Repo, reviews: Option<&Value>, at: &str) -> Vec<Diagnostic> {
    let mut arguments = vec!["check", "--as-of", at, "--format", "json"];
    let file = repo.site.path("../reviews.json");
    let file = file.to_str().expect("UTF-8").to_owned();
    if let Some(reviews) = reviews {
        fs::write(&file, reviews.to_string()).expect("a written file");
        arguments.extend(["--reviews", &file]);
    }
    let mut command = repo.site.command([]);
    command.args(&arguments);
    let ran = repo.site.finish(command);
    let found = ran.diagnostics();
    let has_error = found.iter().any(|found| found.severity == "error");
    ran.exit(i32::from(has_error));
    found.into_iter().filter(|d| d.code == "policy/unapproved" || d.code.starts_with("history/")).collect()
}

/// The places of the findings, as the first words of their lines.
fn places(repo: &Repo, found: &[Diagnostic]) -> Vec<String> {
    let text = repo.site.read(FILE);
    let line = |d: &Diagnostic| d.points_at(&text).lines().next().unwrap_or_default().trim().to_owned();
    found.iter().map(line).collect()
}

fn head(repo: &Repo) -> String {
    repo.git(&["rev-parse", "HEAD"])
}

fn review(login: &str, state: &str, commit: &str, at: &str) -> Value {
    json!({"user": {"login": login}, "state": state, "commit_id": commit, "submitted_at": at, "body": "ok"})
}

fn update(repo: &Repo, words: &str, at: &str) {
    repo.site.append(FILE, &format!("\n## update {at}\n{words}\n"));
}

#[test]
fn a_review_counts_for_the_words_that_it_saw() {
    let repo = begun(RULE);
    let found = check(&repo, None);
    assert_eq!(places(&repo, &found), ["Slow orders", "## investigating 2026-11-20 10:00"]);
    assert!(found.iter().all(|found| found.severity == "error"));
    found[1].message.has(["`investigating 2026-11-20 10:00`", "0 of 1 approval by `comms`"]);
    assert!(found[1].help.as_ref().is_some_and(|help| help.contains("noroshi review slow-orders")));

    let first = head(&repo);
    let approved = json!([review("Hanako", "APPROVED", &first, "2026-11-20T01:10:00Z")]);
    assert_eq!(check(&repo, Some(&approved)).len(), 0);

    // A new update, not yet committed, and then a change of the first one.
    update(&repo, "Still slow.", "2026-11-20 10:30");
    let found = check(&repo, Some(&approved));
    assert_eq!(places(&repo, &found), ["## update 2026-11-20 10:30"]);
    assert!(!found[0].message.contains("has changed"), "{}", found[0].message);
    repo.commit("more", "2026-11-20T10:31:00+09:00");
    repo.site.edit(FILE, "We are looking.", "We **are**  looking into it.");
    repo.commit("edit", "2026-11-20T10:40:00+09:00");
    let found = check(&repo, Some(&approved));
    assert_eq!(
        places(&repo, &found),
        ["## investigating 2026-11-20 10:00", "## update 2026-11-20 10:30"],
        "{found:?}"
    );
    found[0].message.has(["it has changed since it was approved"]);
    // The same words in other signs are approved, and a review of the newest commit approves them all.
    repo.site.edit(FILE, "We **are**  looking into it.", "We are\n*looking*.");
    assert_eq!(places(&repo, &check(&repo, Some(&approved))), ["## update 2026-11-20 10:30"]);
    let both = json!([review("jiro", "APPROVED", &head(&repo), "2026-11-20T01:50:00Z"), approved[0]]);
    assert_eq!(check(&repo, Some(&both)).len(), 0);
}

#[test]
fn strangers_dismissed_reviews_and_the_author_approve_nothing() {
    let repo = begun(RULE);
    let commit = head(&repo);
    let ten = "2026-11-20T01:10:00Z";
    let of = |login: &str, state: &str| review(login, state, &commit, ten);
    for reviews in [
        json!([
            of("stranger", "APPROVED"),
            of("Hanako Sato", "APPROVED"),
            of("hanako@hoshi.example", "APPROVED")
        ]),
        json!([of("<script>alert(1)</script>\n::error::x", "APPROVED")]),
        json!([of("hanako", "DISMISSED")]),
        json!([of("hanako", "COMMENTED"), of("jiro", "PENDING")]),
        json!([
            of("hanako", "APPROVED"),
            review("hanako", "CHANGES_REQUESTED", &commit, "2026-11-20T01:20:00Z")
        ]),
        json!([{"user": {"login": "hanako"}, "state": "APPROVED", "commit_id": null}]),
        // The pull request is of the person who approves it.
        json!([{"base": {"sha": repo.git(&["rev-parse", "HEAD^"])}, "head": {"sha": commit}, "user": {"login": "hanako"}},
            of("hanako", "APPROVED")]),
    ] {
        let found = check(&repo, Some(&reviews));
        let open = found.iter().filter(|found| found.code == "policy/unapproved").count();
        assert_eq!(open, 2, "{reviews}: {found:?}");
    }
    // Another person's approval does not silence a request for changes.
    let refused = json!([of("hanako", "APPROVED"), of("jiro", "CHANGES_REQUESTED")]);
    let found = check(&repo, Some(&refused));
    assert!(found.len() == 2 && found[0].message.contains("a reviewer asks for changes"), "{found:?}");
    repo.site.edit("content/site.yaml", "severity: critical}", "severity: critical, count: 2}");
    let both = json!([of("hanako", "APPROVED"), of("jiro", "APPROVED")]);
    assert_eq!(check(&repo, Some(&both)).len(), 0);
    check(&repo, Some(&json!([of("jiro", "APPROVED")])))[0].message.has(["1 of 2 approvals"]);
}

#[test]
fn a_review_covers_the_entries_that_its_pull_request_changes() {
    let repo = begun(RULE);
    let base = head(&repo);
    repo.git(&["checkout", "-q", "-b", "words"]);
    repo.site.write("content/faq/a.md", "---\ntitle: A?\ncategory: general\n---\nYes.\n");
    repo.commit("a question", "2026-11-20T10:10:00+09:00");
    let pull = |repo: &Repo| {
        let commit = head(repo);
        json!([{"base": {"sha": base}, "head": {"sha": commit}, "user": {"login": "taro"}},
            [review("hanako", "APPROVED", &commit, "2026-11-20T01:30:00Z")]])
    };
    assert_eq!(check(&repo, Some(&pull(&repo))).len(), 2, "another file");
    update(&repo, "Still slow.", "2026-11-20 10:30");
    repo.commit("more", "2026-11-20T10:31:00+09:00");
    assert_eq!(check(&repo, Some(&pull(&repo))).len(), 0);
    // The merge of a host, with what came to the base in the meantime.
    let pulled = pull(&repo);
    repo.git(&["checkout", "-q", "main"]);
    repo.site.write("content/faq/b.md", "---\ntitle: B?\ncategory: general\n---\nYes.\n");
    repo.commit("meanwhile", "2026-11-20T10:35:00+09:00");
    repo.git(&["merge", "-q", "--no-ff", "-m", "Merge pull request #7", "words"]);
    assert_eq!(check(&repo, Some(&pulled)).len(), 0);
    // GitLab says when, and text that was committed later is not approved.
    let at = |time: &str| json!([{"approved_by": [{"user": {"username": "hanako", "name": "x"}, "approved_at": time}]}]);
    assert_eq!(check(&repo, Some(&at("2026-11-20T02:59:00Z"))).len(), 0);
    let found = check(&repo, Some(&at("2026-11-20T01:05:00Z")));
    assert_eq!(places(&repo, &found), ["## update 2026-11-20 10:30"]);
}

#[test]
fn a_trailer_approves_what_its_commit_changes_or_names() {
    let repo = begun(RULE);
    // A line in the middle of a message is no trailer, and neither is one of a commit that does something else.
    update(&repo, "Still slow.", "2026-11-20 10:30");
    repo.commit(
        &format!("more\n\nApproved-by: {HANAKO}\n\nThat was the log of another commit."),
        "2026-11-20T10:31:00+09:00",
    );
    repo.commit(&format!("nothing\n\nApproved-by: {HANAKO}"), "2026-11-20T10:32:00+09:00");
    repo.commit(
        "x\n\nApproves: slow-orders\nApproved-by: Hanako Sato <hanako@elsewhere.example>",
        "2026-11-20T10:33:00+09:00",
    );
    assert_eq!(check(&repo, None).len(), 3);
    repo.commit(&format!("approve\n\nApproves: {FILE}\nApproved-by: {HANAKO}"), "2026-11-20T10:34:00+09:00");
    assert_eq!(check(&repo, None).len(), 0);
    // Another update asks again; a squashed pull request brings the line of its own.
    update(&repo, "Better.", "2026-11-20 11:00");
    repo.commit("better\n\nReviewed-by: @jiro", "2026-11-20T11:01:00+09:00");
    assert_eq!(check(&repo, None).len(), 0);
    // Who wrote the words cannot sign them.
    update(&repo, "Good.", "2026-11-20 11:20");
    repo.git(&["add", "-A"]);
    let message = format!("good\n\nApproved-by: {HANAKO}");
    repo.commit_as(HANAKO, &message, "2026-11-20T11:21:00+09:00");
    assert_eq!(places(&repo, &check(&repo, None)), ["## update 2026-11-20 11:20"]);
    repo.site.edit("content/site.yaml", "severity: critical}", "severity: critical, author_counts: yes}");
    assert_eq!(check(&repo, None).len(), 0);
}

#[test]
fn a_name_in_reviewed_by_approves_the_words_of_its_time() {
    let repo = begun(RULE);
    repo.site.run(["review", "slow-orders", "--by", "Hanako Sato"]).exit(0);
    assert_eq!(check(&repo, None).len(), 0, "before it is committed");
    repo.commit("reviewed", "2026-11-20T10:10:00+09:00");
    assert_eq!(check(&repo, None).len(), 0);
    update(&repo, "Still slow.", "2026-11-20 10:30");
    repo.commit("more", "2026-11-20T10:31:00+09:00");
    let found = check(&repo, None);
    assert_eq!(places(&repo, &found), ["## update 2026-11-20 10:30"]);
    // The names of reviewers are private.
    assert!(!found[0].message.contains("Hanako"), "{}", found[0].message);
    // The name is there already: the command says how to approve the new words.
    let again = repo.site.run(["review", "slow-orders", "--by", "Hanako Sato"]);
    again.exit(1).stderr_has("of earlier words").stderr_has(&format!("--trailer 'Approves: {FILE}'"));
    let list = repo.site.run(["review"]);
    list.exit(0).stderr_has("git commit --allow-empty");
    assert_eq!(
        list.stdout,
        format!("{FILE}\n  the update `update 2026-11-20 10:30` has 0 of 1 approval by `comms`\n")
    );
    repo.commit(
        &format!("approve\n\nApproves: slow-orders\nApproved-by: {HANAKO}"),
        "2026-11-20T10:40:00+09:00",
    );
    repo.site.run(["review", "slow-orders"]).exit(0).stderr_has("nothing waits for an approval");
}

#[test]
fn an_unapproved_notice_is_published_and_waits_only_as_long_as_the_policy_says() {
    let repo = begun(&RULE.replace("critical}", "critical, within: 2h}"));
    repo.site.build_at(NOON).exit(0);
    let early = check_at(&repo, None, "2026-11-20 11:59");
    assert!(early.len() == 2 && early.iter().all(|found| found.severity == "warning"), "{early:?}");
    early[1].message.has(["due 2026-11-20 12:01"]);
    repo.site.run(["overdue", "--as-of", "2026-11-20 11:59"]).exit(0);
    let late = check_at(&repo, None, "2026-11-20 12:01");
    assert!(late.iter().all(|found| found.severity == "error"), "{late:?}");
    repo.site.run(["overdue", "--as-of", "2026-11-20 12:01"]).exit(1).stderr_has("policy/unapproved");
    // What readers do not see yet is not late, and what they saw before the rule is none of its business.
    repo.site.edit("content/site.yaml", "within: 2h", "since: 2026-11-20 10:02");
    assert_eq!(check(&repo, None).len(), 0);
    update(&repo, "Still slow.", "2026-11-20 10:30");
    assert_eq!(places(&repo, &check(&repo, None)), ["## update 2026-11-20 10:30"]);
    repo.site.append("content/site.yaml", "  levels: {policy/unapproved: off}\n");
    assert_eq!(check(&repo, None).len(), 0);
}

#[test]
fn a_translation_waits_for_its_own_approval() {
    let repo = begun(RULE);
    repo.site.edit("content/site.yaml", "locales: [en]", "locales: [en, ja]");
    repo.commit(
        &format!("languages\n\nApproves: slow-orders\nApproved-by: {HANAKO}"),
        "2026-11-20T10:05:00+09:00",
    );
    assert_eq!(check(&repo, None).len(), 0);
    repo.site.write(
        "content/incidents/slow-orders.ja.md",
        "---\ntitle: 注文の遅延\n---\n注文に時間がかかっています。\n\n## 調査中 2026-11-20 10:00\n調べています。\n",
    );
    let found = check(&repo, None);
    assert_eq!(places(&repo, &found), ["Slow orders", "## investigating 2026-11-20 10:00"]);
    assert!(found.iter().all(|found| found.message.contains("in `ja` has")), "{found:?}");
}

#[test]
fn a_clone_without_the_reviewed_commit_counts_no_approval_and_says_so() {
    let repo = begun(RULE);
    let lost = json!([review("hanako", "APPROVED", &"1".repeat(40), "2026-11-20T01:10:00Z")]);
    let found = check(&repo, Some(&lost));
    let unknown: Vec<_> = found.iter().filter(|found| found.code == "history/unknown").collect();
    assert!(unknown.len() == 1 && unknown[0].message.contains("commit 11111111"), "{found:?}");
    assert_eq!(found.len(), 3);
    // What is no review is an error of the file, not of the site.
    let site = &repo.site;
    for (text, why) in [("", "it is empty"), ("{\"message\": \"Bad credentials\"}", "`Bad credentials`")] {
        site.write("reviews.json", text);
        let file = site.path("reviews.json");
        site.run(["check", "--reviews", file.to_str().expect("UTF-8")]).exit(3).stderr_has(why);
    }
    site.run(["check", "--reviews", "missing.json"]).exit(3).stderr_has("cannot read the reviews");
}

#[test]
fn nothing_of_approvals_reaches_a_published_byte() {
    let published = |policy: &str| {
        let site = Site::fixture("small");
        site.append("content/site.yaml", policy);
        site.build_at(NOON).exit(0);
        site.files()
    };
    let without = published("");
    let rule = "policy:\n  approvers: {secret-team: [\"Zaphod <zaphod@hoshi.example> @zaphod\"]}\n  \
        approve: [{who: secret-team, within: 2h}]\n";
    assert!(published(rule) == without, "a published file knows the rule");
}
