//! Tests that the recorded inputs of a page are complete: the same inputs never make two different
//! pages. A build relies on this for the pages that it does not render again.

use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;

use noroshi::internals::digest::Digest;
use noroshi::internals::load;
use noroshi::internals::model::Instant;
use noroshi::internals::publish::{File, Rank};
use noroshi::internals::render::{self, Take};
use noroshi::internals::timeline::Snapshot;

use crate::harness::{NOON, Site, assert_same, folder};

/// 2026-11-20 12:00 in Tokyo, a minute later, the evening, a day in the window, and the next year.
const INSTANTS: [Instant; 5] = [
    Instant(1_795_143_600),
    Instant(1_795_143_660),
    Instant(1_795_172_400),
    Instant(1_795_287_600),
    Instant(1_800_000_000),
];

/// A site in which the page of an entry depends on everything that it can depend on.
fn site() -> Site {
    let site = Site::fixture("small");
    site.edit(
        "content/site.yaml",
        "components:\n",
        "publisher: {name: Example Inc., registration: No. 7}\nlinks:\n  nav: [{label: Shop, url: /about/}]\n  \
         footer: [{label: {en: Old, ja: 古い}, url: /news/1042/}]\n\
         contact: {label: Ask, url: 'https://a.example/'}\nfeedback: {label: Helpful?, url: /notices/survey/}\n\
         severities:\n  moderate: {name: Middling, definition: Some of it}\n\
         kinds: [{id: bank, name: By the bank}]\nfields:\n  - {id: funds, name: Funds, on: [incident, notice], \
         values: [{id: safe, name: Safe}, {id: lost, name: Lost}]}\n  - {id: note, name: Note, on: [maintenance]}\n\
         components:\n",
    );
    site.edit("content/incidents/delay.md", "aliases:", "fields: {funds: safe}\naliases:");
    site.edit(
        "content/incidents/delay.md",
        "One server of four.",
        "severity: minor\n\nOne of [four](/maintenance/weekly/), see [hours](../notices/hours.md#more).\n\n\
         ## resolved 2026-11-20 18:00\nended: 17:00\n\nDone. ![x](/favicon.svg)\n",
    );
    site.edit(
        "content/notices/hours.md",
        "We answer",
        "### More\n\n[Here](../pages/about.md) we [answer](/faq/)",
    );
    site.edit(
        "content/notices/hours.md",
        "level: info",
        "level: info\nfields: {funds: lost}\naffects: [api]",
    );
    site.edit("content/faq/safe.md", "surface: [incident]", "surface: [incident, maintenance]");
    let survey = "---\ntitle: Survey\npublish_at: 2026-11-01 09:00\n---\nTell us.\n";
    site.write("content/notices/survey.md", survey);
    site.write(
        "content/maintenance/bank.md",
        "---\ntitle: The bank\nkind: bank\naffects: [web]\nfields: {note: Long}\nscope: All of [it](/faq/)\n\
         window: {start: 2026-11-22 02:00, end: 2026-11-22 05:00}\npublish_at: 2026-11-18 12:00\nauto: both\n\
         phases:\n  - {affects: [web], start: 2026-11-22 02:00, end: 2026-11-22 03:00, mode: halted}\n---\n\
         Words.\n\n## scheduled 2026-11-20 12:01\nstart: 2026-11-22 01:30\n\nEarlier.\n\n\
         ## Evaluation 2026-11-23 12:00\n\nGood.\n",
    );
    // The site's own theme. It is short, because the test changes each line and word of it.
    site.edit("content/site.yaml", "publisher:", "theme: own\npublisher:");
    site.write("themes/own/theme.yaml", "scheme: light\ntokens:\n  ink: {light: \"#111\"}\n  radius: 1px\n");
    site.write("themes/own/assets/a.css", "a{b:url(c.svg)}\n");
    site.write("themes/own/assets/c.svg", "c\n");
    site.write("themes/own/slots/footer.html", "<p>{lang} {asset:c.svg}</p>\n");
    site.write("themes/own/messages/ja.ftl", "skip = 本文\nfact-affects = 影響\n");
    site.run(["check", "--as-of", NOON]).exit(0);
    site
}

/// Every page by its inputs, as first rendered.
#[derive(Default)]
struct Made(Mutex<HashMap<Digest, (String, Vec<u8>)>>);

/// One build, which records its pages and their inputs.
struct Build<'m> {
    made: &'m Made,
    inputs: Mutex<BTreeMap<String, Digest>>,
    what: &'m str,
}

