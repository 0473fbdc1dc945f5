//! Tests of `noroshi serve` with requests as browsers send them.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::harness::{NOON, Site, Text as _};

const PATIENCE: Duration = Duration::from_secs(60);

/// A preview that stops when it is dropped.
struct Preview {
    child: Child,
    address: String,
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Preview {
    fn begin<const N: usize>(site: &Site, arguments: [&str; N]) -> Preview {
        let mut command = site.command(["serve", "--port", "0"]);
        command.args(arguments);
        Preview::run(command)
    }

    fn run(mut command: Command) -> Preview {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("a process");
        let mut line = String::new();
        let out = child.stdout.take().expect("its words");
        BufReader::new(out).read_line(&mut line).expect("a line");
        let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next());
        Preview { child, address: address.unwrap_or_else(|| panic!("no address in `{line}`")).to_owned() }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).expect("an open port");
        stream.set_read_timeout(Some(PATIENCE)).expect("a limit");
        stream
    }

    fn ask(&self, method: &str, path: &str, host: &str) -> Answer {
        self.send(&format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        ))
    }

    /// A `GET` with more headers, as a browser sends them.
    fn get_with(&self, path: &str, headers: &str) -> Answer {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\n{headers}\r\n", self.address))
    }

    fn send(&self, request: &str) -> Answer {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).expect("a request");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("an answer");
        let text = String::from_utf8_lossy(&bytes);
        let (head, body) = text.split_once("\r\n\r\n").expect("a head");
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).expect("a status");
        Answer { status, head: head.to_lowercase(), body: body.to_owned() }
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &self.address)
    }

    /// Listens for changes. The first event is the current version.
    fn events(&self) -> impl Iterator<Item = u64> + use<> {
        let mut stream = self.connect();
        write!(stream, "GET /~noroshi/events HTTP/1.1\r\nHost: {}\r\n\r\n", self.address).expect("a request");
        let lines = BufReader::new(stream).lines().map_while(Result::ok);
        lines.filter_map(|line| line.strip_prefix("data: ")?.trim().parse().ok())
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A preview of the fixture for noon.
fn small_at_noon() -> (Site, Preview) {
    let site = Site::fixture("small");
    let preview = Preview::begin(&site, ["--as-of", NOON]);
    (site, preview)
}

#[cfg(debug_assertions)]
#[test]
fn a_panic_at_an_entry_is_shown_over_the_last_good_site() {
    let site = Site::fixture("small");
    let mut command = site.command(["serve", "--port", "0", "--as-of", NOON]);
    command.env("NOROSHI_PANIC", "title:Broken");
    let preview = Preview::run(command);
    let mut versions = preview.events();
    let first = versions.next().expect("a version");
    site.edit("content/incidents/delay.md", "title: Slow orders", "title: Broken");
    assert!(versions.any(|version| version > first));
    preview.get("/incidents/delay/").body.has(["internal/panic", "Slow orders"]);
}

#[test]
fn the_demo_is_served_from_the_program_alone_and_leaves_nothing() {
    let site = Site::empty();
    let temporary = site.path("temporary");
    std::fs::create_dir(&temporary).expect("a folder");
    let mut command = site.command(["demo", "--port", "0"]);
    command.env("TMPDIR", &temporary);
    let mut preview = Preview::run(command);
    preview.get("/").body.has(["as of 2026-11-20 12:00:00 JST"]);
    assert_eq!(preview.get("/favicon.svg").status, 200);
    let id = preview.child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().expect("kill").success());
    assert_eq!(preview.child.wait().expect("an end").code(), Some(0));
    assert_eq!(std::fs::read_dir(&temporary).expect("the folder").count(), 0);
}

#[test]
fn the_demo_is_written_to_a_folder_to_change_and_never_over_a_site() {
    let site = Site::empty();
    let preview = Preview::run(site.command(["demo", "try", "--port", "0", "--as-of", "2026-11-20 10:00"]));
    assert!(preview.get("/").body.contains("as of 2026-11-20 10:00:00 JST"));
    drop(preview);
    let changed = site.path("try/content/site.yaml");
    let before = std::fs::read(&changed).expect("a file");
    site.run(["demo", "try", "--port", "0"]).exit(3).stderr_has("choose an empty folder");
    assert_eq!(std::fs::read(&changed).expect("a file"), before);
}

