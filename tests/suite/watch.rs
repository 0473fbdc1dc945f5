//! Tests of `noroshi watch`: when it publishes, and which failures it survives. No test waits for a
//! fixed time: each reads the log until a line appears.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use noroshi::internals::model::Instant;

use crate::harness::{NOBODY, Site, Text as _, assert_same, file_of, files_of, folder, is_root};

/// Longer than any step takes; only a failing test waits this long.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running `watch` that stops when it is dropped.
struct Watch {
    child: Child,
    lines: Receiver<String>,
    log: Vec<String>,
}

impl Watch {
    fn begin(site: &Site) -> Watch {
        Watch::run(site.command(["watch"]))
    }

    fn run(mut command: Command) -> Watch {
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("a process");
        let log = BufReader::new(child.stderr.take().expect("its log"));
        let (tell, lines) = channel();
        std::thread::spawn(move || log.lines().map_while(Result::ok).all(|line| tell.send(line).is_ok()));
        Watch { child, lines, log: Vec::new() }
    }

    /// Reads until a line contains these words.
    #[track_caller]
    fn until(&mut self, words: &str) -> String {
        loop {
            let Ok(line) = self.lines.recv_timeout(PATIENCE) else {
                panic!("`{words}` was never said in\n{}", self.log.join("\n"));
            };
            self.log.push(line.clone());
            if line.contains(words) {
                return line;
            }
        }
    }

    /// Reads until the published files are as wanted. One change may be published in two steps.
    #[track_caller]
    fn until_published(&mut self, wanted: impl Fn() -> bool) {
        while !wanted() {
            self.until(" published ");
        }
    }

    /// Sends a signal and waits for the end.
    #[track_caller]
    fn stop(mut self, signal: &str) -> Option<i32> {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().expect("kill").success());
        self.until(" stopped");
        self.child.wait().expect("an end").code()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The fixture, published by a running `watch`.
fn published() -> (Site, Watch) {
    let site = Site::fixture("small");
    let mut watch = Watch::begin(&site);
    watch.until(" published ");
    (site, watch)
}

/// Asserts that a build of the same content at the same instant gives the same files.
#[track_caller]
fn assert_as_built(site: &Site) {
    let whole = folder();
    let out = whole.path().join("site");
    let out = out.to_str().expect("a path");
    // Both build for the current time, so a change between the two needs another try.
    for _ in 0..3 {
        site.run(["build", "--out", out]).exit(0);
        if files_of(whole.path().join("site").as_path()) == site.files() {
            return;
        }
    }
    assert_same(&site.files(), &files_of(whole.path().join("site").as_path()));
}

const NEWS: &str = "---\ntitle: News\npublish_at: 2026-11-19 09:00\n---\nWords of the news.\n";

#[test]
fn each_save_is_published_and_is_what_a_build_would_publish() {
    let (site, mut watch) = published();
    let shows = |address: &str, words: &str| {
        let page = fs::read_to_string(site.path(format!("public/{}", file_of(address))));
        page.is_ok_and(|page| page.contains(words))
    };
    site.edit("content/incidents/delay.md", "We look", "We still look");
    watch.until_published(|| shows("incidents/delay/", "We still look"));
    site.write("content/notices/news.md", NEWS);
    watch.until_published(|| shows("notices/news/", "Words of the news."));
    // An editor that saves by renaming.
    site.write("content/notices/.news.md.new", &NEWS.replace("Words", "More words"));
    site.rename("content/notices/.news.md.new", "content/notices/news.md");
    watch.until_published(|| shows("notices/news/", "More words of the news."));
    // A renamed file, for which `watch` names the old entry.
    site.rename("content/notices/news.md", "content/notices/other.md");
    watch.until(" not published: content/notices/other.md: this has nearly the text of `notice/news`");
    site.edit("content/notices/other.md", "title", "id: news\naliases: [/notices/news/]\ntitle");
    watch.until_published(|| shows("notices/other/", "More words") && !shows("notices/news/", "More words"));
    site.remove("content/notices/other.md");
    watch.until_published(|| !shows("notices/other/", ""));
    site.edit("content/site.yaml", "Bitcoin", "BTC");
    watch.until_published(|| shows("", "BTC"));
    site.write("content/static/note.txt", "one\n");
    watch.until_published(|| shows("note.txt", "one"));
    site.write("content/static/note.txt", "two\n");
    watch.until_published(|| shows("note.txt", "two"));
    assert_as_built(&site);
    assert_eq!(watch.stop("-TERM"), Some(0));
}

#[cfg(debug_assertions)]
#[test]
fn an_entry_whose_new_words_panic_stands_as_before_until_it_is_mended() {
    let site = Site::fixture("small");
    let mut command = site.command(["watch"]);
    command.env("NOROSHI_PANIC", "title:Broken");
    let mut watch = Watch::run(command);
    watch.until(" published ");
    let before = site.files();
    site.edit("content/incidents/delay.md", "title: Slow orders", "title: Broken");
    watch.until("internal/panic");
    watch.until("not published");
    assert_same(&site.files(), &before);
    site.edit("content/incidents/delay.md", "title: Broken", "title: Mended");
    watch.until_published(|| site.page("incidents/delay/").contains("Mended"));
    assert_eq!(watch.stop("-TERM"), Some(0));
}

#[test]
fn a_theme_is_followed_too_from_the_day_it_appears() {
    let (site, mut watch) = published();
    site.edit("content/site.yaml", "components:\n", "theme: mine\ncomponents:\n");
    watch.until("not published");
    site.write("themes/mine/slots/top.html", "<p>one</p>\n");
    watch.until_published(|| site.page("incidents/delay/").contains("<p>one</p>"));
    site.write("themes/mine/slots/top.html", "<p>two</p>\n");
    watch.until_published(|| site.page("incidents/delay/").contains("<p>two</p>"));
    site.write("themes/mine/slots/top.html", "<p>three\n");
    watch.until("theme/unbalanced");
    watch.until("not published");
    site.write("themes/mine/slots/top.html", "<p>three</p>\n");
    watch.until_published(|| site.page("incidents/delay/").contains("<p>three</p>"));
    site.write("themes/mine/assets/a.css", ".a{}\n");
    let has_rule = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).contains("\n.a{}\n");
    watch.until_published(|| site.files().values().any(has_rule));
    site.edit("content/incidents/delay.md", "We look", "We still look");
    watch.until_published(|| site.page("incidents/delay/").contains("We still look"));
    assert_as_built(&site);
    assert_eq!(watch.stop("-TERM"), Some(0));
}

