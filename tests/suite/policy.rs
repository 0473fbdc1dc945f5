//! Tests of the policy with the real binary: forbidden words, the results of `check` and `overdue`,
//! and their formats.

use serde_json::Value;

use crate::harness::{NOON, Site};

const INCIDENT: &str = "content/incidents/a.md";

fn site(policy: &str, front: &str, body: &str) -> Site {
    let site = Site::empty();
    site.edit("content/site.yaml", "locales: [en]", "locales: [en, ja]");
    site.append(
        "content/site.yaml",
        &format!("policy:\n  levels: {{policy/stale-translation: off}}\n{policy}"),
    );
    site.write(INCIDENT, &incident(front, body));
    site
}

fn incident(front: &str, body: &str) -> String {
    let title = if front.contains("title:") { "" } else { "title: Slow\n" };
    format!(
        "---\n{title}severity: minor\naffects: [api]\nstarted: 2026-11-20 10:00\n{front}---\nWords.\n\n\
         ## investigating 2026-11-20 10:05\n\n{body}\n"
    )
}

const FORBID: &str = "  forbid: [内部限定, Top Secret]\n";

#[test]
fn a_forbidden_word_never_goes_out_wherever_it_stands() {
    let word = "policy/forbidden-word";
    let cases: [(&str, &str, &str, &str); 9] = [
        (INCIDENT, "title: Slow", "title: 遅延（内部限定）", "内部限定"),
        (INCIDENT, "Words.", "This is TOP\u{3000}SECRET.", "title"),
        (INCIDENT, "Words.", "This is **Top** Secret.", "title"),
        (INCIDENT, "Looking.", "内部限定", "内部限定"),
        (
            INCIDENT,
            "Looking.",
            "See [here](https://x.example/%E5%86%85%E9%83%A8%E9%99%90%E5%AE%9A).",
            "update",
        ),
        (INCIDENT, "affects: [api]", "affects: [api]\nscope: 内部限定", "内部限定"),
        (INCIDENT, "affects: [api]", "affects: [api]\nexpected_recovery: 内部限定", "内部限定"),
        ("content/incidents/a.ja.md", "題", "内部限定", "内部限定"),
        ("content/site.yaml", "name: Website", "name: 内部限定", "内部限定"),
    ];
    for (file, from, to, at) in cases {
        let site = site(FORBID, "", "Looking.");
        let translation = "---\ntitle: 題\n---\n文。\n\n## 調査中 2026-11-20 10:05\n\n文\n";
        site.write("content/incidents/a.ja.md", translation);
        site.build_at(NOON).exit(0);
        let before = site.files();
        site.edit(file, from, to);
        let found = site.build_at(NOON);
        let found = found.exit(1).diagnostics();
        let hit = found.iter().find(|d| d.code == word).unwrap_or_else(|| panic!("{to}: {found:?}"));
        assert_eq!((hit.file.as_str(), hit.severity.as_str()), (file, "error"), "{to}");
        match at {
            "title" => assert_eq!(hit.points_at(&site.read(file)), "Slow"),
            "update" => assert_eq!(hit.points_at(&site.read(file)), "## investigating 2026-11-20 10:05"),
            at => assert_eq!(hit.points_at(&site.read(file)), at),
        }
        assert!(site.files() == before, "{to}: something was published");
    }
}

