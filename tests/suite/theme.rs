//! Tests of themes: changes that a team makes without Rust show where they should and nowhere else,
//! and errors are reported before anything is published.

use std::os::unix::fs::symlink;

use crate::crawl::Crawl;
use crate::harness::{NOON, Site, Text as _, assert_same, repository};
use crate::markup;

/// A site with a theme that uses every feature of themes.
fn themed() -> Site {
    let site = Site::fixture("small");
    site.edit("content/site.yaml", "components:\n", "theme: mine\nhome: {uptime: 30d}\ncomponents:\n");
    site.write(
        "themes/mine/theme.yaml",
        "extends: terminal\nscheme: light dark\ntokens:\n  accent: {light: \"#123456\"}\n",
    );
    site.write(
        "themes/mine/assets/mine.css",
        "@font-face{font-family:x;src:url(fonts/x.woff2)}\n.a{background:url('日 本*.svg')}\n",
    );
    site.write_bytes("themes/mine/assets/fonts/x.woff2", b"\0font\xff");
    site.write("themes/mine/assets/日 本*.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    site.write("themes/mine/assets/a.js", "\"use strict\";");
    site.write("themes/mine/slots/head.html", "<script defer src=\"{asset:a.js}\"></script>\n");
    for slot in ["top", "home-top", "home-bottom", "footer"] {
        site.write(
            format!("themes/mine/slots/{slot}.html"),
            &format!("<p><a href=\"{{root}}faq/\">slot {slot} {{lang}}</a></p>\n"),
        );
    }
    site.write(
        "themes/mine/slots/footer.ja.html",
        "<p>日本語の<img src=\"{asset:日 本*.svg}\" alt=\"\">枠</p>\n",
    );
    site.write("themes/mine/messages/ja.ftl", "nav-subscribe = 知らせを受ける\n");
    site
}

fn style(site: &Site) -> String {
    let found = site.files().into_iter().find(|(name, _)| name.starts_with("assets/theme/style."));
    String::from_utf8(found.expect("a stylesheet").1).expect("text")
}

#[test]
fn everything_of_a_theme_shows_where_it_should() {
    let site = themed();
    site.build_at(NOON).exit(0).quiet();
    let css = style(&site);
    css.has([
        "--accent:#123456;",
        "--measure:72rem;",
        "--radius:0px;",
        "--days:30}",
        "text-transform:uppercase",
        "url(\"fonts/x.",
    ]);
    let [home, ja, incident, lost, frame] =
        ["", "ja/", "incidents/delay/", "404.html", "embed/banner/"].map(|address| site.page(address));
    for (page, root) in [(&home, "./"), (&incident, "../../"), (&lost, "/")] {
        assert!(page.contains(&format!("<p><a href=\"{root}faq/\">slot top en</a></p>\n")), "{root}: {page}");
        page.has(["slot footer en</a></p>\n</footer>", "font-src 'self'; base-uri"]);
        assert!(page.contains(&format!("<script defer src=\"{root}assets/theme/a.")), "{root}");
    }
    let order =
        ["slot top", "<main", "slot home-top", "id=\"status\"", "slot home-bottom", "</main>", "slot footer"];
    let places: Vec<usize> =
        order.iter().map(|part| home.find(part).unwrap_or_else(|| panic!("{part}"))).collect();
    assert!(places.is_sorted(), "{places:?}");
    assert!(!incident.contains("slot home"));
    ja.has(["日本語の<img src=\"../assets/theme/", "slot top ja"]);
    ja.lacks(["slot footer"]);
    assert!(ja.contains("知らせを受ける") && !home.contains("知らせを受ける"));
    assert!(!frame.contains("slot ") && frame.contains("font-src 'self'; base-uri"));
    for page in [&home, &ja, &incident, &lost] {
        markup::html(page).expect("sound markup");
    }
    let files = site.files();
    assert_eq!(Crawl::new(&files, "https://status.example/").dead_links(), Vec::<String>::new());
    let headers = site.read("public/_headers");
    let rule = headers.split("\n\n").find(|rule| rule.starts_with("/assets/theme/*\n"));
    assert!(
        rule.is_some_and(|rule| rule.contains("Cache-Control: public, max-age=31536000, immutable")),
        "{headers}"
    );
    assert!(
        files.keys().filter(|name| name.starts_with("assets/")).all(|name| name.starts_with("assets/theme/"))
    );
    site.write("content/static/assets/team.css", "p{}");
    site.build_at(NOON).exit(0);
    assert_eq!(site.read("public/_headers"), headers, "files of the team change no rule");
}

