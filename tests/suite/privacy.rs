//! Tests that private text never reaches any output, in any form.

use crate::harness::{NOON, Site, Text as _};

/// Fails if a word is in any published byte or path, ignoring case. The word consists of ASCII
/// letters, which no format escapes.
#[track_caller]
fn assert_hidden(site: &Site, word: &str) {
    let word = word.to_lowercase();
    for (name, bytes) in site.files() {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        assert!(!text.contains(&word), "{word} stands in {name}");
        assert!(!name.to_lowercase().contains(&word), "{word} stands in the path {name}");
    }
}

#[track_caller]
fn assert_shown(site: &Site, word: &str) {
    let shown = site.files().values().any(|b| String::from_utf8_lossy(b).contains(word));
    assert!(shown, "{word} stands nowhere");
}

fn incident(front: &str, body: &str) -> String {
    format!(
        "---\ntitle: Slow orders\nseverity: minor\naffects: [api]\nstarted: 2026-11-20 10:15\n{front}---\nIt is slow.\n\n{body}"
    )
}

#[test]
fn a_draft_is_never_built() {
    let site = Site::fixture("small");
    let front = "draft: true\nid: zorblaxid\naliases: [/zorblaxold/]\nscope: zorblaxscope\n";
    let text = incident(front, "zorblaxsummary\n\n## resolved 2026-11-20 11:00\n\nzorblaxword\n");
    site.write("content/incidents/zorblaxslug.md", &text.replace("Slow orders", "zorblaxtitle"));
    for kind in ["notices", "pages"] {
        let text = "---\ntitle: zorblaxtitle\ndraft: true\n---\nzorblaxword\n";
        site.write(format!("content/{kind}/zorblax{kind}.md"), text);
    }
    let question = "---\ntitle: zorblaxtitle\ncategory: general\ndraft: true\ncomponents: [api]\nsurface: [incident]\n---\nzorblax\n";
    site.write("content/faq/zorblaxfaq.md", question);
    site.build_at(NOON).exit(0);
    assert_hidden(&site, "zorblax");
}

#[test]
fn a_link_to_a_draft_shows_its_words_alone() {
    let site = Site::fixture("small");
    site.write("content/pages/zorblax.md", "---\ntitle: x\ndraft: true\n---\nx\n");
    site.write("content/incidents/b.md", &incident("", "See [the plan](../pages/zorblax.md).\n"));
    assert_eq!(site.build_at(NOON).exit(0).codes(), ["link/not-published"]);
    assert_hidden(&site, "zorblax");
    assert!(site.page("incidents/b/").contains("See the plan."));
}

#[test]
fn what_is_for_later_waits() {
    let site = Site::fixture("small");
    let front = "publish_at: 2026-11-21 09:00\naliases: [/zorblaxold/]\n";
    let text = incident(front, "zorblaxsummary\n").replace("Slow orders", "zorblaxtitle");
    site.write("content/incidents/zorblaxslug.md", &text);
    site.write(
        "content/notices/zorblaxnotice.md",
        "---\ntitle: zorblax\npublish_at: 2026-11-21 09:00\n---\nx\n",
    );
    site.write("content/pages/b.md", "---\ntitle: B\n---\nSee [it](../incidents/zorblaxslug.md).\n");
    site.build_at(NOON).exit(0);
    assert_hidden(&site, "zorblax");
    site.build_at("2026-11-21 08:59").exit(0);
    assert_hidden(&site, "zorblax");
    site.build_at("2026-11-21 09:00").exit(0);
    for word in ["zorblaxtitle", "zorblaxsummary", "zorblaxnotice", "/zorblaxold/"] {
        assert_shown(&site, word);
    }
}

