//! Purges at servers on this machine that check what the providers check.

mod tokens;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use quick_xml::events::Event;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::*;
use crate::tests::words;

const NOW: i64 = 1_796_000_000;
const CLOUDFLARE_TOKEN: &str = "cf-Token_0123456789/abc+def";
const FASTLY_TOKEN: &str = "fastly-token-9876";
const AWS_KEY: &str = "AKIDEXAMPLE";
const AWS_SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const WEBHOOK_KEY: &str = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

// A server.

/// A request as a server reads it.
#[derive(Clone)]
struct Asked {
    method: String,
    target: String,
    /// The names are in lower case.
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Asked {
    fn read(stream: &mut TcpStream) -> Asked {
        let (mut head, mut byte) = (Vec::new(), [0]);
        while !head.ends_with(b"\r\n\r\n") {
            stream.read_exact(&mut byte).expect("a head");
            head.push(byte[0]);
        }
        let head = String::from_utf8(head).expect("a head in UTF-8");
        let mut lines = head.trim_end().split("\r\n");
        let mut words = lines.next().expect("a first line").split(' ');
        let mut word = || words.next().expect("a word").to_owned();
        let (method, target) = (word(), word());
        let header = |line: &str| {
            let (name, value) = line.split_once(':').expect("a header");
            (name.to_ascii_lowercase(), value.trim().to_owned())
        };
        let headers: BTreeMap<String, String> = lines.map(header).collect();
        let length = headers.get("content-length").map_or(0, |length| length.parse().expect("a length"));
        let mut body = vec![0; length];
        stream.read_exact(&mut body).expect("a body");
        Asked { method, target, headers, body }
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("UTF-8")
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }
}

struct Server {
    base: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    /// Answers each request by `answer`, which also gets the number of the request, from 0 on.
    fn new(answer: impl Fn(&Asked, usize) -> String + Send + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let list = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.expect("a connection");
                let one = Asked::read(&mut stream);
                let number = {
                    let mut list = list.lock().expect("the list");
                    list.push(one.clone());
                    list.len() - 1
                };
                stream.write_all(answer(&one, number).as_bytes()).expect("an answer");
            }
        });
        Server { base, asked }
    }

    fn asked(&self) -> Vec<Asked> {
        self.asked.lock().expect("the list").clone()
    }
}

fn reply(status: u16, body: impl ToString) -> String {
    reply_with(status, "", &body.to_string())
}

/// An answer with more headers, each with its line end.
fn reply_with(status: u16, headers: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status} Status\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
}

// A run.

fn secrets() -> Secrets {
    secrets_with("AWS_SESSION_TOKEN", None)
}

/// All secrets, with another value for one variable.
fn secrets_with(other: &str, value: Option<&str>) -> Secrets {
    let all = [
        ("CLOUDFLARE_API_TOKEN", CLOUDFLARE_TOKEN.to_owned()),
        ("FASTLY_API_TOKEN", format!("{FASTLY_TOKEN}\n")),
        ("AWS_ACCESS_KEY_ID", AWS_KEY.to_owned()),
        ("AWS_SECRET_ACCESS_KEY", AWS_SECRET.to_owned()),
        ("NOROSHI_PURGE_SECRET", format!("whsec_{WEBHOOK_KEY}")),
    ];
    Secrets::default().with(all).with([(other, value.unwrap_or_default().to_owned())])
}

fn cloudflare() -> Cdn {
    Cdn::Cloudflare { zone: "023e105f4ecef8ad9ca31a8372d0c353".into() }
}

fn fastly() -> Cdn {
    Cdn::Fastly { service: "SU1Z0isxPaozGVKXdv0eY".into() }
}

fn cloudfront() -> Cdn {
    Cdn::CloudFront { distribution: "EDFDVBD6EXAMPLE".into() }
}

fn webhook() -> Cdn {
    Cdn::Webhook { url: "https://hooks.example.com/purge".into() }
}

fn list(count: usize) -> Vec<String> {
    (0..count).map(|n| format!("https://status.example.com/incidents/{n:04}/")).collect()
}

/// A purge at a server, and the seconds of each wait.
fn purge(
    cdn: &Cdn,
    list: &[String],
    secrets: &Secrets,
    server: &Server,
) -> (Result<Purged, PurgeError>, Vec<u64>) {
    purge_as("run-1", cdn, list, secrets, server)
}