#[test]
fn the_site_is_served_from_memory_and_no_file_is_written() {
    let (site, preview) = small_at_noon();
    let home = preview.get("/");
    assert_eq!(home.status, 200);
    assert!(home.head.contains("content-type: text/html") && home.head.contains("cache-control: no-store"));
    assert!(home.body.contains("as of 2026-11-20 12:00:00 JST"), "{}", home.body);
    assert!(preview.get("/incidents/delay/").body.contains("We look"));
    let feed = preview.get("/feed.xml");
    assert!(feed.head.contains("application/rss+xml"));
    // Addresses that must be absolute lead to the preview, not to the published site.
    assert!(feed.body.contains(&format!("<link>http://{}/</link>", preview.address)), "{}", feed.body);
    let moved = preview.get("/incidents/delay");
    assert_eq!((moved.status, moved.head.contains("location: /incidents/delay/")), (302, true));
    let nothing = preview.get("/nothing/");
    assert_eq!((nothing.status, nothing.body.contains("<h1")), (404, true));
    assert_eq!(preview.get("/../Cargo.toml").status, 404);
    assert!(!site.path("public").exists() && !site.path(".noroshi").exists());
}

#[test]
fn a_change_reaches_the_browser() {
    let (site, preview) = small_at_noon();
    let mut events = preview.events();
    let first = events.next().expect("how it is");
    site.edit("content/incidents/delay.md", "We look", "We still look");
    assert!(events.next().is_some_and(|version| version > first));
    assert!(preview.get("/incidents/delay/").body.contains("We still look"));
}

#[test]
fn errors_stand_over_the_last_good_site_and_go_away() {
    let (site, preview) = small_at_noon();
    let mut events = preview.events();
    let _ = events.next();
    site.edit("content/incidents/delay.md", "severity: ", "severity: <b>");
    let _ = events.next();
    let home = preview.get("/").body;
    home.has(["The content has errors", "Below is the last good site."]);
    home.has(["content/incidents/delay.md:", "&lt;b&gt;", "id=\"state\""]);
    site.edit("content/incidents/delay.md", "severity: <b>", "severity: ");
    let _ = events.next();
    assert!(!preview.get("/").body.contains("The content has errors"));
}

#[test]
fn a_site_that_begins_with_an_error_shows_it() {
    let site = Site::fixture("small");
    site.edit("content/incidents/delay.md", "severity: ", "severity: x");
    let preview = Preview::begin(&site, []);
    let mut events = preview.events();
    let _ = events.next();
    let page = preview.get("/incidents/delay/");
    page.body.has(["There is no good site yet.", "did you mean"]);
    site.edit("content/incidents/delay.md", "severity: x", "severity: ");
    let _ = events.next();
    assert!(preview.get("/incidents/delay/").body.contains("We look"));
}

#[test]
fn one_steps_to_the_next_change_and_back() {
    let (_site, preview) = small_at_noon();
    let mut events = preview.events();
    let _ = events.next();
    let mut step = |name: &str| {
        assert_eq!(preview.ask("POST", &format!("/~noroshi/step/{name}"), &preview.address).status, 204);
        let _ = events.next();
        let home = preview.get("/").body;
        let time = home.split("<b>Preview</b> <span>").nth(1).and_then(|rest| rest.split("</span>").next());
        time.map(str::to_owned).expect("a time")
    };
    assert_eq!(step("next"), "as of 2026-11-20 12:40:00 JST");
    let later = step("next");
    assert_ne!(later, "as of 2026-11-20 12:40:00 JST");
    assert_eq!(step("previous"), "as of 2026-11-20 12:40:00 JST");
    assert_eq!(step("now"), "as of now");
    assert_eq!(preview.ask("POST", "/~noroshi/step/nowhere", &preview.address).status, 404);
}

