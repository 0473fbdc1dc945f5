//! Tests of `noroshi verify` with the real binary, against a host on the loopback that serves a built site and does
//! one thing wrong.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::Arc;

use serde_json::Value;

use crate::harness::{NOON, Site};

/// What the host sends.
#[derive(Clone)]
struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Reply {
    fn new(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Reply {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Reply { status, headers: headers.collect(), body: body.to_vec() }
    }

    fn set(mut self, name: &str, value: &str) -> Reply {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    fn without(mut self, name: &str) -> Reply {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self
    }

    fn with(mut self, status: u16, body: &[u8]) -> Reply {
        (self.status, self.body) = (status, body.to_vec());
        self
    }
}

type Change = dyn Fn(&str, Reply) -> Reply + Send + Sync;

/// No change at all.
fn right() -> Box<Change> {
    Box::new(|_, reply| reply)
}

/// A change of the reply at one path, and of no other.
fn at(path: &'static str, change: fn(Reply) -> Reply) -> Box<Change> {
    Box::new(move |asked, reply| if asked == path { change(reply) } else { reply })
}

/// A host that reads `_headers`, as docs/hosting.md asks for, below a path. `change` makes it do something else.
struct Host {
    files: BTreeMap<String, Vec<u8>>,
    rules: Vec<(String, String, String)>,
    below: String,
    change: Box<Change>,
}

impl Host {
    /// The address at which a site is served.
    fn serve(site: &Site, below: &str, change: Box<Change>) -> String {
        let files = site.files();
        let mut rules = Vec::new();
        let mut pattern = String::new();
        for line in String::from_utf8_lossy(&files["_headers"]).lines() {
            match line.strip_prefix("  ").and_then(|line| line.split_once(": ")) {
                Some((name, value)) => rules.push((pattern.clone(), name.to_owned(), value.to_owned())),
                None => line.trim_start_matches('/').clone_into(&mut pattern),
            }
        }
        let host = Arc::new(Host { files, rules, below: below.to_owned(), change });
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let base = format!("http://{}{below}", listener.local_addr().expect("an address"));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (host, stream) = (Arc::clone(&host), stream.expect("a connection"));
                std::thread::spawn(move || host.talk(&stream));
            }
        });
        base
    }

    /// Answers one request after the other on a connection.
    fn talk(&self, stream: &TcpStream) {
        let mut lines = BufReader::new(stream).lines();
        while let Some(Ok(first)) = lines.next() {
            let head: Vec<String> =
                lines.by_ref().map_while(Result::ok).take_while(|l| !l.is_empty()).collect();
            let is_compressed = head.iter().any(|line| line.to_lowercase().contains("gzip"));
            let address = first.split(' ').nth(1).unwrap_or("/");
            let path = address.split('?').next().unwrap_or(address);
            let reply = match path.strip_prefix(self.below.as_str()) {
                Some(path) => (self.change)(path, self.reply(path, is_compressed)),
                None => Reply::new(404, &[], b"outside"),
            };
            let mut out =
                format!("HTTP/1.1 {} Status\r\nContent-Length: {}\r\n", reply.status, reply.body.len());
            for (name, value) in &reply.headers {
                out += &format!("{name}: {value}\r\n");
            }
            let bytes = [out.as_bytes(), b"\r\n", &reply.body].concat();
            let mut stream = stream;
            if stream.write_all(&bytes).is_err() {
                return;
            }
        }
    }

    fn reply(&self, path: &str, is_compressed: bool) -> Reply {
        let folder = path.is_empty() || path.ends_with('/');
        let name = if folder { format!("{path}index.html") } else { path.to_owned() };
        if self.files.contains_key(&format!("{path}/index.html")) {
            return Reply::new(301, &[("Location", &format!("{}{path}/", self.below))], b"");
        }
        let found = self.files.get(&name).filter(|_| !name.starts_with('_') && name != ".nojekyll");
        let (status, name, body) = match found {
            Some(body) => (200, name.as_str(), body),
            None => (404, "404.html", &self.files["404.html"]),
        };
        let kind = match name.rsplit('.').next() {
            Some("html") => "text/html; charset=utf-8",
            Some("css") => "text/css; charset=utf-8",
            Some("js") => "text/javascript; charset=utf-8",
            Some("svg") => "image/svg+xml",
            Some("txt") => "text/plain; charset=utf-8",
            Some("md") => "text/markdown; charset=utf-8",
            Some("json") => "application/json",
            _ => "application/xml",
        };
        let plain = [("Content-Type", kind), ("Cache-Control", "max-age=0, must-revalidate")];
        let mut reply = Reply::new(status, &plain, body);
        for (pattern, name, value) in &self.rules {
            let is_meant = match pattern.split_once('*') {
                None => pattern == path,
                Some((before, after)) => path.starts_with(before) && path.ends_with(after),
            };
            if is_meant {
                reply = reply.set(name, value);
            }
        }
        if is_compressed { reply.set("Content-Encoding", "gzip") } else { reply }
    }
}