#[test]
fn a_forbidden_or_private_word_is_found_in_names_of_addresses_and_files() {
    let word = "policy/forbidden-word";
    let config = "content/site.yaml";
    for (file, from, to) in [
        (INCIDENT, "affects: [api]", "affects: [api]\nid: top-secret"),
        (INCIDENT, "affects: [api]", "affects: [api]\naliases: [/old/top_secret/]"),
        (INCIDENT, "affects: [api]", "affects: [api]\napi_id: top-secret"),
        (config, "name: Website", "name: Website, api_id: top-secret"),
        (config, "locales:", "faq: {categories: [{id: top-secret, name: General}]}\nlocales:"),
        (config, "locales:", "fields: [{id: x, name: X, values: [{id: top-secret, name: Y}]}]\nlocales:"),
        (config, "locales:", "channels: {social: {hashtags: [内部限定]}}\nlocales:"),
        (config, "locales:", "contact: {label: Ask, url: \"https://x.example/top%20secret\"}\nlocales:"),
    ] {
        let site = site(FORBID, "", "Looking.");
        site.edit(file, from, to);
        let found = site.check().diagnostics();
        assert!(found.iter().any(|d| d.code == word && d.file == file), "{to}: {found:?}");
    }
    for (from, name) in [
        (INCIDENT, "content/incidents/top-secret.md"),
        ("content/static/x.txt", "content/static/top secret.txt"),
        ("content/static/x.txt", "content/static/内部限定/x.txt"),
    ] {
        let site = site(FORBID, "", "Looking.");
        site.write("content/static/x.txt", "x").write(name, &site.read(from)).remove(from);
        let found = site.check().exit(1).diagnostics();
        assert!(found.iter().any(|d| d.code == word && d.file == name), "{name}: {found:?}");
    }
    let site = site("", "id: taro@hoshi.example\n", "Looking.");
    site.write("content/static/hanako@hoshi.example.txt", "x");
    assert_eq!(site.check().exit(1).codes(), ["policy/looks-private"; 2]);
}

#[test]
fn an_entry_may_say_a_forbidden_word_and_comments_say_nothing() {
    let site = site(FORBID, "", "内部限定 <!-- Top Secret -->");
    site.build_at(NOON).exit(1);
    site.write(INCIDENT, &incident("allow: [内部限定]\n", "内部限定 <!-- Top Secret -->"));
    site.build_at(NOON).exit(0).quiet();
    site.write(INCIDENT, &incident("internal: {note: Top Secret}\n", "x <!-- 内部限定 -->"));
    site.build_at(NOON).exit(0).quiet();
    // A future update will be published one day; a draft will not.
    let ahead = incident("", "x\n\n## update 2027-01-01 10:00\n\n内部限定");
    site.write(INCIDENT, &ahead);
    site.build_at(NOON).exit(1);
    site.write(INCIDENT, &ahead.replace("---\nWords", "draft: true\n---\nWords"));
    // A published open entry may become a draft if site.yaml lists it in `removed`.
    site.append("content/site.yaml", "\nremoved: [incident/a]\n");
    site.build_at(NOON).exit(0);
}

#[test]
fn a_forbidden_word_in_a_theme_or_a_copied_file_stops_the_build() {
    let site = site(FORBID, "", "x");
    site.edit("content/site.yaml", "locales:", "theme: mine\nlocales:");
    site.write("themes/mine/theme.yaml", "extends: default\n");
    site.write("themes/mine/messages/en.ftl", "skip = To the status\n");
    site.write("content/static/notes.txt", "Nothing.\n");
    site.build_at(NOON).exit(0).quiet();
    site.write("themes/mine/messages/en.ftl", "pack-internal-warning = 内部限定\nskip = 内部限定\n");
    let found = site.build_at(NOON).exit(1).diagnostics();
    assert_eq!((found[0].code.as_str(), found[0].line), ("policy/forbidden-word", 2));
    site.write("themes/mine/messages/en.ftl", "pack-internal-warning = 内部限定\n");
    site.build_at(NOON).exit(0).quiet();
    site.write("content/static/notes.txt", "This is top secret.\n");
    let found = site.build_at(NOON).exit(1).diagnostics();
    assert_eq!(
        (found[0].code.as_str(), &*found[0].file),
        ("policy/forbidden-word", "content/static/notes.txt")
    );
    assert!(!site.path("public/notes.txt").exists() || !site.read("public/notes.txt").contains("secret"));
}