#[test]
fn drafts_are_shown_where_they_are_asked_for() {
    let site = Site::fixture("small");
    site.write(
        "content/notices/plan.md",
        "---\ntitle: Plan\ndraft: true\npublish_at: 2026-11-19 09:00\n---\nNot yet.\n",
    );
    assert_eq!(Preview::begin(&site, ["--as-of", NOON]).get("/notices/plan/").status, 404);
    let preview = Preview::begin(&site, ["--as-of", NOON, "--drafts"]);
    let page = preview.get("/notices/plan/");
    assert!(page.body.contains("Not yet.") && page.body.contains("Includes drafts."), "{}", page.body);
}

#[test]
fn nobody_else_is_answered() {
    let (_site, preview) = small_at_noon();
    let port = preview.address.rsplit(':').next().expect("a port");
    assert_eq!(preview.ask("GET", "/", "status.example").status, 403);
    assert_eq!(preview.ask("GET", "/", &format!("evil.example:{port}")).status, 403);
    assert_eq!(preview.ask("GET", "/", &format!("localhost:{port}")).status, 200);
    assert!(preview.address.starts_with("127.0.0.1:"));
}

#[test]
fn a_host_that_is_missing_doubled_or_of_another_name_is_refused() {
    let (_site, preview) = small_at_noon();
    let own = &preview.address;
    let status = |request: String| preview.send(&request).status;
    assert_eq!(status("GET / HTTP/1.1\r\n\r\n".into()), 400);
    assert_eq!(status("GET / HTTP/1.0\r\n\r\n".into()), 400);
    assert_eq!(status(format!("GET / HTTP/1.1\r\nHost: {own}\r\nHost: status.example\r\n\r\n")), 400);
    assert_eq!(status(format!("GET http://status.example/ HTTP/1.1\r\nHost: {own}\r\n\r\n")), 403);
    assert_eq!(status(format!("GET http://{own}/ HTTP/1.1\r\nHost: status.example\r\n\r\n")), 403);
    assert_eq!(status(format!("GET http://{own}/ HTTP/1.1\r\nHost: {own}\r\n\r\n")), 200);
    for host in ["localhost.", "127.0.0.1.status.example", "localhost@status.example", "[::2]"] {
        assert_eq!(preview.ask("GET", "/", host).status, 403, "{host}");
    }
    assert_eq!(preview.ask("GET", "/", "LOCALHOST:80").status, 200);
}

#[test]
fn a_page_of_another_origin_reads_no_draft_from_the_preview() {
    let site = Site::fixture("small");
    site.write(
        "content/notices/plan.md",
        "---\ntitle: Plan\ndraft: true\npinned: true\npublish_at: 2026-11-19 09:00\n---\nNot yet.\n",
    );
    let preview = Preview::begin(&site, ["--as-of", NOON, "--drafts"]);
    let own = &preview.address;
    let meta = |site: &str, mode: &str, dest: &str| {
        format!("Sec-Fetch-Site: {site}\r\nSec-Fetch-Mode: {mode}\r\nSec-Fetch-Dest: {dest}\r\n")
    };
    let files =
        ["/", "/notices/plan/", "/embed/banner.js", "/embed/banner.json", "/embed/banner/", "/feed.xml"];
    assert!(preview.get("/embed/banner.js").body.contains("Not yet."), "the draft is there to be read");
    for site in ["cross-site", "same-site"] {
        for (mode, dest) in [
            ("no-cors", "script"),
            ("no-cors", "image"),
            ("no-cors", "empty"),
            ("cors", "empty"),
            ("navigate", "iframe"),
            ("navigate", "object"),
            ("navigate", "embed"),
        ] {
            for path in files.iter().chain(&["/~noroshi/events", "/~noroshi/preview.js"]) {
                let answer = preview.get_with(path, &meta(site, mode, dest));
                assert_eq!(answer.status, 403, "{path} as {mode} {dest}");
                answer.body.lacks(["Plan", "Not yet."]);
            }
        }
        let prefetch = format!("{}Sec-Purpose: prefetch\r\n", meta(site, "navigate", "document"));
        assert_eq!(preview.get_with("/notices/plan/", &prefetch).status, 403);
        let page = preview.get_with("/notices/plan/", &meta(site, "navigate", "document"));
        assert_eq!((page.status, page.body.contains("Not yet.")), (200, true), "a link leads here");
        let form = format!(
            "POST /~noroshi/step/next HTTP/1.1\r\nHost: {own}\r\nContent-Length: 0\r\n{}\r\n",
            meta(site, "navigate", "document")
        );
        assert_eq!(preview.send(&form).status, 403);
    }
    // Browsers that do not send `Sec-Fetch-Site`.
    for header in [
        "Origin: null",
        "Origin: https://a.example",
        "Origin: http://127.0.0.1:1",
        "Referer: http://a.example/",
    ] {
        assert_eq!(preview.get_with("/embed/banner.js", &format!("{header}\r\n")).status, 403, "{header}");
    }
    assert_eq!(preview.get_with("/", &format!("Referer: http://{own}/faq/\r\n")).status, 200);
    assert_eq!(preview.get_with("/", &meta("same-origin", "no-cors", "script")).status, 200);
    assert_eq!(preview.get_with("/", &meta("none", "navigate", "document")).status, 200);
}

