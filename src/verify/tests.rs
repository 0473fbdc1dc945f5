//! Tests of a whole verification, over answers in memory: a right site has no finding, and each thing that breaks has
//! its own.

mod parts;

use std::collections::BTreeMap;
use std::sync::Mutex;

use super::*;
use crate::address::Form;
use crate::fetch::{Answer, Certificate, FetchError};
use crate::publish::Entry;

const BASE: &str = "https://status.example/";
/// 2026-11-20T12:00:00Z, 70 minutes before the next change.
const NOON: i64 = 1_795_176_000;
const DAY: i64 = 86_400;
const PAGE: &str = "<!doctype html><title>Status</title>";

/// The files of a site: one of each kind.
fn files() -> BTreeMap<&'static str, String> {
    let long = |text: &str| text.repeat(200);
    BTreeMap::from([
        ("404.html", "<p>not here</p>".to_owned()),
        ("_headers", "/*".to_owned()),
        ("about/index.html", format!("{PAGE}about")),
        ("api/v2/status.json", "{}".to_owned()),
        ("assets/theme/style.a86875038d49.css", long("p{color:red}")),
        ("embed/banner/index.html", format!("{PAGE}banner")),
        ("feed.xml", long("<rss/>    ")),
        ("index.html", format!("{PAGE}home")),
        ("old/index.html", format!("{PAGE}moved")),
        ("subscribe/index.html", format!("{PAGE}subscribe")),
    ])
}

fn manifest(files: &BTreeMap<&str, String>, next_change: &str, form: &str) -> String {
    let files: Vec<String> = files
        .iter()
        .map(|(path, text)| {
            let Entry { sha256, size } = Entry::of(text.as_bytes());
            format!("    \"{path}\": {{\"sha256\": \"{sha256}\", \"size\": {size}}}")
        })
        .collect();
    format!(
        "{{\n  \"generator\": \"noroshi 0.1.0\",\n  \"effective\": \"2026-11-20T11:00:00Z\",\n  {form}\"next_change\": {next_change},\n  \"files\": {{\n{}\n  }}\n}}\n",
        files.join(",\n")
    )
}

/// A host that answers as docs/verify.md asks for.
struct Host {
    answers: BTreeMap<String, Answer>,
    certificate: Result<Certificate, ()>,
    /// The addresses that were asked for, each with its accepted encodings.
    asked: Mutex<Vec<(String, String)>>,
}

fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Answer {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Answer { status, headers: headers.collect(), body: body.as_bytes().to_vec() }
}

/// The headers of a file, as `_headers` sets them.
fn headers_of(path: &str) -> Vec<(&'static str, &'static str)> {
    let page = path.ends_with(".html");
    let kind = match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("xml") => "application/rss+xml; charset=utf-8",
        _ => "application/json",
    };
    let cache = match path {
        _ if page => "public, max-age=0, must-revalidate",
        _ if path.starts_with("assets/") => "public, max-age=31536000, immutable",
        _ => "public, max-age=30, must-revalidate",
    };
    let mut all = vec![
        ("content-type", kind),
        ("cache-control", cache),
        ("access-control-allow-origin", "*"),
        ("cross-origin-resource-policy", "cross-origin"),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "strict-origin-when-cross-origin"),
    ];
    if path.contains("embed/banner") {
        all.push(("content-security-policy", "frame-ancestors *"));
    }
    all
}

impl Host {
    fn right() -> Host {
        Host::of(&files(), "\"2026-11-20T13:10:00Z\"", "", Form::Folders)
    }

    fn of(files: &BTreeMap<&'static str, String>, next: &str, form: &str, links: Form) -> Host {
        let mut answers = BTreeMap::new();
        for (path, text) in files {
            let address = match links {
                Form::Folders => path.strip_suffix("index.html").unwrap_or(path),
                Form::Files => path,
            };
            answers.insert(address.to_owned(), answer(200, &headers_of(path), text));
        }
        answers.insert("manifest.json".to_owned(), answer(200, &[], &manifest(files, next, form)));
        answers.insert("subscribe".to_owned(), answer(301, &[("location", "/subscribe/")], ""));
        let certificate = Ok(Certificate { ends: Some(NOON + 60 * DAY), refused: None, refused_later: None });
        Host { answers, certificate, asked: Mutex::default() }
    }