fn seconds(at: &str) -> String {
    chrono::DateTime::parse_from_rfc3339(at).expect("an instant").timestamp().to_string()
}

fn demo() -> Site {
    let site = Site::demo();
    site.build_at(NOON).exit(0);
    site
}

/// `noroshi verify` for noon.
fn verify<'s>(site: &'s Site, arguments: &[&str]) -> crate::harness::Outcome<'s> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_noroshi"));
    command.arg("verify").args(arguments).args(["--as-of", &seconds(NOON)]);
    site.finish(command)
}

/// The findings of `--format json` in short, sorted, and the line of the site.
fn found(site: &Site, base: &str, exit: i32) -> (Vec<String>, Value) {
    let outcome = verify(site, &[base, "--format", "json"]);
    let mut lines: Vec<Value> = outcome
        .exit(exit)
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}")))
        .collect();
    let whole = lines.pop().expect("a site");
    assert_eq!((&whole["kind"], &whole["site"]), (&Value::from("site"), &Value::from(base)));
    let short = |line: &Value| {
        let text = |key: &str| line[key].as_str().expect("a text").to_owned();
        assert!(!text("help").is_empty() && !text("expected").is_empty(), "{line}");
        let address = text("address");
        let path = address.strip_prefix(base).expect("an address of the site");
        let path = if path.starts_with("noroshi-verify-") { "NOWHERE" } else { path };
        format!("{} {} {path}", text("severity"), text("check"))
    };
    let mut findings: Vec<String> = lines.iter().map(short).collect();
    findings.sort();
    (findings, whole)
}

#[test]
fn a_host_that_does_what_the_documents_ask_for_has_no_finding() {
    let site = demo();
    for below in ["/", "/status/"] {
        let base = Host::serve(&site, below, right());
        let (findings, whole) = found(&site, &base, 0);
        assert_eq!(findings, Vec::<String>::new(), "{below}");
        assert_eq!(
            whole["checked"],
            Value::from(site.files().len() - 5),
            "all but 404.html, the manifest and three"
        );
        assert_eq!((&whole["up"], &whole["effective"]), (&Value::from(true), &Value::from(site.effective())));
        verify(&site, &[&base]).exit(0).stderr_has("whole and right; checked");
    }
}

#[test]
fn a_site_of_files_has_no_finding_either() {
    let site = Site::demo();
    let config = site.read("content/site.yaml");
    site.write("content/site.yaml", &format!("{config}\naddresses: files\n"));
    site.build_at(NOON).exit(0);
    let base = Host::serve(&site, "/", right());
    assert_eq!(found(&site, &base, 0).0, Vec::<String>::new());
}