#[test]
fn an_update_is_visible_from_its_own_time() {
    let site = Site::fixture("small");
    let later = "## resolved 2026-11-20 13:00\nended: 12:50\n\nzorblaxword [a](https://zorblax.example/)\n\n\
                 ## Postmortem 2026-11-20 14:00\n\n### zorblaxcause\n\nzorblaxlong\n";
    let first = "## investigating 2026-11-20 10:20\n\nFirst.\n\n";
    site.write("content/incidents/b.md", &incident("", &format!("{first}{later}")));
    site.build_at(NOON).exit(0);
    assert_hidden(&site, "zorblax");
    let page = site.page("incidents/b/");
    assert!(page.contains("First.") && !page.contains("T04:00:00Z"), "{page}");
    site.build_at("2026-11-20 13:00").exit(0);
    assert_shown(&site, "zorblaxword");
    assert_hidden(&site, "zorblaxcause");
    site.build_at("2026-11-20 14:00").exit(0);
    assert_shown(&site, "zorblaxcause");
}

#[test]
fn a_translation_waits_with_its_original() {
    let site = Site::fixture("small");
    site.write("content/incidents/b.md", &incident("", "## resolved 2026-11-20 13:00\n\nLater.\n"));
    let text = "---\ntitle: 注文\n---\n注文です。\n\n## resolved 2026-11-20 13:00\n\nzorblaxword\n";
    site.write("content/incidents/b.ja.md", text);
    site.build_at(NOON).exit(0);
    assert_hidden(&site, "zorblax");
    site.build_at("2026-11-20 13:00").exit(0);
    assert_shown(&site, "zorblaxword");
}

#[test]
fn internal_facts_and_reviewers_are_nobodys_to_read() {
    let site = Site::fixture("small");
    let front = "reviewed_by: [zorblax one, \"zorblax <two> & three\"]\ninternal:\n  reporter: zorblax four\n  \
                 zorblaxkey: 5\n  deep: {list: [zorblax six, {reproduce: zorblax seven}]}\n";
    site.write("content/incidents/b.md", &incident(front, "## resolved 2026-11-20 11:00\n\nDone.\n"));
    let work = "---\ntitle: Work\nkind: regular\naffects: [api]\nwindow: {start: 2026-11-20 11:00, end: unknown}\n\
                publish_at: 2026-11-19 09:00\nreviewed_by: zorblax\ninternal: {tested: zorblax, rollback: zorblax}\n---\nx\n";
    site.write("content/maintenance/c.md", work);
    site.build_at(NOON).exit(0);
    assert_hidden(&site, "zorblax");
}

#[test]
fn comments_are_never_published() {
    let site = Site::fixture("small");
    let body = "One <!-- zorblax --> two.\n\n<!--\nzorblax\n\n## resolved 2026-11-20 11:30\n\nzorblax\n-->\n\n\
                ## identified 2026-11-20 11:00\nnext_update: 12:30\n<!-- zorblax -->\n\nThree.\n\n\
                - four <!-- zorblax\n  zorblax -->\n\n## FAQ\n\n### Why? <!-- zorblax -->\n\nSo. <!--zorblax-->\n";
    site.write("content/incidents/b.md", &incident("scope: \"a <!-- zorblax --> b\"\n", body));
    site.build_at(NOON).exit(0);
    assert_hidden(&site, "zorblax");
    let page = site.page("incidents/b/");
    assert!(page.contains("Three.") && page.contains("four"), "{page}");
    assert!(!page.contains("T02:30:00Z"), "an update in a comment is none: {page}");
}

#[test]
fn templates_and_litter_are_not_published() {
    let site = Site::fixture("small");
    site.write("content/templates/zorblax.md", "---\ntitle: zorblax\n---\n");
    site.write("content/incidents/.zorblax.md.swp", "zorblax").write("content/incidents/b.md~", "zorblax");
    site.write("content/static/.zorblax", "zorblax");
    assert_eq!(site.build_at(NOON).exit(0).codes(), ["static/hidden-file"]);
    assert_hidden(&site, "zorblax");
}