    /// The answer at a path, to be changed.
    fn at(&mut self, path: &str) -> &mut Answer {
        self.answers.get_mut(path).expect("an answer")
    }

    /// A new certificate, to be changed.
    fn certified(&mut self) -> &mut Certificate {
        self.certificate = Ok(Certificate::default());
        self.certificate.as_mut().expect("a certificate")
    }

    fn set(&mut self, path: &str, answer: Answer) {
        self.answers.insert(path.to_owned(), answer);
    }

    /// Answers with a redirect.
    fn leads(&mut self, path: &str, status: u16, to: &str) {
        self.set(path, answer(status, &[("location", to)], ""));
    }

    fn header(&mut self, path: &str, name: &str, value: &str) {
        let headers = &mut self.at(path).headers;
        headers.retain(|(known, _)| known != name);
        headers.push((name.to_owned(), value.to_owned()));
    }
}

impl Web for Host {
    fn ask(&self, address: &str, headers: &[(&str, &str)]) -> Result<Answer, FetchError> {
        let encoding = headers.iter().find(|(name, _)| *name == "Accept-Encoding").expect("encodings").1;
        self.asked.lock().expect("a list").push((address.to_owned(), encoding.to_owned()));
        let path = address.strip_prefix(BASE).expect("an address of the site");
        // A test may answer differently past caches.
        let found =
            self.answers.get(path).or_else(|| self.answers.get(path.split('?').next().unwrap_or(path)));
        let mut found = match found {
            Some(found) => found.clone(),
            None => answer(404, &headers_of("404.html"), "<p>not here</p>"),
        };
        if found.status == 0 {
            return Err(FetchError { message: "it is gone".into(), help: "wait".into(), environment: true });
        }
        if encoding.contains("gzip") && found.body.len() >= 1024 {
            found.headers.push(("content-encoding".into(), "gzip".into()));
        }
        Ok(found)
    }

    fn certificate(&self, _: Instant, _: Instant) -> Result<Certificate, FetchError> {
        let failed = |()| FetchError { message: "no way".into(), help: "no proxy".into(), environment: true };
        self.certificate.clone().map_err(failed)
    }
}

fn options(at: i64) -> Options<'static> {
    Options {
        at: Instant(at),
        sample: None,
        grace: 600,
        certificate_seconds: 14 * DAY,
        is_over: &|| false,
        step: &|| (),
    }
}

fn verify(host: &Host) -> Report {
    verify_at(host, NOON)
}

fn verify_at(host: &Host, at: i64) -> Report {
    run(&[(BASE.to_owned(), host as &dyn Web)], &options(at)).remove(0)
}

/// The findings in short: `fault hash about/`.
fn said(report: &Report) -> Vec<String> {
    let short = |finding: &Finding| {
        let path = finding.address.strip_prefix(BASE).unwrap_or(&finding.address);
        let path = if path.starts_with("noroshi-verify-") { "NOWHERE" } else { path };
        format!("{} {} {path}", finding.severity.word(), finding.check.word())
    };
    report.findings.iter().map(short).collect()
}

#[test]
fn a_right_site_has_no_finding_and_each_address_is_asked_for_once() {
    let host = Host::right();
    let report = verify(&host);
    assert_eq!(said(&report), Vec::<String>::new());
    assert_eq!((report.files, report.checked), (8, 8), "the files for readers");
    assert_eq!(report.certificate_ends, Some(Instant(NOON + 60 * DAY)));
    let asked = host.asked.into_inner().expect("a list");
    let plain: Vec<&str> = asked.iter().filter(|(_, e)| e == "identity").map(|(a, _)| a.as_str()).collect();
    // The files, the manifest, an address that is not there, and a folder without its slash.
    assert_eq!(plain.len(), 8 + 3, "{plain:?}");
    assert!(!plain.iter().any(|address| address.contains("_headers") || address.contains("404.html")));
    let compressed: Vec<&str> =
        asked.iter().filter(|(_, e)| e != "identity").map(|(a, _)| a.as_str()).collect();
    assert_eq!(compressed, [format!("{BASE}assets/theme/style.a86875038d49.css"), format!("{BASE}feed.xml")]);
}