/// Each case does one thing wrong and names all findings.
#[test]
fn each_thing_that_a_host_does_wrong_is_found() {
    let site = demo();
    let for_everything: Box<Change> = Box::new(|path, reply| match path {
        path if path.starts_with("noroshi-verify-") => reply.with(200, b"home"),
        _ => reply,
    });
    let no_header: Box<Change> = Box::new(|_, reply| {
        let names = ["Cache-Control", "Access-Control-Allow-Origin", "X-Content-Type-Options"];
        let more = ["X-Frame-Options", "Referrer-Policy", "Content-Encoding"];
        names.iter().chain(&more).fold(reply, |reply, name| reply.without(name))
    });
    let another_letter = |mut reply: Reply| {
        reply.body[30] ^= 1;
        reply
    };
    let script = at("about/", |reply| reply.with(200, b"<script>"));
    let lost = at("en/feed.atom", |reply| reply.with(404, b""));
    let no_type = at("favicon.svg", |reply| reply.set("Content-Type", "application/octet-stream"));
    let kept = at("", |reply| reply.set("Cache-Control", "max-age=604800"));
    let elsewhere = at("subscribe", |reply| reply.set("Location", "http://127.0.0.1:1/subscribe/"));
    let cases: [(&str, Box<Change>, &[&str]); 8] = [
        ("adds a script", script, &["fault size about/"]),
        ("changes a letter", at("feed.xml", another_letter), &["fault hash feed.xml"]),
        ("lost a file", lost, &["fault unreachable en/feed.atom"]),
        ("shows the first page for everything", for_everything, &["fault not_found NOWHERE"]),
        ("knows no type", no_type, &["fault type favicon.svg"]),
        ("lets readers keep everything", kept, &["fault cache "]),
        ("leaves the public name", elsewhere, &["fault redirect subscribe"]),
        ("sets no header", no_header, &["note cache ", "note cors ", "note security "]),
    ];
    for (name, wrong, wanted) in cases {
        let base = Host::serve(&site, "/", wrong);
        let is_note = wanted.iter().all(|line| line.starts_with("note"));
        let (findings, whole) = found(&site, &base, i32::from(!is_note));
        if is_note {
            // Notes have other first addresses, and there are several of each check.
            for wanted in wanted {
                assert!(findings.iter().any(|line| line.starts_with(wanted)), "{name}: {findings:?}");
            }
            assert!(findings.len() < 20, "{name}: {findings:?}");
        } else {
            assert_eq!(findings, wanted, "{name}");
            assert_eq!(whole["faults"], Value::from(wanted.len()));
        }
    }
}

#[test]
fn a_part_of_the_manifest_that_is_missing_or_wrong_is_a_fault_with_a_clear_line() {
    let site = demo();
    let head: Value = serde_json::from_str(&site.read("public/manifest.json")).expect("JSON");
    let parts = head["parts"].as_object().expect("parts");
    let holding = |word: &str| {
        let found = parts.iter().find(|(_, part)| part["holds"] == word);
        found.map(|(path, _)| path.clone()).unwrap_or_else(|| panic!("no part holds {word}: {head}"))
    };
    // Without a part that lists files, nothing else can be checked. The others are files among files.
    let (leaf, entries) = (holding("leaf"), holding("entries"));
    for (part, is_there, wanted, line) in [
        (&leaf, false, "fault manifest manifest.json", "cannot be read: the host answers 404"),
        (&leaf, true, "fault manifest manifest.json", "has other bytes than the manifest says"),
        (&entries, false, "fault unreachable", "the host answers 404"),
        (&entries, true, "fault hash", "the SHA-256 is"),
    ] {
        let broken = part.clone();
        let change = move |path: &str, mut reply: Reply| match path == broken {
            true if is_there => {
                reply.body[30] ^= 1;
                reply
            }
            true => reply.with(404, b""),
            false => reply,
        };
        let base = Host::serve(&site, "/", Box::new(change));
        let (findings, whole) = found(&site, &base, 1);
        let is_listed = part == &entries;
        let wanted = if is_listed { format!("{wanted} {part}") } else { wanted.to_owned() };
        assert_eq!(findings, [wanted]);
        assert_eq!(whole["up"], Value::from(is_listed));
        let said = verify(&site, &[&base]);
        said.exit(1).stderr_has(part).stderr_has(line);
    }
}