fn purge_as(
    publication: &str,
    cdn: &Cdn,
    list: &[String],
    secrets: &Secrets,
    server: &Server,
) -> (Result<Purged, PurgeError>, Vec<u64>) {
    let waits = RefCell::new(Vec::new());
    let sleep = |time: Duration| waits.borrow_mut().push(time.as_secs());
    // The clock moves by the waiting alone.
    let now = || NOW + i64::try_from(waits.borrow().iter().sum::<u64>()).expect("seconds");
    let base = format!("{}{}", server.base, if matches!(cdn, Cdn::Webhook { .. }) { "/purge" } else { "" });
    let run = Run { publication, base: Some(&base), now: &now, sleep: &sleep };
    let result = super::run(cdn, list, secrets, &run);
    (result, waits.into_inner())
}

fn purged(requests: usize, addresses: usize) -> Purged {
    Purged { requests, addresses, wildcards: Vec::new() }
}

// What is purged.

#[test]
fn every_address_of_a_changed_file_is_listed_once() {
    let site = |url: &str| Url::parse(url).expect("an address");
    let at = |host: &str, paths: &str| -> Vec<String> {
        words(paths).iter().map(|path| format!("https://{host}{path}")).collect()
    };
    let paths =
        ["index.html", "incidents/a/index.html", "feed.xml", "feed.xml", "a,b~/図 1.png", "myindex.html"];
    let wanted = "\
        / /a%2Cb~/%E5%9B%B3%201.png /a,b~/%E5%9B%B3%201.png /feed.xml /incidents/a /incidents/a/ \
        /incidents/a/index.html /index.html /myindex.html";
    assert_eq!(addresses(&site("https://Status.Example.com"), paths), at("status.example.com", wanted));
    let wanted = "/status /status/ /status/100%25.txt /status/index.html";
    let found = addresses(&site("https://example.com/status/"), ["index.html", "100%.txt"]);
    assert_eq!(found, at("example.com", wanted));
    assert_eq!(addresses(&site("https://example.com"), []), [""; 0]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_requests_of_every_provider_list_exactly_the_addresses(
        paths in proptest::collection::btree_set("[a-zé, ~%?*]{1,4}(/index\\.html)?", 0..400)
    ) {
        let all = addresses(&Url::parse("https://a.example").expect("an address"), paths.iter().map(String::as_str));
        let unique: BTreeSet<&String> = all.iter().collect();
        prop_assert_eq!(unique.len(), all.len());
        let (secrets, run) = (secrets(), Run { publication: "p", base: None, now: &|| 0, sleep: &|_| () });
        for (cdn, most) in [(cloudflare(), 30), (fastly(), 1), (webhook(), 200)] {
            let batches = provider(&cdn, &secrets, &run).expect("a provider").batches(&all);
            prop_assert!(batches.iter().all(|batch| (1..=most).contains(&batch.items.len())));
            let items: Vec<&String> = batches.iter().flat_map(|batch| &batch.items).collect();
            prop_assert_eq!(items, all.iter().collect::<Vec<_>>());
        }
        let batches = provider(&cloudfront(), &secrets, &run).expect("a provider").batches(&all);
        prop_assert!(batches.len() <= 1 && batches.iter().all(|batch| batch.wildcards().next().is_none()));
        // Two spellings of one path are one path there.
        let read = |path: &str| text::percent_decode(path).expect("UTF-8");
        let named: Vec<String> = batches.iter().flat_map(|batch| &batch.items).map(|path| read(path)).collect();
        let wanted: BTreeSet<String> = all.iter().map(|a| read(a.strip_prefix("https://a.example").expect("a path"))).collect();
        prop_assert_eq!(named.len(), wanted.len());
        prop_assert_eq!(named.into_iter().collect::<BTreeSet<_>>(), wanted);
    }
}

#[test]
fn nothing_is_sent_if_nothing_has_changed() {
    for cdn in [cloudflare(), fastly(), cloudfront(), webhook()] {
        let server = Server::new(|_, _| reply(500, ""));
        assert_eq!(purge(&cdn, &[], &secrets(), &server).0.expect("done"), purged(0, 0));
        assert!(server.asked().is_empty());
    }
}

// Cloudflare.

/// What Cloudflare checks of a request.
fn at_cloudflare(asked: &Asked) -> String {
    let fault = |status: u16, code: u32, message: &str| {
        let errors = json!([{ "code": code, "message": message }]);
        reply(status, json!({ "success": false, "errors": errors, "messages": [], "result": null }))
    };
    if asked.method != "POST"
        || asked.target != "/client/v4/zones/023e105f4ecef8ad9ca31a8372d0c353/purge_cache"
    {
        return fault(404, 7003, "Could not route to the zone");
    }
    if asked.header("authorization") != format!("Bearer {CLOUDFLARE_TOKEN}") {
        return fault(403, 10000, "Authentication error");
    }
    let body = asked.json();
    let files = body["files"].as_array().map_or(&[][..], Vec::as_slice);
    let is_sound = files.iter().all(|file| file.as_str().is_some_and(|a| a.starts_with("https://")));
    if asked.header("content-type") != "application/json"
        || body.as_object().expect("an object").len() != 1
        || !(1..=30).contains(&files.len())
        || !is_sound
    {
        return fault(400, 1012, "Request must contain 1 to 30 files");
    }
    reply(200, json!({ "success": true, "errors": [], "messages": [], "result": { "id": "x" } }))
}

#[test]
fn cloudflare_gets_every_address_in_requests_that_it_accepts() {
    let server = Server::new(|asked, _| at_cloudflare(asked));
    let all = list(61);
    let (result, waits) = purge(&cloudflare(), &all, &secrets(), &server);
    assert_eq!((result.expect("purged"), waits), (purged(3, 61), vec![]));
    let files: Vec<Value> =
        server.asked().iter().flat_map(|a| a.json()["files"].as_array().cloned().expect("files")).collect();
    assert_eq!(files, all.iter().map(|address| json!(address)).collect::<Vec<_>>());
}

// Fastly.

#[test]
fn fastly_gets_one_request_for_each_address() {
    let server = Server::new(|asked, _| {
        let is_sound = asked.method == "POST"
            && asked.target.starts_with("/purge/status.example.com/")
            && asked.body.is_empty();
        if asked.header("fastly-key") != FASTLY_TOKEN {
            return reply(403, json!({ "msg": "Provided credentials are missing or invalid" }));
        }
        if !is_sound || asked.headers.contains_key("fastly-soft-purge") {
            return reply(400, json!({ "msg": "Bad request" }));
        }
        reply(200, json!({ "status": "ok", "id": "108-1391560174-974124" }))
    });
    let paths = ["/", "/a%2Cb/", "/%E5%9B%B3.png"];
    let all = paths.map(|path| format!("https://status.example.com{path}"));
    assert_eq!(purge(&fastly(), &all, &secrets(), &server).0.expect("purged"), purged(3, 3));
    let targets: Vec<String> = server.asked().into_iter().map(|asked| asked.target).collect();
    assert_eq!(targets, paths.map(|path| format!("/purge/status.example.com{path}")));
}

#[test]
fn fastly_says_when_its_limit_begins_anew() {
    let server = Server::new(|_, number| match number {
        0 => reply_with(429, &format!("Fastly-RateLimit-Reset: {}\r\n", NOW + 40), "{\"msg\":\"Too many\"}"),
        _ => reply(200, "{\"status\":\"ok\"}"),
    });
    let (result, waits) = purge(&fastly(), &list(1), &secrets(), &server);
    assert_eq!((result.expect("purged"), waits), (purged(1, 1), vec![40]));
}

// CloudFront.

fn hmac(key: &[u8], data: &[u8]) -> Vec<u8> {
    let mut block = [0; 64];
    block[..key.len()].copy_from_slice(key);
    let hash = |pad: u8, data: &[u8]| Sha256::digest([&block.map(|b| b ^ pad)[..], data].concat()).to_vec();
    hash(0x5c, &hash(0x36, data))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a request bears the right Signature Version 4, computed here from what arrived.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>
fn is_signed(asked: &Asked) -> bool {
    let Some(rest) = asked.header("authorization").strip_prefix("AWS4-HMAC-SHA256 ") else { return false };
    let fields: BTreeMap<&str, &str> = rest.split(", ").filter_map(|field| field.split_once('=')).collect();
    let (scope, signed) = (fields["Credential"], fields["SignedHeaders"]);
    let time = asked.header("x-amz-date");
    let day = time.get(..8).unwrap_or("");
    let digest = hex(&Sha256::digest(&asked.body));
    let names: Vec<&str> = signed.split(';').collect();
    let must = ["content-type", "host", "x-amz-content-sha256", "x-amz-date"];
    if scope != format!("{AWS_KEY}/{day}/us-east-1/cloudfront/aws4_request")
        || !must.iter().all(|name| names.contains(name))
        || asked.headers.contains_key("x-amz-security-token") != names.contains(&"x-amz-security-token")
        || !names.is_sorted()
        || asked.header("x-amz-content-sha256") != digest
    {
        return false;
    }
    let headers: String = names.iter().map(|name| format!("{name}:{}\n", asked.header(name))).collect();
    let canonical = format!("{}\n{}\n\n{headers}\n{signed}\n{digest}", asked.method, asked.target);
    let canonical = hex(&Sha256::digest(canonical));
    let to_sign = format!("AWS4-HMAC-SHA256\n{time}\n{day}/us-east-1/cloudfront/aws4_request\n{canonical}");
    let first = format!("AWS4{AWS_SECRET}").into_bytes();
    let parts = [day, "us-east-1", "cloudfront", "aws4_request"];
    let key = parts.iter().fold(first, |key, part| hmac(&key, part.as_bytes()));
    fields["Signature"] == hex(&hmac(&key, to_sign.as_bytes()))
}

/// The reference and the paths of an invalidation; `None` if the XML is not as CloudFront reads it.
fn invalidation(xml: &str) -> Option<(String, Vec<String>)> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut within, mut found) = (Vec::new(), BTreeMap::<String, Vec<String>>::new());
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => {
                let name = start.name().as_ref().to_owned();
                let space = start.try_get_attribute("xmlns").ok()?;
                let is_root = within.is_empty();
                if is_root && space?.value.as_ref() != "http://cloudfront.amazonaws.com/doc/2020-05-31/" {
                    return None;
                }
                within.push(name);
            }
            Event::Text(text) => {
                let text = text.to_string();
                found.entry(within.join("/")).or_default().push(text);
            }
            Event::GeneralRef(name) => {
                // A path has only `&` and `'` that XML escapes.
                let sign = match &*name {
                    "amp" => "&",
                    "#39" => "'",
                    _ => return None,
                };
                found.entry(within.join("/")).or_default().push(sign.to_owned());
            }
            Event::End(_) => {
                let ended = within.pop()?;
                if ended == "Path" {
                    let parts = found.remove("InvalidationBatch/Paths/Items/Path")?;
                    found.entry("paths".into()).or_default().push(parts.concat());
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    let paths = found.remove("paths")?;
    let quantity = found.remove("InvalidationBatch/Paths/Quantity")?;
    let reference = found.remove("InvalidationBatch/CallerReference")?.pop()?;
    let is_sound = |path: &String| {
        path.starts_with('/') && path.len() <= 4000 && path.bytes().all(|b| b.is_ascii_graphic())
    };
    (quantity == [paths.len().to_string()] && found.is_empty() && paths.iter().all(is_sound))
        .then_some((reference, paths))
}

fn aws_fault(status: u16, code: &str, message: &str) -> String {
    let space = "http://cloudfront.amazonaws.com/doc/2020-05-31/";
    let fault = format!("<Type>Sender</Type><Code>{code}</Code><Message>{message}</Message>");
    let fault = format!("<Error>{fault}</Error><RequestId>r</RequestId>");
    reply(
        status,
        format!("<?xml version=\"1.0\"?>\n<ErrorResponse xmlns=\"{space}\">{fault}</ErrorResponse>"),
    )
}

/// What CloudFront checks of a request.
fn at_cloudfront(asked: &Asked) -> String {
    if !is_signed(asked) {
        return aws_fault(403, "SignatureDoesNotMatch", "The request signature we calculated does not match");
    }
    if asked.method != "POST" || asked.target != "/2020-05-31/distribution/EDFDVBD6EXAMPLE/invalidation" {
        return aws_fault(404, "NoSuchDistribution", "The specified distribution does not exist.");
    }
    match invalidation(asked.text()) {
        Some((_, paths)) if paths.len() <= 3000 => {
            reply(201, "<Invalidation><Id>I2J0I21PCUYOIK</Id></Invalidation>")
        }
        Some(_) => aws_fault(413, "BatchTooLarge", "Too many paths"),
        None => {
            aws_fault(400, "InvalidArgument", "Your request contains one or more invalid invalidation paths.")
        }
    }
}

#[test]
fn cloudfront_gets_one_signed_request_with_every_path() {
    for token in [None, Some("session-token==")] {
        let server = Server::new(|asked, _| at_cloudfront(asked));
        let site = Url::parse("https://status.example.com").expect("an address");
        let all = addresses(&site, ["index.html", "incidents/a/index.html", "a&b'c.png", "a,b ~*"]);
        let secrets = secrets_with("AWS_SESSION_TOKEN", token);
        assert_eq!(purge(&cloudfront(), &all, &secrets, &server).0.expect("purged"), purged(1, all.len()));
        let asked = server.asked();
        assert_eq!(asked[0].headers.get("x-amz-security-token").map(String::as_str), token);
        let (_, paths) = invalidation(asked[0].text()).expect("an invalidation");
        let wanted = "\
            / /a&b'c.png /a,b%20%7E%2A /incidents/a /incidents/a/ /incidents/a/index.html /index.html";
        assert_eq!(paths, words(wanted));
    }
}

#[test]
fn cloudfront_refuses_another_key() {
    let server = Server::new(|asked, _| at_cloudfront(asked));
    let secrets = secrets_with("AWS_SECRET_ACCESS_KEY", Some("another"));
    let error = purge(&cloudfront(), &list(1), &secrets, &server).0.expect_err("another key");
    assert!(error.message.contains("(403): The request signature"), "{error}");
    assert!(error.help.contains("AWS_SECRET_ACCESS_KEY"), "{}", error.help);
}

#[test]
fn cloudfront_makes_no_second_invalidation_of_a_repeated_request() {
    let server = Server::new(|asked, number| match number {
        0 => aws_fault(503, "ServiceUnavailable", "CloudFront encountered an internal error."),
        1 => aws_fault(400, "Throttling", "Rate exceeded"),
        2 => aws_fault(400, "TooManyInvalidationsInProgress", "Too many"),
        _ => at_cloudfront(asked),
    });
    let (result, waits) = purge(&cloudfront(), &list(3), &secrets(), &server);
    assert_eq!((result.expect("purged"), waits), (purged(1, 3), vec![2, 4, 60]));
    // The same publication again, the next one with the same addresses, and the first one with others.
    purge(&cloudfront(), &list(3), &secrets(), &server).0.expect("purged");
    purge_as("run-2", &cloudfront(), &list(3), &secrets(), &server).0.expect("purged");
    purge(&cloudfront(), &list(2), &secrets(), &server).0.expect("purged");
    let references: Vec<String> =
        server.asked().iter().map(|asked| invalidation(asked.text()).expect("an invalidation").0).collect();
    assert!(references[..5].iter().all(|reference| *reference == references[0]), "{references:?}");
    assert_eq!(references[4..].iter().collect::<BTreeSet<_>>().len(), 3, "{references:?}");
}

#[test]
fn more_paths_than_cloudfront_takes_are_one_wildcard_which_the_result_names() {
    let server = Server::new(|asked, _| at_cloudfront(asked));
    assert_eq!(purge(&cloudfront(), &list(3000), &secrets(), &server).0.expect("purged"), purged(1, 3000));
    let result = purge(&cloudfront(), &list(3001), &secrets(), &server).0.expect("purged");
    assert_eq!(result, Purged { wildcards: vec!["/incidents/*".into()], ..purged(1, 3001) });
    let (_, paths) = invalidation(server.asked()[1].text()).expect("an invalidation");
    assert_eq!(paths, ["/incidents/*"]);
}

// Webhooks.

#[test]
fn hmac_of_these_tests_is_that_of_standard_webhooks() {
    let key = STANDARD.decode(WEBHOOK_KEY).expect("base64");
    let signed = hmac(&key, b"msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{\"test\": 2432232314}");
    assert_eq!(STANDARD.encode(signed), "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

#[test]
fn a_webhook_gets_signed_messages_and_knows_a_repeated_one_by_its_id() {
    let server = Server::new(|asked, number| {
        let (id, time) = (asked.header("webhook-id"), asked.header("webhook-timestamp"));
        let key = STANDARD.decode(WEBHOOK_KEY).expect("base64");
        let signed = hmac(&key, format!("{id}.{time}.{}", asked.text()).as_bytes());
        let is_signed = asked.header("webhook-signature") == format!("v1,{}", STANDARD.encode(signed));
        let is_sound = asked.method == "POST"
            && asked.target == "/purge"
            && asked.header("content-type") == "application/json";
        match number {
            _ if !is_signed || !is_sound || id.contains('.') => reply(401, "no"),
            1 => reply(502, "a gateway"),
            _ => reply(204, ""),
        }
    });
    let all = list(201);
    let (result, waits) = purge(&webhook(), &all, &secrets(), &server);
    assert_eq!((result.expect("purged"), waits), (purged(2, 201), vec![2]));
    let asked = server.asked();
    let body = |asked: &Asked, part: usize, addresses: &[String]| {
        let data = json!({ "publication": "run-1", "part": part, "parts": 2, "addresses": addresses });
        assert_eq!(
            asked.json(),
            json!({ "type": "addresses.changed", "timestamp": "2026-11-30T00:53:20Z", "data": data })
        );
    };
    body(&asked[0], 1, &all[..200]);
    body(&asked[1], 2, &all[200..]);
    assert_eq!(asked[1].body, asked[2].body);
    let heads = |name: &str| asked.iter().map(|asked| asked.header(name).to_owned()).collect::<Vec<_>>();
    let ids = heads("webhook-id");
    assert!(ids[0] != ids[1] && ids[1] == ids[2], "{ids:?}");
    assert_eq!(heads("webhook-timestamp"), [NOW, NOW, NOW + 2].map(|time| time.to_string()));
}

#[test]
fn a_secret_without_whsec_is_a_bearer_token_and_none_is_none() {
    for (secret, wanted) in [(Some("plain-token"), "Bearer plain-token"), (None, "")] {
        let server = Server::new(|_, _| reply(200, "thanks"));
        let secrets = secrets_with("NOROSHI_PURGE_SECRET", secret);
        purge(&webhook(), &list(1), &secrets, &server).0.expect("purged");
        let asked = server.asked();
        assert_eq!(asked[0].header("authorization"), wanted);
        assert!(!asked[0].headers.contains_key("webhook-signature"));
    }
}

#[test]
fn a_webhook_that_redirects_is_not_followed() {
    let server = Server::new(|_, _| reply_with(307, "Location: /elsewhere\r\n", ""));
    let error = purge(&webhook(), &list(1), &secrets(), &server).0.expect_err("a redirect");
    assert!(error.message.contains("(307): it redirects"), "{error}");
    assert_eq!(server.asked().len(), 1);
}

// Failures.

#[test]
fn a_provider_is_asked_again_when_it_says_and_else_ever_later() {
    let busy = |wait: &'static str| {
        move |asked: &Asked, number: usize| match number {
            0 => reply_with(429, wait, "{}"),
            1 => reply(500, "<html>oops</html>"),
            _ => at_cloudflare(asked),
        }
    };
    for (header, waits) in [("Retry-After: 17\r\n", [17, 4]), ("", [2, 4])] {
        let server = Server::new(busy(header));
        let done = purge(&cloudflare(), &list(1), &secrets(), &server);
        assert_eq!((done.0.expect("purged"), done.1), (purged(1, 1), waits.to_vec()));
    }
}

#[test]
fn a_provider_that_stays_busy_is_left_after_six_tries() {
    for cdn in [cloudflare(), fastly(), cloudfront(), webhook()] {
        let server = Server::new(|_, _| reply(503, "maintenance"));
        let (result, waits) = purge(&cdn, &list(1), &secrets(), &server);
        let error = result.expect_err("busy");
        assert!(error.message.contains("did not purge in 6 tries (503)") && error.environment, "{error}");
        assert_eq!((server.asked().len(), waits), (6, vec![2, 4, 8, 16, 32]));
    }
}

#[test]
fn a_provider_that_asks_to_wait_too_long_is_not_waited_for() {
    for wait in ["901", "18446744073709551615"] {
        let server = Server::new(move |_, _| reply_with(429, &format!("Retry-After: {wait}\r\n"), "{}"));
        let (result, waits) = purge(&cloudflare(), &list(1), &secrets(), &server);
        let error = result.expect_err("too long");
        let words = format!("in {wait} s, and noroshi waits at most 900 s in all");
        assert!(error.message.contains(&words), "{error}");
        assert_eq!((server.asked().len(), waits), (1, vec![]));
    }
    // The limit counts for all requests of a purge together.
    let server = Server::new(|_, _| reply_with(429, "Retry-After: 400\r\n", "{}"));
    let (result, waits) = purge(&cloudflare(), &list(1), &secrets(), &server);
    assert!(result.is_err());
    assert_eq!(waits, [400, 400]);
}

#[test]
fn a_server_that_breaks_off_is_asked_again() {
    let server = Server::new(|asked, number| match number {
        0 => "HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\n{".to_owned(),
        1 => "what?\r\n\r\n".to_owned(),
        _ => at_cloudflare(asked),
    });
    let (result, waits) = purge(&cloudflare(), &list(1), &secrets(), &server);
    assert_eq!((result.expect("purged"), waits), (purged(1, 1), vec![2, 4]));
}

#[test]
fn a_refusal_names_the_provider_the_status_its_words_and_what_to_do() {
    let failed = json!({ "success": false });
    let unknown =
        json!({ "success": false, "errors": [{ "code": 10000, "message": "Authentication error" }] });
    let missing = json!({ "msg": "Provided credentials are missing or invalid" });
    let cases = [
        (
            cloudflare(),
            reply(403, unknown),
            "Cloudflare refuses to purge (403): Authentication error (code 10000)",
            "Cache Purge",
        ),
        (cloudflare(), reply(200, failed), "Cloudflare refuses to purge (200)", "correct what"),
        (cloudflare(), reply(404, "{}"), "(404)", "`zone` in site.yaml"),
        (
            fastly(),
            reply(401, missing),
            "Fastly refuses to purge (401): Provided credentials",
            "purge_select",
        ),
        (
            cloudfront(),
            aws_fault(403, "AccessDenied", "User is not authorized"),
            "CloudFront refuses to purge (403): User is not authorized (AccessDenied)",
            "cloudfront:CreateInvalidation",
        ),
        (
            cloudfront(),
            aws_fault(404, "NoSuchDistribution", "none"),
            "none (NoSuchDistribution)",
            "`distribution`",
        ),
        (
            webhook(),
            reply(403, "bad\u{1b}[2J signature"),
            "the webhook refuses to purge (403): bad\\u{1b}[2J signature",
            "NOROSHI_PURGE_SECRET",
        ),
        (webhook(), reply(404, ""), "the webhook refuses to purge (404)", "`url`"),
    ];
    for (cdn, answer, message, help) in cases {
        let server = Server::new(move |_, _| answer.clone());
        let error = purge(&cdn, &list(1), &secrets(), &server).0.expect_err("a refusal");
        assert!(error.message.contains(message) && error.environment, "{error}");
        assert!(error.help.contains(help), "{}", error.help);
        assert_eq!(server.asked().len(), 1, "a refusal is not repeated: {error}");
    }
}

#[test]
fn an_answer_of_something_else_is_not_taken_for_a_purge() {
    for cdn in [cloudflare(), fastly(), cloudfront()] {
        for body in
            ["<html>Sign in to this network</html>", "", "null", "[]", "{\"success\":\"yes\"}", "<Id></Id>"]
        {
            let server = Server::new(move |_, _| reply(200, body));
            let error = purge(&cdn, &list(1), &secrets(), &server).0.expect_err("not an answer");
            assert!(error.message.contains("refuses to purge (200)"), "{error}");
        }
    }
}

#[test]
fn an_error_says_how_many_addresses_are_purged() {
    let server =
        Server::new(|asked, number| if number < 2 { at_cloudflare(asked) } else { reply(400, "{}") });
    let error = purge(&cloudflare(), &list(70), &secrets(), &server).0.expect_err("a refusal");
    assert_eq!(error.purged, 60);
    assert!(error.message.ends_with("; 60 of 70 addresses are purged"), "{error}");
}

#[test]
fn no_message_has_a_secret_even_if_the_provider_repeats_it() {
    let token = "session\"token/+=";
    let secrets = secrets_with("AWS_SESSION_TOKEN", Some(token));
    let all = [CLOUDFLARE_TOKEN, FASTLY_TOKEN, AWS_KEY, AWS_SECRET, WEBHOOK_KEY, token];
    let encoded = all.map(|secret| text::percent_encode(secret).replace('/', "%2F"));
    let pasted =
        all.map(|secret| format!("{secret} {} {}", secret.replace('/', "\\/"), text::escape(secret)));
    let mut told: Vec<String> = all.iter().map(|secret| format!("you sent {secret}")).collect();
    told.extend(encoded.iter().chain(&pasted).cloned());
    // A long text is cut after its secrets are gone, and never within one.
    told.push(format!("{}{CLOUDFLARE_TOKEN}", "x".repeat(QUOTED - 8)));
    for said in told {
        for cdn in [cloudflare(), fastly(), cloudfront(), webhook()] {
            let answer = match cdn {
                Cdn::Cloudflare { .. } => {
                    reply(400, json!({ "success": false, "errors": [{ "message": said }] }))
                }
                Cdn::Fastly { .. } => reply(400, json!({ "msg": said })),
                Cdn::CloudFront { .. } => aws_fault(400, "InvalidArgument", &said),
                Cdn::Webhook { .. } => reply(400, &said),
            };
            let server = Server::new(move |_, _| answer.clone());
            let error = purge(&cdn, &list(1), &secrets, &server).0.expect_err("a refusal");
            let shown = format!("{error} {error:?}");
            assert!(shown.contains("[secret]") || shown.contains("[sec"), "{shown}");
            for secret in all.iter().copied().chain(encoded.iter().map(String::as_str)) {
                assert!(!shown.contains(secret) && !shown.contains(&secret[..8]), "{secret}: {shown}");
            }
        }
    }
    let shown = format!("{secrets:?}");
    assert!(all.iter().all(|secret| !shown.contains(&secret[..8])), "{shown}");
}

const QUOTED: usize = crate::limits::QUOTED_BYTES;

#[test]
fn what_would_make_every_purge_fail_is_found_before() {
    let all = [cloudflare(), fastly(), cloudfront(), webhook()];
    for cdn in &all {
        check(cdn, &secrets()).expect("nothing is missing");
    }
    let fails = |cdn: &Cdn, secrets: &Secrets| {
        let error = check(cdn, secrets).expect_err("something is missing");
        assert!(!error.environment, "{error}");
        format!("{} {}", error.message, error.help)
    };
    for (cdn, name) in all.iter().zip(["CLOUDFLARE_API_TOKEN", "FASTLY_API_TOKEN", "AWS_ACCESS_KEY_ID"]) {
        for value in [None, Some(""), Some(" \n")] {
            assert!(fails(cdn, &secrets_with(name, value)).contains(&format!("`{name}` is not set")));
        }
    }
    assert!(fails(&cloudfront(), &secrets_with("AWS_SECRET_ACCESS_KEY", None)).contains("is not set"));
    for (cdn, name, value) in [
        (cloudflare(), "CLOUDFLARE_API_TOKEN", "two words"),
        (fastly(), "FASTLY_API_TOKEN", "line\nbreak"),
        (cloudfront(), "AWS_SESSION_TOKEN", "日本"),
        (webhook(), "NOROSHI_PURGE_SECRET", "two words"),
        (webhook(), "NOROSHI_PURGE_SECRET", "whsec_c2hvcnQ="),
        (webhook(), "NOROSHI_PURGE_SECRET", "whsec_!!!!"),
    ] {
        let said = fails(&cdn, &secrets_with(name, Some(value)));
        assert!(said.contains(name) && !said.contains(value), "{said}");
    }
    for id in ["", "../../user", "a b", "zone/x"] {
        assert!(fails(&Cdn::Cloudflare { zone: id.into() }, &secrets()).contains("cannot be an ID"));
        assert!(fails(&Cdn::Fastly { service: id.into() }, &secrets()).contains("cannot be an ID"));
        assert!(fails(&Cdn::CloudFront { distribution: id.into() }, &secrets()).contains("cannot be an ID"));
    }
    for url in ["http://hooks.example.com/", "ftp://a.example", "hooks", "https://user:word@a.example/"] {
        fails(&Cdn::Webhook { url: url.into() }, &secrets());
    }
}

#[test]
fn a_host_that_is_not_ascii_is_an_error_with_its_way_out() {
    let server = Server::new(|asked, _| at_cloudflare(asked));
    let site = Url::parse("https://状態.example").expect("an address");
    let error = purge(&cloudflare(), &addresses(&site, ["a"]), &secrets(), &server).0.expect_err("not ASCII");
    assert!(error.message.contains("https://状態.example/a") && error.help.contains("xn--"), "{error}");
    assert!(server.asked().is_empty());
}