impl Take for Build<'_> {
    type Done = ();
    type Error = ();

    fn keep(&self, _: &str, _: Rank, _: Digest) -> Result<Option<()>, ()> {
        Ok(None)
    }

    fn is(&self, _: &(), _: &File) -> bool {
        true
    }

    fn take(&self, file: File, inputs: Option<Digest>) -> Result<(), ()> {
        let Some(inputs) = inputs else { return Ok(()) };
        let mut made = self.made.0.lock().expect("a lock");
        let (what, bytes) = made.entry(inputs).or_insert_with(|| (self.what.to_owned(), file.bytes.clone()));
        let (before, after) = (String::from_utf8_lossy(bytes), String::from_utf8_lossy(&file.bytes));
        assert_eq!(before, after, "{} by {what}, then by {}", file.path, self.what);
        self.inputs.lock().expect("a lock").insert(file.path, inputs);
        Ok(())
    }
}

impl Made {
    /// Builds a site for an instant. Returns the inputs of its pages, or `None` if the content has an error.
    fn build(&self, site: &Site, at: Instant, what: &str) -> Option<BTreeMap<String, Digest>> {
        let loaded = load::load(site.root(), None, &|| ()).expect("a disk that can be read");
        let model = loaded.model.filter(|_| !loaded.diagnostics.has_errors())?;
        let pages =
            noroshi::internals::site::Site::new(Snapshot::at(&model, at)).expect("built-in languages");
        let build = Build { made: self, inputs: Mutex::default(), what };
        render::each_to(&pages, &loaded.assets, &build).expect("a disk that can be read");
        Some(build.inputs.into_inner().expect("a lock"))
    }

    fn build_all(&self, site: &Site, what: &str) -> bool {
        let built = INSTANTS.into_iter().filter(|at| self.build(site, *at, what).is_some());
        built.count() == INSTANTS.len()
    }
}

const FILES: [&str; 17] = [
    "content/site.yaml",
    "content/faq/safe.md",
    "content/faq/safe.ja.md",
    "content/incidents/delay.md",
    "content/incidents/delay.ja.md",
    "content/maintenance/bank.md",
    "content/maintenance/weekly.md",
    "content/maintenance/weekly.ja.md",
    "content/notices/hours.md",
    "content/notices/survey.md",
    "content/pages/about.md",
    "content/pages/about.ja.md",
    "themes/own/theme.yaml",
    "themes/own/assets/a.css",
    "themes/own/assets/c.svg",
    "themes/own/slots/footer.html",
    "themes/own/messages/ja.ftl",
];

#[test]
fn the_same_inputs_never_made_two_pages_whatever_line_is_gone() {
    let site = site();
    let made = Made::default();
    assert!(made.build_all(&site, "all lines"));
    let mut built = 0;
    for file in FILES.map(str::to_owned) {
        let text = site.read(&file);
        let lines: Vec<&str> = text.lines().collect();
        for gone in 0..lines.len() {
            let left: Vec<&str> = [&lines[..gone], &lines[gone + 1..]].concat();
            site.write(&file, &format!("{}\n", left.join("\n")));
            built += usize::from(made.build_all(&site, &format!("{file} without line {}", gone + 1)));
        }
        site.remove(&file);
        built += usize::from(made.build_all(&site, &format!("no {file}")));
        site.write(&file, &text);
    }
    assert!(built > 60, "only {built} of the sites could be built");
}

#[test]
fn the_same_inputs_never_made_two_pages_whatever_word_is_another() {
    let site = site();
    let made = Made::default();
    assert!(made.build_all(&site, "all words"));
    let mut built = 0;
    for file in FILES.map(str::to_owned) {
        let text = site.read(&file);
        let is_word = |c: char| c.is_alphanumeric();
        let starts = text.char_indices().scan(false, |inside, (at, c)| {
            let first = is_word(c) && !*inside;
            *inside = is_word(c);
            Some(first.then_some(at))
        });
        for at in starts.flatten() {
            let length = text[at..].find(|c| !is_word(c)).unwrap_or(text.len() - at);
            let (word, digit) = (&text[at..at + length], text.as_bytes()[at + length - 1]);
            // A number stays a number, and a word becomes another word.
            let other = match digit {
                b'0'..=b'8' => format!("{}{}", &word[..length - 1], char::from(digit + 1)),
                _ => format!("{word}x"),
            };
            site.write(&file, &format!("{}{other}{}", &text[..at], &text[at + length..]));
            built += usize::from(made.build_all(&site, &format!("{file} with `{other}` at {at}")));
        }
        site.write(&file, &text);
    }
    assert!(built > 150, "only {built} of the sites could be built");
}