/// Each case breaks one thing and names the findings that it causes, all of them.
#[test]
fn each_thing_that_breaks_has_its_finding_and_no_other() {
    type Break = fn(&mut Host);
    let cases: &[(&str, Break, &[&str])] = &[
        ("a letter", |h| h.at("about/").body[1] = b'?', &["fault hash about/"]),
        ("added script", |h| h.at("about/").body.extend(b"<script>"), &["fault size about/"]),
        ("half a file", |h| h.at("feed.xml").body.truncate(1500), &["fault size feed.xml"]),
        ("a page is gone", |h| _ = h.answers.remove("about/"), &["fault unreachable about/"]),
        ("a page fails", |h| h.at("about/").status = 503, &["fault unreachable about/"]),
        ("no answer", |h| h.at("about/").status = 0, &["fault unreachable about/"]),
        ("a download", |h| h.header("", "content-type", "application/octet-stream"), &["fault type "]),
        ("a charset", |h| h.header("", "content-type", "text/html; charset=x"), &["fault charset "]),
        ("a day old", |h| h.header("", "cache-control", "max-age=86400"), &["fault cache "]),
        ("ten minutes", |h| h.header("", "cache-control", "max-age=600"), &["note cache "]),
        (
            "other sites may not read",
            |h| h.header("feed.xml", "access-control-allow-origin", "https://a.example"),
            &["note cors feed.xml"],
        ),
        ("a frame", |h| h.header("", "x-frame-options", "SAMEORIGIN"), &["note security "]),
        (
            "no frame",
            |h| h.header("embed/banner/", "content-security-policy", "default-src 'self'"),
            &["fault security embed/banner/"],
        ),
        ("br unasked", |h| h.header("about/", "content-encoding", "br"), &["fault compression about/"]),
        (
            "a page for everything",
            |h| {
                for name in ["NOWHERE", "subscribe"] {
                    h.set(name, answer(200, &headers_of("index.html"), PAGE));
                }
            },
            &["fault not_found NOWHERE", "note redirect subscribe"],
        ),
        ("no list of files", |h| h.set("NOWHERE", answer(403, &[], "")), &["fault not_found NOWHERE"]),
        ("its own 404", |h| h.set("NOWHERE", answer(404, &[], "nginx")), &["note not_found NOWHERE"]),
        ("an empty 404", |h| h.set("NOWHERE", answer(404, &[], "")), &["note not_found NOWHERE"]),
        ("no folder", |h| h.at("subscribe").status = 404, &["fault not_found subscribe"]),
        (
            "a folder leads to http",
            |h| h.header("subscribe", "location", "http://status.example/subscribe/"),
            &["fault redirect subscribe"],
        ),
        (
            "a slash is removed",
            |h| {
                h.leads("subscribe/", 308, "/subscribe");
                h.set("subscribe", answer(200, &headers_of("index.html"), &files()["subscribe/index.html"]));
            },
            &["note redirect subscribe", "fault redirect subscribe/"],
        ),
        ("an old address leads on", |h| h.leads("old/", 301, "/about/#part"), &["note redirect old/"]),
        (
            "an old address leads on twice",
            |h| {
                h.leads("old/", 301, "/about");
                h.leads("about", 307, "/about/");
            },
            &["note redirect old/"],
        ),
        (
            "an old address leads to a page that fails",
            |h| {
                h.leads("old/", 301, "/about/");
                h.at("about/").status = 503;
            },
            &["fault unreachable about/", "fault redirect old/"],
        ),
        (
            "two pages lead to each other",
            |h| {
                h.leads("old/", 301, "/about/");
                h.leads("about/", 301, "/old/");
            },
            &["fault redirect about/", "fault redirect old/"],
        ),
        ("a page leads to itself", |h| h.leads("about/", 301, "/about/"), &["fault redirect about/"]),
        (
            "a page leads on and on",
            |h| {
                for step in 0..10 {
                    h.leads(&format!("about/?{step}"), 302, &format!("/about/?{}", step + 1));
                }
                h.leads("about/", 302, "/about/?0");
            },
            &["fault redirect about/"],
        ),
        (
            "a second step leads to a login",
            |h| {
                h.leads("old/", 301, "/about");
                h.leads("about", 302, "https://login.example/");
            },
            &["fault redirect old/"],
        ),
        ("a page leads to the first", |h| h.leads("about/", 302, "/"), &["fault redirect about/"]),
        ("to a login", |h| h.leads("about/", 302, "https://login.example/"), &["fault redirect about/"]),
        ("no manifest", |h| _ = h.answers.remove("manifest.json"), &["fault manifest manifest.json"]),
        ("another file", |h| h.at("manifest.json").body = b"{}".into(), &["fault manifest manifest.json"]),
        ("no site", |h| h.at("manifest.json").status = 502, &["fault unreachable manifest.json"]),
        (
            "the site has moved",
            |h| h.leads("manifest.json", 301, "https://b.example/"),
            &["fault redirect manifest.json"],
        ),
        ("a refused certificate", |h| h.certified().refused = Some("no".into()), &["fault certificate "]),
        ("one that ends soon", |h| h.certified().refused_later = Some("no".into()), &["fault certificate "]),
        ("a proxy", |h| h.certificate = Err(()), &["note certificate "]),
    ];
    for (name, break_it, wanted) in cases {
        let mut host = Host::right();
        break_it(&mut host);
        // The address that is not there is only known to the code.
        if let Some(answer) = host.answers.remove("NOWHERE") {
            let asked = Host::right();
            drop(verify(&asked));
            let asked = asked.asked.into_inner().expect("a list");
            let nowhere = asked.iter().find(|(address, _)| address.contains("noroshi-verify-")).expect("one");
            host.answers.insert(nowhere.0.trim_start_matches(BASE).to_owned(), answer);
        }
        let mut found = said(&verify(&host));
        found.sort_by_key(|line| line.split(' ').nth(2).map(str::to_owned));
        assert_eq!(found, *wanted, "{name}");
    }
}