#[test]
fn a_site_without_a_theme_of_its_own_has_the_policy_and_the_files_of_the_default_theme() {
    let site = Site::fixture("small");
    site.build_at(NOON).exit(0).quiet();
    let policy = "content=\"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'\"";
    for page in ["", "embed/banner/", "incidents/delay/"] {
        assert!(site.page(page).contains(policy), "{page}");
        assert!(site.page(page).contains("<meta name=\"color-scheme\" content=\"light dark\">"));
    }
    assert_eq!(site.files().keys().filter(|name| name.starts_with("assets/")).count(), 2);
    assert!(style(&site).starts_with(":root{color-scheme:light dark;--paper:#faf9f6;"));
}

#[test]
fn the_dark_theme_is_dark_on_screens_and_light_on_paper() {
    let site = Site::fixture("small");
    site.edit("content/site.yaml", "components:\n", "theme: terminal\ncomponents:\n");
    site.build_at(NOON).exit(0).quiet();
    let css = style(&site);
    assert!(css.starts_with(":root{color-scheme:light;--paper:#faf9f6;"), "{css}");
    assert!(css.contains("\n@media screen{:root{color-scheme:dark;--paper:#0b0e11;"), "{css}");
    assert!(site.page("").contains("<meta name=\"color-scheme\" content=\"dark\">"));
}

#[test]
fn a_copy_of_the_built_in_theme_changes_nothing() {
    let site = Site::fixture("small");
    site.build_at(NOON).exit(0);
    let before = site.files();
    site.write_folder(&repository().join("themes/default"), "themes/default");
    site.build_at(NOON).exit(0).quiet();
    assert_same(&before, &site.files());
}

#[test]
fn a_change_of_the_theme_is_in_every_page_and_the_rest_is_not_touched() {
    let site = themed();
    site.build_at(NOON).exit(0);
    assert_eq!(site.build_at(NOON).exit(0).written(), 0);
    for (file, from, to) in [
        ("themes/mine/theme.yaml", "#123456", "#123457"),
        ("themes/mine/slots/footer.html", "slot", "SLOT"),
        ("themes/mine/messages/ja.ftl", "知らせ", "通知"),
    ] {
        let before = site.page("ja/incidents/delay/") + &site.page("incidents/delay/");
        site.edit(file, from, to);
        site.build_at(NOON).exit(0);
        assert_ne!(site.page("ja/incidents/delay/") + &site.page("incidents/delay/"), before, "{file}");
        let stepped = site.files();
        std::fs::remove_dir_all(site.path(".noroshi")).expect("what earlier builds left");
        std::fs::remove_dir_all(site.path("public")).expect("what was published");
        site.build_at(NOON).exit(0);
        assert_same(&stepped, &site.files());
    }
}

#[test]
fn a_language_may_come_with_a_theme() {
    let site = Site::fixture("small");
    site.edit("content/site.yaml", "locales: [en, ja]", "locales: [en, ja, he]");
    let found = site.check().exit(1).diagnostics();
    assert_eq!(found[0].code, "site/unknown-locale");
    assert!(found[0].help.as_deref().is_some_and(|help| help.contains("`messages/he.ftl`")), "{found:?}");
    site.edit("content/site.yaml", "components:\n", "theme: mine\ncomponents:\n");
    site.write("themes/mine/messages/he.ftl", "language-name = עברית\nskip = לתוכן\n");
    let codes: Vec<String> = site.build_at(NOON).exit(0).codes();
    assert!(codes.contains(&"theme/missing-messages".to_owned()), "{codes:?}");
    site.page("he/").has(["<html lang=\"he\" dir=\"rtl\"", "לתוכן"]);
    assert!(site.page("").contains("עברית"));
}