#[test]
fn an_error_is_said_and_the_last_good_site_stays() {
    let (site, mut watch) = published();
    let before = site.files();
    site.edit("content/incidents/delay.md", "severity: ", "severity: x");
    watch.until("entry/unknown-word");
    watch.until("not published: 1 error; the last good site stays");
    assert_same(&site.files(), &before);
    // An error in the content publishes nothing, not even valid files.
    site.write("content/notices/news.md", NEWS);
    site.edit("content/incidents/delay.md", "severity: x", "severity: ");
    watch.until_published(|| site.path("public/notices/news/index.html").exists());
    site.remove("content/site.yaml");
    watch.until("not published");
    assert!(site.page("notices/news/").contains("Words of the news."));
    assert_eq!(watch.stop("-INT"), Some(0));
}

#[test]
fn a_link_that_appears_is_an_error_at_once() {
    let (site, mut watch) = published();
    std::os::unix::fs::symlink("delay.md", site.path("content/incidents/other.md")).expect("a link");
    watch.until("source/symlink");
    site.remove("content/incidents/other.md");
    watch.until(" published ");
}

#[test]
fn a_site_that_begins_with_an_error_is_published_once_it_is_mended() {
    let site = Site::fixture("small");
    site.edit("content/incidents/delay.md", "severity: ", "severity: x");
    let mut watch = Watch::begin(&site);
    watch.until("not published");
    assert!(!site.path("public").exists());
    site.edit("content/incidents/delay.md", "severity: x", "severity: ");
    watch.until(" published ");
    assert_as_built(&site);
}

#[test]
fn a_folder_that_is_deleted_and_made_again_is_watched_again() {
    let (site, mut watch) = published();
    site.rename("content", "away");
    watch.until("not published");
    site.rename("away", "content");
    watch.until(" published ");
    site.edit("content/incidents/delay.md", "We look", "We still look");
    watch.until_published(|| site.page("incidents/delay/").contains("We still look"));
    // The same for a subfolder.
    site.rename("content/notices", "notices");
    watch.until("");
    site.rename("notices", "content/notices");
    site.write("content/notices/news.md", NEWS);
    while !site.path("public/notices/news/index.html").exists() {
        watch.until("");
    }
    assert_as_built(&site);
}

#[test]
fn a_thousand_files_at_once_are_published_together() {
    let (site, mut watch) = published();
    for number in 0..1000 {
        site.write(format!("content/notices/many/n{number}.md"), NEWS);
    }
    watch.until_published(|| site.path("public/notices/n999/index.html").exists());
    // Whatever happened in between, the final state is complete.
    site.write("content/notices/many/last.md", NEWS);
    watch.until_published(|| site.path("public/notices/last/index.html").exists());
    assert_as_built(&site);
    for number in 0..1000 {
        site.remove(&format!("content/notices/many/n{number}.md"));
    }
    site.write(
        "content/notices/many/end.md",
        "---\ntitle: The end\npublish_at: 2026-11-19 10:00\n---\nNothing else is left.\n",
    );
    watch.until_published(|| {
        site.path("public/notices/end/index.html").exists()
            && !site.path("public/notices/n0/index.html").exists()
    });
    assert_as_built(&site);
}