#[test]
fn files_that_are_stored_compressed_are_read() {
    use std::io::Write as _;
    let mut host = Host::right();
    for path in ["manifest.json", "feed.xml", "about/"] {
        let mut zipped = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        zipped.write_all(&host.at(path).body).expect("a vector");
        host.at(path).body = zipped.finish().expect("a vector");
        host.header(path, "content-encoding", "gzip");
    }
    let report = verify(&host);
    assert_eq!((said(&report), report.findings[0].count), (vec!["note compression about/".to_owned()], 2));
    host.at("feed.xml").body.truncate(30);
    assert_eq!(said(&verify(&host))[0], "fault size feed.xml");
}

#[test]
fn notes_about_many_addresses_are_one_with_a_number() {
    let mut host = Host::right();
    for answer in host.answers.values_mut() {
        answer.headers.retain(|(name, _)| name != "x-content-type-options");
    }
    let report = verify(&host);
    assert_eq!(said(&report), ["note security "]);
    assert_eq!(report.findings[0].count, 8);
    let line = line(&report.findings[0]);
    assert!(line.starts_with("note[security] https://status.example/ and 7 more: `X-Content"), "{line}");
}

#[test]
fn a_site_that_should_have_changed_is_late_after_the_grace() {
    let host = Host::right();
    let change = NOON + 70 * 60;
    assert_eq!(said(&verify_at(&host, change + 600)), Vec::<String>::new());
    let late = verify_at(&host, change + 601);
    assert_eq!(said(&late), ["fault late manifest.json"]);
    let found = &late.findings[0].found;
    assert!(found.contains("10 minutes ago, at 2026-11-20T13:10:00Z"), "{found}");
    let never = Host::of(&files(), "null", "", Form::Folders);
    assert_eq!(said(&verify_at(&never, change + 365 * DAY)), Vec::<String>::new());
}