#[test]
fn withdrawn_words_are_gone_and_the_address_says_so() {
    let site = Site::fixture("small");
    let front = "withdrawn: {at: 2026-11-20 11:30, reason: It was another company's.}\nscope: zorblaxscope\nnext_update: 2026-11-20 12:30\n";
    let body = "zorblaxsummary\n\n## identified 2026-11-20 11:00\n\nzorblaxword\n\n## Actions\n\nzorblaxdo\n\n## FAQ\n\n### zorblaxwhy?\n\nzorblaxso\n";
    let text = incident(front, body).replace("Slow orders", "zorblaxtitle");
    site.write("content/incidents/b.md", &text);
    site.write("content/incidents/b.ja.md", "---\ntitle: zorblaxja\nscope: zorblaxja\n---\nzorblaxja\n");
    site.build_at("2026-11-20 11:29").exit(0);
    let ids = |site: &Site| {
        let feed = crate::feeds::read(&site.page("feed.xml")).expect("a feed");
        feed.into_iter().filter(|i| i.link.contains("/incidents/b/")).map(|i| i.guid).collect::<Vec<_>>()
    };
    let before = ids(&site);
    for part in ["title", "scope", "summary", "word", "do", "why", "ja"] {
        assert_shown(&site, &format!("zorblax{part}"));
    }
    site.build_at(NOON).exit(0);
    assert_hidden(&site, "zorblax");
    site.page("incidents/b/").has(["It was another company&#39;s."]);
    assert!(site.page("ja/incidents/b/").contains("It was another company&#39;s."));
    assert_eq!(ids(&site)[1..], before[..], "its withdrawal is one more item, and the others keep their ids");
}

#[test]
fn a_copied_file_with_a_private_text_stops_the_build() {
    let site = Site::fixture("small");
    site.build_at(NOON).exit(0);
    let before = site.mtimes();
    site.write("content/incidents/b.md", &incident("internal: {reporter: Taro Zorblax}\n", ""));
    for text in ["by Taro Zorblax", "Taro%20Zorblax"] {
        site.write("content/static/report.csv", text);
        assert_eq!(site.build_at(NOON).exit(1).codes(), ["privacy/leak"]);
        assert_eq!(site.mtimes(), before);
    }
    site.write("content/static/report.csv", "by nobody");
    site.build_at(NOON).exit(0);
}

#[test]
fn what_is_public_too_is_no_secret() {
    let site = Site::fixture("small");
    let text = incident("internal: {team: Example Status, seen: It is slow.}\n", "");
    site.write("content/incidents/b.md", &text);
    let later =
        "---\ntitle: New feed\npublish_at: 2026-11-21 09:00\n---\nIt is `https://status.example/feed.xml`.\n";
    site.write("content/notices/feed.md", later);
    site.build_at(NOON).exit(0).quiet();
}

#[test]
fn a_translation_that_is_held_back_is_left_out() {
    for key in ["draft: true", "publish_at: 2027-01-01 09:00", "withdrawn: {at: 2026-11-01 09:00, reason: x}"]
    {
        let site = Site::fixture("small");
        site.write("content/pages/b.md", "---\ntitle: Open\n---\nwords\n");
        site.write("content/pages/b.ja.md", &format!("---\ntitle: zorblax\n{key}\n---\nzorblax\n"));
        assert_eq!(site.build_at(NOON).exit(0).codes(), ["translation/held-back"], "{key}");
        assert_hidden(&site, "zorblax");
    }
}

#[test]
fn what_only_a_comment_of_the_configuration_says_is_no_public_text() {
    let site = Site::fixture("small");
    site.append("content/site.yaml", "# on duty: zorblax-zorblax\n");
    site.write("content/incidents/b.md", &incident("internal: {duty: zorblax-zorblax}\n", ""));
    site.write("content/static/leak.txt", "zorblax-zorblax\n");
    assert_eq!(site.build_at(NOON).exit(1).codes(), ["privacy/leak"]);
}

