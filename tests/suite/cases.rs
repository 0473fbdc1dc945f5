//! Tests of small inputs from other people that once failed, in `../shared/cases`: one test per
//! folder. The tests read them from there, so they are not copied into the repository. The README
//! of each case states the actual and the expected result.

use crate::harness::{NOON, Site, Text as _, beside};

/// A site with a copy of a case's folder at `place`; an empty `place` is the site itself. In a
/// clone without the cases, the test says so and passes.
fn case(name: &str, place: &str) -> Option<Site> {
    let folder = beside(&format!("cases/{name}"))?;
    let site = Site::bare();
    site.write_folder(&folder, place);
    Some(site)
}

#[test]
fn ten_japanese_notices_are_published() {
    let Some(site) = case("notices-ja", "content") else { return };
    site.remove("content/README.md");
    site.build_at(NOON).exit(0);
    let pages = site.files().into_keys().filter(|path| {
        (path.starts_with("incidents/j") || path.starts_with("maintenance/j"))
            && path.ends_with("/index.html")
    });
    assert_eq!(pages.count(), 10);
}

#[test]
fn names_in_nfd_are_one_with_names_in_nfc() {
    let Some(site) = case("08-nfd-names", "") else { return };
    // A checkout may have composed the names, but the test needs them decomposed on disk.
    for (folder, name) in [("content/incidents", "外部が.md"), ("content/static", "図が.png")] {
        let decomposed = name.replace('が', "か\u{3099}");
        if site.path(folder).join(name).exists() {
            site.rename(&format!("{folder}/{name}"), &format!("{folder}/{decomposed}"));
        }
    }
    site.build_at(NOON).exit(0);
    site.run(["check", "--as-of", NOON]).exit(0);
    let files = site.files();
    assert!(files.contains_key("図が.png") && files.contains_key("incidents/外部が/index.html"));
    assert!(site.page("notices/n/").contains("incidents/%E5%A4%96%E9%83%A8%E3%81%8C/"));
    assert!(site.page("p/").contains("%E5%9B%B3%E3%81%8C.png"));
}

#[test]
fn an_entry_by_another_ending_is_an_error_with_its_new_name() {
    let Some(site) = case("19-entry-by-another-ending", "") else { return };
    let built = site.build_at(NOON);
    assert_eq!(built.exit(1).codes(), ["source/not-an-entry"; 3]);
    let helps: Vec<String> = built.diagnostics().into_iter().filter_map(|found| found.help).collect();
    for (help, name) in helps.iter().zip(["a.md", "b.md", "c.md"]) {
        assert!(help.starts_with(&format!("rename it to `{name}`")), "{help}");
    }
}

#[test]
fn statuspage_text_is_text_and_not_markdown() {
    let Some(site) = case("10-statuspage-text-is-markdown", "") else { return };
    let source = site.path("source").display().to_string();
    site.run(["import", "statuspage", &source]).exit(0);
    let entry = site.read("content/incidents/2026-11-20-refs-fail.md");
    entry.has([
        "The endpoints git/refs/\\*, and git/heads/\\* fail.\n",
        "\n<https://example.com/details>\n",
        "See <https://example.com/help> for more.\n",
        "\\# Heading first\\\nand text\n",
    ]);
    site.build_at("2026-11-20T12:00:00Z").exit(0);
    let page = site.page("incidents/2026-11-20-refs-fail/");
    page.has([
        "git/refs/*, and git/heads/* fail.",
        ">https://example.com/details</a>",
        "# Heading first<br>",
    ]);
}