#[test]
fn what_looks_private_stops_a_build_and_what_is_public_does_not() {
    let site = site("", "", "Write to taro@hoshi.example or call 03-1234-5678.");
    let found = site.build_at(NOON).exit(1).diagnostics();
    let at: Vec<String> = found.iter().map(|d| d.points_at(&site.read(INCIDENT))).collect();
    assert_eq!(at, ["taro@hoshi.example", "03-1234-5678"]);
    assert!(found.iter().all(|d| d.code == "policy/looks-private"));
    assert!(!site.path("public").exists());
    // Allowed by name, by domain, and because the site itself links to it.
    let config = site.read("content/site.yaml");
    for more in [
        "allow: [taro@hoshi.example, \"０３-1234-5678\"]\n",
        "allow: [\"@hoshi.example\", 0312345678]\n",
        "contact: {label: Call, url: \"tel:03-1234-5678\"}\nlinks: {footer: [{label: Mail, url: \"mailto:taro@hoshi.example\"}]}\n",
    ] {
        site.write("content/site.yaml", &format!("{config}{more}"));
        site.build_at(NOON).exit(0).quiet();
    }
    site.write("content/site.yaml", &config);
    // Comments and private values are not published.
    site.write(INCIDENT, &incident("internal: {contact: taro@hoshi.example}\n", "x <!-- 03-1234-5678 -->"));
    site.build_at(NOON).exit(0).quiet();
    // The team chooses the level.
    site.write(INCIDENT, &incident("", "[mail](mailto:taro@hoshi.example)"));
    site.build_at(NOON).exit(1);
    for (level, code) in [("warn", 1), ("off", 0)] {
        site.write(
            "content/site.yaml",
            &config.replace("levels: {", &format!("levels: {{policy/looks-private: {level}, ")),
        );
        assert_eq!(site.build_at(NOON).exit(0).diagnostics().len(), code, "{level}");
    }
}

#[test]
fn rules_run_in_check_and_only_the_two_that_protect_stop_a_build() {
    let manual = "  reviewers: {incident: 1}\n  update_every: {minor: 1h}\n";
    let site = site(manual, "", "x");
    site.build_at(NOON).exit(0).quiet();
    let found = site.check().exit(1).diagnostics();
    let said: Vec<(&str, &str)> = found.iter().map(|d| (d.code.as_str(), d.severity.as_str())).collect();
    assert_eq!(said, [("policy/too-few-reviewers", "error"), ("policy/update-overdue", "warning")]);
    let at: Vec<String> = found.iter().map(|d| d.points_at(&site.read(INCIDENT))).collect();
    assert_eq!(at, ["Slow", "## investigating 2026-11-20 10:05"]);
    site.run(["check", "--as-of", "2026-11-20 10:30", "a"]).exit(1).stderr_has("0 of 1 name");
    site.edit(INCIDENT, "---\nWords", "reviewed_by: [Sato]\n---\nWords");
    site.run(["check", "--as-of", "2026-11-20 10:30"]).exit(0).stderr_has("no problems found");
    // Closed entries are checked only with `--all`.
    site.edit(INCIDENT, "reviewed_by: [Sato]\n", "");
    site.append(INCIDENT, "\n## resolved 2026-11-20 11:00\n\nx\n");
    site.check().exit(0).quiet();
    site.run(["check", "--as-of", NOON, "--all"]).exit(1).stderr_has("policy/too-few-reviewers");
}

#[test]
fn overdue_tells_what_waits_for_somebody() {
    let manual =
        "  update_every: {minor: 1h}\n  first_update_within: {minor: 1m}\n  postmortem_within: {minor: 7d}\n";
    let site = site(manual, "", "x");
    site.run(["overdue", "--as-of", "2026-11-20 11:05"]).exit(0).stderr_has("nothing is overdue");
    let late = site.run(["overdue", "--as-of", "2026-11-20 11:06", "--format", "json"]);
    assert_eq!(late.exit(1).codes(), ["policy/update-overdue"]);
    site.run(["overdue", "--as-of", "2026-11-20 11:06"]).exit(1).stderr_has("noroshi update a update");
    site.append(INCIDENT, "\n## resolved 2026-11-20 11:00\n\nx\n");
    site.run(["overdue", "--as-of", "2026-11-27 11:00"]).exit(0);
    let late = site.run(["overdue", "--as-of", "2026-11-27 11:01", "--format", "json"]);
    assert_eq!(late.exit(1).codes(), ["policy/postmortem-overdue"]);
    // An error in another file does not hide what is overdue.
    site.write("content/notices/b.md", "Words.\n");
    let late = site.run(["overdue", "--as-of", "2026-11-27 11:01", "--format", "json"]);
    assert_eq!(late.exit(1).codes(), ["policy/postmortem-overdue"]);
    late.stderr_has("noroshi check");
    site.run(["overdue", "--as-of", "soon"]).exit(2);
    Site::empty().run(["overdue"]).exit(0).stderr_has("sets no deadlines");
}