#[test]
fn a_comment_in_a_fact_line_is_an_error() {
    let site = Site::fixture("small");
    let update = "## investigating 2026-11-20 10:20\nexpected_recovery: soon <!-- zorblax -->\n";
    site.write("content/incidents/b.md", &incident("", update));
    assert_eq!(site.build_at(NOON).exit(1).codes(), ["update/comment-in-fact"]);
}

#[test]
fn a_name_in_the_folder_of_an_entry_stops_the_events_that_would_tell_it() {
    let site = Site::fixture("small");
    let text =
        incident("internal: {reporter: Taro Zorblax}\n", "## investigating 2026-11-20 10:20\n\nFirst.\n");
    site.write("content/incidents/taro-zorblax/b.md", &text);
    site.run(["build", "--as-of", NOON]).exit(0);
    assert_hidden(&site, "zorblax");
    std::fs::remove_dir_all(site.path("public")).expect("it was built");
    let refused = site.run(["build", "--as-of", NOON, "--events", "-"]);
    assert!(!refused.exit(1).stdout.contains("zorblax"), "{}", refused.stdout);
    refused.stderr_has("`internal.reporter` would be published in `events.jsonl`");
    assert!(!site.path("public/index.html").exists(), "nothing is published either");
}

#[test]
fn a_private_name_in_a_text_that_is_sent_stops_it() {
    let site = Site::fixture("small");
    site.append("content/site.yaml", "channels: {mail: {from: \"Taro Zorblax <status@example.com>\"}}\n");
    site.write("content/incidents/b.md", &incident("internal: {reporter: Taro Zorblax}\n", ""));
    let refused = site.run(["pack", "b", "--as-of", NOON]);
    assert!(!refused.exit(1).stdout.contains("Zorblax"), "{}", refused.stdout);
    refused.stderr_has("`internal.reporter` would be published in `mail.eml`");
    site.run(["pack", "b", "--as-of", NOON, "--channel", "social"]).exit(0);
    let note = site.run(["pack", "b", "--as-of", NOON, "--channel", "internal"]);
    assert!(note.exit(0).stdout.contains("Taro Zorblax"), "{}", note.stdout);
}

#[test]
fn no_command_prints_a_private_value() {
    let fronts = [
        // Text that no parser accepts, around and inside private values.
        "internal: {who: zorblax\n",
        "internal: {who: zorblax, \"by: x}\n",
        "internal:\n\twho: zorblax\n",
        "internal:\n  who:zorblax\n  x\n",
        "internal:\n  who: zorblax #1 zorblax\n  by: a #zorblax\n",
        "internal:\n  - &a zorblax\n  - *zorblax\n",
        "internal: !zorblax x\n",
        "internal: {who： zorblax}\n",
        "internal: \"zorblax\n  zorblax\n",
        "internal: |\n  zorblax\n zorblax\nscope: [\n",
        "internal: {zorblax: 1, zorblax: 2}\n",
        "internal: [zorblax]\n",
        "internal: zorblax\n",
        "reviewed_by: {zorblax: zorblax}\n",
        "reviewed_by: [zorblax\n",
        "reviewed_by:\n- zorblax\n- [zorblax]\n- {a: zorblax}\n",
        "scope: [\ninternal: zorblax\n",
        "scope: \"a\ninternal: zorblax\n",
        "severty: minor\ninternal: zorblax\n",
        "affects: [apo]\nreviewed_by: zorblax\n",
    ];
    for front in fronts {
        let site = Site::fixture("small");
        site.write("content/incidents/b.md", &incident(front, "## investigatng 2026-11-20 10:20\n"));
        site.write("content/incidents/b.ja.md", &format!("---\ntitle: x\n{front}---\nx\n"));
        for option in ["--format human", "--format json", "--format github", "--format sarif", "--fix"] {
            let run = site.noon(&format!("check {option}"));
            let all = format!("{}{}", run.stdout, run.stderr);
            assert!(!all.contains("zorblax"), "{front}\n{all}");
        }
    }
}