/// Errors in one file of a theme: its name, its text, the code, and the marked text.
const FAULTS: [(&str, &str, &str, &str); 9] = [
    ("theme.yaml", "tokens: {ink: blue}\n", "theme/bad-colour", "blue"),
    ("theme.yaml", "extends: other\n", "theme/unknown-parent", "other"),
    ("theme.yaml", "tokens: [\n", "yaml/unclosed", "["),
    ("assets/a.css", "a{b:url(c.svg)}", "theme/missing-asset", "c.svg"),
    ("assets/a.css", "a{b:url(https://a.example/b)}", "theme/foreign", "https://a.example/b"),
    ("slots/top.html", "<p onclick=\"a()\">b</p>", "theme/inline", "a()"),
    ("slots/top.html", "<p>a", "theme/unbalanced", "<p>"),
    ("slots/tops.html", "<p>a</p>", "theme/unknown-slot", ""),
    ("messages/en.ftl", "skip = { $x }\n", "theme/unknown-variable", "$x"),
];

#[test]
fn a_theme_adds_words_of_writers_and_takes_none_away() {
    let site = Site::fixture("small");
    site.edit("content/site.yaml", "components:\n", "theme: mine\ncomponents:\n");
    site.write(
        "themes/mine/messages/en.ftl",
        "word-status-resolved = all clear\nword-status-monitoring = resolved\nword-fact-ended = over at\nword-severity-minor = tiny\nword-section-workaround = meanwhile\n",
    );
    let entry = "---\ntitle: Words\nseverity: Tiny\naffects: []\nstarted: 2026-11-20 09:00\n---\nx\n\n## resolved 2026-11-20 09:30\n\n## All clear 2026-11-20 10:00\nover at: 09:20\n\n## Meanwhile\nWait.\n";
    site.write("content/incidents/words.md", entry);
    let files = site.build_at(NOON).exit(0).files();
    let page = String::from_utf8_lossy(&files["incidents/words/index.html"]).into_owned();
    assert_eq!(page.matches("id=\"resolved-").count(), 2, "{page}");
    page.has(["id=\"workaround\"", "09:20"]);
    site.remove("themes/mine/messages/en.ftl");
    site.run(["check", "--as-of", NOON]).exit(1).stderr_has("`Tiny` is not a severity");
}

#[test]
fn a_fault_of_a_theme_is_reported_with_its_place_and_nothing_is_published() {
    for (file, text, code, at) in FAULTS {
        let site = Site::fixture("small");
        site.edit("content/site.yaml", "components:\n", "theme: mine\ncomponents:\n");
        let name = format!("themes/mine/{file}");
        site.write(&name, text);
        let found = site.build_at(NOON).exit(1).diagnostics();
        let [fault] = &found[..] else { panic!("{file}: {found:?}") };
        assert_eq!((fault.code.as_str(), fault.file.as_str()), (code, name.as_str()));
        if !at.is_empty() {
            assert_eq!(fault.points_at(text), at);
        }
        assert!(fault.help.is_some() && fault.severity == "error", "{fault:?}");
        assert!(!site.path("public").exists());
        // The text for people contains the line.
        let shown = site.run(["check", "--as-of", NOON]);
        shown.exit(1).stderr_has(&name);
        // `check` of a single entry reports it too.
        site.run(["check", "delay", "--as-of", NOON]).exit(1).stderr_has(code);
    }
}

#[test]
fn a_theme_that_is_not_there_is_named_with_those_that_are() {
    let site = Site::fixture("small");
    site.edit("content/site.yaml", "components:\n", "theme: hosi\ncomponents:\n");
    site.write("themes/hoshi/theme.yaml", "");
    let found = site.check().exit(1).diagnostics();
    let [fault] = &found[..] else { panic!("{found:?}") };
    assert_eq!(fault.code, "site/unknown-theme");
    assert_eq!(fault.points_at(&site.read("content/site.yaml")), "hosi");
    assert_eq!(
        fault.help.as_deref(),
        Some("did you mean `hoshi`? use one of `default`, `hoshi` or `terminal`")
    );
}