/// The text of the home page's recent history.
fn recent_history(site: &Site) -> String {
    let home = site.page("");
    let history = home.split("id=\"history\"").nth(1).unwrap_or_default().to_owned();
    let mut text = String::new();
    for part in history.split('<').skip(1) {
        text.push_str(part.split_once('>').map_or("", |(_, words)| words));
        text.push(' ');
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn quiet_days_that_were_not_name_what_went_on() {
    let Some(site) = case("03-quiet-days-that-were-not", "") else { return };
    site.build_at("2026-11-20T12:00:00+09:00").exit(0);
    let history = recent_history(&site);
    let (first, rest) = history.split_once("11月17日(火) 重大").expect("the day on which it began");
    assert!(first.contains("11月20日") && first.contains("から継続"), "{history}");
    assert!(!first.contains("障害・メンテナンスはありません"), "{history}");
    assert!(rest.contains("障害・メンテナンスはありません"), "{history}");
}

#[test]
fn an_empty_calendar_holds_a_component() {
    let Some(site) = case("13-empty-calendar", "") else { return };
    site.build_at("2026-11-20T12:00:00+09:00").exit(0);
    site.page("calendar.ics").has(["BEGIN:VTIMEZONE\r\n", "END:VTIMEZONE\r\n"]);
}

#[test]
fn a_zone_without_offset_is_shown_with_its_offset() {
    for (zone, shown) in [("Asia/Shanghai", "CST (UTC+8)"), ("America/Chicago", "CST (UTC-6)")] {
        // A new site for each zone: a change of zone in a published site would be an error.
        let Some(site) = case("16-zone-without-offset", "") else { return };
        site.edit("content/site.yaml", "Asia/Shanghai", zone);
        site.build_at("2026-11-20T12:00:00+09:00").exit(0);
        site.page("maintenance/m/").has([&format!("00:30–03:00 {shown}")]);
        for channel in ["social", "mail", "press", "support", "banner"] {
            let packed = site.noon(&format!("pack m --channel {channel}"));
            packed.exit(0);
            assert!(!packed.stdout.replace(shown, "").contains("CST"), "{channel}: {}", packed.stdout);
        }
    }
}

/// The items of the RSS feed as text: title, then description.
fn items(site: &Site) -> Vec<(String, String)> {
    let feed = site.page("feed.xml");
    let part = |item: &str, name: &str| {
        let (_, rest) = item.split_once(&format!("<{name}>")).expect(name);
        rest.split(&format!("</{name}>")).next().unwrap_or_default().to_owned()
    };
    feed.split("<item>").skip(1).map(|item| (part(item, "title"), part(item, "description"))).collect()
}

#[test]
fn feed_says_the_time_and_what_the_clock_declared() {
    let Some(site) = case("04-feed-says-no-time", "") else { return };
    site.build_at("2026-11-20T12:00:00+09:00").exit(0);
    let (title, text) = items(&site).remove(0);
    assert!(title.starts_with("[Scheduled] Database maintenance"), "{title}");
    text.has(["Planned.", "Window: Tue, December 1, 2026 02:00–05:00 JST", "Affects: "]);
    site.build_at("2026-12-01T06:00:00+09:00").exit(0);
    let all = items(&site);
    let of = |label: &str| &all.iter().find(|(title, _)| title.starts_with(label)).expect(label).1;
    let began = of("[In progress]");
    began.has(["The planned start, December 1, 2026 02:00 JST, has passed", "Window: ", "Affects: "]);
    of("[Verifying]").has(["The planned end, December 1, 2026 05:00 JST, has passed", "We are confirming"]);
    assert_eq!(*of("[Scheduled]"), text, "a later item leaves an earlier one as it was");
}

#[test]
fn host_limits_are_kept() {
    let Some(site) = case("06-host-limits", "") else { return };
    let outcome = site.build_at("2026-11-20T12:00:00+09:00");
    assert_eq!(outcome.exit(0).codes(), ["site/too-many-redirects"]);
    let rules = site.page("_headers").lines().filter(|line| line.starts_with('/')).count();
    assert!(rules <= 40, "{rules} rules");
    assert_eq!(site.page("_redirects").lines().count(), 2_000);
}

#[test]
fn links_to_folders_are_explained_where_they_matter() {
    let Some(_) = case("11-links-to-folders", "") else { return };
    let site = Site::bare();
    let outcome = site.run(["init"]);
    outcome.exit(0);
    outcome.stderr_has("next: noroshi serve").stderr_has("pages link to folders");
}

#[test]
fn a_japanese_line_that_defines_a_link_is_an_error_with_the_line_as_text() {
    let Some(site) = case("02-words-vanish", "") else { return };
    let built = site.build_at(NOON);
    assert_eq!(built.exit(1).codes(), ["link/unused-definition"; 3]);
    let helps: Vec<String> = built.diagnostics().into_iter().filter_map(|found| found.help).collect();
    for (help, line) in helps.iter().zip(["[重要]: 本日12時", "[注意]: 再送しない", "[※]: 詳細は後日"])
    {
        assert!(help.contains(&format!("`\\{line}")), "{help}");
    }
    site.run(["check", "--fix", "--as-of", NOON]);
    site.build_at(NOON).exit(0);
    let page = site.page("incidents/a/");
    page.has([
        "[重要]: 本日12時から注文を止めます。",
        "[注意]: 再送しないでください。",
        "[※]: 詳細は後日お知らせします。",
    ]);
}

#[test]
fn emphasis_beside_japanese_punctuation_is_published_as_emphasis() {
    let Some(site) = case("05-cjk-emphasis", "") else { return };
    site.build_at(NOON).exit(0);
    let page = site.page("incidents/a/");
    page.has([
        "これは<strong>「重要なお知らせ」</strong>です。",
        "<strong>重要：</strong>ご確認ください。",
        "<strong>API（v2）</strong>が遅れています。",
        "サービス名<strong>「取引」</strong>と<strong>（入金）</strong>は使えます。",
        "<del>「取消」</del>です。",
        "注文は<strong>100%</strong>です。",
        "<strong>停止。</strong>再開しました。",
    ]);
    let post = site.run(["pack", "a", "--channel", "social", "--as-of", NOON]);
    assert!(!post.exit(0).stdout.contains("**"), "{}", post.stdout);
}

#[test]
fn bare_addresses_are_links() {
    let Some(site) = case("07-bare-address", "") else { return };
    site.build_at(NOON).exit(0);
    let page = site.page("incidents/a/");
    for address in ["https://www.example.com/help", "https://www.example.com/status"] {
        assert!(page.contains(&format!("<a href=\"{address}\">{address}</a>")), "{address}");
    }
}

#[test]
fn brackets_that_were_meant_as_a_link_are_a_warning_with_the_line_corrected() {
    let Some(site) = case("12-link-that-is-none", "") else { return };
    let built = site.build_at(NOON);
    assert_eq!(built.exit(0).codes(), ["link/misspelt"; 3]);
    let helps: Vec<String> = built.diagnostics().into_iter().filter_map(|found| found.help).collect();
    assert!(helps[0].contains("[手順](https://www.example.com/a%20b.pdf)をご覧ください。"), "{}", helps[0]);
    assert!(helps[1].contains("[手順](https://www.example.com/)と"), "{}", helps[1]);
    assert!(helps[2].contains("と[手順](https://www.example.com/)"), "{}", helps[2]);
}

#[test]
fn no_first_update_is_swallowed() {
    let Some(site) = case("01-first-update-swallowed", "") else { return };
    // Four headings are updates in other forms; `check` reports the fifth line and `--fix` corrects it.
    site.run(["check", "--all", "--as-of", NOON])
        .exit(1)
        .stderr_has("content/incidents/e-inside-update.md")
        .stderr_has("`## 復旧 2026-11-20 11:15`");
    let codes = site.run(["check", "--all", "--as-of", NOON, "--format", "json"]).codes();
    assert_eq!(codes, ["update/near-heading"]);
    site.run(["check", "--fix", "--as-of", NOON]).exit(0);
    site.build_at(NOON).exit(0);
    let incidents = site.json("api/v2/incidents.json");
    let states: Vec<&str> = incidents["incidents"]
        .as_array()
        .expect("incidents")
        .iter()
        .filter_map(|incident| incident["status"].as_str())
        .collect();
    assert_eq!(states, ["resolved"; 5]);
    assert_eq!(site.read("public/feed.xml").matches("<title>【復旧】").count(), 5);
}