#[test]
fn a_sample_fetches_what_matters_most_and_little_else() {
    let site = demo();
    let base = Host::serve(&site, "/", at("about/", |reply| reply.with(500, b"")));
    let sampled = verify(&site, &[&base, "--sample", "3", "--format", "json"]);
    let whole: Value = serde_json::from_str(sampled.stdout.lines().last().expect("a line")).expect("JSON");
    let checked = whole["checked"].as_u64().expect("a number");
    assert!((13..60).contains(&checked), "{checked}");
    let base = Host::serve(&site, "/", at("en/feed.xml", |reply| reply.with(404, b"")));
    verify(&site, &[&base, "--sample", "0"])
        .exit(1)
        .stderr_has("fault[unreachable]")
        .stderr_has("en/feed.xml");
}

#[test]
fn a_site_whose_time_has_passed_is_late() {
    let site = demo();
    let base = Host::serve(&site, "/", right());
    let manifest: Value = serde_json::from_str(&site.read("public/manifest.json")).expect("JSON");
    let next: i64 = seconds(manifest["next_change"].as_str().expect("a time")).parse().expect("seconds");
    let at = |late: i64, grace: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_noroshi"));
        command.args(["verify", &base, "--sample", "0", "--grace", grace]);
        command.args(["--as-of", &(next + late).to_string()]);
        site.finish(command)
    };
    at(600, "10m").exit(0);
    at(601, "10m").exit(1).stderr_has("fault[late]").stderr_has("10 minutes ago");
    at(601, "1h").exit(0);
}

#[test]
fn several_addresses_are_compared() {
    let (site, old) = (demo(), Site::demo());
    old.build_at("2026-11-20T10:00:00+09:00").exit(0);
    let one = Host::serve(&site, "/", right());
    let same = Host::serve(&site, "/", right());
    verify(&site, &[&one, &same, &one]).exit(0);
    let behind = Host::serve(&old, "/", right());
    let outcome = verify(&site, &[&behind, &one, "--grace", "1d"]);
    outcome.exit(0).stderr_has("note[differs]").stderr_has(&format!("the same manifest as {one}"));
    verify(&site, &[&behind, &one, "--grace", "1m"])
        .exit(1)
        .stderr_has("fault[differs]")
        .stderr_has(" behind;");
}

#[test]
fn a_site_that_is_not_there_is_a_fault_and_wrong_usage_shows_no_password() {
    let site = Site::bare();
    let free = TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("an address");
    let down = verify(&site, &[&format!("http://{free}/"), "--format", "openmetrics"]);
    assert!(down.exit(1).stdout.contains(&format!("noroshi_verify_up{{site=\"http://{free}/\"}} 0\n")));
    assert!(down.stdout.ends_with("# EOF\n"), "{}", down.stdout);
    let refused = verify(&site, &["https://user:hunter2@status.example/"]);
    refused.exit(2).stderr_has("contains a user name");
    assert!(!refused.stderr.contains("hunter2"), "{}", refused.stderr);
    verify(&site, &["http://status.example/"]).exit(2).stderr_has("only `https`");
    verify(&site, &["status.example"]).exit(2).stderr_has("`status.example` is not the address of a site");
    verify(&site, &[]).exit(2);
}

#[test]
fn no_command_shows_the_password_of_an_address_that_somebody_typed() {
    let site = Site::fixture("small");
    let address = "https://user:hunter2@status.example/";
    for line in [
        "verify ADDRESS",
        "ci due --site ADDRESS --note note.json",
        "ci due --site=ADDRESS --note note.json",
        "ci publish --site ADDRESS --work ../work",
        "ci confirm --site ADDRESS",
        "wait --site ADDRESS",
        "build --base-url ADDRESS",
        "build --previous ADDRESSmanifest.json",
        "build ADDRESS",
        "check --against ADDRESSmanifest.json",
        "watch --base-url ADDRESS",
        "deploy --base-url ADDRESS",
        "deploy ADDRESS",
        "import statuspage ADDRESS --into ../new",
        "ADDRESS",
    ] {
        let outcome = site.typed(&line.replace("ADDRESS", address));
        for said in [&outcome.stdout, &outcome.stderr] {
            assert!(!said.contains("hunter2"), "{line}: {said}");
        }
    }
    site.typed(&format!("ci due --note n --site {address}")).exit(2).stderr_has("https://…@status.example/");
}