#[test]
fn links_and_what_is_too_large_stay_out_of_a_theme() {
    let site = Site::fixture("small");
    site.edit("content/site.yaml", "components:\n", "theme: mine\ncomponents:\n");
    site.write_bytes("themes/mine/assets/large.png", &vec![0; (5 << 20) + 1]);
    site.write_bytes("themes/mine/assets/text.css", &vec![b' '; (1 << 20) + 1]);
    site.write_bytes("themes/mine/slots/top.html", b"caf\xe9");
    symlink("/etc/hostname", site.path("themes/mine/assets/link.txt")).expect("a link");
    let mut codes = site.check().exit(1).codes();
    codes.sort();
    assert_eq!(codes, ["source/not-utf8", "source/symlink", "source/too-large", "source/too-large"]);
    let linked = Site::fixture("small");
    linked.edit("content/site.yaml", "components:\n", "theme: mine\ncomponents:\n");
    std::fs::create_dir(linked.path("themes")).expect("a folder");
    symlink(site.path("themes/mine"), linked.path("themes/mine")).expect("a link");
    assert_eq!(linked.check().exit(1).codes(), ["source/symlink"]);
}

#[test]
fn a_file_of_the_team_at_the_address_of_a_theme_s_file_is_reported() {
    let site = themed();
    site.build_at(NOON).exit(0);
    let files = site.files();
    let script = files.keys().find(|name| name.starts_with("assets/theme/a.")).expect("a file of the theme");
    site.write(format!("content/static/{script}"), "mine");
    let found = site.check().exit(1).diagnostics();
    let [fault] = &found[..] else { panic!("{found:?}") };
    assert_eq!(fault.code, "site/colliding-address");
    assert!(fault.message.contains("themes/mine/assets/a.js"), "{fault:?}");
}

#[test]
fn private_words_in_a_file_of_a_theme_are_found_before_they_go_out() {
    let site = themed();
    site.write("content/notices/later.md", "---\ntitle: Later\ndraft: true\n---\nzorblax zorblax zorblax\n");
    site.build_at(NOON).exit(0);
    site.write("themes/mine/assets/notes.json", "[\"zorblax zorblax zorblax\"]");
    site.build_at(NOON).exit(1);
    assert!(!site.files().keys().any(|name| name.starts_with("assets/theme/notes.")));
}

#[test]
fn init_begins_a_theme_that_looks_like_its_parent() {
    let site = Site::fixture("small");
    site.build_at(NOON).exit(0);
    let before = site.files();
    let begun = site.run(["init", "--theme", "mine"]);
    begun.exit(0).stderr_has("next: add `theme: mine` to");
    assert_eq!(begun.stdout.lines().count(), 2, "{}", begun.stdout);
    site.edit("content/site.yaml", "components:\n", "theme: mine\ncomponents:\n");
    site.build_at(NOON).exit(0).quiet();
    assert_same(&before, &site.files());
    // Every line of tokens works once its `#` is removed, and has the parent's value.
    let all = site.read("themes/mine/theme.yaml").replace("\n  # ", "\n  ");
    site.write("themes/mine/theme.yaml", &all);
    site.build_at(NOON).exit(0).quiet();
    assert_same(&before, &site.files());
    site.run(["init", "--theme", "mine"]).exit(3).stderr_has("nothing was written");
    site.run(["init", "--theme", "Mine!"]).exit(2).stderr_has("write it as `mine`");
    site.run(["init", "--theme", "terminal"]).exit(2).stderr_has("built in");
}

#[test]
fn init_begins_a_site_with_its_theme() {
    let site = Site::bare();
    site.run(["init", "--theme", "mine", "--ci", "github"]).exit(0).stderr_has("next: noroshi serve");
    assert!(site.read("content/site.yaml").contains("\ntheme: mine\n"));
    site.build_at(NOON).exit(0).quiet();
}

#[test]
fn nothing_is_published_into_the_themes() {
    let site = Site::fixture("small");
    site.write("themes/mine/theme.yaml", "");
    site.noon("build --out themes/mine/public").exit(2);
    assert!(!site.path("themes/mine/public").exists());
}