#[test]
fn an_old_version_in_a_cache_is_a_note_while_the_new_one_is_new() {
    let mut host = Host::right();
    let past = format!("about/?{NOON}");
    let mut fresh = host.at("about/").clone();
    fresh.headers.push(("last-modified".into(), "Fri, 20 Nov 2026 11:50:00 GMT".into()));
    host.set(&past, fresh.clone());
    host.at("about/").body = b"old".into();
    assert_eq!(said(&verify(&host)), ["note cache about/"]);
    fresh.headers.retain(|(name, _)| name != "last-modified");
    host.set(&past, fresh.clone());
    assert_eq!(said(&verify(&host)), ["fault cache about/"], "the host does not say how old it is");
    fresh.headers.push(("last-modified".into(), "Fri, 20 Nov 2026 11:49:59 GMT".into()));
    host.set(&past, fresh);
    assert_eq!(said(&verify(&host)), ["fault cache about/"]);
}

/// A host that sends another manifest from the second question on.
struct Publishing {
    before: Host,
    after: Host,
    asked: Mutex<usize>,
}

impl Web for Publishing {
    fn ask(&self, address: &str, headers: &[(&str, &str)]) -> Result<Answer, FetchError> {
        let mut asked = self.asked.lock().expect("a number");
        let first = address.contains("manifest.json") && *asked == 0;
        *asked += usize::from(address.contains("manifest.json"));
        if first { self.before.ask(address, headers) } else { self.after.ask(address, headers) }
    }

    fn certificate(&self, now: Instant, later: Instant) -> Result<Certificate, FetchError> {
        self.after.certificate(now, later)
    }
}

#[test]
fn a_publication_in_the_meantime_is_no_fault() {
    let mut newer = files();
    newer.insert("index.html", "new".to_owned());
    newer.remove("about/index.html");
    let after = Host::of(&newer, "null", "", Form::Folders);
    let site = Publishing { before: Host::right(), after, asked: Mutex::new(0) };
    let report = run(&[(BASE.to_owned(), &site as &dyn Web)], &options(NOON)).remove(0);
    assert_eq!(said(&report), Vec::<String>::new());
    assert_eq!(report.files, 7);
}

#[test]
fn a_site_of_files_is_asked_for_files_and_must_answer_at_its_first_address() {
    let mut files = files();
    let about = files.remove("about/index.html").expect("a page");
    files.insert("about.html", about);
    let form = "\"addresses\": \"files\",\n  ";
    let mut host = Host::of(&files, "null", form, Form::Files);
    assert_eq!(said(&verify(&host)), ["fault not_found "]);
    host.leads("", 302, "/index.html");
    assert_eq!(said(&verify(&host)), Vec::<String>::new());
    let home = files["index.html"].clone();
    host.set("", answer(200, &[], &home));
    assert_eq!(said(&verify(&host)), Vec::<String>::new());
    // A host that drops `.html`: links still work.
    let about = host.answers.remove("about.html").expect("a page");
    host.set("about", about);
    host.leads("about.html", 308, "/about");
    assert_eq!(said(&verify(&host)), ["note redirect about.html"]);
    host.at("about").body = b"x".into();
    assert_eq!(said(&verify(&host)), ["fault size about", "note redirect about.html"]);
}

/// As Cloudflare serves a site with `addresses: files`: `/about/index.html` → `/about/` → `/about.html` → `/about`.
#[test]
fn a_small_page_from_which_the_host_leads_on_in_several_steps_is_only_noted() {
    let mut files = files();
    let about = files.insert("about/index.html", "<p>moved</p>".to_owned()).expect("a page");
    files.insert("about.html", about.clone());
    let mut host = Host::of(&files, "null", "\"addresses\": \"files\",\n  ", Form::Files);
    host.set("", answer(200, &[], &files["index.html"]));
    host.leads("about/index.html", 307, "/about/");
    host.leads("about/", 301, "/about.html");
    host.leads("about.html", 307, "/about");
    host.set("about", answer(200, &headers_of("about.html"), &about));
    assert_eq!(said(&verify(&host)), ["note redirect about.html", "note redirect about/index.html"]);
    host.leads("about", 307, "/about/");
    assert_eq!(said(&verify(&host)), ["fault redirect about.html", "fault redirect about/index.html"]);
}