#[test]
fn every_answer_tells_the_browser_to_keep_it_from_other_origins() {
    let (_site, preview) = small_at_noon();
    let answers = [
        preview.get("/"),
        preview.get("/embed/banner.js"),
        preview.get("/~noroshi/preview.css"),
        preview.get("/nothing/"),
        preview.get("/incidents/delay"),
        preview.ask("PUT", "/", &preview.address),
        preview.ask("GET", "/", "status.example"),
    ];
    let known: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    assert_eq!(known, [200, 200, 200, 404, 302, 405, 403]);
    for answer in answers {
        for line in [
            "cross-origin-resource-policy: same-origin",
            "cross-origin-opener-policy: same-origin",
            "x-frame-options: sameorigin",
            "content-security-policy: frame-ancestors 'self'",
            "x-content-type-options: nosniff",
            "referrer-policy: same-origin",
            "cache-control: no-store",
        ] {
            assert_eq!(answer.head.matches(line).count(), 1, "{line} in {}", answer.head);
        }
        assert!(!answer.head.contains("access-control-"), "{}", answer.head);
    }
}

#[test]
fn other_methods_than_get_and_head_are_refused() {
    let (_site, preview) = small_at_noon();
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"] {
        let answer = preview.ask(method, "/", &preview.address);
        assert_eq!((answer.status, answer.head.contains("allow: get,head")), (405, true), "{method}");
    }
    assert_eq!(preview.ask("GET", "/~noroshi/step/next", &preview.address).status, 405);
    let head = preview.ask("HEAD", "/", &preview.address);
    assert_eq!((head.status, head.body.as_str()), (200, ""));
}

#[test]
fn an_address_with_two_slashes_leads_to_no_other_host() {
    let (_site, preview) = small_at_noon();
    let moved = preview.get("//incidents/delay");
    assert_eq!(moved.status, 302);
    assert!(moved.head.contains("location: /incidents/delay/"), "{}", moved.head);
}

#[test]
fn more_open_pages_than_a_browser_has_connections_leave_room_for_others() {
    let (site, preview) = small_at_noon();
    let mut pages: Vec<_> = (0..20).map(|_| preview.events()).collect();
    for page in &mut pages {
        assert!(page.next().is_some());
    }
    assert_eq!(preview.get("/").status, 200);
    site.edit("content/incidents/delay.md", "We look", "We still look");
    for page in &mut pages {
        assert!(page.next().is_some());
    }
}

#[test]
fn a_port_that_is_taken_is_said() {
    let site = Site::fixture("small");
    let preview = Preview::begin(&site, []);
    let port = preview.address.rsplit(':').next().expect("a port").to_owned();
    let refused = site.run(["serve", "--port", &port]);
    refused.exit(3).stderr_has(&format!("port {port} is in use")).stderr_has("--port");
    site.run(["serve", "--port", "0", "--as-of", "some day"]).exit(2);
}
