//! Property tests with any input: pages and feeds stay valid, private text stays private, and
//! nothing panics.
//!
//! They run in one process, through the library: hundreds of sites a second.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Mutex;

use noroshi::internals::load::{self, Loaded};
use noroshi::internals::message::Language;
use noroshi::internals::model::Instant;
use noroshi::internals::render;
use noroshi::internals::site::Site;
use noroshi::internals::text::clean;
use noroshi::internals::timeline::Snapshot;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::harness::{folder, words as list};
use crate::{feeds, markup};

/// 2026-11-20 12:00 in Tokyo.
const NOON: Instant = Instant(1_795_143_600);

fn config() -> ProptestConfig {
    let default = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { default.cases } else { 64 };
    let rng_seed = if cases == 64 { RngSeed::Fixed(20_261_120) } else { default.rng_seed };
    ProptestConfig { cases, rng_seed, failure_persistence: None, max_shrink_iters: 300, ..default }
}

/// Text that has broken pages of other programs.
const NASTY: &str = "\
    <script>alert(1)</script> </script> <!-- --> ]]> <![CDATA[ & &amp; &lt;b&gt; \" ' \"␣onload=\"x \
    '␣x=' <b> </p> </title> </a> <img␣src=x␣onerror=x> <?xml?> {{␣1␣}} {%␣x␣%} ${x} \\ \\u003c \
    \u{202e}עברית\u{202c} العربية 👩‍👩‍👧‍👦 e\u{301} \u{1} \u{b} \u{85} \u{2028} \u{feff} \u{fffe} \
    \u{7f} \n \t ␣ ` ** [x]( ](y) ^[ 日本語";

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => proptest::sample::select(list(NASTY)),
        2 => "[a-z ]{1,8}",
        1 => any::<char>().prop_map(String::from),
        1 => proptest::collection::vec(any::<char>(), 0..12).prop_map(String::from_iter),
    ];
    proptest::collection::vec(piece, 1..8).prop_map(|pieces| pieces.concat())
}

/// A double-quoted scalar in which everything except plain letters is an escape.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || c == ' ' {
            out.push(c);
        } else {
            out.push_str(&format!("\\U{:08X}", u32::from(c)));
        }
    }
    out.push('"');
    out
}

/// The texts that a team can write where plain text is expected.
#[derive(Clone, Debug)]
struct Words {
    site: String,
    component: String,
    title: String,
    scope: String,
    question: String,
    body: String,
    private: String,
}

fn words() -> impl Strategy<Value = Words> {
    proptest::array::uniform7(text()).prop_map(Words::of)
}

impl Words {
    fn plain() -> Words {
        Words::of(std::array::from_fn(|_| String::from("word")))
    }

    fn of([site, component, title, scope, question, body, private]: [String; 7]) -> Words {
        Words { site, component, title, scope, question, body, private }
    }