#[test]
fn a_host_that_fails_is_not_asked_for_every_file() {
    let names: Vec<String> = (0..200).map(|number| format!("incidents/{number}/index.html")).collect();
    let mut all = files();
    all.extend(names.iter().map(|name| (&*name.clone().leak(), PAGE.to_owned())));
    let mut host = Host::of(&all, "null", "", Form::Folders);
    for answer in host.answers.iter_mut().filter(|(path, _)| *path != "manifest.json") {
        answer.1.status = 503;
    }
    let report = verify(&host);
    assert!(report.checked < 40, "{}", report.checked);
    let last = report.findings.iter().find(|finding| finding.found.contains("too many requests failed"));
    assert!(last.is_some_and(|finding| finding.severity == Severity::Fault), "{:?}", report.findings);
}

#[test]
fn files_for_which_there_was_no_time_are_a_fault() {
    let host = Host::right();
    let over = Options { is_over: &|| true, ..options(NOON) };
    let report = run(&[(BASE.to_owned(), &host as &dyn Web)], &over).remove(0);
    assert_eq!((said(&report), report.checked), (vec!["fault unreachable ".to_owned()], 0));
    assert!(report.findings[0].found.starts_with("8 files were not asked for, because the time"));
}

#[test]
fn several_addresses_are_compared_with_the_newest() {
    let facts = |effective: i64, digest: &str, modified: Option<i64>| Facts {
        effective: Instant(effective),
        next_change: None,
        digest: digest.to_owned(),
        modified: modified.map(Instant),
    };
    let compared = |all: &[Option<Facts>]| -> Vec<Vec<(Severity, String)>> {
        let mut reports: Vec<Report> = all
            .iter()
            .enumerate()
            .map(|(number, facts)| Report {
                site: format!("https://{number}.example/"),
                facts: facts.clone(),
                files: 1,
                checked: 1,
                certificate_ends: None,
                findings: Vec::new(),
            })
            .collect();
        compare::compare(&mut reports, &options(NOON));
        let of = |report: Report| report.findings.into_iter().map(|f| (f.severity, f.found.into())).collect();
        reports.into_iter().map(of).collect()
    };
    let hour = NOON - 3600;
    let same = compared(&[Some(facts(hour, "a", None)), Some(facts(hour, "a", None)), None]);
    assert_eq!(same, [vec![], vec![], vec![]]);
    let behind = vec![(Severity::Fault, "the site is 20 minutes behind".to_owned())];
    let found = compared(&[Some(facts(hour - 1200, "b", None)), Some(facts(hour, "a", None))]);
    assert_eq!(found, [behind, vec![]]);
    let other = vec![(Severity::Fault, "the site has other content for the same instant".to_owned())];
    let found = compared(&[Some(facts(hour, "a", None)), Some(facts(hour, "b", None))]);
    assert_eq!(found, [vec![], other]);
    // The newest came five minutes ago, so the other host may still be at work.
    let found = compared(&[Some(facts(hour, "a", Some(NOON - 300))), Some(facts(hour, "b", None))]);
    assert_eq!(found[1][0].0, Severity::Note);
}

#[test]
fn metrics_have_a_sample_for_every_check_and_no_label_can_end_early() {
    let mut host = Host::right();
    host.at("about/").body[1] = b'?';
    let mut report = verify(&host);
    report.site = "https://a\"b\\c\n.example/".to_owned();
    let text = open_metrics(&[report.clone(), Report { facts: None, certificate_ends: None, ..report }]);
    let site = "site=\"https://a\\\"b\\\\c\\n.example/\"";
    for line in [
        format!("noroshi_verify_faults{{{site},check=\"hash\"}} 1\n"),
        format!("noroshi_verify_faults{{{site},check=\"late\"}} 0\n"),
        format!("noroshi_verify_up{{{site}}} 1\nnoroshi_verify_up{{{site}}} 0\n"),
    ] {
        assert!(text.contains(&line), "{line}{text}");
    }
    assert_eq!(text.matches("noroshi_verify_effective_timestamp_seconds{").count(), 1);
    assert!(text.contains("_next_change_timestamp_seconds{") && text.ends_with("\n# EOF\n"), "{text}");
}

#[test]
fn the_document_lists_every_check_with_what_is_a_fault() {
    let document = include_str!("../../docs/verify.md");
    for check in Check::ALL {
        let row = format!("| `{}` |", check.word());
        assert_eq!(document.matches(&row).count(), 1, "docs/verify.md: {row}");
    }
}