#[test]
fn an_update_is_no_input_of_other_entries() {
    let site = Site::demo();
    let made = Made::default();
    let before = made.build(&site, INSTANTS[0], "before").expect("a site");
    let file = "content/incidents/2026-11/2026-11-20-btc-order-delay.md";
    let text = site.read(file);
    let updated = text.replacen("\n## ", "\n## update 2026-11-20 11:59\n\nまだ続いています。\n\n## ", 1);
    site.write(file, &updated);
    let after = made.build(&site, INSTANTS[0], "after").expect("a site");
    let changed: Vec<&String> =
        after.iter().filter(|(p, i)| before.get(*p) != Some(i)).map(|c| c.0).collect();
    // Its page and its file in the API in both languages, and what it promised.
    assert_eq!(changed.len(), 5, "{changed:?}");
    let own = |path: &&&String| path.contains("2026-11-20-btc-order-delay");
    assert_eq!(changed.iter().filter(own).count(), 2, "{changed:?}");
}

#[test]
fn a_site_built_step_by_step_is_the_site_built_at_once() {
    let site = site();
    site.build_at(NOON).exit(0);
    let edits = [
        ("site.yaml", "Middling", "Middle"),
        ("faq/safe.md", "does not touch", "touches none of"),
        ("incidents/delay.md", "We look", "We still look"),
        ("site.yaml", "locales:", "removed: [notice/hours]\nlocales:"),
        ("notices/hours.md", "publish_at: 2026-11-19", "publish_at: 2026-11-29"),
        ("site.yaml", "Bitcoin", "BTC"),
        ("pages/about.md", "nav: true", "nav: true\npublish_at: 2026-12-01 00:00"),
    ];
    for (file, from, to) in edits {
        site.edit(&format!("content/{file}"), from, to);
        let done = site.build_at(NOON);
        let stepped = done.exit(0).files();
        let whole = folder();
        let out = whole.path().join("site");
        std::fs::remove_dir_all(site.path(".noroshi")).expect("what an earlier build left");
        let out = out.to_str().expect("a path");
        site.run(["build", "--as-of", NOON, "--out", out]).exit(0);
        assert_same(&stepped, &crate::harness::files_of(std::path::Path::new(out)));
    }
}

#[test]
fn what_was_searched_for_other_private_words_is_searched_again() {
    let site = Site::fixture("small");
    site.write("content/static/note.txt", "Nothing to see.\n");
    site.build_at(NOON).exit(0);
    let rules = || site.read(".noroshi/pages").lines().next().map(str::to_owned);
    let before = rules();
    site.build_at(NOON).exit(0);
    assert_eq!(rules(), before);
    // The draft makes this text private, although the page that shows it does not change. The page
    // is public, so the text is not secret.
    let draft = "---\ntitle: Later\ndraft: true\n---\nOne server of four.\n";
    site.write("content/notices/later.md", draft);
    site.build_at(NOON).exit(0);
    assert_ne!(rules(), before, "what was found harmless before is not believed");
    site.write("content/static/note.txt", "zorblax zorblax\n");
    site.write("content/notices/later.md", &draft.replace("One server of four.", "zorblax zorblax"));
    site.build_at(NOON).exit(1);
}

#[test]
fn a_cache_that_is_lost_or_spoilt_changes_nothing() {
    let site = Site::fixture("small");
    site.build_at(NOON).exit(0);
    let files = site.files();
    let cache = site.read(".noroshi/pages");
    assert_eq!(site.read(".noroshi/.gitignore"), "*\n");
    let first = cache.lines().next().expect("a first line").to_owned();
    let half = cache[..cache.len() / 2].to_owned();
    for spoilt in [String::new(), half, format!("{first}\nx y z\n\n0"), cache.replace('a', "b")] {
        site.write(".noroshi/pages", &spoilt);
        assert_eq!(site.build_at(NOON).exit(0).written(), 0);
        assert_same(&files, &site.files());
        assert_eq!(site.read(".noroshi/pages"), cache);
    }
    std::fs::remove_dir_all(site.path(".noroshi")).expect("a folder");
    site.write(".noroshi", "a file\n");
    site.edit("content/notices/hours.md", "six", "seven");
    assert!(site.build_at(NOON).exit(0).written() > 1);
    assert_eq!(site.read(".noroshi"), "a file\n");
}