#[test]
fn machines_read_what_people_read() {
    let site = site("", "title: 遅延、a:b\n", "taro@hoshi.example");
    let repository = site.root().parent().expect("a folder").to_owned();
    let inside = |format: &str| {
        let mut command = site.command(["check", "--as-of", NOON, "--format", format]);
        command.current_dir(&repository);
        site.finish(command)
    };
    let folder = site.root().file_name().and_then(|name| name.to_str()).expect("a name");
    let line = inside("github");
    let wanted = format!(
        "::error file={folder}/content/incidents/a.md,line=11,endLine=11,col=1,endColumn=19,title=policy/looks-private::`taro…` looks private"
    );
    assert!(line.exit(1).stdout.starts_with(&wanted), "{}\n{wanted}", line.stdout);
    assert_eq!(line.stdout.lines().count(), 1);
    let log: Value = serde_json::from_str(&inside("sarif").exit(1).stdout).expect("JSON");
    let result = &log["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "policy/looks-private");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], format!("{folder}/content/incidents/a.md"));
    assert_eq!(place["region"]["startLine"], 11);
    // An empty result is a complete document too.
    site.write(INCIDENT, &incident("", "x"));
    let log: Value = serde_json::from_str(&inside("sarif").exit(0).stdout).expect("JSON");
    assert_eq!(log["runs"][0]["results"], Value::Array(Vec::new()));
    assert_eq!(inside("github").exit(0).stdout, "");
}

#[test]
fn what_an_authority_must_get_is_told_to_the_team_and_to_no_reader() {
    let site =
        site("  reports: {minor: [{preset: dora, to: Zorblax}]}\n", "detected: 2026-11-20 10:02\n", "x");
    let (before, after) = ("2026-11-20 14:05", "2026-11-20 14:06");
    site.run(["overdue", "--as-of", before]).exit(0).stderr_has("nothing is overdue");
    let late = site.run(["overdue", "--as-of", after, "--format", "json"]);
    assert_eq!(late.exit(1).codes(), ["policy/report-overdue"]);
    site.run(["overdue", "--as-of", after]).exit(1).stderr_has(
        "the report `initial` to `Zorblax` was due at 2026-11-20 14:05, 1 min ago: 4 h after the incident became minor",
    );
    let ja = site.run(["overdue", "--as-of", after, "--lang", "ja"]);
    ja.exit(1).stderr_has("`Zorblax` への報告 `initial` は、期限の 2026-11-20 14:05 を 1 分過ぎています");
    let next = site.run(["next", "--as-of", "2026-11-20 12:05"]).exit(0).stdout.clone();
    let due =
        "content/incidents/a.md: the report `initial` to `Zorblax` is due at 2026-11-20 14:05 JST, in 2 h";
    assert!(next.contains(due), "{next}");
    let next = site.run(["next", "--as-of", after, "--format", "json"]).exit(0).stdout.clone();
    let next: serde_json::Value = serde_json::from_str(&next).expect("JSON");
    let [first] = &next["reports"].as_array().expect("a list")[..] else { panic!("{next}") };
    assert_eq!((&first["due"], &first["overdue"]), (&"2026-11-20T05:05:00Z".into(), &true.into()));
    // The next report follows from the one that was sent, also after the end.
    site.append(INCIDENT, "\n## resolved 2026-11-20 15:00\n\nx\n");
    site.edit(
        INCIDENT,
        "detected",
        "internal: {reports: [{to: Zorblax, kind: initial, at: 2026-11-20 13:07}]}\ndetected",
    );
    site.run(["overdue", "--as-of", "2026-11-23 13:07"]).exit(0);
    site.run(["overdue", "--as-of", "2026-11-23 13:08"])
        .exit(1)
        .stderr_has("3 days after the report `initial`");
    for as_of in [before, after, "2026-11-23 13:08"] {
        site.run(["build", "--as-of", as_of]).exit(0);
        for (path, bytes) in site.files() {
            let text = String::from_utf8_lossy(&bytes);
            assert!(!text.contains("Zorblax") && !text.contains("13:07"), "{path} at {as_of}");
        }
    }
}