    /// Writes a site that shows each text everywhere it can be shown.
    fn write(&self, root: &Path) {
        let [site, component, title, scope, question, private] =
            [&self.site, &self.component, &self.title, &self.scope, &self.question, &self.private]
                .map(|t| quoted(&format!("x{t}x")));
        // A body cannot contain a NUL, and must not contain a heading by chance.
        let body = self.body.replace('\0', "").replace(['\n', '\r'], " ");
        let secret = quoted(&format!("zorblax{}zorblax", self.private));
        put(
            root,
            "site.yaml",
            format!(
                "title: {{en: {site}, ja: {site}}}\ndescription: {{en: {site}, ja: {site}}}\n\
                 publisher: {{name: {{en: {site}, ja: {site}}}}}\n\
                 url: https://status.example/\ntimezone: Asia/Tokyo\nlocales: [en, ja]\n\
                 links: {{nav: [{{label: {{en: {site}, ja: {site}}}, url: /faq/}}]}}\ncomponents:\n\
                 \x20 - {{id: api, name: {{en: {component}, ja: {component}}}, since: 2026-01-01}}\n\
                 \x20 - {{id: assets, name: Assets, rows: [{{id: btc, name: {{en: {component}, ja: {component}}}}}], \
                 columns: [{{id: trade, name: Trading}}]}}\n\
                 faq: {{categories: [{{id: general, name: {{en: {component}, ja: {component}}}}}]}}\n"
            ),
        );
        put(
            root,
            "incidents/a.md",
            format!(
                "---\ntitle: {title}\nseverity: minor\naffects: [api, btc]\nstarted: 2026-11-20 10:15\n\
                 scope: {scope}\nexpected_recovery: {scope}\nreviewed_by: [{secret}]\n\
                 internal: {{reporter: {secret}, other: {private}}}\n---\n\
                 words {body}\n\n## identified 2026-11-20 10:50\n\nwords {body}\n\n\
                 ## FAQ\n\n### words {body}\n\nwords {body}\n\n## Postmortem 2026-11-20 11:00\n\nwords {body}\n"
            ),
        );
        put(
            root,
            "notices/b.md",
            format!("---\ntitle: {title}\npinned: true\npublish_at: 2026-11-20 09:00\n---\nwords {body}\n"),
        );
        put(
            root,
            "faq/c.md",
            format!(
                "---\ntitle: {question}\ncategory: general\ncomponents: [api]\nsurface: [incident]\n---\nwords {body}\n"
            ),
        );
        put(root, "pages/d.md", format!("---\ntitle: {title}\nnav: true\n---\nwords {body}\n"));
        put(root, "notices/e.md", format!("---\ntitle: {secret}\ndraft: true\n---\nzorblax {body}\n"));
    }
}

fn put(root: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    let path = root.join("content").join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
    fs::write(path, bytes).expect("a written file");
}

fn read(root: &Path) -> Loaded {
    load::load(root, None, &|| ()).expect("a disk that can be read")
}

/// Every file by path, or `None` if the content has an error.
fn built(root: &Path) -> Option<BTreeMap<String, String>> {
    let loaded = read(root);
    if loaded.diagnostics.has_errors() {
        return None;
    }
    let model = loaded.model.expect("a model without errors");
    let site = Site::new(Snapshot::at(&model, NOON)).expect("built-in languages");
    let files = Mutex::new(BTreeMap::new());
    render::each(&site, &loaded.assets, |file| {
        let text = String::from_utf8(file.bytes).map_err(|_| file.path.clone())?;
        files.lock().expect("a lock").insert(file.path, text);
        Ok::<_, String>(())
    })
    .expect("UTF-8");
    Some(files.into_inner().expect("a lock"))
}

/// The elements that Markdown and the theme produce.
const ELEMENTS: &str = " html head meta title link script body a svg symbol path use div header nav ul ol li main h1 h2 h3 \
    h4 h5 h6 p span b section article dl dt dd details summary table caption thead tbody tr th td time footer img em strong \
    code pre blockquote hr br del ins sup sub small input rect g desc text abbr bdi button ";

fn check_page(name: &str, text: &str) -> Result<(), TestCaseError> {
    let elements = match markup::html(text) {
        Ok(elements) => elements,
        Err(fault) => return Err(TestCaseError::fail(format!("{name}: {fault}"))),
    };
    for element in &elements {
        prop_assert!(ELEMENTS.contains(&format!(" {} ", element.name)), "{name}: {element:?}");
        let handler = element.attributes.iter().any(|(n, _)| n.starts_with("on") || n == "style");
        prop_assert!(!handler, "{name}: {element:?}");
        for address in crate::crawl::addresses(element) {
            let scheme = address.split_once(':').map_or("", |(scheme, _)| scheme);
            let known = ["https", "http", "mailto", "tel", "webcal"].contains(&scheme)
                || !scheme.bytes().all(|b| b.is_ascii_alphanumeric());
            prop_assert!(scheme.is_empty() || known, "{name}: {address}");
        }
        if element.is("script") {
            prop_assert!(element.attribute("src").is_some(), "{name}: {element:?}");
            prop_assert_eq!(&element.text, "");
            prop_assert!(element.attribute("defer").is_some(), "{name}: {element:?}");
        }
    }
    Ok(())
}