#[test]
fn a_checkout_of_another_branch_is_one_change() {
    let site = Site::fixture("small");
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command
            .args(["-c", "user.name=t", "-c", "user.email=t@example", "-C"])
            .arg(site.root())
            .args(arguments);
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
        let done = command.output().expect("git");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    git(&["init", "-q", "-b", "main"]);
    git(&["add", "content"]);
    git(&["commit", "-q", "-m", "one"]);
    git(&["checkout", "-q", "-b", "other"]);
    // An entry and the question that it links to: one without the other would be an error.
    site.write("content/faq/new.md", "---\ntitle: New?\ncategory: general\n---\nYes.\n");
    site.write("content/notices/news.md", &NEWS.replace("Words", "[Words](../faq/new.md)"));
    git(&["add", "content"]);
    git(&["commit", "-q", "-m", "two"]);
    git(&["checkout", "-q", "main"]);
    let mut watch = Watch::begin(&site);
    watch.until(" published ");
    git(&["checkout", "-q", "other"]);
    watch.until_published(|| site.path("public/notices/news/index.html").exists());
    assert_as_built(&site);
    git(&["checkout", "-q", "main"]);
    watch.until_published(|| !site.path("public/notices/news/index.html").exists());
}

#[test]
fn an_output_folder_that_may_not_be_written_is_tried_again() {
    let site = Site::fixture("small");
    // Root may write anywhere, so another user runs the publisher.
    let mut command = site.command(["watch"]);
    let out = site.path("out/site");
    fs::create_dir(site.path("out")).expect("a folder");
    command.arg("--out").arg(&out);
    if is_root() {
        let program = site.path("noroshi");
        fs::copy(env!("CARGO_BIN_EXE_noroshi"), &program).expect("a copy");
        let mut other = Command::new(&program);
        other.args(command.get_args()).uid(NOBODY).gid(NOBODY);
        command = other;
        chown(site.path("out"), Some(NOBODY), Some(NOBODY)).expect("another owner");
        chown(site.root(), Some(NOBODY), Some(NOBODY)).expect("another owner");
    }
    let mut watch = Watch::run(command);
    watch.until(" published ");
    let before = files_of(&out);
    let mode = |path: &std::path::Path, mode: u32| {
        let rights = std::os::unix::fs::PermissionsExt::from_mode(mode);
        fs::set_permissions(path, rights).expect("rights");
    };
    mode(&out, 0o555);
    mode(&site.path("out"), 0o555);
    site.edit("content/incidents/delay.md", "We look", "We still look");
    watch.until("not published");
    assert_same(&files_of(&out), &before);
    mode(&site.path("out"), 0o755);
    mode(&out, 0o755);
    watch.until(" published ");
    fs::read_to_string(out.join("incidents/delay/index.html")).expect("a page").has(["We still look"]);
}

#[test]
fn what_goes_missing_from_the_published_folder_comes_back() {
    let (site, mut watch) = published();
    fs::remove_dir_all(site.path("public")).expect("a folder");
    watch.until(" published ");
    assert_as_built(&site);
}

/// Seconds until a future update: more if the machine was too slow for fewer.
const AHEAD: [u64; 3] = [3, 12, 48];

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock").as_secs()
}

/// A site with an update in `seconds` seconds, its time, and the time as in pages and logs.
fn said_ahead(seconds: u64) -> (Site, u64, String) {
    let site = Site::fixture("small");
    let at = now() + seconds;
    let iso = Instant(i64::try_from(at).expect("a time")).iso();
    site.write("content/notices/news.md", &format!("{NEWS}\n## update {iso}\n\nSaid ahead.\n"));
    (site, at, iso)
}

#[test]
fn what_is_dated_ahead_is_published_at_its_time() {
    for seconds in AHEAD {
        let (site, at, iso) = said_ahead(seconds);
        let mut watch = Watch::begin(&site);
        let first = watch.until(" published ");
        let early = !site.page("notices/news/").contains("Said ahead.");
        if now() >= at {
            continue;
        }
        assert!(early && first.ends_with(&format!("next change {iso}")), "{first}");
        watch.until_published(|| site.page("notices/news/").contains("Said ahead."));
        assert!(now() >= at, "published before its time");
        assert_as_built(&site);
        return;
    }
    panic!("no publisher was ready within {AHEAD:?} seconds");
}

#[test]
fn while_a_file_has_errors_the_clock_still_turns_the_rest() {
    for seconds in AHEAD {
        let (site, at, _) = said_ahead(seconds);
        let mut watch = Watch::begin(&site);
        watch.until(" published ");
        let broken = "Half of a word\n\n## investigatng 2026-11-20 11:00\n\nWe look";
        site.edit("content/incidents/delay.md", "We look", broken);
        watch.until("not published");
        if now() >= at {
            continue;
        }
        watch.until_published(|| site.page("notices/news/").contains("Said ahead."));
        watch.until("the last good version");
        let page = site.page("incidents/delay/");
        assert!(page.contains("We look") && !page.contains("Half of a word"));
        return;
    }
    panic!("no publisher was ready within {AHEAD:?} seconds");
}

#[test]
fn wrong_use_is_said_at_once() {
    let site = Site::fixture("small");
    site.typed("watch --out content/static/x").exit(2);
    site.run(["watch", "--base-url", "status"]).exit(2).stderr_has("not an absolute address");
}