/// Builds a valid site with one more entry file of any bytes.
fn survives(name: &str, bytes: &[u8]) -> Result<(), TestCaseError> {
    let root = folder();
    Words::plain().write(root.path());
    put(root.path(), name, bytes);
    let loaded = read(root.path());
    // Showing diagnostics must not panic either.
    for found in loaded.diagnostics.sorted() {
        let _ = noroshi::internals::diagnostic::human(found, &loaded.texts, false, Language::ENGLISH);
        let line = noroshi::internals::diagnostic::json(found, &loaded.texts, Language::ENGLISH);
        prop_assert!(serde_json::from_str::<serde_json::Value>(&line).is_ok(), "{line}");
    }
    for (name, text) in built(root.path()).unwrap_or_default() {
        if name.ends_with(".html") {
            check_page(&name, &text)?;
        }
    }
    Ok(())
}

/// Valid and invalid lines of front matter and body, in any order.
fn lines() -> impl Strategy<Value = String> {
    const LINES: [&str; 40] = [
        "---",
        "title: a",
        "title: [a",
        "title: 'a",
        "severity: minor",
        "severity: critical",
        "affects: [api]",
        "affects: {api: major_outage}",
        "affects: []",
        "started: 2026-11-20 10:15",
        "detected: 2026-11-20",
        "scope: \"a",
        "  b: c",
        "- d",
        "{e: f}",
        "internal: {a: [b, {c: d}]}",
        "withdrawn: {at: 2026-11-20 11:00, reason: x}",
        "aliases: [/a/]",
        "publish_at: 2100-12-31 23:59",
        "draft: yes",
        "id: \"\"",
        "id: a/../b",
        "",
        "words",
        "## resolved 2026-11-20 11:00",
        "## investigating 2026-11-20T11:00:00+14:00",
        "## FAQ",
        "### Why?",
        "## Postmortem",
        "affects: api=",
        "next_update: 25:00",
        "ended: 11:00",
        "[a]: b.md",
        "[a][a] [^1]",
        "[^1]: note",
        "<!-- x",
        "-->",
        "```",
        "| a | b |\n|---|---|\n| c |",
        "> ## resolved 2026-11-20 11:00",
    ];
    let line = prop_oneof![
        6 => proptest::sample::select(LINES.to_vec()).prop_map(str::to_owned),
        1 => text(),
    ];
    proptest::collection::vec(line, 0..24).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_text_keeps_pages_and_feeds_sound(words in words()) {
        let root = folder();
        words.write(root.path());
        // A comment or a dangerous link in the body is an error, which is not part of this test.
        let files = built(root.path());
        prop_assume!(files.is_some());
        for (name, text) in files.unwrap_or_default() {
            prop_assert!(!text.to_lowercase().contains("zorblax") && !name.contains("zorblax"), "{name} tells a secret");
            if name.ends_with(".html") {
                check_page(&name, &text)?;
            } else if name.ends_with("feed.xml") {
                let items = feeds::read(&text).map_err(|f| TestCaseError::fail(format!("{name}: {f}")))?;
                let of_the_site = matches!(name.as_str(), "feed.xml" | "ja/feed.xml");
                prop_assert!(if of_the_site { items.len() == 3 } else { items.len() <= 3 }, "{name}");
                for item in items {
                    let html = markup::fragment(&item.description);
                    prop_assert!(html.is_ok(), "{html:?} in {}", item.description);
                }
            } else if name.ends_with(".json") {
                prop_assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{name}");
            } else if name.ends_with(".ics") {
                let sound = |line: &str| line.len() <= 75 && !line.contains(['\n', '\r']);
                prop_assert!(text.ends_with("\r\n") && text.split("\r\n").all(sound), "{name}: {text}");
            } else if name.ends_with("badge.svg") {
                let whole = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{text}");
                prop_assert!(markup::xml(&whole).is_ok(), "{name}: {:?}", markup::xml(&whole));
            } else if [".xml", ".atom", ".rss"].iter().any(|ending| name.ends_with(ending)) {
                prop_assert!(markup::xml(&text).is_ok(), "{name}: {:?}", markup::xml(&text));
            }
        }
    }

    #[test]
    fn plain_text_never_becomes_markup(words in words()) {
        let root = folder();
        let words = Words { body: "word".into(), scope: "word".into(), ..words };
        words.write(root.path());
        let files = built(root.path());
        prop_assert!(files.is_some(), "plain text is no error");
        let other = folder();
        Words::plain().write(other.path());
        let (files, plain) = (files.unwrap_or_default(), built(other.path()).unwrap_or_default());
        prop_assert_eq!(files.keys().collect::<Vec<_>>(), plain.keys().collect::<Vec<_>>());
        for (name, text) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
            let skeleton = |text: &str| markup::html(text).map(|e| markup::skeleton(&e));
            prop_assert_eq!(skeleton(text), skeleton(&plain[name]), "{}", name);
        }
        let items = feeds::read(&files["feed.xml"]).map_err(TestCaseError::fail)?;
        let title = format!("x{}x", words.title);
        let wanted = format!("] {}", clean(title.trim()));
        // An XML parser reads a line end as LF, and so does ours.
        prop_assert!(items.iter().all(|i| i.title.ends_with(&wanted)), "{items:?} without {wanted:?}");
    }

    #[test]
    fn questions_for_machines_are_the_questions_for_people(question in text()) {
        let root = folder();
        Words { question: question.clone(), ..Words::plain() }.write(root.path());
        let files = built(root.path()).unwrap_or_default();
        let page = markup::html(&files["faq/index.html"]).map_err(TestCaseError::fail)?;
        let faq = page.iter().any(|e| e.attribute("itemtype") == Some("https://schema.org/FAQPage"));
        prop_assert!(faq, "no questions for machines");
        let wanted = format!("x{question}x");
        let names: Vec<&str> =
            page.iter().filter(|e| e.attribute("itemprop") == Some("name")).map(|e| &*e.text).collect();
        prop_assert!(names.contains(&&*clean(wanted.trim())), "{names:?}");
    }

    #[test]
    fn any_bytes_are_an_entry_or_a_diagnostic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        survives("incidents/z.md", &bytes)?;
    }

    #[test]
    fn any_bytes_in_front_matter_are_a_diagnostic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        survives("maintenance/z.md", &[b"---\n", &*bytes, b"\n---\nWords.\n"].concat())?;
    }

    #[test]
    fn any_lines_are_an_entry_or_a_diagnostic(lines in lines()) {
        survives("incidents/z.md", format!("---\n{lines}\n").as_bytes())?;
        survives("maintenance/z.md", lines.as_bytes())?;
    }

    #[test]
    fn any_body_is_an_entry_or_a_diagnostic(lines in lines()) {
        let front = "---\ntitle: a\nseverity: minor\naffects: [api]\nstarted: 2026-11-20 10:15\n---\n";
        survives("incidents/z.md", format!("{front}{lines}\n").as_bytes())?;
    }

    #[test]
    fn any_bytes_are_a_configuration_or_a_diagnostic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        survives("site.yaml", &bytes)?;
    }

    #[test]
    fn any_change_of_a_configuration_is_one_or_a_diagnostic(at in 0_usize..500, cut in 0_usize..40, put in text()) {
        let root = folder();
        Words::plain().write(root.path());
        let mut text: Vec<char> = fs::read_to_string(root.path().join("content/site.yaml")).expect("a file").chars().collect();
        let at = at.min(text.len());
        let end = (at + cut).min(text.len());
        text.splice(at..end, put.chars());
        survives("site.yaml", String::from_iter(text).as_bytes())?;
    }
}
